-- decision_calendar: every coming decision over all contracts and awards.
-- Relies on decision and contract_end.
--
-- One row a decision: option notices, ends without option, terminations, renewals, new tenders, parts that end,
-- suspensions, client stops, objection periods, rulings awaited, terms of appeal, bids that expire.

CREATE VIEW wmo_works.part_turn WITH (security_invoker = true) AS
  SELECT s.contract_id, ARRAY['scope', min(s.id)::text] AS key, 'scope_end' AS kind, upper(s.valid) - 1 AS day,
         known.day AS known_from, NULL::date AS known_until, NULL::date AS sure_from, NULL::date AS change_sure_from,
         wmo_works.words('arrange what comes after it') AS decision,
         wmo_works.words('the last day of this part') AS what,
         string_agg(DISTINCT sv.name || coalesce(' in ' || a.name, ''), ', '
                    ORDER BY sv.name || coalesce(' in ' || a.name, '')) AS part, max(s.changed_at) AS changed_at,
         (array_agg(s.source_id ORDER BY wmo_works.is_inferred(s.source_id) DESC, s.id))[1] AS source_id
  FROM wmo.contract_scope s JOIN wmo.service sv ON sv.id = s.service_id LEFT JOIN wmo.area a ON a.id = s.area_id
  LEFT JOIN wmo.contract_change added ON added.id = s.added_by_id
  CROSS JOIN LATERAL (
    SELECT greatest(s.known_on, wmo_works.change_known(added.known_from, added.source_id, added.entered_on)) AS day
  ) known
  WHERE NOT upper_inf(s.valid)
  GROUP BY s.contract_id, upper(s.valid), known.day
  UNION ALL
  SELECT own.contract_id, own.key || turn.kind, turn.kind, turn.day, own.known_from, own.known_until, own.sure_from,
         own.change_sure_from, turn.decision, turn.what,
         concat_ws(' in ', sv.name, a.name), own.changed_at, own.source_id
  FROM (
    SELECT ch.contract_id, ARRAY['change', ch.id::text] AS key, ch.kind,
           wmo_works.change_known(ch.known_from, ch.source_id, ch.entered_on) AS known_from, NULL::date AS known_until,
           NULL::date AS sure_from, NULL::date AS change_sure_from, ch.service_id, ch.area_id,
           ch.effective_on AS first_day, NULL::date AS next_day, ch.changed_at, ch.source_id
    FROM wmo.contract_change ch WHERE ch.kind = 'scope_removed'
    UNION ALL
    -- as it was said to end, and from each day on which that became another
    SELECT ch.contract_id, ARRAY['change', ch.id::text], ch.kind, era.day,
           lead(era.day) OVER (PARTITION BY ch.id ORDER BY era.day), NULL, NULL, ch.service_id, ch.area_id,
           ch.effective_on,
           least(ch.until, min(era.ends_on) OVER (PARTITION BY ch.id ORDER BY era.day)),
           greatest(ch.changed_at, era.changed_at), ch.source_id
    FROM wmo.contract_change ch
    CROSS JOIN LATERAL (
      SELECT wmo_works.change_known(ch.known_from, ch.source_id, ch.entered_on) AS day, NULL::date AS ends_on,
             NULL::timestamptz AS changed_at
      UNION ALL
      SELECT greatest(wmo_works.change_known(e.known_from, e.source_id, e.entered_on),
                      wmo_works.change_known(ch.known_from, ch.source_id, ch.entered_on)),
             min(e.effective_on), max(e.changed_at)
      FROM wmo.contract_change e
      WHERE e.contract_id = ch.contract_id AND e.kind = 'suspension_ended'
        AND (e.ordered_by, e.id) > (ch.ordered_by, ch.id) AND e.effective_on >= ch.effective_on
        AND coalesce(e.service_id = ch.service_id, e.service_id IS NULL)
        AND coalesce(e.area_id = ch.area_id, e.area_id IS NULL)
      GROUP BY wmo_works.change_known(e.known_from, e.source_id, e.entered_on)
    ) era
    WHERE ch.kind = 'suspension'
    UNION ALL
    -- of a part of what was suspended
    SELECT e.contract_id, ARRAY['change', e.id::text], e.kind,
           wmo_works.change_known(e.known_from, e.source_id, e.entered_on), NULL, NULL, NULL, e.service_id, e.area_id,
           NULL, e.effective_on, e.changed_at, e.source_id
    FROM wmo.contract_change e
    WHERE e.kind = 'suspension_ended'
      AND EXISTS (SELECT FROM wmo.contract_change ch
                  WHERE ch.contract_id = e.contract_id AND ch.kind = 'suspension'
                    AND (e.service_id IS DISTINCT FROM ch.service_id AND e.service_id IS NOT NULL
                         OR e.area_id IS DISTINCT FROM ch.area_id AND e.area_id IS NOT NULL))
    UNION ALL
    -- as it was announced, and from the day on which it surely was lifted as that made it
    SELECT st.contract_id, ARRAY['client_stop', st.id::text], 'client_stop', era.known_from, era.known_until,
           k.known_from, era.change_sure_from,
           st.service_id, st.area_id, lower(era.during), upper(era.during), greatest(st.changed_at, l.changed_at),
           -- of a stop that was lifted by our reading that reading is what it rests on
           CASE WHEN era.lifted AND wmo_works.is_inferred(l.source_id) THEN l.source_id ELSE st.source_id END
    FROM wmo.client_stop st
    JOIN wmo_works.stop_known k ON k.stop_id = st.id
    LEFT JOIN wmo.client_stop_lift l ON l.stop_id = st.id
    LEFT JOIN wmo.source so ON so.id = l.source_id
    CROSS JOIN LATERAL (
      SELECT wmo_works.known_from(l.known_on, so.published, l.entered_on) AS day
      OFFSET 0
    ) lifted
    CROSS JOIN LATERAL (
      SELECT k.known_at_earliest AS known_from, CASE WHEN l.id IS NOT NULL THEN lifted.day END AS known_until,
             CASE WHEN l.id IS NOT NULL AND l.known_on IS NULL THEN lifted.day END AS change_sure_from, st.during,
             false AS lifted
      UNION ALL
      SELECT greatest(k.known_at_earliest, lifted.day), NULL, NULL, st.during * daterange(NULL, l.effective_on), true
      WHERE l.id IS NOT NULL AND NOT isempty(st.during * daterange(NULL, l.effective_on))
    ) era
  ) own
  JOIN LATERAL (VALUES
    ('scope_removed', 'scope_end', own.first_day - 1, wmo_works.words('arrange what comes after it'),
     wmo_works.words('the last day of this part')),
    ('suspension', 'suspension_start', own.first_day - 1, wmo_works.words('arrange who serves during the suspension'),
     wmo_works.words('the last day before the suspension')),
    ('suspension', 'suspension_end', own.next_day - 1, wmo_works.words('see that it serves again'),
     wmo_works.words('the last day of the suspension')),
    ('suspension_ended', 'suspension_end', own.next_day - 1, wmo_works.words('see that it serves again'),
     wmo_works.words('the last day of the suspension')),
    ('client_stop', 'client_stop_start', own.first_day - 1, wmo_works.words('arrange where new clients go'),
     wmo_works.words('the last day on which new clients are taken')),
    ('client_stop', 'client_stop_end', own.next_day - 1, wmo_works.words('see that new clients are taken again'),
     wmo_works.words('the last day without new clients'))
  ) turn (of_kind, kind, day, decision, what) ON turn.of_kind = own.kind
  LEFT JOIN wmo.service sv ON sv.id = own.service_id
  LEFT JOIN wmo.area a ON a.id = own.area_id
  -- not a suspension that was called off before it came
  WHERE own.kind <> 'suspension' OR coalesce(own.next_day > own.first_day, true);
COMMENT ON VIEW wmo_works.part_turn IS
  'What begins or ends within a contract: the days of a scope, a scope taken out, a suspension, a client stop.';
COMMENT ON COLUMN wmo_works.part_turn.contract_id IS 'The contract.';
COMMENT ON COLUMN wmo_works.part_turn.key IS 'Names it.';
COMMENT ON COLUMN wmo_works.part_turn.kind IS 'The kind of decision.';
COMMENT ON COLUMN wmo_works.part_turn.day IS 'The last day of what is before it; null = not known.';
COMMENT ON COLUMN wmo_works.part_turn.known_from IS 'First as_of day on which it counts; null = not recorded.';
COMMENT ON COLUMN wmo_works.part_turn.known_until IS
  'as_of day from which it counts no more, for another end was known; null = none.';
COMMENT ON COLUMN wmo_works.part_turn.sure_from IS
  'as_of day before which it cannot be told whether it counts; null = as sure as the contract.';
COMMENT ON COLUMN wmo_works.part_turn.change_sure_from IS
  'as_of day before which another end may have been known; null = none.';
COMMENT ON COLUMN wmo_works.part_turn.decision IS 'What is to be done.';
COMMENT ON COLUMN wmo_works.part_turn.what IS 'Which day it is.';
COMMENT ON COLUMN wmo_works.part_turn.part IS 'For which services and areas; empty = all of the contract.';
COMMENT ON COLUMN wmo_works.part_turn.changed_at IS 'When this last changed.';
COMMENT ON COLUMN wmo_works.part_turn.source_id IS 'Its own source; null = as its contract.';

CREATE FUNCTION wmo_works.part_turns(contracts wmo_works.contract_on_day[], today date)
RETURNS SETOF wmo_works.decision
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
BEGIN ATOMIC
  SELECT t.key, t.kind, t.day, NULL::date, 'lapsed', 'unknown',
         t.decision || coalesce(wmo_works.clause(' for %1', nullif(t.part, '')), ''),
         coalesce(wmo_works.clause('%1 is %2', t.what, wmo_works.iso_day(t.day)),
                  wmo_works.words('%1 is not recorded', t.what))
         || CASE WHEN t.sure_from > part_turns.today THEN wmo_works.words('; whether it stood by then cannot be told')
                 WHEN t.change_sure_from > part_turns.today
                 THEN wmo_works.words('; whether a change of it stood by then cannot be told') ELSE c.caveat END,
         NULL::text, c.number, c.buyer, c.supplier, c.owner, coalesce(t.source_id, c.source_id), c.id, NULL::integer,
         NULL::integer, greatest(c.revised_at, t.changed_at)
  FROM (
    SELECT DISTINCT ON (o.id) o.id, o.number, o.buyer, o.supplier, o.owner, o.source_id, o.revised_at, o.caveat,
           max(coalesce(o.last_day, 'infinity')) OVER (PARTITION BY o.id) AS last_day
    FROM unnest(part_turns.contracts) o
    ORDER BY o.id, o.part_id
  ) c
  JOIN wmo_works.part_turn t ON t.contract_id = c.id
  WHERE coalesce(t.known_from <= part_turns.today, true) AND coalesce(t.known_until > part_turns.today, true)
    -- what lies at or after the end of the contract is that end
    AND CASE WHEN t.day IS NULL THEN right(t.kind, 6) <> '_start' AND c.last_day >= part_turns.today
             ELSE t.day >= part_turns.today AND t.day < c.last_day END;
END;
COMMENT ON FUNCTION wmo_works.part_turns(wmo_works.contract_on_day[], date) IS
  'Parts of contracts that end, suspensions and client stops that begin or end, while the contract runs.';

CREATE FUNCTION wmo_works.objection_ends(awards wmo_works.award_on_day[], today date)
RETURNS SETOF wmo_works.decision
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
BEGIN ATOMIC
  SELECT ARRAY['award', a.id::text, 'objection'], 'objection_end', t.court_by, nullif(until.day, t.court_by), 'overdue',
         'unknown',
         CASE WHEN t.latest_day IS NULL THEN wmo_works.words('find out until when the award can be fought')
              WHEN objection_ends.today > until.day AND t.sign_from IS NULL
              THEN wmo_works.words('find out how the award stands')
              WHEN objection_ends.today > until.day THEN wmo_works.words('sign, or record the final award')
              ELSE wmo_works.words('objection period ends') END,
         CASE WHEN t.latest_day IS NULL THEN t.sign_basis
              ELSE wmo_works.words('last day to go to court by every known term %1; first day on which no known term '
                                   'runs any more %2: %3', wmo_works.iso_day(t.court_by),
                                   coalesce(wmo_works.iso_day(t.sign_from), wmo_works.code_words('not_known')),
                                   t.sign_basis) END
         || a.title,
         t.warning, a.numbers, a.buyers, a.supplier, a.owners, a.source_id, NULL::integer, a.id, a.tender_id,
         greatest(a.revised_at, (SELECT max(ch.changed_at) FROM wmo.award_challenge ch WHERE ch.award_id = a.id))
  FROM unnest(objection_ends.awards) a
  -- award by award, of the few that can be fought
  CROSS JOIN LATERAL (
    SELECT x.court_by, x.latest_day, x.sign_from, x.sign_basis, x.warning
    FROM wmo.award_terms(objection_ends.today) x WHERE x.award_id = a.id
    OFFSET 0
  ) t
  CROSS JOIN LATERAL (SELECT greatest(t.latest_day, t.sign_from - 1) AS day) until
  WHERE NOT a.begun
    -- before its notice was sent no term ran
    AND (a.told OR coalesce(objection_ends.today >= a.not_sent_before, true))
    AND (a.status IN ('provisional', 'uncontested', 'unknown')
         OR (a.status = 'contested' AND t.latest_day >= objection_ends.today));
END;
COMMENT ON FUNCTION wmo_works.objection_ends(wmo_works.award_on_day[], date) IS
  'Awards that can be fought, or could be and are not signed.';

CREATE FUNCTION wmo_works.rulings_awaited(awards wmo_works.award_on_day[], today date)
RETURNS SETOF wmo_works.decision
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
BEGIN ATOMIC
  SELECT ARRAY['challenge', e.challenge_id::text], 'ruling', ch.ruling_expected, NULL::date, 'overdue',
         'awaited',
         CASE e.kind WHEN 'appeal' THEN wmo_works.words('ruling in an appeal')
                     ELSE wmo_works.words('ruling in %1', wmo_works.code_words(e.kind)) END,
         CASE WHEN e.holds THEN wmo_works.words('lodged %1; holds the award: %2', e.lodged_words, e.because)
              ELSE wmo_works.words('lodged %1; does not hold the award: %2', e.lodged_words, e.because) END || a.title,
         NULL::text, a.numbers, a.buyers, a.supplier, a.owners, ch.source_id, NULL::integer, a.id, a.tender_id,
         greatest(a.revised_at, ch.changed_at)
  FROM unnest(rulings_awaited.awards) a
  JOIN wmo.challenge_effect e ON e.award_id = a.id
  JOIN wmo.award_challenge ch ON ch.id = e.challenge_id
  WHERE e.kind NOT IN ('letter', 'complaint') AND e.lodged <= rulings_awaited.today
    AND coalesce(e.ruled > rulings_awaited.today, true) AND a.status <> 'withdrawn';
END;
COMMENT ON FUNCTION wmo_works.rulings_awaited(wmo_works.award_on_day[], date) IS
  'Court proceedings against awards in which there is no ruling yet.';

CREATE FUNCTION wmo_works.remedy_ends(awards wmo_works.award_on_day[], today date) RETURNS SETOF wmo_works.decision
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
BEGIN ATOMIC
  SELECT ARRAY['challenge', r.challenge_id::text, 'remedy'], 'remedy_end', r.last_day, nullif(r.latest_day, r.last_day),
         'lapsed', 'unknown', wmo_works.words('term of %1 ends', wmo_works.code_words(r.remedy)),
         wmo_works.words('%1 against the ruling of %2', wmo_works.code_words(r.remedy), wmo_works.iso_day(r.ruled))
         || a.title,
         concat_ws('; ', r.warning, wmo_works.working_day_warning(r.last_day)), a.numbers, a.buyers, a.supplier,
         a.owners, ch.source_id, NULL::integer, a.id, a.tender_id, greatest(a.revised_at, ch.changed_at)
  FROM unnest(remedy_ends.awards) a
  JOIN wmo.court_remedy r ON r.award_id = a.id
  JOIN wmo.award_challenge ch ON ch.id = r.challenge_id
  WHERE r.ruled <= remedy_ends.today AND r.may_end_on >= remedy_ends.today
    AND NOT (coalesce(r.used_surely, false)
             AND EXISTS (SELECT FROM wmo.challenge_effect used
                         WHERE used.challenge_id = r.used_by_id AND used.lodged_latest <= remedy_ends.today));
END;
COMMENT ON FUNCTION wmo_works.remedy_ends(wmo_works.award_on_day[], date) IS
  'Rulings against which appeal or cassation is open and none is surely lodged.';

CREATE FUNCTION wmo_works.annulment_ends(contracts wmo_works.contract_on_day[], today date)
RETURNS SETOF wmo_works.decision
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
BEGIN ATOMIC
  SELECT ARRAY['contract', n.contract_id::text, 'annulment'], 'annulment_end', coalesce(n.last_day, n.latest_day),
         nullif(n.latest_day, n.last_day), 'lapsed', 'unknown', wmo_works.words('term to attack the contract ends'),
         n.ground || c.caveat,
         concat_ws('; ', n.warning, wmo_works.working_day_warning(coalesce(n.last_day, n.latest_day))),
         c.number, c.buyer, c.supplier, c.owner, c.source_id, c.id, NULL::integer, NULL::integer, c.revised_at
  FROM (SELECT DISTINCT ON (o.id) o.* FROM unnest(annulment_ends.contracts) o ORDER BY o.id, o.part_id) c
  -- contract by contract, of the few of which a term may run
  JOIN wmo_works.annulment_terms(annulment_ends.today) open ON open.contract_id = c.id
    AND greatest(wmo.latest_last_day(open.announced), wmo.latest_last_day(open.concluded)) >= annulment_ends.today
  CROSS JOIN LATERAL (
    SELECT x.* FROM wmo.contract_annulments(annulment_ends.today) x WHERE x.contract_id = c.id OFFSET 0
  ) n
  WHERE n.latest_day >= annulment_ends.today;
END;
COMMENT ON FUNCTION wmo_works.annulment_ends(wmo_works.contract_on_day[], date) IS
  'Signed contracts that can still be attacked by Aw 2012 art. 4.15.';

CREATE FUNCTION wmo_works.bid_expiries(awards wmo_works.award_on_day[], today date)
RETURNS SETOF wmo_works.decision
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
BEGIN ATOMIC
  WITH held AS MATERIALIZED (
    SELECT e.award_id, max(e.ruled) FILTER (WHERE e.ruled <= bid_expiries.today) AS last_ruled,
           count(*) FILTER (WHERE coalesce(e.ruled > bid_expiries.today, true)) AS pending,
           max(ch.changed_at) AS revised_at
    FROM wmo.challenge_effect e JOIN wmo.award_challenge ch ON ch.id = e.challenge_id
    WHERE e.holds AND e.lodged <= bid_expiries.today
    GROUP BY e.award_id
  ), bid AS MATERIALIZED (
    -- once over all awards, and not once a tender
    SELECT a.tender_id,
           count(*) FILTER (WHERE NOT a.begun AND a.status IN
             ('provisional', 'contested', 'uncontested', 'unknown', 'not_applicable')) AS open,
           string_agg(a.numbers, ', ' ORDER BY a.numbers) AS numbers, min(a.buyers) AS buyers, min(a.owners) AS owners,
           max(h.last_ruled) AS last_ruled, sum(h.pending) > 0::numeric AS pending,
           greatest(max(a.revised_at), max(h.revised_at)) AS revised_at
    FROM unnest(bid_expiries.awards) a LEFT JOIN held h ON h.award_id = a.id
    GROUP BY a.tender_id
  )
  SELECT ARRAY['tender', t.id::text, 'bids'], 'bid_expiry',
         until.day, NULL::date,
         CASE WHEN until.hangs_on_a_ruling THEN 'awaited' ELSE 'lapsed' END, 'awaited',
         wmo_works.words('conclude the contracts while the bids bind'),
         CASE WHEN until.hangs_on_a_ruling
              THEN wmo_works.words('the bids bind until %1 days after the ruling', t.bid_days_after_ruling::text)
                   || coalesce(wmo_works.clause(', and at least until %1', wmo_works.iso_day(until.day)), '')
              WHEN until.day > t.bids_valid_until OR t.bids_valid_until IS NULL
              THEN wmo_works.words('the bids bind until %1 days after the ruling of %2', t.bid_days_after_ruling::text,
                                   wmo_works.iso_day(bid.last_ruled))
              ELSE wmo_works.words('the bids bind until %1', wmo_works.iso_day(t.bids_valid_until)) END
         || wmo_works.words('; tender %1', t.title),
         NULL::text, bid.numbers, coalesce(bid.buyers, procurer.buyers), NULL::text, coalesce(t.owner, bid.owners),
         t.source_id, NULL::integer, NULL::integer, t.id, greatest(t.changed_at, procurer.changed_at, bid.revised_at)
  FROM wmo.tender t
  LEFT JOIN bid ON bid.tender_id = t.id
  CROSS JOIN LATERAL (
    SELECT greatest(t.bids_valid_until, bid.last_ruled + t.bid_days_after_ruling) AS day,
           coalesce(bid.pending, false) AND t.bid_days_after_ruling IS NOT NULL AS hangs_on_a_ruling
  ) until
  LEFT JOIN wmo_works.tender_buyers procurer ON procurer.tender_id = t.id
  WHERE (until.day IS NOT NULL OR until.hangs_on_a_ruling) AND (bid.open > 0 OR bid.tender_id IS NULL);
END;
COMMENT ON FUNCTION wmo_works.bid_expiries(wmo_works.award_on_day[], date) IS
  'Tenders whose bids bind for some days only, while their contracts are not concluded. Where the last day hangs on a '
  'ruling, the day until which they bind at least.';

-- ---- the calendar ---------------------------------------------------------------------------------------------------

CREATE FUNCTION wmo.decision_calendar_on(on_date date DEFAULT CURRENT_DATE, lead interval DEFAULT NULL)
RETURNS SETOF wmo.decision_row
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 1000
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  today CONSTANT date := wmo_works.checked_near_day(on_date, 'on_date');
  lead_time CONSTANT interval := wmo.decision_lead(lead);
  awards wmo_works.award_on_day[];
  contracts wmo_works.contract_on_day[];
BEGIN
  IF today IS NULL THEN
    RETURN;
  END IF;
  awards := ARRAY(SELECT a FROM wmo_works.awards_on(today) a);
  contracts := ARRAY(SELECT c FROM wmo_works.contracts_on(today, awards) c);
  RETURN QUERY
  SELECT d.kind || '-' || left(encode(sha256(convert_to(d.key::text, 'UTF8')), 'hex'), 32) || '@wmo-contracts', d.kind,
         CASE WHEN d.day IS NULL THEN d.when_missing
              WHEN today > coalesce(d.latest_day, d.day) THEN d.when_passed
              WHEN today >= (d.day - lead_time)::date THEN 'due'
              ELSE 'later' END,
         d.day, wmo.working_day_by(d.day), d.latest_day, (d.day - lead_time)::date, d.day - today,
         d.decision, d.detail,
         nullif(concat_ws('; ', coalesce(d.warning, wmo_works.working_day_warning(d.day)),
                          CASE WHEN wmo_works.is_inferred(d.source_id)
                                    AND ('inferred' = ANY (doubted.codes)) IS NOT true
                               THEN wmo_works.words('it rests on our reading of a source') END,
                          wmo_works.doubts_in_words(doubted.codes)), ''),
         d.number, d.buyer, d.supplier, d.owner, wmo_works.source_text(d.source_id),
         d.contract_id, d.award_id, d.tender_id,
         greatest(d.revised_at, (SELECT s.changed_at FROM wmo.source s WHERE s.id = d.source_id))
  FROM (
    SELECT o.* FROM wmo_works.option_notices(contracts, today) o
    UNION ALL
    SELECT e.* FROM wmo_works.contract_ends(contracts, today) e
    UNION ALL
    SELECT r.* FROM wmo_works.tacit_renewals(contracts, today) r
    UNION ALL
    SELECT t.* FROM wmo_works.terminations(contracts, today) t
    UNION ALL
    SELECT s.* FROM wmo_works.tender_starts(contracts, today) s
    UNION ALL
    SELECT l.* FROM wmo_works.ceilings(contracts, today) l
    UNION ALL
    SELECT p.* FROM wmo_works.part_turns(contracts, today) p
    UNION ALL
    SELECT o.* FROM wmo_works.objection_ends(awards, today) o
    UNION ALL
    SELECT r.* FROM wmo_works.rulings_awaited(awards, today) r
    UNION ALL
    SELECT b.* FROM wmo_works.bid_expiries(awards, today) b
    UNION ALL
    SELECT r.* FROM wmo_works.remedy_ends(awards, today) r
    UNION ALL
    SELECT n.* FROM wmo_works.annulment_ends(contracts, today) n
  ) d
  LEFT JOIN wmo_works.contract_doubts(today) doubted ON doubted.contract_id = d.contract_id
  ORDER BY d.day, d.number, d.kind, d.key;
END
$$;
COMMENT ON FUNCTION wmo.decision_calendar_on(date, interval) IS
  'Every coming decision over all contracts and awards as seen on a day, by the ledger of that day: option notices, '
  'contracts that end without option, terminations, renewals, new tenders, objection periods, rulings awaited, terms '
  'of appeal, bids that expire. lead: how long before the day preparation begins (state due); null = the setting '
  'wmo.decision_lead, else three months. Contracts of which the end is not known are listed too, without a day.';

CREATE VIEW wmo.decision_calendar WITH (security_invoker = true) AS
  SELECT d.uid, d.kind, d.state, d.day, d.working_day, d.latest_day, d.prepare_from, d.days_left, d.decision, d.detail,
         d.warning, d.number, d.buyer, d.supplier, d.owner, d.source, d.contract_id, d.award_id, d.tender_id,
         d.revised_at
  FROM wmo.decision_calendar_on(CURRENT_DATE) d;
COMMENT ON VIEW wmo.decision_calendar IS
  'The decision calendar of today. Lead time: SET wmo.decision_lead = ''6 months'', for a session, a role or the '
  'database; three months when not set.';
COMMENT ON COLUMN wmo.decision_calendar.uid IS
  'Names the decision, the same at every run and under every name: from the keys of what it is about.';
COMMENT ON COLUMN wmo.decision_calendar.kind IS
  'option_notice, contract_end, termination_notice, renewal, tender_start, ceiling, scope_end, suspension_start, '
  'suspension_end, client_stop_start, client_stop_end, objection_end, ruling, remedy_end, annulment_end or bid_expiry.';
COMMENT ON COLUMN wmo.decision_calendar.state IS
  'later: the lead time has not begun; due: it has; overdue: the day has passed and what became of it is not '
  'recorded; lapsed: the day has passed, and with it the right; awaited: the day hangs on a ruling; unknown: the day '
  'is not known.';
COMMENT ON COLUMN wmo.decision_calendar.day IS
  'The last day for it: of what is about to end or to stop, the last day on which it still is; null = not known.';
COMMENT ON COLUMN wmo.decision_calendar.working_day IS
  'The last working day by then: days of a contract do not move for a weekend.';
COMMENT ON COLUMN wmo.decision_calendar.latest_day IS
  'For an objection period, where later than day: the last day on which a known term runs by its longest reading, or '
  'the day of the ruling.';
COMMENT ON COLUMN wmo.decision_calendar.prepare_from IS 'First day of the lead time.';
COMMENT ON COLUMN wmo.decision_calendar.days_left IS 'Days from the asked day to day; below 0 = passed.';
COMMENT ON COLUMN wmo.decision_calendar.decision IS 'What is to be decided or done.';
COMMENT ON COLUMN wmo.decision_calendar.detail IS 'What hangs on it.';
COMMENT ON COLUMN wmo.decision_calendar.warning IS
  'Which of its days is not sure, for want of a decree on equated days, or because it or the contract rests on our '
  'reading of a source; null = none.';
COMMENT ON COLUMN wmo.decision_calendar.number IS
  'Contract number; of an award, the numbers of the contracts that follow from it; null = none recorded.';
COMMENT ON COLUMN wmo.decision_calendar.buyer IS 'Who bought.';
COMMENT ON COLUMN wmo.decision_calendar.supplier IS 'Who delivers, or won; null = not named.';
COMMENT ON COLUMN wmo.decision_calendar.owner IS 'Which team or role minds it.';
COMMENT ON COLUMN wmo.decision_calendar.source IS 'Where the fact comes from.';
COMMENT ON COLUMN wmo.decision_calendar.contract_id IS 'The contract; null for an award or tender.';
COMMENT ON COLUMN wmo.decision_calendar.award_id IS 'The award; null for a contract or tender.';
COMMENT ON COLUMN wmo.decision_calendar.tender_id IS
  'The tender of an award or of bids; null = not known, or a contract.';
COMMENT ON COLUMN wmo.decision_calendar.revised_at IS 'When the facts behind it last changed.';
