-- Areas: editions of codes, shapes and what is not known of them, parts and wholes.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

INSERT INTO wmo.source (id, article, basis, reading) VALUES (2, 'Gemeentegids', 'inferred', 'by the drawing');
INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis) VALUES
  (1, 'GM0014', 'Groningen', 'municipality', '[,2019-01-01)', 'SRID=28992;MULTIPOLYGON(((0 0,100 0,100 100,0 100,0 0)))', 'official'),
  (2, 'GM0014', 'Groningen', 'municipality', '[2019-01-01,)', 'SRID=28992;MULTIPOLYGON(((0 0,200 0,200 100,0 100,0 0)))', 'official'),
  (3, NULL, 'Oost', 'working_area', '(,)', NULL, NULL),
  (4, 'WK001400', 'Centrum', 'district', '(,)', NULL, NULL),
  (5, 'WK001401', 'Oosterpark', 'district', '(,)', NULL, NULL),
  (6, 'BU00140100', 'Vinkenbuurt', 'neighbourhood', '(,)', NULL, NULL);
INSERT INTO wmo.area_part (whole_id, part_id, source_id) VALUES (3, 5, 2), (5, 6, NULL);

SELECT tried, pg_temp.verdict(format('INSERT INTO wmo.area (code, name, kind, valid, geom, geom_basis) VALUES (%s)', cells)) FROM (VALUES
  ('a name and a kind will do', $$NULL, 'Ergens', 'other', '(,)', NULL, NULL$$),
  ('a second area without code of the same name', $$NULL, 'Oost', 'working_area', '(,)', NULL, NULL$$),
  ('a blank name', $$NULL, ' ', 'other', '(,)', NULL, NULL$$),
  ('a kind that is not known', $$NULL, 'Ergens', 'province', '(,)', NULL, NULL$$),
  ('a code that is none', $$'GM14', 'Ergens', 'municipality', '(,)', NULL, NULL$$),
  ('the same code a day too early', $$'GM0014', 'Groningen', 'municipality', '[2018-12-31,2019-01-01)', NULL, NULL$$),
  ('another code on the same days', $$'GM0009', 'Ten Boer', 'municipality', '[2018-12-31,2019-01-01)', NULL, NULL$$),
  ('existing on no day', $$'GM0009', 'Ten Boer', 'municipality', 'empty', NULL, NULL$$),
  ('existing until the end of time', $$'GM0009', 'Ten Boer', 'municipality', '[2020-01-01,infinity)', NULL, NULL$$),
  ('a drawing that says it is one', $$NULL, 'Ergens', 'other', '(,)', 'SRID=28992;MULTIPOLYGON(((0 0,1 0,1 1,0 0)))', 'schematic'$$),
  ('a shape that does not say what it is', $$NULL, 'Ergens', 'other', '(,)', 'SRID=28992;MULTIPOLYGON(((0 0,1 0,1 1,0 0)))', NULL$$),
  ('a basis without shape', $$NULL, 'Ergens', 'other', '(,)', NULL, 'official'$$),
  ('a basis that is not known', $$NULL, 'Ergens', 'other', '(,)', 'SRID=28992;MULTIPOLYGON(((0 0,1 0,1 1,0 0)))', 'guess'$$),
  ('an empty shape', $$NULL, 'Ergens', 'other', '(,)', 'SRID=28992;MULTIPOLYGON EMPTY', 'official'$$),
  ('a shape that crosses itself', $$NULL, 'Ergens', 'other', '(,)', 'SRID=28992;MULTIPOLYGON(((0 0,2 2,2 0,0 2,0 0)))', 'official'$$),
  ('a shape too far to be reckoned with', $$NULL, 'Ergens', 'other', '(,)', 'SRID=28992;MULTIPOLYGON(((0 0,1e308 0,1e308 1e308,0 0)))', 'official'$$),
  ('a shape in degrees', $$NULL, 'Ergens', 'other', '(,)', 'SRID=4326;MULTIPOLYGON(((6 53,7 53,7 54,6 53)))', 'official'$$),
  ('a shape that is a line', $$NULL, 'Ergens', 'other', '(,)', 'SRID=28992;LINESTRING(0 0,1 1)', 'official'$$)
) t (tried, cells);

SELECT tried, pg_temp.verdict(statement) FROM (VALUES
  ('a key that a map has another use for', $$INSERT INTO wmo.area (id, name, kind) VALUES (2147483647, 'X', 'other')$$),
  ('an edition that grows over the next', $$UPDATE wmo.area SET valid = '[,2019-01-02)' WHERE id = 1$$),
  ('a part of itself', $$INSERT INTO wmo.area_part (whole_id, part_id) VALUES (3, 3)$$),
  ('a part twice', $$INSERT INTO wmo.area_part (whole_id, part_id) VALUES (3, 5)$$),
  ('a part of two wholes', $$INSERT INTO wmo.area_part (whole_id, part_id) VALUES (2, 5)$$),
  ('a whole in its own part', $$INSERT INTO wmo.area_part (whole_id, part_id) VALUES (5, 3)$$),
  ('a whole in a part of its part', $$INSERT INTO wmo.area_part (whole_id, part_id) VALUES (6, 3)$$),
  ('two rows of one statement that make a circle', $$INSERT INTO wmo.area_part (whole_id, part_id) VALUES (4, 2), (2, 4)$$),
  ('a row that is turned round', $$UPDATE wmo.area_part SET whole_id = 6, part_id = 3 WHERE whole_id = 3$$),
  ('a row that is turned round into a circle', $$UPDATE wmo.area_part SET whole_id = 6, part_id = 5 WHERE whole_id = 3$$),
  ('a part that is deleted', $$DELETE FROM wmo.area WHERE id = 6$$)
) t (tried, statement);

-- up and down, and how sure
SELECT 'wholes of Vinkenbuurt', a.name, w.inferred FROM wmo.area_with_wholes(6) w JOIN wmo.area a ON a.id = w.whole_id ORDER BY a.name COLLATE "C";
SELECT 'leaves of Oost', a.name, w.inferred FROM wmo_works.area_leaves(3) w JOIN wmo.area a ON a.id = w.leaf_id ORDER BY a.name COLLATE "C";
SELECT 'leaves of Centrum', a.name, w.inferred FROM wmo_works.area_leaves(4) w JOIN wmo.area a ON a.id = w.leaf_id ORDER BY a.name COLLATE "C";

-- Oostkant lies in Groot, which has a rest beside it; what merged into a municipality is all of it, and so are the parts of what has no code
INSERT INTO wmo.area (id, code, name, kind) VALUES (21, 'GM9921', 'Groot', 'municipality'), (22, NULL, 'Oostkant', 'working_area'), (23, 'GM9923', 'Nieuw', 'municipality'),
  (24, 'GM9924', 'Oud', 'municipality'), (25, 'WK992500', 'Wijkje', 'district'), (26, NULL, 'Regio', 'region');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (21, 22), (23, 24), (26, 25), (26, 21);
SELECT w.name, (SELECT string_agg(a.name, ', ' ORDER BY a.name) FROM wmo_works.area_leaves(w.id) l JOIN wmo.area a ON a.id = l.leaf_id) FROM wmo.area w WHERE w.id IN (21, 23, 26) ORDER BY w.id;
DELETE FROM wmo.area_part WHERE whole_id > 20; DELETE FROM wmo.area WHERE id > 20;

-- the edition of a code that answers for a day: that of the day, else the last before it, else the first after it
INSERT INTO wmo.area (id, code, name, kind, valid) VALUES
  (7, 'GM0053', 'Winsum', 'municipality', '[1990-01-01,2000-01-01)'), (8, 'GM0053', 'Winsum', 'municipality', '[2005-01-01,2019-01-01)');
SELECT on_date, wmo.area_edition('GM0053', on_date)
FROM unnest(ARRAY['1989-12-31', '1990-01-01', '1999-12-31', '2000-01-01', '2004-12-31', '2005-01-01', '2018-12-31', '2019-01-01']::date[]) on_date;
SELECT 'no such code', wmo.area_edition('GM9999', '2020-01-01') IS NULL;

SELECT 'not tried', pg_temp.untried('wmo.area', 'wmo.area_part');
ROLLBACK;
