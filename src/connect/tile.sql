-- tile: who serves, as vector tiles in the two signatures that tile servers find by themselves.
-- Relies on report_coverage (coverage_on).
--
-- pg_tileserv takes any function (z, x, y, ...) that returns bytea and asks it by the names of its arguments; Martin
-- takes (z, x, y, query_params json), which pg_tileserv shows as well and asks without. Neither finds anything else
-- here, and under a role of reports no table.

CREATE FUNCTION wmo_works.is_tile(z integer, x integer, y integer) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF z NOT BETWEEN 0 AND 30 THEN
    RAISE EXCEPTION 'there is no zoom level %', z
      USING ERRCODE = 'invalid_parameter_value', DETAIL = 'A tile is at a zoom level from 0 to 30.';
  ELSIF least(x, y) < 0 OR greatest(x, y) >= 1 << z THEN
    RAISE EXCEPTION 'there is no tile %/%/%', z, x, y
      USING ERRCODE = 'invalid_parameter_value',
        DETAIL = 'At zoom level ' || z::text || ' x and y run from 0 to ' || ((1 << z) - 1)::text || '.',
        HINT = 'The order is zoom level, column from the west, row from the north.';
  END IF;
  RETURN true;
END
$$;
COMMENT ON FUNCTION wmo_works.is_tile(integer, integer, integer) IS
  'True of a zoom level, column and row that name a tile of the world; an error of others.';

CREATE FUNCTION wmo_works.tile_ground(z integer, x integer, y integer) RETURNS geometry
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
BEGIN ATOMIC
  -- a tile of half the world cannot be brought into RD New: its part from 2 to 8.5 degrees east, 50 to 54.5 north can
  SELECT CASE WHEN wmo_works.is_tile(z, x, y) THEN
    ST_Transform(ST_Intersection(ST_TileEnvelope(z, x, y, margin => 64::float8 / 4096::float8),
      ST_MakeEnvelope(222639::float8, 6446275::float8, 946213::float8, 7300000::float8, 3857)), 28992) END;
END;
COMMENT ON FUNCTION wmo_works.tile_ground(integer, integer, integer) IS
  'The part of a tile, with its margin, that may hold Dutch ground, in RD New; empty when it holds none.';

CREATE FUNCTION wmo_works.on_tile(shape geometry, z integer, x integer, y integer) RETURNS geometry
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT ST_AsMVTGeom(ST_Transform(shape, 3857), ST_TileEnvelope(z, x, y)::box2d, 4096, 64, true);
END;
COMMENT ON FUNCTION wmo_works.on_tile(geometry, integer, integer, integer) IS
  'A shape in RD New in the coordinates of a tile; null when nothing of it is seen there.';

CREATE FUNCTION wmo_works.areas_on_tile(z integer, x integer, y integer) RETURNS TABLE (area_id integer, geom geometry)
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 10
BEGIN ATOMIC
  WITH ground AS MATERIALIZED (
    SELECT wmo_works.tile_ground(areas_on_tile.z, areas_on_tile.x, areas_on_tile.y) AS geom
  ), met AS MATERIALIZED (
    SELECT DISTINCT w.whole_id
    FROM ground g JOIN wmo.area a ON wmo_works.boxes_meet(a.geom, g.geom)
    CROSS JOIN LATERAL wmo.area_with_wholes(a.id) w
  ), drawn AS MATERIALIZED (
    SELECT m.whole_id, wmo_works.on_tile(wmo.area_shape(m.whole_id), areas_on_tile.z, areas_on_tile.x,
                                         areas_on_tile.y) AS geom
    FROM met m
  )
  SELECT d.whole_id, d.geom FROM drawn d WHERE d.geom IS NOT NULL;
END;
COMMENT ON FUNCTION wmo_works.areas_on_tile(integer, integer, integer) IS
  'The areas that are seen on a tile, by their own shape or that of their parts, each drawn once in its coordinates.';

CREATE FUNCTION wmo_bi.coverage_tile(z integer, x integer, y integer, service text DEFAULT NULL,
                                     on_date date DEFAULT CURRENT_DATE)
RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE COST 100000
BEGIN ATOMIC
  -- an unknown tile or service is an error, also where there is nothing to look through
  SELECT CASE WHEN wmo_works.is_tile(coverage_tile.z, coverage_tile.x, coverage_tile.y)
                   AND (coverage_tile.service IS NULL OR wmo.service_id(coverage_tile.service) IS NOT NULL) THEN (
    WITH here AS MATERIALIZED (
      SELECT a.area_id, a.geom FROM wmo_works.areas_on_tile(coverage_tile.z, coverage_tile.x, coverage_tile.y) a
    )
    SELECT coalesce(ST_AsMVT(f, 'coverage', 4096, 'geom', 'id'), '')
    FROM (
      SELECT m.id, m.area, m.area_code, m.service_code AS service, m.provider, m.role, m.min_age, m.max_age, m.clients,
             m.certainty, m.number, wmo_works.iso_day(m.first_day) AS first_day,
             wmo_works.iso_day(m.last_day) AS last_day, m.end_kind, h.geom
      FROM wmo_bi.coverage_on(coverage_tile.on_date, coverage_tile.service) m JOIN here h ON h.area_id = m.area_id
      -- once more, as keys to look up by
      WHERE m.area_id = ANY (ARRAY(SELECT k.area_id FROM here k))
    ) f
  ) END;
END;
COMMENT ON FUNCTION wmo_bi.coverage_tile(integer, integer, integer, text, date) IS
  'Vector tile of who serves on a day (layer coverage): service by its code, null = all; on_date the day of care. For '
  'pg_tileserv: /wmo_bi.coverage_tile/{z}/{x}/{y}.pbf?service=hulp_bij_het_huishouden&on_date=2023-03-01.';

CREATE FUNCTION wmo_bi.coverage_tile_json(z integer, x integer, y integer, query_params json DEFAULT '{}') RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE COST 100000
BEGIN ATOMIC
  SELECT wmo_bi.coverage_tile(coverage_tile_json.z, coverage_tile_json.x, coverage_tile_json.y,
                              coverage_tile_json.query_params ->> 'service',
                              coalesce((coverage_tile_json.query_params ->> 'on_date')::date, CURRENT_DATE));
END;
COMMENT ON FUNCTION wmo_bi.coverage_tile_json(integer, integer, integer, json) IS
  'The same tile for Martin: /coverage_tile_json/{z}/{x}/{y}?service=hulp_bij_het_huishouden&on_date=2023-03-01.';
