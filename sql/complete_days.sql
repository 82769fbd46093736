-- On which days a declaration that no contract is missing holds.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

SELECT pg_temp.area(1, 'Stad', code => 'GM1930', valid => '[2010-01-01,2019-01-01)'), pg_temp.area(2, 'Stad, gegroeid', code => 'GM1930', valid => '[2019-01-01,)'),
       pg_temp.area(3, 'Werkgebied');
INSERT INTO wmo.registry_completeness (area_id, service_id, valid, source_id) VALUES
  (1, 20, '[2018-01-01,2020-01-01)', NULL), (3, NULL, '[2018-01-01,2018-12-31]', 1), (1, 20, '[2020-01-01,2021-01-01)', NULL), (1, 10, '[2018-01-01,2020-01-01)', 2);
-- on each day in the edition of that day; what rests on a reading counts for nothing
SELECT d.* FROM wmo_works.complete_days d ORDER BY d.area_id, d.valid;
-- a contract of which nothing says what it is for contradicts a declaration on the days on which it may run, its options included
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (1, 'C1', 1, 2, '[2018-06-01,2018-10-01)+P1M');
SELECT d.* FROM wmo_works.complete_days d WHERE d.area_id = 3 ORDER BY d.valid;
INSERT INTO wmo.contract_ending (contract_id, kind, renewed_by) VALUES (1, 'tacit_renewal', '1 year');
SELECT d.* FROM wmo_works.complete_days d WHERE d.area_id = 3 ORDER BY d.valid;
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (1, 10, 3);
SELECT d.* FROM wmo_works.complete_days d WHERE d.area_id = 3 ORDER BY d.valid;
ROLLBACK;
