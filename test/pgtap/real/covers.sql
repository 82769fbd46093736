-- The map finds the areas that ST_Covers finds, on real borders: municipalities and their districts of one year, over one another.
-- script/covers does the same with every neighbourhood and more points.
BEGIN;
SELECT to_regclass('staging.boundary') IS NULL AS no_boundaries \gset
\if :no_boundaries
SELECT plan(1);
SELECT skip('no real boundaries are loaded', 1);
SELECT * FROM finish();
ROLLBACK;
\q
\endif
SELECT no_plan();
SET client_min_messages = warning;
TRUNCATE wmo.area CASCADE;
\ir ../../oracle/covers.sql
INSERT INTO wmo.area (id, name, kind, geom, geom_basis)
  SELECT row_number() OVER (ORDER BY b.code), coalesce(b.name, b.code), 'other', b.geom, 'official'
  FROM staging.boundary b WHERE b.kind IN ('gemeente', 'wijk') AND b.edition = 2022;
SELECT wmo_oracle.contract_each_area();
CREATE TEMPORARY TABLE compiled AS SELECT wmo.compile_coverage() AS map;
CREATE TEMPORARY TABLE compared AS
  SELECT 'beside a border' AS what, c.*
  FROM wmo.area a CROSS JOIN LATERAL wmo_oracle.compare_covers((SELECT map FROM compiled),
         ARRAY(SELECT wmo_oracle.places_beside(a.geom, 41, (a.id % 41)::int))) c
  UNION ALL
  SELECT 'anywhere', c.* FROM (SELECT ST_Extent(a.geom) AS country FROM wmo.area a) e
    CROSS JOIN LATERAL wmo_oracle.compare_covers((SELECT map FROM compiled),
      ARRAY(SELECT ST_SetSRID((ST_Dump(ST_GeneratePoints(e.country::geometry, 10000, 1))).geom, 28992))) c;

SELECT cmp_ok((SELECT sum(compared) FROM compared WHERE what = 'beside a border'), '>', 50000::numeric, 'enough points beside borders');
SELECT cmp_ok((SELECT sum(in_several) FROM compared), '>', 10000::numeric, 'of which many lie in several areas');
SELECT is((SELECT sum(different) FROM compared WHERE what = 'beside a border'), 0::numeric,
  coalesce((SELECT min(first_difference) FROM compared), 'on vertices and edges, and a hair beside them, the map finds what ST_Covers finds'));
SELECT is((SELECT sum(different) FROM compared WHERE what = 'anywhere'), 0::numeric, 'and anywhere else');
SELECT * FROM finish();
ROLLBACK;
