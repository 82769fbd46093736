-- Geometry: what PostGIS says of shapes, with figures that can be checked by hand or on a map.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

CREATE FUNCTION pg_temp.square(x float8, y float8, side float8) RETURNS public.geometry LANGUAGE sql
RETURN public.ST_MakeEnvelope(x, y, x + side, y + side, 28992);

-- the tower of Amersfoort is the origin of RD: 155,000 east, 463,000 north, at 52.15517 north and 5.38721 east (Kadaster)
SELECT public.ST_Distance(wmo_works.in_rd('SRID=4326;POINT(5.38720621 52.15517440)'), 'SRID=28992;POINT(155000 463000)') < 1;
SELECT wmo_works.in_rd('SRID=28992;POINT EMPTY') IS NULL, public.ST_AsText(wmo_works.in_rd('SRID=28992;POINT(1 2)'));
SELECT wmo_works.place_type('SRID=28992;MULTIPOINT(1 2)'), wmo_works.shape_srid('SRID=28992;POINT(1 2)'), wmo_works.shape_srid('POINT(1 2)');
-- straight lines in the plane: a third measure is left out, an arc is drawn by chords (a half circle with radius 1 has 1.57)
SELECT public.ST_AsText(wmo_works.plain_shape('SRID=28992;POLYGON Z((0 0 5,1 0 5,1 1 5,0 0 5))'));
SELECT round(wmo_works.surface(wmo_works.plain_shape('SRID=28992;CURVEPOLYGON(COMPOUNDCURVE(CIRCULARSTRING(0 0,1 1,2 0),(2 0,0 0)))'))::numeric, 2);
-- what has no place in RD is refused by its coordinates, a shape by its box, and never in PostGIS's words alone
SELECT pg_temp.verdict('SELECT wmo_works.in_rd(''SRID=4326;POINT(999 999)'')');
SELECT pg_temp.verdict('SELECT wmo_works.plain_shape(''SRID=4326;POLYGON((5 52,6 52,999 999,5 52))'')');
SELECT pg_temp.verdict('SELECT wmo_works.plain_shape(''SRID=999999;LINESTRING(1 2,3 4)'')');
SELECT pg_temp.verdict('SELECT wmo_works.transformed(''SRID=28992;POLYGON EMPTY'', 1)');
SELECT public.ST_AsText(wmo_works.plain_shape('SRID=4326;POLYGON EMPTY')), public.ST_AsText(wmo_works.plain_shape('SRID=28992;LINESTRING(1 2,3 4)'));

-- where a shape cannot lie
SELECT tried, wmo_works.position_fault(shape::public.geometry) FROM (VALUES
  ('Groningen', 'SRID=28992;POINT(233000 582000)'), ('degrees', 'SRID=28992;POINT(6.5 53.2)'), ('axes exchanged in degrees', 'SRID=28992;POINT(53.2 6.5)'),
  ('axes exchanged', 'SRID=28992;POINT(582000 233000)'), ('Vaals', 'SRID=28992;POINT(199000 307000)'), ('Emden', 'SRID=28992;POINT(297000 598000)'),
  ('metres of UTM', 'SRID=28992;POINT(733000 5902000)'), ('a thousand kilometres off', 'SRID=28992;POINT(-1000001 500000)')) t (tried, shape);
SELECT wmo_works.shape_fault(NULL), wmo_works.shape_fault('SRID=28992;POLYGON EMPTY'), wmo_works.shape_fault(pg_temp.square(1000, 1000, 10)) IS NULL;
SELECT wmo_works.shape_fault('SRID=28992;POLYGON((1000 1000,2000 2000,2000 1000,1000 2000,1000 1000))');

-- a bow tie is two triangles of 250,000 square metres; a line has no polygons
SELECT wmo_works.surface(wmo_works.polygons_of('SRID=28992;POLYGON((1000 1000,2000 2000,2000 1000,1000 2000,1000 1000))', true));
SELECT wmo_works.polygons_of('SRID=28992;LINESTRING(0 0,1 1)', true) IS NULL;
-- land and water: side by side one polygon, apart two
SELECT public.ST_AsText(public.ST_Normalize(wmo_works.merged_shape(ARRAY[pg_temp.square(0, 0, 1), pg_temp.square(1, 0, 1)])));
SELECT public.ST_NumGeometries(wmo_works.merged_shape(ARRAY[pg_temp.square(0, 0, 1), pg_temp.square(5, 0, 1)]));

-- the same to the centimetre: whatever its first vertex, its direction, or a vertex more
SELECT tried, wmo_works.same_shape(pg_temp.square(0, 0, 100), shape::public.geometry) FROM (VALUES
  ('the other way round, one vertex more', 'SRID=28992;POLYGON((100 100,100 0,50 0,0 0,0 100,100 100))'),
  ('9 millimetres wider', 'SRID=28992;POLYGON((0 0,100.009 0,100.009 100,0 100,0 0))'),
  ('11 millimetres wider', 'SRID=28992;POLYGON((0 0,100.011 0,100.011 100,0 100,0 0))'),
  ('a dent of a metre', 'SRID=28992;POLYGON((0 0,100 0,100 100,51 100,50 99,49 100,0 100,0 0))')) t (tried, shape);
SELECT wmo_works.identical(NULL, NULL), wmo_works.identical(NULL, pg_temp.square(0, 0, 1)), wmo_works.identical(pg_temp.square(0, 0, 1), pg_temp.square(0, 0, 1));

-- ground in common: 30 by 100 metres; of neighbours that touch, none
SELECT wmo_works.shared_surface(pg_temp.square(0, 0, 100), pg_temp.square(70, 0, 100)), wmo_works.shared_surface(pg_temp.square(0, 0, 100), pg_temp.square(100, 0, 100));
SELECT wmo_works.boxes_meet(pg_temp.square(0, 0, 100), pg_temp.square(100, 0, 100)), wmo_works.boxes_meet(pg_temp.square(0, 0, 100), pg_temp.square(101, 0, 100));
ROLLBACK;
