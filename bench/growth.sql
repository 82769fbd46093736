-- What a lookup on a map costs while the registry grows: keeps a map of each size with points that all have a provider
-- there, as many for a small map as for a large one, and times the sizes in turn.
\set ON_ERROR_STOP 1
CREATE TABLE bench.size (areas integer);

CREATE PROCEDURE bench.keep_map(areas integer, points integer) LANGUAGE plpgsql AS $$
DECLARE
  inside bigint;
BEGIN
  CALL bench.grow(areas);
  TRUNCATE bench.map;
  INSERT INTO bench.map SELECT wmo.compile_coverage();
  EXECUTE format('CREATE TABLE bench.map_%s AS TABLE bench.map', areas);
  CREATE TEMPORARY TABLE inside AS
    SELECT p.geom FROM bench.place p
    WHERE wmo.provider_on((SELECT map FROM bench.map), p.geom, 'hulp_bij_het_huishouden', '2024-06-01', 40) IS NOT NULL;
  GET DIAGNOSTICS inside = ROW_COUNT;
  PERFORM setseed(0.5);
  EXECUTE format('CREATE UNLOGGED TABLE bench.place_%s AS
                    SELECT row_number() OVER ()::int AS n, geom
                    FROM (SELECT geom FROM inside, generate_series(1, %s) ORDER BY random() LIMIT %s) drawn',
                 areas, points / inside + 1, points);
  DROP TABLE inside;
  INSERT INTO bench.size VALUES (areas);
END
$$;

CREATE PROCEDURE bench.clock_growth(query text, points integer) LANGUAGE plpgsql AS $$
DECLARE
  areas integer;
  took float8;
BEGIN
  FOR run IN 0 .. 5 LOOP
    FOR areas IN SELECT s.areas FROM bench.size s ORDER BY s.areas LOOP
      took := bench.seconds(replace(replace(query, 'bench.map', 'bench.map_' || areas),
                                    'FROM place', 'FROM bench.place_' || areas));
      IF run > 0 THEN -- the first warms up
        INSERT INTO bench.took VALUES ('provider_on_' || areas, run, points, took);
      END IF;
      COMMIT;
    END LOOP;
  END LOOP;
END
$$;
