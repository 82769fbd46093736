-- Bindings: what the extension leans on is the server's, PostGIS's or its own. Where a function of somebody's own fits a call
-- better than what was meant, the extension does not go in; test/t/013_hostile_public.pl plants thousands.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

-- who looked is gone, and what it looked for is not there: a name in another schema that belongs to no extension
SELECT to_regprocedure('wmo_works.check_bindings()') IS NULL;
SELECT p.oid::regprocedure FROM pg_depend d JOIN pg_proc p ON d.refclassid = 'pg_proc'::regclass AND p.oid = d.refobjid
JOIN pg_proc ours ON d.classid = 'pg_proc'::regclass AND ours.oid = d.objid AND ours.pronamespace IN ('wmo'::regnamespace, 'wmo_works'::regnamespace)
WHERE p.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = 'pg_proc'::regclass AND m.objid = p.oid AND m.deptype = 'e');

-- isempty of a daterange fits better than that of any range
CREATE FUNCTION public.isempty(daterange) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN pg_catalog.isempty($1);
DROP EXTENSION wmo_contracts CASCADE;
SELECT regexp_replace(pg_temp.verdict('CREATE EXTENSION wmo_contracts SCHEMA public'), '^.* would', 'would');
DROP FUNCTION public.isempty(daterange);
SELECT pg_temp.verdict('CREATE EXTENSION wmo_contracts SCHEMA public');
ROLLBACK;
