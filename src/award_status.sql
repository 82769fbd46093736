
-- ---- award_status: how an award stands on any day -------------------------------------------------------------------

CREATE FUNCTION wmo.award_timeline(award_id integer)
RETURNS TABLE (known daterange, status text, awarded boolean, basis text)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 4
BEGIN ATOMIC
  WITH facts AS (
    SELECT a.id, a.final_on, a.final_basis, a.withdrawn_on, a.annulled_on, a.no_term_because,
           (SELECT min(c.signed_on) FROM wmo.contract c WHERE c.award_id = a.id) AS signed_on,
           -- the last day on which it can be fought, by the reading that keeps it open longest
           greatest(wmo.latest_last_day(a.standstill), wmo.latest_last_day(a.forfeiture)) AS term_end,
           -- the award exists from some day between these two
           coalesce(lower(a.decided), lower(a.sent), wmo.event_day(a.standstill), wmo.event_day(a.forfeiture)) AS exists_earliest,
           least(upper(a.decided) - 1, upper(a.sent) - 1, wmo.event_day(a.standstill), wmo.event_day(a.forfeiture),
                 wmo.last_day(a.standstill), wmo.last_day(a.forfeiture)) AS exists_latest
    FROM wmo.award a
    WHERE a.id = award_timeline.award_id
  ), proceedings AS (
    -- Aw 2012 art. 2.131: only court proceedings, lodged in time, keep the award from becoming final; what a court decided
    -- about suspension counts whenever it was lodged (an appeal always comes after the term)
    SELECT ch.kind, ch.lodged, ch.ruled
    FROM facts f
    JOIN wmo.award_challenge ch ON ch.award_id = f.id
    WHERE coalesce(ch.suspends, ch.kind = 'summary_proceedings' AND (f.term_end IS NULL OR ch.lodged <= f.term_end))
  ), breakpoint (day) AS (
    SELECT NULL::date
    UNION SELECT p.lodged FROM proceedings p
    UNION SELECT p.ruled FROM proceedings p
    UNION SELECT unnest(ARRAY[f.exists_earliest, f.exists_latest, f.term_end + 1, f.final_on, f.signed_on, f.withdrawn_on, f.annulled_on])
          FROM facts f
  ), segment AS (
    SELECT b.day, lead(b.day) OVER (ORDER BY b.day NULLS FIRST) AS next_day FROM breakpoint b
  ), judged AS (
    SELECT s.day, s.next_day,
           CASE
             WHEN f.annulled_on <= s.day THEN 'annulled'
             WHEN f.withdrawn_on <= s.day THEN 'withdrawn'
             WHEN least(f.final_on, f.signed_on) <= s.day THEN 'final'
             WHEN coalesce(s.day < f.exists_earliest, f.exists_earliest IS NOT NULL AND s.day IS NULL) THEN 'before'
             WHEN EXISTS (SELECT FROM proceedings p WHERE p.lodged <= s.day AND (p.ruled IS NULL OR p.ruled > s.day)) THEN 'contested'
             WHEN f.no_term_because IS NOT NULL THEN 'not_applicable'
             WHEN s.day > f.term_end THEN 'uncontested'
             WHEN f.exists_latest <= s.day AND f.term_end IS NOT NULL THEN 'provisional'
             ELSE 'unknown'
           END AS state
    FROM segment s CROSS JOIN facts f
  ), numbered AS (
    SELECT j.day, j.next_day, j.state,
           count(*) FILTER (WHERE j.state IS DISTINCT FROM j.state_before) OVER (ORDER BY j.day NULLS FIRST) AS island
    FROM (SELECT j.*, lag(j.state) OVER (ORDER BY j.day NULLS FIRST) AS state_before FROM judged j) j
  ), island AS (
    SELECT n.state, bool_or(n.day IS NULL) AS from_ever, min(n.day) AS first_day, bool_or(n.next_day IS NULL) AS for_ever,
           max(n.next_day) AS end_day
    FROM numbered n GROUP BY n.island, n.state
  )
  SELECT daterange(CASE WHEN NOT i.from_ever THEN i.first_day END, CASE WHEN NOT i.for_ever THEN i.end_day END),
         CASE i.state WHEN 'before' THEN 'unknown' ELSE i.state END,
         CASE i.state WHEN 'before' THEN false WHEN 'unknown' THEN NULL ELSE true END,
         CASE i.state
           WHEN 'annulled' THEN format('annulled on %s', f.annulled_on)
           WHEN 'withdrawn' THEN format('withdrawn by the buyer on %s', f.withdrawn_on)
           WHEN 'final' THEN CASE WHEN f.final_on <= coalesce(f.signed_on, f.final_on)
                               THEN format('final award %s, as of %s', f.final_basis, f.final_on)
                               ELSE format('contract signed on %s', f.signed_on) END
           WHEN 'before' THEN format('no award before %s', f.exists_earliest)
           WHEN 'contested' THEN format('court proceedings pending, lodged on %s (Aw 2012 art. 2.131)',
             (SELECT min(p.lodged) FROM proceedings p WHERE (p.ruled IS NULL OR p.ruled > coalesce(i.first_day, p.lodged))))
           WHEN 'not_applicable' THEN format('no term applies: %s', f.no_term_because)
           WHEN 'uncontested' THEN format('the term ended on %s and no proceedings are recorded as pending; that it became final is not recorded', f.term_end)
           WHEN 'provisional' THEN format('the award can be fought up to and including %s', f.term_end)
           ELSE CASE
             WHEN f.exists_earliest IS NOT NULL AND f.exists_latest > coalesce(i.first_day, f.exists_earliest)
               THEN format('the day of the award lies between %s and %s', f.exists_earliest, f.exists_latest)
             WHEN f.term_end IS NULL THEN 'neither the end of a term nor a final award is known'
             ELSE format('the day of the award is not known; the last day of the term is %s', f.term_end) END
         END
  FROM island i CROSS JOIN facts f;
END;
COMMENT ON FUNCTION wmo.award_timeline(integer) IS 'The whole life of an award, as consecutive ranges of days with one status each; awarded is false before the decision and null while that is not known. The one place that weighs terms, proceedings, signatures, withdrawal and annulment.';

CREATE FUNCTION wmo.award_status(award_id integer, on_date date DEFAULT CURRENT_DATE)
RETURNS TABLE (status text, since date, basis text)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1
BEGIN ATOMIC
  SELECT t.status, lower(t.known), t.basis
  FROM wmo.award_timeline(award_status.award_id) t
  WHERE t.known @> award_status.on_date;
END;
COMMENT ON FUNCTION wmo.award_status(integer, date) IS 'How an award stands on a day: unknown, provisional, contested (court proceedings pending), uncontested (term over, no proceedings recorded), final (recorded, announced or a signed contract), withdrawn, annulled or not_applicable; since which day (null = ever) and on what basis. A term that ran out is not a final award.';

CREATE FUNCTION wmo.annul_upheld_award() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  UPDATE wmo.award a SET annulled_on = NEW.ruled WHERE a.id = NEW.award_id AND a.annulled_on IS NULL;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo.annul_upheld_award() IS 'Court proceedings that were upheld leave an award that may not stand: annulled_on is set to the day of the ruling.';
CREATE TRIGGER upheld_annuls AFTER INSERT OR UPDATE ON wmo.award_challenge
  FOR EACH ROW WHEN (NEW.outcome = 'upheld' AND NEW.kind IN ('summary_proceedings', 'appeal')) EXECUTE FUNCTION wmo.annul_upheld_award();
COMMENT ON TRIGGER upheld_annuls ON wmo.award_challenge IS 'An upheld challenge annuls the award.';
