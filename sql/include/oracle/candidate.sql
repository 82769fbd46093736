-- Every contract that could answer a question, with what speaks against it.

CREATE FUNCTION oracle.is_own_client(provider_id integer, current_provider integer, on_date date, as_of date)
RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100 SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
BEGIN
  RETURN CASE
    WHEN current_provider IS NULL THEN false
    WHEN provider_id IS NULL THEN NULL
    WHEN provider_id = current_provider THEN true
    ELSE (SELECT CASE WHEN bool_or(k.known_from <= is_own_client.as_of) THEN true
                      WHEN bool_or(k.not_before <= is_own_client.as_of) THEN NULL
                      -- of whom nothing is recorded, it is not recorded whose successor or member it is
                      WHEN EXISTS (SELECT FROM wmo.party p WHERE p.id = is_own_client.current_provider) THEN false END
          FROM wmo_works.own_clients(is_own_client.provider_id) k
          WHERE coalesce(k.other_id, is_own_client.current_provider) = is_own_client.current_provider
            AND is_own_client.on_date >= k.valid_from AND is_own_client.on_date < k.valid_to)
  END;
END
$$;
COMMENT ON FUNCTION oracle.is_own_client(integer, integer, date, date) IS
  'Is a client of current_provider already a client of this provider, by what stood on the as_of day: the same party, '
  'one it succeeded, its consortium, or a member of it? Null where nobody can tell: the provider is not named, since '
  'when that stood is not known, the day of a succession is not, nobody is known of the members of a consortium, or '
  'nothing is recorded of current_provider.';

CREATE FUNCTION oracle.is_own_by_inference(provider_id integer, current_provider integer, on_date date, as_of date)
RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100 SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
BEGIN
  RETURN provider_id <> current_provider
     AND (SELECT bool_and(k.inferred) FROM wmo_works.own_clients(is_own_by_inference.provider_id) k
          WHERE k.other_id = is_own_by_inference.current_provider AND k.known_from <= is_own_by_inference.as_of
            AND is_own_by_inference.on_date >= k.valid_from AND is_own_by_inference.on_date < k.valid_to) IS TRUE;
END
$$;
COMMENT ON FUNCTION oracle.is_own_by_inference(integer, integer, date, date) IS
  'Does it rest on inferred sources alone that a client of current_provider is one of this provider?';

CREATE FUNCTION oracle.own_of_contract(contract_id integer, role wmo.provider_role, provider_id integer,
                                          current_provider integer, own_client boolean)
RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT CASE WHEN current_provider IS NULL OR role NOT IN ('main', 'contracted')
                   OR provider_id IS NOT DISTINCT FROM (SELECT c.supplier_id FROM wmo.contract c
                                                        WHERE c.id = own_of_contract.contract_id)
              THEN own_client END;
END;
COMMENT ON FUNCTION oracle.own_of_contract(integer, wmo.provider_role, integer, integer, boolean) IS
  'Is the client one of this contract already? own_client: of this provider. Null where the contract went from whom it '
  'was concluded with to this supplier: whose clients went along is not recorded.';

CREATE FUNCTION oracle.meeting(matches wmo_works.area_match[], area_id integer)
RETURNS TABLE (told boolean, whole boolean, certainty wmo.certainty, fault wmo.reason, beside boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
  SELECT bool_or(m.reason IS NULL) AND bool_or(m.covers IS NOT NULL), bool_or(m.covers = 'whole'), min(m.certainty),
         CASE WHEN bool_and(m.reason IS NOT NULL) THEN min(m.reason) END,
         coalesce(bool_and(m.reason IS NOT NULL) AND min(m.certainty) = 'schematic', false)
  FROM unnest(meeting.matches) m
  WHERE m.area_id = meeting.area_id
  HAVING count(*) > 0;
END;
COMMENT ON FUNCTION oracle.meeting(wmo_works.area_match[], integer) IS
  'How a question meets one area, in any edition; no row where it does not. beside: only beside its drawing.';

CREATE FUNCTION oracle.meeting_named(matches wmo_works.area_match[], area_id integer)
RETURNS TABLE (told boolean, whole boolean, certainty wmo.certainty, fault wmo.reason, beside boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
  SELECT met.*
  FROM (SELECT coalesce(bool_or(m.pinned AND m.reason IS NULL), false) AS so
        FROM unnest(meeting_named.matches) m WHERE m.area_id = meeting_named.area_id) named
  CROSS JOIN LATERAL oracle.meeting(
    ARRAY(SELECT ROW(m.area_id, m.covers, m.pinned, m.follows,
                     CASE WHEN m.reason IS NULL AND NOT m.pinned THEN greatest(m.certainty, 'inferred')
                          ELSE m.certainty END, m.reason)::wmo_works.area_match
          FROM unnest(meeting_named.matches) m
          WHERE m.area_id = meeting_named.area_id AND (m.pinned OR NOT named.so)), meeting_named.area_id) met;
END;
COMMENT ON FUNCTION oracle.meeting_named(wmo_works.area_match[], integer) IS
  'How a question meets the very edition of an area: by another edition of its code at most by our reading.';

CREATE FUNCTION oracle.stops_known(contract_id integer, service_id integer, contracted_id integer,
                                      area_ids integer[], matches wmo_works.area_match[], on_date date, as_of date,
                                      provider_id integer, own_client boolean)
RETURNS TABLE (sure boolean, certainty wmo.certainty, untold wmo.reason, unsure boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 200 ROWS 1
BEGIN ATOMIC
  SELECT coalesce(bool_or(stop.sure), false),
         coalesce(min(stop.certainty) FILTER (WHERE stop.sure), max(stop.certainty)),
         -- whose client it is nobody can tell: of a provider with a name; without one, who it is comes first
         CASE WHEN NOT bool_or(stop.sure) THEN min(stop.untold)
              WHEN stops_known.own_client IS NULL AND stops_known.provider_id IS NOT NULL AND bool_or(stop.sure)
              THEN 'client_stop'::wmo.reason END,
         coalesce(CASE WHEN bool_or(stop.sure) THEN stops_known.own_client IS NULL
                       ELSE min(stop.untold) IS NOT NULL END, false)
  FROM (
    SELECT said.untold IS NULL AND NOT met.beside IS TRUE AND NOT over.so AS sure,
           CASE WHEN said.untold IS NULL
                THEN greatest(coalesce(met.certainty, 'certain'),
                              CASE WHEN cs.inferred OR over.so OR matter.read THEN 'inferred'::wmo.certainty END) END AS certainty,
           said.untold
    FROM wmo_works.stop_days cs
    CROSS JOIN LATERAL (SELECT coalesce(cs.not_after <= stops_known.as_of, false) AS so OFFSET 0) over
    CROSS JOIN LATERAL (
      SELECT cs.area_id IS NULL OR coalesce(cs.area_id = ANY (stops_known.area_ids), false) AS everywhere OFFSET 0
    ) here
    CROSS JOIN LATERAL (
      -- a stop of a narrower service than was asked for is one of a part of it
      SELECT cs.service_id IS NULL
             OR cs.service_id IN (SELECT p FROM wmo_works.service_with_parents(stops_known.service_id) p)
             OR cs.service_id IN (SELECT p FROM wmo_works.service_with_parents(stops_known.contracted_id) p) AS whole,
             -- that it is one of all of it may be a reading of where a service belongs
             cs.service_id IS NOT NULL
               AND NOT EXISTS (SELECT FROM wmo_works.service_family(stops_known.service_id) f
                               WHERE f.member_id = cs.service_id AND f.nearness < 2 AND NOT f.inferred)
               AND NOT EXISTS (SELECT FROM wmo_works.service_family(stops_known.contracted_id) f
                               WHERE f.member_id = cs.service_id AND f.nearness < 2 AND NOT f.inferred) AS read
      OFFSET 0
    ) matter
    LEFT JOIN LATERAL oracle.meeting(stops_known.matches, cs.area_id) met ON NOT here.everywhere
    CROSS JOIN LATERAL (
      SELECT CASE WHEN met.beside OR over.so THEN NULL
                  WHEN NOT coalesce(cs.known_from <= stops_known.as_of
                                    AND coalesce(cs.known_until > stops_known.as_of, true), false)
                  THEN 'known_since_unknown'::wmo.reason
                  WHEN NOT matter.whole THEN 'client_stop'
                  WHEN here.everywhere OR (met.told AND met.whole AND met.certainty <= 'inferred') THEN NULL
                  WHEN met.told AND met.certainty <= 'inferred' THEN 'client_stop' ELSE 'area_without_shape'
             END AS untold
    ) said
    WHERE cs.contract_id = stops_known.contract_id AND cs.during @> stops_known.on_date
      AND coalesce(cs.not_before <= stops_known.as_of, true) AND (NOT over.so OR cs.lift_inferred)
      AND (matter.whole OR ARRAY(SELECT p FROM wmo_works.service_with_parents(cs.service_id) p)
                           @> ARRAY[stops_known.service_id, stops_known.contracted_id])
      AND (here.everywhere OR met.told IS NOT NULL)
  ) stop;
END;
COMMENT ON FUNCTION oracle.stops_known(integer, integer, integer, integer[], wmo_works.area_match[], date, date,
                                          integer, boolean) IS
  'Does the contract of a provider take no new clients on a day, in these areas or one that is met, of the service '
  'asked for or that of the contract? sure: by a stop that was known on the as_of day and holds for all that was '
  'asked, and how certain it is that this lies in its area; untold: why it cannot be told, where there is only such a '
  'stop, or it is not known whether the client is its own (own_client); unsure: it cannot be told. Beside the drawing '
  'of its area it does not hold, by what is drawn: schematic; nor where it was lifted by an inferred source: inferred.';

CREATE FUNCTION oracle.age_missed(age integer, ages int4range) RETURNS wmo.reason
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT CASE WHEN age IS NULL AND NOT ages @> '[0,)'::int4range THEN 'age_not_given'::wmo.reason END;
END;
COMMENT ON FUNCTION oracle.age_missed(integer, int4range) IS
  'age_not_given where a question names no age and these are not all ages. Adults are whom the law is for: that no age '
  'is given keeps none of them out.';

CREATE FUNCTION oracle.client_certainty(client_since date, own_client boolean, perhaps_late boolean,
                                           existing_on date)
RETURNS wmo.certainty
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT CASE WHEN client_since IS NULL OR own_client IS NULL OR perhaps_late THEN 'unknown'::wmo.certainty
              WHEN existing_on IS NULL THEN 'inferred' END;
END;
COMMENT ON FUNCTION oracle.client_certainty(date, boolean, boolean, date) IS
  'How sure it is that a client is an existing one; null = sure. perhaps_late: only by a day that is not stated.';

CREATE FUNCTION oracle.denied(noes integer, stopped boolean, inferred boolean, stop_certainty wmo.certainty)
RETURNS wmo.certainty
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT CASE WHEN noes > 0 THEN CASE WHEN inferred THEN 'inferred'::wmo.certainty ELSE 'certain' END
              WHEN stopped THEN greatest(stop_certainty, CASE WHEN inferred THEN 'inferred'::wmo.certainty END) END;
END;
COMMENT ON FUNCTION oracle.denied(integer, boolean, boolean, wmo.certainty) IS
  'How sure it is that a candidate does not serve, by sure noes of its own (noes) or only by a client stop; null = it '
  'is not. inferred: it rests on an inferred source.';

CREATE FUNCTION oracle.scopes_met(matches wmo_works.area_match[], service_ids integer[])
RETURNS TABLE (scope_id integer, whole boolean, certainty wmo.certainty, fault wmo.reason)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 5
BEGIN ATOMIC
  SELECT s.id, bool_or(m.covers = 'whole'), min(m.certainty),
         CASE WHEN bool_and(m.reason IS NOT NULL) THEN min(m.reason) END
  FROM unnest(scopes_met.matches) m
  CROSS JOIN LATERAL ( -- area by area: never the scopes of the whole registry
    SELECT cs.id FROM wmo.contract_scope cs
    WHERE cs.area_id = m.area_id AND cs.service_id = ANY (scopes_met.service_ids)
      AND CASE WHEN cs.follows_code THEN m.follows ELSE m.pinned END OFFSET 0) s
  GROUP BY s.id
  UNION ALL
  SELECT s.id, NULL, NULL, 'areas_not_named'
  FROM wmo.contract_scope s WHERE s.service_id = ANY (scopes_met.service_ids) AND s.area_id IS NULL;
END;
COMMENT ON FUNCTION oracle.scopes_met(wmo_works.area_match[], integer[]) IS
  'The scopes of these services that the areas of a question meet, and how; those without an area may be met '
  'anywhere.';

CREATE FUNCTION oracle.candidates(matches wmo_works.area_match[], service_id integer, on_date date, age integer,
                                     current_provider integer, client_since date, as_of date)
RETURNS TABLE (contract_id integer, scope_id integer, subcontract_id integer, area_id integer, covers text,
               contracted_id integer, nearness integer, provider_id integer, role wmo.provider_role, ages int4range,
               period wmo.contract_period, certainty wmo.certainty, caution wmo.reason, stopped boolean,
               stop_untold wmo.reason, client_fault wmo.reason, age_fault wmo.reason, standing_fault wmo.reason,
               place_fault wmo.reason, own_client boolean, beside boolean, open boolean, uncontested boolean,
               inferred boolean, stop_certainty wmo.certainty, faults integer, noes integer, denied wmo.certainty,
               fault wmo.reason)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 ROWS 5
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH family AS MATERIALIZED (SELECT f.* FROM wmo_works.service_family(candidates.service_id) f), standing AS (
    SELECT p.*, CASE WHEN smaller.told IS NULL THEN met.whole ELSE smaller.whole END AS whole, family.nearness,
           family.inferred AS service_read, greatest(met.certainty, smaller.certainty) AS place_certainty,
           coalesce(met.fault, smaller.fault) AS place_fault,
           coalesce(CASE WHEN met.fault IS NULL THEN smaller.beside ELSE met.certainty = 'schematic' END, false) beside,
           candidates.current_provider IS NOT NULL AND oracle.is_own_client(
             p.provider_id, candidates.current_provider, candidates.on_date, candidates.as_of) AS own_client,
           -- a day that is not stated refuses nobody for sure: that it is the day before the contract is a reading
           p.clients = 'existing' AND p.existing_on IS NULL
             AND coalesce(candidates.client_since >= wmo.first_day(p.period), false) AS perhaps_late,
           candidates.age IS NULL AND NOT p.ages @> '[18,)'::int4range AS age_may_not_fit,
           oracle.age_missed(candidates.age, p.ages) AS age_missed
    FROM oracle.scopes_met(candidates.matches, ARRAY(SELECT f.member_id FROM family f)) met
    CROSS JOIN LATERAL (
      SELECT ps.* FROM wmo_works.provider_standing ps WHERE ps.scope_id = met.scope_id
      OFFSET 0 -- scope by scope: never the standing of the whole registry
    ) p
    JOIN family ON family.member_id = p.service_id
    CROSS JOIN LATERAL (
      SELECT p.subcontract_id IS NOT NULL
             AND (p.area_id <> p.scope_area_id
                  OR EXISTS (SELECT FROM wmo.subcontract sub JOIN wmo.contract_scope s ON s.id = p.scope_id
                             WHERE sub.id = p.subcontract_id AND sub.area_id IS NOT NULL AND s.follows_code)) AS so
      OFFSET 0) own_place
    -- a subcontract in a smaller area, or in one edition of a code: the place meets that one too
    LEFT JOIN LATERAL oracle.meeting_named(candidates.matches, p.area_id) smaller ON own_place.so
    WHERE p.valid @> candidates.on_date AND p.known @> candidates.as_of
      AND (own_place.so IS NOT true OR smaller.told IS NOT NULL)
  ), judged AS (
    SELECT st.contract_id, st.scope_id, st.subcontract_id, st.area_id,
           CASE WHEN st.whole AND st.nearness < 2 THEN 'whole' WHEN st.whole IS NOT NULL THEN 'part' END AS covers,
           st.service_id, st.nearness, st.provider_id, st.role, st.ages, st.period,
           CASE WHEN st.certainty IS NOT NULL
                THEN greatest(st.certainty, st.place_certainty, stop.certainty,
                       CASE WHEN st.age_may_not_fit OR stop.unsure THEN 'unknown'::wmo.certainty
                            WHEN st.service_read OR st.own_client AND oracle.is_own_by_inference(
                              st.provider_id, candidates.current_provider, candidates.on_date, candidates.as_of)
                            THEN 'inferred' END,
                       CASE WHEN st.clients = 'existing' THEN oracle.client_certainty(
                         candidates.client_since, here.own, st.perhaps_late, st.existing_on) END)
           END AS certainty,
           coalesce(CASE WHEN st.age_may_not_fit THEN st.age_missed END, stop.untold,
                    CASE WHEN st.perhaps_late THEN 'existing_clients_only'::wmo.reason END, st.reason,
                    st.age_missed) AS caution,
           NOT here.own AND stop.sure AS stopped, stop.untold AS stop_untold,
           CASE WHEN st.clients = 'existing'
                     AND NOT (here.own AND coalesce(candidates.client_since <= st.existing_on, true))
                THEN 'existing_clients_only'::wmo.reason END AS client_fault,
           CASE WHEN NOT st.ages @> candidates.age THEN 'age_outside_band'::wmo.reason END AS age_fault,
           CASE WHEN st.certainty IS NULL THEN st.reason END AS standing_fault,
           st.place_fault, st.own_client, st.beside, st.open, st.certainty = 'uncontested' AS uncontested,
           st.inferred, stop.certainty AS stop_certainty
    FROM standing st
    CROSS JOIN LATERAL (SELECT oracle.own_of_contract(
      st.contract_id, st.role, st.provider_id, candidates.current_provider, st.own_client) OFFSET 0) here (own)
    LEFT JOIN LATERAL oracle.stops_known(
      st.contract_id, candidates.service_id, st.service_id, ARRAY[st.area_id, st.scope_area_id], candidates.matches,
      candidates.on_date, candidates.as_of, st.provider_id, here.own) stop ON here.own IS NOT true
  )
  SELECT j.*, num_nonnulls(j.client_fault, j.age_fault, j.standing_fault, j.place_fault),
         num_nonnulls(j.client_fault, j.age_fault, no.standing) + coalesce(j.stopped, false)::integer,
         oracle.denied(num_nonnulls(j.client_fault, j.age_fault, no.standing), j.stopped, j.inferred,
                          j.stop_certainty),
         -- Only what alone is in the way: what is nearer counts for nothing without what is farther.
         coalesce(greatest(j.client_fault, j.age_fault, no.standing),
                  CASE WHEN j.stopped THEN 'client_stop'::wmo.reason END, greatest(j.standing_fault, j.place_fault))
  FROM judged j
  CROSS JOIN LATERAL (SELECT CASE WHEN NOT j.open THEN j.standing_fault END) no (standing);
END
$$;
COMMENT ON FUNCTION oracle.candidates(wmo_works.area_match[], integer, date, integer, integer, date, date) IS
  'Every provider of every scope that the areas and the service meet, with the verdict of each rule: client stop, '
  'existing clients, age, standing, place. Who serves has no faults; who has faults but no noes (sure ones, and a '
  'client stop) may serve all the same; denied: how sure the surest of the noes is. fault is what alone is in the way: '
  'the farthest no, else what is not known. '
  'What core/map weighs, in SQL.';
