-- What the words of a list mean in a registry: codes in brackets, names that are known.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

-- parties by number before name, by alias, and never by likeness
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Gemeente Leek', 'municipality'), (2, 'Zorg A', 'provider'), (3, 'Zorg B', 'provider'), (4, 'Zorg B', 'consortium');
INSERT INTO wmo.party_identifier (party_id, scheme, value, valid) VALUES (2, 'agb', '00000002', '(,)'), (3, 'agb', '00000003', '[2020-01-01,)');
INSERT INTO wmo.party_alias (party_id, name) VALUES (2, 'ZA Thuiszorg');
CREATE TEMPORARY TABLE sheet (line integer, "Contractnummer" text, "Opdrachtgever" text, "Aanbieder" text, "AGB-code" text, "Dienst" text, "Gebied" text, "Begindatum" text,
  "Einddatum t/m" text DEFAULT '31-12-2022');
INSERT INTO sheet VALUES
  (1, 'L1', 'gemeente Leek', 'zorg  a', NULL, 'begeleiding', 'Oost', '01-01-2021'), (2, 'L2', 'Leek', 'ZA Thuiszorg', NULL, 'begeleiding', 'Oost', '01-01-2021'),
  (3, 'L3', 'Leek', 'Zorg B', '00000003', 'begeleiding', 'Oost', '01-01-2021'), (4, 'L4', 'Leek', 'Zorg B', NULL, 'begeleiding', 'Oost', '01-01-2021'),
  (5, 'L5', 'Leek', 'Zorg A', '00000003', 'begeleiding', 'Oost', '01-01-2021'), (6, 'L6', 'Leek', 'Zorg Aa', NULL, 'begeleiding', 'Oost', '01-01-2021'),
  (7, 'L7', 'Leek', 'Zorg B', '00000003', 'begeleiding', 'Oost', '01-01-2019');
SELECT f.line, f.number, f.cell, f.outcome, f.message FROM wmo.load_contract_list('pg_temp.sheet', true) WITH ORDINALITY f ORDER BY f.ordinality;
-- a cell that seems to name several is asked about; that a name may be several is said; a name that is known is that one
INSERT INTO wmo.party (id, name, kind) VALUES (5, 'Zorg en Welzijn', 'provider'), (6, 'Zorg A / Zorg B', 'consortium');
TRUNCATE sheet;
INSERT INTO sheet VALUES
  (1, 'M1', 'Leek', 'Zorg A en Zorg C', NULL, 'begeleiding', 'Oost', '01-01-2021'), (2, 'M2', 'Leek', 'Huis X; Huis Y', NULL, 'begeleiding', 'Oost', '01-01-2021'),
  (3, 'M3', 'Leek', 'Huis X / Huis Y', NULL, 'begeleiding', 'Oost', '01-01-2021'), (4, 'M4', 'Leek en Marum', 'Zorg A', NULL, 'begeleiding', 'Oost', '01-01-2021');
SELECT f.line, f.number, f.cell, f.outcome, f.message FROM wmo.load_contract_list('pg_temp.sheet', true) WITH ORDINALITY f WHERE f.cell IN ('Aanbieder', 'Opdrachtgever') ORDER BY f.ordinality;
TRUNCATE sheet;
INSERT INTO sheet VALUES
  (1, 'N1', 'Leek', 'Jansen en Zonen', NULL, 'begeleiding', 'Oost', '01-01-2021'), (2, 'N2', 'Leek', 'Zorg en Welzijn', NULL, 'begeleiding', 'Oost', '01-01-2021'),
  (3, 'N3', 'Leek', 'Zorg A / Zorg B', NULL, 'begeleiding', 'Oost', '01-01-2021'), (4, 'N4', 'Leek', 'Zorg A en meer', '00000002', 'begeleiding', 'Oost', '01-01-2021');
SELECT f.line, f.number, f.cell, f.outcome, f.message FROM wmo.load_contract_list('pg_temp.sheet', true) WITH ORDINALITY f WHERE f.cell IN ('Aanbieder', 'Opdrachtgever') ORDER BY f.ordinality;
-- a number of parties is no party; a name that begins like one is, and one that the registry knows
INSERT INTO wmo.party (id, name, kind) VALUES (8, 'Allen', 'provider');
ALTER TABLE sheet ADD COLUMN "Onderaannemers" text;
TRUNCATE sheet;
INSERT INTO sheet SELECT v.line, 'O' || v.line, 'Leek', v.supplier, NULL, 'begeleiding', 'Oost', '01-01-2021', '31-12-2022', v.sub FROM (VALUES
  (1, 'circa 80 aanbieders', NULL), (2, 'Alle', NULL), (3, 'alle gecontracteerde aanbieders', NULL), (4, '12', NULL), (5, 'diverse', NULL), (6, 'n.t.b.', NULL),
  (7, 'Alle Zorg BV', NULL), (8, 'Zorg 24', NULL), (9, '4 Zorg', NULL), (10, 'Allen', NULL), (11, 'Zorg A', 'ongeveer 16'), (12, 'Zorg A', 'Huis X; diverse'), (13, 'Zorg A', 'Alle Hens')) v (line, supplier, sub);
SELECT f.line, f.cell, f.outcome, f.message FROM wmo.load_contract_list('pg_temp.sheet', true) WITH ORDINALITY f WHERE f.cell IN ('Aanbieder', 'Onderaannemers') ORDER BY f.line, f.ordinality;
DELETE FROM sheet WHERE line IN (1, 2, 3, 4, 6, 11, 12);
SELECT f.line, f.cell, f.outcome, f.message FROM wmo.load_contract_list('pg_temp.sheet', true) WITH ORDINALITY f WHERE f.cell IN ('Aanbieder', 'Onderaannemers') ORDER BY f.line, f.ordinality;
-- a number that would become that of two: of one whom the registry knows without it and a new one, and of two whom it knows
TRUNCATE sheet;
INSERT INTO wmo.party (id, name, kind) VALUES (9, 'Zorg D', 'provider'), (10, 'Zorg E', 'provider');
INSERT INTO sheet SELECT v.line, 'P' || v.line, 'Leek', v.supplier, v.agb, 'begeleiding', 'Oost', '01-01-2021', '31-12-2022' FROM (VALUES
  (1, 'Zorg D', '12345678'), (2, 'Zorg Z', '12345678'), (3, 'Zorg D', '12345679'), (4, 'Zorg E', '12345679'), (5, 'Zorg A', '00000002'), (6, 'ZA Thuiszorg', '00000002')) v (line, supplier, agb);
SELECT f.line, f.cell, f.outcome, f.message FROM wmo.load_contract_list('pg_temp.sheet', true) WITH ORDINALITY f ORDER BY f.line, f.ordinality;
-- a product code that the buyer has for another service than stands beside it; a narrower or a wider one is no other
ALTER TABLE sheet ADD COLUMN "Productcodes" text;
INSERT INTO wmo.service_product (buyer_id, code, service_id) SELECT 1, c, s.id FROM (VALUES ('01A01', 'hulp_bij_het_huishouden'), ('02A01', 'individuele_begeleiding'), ('02A00', 'begeleiding')) v (c, service) JOIN wmo.service s ON s.code = v.service;
TRUNCATE sheet;
INSERT INTO sheet SELECT v.line, 'Q' || v.line, 'Leek', 'Zorg D', NULL, v.service, 'Oost', '01-01-2021', '31-12-2022', NULL, v.product FROM (VALUES (1, 'kortdurend verblijf', '01A01'), (2, 'HbH', '01A01'), (3, 'begeleiding', '02A01'),
  (4, 'individuele begeleiding', '02A00'), (5, 'begeleiding, HbH', '01A01'), (6, 'begeleiding, HbH', '02A01, 01A01'), (7, 'dagbesteding, HbH', '02A01')) v (line, service, product);
SELECT f.line, f.cell, f.outcome, f.message FROM wmo.load_contract_list('pg_temp.sheet', true) WITH ORDINALITY f WHERE f.outcome = 'refused' ORDER BY f.line, f.ordinality;
ROLLBACK;
