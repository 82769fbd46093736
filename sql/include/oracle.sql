\set ECHO none
-- The questions in SQL over the tables, scope by scope, as an oracle for what core/map weighs. Each has the arguments of its
-- face; what both rest on (which areas are met, how scopes stand) is tried by suites of its own.
SET client_min_messages = warning;
DROP SCHEMA IF EXISTS oracle CASCADE;
CREATE SCHEMA oracle;
\ir oracle/candidate.sql
\ir oracle/answer.sql
\ir oracle/postcode.sql
\ir oracle/contract_for.sql
\set ECHO all
