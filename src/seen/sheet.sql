-- sheet: shapes on a sheet of paper: where they lie on it, simplified together, and where their names go.
-- Relies on svg, and on PostGIS.
--
-- Neighbours are simplified by the lines that they share, once for both, so that no gap opens between them and no strip
-- is covered twice: the borders are cut into arcs where three meet, each arc is simplified between its ends, and the
-- faces between the arcs are found anew. On a sheet y runs downwards, and ST_AsSVG turns it over: here it is negative.

CREATE TYPE wmo_works.sheet AS (
  scale  double precision,
  west   double precision,
  north  double precision,
  width  double precision,
  height double precision
);
COMMENT ON TYPE wmo_works.sheet IS
  'A sheet on which ground is drawn: units of the sheet a metre, which metres of RD New lie at its left and upper '
  'edge, '
  'and its size in its own units.';

CREATE FUNCTION wmo_works.sheet_of(shapes geometry[], width double precision, most_height double precision)
RETURNS wmo_works.sheet
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000
BEGIN ATOMIC
  SELECT ROW(s.scale, b.x0 - (sheet_of.width / s.scale - (b.x1 - b.x0)) / 2::float8,
             b.y1 + 16::float8 / s.scale, sheet_of.width,
             (b.y1 - b.y0) * s.scale + 48::float8)::wmo_works.sheet
  FROM (SELECT ST_XMin(e.box) AS x0, ST_XMax(e.box) AS x1, ST_YMin(e.box) AS y0, ST_YMax(e.box) AS y1
        FROM (SELECT ST_Extent(u)::box3d AS box FROM unnest(sheet_of.shapes) u) e
        WHERE e.box IS NOT NULL) b
  CROSS JOIN LATERAL (
    -- a tenth of a kilometre is drawn no larger than that
    SELECT least((sheet_of.width - 32::float8) / greatest(b.x1 - b.x0, 1::float8),
                 (sheet_of.most_height - 48::float8) / greatest(b.y1 - b.y0, 1::float8), 4::float8) AS scale
  ) s;
END;
COMMENT ON FUNCTION wmo_works.sheet_of(geometry[], double precision, double precision) IS
  'A sheet of this width, and at most this height, on which all shapes in RD New find place, with room below for a '
  'scale bar; null without a shape.';

CREATE FUNCTION wmo_works.on_sheet(shape geometry, sheet wmo_works.sheet) RETURNS geometry
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT ST_Affine(shape, (sheet).scale, 0::float8, 0::float8, (sheet).scale, - (sheet).west * (sheet).scale,
                   - (sheet).north * (sheet).scale);
END;
COMMENT ON FUNCTION wmo_works.on_sheet(geometry, wmo_works.sheet) IS 'A shape in RD New in the units of a sheet.';

CREATE FUNCTION wmo_works.sheet_shapes(shapes geometry[], sheet wmo_works.sheet)
RETURNS TABLE (n bigint, geom geometry)
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100000 ROWS 100
BEGIN ATOMIC
  WITH shape AS MATERIALIZED (
    SELECT u.n, wmo_works.on_sheet(u.shape, sheet_shapes.sheet) AS geom
    FROM unnest(sheet_shapes.shapes) WITH ORDINALITY AS u (shape, n) WHERE u.shape IS NOT NULL
  ), arc AS (
    SELECT (ST_Dump(ST_LineMerge(ST_UnaryUnion(ST_Collect(ST_Boundary(s.geom)), 0.05::float8)))).geom FROM shape s
  ), simple AS (
    SELECT ST_UnaryUnion(ST_Collect(ST_SimplifyVW(a.geom, 0.6::float8)), 0.05::float8) AS geom FROM arc a
  ), face AS MATERIALIZED (
    SELECT f.geom, ST_PointOnSurface(f.geom) AS point
    FROM (SELECT (ST_Dump(ST_Polygonize(s.geom))).geom FROM simple s) f
  ), built AS (
    SELECT s.n, CASE WHEN count(*) = 1 THEN (array_agg(f.geom))[1] ELSE ST_UnaryUnion(ST_Collect(f.geom)) END
           AS geom
    FROM shape s JOIN face f ON ST_Covers(s.geom, f.point)
    GROUP BY s.n
  )
  -- what is smaller than the tolerance stays as it is
  SELECT s.n, coalesce(b.geom, s.geom) FROM shape s LEFT JOIN built b ON b.n = s.n ORDER BY s.n;
END;
COMMENT ON FUNCTION wmo_works.sheet_shapes(geometry[], wmo_works.sheet) IS
  'Shapes in RD New on a sheet, simplified together to about what can be seen there.';

CREATE FUNCTION wmo_works.off_sheet(shape geometry, sheet wmo_works.sheet) RETURNS geometry
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT ST_SetSRID(ST_Affine(shape, 1::float8 / (sheet).scale, 0::float8, 0::float8, 1::float8 / (sheet).scale,
                              (sheet).west, (sheet).north), 28992);
END;
COMMENT ON FUNCTION wmo_works.off_sheet(geometry, wmo_works.sheet) IS 'A shape on a sheet in RD New.';

CREATE FUNCTION wmo_works.merged_on_sheet(shapes geometry[]) RETURNS geometry
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT ST_UnaryUnion(ST_Collect(ARRAY(SELECT ST_MakeValid(u) FROM unnest(merged_on_sheet.shapes) u)));
END;
COMMENT ON FUNCTION wmo_works.merged_on_sheet(geometry[]) IS 'Shapes on a sheet as one.';

CREATE FUNCTION wmo_works.svg_path(shape geometry) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000
BEGIN ATOMIC
  SELECT ST_AsSVG(shape, 1, 1);
END;
COMMENT ON FUNCTION wmo_works.svg_path(geometry) IS 'A shape on a sheet as the d of a path.';

CREATE FUNCTION wmo_works.sheet_heart(shape geometry) RETURNS circle
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT circle(point(ST_X(c.center), - ST_Y(c.center)), c.radius)
  FROM (SELECT d.geom FROM ST_Dump(sheet_heart.shape) d WHERE ST_Dimension(d.geom) = 2
        ORDER BY ST_Area(d.geom) DESC LIMIT 1) largest
  CROSS JOIN LATERAL ST_MaximumInscribedCircle(largest.geom) c;
END;
COMMENT ON FUNCTION wmo_works.sheet_heart(geometry) IS
  'The widest circle within the largest piece of a shape on a sheet: where a name goes.';

-- ---- names that do not collide --------------------------------------------------------------------------------------

CREATE TYPE wmo_works.sheet_label AS (
  n      bigint,
  x      double precision,
  y      double precision,
  radius double precision,
  name   text,
  remark text,
  lines  text[],
  bold   integer,
  number integer
);
COMMENT ON TYPE wmo_works.sheet_label IS
  'A name for the ground around a place on a sheet, and what is said below it. Placed: its middle, its lines of which '
  'the first few are the name (bold), or the number that stands there in its stead.';

CREATE FUNCTION wmo_works.label_box(x double precision, y double precision, lines text[]) RETURNS box
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT box(point(label_box.x - m.wide / 2::float8 - 3::float8,
                   label_box.y - (7 * cardinality(label_box.lines) + 2)::float8),
             point(label_box.x + m.wide / 2::float8 + 3::float8,
                   label_box.y + (7 * cardinality(label_box.lines) + 2)::float8))
  FROM (SELECT max(wmo_works.text_width(l, 12)) AS wide FROM unnest(label_box.lines) l) m;
END;
COMMENT ON FUNCTION wmo_works.label_box(double precision, double precision, text[]) IS
  'The room that the lines of a name take around their middle.';

CREATE FUNCTION wmo_works.label_lines(asked wmo_works.sheet_label, variant integer, number integer,
                                      OUT lines text[], OUT bold integer)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  wide CONSTANT double precision := greatest(2.4::float8 * asked.radius, CASE variant WHEN 1 THEN 70 ELSE 60 END);
  below text[];
BEGIN
  IF variant = 3 THEN
    lines := ARRAY[number::text];
    bold := 0;
    RETURN;
  END IF;
  -- half a name is none; it is set in bold letters, which are wider
  lines := wmo_works.text_lines(asked.name, 13, wide, 2);
  bold := cardinality(lines);
  IF bold = 0 OR NOT wmo_works.is_all_of(lines, asked.name) THEN
    lines := NULL;
  ELSIF variant = 1 AND asked.remark IS NOT NULL THEN
    below := wmo_works.text_lines(asked.remark, 12, wide, 2);
    lines := CASE WHEN wmo_works.is_all_of(below, asked.remark) THEN lines || below END;
  END IF;
END
$$;
COMMENT ON FUNCTION wmo_works.label_lines(wmo_works.sheet_label, integer, integer) IS
  'What stands for a name: with its remark (variant 1), without (2), or as a number (3); null where it does not '
  'fit its '
  'ground.';

CREATE FUNCTION wmo_works.labels_placed(labels wmo_works.sheet_label[], sheet wmo_works.sheet, numbers_too boolean)
RETURNS SETOF wmo_works.sheet_label
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100 SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  whole CONSTANT box := box(point(2, 2), point((sheet).width - 2, (sheet).height - 26));
  moves CONSTANT point[] := '{"(0,0)","(0,-9)","(0,9)","(-14,0)","(14,0)","(-12,-12)","(12,12)"}';
  taken box[] := '{}';
  asked wmo_works.sheet_label;
  said record; -- lines, bold
  around box;
  room box;
  numbered integer := 0;
  move point;
BEGIN
  FOREACH asked IN ARRAY ARRAY(SELECT l FROM unnest(labels) l ORDER BY l.radius DESC, l.n) LOOP
    <<tried>>
    FOR variant IN 1 .. CASE WHEN numbers_too THEN 3 ELSE 2 END LOOP
      SELECT l.* INTO said FROM wmo_works.label_lines(asked, variant, numbered + 1) l;
      CONTINUE WHEN said.lines IS NULL;
      around := wmo_works.label_box(asked.x, asked.y, said.lines);
      -- a name stands in what it names, or nearly
      CONTINUE WHEN variant < 3 AND (width(around) > 2.6::float8 * asked.radius + 8
                                     OR height(around) > 2.4::float8 * asked.radius + 8);
      FOREACH move IN ARRAY moves LOOP
        room := around + move;
        CONTINUE WHEN NOT room <@ whole OR EXISTS (SELECT FROM unnest(taken) t WHERE t && room);
        taken := taken || room;
        asked.x := asked.x + move[0];
        asked.y := asked.y + move[1];
        asked.lines := said.lines;
        asked.bold := said.bold;
        IF said.bold = 0 THEN
          numbered := numbered + 1;
          asked.number := numbered;
        END IF;
        RETURN NEXT asked;
        EXIT tried;
      END LOOP;
    END LOOP;
  END LOOP;
END
$$;
COMMENT ON FUNCTION wmo_works.labels_placed(wmo_works.sheet_label[], wmo_works.sheet, boolean) IS
  'Where names go so that none lies over another or over the edge: the widest ground first, each with its remark, else '
  'without, else (numbers_too) as a number. What finds no room is left out.';

-- ---- what every map has ---------------------------------------------------------------------------------------------

CREATE FUNCTION wmo_works.sheet_marks(sheet wmo_works.sheet) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  metres CONSTANT double precision := (
    SELECT max(m) FROM unnest(ARRAY[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000,
                                    200000, 500000, 1000000, 2000000, 5000000]) m
    WHERE m::float8 * sheet.scale <= 120::float8 OR m = 1);
BEGIN
  RETURN '<g stroke="#14202b" fill="none"><path d="M16 ' || wmo_works.svg_number(sheet.height - 20::float8) || 'v6h'
    || wmo_works.svg_number(metres * sheet.scale) || 'v-6"/><path d="M'
    || wmo_works.svg_number(sheet.width - 22::float8) || ' 34V12l-5 9M'
    || wmo_works.svg_number(sheet.width - 22::float8)
    || ' 12l5 9"/></g>'
    || wmo_works.svg_text(22::float8 + metres * sheet.scale, sheet.height - 11::float8,
         CASE WHEN metres >= 1000::float8 THEN trim_scale(metres::numeric / 1000::numeric)::text || ' km'
              ELSE metres::text || ' m' END, 'font-size="11"')
    || wmo_works.svg_text(sheet.width - 22::float8, 46, 'N', 'font-size="11" text-anchor="middle"');
END
$$;
COMMENT ON FUNCTION wmo_works.sheet_marks(wmo_works.sheet) IS
  'A scale bar of a round length, and where north is.';
