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
DROP SCHEMA wmo_oracle CASCADE;
