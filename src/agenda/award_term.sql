-- award_term: until when an award can be fought, and from when its contract can be signed.
-- Relies on award_status (standing) and on the calendar of working days (law).
--
-- Two days, because they lean to opposite sides: who fights counts by the shortest term and reading, who signs by the
-- longest. Nothing here moves by the clock: the view tells what is recorded, and where a ruling is awaited.

CREATE FUNCTION wmo_works.said_beside(award_id integer, as_of date) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 1000
BEGIN ATOMIC
  SELECT nullif(concat_ws('; ',
           wmo_works.clause('pending, and not holding the award: %1', string_agg(
             wmo_works.words('%1 lodged %2: %3', wmo_works.code_words(e.kind), e.lodged_words, e.because), '; '
             ORDER BY e.lodged, e.challenge_id)),
           CASE WHEN EXISTS (SELECT FROM wmo_works.award_reading r
                             WHERE r.award_id = said_beside.award_id
                               AND coalesce(r.counts_from <= said_beside.as_of, true))
                THEN wmo_works.inferred_text() END), '')
  FROM wmo.challenge_effect e
  WHERE e.award_id = said_beside.award_id AND NOT e.holds AND e.kind NOT IN ('letter', 'complaint')
    AND e.lodged <= said_beside.as_of AND coalesce(e.ruled > said_beside.as_of, true);
END;
COMMENT ON FUNCTION wmo_works.said_beside(integer, date) IS
  'What is to be known of an award on a day beside its terms, in words: the court proceedings that are pending and do '
  'not hold it, and that something of it rests on an inferred source; null = nothing.';

CREATE FUNCTION wmo_works.sign_remarks(fact wmo_works.award_fact, as_of date, awaited_when_final boolean) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN fact.revived_on <= as_of
              THEN wmo_works.words('; it was withdrawn or annulled on %1 and revived on %2, and whether a new term '
                                   'runs from then is not recorded',
                                   wmo_works.iso_day(least(fact.withdrawn_on, fact.annulled_on)),
                                   wmo_works.iso_day(fact.revived_on)) ELSE '' END
         || CASE WHEN fact.final_on <= as_of AND (fact.final_on <= fact.may_end_on OR awaited_when_final)
                 THEN wmo_works.words('; a final award is recorded as of %1, on which it could still be fought',
                                      wmo_works.iso_day(fact.final_on)) ELSE '' END;
END;
COMMENT ON FUNCTION wmo_works.sign_remarks(wmo_works.award_fact, date, boolean) IS
  'What is to be known of an award beside the day from which its contract can be signed.';

CREATE FUNCTION wmo_works.award_is_over(fact wmo_works.award_fact, as_of date) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN back.so AND coalesce(fact.revived_on >= fact.replaced_on, true) THEN NULL
              WHEN NOT back.so AND fact.annulled_on <= as_of THEN wmo_works.term_basis('annulled', fact, NULL)
              WHEN NOT back.so AND fact.withdrawn_on <= as_of THEN wmo_works.term_basis('withdrawn', fact, NULL)
              WHEN fact.replaced_on <= as_of THEN wmo_works.term_basis('replaced', fact, NULL) END
  FROM (SELECT coalesce(fact.revived_on <= as_of, false) AS so) back;
END;
COMMENT ON FUNCTION wmo_works.award_is_over(wmo_works.award_fact, date) IS
  'That an award was withdrawn, annulled or replaced by a day and not revived, in words; null = it was not.';

CREATE FUNCTION wmo.award_terms(as_of date DEFAULT 'infinity')
RETURNS TABLE (award_id integer, tender_id integer, tender text, lot text, supplier_id integer, supplier text,
               standstill_regime text, standstill_last_day date, standstill_latest_day date,
               forfeiture_last_day date, forfeiture_latest_day date,
               minimum_last_day date, court_by date, court_by_working_day date, latest_day date, sign_from date,
               sign_basis text, warning text, rulings_awaited integer, signed_on date, signed_early boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1000
BEGIN ATOMIC
  SELECT a.id, a.tender_id, t.title, l.name, a.supplier_id, p.name,
         wmo.regime(a.standstill), wmo.last_day(a.standstill), wmo.latest_last_day(a.standstill),
         wmo.last_day(a.forfeiture), wmo.latest_last_day(a.forfeiture), wmo.latest_last_day(m.period),
         term.court_by, wmo.working_day_by(term.court_by), term.term_end,
         CASE WHEN over.text IS NULL AND held.pending = 0 AND weighs.text IS NULL
                   AND (term.term_end IS NOT NULL OR term.no_term_because IS NOT NULL)
              THEN greatest(term.may_end_on, held.last_ruled, weighs.last_until - 1, over.revived_on - 1) + 1 END,
         CASE WHEN over.text IS NOT NULL THEN over.text
              WHEN held.pending > 0
              THEN wmo_works.words('a ruling is awaited in %1 lodged %2', wmo_works.code_words(held.kind),
                                   held.lodged_words)
                   || coalesce(wmo_works.clause('; the term ends on %1', wmo_works.iso_day(term.term_end)), '')
              WHEN weighs.text IS NOT NULL THEN weighs.text
              WHEN over.revived_on > greatest(term.may_end_on, held.last_ruled, weighs.last_until - 1) + 1
                   OR (over.revived_on IS NOT NULL AND term.no_term_because IS NOT NULL)
              THEN wmo_works.words('from %1 the award stands again', wmo_works.iso_day(over.revived_on))
              WHEN weighs.last_until > greatest(term.may_end_on, held.last_ruled) + 1
                   OR (weighs.last_until IS NOT NULL AND term.no_term_because IS NOT NULL)
              THEN wmo_works.words('from %1 the order against the award no longer weighs',
                                   wmo_works.iso_day(weighs.last_until))
              WHEN held.last_ruled > term.may_end_on
                   OR (held.last_ruled IS NOT NULL AND term.no_term_because IS NOT NULL)
              THEN wmo_works.words('the day after the ruling of %1', wmo_works.iso_day(held.last_ruled))
              WHEN term.no_term_because IS NOT NULL THEN wmo_works.words('no term applies: %1', term.no_term_because)
              WHEN term.term_end IS NULL THEN wmo_works.words('the end of the term is not known')
              WHEN term.may_end_on > term.term_end
              THEN wmo_works.words('the day after %1: the last known term ends on %2 by its longest reading, and may '
                                   'end some days later by a decree on equated days that is not known here; if no more '
                                   'proceedings are lodged by then', wmo_works.iso_day(term.may_end_on),
                                   wmo_works.iso_day(term.term_end))
              ELSE wmo_works.words('the day after %1, on which the last known term ends by its longest reading, if no '
                                   'more proceedings are lodged by then', wmo_works.iso_day(term.term_end)) END
         || wmo_works.sign_remarks(term, award_terms.as_of, held.awaited_when_final)
         || coalesce('; ' || term.warning, '') || coalesce('; ' || beside.text, ''),
         nullif(concat_ws('; ', term.warning, beside.text, wmo_works.working_day_warning(term.court_by)), ''),
         held.pending::integer, signed.signed_on, signed.early
  FROM wmo.award a
  JOIN wmo_works.award_fact term ON term.award_id = a.id
  JOIN wmo.minimum_standstill m ON m.award_id = a.id
  LEFT JOIN wmo.tender t ON t.id = a.tender_id
  LEFT JOIN wmo.lot l ON l.id = a.lot_id
  LEFT JOIN wmo.party p ON p.id = a.supplier_id
  LEFT JOIN wmo_works.award_signing signed ON signed.award_id = a.id AND signed.signed_on <= award_terms.as_of
  CROSS JOIN LATERAL (
    SELECT CASE WHEN a.revived_on <= award_terms.as_of THEN a.revived_on END AS revived_on,
           wmo_works.award_is_over(term, award_terms.as_of) AS text
  ) over
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE e.ruled IS NULL) AS pending, max(e.ruled) AS last_ruled,
           bool_or(e.lodged_latest <= a.final_on AND coalesce(e.ruled > a.final_on, true)) AS awaited_when_final,
           (array_agg(e.lodged_words ORDER BY e.lodged, e.challenge_id) FILTER (WHERE e.ruled IS NULL))[1]
             AS lodged_words,
           (array_agg(e.kind ORDER BY e.lodged, e.challenge_id) FILTER (WHERE e.ruled IS NULL))[1] AS kind
    FROM (SELECT ef.challenge_id, ef.kind, ef.lodged, ef.lodged_words, ef.lodged_latest,
                 CASE WHEN ef.ruled <= award_terms.as_of THEN ef.ruled END AS ruled
          FROM wmo.challenge_effect ef
          WHERE ef.award_id = a.id AND ef.holds AND ef.lodged <= award_terms.as_of) e
  ) held
  CROSS JOIN LATERAL ( -- asked of few awards: each time it sets up a plan of its own
    SELECT CASE WHEN EXISTS (SELECT FROM wmo.award_challenge ch WHERE ch.award_id = a.id)
                     OR EXISTS (SELECT FROM wmo_works.award_reading r WHERE r.award_id = a.id)
                THEN wmo_works.said_beside(a.id, award_terms.as_of) END AS text OFFSET 0) beside
  CROSS JOIN LATERAL (
    SELECT string_agg(wmo_works.order_text(u.ruled, u.ordered,
                                           CASE WHEN u.untold_from <= award_terms.as_of THEN u.untold_from END), '; '
                      ORDER BY u.ruled, u.challenge_id)
             FILTER (WHERE u.over_on IS NULL OR u.over_on > award_terms.as_of) AS text,
           max(u.over_on) FILTER (WHERE u.over_on <= award_terms.as_of) AS last_until
    FROM wmo_works.upheld_ruling u WHERE u.award_id = a.id AND u.ruled <= award_terms.as_of
  ) weighs;
END;
COMMENT ON FUNCTION wmo.award_terms(date) IS
  'The rows of wmo.award_term by the proceedings, rulings and signatures up to and including a day.';

CREATE VIEW wmo.award_term WITH (security_invoker = true) AS
  SELECT t.award_id, t.tender_id, t.tender, t.lot, t.supplier_id, t.supplier,
         t.standstill_regime, t.standstill_last_day, t.standstill_latest_day,
         t.forfeiture_last_day, t.forfeiture_latest_day, t.minimum_last_day,
         t.court_by, t.court_by_working_day, t.latest_day, t.sign_from, t.sign_basis, t.warning,
         t.rulings_awaited, t.signed_on, t.signed_early
  FROM wmo.award_terms() t;
COMMENT ON VIEW wmo.award_term IS
  'The terms of every award with its two practical days: court_by, the last day to go to court by every known term, '
  'and sign_from, the first day on which no known term runs any more. Aw 2012 art. 2.131: proceedings lodged in time '
  'hold the contract until the ruling and the end of the term.';
COMMENT ON COLUMN wmo.award_term.award_id IS 'The award.';
COMMENT ON COLUMN wmo.award_term.tender_id IS 'Its tender; null = not known.';
COMMENT ON COLUMN wmo.award_term.tender IS 'Title of the tender.';
COMMENT ON COLUMN wmo.award_term.lot IS 'Name of the lot; null = whole tender, or not known.';
COMMENT ON COLUMN wmo.award_term.supplier_id IS 'Who won; null = not named.';
COMMENT ON COLUMN wmo.award_term.supplier IS 'Its name.';
COMMENT ON COLUMN wmo.award_term.standstill_regime IS 'Regime of the standstill; null = no standstill known.';
COMMENT ON COLUMN wmo.award_term.standstill_last_day IS 'Last day of the standstill by its shortest reading.';
COMMENT ON COLUMN wmo.award_term.standstill_latest_day IS 'Last day of the standstill by its longest reading.';
COMMENT ON COLUMN wmo.award_term.forfeiture_last_day IS 
  'Last day of the contractual forfeiture term by its shortest reading.';
COMMENT ON COLUMN wmo.award_term.forfeiture_latest_day IS 'Last day of the forfeiture term by its longest reading.';
COMMENT ON COLUMN wmo.award_term.minimum_last_day IS
  'Last day on which the least standstill by the law ends, from the last day on which the notice can have been sent: '
  'wmo.minimum_standstill; null = none, or it cannot be counted.';
COMMENT ON COLUMN wmo.award_term.court_by IS
  'Last day to go to court by every known term: the earliest end of standstill and forfeiture by any reading; null = '
  'no term known.';
COMMENT ON COLUMN wmo.award_term.court_by_working_day IS 'The last working day by then.';
COMMENT ON COLUMN wmo.award_term.latest_day IS
  'The latest end of standstill and forfeiture by any reading, and of the least standstill where the recorded one is '
  'shorter or missing; null = not known.';
COMMENT ON COLUMN wmo.award_term.sign_from IS
  'First day on which no known term runs any more: the day after latest_day, a week later where a decree on equated '
  'days that is not known here could move that, after the last ruling in proceedings that hold the award, and not '
  'before a withdrawn or annulled award was revived. It promises nothing about terms and proceedings that are not '
  'recorded. Null while a ruling is awaited or an order weighs, when the end of the term is not known, when none '
  'applies, and when the award was withdrawn or annulled: see sign_basis, which gives every warning too.';
COMMENT ON COLUMN wmo.award_term.sign_basis IS 'What sign_from rests on, or why there is none.';
COMMENT ON COLUMN wmo.award_term.warning IS
  'Where the recorded standstill is shorter than the law asks, missing or contradictory: both days. Where decrees on '
  'equated days are not known here that could move a day. And which court proceedings are pending that do not hold the '
  'award. Null = nothing.';
COMMENT ON COLUMN wmo.award_term.rulings_awaited IS 'Number of pending proceedings that hold the award.';
COMMENT ON COLUMN wmo.award_term.signed_on IS
  'First day on which a contract that follows from it was signed; null = none known.';
COMMENT ON COLUMN wmo.award_term.signed_early IS
  'True: signed before the decision, while the term ran, while a ruling was awaited or against an order, so that the '
  'contract may be voidable (Aw 2012 art. 4.15). Null: not signed, or cannot be told, as when signed on the day of the '
  'ruling, while the award was withdrawn or annulled, or while only a standstill ran of which it is not sure that the '
  'law asks it.';

CREATE FUNCTION wmo.running_objection_periods(on_date date DEFAULT CURRENT_DATE)
RETURNS TABLE (award_id integer, term text, regime text, tender text, lot text, supplier text, contract_numbers text,
               event_day date, first_day date, last_day date, latest_day date, days_left integer,
               days_left_latest integer, status text, basis text, warning text)
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 20
BEGIN ATOMIC
  SELECT a.id, op.term, wmo.regime(op.period), t.title, l.name, p.name,
         (SELECT string_agg(c.number, ', ' ORDER BY c.number) FROM wmo.contract c WHERE c.award_id = a.id),
         wmo.event_day(op.period), wmo.first_day(op.period), wmo.last_day(op.period), wmo.latest_last_day(op.period),
         wmo.last_day(op.period) - running_objection_periods.on_date,
         wmo.latest_last_day(op.period) - running_objection_periods.on_date,
         st.status, st.basis, wmo.calendar_warning(op.period)
  FROM wmo.award a
  JOIN wmo.minimum_standstill m ON m.award_id = a.id
  CROSS JOIN LATERAL (VALUES ('standstill', a.standstill), ('forfeiture', a.forfeiture),
                             ('minimum', m.counted)) op (term, period)
  CROSS JOIN LATERAL wmo.award_status(a.id, running_objection_periods.on_date) st
  LEFT JOIN wmo.tender t ON t.id = a.tender_id
  LEFT JOIN wmo.lot l ON l.id = a.lot_id
  LEFT JOIN wmo.party p ON p.id = a.supplier_id
  WHERE wmo.contains(op.period, running_objection_periods.on_date)
    AND st.status NOT IN ('withdrawn', 'annulled')
    -- Of a period whose first day is not known, the award itself may tell that it had not begun.
    AND NOT coalesce(running_objection_periods.on_date
                     < coalesce(wmo.first_day(op.period), lower(a.sent) + 1, lower(a.decided) + 1), false)
  ORDER BY wmo.last_day(op.period), a.id, op.term DESC;
END;
COMMENT ON FUNCTION wmo.running_objection_periods(date) IS
  'Every objection period that runs on a day: standstill, forfeiture, and minimum, the least standstill by the law '
  'where the recorded one is shorter or missing. days_left goes to the last day by the shortest reading (0 = the day '
  'itself; below 0 it is over by that reading only), days_left_latest to the last day by the longest. first_day '
  'null: not known when it began. warning: a decree on equated days that is not known here could move its end. Awards '
  'that were withdrawn or annulled are left out.';

CREATE VIEW wmo.running_objection_period WITH (security_invoker = true) AS
  SELECT r.award_id, r.term, r.regime, r.tender, r.lot, r.supplier, r.contract_numbers, r.event_day, r.first_day,
         r.last_day, r.latest_day, r.days_left, r.days_left_latest, r.status, r.basis,
         r.warning
  FROM wmo.running_objection_periods(CURRENT_DATE) r;
COMMENT ON VIEW wmo.running_objection_period IS
  'The objection periods that run today: wmo.running_objection_periods(current_date).';
COMMENT ON COLUMN wmo.running_objection_period.award_id IS 'The award.';
COMMENT ON COLUMN wmo.running_objection_period.term IS 'standstill, forfeiture or minimum.';
COMMENT ON COLUMN wmo.running_objection_period.regime IS 'The regime that sets the term.';
COMMENT ON COLUMN wmo.running_objection_period.tender IS 'Title of the tender; null = not known.';
COMMENT ON COLUMN wmo.running_objection_period.lot IS 'Name of the lot; null = whole tender, or not known.';
COMMENT ON COLUMN wmo.running_objection_period.supplier IS 'Who won; null = not named.';
COMMENT ON COLUMN wmo.running_objection_period.contract_numbers IS
  'Numbers of the contracts that follow from the award; null = none recorded.';
COMMENT ON COLUMN wmo.running_objection_period.event_day IS 'Day from which it is counted; null = not known.';
COMMENT ON COLUMN wmo.running_objection_period.first_day IS 'Its first day; null = not known.';
COMMENT ON COLUMN wmo.running_objection_period.last_day IS 'Last day by the shortest reading, for who fights.';
COMMENT ON COLUMN wmo.running_objection_period.latest_day IS 'Last day by the longest reading, for who signs.';
COMMENT ON COLUMN wmo.running_objection_period.days_left IS
  'Days to last_day: 0 = it is today; below 0 = over by the shortest reading only.';
COMMENT ON COLUMN wmo.running_objection_period.days_left_latest IS 'Days to latest_day.';
COMMENT ON COLUMN wmo.running_objection_period.status IS 'Status of the award today: wmo.award_status.';
COMMENT ON COLUMN wmo.running_objection_period.basis IS 'What that status rests on.';
COMMENT ON COLUMN wmo.running_objection_period.warning IS
  'A decree on equated days that is not known here could move its end; null = none could.';

CREATE FUNCTION wmo.objection_periods_to_review()
RETURNS TABLE (award_id integer, term text, stored text, recomputed text, last_day date, new_last_day date,
               latest_day date, new_latest_day date, calendar_complete boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 20
BEGIN ATOMIC
  SELECT a.id, op.term, op.period::text, again.period::text, wmo.last_day(op.period), wmo.last_day(again.period),
         wmo.latest_last_day(op.period), wmo.latest_last_day(again.period),
         wmo.calendar_is_complete(daterange(wmo.event_day(op.period),
           greatest(wmo.latest_last_day(op.period), wmo.latest_last_day(again.period)), '[]'))
  FROM wmo.award a
  CROSS JOIN LATERAL (VALUES ('standstill', a.standstill), ('forfeiture', a.forfeiture)) op (term, period)
  CROSS JOIN LATERAL (SELECT wmo.recomputed(op.period) AS period) again
  WHERE op.period IS NOT NULL
    AND (wmo.last_day(op.period) IS DISTINCT FROM wmo.last_day(again.period)
         OR wmo.latest_last_day(op.period) IS DISTINCT FROM wmo.latest_last_day(again.period))
  ORDER BY wmo.last_day(op.period), a.id, op.term DESC;
END;
COMMENT ON FUNCTION wmo.objection_periods_to_review() IS
  'The stored objection periods whose last day would now be another, as after a decree on equated days was added: '
  'what is stored and what the same event gives today. recomputed is null where the regime is no longer known on that '
  'day. It changes nothing: what was told to the parties stays until somebody decides.';
