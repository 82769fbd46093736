-- match: which areas a place or a code meets.
-- Relies on area and shape (registry) and on the words certainty and reason (standing).

CREATE TYPE wmo_works.area_match AS (
  area_id   integer,
  covers    text,
  pinned    boolean,
  follows   boolean,
  certainty wmo.certainty,
  reason    wmo.reason
);
COMMENT ON TYPE wmo_works.area_match IS
  'An area that a question meets: whole or part; for scopes pinned to this edition and for scopes that follow its '
  'code; how sure that is; and area_without_shape where it cannot be told, schematic where it lies beside a drawing.';

CREATE FUNCTION wmo_works.untold_certainty(drawn boolean) RETURNS wmo.certainty
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT CASE WHEN drawn THEN 'schematic'::wmo.certainty END;
END;
COMMENT ON FUNCTION wmo_works.untold_certainty(boolean) IS
  'How an area is met of which nobody can tell whether it holds a place: schematic where the place lies beside its '
  'drawing, which is no boundary.';

CREATE INDEX area_without_boundary_idx ON wmo.area (id) WHERE geom_basis IS NULL OR geom_basis = 'schematic';

CREATE FUNCTION wmo.area_edition(code wmo.area_code, on_date date) RETURNS integer
LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT a.id FROM wmo.area a
  WHERE a.code OPERATOR(@extschema@.=) area_edition.code
  ORDER BY wmo_works.edition_order(a.valid, area_edition.on_date)
  LIMIT 1;
END;
COMMENT ON FUNCTION wmo.area_edition(wmo.area_code, date) IS
  'The edition of a code that answers for a day: the one that exists then, else the last before it, else the first '
  'after it; null when the code is not in the registry.';

CREATE FUNCTION wmo_works.by_reading(certainty wmo.certainty, reason wmo.reason) RETURNS wmo.certainty
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT CASE WHEN reason IS NULL THEN greatest(certainty, 'inferred'::wmo.certainty) ELSE certainty END;
END;
COMMENT ON FUNCTION wmo_works.by_reading(wmo.certainty, wmo.reason) IS
  'How sure it is that an area is met where an edition of other days stands in for it: inferred at best; of an area of '
  'which nobody can tell whether it is met (reason) that is said already.';

CREATE FUNCTION wmo_works.with_editions(matches wmo_works.area_match[], on_date date) RETURNS SETOF wmo_works.area_match
LANGUAGE sql STABLE PARALLEL SAFE COST 200 ROWS 5
BEGIN ATOMIC
  SELECT m.area_id, m.covers, true, a.valid @> with_editions.on_date,
         -- before an area existed, that its ground is meant is a reading; after it, its ground stays what it was
         CASE WHEN lower(a.valid) > with_editions.on_date
              THEN wmo_works.by_reading(m.certainty, m.reason) ELSE m.certainty END, m.reason
  FROM unnest(with_editions.matches) m JOIN wmo.area a ON a.id = m.area_id
  UNION ALL
  SELECT other.id, m.covers, false, true, m.certainty, m.reason
  FROM unnest(with_editions.matches) m
  JOIN wmo.area a ON a.id = m.area_id AND a.valid @> with_editions.on_date
  JOIN wmo.area other ON other.code OPERATOR(@extschema@.=) a.code AND other.id <> a.id
  UNION ALL
  -- on a day without an edition, that the code still means the ground of the one that answers is a reading
  SELECT other.id, m.covers, false, true, wmo_works.by_reading(m.certainty, m.reason), m.reason
  FROM unnest(with_editions.matches) m
  JOIN wmo.area a ON a.id = m.area_id AND NOT a.valid @> with_editions.on_date
  CROSS JOIN LATERAL (
    SELECT a.id
    UNION ALL
    SELECT e.id FROM wmo.area e WHERE e.code OPERATOR(@extschema@.=) a.code AND e.id <> a.id
  ) other
  WHERE a.code IS NULL OR a.id = wmo.area_edition(a.code, with_editions.on_date);
END;
COMMENT ON FUNCTION wmo_works.with_editions(wmo_works.area_match[], date) IS
  'Adds the other editions of the code of each area that answers for it on the day (wmo.area_edition): a scope that '
  'follows the code is met through that one, and by a reading where it does not exist on the day. An area that did not '
  'exist yet is met by a reading too.';

CREATE FUNCTION wmo_works.shapes_at(place geometry) RETURNS TABLE (id integer, geom_basis text, inferred boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 3
BEGIN ATOMIC
  SELECT a.id, a.geom_basis, wmo_works.is_inferred(a.source_id)
  FROM wmo.area a WHERE ST_Covers(a.geom, shapes_at.place);
END;
COMMENT ON FUNCTION wmo_works.shapes_at(geometry) IS 'The areas whose own shape covers a place in RD New.';

CREATE FUNCTION wmo_works.shapes_meet(shape geometry, place geometry) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT ST_Intersects(shape, place);
END;
COMMENT ON FUNCTION wmo_works.shapes_meet(geometry, geometry) IS
  'ST_Intersects, bound to the schema that PostGIS lives in; for a point the same as ST_Covers.';

CREATE FUNCTION wmo_works.is_narrowed_to(area_id integer) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT EXISTS (
    SELECT FROM wmo.area a
    JOIN wmo.area named ON named.id = a.id OR named.code OPERATOR(@extschema@.=) a.code
    WHERE a.id = is_narrowed_to.area_id
      AND (EXISTS (SELECT FROM wmo.client_stop cs WHERE cs.area_id = named.id)
           OR EXISTS (SELECT FROM wmo.subcontract sub WHERE sub.area_id = named.id)));
END;
COMMENT ON FUNCTION wmo_works.is_narrowed_to(integer) IS
  'Does a client stop or a subcontract name this area, or another edition of its code, so that an answer depends on '
  'whether a place lies in it?';

CREATE FUNCTION wmo_works.areas_unplaced(place geometry, service_id integer, met integer[])
RETURNS TABLE (area_id integer, drawn boolean)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 2000 ROWS 1
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
  -- Mostly every smallest part has a boundary: then nothing is looked for, and what would look for it is not planned.
  IF NOT EXISTS (SELECT FROM wmo_works.area_without_boundary leaf
                 WHERE NOT EXISTS (SELECT FROM wmo.area_part p WHERE p.whole_id = leaf.area_id)
                    OR EXISTS (SELECT FROM wmo_works.area_with_rest r WHERE r.area_id = leaf.area_id)) THEN
    RETURN;
  END IF;
  RETURN QUERY
  WITH here AS MATERIALIZED (
    SELECT a.id, a.code, a.valid
    FROM wmo_works.shapes_at(areas_unplaced.place) s JOIN wmo.area a ON a.id = s.id
    WHERE wmo_works.is_boundary(a.geom_basis, a.source_id)
  )
  SELECT a.id, possible.drawn
  FROM wmo_works.area_without_boundary unbounded
  JOIN wmo.area a ON a.id = unbounded.area_id
  CROSS JOIN LATERAL (
    -- A part without a boundary counts only where no wider area with one rules the place out.
    SELECT bool_and(leaf.drawn) AS drawn
    FROM (
      SELECT part.id, part.code, part.valid, part.geom IS NOT NULL AS drawn
      FROM wmo_works.area_leaves(a.id) l JOIN wmo.area part ON part.id = l.leaf_id
      WHERE NOT wmo_works.is_boundary(part.geom_basis, part.source_id)
      OFFSET 0 -- its own parts: never every area without a boundary
    ) leaf
    WHERE NOT EXISTS (SELECT FROM wmo.area_with_wholes(leaf.id) w JOIN wmo.area wide ON wide.id = w.whole_id
                      WHERE NOT w.inferred AND wmo_works.is_boundary(wide.geom_basis, wide.source_id)
                        AND NOT wmo_works.shapes_meet(wide.geom, areas_unplaced.place))
      AND NOT EXISTS (SELECT FROM wmo.area wide
                      WHERE wide.code OPERATOR(@extschema@.@>) leaf.code AND wide.valid && leaf.valid
                        AND wmo_works.is_boundary(wide.geom_basis, wide.source_id)
                        AND NOT wmo_works.shapes_meet(wide.geom, areas_unplaced.place))
      AND NOT EXISTS (SELECT FROM wmo_works.later_areas(leaf.code, leaf.valid) l (id) JOIN wmo.area wide USING (id)
                      WHERE wmo_works.is_boundary(wide.geom_basis, wide.source_id)
                        AND NOT wmo_works.shapes_meet(wide.geom, areas_unplaced.place))
      -- What lies within the boundary of another code, or of another part of the same whole, lies there.
      AND NOT EXISTS (SELECT FROM here
                      WHERE wmo_works.codes_apart(leaf.code, datemultirange(leaf.valid), here.code,
                                                  datemultirange(here.valid))
                         OR wmo_works.records_apart(leaf.id, here.id))
    HAVING count(*) > 0
  ) possible
  WHERE a.id <> ALL (areas_unplaced.met)
    AND (EXISTS (SELECT FROM wmo.contract_scope s
                 WHERE s.area_id = a.id
                   AND s.service_id = ANY (ARRAY(
                     SELECT f.member_id FROM wmo_works.service_family(areas_unplaced.service_id) f)))
         OR wmo_works.is_narrowed_to(a.id));
END
$$;
COMMENT ON FUNCTION wmo_works.areas_unplaced(geometry, integer, integer[]) IS
  'The areas with scopes for this service, stops or subcontracts that nothing rules out at a place, apart from those '
  'that are met already: their boundary is not known, for they have no shape, a drawing or one that is our reading of '
  'a source. drawn: by all that may hold the place, if it does not lie in what is drawn.';

CREATE FUNCTION wmo_works.areas_at(place geometry, service_id integer, on_date date) RETURNS SETOF wmo_works.area_match
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 5000 ROWS 5
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH met AS MATERIALIZED (
    SELECT w.whole_id AS area_id,
           min(greatest(CASE WHEN a.geom_basis = 'schematic' THEN 'schematic'::wmo.certainty ELSE 'certain' END,
                        CASE WHEN w.inferred OR a.inferred THEN 'inferred'::wmo.certainty ELSE 'certain' END))
             AS certainty
    FROM wmo_works.shapes_at(areas_at.place) a CROSS JOIN LATERAL wmo.area_with_wholes(a.id) w
    GROUP BY w.whole_id
  )
  SELECT e.area_id, e.covers, e.pinned, e.follows, e.certainty, e.reason
  FROM (SELECT ARRAY(
    SELECT ROW(met.area_id, 'whole', true, true, met.certainty, NULL)::wmo_works.area_match FROM met
    UNION ALL
    SELECT ROW(u.area_id, NULL, true, true, wmo_works.untold_certainty(u.drawn),
               'area_without_shape')::wmo_works.area_match
    FROM wmo_works.areas_unplaced(areas_at.place, areas_at.service_id, ARRAY(SELECT met.area_id FROM met)) u
  ) AS matches OFFSET 0) m -- found once, however often they are mentioned
  CROSS JOIN LATERAL wmo_works.with_editions(m.matches, areas_at.on_date) e;
END
$$;
COMMENT ON FUNCTION wmo_works.areas_at(geometry, integer, date) IS
  'The areas that cover a place in RD New (ST_Covers: a border belongs to both), the wholes they are part of, and the '
  'areas with scopes for this service whose boundary is not known and that nothing rules out.';

CREATE FUNCTION wmo_works.is_shared(shared double precision, one double precision, other double precision)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT shared > 0.01::float8 * least(one, other);
END;
COMMENT ON FUNCTION wmo_works.is_shared(double precision, double precision, double precision) IS
  'Is the surface that two shapes have in common more than a hundredth of the smaller one? Less is a sliver of '
  'simplified borders, not a shared territory.';

CREATE FUNCTION wmo_works.is_whole(shared double precision, whole double precision) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT shared >= 0.99::float8 * whole;
END;
COMMENT ON FUNCTION wmo_works.is_whole(double precision, double precision) IS
  'Is so much of a surface all of it? What is missing from 99 % may be slivers.';

CREATE FUNCTION wmo_works.shapes_shared(area_id integer)
RETURNS TABLE (area_id_met integer, whole boolean, schematic boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 5000 ROWS 3
BEGIN ATOMIC
  SELECT met.id, wmo_works.is_whole(met.shared, met.of_asked), met.schematic
  FROM (
    SELECT near.id, ST_Area(ST_Intersection(own.geom, asked.geom)) AS shared, ST_Area(own.geom) AS own,
           ST_Area(asked.geom) AS of_asked, own.schematic OR asked.basis = 'schematic' AS schematic
    FROM (SELECT wmo.area_shape(shapes_shared.area_id) AS geom, wmo.area_shape_basis(shapes_shared.area_id) AS basis
          OFFSET 0) asked
    CROSS JOIN LATERAL (
      SELECT DISTINCT w.whole_id AS id
      FROM wmo.area a CROSS JOIN LATERAL wmo.area_with_wholes(a.id) w
      WHERE ST_Intersects(a.geom, asked.geom) AND w.whole_id <> shapes_shared.area_id
        AND (EXISTS (SELECT FROM wmo.contract_scope s WHERE s.area_id = w.whole_id)
             OR wmo_works.is_narrowed_to(w.whole_id))
    ) near
    CROSS JOIN LATERAL (
      -- its own shape, or that of its parts, as far as it is known
      SELECT coalesce(a.geom, part.geom) AS geom,
             CASE WHEN a.geom IS NULL THEN part.schematic ELSE a.geom_basis = 'schematic' END AS schematic
      FROM wmo.area a
      CROSS JOIN LATERAL (
        SELECT ST_Union(leaf.geom) AS geom, bool_or(leaf.geom_basis = 'schematic') AS schematic
        FROM wmo_works.area_leaves(a.id) l JOIN wmo.area leaf ON leaf.id = l.leaf_id WHERE a.geom IS NULL
      ) part
      WHERE a.id = near.id
      OFFSET 0
    ) own
  ) met
  WHERE wmo_works.is_shared(met.shared, met.own, met.of_asked);
END;
COMMENT ON FUNCTION wmo_works.shapes_shared(integer) IS
  'The contract areas that share more than a sliver of territory with an area, by their shapes or those of the parts '
  'that they are made of; whole when they cover 99 % of it.';

CREATE FUNCTION wmo_works.areas_untold(code wmo.area_code, on_date date, within_id integer, entered boolean,
                                       met integer[])
RETURNS TABLE (area_id integer, drawn boolean)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 5000 ROWS 1
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
  RETURN QUERY
  WITH here AS MATERIALIZED (
    SELECT a.id, coalesce(place.shape, wmo_works.bounding_shape(a.id)) AS bounds,
           -- of a code that is not recorded only the day that is asked about is known
           CASE WHEN areas_untold.entered THEN datemultirange(a.valid)
                ELSE datemultirange(daterange(areas_untold.on_date, areas_untold.on_date, '[]')) END AS days,
           areas_untold.entered AND place.shape IS NOT NULL AS shaped,
           areas_untold.entered AND place.basis IS NOT NULL AS drawn
    FROM wmo.area a
    CROSS JOIN LATERAL (
      SELECT own.basis, CASE WHEN wmo_works.is_boundary(own.basis, a.source_id) THEN wmo.area_shape(a.id) END AS shape
      FROM (SELECT wmo.area_shape_basis(a.id) AS basis OFFSET 0) own
      OFFSET 0
    ) place
    WHERE a.id = areas_untold.within_id
  )
  SELECT c.id, possible.drawn
  FROM here
  CROSS JOIN LATERAL (
    SELECT a.id, a.code, a.valid, true AS hidden
    FROM wmo_works.area_without_boundary unbounded JOIN wmo.area a ON a.id = unbounded.area_id
    UNION ALL
    SELECT a.id, a.code, a.valid, false FROM wmo.area a
    WHERE NOT here.shaped AND wmo_works.is_boundary(a.geom_basis, a.source_id)
  ) c
  CROSS JOIN LATERAL (
    SELECT bool_and(leaf.drawn) AS drawn
    FROM (
      SELECT leaf.id, CASE WHEN wmo_works.is_boundary(leaf.geom_basis, leaf.source_id) THEN leaf.geom END AS geom,
             here.drawn AND leaf.geom IS NOT NULL AS drawn
      FROM wmo_works.area_leaves(c.id) l JOIN wmo.area leaf ON leaf.id = l.leaf_id
      WHERE (NOT here.shaped OR (c.hidden AND NOT wmo_works.is_boundary(leaf.geom_basis, leaf.source_id)))
        AND NOT wmo_works.codes_apart(leaf.code, datemultirange(leaf.valid), areas_untold.code, here.days)
      OFFSET 0 -- only of these leaves what costs more
    ) leaf
    WHERE NOT wmo_works.records_apart(here.id, leaf.id)
      AND wmo_works.shapes_may_meet(here.id, here.bounds, leaf.id, leaf.geom)
    HAVING count(*) > 0
  ) possible
  WHERE (EXISTS (SELECT FROM wmo.contract_scope s WHERE s.area_id = c.id) OR wmo_works.is_narrowed_to(c.id))
    AND c.id <> ALL (areas_untold.met)
    AND NOT wmo_works.codes_apart(c.code, datemultirange(c.valid), areas_untold.code, here.days);
END
$$;
COMMENT ON FUNCTION wmo_works.areas_untold(wmo.area_code, date, integer, boolean, integer[]) IS
  'The areas with scopes, stops or subcontracts, apart from those met already, of which nobody can tell whether they '
  'share ground with a code: one of the two has no boundary, and neither codes nor records nor what they must lie in '
  'keep them apart. '
  'within_id: the area of the code itself (entered) or one that it lies in. drawn: both have a shape, if a drawing.';

CREATE FUNCTION wmo_works.areas_of_code(code wmo.area_code, on_date date) RETURNS SETOF wmo_works.area_match
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 5000 ROWS 5
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH asked AS MATERIALIZED (
    SELECT t.id, t.valid FROM wmo.area t WHERE t.id = wmo.area_edition(areas_of_code.code, areas_of_code.on_date)
  ), days AS (
    -- The hierarchy of codes holds within an edition: only areas of the same days compare.
    SELECT coalesce((SELECT asked.valid FROM asked),
                    daterange(areas_of_code.on_date, areas_of_code.on_date, '[]')) AS valid
  ), asked_leaf AS MATERIALIZED (
    SELECT l.leaf_id, l.inferred FROM asked CROSS JOIN LATERAL wmo_works.area_leaves(asked.id) l
  ), by_record AS MATERIALIZED (
    -- Recorded parts and wholes, and the hierarchy of the codes.
    SELECT w.whole_id AS area_id, bool_and(w.inferred OR near.inferred) AS inferred, bool_or(near.wide) AS wide
    FROM (
      SELECT asked_leaf.leaf_id AS area_id, asked_leaf.inferred, false AS wide FROM asked_leaf
      UNION ALL
      SELECT asked.id, false, true FROM asked
      UNION ALL
      SELECT a.id, false, a.code OPERATOR(@extschema@.@>) areas_of_code.code
      FROM wmo.area a CROSS JOIN days
      WHERE (a.code OPERATOR(@extschema@.@>) areas_of_code.code OR a.code OPERATOR(@extschema@.<@) areas_of_code.code)
        AND a.valid && days.valid
      UNION ALL
      -- what was all of it, or of another one, has become a part; where both have shapes, these say which
      SELECT a.id, false, false
      FROM wmo_works.codes_held(areas_of_code.code) h
      JOIN wmo.area a ON a.code OPERATOR(@extschema@.=) h.held_code::wmo.area_code
      CROSS JOIN days
      WHERE a.valid << days.valid AND (h.since IS NULL OR days.valid && daterange(h.since, NULL))
        AND (wmo.area_shape(a.id) IS NULL
             OR NOT EXISTS (SELECT FROM asked WHERE wmo.area_shape(asked.id) IS NOT NULL))
    ) near
    CROSS JOIN LATERAL wmo.area_with_wholes(near.area_id) w
    GROUP BY w.whole_id
  ), by_shape AS (
    SELECT o.area_id_met AS area_id, o.whole, o.schematic
    FROM asked CROSS JOIN LATERAL wmo_works.shapes_shared(asked.id) o
    WHERE o.area_id_met NOT IN (SELECT r.area_id FROM by_record r)
  ), here AS (
    -- where the ground lies: a code without an edition lies in the narrowest code around it
    SELECT coalesce(
      (SELECT asked.id FROM asked),
      (SELECT w.id FROM by_record r JOIN wmo.area w ON w.id = r.area_id
       WHERE w.code OPERATOR(@extschema@.@>) areas_of_code.code
       ORDER BY length(w.code::text) DESC, lower(w.valid) DESC NULLS LAST LIMIT 1)) AS id
  )
  SELECT e.area_id, e.covers, e.pinned, e.follows, e.certainty, e.reason
  FROM (SELECT ARRAY(
    SELECT ROW(r.area_id,
               CASE WHEN r.wide
                         OR (EXISTS (SELECT FROM asked_leaf)
                             AND NOT EXISTS (
                               SELECT l.leaf_id FROM asked_leaf l
                               WHERE l.leaf_id NOT IN (SELECT al.leaf_id FROM wmo_works.area_leaves(r.area_id) al)
                                 AND l.leaf_id <> r.area_id))
                    THEN 'whole' ELSE 'part' END, true, true,
               CASE WHEN r.inferred THEN 'inferred'::wmo.certainty ELSE 'certain' END, NULL)::wmo_works.area_match
    FROM by_record r
    UNION ALL
    SELECT ROW(b.area_id, CASE WHEN b.whole THEN 'whole' ELSE 'part' END, true, true,
               CASE WHEN b.schematic THEN 'schematic'::wmo.certainty ELSE 'inferred' END, NULL)::wmo_works.area_match
    FROM by_shape b
    UNION ALL
    SELECT ROW(u.area_id, NULL, true, true, wmo_works.untold_certainty(u.drawn),
               'area_without_shape')::wmo_works.area_match
    FROM here CROSS JOIN LATERAL wmo_works.areas_untold(
      areas_of_code.code, areas_of_code.on_date, here.id, EXISTS (SELECT FROM asked),
      ARRAY(SELECT r.area_id FROM by_record r UNION SELECT b.area_id FROM by_shape b)) u
  ) AS matches OFFSET 0) m -- found once, however often they are mentioned
  CROSS JOIN LATERAL wmo_works.with_editions(m.matches, areas_of_code.on_date) e;
END
$$;
COMMENT ON FUNCTION wmo_works.areas_of_code(wmo.area_code, date) IS
  'The areas that a CBS code meets on a day, whole or in part: by recorded parts and the hierarchy of codes within an '
  'edition, else by the shapes where both are known; and those with scopes that may share its ground, where one of the '
  'two has no boundary.';
