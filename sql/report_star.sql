-- A warehouse: clients × days at 100,000 rows, as docs/connect.md asks it. Loads by changed_at: test/isolation/specs/warehouse.spec.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry
SET wmo_contracts.session_map = on;

-- ten municipalities, each with one main provider and a second for those of 75 and over; the tenth has none
SELECT count(pg_temp.area(n, 'Stad ' || n, code => 'GM000' || n - 1)) FROM generate_series(1, 10) n;
SELECT count(pg_temp.contract(n, '[2020-01-01,2024-01-01)', n, supplier => 2 + n % 2, ages => '[18,75)')), count(pg_temp.contract(100 + n, '[2020-01-01,2024-01-01)', n, supplier => 4, ages => '[75,)', choice => 'shared'))
FROM generate_series(1, 9) n;
CREATE TEMPORARY TABLE client AS
SELECT i AS client_id, 'GM000' || i % 10 AS area_code, 'hulp_bij_het_huishouden' AS service, 10 + i / 10 % 80 AS age, 2 + i % 3 AS provider_id FROM generate_series(1, 50000) i;
-- clients × days: who should serve, is the present provider contracted; 100,000 rows, and the sums by hand
CREATE TEMPORARY TABLE fact AS
SELECT c.client_id, c.area_code, c.age, c.provider_id AS present_provider, d.day::date AS day, p.found, p.provider_id, p.reason, p.provider_id = c.provider_id AS present_provider_serves
FROM client c CROSS JOIN generate_series(date '2023-03-01', '2023-04-01', '1 month') d (day)
CROSS JOIN LATERAL wmo.providers_in_area(c.area_code, c.service, d.day::date, c.age, as_of => '2023-06-01') p
WHERE p.ord = 1;
SELECT count(*), count(DISTINCT (f.client_id, f.day)) FROM fact f;
SELECT f.found, f.reason, count(*), count(*) FILTER (WHERE f.present_provider_serves) AS by_their_provider FROM fact f GROUP BY 1, 2 ORDER BY 1, 2;
SELECT c.found, c.reason, 2 * count(*), 2 * count(*) FILTER (WHERE c.provider_id = c.should) AS by_their_provider FROM (
  SELECT i % 10 <> 9 AND 10 + i / 10 % 80 >= 18 AS found, CASE WHEN i % 10 = 9 THEN 'outside_all_areas' WHEN 10 + i / 10 % 80 < 18 THEN 'age_outside_band' END AS reason,
         2 + i % 3 AS provider_id, CASE WHEN i % 10 = 9 OR 10 + i / 10 % 80 < 18 THEN NULL WHEN 10 + i / 10 % 80 >= 75 THEN 4 ELSE 2 + (i % 10 + 1) % 2 END AS should FROM generate_series(1, 50000) i) c
GROUP BY 1, 2 ORDER BY 1, 2;
-- snapshots, as docs/connect.md makes them: 100,000 rows, of each day what was known on it, beside the ranges of the definition
SELECT count(pg_temp.area(n, 'Stad ' || n)), count(pg_temp.contract(200 + n, '[2020-01-01,2024-01-01)', n, supplier => 2 + n % 3)) FROM generate_series(11, 70) n;
CREATE TEMPORARY TABLE snapshot AS
SELECT m.day::date AS day, h.scope_id, h.provider_id, h.certainty
FROM generate_series(date '2019-12-30', '2035-01-10', '1 day') m (day)
JOIN wmo_bi.coverage_history h
  ON coalesce(h.first_day <= m.day, true) AND coalesce(h.last_day >= m.day, true)
  AND coalesce(h.known_first_day <= m.day, true) AND coalesce(h.known_last_day >= m.day, true);
SELECT count(*) = 78 * 1461 AS contracts_by_days, min(s.day), max(s.day) FROM snapshot s;
WITH due AS (
  SELECT m.day::date AS day, v.scope_id, v.provider_id, v.certainty::text AS certainty FROM generate_series(date '2019-12-30', '2035-01-10', '1 day') m (day) JOIN wmo.coverage v ON v.valid @> m.day::date AND v.known @> m.day::date)
SELECT count(*) FROM ((TABLE snapshot EXCEPT ALL TABLE due) UNION ALL (TABLE due EXCEPT ALL TABLE snapshot)) x;
ROLLBACK;
