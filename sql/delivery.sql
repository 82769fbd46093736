-- Who delivers in a scope, and how each of them stands.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set entered :here '/sql/include/entered.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :entered
\i :registry

INSERT INTO wmo.area (id, name, kind) VALUES (1, 'Stad', 'municipality');
INSERT INTO wmo.consortium_member (consortium_id, member_id, valid) VALUES (5, 2, '(,)'), (5, 3, '[2021-07-01,)');
SELECT pg_temp.contract(1, '[2020-01-01,2022-01-01)+P1Y notice P3M', 1, supplier => 5, ages => '[18,75)', source => 2);
INSERT INTO wmo.subcontract (id, contract_id, party_id, valid, clients, existing_on) VALUES (1, 1, 4, '[2021-01-01,)', 'existing', '2020-12-31');
-- only the supplier stands where nobody serves; the others where the scope does, on their own days
SELECT d.role, p.name, d.subcontract_id, d.clients, d.existing_on, d.certainty, d.scope_certainty, d.reason, d.valid, d.known
FROM wmo_works.provider_standing_due d LEFT JOIN wmo.party p ON p.id = d.provider_id ORDER BY d.role, p.name COLLATE "C", d.valid, d.known;
-- with one row for each rectangle of the scope, the supplier tells how the scope itself stands
SELECT 'apart', count(*) FROM (
  (SELECT scope_id, contract_id, provider_id, period::text, valid, known, scope_certainty, reason FROM wmo_works.provider_standing_due WHERE role IN ('main', 'contracted')
   EXCEPT ALL SELECT scope_id, contract_id, supplier_id, period::text, valid, known, certainty, reason FROM wmo_works.scope_standing_due)
  UNION ALL
  (SELECT scope_id, contract_id, supplier_id, period::text, valid, known, certainty, reason FROM wmo_works.scope_standing_due
   EXCEPT ALL SELECT scope_id, contract_id, provider_id, period::text, valid, known, scope_certainty, reason FROM wmo_works.provider_standing_due WHERE role IN ('main', 'contracted'))) x;

-- A contract goes to another supplier: that its subcontractor went along is known only where the subcontract begins, was agreed or was published after that.
INSERT INTO wmo.source (id, article, published) VALUES (3, 'Krant', '[2022-02-01,2022-02-28]');
SELECT pg_temp.contract(10, '[2020-01-01,2024-01-01)', 1, supplier => 2);
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id) VALUES (10, 'transfer', '2021-10-01', '2022-01-01', 3);
INSERT INTO wmo.subcontract (id, contract_id, party_id, valid, known_on, source_id) VALUES
  (10, 10, 4, '(,)', NULL, NULL), (11, 10, 4, '(,)', '2021-12-31', NULL), (12, 10, 4, '(,)', '2022-01-01', NULL), (13, 10, 4, '[2022-01-01,)', NULL, NULL), (14, 10, 4, '(,)', NULL, 3),
  (15, 10, 4, '[2021-06-01,2023-06-01)', NULL, NULL);
SELECT d.subcontract_id, d.certainty, d.reason, d.valid, d.known FROM wmo_works.provider_standing_due d
WHERE d.contract_id = 10 AND d.subcontract_id IS NOT NULL AND d.known @> '2023-01-01'::date ORDER BY d.subcontract_id, d.valid, d.known;
-- by what was known before the transfer was decided it stayed with its supplier
SELECT d.subcontract_id, d.certainty, d.reason, d.valid FROM wmo_works.provider_standing_due d
WHERE d.subcontract_id = 10 AND d.known @> '2021-09-30'::date ORDER BY d.valid;
-- a part goes on in other hands, the rest does not
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, entered_on) VALUES (11, 10, 30, 1, '2020-01-01');
UPDATE wmo.contract_change SET service_id = 10 WHERE contract_id = 10;
SELECT d.scope_id, d.certainty, d.reason, d.valid FROM wmo_works.provider_standing_due d
WHERE d.subcontract_id = 10 AND d.known @> '2023-01-01'::date ORDER BY d.scope_id, d.valid;

-- For an area of which the scope's is a part, or that is a part of it, by our reading of a source: so the subcontract is, kept too when the source turns out to say it.
INSERT INTO wmo.area (id, name, kind) VALUES (2, 'Regio', 'region'), (3, 'Wijk', 'district');
INSERT INTO wmo.area_part (whole_id, part_id, source_id) VALUES (2, 1, 2), (1, 3, 2);
SELECT pg_temp.contract(20, '[2020-01-01,2024-01-01)', 1, supplier => 2);

INSERT INTO wmo.subcontract (id, contract_id, party_id, area_id) VALUES (20, 20, 4, 2), (21, 20, 4, 3), (22, 20, 4, 1), (23, 20, 4, NULL);
SELECT d.subcontract_id, d.area, d.certainty, d.inferred FROM wmo_works.provider_standing_due d WHERE d.contract_id = 20 AND d.subcontract_id IS NOT NULL AND d.known @> '2023-01-01'::date ORDER BY d.subcontract_id;
UPDATE wmo.source SET basis = 'stated', reading = NULL WHERE id = 2;
SELECT k.subcontract_id, k.certainty, k.inferred FROM wmo_works.kept_standing k WHERE k.contract_id = 20 AND k.subcontract_id IS NOT NULL AND k.known @> '2023-01-01'::date ORDER BY k.subcontract_id;

-- A provider that a merger ended: from that day on another party has its contracts by law, whichever role it had; not by a takeover or a new name. What was announced
-- is known since then, and what its source says later too. The kept standing follows.
INSERT INTO wmo.source (id, article, published) VALUES (4, 'Aankondiging', '[2021-11-01,2021-11-30]');
INSERT INTO wmo.party (id, name, kind) VALUES (10, 'Eén', 'provider'), (11, 'Twee', 'provider'), (12, 'Drie', 'provider'), (13, 'Samen', 'provider'), (14, 'Combinatie van twee', 'consortium');
INSERT INTO wmo.consortium_member (consortium_id, member_id, known_on) VALUES (14, 10, '2020-01-01'), (14, 12, '2020-01-01');
SELECT pg_temp.contract(30, '[2020-01-01,2024-01-01)', 1, supplier => 10), pg_temp.contract(31, '[2020-01-01,2024-01-01)', 1, supplier => 11), pg_temp.contract(32, '[2020-01-01,2024-01-01)', 1, supplier => 12),
  pg_temp.contract(33, '[2020-01-01,2024-01-01)', 1, supplier => 14);
INSERT INTO wmo.subcontract (contract_id, party_id, known_on) VALUES (32, 10, '2020-01-01');
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on, source_id) VALUES (10, 13, 'merger', '2022-01-01', NULL), (11, 13, 'takeover', '2022-01-01', NULL), (12, 13, 'renaming', '2022-01-01', NULL);
SELECT k.contract_id, k.role, p.name, k.certainty, k.reason, k.inferred, k.valid, k.known FROM wmo_works.kept_standing k JOIN wmo.party p ON p.id = k.provider_id
WHERE k.contract_id BETWEEN 30 AND 33 AND k.certainty IS NOT NULL AND upper_inf(k.known * '[2021-01-01,)') ORDER BY 1, 2, 3, k.valid, k.known;
UPDATE wmo.party_succession SET source_id = 4 WHERE predecessor_id = 10;
CREATE FUNCTION pg_temp.merged() RETURNS TABLE (valid daterange, known daterange, certainty wmo.certainty, left_over bigint) LANGUAGE sql AS $$
  SELECT k.valid, k.known, k.certainty, (SELECT count(*) FROM wmo.check_standing()) FROM wmo_works.kept_standing k WHERE k.contract_id = 30 AND k.certainty IS NOT NULL AND k.valid @> '2023-01-01'::date ORDER BY k.known $$;
SELECT * FROM pg_temp.merged();
UPDATE wmo.source SET published = '[2021-12-01,2021-12-15]' WHERE id = 4;
SELECT * FROM pg_temp.merged();
UPDATE wmo.party_succession SET effective_on = '2022-03-01' WHERE predecessor_id = 10;
SELECT 'by another day', m.* FROM pg_temp.merged() m;
UPDATE wmo.party_succession SET effective_on = NULL WHERE predecessor_id = 10;
SELECT 'on a day that is not known', m.* FROM pg_temp.merged() m;
DELETE FROM wmo.party_succession WHERE predecessor_id = 10;
SELECT 'after all not', m.* FROM pg_temp.merged() m;
ROLLBACK;
