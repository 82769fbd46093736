-- geometry: what PostGIS says of shapes, bound to the schema that PostGIS lives in.
-- Relies on PostGIS alone. Rooms with PL/pgSQL bodies, whose search_path is pinned, reach PostGIS through it.
--
-- A number or text in a call of PostGIS says its type, here and in every room: a literal that leaves it open would be
-- bound to whatever function of that name stands in the same schema and fits it better.

CREATE FUNCTION wmo_works.place_type(place geometry) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT GeometryType(place);
END;
COMMENT ON FUNCTION wmo_works.place_type(geometry) IS 'GeometryType, bound to the schema that PostGIS lives in.';

CREATE FUNCTION wmo_works.transformed(place geometry, srid integer) RETURNS geometry
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME', 'wmo_sql_transformed';
COMMENT ON FUNCTION wmo_works.transformed(geometry, integer) IS
  'ST_Transform, with an error that says which coordinates cannot be transformed: those of the place, or the box of a '
  'shape.';

CREATE FUNCTION wmo_works.in_rd(place geometry) RETURNS geometry
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE
    WHEN ST_IsEmpty(place) THEN NULL
    WHEN ST_SRID(place) = 28992 THEN place
    ELSE wmo_works.transformed(place, 28992)
  END;
END;
COMMENT ON FUNCTION wmo_works.in_rd(geometry) IS 'A shape in RD New (EPSG:28992, metres); null when empty.';

CREATE FUNCTION wmo_works.point_within(shape geometry) RETURNS geometry
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT ST_PointOnSurface(shape);
END;
COMMENT ON FUNCTION wmo_works.point_within(geometry) IS 'ST_PointOnSurface, bound to the schema that PostGIS lives in.';

CREATE FUNCTION wmo_works.plain_shape(shape geometry) RETURNS geometry
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN ST_SRID(g.flat) = 28992 THEN g.flat ELSE wmo_works.transformed(g.flat, 28992) END
  FROM (SELECT ST_Force2D(ST_CurveToLine(plain_shape.shape)) AS flat) g;
END;
COMMENT ON FUNCTION wmo_works.plain_shape(geometry) IS
  'A shape of straight lines in the plane of RD New (EPSG:28992), from any reference system.';

CREATE FUNCTION wmo_works.position_fault(shape geometry) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  -- wide bounds: they catch degrees taken for metres, exchanged axes and other systems of metres
  SELECT CASE
    WHEN ST_XMin(b.box) >= -180::float8 AND ST_XMax(b.box) <= 180::float8
     AND ST_YMin(b.box) >= -90::float8 AND ST_YMax(b.box) <= 90::float8
      THEN 'degrees taken for metres'
    -- where the Netherlands would lie by northing and easting: well beyond its borders
    WHEN ST_XMin(b.box) >= 3e5::float8 AND ST_XMax(b.box) <= 6.3e5::float8
     AND ST_YMin(b.box) >= -1e4::float8 AND ST_YMax(b.box) <= 2.9e5::float8
      THEN 'axes exchanged'
    WHEN NOT (ST_XMin(b.box) >= -1e6::float8 AND ST_XMax(b.box) <= 1e6::float8
              AND ST_YMin(b.box) >= -1e6::float8 AND ST_YMax(b.box) <= 1e6::float8)
      THEN 'more than 500 kilometres from the Netherlands'
  END
  FROM (SELECT Box2D(position_fault.shape)::box3d AS box) b;
END;
COMMENT ON FUNCTION wmo_works.position_fault(geometry) IS
  'Why a shape in RD New cannot lie where it says it does; null when it can.';

CREATE FUNCTION wmo_works.is_within_bounds(shape geometry) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  -- far beyond the Netherlands, and far from where surfaces and lengths overflow
  SELECT ST_XMin(shape::box3d) >= -1e7::float8 AND ST_XMax(shape::box3d) <= 1e7::float8
     AND ST_YMin(shape::box3d) >= -1e7::float8 AND ST_YMax(shape::box3d) <= 1e7::float8;
END;
COMMENT ON FUNCTION wmo_works.is_within_bounds(geometry) IS
  'Does a shape in RD New lie within ten thousand kilometres of its origin? What does not cannot be reckoned with.';

CREATE FUNCTION wmo_works.shape_fault(shape geometry) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT CASE
    WHEN shape_fault.shape IS NULL OR ST_IsEmpty(shape_fault.shape) THEN 'no shape'
    WHEN wmo_works.position_fault(shape_fault.shape) IS NOT NULL THEN wmo_works.position_fault(shape_fault.shape)
    ELSE nullif(ST_IsValidReason(shape_fault.shape), 'Valid Geometry')
  END;
END;
COMMENT ON FUNCTION wmo_works.shape_fault(geometry) IS
  'What is wrong with a shape and where, in the words of PostGIS; null when nothing is.';

CREATE FUNCTION wmo_works.polygons_of(shape geometry, repair boolean) RETURNS geometry
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT CASE WHEN ST_IsEmpty(p.polygons) THEN NULL ELSE p.polygons END
  FROM (SELECT ST_Multi(ST_CollectionExtract(CASE WHEN polygons_of.repair THEN ST_MakeValid(polygons_of.shape)
    ELSE polygons_of.shape END, 3)) AS polygons) p;
END;
COMMENT ON FUNCTION wmo_works.polygons_of(geometry, boolean) IS
  'The polygons of a shape, repaired first if asked; null when it has none.';

CREATE FUNCTION wmo_works.merged_shape(shapes geometry[]) RETURNS geometry
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT CASE WHEN cardinality(merged_shape.shapes) = 1 THEN merged_shape.shapes[1]
              ELSE ST_Multi(ST_CollectionExtract(ST_Union(merged_shape.shapes), 3)) END;
END;
COMMENT ON FUNCTION wmo_works.merged_shape(geometry[]) IS
  'One multipolygon of several: land and water of one area, parts that a file keeps in rows of their own.';

CREATE FUNCTION wmo_works.same_shape(one geometry, other geometry) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
BEGIN ATOMIC
  -- a file that went through degrees, or through another format, comes back a hair beside itself
  SELECT CASE
    WHEN one = other THEN true
    WHEN NOT (ST_Expand(one, 0.01::float8) ~ other AND ST_Expand(other, 0.01::float8) ~ one)
      OR abs(ST_Area(one) - ST_Area(other)) > 0.01::float8 * (ST_Perimeter(one) + ST_Perimeter(other)) THEN false
    WHEN ST_Dimension(one) = 2 AND ST_Dimension(other) = 2
      THEN ST_IsEmpty(ST_Buffer(ST_SymDifference(one, other), -0.005::float8, 'quad_segs=1'::text))
    ELSE ST_HausdorffDistance(one, other) <= 0.01::float8
  END;
END;
COMMENT ON FUNCTION wmo_works.same_shape(geometry, geometry) IS
  'Are two shapes the same to the centimetre, however their vertices are ordered? True when they differ nowhere by a '
  'strip wider than that.';

CREATE FUNCTION wmo_works.boxes_meet(one geometry, other geometry) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT one && other;
END;
COMMENT ON FUNCTION wmo_works.boxes_meet(geometry, geometry) IS
  'The operator && of PostGIS, bound to the schema that PostGIS lives in; an index on either shape serves it.';

CREATE FUNCTION wmo_works.surface(shape geometry) RETURNS double precision
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
BEGIN ATOMIC
  SELECT ST_Area(shape);
END;
COMMENT ON FUNCTION wmo_works.surface(geometry) IS
  'ST_Area, bound to the schema that PostGIS lives in: square metres in RD New.';

CREATE FUNCTION wmo_works.shared_surface(one geometry, other geometry) RETURNS double precision
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT CASE WHEN one && other THEN ST_Area(ST_Intersection(one, other)) ELSE 0 END;
END;
COMMENT ON FUNCTION wmo_works.shared_surface(geometry, geometry) IS
  'Square metres of ground that two shapes in RD New share.';

CREATE FUNCTION wmo_works.shape_srid(shape geometry) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT ST_SRID(shape);
END;
COMMENT ON FUNCTION wmo_works.shape_srid(geometry) IS 'ST_SRID, bound to the schema that PostGIS lives in.';

CREATE FUNCTION wmo_works.identical(one geometry, other geometry) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT coalesce(one = other, one IS NULL AND other IS NULL);
END;
COMMENT ON FUNCTION wmo_works.identical(geometry, geometry) IS
  'Are two shapes the same point by point, or both unknown?';
