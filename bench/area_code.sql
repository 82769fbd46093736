-- How fast is code <@ 'GM0014' on many coded rows?      psql -v rows=2000000 -f bench/area_code.sql
--
-- Coded rows: neighbourhoods of 345 municipalities, 20 districts each, 10 neighbourhoods each, in random order. The same
-- rows as text, for comparison. Makes a schema and drops it.
\if :{?rows} \else \set rows 2000000 \endif
\set QUIET on
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
CREATE SCHEMA bench_area_code;
SET search_path = bench_area_code, wmo, public;
SET max_parallel_workers_per_gather = 0;
\echo making :rows rows
CREATE UNLOGGED TABLE texts AS
SELECT 'BU' || lpad((14 + 3 * (random() * 344)::int)::text, 4, '0') || lpad((random() * 19)::int::text, 2, '0')
  || lpad((random() * 9)::int::text, 2, '0') AS code
FROM generate_series(1, :rows);
\timing on
\echo reading them from text
CREATE UNLOGGED TABLE coded AS SELECT code::area_code FROM texts;
\echo index on area_code
CREATE INDEX coded_code ON coded (code);
\echo index on text, fit for prefixes
CREATE INDEX texts_code ON texts (code text_pattern_ops);
\timing off
VACUUM ANALYZE coded;
VACUUM ANALYZE texts;
SELECT relname, pg_size_pretty(pg_relation_size(oid)) AS size FROM pg_class
WHERE relnamespace = 'bench_area_code'::regnamespace ORDER BY relname;
\echo a municipality
EXPLAIN (ANALYZE, BUFFERS) SELECT count(*) FROM coded WHERE code <@ 'GM0014';
EXPLAIN (ANALYZE, BUFFERS) SELECT count(*) FROM coded WHERE code <@ 'GM0014';
\echo a district
EXPLAIN (ANALYZE, BUFFERS) SELECT count(*) FROM coded WHERE code <@ 'WK001407';
\echo the municipality without its index
SET enable_indexonlyscan = off;
SET enable_indexscan = off;
SET enable_bitmapscan = off;
EXPLAIN (ANALYZE, BUFFERS) SELECT count(*) FROM coded WHERE code <@ 'GM0014';
RESET enable_indexonlyscan;
RESET enable_indexscan;
RESET enable_bitmapscan;
\echo the municipality by text prefix
EXPLAIN (ANALYZE, BUFFERS) SELECT count(*) FROM texts WHERE code LIKE 'BU0014%';
\echo every municipality, by a join
CREATE TABLE municipalities AS SELECT DISTINCT municipality(code) AS code FROM coded;
ANALYZE municipalities;
EXPLAIN (ANALYZE) SELECT municipalities.code, count(*) FROM municipalities JOIN coded ON coded.code <@ municipalities.code GROUP BY 1;
DROP SCHEMA bench_area_code CASCADE;
