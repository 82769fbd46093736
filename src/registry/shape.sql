-- shape: what is ground, and what is only a sliver.
-- Relies on area and geometry, and on the library (shape_index.c).
--
-- Simplified borders of neighbours share and leave strips. Whatever compares shapes asks here whether they share
-- ground.

CREATE FUNCTION wmo_works.sliver_width() RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT 50.0::double precision;
END;
COMMENT ON FUNCTION wmo_works.sliver_width() IS
  'How wide, in metres, ground must be somewhere to be more than a sliver: simplified borders of neighbours leave and '
  'share strips narrower than this.';

CREATE FUNCTION wmo_works.is_sliver(shape geometry) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000 -- not STRICT: so that it is inlined
BEGIN ATOMIC
  -- a circle of that width has an area and a box; twice the area by the perimeter bounds the widest circle from below;
  -- only what is left is eroded
  SELECT CASE WHEN NOT ST_Area(shape) > pi() / 4::float8 * wmo_works.sliver_width() ^ 2::float8 THEN true
              WHEN least(ST_XMax(shape::box3d) - ST_XMin(shape::box3d),
                         ST_YMax(shape::box3d) - ST_YMin(shape::box3d)) < wmo_works.sliver_width()
                THEN true
              WHEN 2::float8 * ST_Area(shape) / ST_Perimeter(shape) >= wmo_works.sliver_width() THEN false
              ELSE ST_IsEmpty(ST_Buffer(shape, -wmo_works.sliver_width() / 2::float8, 'quad_segs=2'::text)) END;
END;
COMMENT ON FUNCTION wmo_works.is_sliver(geometry) IS
  'Is a shape in RD New nowhere as wide as wmo_works.sliver_width()? True for an empty one.';

CREATE FUNCTION wmo_works.ground_of(shape geometry) RETURNS geometry
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
BEGIN ATOMIC
  SELECT ST_Multi(ST_Collect(d.geom)) FROM ST_Dump(ST_CollectionExtract(shape, 3)) d
  WHERE NOT wmo_works.is_sliver(d.geom);
END;
COMMENT ON FUNCTION wmo_works.ground_of(geometry) IS
  'The polygons of a shape that are more than slivers; null when there are none.';

CREATE FUNCTION wmo_works.ground_shared(one geometry, other geometry) RETURNS geometry
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
  -- least and greatest: an overlay may differ in its last digits by the order of its arguments, the answer may not
  SELECT CASE WHEN one = other THEN one
         WHEN one && other THEN wmo_works.ground_of(ST_Intersection(least(one, other), greatest(one, other))) END;
END;
COMMENT ON FUNCTION wmo_works.ground_shared(geometry, geometry) IS
  'The ground that two shapes in RD New share, without slivers; null when there is none. Of two identical shapes all '
  'of it, however narrow.';

CREATE FUNCTION wmo_works.shares_ground(one geometry, other geometry) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT wmo_works.ground_shared(one, other) IS NOT NULL;
END;
COMMENT ON FUNCTION wmo_works.shares_ground(geometry, geometry) IS
  'Do two shapes in RD New share more than slivers? The operator &&~.';

CREATE OPERATOR wmo_works.&&~ (
  LEFTARG = geometry, RIGHTARG = geometry, FUNCTION = wmo_works.shares_ground, COMMUTATOR = OPERATOR(wmo_works.&&~),
  RESTRICT = gserialized_gist_sel_2d, JOIN = gserialized_gist_joinsel_2d
);
COMMENT ON OPERATOR wmo_works.&&~ (geometry, geometry) IS
  'The interiors share more than a sliver. Function twin: wmo_works.shares_ground.';

CREATE FUNCTION wmo_works.shares_ground_consistent(internal, geometry, smallint, oid, internal) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_shares_ground_consistent';
COMMENT ON FUNCTION wmo_works.shares_ground_consistent(internal, geometry, smallint, oid, internal) IS
  'GiST: boxes that meet may share ground; the operator itself is asked about each row.';

-- The keys are the boxes of PostGIS, and so is everything that is done with them: only what is asked of them is new.
CREATE OPERATOR CLASS wmo_works.ground_ops FOR TYPE geometry USING gist AS
  STORAGE box2df,
  OPERATOR 3 wmo_works.&&~, -- the number by which PostGIS knows boxes that meet
  FUNCTION 1 wmo_works.shares_ground_consistent(internal, geometry, smallint, oid, internal),
  FUNCTION 2 geometry_gist_union_2d(bytea, internal),
  FUNCTION 3 geometry_gist_compress_2d(internal),
  FUNCTION 4 geometry_gist_decompress_2d(internal),
  FUNCTION 5 geometry_gist_penalty_2d(internal, internal, internal),
  FUNCTION 6 geometry_gist_picksplit_2d(internal, internal),
  FUNCTION 7 geometry_gist_same_2d(geometry, geometry, internal);
COMMENT ON OPERATOR CLASS wmo_works.ground_ops USING gist IS
  'Shapes that share more than a sliver, for exclusion constraints: by the boxes of PostGIS, each candidate asked '
  'exactly.';
COMMENT ON OPERATOR FAMILY wmo_works.ground_ops USING gist IS 'Shapes that share more than a sliver.';

-- ---- codes: what they say about ground within an edition ------------------------------------------------------------

CREATE FUNCTION wmo_works.shape_days(area_id integer) RETURNS datemultirange
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 200
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
  RETURN (
    SELECT coalesce(range_agg(e.valid), '{}')
    FROM wmo.area a
    JOIN wmo.area e ON e.code OPERATOR(@extschema@.=) a.code
      AND (e.id = a.id OR (e.geom IS NOT NULL AND wmo_works.identical(e.geom, a.geom)
                          AND 'schematic' NOT IN (e.geom_basis, a.geom_basis)))
    WHERE a.id = shape_days.area_id);
END
$$;
COMMENT ON FUNCTION wmo_works.shape_days(integer) IS
  'The days on which the code of an area meant this very territory: those of its edition, and of others with the same '
  'boundary. On these days other codes lie in it, around it or beside it, as their digits say. Empty without a code.';

CREATE FUNCTION wmo_works.codes_apart(code wmo.area_code, days datemultirange, other_code wmo.area_code,
                                      other_days datemultirange) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT coalesce(days && other_days
                  AND NOT (code OPERATOR(@extschema@.@>) other_code OR other_code OPERATOR(@extschema@.@>) code),
                  false);
END;
COMMENT ON FUNCTION wmo_works.codes_apart(wmo.area_code, datemultirange, wmo.area_code, datemultirange) IS
  'Do two codes say that their areas share no ground: both meant it on some day, and neither contains the other?';

CREATE FUNCTION wmo_works.code_span(code wmo.area_code) RETURNS int8range
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT int8range(wmo_works.area_code_number(code), wmo_works.area_code_number(wmo.last_descendant(code)), '[]');
END;
COMMENT ON FUNCTION wmo_works.code_span(wmo.area_code) IS
  'A code and all that it contains as a range of numbers: two codes of which one contains the other have ranges that '
  'meet, others do not.';

-- not in SQL: inlined, it would be no condition of an index, and shapes would be compared before it is asked
CREATE FUNCTION wmo_works.days_apart(one datemultirange, other datemultirange) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_days_apart';
COMMENT ON FUNCTION wmo_works.days_apart(datemultirange, datemultirange) IS
  'Have two sets of days none in common? The operator !&&.';

CREATE OPERATOR wmo_works.!&& (
  LEFTARG = datemultirange, RIGHTARG = datemultirange, FUNCTION = wmo_works.days_apart,
  COMMUTATOR = OPERATOR(wmo_works.!&&)
);
COMMENT ON OPERATOR wmo_works.!&& (datemultirange, datemultirange) IS
  'No day in common. Function twin: wmo_works.days_apart.';

CREATE FUNCTION wmo_works.days_apart_consistent(internal, datemultirange, smallint, oid, internal) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_days_apart_consistent';
COMMENT ON FUNCTION wmo_works.days_apart_consistent(internal, datemultirange, smallint, oid, internal) IS
  'GiST: no key rules it out that two sets of days are apart; the operator itself is asked about each row.';

-- the union of core's own class, which promises a range of any kind, where amvalidate wants that of the key
CREATE FUNCTION wmo_works.days_union(internal, internal) RETURNS daterange
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE
AS 'range_gist_union';
COMMENT ON FUNCTION wmo_works.days_union(internal, internal) IS 'GiST: the range that spans the keys of a page.';

CREATE OPERATOR CLASS wmo_works.days_apart_ops FOR TYPE datemultirange USING gist AS
  STORAGE daterange,
  OPERATOR 1 wmo_works.!&&,
  FUNCTION 1 wmo_works.days_apart_consistent(internal, datemultirange, smallint, oid, internal),
  FUNCTION 2 wmo_works.days_union(internal, internal),
  FUNCTION 3 multirange_gist_compress(internal),
  FUNCTION 5 range_gist_penalty(internal, internal, internal),
  FUNCTION 6 range_gist_picksplit(internal, internal),
  FUNCTION 7 range_gist_same(anyrange, anyrange, internal);
COMMENT ON OPERATOR CLASS wmo_works.days_apart_ops USING gist IS
  'Sets of days without a common one, as a further condition of an exclusion constraint: it finds nothing by itself.';
COMMENT ON OPERATOR FAMILY wmo_works.days_apart_ops USING gist IS 'Sets of days without a common one.';

CREATE FUNCTION wmo.area_shape(area_id integer) RETURNS geometry
LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT coalesce(
    (SELECT a.geom FROM wmo.area a WHERE a.id = area_shape.area_id),
    (SELECT CASE WHEN bool_and(leaf.geom IS NOT NULL) THEN ST_Multi(ST_CollectionExtract(ST_Union(leaf.geom), 3)) END
     FROM wmo_works.area_leaves(area_shape.area_id) l JOIN wmo.area leaf ON leaf.id = l.leaf_id));
END;
COMMENT ON FUNCTION wmo.area_shape(integer) IS
  'The shape of an area in RD New: its own, or that of its smallest parts together, which therefore follows them. '
  'Null while one of the parts has none: half a stadsdeel is no stadsdeel.';

CREATE FUNCTION wmo.area_shape_basis(area_id integer) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000 -- its plan is kept: it is asked for row after row
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  own text := (SELECT a.geom_basis FROM wmo.area a WHERE a.id = area_shape_basis.area_id);
BEGIN
  IF own IS NOT NULL THEN
    RETURN own;
  END IF;
  RETURN (
    SELECT CASE WHEN bool_or(leaf.geom IS NULL) THEN NULL
                WHEN bool_or(leaf.geom_basis = 'schematic') THEN 'schematic'
                ELSE 'derived' END
    FROM wmo_works.area_leaves(area_shape_basis.area_id) l JOIN wmo.area leaf ON leaf.id = l.leaf_id);
END
$$;
COMMENT ON FUNCTION wmo.area_shape_basis(integer) IS
  'What wmo.area_shape rests on: official, derived (made of parts) or schematic (at least one part is a drawing); '
  'null when there is no shape.';

-- ---- where an area lies of which the shape is not known -------------------------------------------------------------

CREATE FUNCTION wmo_works.later_areas(code wmo.area_code, valid daterange) RETURNS SETOF integer
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 500 ROWS 1
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
  IF NOT upper_inf(later_areas.valid) THEN
    RETURN QUERY
    SELECT a.id
    FROM wmo_works.code_holders(later_areas.code, later_areas.valid) h
    JOIN wmo.area a ON a.code OPERATOR(@extschema@.=) h.holder_code AND a.valid && h.days;
  END IF;
END
$$;
COMMENT ON FUNCTION wmo_works.later_areas(wmo.area_code, daterange) IS
  'The municipalities of the registry that hold, later, the ground that a code meant on these days.';

-- Their plans are kept: they are asked pair after pair. What rests on our reading of a source keeps nothing apart.
CREATE FUNCTION wmo_works.records_apart(area_id integer, other_id integer) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 500
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
  RETURN EXISTS (
    WITH mine AS MATERIALIZED (
      SELECT a.* FROM wmo.area_with_wholes(records_apart.area_id) w JOIN wmo.area a ON a.id = w.whole_id
      WHERE NOT w.inferred
    ), theirs AS MATERIALIZED (
      SELECT a.* FROM wmo.area_with_wholes(records_apart.other_id) w JOIN wmo.area a ON a.id = w.whole_id
      WHERE NOT w.inferred
    ), my_code AS (
      SELECT m.code, m.valid AS days FROM mine m
      UNION ALL
      SELECT h.holder_code, h.days FROM mine m CROSS JOIN LATERAL wmo_works.code_holders(m.code, m.valid) h
      WHERE NOT upper_inf(m.valid)
    ), their_code AS (
      SELECT t.code, t.valid AS days FROM theirs t
      UNION ALL
      SELECT h.holder_code, h.days FROM theirs t CROSS JOIN LATERAL wmo_works.code_holders(t.code, t.valid) h
      WHERE NOT upper_inf(t.valid)
    )
    SELECT FROM my_code m JOIN their_code t
      ON wmo_works.codes_apart(m.code, datemultirange(m.days), t.code, datemultirange(t.days))
    UNION ALL
    -- parts divide a whole on the days on which both exist
    SELECT FROM mine m
    JOIN theirs t ON t.kind = m.kind AND t.id <> m.id AND t.valid && m.valid
    JOIN wmo.area_part p ON p.part_id = m.id
    JOIN wmo.area_part q ON q.part_id = t.id AND q.whole_id = p.whole_id
    WHERE t.id NOT IN (SELECT x.id FROM mine x) AND m.id NOT IN (SELECT x.id FROM theirs x)
      AND NOT EXISTS (SELECT FROM wmo.source so
                      WHERE so.id IN (p.source_id, q.source_id) AND so.basis = 'inferred'));
END
$$;
COMMENT ON FUNCTION wmo_works.records_apart(integer, integer) IS
  'Do the records say that two areas share no ground: the codes of what they lie in, then or later, or that they lie '
  'in different parts of one whole, of one kind and of the same days?';

CREATE FUNCTION wmo_works.bounding_shape(area_id integer) RETURNS geometry
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 500
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
  RETURN (
    SELECT wide.geom
    FROM wmo.area a
    JOIN wmo.area wide ON wide.id <> a.id AND wmo_works.is_boundary(wide.geom_basis, wide.source_id)
     AND (wide.id IN (SELECT w.whole_id FROM wmo.area_with_wholes(a.id) w WHERE NOT w.inferred)
          OR (wide.code OPERATOR(@extschema@.@>) a.code AND wide.valid && a.valid)
          OR wide.id IN (SELECT l FROM wmo_works.later_areas(a.code, a.valid) l))
    WHERE a.id = bounding_shape.area_id
    ORDER BY wmo_works.surface(wide.geom), wide.id LIMIT 1);
END
$$;
COMMENT ON FUNCTION wmo_works.bounding_shape(integer) IS
  'The smallest shape that an area without one must lie in: that of a whole, of a code that contains its code, or of a '
  'municipality that holds its ground later; null when none is known, or only a drawing.';

CREATE FUNCTION wmo_works.shapes_may_meet(area_id integer, shape geometry, other_id integer, other_shape geometry)
RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 20000
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
  RETURN (
    SELECT CASE WHEN b.one IS NULL OR b.other IS NULL THEN true
                ELSE wmo_works.boxes_meet(b.one, b.other) AND wmo_works.ground_shared(b.one, b.other) IS NOT NULL END
    FROM (SELECT coalesce(shape, wmo_works.bounding_shape(shapes_may_meet.area_id)) AS one,
                 coalesce(other_shape, wmo_works.bounding_shape(shapes_may_meet.other_id)) AS other
          OFFSET 0) b);
END
$$;
COMMENT ON FUNCTION wmo_works.shapes_may_meet(integer, geometry, integer, geometry) IS
  'Can two areas share ground, of which one has no shape, going by the smallest shapes that they must lie in?';
