-- standing: how every scope of every contract stands, for each day of care, as seen on each day.
-- Relies on certainty, award_stands, known_since, the ledger, contract_ending and contract.
--
-- A scope's life is a plane: valid (the day of care) across, known (the as_of day) up. Here it is cut into rectangles
-- that together cover the plane once. Each either serves, with a certainty, or does not, with a reason.

CREATE VIEW wmo_works.first_recorded WITH (security_invoker = true) AS
  SELECT min(coalesce(wmo.first_day(c.period), wmo.last_day(c.period))) AS day FROM wmo.contract c;
COMMENT ON VIEW wmo_works.first_recorded IS
  'Since when the registry can say that nobody was contracted: one row.';
COMMENT ON COLUMN wmo_works.first_recorded.day IS
  'The first day that any contract is known to have run; null where no contract says a day.';

CREATE FUNCTION wmo_works.period_slices(period wmo.contract_period, unreceived integer[])
RETURNS TABLE (valid daterange, certainty wmo.certainty, reason wmo.reason, lapses_on date)
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100 ROWS 4
BEGIN ATOMIC
  WITH option AS MATERIALIZED (
    SELECT o.option_no, o.term, o.notice_by,
           bool_or(o.state = 'declined') OVER (ORDER BY o.option_no) AS declined
    FROM wmo.options(period_slices.period) o
    WHERE o.state NOT IN ('exercised', 'agreed') AND NOT wmo.is_terminated(period_slices.period)
  ), bounds AS (
    SELECT wmo.first_day(period_slices.period) AS first_day, wmo.end_kind(period_slices.period) AS end_kind,
           wmo.current_term(period_slices.period) AS current_term,
           wmo.is_terminated(period_slices.period) AS terminated,
           (SELECT max(upper(o.term)) FROM option o) AS last_option_end,
           -- The first option that is still open decides: the ones after it hang on it.
           (SELECT coalesce(o.notice_by + 1, lower(o.term)) FROM option o WHERE NOT o.declined
            ORDER BY o.option_no LIMIT 1) AS lapses_on
  ), fragile AS (
    -- From the first extension that can be disputed on, the term rests on it; what is said later hides none of these.
    SELECT min(lower(o.term)) FILTER (WHERE o.late) AS late,
           min(lower(o.term)) FILTER (WHERE o.state = 'exercised' AND NOT o.late
                                      AND o.option_no = ANY (period_slices.unreceived)) AS unreceived,
           min(lower(o.term)) FILTER (WHERE o.state = 'agreed' AND NOT o.late) AS agreed
    FROM wmo.options(period_slices.period) o
  )
  SELECT daterange(NULL, b.first_day), NULL::wmo.certainty, 'not_started'::wmo.reason, NULL::date
  FROM bounds b WHERE b.first_day IS NOT NULL
  UNION ALL
  SELECT b.current_term * part.days,
         CASE WHEN b.first_day IS NULL THEN 'unknown'::wmo.certainty
              WHEN b.end_kind = 'unknown' THEN 'end_unknown' ELSE 'certain' END,
         CASE WHEN b.first_day IS NULL THEN 'first_day_unknown' ELSE part.reason END, NULL
  FROM bounds b CROSS JOIN fragile f
  CROSS JOIN LATERAL (VALUES
    (daterange(NULL, least(f.agreed, f.unreceived, f.late)), NULL::wmo.reason),
    (CASE WHEN f.agreed < coalesce(least(f.unreceived, f.late), 'infinity')
          THEN daterange(f.agreed, least(f.unreceived, f.late)) END, 'extended_by_agreement'),
    (CASE WHEN f.unreceived < coalesce(f.late, 'infinity') THEN daterange(f.unreceived, f.late) END,
     'extension_receipt_unknown'),
    (CASE WHEN f.late IS NOT NULL THEN daterange(f.late, NULL) END, 'extended_late')) part (days, reason)
  WHERE b.current_term && part.days
  UNION ALL
  SELECT o.term, CASE WHEN NOT o.declined THEN 'option'::wmo.certainty END,
         CASE WHEN o.declined THEN 'option_declined'::wmo.reason ELSE 'option_open' END,
         CASE WHEN NOT o.declined THEN b.lapses_on END
  FROM option o CROSS JOIN bounds b
  UNION ALL
  SELECT daterange(coalesce(b.last_option_end, upper(b.current_term)), NULL), NULL,
         CASE WHEN b.terminated THEN 'terminated'::wmo.reason ELSE 'ended' END, NULL
  FROM bounds b WHERE b.end_kind = 'day';
END;
COMMENT ON FUNCTION wmo_works.period_slices(wmo.contract_period, integer[]) IS
  'The line of days cut by a contract period: before it, the current term, each option not exercised, after it. A '
  'slice serves when it has a certainty; lapses_on is the as_of day from which an open option is no longer open (the '
  'day after the notice day, else the day it would start). unreceived: the options that were exercised by a notice of '
  'which the receipt is not recorded.';

CREATE FUNCTION wmo_works.may_be_renewed(contract_id integer, period wmo.contract_period) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT EXISTS (SELECT FROM wmo.contract_ending e
                 WHERE e.contract_id = may_be_renewed.contract_id AND e.kind = 'tacit_renewal')
    AND NOT EXISTS (SELECT FROM wmo.options(may_be_renewed.period) o WHERE o.state = 'declined');
END;
COMMENT ON FUNCTION wmo_works.may_be_renewed(integer, wmo.contract_period) IS
  'Is a contract renewed tacitly, so that it may run on after the renewals that are written in its period?';

CREATE FUNCTION wmo_works.planned_end(contract_id integer, period wmo.contract_period) RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE COST 10
BEGIN ATOMIC
  SELECT min(e.planned_end)
  FROM wmo.contract_ending e
  WHERE e.contract_id = planned_end.contract_id AND e.kind = 'termination'
    AND e.planned_end + 1 < coalesce(wmo.exclusive_end(period), 'infinity') AND NOT wmo.is_terminated(period);
END;
COMMENT ON FUNCTION wmo_works.planned_end(integer, wmo.contract_period) IS
  'The last day of a contract by the plans of who can give notice, where the ledger does not say that it was given: '
  'after it nobody can tell whether it runs. Null = none, or not before its end.';

CREATE FUNCTION wmo_works.contract_slices(contract_id integer, period wmo.contract_period, unreceived integer[])
RETURNS TABLE (valid daterange, certainty wmo.certainty, reason wmo.reason, lapses_on date)
LANGUAGE sql STABLE PARALLEL SAFE COST 100 ROWS 4 -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT s.valid * part.days, greatest(s.certainty, part.certainty), s.reason, s.lapses_on
  FROM (SELECT wmo_works.planned_end(contract_slices.contract_id, contract_slices.period) + 1 AS day OFFSET 0) plan
  CROSS JOIN LATERAL wmo_works.period_slices(contract_slices.period, contract_slices.unreceived) s
  CROSS JOIN LATERAL (
    SELECT daterange(NULL, plan.day) AS days, NULL::wmo.certainty AS certainty
    UNION ALL
    -- whether notice was given may be known to somebody else
    SELECT daterange(plan.day, NULL), CASE WHEN s.certainty IS NOT NULL THEN 'end_unknown'::wmo.certainty END
    WHERE plan.day IS NOT NULL
  ) part
  WHERE s.valid && part.days;
END;
COMMENT ON FUNCTION wmo_works.contract_slices(integer, wmo.contract_period, integer[]) IS
  'wmo_works.period_slices of a contract, of which it cannot be told whether it runs after an end that was planned.';

CREATE VIEW wmo_works.scope_change WITH (security_invoker = true) AS
  SELECT s.id AS scope_id, ch.id AS change_id, ch.contract_id, ch.kind, ch.ordered_by, ch.judged_on,
         ch.effective_on, ch.until, ch.option_no, ch.to_party_id,
         wmo_works.change_known(ch.known_from, ch.source_id, ch.entered_on) AS known_from,
         ch.known_from IS NULL AS untold,
         CASE WHEN ch.kind = 'extension' AND ch.until IS NULL THEN ch.received_on IS NULL END AS unreceived,
         wmo_works.is_inferred(ch.source_id) OR coalesce(around.inferred, false)
           OR ch.service_id IS NOT NULL AND ch.service_id <> s.service_id
              AND EXISTS (SELECT FROM wmo_works.service_family(s.service_id) f
                          WHERE f.member_id = ch.service_id AND f.inferred) AS inferred
  FROM wmo.contract_scope s
  JOIN wmo.contract_change ch ON ch.contract_id = s.contract_id
  LEFT JOIN wmo.contract_change added ON added.id = s.added_by_id
  LEFT JOIN LATERAL (
    SELECT w.whole_id, w.inferred FROM wmo.area_with_wholes(s.area_id) w
    WHERE w.whole_id = ch.area_id AND ch.area_id IS NOT NULL
  ) around ON true
  WHERE ch.id = s.added_by_id
     OR (ch.kind <> 'scope_added'
         -- what ended a part before this was added to it did not end this
         AND NOT coalesce(ch.kind IN ('early_end', 'scope_removed') AND num_nonnulls(ch.service_id, ch.area_id) > 0
                          AND ch.effective_on <= added.effective_on
                          AND (ch.ordered_by, ch.id) < (added.ordered_by, added.id), false)
         AND (ch.service_id IS NULL OR ch.service_id IN (SELECT p FROM wmo_works.service_with_parents(s.service_id) p))
         AND (ch.area_id IS NULL OR around.whole_id IS NOT NULL));
COMMENT ON VIEW wmo_works.scope_change IS
  'Which changes of the ledger hold for which scope: the one that added it, those for the whole contract, and those '
  'that name its service and area or something wider; not the end of such a part before this was added to it.';
COMMENT ON COLUMN wmo_works.scope_change.scope_id IS 'The scope that changes.';
COMMENT ON COLUMN wmo_works.scope_change.change_id IS 'The change.';
COMMENT ON COLUMN wmo_works.scope_change.contract_id IS 'The contract of both.';
COMMENT ON COLUMN wmo_works.scope_change.kind IS 'Kind of change.';
COMMENT ON COLUMN wmo_works.scope_change.ordered_by IS 'Day by which it is put in order.';
COMMENT ON COLUMN wmo_works.scope_change.known_from IS 'First as_of day on which it surely counts.';
COMMENT ON COLUMN wmo_works.scope_change.untold IS
  'True: on as_of days before known_from it cannot be told whether it counts; else it does not.';
COMMENT ON COLUMN wmo_works.scope_change.unreceived IS
  'It exercises an option; true: when the other party received that is not recorded. Null = it exercises none.';
COMMENT ON COLUMN wmo_works.scope_change.inferred IS
  'True: it, or that the area or the service of the scope is a part of its, rests on an inferred source.';
COMMENT ON COLUMN wmo_works.scope_change.judged_on IS 'Day by which it is judged whether it was in time.';
COMMENT ON COLUMN wmo_works.scope_change.effective_on IS 'First day of care on which it holds.';
COMMENT ON COLUMN wmo_works.scope_change.until IS 'First day of care after a suspension.';
COMMENT ON COLUMN wmo_works.scope_change.option_no IS 'The option exercised.';
COMMENT ON COLUMN wmo_works.scope_change.to_party_id IS 'Who takes over.';

CREATE FUNCTION wmo_works.scope_states(of_scope_id integer, with_ledger boolean)
RETURNS TABLE (scope_id integer, contract_id integer, known daterange, period wmo.contract_period, known_from date,
               unreceived integer[], end_inferred boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 300 ROWS 1 -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT s.id, s.contract_id, daterange(era.day, era.next_day), ledger.period, era.day, ledger.unreceived,
         EXISTS (SELECT FROM wmo_works.scope_change sc
                 WHERE sc.scope_id = s.id AND sc.inferred AND sc.known_from <= era.day AND scope_states.with_ledger
                   AND (wmo_works.moves_end(sc.kind) OR sc.effective_on = wmo.exclusive_end(ledger.period)))
  FROM wmo.contract_scope s
  CROSS JOIN LATERAL (
    SELECT b.day, lead(b.day) OVER (ORDER BY b.day NULLS FIRST) AS next_day
    FROM (SELECT NULL::date AS day UNION SELECT sc.known_from FROM wmo_works.scope_change sc
          WHERE sc.scope_id = s.id AND scope_states.with_ledger) b
  ) era
  CROSS JOIN LATERAL (
    SELECT coalesce(
      (SELECT wmo_works.ledger_period(c.agreed_period, sc.kind, sc.option_no, sc.judged_on, sc.effective_on, sc.until
                                      ORDER BY sc.ordered_by, sc.change_id)
       FROM wmo_works.scope_change sc
       WHERE sc.scope_id = s.id AND wmo_works.moves_end(sc.kind) AND scope_states.with_ledger
         AND (sc.known_from <= era.day OR sc.untold AND wmo_works.adds_days(sc.kind))),
      c.agreed_period) AS period,
      ARRAY(SELECT exercise.option_no
            FROM (SELECT sc.unreceived,
                         coalesce(sc.option_no, row_number() OVER (ORDER BY sc.ordered_by, sc.change_id)
                                    + (SELECT count(*) FROM wmo.options(c.agreed_period) o
                                       WHERE o.state = 'exercised'))::integer AS option_no
                  FROM wmo_works.scope_change sc
                  WHERE sc.scope_id = s.id AND sc.unreceived IS NOT NULL AND scope_states.with_ledger
                    AND (sc.known_from <= era.day OR sc.untold)) exercise
            WHERE exercise.unreceived) AS unreceived
    FROM wmo.contract c WHERE c.id = s.contract_id
    OFFSET 0 -- computed once, not at every mention of period above, and only for the contract of the scope
  ) ledger
  WHERE s.id = scope_states.of_scope_id;
END;
COMMENT ON FUNCTION wmo_works.scope_states(integer, boolean) IS
  'wmo_works.scope_state of one scope; without the ledger for one whose contract has no changes: that is planned and '
  'begun in a fraction of the time.';

CREATE VIEW wmo_works.scope_state WITH (security_invoker = true) AS
  SELECT st.scope_id, st.contract_id, st.known, st.period, st.known_from
  FROM wmo.contract_scope s
  CROSS JOIN LATERAL wmo_works.scope_states(s.id, true) st;
COMMENT ON VIEW wmo_works.scope_state IS
  'The period of each scope in each era of knowledge: before the first change of its ledger was known, between the '
  'first and the second, and so on. Where it cannot be told whether one counts, the longest that it may be.';
COMMENT ON COLUMN wmo_works.scope_state.scope_id IS 'The scope.';
COMMENT ON COLUMN wmo_works.scope_state.contract_id IS 'Its contract.';
COMMENT ON COLUMN wmo_works.scope_state.known IS 'The as_of days of this era.';
COMMENT ON COLUMN wmo_works.scope_state.period IS 'The period of the scope as the ledger had made it by then.';
COMMENT ON COLUMN wmo_works.scope_state.known_from IS 'First as_of day of the era; null = from ever.';

CREATE FUNCTION wmo_works.scope_days(scope_id integer, known_from date, with_ledger boolean DEFAULT true)
RETURNS TABLE (valid daterange, reason wmo.reason, open boolean, supplier_id integer, inferred boolean,
               certainty wmo.certainty, doubt wmo.reason)
LANGUAGE sql STABLE PARALLEL SAFE COST 300 ROWS 2
BEGIN ATOMIC
  WITH every AS MATERIALIZED (
    SELECT sc.kind, sc.effective_on, sc.until, sc.to_party_id, sc.ordered_by, sc.change_id, sc.inferred,
           sc.untold AND NOT known.so AS untold, known.so OR sc.untold AND wmo_works.adds_days(sc.kind) AS counts
    FROM wmo_works.scope_change sc
    CROSS JOIN LATERAL (SELECT coalesce(sc.known_from <= scope_days.known_from, false) AS so) known
    WHERE sc.scope_id = scope_days.scope_id AND scope_days.with_ledger
  ), change AS (
    SELECT ch.* FROM every ch WHERE NOT wmo_works.moves_end(ch.kind) AND ch.counts
  ), doubt AS (
    -- on which days of care it makes a difference whether a change counts; an end that is moved, from where it was
    SELECT CASE WHEN ch.kind IN ('extension', 'end_revoked', 'option_declined')
                THEN least((SELECT wmo.exclusive_end(c.agreed_period) FROM wmo.contract_scope s
                            JOIN wmo.contract c ON c.id = s.contract_id WHERE s.id = scope_days.scope_id),
                           (SELECT min(e.effective_on) FROM every e WHERE e.kind = 'early_end'))
                ELSE ch.effective_on END AS from_day,
           CASE WHEN ch.kind = 'suspension' THEN ch.until END AS next_day, ch.untold,
           ch.inferred AND ch.counts AS inferred
    FROM every ch WHERE ch.untold OR ch.inferred AND ch.counts
  ), suspended AS MATERIALIZED (
    -- as said, or until the day on which it was said later to end; what begins after that day is another one
    SELECT ch.effective_on AS from_day,
           least(ch.until, (SELECT min(e.effective_on) FROM change e
                            WHERE e.kind = 'suspension_ended' AND e.effective_on >= ch.effective_on
                              AND (e.ordered_by, e.change_id) > (ch.ordered_by, ch.change_id))) AS next_day
    FROM change ch WHERE ch.kind = 'suspension'
  ), scope AS (
    SELECT s.valid, s.added_by_id, c.supplier_id,
           (SELECT max(ch.effective_on) FROM change ch WHERE ch.kind = 'scope_added') AS added_on,
           (SELECT min(ch.effective_on) FROM change ch WHERE ch.kind = 'scope_removed') AS removed_on
    FROM wmo.contract_scope s JOIN wmo.contract c ON c.id = s.contract_id
    WHERE s.id = scope_days.scope_id
  ), breakpoint (day) AS (
    SELECT NULL::date
    UNION SELECT unnest(ARRAY[lower(s.valid), upper(s.valid), s.added_on, s.removed_on]) FROM scope s
    UNION SELECT unnest(ARRAY[x.from_day, x.next_day]) FROM suspended x
    UNION SELECT ch.effective_on FROM change ch WHERE ch.kind = 'transfer'
    UNION SELECT unnest(ARRAY[d.from_day, d.next_day]) FROM doubt d
  ), segment AS (
    SELECT b.day, lead(b.day) OVER (ORDER BY b.day NULLS FIRST) AS next_day FROM breakpoint b
  )
  SELECT daterange(g.day, g.next_day), no.reason,
         coalesce(no.reason = 'suspended' AND halted.until = 'infinity', false),
         CASE WHEN hands.in_doubt IS NOT true THEN coalesce(hands.party_id, s.supplier_id) END,
         coalesce(doubted.inferred, false),
         CASE WHEN doubted.untold OR hands.in_doubt THEN 'unknown'::wmo.certainty END,
         CASE WHEN doubted.untold THEN 'known_since_unknown' WHEN hands.in_doubt THEN 'supplier_changed' END::wmo.reason
  FROM segment g CROSS JOIN scope s
  LEFT JOIN LATERAL (
    -- who had agreed to it gave it away before it came: whether it still does is not recorded
    SELECT ch.to_party_id AS party_id,
           EXISTS (SELECT FROM change o
                   WHERE o.kind = 'transfer' AND o.effective_on < ch.effective_on AND o.to_party_id <> ch.to_party_id
                     AND (o.ordered_by, o.change_id) > (ch.ordered_by, ch.change_id)) AS in_doubt
    FROM change ch WHERE ch.kind = 'transfer' AND ch.effective_on <= g.day
    ORDER BY ch.effective_on DESC, ch.ordered_by DESC, ch.change_id DESC LIMIT 1
  ) hands ON true
  CROSS JOIN LATERAL (
    SELECT min(coalesce(x.next_day, 'infinity')) AS until FROM suspended x
    WHERE x.from_day <= g.day AND coalesce(x.next_day > g.day, true)
  ) halted
  CROSS JOIN LATERAL (
    SELECT bool_or(d.untold) AS untold, bool_or(d.inferred) AS inferred FROM doubt d
    WHERE d.from_day <= g.day AND coalesce(d.next_day > g.day, true)
  ) doubted
  CROSS JOIN LATERAL (
    SELECT CASE
             WHEN coalesce(g.day < lower(s.valid), g.day IS NULL AND NOT lower_inf(s.valid))
               THEN 'not_started'::wmo.reason
             WHEN s.added_by_id IS NOT NULL AND s.added_on IS NULL THEN 'not_known_yet'
             WHEN coalesce(g.day < s.added_on, g.day IS NULL AND s.added_by_id IS NOT NULL) THEN 'not_started'
             WHEN g.day >= s.removed_on THEN 'terminated' WHEN g.day >= upper(s.valid) THEN 'ended'
             WHEN halted.until IS NOT NULL THEN 'suspended'
           END AS reason
  ) no;
END;
COMMENT ON FUNCTION wmo_works.scope_days(integer, date, boolean) IS
  'The line of days cut by what else the ledger and the scope itself say: before it was added, after it was removed, '
  'suspensions, and who the supplier is; as known from that as_of day on (null = before every change). open: it '
  'is suspended and no end of that is recorded, so that it may serve again. certainty and doubt: where how the scope '
  'stands hangs on a change of which it cannot be told whether it counts then (known_since_unknown), or its last '
  'transfer was decided before another one that came earlier, so that nobody can tell whose it is (supplier_changed, '
  'supplier_id null). inferred: it hangs on a change with an inferred source. with_ledger: as for '
  'wmo_works.scope_states.';

CREATE FUNCTION wmo_works.scopes_alike(contract_id integer, lot_id integer, with_ledger boolean)
RETURNS TABLE (scope_id integer, scope_ids integer[])
LANGUAGE sql STABLE PARALLEL SAFE COST 100 ROWS 1 -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT min(s.id), array_agg(s.id)
  FROM wmo.contract_scope s
  WHERE s.contract_id = scopes_alike.contract_id AND s.lot_id IS NOT DISTINCT FROM scopes_alike.lot_id
  GROUP BY s.valid, s.added_by_id, s.known_on, s.entered_on, s.source_id,
    CASE WHEN scopes_alike.with_ledger
              AND EXISTS (SELECT FROM wmo.contract_change ch
                          WHERE ch.contract_id = scopes_alike.contract_id
                            AND num_nonnulls(ch.service_id, ch.area_id) > 0)
         THEN ROW (s.service_id, s.area_id) END;
END;
COMMENT ON FUNCTION wmo_works.scopes_alike(integer, integer, boolean) IS
  'The scopes of a lot of a contract, those together that stand alike whatever happens, of which one (scope_id) is '
  'derived for all: they have the same days, were brought by the same change and were known since the same day, by the '
  'same source; and where the ledger tells services or areas of the contract apart, each stands for itself.';

CREATE FUNCTION wmo_works.scope_standing_under(of_scope_id integer, award_stands wmo_works.award_stand[],
  with_ledger boolean)
RETURNS TABLE (scope_id integer, contract_id integer, supplier_id integer, period wmo.contract_period, valid daterange,
               known daterange, certainty wmo.certainty, reason wmo.reason, open boolean, inferred boolean,
               end_inferred boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 4 -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT st.scope_id, st.contract_id, st.supplier_id, st.period,
         slice.valid * st.days * coalesce(award.valid, '(,)'::daterange) AS valid,
         st.known * side.known * coalesce(award.known, '(,)'::daterange) * told.known * signed.known AS known,
         CASE WHEN serves.so
              THEN greatest(side.certainty, award.certainty, told.certainty, st.days_certainty) END AS certainty,
         CASE WHEN told.certainty IS NOT NULL THEN 'known_since_unknown'
              -- A term that can be disputed is said last: it makes nothing less certain by itself.
              WHEN serves.so THEN coalesce(
                st.doubt, CASE award.reason WHEN 'award_contradicted' THEN award.reason END,
                CASE WHEN side.certainty <> 'certain' THEN side.reason END, award.reason,
                CASE award.remark WHEN 'award_contradicted' THEN award.remark END, side.reason, award.remark)
              -- What may not be so is in the way only where nothing surely is.
              ELSE coalesce(no.award, no.period, no.days, CASE WHEN award.certainty IS NULL THEN award.reason END,
                            st.no_days, side.reason) END AS reason,
         NOT serves.so AND num_nonnulls(no.award, no.period, no.days) = 0 AS open,
         st.days_inferred OR coalesce(award.inferred, false), st.end_inferred
  FROM (
    SELECT s.*, d.* FROM wmo_works.scope_states(scope_standing_under.of_scope_id, scope_standing_under.with_ledger) s
    CROSS JOIN LATERAL wmo_works.scope_days(s.scope_id, s.known_from, scope_standing_under.with_ledger) d
    OFFSET 0 -- the days once an era, not for every slice
  ) st (scope_id, contract_id, known, period, known_from, unreceived, end_inferred, days, no_days, days_open,
        supplier_id, days_inferred, days_certainty, doubt)
  JOIN wmo.contract c ON c.id = st.contract_id JOIN wmo_works.scope_known k ON k.scope_id = st.scope_id
  JOIN LATERAL wmo_works.contract_slices(c.id, st.period, st.unreceived) slice ON slice.valid && st.days
  CROSS JOIN LATERAL (
    SELECT daterange(NULL, slice.lapses_on) AS known, slice.certainty, slice.reason
    UNION ALL
    SELECT daterange(slice.lapses_on, NULL), NULL, 'option_not_known_exercised' WHERE slice.lapses_on IS NOT NULL
  ) side
  LEFT JOIN LATERAL unnest(scope_standing_under.award_stands) award ON true
  CROSS JOIN LATERAL (
    SELECT st.no_days IS NULL AND side.certainty IS NOT NULL
             AND (cardinality(scope_standing_under.award_stands) = 0 OR award.certainty IS NOT NULL)) serves (so)
  CROSS JOIN LATERAL (
    -- a contract that was signed may run on although its award was taken back; an award that is void ends those that
    -- were signed before
    SELECT CASE WHEN award.certainty IS NULL AND NOT award.open
                     AND (award.reason <> 'award_annulled' OR coalesce(c.signed_on <= award.void_from, false))
                THEN award.reason END AS award,
           CASE WHEN side.certainty IS NULL AND NOT wmo_works.leaves_open(side.reason)
                     AND NOT (side.reason = 'ended' AND wmo_works.may_be_renewed(c.id, st.period)) THEN side.reason
           END AS period,
           CASE WHEN NOT st.days_open THEN st.no_days END AS days
  ) no
  CROSS JOIN LATERAL (
    -- an award says itself since when it stands, but for one without a day to which no term applies
    SELECT CASE WHEN serves.so AND coalesce(award.undated, true) THEN k.known_from ELSE k.not_before END AS day
  ) since
  CROSS JOIN LATERAL (
    SELECT daterange(since.day, NULL) AS known, NULL::wmo.certainty AS certainty
    UNION ALL
    SELECT daterange(k.not_before, since.day), 'unknown' WHERE k.not_before IS DISTINCT FROM since.day
  ) told
  CROSS JOIN LATERAL (
    -- the signature of another contract under an award makes no contract of this one
    SELECT CASE WHEN award.signed THEN daterange(c.signed_on, NULL)
                WHEN NOT award.signed THEN daterange(NULL, c.signed_on) ELSE '(,)' END AS known
    WHERE NOT coalesce(award.signed, false) OR c.signed_on IS NOT NULL
  ) signed
  WHERE NOT isempty(st.known * side.known * coalesce(award.known, '(,)'::daterange) * told.known * signed.known)
    AND coalesce(slice.valid * st.days && award.valid, true)
  UNION ALL
  SELECT k.scope_id, k.contract_id, c.supplier_id, c.agreed_period, '(,)', x.known, NULL, 'not_known_yet', x.open,
         false, false
  FROM wmo_works.scope_known k JOIN wmo.contract c ON c.id = k.contract_id
  CROSS JOIN LATERAL ( -- what is signed after its first day may have run since then
    SELECT CASE WHEN k.not_before = c.signed_on THEN wmo.first_day(c.agreed_period) END AS day) begun
  -- not by a union: PostgreSQL 18 takes one of two joins with the contract away and leaves its columns in there
  CROSS JOIN LATERAL (VALUES
    (daterange(NULL, least(k.not_before, begun.day)), false),
    (CASE WHEN begun.day < k.not_before THEN daterange(begun.day, k.not_before) END, true)) x (known, open)
  WHERE k.scope_id = scope_standing_under.of_scope_id AND k.not_before IS NOT NULL AND x.known IS NOT NULL;
END;
COMMENT ON FUNCTION wmo_works.scope_standing_under(integer, wmo_works.award_stand[], boolean) IS
  'How one scope stands, given what the award of its contract makes of it, which costs more than all else and is the '
  'same for every scope of a lot, slice and day: wmo_works.stands_of_scopes. with_ledger: as for '
  'wmo_works.scope_states.';

CREATE FUNCTION wmo_works.could_be_read(published daterange, reason wmo.reason, known daterange) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT reason IS DISTINCT FROM 'not_known_yet' OR coalesce(lower(published) < upper(known), true);
END;
COMMENT ON FUNCTION wmo_works.could_be_read(daterange, wmo.reason, daterange) IS
  'Can our reading of a source of these days make a doubt of how a scope stands, for this reason, on these as_of days? '
  'Not of that it is not known yet where the source had not been published either: nobody read in it that it was.';

CREATE VIEW wmo_works.scope_standing_due WITH (security_invoker = true) AS
  SELECT s.id AS scope_id, st.contract_id, st.supplier_id, st.period, st.valid, st.known, st.certainty,
         wmo_works.reason_of_reading(st.reason, st.certainty, read.so) AS reason, st.open, read.so AS inferred,
         st.end_inferred
  FROM wmo.contract c
  CROSS JOIN LATERAL (
    SELECT l.lot_id, l.stands
    FROM wmo_works.stands_by_lot(c.id, c.award_id, c.tender_id, c.supplier_id,
                                 wmo_works.agreed_by(c.signed_on, c.agreed_period), c.signed_on, true) l
    OFFSET 0 -- found once, however often they are mentioned
  ) award
  CROSS JOIN LATERAL (
    SELECT a.scope_ids, ss.* FROM wmo_works.scopes_alike(c.id, award.lot_id, true) a
    CROSS JOIN LATERAL wmo_works.scope_standing_under(a.scope_id, award.stands, true) ss
    OFFSET 0 -- once for all that stand alike
  ) st
  CROSS JOIN LATERAL unnest(st.scope_ids) one (id)
  JOIN wmo.contract_scope s ON s.id = one.id
  LEFT JOIN wmo.area ar ON ar.id = s.area_id
  LEFT JOIN wmo.award aw ON aw.id = c.award_id
  CROSS JOIN LATERAL (
    SELECT st.inferred OR EXISTS (SELECT FROM wmo.source so WHERE so.basis = 'inferred'
                                  AND so.id IN (c.source_id, s.source_id, ar.source_id, aw.source_id)
                                  AND wmo_works.could_be_read(so.published, st.reason, st.known)) AS so
    OFFSET 0 -- found once, not at every mention
  ) read;
COMMENT ON VIEW wmo_works.scope_standing_due IS
  'The definition of wmo_works.scope_standing, worked out anew at every reading.';
COMMENT ON COLUMN wmo_works.scope_standing_due.scope_id IS 'The scope.';
COMMENT ON COLUMN wmo_works.scope_standing_due.contract_id IS 'Its contract.';
COMMENT ON COLUMN wmo_works.scope_standing_due.supplier_id IS 'Who delivers on those days; null = not named.';
COMMENT ON COLUMN wmo_works.scope_standing_due.period IS 'The period of the scope as known then.';
COMMENT ON COLUMN wmo_works.scope_standing_due.valid IS 'Days of care.';
COMMENT ON COLUMN wmo_works.scope_standing_due.known IS 'as_of days on which this held.';
COMMENT ON COLUMN wmo_works.scope_standing_due.certainty IS 'How sure it is that the scope serves; null = it does not.';
COMMENT ON COLUMN wmo_works.scope_standing_due.reason IS 'Why it does not serve, or why it is no surer.';
COMMENT ON COLUMN wmo_works.scope_standing_due.open IS
  'True: by what is recorded it does not serve, but nothing surely keeps it from doing so.';
COMMENT ON COLUMN wmo_works.scope_standing_due.inferred IS
  'True: it rests on an inferred source, that of a change of the ledger or of proceedings against the award among '
  'them, whether it serves or not.';
COMMENT ON COLUMN wmo_works.scope_standing_due.end_inferred IS
  'True: that its period ends when it does rests on a change of the ledger with an inferred source.';
