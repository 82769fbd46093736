-- The state of the registry: the same while nothing changes, another after each change, the old one after a rollback.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
SET search_path = pg_catalog;
\pset format unaligned
\pset tuples_only on

SELECT k.areas AS areas_0, k.rows AS rows_0 FROM wmo_works.publishing_key() k \gset
SELECT 'nothing happened', k.areas = :areas_0, k.rows = :rows_0 FROM wmo_works.publishing_key() k;

-- who changes sees another state; after a rollback, or back at a savepoint, it is the old one
BEGIN;
SAVEPOINT before;
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'State', 'municipality');
SELECT 'changed', k.areas = :areas_0, k.rows = :rows_0 FROM wmo_works.publishing_key() k;
ROLLBACK TO before;
SELECT 'back at the savepoint', k.areas = :areas_0, k.rows = :rows_0 FROM wmo_works.publishing_key() k;
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'State', 'municipality');
ROLLBACK;
SELECT 'rolled back', k.areas = :areas_0, k.rows = :rows_0 FROM wmo_works.publishing_key() k;

-- rows and areas each have their own
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'State', 'municipality');
SELECT 'a party', k.areas = :areas_0, k.rows = :rows_0 FROM wmo_works.publishing_key() k;
SELECT k.areas AS areas_1, k.rows AS rows_1 FROM wmo_works.publishing_key() k \gset
INSERT INTO wmo.area (id, name, kind) VALUES (1, 'State', 'other');
SELECT 'an area', k.areas = :areas_1, k.rows = :rows_1 FROM wmo_works.publishing_key() k;

-- the way back is another change, not the old state: the tables may differ in what no key can see
DELETE FROM wmo.area WHERE id = 1;
DELETE FROM wmo.party WHERE id = 1;
SELECT 'and back', k.areas IN (:areas_0, :areas_1), k.rows IN (:rows_0, :rows_1) FROM wmo_works.publishing_key() k;
-- only triggers note a change
\set VERBOSITY terse
SELECT wmo_works.note_change();
-- and only they name what changed
SELECT wmo_works.name_contracts('{1}');
SELECT wmo_works.name_none();
\set VERBOSITY default
