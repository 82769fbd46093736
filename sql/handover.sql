-- What changes hands, and who may stay with whom.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set entered :here '/sql/include/entered.sql'
\set hands :here '/sql/include/hands.sql'
\i :verdict
\i :entered
\i :hands

CREATE FUNCTION pg_temp.show(changes wmo.handover[]) RETURNS TABLE (line text) LANGUAGE sql AS $$
  SELECT format('%s %s, %s, %s %s %s-%s%s: %s; contracts %s to %s', h.on_day, h.kind, h.service, h.covers, h.area, h.min_age, h.max_age,
                CASE WHEN h.certain THEN '' ELSE ' (not certain)' END, h.words, h.old_contracts, h.new_contracts)
  FROM unnest(changes) h ORDER BY h.on_day, h.service COLLATE "C", h.area COLLATE "C", h.min_age
$$;
-- that nobody was there, or comes, is certain only where the registry is declared complete
SELECT line FROM pg_temp.show(ARRAY(SELECT h FROM wmo.handovers('2018-01-01', '2025-06-01', as_of => '2022-06-01') h WHERE h.kind IN ('begun', 'ended')));
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (1, '[2017-01-01,2024-12-31]'), (2, '[2017-01-01,2024-12-31]');
SELECT line FROM pg_temp.show(ARRAY(SELECT h FROM wmo.handovers('2018-01-01', '2025-06-01', as_of => '2022-06-01') h));
-- when nobody knows whether the option was exercised
SELECT line FROM pg_temp.show(ARRAY(SELECT h FROM wmo.handovers('2023-06-01', '2025-06-01', 'hulp_bij_het_huishouden', '2024-06-01') h));
-- to the day: both ends belong to it
SELECT count(*) FROM wmo.handovers('2020-01-01', '2020-01-01', 'hulp_bij_het_huishouden', '2022-06-01');
SELECT count(*) FROM wmo.handovers('2019-12-01', '2019-12-31', 'hulp_bij_het_huishouden', '2022-06-01');
SELECT count(*) FROM wmo.handovers('2020-01-02', '2020-12-31', 'hulp_bij_het_huishouden', '2022-06-01');
-- a term that rests on an extension which came too late may have ended before
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (990, 'Laat', 1, 2, '[2018-01-01,2020-01-01)+P1Y notice P3M'), (991, 'Op tijd', 1, 2, '[2018-01-01,2020-01-01)+P1Y notice P3M');
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id) VALUES (990, 990, 40, 1), (991, 991, 80, 1);
INSERT INTO wmo.contract_change (contract_id, kind, received_on) VALUES (990, 'extension', '2019-12-01'), (991, 'extension', '2019-09-01');
SELECT s.code, h.kind, h.certain FROM wmo.service s, wmo.handovers('2021-01-01', '2021-01-01', s.code, '2022-06-01') h WHERE s.id IN (40, 80) ORDER BY s.id;
DELETE FROM wmo.contract WHERE id IN (990, 991);
-- by a takeover in the ledger
INSERT INTO wmo.contract_change (contract_id, kind, effective_on, to_party_id) VALUES (1, 'transfer', '2019-03-01', 7);
SELECT line FROM pg_temp.show(ARRAY(SELECT h FROM wmo.handovers('2019-01-01', '2019-12-31', as_of => '2022-06-01') h));
-- who came after whom on a day that is not known may have done so by then
UPDATE wmo.party_succession SET effective_on = NULL;
SELECT h.kind, h.certain, h.leaving, h.coming FROM wmo.handovers('2022-01-01', '2022-01-01', 'hulp_bij_het_huishouden', '2022-06-01') h;
UPDATE wmo.party_succession SET effective_on = '2022-01-02';
SELECT h.kind, h.certain, h.leaving, h.coming FROM wmo.handovers('2022-01-01', '2022-01-01', 'hulp_bij_het_huishouden', '2022-06-01') h;
-- nor is it certain which of the two it was, where only our reading of a source tells
INSERT INTO wmo.source (id, article, basis, reading) VALUES (902, 'Krant', 'inferred', 'the year is that of the paper');
UPDATE wmo.party_succession SET effective_on = '2021-12-01', kind = 'takeover';
SELECT h.kind, h.certain, h.leaving, h.coming FROM wmo.handovers('2022-01-01', '2022-01-01', 'hulp_bij_het_huishouden', '2022-06-01') h;
UPDATE wmo.party_succession SET source_id = 902;
SELECT h.kind, h.certain, h.leaving, h.coming FROM wmo.handovers('2022-01-01', '2022-01-01', 'hulp_bij_het_huishouden', '2022-06-01') h;
-- a drawing, or a shape that is such a reading, does not tell for certain whose ground went over
INSERT INTO wmo.area (id, name, kind, geom, geom_basis) VALUES (981, 'Wijk', 'other', 'SRID=28992;MULTIPOLYGON(((0 0,1000 0,1000 1000,0 1000,0 0)))', 'official'), (982, 'Noord', 'other', 'SRID=28992;MULTIPOLYGON(((0 500,1000 500,1000 1000,0 1000,0 500)))', 'official');
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (981, '[2017-01-01,2024-12-31]');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (981, 'Van', 1, 2, '[2018-01-01,2020-01-01)'), (982, 'Naar', 1, 4, '[2020-01-01,2022-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (981, 20, 981), (982, 20, 982);
SELECT 'a boundary', h.kind, h.area, h.covers, h.certain FROM wmo.handovers('2020-01-01', '2020-01-01', 'begeleiding', '2022-06-01') h WHERE h.area_id > 980 ORDER BY h.area COLLATE "C", h.kind COLLATE "C";
UPDATE wmo.area SET source_id = 902 WHERE id = 982;
SELECT 'a reading', h.kind, h.area, h.covers, h.certain FROM wmo.handovers('2020-01-01', '2020-01-01', 'begeleiding', '2022-06-01') h WHERE h.area_id > 980 ORDER BY h.area COLLATE "C", h.kind COLLATE "C";
UPDATE wmo.area SET source_id = NULL, geom_basis = 'schematic' WHERE id = 982;
SELECT 'a drawing', h.kind, h.area, h.covers, h.certain FROM wmo.handovers('2020-01-01', '2020-01-01', 'begeleiding', '2022-06-01') h WHERE h.area_id > 980 ORDER BY h.area COLLATE "C", h.kind COLLATE "C";
-- those whom only a contract for existing clients still serves: it passes to another, by a late extension, and ends
INSERT INTO wmo.area (id, name, kind) VALUES (983, 'Oost', 'other');
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (983, '[2017-01-01,2024-12-31]');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (983, 'Blijvers', 1, 2, '[2018-01-01,2020-01-01)+P1Y notice P3M');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, clients, existing_on) VALUES (983, 60, 983, 'existing', '2017-12-31');
INSERT INTO wmo.contract_change (id, contract_id, kind, effective_on, to_party_id) VALUES (983, 983, 'transfer', '2019-03-01', 7);
SELECT line FROM pg_temp.show(ARRAY(SELECT h FROM wmo.handovers('2018-01-01', '2022-12-31', as_of => '2022-06-01') h WHERE h.area_id = 983));
INSERT INTO wmo.contract_change (contract_id, kind, received_on) VALUES (983, 'extension', '2019-12-01');
UPDATE wmo.contract_change SET source_id = 902 WHERE id = 983;
SELECT line FROM pg_temp.show(ARRAY(SELECT h FROM wmo.handovers('2018-01-01', '2022-12-31', as_of => '2022-06-01') h WHERE h.area_id = 983));
SELECT h.clients, h.old_contracts, h.new_contracts FROM wmo.handovers('2019-03-01', '2019-03-01', as_of => '2022-06-01') h WHERE h.area_id = 983;
-- who delivers on in a consortium that comes, or may, does not surely leave; nor does who may be the same as one who stays
INSERT INTO wmo.party (id, name, kind) VALUES (991, 'Zorg Noordoost', 'provider'), (992, 'Zorg Zuidwest', 'provider'), (993, 'Zorg Midden', 'provider'), (994, 'Samen Sterk', 'consortium'), (995, 'ZORG NOORDOOST', 'provider');
INSERT INTO wmo.area (id, name, kind) VALUES (984, 'West', 'other');
INSERT INTO wmo.service (id, code, name) VALUES (1984, 'maaltijden', 'Maaltijden');
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (984, '[2017-01-01,2024-12-31]');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (984, 'Oud', 1, 991, '[2018-01-01,2021-01-01)'), (985, 'Nieuw', 1, 994, '[2021-01-01,2023-01-01)'), (986, 'Blijft', 1, 993, '[2018-01-01,2023-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) SELECT n, 1984, 984, 'shared' FROM generate_series(984, 985) n;
CREATE FUNCTION pg_temp.hands_if(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  said text;
BEGIN
  BEGIN
    EXECUTE statement;
    said := (SELECT string_agg(concat_ws(' ', h.kind, h.certain, h.words), '; ') FROM wmo.handovers('2020-06-01', '2021-06-01', as_of => '2022-06-01') h WHERE h.area_id = 984);
    RAISE EXCEPTION USING ERRCODE = 'WMOOK';
  EXCEPTION WHEN SQLSTATE 'WMOOK' THEN
    RETURN said;
  END;
END
$$;
SELECT s.tried, pg_temp.hands_if(s.statement) FROM (VALUES
  (1, 'nobody is recorded to be in it', 'SELECT'),
  (2, 'one of two', $$INSERT INTO wmo.consortium_member (consortium_id, member_id, known_on) VALUES (994, 992, '2010-01-01')$$),
  (3, 'others', $$INSERT INTO wmo.consortium_member (consortium_id, member_id, known_on) VALUES (994, 992, '2010-01-01'), (994, 993, '2010-01-01')$$),
  (4, 'who leaves', $$INSERT INTO wmo.consortium_member (consortium_id, member_id, known_on) VALUES (994, 992, '2010-01-01'), (994, 991, '2010-01-01')$$),
  (5, 'others, and who left it before', $$INSERT INTO wmo.consortium_member (consortium_id, member_id, valid, known_on) VALUES (994, 992, '(,)', '2010-01-01'), (994, 993, '(,)', '2010-01-01'), (994, 991, '(,2019-01-01)', '2010-01-01')$$),
  (6, 'others, and who left it by a reading', $$INSERT INTO wmo.consortium_member (consortium_id, member_id, valid, known_on, source_id) VALUES (994, 992, '(,)', '2010-01-01', NULL), (994, 993, '(,)', '2010-01-01', NULL), (994, 991, '(,2019-01-01)', '2010-01-01', 902)$$),
  (7, 'others, and who came after who leaves', $$INSERT INTO wmo.consortium_member (consortium_id, member_id, known_on) VALUES (994, 992, '2010-01-01'), (994, 993, '2010-01-01'); INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on) VALUES (991, 993, 'takeover', '2021-01-01')$$),
  (8, 'others, one of whom has its name', $$INSERT INTO wmo.consortium_member (consortium_id, member_id, known_on) VALUES (994, 992, '2010-01-01'), (994, 995, '2010-01-01')$$),
  (9, 'from it to a member', $$INSERT INTO wmo.consortium_member (consortium_id, member_id, known_on) VALUES (994, 992, '2010-01-01'), (994, 991, '2010-01-01'); UPDATE wmo.contract SET supplier_id = CASE id WHEN 984 THEN 994 ELSE 991 END WHERE id IN (984, 985)$$),
  (10, 'from it to another', $$INSERT INTO wmo.consortium_member (consortium_id, member_id, known_on) VALUES (994, 992, '2010-01-01'), (994, 991, '2010-01-01'); UPDATE wmo.contract SET supplier_id = CASE id WHEN 984 THEN 994 ELSE 993 END WHERE id IN (984, 985)$$),
  (11, 'it stays, a member leaves', $$INSERT INTO wmo.consortium_member (consortium_id, member_id, known_on) VALUES (994, 992, '2010-01-01'), (994, 991, '2010-01-01'); UPDATE wmo.contract SET period = '[2018-01-01,2023-01-01)' WHERE id = 985$$),
  (12, 'it stays, another leaves', $$INSERT INTO wmo.consortium_member (consortium_id, member_id, known_on) VALUES (994, 992, '2010-01-01'), (994, 993, '2010-01-01'); UPDATE wmo.contract SET period = '[2018-01-01,2023-01-01)' WHERE id = 985$$),
  (13, 'another stays', $$UPDATE wmo.contract SET supplier_id = 992 WHERE id = 985; INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) VALUES (986, 1984, 984, 'shared')$$),
  (14, 'one without a name stays', $$UPDATE wmo.contract SET supplier_id = 992 WHERE id = 985; INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) VALUES (986, 1984, 984, 'shared'); UPDATE wmo.contract SET supplier_id = NULL WHERE id = 986$$),
  (15, 'one with its name stays', $$UPDATE wmo.contract SET supplier_id = 992 WHERE id = 985; INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) VALUES (986, 1984, 984, 'shared'); UPDATE wmo.contract SET supplier_id = 995 WHERE id = 986$$))
  s (n, tried, statement) ORDER BY s.n;
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.handovers('2020-01-02', '2020-01-01')$$);
SELECT pg_temp.verdict($$SELECT wmo.handovers('2020-01-02', 'infinity')$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.handovers('2020-01-02', '5874897-12-31')$$);
SELECT pg_temp.verdict($$SELECT wmo.exit_impact(2, '5874897-12-31')$$);
SELECT pg_temp.verdict($$SELECT wmo.handovers('2020-01-02', '2020-01-03', 'hulp')$$);
SELECT count(*) FROM wmo.handovers(NULL, '2020-01-01');

ROLLBACK;
