-- Two parallel workers, the leader only gathering, against one process without any, over :places points of a contestant
-- (:query, by the name :what), and of the bare scan (:bare, :bare_what), which tells what two workers are worth on this
-- machine. A run in which not all workers came is an error, not a result.
\set ON_ERROR_STOP 1
DROP TABLE IF EXISTS sample.place;
CREATE UNLOGGED TABLE sample.place (n integer, geom geometry) WITH (parallel_workers = 2);
-- again and again the whole table: a point next to itself would find its areas in the processor's cache
CREATE OR REPLACE PROCEDURE bench.repeat_places(wanted bigint) LANGUAGE plpgsql AS $$
DECLARE
  have bigint := 0;
  more bigint;
BEGIN
  WHILE have < wanted LOOP
    INSERT INTO sample.place SELECT n, geom FROM bench.place LIMIT wanted - have;
    GET DIAGNOSTICS more = ROW_COUNT;
    have := have + more;
  END LOOP;
END
$$;
CALL bench.repeat_places(:places);
VACUUM ANALYZE sample.place;

CREATE OR REPLACE PROCEDURE bench.clock_workers(what text, query text, rows bigint) LANGUAGE plpgsql AS $$
DECLARE
  plan json;
BEGIN
  SET parallel_leader_participation = off;
  SET max_parallel_workers_per_gather = 2;
  EXECUTE format('EXPLAIN (ANALYZE, TIMING OFF, FORMAT json) SELECT count(provider) FROM (%s) contestant', query)
    INTO plan;
  IF plan::text !~ '"Workers Launched": 2,' THEN
    RAISE EXCEPTION 'the scan does not run on two parallel workers' USING DETAIL = plan::text;
  END IF;
  FOR run IN 1 .. 5 LOOP
    SET max_parallel_workers_per_gather = 0;
    INSERT INTO bench.took VALUES (what || '_one_process', run, rows, bench.seconds(query));
    COMMIT;
    SET max_parallel_workers_per_gather = 2;
    INSERT INTO bench.took VALUES (what || '_two_workers', run, rows, bench.seconds(query));
    COMMIT;
  END LOOP;
END
$$;
CALL bench.clock_workers(:'what', :'query', :places);
CALL bench.clock_workers(:'bare_what', :'bare', :places);
DROP TABLE sample.place;
