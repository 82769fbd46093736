-- Exclusive scopes: one main provider for the same service, area, ages and days, by whatever way a second one comes.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

-- what the claims are must at every moment be what the contracts make of them
CREATE FUNCTION pg_temp.drift() RETURNS bigint LANGUAGE sql AS $$
  SELECT count(*) FROM (
    (SELECT contract_id, scope_id, service_id, area_id, ages, during FROM wmo.exclusive_claim
     EXCEPT ALL SELECT contract_id, scope_id, service_id, area_id, ages, during FROM wmo_works.exclusive_claim_due)
    UNION ALL
    (SELECT contract_id, scope_id, service_id, area_id, ages, during FROM wmo_works.exclusive_claim_due
     EXCEPT ALL SELECT contract_id, scope_id, service_id, area_id, ages, during FROM wmo.exclusive_claim)) d
$$;
CREATE FUNCTION pg_temp.tried(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  said text := pg_temp.done(statement);
BEGIN
  RETURN said || CASE pg_temp.drift() WHEN 0 THEN '' ELSE ' -- and the claims have drifted' END;
END
$$;

INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Westerkwartier', 'municipality'), (2, 'MIEP', 'provider'), (3, 'Zorg B', 'provider'), (4, 'Westerkwartier', 'consortium');
INSERT INTO wmo.area (id, code, name, kind, valid) VALUES
  (1, NULL, 'Marum', 'working_area', '(,)'), (2, NULL, 'Leek', 'working_area', '(,)'), (3, NULL, 'Zuid', 'region', '(,)'),
  (4, NULL, 'Noordwijk', 'other', '(,)'), (5, 'GM0025', 'Marum', 'municipality', '[,2019-01-01)'), (6, 'GM0025', 'Marum', 'municipality', '[2019-01-01,)'),
  (7, NULL, 'De Wilp', 'other', '(,)');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (3, 1), (3, 2);
INSERT INTO wmo.service (id, code, name, parent_id) VALUES (1001, 'schoonmaak', 'Schoonmaak', 10), (1002, 'was', 'Was', 10);
INSERT INTO wmo.award (id) VALUES (1);
-- MIEP is the main provider in Marum of everything under hulp bij het huishouden, for adults, in 2020 and 2021
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id) VALUES
  (1, 'A', 1, 2, '[2020-01-01,2022-01-01)+P1Y notice P3M', 1), (2, 'B', 1, 3, '[2020-01-01,2022-01-01)', NULL),
  (3, 'C', 1, 3, '[2022-01-01,2024-01-01)', NULL), (4, 'D', 1, 3, '[2020-01-01,?)', NULL);
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, ages, choice) VALUES (1, 1, 10, 1, '[18,)', 'exclusive');
SELECT s.code, a.name, e.ages, e.during FROM wmo.exclusive_claim e JOIN wmo.service s ON s.id = e.service_id JOIN wmo.area a ON a.id = e.area_id ORDER BY s.code COLLATE "C";

-- a second one, and its neighbours; each is undone
SELECT tried, pg_temp.verdict(format('INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice, ages, clients, valid) VALUES (%s)', cells)) FROM (VALUES
  ('the same', $$2, 10, 1, 'exclusive', '[18,)', 'all', '(,)'$$),
  ('shared', $$2, 10, 1, 'shared', '[18,)', 'all', '(,)'$$),
  ('for existing clients', $$2, 10, 1, 'exclusive', '[18,)', 'existing', '(,)'$$),
  ('in an area that is not named', $$2, 10, NULL, 'exclusive', '[18,)', 'all', '(,)'$$),
  ('in the next area', $$2, 10, 2, 'exclusive', '[18,)', 'all', '(,)'$$),
  ('in the whole', $$2, 10, 3, 'exclusive', '[18,)', 'all', '(,)'$$),
  ('of a narrower service', $$2, 1002, 1, 'exclusive', '[18,)', 'all', '(,)'$$),
  ('of another service', $$2, 20, 1, 'exclusive', '[18,)', 'all', '(,)'$$),
  ('of younger ones', $$2, 10, 1, 'exclusive', '[0,18)', 'all', '(,)'$$),
  ('of younger ones up to and including 18', $$2, 10, 1, 'exclusive', '[0,18]', 'all', '(,)'$$),
  ('on the last day alone', $$2, 10, 1, 'exclusive', '[18,)', 'all', '[2021-12-31,)'$$),
  ('on no day that the contract has', $$2, 10, 1, 'exclusive', '[18,)', 'all', '[2022-01-01,)'$$),
  ('from the day after, where only an open option is', $$3, 10, 1, 'exclusive', '[18,)', 'all', '(,)'$$),
  ('without a stated end', $$4, 10, 1, 'exclusive', '[18,)', 'all', '[2021-12-31,)'$$),
  ('of the same contract', $$1, 10, 3, 'exclusive', '[18,)', 'all', '(,)'$$)
) t (tried, cells);
SELECT part, words FROM pg_temp.whole_error($$INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice) VALUES (2, 1001, 3, '[0,65)', 'exclusive')$$);
-- who follows the code of an area that has none stays in that area
SELECT pg_temp.verdict($$INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice, follows_code) VALUES (2, 10, 1, 'exclusive', true)$$);

-- by every other way
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, ages, choice, valid) VALUES
  (2, 2, 10, 2, '[18,)', 'exclusive', '(,)'), (3, 3, 10, 1, '[18,)', 'exclusive', '(,)'), (4, 2, 10, 4, '[18,)', 'exclusive', '(,)');
SELECT tried, pg_temp.tried(statement) FROM (VALUES
  (1, 'exercising the option where C follows', $$INSERT INTO wmo.contract_change (contract_id, kind, received_on) VALUES (1, 'extension', '2021-06-01')$$),
  (2, 'a longer period that is agreed', $$UPDATE wmo.contract SET period = '[2020-01-01,2022-01-02)' WHERE id = 1$$),
  (3, 'an earlier start of the follower', $$UPDATE wmo.contract SET agreed_period = '[2021-12-31,2024-01-01)' WHERE id = 3$$),
  (4, 'B moves its scope here', $$UPDATE wmo.contract_scope SET area_id = 1 WHERE id = 2$$),
  (5, 'B''s scope is handed to another contract', $$UPDATE wmo.contract_scope SET contract_id = 3 WHERE id = 2$$),
  (6, 'and handed back', $$UPDATE wmo.contract_scope SET contract_id = 2 WHERE id = 2$$),
  (7, 'Leek turns out to be a part of Marum', $$INSERT INTO wmo.area_part (whole_id, part_id) VALUES (1, 2)$$),
  (8, 'Noordwijk lies in both Marum and B''s Noordwijk', $$INSERT INTO wmo.area_part (whole_id, part_id) VALUES (1, 4)$$),
  (9, 'De Wilp lies in Marum', $$INSERT INTO wmo.area_part (whole_id, part_id) VALUES (1, 7)$$),
  (10, 'and in Noordwijk as well', $$INSERT INTO wmo.area_part (whole_id, part_id) VALUES (4, 7)$$),
  (11, 'that part becomes Leek', $$UPDATE wmo.area_part SET part_id = 2 WHERE whole_id = 1 AND part_id = 7$$),
  (12, 'that part is dropped, Marum is whole again', $$DELETE FROM wmo.area_part WHERE whole_id = 1$$),
  (13, 'B for begeleiding here', $$INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, ages, choice) VALUES (5, 2, 20, 1, '[18,)', 'exclusive')$$),
  (14, 'a child of begeleiding moves under hulp bij het huishouden', $$UPDATE wmo.service SET parent_id = 10 WHERE id = 22$$),
  (15, 'and back', $$UPDATE wmo.service SET parent_id = 20 WHERE id = 22$$),
  (16, 'begeleiding itself moves there', $$UPDATE wmo.service SET parent_id = 10 WHERE id = 20$$),
  (17, 'a new service under hulp bij het huishouden', $$INSERT INTO wmo.service (id, code, name, parent_id) VALUES (1003, 'ramen', 'Ramen', 10)$$),
  (18, 'which is deleted again', $$DELETE FROM wmo.service WHERE id = 1003$$),
  (19, 'B without begeleiding', $$DELETE FROM wmo.contract_scope WHERE id = 5$$),
  (20, 'the award of A is withdrawn', $$UPDATE wmo.award SET withdrawn_on = '2020-03-01' WHERE id = 1$$),
  (21, 'B takes Marum', $$UPDATE wmo.contract_scope SET area_id = 1 WHERE id = 2$$),
  (22, 'the withdrawal is taken back', $$SELECT wmo.correct_award(1)$$),
  (23, 'A without that award', $$UPDATE wmo.contract SET award_id = NULL WHERE id = 1$$),
  (24, 'B ends in May 2020', $$INSERT INTO wmo.contract_change (contract_id, kind, effective_on) VALUES (2, 'early_end', '2020-06-01')$$),
  (25, 'the withdrawal is taken back, B had its days', $$SELECT wmo.correct_award(1)$$),
  (26, 'B had Leek all the time', $$UPDATE wmo.contract_scope SET area_id = 2 WHERE id = 2$$),
  (27, 'the withdrawal is taken back', $$SELECT wmo.correct_award(1)$$),
  (28, 'A is suspended in the summer', $$INSERT INTO wmo.contract_change (id, contract_id, kind, effective_on, until) VALUES (60, 1, 'suspension', '2021-06-01', '2021-09-01')$$),
  (29, 'B''s early end is undone', $$DELETE FROM wmo.contract_change WHERE contract_id = 2$$),
  (30, 'B steps in for the summer', $$INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, ages, choice, valid) VALUES (6, 2, 10, 1, '[18,)', 'exclusive', '[2021-06-01,2021-09-01)')$$),
  (31, 'the suspension ends a day earlier', $$UPDATE wmo.contract_change SET until = '2021-08-31' WHERE id = 60$$),
  (32, 'a swap of Marum and Leek in one transaction', $$UPDATE wmo.contract_scope SET area_id = CASE area_id WHEN 1 THEN 2 ELSE 1 END WHERE id IN (1, 2, 6)$$),
  (33, 'a swap of half of it', $$UPDATE wmo.contract_scope SET area_id = 1 WHERE id = 1$$),
  (34, 'A transferred to B''s provider stays A', $$INSERT INTO wmo.contract_change (contract_id, kind, effective_on, to_party_id) VALUES (1, 'transfer', '2021-01-01', 3)$$),
  (35, 'a namesake buyer with the same number', $$WITH c AS (INSERT INTO wmo.contract (id, number, buyer_id, period) VALUES (5, 'A', 4, '[2020-01-01,2022-01-01)') RETURNING id)
     INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice) SELECT id, 10, 2, '[18,)', 'exclusive' FROM c$$),
  (36, 'the buyer gets another name', $$UPDATE wmo.party SET name = 'Gemeente Westerkwartier' WHERE id = 1$$),
  (37, 'the number changes', $$UPDATE wmo.contract SET number = 'A-1' WHERE id = 1$$)
) t (step, tried, statement) ORDER BY step;

-- scopes that follow a code claim each edition on its own days
SELECT tried, pg_temp.tried(statement) FROM (VALUES
  (1, 'D follows Marum''s code', $$INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, choice, follows_code) VALUES (10, 4, 70, 5, 'exclusive', true)$$),
  (2, 'B is pinned to the new edition', $$INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, choice) VALUES (11, 2, 70, 6, 'exclusive')$$),
  (3, 'B is pinned to the old edition', $$INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, choice) VALUES (11, 2, 70, 5, 'exclusive')$$),
  (4, 'the old edition lived on into 2020', $$UPDATE wmo.area SET valid = CASE id WHEN 5 THEN '[,2021-01-01)' ELSE '[2021-01-01,)' END::daterange WHERE id IN (5, 6)$$),
  (5, 'De Wilp lies in the new edition', $$INSERT INTO wmo.area_part (whole_id, part_id) VALUES (6, 7)$$),
  (6, 'B in De Wilp', $$INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) VALUES (2, 72, 7, 'exclusive')$$),
  (7, 'a third edition', $$UPDATE wmo.area SET valid = '[2019-01-01,2023-01-01)' WHERE id = 6; INSERT INTO wmo.area (id, code, name, kind, valid) VALUES (8, 'GM0025', 'Marum', 'municipality', '[2023-01-01,)')$$),
  (8, 'which is deleted', $$DELETE FROM wmo.area WHERE id = 8$$)
) t (step, tried, statement) ORDER BY step;
SELECT a.name, a.valid AS edition, e.during FROM wmo.exclusive_claim e JOIN wmo.area a ON a.id = e.area_id
WHERE e.scope_id = 10 AND e.service_id = 71 ORDER BY e.during, a.name;

-- the claims themselves are not to be had
SELECT tried, pg_temp.verdict(statement) FROM (VALUES
  ('deleting claims', $$DELETE FROM wmo.exclusive_claim$$),
  ('changing a claim', $$UPDATE wmo.exclusive_claim SET during = '[2050-01-01,)'$$),
  ('making a claim', $$INSERT INTO wmo.exclusive_claim (contract_id, scope_id, service_id, area_id, ages, during) VALUES (1, 1, 10, 1, '[0,)', '(,)')$$),
  ('deriving them again', $$UPDATE wmo.contract_scope SET choice = choice$$),
  ('parts emptied at one stroke', $$TRUNCATE wmo.area_part$$)
) t (tried, statement);
TRUNCATE wmo.area_part;
SELECT 'drift', pg_temp.drift();

-- conflicts count at commit, or when asked; a savepoint takes claims back with it
SAVEPOINT before;
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, ages, choice) VALUES (20, 1, 10, 1, '[18,)', 'exclusive');
SAVEPOINT conflict;
DELETE FROM wmo.contract_scope WHERE id = 2;
SET CONSTRAINTS ALL IMMEDIATE;
SELECT 'solved before commit', pg_temp.drift();
ROLLBACK TO conflict;
\set VERBOSITY terse
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK TO before;
SELECT 'after rollback', pg_temp.drift();
-- two at once, by COPY, and by MERGE
COPY wmo.contract_scope (contract_id, service_id, area_id, choice) FROM stdin;
1	150	7	exclusive
2	150	7	exclusive
\.
SET CONSTRAINTS wmo.one_main_provider_for_service_area_ages_and_days IMMEDIATE;
ROLLBACK TO before;
MERGE INTO wmo.contract_scope s USING (VALUES (1), (2)) v (contract_id) ON s.contract_id = v.contract_id AND s.service_id = 150
WHEN NOT MATCHED THEN INSERT (contract_id, service_id, area_id, choice) VALUES (v.contract_id, 150, 7, 'exclusive');
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK TO before;
DELETE FROM wmo.contract;
SELECT 'without contracts', count(*) FROM wmo.exclusive_claim;
ROLLBACK;
