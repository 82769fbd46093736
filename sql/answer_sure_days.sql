-- Never a false sure answer, of ties, scopes, clients and signatures that are of other days than what is asked about.
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
CREATE FUNCTION pg_temp.says(code text, service text, on_date date, current_provider integer DEFAULT NULL, client_since date DEFAULT NULL) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  live text;
  modelled text;
BEGIN
  EXECUTE format('SELECT string_agg(concat_ws('' '', CASE WHEN p.found THEN p.provider ELSE ''nobody'' END, p.certainty, p.reason, CASE WHEN p.complete THEN ''complete'' END), ''; '' ORDER BY p.ord) FROM wmo.providers_in_area(%L, %L, %L, 40, %L, %L, %L) p',
    code, service, on_date, current_provider, client_since, on_date) INTO live;
  EXECUTE format('SELECT string_agg(concat_ws('' '', CASE WHEN p.found THEN p.provider ELSE ''nobody'' END, p.certainty, p.reason, CASE WHEN p.complete THEN ''complete'' END), ''; '' ORDER BY p.ord) FROM oracle.providers_in_area(%L, %L, %L, 40, %L, %L, %L) p',
    code, service, on_date, current_provider, client_since, on_date) INTO modelled;
  RETURN live || CASE WHEN live IS DISTINCT FROM modelled THEN ' <> ' || modelled ELSE '' END;
END
$$;

-- ---- a contract with another party than the winner: only who was tied to it when it was signed is no stranger --------------
INSERT INTO wmo.award (id, supplier_id, final_on, final_basis) VALUES (1, 2, '2019-04-01', 'recorded'), (2, 5, '2019-04-01', 'recorded');
SELECT pg_temp.contract(1, '[2020-01-01,2024-01-01)', 1, supplier => 3, award => 1);
UPDATE wmo.contract SET signed_on = '2019-06-01';
CREATE FUNCTION pg_temp.winner(square integer) RETURNS text LANGUAGE sql AS $$
  SELECT concat_ws(', ', pg_temp.says('GM' || 1000 + square, 'hulp_bij_het_huishouden', '2021-01-01'),
    'B ' || coalesce(wmo.is_contracted_in_area('00000003', 'hulp_bij_het_huishouden', 'GM' || 1000 + square, '2021-01-01')::text, 'cannot tell'),
    'A ' || coalesce(wmo.is_contracted_in_area('00000002', 'hulp_bij_het_huishouden', 'GM' || 1000 + square, '2021-01-01')::text, 'cannot tell'))
$$;
SELECT 'nothing ties them', pg_temp.winner(1);
INSERT INTO wmo.party_succession (id, predecessor_id, successor_id, kind, effective_on) VALUES (1, 2, 3, 'takeover', '2025-05-01');
SELECT 'taken over six years later', pg_temp.winner(1);
UPDATE wmo.party_succession SET effective_on = '2019-06-02';
SELECT 'the day after', pg_temp.winner(1);
UPDATE wmo.party_succession SET effective_on = '2019-06-01';
SELECT 'on the day', pg_temp.winner(1);
UPDATE wmo.party_succession SET effective_on = NULL;
SELECT 'on a day that is not known', pg_temp.winner(1);
UPDATE wmo.party_succession SET effective_on = '2025-05-01', kind = 'renaming';
SELECT 'another name since', pg_temp.winner(1);
DELETE FROM wmo.party_succession;
-- a consortium won
SELECT pg_temp.contract(2, '[2020-01-01,2024-01-01)', 2, supplier => 3, award => 2);
UPDATE wmo.contract SET signed_on = '2019-06-01' WHERE id = 2;
INSERT INTO wmo.consortium_member (consortium_id, member_id, valid, known_on) VALUES (5, 3, '(,2015-01-01)', '2010-01-01'), (5, 2, '(,)', '2010-01-01');
SELECT 'a member that had left', pg_temp.winner(2);
UPDATE wmo.consortium_member SET valid = '[2022-01-01,)' WHERE member_id = 3;
SELECT 'one that came later', pg_temp.winner(2);
UPDATE wmo.consortium_member SET valid = '[2019-01-01,2020-01-01)' WHERE member_id = 3;
SELECT 'one of that day', pg_temp.winner(2);
DELETE FROM wmo.contract;

-- ---- what was added to a contract tells nothing of what it was for until then -----------------------------------------------
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, signed_on) VALUES (3, 'C3', 1, 2, '[2020-01-01,2024-01-01)', '2019-06-01');
SELECT 'no scope is recorded', pg_temp.says('GM1003', 'hulp_bij_het_huishouden', '2021-01-01');
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, area_id) VALUES (10, 3, 'scope_added', '2021-03-01', '2021-06-01', 4);
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, added_by_id) VALUES (3, 3, 10, 4, 10);
SELECT 'one from June on', d, pg_temp.says('GM1003', 'hulp_bij_het_huishouden', d), wmo.is_contracted_in_area('00000002', 'hulp_bij_het_huishouden', 'GM1003', d) FROM unnest('{2019-12-31,2021-01-01,2021-05-31,2021-06-01,2024-01-01}'::date[]) d;
SELECT g.kind, g.certainty, g.first_day, g.last_day FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '[2020-01-01,2025-01-01)', 'GM1003') g ORDER BY g.first_day;
DELETE FROM wmo.contract;

-- ---- a client from a day to come is none yet --------------------------------------------------------------------------------
SELECT pg_temp.contract(4, '[2020-01-01,2024-01-01)', 1);
INSERT INTO wmo.client_stop (contract_id, during, known_on) VALUES (4, '[2021-01-01,2022-01-01)', '2020-06-01');
SELECT since, pg_temp.says('GM1001', 'hulp_bij_het_huishouden', '2021-06-01', 2, since) FROM unnest('{2020-06-01,2021-06-01,2021-06-02,infinity,NULL}'::date[]) since;
-- ---- another name makes nobody another, on the days before it either --------------------------------------------------------
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on) VALUES (2, 3, 'renaming', '2023-01-01');
SELECT d, wmo.is_contracted_in_area('00000002', 'hulp_bij_het_huishouden', 'GM1001', d) AS by_its_name, wmo.is_contracted_in_area('00000003', 'hulp_bij_het_huishouden', 'GM1001', d) AS by_its_later_name,
       wmo.is_contracted_in_area('00000004', 'hulp_bij_het_huishouden', 'GM1001', d) AS another FROM unnest('{2020-06-01,2023-06-01}'::date[]) d;
UPDATE wmo.party_succession SET kind = 'takeover';
SELECT 'taken over', d, wmo.is_contracted_in_area('00000003', 'hulp_bij_het_huishouden', 'GM1001', d) AS by_who_took_it_over FROM unnest('{2020-06-01,2023-06-01}'::date[]) d;
DELETE FROM wmo.contract;

-- ---- signed on a day on which the term ran by one reading only: Sunday 1 November 2020, or with the Atw Monday 2 -------------
INSERT INTO wmo.award (id, supplier_id, decided, sent, standstill) VALUES (3, 2, '[2020-10-12,2020-10-12]', '[2020-10-12,2020-10-12]', wmo.objection_period('sas_standstill', '2020-10-12'));
SELECT pg_temp.contract(5, '[2021-01-01,2024-01-01)', 1, award => 3);
CREATE FUNCTION pg_temp.signed(day date) RETURNS TABLE (signed_on date, court_by date, latest_day date, signed_early boolean, says text) LANGUAGE plpgsql AS $$
BEGIN
  UPDATE wmo.contract SET signed_on = day WHERE id = 5;
  RETURN QUERY SELECT t.signed_on, t.court_by, t.latest_day, t.signed_early, pg_temp.says('GM1001', 'hulp_bij_het_huishouden', '2021-06-01') FROM wmo.award_term t WHERE t.award_id = 3;
END
$$;
SELECT s.* FROM unnest('{2020-11-01,2020-11-02,2020-11-03}'::date[]) d, pg_temp.signed(d) s;
ROLLBACK;
