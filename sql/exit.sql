-- What a provider's fall would leave: by role, by age, on the ground that is left, in the edition of the day.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set entered :here '/sql/include/entered.sql'
\set hands :here '/sql/include/hands.sql'
\i :verdict
\i :entered
\i :hands
-- Kers took a contract over
INSERT INTO wmo.contract_change (contract_id, kind, effective_on, to_party_id) VALUES (1, 'transfer', '2019-03-01', 7);

CREATE FUNCTION pg_temp.fall(party integer, on_date date) RETURNS TABLE (line text) LANGUAGE sql AS $$
  SELECT format('%s: %s, %s, %s %s-%s under %s until %s (%s); others %s', e.consequence, e.role, e.service, e.area, e.min_age, e.max_age, e.number, e.last_day, e.certainty, e.other_names)
  FROM wmo.exit_impact(party, on_date, '2022-06-01') e ORDER BY e.consequence COLLATE "C", e.service COLLATE "C", e.number COLLATE "C", e.min_age
$$;
-- that nobody else serves is said only where the registry is declared complete
SELECT 'Appel in 2018', line FROM pg_temp.fall(2, '2018-06-01');
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (1, '[2017-01-01,2024-12-31]'), (2, '[2017-01-01,2024-12-31]');
SELECT 'Appel in 2018', line FROM pg_temp.fall(2, '2018-06-01');
SELECT 'Appel in 2022', line FROM pg_temp.fall(2, '2022-06-01');
SELECT 'Peer in 2021', line FROM pg_temp.fall(3, '2021-06-01');
SELECT 'Peer Nieuw in 2022', line FROM pg_temp.fall(6, '2022-06-01');
SELECT 'Fruit in 2018', line FROM pg_temp.fall(5, '2018-06-01');
SELECT 'Pruim in 2018', line FROM pg_temp.fall(4, '2018-06-01');
SELECT 'Kers in 2022', line FROM pg_temp.fall(7, '2022-06-01');
SELECT 'Kers took over in 2019', line FROM pg_temp.fall(7, '2019-06-01');
SELECT 'Appel had it taken over', line FROM pg_temp.fall(2, '2019-06-01');
-- one of several, in part of the ages; the others only under an option
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (8, 'h', 1, 7, '[2022-01-01,2022-03-01)+P1Y'), (9, 'i', 1, 4, '[2022-01-01,2024-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice) VALUES
  (8, wmo.service_id('individuele_begeleiding'), 2, '[18,50)', 'client_choice'), (9, wmo.service_id('begeleiding'), 2, '[30,)', 'client_choice');
SELECT 'Appel of several', line FROM pg_temp.fall(2, '2022-02-01');
SELECT 'Appel of several, after the first term', line FROM (SELECT e.consequence || ' ' || e.ages::text || ' ' || e.other_names AS line
  FROM wmo.exit_impact(2, '2022-06-01', '2022-02-01') e ORDER BY e.ages) t;
-- a part without a shape hides nothing of the ground of its whole
INSERT INTO wmo.area (id, name, kind, geom, geom_basis) VALUES
  (11, 'Buurt', 'working_area', 'SRID=28992;MULTIPOLYGON(((0 0,1000 0,1000 1000,0 1000,0 0)))', 'official'), (12, 'Hof', 'other', NULL, NULL),
  (13, 'Laan', 'other', 'SRID=28992;MULTIPOLYGON(((0 0,400 0,400 1000,0 1000,0 0)))', 'official'), (14, 'Kring', 'region', NULL, NULL);
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (11, 12);
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (11, '[2017-01-01,2024-12-31]');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (10, 'j', 1, 2, '[2018-01-01,2020-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) VALUES (10, wmo.service_id('kortdurend_verblijf'), 11, 'exclusive');
CREATE FUNCTION pg_temp.felt() RETURNS TABLE (line text) LANGUAGE sql AS $$
  SELECT format('%s %s %s, %s m2', 'ended', h.covers, h.area, public.ST_Area(h.geom))
  FROM wmo.handovers('2020-01-01', '2020-01-01', 'kortdurend_verblijf', '2022-06-01') h WHERE h.kind = 'ended'
  UNION ALL
  SELECT format('%s %s %s, %s m2', e.consequence, e.covers, e.area, public.ST_Area(e.geom))
  FROM wmo.exit_impact(2, '2019-06-01', '2022-06-01') e WHERE e.service = 'kortdurend_verblijf'
  ORDER BY 1
$$;
SELECT 'of the quarter', line FROM pg_temp.felt();
-- nor where the whole is itself a part, and another part has a shape
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (11, 13), (14, 11);
UPDATE wmo.contract_scope SET area_id = 14 WHERE contract_id = 10;
SELECT 'of the ring', line FROM pg_temp.felt();
-- who follows a code falls in the edition of the day
INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis) VALUES
  (21, 'GM0021', 'Oud', 'municipality', '(,2021-01-01)', 'SRID=28992;MULTIPOLYGON(((0 0,100 0,100 100,0 100,0 0)))', 'official'),
  (22, 'GM0021', 'Nieuw', 'municipality', '[2021-01-01,)', 'SRID=28992;MULTIPOLYGON(((0 0,300 0,300 100,0 100,0 0)))', 'official');
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (21, '[2017-01-01,2024-12-31]');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (11, 'k', 1, 4, '[2020-01-01,2023-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, follows_code, choice) VALUES (11, wmo.service_id('dagbegeleiding'), 22, true, 'exclusive');
SELECT 'by its code', day, e.consequence, e.area, public.ST_Area(e.geom)
FROM unnest('{2020-06-01,2022-06-01}'::date[]) day CROSS JOIN LATERAL wmo.exit_impact(4, day, '2022-06-01') e WHERE e.service = 'dagbegeleiding' ORDER BY day;
-- nobody is his own rescue: as the only member of a consortium, under the name that he had or has, or without one
INSERT INTO wmo.party (id, name, kind) VALUES (20, 'Alleen', 'consortium'), (21, 'Els', 'provider'), (22, 'Els Oud', 'provider'), (23, 'Els Nieuw', 'provider'), (24, 'Hout', 'consortium'), (25, 'Hout Oud', 'consortium'), (26, 'Wilg', 'provider');
INSERT INTO wmo.area (id, name, kind, geom, geom_basis) SELECT n, 'Veld ' || n, 'other', format('SRID=28992;MULTIPOLYGON(((%1$s 5000,%2$s 5000,%2$s 6000,%1$s 6000,%1$s 5000)))', 1000 * n, 1000 * n + 1000), 'official' FROM generate_series(31, 40) n;
INSERT INTO wmo.registry_completeness (area_id, valid) SELECT n, '[2017-01-01,2024-12-31]' FROM generate_series(31, 40) n;
CREATE FUNCTION pg_temp.given(id integer, supplier integer, area integer, award integer DEFAULT NULL) RETURNS void LANGUAGE sql AS $$
  INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, award_id, period) VALUES (id, 'n' || id, 1, supplier, award, '[2018-01-01,2024-01-01)');
  INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) VALUES (id, wmo.service_id('vervoerdiensten'), area, 'shared');
$$;
INSERT INTO wmo.consortium_member (consortium_id, member_id) VALUES (20, 21);
SELECT pg_temp.given(31, 21, 31), pg_temp.given(32, 20, 31);
SELECT 'Els, of itself alone', line FROM pg_temp.fall(21, '2021-06-01');
INSERT INTO wmo.consortium_member (consortium_id, member_id, valid) VALUES (20, 26, '[2021-01-01,)');
SELECT 'Els, with Wilg', line FROM pg_temp.fall(21, '2021-06-01');
SELECT 'Els, before Wilg', line FROM pg_temp.fall(21, '2020-06-01');
DELETE FROM wmo.contract WHERE id IN (31, 32);
SELECT pg_temp.given(33, 22, 32), pg_temp.given(34, 21, 33), pg_temp.given(35, 23, 33), pg_temp.given(36, 25, 34);
INSERT INTO wmo.consortium_member (consortium_id, member_id) VALUES (5, 22), (24, 21);
SELECT 'Els, tied to nobody', line FROM pg_temp.fall(21, '2020-06-01');
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind) VALUES (22, 21, 'takeover'), (21, 23, 'renaming'), (25, 24, 'merger');
SELECT 'Els, on days that are not known', line FROM pg_temp.fall(21, '2020-06-01');
UPDATE wmo.party_succession SET effective_on = '2020-01-01';
SELECT 'Els, on a day', line FROM pg_temp.fall(21, '2020-06-01');
SELECT 'Els, before it', line FROM pg_temp.fall(21, '2019-06-01');
SELECT 'Els Nieuw', line FROM pg_temp.fall(23, '2020-06-01');
DELETE FROM wmo.party_succession WHERE successor_id IN (21, 23, 24);
DELETE FROM wmo.contract WHERE id BETWEEN 33 AND 36;
-- nor is somebody without a name, or whose award is not final, for sure another who serves
INSERT INTO wmo.award (id, decided, sent, standstill) VALUES (1, '[2017-07-09,2017-07-09]', '[2017-07-10,2017-07-10]', wmo.objection_period('standstill', '2017-07-10'));
INSERT INTO wmo.award_challenge (award_id, kind, lodged) VALUES (1, 'summary_proceedings', '2017-07-20');
SELECT pg_temp.given(41, 21, 35), pg_temp.given(42, NULL, 35), pg_temp.given(43, 21, 36), pg_temp.given(44, 26, 36, 1);
SELECT 'Els, beside a contested award and nobody known', line FROM pg_temp.fall(21, '2021-06-01');
-- until it is taken out
INSERT INTO wmo.contract_change (contract_id, kind, effective_on, service_id, area_id) VALUES (41, 'scope_removed', '2022-03-01', wmo.service_id('vervoerdiensten'), 35);
SELECT 'Els, until it is taken out', line FROM pg_temp.fall(21, '2021-06-01');
DELETE FROM wmo.contract WHERE id BETWEEN 41 AND 44;
-- what is our reading of a source may not be so: who does not serve by it may, who has what went to another, and a fellow member may be none
INSERT INTO wmo.source (id, article, basis, reading) VALUES (901, 'Krant', 'stated', NULL), (902, 'Krant', 'inferred', 'the year is that of the paper');
SELECT pg_temp.given(51, 21, 37), pg_temp.given(52, 26, 37);
CREATE FUNCTION pg_temp.falls(statement text, party integer DEFAULT 21) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
  said text[];
BEGIN
  BEGIN
    EXECUTE statement;
    said := ARRAY(SELECT line FROM pg_temp.fall(party, '2021-06-01') WHERE line ~ ' under n5');
    RAISE EXCEPTION USING ERRCODE = 'WMOOK';
  EXCEPTION WHEN SQLSTATE 'WMOOK' THEN
    RETURN QUERY SELECT unnest(CASE WHEN said <> '{}' THEN said ELSE '{nothing}' END);
  END;
END
$$;
SELECT s.name, b.basis, pg_temp.falls(replace(s.statement, '$', b.id::text)) FROM wmo.source b, (VALUES
  (1, 'Wilg gave it to Els', $$INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id, source_id) VALUES (52, 'transfer', '2019-06-01', '2020-01-01', 21, $)$$),
  (2, 'Wilg is suspended', $$INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, until, source_id) VALUES (52, 'suspension', '2019-06-01', '2020-01-01', '2022-01-01', $)$$),
  (3, 'Wilg may be called upon until 2020', $$INSERT INTO wmo.contract_ending (contract_id, kind, ceiling_on, source_id) VALUES (52, 'ceiling', '2020-01-01', $)$$),
  (4, 'Els came after Wilg', $$INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on, source_id) VALUES (26, 21, 'takeover', '2020-01-01', $)$$),
  (5, 'Els gave it to Wilg', $$DELETE FROM wmo.contract WHERE id = 52; INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id, source_id) VALUES (51, 'transfer', '2019-06-01', '2020-01-01', 26, $)$$),
  (6, 'Els had it from Wilg, and gave it back', $$DELETE FROM wmo.contract WHERE id = 51; INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id, source_id) VALUES (52, 'transfer', '2019-01-01', '2019-02-01', 21, 901), (52, 'transfer', '2019-06-01', '2020-01-01', 26, $)$$),
  (7, 'Els is suspended', $$INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, until, source_id) VALUES (51, 'suspension', '2019-06-01', '2020-01-01', '2022-01-01', $)$$),
  (8, 'of Els, with Wilg, together', $$DELETE FROM wmo.contract WHERE id = 52; UPDATE wmo.consortium_member SET source_id = $ WHERE member_id = 26; UPDATE wmo.contract SET supplier_id = 20 WHERE id = 51$$),
  (9, 'of both, a reading of Els alone', $$DELETE FROM wmo.contract WHERE id = 52; UPDATE wmo.consortium_member SET source_id = $ WHERE consortium_id = 20 AND member_id = 21; UPDATE wmo.contract SET supplier_id = 20 WHERE id = 51$$))
  s (n, name, statement) WHERE b.id > 900 ORDER BY s.n, b.id;
-- nor is one sure of whom an extension that came too late is all that he has
UPDATE wmo.contract SET period = '[2018-01-01,2021-01-01)+P3Y notice P3M' WHERE id = 52;
INSERT INTO wmo.contract_change (contract_id, kind, received_on, option_no) VALUES (52, 'extension', '2020-12-01', 1);
SELECT 'too late', line FROM pg_temp.fall(21, '2021-06-01') WHERE line ~ 'n51';
UPDATE wmo.contract_change SET received_on = '2020-09-01' WHERE contract_id = 52;
SELECT 'in time', line FROM pg_temp.fall(21, '2021-06-01') WHERE line ~ 'n51';
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.exit_impact(999)$$);
SELECT count(*) FROM wmo.exit_impact(NULL);
SELECT count(*) FROM wmo.exit_impact(1);
ROLLBACK;
