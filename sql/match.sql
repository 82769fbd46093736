-- Which areas a place or a code meets, on ground that can be drawn on a sheet of squared paper.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set entered :here '/sql/include/entered.sql'
\set tiles :here '/sql/include/tiles.sql'
\i :verdict
\i :entered
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
  ORDER BY a.name COLLATE "C", a.valid, m.pinned, m.follows
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
  FROM wmo_works.areas_of_code(code::wmo.area_code, on_date) m JOIN wmo.area a ON a.id = m.area_id ORDER BY a.name COLLATE "C", a.valid, m.pinned, m.follows
$$;
SELECT 'West', m FROM pg_temp.of('WK001401', '2020-06-01') m;
SELECT 'East', m FROM pg_temp.of('WK001402', '2020-06-01') m;
SELECT 'not in the registry', count(*) FROM pg_temp.of('GM0099', '2020-06-01') m;

-- an area that is made of parts has their ground: what shares it is met, whichever of the two is made of parts
INSERT INTO wmo.party (id, name, kind) VALUES (901, 'Samengevoegd', 'municipality'), (902, 'Zorg Een', 'provider');
INSERT INTO wmo.area (id, name, code, kind, geom, geom_basis, valid) VALUES
  (921, 'Oud Een', 'GM9921', 'municipality', 'SRID=28992;MULTIPOLYGON(((505000 500000,506000 500000,506000 501000,505000 501000,505000 500000)))', 'official', '(,2021-01-01)'),
  (922, 'Oud Twee', 'GM9922', 'municipality', 'SRID=28992;MULTIPOLYGON(((506000 500000,507000 500000,507000 501000,506000 501000,506000 500000)))', 'official', '(,2021-01-01)'),
  (923, 'Nieuw', 'GM9923', 'municipality', NULL, NULL, '[2021-01-01,)'),
  (924, 'Werkgebied', NULL, 'working_area', 'SRID=28992;MULTIPOLYGON(((505200 500200,505700 500200,505700 500700,505200 500700,505200 500200)))', 'official', '(,)'),
  (925, 'Uit delen', NULL, 'working_area', NULL, NULL, '(,)'),
  (926, 'Deel', NULL, 'other', 'SRID=28992;MULTIPOLYGON(((506200 500200,506700 500200,506700 500700,506200 500700,506200 500200)))', 'official', '(,)'),
  (927, 'Deel zonder vorm', NULL, 'other', NULL, NULL, '(,)');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (923, 921), (923, 922), (925, 926);
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (906, 'W', 901, 902, '[2015-01-01,2030-01-01)'), (907, 'D', 901, 902, '[2015-01-01,2030-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (906, wmo.service_id('kortdurend_verblijf'), 924), (907, wmo.service_id('kortdurend_verblijf'), 925);
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (923, '[2010-01-01,2030-01-01)'), (921, '[2010-01-01,2030-01-01)'), (922, '[2010-01-01,2030-01-01)');
SELECT code, on_date, p.found, p.certainty, p.reason, p.number, p.covers FROM (VALUES ('GM9923'::wmo.area_code, date '2023-06-01'), ('GM9921', '2020-06-01'), ('GM9922', '2020-06-01')) v (code, on_date)
CROSS JOIN LATERAL wmo.providers_in_area(code, 'kortdurend_verblijf', on_date, 40, as_of => '2025-01-01') p ORDER BY code::text, p.number;
-- as far as the parts are known
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (925, 927);
SELECT p.found, p.certainty, p.number, p.covers FROM wmo.providers_in_area('GM9922', 'kortdurend_verblijf', '2020-06-01', 40, as_of => '2025-01-01') p ORDER BY p.number;
SELECT p.found, p.number FROM wmo.providers_at('SRID=28992;POINT(506300 500300)', 'kortdurend_verblijf', '2023-06-01', 40, as_of => '2025-01-01') p;

-- a code and a working area of which one has no shape: nobody can tell whether they share ground, so that a declaration does not make nobody
INSERT INTO wmo.area (id, name, code, kind) VALUES (931, 'Zonder grens', 'GM9931', 'municipality'), (932, 'Ergens', NULL, 'working_area'), (933, 'Buur', 'GM9933', 'municipality'), (934, 'Deel van de buur', NULL, 'working_area'),
  (935, 'Ander deel van de buur', NULL, 'working_area');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (933, 934), (933, 935);
INSERT INTO wmo.party_identifier (party_id, scheme, value) VALUES (902, 'agb', '90000902');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, signed_on) VALUES (931, 'E', 901, 902, '[2015-01-01,2030-01-01)', '2014-12-01');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (931, wmo.service_id('rolstoelen'), 932);
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (931, '[2010-01-01,2030-01-01)'), (933, '[2010-01-01,2030-01-01)');
CREATE FUNCTION pg_temp.said(what text, code text) RETURNS text LANGUAGE sql AS $$
  SELECT concat_ws(' ', what, code, p.found, p.certainty, p.reason, p.complete, 'contracted', coalesce(wmo.is_contracted_in_area('90000902', 'rolstoelen', said.code::wmo.area_code, '2023-06-01', 40)::text, 'cannot tell'),
                   (SELECT string_agg(DISTINCT g.kind || ' ' || g.reason, ', ') FROM wmo.coverage_gaps('rolstoelen', '[2023-06-01,2023-06-02)', said.code::wmo.area_code, '2025-01-01') g))
  FROM wmo.providers_in_area(said.code::wmo.area_code, 'rolstoelen', '2023-06-01', 40, as_of => '2025-01-01') p
$$;
SELECT pg_temp.said('neither has a shape', c) FROM unnest('{GM9931,GM9933}'::text[]) c;
UPDATE wmo.area SET geom = 'SRID=28992;MULTIPOLYGON(((508200 500200,508700 500200,508700 500700,508200 500700,508200 500200)))', geom_basis = 'official' WHERE id = 932;
SELECT pg_temp.said('the working area has one', c) FROM unnest('{GM9931,GM9933}'::text[]) c;
UPDATE wmo.area SET geom = NULL, geom_basis = NULL WHERE id = 932;
UPDATE wmo.area SET geom = 'SRID=28992;MULTIPOLYGON(((508000 500000,509000 500000,509000 501000,508000 501000,508000 500000)))', geom_basis = 'official' WHERE id = 931;
SELECT pg_temp.said('the code has one', c) FROM unnest('{GM9931,GM9933}'::text[]) c;
-- what lies in a part of another code by record does not lie here; a district that nobody has entered lies in the code around it
UPDATE wmo.contract_scope SET area_id = 934 WHERE contract_id = 931;
SELECT pg_temp.said('by record in the neighbour', c) FROM unnest('{GM9931,GM9933,WK993301}'::text[]) c;
SELECT pg_temp.said('by record in the neighbour', 'GM9933');
-- Deel van de buur is a part of GM9933 and not all of it, as long as no boundary tells
SELECT p.covers, p.certainty FROM wmo.providers_in_area('GM9933', 'rolstoelen', '2023-06-01', 40, as_of => '2025-01-01') p;
DELETE FROM wmo.area_part WHERE part_id = 935;
SELECT p.covers, p.certainty FROM wmo.providers_in_area('GM9933', 'rolstoelen', '2023-06-01', 40, as_of => '2025-01-01') p;
-- parts of one kind lie beside one another; of another kind they may lie across
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (933, 935);
SELECT one, other, wmo_works.records_apart(one, other) FROM (VALUES (934, 935), (934, 933)) v (one, other);
UPDATE wmo.area SET kind = 'other' WHERE id = 935;
SELECT one, other, wmo_works.records_apart(one, other) FROM (VALUES (934, 935), (934, 933)) v (one, other);

-- of a code that nobody has entered only the day asked about is known: a district of other days may hold some of its ground, as of its sisters'
INSERT INTO wmo.area (id, name, code, kind, valid) VALUES (941, 'Dorp', 'GM9941', 'municipality', '(,)'), (942, 'Noord', 'WK994101', 'district', '[2022-01-01,)'), (943, 'Oud Noord', 'WK994107', 'district', '(,2022-01-01)'), (944, 'Wijd', 'GM9944', 'municipality', '(,)');
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (941, '[2010-01-01,2030-01-01)'), (944, '[2010-01-01,2030-01-01)');
UPDATE wmo.contract_scope SET area_id = 943 WHERE contract_id = 931;
SELECT pg_temp.said('of other days', c) FROM unnest('{GM9941,WK994101,WK994105,BU99410101,BU99410501,WK994401}'::text[]) c;
UPDATE wmo.area SET geom = 'SRID=28992;MULTIPOLYGON(((508000 502000,509000 502000,509000 503000,508000 503000,508000 502000)))', geom_basis = 'official' WHERE id = 943;
SELECT pg_temp.said('of other days, with a boundary', c) FROM unnest('{WK994101,WK994105}'::text[]) c;
UPDATE wmo.area SET valid = '(,)' WHERE id = 943;
SELECT pg_temp.said('of the same days', c) FROM unnest('{WK994101,WK994105,WK994107}'::text[]) c;
ROLLBACK;
