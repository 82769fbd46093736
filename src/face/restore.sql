-- restore: a dump brings rows that were checked and derived when they were written, in any order of the tables.
-- Relies on the library (restore.c). They are taken as they are; seal puts its trigger on every table that is dumped.

CREATE FUNCTION wmo_works.trust_restore() RETURNS trigger
LANGUAGE c AS 'MODULE_PATHNAME', 'wmo_sql_trust_restore';
COMMENT ON FUNCTION wmo_works.trust_restore() IS
  'Statement trigger of every registry table: lets a statement of a dump, run by the table''s owner or by who may set '
  'session_replication_role, go without the triggers of this extension and the foreign keys among its tables.';
