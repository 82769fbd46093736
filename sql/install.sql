-- The extension installs into an empty database and reports the version of its control file.
SET client_min_messages = warning;
-- Its operators go where a default session finds them.
CREATE EXTENSION wmo_contracts SCHEMA public CASCADE;
SELECT wmo.version() = extversion AS library_is_of_this_version FROM pg_extension WHERE extname = 'wmo_contracts';
-- Every table says which row a change is of, so that where all tables are published those of the extension can still be
-- written to. Without a replica identity:
SELECT c.oid::regclass AS nameless
FROM pg_class c
JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_extension'::regclass
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'wmo_contracts'
WHERE c.relkind = 'r' AND c.relreplident <> 'f'
  AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid
                  AND CASE c.relreplident WHEN 'd' THEN i.indisprimary ELSE i.indisreplident END);
BEGIN;
SET LOCAL client_min_messages = error; -- the wal_level of this server does not matter
CREATE PUBLICATION everything FOR ALL TABLES;
DELETE FROM wmo.term_rule_own;
DELETE FROM wmo.term_rule_shipped WHERE regime = 'standstill';
ROLLBACK;
