-- Never surer than the truth: random countries of which every boundary is drawn first, and then recorded in part: some areas keep their
-- boundary, others have none, or a drawing that lies beside it. What is said for certain in the registry as recorded (by code, by place,
-- backwards, of gaps) must hold when every boundary is known; and gaps are as sure as the places in them.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

CREATE FUNCTION pg_temp.box(x float, y float, w float, h float) RETURNS public.geometry LANGUAGE sql AS $$ SELECT public.ST_Multi(public.ST_MakeEnvelope(500000 + x * 1000, 500000 + y * 1000, 500000 + (x + w) * 1000, 500000 + (y + h) * 1000, 28992)) $$;
CREATE TEMPORARY TABLE truth (id integer PRIMARY KEY, geom public.geometry) ON COMMIT DROP;
CREATE TEMPORARY TABLE spot (no integer PRIMARY KEY, place public.geometry, day date) ON COMMIT DROP;
INSERT INTO spot SELECT row_number() OVER (), public.ST_SetSRID(public.ST_Point(500250 + x * 500, 500250 + y * 500), 28992), day
FROM generate_series(0, 11) x, generate_series(0, 11) y, unnest('{2020-06-01,2023-06-01}'::date[]) day;
CREATE TEMPORARY TABLE finding (what text, example text) ON COMMIT DROP;
CREATE TEMPORARY TABLE tally (what text, said bigint) ON COMMIT DROP;

-- in one order, so that a seed always throws the same country
CREATE FUNCTION pg_temp.areas() RETURNS SETOF wmo.area LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY SELECT * FROM wmo.area a ORDER BY a.id; END $$;
-- Six municipalities of six squares; districts with codes, city parts that divide a municipality, and other areas across all of them.
CREATE FUNCTION pg_temp.country() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM wmo.contract; DELETE FROM wmo.registry_completeness; DELETE FROM wmo.area_part; DELETE FROM wmo.area; DELETE FROM truth;
  INSERT INTO wmo.area (id, code, name, kind, valid)
  SELECT 100 + m, ('GM950' || m)::wmo.area_code, 'Gemeente ' || m, 'municipality', CASE WHEN m % 3 = 0 THEN '(,2021-01-01)' ELSE '(,)' END::daterange FROM generate_series(0, 5) m;
  INSERT INTO truth SELECT 100 + m, pg_temp.box(m % 3 * 2, m / 3 * 3, 2, 3) FROM generate_series(0, 5) m;
  -- two of them merge
  INSERT INTO wmo.area (id, code, name, kind, valid) VALUES (110, 'GM9550', 'Samen', 'municipality', '[2021-01-01,)');
  INSERT INTO truth VALUES (110, pg_temp.box(0, 0, 2, 6));
  IF random() < 0.6 THEN INSERT INTO wmo.area_part (whole_id, part_id) VALUES (110, 100), (110, 103); END IF;
  -- a square of each
  INSERT INTO wmo.area (id, code, name, kind) SELECT 120 + m, ('WK950' || m || '01')::wmo.area_code, 'Wijk ' || m, 'district' FROM generate_series(0, 5) m WHERE m % 3 > 0 AND random() < 0.6;
  INSERT INTO truth SELECT a.id, pg_temp.box((a.id - 120) % 3 * 2, (a.id - 120) / 3 * 3 + floor(random() * 3), 1, 1) FROM pg_temp.areas() a WHERE a.id BETWEEN 120 AND 125;
  -- city parts
  INSERT INTO wmo.area (id, name, kind) SELECT 130 + n, 'Stadsdeel ' || n, 'working_area' FROM generate_series(0, 3) n;
  INSERT INTO truth SELECT 130 + n, pg_temp.box(2 + 2 * (n / 2) + n % 2, 0, 1, 3) FROM generate_series(0, 3) n;
  INSERT INTO wmo.area_part (whole_id, part_id) SELECT 101 + n / 2, 130 + n FROM generate_series(0, 3) n WHERE random() < 0.7;
  -- areas anywhere, and an area made of two of them, of two kinds: parts of one kind share no ground
  INSERT INTO wmo.area (id, name, kind) SELECT 140 + n, 'Gebied ' || n, CASE n WHEN 1 THEN 'working_area' ELSE 'other' END FROM generate_series(0, 5) n;
  INSERT INTO truth SELECT 140 + n, pg_temp.box(floor(random() * 5), floor(random() * 5), 1 + floor(random() * 2), 1 + floor(random() * 2)) FROM generate_series(0, 5) n;
  INSERT INTO wmo.area (id, name, kind) VALUES (150, 'Uit delen', 'region');
  INSERT INTO wmo.area_part (whole_id, part_id) VALUES (150, 140), (150, 141);
  -- a municipality that was divided otherwise until 2021
  INSERT INTO wmo.area (id, name, kind, valid) SELECT 160 + n, 'Stadsdeel van toen ' || n, 'working_area', '(,2021-01-01)' FROM generate_series(0, 1) n;
  INSERT INTO wmo.area (id, name, kind, valid) SELECT 162 + n, 'Stadsdeel van nu ' || n, 'working_area', '[2021-01-01,)' FROM generate_series(0, 1) n;
  INSERT INTO truth SELECT 160 + n, pg_temp.box(2 + n, 3, 1, 3) FROM generate_series(0, 1) n;
  INSERT INTO truth SELECT 162 + n, pg_temp.box(2, 3 + n, 2, 1 + n) FROM generate_series(0, 1) n;
  INSERT INTO wmo.area_part (whole_id, part_id) SELECT 104, 160 + n FROM generate_series(0, 3) n;
  INSERT INTO truth SELECT 150, public.ST_Multi(public.ST_Union(t.geom)) FROM truth t WHERE t.id IN (140, 141);
  -- as recorded
  UPDATE wmo.area a SET geom = t.geom, geom_basis = 'official' FROM truth t, (SELECT x.id, random() AS dice FROM pg_temp.areas() x) d
  WHERE t.id = a.id AND d.id = a.id AND d.dice < 0.6 AND a.id <> 150 AND NOT (a.id = 110 AND EXISTS (SELECT FROM wmo.area_part p WHERE p.whole_id = 110));
  UPDATE wmo.area a SET geom = public.ST_Multi(public.ST_Translate(public.ST_Scale(t.geom, public.ST_Point(0.7, 0.7, 28992), public.ST_Centroid(t.geom)), d.x, d.y)), geom_basis = 'schematic'
  FROM truth t, (SELECT x.id, random() AS dice, 1000 * random() - 500 AS x, 1000 * random() - 500 AS y FROM pg_temp.areas() x) d WHERE t.id = a.id AND d.id = a.id AND d.dice < 0.4 AND a.geom IS NULL AND a.id <> 150;
  INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, signed_on) SELECT n, 'X' || n, 1, 2 + n % 2, '[2015-01-01,2030-01-01)', '2014-12-01' FROM generate_series(1, 4) n;
  INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, follows_code, clients)
  SELECT n, wmo.service_id('kortdurend_verblijf'), a.id, a.code IS NOT NULL AND random() < 0.3, CASE WHEN random() < 0.2 THEN 'existing' ELSE 'all' END
  FROM generate_series(1, 4) n CROSS JOIN LATERAL (SELECT x.* FROM pg_temp.areas() x WHERE n > 0 ORDER BY random() LIMIT 1) a;
  INSERT INTO wmo.registry_completeness (area_id, valid) SELECT a.id, '[2010-01-01,2029-12-31]' FROM pg_temp.areas() a WHERE random() < 0.8;
END
$$;
CREATE FUNCTION pg_temp.at_spots() RETURNS TABLE (no integer, complete boolean, found boolean, number text, provider_id integer, certainty text, reason text) LANGUAGE sql AS $$
  SELECT s.no, p.complete, p.found, p.number, p.provider_id, p.certainty, p.reason FROM spot s CROSS JOIN LATERAL wmo.providers_at(s.place, 'kortdurend_verblijf', s.day, 40, as_of => '2025-01-01') p
$$;
CREATE FUNCTION pg_temp.compare(seed integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM setseed(seed / 1000.0);
  PERFORM pg_temp.country();
  CREATE TEMPORARY TABLE by_code ON COMMIT DROP AS
  SELECT q.code, q.day, q.id, p.complete, p.found, p.number, p.provider_id, p.certainty, p.covers
  FROM (SELECT DISTINCT a.code, d.day, wmo.area_edition(a.code, d.day) AS id FROM wmo.area a CROSS JOIN unnest('{2020-06-01,2023-06-01}'::date[]) d (day) WHERE a.code IS NOT NULL) q
  CROSS JOIN LATERAL wmo.providers_in_area(q.code, 'kortdurend_verblijf', q.day, 40, as_of => '2025-01-01') p;
  CREATE TEMPORARY TABLE backwards ON COMMIT DROP AS
  SELECT DISTINCT b.code, b.day, b.id, i.party_id, wmo.is_contracted_in_area(i.value, 'kortdurend_verblijf', b.code, b.day, 40) AS contracted FROM by_code b CROSS JOIN wmo.party_identifier i;
  CREATE TEMPORARY TABLE by_place ON COMMIT DROP AS SELECT * FROM pg_temp.at_spots();
  CREATE TEMPORARY TABLE gap ON COMMIT DROP AS
  SELECT d.day, g.kind, g.reason, g.area, g.contracts, a.geom_basis = 'official' AS bounded, a.geom_basis = 'official' AND a.code IS NOT NULL AS coded, anywhere.existing, CASE a.geom_basis WHEN 'official' THEN g.geom ELSE t.geom END AS geom FROM unnest('{2020-06-01,2023-06-01}'::date[]) d (day) CROSS JOIN LATERAL wmo.coverage_gaps_in(
    'kortdurend_verblijf', daterange(d.day, d.day, '[]'), ARRAY(SELECT a.id FROM wmo.area a WHERE a.valid @> d.day), '2025-01-01') g JOIN truth t ON t.id = g.area_id JOIN wmo.area a ON a.id = g.area_id
  -- where it is not known who has clients already, nobody for new ones may be known, and a gap not of which kind it is
  CROSS JOIN (SELECT EXISTS (SELECT FROM wmo.contract_scope s CROSS JOIN LATERAL wmo.area_with_parts(s.area_id) p JOIN wmo.area x ON x.id = p.part_id
                             WHERE s.clients = 'existing' AND x.geom_basis IS DISTINCT FROM 'official') AS existing) anywhere
  WHERE g.covers = 'whole' OR a.geom_basis = 'official';
  -- now everything is known
  UPDATE wmo.area a SET geom = t.geom, geom_basis = 'official' FROM truth t WHERE t.id = a.id;
  CREATE TEMPORARY TABLE known ON COMMIT DROP AS SELECT * FROM pg_temp.at_spots();
  INSERT INTO finding
  SELECT 'by code nobody else', format('seed %s: %s on %s, %s at %s', seed, b.code, b.day, k.number, public.ST_AsText(s.place))
  FROM (SELECT b.code, b.day, b.id, array_remove(array_agg(b.number), NULL) AS numbers FROM by_code b WHERE b.complete GROUP BY 1, 2, 3) b
  JOIN truth t ON t.id = b.id JOIN spot s ON s.day = b.day AND public.ST_Covers(t.geom, s.place) JOIN known k ON k.no = s.no AND k.found
  WHERE k.number <> ALL (b.numbers)
  UNION ALL
  SELECT 'by code for certain', format('seed %s: %s on %s, %s not at %s', seed, b.code, b.day, b.number, public.ST_AsText(s.place))
  FROM by_code b JOIN truth t ON t.id = b.id JOIN spot s ON s.day = b.day AND public.ST_Covers(t.geom, s.place)
  WHERE b.found AND b.certainty = 'certain' AND b.covers = 'whole' AND NOT EXISTS (SELECT FROM known k WHERE k.no = s.no AND k.found AND k.number = b.number)
  UNION ALL
  SELECT 'denied', format('seed %s: %s on %s, %s serves %s', seed, b.code, b.day, b.party_id, public.ST_AsText(s.place))
  FROM backwards b JOIN truth t ON t.id = b.id JOIN spot s ON s.day = b.day AND public.ST_Covers(t.geom, s.place) JOIN known k ON k.no = s.no AND k.found AND k.provider_id = b.party_id
  WHERE NOT b.contracted
  UNION ALL
  SELECT 'by place nobody else', format('seed %s: %s on %s, %s', seed, public.ST_AsText(s.place), s.day, k.number)
  FROM (SELECT b.no, array_remove(array_agg(b.number), NULL) AS numbers FROM by_place b WHERE b.complete GROUP BY b.no) b JOIN spot s ON s.no = b.no JOIN known k ON k.no = b.no AND k.found
  WHERE k.number <> ALL (b.numbers)
  UNION ALL
  SELECT 'by place for certain', format('seed %s: %s on %s, %s', seed, public.ST_AsText(s.place), s.day, b.number)
  FROM by_place b JOIN spot s ON s.no = b.no WHERE b.found AND b.certainty = 'certain' AND NOT EXISTS (SELECT FROM known k WHERE k.no = b.no AND k.found AND k.number = b.number)
  UNION ALL
  SELECT 'a ' || g.kind, format('seed %s: %s on %s, %s at %s', seed, g.area, g.day, k.number, public.ST_AsText(s.place))
  FROM gap g JOIN spot s ON s.day = g.day AND public.ST_Covers(g.geom, s.place) JOIN known k ON k.no = s.no AND k.found WHERE g.kind IN ('gap', 'gap_for_new_clients')
  UNION ALL
  SELECT 'a ' || g.kind || ', and cannot tell by place', format('seed %s: %s on %s, %s at %s', seed, g.area, g.day, b.reason, public.ST_AsText(s.place))
  FROM gap g JOIN spot s ON s.day = g.day AND public.ST_Covers(g.geom, s.place) JOIN by_place b ON b.no = s.no AND NOT b.complete WHERE g.kind = 'gap' AND g.bounded
  UNION ALL
  SELECT 'nobody by place, and by gaps it may lie elsewhere', format('seed %s: %s on %s at %s', seed, g.area, g.day, public.ST_AsText(s.place))
  FROM gap g JOIN spot s ON s.day = g.day AND public.ST_Covers(g.geom, s.place) JOIN by_place b ON b.no = s.no AND b.complete AND NOT b.found WHERE g.kind = 'cannot_tell' AND g.reason = 'area_without_shape' AND g.coded AND NOT g.existing
  UNION ALL
  SELECT 'existing clients of nobody', format('seed %s: %s on %s at %s', seed, g.area, g.day, public.ST_AsText(s.place))
  FROM gap g JOIN spot s ON s.day = g.day AND public.ST_Covers(g.geom, s.place) WHERE g.kind = 'gap_for_new_clients' AND NOT EXISTS (SELECT FROM known k WHERE k.no = s.no AND k.reason = 'existing_clients_only');
  INSERT INTO tally
  SELECT 'complete by code', count(*) FROM by_code b WHERE b.complete UNION ALL SELECT 'nobody by code', count(*) FROM by_code b WHERE b.complete AND NOT b.found
  UNION ALL SELECT 'certain by code', count(*) FROM by_code b WHERE b.found AND b.certainty = 'certain' AND b.covers = 'whole' UNION ALL SELECT 'denied', count(*) FROM backwards b WHERE NOT b.contracted
  UNION ALL SELECT 'nobody by place', count(*) FROM by_place b WHERE b.complete AND NOT b.found UNION ALL SELECT 'certain by place', count(*) FROM by_place b WHERE b.found AND b.certainty = 'certain'
  UNION ALL SELECT 'gap', count(*) FROM gap g WHERE g.kind = 'gap' UNION ALL SELECT 'gap for new clients', count(*) FROM gap g WHERE g.kind = 'gap_for_new_clients';
  DROP TABLE by_code, backwards, by_place, gap, known;
END
$$;
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Stad', 'municipality'), (2, 'Een', 'provider'), (3, 'Twee', 'provider');
INSERT INTO wmo.party_identifier (party_id, scheme, value) VALUES (2, 'agb', '90000002'), (3, 'agb', '90000003');
DO $$ BEGIN FOR n IN 1..12 LOOP PERFORM pg_temp.compare(n); END LOOP; END $$;
SELECT what, count(*), min(example) FROM finding GROUP BY what ORDER BY what;
-- and enough is said for certain
SELECT what, sum(said) > 5 FROM tally GROUP BY what ORDER BY what;
ROLLBACK;
