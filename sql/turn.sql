-- Turns: who changes what sessions share takes a turn, by writing, so that another waits for the end of its transaction
-- (test/isolation shows two at a time).
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Leeuwarden', 'municipality');
INSERT INTO wmo.contract (id, number, buyer_id, period) VALUES (1, 'A', 1, '[2020-01-01,2022-01-01)'), (2, 'B', 1, '[2020-01-01,2022-01-01)');
COMMIT;

-- the row of a contract that is held is locked or written by this transaction: somebody else's FOR UPDATE would wait
BEGIN;
SELECT wmo_works.hold_contracts('{1}');
SELECT 'a transaction that writes has a number', pg_current_xact_id_if_assigned() IS NOT NULL;
SELECT c.id, c.xmax::text <> '0' OR c.xmin::text = pg_current_xact_id()::xid::text AS locked FROM wmo.contract c WHERE c.number IN ('A', 'B') ORDER BY c.id;
ROLLBACK;

-- once a transaction; who goes back to a savepoint takes it again; nothing else looks as if it had changed
BEGIN;
SAVEPOINT before;
SELECT wmo_works.take_turns('contract', '{1,1}');
ROLLBACK TO before;
SELECT wmo_works.take_turns('contract', '{2,1}');
SELECT t.ctid AS place FROM wmo_works.turn t WHERE t.kind = 'contract' AND t.id = 1 \gset
SELECT wmo_works.take_turns('contract', '{1}');
SELECT wmo_works.hold_contracts('{1}');
SELECT wmo_works.take_every_service();
SELECT t.kind, count(*), bool_and(t.taken_by = pg_current_xact_id()), bool_or(t.ctid = :'place') AS written_once
FROM wmo_works.turn t WHERE t.kind = 'contract' AND t.id IN (1, 2) OR t.kind = 'service' AND t.id < 1000 GROUP BY t.kind ORDER BY t.kind;
SELECT count(*) FROM wmo.service s WHERE s.changed_at = wmo_works.change_time();
SELECT count(*) FROM wmo.contract c WHERE c.changed_at = wmo_works.change_time();
ROLLBACK;

-- a reader cannot take a turn
BEGIN READ ONLY;
\set VERBOSITY sqlstate
SELECT wmo_works.hold_contracts('{1}');
\set VERBOSITY default
ROLLBACK;
BEGIN;
DELETE FROM wmo.contract WHERE buyer_id = 1;
DELETE FROM wmo.party WHERE id = 1;
COMMIT;
