-- Terms: the limits of the law, the month rule, the explanation, regimes, and input that has no answer.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
SET search_path = pg_catalog;
SET datestyle = 'ISO, DMY';
SET intervalstyle = 'postgres';

-- Atw art. 4: the limits themselves are covered, one more is not. All raw ends are Ascension day, 18 May 2023.
SELECT length, (date '2023-05-18' - length)::date AS event, wmo.term_last_day((date '2023-05-18' - length)::date, length) AS last_day
FROM unnest('{90 days,91 days,12 weeks,13 weeks,3 months,3 months 1 day,4 months,1 year,2 months 14 days}'::interval[]) AS length;
-- A length in months and days is measured against three months from the same event (31 + 31 + 30 days here).
SELECT wmo.term_last_day('2022-07-16', '2 months 30 days') AS three_months, wmo.term_last_day('2022-07-15', '2 months 31 days') AS more;

-- The month rule: the same day of the month, or the end of a shorter month; never the end of a longer one.
SELECT event, length, wmo.term_last_day(event::date, length::interval, 'none') AS last_day
FROM (VALUES ('2016-02-29', '3 months'), ('2023-01-31', '1 month'), ('2024-01-31', '1 month'), ('2023-11-30', '3 months'),
  ('2024-02-29', '1 year'), ('2024-02-29', '-1 year'), ('2023-03-31', '-1 month'), ('2023-12-31', '2 months')) AS v (event, length);

-- Atw art. 2 from three days, Regulation 1182/71 art. 3(5) from two; a week needs nothing at Christmas 2019.
SELECT length, wmo.term_last_day('2022-04-14', length) AS atw, wmo.term_last_day('2022-04-14', length, 'eu_1182_71') AS eu
FROM unnest('{1 day,2 days,3 days,4 days,5 days,6 days,7 days}'::interval[]) AS length;
SELECT wmo.term_last_day('2019-12-20', '1 week');

-- Counting back moves nothing; zero is no term; before 1 April 1965 and 1 July 1971 there was no such law.
SELECT wmo.term_last_day('2024-04-11', '-10 days') AS back, wmo.term_last_day('2023-05-18', '0') AS zero,
  wmo.term_last_day('1965-03-07', '20 days') AS sat_27_march_1965, wmo.term_last_day('1965-03-14', '20 days') AS sat_3_april_1965,
  wmo.term_last_day('1971-06-06', '20 days', 'eu_1182_71') AS sat_26_june_1971,
  wmo.term_last_day('1971-06-13', '20 days', 'eu_1182_71') AS sat_3_july_1971;

-- The explanation, a trace a lawyer can follow.
SELECT * FROM wmo.explain_term('2018-12-21', '3 days');
SELECT * FROM wmo.explain_term('2017-03-16', '6 weeks');
SELECT * FROM wmo.explain_term('2021-11-20', '6 weeks');
SELECT * FROM wmo.explain_term('2016-03-24', '6 weeks');
SELECT * FROM wmo.explain_term('2016-02-29', '3 months');
SELECT * FROM wmo.explain_term('2023-04-06', '2 days', 'eu_1182_71');
SELECT * FROM wmo.explain_term('2020-10-12', '20 days', 'none');
SELECT * FROM wmo.explain_term('2023-01-18', '4 months');
SELECT * FROM wmo.explain_term('2024-04-11', '-10 days');
SELECT * FROM wmo.explain_term('2024-04-02', '-4 days');
SELECT * FROM wmo.explain_term('2029-04-20', '20 days');
SELECT * FROM wmo.explain_term('2006-03-19', '6 weeks');
SELECT * FROM wmo.explain_term('2023-05-18', '0 days');
SELECT * FROM wmo.explain_term('1965-03-07', '20 days');

-- Regimes: every edition, the law of the event's day.
SELECT regime, kind, valid, length, rule, latest_rule, posting_rule, warning IS NOT NULL AS warned FROM wmo.term_rule ORDER BY regime, valid;
SELECT event::date, wmo.last_day(wmo.objection_period('standstill', event::date)) - event::date AS days_to_last_day
FROM unnest('{2010-02-19,2013-03-31,2013-04-01}'::date[]) AS event;
SELECT wmo.objection_period('standstill', '2010-02-18');
SELECT wmo.objection_period('sas_standstill', '2016-06-30');
SELECT wmo.decision_last_day('awb_objection_decision', '2009-09-30');
SELECT wmo.objection_period('wmo_decision', '2020-01-01');
SELECT wmo.decision_last_day('standstill', '2020-01-01');
SELECT wmo.decision_last_day('bezwaar', '2020-01-01');
SELECT p AS procedure, wmo.default_regime(p) FROM unnest('{open,restricted,negotiated,sas,open_house,administrative,2b_service,unknown}'::text[]) AS p;

SELECT * FROM wmo.explain_decision('awb_objection_decision_committee', '2023-04-11');
SELECT * FROM wmo.explain_decision('wmo_investigation', '2023-03-01');

-- Users add regimes under names that no release takes; editions of one regime do not overlap.
BEGIN;
INSERT INTO wmo.term_rule_own (regime, kind, valid, length, rule, latest_rule, citation)
  VALUES ('own_complaint', 'remedy', '[2020-01-01,2024-01-01)', '10 days', 'none', 'eu_1182_71', 'klachtenregeling'),
    ('own_answer', 'decision', '(,)', '1 month', 'none', 'none', 'klachtenregeling');
SELECT wmo.objection_period('own_complaint', '2022-04-05') AS period, wmo.decision_last_day('own_answer', '2022-01-31') AS decide_by;
SELECT * FROM wmo.explain_objection_period(wmo.objection_period('own_complaint', '2022-04-05'));
SAVEPOINT a;
INSERT INTO wmo.term_rule_own (regime, kind, valid, length, rule, latest_rule, citation)
  VALUES ('own_complaint', 'remedy', '[2023-12-31,)', '12 days', 'none', 'none', 'nieuwe regeling');
ROLLBACK TO a;
INSERT INTO wmo.term_rule_own (regime, kind, valid, length, rule, latest_rule, citation)
  VALUES ('own_complaint', 'remedy', '[2024-01-01,)', '12 days', 'none', 'none', 'nieuwe regeling');
SELECT wmo.objection_period('own_complaint', '2023-12-31'), wmo.objection_period('own_complaint', '2024-01-01');
SELECT wmo.objection_period('own_complaint', '2019-12-31');
ROLLBACK;
SELECT wmo.objection_period('own_complaint', '2022-04-05');
INSERT INTO wmo.term_rule_own (regime, kind, valid, length, rule, latest_rule, citation)
  VALUES ('standstill', 'remedy', '(,)', '10 days', 'none', 'none', 'proef');
INSERT INTO wmo.term_rule_own (regime, kind, valid, length, rule, latest_rule, citation)
  VALUES ('own_Complaint', 'remedy', '(,)', '10 days', 'none', 'none', 'proef');
INSERT INTO wmo.term_rule_own (regime, kind, valid, length, rule, latest_rule, citation)
  VALUES ('own_complaint', 'remedy', '(,)', '10 hours', 'none', 'none', 'proef');
INSERT INTO wmo.term_rule_own (regime, kind, valid, length, rule, latest_rule, citation)
  VALUES ('own_complaint', 'remedy', '(,)', '1 month -3 days', 'none', 'none', 'proef');
INSERT INTO wmo.term_rule_own (regime, kind, valid, length, rule, latest_rule, citation)
  VALUES ('own_complaint', 'remedy', 'empty', '10 days', 'none', 'none', 'proef');

-- Who has no rights to the tables still gets the term; the tables stay closed.
SET ROLE pg_signal_backend;
SELECT wmo.term_last_day('2023-04-28', '20 days'), wmo.objection_period('standstill', '2023-04-28');
SELECT count(*) FROM wmo.term_rule;
INSERT INTO wmo.equated_day_own (day, decree) VALUES ('2029-05-11', 'besluit ter proef');
RESET ROLE;

-- Properties over every event day of 2008 to 2032: never before the raw end; under the Atw and within its limits never a
-- free day; monotone in the event day; the same by weeks and by days.
WITH term AS (
  SELECT event::date AS event, length, wmo.term_last_day(event::date, length) AS last,
    (event + length)::date AS raw
  FROM generate_series(timestamp '2008-01-01', '2032-12-31', '1 day') AS event,
    unnest('{1 day,3 days,20 days,6 weeks,90 days}'::interval[]) AS length
)
SELECT count(*) AS terms, count(*) FILTER (WHERE last < raw) AS before_raw, count(*) FILTER (WHERE NOT wmo.is_working_day(last)) AS free,
  count(*) FILTER (WHERE last < lag) AS not_monotone, count(*) FILTER (WHERE last > raw + 8) AS far
FROM (SELECT *, lag(last) OVER (PARTITION BY length ORDER BY event) FROM term) AS terms;

-- Nulls, and input that has no answer.
SELECT wmo.term_last_day(NULL, '20 days') IS NULL AS a, wmo.term_last_day('2020-01-01', NULL) IS NULL AS b,
  wmo.term_last_day('2020-01-01', '20 days', NULL) IS NULL AS c, wmo.decision_last_day('wmo_decision', NULL::date) IS NULL AS d,
  wmo.default_regime(NULL) IS NULL AS e;
SELECT wmo.term_last_day('infinity', '20 days');
SELECT wmo.term_last_day('-infinity', '20 days');
SELECT wmo.term_last_day('2020-01-01', '36 hours');
SELECT wmo.term_last_day('2020-01-01', '20 days 0.5 hours');
SELECT wmo.term_last_day('2020-01-01', '1 month -3 days');
SELECT wmo.term_last_day('2020-01-01', '20 days', 'ATW');
SELECT wmo.term_last_day('5874897-12-31', '1 day');
SELECT wmo.term_last_day('5874897-12-30', '1 day', 'none');
SELECT wmo.term_last_day('4714-11-24 BC', '-1 day');
SELECT wmo.term_last_day('4714-11-25 BC', '-1 day');
SELECT wmo.term_last_day('2020-01-01', '178000000 years');
SELECT wmo.term_last_day('2020-01-01', '2147483647 days');
SELECT wmo.term_last_day('0001-12-31 BC', '2 days') AS year_one;
SELECT count(*) FROM wmo.explain_term('2020-01-01', '2147483647 days');

-- The explanation and the plain function never disagree, and the trace never misses or doubles a day.
SELECT count(*) AS terms, count(*) FILTER (WHERE result <> last) AS other_result,
  count(*) FILTER (WHERE passed + extra <> last - raw) AS other_days
FROM (SELECT event::date AS event, length, rule, wmo.term_last_day(event::date, length, rule) AS last,
    wmo.term_last_day(event::date, length, 'none') AS raw
  FROM generate_series(timestamp '2014-01-01', '2029-12-31', '5 days') AS event,
    unnest('{1 day,2 days,3 days,20 days,42 days,91 days,1 month,-7 days}'::interval[]) AS length,
    unnest('{atw,eu_1182_71,none}'::text[]) AS rule) AS term,
  LATERAL (SELECT max(day) FILTER (WHERE applied = 'result') AS result,
    count(DISTINCT day) FILTER (WHERE explanation LIKE '%: not a last day.') AS passed,
    count(*) FILTER (WHERE applied IN ('Atw art. 2', '1182/71 art. 3(5)')) AS extra
  FROM wmo.explain_term(event, length, rule)) AS trace;

-- Years of which not all decrees are known here: 2013 and before, 2029 and after. Only what a decree could move is doubtful:
-- the last day itself, or the working days by which art. 2 is met (30 December to 2 January: only 2 January 2014 is sure).
SELECT event, length, wmo.term_last_day(event::date, length::interval) AS last_day, wmo.term_warning(event::date, length::interval) AS warning
FROM (VALUES ('2028-11-17', '42 days'), ('2028-12-01', '42 days'), ('2028-12-11', '20 days'), ('2029-04-20', '20 days'),
  ('2013-12-29', '3 days'), ('2013-12-30', '3 days'), ('2013-12-31', '3 days'), ('2013-12-29', '2 days'), ('2013-11-18', '42 days'),
  ('2029-01-05', '-4 days'), ('2029-01-05', '-2 days'), ('2029-02-01', '91 days'), ('1965-03-07', '20 days'), ('2010-04-24', '20 days')) AS v (event, length);
SELECT wmo.term_warning('2029-04-20', '20 days', 'eu_1182_71') IS NULL AS eu, wmo.term_warning('2029-04-20', '20 days', 'none') IS NULL AS none;
SELECT * FROM wmo.explain_term('2013-12-29', '3 days');
SELECT day, explanation FROM wmo.explain_term('2029-04-21', '20 days', 'none') WHERE applied = 'warning';
SELECT day, explanation FROM wmo.explain_term('2029-01-05', '-4 days') WHERE applied = 'warning';
-- a period: by its event, by a published end, and by a rule that no decree moves
SELECT p, wmo.calendar_warning(p) FROM unnest(ARRAY[wmo.objection_period('standstill', '2029-04-21'), wmo.objection_period('sas_standstill', '2029-04-21'),
  wmo.objection_period_until('standstill', '2029-05-11'), wmo.objection_period('standstill', '2028-05-12'), wmo.objection_period_until('forfeiture', '2028-05-12')]) p;
SELECT day, explanation FROM wmo.explain_objection_period(wmo.objection_period_until('standstill', '2029-05-11')) WHERE explanation LIKE '%decree%';
-- Friday 11 May 2029 ends six weeks from 30 March; a letter on the Monday would be late, were that Friday not to be equated
SELECT received, way, wmo.is_timely(wmo.objection_period('awb_objection', '2029-03-30'), received::date, NULL, way) AS is_timely
FROM (VALUES ('2029-05-11', 'delivered'), ('2029-05-14', 'delivered'), ('2029-05-21', 'delivered'), ('2029-05-21', 'post'), ('2029-05-28', 'post')) v (received, way);
SELECT applied, explanation FROM wmo.explain_timely(wmo.objection_period('awb_objection', '2029-03-30'), '2029-05-14', NULL, 'electronic');
BEGIN;
INSERT INTO wmo.calendar_decree_own (decree, known) VALUES ('besluit ter proef', '[2029-01-01,2032-01-01)');
SELECT wmo.term_warning('2029-04-20', '20 days') IS NULL AS none_once_the_decree_is_known,
  wmo.is_timely(wmo.objection_period('awb_objection', '2029-03-30'), '2029-05-14', NULL, 'delivered') AS late;
ROLLBACK;
