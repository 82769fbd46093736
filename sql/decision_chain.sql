-- The chain of a term to decide in: what suspends it, postpones it, and what comes after it. Days by the text of the law.
\pset format unaligned
\pset tuples_only on
\pset fieldsep ': '
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
SET search_path = pg_catalog;
SET datestyle = 'ISO, DMY';

-- The objection term ended on Tuesday 11 April 2023, after Easter. Twelve weeks: 4 July. Asked on 1 May to complete, done on
-- 15 May: 2 to 14 May are suspended, 13 days (or with the 15th 14): 17 or 18 July. Put off by six weeks: 28 or 29 August.
SELECT * FROM wmo.decision_chain('awb_objection_decision_committee', '2023-04-11', ARRAY[
  ('completion_asked', '2023-05-01', '2023-05-15', NULL), ('postponed', '2023-07-10', NULL, NULL)]::wmo.term_event[]);
-- Six weeks from 6 April 2023 end on Ascension day, and go on to Monday 22 May: with six weeks more 84 days in all, Thursday 29
-- June, or six weeks from 22 May, Monday 3 July. A notice of default on 30 June is in time by the first of them only.
SELECT * FROM wmo.decision_chain('awb_objection_decision', '2023-04-06', ARRAY[
  ('postponed', '2023-05-22', NULL, NULL), ('default_notice', '2023-06-30', NULL, NULL)]::wmo.term_event[]);
-- Put off a day too late, and for three weeks: nine weeks in all, 8 June, or three weeks from 22 May, 12 June
SELECT last_day, latest_day, confidence FROM wmo.decision_term('awb_objection_decision', '2023-04-06', ARRAY[('postponed', '2023-05-23', NULL, NULL)]::wmo.term_event[]);
SELECT last_day, latest_day, confidence FROM wmo.decision_term('awb_objection_decision', '2023-04-06', ARRAY[('postponed', '2023-05-01', NULL, '21 days')]::wmo.term_event[]);
-- Asked to complete in the objection term: of 4 to 19 April only the days from 12 April on belong to the term: 31 May or 1 June
SELECT last_day, latest_day FROM wmo.decision_term('awb_objection_decision', '2023-04-11', ARRAY[('completion_asked', '2023-04-03', '2023-04-20', NULL)]::wmo.term_event[]);

-- An application of Monday 22 April 2024: two weeks, 6 May. Notice on 7 May: the penalty from 21 May (two weeks on; or the day
-- after them) for 42 days: 1 or 2 July. Decided on 31 May, on the first day, or before it.
SELECT * FROM wmo.decision_chain('wmo_decision', '2024-04-22', ARRAY[('default_notice', '2024-05-07', NULL, NULL), ('decided', '2024-05-31', NULL, NULL)]::wmo.term_event[]);
SELECT d AS decided, t.last_day, t.penalty_first_day, t.penalty_first_latest, t.penalty_last_day, t.penalty_last_latest
FROM unnest('{2024-05-20,2024-05-21,2024-05-22,2024-07-02,2024-08-01}'::date[]) d
CROSS JOIN LATERAL wmo.decision_term('wmo_decision', '2024-04-22', ARRAY[('default_notice', '2024-05-07', NULL, NULL), ('decided', d, NULL, NULL)]::wmo.term_event[]) t;
-- Two weeks after a notice of 11 December 2024 end on Christmas day; the Atw would go on past 26, the equated 27th and the weekend
-- to Monday 30 December. The 42 days never move: 25 December to 4 February, or 31 December to 10 February.
SELECT penalty_first_day, penalty_first_latest, penalty_last_day, penalty_last_latest
FROM wmo.decision_term('wmo_decision', '2024-11-18', ARRAY[('default_notice', '2024-12-11', NULL, NULL)]::wmo.term_event[]);
-- A notice in the term is none; a second one after it is, a third changes nothing.
SELECT step, term, day, last_day, latest_day, explanation FROM wmo.decision_chain('wmo_decision', '2024-04-22', ARRAY[
  ('default_notice', '2024-05-06', NULL, NULL), ('default_notice', '2024-05-13', NULL, NULL), ('default_notice', '2024-05-14', NULL, NULL)]::wmo.term_event[]) WHERE kind <> 'event';

-- Days suspended twice count once: 7 to 12 March (or 13) and 10 to 15 March are nine days: 18 March becomes 27 March by both.
SELECT last_day, latest_day, confidence, basis FROM wmo.decision_term('wmo_decision', '2024-03-04', ARRAY[
  ('completion_asked', '2024-03-06', '2024-03-13', NULL), ('force_majeure', '2024-03-10', '2024-03-15', NULL)]::wmo.term_event[]);
-- After the term nothing is suspended; a suspension whose end is not known leaves no day, and no penalty.
SELECT last_day, latest_day, basis FROM wmo.decision_term('wmo_decision', '2024-03-04', ARRAY[('agreed_delay', '2024-03-25', '2024-03-29', NULL)]::wmo.term_event[]);
SELECT step, term, last_day_before, last_day, latest_day, explanation FROM wmo.decision_chain('wmo_decision', '2024-03-04', ARRAY[
  ('agreed_delay', '2024-03-12', NULL, NULL), ('default_notice', '2024-04-25', NULL, NULL)]::wmo.term_event[]);
-- Completed on the day after it was asked: nothing, or one day
SELECT last_day, latest_day FROM wmo.decision_term('wmo_decision', '2024-03-04', ARRAY[('completion_asked', '2024-03-06', '2024-03-07', NULL)]::wmo.term_event[]);
-- A year without a complete decree
SELECT last_day, basis FROM wmo.decision_term('wmo_decision', '2029-04-27');
-- Without events it is the plain term.
SELECT count(*) AS days, count(*) FILTER (WHERE t.last_day <> wmo.decision_last_day(r, d::date) OR t.latest_day <> t.last_day OR t.confidence <> 'high') AS other
FROM generate_series(timestamp '2023-01-01', '2025-12-31', '3 days') d, unnest('{wmo_decision,wmo_investigation,awb_objection_decision,awb_objection_decision_committee}'::text[]) r
CROSS JOIN LATERAL wmo.decision_term(r, d::date) t;

-- Against a model that counts one day after the other, with the free days of 2023 to 2025 written out from the Atw and its decrees:
-- up to two suspensions on two weeks or six, often overlapping, some after the end.
CREATE TEMPORARY TABLE free (day date PRIMARY KEY);
INSERT INTO free SELECT unnest(('{2023-01-01,2023-04-07,2023-04-10,2023-04-27,2023-04-28,2023-05-05,2023-05-18,2023-05-19,2023-05-29,2023-12-25,2023-12-26,'
  || '2024-01-01,2024-03-29,2024-04-01,2024-04-27,2024-05-05,2024-05-09,2024-05-10,2024-05-20,2024-12-25,2024-12-26,2024-12-27,'
  || '2025-01-01,2025-04-18,2025-04-21,2025-04-26,2025-05-05,2025-05-29,2025-05-30,2025-06-09,2025-12-25,2025-12-26}')::date[]);
CREATE FUNCTION pg_temp.model(event date, term_days integer, from_1 date, to_1 date, from_2 date, to_2 date) RETURNS date LANGUAGE plpgsql AS $$
DECLARE d date := event; counted integer := 0;
BEGIN
  LOOP
    d := d + 1;
    CONTINUE WHEN d BETWEEN from_1 AND to_1 OR d BETWEEN from_2 AND to_2;
    counted := counted + 1;
    EXIT WHEN counted >= term_days AND extract(isodow FROM d) < 6 AND NOT EXISTS (SELECT FROM free f WHERE f.day = d);
  END LOOP;
  RETURN d;
END
$$;
SELECT count(*) AS cases, count(*) FILTER (WHERE t.last_day <> m OR t.latest_day <> m) AS other, count(DISTINCT m - plain) > 20 AS varied,
  min(format('%s %s: %s-%s %s-%s: %s not %s', c.event, c.regime, a1, b1, a2, b2, t.last_day, m)) FILTER (WHERE t.last_day <> m OR t.latest_day <> m) AS first
FROM (SELECT d::date AS event, CASE WHEN k % 2 = 0 THEN 'wmo_decision' ELSE 'awb_objection_decision' END AS regime, CASE WHEN k % 2 = 0 THEN 14 ELSE 42 END AS days,
    d::date + (k * 5 + extract(doy FROM d)::integer * 7) % 45 AS a1, (k * 11 + extract(doy FROM d)::integer) % 17 AS l1,
    (k * 3 + extract(doy FROM d)::integer * 3) % 21 AS g2, (k * 7 + extract(doy FROM d)::integer * 5) % 13 AS l2
  FROM generate_series(timestamp '2023-01-02', '2025-08-31', '2 days') d, generate_series(1, 6) k) c
CROSS JOIN LATERAL (SELECT a1 + l1 AS b1, a1 + g2 AS a2, a1 + g2 + l2 AS b2) s
CROSS JOIN LATERAL (SELECT pg_temp.model(event, days, a1, b1, a2, b2) AS m, wmo.decision_last_day(regime, event) AS plain) o
CROSS JOIN LATERAL wmo.decision_term(regime, event, ARRAY[('force_majeure', a1, b1, NULL), ('force_majeure', a2, b2, NULL)]::wmo.term_event[]) t;

-- Nothing, and what cannot be.
SELECT count(*) FROM wmo.decision_chain(NULL, '2024-01-01');
SELECT count(*) FROM wmo.decision_term('wmo_decision', NULL);
SELECT last_day FROM wmo.decision_term('wmo_decision', '2024-03-04', NULL);
SELECT * FROM wmo.decision_chain('bezwaar', '2024-01-01');
SELECT * FROM wmo.decision_chain('wmo_decision', '2024-03-04', ARRAY[('postponed', '2024-03-06', NULL, NULL)]::wmo.term_event[]);
SELECT * FROM wmo.decision_chain('awb_objection_decision', '2024-03-04', ARRAY[('applicant_delay', '2024-03-06', NULL, NULL)]::wmo.term_event[]);
SELECT * FROM wmo.decision_chain('wmo_investigation', '2024-03-04', ARRAY[('default_notice', '2024-06-06', NULL, NULL)]::wmo.term_event[]);
SELECT * FROM wmo.decision_chain('wmo_decision', '2024-03-04', ARRAY[(NULL, '2024-03-06', NULL, NULL)]::wmo.term_event[]);
SELECT * FROM wmo.decision_chain('wmo_decision', '2024-03-04', ARRAY[('decided', NULL, NULL, NULL)]::wmo.term_event[]);
SELECT * FROM wmo.decision_chain('wmo_decision', '2024-03-04', ARRAY[('force_majeure', '2024-03-08', '2024-03-06', NULL)]::wmo.term_event[]);
SELECT * FROM wmo.decision_chain('wmo_decision', '2024-03-04', ARRAY[('force_majeure', '2024-03-08', 'infinity', NULL)]::wmo.term_event[]);
SELECT * FROM wmo.decision_chain('awb_objection_decision', '2024-03-04', ARRAY[('postponed', '2024-03-06', NULL, '43 days')]::wmo.term_event[]);
SELECT * FROM wmo.decision_chain('awb_objection_decision', '2024-03-04', ARRAY[('postponed', '2024-03-06', NULL, '30 days'), ('postponed', '2024-03-07', NULL, '30 days')]::wmo.term_event[]);
SELECT * FROM wmo.decision_chain('wmo_decision', '2024-03-04', ARRAY[NULL]::wmo.term_event[]);
