-- The life of an award: what holds it, until when it can be fought, from when its contract can be signed; every running
-- objection period with the days left; and the stored periods that a later decree would give another last day.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Groningen', 'municipality'), (2, 'Zorg A', 'provider'), (3, 'Zorg B', 'provider');
INSERT INTO wmo.tender (id, title, procedure) VALUES (1, 'Wijkgerichte ondersteuning', 'restricted'), (2, 'Toelating begeleiding', 'open_house');
INSERT INTO wmo.lot (id, tender_id, name) VALUES (1, 1, 'Oost');

-- Sent on Tuesday 24 July 2018: day 20 is Monday 13 August. Sent on 12 October 2020: day 20 is Sunday 1 November, which
-- the Algemene termijnenwet moves for the standstill and perhaps not for the contractual term.
CREATE TEMPORARY TABLE played (award_id integer, played text);
WITH award AS (
  INSERT INTO wmo.award (id, tender_id, lot_id, supplier_id, sent, standstill, forfeiture, no_term_because, withdrawn_on)
  SELECT v.id, coalesce(v.tender_id, 1), CASE WHEN v.id = 1 THEN 1 END, 2, v.sent::daterange, v.standstill::wmo.objection_period,
         v.forfeiture::wmo.objection_period, v.no_term_because, v.withdrawn_on::date
  FROM (VALUES
    (1, 1, '[2018-07-24,2018-07-24]', 'standstill:(2018-07-24+P20D,2018-08-13]', NULL, NULL, NULL),
    (2, 1, '[2020-10-12,2020-10-12]', 'standstill:(2020-10-12+P20D,2020-11-02]', 'forfeiture:(2020-10-12+P20D,2020-11-01|2020-11-02]', NULL, NULL),
    (3, 1, NULL, 'standstill:(2018-07-24+P20D,2018-08-13]', NULL, NULL, NULL),
    (4, 1, NULL, 'standstill:(2018-07-24+P20D,2018-08-13]', NULL, NULL, NULL),
    (5, 1, NULL, 'standstill:(2018-07-24+P20D,2018-08-13]', NULL, NULL, NULL),
    (6, 1, NULL, 'standstill:(2018-07-24+P20D,2018-08-13]', NULL, NULL, NULL),
    (7, 1, NULL, 'standstill:(2018-07-24+P20D,2018-08-13]', NULL, NULL, NULL),
    (8, 1, NULL, 'standstill:(2018-07-24+P20D,2018-08-13]', NULL, NULL, NULL),
    (9, 2, NULL, 'admission_standstill:(2018-07-24+P20D,2018-08-13]', NULL, NULL, NULL),
    (10, 1, '[2015-12-01,2015-12-31]', NULL, NULL, 'a 2B service', NULL),
    (11, 1, NULL, NULL, NULL, NULL, NULL),
    (12, 1, NULL, 'standstill:(2018-07-24+P20D,2018-08-13]', NULL, NULL, '2018-08-01'),
    (13, 1, NULL, 'standstill:(2018-07-24+P20D,2018-08-13]', NULL, NULL, NULL),
    (14, 1, NULL, 'sas_standstill:(?,2019-07-18|2019-07-19]', NULL, NULL, NULL),
    (15, 1, NULL, 'standstill:(2018-07-24+P20D,2018-08-13]', 'forfeiture:(2018-07-24+P30D,2018-08-23]', NULL, NULL),
    (16, 1, NULL, 'standstill:(2020-10-12+P20D,2020-11-02]', 'forfeiture:(2020-10-12+P20D,2020-11-01|2020-11-02]', NULL, NULL),
    (17, 2, NULL, NULL, NULL, NULL, NULL),
    (18, 1, NULL, NULL, NULL, 'a 2B service', NULL),
    (24, 1, NULL, 'standstill:(2012-07-24+P15D,2012-08-08]', NULL, NULL, NULL),
    (25, 1, NULL, 'sas_standstill:(2018-07-24+P20D,2018-08-13]', NULL, NULL, NULL),
    (26, 1, NULL, NULL, 'forfeiture:(2018-07-24+P20D,2018-08-13]', NULL, NULL)
  ) v (id, tender_id, sent, standstill, forfeiture, no_term_because, withdrawn_on)
)
INSERT INTO wmo.award_challenge (award_id, kind, lodged, ruled, outcome, suspends) VALUES
  (3, 'summary_proceedings', '2018-08-13', '2018-09-20', 'dismissed', NULL),
  (4, 'summary_proceedings', '2018-07-27', '2018-08-03', 'dismissed', NULL),
  (5, 'summary_proceedings', '2018-08-14', NULL, NULL, NULL),
  (6, 'letter', '2018-07-25', NULL, NULL, NULL), (6, 'complaint', '2018-07-26', NULL, NULL, NULL),
  (7, 'summary_proceedings', '2018-08-06', '2018-08-30', 'dismissed', NULL), (7, 'summary_proceedings', '2018-08-08', NULL, NULL, NULL),
  (8, 'summary_proceedings', '2018-08-06', '2018-08-30', 'dismissed', NULL), (8, 'appeal', '2018-09-10', NULL, NULL, NULL),
  (9, 'summary_proceedings', '2018-08-06', NULL, NULL, NULL),
  (13, 'summary_proceedings', '2018-08-06', '2018-08-30', 'upheld', NULL),
  (15, 'summary_proceedings', '2018-08-20', NULL, NULL, NULL),
  (16, 'summary_proceedings', '2020-11-02', NULL, NULL, NULL),
  (17, 'summary_proceedings', '2018-08-20', NULL, NULL, true),
  (18, 'summary_proceedings', '2016-01-20', NULL, NULL, NULL),
  (24, 'summary_proceedings', '2012-08-08', NULL, NULL, NULL), (25, 'summary_proceedings', '2018-08-13', NULL, NULL, NULL),
  (26, 'summary_proceedings', '2018-08-13', NULL, NULL, NULL);

INSERT INTO played VALUES
  (1, 'nobody fights'), (2, 'Sunday, two readings'), (3, 'lodged on the last day'), (4, 'ruled within the term'), (5, 'a day too late'),
  (6, 'letter and complaint'), (7, 'two proceedings'), (8, 'appeal'), (9, 'admission'), (10, 'no term'), (11, 'nothing known'),
  (12, 'withdrawn'), (13, 'upheld'), (14, 'published end, two readings'), (15, 'after the standstill, within the forfeiture'),
  (16, 'on the Monday after the Sunday'), (17, 'admission, and yet suspended'), (18, 'no term, and yet proceedings'),
  (24, 'before the Aanbestedingswet 2012'), (25, 'social services'), (26, 'a contractual term alone');

-- what holds an award, and why
SELECT p.played, e.kind, e.lodged, e.holds, e.because
FROM wmo.challenge_effect e JOIN played p USING (award_id) ORDER BY e.award_id, e.lodged;

-- the two practical days
SELECT p.played, t.court_by, t.court_by_working_day, t.latest_day, t.sign_from, t.sign_basis, t.rulings_awaited
FROM wmo.award_term t JOIN played p USING (award_id) ORDER BY t.award_id;

-- an appeal that was given suspensive effect holds it again, although it is lodged after the term
UPDATE wmo.award_challenge SET suspends = true WHERE kind = 'appeal';
SELECT t.sign_from, t.sign_basis, wmo.award_status(8, '2018-09-09'), wmo.award_status(8, '2018-09-10') FROM wmo.award_term t WHERE t.award_id = 8;
UPDATE wmo.award_challenge SET suspends = NULL WHERE kind = 'appeal';

-- the status, day by day where it turns
SELECT p.played, d.day, st.*
FROM (VALUES
  (1, '2018-07-23'), (1, '2018-07-24'), (1, '2018-08-13'), (1, '2018-08-14'),
  (2, '2020-11-02'), (2, '2020-11-03'),
  (3, '2018-08-12'), (3, '2018-08-13'), (3, '2018-09-19'), (3, '2018-09-20'),
  (4, '2018-07-27'), (4, '2018-08-03'), (4, '2018-08-14'),
  (5, '2018-08-13'), (5, '2018-08-14'), (6, '2018-08-01'), (6, '2018-08-14'),
  (7, '2018-08-07'), (7, '2018-08-30'), (8, '2018-08-29'), (8, '2018-08-30'), (8, '2018-09-10'), (9, '2018-08-06'), (9, '2018-08-14'),
  (10, '2015-11-30'), (10, '2015-12-15'), (10, '2015-12-31'), (11, '2018-08-14'), (12, '2018-07-31'), (12, '2018-08-01'),
  (13, '2018-08-29'), (13, '2018-08-30'), (14, '2019-07-18'), (14, '2019-07-19'), (14, '2019-07-20'),
  (15, '2018-08-19'), (15, '2018-08-24'), (16, '2020-11-02'), (17, '2018-08-20'), (18, '2016-01-19'), (18, '2016-01-20')) d (award_id, day)
JOIN played p USING (award_id)
CROSS JOIN LATERAL wmo.award_status(d.award_id, d.day::date) st
ORDER BY d.award_id, d.day;

-- of a decision whose first possible day is not known, nothing says that it was not there yet
INSERT INTO wmo.award (id, decided, sent, standstill) VALUES (19, '(,2018-07-24)', '[2018-07-24,2018-07-24]', 'standstill:(2018-07-24+P20D,2018-08-13]');
SELECT d, t.status, t.awarded, t.basis
FROM unnest(ARRAY['2018-07-01', '2018-07-23']::date[]) d JOIN LATERAL wmo.award_timeline(19) t ON t.known @> d;

-- signed before it could be: while the term ran, while a ruling was awaited; on the day of the ruling nobody can tell
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id, signed_on) VALUES
  (1, 'C-1', 1, 2, '[2019-01-01,2023-01-01)', 1, '2018-08-13'), (3, 'C-3', 1, 2, '[2019-01-01,2023-01-01)', 3, '2018-09-20'),
  (4, 'C-4', 1, 2, '[2019-01-01,2023-01-01)', 4, '2018-08-14'), (7, 'C-7', 1, 2, '[2019-01-01,2023-01-01)', 7, '2018-09-01'),
  (10, 'C-10', 1, 2, '[2016-03-28,?)', 10, '2016-01-05'), (11, 'C-11', 1, 2, '[2019-01-01,?)', 11, '2018-12-01'),
  (15, 'C-15', 1, 2, '[2019-01-01,?)', 15, NULL);
SELECT p.played, t.signed_on, t.sign_from, t.signed_early
FROM wmo.award_term t JOIN played p USING (award_id) JOIN wmo.contract c USING (award_id) ORDER BY t.award_id;
-- and the status says so
SELECT c.number, st.status, st.basis FROM wmo.contract c CROSS JOIN LATERAL wmo.award_status(c.award_id, c.signed_on) st ORDER BY c.id;
UPDATE wmo.contract SET signed_on = '2018-09-21' WHERE id = 3;
SELECT 'the day after the ruling', signed_early FROM wmo.award_term WHERE award_id = 3;
DELETE FROM wmo.contract;

-- every running objection period, with the days left
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id) VALUES
  (1, 'C-1', 1, 2, '[2019-01-01,2023-01-01)', 1), (2, 'C-2', 1, 2, '[2019-01-01,2023-01-01)', 1);
CREATE TEMPORARY VIEW running AS
SELECT d.day, r.award_id, r.term, r.regime, r.lot, r.contract_numbers, r.first_day, r.last_day, r.latest_day, r.days_left, r.days_left_latest, r.status
FROM unnest(ARRAY['2018-07-24', '2018-07-25', '2018-08-13', '2018-08-14', '2019-07-19', '2020-11-01', '2020-11-02', '2020-11-03']::date[]) d (day)
CROSS JOIN LATERAL wmo.running_objection_periods(d.day) r;
SELECT day, count(*), string_agg(award_id || left(term, 1), ' ' ORDER BY award_id, term DESC) FROM running GROUP BY day ORDER BY day;
SELECT * FROM running WHERE award_id IN (1, 2, 14, 15) AND day <> '2018-07-25' ORDER BY day, award_id, term DESC;
UPDATE wmo.award SET annulled_on = '2018-08-10' WHERE id = 13;
SELECT d, count(*) AS of_an_award_annulled_on_the_tenth FROM unnest('{2018-08-09,2018-08-10}'::date[]) d CROSS JOIN LATERAL wmo.running_objection_periods(d) r WHERE r.award_id = 13 GROUP BY d;
SELECT wmo.correct_award(13);
SELECT 'today', count(*) FROM wmo.running_objection_period;
INSERT INTO wmo.award (id, standstill) SELECT 20, wmo.objection_period('standstill', CURRENT_DATE - 3);
SELECT 'of today', term, first_day - CURRENT_DATE, days_left = last_day - CURRENT_DATE, status FROM wmo.running_objection_period;
DELETE FROM wmo.award WHERE id = 20;

-- a decree that came after the periods were stored: Friday 11 May 2029, the day after Ascension Day
SELECT 'nothing to review', * FROM wmo.objection_periods_to_review();
INSERT INTO wmo.award (id, standstill, forfeiture) VALUES
  (20, wmo.objection_period('standstill', '2029-04-21'), wmo.objection_period('forfeiture', '2029-04-21', '20 days')),
  (21, wmo.objection_period('standstill', '2029-04-20'), NULL),
  (22, wmo.objection_period_until('standstill', '2029-05-11'), NULL);
SELECT id, standstill, forfeiture FROM wmo.award WHERE id BETWEEN 20 AND 22 ORDER BY id;
-- until then, wherever a day of it is shown, it is said that the day is not sure
SELECT 'term', award_id, court_by, sign_from, warning FROM wmo.award_term WHERE award_id BETWEEN 20 AND 22 ORDER BY award_id;
SELECT 'basis', sign_basis FROM wmo.award_term WHERE award_id = 20;
SELECT 'report', id, warning FROM wmo_bi.award WHERE id = 21;
SELECT 'status', s.status, s.basis FROM wmo.award_status(21, '2029-05-01') s;
SELECT 'running', award_id, term, last_day, warning FROM wmo.running_objection_periods('2029-05-01') WHERE award_id BETWEEN 20 AND 22;
SELECT 'decision', award_id, day, warning FROM wmo.decision_calendar_on('2029-05-01') WHERE award_id = 22;
SELECT 'iCalendar', wmo.decision_icalendar('2029-05-01') ~ 'Warning: not all decrees';
SELECT 'a day of a year that is known', warning FROM wmo.award_term WHERE award_id = 1;
INSERT INTO wmo.equated_day_own (day, decree) VALUES ('2029-05-11', 'a decree of 2028');
SELECT * FROM wmo.objection_periods_to_review();
INSERT INTO wmo.calendar_decree_own (decree, known) VALUES ('a decree of 2028', '[2029-01-01,2032-01-01)');
SELECT award_id, term, new_last_day, calendar_complete FROM wmo.objection_periods_to_review();
SELECT 'sure by the decree', award_id, warning FROM wmo.award_term WHERE award_id BETWEEN 20 AND 22 ORDER BY award_id;
SELECT 'as stored', id, standstill, forfeiture FROM wmo.award WHERE id = 20;
UPDATE wmo.award SET standstill = wmo.recomputed(standstill) WHERE id = 20;
SELECT 'one decided', award_id, term FROM wmo.objection_periods_to_review();

-- a regime that is no longer there
INSERT INTO wmo.term_rule_own (regime, kind, valid, length, rule, latest_rule, citation) VALUES ('own_term', 'remedy', '(,)', '10 days', 'none', 'none', 'clause 7');
INSERT INTO wmo.award (id, forfeiture) VALUES (23, wmo.objection_period('own_term', '2018-07-24'));
DELETE FROM wmo.term_rule_own;
SELECT * FROM wmo.objection_periods_to_review() WHERE award_id = 23;

-- the last working day by then: a Monday itself, a Sunday, Good Friday, the days around New Year, before the calendar
SELECT d, wmo.working_day_by(d) FROM unnest(ARRAY['2018-08-13', '2020-11-01', '2019-04-19', '2026-01-04', '1964-12-31', '2011-04-25']::date[]) d;
-- and it is never later, is a working day, and no working day lies between
SELECT count(*) FILTER (WHERE w > d OR NOT wmo.is_working_day(w) OR wmo.next_working_day(w) <= d) AS wrong, count(*)
FROM (SELECT d::date AS d, wmo.working_day_by(d::date) AS w FROM generate_series('1965-01-05'::date, '2100-12-31'::date, interval '1 day') d) t;
-- ---- against a model that looks at one day at a time: 360 awards with up to three challenges, on a third of 100 days -------
DELETE FROM wmo.contract;
DELETE FROM wmo.award;
INSERT INTO wmo.tender (id, title, procedure, above_threshold)
SELECT 10 + 3 * p + v, format('%s %s', name, above), name, above
FROM unnest('{open,restricted,sas,open_house,2b_service,unknown}'::text[]) WITH ORDINALITY AS procedure (name, p)
CROSS JOIN (VALUES (0, true), (1, NULL), (2, false)) threshold (v, above);
CREATE FUNCTION pg_temp.h(i integer, k integer, n integer) RETURNS integer LANGUAGE sql AS $$ SELECT (hashint4(i * 31 + k) & 2147483647) % n $$;
INSERT INTO wmo.award (id, tender_id, decided, sent, standstill, forfeiture, no_term_because, final_on, final_basis, withdrawn_on, annulled_on)
SELECT i, CASE WHEN pg_temp.h(i, 1, 8) > 0 THEN 13 + pg_temp.h(i, 1, 18) END,
       CASE pg_temp.h(i, 2, 4) WHEN 0 THEN daterange(event - 4, event) WHEN 1 THEN daterange(NULL, event) END,
       CASE WHEN pg_temp.h(i, 3, 2) = 0 THEN daterange(event + pg_temp.h(i, 13, 3), event + pg_temp.h(i, 13, 3) + pg_temp.h(i, 4, 3) + 1) END,
       CASE WHEN NOT untimed THEN CASE pg_temp.h(i, 5, 7) WHEN 0 THEN wmo.objection_period_until('sas_standstill', event + 20, event + 21)
         WHEN 1 THEN wmo.objection_period('admission_standstill', event) WHEN 2 THEN NULL WHEN 3 THEN NULL
         ELSE wmo.objection_period('standstill', event, make_interval(days => 10 + pg_temp.h(i, 14, 14))) END END,
       CASE WHEN NOT untimed AND pg_temp.h(i, 6, 3) = 0 THEN
         CASE WHEN pg_temp.h(i, 7, 4) = 0 THEN wmo.objection_period_until('forfeiture', event + 12)
              ELSE wmo.objection_period('forfeiture', event, make_interval(days => 8 + pg_temp.h(i, 7, 25))) END END,
       CASE WHEN untimed AND pg_temp.h(i, 8, 2) = 0 THEN 'a 2B service' END,
       CASE WHEN pg_temp.h(i, 9, 8) = 0 THEN event + 30 END, CASE WHEN pg_temp.h(i, 9, 8) = 0 THEN 'recorded' END,
       CASE WHEN pg_temp.h(i, 10, 10) = 0 THEN event + 10 END, CASE WHEN pg_temp.h(i, 15, 10) = 0 THEN event + 35 END
FROM (SELECT i, '2018-07-01'::date + pg_temp.h(i, 11, 14) AS event, pg_temp.h(i, 12, 6) = 0 AS untimed FROM generate_series(1, 360) i) g;
UPDATE wmo.award SET revived_on = greatest(withdrawn_on, annulled_on) + 6 WHERE num_nonnulls(withdrawn_on, annulled_on) > 0 AND pg_temp.h(id, 16, 3) = 0;
INSERT INTO wmo.award_challenge (award_id, kind, lodged, ruled, outcome, suspends)
SELECT i, kind, lodged, ruled, CASE WHEN ruled IS NOT NULL THEN (ARRAY['dismissed', 'withdrawn', 'upheld', 'upheld'])[1 + pg_temp.h(i, 20 + n, 4)] END,
       CASE WHEN kind IN ('summary_proceedings', 'appeal') THEN (ARRAY[NULL, NULL, NULL, true, false])[1 + pg_temp.h(i, 30 + n, 5)] END
FROM (SELECT i, n, (ARRAY['summary_proceedings', 'summary_proceedings', 'appeal', 'letter', 'complaint'])[1 + pg_temp.h(i, 40 + n, 5)] AS kind,
             '2018-07-05'::date + pg_temp.h(i, 50 + n, 45) AS lodged,
             CASE WHEN pg_temp.h(i, 60 + n, 3) > 0 THEN '2018-07-05'::date + pg_temp.h(i, 50 + n, 45) + pg_temp.h(i, 70 + n, 30) END AS ruled
      FROM generate_series(1, 360) i CROSS JOIN generate_series(1, 3) n WHERE n <= pg_temp.h(i, 80, 4)) g;
UPDATE wmo.award_challenge SET ordered = (ARRAY['not_to_sign', 'to_reassess', 'to_tender_anew', 'to_end_contract', NULL, NULL])[1 + pg_temp.h(id, 84, 6)],
  order_settled_on = CASE WHEN pg_temp.h(id, 85, 3) = 0 THEN ruled + 12 END
WHERE outcome = 'upheld';
INSERT INTO wmo.contract (number, buyer_id, period, award_id, signed_on)
SELECT i, 1, '[2019-01-01,?)', i, '2018-07-02'::date + pg_temp.h(i, 90, 60) FROM generate_series(1, 360) i WHERE pg_temp.h(i, 91, 3) = 0;

-- Written from the law: the last day by the longest reading. Art. 2.127 asks twenty days from the sending of the notice, on whichever of
-- its days that was: the last of them is the longest reading. Where it is not known whether the article holds, it may.
CREATE FUNCTION pg_temp.longest(a wmo.award) RETURNS date
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  procedure text; above boolean; may_be_asked boolean; is_asked boolean; sending daterange; by_law date; first_by_law date;
  counted CONSTANT date := wmo.event_day(a.standstill);
  recorded CONSTANT date := greatest(wmo.latest_last_day(a.standstill), wmo.latest_last_day(a.forfeiture));
BEGIN
  SELECT t.procedure, t.above_threshold INTO procedure, above FROM wmo.tender t WHERE t.id = a.tender_id;
  IF a.no_term_because IS NOT NULL THEN RETURN NULL; END IF;
  may_be_asked := coalesce(above, true) AND procedure IS DISTINCT FROM 'open_house' AND procedure IS DISTINCT FROM '2b_service';
  is_asked := may_be_asked AND (procedure IN ('open', 'restricted', 'sas') OR coalesce(wmo.regime(a.standstill) IN ('standstill', 'sas_standstill', 'admission_standstill'), false));
  IF NOT may_be_asked THEN RETURN recorded; END IF;
  sending := CASE WHEN a.sent IS NULL THEN daterange(coalesce(counted, wmo.event_day(a.forfeiture)), coalesce(counted, wmo.event_day(a.forfeiture)), '[]')
                  WHEN a.sent @> counted THEN daterange(counted, counted, '[]') ELSE a.sent * daterange(lower(a.decided), NULL) END;
  by_law := wmo.term_last_day(upper(sending) - 1, '20 days');
  IF by_law IS NULL THEN
    -- not sent before it was decided: a standstill that is shorter by that day on has an end that nobody can tell
    first_by_law := wmo.term_last_day(lower(a.decided), '20 days');
    RETURN CASE WHEN is_asked AND (a.standstill IS NULL OR wmo.latest_last_day(a.standstill) < first_by_law) THEN NULL ELSE recorded END;
  END IF;
  RETURN CASE WHEN recorded IS NOT NULL OR is_asked THEN greatest(recorded, by_law) END;
END
$$;
-- a ruling against the award weighs until it is settled, or a later ruling in an appeal that was lodged after it
CREATE FUNCTION pg_temp.weighing(award integer, d date) RETURNS SETOF wmo.award_challenge
LANGUAGE sql STABLE AS $$
  SELECT r.* FROM wmo.award_challenge r
  WHERE r.award_id = award AND r.kind IN ('summary_proceedings', 'appeal') AND r.outcome = 'upheld' AND r.ruled <= d
    -- settled is done or set aside: an award that was to be assessed again or go to another, a tender to be held anew or a contract to end
    -- may be gone
    AND NOT coalesce(r.order_settled_on <= d AND r.ordered = 'not_to_sign', false)
    AND NOT EXISTS (SELECT FROM wmo.award_challenge x WHERE x.award_id = award AND x.kind = 'appeal' AND x.lodged >= r.ruled AND x.id <> r.id
                      AND x.ruled <= d AND x.outcome <> 'withdrawn')
$$;
CREATE FUNCTION pg_temp.model(a wmo.award, ended date, d date) RETURNS text
LANGUAGE plpgsql
AS $$
DECLARE
  event CONSTANT date := least(wmo.event_day(a.standstill), wmo.event_day(a.forfeiture));
  signed CONSTANT date := (SELECT min(c.signed_on) FROM wmo.contract c WHERE c.award_id = a.id);
  procedure CONSTANT text := (SELECT t.procedure FROM wmo.tender t WHERE t.id = a.tender_id);
  admission CONSTANT boolean := CASE WHEN a.standstill IS NULL THEN coalesce(procedure = 'open_house', false) ELSE wmo.regime(a.standstill) = 'admission_standstill' END;
  revived CONSTANT boolean := coalesce(d >= a.revived_on, false);
  brought wmo.award_challenge;
BEGIN
  -- void is void; but for a contract that was signed, from that day of care on
  IF d >= a.annulled_on AND NOT revived THEN RETURN 'annulled'; END IF;
  IF d >= a.withdrawn_on AND NOT revived THEN RETURN CASE WHEN signed <= a.withdrawn_on THEN 'unknown' ELSE 'withdrawn' END; END IF;
  -- relief ends a signed contract only by an order to end it; what is not recorded cannot be told
  IF signed <= d AND EXISTS (SELECT FROM pg_temp.weighing(a.id, d) w WHERE w.ruled >= signed AND coalesce(w.ordered = 'to_end_contract', true)) THEN RETURN 'unknown'; END IF;
  IF a.decided IS NOT NULL THEN
    IF d < lower(a.decided) THEN RETURN 'unknown'; END IF;
  END IF;
  IF d >= signed THEN RETURN 'final'; END IF;
  IF d >= a.final_on AND NOT EXISTS (SELECT FROM pg_temp.weighing(a.id, d) w WHERE w.ruled >= a.final_on) THEN RETURN 'final'; END IF;
  IF EXISTS (SELECT FROM pg_temp.weighing(a.id, d) w WHERE w.ordered IS NULL OR w.order_settled_on <= d) THEN RETURN 'unknown'; END IF;
  IF EXISTS (SELECT FROM pg_temp.weighing(a.id, d)) THEN RETURN 'contested'; END IF;
  FOR brought IN SELECT * FROM wmo.award_challenge ch WHERE ch.award_id = a.id AND ch.kind IN ('summary_proceedings', 'appeal') LOOP
    CONTINUE WHEN d < brought.lodged OR d >= brought.ruled OR NOT brought.suspends;
    IF brought.suspends OR (brought.kind = 'summary_proceedings' AND NOT admission AND NOT coalesce(brought.lodged > ended, false)) THEN
      RETURN 'contested';
    END IF;
  END LOOP;
  IF a.no_term_because IS NULL AND d > ended THEN RETURN 'uncontested'; END IF;
  -- until the day is sure on which the award was there
  IF d < least(upper(a.decided) - 1, upper(a.sent) - 1, event, wmo.last_day(a.standstill), wmo.last_day(a.forfeiture)) THEN RETURN 'unknown'; END IF;
  RETURN CASE WHEN a.no_term_because IS NOT NULL THEN 'not_applicable'
              WHEN ended IS NOT NULL AND num_nonnulls(upper(a.decided), upper(a.sent), event, a.standstill, a.forfeiture) > 0 THEN 'provisional'
              ELSE 'unknown' END;
END
$$;
CREATE TEMPORARY TABLE told AS SELECT a.id, t.* FROM wmo.award a CROSS JOIN LATERAL wmo.award_timeline(a.id) t;
CREATE INDEX ON told (id);
CREATE TEMPORARY TABLE compared AS
SELECT a.id, d.day::date, t.status, pg_temp.model(a, longest, d.day::date) AS model
FROM (SELECT a, a.id, pg_temp.longest(a) AS longest FROM wmo.award a) a
CROSS JOIN LATERAL generate_series('2018-06-20'::date + a.id % 3, '2018-09-27', interval '3 days') d (day)
LEFT JOIN told t ON t.id = a.id AND t.known @> d.day::date AND t.valid @> d.day::date;
SELECT count(*), string_agg(DISTINCT model, ' ' ORDER BY model) FROM compared;
SELECT * FROM compared WHERE status IS DISTINCT FROM model ORDER BY id, day LIMIT 5;
-- the plane of days (as seen, of care) is covered once; and care before a signed contract ended was under a final award
SELECT 'days not said once', count(*) FROM (
  SELECT t.id, d.day, care.day FROM told t
  CROSS JOIN generate_series('2018-06-20'::date, '2018-09-27', interval '5 days') d (day)
  CROSS JOIN generate_series('2018-06-20'::date, '2018-12-27', interval '11 days') care (day)
  GROUP BY 1, 2, 3 HAVING count(*) FILTER (WHERE t.known @> d.day::date AND t.valid @> care.day::date) <> 1) x;
SELECT 'care under another status before', string_agg(DISTINCT status, ' ') FROM told WHERE NOT upper_inf(valid);
-- no two neighbours alike
SELECT 'neighbours alike', count(*)
FROM (SELECT known, basis, status, awarded, signed_early, lag(known) OVER w AS before,
             lag(concat(status, basis, signed_early)) OVER w AS said_before
      FROM told WINDOW w AS (PARTITION BY id, valid ORDER BY known)) t
WHERE upper(before) = lower(known) AND concat(status, basis, signed_early) = said_before;
-- the first day on which no known term runs: after the term and every ruling and order, and not a day later
SELECT 'days to sign', count(*) > 100, count(*) FILTER (WHERE sign_from <= latest_day OR sign_from < a.revived_on OR latest_day IS DISTINCT FROM pg_temp.longest(a)
         OR EXISTS (SELECT FROM wmo.challenge_effect e WHERE e.award_id = t.award_id AND e.holds AND (e.ruled IS NULL OR e.ruled >= sign_from))
         OR EXISTS (SELECT FROM pg_temp.weighing(a.id, sign_from))
         OR NOT (sign_from - 1 = latest_day OR sign_from = a.revived_on OR sign_from - 1 IN (SELECT e.ruled FROM wmo.challenge_effect e WHERE e.award_id = t.award_id AND e.holds)
                 OR EXISTS (SELECT FROM pg_temp.weighing(a.id, sign_from - 1)))) AS wrong
FROM wmo.award_term t JOIN wmo.award a ON a.id = t.award_id WHERE sign_from IS NOT NULL;
SELECT 'no day to sign without a reason', count(*) FROM wmo.award_term WHERE sign_from IS NULL AND coalesce(sign_basis, '') = '';
-- what the law asks more than is recorded is never passed over in silence
SELECT 'terms longer than recorded, said', count(*) > 50, count(*) FILTER (WHERE t.sign_basis NOT LIKE '%up to and including %' || t.minimum_last_day || '%') AS silent
FROM wmo.award_term t JOIN wmo.award a ON a.id = t.award_id
WHERE t.latest_day > greatest(wmo.latest_last_day(a.standstill), wmo.latest_last_day(a.forfeiture));
ROLLBACK;
