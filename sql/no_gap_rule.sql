-- No-gap rules: what is refused at commit, and what is not.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set entered :here '/sql/include/entered.sql'
\i :verdict
\i :entered

INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Stad', 'municipality'), (2, 'Appel', 'provider'), (3, 'Peer', 'provider');
INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis) VALUES
  (1, 'GM0014', 'Stad', 'municipality', '(,2022-01-01)', 'SRID=28992;MULTIPOLYGON(((0 0,1000 0,1000 1000,0 1000,0 0)))', 'official'),
  (2, 'GM0009', 'Dorp', 'municipality', '(,2022-01-01)', 'SRID=28992;MULTIPOLYGON(((1000 0,2000 0,2000 1000,1000 1000,1000 0)))', 'official'),
  (3, NULL, 'Streek', 'region', '(,)', NULL, NULL);
INSERT INTO wmo.area_part (id, whole_id, part_id) VALUES (1, 3, 1), (2, 3, 2);
INSERT INTO wmo.award (id) VALUES (1);
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id) VALUES
  (1, 'a', 1, 2, '[2019-01-01,2021-01-01)+P1Y+P1Y notice P3M', NULL), (2, 'b', 1, 3, '[2019-01-01,2021-01-01)', 1), (3, 'c', 1, NULL, '[2021-01-01,2025-01-01)', NULL);
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, ages, choice) VALUES
  (1, 1, wmo.service_id('dagbesteding'), 1, '[18,)', 'shared'), (2, 2, wmo.service_id('dagbesteding'), 3, '[18,)', 'shared'), (3, 3, wmo.service_id('dagbesteding'), 3, '[18,)', 'shared');
INSERT INTO wmo.no_gap_rule (id, service_id, area_id, during) VALUES (1, wmo.service_id('dagbesteding'), 3, '[2019-01-01,2025-01-01)');
SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;

-- each statement alone, as a transaction of its own would see it
SELECT tried, pg_temp.verdict(statement) FROM (VALUES
  ('one of two ends early', $$INSERT INTO wmo.contract_change (contract_id, kind, effective_on) VALUES (1, 'early_end', '2020-01-01')$$),
  ('the only one in the village ends early', $$INSERT INTO wmo.contract_change (contract_id, kind, effective_on) VALUES (2, 'early_end', '2020-01-01')$$),
  ('both end early', $$INSERT INTO wmo.contract_change (contract_id, kind, effective_on) VALUES (1, 'early_end', '2020-01-01'), (2, 'early_end', '2020-02-01')$$),
  ('the next one begins a day later', $$UPDATE wmo.contract SET period = '[2021-01-02,2025-01-01)' WHERE id = 3$$),
  ('a client stop of the only one', $$INSERT INTO wmo.client_stop (contract_id, during) VALUES (3, '[2023-01-01,2023-02-01)')$$),
  ('a client stop where there is another', $$INSERT INTO wmo.client_stop (contract_id, during, area_id) VALUES (2, '[2020-01-01,2020-02-01)', 1)$$),
  ('a suspension', $$INSERT INTO wmo.contract_change (contract_id, kind, effective_on, until) VALUES (3, 'suspension', '2023-01-01', '2023-02-01')$$),
  ('its last scope', $$DELETE FROM wmo.contract_scope WHERE contract_id = 3$$),
  ('the contract itself', $$DELETE FROM wmo.contract WHERE id = 3$$),
  ('the first ones of the registry', $$DELETE FROM wmo.contract WHERE id < 3$$),
  ('every contract at once', $$TRUNCATE wmo.contract CASCADE$$),
  ('other ages', $$UPDATE wmo.contract_scope SET ages = '[18,75)' WHERE id = 3$$),
  ('only existing clients', $$UPDATE wmo.contract_scope SET clients = 'existing' WHERE id = 3$$),
  ('an end that is not known cannot be refused', $$UPDATE wmo.contract SET period = '[2021-01-01,?)' WHERE id = 3$$),
  ('an area that is not named neither', $$UPDATE wmo.contract_scope SET area_id = NULL WHERE id = 3$$),
  ('a narrower service', $$UPDATE wmo.contract_scope SET service_id = wmo.service_id('dagbegeleiding') WHERE id = 3$$),
  ('another service is another matter', $$INSERT INTO wmo.contract (id, number, buyer_id, period) VALUES (9, 'z', 1, '[2019-01-01,2019-02-01)');
      INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (9, wmo.service_id('kortdurend_verblijf'), 3);
      DELETE FROM wmo.contract WHERE id = 9$$),
  ('an award withdrawn', $$UPDATE wmo.award SET withdrawn_on = '2019-06-01' WHERE id = 1$$),
  ('an award that a court annuls', $$UPDATE wmo.award SET annulled_on = '2019-03-01' WHERE id = 1$$),
  ('proceedings that were upheld, which by themselves end nothing', $$INSERT INTO wmo.award_challenge (award_id, kind, lodged, ruled, outcome)
      VALUES (1, 'summary_proceedings', '2019-02-01', '2019-03-01', 'upheld')$$),
  ('a village that is no part of its region any more', $$
      UPDATE wmo.no_gap_rule SET area_id = 2; SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;
      DELETE FROM wmo.area_part WHERE id = 2$$),
  ('a service that is no part of the contracted one any more', $$
      UPDATE wmo.no_gap_rule SET service_id = wmo.service_id('dagbegeleiding'); SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;
      UPDATE wmo.service SET parent_id = NULL WHERE code = 'dagbegeleiding'$$),
  ('a region without the village', $$DELETE FROM wmo.area_part WHERE id = 2$$),
  ('a village that grows', $$UPDATE wmo.area SET geom = 'SRID=28992;MULTIPOLYGON(((1000 0,3000 0,3000 1000,1000 1000,1000 0)))' WHERE id = 2$$),
  ('a supplier or a name', $$UPDATE wmo.contract SET supplier_id = 2 WHERE id = 3; UPDATE wmo.area SET name = 'Dorpje' WHERE id = 2$$),
  ('one ends, another takes over in the same transaction', $$
      UPDATE wmo.contract SET period = '[2021-01-01,2023-01-01)' WHERE id = 3;
      INSERT INTO wmo.contract (id, number, buyer_id, period) VALUES (4, 'd', 1, '[2023-01-01,2025-01-01)');
      INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (4, wmo.service_id('dagbesteding'), 3)$$),
  ('one ends, another takes over in a part of it', $$
      UPDATE wmo.contract SET period = '[2021-01-01,2023-01-01)' WHERE id = 3;
      INSERT INTO wmo.contract (id, number, buyer_id, period) VALUES (4, 'd', 1, '[2023-01-01,2025-01-01)');
      INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (4, wmo.service_id('dagbesteding'), 1)$$),
  ('a statement after an early look', $$SET CONSTRAINTS ALL IMMEDIATE; UPDATE wmo.contract SET variant = 'taakgericht' WHERE id = 3; UPDATE wmo.contract SET period = '[2021-01-02,2025-01-01)' WHERE id = 3$$),
  -- the rule itself
  ('a rule that is broken already', $$INSERT INTO wmo.no_gap_rule (service_id, area_id, during) VALUES (wmo.service_id('kortdurend_verblijf'), 3, '[2023-01-01,2025-01-01)')$$),
  ('a longer rule', $$UPDATE wmo.no_gap_rule SET during = '[2019-01-01,2025-01-02)'$$),
  ('more ages', $$UPDATE wmo.no_gap_rule SET ages = '[0,)'$$),
  ('a rule for services that are open to the whole country', $$INSERT INTO wmo.no_gap_rule (service_id, area_id, during) VALUES (wmo.service_id('beschermd_wonen'), 3, '[2023-01-01,2025-01-01)')$$),
  ('the same rule twice', $$INSERT INTO wmo.no_gap_rule (service_id, area_id, during) VALUES (wmo.service_id('dagbesteding'), 3, '[2023-01-01,2024-01-01)')$$),
  ('no ages', $$UPDATE wmo.no_gap_rule SET ages = 'empty'$$),
  ('ages without a youngest', $$UPDATE wmo.no_gap_rule SET ages = '(,75)'$$),
  ('no days', $$UPDATE wmo.no_gap_rule SET during = 'empty'$$),
  ('days until the end of time', $$UPDATE wmo.no_gap_rule SET during = '[2020-01-01,infinity)'$$),
  ('for nobody', $$UPDATE wmo.no_gap_rule SET clients = 'none'$$),
  ('a second switch', $$INSERT INTO wmo_works.no_gap_switch (id) VALUES (false)$$),
  ('a turn of nobody', $$INSERT INTO wmo_works.turn (kind, id, taken_by) VALUES ('nobody', 0, '0')$$),
  ('taken off, then a gap', $$DELETE FROM wmo.no_gap_rule; DELETE FROM wmo.contract WHERE id = 3$$),
  ('enough that existing clients keep somebody', $$UPDATE wmo.no_gap_rule SET clients = 'existing'; UPDATE wmo.contract_scope SET clients = 'existing' WHERE id = 3$$)
) t (tried, statement);
SELECT part, words FROM pg_temp.whole_error($$INSERT INTO wmo.contract_change (contract_id, kind, effective_on) VALUES (1, 'early_end', '2020-01-01'), (2, 'early_end', '2020-02-01')$$);
SELECT part, words FROM pg_temp.whole_error($$INSERT INTO wmo.client_stop (contract_id, during) VALUES (3, '[2023-01-01,2023-02-01)')$$);
SELECT 'not tried', pg_temp.untried('wmo.no_gap_rule', 'wmo_works.no_gap_switch', 'wmo_works.turn');

-- an open option is no gap whatever its notice day; declined it is (the notice day of the second was 30 September 2021)
SELECT pg_temp.done($$UPDATE wmo.no_gap_rule SET area_id = 1, during = '[2019-01-01,2023-01-01)';
  UPDATE wmo.contract_scope SET area_id = 2 WHERE id = 3$$);
SELECT pg_temp.verdict($$UPDATE wmo.contract SET period = wmo.decline_option(period) WHERE id = 1$$);
SELECT pg_temp.verdict($$UPDATE wmo.contract SET period = '[2019-01-01,2021-01-01)+P1Y notice P3M' WHERE id = 1$$);
SELECT pg_temp.verdict($$INSERT INTO wmo.contract_change (contract_id, kind, effective_on, area_id) VALUES (1, 'scope_removed', '2022-01-01', 1)$$);
SELECT g.kind, g.reason, g.first_day, g.last_day FROM wmo.coverage_gaps_in('dagbesteding', '[2019-01-01,2023-01-01)', ARRAY[1], '2025-01-01') g;
-- it goes by what is recorded, as if nothing were missing: where coverage_gaps cannot tell, or tells a reading, it is refused, and said so
INSERT INTO wmo.source (id, article, basis, reading) VALUES (91, 'lezing', 'inferred', 'gelezen');
SELECT s.tried, e.words FROM (VALUES (1, 'suspended without an end', $$INSERT INTO wmo.contract_change (contract_id, kind, effective_on) VALUES (1, 'suspension', '2020-06-01')$$),
  (2, 'ended by a reading', $$INSERT INTO wmo.contract_change (contract_id, kind, effective_on, source_id) VALUES (1, 'early_end', '2020-06-01', 91)$$),
  (3, 'an end that is not known', $$UPDATE wmo.contract SET period = '[2019-01-01,?)' WHERE id = 1$$)) s (n, tried, statement) LEFT JOIN LATERAL pg_temp.whole_error(s.statement) e ON e.part = 'detail' ORDER BY s.n;
-- editions: the village joins the town on 1 January 2022, and the rule follows the code
SELECT pg_temp.done($$UPDATE wmo.contract_scope SET area_id = 3 WHERE id = 3; UPDATE wmo.no_gap_rule SET follows_code = true, during = '[2019-01-01,2025-01-01)'$$);
SELECT pg_temp.verdict($$INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis)
  VALUES (4, 'GM0014', 'Stad', 'municipality', '[2022-01-01,)', 'SRID=28992;MULTIPOLYGON(((0 0,2000 0,2000 1000,0 1000,0 0)))', 'official')$$);
SELECT pg_temp.verdict($$INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis)
  VALUES (4, 'GM0014', 'Stad', 'municipality', '[2022-01-01,)', 'SRID=28992;MULTIPOLYGON(((0 0,2100 0,2100 1000,0 1000,0 0)))', 'official')$$);
ROLLBACK;
BEGIN ISOLATION LEVEL REPEATABLE READ;
INSERT INTO wmo.no_gap_rule (service_id, area_id, during) VALUES (1, 1, '[2019-01-01,2025-01-01)');
ROLLBACK;
