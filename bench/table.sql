-- The table that bench/run prints: each line what was measured, against what, and the goal. ratio: where the goal is ">=", how
-- many times faster; where it is "<=", how many times the time or the bytes. A goal for the whole country has no verdict when
-- only a part of it was measured (:whole is false).
\set ON_ERROR_STOP 1
CREATE FUNCTION bench.digits(value float8) RETURNS numeric LANGUAGE sql AS $$
  SELECT trim_scale(round(value::numeric, 2 - floor(log(abs(value)))::int))
$$;
CREATE VIEW bench.line AS
  SELECT * FROM (VALUES
    ('provider_at over a table', 'provider_at', 'us a point', 'PostGIS join by hand', 'plain_join', '>=', 150, false),
    ('provider_at over a table', 'provider_at', 'us a point', 'ST_Subdivide(255) join', 'subdivided_255', '>=', NULL, false),
    ('provider_at over a table', 'provider_at', 'us a point', 'ST_Subdivide(64) join', 'subdivided_64', '>=', 60, false),
    ('provider_at over a table', 'provider_at', 'us a point', 'ST_X over the table', 'st_x', '<=', 4, false),
    ('providers_at in a LATERAL join', 'providers_at', 'us a point', 'PostGIS join by hand', 'plain_join', '>=', 25, false),
    ('provider_on(map) over a table', 'provider_on', 'us a point', 'PostGIS join by hand', 'plain_join', '>=', NULL, false),
    ('provider_on(map) over a table', 'provider_on', 'us a point', 'ST_Subdivide(255) join', 'subdivided_255', '>=', NULL, false),
    ('provider_on(map) over a table', 'provider_on', 'us a point', 'ST_Subdivide(64) join', 'subdivided_64', '>=', NULL, false),
    ('provider_on(map) over a table', 'provider_on', 'us a point', 'ST_X over the table', 'st_x', '<=', NULL, false),
    ('provider_on(map) for a single point', 'provider_on_one', 'ms', 'PostGIS join by hand', 'plain_join_one', '<=', NULL, false),
    ('providers_on(map) in a LATERAL join', 'providers_on', 'us a point', 'PostGIS join by hand', 'plain_join', '>=', NULL, false),
    ('core grid alone, in C', 'core_grid', 'us a point', 'GEOS prepared, STRtree, in C', 'geos_tree', '>=', 10, false),
    ('build of the core grid', 'core_grid_build', 's', 'build of the STRtree', 'geos_tree_build', '>=', NULL, false),
    ('compile_coverage()', 'compile', 's', NULL, NULL, '<=', 6, true),
    ('size of the map', 'map_bytes', 'MB', 'its coordinates, 16 bytes each', 'coordinate_bytes', '<=', 1.5, false),
    ('first lookup of a connection', 'first_provider_at', 'ms', 'PostGIS join by hand', 'first_plain_join', '<=', 1.5, false),
    ('provider_on(map), 2 parallel workers', 'provider_on_two_workers', 'us a point', 'one process', 'provider_on_one_process', '>=', 1.7, false),
    ('ST_X, 2 parallel workers', 'st_x_two_workers', 'us a point', 'one process', 'st_x_one_process', '>=', NULL, false),
    ('provider_on(map), ' || :middle || ' areas', 'provider_on_' || :middle, 'us a point', :small || ' areas', 'provider_on_' || :small, '<=', NULL, true),
    ('provider_on(map), ' || :areas || ' areas', 'provider_on_' || :areas, 'us a point', :small || ' areas', 'provider_on_' || :small, '<=', 2, true),
    ('insert noting the change for maps', 'insert_noted', 'us a row', 'insert without that trigger', 'insert_bare', '<=', 2, false)
  ) AS v (what, key, unit, against, peer, sense, goal, of_the_whole)
  WHERE :middle <> :areas OR key <> 'provider_on_' || :areas OR goal IS NOT NULL;
SELECT l.what, bench.digits(m.each * s.scale) AS median, l.unit, l.against, bench.digits(p.each * s.scale) AS "its median",
       bench.digits(r.ratio) AS ratio, l.sense || ' ' || l.goal || CASE WHEN l.peer IS NULL THEN ' ' || l.unit ELSE '' END AS goal,
       CASE WHEN m.each IS NULL THEN 'not measured' WHEN l.goal IS NULL THEN NULL WHEN l.of_the_whole AND NOT :'whole' THEN 'too few areas'
            WHEN CASE l.sense WHEN '>=' THEN r.ratio >= l.goal ELSE coalesce(r.ratio, m.each * s.scale) <= l.goal END THEN 'yes' ELSE 'NO' END AS "met?"
FROM bench.line l
  LEFT JOIN bench.median m ON m.what = l.key
  LEFT JOIN bench.median p ON p.what = l.peer
  CROSS JOIN LATERAL (SELECT CASE l.unit WHEN 's' THEN 1 WHEN 'ms' THEN 1e3 WHEN 'MB' THEN 1e-6 ELSE 1e6 END AS scale) s
  CROSS JOIN LATERAL (SELECT CASE l.sense WHEN '>=' THEN p.each / m.each ELSE m.each / p.each END AS ratio) r;
