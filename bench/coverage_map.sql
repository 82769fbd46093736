-- How fast does a coverage map answer?      createdb bench; psql -X -d bench -v cells=60 -v points=100000 -f bench/coverage_map.sql
--
-- A made-up tiling of cells x cells areas with wiggly borders, one contract each, and points all over it. The peer is the
-- PostGIS join that people write by hand: areas and contracts indexed and analysed, with service, day and age. Takes an empty
-- database; one core, JIT off, the median of five whole scans; ratios within this run are what counts.
\if :{?cells} \else \set cells 60 \endif
\if :{?points} \else \set points 100000 \endif
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
SET jit = off;
SET max_parallel_workers_per_gather = 0;

INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Buyer', 'municipality'), (2, 'Provider', 'provider');
-- a wave along every border, the same from both sides
CREATE FUNCTION pg_temp.corner(x float8, y float8) RETURNS geometry LANGUAGE sql IMMUTABLE AS $$
  SELECT ST_SetSRID(ST_MakePoint(100000 + 1000 * x + 60 * sin(6.3 * y), 400000 + 1000 * y + 60 * sin(6.3 * x + 1)), 28992)
$$;
INSERT INTO wmo.area (id, name, kind, geom, geom_basis)
SELECT i * :cells + j + 1, format('cell %s %s', i, j), 'other',
       ST_Multi(ST_MakePolygon(ST_MakeLine(ARRAY(
         SELECT pg_temp.corner(i + CASE side WHEN 0 THEN t / 60.0 WHEN 1 THEN 1 WHEN 2 THEN 1 - t / 60.0 ELSE 0 END,
                               j + CASE side WHEN 0 THEN 0 WHEN 1 THEN t / 60.0 WHEN 2 THEN 1 ELSE 1 - t / 60.0 END)
         FROM generate_series(0, 3) side, generate_series(0, 59) t ORDER BY side, t) || pg_temp.corner(i, j)))), 'official'
FROM generate_series(0, :cells - 1) i, generate_series(0, :cells - 1) j;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) SELECT a.id, 'N' || a.id, 1, 2, '[2020-01-01,2030-01-01)' FROM wmo.area a;
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice) SELECT a.id, 10, a.id, '[18,)', 'shared' FROM wmo.area a;
CREATE TABLE bench_point AS
  SELECT ST_SetSRID(ST_MakePoint(100100 + random() * (:cells - 0.2) * 1000, 400100 + random() * (:cells - 0.2) * 1000), 28992) AS place
  FROM generate_series(1, :points);
-- the join by hand, without anything of ours but the tables
CREATE TABLE bench_scope AS
  SELECT s.area_id, s.service_id, s.ages, wmo.current_term(c.period) AS term, c.supplier_id
  FROM wmo.contract_scope s JOIN wmo.contract c ON c.id = s.contract_id;
CREATE INDEX ON bench_scope (area_id, service_id);
CREATE TABLE bench_map AS SELECT wmo.compile_coverage() AS map;
VACUUM ANALYZE;

CREATE TEMPORARY TABLE took (what text, run int, ms float8);
CREATE FUNCTION pg_temp.clock(name text, query text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  started timestamptz;
  found bigint;
BEGIN
  FOR run IN 1..5 LOOP
    started := clock_timestamp();
    EXECUTE query INTO found;
    INSERT INTO took VALUES (name, run, 1000 * extract(epoch FROM clock_timestamp() - started));
  END LOOP;
END
$$;
SELECT pg_temp.clock('seq scan with ST_X', 'SELECT count(ST_X(place)) FROM bench_point'),
       pg_temp.clock('provider_on, map', $$SELECT count(wmo.provider_on(map, place, 'hulp_bij_het_huishouden', '2024-06-01', 40)) FROM bench_point, bench_map$$),
       pg_temp.clock('PostGIS join', $$SELECT count(s.supplier_id) FROM bench_point p JOIN wmo.area a ON ST_Covers(a.geom, p.place)
                                      JOIN bench_scope s ON s.area_id = a.id AND s.service_id = 10 AND s.ages @> 40 AND s.term @> date '2024-06-01'$$),
       pg_temp.clock('provider_at, live, on a hundredth', $$SELECT count(wmo.provider_at(place, 'hulp_bij_het_huishouden', '2024-06-01', 40))
                                      FROM (SELECT place FROM bench_point LIMIT (SELECT count(*) / 100 FROM bench_point)) p$$) \g /dev/null

SELECT what, round(median::numeric, 1) AS median_ms,
       round((1000 * median / CASE WHEN what LIKE '%hundredth' THEN :points / 100 ELSE :points END)::numeric, 3) AS us_a_point
FROM (SELECT what, percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS median FROM took GROUP BY what) t ORDER BY median_ms;
SELECT count(*) AS areas, sum(ST_NPoints(geom)) AS vertices FROM wmo.area;
