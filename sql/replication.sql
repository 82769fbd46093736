-- Publications of the registry, and what a database must be before it subscribes to one. Two servers: test/t.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict
SET client_min_messages = error; -- this server need not be one that publishes

-- every table that holds the user's rows, of the services those that do not ship, and no map
SELECT count(*) = (SELECT count(*) FROM wmo_works.registry_part) AS all, bool_or(r = 'wmo.contract'::regclass) AS contract,
       bool_or(r::text ~ 'coverage_edition|current_coverage|_shipped|wmo_works\.(turn|kept_standing|registry_change|changed_contract)') AS too_much
FROM wmo.publish_registry('municipality') r;
SELECT p.tablename, p.rowfilter FROM pg_publication_tables p WHERE p.pubname = 'municipality' AND p.rowfilter IS NOT NULL ORDER BY 1;
-- each of them can be told apart from the others
SELECT count(*) AS without_identity FROM wmo_works.registry_part p JOIN pg_class c ON c.oid = p.relation
WHERE c.relreplident = 'd' AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary);
-- again: brought up to date; and what is no publication of the registry alone stays as it is
ALTER PUBLICATION municipality DROP TABLE wmo.contract;
SELECT count(*) = (SELECT count(*) FROM wmo_works.registry_part) AS all FROM wmo.publish_registry('municipality') r;
SELECT count(*) FROM pg_publication_tables p WHERE p.pubname = 'municipality' AND p.tablename = 'contract';
CREATE SCHEMA neighbour;
CREATE TABLE neighbour.own (id integer PRIMARY KEY);
CREATE PUBLICATION with_own FOR TABLE neighbour.own, wmo.party;
CREATE PUBLICATION everything FOR ALL TABLES;
CREATE PUBLICATION whole_schema FOR TABLES IN SCHEMA neighbour;
SELECT name, pg_temp.verdict(format('SELECT wmo.publish_registry(%L)', name)) FROM unnest('{with_own,everything,whole_schema}'::text[]) name;
SELECT count(*) FROM pg_publication_tables p WHERE p.pubname = 'with_own';
SELECT * FROM pg_temp.whole_error($$SELECT wmo.publish_registry('everything')$$);
-- a name is a name
SELECT count(*) > 0 AS published FROM wmo.publish_registry('x"; DROP TABLE wmo.party; --') r;
ALTER TABLE wmo.party REPLICA IDENTITY NOTHING;
SELECT * FROM pg_temp.whole_error($$SELECT wmo.publish_registry('municipality')$$);
ALTER TABLE wmo.party REPLICA IDENTITY DEFAULT;

-- an empty registry may subscribe, shipped rows or not
DELETE FROM wmo_works.lost_row; -- what other suites deleted
SELECT pg_temp.verdict('SELECT wmo.prepare_subscriber()');
SELECT statement, pg_temp.verdict(format('DO %L', format('BEGIN %s; PERFORM wmo.prepare_subscriber(); END', statement))) FROM unnest(ARRAY[
  $$INSERT INTO wmo.party (name, kind) VALUES ('Een', 'provider')$$, $$INSERT INTO wmo.service (code, name) VALUES ('eigen', 'Eigen')$$,
  $$INSERT INTO wmo.equated_day_own (day, decree) VALUES ('2031-05-02', 'eigen besluit')$$]) statement;
CREATE SUBSCRIPTION here CONNECTION 'host=nowhere.invalid' PUBLICATION municipality WITH (connect = false);
SELECT pg_temp.verdict('SELECT wmo.prepare_subscriber()');
-- nothing is brought yet, and that is said
SELECT c.subscription, c.item, c.is_ok, c.value FROM wmo.check_subscriber() c;
ALTER SUBSCRIPTION here SET (slot_name = NONE);
DROP SUBSCRIPTION here;
-- for owners
CREATE ROLE wmo_replication_reader;
SELECT wmo.wmo_grant('wmo_replication_reader');
GRANT INSERT ON refusal TO wmo_replication_reader;
SET LOCAL ROLE wmo_replication_reader;
SELECT f, pg_temp.verdict(format('SELECT wmo.%s', f)) FROM unnest('{publish_registry(''mine''),prepare_subscriber(),recognise_edition()}'::text[]) f;
SELECT c.item FROM wmo.check_subscriber() c;
ROLLBACK;
