
-- ---- boundaries from files: a staging table becomes an edition of wmo.area ------------------------------------------
-- What reads the file (ogr2ogr, ogr_fdw, a COPY) is the user's choice. This room takes any table with shapes and finds
-- its
-- way in the columns that CBS and PDOK have used over the years.

CREATE FUNCTION wmo.plain_shape(shape geometry) RETURNS geometry
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN ST_SRID(g.flat) = 28992 THEN g.flat ELSE ST_Transform(g.flat, 28992) END
  FROM (SELECT ST_Force2D(ST_CurveToLine(plain_shape.shape)) AS flat) g;
END;
COMMENT ON FUNCTION wmo.plain_shape(geometry) IS
  'A shape of straight lines in the plane of RD New (EPSG:28992), from any reference system.';

CREATE FUNCTION wmo.position_fault(shape geometry) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  -- wide bounds: they catch degrees taken for metres, exchanged axes and other systems of metres
  SELECT CASE
    WHEN ST_XMin(b.box) >= -180 AND ST_XMax(b.box) <= 180 AND ST_YMin(b.box) >= -90 AND ST_YMax(b.box) <= 90
      THEN 'degrees taken for metres'
    WHEN NOT (ST_XMin(b.box) >= -1e6 AND ST_XMax(b.box) <= 1e6 AND ST_YMin(b.box) >= -1e6 AND ST_YMax(b.box) <= 1e6)
      THEN 'more than 500 kilometres from the Netherlands'
  END
  FROM (SELECT Box2D(position_fault.shape)::box3d AS box) b;
END;
COMMENT ON FUNCTION wmo.position_fault(geometry) IS
  'Why a shape in RD New cannot lie where it says it does; null when it can.';

CREATE FUNCTION wmo.shape_fault(shape geometry) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT CASE
    WHEN shape_fault.shape IS NULL OR ST_IsEmpty(shape_fault.shape) THEN 'no shape'
    WHEN wmo.position_fault(shape_fault.shape) IS NOT NULL THEN wmo.position_fault(shape_fault.shape)
    ELSE nullif(ST_IsValidReason(shape_fault.shape), 'Valid Geometry')
  END;
END;
COMMENT ON FUNCTION wmo.shape_fault(geometry) IS
  'What is wrong with a shape and where, in the words of PostGIS; null when nothing is.';

CREATE FUNCTION wmo.polygons_of(shape geometry, repair boolean) RETURNS geometry
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT CASE WHEN ST_IsEmpty(p.polygons) THEN NULL ELSE p.polygons END
  FROM (SELECT ST_Multi(ST_CollectionExtract(CASE WHEN polygons_of.repair THEN ST_MakeValid(polygons_of.shape)
    ELSE polygons_of.shape END, 3)) AS polygons) p;
END;
COMMENT ON FUNCTION wmo.polygons_of(geometry, boolean) IS
  'The polygons of a shape, repaired first if asked; null when it has none.';

CREATE FUNCTION wmo.merged_shape(shapes geometry[]) RETURNS geometry
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT CASE WHEN cardinality(merged_shape.shapes) = 1 THEN merged_shape.shapes[1]
              ELSE ST_Multi(ST_CollectionExtract(ST_Union(merged_shape.shapes), 3)) END;
END;
COMMENT ON FUNCTION wmo.merged_shape(geometry[]) IS
  'One multipolygon of several: land and water of one area, parts that a file keeps in rows of their own.';

CREATE FUNCTION wmo.same_shape(one geometry, other geometry) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
BEGIN ATOMIC
  -- a file that went through degrees, or through another format, comes back a hair beside itself
  SELECT CASE
    WHEN one = other THEN true
    WHEN NOT (ST_Expand(one, 0.01) ~ other AND ST_Expand(other, 0.01) ~ one)
      OR abs(ST_Area(one) - ST_Area(other)) > 0.01 * (ST_Perimeter(one) + ST_Perimeter(other)) THEN false
    WHEN ST_Dimension(one) = 2 AND ST_Dimension(other) = 2
      THEN ST_IsEmpty(ST_Buffer(ST_SymDifference(one, other), -0.005, 'quad_segs=1'))
    ELSE ST_HausdorffDistance(one, other) <= 0.01
  END;
END;
COMMENT ON FUNCTION wmo.same_shape(geometry, geometry) IS
  'Are two shapes the same to the centimetre, however their vertices are ordered? True when they differ nowhere by a '
  'strip wider than that.';

CREATE FUNCTION wmo.boxes_meet(one geometry, other geometry) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT one && other;
END;
COMMENT ON FUNCTION wmo.boxes_meet(geometry, geometry) IS
  'The operator && of PostGIS, bound to the schema that PostGIS lives in; an index on either shape serves it.';

CREATE FUNCTION wmo.surface(shape geometry) RETURNS double precision
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
BEGIN ATOMIC
  SELECT ST_Area(shape);
END;
COMMENT ON FUNCTION wmo.surface(geometry) IS
  'ST_Area, bound to the schema that PostGIS lives in: square metres in RD New.';

CREATE FUNCTION wmo.shared_surface(one geometry, other geometry) RETURNS double precision
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT CASE WHEN one && other THEN ST_Area(ST_Intersection(one, other)) ELSE 0 END;
END;
COMMENT ON FUNCTION wmo.shared_surface(geometry, geometry) IS
  'Square metres of ground that two shapes in RD New share.';

CREATE FUNCTION wmo.shape_srid(shape geometry) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT ST_SRID(shape);
END;
COMMENT ON FUNCTION wmo.shape_srid(geometry) IS 'ST_SRID, bound to the schema that PostGIS lives in.';

CREATE FUNCTION wmo.plain_name(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT regexp_replace(lower(regexp_replace(name, '\s*\([^)]*\)\s*$', '')), '[^[:alnum:]]', '', 'g');
END;
COMMENT ON FUNCTION wmo.plain_name(text) IS
  'A name for comparing: small letters, without punctuation and without what stands behind it in brackets: Middelburg '
  '(Z.) is Middelburg.';

CREATE FUNCTION wmo.staged_code(value text, level text DEFAULT NULL) RETURNS wmo.area_code
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE
    WHEN v.value ~ '^[0-9]+$' THEN wmo.try_area_code(CASE coalesce(staged_code.level, CASE length(v.value)
      WHEN 4 THEN 'municipality' WHEN 6 THEN 'district' WHEN 8 THEN 'neighbourhood' END)
      WHEN 'municipality' THEN CASE WHEN length(v.value) <= 4 THEN 'GM' || lpad(v.value, 4, '0') END
      WHEN 'district' THEN CASE WHEN length(v.value) BETWEEN 3 AND 6 THEN 'WK' || lpad(v.value, 6, '0') END
      WHEN 'neighbourhood' THEN CASE WHEN length(v.value) BETWEEN 5 AND 8 THEN 'BU' || lpad(v.value, 8, '0') END
    END)
    -- letters without a prefix: only where the column says what they are, for 2021PV20 is a province
    WHEN staged_code.level = 'district' AND v.value ~ '^[0-9]{4}[0-9A-Z]{2}$' THEN wmo.try_area_code('WK' || v.value)
    WHEN staged_code.level = 'neighbourhood'
      AND v.value ~ '^[0-9]{4}[0-9A-Z]{4}$' THEN wmo.try_area_code('BU' || v.value)
    ELSE wmo.try_area_code(v.value)
  END
  -- jrstatcode: 2021GM0014; a code that went through a spreadsheet: 14.0
  FROM (SELECT regexp_replace(regexp_replace(upper(btrim(staged_code.value)), '^[12][0-9]{3}(?=(GM|WK|BU))', ''),
    '\.0+$', '') AS value) v;
END;
COMMENT ON FUNCTION wmo.staged_code(text, text) IS
  'The CBS code that a cell of a file means: with or without GM, WK or BU, with the year before it (jrstatcode), or '
  'as a number that lost its zeros where the column says its level. Null when it is none.';

CREATE FUNCTION wmo.check_staging_has_rows(staging regclass) RETURNS void
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
COMMENT ON FUNCTION wmo.check_staging_has_rows(regclass) IS
  'Refuses a staging table without rows, before its columns are blamed.';

CREATE TYPE wmo.staged_columns AS (
  shape_column text,
  code_column  text,
  level        text,
  name_column  text,
  water_column text,
  year_column  text
);
COMMENT ON TYPE wmo.staged_columns IS
  'Which columns of a staging table hold what; null = there is no such column. level: municipality, district or '
  'neighbourhood where the code column is for one of them, else null.';

CREATE FUNCTION wmo.staged_columns(staging regclass, kind text DEFAULT NULL) RETURNS wmo.staged_columns
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  found_columns wmo.staged_columns;
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
      (1, 'buurtcode', 'neighbourhood'), (2, 'bucode', 'neighbourhood'), (3, 'wijkcode', 'district'),
        (4, 'wkcode', 'district'),
      (5, 'statcode', NULL), (6, 'jrstatcode', NULL), (7, 'identificatie', NULL), (8, 'gwbcode', NULL),
        (9, 'cbscode', NULL),
      (10, 'areacode', NULL), (11, 'code', NULL),
      (12, 'gemeentecode', 'municipality'), (13, 'gmcode', 'municipality'), (14, 'gemcode', 'municipality')) k (place,
        word, level)
    JOIN pg_attribute a ON a.attrelid = staging AND a.attnum > 0 AND NOT a.attisdropped
      AND regexp_replace(lower(a.attname), '[^a-z]', '', 'g') = k.word
    ORDER BY k.place, a.attnum
  LOOP
    CONTINUE WHEN candidate.level <> staged_columns.kind;
    EXECUTE format('SELECT l.level FROM (SELECT wmo.level(wmo.staged_code(%I::text, %L)) AS level FROM %s) l
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
         WHEN 'neighbourhood' THEN '{buurtnaam,bunaam,statnaam,naam,name}'::text[]
         WHEN 'district' THEN '{wijknaam,wknaam,statnaam,naam,name}'
         WHEN 'municipality' THEN '{gemeentenaam,gmnaam,gemnaam,statnaam,naam,name,officielenaam}'
         ELSE '{statnaam,naam,name}' END) WITH ORDINALITY AS k (word, place)
  JOIN pg_attribute a ON a.attrelid = staging AND a.attnum > 0 AND NOT a.attisdropped
    AND regexp_replace(lower(a.attname), '[^a-z]', '', 'g') = k.word
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
    PERFORM wmo.check_staging_has_rows(staging);
    RAISE EXCEPTION 'table "%" has neither codes nor names of areas%', staging, coalesce(' of kind ' || kind, '')
      USING ERRCODE = 'undefined_column',
        DETAIL = 'Codes are looked for in columns such as gemeentecode, GM_CODE, wk_code, buurtcode, statcode, '
                 'jrstatcode or code, names in gemeentenaam, WK_NAAM, statnaam, naam or name.',
        HINT = 'Rename its columns, or load from a view that does.';
  END IF;
  RETURN found_columns;
END
$$;
COMMENT ON FUNCTION wmo.staged_columns(regclass, text) IS
  'Finds shape, code, name, water and year in a table of any edition of CBS and PDOK: upper-case shapefile names '
  '(GM_CODE), snake_case, camelCase, with and without prefixes. The finest code of a layer is its own, unless kind '
  'asks for a wider one.';

CREATE FUNCTION wmo.staged_areas(staging regclass, kind text DEFAULT NULL, repair boolean DEFAULT true)
RETURNS TABLE (code wmo.area_code, name text, area_kind text, year integer, shape geometry, rows integer, fault text,
               repaired boolean, other_names text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  found_columns wmo.staged_columns := wmo.staged_columns(staging, kind);
  without_srid boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE wmo.shape_srid(%I) = 0)', staging, found_columns.shape_column)
    INTO without_srid;
  IF without_srid THEN
    RAISE EXCEPTION 'column "%" of table "%" has shapes without SRID', found_columns.shape_column, staging
      USING ERRCODE = 'invalid_parameter_value', DETAIL = 'Without a reference system their coordinates mean nothing.',
        HINT = 'Set it with ST_SetSRID (script/load-areas: --srid): 28992 for RD New, 4326 for longitude and latitude.';
  END IF;
  IF found_columns.code_column IS NULL AND kind IS NULL THEN
    PERFORM wmo.check_staging_has_rows(staging);
    RAISE EXCEPTION 'table "%" has names of areas but no codes, and their kind is not given', staging
      USING ERRCODE = 'invalid_parameter_value',
        DETAIL = 'A name alone does not say whether it is that of a municipality, a district or a neighbourhood.',
        HINT = 'Give the kind: municipality, district, neighbourhood, working_area, region or other.';
  END IF;
  RETURN QUERY EXECUTE format(
    $query$
    WITH cell AS MATERIALIZED (
      SELECT %1$s AS code, nullif(btrim(regexp_replace(%2$s, '\s+', ' ', 'g')), '') AS name, %8$s AS written,
             substring(%3$s from '^(?:19|20)[0-9][0-9]')::integer AS year,
             wmo.plain_shape(%4$I) AS shape
      FROM %5$s
      -- B: the Belgian enclaves and other ground abroad
      WHERE coalesce(upper(btrim(%6$s)), '') <> 'B'
    ), judged AS MATERIALIZED (
      -- a row without a code, in a layer of codes, is no area; it is said, not lost
      SELECT c.*, CASE WHEN c.code IS NULL AND NOT %7$L
                       THEN coalesce('"' || left(c.written, 40) || '" is no code of an area', 'no code of an area')
                       ELSE wmo.shape_fault(c.shape) END AS fault,
             c.code IS NULL AND NOT %7$L AS codeless
      FROM cell c
      WHERE (c.code IS NOT NULL OR NOT %7$L OR c.name IS NOT NULL)
        AND coalesce(c.code::text !~ '^(GM|WK|BU)(099[89]|9999)', true)
        AND ($1 IS NULL OR c.code IS NULL OR wmo.level(c.code) = $1
          OR $1 NOT IN ('municipality', 'district', 'neighbourhood'))
    ), piece AS (
      SELECT j.code, j.name, j.year, j.fault, j.codeless, j.written,
             CASE WHEN j.fault IS NULL THEN wmo.polygons_of(j.shape, false)
                  WHEN $2 AND NOT j.codeless AND j.fault <> 'no shape' AND wmo.position_fault(j.shape) IS NULL
                    THEN wmo.polygons_of(j.shape, true) END AS shape
      FROM judged j
    )
    SELECT p.code, coalesce(min(p.name), CASE WHEN p.codeless THEN '(no name)' END),
           CASE WHEN NOT p.codeless THEN coalesce($1, wmo.level(p.code)) END, max(p.year),
           CASE WHEN bool_and(p.shape IS NOT NULL) THEN wmo.merged_shape(array_agg(p.shape)) END, count(*)::integer,
           string_agg(DISTINCT coalesce(p.fault, CASE WHEN p.shape IS NULL THEN 'no polygon' END), '; '),
           bool_or(p.fault IS NOT NULL) AND bool_and(p.shape IS NOT NULL),
           string_agg(DISTINCT p.name, ', ') FILTER (WHERE p.code IS NOT NULL AND p.name <> p.first_name)
    FROM (SELECT p.*, min(p.name) OVER (PARTITION BY p.code) AS first_name FROM piece p) p
    GROUP BY p.code, p.codeless, CASE WHEN p.code IS NULL THEN p.name END, CASE WHEN p.codeless THEN p.written END
    $query$,
    CASE WHEN found_columns.code_column IS NULL THEN 'NULL::wmo.area_code'
      ELSE format('wmo.staged_code(%I::text, %L)', found_columns.code_column, found_columns.level) END,
    coalesce(quote_ident(found_columns.name_column) || '::text', 'NULL::text'),
      coalesce(quote_ident(found_columns.year_column) || '::text', 'NULL::text'),
    found_columns.shape_column, staging, coalesce(quote_ident(found_columns.water_column) || '::text', 'NULL::text'),
    found_columns.code_column IS NULL,
    CASE WHEN found_columns.code_column IS NULL THEN 'NULL::text'
         ELSE format('nullif(btrim(%I::text), '''')', found_columns.code_column) END)
  USING kind, repair;
END
$$;
COMMENT ON FUNCTION wmo.staged_areas(regclass, text, boolean) IS
  'The areas that a staging table holds, one row each: rows of one code (land and water, islands) are merged, ground '
  'abroad (GM0998, GM9999, enclaves) is left out, shapes are brought to RD New, and invalid ones repaired (repaired) '
  'or, when that is not wanted or not possible, left out (shape is null); fault says what was wrong where. A row that '
  'has no code of an area, in a table that has codes, comes out without code and shape. other_names: what other rows '
  'of the same code call it.';

CREATE FUNCTION wmo.ground_taken_on(shape geometry, kind text, after date) RETURNS date
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 20000 SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
BEGIN
  RETURN (
    WITH later AS MATERIALIZED (
      SELECT a.valid, wmo.shared_surface(a.geom, ground_taken_on.shape) AS shared
      FROM wmo.area a
      WHERE a.kind = ground_taken_on.kind AND lower(a.valid) > ground_taken_on.after AND a.geom_basis <> 'schematic'
        AND wmo.boxes_meet(a.geom, ground_taken_on.shape)
    )
    SELECT min(d.day) FROM (SELECT DISTINCT lower(l.valid) AS day FROM later l) d
    WHERE (SELECT sum(l.shared) FROM later l WHERE l.valid @> d.day) > 0.5 * wmo.surface(ground_taken_on.shape));
END
$$;
COMMENT ON FUNCTION wmo.ground_taken_on(geometry, text, date) IS
  'The first day after the given one on which recorded areas of a kind that begin later lie on most of this ground: '
  'from then on it is theirs. Null when there is none.';

CREATE FUNCTION wmo.same_ground(one geometry, other geometry, tolerance double precision) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT wmo.same_shape(one, other)
      OR (tolerance > 0 AND ST_Area(one) + ST_Area(other) - 2 * wmo.shared_surface(one, other) <= tolerance
        * least(ST_Area(one), ST_Area(other)));
END;
COMMENT ON FUNCTION wmo.same_ground(geometry, geometry, double precision) IS
  'Are two shapes the same, but for at most this share of their surface? 0: exactly the same.';

-- What becomes of an edition when a file says how things are on a day:
--   same                          nothing; or, when it was known from a later day only, it begins earlier
--   recorded without shape,
--   or with a drawing             completed: the edition that exists on the day gets its shape
--   begins on that very day       corrected
--   anything else                 ends the day before; a new edition begins
-- An area that the file does not name ends when other areas of its kind in the file lie on most of its ground, for
-- areas of
-- one kind share no ground; the same, the other way round, ends a new edition whose ground other codes have later.
CREATE FUNCTION wmo.load_areas(staging regclass, valid_from date, kind text DEFAULT NULL,
  complete boolean DEFAULT false,
                               tolerance double precision DEFAULT 0, repair boolean DEFAULT true,
                                 source_id integer DEFAULT NULL)
RETURNS TABLE (done text, code wmo.area_code, name text, area_id integer, valid daterange, remark text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
#variable_conflict use_column
DECLARE
  rows_read bigint;
  areas_read bigint;
  spelling text;
BEGIN
  IF staging IS NULL OR valid_from IS NULL OR NOT isfinite(valid_from) THEN
    RAISE EXCEPTION 'areas cannot be loaded without a staging table and a first day'
      USING ERRCODE = 'null_value_not_allowed',
        DETAIL = 'A code means an area only together with days; an edition of CBS begins on 1 January.',
        HINT = 'For example: SELECT * FROM wmo.load_areas(''staging.buurten_2019'', ''2019-01-01'').';
  END IF;
  IF kind NOT IN ('municipality', 'district', 'neighbourhood', 'working_area', 'region', 'other') THEN
    RAISE EXCEPTION 'unknown kind of area "%"', kind
      USING ERRCODE = 'invalid_parameter_value',
        DETAIL = 'Areas are of one of the kinds municipality, district, neighbourhood, working_area, region and other.',
        HINT = 'Leave it out to take the kind from the codes.';
  END IF;
  IF NOT tolerance BETWEEN 0 AND 0.5 THEN
    RAISE EXCEPTION 'tolerance % is not a share from 0 to 0.5', tolerance
      USING ERRCODE = 'invalid_parameter_value',
        DETAIL = 'It is the share of its surface that a border may shift without making a new edition.',
        HINT = 'Use 0 for exact boundaries and about 0.02 for simplified ones.';
  END IF;

  LOCK TABLE wmo.area IN SHARE ROW EXCLUSIVE MODE;
  IF to_regclass('pg_temp.area_load') IS NOT NULL THEN
    DROP TABLE pg_temp.area_load; -- of a call that was broken off in this transaction
  END IF;
  CREATE TEMPORARY TABLE area_load ON COMMIT DROP AS
    SELECT s.code, s.name, s.area_kind, s.shape, s.rows, s.fault, s.repaired, s.other_names,
           NULL::integer AS current_id, NULL::integer AS later_id, NULL::integer AS area_id, NULL::text AS done,
             NULL::text AS remark, NULL::text AS key,
           false AS same, false AS same_later, false AS fresh
    FROM wmo.staged_areas(load_areas.staging, load_areas.kind, load_areas.repair) s;
  SELECT sum(l.rows), count(*) FILTER (WHERE l.area_kind IS NOT NULL) INTO rows_read, areas_read
  FROM pg_temp.area_load l;
  IF areas_read = 0 THEN
    RAISE EXCEPTION 'table "%" holds no areas%', staging, coalesce(' of kind ' || kind, '')
      USING ERRCODE = 'no_data_found', DETAIL = 'No row has a code or name of such an area.',
        HINT = 'See what wmo.staged_columns and wmo.staged_areas make of it.';
  END IF;
  RAISE NOTICE 'read % areas from % rows of %', areas_read, rows_read, staging;
  ANALYZE pg_temp.area_load;

  -- a layer with names only: the code that the registry has for the name on that day, or at all, where it is one
  FOREACH spelling IN ARRAY ARRAY['exact', 'plain'] LOOP
    UPDATE pg_temp.area_load l SET code = found.code, remark = 'code by its name'
    FROM (
      SELECT n.spelled, t.area_kind,
             CASE WHEN count(DISTINCT a.code::text) FILTER (WHERE a.valid @> load_areas.valid_from) = 1
                    THEN wmo.min(a.code) FILTER (WHERE a.valid @> load_areas.valid_from)
                  WHEN count(DISTINCT a.code::text)
                    FILTER (WHERE a.valid @> load_areas.valid_from) = 0 AND count(DISTINCT a.code::text) = 1
                    THEN wmo.min(a.code) END AS code
      FROM pg_temp.area_load t
      CROSS JOIN LATERAL (SELECT CASE spelling WHEN 'plain' THEN wmo.plain_name(t.name) ELSE t.name END AS spelled) n
      JOIN wmo.area a ON a.kind = t.area_kind AND CASE spelling WHEN 'plain' THEN wmo.plain_name(a.name)
        ELSE a.name END = n.spelled
      WHERE t.code IS NULL
      GROUP BY n.spelled, t.area_kind
      HAVING count(DISTINCT t.name) = 1
    ) found
    WHERE found.code IS NOT NULL AND l.code IS NULL AND CASE spelling WHEN 'plain' THEN wmo.plain_name(l.name)
      ELSE l.name END = found.spelled AND l.area_kind = found.area_kind
      AND NOT EXISTS (SELECT FROM pg_temp.area_load taken WHERE taken.code OPERATOR(wmo.=) found.code);
  END LOOP;

  UPDATE pg_temp.area_load l SET key = coalesce(l.code::text, l.area_kind || ' ' || l.name);
  ANALYZE pg_temp.area_load;
  UPDATE pg_temp.area_load l SET current_id = e.current_id, later_id = e.later_id
  FROM (
    SELECT coalesce(a.code::text, a.kind || ' ' || a.name) AS key, min(a.id)
           FILTER (WHERE a.valid @> load_areas.valid_from) AS current_id,
           (array_agg(a.id ORDER BY lower(a.valid), a.id) FILTER (WHERE lower(a.valid) > load_areas.valid_from))[1]
             AS later_id
    FROM wmo.area a GROUP BY 1
  ) e
  WHERE e.key = l.key;
  -- a name may be missing, or be only another spelling of the one by which the code was found
  UPDATE pg_temp.area_load l SET name = coalesce(
    (SELECT a.name FROM wmo.area a WHERE a.id = coalesce(l.current_id, l.later_id)),
    (SELECT a.name FROM wmo.area a WHERE a.code OPERATOR(wmo.=) l.code AND upper(a.valid) <= load_areas.valid_from
      ORDER BY upper(a.valid) DESC LIMIT 1),
    l.name, l.code::text)
  WHERE l.name IS NULL OR l.remark = 'code by its name';
  UPDATE pg_temp.area_load l SET
    -- Middelburg (Z.) is Middelburg
    same = coalesce((SELECT wmo.plain_name(a.name) = wmo.plain_name(l.name)
      AND wmo.same_ground(a.geom, l.shape, load_areas.tolerance) FROM wmo.area a WHERE a.id = l.current_id), false),
    same_later = coalesce((SELECT wmo.plain_name(a.name) = wmo.plain_name(l.name) AND a.geom_basis <> 'schematic'
      AND wmo.same_ground(a.geom, l.shape, load_areas.tolerance)
                           FROM wmo.area a WHERE a.id = l.later_id), false)
  WHERE l.shape IS NOT NULL AND num_nonnulls(l.current_id, l.later_id) > 0;
  ANALYZE pg_temp.area_load;
  RAISE NOTICE 'compared with the editions that the registry has';

  UPDATE pg_temp.area_load l SET
    area_id = coalesce(l.current_id, CASE WHEN l.same_later THEN l.later_id END),
    done = CASE
      WHEN l.shape IS NULL THEN 'refused'
      WHEN l.current_id IS NULL THEN CASE WHEN l.same_later THEN 'begins earlier' ELSE 'added' END
      WHEN (SELECT coalesce(a.geom_basis, 'schematic') = 'schematic' FROM wmo.area a WHERE a.id = l.current_id)
        THEN 'completed'
      WHEN l.same THEN 'unchanged'
      WHEN (SELECT lower(a.valid) = load_areas.valid_from FROM wmo.area a WHERE a.id = l.current_id) THEN 'corrected'
      ELSE 'changed' END,
    remark = nullif(concat_ws('; ', l.remark,
      CASE WHEN l.shape IS NULL THEN l.fault WHEN l.repaired THEN 'repaired: ' || l.fault END,
      'the file also names it ' || l.other_names,
      CASE WHEN l.current_id IS NOT NULL
        AND NOT l.same THEN (SELECT 'the registry names it ' || a.name FROM wmo.area a
        WHERE a.id = l.current_id AND a.name <> l.name) END), '');

  UPDATE wmo.area a SET geom = l.shape, geom_basis = 'official',
    source_id = coalesce(load_areas.source_id, a.source_id),
                        name = CASE l.done WHEN 'completed' THEN a.name ELSE l.name END
  FROM pg_temp.area_load l WHERE a.id = l.current_id AND l.done IN ('completed', 'corrected');

  UPDATE wmo.area a SET valid = daterange(lower(a.valid), load_areas.valid_from)
  FROM pg_temp.area_load l WHERE a.id = l.current_id AND l.done = 'changed';
  -- what the file shows may be known already, from the day on which the edition before ended
  UPDATE wmo.area a SET valid = daterange(load_areas.valid_from, upper(a.valid))
  FROM pg_temp.area_load l
  WHERE a.id = l.later_id AND l.same_later
    AND (l.done = 'begins earlier'
         OR l.done = 'changed' AND NOT EXISTS (SELECT FROM wmo.area gap
           WHERE gap.code OPERATOR(wmo.=) l.code AND gap.id NOT IN (l.current_id, l.later_id)
                                                 AND gap.valid && daterange(load_areas.valid_from, lower(a.valid))));
  UPDATE pg_temp.area_load l SET area_id = l.later_id
  WHERE l.done = 'changed' AND l.same_later
    AND (SELECT lower(a.valid) = load_areas.valid_from FROM wmo.area a WHERE a.id = l.later_id);

  UPDATE pg_temp.area_load l SET area_id = nextval('wmo.area_id_seq'), fresh = true
  WHERE l.done = 'added' OR l.done = 'changed' AND l.area_id = l.current_id;
  INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis, source_id)
  SELECT l.area_id, l.code, l.name, l.area_kind,
         daterange(load_areas.valid_from,
                   CASE WHEN l.later_id IS NULL THEN wmo.ground_taken_on(l.shape, l.area_kind, load_areas.valid_from)
                        ELSE (SELECT lower(a.valid) FROM wmo.area a WHERE a.id = l.later_id) END),
         l.shape, 'official', load_areas.source_id
  FROM pg_temp.area_load l
  WHERE l.fresh;
  RAISE NOTICE 'written; looking for areas that are no more';

  RETURN QUERY
  WITH absent AS MATERIALIZED (
    SELECT a.id, a.code, a.name, a.kind, a.valid, CASE WHEN a.geom_basis <> 'schematic' THEN a.geom END AS geom
    FROM wmo.area a
    WHERE a.kind IN (SELECT l.area_kind FROM pg_temp.area_load l) AND a.valid @> load_areas.valid_from
      AND a.id NOT IN (SELECT l.area_id FROM pg_temp.area_load l WHERE l.area_id IS NOT NULL
                       UNION ALL SELECT l.current_id FROM pg_temp.area_load l WHERE l.current_id IS NOT NULL)
  ), gone AS MATERIALIZED (
    SELECT a.id, a.code, a.name, a.valid
    FROM absent a
    WHERE load_areas.complete
       OR 0.5 * wmo.surface(a.geom) < (SELECT sum(wmo.shared_surface(a.geom, l.shape)) FROM pg_temp.area_load l
                                       WHERE l.area_kind = a.kind AND wmo.boxes_meet(l.shape, a.geom))
  ), ended AS (
    UPDATE wmo.area a SET valid = daterange(lower(a.valid), load_areas.valid_from)
    FROM gone g WHERE a.id = g.id AND lower(a.valid) IS DISTINCT FROM load_areas.valid_from
    RETURNING a.id, a.valid
  )
  -- new values: long ones may be stored in the table that is dropped below
  SELECT l.done, l.code, l.name || '', a.id, a.valid, l.remark || ''
  FROM pg_temp.area_load l LEFT JOIN wmo.area a ON a.id = l.area_id
  UNION ALL
  SELECT CASE WHEN e.id IS NULL THEN 'in conflict' ELSE 'ended' END, g.code, g.name, g.id, coalesce(e.valid, g.valid),
         CASE WHEN e.id IS NULL THEN 'begins on the same day and is not in the file, which has other areas on its '
                                     'ground' END
  FROM gone g LEFT JOIN ended e ON e.id = g.id;
  DROP TABLE pg_temp.area_load;
END
$$;
COMMENT ON FUNCTION wmo.load_areas(regclass, date, text, boolean, double precision, boolean, integer) IS
  'Loads a staging table as the edition of valid_from and says, area by area, what it did: added, unchanged, begins '
  'earlier, changed (the edition before ends), corrected (the edition of that very day), completed (an edition '
  'without shape, or with a drawing, got its own), ended (not in the file: its ground has gone to others, or complete '
  'says that the file is all there is of its kind), in conflict, or refused (remark says why). A second time it '
  'changes nothing. tolerance: the share of its surface that a simplified border may shift without making a new '
  'edition. repair false: invalid shapes are refused.';
