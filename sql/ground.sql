-- Ground: areas cut into pieces over which every contract area says the same, on squared paper and with random knives.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set tiles :here '/sql/include/tiles.sql'
\i :verdict
\i :tiles

-- a square of a kilometre, cut by the right half of it, by a strip of 40 metres, which is a sliver, and by what lies elsewhere
SELECT f.inside, public.ST_Area(f.geom) FROM wmo_works.faces(pg_temp.box(0, 0, 1, 1)::public.geometry,
  ARRAY[pg_temp.box(0.5, 0, 1, 1), pg_temp.box(0, 0, 1, 0.04), pg_temp.box(5, 5, 6, 6)]::public.geometry[]) f ORDER BY f.inside;
-- hearts: of 60 metres something is left, of 40 nothing
SELECT public.ST_IsEmpty(wmo_works.heart(pg_temp.box(0, 0, 1, 0.06)::public.geometry)), public.ST_IsEmpty(wmo_works.heart(pg_temp.box(0, 0, 1, 0.04)::public.geometry));
-- a hundredth of the smaller one
SELECT wmo_works.shares_a_hundredth(pg_temp.box(0, 0, 1, 1)::public.geometry, pg_temp.box(0.98, 0, 3, 1)::public.geometry),
       wmo_works.shares_a_hundredth(pg_temp.box(0, 0, 1, 1)::public.geometry, pg_temp.box(0.995, 0, 3, 1)::public.geometry);

-- records that say it without a shape
INSERT INTO wmo.area (id, code, name, kind, geom, geom_basis) VALUES
  (1, 'GM0014', 'Stad', 'municipality', public.ST_Multi(pg_temp.box(0, 0, 4, 4)::public.geometry), 'official'), (2, 'WK001400', 'Centrum', 'district', NULL, NULL),
  (3, NULL, 'Oost', 'working_area', NULL, NULL), (4, NULL, 'Zuidoost', 'other', NULL, NULL), (5, NULL, 'Noordoost', 'other', NULL, NULL), (6, NULL, 'Ergens', 'other', NULL, NULL);
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (3, 4), (3, 5);
SELECT one, other, wmo_works.records_apart(one, other) FROM (VALUES (4, 5), (5, 4), (4, 3), (4, 4), (4, 6)) t (one, other);
SELECT id, public.ST_Area(wmo_works.bounding_shape(id)) FROM unnest('{2,4,6}'::integer[]) id;

-- a part that is drawn past the boundary of its whole says nothing of the municipality beside it
INSERT INTO wmo.area (id, code, name, kind, geom, geom_basis) VALUES
  (7, 'GM0015', 'Naburig', 'municipality', public.ST_Multi(pg_temp.box(4, 0, 8, 4)::public.geometry), 'official'), (8, NULL, 'Rand', 'working_area', public.ST_Multi(pg_temp.box(3, 1, 5, 2)::public.geometry), 'schematic');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (1, 8);
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (1, '[2020-01-01,2030-01-01)');
SELECT g.area, g.covers, g.kind, public.ST_Area(g.geom) FROM wmo.coverage_gaps_in('kortdurend_verblijf', '[2023-01-01,2023-01-01]', '{7}') g;

-- no ground is lost, none told twice, and each piece lies where it says it does, but for slivers
SELECT setseed(0.3)::text;
WITH drawn AS MATERIALIZED (
  -- in one scan, so that no plan has a say in the order of the draws
  SELECT i, public.ST_Buffer(public.ST_SetSRID(public.ST_MakePoint(1000 * random(), 1000 * random()), 28992), 40 + 300 * random(), 'quad_segs=3') AS knife
  FROM generate_series(0, 199) i
), knife AS MATERIALIZED (
  SELECT 1 + i / 5 AS n, array_agg(knife ORDER BY i) AS knives FROM drawn GROUP BY 1 + i / 5
), square AS (
  SELECT 'SRID=28992;POLYGON((0 0,1000 0,1000 1000,0 1000,0 0))'::public.geometry AS shape
), cut AS MATERIALIZED (
  SELECT k.n, k.knives, f.geom, f.inside, row_number() OVER () AS piece FROM knife k CROSS JOIN square CROSS JOIN LATERAL wmo_works.faces(square.shape, k.knives) f
), sums AS (
  SELECT c.n, sum(public.ST_Area(c.geom)) AS total, public.ST_Area(public.ST_Union(c.geom)) AS together,
         bool_and(wmo_works.ground_of(public.ST_Difference(c.geom, c.knives[i])) IS NULL) FILTER (WHERE i = ANY (c.inside)) AS in_it,
         bool_and(wmo_works.ground_of(public.ST_Intersection(c.geom, c.knives[i])) IS NULL) FILTER (WHERE i <> ALL (c.inside)) AS out_of_it
  FROM (SELECT c.*, i FROM cut c CROSS JOIN generate_series(1, 5) i) c GROUP BY c.n
)
SELECT count(*) AS squares, (SELECT count(*) > 200 FROM cut) AS pieces, bool_and(abs(total / 5 - 1000000) < 0.01) AS all_ground, bool_and(abs(together - 1000000) < 0.01) AS once,
       bool_and(in_it) AS inside, bool_and(out_of_it) AS outside FROM sums;
ROLLBACK;
