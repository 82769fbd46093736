-- tender_award: which awards a contract may follow from that names none itself.
-- Relies on award and contract (registry).
--
-- A contract may name its tender alone, and a scope another lot than the award of its contract is of, as where one
-- contract was signed for two lots. Which award of the tender is the one then follows from lot and supplier, by our
-- reading: it can take certainty away from the contract, and never gives it any.

CREATE FUNCTION wmo_works.awards_of_scopes(award_id integer, tender_id integer, lot_id integer)
RETURNS TABLE (award_id integer, supplier_id integer, own boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 100 ROWS 1 -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT own.id, own.supplier_id, true
  FROM wmo.award own
  WHERE own.id = awards_of_scopes.award_id AND coalesce(own.lot_id = awards_of_scopes.lot_id, true)
  UNION ALL
  SELECT a.id, a.supplier_id, false
  FROM wmo.award own JOIN wmo.award a ON a.tender_id = own.tender_id AND a.lot_id = awards_of_scopes.lot_id
  WHERE own.id = awards_of_scopes.award_id AND own.lot_id <> awards_of_scopes.lot_id
  UNION ALL
  SELECT a.id, a.supplier_id, false
  FROM wmo.award a
  WHERE a.tender_id = awards_of_scopes.tender_id AND coalesce(a.lot_id = awards_of_scopes.lot_id, true);
END;
COMMENT ON FUNCTION wmo_works.awards_of_scopes(integer, integer, integer) IS
  'The awards that the scopes of this lot may follow from: that of their contract (own) unless it is of another lot; '
  'of its tender those of their lot; of a tender that the contract names instead, those of their lot or of none.';

CREATE VIEW wmo_works.contract_award WITH (security_invoker = true) AS
  SELECT c.id AS contract_id, c.award_id FROM wmo.contract c WHERE c.award_id IS NOT NULL
  UNION ALL
  SELECT c.id, a.id FROM wmo.contract c JOIN wmo.award a ON a.tender_id = c.tender_id
  UNION ALL
  SELECT c.id, a.id
  FROM wmo.award a
  JOIN wmo.award own ON own.tender_id = a.tender_id AND own.lot_id <> a.lot_id
  JOIN wmo.contract c ON c.award_id = own.id
  WHERE EXISTS (SELECT FROM wmo.contract_scope s WHERE s.contract_id = c.id AND s.lot_id = a.lot_id);
COMMENT ON VIEW wmo_works.contract_award IS
  'The awards that how a contract stands rests on: its own, those of the tender that it names, and those of its '
  'tender for a lot of which it has a scope and its own award is not.';
COMMENT ON COLUMN wmo_works.contract_award.contract_id IS 'The contract.';
COMMENT ON COLUMN wmo_works.contract_award.award_id IS 'The award.';

CREATE FUNCTION wmo_works.contracts_awarded_by_source(source_ids integer[]) RETURNS SETOF integer
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT x.contract_id
  FROM wmo.award a JOIN wmo_works.contract_award x ON x.award_id = a.id LEFT JOIN wmo.tender t ON t.id = a.tender_id
  WHERE a.source_id = ANY (contracts_awarded_by_source.source_ids)
     OR t.source_id = ANY (contracts_awarded_by_source.source_ids)
  UNION
  SELECT x.contract_id
  FROM wmo.award_challenge ch JOIN wmo_works.contract_award x ON x.award_id = ch.award_id
  WHERE ch.source_id = ANY (contracts_awarded_by_source.source_ids);
END;
COMMENT ON FUNCTION wmo_works.contracts_awarded_by_source(integer[]) IS
  'The contracts that may follow from an award of which one of these sources tells, or of its tender or what was '
  'brought against it.';

CREATE FUNCTION wmo_works.contracts_of_tenders(tender_ids integer[]) RETURNS integer[]
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT ARRAY(
    SELECT c.id FROM wmo.contract c WHERE c.tender_id = ANY (contracts_of_tenders.tender_ids)
    UNION
    SELECT c.id
    FROM wmo.award a JOIN wmo.contract c ON c.award_id = a.id
    JOIN wmo.contract_scope s ON s.contract_id = c.id AND s.lot_id <> a.lot_id
    WHERE a.tender_id = ANY (contracts_of_tenders.tender_ids));
END;
COMMENT ON FUNCTION wmo_works.contracts_of_tenders(integer[]) IS
  'The contracts that may follow from any award of these tenders: those that name the tender alone, and those with a '
  'scope of another lot than their award.';

-- In PL/pgSQL, whose plans are kept: triggers ask this and the like for every statement.
CREATE FUNCTION wmo_works.tenders_of_other_lots(contract_ids integer[]) RETURNS integer[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
  RETURN ARRAY(
    SELECT DISTINCT a.tender_id
    FROM wmo.contract c JOIN wmo.award a ON a.id = c.award_id
    JOIN wmo.contract_scope s ON s.contract_id = c.id AND s.lot_id <> a.lot_id
    WHERE c.id = ANY (contract_ids) AND a.tender_id IS NOT NULL);
END
$$;
COMMENT ON FUNCTION wmo_works.tenders_of_other_lots(integer[]) IS
  'The tenders of those of these contracts that have a scope of another lot than their award.';
