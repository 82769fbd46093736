-- change_time: when a transaction changes the registry.
-- Relies on the library (change_time.c).

CREATE FUNCTION wmo_works.change_time() RETURNS timestamptz
LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME', 'wmo_sql_change_time';
COMMENT ON FUNCTION wmo_works.change_time() IS
  'When this transaction first changed the registry: one time for all that it changes, taken after it got its number.';
