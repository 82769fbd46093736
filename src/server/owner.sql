-- owner: what follows from the registry is written with the rights of the tables' owner.
-- Relies on the library (owner.c).

CREATE FUNCTION wmo_works.as_owner() RETURNS trigger
LANGUAGE c AS 'MODULE_PATHNAME', 'wmo_sql_as_owner';
COMMENT ON FUNCTION wmo_works.as_owner() IS
  'Trigger: does what the trigger function of this schema that its first argument names does, with the rights of the '
  'owner of the table on which it stands, as foreign keys do. So a guard sees every row and needs no rights of the '
  'writer.';

CREATE FUNCTION wmo_works.acts_as_owner() RETURNS boolean
LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'wmo_sql_acts_as_owner';
COMMENT ON FUNCTION wmo_works.acts_as_owner() IS
  'Is a trigger or a foreign key at work, with the rights of a table''s owner, for whoever gave the statement?';
