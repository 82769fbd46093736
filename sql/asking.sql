-- The session's map: when it answers, and that it never answers for another state of the registry.
-- needs public on the search_path: the areas are made with PostGIS.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
\getenv here PG_ABS_SRCDIR
\set oracle :here '/sql/include/oracle.sql'
\i :oracle
SET datestyle = iso;
SET wmo_contracts.session_map = on;
BEGIN;
CREATE SCHEMA session_test;
-- two squares side by side, east of which nothing is known
INSERT INTO wmo.area (id, code, name, kind, geom, geom_basis) VALUES
  (1, 'WK001401', 'West', 'district', ST_Multi(ST_MakeEnvelope(0, 0, 100, 100, 28992)), 'official'),
  (2, 'WK001402', 'East', 'district', ST_Multi(ST_MakeEnvelope(100, 0, 200, 100, 28992)), 'official');
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Stad', 'municipality'), (2, 'Aa', 'provider'), (3, 'Bee', 'provider');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (1, 'N1', 1, 2, '[2020-01-01,2030-01-01)');
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, choice) VALUES (1, 1, 20, 1, 'shared');
COMMIT;

-- In West and in East, on one day, and what answered.
CREATE FUNCTION session_test.ask() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  west text := coalesce((SELECT string_agg(coalesce(p.provider, p.reason), ', ') FROM wmo.providers_at('SRID=28992;POINT(50 50)', 'begeleiding', '2024-06-01', 40, as_of => '2024-06-01') p), '?');
  east text := coalesce((SELECT string_agg(coalesce(p.provider, p.reason), ', ') FROM wmo.providers_at('SRID=28992;POINT(150 50)', 'begeleiding', '2024-06-01', 40, as_of => '2024-06-01') p), '?');
BEGIN
  RETURN format('%s | %s, by %s', west, east, (SELECT d.value FROM wmo.describe_session_map() d LIMIT 1));
END $$;
CREATE FUNCTION session_test.why() RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT value FROM wmo.describe_session_map() WHERE item = 'because' $$;

SELECT session_test.ask();

-- ---- the writing transaction, rollback, savepoints ------------------------------------------------------------------------
BEGIN;
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, choice) VALUES (2, 1, 20, 2, 'shared');
SELECT session_test.ask();
SAVEPOINT one;
UPDATE wmo.contract SET supplier_id = 3 WHERE id = 1;
SELECT session_test.ask();
SAVEPOINT two;
DELETE FROM wmo.contract_scope WHERE id = 1;
SELECT session_test.ask();
ROLLBACK TO two;
SELECT session_test.ask();
RELEASE two;
ROLLBACK TO one;
SELECT session_test.ask();
-- the same savepoint again, other changes: not what was there before
UPDATE wmo.party SET name = 'Aaa' WHERE id = 2;
SELECT session_test.ask();
ROLLBACK TO one;
SELECT session_test.ask();
ROLLBACK;
SELECT session_test.ask();
-- nothing but a savepoint wrote, and it is gone
BEGIN;
SAVEPOINT one;
DELETE FROM wmo.contract_scope;
SELECT session_test.ask();
ROLLBACK TO one;
SELECT session_test.ask();
COMMIT;
SELECT session_test.ask();

-- ---- a loop that writes and asks ------------------------------------------------------------------------------------------
DO $$
BEGIN
  FOR n IN 1..3 LOOP
    UPDATE wmo.party SET name = 'Aa' || n WHERE id = 2;
    RAISE INFO '%', session_test.ask();
    BEGIN
      INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, choice) VALUES (10 + n, 1, 20, 2, 'shared');
      RAISE INFO '%', session_test.ask();
      RAISE division_by_zero;
    EXCEPTION WHEN division_by_zero THEN
      RAISE INFO '%', session_test.ask();
    END;
  END LOOP;
  ROLLBACK;
  RAISE INFO '%', session_test.ask();
END $$;

-- writes elsewhere leave the map alone
BEGIN;
UPDATE wmo.party SET name = 'Aaa' WHERE id = 2;
SELECT session_test.ask();
CREATE TEMPORARY TABLE elsewhere (answer text);
INSERT INTO elsewhere SELECT session_test.ask();
INSERT INTO elsewhere SELECT session_test.ask();
TABLE elsewhere;
ROLLBACK;

-- ---- snapshots older than a change -----------------------------------------------------------------------------------------
BEGIN;
DECLARE old CURSOR FOR SELECT n, p.provider FROM generate_series(1, 3) n, LATERAL wmo.providers_at('SRID=28992;POINT(50 50)', 'begeleiding', '2024-06-01', 40 + 0 * n) p;
FETCH old;
UPDATE wmo.party SET name = 'Changed' WHERE id = 2;
FETCH old;
SELECT session_test.ask();
FETCH old;
ROLLBACK;
-- a stable function keeps the snapshot of the query that calls it
CREATE FUNCTION session_test.rename(name text) RETURNS text LANGUAGE plpgsql VOLATILE AS $$ BEGIN UPDATE wmo.party p SET name = rename.name WHERE p.id = 2; RETURN rename.name; END $$;
BEGIN;
SELECT session_test.rename('New') AS new, (SELECT p.provider FROM wmo.providers_at('SRID=28992;POINT(50 50)', 'begeleiding', '2024-06-01') p WHERE random() < 2) AS seen
FROM generate_series(1, 2);
SELECT session_test.ask();
ROLLBACK;

-- ---- in the middle of a statement -------------------------------------------------------------------------------------------
-- a volatile function in a row trigger sees the rows that the statement has written so far
CREATE FUNCTION session_test.look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE INFO '% %: %', TG_WHEN, NEW.name, session_test.ask(); RETURN NEW; END $$;
CREATE TRIGGER look_before BEFORE UPDATE ON wmo.party FOR EACH ROW EXECUTE FUNCTION session_test.look();
CREATE TRIGGER look_after AFTER UPDATE ON wmo.party FOR EACH ROW EXECUTE FUNCTION session_test.look();
BEGIN;
UPDATE wmo.party SET name = name || '!' WHERE id IN (2, 3);
SELECT session_test.ask();
SELECT session_test.why() IS NULL AS by_map;
ROLLBACK;
-- an error in the middle of a statement ends it
BEGIN;
SAVEPOINT one;
\set VERBOSITY terse
UPDATE wmo.party SET name = '' WHERE id = 2;
\set VERBOSITY default
ROLLBACK TO one;
SELECT session_test.ask();
ROLLBACK;
SELECT session_test.ask();
-- also where a row trigger catches it, and the statement goes on
CREATE FUNCTION session_test.catch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  BEGIN
    UPDATE wmo.contract SET number = '';
  EXCEPTION WHEN check_violation THEN RAISE INFO 'caught: %', session_test.ask();
  END;
  RETURN NEW;
END $$;
CREATE TRIGGER catch BEFORE UPDATE ON wmo.party FOR EACH ROW EXECUTE FUNCTION session_test.catch();
BEGIN;
UPDATE wmo.party SET name = name || '!' WHERE id IN (2, 3);
SELECT session_test.ask();
ROLLBACK;
DROP TRIGGER catch ON wmo.party;
-- also where cascades reach one table by two ways, the second after the first has ended
BEGIN;
CREATE TABLE session_test.origin (id integer PRIMARY KEY);
ALTER TABLE wmo.subcontract ADD origin_id integer REFERENCES session_test.origin ON DELETE CASCADE;
ALTER TABLE wmo.contract ADD origin_id integer REFERENCES session_test.origin ON DELETE CASCADE;
INSERT INTO session_test.origin VALUES (1);
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, origin_id) VALUES (7, 'N7', 1, 3, '[2020-01-01,2030-01-01)', 1);
INSERT INTO wmo.subcontract (contract_id, party_id, origin_id) VALUES (7, 2, NULL), (1, 3, 1);
DELETE FROM session_test.origin;
SELECT session_test.ask();
UPDATE wmo.party SET name = name || '!' WHERE id IN (2, 3);
SELECT session_test.ask();
ROLLBACK;
DROP TRIGGER look_before ON wmo.party;
DROP TRIGGER look_after ON wmo.party;

-- ---- every way to write --------------------------------------------------------------------------------------------------------
BEGIN;
COPY wmo.client_stop (contract_id, during) FROM stdin;
1	[2024-01-01,2025-01-01)
\.
SELECT session_test.ask();
TRUNCATE wmo.client_stop, wmo.client_stop_lift;
SELECT session_test.ask();
MERGE INTO wmo.party p USING (VALUES (2, 'Merged'), (9, 'Nine')) AS v (id, name) ON p.id = v.id
WHEN MATCHED THEN UPDATE SET name = v.name WHEN NOT MATCHED THEN INSERT (id, name, kind) VALUES (v.id, v.name, 'provider');
SELECT session_test.ask();
INSERT INTO wmo.party (id, name, kind) VALUES (2, 'Upserted', 'provider') ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name;
SELECT session_test.ask();
WITH renamed AS (UPDATE wmo.party SET name = 'With' WHERE id = 2 RETURNING id) UPDATE wmo.contract SET number = 'N2' FROM renamed;
SELECT session_test.ask();
UPDATE wmo.area SET geom = ST_Multi(ST_MakeEnvelope(0, 0, 200, 100, 28992)) WHERE id = 1;
SELECT session_test.ask();
SET LOCAL session_replication_role = replica;
UPDATE wmo.party SET name = 'Replicated' WHERE id = 2;
SELECT session_test.ask();
DELETE FROM wmo.contract WHERE id = 1;
SELECT session_test.ask();
ROLLBACK;
SELECT session_test.ask();
-- as_of on either side of a deadline: one map holds both
BEGIN;
INSERT INTO wmo.award (id, decided, standstill) VALUES (1, '[2024-03-01,2024-03-02)', wmo.objection_period_until('standstill', '2024-03-01', '2024-03-21'));
UPDATE wmo.contract SET award_id = 1 WHERE id = 1;
SELECT d.as_of, p.certainty FROM (VALUES ('2024-03-21'::date), ('2024-03-22')) AS d (as_of), wmo.providers_at('SRID=28992;POINT(50 50)', 'begeleiding', '2024-06-01', 40, as_of => d.as_of) p;
SELECT session_test.why() IS NULL AS by_map;
ROLLBACK;

-- ---- rights -----------------------------------------------------------------------------------------------------------------
CREATE ROLE session_test_reader;
CREATE ROLE session_test_stranger;
GRANT USAGE ON SCHEMA session_test TO PUBLIC;
SELECT wmo.wmo_grant('session_test_reader');
GRANT USAGE ON SCHEMA wmo TO session_test_stranger;
SELECT session_test.ask();
SET ROLE session_test_reader;
SELECT session_test.ask();
\set SHOW_CONTEXT never
SET ROLE session_test_stranger;
SELECT session_test.ask();
RESET ROLE;
SELECT session_test.ask();
REVOKE SELECT ON wmo.contract FROM session_test_reader;
SET ROLE session_test_reader;
SELECT session_test.ask();
RESET ROLE;
\set SHOW_CONTEXT errors
-- no right is enough to write a token
GRANT ALL ON wmo.party TO session_test_reader;
SET ROLE session_test_reader;
INSERT INTO wmo_works.registry_change VALUES ('rows', 1);
DELETE FROM wmo_works.registry_change;
UPDATE wmo.party SET name = 'Aaaa' WHERE id = 2;
RESET ROLE;
SELECT session_test.ask();
-- with row security everybody may see other rows
BEGIN;
ALTER TABLE wmo.contract_scope ENABLE ROW LEVEL SECURITY;
SELECT session_test.ask();
SELECT session_test.why();
ROLLBACK;
-- what is written to a child table is not noted
BEGIN;
CREATE TABLE session_test.child () INHERITS (wmo.client_stop);
SELECT session_test.ask();
INSERT INTO session_test.child (id, contract_id, during) VALUES (1, 1, '[2024-01-01,2025-01-01)');
SELECT session_test.ask();
SELECT p.reason FROM wmo.providers_at('SRID=28992;POINT(50 50)', 'begeleiding', '2024-06-01', 40) p;
ROLLBACK;
DROP OWNED BY session_test_reader, session_test_stranger;
DROP ROLE session_test_reader, session_test_stranger;

-- ---- triggers that are off note nothing: the tables answer, and a map from before is not trusted afterwards ---------------------
SELECT session_test.ask();
ALTER TABLE wmo.party DISABLE TRIGGER ALL;
SELECT session_test.ask();
UPDATE wmo.party SET name = 'Unnoted' WHERE id = 2;
SELECT session_test.ask();
ALTER TABLE wmo.party ENABLE TRIGGER ALL;
SELECT session_test.ask();
SELECT wmo.note_every_change();
SELECT session_test.ask();
UPDATE wmo.party SET name = 'Aaaa' WHERE id = 2;
SELECT session_test.ask();
-- what somebody hangs on a table of his own says nothing of the registry, and is refused
CREATE TABLE session_test.own (id integer);
CREATE TRIGGER note_change BEFORE INSERT ON session_test.own FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.note_change('rows');
SELECT session_test.ask();
INSERT INTO session_test.own VALUES (1);
SELECT session_test.ask();
DROP TABLE session_test.own;
BEGIN;
ALTER TABLE wmo.party DISABLE TRIGGER ALL;
UPDATE wmo.party SET name = 'Unnoted' WHERE id = 2;
SELECT wmo.note_every_change();
SELECT session_test.ask();
ALTER TABLE wmo.party DISABLE TRIGGER ALL;
UPDATE wmo.party SET name = 'Again' WHERE id = 2;
SELECT wmo.note_every_change();
SELECT session_test.ask();
ROLLBACK;
-- an older snapshot sees the triggers as they were, and the rows
BEGIN;
DECLARE old CURSOR FOR SELECT p.provider FROM generate_series(1, 2) n, LATERAL wmo.providers_at('SRID=28992;POINT(50 50)', 'begeleiding', '2024-06-01', 40 + 0 * n) p;
FETCH old;
ALTER TABLE wmo.party DISABLE TRIGGER ALL;
UPDATE wmo.party SET name = 'Unnoted' WHERE id = 2;
SELECT wmo.note_every_change();
FETCH old;
SELECT session_test.ask();
ROLLBACK;
SELECT session_test.ask();

-- ---- the limit of memory ------------------------------------------------------------------------------------------------------
BEGIN;
SET LOCAL wmo_contracts.session_map_memory = '4kB';
UPDATE wmo.area SET name = 'West End' WHERE id = 1;
SELECT session_test.ask();
SELECT session_test.why();
SET LOCAL wmo_contracts.session_map_memory = '10MB';
SELECT session_test.ask();
-- a map that is there is not larger either
SET LOCAL wmo_contracts.session_map_memory = 0;
SELECT session_test.ask();
ROLLBACK;
\set VERBOSITY sqlstate
SET wmo_contracts.session_map_memory = -1;
\set VERBOSITY default
SET wmo_contracts.session_map = perhaps;

-- ---- ski rental: a few questions go to the tables ------------------------------------------------------------------------------
BEGIN;
SET LOCAL wmo_contracts.session_map = auto;
UPDATE wmo.area SET name = 'West' WHERE id = 1;
-- before anything is asked: how long a question takes is not for a test
SELECT session_test.why();
SET LOCAL wmo_contracts.session_map = off;
SELECT session_test.why();
ROLLBACK;

-- ---- errors are those of the tables --------------------------------------------------------------------------------------------
SELECT wmo.provider_at('SRID=28992;POINT(50 50)', 'nothing', '2024-06-01');
SELECT wmo.provider_at('SRID=28992;POINT(50 50)', 'begeleiding', 'infinity');
SELECT wmo.provider_at('SRID=28992;POINT(50 50)', 'begeleiding', '2024-06-01', 131);
SELECT wmo.provider_at('POINT(50 50)', 'begeleiding', '2024-06-01');
SELECT wmo.provider_at('SRID=28992;LINESTRING(50 50, 60 60)', 'begeleiding', '2024-06-01');
SELECT wmo.provider_at(ST_SetSRID(ST_MakePoint('NaN', 50), 28992), 'begeleiding', '2024-06-01');
SELECT * FROM wmo.providers_at('SRID=28992;POINT(50 50)', 'begeleiding', '2024-06-01', as_of => '-infinity');
-- a place that PostGIS cannot transform is named, by the map and by the tables
\set VERBOSITY terse
SELECT wmo.provider_at('SRID=4326;POINT(999 999)', 'begeleiding', '2024-06-01');
SELECT oracle.provider_at('SRID=4326;POINT(999 999)', 'begeleiding', '2024-06-01', NULL);
SELECT wmo.provider_at('SRID=4326;POINT(5 99.5)', 'begeleiding', '2024-06-01');
SELECT wmo.explain_providers_at('SRID=4326;POINT(5 99.5)', 'begeleiding', '2024-06-01');
\set VERBOSITY sqlstate
SELECT wmo.provider_at('SRID=4326;POINT(999 999)', 'begeleiding', '2024-06-01');
SELECT oracle.provider_at('SRID=4326;POINT(999 999)', 'begeleiding', '2024-06-01', NULL);
\set VERBOSITY default
-- the number that stands for null in a map, asked for, is not null
BEGIN;
UPDATE wmo.contract_scope SET clients = 'existing';
UPDATE wmo.contract SET supplier_id = NULL;
SELECT p = t AS same, p.reason FROM wmo.providers_at('SRID=28992;POINT(50 50)', 'begeleiding', '2024-06-01', current_provider => -2147483648) p,
  oracle.providers_at('SRID=28992;POINT(50 50)', 'begeleiding', '2024-06-01', NULL, -2147483648, NULL, CURRENT_DATE) t;
ROLLBACK;
-- and what is no error
SELECT wmo.answer_at('SRID=28992;POINT EMPTY', 'begeleiding', '2024-06-01'), wmo.answer_at(NULL, 'begeleiding', '2024-06-01'), wmo.answer_at('SRID=28992;POINT(50 50)', NULL, '2024-06-01'),
       wmo.answer_at('SRID=28992;POINT(50 50)', 'begeleiding', NULL), wmo.answer_at('SRID=28992;POINT(500 50)', 'begeleiding', '2024-06-01'),
       wmo.answer_at('SRID=28992;POINT(50 50)', 'begeleiding', '2024-06-01'), wmo.answer_at('SRID=4326;POINT(5 52)', 'begeleiding', '2024-06-01');

-- a point is a point whatever else it measures
SELECT wmo.answer_at(g, 'begeleiding', '2024-06-01', 40), oracle.answer_at(g, 'begeleiding', '2024-06-01', 40)
FROM unnest(ARRAY['SRID=28992;POINT Z(50 50 1)', 'SRID=28992;POINT M(50 50 1)', 'SRID=28992;POINT ZM(50 50 1 1)']::geometry[]) g;

-- ---- several questions in one query ------------------------------------------------------------------------------------------------
SELECT a.provider, b.provider, wmo.answer_at('SRID=28992;POINT(150 50)', 'begeleiding', '2024-06-01'), c.reason, d.reason
FROM wmo.providers_at('SRID=28992;POINT(50 50)', 'begeleiding', '2024-06-01') a, wmo.providers_at('SRID=28992;POINT(60 50)', 'begeleiding', '2024-06-01') b,
     wmo.providers_in_area('WK001402', 'begeleiding', '2024-06-01') c, wmo.providers_at_postcode('9711', 'begeleiding', '2024-06-01') d;
SELECT (wmo.providers_at('SRID=28992;POINT(50 50)', 'begeleiding', '2024-06-01')).provider LIMIT 1;

-- ---- editions ------------------------------------------------------------------------------------------------------------------
SELECT wmo.publish_coverage('letter of 1 June') AS letter \gset
SELECT e.note, wmo.provider_on(e.map, 'SRID=28992;POINT(50 50)', 'begeleiding', '2024-06-01') FROM wmo.coverage_edition e WHERE e.edition = :letter;
\c
SET client_min_messages = warning;
SET wmo_contracts.session_map = on;
SELECT session_test.ask();
SELECT value FROM wmo.describe_session_map() WHERE item = 'made of';
-- a change, and the edition is of the past
UPDATE wmo.contract SET supplier_id = 3 WHERE id = 1;
SELECT session_test.ask();
SELECT value FROM wmo.describe_session_map() WHERE item = 'made of';
SELECT wmo.provider_on(e.map, 'SRID=28992;POINT(50 50)', 'begeleiding', '2024-06-01') FROM wmo.coverage_edition e WHERE e.edition = :letter;
-- published in the middle of a transaction that goes on: nobody takes it for the end of it
BEGIN;
UPDATE wmo.contract SET supplier_id = 2 WHERE id = 1;
SELECT wmo.publish_coverage() > :letter AS published;
UPDATE wmo.contract_scope SET area_id = 2 WHERE id = 1;
SELECT session_test.ask();
COMMIT;
\c
SET client_min_messages = warning;
SET wmo_contracts.session_map = on;
SELECT session_test.ask();
SELECT value FROM wmo.describe_session_map() WHERE item = 'made of';
DO $$ BEGIN UPDATE wmo.coverage_edition SET rows_key = 0; EXCEPTION WHEN object_not_in_prerequisite_state THEN RAISE INFO 'an edition stays'; END $$;
UPDATE wmo.coverage_edition SET note = 'draft' WHERE note IS NULL;

-- a change that touches no area, and the grid of an edition is taken
\c
SET client_min_messages = warning;
SET wmo_contracts.session_map = on;
SELECT wmo.publish_coverage() > 0 AS published;
UPDATE wmo.party SET name = 'Once more' WHERE id = 2;
\c
SET client_min_messages = warning;
SET wmo_contracts.session_map = on;
SELECT session_test.ask();
SELECT value FROM wmo.describe_session_map() WHERE item = 'made of';
SELECT wmo.provider_on(wmo.compile_coverage(), 'SRID=28992;POINT(150 50)', 'begeleiding', '2024-06-01');

-- an edition that says it is of these areas, and is of others: the areas are compiled after all
BEGIN;
UPDATE wmo.area SET geom = NULL, geom_basis = NULL;
SELECT wmo.compile_coverage() AS other \gset
ROLLBACK;
INSERT INTO wmo.coverage_edition (note, areas_key, rows_key, map) SELECT 'of other areas', k.areas, 0, :'other' FROM wmo_works.publishing_key() k;
\c
SET client_min_messages = warning;
SET wmo_contracts.session_map = on;
SELECT session_test.ask();
SELECT value FROM wmo.describe_session_map() WHERE item = 'made of';
DELETE FROM wmo.coverage_edition WHERE note = 'of other areas';

-- ---- what is kept about codes is bounded, however many areas a code meets ---------------------------------------------------------
BEGIN;
INSERT INTO wmo.area (id, code, name, kind, geom, geom_basis)
SELECT n + 1000, ('BU001401' || lpad(n::text, 2, '0'))::wmo.area_code, 'B' || n, 'neighbourhood', ST_Multi(ST_MakeEnvelope(n, 0, n + 1, 100, 28992)), 'official' FROM generate_series(0, 98) n;
SET LOCAL wmo_contracts.session_map_memory = '600kB';
SELECT count(wmo.is_contracted('12345678', 'none', 'GM0014', '2020-01-01'::date + n)) FROM generate_series(1, 700) n;
SELECT session_test.why() IS NULL AS by_map, sum(total_bytes) < 800 * 1024 AS bounded FROM pg_backend_memory_contexts WHERE name LIKE 'wmo_contracts %';
ROLLBACK;

-- ---- another registry -----------------------------------------------------------------------------------------------------------
SELECT session_test.ask();
DROP EXTENSION wmo_contracts CASCADE;
CREATE EXTENSION wmo_contracts;
SET wmo_contracts.session_map = on;
SELECT reason FROM wmo.providers_at('SRID=28992;POINT(50 50)', 'begeleiding', '2024-06-01');
SELECT wmo.answer_at('SRID=28992;POINT(50 50)', 'begeleiding', '2024-06-01');
DROP SCHEMA session_test CASCADE;
DROP SCHEMA oracle CASCADE;
