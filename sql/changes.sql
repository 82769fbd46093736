-- What changed since a load, what is gone, and up to when a load has seen everything. Late commits: test/isolation/specs/late_commit.spec.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

SELECT pg_temp.area(1, 'Een');
SELECT pg_temp.contract(1, '[2020-01-01,2022-01-01)', 1);
SELECT pg_temp.contract(2, '[2020-01-01,2022-01-01)', 1, 40);
-- every table of the registry is watched: those with a changed_at that lack a trigger
SELECT c.relname, t.name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'changed_at'
CROSS JOIN unnest('{touch,mark_change,lost_on_delete,lost_on_truncate}'::text[]) t (name)
WHERE c.relnamespace = 'wmo'::regnamespace AND c.relkind = 'r' AND NOT EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = c.oid AND g.tgname = t.name);
-- a statement cannot say that a row changed at another time
INSERT INTO wmo.party (id, name, kind, changed_at) VALUES (20, 'Later', 'provider', '2001-01-01');
UPDATE wmo.party SET changed_at = '2001-01-01' WHERE id = 20;
SELECT p.changed_at = wmo_works.change_time() AS told FROM wmo.party p WHERE p.id = 20;

-- what is deleted leaves its number, and so does what went with it
INSERT INTO wmo.subcontract (id, contract_id, party_id) VALUES (1, 1, 3);
INSERT INTO wmo.client_stop (id, contract_id, during) VALUES (1, 2, '[2020-06-01,)');
DELETE FROM wmo.subcontract WHERE id = 1;
DELETE FROM wmo.contract WHERE id = 2;
SELECT d.relation, d.row_id FROM wmo_bi.deleted d WHERE d.changed_at = wmo_works.change_time() ORDER BY d.relation, d.row_id;
-- a table that is emptied
INSERT INTO wmo.party_alias (id, party_id, name) VALUES (1, 2, 'A'), (2, 2, 'B');
TRUNCATE wmo.party_alias;
SELECT d.relation, d.row_id FROM wmo_bi.deleted d WHERE d.relation = 'party_alias' ORDER BY d.row_id;

-- the watermark is older than everything that is not committed, these changes too
SELECT w.id, w.seen_until < wmo_works.change_time() AS before_these FROM wmo_bi.watermark w;

-- forgetting is for the owner, and keeps what a load of this moment rests on
SELECT wmo.forget_deleted('infinity') = (SELECT count(*) FROM wmo_works.lost_row) AS all_of_them;
SELECT count(*) FROM wmo_bi.deleted;
SELECT w.seen_until IS NOT NULL AS still_known FROM wmo_bi.watermark w;
CREATE ROLE wmo_test_reader;
SELECT wmo.wmo_grant('wmo_test_reader');
SET LOCAL ROLE wmo_test_reader;
SELECT has_function_privilege('wmo.forget_deleted(timestamptz)', 'execute'), (SELECT count(*) FROM wmo_bi.deleted), (SELECT count(*) FROM wmo_bi.watermark);
ROLLBACK;
