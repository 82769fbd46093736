-- award_status: how an award stands on any day.
-- Relies on award (registry) and on the regimes (law).

CREATE FUNCTION wmo_works.last_safe_day(standstill wmo.objection_period, forfeiture wmo.objection_period) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT least(wmo.last_day(standstill), wmo.last_day(forfeiture));
END;
COMMENT ON FUNCTION wmo_works.last_safe_day(wmo.objection_period, wmo.objection_period) IS
  'Last day on which an award can be fought by every term and every reading: who goes to court by then is in time. '
  'Null when no term is known.';

CREATE FUNCTION wmo_works.latest_day(standstill wmo.objection_period, forfeiture wmo.objection_period) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT greatest(wmo.latest_last_day(standstill), wmo.latest_last_day(forfeiture));
END;
COMMENT ON FUNCTION wmo_works.latest_day(wmo.objection_period, wmo.objection_period) IS
  'Last day on which an award can be fought by the term and the reading that keep it open longest. Null when no term '
  'is known.';

CREATE VIEW wmo.challenge_effect WITH (security_invoker = true) AS
  SELECT ch.id AS challenge_id, ch.award_id, ch.kind, ch.lodged, ch.ruled, effect.holds, effect.because
  FROM wmo.award_challenge ch
  JOIN wmo.award a ON a.id = ch.award_id
  LEFT JOIN wmo.tender t ON t.id = a.tender_id
  CROSS JOIN LATERAL (
    SELECT wmo_works.last_safe_day(a.standstill, a.forfeiture) AS safe_day,
           wmo_works.latest_day(a.standstill, a.forfeiture) AS latest_day,
           coalesce(wmo.regime(a.standstill), wmo.default_regime(t.procedure)) AS regime
  ) term
  CROSS JOIN LATERAL (
    SELECT term.regime = 'admission_standstill' AS admission,
           CASE WHEN ch.lodged > wmo.latest_last_day(a.standstill)
                THEN 'by the documents: Aw 2012 art. 2.131 speaks of the standstill only'
                WHEN wmo.event_day(a.standstill) < '2013-04-01' THEN 'Wira'
                WHEN term.regime = 'sas_standstill' THEN 'whether Aw 2012 art. 2.131 holds here is disputed'
                WHEN term.regime = 'standstill' OR (term.regime IS NULL AND a.forfeiture IS NULL)
                THEN 'Aw 2012 art. 2.131'
                ELSE 'by the documents' END AS law
  ) reading
  CROSS JOIN LATERAL (
    SELECT false AS holds, 'only court proceedings hold an award (Aw 2012 art. 2.131)' AS because
    WHERE ch.kind IN ('letter', 'complaint')
    UNION ALL
    SELECT ch.suspends, CASE WHEN ch.suspends THEN 'recorded as suspending' ELSE 'recorded as not suspending' END
    WHERE ch.kind NOT IN ('letter', 'complaint') AND ch.suspends IS NOT NULL
    UNION ALL
    SELECT false, 'an appeal does not suspend unless so decided'
    WHERE ch.kind = 'appeal' AND ch.suspends IS NULL
    UNION ALL
    SELECT NOT coalesce(reading.admission, false) AND coalesce(ch.lodged <= term.latest_day, true),
           CASE
             WHEN reading.admission THEN 'in an admission procedure proceedings suspend only where the documents say so'
             WHEN a.no_term_because IS NOT NULL
               THEN 'no term ran, so that Aw 2012 art. 2.131 does not hold it by itself; the outcome is open'
             WHEN term.latest_day IS NULL THEN
               format('the end of the term is not known; it counts as lodged in time (%s)', reading.law)
             WHEN ch.lodged > term.latest_day THEN format('lodged after the term, which ended on %s',
                                                         wmo_works.iso_day(term.latest_day))
             WHEN ch.lodged > term.safe_day
               THEN format('lodged after %s, the last safe day, and not after %s, the last day by another term or '
                           'reading; it counts as in time (%s)',
                           wmo_works.iso_day(term.safe_day), wmo_works.iso_day(term.latest_day), reading.law)
             ELSE format('lodged in time (%s)', reading.law)
           END
    WHERE ch.kind = 'summary_proceedings' AND ch.suspends IS NULL
  ) effect;
COMMENT ON VIEW wmo.challenge_effect IS
  'Which challenges keep their award from becoming final, and why. What is recorded (suspends) comes first; else '
  'summary proceedings do when lodged in time by the longest reading. The one place that weighs lateness.';
COMMENT ON COLUMN wmo.challenge_effect.challenge_id IS 'The challenge.';
COMMENT ON COLUMN wmo.challenge_effect.award_id IS 'The award that is fought.';
COMMENT ON COLUMN wmo.challenge_effect.kind IS 'summary_proceedings, appeal, complaint or letter.';
COMMENT ON COLUMN wmo.challenge_effect.lodged IS 'Day on which it was lodged.';
COMMENT ON COLUMN wmo.challenge_effect.ruled IS 'Day of the ruling, or of its withdrawal; null = pending.';
COMMENT ON COLUMN wmo.challenge_effect.holds IS 'True: from lodged until ruled the award does not become final.';
COMMENT ON COLUMN wmo.challenge_effect.because IS 'Why it does, or why not.';

CREATE VIEW wmo_works.award_fact WITH (security_invoker = true) AS
  SELECT a.id AS award_id, a.final_on, a.final_basis, a.withdrawn_on, a.annulled_on, a.no_term_because,
         (SELECT min(c.signed_on) FROM wmo.contract c WHERE c.award_id = a.id) AS signed_on,
         wmo_works.last_safe_day(a.standstill, a.forfeiture) AS safe_day,
         wmo_works.latest_day(a.standstill, a.forfeiture) AS term_end,
         CASE WHEN a.decided IS NOT NULL THEN lower(a.decided) WHEN a.sent IS NOT NULL THEN lower(a.sent)
              ELSE coalesce(wmo.event_day(a.standstill), wmo.event_day(a.forfeiture)) END AS exists_earliest,
         least(upper(a.decided) - 1, upper(a.sent) - 1, wmo.event_day(a.standstill), wmo.event_day(a.forfeiture),
               wmo.last_day(a.standstill), wmo.last_day(a.forfeiture)) AS exists_latest
  FROM wmo.award a;
COMMENT ON VIEW wmo_works.award_fact IS 'What is recorded of an award, as the days that its life turns on.';
COMMENT ON COLUMN wmo_works.award_fact.award_id IS 'The award.';
COMMENT ON COLUMN wmo_works.award_fact.final_on IS 'Day on which it was final, where that is recorded or announced.';
COMMENT ON COLUMN wmo_works.award_fact.final_basis IS 'recorded or announced.';
COMMENT ON COLUMN wmo_works.award_fact.withdrawn_on IS 'Day on which the buyer withdrew it.';
COMMENT ON COLUMN wmo_works.award_fact.annulled_on IS 'Day on which a court annulled it.';
COMMENT ON COLUMN wmo_works.award_fact.no_term_because IS 'Why no term applies; null = one does, or it is not known.';
COMMENT ON COLUMN wmo_works.award_fact.signed_on IS 'First day on which a contract that follows from it was signed.';
COMMENT ON COLUMN wmo_works.award_fact.safe_day IS 'Last day on which it can be fought by every term and reading.';
COMMENT ON COLUMN wmo_works.award_fact.term_end IS 'Last day on which it can be fought by the longest of them.';
COMMENT ON COLUMN wmo_works.award_fact.exists_earliest IS 'First day on which the award may exist; null = not known.';
COMMENT ON COLUMN wmo_works.award_fact.exists_latest IS 'Day on which it exists for certain; null = not known.';

CREATE FUNCTION wmo_works.final_basis(fact wmo_works.award_fact, ruling_awaited boolean) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN fact.final_on <= coalesce(fact.signed_on, fact.final_on)
              THEN format('final award %s, as of %s', fact.final_basis, wmo_works.iso_day(fact.final_on))
              ELSE format('contract signed on %s', wmo_works.iso_day(fact.signed_on)) END
      || CASE WHEN least(fact.final_on, fact.signed_on) <= fact.term_end
              THEN format('; the term had not ended yet: it ran until %s', wmo_works.iso_day(fact.term_end))
              WHEN ruling_awaited THEN '; a ruling was still awaited then' ELSE '' END;
END;
COMMENT ON FUNCTION wmo_works.final_basis(wmo_works.award_fact, boolean) IS
  'What it rests on that an award is final, and what spoke against it on that day.';

CREATE FUNCTION wmo_works.term_basis(state text, fact wmo_works.award_fact, first_day date) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE state
    WHEN 'annulled' THEN format('annulled on %s', wmo_works.iso_day(fact.annulled_on))
    WHEN 'withdrawn' THEN format('withdrawn by the buyer on %s', wmo_works.iso_day(fact.withdrawn_on))
    WHEN 'before' THEN format('no award before %s', wmo_works.iso_day(fact.exists_earliest))
    WHEN 'not_applicable' THEN format('no term applies: %s', fact.no_term_because)
    WHEN 'uncontested'
    THEN format('the term ended on %s and no proceedings that hold it are recorded as pending; that it became final is '
                'not recorded', wmo_works.iso_day(fact.term_end))
    WHEN 'provisional' THEN CASE WHEN fact.safe_day < fact.term_end
      THEN format('the award can be fought up to and including %s, by another term or reading up to and including %s',
                  wmo_works.iso_day(fact.safe_day), wmo_works.iso_day(fact.term_end))
      ELSE format('the award can be fought up to and including %s', wmo_works.iso_day(fact.term_end)) END
    ELSE CASE
      WHEN fact.exists_earliest IS NOT NULL AND fact.exists_latest > coalesce(first_day, fact.exists_earliest)
      THEN format('the day of the award lies between %s and %s', wmo_works.iso_day(fact.exists_earliest),
                  wmo_works.iso_day(fact.exists_latest))
      WHEN fact.term_end IS NULL THEN 'neither the end of a term nor a final award is known'
      ELSE format('the day of the award is not known; the term ended on %s', wmo_works.iso_day(fact.term_end)) END
  END;
END;
COMMENT ON FUNCTION wmo_works.term_basis(text, wmo_works.award_fact, date) IS
  'What any other state of an award from some day on rests on, apart from proceedings.';

CREATE FUNCTION wmo.award_timeline(award_id integer)
RETURNS TABLE (known daterange, status text, awarded boolean, basis text)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 4
BEGIN ATOMIC
  WITH fact AS MATERIALIZED (
    SELECT f FROM wmo_works.award_fact f WHERE f.award_id = award_timeline.award_id
  ), proceedings AS (
    SELECT e.lodged, e.ruled, e.because
    FROM wmo.challenge_effect e
    WHERE e.award_id = award_timeline.award_id AND e.holds
  ), breakpoint (day) AS (
    SELECT NULL::date
    UNION SELECT p.lodged FROM proceedings p
    UNION SELECT p.ruled FROM proceedings p
    UNION SELECT unnest(ARRAY[(f).exists_earliest, (f).exists_latest, (f).term_end + 1, (f).final_on, (f).signed_on,
                              (f).withdrawn_on, (f).annulled_on]) FROM fact
  ), segment AS (
    SELECT b.day, lead(b.day) OVER (ORDER BY b.day NULLS FIRST) AS next_day FROM breakpoint b
  ), judged AS (
    SELECT s.day, s.next_day,
           CASE
             WHEN (f).annulled_on <= s.day THEN 'annulled'
             WHEN (f).withdrawn_on <= s.day THEN 'withdrawn'
             WHEN least((f).final_on, (f).signed_on) <= s.day THEN 'final'
             WHEN coalesce(s.day < (f).exists_earliest, (f).exists_earliest IS NOT NULL AND s.day IS NULL)
             THEN 'before'
             WHEN EXISTS (SELECT FROM proceedings p WHERE p.lodged <= s.day AND coalesce(p.ruled > s.day, true))
             THEN 'contested'
             WHEN (f).no_term_because IS NOT NULL AND coalesce((f).exists_latest <= s.day, (f).exists_latest IS NULL)
             THEN 'not_applicable'
             WHEN s.day > (f).term_end THEN 'uncontested'
             WHEN (f).exists_latest <= s.day AND (f).term_end IS NOT NULL THEN 'provisional'
             ELSE 'unknown'
           END AS state
    FROM segment s CROSS JOIN fact
  ), numbered AS (
    SELECT j.day, j.next_day, j.state,
           count(*) FILTER (WHERE j.state IS DISTINCT FROM j.state_before) OVER (ORDER BY j.day NULLS FIRST) AS island
    FROM (SELECT j.*, lag(j.state) OVER (ORDER BY j.day NULLS FIRST) AS state_before FROM judged j) j
  ), island AS (
    SELECT n.state, bool_or(n.day IS NULL) AS from_ever, min(n.day) AS first_day,
           bool_or(n.next_day IS NULL) AS for_ever, max(n.next_day) AS end_day
    FROM numbered n GROUP BY n.island, n.state
  )
  SELECT daterange(CASE WHEN NOT i.from_ever THEN i.first_day END, CASE WHEN NOT i.for_ever THEN i.end_day END),
         CASE i.state WHEN 'before' THEN 'unknown' ELSE i.state END,
         CASE i.state WHEN 'before' THEN false WHEN 'unknown' THEN NULL ELSE true END,
         CASE i.state
           WHEN 'contested' THEN (
             SELECT format('court proceedings pending, lodged on %s: %s', wmo_works.iso_day(p.lodged), p.because)
             FROM proceedings p WHERE coalesce(p.ruled > coalesce(i.first_day, p.lodged), true)
             ORDER BY p.lodged, p.because LIMIT 1)
           WHEN 'final' THEN wmo_works.final_basis(f, EXISTS (
             SELECT FROM proceedings p
             WHERE p.lodged <= least((f).final_on, (f).signed_on)
               AND coalesce(p.ruled > least((f).final_on, (f).signed_on), true)))
           ELSE wmo_works.term_basis(i.state, f, i.first_day)
         END
  FROM island i CROSS JOIN fact;
END;
COMMENT ON FUNCTION wmo.award_timeline(integer) IS
  'The whole life of an award, as consecutive ranges of days with one status each; awarded is false before the '
  'decision and null while that is not known. The one place that weighs terms, proceedings, signatures, withdrawal '
  'and annulment.';

CREATE FUNCTION wmo.award_status(award_id integer, on_date date DEFAULT CURRENT_DATE)
RETURNS TABLE (status text, since date, basis text)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1
BEGIN ATOMIC
  SELECT t.status, lower(t.known),
         t.basis || coalesce((
           SELECT string_agg(format('; %s lodged on %s: %s', replace(e.kind, '_', ' '), wmo_works.iso_day(e.lodged),
                                    e.because), ''
                             ORDER BY e.lodged, e.challenge_id)
           FROM wmo.challenge_effect e
           WHERE e.award_id = award_status.award_id AND NOT e.holds AND e.kind IN ('summary_proceedings', 'appeal')
             AND e.lodged <= award_status.on_date AND (e.ruled IS NULL OR e.ruled > award_status.on_date)), '')
  FROM wmo.award_timeline(award_status.award_id) t
  WHERE t.known @> award_status.on_date;
END;
COMMENT ON FUNCTION wmo.award_status(integer, date) IS
  'How an award stands on a day: unknown, provisional, contested (court proceedings pending), uncontested (term over, '
  'no proceedings recorded), final (recorded, announced or a signed contract), withdrawn, annulled or not_applicable; '
  'since which day (null = ever) and on what basis. A term that ran out is not a final award.';

CREATE FUNCTION wmo_works.annul_upheld_award() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.outcome = 'upheld' AND OLD.kind IN ('summary_proceedings', 'appeal') THEN
    UPDATE wmo.award a
    SET annulled_on = (SELECT min(ch.ruled) FROM wmo.award_challenge ch
                       WHERE ch.award_id = a.id AND ch.outcome = 'upheld'
                         AND ch.kind IN ('summary_proceedings', 'appeal'))
    WHERE a.id = OLD.award_id AND a.annulled_on = OLD.ruled;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.outcome = 'upheld' AND NEW.kind IN ('summary_proceedings', 'appeal') THEN
    UPDATE wmo.award a SET annulled_on = NEW.ruled
    WHERE a.id = NEW.award_id AND coalesce(a.annulled_on > NEW.ruled, true);
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo_works.annul_upheld_award() IS
  'Court proceedings that were upheld leave an award that may not stand: annulled_on is set to the day of the first '
  'such ruling. When that ruling is corrected or removed, so is what it did.';
CREATE TRIGGER upheld_annuls AFTER INSERT OR DELETE OR UPDATE OF award_id, kind, ruled, outcome ON wmo.award_challenge
  FOR EACH ROW EXECUTE FUNCTION wmo_works.annul_upheld_award();
COMMENT ON TRIGGER upheld_annuls ON wmo.award_challenge IS 'An upheld challenge annuls the award.';
