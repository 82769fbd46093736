-- A list of contracts, cell by cell: days, options, notice, ages, words and headers as spreadsheets write them.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

-- days: Dutch order, four digits, never guessed
SELECT cell, (wmo_works.list_day(cell)).* FROM (VALUES
  (1, '01-02-2023'), (2, '1-2-2023'), (3, '01/02/2023'), (4, '2023-02-01'), (5, '1 februari 2023'), (6, '01-02-2023 00:00'), (7, '29-02-2024'),
  (8, '29-02-2023'), (9, '31-04-2023'), (10, '00-01-2023'), (11, '01-13-2023'), (12, '01-02-23'), (13, '44958'), (14, '2023'), (15, 'Q1 2023'),
  (16, '1 pluviôse 2023'), (17, '01-01-1023'), (18, '?'), (19, 'Onbekend'), (20, 'onbepaalde tijd'), (21, 'geen einddatum'), (22, '-'), (23, 'infinity')
) t (n, cell) ORDER BY n;

-- what systems fill in for no day, or for no end, is asked about, and so is a length where a day belongs; another century of both is not
SELECT name, cell, (wmo_works.list_cell(name, cell, name)).* FROM (VALUES
  (1, 'last_day', '31-12-2999'), (2, 'last_day', 't/m 31-12-9999'), (3, 'last_day', '9999-12-31'), (4, 'last_day', '31-12-2099'), (5, 'last_day', '01-01-1900'), (6, 'last_day', '2 jaar'), (7, 'last_day', 'P2Y'),
  (8, 'first_day', '01-01-1900'), (9, 'first_day', '31-12-9999'), (10, 'signed_on', '01-01-1900'), (11, 'first_day', '01-01-1950'), (12, 'last_day', '31-12-2089'), (13, 'signed_on', '01-01-2024'), (14, 'first_day', '01-01-1970')
) t (n, name, cell) ORDER BY n;

-- options and notice
SELECT cell, (wmo_works.list_options(cell)).* FROM (VALUES
  (1, '2x12'), (2, '2 x 12 maanden'), (3, '1 x 2 jaar'), (4, '12+6'), (5, '1 jaar + 1 jaar'), (6, 'geen'), (7, '3 maal 6 mnd'), (8, 'P1Y6M'),
  (9, '24'), (10, '2 jaar'), (11, '0x12'), (12, '2x'), (13, 'ja'), (14, '99x12'), (15, '2x12, 1x6'), (16, 'P'), (17, '?')
) t (n, cell) ORDER BY n;
-- years or months: what is not said is asked about; a unit at the end, or in the header, holds for all
SELECT cell, (wmo_works.list_cell('options', cell, header)).* FROM (VALUES
  (1, '2x1', 'Opties'), (2, '1+1', 'Opties'), (3, '2*1', 'Opties'), (4, '2x6', 'Opties'), (5, '12+1', 'Opties'), (6, '1+1 jaar', 'Opties'), (7, '1 + 1 + 2 jaar', 'Opties'),
  (8, '12+12 maanden', 'Opties'), (9, '1 en 1 jr.', 'Opties'), (10, '1 jaar + 1', 'Opties'), (11, '1 + 1 jaar + 6 maanden', 'Opties'), (12, '12 + 1 jaar', 'Opties'),
  (13, '1 + 6 maanden', 'Opties'), (14, '3+3 maanden', 'Opties'), (15, '1,5 jaar', 'Opties'), (16, '2x1,5 jaar', 'Opties'), (17, '1', 'Opties')
) t (n, cell, header) ORDER BY n;
SELECT cell, header, (wmo_works.list_cell('options', cell, header)).* FROM (VALUES
  (1, '2x1', 'Optiejaren'), (2, '1+1', 'opties (jaren)'), (3, '2x3', 'opties (maanden)'), (4, '2x12', 'Optiejaren'), (5, '2x6 maanden', 'Optiejaren'), (6, '1 + 6 maanden', 'Optiejaren'),
  (7, '1', 'Optiejaren'), (8, '2', 'Optiejaren'), (9, '24', 'Opties (maanden)'), (10, 'geen', 'Optiejaren'), (11, '1 jaar + 1', 'Optiejaren')
) t (n, cell, header) ORDER BY n;
SELECT cell, header, (wmo_works.list_cell('notice', cell, header)).* FROM (VALUES
  (1, '6 maanden', 'Meldtermijn'), (2, '26 weken', 'Meldtermijn'), (3, '90 dagen', 'Meldtermijn'), (4, '6', 'Meldtermijn'), (5, '6', 'Meldtermijn (maanden)'),
  (6, 'half jaar', 'Meldtermijn'), (7, 'geen', 'Meldtermijn'), (8, ' ', 'Meldtermijn'), (9, '13', 'Meldtermijn (weken)')
) t (n, cell, header) ORDER BY n;

-- ages: tot leaves the age out, t/m takes it in
SELECT cell, (wmo_works.list_ages(cell)).* FROM (VALUES
  (1, '18+'), (2, '18 jaar en ouder'), (3, 'vanaf 75'), (4, '18 tot 75'), (5, '18 t/m 74'), (6, 'tot 18'), (7, 't/m 17 jaar'), (8, 'alle'),
  (9, '18-75'), (10, '18'), (11, '75 tot 18'), (12, '18 tot 18'), (13, '18 t/m 18'), (14, 'volwassenen'), (15, '200+')
) t (n, cell) ORDER BY n;

-- other columns
SELECT name, cell, (wmo_works.list_cell(name, cell, name)).* FROM (VALUES
  (1, 'agb', '01234567'), (2, 'agb', '1234567'), (3, 'agb', '01-234567'), (4, 'kvk', '12345678a'), (5, 'choice', 'Exclusief'), (6, 'choice', 'misschien'),
  (7, 'sole_trader', 'Ja'), (8, 'sole_trader', 'soms'), (9, 'supplier', 'onbekend'), (10, 'supplier', U&'  Zorg\00a0 Noord '), (11, 'signed_on', 'onbekend'),
  (12, 'first_day', 'onbepaald'), (13, 'last_day', 'onbepaald'), (14, 'number', 'n.t.b.'), (15, 'number', '12'), (16, 'lot', 'onbekend'), (17, 'lot', '1, 2'), (18, 'lot', '1 t/m 3'), (19, 'lot', 'A1'), (20, 'last_day', '31-12-2099'),
  (21, 'first_day', '01-01-2099')
) t (n, name, cell) ORDER BY n;
-- a question mark is doubt, and so are words beside a lot, or in its place
SELECT name, cell, (wmo_works.list_cell(name, cell, name)).* FROM (VALUES
  (1, 'municipalities', 'Groningen?'), (2, 'services', 'begeleiding?'), (3, 'supplier', 'Zorg A?'), (4, 'supplier', '?'), (5, 'subcontractors', 'Zorg R?'), (6, 'number', 'N-1?'), (7, 'lot', '2?'),
  (8, 'lot', '2 (ingetrokken)'), (9, 'lot', 'Noord (niet gegund)'), (10, 'lot', 'reserve'), (11, 'lot', 'alle'), (12, 'lot', '1-3'), (13, 'lot', '1 - 3'), (14, 'lot', '12'), (15, 'lot', 'Noord-West'), (16, 'lot', 'Perceel 2b')
) t (n, name, cell) ORDER BY n;
-- a lot or tender is one, and was awarded; a tender bears days in its name
SELECT name, cell, (wmo_works.list_cell(name, cell, name)).* FROM (VALUES
  (1, 'lot', '2 (ingetrokken)'), (2, 'lot', 'Noord (niet gegund)'), (3, 'lot', 'reserve'), (4, 'lot', 'alle'), (5, 'lot', '1-3'), (6, 'lot', 'perceel 1 en 2'), (7, 'lot', 'percelen Noord'), (8, 'lot', '2?'), (9, 'lot', 'zie bijlage'),
  (10, 'lot', 'diverse'), (11, 'lot', '12'), (12, 'lot', 'Noord'), (13, 'lot', '2b'), (14, 'lot', 'Dagbesteding e.d.'), (15, 'lot', 'geen'), (21, 'tender', 'Inkoop per 2024'), (22, 'tender', 'Wmo 2023-2026'),
  (23, 'tender', 'Inkoop 2024 (ingetrokken)'), (24, 'tender', 'loopt nog?'), (25, 'tender', 'n.t.b.'), (26, 'tender', '2024')
) t (n, name, cell) ORDER BY n;
-- ja is an answer to the header
SELECT cell, header, (wmo_works.list_cell('choice', cell, header)).* FROM (VALUES (1, 'ja', 'Exclusief'), (2, 'ja', 'Keuze'), (3, 'Ja', 'Toewijzing'), (4, 'nee', 'Exclusief')) t (n, cell, header) ORDER BY n;

-- the header
CREATE TEMPORARY TABLE headers (line integer, "Contract-nr" text, "AANBIEDER" text, "Ingangsdatum" text, "Einddatum tot" text, "Gemeente" text, "Gemeenten" text, "Opmerking" text);
SELECT cell, outcome, message FROM wmo.load_contract_list('headers') ORDER BY outcome DESC, cell;
SELECT cell FROM wmo.load_contract_list('headers', buyer => 'Leek') WHERE cell = 'opdrachtgever';
CREATE TEMPORARY TABLE units ("Opties (in jaren)" text, "Meldtermijn (weken)" text, "Leeftijd (jaar)" text, "Startjaar" text);
SELECT header, name FROM wmo_works.list_headers('units') ORDER BY header;
ROLLBACK;
