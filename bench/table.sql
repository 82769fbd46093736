-- The table that bench/run prints. ratio: where the goal is ">=", how many times faster; where it is "<=", how many
-- times the time or the bytes. A goal for the whole country or millions of points has no verdict when only a part was
-- measured (:whole).
\set ON_ERROR_STOP 1
CREATE TABLE bench.label (key text PRIMARY KEY, label text, unit text);
INSERT INTO bench.label VALUES
  ('plain_join', 'PostGIS join by hand', 'us a point'),
  ('subdivided_255', 'ST_Subdivide(255) join', 'us a point'),
  ('subdivided_64', 'ST_Subdivide(64) join', 'us a point'),
  ('st_x', 'ST_X over the table', 'us a point'),
  ('provider_at', 'provider_at over a table', 'us a point'),
  ('provider_at_tables', 'provider_at without a session map', 'us a point'),
  ('providers_at', 'providers_at in a LATERAL join', 'us a point'),
  ('provider_on', 'provider_on(map) over a table', 'us a point'),
  ('providers_on', 'providers_on(map), LATERAL join', 'us a point'),
  ('provider_on_one', 'provider_on(map), a single point', 'ms'),
  ('plain_join_one', 'PostGIS join by hand', 'ms'),
  ('core_grid', 'core grid alone, in C', 'us a point'),
  ('geos_tree', 'GEOS prepared, STRtree, in C', 'us a point'),
  ('core_grid_build', 'core grid, build', 's'),
  ('geos_tree_build', 'GEOS STRtree, build', 's'),
  ('compile', 'compile_coverage()', 's'),
  ('map_bytes', 'size of the map', 'MB'),
  ('map_area_bytes', 'size of the areas in it', 'MB'),
  ('coordinate_bytes', 'coordinates, 16 bytes each', 'MB'),
  ('first_provider_at', 'first provider_at of a connection', 'ms'),
  ('first_published', 'the same, map published', 'ms'),
  ('first_preloaded', 'the same, library preloaded', 'ms'),
  ('private', 'private memory of a first question', 'MB'),
  ('provider_at_preloaded_two_workers', 'provider_at, preloaded, 2 workers', 'us a point'),
  ('provider_at_preloaded_one_process', 'one process', 'us a point'),
  ('st_x_preloaded_two_workers', 'ST_X in that run, 2 workers', 'us a point'),
  ('st_x_preloaded_one_process', 'one process', 'us a point'),
  ('first_tables', 'our SQL alone', 'ms'),
  ('first_plain_join', 'PostGIS join by hand', 'ms'),
  ('provider_on_two_workers', 'provider_on(map), 2 workers', 'us a point'),
  ('provider_on_one_process', 'one process', 'us a point'),
  ('st_x_two_workers', 'ST_X, 2 workers', 'us a point'),
  ('st_x_one_process', 'one process', 'us a point'),
  ('insert_noted', 'insert that maps take note of', 'us a row'),
  ('insert_bare', 'insert without those triggers', 'us a row');
INSERT INTO bench.label
  SELECT 'provider_on_' || areas, 'provider_on(map), ' || areas || ' areas', 'us a point' FROM bench.size;

CREATE TABLE bench.line (ord serial, key text, peer text, sense text, goal numeric, of_the_whole boolean DEFAULT false);
INSERT INTO bench.line (key, peer, sense, goal) VALUES
  ('provider_at', 'plain_join', '>=', 150),
  ('provider_at', 'subdivided_255', '>=', NULL),
  ('provider_at', 'subdivided_64', '>=', 60),
  ('provider_at', 'st_x', '<=', 4),
  ('providers_at', 'plain_join', '>=', 25),
  ('provider_at_tables', 'plain_join', '<=', NULL),
  ('provider_on', 'plain_join', '>=', NULL),
  ('provider_on', 'subdivided_255', '>=', NULL),
  ('provider_on', 'subdivided_64', '>=', NULL),
  ('provider_on', 'st_x', '<=', NULL),
  ('provider_on_one', 'plain_join_one', '<=', NULL),
  ('providers_on', 'plain_join', '>=', NULL),
  ('core_grid', 'geos_tree', '>=', 10),
  ('core_grid_build', 'geos_tree_build', '<=', NULL);
INSERT INTO bench.line (key, sense, goal, of_the_whole) VALUES ('compile', '<=', 6, true);
INSERT INTO bench.line (key, peer, sense, goal) VALUES
  ('map_bytes', 'coordinate_bytes', '<=', 1.5),
  ('map_area_bytes', 'coordinate_bytes', '<=', NULL),
  ('first_provider_at', 'first_tables', '<=', 1.5),
  ('first_provider_at', 'first_plain_join', '<=', NULL),
  ('first_published', 'first_plain_join', '<=', 1.5),
  ('first_preloaded', 'first_plain_join', '<=', 1);
INSERT INTO bench.line (key, sense, goal) VALUES ('private', '<=', 5);
INSERT INTO bench.line (key, peer, sense, goal, of_the_whole) VALUES
  ('provider_on_two_workers', 'provider_on_one_process', '>=', 1.7, true),
  ('st_x_two_workers', 'st_x_one_process', '>=', NULL, true),
  ('provider_at_preloaded_two_workers', 'provider_at_preloaded_one_process', '>=', NULL, true),
  ('st_x_preloaded_two_workers', 'st_x_preloaded_one_process', '>=', NULL, true);
-- two workers give the questions what they give the bare scan in the same run
UPDATE bench.line l SET goal = round((one.each / two.each)::numeric, 2)
FROM bench.median one, bench.median two
WHERE l.key = 'provider_at_preloaded_two_workers' AND one.what = 'st_x_preloaded_one_process'
  AND two.what = 'st_x_preloaded_two_workers';
-- each size beside the smallest; the goal is for the largest
INSERT INTO bench.line (key, peer, sense, goal, of_the_whole)
  SELECT 'provider_on_' || areas, 'provider_on_' || smallest, '<=', CASE WHEN areas = largest THEN 2 END, true
  FROM bench.size, (SELECT min(areas) AS smallest, max(areas) AS largest FROM bench.size) s
  WHERE areas > smallest ORDER BY areas;
INSERT INTO bench.line (key, peer, sense, goal) VALUES ('insert_noted', 'insert_bare', '<=', 2);

-- three digits, the rest is noise
CREATE FUNCTION bench.digits(value float8) RETURNS numeric LANGUAGE sql AS $$
  SELECT trim_scale(round(value::numeric, 2 - floor(log(abs(value)))::int))
$$;
CREATE VIEW bench.result AS
  SELECT l.*, what.label AS what, what.unit, against.label AS against, m.each * s.scale AS median,
         p.each * s.scale AS peer_median, CASE l.sense WHEN '>=' THEN p.each / m.each ELSE m.each / p.each END AS ratio
  FROM bench.line l
    JOIN bench.label what ON what.key = l.key
    LEFT JOIN bench.label against ON against.key = l.peer
    LEFT JOIN bench.median m ON m.what = l.key
    LEFT JOIN bench.median p ON p.what = l.peer
    CROSS JOIN LATERAL (
      SELECT CASE what.unit WHEN 's' THEN 1 WHEN 'ms' THEN 1e3 WHEN 'MB' THEN 1e-6 ELSE 1e6 END AS scale
    ) s;

SELECT what, bench.digits(median) AS median, unit, against, bench.digits(peer_median) AS "its median",
       bench.digits(ratio) AS ratio,
       sense || ' ' || goal || CASE WHEN peer IS NULL THEN ' ' || unit ELSE '' END AS goal,
       CASE WHEN median IS NULL THEN 'not measured'
            WHEN goal IS NULL THEN NULL
            WHEN of_the_whole AND NOT :'whole' THEN 'too small'
            WHEN CASE sense WHEN '>=' THEN ratio >= goal ELSE coalesce(ratio, median) <= goal END THEN 'yes'
            ELSE 'NO' END AS "met?"
FROM bench.result ORDER BY ord;
