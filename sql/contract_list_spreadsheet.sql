-- A list as it really comes out of a spreadsheet: t/m in the cell, nvt, totals and remarks below, zeros that were lost, and one fault once.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

-- cells: t/m 31-12-2025 is a last day; tot is not; a zero that was lost is asked about
SELECT name, cell, c.said, c.fault FROM (VALUES
  ('last_day', 't/m 31-12-2025'), ('last_day', 'T/M  31 december 2025'), ('last_day', 'tot en met 31-12-2025'), ('last_day', 'tot 31-12-2025'), ('last_day', 'tot 1-1-26'), ('last_day', 'nvt'),
  ('last_day', 'onbepaald'), ('last_day', 't/m'), ('last_day', 't/m 31-02-2025'),
  ('first_day', 'vanaf 01-01-2023'), ('first_day', 'per 1 januari 2023'), ('first_day', 'm.i.v. 01-01-2023'), ('first_day', 't/m 01-01-2023'), ('first_day', 'n.v.t.'), ('first_day', 'onbepaald'),
  ('signed_on', 'n.v.t.'), ('signed_on', '-'), ('signed_on', '?'), ('lot', 'nvt'), ('lot', 'geen'), ('tender', 'N.V.T.'), ('ages', 'nvt'), ('subcontractors', 'geen'), ('supplier', 'nvt'),
  ('number', '-'), ('agb', '1234567'), ('agb', '12345'), ('agb', '1234'), ('agb', '123456789'), ('agb', '1234567,0'), ('kvk', '1234567'), ('kvk', 'nvt'), ('areas', 'n.v.t.'), ('services', 'nvt'),
  ('options', 'nvt'), ('options', '--'), ('notice', 'nvt'), ('notice', 'niet van toepassing'), ('sole_trader', 'nvt'), ('sole_trader', '-')) v (name, cell)
CROSS JOIN LATERAL wmo_works.list_cell(v.name, v.cell, v.name) c;

CREATE TEMPORARY TABLE sheet (line integer, "Contractnummer" text, "Aanbieder" text, "AGB" text, "Dienst" text, "Gemeente" text, "Begindatum" text, "Einddatum" text, "Opties" text, "Leeftijd" text,
  "Wat er mis is" text);
CREATE FUNCTION pg_temp.load() RETURNS SETOF text LANGUAGE sql
AS $$ SELECT concat_ws(': ', f.line, f.number, f.cell, f.outcome, f.message, f.lines) FROM wmo.load_contract_list('pg_temp.sheet', true, 'Gemeente Leek') WITH ORDINALITY f
      WHERE f.message !~ 'is new and is added' OR f.outcome = 'refused' ORDER BY f.ordinality $$;

-- totals and remarks below the list are noted and not read; a contract called Totaalzorg is one
INSERT INTO sheet VALUES
  (4, 'A', 'Zorg A', NULL, 'HbH', 'Groningen', 'per 1-1-2023', 't/m 31-12-2025', 'nvt', 'nvt', NULL),
  (5, 'Totaalzorg 1', 'Zorg B', NULL, 'HbH', 'GM0014', '1-1-2023', '31-12-2025', NULL, NULL, NULL),
  (6, 'Totaal', NULL, NULL, NULL, NULL, NULL, '2', NULL, NULL, NULL), (7, NULL, 'Subtotaal: 2 contracten', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (8, 'Laatst bijgewerkt op 1 mei', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
SELECT * FROM pg_temp.load();

-- one fault once with its rows; two faults in two messages
TRUNCATE sheet;
INSERT INTO sheet SELECT n, 'B' || n, 'Zorg A', NULL, 'thuishulpje', 'Groninge', '01-01-2023', 'eind 2025', NULL, NULL, 'van de vorige keer' FROM generate_series(2, 6) n;
INSERT INTO sheet VALUES (7, 'C', 'Zorg C', NULL, 'begeleiding', 'Groningen', '01-01-2023', '31-12-2022', NULL, NULL, NULL),
  (8, 'D', 'Zorg C', NULL, 'begeleiding', 'Groningen', '01-01-2023', 'onbepaald', '2x12', NULL, NULL);
SELECT * FROM pg_temp.load();

-- what the registry would refuse by a constraint of its own is said in words
TRUNCATE sheet;
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Gemeente Leek', 'municipality'), (2, 'Zorg Oud', 'provider'), (3, 'Zorg A', 'provider');
INSERT INTO wmo.party_identifier (party_id, scheme, value, valid) VALUES (2, 'agb', '00000002', '(,2020-01-01)');
INSERT INTO wmo.area (id, code, name, kind) VALUES (1, 'GM0014', 'Groningen', 'municipality');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (1, 'F', 1, 3, '[2023-01-01,2026-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages) VALUES (1, 20, 1, '[18,75)'), (1, 20, 1, '[75,)');
INSERT INTO sheet VALUES (2, 'E', 'Zorg A', NULL, 'begeleiding', 'Groningen', '01-01-2023', '31-12-2025', NULL, '18 tot 75', NULL),
  (3, 'E', 'Zorg A', NULL, 'begeleiding', 'GM0014', '01-01-2023', '31-12-2025', NULL, '65+', NULL),
  (4, 'F', 'Zorg A', NULL, 'begeleiding', 'GM0014', '01-01-2023', '31-12-2025', NULL, '18+', NULL),
  (5, 'G', 'Zorg A', '00000002', 'begeleiding', 'GM0014', '01-01-2023', '31-12-2025', NULL, NULL, NULL);
SELECT * FROM pg_temp.load();
-- of the same contract, ages that follow each other are no contradiction
DELETE FROM sheet WHERE line IN (4, 5);
UPDATE sheet SET "Leeftijd" = '75+' WHERE line = 3;
SELECT * FROM pg_temp.load();
ROLLBACK;
