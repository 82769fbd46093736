-- The speed goals of pictures and reports, in processor seconds of the session, with the server's own settings: a municipality
-- of 100 areas, 40 providers and 300 contracts, and a map of 342 municipalities, real ones where their boundaries are at hand
-- ($WMO_GEO/gemeenten_jaren.gpkg and gdal-bin), else made up with as many points.
--   createdb bench; psql -X -d bench -f bench/seen.sql          as a superuser, on Linux: it reads /proc
\set QUIET 1
\set ON_ERROR_STOP 1
\pset footer off
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
CREATE SCHEMA wmo_bench;

CREATE FUNCTION wmo_bench.processor_seconds() RETURNS float8 LANGUAGE sql VOLATILE AS $$
  SELECT split_part(pg_read_file(format('/proc/%s/schedstat', pg_backend_pid())), ' ', 1)::float8 / 1e9
$$;
CREATE TABLE wmo_bench.took (n integer GENERATED ALWAYS AS IDENTITY, name text, seconds float8, bytes integer, goal float8);
CREATE PROCEDURE wmo_bench.clock(name text, goal float8, query text) LANGUAGE plpgsql AS $$
DECLARE
  started float8;
  size integer;
BEGIN
  FOR run IN 0 .. 3 LOOP
    started := wmo_bench.processor_seconds();
    EXECUTE format('SELECT octet_length((%s))', query) INTO size;
    IF run > 0 THEN -- the first warms up
      INSERT INTO wmo_bench.took (name, seconds, bytes, goal) VALUES (name, wmo_bench.processor_seconds() - started, size, goal);
    END IF;
  END LOOP;
END
$$;

-- ---- a municipality of a hundred areas ----------------------------------------------------------------------------------
-- squares whose borders wave, a hundred points a side; each contract has one to three areas and one of four services
CREATE FUNCTION wmo_bench.tile(x integer, y integer, side float8, points integer, west float8, south float8) RETURNS geometry LANGUAGE sql IMMUTABLE AS $$
  SELECT ST_Multi(ST_SetSRID(ST_MakePolygon(ST_AddPoint(line, ST_StartPoint(line))), 28992)) FROM (
    SELECT ST_MakeLine(ST_MakePoint(west + side * (px + 0.08 * sin(7 * py) + 0.003 * sin(97 * py)), south + side * (py + 0.08 * sin(7 * px) + 0.003 * sin(89 * px))) ORDER BY edge, i) AS line
    FROM generate_series(0, 3) edge, generate_series(0, points - 1) i, LATERAL (SELECT i / points::float8 AS t) part,
      LATERAL (SELECT round((x + CASE edge WHEN 0 THEN t WHEN 1 THEN 1 WHEN 2 THEN 1 - t ELSE 0 END)::numeric, 6)::float8 AS px, round((y + CASE edge WHEN 0 THEN 0 WHEN 1 THEN t WHEN 2 THEN 1 ELSE 1 - t END)::numeric, 6)::float8 AS py) corner) ring
$$;
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Grote Stad', 'municipality');
INSERT INTO wmo.party (id, name, kind) SELECT 100 + n, 'Zorgaanbieder nummer ' || n, 'provider' FROM generate_series(1, 40) n;
INSERT INTO wmo.area (id, name, kind, geom, geom_basis) SELECT n, 'Wijk ' || n, 'district', wmo_bench.tile(n % 10, n / 10, 900, 100, 120000, 440000), 'official' FROM generate_series(0, 99) n;
INSERT INTO wmo.area (id, code, name, kind) VALUES (1000, 'GM9999', 'Grote Stad', 'municipality');
INSERT INTO wmo.area_part (whole_id, part_id) SELECT 1000, n FROM generate_series(0, 99) n;
INSERT INTO wmo.award (id, supplier_id, decided, standstill) SELECT n, 101 + n % 40, '[2024-05-01,2024-05-02)', wmo.objection_period('sas_standstill', '2024-05-20') FROM generate_series(1, 6) n;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id)
  SELECT n, 'C' || n, 1, 101 + n % 40, format('[2023-01-01,%s-%s-01)+P1Y notice P6M', 2024 + n % 3, lpad((1 + n % 12)::text, 2, '0'))::wmo.contract_period, CASE WHEN n <= 6 THEN n END FROM generate_series(1, 300) n;
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice)
  SELECT DISTINCT n, (ARRAY[10, 21, 70, 40])[1 + n % 4], (n * 37 + k * 11) % 100, '[18,)'::int4range, 'client_choice' FROM generate_series(1, 300) n, generate_series(0, n % 3) k;
VACUUM ANALYZE;
CALL wmo_bench.clock('map, 100 areas', NULL, $$SELECT wmo.coverage_svg('hulp_bij_het_huishouden', '2024-06-01', 'GM9999', as_of => '2024-06-01')$$);
CALL wmo_bench.clock('timeline, 300 contracts', NULL, $$SELECT wmo.timeline_svg('2024-06-01', 'Grote Stad')$$);
CALL wmo_bench.clock('handovers of a year', NULL, $$SELECT wmo.handover_svg('2024-01-01', '2024-12-31', as_of => '2024-06-01')$$);
CALL wmo_bench.clock('report, 100 areas, 40 providers, 300 contracts', 5, $$SELECT wmo.report_html('2024-06-01', 'Grote Stad', 'nl')$$);

-- ---- a country ------------------------------------------------------------------------------------------------------------
CREATE TABLE wmo_bench.boundary (wkt text, code text, name text);
\getenv geo WMO_GEO
\if :{?geo}
\else
  \set geo none
\endif
\setenv WMO_BENCH_GEO :geo
\copy wmo_bench.boundary FROM PROGRAM 'f="$WMO_BENCH_GEO/gemeenten_jaren.gpkg"; [ ! -f "$f" ] || ! command -v ogr2ogr >/dev/null || ogr2ogr -f CSV /vsistdout/ "$f" gemeente_2024_simpl -nlt MULTIPOLYGON -lco GEOMETRY=AS_WKT -select code,naam 2>/dev/null' CSV HEADER
INSERT INTO wmo.area (id, name, kind, geom, geom_basis)
  SELECT 2000 + row_number() OVER (ORDER BY code), name, 'municipality', ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_GeomFromText(wkt, 28992)), 3)), 'official' FROM wmo_bench.boundary;
INSERT INTO wmo.area (id, name, kind, geom, geom_basis)
  SELECT 2000 + n, 'Gemeente ' || n, 'municipality', wmo_bench.tile(n % 18, n / 18, 14000, 30, 20000, 320000), 'official' FROM generate_series(1, 342) n
  WHERE NOT EXISTS (SELECT FROM wmo_bench.boundary);
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) SELECT a.id, 'N' || a.id, 1, 101 + a.id % 40, '[2024-01-01,)' FROM wmo.area a WHERE a.id > 2000;
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice) SELECT a.id, 150, a.id, '[18,)', 'client_choice' FROM wmo.area a WHERE a.id > 2000;
VACUUM ANALYZE;
SELECT format('map of %s municipalities, %s points', count(*), sum(ST_NPoints(geom))) AS country FROM wmo.area WHERE id > 2000 \gset
CALL wmo_bench.clock(:'country', 5, $$SELECT wmo.coverage_svg('beschermd_wonen', '2024-06-01', as_of => '2024-06-01')$$);

SELECT t.name, round((percentile_cont(0.5) WITHIN GROUP (ORDER BY t.seconds))::numeric, 2) AS "seconds of a processor", max(t.goal) AS goal, max(t.bytes) / 1000 AS kilobytes
FROM wmo_bench.took t GROUP BY t.name ORDER BY min(t.n);
DROP SCHEMA wmo_bench CASCADE;
