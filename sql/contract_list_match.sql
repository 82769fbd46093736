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
ROLLBACK;
