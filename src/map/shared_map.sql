-- shared_map: the maps that stand once in shared memory, for all sessions.
-- Relies on the library (shared_map.c).

CREATE FUNCTION wmo.describe_shared_maps(OUT database text, OUT piece text, OUT standing text, OUT bytes bigint,
                                         OUT users integer, OUT made_of text, OUT since timestamptz)
RETURNS SETOF record
LANGUAGE c VOLATILE STRICT PARALLEL SAFE COST 100 ROWS 4
AS 'MODULE_PATHNAME', 'wmo_sql_describe_shared_maps';
COMMENT ON FUNCTION wmo.describe_shared_maps() IS
  'What stands in shared memory, where shared_preload_libraries names wmo_contracts: of each map its areas and its '
  'rows, current or old (another map took its place, and it is freed when its last user lets go), their bytes, how '
  'many processes use them, what they were made of and when; and each map that is being made, with the bytes kept for '
  'it. Of this database, or of all for who may read the statistics of others (pg_read_all_stats). No rows: none.';
