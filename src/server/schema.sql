-- schema: the extension's own schemas, so that DROP EXTENSION leaves nothing behind.
-- Relies on nothing.
--
-- This file is generated from the SQL rooms of src/: change the room, not the script.

\echo Use "CREATE EXTENSION wmo_contracts CASCADE" to load this file. \quit

-- What this script calls is looked up in the schemas of the extension and of PostGIS, after those of the server; but a
-- function that fits a call better wins wherever it stands. So nobody but a superuser may have anything there that goes
-- by the name of what the server or PostGIS has: it could be bound into this extension, or run while it is created.
CREATE SCHEMA wmo_works;
COMMENT ON SCHEMA wmo_works IS
  'What schema wmo rests on: triggers, derivations and support functions. Not for calling; any release may change it.';

CREATE FUNCTION wmo_works.check_nothing_is_planted(schemas name[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  planted record;
BEGIN
  WITH named AS (
    SELECT 'pg_proc'::regclass AS class, p.oid, p.proname AS name, p.pronamespace AS namespace, p.proowner AS owner
    FROM pg_proc p
    UNION ALL
    SELECT 'pg_operator'::regclass, o.oid, o.oprname, o.oprnamespace, o.oprowner FROM pg_operator o
    UNION ALL
    -- of a type the server's own is always found first
    SELECT 'pg_type'::regclass, t.oid, t.typname, t.typnamespace, t.typowner FROM pg_type t
    WHERE t.typnamespace <> 'pg_catalog'::regnamespace
  ), trusted AS (
    SELECT n.class, n.name FROM named n
    WHERE n.namespace = 'pg_catalog'::regnamespace
       OR EXISTS (SELECT FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
                  WHERE d.classid = n.class AND d.objid = n.oid AND d.refclassid = 'pg_extension'::regclass
                    AND d.deptype = 'e' AND e.extname IN ('postgis', 'btree_gist'))
  )
  SELECT o.type, o.identity, r.rolname INTO planted
  FROM named n
  JOIN pg_roles r ON r.oid = n.owner AND NOT r.rolsuper
  CROSS JOIN LATERAL pg_identify_object(n.class, n.oid, 0) o
  WHERE n.namespace IN (SELECT s.oid FROM pg_namespace s WHERE s.nspname = ANY (schemas))
    AND (n.class, n.name) IN (SELECT t.class, t.name FROM trusted t)
  ORDER BY o.type, o.identity LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '% % belongs to "%" and goes by a name of the server or of PostGIS', planted.type,
        planted.identity, planted.rolname
      USING ERRCODE = 'object_not_in_prerequisite_state',
        DETAIL = 'Functions of this extension could be bound to it, and it could run with the rights of whoever '
                 'creates or uses the extension.',
        HINT = 'Rename it, move it to another schema, or give it to a superuser who vouches for it.';
  END IF;
END
$$;
SELECT wmo_works.check_nothing_is_planted(pg_catalog.current_schemas(false));
DROP FUNCTION wmo_works.check_nothing_is_planted(name[]);

CREATE SCHEMA wmo;
COMMENT ON SCHEMA wmo IS
  'Dutch Wmo contracts: who serves this resident, how sure that is and why (extension wmo_contracts)';

CREATE FUNCTION wmo.version() RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_version';
COMMENT ON FUNCTION wmo.version() IS 'The version of the loaded library, as the control file gives it.';

-- Reading the schema is harmless and needed by every function call; the tables stay closed until wmo_grant opens them.
GRANT USAGE ON SCHEMA wmo TO PUBLIC;
