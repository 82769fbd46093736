-- The answer, and how sure it is that nobody else serves.
CREATE FUNCTION oracle.declared_complete(matches wmo_works.area_match[], service_id integer, on_date date)
RETURNS wmo.certainty
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN (
    -- of a service that is placed by a reading, a contract for another one may be missing
    SELECT CASE WHEN wmo_works.is_placed_by_reading(declared_complete.service_id)
                THEN greatest(min(met.certainty), CASE WHEN count(*) > 0 THEN 'inferred'::wmo.certainty END)
                ELSE min(met.certainty) END
    FROM (SELECT m.area_id, min(m.certainty) AS certainty
          FROM unnest(declared_complete.matches) m
          WHERE m.pinned
          GROUP BY m.area_id HAVING bool_or(m.covers = 'whole') AND bool_or(m.reason IS NULL)) met
    CROSS JOIN LATERAL (
      SELECT c.service_id, c.valid FROM wmo_works.complete_days c
      WHERE c.area_id = met.area_id
      OFFSET 0 -- area by area: never the declarations of the whole registry
    ) d
    WHERE met.certainty <= 'inferred' AND d.valid @> declared_complete.on_date
      AND (d.service_id IS NULL
           OR d.service_id IN (SELECT p FROM wmo_works.service_with_parents(declared_complete.service_id) p)));
END
$$;
COMMENT ON FUNCTION oracle.declared_complete(wmo_works.area_match[], integer, date) IS
  'Is the registry declared complete for all of a place, a service and a day, and how sure is it that the place lies '
  'there: certain or inferred; null = not, or only by a drawing, which is no boundary.';

CREATE FUNCTION oracle.no_candidate_reason(matches wmo_works.area_match[], service text, on_date date, as_of date,
                                              complete boolean)
RETURNS wmo.reason
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN CASE
    WHEN matches IS NULL OR service IS NULL OR on_date IS NULL OR as_of IS NULL THEN 'question_incomplete'::wmo.reason
    WHEN complete THEN 'service_not_contracted'
    WHEN NOT EXISTS (SELECT FROM wmo.contract) THEN 'registry_is_empty'
    WHEN (SELECT sv.access FROM wmo.service sv WHERE sv.code = no_candidate_reason.service) = 'national'
    THEN 'nationally_accessible'
    WHEN NOT EXISTS (SELECT FROM wmo.contract_scope s JOIN unnest(matches) m ON m.area_id = s.area_id
                     WHERE m.reason IS NULL)
    THEN 'outside_all_areas'
    -- Before the first contract that is recorded, the registry cannot say that a service was not contracted.
    WHEN on_date < (SELECT r.day FROM wmo_works.first_recorded r) THEN 'before_registry'
    ELSE 'service_not_contracted'
  END;
END
$$;
COMMENT ON FUNCTION oracle.no_candidate_reason(wmo_works.area_match[], text, date, date, boolean) IS
  'Why a question meets no contract at all.';

CREATE FUNCTION oracle.is_national(service text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT EXISTS (SELECT FROM wmo.service sv WHERE sv.code = is_national.service AND sv.access = 'national');
END;
COMMENT ON FUNCTION oracle.is_national(text) IS
  'Can residents have this service in any municipality (Wmo 2015 art. 1.2.1)? Then nobody here is not nobody.';

CREATE FUNCTION oracle.closed(declared wmo.certainty, denied wmo.certainty) RETURNS wmo.certainty
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT CASE WHEN declared IS NOT NULL THEN greatest(declared, denied) END;
END;
COMMENT ON FUNCTION oracle.closed(wmo.certainty, wmo.certainty) IS
  'How sure it is that nobody serves but who is found: as surely as the registry is declared complete, and as the '
  'candidates that it holds are denied; null where it is not declared.';

CREATE FUNCTION oracle.answer(matches wmo_works.area_match[], service text, on_date date, age integer,
                                 current_provider integer, client_since date, as_of date)
RETURNS SETOF wmo.provider_row
LANGUAGE sql STABLE PARALLEL SAFE COST 20000 ROWS 2
BEGIN ATOMIC
  WITH candidate AS MATERIALIZED (
    SELECT c.*
    FROM oracle.candidates(
      answer.matches, wmo.service_id(answer.service), wmo_works.checked_day(answer.on_date, 'on_date'),
      wmo_works.checked_age(answer.age),
      -- a client from later on is none yet
      CASE WHEN coalesce(answer.client_since <= answer.on_date, true) THEN answer.current_provider END,
      CASE WHEN answer.client_since <= answer.on_date THEN answer.client_since END,
      wmo_works.checked_day(answer.as_of, 'as_of')) c
  ), fitting AS MATERIALIZED (
    -- Unnamed subcontractors add nothing to the contractor they work for.
    SELECT c.*, c.provider_id IS NOT NULL AND c.stopped IS NOT true AS found,
           CASE WHEN c.stopped THEN 'client_stop'::wmo.reason WHEN c.provider_id IS NULL THEN 'providers_not_named'
                ELSE c.caution END AS said
    FROM candidate c
    WHERE c.faults = 0 AND NOT (c.provider_id IS NULL AND c.role = 'subcontractor')
      -- A contract answers by its nearest service: itself, a wider one, else the narrower ones.
      AND NOT EXISTS (SELECT FROM candidate nearer
                      WHERE nearer.faults = 0 AND nearer.nearness < c.nearness
                        AND nearer.contract_id = c.contract_id AND nearer.role = c.role
                        AND nearer.area_id IS NOT DISTINCT FROM c.area_id
                        AND nearer.provider_id IS NOT DISTINCT FROM c.provider_id)
  ), closed AS MATERIALIZED (
    -- How sure it is that nobody else serves; null: it is not. Whose contract leaves it open may, and who is not named.
    SELECT CASE WHEN num_nulls(answer.matches, answer.service, answer.as_of) = 0
                     AND NOT oracle.is_national(answer.service)
                     AND NOT EXISTS (
                       SELECT FROM candidate c
                       WHERE CASE WHEN c.faults > 0 THEN c.noes = 0
                                  ELSE c.provider_id IS NULL AND c.stopped IS NOT true END)
                THEN oracle.closed(oracle.declared_complete(answer.matches, wmo.service_id(answer.service),
                       answer.on_date), (SELECT max(c.denied) FROM candidate c)) END AS certainty
  ), nearest AS (
    SELECT c.* FROM candidate c
    WHERE NOT c.beside AND (c.role IN ('main', 'contracted') OR c.client_fault IS NOT NULL)
    -- What may serve all the same comes before every sure no.
    ORDER BY c.noes > 0, c.faults + coalesce(c.stopped, false)::integer, c.nearness = 2, c.fault, c.contract_id,
             c.scope_id, c.subcontract_id, c.role, c.provider_id LIMIT 1
  ), line AS (
    SELECT f.found, f.provider_id, f.role, f.certainty, f.said AS reason, f.contracted_id, f.contract_id, f.area_id,
           f.covers, f.period, f.ages, f.scope_id,
           CASE WHEN f.found AND f.own_client THEN (f.provider_id <> answer.current_provider)::integer END AS stay
    FROM fitting f
    UNION ALL
    SELECT false, NULL, NULL, coalesce(c.certainty, 'unknown'), n.fault, n.contracted_id, n.contract_id, n.area_id,
           n.covers, n.period, n.ages, n.scope_id, NULL
    FROM nearest n CROSS JOIN closed c WHERE NOT EXISTS (SELECT FROM fitting)
    UNION ALL
    SELECT false, NULL, NULL, coalesce(c.certainty, 'unknown'),
           oracle.no_candidate_reason(answer.matches, answer.service, answer.on_date, answer.as_of,
                                         c.certainty IS NOT NULL),
           NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM closed c WHERE NOT EXISTS (SELECT FROM candidate WHERE NOT candidate.beside)
  ), ranked AS (
    SELECT l.*,
           CASE WHEN wmo.end_kind(l.period) = 'day'
                     AND EXISTS (SELECT FROM wmo_works.scope_change t
                                 WHERE t.scope_id = l.scope_id AND t.inferred AND t.known_from <= answer.as_of
                                   AND (t.kind IN ('extension', 'option_declined', 'early_end', 'end_revoked')
                                        OR t.effective_on = wmo.exclusive_end(l.period)))
                THEN 'inferred' ELSE wmo.end_kind(l.period) END AS end_kind,
           dense_rank() OVER (ORDER BY l.stay, NOT l.found,
                                       CASE l.role WHEN 'member' THEN 2 WHEN 'subcontractor' THEN 3 ELSE 1 END,
                                       l.certainty) AS rank
    FROM line l
  )
  SELECT row_number() OVER shown::integer, r.rank::integer, r.found, r.provider_id, p.name,
         r.role::text, r.certainty::text, r.reason::text, coalesce(sv.code, answer.service), r.contract_id, c.number,
         r.area_id, a.name, r.covers,
         wmo.first_day(r.period), wmo.last_day(r.period), r.end_kind, lower(r.ages), upper(r.ages) - 1,
         closed.certainty IS NOT NULL, r.stay IS NOT NULL
  FROM ranked r
  CROSS JOIN closed
  LEFT JOIN wmo.party p ON p.id = r.provider_id
  LEFT JOIN wmo.service sv ON sv.id = r.contracted_id
  LEFT JOIN wmo.contract c ON c.id = r.contract_id
  LEFT JOIN wmo.area a ON a.id = r.area_id
  -- What follows ages is for lines that are otherwise alike: every column that shows, so that the order is one.
  WINDOW shown AS (ORDER BY r.rank, p.name, r.contract_id, r.area_id, r.ages, r.provider_id, r.contracted_id, r.role,
                            r.reason, r.covers, wmo.first_day(r.period), wmo.last_day(r.period),
                            r.end_kind)
  ORDER BY 1;
END;
COMMENT ON FUNCTION oracle.answer(wmo_works.area_match[], text, date, integer, integer, date, date) IS
  'The answer to a question whose areas are known: the providers that serve, those with a client stop, contracts whose '
  'providers are not named; or one row with found = false and the nearest reason.';

CREATE FUNCTION oracle.answer_word(lines wmo.provider_row[]) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN (
    SELECT CASE
      -- who may serve, or may not, is no answer where nobody surely does
      WHEN bool_or(serves.so) AND NOT bool_or(serves.so AND l.certainty <> 'unknown')
        THEN 'cannot_tell:' || min(l.reason::wmo.reason)::text
      WHEN count(DISTINCT l.provider_id) FILTER (WHERE l.found AND l.role IN ('main', 'contracted'))
           + count(*) FILTER (WHERE l.reason = 'providers_not_named') > 1
           AND bool_or(l.found) THEN 'several'
      -- who works for somebody who is not named is not the one
      WHEN bool_or(l.found AND NOT (l.role = 'subcontractor' AND unnamed.so)) THEN 'one'
      WHEN bool_or(l.reason = 'providers_not_named') THEN 'unnamed'
      WHEN NOT bool_and(l.complete) THEN 'cannot_tell:' || min(l.reason::wmo.reason)::text
      -- where it is not known whether the contract holds here, existing clients are not known either
      WHEN bool_or(l.reason = 'existing_clients_only' AND l.covers IS NOT NULL) THEN 'existing_only'
      ELSE 'none:' || min(l.reason::wmo.reason)::text
    END
    FROM unnest(lines) l
    CROSS JOIN LATERAL (SELECT l.found OR coalesce(l.reason = 'providers_not_named', false) AS so) serves
    CROSS JOIN (SELECT coalesce(bool_or(u.reason = 'providers_not_named'), false) AS so FROM unnest(lines) u) unnamed);
END
$$;
COMMENT ON FUNCTION oracle.answer_word(wmo.provider_row[]) IS
  'The lines of an answer in one word: one, several, unnamed, and where the answer is complete existing_only or '
  'none:<reason>, else cannot_tell:<reason>; cannot_tell too where of nobody it is sure that he serves, as where all '
  'hangs on an age that is not given.';

CREATE FUNCTION oracle.providers_at(place public.geometry, service text, on_date date, age integer,
                                                 current_provider integer, client_since date, as_of date)
RETURNS SETOF wmo.provider_row
LANGUAGE sql STABLE PARALLEL SAFE COST 30000 ROWS 2
BEGIN ATOMIC
  SELECT a.*
  FROM (SELECT wmo_works.checked_place(providers_at.place) AS point,
               wmo.service_id(providers_at.service) AS service_id) here
  CROSS JOIN LATERAL (
    SELECT CASE WHEN here.point IS NOT NULL
      THEN ARRAY(SELECT m FROM wmo_works.areas_at(here.point, here.service_id, providers_at.on_date) m)
      END AS matches
    OFFSET 0 -- found once, however often the answer mentions them
  ) asked
  CROSS JOIN LATERAL oracle.answer(
    asked.matches, providers_at.service, providers_at.on_date, providers_at.age,
    providers_at.current_provider, providers_at.client_since, providers_at.as_of) a;
END;


CREATE FUNCTION oracle.providers_in_area(code wmo.area_code, service text, on_date date, age integer,
                                                      current_provider integer, client_since date, as_of date)
RETURNS SETOF wmo.provider_row
LANGUAGE sql STABLE PARALLEL SAFE COST 30000 ROWS 2
BEGIN ATOMIC
  SELECT a.ord, a.rank, a.found, a.provider_id, a.provider, a.role, a.certainty,
         -- Nobody should take the answer of a code that is dead, or not born, for that of a living one.
         coalesce(a.reason,
                  CASE WHEN NOT (SELECT t.valid @> providers_in_area.on_date FROM wmo.area t
                                 WHERE t.id = wmo.area_edition(providers_in_area.code,
                                                               providers_in_area.on_date))
                       THEN 'other_edition' END),
         a.service, a.contract_id, a.number, a.area_id, a.area, a.covers, a.first_day, a.last_day, a.end_kind,
         a.min_age, a.max_age, a.complete, a.stays
  FROM (
    SELECT CASE WHEN providers_in_area.code IS NOT NULL
      THEN ARRAY(SELECT m FROM wmo_works.areas_of_code(providers_in_area.code,
                                                       providers_in_area.on_date) m)
      END AS matches
    OFFSET 0 -- found once, however often the answer mentions them
  ) asked
  CROSS JOIN LATERAL oracle.answer(
    asked.matches, providers_in_area.service, providers_in_area.on_date,
    providers_in_area.age, providers_in_area.current_provider,
    providers_in_area.client_since, providers_in_area.as_of) a;
END;


CREATE FUNCTION oracle.provider_at(place public.geometry, service text, on_date date, age integer)
RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE COST 30000
BEGIN ATOMIC
  -- Providers that are not named, lines that are not sure and services that are only covered in part leave no single
  -- name.
  SELECT CASE WHEN count(DISTINCT p.provider_id) FILTER (WHERE p.found) = 1
                   AND bool_and(p.covers = 'whole'
                                AND coalesce(p.reason <> 'providers_not_named', true)
                                AND p.certainty <> 'unknown')
              THEN min(p.provider_id) END
  FROM oracle.providers_at(
    provider_at.place, provider_at.service, provider_at.on_date,
    provider_at.age, NULL, NULL, CURRENT_DATE) p
  WHERE p.role IN ('main', 'contracted') AND coalesce(p.reason, '') <> 'client_stop';
END;


CREATE FUNCTION oracle.answer_at(place public.geometry, service text, on_date date, age integer)
RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 30000
BEGIN ATOMIC
  SELECT oracle.answer_word(ARRAY(
    SELECT p FROM oracle.providers_at(
      answer_at.place, answer_at.service, answer_at.on_date, answer_at.age,
      NULL, NULL, CURRENT_DATE) p));
END;

