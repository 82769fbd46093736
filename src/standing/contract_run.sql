-- contract_run: how contracts run over their parts, where the ledger ended or extended some of them alone.
-- Relies on how a scope stands (standing) and on the ledger (registry).
--
-- contract.period is what the changes for the whole contract make of it. After a change for a part the parts differ
-- from it and from one another: a contract runs as long as one of its parts does.

CREATE FUNCTION wmo_works.run_status(contract_id integer, period wmo.contract_period, on_date date) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN s.status = 'ended' AND wmo_works.may_be_renewed(run_status.contract_id, run_status.period)
                OR s.status IN ('first_term', 'extended')
                   AND run_status.on_date > wmo_works.planned_end(run_status.contract_id, run_status.period)
              THEN 'unknown' ELSE s.status END
  FROM (SELECT wmo.contract_status(run_status.period, run_status.on_date) AS status OFFSET 0) s;
END;
COMMENT ON FUNCTION wmo_works.run_status(integer, wmo.contract_period, date) IS
  'wmo.contract_status, but that a contract that is renewed tacitly may run on after its last renewal that is written, '
  'and one that can be terminated may have ended when that was planned.';

CREATE FUNCTION wmo_works.may_have_run_on(contract_id integer, period wmo.contract_period, on_date date)
RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT coalesce(wmo.exclusive_end(period) <= on_date, false) AND NOT wmo.is_terminated(period)
    AND (coalesce(upper(wmo.maximum_term(period)) > wmo.exclusive_end(period), false)
         OR wmo_works.may_be_renewed(may_have_run_on.contract_id, may_have_run_on.period));
END;
COMMENT ON FUNCTION wmo_works.may_have_run_on(integer, wmo.contract_period, date) IS
  'Has the last day of a contract passed by a day, while it may have been extended or renewed without that being '
  'recorded? Then its last day is not known, also once the last option is over.';

CREATE FUNCTION wmo_works.untold_by_award(award_id integer, supplier_id integer, agreed_by date, signed_on date,
                                          as_of date)
RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE COST 1000
BEGIN ATOMIC
  SELECT min(coalesce(lower(s.valid), '-infinity'))
  FROM wmo_works.award_stands(
    untold_by_award.award_id, untold_by_award.supplier_id, untold_by_award.agreed_by,
    -- a contract that does not name the award lives under it as if it did
    CASE WHEN NOT EXISTS (SELECT FROM wmo.contract c
                          WHERE c.award_id = untold_by_award.award_id AND c.signed_on IS NOT NULL)
         THEN untold_by_award.signed_on END) s
  WHERE s.known @> untold_by_award.as_of AND s.signed = coalesce(signed_on <= untold_by_award.as_of, false)
    AND coalesce(s.certainty = 'unknown', true);
END;
COMMENT ON FUNCTION wmo_works.untold_by_award(integer, integer, date, date, date) IS
  'The first day of care on which the period of a contract with this supplier does not say whether it runs, because '
  'its award was withdrawn, is void, replaced or to somebody else, or because of what a ruling orders; -infinity = '
  'every day. Null = none. By wmo_works.award_stands, as its answers are.';

CREATE FUNCTION wmo_works.may_follow_awards(contract wmo.contract) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT num_nonnulls(contract.award_id, contract.tender_id) > 0
    OR EXISTS (SELECT FROM wmo.contract_scope s WHERE s.contract_id = contract.id AND s.lot_id IS NOT NULL);
END;
COMMENT ON FUNCTION wmo_works.may_follow_awards(wmo.contract) IS
  'Does a contract name an award, a tender or, by a scope, a lot, so that it hangs on what became of awards?';

CREATE FUNCTION wmo_works.lots_untold(contract wmo.contract, as_of date)
RETURNS TABLE (lot_id integer, untold_from date)
LANGUAGE sql STABLE PARALLEL SAFE COST 100 ROWS 1
BEGIN ATOMIC
  SELECT l.lot_id, CASE WHEN bool_and(back.day IS NOT NULL) THEN max(back.day) END
  FROM (
    SELECT DISTINCT s.lot_id FROM wmo.contract_scope s WHERE s.contract_id = contract.id
    UNION
    -- a contract of which no scope is recorded is what its award is for
    SELECT NULL::integer WHERE NOT EXISTS (SELECT FROM wmo.contract_scope s WHERE s.contract_id = contract.id)
      AND contract.award_id IS NOT NULL
  ) l
  LEFT JOIN LATERAL wmo_works.awards_of_scopes(contract.award_id, contract.tender_id, l.lot_id) a ON true
  LEFT JOIN LATERAL (
    -- an award to which nothing of this happened is not lived
    SELECT wmo_works.untold_by_award(w.id, contract.supplier_id,
                                     wmo_works.agreed_by(contract.signed_on, contract.agreed_period),
                                     contract.signed_on, lots_untold.as_of) AS day
    FROM wmo.award w
    WHERE w.id = a.award_id
      AND (least(w.withdrawn_on, w.annulled_on) <= lots_untold.as_of OR w.supplier_id <> contract.supplier_id
           OR EXISTS (SELECT FROM wmo.award o
                      WHERE o.replaces_id = w.id
                        AND coalesce(lower(o.decided), lower(o.sent), '-infinity') <= lots_untold.as_of)
           OR EXISTS (SELECT FROM wmo.award_challenge ch
                      WHERE ch.award_id = w.id AND ch.ruled <= lots_untold.as_of
                        AND ch.outcome IN ('upheld', 'partly_upheld')))
    OFFSET 0
  ) back ON true
  GROUP BY l.lot_id;
END;
COMMENT ON FUNCTION wmo_works.lots_untold(wmo.contract, date) IS
  'The lots of which a contract has scopes (null: not known), each with the day from which it is untold, as '
  'wmo_works.untold_by_award has it, because of the awards that its scopes may follow from none stands that is to its '
  'supplier; null = not.';

CREATE FUNCTION wmo_works.untold_from(contract wmo.contract, as_of date) RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT CASE WHEN wmo_works.may_follow_awards(contract) THEN (
    SELECT CASE WHEN bool_and(l.untold_from IS NOT NULL) THEN max(l.untold_from) END
    FROM wmo_works.lots_untold(contract, untold_from.as_of) l) END;
END;
COMMENT ON FUNCTION wmo_works.untold_from(wmo.contract, date) IS
  'The first day of care on which the period of a contract does not say whether it runs, because of what became of its '
  'award, or of those of its tender for the lots of its scopes; -infinity = every day, null = none.';

CREATE FUNCTION wmo_works.stands_by_reading(contract wmo.contract, as_of date) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT wmo_works.may_follow_awards(contract) AND EXISTS (
    SELECT FROM (
      SELECT DISTINCT s.lot_id FROM wmo.contract_scope s WHERE s.contract_id = contract.id
      UNION
      SELECT NULL::integer WHERE NOT EXISTS (SELECT FROM wmo.contract_scope s WHERE s.contract_id = contract.id)
    ) l
    -- an award of which nothing is a reading, and that is to the supplier himself, is not lived
    WHERE EXISTS (SELECT FROM wmo_works.awards_of_scopes(contract.award_id, contract.tender_id, l.lot_id) a
                  WHERE a.supplier_id <> contract.supplier_id
                     OR EXISTS (SELECT FROM wmo_works.award_reading r WHERE r.award_id = a.award_id))
      AND EXISTS (SELECT FROM wmo_works.stands_of_scopes(
                    contract.award_id, contract.tender_id, l.lot_id, contract.supplier_id,
                    wmo_works.agreed_by(contract.signed_on, contract.agreed_period), contract.signed_on) s
                  WHERE s.inferred AND s.known @> stands_by_reading.as_of
                    AND coalesce(s.signed = coalesce(contract.signed_on <= stands_by_reading.as_of, false), true)));
END;
COMMENT ON FUNCTION wmo_works.stands_by_reading(wmo.contract, date) IS
  'Does it rest on our reading of a source how a contract, or a part of it, stands by its award: of the award or what '
  'was brought against it, or of a succession or membership that makes its supplier the one that won it?';

CREATE FUNCTION wmo_works.parts_run(on_date date, as_of date)
RETURNS TABLE (contract_id integer, parts integer, end_kind text, last_day date, status text)
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 100
BEGIN ATOMIC
  WITH apart AS MATERIALIZED (
    SELECT ch.contract_id FROM wmo.contract_change ch
    WHERE num_nonnulls(ch.service_id, ch.area_id) > 0
      AND wmo_works.change_known(ch.known_from, ch.source_id, ch.entered_on) <= parts_run.as_of
    UNION
    SELECT s.contract_id FROM wmo.contract_scope s WHERE NOT (lower_inf(s.valid) AND upper_inf(s.valid))
    UNION
    SELECT ch.contract_id FROM wmo.contract_change ch WHERE ch.kind = 'suspension'
  ), scope AS (
    SELECT s.contract_id, st.period, greatest(lower(s.valid), own.added_on) AS begins, own.removed_on,
           upper(s.valid) AS ends, halted.so AS suspended
    FROM wmo.contract_scope s
    CROSS JOIN LATERAL (SELECT x.* FROM wmo_works.scope_state x
                        WHERE x.scope_id = s.id AND x.known @> parts_run.as_of OFFSET 0) st
    CROSS JOIN LATERAL (
      SELECT max(sc.effective_on) FILTER (WHERE sc.kind = 'scope_added') AS added_on,
             min(sc.effective_on) FILTER (WHERE sc.kind = 'scope_removed') AS removed_on
      FROM wmo_works.scope_change sc WHERE sc.scope_id = s.id AND sc.known_from <= parts_run.as_of
    ) own
    CROSS JOIN LATERAL (
      SELECT EXISTS (SELECT FROM wmo_works.scope_days(s.id, parts_run.as_of) d
                     WHERE d.valid @> parts_run.on_date AND d.reason = 'suspended') AS so
      OFFSET 0
    ) halted
    WHERE s.contract_id IN (SELECT a.contract_id FROM apart a)
      -- brought by a change that was not known yet
      AND (s.added_by_id IS NULL OR own.added_on IS NOT NULL)
  ), part AS (
    SELECT s.contract_id, s.period::text AS words, least(wmo.exclusive_end(s.period), s.removed_on, s.ends) AS next_day,
           CASE WHEN wmo_works.may_have_run_on(s.contract_id, s.period, parts_run.on_date)
                     AND coalesce(least(s.removed_on, s.ends) > wmo.exclusive_end(s.period), true) THEN 'unknown'
                WHEN num_nonnulls(s.removed_on, s.ends) > 0 THEN 'day' ELSE wmo.end_kind(s.period) END AS end_kind,
           CASE WHEN parts_run.on_date < s.begins THEN 'not_started'
                WHEN parts_run.on_date >= s.removed_on THEN 'terminated'
                WHEN parts_run.on_date >= s.ends AND NOT coalesce(
                       wmo.exclusive_end(s.period) <= parts_run.on_date AND wmo.is_terminated(s.period), false)
                THEN 'ended'
                WHEN s.suspended AND period.status IN ('first_term', 'extended') THEN 'suspended'
                ELSE period.status END AS status
    FROM scope s
    CROSS JOIN LATERAL (
      SELECT wmo_works.run_status(s.contract_id, s.period, parts_run.on_date) AS status
      OFFSET 0 -- found once, not at every mention
    ) period
  )
  SELECT p.contract_id, count(DISTINCT (p.words, p.next_day))::integer AS parts,
         CASE WHEN bool_or(p.end_kind = 'open') THEN 'open' WHEN bool_or(p.end_kind = 'unknown') THEN 'unknown'
              ELSE 'day' END AS end_kind,
         max(p.next_day) - 1 AS last_day,
         (rank.words)[min(array_position(rank.words, p.status))] AS status
  FROM part p
  CROSS JOIN (SELECT ARRAY['extended', 'first_term', 'suspended', 'unknown', 'not_started', 'terminated', 'ended']
                AS words) rank
  GROUP BY p.contract_id, rank.words;
END;
COMMENT ON FUNCTION wmo_works.parts_run(date, date) IS
  'How contracts run over their parts, of those whose parts may differ or be suspended.';

CREATE FUNCTION wmo_works.may_have_options(period wmo.contract_period, options_stated boolean) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT NOT options_stated AND wmo.end_kind(period) = 'day' AND NOT wmo.is_terminated(period)
    AND NOT EXISTS (SELECT FROM wmo.options(period));
END;
COMMENT ON FUNCTION wmo_works.may_have_options(wmo.contract_period, boolean) IS
  'May a contract run longer than its last day, for nobody stated whether it has extension options?';

CREATE FUNCTION wmo_works.contract_doubts(as_of date)
RETURNS TABLE (contract_id integer, codes text[], untold_from date)
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 100
BEGIN ATOMIC
  SELECT d.contract_id, array_agg(DISTINCT d.code ORDER BY d.code DESC), min(d.untold_from)
  FROM (
    SELECT c.id AS contract_id, 'inferred' AS code, NULL::date AS untold_from
    FROM wmo.source s JOIN wmo.contract c ON c.source_id = s.id WHERE s.basis = 'inferred'
    UNION ALL
    SELECT c.id, 'inferred', NULL FROM wmo.contract c WHERE wmo_works.stands_by_reading(c, contract_doubts.as_of)
    UNION ALL
    SELECT ch.contract_id, kind.code, NULL
    FROM wmo.contract_change ch
    CROSS JOIN LATERAL (
      SELECT 'inferred' AS code WHERE wmo_works.is_inferred(ch.source_id)
      UNION ALL
      SELECT 'suspension_end_unknown'
      WHERE ch.kind = 'suspension' AND ch.until IS NULL
        AND NOT EXISTS (SELECT FROM wmo.contract_change over
                        WHERE over.contract_id = ch.contract_id AND over.kind = 'suspension_ended'
                          AND wmo_works.change_known(over.known_from, over.source_id, over.entered_on)
                              <= contract_doubts.as_of)
      UNION ALL
      SELECT 'extension_receipt_unknown' WHERE ch.kind = 'extension' AND ch.until IS NULL AND ch.received_on IS NULL
      UNION ALL
      SELECT 'extended_late' FROM wmo.contract c
      WHERE c.id = ch.contract_id AND ch.kind = 'extension' AND wmo.has_late_extension(c.period)
    ) kind
    WHERE wmo_works.change_known(ch.known_from, ch.source_id, ch.entered_on) <= contract_doubts.as_of
    UNION ALL
    SELECT c.id, 'supplier_changed', NULL
    FROM wmo.party_succession s JOIN wmo.contract c ON c.supplier_id = s.predecessor_id
    WHERE s.kind = 'merger' AND coalesce(s.effective_on <= contract_doubts.as_of, true)
      -- of a part that went over the rest is still its own
      AND NOT EXISTS (SELECT FROM wmo.contract_change ch
                      WHERE ch.contract_id = c.id AND ch.kind = 'transfer' AND ch.effective_on <= contract_doubts.as_of
                        AND num_nonnulls(ch.service_id, ch.area_id) = 0
                        AND wmo_works.change_known(ch.known_from, ch.source_id, ch.entered_on)
                            <= contract_doubts.as_of)
    UNION ALL
    SELECT c.id, CASE WHEN untold.so THEN 'award_status_unknown' ELSE 'award_of_part_unknown' END,
           CASE WHEN untold.so THEN untold.day END
    FROM wmo.contract c
    CROSS JOIN LATERAL (
      SELECT bool_and(l.untold_from IS NOT NULL) AS so, max(l.untold_from) AS day
      FROM wmo_works.lots_untold(c, contract_doubts.as_of) l
      OFFSET 0
    ) untold
    WHERE wmo_works.may_follow_awards(c) AND untold.day IS NOT NULL
    UNION ALL
    SELECT n, 'not_known_yet', '-infinity' FROM wmo_works.contracts_not_yet(contract_doubts.as_of) n
    UNION ALL
    SELECT c.id, 'options_not_stated', NULL FROM wmo.contract c
    WHERE NOT c.options_stated
      AND wmo_works.may_have_options(wmo_works.period_known(c, contract_doubts.as_of), c.options_stated)
  ) d
  GROUP BY d.contract_id;
END;
COMMENT ON FUNCTION wmo_works.contract_doubts(date) IS
  'Why the days of contracts are less sure by a day than their periods say: inferred (by a source of the contract, of '
  'a change, or of what its award makes of it), options_not_stated, or the word of wmo.reason of what its award, an '
  'extension or a merger of its supplier leaves open; and wmo_works.untold_from.';

CREATE FUNCTION wmo_works.doubts_in_words(codes text[]) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT string_agg(CASE c.code
      WHEN 'inferred' THEN wmo_works.words('what the contract is by now rests on our reading of a source')
      WHEN 'award_status_unknown' THEN wmo_works.words('whether it runs is not known: see how its award stands')
      WHEN 'award_of_part_unknown'
      THEN wmo_works.words('whether a part of it runs is not known: see how the award of its lot stands')
      WHEN 'suspension_end_unknown' THEN wmo_works.words('until when it is suspended is not recorded')
      WHEN 'known_since_unknown' THEN wmo_works.words('whether it stood by then cannot be told')
      WHEN 'extended_late' THEN wmo_works.words('it was extended late: by an option that the other party may '
                                                 'refuse, or by an agreement after its end')
      WHEN 'extension_receipt_unknown'
      THEN wmo_works.words('when the notice of an extension was received is not recorded: it may have been late')
      WHEN 'not_known_yet' THEN wmo_works.words('it did not stand yet by then')
      WHEN 'options_not_stated'
      THEN wmo_works.words('whether it has extension options was not stated: its last day may not be the last')
      WHEN 'supplier_changed' THEN wmo_works.words('its supplier went into another party by a merger') END, '; '
    ORDER BY c.place)
  FROM unnest(codes) WITH ORDINALITY c (code, place);
END;
COMMENT ON FUNCTION wmo_works.doubts_in_words(text[]) IS
  'The codes of wmo_works.contract_doubts in words; null = none.';

CREATE FUNCTION wmo.contracts_run(on_date date DEFAULT CURRENT_DATE, as_of date DEFAULT CURRENT_DATE)
RETURNS TABLE (contract_id integer, number text, period wmo.contract_period, status text, last_day date, end_kind text,
               parts integer, warning text)
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 1000
BEGIN ATOMIC
  WITH doubt AS MATERIALIZED (
    -- changes of which it cannot be told whether they counted yet, and the first day on which that makes a difference
    SELECT ch.contract_id,
           min(coalesce(CASE WHEN ch.kind IN ('extension', 'end_revoked')
                             THEN least(wmo.exclusive_end(c.agreed_period),
                                        (SELECT min(e.effective_on) FROM wmo.contract_change e
                                         WHERE e.contract_id = ch.contract_id AND e.kind = 'early_end'))
                             ELSE ch.effective_on END, '-infinity')) AS from_day
    FROM wmo.contract_change ch JOIN wmo.contract c ON c.id = ch.contract_id
    WHERE ch.kind IN ('extension', 'early_end', 'end_revoked', 'scope_added', 'scope_removed')
      AND ch.known_from IS NULL
      AND wmo_works.change_known(NULL, ch.source_id, ch.entered_on) > contracts_run.as_of
    GROUP BY ch.contract_id
  )
  SELECT c.id, c.number, whole.period,
         CASE WHEN contracts_run.on_date >= d.from_day AND told.status <> 'not_started' THEN 'unknown'
              WHEN contracts_run.on_date >= doubted.untold_from
                   AND told.status NOT IN ('not_started', 'ended', 'terminated') THEN 'unknown'
              ELSE told.status END,
         CASE WHEN ends.kind = 'day' AND NOT ends.untold THEN ends.last_day END,
         CASE WHEN ends.untold THEN 'unknown' ELSE ends.kind END,
         coalesce(r.parts, 1),
         wmo_works.doubts_in_words(doubted.codes || CASE
           WHEN contracts_run.as_of < k.known_from AND c.award_id IS NULL THEN ARRAY['known_since_unknown'] END)
  FROM wmo.contract c
  JOIN wmo_works.contract_known k ON k.contract_id = c.id
  CROSS JOIN LATERAL (SELECT wmo_works.period_known(c, contracts_run.as_of) AS period OFFSET 0) whole
  LEFT JOIN wmo_works.parts_run(contracts_run.on_date, contracts_run.as_of) r ON r.contract_id = c.id
  LEFT JOIN doubt d ON d.contract_id = c.id
  LEFT JOIN wmo_works.contract_doubts(contracts_run.as_of) doubted ON doubted.contract_id = c.id
  CROSS JOIN LATERAL (
    SELECT coalesce(r.status, wmo_works.run_status(c.id, whole.period, contracts_run.on_date)) AS status
  ) told
  CROSS JOIN LATERAL (
    SELECT CASE WHEN r.contract_id IS NOT NULL THEN r.end_kind
                WHEN wmo_works.may_have_run_on(c.id, whole.period, contracts_run.on_date) THEN 'unknown'
                ELSE wmo.end_kind(whole.period) END AS kind,
           own.last_day,
           d.contract_id IS NOT NULL
             OR coalesce(doubted.untold_from <= coalesce(own.last_day, 'infinity'), false) AS untold
    FROM (SELECT CASE WHEN r.contract_id IS NOT NULL THEN r.last_day ELSE wmo.last_day(whole.period) END AS last_day
    ) own
  ) ends
  WHERE c.id NOT IN (SELECT n FROM wmo_works.contracts_not_yet(contracts_run.as_of) n);
END;
COMMENT ON FUNCTION wmo.contracts_run(date, date) IS
  'Every contract that stood by as_of, or may have, over its parts, as its ledger had it by then: period (what the '
  'changes for the whole contract make of it), status on on_date (as wmo.contract_status has it, or suspended, of the '
  'part that is furthest from having ended; unknown after the end where it may have been extended or renewed without '
  'that being recorded), last_day and end_kind over the parts (a contract runs until the last of them does; unknown '
  'once it may have run on), and parts: in how many ways its parts run. With 1 they are all alike. While it cannot be '
  'told by as_of whether a change counts that moves the end, the end is unknown, and from the day on which it makes a '
  'difference so is the status. So they are where, for every lot of its scopes, its award or every one of its tender '
  'to its supplier was withdrawn, is void, replaced or to somebody else, or a ruling orders so: wmo.award_status says '
  'what that makes of it. warning: why it is less sure than it looks; null = nothing.';
