-- Vector tiles, in the signatures that tile servers find; decoded by @mapbox/vector-tile in script/clients.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

SELECT pg_temp.area(55, 'Stad', code => 'GM0307'), pg_temp.area(2, 'Dorp');
SELECT pg_temp.contract(1, '[2020-01-01,2022-01-01)', 55), pg_temp.contract(2, '[2020-01-01,)', 2, 20);
-- what a tile server finds under a role of reports: functions that begin with (z, x, y) and return bytea, and relations with a shape
CREATE ROLE wmo_test_reporter;
SELECT wmo.wmo_grant(NULL, NULL, 'wmo_test_reporter');
SET LOCAL ROLE wmo_test_reporter;
SELECT p.proname, p.proargnames, oidvectortypes(p.proargtypes) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname LIKE 'wmo%' AND p.prorettype = 'bytea'::regtype AND p.proargtypes[0:2] = ARRAY[23, 23, 23]::oid[] AND has_schema_privilege(n.oid, 'usage') AND has_function_privilege(p.oid, 'execute')
ORDER BY p.proname COLLATE "C";
SELECT c.oid::regclass FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 JOIN pg_type t ON t.oid = a.atttypid AND t.typname = 'geometry'
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname LIKE 'wmo%' AND c.relkind IN ('r', 'v', 'm', 'p') AND has_table_privilege(c.oid, 'select') ORDER BY c.relname COLLATE "C";
-- functions that a feature server can show: a table with a shape, scalar arguments that all have defaults
SELECT p.proname, pg_get_function_arguments(p.oid) FROM pg_proc p WHERE p.pronamespace = 'wmo_bi'::regnamespace AND p.proretset AND p.pronargs = p.pronargdefaults;
-- the tower of Amersfoort, 5.387 east and 52.155 north, stands in tile 10/527/337 of the world: one feature, by what is asked
SELECT length(wmo_bi.coverage_tile(10, 527, 337, on_date => '2021-03-01')) > 0 AS there, length(wmo_bi.coverage_tile(10, 527, 330, on_date => '2021-03-01')) AS elsewhere,
  length(wmo_bi.coverage_tile(10, 527, 337, on_date => '2019-03-01')) AS before, length(wmo_bi.coverage_tile(10, 527, 337, 'opvang', '2021-03-01')) AS another_service;
-- the names and values stand in the tile as text
SELECT word, position(convert_to(word, 'UTF8') IN wmo_bi.coverage_tile(10, 527, 337, 'hulp_bij_het_huishouden', '2021-03-01')) > 0
FROM unnest('{coverage,Stad,GM0307,Aanbieder A,main,certain,2020-01-01,2021-12-31,begeleiding,Dorp}'::text[]) word;
-- however dates are written; a square kilometre is nothing on a tile of the world, and the other side of it no error
SET LOCAL datestyle = 'German';
SELECT position(convert_to('2021-12-31', 'UTF8') IN wmo_bi.coverage_tile(5, 16, 10, on_date => '2021-03-01')) > 0, length(wmo_bi.coverage_tile(0, 0, 0, on_date => '2021-03-01')),
  length(wmo_bi.coverage_tile(1, 1, 1, on_date => '2021-03-01'));
-- the same by the words of a query
SELECT wmo_bi.coverage_tile_json(10, 527, 337, '{"service": "hulp_bij_het_huishouden", "on_date": "2021-03-01"}') = wmo_bi.coverage_tile(10, 527, 337, 'hulp_bij_het_huishouden', '2021-03-01') AS same,
  wmo_bi.coverage_tile_json(10, 527, 337, NULL) = wmo_bi.coverage_tile(10, 527, 337) AS today, wmo_bi.coverage_tile_json(x => 527, y => 337, z => 10) = wmo_bi.coverage_tile(10, 527, 337) AS without;
RESET ROLE;
SELECT pg_temp.verdict(statement) FROM unnest(ARRAY[$$SELECT wmo_bi.coverage_tile(10, 527, 337, 'hulp')$$, $$SELECT wmo_bi.coverage_tile(3, 8, 0)$$, $$SELECT wmo_bi.coverage_tile(31, 0, 0)$$, $$SELECT wmo_bi.coverage_tile(0, 0, -1)$$,
  $$SELECT wmo_bi.coverage_tile_json(3, NULL, 0, NULL) IS NULL$$,
  $$SELECT wmo_bi.coverage_tile_json(10, 527, 337, '{"on_date": "gisteren"}')$$]) statement;
ROLLBACK;
