-- docs/reference.md, from the catalog of a fresh install: every object of the extension with its COMMENT.
SET search_path = pg_catalog;
SET client_min_messages = warning;

CREATE TEMP VIEW member AS
  SELECT d.classid, d.objid
  FROM pg_depend d
  JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
  WHERE e.extname = 'wmo_contracts' AND d.deptype = 'e';

-- One line of prose, and one cell of a table.
CREATE FUNCTION pg_temp.prose(t text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN coalesce(regexp_replace(btrim(t), '\s*\n\s*', ' ', 'g'), '');
CREATE FUNCTION pg_temp.cell(t text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN replace(pg_temp.prose(t), '|', '\|');
-- Types as a user writes them: PostGIS stands where the user put it.
CREATE FUNCTION pg_temp.plain(t text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN replace(t, 'public.', '');

CREATE TEMP VIEW face AS
  SELECT p.oid, p.pronamespace::regnamespace || '.' || p.proname AS called, p.proname, p.prokind, p.provolatile, p.proisstrict,
         pg_temp.plain(pg_get_function_arguments(p.oid)) AS arguments,
         pg_temp.plain(coalesce(pg_get_function_result(p.oid), '')) AS result,
         obj_description(p.oid, 'pg_proc') AS description,
         p.prorettype IN ('internal'::regtype, 'trigger'::regtype, 'event_trigger'::regtype, 'cstring'::regtype)
           OR p.proargtypes::oid[] && ARRAY['internal'::regtype, 'cstring'::regtype]::oid[] AS internal
  FROM member m
  JOIN pg_proc p ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid;

CREATE TEMP VIEW line AS
  SELECT 10 AS section, '' AS object, 0 AS n, concat_ws(E'\n',
    '# Reference', '',
    'Every object of `wmo_contracts`, with the comment it has in the database. Written by `script/reference`: change the comment',
    'in `src/`, then run that again.', '') AS text

  UNION ALL SELECT 20, '', 0, E'## Types\n'
  WHERE EXISTS (SELECT FROM member m JOIN pg_type t ON m.classid = 'pg_type'::regclass AND t.oid = m.objid
                WHERE t.typtype IN ('b', 'e', 'd', 'r') AND NOT (t.typelem <> 0 AND t.typcategory = 'A'))
  UNION ALL
  SELECT 21, t.typname, 0, format(E'### `%s`\n\n%s\n', format_type(t.oid, NULL), pg_temp.prose(obj_description(t.oid, 'pg_type')))
  FROM member m
  JOIN pg_type t ON m.classid = 'pg_type'::regclass AND t.oid = m.objid
  WHERE t.typtype IN ('b', 'e', 'd', 'r') AND NOT (t.typelem <> 0 AND t.typcategory = 'A')

  UNION ALL SELECT 30, '', 0, E'## Functions\n'
  UNION ALL
  SELECT 31, f.proname || f.arguments, 0, format(E'### `%s(%s)`\n\n%s%s, %s%s. %s\n', pg_temp.plain(f.called), f.arguments,
    CASE f.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate → ' ELSE '→ ' END,
    CASE WHEN f.prokind = 'p' THEN '' ELSE '`' || f.result || '`' END,
    CASE f.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END,
    CASE WHEN f.proisstrict THEN ', strict' ELSE '' END, pg_temp.prose(f.description))
  FROM face f
  WHERE NOT f.internal

  UNION ALL SELECT 40, '', 0, E'## Operators\n\n| operator | result | |\n|---|---|---|'
  WHERE EXISTS (SELECT FROM member WHERE classid = 'pg_operator'::regclass)
  UNION ALL
  SELECT 41, o.oprname || format_type(o.oprleft, NULL) || format_type(o.oprright, NULL), 0, format('| `%s` | `%s` | %s |',
    replace(concat_ws(' ', CASE WHEN o.oprleft <> 0 THEN pg_temp.plain(format_type(o.oprleft, NULL)) END, o.oprname,
              pg_temp.plain(format_type(o.oprright, NULL))), '|', '\|'),
    pg_temp.plain(format_type(o.oprresult, NULL)), pg_temp.cell(obj_description(o.oid, 'pg_operator')))
  FROM member m
  JOIN pg_operator o ON m.classid = 'pg_operator'::regclass AND m.objid = o.oid
  UNION ALL SELECT 42, '', 0, ''
  WHERE EXISTS (SELECT FROM member WHERE classid = 'pg_operator'::regclass)

  UNION ALL SELECT 50, '', 0, E'## Casts\n\n| from | to | | |\n|---|---|---|---|'
  WHERE EXISTS (SELECT FROM member WHERE classid = 'pg_cast'::regclass)
  UNION ALL
  SELECT 51, format_type(c.castsource, NULL) || ' ' || format_type(c.casttarget, NULL), 0, format('| `%s` | `%s` | %s | %s |',
    pg_temp.plain(format_type(c.castsource, NULL)), pg_temp.plain(format_type(c.casttarget, NULL)),
    CASE c.castcontext WHEN 'i' THEN 'implicit' WHEN 'a' THEN 'in assignments' ELSE 'explicit' END,
    pg_temp.cell(obj_description(c.oid, 'pg_cast')))
  FROM member m
  JOIN pg_cast c ON m.classid = 'pg_cast'::regclass AND m.objid = c.oid
  UNION ALL SELECT 52, '', 0, ''
  WHERE EXISTS (SELECT FROM member WHERE classid = 'pg_cast'::regclass)

  UNION ALL SELECT 60, '', 0, E'## Operator classes\n\n| class | method | type | |\n|---|---|---|---|'
  WHERE EXISTS (SELECT FROM member WHERE classid = 'pg_opclass'::regclass)
  UNION ALL
  SELECT 61, o.opcname || a.amname, 0, format('| `%s.%s` | %s | `%s`%s | %s |', o.opcnamespace::regnamespace, o.opcname, a.amname,
    pg_temp.plain(format_type(o.opcintype, NULL)), CASE WHEN o.opcdefault THEN ', default' ELSE '' END,
    pg_temp.cell(obj_description(o.oid, 'pg_opclass')))
  FROM member m
  JOIN pg_opclass o ON m.classid = 'pg_opclass'::regclass AND m.objid = o.oid
  JOIN pg_am a ON a.oid = o.opcmethod
  UNION ALL SELECT 62, '', 0, ''
  WHERE EXISTS (SELECT FROM member WHERE classid = 'pg_opclass'::regclass)

  UNION ALL SELECT 70, '', 0, E'## Tables and views\n'
  WHERE EXISTS (SELECT FROM member m JOIN pg_class c ON m.classid = 'pg_class'::regclass AND m.objid = c.oid
                WHERE c.relkind IN ('r', 'p', 'v', 'm'))
  UNION ALL
  SELECT 71, c.relname, 0, format(E'### `%s.%s`%s\n\n%s\n\n| column | type | |\n|---|---|---|', c.relnamespace::regnamespace, c.relname,
    CASE c.relkind WHEN 'v' THEN ' (view)' WHEN 'm' THEN ' (materialized view)' ELSE '' END,
    pg_temp.prose(obj_description(c.oid, 'pg_class')))
  FROM member m
  JOIN pg_class c ON m.classid = 'pg_class'::regclass AND m.objid = c.oid AND c.relkind IN ('r', 'p', 'v', 'm')
  UNION ALL
  SELECT 71, c.relname, a.attnum, format('| `%s` | `%s`%s | %s |', a.attname,
    pg_temp.plain(format_type(a.atttypid, a.atttypmod)), CASE WHEN a.attnotnull THEN ', not null' ELSE '' END,
    pg_temp.cell(col_description(c.oid, a.attnum)))
  FROM member m
  JOIN pg_class c ON m.classid = 'pg_class'::regclass AND m.objid = c.oid AND c.relkind IN ('r', 'p', 'v', 'm')
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT 71, c.relname, 32000, ''
  FROM member m
  JOIN pg_class c ON m.classid = 'pg_class'::regclass AND m.objid = c.oid AND c.relkind IN ('r', 'p', 'v', 'm')

  UNION ALL SELECT 80, '', 0, E'## Support functions\n\nFor the server: input and output, operator classes, triggers.\n'
  WHERE EXISTS (SELECT FROM face WHERE internal)
  UNION ALL
  SELECT 81, f.proname || f.arguments, 0, format('- `%s(%s)`: %s', f.called, f.arguments, pg_temp.prose(f.description))
  FROM face f
  WHERE f.internal;

SELECT l.text FROM line l ORDER BY l.section, l.object COLLATE "C", l.n;
