-- Gaps against a brute-force raster: random areas and contracts, asked cell by cell, day by day and age by age of the
-- function that weighs a question, which knows nothing of ranges and overlays.
\getenv here PG_ABS_SRCDIR
\set field :here '/sql/include/field.sql'
\set entered :here '/sql/include/entered.sql'
\set throws :here '/sql/include/throws.sql'
SET client_min_messages = warning;
SET datestyle = 'ISO';
SET jit = off;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;

BEGIN;
SELECT setseed(0.42) IS NOT NULL AS seeded;

\i :entered
\set oracle :here '/sql/include/oracle.sql'
\i :oracle
\i :field
\i :throws
CREATE TEMP TABLE said (throw integer, asked text, weighed text, answered text, given bigint);
DO $$
BEGIN
  FOR throw IN 1 .. pg_temp.throws(24) LOOP
    PERFORM pg_temp.throw();
    INSERT INTO said
    WITH gap AS MATERIALIZED (
      SELECT service.code, g.* FROM unnest(ARRAY['dagbegeleiding', 'sociale_activering', 'arbeidsmatige_activering']) service (code)
      CROSS JOIN LATERAL wmo.coverage_gaps_in(service.code, '[2017-07-01,2024-01-01)', ARRAY[1], '2020-06-01', '[0,)') g
    ), wide AS MATERIALIZED (
      SELECT g.* FROM wmo.coverage_gaps_in('dagbesteding', '[2017-07-01,2024-01-01)', ARRAY[1], '2020-06-01', '[0,)') g
    ), question AS MATERIALIZED (
      SELECT public.ST_SetSRID(public.ST_MakePoint(50 + 100 * pg_temp.dice(10), 50 + 100 * pg_temp.dice(10)), 28992) AS place,
             '2017-07-01'::date + pg_temp.dice(2300) AS day, (ARRAY[0, 17, 18, 22, 23, 60, 74, 75, 90])[1 + pg_temp.dice(9)] AS age,
             (ARRAY['dagbegeleiding', 'sociale_activering', 'arbeidsmatige_activering'])[1 + pg_temp.dice(3)] AS service
      FROM generate_series(1, 150)
    )
    SELECT throw, format('%s %s %s %s', q.service, public.ST_AsText(q.place), q.day, q.age),
           coalesce(pg_temp.weighed(q.place, q.service, q.day, q.age, '2020-06-01'), 'gap'), coalesce(found.kind, 'served'), found.given
    FROM question q
    CROSS JOIN LATERAL (
      SELECT min(g.kind) AS kind, count(*) + 100 * (
          SELECT (count(*) <> count(g.kind)) ::int + (count(*) FILTER (WHERE w.kind IS DISTINCT FROM min(g.kind)) > 0)::int
          FROM wide w WHERE public.ST_Covers(w.geom, q.place) AND w.ages @> q.age AND w.days @> q.day AND w.service IN ('dagbesteding', q.service)) AS given
      FROM gap g WHERE g.code = q.service AND public.ST_Covers(g.geom, q.place) AND g.ages @> q.age AND g.days @> q.day
    ) found;
  END LOOP;
END
$$;
SELECT weighed, count(*) > CASE WHEN pg_temp.throws(2) = 2 THEN 5 ELSE 0 END AS enough, count(*) FILTER (WHERE answered <> weighed) AS otherwise, count(*) FILTER (WHERE given > 1) AS told_twice
FROM said GROUP BY weighed ORDER BY weighed COLLATE "C";
SELECT * FROM said WHERE answered <> weighed OR given > 1 ORDER BY throw, asked LIMIT 10;
ROLLBACK;
