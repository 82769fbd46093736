-- contract_list_write: the fourth step; writing what the list says.
-- Relies on contract_list_match and contract_list_contract; a list is written whole or not at all.
--
-- The planner takes an array for a handful of rows. What only compares the rows of a list does so without nested loops,
-- here and in the steps before; what writes must not, for its triggers look up row by row.

CREATE FUNCTION wmo_works.add_list_parties(list wmo_works.contract_list_row[], matches wmo_works.contract_list_match[])
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  new_ids integer[];
BEGIN
  INSERT INTO wmo.party (name, kind, natural_person)
  SELECT DISTINCT ON (wmo_works.list_name(m.word), m.name = 'buyer')
         m.word, CASE m.name WHEN 'buyer' THEN 'municipality' ELSE 'provider' END,
         m.name = 'supplier' AND coalesce(r.sole_trader::boolean, false)
  FROM unnest(matches) m JOIN unnest(list) r ON r.line = m.line
  WHERE m.name IN ('buyer', 'supplier', 'subcontractors') AND m.id IS NULL
  ORDER BY wmo_works.list_name(m.word), m.name = 'buyer', m.name = 'supplier' DESC,
    coalesce(r.sole_trader::boolean, false) DESC, m.line;

  -- an area that had but its name gets the code that is its own
  UPDATE wmo.area a
  SET code = w.code::wmo.area_code,
      valid = CASE WHEN lower_inf(a.valid) AND upper_inf(a.valid) THEN t.valid ELSE a.valid END
  FROM wmo_works.list_areas_named(list, matches) w JOIN wmo.municipality t ON t.code::text = w.code
  WHERE a.id = w.id AND a.code IS NULL AND a.kind = 'municipality';
  PERFORM wmo_works.settle_areas(ARRAY(
    SELECT DISTINCT w.id FROM wmo_works.list_areas_named(list, matches) w
    WHERE w.code IS NOT NULL AND w.id IS NOT NULL));

  WITH added AS (
    INSERT INTO wmo.area (code, name, kind, valid)
    SELECT n.code::wmo.area_code, coalesce(t.name, wmo_works.list_area_name(n.word), n.code),
           coalesce(wmo.level(n.code::wmo.area_code), 'working_area'), coalesce(n.era, '(,)')
    FROM (
      -- each once, before it is looked up
      SELECT DISTINCT ON (coalesce(w.code, wmo_works.list_name(w.word)), w.era) w.code, w.era, w.word
      FROM wmo_works.list_areas_named(list, matches) w
      WHERE w.id IS NULL
      ORDER BY coalesce(w.code, wmo_works.list_name(w.word)), w.era, length(w.word) DESC, w.line
    ) n
    LEFT JOIN wmo.municipality t ON t.code::text = n.code
    WHERE NOT EXISTS (SELECT FROM wmo.area a
                      WHERE a.code OPERATOR(@extschema@.=) n.code::wmo.area_code AND a.valid && n.era)
    ORDER BY n.code, n.era, n.word
    RETURNING id
  )
  SELECT array_agg(a.id) INTO new_ids FROM added a;
  PERFORM wmo_works.join_next_editions(new_ids);
END
$$;
COMMENT ON FUNCTION wmo_works.add_list_parties(wmo_works.contract_list_row[], wmo_works.contract_list_match[]) IS
  'Adds the parties and areas of a list that are new to the registry.';

CREATE FUNCTION wmo_works.list_tender(tender text, buyer text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT coalesce(tender, 'Percelen van ' || buyer || ' (naam van de aanbesteding niet bekend)');
END;
COMMENT ON FUNCTION wmo_works.list_tender(text, text) IS
  'The tender of a lot; where the list does not name it, one that says so.';

CREATE FUNCTION wmo_works.add_list_facts(list wmo_works.contract_list_row[], matches wmo_works.contract_list_match[])
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET enable_nestloop = off
AS $$
BEGIN
  INSERT INTO wmo.party_identifier (party_id, scheme, value)
  SELECT DISTINCT m.id, n.scheme, n.value
  FROM unnest(list) r
  JOIN unnest(matches) m ON m.line = r.line AND m.name = 'supplier'
  CROSS JOIN LATERAL (VALUES ('agb', r.agb), ('kvk', r.kvk)) n (scheme, value)
  WHERE n.value IS NOT NULL
    AND NOT EXISTS (SELECT FROM wmo.party_identifier i
                    WHERE (i.party_id, i.scheme, i.value) = (m.id, n.scheme, n.value));

  INSERT INTO wmo.service_product (buyer_id, code, service_id)
  SELECT DISTINCT b.id, p.word, s.id
  FROM unnest(matches) p
  JOIN unnest(matches) b ON b.line = p.line AND b.name = 'buyer'
  JOIN unnest(matches) s ON s.line = p.line AND s.name = 'services'
  WHERE p.name = 'products' AND p.id IS NULL;

  WITH named AS (
    SELECT DISTINCT b.id AS buyer_id, wmo_works.list_tender(r.tender, b.word) AS title
    FROM unnest(list) r JOIN unnest(matches) b ON b.line = r.line AND b.name = 'buyer'
    WHERE coalesce(r.tender, r.lot) IS NOT NULL
  ), missing AS (
    SELECT n.* FROM named n
    WHERE NOT EXISTS (SELECT FROM wmo.tender t JOIN wmo.tender_buyer tb ON tb.tender_id = t.id
                      WHERE tb.buyer_id = n.buyer_id AND wmo_works.list_name(t.title) = wmo_works.list_name(n.title))
  ), made AS (
    INSERT INTO wmo.tender (title) SELECT DISTINCT m.title FROM missing m RETURNING id, title
  )
  INSERT INTO wmo.tender_buyer (tender_id, buyer_id)
  SELECT m.id, n.buyer_id FROM made m JOIN missing n ON n.title = m.title;

  INSERT INTO wmo.lot (tender_id, name)
  SELECT DISTINCT t.id, r.lot
  FROM unnest(list) r
  JOIN unnest(matches) b ON b.line = r.line AND b.name = 'buyer'
  JOIN wmo.tender_buyer tb ON tb.buyer_id = b.id
  JOIN wmo.tender t ON t.id = tb.tender_id
    AND wmo_works.list_name(t.title) = wmo_works.list_name(wmo_works.list_tender(r.tender, b.word))
  WHERE r.lot IS NOT NULL
  ON CONFLICT (tender_id, name) DO NOTHING;
END
$$;
COMMENT ON FUNCTION wmo_works.add_list_facts(wmo_works.contract_list_row[], wmo_works.contract_list_match[]) IS
  'Adds what a list says about parties, products and lots that the registry has not.';

CREATE FUNCTION wmo_works.write_list_contracts(list wmo_works.contract_list_row[],
  matches wmo_works.contract_list_match[],
  contracts wmo_works.contract_list_contract[])
RETURNS wmo_works.contract_list_match[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  changed wmo_works.contract_list_match[];
BEGIN
  INSERT INTO wmo.contract (number, buyer_id, supplier_id, period, agreed_period, options_stated, signed_on,
                            tender_id)
  SELECT c.number, c.buyer_id, c.supplier_id, c.period, c.period, c.options_stated, c.signed_on, c.tender_id
  FROM unnest(contracts) c WHERE c.contract_id IS NULL;

  WITH wanted AS (
    SELECT c.contract_id, c.line, c.supplier_id, c.period, c.signed_on, c.options_stated, c.tender_id, concat_ws(', ',
             CASE WHEN c.supplier_id IS DISTINCT FROM k.supplier_id
               THEN wmo_works.words('aanbieder "%1" becomes "%2"', coalesce(old.name, 'niet genoemd'), new.name) END,
             CASE WHEN c.period::text <> k.agreed_period::text
               THEN wmo_works.words('period "%1" becomes "%2"', k.agreed_period::text, c.period::text) END,
             CASE WHEN c.options_stated AND NOT k.options_stated THEN wmo_works.words('opties are stated now') END,
             CASE WHEN c.signed_on IS DISTINCT FROM k.signed_on
               THEN wmo_works.words('ondertekend %1 becomes %2', coalesce(wmo_works.iso_day(k.signed_on), 'onbekend'),
                                    wmo_works.iso_day(c.signed_on)) END,
             CASE WHEN c.tender_id IS DISTINCT FROM k.tender_id
               THEN wmo_works.words('aanbesteding "%1" becomes "%2"', coalesce(was.title, 'onbekend'),
                                    tender.title) END)
               AS difference
    FROM unnest(contracts) c
    JOIN wmo.contract k ON k.id = c.contract_id
    LEFT JOIN wmo.party old ON old.id = k.supplier_id
    LEFT JOIN wmo.party new ON new.id = c.supplier_id
    LEFT JOIN wmo.tender was ON was.id = k.tender_id
    LEFT JOIN wmo.tender tender ON tender.id = c.tender_id
  ), written AS (
    UPDATE wmo.contract k
    SET supplier_id = w.supplier_id, signed_on = w.signed_on, agreed_period = w.period, tender_id = w.tender_id,
        options_stated = k.options_stated OR w.options_stated
    FROM wanted w WHERE w.contract_id = k.id AND w.difference <> ''
    RETURNING k.id, w.line, w.difference
  )
  SELECT array_agg((w.line, 'change', w.difference, w.id, NULL, NULL)::wmo_works.contract_list_match) INTO changed
  FROM written w;
  RETURN coalesce(changed, '{}');
END
$$;
COMMENT ON FUNCTION wmo_works.write_list_contracts(wmo_works.contract_list_row[], wmo_works.contract_list_match[],
  wmo_works.contract_list_contract[]) IS
  'Adds and corrects the contracts of a list; returns what changed in which contract.';

CREATE FUNCTION wmo_works.list_scope(service_id integer, area_id integer) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT concat(s.code, ' in ', coalesce((SELECT a.name FROM wmo.area a WHERE a.id = list_scope.area_id),
                                         wmo_works.words('an area that is not named')))
  FROM wmo.service s WHERE s.id = list_scope.service_id;
END;
COMMENT ON FUNCTION wmo_works.list_scope(integer, integer) IS 'A service and area in words.';

CREATE TYPE wmo_works.contract_list_scope AS (
  line        integer,
  contract_id integer,
  service_id  integer,
  area_id     integer,
  ages        int4range,
  choice      text,
  lot_id      integer,
  scope_id    integer
);
COMMENT ON TYPE wmo_works.contract_list_scope IS
  'A scope as a list states it; scope_id is the one in the registry that it speaks of, null = new.';

CREATE FUNCTION wmo_works.list_scopes(list wmo_works.contract_list_row[], matches wmo_works.contract_list_match[],
                                      contracts wmo_works.contract_list_contract[])
RETURNS SETOF wmo_works.contract_list_scope
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1000 SET enable_nestloop = off
BEGIN ATOMIC
  WITH known_lot AS MATERIALIZED (
    SELECT tb.buyer_id, wmo_works.list_name(t.title) AS title, l.name, min(l.id) AS id
    FROM wmo.lot l JOIN wmo.tender t ON t.id = l.tender_id JOIN wmo.tender_buyer tb ON tb.tender_id = t.id
    GROUP BY 1, 2, 3
  ), bought AS MATERIALIZED (
    -- first each row with its buyer: the contracts of one buyer are many
    SELECT r.*, b.id AS buyer_id, b.word
    FROM unnest(list_scopes.list) r
    JOIN unnest(list_scopes.matches) b ON b.line = r.line AND b.name = 'buyer'
  ), wanted AS MATERIALIZED (
    -- rows that say one thing: none of them contradicts another (list_scope_faults)
    SELECT c.contract_id, s.id AS service_id, a.id AS area_id, r.ages::int4range AS ages, min(r.choice) AS choice,
           min(lot.id) AS lot_id, min(r.line) AS line
    FROM bought r
    JOIN unnest(list_scopes.contracts) c ON c.number = r.number AND c.buyer_id = r.buyer_id
    JOIN unnest(list_scopes.matches) s ON s.line = r.line
      AND s.name = CASE WHEN r.services IS NOT NULL THEN 'services' ELSE 'products' END
    LEFT JOIN unnest(list_scopes.matches) a ON a.line = r.line AND a.name IN ('municipalities', 'areas')
    LEFT JOIN known_lot lot ON lot.name = r.lot AND lot.buyer_id = r.buyer_id
      AND lot.title = wmo_works.list_name(wmo_works.list_tender(r.tender, r.word))
    GROUP BY c.contract_id, s.id, a.id, r.ages
  ), counted AS (
    SELECT w.*, count(*) OVER (PARTITION BY w.contract_id, w.service_id, w.area_id) AS rows_said FROM wanted w
  ), known_scope AS MATERIALIZED (
    SELECT s.id, s.contract_id, s.service_id, s.area_id, s.ages,
           count(*) OVER (PARTITION BY s.contract_id, s.service_id) AS of_service,
           count(*) OVER (PARTITION BY s.contract_id, s.service_id, s.area_id) AS of_area
    FROM wmo.contract_scope s WHERE s.contract_id IN (SELECT c.contract_id FROM unnest(list_scopes.contracts) c)
  )
  -- the one scope that a row speaks of: of the same ages, or the only one there and the only row about it
  SELECT w.line, w.contract_id, w.service_id, w.area_id, w.ages, w.choice, w.lot_id, k.id
  FROM counted w
  LEFT JOIN known_scope k ON k.contract_id = w.contract_id AND k.service_id = w.service_id
    AND (w.area_id IS NULL OR k.area_id = w.area_id)
    AND (w.ages IS NULL OR k.ages = w.ages
      OR (w.rows_said = 1 AND CASE WHEN w.area_id IS NULL THEN k.of_service ELSE k.of_area END = 1));
END;
COMMENT ON FUNCTION wmo_works.list_scopes(wmo_works.contract_list_row[], wmo_works.contract_list_match[],
  wmo_works.contract_list_contract[]) IS
  'The scopes of a list beside those of the registry.';

CREATE FUNCTION wmo_works.write_list_scopes(list wmo_works.contract_list_row[],
                                            matches wmo_works.contract_list_match[],
                                            contracts wmo_works.contract_list_contract[])
RETURNS wmo_works.contract_list_match[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  stated wmo_works.contract_list_scope[] := ARRAY(SELECT s FROM wmo_works.list_scopes(list, matches, contracts) s);
  added wmo_works.contract_list_match[];
  corrected wmo_works.contract_list_match[];
  kept wmo_works.contract_list_match[];
BEGIN
  -- what stays for want of a row is told: a list may have been meant to be all of it
  SELECT array_agg((m.line, 'kept', wmo_works.list_scope(k.service_id, k.area_id), m.contract_id, NULL,
                    NULL)::wmo_works.contract_list_match ORDER BY k.id) INTO kept
  FROM (SELECT s.contract_id, min(s.line) AS line, array_agg(s.scope_id) AS met FROM unnest(stated) s GROUP BY 1) m
  JOIN wmo.contract_scope k ON k.contract_id = m.contract_id
  WHERE k.id = ANY (m.met) IS NOT TRUE AND upper_inf(k.valid)
    AND NOT EXISTS (SELECT FROM wmo_works.scope_change ch WHERE ch.scope_id = k.id AND ch.kind = 'scope_removed');
  WITH met AS MATERIALIZED (
    SELECT m.* FROM unnest(stated) m
  ), corrections AS (
    UPDATE wmo.contract_scope s
    SET ages = coalesce(m.ages, s.ages), choice = coalesce(m.choice, s.choice), lot_id = coalesce(m.lot_id, s.lot_id)
    FROM met m
    WHERE s.id = m.scope_id
      AND (coalesce(m.ages, s.ages), coalesce(m.choice, s.choice), coalesce(m.lot_id, s.lot_id))
        IS DISTINCT FROM (s.ages, s.choice, s.lot_id)
    RETURNING s.contract_id, m.line, s.service_id, s.area_id
  ), additions AS (
    INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice, lot_id)
    SELECT m.contract_id, m.service_id, m.area_id, coalesce(m.ages, '[0,)'), coalesce(m.choice, 'unknown'), m.lot_id
    FROM met m WHERE m.scope_id IS NULL
    RETURNING contract_id, service_id, area_id
  )
  SELECT (SELECT array_agg((c.line, 'change', wmo_works.words('corrected %1', wmo_works.list_scope(c.service_id,
                                                                                                   c.area_id)),
                            c.contract_id, NULL, NULL)::wmo_works.contract_list_match) FROM corrections c),
         (SELECT array_agg((0, 'change', wmo_works.words('added %1', wmo_works.list_scope(a.service_id, a.area_id)),
                            a.contract_id, NULL, NULL)::wmo_works.contract_list_match) FROM additions a)
  INTO corrected, added;
  RETURN coalesce(corrected, '{}') || coalesce(added, '{}') || coalesce(kept, '{}');
END
$$;
COMMENT ON FUNCTION wmo_works.write_list_scopes(wmo_works.contract_list_row[], wmo_works.contract_list_match[],
  wmo_works.contract_list_contract[]) IS
  'Adds and corrects the scopes of a list, and removes none; returns what changed in which contract, and what is kept '
  'of which the list says nothing.';

CREATE TYPE wmo_works.contract_list_subcontract AS (
  contract_id integer,
  party_id    integer,
  service_id  integer,
  area_id     integer
);
COMMENT ON TYPE wmo_works.contract_list_subcontract IS 'A subcontractor whom a list states and the registry has not.';

CREATE FUNCTION wmo_works.list_subcontracts(list wmo_works.contract_list_row[],
                                            matches wmo_works.contract_list_match[],
                                            contracts wmo_works.contract_list_contract[])
RETURNS SETOF wmo_works.contract_list_subcontract
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 100 SET enable_nestloop = off
BEGIN ATOMIC
  WITH bought AS MATERIALIZED (
    SELECT r.*, b.id AS buyer_id
    FROM unnest(list_subcontracts.list) r
    JOIN unnest(list_subcontracts.matches) b ON b.line = r.line AND b.name = 'buyer'
  ), wanted AS (
    -- a subcontractor stands in a row: it works for that row, or for the whole contract when it has but one
    SELECT DISTINCT c.contract_id, sub.id AS party_id, CASE WHEN n.rows > 1 THEN s.id END AS service_id,
           CASE WHEN n.rows > 1 THEN a.id END AS area_id
    FROM bought r
    JOIN unnest(list_subcontracts.contracts) c ON c.number = r.number AND c.buyer_id = r.buyer_id
    JOIN (SELECT o.number, wmo_works.list_name(o.buyer) AS buyer, count(*) AS rows
          FROM unnest(list_subcontracts.list) o GROUP BY 1, 2) n
      ON n.number = r.number AND n.buyer = wmo_works.list_name(r.buyer)
    JOIN unnest(list_subcontracts.matches) sub ON sub.line = r.line AND sub.name = 'subcontractors'
    LEFT JOIN unnest(list_subcontracts.matches) s ON s.line = r.line
      AND s.name = CASE WHEN r.services IS NOT NULL THEN 'services' ELSE 'products' END
    LEFT JOIN unnest(list_subcontracts.matches) a ON a.line = r.line AND a.name IN ('municipalities', 'areas')
  )
  SELECT w.contract_id, w.party_id, w.service_id, w.area_id FROM wanted w
  WHERE NOT EXISTS (SELECT FROM wmo.subcontract k WHERE k.contract_id = w.contract_id AND k.party_id = w.party_id
                    AND (k.service_id IS NULL OR k.service_id = w.service_id OR w.service_id IS NULL)
                    AND (k.area_id IS NULL OR k.area_id = w.area_id OR w.area_id IS NULL));
END;
COMMENT ON FUNCTION wmo_works.list_subcontracts(wmo_works.contract_list_row[], wmo_works.contract_list_match[],
  wmo_works.contract_list_contract[]) IS
  'The subcontractors of a list that the registry has not.';

CREATE FUNCTION wmo_works.write_list_subcontracts(list wmo_works.contract_list_row[],
                                                  matches wmo_works.contract_list_match[],
                                                  contracts wmo_works.contract_list_contract[])
RETURNS wmo_works.contract_list_match[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  stated wmo_works.contract_list_subcontract[] := ARRAY(
    SELECT s FROM wmo_works.list_subcontracts(list, matches, contracts) s);
  hired wmo_works.contract_list_match[];
BEGIN
  WITH additions AS (
    INSERT INTO wmo.subcontract (contract_id, party_id, service_id, area_id)
    SELECT s.contract_id, s.party_id, s.service_id, s.area_id FROM unnest(stated) s
    RETURNING contract_id, party_id
  )
  SELECT array_agg((0, 'change',
                    wmo_works.words('added subcontractor "%1"', (SELECT p.name FROM wmo.party p
                      WHERE p.id = a.party_id)),
                    a.contract_id, NULL, NULL)::wmo_works.contract_list_match)
  INTO hired FROM additions a;
  RETURN coalesce(hired, '{}');
END
$$;
COMMENT ON FUNCTION wmo_works.write_list_subcontracts(wmo_works.contract_list_row[], wmo_works.contract_list_match[],
  wmo_works.contract_list_contract[]) IS
  'Adds the subcontractors of a list, and removes none; returns which in which contract.';

CREATE FUNCTION wmo_works.list_conflicts(contracts wmo_works.contract_list_contract[])
RETURNS SETOF wmo.contract_list_finding
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1 SET jit = off
BEGIN ATOMIC
  SELECT DISTINCT ON (c.line, c.number, other.number, s.code) c.line, c.number, NULL::text, 'refused',
         wmo_works.words('contract "%1" is already the main provider of "%2" %3 on some of the same days',
                         other.number, s.code,
                         wmo_works.claims_meet(mine.id, theirs.id, conflict.by_what)), ARRAY[c.line]
  FROM unnest(list_conflicts.contracts) c
  JOIN wmo.exclusive_claim mine ON mine.contract_id = c.contract_id
  CROSS JOIN LATERAL wmo_works.claim_conflicts(mine.id) conflict
  JOIN wmo.exclusive_claim theirs ON theirs.id = conflict.other_id
  JOIN wmo.contract other ON other.id = theirs.contract_id
  JOIN wmo.service s ON s.id = mine.service_id
  ORDER BY c.line, c.number, other.number, s.code, conflict.by_what, mine.area_id, theirs.area_id;
END;
COMMENT ON FUNCTION wmo_works.list_conflicts(wmo_works.contract_list_contract[]) IS
  'The contracts of a list that would be a second main provider.';

CREATE FUNCTION wmo_works.write_list(list wmo_works.contract_list_row[], matches wmo_works.contract_list_match[],
                                     known wmo_works.contract_list_contract[])
RETURNS wmo.contract_list_finding[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
  contracts wmo_works.contract_list_contract[];
  changes wmo_works.contract_list_match[];
BEGIN
  -- what was new is looked up once more each time that something of it is there
  PERFORM wmo_works.add_list_parties(list, matches);
  matches := wmo_works.list_matches(list);
  PERFORM wmo_works.add_list_facts(list, matches);
  IF EXISTS (SELECT FROM unnest(matches) m WHERE m.name = 'products' AND m.id IS NULL) THEN
    matches := wmo_works.list_matches(list);
  END IF;
  contracts := ARRAY(SELECT c FROM wmo_works.list_contracts(list, matches) c);
  changes := wmo_works.write_list_contracts(list, matches, contracts);
  contracts := ARRAY(
    SELECT (c.line, c.number, c.buyer_id, k.id, c.supplier_id, c.period, c.signed_on,
            c.tender_id, c.fault, c.options_stated)::wmo_works.contract_list_contract
    FROM unnest(contracts) c JOIN wmo.contract k ON k.buyer_id = c.buyer_id AND k.number = c.number);
  changes := changes || wmo_works.write_list_scopes(list, matches, contracts)
    || wmo_works.write_list_subcontracts(list, matches, contracts);
  RETURN ARRAY(SELECT f FROM wmo_works.list_conflicts(contracts) f)
    || ARRAY(SELECT (k.line, c.number, NULL, 'noted',
                     wmo_works.words('the registry has more of this contract than the list: %1; a list removes '
                                     'nothing, what ended is a scope_removed of wmo.contract_change', k.kept),
                     ARRAY[k.line])::wmo.contract_list_finding
             FROM (SELECT x.id, x.line, string_agg(x.word, ', ' ORDER BY x.word) AS kept
                   FROM unnest(changes) x WHERE x.name = 'kept' GROUP BY 1, 2) k
             JOIN unnest(contracts) c ON c.contract_id = k.id
             ORDER BY k.line)
    || ARRAY(SELECT (c.line, c.number, NULL,
                     CASE WHEN k.contract_id IS NULL THEN 'added' WHEN ch.changes IS NULL THEN 'unchanged'
                          ELSE 'changed' END, ch.changes, ARRAY[c.line])::wmo.contract_list_finding
             FROM unnest(contracts) c
             JOIN unnest(known) k ON k.line = c.line
             LEFT JOIN (SELECT x.id, string_agg(DISTINCT x.word, ', ') AS changes
                        FROM unnest(changes) x WHERE x.name = 'change' GROUP BY x.id) ch ON ch.id = c.contract_id
             ORDER BY c.line);
END
$$;
COMMENT ON FUNCTION wmo_works.write_list(wmo_works.contract_list_row[], wmo_works.contract_list_match[],
  wmo_works.contract_list_contract[]) IS
  'Writes a list that was judged, and says what became of each contract and which other contracts it would be in the '
  'way of.';

CREATE FUNCTION wmo_works.said_once(findings wmo.contract_list_finding[]) RETURNS SETOF wmo.contract_list_finding
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 100
BEGIN ATOMIC
  -- a list that is refused adds nothing
  SELECT min(f.line), (array_agg(f.number ORDER BY f.place))[1], f.cell, f.outcome, f.message,
         array_agg(l.line ORDER BY l.line) FILTER (WHERE l.line IS NOT NULL)
  FROM unnest(said_once.findings) WITH ORDINALITY f (line, number, cell, outcome, message, lines, place)
  LEFT JOIN LATERAL unnest(f.lines) l (line) ON true
  WHERE f.outcome IN ('refused', 'noted')
     OR NOT EXISTS (SELECT FROM unnest(said_once.findings) r WHERE r.outcome = 'refused')
  GROUP BY f.cell, f.outcome, f.message, CASE WHEN f.outcome NOT IN ('refused', 'noted') THEN f.place END
  ORDER BY min(f.place);
END;
COMMENT ON FUNCTION wmo_works.said_once(wmo.contract_list_finding[]) IS
  'What is refused or noted in the same words of several rows, once, with all of them.';

CREATE FUNCTION wmo.load_contract_list(list regclass, dry_run boolean DEFAULT false, buyer text DEFAULT NULL)
RETURNS SETOF wmo.contract_list_finding
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
  headers jsonb := (SELECT jsonb_object_agg(h.name, h.header) FROM wmo_works.list_headers(list) h
                    WHERE h.name IS NOT NULL);
  findings wmo.contract_list_finding[] := ARRAY(SELECT f FROM wmo_works.list_header_faults(list, buyer) f
                                                ORDER BY f.outcome DESC, f.cell);
  said wmo_works.contract_list_row[];
  faults wmo.contract_list_finding[];
  matches wmo_works.contract_list_match[];
  known wmo_works.contract_list_contract[];
  failure text;
  detail text;
BEGIN
  IF EXISTS (SELECT FROM unnest(findings) f WHERE f.outcome = 'refused') THEN
    RETURN QUERY SELECT f.* FROM unnest(findings) f;
    RETURN;
  END IF;

  -- what cannot be read says nothing, so the rest of the list is judged as well
  SELECT r.said, r.faults INTO said, faults FROM wmo_works.read_list(list, buyer) r;
  matches := wmo_works.list_matches(said);
  known := ARRAY(SELECT c FROM wmo_works.list_contracts(said, matches) c);
  findings := findings || faults || ARRAY(
    SELECT (f.line, r.number, coalesce(headers ->> f.name, f.name), 'refused', f.fault,
            ARRAY[f.line])::wmo.contract_list_finding
    FROM wmo_works.list_faults(said, matches, known) f LEFT JOIN unnest(said) r ON r.line = f.line
    ORDER BY f.line, f.name);
  IF NOT EXISTS (SELECT FROM unnest(findings) f WHERE f.outcome = 'refused') THEN
    findings := findings || ARRAY(
      SELECT (n.line, r.number, coalesce(headers ->> n.name, n.name), 'noted', n.note,
              ARRAY[n.line])::wmo.contract_list_finding
      FROM wmo_works.list_notes(said, matches, known) n LEFT JOIN unnest(said) r ON r.line = n.line
      ORDER BY n.line, n.name, n.note);
    BEGIN
      findings := findings || wmo_works.write_list(said, matches, known);
      IF dry_run OR EXISTS (SELECT FROM unnest(findings) f WHERE f.outcome = 'refused') THEN
        RAISE EXCEPTION USING ERRCODE = 'WMO00', MESSAGE = 'the list is only looked at';
      END IF;
    EXCEPTION
      WHEN SQLSTATE 'WMO00' THEN
        NULL;
      WHEN integrity_constraint_violation THEN
        GET STACKED DIAGNOSTICS failure = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
        findings := findings || (NULL, NULL, NULL, 'refused',
                                 wmo_works.words('the registry refuses it: %1',
                                                 concat_ws('; ', failure, nullif(detail, ''))),
                                 NULL)::wmo.contract_list_finding;
    END;
  END IF;
  RETURN QUERY SELECT f.* FROM wmo_works.said_once(findings) f;
END
$$;
COMMENT ON FUNCTION wmo.load_contract_list(regclass, boolean, text) IS
  'Loads a flat list of contracts (columns of wmo.contract_list_column, all text; an integer column "line" gives the '
  'row of the sheet) into the registry: all of it or nothing. It adds and corrects and never removes; a list that was '
  'loaded changes nothing. dry_run => true only says what would happen. buyer: for a list without a column for it.';
