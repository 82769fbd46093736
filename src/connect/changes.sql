-- changes: what changed since a load, what is gone, and up to when a load may count on having seen everything.
-- Relies on change_time (server) and on every table of the registry.
--
-- A load takes what changed after the seen_until of the load before. That time is no later than the changed_at of
-- anything that its snapshot could not see yet. A transaction takes its number first and the time of its changes after
-- that (change_time.c); so whatever is not seen changed after the begin of any transaction whose number is lower than
-- all that were under way. change_mark keeps when some of them began; fewer marks only make seen_until older. On a
-- standby the same holds of what it has replayed; a logical subscriber keeps no marks, and loads in full. A clock that
-- is set back breaks it; after a backup was restored, load in full.

CREATE SCHEMA wmo_bi;
COMMENT ON SCHEMA wmo_bi IS
  'Wmo contracts for reports, maps and warehouses: plain columns, one integer key a row, days inclusive.';
GRANT USAGE ON SCHEMA wmo_bi TO PUBLIC;

CREATE TABLE wmo_works.change_mark (
  number xid8 PRIMARY KEY,
  began  timestamptz NOT NULL
);
COMMENT ON TABLE wmo_works.change_mark IS
  'Transactions that changed the registry, at most one a second, for wmo_bi.watermark. Written by triggers only, and '
  'not dumped: numbers of transactions mean something in their own cluster only.';
COMMENT ON COLUMN wmo_works.change_mark.number IS 'The number of the transaction.';
COMMENT ON COLUMN wmo_works.change_mark.began IS 'When it began: before it got its number.';
INSERT INTO wmo_works.change_mark (number, began) VALUES (pg_current_xact_id(), now());

CREATE TABLE wmo_works.lost_row (
  id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  relation   name NOT NULL,
  row_id     integer NOT NULL,
  changed_at timestamptz NOT NULL
);
CREATE INDEX lost_row_changed_at_idx ON wmo_works.lost_row (changed_at);
COMMENT ON TABLE wmo_works.lost_row IS
  'Rows that left the registry. Written by triggers only; wmo.forget_deleted clears it.';
COMMENT ON COLUMN wmo_works.lost_row.id IS 'Key.';
COMMENT ON COLUMN wmo_works.lost_row.relation IS 'The table.';
COMMENT ON COLUMN wmo_works.lost_row.row_id IS 'Key of the row.';
COMMENT ON COLUMN wmo_works.lost_row.changed_at IS 'When it left.';
SELECT pg_catalog.pg_extension_config_dump('wmo_works.lost_row', '');
SELECT pg_catalog.pg_extension_config_dump('wmo_works.lost_row_id_seq', '');

CREATE TABLE wmo_works.law_change (changed_at timestamptz PRIMARY KEY);
COMMENT ON TABLE wmo_works.law_change IS
  'When the calendar or the regimes changed, by which the terms of awards are counted. Written by triggers only.';
COMMENT ON COLUMN wmo_works.law_change.changed_at IS 'When.';

CREATE FUNCTION wmo_works.mark_law_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  INSERT INTO wmo_works.law_change (changed_at) VALUES (wmo_works.change_time()) ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo_works.mark_law_change() IS 'Statement trigger of the calendar and the regimes: keeps when.';

CREATE FUNCTION wmo_works.mark_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM wmo_works.change_mark m WHERE m.began > now() - interval '1 second') THEN
    INSERT INTO wmo_works.change_mark (number, began) VALUES (pg_current_xact_id(), now()) ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo_works.mark_change() IS
  'Statement trigger of every registry table: marks when its transaction began, unless one of this second is marked.';
CREATE INDEX change_mark_began_idx ON wmo_works.change_mark (began);

CREATE FUNCTION wmo_works.keep_lost_rows() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  EXECUTE format('INSERT INTO wmo_works.lost_row (relation, row_id, changed_at) '
                 'SELECT %1$L, o.id, wmo_works.change_time() FROM %2$s o', TG_TABLE_NAME,
                 CASE TG_OP WHEN 'DELETE' THEN 'old_row' ELSE format('wmo.%I', TG_TABLE_NAME) END);
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo_works.keep_lost_rows() IS
  'Statement trigger of every registry table: keeps the keys of rows that are deleted or truncated away.';

DO $$
DECLARE
  kept record;
BEGIN
  -- whatever keeps the time of its last change is a table of the registry: there is no list to forget one in
  FOR kept IN
    SELECT c.relname, t.name, t.event, t.function
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'changed_at'
    CROSS JOIN (VALUES
      ('mark_change', 'AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON wmo.%I', 'mark_change'),
      ('lost_on_delete', 'AFTER DELETE ON wmo.%I REFERENCING OLD TABLE AS old_row', 'keep_lost_rows'),
      ('lost_on_truncate', 'BEFORE TRUNCATE ON wmo.%I', 'keep_lost_rows')) t (name, event, function)
    WHERE c.relnamespace = 'wmo'::regnamespace AND c.relkind = 'r' ORDER BY c.oid, t.name
  LOOP
    EXECUTE format('CREATE TRIGGER %I ' || kept.event || ' FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.as_owner(%L)',
                   kept.name, kept.relname, kept.function);
    EXECUTE format('COMMENT ON TRIGGER %I ON wmo.%I IS %L', kept.name, kept.relname,
                   CASE kept.function WHEN 'mark_change' THEN 'Marks when the transaction began.'
                                      ELSE 'Keeps which rows left.' END);
  END LOOP;
END
$$;

-- The law is what standing is kept by beside the registry.
DO $$
DECLARE
  law name;
BEGIN
  FOR law IN
    SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE t.tgname = 'keep_standing_of_law' AND c.relnamespace = 'wmo'::regnamespace ORDER BY c.oid
  LOOP
    EXECUTE format('CREATE TRIGGER mark_law_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON wmo.%I '
                   'FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.as_owner(%L)', law, 'mark_law_change');
    EXECUTE format('COMMENT ON TRIGGER mark_law_change ON wmo.%I IS %L', law, 'Keeps when the law changed.');
  END LOOP;
END
$$;

CREATE VIEW wmo_bi.watermark WITH (security_invoker = true) AS
  SELECT 1 AS id,
         (SELECT m.began FROM wmo_works.change_mark m WHERE m.number < pg_snapshot_xmin(pg_current_snapshot())
          ORDER BY m.number DESC LIMIT 1) AS seen_until;
COMMENT ON VIEW wmo_bi.watermark IS
  'One row: up to when a load that reads now has seen every change. Keep seen_until with what was loaded; the next '
  'load takes what has changed_at after it. What changed last may be taken twice, and nothing is missed.';

CREATE VIEW wmo_bi.deleted WITH (security_invoker = true) AS
  SELECT l.id, l.relation::text AS relation, l.row_id, l.changed_at
  FROM wmo_works.lost_row l;
COMMENT ON VIEW wmo_bi.deleted IS
  'Rows that were deleted from the registry: delete them before you add what changed, for a number may be used again.';

CREATE FUNCTION wmo.forget_deleted(before timestamptz) RETURNS bigint
LANGUAGE sql STRICT SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH gone AS (
    DELETE FROM wmo_works.lost_row l WHERE l.changed_at < forget_deleted.before RETURNING l.id
  ), mark AS (
    -- the newest stays: a load of this moment rests on it
    DELETE FROM wmo_works.change_mark m
    WHERE m.began < forget_deleted.before AND m.number < (SELECT n.number FROM wmo_works.change_mark n
      WHERE n.number < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY n.number DESC LIMIT 1)
    RETURNING m.number
  )
  SELECT count(*) FROM gone CROSS JOIN (SELECT count(*) FROM mark) done;
END;
REVOKE ALL ON FUNCTION wmo.forget_deleted(timestamptz) FROM PUBLIC;
COMMENT ON FUNCTION wmo.forget_deleted(timestamptz) IS
  'Forgets which rows were deleted before a time, and gives how many; for the owner of the tables. Whoever loaded last '
  'before that time then has to load in full.';
