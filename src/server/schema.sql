-- schema: the extension's own schemas, so that DROP EXTENSION leaves nothing behind.
-- Relies on nothing.
--
-- This file is generated from the SQL rooms of src/: change the room, not the script.

\echo Use "CREATE EXTENSION wmo_contracts CASCADE" to load this file. \quit

CREATE SCHEMA wmo;
COMMENT ON SCHEMA wmo IS
  'Dutch Wmo contracts: who serves this resident, how sure that is and why (extension wmo_contracts)';

CREATE FUNCTION wmo.version() RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_version';
COMMENT ON FUNCTION wmo.version() IS 'The version of the loaded library, as the control file gives it.';

-- Reading the schema is harmless and needed by every function call; the tables stay closed until wmo_grant opens them.
GRANT USAGE ON SCHEMA wmo TO PUBLIC;

CREATE SCHEMA wmo_works;
COMMENT ON SCHEMA wmo_works IS
  'What schema wmo rests on: triggers, derivations and support functions. Not for calling; any release may change it.';
