-- digest: one word for all that a registry holds, equal on every server that holds the same.
-- Relies on no table by name: it reads those whose rows are the user's, which the catalog knows by their dump marks.
--
-- Tokens (state) name a state within one database and are new after every restore and pg_upgrade. The digest is read
-- from the rows, and so tells whether two databases hold the same.

CREATE VIEW wmo_works.registry_part WITH (security_invoker = true) AS
  SELECT c.oid::regclass AS relation, c.relname AS name, marked.condition, c.relname = 'exclusive_claim' AS derived
  FROM pg_catalog.pg_extension e CROSS JOIN LATERAL unnest(e.extconfig, e.extcondition) marked (oid, condition)
  JOIN pg_catalog.pg_class c ON c.oid = marked.oid
  WHERE e.extname = 'wmo_contracts' AND c.relkind = 'r' AND c.relname NOT IN ('coverage_edition', 'current_coverage');
COMMENT ON VIEW wmo_works.registry_part IS
  'The tables that hold the user''s rows: all that a dump brings but the maps, which are of one database.';
COMMENT ON COLUMN wmo_works.registry_part.relation IS 'The table.';
COMMENT ON COLUMN wmo_works.registry_part.name IS 'Its name.';
COMMENT ON COLUMN wmo_works.registry_part.condition IS 'WHERE ..., where some of its rows ship with the extension.';
COMMENT ON COLUMN wmo_works.registry_part.derived IS 'True: its rows follow from those of the others.';

CREATE FUNCTION wmo.registry_digest() RETURNS text
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED COST 1000000
-- rows are compared as text
SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO, YMD' SET intervalstyle = postgres SET timezone = 'UTC'
SET extra_float_digits = 1 SET bytea_output = hex SET xmloption = content SET jit = off
-- rows that somebody may not see would be missing from it, without a word
SET row_security = off
AS $$
DECLARE
  part record;
  part_digest text;
  digests text;
BEGIN
  SELECT e.extversion INTO digests FROM pg_extension e WHERE e.extname = 'wmo_contracts';
  FOR part IN
    SELECT p.relation, p.name, p.condition FROM wmo_works.registry_part p
    WHERE NOT p.derived ORDER BY p.name COLLATE "C"
  LOOP
    EXECUTE format('SELECT encode(sha256(string_agg(r.digest, ''''::bytea ORDER BY r.digest)), ''hex'') '
                   'FROM (SELECT sha256(convert_to(t::text, ''UTF8'')) AS digest FROM %s t %s) r',
                   part.relation, part.condition) INTO part_digest;
    digests := digests || ' ' || part.name || ' ' || coalesce(part_digest, 'empty');
  END LOOP;
  -- not MD5: two texts that somebody chose could pass for each other, and an edition of the one for the other
  RETURN left(encode(sha256(convert_to(digests, 'UTF8')), 'hex'), 32);
END
$$;
COMMENT ON FUNCTION wmo.registry_digest() IS
  'A word of 32 digits for all rows of the registry that are the user''s, and for the version of this extension: equal '
  'on two servers when they hold the same, whatever came before. It reads every row. Refused under row security that '
  'hides rows.';
