-- What the ledger refuses, in words that say what to do; and what follows from a change, on the contract and its scopes.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Leeuwarden', 'municipality'), (2, 'Zorg A', 'provider');
INSERT INTO wmo.area (id, name, kind) VALUES (1, 'Stad', 'working_area'), (2, 'Land', 'working_area');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (1, 'A', 1, 2, '[2019-01-01,2021-01-01)+P1Y notice P3M'), (2, 'B', 1, 2, '[2019-01-01,2021-01-01)+P1Y');
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id) VALUES (1, 1, wmo.service_id('begeleiding'), 1), (2, 1, wmo.service_id('dagbesteding'), 1);

-- a change names a whole scope of its contract
SELECT part, words FROM pg_temp.whole_error($$INSERT INTO wmo.contract_change (contract_id, kind, effective_on, service_id, area_id)
  VALUES (1, 'suspension', '2020-01-01', wmo.service_id('begeleiding'), 2)$$);
-- whichever of the two comes last, and a scope that is wider than the part is not that part; looked at when all has come
INSERT INTO wmo.area (id, name, kind) VALUES (3, 'Wijk', 'district'), (4, 'Buurt', 'district');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (1, 3), (1, 4);
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (3, 'C', 1, 2, '[2019-01-01,2021-01-01)'), (4, 'D', 1, 2, '[2019-01-01,2021-01-01)');
INSERT INTO wmo.contract_change (id, contract_id, kind, effective_on, service_id, area_id) VALUES
  (3, 3, 'early_end', '2020-01-01', NULL, 3), (4, 4, 'suspension', '2020-01-01', wmo.service_id('dagbegeleiding'), NULL);
SELECT part, words FROM pg_temp.whole_error($$INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (3, 40, 1)$$);
SELECT tried, pg_temp.verdict(statement) FROM (VALUES
  ('a wider service', $$INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (4, wmo.service_id('dagbesteding'), 1)$$),
  ('the part, and what is wider', $$INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id) VALUES (31, 3, 40, 3), (32, 3, 20, 1)$$),
  ('one after the other', $$INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id) VALUES (32, 3, 40, 4); INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id) VALUES (31, 3, 40, 3)$$),
  ('a scope that moves away', $$INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id) VALUES (31, 3, 40, 3); UPDATE wmo.contract_scope SET area_id = 1 WHERE id = 31$$),
  ('or goes', $$INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id) VALUES (31, 3, 40, 3), (32, 3, 40, 4); DELETE FROM wmo.contract_scope WHERE id = 31$$),
  ('with its contract', $$INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id) VALUES (31, 3, 40, 3), (32, 3, 40, 4); DELETE FROM wmo.contract WHERE id = 3$$),
  ('two areas that are one', $$INSERT INTO wmo.area (id, name, kind) VALUES (5, 'Wijk', 'district'); INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id) VALUES (31, 3, 40, 3);
                               DELETE FROM wmo.area_part WHERE part_id = 3; SELECT wmo.merge_areas(3, 5)$$)
) t (tried, statement);
-- nor is a subcontract for what the contract is not for, whichever of the two comes last
SELECT tried, pg_temp.verdict(statement) FROM (VALUES
  ('another area', $$INSERT INTO wmo.subcontract (contract_id, party_id, area_id) VALUES (1, 2, 2)$$), ('another service', $$INSERT INTO wmo.subcontract (contract_id, party_id, service_id) VALUES (1, 2, 40)$$),
  ('a part of the area', $$INSERT INTO wmo.subcontract (contract_id, party_id, area_id) VALUES (1, 2, 3)$$), ('all of it', $$INSERT INTO wmo.subcontract (contract_id, party_count) VALUES (1, 2)$$),
  ('the scope moves', $$INSERT INTO wmo.subcontract (contract_id, party_count, area_id) VALUES (1, 2, 3); UPDATE wmo.contract_scope SET area_id = 2 WHERE contract_id = 1$$),
  ('both move', $$INSERT INTO wmo.subcontract (contract_id, party_id, area_id) VALUES (1, 2, 3); UPDATE wmo.contract_scope SET area_id = 2 WHERE contract_id = 1; UPDATE wmo.subcontract SET area_id = 2$$)
) t (tried, statement);
SELECT part, words FROM pg_temp.whole_error($$INSERT INTO wmo.subcontract (contract_id, party_id, area_id) VALUES (1, 2, 2)$$);
-- an end that has come is not taken back; and nothing goes to two at once
INSERT INTO wmo.party (id, name, kind) VALUES (3, 'Zorg B', 'provider'), (4, 'Zorg C', 'provider');
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on) VALUES (5, 2, 'early_end', '2019-06-01', '2020-01-01'), (6, 1, 'early_end', '2019-06-01', '2020-02-01');
SELECT part, words FROM pg_temp.whole_error($$INSERT INTO wmo.contract_change (contract_id, kind, received_on) VALUES (2, 'end_revoked', '2020-03-01')$$);
SELECT tried, pg_temp.verdict(statement) FROM (VALUES
  ('on the first day without service', $$INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on) VALUES (2, 'end_revoked', '2020-01-01', '2020-01-01')$$),
  ('on the last day', $$INSERT INTO wmo.contract_change (contract_id, kind, decided_on) VALUES (2, 'end_revoked', '2019-12-31')$$),
  ('nobody knows when', $$INSERT INTO wmo.contract_change (contract_id, kind, effective_on) VALUES (2, 'end_revoked', '2020-01-01')$$),
  ('to two parties', $$INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id) VALUES (1, 'transfer', '2019-05-01', '2019-07-01', 3), (1, 'transfer', '2019-05-01', '2019-07-01', 4)$$),
  ('to two, one after the other', $$INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id) VALUES (1, 'transfer', '2019-05-01', '2019-07-01', 3), (1, 'transfer', '2019-05-02', '2019-07-01', 4)$$),
  ('to whom has it', $$INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id) VALUES (1, 'transfer', '2019-05-01', '2019-07-01', 2)$$),
  ('back to whom had it', $$INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id) VALUES (1, 'transfer', '2019-05-01', '2019-07-01', 3), (1, 'transfer', '2019-06-01', '2019-08-01', 2)$$),
  ('called off', $$INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id) VALUES (1, 'transfer', '2019-05-01', '2019-07-01', 3), (1, 'transfer', '2019-06-01', '2019-07-01', 2)$$),
  ('sooner than was said', $$INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id) VALUES (1, 'transfer', '2019-05-01', '2019-07-01', 3), (1, 'transfer', '2019-05-02', '2019-06-01', 3)$$),
  ('once more, later', $$INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id) VALUES (1, 'transfer', '2019-05-01', '2019-07-01', 3), (1, 'transfer', '2019-05-02', '2019-08-01', 3)$$),
  ('all, of which a part has gone', $$INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id, service_id) VALUES (1, 'transfer', '2019-05-01', '2019-07-01', 3, wmo.service_id('begeleiding')), (1, 'transfer', '2019-05-02', '2019-08-01', 3, NULL)$$),
  ('twice to one', $$INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id) VALUES (1, 'transfer', '2019-05-01', '2019-07-01', 3), (1, 'transfer', '2019-05-01', '2019-07-01', 3)$$)
) t (tried, statement);
SELECT part, words FROM pg_temp.whole_error($$INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id) VALUES (1, 'transfer', '2019-05-01', '2019-07-01', 3), (1, 'transfer', '2019-05-01', '2019-07-01', 4)$$);
SELECT part, words FROM pg_temp.whole_error($$INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id) VALUES (1, 'transfer', '2019-05-01', '2019-07-01', 2)$$);
DELETE FROM wmo.contract_change WHERE id IN (5, 6);
-- what falls outside all days of the contract, or of the part that it names, is said
UPDATE wmo.contract_scope SET valid = '[2019-01-01,2020-01-01)' WHERE id = 2;
INSERT INTO wmo.contract_change (id, contract_id, kind, effective_on, until, to_party_id, service_id) VALUES
  (51, 1, 'suspension', '2018-01-01', '2019-01-01', NULL, NULL), (52, 1, 'suspension', '2018-01-01', '2019-01-02', NULL, NULL), (53, 1, 'transfer', '2022-01-01', NULL, 3, NULL),
  (54, 1, 'transfer', '2021-12-31', NULL, 4, NULL), (55, 1, 'suspension', '2020-01-01', NULL, NULL, wmo.service_id('dagbesteding')), (56, 1, 'suspension', '2020-01-01', NULL, NULL, wmo.service_id('begeleiding'));
SELECT w.change_id, w.kind, w.warning FROM wmo.contract_change_warning w WHERE w.change_id BETWEEN 51 AND 56 ORDER BY w.change_id;
-- but for what may have been renewed without a word
INSERT INTO wmo.contract_change (id, contract_id, kind, effective_on) VALUES (57, 2, 'suspension', '2022-06-01');
SELECT 'not renewed', w.change_id FROM wmo.contract_change_warning w WHERE w.change_id = 57;
INSERT INTO wmo.contract_ending (contract_id, kind, renewed_by) VALUES (2, 'tacit_renewal', '1 year');
SELECT 'renewed', w.change_id FROM wmo.contract_change_warning w WHERE w.change_id = 57;
DELETE FROM wmo.contract_ending;
DELETE FROM wmo.contract_change WHERE id BETWEEN 51 AND 57;
UPDATE wmo.contract_scope SET valid = '(,)' WHERE id = 2;
-- what is said of a part still is of one when the areas or the services are divided otherwise
INSERT INTO wmo.area (id, name, kind) VALUES (6, 'Regio', 'region'), (7, 'Oord', 'district');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (6, 1);
INSERT INTO wmo.service (id, code, name, parent_id) VALUES (9001, 'breed', 'Breed', NULL), (9002, 'smal', 'Smal', 9001);
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (5, 'E', 1, 2, '[2019-01-01,2021-01-01)'), (6, 'F', 1, 2, '[2019-01-01,2021-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (5, 40, 1), (5, 40, 7), (6, 9002, 2);
INSERT INTO wmo.contract_change (contract_id, kind, effective_on, service_id, area_id) VALUES (5, 'suspension', '2020-01-01', NULL, 6), (6, 'suspension', '2020-01-01', 9001, NULL);
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
SELECT tried, pg_temp.verdict(statement) FROM (VALUES
  ('a region that loses its part', $$DELETE FROM wmo.area_part WHERE whole_id = 6$$), ('a part that is replaced', $$UPDATE wmo.area_part SET part_id = 2 WHERE whole_id = 6$$),
  ('and comes back', $$DELETE FROM wmo.area_part WHERE whole_id = 6; INSERT INTO wmo.area_part (whole_id, part_id) VALUES (6, 1)$$),
  ('a region that becomes a part of what has a scope', $$INSERT INTO wmo.area_part (whole_id, part_id) VALUES (7, 6)$$), ('a part more', $$INSERT INTO wmo.area_part (whole_id, part_id) VALUES (6, 7)$$),
  ('a service on its own', $$UPDATE wmo.service SET parent_id = NULL WHERE id = 9002$$), ('another name', $$UPDATE wmo.service SET name = 'Nauw' WHERE id = 9002$$)) v (tried, statement);
-- and stays with it
INSERT INTO wmo.contract_change (id, contract_id, kind, effective_on) VALUES (1, 1, 'suspension', '2020-01-01');
SELECT part, words FROM pg_temp.whole_error('UPDATE wmo.contract_change SET contract_id = 2 WHERE id = 1');
DELETE FROM wmo.contract_change WHERE id = 1;

-- an option exercised for one service moves that scope's last day alone; for all of them, the contract's
CREATE FUNCTION pg_temp.last_days() RETURNS TABLE (contract date, begeleiding date, dagbesteding date) LANGUAGE sql AS $$
  SELECT wmo.last_day(c.period), s.days[1], s.days[2]
  FROM wmo.contract c, (SELECT array_agg(wmo.last_day(st.period) ORDER BY st.scope_id) AS days
                        FROM wmo_works.scope_state st WHERE st.contract_id = 1 AND st.known @> '2021-06-01'::date) s
  WHERE c.id = 1
$$;
SELECT 'agreed', l.* FROM pg_temp.last_days() l;
INSERT INTO wmo.contract_change (id, contract_id, kind, received_on, service_id) VALUES (1, 1, 'extension', '2020-09-30', wmo.service_id('begeleiding'));
SELECT 'extended for begeleiding', l.* FROM pg_temp.last_days() l;
UPDATE wmo.contract_change SET service_id = NULL WHERE id = 1;
SELECT 'extended', l.* FROM pg_temp.last_days() l;
-- notice of three months before the end on 1 January 2021: 30 September is the last day; the day after it is late, and says so
SELECT c.period FROM wmo.contract c WHERE c.id = 1;
UPDATE wmo.contract_change SET received_on = '2020-10-01' WHERE id = 1;
SELECT c.period FROM wmo.contract c WHERE c.id = 1;
TRUNCATE wmo.contract_change CASCADE;
SELECT c.period FROM wmo.contract c ORDER BY c.id;
ROLLBACK;
