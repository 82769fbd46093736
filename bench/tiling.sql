-- A made-up country: across x up cells, the same on every run, in bench.area(n, municipality, geom) from the middle
-- outwards.
--
-- A cell of the lattice (u, v) is drawn by bench.ground, which squeezes both axes every ten cells (towns of small
-- cells, a country of large ones) and then shears each axis along waves of 80 m to 6 km. A shear never folds, so
-- neighbours share their wiggly border vertex by vertex and nothing overlaps. As in the real country most borders have
-- few vertices and some have thousands: of 12,000 cells half have at most 139, one in a hundred more than 2,377, and
-- one 9,164.
\set ON_ERROR_STOP 1
CREATE FUNCTION bench.ground(u float8, v float8) RETURNS geometry LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  x float8 := 10000 + 2500 * (u + 1.35 * sin(2 * pi() * u / 10));
  y float8 := 310000 + 2500 * (v + 1.35 * sin(2 * pi() * v / 10));
BEGIN
  x := x + 120 * sin(y / 900) + 40 * sin(y / 210 + 1) + 12 * sin(y / 53 + 2);
  y := y + 130 * sin(x / 800) + 40 * sin(x / 190) + 11 * sin(x / 47);
  RETURN ST_SetSRID(ST_MakePoint(x, y), 28992);
END
$$;

-- upright 0: from (i, j) to (i + 1, j); upright 1: from (i, j) to (i, j + 1)
CREATE UNLOGGED TABLE bench.border AS
  SELECT i, j, upright,
         ST_MakeLine(ARRAY(SELECT bench.ground(i + (1 - upright) * t / steps, j + upright * t / steps)
                           FROM generate_series(0, steps::int) t ORDER BY t)) AS line
  FROM generate_series(0, :across) i, generate_series(0, :up) j, generate_series(0, 1) upright,
    LATERAL (SELECT floor(14 * (1 - ((i * 7919 + j * 104729 + upright * 331) % 997 + 0.5) / 997::float8) ^ -0.85) AS steps) size
  WHERE CASE upright WHEN 0 THEN i < :across ELSE j < :up END;
CREATE INDEX ON bench.border (i, j, upright);
ANALYZE bench.border;

CREATE UNLOGGED TABLE bench.area AS
  SELECT row_number() OVER (ORDER BY greatest(abs(2 * below.i + 1 - :across), abs(2 * below.j + 1 - :up)),
                                     below.i, below.j)::int AS n,
         (below.i / 6) * (:up / 6 + 1) + below.j / 6 + 1 AS municipality,
         ST_Multi(ST_MakePolygon(ST_MakeLine(
           ARRAY[below.line, east.line, ST_Reverse(above.line), ST_Reverse(west.line)]))) AS geom
  FROM bench.border below
    JOIN bench.border east ON (east.i, east.j, east.upright) = (below.i + 1, below.j, 1)
    JOIN bench.border above ON (above.i, above.j, above.upright) = (below.i, below.j + 1, 0)
    JOIN bench.border west ON (west.i, west.j, west.upright) = (below.i, below.j, 1)
  WHERE below.upright = 0;

-- People are spread evenly over the cells, hence densely over the towns; in random order.
SELECT setseed(0.5) \g /dev/null
CREATE UNLOGGED TABLE bench.place AS
  SELECT n::int, bench.ground(random() * :across, random() * :up) AS geom FROM generate_series(1, :places) n;
