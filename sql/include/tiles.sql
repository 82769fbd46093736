\set ECHO none
-- Made-up ground: boxes on a grid of kilometres, and staging tables like those that files become.
CREATE FUNCTION pg_temp.box(x0 numeric, y0 numeric, x1 numeric, y1 numeric) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('SRID=28992;POLYGON((%s %s,%s %s,%s %s,%s %s,%s %s))', x0 * 1000, y0 * 1000, x1 * 1000, y0 * 1000, x1 * 1000, y1 * 1000, x0 * 1000, y1 * 1000, x0 * 1000, y0 * 1000)
$$;
-- A staging table with these columns of text (none: {}), and shapes of any kind and reference system in geom.
CREATE FUNCTION pg_temp.staging(name text, columns text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TEMPORARY TABLE %I ON COMMIT DROP AS SELECT %s wmo_works.plain_shape(a.geom) AS geom FROM wmo.area a WITH NO DATA', name,
    (SELECT string_agg(format('''''::text AS %I, ', c), '' ORDER BY place) FROM unnest(columns) WITH ORDINALITY AS u (c, place)));
END
$$;
-- What loading did, without keys.
CREATE FUNCTION pg_temp.load(staging text, valid_from date, kind text DEFAULT NULL, complete boolean DEFAULT false, tolerance float8 DEFAULT 0, repair boolean DEFAULT true)
RETURNS TABLE (done text, code text, name text, valid daterange, remark text)
LANGUAGE sql AS $$
  SELECT l.done, l.code::text, l.name, l.valid, l.remark
  FROM wmo.load_areas(format('pg_temp.%I', staging)::regclass, valid_from, kind, complete, tolerance, repair) l ORDER BY l.code::text COLLATE "C", l.name COLLATE "C", l.done
$$;
SET client_min_messages = warning;
\set ECHO all
