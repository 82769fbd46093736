-- The same answers on real boundaries: villages and city districts at their own coordinates (longitude, latitude). Needs the
-- demo's data with demo/real_areas.sql run; is skipped where no boundaries were loaded.
\ir ../answers.psql
BEGIN;
SELECT to_regclass('staging.boundary') IS NULL AS no_boundaries \gset
\if :no_boundaries
SELECT plan(1);
SELECT skip('no real boundaries are loaded', 1);
SELECT * FROM finish();
ROLLBACK;
\q
\endif
SELECT no_plan();

SELECT is((SELECT count(*) FROM wmo.area WHERE geom_basis = 'schematic'), 0::bigint, 'nothing is drawn any more');
SELECT results_eq($$SELECT name, geom_basis FROM wmo.area WHERE kind = 'working_area' ORDER BY name COLLATE "C"$$,
  $$VALUES ('Centrum, Oude Wijken', 'derived'), ('Oost', 'derived'), ('West', 'derived'), ('Zuid', 'derived')$$, 'stadsdelen are derived from wijken');
SELECT is((SELECT count(*) FROM wmo.area WHERE geom_basis = 'official' AND name IN ('Grootegast', 'Leek', 'Marum', 'Zuidhorn', 'Ten Boer', 'Haren')), 6::bigint,
  'the former municipalities have the official shapes of their own days');
SELECT is((SELECT count(*) FROM wmo.area_part p JOIN wmo.source s ON s.id = p.source_id JOIN wmo.area w ON w.id = p.whole_id WHERE w.kind = 'working_area' AND s.basis = 'inferred'), 15::bigint,
  'which wijken make up a stadsdeel is our reading, and the data says so');
SELECT cmp_ok((SELECT ST_Area(ST_SymDifference(ST_Union(d.geom), g.geom)) / ST_Area(g.geom) FROM wmo.area d, wmo.area g
               WHERE d.kind = 'working_area' AND g.id = pg_temp.area('Groningen', '2018-12-31') GROUP BY g.geom), '<', 0.03::float8,
  'the four stadsdelen together are the municipality of 2018');
SELECT cmp_ok((SELECT max(ST_Area(ST_Intersection(a.geom, b.geom)) / least(ST_Area(a.geom), ST_Area(b.geom))) FROM wmo.area a JOIN wmo.area b ON a.id < b.id
               WHERE a.kind IN ('municipality', 'working_area', 'other') AND b.kind IN ('municipality', 'working_area', 'other')
                 AND a.id IN (SELECT area_id FROM wmo.contract_scope) AND b.id IN (SELECT area_id FROM wmo.contract_scope)
                 AND a.name <> 'Westerkwartier' AND b.name <> 'Westerkwartier'), '<', 0.01::float8, 'contract areas share slivers at most');

-- Westerkwartier: "DNZT ... in het gebied Grootegast. MIEP ... in Leek en Marum. In het gebied Zuidhorn is MIEP hoofdaanbieder."
SELECT is(pg_temp.at_lonlat(lon, lat, 'hulp_bij_het_huishouden', '2023-03-01'), provider || ', main, inferred', format('%s, in the former municipality of %s', place, area))
FROM (VALUES
  ('Grootegast', 6.27361, 53.2125, 'Grootegast', 'De Nieuwe Zorg Thuis'), ('Opende', 6.19861, 53.17333, 'Grootegast', 'De Nieuwe Zorg Thuis'),
  ('Lutjegast', 6.25833, 53.23417, 'Grootegast', 'De Nieuwe Zorg Thuis'), ('Leek', 6.37639, 53.1625, 'Leek', 'MIEP'),
  ('Tolbert', 6.37222, 53.17667, 'Leek', 'MIEP'), ('Zevenhuizen', 6.34722, 53.12667, 'Leek', 'MIEP'), ('Marum', 6.2625, 53.14417, 'Marum', 'MIEP'),
  ('De Wilp', 6.25556, 53.1175, 'Marum', 'MIEP'), ('Zuidhorn', 6.40278, 53.24667, 'Zuidhorn', 'MIEP'), ('Grijpskerk', 6.30833, 53.2625, 'Zuidhorn', 'MIEP')
) AS t (place, lon, lat, area, provider);
SELECT is(pg_temp.at_lonlat(lon, lat, 'hulp_bij_het_huishouden', '2023-03-01'), '(not named), main, inferred, providers_not_named', place || ' (Middag, formerly Winsum) is in none of the four gebieden')
FROM (VALUES ('Ezinge', 6.44167, 53.31), ('Feerwerd', 6.46528, 53.30583), ('Garnwerd', 6.49306, 53.30417)) AS t (place, lon, lat);
SELECT is(pg_temp.at_lonlat(lon, lat, 'hulp_bij_het_huishouden', '2023-03-01'), 'cannot tell: outside_all_areas', place || ' is not in Westerkwartier')
FROM (VALUES ('Winsum', 6.52083, 53.33), ('Adorp', 6.53333, 53.275), ('Meppel', 6.19444, 52.69583)) AS t (place, lon, lat);
SELECT is(pg_temp.at('Marum', 'hulp_bij_het_huishouden', '2023-03-01'), 'MIEP, main, inferred', 'inside Marum');
SELECT is(pg_temp.at('Leek', 'dagbesteding', '2023-03-01', 74), '(not named), contracted, end_unknown, providers_not_named', 'Leek, 74: all of Westerkwartier, stated');
SELECT is(pg_temp.at_lonlat(6.44167, 53.31, 'dagbesteding', '2023-03-01', 74), '(not named), contracted, end_unknown, providers_not_named', 'Ezinge, 74: the eighty serve all of Westerkwartier');

-- Leeuwarden: the territory of 2018, with what was Leeuwarderadeel and a part of Littenseradiel
SELECT is((SELECT string_agg(provider, ', ' ORDER BY provider COLLATE "C") FROM wmo.providers_at(ST_SetSRID(ST_MakePoint(lon, lat), 4326), 'hulp_bij_het_huishouden', '2021-01-01', 40) WHERE found),
  'M.i.e.p. Huishoudservice, Thuiszorg Het Friese Land', place || ' is Leeuwarden in 2021')
FROM (VALUES ('Leeuwarden', 5.80859, 53.20139), ('Stiens', 5.75769, 53.26234), ('Mantgum', 5.71924, 53.12865), ('Grou', 5.83745, 53.09456)) AS t (place, lon, lat);
SELECT is(pg_temp.at_lonlat(5.63359, 53.1519, 'hulp_bij_het_huishouden', '2021-01-01'), 'cannot tell: outside_all_areas', 'Winsum in Friesland (Littenseradiel) did not go to Leeuwarden');

-- Walcheren
SELECT is(pg_temp.at_lonlat(lon, lat, 'begeleiding', '2016-03-28'), '(not named), contracted, inferred, providers_not_named', place || ' on Walcheren')
FROM (VALUES ('Middelburg', 3.61389, 51.5), ('Veere', 3.66667, 51.54833), ('Domburg', 3.49583, 51.56333), ('Westkapelle', 3.44028, 51.52917), ('Vlissingen', 3.57361, 51.4425)) AS t (place, lon, lat);
SELECT is(pg_temp.at_lonlat(4.68194, 52.05667, 'begeleiding', '2016-03-28'), 'cannot tell: outside_all_areas', 'Middelburg in Zuid-Holland is another');

-- Groningen: stadsdelen of wijken, by our reading; Ten Boer by its own boundary
SELECT is((SELECT string_agg(concat_ws(', ', provider, area, certainty), '; ') FROM wmo.providers_at(ST_SetSRID(ST_MakePoint(lon, lat), 4326), 'individuele_begeleiding', '2019-06-01', 40) WHERE role = 'main'),
  answer, place)
FROM (VALUES
  ('Grote Markt', 6.56667, 53.21917, 'Werkpro-Cosis, Centrum, Oude Wijken, inferred'), ('Korrewegwijk', 6.56804, 53.23235, 'Werkpro-Cosis, Centrum, Oude Wijken, inferred'),
  ('Hoogkerk', 6.50139, 53.21083, 'Werkpro-Cosis, West, inferred'), ('Vinkhuizen', 6.52747, 53.22551, 'Werkpro-Cosis, West, inferred'),
  ('Paddepoel', 6.54184, 53.23065, 'Werkpro-Cosis, West, inferred'), ('Lewenborg', 6.62045, 53.23766, 'At Home First, Oost, inferred'),
  ('Beijum', 6.6, 53.25, 'At Home First, Oost, inferred'), ('Meerstad', 6.65179, 53.22176, 'At Home First, Oost, inferred'),
  ('Helpman', 6.57978, 53.19794, 'Lentis-Noorderbrug-Philadelphia, Zuid, inferred'),
  ('Ten Boer', 6.69444, 53.27583, 'At Home First, Ten Boer, uncontested'), ('Ten Post', 6.72778, 53.2975, 'At Home First, Ten Boer, uncontested'),
  ('Woltersum', 6.73194, 53.27083, 'At Home First, Ten Boer, uncontested')) AS t (place, lon, lat, answer);
SELECT is(pg_temp.at_lonlat(6.60931, 53.17209, 'individuele_begeleiding', '2019-06-01'), 'cannot tell: outside_all_areas', 'Haren is in none of the four areas');
SELECT is(pg_temp.at_lonlat(6.62045, 53.23766, 'individuele_begeleiding', '2019-01-01', as_of => '2018-07-30'), 'At Home First, main, inferred, award_not_final', 'Lewenborg, seen from 30 July 2018');
SELECT is(pg_temp.at_lonlat(6.69444, 53.27583, 'individuele_begeleiding', '2019-01-01', as_of => '2018-07-30'), 'At Home First, main, provisional, award_not_final', 'Ten Boer, seen from 30 July 2018');
SELECT results_eq(
  $$SELECT area, provider, certainty, covers FROM wmo.providers_in_area('GM0014', 'individuele_begeleiding', '2019-06-01', 40) WHERE role = 'main' ORDER BY area COLLATE "C"$$,
  $$VALUES ('Centrum, Oude Wijken', 'Werkpro-Cosis', 'inferred', 'part'), ('Oost', 'At Home First', 'inferred', 'part'), ('Ten Boer', 'At Home First', 'uncontested', 'part'),
           ('West', 'Werkpro-Cosis', 'inferred', 'part'), ('Zuid', 'Lentis-Noorderbrug-Philadelphia', 'inferred', 'part')$$, 'all of Groningen by its code');
SELECT is((SELECT provider || ', ' || area || ', ' || certainty || ', ' || covers FROM wmo.providers_in_area('WK001412', 'individuele_begeleiding', '2022-06-01', 40) WHERE role = 'main'),
  'At Home First, Oost, inferred, whole', 'the wijk Noorddijk by its code');
SELECT is(pg_temp.in_code('GM0009', 'individuele_begeleiding', '2022-06-01'), 'At Home First, main, uncontested, other_edition', 'Ten Boer by its code, years later');

-- Utrecht and the fifteen
SELECT is(pg_temp.at_lonlat(lon, lat, 'beschermd_wonen', '2020-01-01'), '(not named), contracted, ' || certainty || ', providers_not_named', place)
FROM (VALUES ('Utrecht', 5.12222, 52.09083, 'end_unknown'), ('Vleuten', 5.01528, 52.10583, 'end_unknown'), ('Zeist', 5.23333, 52.09, 'inferred'),
             ('Breukelen', 5.00139, 52.17417, 'inferred'), ('Leerdam', 5.09167, 51.89333, 'inferred'), ('Mijdrecht', 4.8625, 52.20667, 'inferred'),
             ('Wijk bij Duurstede', 5.34167, 51.97417, 'inferred')) AS t (place, lon, lat, certainty);
SELECT is(pg_temp.at_lonlat(5.03611, 52.08167, 'individuele_begeleiding', '2020-01-01'), '(not named), contracted, end_unknown, providers_not_named', 'De Meern is the city of Utrecht');
SELECT is(pg_temp.at_lonlat(5.23333, 52.09, 'individuele_begeleiding', '2020-01-01'), 'cannot tell: service_not_contracted', 'Zeist is not');
SELECT is(pg_temp.at_lonlat(5.3875, 52.155, 'daklozenopvang', '2020-01-01'), 'cannot tell: nationally_accessible', 'Amersfoort is outside the sixteen: accessible in the whole country');

SELECT * FROM finish();
ROLLBACK;
