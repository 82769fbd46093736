-- Coverage: the one definition. A row per area, service, provider, role, ages, clients and certainty; it never reads the clock.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set entered :here '/sql/include/entered.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :entered
\i :registry

CREATE VIEW pg_temp.seen AS SELECT area, area_code, service, provider, role, ages, clients, existing_on, certainty, valid, known, number FROM wmo.coverage;
INSERT INTO wmo.area (id, code, name, kind, source_id) VALUES (1, 'GM1960', 'Stad', 'municipality', 1), (2, 'WK196001', 'Wijk', 'district', NULL), (3, NULL, 'Volgens de krant', 'other', 2);
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (1, 2);

-- one contract, one scope: one row for each certainty that it ever had
SELECT pg_temp.contract(1, '[2020-01-01,2022-01-01)+P1Y', 1, ages => '[18,75)');
SELECT * FROM pg_temp.seen ORDER BY valid, known;
-- subcontractors: all of the scope, a narrower service, a smaller area, another service, existing clients, not named
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (1, 20, 1);
INSERT INTO wmo.subcontract (id, contract_id, party_id, service_id, area_id, valid, clients, existing_on, source_id) VALUES
  (1, 1, 3, NULL, NULL, '(,)', 'all', NULL, NULL), (2, 1, 4, 21, 2, '[2021-01-01,)', 'all', NULL, NULL), (3, 1, 6, 70, NULL, '(,)', 'all', NULL, NULL),
  (4, 1, 6, 10, NULL, '(,)', 'existing', '2019-12-31', 2), (5, 1, NULL, 10, 2, '[2020-01-01,2020-02-01)', 'all', NULL, NULL);
SELECT * FROM pg_temp.seen WHERE certainty <> 'option' ORDER BY service COLLATE "C", role, provider COLLATE "C", area COLLATE "C", valid, known;
DELETE FROM wmo.contract;

-- a consortium, its members on their days, and a takeover by one of them
INSERT INTO wmo.consortium_member (consortium_id, member_id, valid) VALUES (5, 2, '(,)'), (5, 3, '[2020-07-01,)');
SELECT pg_temp.contract(2, '[2020-01-01,2022-01-01)', 1, supplier => 5);
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id) VALUES (2, 'transfer', '2021-01-01', '2021-02-01', 3);
SELECT * FROM pg_temp.seen ORDER BY known, valid, role, provider COLLATE "C";
DELETE FROM wmo.contract;

-- not named is not nobody, whether provider or area
SELECT pg_temp.contract(3, '[2020-01-01,?)', 1, supplier => NULL, choice => 'client_choice');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (3, 40, NULL);
SELECT * FROM pg_temp.seen ORDER BY service COLLATE "C", known;
DELETE FROM wmo.contract;

-- what rests on an inferred source is inferred, wherever it rests; weaker certainties stay
SELECT pg_temp.contract(4, '[2020-01-01,2022-01-01)', 3), pg_temp.contract(5, '[2020-01-01,2022-01-01)', 1, source => 2), pg_temp.contract(6, '[2020-01-01,?)', 2, source => 1, choice => 'shared'),
       pg_temp.contract(7, '(?,2022-01-01)', 2, service => 40, source => 2);
INSERT INTO wmo.award (id, no_term_because, source_id) VALUES (1, 'a call-off', 2);
SELECT pg_temp.contract(8, '[2020-01-01,2022-01-01)', 2, service => 70, award => 1);
SELECT number, certainty, valid FROM pg_temp.seen ORDER BY number COLLATE "C", valid, known;
DELETE FROM wmo.contract;

-- what does not serve is not there: withdrawn, suspended, removed, ended
UPDATE wmo.award SET withdrawn_on = '2020-03-01' WHERE id = 1;
SELECT pg_temp.contract(9, '[2020-01-01,2022-01-01)', 1, award => 1);
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, until) VALUES (9, 'suspension', '2020-02-01', '2020-06-01', '2020-07-01');
SELECT provider, certainty, valid, known FROM pg_temp.seen ORDER BY known, valid;

-- coverage is the rows of provider_standing that serve, and those of scope_standing with all who deliver
SELECT 'rows apart', count(*) FROM (SELECT contract_id, scope_id, provider_id, role, certainty, valid, known FROM wmo.coverage
  EXCEPT SELECT contract_id, scope_id, provider_id, role, certainty, valid, known FROM wmo_works.provider_standing WHERE certainty IS NOT NULL) x;
ROLLBACK;
