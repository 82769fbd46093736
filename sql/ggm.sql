-- The reports under Dutch names.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

INSERT INTO wmo.tender (id, title, procedure, published) VALUES (1, 'Begeleiding 2019', 'sas', '[2019-06-03,2019-06-04)'), (2, 'Ergens in juni', 'unknown', '[2019-06-01,2019-07-01)');
INSERT INTO wmo.tender_buyer (tender_id, buyer_id) VALUES (1, 1);
INSERT INTO wmo.lot (id, tender_id, name) VALUES (1, 1, 'Noord');
INSERT INTO wmo.award (id, tender_id, lot_id, supplier_id, decided, standstill, final_on, final_basis) VALUES (1, 1, 1, 2, '[2019-12-04,2019-12-05)', wmo.objection_period('standstill', '2019-12-05'), '2020-01-03', 'recorded'),
  (2, 1, NULL, NULL, '[2019-12-01,2020-01-01)', wmo.objection_period('standstill', '2019-12-05'), NULL, NULL);
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id, signed_on) VALUES (1, 'C1', 1, 2, '[2020-01-01,2022-01-01)+P1Y+P1Y+P1Y notice P6M', 1, '2020-01-05'), (2, 'C2', 1, NULL, '[2020-01-01,)', NULL, NULL), (3, 'C3', 1, 5, '[2020-01-01,?)', NULL, NULL),
  (4, 'C4', 1, 2, '[2020-01-01,2022-01-01)+P1Y(declined)+P1Y', NULL, NULL);
INSERT INTO wmo.contract_change (contract_id, kind, received_on) VALUES (1, 'extension', '2021-09-01');
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on) VALUES (4, 'early_end', '2021-01-01', '2021-07-01');
INSERT INTO wmo.area (code, name, kind, valid) VALUES ('GM0014', 'Groningen', 'municipality', '[2019-01-01,)'), ('WK001400', 'Wijk', 'district', '(,2020-01-01)'), ('BU00140000', 'Buurt', 'neighbourhood', '(,)'), (NULL, 'Oost', 'working_area', '(,)'), (NULL, 'Streek', 'region', '(,)'),
  (NULL, 'Elders', 'other', '(,)');
UPDATE wmo.party SET natural_person = true WHERE id = 4;

-- a day is told where it is one; a term that ran out is no final award
SELECT a.naam, a.procedure, a.opdrachtgevers, a.datumpublicatie FROM wmo_ggm.aanbesteding a ORDER BY a.id;
SELECT p.aanbesteding, p.naam FROM wmo_ggm.perceel p;
SELECT g.leverancier, g.perceel, g.datumvoorlopigegunning, g.datumgunning, g.kort_geding_uiterlijk, g.tekenen_vanaf FROM wmo_ggm.gunning g ORDER BY g.id;
-- a day to sign from is not told without what it rests on and what may be wrong with it; nor a supplier without who took over from him
INSERT INTO wmo.award (id, tender_id, sent) VALUES (3, 1, '[2019-12-05,2019-12-06)');
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id) VALUES (3, 'transfer', '2020-06-01', '2020-07-01', 2);
SELECT g.id, g.tekenen_vanaf, g.tekenen_berust_op, g.waarschuwing, g.uitspraken_afgewacht FROM wmo_ggm.gunning g ORDER BY g.id;
SELECT c.interncontractid, c.leverancier, c.overgenomen_door, c.overgenomen_op, c.overname_afgeleid FROM wmo_ggm.contract c WHERE c.overgenomen_door IS NOT NULL;
DELETE FROM wmo.award WHERE id = 3;
-- of a notice of which nobody recorded the receipt, it cannot be told whether it was in time
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, signed_on) VALUES (9, 'C9', 1, 2, '[2020-01-01,2022-01-01)+P1Y+P1Y notice P3M', '2019-12-01');
INSERT INTO wmo.contract_change (contract_id, kind, effective_on, option_no) VALUES (9, 'extension', '2022-01-01', 1);
SELECT o.optienummer, o.stand, o.te_laat, c.extended_late FROM wmo_ggm.optie o JOIN wmo_bi.contract c ON c.id = o.contract_id WHERE o.contract_id = 9 ORDER BY 1;
DELETE FROM wmo.contract WHERE id = 9;
-- how a contract ends, in words: no end agreed is not no end stated, not named is not nobody
SELECT c.interncontractid, c.leverancier, c.datumstart, c.datumeinde, c.einde_soort, c.uiterste_einde, c.opties, c.opties_open, c.melden_uiterlijk FROM wmo_ggm.contract c ORDER BY c.id;
SELECT o.interncontractid, o.optienummer, o.datumeinde, o.melden_uiterlijk, o.stand, o.te_laat FROM wmo_ggm.optie o ORDER BY o.contract_id, o.optienummer;
SELECT m.interncontractid, m.melden_uiterlijk FROM wmo_ggm.meldtermijn m;
SELECT l.naam, l.soort, l.natuurlijk_persoon FROM wmo_ggm.leverancier l ORDER BY l.naam COLLATE "C";
SELECT s.id, s.productcategoriecode, s.naam FROM wmo_ggm.voorzieningsoort s WHERE s.id IN (1, 7, 18) ORDER BY s.id;
SELECT count(*), count(DISTINCT s.productcategoriecode) FROM wmo_ggm.voorzieningsoort s;
SELECT v.code, v.voorzieningsoort_id, v.onder_voorziening_id, v.algemeen FROM wmo_ggm.voorziening v WHERE v.code IN ('dagbegeleiding', 'basisondersteuning') ORDER BY v.id;
SELECT g.code, g.naam, g.soort, g.datumstart, g.datumeinde FROM wmo_ggm.gebied g ORDER BY g.id;

-- every word of the registry has its translation here: the words of the constraints, and those of the options
SELECT k.word FROM pg_constraint c CROSS JOIN LATERAL (SELECT m[1] AS word FROM regexp_matches(pg_get_constraintdef(c.oid), '''([a-z_]+)''::text', 'g') m) k
WHERE c.conname IN ('area_kind_is_known', 'area_geom_basis_is_known') AND position('''' || k.word || '''' IN pg_get_viewdef('wmo_ggm.gebied'::regclass)) = 0;
SELECT count(*) FROM wmo_ggm.contract c WHERE c.einde_soort IS NULL;
-- every column is explained, and every key is one of the rows
SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 WHERE c.relnamespace = 'wmo_ggm'::regnamespace AND (col_description(c.oid, a.attnum) IS NULL OR (a.attnum = 1) <> (a.attname = 'id'));
-- a role of reports reads them
CREATE ROLE wmo_test_reporter;
SELECT wmo.wmo_grant(NULL, NULL, 'wmo_test_reporter');
SET LOCAL ROLE wmo_test_reporter;
SELECT (SELECT count(*) FROM wmo_ggm.contract) + (SELECT count(*) FROM wmo_ggm.gunning) + (SELECT count(*) FROM wmo_ggm.gebied) + (SELECT count(*) FROM wmo_ggm.leverancier) + (SELECT count(*) FROM wmo_ggm.voorziening WHERE code = 'opvang');
ROLLBACK;
