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
ROLLBACK;
