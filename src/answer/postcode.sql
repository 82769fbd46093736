-- postcode: which areas a postcode meets.
-- Relies on postcode_ground and match.

CREATE FUNCTION wmo_works.areas_of_postcodes(codes wmo.postcode[], service_id integer, on_date date)
RETURNS TABLE (n integer, matches wmo_works.area_match[], reading boolean)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 30000 ROWS 10
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH asked AS MATERIALIZED (
    SELECT u.n::integer AS n, (here.place).ground, (here.place).stands_for_all, (here.place).inferred,
           coalesce((here.place).reading, false) AS reading,
           (here.place).basis IN ('its points', 'the points of its PC4') AND NOT (here.place).stands_for_all AS lone,
           (here.place).basis = 'the places of its PC6' AND NOT (here.place).stands_for_all AS few
    FROM unnest(codes) WITH ORDINALITY u (code, n)
    CROSS JOIN LATERAL (SELECT wmo_works.postcode_ground(u.code, on_date) AS place OFFSET 0) here
  ), met AS MATERIALIZED (
    SELECT a.n, array_agg(s.area_id) AS area_ids,
           array_agg(ROW(s.area_id,
             -- A few points do not tell where the rest of it lies, and a PC4 that is divided does not tell on which
             -- side its PC6 lies.
             CASE WHEN a.lone THEN NULL
                  WHEN wmo_works.is_all_of(s.share, a.ground) THEN CASE WHEN NOT a.few THEN 'whole' END
                  WHEN a.stands_for_all OR a.few THEN 'part' END, true, true,
             greatest(s.certainty,
                      CASE WHEN NOT (a.stands_for_all OR a.few) AND NOT wmo_works.is_all_of(s.share, a.ground)
                           THEN 'unknown'::wmo.certainty
                           WHEN a.inferred THEN 'inferred' END),
             NULL)::wmo_works.area_match) AS matches
    FROM wmo_works.shares_of_grounds(ARRAY(SELECT a.ground FROM asked a ORDER BY a.n)) s JOIN asked a ON a.n = s.n
    GROUP BY a.n
  )
  SELECT a.n,
         CASE WHEN a.ground IS NOT NULL THEN ARRAY(
           SELECT e FROM wmo_works.with_editions(
             coalesce(m.matches, '{}') || ARRAY(
               SELECT ROW(u.area_id, NULL, true, true, wmo_works.untold_certainty(u.drawn),
                          'area_without_shape')::wmo_works.area_match
               FROM wmo_works.areas_unplaced(a.ground, areas_of_postcodes.service_id, coalesce(m.area_ids, '{}')) u
               WHERE areas_of_postcodes.service_id IS NOT NULL),
             on_date) e) END,
         a.reading
  FROM asked a LEFT JOIN met m ON m.n = a.n;
END
$$;
COMMENT ON FUNCTION wmo_works.areas_of_postcodes(wmo.postcode[], integer, date) IS
  'The areas that each of these postcodes (n: its place among them) lies in: whole or part of it, or null where its '
  'places do not tell; inferred when it rests on points, on the PC4 of a PC6, on a place of other days or on an '
  'inferred source, unknown when a PC6 may lie on either side. Null when no place of it is known. Without a service, '
  'areas without a shape are left out. reading: wmo_works.postcode_ground.reading.';

CREATE FUNCTION wmo_works.postcode_matches(code wmo.postcode, service text, on_date date)
RETURNS wmo_works.area_match[]
LANGUAGE sql STABLE PARALLEL SAFE COST 30000
BEGIN ATOMIC
  SELECT a.matches
  FROM wmo_works.areas_of_postcodes(ARRAY[postcode_matches.code], wmo.service_id(postcode_matches.service),
                                    postcode_matches.on_date) a;
END;
COMMENT ON FUNCTION wmo_works.postcode_matches(wmo.postcode, text, date) IS
  'What wmo_works.answer needs to know of a postcode; null when no place of it is known.';
