-- replication: the registry on other servers, by the server's own logical replication.
-- Relies on which tables hold the user's rows (registry_part); the rest is the server's.
--
-- What ships with the extension is there on either side, so it is not sent; what is derived is sent and not derived
-- again; what names the state of a database (turns, tokens, kept standing, editions) is its own.

CREATE FUNCTION wmo.publish_registry(publication name DEFAULT 'wmo_registry') RETURNS SETOF regclass
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  tables text;
  bare regclass;
BEGIN
  SELECT string_agg(p.relation || coalesce(' ' || replace(nullif(p.condition, ''), 'WHERE ', 'WHERE (') || ')', ''),
                    ', ' ORDER BY p.name COLLATE "C")
  INTO tables FROM wmo_works.registry_part p;
  SELECT p.relation INTO bare FROM wmo_works.registry_part p JOIN pg_class c ON c.oid = p.relation
  WHERE NOT (c.relreplident = 'f'
             OR (c.relreplident IN ('d', 'i')
                 AND EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid
                             AND CASE c.relreplident WHEN 'd' THEN i.indisprimary ELSE i.indisreplident END)))
  ORDER BY p.name COLLATE "C" LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'table % has no replica identity', bare
      USING ERRCODE = 'object_not_in_prerequisite_state',
        DETAIL = 'A subscriber could not tell which of its rows was changed or deleted.',
        HINT = format('ALTER TABLE %s REPLICA IDENTITY DEFAULT.', bare);
  END IF;
  IF NOT EXISTS (SELECT FROM pg_publication x WHERE x.pubname = publication) THEN
    EXECUTE format('CREATE PUBLICATION %I FOR TABLE %s', publication, tables);
  ELSIF EXISTS (SELECT FROM pg_publication x WHERE x.pubname = publication AND x.puballtables)
        OR EXISTS (SELECT FROM pg_publication_namespace n JOIN pg_publication x ON x.oid = n.pnpubid
                   WHERE x.pubname = publication)
        OR EXISTS (SELECT FROM pg_publication_rel r JOIN pg_publication x ON x.oid = r.prpubid
                   WHERE x.pubname = publication
                     AND NOT EXISTS (SELECT FROM wmo_works.registry_part p WHERE p.relation = r.prrelid)) THEN
    RAISE EXCEPTION 'publication "%" is not one of the registry alone', publication
      USING ERRCODE = 'duplicate_object',
        DETAIL = 'Expected a new name, or a publication whose tables are those of the registry.',
        HINT = 'Give another name.';
  ELSE
    EXECUTE format('ALTER PUBLICATION %I SET TABLE %s', publication, tables);
  END IF;
  RETURN QUERY SELECT p.relation FROM wmo_works.registry_part p ORDER BY p.name COLLATE "C";
END
$$;
REVOKE ALL ON FUNCTION wmo.publish_registry(name) FROM PUBLIC;
COMMENT ON FUNCTION wmo.publish_registry(name) IS
  'Makes a publication of the tables that hold the user''s rows, and returns them; called again, as after an upgrade '
  'that adds tables, it brings the publication up to date. For the owner of the tables. The subscriber has this '
  'extension in the same version, calls wmo.prepare_subscriber, and then CREATE SUBSCRIPTION.';

CREATE VIEW wmo_works.subscribed_part WITH (security_invoker = true) AS
  SELECT s.oid AS subscription_id, s.subname AS subscription, s.subenabled AS enabled, p.name, r.srsubstate AS state
  FROM pg_catalog.pg_subscription s
  JOIN pg_catalog.pg_subscription_rel r ON r.srsubid = s.oid
  JOIN wmo_works.registry_part p ON p.relation = r.srrelid;
COMMENT ON VIEW wmo_works.subscribed_part IS 'The tables of the registry that subscriptions of this database bring.';
COMMENT ON COLUMN wmo_works.subscribed_part.subscription_id IS 'The subscription.';
COMMENT ON COLUMN wmo_works.subscribed_part.subscription IS 'Its name.';
COMMENT ON COLUMN wmo_works.subscribed_part.enabled IS 'Is it switched on?';
COMMENT ON COLUMN wmo_works.subscribed_part.name IS 'The table.';
COMMENT ON COLUMN wmo_works.subscribed_part.state IS 'r: copied and followed; else the first copy is not done.';

CREATE FUNCTION wmo.prepare_subscriber() RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET row_security = off
AS $$
DECLARE
  known record;
  held boolean;
BEGIN
  SELECT s.subscription INTO known FROM wmo_works.subscribed_part s LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'subscription "%" brings the registry to this database already', known.subscription
      USING ERRCODE = 'object_not_in_prerequisite_state',
        DETAIL = 'What it copied is not to be copied again.',
        HINT = 'wmo.check_subscriber() says how it stands; to begin anew, drop it and the extension first.';
  END IF;
  FOR known IN SELECT p.relation, p.condition FROM wmo_works.registry_part p ORDER BY p.name COLLATE "C" LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %s %s)', known.relation, known.condition) INTO held;
    IF held THEN
      RAISE EXCEPTION 'table % holds rows already', known.relation
        USING ERRCODE = 'object_not_in_prerequisite_state',
          DETAIL = 'The rows of the publisher come beside them, and where a key is taken the copy fails over and over.',
          HINT = 'Subscribe from a database in which the extension was just created; rows of this one are yours to '
                 'dump and to delete.';
    END IF;
  END LOOP;
END
$$;
REVOKE ALL ON FUNCTION wmo.prepare_subscriber() FROM PUBLIC;
COMMENT ON FUNCTION wmo.prepare_subscriber() IS
  'Refuses where a subscription to a registry would go wrong: when one brings its tables already, and when they hold '
  'rows. It changes nothing: what ships with the extension stays, for wmo.publish_registry sends none of it.';

CREATE FUNCTION wmo_works.subscriber_items(asked oid)
RETURNS TABLE (item text, is_ok boolean, value text)
LANGUAGE sql STABLE PARALLEL RESTRICTED COST 1000 ROWS 5
BEGIN ATOMIC
  SELECT 'enabled', bool_and(s.enabled), bool_and(s.enabled)::text
  FROM wmo_works.subscribed_part s WHERE s.subscription_id = asked
  UNION ALL
  SELECT 'tables', count(*) = count(*) FILTER (WHERE s.state = 'r'),
         pg_catalog.concat_ws('; ', (count(*) FILTER (WHERE s.state = 'r'))::text || ' of '::text || count(*)::text
             || ' ready'::text,
           'missing: '::text
             || string_agg(p.name::text, ', '::text ORDER BY p.name COLLATE "C") FILTER (WHERE s.state IS NULL),
           'being copied: '::text
             || string_agg(p.name::text, ', '::text ORDER BY p.name COLLATE "C") FILTER (WHERE s.state <> 'r'))
  FROM wmo_works.registry_part p
  LEFT JOIN wmo_works.subscribed_part s ON s.name = p.name AND s.subscription_id = asked
  UNION ALL
  SELECT 'worker', count(w.pid) > 0, CASE WHEN count(w.pid) > 0 THEN 'running' ELSE 'not running' END
  FROM pg_catalog.pg_stat_subscription w WHERE w.subid = asked AND w.relid IS NULL
  UNION ALL
  SELECT 'behind', NULL,
         CASE WHEN max(w.latest_end_time) IS NULL THEN 'not known'
              ELSE round(greatest(extract(epoch FROM statement_timestamp() - max(w.latest_end_time)), 0::numeric))::text
                   || ' seconds since the publisher was heard to its end; '::text
                   || coalesce(max(pg_catalog.pg_wal_lsn_diff(w.received_lsn, w.latest_end_lsn)), 0::numeric)::text
                   || ' bytes received since'::text END
  FROM pg_catalog.pg_stat_subscription w WHERE w.subid = asked AND w.relid IS NULL
  UNION ALL
  SELECT 'errors', coalesce(sum(e.apply_error_count + e.sync_error_count), 0::numeric) = 0::numeric,
         coalesce(sum(e.apply_error_count), 0::numeric)::text || ' while following, '::text
           || coalesce(sum(e.sync_error_count), 0::numeric)::text || ' while copying'::text
  FROM pg_catalog.pg_stat_subscription_stats e WHERE e.subid = asked;
END;
COMMENT ON FUNCTION wmo_works.subscriber_items(oid) IS 'What wmo.check_subscriber says of one subscription.';

CREATE FUNCTION wmo.check_subscriber()
RETURNS TABLE (subscription name, item text, is_ok boolean, value text)
LANGUAGE sql STABLE PARALLEL RESTRICTED COST 2000 ROWS 6
BEGIN ATOMIC
  SELECT s.subscription, i.item, i.is_ok, i.value
  FROM (SELECT DISTINCT p.subscription_id, p.subscription::text COLLATE "C" AS subscription
        FROM wmo_works.subscribed_part p) s
  CROSS JOIN LATERAL wmo_works.subscriber_items(s.subscription_id) i
  UNION ALL
  SELECT NULL, 'subscription', false, 'none brings a table of the registry to this database'
  WHERE NOT EXISTS (SELECT FROM wmo_works.subscribed_part)
  UNION ALL
  SELECT NULL, 'standing', wmo_works.standing_is_kept(),
         CASE WHEN wmo_works.standing_is_kept() THEN 'kept'
              ELSE 'derived at every question that no map answers; wmo.rebuild_standing keeps it until the next change '
                   'comes' END;
END;
COMMENT ON FUNCTION wmo.check_subscriber() IS
  'How each subscription that brings the registry here stands: whether it is enabled, every table is there and copied, '
  'its worker runs, how far it is behind the publisher and how often it failed; is_ok null: for you to judge. Whether '
  'both hold the same is told by wmo.registry_digest on either.';
