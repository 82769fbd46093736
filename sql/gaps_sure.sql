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

CREATE FUNCTION pg_temp.gaps_if(statement text, service text, code text, during daterange, as_of date DEFAULT '2024-06-01') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  said text;
BEGIN
  BEGIN
    EXECUTE statement;
    said := (SELECT string_agg(concat_ws(' ', g.kind, g.reason, g.certainty, g.days::text), '; ' ORDER BY g.days) FROM wmo.coverage_gaps(service, during, code::text::wmo.area_code, as_of) g);
    RAISE EXCEPTION USING ERRCODE = 'WMOOK';
  EXCEPTION WHEN SQLSTATE 'WMOOK' THEN
    RETURN said;
  END;
END
$$;
CREATE FUNCTION pg_temp.run_if(statement text, contract integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  said text;
BEGIN
  BEGIN
    EXECUTE statement;
    said := (SELECT concat_ws('; ', r.status, r.last_day, r.warning) FROM wmo.contracts_run('2021-01-01', '2021-01-01') r WHERE r.contract_id = contract)
      || (SELECT format(' | %s %s', d.kind, d.warning) FROM wmo.decision_calendar_on('2021-01-01') d WHERE d.contract_id = contract)
      || (SELECT format(' | %s %s', b.end_inferred, g.einde_afgeleid) FROM wmo_bi.contract b JOIN wmo_ggm.contract g ON g.id = b.id WHERE b.id = contract)
      || (SELECT format(' | %s', r.doubt) FROM wmo_works.timeline_rows('2021-01-01', NULL, NULL, NULL) r WHERE r.contract_id = contract);
    RAISE EXCEPTION USING ERRCODE = 'WMOOK';
  EXCEPTION WHEN SQLSTATE 'WMOOK' THEN
    RETURN said;
  END;
END
$$;

-- ---- a contract that ended by our reading may serve where it is not known whether it was for this ground --------------------------------
INSERT INTO wmo.service (id, code, name) SELECT 1000 + n, 'dienst_' || n, 'Dienst ' || n FROM generate_series(10, 19) n;
UPDATE wmo.source SET basis = 'inferred', reading = 'so it was read' WHERE id = 2;
SELECT pg_temp.area(5, 'Vak 5', 'official', 'GM1005'), pg_temp.area(6, 'Zonder vorm', NULL, 'WK100501'), pg_temp.area(7, 'Getekend', 'schematic');
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (5, '[2000-01-01,2040-01-01)');
SELECT pg_temp.contract(60, '[2020-01-01,2024-01-01)', 6, service => 1010);
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on) VALUES (60, 60, 'early_end', '2020-06-01', '2021-06-01');
SELECT scope.area, source.ended, pg_temp.gaps_if(format('UPDATE wmo.contract_scope SET area_id = %s WHERE id = 60; UPDATE wmo.contract_change SET source_id = %s WHERE id = 60', scope.id, source.id), 'dienst_10', 'GM1005', '[2020-03-01,2024-01-01)')
FROM (VALUES (1, 'without a shape', '6'), (2, 'not named', 'NULL'), (3, 'drawn', '7')) scope (n, area, id), (VALUES (1, 'as stated', 'NULL'), (2, 'by a reading', '2')) source (n, ended, id) ORDER BY scope.n, source.n;

-- ---- that existing clients are served is no surer of a gap for new clients than in answers ------------------------------------------------
SELECT pg_temp.contract(61, '[2020-01-01,2022-01-01)+P1Y notice P3M', 5, service => 1011);
SELECT s.tried, d AS as_of, pg_temp.gaps_if(s.statement, 'dienst_11', 'GM1005', '[2021-01-01,2024-01-01)', d)
FROM (VALUES (1, 'a stop', $$INSERT INTO wmo.client_stop (contract_id, during, known_on) VALUES (61, '[2021-06-01,)', '2020-06-01')$$),
  (2, 'a stop by a reading', $$INSERT INTO wmo.client_stop (contract_id, during, known_on, source_id) VALUES (61, '[2021-06-01,)', '2020-06-01', 2)$$),
  (3, 'existing clients only', $$UPDATE wmo.contract_scope SET clients = 'existing', existing_on = '2019-12-31' WHERE id = 61$$),
  (4, 'no option, only', $$UPDATE wmo.contract SET period = '[2020-01-01,2022-01-01)' WHERE id = 61; UPDATE wmo.contract_scope SET clients = 'existing', existing_on = '2019-12-31' WHERE id = 61$$)) s (n, tried, statement),
  unnest('{2021-03-01,2024-06-01}'::date[]) d ORDER BY s.n, d;

-- ---- of a code on days on which it did not exist a gap is our reading ----------------------------------------------------------------------
SELECT pg_temp.area(8, 'Oud', 'official', 'GM1008', '(,2022-01-01)'), pg_temp.area(9, 'Nieuw', 'official', 'GM1009', '[2022-01-01,)');
UPDATE wmo.area SET geom = (SELECT geom FROM wmo.area WHERE id = 8) WHERE id = 9;
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (8, '[2000-01-01,2040-01-01)'), (9, '[2000-01-01,2040-01-01)');
SELECT code, pg_temp.gaps_if('SELECT', 'dienst_12', code, '[2021-01-01,2024-01-01)') FROM unnest('{GM1008,GM1009}'::text[]) code ORDER BY code;
SELECT a.name, g.certainty, g.days FROM wmo.coverage_gaps_in('dienst_12', '[2021-01-01,2024-01-01)', '{8,9}', '2024-06-01') g JOIN wmo.area a ON a.id = g.area_id ORDER BY g.area_id;

-- ---- who was taken over may go on, who merged does not; and a consortium goes on with a member who surely is one ------------------------------
SELECT pg_temp.contract(70 + n, '[2020-01-01,2024-01-01)', 5, service => 1013, supplier => 1 + n, choice => 'shared') FROM generate_series(1, 2) n;
CREATE FUNCTION pg_temp.fall_if(statement text, party integer, as_of date DEFAULT '2023-01-01') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  said text;
BEGIN
  BEGIN
    EXECUTE statement;
    said := (SELECT string_agg(concat_ws(' ', x.number, x.consequence, x.other_names, x.certainty), '; ' ORDER BY x.number) FROM wmo.exit_impact(party, '2023-01-01', as_of) x WHERE x.contract_id > 70);
    RAISE EXCEPTION USING ERRCODE = 'WMOOK';
  EXCEPTION WHEN SQLSTATE 'WMOOK' THEN
    RETURN said;
  END;
END
$$;
SELECT k.kind, p AS falls, pg_temp.fall_if(format($$INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on, source_id) VALUES (3, 2, %L, %L, %L)$$, k.kind, k.day, k.source), p)
FROM (VALUES (1, 'takeover', '2022-06-01', NULL), (2, 'merger', '2022-06-01', NULL), (3, 'renaming', '2022-06-01', NULL), (4, 'merger', NULL, NULL), (5, 'merger', '2022-06-01', 2)) k (n, kind, day, source), generate_series(2, 3) p ORDER BY k.n, p;
SELECT 'taken over by who merged into it', pg_temp.fall_if($$INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on) VALUES (3, 4, 'takeover', '2022-01-01'), (4, 2, 'merger', '2022-06-01')$$, 2);
DELETE FROM wmo.contract WHERE id = 72;
SELECT pg_temp.contract(72, '[2020-01-01,2024-01-01)', 5, service => 1013, supplier => 5, choice => 'shared');
INSERT INTO wmo.consortium_member (consortium_id, member_id, known_on) VALUES (5, 2, '2010-01-01');
SELECT m.fellow, pg_temp.fall_if(m.statement, 2) FROM (VALUES (1, 'nobody', 'SELECT'), (2, 'a reading', $$INSERT INTO wmo.consortium_member (consortium_id, member_id, known_on, source_id) VALUES (5, 3, '2010-01-01', 2)$$),
  (3, 'not known yet', $$INSERT INTO wmo.consortium_member (consortium_id, member_id, known_on) VALUES (5, 3, '2023-02-01')$$), (4, 'stated', $$INSERT INTO wmo.consortium_member (consortium_id, member_id, known_on) VALUES (5, 3, '2010-01-01')$$)) m (n, fellow, statement) ORDER BY m.n;
DELETE FROM wmo.consortium_member;

-- ---- as of a day what nobody could read yet makes no doubt -------------------------------------------------------------------------------
SELECT pg_temp.contract(80, '[2020-01-01,2024-01-01)', 5, service => 1014, choice => 'shared'), pg_temp.contract(81, '[2022-01-01,2026-01-01)', 5, service => 1014, supplier => 3, choice => 'shared');
UPDATE wmo.contract SET signed_on = '2021-09-15' WHERE id = 81;
INSERT INTO wmo.source (id, article, published, basis, reading) VALUES (3, 'Krant', '[2021-09-20,2021-09-20]', 'inferred', 'so it was read'), (4, 'Krant', '[2021-04-01,2021-04-01]', 'inferred', 'so it was read');
DELETE FROM wmo.contract WHERE id < 80;
SELECT s.read_in, d AS as_of, e.a_falls, e.b_falls
FROM (VALUES (1, 'nothing', NULL), (2, 'what came after', 3), (3, 'what came before', 4)) s (n, read_in, source), unnest('{2021-05-01,2023-01-01}'::date[]) d,
LATERAL (SELECT pg_temp.fall_if(format('UPDATE wmo.contract SET source_id = %s WHERE id = 81', coalesce(s.source::text, 'NULL')), 2, d) AS a_falls, pg_temp.fall_if(format('UPDATE wmo.contract SET source_id = %s WHERE id = 81', coalesce(s.source::text, 'NULL')), 3, d) AS b_falls) e ORDER BY s.n, d;
UPDATE wmo.contract SET source_id = 3 WHERE id = 81;
SELECT d AS as_of, concat_ws(' ', p.certainty, p.reason) AS later, (SELECT string_agg(concat_ws(' ', g.kind, g.certainty, g.days::text), '; ' ORDER BY g.days) FROM wmo.coverage_gaps('dienst_14', '[2021-01-01,2027-01-01)', 'GM1005', d) g) AS gaps
FROM unnest('{2021-05-01,2023-01-01}'::date[]) d, wmo.providers_at(pg_temp.point(5)::text, 'dienst_14', '2027-06-01', 40, as_of => d) p ORDER BY d;

-- ---- a contract that is its winner's by our reading is marked so wherever its days are told -------------------------------------------------
INSERT INTO wmo.tender (id, title, procedure, above_threshold) VALUES (9, 'Opvolging', 'open', true);
INSERT INTO wmo.tender_buyer (tender_id, buyer_id) VALUES (9, 1);
INSERT INTO wmo.award (id, tender_id, supplier_id, decided, sent, final_on, final_basis) VALUES (9, 9, 2, '[2019-03-01,2019-03-01]', '[2019-03-01,2019-03-01]', '2019-04-01', 'recorded');
SELECT pg_temp.contract(90, '[2020-01-01,2024-01-01)', 5, service => 1015, supplier => 3, award => 9);
UPDATE wmo.contract SET signed_on = '2019-06-01' WHERE id = 90;
INSERT INTO wmo.party_succession (id, predecessor_id, successor_id, kind, effective_on) VALUES (9, 2, 3, 'takeover', '2019-05-01');
SELECT s.tried, pg_temp.run_if(s.statement, 90) FROM (VALUES (1, 'a succession as stated', 'SELECT'), (2, 'a succession by a reading', 'UPDATE wmo.party_succession SET source_id = 2 WHERE id = 9'),
  (3, 'an award by a reading', 'DELETE FROM wmo.party_succession; UPDATE wmo.award SET supplier_id = 3, source_id = 2 WHERE id = 9'),
  (4, 'its own award', 'DELETE FROM wmo.party_succession; UPDATE wmo.award SET supplier_id = 3 WHERE id = 9')) s (n, tried, statement) ORDER BY s.n;
ROLLBACK;
