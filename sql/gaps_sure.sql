-- What is said of the whole of a registry is no surer than its answers: gaps, exits, reports and how contracts run.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry
\set oracle :here '/sql/include/oracle.sql'
\i :oracle
SELECT pg_temp.area(n, 'Vak ' || n, 'official', 'GM' || (1000 + n)) FROM generate_series(1, 4) n;
INSERT INTO wmo.registry_completeness (area_id, valid) SELECT n, '[2000-01-01,2040-01-01)' FROM generate_series(1, 4) n;
INSERT INTO wmo.party_identifier (party_id, scheme, value) SELECT n, 'agb', '0000000' || n FROM generate_series(2, 4) n;
INSERT INTO wmo.service (id, code, name) SELECT 1000 + n, 'dienst_' || n, 'Dienst ' || n FROM generate_series(1, 9) n;

-- ---- who works for somebody who is not named is not the one --------------------------------------------------------------------
SELECT pg_temp.contract(1, '[2020-01-01,2030-01-01)', 1, service => 1001, supplier => NULL, choice => 'shared');
INSERT INTO wmo.subcontract (contract_id, party_id, known_on) VALUES (1, 3, '2019-12-01');
SELECT wmo.answer_at(pg_temp.point(1), 'dienst_1', '2021-06-01', 40) AS word, wmo.provider_at(pg_temp.point(1), 'dienst_1', '2021-06-01', 40) AS the_one;
UPDATE wmo.contract SET supplier_id = 2 WHERE id = 1;
SELECT wmo.answer_at(pg_temp.point(1), 'dienst_1', '2021-06-01', 40) AS word;

-- ---- a contract of which the award contradicts with whom it was concluded may be the winner's -------------------------------------
INSERT INTO wmo.tender (id, title, procedure, above_threshold) VALUES (1, 'Zonder contract', 'open', true);
INSERT INTO wmo.tender_buyer (tender_id, buyer_id) VALUES (1, 1);
INSERT INTO wmo.award (id, tender_id, supplier_id, decided, sent, final_on, final_basis) VALUES (1, 1, 3, '[2019-03-01,2019-03-01]', '[2019-03-01,2019-03-01]', '2019-04-01', 'recorded');
SELECT pg_temp.contract(2, '[2020-01-01,2030-01-01)', 2, service => 1002, supplier => 2, award => 1);
SELECT n, wmo.is_contracted_in_area('0000000' || n, 'dienst_2', 'GM1002', '2021-06-01', 40) AS in_area, oracle.is_contracted_in_area('0000000' || n, 'dienst_2', 'GM1002', '2021-06-01', 40) AS by_tables FROM generate_series(2, 3) n;
UPDATE wmo.award SET supplier_id = 2 WHERE id = 1;
SELECT n, wmo.is_contracted_in_area('0000000' || n, 'dienst_2', 'GM1002', '2021-06-01', 40) AS in_area FROM generate_series(2, 3) n;
DELETE FROM wmo.contract WHERE id = 2;

-- ---- a report says that nothing is fought only where no award is, with a contract or without ----------------------------------------
UPDATE wmo.award SET supplier_id = 2, final_on = NULL, final_basis = NULL, decided = '[2020-10-12,2020-10-12]', sent = '[2020-10-12,2020-10-12]', standstill = wmo.objection_period('standstill', '2020-10-12') WHERE id = 1;
SELECT d, b, wmo.report_html(d, b, 'en') ~ 'none is contested' AS nothing FROM unnest('{2020-10-20,2021-10-20}'::date[]) d, unnest('{NULL,Stad}'::text[]) b ORDER BY d, b;
INSERT INTO wmo.award_challenge (award_id, kind, lodged) VALUES (1, 'summary_proceedings', '2020-10-20');
SELECT wmo.report_html('2021-10-20', 'Stad', 'en') ~ 'none is contested' AS nothing;

-- ---- who is away, or back, by our reading of a source may be there when another falls ------------------------------------------------
SELECT pg_temp.contract(10 + n, '[2020-01-01,2030-01-01)', 3, service => 1003, supplier => 1 + n, choice => 'shared') FROM generate_series(1, 2) n;
CREATE FUNCTION pg_temp.falls(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  said text;
BEGIN
  BEGIN
    EXECUTE statement;
    said := (SELECT string_agg(concat_ws(' ', x.consequence, x.other_names), '; ') FROM wmo.exit_impact(2, '2021-06-01', '2021-06-01') x WHERE x.contract_id = 11);
    RAISE EXCEPTION USING ERRCODE = 'WMOOK';
  EXCEPTION WHEN SQLSTATE 'WMOOK' THEN
    RETURN said;
  END;
END
$$;
SELECT s.source, s.tried, pg_temp.falls(replace(s.statement, '$', s.source::text)) FROM (SELECT so AS source, t.* FROM generate_series(1, 2) so, (VALUES
  (1, 'nothing', $$SELECT 1$$),
  (2, 'suspended', $$INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, until, source_id) VALUES (12, 'suspension', '2020-06-01', '2021-01-01', '2022-01-01', $)$$),
  (3, 'ended', $$INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, source_id) VALUES (12, 'early_end', '2020-06-01', '2021-01-01', $)$$),
  (4, 'stopped', $$INSERT INTO wmo.client_stop (contract_id, during, known_on, source_id) VALUES (12, '[2021-01-01,2022-01-01)', '2020-06-01', $)$$),
  (5, 'opened again', $$INSERT INTO wmo.client_stop (id, contract_id, during, known_on) VALUES (1, 12, '[2021-01-01,2022-01-01)', '2020-06-01'); INSERT INTO wmo.client_stop_lift (contract_id, stop_id, effective_on, known_on, source_id) VALUES (12, 1, '2021-03-01', '2021-02-01', $)$$))
  t (n, tried, statement)) s ORDER BY s.n, s.source;

-- ---- what is declared reaches a part, or a shape, by a reading only as a reading -------------------------------------------------------
INSERT INTO wmo.area (id, name, kind) VALUES (20, 'Regio', 'region');
SELECT pg_temp.area(21, 'Gelezen', 'official'), pg_temp.area(22, 'Vermeld', 'official');
INSERT INTO wmo.area_part (whole_id, part_id, source_id) VALUES (20, 21, 2), (20, 22, NULL);
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (20, '[2000-01-01,2040-01-01)');
SELECT a.name, g.kind, g.certainty FROM wmo.coverage_gaps_in('dienst_4', '[2021-01-01,2022-01-01)', '{21,22}', '2021-06-01') g JOIN wmo.area a ON a.id = g.area_id ORDER BY 1;
UPDATE wmo.area_part SET source_id = NULL;
SELECT a.name, g.kind, g.certainty FROM wmo.coverage_gaps_in('dienst_4', '[2021-01-01,2022-01-01)', '{21,22}', '2021-06-01') g JOIN wmo.area a ON a.id = g.area_id ORDER BY 1;

-- ---- what an area without a boundary holds beside its parts may be nothing --------------------------------------------------------------
INSERT INTO wmo.area (id, code, name, kind) VALUES (30, 'GM1030', 'Zonder grens', 'municipality'), (31, NULL, 'Noord', 'working_area'), (32, NULL, 'Zuid', 'working_area');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (30, 31), (30, 32);
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (30, '[2000-01-01,2040-01-01)');
SELECT pg_temp.contract(31, '[2020-01-01,2030-01-01)', 31, service => 1005), pg_temp.contract(32, '[2020-01-01,2025-01-01)', 32, service => 1005);
SELECT g.kind, g.reason, g.certainty, g.area, g.covers, g.days FROM wmo.coverage_gaps('dienst_5', '[2021-01-01,2026-01-01)', 'GM1030', '2021-06-01') g ORDER BY g.area, g.days;
SELECT pg_temp.verdict($$INSERT INTO wmo.no_gap_rule (service_id, area_id, during) VALUES (1005, 30, '[2021-01-01,2022-01-01)')$$), pg_temp.verdict($$INSERT INTO wmo.no_gap_rule (service_id, area_id, during) VALUES (1005, 30, '[2024-06-01,2025-06-01)')$$);

-- ---- by the state of a day before a contract was signed it does not run -----------------------------------------------------------------
SELECT pg_temp.contract(40, '[2020-01-01,2028-01-01)', 4, service => 1006);
UPDATE wmo.contract SET signed_on = '2019-11-01' WHERE id = 40;
SELECT d AS as_of, r.status, r.last_day, r.end_kind, r.warning FROM unnest('{2019-10-31,2019-11-01}'::date[]) d, wmo.contracts_run('2020-06-01', d) r WHERE r.contract_id = 40 ORDER BY d;

-- ---- that a service is a kind of another may be a reading -------------------------------------------------------------------------------
SELECT pg_temp.contract(50, '[2020-01-01,2025-01-01)', 4, service => 1007, supplier => 2), pg_temp.contract(51, '[2020-01-01,2025-01-01)', 4, service => 1009, supplier => 4);
UPDATE wmo.service SET parent_id = 1007, source_id = 2 WHERE id = 1008;
UPDATE wmo.service SET parent_id = 1007 WHERE id = 1009;
CREATE FUNCTION pg_temp.of_kinds() RETURNS TABLE (service text, provider text, certainty text, covers text, its boolean, anothers boolean, by_tables boolean) LANGUAGE sql AS $$
  SELECT s, a.provider, a.certainty, a.covers, wmo.is_contracted_in_area('00000002', s, 'GM1004', '2021-06-01', 40), wmo.is_contracted_in_area('00000003', s, 'GM1004', '2021-06-01', 40),
    oracle.is_contracted_in_area('00000003', s, 'GM1004', '2021-06-01', 40)
  FROM unnest('{dienst_7,dienst_8,dienst_9}'::text[]) s, wmo.providers_in_area('GM1004', s, '2021-06-01', 40) a ORDER BY s, a.ord
$$;
SELECT * FROM pg_temp.of_kinds();
SELECT wmo_works.service_family(1008), wmo_works.service_family(1009), wmo_works.service_family(1007);
SELECT s, g.service, g.kind, g.reason, g.days FROM unnest('{dienst_7,dienst_8,dienst_9}'::text[]) s, wmo.coverage_gaps(s, '[2021-01-01,2026-01-01)', 'GM1004', '2021-06-01') g ORDER BY 1, 2, g.days;
DELETE FROM wmo.contract WHERE id IN (50, 51);
SELECT * FROM pg_temp.of_kinds();
SELECT s, g.service, g.kind, g.reason, g.days FROM unnest('{dienst_7,dienst_8,dienst_9}'::text[]) s, wmo.coverage_gaps(s, '[2021-01-01,2026-01-01)', 'GM1004', '2021-06-01') g ORDER BY 1, 2, g.days;
UPDATE wmo.source SET basis = 'stated', reading = NULL WHERE id = 2;
SELECT * FROM pg_temp.of_kinds();
ROLLBACK;
