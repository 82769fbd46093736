-- The contracts that a list states: their periods, and what the registry agreed before.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

-- a period as a list states it: t/m is the day before the end; what it leaves out is what was agreed
SELECT n, wmo_works.listed_period(base::wmo.contract_period, first_day, last_day, options, notice) FROM (VALUES
  (1, NULL, '2023-01-01', '2024-12-31', '+P12M+P12M', 'P6M'),
  (2, NULL, '2023-01-01', NULL, NULL, NULL),
  (3, NULL, '2023-01-01', 'open', NULL, NULL),
  (4, NULL, '?', '2024-12-31', NULL, NULL),
  (5, '[2023-01-01,2025-01-01)+P1Y notice P3M', NULL, '2025-12-31', NULL, NULL),
  (6, '[2023-01-01,2025-01-01)+P1Y notice P3M', NULL, NULL, '', NULL),
  -- ends before it begins; options without an end
  (7, NULL, '2023-01-01', '2022-12-31', NULL, NULL),
  (8, NULL, '2023-01-01', 'open', '+P12M', NULL)) t (n, base, first_day, last_day, options, notice) ORDER BY n;
SELECT wmo_works.iso_length(length) FROM unnest('{2 years,18 months,90 days,1 year 2 months 3 days}'::interval[]) length;
ROLLBACK;
