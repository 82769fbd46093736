-- turn: sessions that change what they share go one after the other.
-- Relies on owner (server): its functions write as the tables' owner. Called late, by triggers, when service and
-- contract are there.
--
-- What follows from rows that sessions share (trees without cycles, claims of exclusive scopes, the fold of a ledger,
-- no gap) is checked by turns. Who comes first writes a row that the other would write as well: at read committed the
-- later one waits and then sees, and where the snapshot is fixed it gets a serialization error. A lock alone would show
-- such a snapshot nothing. The rows are written for that alone, so that nothing else looks as if it had changed.

CREATE TABLE wmo_works.turn (
  kind     text NOT NULL,
  id       integer NOT NULL,
  taken_by xid8 NOT NULL,
  PRIMARY KEY (kind, id),
  CONSTRAINT turn_kind_is_known CHECK (kind IN
    ('contract', 'award', 'tender', 'party', 'service', 'parts_look', 'no_gap_rule', 'no_gap_look'))
) WITH (fillfactor = 50, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);
COMMENT ON TABLE wmo_works.turn IS
  'Whose turn it is: one row for each thing that sessions change one after the other, made when it is first needed and '
  'kept. Written by triggers with the rights of its owner, not dumped, not replicated.';
COMMENT ON COLUMN wmo_works.turn.kind IS
  'contract, award, tender, party, service, no_gap_rule; parts_look: a contract of which what is said of its parts has '
  'to be looked at; no_gap_look: a no-gap rule that has to be.';
COMMENT ON COLUMN wmo_works.turn.id IS 'Its key.';
COMMENT ON COLUMN wmo_works.turn.taken_by IS
  'The transaction that took the last turn; 0 when it has to be taken again by the same one.';

CREATE FUNCTION wmo_works.stay_here() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  -- asked again, for the trigger may have been enabled for every session
  IF current_setting('session_replication_role') = 'replica' THEN
    RETURN NULL;
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
COMMENT ON FUNCTION wmo_works.stay_here() IS
  'Row trigger: leaves out what logical replication brings. Where every table is published, the turns of the publisher '
  'are none of the subscriber''s.';
CREATE TRIGGER stay_here BEFORE INSERT OR UPDATE OR DELETE ON wmo_works.turn
  FOR EACH ROW EXECUTE FUNCTION wmo_works.stay_here();
COMMENT ON TRIGGER stay_here ON wmo_works.turn IS 'Turns are not replicated.';
ALTER TABLE wmo_works.turn ENABLE REPLICA TRIGGER stay_here;

CREATE FUNCTION wmo_works.take_turns(of_kind text, ids integer[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF ids = '{}' THEN
    RETURN;
  END IF;
  -- reads nothing, so that at serializable only the same turn is a conflict
  INSERT INTO wmo_works.turn AS t (kind, id, taken_by)
  SELECT DISTINCT of_kind, u.id, pg_current_xact_id() FROM unnest(ids) AS u (id) ORDER BY u.id
  ON CONFLICT (kind, id) DO UPDATE SET taken_by = excluded.taken_by
  -- once a transaction; who goes back to a savepoint gives back what was taken since
  WHERE t.taken_by <> excluded.taken_by;
END
$$;
COMMENT ON FUNCTION wmo_works.take_turns(text, integer[]) IS
  'Waits for whoever takes a turn on these, and makes others wait until this transaction ends. Called by triggers that '
  'act as owner.';

CREATE FUNCTION wmo_works.take_every_service() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM wmo_works.take_turns('service', ARRAY(SELECT s.id FROM wmo.service s));
END
$$;
COMMENT ON FUNCTION wmo_works.take_every_service() IS
  'Takes the turn of whoever changes what all contracts may share. Called by triggers that act as owner.';

-- Who changes a contract's own row holds that row before it comes here: the row first and the turn second, for all.
CREATE FUNCTION wmo_works.hold_contracts(contract_ids integer[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
  PERFORM FROM wmo.contract c WHERE c.id = ANY (contract_ids) ORDER BY c.id FOR NO KEY UPDATE;
  PERFORM wmo_works.take_turns('contract', contract_ids);
END
$$;
COMMENT ON FUNCTION wmo_works.hold_contracts(integer[]) IS
  'Waits for whoever changes these contracts, and makes others wait until this transaction ends. Called by triggers '
  'that act as owner.';

-- ---- alone ----------------------------------------------------------------------------------------------------------
-- Most changes are of some contracts and do not mind one another; a few (a service moves in the tree, a source turns
-- out to be our reading) bear on contracts that nobody can name before those who are at work have ended.

-- A table of its own: whoever locks its row to look at it must not seem to have read the turns of others.
CREATE TABLE wmo_works.whole_registry (
  id       boolean PRIMARY KEY DEFAULT true,
  taken_by xid8 NOT NULL DEFAULT '0',
  CONSTRAINT whole_registry_has_one_row CHECK (id)
);
COMMENT ON TABLE wmo_works.whole_registry IS
  'One row that everybody who changes contracts holds on to, and that whoever must go alone writes. Written by '
  'triggers with the rights of its owner, not dumped, not replicated.';
COMMENT ON COLUMN wmo_works.whole_registry.id IS 'Always true.';
COMMENT ON COLUMN wmo_works.whole_registry.taken_by IS 'The last transaction that went alone.';
INSERT INTO wmo_works.whole_registry DEFAULT VALUES;
CREATE TRIGGER stay_here BEFORE INSERT OR UPDATE OR DELETE ON wmo_works.whole_registry
  FOR EACH ROW EXECUTE FUNCTION wmo_works.stay_here();
COMMENT ON TRIGGER stay_here ON wmo_works.whole_registry IS 'Who goes alone is not replicated.';
ALTER TABLE wmo_works.whole_registry ENABLE REPLICA TRIGGER stay_here;

CREATE FUNCTION wmo_works.go_beside_others() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM FROM wmo_works.whole_registry FOR SHARE;
END
$$;
COMMENT ON FUNCTION wmo_works.go_beside_others() IS
  'Waits for who goes alone, and for nobody else. Called by triggers that act as owner.';

CREATE FUNCTION wmo_works.go_alone() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  UPDATE wmo_works.whole_registry w SET taken_by = pg_current_xact_id() WHERE w.taken_by <> pg_current_xact_id();
  -- those before only held the row, so that a fixed snapshot gets no error by itself
  IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted')
     AND NOT wmo_works.registry_is_as_seen() THEN
    RAISE EXCEPTION 'could not serialize access due to a concurrent change of the registry'
      USING ERRCODE = 'serialization_failure', HINT = 'The transaction might succeed if retried.';
  END IF;
END
$$;
COMMENT ON FUNCTION wmo_works.go_alone() IS
  'Waits for whoever changes contracts, and makes others wait until this transaction ends. Called by triggers that act '
  'as owner.';
