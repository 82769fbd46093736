-- What every conversation of ours with a database begins with. Whatever the role, the database or the caller's environment has
-- set, and whatever others have put into schema public: names mean ours, and text means the same everywhere.
SET search_path = pg_catalog, pg_temp;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET datestyle = 'ISO, YMD';
SET intervalstyle = 'postgres';
SET client_min_messages = warning;
\set ON_ERROR_STOP 1
\set SHOW_CONTEXT never

SELECT count(*) = 1 AS installed, min(n.nspname::text) AS gis
FROM pg_extension e
LEFT JOIN pg_extension p ON p.extname = 'postgis'
LEFT JOIN pg_namespace n ON n.oid = p.extnamespace
WHERE e.extname = 'wmo_contracts' \gset
\if :installed
\else
  DO $$ BEGIN RAISE EXCEPTION 'this database does not have the extension' USING HINT = 'CREATE EXTENSION wmo_contracts CASCADE'; END $$;
\endif
