-- Writing a list of contracts: what is refused and why, all or nothing, twice is once, and corrections.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

-- a registry that has something, and a list
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Gemeente Leek', 'municipality'), (2, 'Zorg A', 'provider'), (3, 'Zorg B', 'provider'), (4, 'Zorg B', 'consortium'), (5, 'Zorg C', 'provider');
INSERT INTO wmo.party_identifier (party_id, scheme, value) VALUES (2, 'agb', '00000002'), (5, 'agb', '00000005');
INSERT INTO wmo.party_alias (party_id, name) VALUES (2, 'ZA Thuiszorg');
INSERT INTO wmo.area (id, code, name, kind, valid) VALUES
  (1, 'GM0022', 'Leek', 'municipality', '(,2019-01-01)'), (2, NULL, 'Oost', 'working_area', '(,)'), (3, NULL, 'West', 'working_area', '(,)'), (4, NULL, 'West', 'district', '(,)'),
  (5, 'GM0014', 'Groningen', 'municipality', '(,2019-01-01)'), (6, 'GM0014', 'Groningen', 'municipality', '[2019-01-01,)');
INSERT INTO wmo.service_product (buyer_id, code, service_id) VALUES (1, '02A03', 21);
CREATE TEMPORARY TABLE sheet (line integer, "Contractnummer" text, "Opdrachtgever" text, "Aanbieder" text, "AGB-code" text, "Dienst" text, "Productcodes" text, "Gemeenten" text,
  "Gebied" text, "Begindatum" text, "Einddatum t/m" text, "Opties" text, "Meldtermijn" text, "Perceel" text, "Leeftijd" text, "Keuze" text, "Onderaannemer" text);
CREATE FUNCTION pg_temp.load(dry_run boolean DEFAULT false) RETURNS SETOF text LANGUAGE sql
AS $$ SELECT concat_ws(': ', f.line, f.number, f.cell, f.outcome, f.message) FROM wmo.load_contract_list('pg_temp.sheet', dry_run) WITH ORDINALITY f ORDER BY f.ordinality $$;
-- rows of the registry, and their versions: what a second load must leave alone
CREATE FUNCTION pg_temp.picture() RETURNS TABLE (relation text, rows bigint, versions text) LANGUAGE sql
AS $$
  SELECT 'contract', count(*), string_agg(c.xmin::text || c.ctid::text, ' ' ORDER BY c.id) FROM wmo.contract c
  UNION ALL SELECT 'contract_scope', count(*), string_agg(c.xmin::text || c.ctid::text, ' ' ORDER BY c.id) FROM wmo.contract_scope c
  UNION ALL SELECT 'subcontract', count(*), string_agg(c.xmin::text || c.ctid::text, ' ' ORDER BY c.id) FROM wmo.subcontract c
  UNION ALL SELECT 'party', count(*), string_agg(c.xmin::text || c.ctid::text, ' ' ORDER BY c.id) FROM wmo.party c
  UNION ALL SELECT 'party_identifier', count(*), string_agg(c.xmin::text || c.ctid::text, ' ' ORDER BY c.id) FROM wmo.party_identifier c
  UNION ALL SELECT 'area', count(*), string_agg(c.xmin::text || c.ctid::text, ' ' ORDER BY c.id) FROM wmo.area c
  UNION ALL SELECT 'service_product', count(*), string_agg(c.xmin::text || c.ctid::text, ' ' ORDER BY c.id) FROM wmo.service_product c
  UNION ALL SELECT 'lot', count(*), string_agg(c.xmin::text || c.ctid::text, ' ' ORDER BY c.id) FROM wmo.lot c
$$;

-- one row that is wrong keeps the others out
INSERT INTO sheet VALUES
  (2, 'L1', 'Leek', 'Zorg A', NULL, 'begeleiding', NULL, 'Leek', NULL, '01-01-2023', '31-12-2024', NULL, NULL, NULL, NULL, NULL, NULL),
  (3, 'L2', 'Leek', 'Zorg A', '00000005', 'thuishulp', NULL, NULL, 'West', '31-02-2023', '31-12-2024', 'ja', '6', NULL, '18-75', 'soms', NULL),
  (4, NULL, NULL, 'Zorg B', NULL, 'begeleiding', NULL, NULL, 'Oost', '01-01-2023', '31-12-2022', NULL, NULL, NULL, NULL, NULL, NULL),
  (5, 'L3', 'Leek', NULL, '00000009', NULL, '07A11', NULL, 'Oost', '01-01-2023', 'onbepaald', '2x12', NULL, NULL, NULL, NULL, NULL),
  (6, 'L1', 'Leek', 'Zorg C', NULL, 'dagbesteding', NULL, 'Leek', NULL, '02-01-2023', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (7, 'L4', 'Leek', 'Zorg A', NULL, NULL, NULL, 'Leek', NULL, '01-01-2023', '31-12-2024', NULL, NULL, NULL, NULL, NULL, NULL);
SELECT * FROM pg_temp.load();
SELECT relation, rows FROM pg_temp.picture() ORDER BY relation COLLATE "C";

-- a list without fault
TRUNCATE sheet;
INSERT INTO sheet VALUES
  (2, 'L1', 'gemeente Leek', 'za  thuiszorg', '00000002', 'Begeleiding, kortdurend verblijf', NULL, 'Leek', NULL, '01-01-2023', '31-12-2024', '2x12', '6 maanden', '1', '18 tot 75', 'exclusief', 'Onder Een | Onder Twee'),
  (3, 'L2', 'Leek', 'Nieuwe Zorg', '00000007', 'dagbesteding', '07A11', '0014', NULL, '01-01-2019', NULL, NULL, NULL, '2', NULL, NULL, NULL),
  (4, 'L3', 'Leek', NULL, NULL, NULL, '02A03', NULL, 'Oost', '?', 'onbepaald', NULL, NULL, NULL, '75+', NULL, NULL),
  (5, 'L4', 'Leek', 'Zorg A', NULL, '16', NULL, NULL, NULL, '01-07-2018', '30-06-2020', NULL, NULL, NULL, NULL, NULL, NULL),
  (6, 'L5', 'Leek', 'Zorg A', NULL, 'thuisondersteuning', NULL, 'Leek (GM0022), Marum (GM0025), GM0025', NULL, '01-01-2018', '31-12-2018', NULL, NULL, NULL, NULL, NULL, 'Onder Een'),
  (7, 'L5', 'Leek', 'Zorg A', NULL, 'dagbegeleiding', NULL, 'GM0022', NULL, '01-01-2018', '31-12-2018', NULL, NULL, NULL, '18 t/m 64', NULL, NULL),
  (8, 'L5', 'Leek', 'Zorg A', NULL, 'thuisondersteuning', NULL, NULL, 'Zuid', '01-01-2018', '31-12-2018', NULL, NULL, NULL, NULL, NULL, 'Onder Een'),
  (9, ' ', NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
SELECT * FROM pg_temp.load(dry_run => true);
SELECT relation, rows FROM pg_temp.picture() ORDER BY relation COLLATE "C";
SELECT count(*) AS found, count(*) FILTER (WHERE l LIKE '%: added: %') AS added FROM pg_temp.load() l;
SELECT c.number, p.name, c.period, c.options_stated FROM wmo.contract c LEFT JOIN wmo.party p ON p.id = c.supplier_id ORDER BY c.number;
SELECT c.number, sv.code, coalesce(a.code::text, a.name), a.valid, s.ages, s.choice, l.name FROM wmo.contract_scope s JOIN wmo.contract c ON c.id = s.contract_id
JOIN wmo.service sv ON sv.id = s.service_id LEFT JOIN wmo.area a ON a.id = s.area_id LEFT JOIN wmo.lot l ON l.id = s.lot_id ORDER BY 1, 2, 3;
SELECT c.number, p.name, sv.code, a.name FROM wmo.subcontract s JOIN wmo.contract c ON c.id = s.contract_id JOIN wmo.party p ON p.id = s.party_id
LEFT JOIN wmo.service sv ON sv.id = s.service_id LEFT JOIN wmo.area a ON a.id = s.area_id ORDER BY 1, 2, 3, 4;
SELECT name, kind, code, geom IS NULL FROM wmo.area WHERE id > 6 ORDER BY name;
SELECT p.name, i.scheme, i.value FROM wmo.party_identifier i JOIN wmo.party p ON p.id = i.party_id ORDER BY 3;
SELECT sp.code, sv.code FROM wmo.service_product sp JOIN wmo.service sv ON sv.id = sp.service_id ORDER BY 1;

-- twice is once: not a row is touched
CREATE TEMPORARY TABLE before AS SELECT * FROM pg_temp.picture();
SELECT * FROM pg_temp.load();
SELECT 'touched', p.relation FROM pg_temp.picture() p JOIN before b ON b.relation = p.relation WHERE (p.rows, p.versions) IS DISTINCT FROM (b.rows, b.versions);

-- corrections: what the list says anew is corrected, what it leaves out is kept
UPDATE sheet SET "Einddatum t/m" = '31-12-2025', "Leeftijd" = '18+', "Opties" = NULL, "Meldtermijn" = NULL WHERE line = 2;
UPDATE sheet SET "Aanbieder" = 'Zorg C', "AGB-code" = NULL WHERE line = 3;
DELETE FROM sheet WHERE line IN (4, 7, 8);
SELECT * FROM pg_temp.load();
SELECT c.number, p.name, c.period FROM wmo.contract c LEFT JOIN wmo.party p ON p.id = c.supplier_id ORDER BY c.number;

-- options that were not stated are by a later list
CREATE TEMPORARY TABLE told AS SELECT * FROM sheet WHERE false;
INSERT INTO told ("line", "Contractnummer", "Opdrachtgever", "Aanbieder", "Dienst", "Begindatum", "Einddatum t/m", "Opties") VALUES (2, 'L4', 'Leek', 'Zorg A', '16', '01-07-2018', '30-06-2020', 'geen');
SELECT f.outcome, f.message FROM wmo.load_contract_list('pg_temp.told') f;
SELECT f.outcome, f.message FROM wmo.load_contract_list('pg_temp.told') f;
SELECT c.number, c.period, c.options_stated FROM wmo.contract c WHERE c.number = 'L4';

-- the tender of a new contract is kept, and with it what is known of its awards; a lot alone names none
CREATE TEMPORARY TABLE tendered AS SELECT *, NULL::text AS "Aanbesteding", NULL::text AS "Ondertekend op" FROM sheet WHERE false;
INSERT INTO tendered ("line", "Contractnummer", "Opdrachtgever", "Aanbieder", "Dienst", "Gemeenten", "Begindatum", "Einddatum t/m", "Opties", "Leeftijd", "Perceel", "Aanbesteding") VALUES
  (2, 'U1', 'Leek', 'Zorg A', 'begeleiding', 'Marum', '01-01-2018', '31-12-2018', 'geen', 'alle', NULL, 'Inkoop 2018'), (3, 'U2', 'Leek', 'Zorg A', 'dagbesteding', 'Marum', '01-01-2018', '31-12-2018', 'geen', 'alle', '9', NULL),
  (4, 'U3', 'Leek', 'Zorg A', 'opvang', 'Marum', '01-01-2018', '31-12-2018', 'geen', 'alle', NULL, 'Inkoop 2018'), (5, 'U3', 'Leek', 'Zorg A', 'opvang_na_geweld', 'Marum', '01-01-2018', '31-12-2018', 'geen', 'alle', NULL, 'Inkoop 2018');
SELECT f.outcome, f.cell, f.message FROM wmo.load_contract_list('pg_temp.tendered') f WHERE f.outcome <> 'added';
SELECT c.number, t.title FROM wmo.contract c LEFT JOIN wmo.tender t ON t.id = c.tender_id WHERE c.number LIKE 'U_' ORDER BY 1;
-- two rows that differ in their choice are asked about
UPDATE tendered SET "Contractnummer" = 'U4', "Dienst" = 'begeleiding', "Keuze" = CASE line WHEN 2 THEN 'exclusief' ELSE 'gedeeld' END, "Aanbesteding" = NULL, "Perceel" = NULL;
SELECT f.line, f.outcome, f.cell, f.message FROM wmo.load_contract_list('pg_temp.tendered') f WHERE f.outcome = 'refused';

-- a life that is recorded is not overwritten: what was agreed and what became of it both agree, anything else is refused
INSERT INTO wmo.contract_change (contract_id, kind, received_on) SELECT c.id, 'extension', '2025-06-01' FROM wmo.contract c WHERE c.number = 'L1';
DELETE FROM sheet WHERE line <> 2;
SELECT 'as agreed', l FROM pg_temp.load() l;
UPDATE sheet SET "Einddatum t/m" = '31-12-2026', "Opties" = '1x12';
SELECT 'as extended', l FROM pg_temp.load() l;
UPDATE sheet SET "Einddatum t/m" = '31-12-2027', "Opties" = NULL;
SELECT 'neither', l FROM pg_temp.load() l;

-- a second main provider is refused with both contracts named
UPDATE sheet SET "Contractnummer" = 'L9', "Aanbieder" = 'Zorg C', "AGB-code" = NULL, "Einddatum t/m" = '31-12-2025';
SELECT * FROM pg_temp.load();
SELECT count(*) FROM wmo.contract WHERE number = 'L9';

-- rows of one contract that say two things of one scope are refused, however they do; the rest of what they say is taken together
TRUNCATE sheet;
ALTER TABLE sheet ADD COLUMN "Aanbesteding" text;
INSERT INTO sheet ("line", "Contractnummer", "Opdrachtgever", "Aanbieder", "Dienst", "Gebied", "Begindatum", "Einddatum t/m", "Opties", "Perceel", "Leeftijd", "Keuze", "Onderaannemer", "Aanbesteding")
SELECT v.line, v.number, 'Leek', 'Zorg C', v.service, 'Oost', '01-01-2030', '31-12-2031', 'geen', v.lot, '18+', v.choice, v.sub, v.tender FROM (VALUES
  (2, 'T1', 'begeleiding', NULL, 'exclusief', NULL, NULL), (3, 'T1', 'begeleiding', NULL, 'gedeeld', NULL, NULL), (4, 'T2', 'begeleiding', '1', NULL, NULL, 'Inkoop'), (5, 'T2', 'begeleiding', '2', NULL, NULL, 'Inkoop'),
  (6, 'T3', 'begeleiding', NULL, NULL, 'zorg c', NULL), (7, 'T4', 'begeleiding', '1', NULL, NULL, 'Inkoop'), (8, 'T4', 'dagbesteding', '1', NULL, NULL, 'Uitvraag')) v (line, number, service, lot, choice, sub, tender);
SELECT * FROM pg_temp.load();
DELETE FROM sheet WHERE line NOT IN (2, 3, 7);
UPDATE sheet SET "Keuze" = NULL WHERE line = 2;
UPDATE sheet SET "Contractnummer" = 't-1' WHERE line = 7;
-- the tender of a contract is that of its rows, with and without a lot
INSERT INTO wmo.tender (id, title, procedure, above_threshold) VALUES (901, 'Inkoop', 'open', true);
INSERT INTO wmo.tender_buyer (tender_id, buyer_id) VALUES (901, 1);
INSERT INTO wmo.lot (id, tender_id, name) VALUES (901, 901, '2');
INSERT INTO wmo.award (id, tender_id, lot_id, supplier_id, decided, sent, standstill) VALUES (901, 901, 901, 2, '[2029-10-01,2029-10-01]', '[2029-10-01,2029-10-01]', wmo.objection_period('standstill', '2029-10-01'));
UPDATE sheet SET "Aanbesteding" = 'inkoop' WHERE line = 3;
SELECT * FROM pg_temp.load();
SELECT c.number, t.title, l.name AS lot, s.choice FROM wmo.contract c JOIN wmo.contract_scope s ON s.contract_id = c.id LEFT JOIN wmo.tender t ON t.id = c.tender_id LEFT JOIN wmo.lot l ON l.id = s.lot_id WHERE c.number ILIKE 't%' ORDER BY 1;
-- so the award of that tender to another takes its certainty away
SELECT provider, certainty, reason FROM wmo.providers_in_area(wmo.try_area_code('GM0022'), 'begeleiding', '2030-06-01', 40, as_of => '2032-01-01');
SELECT p.name, st.certainty, st.reason FROM wmo.contract c JOIN wmo.contract_scope s ON s.contract_id = c.id JOIN wmo.party p ON p.id = c.supplier_id JOIN wmo_works.scope_standing st ON st.scope_id = s.id
WHERE c.number = 'T1' AND st.valid @> date '2030-06-01' AND st.known @> date '2032-01-01';
-- twice is once; a contract of which the award is recorded keeps its tender
SELECT * FROM pg_temp.load();
UPDATE wmo.contract SET tender_id = NULL, award_id = 901 WHERE number = 'T1';
SELECT * FROM pg_temp.load();
UPDATE sheet SET "Aanbesteding" = 'Uitvraag' WHERE line = 3;
SELECT * FROM pg_temp.load();
DELETE FROM sheet WHERE line = 3;
UPDATE sheet SET "Aanbieder" = 'Zorg F' WHERE line = 7;

-- nobody who may not write may load
CREATE ROLE regress_list_reader;
SELECT wmo.wmo_grant('regress_list_reader');
GRANT INSERT ON refusal TO regress_list_reader;
GRANT SELECT ON sheet TO regress_list_reader;
SET ROLE regress_list_reader;
SELECT pg_temp.verdict($$SELECT wmo.load_contract_list('pg_temp.sheet')$$);
RESET ROLE;
ROLLBACK;
