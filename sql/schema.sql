-- The schemas: wmo can be seen by everybody, wmo_works by nobody who was not let in; nothing stays after DROP EXTENSION.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
SET search_path = pg_catalog;
\pset format unaligned
\pset tuples_only on

BEGIN;
CREATE ROLE regress_passer_by;
SELECT s.schema, p.privilege, has_schema_privilege('regress_passer_by', s.schema, p.privilege)
FROM unnest('{wmo,wmo_works}'::text[]) s (schema), unnest('{USAGE,CREATE}'::text[]) p (privilege) ORDER BY 1, 2 DESC;
-- what a passer-by may call: the version says nothing of anybody
SET ROLE regress_passer_by;
SELECT wmo.version() ~ '^[0-9]+[.][0-9]+[.][0-9]+$';
RESET ROLE;

-- no operator class of ours lacks anything
\getenv here PG_ABS_SRCDIR
\set operator_classes :here '/sql/include/operator_classes.sql'
\i :operator_classes
-- and of ground_ops, which is let off, all but the question itself is what PostGIS has in its own class
SELECT ours.amprocnum, ours.amproc::regproc
FROM pg_amproc ours
WHERE ours.amprocfamily = (SELECT oid FROM pg_opfamily WHERE opfname = 'ground_ops')
  AND NOT EXISTS (SELECT FROM pg_amproc theirs
    WHERE theirs.amprocfamily = (SELECT oid FROM pg_opfamily WHERE opfname = 'gist_geometry_ops_2d')
      AND (theirs.amprocnum, theirs.amproc) = (ours.amprocnum, ours.amproc));

-- the extension makes its schemas itself, so dropping it takes them, and everything in them, along
SELECT n.nspname FROM pg_namespace n JOIN pg_depend d ON d.classid = 'pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid WHERE e.extname = 'wmo_contracts' ORDER BY n.nspname COLLATE "C";
DROP EXTENSION wmo_contracts CASCADE;
SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'wmo%';
SELECT count(*) FROM pg_proc WHERE probin LIKE '%wmo_contracts%';
SELECT count(*) FROM pg_opclass WHERE opcname LIKE 'wmo%' OR opcname LIKE 'area_code%' OR opcname LIKE 'contract_period%';
ROLLBACK;
