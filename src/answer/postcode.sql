-- postcode: who serves a postcode.
-- Relies on postcode_ground, and on answer and explain for the rest of the question.

CREATE FUNCTION wmo_works.areas_of_postcode(code wmo.postcode, service_id integer, on_date date)
RETURNS SETOF wmo_works.area_match
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 30000 ROWS 5
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  here wmo_works.postcode_ground := wmo_works.postcode_ground(code, on_date);
  lone_points boolean := here.basis IN ('its points', 'the points of its PC4') AND NOT here.stands_for_all;
BEGIN
  RETURN QUERY
  WITH met AS MATERIALIZED (SELECT s.area_id, s.share, s.certainty FROM wmo_works.shares_of_ground(here.ground) s)
  SELECT e.area_id, e.covers, e.pinned, e.follows, e.certainty, e.reason
  FROM (SELECT ARRAY(
    SELECT ROW(met.area_id,
               -- A few points do not tell where the rest of it lies, and a PC4 that is divided does not tell on which
               -- side its PC6 lies.
               CASE WHEN lone_points THEN NULL WHEN wmo_works.is_whole(met.share, 1) THEN 'whole'
                    WHEN here.stands_for_all THEN 'part' END, true, true,
               greatest(met.certainty,
                        CASE WHEN NOT here.stands_for_all AND NOT wmo_works.is_whole(met.share, 1)
                             THEN 'unknown'::wmo.certainty
                             WHEN here.basis <> 'its area' THEN 'inferred' ELSE 'certain' END),
               NULL)::wmo_works.area_match
    FROM met
    UNION ALL
    SELECT ROW(u.area_id, NULL, true, true, NULL, 'area_without_shape')::wmo_works.area_match
    FROM wmo_works.areas_unplaced(here.ground, areas_of_postcode.service_id,
                                  ARRAY(SELECT met.area_id FROM met)) AS u (area_id)
  ) AS matches) m CROSS JOIN LATERAL wmo_works.with_editions(m.matches, areas_of_postcode.on_date) e;
END
$$;
COMMENT ON FUNCTION wmo_works.areas_of_postcode(wmo.postcode, integer, date) IS
  'The areas that a postcode lies in: whole or part of it, or null where its places do not tell; inferred when it '
  'rests on points or on the PC4 of a PC6, unknown when a PC6 may lie on either side.';

CREATE FUNCTION wmo_works.postcode_matches(code wmo.postcode, service text, on_date date)
RETURNS wmo_works.area_match[]
LANGUAGE sql STABLE PARALLEL SAFE COST 30000
BEGIN ATOMIC
  SELECT CASE WHEN (wmo_works.postcode_ground(postcode_matches.code, postcode_matches.on_date)).ground IS NOT NULL
    THEN ARRAY(SELECT m FROM wmo_works.areas_of_postcode(
                 postcode_matches.code, wmo.service_id(postcode_matches.service), postcode_matches.on_date) m) END;
END;
COMMENT ON FUNCTION wmo_works.postcode_matches(wmo.postcode, text, date) IS
  'What wmo_works.answer needs to know of a postcode; null when no place of it is known.';

CREATE FUNCTION wmo_works.providers_at_postcode_by_tables(code wmo.postcode, service text, on_date date, age integer,
                                                          current_provider integer, client_since date, as_of date)
RETURNS SETOF wmo.provider_row
LANGUAGE sql STABLE PARALLEL SAFE COST 60000 ROWS 2
BEGIN ATOMIC
  SELECT a.*
  FROM (SELECT wmo_works.postcode_matches(
                 providers_at_postcode_by_tables.code, providers_at_postcode_by_tables.service,
                 providers_at_postcode_by_tables.on_date) AS matches
        OFFSET 0) asked -- found once, however often the answer mentions them
  CROSS JOIN LATERAL wmo_works.answer(
    asked.matches, providers_at_postcode_by_tables.service, providers_at_postcode_by_tables.on_date,
    providers_at_postcode_by_tables.age, providers_at_postcode_by_tables.current_provider,
    providers_at_postcode_by_tables.client_since, providers_at_postcode_by_tables.as_of) a;
END;
COMMENT ON FUNCTION wmo_works.providers_at_postcode_by_tables(wmo.postcode, text, date, integer, integer, date, date) IS
  'What wmo.providers_at_postcode means, in SQL over the tables: it answers so until the session has a map, and the '
  'map answers the same.';

CREATE FUNCTION wmo.explain_providers_at_postcode(code wmo.postcode, service text, on_date date DEFAULT CURRENT_DATE,
                                                  age integer DEFAULT NULL, current_provider integer DEFAULT NULL,
                                                  client_since date DEFAULT NULL, as_of date DEFAULT CURRENT_DATE)
RETURNS TABLE (step integer, contract text, provider text, rule text, verdict text, explanation text)
LANGUAGE sql STABLE PARALLEL SAFE COST 80000 ROWS 20
BEGIN ATOMIC
  SELECT e.*
  FROM wmo_works.explain_answer(
    wmo_works.words('%1, by %2',
      coalesce(explain_providers_at_postcode.code::text, wmo_works.words('no postcode')),
      coalesce(wmo_works.known_words((wmo_works.postcode_ground(explain_providers_at_postcode.code,
                                                                explain_providers_at_postcode.on_date)).basis),
               wmo_works.words('nothing: no place of it is known'))),
    wmo_works.postcode_matches(explain_providers_at_postcode.code, explain_providers_at_postcode.service,
                               explain_providers_at_postcode.on_date),
    explain_providers_at_postcode.service, explain_providers_at_postcode.on_date, explain_providers_at_postcode.age,
    explain_providers_at_postcode.current_provider, explain_providers_at_postcode.client_since,
    explain_providers_at_postcode.as_of) e;
END;
COMMENT ON FUNCTION wmo.explain_providers_at_postcode(wmo.postcode, text, date, integer, integer, date, date) IS
  'Why wmo.providers_at_postcode answers as it does, and what it takes for the place of the postcode.';
