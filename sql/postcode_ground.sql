-- Where a postcode lies, by the surest record, and how much of it lies in which area.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set tiles :here '/sql/include/tiles.sql'
\i :verdict
\i :tiles

INSERT INTO wmo.area (id, name, kind, geom, geom_basis) VALUES
  (1, 'West', 'other', public.ST_Multi(pg_temp.box(0, 0, 1, 1)::public.geometry), 'official'), (2, 'East', 'other', public.ST_Multi(pg_temp.box(1, 0, 2, 1)::public.geometry), 'official');
INSERT INTO wmo.postcode_place (postcode, valid, geom) VALUES
  ('9711', '(,)', public.ST_Multi(pg_temp.box(0.25, 0, 1.25, 1)::public.geometry)),
  ('9711AA', '(,)', 'SRID=28992;MULTIPOINT(500 500)'),
  ('9712', '(,2020-01-01)', 'SRID=28992;MULTIPOINT(500 500)'), ('9712', '[2020-01-01,)', 'SRID=28992;MULTIPOINT(1500 500)'),
  ('9713AA', '(,)', 'SRID=28992;MULTIPOINT(500 500)'), ('9713AB', '(,)', 'SRID=28992;MULTIPOINT(700 500,1500 500)');
-- its own area; its own points; the points of its PC6; its PC4; nothing
SELECT code, g.basis, g.stands_for_all, public.ST_AsText(g.ground) FROM unnest('{9711,9711AA,9711AB,9712,9712ZZ,9713,9714}'::wmo.postcode[]) code,
  wmo_works.postcode_ground(code, '2020-06-01') g ORDER BY code::text COLLATE "C";
-- the edition of the day
SELECT day, public.ST_AsText((wmo_works.postcode_ground('9712', day)).ground) FROM unnest('{2019-12-31,2020-01-01}'::date[]) day;
-- three quarters of a square, two of three points, one of one
SELECT code, s.area, round(s.share::numeric, 2) AS share, s.certainty, s.basis FROM unnest('{9711,9711AA,9713,9714}'::wmo.postcode[]) code, wmo.postcode_shares(code, '2020-06-01') s
ORDER BY code::text COLLATE "C", s.share DESC;
-- of other days: an area of then is no better than points of the day, and a PC6 that lies outside its PC4 of the day lies in that; one that is stated to lie there on the
-- day itself makes the PC4 a reading, unless it is a hundred metres
INSERT INTO wmo.source (id, article, basis, reading) VALUES (1, 'Kaart', 'inferred', 'the old one');
INSERT INTO wmo.postcode_place (postcode, valid, geom, source_id) VALUES
  ('9721', '[2010-01-01,2015-01-01)', public.ST_Multi(pg_temp.box(1, 0, 2, 1)::public.geometry), NULL), ('9721', '[2015-01-01,)', public.ST_Multi(pg_temp.box(0, 0, 1, 1)::public.geometry), NULL),
  ('9721AA', '[2010-01-01,2015-01-01)', 'SRID=28992;MULTIPOINT(1500 500)', NULL), ('9721AB', '[2010-01-01,2015-01-01)', 'SRID=28992;MULTIPOINT(500 500)', NULL),
  ('9722', '(,)', public.ST_Multi(pg_temp.box(0, 0, 1, 1)::public.geometry), NULL), ('9722AA', '(,)', 'SRID=28992;MULTIPOINT(1500 500)', NULL),
  ('9723', '(,)', public.ST_Multi(pg_temp.box(0, 0, 1, 1)::public.geometry), NULL), ('9723AA', '(,)', 'SRID=28992;MULTIPOINT(1090 500)', NULL),
  ('9724', '(,)', public.ST_Multi(pg_temp.box(0, 0, 1, 1)::public.geometry), 1), ('9725', '[2010-01-01,2015-01-01)', public.ST_Multi(pg_temp.box(1, 0, 2, 1)::public.geometry), NULL),
  ('9725', '[2015-01-01,)', 'SRID=28992;MULTIPOINT(500 500)', NULL);
SELECT code, d, g.basis, g.stands_for_all, g.inferred, g.reading, public.ST_AsText(public.ST_PointOnSurface(g.ground)) FROM unnest('{9721,9721AA,9721AB,9721AC,9722,9722AA,9722AB,9723,9723AB,9724,9725}'::wmo.postcode[]) code,
  unnest('{2012-06-01,2020-06-01}'::date[]) d, wmo_works.postcode_ground(code, d) g WHERE d > '2015-01-01' OR code::text ~ '^972[15]' ORDER BY code::text COLLATE "C", d;
ROLLBACK;
