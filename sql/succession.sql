-- What became of an area, on made-up ground: joined, divided, renamed, grown from the sea; and shapes made of parts.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set tiles :here '/sql/include/tiles.sql'
\i :verdict
\i :tiles
CREATE FUNCTION pg_temp.add(id integer, code text, name text, valid daterange, x0 numeric, y0 numeric, x1 numeric, y1 numeric, kind text DEFAULT 'municipality', basis text DEFAULT 'official') RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis) VALUES (%L, %L, %L, %L, %L, wmo_works.polygons_of(%L, false), %L)', id, code, name, kind, valid, pg_temp.box(x0, y0, x1, y1), basis);
END
$$;
CREATE FUNCTION pg_temp.went(from_date date, to_date date, tolerance float8 DEFAULT 0.02) RETURNS TABLE (from_code text, to_code text, how text, of_from numeric, of_to numeric, hectares numeric)
LANGUAGE sql AS $$
  SELECT s.from_code::text, s.to_code::text, s.how, round(s.share_of_from::numeric, 3), round(s.share_of_to::numeric, 3), round(s.surface::numeric / 10000, 1)
  FROM wmo.succession(from_date, to_date, 'municipality', tolerance) s
  ORDER BY s.from_code::text COLLATE "C", s.share_of_from DESC NULLS LAST, s.to_code::text COLLATE "C"
$$;

-- before: A (4 x 1), B, C (2 x 1 each), W (3 x 2), L (6 x 1), N; after: A takes B and C in under its own code, W is divided over H and
-- Y, L in three, N gets another code, Z is new land, D is as it was
SELECT pg_temp.add(1, 'GM0001', 'A', '[,2019-01-01)', 0, 0, 4, 1), pg_temp.add(2, 'GM0002', 'B', '[,2019-01-01)', 4, 0, 6, 1), pg_temp.add(3, 'GM0003', 'C', '[,2019-01-01)', 6, 0, 8, 1);
SELECT pg_temp.add(4, 'GM0004', 'W', '[,2019-01-01)', 0, 2, 3, 4), pg_temp.add(5, 'GM0005', 'L', '[,2019-01-01)', 0, 5, 6, 6), pg_temp.add(6, 'GM0006', 'N', '[,2019-01-01)', 0, 7, 1, 8);
SELECT pg_temp.add(7, 'GM0007', 'D', '(,)', 0, 9, 1, 10);
SELECT pg_temp.add(11, 'GM0001', 'A', '[2019-01-01,)', 0, 0, 8, 1);
SELECT pg_temp.add(14, 'GM0014', 'H', '[2019-01-01,)', 0, 2, 2, 4), pg_temp.add(15, 'GM0015', 'Y', '[2019-01-01,)', 2, 2, 6, 4);
SELECT pg_temp.add(16, 'GM0016', 'L1', '[2019-01-01,)', 0, 5, 3, 6), pg_temp.add(17, 'GM0017', 'L2', '[2019-01-01,)', 3, 5, 5, 6), pg_temp.add(18, 'GM0018', 'L3', '[2019-01-01,)', 5, 5, 6, 6);
SELECT pg_temp.add(19, 'GM0019', 'N', '[2019-01-01,)', 0, 7, 1, 8), pg_temp.add(20, 'GM0020', 'Z', '[2019-01-01,)', 20, 20, 21, 21);
SELECT * FROM pg_temp.went('2018-12-31', '2019-01-01');
-- nothing happens within an edition; a succession is told forward
SELECT * FROM pg_temp.went('2019-01-01', '2019-01-01');
SELECT * FROM pg_temp.went('2018-01-01', '2018-12-31');
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.succession('2019-01-01', '2018-12-31')$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.succession('2018-01-01', '2018-12-31', tolerance => -1)$$);

-- no ground is lost: the shares of each area add up to one, both ways
SELECT s.from_code::text, round(sum(s.share_of_from)::numeric, 9) FROM wmo.succession('2018-12-31', '2019-01-01') s WHERE s.from_area_id IS NOT NULL GROUP BY 1 ORDER BY s.from_code::text COLLATE "C";
SELECT s.to_code::text, round(sum(s.share_of_to)::numeric, 9) FROM wmo.succession('2018-12-31', '2019-01-01') s WHERE s.to_area_id IS NOT NULL GROUP BY 1 ORDER BY s.to_code::text COLLATE "C";

-- a sliver of a simplified border is no succession, unless one asks for it
SELECT pg_temp.add(31, 'GM0031', 'P', '[,2019-01-01)', 30, 0, 31, 1), pg_temp.add(32, 'GM0032', 'Q', '[,2019-01-01)', 31, 0, 32, 1);
SELECT pg_temp.add(33, 'GM0031', 'P', '[2019-01-01,)', 30, 0, 31.01, 1), pg_temp.add(34, 'GM0032', 'Q', '[2019-01-01,)', 31.01, 0, 32, 1);
SELECT * FROM pg_temp.went('2018-12-31', '2019-01-01') WHERE from_code IN ('GM0031', 'GM0032');
SELECT * FROM pg_temp.went('2018-12-31', '2019-01-01', 0.001) WHERE from_code IN ('GM0031', 'GM0032');

-- without a shape it cannot be told
INSERT INTO wmo.area (id, code, name, kind, valid) VALUES (40, 'GM0040', 'Vormloos', 'municipality', '[,2019-01-01)');
SELECT * FROM pg_temp.went('2018-12-31', '2019-01-01') WHERE from_code = 'GM0040';

-- nor by a drawing, which is no boundary: what it shares, and what is left over beside it
SELECT pg_temp.add(70, 'GM0070', 'Schets', '[,2022-01-01)', 70, 0, 72, 1, basis => 'schematic'), pg_temp.add(71, 'GM0071', 'Echt', '[2022-01-01,)', 70, 0, 72, 1),
       pg_temp.add(72, 'GM0072', 'Oud', '[,2022-01-01)', 80, 0, 82, 1), pg_temp.add(73, 'GM0073', 'Half', '[2022-01-01,)', 80, 0, 81, 1);
SELECT * FROM pg_temp.went('2021-12-31', '2022-01-01');
UPDATE wmo.area SET geom_basis = 'schematic' WHERE id = 71;
SELECT * FROM pg_temp.went('2021-12-31', '2022-01-01');
DELETE FROM wmo.area WHERE id BETWEEN 70 AND 73;

-- a merger that is made of its parts has their ground
SELECT pg_temp.add(60, 'GM0060', 'Boven', '[,2021-01-01)', 60, 0, 61, 1), pg_temp.add(61, 'GM0061', 'Beneden', '[,2021-01-01)', 61, 0, 63, 1);
INSERT INTO wmo.area (id, code, name, kind, valid) VALUES (62, 'GM0062', 'Nieuw', 'municipality', '[2021-01-01,)');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (62, 60), (62, 61);
SELECT * FROM pg_temp.went('2020-12-31', '2021-01-01');
-- where the new one is not said to be made of them, nobody can tell: elsewhere would be a guess
DELETE FROM wmo.area_part WHERE whole_id = 62;
SELECT * FROM pg_temp.went('2020-12-31', '2021-01-01');

-- ---- shapes of working areas follow their parts -----------------------------------------------------------------------------
SELECT pg_temp.add(50, 'WK000100', 'Wijk 0', '(,)', 0, 0, 1, 1, 'district'), pg_temp.add(51, 'WK000101', 'Wijk 1', '(,)', 1, 0, 2, 1, 'district');
INSERT INTO wmo.area (id, name, kind) VALUES (52, 'Oost', 'working_area'), (53, 'Regio', 'region'), (54, 'Leeg', 'working_area');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (52, 50), (52, 51), (53, 52), (53, 6);
CREATE FUNCTION pg_temp.shape(VARIADIC ids integer[]) RETURNS TABLE (id integer, square_metres float8, basis text) LANGUAGE sql AS $$
  SELECT i, wmo_works.surface(wmo.area_shape(i)), wmo.area_shape_basis(i) FROM unnest(ids) i $$;
SELECT * FROM pg_temp.shape(50, 52, 53, 54);
UPDATE wmo.area SET geom_basis = 'schematic' WHERE id = 51;
SELECT * FROM pg_temp.shape(52, 53);
UPDATE wmo.area SET geom = NULL, geom_basis = NULL WHERE id = 51;
SELECT * FROM pg_temp.shape(52, 53);
DELETE FROM wmo.area_part WHERE whole_id = 52 AND part_id = 51;
SELECT * FROM pg_temp.shape(52, 53);
ROLLBACK;
