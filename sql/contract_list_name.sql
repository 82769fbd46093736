-- What stands in a list where a name belongs and is none.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

SELECT coalesce(wmo_works.no_name(word), 'a name') AS kind, word FROM (VALUES
  (1, '?'), (2, 'Onbekend'), (3, 'n.n.b.'), (4, 'diverse aanbieders'), (5, 'circa 80 aanbieders'), (6, '12'), (7, 'alle'),
  (8, 'niet gegund'), (9, 'Geen'), (10, 'geen inschrijvingen'), (11, 'nog te bepalen'), (12, 'TBD'), (13, 'n.t.b.'), (14, 'Nader te bepalen'), (15, 'gunning volgt'), (16, 'wordt nog bekend gemaakt'),
  (17, 'nog niet bekend'), (18, 'xxx'), (19, '...'), (20, 'nee'),
  (21, 'zie bijlage'), (22, 'Zie ook de toelichting'), (23, 'conform bijlage 2'), (24, 'idem'), (25, 'bijlage 3'),
  (26, 'Zorg A e.a.'), (27, 'Zorg A en anderen'), (28, 'Zorg A, Zorg B, etc.'), (29, 'Zorg A en 3 andere aanbieders'), (30, 'o.a. Zorg A'), (31, 'Zorg A c.s.'), (32, 'Zorg A + 2 anderen'),
  (33, U&'Zorg A (be\00ebindigd)'), (34, 'Zorg A - gestopt'), (35, 'Zorg A (t/m 31-12-2023)'), (36, 'Zorg A, failliet'), (37, 'Zorg A (voorlopig)'), (38, 'Zorg A vanaf 1 juli 2024'), (39, 'Zorg A tot 2024')
) t (n, word) ORDER BY n;
-- words that are no name though they are written as one; doubt, and what became of a name that stands in it
SELECT coalesce(wmo_works.no_name(word), 'a name') AS kind, word FROM (VALUES
  (1, 'diversen'), (2, 'overige'), (3, 'div.'), (4, 'zorgaanbieders'), (5, 'leverancier'), (6, 'reserve'), (7, 'bezwaar loopt'), (8, 'zie offerte'), (9, 'alle gecontracteerden'),
  (11, 'Zorg A (niet getekend)'), (12, 'Zorg A (nog te tekenen)'), (13, 'Zorg A (i.o.)'), (14, 'Zorg A i.o.'), (15, 'reserve: Zorg A'), (16, 'wachtkamer Zorg A'), (17, 'eventueel Zorg R'),
  (18, 'voormalig Zorg R'), (19, 'Zorg R (gepland)'), (21, 'Zorg A?'), (22, 'Zorg? A'), (23, 'Zorg A*'), (24, 'Zorg*A'), (25, 'Reservaat Zorg')
) t (n, word) ORDER BY n;
-- names, however they begin or end
SELECT word, wmo_works.no_name(word) FROM unnest(ARRAY['Allen', 'Alle Zorg BV', '4 Zorg', 'Zorg 24', 'Geen Drempel Zorg', 'Niet Alleen', 'Zie Mij', 'Nog Fitter', 'Openhart', 'Jansen en partners', 'Jansen en Zonen',
  'Stichting De Brug (locatie Noord)', 'Concept Zorg', 'Thuis in 2 Talen', 'Zorg sinds Altijd', 'Een Andere Zorg', 'De Overige BV', 'Andere Aanbieders BV', 'Ede', 'CS Zorg', 'EA Thuis', 'Heel', 'Vereniging 1848', 'N.V. Zorg', 'B.V.']) word
WHERE wmo_works.no_name(word) IS NOT NULL;

-- what each column asks
CREATE TEMPORARY TABLE sheet (line integer, "Contractnummer" text, "Opdrachtgever" text DEFAULT 'Leek', "Aanbieder" text DEFAULT 'Zorg A', "Dienst" text DEFAULT 'begeleiding', "Productcode" text,
  "Gebied" text DEFAULT 'Oost', "Begindatum" text DEFAULT '01-01-2021', "Einddatum t/m" text DEFAULT '31-12-2022', "Opties" text DEFAULT 'geen', "Leeftijd" text DEFAULT 'alle', "Onderaannemers" text);
INSERT INTO sheet (line, "Contractnummer", "Aanbieder") VALUES (1, 'A1', 'niet gegund'), (2, 'A2', 'geen'), (3, 'A3', 'TBD'), (4, 'A4', 'zie bijlage'), (5, 'A5', 'Zorg A e.a.'), (6, 'A6', U&'Zorg A (be\00ebindigd)'),
  (7, 'A7', 'circa 80'), (8, 'A8', 'onbekend'), (9, 'A9', 'Zorg A');
INSERT INTO sheet (line, "Contractnummer", "Onderaannemers") VALUES (11, 'B1', 'ja'), (12, 'B2', 'nee'), (13, 'B3', 'toegestaan na toestemming'), (14, 'B4', 'geen'), (15, 'B5', 'Huis X; geen'), (16, 'B6', 'Huis X e.a.'),
  (17, 'B7', 'met schriftelijke toestemming'), (18, 'B8', 'Huis X | n.t.b.');
INSERT INTO sheet (line, "Contractnummer", "Opdrachtgever") VALUES (21, 'C1', 'onbekend'), (22, 'C2', 'zie bijlage'), (23, 'C3', 'diverse');
INSERT INTO sheet (line, "Contractnummer", "Gebied") VALUES (31, 'D1', 'n.t.b.'), (32, 'D2', 'hele gemeente'), (33, 'D3', 'alle wijken'), (34, 'D4', 'zie bijlage'), (35, 'D5', 'Heel'), (36, 'D6', 'geen');
INSERT INTO sheet (line, "Contractnummer", "Productcode") VALUES (41, 'E1', 'geen'), (42, 'E2', 'volgt'), (43, 'E3', '12345'), (44, 'n.t.b.', NULL), (45, 'E4', 'alle'),
  (46, 'E5', '02*');
INSERT INTO sheet (line, "Contractnummer", "Aanbieder", "Dienst", "Gebied", "Onderaannemers") VALUES (51, 'F1', 'Zorg A?', 'begeleiding', 'Oost', NULL), (52, 'F2', 'Zorg A', 'begeleiding?', 'Oost', NULL), (53, 'F3', 'Zorg A', 'begeleiding', 'Oost?', NULL),
  (54, 'F4', 'Zorg A (team Noord)', 'begeleiding', 'Oost', NULL), (55, 'F5', 'Zorg A', 'begeleiding', 'Oost', 'eventueel Huis X'), (56, 'F6', 'Zorg Q (team Noord)', 'begeleiding', 'Oost', NULL), (57, 'F7', 'Zorg A', 'dagbesteding, begeleiding*', 'Oost', NULL);
SELECT f.line, f.cell, f.outcome, f.message FROM wmo.load_contract_list('pg_temp.sheet', true) WITH ORDINALITY f ORDER BY f.ordinality;
-- a municipality of which the name or the code is doubted is not that municipality
ALTER TABLE sheet ADD COLUMN "Gemeenten" text;
INSERT INTO sheet (line, "Contractnummer", "Gebied", "Gemeenten") VALUES (61, 'G1', NULL, 'Groningen?'), (62, 'G2', NULL, 'GM0014 ?'), (63, 'G3', NULL, 'Assen, Groningen*'), (64, 'G4', NULL, 'Groningen');
SELECT f.line, f.cell, f.outcome, f.message FROM wmo.load_contract_list('pg_temp.sheet', true) WITH ORDINALITY f WHERE f.line > 60 ORDER BY f.ordinality;
-- what the registry knows as a name is that one
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Leek', 'municipality'), (2, 'Zorg A e.a.', 'consortium'), (3, 'Geen', 'provider'), (4, 'Wie helpt?', 'provider');
INSERT INTO wmo.area (id, name, kind) VALUES (1, 'hele gemeente', 'working_area');
INSERT INTO wmo.service_product (buyer_id, code, service_id) SELECT 1, 'volgt', s.id FROM wmo.service s WHERE s.code = 'begeleiding';
DELETE FROM sheet WHERE line NOT IN (2, 5, 32, 42, 51);
UPDATE sheet SET "Aanbieder" = 'Wie helpt?' WHERE line = 51;
SELECT f.line, f.cell, f.outcome, f.message FROM wmo.load_contract_list('pg_temp.sheet', true) WITH ORDINALITY f ORDER BY f.ordinality;
ROLLBACK;
