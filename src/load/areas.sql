-- areas: boundaries from files become editions of wmo.area.
-- Relies on staging (which column holds what), geometry and shape.
--
-- What reads the file (ogr2ogr, ogr_fdw, a COPY) is the user's choice. This room takes any table with shapes and finds
-- its way in the columns that CBS and PDOK have used over the years.

CREATE FUNCTION wmo_works.ground_taken_on(shape geometry, kind text, after date) RETURNS date
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 20000 SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
BEGIN
  RETURN (
    WITH later AS MATERIALIZED (
      SELECT a.valid, wmo_works.shared_surface(a.geom, ground_taken_on.shape) AS shared
      FROM wmo.area a
      WHERE a.kind = ground_taken_on.kind AND lower(a.valid) > ground_taken_on.after AND a.geom_basis <> 'schematic'
        AND wmo_works.boxes_meet(a.geom, ground_taken_on.shape)
    )
    SELECT min(d.day) FROM (SELECT DISTINCT lower(l.valid) AS day FROM later l) d
    WHERE (SELECT sum(l.shared) FROM later l WHERE l.valid @> d.day) > 0.5 * wmo_works.surface(ground_taken_on.shape));
END
$$;
COMMENT ON FUNCTION wmo_works.ground_taken_on(geometry, text, date) IS
  'The first day after the given one on which recorded areas of a kind that begin later lie on most of this ground: '
  'from then on it is theirs. Null when there is none.';

CREATE FUNCTION wmo_works.same_ground(one geometry, other geometry, tolerance double precision) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT wmo_works.same_shape(one, other)
      OR (tolerance > 0 AND ST_Area(one) + ST_Area(other) - 2 * wmo_works.shared_surface(one, other) <= tolerance
        * least(ST_Area(one), ST_Area(other)));
END;
COMMENT ON FUNCTION wmo_works.same_ground(geometry, geometry, double precision) IS
  'Are two shapes the same, but for at most this share of their surface? 0: exactly the same.';

-- What becomes of an edition when a file says how things are on a day:
--   same                          nothing; or, when it was known from a later day only, it begins earlier
--   recorded without shape,
--   or with a drawing             completed: the edition that exists on the day gets its shape
--   begins on that very day       corrected
--   anything else                 ends the day before; a new edition begins
-- An area that the file does not name ends when other areas of its kind in the file lie on most of its ground, for
-- areas of one kind share no ground; the same, the other way round, ends a new edition whose ground other codes have
-- later.
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
    FROM wmo_works.staged_areas(load_areas.staging, load_areas.kind, load_areas.repair) s;
  SELECT sum(l.rows), count(*) FILTER (WHERE l.area_kind IS NOT NULL) INTO rows_read, areas_read
  FROM pg_temp.area_load l;
  IF areas_read = 0 THEN
    RAISE EXCEPTION 'table "%" holds no areas%', staging, coalesce(' of kind ' || kind, '')
      USING ERRCODE = 'no_data_found', DETAIL = 'No row has a code or name of such an area.',
        HINT = 'See what wmo_works.staged_columns and wmo_works.staged_areas make of it.';
  END IF;
  RAISE NOTICE 'read % areas from % rows of %', areas_read, rows_read, staging;
  ANALYZE pg_temp.area_load;

  -- a layer with names only: the code that the registry has for the name on that day, or at all, where it is one
  FOREACH spelling IN ARRAY ARRAY['exact', 'plain'] LOOP
    UPDATE pg_temp.area_load l SET code = found.code, remark = 'code by its name'
    FROM (
      SELECT n.spelled, t.area_kind,
             CASE WHEN count(DISTINCT a.code::text) FILTER (WHERE a.valid @> load_areas.valid_from) = 1
                    THEN @extschema@.min(a.code) FILTER (WHERE a.valid @> load_areas.valid_from)
                  WHEN count(DISTINCT a.code::text)
                    FILTER (WHERE a.valid @> load_areas.valid_from) = 0 AND count(DISTINCT a.code::text) = 1
                    THEN @extschema@.min(a.code) END AS code
      FROM pg_temp.area_load t
      CROSS JOIN LATERAL (SELECT CASE spelling WHEN 'plain' THEN wmo_works.plain_name(t.name)
        ELSE t.name END AS spelled) n
      JOIN wmo.area a ON a.kind = t.area_kind AND CASE spelling WHEN 'plain' THEN wmo_works.plain_name(a.name)
        ELSE a.name END = n.spelled
      WHERE t.code IS NULL
      GROUP BY n.spelled, t.area_kind
      HAVING count(DISTINCT t.name) = 1
    ) found
    WHERE found.code IS NOT NULL AND l.code IS NULL AND CASE spelling WHEN 'plain' THEN wmo_works.plain_name(l.name)
      ELSE l.name END = found.spelled AND l.area_kind = found.area_kind
      AND NOT EXISTS (SELECT FROM pg_temp.area_load taken WHERE taken.code OPERATOR(@extschema@.=) found.code);
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
    (SELECT a.name FROM wmo.area a WHERE a.code OPERATOR(@extschema@.=) l.code
      AND upper(a.valid) <= load_areas.valid_from
      ORDER BY upper(a.valid) DESC LIMIT 1),
    l.name, l.code::text)
  WHERE l.name IS NULL OR l.remark = 'code by its name';
  UPDATE pg_temp.area_load l SET
    -- Middelburg (Z.) is Middelburg
    same = coalesce((SELECT wmo_works.plain_name(a.name) = wmo_works.plain_name(l.name)
      AND wmo_works.same_ground(a.geom, l.shape, load_areas.tolerance) FROM wmo.area a WHERE a.id = l.current_id),
        false),
    same_later = coalesce((SELECT wmo_works.plain_name(a.name) = wmo_works.plain_name(l.name)
      AND a.geom_basis <> 'schematic'
      AND wmo_works.same_ground(a.geom, l.shape, load_areas.tolerance)
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
           WHERE gap.code OPERATOR(@extschema@.=) l.code AND gap.id NOT IN (l.current_id, l.later_id)
                                                 AND gap.valid && daterange(load_areas.valid_from, lower(a.valid))));
  UPDATE pg_temp.area_load l SET area_id = l.later_id
  WHERE l.done = 'changed' AND l.same_later
    AND (SELECT lower(a.valid) = load_areas.valid_from FROM wmo.area a WHERE a.id = l.later_id);

  UPDATE pg_temp.area_load l SET area_id = nextval('wmo.area_id_seq'), fresh = true
  WHERE l.done = 'added' OR l.done = 'changed' AND l.area_id = l.current_id;
  INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis, source_id)
  SELECT l.area_id, l.code, l.name, l.area_kind,
         daterange(load_areas.valid_from,
                   CASE WHEN l.later_id IS NULL THEN wmo_works.ground_taken_on(l.shape, l.area_kind,
                     load_areas.valid_from)
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
       OR 0.5 * wmo_works.surface(a.geom) < (SELECT sum(wmo_works.shared_surface(a.geom, l.shape))
         FROM pg_temp.area_load l
                                       WHERE l.area_kind = a.kind AND wmo_works.boxes_meet(l.shape, a.geom))
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
