-- contract_period: text, constructors, terms, the life of the options, refusals. Expectations are literal.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
SET datestyle = 'ISO, DMY';
SET intervalstyle = 'iso_8601';

-- Text in, canonical text out. Each row that differs from its expectation is shown; none should be.
CREATE TEMP TABLE literal (given text, canonical text);
INSERT INTO literal VALUES
  ('[2019-01-01,2023-01-01)', '[2019-01-01,2023-01-01)'),
  ('[2019-01-01,2022-12-31]', '[2019-01-01,2023-01-01)'),
  ('  [ 2019-01-01 , 2022-12-31 ] + p2y NOTICE p6m ', '[2019-01-01,2023-01-01)+P2Y notice P6M'),
  ('[2019-01-01,2023-01-01)+P2Y', '[2019-01-01,2023-01-01)+P2Y'),
  ('[2019-01-01,2023-01-01)+P24M+P1Y6M+P18M+P3W+P2W1D', '[2019-01-01,2023-01-01)+P2Y+P1Y6M+P1Y6M+P21D+P15D'),
  ('[2019-01-01,2023-01-01)+P2Y(Exercised)+P1Y( exercised  late )+P1Y (DECLINED)+P1M',
   '[2019-01-01,2023-01-01)+P2Y(exercised)+P1Y(exercised late)+P1Y(declined)+P1M'),
  ('[2019-01-01,2023-01-01)notice P0D', '[2019-01-01,2023-01-01) notice P0D'),
  ('[2019-01-01,2023-01-01)+P1Ynotice P0Y6M0D', '[2019-01-01,2023-01-01)+P1Y notice P6M'),
  ('[2019-01-01,2023-01-01)+p6m (Agreed)+P1Y(exercised)', '[2019-01-01,2023-01-01)+P6M(agreed)+P1Y(exercised)'),
  ('[2022-07-01,)', '[2022-07-01,)'),
  ('[2023-03-01,?)', '[2023-03-01,?)'),
  ('[2023-03-01,?)+P1Y notice P3M', '[2023-03-01,?)+P1Y notice P3M'),
  ('(?,2023-03-01)', '(?,2023-03-01)'),
  ('(?,2023-02-28]', '(?,2023-03-01)'),
  ('(?,)', '(?,)'),
  ('(?,?)', '(?,?)'),
  ('[2022-07-01,) terminated after 2024-05-31', '[2022-07-01,) terminated after 2024-05-31'),
  ('[2019-01-01,2023-01-01)+P2Y(exercised) notice P6M terminated after 2023-12-31',
   '[2019-01-01,2023-01-01)+P2Y(exercised) notice P6M terminated after 2023-12-31'),
  ('[2024-02-29,2024-02-29]', '[2024-02-29,2024-03-01)'),
  ('[0001-01-01,9999-12-31)', '[0001-01-01,9999-12-31)'),
  ('[2019-01-01,2023-01-01)+P65535D', '[2019-01-01,2023-01-01)+P65535D');
SELECT given, given::wmo.contract_period AS got, canonical FROM literal WHERE given::wmo.contract_period::text <> canonical;
SELECT given FROM literal WHERE canonical::wmo.contract_period::text <> canonical;
SELECT given FROM literal WHERE given::wmo.contract_period OPERATOR(public.<>) canonical::wmo.contract_period;

-- Constructors: "vier jaar vanaf 1 januari 2019, optie van twee jaar, melden zes maanden voor het einde".
SELECT wmo.contract_period('2019-01-01', '4 years', '{2 years}', '6 months');
SELECT wmo.contract_period('2019-01-01', '4 years');
SELECT wmo.contract_period('2020-01-31', '1 month', '{1 month,14 days}');
SELECT wmo.contract_period_until('2019-01-01', '2022-12-31', '{2 years,1 year}', '3 months');
SELECT wmo.contract_period_open('2022-07-01'), wmo.contract_period_unknown_end('2023-03-01');
SELECT wmo.contract_period_unknown_end('2023-03-01', '{1 year}', '2 months');
SELECT wmo.contract_period_unknown_start('2023-02-28', '{1 year}', '3 months');
SELECT wmo.contract_period(NULL, '1 year') IS NULL AND wmo.contract_period('2019-01-01', NULL) IS NULL
  AND wmo.contract_period('2019-01-01', '1 year', NULL) IS NULL AND wmo.contract_period_open(NULL) IS NULL AS null_stays_null;

-- Terms and days.
CREATE TEMP TABLE term (
  period wmo.contract_period, first_term daterange, current_term daterange, maximum_term daterange, certain_term daterange,
  first_day date, last_day date, end_kind text, notice_by date, terminated boolean
);
INSERT INTO term VALUES
  ('[2019-01-01,2023-01-01)', '[2019-01-01,2023-01-01)', '[2019-01-01,2023-01-01)', '[2019-01-01,2023-01-01)',
   '[2019-01-01,2023-01-01)', '2019-01-01', '2022-12-31', 'day', NULL, false),
  ('[2019-01-01,2023-01-01)+P2Y notice P6M', '[2019-01-01,2023-01-01)', '[2019-01-01,2023-01-01)', '[2019-01-01,2025-01-01)',
   '[2019-01-01,2023-01-01)', '2019-01-01', '2022-12-31', 'day', '2022-06-30', false),
  ('[2019-01-01,2023-01-01)+P2Y(exercised)+P1Y notice P6M', '[2019-01-01,2023-01-01)', '[2019-01-01,2025-01-01)',
   '[2019-01-01,2026-01-01)', '[2019-01-01,2025-01-01)', '2019-01-01', '2024-12-31', 'day', '2024-06-30', false),
  ('[2019-01-01,2023-01-01)+P2Y(exercised)+P1Y(declined)+P1Y notice P6M', '[2019-01-01,2023-01-01)', '[2019-01-01,2025-01-01)',
   '[2019-01-01,2025-01-01)', '[2019-01-01,2025-01-01)', '2019-01-01', '2024-12-31', 'day', NULL, false),
  ('[2019-01-01,2023-01-01)+P2Y notice P6M terminated after 2021-03-31', '[2019-01-01,2023-01-01)', '[2019-01-01,2021-04-01)',
   '[2019-01-01,2021-04-01)', '[2019-01-01,2021-04-01)', '2019-01-01', '2021-03-31', 'day', NULL, true),
  ('[2022-07-01,)', '[2022-07-01,)', '[2022-07-01,)', '[2022-07-01,)', '[2022-07-01,)', '2022-07-01', NULL, 'open', NULL, false),
  ('[2023-03-01,?)', '[2023-03-01,)', '[2023-03-01,)', '[2023-03-01,)', '[2023-03-01,2023-03-02)', '2023-03-01', NULL, 'unknown',
   NULL, false),
  ('[2023-03-01,?)+P1Y(exercised)+P1Y notice P3M', '[2023-03-01,)', '[2023-03-01,)', '[2023-03-01,)', '[2023-03-01,2024-03-02)',
   '2023-03-01', NULL, 'unknown', NULL, false),
  ('[2023-03-01,?) terminated after 2024-05-31', '[2023-03-01,)', '[2023-03-01,2024-06-01)', '[2023-03-01,2024-06-01)',
   '[2023-03-01,2024-06-01)', '2023-03-01', '2024-05-31', 'day', NULL, true),
  ('(?,2023-03-01)+P1Y notice P1M', '(,2023-03-01)', '(,2023-03-01)', '(,2024-03-01)', '[2023-02-28,2023-03-01)', NULL, '2023-02-28',
   'day', '2023-01-31', false),
  ('(?,2023-03-01)+P1Y(exercised)', '(,2023-03-01)', '(,2024-03-01)', '(,2024-03-01)', '[2023-02-28,2024-03-01)', NULL, '2024-02-29',
   'day', NULL, false),
  ('(?,2023-03-01)+P1Y(exercised) terminated after 2022-06-30', '(,2023-03-01)', '(,2022-07-01)', '(,2022-07-01)',
   '[2022-06-30,2022-07-01)', NULL, '2022-06-30', 'day', NULL, true),
  ('(?,)', '(,)', '(,)', '(,)', 'empty', NULL, NULL, 'open', NULL, false),
  ('(?,?)', '(,)', '(,)', '(,)', 'empty', NULL, NULL, 'unknown', NULL, false);
SELECT period FROM term
WHERE (wmo.first_term(period), wmo.current_term(period), wmo.maximum_term(period), wmo.certain_term(period), wmo.first_day(period),
       wmo.last_day(period), wmo.end_kind(period), wmo.notice_by(period), wmo.is_terminated(period), period::daterange,
       wmo.exclusive_end(period))
  IS DISTINCT FROM
      (first_term, current_term, maximum_term, certain_term, first_day, last_day, end_kind, notice_by, terminated, current_term,
       last_day + 1);

-- Months do not drift: options of whole months are counted from where the first of them begins, in one step.
SELECT term, state FROM wmo.options('[2022-01-31,2023-01-31)+P1M+P1M+P1M+P1M');
-- A month from the exclusive end 31 January 2024 ends on 29 February, whatever came before it: nothing, an extension that was
-- agreed, or days. Who adds it to the last day, 30 January, comes to the last day 29 February.
SELECT term, other_last_day FROM wmo.options('[2023-01-31,2024-01-31)+P1M');
SELECT term, other_last_day FROM wmo.options(wmo.extend_by_agreement('[2023-01-15,2024-01-15)+P1M', '2024-01-30'));
SELECT term, other_last_day FROM wmo.options('[2023-01-17,2024-01-17)+P14D+P1M');
-- the end of February, of April, of a year: the other day is far off or the same
SELECT p, term, other_last_day FROM unnest(ARRAY['[2022-03-01,2023-03-01)+P1Y', '[2023-05-01,2024-05-01)+P1M', '[2019-01-01,2023-01-01)+P2Y']::wmo.contract_period[]) p
CROSS JOIN LATERAL wmo.options(p);
-- The notice day: the exclusive end, minus the notice, minus a day. Contract days do not shift: 2016-03-28 was Easter Monday.
SELECT wmo.notice_by(p::wmo.contract_period) FROM (VALUES
  ('[2012-01-01,2016-04-29)+P1Y notice P1M'),
  ('[2020-01-01,2023-05-31)+P1Y notice P3M'),
  ('[2020-01-01,2024-05-31)+P1Y notice P3M'),
  ('[2020-01-01,2024-01-01)+P1Y notice P90D'),
  ('[2020-01-01,2024-01-01)+P1Y notice P0D')) AS v (p);

-- Exercising, declining, terminating.
SELECT wmo.exercise_option('[2019-01-01,2023-01-01)+P2Y+P1Y notice P6M', '2022-06-30');
SELECT wmo.exercise_option('[2019-01-01,2023-01-01)+P2Y+P1Y notice P6M', '2022-07-01');
SELECT wmo.exercise_option('[2019-01-01,2023-01-01)+P2Y+P1Y notice P6M', '2022-07-01', late => true);
SELECT wmo.exercise_option('[2019-01-01,2023-01-01)+P2Y+P1Y notice P6M', '2022-06-30', late => true) AS in_time_after_all;
SELECT wmo.exercise_option('[2019-01-01,2023-01-01)+P2Y+P1Y notice P6M') AS not_judged,
       wmo.exercise_option('[2019-01-01,2023-01-01)+P2Y+P1Y notice P6M', late => true) AS on_the_callers_word;
SELECT wmo.exercise_option('[2019-01-01,2023-01-01)+P2Y', '2022-12-31') AS last_day_without_notice;
SELECT wmo.exercise_option('[2019-01-01,2023-01-01)+P2Y', '2023-01-01') AS after_the_end;
SELECT wmo.exercise_option('[2023-03-01,?)+P1Y notice P3M', '2024-01-01') AS end_unknown;
SELECT wmo.exercise_option('[2019-01-01,2023-01-01)+P2Y(exercised)');
SELECT wmo.exercise_option('[2019-01-01,2023-01-01)');
SELECT wmo.exercise_option('[2019-01-01,2023-01-01)+P2Y(declined)+P1Y');
SELECT wmo.exercise_option('[2019-01-01,2023-01-01)+P2Y(declined)');
SELECT wmo.exercise_option('[2019-01-01,2023-01-01)+P2Y terminated after 2020-01-01');
SELECT wmo.exercise_option('[2019-01-01,2023-01-01)+P2Y', 'infinity');
SELECT wmo.has_late_extension('[2019-01-01,2023-01-01)+P2Y(exercised late)'), wmo.has_late_extension('[2019-01-01,2023-01-01)+P2Y');
SELECT wmo.extension_notice('[2019-01-01,2023-01-01) notice P1Y6M'), wmo.extension_notice('[2019-01-01,2023-01-01)') IS NULL AS none;
SELECT wmo.decline_option('[2019-01-01,2023-01-01)+P2Y(exercised)+P1Y+P1Y');
SELECT wmo.decline_option(wmo.decline_option('[2019-01-01,2023-01-01)+P2Y(exercised)+P1Y+P1Y'));
SELECT wmo.decline_option('[2019-01-01,2023-01-01)+P2Y(exercised)');
SELECT wmo.decline_option('[2019-01-01,2023-01-01)+P2Y terminated after 2020-01-01');
-- An extension outside the options keeps its mark and has no number; the options that are left follow the new end.
SELECT wmo.extend_by_agreement('[2019-01-01,2023-01-01)+P2Y(exercised)+P1Y notice P6M', '2025-06-30');
SELECT * FROM wmo.options('[2019-01-01,2023-01-01)+P2Y(exercised)+P181D(agreed)+P1Y notice P6M');
-- Agreed after the end it says so; of a day that is not known nothing is judged.
SELECT d, wmo.extend_by_agreement('[2019-01-01,2023-01-01)+P1Y notice P6M', '2023-06-30', d) FROM unnest('{2022-12-31,2023-01-01,NULL}'::date[]) d;
SELECT * FROM wmo.options('[2019-01-01,2023-01-01)+P181D( agreed  LATE )+P1Y notice P6M');
SELECT wmo.has_late_extension('[2019-01-01,2023-01-01)+P181D(agreed late)'), wmo.has_agreed_extension('[2019-01-01,2023-01-01)+P181D(agreed late)');
SELECT wmo.extend_by_agreement('[2019-01-01,2023-01-01)', '2023-06-30', 'infinity');
SELECT * FROM wmo.option_terms('[2019-01-01,2023-01-01)+P2Y(exercised)+P181D(agreed)+P1Y notice P6M', '2024-12-31');
SELECT wmo.last_day('[2019-01-01,2023-01-01)+P2Y(exercised)+P181D(agreed)+P1Y notice P6M'),
       wmo.has_agreed_extension('[2019-01-01,2023-01-01)+P181D(agreed)'), wmo.has_agreed_extension('[2019-01-01,2023-01-01)+P181D');
SELECT wmo.exercise_option('[2019-01-01,2023-01-01)+P2Y(exercised)+P181D(agreed)+P1Y notice P6M', '2025-01-01');
SELECT wmo.extend_by_agreement('[2019-01-01,2023-01-01)+P1Y(declined)', '2023-01-01');
SELECT wmo.extend_by_agreement('[2019-01-01,2023-01-01)+P1Y', '2022-12-31');
SELECT wmo.extend_by_agreement('[2019-01-01,2023-01-01)+P1Y terminated after 2020-01-01', '2023-12-31');
SELECT wmo.extend_by_agreement('[2019-01-01,)', '2023-12-31');
SELECT wmo.extend_by_agreement('[2019-01-01,?)', '2023-12-31');
SELECT wmo.extend_by_agreement('[2019-01-01,2023-01-01)', 'infinity');
SELECT wmo.extend_by_agreement('[2019-01-01,2023-01-01)', '9999-12-31');
SELECT wmo.extend_by_agreement('[2019-01-01,2023-01-01)', '2500-01-01');
SELECT wmo.terminate('[2019-01-01,2023-01-01)+P2Y(exercised)', '2023-06-30');
SELECT wmo.terminate('[2022-07-01,)', '2024-05-31'), wmo.terminate('[2023-03-01,?)', '2024-05-31'),
       wmo.terminate('(?,)', '2024-05-31');
SELECT wmo.terminate('[2022-07-01,) terminated after 2024-05-31', '2023-12-31') AS still_earlier;
SELECT wmo.terminate('[2022-07-01,) terminated after 2024-05-31', '2024-06-01');
SELECT wmo.terminate('[2019-01-01,2023-01-01)', '2022-12-30');
SELECT wmo.terminate('[2019-01-01,2023-01-01)', '2022-12-31');
SELECT wmo.terminate('[2019-01-01,2023-01-01)', '2018-12-31');
SELECT wmo.terminate('[2019-01-01,2023-01-01)', 'infinity');
SELECT wmo.terminate('[2022-07-01,)', '9999-12-31');

-- Options as they stand on a day.
CREATE TEMP TABLE standing (period wmo.contract_period, on_date date, states text);
INSERT INTO standing VALUES
  ('[2019-01-01,2023-01-01)+P2Y+P1Y notice P6M', '2022-06-30', 'open,open'),
  ('[2019-01-01,2023-01-01)+P2Y+P1Y notice P6M', '2022-07-01', 'lapsed,lapsed'),
  ('[2019-01-01,2023-01-01)+P2Y(exercised)+P1Y notice P6M', '2022-07-01', 'exercised,open'),
  ('[2019-01-01,2023-01-01)+P2Y(exercised)+P1Y notice P6M', '2024-07-01', 'exercised,lapsed'),
  ('[2019-01-01,2023-01-01)+P2Y(exercised late)+P1Y notice P6M', '2019-01-01', 'exercised,open'),
  ('[2019-01-01,2023-01-01)+P2Y(declined)+P1Y notice P6M', '2019-01-01', 'declined,lapsed'),
  ('[2019-01-01,2023-01-01)+P2Y+P1Y', '2022-12-31', 'open,open'),
  ('[2019-01-01,2023-01-01)+P2Y+P1Y', '2023-01-01', 'unknown,unknown'),
  ('[2019-01-01,2023-01-01)+P2Y(exercised)+P1Y', '2023-01-01', 'exercised,open'),
  ('[2019-01-01,2023-01-01)+P2Y(exercised)+P1Y terminated after 2020-12-31', '2019-01-01', 'exercised,lapsed'),
  ('[2023-03-01,?)+P1Y notice P3M', '2023-03-01', 'unknown'),
  ('[2023-03-01,?)+P1Y(exercised)+P1Y(declined)+P1Y', '2023-03-01', 'exercised,declined,lapsed'),
  ('(?,2023-03-01)+P1Y notice P3M', '2022-11-30', 'open'),
  ('(?,2023-03-01)+P1Y notice P3M', '2022-12-01', 'lapsed'),
  ('[2019-01-01,2023-01-01)', '2022-12-31', NULL);
SELECT period, on_date, states, got
FROM standing, LATERAL (SELECT string_agg(state, ',' ORDER BY option_no) AS got FROM wmo.option_terms(period, on_date)) AS s
WHERE got IS DISTINCT FROM states;
SELECT * FROM wmo.options('[2019-01-01,2023-01-01)+P2Y(exercised late)+P1Y(declined)+P1Y notice P6M');
SELECT * FROM wmo.options('[2023-03-01,?)+P1Y notice P6M');
SELECT count(*) FROM wmo.options('[2022-07-01,)');

-- Status and containment: what an unknown bound decides cannot be told.
CREATE TEMP TABLE status (period wmo.contract_period, on_date date, status text, contained boolean);
INSERT INTO status VALUES
  ('[2019-01-01,2023-01-01)+P2Y(exercised)+P1Y notice P6M', '2018-12-31', 'not_started', false),
  ('[2019-01-01,2023-01-01)+P2Y(exercised)+P1Y notice P6M', '2019-01-01', 'first_term', true),
  ('[2019-01-01,2023-01-01)+P2Y(exercised)+P1Y notice P6M', '2022-12-31', 'first_term', true),
  ('[2019-01-01,2023-01-01)+P2Y(exercised)+P1Y notice P6M', '2023-01-01', 'extended', true),
  ('[2019-01-01,2023-01-01)+P2Y(exercised)+P1Y notice P6M', '2024-12-31', 'extended', true),
  ('[2019-01-01,2023-01-01)+P2Y(exercised)+P1Y notice P6M', '2025-01-01', 'unknown', false),
  ('[2019-01-01,2023-01-01)+P2Y(exercised)+P1Y', '2025-01-01', 'unknown', false),
  ('[2019-01-01,2023-01-01)+P2Y(exercised)+P1Y', '2025-12-31', 'unknown', false),
  ('[2019-01-01,2023-01-01)+P2Y(exercised)+P1Y', '2026-01-01', 'ended', false),
  ('[2019-01-01,2023-01-01)+P2Y(exercised)+P1Y(declined)', '2025-01-01', 'ended', false),
  ('[2019-01-01,2023-01-01)+P2Y terminated after 2020-06-30', '2020-06-30', 'first_term', true),
  ('[2019-01-01,2023-01-01)+P2Y terminated after 2020-06-30', '2020-07-01', 'terminated', false),
  ('[2019-01-01,2023-01-01)+P2Y terminated after 2020-06-30', '2024-07-01', 'terminated', false),
  ('[2022-07-01,)', '2022-06-30', 'not_started', false),
  ('[2022-07-01,)', '2999-01-01', 'first_term', true),
  ('[2022-07-01,)', 'infinity', 'first_term', true),
  ('[2022-07-01,)', '-infinity', 'not_started', false),
  ('[2023-03-01,?)', '2023-02-28', 'not_started', false),
  ('[2023-03-01,?)', '2023-03-01', 'first_term', true),
  ('[2023-03-01,?)', '2024-01-01', 'unknown', NULL),
  ('[2023-03-01,?)+P1Y(exercised)', '2024-03-01', 'unknown', true),
  ('[2023-03-01,?)+P1Y(exercised)', '2024-03-02', 'unknown', NULL),
  ('[2023-03-01,?) terminated after 2024-05-31', '2024-05-31', 'first_term', true),
  ('[2023-03-01,?) terminated after 2024-05-31', '2024-06-01', 'terminated', false),
  ('(?,2023-03-01)', '2023-03-01', 'ended', false),
  ('(?,2023-03-01)', '2023-02-28', 'first_term', true),
  ('(?,2023-03-01)', '2023-02-27', 'unknown', NULL),
  ('(?,2023-03-01)', '-infinity', 'unknown', NULL),
  ('(?,2023-03-01)+P1Y(exercised)', '2023-03-01', 'extended', true),
  ('(?,)', '2023-03-01', 'unknown', NULL),
  ('(?,?)', '2023-03-01', 'unknown', NULL),
  ('(?,?) terminated after 2023-03-01', '2023-03-01', 'first_term', true),
  ('(?,?) terminated after 2023-03-01', '2023-03-02', 'terminated', false);
SELECT period, on_date, status, wmo.contract_status(period, on_date) AS got, contained, wmo.contains(period, on_date) AS got
FROM status
WHERE wmo.contract_status(period, on_date) IS DISTINCT FROM status OR wmo.contains(period, on_date) IS DISTINCT FROM contained
  OR wmo.contained_by(on_date, period) IS DISTINCT FROM contained OR (period OPERATOR(public.@>) on_date) IS DISTINCT FROM contained
  OR (on_date OPERATOR(public.<@) period) IS DISTINCT FROM contained;

CREATE TEMP TABLE overlap (period wmo.contract_period, days daterange, meets boolean);
INSERT INTO overlap VALUES
  ('[2019-01-01,2023-01-01)', '[2022-12-31,2024-01-01)', true),
  ('[2019-01-01,2023-01-01)', '[2023-01-01,2024-01-01)', false),
  ('[2019-01-01,2023-01-01)', '(,2019-01-01)', false),
  ('[2019-01-01,2023-01-01)', '(,)', true),
  ('[2019-01-01,2023-01-01)', 'empty', false),
  ('[2022-07-01,)', '[2999-01-01,)', true),
  ('[2022-07-01,)', '[2999-01-01,infinity)', true),
  ('[2023-03-01,?)', '[2023-03-01,2023-03-02)', true),
  ('[2023-03-01,?)', '[2023-03-02,)', NULL),
  ('[2023-03-01,?)', '(,2023-03-01)', false),
  ('(?,2023-03-01)', '[2023-03-01,)', false),
  ('(?,2023-03-01)', '(,2023-02-28)', NULL),
  ('(?,2023-03-01)', '(,2023-02-28]', true),
  ('(?,?)', '(,)', NULL),
  ('(?,?)', 'empty', false);
SELECT period, days, meets FROM overlap
WHERE wmo.overlaps(period, days) IS DISTINCT FROM meets OR wmo.overlaps(days, period) IS DISTINCT FROM meets
  OR (period OPERATOR(public.&&) days) IS DISTINCT FROM meets OR (days OPERATOR(public.&&) period) IS DISTINCT FROM meets;
SELECT a OPERATOR(public.&&) b AS both_ways, (b OPERATOR(public.&&) a) IS NOT DISTINCT FROM (a OPERATOR(public.&&) b) AS symmetric
FROM (VALUES ('[2019-01-01,2023-01-01)'::wmo.contract_period, '[2022-12-31,?)'::wmo.contract_period),
             ('[2019-01-01,2023-01-01)', '[2023-01-01,?)'), ('[2019-01-01,2023-01-01)', '(?,2019-01-03)'),
             ('[2019-01-01,?)', '[2019-01-02,)')) AS v (a, b);

-- Refusals of the text form: message, detail and hint of one, then the rest by SQLSTATE and detail.
SELECT '[2019-01-01;2023-01-01)'::wmo.contract_period;
CREATE FUNCTION pg_temp.refusal(given text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  detail text;
BEGIN
  RETURN 'accepted as ' || given::wmo.contract_period;
EXCEPTION WHEN others THEN
  GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
  RETURN SQLSTATE || ' ' || detail;
END
$$;
\pset format unaligned
SELECT given, pg_temp.refusal(given) FROM (VALUES
  (''), ('['), ('2019-01-01'), ('[,2023-01-01)'), ('(2019-01-01,2023-01-01)'), ('[2019-01-01'), ('[2019-01-01,2023-01-01'),
  ('[2019-01-01,]'), ('[2019-01-01,?]'), ('[2019-1-1,2023-01-01)'), ('[20190101,2023-01-01)'), ('[2019-02-29,2023-01-01)'),
  ('[2019-01-01,2023-13-01)'), ('[0000-01-01,2023-01-01)'), ('[12019-01-01,2023-01-01)'), ('[2019-01-011,2023-01-01)'),
  ('[2019-01-01,2019-01-01)'), ('[2019-01-01,2018-12-31]'), ('[2019-01-01,9999-12-31]'), ('[9999-12-31,)'), ('(?,0001-01-01)'),
  ('[2019-01-01,2023-01-01)+'), ('[2019-01-01,2023-01-01)+2Y'), ('[2019-01-01,2023-01-01)+P'), ('[2019-01-01,2023-01-01)+P2'),
  ('[2019-01-01,2023-01-01)+P1M1Y'), ('[2019-01-01,2023-01-01)+P1Y1Y'), ('[2019-01-01,2023-01-01)+P1Y1'), ('[2019-01-01,2023-01-01)+PT5H'),
  ('[2019-01-01,2023-01-01)+P1DT5H'), ('[2019-01-01,2023-01-01)+P1.5Y'), ('[2019-01-01,2023-01-01)+P-1Y'), ('[2019-01-01,2023-01-01)+P0D'),
  ('[2019-01-01,2023-01-01)+P65536M'), ('[2019-01-01,2023-01-01)+P9999Y'), ('[2019-01-01,2023-01-01)+P99999999999999999999D'),
  ('[2019-01-01,2023-01-01)+P5461Y+P5000Y'), ('[2019-01-01,2023-01-01)+P2Y(maybe)'), ('[2019-01-01,2023-01-01)+P2Y(exercisedlate)'),
  ('[2019-01-01,2023-01-01)+P2Y(exercised'), ('[2019-01-01,2023-01-01)+P2Y+P1Y(agreed)'), ('[2019-01-01,2023-01-01)+P2Y+P1Y(exercised)'),
  ('[2019-01-01,2023-01-01)+P2Y(declined)+P1Y(exercised)'), ('[2019-01-01,)+P1Y'), ('[2019-01-01,2023-01-01) notice'),
  ('[2019-01-01,2023-01-01) notice P6M notice P6M'), ('[2019-01-01,2023-01-01) notice P3000Y'), ('[2019-01-01,2023-01-01) notice P6M +P1Y'),
  ('[2019-01-01,2023-01-01) terminated'), ('[2019-01-01,2023-01-01) terminated on 2020-01-01'),
  ('[2019-01-01,2023-01-01) terminated after 2018-12-31'), ('[2019-01-01,2023-01-01) terminated after 2022-12-31'),
  ('[2019-01-01,2023-01-01)+P1Y(exercised) terminated after 2023-12-31'), ('[2019-01-01,) terminated after 9999-12-31'),
  ('[2019-01-01,2023-01-01) and so on')) AS v (given);
SELECT pg_temp.refusal('[2019-01-01,2023-01-01)' || repeat('+P1D', 100)) = 'accepted as [2019-01-01,2023-01-01)' || repeat('+P1D', 100);
SELECT pg_temp.refusal('[2019-01-01,2023-01-01)' || repeat('+P1D', 101));
\pset format aligned

-- Refusals of the constructors.
SELECT wmo.contract_period('2019-01-01', '4 years 3 hours');
SELECT wmo.contract_period('2019-01-01', '-1 year');
SELECT wmo.contract_period('2019-01-01', '0 days');
SELECT wmo.contract_period('2019-01-01', '1 year', '{1 year,0 days}');
SELECT wmo.contract_period('2019-01-01', '1 year', '{1 year,1 hour}');
SELECT wmo.contract_period('2019-01-01', '1 year', '{1 year,NULL}');
SELECT wmo.contract_period('2019-01-01', '1 year', '{1 year}', '1 mon -1 day');
SELECT wmo.contract_period('2019-01-01', '70000 months');
SELECT wmo.contract_period('2019-01-01', '1 year', array_fill('1 day'::interval, '{101}'));
SELECT wmo.contract_period('infinity', '1 year');
SELECT wmo.contract_period('0044-03-15 BC', '1 year');
SELECT wmo.contract_period_until('2019-01-01', '9999-12-31');
SELECT wmo.contract_period_until('2019-01-01', 'infinity');
SELECT wmo.contract_period_until('2019-01-01', '5874897-12-31');
SELECT wmo.contract_period_until('2019-01-01', '2018-12-31');
SELECT wmo.contract_period_until('2019-01-01', '2019-01-01') AS a_single_day;
