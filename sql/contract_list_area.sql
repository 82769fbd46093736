-- Which areas a list names: a municipality by its name on a day is its code, and rows under either are one area.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

SELECT word, wmo_works.list_area_code(word), wmo_works.list_area_name(word)
FROM unnest('{GM0014,gm0014,0014,Groningen (GM0014),Centrum (WK001400),BU00140000,14,GM14,Groningen,(Groningen)}'::text[]) word;

CREATE TEMPORARY TABLE sheet (line integer, "Contractnummer" text, "Aanbieder" text DEFAULT 'Zorg A', "Dienst" text DEFAULT 'begeleiding', "Gemeenten" text, "Gebied" text,
  "Begindatum" text DEFAULT '01-01-2020', "Einddatum t/m" text DEFAULT '31-12-2030');
CREATE FUNCTION pg_temp.load(dry_run boolean DEFAULT false) RETURNS SETOF text LANGUAGE sql
AS $$ SELECT concat_ws(': ', f.line, f.cell, f.outcome, f.message) FROM wmo.load_contract_list('pg_temp.sheet', dry_run, 'Gemeente Leek') WITH ORDINALITY f ORDER BY f.ordinality $$;

-- names and codes, old names and new ones
INSERT INTO sheet (line, "Contractnummer", "Gemeenten", "Begindatum") VALUES (2, 'A', 'Groningen', DEFAULT), (3, 'B', 'GM0014', DEFAULT), (4, 'C', 'groningen (0014), Den Haag', DEFAULT),
  (5, 'D', '''s-Gravenhage', DEFAULT), (6, 'E', 'Ten Boer', '01-01-2019'), (7, 'F', 'De Friese Meren', '01-01-2015'), (8, 'G', 'De Friese Meren', '01-07-2015'),
  (9, 'H', 'Wijdemeren', '01-01-2027');
SELECT * FROM pg_temp.load();
SELECT a.code, a.name, a.kind, a.valid, string_agg(c.number, ' ' ORDER BY c.number) AS contracts
FROM wmo.area a JOIN wmo.contract_scope s ON s.area_id = a.id JOIN wmo.contract c ON c.id = s.contract_id GROUP BY a.id ORDER BY a.code::text;
-- the answer by code finds rows under a name; reloading adds nothing
SELECT p.number FROM wmo.providers_in_area('GM0518', 'begeleiding', '2021-01-01') p ORDER BY 1;
SELECT * FROM pg_temp.load() l WHERE l !~ 'noted';
SELECT count(*), count(DISTINCT a.code::text) FROM wmo.area a;

-- what does not say which municipality is meant is refused, with what is near
TRUNCATE sheet;
INSERT INTO sheet (line, "Contractnummer", "Gemeenten", "Gebied") VALUES (2, 'K', 'Bergen', NULL), (3, 'L', 'Groninge', NULL), (4, 'M', 'Leek (GM0014)', NULL), (5, 'N', 'GM9001', NULL),
  (6, 'O', 'Xyzzy', NULL), (7, 'P', NULL, 'Oost'), (8, 'Q', NULL, 'West'), (9, 'R', 'Vijfhuizerlanden', NULL),
  (10, 'S', '14', NULL), (11, 'T', '999', NULL);
INSERT INTO wmo.area (id, name, kind, valid) VALUES (1, 'Oost', 'working_area', '[2010-01-01,)'), (2, 'Oost', 'working_area', '[2019-01-01,)'), (3, 'West', 'working_area', '(,2020-01-01)'),
  (4, 'West', 'working_area', '[2020-01-01,)');
SELECT * FROM pg_temp.load();

-- an area that had but its name is met by name and by code, and gets the code
INSERT INTO wmo.area (id, name, kind) VALUES (5, 'gemeente Haren', 'municipality');
TRUNCATE sheet;
INSERT INTO sheet (line, "Contractnummer", "Gemeenten", "Begindatum") VALUES (2, 'S', 'Haren', '01-01-2018'), (3, 'T', 'GM0017', '01-01-2018');
SELECT * FROM pg_temp.load() l WHERE l !~ 'noted.*(provider|end)';
SELECT a.id, a.code, a.name, a.valid FROM wmo.area a WHERE a.name ~ 'Haren';

-- the one with a comma in its name is one, alone and among others
TRUNCATE sheet;
INSERT INTO sheet (line, "Contractnummer", "Gemeenten") VALUES (2, 'V', 'Nuenen, Gerwen en Nederwetten'), (3, 'W', 'Best, nuenen,Gerwen en Nederwetten, Eindhoven');
SELECT * FROM pg_temp.load() l WHERE l !~ 'noted';

-- a municipality of the user's own
INSERT INTO wmo.municipality_own (code, name, valid) VALUES ('GM3001', 'Nieuwdal', '[2028-01-01,)');
TRUNCATE sheet;
INSERT INTO sheet (line, "Contractnummer", "Gemeenten", "Begindatum") VALUES (2, 'U', 'Nieuwdal', '01-01-2028');
SELECT * FROM pg_temp.load() l WHERE l ~ 'Nieuwdal';
SELECT a.code, a.name, a.valid FROM wmo.area a WHERE a.name = 'Nieuwdal';
ROLLBACK;
