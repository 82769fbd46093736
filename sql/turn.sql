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
