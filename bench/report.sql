-- The speed goals of reports, maps and releases, in processor seconds of the session, with the server's own settings (JIT
-- as it is by default): a registry of 20,000 contracts in 345 municipalities, and a tender of fifty awards.
--   createdb bench; psql -X -d bench -f bench/report.sql        as a superuser, on Linux: it reads /proc
\set QUIET 1
\set ON_ERROR_STOP 1
\pset footer off
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
CREATE SCHEMA wmo_bench;
SET jit = on;

CREATE FUNCTION wmo_bench.processor_seconds() RETURNS float8 LANGUAGE sql VOLATILE AS $$
  SELECT split_part(pg_read_file(format('/proc/%s/schedstat', pg_backend_pid())), ' ', 1)::float8 / 1e9
$$;
CREATE TABLE wmo_bench.took (name text, seconds float8);
CREATE PROCEDURE wmo_bench.clock(name text, query text) LANGUAGE plpgsql AS $$
DECLARE
  started float8;
BEGIN
  FOR run IN 0 .. 5 LOOP
    started := wmo_bench.processor_seconds();
    EXECUTE format('COPY (%s) TO ''/dev/null''', query); -- as a client reads it, every value as text
    IF run > 0 THEN -- the first warms up
      INSERT INTO wmo_bench.took VALUES (name, wmo_bench.processor_seconds() - started);
    END IF;
  END LOOP;
END
$$;

-- ---- the registry -----------------------------------------------------------------------------------------------------
INSERT INTO wmo.party (id, name, kind)
  SELECT m, 'Gemeente ' || m, 'municipality' FROM generate_series(1, 345) m
  UNION ALL SELECT 1000 + p, 'Aanbieder ' || p, 'provider' FROM generate_series(1, 500) p;
INSERT INTO wmo.area (id, name, kind, geom, geom_basis)
  SELECT m, 'Gemeente ' || m, 'municipality',
         ST_Multi(ST_Segmentize(ST_MakeEnvelope(x, y, x + 9000, y + 9000, 28992), 100)), 'official'
  FROM generate_series(1, 345) m, LATERAL (SELECT 20000 + 10000 * (m % 23) AS x, 320000 + 10000 * (m / 23) AS y) corner;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period)
  SELECT n, 'C' || n, 1 + n % 345, 1001 + n % 500, '[2024-01-01,2028-01-01)+P2Y notice P6M' FROM generate_series(1, 20000) n;
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice)
  SELECT n, (ARRAY[10, 20, 70, 40])[1 + n % 4], 1 + n % 345, '[18,)', 'client_choice' FROM generate_series(1, 20000) n;
INSERT INTO wmo.tender (id, title, procedure) VALUES (1, 'Begeleiding', 'sas');
INSERT INTO wmo.tender_buyer (tender_id, buyer_id) VALUES (1, 1);
INSERT INTO wmo.lot (id, tender_id, name) SELECT n, 1, 'Perceel ' || n FROM generate_series(1, 50) n;
INSERT INTO wmo.award (id, tender_id, lot_id, supplier_id, decided, standstill)
  SELECT n, 1, n, 1000 + n, '[2023-06-01,2023-06-02)', wmo.objection_period('sas_standstill', '2023-06-01')
  FROM generate_series(1, 50) n;
UPDATE wmo.contract SET award_id = id, signed_on = '2023-09-01' WHERE id <= 50;
CREATE TABLE wmo_bench.coverage AS TABLE wmo_bi.coverage;
CREATE TABLE wmo_bench.definition AS TABLE wmo.coverage;
VACUUM ANALYZE;

-- ---- what is asked ----------------------------------------------------------------------------------------------------
CALL wmo_bench.clock('plain table of the rows of coverage', 'SELECT * FROM wmo_bench.coverage');
CALL wmo_bench.clock('wmo_bi.coverage', 'SELECT * FROM wmo_bi.coverage');
CALL wmo_bench.clock('wmo_bi.coverage_history', 'SELECT * FROM wmo_bi.coverage_history');
CALL wmo_bench.clock('plain table of the rows of the definition', 'SELECT * FROM wmo_bench.definition');
CALL wmo_bench.clock('wmo.coverage', 'SELECT * FROM wmo.coverage');
CALL wmo_bench.clock('tile of a municipality',
  $$SELECT wmo_bi.coverage_tile(10, 527, 337, 'hulp_bij_het_huishouden', '2024-06-01')$$);
CALL wmo_bench.clock('ocds_release of fifty awards', $$SELECT wmo.ocds_release(1, '2024-06-01')$$);

SELECT t.name, round((1000 * percentile_cont(0.5) WITHIN GROUP (ORDER BY t.seconds))::numeric, 1) AS "ms of a processor"
FROM wmo_bench.took t GROUP BY t.name ORDER BY t.name;
WITH found AS (
  SELECT t.name, percentile_cont(0.5) WITHIN GROUP (ORDER BY t.seconds) AS seconds FROM wmo_bench.took t GROUP BY t.name
)
SELECT goal, round(g.found::numeric, 3) AS found, CASE WHEN g.found <= g.bound THEN 'met' ELSE 'MISSED' END AS verdict
FROM (VALUES
  ('wmo_bi.coverage at most twice a plain table of its rows',
   (SELECT f.seconds FROM found f WHERE f.name = 'wmo_bi.coverage')
   / (SELECT f.seconds FROM found f WHERE f.name = 'plain table of the rows of coverage'), 2.0),
  ('wmo.coverage at most one and a half times a plain table of its rows',
   (SELECT f.seconds FROM found f WHERE f.name = 'wmo.coverage')
   / (SELECT f.seconds FROM found f WHERE f.name = 'plain table of the rows of the definition'), 1.5),
  ('a tile of a municipality, seconds', (SELECT f.seconds FROM found f WHERE f.name LIKE 'tile%'), 0.05),
  ('ocds_release of fifty awards, seconds', (SELECT f.seconds FROM found f WHERE f.name LIKE 'ocds%'), 0.1)
) g (goal, found, bound);
DROP SCHEMA wmo_bench CASCADE;
