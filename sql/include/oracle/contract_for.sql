-- Backwards: was this provider's product, or service, contracted here that day?

CREATE FUNCTION oracle.bought_by(contract_id integer, buyer_id integer, on_date date) RETURNS wmo.certainty
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN (
    SELECT CASE WHEN c.buyer_id = bought_by.buyer_id THEN 'certain'::wmo.certainty
                ELSE (SELECT CASE WHEN wmo_works.is_inferred(b.source_id) THEN 'inferred' ELSE 'certain' END
                      FROM wmo.consortium_member b
                      WHERE b.valid @> bought_by.on_date AND b.consortium_id = c.buyer_id
                        AND b.member_id = bought_by.buyer_id)::wmo.certainty END
    FROM wmo.contract c WHERE c.id = bought_by.contract_id);
END
$$;
COMMENT ON FUNCTION oracle.bought_by(integer, integer, date) IS
  'How sure it is that this contract is that buyer''s, or that of a consortium of which it is a member on the day: '
  'certain or inferred; null = it is not.';

CREATE FUNCTION oracle.is_there_for_sure(certainty wmo.certainty, reason wmo.reason, period wmo.contract_period,
                                            uncontested boolean)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT certainty IN ('certain', 'inferred')
    AND coalesce(reason NOT IN ('option_open', 'award_not_final', 'extended_late', 'award_contradicted',
                                'supplier_changed'), true)
    AND NOT uncontested AND wmo.end_kind(period) <> 'unknown';
END;
COMMENT ON FUNCTION oracle.is_there_for_sure(wmo.certainty, wmo.reason, wmo.contract_period, boolean) IS
  'Is a contract that serves one of which a yes can be said with nothing beside it? Not on a day of an option that is '
  'still open or was exercised late, not when its end is not stated, not under an award that is not final, is only '
  'uncontested or contradicts it, not of a provider that is no more by a merger, and not where only a drawing meets '
  'the place. What is inferred is, and what somebody may undo but nobody has: signed early, or extended by an option '
  'of which the receipt is not recorded. But the certainty is the weakest of several, so that it may hide the others.';

CREATE FUNCTION oracle.contracts_met(agb text, product text, municipality wmo.area_code, on_date date, age integer)
RETURNS TABLE (contract_id integer, role wmo.provider_role, certainty wmo.certainty, caution wmo.reason, sure boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 30000 ROWS 1
BEGIN ATOMIC
  WITH asked AS MATERIALIZED (
    SELECT wmo_works.checked_day(contracts_met.on_date, 'on_date') AS day,
           wmo_works.checked_age(contracts_met.age) AS age, wmo_works.checked_agb(contracts_met.agb) AS agb
  ), provider AS MATERIALIZED (
    SELECT i.party_id, CASE WHEN wmo_works.is_inferred(i.source_id) THEN 'inferred'::wmo.certainty END AS certainty
    FROM asked JOIN wmo.party_identifier i ON i.scheme = 'agb' AND i.value = asked.agb AND i.valid @> asked.day
  ), match AS MATERIALIZED (
    SELECT ARRAY(SELECT m FROM wmo_works.areas_of_code(contracts_met.municipality, contracts_met.on_date) m) AS areas
  ), meaning AS MATERIALIZED (
    -- A product code means what its buyer says it means.
    SELECT sp.buyer_id, sp.service_id,
           CASE WHEN wmo_works.is_inferred(sp.source_id) THEN 'inferred'::wmo.certainty END AS certainty
    FROM wmo.service_product sp, asked
    WHERE sp.code = contracts_met.product AND sp.valid @> asked.day
  )
  SELECT cand.contract_id, cand.role,
         greatest(cand.certainty, provider.certainty, meaning.certainty, bought.certainty), cand.caution,
         oracle.is_there_for_sure(cand.certainty, cand.caution, cand.period, cand.uncontested)
  FROM asked CROSS JOIN match CROSS JOIN meaning CROSS JOIN provider
  CROSS JOIN LATERAL oracle.candidates(match.areas, meaning.service_id, asked.day, asked.age, provider.party_id,
                                          NULL, CURRENT_DATE) cand
  CROSS JOIN LATERAL (
    SELECT oracle.bought_by(cand.contract_id, meaning.buyer_id, asked.day) AS certainty
    OFFSET 0 -- found once, not at every mention
  ) bought
  WHERE cand.nearness < 2 AND cand.faults = 0 AND cand.provider_id = provider.party_id
    AND bought.certainty IS NOT NULL;
END;
COMMENT ON FUNCTION oracle.contracts_met(text, text, wmo.area_code, date, integer) IS
  'The contracts under which a provider could deliver a product, a row for each scope that is met; sure: of which a '
  'yes can be said.';

CREATE FUNCTION oracle.contract_for(agb text, product text, municipality wmo.area_code, on_date date,
                                                 age integer)
RETURNS TABLE (contract_id integer, number text, role text, certainty text, reason text)
LANGUAGE sql STABLE PARALLEL SAFE COST 30000 ROWS 1
BEGIN ATOMIC
  SELECT DISTINCT ON (met.contract_id, met.role)
         met.contract_id, c.number, met.role::text, met.certainty::text, met.caution::text
  FROM oracle.contracts_met(
    contract_for.agb, contract_for.product, contract_for.municipality,
    contract_for.on_date, contract_for.age) met
  JOIN wmo.contract c ON c.id = met.contract_id
  ORDER BY met.contract_id, met.role, met.certainty, met.caution;
END;


CREATE FUNCTION oracle.leaves_doubt(noes integer, denied wmo.certainty, provider_id integer, own boolean,
                                       open boolean)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT (noes = 0 OR coalesce(denied = 'inferred', false)) AND (provider_id IS NULL OR own OR open);
END;
COMMENT ON FUNCTION oracle.leaves_doubt(integer, wmo.certainty, integer, boolean, boolean) IS
  'Does a candidate of which nothing is against it, or only a reading of a source, keep one from saying that a '
  'provider has no contract? When it is that provider''s own (own), or of somebody without a name, who may be it; and '
  'a contract that may run all the same has members and subcontractors who may be.';

CREATE FUNCTION oracle.may_be_anybodys(open boolean, caution wmo.reason, certainty wmo.certainty) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT open OR coalesce(caution = 'award_contradicted' AND certainty = 'unknown', false);
END;
COMMENT ON FUNCTION oracle.may_be_anybodys(boolean, wmo.reason, wmo.certainty) IS
  'May a contract be that of somebody whom it does not name, because it may run all the same (open), or because its '
  'award contradicts with whom it was concluded?';

CREATE FUNCTION oracle.has_kept_it(contract_id integer, provider_id integer, inferred boolean) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT inferred AND EXISTS (SELECT FROM wmo.contract c
                              WHERE c.id = has_kept_it.contract_id AND c.supplier_id = has_kept_it.provider_id);
END;
COMMENT ON FUNCTION oracle.has_kept_it(integer, integer, boolean) IS
  'May a contract that was concluded with a provider still be its own, because how it stands is our reading of a '
  'source (inferred), as that it went to another?';

CREATE FUNCTION oracle.may_be_one(own_client boolean, provider_id integer, other_id integer, on_date date)
RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT own_client IS NOT false OR oracle.is_own_client(provider_id, other_id, on_date, CURRENT_DATE) IS NOT false;
END;
COMMENT ON FUNCTION oracle.may_be_one(boolean, integer, integer, date) IS
  'May a provider be one with the other, by succession or membership, in either direction? own_client: are clients of '
  'the provider clients of the other.';

CREATE FUNCTION oracle.can_deny_contract(agb text, product text, municipality wmo.area_code, on_date date,
                                            age integer)
RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 30000
BEGIN ATOMIC
  WITH provider AS MATERIALIZED (
    SELECT i.party_id, wmo_works.is_inferred(i.source_id) AS inferred FROM wmo.party_identifier i
    WHERE i.scheme = 'agb' AND i.value = can_deny_contract.agb AND i.valid @> can_deny_contract.on_date
  ), match AS MATERIALIZED (
    SELECT ARRAY(SELECT m FROM wmo_works.areas_of_code(can_deny_contract.municipality,
                                                       can_deny_contract.on_date) m) AS areas
  ), meaning AS MATERIALIZED (
    SELECT sp.buyer_id, sp.service_id,
           coalesce(oracle.declared_complete(match.areas, sp.service_id, can_deny_contract.on_date) = 'certain',
                    false) AND NOT wmo_works.is_inferred(sp.source_id) AS complete
    FROM wmo.service_product sp CROSS JOIN match
    WHERE sp.code = can_deny_contract.product AND sp.valid @> can_deny_contract.on_date
  ), candidate AS (
    SELECT c.contract_id, c.provider_id, c.noes, c.denied, oracle.may_be_anybodys(c.open, c.caution, c.certainty)
             AS open, c.own_client, c.inferred,
           NOT c.beside AND oracle.bought_by(c.contract_id, meaning.buyer_id, can_deny_contract.on_date) IS NOT NULL
             AS bought
    FROM match CROSS JOIN meaning
    CROSS JOIN LATERAL oracle.candidates(
      match.areas, meaning.service_id, can_deny_contract.on_date, can_deny_contract.age,
      (SELECT min(p.party_id) FROM provider p), NULL, CURRENT_DATE) c
  )
  SELECT can_deny_contract.municipality IS NOT NULL
    AND EXISTS (SELECT FROM provider p WHERE NOT p.inferred)
    -- No contract is missing, and one of whoever gave the code its meaning is there.
    AND (SELECT bool_and(m.complete) FROM meaning m)
    AND EXISTS (SELECT FROM candidate c WHERE c.bought)
    AND NOT EXISTS (SELECT FROM candidate c
                    WHERE oracle.leaves_doubt(
                      c.noes, c.denied, c.provider_id, oracle.may_be_one(
                        c.own_client, (SELECT min(p.party_id) FROM provider p), c.provider_id,
                        can_deny_contract.on_date)
                      OR oracle.has_kept_it(c.contract_id, (SELECT min(p.party_id) FROM provider p), c.inferred),
                      c.open));
END;
COMMENT ON FUNCTION oracle.can_deny_contract(text, text, wmo.area_code, date, integer) IS
  'Is enough known to say that a provider''s product was not contracted: the registry declared complete, both codes '
  'recorded, and neither of these a reading, every provider named, nothing of its own uncertain?';

CREATE FUNCTION oracle.is_contracted(agb text, product text, municipality wmo.area_code, on_date date,
                                                  age integer)
RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 30000
BEGIN ATOMIC
  SELECT CASE
    WHEN EXISTS (SELECT FROM oracle.contracts_met(
                   is_contracted.agb, is_contracted.product, is_contracted.municipality,
                   is_contracted.on_date, is_contracted.age) met
                 WHERE met.sure) THEN true
    WHEN oracle.can_deny_contract(
           is_contracted.agb, is_contracted.product, is_contracted.municipality,
           is_contracted.on_date, is_contracted.age) THEN false
  END;
END;

CREATE FUNCTION oracle.is_contracted_in(matches wmo_works.area_match[], agb text, service text, on_date date,
                                           age integer, weakest wmo.certainty DEFAULT 'certain')
RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 30000
BEGIN ATOMIC
  WITH asked AS MATERIALIZED (
    SELECT wmo_works.checked_day(is_contracted_in.on_date, 'on_date') AS day,
           wmo_works.checked_age(is_contracted_in.age) AS age, wmo_works.checked_agb(is_contracted_in.agb) AS agb,
           wmo.service_id(is_contracted_in.service) AS service_id
  ), provider AS MATERIALIZED (
    SELECT i.party_id, wmo_works.is_inferred(i.source_id) AS inferred
    FROM asked JOIN wmo.party_identifier i ON i.scheme = 'agb' AND i.value = asked.agb AND i.valid @> asked.day
  ), candidate AS MATERIALIZED (
    SELECT c.*, c.provider_id IN (SELECT p.party_id FROM provider p) AS own
    FROM asked CROSS JOIN LATERAL oracle.candidates(
      is_contracted_in.matches, asked.service_id, asked.day, asked.age, (SELECT min(p.party_id) FROM provider p), NULL,
      CURRENT_DATE) c
  )
  SELECT CASE
    WHEN EXISTS (SELECT FROM candidate c
                 WHERE c.own AND c.faults = 0 AND c.nearness < 2 AND c.covers = 'whole'
                   AND oracle.is_there_for_sure(c.certainty, c.caution, c.period, c.uncontested))
      THEN true
    -- a part of the place or of the service leaves it open too
    WHEN asked.service_id IS NOT NULL AND EXISTS (SELECT FROM provider p WHERE NOT p.inferred)
         AND NOT oracle.is_national(is_contracted_in.service)
         AND oracle.declared_complete(is_contracted_in.matches, asked.service_id, asked.day)
             <= is_contracted_in.weakest
         AND NOT EXISTS (SELECT FROM candidate c
                         WHERE oracle.leaves_doubt(
                           c.noes, c.denied, c.provider_id, oracle.may_be_one(
                             c.own_client, (SELECT min(p.party_id) FROM provider p), c.provider_id, asked.day)
                           OR oracle.has_kept_it(c.contract_id, (SELECT min(p.party_id) FROM provider p),
                                                    c.inferred),
                           oracle.may_be_anybodys(c.open, c.caution, c.certainty)))
      THEN false
  END
  FROM asked;
END;
COMMENT ON FUNCTION oracle.is_contracted_in(wmo_works.area_match[], text, text, date, integer, wmo.certainty) IS
  'Was this service of the provider with this AGB code contracted for all of a place whose areas are known? Null: '
  'cannot tell. weakest: how sure it must be that the place lies where the registry is declared complete, for a no.';

CREATE FUNCTION oracle.is_contracted_at(agb text, service text, place public.geometry, on_date date, age integer)
RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 30000
BEGIN ATOMIC
  SELECT oracle.is_contracted_in(asked.matches, is_contracted_at.agb, is_contracted_at.service,
                                    is_contracted_at.on_date, is_contracted_at.age)
  FROM (SELECT wmo_works.checked_place(is_contracted_at.place) AS point,
               wmo.service_id(is_contracted_at.service) AS service_id) here
  CROSS JOIN LATERAL (
    SELECT CASE WHEN here.point IS NOT NULL
      THEN ARRAY(SELECT m FROM wmo_works.areas_at(here.point, here.service_id, is_contracted_at.on_date) m)
      END AS matches
    OFFSET 0 -- found once, however often they are mentioned
  ) asked;
END;


CREATE FUNCTION oracle.is_contracted_in_area(agb text, service text, code wmo.area_code, on_date date,
                                                          age integer)
RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 30000
BEGIN ATOMIC
  SELECT oracle.is_contracted_in(
    asked.matches, is_contracted_in_area.agb, is_contracted_in_area.service,
    is_contracted_in_area.on_date, is_contracted_in_area.age)
  FROM (
    SELECT CASE WHEN is_contracted_in_area.code IS NOT NULL
      THEN ARRAY(SELECT m FROM wmo_works.areas_of_code(is_contracted_in_area.code,
                                                       is_contracted_in_area.on_date) m)
      END AS matches
    OFFSET 0 -- found once, however often they are mentioned
  ) asked;
END;


CREATE FUNCTION oracle.is_contracted_at_postcode(agb text, service text, code wmo.postcode, on_date date,
                                                              age integer)
RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 60000
BEGIN ATOMIC
  -- where a postcode lies by a reading, nobody can say what is not contracted there
  SELECT CASE WHEN said.contracted OR NOT asked.reading THEN said.contracted END
  FROM wmo_works.areas_of_postcodes(
    ARRAY[is_contracted_at_postcode.code], wmo.service_id(is_contracted_at_postcode.service),
    is_contracted_at_postcode.on_date) asked
  CROSS JOIN LATERAL (
    SELECT oracle.is_contracted_in(
      asked.matches, is_contracted_at_postcode.agb, is_contracted_at_postcode.service,
      is_contracted_at_postcode.on_date, is_contracted_at_postcode.age, 'inferred') AS contracted
    OFFSET 0
  ) said;
END;

