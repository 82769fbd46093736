-- Staging: which column of a file holds what, and which code a cell means, in every spelling of CBS and PDOK.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set tiles :here '/sql/include/tiles.sql'
\i :verdict
\i :tiles

-- ---- codes as files write them --------------------------------------------------------------------------------------------
SELECT value, level, wmo_works.staged_code(value, level) FROM (VALUES
  ('GM0014', NULL), ('gm0014', NULL), (' GM0014 ', NULL), ('0014', NULL), ('14', NULL), ('14', 'municipality'), ('14.0', 'municipality'), ('2021GM0014', NULL),
  ('WK001400', NULL), ('001400', NULL), ('1400', 'district'), ('00140A', NULL), ('00140A', 'district'), ('BU00140000', NULL), ('00140000', NULL), ('140000', 'neighbourhood'),
  ('2016BU0014000A', NULL), ('2021PV20', NULL), ('PV20', NULL), ('12345', 'municipality'), ('', NULL), (NULL, NULL), ('Groningen', NULL)) t (value, level);

-- ---- columns: shapefiles, snake_case, camelCase, statcode, names only -------------------------------------------------------
CREATE FUNCTION pg_temp.columns_of(columns text[], cells text[], kind text DEFAULT NULL) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  found_columns text;
BEGIN
  PERFORM pg_temp.staging('layout', columns);
  EXECUTE format('INSERT INTO pg_temp.layout VALUES (%s)', (SELECT string_agg(quote_literal(c), ', ' ORDER BY place) FROM unnest(cells) WITH ORDINALITY AS u (c, place)));
  found_columns := wmo_works.staged_columns('pg_temp.layout', kind)::text;
  DROP TABLE pg_temp.layout;
  RETURN found_columns;
END
$$;
SELECT columns, pg_temp.columns_of(columns, cells, kind) FROM (VALUES
  ('{GM_CODE,GM_NAAM,H2O}'::text[], '{GM0014,Groningen,NEE}'::text[], NULL),
  ('{BU_CODE,BU_NAAM,WK_CODE,GM_CODE,GM_NAAM,WATER}', '{BU00140000,Binnenstad,WK001400,GM0014,Groningen,NEE}', NULL),
  ('{BU_CODE,BU_NAAM,WK_CODE,GM_CODE,GM_NAAM,WATER}', '{BU00140000,Binnenstad,WK001400,GM0014,Groningen,NEE}', 'municipality'),
  ('{buurtcode,buurtnaam,wijkcode,gemeentecode,gemeentenaam,water,jrstatcode,jaar}', '{BU00140000,Binnenstad,WK001400,GM0014,Groningen,NEE,2022BU00140000,2022}', NULL),
  ('{wijkcode,wijknaam,gemeentecode,gemeentenaam,jrstatcode}', '{WK001400,Centrum,GM0014,Groningen,2022WK001400}', NULL),
  ('{gemeente_code,gemeente_naam}', '{0014,Groningen}', NULL),
  ('{statcode,jrstatcode,statnaam,rubriek}', '{GM0014,2021GM0014,Groningen,gemeente}', NULL),
  ('{jrstatcode,statnaam}', '{2021GM0014,Groningen}', NULL),
  ('{gemeentecode,gemeentenaam}', '{14,Groningen}', NULL),
  ('{identificatie,naam}', '{GM0014,Groningen}', NULL),
  ('{code,naam,wijk_code,gm_code}', '{BU00140000,Binnenstad,WK001400,GM0014}', NULL),
  ('{statcode,statnaam}', '{PV20,Groningen}', 'region'),
  ('{naam}', '{Groningen}', 'municipality')) t (columns, cells, kind);
SELECT part, words FROM pg_temp.whole_error($$SELECT pg_temp.columns_of('{vlag}', '{ja}')$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo_works.staged_columns('wmo.source')$$);
ROLLBACK;
