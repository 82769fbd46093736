-- turn: sessions that change what they share go one after the other.
-- Relies on nothing but the tables of service and contract, whose rows are the turns; called late, by triggers.

-- What follows from rows that sessions share (trees without cycles, claims of exclusive scopes) is checked by turns.
-- Who comes first writes a row that the other would write as well: at read committed the later one waits and then sees,
-- and where the snapshot is fixed it gets a serialization error. A lock alone would show such a snapshot nothing.
CREATE FUNCTION wmo_works.take_turn(service_ids integer[] DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM FROM wmo.service s WHERE service_ids IS NULL OR s.id = ANY (service_ids) ORDER BY s.id FOR NO KEY UPDATE;
  UPDATE wmo.service s SET changed_at = now()
  -- once a transaction, savepoints included
  WHERE (service_ids IS NULL OR s.id = ANY (service_ids)) AND s.changed_at <> now();
END
$$;
COMMENT ON FUNCTION wmo_works.take_turn(integer[]) IS
  'Waits for whoever takes a turn on these services (null = all), and makes others wait until this transaction ends. '
  'Called by triggers.';

-- Sessions that change one contract must see each other: whoever comes later waits, or under a fixed snapshot, where a
-- lock alone would show nothing, gets a serialization error.
CREATE FUNCTION wmo_works.hold_contracts(contract_ids integer[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM FROM wmo.contract c WHERE c.id = ANY (contract_ids) ORDER BY c.id FOR NO KEY UPDATE;
  UPDATE wmo.contract c SET changed_at = now()
  WHERE c.id = ANY (contract_ids) AND c.changed_at <> now(); -- once a transaction, savepoints included
END
$$;
COMMENT ON FUNCTION wmo_works.hold_contracts(integer[]) IS
  'Waits for whoever changes these contracts, and makes others wait until this transaction ends. Called by triggers.';
