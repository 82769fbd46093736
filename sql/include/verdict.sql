\set ECHO none
-- What the suites of the registry share. A suite works in one transaction that it rolls back, with nothing but
-- pg_catalog on the search_path, and states its rules as rows of (what is tried, statement).
\pset format unaligned
\pset tuples_only on
\pset fieldsep ': '
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
SET search_path = pg_catalog;
SET datestyle = 'ISO';
SET timezone = 'Europe/Amsterdam';
SET jit = off;
BEGIN;

-- The suites give their rows small keys; keys that are given out start far above them.
DO $$ BEGIN PERFORM setval(s.oid, 10000) FROM pg_class s WHERE s.relnamespace = 'wmo'::regnamespace AND s.relkind = 'S'; END $$;

CREATE TEMPORARY TABLE refusal (constraint_name text) ON COMMIT DROP;

-- Tries a statement, with every deferred constraint checked at once, and undoes it.
CREATE FUNCTION pg_temp.verdict(statement text) RETURNS text
LANGUAGE plpgsql
AS $$
DECLARE
  message text;
  rule text;
BEGIN
  BEGIN
    EXECUTE statement;
    SET CONSTRAINTS ALL IMMEDIATE;
    RAISE EXCEPTION USING ERRCODE = 'WMOOK', MESSAGE = 'accepted';
  EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, rule = CONSTRAINT_NAME;
  END;
  INSERT INTO refusal VALUES (rule);
  RETURN message;
END
$$;

-- The same, and keeps what was accepted.
CREATE FUNCTION pg_temp.done(statement text) RETURNS text
LANGUAGE plpgsql
AS $$
DECLARE
  message text;
  rule text;
BEGIN
  BEGIN
    EXECUTE statement;
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
    RETURN 'accepted';
  EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, rule = CONSTRAINT_NAME;
  END;
  INSERT INTO refusal VALUES (rule);
  RETURN message;
END
$$;

-- Error of a statement in full: message, detail and hint.
CREATE FUNCTION pg_temp.whole_error(statement text) RETURNS TABLE (part text, words text)
LANGUAGE plpgsql
AS $$
DECLARE
  message text;
  detail text;
  hint text;
BEGIN
  BEGIN
    EXECUTE statement;
    SET CONSTRAINTS ALL IMMEDIATE;
    RAISE EXCEPTION USING ERRCODE = 'WMOOK', MESSAGE = 'accepted';
  EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
  END;
  RETURN QUERY VALUES ('message', message), ('detail', detail), ('hint', hint);
END
$$;

-- Rules of these tables that no statement of the suite has met.
CREATE FUNCTION pg_temp.untried(VARIADIC tables regclass[]) RETURNS SETOF text
LANGUAGE sql
AS $$
  SELECT c.conname FROM pg_constraint c
  WHERE c.conrelid = ANY (tables) AND c.contype IN ('c', 'x', 'u', 'f')
    AND c.conname NOT LIKE '%\_source\_id\_fkey' AND c.conname NOT LIKE '%\_id\_with\_%'
    AND NOT (c.contype = 'f' AND c.conname LIKE '%\_fkey')
    AND c.conname NOT IN (SELECT r.constraint_name FROM refusal r)
  ORDER BY c.conname COLLATE "C"
$$;
\set ECHO all
