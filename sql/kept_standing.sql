-- Standing is kept: what the table holds is what the definition gives, whatever changed, and who must not be told by the
-- table, or cannot be, derives it himself.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

-- ---- what lies behind -----------------------------------------------------------------------------------------------
-- Everything that the definition reaches through views and function bodies, and the columns of tables that it reads.
CREATE VIEW pg_temp.reached AS
  WITH RECURSIVE reached (class, id) AS (
    SELECT 'pg_class'::regclass, 'wmo_works.provider_standing_due'::regclass::oid
    UNION
    SELECT d.refclassid::regclass, d.refobjid
    FROM reached r CROSS JOIN LATERAL (
      SELECT w.oid FROM pg_rewrite w WHERE r.class = 'pg_class'::regclass AND w.ev_class = r.id
      UNION ALL SELECT r.id WHERE r.class = 'pg_proc'::regclass) o (id)
    JOIN pg_depend d ON d.classid IN ('pg_rewrite'::regclass, 'pg_proc'::regclass) AND d.objid = o.id
    WHERE d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass))
  SELECT * FROM reached;
SELECT string_agg(c.relname, ' ' ORDER BY c.relname) FROM pg_temp.reached r JOIN pg_class c ON r.class = 'pg_class'::regclass AND c.oid = r.id AND c.relkind = 'r';
-- a function reads tables by a body that the catalog knows, or not at all; but for one, which counts terms by the calendar and the
-- regimes: their tables have a trigger of their own; and for what is said of it, which reads a setting and is not kept
SELECT r.id::regprocedure FROM pg_temp.reached r JOIN pg_proc p ON r.class = 'pg_proc'::regclass AND p.oid = r.id
WHERE p.prosqlbody IS NULL AND p.provolatile <> 'i' AND p.pronamespace <> 'pg_catalog'::regnamespace
ORDER BY r.id::regprocedure::text COLLATE "C";
-- every one of these tables has the trigger that derives and those that mark; nothing else has
SELECT count(*) FROM pg_trigger t WHERE t.tgname ~ '^(keep|mark)_standing' AND (t.tgname !~ '^keep' OR t.tgname IN ('keep_standing_on_update', 'keep_standing_of_law'));
SELECT c.oid::regclass AS unkept FROM pg_temp.reached r JOIN pg_class c ON r.class = 'pg_class'::regclass AND c.oid = r.id AND c.relkind = 'r'
WHERE (SELECT count(*) FROM pg_trigger t WHERE t.tgrelid = c.oid AND (t.tgname, t.tgenabled) IN (('keep_standing_on_update', 'O'), ('mark_standing', 'A'), ('mark_standing_replicated', 'R'))) <> 3;
SELECT string_agg(DISTINCT t.tgrelid::regclass::text, ' ') FROM pg_trigger t WHERE t.tgname = 'keep_standing_of_law' AND t.tgenabled = 'O';
-- of its contracts, an award's life reads the day of signing and no more
SELECT string_agg(DISTINCT a.attname, ' ' ORDER BY a.attname) FROM pg_rewrite w JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
JOIN pg_attribute a ON d.refclassid = 'pg_class'::regclass AND a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
WHERE w.ev_class = 'wmo_works.award_fact'::regclass AND d.refobjid = 'wmo.contract'::regclass;
-- first standing, then the end of the statement is noted, then claims, then no-gap rules
SELECT t.tgrelid::regclass, string_agg(substring(t.tgname, '^(keep_standing|note_change_made|zz_derive_claims|zz_touch_no_gap)'), ' ' ORDER BY t.tgname)
FROM pg_trigger t WHERE t.tgname ~ '_on_update$|^note_change_made$' AND t.tgrelid IN (SELECT r.id FROM pg_temp.reached r) GROUP BY 1 ORDER BY 1::text COLLATE "C";

-- ---- every change is followed ---------------------------------------------------------------------------------------
CREATE TEMPORARY TABLE before AS TABLE wmo_works.kept_standing;
-- What a statement did: did anything kept change, does it agree with the definition, and may it be trusted?
CREATE FUNCTION pg_temp.after(what text, statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  verdict text;
BEGIN
  DELETE FROM pg_temp.before;
  INSERT INTO pg_temp.before TABLE wmo_works.kept_standing;
  EXECUTE statement;
  SELECT format('%s, %s, %s',
    CASE WHEN EXISTS ((TABLE wmo_works.kept_standing EXCEPT ALL TABLE pg_temp.before) UNION ALL (TABLE pg_temp.before EXCEPT ALL TABLE wmo_works.kept_standing))
         THEN 'changed' ELSE 'the same' END,
    CASE WHEN EXISTS (SELECT FROM wmo.check_standing()) THEN 'WRONG' ELSE 'right' END,
    CASE WHEN wmo_works.standing_is_kept() THEN 'kept' ELSE 'derived by who asks' END) INTO verdict;
  RETURN verdict;
END
$$;
INSERT INTO wmo.source (id, article, basis, reading) VALUES (1, 'Krant', 'stated', 'the year is that of the paper'), (2, 'Blad', 'stated', NULL);
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Stad', 'municipality'), (2, 'Zorg Een', 'provider'), (3, 'Zorg Twee', 'provider'), (4, 'Combinatie', 'consortium'), (5, 'Combinatie Twee', 'consortium');
INSERT INTO wmo.area (id, name, kind) VALUES (1, 'Stad', 'municipality'), (2, 'Wijk', 'district'), (3, 'Streek', 'region'), (4, 'Land', 'region');
INSERT INTO wmo.tender (id, title, procedure) VALUES (1, 'Huishouden', 'open'), (2, 'Toelating', 'open_house');
INSERT INTO wmo.award (id, tender_id, decided, standstill) VALUES (1, 1, '[2019-06-03,2019-06-04)', wmo.objection_period('standstill', '2019-06-03')), (2, 1, '[2019-06-03,2019-06-04)', NULL);
CREATE TEMPORARY TABLE try (n integer GENERATED ALWAYS AS IDENTITY, what text, statement text);
INSERT INTO try (what, statement) VALUES
  ('contracts without scopes', $$INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (1, 'A', 1, 2, '[2020-01-01,2022-01-01)+P1Y'), (2, 'B', 1, 2, '[2020-01-01,2022-01-01)+P1Y'), (3, 'C', 1, 2, '[2020-01-01,?)')$$),
  ('scopes', $$INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, source_id) VALUES (1, 1, 10, 1, 1), (2, 2, 21, 2, NULL), (3, 3, 72, 2, NULL)$$),
  ('another owner', $$UPDATE wmo.contract SET owner = 'inkoop'$$),
  ('another number', $$UPDATE wmo.contract SET number = 'B2' WHERE id = 2$$),
  ('another buyer', $$INSERT INTO wmo.party (id, name, kind) VALUES (6, 'Dorp', 'municipality'); UPDATE wmo.contract SET buyer_id = 6 WHERE id = 3$$),
  ('that has another name', $$UPDATE wmo.party SET name = 'Groot Dorp' WHERE id = 6$$),
  ('another period', $$UPDATE wmo.contract SET period = '[2020-01-01,2023-01-01)+P1Y' WHERE id = 2$$),
  ('an award', $$UPDATE wmo.contract SET award_id = 1 WHERE id = 1$$),
  ('a second contract under it', $$UPDATE wmo.contract SET award_id = 1 WHERE id = 2$$),
  ('signed, so that the award is final', $$UPDATE wmo.contract SET signed_on = '2019-08-01' WHERE id = 2$$),
  ('signed later by the other', $$UPDATE wmo.contract SET signed_on = '2019-09-01' WHERE id = 1$$),
  ('a third, signed first, without a scope', $$INSERT INTO wmo.contract (id, number, buyer_id, period, award_id, signed_on) VALUES (9, 'Z', 1, '[2020-01-01,2022-01-01)', 1, '2019-07-01')$$),
  ('and it moves to another award', $$UPDATE wmo.contract SET award_id = 2 WHERE id = 9$$),
  ('and back', $$UPDATE wmo.contract SET award_id = 1 WHERE id = 9$$),
  ('and goes', $$DELETE FROM wmo.contract WHERE id = 9$$),
  ('neither signed', $$UPDATE wmo.contract SET signed_on = NULL$$),
  ('an award is withdrawn', $$UPDATE wmo.award SET withdrawn_on = '2019-07-01' WHERE id = 1$$),
  ('and is not', $$SELECT wmo.correct_award(1)$$),
  ('another source of an award, stated', $$UPDATE wmo.award SET source_id = 2 WHERE id = 1$$),
  ('a decree equates the last day of its term', $$INSERT INTO wmo.equated_day_own (day, decree) VALUES ('2019-06-24', 'Proefbesluit')$$),
  ('and is taken back', $$DELETE FROM wmo.equated_day_own$$),
  ('proceedings', $$INSERT INTO wmo.award_challenge (id, award_id, kind, lodged) VALUES (1, 1, 'summary_proceedings', '2019-06-10')$$),
  ('of a tender in which they do not hold', $$UPDATE wmo.award SET standstill = NULL, forfeiture = wmo.objection_period('forfeiture', '2019-06-03', '30 days')$$),
  ('that is an admission', $$UPDATE wmo.tender SET procedure = 'open_house' WHERE id = 1$$),
  ('and is not, by its title', $$UPDATE wmo.tender SET title = 'Toelating Een' WHERE id = 1$$),
  ('and is not', $$UPDATE wmo.tender SET procedure = 'open' WHERE id = 1$$),
  ('ruled', $$UPDATE wmo.award_challenge SET ruled = '2019-07-20', outcome = 'dismissed'$$),
  ('upheld', $$UPDATE wmo.award_challenge SET outcome = 'upheld'$$),
  ('by our reading', $$UPDATE wmo.award_challenge SET source_id = 1; UPDATE wmo.source SET basis = 'inferred' WHERE id = 1$$),
  ('as stated', $$UPDATE wmo.source SET basis = 'stated' WHERE id = 1$$),
  ('without proceedings', $$DELETE FROM wmo.award_challenge$$),
  ('a tender by that source', $$UPDATE wmo.tender SET source_id = 1$$),
  ('which is our reading', $$UPDATE wmo.source SET basis = 'inferred' WHERE id = 1$$),
  ('and is not', $$UPDATE wmo.source SET basis = 'stated' WHERE id = 1$$),
  ('by another', $$UPDATE wmo.tender SET source_id = NULL$$),
  ('the source of a scope is our reading', $$UPDATE wmo.source SET basis = 'inferred' WHERE id = 1$$),
  ('in other words', $$UPDATE wmo.source SET wording = 'zoals het er stond' WHERE id = 1$$),
  ('and says so after all', $$UPDATE wmo.source SET basis = 'stated' WHERE id = 1$$),
  ('an award to another', $$UPDATE wmo.award SET supplier_id = 5 WHERE id = 1$$),
  ('which has the supplier for a member', $$INSERT INTO wmo.consortium_member (id, consortium_id, member_id, source_id) SELECT 9, 5, c.supplier_id, 1 FROM wmo.contract c WHERE c.award_id = 1 LIMIT 1$$),
  ('by our reading', $$UPDATE wmo.source SET basis = 'inferred' WHERE id = 1$$),
  ('as stated', $$UPDATE wmo.source SET basis = 'stated' WHERE id = 1$$),
  ('or not', $$DELETE FROM wmo.consortium_member WHERE id = 9$$),
  ('but came after it', $$INSERT INTO wmo.party_succession (id, predecessor_id, successor_id, kind, effective_on) SELECT 9, 5, c.supplier_id, 'takeover', '2020-01-01' FROM wmo.contract c WHERE c.award_id = 1 LIMIT 1$$),
  ('by another day', $$UPDATE wmo.party_succession SET effective_on = '2020-02-01'$$),
  ('or not at all', $$DELETE FROM wmo.party_succession WHERE id = 9$$),
  ('an award to nobody that is named', $$UPDATE wmo.award SET supplier_id = NULL WHERE id = 1$$),
  ('another decision in its place', $$INSERT INTO wmo.award (id, decided, replaces_id) VALUES (9, '[2020-05-01,2020-05-01]', 1)$$),
  ('on another day', $$UPDATE wmo.award SET decided = '[2020-06-01,2020-06-01]' WHERE id = 9$$),
  ('in its own place', $$UPDATE wmo.award SET replaces_id = NULL WHERE id = 9$$),
  ('again', $$UPDATE wmo.award SET replaces_id = 1 WHERE id = 9$$),
  ('and gone', $$DELETE FROM wmo.award WHERE id = 9$$),
  ('an area by that source', $$UPDATE wmo.area SET source_id = 1 WHERE id = 2$$),
  ('our reading again', $$UPDATE wmo.source SET basis = 'inferred' WHERE id = 1$$),
  ('an area by no source', $$UPDATE wmo.area SET source_id = NULL WHERE id = 2$$),
  ('another name', $$UPDATE wmo.area SET name = 'Buurt' WHERE id = 2$$),
  ('and a code', $$UPDATE wmo.area SET code = 'WK001400' WHERE id = 2$$),
  ('a service by another code', $$UPDATE wmo.service SET code = 'iets_anders' WHERE id = 72$$),
  ('a transfer to a consortium', $$INSERT INTO wmo.contract_change (id, contract_id, kind, received_on, effective_on, to_party_id) VALUES (1, 3, 'transfer', '2021-01-01', '2021-03-01', 4)$$),
  ('that has a member', $$INSERT INTO wmo.consortium_member (id, consortium_id, member_id) VALUES (1, 4, 3)$$),
  ('for some days', $$UPDATE wmo.consortium_member SET valid = '[2021-06-01,)'$$),
  ('of another consortium', $$UPDATE wmo.consortium_member SET consortium_id = 5$$),
  ('that supplies', $$UPDATE wmo.contract SET supplier_id = 5 WHERE id = 3$$),
  ('without members', $$DELETE FROM wmo.consortium_member$$),
  ('a change that names a wider service', $$INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id) VALUES (4, 3, 70, 2); INSERT INTO wmo.contract_change (id, contract_id, kind, received_on, effective_on, service_id) VALUES (2, 3, 'early_end', '2021-01-01', '2021-09-01', 70)$$),
  ('that is no longer wider', $$UPDATE wmo.service SET parent_id = NULL WHERE id = 72$$),
  ('and is again', $$UPDATE wmo.service SET parent_id = 70 WHERE id = 72$$),
  ('a subcontract in an area', $$INSERT INTO wmo.subcontract (id, contract_id, party_id, area_id) VALUES (1, 2, 3, 3)$$),
  ('that has the scope''s for a part', $$INSERT INTO wmo.area_part (id, whole_id, part_id) VALUES (1, 3, 2)$$),
  ('for another part', $$UPDATE wmo.area_part SET part_id = 1$$),
  ('and again', $$UPDATE wmo.area_part SET part_id = 2$$),
  ('through another', $$UPDATE wmo.subcontract SET area_id = 4$$),
  ('that has that for a part', $$INSERT INTO wmo.area_part (id, whole_id, part_id) VALUES (2, 4, 3)$$),
  ('without parts', $$DELETE FROM wmo.area_part$$),
  ('a change is taken out', $$DELETE FROM wmo.contract_change WHERE id = 1$$),
  ('a scope of other ages', $$UPDATE wmo.contract_scope SET ages = '[18,)' WHERE id = 1$$),
  ('a scope goes', $$DELETE FROM wmo.contract_scope WHERE id = 1$$),
  ('a contract goes, and all it has', $$DELETE FROM wmo.contract WHERE id = 2$$),
  ('emptied: members', $$INSERT INTO wmo.consortium_member (id, consortium_id, member_id) VALUES (1, 5, 3); TRUNCATE wmo.consortium_member$$),
  ('emptied: subcontracts', $$INSERT INTO wmo.subcontract (contract_id, party_id) VALUES (3, 2); TRUNCATE wmo.subcontract$$),
  ('emptied: proceedings', $$UPDATE wmo.contract SET award_id = 1 WHERE id = 3; INSERT INTO wmo.award_challenge (award_id, kind, lodged) VALUES (1, 'summary_proceedings', '2019-06-10'); TRUNCATE wmo.award_challenge$$),
  ('emptied: parts', $$INSERT INTO wmo.area_part (whole_id, part_id) VALUES (3, 2); TRUNCATE wmo.area_part$$),
  ('emptied: the ledger, and with it scopes', $$TRUNCATE wmo.contract_change CASCADE$$),
  ('a scope anew', $$INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id) VALUES (6, 3, 72, 2)$$),
  ('nobody left behind', $$TRUNCATE wmo.award CASCADE$$);
SELECT t.what, pg_temp.after(t.what, t.statement) FROM (SELECT t.what, t.statement FROM try t ORDER BY t.n) t;
SELECT count(*) FROM wmo_works.kept_standing;

-- ---- back at a savepoint, in the middle of a statement, before a change ----------------------------------------------
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, known_on) VALUES (11, 'A', 1, 2, '[2020-01-01,2022-01-01)', '2019-12-01');
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id) VALUES (11, 11, 10, 1);
DECLARE from_before CURSOR FOR SELECT st.valid, st.certainty FROM wmo_works.scope_standing st WHERE st.certainty IS NOT NULL;
SAVEPOINT early;
UPDATE wmo.contract SET period = '[2020-01-01,2021-01-01)' WHERE id = 11;
SELECT st.valid FROM wmo_works.scope_standing st WHERE st.certainty IS NOT NULL;
FETCH ALL FROM from_before;
CLOSE from_before;
ROLLBACK TO early;
SELECT st.valid, wmo_works.standing_is_kept() FROM wmo_works.scope_standing st WHERE st.certainty IS NOT NULL;
-- a cursor goes on under its own snapshot, and has each row once, while its transaction changes what it reads
DECLARE going_on CURSOR FOR SELECT st.valid, st.certainty FROM wmo_works.scope_standing st;
FETCH 1 FROM going_on;
UPDATE wmo.contract SET period = '[2020-01-01,2021-01-01)' WHERE id = 11;
FETCH ALL FROM going_on;
CLOSE going_on;
ROLLBACK TO early;
-- a trigger of somebody's own sees what its statement has done so far, although that is not derived yet
CREATE FUNCTION pg_temp.tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE INFO '%', (SELECT format('%s, kept: %s', st.valid, wmo_works.standing_is_kept()) FROM wmo_works.scope_standing st WHERE st.certainty IS NOT NULL);
  RETURN NULL;
END
$$;
CREATE TRIGGER tell AFTER UPDATE ON wmo.contract FOR EACH ROW EXECUTE FUNCTION pg_temp.tell();
UPDATE wmo.contract SET period = '[2020-01-01,2023-01-01)' WHERE id = 11;
DROP TRIGGER tell ON wmo.contract;
SELECT st.valid, wmo_works.standing_is_kept() FROM wmo_works.scope_standing st WHERE st.certainty IS NOT NULL;

-- ---- past the triggers ----------------------------------------------------------------------------------------------
-- What no trigger derived from is not trusted: questions derive themselves, and rightly, until it is rebuilt.
CREATE FUNCTION pg_temp.seen() RETURNS text LANGUAGE sql AS $$
  SELECT format('%s, %s, %s differences', string_agg(DISTINCT st.valid::text, ' '), CASE WHEN wmo_works.standing_is_kept() THEN 'kept' ELSE 'derived by who asks' END,
                (SELECT count(*) FROM wmo.check_standing()))
  FROM wmo_works.scope_standing st JOIN wmo_works.provider_standing p ON p.scope_id = st.scope_id AND p.valid = st.valid WHERE st.certainty IS NOT NULL
$$;
SET LOCAL session_replication_role = replica;
UPDATE wmo.party SET name = 'Zorg Vier' WHERE id = 2;
SELECT 'replica, what standing does not read', pg_temp.seen();
UPDATE wmo.contract SET period = '[2020-01-01,2024-01-01)', agreed_period = '[2020-01-01,2024-01-01)' WHERE id = 11;
SELECT 'replica', pg_temp.seen();
SET LOCAL session_replication_role = origin;
SELECT 'origin again', pg_temp.seen();
UPDATE wmo.contract SET period = '[2020-01-01,2025-01-01)' WHERE id = 11;
SELECT 'and a change', pg_temp.seen();
SELECT wmo.rebuild_standing();
SELECT 'rebuilt', pg_temp.seen();
SAVEPOINT whole;
SET LOCAL session_replication_role = replica;
DELETE FROM wmo.contract_scope;
SELECT 'marked', count(*) FROM wmo_works.standing_mark m WHERE m.version IS NULL;
ROLLBACK TO whole;
SELECT 'unmarked at the savepoint', pg_temp.seen();
ALTER TABLE wmo.contract DISABLE TRIGGER keep_standing_on_update;
UPDATE wmo.contract SET period = '[2020-01-01,2026-01-01)' WHERE id = 11;
SELECT 'a trigger switched off', pg_temp.seen();
ALTER TABLE wmo.contract ENABLE TRIGGER keep_standing_on_update;
SELECT 'and on', pg_temp.seen();
SELECT wmo.rebuild_standing();
SELECT 'rebuilt', pg_temp.seen();
UPDATE wmo_works.standing_mark SET version = '0.0.1';
SELECT 'derived by another version', pg_temp.seen();
SELECT wmo.rebuild_standing();
SELECT 'rebuilt', pg_temp.seen();

-- ---- who may -------------------------------------------------------------------------------------------------------
CREATE ROLE wmo_kept_editor;
SELECT wmo.wmo_grant('wmo_kept_editor', 'wmo_kept_editor');
SELECT p.privilege FROM unnest('{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER}'::text[]) p (privilege)
WHERE has_table_privilege('wmo_kept_editor', 'wmo_works.kept_standing', p.privilege) OR has_table_privilege('wmo_kept_editor', 'wmo_works.standing_mark', p.privilege);
SELECT has_function_privilege('wmo_kept_editor', 'wmo.rebuild_standing()', 'EXECUTE') AS rebuilds, has_function_privilege('wmo_kept_editor', 'wmo.check_standing()', 'EXECUTE') AS checks;
\set VERBOSITY terse
SAVEPOINT hand;
DELETE FROM wmo_works.kept_standing;
ROLLBACK TO hand;
TRUNCATE wmo_works.kept_standing;
ROLLBACK TO hand;
-- an editor's change is derived, though he could not write it
SET LOCAL ROLE wmo_kept_editor;
UPDATE wmo.contract SET period = '[2020-01-01,2027-01-01)' WHERE id = 11;
SELECT 'an editor', pg_temp.seen();
RESET ROLE;
-- a policy on any of the tables behind, and only of those, shows a part of it; who is not bound by it sees the whole
CREATE FUNCTION pg_temp.under_policy(on_table regclass) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  told text;
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', on_table);
  EXECUTE format('CREATE POLICY everything ON %s USING (true)', on_table);
  SET LOCAL ROLE wmo_kept_editor;
  told := format('kept: %s, rows of the table: %s, of the view: %s', wmo_works.standing_is_kept(), (SELECT count(*) FROM wmo_works.kept_standing),
                 (SELECT count(*) FROM wmo_works.provider_standing));
  RESET ROLE;
  told := told || format('; the owner: %s', wmo_works.standing_is_kept());
  EXECUTE format('DROP POLICY everything ON %s; ALTER TABLE %1$s DISABLE ROW LEVEL SECURITY', on_table);
  RETURN told;
END
$$;
SELECT c.relname, pg_temp.under_policy(c.oid) FROM pg_class c
WHERE c.relnamespace = 'wmo'::regnamespace AND c.relkind = 'r' AND (c.oid IN (SELECT r.id FROM pg_temp.reached r) OR c.relname IN ('party', 'client_stop')) ORDER BY c.relname;
ALTER TABLE wmo.contract ENABLE ROW LEVEL SECURITY;
CREATE POLICY nothing ON wmo.contract USING (number <> 'A');
SET LOCAL ROLE wmo_kept_editor;
SELECT 'hidden', (SELECT count(*) FROM wmo_works.scope_standing), (SELECT count(*) FROM wmo.coverage), (SELECT count(*) FROM wmo_works.kept_standing);
SELECT * FROM wmo.check_standing();
ROLLBACK TO hand;
-- a child table may have rows that nobody tells of
CREATE TABLE pg_temp.more_contracts () INHERITS (wmo.contract);
SELECT 'a child table', (SELECT count(*) FROM wmo_works.scope_standing), wmo_works.standing_is_kept();
ROLLBACK TO hand;

-- ---- the check finds it ---------------------------------------------------------------------------------------------
ALTER TABLE wmo_works.kept_standing DISABLE TRIGGER standing_is_derived;
UPDATE wmo_works.kept_standing SET certainty = 'option' WHERE certainty IS NOT NULL;
SELECT c.difference, c.contract_id, c.scope_id, c.provider_id, c.valid, c.known, c.certainty FROM wmo.check_standing() c ORDER BY c.difference;
SELECT wmo.rebuild_standing();
SELECT 'rebuilt', pg_temp.seen();
ROLLBACK;
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT wmo.rebuild_standing();
ROLLBACK;
