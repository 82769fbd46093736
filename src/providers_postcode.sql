
-- ---- who serves a postcode ------------------------------------------------------------------------------------------

CREATE TYPE wmo.postcode_ground AS (
  ground  geometry,
  basis   text,
  stands_for_all boolean
);
COMMENT ON TYPE wmo.postcode_ground IS
  'Where a postcode lies, and by what: its area, its points, points of its PC6, or area or points of its PC4. '
  'stands_for_all: false when that may be only a part of it, or more than it.';

CREATE FUNCTION wmo.points_together(points geometry[]) RETURNS geometry
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT ST_Multi(ST_Union(points));
END;
COMMENT ON FUNCTION wmo.points_together(geometry[]) IS 'One multipoint, or multipolygon, of several.';

CREATE FUNCTION wmo.postcode_edition(code wmo.postcode, on_date date) RETURNS geometry
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  -- polygons before points; the edition of the day, else the last before it, else the first after it
  SELECT p.geom FROM wmo.postcode_place p
  WHERE p.postcode OPERATOR(wmo.=) postcode_edition.code
  ORDER BY wmo.place_type(p.geom) DESC, p.valid @> postcode_edition.on_date DESC,
           p.valid << daterange(postcode_edition.on_date, NULL) DESC,
           CASE WHEN p.valid << daterange(postcode_edition.on_date, NULL) THEN upper(p.valid) END DESC, lower(p.valid)
  LIMIT 1;
END;
COMMENT ON FUNCTION wmo.postcode_edition(wmo.postcode, date) IS
  'The recorded place of a postcode itself for a day: its polygons, else its points; null when there is none.';

CREATE FUNCTION wmo.postcode_ground(code wmo.postcode, on_date date) RETURNS wmo.postcode_ground
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  found_ground wmo.postcode_ground;
  inner_points wmo.postcode_place.geom%TYPE;
BEGIN
  found_ground.ground := wmo.postcode_edition(code, on_date);
  IF wmo.place_type(found_ground.ground) = 'MULTIPOLYGON' THEN
    found_ground.basis := 'its area';
    found_ground.stands_for_all := true;
    RETURN found_ground;
  END IF;
  IF wmo.level(code) = wmo.level(wmo.pc4(code)) THEN
    SELECT wmo.points_together(array_agg(wmo.postcode_edition(c.postcode, on_date))) INTO inner_points
    FROM (SELECT DISTINCT p.postcode::text AS written, p.postcode FROM wmo.postcode_place p
          WHERE p.postcode OPERATOR(wmo.<@) code AND p.postcode OPERATOR(wmo.<>) code) c;
    IF inner_points IS NOT NULL THEN
      found_ground.ground := inner_points;
      found_ground.basis := 'the places of its PC6';
      found_ground.stands_for_all := true;
    ELSIF found_ground.ground IS NOT NULL THEN
      found_ground.basis := 'its points';
      found_ground.stands_for_all := false;
    END IF;
    RETURN found_ground;
  END IF;
  IF found_ground.ground IS NOT NULL THEN
    found_ground.basis := 'its points';
    found_ground.stands_for_all := true;
    RETURN found_ground;
  END IF;
  found_ground := wmo.postcode_ground(wmo.pc4(code), on_date);
  IF found_ground.ground IS NOT NULL THEN
    found_ground.basis := CASE found_ground.basis WHEN 'its area' THEN 'the area of its PC4'
                               ELSE 'the points of its PC4' END;
    found_ground.stands_for_all := false;
  END IF;
  RETURN found_ground;
END
$$;
COMMENT ON FUNCTION wmo.postcode_ground(wmo.postcode, date) IS
  'Where a postcode lies on a day, from the surest record: its area; for a PC4 the places of its PC6; its points; for '
  'a PC6 without a place its PC4. ground is null when nothing is known.';

CREATE FUNCTION wmo.share_within(ground geometry, shape geometry) RETURNS double precision
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT CASE
    WHEN NOT ground && shape THEN 0
    WHEN ST_Dimension(ground) = 0
    THEN (SELECT count(*) FILTER (WHERE ST_Covers(shape, d.geom))::double precision / count(*) FROM ST_Dump(ground) d)
    ELSE wmo.shared_surface(ground, shape) / ST_Area(ground)
  END;
END;
COMMENT ON FUNCTION wmo.share_within(geometry, geometry) IS
  'The share of a ground that lies in a shape: of its surface, or of its points.';

CREATE FUNCTION wmo.shares_of_ground(ground geometry)
RETURNS TABLE (area_id integer, share double precision, certainty wmo.certainty)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 20000 ROWS 5
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH met AS MATERIALIZED (
    SELECT s.id, s.share, s.drawn
    FROM (SELECT a.id, wmo.share_within(shares_of_ground.ground, a.geom) AS share, wmo.surface(a.geom) AS own,
                 a.geom_basis = 'schematic' AS drawn
          FROM wmo.area a WHERE wmo.boxes_meet(a.geom, shares_of_ground.ground)) s
    -- a hundredth of the smaller one is a sliver of simplified borders
    WHERE CASE wmo.place_type(shares_of_ground.ground)
               WHEN 'MULTIPOLYGON' THEN s.share * wmo.surface(shares_of_ground.ground)
                                        > 0.01 * least(s.own, wmo.surface(shares_of_ground.ground))
               ELSE s.share > 0 END
  ), part AS (
    SELECT met.*, w.whole_id, w.inferred, NOT EXISTS (SELECT FROM wmo.area_part p WHERE p.whole_id = met.id) AS leaf
    FROM met CROSS JOIN LATERAL wmo.area_with_wholes(met.id) w
  )
  -- an area meets the ground by its own shape, or by its smallest parts together
  SELECT p.whole_id, least(1, greatest(max(p.share), sum(p.share) FILTER (WHERE p.leaf))),
         greatest(CASE WHEN bool_or(p.drawn) THEN 'schematic'::wmo.certainty ELSE 'certain' END,
                  CASE WHEN bool_and(p.inferred) THEN 'inferred'::wmo.certainty ELSE 'certain' END)
  FROM part p GROUP BY p.whole_id;
END
$$;
COMMENT ON FUNCTION wmo.shares_of_ground(geometry) IS
  'The areas of every edition that a ground meets by more than a sliver, by their own shapes or those of their parts, '
  'with the share of the ground in each.';

CREATE FUNCTION wmo.postcode_shares(code wmo.postcode, on_date date DEFAULT CURRENT_DATE, kind text DEFAULT NULL)
RETURNS TABLE (area_id integer, area_code wmo.area_code, area text, area_kind text, share double precision,
               certainty text, basis text)
LANGUAGE sql STABLE PARALLEL SAFE COST 30000 ROWS 5
BEGIN ATOMIC
  SELECT a.id, a.code, a.name, a.kind, s.share,
         greatest(s.certainty,
                  CASE WHEN g.stands_for_all AND g.basis = 'its area' THEN 'certain'::wmo.certainty
                       ELSE 'inferred' END)::text, g.basis
  FROM wmo.postcode_ground(postcode_shares.code, postcode_shares.on_date) g
  CROSS JOIN LATERAL wmo.shares_of_ground(g.ground) s
  JOIN wmo.area a ON a.id = s.area_id
  WHERE a.valid @> postcode_shares.on_date AND (postcode_shares.kind IS NULL OR a.kind = postcode_shares.kind)
  ORDER BY a.kind, s.share DESC, a.name, a.id;
END;
COMMENT ON FUNCTION wmo.postcode_shares(wmo.postcode, date, text) IS
  'The areas of a day that a postcode lies in, with the share of it in each (0 to 1; of its surface, or of its points) '
  'and what that rests on (basis).';

CREATE FUNCTION wmo.areas_of_postcode(code wmo.postcode, service_id integer, on_date date) RETURNS SETOF wmo.area_match
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 30000 ROWS 5
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  here wmo.postcode_ground := wmo.postcode_ground(code, on_date);
  lone_points boolean := here.basis IN ('its points', 'the points of its PC4') AND NOT here.stands_for_all;
BEGIN
  RETURN QUERY
  WITH met AS MATERIALIZED (SELECT s.area_id, s.share, s.certainty FROM wmo.shares_of_ground(here.ground) s)
  SELECT e.area_id, e.covers, e.pinned, e.follows, e.certainty, e.reason
  FROM (SELECT ARRAY(
    SELECT ROW(met.area_id,
               -- a few points do not tell where the rest of it lies; of a PC4 that is divided, not on which side its
               -- PC6 lies
               CASE WHEN lone_points THEN NULL WHEN met.share >= 0.99 THEN 'whole'
                    WHEN here.stands_for_all THEN 'part' END,
               true, true,
               greatest(met.certainty,
                        CASE WHEN NOT here.stands_for_all AND met.share < 0.99 THEN 'unknown'::wmo.certainty
                             WHEN here.basis <> 'its area' THEN 'inferred' ELSE 'certain' END), NULL)::wmo.area_match
    FROM met
    UNION ALL
    SELECT ROW(u.area_id, NULL, true, true, NULL, 'area_without_shape')::wmo.area_match
    FROM wmo.areas_unplaced(here.ground, areas_of_postcode.service_id,
                            ARRAY(SELECT met.area_id FROM met)) AS u (area_id)
  ) AS matches) m CROSS JOIN LATERAL wmo.with_editions(m.matches, areas_of_postcode.on_date) e;
END
$$;
COMMENT ON FUNCTION wmo.areas_of_postcode(wmo.postcode, integer, date) IS
  'The areas that a postcode lies in: whole or part of it, or null where its places do not tell; inferred when it '
  'rests on points or on the PC4 of a PC6, unknown when a PC6 may lie on either side.';

CREATE FUNCTION wmo.postcode_matches(code wmo.postcode, service text, on_date date) RETURNS wmo.area_match[]
LANGUAGE sql STABLE PARALLEL SAFE COST 30000
BEGIN ATOMIC
  SELECT CASE WHEN (wmo.postcode_ground(postcode_matches.code, postcode_matches.on_date)).ground IS NOT NULL THEN
    ARRAY(SELECT m FROM wmo.areas_of_postcode(postcode_matches.code, wmo.service_id(postcode_matches.service),
                                              postcode_matches.on_date) m) END;
END;
COMMENT ON FUNCTION wmo.postcode_matches(wmo.postcode, text, date) IS
  'What wmo.answer needs to know of a postcode; null when no place of it is known.';

CREATE FUNCTION wmo.matches_of_postcode(code wmo.postcode, service text, on_date date)
RETURNS TABLE (known boolean, other_edition boolean, area_id integer, pinned boolean, follows boolean, covers integer,
               certainty integer, without_shape boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 30000 ROWS 5
BEGIN ATOMIC
  SELECT asked.matches IS NOT NULL, false, m.*
  FROM (SELECT wmo.postcode_matches(matches_of_postcode.code, matches_of_postcode.service,
                                    matches_of_postcode.on_date) AS matches
        OFFSET 0) asked -- found once, not for every row
  LEFT JOIN LATERAL wmo.packed_matches(asked.matches) m ON true;
END;
COMMENT ON FUNCTION wmo.matches_of_postcode(wmo.postcode, text, date) IS
  'wmo.postcode_matches for the session''s map: one row at least; known is false where no place of the postcode is.';

CREATE FUNCTION wmo.providers_at_postcode_by_tables(code wmo.postcode, service text, on_date date, age integer,
                                                    current_provider integer, client_since date, as_of date)
RETURNS SETOF wmo.provider_row
LANGUAGE sql STABLE PARALLEL SAFE COST 60000 ROWS 2
BEGIN ATOMIC
  SELECT a.*
  FROM (SELECT wmo.postcode_matches(providers_at_postcode_by_tables.code, providers_at_postcode_by_tables.service,
                                    providers_at_postcode_by_tables.on_date) AS matches
        OFFSET 0) asked -- found once, however often the answer mentions them
  CROSS JOIN LATERAL wmo.answer(asked.matches, providers_at_postcode_by_tables.service,
                                providers_at_postcode_by_tables.on_date, providers_at_postcode_by_tables.age,
                                providers_at_postcode_by_tables.current_provider,
                                providers_at_postcode_by_tables.client_since, providers_at_postcode_by_tables.as_of) a;
END;
COMMENT ON FUNCTION wmo.providers_at_postcode_by_tables(wmo.postcode, text, date, integer, integer, date, date) IS
  'What wmo.providers_at_postcode means, in SQL over the tables: it answers so until the session has a map, and the '
  'map answers the same.';

CREATE FUNCTION wmo.providers_at_postcode(code wmo.postcode, service text, on_date date DEFAULT CURRENT_DATE,
                                          age integer DEFAULT NULL, current_provider integer DEFAULT NULL,
                                          client_since date DEFAULT NULL, as_of date DEFAULT CURRENT_DATE)
RETURNS SETOF wmo.provider_row
LANGUAGE c STABLE PARALLEL SAFE COST 100 ROWS 2
AS 'MODULE_PATHNAME', 'wmo_providers_at_postcode';
COMMENT ON FUNCTION wmo.providers_at_postcode(wmo.postcode, text, date, integer, integer, date, date) IS
  'The same question for a postcode (PC4 or PC6): every provider whose area meets it. covers: whole, part, or null '
  'where that cannot be told; a part means that the address decides. A PC6 without a place of its own is answered by '
  'its PC4, less surely. A postcode of which nothing is known leaves the question incomplete (question_incomplete), '
  'for it lies somewhere.';

CREATE FUNCTION wmo.answer_at_postcode(code wmo.postcode, service text, on_date date DEFAULT CURRENT_DATE,
                                       age integer DEFAULT NULL)
RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 60000
BEGIN ATOMIC
  SELECT CASE
    WHEN bool_or(p.found AND p.covers IS DISTINCT FROM 'whole') THEN 'depends'
    WHEN count(DISTINCT p.provider_id) FILTER (WHERE p.found AND p.role IN ('main', 'contracted'))
         + count(*) FILTER (WHERE p.reason = 'providers_not_named') > 1
         AND bool_or(p.found) THEN 'several'
    WHEN bool_or(p.found) THEN 'one'
    WHEN bool_or(p.reason = 'providers_not_named') THEN 'unnamed'
    WHEN bool_or(p.reason = 'existing_clients_only') THEN 'existing_only'
    ELSE 'none:' || min(p.reason::wmo.reason)
  END
  FROM wmo.providers_at_postcode(answer_at_postcode.code, answer_at_postcode.service, answer_at_postcode.on_date,
                                 answer_at_postcode.age) p;
END;
COMMENT ON FUNCTION wmo.answer_at_postcode(wmo.postcode, text, date, integer) IS
  'The answer in one word, for a new client: depends (the postcode has several answers, none in a part of it, or too '
  'few known points to tell: ask for the address), else as wmo.answer_at: one, several, unnamed, existing_only, or '
  'none:<reason>.';

CREATE FUNCTION wmo.explain_providers_at_postcode(code wmo.postcode, service text, on_date date DEFAULT CURRENT_DATE,
                                                  age integer DEFAULT NULL, current_provider integer DEFAULT NULL,
                                                  client_since date DEFAULT NULL, as_of date DEFAULT CURRENT_DATE)
RETURNS TABLE (step integer, contract text, provider text, rule text, verdict text, explanation text)
LANGUAGE sql STABLE PARALLEL SAFE COST 80000 ROWS 20
BEGIN ATOMIC
  SELECT e.*
  FROM wmo.explain_answer(coalesce(explain_providers_at_postcode.code::text, 'no postcode') || ', by '
      || coalesce((wmo.postcode_ground(explain_providers_at_postcode.code,
                                       explain_providers_at_postcode.on_date)).basis,
                  'nothing: no place of it is known'),
    wmo.postcode_matches(explain_providers_at_postcode.code, explain_providers_at_postcode.service,
                         explain_providers_at_postcode.on_date),
    explain_providers_at_postcode.service, explain_providers_at_postcode.on_date, explain_providers_at_postcode.age,
    explain_providers_at_postcode.current_provider, explain_providers_at_postcode.client_since,
    explain_providers_at_postcode.as_of) e;
END;
COMMENT ON FUNCTION wmo.explain_providers_at_postcode(wmo.postcode, text, date, integer, integer, date, date) IS
  'Why wmo.providers_at_postcode answers as it does, and what it takes for the place of the postcode.';
