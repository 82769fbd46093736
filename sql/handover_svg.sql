-- What changes hands, from whom to whom.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

SELECT count(pg_temp.area(n, 'Vak ' || n)) FROM generate_series(1, 4) n;
SELECT count(pg_temp.contract(n, p::wmo.contract_period, a, supplier => s, clients => c, choice => 'shared')) FROM (VALUES (1, '[2018-01-01,2020-01-01)', 1, 2, 'all'), (2, '[2020-01-01,2022-01-01)', 1, 3, 'all'), (3, '[2018-01-01,2020-01-01)', 2, 2, 'all'),
  (4, '[2020-01-01,2022-01-01)', 2, 3, 'all'), (5, '[2018-01-01,2022-01-01)', 3, 2, 'all'), (6, '[2020-07-01,?)', 3, 4, 'all'), (7, '[2020-07-01,2022-01-01)', 4, NULL, 'all'), (8, '[2020-01-01,2022-01-01)', 1, 2, 'existing')) t (n, p, a, s, c);
-- the same in two areas is one; per day in its order
SELECT g.n, g.on_day, g.kind, g.places, g.leaving, g.coming, g.staying, g.may_stay, g.certain FROM wmo_works.handover_groups('2019-06-01', '2020-12-31', NULL, '2021-01-01', NULL, wmo_works.picture_words('nl')) g;
SELECT g.on_day, g.places FROM wmo_works.handover_groups('2019-06-01', '2020-12-31', NULL, '2021-01-01', '{3}', wmo_works.picture_words('nl')) g;
CREATE FUNCTION pg_temp.texts(picture text) RETURNS SETOF text LANGUAGE sql AS $$
  SELECT x::text FROM unnest(xpath('//s:title/text()|//s:desc/text()|//s:text/text()', picture::xml, ARRAY[ARRAY['s', 'http://www.w3.org/2000/svg']])) WITH ORDINALITY AS u (x, n) ORDER BY n $$;
SELECT pg_temp.texts(wmo.handover_svg('2019-06-01', '2020-12-31', 'hulp_bij_het_huishouden', '2021-01-01', 'nl'));
SELECT pg_temp.texts(wmo.handover_svg('2019-06-01', '2019-12-31', as_of => '2021-01-01', language => 'en', width => 340));
UPDATE wmo.party SET natural_person = true, name = 'Jan' WHERE id = 2;
UPDATE wmo.party SET name = '<script>' || repeat('Naam ', 60) WHERE id = 3;
SELECT xml_is_well_formed_document(p), position('Jan' IN p) AS sole_trader, p ~ '<script' AS marked_up, p = wmo.handover_svg('2019-06-01', '2020-12-31', as_of => '2021-01-01') AS same FROM wmo.handover_svg('2019-06-01', '2020-12-31', as_of => '2021-01-01') p;
SELECT wmo.handover_svg(NULL, '2020-12-31') IS NULL;
SELECT pg_temp.verdict(statement) FROM unnest(ARRAY[$$SELECT wmo.handover_svg('2020-01-01', '2019-01-01')$$, $$SELECT wmo.handover_svg('2020-01-01', '2021-01-01', 'hulp')$$, $$SELECT wmo.handover_svg('2020-01-01', '2021-01-01', width => 1)$$]) statement;
ROLLBACK;
