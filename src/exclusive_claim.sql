
-- ---- exclusive scopes: one main provider for the same service, area, ages and days --------------------------------------
-- Claims are derived from contracts, never written by hand and never dumped. One exclusion constraint guards them; the
-- trigger before it says the same in words.

CREATE TABLE wmo.exclusive_claim (
  id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  contract_id integer NOT NULL REFERENCES wmo.contract ON DELETE CASCADE,
  contract    text NOT NULL,
  scope_id    integer NOT NULL REFERENCES wmo.contract_scope ON DELETE CASCADE,
  service_id  integer NOT NULL REFERENCES wmo.service,
  area_id     integer NOT NULL REFERENCES wmo.area ON DELETE CASCADE,
  ages        int4range NOT NULL,
  during      daterange NOT NULL,
  CONSTRAINT exclusive_claim_ages_are_not_empty CHECK (NOT isempty(ages)),
  CONSTRAINT exclusive_claim_during_is_not_empty CHECK (NOT isempty(during)),
  -- the contract is part of the key so that the message names both, and one contract never conflicts with itself
  CONSTRAINT one_main_provider_for_service_area_ages_and_days
    EXCLUDE USING gist (service_id WITH =, area_id WITH =, contract WITH <>, ages WITH &&, during WITH &&)
    DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX exclusive_claim_contract_id_idx ON wmo.exclusive_claim (contract_id);
CREATE INDEX exclusive_claim_scope_id_idx ON wmo.exclusive_claim (scope_id);

COMMENT ON TABLE wmo.exclusive_claim IS 'What exclusive scopes (one main provider) lay claim to, per smallest service and area: derived from contracts, scopes, ledger and awards. Open options claim nothing; a withdrawn or annulled award claims nothing; no stated end claims until an end is recorded.';
COMMENT ON COLUMN wmo.exclusive_claim.id IS 'Key.';
COMMENT ON COLUMN wmo.exclusive_claim.contract_id IS 'The contract.';
COMMENT ON COLUMN wmo.exclusive_claim.contract IS 'Its number and buyer, for the message.';
COMMENT ON COLUMN wmo.exclusive_claim.scope_id IS 'The exclusive scope.';
COMMENT ON COLUMN wmo.exclusive_claim.service_id IS 'Smallest service under the scope''s service.';
COMMENT ON COLUMN wmo.exclusive_claim.area_id IS 'Smallest recorded part of the scope''s area.';
COMMENT ON COLUMN wmo.exclusive_claim.ages IS 'Ages in whole years, half open.';
COMMENT ON COLUMN wmo.exclusive_claim.during IS 'Days of care, half open.';

CREATE VIEW wmo.exclusive_claim_due AS
  SELECT DISTINCT st.contract_id, format('%s (%s)', c.number, b.name) AS contract, s.id AS scope_id, sv.service_id, leaf.leaf_id AS area_id,
         s.ages, st.valid * edition.valid AS during
  FROM wmo.contract_scope s
  JOIN wmo.scope_standing st ON st.scope_id = s.id
  JOIN wmo.contract c ON c.id = s.contract_id
  JOIN wmo.party b ON b.id = c.buyer_id
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
COMMENT ON COLUMN wmo.exclusive_claim_due.contract IS 'Its number and buyer.';
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
  service integer;
BEGIN
  IF touched = '{}' THEN
    RETURN;
  END IF;
  -- Two sessions that change one contract must see each other: both lock it before they read its scopes. Under a fixed
  -- snapshot a lock alone shows nothing, so there the row is written, and the later session gets a serialization error.
  PERFORM FROM wmo.contract c WHERE c.id = ANY (touched) ORDER BY c.id FOR NO KEY UPDATE;
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    UPDATE wmo.contract c SET changed_at = now() WHERE c.id = ANY (touched);
  END IF;
  -- Sessions that claim the same service wait for one another here, not at commit, where both would only see a deadlock.
  FOR service IN
    SELECT DISTINCT l FROM wmo.contract_scope s CROSS JOIN LATERAL wmo.service_leaves(s.service_id) l
    WHERE s.contract_id = ANY (touched) AND s.choice = 'exclusive' ORDER BY 1
  LOOP
    PERFORM pg_advisory_xact_lock('wmo.exclusive_claim'::regclass::oid::integer, service);
  END LOOP;
  DELETE FROM wmo.exclusive_claim e
  WHERE e.contract_id = ANY (touched)
    AND NOT EXISTS (SELECT FROM wmo.exclusive_claim_due d
                    WHERE (d.scope_id, d.service_id, d.area_id, d.ages, d.during, d.contract) =
                          (e.scope_id, e.service_id, e.area_id, e.ages, e.during, e.contract));
  INSERT INTO wmo.exclusive_claim (contract_id, contract, scope_id, service_id, area_id, ages, during)
  SELECT d.contract_id, d.contract, d.scope_id, d.service_id, d.area_id, d.ages, d.during
  FROM wmo.exclusive_claim_due d
  WHERE d.contract_id = ANY (touched)
    AND NOT EXISTS (SELECT FROM wmo.exclusive_claim e
                    WHERE (d.scope_id, d.service_id, d.area_id, d.ages, d.during, d.contract) =
                          (e.scope_id, e.service_id, e.area_id, e.ages, e.during, e.contract));
END
$$;
COMMENT ON FUNCTION wmo.derive_exclusive_claims(integer[]) IS 'Brings the claims of these contracts up to date; safe under concurrent changes of the same contract or service.';

CREATE FUNCTION wmo.refuse_second_main_provider() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  other wmo.exclusive_claim;
BEGIN
  SELECT e.* INTO other FROM wmo.exclusive_claim e
  WHERE e.service_id = NEW.service_id AND e.area_id = NEW.area_id AND e.contract <> NEW.contract
    AND e.ages && NEW.ages AND e.during && NEW.during
    AND EXISTS (SELECT FROM wmo.exclusive_claim mine WHERE mine.id = NEW.id)
  ORDER BY e.contract LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'contracts "%" and "%" would both be the main provider of "%" in "%"', least(NEW.contract, other.contract),
        greatest(NEW.contract, other.contract), (SELECT s.code FROM wmo.service s WHERE s.id = NEW.service_id),
        (SELECT a.name FROM wmo.area a WHERE a.id = NEW.area_id)
      USING ERRCODE = 'exclusion_violation', SCHEMA = 'wmo', TABLE = 'exclusive_claim',
        CONSTRAINT = 'one_main_provider_for_service_area_ages_and_days',
        DETAIL = format('Both claim ages %s on days %s.', NEW.ages * other.ages, NEW.during * other.during),
        HINT = 'End one of them (contract_change early_end), record the end of a period that has none, or make the choice shared.';
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo.refuse_second_main_provider() IS 'At commit: names the two contracts that claim the same. What it cannot see of a concurrent transaction, the exclusion constraint does.';

-- Deferred triggers of one row fire by name, and the constraint's own begins with Unique_: this one must come first.
CREATE CONSTRAINT TRIGGER "A_main_provider_is_alone" AFTER INSERT OR UPDATE ON wmo.exclusive_claim
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wmo.refuse_second_main_provider();
COMMENT ON TRIGGER "A_main_provider_is_alone" ON wmo.exclusive_claim IS 'Says which two contracts conflict.';

-- ---- what can change a claim -------------------------------------------------------------------------------------------

CREATE FUNCTION wmo.derive_claims_on_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  contract_ids integer[];
  whole_ids integer[];
BEGIN
  CASE TG_TABLE_NAME
    WHEN 'contract' THEN
      contract_ids := ARRAY(SELECT n.id FROM new_row n JOIN old_row o USING (id)
        WHERE (n.period::text, n.agreed_period::text, n.number, n.buyer_id) IS DISTINCT FROM (o.period::text, o.agreed_period::text, o.number, o.buyer_id)
           OR n.award_id IS DISTINCT FROM o.award_id);
    WHEN 'contract_scope', 'contract_change' THEN
      IF TG_OP = 'INSERT' THEN
        contract_ids := ARRAY(SELECT DISTINCT n.contract_id FROM new_row n);
      ELSIF TG_OP = 'DELETE' THEN
        contract_ids := ARRAY(SELECT DISTINCT o.contract_id FROM old_row o);
      ELSE
        contract_ids := ARRAY(SELECT n.contract_id FROM new_row n UNION SELECT o.contract_id FROM old_row o);
      END IF;
    WHEN 'award' THEN
      contract_ids := ARRAY(SELECT c.id FROM wmo.contract c JOIN new_row n ON n.id = c.award_id);
    WHEN 'area_part' THEN
      -- a change of parts changes what every wider area consists of
      IF TG_OP = 'DELETE' THEN
        whole_ids := ARRAY(SELECT o.whole_id FROM old_row o);
      ELSIF TG_OP = 'INSERT' THEN
        whole_ids := ARRAY(SELECT n.whole_id FROM new_row n);
      ELSE
        whole_ids := ARRAY(SELECT n.whole_id FROM new_row n UNION SELECT o.whole_id FROM old_row o);
      END IF;
      contract_ids := ARRAY(SELECT DISTINCT s.contract_id FROM wmo.contract_scope s
        WHERE s.choice = 'exclusive' AND s.area_id IN (
          SELECT w.whole_id FROM unnest(whole_ids) AS whole (id) CROSS JOIN LATERAL wmo.area_with_wholes(whole.id) w));
    WHEN 'service' THEN
      contract_ids := ARRAY(SELECT DISTINCT s.contract_id FROM wmo.contract_scope s WHERE s.choice = 'exclusive');
    WHEN 'area' THEN
      contract_ids := ARRAY(SELECT DISTINCT s.contract_id FROM wmo.contract_scope s WHERE s.choice = 'exclusive' AND s.follows_code);
  END CASE;
  PERFORM wmo.derive_exclusive_claims(contract_ids);
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo.derive_claims_on_change() IS 'Statement trigger: finds the contracts whose claims a statement may have changed and derives them again.';

DO $$
DECLARE
  source record;
BEGIN
  FOR source IN
    SELECT * FROM (VALUES
      ('contract', 'UPDATE'), ('contract_scope', 'INSERT'), ('contract_scope', 'UPDATE'), ('contract_scope', 'DELETE'),
      ('contract_change', 'INSERT'), ('contract_change', 'UPDATE'), ('contract_change', 'DELETE'), ('award', 'UPDATE'),
      ('area_part', 'INSERT'), ('area_part', 'UPDATE'), ('area_part', 'DELETE'), ('area', 'INSERT'), ('area', 'UPDATE'),
      ('service', 'INSERT'), ('service', 'UPDATE')) AS t (table_name, event)
  LOOP
    EXECUTE format('CREATE TRIGGER zz_derive_claims_on_%s AFTER %s ON wmo.%I REFERENCING %s FOR EACH STATEMENT EXECUTE FUNCTION wmo.derive_claims_on_change()',
      lower(source.event), source.event, source.table_name,
      CASE source.event WHEN 'INSERT' THEN 'NEW TABLE AS new_row' WHEN 'DELETE' THEN 'OLD TABLE AS old_row'
                        ELSE 'OLD TABLE AS old_row NEW TABLE AS new_row' END);
    EXECUTE format('COMMENT ON TRIGGER zz_derive_claims_on_%s ON wmo.%I IS %L', lower(source.event), source.table_name,
      'Keeps wmo.exclusive_claim equal to wmo.exclusive_claim_due.');
  END LOOP;
END
$$;
