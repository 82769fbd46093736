-- Shapes: what is ground and what is only a sliver of simplified borders, and what codes say of ground without any shape.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

-- slivers: a strip of 40 metres is not ground, one of 60 is
SELECT wide, wmo_works.is_sliver(shape), wmo_works.ground_of(shape) IS NULL
FROM (SELECT wide, format('SRID=28992;POLYGON((0 0,1000 0,1000 %s,0 %s,0 0))', wide, wide)::public.geometry FROM unnest(ARRAY[0.1, 40, 49, 51, 60]) wide) t (wide, shape);
-- long and thin with one wide end
SELECT wmo_works.is_sliver('SRID=28992;POLYGON((0 0,1000 0,1000 -30,1090 -30,1090 60,1000 60,1000 10,0 10,0 0))'), wmo_works.is_sliver('SRID=28992;POLYGON EMPTY');

CREATE FUNCTION pg_temp.box(x0 float8, y0 float8, x1 float8, y1 float8) RETURNS public.geometry LANGUAGE sql
RETURN public.ST_MakeEnvelope(x0, y0, x1, y1, 28992);
-- neighbours that share a border, a strip of 40 metres, one of 60; one shape twice shares all of it, however narrow
SELECT tried, wmo_works.shares_ground(one, other), one OPERATOR(wmo_works.&&~) other, round(public.ST_Area(wmo_works.ground_shared(one, other))::numeric) AS square_metres
FROM (VALUES ('a border', pg_temp.box(0, 0, 1000, 1000), pg_temp.box(1000, 0, 2000, 1000)),
             ('40 metres', pg_temp.box(0, 0, 1000, 1000), pg_temp.box(960, 0, 2000, 1000)),
             ('60 metres', pg_temp.box(0, 0, 1000, 1000), pg_temp.box(940, 0, 2000, 1000)),
             ('the same ditch', pg_temp.box(0, 0, 1000, 10), pg_temp.box(0, 0, 1000, 10)),
             ('a ditch in a field', pg_temp.box(0, 0, 1000, 1000), pg_temp.box(0, 0, 1000, 10))) t (tried, one, other);

-- two codes of the same days of which neither contains the other share no ground; of other days nobody can tell
SELECT one, other, wmo_works.codes_apart(one::wmo.area_code, days::datemultirange, other::wmo.area_code, other_days::datemultirange) FROM (VALUES
  ('GM0014', 'GM0009', '{(,)}', '{(,)}'), ('GM0014', 'WK001400', '{(,)}', '{(,)}'), ('WK001400', 'WK001401', '{(,)}', '{(,)}'),
  ('BU00140000', 'GM0014', '{(,)}', '{(,)}'), ('GM0014', 'GM0009', '{(,2019-01-01)}', '{[2019-01-01,)}'), ('GM0014', NULL, '{(,)}', '{(,)}')) t (one, other, days, other_days);
SELECT '{[2020-01-01,2021-01-01)}'::datemultirange OPERATOR(wmo_works.!&&) '{[2021-01-01,2022-01-01)}', '{[2020-01-01,2021-01-02)}'::datemultirange OPERATOR(wmo_works.!&&) '{[2021-01-01,2022-01-01)}';
-- it stays a condition of the index, so that shapes are compared after it and not before
CREATE TEMPORARY TABLE spell (days datemultirange, EXCLUDE USING gist (days wmo_works.days_apart_ops WITH OPERATOR(wmo_works.!&&)));
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT FROM spell WHERE days OPERATOR(wmo_works.!&&) '{[2021-01-01,2022-01-01)}';
RESET enable_seqscan;
RESET enable_bitmapscan;
-- ranges of numbers: one contains the other where one code contains the other
SELECT wmo_works.code_span('GM0014') @> wmo_works.code_span('BU00140203'), wmo_works.code_span('WK001402') && wmo_works.code_span('WK001403'), wmo_works.code_span('GM0014') && wmo_works.code_span('GM0015');

-- the days on which a code meant this territory: those of editions with the same boundary, not of a drawing
INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis) VALUES
  (1, 'GM0014', 'Stad', 'municipality', '(,2018-01-01)', public.ST_Multi(pg_temp.box(0, 0, 100, 100)), 'official'),
  (2, 'GM0014', 'Stad', 'municipality', '[2018-01-01,2019-01-01)', public.ST_Multi(pg_temp.box(0, 0, 100, 100)), 'official'),
  (3, 'GM0014', 'Stad', 'municipality', '[2019-01-01,)', public.ST_Multi(pg_temp.box(0, 0, 200, 100)), 'official'),
  (4, NULL, 'Samen', 'working_area', '(,)', NULL, NULL), (5, NULL, 'Deel', 'other', '(,)', public.ST_Multi(pg_temp.box(0, 0, 50, 100)), 'official'),
  (6, NULL, 'Tekening', 'other', '(,)', public.ST_Multi(pg_temp.box(50, 0, 100, 100)), 'schematic'), (7, NULL, 'Vormloos', 'other', '(,)', NULL, NULL);
SELECT id, wmo_works.shape_days(id) FROM generate_series(1, 4) id;
-- a shape of its own, else that of its parts together, else none: half a stadsdeel is no stadsdeel
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (4, 5), (4, 6);
SELECT public.ST_Area(wmo.area_shape(1)), wmo.area_shape_basis(1), public.ST_Area(wmo.area_shape(4)), wmo.area_shape_basis(4);
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (4, 7);
SELECT wmo.area_shape(4) IS NULL, wmo.area_shape_basis(4) IS NULL;
ROLLBACK;
