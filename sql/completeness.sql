-- Declared complete: what a declaration must say.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

SELECT pg_temp.area(1, 'Stad', code => 'GM1930', valid => '[2010-01-01,2019-01-01)'), pg_temp.area(2, 'Stad, gegroeid', code => 'GM1930', valid => '[2019-01-01,)'),
       pg_temp.area(3, 'Werkgebied');
SELECT tried, pg_temp.done(statement) FROM (VALUES
  (1, 'a service in a year', $$INSERT INTO wmo.registry_completeness (id, area_id, service_id, valid) VALUES (1, 1, 20, '[2018-01-01,2020-01-01)')$$),
  (2, 'every service, of an area without a code', $$INSERT INTO wmo.registry_completeness (id, area_id, valid, source_id) VALUES (2, 3, '[2018-01-01,2018-12-31]', 1)$$),
  (3, 'the same once more', $$INSERT INTO wmo.registry_completeness (area_id, service_id, valid) VALUES (1, 20, '[2019-12-31,2021-01-01)')$$),
  (4, 'the next year', $$INSERT INTO wmo.registry_completeness (id, area_id, service_id, valid) VALUES (4, 1, 20, '[2020-01-01,2021-01-01)')$$),
  (5, 'no days', $$INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (1, 'empty')$$),
  (6, 'for good', $$INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (1, '[2018-01-01,)')$$),
  (7, 'for good, in other words', $$INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (1, '[2018-01-01,infinity)')$$),
  (8, 'from ever', $$INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (1, '(,2018-01-01)')$$),
  (9, 'nowhere', $$INSERT INTO wmo.registry_completeness (valid) VALUES ('[2018-01-01,2019-01-01)')$$),
  (10, 'by a reading', $$INSERT INTO wmo.registry_completeness (id, area_id, service_id, valid, source_id) VALUES (10, 1, 10, '[2018-01-01,2020-01-01)', 2)$$)
) t (n, tried, statement) ORDER BY n;
SELECT * FROM pg_temp.untried('wmo.registry_completeness');
-- an area with a declaration stays
SELECT pg_temp.verdict('DELETE FROM wmo.area WHERE id = 3');
ROLLBACK;
