-- The digest: one word for all rows of the registry, whatever the settings and the order in which they were written.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

SELECT pg_temp.area(1, 'Een');
SELECT pg_temp.contract(1, '[2020-01-01,2022-01-01)', 1);
SELECT wmo.registry_digest() AS whole \gset
SELECT :'whole' ~ '^[0-9a-f]{32}$' AS digits;

-- the settings of who asks are nothing to it
SET datestyle = 'German'; SET timezone = 'Asia/Tokyo'; SET extra_float_digits = -15; SET bytea_output = escape; SET intervalstyle = iso_8601;
SELECT wmo.registry_digest() = :'whole' AS same;
RESET datestyle; RESET timezone; RESET extra_float_digits; RESET bytea_output; RESET intervalstyle;

-- any row of any table of the user's makes another, and the same rows the same again; nothing that ships is in it
CREATE FUNCTION pg_temp.other_after(statement text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  before text := wmo.registry_digest();
  differs boolean;
BEGIN
  BEGIN
    EXECUTE statement;
    differs := wmo.registry_digest() <> before;
    RAISE EXCEPTION USING ERRCODE = 'WMOOK';
  EXCEPTION WHEN SQLSTATE 'WMOOK' THEN
  END;
  RETURN differs AND wmo.registry_digest() = before;
END
$$;
SELECT what, pg_temp.other_after(statement) FROM (VALUES
  ('a name', $$UPDATE wmo.party SET name = 'Aanbieder AA' WHERE id = 2$$),
  ('a period', $$INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on) VALUES (1, 'early_end', '2020-03-01', '2020-06-01')$$),
  ('a shape', $$UPDATE wmo.area SET geom = public.ST_Multi(public.ST_Translate(geom, 0.001, 0)) WHERE id = 1$$),
  ('a day of one''s own', $$INSERT INTO wmo.equated_day_own (day, decree) VALUES ('2031-05-02', 'eigen besluit')$$),
  ('a service of one''s own', $$INSERT INTO wmo.service (code, name) VALUES ('eigen_voorziening', 'Eigen voorziening')$$),
  ('one row less', $$DELETE FROM wmo.contract_scope$$)) v (what, statement);
-- what is made of the registry says nothing new of it
SELECT wmo.publish_coverage() IS NOT NULL AS published;
SELECT wmo.registry_digest() = :'whole' AS same;

-- the parts: whatever a dump brings of tables, but the maps
SELECT count(*) FROM wmo_works.registry_part p
FULL JOIN (SELECT unnest(e.extconfig) AS oid FROM pg_extension e WHERE e.extname = 'wmo_contracts') d ON d.oid = p.relation
JOIN pg_class c ON c.oid = d.oid WHERE (p.relation IS NULL) <> (c.relkind <> 'r' OR c.relname IN ('coverage_edition', 'current_coverage'));
SELECT p.name FROM wmo_works.registry_part p WHERE p.derived;

-- hidden rows: refused, for the word would be of another registry
CREATE ROLE wmo_digest_reader;
SELECT wmo.wmo_grant('wmo_digest_reader');
SET LOCAL ROLE wmo_digest_reader;
SELECT wmo.registry_digest() = :'whole' AS same;
RESET ROLE;
ALTER TABLE wmo.party ENABLE ROW LEVEL SECURITY;
GRANT INSERT ON refusal TO wmo_digest_reader;
CREATE POLICY first_two ON wmo.party USING (id < 3);
SET LOCAL ROLE wmo_digest_reader;
SELECT pg_temp.verdict('SELECT wmo.registry_digest()');
ROLLBACK;
