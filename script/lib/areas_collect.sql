-- Takes a staged layer into staging.layer_row. wmo_works.staged_areas knows the columns of CBS and PDOK; a layer that it finds no
-- codes in is none of areas. The year is that of a column, else the one in the name of the layer or file.
SELECT set_config('wmo.file', :'file'::text, false) AS file, set_config('wmo.layer', :'layer'::text, false) AS layer,
       set_config('wmo.staged', format('pg_temp.%I', :'table'), false) AS staged \gset

DO $$
DECLARE
  file CONSTANT text := current_setting('wmo.file');
  layer CONSTANT text := current_setting('wmo.layer');
BEGIN
  INSERT INTO staging.layer_row (file, layer, kind, edition, code, name, geom)
  SELECT file, layer, CASE s.area_kind WHEN 'municipality' THEN 'gemeente' WHEN 'district' THEN 'wijk' ELSE 'buurt' END,
         coalesce(s.year, substring(layer from '(?<!\d)((?:19|20)\d\d)(?!\d)')::integer,
                  substring(file from '(?<!\d)((?:19|20)\d\d)(?!\d)')::integer),
         s.code::text, s.name, s.shape
  FROM wmo_works.staged_areas(current_setting('wmo.staged')::regclass) s
  WHERE s.shape IS NOT NULL;
EXCEPTION WHEN undefined_column OR invalid_parameter_value OR no_data_found THEN
  NULL; -- no codes, or no rows
END
$$;
COMMIT;
