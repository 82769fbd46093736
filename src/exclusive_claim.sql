
-- ---- exclusive scopes: one main provider for the same service, area, ages and days --------------------------------------
-- Claims are derived from contracts, never written by hand and never dumped. One exclusion constraint guards them; the
-- trigger before it says the same in words.

CREATE TABLE wmo.exclusive_claim (
  id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  contract_id integer NOT NULL REFERENCES wmo.contract ON DELETE CASCADE,
  scope_id    integer NOT NULL REFERENCES wmo.contract_scope ON DELETE CASCADE,
  service_id  integer NOT NULL REFERENCES wmo.service ON DELETE CASCADE,
  area_id     integer NOT NULL REFERENCES wmo.area ON DELETE CASCADE,
  ages        int4range NOT NULL,
  during      daterange NOT NULL,
  CONSTRAINT exclusive_claim_ages_are_not_empty CHECK (NOT isempty(ages)),
  CONSTRAINT exclusive_claim_during_is_not_empty CHECK (NOT isempty(during)),
  -- one contract never conflicts with itself
  CONSTRAINT one_main_provider_for_service_area_ages_and_days
    EXCLUDE USING gist (service_id WITH =, area_id WITH =, contract_id WITH <>, ages WITH &&, during WITH &&)
    DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX exclusive_claim_contract_id_idx ON wmo.exclusive_claim (contract_id);
CREATE INDEX exclusive_claim_scope_id_idx ON wmo.exclusive_claim (scope_id);

COMMENT ON TABLE wmo.exclusive_claim IS 'What exclusive scopes (one main provider) lay claim to, per smallest service and area: derived from contracts, scopes, ledger and awards. Open options claim nothing; a withdrawn or annulled award claims nothing; no stated end claims until an end is recorded.';
COMMENT ON COLUMN wmo.exclusive_claim.id IS 'Key.';
COMMENT ON COLUMN wmo.exclusive_claim.contract_id IS 'The contract.';
COMMENT ON COLUMN wmo.exclusive_claim.scope_id IS 'The exclusive scope.';
COMMENT ON COLUMN wmo.exclusive_claim.service_id IS 'Smallest service under the scope''s service.';
COMMENT ON COLUMN wmo.exclusive_claim.area_id IS 'Smallest recorded part of the scope''s area.';
COMMENT ON COLUMN wmo.exclusive_claim.ages IS 'Ages in whole years, half open.';
COMMENT ON COLUMN wmo.exclusive_claim.during IS 'Days of care, half open.';

CREATE VIEW wmo.exclusive_claim_due AS
  SELECT DISTINCT st.contract_id, s.id AS scope_id, sv.service_id, leaf.leaf_id AS area_id, s.ages, st.valid * edition.valid AS during
  FROM wmo.contract_scope s
  JOIN wmo.scope_standing st ON st.scope_id = s.id
  CROSS JOIN LATERAL wmo.service_leaves(s.service_id) AS sv (service_id)
  CROSS JOIN LATERAL (
    SELECT s.area_id AS id, '(,)'::daterange AS valid WHERE NOT s.follows_code
    UNION ALL
    SELECT e.id, e.valid FROM wmo.area pinned JOIN wmo.area e ON e.code OPERATOR(wmo.=) pinned.code
    WHERE pinned.id = s.area_id AND s.follows_code
  ) edition
  CROSS JOIN LATERAL wmo.area_leaves(edition.id) leaf
  WHERE s.choice = 'exclusive' AND s.clients = 'all' AND s.area_id IS NOT NULL
    AND st.certainty <> 'option' AND upper_inf(st.known) AND st.valid && edition.valid;
COMMENT ON VIEW wmo.exclusive_claim_due IS 'The claims that the contracts of this moment make: what wmo.exclusive_claim must hold.';
COMMENT ON COLUMN wmo.exclusive_claim_due.contract_id IS 'The contract.';
COMMENT ON COLUMN wmo.exclusive_claim_due.scope_id IS 'The exclusive scope.';
COMMENT ON COLUMN wmo.exclusive_claim_due.service_id IS 'Smallest service.';
COMMENT ON COLUMN wmo.exclusive_claim_due.area_id IS 'Smallest recorded part of the area.';
COMMENT ON COLUMN wmo.exclusive_claim_due.ages IS 'Ages in whole years, half open.';
COMMENT ON COLUMN wmo.exclusive_claim_due.during IS 'Days of care, half open.';

CREATE FUNCTION wmo.derive_exclusive_claims(contract_ids integer[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  touched integer[] := ARRAY(
    SELECT c.id FROM wmo.contract c
    WHERE c.id = ANY (contract_ids)
      AND (EXISTS (SELECT FROM wmo.contract_scope s WHERE s.contract_id = c.id AND s.choice = 'exclusive')
           OR EXISTS (SELECT FROM wmo.exclusive_claim e WHERE e.contract_id = c.id))
    ORDER BY c.id);
BEGIN
  IF touched = '{}' THEN
    RETURN;
  END IF;
  PERFORM FROM wmo.contract c WHERE c.id = ANY (touched) ORDER BY c.id FOR NO KEY UPDATE;
  UPDATE wmo.contract c SET changed_at = now() WHERE c.id = ANY (touched) AND c.xmin <> pg_current_xact_id()::xid;
  PERFORM wmo.take_turn(ARRAY(
    SELECT l FROM wmo.contract_scope s CROSS JOIN LATERAL wmo.service_leaves(s.service_id) l
    WHERE s.contract_id = ANY (touched) AND s.choice = 'exclusive'
    UNION
    SELECT e.service_id FROM wmo.exclusive_claim e WHERE e.contract_id = ANY (touched)));
  DELETE FROM wmo.exclusive_claim e
  WHERE e.contract_id = ANY (touched)
    AND NOT EXISTS (SELECT FROM wmo.exclusive_claim_due d
                    WHERE (d.scope_id, d.service_id, d.area_id, d.ages, d.during, d.contract_id) =
                          (e.scope_id, e.service_id, e.area_id, e.ages, e.during, e.contract_id));
  INSERT INTO wmo.exclusive_claim (contract_id, scope_id, service_id, area_id, ages, during)
  SELECT d.contract_id, d.scope_id, d.service_id, d.area_id, d.ages, d.during
  FROM wmo.exclusive_claim_due d
  WHERE d.contract_id = ANY (touched)
    AND NOT EXISTS (SELECT FROM wmo.exclusive_claim e
                    WHERE (d.scope_id, d.service_id, d.area_id, d.ages, d.during, d.contract_id) =
                          (e.scope_id, e.service_id, e.area_id, e.ages, e.during, e.contract_id));
END
$$;
COMMENT ON FUNCTION wmo.derive_exclusive_claims(integer[]) IS 'Brings the claims of these contracts up to date; safe under concurrent changes at every isolation level. Called by triggers only.';

CREATE FUNCTION wmo.refuse_second_main_provider() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  other wmo.exclusive_claim;
  names text[];
BEGIN
  SELECT e.* INTO other FROM wmo.exclusive_claim e
  WHERE e.service_id = NEW.service_id AND e.area_id = NEW.area_id AND e.contract_id <> NEW.contract_id
    AND e.ages && NEW.ages AND e.during && NEW.during
    AND EXISTS (SELECT FROM wmo.exclusive_claim mine WHERE mine.id = NEW.id)
  ORDER BY e.contract_id LIMIT 1;
  IF FOUND THEN
    names := ARRAY(SELECT format('%s (%s)', c.number, b.name) FROM wmo.contract c JOIN wmo.party b ON b.id = c.buyer_id
                   WHERE c.id IN (NEW.contract_id, other.contract_id) ORDER BY c.number, b.name);
    RAISE EXCEPTION 'contracts "%" and "%" would both be the main provider of "%" in "%"', names[1], names[2],
        (SELECT s.code FROM wmo.service s WHERE s.id = NEW.service_id), (SELECT a.name FROM wmo.area a WHERE a.id = NEW.area_id)
      USING ERRCODE = 'exclusion_violation', SCHEMA = 'wmo', TABLE = 'exclusive_claim',
        CONSTRAINT = 'one_main_provider_for_service_area_ages_and_days',
        DETAIL = format('Both claim ages %s on days %s.', NEW.ages * other.ages, NEW.during * other.during),
        HINT = 'End one of them (contract_change early_end), record the end of a period that has none, or make the choice shared.';
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo.refuse_second_main_provider() IS 'At commit: names the two contracts that claim the same. The exclusion constraint behind it is the backstop.';

-- Deferred triggers of one row fire by name, and the constraint's own begins with Unique_: this one must come first.
CREATE CONSTRAINT TRIGGER "A_main_provider_is_alone" AFTER INSERT OR UPDATE ON wmo.exclusive_claim
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wmo.refuse_second_main_provider();
COMMENT ON TRIGGER "A_main_provider_is_alone" ON wmo.exclusive_claim IS 'Says which two contracts conflict.';

-- ---- what can change a claim -------------------------------------------------------------------------------------------

CREATE FUNCTION wmo.refuse_written_claim() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION 'wmo.exclusive_claim is derived and not written by hand'
    USING ERRCODE = 'object_not_in_prerequisite_state', SCHEMA = 'wmo', TABLE = 'exclusive_claim',
      DETAIL = 'Its rows follow from contracts, scopes, ledger, awards, area parts and services.',
      HINT = 'Change those. To derive every claim again: UPDATE wmo.contract_scope SET choice = choice.';
END
$$;
COMMENT ON FUNCTION wmo.refuse_written_claim() IS 'Refuses claims that no trigger derived.';
CREATE TRIGGER claims_are_derived BEFORE INSERT OR UPDATE OR DELETE ON wmo.exclusive_claim
  FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION wmo.refuse_written_claim();
COMMENT ON TRIGGER claims_are_derived ON wmo.exclusive_claim IS 'Only triggers write claims.';

CREATE FUNCTION wmo.derive_claims_on_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  contract_ids integer[];
BEGIN
  IF TG_TABLE_NAME = 'contract' THEN
    contract_ids := ARRAY(SELECT n.id FROM new_row n JOIN old_row o USING (id)
      WHERE (n.period::text, n.agreed_period::text, n.award_id) IS DISTINCT FROM (o.period::text, o.agreed_period::text, o.award_id));
  ELSIF TG_OP = 'INSERT' THEN
    contract_ids := ARRAY(SELECT DISTINCT n.contract_id FROM new_row n);
  ELSIF TG_OP = 'DELETE' THEN
    contract_ids := ARRAY(SELECT DISTINCT o.contract_id FROM old_row o);
  ELSE
    contract_ids := ARRAY(SELECT n.contract_id FROM new_row n UNION SELECT o.contract_id FROM old_row o);
  END IF;
  PERFORM wmo.derive_exclusive_claims(contract_ids);
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo.derive_claims_on_change() IS 'Statement trigger of contracts, their scopes and ledger: derives the claims of the contracts that it changed.';

CREATE FUNCTION wmo.derive_claims_on_shift() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  shifted boolean := true;
  wholes integer[] := '{}';
  contract_ids integer[];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    CASE TG_TABLE_NAME
      WHEN 'area_part' THEN shifted := EXISTS (SELECT n.whole_id, n.part_id FROM new_row n EXCEPT SELECT o.whole_id, o.part_id FROM old_row o);
      WHEN 'area' THEN shifted := EXISTS (SELECT n.id, n.code, n.valid FROM new_row n EXCEPT SELECT o.id, o.code, o.valid FROM old_row o);
      WHEN 'service' THEN shifted := EXISTS (SELECT n.id, n.parent_id FROM new_row n EXCEPT SELECT o.id, o.parent_id FROM old_row o);
      WHEN 'award' THEN shifted := EXISTS (SELECT n.id, n.withdrawn_on, n.annulled_on FROM new_row n
                                           EXCEPT SELECT o.id, o.withdrawn_on, o.annulled_on FROM old_row o);
    END CASE;
  ELSIF TG_OP = 'INSERT' THEN
    shifted := EXISTS (SELECT FROM new_row);
  ELSIF TG_OP = 'DELETE' THEN
    shifted := EXISTS (SELECT FROM old_row);
  END IF;
  IF NOT shifted THEN
    RETURN NULL;
  END IF;
  -- another session may be adding contracts on these: wait for those first, then look for them
  PERFORM wmo.take_turn();
  IF TG_TABLE_NAME = 'award' THEN
    contract_ids := ARRAY(SELECT c.id FROM wmo.contract c WHERE c.award_id IN (SELECT n.id FROM new_row n));
  ELSIF TG_TABLE_NAME = 'area_part' AND TG_OP <> 'TRUNCATE' THEN
    IF TG_OP <> 'INSERT' THEN
      wholes := ARRAY(SELECT o.whole_id FROM old_row o);
    END IF;
    IF TG_OP <> 'DELETE' THEN
      wholes := wholes || ARRAY(SELECT n.whole_id FROM new_row n);
    END IF;
    -- what a part is made of, every wider area is made of
    contract_ids := ARRAY(SELECT DISTINCT s.contract_id FROM wmo.contract_scope s
      WHERE s.choice = 'exclusive'
        AND (s.follows_code OR s.area_id IN (SELECT w.whole_id FROM unnest(wholes) u (id) CROSS JOIN LATERAL wmo.area_with_wholes(u.id) w)));
  ELSE
    contract_ids := ARRAY(SELECT DISTINCT s.contract_id FROM wmo.contract_scope s
      WHERE s.choice = 'exclusive' AND (s.follows_code OR TG_TABLE_NAME <> 'area'));
  END IF;
  PERFORM wmo.derive_exclusive_claims(contract_ids);
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo.derive_claims_on_shift() IS 'Statement trigger of what contracts share: awards, area parts, editions of areas and the tree of services. Derives the claims of every contract that may rest on them.';

DO $$
DECLARE
  source record;
BEGIN
  FOR source IN
    SELECT t.table_name, t.function_name, event
    FROM (VALUES
      ('contract', 'derive_claims_on_change', '{UPDATE}'), ('contract_scope', 'derive_claims_on_change', '{INSERT,UPDATE,DELETE}'),
      ('contract_change', 'derive_claims_on_change', '{INSERT,UPDATE,DELETE}'), ('award', 'derive_claims_on_shift', '{UPDATE}'),
      ('area_part', 'derive_claims_on_shift', '{INSERT,UPDATE,DELETE,TRUNCATE}'), ('area', 'derive_claims_on_shift', '{INSERT,UPDATE}'),
      ('service', 'derive_claims_on_shift', '{INSERT,UPDATE,DELETE}')) AS t (table_name, function_name, events)
    CROSS JOIN LATERAL unnest(t.events::text[]) event
  LOOP
    EXECUTE format('CREATE TRIGGER zz_derive_claims_on_%s AFTER %s ON wmo.%I %s FOR EACH STATEMENT EXECUTE FUNCTION wmo.%I()',
      lower(source.event), source.event, source.table_name,
      CASE source.event WHEN 'INSERT' THEN 'REFERENCING NEW TABLE AS new_row' WHEN 'DELETE' THEN 'REFERENCING OLD TABLE AS old_row'
                        WHEN 'UPDATE' THEN 'REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row' ELSE '' END,
      source.function_name);
    EXECUTE format('COMMENT ON TRIGGER zz_derive_claims_on_%s ON wmo.%I IS %L', lower(source.event), source.table_name,
      'Keeps wmo.exclusive_claim equal to wmo.exclusive_claim_due.');
  END LOOP;
END
$$;
