-- What the areas of a file are in a registry: the same ground, but for a share of it; and the codes that go by their names.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set tiles :here '/sql/include/tiles.sql'
\i :verdict
\i :tiles

-- two squares of a kilometre, one ten metres further: 20,000 of 1,000,000 square metres lie in one of them only
SELECT tolerance, wmo_works.same_ground(pg_temp.box(0, 0, 1, 1)::public.geometry, pg_temp.box(0.01, 0, 1.01, 1)::public.geometry, tolerance)
FROM unnest('{0,0.019,0.021}'::float8[]) tolerance;
SELECT wmo_works.same_ground(pg_temp.box(0, 0, 1, 1)::public.geometry, pg_temp.box(0, 0, 1, 1)::public.geometry, 0);

-- a file with names only: the code of the day, or the one that there ever was; exactly, or by its letters; of two, none
INSERT INTO wmo.area (id, code, name, kind, valid) VALUES
  (1, 'GM0014', 'Groningen', 'municipality', '(,)'), (2, 'GM0687', 'Middelburg (Z.)', 'municipality', '(,)'), (3, 'GM0009', 'Ten Boer', 'municipality', '(,2019-01-01)'),
  (4, 'GM0373', 'Bergen (NH.)', 'municipality', '(,)'), (5, 'GM0893', 'Bergen (L.)', 'municipality', '(,)');
SELECT pg_temp.staging('names', '{naam}');
INSERT INTO pg_temp.names VALUES ('Groningen', pg_temp.box(0, 0, 1, 1)), ('MIDDELBURG', pg_temp.box(1, 0, 2, 1)), ('Ten Boer', pg_temp.box(2, 0, 3, 1)),
  ('Bergen', pg_temp.box(3, 0, 4, 1)), ('Bergen (L.)', pg_temp.box(4, 0, 5, 1)), ('Nergens', pg_temp.box(5, 0, 6, 1));
SET LOCAL client_min_messages = error;
SELECT l.name, l.code, l.remark FROM wmo_works.read_areas('pg_temp.names', 'municipality', true) r
CROSS JOIN LATERAL unnest(wmo_works.find_area_codes(r.areas, '2020-01-01')) l ORDER BY l.name COLLATE "C";

-- a file without areas
TRUNCATE pg_temp.names;
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo_works.read_areas('pg_temp.names', 'municipality', true)$$);
ROLLBACK;
