-- postcode: who serves a postcode.
-- Relies on postcode_ground, and on answer and explain for the rest of the question.

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

CREATE FUNCTION wmo_works.answer_at_postcode_by_tables(code wmo.postcode, service text, on_date date, age integer)
RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 60000
BEGIN ATOMIC
  SELECT CASE WHEN bool_or(p.covers IS DISTINCT FROM 'whole' AND (p.found OR p.reason = 'providers_not_named'))
                OR bool_or(p.covers = 'part' AND p.complete AND p.reason = 'existing_clients_only') THEN 'depends'
              ELSE wmo_works.answer_word(array_agg(p)) END
  FROM wmo_works.providers_at_postcode_by_tables(
    answer_at_postcode_by_tables.code, answer_at_postcode_by_tables.service, answer_at_postcode_by_tables.on_date,
    answer_at_postcode_by_tables.age, NULL, NULL, CURRENT_DATE) p;
END;
COMMENT ON FUNCTION wmo_works.answer_at_postcode_by_tables(wmo.postcode, text, date, integer) IS
  'What wmo.answer_at_postcode means, in SQL over the tables: it answers so until the session has a map, and the map '
  'answers the same.';

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
