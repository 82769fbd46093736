-- ground: areas cut into pieces over which every contract area says the same.
-- Relies on area and shape (registry).
--
-- First by record (the same area, its wholes, the hierarchy of codes within an edition), which is exact and quick; by
-- overlay only where the shapes of two editions or of two namings differ.

CREATE FUNCTION wmo_works.heart(shape geometry) RETURNS geometry
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
  -- 0.9: less than what wmo_works.is_sliver erodes anywhere, whose arcs are drawn with two segments (cos 22.5 degrees =
  -- 0.92)
  SELECT ST_Buffer(shape, -0.9::float8 * wmo_works.sliver_width() / 2::float8, 'quad_segs=2'::text);
END;
COMMENT ON FUNCTION wmo_works.heart(geometry) IS
  'What is left of a shape when a little less than half a sliver is taken off on every side: where the hearts of two '
  'shapes do not meet, the ground that they share is slivers.';

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

CREATE FUNCTION wmo_works.parts_apart(area_id integer, other_id integer) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 500
BEGIN ATOMIC
  SELECT EXISTS (
    SELECT FROM wmo.area_with_wholes(parts_apart.area_id) mine
    JOIN wmo.area_part p ON p.part_id = mine.whole_id
    JOIN wmo.area_part q ON q.whole_id = p.whole_id AND q.part_id <> p.part_id
    WHERE q.part_id IN (SELECT w.whole_id FROM wmo.area_with_wholes(parts_apart.other_id) w)
      AND q.part_id NOT IN (SELECT w.whole_id FROM wmo.area_with_wholes(parts_apart.area_id) w)
      AND p.part_id NOT IN (SELECT w.whole_id FROM wmo.area_with_wholes(parts_apart.other_id) w));
END;
COMMENT ON FUNCTION wmo_works.parts_apart(integer, integer) IS
  'Do the records say that two areas share no ground: they lie in different parts of one whole?';

CREATE FUNCTION wmo_works.bounding_shape(area_id integer) RETURNS geometry
LANGUAGE sql STABLE PARALLEL SAFE COST 500
BEGIN ATOMIC
  SELECT wide.geom
  FROM wmo.area a
  JOIN wmo.area wide ON wide.id <> a.id AND wide.geom IS NOT NULL
   AND (wide.id IN (SELECT w.whole_id FROM wmo.area_with_wholes(a.id) w)
        OR (wide.code OPERATOR(@extschema@.@>) a.code AND wide.valid && a.valid))
  WHERE a.id = bounding_shape.area_id
  ORDER BY ST_Area(wide.geom), wide.id LIMIT 1;
END;
COMMENT ON FUNCTION wmo_works.bounding_shape(integer) IS
  'The smallest shape that an area without one must lie in: that of a whole, or of a code that contains its code; '
  'null when none is known.';

CREATE TYPE wmo_works.ground_days AS (area_id integer, days datemultirange);
COMMENT ON TYPE wmo_works.ground_days IS 'An area, and the days for which it is asked about, or on which it matters.';

-- The planner takes each step for one row; nested loops over thousands took nine tenths of the time (2,182 areas, 770
-- contract areas: 34 s with them, 15 s without).
CREATE FUNCTION wmo_works.grounds(asked wmo_works.ground_days[], cutting wmo_works.ground_days[],
  contract_area_ids integer[])
RETURNS TABLE (area_id integer, ground_no integer, part boolean, geom geometry, days datemultirange,
               covered_by integer[], maybe_by integer[], near_by integer[])
LANGUAGE sql STABLE PARALLEL SAFE COST 100000 ROWS 100 SET enable_nestloop = off
BEGIN ATOMIC
  WITH RECURSIVE below (root_id, id) AS (
    SELECT DISTINCT u, u FROM unnest(grounds.contract_area_ids) u WHERE u IS NOT NULL
    UNION
    SELECT b.root_id, p.part_id FROM below b JOIN wmo.area_part p ON p.whole_id = b.id
  ), asked_days AS MATERIALIZED (
    SELECT u.id, range_agg(d) AS days
    FROM unnest(grounds.asked) a
    CROSS JOIN LATERAL wmo.area_with_parts(a.area_id) u (id, inferred)
    CROSS JOIN LATERAL unnest(a.days) d
    GROUP BY u.id
  ), unit AS MATERIALIZED (
    SELECT a.id, false AS remainder, false AS part, a.code, a.valid, a.geom
    FROM asked_days t JOIN wmo.area a USING (id)
    WHERE NOT EXISTS (SELECT FROM wmo.area_part p WHERE p.whole_id = a.id)
    UNION ALL
    -- what a whole holds outside the shapes of its parts; a part without a shape may lie anywhere in it
    SELECT a.id, true, rest.part, a.code, a.valid, rest.geom
    FROM asked_days t JOIN wmo.area a USING (id)
    CROSS JOIN LATERAL (
      SELECT wmo_works.ground_of(coalesce(ST_Difference(a.geom, ST_Union(below.geom)), a.geom)) AS geom,
             ST_Union(below.geom) IS NOT NULL AS part
      FROM wmo.area_with_parts(a.id) p JOIN wmo.area below ON below.id = p.part_id
      WHERE p.part_id <> a.id
    ) rest
    WHERE a.geom IS NOT NULL
      AND EXISTS (SELECT FROM wmo.area_part p WHERE p.whole_id = a.id)
      AND rest.geom IS NOT NULL
  ), recorded AS MATERIALIZED (
    SELECT u.id, u.remainder, w.whole_id AS root_id
    FROM unit u CROSS JOIN LATERAL wmo.area_with_wholes(u.id) w
    WHERE w.whole_id = ANY (grounds.contract_area_ids)
  ), shape_days AS MATERIALIZED (
    -- shapes of other codes on these days are neighbours
    SELECT a.id, wmo_works.shape_days(a.id) AS days
    FROM wmo.area a
    WHERE a.id IN (SELECT u.id FROM unit u UNION SELECT b.id FROM below b) AND a.code IS NOT NULL AND a.geom IS NOT NULL
  ), pair AS MATERIALIZED (
    -- contract areas whose own shape, or that of a part, may share ground with the unit
    SELECT u.id, u.remainder, b.root_id, x.id AS blade_id, x.geom = u.geom AS same,
           coalesce(c.days && t.days, false) AS cuts
    FROM unit u
    CROSS JOIN LATERAL (SELECT a.id, a.code, a.geom FROM wmo.area a WHERE a.geom && u.geom AND a.id <> u.id OFFSET 0) x
    JOIN below b ON b.id = x.id
    LEFT JOIN asked_days t ON t.id = u.id
    LEFT JOIN unnest(grounds.cutting) c ON c.area_id = b.root_id
    LEFT JOIN shape_days ud ON ud.id = u.id
    LEFT JOIN shape_days xd ON xd.id = x.id
    WHERE NOT EXISTS (SELECT FROM recorded r WHERE (r.id, r.remainder, r.root_id) = (u.id, u.remainder, b.root_id))
      AND NOT wmo_works.codes_apart(u.code, ud.days, x.code, xd.days)
  ), candidate AS MATERIALIZED (
    SELECT p.id, p.remainder, p.root_id, bool_or(p.same) AS same, bool_or(p.cuts) AS cuts,
           array_agg(p.blade_id) AS blade_ids
    FROM pair p GROUP BY p.id, p.remainder, p.root_id
    ORDER BY p.id, p.remainder -- one heart after the other, so that PostGIS prepares it once
  ), unit_heart AS MATERIALIZED (
    SELECT u.id, u.remainder, wmo_works.heart(u.geom) AS heart
    FROM unit u WHERE (u.id, u.remainder) IN (SELECT c.id, c.remainder FROM candidate c WHERE NOT c.same)
  ), blade AS MATERIALIZED (
    SELECT a.id, a.geom, wmo_works.heart(a.geom) AS heart
    FROM wmo.area a WHERE a.id IN (SELECT c.blade_ids[1] FROM candidate c
      WHERE NOT c.same AND cardinality(c.blade_ids) = 1)
  ), shaped AS MATERIALIZED (
    -- most neighbours share slivers only: two hearts tell that without an overlay
    SELECT c.id, c.remainder, c.root_id, c.same, c.cuts,
           CASE WHEN c.same OR NOT c.cuts THEN NULL WHEN k.id IS NOT NULL THEN k.geom
                ELSE (SELECT ST_Union(a.geom) FROM wmo.area a WHERE a.id = ANY (c.blade_ids)) END AS knife
    FROM candidate c
    LEFT JOIN unit_heart h USING (id, remainder)
    LEFT JOIN blade k ON k.id = c.blade_ids[1] AND cardinality(c.blade_ids) = 1
    WHERE c.same OR k.id IS NULL OR ST_Intersects(h.heart, k.heart)
  ), member AS MATERIALIZED (
    -- a contract area is hidden in so far as neither it nor the part has a shape; only those matter to units with a
    -- shape
    SELECT b.root_id, m.*, m.geom IS NULL AND root.geom IS NULL AS hidden
    FROM below b JOIN wmo.area root ON root.id = b.root_id JOIN wmo.area m ON m.id = b.id
    WHERE NOT EXISTS (SELECT FROM wmo.area_part p WHERE p.whole_id = m.id)
      AND ((m.geom IS NULL AND root.geom IS NULL) OR EXISTS (SELECT FROM unit u WHERE u.geom IS NULL))
  ), shapeless AS MATERIALIZED (
    -- contract areas that cannot be laid over the unit: one of the two has no shape
    SELECT u.id, u.remainder, m.root_id,
           bool_or(coalesce(m.code OPERATOR(@extschema@.@>) u.code AND m.valid && u.valid, false)) AS covers,
           bool_or(NOT wmo_works.codes_apart(m.code, datemultirange(m.valid), u.code, datemultirange(u.valid))
             AND NOT wmo_works.parts_apart(u.id, m.id)
                   AND CASE WHEN coalesce(u.geom, wmo_works.bounding_shape(u.id)) IS NULL
                     OR coalesce(m.geom, wmo_works.bounding_shape(m.id)) IS NULL THEN true
                            ELSE wmo_works.ground_of(ST_Intersection(coalesce(u.geom, wmo_works.bounding_shape(u.id)),
                                                               coalesce(m.geom, wmo_works.bounding_shape(m.id))))
                                                                 IS NOT NULL END) AS may,
           CASE WHEN bool_and(u.geom IS NOT NULL AND wmo_works.bounding_shape(m.id) IS NOT NULL)
             THEN ST_Union(wmo_works.bounding_shape(m.id)) END AS knife
    FROM unit u
    JOIN member m ON u.geom IS NULL OR m.hidden
    WHERE NOT EXISTS (SELECT FROM recorded r WHERE (r.id, r.remainder, r.root_id) = (u.id, u.remainder, m.root_id))
    GROUP BY u.id, u.remainder, m.root_id -- not by shape: pg_upgrade restores this body before shapes can be grouped
  ), cut AS (
    SELECT k.id, k.remainder, array_agg(k.knife ORDER BY k.root_id, k.sure) AS knives,
           array_agg(k.root_id ORDER BY k.root_id, k.sure) AS root_ids,
             array_agg(k.sure ORDER BY k.root_id, k.sure) AS sure
    FROM (SELECT s.id, s.remainder, s.root_id, s.knife, true AS sure FROM shaped s WHERE s.cuts AND NOT s.same
          UNION ALL
          SELECT s.id, s.remainder, s.root_id, s.knife, false FROM shapeless s
          WHERE s.may AND NOT s.covers AND s.knife IS NOT NULL) k
    GROUP BY k.id, k.remainder
  ), face AS (
    SELECT u.id, u.remainder, f.geom, f.inside, c.root_ids, c.sure,
           u.part OR count(*) OVER (PARTITION BY u.id, u.remainder) > 1 AS part
    FROM unit u
    LEFT JOIN cut c USING (id, remainder)
    CROSS JOIN LATERAL (
      SELECT u.geom, '{}'::integer[] AS inside WHERE c.knives IS NULL
      UNION ALL
      SELECT x.geom, x.inside FROM wmo_works.faces(u.geom, c.knives) x WHERE c.knives IS NOT NULL
    ) f
  ), all_of AS (
    SELECT x.id, x.remainder, array_agg(DISTINCT x.root_id)
           FILTER (WHERE x.covers) AS covers, array_agg(DISTINCT x.root_id) FILTER (WHERE NOT x.covers) AS may
    FROM (SELECT r.id, r.remainder, r.root_id, true AS covers FROM recorded r
          UNION ALL SELECT s.id, s.remainder, s.root_id, true FROM shaped s WHERE s.same
          UNION ALL SELECT s.id, s.remainder, s.root_id, s.covers FROM shapeless s
            WHERE s.covers OR (s.may AND s.knife IS NULL)) x
    GROUP BY x.id, x.remainder
  ), near AS (
    SELECT s.id, s.remainder, array_agg(s.root_id) AS root_ids FROM shaped s WHERE NOT s.cuts AND NOT s.same
    GROUP BY s.id, s.remainder
  ), said AS (
    SELECT f.id, f.remainder, f.part, f.geom, t.days, n.root_ids AS near_by,
           ARRAY(SELECT c FROM unnest(x.covers) c UNION SELECT f.root_ids[i] FROM unnest(f.inside) i
             WHERE f.sure[i]) AS covered_by,
           ARRAY(SELECT m FROM unnest(x.may) m UNION SELECT f.root_ids[i] FROM unnest(f.inside) i
             WHERE NOT f.sure[i]) AS maybe_by
    FROM face f
    JOIN asked_days t ON t.id = f.id
    LEFT JOIN all_of x ON x.id = f.id AND x.remainder = f.remainder
    LEFT JOIN near n ON n.id = f.id AND n.remainder = f.remainder
  )
  SELECT s.id, row_number() OVER (ORDER BY s.id, s.remainder, s.covered_by)::integer, s.part, s.geom, s.days,
         s.covered_by,
         ARRAY(SELECT m FROM unnest(s.maybe_by) m WHERE m <> ALL (s.covered_by)), coalesce(s.near_by, '{}')
  FROM said s;
END;
COMMENT ON FUNCTION wmo_works.grounds(wmo_works.ground_days[], wmo_works.ground_days[], integer[]) IS
  'Cuts areas (down to their smallest recorded parts) into pieces of ground over which each of the cutting areas, on '
  'the days on which both matter, says the same: covers it, may cover it (one of them has no shape, and neither '
  'records '
  'nor codes keep them apart), or does not. part: the piece is not all of area_id. near_by: contract areas that do not '
  'cut, but whose shapes may share ground with the area.';
