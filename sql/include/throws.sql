\set ECHO none
-- How often a random suite throws: as often as it says, or that part of it which $WMO_TEST_THROWS names (script/test --quick).
\getenv part WMO_TEST_THROWS
\if :{?part}
\else
  \set part 1
\endif
SELECT format($$CREATE FUNCTION pg_temp.throws(often integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN pg_catalog.ceil(often * %s::numeric)::integer$$, :'part') \gexec
-- the same of what is dear: a quarter where of the rest half is thrown
SELECT format($$CREATE FUNCTION pg_temp.dear_throws(often integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN pg_catalog.ceil(often * %1$s::numeric * %1$s::numeric)::integer$$, :'part') \gexec
\set ECHO all
