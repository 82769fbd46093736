-- rights: who may read and who may write.
-- Relies on every table and function that stands before it.
--
-- Functions run as their caller: a reader needs the tables that they read.

CREATE FUNCTION wmo.wmo_grant(reader regrole, editor regrole DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  called regprocedure;
  written regclass;
  role regrole;
BEGIN
  FOREACH role IN ARRAY array_remove(ARRAY[reader, editor], NULL) LOOP
    EXECUTE format('GRANT USAGE ON SCHEMA wmo, wmo_works TO %s', role);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA wmo, wmo_works TO %s', role);
    -- functions run as their caller, who therefore needs what they call; triggers are nobody's to hang on a table
    FOR called IN
      SELECT p.oid FROM pg_proc p
      WHERE p.pronamespace = 'wmo_works'::regnamespace AND p.prorettype NOT IN ('trigger'::regtype, 'internal'::regtype)
        AND NOT 'internal'::regtype = ANY (p.proargtypes)
      ORDER BY p.oid
    LOOP
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s', called, role);
    END LOOP;
  END LOOP;
  IF editor IS NOT NULL THEN
    EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA wmo TO %s', editor);
    -- what ships with the extension stays as it is, and what is derived is written by triggers, as its owner
    FOR written IN
      SELECT c.oid FROM pg_class c
      WHERE c.relnamespace = 'wmo'::regnamespace AND c.relkind = 'r' AND c.relname !~ '_shipped$'
        AND c.relname NOT IN ('exclusive_claim', 'coverage_edition')
      ORDER BY c.oid
    LOOP
      EXECUTE format('GRANT INSERT, UPDATE, DELETE ON %s TO %s', written, editor);
    END LOOP;
    EXECUTE format('GRANT EXECUTE ON FUNCTION wmo.publish_coverage(text) TO %s', editor);
  END IF;
END
$$;
REVOKE ALL ON FUNCTION wmo.wmo_grant(regrole, regrole) FROM PUBLIC;
COMMENT ON FUNCTION wmo.wmo_grant(regrole, regrole) IS
  'Gives a role the right to ask every question (reader), and another to keep the registry (editor). Either may be '
  'null. Ask it again after an upgrade that adds tables or functions.';

-- The works are called by the face, in whose bodies they are found already; nobody else needs them.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA wmo_works FROM PUBLIC;
