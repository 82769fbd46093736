-- Never a false sure answer, of awards and signatures, of ends, gaps, exits and transfers: each with its possible truth.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry
\set oracle :here '/sql/include/oracle.sql'
\i :oracle
CREATE FUNCTION pg_temp.at(square numeric, service text, on_date date, age integer DEFAULT 40, current_provider integer DEFAULT NULL, client_since date DEFAULT NULL)
RETURNS TABLE (found boolean, provider text, certainty text, reason text, complete boolean) LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY EXECUTE format('SELECT p.found, p.provider, p.certainty, p.reason, p.complete FROM wmo.providers_at(%L, %L, %L, %L, %L, %L, %L) p ORDER BY p.ord',
    pg_temp.point(square), service, on_date, age, current_provider, client_since, on_date);
END
$$;
SELECT pg_temp.area(n, 'Vak ' || n, 'official', 'GM' || (1000 + n)) FROM generate_series(1, 3) n;
INSERT INTO wmo.registry_completeness (area_id, valid) SELECT n, '[2000-01-01,2040-01-01)' FROM generate_series(1, 3) n;

INSERT INTO wmo.party_identifier (party_id, scheme, value) VALUES (2, 'agb', '00000002');
-- for a new client, in a square of its own
CREATE FUNCTION pg_temp.new_client(service text, on_date date, age integer DEFAULT 40, current_provider integer DEFAULT NULL, client_since date DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
  SELECT string_agg(concat_ws(' ', CASE WHEN a.found THEN a.provider ELSE 'nobody' END, a.certainty, a.reason), '; ') FROM pg_temp.at(101, service, on_date, age, current_provider, client_since) a
$$;
SELECT pg_temp.area(101, 'Vak honderdeen');
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (101, '[2000-01-01,2040-01-01)');

-- ---- signed while it cannot be told whether it could be fought, or against an order: the days of care say so --------------------------
-- 1 to 3: sent on a day between 10 and 19 January, so that the standstill ended between 30 January and 8 February; 4 to 6: an upheld ruling; 7 and 8: no term is recorded
INSERT INTO wmo.tender (id, title, procedure, above_threshold) VALUES (200, 'Boven de drempel', 'open', true);
INSERT INTO wmo.award (id, tender_id, decided, sent, standstill) SELECT 200 + n, 200, days, CASE WHEN n <= 6 THEN days END, CASE WHEN n BETWEEN 4 AND 6 THEN wmo.objection_period('standstill', '2024-01-10') END
FROM generate_series(1, 8) n, LATERAL (SELECT CASE WHEN n <= 3 THEN '[2024-01-10,2024-01-20)'::daterange ELSE '[2024-01-10,2024-01-11)' END AS days) x;
INSERT INTO wmo.award_challenge (award_id, kind, lodged, ruled, outcome, ordered) SELECT 200 + n, 'summary_proceedings', '2024-01-12', '2024-02-08', 'upheld', (ARRAY[NULL, 'not_to_sign', 'to_reassess'])[n - 3] FROM generate_series(4, 6) n;
INSERT INTO wmo.service (id, code, name) SELECT 1020 + n, 'tekening_' || n, 'Tekening ' || n FROM generate_series(1, 8) n;
SELECT pg_temp.contract(200 + n, '[2024-03-01,2030-01-01)', 101, service => 1020 + n, award => 200 + n) FROM generate_series(1, 8) n;
UPDATE wmo.contract SET signed_on = (ARRAY['2024-01-25', '2024-02-03', '2024-02-09', '2024-02-20', '2024-02-20', '2024-02-20', '2024-01-25', '2024-06-01'])[id - 200]::date WHERE id BETWEEN 201 AND 208;
INSERT INTO wmo.party_identifier (party_id, scheme, value) VALUES (2, 'agb', '00000202');
SELECT n, c.signed_on, (SELECT t.signed_early FROM wmo.award_term t WHERE t.award_id = 200 + n) AS early, pg_temp.new_client('tekening_' || n, '2025-02-01'),
  wmo.is_contracted_at('00000202', 'tekening_' || n, pg_temp.point(101)::text, '2025-02-01', 40) AS contracted, oracle.is_contracted_at('00000202', 'tekening_' || n, pg_temp.point(101)::public.geometry, '2025-02-01', 40) AS by_tables
FROM generate_series(1, 8) n JOIN wmo.contract c ON c.id = 200 + n ORDER BY n;

-- ---- a scope that follows a code holds by a reading where no edition of the code exists ----------------------------------------
SELECT pg_temp.area(120, 'Opgegaan', NULL, 'GM1120', '(,2021-01-01)'), pg_temp.area(121, 'Nieuwdal', NULL, 'GM1121', '[2021-01-01,)'), pg_temp.area(122, 'Zo heette het eerst', NULL, NULL, '(,2021-01-01)'),
       pg_temp.area(123, 'Voor', 'official', 'GM1123', '(,2021-01-01)'), pg_temp.area(124, 'Na', 'official', 'GM1123', '[2022-01-01,2024-01-01)'), pg_temp.area(125, 'Later', 'official', 'GM1125', '[2023-01-01,)');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (121, 120), (121, 122);
INSERT INTO wmo.registry_completeness (area_id, valid) SELECT n, '[2000-01-01,2040-01-01)' FROM generate_series(120, 125) n WHERE n <> 124;
SELECT pg_temp.contract(240 + n, '[2018-01-01,2030-01-01)', (ARRAY[120, 122, 123, 125])[n], supplier => 3) FROM generate_series(1, 4) n;
UPDATE wmo.contract_scope SET follows_code = true WHERE contract_id BETWEEN 241 AND 244;
CREATE FUNCTION pg_temp.in_code(code text, day date) RETURNS text LANGUAGE sql AS $$
  SELECT string_agg(concat_ws(' ', CASE WHEN p.found THEN p.number ELSE 'nobody' END, p.covers, p.certainty, p.reason, CASE WHEN p.complete THEN 'complete' END), '; ' ORDER BY p.ord)
    || ', ' || coalesce((SELECT string_agg(format('%s %s of %s', g.kind, g.certainty, g.area), ', ' ORDER BY g.area) FROM wmo.coverage_gaps('hulp_bij_het_huishouden', daterange(day, day, '[]'), in_code.code::wmo.area_code, in_code.day) g), 'no gap')
  FROM wmo.providers_in_area(in_code.code::wmo.area_code, 'hulp_bij_het_huishouden', day, 40, as_of => day) p
$$;
SELECT code, day, pg_temp.in_code(code, day) FROM (VALUES ('GM1120', date '2020-12-31'), ('GM1120', '2021-01-01'), ('GM1121', '2021-01-01'), ('GM1123', '2020-12-31'), ('GM1123', '2021-06-01'), ('GM1123', '2022-06-01'), ('GM1123', '2024-06-01'), ('GM1125', '2020-06-01')) v (code, day);
SELECT square, day, string_agg(concat_ws(' ', CASE WHEN a.found THEN a.provider ELSE 'nobody' END, a.certainty, a.reason), '; ') FROM (VALUES (123, date '2021-06-01'), (124, '2021-06-01'), (123, '2022-06-01'), (124, '2022-06-01'), (123, '2024-06-01'), (124, '2024-06-01'), (125, '2020-06-01'), (125, '2023-06-01')) v (square, day),
  pg_temp.at(square, 'hulp_bij_het_huishouden', day) a GROUP BY square, day ORDER BY day, square;
SELECT e.consequence, e.area, e.last_day, e.certainty FROM wmo.exit_impact(3, '2021-06-01') e WHERE e.contract_id BETWEEN 241 AND 244 ORDER BY e.area;
-- so does a stop that names another edition
INSERT INTO wmo.client_stop (contract_id, area_id, during, entered_on) VALUES (243, 124, '[2018-01-01,)', '2018-01-01');
SELECT square, day, string_agg(concat_ws(' ', CASE WHEN a.found THEN a.provider ELSE 'nobody' END, a.certainty, a.reason), '; ') FROM (VALUES (123, date '2020-06-01'), (123, '2021-06-01'), (124, '2022-06-01'), (124, '2024-06-01')) v (square, day),
  pg_temp.at(square, 'hulp_bij_het_huishouden', day) a GROUP BY square, day ORDER BY day, square;
SELECT day, pg_temp.in_code('GM1123', day) FROM unnest('{2020-06-01,2021-06-01,2022-06-01,2024-06-01}'::date[]) day;
-- two main providers there are for sure only where both are
DELETE FROM wmo.client_stop WHERE contract_id = 243;
UPDATE wmo.contract_scope SET choice = 'exclusive' WHERE contract_id = 243;
SELECT pg_temp.contract(245, '[2018-01-01,2030-01-01)', 123, supplier => 2, choice => 'shared');
SELECT o.kind, o.area, o.days FROM wmo.coverage_overlaps('hulp_bij_het_huishouden', '[2020-06-01,2025-01-01)', 'GM1123', '2020-06-01') o WHERE (o.contract_id, o.other_contract_id) = (243, 245) ORDER BY o.days;
-- ---- after an end that was planned nobody can tell whether notice was given --------------------------------------------------------
INSERT INTO wmo.service (id, code, name) SELECT 1030 + n, 'later_' || n, 'Later ' || n FROM generate_series(1, 6) n;
SELECT pg_temp.contract(250, '[2020-01-01,)', 3, service => 1031);
INSERT INTO wmo.contract_ending (contract_id, kind, by_whom, notice, planned_end) VALUES (250, 'termination', 'buyer', '3 months', '2022-12-31');
SELECT day, (SELECT string_agg(concat_ws(' ', a.provider, a.certainty, a.reason), '; ') FROM pg_temp.at(3, 'later_1', day) a) AS answer, r.status, r.end_kind
FROM unnest('{2022-12-31,2023-01-01}'::date[]) day CROSS JOIN LATERAL wmo.contracts_run(day, day) r WHERE r.contract_id = 250;
SELECT today, d.state, d.day, d.decision, d.detail FROM unnest('{2022-09-01,2022-10-15,2023-06-15}'::date[]) today CROSS JOIN LATERAL wmo.decision_calendar_on(today) d WHERE d.contract_id = 250 ORDER BY today;
INSERT INTO wmo.contract_change (contract_id, kind, received_on, effective_on) VALUES (250, 'early_end', '2022-09-20', '2023-01-01');
SELECT (SELECT string_agg(concat_ws(' ', CASE WHEN a.found THEN a.provider ELSE 'nobody' END, a.certainty, a.reason), '; ') FROM pg_temp.at(3, 'later_1', '2023-01-01') a) AS given;
-- ---- what became of the award is said wherever a day of the contract is ------------------------------------------------------------
INSERT INTO wmo.tender (id, title, procedure, above_threshold) VALUES (210, 'Later anders', 'open', true);
INSERT INTO wmo.award (id, tender_id, supplier_id, decided, sent, standstill, withdrawn_on, annulled_on)
SELECT 210 + n, 210, 2, '[2019-07-09,2019-07-10)', '[2019-07-10,2019-07-11)', wmo.objection_period('standstill', '2019-07-10'), CASE n WHEN 2 THEN '2021-01-01'::date END, CASE n WHEN 3 THEN '2021-01-01'::date END FROM generate_series(1, 6) n;
INSERT INTO wmo.award (id, tender_id, supplier_id, decided, sent, replaces_id) VALUES (218, 210, 3, '[2021-01-09,2021-01-10)', '[2021-01-10,2021-01-11)', 214);
INSERT INTO wmo.award_challenge (award_id, kind, lodged, ruled, outcome, ordered) VALUES (215, 'main_proceedings', '2019-10-20', '2021-08-20', 'upheld', 'to_end_contract');
SELECT pg_temp.contract(250 + n, '[2020-01-01,2024-01-01)+P1Y notice P3M', 3, service => 1030 + n, supplier => CASE n WHEN 6 THEN 3 ELSE 2 END, award => 210 + n) FROM generate_series(1, 6) n;
UPDATE wmo.contract SET signed_on = '2019-12-01' WHERE id BETWEEN 251 AND 256;
SELECT c.id - 250 AS n, (SELECT string_agg(concat_ws(' ', CASE WHEN a.found THEN a.provider ELSE 'nobody' END, a.certainty, a.reason), '; ') FROM pg_temp.at(3, 'later_' || c.id - 250, '2022-10-15') a) AS answer,
  r.status, concat_ws(' ', r.end_kind, r.last_day) AS runs, concat_ws(' ', b.end_kind, b.last_day) AS reported, (SELECT concat_ws(' ', f.end_kind, f.last_day) FROM wmo_bi.dossier f WHERE f.contract_id = c.id AND f.relation = 'supplier' AND f.predecessor_id IS NULL) AS dossier,
  (SELECT string_agg(concat_ws(': ', d.kind, d.warning), '; ') FROM wmo.decision_calendar_on('2022-10-15') d WHERE d.contract_id = c.id AND d.kind = 'option_notice') AS calendar
FROM wmo.contract c JOIN wmo.contracts_run('2022-10-15', '2022-10-15') r ON r.contract_id = c.id JOIN wmo_bi.contract b ON b.id = c.id WHERE c.id BETWEEN 251 AND 256 ORDER BY c.id;
SELECT t.award_id, t.sign_from, t.sign_basis FROM wmo.award_terms('2021-02-01') t WHERE t.award_id IN (211, 212, 214) ORDER BY t.award_id;
-- a part that was extended alone is the last to end
SELECT pg_temp.contract(257, '[2020-01-01,2024-01-01)+P1Y', 3, service => 1031);
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, entered_on) VALUES (257, 1032, 3, '2019-01-01');
INSERT INTO wmo.contract_change (contract_id, kind, received_on, option_no, service_id) VALUES (257, 'extension', '2023-06-01', 1, 1032);
SELECT c.last_day, c.end_kind FROM wmo_bi.contract c WHERE c.id = 257;
-- ---- who surely remains, and what may fall, when a provider does -------------------------------------------------------------------
INSERT INTO wmo.source (id, article, basis, reading) VALUES (250, 'Krant', 'inferred', 'the year is that of the paper');
INSERT INTO wmo.service (id, code, name) VALUES (1040, 'blijft', 'Blijft');
SELECT pg_temp.contract(258, '[2020-01-01,2024-01-01)+P1Y notice P3M', 3, service => 1040), pg_temp.contract(259, '[2020-01-01,2026-01-01)', 3, service => 1040, supplier => 3);
SELECT 'as stated' AS other, e.day, x.consequence, x.other_names, x.certainty FROM unnest('{2022-06-01,2024-06-01}'::date[]) e (day) CROSS JOIN LATERAL wmo.exit_impact(2, e.day, '2024-06-01') x WHERE x.contract_id = 258 ORDER BY day;
UPDATE wmo.contract SET source_id = 250 WHERE id = 259;
SELECT 'by our reading' AS other, e.day, x.consequence, x.other_names, x.certainty FROM unnest('{2022-06-01,2024-06-01}'::date[]) e (day) CROSS JOIN LATERAL wmo.exit_impact(2, e.day, '2024-06-01') x WHERE x.contract_id = 258 ORDER BY day;
-- ---- a gap is no surer than the scopes that make it, nor is none one where only a reading serves -------------------------------------
CREATE FUNCTION pg_temp.gaps_of(service text, during daterange, as_of date DEFAULT '2022-06-01', ages int4range DEFAULT '[18,)') RETURNS text LANGUAGE sql AS $$
  SELECT coalesce(string_agg(concat_ws(' ', g.kind, g.reason, g.certainty, g.ages), '; ' ORDER BY g.ages), 'none') FROM wmo.coverage_gaps(service, during, 'GM1003', as_of, ages) g
$$;
INSERT INTO wmo.service (id, code, name) SELECT 1050 + n, 'gat_' || n, 'Gat ' || n FROM generate_series(1, 4) n;
SELECT pg_temp.contract(260 + n, '[2020-01-01,2024-01-01)+P1Y notice P3M', 3, service => 1050 + n) FROM generate_series(1, 4) n;
UPDATE wmo.contract SET source_id = 250 WHERE id = 261;
UPDATE wmo.contract_scope SET ages = '[18,75)', source_id = 250 WHERE contract_id = 262;
UPDATE wmo.contract_scope SET clients = 'existing', existing_on = '2019-12-31' WHERE contract_id = 263;
INSERT INTO wmo.client_stop (contract_id, during, known_on) VALUES (264, '[2021-01-01,)', '2020-12-01');
SELECT n, pg_temp.gaps_of('gat_' || n, '[2022-06-01,2022-06-02)') AS in_its_term, pg_temp.gaps_of('gat_' || n, '[2024-06-01,2024-06-02)', '2024-06-01') AS when_nobody_knows FROM generate_series(1, 4) n;
-- handovers: with an extension of which the receipt is not known, and from one that a merger ended
INSERT INTO wmo.party (id, name, kind) VALUES (260, 'Opgegaan BV', 'provider'), (261, 'Samengegaan BV', 'provider');
INSERT INTO wmo.service (id, code, name) SELECT 1060 + n, 'hand_' || n, 'Hand ' || n FROM generate_series(1, 3) n;
SELECT pg_temp.contract(265, '[2020-01-01,2022-01-01)+P1Y notice P3M', 3, service => 1061), pg_temp.contract(266, '[2020-01-01,2022-01-01)', 3, service => 1062, supplier => 260), pg_temp.contract(267, '[2020-01-01,2022-01-01)', 3, service => 1063);
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, option_no) VALUES (265, 'extension', '2021-06-01', 1);
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on) VALUES (260, 261, 'merger', '2021-01-01');
SELECT n, h.kind, h.certain FROM generate_series(1, 3) n CROSS JOIN LATERAL wmo.handovers('2022-01-01', '2023-01-01', 'hand_' || n, '2022-06-01') h ORDER BY n;
-- who comes and takes nobody that day replaces nobody for sure
INSERT INTO wmo.service (id, code, name) VALUES (1070, 'hand_4', 'Hand 4');
SELECT pg_temp.contract(270, '[2020-01-01,2022-01-01)', 3, service => 1070), pg_temp.contract(271, '[2022-01-01,2024-01-01)', 3, service => 1070, supplier => 3);
SELECT h.kind, h.certain FROM wmo.handovers('2022-01-01', '2022-01-01', 'hand_4', '2022-06-01') h;
INSERT INTO wmo.client_stop (contract_id, during, known_on) VALUES (271, '[2022-01-01,2022-06-01)', '2021-12-01');
SELECT h.kind, h.certain FROM wmo.handovers('2022-01-01', '2022-01-01', 'hand_4', '2022-06-01') h;
-- what an edition said of an area that no contract names any more
SELECT wmo.publish_coverage('for a letter') AS edition \gset
DELETE FROM wmo.contract WHERE id IN (265, 271);
SELECT c.change, c.area, c.found, c.provider, c.certainty, c.reason FROM wmo.answers_changed(:edition, 'hand_1', '2021-06-01', 40, '2022-06-01') c WHERE c.area = 'Vak 3' ORDER BY c.change;
UPDATE wmo.contract_scope SET area_id = 2 WHERE area_id = 3;
DELETE FROM wmo.contract WHERE id = 267;
SELECT c.change, c.area, c.found, c.provider, c.certainty, c.reason FROM wmo.answers_changed(:edition, 'hand_3', '2021-06-01', 40, '2022-06-01') c ORDER BY c.area, c.change;
-- a municipality finds what it came after: its page, its timeline and what it does
INSERT INTO wmo.party (id, name, kind) VALUES (270, 'Nieuwe gemeente', 'municipality');
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on) VALUES (1, 270, 'merger', '2022-01-01');
SELECT wmo.report_html('2023-08-01', 'Nieuwe gemeente', 'en') ~ 'No contract is recorded' AS empty, wmo.timeline_svg('2023-08-01', 'Nieuwe gemeente', language => 'en') ~ 'No contract to draw' AS undrawn,
  wmo.contract_id('C250', 'Nieuwe gemeente') = 250 AS found, cardinality(wmo_works.buyers_named('Nieuwe gemeente', '2023-08-01')) > 1 AS and_before;
-- ---- a no that rests on our reading of a source is none ------------------------------------------------------------------------------
INSERT INTO wmo.service (id, code, name) SELECT 1080 + n, 'nee_' || n, 'Nee ' || n FROM generate_series(1, 6) n;
SELECT pg_temp.contract(280 + n, '[2020-01-01,2024-01-01)', 1, service => 1080 + n) FROM generate_series(1, 6) n;
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id, source_id) VALUES (281, 'transfer', '2021-01-01', '2021-06-01', 3, 250), (284, 'transfer', '2021-01-01', '2021-06-01', 3, NULL);
INSERT INTO wmo.contract_change (contract_id, kind, received_on, effective_on, source_id) VALUES (282, 'early_end', '2021-01-01', '2021-06-01', 250), (285, 'early_end', '2021-01-01', '2021-06-01', NULL);
UPDATE wmo.contract_scope SET ages = '[18,75)', source_id = CASE contract_id WHEN 283 THEN 250 END WHERE contract_id IN (283, 286);
INSERT INTO wmo.registry_completeness (area_id, valid) SELECT 1, '[2000-01-01,2040-01-01)' WHERE NOT EXISTS (SELECT FROM wmo.registry_completeness WHERE area_id = 1);
SELECT n, wmo.is_contracted_at('00000202', 'nee_' || n, pg_temp.point(1)::text, '2022-06-01', 80) AS contracted, oracle.is_contracted_at('00000202', 'nee_' || n, pg_temp.point(1)::public.geometry, '2022-06-01', 80) AS by_tables
FROM generate_series(1, 6) n;
-- a member of a consortium that a merger ended is no surer than the consortium: who has the contract then need not have the member
INSERT INTO wmo.party (id, name, kind) VALUES (370, 'Opgegane combinatie', 'consortium'), (371, 'Lid daarvan', 'provider'), (372, 'Wie het werd', 'provider');
INSERT INTO wmo.party_identifier (party_id, scheme, value) VALUES (371, 'agb', '00000371');
INSERT INTO wmo.service (id, code, name) VALUES (1170, 'opgegaan', 'Opgegaan');
INSERT INTO wmo.consortium_member (consortium_id, member_id, known_on) VALUES (370, 371, '2019-12-01');
SELECT pg_temp.contract(370, '[2020-01-01,2026-01-01)', 3, service => 1170, supplier => 370);
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on) VALUES (370, 372, 'merger', '2023-01-01');
SELECT d, a.provider, a.certainty, a.reason, wmo.is_contracted_in_area('00000371', 'opgegaan', 'GM1003', d, 40) FROM unnest('{2022-06-01,2023-06-01}'::date[]) d, pg_temp.at(3, 'opgegaan', d) a ORDER BY d, a.provider;
UPDATE wmo.party_succession SET effective_on = NULL WHERE predecessor_id = 370;
SELECT 'on a day that nobody knows', a.provider, a.certainty, a.reason FROM pg_temp.at(3, 'opgegaan', '2022-06-01') a ORDER BY a.provider;
-- what was agreed after the contract had ended makes nobody sure of the days in between, nor of those after it; and what was agreed in time before hides nothing
INSERT INTO wmo.service (id, code, name) SELECT 1070 + n, 'na_afloop_' || n, 'Na afloop ' || n FROM generate_series(1, 3) n;
SELECT pg_temp.contract(270 + n, '[2020-01-01,2022-01-01)+P1Y notice P3M', 3, service => 1070 + n) FROM generate_series(1, 3) n;
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, received_on, until, option_no) VALUES (271, 'extension', '2022-06-01', '2022-06-01', '2024-01-01', NULL),
  (272, 'extension', '2021-06-01', '2021-06-01', '2022-07-01', NULL), (272, 'extension', '2022-09-01', '2022-09-01', '2024-01-01', NULL),
  (273, 'extension', '2021-06-01', '2021-06-01', '2022-07-01', NULL), (273, 'extension', '2022-06-01', '2022-06-01', NULL, 1);
SELECT n, d, a.certainty, a.reason, wmo.is_contracted_in_area('00000002', 'na_afloop_' || n, 'GM1003', d, 40) FROM generate_series(1, 3) n, unnest('{2022-03-01,2022-08-01,2023-03-01}'::date[]) d, pg_temp.at(3, 'na_afloop_' || n, d) a ORDER BY n, d;
SELECT 'once it was agreed', a.found, a.certainty, a.reason FROM wmo.providers_in_area('GM1003', 'na_afloop_1', '2022-03-01', 40, as_of => '2022-06-01') a;
SELECT 'on the day before it was agreed', a.found, a.certainty, a.reason FROM wmo.providers_in_area('GM1003', 'na_afloop_1', '2022-03-01', 40, as_of => '2022-05-31') a;
-- that no term applied is told where the law asks one, or may, unless it says that it is what the fourth paragraph excepts
INSERT INTO wmo.service (id, code, name) SELECT 1180 + n, 'zonder_termijn_' || n, 'Zonder termijn ' || n FROM generate_series(1, 6) n;
INSERT INTO wmo.tender (id, title, procedure, above_threshold) VALUES (381, 'Boven de drempel', 'open', true), (382, 'Onbekende waarde', 'open', NULL), (383, 'Licht regime', 'sas', NULL), (384, 'Beneden de drempel', 'open', false), (385, 'Voor de Wira', 'open', true), (386, 'Afroep', 'open', true);
INSERT INTO wmo.award (id, tender_id, supplier_id, decided, sent, no_term_because) SELECT n, n, 2, daterange(d, d, '[]'), daterange(d, d, '[]'), CASE n WHEN 386 THEN 'nadere opdracht onder een raamovereenkomst (lid 4)' ELSE 'geen termijn opgenomen' END FROM (SELECT n, CASE n WHEN 385 THEN date '2009-07-10' ELSE date '2019-07-10' END AS d FROM generate_series(381, 386) n) x;
SELECT pg_temp.contract(n, '[2020-01-01,2026-01-01)', 3, service => 800 + n, award => n) FROM generate_series(381, 386) n;
SELECT n, d, s.status, p.certainty, p.reason FROM generate_series(381, 386) n, unnest('{2019-07-12,2019-08-12}'::date[]) d, wmo.award_status(n, d) s, wmo.providers_in_area('GM1003', 'zonder_termijn_' || n - 380, '2022-06-01', 40, as_of => d) p ORDER BY 1, 2;
SELECT m.award_id, m.law, m.unmet, t.latest_day, t.sign_from, t.warning FROM wmo.minimum_standstill m JOIN wmo.award_term t USING (award_id) WHERE m.award_id BETWEEN 381 AND 386 ORDER BY 1;
-- transfers that contradict one another: who has it by the one that was agreed first, and comes last, nobody knows, until a later one says it
INSERT INTO wmo.service (id, code, name) SELECT 1090 + n, 'overdracht_' || n, 'Overdracht ' || n FROM generate_series(1, 2) n;
INSERT INTO wmo.party_identifier (party_id, scheme, value) SELECT n, 'agb', '0000000' || n FROM generate_series(3, 4) n WHERE NOT EXISTS (SELECT FROM wmo.party_identifier i WHERE i.value = '0000000' || n);
SELECT pg_temp.contract(290 + n, '[2020-01-01,2026-01-01)', 3, service => 1090 + n, supplier => 260) FROM generate_series(1, 2) n;
DELETE FROM wmo.party_succession WHERE predecessor_id = 260;
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id) VALUES (291, 'transfer', '2020-06-01', '2022-01-01', 3), (291, 'transfer', '2021-06-01', '2021-09-01', 4), (291, 'transfer', '2022-06-01', '2023-01-01', 261),
  (292, 'transfer', '2020-06-01', '2021-09-01', 4), (292, 'transfer', '2021-06-01', '2022-01-01', 3);
SELECT n, d, st.supplier_id, st.certainty, st.reason FROM generate_series(1, 2) n, unnest('{2021-10-01,2022-03-01,2023-03-01}'::date[]) d, wmo_works.scope_standing st WHERE st.scope_id = 290 + n AND st.valid @> d AND st.known @> '2024-01-01'::date ORDER BY 1, 2;
SELECT n, d, p.found, p.provider, p.certainty, p.reason, wmo.is_contracted_in_area('00000003', 'overdracht_' || n, 'GM1003', d, 40) AS b, wmo.is_contracted_in_area('00000004', 'overdracht_' || n, 'GM1003', d, 40) AS c
FROM generate_series(1, 2) n, unnest('{2021-10-01,2022-03-01,2023-03-01}'::date[]) d, wmo.providers_in_area('GM1003', 'overdracht_' || n, d, 40) p ORDER BY 1, 2;
SELECT 'before the other one was agreed', p.provider, p.certainty FROM wmo.providers_in_area('GM1003', 'overdracht_1', '2022-03-01', 40, as_of => '2021-05-31') p;
ROLLBACK;
