
-- ---- registry: what all its tables have in common ----------------------------------------------------------------
-- Every table of the registry holds the user's rows: it is dumped with them, keeps the time of its last change, and
-- explains its key, source and changed_at columns in the same words.

CREATE FUNCTION wmo.touch_changed_at() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  NEW.changed_at := now();
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION wmo.touch_changed_at() IS 'Row trigger of every registry table: stamps the row with the time of its last change.';

DO $$
DECLARE
  registry_table text;
BEGIN
  FOREACH registry_table IN ARRAY ARRAY[
    'source',
    'party', 'party_identifier', 'party_alias', 'consortium_member', 'party_succession',
    'area', 'area_part',
    'service', 'service_product',
    'tender', 'tender_buyer', 'lot', 'award', 'award_challenge',
    'contract', 'contract_scope', 'subcontract', 'client_stop', 'access_point', 'contract_change']
  LOOP
    EXECUTE format('CREATE TRIGGER touch BEFORE UPDATE ON wmo.%I FOR EACH ROW EXECUTE FUNCTION wmo.touch_changed_at()', registry_table);
    EXECUTE format('COMMENT ON TRIGGER touch ON wmo.%I IS %L', registry_table, 'Keeps changed_at.');
    EXECUTE format('COMMENT ON COLUMN wmo.%I.id IS %L', registry_table, 'Key.');
    EXECUTE format('COMMENT ON COLUMN wmo.%I.changed_at IS %L', registry_table, 'When this row last changed.');
    IF registry_table <> 'source' THEN
      EXECUTE format('COMMENT ON COLUMN wmo.%I.source_id IS %L', registry_table, 'The passage that states this; null = the user''s own administration.');
    END IF;
    PERFORM pg_catalog.pg_extension_config_dump(format('wmo.%I', registry_table)::regclass,
      CASE registry_table WHEN 'service' THEN 'WHERE NOT shipped' ELSE '' END);
    PERFORM pg_catalog.pg_extension_config_dump(format('wmo.%I', registry_table || '_id_seq')::regclass, '');
  END LOOP;
END
$$;
