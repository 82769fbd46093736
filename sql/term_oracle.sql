-- A sample of script/oracle: the extension against the slow second reading of the law in test/oracle.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
\getenv abs_srcdir PG_ABS_SRCDIR
\set oracle :abs_srcdir '/test/oracle/term.sql'
\set ECHO none
\i :oracle
\set ECHO all
SELECT count(*) AS lengths FROM wmo_oracle.term_length;
SELECT sum(compared) > 60000 AS enough, sum(different) AS different, min(first_difference) AS first_difference
FROM generate_series(1965, 2100) AS y, LATERAL wmo_oracle.compare_year(y, 150 - y % 7);
SELECT sum(different) AS different, min(first_difference) AS first_difference
FROM unnest('{1965,1971,2017}'::int[]) AS y, LATERAL wmo_oracle.compare_year(y, 7);
-- Around and beyond the end of the years that are kept as bits.
SELECT sum(different) AS different, min(first_difference) AS first_difference
FROM unnest('{2119,2120,2122}'::int[]) AS y, LATERAL wmo_oracle.compare_year(y, 17);
-- With decrees of one's own, also on odd days and in runs.
BEGIN;
INSERT INTO wmo.equated_day_own (day, decree)
  SELECT DISTINCT date '2030-01-01' + (i * i * 7 % 365), 'proef' FROM generate_series(1, 90) AS i;
UPDATE wmo_oracle.day AS d SET free_atw = true FROM wmo.equated_day_own AS o WHERE o.day = d.day;
SELECT sum(different) AS different, min(first_difference) AS first_difference
FROM unnest('{2029,2030}'::int[]) AS y, LATERAL wmo_oracle.compare_year(y, 5);
ROLLBACK;
DROP SCHEMA wmo_oracle CASCADE;
