
-- ---- rights ---------------------------------------------------------------------------------------------------------
-- Functions run as their caller: a reader needs the tables that they read.

CREATE FUNCTION wmo.wmo_grant(reader regrole, editor regrole DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  registry_table text;
BEGIN
  IF reader IS NOT NULL THEN
    EXECUTE format('GRANT USAGE ON SCHEMA wmo TO %s', reader);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA wmo TO %s', reader);
  END IF;
  IF editor IS NOT NULL THEN
    EXECUTE format('GRANT USAGE ON SCHEMA wmo TO %s', editor);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA wmo TO %s', editor);
    EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA wmo TO %s', editor);
    -- what ships with the extension stays as it is; exclusive_claim is written by triggers as their caller,
    -- registry_change
    -- by triggers alone
    FOR registry_table IN
      SELECT c.relname FROM pg_class c
      WHERE c.relnamespace = 'wmo'::regnamespace AND c.relkind = 'r' AND c.relname NOT LIKE '%\_shipped'
        AND c.relname <> 'registry_change'
    LOOP
      EXECUTE format('GRANT INSERT, UPDATE, DELETE ON wmo.%I TO %s', registry_table, editor);
    END LOOP;
  END IF;
END
$$;
REVOKE ALL ON FUNCTION wmo.wmo_grant(regrole, regrole) FROM PUBLIC;
COMMENT ON FUNCTION wmo.wmo_grant(regrole, regrole) IS
  'Gives a role the right to ask every question (reader), and another to keep the registry (editor). Either may be '
  'null. Ask it again after an upgrade that adds tables.';

