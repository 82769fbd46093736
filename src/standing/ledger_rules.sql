-- ledger_rules: what the ledger refuses, and what follows from each of its changes.
-- Relies on the ledger (registry) and on how a scope stands (standing), which must fold over every change.

CREATE FUNCTION wmo_works.ledger_trace(contract_id integer)
RETURNS TABLE (change_id integer, scope_id integer, ordered_by date, kind text, option_no integer, judged_on date,
               effective_on date, until date, before wmo.contract_period, ends date[], applies boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 10
BEGIN ATOMIC
  WITH place AS (
    SELECT NULL::integer AS scope_id, ch.id AS change_id, ch.ordered_by, ch.kind, ch.option_no, ch.judged_on,
           ch.effective_on, ch.until
    FROM wmo.contract_change ch
    WHERE ch.contract_id = ledger_trace.contract_id AND ch.service_id IS NULL AND ch.area_id IS NULL
      AND wmo_works.moves_end(ch.kind)
    UNION ALL
    SELECT sc.scope_id, sc.change_id, sc.ordered_by, sc.kind, sc.option_no, sc.judged_on, sc.effective_on, sc.until
    FROM wmo_works.scope_change sc
    WHERE sc.contract_id = ledger_trace.contract_id AND wmo_works.moves_end(sc.kind)
  ), folded AS (
    SELECT p.*, coalesce(
      wmo_works.ledger_fold_of(c.agreed_period, p.kind, p.option_no, p.judged_on, p.effective_on, p.until)
        OVER (PARTITION BY p.scope_id ORDER BY p.ordered_by, p.change_id
              ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
      wmo_works.ledger_begun(c.agreed_period)) AS before
    FROM place p JOIN wmo.contract c ON c.id = ledger_trace.contract_id
  )
  SELECT f.change_id, f.scope_id, f.ordered_by, f.kind, f.option_no, f.judged_on, f.effective_on, f.until,
         (f.before).period, (f.before).ends,
         wmo_works.change_applies(f.before, f.kind, f.option_no, f.effective_on, f.until)
  FROM folded f;
END;
COMMENT ON FUNCTION wmo_works.ledger_trace(integer) IS
  'Each change that makes other periods, in each place where it is to hold: the contract (scope_id null, where it is '
  'for all of it) and every scope that it concerns; the period before it, the early ends that stand then, and whether '
  'it changes that.';

CREATE FUNCTION wmo_works.check_parts(contract_id integer, change_id integer DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  number text := (SELECT c.number FROM wmo.contract c WHERE c.id = check_parts.contract_id);
  lost record;
BEGIN
  SELECT ch.* INTO lost FROM wmo.contract_change ch
  WHERE ch.contract_id = check_parts.contract_id AND ch.id = coalesce(check_parts.change_id, ch.id)
    AND num_nonnulls(ch.service_id, ch.area_id) > 0
    -- what is added may come after the change that says so, until the commit
    AND (ch.kind <> 'scope_added' OR check_parts.change_id IS NULL)
    AND EXISTS (SELECT FROM wmo.contract_scope s WHERE s.contract_id = ch.contract_id)
    AND (NOT EXISTS (SELECT FROM wmo_works.scope_change sc WHERE sc.change_id = ch.id)
         -- a scope is wider than what it names
         OR ch.kind <> 'scope_added' AND EXISTS (
           SELECT FROM wmo.contract_scope s
           CROSS JOIN LATERAL (
             SELECT coalesce(ch.service_id IN (SELECT p FROM wmo_works.service_with_parents(s.service_id) p), true)
                      AS service,
                    coalesce(ch.area_id IN (SELECT w.whole_id FROM wmo.area_with_wholes(s.area_id) w), true) AS area
           ) whole
           WHERE s.contract_id = ch.contract_id AND NOT (whole.service AND whole.area)
             AND (whole.service
                  OR s.service_id IN (SELECT p FROM wmo_works.service_with_parents(ch.service_id) p))
             AND (whole.area OR s.area_id IN (SELECT w.whole_id FROM wmo.area_with_wholes(ch.area_id) w))))
  ORDER BY ch.id LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'contract "%" has no scope for this %', number, lost.kind
      USING ERRCODE = 'check_violation', SCHEMA = 'wmo', TABLE = 'contract_change',
        CONSTRAINT = 'contract_change_meets_a_scope',
        DETAIL = format('Service %s in area %s is no whole scope of the contract.',
          coalesce((SELECT '"' || s.code || '"' FROM wmo.service s WHERE s.id = lost.service_id), '(all)'),
          coalesce((SELECT '"' || a.name || '"' FROM wmo.area a WHERE a.id = lost.area_id), '(all)')),
        HINT = CASE lost.kind
          WHEN 'scope_added'
          THEN format('Record what was added in the same transaction: a row of wmo.contract_scope with added_by_id %s.',
                      lost.id)
          ELSE 'Name a service and area of wmo.contract_scope; split the scope first when only a part of it changes.'
          END;
  END IF;
  SELECT sub.* INTO lost FROM wmo.subcontract sub
  WHERE check_parts.change_id IS NULL AND sub.contract_id = check_parts.contract_id
    AND EXISTS (SELECT FROM wmo.contract_scope s WHERE s.contract_id = sub.contract_id)
    AND NOT EXISTS (
      SELECT FROM wmo.contract_scope s
      WHERE s.contract_id = sub.contract_id
        AND (sub.service_id IS NULL
             OR sub.service_id IN (SELECT p FROM wmo_works.service_with_parents(s.service_id) p)
             OR s.service_id IN (SELECT p FROM wmo_works.service_with_parents(sub.service_id) p))
        AND (num_nonnulls(sub.area_id, s.area_id) < 2
             OR sub.area_id IN (SELECT w.whole_id FROM wmo.area_with_wholes(s.area_id) w)
             OR s.area_id IN (SELECT w.whole_id FROM wmo.area_with_wholes(sub.area_id) w)))
  ORDER BY sub.id LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'contract "%" has no scope in which its subcontractor % could serve', number,
        coalesce((SELECT format('"%s"', p.name) FROM wmo.party p WHERE p.id = lost.party_id), '(not named)')
      USING ERRCODE = 'check_violation', SCHEMA = 'wmo', TABLE = 'subcontract',
        CONSTRAINT = 'subcontract_meets_a_scope',
        DETAIL = 'None of its scopes is for that service and area, a part of them, or something wider.',
        HINT = 'Correct service_id and area_id in wmo.subcontract, or record the scope as well.';
  END IF;
END
$$;
COMMENT ON FUNCTION wmo_works.check_parts(integer, integer) IS
  'Refuses a change (null: any of the contract) for a service or area of which the contract has no scope, or only a '
  'wider one: it would change nothing there, in silence; an addition (where any is asked about) that brought no scope; '
  'and a subcontract for what no scope has. Of a contract without scopes nothing is refused.';

CREATE FUNCTION wmo_works.refuse_lost_part() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  -- one look for all that was changed until now; what changes later asks for it again
  UPDATE wmo_works.turn t SET taken_by = '0' WHERE (t.kind, t.id) = (NEW.kind, NEW.id) AND t.taken_by = NEW.taken_by;
  IF FOUND THEN
    PERFORM wmo_works.check_parts(NEW.id);
    PERFORM wmo_works.check_ledger(NEW.id);
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo_works.refuse_lost_part() IS
  'At commit, when scopes, what is said of them and the trees of areas and services have come or moved together: '
  'wmo_works.check_parts and wmo_works.check_ledger.';
CREATE CONSTRAINT TRIGGER parts_are_whole AFTER INSERT OR UPDATE ON wmo_works.turn
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.kind = 'parts_look' AND NEW.taken_by <> '0')
  EXECUTE FUNCTION wmo_works.as_owner('refuse_lost_part');
COMMENT ON TRIGGER parts_are_whole ON wmo_works.turn IS
  'A contract whose scopes changed is looked at, once, at commit: what is said of a part of it is of a whole scope.';

CREATE FUNCTION wmo_works.look_at_parts(contract_ids integer[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM wmo_works.take_turns('parts_look', ARRAY(
    SELECT ch.contract_id FROM wmo.contract_change ch WHERE ch.contract_id = ANY (contract_ids)
    UNION SELECT sub.contract_id FROM wmo.subcontract sub WHERE sub.contract_id = ANY (contract_ids)));
END
$$;
COMMENT ON FUNCTION wmo_works.look_at_parts(integer[]) IS
  'Has these contracts looked at, at commit, as far as anything is said of their parts.';

CREATE FUNCTION wmo_works.look_at_subcontracts() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  touched integer[] := ARRAY(SELECT DISTINCT n.contract_id FROM new_row n);
BEGIN
  PERFORM wmo_works.hold_contracts(touched);
  PERFORM wmo_works.look_at_parts(touched);
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo_works.look_at_subcontracts() IS
  'Statement trigger: a subcontract is for something that its contract is for.';
CREATE TRIGGER look_at_subcontracts_on_insert AFTER INSERT ON wmo.subcontract
  REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.as_owner('look_at_subcontracts');
COMMENT ON TRIGGER look_at_subcontracts_on_insert ON wmo.subcontract IS
  'A subcontract is for something that its contract is for.';
CREATE TRIGGER look_at_subcontracts_on_update AFTER UPDATE ON wmo.subcontract
  REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.as_owner('look_at_subcontracts');
COMMENT ON TRIGGER look_at_subcontracts_on_update ON wmo.subcontract IS
  'A subcontract is for something that its contract is for.';

CREATE FUNCTION wmo_works.look_at_trees() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM wmo_works.look_at_parts(ARRAY(
    SELECT ch.contract_id FROM wmo.contract_change ch WHERE num_nonnulls(ch.service_id, ch.area_id) > 0
    UNION SELECT sub.contract_id FROM wmo.subcontract sub WHERE num_nonnulls(sub.service_id, sub.area_id) > 0));
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo_works.look_at_trees() IS
  'Statement trigger: what is said of a part of a contract is of such a part still, when an area becomes a part of '
  'another or a service has another parent.';
CREATE TRIGGER look_at_trees AFTER INSERT OR UPDATE OR DELETE ON wmo.area_part
  FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.as_owner('look_at_trees');
COMMENT ON TRIGGER look_at_trees ON wmo.area_part IS 'What is said of a part of a contract still fits its scopes.';
CREATE TRIGGER look_at_trees AFTER UPDATE OF parent_id ON wmo.service
  FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.as_owner('look_at_trees');
COMMENT ON TRIGGER look_at_trees ON wmo.service IS 'What is said of a part of a contract still fits its scopes.';

CREATE FUNCTION wmo_works.in_whose_hands(transfer_id integer) RETURNS TABLE (scope_id integer, party_id integer)
LANGUAGE sql STABLE PARALLEL SAFE COST 500 ROWS 2
BEGIN ATOMIC
  SELECT part.scope_id,
         coalesce((SELECT before.to_party_id FROM wmo.contract_change before
                   WHERE before.contract_id = t.contract_id AND before.kind = 'transfer'
                     AND before.effective_on <= t.effective_on AND (before.ordered_by, before.id) < (t.ordered_by, t.id)
                     AND (part.scope_id IS NULL
                          OR EXISTS (SELECT FROM wmo_works.scope_change x
                                     WHERE x.change_id = before.id AND x.scope_id = part.scope_id))
                   ORDER BY before.effective_on DESC, before.ordered_by DESC, before.id DESC LIMIT 1), c.supplier_id)
  FROM wmo.contract_change t
  JOIN wmo.contract c ON c.id = t.contract_id
  CROSS JOIN LATERAL (
    SELECT sc.scope_id FROM wmo_works.scope_change sc WHERE sc.change_id = t.id
    UNION ALL
    SELECT NULL WHERE NOT EXISTS (SELECT FROM wmo.contract_scope s WHERE s.contract_id = t.contract_id)
  ) part
  WHERE t.id = in_whose_hands.transfer_id;
END;
COMMENT ON FUNCTION wmo_works.in_whose_hands(integer) IS
  'Who has each part that a transfer names on its day, by the ledger as it was before that transfer; one row with a '
  'null scope_id for a contract without scopes.';

CREATE FUNCTION wmo_works.check_order(contract_id integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  number text := (SELECT c.number FROM wmo.contract c WHERE c.id = check_order.contract_id);
  late record;
  twice record;
  idle record;
BEGIN
  SELECT l.judged_on, coalesce(l.effective_on, l.ends[cardinality(l.ends)]) AS ended INTO late
  FROM wmo_works.ledger_trace(check_order.contract_id) l
  WHERE l.kind = 'end_revoked' AND l.applies
    AND l.judged_on >= coalesce(l.effective_on, l.ends[cardinality(l.ends)])
  ORDER BY l.ordered_by, l.change_id, l.scope_id NULLS FIRST LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the early end of contract "%" had come when it was revoked', number
      USING ERRCODE = 'check_violation', SCHEMA = 'wmo', TABLE = 'contract_change',
        CONSTRAINT = 'contract_change_revokes_an_end_before_it_comes',
        DETAIL = format('It was revoked on %s; the first day without service was %s.',
                        wmo_works.iso_day(late.judged_on), wmo_works.iso_day(late.ended)),
        HINT = 'What was agreed after the end is a contract of its own; an end that never held (it was annulled, say) '
               'is a row to be deleted.';
  END IF;
  SELECT one.effective_on, p.name AS one, q.name AS other INTO twice
  FROM wmo.contract_change one
  JOIN wmo.contract_change other USING (contract_id, kind, effective_on, ordered_by)
  JOIN wmo.party p ON p.id = one.to_party_id
  JOIN wmo.party q ON q.id = other.to_party_id
  WHERE one.contract_id = check_order.contract_id AND one.kind = 'transfer' AND one.id < other.id
    AND one.to_party_id <> other.to_party_id
    AND (NOT EXISTS (SELECT FROM wmo.contract_scope c WHERE c.contract_id = one.contract_id)
         OR EXISTS (SELECT FROM wmo_works.scope_change a JOIN wmo_works.scope_change b USING (scope_id)
                    WHERE a.change_id = one.id AND b.change_id = other.id))
  ORDER BY one.id, other.id LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'to whom does contract "%" go on %?', number, wmo_works.iso_day(twice.effective_on)
      USING ERRCODE = 'check_violation', SCHEMA = 'wmo', TABLE = 'contract_change',
        CONSTRAINT = 'contract_change_goes_to_one_party_a_day',
        DETAIL = format('By changes of the same day it goes to "%s" and to "%s".', twice.one, twice.other),
        HINT = 'Delete the one that is wrong, or give each its own decided_on or received_on: the later one holds.';
  END IF;
  SELECT t.effective_on, p.name AS party INTO idle
  FROM wmo.contract_change t JOIN wmo.party p ON p.id = t.to_party_id
  WHERE t.contract_id = check_order.contract_id AND t.kind = 'transfer'
    AND (SELECT bool_and(h.party_id IS NOT DISTINCT FROM t.to_party_id) FROM wmo_works.in_whose_hands(t.id) h)
  ORDER BY t.id LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'contract "%" is of "%" already on %', number, idle.party, wmo_works.iso_day(idle.effective_on)
      USING ERRCODE = 'check_violation', SCHEMA = 'wmo', TABLE = 'contract_change',
        CONSTRAINT = 'contract_change_goes_to_another_party',
        DETAIL = 'A transfer is to another party than has the contract on that day, by what was known before it.',
        HINT = 'See supplier_id in wmo.contract and the transfers in wmo.contract_change.';
  END IF;
END
$$;
COMMENT ON FUNCTION wmo_works.check_order(integer) IS
  'Refuses a ledger in which an early end is revoked after it came, a part goes to two parties at once of which '
  'neither came last, or a transfer is to who had it already.';

CREATE FUNCTION wmo_works.check_goes_on(contract_id integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  number text := (SELECT c.number FROM wmo.contract c WHERE c.id = check_goes_on.contract_id);
  apart record;
BEGIN
  SELECT l.kind, l.effective_on, max(wmo.last_day(l.before)) AS last_day INTO apart
  FROM wmo_works.ledger_trace(check_goes_on.contract_id) l
  WHERE l.applies AND l.kind IN ('extension', 'option_declined') AND l.effective_on IS NOT NULL
    AND wmo.exclusive_end(l.before) IS NOT NULL
  GROUP BY l.change_id, l.kind, l.effective_on
  HAVING NOT bool_or(l.effective_on = wmo.exclusive_end(l.before)) ORDER BY l.change_id LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the % of contract "%" is from %, which is not the day after its last one', apart.kind, number,
        wmo_works.iso_day(apart.effective_on)
      USING ERRCODE = 'check_violation', SCHEMA = 'wmo', TABLE = 'contract_change', COLUMN = 'effective_on',
        CONSTRAINT = 'contract_change_goes_on_where_it_ended',
        DETAIL = format('Before it the contract, or the part that it names, runs until %s.',
                        wmo_works.iso_day(apart.last_day)),
        HINT = 'Leave effective_on out, or give the day after that. What begins after some days without service is a '
               'contract of its own.';
  END IF;
END
$$;
COMMENT ON FUNCTION wmo_works.check_goes_on(integer) IS
  'Refuses an extension, or an option that is declined, with a first day on which nowhere the term before it has just '
  'ended: on the days in between nobody would serve, and it would be told that somebody does.';

CREATE FUNCTION wmo_works.check_ledger(contract_id integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  traced record;
  number text := (SELECT c.number FROM wmo.contract c WHERE c.id = check_ledger.contract_id);
BEGIN
  SELECT t.* INTO traced
  FROM (SELECT l.*, bool_or(l.applies) OVER (PARTITION BY l.change_id) AS somewhere
        FROM wmo_works.ledger_trace(check_ledger.contract_id) l) t
  WHERE NOT t.somewhere ORDER BY t.ordered_by, t.change_id, t.scope_id NULLS FIRST LIMIT 1;
  IF FOUND THEN
    -- which says why it cannot be
    PERFORM wmo_works.apply_change(traced.before, traced.kind, traced.option_no, traced.judged_on, traced.effective_on,
                                   traced.until);
    RAISE EXCEPTION 'the % of contract "%" changes nothing', traced.kind, number
      USING ERRCODE = 'check_violation', SCHEMA = 'wmo', TABLE = 'contract_change',
        DETAIL = format('The period before it is "%s".', traced.before);
  END IF;
  SELECT l.* INTO traced FROM wmo_works.ledger_trace(check_ledger.contract_id) l
  WHERE l.kind = 'end_revoked' AND l.effective_on IS NULL AND cardinality(l.ends) > 1
  ORDER BY l.ordered_by, l.change_id, l.scope_id NULLS FIRST LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'which early end of contract "%" is revoked?', number
      USING ERRCODE = 'check_violation', SCHEMA = 'wmo', TABLE = 'contract_change',
        CONSTRAINT = 'contract_change_names_the_end_that_it_revokes',
        DETAIL = format('More than one stands; the first days without service are %s.',
                        array_to_string(traced.ends, ' and ')),
        HINT = 'Give that day in effective_on. Where several are revoked, record each.';
  END IF;
  IF EXISTS (
    SELECT FROM wmo.contract_change e
    WHERE e.contract_id = check_ledger.contract_id AND e.kind = 'suspension_ended'
      AND NOT EXISTS (
        SELECT FROM wmo.contract_change s
        WHERE s.contract_id = e.contract_id AND s.kind = 'suspension' AND (s.ordered_by, s.id) < (e.ordered_by, e.id)
          AND s.effective_on <= e.effective_on AND coalesce(s.until > e.effective_on, true)
          AND (NOT EXISTS (SELECT FROM wmo.contract_scope c WHERE c.contract_id = e.contract_id)
               OR EXISTS (SELECT FROM wmo_works.scope_change a JOIN wmo_works.scope_change b USING (scope_id)
                          WHERE a.change_id = e.id AND b.change_id = s.id
                            AND NOT EXISTS ( -- it had been ended there before
                              SELECT FROM wmo_works.scope_change x
                              WHERE x.scope_id = a.scope_id AND x.kind = 'suspension_ended'
                                AND x.effective_on BETWEEN s.effective_on AND e.effective_on
                                AND (x.ordered_by, x.change_id) > (s.ordered_by, s.id)
                                AND (x.ordered_by, x.change_id) < (e.ordered_by, e.id)))))) THEN
    RAISE EXCEPTION 'contract "%" has no suspension that this suspension_ended ends', number
      USING ERRCODE = 'check_violation', SCHEMA = 'wmo', TABLE = 'contract_change',
        CONSTRAINT = 'contract_change_ends_a_suspension',
        DETAIL = 'It ends, on effective_on, the suspensions of the same services and areas that were known before it, '
                 'had begun by then and would have held longer.',
        HINT = 'Record the suspension first; where its end was known with it, give that in until. One that is called '
               'off before it came ends on its first day.';
  END IF;
  PERFORM wmo_works.check_goes_on(check_ledger.contract_id);
  PERFORM wmo_works.check_order(check_ledger.contract_id);
  IF NOT EXISTS (SELECT FROM wmo.contract_change ch
                 WHERE ch.contract_id = check_ledger.contract_id AND num_nonnulls(ch.service_id, ch.area_id) > 0) THEN
    RETURN; -- every part is as the whole
  END IF;
  SELECT l.kind, min(wmo_works.next_option(l.before)) AS lowest, max(wmo_works.next_option(l.before)) AS highest
    INTO traced
  FROM wmo_works.ledger_trace(check_ledger.contract_id) l
  WHERE l.applies AND l.kind IN ('extension', 'option_declined') AND l.option_no IS NULL AND l.until IS NULL
  GROUP BY l.change_id, l.kind
  HAVING min(wmo_works.next_option(l.before)) <> max(wmo_works.next_option(l.before)) ORDER BY l.change_id LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'which option of contract "%" is %?', number,
        CASE traced.kind WHEN 'extension' THEN 'exercised' ELSE 'declined' END
      USING ERRCODE = 'check_violation', SCHEMA = 'wmo', TABLE = 'contract_change',
        CONSTRAINT = 'contract_change_names_an_option_where_parts_differ',
        DETAIL = format('For one part of the contract the next option is %s, for another %s.', traced.lowest,
                        traced.highest),
        HINT = 'Name it in option_no, or record a change for each part.';
  END IF;
END
$$;
COMMENT ON FUNCTION wmo_works.check_ledger(integer) IS
  'Refuses a ledger with a change that changes nothing, or of which it cannot be told what.';

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
  IF TG_OP <> 'DELETE' THEN
    PERFORM wmo_works.check_parts(held.id, NEW.id);
    IF NEW.kind = 'scope_added' THEN
      PERFORM wmo_works.look_at_parts(ARRAY[held.id]);
    END IF;
  END IF;
  by_ledger := wmo_works.contract_period_by_ledger(held.id, held.agreed_period);
  IF by_ledger::text <> held.period::text THEN
    UPDATE wmo.contract c SET period = by_ledger WHERE c.id = held.id;
  END IF;
  PERFORM wmo_works.check_ledger(held.id);
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
  PERFORM wmo_works.look_at_parts(touched);
  -- arrays, not joins: before the tables are analyzed a plan would read the new rows again for each of them
  touched := ARRAY(SELECT DISTINCT ch.contract_id FROM wmo.contract_change ch WHERE ch.contract_id = ANY (touched));
  PERFORM wmo_works.check_ledger(t) FROM unnest(touched) t;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo_works.check_scope_ledger() IS
  'Statement trigger: refuses scopes over which the ledger of their contract cannot be applied.';

CREATE FUNCTION wmo_works.check_agreed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM wmo_works.check_ledger(NEW.id);
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo_works.check_agreed() IS
  'Refuses another agreed period over which the ledger cannot be applied.';
CREATE TRIGGER check_agreed AFTER UPDATE OF period, agreed_period ON wmo.contract
  FOR EACH ROW WHEN (NEW.agreed_period::text <> OLD.agreed_period::text)
  EXECUTE FUNCTION wmo_works.as_owner('check_agreed');
COMMENT ON TRIGGER check_agreed ON wmo.contract IS 'What was agreed is something to which the ledger can be applied.';

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
  PERFORM wmo_works.look_at_parts(ARRAY(SELECT DISTINCT o.contract_id FROM old_row o));
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo_works.keep_time_of_scope() IS
  'Statement trigger: a contract that loses a scope has changed; what is said of that part is looked at.';
CREATE TRIGGER keep_time AFTER DELETE ON wmo.contract_scope
  REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.keep_time_of_scope();
COMMENT ON TRIGGER keep_time ON wmo.contract_scope IS 'A contract that loses a scope has changed.';
