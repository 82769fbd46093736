-- tender_award: which awards a contract may follow from that names none itself.
-- Relies on award and contract (registry).
--
-- A contract may name its tender alone, or by the lots of its scopes alone, and a scope another lot than the award of
-- its contract is of, as where one contract was signed for two lots. Which award of the tender is the one then follows
-- from lot and supplier, by our reading: it can take certainty away from the contract, and never gives it any.

CREATE FUNCTION wmo_works.awards_of_scopes(award_id integer, tender_id integer, lot_id integer)
RETURNS TABLE (award_id integer, supplier_id integer, own boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 100 ROWS 1 -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT own.id, own.supplier_id, true
  FROM wmo.award own
  WHERE own.id = awards_of_scopes.award_id AND coalesce(own.lot_id = awards_of_scopes.lot_id, true)
  UNION ALL
  SELECT a.id, a.supplier_id, false
  FROM wmo.award own JOIN wmo.award a ON a.tender_id IS NOT NULL AND a.lot_id = awards_of_scopes.lot_id
  WHERE own.id = awards_of_scopes.award_id AND own.lot_id <> awards_of_scopes.lot_id
  UNION ALL
  SELECT a.id, a.supplier_id, false
  FROM wmo.award a
  WHERE awards_of_scopes.award_id IS NULL AND coalesce(a.lot_id = awards_of_scopes.lot_id, true)
    AND a.tender_id = ANY (ARRAY[awards_of_scopes.tender_id,
                                 (SELECT l.tender_id FROM wmo.lot l WHERE l.id = awards_of_scopes.lot_id)]);
END;
COMMENT ON FUNCTION wmo_works.awards_of_scopes(integer, integer, integer) IS
  'The awards that the scopes of this lot may follow from: that of their contract (own) unless it is of another lot, '
  'and then those of their lot; where the contract names no award, those of their lot or of none in the tender that it '
  'names or the lot is of.';

CREATE VIEW wmo_works.scope_by_lot WITH (security_invoker = true) AS
  SELECT s.contract_id, s.lot_id, l.tender_id, own.id IS NULL AS without_award
  FROM wmo.contract_scope s
  JOIN wmo.lot l ON l.id = s.lot_id
  JOIN wmo.contract c ON c.id = s.contract_id
  LEFT JOIN wmo.award own ON own.id = c.award_id
  WHERE own.id IS NULL OR own.lot_id <> s.lot_id;
COMMENT ON VIEW wmo_works.scope_by_lot IS
  'Scopes that stand as the awards of their lot do, for that of their contract is of another one or not recorded.';
COMMENT ON COLUMN wmo_works.scope_by_lot.contract_id IS 'The contract.';
COMMENT ON COLUMN wmo_works.scope_by_lot.lot_id IS 'The lot.';
COMMENT ON COLUMN wmo_works.scope_by_lot.tender_id IS 'Its tender.';
COMMENT ON COLUMN wmo_works.scope_by_lot.without_award IS
  'True: the contract names no award, so that one of no lot counts too.';

CREATE VIEW wmo_works.contract_award WITH (security_invoker = true) AS
  SELECT c.id AS contract_id, c.award_id FROM wmo.contract c WHERE c.award_id IS NOT NULL
  UNION ALL
  SELECT c.id, a.id FROM wmo.contract c JOIN wmo.award a ON a.tender_id = c.tender_id
  UNION ALL
  SELECT DISTINCT s.contract_id, a.id
  FROM wmo_works.scope_by_lot s JOIN wmo.award a ON a.tender_id = s.tender_id
  WHERE coalesce(a.lot_id = s.lot_id, s.without_award);
COMMENT ON VIEW wmo_works.contract_award IS
  'The awards that how a contract stands rests on: its own, those of the tender that it names, and those for a lot of '
  'which it has a scope and its own award is not. One may be here twice.';
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
    SELECT s.contract_id FROM wmo_works.scope_by_lot s WHERE s.tender_id = ANY (contracts_of_tenders.tender_ids));
END;
COMMENT ON FUNCTION wmo_works.contracts_of_tenders(integer[]) IS
  'The contracts that may follow from any award of these tenders: those that name the tender alone, and those with a '
  'scope of a lot that their award is not of.';

CREATE FUNCTION wmo_works.tenders_of_lots(contract_ids integer[]) RETURNS integer[]
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT ARRAY(SELECT DISTINCT s.tender_id FROM wmo_works.scope_by_lot s
               WHERE s.contract_id = ANY (tenders_of_lots.contract_ids));
END;
COMMENT ON FUNCTION wmo_works.tenders_of_lots(integer[]) IS
  'The tenders of the lots by which scopes of these contracts stand.';
