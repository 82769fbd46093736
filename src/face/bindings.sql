-- bindings: what this extension is bound to is the server's or an extension's.
-- Relies on everything before it.
--
-- A function that somebody had in the schema of PostGIS, and that fits a call better than what was meant, would be part
-- of this extension for good: in every session of everybody, and not in a dump. The script ends here when it finds one.

CREATE FUNCTION wmo_works.check_bindings() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  bound record;
BEGIN
  WITH RECURSIVE own (classid, objid) AS (
    SELECT d.classid, d.objid FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
    WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND e.extname = 'wmo_contracts'
    UNION
    SELECT d.classid, d.objid FROM own o JOIN pg_depend d ON d.refclassid = o.classid AND d.refobjid = o.objid
    WHERE d.deptype IN ('a', 'i')
  )
  SELECT pg_describe_object(d.classid, d.objid, 0) AS object, pg_describe_object(d.refclassid, d.refobjid, 0) AS other
  INTO bound
  FROM own o JOIN pg_depend d ON d.classid = o.classid AND d.objid = o.objid
  WHERE d.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass, 'pg_type'::regclass, 'pg_cast'::regclass,
                         'pg_opclass'::regclass, 'pg_opfamily'::regclass)
    AND d.refobjid >= 16384 -- the first number that the server does not keep for itself
    AND NOT EXISTS (SELECT FROM own x WHERE x.classid = d.refclassid AND x.objid = d.refobjid)
    AND NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = d.refclassid AND m.objid = d.refobjid
                      AND m.deptype IN ('e', 'i'))
  ORDER BY 1, 2 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '% would be bound to %', bound.object, bound.other
      USING ERRCODE = 'object_not_in_prerequisite_state',
        DETAIL = 'That belongs neither to the server nor to an extension, and fits a call better than what was meant.',
        HINT = 'Rename it, or move it to another schema, and create the extension again.';
  END IF;
END
$$;
SELECT wmo_works.check_bindings();
DROP FUNCTION wmo_works.check_bindings();
