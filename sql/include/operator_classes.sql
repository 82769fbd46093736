-- The operator classes of the extension in which amvalidate misses something, one a line. ground_ops is let off: it works
-- with the support functions of PostGIS, which declares them otherwise than the check expects, and of whose own class it
-- says the same.
WITH class AS MATERIALIZED (
  SELECT opclass.oid, opclass.opcname, am.amname
  FROM pg_catalog.pg_extension AS extension
    JOIN pg_catalog.pg_depend AS member ON member.refobjid = extension.oid AND member.deptype = 'e'
      AND member.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
      AND member.classid = 'pg_catalog.pg_opclass'::pg_catalog.regclass
    JOIN pg_catalog.pg_opclass AS opclass ON opclass.oid = member.objid
    JOIN pg_catalog.pg_am AS am ON am.oid = opclass.opcmethod
  WHERE extension.extname = 'wmo_contracts' AND opclass.opcname <> 'ground_ops'
)
SELECT amname, opcname FROM class WHERE NOT pg_catalog.amvalidate(oid) ORDER BY amname, opcname;
