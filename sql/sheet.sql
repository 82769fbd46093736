-- Shapes on a sheet, simplified together, and names that do not collide.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set tiles :here '/sql/include/tiles.sql'
\i :verdict
\i :tiles

CREATE FUNCTION pg_temp.sheet(width float8, most float8, VARIADIC boxes text[]) RETURNS wmo_works.sheet LANGUAGE sql
RETURN wmo_works.sheet_of(boxes::public.geometry[], width, most);
-- two kilometres wide and one high on a sheet of 232: 16 at each side, so 100 a kilometre; 48 for what is above and below
SELECT * FROM pg_temp.sheet(232, 400, pg_temp.box(100, 400, 102, 401));
-- the height can be what is scarce; what is small is not blown up; nothing is nothing
SELECT s.scale, s.height FROM pg_temp.sheet(1000, 248, pg_temp.box(100, 400, 102, 401)) s;
SELECT s.scale FROM pg_temp.sheet(1000, 1000, pg_temp.box(100, 400, 100.01, 400.01)) s;
SELECT pg_temp.sheet(1000, 1000, VARIADIC '{}') IS NULL AS nothing;

-- Two neighbours with a border of 400 points between them, which a drawing of this size cannot show: after that they share
-- the border still, so that together they cover what their outline does, to a thousandth, and share no ground.
CREATE TEMPORARY TABLE beside ON COMMIT DROP AS
  WITH border AS (
    SELECT array_agg(public.ST_MakePoint(105000 + 300 * sin(i / 40.0) + 10 * sin(i * 2.3), 400000 + 25 * i) ORDER BY i) AS p FROM generate_series(0, 400) i)
  SELECT n, public.ST_SetSRID(public.ST_MakePolygon(public.ST_MakeLine(border.p || CASE n
    WHEN 1 THEN ARRAY[public.ST_MakePoint(100000, 410000), public.ST_MakePoint(100000, 400000), border.p[1]]
    ELSE ARRAY[public.ST_MakePoint(110000, 410000), public.ST_MakePoint(110000, 400000), border.p[1]] END)), 28992) AS geom
  FROM border, generate_series(1, 2) n;
CREATE TEMPORARY TABLE drawn ON COMMIT DROP AS
  SELECT array_agg(s.geom ORDER BY s.n) AS g
  FROM (SELECT array_agg(b.geom ORDER BY b.n) AS g FROM beside b) t CROSS JOIN LATERAL wmo_works.sheet_shapes(t.g, wmo_works.sheet_of(t.g, 332, 348)) s;
SELECT cardinality(d.g), public.ST_NPoints(d.g[1]) < 200 AS simpler, public.ST_IsValid(d.g[1]) AND public.ST_IsValid(d.g[2]) AS valid,
  public.ST_Area(public.ST_Intersection(d.g[1], d.g[2])) AS shared,
  abs(public.ST_Area(d.g[1]) + public.ST_Area(d.g[2]) - 300 * 300) < 90 AS no_gap, public.ST_NumGeometries(public.ST_Multi(wmo_works.merged_on_sheet(d.g))) AS pieces
FROM drawn d;
-- the upper left corner of the first lies at 16, 16; the d of a path
SELECT public.ST_XMin(d.g[1]), - public.ST_YMax(d.g[1]), left(wmo_works.svg_path(d.g[1]), 1) FROM drawn d;
-- what is smaller than can be seen stays as it is
SELECT count(*), bool_and(public.ST_Area(s.geom) > 0)
FROM (SELECT ARRAY[pg_temp.box(100, 400, 200, 500), pg_temp.box(150, 450, 150.01, 450.01)]::public.geometry[] AS g) t CROSS JOIN LATERAL wmo_works.sheet_shapes(t.g, wmo_works.sheet_of(t.g, 332, 348)) s;
-- the middle of the widest circle, of the largest piece
SELECT round((center(h))[0]), round((center(h))[1]), round(radius(h)) FROM wmo_works.sheet_heart('MULTIPOLYGON(((0 0,0 -100,100 -100,100 0,0 0)),((200 0,200 -10,210 -10,210 0,200 0)))') h;
SELECT wmo_works.sheet_heart(NULL) IS NULL AS nothing;

-- Forty places at random, of all widths: no two names touch, and none crosses the edge.
CREATE TEMPORARY TABLE placed ON COMMIT DROP AS
  SELECT l.*, wmo_works.label_box(l.x, l.y, l.lines) AS room
  FROM (SELECT array_agg(ROW(n, 10 + (n * 7919) % 320, 10 + (n * 104729) % 330, 5 + (n * 31) % 60, 'Gebied ' || n, 'Aanbieder nummer ' || n * 37, NULL, NULL, NULL)::wmo_works.sheet_label) AS g FROM generate_series(1, 40) n) t
  CROSS JOIN LATERAL wmo_works.labels_placed(t.g, ROW(1, 0, 0, 340, 400)::wmo_works.sheet, true) l;
SELECT count(*) FROM placed a JOIN placed b ON a.n < b.n AND a.room && b.room;
SELECT count(*) > 10 AS many, bool_and(p.room <@ box '((0,0),(340,375))') AS within, count(*) FILTER (WHERE p.number IS NOT NULL) > 0 AS some_numbered, max(p.number) = count(p.number) AS in_order FROM placed p;
-- alone there is room for all of it; what is narrower leaves the remark out, then takes a number; without numbers it is left out
SELECT l.lines, l.bold, l.number FROM unnest(ARRAY[100, 35, 20, 5]) radius
CROSS JOIN LATERAL wmo_works.labels_placed(ARRAY[ROW(1, 200, 200, radius, 'Oude Wijken', 'Stichting voor hulp aan huis in de hele regio', NULL, NULL, NULL)]::wmo_works.sheet_label[], ROW(1, 0, 0, 400, 400)::wmo_works.sheet, true) l;
SELECT count(*) FROM wmo_works.labels_placed(ARRAY[ROW(1, 200, 200, 5, 'Oude Wijken', 'A', NULL, NULL, NULL)]::wmo_works.sheet_label[], ROW(1, 0, 0, 400, 400)::wmo_works.sheet, false) l;
-- a scale bar has a round length, and fits
SELECT scale, substring(m from '>([0-9]+ k?m)<') AS bar, xml_is_well_formed_content(m) FROM unnest('{0.0015,0.1,4}'::float8[]) scale CROSS JOIN LATERAL wmo_works.sheet_marks(ROW(scale, 0, 0, 340, 400)::wmo_works.sheet) m;
ROLLBACK;
