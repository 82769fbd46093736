-- kept_standing: how scopes stand and who delivers in them, derived when what lies behind changes, not when asked.
-- Relies on standing and delivery, which say how it follows, on tender_award, on turns, and on the library
-- (kept_standing.c).
--
-- wmo_works.provider_standing_due is the definition, wmo_works.kept_standing holds its rows. Questions read the table;
-- they derive for themselves where a policy shows whoever asks a part of the registry, and where rows came that no
-- trigger derived from (wmo_works.standing_is_kept). After each statement comes first standing, then the note that it
-- has ended (note_change_made), then what is derived from standing (claims), then the no-gap rules: triggers fire by
-- name.

CREATE TABLE wmo_works.kept_standing (
  LIKE wmo_works.provider_standing_due INCLUDING COMMENTS,
  derived_at timestamptz NOT NULL DEFAULT wmo_works.change_time()
);
COMMENT ON COLUMN wmo_works.kept_standing.derived_at IS
  'The time of the change by which this row came to stand: later derivations that gave the same left it.';
CREATE INDEX kept_standing_contract_id_idx ON wmo_works.kept_standing (contract_id);
CREATE INDEX kept_standing_scope_id_idx ON wmo_works.kept_standing (scope_id);
CREATE INDEX kept_standing_scope_area_id_idx ON wmo_works.kept_standing (scope_area_id);
CREATE INDEX kept_standing_area_id_idx ON wmo_works.kept_standing (area_id);
-- where every table is published, so is this one; no few columns make a key
ALTER TABLE wmo_works.kept_standing REPLICA IDENTITY FULL;
COMMENT ON TABLE wmo_works.kept_standing IS
  'The rows of wmo_works.provider_standing_due, derived by triggers with the rights of its owner when something behind '
  'them changes. Not dumped and not replicated: wmo.rebuild_standing makes it anew.';

CREATE FUNCTION wmo_works.as_due(kept wmo_works.kept_standing) RETURNS wmo_works.provider_standing_due
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT ROW((kept).contract_id, (kept).scope_id, (kept).certainty, (kept).known, (kept).valid, (kept).service_id,
             (kept).service, (kept).area_id, (kept).area, (kept).area_code, (kept).provider_id, (kept).subcontract_id,
             (kept).role, (kept).ages, (kept).clients, (kept).existing_on, (kept).number, (kept).buyer_id,
             (kept).period, (kept).reason, (kept).scope_certainty,
             (kept).scope_area_id, (kept).open, (kept).inferred,
             (kept).end_inferred)::wmo_works.provider_standing_due;
END;
COMMENT ON FUNCTION wmo_works.as_due(wmo_works.kept_standing) IS 'A kept row as the definition would give it.';

-- What follows from rows that somebody may not see, he may not see here.
ALTER TABLE wmo_works.kept_standing ENABLE ROW LEVEL SECURITY;
CREATE FUNCTION wmo_works.sees_what_stands_behind() RETURNS boolean
LANGUAGE c STABLE PARALLEL SAFE COST 1 AS 'MODULE_PATHNAME', 'wmo_sql_sees_what_stands_behind';
COMMENT ON FUNCTION wmo_works.sees_what_stands_behind() IS
  'May whoever asks read every row from which standing is derived? False without a right on any of those tables or '
  'columns, and under a policy on one.';
CREATE POLICY seen_as_a_whole ON wmo_works.kept_standing FOR SELECT USING (wmo_works.sees_what_stands_behind());
COMMENT ON POLICY seen_as_a_whole ON wmo_works.kept_standing IS
  'For those whom no policy and no missing right keeps from a part of what it is derived from.';

CREATE TABLE wmo_works.standing_mark (
  version  text,
  triggers bigint
);
ALTER TABLE wmo_works.standing_mark REPLICA IDENTITY FULL;
COMMENT ON TABLE wmo_works.standing_mark IS
  'What wmo_works.kept_standing was derived by: one row when it can be trusted. A row of nulls: something changed that '
  'no trigger derived from. Written by wmo.rebuild_standing and by the library, not dumped and not replicated.';
COMMENT ON COLUMN wmo_works.standing_mark.version IS 'The version of this extension that derived it.';
COMMENT ON COLUMN wmo_works.standing_mark.triggers IS
  'Which triggers stood on the registry, and how they were switched: a number that changes with each of them.';

CREATE TRIGGER stay_here BEFORE INSERT OR UPDATE OR DELETE ON wmo_works.kept_standing
  FOR EACH ROW EXECUTE FUNCTION wmo_works.stay_here();
COMMENT ON TRIGGER stay_here ON wmo_works.kept_standing IS 'What is derived is not replicated.';
ALTER TABLE wmo_works.kept_standing ENABLE REPLICA TRIGGER stay_here;
CREATE TRIGGER stay_here BEFORE INSERT OR UPDATE OR DELETE ON wmo_works.standing_mark
  FOR EACH ROW EXECUTE FUNCTION wmo_works.stay_here();
COMMENT ON TRIGGER stay_here ON wmo_works.standing_mark IS 'What is derived is not replicated.';
ALTER TABLE wmo_works.standing_mark ENABLE REPLICA TRIGGER stay_here;

CREATE FUNCTION wmo_works.standing_version(OUT version text, OUT triggers bigint) RETURNS record
LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME', 'wmo_sql_standing_version';
COMMENT ON FUNCTION wmo_works.standing_version() IS
  'What a row of wmo_works.standing_mark says that is derived now.';

-- ---- what others read -----------------------------------------------------------------------------------------------

-- Restricted: a worker could not tell whether a statement of its leader is under way.
CREATE FUNCTION wmo_works.standing_is_kept() RETURNS boolean
LANGUAGE c STABLE PARALLEL RESTRICTED COST 1 AS 'MODULE_PATHNAME', 'wmo_sql_standing_is_kept';
COMMENT ON FUNCTION wmo_works.standing_is_kept() IS
  'Does wmo_works.kept_standing hold what the definition would give whoever asks, at this moment?';

-- Functions, so that the definition is planned only by who needs it. They cost nothing in a plan, because they are
-- hardly ever called: a cost would be that of deriving the whole registry, and set the server on compiling (JIT).
CREATE FUNCTION wmo_works.provider_standing_now(scope_id integer) RETURNS SETOF wmo_works.provider_standing_due
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1 ROWS 1
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT d.* FROM wmo_works.provider_standing_due d
               WHERE d.scope_id = provider_standing_now.scope_id
                 AND d.contract_id = (SELECT s.contract_id FROM wmo.contract_scope s
                                      WHERE s.id = provider_standing_now.scope_id);
END
$$;
COMMENT ON FUNCTION wmo_works.provider_standing_now(integer) IS
  'wmo_works.provider_standing_due of one scope, derived by the eyes of whoever asks.';

CREATE FUNCTION wmo_works.scope_standing_now(scope_id integer) RETURNS SETOF wmo_works.scope_standing_due
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1 ROWS 1
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT d.* FROM wmo_works.scope_standing_due d
               WHERE d.scope_id = scope_standing_now.scope_id
                 AND d.contract_id = (SELECT s.contract_id FROM wmo.contract_scope s
                                      WHERE s.id = scope_standing_now.scope_id);
END
$$;
COMMENT ON FUNCTION wmo_works.scope_standing_now(integer) IS
  'wmo_works.scope_standing_due of one scope, derived by the eyes of whoever asks.';

-- The choice stands over both halves, so that the planner sees through to the table: a half with a condition of its own
-- would be a query of its own.
CREATE VIEW wmo_works.provider_standing WITH (security_invoker = true) AS
  SELECT p.contract_id, p.scope_id, p.certainty, p.known, p.valid, p.service_id, p.service, p.area_id, p.area,
         p.area_code, p.provider_id, p.subcontract_id, p.role, p.ages, p.clients, p.existing_on, p.number, p.buyer_id,
         p.period, p.reason, p.scope_area_id, p.open, p.inferred, p.end_inferred, p.derived_at
  FROM (
    SELECT true AS kept, k.contract_id, k.scope_id, k.certainty, k.known, k.valid, k.service_id, k.service, k.area_id,
           k.area, k.area_code, k.provider_id, k.subcontract_id, k.role, k.ages, k.clients, k.existing_on, k.number,
           k.buyer_id, k.period, k.reason, k.scope_area_id, k.open, k.inferred, k.end_inferred, k.derived_at
    FROM wmo_works.kept_standing k
    UNION ALL
    SELECT false, s.contract_id, s.id, d.certainty, d.known, d.valid, d.service_id, d.service, d.area_id, d.area,
           d.area_code, d.provider_id, d.subcontract_id, d.role, d.ages, d.clients, d.existing_on, d.number,
           d.buyer_id, d.period, d.reason, s.area_id, d.open, d.inferred, d.end_inferred, NULL::timestamptz
    FROM wmo.contract_scope s CROSS JOIN LATERAL wmo_works.provider_standing_now(s.id) d
  ) p
  WHERE p.kept = wmo_works.standing_is_kept();
COMMENT ON VIEW wmo_works.provider_standing IS
  'scope_standing by provider: the supplier, the members of a consortium and the subcontractors, each with role, ages '
  'and clients. Rows that do not serve are here too, with their reason; coverage is the rows that do.';

-- The supplier has one row for each rectangle of its scope.
CREATE VIEW wmo_works.scope_standing WITH (security_invoker = true) AS
  SELECT k.scope_id, k.contract_id, k.provider_id AS supplier_id, k.period, k.valid, k.known,
         k.scope_certainty AS certainty, k.reason, k.open, k.inferred
  FROM wmo_works.kept_standing k
  WHERE k.role IN ('main', 'contracted') AND wmo_works.standing_is_kept()
  UNION ALL
  SELECT s.id, s.contract_id, d.supplier_id, d.period, d.valid, d.known, d.certainty, d.reason, d.open, d.inferred
  FROM wmo.contract_scope s CROSS JOIN LATERAL wmo_works.scope_standing_now(s.id) d
  WHERE NOT wmo_works.standing_is_kept();
COMMENT ON VIEW wmo_works.scope_standing IS
  'Every scope on every day of care (valid) as seen on every day (known): the rectangles that cover the plane once. '
  'It serves where certainty is given; reason says why not, or why no surer.';

DO $$
DECLARE
  told record;
BEGIN
  FOR told IN
    SELECT v.name, a.attname, pg_catalog.col_description(d.attrelid, d.attnum) AS words
    FROM (VALUES ('scope_standing'), ('provider_standing')) v (name)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = ('wmo_works.' || v.name)::regclass
    JOIN pg_catalog.pg_attribute d ON d.attrelid = ('wmo_works.' || v.name || '_due')::regclass
      AND d.attname = a.attname
  LOOP
    EXECUTE format('COMMENT ON COLUMN wmo_works.%I.%I IS %L', told.name, told.attname, told.words);
  END LOOP;
END
$$;
COMMENT ON COLUMN wmo_works.provider_standing.derived_at IS
  'The time of the change by which it came to stand so; null = derived for who asks.';

-- ---- deriving -------------------------------------------------------------------------------------------------------

CREATE FUNCTION wmo_works.standing_to_keep(contract_ids integer[]) RETURNS SETOF wmo_works.provider_standing_due
LANGUAGE plpgsql ROWS 10 SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
-- beside the cost of deriving the planner sees no other: it kept all rows and looked through them for every contract
SET enable_material = off
AS $$
BEGIN
  -- to begin a plan of all that standing may rest on takes longer than to derive a plain contract
  IF EXISTS (SELECT FROM wmo.contract c LEFT JOIN wmo.party p ON p.id = c.supplier_id
             WHERE c.id = ANY (contract_ids)
               AND (p.kind = 'consortium'
                    OR EXISTS (SELECT FROM wmo_works.contract_award x WHERE x.contract_id = c.id)))
     OR EXISTS (SELECT FROM wmo.contract_change ch WHERE ch.contract_id = ANY (contract_ids))
     OR EXISTS (SELECT FROM wmo.subcontract s WHERE s.contract_id = ANY (contract_ids)) THEN
    RETURN QUERY SELECT d.* FROM wmo_works.provider_standing_due d WHERE d.contract_id = ANY (contract_ids);
  ELSE
    RETURN QUERY SELECT d.* FROM wmo_works.standing_of_providers(false, false, false) d
                 WHERE d.contract_id = ANY (contract_ids);
  END IF;
END
$$;
COMMENT ON FUNCTION wmo_works.standing_to_keep(integer[]) IS
  'wmo_works.provider_standing_due of these contracts, by a short way where they have neither award nor ledger nor '
  'other deliverers. Called by triggers that act as owner and hold these contracts: nobody else can give them any '
  'meanwhile.';

CREATE FUNCTION wmo_works.write_standing(contract_ids integer[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
  -- what is new has nothing to be compared with
  IF NOT EXISTS (SELECT FROM wmo_works.kept_standing k WHERE k.contract_id = ANY (contract_ids)) THEN
    INSERT INTO wmo_works.kept_standing SELECT d.* FROM wmo_works.standing_to_keep(contract_ids) d
    ORDER BY d.scope_id, d.valid, d.known;
    RETURN;
  END IF;
  -- grouped, not joined: however wrong a plan is about the number of rows, they are compared once
  WITH line AS (
    SELECT d AS row, NULL::tid AS kept_at FROM wmo_works.standing_to_keep(contract_ids) d
    UNION ALL
    SELECT wmo_works.as_due(k), k.ctid FROM wmo_works.kept_standing k WHERE k.contract_id = ANY (contract_ids)
  ), apart AS MATERIALIZED (
    SELECT l.row, array_agg(l.kept_at) AS kept_at, bool_or(l.kept_at IS NULL) AS due
    FROM line l GROUP BY l.row HAVING bool_and(l.kept_at IS NULL) OR bool_and(l.kept_at IS NOT NULL)
  ), gone AS (
    DELETE FROM wmo_works.kept_standing k
    USING (SELECT unnest(a.kept_at) AS at FROM apart a WHERE NOT a.due) old WHERE k.ctid = old.at
  )
  -- in an order that does not hang on a plan
  INSERT INTO wmo_works.kept_standing SELECT (a.row).* FROM apart a WHERE a.due
  ORDER BY (a.row).scope_id, (a.row).valid, (a.row).known;
END
$$;
COMMENT ON FUNCTION wmo_works.write_standing(integer[]) IS
  'Brings the kept standing of these contracts up to date, and writes only what differs.';

CREATE FUNCTION wmo_works.derive_standing(contract_ids integer[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF contract_ids <> '{}' THEN
    PERFORM wmo_works.hold_contracts(contract_ids);
    PERFORM wmo_works.write_standing(contract_ids);
    PERFORM wmo_works.name_contracts(contract_ids);
  END IF;
END
$$;
COMMENT ON FUNCTION wmo_works.derive_standing(integer[]) IS
  'Brings the kept standing of these contracts up to date; safe under concurrent changes at every isolation level. '
  'Called by triggers that act as owner.';

CREATE VIEW wmo_works.signed_by_another WITH (security_invoker = true) AS
  SELECT DISTINCT c.id AS contract_id
  FROM wmo.award a JOIN wmo_works.contract_award x ON x.award_id = a.id JOIN wmo.contract c ON c.id = x.contract_id
  WHERE a.supplier_id <> c.supplier_id;
COMMENT ON VIEW wmo_works.signed_by_another IS
  'Contracts with another party than an award names that they may follow from, so that their standing rests on what '
  'ties the two.';
COMMENT ON COLUMN wmo_works.signed_by_another.contract_id IS 'The contract.';

CREATE FUNCTION wmo_works.awarded_consortia(award_ids integer[]) RETURNS integer[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
  RETURN ARRAY(SELECT DISTINCT p.id FROM wmo.award a JOIN wmo.party p ON p.id = a.supplier_id
               WHERE a.id = ANY (award_ids) AND p.kind = 'consortium');
END
$$;
COMMENT ON FUNCTION wmo_works.awarded_consortia(integer[]) IS
  'The consortia to which these awards went: whether a contract is with one of its members hangs on them.';

CREATE FUNCTION wmo_works.contracts_delivered_by(party_ids integer[]) RETURNS SETOF integer
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  WITH party (id) AS (
    SELECT unnest(contracts_delivered_by.party_ids)
    UNION SELECT m.consortium_id FROM wmo.consortium_member m WHERE m.member_id = ANY (contracts_delivered_by.party_ids)
  )
  SELECT c.id FROM wmo.contract c WHERE c.supplier_id IN (SELECT p.id FROM party p)
  UNION SELECT ch.contract_id FROM wmo.contract_change ch WHERE ch.to_party_id IN (SELECT p.id FROM party p)
  UNION SELECT s.contract_id FROM wmo.subcontract s WHERE s.party_id = ANY (contracts_delivered_by.party_ids);
END;
COMMENT ON FUNCTION wmo_works.contracts_delivered_by(integer[]) IS
  'The contracts in which one of these parties may deliver: as supplier, member or subcontractor.';

CREATE FUNCTION wmo_works.contracts_in_part(part text) RETURNS SETOF integer
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 100
BEGIN ATOMIC
  SELECT ch.contract_id FROM wmo.contract_change ch
  WHERE CASE contracts_in_part.part WHEN 'area' THEN ch.area_id ELSE ch.service_id END IS NOT NULL
  UNION
  SELECT s.contract_id FROM wmo.subcontract s
  WHERE CASE contracts_in_part.part WHEN 'area' THEN s.area_id ELSE s.service_id END IS NOT NULL;
END;
COMMENT ON FUNCTION wmo_works.contracts_in_part(text) IS
  'The contracts with a change or a subcontract that names an area, or a service: the trees decide which scopes these '
  'meet.';

CREATE FUNCTION wmo_works.contracts_that_rest_on(of_table name, keys integer[]) RETURNS integer[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  -- first wait for those who may be adding contracts that rest on it, then look for them
  IF of_table IN ('tender', 'lot', 'source', 'service', 'area', 'area_part', 'party_succession') THEN
    PERFORM wmo_works.go_alone();
  ELSE
    PERFORM wmo_works.go_beside_others();
  END IF;
  CASE of_table
    WHEN 'contract_scope' THEN
      PERFORM wmo_works.take_turns('tender', wmo_works.tenders_of_lots(keys));
      RETURN keys;
    WHEN 'contract_ending', 'subcontract' THEN RETURN keys;
    WHEN 'contract_change' THEN
      PERFORM wmo_works.take_turns('party', ARRAY(
        SELECT ch.to_party_id FROM wmo.contract_change ch JOIN wmo.party p ON p.id = ch.to_party_id
        WHERE ch.contract_id = ANY (keys) AND p.kind = 'consortium'));
      RETURN keys;
    WHEN 'award', 'award_challenge' THEN
      PERFORM wmo_works.take_turns('award', keys);
      PERFORM wmo_works.take_turns('party', wmo_works.awarded_consortia(keys));
      RETURN ARRAY(SELECT x.contract_id FROM wmo_works.contract_award x WHERE x.award_id = ANY (keys));
    WHEN 'consortium_member' THEN
      PERFORM wmo_works.take_turns('party', keys);
      RETURN ARRAY(SELECT c.id FROM wmo.contract c WHERE c.supplier_id = ANY (keys)
                   UNION SELECT ch.contract_id FROM wmo.contract_change ch WHERE ch.to_party_id = ANY (keys)
                   UNION SELECT o.contract_id FROM wmo_works.signed_by_another o);
    WHEN 'party_succession' THEN
      RETURN ARRAY(SELECT o.contract_id FROM wmo_works.signed_by_another o
                   UNION SELECT d FROM wmo_works.contracts_delivered_by(keys) d);
    WHEN 'tender' THEN
      RETURN ARRAY(SELECT x.contract_id FROM wmo.award a JOIN wmo_works.contract_award x ON x.award_id = a.id
                   WHERE a.tender_id = ANY (keys));
    WHEN 'lot' THEN RETURN ARRAY(SELECT s.contract_id FROM wmo.contract_scope s WHERE s.lot_id = ANY (keys));
    WHEN 'source' THEN
      RETURN ARRAY(
        SELECT c.id FROM wmo.contract c WHERE c.source_id = ANY (keys)
        UNION
        SELECT d FROM wmo_works.contracts_awarded_by_source(keys) d
        UNION
        SELECT ch.contract_id FROM wmo.contract_change ch WHERE ch.source_id = ANY (keys)
        UNION
        SELECT s.contract_id FROM wmo.contract_scope s LEFT JOIN wmo.area a ON a.id = s.area_id
        WHERE s.source_id = ANY (keys) OR a.source_id = ANY (keys)
        UNION
        SELECT s.contract_id FROM wmo.subcontract s LEFT JOIN wmo.area a ON a.id = s.area_id
        WHERE s.source_id = ANY (keys) OR a.source_id = ANY (keys)
        UNION
        SELECT c.id FROM wmo.contract c JOIN wmo.consortium_member m ON m.consortium_id = c.supplier_id
        WHERE m.source_id = ANY (keys)
        UNION
        SELECT ch.contract_id FROM wmo.contract_change ch JOIN wmo.consortium_member m
          ON m.consortium_id = ch.to_party_id
        WHERE m.source_id = ANY (keys)
        UNION
        SELECT o.contract_id FROM wmo_works.signed_by_another o
        UNION
        SELECT d FROM wmo_works.contracts_delivered_by(ARRAY(
          SELECT x.predecessor_id FROM wmo.party_succession x WHERE x.source_id = ANY (keys))) d
        UNION
        SELECT c FROM wmo_works.contracts_in_part('area') c
        WHERE EXISTS (SELECT FROM wmo.area_part p WHERE p.source_id = ANY (keys))
        UNION
        SELECT c FROM wmo_works.contracts_in_part('service') c
        WHERE EXISTS (SELECT FROM wmo.service sv WHERE sv.source_id = ANY (keys)));
    WHEN 'area' THEN
      RETURN ARRAY(SELECT s.contract_id FROM wmo.contract_scope s WHERE s.area_id = ANY (keys)
                   UNION SELECT s.contract_id FROM wmo.subcontract s WHERE s.area_id = ANY (keys));
    -- the trees decide which scopes a change or a subcontract that names a service or an area meets; and a code is kept
    WHEN 'service' THEN
      RETURN ARRAY(SELECT s.contract_id FROM wmo.contract_scope s WHERE s.service_id = ANY (keys)
                   UNION SELECT c FROM wmo_works.contracts_in_part('service') c);
    WHEN 'area_part' THEN RETURN ARRAY(SELECT c FROM wmo_works.contracts_in_part('area') c);
  END CASE;
END
$$;
COMMENT ON FUNCTION wmo_works.contracts_that_rest_on(name, integer[]) IS
  'The contracts whose standing may change with these rows of a table, which it names by their key or, where a '
  'contract, an award or a consortium owns them, by its. Waits for those who may be adding such contracts. Called by '
  'triggers that act as owner.';

CREATE FUNCTION wmo_works.changed_keys_query(operation text, key text, read_columns text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE operation
    WHEN 'INSERT' THEN format('SELECT array_agg(DISTINCT x.key) FROM new_row n '
                              'CROSS JOIN LATERAL unnest(ARRAY[n.%s]) x (key) WHERE x.key IS NOT NULL',
                              replace(key, ',', ', n.'))
    WHEN 'DELETE' THEN format('SELECT array_agg(DISTINCT x.key) FROM old_row o '
                              'CROSS JOIN LATERAL unnest(ARRAY[o.%s]) x (key) WHERE x.key IS NOT NULL',
                              replace(key, ',', ', o.'))
    ELSE format('SELECT array_agg(DISTINCT x.key) FROM new_row n FULL JOIN old_row o USING (id) '
                'CROSS JOIN LATERAL unnest(ARRAY[n.%s, o.%s]) x (key) '
                'WHERE x.key IS NOT NULL AND ROW(n.%s)::record *<> ROW(o.%s)::record',
                replace(key, ',', ', n.'), replace(key, ',', ', o.'), replace(read_columns, ',', ', n.'),
                replace(read_columns, ',', ', o.')) END;
END;
COMMENT ON FUNCTION wmo_works.changed_keys_query(text, text, text) IS
  'Text of the query that a statement trigger asks for the keys of the rows that changed in these columns (both with '
  'commas between them); one row, null when there are none. As text it is planned for as many rows as there are.';

CREATE FUNCTION wmo_works.keep_standing() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
  keys integer[];
  tenders integer[];
BEGIN
  IF TG_OP = 'TRUNCATE' AND TG_TABLE_NAME = 'contract_scope' THEN
    TRUNCATE wmo_works.kept_standing;
    RETURN NULL;
  ELSIF TG_OP = 'TRUNCATE' THEN
    PERFORM wmo_works.go_alone();
    PERFORM wmo_works.derive_standing(ARRAY(SELECT c.id FROM wmo.contract c));
    RETURN NULL;
  END IF;
  EXECUTE wmo_works.changed_keys_query(TG_OP, TG_ARGV[1], TG_ARGV[2]) INTO keys;
  IF keys IS NULL THEN
    RETURN NULL;
  ELSIF TG_TABLE_NAME = 'award' THEN
    -- it may bear on contracts that do not name it, in the tender that it left too
    EXECUTE wmo_works.changed_keys_query(TG_OP, 'tender_id', TG_ARGV[2]) INTO tenders;
    tenders := coalesce(tenders, '{}');
    PERFORM wmo_works.go_beside_others();
    PERFORM wmo_works.take_turns('tender', tenders);
    PERFORM wmo_works.derive_standing(wmo_works.contracts_that_rest_on(TG_TABLE_NAME, keys)
                                      || wmo_works.contracts_of_tenders(tenders));
  ELSE
    PERFORM wmo_works.derive_standing(wmo_works.contracts_that_rest_on(TG_TABLE_NAME, keys));
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo_works.keep_standing() IS
  'Statement trigger of the tables behind standing: derives the contracts that rest on the rows that it changed. Its '
  'arguments, after its name: the columns that name them, and those that standing reads.';

CREATE FUNCTION wmo_works.keep_standing_of_contract() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  -- an award lives by the first signature under it: rows that came to it or left it, or were signed otherwise
  signed text := CASE TG_OP
    WHEN 'INSERT' THEN 'SELECT n.id, n.award_id, NULL::date AS was, n.signed_on AS becomes FROM new_row n'
    WHEN 'DELETE' THEN 'SELECT o.id, o.award_id, o.signed_on AS was, NULL::date AS becomes FROM old_row o'
    ELSE 'SELECT o.id, o.award_id, o.signed_on AS was, NULL::date AS becomes '
         'FROM old_row o LEFT JOIN new_row n USING (id) '
         'WHERE (o.award_id, o.signed_on) IS DISTINCT FROM (n.award_id, n.signed_on) UNION ALL '
         'SELECT n.id, n.award_id, NULL, n.signed_on FROM new_row n LEFT JOIN old_row o USING (id) '
         'WHERE (o.award_id, o.signed_on) IS DISTINCT FROM (n.award_id, n.signed_on)' END;
  changed integer[] := '{}';
  suppliers integer[] := '{}';
  tenders integer[] := '{}';
  awards integer[];
  siblings integer[];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    EXECUTE wmo_works.changed_keys_query(TG_OP, TG_ARGV[1], TG_ARGV[2]) INTO changed;
    IF changed IS NULL THEN
      RETURN NULL;
    END IF;
  END IF;
  PERFORM wmo_works.go_beside_others();
  EXECUTE format('SELECT ARRAY(SELECT DISTINCT x.award_id FROM (%s) x WHERE x.award_id IS NOT NULL)', signed)
    INTO awards;
  IF TG_OP <> 'DELETE' THEN
    EXECUTE 'SELECT ARRAY(SELECT DISTINCT n.supplier_id FROM new_row n WHERE n.supplier_id IS NOT NULL)'
      INTO suppliers;
    EXECUTE 'SELECT ARRAY(SELECT DISTINCT n.tender_id FROM new_row n WHERE n.tender_id IS NOT NULL)' INTO tenders;
    suppliers := ARRAY(SELECT p.id FROM wmo.party p WHERE p.id = ANY (suppliers) AND p.kind = 'consortium');
  END IF;
  PERFORM wmo_works.take_turns('tender', tenders || wmo_works.tenders_of_lots(changed));
  PERFORM wmo_works.take_turns('award', awards);
  PERFORM wmo_works.take_turns('party', suppliers || wmo_works.awarded_consortia(awards));
  IF awards = '{}' THEN
    PERFORM wmo_works.derive_standing(changed);
    RETURN NULL;
  END IF;
  EXECUTE format(
    'WITH signed AS (%s) '
    'SELECT ARRAY(SELECT c.id FROM (SELECT x.award_id, min(x.was) AS was, min(x.becomes) AS becomes FROM signed x '
    '                               GROUP BY x.award_id) a '
    'CROSS JOIN LATERAL (SELECT min(r.signed_on) AS day FROM wmo.contract r '
    '                    WHERE r.award_id = a.award_id AND r.id NOT IN (SELECT x.id FROM signed x)) rest '
    'JOIN wmo.contract c ON c.award_id = a.award_id '
    'WHERE least(a.was, rest.day) IS DISTINCT FROM least(a.becomes, rest.day))', signed) INTO siblings;
  PERFORM wmo_works.derive_standing(changed || siblings);
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo_works.keep_standing_of_contract() IS
  'Statement trigger of contracts: derives those that changed in what standing reads, and those under the same award '
  'when the first signature there became another. A contract that is new has no scopes yet, one that goes has lost '
  'them.';

CREATE FUNCTION wmo_works.keep_standing_of_law() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM wmo_works.go_alone();
  PERFORM wmo_works.derive_standing(ARRAY(SELECT DISTINCT x.contract_id FROM wmo_works.contract_award x));
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo_works.keep_standing_of_law() IS
  'Statement trigger of the calendar and the regimes, by which the terms of awards are counted: derives every contract '
  'that follows from one.';

CREATE FUNCTION wmo_works.mark_standing() RETURNS trigger
LANGUAGE c AS 'MODULE_PATHNAME', 'wmo_sql_mark_standing';
COMMENT ON FUNCTION wmo_works.mark_standing() IS
  'Trigger of the tables behind standing, in every role of a session: where the triggers that derive do not fire, it '
  'makes questions derive for themselves until wmo.rebuild_standing.';

-- Which tables and columns lie behind is read from the definition itself. The list says by which column their rows name
-- what rests on them, and which statements count: what nobody can refer to yet, or any more, changes nothing.
DO $$
DECLARE
  source record;
BEGIN
  FOR source IN
    WITH RECURSIVE rests_on (class, id) AS (
      SELECT 'pg_catalog.pg_class'::regclass, 'wmo_works.provider_standing_due'::regclass::oid
      UNION
      SELECT d.refclassid::regclass, d.refobjid
      FROM rests_on b
      LEFT JOIN pg_catalog.pg_rewrite r ON b.class = 'pg_catalog.pg_class'::regclass AND r.ev_class = b.id
      JOIN pg_catalog.pg_depend d ON (d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid)
        OR (d.classid = b.class AND d.objid = b.id AND b.class = 'pg_catalog.pg_proc'::regclass)
      WHERE d.refclassid IN ('pg_catalog.pg_class'::regclass, 'pg_catalog.pg_proc'::regclass)
    ), read AS (
      SELECT c.relname AS name, string_agg(DISTINCT a.attname, ',') AS columns
      FROM rests_on b
      LEFT JOIN pg_catalog.pg_rewrite r ON b.class = 'pg_catalog.pg_class'::regclass AND r.ev_class = b.id
      JOIN pg_catalog.pg_depend d ON (d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid)
        OR (d.classid = b.class AND d.objid = b.id)
      JOIN pg_catalog.pg_class c ON d.refclassid = 'pg_catalog.pg_class'::regclass AND c.oid = d.refobjid
        AND c.relkind = 'r'
      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
      GROUP BY c.relname
    ), known (name, key, events) AS (VALUES
      ('contract', 'id', '{INSERT,UPDATE,DELETE}'),
      ('contract_scope', 'contract_id', '{INSERT,UPDATE,DELETE,TRUNCATE}'),
      ('contract_change', 'contract_id', '{INSERT,UPDATE,DELETE}'),
      ('contract_ending', 'contract_id', '{INSERT,UPDATE,DELETE,TRUNCATE}'),
      ('subcontract', 'contract_id', '{INSERT,UPDATE,DELETE,TRUNCATE}'),
      ('award', 'id,replaces_id', '{INSERT,UPDATE,DELETE}'),
      ('award_challenge', 'award_id', '{INSERT,UPDATE,DELETE,TRUNCATE}'),
      ('tender', 'id', '{UPDATE}'),
      ('lot', 'id', '{UPDATE}'),
      ('consortium_member', 'consortium_id', '{INSERT,UPDATE,DELETE,TRUNCATE}'),
      ('party_succession', 'predecessor_id', '{INSERT,UPDATE,DELETE,TRUNCATE}'),
      ('source', 'id', '{UPDATE}'),
      ('service', 'id', '{UPDATE}'),
      ('area', 'id', '{UPDATE}'),
      ('area_part', 'part_id', '{INSERT,UPDATE,DELETE,TRUNCATE}'))
    SELECT coalesce(r.name, k.name) AS name, r.columns, k.key, event
    FROM read r FULL JOIN known k USING (name) LEFT JOIN LATERAL unnest(k.events::text[]) event ON true
    ORDER BY 1, 4
  LOOP
    IF source.columns IS NULL OR source.key IS NULL THEN
      RAISE EXCEPTION 'standing and the list of what lies behind it differ in table %', source.name;
    END IF;
    EXECUTE format('CREATE TRIGGER keep_standing_on_%s AFTER %s ON wmo.%I %s FOR EACH STATEMENT EXECUTE FUNCTION '
                   'wmo_works.as_owner(%L, %L, %L)', lower(source.event), source.event, source.name,
      CASE source.event WHEN 'INSERT' THEN 'REFERENCING NEW TABLE AS new_row'
        WHEN 'DELETE' THEN 'REFERENCING OLD TABLE AS old_row'
        WHEN 'UPDATE' THEN 'REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row' ELSE '' END,
      CASE source.name WHEN 'contract' THEN 'keep_standing_of_contract' ELSE 'keep_standing' END, source.key,
      source.columns);
    EXECUTE format('COMMENT ON TRIGGER keep_standing_on_%s ON wmo.%I IS %L', lower(source.event), source.name,
      'Keeps wmo_works.kept_standing equal to wmo_works.provider_standing_due.');
    CONTINUE WHEN source.event <> 'UPDATE'; -- which every table has
    EXECUTE format('CREATE TRIGGER mark_standing BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON wmo.%I '
                   'FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.mark_standing()', source.name);
    EXECUTE format('CREATE TRIGGER mark_standing_replicated BEFORE INSERT OR UPDATE OR DELETE ON wmo.%I '
                   'FOR EACH ROW EXECUTE FUNCTION wmo_works.mark_standing()', source.name);
    EXECUTE format('COMMENT ON TRIGGER mark_standing ON wmo.%I IS %L', source.name,
      'Says so when standing is not kept.');
    EXECUTE format('COMMENT ON TRIGGER mark_standing_replicated ON wmo.%I IS %L', source.name,
      'Says that logical replication brings what standing is not derived from.');
  END LOOP;
END
$$;

-- The library counts terms by these, of which the catalog knows nothing. They are law for all: no policy hides them.
DO $$
DECLARE
  law text;
BEGIN
  FOREACH law IN ARRAY ARRAY['equated_day_shipped', 'equated_day_own', 'calendar_decree_shipped', 'calendar_decree_own',
                             'term_rule_shipped', 'term_rule_own']
  LOOP
    EXECUTE format('CREATE TRIGGER keep_standing_of_law AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON wmo.%I '
                   'FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.as_owner(%L)', law, 'keep_standing_of_law');
    EXECUTE format('CREATE TRIGGER mark_standing BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON wmo.%I '
                   'FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.mark_standing()', law);
    EXECUTE format('CREATE TRIGGER mark_standing_replicated BEFORE INSERT OR UPDATE OR DELETE ON wmo.%I '
                   'FOR EACH ROW EXECUTE FUNCTION wmo_works.mark_standing()', law);
    EXECUTE format('COMMENT ON TRIGGER keep_standing_of_law ON wmo.%I IS %L', law,
      'Keeps wmo_works.kept_standing equal to wmo_works.provider_standing_due.');
    EXECUTE format('COMMENT ON TRIGGER mark_standing ON wmo.%I IS %L', law, 'Says so when standing is not kept.');
    EXECUTE format('COMMENT ON TRIGGER mark_standing_replicated ON wmo.%I IS %L', law,
      'Says that logical replication brings what standing is not derived from.');
  END LOOP;
END
$$;

-- ---- by hand --------------------------------------------------------------------------------------------------------

CREATE FUNCTION wmo_works.refuse_written_standing() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION 'wmo_works.kept_standing is derived and not written by hand'
    USING ERRCODE = 'object_not_in_prerequisite_state', SCHEMA = 'wmo_works', TABLE = 'kept_standing',
      DETAIL = 'Its rows follow from contracts, scopes, ledger, awards and what these rest on.',
      HINT = 'Change those. To derive every row again: SELECT wmo.rebuild_standing().';
END
$$;
COMMENT ON FUNCTION wmo_works.refuse_written_standing() IS 'Refuses standing that no trigger derived.';
CREATE TRIGGER standing_is_derived BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON wmo_works.kept_standing
  FOR EACH STATEMENT WHEN (NOT wmo_works.acts_as_owner()) EXECUTE FUNCTION wmo_works.refuse_written_standing();
COMMENT ON TRIGGER standing_is_derived ON wmo_works.kept_standing IS 'Not by hand, not even by their owner.';

CREATE FUNCTION wmo_works.derive_every_standing() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM wmo_works.write_standing(ARRAY(SELECT c.id FROM wmo.contract c
                                         UNION SELECT k.contract_id FROM wmo_works.kept_standing k));
  PERFORM wmo_works.name_none();
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo_works.derive_every_standing() IS
  'Statement trigger: before it is said that all standing is derived, all of it is.';
CREATE TRIGGER all_is_derived BEFORE INSERT ON wmo_works.standing_mark
  FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.as_owner('derive_every_standing');
COMMENT ON TRIGGER all_is_derived ON wmo_works.standing_mark IS 'A mark by hand is one that can be trusted.';

CREATE FUNCTION wmo.rebuild_standing() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN
    RAISE EXCEPTION 'standing cannot be rebuilt at isolation level %', current_setting('transaction_isolation')
      USING ERRCODE = 'feature_not_supported',
        DETAIL = 'What others have changed since the transaction began could not be seen.',
        HINT = 'Use a transaction at read committed.';
  END IF;
  EXECUTE (SELECT 'LOCK TABLE ' || string_agg(t.tgrelid::regclass::text, ', ' ORDER BY t.tgrelid)
                  || ' IN SHARE ROW EXCLUSIVE MODE'
           FROM pg_catalog.pg_trigger t
           WHERE t.tgname = 'mark_standing' AND t.tgfoid = 'wmo_works.mark_standing()'::regprocedure);
  DELETE FROM wmo_works.standing_mark;
  INSERT INTO wmo_works.standing_mark (version, triggers)
  SELECT v.version, v.triggers FROM wmo_works.standing_version() v;
END
$$;
REVOKE ALL ON FUNCTION wmo.rebuild_standing() FROM PUBLIC;
COMMENT ON FUNCTION wmo.rebuild_standing() IS
  'Derives anew how every scope stands, and lets questions read that from then on. For the owner of the tables: after '
  'a restore, pg_upgrade or an update of the extension, after loads with session_replication_role = replica or with '
  'triggers disabled, and on a logical subscriber; until then every question derives for itself, rightly and slowly. '
  'Others read meanwhile, and wait with their changes.';

CREATE FUNCTION wmo.check_standing()
RETURNS TABLE (difference text, contract_id integer, scope_id integer, subcontract_id integer, provider_id integer,
  role wmo.provider_role, valid daterange, known daterange, certainty wmo.certainty, reason wmo.reason)
LANGUAGE plpgsql STABLE COST 1000000 ROWS 1 SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
#variable_conflict use_column
BEGIN
  IF NOT wmo_works.sees_what_stands_behind() THEN
    RAISE EXCEPTION 'standing cannot be checked by who sees a part of the registry only'
      USING ERRCODE = 'insufficient_privilege', HINT = 'Let the owner of the tables check it.';
  END IF;
  RETURN QUERY
  SELECT CASE WHEN bool_or(l.due) THEN 'missing' ELSE 'too many' END, (l.row).contract_id, (l.row).scope_id,
         (l.row).subcontract_id, (l.row).provider_id, (l.row).role, (l.row).valid, (l.row).known, (l.row).certainty,
         (l.row).reason
  FROM (SELECT d AS row, true AS due FROM wmo_works.provider_standing_due d
        UNION ALL
        SELECT wmo_works.as_due(k), false FROM wmo_works.kept_standing k) l
  GROUP BY l.row HAVING bool_and(l.due) OR bool_and(NOT l.due);
END
$$;
COMMENT ON FUNCTION wmo.check_standing() IS
  'Derives anew how every scope stands and tells where what is kept differs: a row is missing, or one is there too '
  'many. No rows: they agree. Costs what wmo.rebuild_standing does, which mends it.';
