-- areas_match: the first step of loading boundaries; what the areas of a file are in this registry.
-- Relies on staging (which column holds what), geometry, shape and municipality; writes nothing.
--
-- The areas of a file pass from step to step as an array, their shapes in a second one of the same order: shapes are
-- large, and need not be copied each time that something is found out about their areas. The planner does not know how
-- long an array is; nested loops over what it takes for a handful are switched off.

CREATE TYPE wmo_works.area_load AS (
  row_no      integer,
  code        wmo.area_code,
  name        text,
  kind        text,
  fault       text,
  repaired    boolean,
  other_names text,
  current_id  integer,
  later_id    integer,
  same        boolean,
  same_later  boolean,
  done        text,
  area_id     integer,
  fresh       boolean,
  remark      text
);
COMMENT ON TYPE wmo_works.area_load IS 'An area of a file, and what becomes of it.';
COMMENT ON COLUMN wmo_works.area_load.row_no IS 'Its place in the array, and that of its shape among the shapes.';
COMMENT ON COLUMN wmo_works.area_load.code IS 'Its code: of the file, or found by its name.';
COMMENT ON COLUMN wmo_works.area_load.name IS 'Its name.';
COMMENT ON COLUMN wmo_works.area_load.kind IS 'Its kind; null = a row that has no code of an area.';
COMMENT ON COLUMN wmo_works.area_load.fault IS 'What is wrong with its shape.';
COMMENT ON COLUMN wmo_works.area_load.repaired IS 'Whether its shape was mended.';
COMMENT ON COLUMN wmo_works.area_load.other_names IS 'What other rows of the same code call it.';
COMMENT ON COLUMN wmo_works.area_load.current_id IS 'Its edition that the registry has for the first day.';
COMMENT ON COLUMN wmo_works.area_load.later_id IS 'Its first edition that begins after that day.';
COMMENT ON COLUMN wmo_works.area_load.same IS 'Whether the edition of the day has its name and ground.';
COMMENT ON COLUMN wmo_works.area_load.same_later IS 'Whether the later one has, and is no drawing.';
COMMENT ON COLUMN wmo_works.area_load.done IS 'What is done with it, as wmo.load_areas says it.';
COMMENT ON COLUMN wmo_works.area_load.area_id IS 'The edition that it is, or becomes.';
COMMENT ON COLUMN wmo_works.area_load.fresh IS 'Whether that is a new one.';
COMMENT ON COLUMN wmo_works.area_load.remark IS 'What there is to say about it.';

CREATE FUNCTION wmo_works.same_ground(one geometry, other geometry, tolerance double precision) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT wmo_works.same_shape(one, other)
      OR (tolerance > 0::float8 AND ST_Area(one) + ST_Area(other) - 2::float8 * wmo_works.shared_surface(one, other)
        <= tolerance * least(ST_Area(one), ST_Area(other)));
END;
COMMENT ON FUNCTION wmo_works.same_ground(geometry, geometry, double precision) IS
  'Are two shapes the same, but for at most this share of their surface? 0: exactly the same.';

CREATE FUNCTION wmo_works.read_areas(staging regclass, kind text, repair boolean, OUT areas wmo_works.area_load[],
                                     OUT shapes geometry[])
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  rows_read bigint;
  areas_read bigint;
BEGIN
  SELECT array_agg((s.row_no, s.code, s.name, s.area_kind, s.fault, s.repaired, s.other_names, NULL, NULL, false, false,
                    NULL, NULL, false, NULL)::wmo_works.area_load),
         array_agg(s.shape), sum(s.rows), count(s.area_kind)
  INTO areas, shapes, rows_read, areas_read
  FROM (SELECT row_number() OVER () AS row_no, a.*
        FROM wmo_works.staged_areas(read_areas.staging, read_areas.kind, read_areas.repair) a) s;
  IF areas_read = 0 THEN
    RAISE EXCEPTION 'table "%" holds no areas%', staging, coalesce(' of kind ' || read_areas.kind, '')
      USING ERRCODE = 'no_data_found', DETAIL = 'No row has a code or name of such an area.',
        HINT = 'See what wmo_works.staged_columns and wmo_works.staged_areas make of it.';
  END IF;
  RAISE NOTICE 'read % areas from % rows of %', areas_read, rows_read, staging;
END
$$;
COMMENT ON FUNCTION wmo_works.read_areas(regclass, text, boolean) IS
  'The areas of a staging table and their shapes, in the same order; an error when it holds none.';

CREATE FUNCTION wmo_works.find_area_codes(INOUT areas wmo_works.area_load[], valid_from date)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET enable_nestloop = off
AS $$
DECLARE
  spelling text;
  found_code record;
BEGIN
  FOR found_code IN
    SELECT one.row_no, one.code::wmo.area_code AS code
    FROM (SELECT t.row_no, t.code, count(*) OVER (PARTITION BY t.code) AS rows
          FROM (SELECT l.row_no, min(m.code::text) AS code
                FROM unnest(areas) l
                JOIN wmo_works.municipality_names() m
                  ON m.key = wmo_works.municipality_key(l.name) AND m.valid @> find_area_codes.valid_from
                WHERE l.code IS NULL AND l.kind = 'municipality'
                GROUP BY l.row_no HAVING count(DISTINCT m.code::text) = 1) t) one
    WHERE one.rows = 1 AND NOT EXISTS (SELECT FROM unnest(areas) taken WHERE taken.code::text = one.code)
  LOOP
    areas[found_code.row_no].code := found_code.code;
    areas[found_code.row_no].remark := 'code by its name';
  END LOOP;
  -- what is no municipality of that day: by the exact name, and then by its letters alone
  FOREACH spelling IN ARRAY ARRAY['exact', 'plain'] LOOP
    EXIT WHEN NOT EXISTS (SELECT FROM unnest(areas) l WHERE l.code IS NULL AND l.kind IS NOT NULL);
    FOR found_code IN
      WITH nameless AS MATERIALIZED (
        SELECT s.row_no, s.kind, s.spelled, min(s.name) OVER spelled = max(s.name) OVER spelled AS one_name
        FROM (SELECT l.row_no, l.kind, l.name,
                     CASE spelling WHEN 'plain' THEN wmo_works.plain_name(l.name) ELSE l.name END AS spelled
              FROM unnest(areas) l WHERE l.code IS NULL) s
        WINDOW spelled AS (PARTITION BY s.kind, s.spelled)
      ), named AS (
        SELECT a.kind, CASE spelling WHEN 'plain' THEN wmo_works.plain_name(a.name) ELSE a.name END AS spelled,
               a.code, a.valid @> find_area_codes.valid_from AS lives
        FROM wmo.area a WHERE a.code IS NOT NULL
      ), known AS (
        -- the code that the registry has for the name on that day, or at all, where it is one
        SELECT n.kind, n.spelled,
               CASE WHEN count(DISTINCT n.code::text) FILTER (WHERE n.lives) = 1
                      THEN @extschema@.min(n.code) FILTER (WHERE n.lives)
                    WHEN NOT bool_or(n.lives) AND count(DISTINCT n.code::text) = 1
                      THEN @extschema@.min(n.code) END AS code
        FROM named n GROUP BY n.kind, n.spelled
      )
      SELECT n.row_no, k.code FROM nameless n JOIN known k ON k.kind = n.kind AND k.spelled = n.spelled
      WHERE n.one_name AND k.code IS NOT NULL
        AND NOT EXISTS (SELECT FROM unnest(areas) taken WHERE taken.code::text = k.code::text)
    LOOP
      areas[found_code.row_no].code := found_code.code;
      areas[found_code.row_no].remark := 'code by its name';
    END LOOP;
  END LOOP;
END
$$;
COMMENT ON FUNCTION wmo_works.find_area_codes(wmo_works.area_load[], date) IS
  'Gives the areas of a layer with names only their codes: of municipalities those that go by these names on the day, '
  'of others those that the registry knows by them.';

CREATE FUNCTION wmo_works.find_area_editions(INOUT areas wmo_works.area_load[], valid_from date)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET enable_nestloop = off
AS $$
DECLARE
  met record;
BEGIN
  FOR met IN
    WITH named AS (
      -- municipalities that the registry has by name only, where the code that goes by it is still free on their days
      SELECT a.id, min(m.code::text) AS code
      FROM wmo.area a
      JOIN wmo_works.municipality_names() m
        ON m.key = wmo_works.municipality_key(a.name) AND m.valid @> find_area_editions.valid_from
      WHERE a.code IS NULL AND a.kind = 'municipality' AND a.valid @> find_area_editions.valid_from
        AND NOT EXISTS (SELECT FROM wmo.area c WHERE c.code::text = m.code::text AND c.valid && a.valid)
      GROUP BY a.id HAVING count(DISTINCT m.code::text) = 1
    ), edition AS (
      SELECT coalesce(a.code::text, n.code, a.kind || ' ' || a.name) AS key,
             min(a.id) FILTER (WHERE a.valid @> find_area_editions.valid_from) AS current_id,
             (array_agg(a.id ORDER BY lower(a.valid), a.id)
               FILTER (WHERE lower(a.valid) > find_area_editions.valid_from))[1] AS later_id
      FROM wmo.area a LEFT JOIN named n ON n.id = a.id GROUP BY 1
    )
    SELECT l.row_no, e.current_id, e.later_id,
           -- a name may be missing, or be only another spelling of the one by which the code was found
           CASE WHEN l.name IS NULL OR l.remark = 'code by its name' THEN coalesce(
             (SELECT a.name FROM wmo.area a WHERE a.id = coalesce(e.current_id, e.later_id)),
             (SELECT a.name FROM wmo.area a
              WHERE a.code OPERATOR(@extschema@.=) l.code AND upper(a.valid) <= find_area_editions.valid_from
              ORDER BY upper(a.valid) DESC LIMIT 1),
             l.name, l.code::text) ELSE l.name END AS name
    FROM unnest(areas) l LEFT JOIN edition e ON e.key = coalesce(l.code::text, l.kind || ' ' || l.name)
  LOOP
    areas[met.row_no].current_id := met.current_id;
    areas[met.row_no].later_id := met.later_id;
    areas[met.row_no].name := met.name;
  END LOOP;
END
$$;
COMMENT ON FUNCTION wmo_works.find_area_editions(wmo_works.area_load[], date) IS
  'Finds the editions that the registry has of the areas of a file: by code, which a municipality without one has by '
  'its name, else by kind and name.';

CREATE FUNCTION wmo_works.compare_areas(INOUT areas wmo_works.area_load[], shapes geometry[], valid_from date,
                                        tolerance double precision)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET enable_nestloop = off
AS $$
DECLARE
  compared record;
BEGIN
  FOR compared IN
    SELECT l.row_no, verdict.same, verdict.same_later,
           CASE WHEN s.shape IS NULL THEN 'refused'
                WHEN l.current_id IS NULL THEN CASE WHEN verdict.same_later THEN 'begins earlier' ELSE 'added' END
                WHEN coalesce(now.geom_basis, 'schematic') = 'schematic' THEN 'completed'
                WHEN verdict.same THEN 'unchanged'
                WHEN lower(now.valid) = compare_areas.valid_from THEN 'corrected'
                ELSE 'changed' END AS done,
           concat_ws('; ', wmo_works.known_words(l.remark),
             CASE WHEN s.shape IS NULL THEN wmo_works.known_words(l.fault)
                  WHEN l.repaired THEN wmo_works.clause('repaired: %1', wmo_works.known_words(l.fault)) END,
             wmo_works.clause('the file also names it %1', l.other_names),
             CASE WHEN NOT verdict.same AND now.name <> l.name
                  THEN wmo_works.words('the registry names it %1', now.name) END) AS remark
    FROM unnest(areas) l
    JOIN unnest(shapes) WITH ORDINALITY AS s (shape, row_no) ON s.row_no = l.row_no
    LEFT JOIN wmo.area now ON now.id = l.current_id
    LEFT JOIN wmo.area later ON later.id = l.later_id
    CROSS JOIN LATERAL (
      -- Middelburg (Z.) is Middelburg
      SELECT coalesce(wmo_works.plain_name(now.name) = wmo_works.plain_name(l.name)
                      AND wmo_works.same_ground(now.geom, s.shape, compare_areas.tolerance), false) AS same,
             coalesce(wmo_works.plain_name(later.name) = wmo_works.plain_name(l.name)
                      AND later.geom_basis <> 'schematic'
                      AND wmo_works.same_ground(later.geom, s.shape, compare_areas.tolerance), false) AS same_later
      OFFSET 0
    ) verdict
  LOOP
    areas[compared.row_no].same := compared.same;
    areas[compared.row_no].same_later := compared.same_later;
    areas[compared.row_no].done := compared.done;
    areas[compared.row_no].remark := nullif(compared.remark, '');
    areas[compared.row_no].area_id := coalesce(areas[compared.row_no].current_id,
      CASE WHEN compared.same_later THEN areas[compared.row_no].later_id END);
  END LOOP;
END
$$;
COMMENT ON FUNCTION wmo_works.compare_areas(wmo_works.area_load[], geometry[], date, double precision) IS
  'Compares the areas of a file with their editions in the registry, and says what is to be done with each.';
