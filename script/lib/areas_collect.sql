-- Takes what one file left in staging_raw into staging.layer_row. wmo_works.staged_areas knows the columns of CBS and PDOK; a layer
-- that it finds no codes in is none of areas. The year is that of a column, else the one in the name of the layer or file.
SET client_min_messages = warning;
SELECT set_config('wmo.file', :'file', false) AS file \gset

DO $$
DECLARE
  file text := current_setting('wmo.file');
  layer record;
BEGIN
  FOR layer IN
    SELECT c.oid::regclass AS staged, c.relname::text AS name
    FROM pg_class c WHERE c.relnamespace = 'staging_raw'::regnamespace AND c.relkind = 'r' ORDER BY c.relname
  LOOP
    BEGIN
      INSERT INTO staging.layer_row (file, layer, kind, edition, code, name, geom)
      SELECT file, layer.name, CASE s.area_kind WHEN 'municipality' THEN 'gemeente' WHEN 'district' THEN 'wijk' ELSE 'buurt' END,
             coalesce(s.year, substring(layer.name from '(?<!\d)((?:19|20)\d\d)(?!\d)')::integer, substring(file from '(?<!\d)((?:19|20)\d\d)(?!\d)')::integer),
             s.code::text, s.name, s.shape
      FROM wmo_works.staged_areas(layer.staged) s
      WHERE s.shape IS NOT NULL;
    EXCEPTION WHEN undefined_column OR invalid_parameter_value THEN
      NULL; -- no shapes, or no codes
    END;
  END LOOP;
END
$$;
DROP SCHEMA staging_raw CASCADE;
