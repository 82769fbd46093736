
-- ---- ground: areas cut into pieces over which every contract area says the same ------------------------------------------
-- First by record (the same area, its wholes, the hierarchy of codes within an edition), which is exact and quick; by
-- overlay only where the shapes of two editions or of two namings differ.

CREATE FUNCTION wmo.sliver_width() RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT 50.0::double precision;
END;
COMMENT ON FUNCTION wmo.sliver_width() IS 'How wide, in metres, ground must be somewhere to be more than a sliver: simplified borders of neighbours leave and share strips narrower than this.';

CREATE FUNCTION wmo.is_sliver(shape geometry) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
BEGIN ATOMIC
  -- twice the area by the perimeter bounds the widest circle from below; only thin shapes are eroded
  SELECT CASE WHEN NOT ST_Area(shape) > 0 THEN true
              WHEN 2 * ST_Area(shape) / ST_Perimeter(shape) >= wmo.sliver_width() THEN false
              ELSE ST_IsEmpty(ST_Buffer(shape, -wmo.sliver_width() / 2)) END;
END;
COMMENT ON FUNCTION wmo.is_sliver(geometry) IS 'Is a shape in RD New nowhere as wide as wmo.sliver_width()? True for an empty one.';

CREATE FUNCTION wmo.ground_of(shape geometry) RETURNS geometry
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
BEGIN ATOMIC
  SELECT ST_Multi(ST_Collect(d.geom)) FROM ST_Dump(ST_CollectionExtract(shape, 3)) d WHERE NOT wmo.is_sliver(d.geom);
END;
COMMENT ON FUNCTION wmo.ground_of(geometry) IS 'The polygons of a shape that are more than slivers; null when there are none.';

CREATE FUNCTION wmo.faces(shape geometry, knives geometry[]) RETURNS TABLE (geom geometry, inside integer[])
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000 ROWS 3
BEGIN ATOMIC
  WITH RECURSIVE face (step, geom, inside) AS (
    SELECT 0, faces.shape, '{}'::integer[]
    UNION ALL
    SELECT f.step + 1, piece.geom, piece.inside
    FROM face f
    CROSS JOIN LATERAL (
      SELECT ST_Intersection(f.geom, faces.knives[f.step + 1]) AS common, ST_Difference(f.geom, faces.knives[f.step + 1]) AS rest
      OFFSET 0
    ) cut
    CROSS JOIN LATERAL (
      SELECT wmo.ground_of(cut.common) AS common, wmo.ground_of(cut.rest) AS rest, ST_Area(cut.common) > ST_Area(cut.rest) AS most
      OFFSET 0
    ) ground
    CROSS JOIN LATERAL (
      -- a sliver is not cut off: it stays with the ground that it borders
      SELECT CASE WHEN ground.rest IS NULL THEN f.geom ELSE ground.common END AS geom, f.inside || (f.step + 1) AS inside
      WHERE CASE WHEN ground.common IS NULL AND ground.rest IS NULL THEN ground.most ELSE ground.common IS NOT NULL END
      UNION ALL
      SELECT CASE WHEN ground.common IS NULL THEN f.geom ELSE ground.rest END, f.inside
      WHERE CASE WHEN ground.common IS NULL AND ground.rest IS NULL THEN NOT ground.most ELSE ground.rest IS NOT NULL END
    ) piece
    WHERE f.step < cardinality(faces.knives)
  )
  SELECT f.geom, f.inside FROM face f WHERE f.step = cardinality(faces.knives);
END;
COMMENT ON FUNCTION wmo.faces(geometry, geometry[]) IS 'Cuts a shape along other shapes: each piece with the numbers (from 1) of the shapes it lies in. Slivers are not cut off.';

CREATE FUNCTION wmo.codes_apart(code wmo.area_code, valid daterange, other_code wmo.area_code, other_valid daterange) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT coalesce(valid && other_valid AND NOT (code OPERATOR(wmo.@>) other_code OR other_code OPERATOR(wmo.@>) code), false);
END;
COMMENT ON FUNCTION wmo.codes_apart(wmo.area_code, daterange, wmo.area_code, daterange) IS 'Do two codes say that their areas share no ground: both existed on some day, and neither contains the other?';

CREATE FUNCTION wmo.parts_apart(area_id integer, other_id integer) RETURNS boolean
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
COMMENT ON FUNCTION wmo.parts_apart(integer, integer) IS 'Do the records say that two areas share no ground: they lie in different parts of one whole?';

CREATE FUNCTION wmo.bounding_shape(area_id integer) RETURNS geometry
LANGUAGE sql STABLE PARALLEL SAFE COST 500
BEGIN ATOMIC
  SELECT wide.geom
  FROM wmo.area a
  JOIN wmo.area wide ON wide.id <> a.id AND wide.geom IS NOT NULL
   AND (wide.id IN (SELECT w.whole_id FROM wmo.area_with_wholes(a.id) w)
        OR (wide.code OPERATOR(wmo.@>) a.code AND wide.valid && a.valid))
  WHERE a.id = bounding_shape.area_id
  ORDER BY ST_Area(wide.geom), wide.id LIMIT 1;
END;
COMMENT ON FUNCTION wmo.bounding_shape(integer) IS 'The smallest shape that an area without one must lie in: that of a whole, or of a code that contains its code; null when none is known.';

CREATE FUNCTION wmo.grounds(area_ids integer[], contract_area_ids integer[])
RETURNS TABLE (area_id integer, ground_no integer, part boolean, geom geometry, covered_by integer[], maybe_by integer[])
LANGUAGE sql STABLE PARALLEL SAFE COST 100000 ROWS 100
BEGIN ATOMIC
  WITH RECURSIVE below (root_id, id) AS (
    SELECT DISTINCT u, u FROM unnest(grounds.contract_area_ids) u WHERE u IS NOT NULL
    UNION
    SELECT b.root_id, p.part_id FROM below b JOIN wmo.area_part p ON p.whole_id = b.id
  ), unit AS MATERIALIZED (
    SELECT a.id, false AS remainder, a.code, a.valid, a.geom,
           -- days on which this very shape held: shapes of other codes on those days are neighbours
           CASE WHEN a.code IS NOT NULL AND a.geom IS NOT NULL
                THEN (SELECT range_agg(e.valid) FROM wmo.area e WHERE e.code OPERATOR(wmo.=) a.code AND e.geom = a.geom)
                ELSE datemultirange(a.valid) END AS shape_days
    FROM wmo.area a
    WHERE a.id IN (SELECT l.leaf_id FROM unnest(grounds.area_ids) t (id) CROSS JOIN LATERAL wmo.area_leaves(t.id) l)
    UNION ALL
    -- what an area holds outside its recorded parts
    SELECT a.id, true, a.code, a.valid, rest.geom, datemultirange(a.valid)
    FROM wmo.area a
    CROSS JOIN LATERAL (
      SELECT wmo.ground_of(ST_Difference(a.geom, ST_Union(leaf.geom))) AS geom
      FROM wmo.area_leaves(a.id) l JOIN wmo.area leaf ON leaf.id = l.leaf_id
      HAVING bool_and(leaf.geom IS NOT NULL)
    ) rest
    WHERE a.id = ANY (grounds.area_ids) AND a.geom IS NOT NULL AND EXISTS (SELECT FROM wmo.area_part p WHERE p.whole_id = a.id)
      AND rest.geom IS NOT NULL
  ), recorded AS MATERIALIZED (
    SELECT u.id, u.remainder, w.whole_id AS root_id
    FROM unit u CROSS JOIN LATERAL wmo.area_with_wholes(u.id) w
    WHERE w.whole_id = ANY (grounds.contract_area_ids)
  ), shaped AS (
    -- contract areas whose own shape, or that of a part, may share ground with the unit
    SELECT u.id, u.remainder, b.root_id, bool_or(x.geom = u.geom) AS same,
           CASE WHEN count(*) = 1 THEN (array_agg(x.geom))[1] ELSE ST_Union(x.geom) END AS knife
    FROM unit u
    JOIN wmo.area x ON x.geom && u.geom AND x.id <> u.id
    JOIN below b ON b.id = x.id
    WHERE NOT EXISTS (SELECT FROM recorded r WHERE (r.id, r.remainder, r.root_id) = (u.id, u.remainder, b.root_id))
      AND NOT coalesce(u.shape_days && x.valid
                       AND NOT (u.code OPERATOR(wmo.@>) x.code OR x.code OPERATOR(wmo.@>) u.code), false)
    GROUP BY u.id, u.remainder, b.root_id
  ), shapeless AS (
    -- contract areas that cannot be laid over the unit: one of the two has no shape
    SELECT u.id, u.remainder, b.root_id,
           bool_or(coalesce(m.code OPERATOR(wmo.@>) u.code AND m.valid && u.valid, false)) AS covers,
           bool_or(NOT wmo.codes_apart(m.code, m.valid, u.code, u.valid) AND NOT wmo.parts_apart(u.id, m.id)
                   AND coalesce(wmo.ground_of(ST_Intersection(coalesce(u.geom, wmo.bounding_shape(u.id)),
                                                              coalesce(m.geom, wmo.bounding_shape(m.id)))) IS NOT NULL,
                                coalesce(u.geom, wmo.bounding_shape(u.id)) IS NULL
                                OR coalesce(m.geom, wmo.bounding_shape(m.id)) IS NULL)) AS may,
           CASE WHEN u.geom IS NOT NULL AND bool_and(wmo.bounding_shape(m.id) IS NOT NULL) THEN ST_Union(wmo.bounding_shape(m.id)) END AS knife
    FROM unit u
    CROSS JOIN below b
    JOIN wmo.area root ON root.id = b.root_id
    JOIN wmo.area m ON m.id = b.id AND NOT EXISTS (SELECT FROM wmo.area_part p WHERE p.whole_id = m.id)
    WHERE (u.geom IS NULL OR (m.geom IS NULL AND root.geom IS NULL))
      AND NOT EXISTS (SELECT FROM recorded r WHERE (r.id, r.remainder, r.root_id) = (u.id, u.remainder, b.root_id))
    GROUP BY u.id, u.remainder, u.geom, b.root_id
  ), cut AS (
    SELECT k.id, k.remainder, array_agg(k.knife ORDER BY k.root_id, k.sure) AS knives,
           array_agg(k.root_id ORDER BY k.root_id, k.sure) AS root_ids, array_agg(k.sure ORDER BY k.root_id, k.sure) AS sure
    FROM (SELECT s.id, s.remainder, s.root_id, s.knife, true AS sure FROM shaped s WHERE NOT s.same
          UNION ALL
          SELECT s.id, s.remainder, s.root_id, s.knife, false FROM shapeless s WHERE s.may AND NOT s.covers AND s.knife IS NOT NULL) k
    GROUP BY k.id, k.remainder
  ), face AS (
    SELECT u.id, u.remainder, f.geom, f.inside, c.root_ids, c.sure, count(*) OVER (PARTITION BY u.id, u.remainder) > 1 AS part
    FROM unit u
    LEFT JOIN cut c USING (id, remainder)
    CROSS JOIN LATERAL (
      SELECT u.geom, '{}'::integer[] AS inside WHERE c.knives IS NULL
      UNION ALL
      SELECT x.geom, x.inside FROM wmo.faces(u.geom, c.knives) x WHERE c.knives IS NOT NULL
    ) f
  ), said AS (
    SELECT f.*,
           ARRAY(SELECT r.root_id FROM recorded r WHERE (r.id, r.remainder) = (f.id, f.remainder)
                 UNION SELECT s.root_id FROM shaped s WHERE (s.id, s.remainder) = (f.id, f.remainder) AND s.same
                 UNION SELECT s.root_id FROM shapeless s WHERE (s.id, s.remainder) = (f.id, f.remainder) AND s.covers
                 UNION SELECT f.root_ids[i] FROM unnest(f.inside) i WHERE f.sure[i]) AS covered_by,
           ARRAY(SELECT s.root_id FROM shapeless s
                 WHERE (s.id, s.remainder) = (f.id, f.remainder) AND s.may AND NOT s.covers AND s.knife IS NULL
                 UNION SELECT f.root_ids[i] FROM unnest(f.inside) i WHERE NOT f.sure[i]) AS maybe_by
    FROM face f
  )
  SELECT s.id, row_number() OVER (ORDER BY s.id, s.remainder, s.covered_by)::integer, s.part OR s.remainder, s.geom, s.covered_by,
         ARRAY(SELECT m FROM unnest(s.maybe_by) m WHERE m <> ALL (s.covered_by))
  FROM said s;
END;
COMMENT ON FUNCTION wmo.grounds(integer[], integer[]) IS 'Cuts areas (down to their smallest recorded parts) into pieces of ground over which each of the contract areas says the same: covers it, may cover it (one of them has no shape, and neither records nor codes keep them apart), or does not. part: the piece is not all of area_id.';
