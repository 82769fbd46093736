-- The members of the extension, and the columns of its relations, that have no COMMENT: one a line, none when all is well.
SET search_path = pg_catalog;

WITH member AS (
  SELECT d.classid, d.objid
  FROM pg_depend d
  JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
  WHERE e.extname = 'wmo_contracts' AND d.deptype = 'e'
),
speaks_for_itself AS (
  SELECT m.classid, m.objid
  FROM member m
  WHERE NOT EXISTS (SELECT FROM pg_type t
                    WHERE m.classid = 'pg_type'::regclass AND t.oid = m.objid
                      AND (t.typelem <> 0 AND t.typcategory = 'A' OR t.typrelid <> 0 OR t.typtype = 'm'
                           OR EXISTS (SELECT FROM pg_range r WHERE r.rngmultitypid = t.oid)))
    AND NOT EXISTS (SELECT FROM pg_class c
                    WHERE m.classid = 'pg_class'::regclass AND c.oid = m.objid AND c.relkind IN ('i', 'I', 'S', 't'))
    AND m.classid NOT IN ('pg_amop'::regclass, 'pg_amproc'::regclass, 'pg_opfamily'::regclass, 'pg_rewrite'::regclass,
                          'pg_attrdef'::regclass, 'pg_default_acl'::regclass)
)
SELECT 'no COMMENT on ' || pg_describe_object(s.classid, s.objid, 0)
FROM speaks_for_itself s
WHERE coalesce(obj_description(s.objid, (SELECT relname FROM pg_class WHERE oid = s.classid)), '') = ''
UNION ALL
SELECT 'no COMMENT on ' || pg_describe_object('pg_class'::regclass, c.oid, a.attnum)
FROM member m
JOIN pg_class c ON m.classid = 'pg_class'::regclass AND c.oid = m.objid AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE coalesce(col_description(c.oid, a.attnum), '') = ''
UNION ALL
-- Triggers that users can meet by name, and constraints that name a rule, are not members: they hang on their table.
SELECT 'no COMMENT on ' || pg_describe_object('pg_trigger'::regclass, t.oid, 0)
FROM member m
JOIN pg_trigger t ON m.classid = 'pg_class'::regclass AND t.tgrelid = m.objid AND NOT t.tgisinternal
WHERE coalesce(obj_description(t.oid, 'pg_trigger'), '') = ''
ORDER BY 1;
