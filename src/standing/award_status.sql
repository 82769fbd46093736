-- award_status: how an award stands on any day.
-- Relies on award (registry), on the regimes (law) and on the least standstill.

CREATE FUNCTION wmo_works.first_last_day(standstill wmo.objection_period, forfeiture wmo.objection_period) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT least(wmo.last_day(standstill), wmo.last_day(forfeiture));
END;
COMMENT ON FUNCTION wmo_works.first_last_day(wmo.objection_period, wmo.objection_period) IS
  'Last day on which an award can be fought by every recorded term and every reading. Null when none is recorded.';

CREATE FUNCTION wmo_works.latest_day(standstill wmo.objection_period, forfeiture wmo.objection_period) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT greatest(wmo.latest_last_day(standstill), wmo.latest_last_day(forfeiture));
END;
COMMENT ON FUNCTION wmo_works.latest_day(wmo.objection_period, wmo.objection_period) IS
  'Last day on which an award can be fought by the recorded term and the reading that keep it open longest. Null when '
  'none is recorded.';

CREATE FUNCTION wmo_works.may_end_on(period wmo.objection_period) RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  -- A decree equates single days beside free ones: within a week there is one that it leaves.
  SELECT wmo.latest_last_day(period) + CASE WHEN wmo.calendar_warning(period) IS NULL THEN 0 ELSE 7 END;
END;
COMMENT ON FUNCTION wmo_works.may_end_on(wmo.objection_period) IS
  'Last day on which a period can end: its last day by the longest reading, or a week later where a decree on equated '
  'days that is not known here could move it.';

CREATE VIEW wmo_works.award_fact WITH (security_invoker = true) AS
  SELECT a.id AS award_id, a.final_on, a.final_basis, a.withdrawn_on, a.annulled_on, a.revived_on,
         a.no_term_because,
         f.signed_on, f.court_by, f.term_end, f.may_end_on, f.recorded_end, f.sure_end, f.standstill_end,
         m.law AS standstill_law, m.sent_on, m.unmet, f.warning, f.exists_earliest, f.exists_latest, f.replaced_on
  FROM wmo.award a
  JOIN wmo.minimum_standstill m ON m.award_id = a.id
  CROSS JOIN LATERAL (
    SELECT m.unmet = 'uncounted' OR (m.unmet IN ('short', 'may_be_short') AND m.counted IS NULL) AS so
  ) endless
  CROSS JOIN LATERAL (
    SELECT (SELECT min(c.signed_on) FROM wmo.contract c WHERE c.award_id = a.id) AS signed_on,
           -- the sending of a decision, where its day is not known, says that it had been taken by then
           (SELECT min(coalesce(lower(o.decided), upper(o.decided) - 1, upper(o.sent) - 1, wmo.event_day(o.standstill),
                                wmo.event_day(o.forfeiture), '-infinity'))
            FROM wmo.award o WHERE o.replaces_id = a.id) AS replaced_on,
           least(wmo_works.first_last_day(a.standstill, a.forfeiture),
                 CASE m.unmet WHEN 'missing' THEN wmo.last_day(m.counted) END) AS court_by,
           CASE WHEN endless.so IS NOT TRUE
                THEN greatest(wmo_works.latest_day(a.standstill, a.forfeiture), wmo.latest_last_day(m.counted))
                END AS term_end,
           CASE WHEN endless.so IS NOT TRUE
                THEN greatest(wmo_works.may_end_on(a.standstill), wmo_works.may_end_on(a.forfeiture),
                              wmo_works.may_end_on(m.counted)) END AS may_end_on,
           wmo_works.latest_day(a.standstill, a.forfeiture) AS recorded_end,
           greatest(wmo.last_day(a.standstill), wmo.last_day(a.forfeiture),
                    CASE WHEN m.law = 'holds' AND m.unmet IN ('missing', 'short') THEN wmo.last_day(m.counted) END)
             AS sure_end,
           CASE WHEN endless.so IS NOT TRUE
                THEN greatest(wmo_works.may_end_on(a.standstill), wmo_works.may_end_on(m.counted)) END
             AS standstill_end,
           nullif(concat_ws('; ', m.warning,
                            replace(wmo.calendar_warning(a.standstill), named.term, wmo_works.words('the standstill')),
                            replace(wmo.calendar_warning(a.forfeiture), named.term,
                                    wmo_works.words('the forfeiture term')),
                            replace(wmo.calendar_warning(m.counted), named.term,
                                    wmo_works.words('the least standstill'))), '') AS warning,
           lower(a.decided) AS exists_earliest,
           least(upper(a.decided) - 1, upper(a.sent) - 1, wmo.event_day(a.standstill), wmo.event_day(a.forfeiture),
                 wmo.last_day(a.standstill), wmo.last_day(a.forfeiture)) AS exists_latest
    FROM (SELECT wmo_works.words('the term') AS term) named
    OFFSET 0 -- computed once, not at every mention
  ) f;
COMMENT ON VIEW wmo_works.award_fact IS 'What is recorded of an award, as the days that its life turns on.';
COMMENT ON COLUMN wmo_works.award_fact.award_id IS 'The award.';
COMMENT ON COLUMN wmo_works.award_fact.final_on IS 'Day on which it was final, where that is recorded or announced.';
COMMENT ON COLUMN wmo_works.award_fact.final_basis IS 'recorded or announced.';
COMMENT ON COLUMN wmo_works.award_fact.withdrawn_on IS 'Day on which the buyer withdrew it.';
COMMENT ON COLUMN wmo_works.award_fact.annulled_on IS 'Day from which it is void.';
COMMENT ON COLUMN wmo_works.award_fact.revived_on IS 'Day from which its withdrawal or annulment no longer holds.';
COMMENT ON COLUMN wmo_works.award_fact.no_term_because IS
  'Why no term applies; null = one does, or it is not known.';
COMMENT ON COLUMN wmo_works.award_fact.signed_on IS 'First day on which a contract that follows from it was signed.';
COMMENT ON COLUMN wmo_works.award_fact.court_by IS
  'Last day on which it can be fought by every known term and reading.';
COMMENT ON COLUMN wmo_works.award_fact.term_end IS
  'Last day on which it can be fought by the longest of them, the least standstill of the law among them; null = not '
  'known.';
COMMENT ON COLUMN wmo_works.award_fact.may_end_on IS
  'The same, and a week later where a decree on equated days that is not known here could move it.';
COMMENT ON COLUMN wmo_works.award_fact.recorded_end IS 'The last day by the recorded terms alone.';
COMMENT ON COLUMN wmo_works.award_fact.sure_end IS
  'The last day on which a recorded term runs by every reading, or a least standstill that the law surely asks, on '
  'whichever day the notice was sent.';
COMMENT ON COLUMN wmo_works.award_fact.standstill_end IS
  'Last day on which the standstill alone can end, recorded or by the law; null = not known.';
COMMENT ON COLUMN wmo_works.award_fact.standstill_law IS 'wmo.minimum_standstill.law.';
COMMENT ON COLUMN wmo_works.award_fact.sent_on IS 'wmo.minimum_standstill.sent_on.';
COMMENT ON COLUMN wmo_works.award_fact.unmet IS 'wmo.minimum_standstill.unmet.';
COMMENT ON COLUMN wmo_works.award_fact.warning IS
  'What is wrong with the recorded standstill, and which term the calendar leaves open.';
COMMENT ON COLUMN wmo_works.award_fact.exists_earliest IS
  'First day on which the award may exist, by the day of its decision; null = not known. The sending says only that it '
  'had been decided by then.';
COMMENT ON COLUMN wmo_works.award_fact.exists_latest IS 'Day on which it exists for certain; null = not known.';
COMMENT ON COLUMN wmo_works.award_fact.replaced_on IS
  'Day of the first decision that takes its place, -infinity where nothing is known of that day; null = none recorded.';

CREATE VIEW wmo.challenge_effect WITH (security_invoker = true) AS
  SELECT ch.id AS challenge_id, ch.award_id, ch.kind, ch.lodged, ch.ruled, effect.holds, effect.because,
         ch.lodged_latest, ch.lodged_words
  FROM (
    SELECT r.id, r.award_id, r.kind, r.ruled, r.suspends, said.lodged, said.lodged_latest, said.lodged_words
    FROM wmo.award_challenge r
    CROSS JOIN LATERAL (
      SELECT coalesce(r.lodged, lower(r.lodged_between)) AS lodged,
             CASE WHEN r.lodged IS NOT NULL THEN r.lodged ELSE upper(r.lodged_between) - 1 END AS lodged_latest,
             CASE WHEN r.lodged IS NOT NULL THEN wmo_works.words('on %1', wmo_works.iso_day(r.lodged))
                  WHEN upper_inf(r.lodged_between)
                  THEN wmo_works.words('on a day that is not known, from %1 on',
                                       wmo_works.iso_day(lower(r.lodged_between)))
                  ELSE wmo_works.words('between %1 and %2', wmo_works.iso_day(lower(r.lodged_between)),
                                       wmo_works.iso_day(upper(r.lodged_between) - 1)) END AS lodged_words
      OFFSET 0 -- found once, and only of the award that is asked about
    ) said
  ) ch
  JOIN wmo.award a ON a.id = ch.award_id
  JOIN wmo_works.award_fact fact ON fact.award_id = a.id
  LEFT JOIN wmo.tender t ON t.id = a.tender_id
  CROSS JOIN LATERAL (
    SELECT coalesce(wmo.regime(a.standstill), wmo.default_regime(t.procedure)) AS regime
  ) term
  CROSS JOIN LATERAL (
    SELECT term.regime = 'admission_standstill' AS admission,
           CASE WHEN ch.lodged > fact.standstill_end
                THEN wmo_works.words('by the documents: Aw 2012 art. 2.131 speaks of the standstill only')
                WHEN coalesce(wmo.event_day(a.standstill), fact.sent_on) < '2013-04-01' THEN 'Wira'
                WHEN term.regime = 'sas_standstill'
                THEN wmo_works.words('whether Aw 2012 art. 2.131 holds here is disputed')
                WHEN term.regime = 'standstill' OR (term.regime IS NULL AND a.forfeiture IS NULL)
                THEN 'Aw 2012 art. 2.131'
                ELSE wmo_works.words('by the documents') END AS law
  ) reading
  CROSS JOIN LATERAL (
    SELECT false AS holds, wmo_works.words('only court proceedings hold an award (Aw 2012 art. 2.131)') AS because
    WHERE ch.kind IN ('letter', 'complaint')
    UNION ALL
    SELECT ch.suspends, CASE WHEN ch.suspends THEN wmo_works.words('recorded as suspending')
                             ELSE wmo_works.words('recorded as not suspending') END
    WHERE ch.kind NOT IN ('letter', 'complaint') AND ch.suspends IS NOT NULL
    UNION ALL
    SELECT false, CASE ch.kind WHEN 'appeal' THEN wmo_works.words('an appeal does not suspend unless so decided')
                               WHEN 'cassation' THEN wmo_works.words('cassation does not suspend unless so decided')
                               ELSE wmo_works.words('Aw 2012 art. 2.131 speaks of summary proceedings: main '
                                                    'proceedings do not suspend unless so decided') END
    WHERE ch.kind IN ('appeal', 'cassation', 'main_proceedings') AND ch.suspends IS NULL
    UNION ALL
    SELECT NOT coalesce(reading.admission, false) AND coalesce(ch.lodged <= fact.may_end_on, true),
           CASE
             WHEN reading.admission
             THEN wmo_works.words('in an admission procedure proceedings suspend only where the documents say so')
             WHEN fact.no_term_because IS NOT NULL
             THEN wmo_works.words('no term ran, so that Aw 2012 art. 2.131 does not hold it by itself; the outcome is '
                                  'open')
             WHEN fact.term_end IS NULL
             THEN wmo_works.words('the end of the term is not known; it counts as lodged in time (%1)', reading.law)
             WHEN ch.lodged > fact.may_end_on
             THEN wmo_works.words('lodged after the term, which ended on %1', wmo_works.iso_day(fact.term_end))
             WHEN ch.lodged > fact.term_end
             THEN wmo_works.words('lodged after %1, on which the term ended unless a decree on equated days that is '
                                  'not known here moved its end; it counts as in time (%2)',
                                  wmo_works.iso_day(fact.term_end), reading.law)
             WHEN coalesce(ch.lodged_latest > fact.term_end, ch.lodged_latest IS NULL)
             THEN wmo_works.words('it may have been lodged after the term, which ended on %1; it counts as in time '
                                  '(%2)', wmo_works.iso_day(fact.term_end), reading.law)
             WHEN ch.lodged_latest > fact.court_by
             THEN wmo_works.words('lodged after %1, the last day by every term, and not after %2, the last day by '
                                  'another term or reading; it counts as in time (%3)',
                                  wmo_works.iso_day(fact.court_by), wmo_works.iso_day(fact.term_end), reading.law)
             ELSE wmo_works.words('lodged in time (%1)', reading.law)
           END
    WHERE ch.kind = 'summary_proceedings' AND ch.suspends IS NULL
  ) effect;
COMMENT ON VIEW wmo.challenge_effect IS
  'Which challenges keep their award from becoming final, and why. What is recorded (suspends) comes first; else '
  'summary proceedings do when lodged in time by the longest reading. The one place that weighs lateness.';
COMMENT ON COLUMN wmo.challenge_effect.challenge_id IS 'The challenge.';
COMMENT ON COLUMN wmo.challenge_effect.award_id IS 'The award that is fought.';
COMMENT ON COLUMN wmo.challenge_effect.kind IS 'Kind of challenge: wmo.award_challenge.kind.';
COMMENT ON COLUMN wmo.challenge_effect.lodged IS 'Day on which it was lodged, or the first on which it can have been.';
COMMENT ON COLUMN wmo.challenge_effect.ruled IS 'Day of the ruling, or of its withdrawal; null = pending.';
COMMENT ON COLUMN wmo.challenge_effect.holds IS 'True: from lodged until ruled the award does not become final.';
COMMENT ON COLUMN wmo.challenge_effect.because IS 'Why it does, or why not.';
COMMENT ON COLUMN wmo.challenge_effect.lodged_latest IS
  'The last day on which it can have been lodged; null = not known.';
COMMENT ON COLUMN wmo.challenge_effect.lodged_words IS 'When it was lodged, in words.';

CREATE FUNCTION wmo_works.can_only_be_against(appeal_id integer, ruling_id integer) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT NOT EXISTS (
    SELECT
    FROM wmo.award_challenge x JOIN wmo.award_challenge y ON y.award_id = x.award_id
    WHERE x.id = can_only_be_against.appeal_id AND y.id NOT IN (x.id, can_only_be_against.ruling_id)
      AND y.kind NOT IN ('letter', 'complaint') AND (y.kind = 'appeal') = (x.kind = 'cassation')
      AND y.outcome IN ('upheld', 'partly_upheld', 'dismissed')
      AND y.ruled <= coalesce(x.lodged, lower(x.lodged_between))
      AND NOT EXISTS (SELECT FROM wmo.award_challenge z WHERE z.against_id = y.id));
END;
COMMENT ON FUNCTION wmo_works.can_only_be_against(integer, integer) IS
  'Is there no other ruling that an appeal, of which it is not recorded what it is against, may be against? Of several '
  'nobody can tell which it settles. Rarely asked: a function, so that plans of awards stay small.';

CREATE VIEW wmo_works.upheld_ruling WITH (security_invoker = true) AS
  SELECT ch.id AS challenge_id, ch.award_id, ch.ruled, ch.ordered, least(ch.order_settled_on, appeal.ruled) AS until,
         -- Settled is done or set aside. Done, all but an order not to sign may leave nothing of the award or its
         -- contract: bids that are assessed again bring a decision of its own, with a standstill of its own.
         CASE WHEN ch.ordered IS DISTINCT FROM 'not_to_sign' AND coalesce(ch.order_settled_on < appeal.ruled, true)
              THEN ch.order_settled_on END AS untold_from,
         CASE WHEN ch.ordered = 'not_to_sign' THEN least(ch.order_settled_on, appeal.ruled)
              ELSE appeal.ruled END AS over_on
  FROM wmo.award_challenge ch
  CROSS JOIN LATERAL (
    SELECT min(x.ruled) AS ruled FROM wmo.award_challenge x
    WHERE x.award_id = ch.award_id AND x.kind IN ('appeal', 'cassation')
      AND (x.against_id = ch.id
           OR (x.against_id IS NULL AND x.id <> ch.id AND coalesce(x.lodged, lower(x.lodged_between)) >= ch.ruled
               AND wmo_works.can_only_be_against(x.id, ch.id)))
      AND x.outcome IN ('upheld', 'partly_upheld', 'dismissed')
  ) appeal
  WHERE ch.outcome IN ('upheld', 'partly_upheld') AND ch.kind NOT IN ('letter', 'complaint')
    AND coalesce(CASE WHEN ch.ordered = 'not_to_sign'
                      THEN least(ch.order_settled_on, appeal.ruled) ELSE appeal.ruled END > ch.ruled, true);
COMMENT ON VIEW wmo_works.upheld_ruling IS
  'Rulings that found the objections against an award right, with the days on which they weigh: from the ruling until '
  'what was ordered is settled, or a ruling in appeal takes its place.';
COMMENT ON COLUMN wmo_works.upheld_ruling.challenge_id IS 'The proceedings.';
COMMENT ON COLUMN wmo_works.upheld_ruling.award_id IS 'The award.';
COMMENT ON COLUMN wmo_works.upheld_ruling.ruled IS 'Day of the ruling.';
COMMENT ON COLUMN wmo_works.upheld_ruling.ordered IS 'What it orders; null = not recorded.';
COMMENT ON COLUMN wmo_works.upheld_ruling.until IS
  'First day on which a contract is no longer signed against it; null = none recorded.';
COMMENT ON COLUMN wmo_works.upheld_ruling.untold_from IS
  'Day from which its order is settled where that may have ended the award or its contract: whether it was done or set '
  'aside does not follow, and is told by a withdrawal, the ledger, a final award or a signature. Null = none.';
COMMENT ON COLUMN wmo_works.upheld_ruling.over_on IS 'First day on which it no longer weighs; null = none recorded.';

CREATE FUNCTION wmo_works.order_text(ruled date, ordered text, settled_on date DEFAULT NULL) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN ruled IS NULL THEN NULL
              WHEN settled_on IS NOT NULL AND ordered IS NULL
              THEN wmo_works.words('the ruling of %1 was against the award; what it ordered is not recorded, nor '
                                   'whether that was done or set aside when it was settled on %2',
                                   wmo_works.iso_day(ruled),
                                   wmo_works.iso_day(settled_on))
              WHEN settled_on IS NOT NULL
              THEN wmo_works.words('the ruling of %1 ordered %2; that was settled on %3, and whether it was done or '
                                   'set aside is not recorded', wmo_works.iso_day(ruled), wmo_works.code_words(ordered),
                                   wmo_works.iso_day(settled_on))
              WHEN ordered IS NULL
              THEN wmo_works.words('the ruling of %1 was against the award; what it orders is not recorded',
                                   wmo_works.iso_day(ruled))
              ELSE wmo_works.words('the ruling of %1 orders %2; that this was done is not recorded',
                                   wmo_works.iso_day(ruled), wmo_works.code_words(ordered)) END;
END;
COMMENT ON FUNCTION wmo_works.order_text(date, text, date) IS
  'An upheld ruling that weighs, in words; settled_on: since when it is settled and cannot be told how.';

CREATE FUNCTION wmo_works.signing_under(fact wmo_works.award_fact)
RETURNS TABLE (early boolean, against boolean, perhaps_early boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1 -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT sign.early, coalesce(held.against_award, false),
         fact.signed_on IS NOT NULL AND sign.early IS NULL AND perhaps.so
           AND coalesce(fact.final_on > fact.signed_on, true)
  FROM (
    SELECT bool_or((e.ruled IS NULL OR e.ruled > fact.signed_on) AND e.lodged_latest <= fact.signed_on) AS during,
           coalesce(bool_or(e.ruled = fact.signed_on
                            OR coalesce(e.lodged_latest > fact.signed_on, e.lodged_latest IS NULL)), false)
             AS same_day,
           EXISTS (SELECT FROM wmo_works.upheld_ruling u
                   WHERE u.award_id = fact.award_id AND u.ruled < fact.signed_on
                     AND coalesce(u.until > fact.signed_on, true) AND u.ordered IS NOT NULL) AS against,
           -- what every other order forbids; bids may have been assessed again without that being recorded
           EXISTS (SELECT FROM wmo_works.upheld_ruling u
                   WHERE u.award_id = fact.award_id AND u.ruled < fact.signed_on
                     AND coalesce(u.until > fact.signed_on, true) AND u.ordered <> 'to_reassess') AS against_award,
           -- once assessed again, a standstill may have run of which nothing is recorded
           EXISTS (SELECT FROM wmo_works.upheld_ruling u
                   WHERE u.award_id = fact.award_id AND u.ruled < fact.signed_on
                     AND coalesce(u.over_on > fact.signed_on, true) AND coalesce(u.ordered = 'to_reassess', true))
             AS cannot_tell
    FROM wmo.challenge_effect e
    WHERE e.award_id = fact.award_id AND e.holds AND e.lodged <= fact.signed_on
  ) held
  CROSS JOIN LATERAL (
    SELECT held.same_day OR held.cannot_tell OR coalesce(fact.signed_on <= fact.may_end_on, false)
             OR coalesce(fact.signed_on < fact.exists_latest, false)
             -- it may ask one of which nothing is recorded, and no notice is sent before the decision
             OR (fact.standstill_law <> 'no' AND fact.no_term_because IS NULL
                 AND coalesce(fact.signed_on <= wmo.latest_last_day(wmo_works.least_standstill(
                                greatest(fact.sent_on, fact.exists_earliest))), false)) AS so
    OFFSET 0 -- found once, not at every mention
  ) perhaps
  CROSS JOIN LATERAL (
    SELECT CASE
             WHEN fact.signed_on < fact.exists_earliest OR fact.signed_on <= fact.sure_end OR held.during
                  OR held.against THEN true
             WHEN fact.signed_on IS NULL OR perhaps.so
                  OR (fact.signed_on > least(fact.withdrawn_on, fact.annulled_on)
                      AND coalesce(fact.signed_on < fact.revived_on, true))
                  OR fact.unmet = 'not_known' OR (fact.term_end IS NULL AND fact.no_term_because IS NULL) THEN NULL
             ELSE false END AS early
  ) sign;
END;
COMMENT ON FUNCTION wmo_works.signing_under(wmo_works.award_fact) IS
  'Whether the signature that is among the facts of an award came too early: wmo_works.award_signing.';

CREATE VIEW wmo_works.award_signing WITH (security_invoker = true) AS
  SELECT f.award_id, f.signed_on, s.early, s.against, s.perhaps_early
  FROM wmo_works.award_fact f CROSS JOIN LATERAL wmo_works.signing_under(f) s;
COMMENT ON VIEW wmo_works.award_signing IS
  'When a contract that follows from an award was signed, and whether too early.';
COMMENT ON COLUMN wmo_works.award_signing.award_id IS 'The award.';
COMMENT ON COLUMN wmo_works.award_signing.signed_on IS 'First day of signing; null = none known.';
COMMENT ON COLUMN wmo_works.award_signing.early IS
  'True: before the decision, while a term ran, while a ruling was awaited that holds the award, or against an order. '
  'Null: not signed, or cannot be told, as on the day of the ruling, where only a disputed term still ran, or while '
  'the award was withdrawn or annulled.';

COMMENT ON COLUMN wmo_works.award_signing.against IS
  'True: signed against an order that forbids it; an order to assess the bids again may have been done.';
COMMENT ON COLUMN wmo_works.award_signing.perhaps_early IS
  'True: something that is recorded may have been in its way that day, and whether it was cannot be told. False where '
  'only nothing is recorded of its terms, and where the award was final by then, as recorded or announced.';

CREATE VIEW wmo_works.award_reading WITH (security_invoker = true) AS
  SELECT a.id AS award_id, 'award' AS of_what, NULL::date AS counts_from, NULL::date AS settles_on
  FROM wmo.award a WHERE wmo_works.is_inferred(a.source_id)
  UNION ALL
  SELECT a.id, 'tender', NULL, NULL
  FROM wmo.award a JOIN wmo.tender t ON t.id = a.tender_id WHERE wmo_works.is_inferred(t.source_id)
  UNION ALL
  SELECT ch.award_id, 'challenge', coalesce(ch.lodged, lower(ch.lodged_between)),
         CASE WHEN ch.kind IN ('appeal', 'cassation') THEN ch.ruled END
  FROM wmo.award_challenge ch
  WHERE ch.kind NOT IN ('letter', 'complaint') AND wmo_works.is_inferred(ch.source_id);
COMMENT ON VIEW wmo_works.award_reading IS
  'What is recorded of an award by an inferred source: the award itself, its tender, and court proceedings.';
COMMENT ON COLUMN wmo_works.award_reading.award_id IS 'The award.';
COMMENT ON COLUMN wmo_works.award_reading.of_what IS 'award, tender or challenge.';
COMMENT ON COLUMN wmo_works.award_reading.counts_from IS
  'First day on which how the award stands can rest on it; null = from ever.';
COMMENT ON COLUMN wmo_works.award_reading.settles_on IS
  'Of an appeal or a cassation, the day of its ruling, which takes the place of the one below; else null.';

CREATE FUNCTION wmo_works.rests_on_reading(reading wmo_works.award_reading, state text, signed_early boolean, day date)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT coalesce(reading.counts_from <= day, reading.counts_from IS NULL)
     AND CASE WHEN reading.of_what = 'award' THEN true
              WHEN state = 'final' THEN coalesce(signed_early, false) OR coalesce(reading.settles_on <= day, false)
              ELSE state NOT IN ('before', 'signed_before', 'withdrawn', 'withdrawn_after_signing', 'annulled',
                                 'replaced') END;
END;
COMMENT ON FUNCTION wmo_works.rests_on_reading(wmo_works.award_reading, text, boolean, date) IS
  'Does a state of an award on a day rest on what an inferred source says? That it was withdrawn, annulled, replaced, '
  'final or not decided yet says the award itself, whatever its tender and the proceedings were; but a ruling in '
  'appeal may have taken away what spoke against it.';

CREATE FUNCTION wmo_works.inferred_text() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT wmo_works.words('this rests on an inferred source');
END;
COMMENT ON FUNCTION wmo_works.inferred_text() IS 'That something rests on an inferred source, in words.';

CREATE FUNCTION wmo_works.final_basis(fact wmo_works.award_fact, ruling_awaited boolean) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN fact.final_on > coalesce(fact.signed_on, fact.final_on) OR fact.final_on IS NULL
              THEN wmo_works.words('contract signed on %1', wmo_works.iso_day(fact.signed_on))
              WHEN fact.final_basis = 'announced'
              THEN wmo_works.words('final award announced, as of %1', wmo_works.iso_day(fact.final_on))
              ELSE wmo_works.words('final award recorded, as of %1', wmo_works.iso_day(fact.final_on)) END
      || CASE WHEN least(fact.final_on, fact.signed_on) < fact.exists_earliest
              THEN wmo_works.words(', before the award was decided, on %1 at the earliest',
                                   wmo_works.iso_day(fact.exists_earliest))
              ELSE '' END
      || CASE WHEN least(fact.final_on, fact.signed_on) <= fact.sure_end
              THEN wmo_works.words('; the term had not ended yet: it ran until %1', wmo_works.iso_day(fact.sure_end))
              WHEN least(fact.final_on, fact.signed_on) <= fact.may_end_on
              THEN wmo_works.words('; the term may not have ended yet: by its longest reading it ran until %1',
                                   wmo_works.iso_day(fact.term_end))
              ELSE '' END
      || CASE WHEN ruling_awaited THEN wmo_works.words('; a ruling was still awaited then') ELSE '' END
      || CASE WHEN least(fact.final_on, fact.signed_on) > least(fact.withdrawn_on, fact.annulled_on)
                   AND least(fact.final_on, fact.signed_on) < fact.revived_on
              THEN wmo_works.words('; the award did not stand then: it was withdrawn or annulled on %1 and revived on '
                                   '%2', wmo_works.iso_day(least(fact.withdrawn_on, fact.annulled_on)),
                                   wmo_works.iso_day(fact.revived_on)) ELSE '' END;
END;
COMMENT ON FUNCTION wmo_works.final_basis(wmo_works.award_fact, boolean) IS
  'What it rests on that an award is final, and what spoke against it on that day.';

CREATE FUNCTION wmo_works.is_contradicted(fact wmo_works.award_fact, day date, ruling_awaited boolean)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT coalesce(said.day > least(fact.withdrawn_on, fact.annulled_on) AND said.day < fact.revived_on, false)
      OR NOT said.signed AND (ruling_awaited OR coalesce(fact.final_on <= fact.sure_end, false))
  FROM (SELECT coalesce(fact.signed_on <= is_contradicted.day, false) AS signed,
               CASE WHEN fact.signed_on <= is_contradicted.day THEN fact.signed_on ELSE fact.final_on END AS day) said;
END;
COMMENT ON FUNCTION wmo_works.is_contradicted(wmo_works.award_fact, date, boolean) IS
  'Does what is recorded of an award that is final on a day speak against that: was it signed or final while withdrawn '
  'or annulled, or final while it could surely be fought or a ruling was awaited (ruling_awaited)? Of a signature the '
  'last is said as signed early.';

CREATE FUNCTION wmo_works.final_remark(fact wmo_works.award_fact, signing wmo_works.award_signing, day date,
  ruling_awaited boolean)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN wmo_works.is_contradicted(fact, final_remark.day, ruling_awaited) OR signed.so AND signing.against
              THEN 'award_contradicted'
              WHEN NOT signed.so THEN NULL
              WHEN signing.early THEN 'signed_early'
              WHEN signing.perhaps_early THEN 'award_status_unknown' END
  FROM (SELECT coalesce(fact.signed_on <= final_remark.day, false) AS so) signed;
END;
COMMENT ON FUNCTION wmo_works.final_remark(wmo_works.award_fact, wmo_works.award_signing, date, boolean) IS
  'What there is to say of an award that is final on a day, as a word of wmo.reason: what is recorded speaks against '
  'it, it was signed early, or whether it was cannot be told; null = nothing.';

CREATE FUNCTION wmo_works.term_basis(state text, fact wmo_works.award_fact, first_day date) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE state
    WHEN 'annulled' THEN wmo_works.words('annulled on %1', wmo_works.iso_day(fact.annulled_on))
    WHEN 'withdrawn' THEN wmo_works.words('withdrawn by the buyer on %1', wmo_works.iso_day(fact.withdrawn_on))
    WHEN 'withdrawn_after_signing'
    THEN wmo_works.words('withdrawn by the buyer on %1, after a contract was signed on %2; that this ended the '
                         'contract is not recorded', wmo_works.iso_day(fact.withdrawn_on),
                         wmo_works.iso_day(fact.signed_on))
    WHEN 'replaced'
    THEN coalesce(
      wmo_works.clause('another award decision took its place on %1, and that it was withdrawn is not recorded',
                       wmo_works.iso_day(nullif(fact.replaced_on, '-infinity'))),
      wmo_works.words('another award decision took its place, on a day that is not known, and that it was withdrawn is '
                      'not recorded'))
    WHEN 'before' THEN wmo_works.words('no award before %1', wmo_works.iso_day(fact.exists_earliest))
    WHEN 'signed_before' THEN wmo_works.final_basis(fact, false)
    WHEN 'not_applicable' THEN wmo_works.words('no term applies: %1', fact.no_term_because)
    WHEN 'uncontested'
    THEN wmo_works.words('the term ended on %1 and no proceedings that hold it are recorded as pending; that it became '
                         'final is not recorded', wmo_works.iso_day(fact.term_end))
    WHEN 'provisional' THEN CASE WHEN fact.court_by < fact.term_end
      THEN wmo_works.words('the award can be fought up to and including %1, by another term or reading up to and '
                           'including %2', wmo_works.iso_day(fact.court_by), wmo_works.iso_day(fact.term_end))
      ELSE wmo_works.words('the award can be fought up to and including %1', wmo_works.iso_day(fact.term_end)) END
    ELSE CASE
      WHEN fact.exists_earliest IS NOT NULL AND fact.exists_latest > coalesce(first_day, fact.exists_earliest)
      THEN wmo_works.words('the day of the award lies between %1 and %2', wmo_works.iso_day(fact.exists_earliest),
                           wmo_works.iso_day(fact.exists_latest))
      WHEN fact.exists_latest > first_day OR (first_day IS NULL AND fact.exists_latest IS NOT NULL)
      THEN wmo_works.words('when the award was decided is not recorded; by %1 it had been',
                           wmo_works.iso_day(fact.exists_latest))
      WHEN first_day > fact.term_end
      THEN wmo_works.words('the term ended on %1, unless a decree on equated days that is not known here moved its end',
                           wmo_works.iso_day(fact.term_end))
      WHEN fact.term_end IS NULL THEN wmo_works.words('neither the end of a term nor a final award is known')
      ELSE wmo_works.words('the day of the award is not known; the term ended on %1',
                           wmo_works.iso_day(fact.term_end)) END
  END;
END;
COMMENT ON FUNCTION wmo_works.term_basis(text, wmo_works.award_fact, date) IS
  'What any other state of an award from some day on rests on, apart from proceedings and rulings.';

CREATE TYPE wmo_works.award_state AS (state text, state_after text, care_from date);
COMMENT ON TYPE wmo_works.award_state IS
  'How an award stands: state. Where a signed contract is ended or may be, state is so for care before care_from and '
  'state_after from it on.';

CREATE FUNCTION wmo_works.award_state_on(fact wmo_works.award_fact, day date, contested boolean, ruled date,
  ordered text, settled_on date)
RETURNS wmo_works.award_state
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE
    WHEN fact.annulled_on <= day AND NOT coalesce(fact.revived_on <= day, false)
    THEN CASE WHEN fact.signed_on <= fact.annulled_on
              THEN ROW('final', 'annulled', fact.annulled_on)::wmo_works.award_state
              ELSE ROW('annulled', NULL, NULL)::wmo_works.award_state END
    WHEN fact.withdrawn_on <= day AND NOT coalesce(fact.revived_on <= day, false)
    THEN CASE WHEN fact.signed_on <= fact.withdrawn_on
              THEN ROW('final', 'withdrawn_after_signing', fact.withdrawn_on)::wmo_works.award_state
              ELSE ROW('withdrawn', NULL, NULL)::wmo_works.award_state END
    -- A decision that takes the place of this one says not what became of it, or of what was signed under it.
    WHEN coalesce(fact.replaced_on <= day, fact.replaced_on = '-infinity')
         AND NOT coalesce(fact.revived_on <= day AND fact.revived_on >= fact.replaced_on, false)
    THEN CASE WHEN fact.signed_on <= fact.replaced_on
              THEN ROW('final', 'replaced', fact.replaced_on)::wmo_works.award_state
              ELSE ROW('replaced', NULL, NULL)::wmo_works.award_state END
    -- Relief after a contract was signed ends it only where that is what was ordered (HR 18 November 2016, Xafax).
    WHEN fact.signed_on <= day AND ruled >= fact.signed_on AND (ordered IS NULL OR ordered = 'to_end_contract')
    THEN ROW('final', 'ordered', coalesce(settled_on, ruled))::wmo_works.award_state
    ELSE ROW(CASE
      WHEN coalesce(day < fact.exists_earliest, fact.exists_earliest IS NOT NULL AND day IS NULL)
      THEN CASE WHEN least(fact.final_on, fact.signed_on) <= day THEN 'signed_before' ELSE 'before' END
      WHEN fact.signed_on <= day OR (fact.final_on <= day AND coalesce(ruled < fact.final_on, true)) THEN 'final'
      WHEN ruled IS NOT NULL AND (ordered IS NULL OR settled_on IS NOT NULL) THEN 'ordered'
      WHEN contested THEN 'contested'
      WHEN ruled IS NOT NULL THEN 'held_by_order'
      WHEN fact.no_term_because IS NOT NULL AND coalesce(fact.exists_latest <= day, fact.exists_latest IS NULL)
      THEN 'not_applicable'
      WHEN day > fact.may_end_on THEN 'uncontested'
      WHEN fact.exists_latest <= day AND day <= fact.term_end THEN 'provisional'
      ELSE 'unknown' END, NULL, NULL)::wmo_works.award_state END;
END;
COMMENT ON FUNCTION wmo_works.award_state_on(wmo_works.award_fact, date, boolean, date, text, date) IS
  'How an award stands on a day (null = before every day) on which proceedings hold it or not (contested), and on '
  'which an upheld ruling (ruled, ordered) weighs or none, or may have been done (settled_on).';

CREATE FUNCTION wmo_works.state_basis(state text, fact wmo_works.award_fact, day date, pending text,
  ruling_awaited boolean, ruled date, ordered text, settled_on date)
RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN state IN ('held_by_order', 'ordered') THEN wmo_works.order_text(ruled, ordered, settled_on)
              WHEN state = 'contested' THEN wmo_works.words('court proceedings pending: %1', pending)
              WHEN state = 'final'
              THEN wmo_works.final_basis(fact, ruling_awaited)
                   || coalesce('; ' || wmo_works.order_text(ruled, ordered, settled_on)
                               || CASE WHEN fact.signed_on <= ruled
                                       THEN wmo_works.words(', and it came after the signature') ELSE '' END, '')
              ELSE wmo_works.term_basis(state, fact, day) END
         || CASE WHEN state IN ('provisional', 'uncontested', 'contested', 'final', 'unknown', 'not_applicable')
                 THEN coalesce('; ' || fact.warning, '') ELSE '' END;
END;
COMMENT ON FUNCTION wmo_works.state_basis(text, wmo_works.award_fact, date, text, boolean, date, text, date) IS
  'What a state of an award from some day on rests on: proceedings that are pending, an upheld ruling that weighs, or '
  'its terms and days.';

CREATE FUNCTION wmo_works.fact_signed(fact wmo_works.award_fact, signed_on date) RETURNS wmo_works.award_fact
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  fact.signed_on := signed_on;
  RETURN fact;
END
$$;
COMMENT ON FUNCTION wmo_works.fact_signed(wmo_works.award_fact, date) IS
  'What is recorded of an award, as if its contract was signed on this day; null = not.';

CREATE FUNCTION wmo_works.award_stretches(award_id integer, signed boolean, signed_on date)
RETURNS TABLE (day date, next_day date, valid daterange, state text, signed_early boolean, inferred boolean,
               remark text, basis text)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 8
BEGIN ATOMIC
  WITH fact AS MATERIALIZED (
    SELECT told.f, ROW((told.f).award_id, (told.f).signed_on, s.early, s.against,
                       s.perhaps_early)::wmo_works.award_signing AS s
    FROM (
      SELECT CASE WHEN NOT award_stretches.signed THEN wmo_works.fact_signed(f, NULL)
                  WHEN award_stretches.signed_on IS NOT NULL THEN wmo_works.fact_signed(f, award_stretches.signed_on)
                  ELSE f END AS f
      FROM wmo_works.award_fact f WHERE f.award_id = award_stretches.award_id
      OFFSET 0 -- computed once
    ) told
    CROSS JOIN LATERAL wmo_works.signing_under(told.f) s
  ), proceedings AS MATERIALIZED (
    SELECT e.challenge_id, e.kind, e.lodged, e.ruled, e.because, e.lodged_latest, e.lodged_words
    FROM wmo.challenge_effect e
    WHERE e.award_id = award_stretches.award_id AND e.holds
  ), upheld AS MATERIALIZED (
    SELECT u.challenge_id, u.ruled, u.ordered, u.untold_from, u.over_on
    FROM wmo_works.upheld_ruling u WHERE u.award_id = award_stretches.award_id
  ), reading AS MATERIALIZED (
    SELECT r FROM wmo_works.award_reading r WHERE r.award_id = award_stretches.award_id
  ), breakpoint (day) AS (
    SELECT NULL::date
    UNION SELECT unnest(ARRAY[(r).counts_from, (r).settles_on]) FROM reading
    UNION SELECT unnest(ARRAY[p.lodged, p.ruled]) FROM proceedings p
    UNION SELECT unnest(ARRAY[u.ruled, u.untold_from, u.over_on]) FROM upheld u
    UNION SELECT unnest(ARRAY[(f).exists_earliest, (f).exists_latest, (f).term_end + 1, (f).may_end_on + 1,
                              (f).final_on, (f).signed_on, (f).withdrawn_on, (f).annulled_on, (f).revived_on,
                              nullif((f).replaced_on, '-infinity')]) FROM fact
  ), segment AS (
    SELECT b.day, lead(b.day) OVER (ORDER BY b.day NULLS FIRST) AS next_day FROM breakpoint b
  ), judged AS (
    SELECT g.day, g.next_day, pending.text AS pending, weighs.ruled, weighs.ordered, weighs.settled_on,
           wmo_works.award_state_on(f, g.day, pending.text IS NOT NULL, weighs.ruled, weighs.ordered,
                                    weighs.settled_on) AS stands
    FROM segment g CROSS JOIN fact
    CROSS JOIN LATERAL (
      SELECT string_agg(wmo_works.words('%1 lodged %2: %3', wmo_works.code_words(p.kind), p.lodged_words, p.because),
                        '; ' ORDER BY p.lodged, p.challenge_id) AS text
      FROM proceedings p WHERE p.lodged <= g.day AND coalesce(p.ruled > g.day, true)
    ) pending
    LEFT JOIN LATERAL (
      SELECT u.ruled, u.ordered, CASE WHEN u.untold_from <= g.day THEN u.untold_from END AS settled_on
      FROM upheld u WHERE u.ruled <= g.day AND coalesce(u.over_on > g.day, true)
      -- the one that leaves most open: of a signed contract by what may have ended it
      ORDER BY u.ordered IS NULL OR CASE WHEN (f).signed_on <= g.day THEN u.ordered = 'to_end_contract'
                                         ELSE coalesce(u.untold_from <= g.day, false) END DESC,
               coalesce(u.untold_from <= g.day, false), u.ordered IS NULL DESC, u.ordered = 'to_end_contract' DESC,
               u.ruled, u.challenge_id
      LIMIT 1
    ) weighs ON true
  )
  SELECT j.day, j.next_day, part.valid, part.state, part.signed_early,
         EXISTS (SELECT FROM reading
                 WHERE wmo_works.rests_on_reading(r, part.state, part.signed_early, j.day)) AS inferred,
         CASE WHEN part.state = 'final' THEN wmo_works.final_remark(f, s, j.day, awaited.so) END AS remark,
         wmo_works.state_basis(part.state, f, j.day, j.pending, awaited.so, j.ruled, j.ordered, j.settled_on)
           AS basis
  FROM judged j CROSS JOIN fact
  CROSS JOIN LATERAL (
    SELECT EXISTS (SELECT FROM proceedings p
                   WHERE p.lodged_latest <= least((f).final_on, (f).signed_on)
                     AND coalesce(p.ruled > least((f).final_on, (f).signed_on), true)) AS so
  ) awaited
  CROSS JOIN LATERAL (
    SELECT x.state, x.valid, CASE WHEN x.state = 'final' AND (f).signed_on <= j.day THEN (s).early END AS signed_early
    FROM (SELECT (j.stands).state, daterange(NULL, (j.stands).care_from) AS valid
          UNION ALL
          SELECT (j.stands).state_after, daterange((j.stands).care_from, NULL)
          WHERE (j.stands).state_after IS NOT NULL) x
  ) part;
END;
COMMENT ON FUNCTION wmo_works.award_stretches(integer, boolean, date) IS
  'The life of an award, cut at every day on which it may come to stand otherwise: wmo_works.award_life before what '
  'stands alike is joined.';

CREATE FUNCTION wmo_works.status_of_state(state text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE state WHEN 'before' THEN 'unknown' WHEN 'signed_before' THEN 'unknown' WHEN 'ordered' THEN 'unknown'
                    WHEN 'withdrawn_after_signing' THEN 'unknown' WHEN 'replaced' THEN 'unknown'
                    WHEN 'held_by_order' THEN 'contested' ELSE state END;
END;
COMMENT ON FUNCTION wmo_works.status_of_state(text) IS 'The status of an award in a state: of wmo.award_timeline.';

CREATE FUNCTION wmo_works.awarded_by_state(state text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN state = 'before' THEN false
              WHEN state IN ('unknown', 'signed_before', 'ordered', 'withdrawn_after_signing', 'replaced') THEN NULL
              ELSE true END;
END;
COMMENT ON FUNCTION wmo_works.awarded_by_state(text) IS
  'Has an award in a state been made: awarded of wmo.award_timeline.';

CREATE FUNCTION wmo_works.award_life(award_id integer, signed boolean, signed_on date DEFAULT NULL)
RETURNS TABLE (known daterange, valid daterange, status text, awarded boolean, signed_early boolean, basis text,
               inferred boolean, remark text)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 4
BEGIN ATOMIC
  WITH numbered AS (
    SELECT n.*, count(*) FILTER (
                  WHERE (n.state, n.basis, n.signed_early, n.inferred, n.remark, n.day) IS DISTINCT FROM
                        (n.state_before, n.basis_before, n.early_before, n.inferred_before, n.remark_before,
                         n.day_before)) OVER (PARTITION BY n.valid ORDER BY n.day NULLS FIRST) AS island
    FROM (SELECT s.*, lag(s.state) OVER w AS state_before, lag(s.basis) OVER w AS basis_before,
                 lag(s.signed_early) OVER w AS early_before, lag(s.inferred) OVER w AS inferred_before,
                 lag(s.remark) OVER w AS remark_before, lag(s.next_day) OVER w AS day_before
          FROM wmo_works.award_stretches(award_life.award_id, award_life.signed, award_life.signed_on) s
          WINDOW w AS (PARTITION BY s.valid ORDER BY s.day NULLS FIRST)) n
  ), island AS (
    SELECT n.valid, n.state, n.basis, n.signed_early, n.inferred, n.remark, bool_or(n.day IS NULL) AS from_ever,
           min(n.day) AS first_day, bool_or(n.next_day IS NULL) AS for_ever, max(n.next_day) AS end_day
    FROM numbered n GROUP BY n.valid, n.island, n.state, n.basis, n.signed_early, n.inferred, n.remark
  )
  SELECT daterange(CASE WHEN NOT i.from_ever THEN i.first_day END, CASE WHEN NOT i.for_ever THEN i.end_day END),
         i.valid,
         wmo_works.status_of_state(i.state), wmo_works.awarded_by_state(i.state),
         i.signed_early, i.basis || CASE WHEN i.inferred THEN '; ' || wmo_works.inferred_text() ELSE '' END,
         i.inferred, i.remark
  FROM island i;
END;
COMMENT ON FUNCTION wmo_works.award_life(integer, boolean, date) IS
  'wmo.award_timeline, or, where not signed, how the award stands for a contract that is not signed: the signature of '
  'another contract under it ends neither its term nor what is fought about it. signed_on: as if a contract under it '
  'was signed first on that day; null = as recorded.';

CREATE FUNCTION wmo.award_timeline(award_id integer)
RETURNS TABLE (known daterange, valid daterange, status text, awarded boolean, signed_early boolean, basis text,
               inferred boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 4
BEGIN ATOMIC
  SELECT l.known, l.valid, l.status, l.awarded, l.signed_early, l.basis, l.inferred
  FROM wmo_works.award_life(award_timeline.award_id, true) l;
END;
COMMENT ON FUNCTION wmo.award_timeline(integer) IS
  'The whole life of an award: ranges of days (known) and of days of care (valid) with one status each, each day once. '
  'valid is all days unless a signed contract is ended, or may be, by what came after it: then it says how it stands '
  'for care before that day and from it on. awarded is false before the decision and null while that is not known; '
  'signed_early: wmo.award_term; inferred: it rests on an inferred source, of the award, its tender or what was '
  'brought against it. The one place that weighs terms, proceedings, rulings, signatures, withdrawal and annulment.';

CREATE FUNCTION wmo_works.award_status_for(award_id integer, on_date date, signed boolean)
RETURNS TABLE (status text, since date, basis text, pending integer)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 ROWS 1
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
  -- its plan, a tenth of a second, is kept for the session
  RETURN QUERY
  SELECT t.status, lower(t.known), t.basis || coalesce(other.text, ''), other.pending
  FROM wmo_works.award_life(award_status_for.award_id, award_status_for.signed) t
  CROSS JOIN LATERAL (
    SELECT string_agg('; ' || wmo_works.words('%1 lodged %2: %3', wmo_works.code_words(e.kind), e.lodged_words,
                                              e.because), '' ORDER BY e.lodged, e.challenge_id)
             FILTER (WHERE t.status <> 'contested' OR NOT e.holds) AS text,
           count(*)::integer AS pending
    FROM wmo.challenge_effect e
    WHERE e.award_id = award_status_for.award_id AND e.kind NOT IN ('letter', 'complaint')
      AND e.lodged <= award_status_for.on_date AND (e.ruled IS NULL OR e.ruled > award_status_for.on_date)
  ) other
  WHERE t.known @> award_status_for.on_date AND t.valid @> award_status_for.on_date;
END
$$;
COMMENT ON FUNCTION wmo_works.award_status_for(integer, date, boolean) IS
  'wmo.award_status, or, where not signed, how the award stands for a contract under it that is not signed.';

CREATE FUNCTION wmo.award_status(award_id integer, on_date date DEFAULT CURRENT_DATE)
RETURNS TABLE (status text, since date, basis text, pending integer)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1
BEGIN ATOMIC
  SELECT s.status, s.since, s.basis, s.pending
  FROM wmo_works.award_status_for(award_status.award_id, award_status.on_date, true) s;
END;
COMMENT ON FUNCTION wmo.award_status(integer, date) IS
  'How an award stands on a day: unknown, provisional, contested (held by court proceedings or an order), uncontested '
  '(term over, no proceedings recorded that hold it), final (recorded, announced or a signed contract), withdrawn, '
  'annulled or not_applicable; since which day (null = ever), on what basis, and how many court proceedings are '
  'recorded as pending. A term that ran out is not a final award. On a day to come: if nothing is recorded until then '
  'but what is recorded now; it does not read the clock.';
