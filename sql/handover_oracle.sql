-- What changes hands and what a fall would leave, against a brute-force raster: random areas and contracts, asked cell by
-- cell, day by day and age by age of the function that weighs a question.
\getenv here PG_ABS_SRCDIR
\set field :here '/sql/include/field.sql'
\set entered :here '/sql/include/entered.sql'
\set throws :here '/sql/include/throws.sql'
SET client_min_messages = warning;
SET datestyle = 'ISO';
SET jit = off;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;

BEGIN;
SELECT setseed(0.17) IS NOT NULL AS seeded;
\i :entered
\set oracle :here '/sql/include/oracle.sql'
\i :oracle
\i :field
\i :throws
CREATE TEMP TABLE said (throw integer, subject text, asked text, weighed text, answered text);
DO $$
BEGIN
  FOR throw IN 1 .. pg_temp.throws(9) LOOP
    PERFORM pg_temp.throw();
    -- places that nothing without a shape can serve: a row for those has no ground to find them by
    DELETE FROM wmo.contract_scope s WHERE s.area_id IS NULL OR s.area_id IN (10, 11);
    INSERT INTO said
    WITH handover AS MATERIALIZED (
      SELECT h.* FROM wmo.handovers('2017-07-01', '2024-01-01', 'dagbesteding', '2020-06-01') h
    ), day AS MATERIALIZED (
      -- days on which something may change
      SELECT d.day
      FROM (SELECT lower(k.days) AS day FROM wmo.contract c CROSS JOIN LATERAL (VALUES (wmo.first_term(c.period)), (wmo.maximum_term(c.period))) k (days)
            UNION SELECT upper(k.days) FROM wmo.contract c CROSS JOIN LATERAL (VALUES (wmo.first_term(c.period)), (wmo.maximum_term(c.period))) k (days)
            UNION SELECT edge FROM wmo.contract_scope s CROSS JOIN LATERAL unnest(ARRAY[lower(s.valid), upper(s.valid)]) edge
            UNION SELECT edge FROM wmo.client_stop s CROSS JOIN LATERAL unnest(ARRAY[lower(s.during), upper(s.during)]) edge
            UNION SELECT edge FROM wmo.contract_change c CROSS JOIN LATERAL unnest(ARRAY[c.effective_on, c.until + 1]) edge
            UNION SELECT '2021-01-01') d
      WHERE d.day BETWEEN '2017-07-01' AND '2023-12-01' ORDER BY md5(throw || d.day::text) LIMIT 25
    ), question AS MATERIALIZED (
      SELECT public.ST_SetSRID(public.ST_MakePoint(50 + 100 * pg_temp.dice(10), 50 + 100 * pg_temp.dice(10)), 28992) AS place,
             d.day, (ARRAY[0, 17, 18, 22, 23, 60, 74, 75, 90])[1 + pg_temp.dice(9)] AS age,
             (ARRAY['dagbegeleiding', 'sociale_activering', 'arbeidsmatige_activering'])[1 + pg_temp.dice(3)] AS service
      FROM day d CROSS JOIN generate_series(1, 6)
    ), weighed AS MATERIALIZED (
      SELECT q.*, pg_temp.who(q.place, q.service, q.day - 1, q.age, '2020-06-01') AS old_who,
             pg_temp.who(q.place, q.service, q.day, q.age, '2020-06-01') AS new_who,
             pg_temp.who_keeps(q.place, q.service, q.day - 1, q.age, '2020-06-01') AS old_kept, pg_temp.who_keeps(q.place, q.service, q.day, q.age, '2020-06-01') AS new_kept
      FROM question q
    )
    -- the suppliers who leave and come, a question mark for one without a name
    SELECT throw, 'handover', format('%s %s %s %s', w.service, public.ST_AsText(w.place), w.day, w.age),
           CASE WHEN w.old_who <> w.new_who THEN format('%s to %s',
             ARRAY(SELECT CASE WHEN u ~ '^p' THEN substr(u, 2) ELSE '?' END FROM unnest(w.old_who) u WHERE u <> ALL (w.new_who) ORDER BY 1),
             ARRAY(SELECT CASE WHEN u ~ '^p' THEN substr(u, 2) ELSE '?' END FROM unnest(w.new_who) u WHERE u <> ALL (w.old_who) ORDER BY 1)) END,
           said.changes
    FROM weighed w
    CROSS JOIN LATERAL (
      SELECT string_agg(DISTINCT format('%s to %s', ARRAY(SELECT coalesce(u::text, '?') FROM unnest(h.leaving) u ORDER BY 1),
                                        ARRAY(SELECT coalesce(u::text, '?') FROM unnest(h.coming) u ORDER BY 1)), ' and ') AS changes
      FROM handover h
      WHERE h.on_day = w.day AND h.service IN ('dagbesteding', w.service) AND h.ages @> w.age AND public.ST_Covers(h.geom, w.place) AND h.clients = 'all'
    ) said
    UNION ALL
    -- and who no longer keeps existing clients of its own, or begins to where nobody else changes
    SELECT throw, 'existing', format('%s %s %s %s', w.service, public.ST_AsText(w.place), w.day, w.age),
           CASE WHEN NOT w.old_kept <@ (w.new_kept || w.new_who) OR w.old_who = w.new_who AND NOT w.new_kept <@ (w.old_kept || w.old_who) THEN format('%s to %s',
             ARRAY(SELECT CASE WHEN u ~ '^p' THEN substr(u, 2) ELSE '?' END FROM unnest(w.old_kept) u WHERE u <> ALL (w.new_kept || w.new_who) ORDER BY 1),
             ARRAY(SELECT CASE WHEN u ~ '^p' THEN substr(u, 2) ELSE '?' END FROM (SELECT DISTINCT u FROM unnest(w.new_kept || w.new_who) u) u WHERE u <> ALL (w.old_kept || w.old_who) ORDER BY 1)) END,
           said.changes
    FROM weighed w
    CROSS JOIN LATERAL (
      SELECT string_agg(DISTINCT format('%s to %s', ARRAY(SELECT coalesce(u::text, '?') FROM unnest(h.leaving) u ORDER BY 1),
                                        ARRAY(SELECT coalesce(u::text, '?') FROM unnest(h.coming) u ORDER BY 1)), ' and ') AS changes
      FROM handover h
      WHERE h.on_day = w.day AND h.service IN ('dagbesteding', w.service) AND h.ages @> w.age AND public.ST_Covers(h.geom, w.place) AND h.clients = 'existing'
    ) said;
    INSERT INTO said
    WITH day AS MATERIALIZED (
      SELECT '2018-01-01'::date + pg_temp.dice(1800) AS day, 2 + pg_temp.dice(2) AS party_id FROM generate_series(1, 4)
    ), effect AS MATERIALIZED (
      SELECT d.day, d.party_id, e.* FROM day d CROSS JOIN LATERAL wmo.exit_impact(d.party_id, d.day, '2020-06-01') e WHERE e.geom IS NOT NULL
    ), question AS MATERIALIZED (
      SELECT DISTINCT d.day, d.party_id, public.ST_SetSRID(public.ST_MakePoint(50 + 100 * pg_temp.dice(10), 50 + 100 * pg_temp.dice(10)), 28992) AS place,
             (ARRAY[0, 17, 18, 22, 23, 60, 74, 75, 90])[1 + pg_temp.dice(9)] AS age,
             (ARRAY['dagbegeleiding', 'sociale_activering', 'arbeidsmatige_activering'])[1 + pg_temp.dice(3)] AS service
      FROM day d CROSS JOIN generate_series(1, 40)
    )
    SELECT throw, 'fall', format('%s: %s %s %s %s', q.party_id, q.service, public.ST_AsText(q.place), q.day, q.age),
           CASE pg_temp.weighed(q.place, q.service, q.day, q.age, '2020-06-01', q.party_id)
             WHEN 'served' THEN 'others_serve' WHEN 'cannot_tell' THEN 'cannot_tell' WHEN 'gap_if_option_lapses' THEN 'cannot_tell' ELSE 'gap' END,
           said.consequences
    FROM question q
    CROSS JOIN LATERAL (
      SELECT string_agg(DISTINCT e.consequence, ' and ') AS consequences
      FROM effect e
      WHERE (e.day, e.party_id) = (q.day, q.party_id) AND e.ages @> q.age AND public.ST_Covers(e.geom, q.place)
        AND wmo.service_id(q.service) IN (SELECT l FROM unnest(string_to_array(e.service, ', ')) word CROSS JOIN LATERAL wmo_works.service_leaves(wmo.service_id(word)) l)
    ) said
    -- only where it serves is a fall felt
    WHERE said.consequences IS NOT NULL;
  END LOOP;
END
$$;
SELECT subject, count(*) > pg_temp.throws(80) AS enough, count(DISTINCT weighed) > 1 AS various, count(weighed) > CASE subject WHEN 'existing' THEN 1 ELSE 10 END AS often,
       count(*) FILTER (WHERE answered IS DISTINCT FROM weighed) AS otherwise
FROM said GROUP BY subject ORDER BY subject;
SELECT * FROM said WHERE answered IS DISTINCT FROM weighed ORDER BY throw, subject, asked LIMIT 10;
ROLLBACK;
