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

-- a district beside its municipality narrows it, where it can be told to lie there: by code, as a recorded part, by boundaries; else both are asked about
INSERT INTO wmo.source (id, article, basis, reading) VALUES (1, 'Krant', 'inferred', 'x');
INSERT INTO wmo.area (id, code, name, kind, geom, geom_basis, source_id) VALUES
  (20, 'GM0074', 'Heerenveen', 'municipality', 'SRID=28992;MULTIPOLYGON(((190000 550000,191000 550000,191000 551000,190000 551000,190000 550000)))', 'official', NULL),
  (21, NULL, 'De Heide', 'working_area', NULL, NULL, NULL), (22, NULL, 'Het Meer', 'working_area', NULL, NULL, NULL),
  (23, NULL, 'Nijehaske', 'working_area', 'SRID=28992;MULTIPOLYGON(((190000 550000,190400 550000,190400 550400,190000 550400,190000 550000)))', 'official', NULL),
  (24, NULL, 'Getekend', 'working_area', 'SRID=28992;MULTIPOLYGON(((190000 550000,190400 550000,190400 550400,190000 550400,190000 550000)))', 'schematic', NULL),
  (25, NULL, 'Deels', 'working_area', 'SRID=28992;MULTIPOLYGON(((189000 550000,190400 550000,190400 550400,189000 550400,189000 550000)))', 'official', NULL);
INSERT INTO wmo.area_part (whole_id, part_id, source_id) VALUES (20, 21, NULL), (20, 22, 1);
TRUNCATE sheet;
INSERT INTO sheet (line, "Contractnummer", "Gemeenten", "Gebied") VALUES (2, 'X1', 'Groningen', 'Centrum (WK001400)'), (3, 'X2', 'Heerenveen', 'De Heide'), (4, 'X3', 'Heerenveen', 'Nijehaske'),
  (5, 'X4', 'Groningen, Heerenveen', 'WK001400, De Heide'), (6, 'X5', 'Heerenveen', 'GM0074');
SELECT * FROM pg_temp.load() l WHERE l !~ 'provider|options|ages';
SELECT c.number, string_agg(coalesce(a.code::text, a.name), ' ' ORDER BY a.code::text, a.name)
FROM wmo.contract c JOIN wmo.contract_scope s ON s.contract_id = c.id JOIN wmo.area a ON a.id = s.area_id WHERE c.number ~ '^X' GROUP BY 1 ORDER BY 1;
SELECT * FROM pg_temp.load() l WHERE l !~ 'noted';
SELECT count(*) FROM wmo.providers_in_area('GM0014', 'begeleiding', '2021-01-01') p WHERE p.number = 'X1' AND p.covers = 'whole';
TRUNCATE sheet;
INSERT INTO sheet (line, "Contractnummer", "Gemeenten", "Gebied") VALUES (2, 'Y1', 'Groningen', 'Binnenstad'), (3, 'Y2', 'Groningen', 'WK007401'), (4, 'Y3', 'Heerenveen', 'Het Meer'), (5, 'Y4', 'Heerenveen', 'Getekend'),
  (6, 'Y5', 'Heerenveen', 'Deels'), (7, 'Y6', 'Groningen, Heerenveen', 'WK001400'), (8, 'Y7', 'Groningen', 'De Heide, Centrum'), (9, 'Y8', 'Groninge', 'Centrum');
SELECT * FROM pg_temp.load();

-- the Noord of one municipality is not that of another: by a name alone a list means what its buyer named before, what lies in it, or what nobody named
ALTER TABLE sheet ADD COLUMN "Opdrachtgever" text;
CREATE FUNCTION pg_temp.load_all() RETURNS SETOF text LANGUAGE sql
AS $$ SELECT concat_ws(': ', f.line, f.cell, f.outcome, f.message) FROM wmo.load_contract_list('pg_temp.sheet', false) WITH ORDINALITY f WHERE f.message !~ 'provider|options|ages|municipality' ORDER BY f.ordinality $$;
TRUNCATE sheet;
INSERT INTO sheet (line, "Contractnummer", "Opdrachtgever", "Gebied") VALUES (2, 'Z1', 'Assen', 'Noord'), (3, 'Z2', 'Emmen', 'Noord'), (4, 'Z3', 'Assen', 'Zuid');
SELECT * FROM pg_temp.load_all();
DELETE FROM sheet WHERE line = 3;
SELECT * FROM pg_temp.load_all();
TRUNCATE sheet;
INSERT INTO wmo.area (id, code, name, kind) VALUES (30, 'WK011403', 'Delftlanden', 'district');
INSERT INTO sheet (line, "Contractnummer", "Opdrachtgever", "Gebied") VALUES (2, 'Z4', 'Emmen', 'Noord'), (3, 'Z5', 'Assen', 'Noord'), (4, 'Z6', 'Emmen', 'Delftlanden'), (5, 'Z7', 'Assen', 'Delftlanden'), (6, 'Z8', 'Assen', 'WK011403'),
  (7, 'Z9', 'Emmen', 'Noord (Emmen)'), (8, 'Z10', 'Samen', 'Zuid');
INSERT INTO wmo.party (id, name, kind) VALUES (50, 'Samen', 'consortium');
INSERT INTO wmo.consortium_member (consortium_id, member_id) SELECT 50, p.id FROM wmo.party p WHERE p.name = 'Assen';
SELECT * FROM pg_temp.load_all();
DELETE FROM sheet WHERE line IN (2, 5);
SELECT * FROM pg_temp.load_all();
ROLLBACK;
