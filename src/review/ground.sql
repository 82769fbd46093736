-- ground: areas cut into pieces over which every contract area says the same.
-- Relies on area and shape (registry).
--
-- First by record (the same area, its wholes, the hierarchy of codes within an edition), which is exact and quick; by
-- overlay only where the shapes of two editions or of two namings differ.

CREATE FUNCTION wmo_works.heart(shape geometry) RETURNS geometry
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
  -- 0.9: less than what wmo_works.is_sliver erodes anywhere, whose arcs are drawn with two segments (the cosine of 22.5
  -- degrees is 0.92)
  SELECT CASE WHEN ST_Dimension(shape) = 2
              THEN ST_Buffer(shape, -0.9::float8 * wmo_works.sliver_width() / 2::float8, 'quad_segs=2'::text) END;
END;
COMMENT ON FUNCTION wmo_works.heart(geometry) IS
  'What is left of a shape when a little less than half a sliver is taken off on every side: where the hearts of two '
  'shapes do not meet, the ground that they share is slivers. Null for what is no surface.';

CREATE FUNCTION wmo_works.faces(shape geometry, knives geometry[]) RETURNS TABLE (geom geometry, inside integer[])
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000 ROWS 3
BEGIN ATOMIC
  WITH RECURSIVE face (step, geom, inside) AS (
    SELECT 0, faces.shape, '{}'::integer[]
    UNION ALL
    SELECT f.step + 1, piece.geom, piece.inside
    FROM face f
    CROSS JOIN LATERAL (
      SELECT CASE WHEN f.geom && faces.knives[f.step + 1]
             THEN wmo_works.ground_of(ST_Intersection(f.geom, faces.knives[f.step + 1])) END AS common
      OFFSET 0
    ) shared
    CROSS JOIN LATERAL (
      SELECT CASE WHEN shared.common IS NOT NULL THEN wmo_works.ground_of(ST_Difference(f.geom, shared.common))
             ELSE f.geom END AS rest
      OFFSET 0
    ) other
    CROSS JOIN LATERAL (
      -- a sliver is not cut off: it stays with the ground that it borders
      SELECT CASE WHEN other.rest IS NULL THEN f.geom
             ELSE ST_Multi(ST_CollectionExtract(ST_Difference(f.geom, other.rest), 3)) END AS geom,
             f.inside || (f.step + 1) AS inside
      WHERE shared.common IS NOT NULL
      UNION ALL
      SELECT other.rest, f.inside WHERE other.rest IS NOT NULL
    ) piece
    WHERE f.step < cardinality(faces.knives)
  )
  SELECT f.geom, f.inside FROM face f WHERE f.step = cardinality(faces.knives);
END;
COMMENT ON FUNCTION wmo_works.faces(geometry, geometry[]) IS
  'Cuts a shape along other shapes: each piece with the numbers (from 1) of the shapes it lies in. Slivers are not '
  'cut off, and no ground is lost.';

CREATE FUNCTION wmo_works.shares_a_hundredth(one geometry, other geometry) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT wmo_works.shared_surface(one, other) > 0.01::float8 * least(wmo_works.surface(one), wmo_works.surface(other));
END;
COMMENT ON FUNCTION wmo_works.shares_a_hundredth(geometry, geometry) IS
  'Do two shapes share more than a hundredth of the smaller one? Less is a sliver of simplified borders.';

CREATE TYPE wmo_works.ground_days AS (area_id integer, days datemultirange);
COMMENT ON TYPE wmo_works.ground_days IS 'An area, and the days for which it is asked about, or on which it matters.';

CREATE FUNCTION wmo_works.parts_of_each(area_ids integer[]) RETURNS TABLE (root_id integer, part_id integer)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1000
BEGIN ATOMIC
  WITH RECURSIVE below (root_id, id) AS (
    SELECT DISTINCT u, u FROM unnest(parts_of_each.area_ids) u WHERE u IS NOT NULL
    UNION
    SELECT b.root_id, p.part_id FROM below b JOIN wmo.area_part p ON p.whole_id = b.id
  )
  SELECT b.root_id, b.id FROM below b;
END;
COMMENT ON FUNCTION wmo_works.parts_of_each(integer[]) IS
  'Each of these areas with itself and every recorded part of it, at any depth.';

-- ---- what is cut ----------------------------------------------------------------------------------------------------

CREATE TYPE wmo_works.ground_unit AS (
  area_id   integer,
  remainder boolean,
  part      boolean,
  code      wmo.area_code,
  valid     daterange,
  geom      geometry,
  days      datemultirange,
  drawn     boolean
);
COMMENT ON TYPE wmo_works.ground_unit IS
  'What is cut: a smallest recorded part of the areas asked about, or (remainder) what a whole holds outside the '
  'shapes of its parts, which is then only a part of that whole; with the days for which it is asked about, and '
  'whether its shape is a drawing.';

CREATE FUNCTION wmo_works.ground_units(asked wmo_works.ground_days[]) RETURNS SETOF wmo_works.ground_unit
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 100
BEGIN ATOMIC
  WITH asked_days AS MATERIALIZED (
    SELECT u.id, range_agg(d) AS days
    FROM unnest(ground_units.asked) a
    CROSS JOIN LATERAL wmo.area_with_parts(a.area_id) u (id, inferred)
    CROSS JOIN LATERAL unnest(a.days) d
    GROUP BY u.id
  ), smallest AS (
    SELECT a.id, a.code, a.valid, a.geom,
           a.geom IS NOT NULL AND NOT wmo_works.is_boundary(a.geom_basis, a.source_id) AS drawn, t.days
    FROM asked_days t JOIN wmo.area a ON a.id = t.id
    WHERE NOT EXISTS (SELECT FROM wmo.area_part p WHERE p.whole_id = a.id)
  ), rest AS (
    -- what a whole without a boundary holds beside its parts
    SELECT a.id, a.code, a.valid, t.days
    FROM asked_days t JOIN wmo.area a ON a.id = t.id
    WHERE a.geom IS NULL AND EXISTS (SELECT FROM wmo_works.area_with_rest r WHERE r.area_id = a.id)
  ), whole AS (
    SELECT a.id, a.code, a.valid, a.geom, NOT wmo_works.is_boundary(a.geom_basis, a.source_id) AS drawn,
           t.days
    FROM asked_days t JOIN wmo.area a ON a.id = t.id
    WHERE a.geom IS NOT NULL AND EXISTS (SELECT FROM wmo.area_part p WHERE p.whole_id = a.id)
  )
  SELECT s.id, false, false, s.code, s.valid, s.geom, s.days, s.drawn FROM smallest s
  UNION ALL
  SELECT r.id, true, true, r.code, r.valid, NULL, r.days, false FROM rest r
  UNION ALL
  -- a part without a shape may lie anywhere in its whole
  SELECT w.id, true, rest.part, w.code, w.valid, rest.geom, w.days, w.drawn
  FROM whole w
  CROSS JOIN LATERAL (
    SELECT wmo_works.ground_of(coalesce(ST_Difference(w.geom, ST_Union(below.geom)), w.geom)) AS geom,
           ST_Union(below.geom) IS NOT NULL AS part
    FROM wmo.area_with_parts(w.id) p JOIN wmo.area below ON below.id = p.part_id
    WHERE p.part_id <> w.id
  ) rest
  WHERE rest.geom IS NOT NULL;
END;
COMMENT ON FUNCTION wmo_works.ground_units(wmo_works.ground_days[]) IS
  'The areas asked about down to their smallest recorded parts, each with its days.';

-- ---- what may share ground ------------------------------------------------------------------------------------------

CREATE FUNCTION wmo_works.shapes_beside(units wmo_works.ground_unit[])
RETURNS TABLE (area_id integer, remainder boolean, other_id integer, same boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 1000
BEGIN ATOMIC
  WITH met AS MATERIALIZED (
    SELECT u.area_id, u.remainder, u.code, x.id AS other_id, x.code AS other_code,
           x.geom ~= u.geom AND x.geom = u.geom AS same -- boxes are at hand, shapes are not
    FROM unnest(shapes_beside.units) u
    CROSS JOIN LATERAL (
      SELECT a.id, a.code, a.geom FROM wmo.area a WHERE a.geom && u.geom AND a.id <> u.area_id OFFSET 0
    ) x
    WHERE u.geom IS NOT NULL
  ), shape_days AS MATERIALIZED (
    -- shapes of other codes on these days are neighbours
    SELECT a.id, wmo_works.shape_days(a.id) AS days
    FROM wmo.area a
    WHERE a.id IN (SELECT m.area_id FROM met m UNION SELECT m.other_id FROM met m)
      AND a.code IS NOT NULL AND a.geom IS NOT NULL
  )
  SELECT m.area_id, m.remainder, m.other_id, m.same
  FROM met m
  LEFT JOIN shape_days mine ON mine.id = m.area_id
  LEFT JOIN shape_days other ON other.id = m.other_id
  WHERE NOT wmo_works.codes_apart(m.code, mine.days, m.other_code, other.days);
END;
COMMENT ON FUNCTION wmo_works.shapes_beside(wmo_works.ground_unit[]) IS
  'The areas whose shapes may share ground with units of ground: their boxes meet, and their codes do not say that '
  'they lie side by side.';

CREATE FUNCTION wmo_works.areas_near(units wmo_works.ground_unit[]) RETURNS integer[]
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
  WITH RECURSIVE up (id) AS (
    SELECT u.area_id FROM unnest(areas_near.units) u
    UNION
    SELECT x.other_id FROM wmo_works.shapes_beside(areas_near.units) x
    UNION
    SELECT m.id
    FROM unnest(areas_near.units) u
    JOIN wmo.area m ON (u.geom IS NULL OR u.drawn OR NOT wmo_works.is_boundary(m.geom_basis, m.source_id))
      AND NOT wmo_works.codes_apart(u.code, datemultirange(u.valid), m.code, datemultirange(m.valid))
    WHERE m.geom IS NOT NULL OR NOT EXISTS (SELECT FROM wmo.area_part p WHERE p.whole_id = m.id)
       OR EXISTS (SELECT FROM wmo_works.area_with_rest r WHERE r.area_id = m.id)
    UNION
    SELECT p.whole_id FROM up JOIN wmo.area_part p ON p.part_id = up.id
  )
  SELECT ARRAY(
    SELECT up.id FROM up
    UNION
    SELECT e.id FROM up JOIN wmo.area a ON a.id = up.id JOIN wmo.area e ON e.code OPERATOR(@extschema@.=) a.code);
END;
COMMENT ON FUNCTION wmo_works.areas_near(wmo_works.ground_unit[]) IS
  'Every area that may hold any of these units of ground, by records, codes or shapes, with the other editions of its '
  'code: what a scope must name to matter here. Rather too many than too few; wmo_works.grounds tells which do.';

CREATE FUNCTION wmo_works.areas_meeting(area_ids integer[]) RETURNS integer[]
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT CASE WHEN areas_meeting.area_ids IS NOT NULL THEN wmo_works.areas_near(ARRAY(
    SELECT ROW(part.id, false, false, part.code, part.valid, part.geom, NULL,
               part.geom IS NOT NULL AND NOT wmo_works.is_boundary(part.geom_basis, part.source_id)
              )::wmo_works.ground_unit
    FROM wmo_works.parts_of_each(ARRAY(
      SELECT a FROM unnest(areas_meeting.area_ids) a
      UNION
      SELECT e.id
      FROM wmo.area named JOIN wmo.area e ON e.code OPERATOR(@extschema@.=) named.code
      WHERE named.id IN (SELECT a FROM unnest(areas_meeting.area_ids) a))) p
    JOIN wmo.area part ON part.id = p.part_id
    -- what has parts and no shape lies where they lie
    WHERE part.geom IS NOT NULL OR NOT EXISTS (SELECT FROM wmo.area_part x WHERE x.whole_id = part.id)
       OR EXISTS (SELECT FROM wmo_works.area_with_rest r WHERE r.area_id = part.id))) END;
END;
COMMENT ON FUNCTION wmo_works.areas_meeting(integer[]) IS
  'Every area, in any edition, of which some ground may be held by one of these areas, in any edition. Rather too many '
  'than too few. Null for null.';

-- ---- what cuts ------------------------------------------------------------------------------------------------------

CREATE TYPE wmo_works.ground_claim AS (
  area_id   integer,
  remainder boolean,
  root_id   integer,
  says      text,
  knife     geometry
);
COMMENT ON TYPE wmo_works.ground_claim IS
  'What a contract area (root_id) says about a unit of ground. covers: it holds all of it. cuts: it holds what lies '
  'within knife. may: whether it holds any cannot be told. may_cut: nor whether it holds what lies within knife, but '
  'nothing else. near: it does not cut, but its shape may share ground with the unit. beside: by what is drawn it '
  'holds nothing else, but it may.';

CREATE FUNCTION wmo_works.claims_by_record(units wmo_works.ground_unit[], root_ids integer[])
RETURNS SETOF wmo_works.ground_claim
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 100
BEGIN ATOMIC
  SELECT u.area_id, u.remainder, w.whole_id, 'covers', NULL::geometry
  FROM unnest(claims_by_record.units) u CROSS JOIN LATERAL wmo.area_with_wholes(u.area_id) w
  WHERE w.whole_id IN (SELECT r FROM unnest(claims_by_record.root_ids) r);
END;
COMMENT ON FUNCTION wmo_works.claims_by_record(wmo_works.ground_unit[], integer[]) IS
  'What contract areas hold of units of ground because they are recorded as the same area or as wholes of it.';

CREATE FUNCTION wmo_works.claims_by_shape(units wmo_works.ground_unit[], cutting wmo_works.ground_days[],
                                          root_ids integer[], recorded wmo_works.ground_claim[])
RETURNS SETOF wmo_works.ground_claim
LANGUAGE sql STABLE PARALLEL SAFE COST 100000 ROWS 100
BEGIN ATOMIC
  WITH unit AS MATERIALIZED (
    SELECT u.* FROM unnest(claims_by_shape.units) u WHERE u.geom IS NOT NULL
  ), pair AS MATERIALIZED (
    -- contract areas whose own shape, or that of a part, may share ground with the unit
    SELECT u.area_id, u.remainder, b.root_id, x.other_id AS blade_id, x.same, coalesce(c.days && u.days, false) AS cuts
    FROM wmo_works.shapes_beside(claims_by_shape.units) x
    JOIN unit u ON u.area_id = x.area_id AND u.remainder = x.remainder
    JOIN wmo_works.parts_of_each(claims_by_shape.root_ids) b ON b.part_id = x.other_id
    JOIN wmo.area root ON root.id = b.root_id
    JOIN wmo.area blade ON blade.id = b.part_id
    LEFT JOIN unnest(claims_by_shape.cutting) c ON c.area_id = b.root_id
    -- what a part is drawn over outside the boundary of its whole is none of the whole
    WHERE (wmo_works.is_boundary(blade.geom_basis, blade.source_id)
           OR NOT wmo_works.is_boundary(root.geom_basis, root.source_id))
      AND NOT EXISTS (SELECT FROM unnest(claims_by_shape.recorded) r
                      WHERE (r.area_id, r.remainder, r.root_id) = (u.area_id, u.remainder, b.root_id))
  ), candidate AS MATERIALIZED (
    SELECT p.area_id, p.remainder, p.root_id, bool_or(p.same) AS same, bool_or(p.cuts) AS cuts,
           array_agg(p.blade_id) AS blade_ids
    FROM pair p GROUP BY p.area_id, p.remainder, p.root_id
    ORDER BY p.area_id, p.remainder -- one heart after the other, so that PostGIS prepares it once
  ), blade AS MATERIALIZED (
    -- neighbours are units and blades of each other
    SELECT a.id, a.geom, wmo_works.heart(a.geom) AS heart
    FROM wmo.area a
    WHERE a.id IN (SELECT c.blade_ids[1] FROM candidate c WHERE NOT c.same AND cardinality(c.blade_ids) = 1
                   UNION ALL SELECT c.area_id FROM candidate c WHERE NOT c.same AND NOT c.remainder)
  ), unit_heart AS MATERIALIZED (
    SELECT b.id AS area_id, false AS remainder, b.heart FROM blade b
    UNION ALL
    SELECT u.area_id, true, wmo_works.heart(u.geom)
    FROM unit u WHERE u.remainder AND u.area_id IN (SELECT c.area_id FROM candidate c WHERE NOT c.same AND c.remainder)
  )
  -- most neighbours share slivers only: two hearts tell that without an overlay
  SELECT c.area_id, c.remainder, c.root_id, CASE WHEN c.same THEN 'covers' WHEN c.cuts THEN 'cuts' ELSE 'near' END,
         CASE WHEN c.same OR NOT c.cuts THEN NULL WHEN k.id IS NOT NULL THEN k.geom
              ELSE (SELECT ST_Union(a.geom) FROM wmo.area a WHERE a.id = ANY (c.blade_ids)) END
  FROM candidate c
  LEFT JOIN unit_heart h ON h.area_id = c.area_id AND h.remainder = c.remainder
  LEFT JOIN blade k ON k.id = c.blade_ids[1] AND cardinality(c.blade_ids) = 1
  WHERE c.same OR k.id IS NULL OR ST_Intersects(h.heart, k.heart);
END;
COMMENT ON FUNCTION wmo_works.claims_by_shape(wmo_works.ground_unit[], wmo_works.ground_days[], integer[],
  wmo_works.ground_claim[]) IS
  'What contract areas hold of units of ground by their shapes, or by those of their parts, where no record says it: '
  'all of it, a piece if they cut on some of its days, or perhaps something (near).';

CREATE FUNCTION wmo_works.claims_without_shape(units wmo_works.ground_unit[], root_ids integer[],
                                               recorded wmo_works.ground_claim[])
RETURNS SETOF wmo_works.ground_claim
LANGUAGE sql STABLE PARALLEL SAFE COST 100000 ROWS 100
BEGIN ATOMIC
  WITH member AS MATERIALIZED (
    -- a contract area is hidden in so far as neither it nor the part has a shape; only those matter to units with a
    -- shape
    SELECT b.root_id, m.*, m.geom IS NULL AND root.geom IS NULL AS hidden
    FROM wmo_works.parts_of_each(claims_without_shape.root_ids) b
    JOIN wmo.area root ON root.id = b.root_id
    JOIN wmo.area m ON m.id = b.part_id
    WHERE (NOT EXISTS (SELECT FROM wmo.area_part p WHERE p.whole_id = m.id)
           OR EXISTS (SELECT FROM wmo_works.area_with_rest r WHERE r.area_id = m.id))
      AND ((m.geom IS NULL AND root.geom IS NULL)
           OR EXISTS (SELECT FROM unnest(claims_without_shape.units) u WHERE u.geom IS NULL))
  ), verdict AS (
    SELECT u.area_id, u.remainder, m.root_id,
           bool_or(coalesce(m.code OPERATOR(@extschema@.@>) u.code AND m.valid && u.valid, false)) AS covers,
           bool_or(NOT wmo_works.codes_apart(m.code, datemultirange(m.valid), u.code, datemultirange(u.valid))
                   AND NOT wmo_works.records_apart(u.area_id, m.id)
                   AND wmo_works.shapes_may_meet(u.area_id, u.geom, m.id, m.geom)) AS may,
           CASE WHEN bool_and(u.geom IS NOT NULL AND wmo_works.bounding_shape(m.id) IS NOT NULL)
                THEN ST_Union(wmo_works.bounding_shape(m.id)) END AS knife
    FROM unnest(claims_without_shape.units) u
    JOIN member m ON u.geom IS NULL OR m.hidden
    WHERE NOT EXISTS (SELECT FROM unnest(claims_without_shape.recorded) r
                      WHERE (r.area_id, r.remainder, r.root_id) = (u.area_id, u.remainder, m.root_id))
      -- the rest of an area is what lies beside its parts
      AND NOT (u.remainder AND u.geom IS NULL
               AND u.area_id IN (SELECT w.whole_id FROM wmo.area_with_wholes(m.id) w WHERE w.whole_id <> m.id))
    -- not by shape: pg_upgrade restores this body before shapes can be grouped
    GROUP BY u.area_id, u.remainder, m.root_id
  )
  SELECT v.area_id, v.remainder, v.root_id,
         CASE WHEN v.covers THEN 'covers' WHEN v.knife IS NULL THEN 'may' ELSE 'may_cut' END,
         CASE WHEN NOT v.covers THEN v.knife END
  FROM verdict v WHERE v.covers OR v.may;
END;
COMMENT ON FUNCTION wmo_works.claims_without_shape(wmo_works.ground_unit[], integer[], wmo_works.ground_claim[]) IS
  'What contract areas hold, or may hold, of units of ground where one of the two has no shape and no record says it: '
  'by the hierarchy of codes within an edition, and by the shapes that they must lie in.';

CREATE FUNCTION wmo_works.claims_beside_drawings(units wmo_works.ground_unit[], root_ids integer[],
                                                 recorded wmo_works.ground_claim[])
RETURNS SETOF wmo_works.ground_claim
LANGUAGE sql STABLE PARALLEL SAFE COST 100000 ROWS 100
BEGIN ATOMIC
  -- told apart before there is a shape: pg_upgrade restores this before shapes can be compared
  SELECT beside.area_id, beside.remainder, beside.root_id, 'beside', NULL::geometry
  FROM (
    SELECT DISTINCT u.area_id, u.remainder, b.root_id
    FROM wmo_works.parts_of_each(claims_beside_drawings.root_ids) b
    JOIN wmo.area m ON m.id = b.part_id
    JOIN unnest(claims_beside_drawings.units) u ON u.drawn OR NOT wmo_works.is_boundary(m.geom_basis, m.source_id)
    CROSS JOIN LATERAL (
      SELECT CASE WHEN NOT u.drawn THEN u.geom END AS unit,
             CASE WHEN wmo_works.is_boundary(m.geom_basis, m.source_id) THEN m.geom END AS part
    ) bounded
    WHERE u.geom IS NOT NULL AND m.geom IS NOT NULL
      AND NOT wmo_works.codes_apart(m.code, datemultirange(m.valid), u.code, datemultirange(u.valid))
      AND NOT wmo_works.records_apart(u.area_id, m.id)
      AND wmo_works.shapes_may_meet(u.area_id, bounded.unit, m.id, bounded.part)
      AND NOT EXISTS (SELECT FROM unnest(claims_beside_drawings.recorded) r
                      WHERE (r.area_id, r.remainder, r.root_id) = (u.area_id, u.remainder, b.root_id))
  ) beside;
END;
COMMENT ON FUNCTION wmo_works.claims_beside_drawings(wmo_works.ground_unit[], integer[], wmo_works.ground_claim[]) IS
  'The contract areas that may hold some of units of ground beside what is drawn: one of the two has a drawing, which '
  'is no boundary, and neither codes nor records nor what they must lie in keep them apart.';

-- ---- the pieces -----------------------------------------------------------------------------------------------------

-- The planner takes each step for one row; nested loops over thousands took nine tenths of the time (2,182 areas, 770
-- contract areas: 34 s with them, 15 s without).
CREATE FUNCTION wmo_works.grounds(units wmo_works.ground_unit[], with_drawings boolean,
                                  cutting wmo_works.ground_days[], contract_area_ids integer[])
RETURNS TABLE (area_id integer, ground_no integer, part boolean, geom geometry, days datemultirange,
               covered_by integer[], maybe_by integer[], near_by integer[], beside_by integer[])
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100
SET search_path = pg_catalog, pg_temp SET jit = off SET enable_nestloop = off
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  recorded wmo_works.ground_claim[] := ARRAY(SELECT c FROM wmo_works.claims_by_record(units, contract_area_ids) c);
BEGIN
  RETURN QUERY
  WITH claim AS MATERIALIZED (
    SELECT c.* FROM unnest(recorded) c
    UNION ALL
    SELECT c.* FROM wmo_works.claims_by_shape(units, cutting, contract_area_ids, recorded) c
    UNION ALL
    SELECT c.* FROM wmo_works.claims_without_shape(units, contract_area_ids, recorded) c
    UNION ALL
    SELECT c.* FROM wmo_works.claims_beside_drawings(units, contract_area_ids, recorded) c WHERE with_drawings
  ), cut AS (
    SELECT c.area_id, c.remainder,
           array_agg(c.knife ORDER BY c.root_id, c.says DESC) AS knives,
           array_agg(c.root_id ORDER BY c.root_id, c.says DESC) AS root_ids,
           array_agg(c.says = 'cuts' ORDER BY c.root_id, c.says DESC) AS sure
    FROM claim c WHERE c.says IN ('cuts', 'may_cut')
    GROUP BY c.area_id, c.remainder
  ), face AS (
    SELECT u.area_id, u.remainder, u.days, f.geom, f.inside, c.root_ids, c.sure,
           u.part OR count(*) OVER (PARTITION BY u.area_id, u.remainder) > 1 AS part
    FROM unnest(units) u
    LEFT JOIN cut c ON c.area_id = u.area_id AND c.remainder = u.remainder
    CROSS JOIN LATERAL (
      SELECT u.geom, '{}'::integer[] AS inside WHERE c.knives IS NULL
      UNION ALL
      SELECT x.geom, x.inside FROM wmo_works.faces(u.geom, c.knives) x WHERE c.knives IS NOT NULL
    ) f
  ), uncut AS (
    -- what holds for all faces of a unit
    SELECT c.area_id, c.remainder, array_agg(DISTINCT c.root_id) FILTER (WHERE c.says = 'covers') AS covers,
           array_agg(DISTINCT c.root_id) FILTER (WHERE c.says = 'may') AS may,
           array_agg(c.root_id) FILTER (WHERE c.says = 'near') AS near,
           array_agg(DISTINCT c.root_id) FILTER (WHERE c.says = 'beside') AS beside
    FROM claim c WHERE c.says NOT IN ('cuts', 'may_cut')
    GROUP BY c.area_id, c.remainder
  ), said AS (
    SELECT f.area_id, f.remainder, f.part, f.geom, f.days, x.near, x.beside,
           ARRAY(SELECT c FROM unnest(x.covers) c
                 UNION SELECT f.root_ids[i] FROM unnest(f.inside) i WHERE f.sure[i]) AS covered_by,
           ARRAY(SELECT m FROM unnest(x.may) m
                 UNION SELECT f.root_ids[i] FROM unnest(f.inside) i WHERE NOT f.sure[i]) AS maybe_by
    FROM face f
    LEFT JOIN uncut x ON x.area_id = f.area_id AND x.remainder = f.remainder
  )
  SELECT s.area_id, row_number() OVER (ORDER BY s.area_id, s.remainder, s.covered_by)::integer, s.part, s.geom, s.days,
         s.covered_by, ARRAY(SELECT m FROM unnest(s.maybe_by) m WHERE m <> ALL (s.covered_by)), coalesce(s.near, '{}'),
         ARRAY(SELECT b FROM unnest(s.beside) b WHERE b <> ALL (s.covered_by))
  FROM said s;
END
$$;
COMMENT ON FUNCTION wmo_works.grounds(wmo_works.ground_unit[], boolean, wmo_works.ground_days[], integer[]) IS
  'Cuts units of ground into pieces over which each of the cutting areas, on the days on which both matter, says the '
  'same: covers it, may cover it (one of them has no shape, and neither records nor codes keep them apart), or does '
  'not. part: the piece is not all of area_id. near_by: contract areas that do not cut, but whose shapes may share '
  'ground with the unit. beside_by: with_drawings, those that may hold some of it beside their drawing, or its '
  'own.';
