-- areas: the second step; boundaries from files become editions of wmo.area.
-- Relies on areas_match (what the areas of a file are in the registry), staging and geometry.
--
-- What reads the file (ogr2ogr, ogr_fdw, a COPY) is the user's choice. This room takes any table with shapes and finds
-- its way in the columns that CBS and PDOK have used over the years.
--
-- What becomes of an edition when a file says how things are on a day:
--   same                          nothing; or, when it was known from a later day only, it begins earlier
--   recorded without shape,
--   or with a drawing             completed: the edition that exists on the day gets its shape (and its code)
--   begins on that very day       corrected
--   anything else                 ends the day before; a new edition begins
-- A shape holds for the days on which its municipality had the ground of that day (settle_areas).
-- An area that the file does not name ends when other areas of its kind in the file lie on most of its ground, for
-- areas of one kind share no ground; the same, the other way round, ends a new edition whose ground other codes have
-- later.

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

CREATE FUNCTION wmo_works.write_areas(INOUT areas wmo_works.area_load[], shapes geometry[], valid_from date,
                                      source_id integer)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET jit = off SET enable_nestloop = off
AS $$
#variable_conflict use_column
DECLARE
  reached record;
  place integer;
BEGIN
  UPDATE wmo.area a
  SET geom = s.shape, geom_basis = 'official', source_id = coalesce(write_areas.source_id, a.source_id),
      name = CASE l.done WHEN 'completed' THEN a.name ELSE l.name END,
      code = coalesce(a.code, l.code),
      valid = CASE WHEN a.code IS NULL AND lower_inf(a.valid) AND upper_inf(a.valid) THEN coalesce(m.valid, a.valid)
                   ELSE a.valid END
  FROM unnest(areas) l
  JOIN unnest(shapes) WITH ORDINALITY AS s (shape, row_no) ON s.row_no = l.row_no
  LEFT JOIN wmo.municipality m ON m.code OPERATOR(@extschema@.=) l.code
  WHERE a.id = l.current_id AND l.done IN ('completed', 'corrected');

  UPDATE wmo.area a SET valid = daterange(lower(a.valid), write_areas.valid_from)
  FROM unnest(areas) l WHERE a.id = l.current_id AND l.done = 'changed';

  -- what the file shows may be known already, from the day on which the edition before ended
  FOR reached IN
    UPDATE wmo.area a SET valid = daterange(write_areas.valid_from, upper(a.valid))
    FROM unnest(areas) l
    WHERE a.id = l.later_id AND l.same_later
      AND (l.done = 'begins earlier'
           OR l.done = 'changed' AND NOT EXISTS (
             SELECT FROM wmo.area gap
             WHERE gap.code OPERATOR(@extschema@.=) l.code AND gap.id NOT IN (l.current_id, l.later_id)
               AND gap.valid && daterange(write_areas.valid_from, lower(a.valid))))
    RETURNING l.row_no, a.id
  LOOP
    areas[reached.row_no].area_id := reached.id;
  END LOOP;

  FOR place IN 1 .. cardinality(areas) LOOP
    IF areas[place].done = 'added'
       OR areas[place].done = 'changed' AND areas[place].area_id = areas[place].current_id THEN
      areas[place].area_id := nextval('wmo.area_id_seq');
      areas[place].fresh := true;
    END IF;
  END LOOP;
  INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis, source_id)
  SELECT l.area_id, l.code, l.name, l.kind,
         daterange(write_areas.valid_from,
                   CASE WHEN l.later_id IS NULL THEN wmo_works.ground_taken_on(s.shape, l.kind, write_areas.valid_from)
                        ELSE (SELECT lower(a.valid) FROM wmo.area a WHERE a.id = l.later_id) END),
         s.shape, 'official', write_areas.source_id
  FROM unnest(areas) l JOIN unnest(shapes) WITH ORDINALITY AS s (shape, row_no) ON s.row_no = l.row_no
  WHERE l.fresh;
END
$$;
COMMENT ON FUNCTION wmo_works.write_areas(wmo_works.area_load[], geometry[], date, integer) IS
  'Writes what was found out about the areas of a file, and says which edition each became.';

CREATE FUNCTION wmo_works.end_absent_areas(areas wmo_works.area_load[], shapes geometry[], valid_from date,
                                           complete boolean)
RETURNS TABLE (done text, code wmo.area_code, name text, area_id integer, valid daterange, remark text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET jit = off SET enable_nestloop = off
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH absent AS MATERIALIZED (
    SELECT a.id, a.code, a.name, a.kind, a.valid,
           CASE WHEN a.geom_basis <> 'schematic' THEN wmo_works.surface(a.geom) END AS surface
    FROM wmo.area a
    WHERE a.kind IN (SELECT l.kind FROM unnest(areas) l) AND a.valid @> end_absent_areas.valid_from
      AND a.id NOT IN (SELECT l.area_id FROM unnest(areas) l WHERE l.area_id IS NOT NULL
                       UNION ALL SELECT l.current_id FROM unnest(areas) l WHERE l.current_id IS NOT NULL)
  ), taken AS (
    SELECT b.id, sum(wmo_works.shared_surface(a.geom, s.shape)) AS shared
    FROM unnest(areas) l
    JOIN unnest(shapes) WITH ORDINALITY AS s (shape, row_no) ON s.row_no = l.row_no
    JOIN wmo.area a ON wmo_works.boxes_meet(a.geom, s.shape) AND a.kind = l.kind
    JOIN absent b ON b.id = a.id AND b.surface IS NOT NULL
    GROUP BY b.id
  ), gone AS MATERIALIZED (
    SELECT b.id, b.code, b.name, b.valid
    FROM absent b LEFT JOIN taken t ON t.id = b.id
    WHERE end_absent_areas.complete OR 0.5 * b.surface < t.shared
  ), ended AS (
    UPDATE wmo.area a SET valid = daterange(lower(a.valid), end_absent_areas.valid_from)
    FROM gone g WHERE a.id = g.id AND lower(a.valid) IS DISTINCT FROM end_absent_areas.valid_from
    RETURNING a.id, a.valid
  )
  SELECT CASE WHEN e.id IS NULL THEN 'in conflict' ELSE 'ended' END, g.code, g.name, g.id, coalesce(e.valid, g.valid),
         CASE WHEN e.id IS NULL
              THEN wmo_works.words('begins on the same day and is not in the file, which has other areas on its ground')
         END
  FROM gone g LEFT JOIN ended e ON e.id = g.id;
END
$$;
COMMENT ON FUNCTION wmo_works.end_absent_areas(wmo_works.area_load[], geometry[], date, boolean) IS
  'Ends the areas of the day that a file does not name, where its areas lie on most of their ground or it is complete.';

CREATE FUNCTION wmo_works.namesakes_without_code() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT string_agg(DISTINCT format('%s "%s" and %s (%s)', a.id, a.name, c.id, c.code), ', ')
  FROM wmo.area a
  JOIN wmo_works.municipality_names() m ON m.key = wmo_works.municipality_key(a.name)
  JOIN wmo.area c ON c.code OPERATOR(@extschema@.=) m.code AND c.valid && a.valid
  WHERE a.kind = 'municipality' AND a.code IS NULL AND a.geom IS NULL
    AND (SELECT count(DISTINCT n.code::text) FROM wmo_works.municipality_names() n
         WHERE n.key = m.key AND n.valid && a.valid) = 1;
END;
COMMENT ON FUNCTION wmo_works.namesakes_without_code() IS
  'Municipalities that the registry has twice, with their code and by name only: key and name of the one, key and code '
  'of the other.';

CREATE FUNCTION wmo_works.municipalities_of_other_days(areas wmo_works.area_load[], valid_from date) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT string_agg(format('%s %s (%s)', m.code, m.name, wmo_works.iso_days(m.valid)), ', ' ORDER BY m.code::text)
  FROM unnest(municipalities_of_other_days.areas) l
  JOIN wmo.municipality m ON m.code OPERATOR(@extschema@.=) l.code
  WHERE NOT m.valid @> municipalities_of_other_days.valid_from AND l.done <> 'refused';
END;
COMMENT ON FUNCTION wmo_works.municipalities_of_other_days(wmo_works.area_load[], date) IS
  'The municipalities of a file that did not exist on its first day, with their days.';

CREATE FUNCTION wmo.load_areas(staging regclass, valid_from date, kind text DEFAULT NULL,
                               complete boolean DEFAULT false, tolerance double precision DEFAULT 0,
                               repair boolean DEFAULT true, source_id integer DEFAULT NULL)
RETURNS TABLE (done text, code wmo.area_code, name text, area_id integer, valid daterange, remark text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
#variable_conflict use_column
DECLARE
  file record; -- areas, shapes
  areas wmo_works.area_load[];
  strangers text;
  namesakes text;
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
  SELECT r.areas, r.shapes INTO file FROM wmo_works.read_areas(staging, load_areas.kind, repair) r;
  areas := wmo_works.find_area_codes(file.areas, valid_from);
  areas := wmo_works.find_area_editions(areas, valid_from);
  areas := wmo_works.compare_areas(areas, file.shapes, valid_from, tolerance);
  RAISE NOTICE 'compared with the editions that the registry has';
  areas := wmo_works.write_areas(areas, file.shapes, valid_from, load_areas.source_id);
  PERFORM wmo_works.settle_areas(
    ARRAY(SELECT l.area_id FROM unnest(areas) l
          WHERE l.done IN ('added', 'completed', 'corrected', 'changed') AND l.area_id IS NOT NULL), valid_from);
  RAISE NOTICE 'written; looking for areas that are no more';
  RETURN QUERY
  SELECT l.done, l.code, l.name, a.id, a.valid, l.remark
  FROM unnest(areas) l LEFT JOIN wmo.area a ON a.id = l.area_id;
  RETURN QUERY SELECT e.* FROM wmo_works.end_absent_areas(areas, file.shapes, valid_from, complete) e;
  strangers := wmo_works.municipalities_of_other_days(areas, valid_from);
  IF strangers IS NOT NULL THEN
    RAISE WARNING 'municipalities that did not exist on %: %', wmo_works.iso_day(valid_from), strangers
      USING DETAIL = 'Boundaries of other days say nothing of this one.',
        HINT = 'Load the file with the day of its edition; what came after this release goes into '
               'wmo.municipality_own.';
  END IF;
  namesakes := wmo_works.namesakes_without_code();
  IF namesakes IS NOT NULL THEN
    RAISE WARNING 'areas without a code bear the names of municipalities that the registry has with one: %', namesakes
      USING DETAIL = 'What refers to them is not found by code, and they have no boundary.',
        HINT = 'Make each pair one: SELECT * FROM wmo.merge_areas(gone_id, kept_id).';
  END IF;
END
$$;
COMMENT ON FUNCTION wmo.load_areas(regclass, date, text, boolean, double precision, boolean, integer) IS
  'Loads a staging table as the edition of valid_from and says, area by area, what it did: added, unchanged, begins '
  'earlier, changed (the edition before ends), corrected (the edition of that very day), completed (an edition '
  'without shape, or with a drawing, got its own), ended (not in the file: its ground has gone to others, or complete '
  'says that the file is all there is of its kind), in conflict, or refused (remark says why). A second time it '
  'changes nothing. tolerance: the share of its surface that a simplified border may shift without making a new '
  'edition. repair false: invalid shapes are refused.';
