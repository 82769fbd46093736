-- The beginning of what script/load-areas sends: the transaction, and PostGIS on the search_path wherever it lives.
SET client_min_messages = warning;
\set SHOW_CONTEXT never
BEGIN;
SELECT count(*) = 1 AS installed, min(quote_ident(n.nspname)) AS postgis_schema
FROM pg_extension e
LEFT JOIN pg_extension p ON p.extname = 'postgis'
LEFT JOIN pg_namespace n ON n.oid = p.extnamespace
WHERE e.extname = 'wmo_contracts' \gset
\if :installed
\else
  DO $$ BEGIN RAISE EXCEPTION 'this database does not have the extension' USING HINT = 'CREATE EXTENSION wmo_contracts CASCADE'; END $$;
\endif
SET LOCAL search_path = :postgis_schema, pg_catalog;
\o /dev/null
