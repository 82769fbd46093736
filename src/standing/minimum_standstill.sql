-- minimum_standstill: the least standstill that the law asks of an award, beside what is recorded of it.
-- Relies on award (registry) and on the regimes (law).
--
-- Art. 2.127 Aanbestedingswet 2012 (before April 2013 art. 4 Wira) counts from the sending of the notice and sets a
-- least. Whether it holds depends on procedure, value and day, and is not always known or agreed upon.

CREATE FUNCTION wmo_works.standstill_law(procedure text, above_threshold boolean, regime text, sent_on date)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT CASE
    WHEN procedure IN ('open_house', '2b_service') THEN 'no'
    WHEN NOT above_threshold THEN 'no'
    WHEN procedure = 'sas' THEN CASE WHEN sent_on < '2016-07-01' THEN 'no' ELSE 'disputed' END
    WHEN procedure IN ('open', 'restricted', 'negotiated')
    THEN CASE WHEN above_threshold THEN 'holds' ELSE 'may_hold' END
    WHEN regime = 'standstill' THEN 'holds'
    WHEN regime IN ('sas_standstill', 'admission_standstill') THEN 'disputed'
    ELSE 'not_known' END;
END;
COMMENT ON FUNCTION wmo_works.standstill_law(text, boolean, text, date) IS
  'Does Aw 2012 art. 2.127 hold: holds, may_hold (the value against the threshold is not known), disputed (social '
  'services, admission), no (open house, a 2B service, below the threshold) or not_known. An open, restricted or '
  'negotiated procedure comes first, then the regime that is recorded.';

CREATE FUNCTION wmo_works.names_an_exception(no_term_because text, sent_on date) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT no_term_because !~* '(^|[^a-z])(geen|niet|zonder|no|not|none)([^a-z]|$)'
    AND (no_term_because ~* 'lid 4|vierde lid|fourth paragraph|2[.]127 ?[(]4|afroep|call-?off'
         OR no_term_because ~* 'nadere (overeenkomst|opdracht)'
         OR (no_term_because ~* '(^| )(2|ii) ?b( |$)' AND coalesce(sent_on < '2016-07-01', true)));
END;
COMMENT ON FUNCTION wmo_works.names_an_exception(text, date) IS
  'Does it say, in the words of the file, that this is one of what Aw 2012 art. 2.127(4) excepts, as a call-off under '
  'a framework agreement, or, sent before 1 July 2016, a 2B service? It silences a warning and decides nothing.';

CREATE FUNCTION wmo_works.least_standstill(sent_on date, regime text DEFAULT 'standstill')
RETURNS wmo.objection_period
LANGUAGE sql STABLE STRICT PARALLEL SAFE -- STRICT, and no CASE is: so that it is not inlined, and plans stay small
BEGIN ATOMIC
  -- the first day of the regime: before the Wira no statute asked one
  SELECT CASE WHEN sent_on >= '2010-02-19'
              THEN wmo.objection_period(
                CASE WHEN (least_standstill.regime = 'sas_standstill' AND sent_on >= '2016-07-01')
                       OR (least_standstill.regime = 'admission_standstill' AND sent_on >= '2013-04-01')
                     THEN least_standstill.regime ELSE 'standstill' END, sent_on) END;
END;
COMMENT ON FUNCTION wmo_works.least_standstill(date, text) IS
  'The least standstill by the law of the day of sending; null before 19 February 2010, when there was none. regime: '
  'that by which it may be contractual only, so that the Atw does not extend it; it has both last days.';

CREATE VIEW wmo.minimum_standstill WITH (security_invoker = true) AS
  SELECT a.id AS award_id, law.holds AS law, day.latest AS sent_on,
         CASE WHEN law.holds <> 'not_known' OR unmet.how = 'not_known' THEN least.period END AS period,
         unmet.how AS unmet,
         CASE WHEN unmet.how IN ('missing', 'short', 'may_be_short')
                   OR (unmet.how = 'not_known' AND num_nonnulls(a.standstill, a.forfeiture) > 0)
              THEN least.period END AS counted,
         nullif(concat_ws('; ', missing.text, nullif(counted.text, '')), '') AS warning
  FROM wmo.award a
  LEFT JOIN wmo.tender t ON t.id = a.tender_id
  CROSS JOIN LATERAL (
    -- A standstill that is counted from a day on which the notice can have been sent says that it was. Else the first
    -- and the last of those days count: who fights goes by the one, who signs by the other.
    SELECT coalesce(said.day, greatest(lower(a.sent), lower(a.decided))) AS earliest,
           coalesce(said.day, upper(a.sent) - 1) AS latest
    FROM (SELECT CASE WHEN a.sent IS NULL THEN coalesce(wmo.event_day(a.standstill), wmo.event_day(a.forfeiture))
                      WHEN a.sent @> wmo.event_day(a.standstill) THEN wmo.event_day(a.standstill) END AS day) said
    OFFSET 0 -- each step computed once, not at every mention
  ) day
  CROSS JOIN LATERAL (
    SELECT l.holds,
           -- where it is disputed the term may be that of the documents: RBDHA:2021:1251 left it at its Sunday
           CASE WHEN l.holds <> 'disputed' THEN 'standstill'
                WHEN l.regime = 'admission_standstill' THEN l.regime ELSE 'sas_standstill' END AS regime
    FROM (SELECT r.regime, wmo_works.standstill_law(t.procedure, t.above_threshold, r.regime,
                                                    coalesce(day.latest, day.earliest)) AS holds
          FROM (SELECT wmo.regime(a.standstill) AS regime) r OFFSET 0) l
    OFFSET 0
  ) law
  CROSS JOIN LATERAL (
    SELECT wmo_works.least_standstill(CASE WHEN law.holds <> 'no' AND a.no_term_because IS NULL THEN day.earliest END,
                                        law.regime) AS first,
           wmo_works.least_standstill(CASE WHEN law.holds <> 'no' AND a.no_term_because IS NULL THEN day.latest END,
                                        law.regime) AS last
    OFFSET 0
  ) sent
  CROSS JOIN LATERAL (
    SELECT CASE WHEN wmo.last_day(sent.first) = wmo.last_day(sent.last) THEN sent.last
                WHEN sent.last IS NOT NULL
                THEN wmo.objection_period_until(wmo.regime(sent.last), wmo.last_day(sent.first),
                                                wmo.latest_last_day(sent.last)) END AS period
    OFFSET 0
  ) least
  CROSS JOIN LATERAL (
    SELECT CASE WHEN a.no_term_because IS NOT NULL THEN NULL
                WHEN law.holds = 'not_known'
                THEN CASE WHEN wmo.latest_last_day(a.standstill) < wmo.latest_last_day(coalesce(sent.last, sent.first))
                               OR (a.standstill IS NULL AND a.forfeiture IS NOT NULL)
                               OR (a.standstill IS NULL AND coalesce(t.procedure, 'unknown') = 'unknown'
                                   AND sent.last IS NOT NULL) THEN 'not_known' END
                WHEN law.holds = 'no' THEN NULL
                WHEN a.standstill IS NULL AND least.period IS NOT NULL THEN 'missing'
                WHEN a.standstill IS NULL AND (day.latest IS NULL OR sent.last IS NOT NULL) THEN 'uncounted'
                WHEN wmo.latest_last_day(a.standstill) < wmo.latest_last_day(sent.first) THEN 'short'
                WHEN wmo.latest_last_day(a.standstill) < wmo.latest_last_day(sent.last)
                     OR (a.standstill IS NOT NULL AND upper_inf(a.sent) AND day.latest IS NULL) THEN 'may_be_short'
           END AS how
    OFFSET 0
  ) unmet
  CROSS JOIN LATERAL (
    SELECT CASE law.holds
             WHEN 'may_hold'
             THEN wmo_works.words(', if its value is at or above the threshold, which is not recorded,')
             WHEN 'disputed'
             THEN wmo_works.words(', on a reading that is disputed for social services and admission,')
             ELSE '' END AS proviso,
           CASE WHEN coalesce(day.latest, day.earliest) < '2013-04-01' THEN 'Wira art. 4' ELSE 'Aw 2012 art. 2.127' END
             AS article,
           extract(day FROM wmo.term_length(coalesce(sent.last, sent.first)))::text AS days,
           CASE WHEN day.earliest = day.latest THEN wmo_works.iso_day(day.latest)
                ELSE coalesce(wmo_works.clause('a day between %1 and %2', wmo_works.iso_day(day.earliest),
                                               wmo_works.iso_day(day.latest)),
                              wmo_works.clause('a day from %1 on', wmo_works.iso_day(day.earliest)),
                              wmo_works.clause('a day up to and including %1', wmo_works.iso_day(day.latest))) END
             AS sent_on,
           CASE WHEN wmo.last_day(sent.first) = wmo.last_day(sent.last)
                THEN CASE WHEN wmo.last_day(sent.last) < wmo.latest_last_day(sent.last)
                          THEN wmo_works.words('%1, or %2 where the Atw extends it',
                                               wmo_works.iso_day(wmo.last_day(sent.last)),
                                               wmo_works.iso_day(wmo.latest_last_day(sent.last)))
                          ELSE wmo_works.iso_day(wmo.last_day(sent.last)) END
                ELSE coalesce(wmo_works.clause('%1 if it was sent on the first of them, %2 if on the last',
                                               wmo_works.iso_day(wmo.last_day(sent.first)),
                                               wmo_works.iso_day(wmo.latest_last_day(sent.last))),
                              wmo_works.clause('%1 at the earliest', wmo_works.iso_day(wmo.last_day(sent.first))),
                               wmo_works.clause('%1 at the latest',
                                                wmo_works.iso_day(wmo.latest_last_day(sent.last)))) END
             AS until
    OFFSET 0
  ) words
  CROSS JOIN LATERAL (
    SELECT CASE
      WHEN unmet.how = 'not_known' THEN
        CASE WHEN a.standstill IS NOT NULL
             THEN wmo_works.words('the recorded standstill ends on %1, and whether Aw 2012 art. 2.127 asks a longer '
                                  'one is not known', wmo_works.iso_day(wmo.latest_last_day(a.standstill)))
             WHEN a.forfeiture IS NOT NULL
             THEN wmo_works.words('no standstill is recorded, and whether Aw 2012 art. 2.127 asks one beside the '
                                  'forfeiture term is not known')
             ELSE wmo_works.words('no standstill is recorded, and whether Aw 2012 art. 2.127 asks one is not known')
        END || coalesce(wmo_works.clause(
          '; if it does, it is at least %1 days from the sending on %2, up to and including %3',
          words.days, words.sent_on, words.until), '')
      WHEN unmet.how = 'uncounted' THEN
        wmo_works.words('no standstill is recorded; %1%2 asks one from the sending, and the day of sending is not '
                        'known', words.article, words.proviso)
      WHEN unmet.how = 'missing' THEN
        wmo_works.words('no standstill is recorded; %1%2 asks %3 days from the sending on %4, up to and including %5',
                        words.article, words.proviso, words.days, words.sent_on, words.until)
      WHEN unmet.how IN ('short', 'may_be_short') THEN
        wmo_works.words('the recorded standstill ends on %1; %2%3 asks %4 days from the sending on %5, up to and '
                        'including %6',
                        wmo_works.iso_day(wmo.latest_last_day(a.standstill)), words.article, words.proviso, words.days,
                        words.sent_on, words.until) END AS text
    OFFSET 0
  ) missing
  CROSS JOIN LATERAL (
    SELECT concat_ws('; ',
      CASE WHEN a.no_term_because IS NOT NULL AND law.holds IN ('holds', 'may_hold', 'disputed')
                AND wmo_works.least_standstill(coalesce(day.latest, day.earliest)) IS NOT NULL
                AND NOT wmo_works.names_an_exception(a.no_term_because, coalesce(day.latest, day.earliest))
           THEN wmo_works.words('recorded is that no term applies (%1); %2%3 asks one', a.no_term_because,
                                words.article, words.proviso) END,
      CASE WHEN NOT a.sent @> wmo.event_day(a.standstill)
           THEN wmo_works.words(
             'the recorded standstill is counted from %1, and the notice was not sent on that day but %2',
             wmo_works.iso_day(wmo.event_day(a.standstill)),
             CASE WHEN upper(a.sent) - 1 = lower(a.sent) THEN wmo_works.words('on %1', wmo_works.iso_day(lower(a.sent)))
                  ELSE wmo_works.words('in %1', wmo_works.iso_days(a.sent)) END) END,
      CASE WHEN wmo.regime(a.standstill) = 'standstill' AND t.procedure IN ('open_house', '2b_service')
           THEN CASE t.procedure
             WHEN 'open_house'
             THEN wmo_works.words('a standstill under Aw 2012 art. 2.127 is recorded, which does not hold for an '
                                  'open house')
             ELSE wmo_works.words('a standstill under Aw 2012 art. 2.127 is recorded, which does not hold for a '
                                  '2B service')
           END END) AS text
    OFFSET 0
  ) counted;
COMMENT ON VIEW wmo.minimum_standstill IS
  'The least standstill that Aw 2012 art. 2.127 (before April 2013 Wira art. 4) asks of each award, counted from the '
  'sending, beside what is recorded: where that is shorter, missing or contradictory, or may be, a warning gives both '
  'days; so it does where it is recorded that no term applies, without a word of what the fourth paragraph excepts.';
COMMENT ON COLUMN wmo.minimum_standstill.award_id IS 'The award.';
COMMENT ON COLUMN wmo.minimum_standstill.law IS
  'Does art. 2.127 hold: holds, may_hold (the value against the threshold is not known), disputed (social services, '
  'admission), no (open house, a 2B service, below the threshold) or not_known.';
COMMENT ON COLUMN wmo.minimum_standstill.sent_on IS
  'The last day on which the notice can have been sent: who signs counts from it; null = not known.';
COMMENT ON COLUMN wmo.minimum_standstill.period IS
  'The least standstill, or, where unmet is not_known, what it is if the law asks one; null = none, or it cannot be '
  'counted. Where the notice was sent on one of several days that differ in it: with the last day from the first of '
  'them, and from the last. The documents may set a longer one.';
COMMENT ON COLUMN wmo.minimum_standstill.unmet IS
  'What is wrong with the record: missing, short, may_be_short (by some of the days on which the notice can have been '
  'sent), uncounted (missing, and the sending is not known) or not_known (missing or shorter, and whether the law asks '
  'more is not known); null = nothing.';
COMMENT ON COLUMN wmo.minimum_standstill.counted IS
  'period, where it counts beside the terms that are recorded; null = they meet it, or none is recorded and it is not '
  'known whether the law asks one.';
COMMENT ON COLUMN wmo.minimum_standstill.warning IS 'The same in words, with both days; null = nothing to warn of.';
