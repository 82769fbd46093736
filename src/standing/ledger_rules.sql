-- ledger_rules: what the ledger refuses, and what follows from each of its changes.
-- Relies on the ledger (registry) and on how a scope stands (standing), which must fold over every change.

CREATE FUNCTION wmo_works.keep_ledger() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  changed wmo.contract_change := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  held wmo.contract;
  by_ledger wmo.contract_period;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    UPDATE wmo.contract c SET period = c.agreed_period WHERE c.period::text <> c.agreed_period::text;
    RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.contract_id <> OLD.contract_id THEN
    RAISE EXCEPTION 'change % of contract "%" cannot move to another contract', OLD.id,
        (SELECT c.number FROM wmo.contract c WHERE c.id = OLD.contract_id)
      USING ERRCODE = 'check_violation', SCHEMA = 'wmo', TABLE = 'contract_change',
        CONSTRAINT = 'contract_change_stays_with_its_contract',
        HINT = 'Delete the row and add it to the other contract.';
  END IF;
  -- Lock first, read after: a second writer must fold the first one's row as well.
  SELECT c.* INTO held FROM wmo.contract c WHERE c.id = changed.contract_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN NULL; -- the contract itself is being deleted
  END IF;
  PERFORM wmo_works.take_turns('contract', ARRAY[held.id]);
  IF TG_OP <> 'DELETE' AND (NEW.service_id IS NOT NULL OR NEW.area_id IS NOT NULL) AND NEW.kind <> 'scope_added'
     AND EXISTS (SELECT FROM wmo.contract_scope s WHERE s.contract_id = NEW.contract_id)
     AND NOT EXISTS (SELECT FROM wmo_works.scope_change sc WHERE sc.change_id = NEW.id) THEN
    RAISE EXCEPTION 'contract "%" has no scope for this %', held.number, NEW.kind
      USING ERRCODE = 'check_violation', SCHEMA = 'wmo', TABLE = 'contract_change',
        CONSTRAINT = 'contract_change_meets_a_scope',
        DETAIL = format('Service %s in area %s is no whole scope of the contract.',
          coalesce((SELECT '"' || s.code || '"' FROM wmo.service s WHERE s.id = NEW.service_id), '(all)'),
          coalesce((SELECT '"' || a.name || '"' FROM wmo.area a WHERE a.id = NEW.area_id), '(all)')),
        HINT = 'Name a service and area of wmo.contract_scope; split the scope first when only a part of it changes.';
  END IF;
  by_ledger := wmo_works.contract_period_by_ledger(held.id, held.agreed_period);
  IF by_ledger::text <> held.period::text THEN
    UPDATE wmo.contract c SET period = by_ledger WHERE c.id = held.id;
  END IF;
  -- A partial change must fold as well; this raises where it does not.
  PERFORM s.period FROM wmo_works.scope_state s WHERE s.contract_id = held.id;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo_works.keep_ledger() IS
  'After each change of the ledger: refuses what cannot be applied, and brings contract.period up to it.';

CREATE FUNCTION wmo_works.check_scope_ledger() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  touched integer[] := ARRAY(SELECT DISTINCT n.contract_id FROM new_row n);
BEGIN
  -- Lock first, read after: a change that is being added must fold over these scopes as well.
  PERFORM wmo_works.hold_contracts(touched);
  -- arrays, not joins: before the tables are analyzed a plan would read the new rows again for each of them
  touched := ARRAY(SELECT DISTINCT ch.contract_id FROM wmo.contract_change ch WHERE ch.contract_id = ANY (touched));
  IF touched <> '{}' THEN
    PERFORM s.period FROM wmo_works.scope_state s
    WHERE s.scope_id = ANY (ARRAY(SELECT n.id FROM new_row n WHERE n.contract_id = ANY (touched)));
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo_works.check_scope_ledger() IS
  'Statement trigger: refuses scopes over which the ledger of their contract cannot be applied.';

-- The ledger's triggers stand here and not with their table, because they read scope_state.
CREATE TRIGGER keep_ledger AFTER INSERT OR UPDATE OR DELETE ON wmo.contract_change
  FOR EACH ROW EXECUTE FUNCTION wmo_works.as_owner('keep_ledger');
COMMENT ON TRIGGER keep_ledger ON wmo.contract_change IS
  'Every change of the ledger is applied, or refused with its reason.';
CREATE TRIGGER keep_ledger_emptied AFTER TRUNCATE ON wmo.contract_change
  FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.as_owner('keep_ledger');
COMMENT ON TRIGGER keep_ledger_emptied ON wmo.contract_change IS 'Without a ledger, contracts run as agreed.';
CREATE TRIGGER check_ledger_on_insert AFTER INSERT ON wmo.contract_scope
  REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.as_owner('check_scope_ledger');
COMMENT ON TRIGGER check_ledger_on_insert ON wmo.contract_scope IS
  'A scope is one over which the ledger can be applied.';
CREATE TRIGGER check_ledger_on_update AFTER UPDATE ON wmo.contract_scope
  REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.as_owner('check_scope_ledger');
COMMENT ON TRIGGER check_ledger_on_update ON wmo.contract_scope IS
  'A scope is one over which the ledger can be applied.';

-- What is told of a contract carries the time of its last change (SEQUENCE in a calendar never falls): the time of a
-- row that is gone stays with the contract.
CREATE FUNCTION wmo_works.keep_time_of_scope() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  UPDATE wmo.contract c SET changed_at = wmo_works.change_time()
  WHERE c.id IN (SELECT o.contract_id FROM old_row o) AND c.changed_at <> wmo_works.change_time();
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo_works.keep_time_of_scope() IS 'Statement trigger: a contract that loses a scope has changed.';
CREATE TRIGGER keep_time AFTER DELETE ON wmo.contract_scope
  REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.keep_time_of_scope();
COMMENT ON TRIGGER keep_time ON wmo.contract_scope IS 'A contract that loses a scope has changed.';
