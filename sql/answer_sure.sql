-- Never a false sure answer: what somebody who tried to get one for an hour found, each with its possible truth.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry
CREATE FUNCTION pg_temp.at(square numeric, service text, on_date date, age integer DEFAULT 40, current_provider integer DEFAULT NULL, client_since date DEFAULT NULL)
RETURNS TABLE (found boolean, provider text, certainty text, reason text, complete boolean) LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY EXECUTE format('SELECT p.found, p.provider, p.certainty, p.reason, p.complete FROM wmo.providers_at(%L, %L, %L, %L, %L, %L, %L) p ORDER BY p.ord',
    pg_temp.point(square), service, on_date, age, current_provider, client_since, on_date);
END
$$;
SELECT pg_temp.area(n, 'Vak ' || n, 'official', 'GM' || (1000 + n)) FROM generate_series(1, 3) n;
INSERT INTO wmo.registry_completeness (area_id, valid) SELECT n, '[2000-01-01,2040-01-01)' FROM generate_series(1, 3) n;

-- ---- a stop of narrower services is one of a part of what is asked for -----------------------------------------------------
SELECT pg_temp.contract(1, '[2020-01-01,2024-01-01)', 1, service => 20);
INSERT INTO wmo.client_stop (contract_id, service_id, during, entered_on) VALUES (1, 21, '[2021-01-01,2023-01-01)', '2020-12-01');
SELECT s, a.* FROM unnest('{begeleiding,individuele_begeleiding,groepsbegeleiding}'::text[]) WITH ORDINALITY AS t (s, n), pg_temp.at(1, s, '2022-01-01') a WHERE EXISTS (SELECT FROM wmo.service x WHERE x.code = s) ORDER BY n;
SELECT wmo.answer_at(pg_temp.point(1), 'begeleiding', '2022-01-01', 40);

-- ---- a subcontractor that is not named may be whose client it is -----------------------------------------------------------
SELECT pg_temp.contract(2, '[2020-01-01,2024-01-01)', 1, service => 80, clients => 'existing', existing_on => '2019-12-31');
INSERT INTO wmo.subcontract (contract_id, party_id, valid, clients, entered_on) VALUES (2, NULL, '(,)', 'all', '2019-12-01');
SELECT 'a new client', a.* FROM pg_temp.at(1, 'vervoerdiensten', '2022-01-01') a;
SELECT 'a client of the supplier', a.* FROM pg_temp.at(1, 'vervoerdiensten', '2022-01-01', 40, 2, '2018-06-01') a;
SELECT 'a client of somebody', a.* FROM pg_temp.at(1, 'vervoerdiensten', '2022-01-01', 40, 3, '2018-06-01') a;

-- ---- a day that is not stated refuses nobody for sure ----------------------------------------------------------------------
SELECT pg_temp.contract(3, '[2020-01-01,2024-01-01)', 2, clients => 'existing');
SELECT since, a.* FROM unnest('{2019-12-31,2020-01-01,2020-06-01}'::date[]) since, pg_temp.at(2, 'hulp_bij_het_huishouden', '2022-01-01', 40, 2, since) a ORDER BY since;
SELECT 'not its own', a.* FROM pg_temp.at(2, 'hulp_bij_het_huishouden', '2022-01-01', 40, 3, '2019-01-01') a;
-- nor does the day of a subcontract stand for that of the scope
INSERT INTO wmo.subcontract (contract_id, party_id, valid, clients, existing_on, entered_on) VALUES (3, 4, '(,)', 'existing', '2021-06-30', '2019-12-01');
SELECT a.* FROM pg_temp.at(2, 'hulp_bij_het_huishouden', '2022-01-01', 40, 4, '2021-01-01') a;

-- ---- parts by a reading keep nothing apart ---------------------------------------------------------------------------------
SELECT pg_temp.area(40, 'Geheel', NULL), pg_temp.area(41, 'Deel een'), pg_temp.area(42, 'Deel twee', NULL), pg_temp.area(43, 'Om een', NULL);
UPDATE wmo.area SET geom = pg_temp.square(41)::public.geometry, geom_basis = 'official' WHERE id = 43;
INSERT INTO wmo.area_part (id, whole_id, part_id, source_id) VALUES (1, 40, 41, 2), (2, 40, 42, 2);
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (43, '[2000-01-01,2040-01-01)');
SELECT pg_temp.contract(5, '[2020-01-01,2030-01-01)', 42, service => 40);
SELECT 'by a reading', a.* FROM pg_temp.at(41, 'kortdurend_verblijf', '2022-06-01') a;
UPDATE wmo.area_part SET source_id = NULL;
SELECT 'as recorded', a.* FROM pg_temp.at(41, 'kortdurend_verblijf', '2022-06-01') a;

-- ---- a handover is certain only when all that it rests on is ---------------------------------------------------------------
SELECT pg_temp.contract(6, '[2018-01-01,2020-01-01)', 3, supplier => 2);
INSERT INTO wmo.award (id, decided, sent, standstill, final_on, final_basis) VALUES (1, '[2019-07-09,2019-07-09]', '[2019-07-10,2019-07-10]', wmo.objection_period('standstill', '2019-07-10'), '2019-11-01', 'recorded');
INSERT INTO wmo.award_challenge (award_id, kind, lodged, ruled, outcome) VALUES (1, 'summary_proceedings', '2019-07-20', '2019-09-01', 'dismissed');
SELECT pg_temp.contract(7, '[2020-01-01,2024-01-01)', 3, award => 1, supplier => 3);
SELECT d AS as_of, h.kind, h.certain FROM unnest('{2019-07-12,2019-07-25,2019-10-12,2019-11-02}'::date[]) d, wmo.handovers('2020-01-01', '2020-01-01', 'hulp_bij_het_huishouden', d) h ORDER BY d;

-- ---- one organisation under two names: whose contract it is nobody can deny -------------------------------------------------
INSERT INTO wmo.party (id, name, kind) VALUES (50, 'P oud', 'provider'), (51, 'P nieuw', 'provider');
INSERT INTO wmo.party_identifier (party_id, scheme, value, valid) VALUES (50, 'agb', '00000050', '(,)'), (51, 'agb', '00000051', '(,)'), (2, 'agb', '00000002', '(,)');
SELECT pg_temp.contract(8, '[2020-01-01,2030-01-01)', 1, service => 40, supplier => 50), pg_temp.contract(9, '[2020-01-01,2030-01-01)', 2, service => 40, supplier => 51);
CREATE FUNCTION pg_temp.contracted() RETURNS TABLE (agb text, square integer, answer boolean) LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY SELECT a, n, wmo.is_contracted_at(a, 'kortdurend_verblijf', pg_temp.point(n)::text, '2022-01-01', 40) FROM unnest('{00000050,00000051,00000002}'::text[]) a, unnest('{1,2}'::integer[]) n ORDER BY 1 DESC, 2;
END
$$;
SELECT * FROM pg_temp.contracted();
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on) VALUES (50, 51, 'renaming', '2021-01-01');
SELECT * FROM pg_temp.contracted();

-- nor through a consortium of which the one it came after was a member
INSERT INTO wmo.consortium_member (consortium_id, member_id, entered_on) VALUES (5, 50, '2019-12-01');
SELECT pg_temp.contract(12, '[2020-01-01,2030-01-01)', 3, service => 40, supplier => 5);
SELECT p.agb, wmo.is_contracted_at(p.agb, 'kortdurend_verblijf', pg_temp.point(3)::text, '2022-01-01', 40) FROM unnest('{00000050,00000051,00000002}'::text[]) p (agb) ORDER BY p.agb DESC;

-- ---- a part of a postcode -----------------------------------------------------------------------------------------------------
INSERT INTO wmo.postcode_place (postcode, geom) VALUES ('1234AB', 'SRID=28992;MULTIPOINT(101000 463000,101100 463000,102000 463000,102100 463000)');
SELECT pg_temp.contract(10, '[2020-01-01,2030-01-01)', 1, service => 30, supplier => NULL, choice => 'shared'), pg_temp.contract(11, '[2020-01-01,2030-01-01)', 1, service => 71, clients => 'existing', existing_on => '2019-12-31');
SELECT s.code, wmo.answer_at_postcode('1234AB', s.code, '2022-01-01', 40) FROM wmo.service s WHERE s.id IN (30, 71, 72) ORDER BY s.id;

-- ---- what was known without end is no day --------------------------------------------------------------------------------------
SELECT pg_temp.verdict($$SELECT * FROM wmo.coverage_gaps('kortdurend_verblijf', '[2022-01-01,2023-01-01)', as_of => 'infinity')$$), pg_temp.verdict($$SELECT * FROM wmo.coverage_overlaps('kortdurend_verblijf', '[2022-01-01,2023-01-01)', as_of => 'infinity')$$);

-- ---- an appeal that does not say against which of two rulings settles neither --------------------------------------------------
INSERT INTO wmo.award (id, decided, sent, standstill) VALUES (3, '[2019-07-09,2019-07-09]', '[2019-07-10,2019-07-10]', wmo.objection_period('standstill', '2019-07-10'));
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged, ruled, outcome, ordered) VALUES (31, 3, 'summary_proceedings', '2019-07-20', '2019-09-01', 'upheld', 'not_to_sign'), (32, 3, 'summary_proceedings', '2019-07-22', '2019-09-05', 'dismissed', NULL),
  (33, 3, 'appeal', '2019-09-10', '2019-12-01', 'dismissed', NULL);
SELECT 'against which is not known', s.status FROM wmo.award_status(3, '2020-07-01') s;
UPDATE wmo.award_challenge SET against_id = 32 WHERE id = 33;
SELECT 'against the second', s.status FROM wmo.award_status(3, '2020-07-01') s;
UPDATE wmo.award_challenge SET against_id = 31 WHERE id = 33;
SELECT 'against the first', s.status FROM wmo.award_status(3, '2020-07-01') s;

-- ---- a no-gap rule goes by all that is recorded: a drawing elsewhere is in nobody's way of refusing ------------------------------
SELECT pg_temp.area(61, 'Getekend een', 'schematic'), pg_temp.area(62, 'Getekend twee', 'schematic');
SELECT pg_temp.contract(61, '[2020-01-01,2022-01-01)', 61, service => 72, choice => 'shared'), pg_temp.contract(62, '[2020-01-01,2022-01-01)', 62, service => 72, choice => 'shared', supplier => 3);
INSERT INTO wmo.no_gap_rule (id, service_id, area_id, during) VALUES (1, 72, 61, '[2020-01-01,2022-01-01)');
SELECT pg_temp.verdict($$INSERT INTO wmo.contract_change (contract_id, kind, effective_on) VALUES (61, 'early_end', '2021-01-01')$$);

-- ---- what rests on an inferred source says so, a no as well as a yes ------------------------------------------------------------
-- source 2 is a reading; each service has one contract in the first square, of which one thing is read
CREATE FUNCTION pg_temp.new_client(service text, on_date date, age integer DEFAULT 40, current_provider integer DEFAULT NULL, client_since date DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
  SELECT string_agg(concat_ws(' ', CASE WHEN a.found THEN a.provider ELSE 'nobody' END, a.certainty, a.reason), '; ') FROM pg_temp.at(101, service, on_date, age, current_provider, client_since) a
$$;
SELECT pg_temp.area(101, 'Vak honderdeen');
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (101, '[2000-01-01,2040-01-01)');
INSERT INTO wmo.service (id, code, name) SELECT 1000 + n, 'lezing_' || n, 'Lezing ' || n FROM generate_series(1, 12) n;
SELECT pg_temp.contract(100 + n, '[2020-01-01,2030-01-01)', 101, service => 1000 + n, ages => '[18,75)', supplier => 2) FROM generate_series(1, 12) n;
UPDATE wmo.contract SET source_id = 2 WHERE id = 101;
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, received_on, effective_on, until, source_id) VALUES
  (102, 'early_end', '2021-01-01', '2021-01-01', '2023-01-01', NULL, 2), (103, 'suspension', '2021-01-01', '2021-01-01', '2022-01-01', '2023-01-01', 2), (104, 'early_end', '2021-01-01', '2021-01-01', '2023-01-01', NULL, NULL);
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, received_on, effective_on, to_party_id, source_id) VALUES (105, 'transfer', '2021-01-01', '2021-01-01', '2023-01-01', 3, 2);
INSERT INTO wmo.client_stop (id, contract_id, during, known_on, source_id) VALUES (106, 106, '[2022-01-01,2024-01-01)', '2021-12-01', 2), (107, 107, '[2022-01-01,2024-01-01)', '2021-12-01', NULL);
INSERT INTO wmo.client_stop_lift (contract_id, stop_id, effective_on, known_on, source_id) VALUES (107, 107, '2023-01-01', '2022-06-01', 2);
SELECT n, d, pg_temp.new_client('lezing_' || n, d) FROM generate_series(1, 7) n, unnest('{2019-06-01,2022-06-01,2023-06-01}'::date[]) d ORDER BY n, d;
SELECT 'too old', n, pg_temp.new_client('lezing_' || n, '2022-06-01', 80) FROM unnest('{1,6,12}'::integer[]) n ORDER BY n;
SELECT h.kind, h.certain, h.words FROM wmo.handovers('2023-01-01', '2023-01-01', 'lezing_5', '2022-06-01') h;
SELECT n, h.kind, h.certain FROM unnest('{2,4}'::integer[]) n, wmo.handovers('2023-01-01', '2023-01-01', 'lezing_' || n, '2022-06-01') h ORDER BY n;
SELECT n, g.kind, g.reason, g.certainty FROM unnest('{2,4,6}'::integer[]) n, wmo.coverage_gaps_in('lezing_' || n, '[2023-02-01,2023-06-01)', ARRAY[101], '2022-06-01', '[40,41)') g ORDER BY n;
-- of an award: its tender, and proceedings, from the day on which they were lodged
INSERT INTO wmo.tender (id, title, procedure, above_threshold, source_id) VALUES (120, 'Gelezen', 'open', true, 2);
INSERT INTO wmo.award (id, tender_id, decided, sent, standstill)
SELECT n, CASE n WHEN 119 THEN 120 END, '[2019-07-09,2019-07-09]', '[2019-07-10,2019-07-10]', wmo.objection_period('standstill', '2019-07-10') FROM generate_series(119, 121) n;
INSERT INTO wmo.award_challenge (award_id, kind, lodged, ruled, outcome, source_id) VALUES (120, 'summary_proceedings', '2019-07-20', '2019-09-02', 'dismissed', 2), (121, 'letter', '2019-07-20', NULL, NULL, 2);
UPDATE wmo.contract SET award_id = id + 10, signed_on = NULL WHERE id BETWEEN 109 AND 111;
SELECT n, d, string_agg(concat_ws(' ', a.certainty, a.reason), '; ') FROM generate_series(9, 11) n, unnest('{2019-07-12,2019-08-15,2019-12-01}'::date[]) d, pg_temp.ask(101, 'lezing_' || n, '2022-06-01', as_of => d) a GROUP BY n, d ORDER BY n, d;
UPDATE wmo.contract SET award_id = NULL WHERE id BETWEEN 109 AND 111;
-- whose client somebody is may be a reading too
INSERT INTO wmo.party (id, name, kind) VALUES (110, 'P van voor de lezing', 'provider');
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on, source_id) VALUES (110, 2, 'merger', '2020-01-01', 2);
UPDATE wmo.contract_scope SET clients = 'existing', existing_on = '2019-12-31' WHERE contract_id = 108;
SELECT 'by a reading its own', pg_temp.new_client('lezing_8', '2022-06-01', 40, 110, '2019-01-01'), 'its own', pg_temp.new_client('lezing_8', '2022-06-01', 40, 2, '2019-01-01');

-- that an area lies in the one for which a contract ended may be one as well
INSERT INTO wmo.area (id, name, kind) VALUES (102, 'Streek naar een lezing', 'region');
INSERT INTO wmo.area_part (whole_id, part_id, source_id) VALUES (102, 101, 2);
SELECT pg_temp.contract(113, '[2020-01-01,2030-01-01)', 101, service => 30);
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, received_on, effective_on, area_id) VALUES (113, 'early_end', '2021-01-01', '2021-01-01', '2023-01-01', 102);
SELECT d, (SELECT string_agg(concat_ws(' ', CASE WHEN a.found THEN a.provider ELSE 'nobody' END, a.certainty, a.reason), '; ') FROM pg_temp.at(101, s.code, d) a) FROM wmo.service s, unnest('{2022-06-01,2023-06-01}'::date[]) d WHERE s.id = 30 ORDER BY d;

-- ---- a contract with another than its award names is not sure, unless what ties them is recorded ------------------------------
SELECT pg_temp.area(130, 'Vak honderddertig');
INSERT INTO wmo.service (id, code, name) SELECT 1100 + n, 'winnaar_' || n, 'Winnaar ' || n FROM generate_series(1, 10) n;
INSERT INTO wmo.party (id, name, kind) VALUES (131, 'Winnaar', 'provider'), (132, 'Ander', 'provider'), (133, 'Voorganger van de winnaar', 'provider'), (134, 'Opvolger van de winnaar', 'provider'),
  (135, 'Combinatie met de winnaar', 'consortium'), (136, 'Medecombinant', 'provider'), (137, 'Naar een lezing dezelfde', 'provider'), (138, 'Andere voorganger van de opvolger', 'provider');
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on, source_id) VALUES (133, 131, 'merger', '2020-06-01', NULL), (131, 134, 'takeover', '2021-01-01', NULL), (131, 137, 'renaming', NULL, 2), (138, 134, 'merger', '2021-01-01', NULL);
INSERT INTO wmo.consortium_member (consortium_id, member_id) VALUES (135, 131), (135, 136);
INSERT INTO wmo.award (id, supplier_id, final_on, final_basis, decided) VALUES (130, 131, '2019-09-01', 'recorded', '[2019-07-09,2019-07-09]'), (131, NULL, '2019-09-01', 'recorded', '[2019-07-09,2019-07-09]');
SELECT pg_temp.contract(130 + n, '[2020-01-01,2030-01-01)', 130, service => 1100 + n, supplier => p, award => CASE n WHEN 9 THEN 131 ELSE 130 END)
FROM (VALUES (1, 131), (2, 132), (3, 133), (4, 134), (5, 135), (6, 136), (7, 137), (8, NULL), (9, 132), (10, 138)) c (n, p);
SELECT n, string_agg(concat_ws(' ', coalesce(a.provider, '(not named)'), a.certainty, a.reason), '; ') FROM generate_series(1, 10) n, pg_temp.ask(130, 'winnaar_' || n, '2022-06-01') a GROUP BY n ORDER BY n;
SELECT e.verdict, e.explanation FROM wmo.explain_providers_at(pg_temp.point(130), 'winnaar_2', '2022-06-01', 40) e WHERE e.rule IN ('award', 'certainty', 'answer');
-- what award_status says of a final award, the answer says too: signed while the award was withdrawn, recorded as final in its term or
-- while a ruling was awaited; but not once it was signed after that
INSERT INTO wmo.award (id, decided, sent, standstill, withdrawn_on, revived_on, final_on, final_basis)
SELECT 140 + n, '[2019-07-09,2019-07-09]', '[2019-07-10,2019-07-10]', wmo.objection_period('standstill', '2019-07-10'), CASE n WHEN 1 THEN '2019-09-01'::date END, CASE n WHEN 1 THEN '2019-12-01'::date END,
  CASE n WHEN 1 THEN NULL WHEN 3 THEN '2019-09-01'::date ELSE '2019-07-12' END, CASE n WHEN 1 THEN NULL ELSE 'recorded' END FROM generate_series(1, 4) n;
INSERT INTO wmo.award_challenge (award_id, kind, lodged, ruled, outcome) VALUES (143, 'summary_proceedings', '2019-07-20', '2019-10-01', 'dismissed');
INSERT INTO wmo.service (id, code, name) SELECT 1120 + n, 'gunning_' || n, 'Gunning ' || n FROM generate_series(1, 4) n;
SELECT pg_temp.contract(140 + n, '[2020-01-01,2030-01-01)', 130, service => 1120 + n, award => 140 + n) FROM generate_series(1, 4) n;
UPDATE wmo.contract SET signed_on = CASE id WHEN 141 THEN '2019-10-01'::date ELSE '2019-11-01' END WHERE id IN (141, 144);
SELECT n, d, string_agg(concat_ws(' ', a.provider, a.certainty, a.reason), '; ') FROM generate_series(1, 4) n, unnest('{2019-10-15,2021-06-01}'::date[]) d, pg_temp.ask(130, 'gunning_' || n, '2022-06-01', as_of => d) a GROUP BY n, d ORDER BY n, d;
-- once another decision has taken its place, nobody knows what became of what was signed under it
INSERT INTO wmo.award (id, decided, replaces_id) VALUES (132, '[2021-03-01,2021-03-01]', 131);
SELECT d, string_agg(concat_ws(' ', a.provider, a.certainty, a.reason), '; ') FROM unnest('{2021-02-28,2021-03-01}'::date[]) d, pg_temp.ask(130, 'winnaar_9', '2022-06-01', as_of => d) a GROUP BY d ORDER BY d;

-- ---- whether a contract was signed before its award was taken back is not recorded ---------------------------------------------------
INSERT INTO wmo.award (id, decided, sent, standstill, withdrawn_on) VALUES (109, '[2019-07-09,2019-07-09]', '[2019-07-10,2019-07-10]', wmo.objection_period('standstill', '2019-07-10'), '2019-12-01');
UPDATE wmo.contract SET award_id = 109 WHERE id = 109;
SELECT 'not known whether signed', d, pg_temp.new_client('lezing_9', d), wmo.answer_at(pg_temp.point(101), 'lezing_9', d, 40) FROM unnest('{2019-11-01,2022-06-01,2031-06-01}'::date[]) d ORDER BY d;
UPDATE wmo.contract SET signed_on = '2020-02-01' WHERE id = 109;
SELECT 'signed after that', pg_temp.new_client('lezing_9', '2022-06-01');

-- ---- a suspension without an end ends some day, and is no end ----------------------------------------------------------------------
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, received_on, effective_on) VALUES (110, 'suspension', '2021-01-01', '2021-01-01', '2022-01-01');
SELECT d, pg_temp.new_client('lezing_10', d), wmo.answer_at(pg_temp.point(101), 'lezing_10', d, 40) FROM unnest('{2021-06-01,2022-06-01,2031-06-01}'::date[]) d ORDER BY d;
SELECT g.kind, g.reason, g.first_day, g.last_day FROM wmo.coverage_gaps_in('lezing_10', '[2021-06-01,2031-06-01)', '{101}', '2022-06-01', '[18,75)') g ORDER BY g.first_day;
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, received_on, effective_on) VALUES (110, 'suspension_ended', '2022-02-01', '2022-02-01', '2022-07-01');
SELECT d, pg_temp.new_client('lezing_10', d) FROM unnest('{2022-06-01,2022-08-01}'::date[]) d ORDER BY d;

-- ---- what is renewed tacitly may run on after the renewals that are written down -------------------------------------------------------
SELECT pg_temp.contract(114, wmo.contract_period_until('2020-01-01', '2021-12-31', '{1 year}'), 101, service => 90);
INSERT INTO wmo.contract_ending (contract_id, kind, renewed_by) VALUES (114, 'tacit_renewal', '1 year');
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, received_on, effective_on, option_no) VALUES (114, 'extension', '2021-11-01', '2021-11-01', '2022-01-01', 1);
SELECT s.code, d, (SELECT string_agg(concat_ws(' ', CASE WHEN a.found THEN a.provider ELSE 'nobody' END, a.certainty, a.reason), '; ') FROM pg_temp.at(101, s.code, d) a) FROM wmo.service s, unnest('{2022-06-01,2023-06-01}'::date[]) d WHERE s.id = 90 ORDER BY d;
DELETE FROM wmo.contract_ending WHERE contract_id = 114;
SELECT 'not tacitly', (SELECT string_agg(concat_ws(' ', CASE WHEN a.found THEN a.provider ELSE 'nobody' END, a.certainty, a.reason), '; ') FROM pg_temp.at(101, s.code, '2023-06-01') a) FROM wmo.service s WHERE s.id = 90;

-- ---- the signature of one contract makes no contract of another, and what was known since a day not before ---------------------------
INSERT INTO wmo.award (id, decided, sent, standstill) VALUES (111, '[2019-07-09,2019-07-09]', '[2019-07-10,2019-07-10]', wmo.objection_period('standstill', '2019-07-10'));
UPDATE wmo.contract SET award_id = 111, signed_on = CASE WHEN id = 111 THEN '2019-09-01'::date ELSE '2019-11-01' END, known_on = CASE WHEN id = 112 THEN '2019-10-01'::date END WHERE id IN (111, 112);
SELECT as_of, k.contract_id, k.certainty, k.reason FROM unnest('{2019-08-15,2019-09-15,2019-10-15,2019-11-15}'::date[]) as_of JOIN wmo_works.provider_standing k ON k.contract_id IN (111, 112) AND k.known @> as_of AND k.valid @> '2022-06-01'::date ORDER BY 1, 2;
UPDATE wmo.contract SET signed_on = NULL WHERE id = 112;
SELECT 'no day of signing', pg_temp.new_client('lezing_12', '2022-06-01');
UPDATE wmo.award SET final_on = '2019-09-01', final_basis = 'recorded' WHERE id = 111;
SELECT 'final for all, as recorded', pg_temp.new_client('lezing_12', '2022-06-01');

-- what is fought about goes on for whose contract is not signed, and it is not known that an award that was taken back ends what was signed
UPDATE wmo.award SET final_on = NULL, final_basis = NULL WHERE id = 111;
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged) VALUES (111, 111, 'summary_proceedings', '2019-07-20');
SELECT 'summary proceedings', n, pg_temp.new_client('lezing_' || n, '2022-06-01') FROM unnest('{11,12}'::integer[]) n ORDER BY n;
SELECT e.rule, e.verdict, e.explanation FROM wmo.explain_providers_at(pg_temp.point(101)::public.geometry, 'lezing_12', '2022-06-01', 40) e WHERE e.rule IN ('period', 'award', 'certainty');
UPDATE wmo.award_challenge SET ruled = '2019-10-01', outcome = 'upheld', ordered = 'not_to_sign' WHERE id = 111;
SELECT 'an order not to sign', n, pg_temp.new_client('lezing_' || n, '2022-06-01') FROM unnest('{11,12}'::integer[]) n ORDER BY n;
DELETE FROM wmo.award_challenge WHERE id = 111;
UPDATE wmo.award SET withdrawn_on = '2019-08-15' WHERE id = 111;
SELECT 'withdrawn, and signed after that', n, pg_temp.new_client('lezing_' || n, '2022-06-01') FROM unnest('{11,12}'::integer[]) n ORDER BY n;

-- ---- of whom nobody is named nobody can be told apart ---------------------------------------------------------------------------------
INSERT INTO wmo.party (id, name, kind) VALUES (111, 'Samen', 'consortium');
UPDATE wmo.contract SET supplier_id = 111 WHERE id = 108;
SELECT 'a client of who may be a member', pg_temp.new_client('lezing_8', '2022-06-01', 40, 3, '2019-01-01');
INSERT INTO wmo.consortium_member (consortium_id, member_id, known_on) VALUES (111, 4, '2019-01-01');
SELECT 'beside one member, and nobody is a consortium alone', pg_temp.new_client('lezing_8', '2022-06-01', 40, 3, '2019-01-01');
INSERT INTO wmo.party (id, name, kind) VALUES (115, 'Aanbieder E', 'provider');
INSERT INTO wmo.consortium_member (consortium_id, member_id, known_on) VALUES (111, 115, '2019-01-01');
SELECT 'a client of who is none', pg_temp.new_client('lezing_8', '2022-06-01', 40, 3, '2019-01-01');
-- what still stands in the name of a party that another came after may be of that one, and of whom it came after besides
INSERT INTO wmo.party (id, name, kind) VALUES (112, 'Opgegaan een', 'provider'), (113, 'Opgegaan twee', 'provider'), (114, 'Samengegaan', 'provider');
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on) VALUES (112, 114, 'merger', '2021-01-01'), (113, 114, 'merger', '2021-01-01');
INSERT INTO wmo.party_identifier (party_id, scheme, value) SELECT n, 'agb', lpad(n::text, 8, '0') FROM unnest('{4,112,113,114}'::integer[]) n;
SELECT pg_temp.contract(120, '[2020-01-01,2030-01-01)', 101, service => 40, supplier => 112, clients => 'existing', existing_on => '2019-12-31');
SELECT 'a client of', n, d, (SELECT string_agg(concat_ws(' ', a.provider, a.certainty, a.reason), '; ') FROM pg_temp.at(101, 'kortdurend_verblijf', d, 40, n, '2019-01-01') a) AS answer,
  wmo.is_contracted_at(lpad(n::text, 8, '0'), 'kortdurend_verblijf', pg_temp.point(101)::text, d, 40) AS contracted
FROM unnest('{112,113,114,4}'::integer[]) n, unnest('{2020-06-01,2022-06-01}'::date[]) d ORDER BY n, d;
UPDATE wmo.consortium_member SET valid = '(,2022-01-01)' WHERE consortium_id = 111;
SELECT 'when no member is recorded for the day', pg_temp.new_client('lezing_8', '2022-06-01', 40, 3, '2019-01-01');
UPDATE wmo.consortium_member SET valid = '(,)' WHERE consortium_id = 111;
SELECT 'a client of who is not recorded', pg_temp.new_client('lezing_8', '2022-06-01', 40, 999, '2019-01-01');
UPDATE wmo.contract SET supplier_id = NULL WHERE id = 107;
SELECT 'stopped, and perhaps its own', pg_temp.new_client('lezing_7', '2022-06-01', 40, 3, '2019-01-01'), wmo.answer_at(pg_temp.point(101), 'lezing_7', '2022-06-01', 40);

-- ---- a contract that went to another supplier ------------------------------------------------------------------------------------------
-- whose clients went along is not recorded: for who has to be a client already, and where the contract is closed to new ones
SELECT pg_temp.contract(121, '[2024-01-01,2028-01-01)', 3, service => 60, clients => 'existing', existing_on => '2023-12-31');
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id) VALUES (121, 'transfer', '2025-02-01', '2025-03-01', 3);
SELECT c.who, (SELECT string_agg(concat_ws(' ', a.found, a.provider, a.certainty, a.reason), '; ') FROM pg_temp.at(3, (SELECT v.code FROM wmo.service v WHERE v.id = 60), c.day, 40, c.current, c.since) a) AS answer
FROM (VALUES (1, 'a client of the first supplier, before it went', '2025-02-01'::date, 2, '2020-06-01'::date), (2, 'and after', '2025-04-01', 2, '2020-06-01'), (3, 'who went along', '2025-04-01', 3, '2025-03-01'),
             (4, 'an old client of the second', '2025-04-01', 3, '2020-06-01'), (5, 'nobody''s client', '2025-04-01', NULL, NULL)) c (n, who, day, current, since) ORDER BY c.n;
UPDATE wmo.contract_scope SET clients = 'all', existing_on = NULL WHERE contract_id = 121;
INSERT INTO wmo.client_stop (contract_id, during, by_whom, known_on) VALUES (121, '[2025-01-01,)', 'supplier', '2024-12-01');
SELECT by_whom, c.who, (SELECT string_agg(concat_ws(' ', a.found, a.provider, a.certainty, a.reason), '; ') FROM pg_temp.at(3, (SELECT v.code FROM wmo.service v WHERE v.id = 60), c.day, 40, c.current, c.since) a) AS answer
FROM (VALUES (1, 'a new client, before it went', '2025-02-01'::date, NULL::integer, NULL::date), (2, 'and after', '2025-04-01', NULL, NULL), (3, 'a client of the first', '2025-04-01', 2, '2020-06-01'), (4, 'of the second', '2025-04-01', 3, '2020-06-01')) c (n, who, day, current, since),
  wmo.client_stop cs WHERE cs.contract_id = 121 ORDER BY c.n;
UPDATE wmo.client_stop SET by_whom = 'buyer' WHERE contract_id = 121;
SELECT by_whom, c.who, (SELECT string_agg(concat_ws(' ', a.found, a.provider, a.certainty, a.reason), '; ') FROM pg_temp.at(3, (SELECT v.code FROM wmo.service v WHERE v.id = 60), c.day, 40, c.current, c.since) a) AS answer
FROM (VALUES (2, 'a new client, after it went', '2025-04-01'::date, NULL::integer, NULL::date), (3, 'a client of the first', '2025-04-01', 2, '2020-06-01'), (4, 'of the second', '2025-04-01', 3, '2020-06-01')) c (n, who, day, current, since),
  wmo.client_stop cs WHERE cs.contract_id = 121 ORDER BY c.n;
-- ---- who was a client of the consortium by a member that left it -----------------------------------------------------------------------
SELECT pg_temp.contract(122, '[2024-01-01,2028-01-01)', 3, service => 50, supplier => 111, clients => 'existing', existing_on => '2024-01-01');
UPDATE wmo.consortium_member SET valid = '(,2025-01-01)' WHERE consortium_id = 111 AND member_id = 4;
INSERT INTO wmo.consortium_member (consortium_id, member_id, known_on) VALUES (111, 3, '2019-01-01');
SELECT n, (SELECT string_agg(concat_ws(' ', a.found, a.provider, a.certainty, a.reason), '; ') FROM pg_temp.at(3, (SELECT v.code FROM wmo.service v WHERE v.id = 50), '2025-02-01', 40, n, '2023-06-01') a WHERE a.provider = 'Samen' OR NOT a.found) AS answer
FROM unnest('{4,115,2}'::integer[]) n;
-- ---- a subcontract names an edition: that it grew with the scope, which follows the code, is a reading -------------------------------
SELECT pg_temp.area(171, 'Was', 'official', 'GM1171', '(,2022-01-01)'), pg_temp.area(172, 'Buur', 'official', 'GM1172', '(,2022-01-01)'), pg_temp.area(173, 'Buur', 'official', 'GM1172', '[2022-01-01,)');
UPDATE wmo.area SET geom = (SELECT public.ST_Multi(public.ST_Union(a.geom)) FROM wmo.area a WHERE a.id IN (171, 172)) WHERE id = 173;
SELECT pg_temp.contract(171, '[2020-01-01,2026-01-01)', 172, service => 70);
UPDATE wmo.contract_scope SET follows_code = true WHERE id = 171;
INSERT INTO wmo.subcontract (id, contract_id, party_id, area_id, known_on) VALUES (171, 171, 4, 172, '2019-12-01');
CREATE FUNCTION pg_temp.grown() RETURNS TABLE (place text, who text, in_area text, contracted boolean) LANGUAGE sql AS $$
  SELECT place, (SELECT string_agg(concat_ws(' ', a.provider, a.certainty), '; ' ORDER BY a.provider) FROM pg_temp.at(n, 'dagbesteding', '2023-06-01') a),
         (SELECT string_agg(concat_ws(' ', a.provider, a.certainty, a.covers), '; ' ORDER BY a.provider) FROM wmo.providers_in_area('GM1172', 'dagbesteding', '2023-06-01', 40) a),
         wmo.is_contracted_at('00000171', 'dagbesteding', pg_temp.point(n), '2023-06-01', 40)
  FROM (VALUES (1, 171, 'what it got'), (2, 172, 'what it was')) v (ord, n, place) ORDER BY ord
$$;
INSERT INTO wmo.party_identifier (party_id, scheme, value, valid) VALUES (4, 'agb', '00000171', '(,)');
SELECT * FROM pg_temp.grown();
SELECT e.role, e.certainty FROM wmo.exit_impact(4, '2023-06-01', '2023-06-01') e WHERE e.contract_id = 171;
UPDATE wmo.subcontract SET area_id = NULL WHERE id = 171;
SELECT * FROM pg_temp.grown();
-- ---- a last day by our reading of a source is none that is sure ----------------------------------------------------------------------
SELECT pg_temp.area(181, 'Vak 181');
SELECT pg_temp.contract(181, '[2020-01-01,2024-01-01)+P1Y notice P3M', 181, service => 120);
CREATE FUNCTION pg_temp.ends(day date) RETURNS TABLE (answered text, reported text, felt text) LANGUAGE sql AS $$
  SELECT (SELECT concat_ws(' ', p.certainty, p.last_day, p.end_kind) FROM wmo.providers_at(pg_temp.point(181)::public.geometry, 'vervoervoorzieningen', day, 40, NULL, NULL, day) p),
         (SELECT string_agg(concat_ws(' ', c.certainty, c.last_day, c.end_kind), '; ' ORDER BY c.first_day) FROM wmo_bi.coverage c WHERE c.contract_id = 181),
         (SELECT string_agg(concat_ws(' ', e.certainty, e.last_day, e.end_kind), '; ') FROM wmo.exit_impact(2, day, day) e WHERE e.contract_id = 181)
$$;
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, source_id) VALUES (181, 181, 'early_end', '2021-01-01', '2023-01-01', 1);
SELECT 'stated', * FROM pg_temp.ends('2022-06-01');
UPDATE wmo.contract_change SET source_id = 2 WHERE id = 181;
SELECT 'read', * FROM pg_temp.ends('2022-06-01');
SELECT 'before it was known', answered, felt FROM pg_temp.ends('2020-06-01');
DELETE FROM wmo.contract_change WHERE id = 181;
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, received_on, source_id) VALUES (182, 181, 'extension', '2023-06-01', '2023-06-01', 2);
SELECT 'an extension', * FROM pg_temp.ends('2023-11-01');
DELETE FROM wmo.contract_change WHERE id = 182;
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, to_party_id, source_id) VALUES (183, 181, 'transfer', '2021-01-01', '2023-01-01', 3, 2);
SELECT 'a transfer', * FROM pg_temp.ends('2022-06-01');
-- ---- what names a service that is a kind of another by our reading holds for that one by our reading -----------------------------------
SELECT pg_temp.area(191, 'Vak 191');
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (191, '[2000-01-01,2040-01-01)');
INSERT INTO wmo.service (id, code, name, provision, access, parent_id, source_id) VALUES (9191, 'rolstoel_licht', 'Rolstoel licht', 'individual', 'residents', 110, 2);
SELECT pg_temp.contract(191, '[2020-01-01,2026-01-01)', 191, service => 9191);
INSERT INTO wmo.client_stop (id, contract_id, service_id, during, known_on) VALUES (191, 191, 110, '[2021-01-01,2022-01-01)', '2020-12-01');
INSERT INTO wmo.subcontract (id, contract_id, party_id, service_id, known_on) VALUES (191, 191, 4, 110, '2019-12-01');
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, service_id) VALUES (191, 191, 'scope_removed', '2022-12-01', '2023-01-01', 110);
CREATE FUNCTION pg_temp.placed() RETURNS TABLE (stopped text, served text, removed text, gaps text) LANGUAGE sql AS $$
  SELECT (SELECT string_agg(concat_ws(' ', a.found, a.provider, a.certainty, a.reason, a.complete), '; ') FROM pg_temp.at(191, 'rolstoel_licht', '2021-06-01') a),
         (SELECT string_agg(concat_ws(' ', a.found, a.provider, a.certainty, a.reason), '; ') FROM pg_temp.at(191, 'rolstoel_licht', '2022-06-01') a),
         (SELECT string_agg(concat_ws(' ', a.found, a.provider, a.certainty, a.reason, a.complete), '; ') FROM pg_temp.at(191, 'rolstoel_licht', '2023-06-01') a),
         (SELECT string_agg(concat_ws(' ', g.kind, g.certainty, g.first_day), '; ' ORDER BY g.first_day) FROM wmo.coverage_gaps('rolstoel_licht', '[2020-01-01,2024-01-01)', NULL, '2023-06-01') g WHERE g.area_id = 191)
$$;
SELECT 'a reading', * FROM pg_temp.placed();
UPDATE wmo.source SET basis = 'stated', reading = NULL WHERE id = 2;
SELECT 'stated', * FROM pg_temp.placed();
UPDATE wmo.source SET basis = 'inferred', reading = 'the year is that of the paper' WHERE id = 2;
SELECT 'a reading', * FROM pg_temp.placed();
ROLLBACK;
