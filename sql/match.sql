-- Which areas a place or a code meets, on ground that can be drawn on a sheet of squared paper.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set tiles :here '/sql/include/tiles.sql'
\i :verdict
\i :tiles

-- West and East, each a kilometre square, side by side; West was half as high until 2019. Town is made of both; Nowhere has no
-- shape, and lies in town by its code.
INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis) VALUES
  (1, 'WK001401', 'West', 'district', '(,2019-01-01)', public.ST_Multi(pg_temp.box(0, 0, 1, 0.5)::public.geometry), 'official'),
  (2, 'WK001401', 'West', 'district', '[2019-01-01,)', public.ST_Multi(pg_temp.box(0, 0, 1, 1)::public.geometry), 'official'),
  (3, 'WK001402', 'East', 'district', '(,)', public.ST_Multi(pg_temp.box(1, 0, 2, 1)::public.geometry), 'schematic'),
  (4, NULL, 'Town', 'working_area', '(,)', NULL, NULL),
  (5, 'GM0014', 'Whole', 'municipality', '(,)', public.ST_Multi(pg_temp.box(0, 0, 3, 1)::public.geometry), 'official'),
  (6, 'WK001403', 'Nowhere', 'district', '(,)', NULL, NULL),
  (7, NULL, 'Strip', 'other', '(,)', public.ST_Multi(pg_temp.box(0.5, 0, 2.5, 1)::public.geometry), 'official');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (4, 2), (4, 3);
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Stad', 'municipality');
INSERT INTO wmo.contract (id, number, buyer_id, period) VALUES (1, 'A', 1, '[2018-01-01,)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) VALUES (1, wmo.service_id('dagbesteding'), 6, 'shared'), (1, wmo.service_id('dagbesteding'), 7, 'shared');
CREATE FUNCTION pg_temp.at(x numeric, y numeric, service text, on_date date) RETURNS SETOF text LANGUAGE sql AS $$
  SELECT concat_ws(' ', a.name, a.valid, m.covers, CASE WHEN NOT m.pinned THEN 'not pinned' END, CASE WHEN NOT m.follows THEN 'not by its code' END, m.certainty, m.reason)
  FROM wmo_works.areas_at(format('SRID=28992;POINT(%s %s)', x * 1000, y * 1000)::public.geometry, wmo.service_id(service), on_date) m JOIN wmo.area a ON a.id = m.area_id
  ORDER BY a.name COLLATE "C", a.valid
$$;
-- inside West: of two editions the one of the day answers for whoever follows the code, each for whoever is pinned to it
SELECT 'in 2020', m FROM pg_temp.at(0.25, 0.25, 'begeleiding', '2020-06-01') m;
SELECT 'in 2018', m FROM pg_temp.at(0.25, 0.25, 'begeleiding', '2018-06-01') m;
-- on the border of both; a drawing is no surer than a drawing
SELECT 'on the border', m FROM pg_temp.at(1, 0.75, 'begeleiding', '2020-06-01') m;
-- for a service with a contract in Nowhere: it may lie anywhere in its municipality, and nowhere outside
SELECT 'in the east of the whole', m FROM pg_temp.at(2.75, 0.5, 'dagbesteding', '2020-06-01') m;
SELECT 'outside', m FROM pg_temp.at(3.5, 0.5, 'dagbesteding', '2020-06-01') m;

-- by code: the hierarchy first, shapes where it is silent. Half of West lies in Strip, all of East does
CREATE FUNCTION pg_temp.of(code text, on_date date) RETURNS SETOF text LANGUAGE sql AS $$
  SELECT concat_ws(' ', a.name, a.valid, m.covers, CASE WHEN NOT m.pinned THEN 'not pinned' END, CASE WHEN NOT m.follows THEN 'not by its code' END, m.certainty, m.reason)
  FROM wmo_works.areas_of_code(code::wmo.area_code, on_date) m JOIN wmo.area a ON a.id = m.area_id ORDER BY a.name COLLATE "C", a.valid
$$;
SELECT 'West', m FROM pg_temp.of('WK001401', '2020-06-01') m;
SELECT 'East', m FROM pg_temp.of('WK001402', '2020-06-01') m;
SELECT 'not in the registry', count(*) FROM pg_temp.of('GM0099', '2020-06-01') m;
ROLLBACK;
