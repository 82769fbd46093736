-- A restore: the statement with which a dump loads a table goes without our triggers and keys; no other statement does.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse

-- somebody's own tables, and his own trigger on one of ours
CREATE SCHEMA own;
CREATE TABLE own.team (id integer PRIMARY KEY);
CREATE TABLE own.member (team_id integer REFERENCES own.team);
CREATE TABLE own.log (added text);
CREATE FUNCTION own.add() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO own.log VALUES (NEW.name); RETURN NULL; END $$;
CREATE TRIGGER add AFTER INSERT ON wmo.party FOR EACH ROW EXECUTE FUNCTION own.add();
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Stad', 'municipality');
INSERT INTO wmo.area (id, name, kind) VALUES (1, 'Noord', 'working_area');
INSERT INTO wmo.contract (id, number, buyer_id, period) VALUES (1, 'A', 1, '[2020-01-01,2022-01-01)');
CREATE ROLE wmo_test_editor;
CREATE ROLE wmo_test_restorer;
SELECT wmo.wmo_grant(NULL, 'wmo_test_editor');
SELECT wmo.wmo_grant(NULL, 'wmo_test_restorer');
GRANT SET ON PARAMETER session_replication_role TO wmo_test_restorer;

-- without the settings of a dump its words are words
COPY wmo.party_alias (id, party_id, name, valid, source_id, changed_at) FROM stdin;
1	77	Zeven	(,)	\N	2020-01-01 00:00:00+01
\.

SET LOCAL check_function_bodies = false;
SET LOCAL row_security = off;
-- in any order: the party comes after its alias, and the user's own trigger sees it come
COPY wmo.party_alias (id, party_id, name, valid, source_id, changed_at) FROM stdin;
1	77	Zeven	(,)	\N	2020-01-01 00:00:00+01
\.
COPY "wmo"."party" ("id", "name", "kind", "natural_person", "source_id", "changed_at") FROM stdin;
77	Zeven	provider	f	\N	2020-01-01 00:00:00+01
\.
INSERT INTO wmo.party_alias VALUES (2, 78, 'Acht', '(,)', NULL, '2020-01-01 00:00:00+01');
INSERT INTO wmo.party_alias (id, party_id, name, valid, source_id, changed_at) VALUES (3, 79, 'Negen', '(,)', NULL, '2020-01-01 00:00:00+01');
SELECT a.id, a.party_id, a.changed_at FROM wmo.party_alias a ORDER BY a.id;
SELECT added FROM own.log WHERE added <> 'Stad';
-- the ledger is applied already, and claims come by themselves
COPY wmo.contract_change (id, contract_id, kind, decided_on, received_on, effective_on, until, option_no, to_party_id, service_id, area_id, reason, entered_on, source_id, changed_at) FROM stdin;
1	1	early_end	\N	\N	2021-01-01	\N	\N	\N	\N	\N	\N	2020-01-01	\N	2020-01-01 00:00:00+01
\.
SELECT c.period FROM wmo.contract c;
DELETE FROM wmo.contract_change;

-- the same transaction: other people's keys, and our own, hold
INSERT INTO own.member VALUES (5);
INSERT INTO wmo.party_alias (party_id, name) VALUES (80, 'Tien');
COPY wmo.party_alias (party_id, name) FROM stdin;
80	Tien
\.
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) VALUES (1, 10, 99, 'exclusive');
INSERT INTO wmo.exclusive_claim (contract_id, scope_id, service_id, area_id, ages, during, code_days, drawn) VALUES (1, 1, 10, 1, '[0,)', '(,)', '{}', false);
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) VALUES (1, 10, 1, 'exclusive');
SELECT e.service_id, e.during FROM wmo.exclusive_claim e;
-- words of a dump in another statement, and of another table
DO $$ BEGIN INSERT INTO wmo.party_alias VALUES (4, 80, 'Tien', '(,)', NULL, now()); END $$;
WITH x AS (INSERT INTO wmo.party_alias VALUES (4, 80, 'Tien', '(,)', NULL, now())) SELECT;

-- who could not do without keys anyway does not get around them so; who may, may
SET LOCAL ROLE wmo_test_editor;
COPY wmo.party_alias (id, party_id, name, valid, source_id, changed_at) FROM stdin;
5	81	Elf	(,)	\N	2020-01-01 00:00:00+01
\.
SET LOCAL ROLE wmo_test_restorer;
COPY wmo.party_alias (id, party_id, name, valid, source_id, changed_at) FROM stdin;
5	81	Elf	(,)	\N	2020-01-01 00:00:00+01
\.
RESET ROLE;
SELECT a.id FROM wmo.party_alias a WHERE a.id > 3;
ROLLBACK;
