-- staging: which column of a table from a file holds what, and what its cells mean.
-- Relies on area_code and geometry; writes nothing.

CREATE FUNCTION wmo_works.plain_name(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT regexp_replace(lower(regexp_replace(name, '[[:space:]]*[(][^)]*[)][[:space:]]*$', '')), '[^[:alnum:]]', '',
                        'g');
END;
COMMENT ON FUNCTION wmo_works.plain_name(text) IS
  'A name for comparing: small letters, without punctuation and without what stands behind it in brackets: Middelburg '
  '(Z.) is Middelburg.';

CREATE FUNCTION wmo_works.staged_code(value text, level text DEFAULT NULL) RETURNS wmo.area_code
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE
    WHEN v.value ~ '^[0-9]+$' THEN wmo.try_area_code(CASE coalesce(staged_code.level,
        CASE length(v.value) WHEN 4 THEN 'municipality' WHEN 6 THEN 'district' WHEN 8 THEN 'neighbourhood' END)
      WHEN 'municipality' THEN CASE WHEN length(v.value) <= 4 THEN 'GM' || lpad(v.value, 4, '0') END
      WHEN 'district' THEN CASE WHEN length(v.value) BETWEEN 3 AND 6 THEN 'WK' || lpad(v.value, 6, '0') END
      WHEN 'neighbourhood' THEN CASE WHEN length(v.value) BETWEEN 5 AND 8 THEN 'BU' || lpad(v.value, 8, '0') END
    END)
    -- letters without a prefix: only where the column says what they are, for 2021PV20 is a province
    WHEN staged_code.level = 'district' AND v.value ~ '^[0-9]{4}[0-9A-Z]{2}$' THEN wmo.try_area_code('WK' || v.value)
    WHEN staged_code.level = 'neighbourhood' AND v.value ~ '^[0-9]{4}[0-9A-Z]{4}$'
      THEN wmo.try_area_code('BU' || v.value)
    ELSE wmo.try_area_code(v.value)
  END
  -- jrstatcode: 2021GM0014; a code that went through a spreadsheet: 14.0
  FROM (SELECT regexp_replace(regexp_replace(upper(btrim(staged_code.value)), '^[12][0-9]{3}(?=(GM|WK|BU))', ''),
                              '[.]0+$', '') AS value) v;
END;
COMMENT ON FUNCTION wmo_works.staged_code(text, text) IS
  'The CBS code that a cell of a file means: with or without GM, WK or BU, with the year before it (jrstatcode), or '
  'as a number that lost its zeros where the column says its level. Null when it is none.';

CREATE FUNCTION wmo_works.check_staging_has_rows(staging regclass) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  has_rows boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM %s)', staging) INTO has_rows;
  IF NOT has_rows THEN
    RAISE EXCEPTION 'table "%" is empty', staging
      USING ERRCODE = 'no_data_found', DETAIL = 'Its columns are told by what they hold.', HINT = 'Fill it first.';
  END IF;
END
$$;
COMMENT ON FUNCTION wmo_works.check_staging_has_rows(regclass) IS
  'Refuses a staging table without rows, before its columns are blamed.';

CREATE TYPE wmo_works.staged_columns AS (
  shape_column text,
  code_column  text,
  level        text,
  name_column  text,
  water_column text,
  year_column  text
);
COMMENT ON TYPE wmo_works.staged_columns IS
  'Which columns of a staging table hold what; null = there is no such column. level: municipality, district or '
  'neighbourhood where the code column is for one of them, else null.';

CREATE FUNCTION wmo_works.staged_columns(staging regclass, kind text DEFAULT NULL) RETURNS wmo_works.staged_columns
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO'
AS $$
DECLARE
  found_columns wmo_works.staged_columns;
  candidate record;
  levels CONSTANT text[] := '{neighbourhood,district,municipality}';
  seen text;
  finest text;
BEGIN
  SELECT a.attname INTO found_columns.shape_column
  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid AND t.typname = 'geometry'
  WHERE a.attrelid = staging AND a.attnum > 0 AND NOT a.attisdropped
  ORDER BY a.attnum LIMIT 1;
  IF found_columns.shape_column IS NULL THEN
    RAISE EXCEPTION 'table "%" has no column of type geometry', staging
      USING ERRCODE = 'undefined_column',
        DETAIL = 'The shapes of areas are read from its first column of type geometry.',
        HINT = 'Add one, for example with ST_GeomFromText or ST_GeomFromWKB.';
  END IF;
  -- the finest code of a layer is its own; the others are of the areas around it
  FOR candidate IN
    SELECT a.attname AS name, k.level
    FROM (VALUES
      (1, 'buurtcode', 'neighbourhood'), (2, 'bucode', 'neighbourhood'),
      (3, 'wijkcode', 'district'), (4, 'wkcode', 'district'),
      (5, 'statcode', NULL), (6, 'jrstatcode', NULL), (7, 'identificatie', NULL), (8, 'gwbcode', NULL),
      (9, 'cbscode', NULL), (10, 'areacode', NULL), (11, 'code', NULL),
      (12, 'gemeentecode', 'municipality'), (13, 'gmcode', 'municipality'), (14, 'gemcode', 'municipality'),
      -- these may as well hold names
      (15, 'buurt', 'neighbourhood'), (16, 'wijk', 'district'), (17, 'gemeente', 'municipality'))
      AS k (place, word, level)
    JOIN pg_attribute a ON a.attrelid = staging AND a.attnum > 0 AND NOT a.attisdropped
      AND regexp_replace(lower(a.attname), '[^a-z]', '', 'g') = k.word
    ORDER BY k.place, a.attnum
  LOOP
    CONTINUE WHEN candidate.level <> staged_columns.kind;
    EXECUTE format('SELECT l.level FROM (SELECT wmo.level(wmo_works.staged_code(%I::text, %L)) AS level FROM %s) l
                    WHERE $1 IS NULL OR l.level = $1 GROUP BY l.level ORDER BY array_position($2, l.level) LIMIT 1',
                   candidate.name, candidate.level, staging)
      INTO seen USING CASE WHEN staged_columns.kind = ANY (levels) THEN staged_columns.kind END, levels;
    IF seen IS NOT NULL AND (finest IS NULL OR array_position(levels, seen) < array_position(levels, finest)) THEN
      finest := seen;
      found_columns.code_column := candidate.name;
      found_columns.level := candidate.level;
    END IF;
  END LOOP;
  SELECT a.attname INTO found_columns.name_column
  FROM unnest(CASE coalesce(staged_columns.kind, finest)
         WHEN 'neighbourhood' THEN '{buurtnaam,bunaam,statnaam,naam,name,buurt}'::text[]
         WHEN 'district' THEN '{wijknaam,wknaam,statnaam,naam,name,wijk}'
         WHEN 'municipality' THEN '{gemeentenaam,gmnaam,gemnaam,statnaam,naam,name,officielenaam,gemeente}'
         ELSE '{statnaam,naam,name}' END) WITH ORDINALITY AS k (word, place)
  JOIN pg_attribute a ON a.attrelid = staging AND a.attnum > 0 AND NOT a.attisdropped
    AND regexp_replace(lower(a.attname), '[^a-z]', '', 'g') = k.word
    AND a.attname IS DISTINCT FROM found_columns.code_column
  ORDER BY k.place, a.attnum LIMIT 1;
  SELECT a.attname INTO found_columns.water_column
  FROM pg_attribute a
  WHERE a.attrelid = staging AND a.attnum > 0 AND NOT a.attisdropped AND lower(a.attname) IN ('water', 'h2o')
  ORDER BY a.attnum LIMIT 1;
  SELECT a.attname INTO found_columns.year_column
  FROM unnest('{jrstatcode,jaar,year,jaarcode,edition}'::text[]) WITH ORDINALITY AS k (word, place)
  JOIN pg_attribute a ON a.attrelid = staging AND a.attnum > 0 AND NOT a.attisdropped
    AND regexp_replace(lower(a.attname), '[^a-z]', '', 'g') = k.word
  ORDER BY k.place, a.attnum LIMIT 1;
  IF num_nonnulls(found_columns.code_column, found_columns.name_column) = 0 THEN
    PERFORM wmo_works.check_staging_has_rows(staging);
    RAISE EXCEPTION 'table "%" has neither codes nor names of areas%', staging, coalesce(' of kind ' || kind, '')
      USING ERRCODE = 'undefined_column',
        DETAIL = 'Codes are looked for in columns such as gemeentecode, GM_CODE, wk_code, buurtcode, statcode, '
                 'jrstatcode or code, names in gemeentenaam, WK_NAAM, statnaam, naam, name or gemeente.',
        HINT = 'Rename its columns, or load from a view that does.';
  END IF;
  RETURN found_columns;
END
$$;
COMMENT ON FUNCTION wmo_works.staged_columns(regclass, text) IS
  'Finds shape, code, name, water and year in a table of any edition of CBS and PDOK: upper-case shapefile names '
  '(GM_CODE), snake_case, camelCase, with and without prefixes. The finest code of a layer is its own, unless kind '
  'asks for a wider one.';

CREATE FUNCTION wmo_works.no_area_code(written text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT coalesce(wmo_works.clause('"%1" is no code of an area', left(no_area_code.written, 40)),
                  wmo_works.words('no code of an area'));
END;
COMMENT ON FUNCTION wmo_works.no_area_code(text) IS 'What is said of a row of a file that has no code of an area.';

CREATE FUNCTION wmo_works.staged_areas(staging regclass, kind text DEFAULT NULL, repair boolean DEFAULT true)
RETURNS TABLE (code wmo.area_code, name text, area_kind text, year integer, shape geometry, rows integer, fault text,
               repaired boolean, other_names text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO'
AS $$
DECLARE
  found_columns wmo_works.staged_columns := wmo_works.staged_columns(staging, kind);
  without_srid boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE wmo_works.shape_srid(%I) = 0)', staging,
                 found_columns.shape_column) INTO without_srid;
  IF without_srid THEN
    RAISE EXCEPTION 'column "%" of table "%" has shapes without SRID', found_columns.shape_column, staging
      USING ERRCODE = 'invalid_parameter_value', DETAIL = 'Without a reference system their coordinates mean nothing.',
        HINT = 'Set it with ST_SetSRID (script/load-areas: --srid): 28992 for RD New, 4326 for longitude and latitude.';
  END IF;
  IF found_columns.code_column IS NULL AND kind IS NULL THEN
    PERFORM wmo_works.check_staging_has_rows(staging);
    RAISE EXCEPTION 'table "%" has names of areas but no codes, and their kind is not given', staging
      USING ERRCODE = 'invalid_parameter_value',
        DETAIL = 'A name alone does not say whether it is that of a municipality, a district or a neighbourhood.',
        HINT = 'Give the kind: municipality, district, neighbourhood, working_area, region or other.';
  END IF;
  RETURN QUERY EXECUTE format(
    $query$
    WITH cell AS MATERIALIZED (
      SELECT %1$s AS code, nullif(btrim(regexp_replace(%2$s, '[[:space:]]+', ' ', 'g')), '') AS name, %8$s AS written,
             substring(%3$s from '^(?:19|20)[0-9][0-9]')::integer AS year,
             wmo_works.plain_shape(%4$I) AS shape
      FROM %5$s
      -- B: the Belgian enclaves and other ground abroad
      WHERE coalesce(upper(btrim(%6$s)), '') <> 'B'
    ), judged AS MATERIALIZED (
      -- a row without a code, in a layer of codes, is no area; it is said, not lost
      SELECT c.*, CASE WHEN c.code IS NULL AND NOT %7$L
                       THEN wmo_works.no_area_code(c.written)
                       ELSE wmo_works.shape_fault(c.shape) END AS fault,
             c.code IS NULL AND NOT %7$L AS codeless
      FROM cell c
      WHERE (c.code IS NOT NULL OR NOT %7$L OR c.name IS NOT NULL)
        AND coalesce(c.code::text !~ '^(GM|WK|BU)(099[89]|9999)', true)
        AND ($1 IS NULL OR c.code IS NULL OR wmo.level(c.code) = $1
          OR $1 NOT IN ('municipality', 'district', 'neighbourhood'))
    ), piece AS (
      SELECT j.code, j.name, j.year, j.fault, j.codeless, j.written,
             CASE WHEN j.fault IS NULL THEN wmo_works.polygons_of(j.shape, false)
                  WHEN $2 AND NOT j.codeless AND j.fault <> 'no shape' AND wmo_works.position_fault(j.shape) IS NULL
                    THEN wmo_works.polygons_of(j.shape, true) END AS shape
      FROM judged j
    )
    SELECT p.code, coalesce(min(p.name), CASE WHEN p.codeless THEN '(no name)' END),
           CASE WHEN NOT p.codeless THEN coalesce($1, wmo.level(p.code)) END, max(p.year),
           CASE WHEN bool_and(p.shape IS NOT NULL) THEN wmo_works.merged_shape(array_agg(p.shape)) END,
           count(*)::integer,
           string_agg(DISTINCT coalesce(p.fault, CASE WHEN p.shape IS NULL THEN 'no polygon' END), '; '),
           bool_or(p.fault IS NOT NULL) AND bool_and(p.shape IS NOT NULL),
           string_agg(DISTINCT p.name, ', ') FILTER (WHERE p.code IS NOT NULL AND p.name <> p.first_name)
    FROM (SELECT p.*, min(p.name) OVER (PARTITION BY p.code) AS first_name FROM piece p) p
    GROUP BY p.code, p.codeless, CASE WHEN p.code IS NULL THEN p.name END, CASE WHEN p.codeless THEN p.written END
    $query$,
    CASE WHEN found_columns.code_column IS NULL THEN 'NULL::wmo.area_code'
         ELSE format('wmo_works.staged_code(%I::text, %L)', found_columns.code_column, found_columns.level) END,
    coalesce(quote_ident(found_columns.name_column) || '::text', 'NULL::text'),
    coalesce(quote_ident(found_columns.year_column) || '::text', 'NULL::text'),
    found_columns.shape_column, staging, coalesce(quote_ident(found_columns.water_column) || '::text', 'NULL::text'),
    found_columns.code_column IS NULL,
    CASE WHEN found_columns.code_column IS NULL THEN 'NULL::text'
         ELSE format('nullif(btrim(%I::text), '''')', found_columns.code_column) END)
  USING kind, repair;
END
$$;
COMMENT ON FUNCTION wmo_works.staged_areas(regclass, text, boolean) IS
  'The areas that a staging table holds, one row each: rows of one code (land and water, islands) are merged, ground '
  'abroad (GM0998, GM9999, enclaves) is left out, shapes are brought to RD New, and invalid ones repaired (repaired) '
  'or, when that is not wanted or not possible, left out (shape is null); fault says what was wrong where. A row that '
  'has no code of an area, in a table that has codes, comes out without code and shape. other_names: what other rows '
  'of the same code call it.';
