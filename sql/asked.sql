-- What a question names, by keys; and what the tables answer by a map of what it meets, down to the reason of a nobody.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry
SET wmo_contracts.session_map = off;
CREATE FUNCTION pg_temp.at(square numeric, service text, on_date date DEFAULT '2020-06-01', current_provider integer DEFAULT NULL) RETURNS TABLE (found boolean, provider_id integer, provider text, certainty text, reason text, complete boolean)
LANGUAGE sql AS $$
  SELECT p.found, p.provider_id, p.provider, p.certainty, p.reason, p.complete
  FROM wmo.providers_at(pg_temp.point(square)::public.geometry, service, on_date, 40, current_provider, as_of => on_date) p ORDER BY p.ord $$;

-- nothing is recorded at all
SELECT * FROM pg_temp.at(1, 'dagbesteding');
SELECT pg_temp.area(1, 'Een', code => 'GM1950'), pg_temp.area(2, 'Twee', code => 'GM1951', valid => '(,2020-01-01)'), pg_temp.area(3, 'Drie');
SELECT pg_temp.contract(1, '[2020-01-01,2022-01-01)', 1), pg_temp.contract(2, '[2020-01-01,2022-01-01)', 1, service => 20, supplier => 3);

-- the areas that are met, by a place and by a code; no question without one
SELECT m.area_id, m.covers, m.pinned, m.follows, m.certainty FROM unnest(wmo_works.matches_at_place(pg_temp.point(1)::public.geometry, 'dagbesteding', '2020-06-01')) m;
SELECT m.area_id, m.covers, m.pinned, m.follows, m.certainty FROM unnest(wmo_works.matches_in_area('GM1950', '2020-06-01')) m;
SELECT wmo_works.matches_at_place(NULL, 'dagbesteding', '2020-06-01') IS NULL, wmo_works.matches_at_place('SRID=28992;POINT EMPTY', 'dagbesteding', '2020-06-01') IS NULL, wmo_works.matches_in_area(NULL, '2020-06-01') IS NULL,
  cardinality(wmo_works.matches_at_place(pg_temp.point(9)::public.geometry, 'dagbesteding', '2020-06-01')) AS bare;
-- an edition that does not exist on the day answers
SELECT wmo_works.is_other_edition('GM1950', '2020-06-01'), wmo_works.is_other_edition('GM1951', '2020-06-01'), wmo_works.is_other_edition('GM1951', '2019-06-01'), wmo_works.is_other_edition('GM0001', '2020-06-01'),
  wmo_works.is_other_edition(NULL, '2020-06-01');
-- codes
INSERT INTO wmo.party_identifier (party_id, scheme, value, valid) VALUES (2, 'agb', '00000002', '[2020-01-01,2021-01-01)'), (3, 'agb', '00000002', '[2021-01-01,)');
INSERT INTO wmo.service_product (buyer_id, code, service_id, valid) VALUES (1, '01A01', 10, '(,)'), (5, '01A01', 20, '[2020-01-01,)');
SELECT day, wmo_works.providers_of_agb('00000002', day) AS providers, (SELECT array_agg(s ORDER BY s) FROM unnest(wmo_works.services_of_product('01A01', day)) s) AS services
FROM unnest('{2019-06-01,2020-06-01,2021-06-01}'::date[]) day;
SELECT wmo_works.providers_of_agb('99999999', '2020-06-01'), wmo_works.services_of_product('99', '2020-06-01'), wmo_works.providers_of_agb(NULL, '2020-06-01'), wmo_works.services_of_product(NULL, '2020-06-01');
SELECT e.* FROM pg_temp.whole_error($$SELECT wmo_works.providers_of_agb('2', '2020-06-01')$$) e WHERE part = 'message';

-- why nobody: what else is recorded is looked at
SELECT 'of another service, before anything was', * FROM pg_temp.at(1, 'dagbesteding', '2019-06-01');
SELECT 'of another service', * FROM pg_temp.at(1, 'dagbesteding');
SELECT 'nothing of this area', * FROM pg_temp.at(3, 'dagbesteding');
SELECT 'no area', * FROM pg_temp.at(9, 'dagbesteding');
SELECT 'no service', p.reason FROM wmo.providers_at(pg_temp.point(1)::public.geometry, NULL, '2020-06-01', 40) p;
SELECT 'no day', p.reason FROM wmo.providers_at(pg_temp.point(1)::public.geometry, 'begeleiding', NULL, 40) p;
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (1, '[2019-01-01,2022-01-01)');
SELECT 'of another service, declared complete', * FROM pg_temp.at(1, 'dagbesteding');
SELECT wmo_works.is_declared_complete(wmo_works.matches_at_place(pg_temp.point(1)::public.geometry, s, d), s, d) FROM (VALUES ('dagbesteding', date '2020-06-01'), ('dagbesteding', '2022-01-01'), ('begeleiding', NULL), (NULL, '2020-06-01')) t (s, d);

-- a party that a policy hides is one all the same, without a name
SELECT 'seen', * FROM pg_temp.at(1, 'begeleiding');
ALTER TABLE wmo.party ENABLE ROW LEVEL SECURITY;
CREATE POLICY but_one ON wmo.party USING (id <> 3);
CREATE ROLE wmo_asked_reader;
SELECT wmo.wmo_grant('wmo_asked_reader');
GRANT USAGE ON SCHEMA public TO wmo_asked_reader;
SET LOCAL ROLE wmo_asked_reader;
SELECT p.found, p.provider_id, p.provider, p.certainty, p.number FROM wmo.providers_at('SRID=28992;POINT(101000 463000)', 'begeleiding', '2020-06-01', 40, as_of => '2020-06-01') p;
SELECT p.found, p.provider_id, p.provider, p.certainty, p.number FROM wmo.providers_at('SRID=28992;POINT(101000 463000)', 'hulp_bij_het_huishouden', '2020-06-01', 40, as_of => '2020-06-01') p;
RESET ROLE;

-- matches that are no areas of the registry meet nothing; none may be null
SELECT reason FROM wmo_works.answer(ARRAY[ROW(99, 'whole', true, true, 'certain', NULL)::wmo_works.area_match], 'dagbesteding', '2020-06-01', 40, NULL, NULL, '2020-06-01');
SELECT e.* FROM pg_temp.whole_error($$SELECT * FROM wmo_works.answer(ARRAY[NULL::wmo_works.area_match], 'dagbesteding', '2020-06-01', 40, NULL, NULL, '2020-06-01')$$) e WHERE part IN ('state', 'message');
ROLLBACK;
