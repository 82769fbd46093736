-- How fast contract_period is beside core's daterange. Run in a scratch database with the extension, when the machine is quiet:
--   createdb bench; psql -d bench -c 'CREATE EXTENSION wmo_contracts CASCADE' -f bench/contract_period.sql
-- Each line is the least of seven alternating runs over a million rows, and its ratio to the range's. Aims: contains within 1.2 of
-- the range, current_term @> within 2.5, the index scans within 1.2, at most 48 bytes for a contract with two options.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET work_mem = '256MB';

SELECT setseed(0.1) \gset ignored_
CREATE TEMP TABLE drawn AS
SELECT n, date '1950-01-01' + (random() * 36500)::integer AS start, 1 + (random() * 180)::integer AS run
FROM generate_series(1, 1000000) AS n;
CREATE TEMP TABLE as_range AS SELECT n, daterange(start, start + run) AS period FROM drawn;
CREATE TEMP TABLE as_period AS
SELECT n, wmo.contract_period_until(start, start + run - 1, '{1 year,1 year}', '3 months') AS period FROM drawn;
CREATE INDEX as_range_idx ON as_range USING gist (period);
CREATE INDEX as_period_idx ON as_period USING gist (wmo.current_term(period));
CREATE TEMP TABLE probe AS SELECT date '1951-01-01' + n * 350 AS day FROM generate_series(1, 100) AS n;
ANALYZE as_range;
ANALYZE as_period;
ANALYZE probe;

CREATE TEMP TABLE bench (ord serial, what text, base text, settings text, query text);
INSERT INTO bench (what, base, settings, query) VALUES
  ('daterange @> date', NULL, 'scan', $$SELECT count(*) FROM as_range WHERE period @> date '2000-06-01'$$),
  ('contract_period @> date', 'daterange @> date', 'scan', $$SELECT count(*) FROM as_period WHERE period OPERATOR(public.@>) date '2000-06-01'$$),
  ('current_term(contract_period) @> date', 'daterange @> date', 'scan',
   $$SELECT count(*) FROM as_period WHERE wmo.current_term(period) @> date '2000-06-01'$$),
  ('daterange && daterange', NULL, 'scan', $$SELECT count(*) FROM as_range WHERE period && daterange '[2000-06-01,2000-07-01)'$$),
  ('contract_period && daterange', 'daterange && daterange', 'scan',
   $$SELECT count(*) FROM as_period WHERE period OPERATOR(public.&&) daterange '[2000-06-01,2000-07-01)'$$),
  ('index scan, daterange, 100 days', NULL, 'index',
   $$SELECT sum(c) FROM probe, LATERAL (SELECT count(*) AS c FROM as_range WHERE period @> day) AS s$$),
  ('index scan, current_term, 100 days', 'index scan, daterange, 100 days', 'index',
   $$SELECT sum(c) FROM probe, LATERAL (SELECT count(*) AS c FROM as_period WHERE wmo.current_term(period) @> day) AS s$$),
  ('bitmap scan, daterange, 100 days', NULL, 'bitmap',
   $$SELECT sum(c) FROM probe, LATERAL (SELECT count(*) AS c FROM as_range WHERE period @> day) AS s$$),
  ('bitmap scan, current_term, 100 days', 'bitmap scan, daterange, 100 days', 'bitmap',
   $$SELECT sum(c) FROM probe, LATERAL (SELECT count(*) AS c FROM as_period WHERE wmo.current_term(period) @> day) AS s$$),
  ('text out, daterange', NULL, 'scan', $$SELECT count(length(period::text)) FROM as_range$$),
  ('text out, contract_period', 'text out, daterange', 'scan', $$SELECT count(length(period::text)) FROM as_period$$),
  ('sort, daterange', NULL, 'scan', $$SELECT count(*) FROM (SELECT FROM as_range ORDER BY period OFFSET 0) AS s$$),
  ('sort, contract_period', 'sort, daterange', 'scan', $$SELECT count(*) FROM (SELECT FROM as_period ORDER BY period OFFSET 0) AS s$$);

CREATE TEMP TABLE measured (what text, ms numeric, answer numeric);
DO $$
DECLARE
  b record;
  began timestamptz;
  answer numeric;
BEGIN
  FOR run IN 1 .. 7 LOOP
    FOR b IN SELECT * FROM bench ORDER BY ord LOOP
      PERFORM set_config('enable_seqscan', CASE b.settings WHEN 'scan' THEN 'on' ELSE 'off' END, true),
              set_config('enable_indexscan', CASE b.settings WHEN 'index' THEN 'on' ELSE 'off' END, true),
              set_config('enable_indexonlyscan', 'off', true),
              set_config('enable_bitmapscan', CASE b.settings WHEN 'bitmap' THEN 'on' ELSE 'off' END, true);
      began := clock_timestamp();
      EXECUTE b.query INTO answer;
      INSERT INTO measured VALUES (b.what, extract(epoch FROM clock_timestamp() - began) * 1000, answer);
    END LOOP;
  END LOOP;
END
$$;
SELECT b.what, round(m.ms, 1) AS ms, round(m.ms / r.ms, 2) AS ratio, m.answer
FROM bench AS b
  JOIN (SELECT what, min(ms) AS ms, min(answer) AS answer FROM measured GROUP BY what) AS m USING (what)
  LEFT JOIN (SELECT what, min(ms) AS ms FROM measured GROUP BY what) AS r ON r.what = b.base
ORDER BY ord;
SELECT pg_column_size(period) AS bytes_with_two_options FROM as_period LIMIT 1;
