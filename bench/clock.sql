-- The clock of bench/run. A contestant is a query of n and provider over the unqualified table place, which here is a
-- sample of as many points as it can answer in about the seconds it is given: what it takes is told per point.
\set ON_ERROR_STOP 1
CREATE SCHEMA bench;
CREATE SCHEMA sample;
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = sample, bench, public', current_database()); END $$;

CREATE TABLE bench.took (what text, run integer, things float8, amount float8);
COMMENT ON TABLE bench.took IS 'Each run: what it did, to how many things, and how many seconds, or bytes, that took.';
CREATE VIEW bench.median AS
  SELECT what, percentile_cont(0.5) WITHIN GROUP (ORDER BY amount / things) AS each
  FROM bench.took GROUP BY what;
CREATE TABLE bench.answer (n integer, provider integer);
COMMENT ON TABLE bench.answer IS 'What the join by hand answers for the first points, as many as are checked.';
CREATE TABLE bench.checked (points integer);

CREATE PROCEDURE bench.take_sample(source text, size bigint) LANGUAGE plpgsql AS $$
BEGIN
  DROP TABLE IF EXISTS sample.place;
  EXECUTE format('CREATE UNLOGGED TABLE sample.place AS SELECT n, geom FROM %s WHERE n <= %s ORDER BY n', source, size);
  ANALYZE sample.place;
END
$$;

-- Seconds that one run takes: count(provider), so that every provider must be found and none is printed.
CREATE FUNCTION bench.seconds(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
  started timestamptz := clock_timestamp();
BEGIN
  EXECUTE format('SELECT count(provider) FROM (%s) contestant', query);
  RETURN extract(epoch FROM clock_timestamp() - started);
END
$$;

-- Refuses a contestant whose answers for the first size points are not those of the join by hand.
CREATE PROCEDURE bench.hold_to_answer(what text, query text, size bigint) LANGUAGE plpgsql AS $$
DECLARE
  odd record;
BEGIN
  CALL bench.take_sample('bench.place', size);
  EXECUTE format($q$
    WITH theirs AS (SELECT DISTINCT n, provider FROM (%s) contestant WHERE provider IS NOT NULL),
         ours AS (SELECT DISTINCT n, provider FROM bench.answer WHERE n <= %s)
    SELECT count(*) AS points, min(n) AS n
    FROM ((TABLE theirs EXCEPT TABLE ours) UNION (TABLE ours EXCEPT TABLE theirs)) different
  $q$, query, size) INTO odd;
  IF odd.points > 0 THEN
    RAISE EXCEPTION '"%" disagrees with the join by hand', what
      USING DETAIL = format('%s answers of the first %s points differ, first at %s.', odd.points, size,
                            (SELECT ST_AsText(geom) FROM sample.place WHERE n = odd.n));
  END IF;
END
$$;

-- Times a contestant: finds out for how many points a run lasts wanted seconds, once it is warm, and times five runs.
CREATE PROCEDURE bench.clock(what text, query text, wanted float8,
                             source text DEFAULT 'bench.place', compared boolean DEFAULT true)
LANGUAGE plpgsql AS $$
DECLARE
  everything bigint;
  size bigint;
  had bigint;
  checked bigint;
  took float8;
  before float8 := 0; -- seconds a point of the run before
BEGIN
  EXECUTE format('SELECT max(n), least(100, max(n)) FROM %s', source) INTO everything, size;
  FOR attempt IN 1 .. 30 LOOP
    IF size IS DISTINCT FROM had THEN
      CALL bench.take_sample(source, size);
      COMMIT;
      had := size;
    END IF;
    took := bench.seconds(query);
    COMMIT;
    -- long enough, and no faster or slower than the last time: this is its speed
    EXIT WHEN (size = everything OR took >= wanted / 2) AND took / size BETWEEN before / 2 AND before * 2;
    before := took / size;
    size := least(everything, 10 * size, greatest(100, wanted / before));
  END LOOP;
  FOR run IN 1 .. 5 LOOP
    INSERT INTO bench.took VALUES (what, run, size, bench.seconds(query));
    COMMIT;
  END LOOP;
  IF compared THEN
    checked := (SELECT least(size, points) FROM bench.checked);
    CALL bench.hold_to_answer(what, query, checked);
  END IF;
END
$$;

-- What the join by hand answers for the first size points.
CREATE PROCEDURE bench.settle_answer(query text, size integer) LANGUAGE plpgsql AS $$
BEGIN
  CALL bench.take_sample('bench.place', size);
  EXECUTE format('INSERT INTO bench.answer SELECT n, provider FROM (%s) contestant', query);
  INSERT INTO bench.checked VALUES (size);
  IF (SELECT count(*) NOT BETWEEN size / 2 AND size - 1 FROM bench.answer) THEN
    RAISE EXCEPTION 'the join by hand answers % of % points', (SELECT count(*) FROM bench.answer), size
      USING DETAIL = 'Most points should have a provider, and some should have none.';
  END IF;
END
$$;

-- To be called in a session that keeps no map: it would hand out that one.
CREATE PROCEDURE bench.clock_compile() LANGUAGE plpgsql AS $$
DECLARE
  started timestamptz;
  size integer;
BEGIN
  FOR run IN 1 .. 5 LOOP
    started := clock_timestamp();
    size := pg_column_size(wmo.compile_coverage());
    INSERT INTO bench.took VALUES ('compile', run, 1, extract(epoch FROM clock_timestamp() - started)),
                                  ('map_bytes', run, 1, size);
    COMMIT;
  END LOOP;
  INSERT INTO bench.took SELECT 'coordinate_bytes', 1, 1, 16 * sum(ST_NPoints(geom)) FROM wmo.area;
  INSERT INTO bench.took
    SELECT 'map_area_bytes', 1, 1, d.value::float8
    FROM bench.map m, wmo.describe(m.map) d WHERE d.item = 'bytes of areas';
END
$$;
