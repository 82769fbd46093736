-- explain: every rule that was looked at, with its verdict.
-- Relies on answer, of which it tells what was weighed.

CREATE FUNCTION wmo_works.explain_areas(matches wmo_works.area_match[], with_drawings boolean)
RETURNS TABLE (verdict text, explanation text)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 5
BEGIN ATOMIC
  WITH met AS MATERIALIZED (
    SELECT m.*, m.reason IS NOT NULL AS untold, beside.so AS beside
    FROM unnest(explain_areas.matches) m
    CROSS JOIN LATERAL (SELECT m.reason IS NOT NULL AND coalesce(m.certainty = 'schematic', false) AS so) beside
    WHERE explain_areas.with_drawings OR NOT beside.so
  )
  SELECT CASE WHEN m.untold THEN 'cannot tell' ELSE 'covers' END,
         concat(a.name, ' (' || a.code::text || ')',
           CASE WHEN m.beside AND a.geom_basis <> 'schematic'
                THEN wmo_works.words(': lies beside a boundary that is read in a source which does not state it')
                WHEN m.beside THEN wmo_works.words(': lies beside its drawing, which is no boundary')
                WHEN m.untold THEN wmo_works.words(': its shape is not known')
                ELSE concat(', ', coalesce(wmo_works.code_words(a.geom_basis), wmo_works.words('by its parts or code')),
                            wmo_works.clause(', existed on days %1', nullif(wmo_works.iso_days(a.valid), '(,)')),
                            CASE WHEN m.covers = 'part' THEN wmo_works.words(', covers a part') END,
                            CASE WHEN m.certainty = 'inferred' THEN ', ' || wmo_works.code_words('inferred') END) END)
  FROM met m JOIN wmo.area a ON a.id = m.area_id
  WHERE m.pinned
  UNION ALL
  SELECT 'none',
         CASE WHEN explain_areas.matches IS NULL THEN wmo_works.words('the question names no place')
              ELSE wmo_works.words('no area of the registry covers it') END
  WHERE NOT EXISTS (SELECT FROM met);
END;
COMMENT ON FUNCTION wmo_works.explain_areas(wmo_works.area_match[], boolean) IS
  'The areas that a question meets, in words; or that there are none. with_drawings: also those beside whose drawing '
  'the place lies.';

CREATE FUNCTION wmo_works.explain_stop(stopped boolean, untold wmo.reason)
RETURNS TABLE (verdict text, explanation text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
  SELECT CASE WHEN explain_stop.stopped THEN 'no'
              WHEN explain_stop.stopped IS NULL OR explain_stop.untold IS NOT NULL THEN 'cannot tell' ELSE 'yes' END,
         CASE WHEN explain_stop.stopped THEN wmo_works.words('takes no new clients on this day')
              WHEN explain_stop.stopped IS NULL
              THEN wmo_works.words('takes no new clients on this day; whether this is its own client cannot be told')
              WHEN explain_stop.untold IS NOT NULL
              THEN wmo_works.words('a stop is recorded; whether it holds here on this day cannot be told: %1',
                                   wmo_works.code_words(explain_stop.untold::text))
              ELSE wmo_works.words('no stop is recorded for this day') END;
END;
COMMENT ON FUNCTION wmo_works.explain_stop(boolean, wmo.reason) IS
  'The verdict of client stops on a candidate, in words.';

CREATE FUNCTION wmo_works.explain_winner(award_id integer, supplier_id integer, agreed_by date) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT wmo_works.words('warning: the award is to %1 and the contract with %2, and what ties these is not recorded',
                         w.name, s.name)
  FROM wmo.award a JOIN wmo.party w ON w.id = a.supplier_id CROSS JOIN wmo.party s
  WHERE a.id = explain_winner.award_id AND s.id = explain_winner.supplier_id
    AND wmo_works.is_awarded_to(a.id, s.id, explain_winner.agreed_by) IS NULL;
END;
COMMENT ON FUNCTION wmo_works.explain_winner(integer, integer, date) IS
  'That a contract is with another than its award names, in words; null = it is not.';

CREATE FUNCTION wmo_works.explain_tender(award_id integer, tender_id integer, lot_id integer, supplier_id integer,
                                         agreed_by date)
RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT CASE WHEN explain_tender.award_id IS NOT NULL AND NOT other.won
              THEN wmo_works.words('warning: the award is of another lot than this, and none of this lot to the '
                                   'supplier of the contract is recorded')
              WHEN explain_tender.award_id IS NOT NULL
              THEN wmo_works.words('warning: the award is of another lot than this; it counts how the award of this '
                                   'lot to the supplier of the contract stands')
              WHEN NOT other.won
              THEN wmo_works.words('warning: awards of its tender are recorded, and none of them is to the supplier of '
                                   'the contract')
              ELSE wmo_works.words('an award of its tender may be the one it follows from: the contract is no surer '
                                   'than that') END
  FROM (
    SELECT bool_or(wmo_works.is_awarded_to(a.award_id, explain_tender.supplier_id,
                                           explain_tender.agreed_by) IS NOT NULL) AS won,
           count(*) FILTER (WHERE a.own) = 0 AND (count(*) > 0 OR explain_tender.award_id IS NOT NULL) AS so
    FROM wmo_works.awards_of_scopes(explain_tender.award_id, explain_tender.tender_id, explain_tender.lot_id) a
  ) found
  CROSS JOIN LATERAL (SELECT coalesce(found.won, false) AS won) other
  WHERE found.so;
END;
COMMENT ON FUNCTION wmo_works.explain_tender(integer, integer, integer, integer, date) IS
  'That other awards of a tender count for a scope of a lot than one that its contract names, in words; null = none '
  'do.';

CREATE FUNCTION wmo_works.explain_late(period wmo.contract_period, state text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE state
    WHEN 'exercised'
    THEN wmo_works.words('warning: an option was exercised after its notice day, and the other party may refuse it')
    ELSE wmo_works.words('warning: extended by an agreement that was made after the contract had ended, which may be '
                         'one of its own') END
  WHERE wmo.has_late_extension(period)
    AND EXISTS (SELECT FROM wmo.options(period) o WHERE o.late AND o.state = explain_late.state);
END;
COMMENT ON FUNCTION wmo_works.explain_late(wmo.contract_period, text) IS
  'What is to be said of a late extension in a period: exercised or agreed; null = none is late.';

CREATE FUNCTION wmo_works.period_of_scope(scope_id integer, on_date date, as_of date) RETURNS wmo.contract_period
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
  RETURN (SELECT ps.period FROM wmo_works.provider_standing ps
          WHERE ps.scope_id = period_of_scope.scope_id AND ps.valid @> on_date AND ps.known @> as_of
          LIMIT 1);
END
$$;
COMMENT ON FUNCTION wmo_works.period_of_scope(integer, date, date) IS
  'The period of a scope on a day of care as known on the as_of day: one, whoever delivers in it.';

CREATE FUNCTION wmo_works.explain_options(period wmo.contract_period, options_stated boolean) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT wmo_works.doubts_in_words('{options_not_stated}') WHERE wmo_works.may_have_options(period, options_stated);
END;
COMMENT ON FUNCTION wmo_works.explain_options(wmo.contract_period, boolean) IS
  'That it was not stated whether a contract has options, in words; null = it was, or it does not matter.';

CREATE FUNCTION wmo_works.explain_candidates(matches wmo_works.area_match[], service text, on_date date, age integer,
                                             current_provider integer, client_since date, as_of date,
                                             with_drawings boolean)
RETURNS TABLE (line bigint, part integer, contract text, provider text, rule text, verdict text, explanation text)
LANGUAGE sql STABLE PARALLEL SAFE COST 20000 ROWS 20
BEGIN ATOMIC
  WITH candidate AS MATERIALIZED (
    SELECT row_number() OVER (ORDER BY c.contract_id, c.scope_id, c.role, c.provider_id, c.subcontract_id) AS line, c.*,
           k.number, k.options_stated, k.award_id, k.tender_id, s.lot_id, k.supplier_id, a.name AS area_name,
           wmo_works.agreed_by(k.signed_on, k.agreed_period) AS agreed_by,
           sv.code AS service_code, s.existing_on, coalesce(k.signed_on <= explain_candidates.as_of, false) AS signed,
           coalesce(p.name,
                    CASE WHEN k.approximate THEN wmo_works.clause('(not named, about %1)', k.supplier_count::text)
                         ELSE wmo_works.clause('(not named, %1)', k.supplier_count::text) END,
                    wmo_works.words('(not named)')) AS provider_name,
           wmo_works.period_of_scope(c.scope_id, explain_candidates.on_date, explain_candidates.as_of) AS period
    FROM wmo_works.candidates(
      explain_candidates.matches, explain_candidates.service, explain_candidates.on_date, explain_candidates.age,
      explain_candidates.current_provider, explain_candidates.client_since, explain_candidates.as_of) c
    JOIN wmo.contract k ON k.id = c.contract_id
    JOIN wmo.contract_scope s ON s.id = c.scope_id
    JOIN wmo.service sv ON sv.id = c.contracted_id
    LEFT JOIN wmo.area a ON a.id = c.area_id LEFT JOIN wmo.party p ON p.id = c.provider_id
    WHERE explain_candidates.with_drawings OR NOT c.beside
  )
  SELECT c.line, t.part, c.number, c.provider_name, t.rule, t.verdict, t.explanation
  FROM candidate c
  LEFT JOIN LATERAL wmo_works.award_status_for(c.award_id, explain_candidates.as_of, c.signed) award ON true
  CROSS JOIN LATERAL wmo_works.explain_stop(c.stopped, c.stop_untold) stop
  CROSS JOIN LATERAL (VALUES
    (1, 'scope', 'met',
        wmo_works.words('%1 in %2, as %3', c.service_code,
                        coalesce(c.area_name, wmo_works.words('an area that is not named')),
                        wmo_works.code_words(c.role::text))),
    (2, 'place', CASE WHEN c.place_fault IS NULL THEN 'yes' ELSE 'cannot tell' END,
        CASE WHEN c.place_fault IS NOT NULL THEN wmo_works.code_words(c.place_fault::text)
             WHEN c.covers = 'part' THEN wmo_works.words('covers the part of it only')
             WHEN c.covers = 'whole' THEN wmo_works.words('covers the whole')
             ELSE wmo_works.words('covers the place') END),
    (3, 'age', CASE WHEN c.age_fault IS NOT NULL THEN 'no' WHEN c.age_missed THEN 'cannot tell' ELSE 'yes' END,
        concat(coalesce(wmo_works.clause('for ages %1 up to and including %2', coalesce(c.age_from::text, ''),
                                         (c.age_to - 1)::text),
                        wmo_works.words('for ages %1 and older', c.age_from::text)),
               CASE WHEN c.age_missed THEN wmo_works.words('; no age is given') END)),
    (4, 'period', CASE WHEN c.standing_fault NOT IN ('not_awarded', 'award_withdrawn', 'award_annulled')
                       THEN CASE WHEN c.open THEN 'cannot tell' ELSE 'no' END
                       WHEN c.caution = 'first_day_unknown' THEN 'cannot tell' ELSE 'yes' END,
        concat(wmo_works.words('period %1', c.period::text),
               CASE WHEN c.standing_fault IS NOT NULL THEN ': ' || wmo_works.code_words(c.standing_fault::text)
                    WHEN c.caution = 'option_open' THEN wmo_works.words(': in an option that is still open')
                    WHEN c.caution = 'first_day_unknown'
                    THEN wmo_works.words(': when it begins is not stated, and it may not have begun') END)),
    (4, 'period', 'warning', wmo_works.explain_late(c.period, 'exercised')),
    (4, 'period', 'warning', wmo_works.explain_late(c.period, 'agreed')),
    (4, 'period', 'warning', wmo_works.explain_options(c.period, c.options_stated)),
    (4, 'period', 'warning', CASE WHEN wmo.has_agreed_extension(c.period)
      THEN wmo_works.words('warning: extended by agreement outside its options, which may be a substantial change '
                           '(Aw 2012 art. 2.163a and following)') END),
    (5, 'award', CASE WHEN c.award_id IS NULL THEN 'none' ELSE award.status END, CASE WHEN c.award_id IS NULL
        THEN wmo_works.words('no award is recorded with this contract') ELSE award.basis END),
    (5, 'award', 'warning',
        coalesce(wmo_works.explain_tender(c.award_id, c.tender_id, c.lot_id, c.supplier_id, c.agreed_by),
                 wmo_works.explain_winner(c.award_id, c.supplier_id, c.agreed_by))),
    (6, 'clients', CASE WHEN c.client_fault IS NULL THEN 'yes' ELSE 'no' END,
        CASE WHEN c.client_fault IS NULL THEN wmo_works.words('open to this client')
             ELSE coalesce(wmo_works.clause('serves only those who were its clients on %1',
                                            wmo_works.iso_day(c.existing_on)),
                           wmo_works.words('serves only those who were its clients already')) END),
    (7, 'client stop', stop.verdict, stop.explanation),
    (8, 'certainty', CASE WHEN c.faults = 0 THEN c.certainty::text WHEN c.noes = 0 THEN 'unknown' ELSE 'none' END,
        CASE WHEN c.noes > 0 THEN wmo_works.words('does not serve this resident')
             WHEN c.faults > 0 OR c.certainty = 'unknown'
             THEN wmo_works.words('whether it serves this resident cannot be told')
             ELSE concat(CASE WHEN c.provider_id IS NULL
                              THEN wmo_works.words('serves, by a provider that is not named')
                              ELSE wmo_works.words('serves this resident') END,
                         CASE WHEN c.age_missed THEN wmo_works.words(', if of an age that it is for') END) END)
  ) AS t (part, rule, verdict, explanation)
  WHERE t.explanation IS NOT NULL;
END;
COMMENT ON FUNCTION wmo_works.explain_candidates(wmo_works.area_match[], text, date, integer, integer, date, date,
  boolean) IS
  'Each contract that could answer a question, numbered, with the verdict of every rule. with_drawings: also those '
  'beside the drawing of whose area the place lies.';

CREATE FUNCTION wmo_works.explain_answer(asked text, matches wmo_works.area_match[], service text, on_date date,
                                         age integer, current_provider integer, client_since date, as_of date)
RETURNS TABLE (step integer, contract text, provider text, rule text, verdict text, explanation text)
LANGUAGE sql STABLE PARALLEL SAFE COST 40000 ROWS 20
BEGIN ATOMIC
  WITH answer AS MATERIALIZED (
    SELECT r.* FROM wmo_works.answer(
      explain_answer.matches, explain_answer.service, explain_answer.on_date, explain_answer.age,
      explain_answer.current_provider, explain_answer.client_since, explain_answer.as_of) r
  ), declared AS MATERIALIZED (
    -- only then does what lies beside a drawing make a difference
    SELECT wmo_works.is_declared_complete(explain_answer.matches, explain_answer.service, explain_answer.on_date) AS so
  ), told AS (
    SELECT 1 AS chapter, 0::bigint AS line, 1 AS part, NULL::text AS contract, NULL::text AS provider,
           'question' AS rule, 'asked' AS verdict,
           wmo_works.words('%1, %2 on %3, age %4, by the legal state of %5', explain_answer.asked,
                           explain_answer.service, wmo_works.iso_day(explain_answer.on_date),
                           coalesce(explain_answer.age::text, wmo_works.words('not given')),
                           wmo_works.iso_day(explain_answer.as_of)) AS explanation
    UNION ALL
    SELECT 2, 0, 1, NULL, NULL, 'area', a.verdict, a.explanation
    FROM declared CROSS JOIN LATERAL wmo_works.explain_areas(explain_answer.matches, declared.so) a
    UNION ALL
    SELECT 3, c.line, c.part, c.contract, c.provider, c.rule, c.verdict, c.explanation
    FROM declared CROSS JOIN LATERAL wmo_works.explain_candidates(
      explain_answer.matches, explain_answer.service, explain_answer.on_date, explain_answer.age,
      explain_answer.current_provider, explain_answer.client_since, explain_answer.as_of, declared.so) c
    UNION ALL
    SELECT 4, 0, 1, NULL, NULL, 'registry', CASE WHEN r.complete THEN 'complete' ELSE 'cannot tell' END,
           CASE WHEN r.complete
                THEN wmo_works.words('declared complete here, and nothing recorded leaves open who else serves')
                ELSE wmo_works.words('somebody else may serve: it is not declared complete here, or leaves something '
                                     'open') END
    FROM answer r WHERE r.ord = 1
    UNION ALL
    SELECT 5, r.ord, 1, r.number, r.provider, 'answer',
           CASE WHEN r.found THEN 'found' ELSE 'not found' END,
           CASE WHEN r.found
                THEN concat(wmo_works.code_words(r.role::text), ', ', wmo_works.code_words(r.certainty::text),
                            CASE WHEN r.stays THEN wmo_works.words(', with whom the client may stay') END,
                            ' (' || wmo_works.code_words(r.reason) || ')')
                ELSE wmo_works.code_words(r.reason) END
    FROM answer r
  )
  SELECT row_number() OVER (ORDER BY t.chapter, t.line, t.part, t.explanation)::integer, t.contract, t.provider, t.rule,
         t.verdict, t.explanation
  FROM told t
  ORDER BY 1;
END;
COMMENT ON FUNCTION wmo_works.explain_answer(text, wmo_works.area_match[], text, date, integer, integer, date, date) IS
  'The explanation of an answer whose areas are known: question, areas, then each candidate with the verdict of every '
  'rule, then the answer.';

CREATE FUNCTION wmo.explain_providers_at(place geometry, service text, on_date date DEFAULT CURRENT_DATE,
                                         age integer DEFAULT NULL, current_provider integer DEFAULT NULL,
                                         client_since date DEFAULT NULL, as_of date DEFAULT CURRENT_DATE)
RETURNS TABLE (step integer, contract text, provider text, rule text, verdict text, explanation text)
LANGUAGE sql STABLE PARALLEL SAFE COST 50000 ROWS 20
BEGIN ATOMIC
  SELECT e.*
  FROM (SELECT wmo_works.matches_at_place(explain_providers_at.place, explain_providers_at.service,
                                          explain_providers_at.on_date) AS matches OFFSET 0) met
  CROSS JOIN LATERAL wmo_works.explain_answer(
    coalesce(ST_AsText(explain_providers_at.place, 0), wmo_works.words('no place')), met.matches,
    explain_providers_at.service, explain_providers_at.on_date, explain_providers_at.age,
    explain_providers_at.current_provider, explain_providers_at.client_since, explain_providers_at.as_of) e;
END;
COMMENT ON FUNCTION wmo.explain_providers_at(geometry, text, date, integer, integer, date, date) IS
  'Why wmo.providers_at answers as it does: every rule looked at, with its verdict.';

CREATE FUNCTION wmo.explain_providers_in_area(code wmo.area_code, service text, on_date date DEFAULT CURRENT_DATE,
                                              age integer DEFAULT NULL, current_provider integer DEFAULT NULL,
                                              client_since date DEFAULT NULL, as_of date DEFAULT CURRENT_DATE)
RETURNS TABLE (step integer, contract text, provider text, rule text, verdict text, explanation text)
LANGUAGE sql STABLE PARALLEL SAFE COST 50000 ROWS 20
BEGIN ATOMIC
  SELECT e.*
  FROM (SELECT wmo_works.matches_in_area(explain_providers_in_area.code, explain_providers_in_area.on_date) AS matches
        OFFSET 0) met
  CROSS JOIN LATERAL wmo_works.explain_answer(
    coalesce(explain_providers_in_area.code::text, wmo_works.words('no code'))
      || coalesce((SELECT wmo_works.words(' in its edition of days %1', wmo_works.iso_days(a.valid)) FROM wmo.area a
                   WHERE a.id = wmo.area_edition(explain_providers_in_area.code, explain_providers_in_area.on_date)
                     AND NOT a.valid @> explain_providers_in_area.on_date), ''),
    met.matches,
    explain_providers_in_area.service, explain_providers_in_area.on_date, explain_providers_in_area.age,
    explain_providers_in_area.current_provider, explain_providers_in_area.client_since,
    explain_providers_in_area.as_of) e;
END;
COMMENT ON FUNCTION wmo.explain_providers_in_area(wmo.area_code, text, date, integer, integer, date, date) IS
  'Why wmo.providers_in_area answers as it does, and which edition of a code that no longer exists answered.';

CREATE FUNCTION wmo.explain_providers_at_postcode(code wmo.postcode, service text, on_date date DEFAULT CURRENT_DATE,
                                                  age integer DEFAULT NULL, current_provider integer DEFAULT NULL,
                                                  client_since date DEFAULT NULL, as_of date DEFAULT CURRENT_DATE)
RETURNS TABLE (step integer, contract text, provider text, rule text, verdict text, explanation text)
LANGUAGE sql STABLE PARALLEL SAFE COST 80000 ROWS 20
BEGIN ATOMIC
  SELECT e.*
  FROM (SELECT wmo_works.postcode_matches(explain_providers_at_postcode.code, explain_providers_at_postcode.service,
                                          explain_providers_at_postcode.on_date) AS matches OFFSET 0) met
  CROSS JOIN LATERAL wmo_works.explain_answer(
    wmo_works.words('%1, by %2',
      coalesce(explain_providers_at_postcode.code::text, wmo_works.words('no postcode')),
      coalesce(wmo_works.known_words((wmo_works.postcode_ground(explain_providers_at_postcode.code,
                                                                explain_providers_at_postcode.on_date)).basis),
               wmo_works.words('nothing: no place of it is known'))),
    met.matches,
    explain_providers_at_postcode.service, explain_providers_at_postcode.on_date, explain_providers_at_postcode.age,
    explain_providers_at_postcode.current_provider, explain_providers_at_postcode.client_since,
    explain_providers_at_postcode.as_of) e;
END;
COMMENT ON FUNCTION wmo.explain_providers_at_postcode(wmo.postcode, text, date, integer, integer, date, date) IS
  'Why wmo.providers_at_postcode answers as it does, and what it takes for the place of the postcode.';
