-- Postcodes: where they lie, by the surest record; the areas they meet; who serves them.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\set tiles :here '/sql/include/tiles.sql'
\i :verdict
\i :registry
\i :tiles
-- squares 1 and 2 lie side by side, each with its own main provider; square 3 has a contract with nobody named; square 4 lies bare
SELECT pg_temp.area(1, 'Een'), pg_temp.area(2, 'Twee'), pg_temp.area(3, 'Drie'), pg_temp.area(4, 'Vier');
SELECT pg_temp.contract(1, '[2020-01-01,2030-01-01)', 1, supplier => 2), pg_temp.contract(2, '[2020-01-01,2030-01-01)', 2, supplier => 3), pg_temp.contract(3, '[2020-01-01,2030-01-01)', 3, supplier => NULL, choice => 'shared');
CREATE FUNCTION pg_temp.at(code text, on_date date DEFAULT '2020-06-01') RETURNS TABLE (found boolean, provider text, covers text, certainty text, reason text, area text)
LANGUAGE sql AS $$
  SELECT p.found, p.provider, p.covers, p.certainty, p.reason, p.area FROM wmo.providers_at_postcode(code::wmo.postcode, 'hulp_bij_het_huishouden', on_date, 40, as_of => on_date) p ORDER BY p.ord $$;
CREATE FUNCTION pg_temp.word(code text) RETURNS text LANGUAGE sql AS $$ SELECT wmo.answer_at_postcode(code::wmo.postcode, 'hulp_bij_het_huishouden', '2020-06-01', 40) $$;
-- a strip of the row of squares, from one place to another in squares
CREATE FUNCTION pg_temp.strip(from_square numeric, to_square numeric) RETURNS text LANGUAGE sql AS $$ SELECT pg_temp.box(99.5 + from_square, 462.6, 99.5 + to_square, 462.9) $$;

-- nothing is known: the question is not complete, for the postcode does lie somewhere
SELECT * FROM pg_temp.at('1234');
SELECT pg_temp.word('1234');

-- ---- loading ----------------------------------------------------------------------------------------------------------------
SELECT pg_temp.staging('pc4', '{PC4}');
INSERT INTO pg_temp.pc4 VALUES ('1001', pg_temp.strip(1, 2)), ('1002', pg_temp.strip(1.5, 2.5)), ('1003', pg_temp.strip(2.75, 3)), ('1003', pg_temp.strip(3, 3.5)),
  ('1004', pg_temp.strip(2.5, 3)), ('1004', pg_temp.strip(4, 4.5)), ('1005', pg_temp.strip(1, 2.005)), ('0999', pg_temp.strip(1, 2)), ('1006', 'SRID=28992;LINESTRING(0 0,1 1)');
SELECT l.done, l.postcode, l.remark FROM wmo.load_postcodes('pg_temp.pc4') l ORDER BY l.postcode::text COLLATE "C";
SELECT l.done, count(*) FROM wmo.load_postcodes('pg_temp.pc4') l GROUP BY 1 ORDER BY 1;
SELECT p.postcode, p.valid, wmo_works.surface(p.geom) FROM wmo.postcode_place p ORDER BY p.postcode;
-- what is no postcode, or lies nowhere near, is said and not lost
SELECT pg_temp.staging('odd', '{postcode}');
INSERT INTO pg_temp.odd VALUES ('onzin', pg_temp.point(1)), (NULL, pg_temp.point(1)), ('9711SA', pg_temp.point(1)), ('3001', 'SRID=28992;POINT(5.3 52.1)'),
  ('3002', 'SRID=4326;POINT(52.1 5.3)'), ('3003', NULL);
SELECT l.done, l.postcode, l.remark FROM wmo.load_postcodes('pg_temp.odd') l ORDER BY l.postcode::text COLLATE "C", l.remark COLLATE "C";
-- points: a PC4 with one, PC6 of another; two addresses of one PC6
SELECT pg_temp.staging('pc6', '{postcode}');
INSERT INTO pg_temp.pc6 VALUES ('2001', pg_temp.point(1)), ('1002AA', pg_temp.point(1)), ('1002 ab', pg_temp.point(2)), ('2002AA', pg_temp.point(1)), ('2002AB', pg_temp.point(1.1)),
  ('2002AC', pg_temp.point(2)), ('2002AC', pg_temp.point(2.1)), ('2003AA', pg_temp.point(1)), ('2003AA', pg_temp.point(2));
SELECT l.done, l.postcode FROM wmo.load_postcodes('pg_temp.pc6', '2015-01-01') l ORDER BY l.postcode::text COLLATE "C";

-- ---- shares -----------------------------------------------------------------------------------------------------------------
SELECT c AS code, s.area, round(s.share::numeric, 3) AS share, s.certainty, s.basis
FROM unnest('{1001,1002,1003,1004,1005,2001,2002,1002AA,1002AZ,2002AZ,2003AA,2001AA,9999}'::wmo.postcode[]) c, wmo.postcode_shares(c, '2020-06-01') s
ORDER BY c, s.share DESC, s.area;

-- ---- answers ------------------------------------------------------------------------------------------------------------------
-- wholly in One; in One and Two; in Two and the unnamed Three; in Two and where nobody has a contract; a sliver into Two
SELECT c AS code, pg_temp.word(c), a.* FROM unnest('{1001,1002,1003,1004,1005}'::text[]) c, pg_temp.at(c) a;
-- a PC6 with its own point; one that its PC4 answers for, which is divided; and one whose PC4 lies on one side
SELECT c AS code, pg_temp.word(c), a.* FROM unnest('{1002AA,1002AZ,1001AZ}'::text[]) c, pg_temp.at(c) a;
-- a PC4 by its one point, and a PC6 by that; a PC4 by the places of its PC6; two addresses on two sides
SELECT c AS code, pg_temp.word(c), a.* FROM unnest('{2001,2001AA,2002,2003AA}'::text[]) c, pg_temp.at(c) a;
-- before the first contract; an area without shape cannot be ruled out
SELECT * FROM pg_temp.at('1001', '2019-12-31');
SELECT pg_temp.area(5, 'Vormloos', NULL), pg_temp.contract(5, '[2020-01-01,2030-01-01)', 5, service => 40, supplier => 4);
SELECT p.found, p.reason, p.area FROM wmo.providers_at_postcode('1001', 'kortdurend_verblijf', '2020-06-01', 40, as_of => '2020-06-01') p;

-- a working area is met through its parts, and wholly when they hold the postcode together
INSERT INTO wmo.area (id, name, kind) VALUES (20, 'Een en Twee', 'working_area');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (20, 1), (20, 2);
SELECT pg_temp.contract(6, '[2020-01-01,2030-01-01)', 20, service => 70, supplier => 4);
SELECT p.found, p.provider, p.covers, p.certainty FROM wmo.providers_at_postcode('1002', (SELECT s.code FROM wmo.service s WHERE s.id = 70), '2020-06-01', 40, as_of => '2020-06-01') p;

-- the explanation says by what the postcode was placed
SELECT e.explanation FROM wmo.explain_providers_at_postcode('1002AZ', 'hulp_bij_het_huishouden', '2020-06-01', 40, as_of => '2020-06-01') e WHERE e.rule = 'question';
SELECT e.explanation FROM wmo.explain_providers_at_postcode('9999', 'hulp_bij_het_huishouden', '2020-06-01', 40, as_of => '2020-06-01') e WHERE e.rule = 'question';

-- ---- editions -----------------------------------------------------------------------------------------------------------------
TRUNCATE pg_temp.pc4;
INSERT INTO pg_temp.pc4 VALUES ('1001', pg_temp.strip(2, 3)), ('1002', pg_temp.strip(1.5, 2.5));
SELECT l.done, l.postcode FROM wmo.load_postcodes('pg_temp.pc4', '2021-01-01') l ORDER BY l.postcode::text COLLATE "C";
SELECT p.postcode, p.valid FROM wmo.postcode_place p WHERE p.postcode OPERATOR(public.=) '1001' ORDER BY p.valid;
SELECT d AS day, a.provider, a.covers FROM unnest('{2020-12-31,2021-01-01}'::date[]) d, pg_temp.at('1001', d) a;

-- ---- a reading says so, and what is not known is not all of it -----------------------------------------------------------------
-- before the days of the only place that is recorded, after them, and by an inferred source
INSERT INTO wmo.postcode_place (postcode, valid, geom, source_id) VALUES ('3001', '[2021-01-01,2022-01-01)', public.ST_Multi(pg_temp.strip(1, 2)::public.geometry), NULL), ('3002', '(,)', public.ST_Multi(pg_temp.strip(1, 2)::public.geometry), 2);
SELECT c AS code, d AS day, a.provider, a.covers, a.certainty, s.certainty FROM (VALUES ('3001', '2020-06-01'::date), ('3001', '2021-06-01'), ('3001', '2022-06-01'), ('3002', '2021-06-01')) t (c, d), pg_temp.at(c, d) a, wmo.postcode_shares(c::wmo.postcode, d) s WHERE s.area = a.area ORDER BY c, d;
-- a PC4 of which one place is known, nine, ten; and of a hundred addresses one that lies elsewhere
INSERT INTO wmo.postcode_place (postcode, geom) SELECT (p || 'A' || chr(64 + n))::wmo.postcode, public.ST_Multi(pg_temp.point(1)::public.geometry) FROM (VALUES ('3003', 1), ('3004', 9), ('3005', 10)) t (p, most), generate_series(1, most) n;
INSERT INTO wmo.postcode_place (postcode, geom) SELECT '3006AA', public.ST_Union(pg_temp.point(CASE WHEN n = 1 THEN 2 ELSE 1 + n / 1000.0 END)::public.geometry) FROM generate_series(1, 100) n;
SELECT c AS code, pg_temp.word(c), a.provider, a.covers, a.certainty FROM unnest('{3003,3004,3005,3006AA}'::text[]) c, pg_temp.at(c) a ORDER BY c, a.provider;
-- the boundary of an area by an inferred source
UPDATE wmo.area SET source_id = 2 WHERE id = 1;
SELECT c AS code, a.provider, a.covers, a.certainty FROM unnest('{1001,1001AZ}'::text[]) c, pg_temp.at(c) a ORDER BY c;
SELECT p.provider, p.certainty, w.certainty AS in_a_map FROM wmo.providers_at(pg_temp.point(1)::public.geometry, 'hulp_bij_het_huishouden', '2020-06-01', 40, as_of => '2020-06-01') p JOIN wmo_works.map_whole w ON w.area_id = p.area_id AND w.whole_id = p.area_id;
UPDATE wmo.area SET source_id = NULL WHERE id = 1;

-- ---- rules --------------------------------------------------------------------------------------------------------------------
SELECT tried, pg_temp.verdict(format('INSERT INTO wmo.postcode_place (postcode, valid, geom) VALUES (%s)', cells)) FROM (VALUES
  ('a point', $$'5001', '(,)', 'SRID=28992;MULTIPOINT(1 1)'$$),
  ('a point besides polygons', $$'1002', '(,)', 'SRID=28992;MULTIPOINT(1 1)'$$),
  ('polygons twice', $$'1002', '[2020-01-01,)', 'SRID=28992;MULTIPOLYGON(((0 0,1 0,1 1,0 0)))'$$),
  ('a line', $$'5001', '(,)', 'SRID=28992;LINESTRING(0 0,1 1)'$$),
  ('nowhere', $$'5001', '(,)', 'SRID=28992;MULTIPOINT EMPTY'$$),
  ('a bow tie', $$'5001', '(,)', 'SRID=28992;MULTIPOLYGON(((0 0,2 2,2 0,0 2,0 0)))'$$),
  ('too far', $$'5001', '(,)', 'SRID=28992;MULTIPOINT(-1e308 1)'$$),
  ('on no day', $$'5001', 'empty', 'SRID=28992;MULTIPOINT(1 1)'$$),
  ('until the end of time', $$'5001', '[2020-01-01,infinity)', 'SRID=28992;MULTIPOINT(1 1)'$$),
  ('in degrees', $$'5001', '(,)', 'SRID=4326;MULTIPOINT(6 53)'$$)) t (tried, cells);
SELECT 'not tried', pg_temp.untried('wmo.postcode_place');
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.load_postcodes('wmo.area')$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.load_postcodes('wmo.source')$$);
ROLLBACK;
