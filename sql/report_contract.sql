-- Tenders, awards and contracts as plain rows.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

SELECT pg_temp.area(1, 'Een', code => 'GM0014');
INSERT INTO wmo.tender (id, title, procedure, published, lot_count) VALUES (1, 'Begeleiding 2019', 'open', '[2018-05-01,2018-06-01)', 2);
INSERT INTO wmo.tender_buyer (id, tender_id, buyer_id) VALUES (1, 1, 1);
INSERT INTO wmo.lot (id, tender_id, name) VALUES (1, 1, 'Perceel 1');
INSERT INTO wmo.award (id, tender_id, lot_id, supplier_id, decided, standstill) VALUES (1, 1, 1, 2, '[2019-12-05,2019-12-06)', wmo.objection_period('standstill', '2019-12-05'));
SELECT t.title, t.procedure, t.buyers, t.published_from, t.published_until, t.lot_count, t.lots_approximate FROM wmo_bi.tender t;
SELECT l.tender, l.name FROM wmo_bi.lot l;
-- 20 days from 5 December 2019 end on 25 December; the equated 27th and the weekend come after it (Atw): fight by, and sign from
SELECT a.supplier, a.decided_from, a.decided_until, a.standstill_regime, a.court_by, a.court_by_working_day, a.sign_from, a.signed_on FROM wmo_bi.award a;
SELECT s.award_id, s.status, s.first_day, s.last_day, s.end_kind FROM wmo_bi.award_stretch s ORDER BY s.first_day NULLS FIRST;

-- periods: no end agreed is not no end stated; options and notice; a transfer, an early end
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id) VALUES (1, 'C1', 1, 2, '[2019-01-01,2023-01-01)+P2Y+P1Y notice P6M', 1), (2, 'C2', 1, 2, '[2019-01-01,)', NULL),
  (3, 'C3', 1, NULL, '[2019-01-01,?)', NULL), (4, 'C4', 1, 2, '(?,2023-01-01)', NULL), (5, 'C5', 1, 5, '[2019-01-01,2023-01-01)', NULL);
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, to_party_id, reason) VALUES (1, 5, 'transfer', '2020-03-01', '2020-04-01', 3, 'faillissement');
INSERT INTO wmo.contract_change (id, contract_id, kind, received_on) VALUES (2, 1, 'extension', '2022-06-01');
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on) VALUES (3, 5, 'early_end', '2021-01-01', '2022-01-01');
SELECT c.number, c.supplier, c.taken_over_by, c.taken_over_on, c.first_day, c.last_day, c.end_kind, c.first_term_last_day, c.maximum_last_day FROM wmo_bi.contract c ORDER BY c.id;
SELECT c.number, c.options, c.options_exercised, c.options_open, c.notice_by, c.terminated, c.extended_late, c.period FROM wmo_bi.contract c WHERE c.id IN (1, 5) ORDER BY c.id;
SELECT o.number, o.option_no, o.first_day, o.last_day, o.notice_by, o.state, o.late FROM wmo_bi.contract_option o ORDER BY o.contract_id, o.option_no;
-- from which tender, by its award or by itself
UPDATE wmo.contract SET tender_id = 1 WHERE id = 2;
SELECT c.number, c.award_id, c.tender_id FROM wmo_bi.contract c WHERE c.id IN (1, 2, 3) ORDER BY c.id;
SELECT ch.number, ch.kind, ch.known_from, ch.effective_on, ch.last_day, ch.to_party, ch.reason FROM wmo_bi.contract_change ch ORDER BY ch.id;

-- ages half open in the registry, inclusive here; no bound is null and not 0
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, ages, choice, valid, lot_id) VALUES (1, 1, 10, 1, '[18,75)', 'exclusive', '(,)', 1), (2, 1, 20, 1, '[18,)', 'shared', '[2020-01-01,2021-01-01)', NULL);
SELECT s.number, s.service, s.area, s.area_code, s.min_age, s.max_age, s.choice, s.lot, s.first_day, s.last_day, s.end_kind FROM wmo_bi.scope s ORDER BY s.id;
INSERT INTO wmo.subcontract (id, contract_id, party_id, party_count, approximate, valid) VALUES (1, 1, 4, NULL, false, '[2020-01-01,)'), (2, 1, NULL, 16, true, '(,)');
SELECT s.number, s.party, s.party_count, s.party_count_approximate, s.first_day, s.end_kind FROM wmo_bi.subcontract s ORDER BY s.id;
INSERT INTO wmo.client_stop (id, contract_id, service_id, during, by_whom) VALUES (1, 1, 10, '[2020-06-01,2020-07-01)', 'supplier');
SELECT s.number, s.service, s.first_day, s.last_day, s.end_kind, s.by_whom FROM wmo_bi.client_stop s;

INSERT INTO wmo.subcontract_term (id, buyer_id, contract_id, service_id, allowed, condition, valid) VALUES (1, 1, NULL, NULL, true, 'na toestemming', '(,)'), (2, 1, 1, 10, false, NULL, '[2020-01-01,2021-01-01)');
SELECT t.buyer, t.number, t.service, t.allowed, t.condition, t.first_day, t.last_day, t.end_kind FROM wmo_bi.subcontract_term t ORDER BY t.id;

-- a contract has changed when anything has that it rests on, also what is gone
CREATE FUNCTION pg_temp.changed(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  registry_table text;
  said text;
BEGIN
  BEGIN
    PERFORM set_config('session_replication_role', 'replica', true);
    FOREACH registry_table IN ARRAY '{source,party,consortium_member,area,area_part,service,tender,lot,award,award_challenge,contract,contract_scope,contract_change,subcontract,client_stop}'::text[] LOOP
      EXECUTE format('UPDATE wmo.%I SET changed_at = %L', registry_table, '2019-01-01');
    END LOOP;
    DELETE FROM wmo_works.lost_row;
    DELETE FROM wmo_works.law_change;
    PERFORM set_config('session_replication_role', 'origin', true);
    EXECUTE statement;
    SELECT 'contracts ' || coalesce((SELECT string_agg(c.number, ' ' ORDER BY c.id) FROM wmo_bi.contract c WHERE c.changed_at > '2020-01-01'), 'none') || coalesce('; awards ' ||
      (SELECT string_agg(a.id::text, ' ' ORDER BY a.id) FROM wmo_bi.award a WHERE a.changed_at > '2020-01-01'), '') INTO said;
    RAISE EXCEPTION USING ERRCODE = 'ZZ999';
  EXCEPTION WHEN SQLSTATE 'ZZ999' THEN
    RETURN said;
  END;
END
$$;
INSERT INTO wmo.consortium_member (id, consortium_id, member_id) VALUES (1, 5, 4);
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged) VALUES (1, 1, 'letter', '2019-12-10');
INSERT INTO wmo.source (id, article) VALUES (7, 'Besluit');
UPDATE wmo.contract_scope SET source_id = 7 WHERE id = 2;
SELECT statement, pg_temp.changed(statement) FROM unnest(ARRAY['SELECT', $$UPDATE wmo.contract SET owner = 'inkoop' WHERE id = 4$$, $$UPDATE wmo.contract_scope SET ages = '[18,80)' WHERE id = 1$$,
  $$DELETE FROM wmo.contract_scope WHERE id = 1$$, $$DELETE FROM wmo.subcontract WHERE id = 2$$, $$UPDATE wmo.subcontract SET contract_id = 2 WHERE id = 2$$, $$DELETE FROM wmo.client_stop$$,
  $$DELETE FROM wmo.contract_change WHERE id = 3$$, $$UPDATE wmo.award SET withdrawn_on = '2020-01-02' WHERE id = 1$$, $$DELETE FROM wmo.award_challenge$$,
  $$UPDATE wmo.award_challenge SET lodged = '2019-12-11'$$, $$UPDATE wmo.tender SET procedure = 'restricted'$$, $$DELETE FROM wmo.consortium_member$$, $$UPDATE wmo.party SET name = 'Nieuw' WHERE id = 4$$,
  $$UPDATE wmo.area SET name = 'Stad' WHERE id = 1$$, $$UPDATE wmo.source SET basis = 'inferred', reading = 'zo gelezen' WHERE id = 7$$, $$UPDATE wmo.service SET parent_id = 20 WHERE id = 10$$,
  -- an equated day may put the least standstill off, and with it how an award stands
  $$INSERT INTO wmo.equated_day_own (day, decree) VALUES ('2019-12-30', 'Stcrt. 2018, 1')$$]) statement;
-- the last day of a part that the ledger ended, extended or took out alone; renewed tacitly there is no latest day
INSERT INTO wmo.party (id, name, kind) VALUES (901, 'Stad Negen', 'municipality'), (902, 'Zorg Negen', 'provider');
INSERT INTO wmo.area (id, name, kind) VALUES (901, 'Noordkwartier', 'working_area'), (902, 'Zuidkwartier', 'working_area'), (903, 'Oostkwartier', 'working_area');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, signed_on) VALUES (901, 'N9-1', 901, 902, '[2020-01-01,2024-01-01)', '2019-11-01'), (902, 'N9-2', 901, 902, '[2020-01-01,2024-01-01)+P1Y+P1Y', '2019-11-01');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (901, 10, 901), (901, 10, 902), (901, 10, 903);
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, area_id) VALUES (901, 'early_end', '2020-07-01', '2021-03-01', 901), (901, 'scope_removed', '2020-08-01', '2021-05-01', 902);
INSERT INTO wmo.contract_ending (contract_id, kind, notice, by_whom, renewed_by) VALUES (902, 'tacit_renewal', '3 months', 'either', '1 year');
SELECT s.number, s.area, s.last_day, s.end_kind FROM wmo_bi.scope s WHERE s.number LIKE 'N9-%' ORDER BY 1, 2;
SELECT c.number, c.last_day, c.maximum_last_day, g.uiterste_einde FROM wmo_bi.contract c JOIN wmo_ggm.contract g ON g.id = c.id WHERE c.number LIKE 'N9-%' ORDER BY 1;
-- an end, or a lifted stop, by our reading is marked as one
INSERT INTO wmo.source (id, article, published, basis, reading) VALUES (901, 'lezing', '[2019-01-01,2019-01-01]', 'inferred', 'gelezen');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, signed_on) SELECT n, 'N9-' || n, 901, 902, '[2020-01-01,2028-01-01)', '2019-11-01' FROM generate_series(903, 905) n;
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, source_id) VALUES (903, 'early_end', '2020-06-01', '2027-01-01', 901), (904, 'early_end', '2020-06-01', '2027-01-01', NULL);
INSERT INTO wmo.client_stop (id, contract_id, during, known_on) VALUES (901, 903, '[2021-01-01,2022-01-01)', '2020-06-01'), (902, 904, '[2021-01-01,2022-01-01)', '2020-06-01'), (903, 905, '[2021-01-01,2022-01-01)', '2020-06-01');
INSERT INTO wmo.client_stop_lift (contract_id, stop_id, effective_on, known_on, source_id) VALUES (903, 901, '2021-06-01', '2021-05-01', 901), (904, 902, '2021-06-01', '2021-05-01', NULL);
SELECT c.number, c.last_day, c.end_inferred, g.einde_afgeleid, s.lifted_from, s.lifted_inferred FROM wmo_bi.contract c JOIN wmo_ggm.contract g ON g.id = c.id JOIN wmo_bi.client_stop s ON s.contract_id = c.id WHERE c.id IN (903, 904, 905) ORDER BY 1;
-- so has one that is its winner's by what came after whom, or by a membership
INSERT INTO wmo.award (id, supplier_id) VALUES (906, 4);
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id, signed_on) VALUES (906, 'N9-906', 901, 902, '[2020-01-01,2028-01-01)', 906, '2019-11-01');
SELECT statement, pg_temp.changed(statement) FROM unnest(ARRAY['SELECT', $$INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind) VALUES (4, 902, 'takeover')$$, $$DELETE FROM wmo.consortium_member$$]) statement;
ROLLBACK;
