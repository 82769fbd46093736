-- postcode_ground: where a postcode lies, and which areas share its ground.
-- Relies on postcode_place and area (registry), on geometry, and on which edition answers (match).

CREATE TYPE wmo_works.postcode_ground AS (
  ground         geometry,
  basis          text,
  stands_for_all boolean,
  inferred       boolean,
  reading        boolean
);
COMMENT ON TYPE wmo_works.postcode_ground IS
  'Where a postcode lies, and by what: its area, its points, points of its PC6, or area or points of its PC4. '
  'stands_for_all: false when that may be only a part of it, or more than it. inferred: that it lies there is a '
  'reading, of points, of its PC4, of a place recorded for other days, or of a source; reading: of the last two, or '
  'of a PC4 that has a PC6 elsewhere, so that nobody can say by it what is not there.';

CREATE FUNCTION wmo_works.points_together(points geometry[]) RETURNS geometry
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT ST_Multi(ST_Union(points));
END;
COMMENT ON FUNCTION wmo_works.points_together(geometry[]) IS 'One multipoint, or multipolygon, of several.';

CREATE FUNCTION wmo_works.postcode_edition(code wmo.postcode, on_date date)
RETURNS TABLE (geom geometry, inferred boolean, of_day boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
  -- Polygons come before points: MULTIPOLYGON sorts after MULTIPOINT.
  SELECT p.geom, NOT p.valid @> postcode_edition.on_date OR wmo_works.is_inferred(p.source_id),
         p.valid @> postcode_edition.on_date
  FROM wmo.postcode_place p
  WHERE p.postcode OPERATOR(@extschema@.=) postcode_edition.code
  ORDER BY p.valid @> postcode_edition.on_date DESC, wmo_works.place_type(p.geom) DESC,
           wmo_works.edition_order(p.valid, postcode_edition.on_date)
  LIMIT 1;
END;
COMMENT ON FUNCTION wmo_works.postcode_edition(wmo.postcode, date) IS
  'The recorded place of a postcode itself for a day: its polygons, else its points, or those of other days; no row '
  'when there is none. of_day: not of other days; inferred: of these, or by an inferred source.';

CREATE FUNCTION wmo_works.lies_apart(place geometry, area geometry) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT CASE WHEN ST_Covers(area, place) THEN false ELSE NOT ST_Covers(ST_Buffer(area, 100), place) END;
END;
COMMENT ON FUNCTION wmo_works.lies_apart(geometry, geometry) IS
  'Does a place of a PC6 lie, in part at least, more than a hundred metres outside the area of its PC4? Less is in the '
  'drawing of its border.';

CREATE FUNCTION wmo_works.places_within(code wmo.postcode, on_date date) RETURNS wmo_works.postcode_ground
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  found_ground wmo_works.postcode_ground;
BEGIN
  SELECT wmo_works.points_together(array_agg(e.geom)), 'the places of its PC6', count(*) >= 10, true,
         bool_or(e.inferred) INTO found_ground
  FROM (SELECT DISTINCT p.postcode::text AS written, p.postcode FROM wmo.postcode_place p
        WHERE p.postcode OPERATOR(@extschema@.<@) code AND p.postcode OPERATOR(@extschema@.<>) code) c
  CROSS JOIN LATERAL wmo_works.postcode_edition(c.postcode, on_date) e;
  RETURN found_ground;
END
$$;
COMMENT ON FUNCTION wmo_works.places_within(wmo.postcode, date) IS
  'Where a PC4 lies by its PC6, of which it has a hundred as a rule: fewer than ten do not stand for all of it.';

CREATE FUNCTION wmo_works.postcode_ground(code wmo.postcode, on_date date) RETURNS wmo_works.postcode_ground
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  pc4 CONSTANT wmo.postcode := wmo.pc4(code);
  own record; -- geom, inferred, of_day
  around record; -- geom
  found_ground wmo_works.postcode_ground;
  inner_ground wmo_works.postcode_ground;
BEGIN
  SELECT e.geom, e.inferred, e.of_day INTO own FROM wmo_works.postcode_edition(code, on_date) e;
  found_ground := (own.geom, 'its area', true, own.inferred, own.inferred);
  IF wmo.level(code) <> wmo.level(pc4) AND NOT own.of_day THEN
    SELECT e.geom INTO around FROM wmo_works.postcode_edition(pc4, on_date) e
    WHERE e.of_day AND wmo_works.place_type(e.geom) = 'MULTIPOLYGON';
    IF wmo_works.lies_apart(own.geom, around.geom) THEN
      found_ground.ground := NULL; -- it has moved, or its PC4 has: it lies in that
    END IF;
  END IF;
  IF wmo_works.place_type(found_ground.ground) = 'MULTIPOLYGON' THEN
    IF wmo.level(code) = wmo.level(pc4) AND EXISTS (
         SELECT FROM wmo.postcode_place p
         WHERE p.postcode OPERATOR(@extschema@.<@) code AND p.postcode OPERATOR(@extschema@.<>) code
           AND p.valid @> on_date AND wmo_works.lies_apart(p.geom, found_ground.ground)) THEN
      found_ground.inferred := true;
      found_ground.reading := true;
    END IF;
    RETURN found_ground;
  END IF;
  found_ground.basis := 'its points';
  found_ground.inferred := true;
  IF wmo.level(code) = wmo.level(pc4) THEN
    inner_ground := wmo_works.places_within(code, on_date);
    found_ground.stands_for_all := false;
    RETURN CASE WHEN inner_ground.ground IS NOT NULL THEN inner_ground
                WHEN found_ground.ground IS NOT NULL THEN found_ground END;
  END IF;
  IF found_ground.ground IS NOT NULL THEN
    RETURN found_ground;
  END IF;
  found_ground := wmo_works.postcode_ground(pc4, on_date);
  IF found_ground.ground IS NOT NULL THEN
    found_ground.basis := CASE found_ground.basis WHEN 'its area' THEN 'the area of its PC4'
                          ELSE 'the points of its PC4' END;
    found_ground.stands_for_all := false;
    found_ground.inferred := true;
  END IF;
  RETURN found_ground;
END
$$;
COMMENT ON FUNCTION wmo_works.postcode_ground(wmo.postcode, date) IS
  'Where a postcode lies on a day, from the surest record: its area; for a PC4 the places of its PC6; its points; for '
  'a PC6 without a place, or with one of other days that lies outside its PC4 of the day, its PC4. ground is null when '
  'nothing is known.';

CREATE FUNCTION wmo_works.share_within(ground geometry, shape geometry) RETURNS double precision
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT CASE
    WHEN NOT ground && shape THEN 0
    WHEN ST_Dimension(ground) = 0
    THEN (SELECT count(*) FILTER (WHERE ST_Covers(shape, d.geom))::float8 / count(*)::float8 FROM ST_Dump(ground) d)
    ELSE wmo_works.shared_surface(ground, shape) / ST_Area(ground)
  END;
END;
COMMENT ON FUNCTION wmo_works.share_within(geometry, geometry) IS
  'The share of a ground that lies in a shape: of its surface, or of its points.';

CREATE FUNCTION wmo_works.is_all_of(share double precision, ground geometry) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN wmo_works.place_type(ground) = 'MULTIPOINT' THEN share > 0.999999::float8
              ELSE wmo_works.is_whole(share, 1) END;
END;
COMMENT ON FUNCTION wmo_works.is_all_of(double precision, geometry) IS
  'Is such a share of a ground all of it? Of points each one counts: the one that lies elsewhere is no sliver.';

CREATE FUNCTION wmo_works.shares_of_grounds(grounds geometry[])
RETURNS TABLE (n integer, area_id integer, share double precision, certainty wmo.certainty)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 20000 ROWS 50
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH met AS MATERIALIZED (
    SELECT s.n, s.id, s.share, s.drawn, s.inferred
    FROM (SELECT g.n, a.id, wmo_works.share_within(g.ground, a.geom) AS share, wmo_works.surface(a.geom) AS own,
                 wmo_works.surface(g.ground) AS whole, wmo_works.place_type(g.ground) AS type,
                 a.geom_basis = 'schematic' AS drawn, wmo_works.is_inferred(a.source_id) AS inferred
          FROM unnest(shares_of_grounds.grounds) WITH ORDINALITY g (ground, n)
          JOIN wmo.area a ON wmo_works.boxes_meet(a.geom, g.ground)
          OFFSET 0) s -- cut once, not at every mention of the share
    WHERE CASE s.type WHEN 'MULTIPOLYGON' THEN wmo_works.is_shared(s.share * s.whole, s.own, s.whole)
                      ELSE s.share > 0 END
  ), part AS (
    SELECT met.n, met.id, met.share, met.drawn, w.whole_id, w.inferred OR met.inferred AS inferred,
           NOT EXISTS (SELECT FROM wmo.area_part p WHERE p.whole_id = met.id) AS leaf
    FROM met CROSS JOIN LATERAL wmo.area_with_wholes(met.id) w
  )
  -- An area meets the ground by its own shape, or by its smallest parts together.
  SELECT p.n::integer, p.whole_id, least(1, greatest(max(p.share), sum(p.share) FILTER (WHERE p.leaf))),
         greatest(CASE WHEN bool_or(p.drawn) THEN 'schematic'::wmo.certainty ELSE 'certain' END,
                  CASE WHEN bool_and(p.inferred) THEN 'inferred'::wmo.certainty ELSE 'certain' END)
  FROM part p GROUP BY p.n, p.whole_id;
END
$$;
COMMENT ON FUNCTION wmo_works.shares_of_grounds(geometry[]) IS
  'The areas of every edition that each of these grounds (n: its place among them) meets by more than a sliver, by '
  'their own shapes or those of their parts, with the share of the ground in each.';

CREATE FUNCTION wmo.postcode_shares(code wmo.postcode, on_date date DEFAULT CURRENT_DATE, kind text DEFAULT NULL)
RETURNS TABLE (area_id integer, area_code wmo.area_code, area text, area_kind text, share double precision,
               certainty text, basis text)
LANGUAGE sql STABLE PARALLEL SAFE COST 30000 ROWS 5
BEGIN ATOMIC
  SELECT a.id, a.code, a.name, a.kind, s.share,
         greatest(s.certainty, CASE WHEN g.inferred THEN 'inferred'::wmo.certainty END)::text,
         wmo_works.known_words(g.basis)
  FROM wmo_works.postcode_ground(postcode_shares.code, postcode_shares.on_date) g
  CROSS JOIN LATERAL wmo_works.shares_of_grounds(ARRAY[g.ground]) s
  JOIN wmo.area a ON a.id = s.area_id
  WHERE a.valid @> postcode_shares.on_date AND (postcode_shares.kind IS NULL OR a.kind = postcode_shares.kind)
  ORDER BY a.kind, s.share DESC, a.name, a.id;
END;
COMMENT ON FUNCTION wmo.postcode_shares(wmo.postcode, date, text) IS
  'The areas of a day that a postcode lies in, with the share of it in each (0 to 1; of its surface, or of its points) '
  'and what that rests on (basis).';
