-- How fast is code <@ 'GM0014' on many coded rows?
--   bench/run area_code          or          createdb bench; psql -X -d bench -v rows=14000000 -f bench/area_code.sql
--
-- Coded rows (neighbourhoods of 345 municipalities, 20 districts each, 10 neighbourhoods each) in random order, and the
-- same rows as text beside them. Medians of seven runs, one core. The goal: every question about a municipality is an
-- index-only scan of one range of the index, however many rows there are; a plan that is anything else is an error.
-- Takes 14 million rows unless told otherwise; makes a schema and drops it.
\if :{?rows} \else \set rows 14000000 \endif
\set ON_ERROR_STOP 1
\set QUIET 1
\pset footer off
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
DROP SCHEMA IF EXISTS bench_area_code CASCADE;
CREATE SCHEMA bench_area_code;
SET search_path = bench_area_code, wmo, wmo_works, public;
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET maintenance_work_mem = '1GB';
SELECT setseed(0.5) \g /dev/null

\echo :rows coded rows
CREATE UNLOGGED TABLE texts AS
  SELECT 'BU' || lpad((14 + 3 * floor(random() * 345))::text, 4, '0') || lpad(floor(random() * 20)::text, 2, '0')
           || lpad(floor(random() * 10)::text, 2, '0') AS code
  FROM generate_series(1, :rows);
CREATE TABLE made (what text, seconds numeric, bytes bigint);
CREATE PROCEDURE make(what text, statement text, relation text) LANGUAGE plpgsql AS $$
DECLARE
  started timestamptz := clock_timestamp();
BEGIN
  EXECUTE statement;
  INSERT INTO made VALUES (what, extract(epoch FROM clock_timestamp() - started), pg_relation_size(relation));
END
$$;
CALL make('read from text', 'CREATE UNLOGGED TABLE coded AS SELECT code::area_code FROM texts', 'coded');
CALL make('index on area_code', 'CREATE INDEX coded_code ON coded (code)', 'coded_code');
CALL make('index on text, fit for prefixes', 'CREATE INDEX texts_code ON texts (code text_pattern_ops)', 'texts_code');
VACUUM ANALYZE coded;
VACUUM ANALYZE texts;
SELECT what, round(seconds, 1) AS seconds, pg_size_pretty(bytes) AS size FROM made;

CREATE TABLE measured (ord integer, question text, rows bigint, ms float8, scan text, removed bigint, blocks bigint);
-- The median of seven runs after one, and from a plan of its own what was scanned and how much of it for nothing.
CREATE PROCEDURE measure(ord integer, question text, query text, only_index boolean) LANGUAGE plpgsql AS $$
DECLARE
  explained json;
  plan json;
  started timestamptz;
  found bigint;
  removed bigint;
  times float8[] := '{}';
BEGIN
  FOR run IN 0 .. 7 LOOP
    started := clock_timestamp();
    EXECUTE query INTO found;
    IF run > 0 THEN -- the first warms up
      times := times || extract(epoch FROM clock_timestamp() - started) * 1000;
    END IF;
  END LOOP;
  EXECUTE 'EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT json) ' || query INTO explained;
  plan := explained -> 0 -> 'Plan' -> 'Plans' -> 0;
  -- a filter or a recheck, or rows read only to be thrown away, would mean that the range is not exact
  removed := coalesce((plan ->> 'Rows Removed by Filter')::bigint, 0);
  IF only_index AND (plan ->> 'Index Cond' IS NULL OR
      (plan ->> 'Node Type', removed, (plan ->> 'Actual Rows')::bigint, (plan ->> 'Heap Fetches')::bigint)
        IS DISTINCT FROM ('Index Only Scan', 0::bigint, found, 0::bigint)) THEN
    RAISE EXCEPTION '% is not answered by one range of the index', question USING DETAIL = explained::text;
  END IF;
  INSERT INTO measured
    SELECT measure.ord, measure.question, found, percentile_cont(0.5) WITHIN GROUP (ORDER BY t), plan ->> 'Node Type',
           removed, (plan ->> 'Shared Hit Blocks')::bigint + (plan ->> 'Shared Read Blocks')::bigint
    FROM unnest(times) AS t;
END
$$;
CALL measure(1, 'code <@ ''GM0014''', 'SELECT count(*) FROM coded WHERE code <@ ''GM0014''', true);
CALL measure(2, 'code <@ ''WK001407''', 'SELECT count(*) FROM coded WHERE code <@ ''WK001407''', true);
CALL measure(3, 'code = ''BU00140705''', 'SELECT count(*) FROM coded WHERE code = ''BU00140705''', true);
CALL measure(4, 'text LIKE ''BU0014%''', 'SELECT count(*) FROM texts WHERE code LIKE ''BU0014%''', false);
SET enable_indexonlyscan = off;
SET enable_indexscan = off;
SET enable_bitmapscan = off;
CALL measure(5, 'code <@ ''GM0014'', without its index', 'SELECT count(*) FROM coded WHERE code <@ ''GM0014''', false);
RESET enable_indexonlyscan;
RESET enable_indexscan;
RESET enable_bitmapscan;
SELECT question, rows, round(ms::numeric, 2) AS ms, scan, removed, blocks FROM measured ORDER BY ord;
EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) SELECT count(*) FROM coded WHERE code <@ 'GM0014';

\echo every municipality, by a join: one range of the index for each
CREATE TABLE municipalities AS SELECT DISTINCT municipality(code) AS code FROM coded;
ANALYZE municipalities;
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF)
  SELECT municipalities.code, count(*) FROM municipalities JOIN coded ON coded.code <@ municipalities.code GROUP BY 1;
DROP SCHEMA bench_area_code CASCADE;
