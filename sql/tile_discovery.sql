-- What pg_tileserv, Martin and pg_featureserv find by themselves, by the questions that they put to the catalog at their start (as their sources have them,
-- with the schemas left to ours): the tiles and features that are meant, each with its arguments, and nothing of what lies under them.
-- needs public on the search_path: the servers call PostGIS there.
SET client_min_messages = warning;
\pset format unaligned
\pset tuples_only on
\pset fieldsep ' | '
BEGIN;
CREATE ROLE wmo_test_dashboards;
SELECT wmo.wmo_grant(NULL, NULL, 'wmo_test_dashboards');
SET LOCAL ROLE wmo_test_dashboards;

-- pg_tileserv: layers of tables, with a typed geometry in a known reference system
SELECT format('%s.%s', n.nspname, c.relname) AS id, coalesce(d.description, '') <> '' AS described, a.attname AS geometry_column,
       postgis_typmod_srid(a.atttypmod) AS srid, trim(trailing 'ZM' FROM postgis_typmod_type(a.atttypmod)) AS geometry_type,
       (SELECT string_agg(sa.attname, ',' ORDER BY sa.attnum) FROM pg_attribute sa JOIN pg_type st ON sa.atttypid = st.oid
        WHERE sa.attrelid = c.oid AND sa.attnum > 0 AND NOT sa.attisdropped AND st.typname NOT IN ('geometry', 'geography')) AS props
FROM pg_class c
JOIN pg_namespace n ON c.relnamespace = n.oid
JOIN pg_attribute a ON a.attrelid = c.oid
JOIN pg_type t ON a.atttypid = t.oid
LEFT JOIN pg_description d ON c.oid = d.objoid AND d.objsubid = 0 AND d.classoid = 'pg_class'::regclass
WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND t.typname = 'geometry' AND a.attnum > 0
  AND has_table_privilege(c.oid, 'select') AND postgis_typmod_srid(a.atttypmod) > 0 AND n.nspname LIKE 'wmo%'
ORDER BY 1;
-- pg_tileserv: functions
SELECT format('%s.%s', n.nspname, p.proname) AS id, coalesce(d.description, '') <> '' AS described, coalesce(p.proargnames, ARRAY[]::text[]) AS argnames,
       coalesce(string_to_array(oidvectortypes(p.proargtypes), ', '), ARRAY[]::text[]) AS argtypes,
       coalesce(string_to_array(regexp_replace(pg_get_expr(p.proargdefaults, 0::oid), '''([a-zA-Z0-9_\-\.]+)''::\w+', '\1', 'g'), ', '), ARRAY[]::text[]) AS argdefaults
FROM pg_proc p
JOIN pg_namespace n ON p.pronamespace = n.oid
LEFT JOIN pg_description d ON p.oid = d.objoid AND d.classoid = 'pg_proc'::regclass
WHERE p.proargtypes[0:2] = ARRAY[23::oid, 23::oid, 23::oid] AND p.proargnames[1:3] = ARRAY['z'::text, 'x'::text, 'y'::text]
  AND p.prorettype = 17 AND has_schema_privilege(n.oid, 'usage')
  AND has_function_privilege(format('%s.%s(%s)', quote_ident(n.nspname), quote_ident(p.proname), oidvectortypes(p.proargtypes)), 'execute') AND n.nspname LIKE 'wmo%'
ORDER BY 1;

-- Martin: functions (z, x, y) and perhaps a json, by the information schema; what they give is a tile, or a tile and its hash
WITH inputs AS (
  SELECT p.specific_schema, p.specific_name, jsonb_agg(coalesce(p.parameter_name, '_')::text ORDER BY p.ordinal_position) AS names,
         jsonb_agg(p.data_type::text ORDER BY p.ordinal_position) AS types
  FROM information_schema.parameters p
  WHERE p.parameter_mode = 'IN' AND p.specific_schema NOT IN ('pg_catalog', 'information_schema')
  GROUP BY p.specific_schema, p.specific_name
), outputs AS (
  SELECT p.specific_schema, p.specific_name, jsonb_agg(p.data_type::text ORDER BY p.ordinal_position) AS types
  FROM information_schema.parameters p
  WHERE p.parameter_mode = 'OUT' AND p.specific_schema NOT IN ('pg_catalog', 'information_schema')
  GROUP BY p.specific_schema, p.specific_name
)
SELECT r.routine_schema, r.routine_name, i.names, i.types
FROM information_schema.routines r
JOIN inputs i ON i.specific_schema = r.specific_schema AND i.specific_name = r.specific_name
LEFT JOIN outputs o ON o.specific_schema = r.specific_schema AND o.specific_name = r.specific_name
WHERE jsonb_array_length(i.types) IN (3, 4) AND i.types ->> 0 = 'integer' AND i.types ->> 1 = 'integer' AND i.types ->> 2 = 'integer'
  AND lower(i.names ->> 0) IN ('z', 'zoom') AND lower(i.names ->> 1) = 'x' AND lower(i.names ->> 2) = 'y'
  AND (i.types ->> 3 IS NULL OR i.types ->> 3 IN ('json', 'jsonb'))
  AND (r.data_type = 'bytea' AND (o.types IS NULL OR o.types = '["bytea"]'::jsonb) OR (r.data_type = 'record' AND o.types IN ('["bytea", "text"]'::jsonb, '["bytea"]'::jsonb)))
  AND r.specific_schema LIKE 'wmo%'
ORDER BY 1, 2;
-- Martin: layers of tables, by what PostGIS says of them
SELECT g.f_table_schema, g.f_table_name, g.f_geometry_column, g.srid, g.type FROM geometry_columns g
WHERE g.f_table_schema LIKE 'wmo%' AND has_table_privilege(format('%I.%I', g.f_table_schema, g.f_table_name), 'select') ORDER BY 1, 2;

-- pg_featureserv: functions of the schemas that it is told of (FunctionIncludes), each by its name with that of its schema, with all arguments named (modes, names
-- and types as many) and with defaults; those of features give a geometry
SELECT format('%s.%s', n.nspname, p.proname) AS id, p.proargnames[1:p.pronargs] AS in_names, oidvectortypes(p.proargtypes) AS in_types, p.pronargdefaults = p.pronargs AS all_default,
       (SELECT string_agg(p.proargnames[i], ',' ORDER BY i) FROM generate_subscripts(p.proallargtypes, 1) i WHERE p.proargmodes[i] = 't' AND p.proallargtypes[i] = 'geometry'::regtype) AS shape,
       (SELECT bool_and(t.typname = ANY ('{text,int4,int8,float8,bool,date,timestamptz,geometry}')) FROM unnest(p.proallargtypes) o (oid) JOIN pg_type t ON t.oid = o.oid) AS plain_types
FROM pg_proc p JOIN pg_namespace n ON p.pronamespace = n.oid
WHERE n.nspname IN ('wmo_bi') AND array_length(p.proargnames, 1) = array_length(p.proargmodes, 1) AND array_length(p.proargmodes, 1) = array_length(p.proallargtypes, 1)
  AND has_schema_privilege(n.oid, 'usage') AND has_function_privilege(format('%s.%s(%s)', n.nspname, p.proname, oidvectortypes(p.proargtypes)), 'execute')
ORDER BY 1;
RESET ROLE;
ROLLBACK;
