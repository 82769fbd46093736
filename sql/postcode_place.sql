-- Places of postcodes: what a file says of one, and which days it is about. The rules of the table are tried in answer_postcode.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set tiles :here '/sql/include/tiles.sql'
\i :verdict
\i :tiles

-- an area beats points, points of one postcode come together, and what touches is one
SELECT public.ST_AsText(public.ST_Normalize(wmo_works.place_of_postcode(shapes))) FROM (VALUES
  (1, ARRAY['SRID=28992;POINT(1000 1000)', 'SRID=28992;POLYGON((0 0,1000 0,1000 1000,0 1000,0 0))']::public.geometry[]),
  (2, ARRAY['SRID=28992;POINT(2000 1000)', 'SRID=28992;POINT(1000 1000)', 'SRID=28992;POINT(1000 1000)']::public.geometry[]),
  (3, ARRAY['SRID=28992;POLYGON((0 0,1000 0,1000 1000,0 1000,0 0))', 'SRID=28992;POLYGON((1000 0,2000 0,2000 1000,1000 1000,1000 0))']::public.geometry[]),
  (4, ARRAY['SRID=28992;LINESTRING(0 0,1000 1000)', NULL]::public.geometry[])) t (n, shapes) ORDER BY n;

-- the first edition holds from ever; the next ends it where it differs, and leaves alone what is the same
SELECT pg_temp.staging('pc', '{postcode}');
INSERT INTO pg_temp.pc VALUES ('9711', pg_temp.box(0, 0, 1, 1)), ('9712', pg_temp.box(1, 0, 2, 1));
SELECT l.done, l.postcode FROM wmo.load_postcodes('pg_temp.pc') l ORDER BY l.postcode::text COLLATE "C";
UPDATE pg_temp.pc SET geom = pg_temp.box(1, 0, 3, 1) WHERE postcode = '9712';
SELECT l.done, l.postcode FROM wmo.load_postcodes('pg_temp.pc', '2021-01-01') l ORDER BY l.postcode::text COLLATE "C";
SELECT p.postcode, p.valid, wmo_works.surface(p.geom) FROM wmo.postcode_place p ORDER BY p.postcode::text COLLATE "C", p.valid;

-- a table of the user's own is left alone, and nothing of the loader stays in the session
CREATE TEMPORARY TABLE postcode_load AS SELECT 'mine' AS whose;
SELECT count(*) AS tables FROM pg_class c WHERE c.relpersistence = 't' AND c.relkind = 'r' \gset
SELECT count(*) > 0 AS loaded FROM wmo.load_postcodes('pg_temp.pc', '2022-01-01');
SELECT whose FROM pg_temp.postcode_load;
SELECT count(*) = :tables AS no_more_tables FROM pg_class c WHERE c.relpersistence = 't' AND c.relkind = 'r';
ROLLBACK;
