-- The tables that bench/run country prints, of what was taken in the three parts of the country (bench.country_part).
\set ON_ERROR_STOP 1
-- three digits, the rest is noise
CREATE FUNCTION bench.digits(value float8) RETURNS numeric LANGUAGE sql AS $$
  SELECT CASE WHEN value > 0 THEN trim_scale(round(value::numeric, 2 - floor(log(value))::int)) END
$$;
CREATE TABLE bench.country_line (ord serial, what text, label text, goal_seconds numeric, goal_ratio numeric);
INSERT INTO bench.country_line (what, label, goal_seconds, goal_ratio) VALUES
  ('load', 'the registry itself, set by set', NULL, NULL),
  ('list', 'load_contract_list, half as many contracts', 10, NULL),
  ('owner', 'UPDATE contract SET owner, all', NULL, 10),
  ('one', 'INSERT of one contract with an exclusive scope', 0.003, NULL),
  ('followed', 'the question after one contract changed', 0.01, NULL),
  ('claims', 'claims of all exclusive scopes anew', NULL, NULL),
  ('stop', 'a client stop under a rule a municipality', 0.1, NULL),
  ('pc4', 'answer_at_postcode, every PC4 the first time', 5, NULL),
  ('postcodes', 'answer_at_postcode, every PC6', 1.24, NULL),
  ('neighbourhoods', 'providers_in_area, 290 codes a municipality', 0.3, NULL),
  ('warehouse', 'provider_at, 1,450 clients a municipality, 60 months', 120, NULL),
  ('tables', 'provider_at by the tables, a hundred clients', NULL, NULL),
  ('coverage', 'SELECT * FROM coverage', NULL, 1.5),
  ('gaps_one', 'coverage_gaps, one municipality', NULL, NULL),
  ('gaps', 'coverage_gaps, one service, all areas', NULL, NULL),
  ('overlaps', 'coverage_overlaps, one service, all areas', NULL, NULL),
  ('handovers', 'handovers of a year, one service', 3, NULL),
  ('handovers_all', 'handovers of a year, all services', NULL, NULL),
  ('exit_small', 'exit_impact, a small provider', NULL, NULL),
  ('exit_everywhere', 'exit_impact, a provider everywhere', 3, NULL),
  ('calendar', 'decision_calendar_on', NULL, NULL),
  ('succession', 'succession of municipalities', NULL, NULL);

SELECT l.label AS what, bench.digits(q.amount) AS "quarter, s", bench.digits(h.amount / q.amount) AS "half, times",
       bench.digits(w.amount / q.amount) AS "whole, times", bench.digits(w.amount) AS "whole, s",
       bench.digits(hand.amount) AS "by hand, s", bench.digits(w.amount / hand.amount) AS ratio,
       bench.digits(jit.amount / w.amount) AS "JIT, times",
       coalesce('<= ' || l.goal_seconds || ' s', '<= ' || l.goal_ratio || ' times') AS goal,
       CASE WHEN coalesce(l.goal_seconds, l.goal_ratio) IS NULL THEN NULL
            WHEN w.amount IS NULL THEN 'not run'
            WHEN NOT :'whole' AND l.goal_seconds IS NOT NULL THEN 'too small'
            WHEN coalesce(w.amount <= l.goal_seconds, w.amount / hand.amount <= l.goal_ratio) THEN 'yes'
            ELSE 'NO' END AS "met?"
FROM bench.country_line l
  LEFT JOIN bench.country_part q ON q.what = l.what AND q.part = 1 AND q.by = 'ours'
  LEFT JOIN bench.country_part h ON h.what = l.what AND h.part = 2 AND h.by = 'ours'
  LEFT JOIN bench.country_part w ON w.what = l.what AND w.part = 3 AND w.by = 'ours'
  LEFT JOIN bench.country_part hand ON hand.what = l.what AND hand.part = 3 AND hand.by = 'hand'
  LEFT JOIN bench.country_part jit ON jit.what = l.what AND jit.part = 3 AND jit.by = 'jit'
ORDER BY l.ord;

SELECT substr(w.what, 6) AS "view, whole country", bench.digits(w.amount) AS "without JIT, s",
       bench.digits(jit.amount) AS "with JIT, s",
       CASE WHEN greatest(w.amount, jit.amount) < 0.05 THEN 'too short to tell'
            WHEN jit.amount <= 1.1 * w.amount THEN 'yes' ELSE 'NO' END AS "within a tenth?"
FROM bench.country_part w JOIN bench.country_part jit ON jit.what = w.what AND jit.part = w.part AND jit.by = 'jit'
WHERE w.what LIKE 'view %' AND w.by = 'ours' ORDER BY w.amount DESC;
