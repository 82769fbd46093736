-- A contract that names its tender alone, or has a scope of another lot than its award: it is no surer than the awards of
-- that tender, and lot, let it be.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

SELECT pg_temp.area(1, 'Stad', 'official', 'GM9001');
INSERT INTO wmo.tender (id, title) VALUES (1, 'Begeleiding'), (2, 'Dagbesteding');
INSERT INTO wmo.lot (id, tender_id, name) VALUES (1, 1, 'Perceel 1'), (2, 1, 'Perceel 2');
-- service 20; of lot 2; signed on a day; of a supplier that is not named
SELECT pg_temp.contract(1, '[2020-01-01,2024-01-01)', 1, service => 20, choice => 'shared'), pg_temp.contract(2, '[2020-01-01,2024-01-01)', 1, service => 10, choice => 'shared'),
       pg_temp.contract(3, '[2020-01-01,2024-01-01)', 1, service => 70, choice => 'shared'), pg_temp.contract(4, '[2020-01-01,2024-01-01)', 1, service => 80, choice => 'shared', supplier => NULL);
UPDATE wmo.contract SET tender_id = 1;
UPDATE wmo.contract_scope SET lot_id = 2 WHERE id = 2;
UPDATE wmo.contract SET signed_on = '2019-09-01' WHERE id = 3;
CREATE FUNCTION pg_temp.stands(as_of date DEFAULT '2022-01-01', day date DEFAULT '2022-01-01') RETURNS TABLE (contract integer, certainty text, reason text) LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM wmo.check_standing()) OR NOT wmo_works.standing_is_kept() THEN
    RAISE 'what is kept is not what is due';
  END IF;
  RETURN QUERY EXECUTE format('SELECT p.contract_id, p.certainty::text, p.reason::text FROM wmo_works.provider_standing p WHERE p.known @> %L::date AND p.valid @> %L::date ORDER BY 1', as_of, day);
END
$$;
-- no award is recorded: as the contracts say
SELECT * FROM pg_temp.stands();
-- one to another supplier, of lot 1: of lot 2 nothing is recorded, and who is not named is not contradicted
INSERT INTO wmo.award (id, tender_id, lot_id, supplier_id, final_on, final_basis) VALUES (1, 1, 1, 3, '2019-08-01', 'recorded');
SELECT * FROM pg_temp.stands();
SELECT r.number, r.status, r.last_day, r.end_kind FROM wmo.contracts_run('2022-01-01', '2022-01-01') r ORDER BY 1;
SELECT p.provider, p.certainty, p.reason FROM wmo.providers_in_area('GM9001', 'begeleiding', '2022-01-01', 40) p;
SELECT e.rule, e.verdict, e.explanation FROM wmo.explain_providers_in_area('GM9001', 'begeleiding', '2022-01-01', 40) e WHERE e.rule = 'award' ORDER BY e.verdict COLLATE "C";
-- tied by a succession, it is for him; and not when that turns out never to have been
INSERT INTO wmo.party_succession (id, predecessor_id, successor_id, kind, effective_on) VALUES (1, 3, 2, 'takeover', '2019-01-01');
SELECT * FROM pg_temp.stands();
DELETE FROM wmo.party_succession;
SELECT * FROM pg_temp.stands();
-- to nobody that is named
UPDATE wmo.award SET supplier_id = NULL;
SELECT * FROM pg_temp.stands();
UPDATE wmo.award SET supplier_id = 3;
-- one to the supplier himself, while it could be fought, and after; which of the two is that of who is not named cannot be told
INSERT INTO wmo.award (id, tender_id, lot_id, supplier_id, decided, standstill) VALUES (2, 1, 1, 2, '[2021-12-15,2021-12-16)', wmo.objection_period_until('standstill', '2022-01-10'));
SELECT * FROM pg_temp.stands();
SELECT * FROM pg_temp.stands('2022-01-11');
SELECT e.rule, e.verdict, e.explanation FROM wmo.explain_providers_in_area('GM9001', 'begeleiding', '2022-01-01', 40) e WHERE e.rule = 'award' ORDER BY e.verdict COLLATE "C";
-- taken back; signed before that it is as a contract that was signed under it
UPDATE wmo.award SET withdrawn_on = '2021-12-20' WHERE id = 2;
SELECT * FROM pg_temp.stands();
SELECT * FROM pg_temp.stands(day => '2021-12-19');
SELECT r.number, r.status, r.last_day, r.end_kind FROM wmo.contracts_run('2022-01-01', '2022-01-01') r ORDER BY 1;
-- replaced by another, to the same party
INSERT INTO wmo.award (id, tender_id, lot_id, supplier_id, decided, final_on, final_basis, replaces_id) VALUES (3, 1, 1, 2, '[2021-12-25,2021-12-26)', '2021-12-28', 'recorded', 2);
SELECT * FROM pg_temp.stands();
SELECT * FROM pg_temp.stands('2021-12-26');
SELECT * FROM pg_temp.stands('2021-12-22');
SELECT r.number, r.status FROM wmo.contracts_run('2022-01-01', '2022-01-01') r ORDER BY 1;
-- two that stand, of lots of which the contract does not tell: the least sure one
UPDATE wmo.award SET tender_id = 2, lot_id = NULL WHERE id = 2;
INSERT INTO wmo.award (id, tender_id, lot_id, supplier_id, decided, standstill, source_id) VALUES (4, 1, 2, 2, '[2021-12-15,2021-12-16)', wmo.objection_period_until('standstill', '2022-01-10'), 2);
SELECT * FROM pg_temp.stands();
UPDATE wmo.source SET basis = 'stated', reading = NULL WHERE id = 2;
SELECT p.contract_id, p.inferred FROM wmo_works.provider_standing p WHERE p.contract_id < 3 AND p.known @> '2022-01-01'::date AND p.valid @> '2022-01-01'::date ORDER BY 1;
UPDATE wmo.source SET basis = 'inferred', reading = 'the year is that of the paper' WHERE id = 2;
SELECT p.contract_id, p.inferred FROM wmo_works.provider_standing p WHERE p.contract_id < 3 AND p.known @> '2022-01-01'::date AND p.valid @> '2022-01-01'::date ORDER BY 1;
-- they go to another tender, and the contracts to another
UPDATE wmo.award SET tender_id = 2, lot_id = NULL;
SELECT * FROM pg_temp.stands();
UPDATE wmo.contract SET tender_id = 2 WHERE id = 1;
SELECT * FROM pg_temp.stands();
DELETE FROM wmo.award WHERE id = 4;
SELECT * FROM pg_temp.stands();

-- A scope of another lot than the award of its contract: it stands as the award of that lot to its supplier does.
DELETE FROM wmo.award;
UPDATE wmo.contract SET tender_id = NULL, entered_on = '2020-01-01';
INSERT INTO wmo.award (id, tender_id, lot_id, supplier_id, final_on, final_basis) VALUES (1, 1, 1, 2, '2019-08-01', 'recorded');
UPDATE wmo.contract SET award_id = 1 WHERE id < 3;
SELECT * FROM pg_temp.stands();
SELECT e.rule, e.verdict, e.explanation FROM wmo.explain_providers_in_area('GM9001', 'hulp_bij_het_huishouden', '2022-01-01', 40) e WHERE e.rule = 'award' ORDER BY e.verdict COLLATE "C";
INSERT INTO wmo.award (id, tender_id, lot_id, supplier_id, decided, standstill) VALUES (2, 1, 2, 2, '[2021-12-15,2021-12-16)', wmo.objection_period_until('standstill', '2022-01-10'));
SELECT * FROM pg_temp.stands();
SELECT e.rule, e.verdict, e.explanation FROM wmo.explain_providers_in_area('GM9001', 'hulp_bij_het_huishouden', '2022-01-01', 40) e WHERE e.rule = 'award' ORDER BY e.verdict COLLATE "C";
UPDATE wmo.award SET supplier_id = 3 WHERE id = 2;
SELECT * FROM pg_temp.stands();
-- of the whole tender, or of a lot that is not known, it is of this lot as well
UPDATE wmo.award SET lot_id = NULL WHERE id = 1;
SELECT * FROM pg_temp.stands();
UPDATE wmo.award SET lot_id = 1 WHERE id = 1;
UPDATE wmo.contract_scope SET lot_id = NULL WHERE id = 2;
SELECT * FROM pg_temp.stands();
DELETE FROM wmo.contract;
DELETE FROM wmo.award;
-- withdrawn, an award leaves nothing to claim of its own lot; of another it does not say so
SELECT pg_temp.contract(5, '[2020-01-01,2024-01-01)', 1, service => 20);
INSERT INTO wmo.award (id, tender_id, lot_id, supplier_id, withdrawn_on) VALUES (5, 1, 1, 2, '2019-08-01');
UPDATE wmo.contract_scope SET lot_id = 1 WHERE id = 5;
UPDATE wmo.contract SET award_id = 5 WHERE id = 5;
SELECT count(*) FROM wmo.exclusive_claim;
UPDATE wmo.award SET lot_id = 2 WHERE id = 5;
SELECT count(*) > 0 AS claims, count(*) = (SELECT count(*) FROM wmo_works.exclusive_claim_due) AS as_due FROM wmo.exclusive_claim;
DELETE FROM wmo.contract;
DELETE FROM wmo.award;

-- A contract without award or tender, and a scope of a lot: the lot says which tender.
SELECT pg_temp.contract(6, '[2020-01-01,2024-01-01)', 1, service => 20), pg_temp.contract(7, '[2020-01-01,2024-01-01)', 1, service => 10, choice => 'shared');
INSERT INTO wmo.award (id, tender_id, lot_id, supplier_id, final_on, final_basis) VALUES (6, 1, 1, 3, '2019-08-01', 'recorded');
SELECT * FROM pg_temp.stands();
UPDATE wmo.contract_scope SET lot_id = 1 WHERE id = 6;
SELECT * FROM pg_temp.stands();
SELECT r.number, r.status, r.last_day, r.end_kind FROM wmo.contracts_run('2022-01-01', '2022-01-01') r ORDER BY 1;
SELECT e.rule, e.verdict, e.explanation FROM wmo.explain_providers_in_area('GM9001', 'begeleiding', '2022-01-01', 40) e WHERE e.rule = 'award' ORDER BY e.verdict COLLATE "C";
-- that makes it unknown, not the option in which the day lies
UPDATE wmo.contract SET period = '[2020-01-01,2021-12-01)+P1Y' WHERE id = 6;
SELECT * FROM pg_temp.stands('2021-11-01');
UPDATE wmo.contract SET period = '[2020-01-01,2024-01-01)' WHERE id = 6;
-- of lot 2 nothing is recorded; and an award of no lot may be of each
UPDATE wmo.contract_scope SET lot_id = 2 WHERE id = 6;
SELECT * FROM pg_temp.stands();
UPDATE wmo.award SET lot_id = NULL;
SELECT * FROM pg_temp.stands();
UPDATE wmo.award SET lot_id = 2, supplier_id = 2, final_on = NULL, final_basis = NULL, decided = '[2021-12-15,2021-12-16)', standstill = wmo.objection_period_until('standstill', '2022-01-10');
SELECT * FROM pg_temp.stands();
INSERT INTO wmo.award_challenge (award_id, kind, lodged) VALUES (6, 'summary_proceedings', '2021-12-20');
SELECT * FROM pg_temp.stands();
-- a lot turns out to be of another tender
DELETE FROM wmo.award_challenge;
UPDATE wmo.award SET lot_id = NULL;
UPDATE wmo.lot SET tender_id = 2 WHERE id = 2;
SELECT * FROM pg_temp.stands();
DELETE FROM wmo.contract;
DELETE FROM wmo.award;
UPDATE wmo.lot SET tender_id = 1;

-- Never surer than the contract that names the award itself, whatever the award went through.
DO $$
DECLARE
  n integer;
  day date;
BEGIN
  PERFORM setseed(0.4);
  FOR n IN 101..220 LOOP
    day := '2018-06-01'::date + (random() * 300)::integer;
    INSERT INTO wmo.tender (id, title) VALUES (n, 'T' || n);
    INSERT INTO wmo.award (id, tender_id, supplier_id, decided, sent, standstill, final_on, final_basis, withdrawn_on, annulled_on, no_term_because)
    SELECT n, n, CASE WHEN r[1] < 0.9 THEN 2 ELSE 3 END, CASE WHEN r[2] < 0.7 THEN daterange(day, day + (1 + r[3] * 10)::integer) END, CASE WHEN r[4] < 0.5 THEN daterange(day + 10, day + 11) END,
      CASE WHEN r[5] < 0.7 THEN wmo.objection_period_until('standstill', day + 32) END, CASE WHEN r[6] < 0.3 THEN day + 50 END, CASE WHEN r[6] < 0.3 THEN 'recorded' END,
      CASE WHEN r[7] < 0.25 THEN day + 90 END, CASE WHEN r[8] < 0.2 THEN day + 120 END, CASE WHEN r[5] > 0.9 THEN 'a call-off' END
    FROM (SELECT array_agg(random()) AS r FROM generate_series(1, 8)) x;
    IF random() < 0.4 THEN
      INSERT INTO wmo.award_challenge (award_id, kind, lodged, ruled, outcome, ordered)
      SELECT n, 'summary_proceedings', day + 20, day + 70, CASE WHEN r < 0.5 THEN 'dismissed' ELSE 'upheld' END, CASE WHEN r < 0.5 THEN NULL WHEN r < 0.7 THEN 'not_to_sign' WHEN r < 0.9 THEN 'to_end_contract' END
      FROM random() r;
    END IF;
    INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id, signed_on, entered_on)
    SELECT n, 'A' || n, 1, 2, wmo.contract_period('2018-09-01', '3 years'), n, CASE WHEN r < 0.6 THEN day + (r * 250)::integer END, '2018-06-01' FROM random() r;
    INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, entered_on) VALUES (n, n, 10, 1, '2018-06-01');
  END LOOP;
  -- each stands alone under its award: what it is without it, it is once more with a tender in its place
  CREATE TEMPORARY TABLE named AS SELECT p.scope_id, p.known, p.valid, p.certainty, p.reason FROM wmo_works.scope_standing p;
  UPDATE wmo.contract SET tender_id = award_id, award_id = NULL;
END
$$;
SELECT count(*) FILTER (WHERE n.certainty = 'certain') > 1000 AND count(*) FILTER (WHERE n.certainty > 'certain') > 1000 AND count(*) FILTER (WHERE n.certainty IS NULL) > 1000 AS told,
       count(*) FILTER (WHERE p.certainty < n.certainty OR n.certainty IS NULL AND p.certainty < 'unknown') AS surer,
       count(*) FILTER (WHERE n.certainty = 'certain' AND p.certainty > 'certain' AND p.reason <> 'known_since_unknown') AS less_sure_for_nothing,
       count(*) FILTER (WHERE p.certainty = n.certainty AND p.reason IS DISTINCT FROM n.reason AND p.certainty <> 'unknown') AS other_reason
FROM generate_series('2018-06-01', '2021-10-01', interval '17 days') d (day) CROSS JOIN generate_series('2018-06-01', '2021-10-01', interval '13 days') a (day)
JOIN named n ON n.known @> a.day::date AND n.valid @> d.day::date
JOIN wmo_works.scope_standing p ON p.scope_id = n.scope_id AND p.known @> a.day::date AND p.valid @> d.day::date;
SELECT count(*) FROM wmo.check_standing();
