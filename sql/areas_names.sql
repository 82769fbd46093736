-- Boundaries join what lists and files had by name only: a municipality's name on a day is its code.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set tiles :here '/sql/include/tiles.sql'
\i :verdict
\i :tiles

-- a list that names municipalities, then the boundaries of all
CREATE TEMPORARY TABLE sheet (line integer, "Contractnummer" text, "Aanbieder" text, "Dienst" text, "Gemeenten" text, "Begindatum" text, "Einddatum t/m" text);
INSERT INTO sheet VALUES (2, 'A', 'Zorg A', 'begeleiding', 'Groningen', '01-01-2022', '31-12-2026'), (3, 'B', 'Zorg B', 'begeleiding', 'Utrecht', '01-01-2022', '31-12-2026'),
  (4, 'C', 'Zorg C', 'begeleiding', 'GM0014', '01-01-2022', '31-12-2026');
SELECT f.line, f.outcome FROM wmo.load_contract_list('pg_temp.sheet', buyer => 'Gemeente Ergens') f WHERE f.outcome <> 'noted';
SELECT pg_temp.staging('cbs', '{gemeentecode,gemeentenaam}');
INSERT INTO pg_temp.cbs VALUES ('GM0014', 'Groningen', pg_temp.box(0, 0, 1, 1)), ('GM0344', 'Utrecht', pg_temp.box(1, 0, 2, 1)), ('GM0363', 'Amsterdam', pg_temp.box(2, 0, 3, 1)),
  ('GM0893', 'Bergen (L.)', pg_temp.box(3, 0, 4, 1)), ('GM0373', 'Bergen (NH.)', pg_temp.box(4, 0, 5, 1));
SELECT * FROM pg_temp.load('cbs', '2022-01-01');
-- a place in Amsterdam is known to have none of these contracts; one in Groningen has both of its own
SELECT p.number, p.reason = 'area_without_shape' AS without_shape FROM wmo.providers_at('SRID=28992;POINT(2500 500)', 'begeleiding', '2023-01-01') p ORDER BY 1;
SELECT p.number, p.certainty FROM wmo.providers_at('SRID=28992;POINT(500 500)', 'begeleiding', '2023-01-01') p ORDER BY 1;
SELECT p.number, p.certainty FROM wmo.providers_in_area('GM0014', 'begeleiding', '2023-01-01') p ORDER BY 1;

-- a layer with names only, then one with codes: nothing ends, nothing is double
DELETE FROM wmo.contract_scope;
DELETE FROM wmo.area_part;
DELETE FROM wmo.area;
SELECT pg_temp.staging('names', '{naam}');
INSERT INTO pg_temp.names SELECT c.gemeentenaam, c.geom FROM pg_temp.cbs c;
SELECT * FROM pg_temp.load('names', '2021-01-01', 'municipality');
SELECT * FROM pg_temp.load('cbs', '2022-01-01');
SELECT a.code, a.name, a.valid FROM wmo.area a ORDER BY a.code::text;

-- what an older registry has by name only is completed, and gets its code; but not the code that another has on its days
DELETE FROM wmo.area_part;
DELETE FROM wmo.area;
INSERT INTO wmo.area (id, code, name, kind, valid) VALUES (1, NULL, 'gemeente groningen', 'municipality', '(,)'), (2, NULL, 'Utrecht', 'municipality', '(,)'),
  (3, 'GM0344', 'Utrecht', 'municipality', '[2023-01-01,)'), (4, NULL, 'Amsterdam', 'working_area', '(,)'), (5, NULL, 'Bergen', 'municipality', '(,)');
SELECT * FROM pg_temp.load('cbs', '2022-01-01');
-- which two are left to be made one is said
SELECT regexp_replace(wmo_works.namesakes_without_code(), '[0-9]{5}', 'N');
SELECT a.id < 10 AS was_there, a.code, a.name, a.kind, a.valid, a.geom IS NOT NULL AS has_shape FROM wmo.area a ORDER BY a.code::text NULLS LAST, a.id;
-- in the days of Haren and Ten Boer as well
INSERT INTO wmo.area (id, name, kind) VALUES (6, 'Haren', 'municipality');
SELECT pg_temp.staging('haren', '{gemeentecode,gemeentenaam}');
INSERT INTO pg_temp.haren VALUES ('GM0017', 'Haren', pg_temp.box(7, 0, 8, 1));
SELECT * FROM pg_temp.load('haren', '2018-01-01');
SELECT a.code, a.name, a.valid FROM wmo.area a WHERE a.id = 6;
ROLLBACK;
