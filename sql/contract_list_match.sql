-- What the words of a list mean in a registry: codes in brackets, names that are known, periods that a list states.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

SELECT word, wmo_works.list_area_code(word) FROM unnest('{GM0014,gm0014,0014,Groningen (GM0014),Centrum (WK001400),BU00140000,14,GM14,Groningen,(Groningen)}'::text[]) word;

-- a period as a list states it: t/m is the day before the end; what it leaves out is what was agreed
SELECT n, wmo_works.listed_period(base::wmo.contract_period, first_day, last_day, options, notice) FROM (VALUES
  (1, NULL, '2023-01-01', '2024-12-31', '+P12M+P12M', 'P6M'),
  (2, NULL, '2023-01-01', NULL, NULL, NULL),
  (3, NULL, '2023-01-01', 'open', NULL, NULL),
  (4, NULL, '?', '2024-12-31', NULL, NULL),
  (5, '[2023-01-01,2025-01-01)+P1Y notice P3M', NULL, '2025-12-31', NULL, NULL),
  (6, '[2023-01-01,2025-01-01)+P1Y notice P3M', NULL, NULL, '', NULL),
  -- ends before it begins; options without an end
  (7, NULL, '2023-01-01', '2022-12-31', NULL, NULL),
  (8, NULL, '2023-01-01', 'open', '+P12M', NULL)) t (n, base, first_day, last_day, options, notice) ORDER BY n;
SELECT wmo_works.iso_length(length) FROM unnest('{2 years,18 months,90 days,1 year 2 months 3 days}'::interval[]) length;

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
