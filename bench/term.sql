-- The speed goals of the term law: medians of whole scans over one million rows, one core, JIT off.
--   createdb bench; psql -X -d bench -f bench/term.sql
\set QUIET 1
\pset footer off
SET client_min_messages = warning;
SET jit = off;
SET max_parallel_workers_per_gather = 0;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
DROP SCHEMA IF EXISTS wmo_bench CASCADE;
CREATE SCHEMA wmo_bench;
SET search_path = wmo_bench, pg_catalog;

CREATE UNLOGGED TABLE event AS
  SELECT date '2014-01-01' + (i * 2654435761 % 5400)::int AS day FROM generate_series(1::bigint, 1000000) AS i;
VACUUM ANALYZE event;

-- What many write by hand: a table of holidays and a loop.
CREATE TABLE holiday AS
  SELECT DISTINCT h.day FROM generate_series(2010, 2035) AS y, LATERAL wmo.public_holidays(y) AS h;
ALTER TABLE holiday ADD PRIMARY KEY (day);
ANALYZE holiday;
CREATE FUNCTION by_hand(event date, days integer) RETURNS date LANGUAGE plpgsql STABLE AS $$
DECLARE
  last date := event + days;
BEGIN
  WHILE extract(isodow FROM last) > 5 OR EXISTS (SELECT FROM holiday WHERE day = last) LOOP
    last := last + 1;
  END LOOP;
  RETURN last;
END $$;

CREATE FUNCTION median(query text, runs integer) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
  started timestamptz;
  times numeric[] := '{}';
BEGIN
  FOR run IN 0..runs LOOP
    started := clock_timestamp();
    EXECUTE query;
    IF run > 0 THEN -- the first warms up
      times := times || (1000 * extract(epoch FROM clock_timestamp() - started))::numeric;
    END IF;
  END LOOP;
  RETURN (SELECT round(percentile_cont(0.5) WITHIN GROUP (ORDER BY t)::numeric, 1) FROM unnest(times) AS t);
END $$;

CREATE TEMPORARY TABLE measured AS
  SELECT ord, name, median(query, runs) AS ms
  FROM (VALUES
    (1, 'scan alone', 'SELECT count(day) FROM event', 7),
    (2, 'day + interval ''20 days''', 'SELECT count(day + interval ''20 days'') FROM event', 7),
    (3, 'term_last_day(day, ''20 days'')', 'SELECT count(wmo.term_last_day(day, ''20 days'')) FROM event', 7),
    (4, 'term_last_day(day, ''3 months'')', 'SELECT count(wmo.term_last_day(day, ''3 months'')) FROM event', 7),
    (5, 'by hand in PL/pgSQL', 'SELECT count(by_hand(day, 20)) FROM event', 1),
    (6, 'daterange(day, day + 20)', 'SELECT count(daterange(day, day + 20)) FROM event', 7),
    (7, 'objection_period(''standstill'', day)', 'SELECT count(wmo.objection_period(''standstill'', day)) FROM event', 7),
    (8, 'objection_period(''forfeiture'', day, ''20 days'')',
      'SELECT count(wmo.objection_period(''forfeiture'', day, ''20 days'')) FROM event', 7)
  ) AS v (ord, name, query, runs);
SELECT name, ms AS "ms per million rows" FROM measured ORDER BY ord;
SELECT goal, round(found, 3) AS found, CASE WHEN found <= bound THEN 'met' ELSE 'MISSED' END AS verdict
FROM (VALUES
  ('term_last_day at most 1.5 times date + interval', 3, 2, 1.5),
  ('term_last_day at most 1/40 of PL/pgSQL by hand', 3, 5, 1.0 / 40),
  ('objection_period at most 3 times daterange', 7, 6, 3)
) AS v (goal, a, b, bound), LATERAL (
  SELECT (SELECT ms FROM measured WHERE ord = a) / (SELECT ms FROM measured WHERE ord = b) AS found
) AS ratio;

-- One call at a time on a warm connection: each in a statement and transaction of its own, reading the equated days anew.
CREATE PROCEDURE one_at_a_time(calls integer, INOUT microseconds numeric DEFAULT NULL) LANGUAGE plpgsql AS $$
DECLARE
  started timestamptz;
  spent interval := '0';
  last date;
BEGIN
  FOR i IN 1..calls LOOP
    COMMIT;
    started := clock_timestamp();
    EXECUTE format('SELECT wmo.term_last_day(%L, ''20 days'')', date '2014-01-01' + i) INTO last;
    spent := spent + (clock_timestamp() - started);
  END LOOP;
  microseconds := round((extract(epoch FROM spent) * 1000000 / calls)::numeric, 1);
END $$;
\echo 'single call with planning, microseconds (goal: below 100)'
CALL one_at_a_time(2000);
DROP SCHEMA wmo_bench CASCADE;
