-- Exclusive scopes in space: the same ground under other names, in other editions, and by a strip along a border.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set entered :here '/sql/include/entered.sql'
\i :verdict
\i :entered

-- ---- what is ground: a box of so many metres
CREATE FUNCTION pg_temp.box(x float8, y float8, wide float8, high float8) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('SRID=28992;MULTIPOLYGON(((%1$s %2$s,%3$s %2$s,%3$s %4$s,%1$s %4$s,%1$s %2$s)))', x, y, x + wide, y + high)
$$;
SELECT tried, wmo_works.shares_ground(one::public.geometry, other::public.geometry), wmo_works.shares_ground(other::public.geometry, one::public.geometry),
       round(wmo_works.surface(wmo_works.ground_shared(one::public.geometry, other::public.geometry)))
FROM (VALUES
  ('the same', pg_temp.box(0, 0, 1000, 1000), pg_temp.box(0, 0, 1000, 1000)),
  ('the same, and narrow', pg_temp.box(0, 0, 1000, 10), pg_temp.box(0, 0, 1000, 10)),
  ('one in the other', pg_temp.box(0, 0, 1000, 1000), pg_temp.box(100, 100, 200, 200)),
  ('neighbours', pg_temp.box(0, 0, 1000, 1000), pg_temp.box(1000, 0, 1000, 1000)),
  ('touching at a corner', pg_temp.box(0, 0, 1000, 1000), pg_temp.box(1000, 1000, 1000, 1000)),
  ('40 metres over the border', pg_temp.box(0, 0, 1000, 1000), pg_temp.box(960, 0, 1000, 1000)),
  ('60 metres over the border', pg_temp.box(0, 0, 1000, 1000), pg_temp.box(940, 0, 1000, 1000)),
  ('apart, with boxes that meet', 'SRID=28992;MULTIPOLYGON(((0 0,1000 0,0 1000,0 0)))', 'SRID=28992;MULTIPOLYGON(((1000 100,1000 1000,100 1000,1000 100)))'),
  ('an island in its hole', 'SRID=28992;MULTIPOLYGON(((0 0,1000 0,1000 1000,0 1000,0 0),(400 400,600 400,600 600,400 600,400 400)))', pg_temp.box(400, 400, 200, 200)),
  ('a strip of 40 metres with one wide end', 'SRID=28992;MULTIPOLYGON(((0 0,1000 0,1000 40,100 40,100 100,0 100,0 0)))', pg_temp.box(0, 0, 1000, 1000)),
  ('three strips of 40 metres', 'SRID=28992;MULTIPOLYGON(((0 0,1000 0,1000 40,0 40,0 0)),((0 100,1000 100,1000 140,0 140,0 100)),((0 200,1000 200,1000 240,0 240,0 200)))', pg_temp.box(0, 0, 1000, 1000)),
  ('nothing', NULL, pg_temp.box(0, 0, 1000, 1000))
) t (tried, one, other);
SELECT setseed(0.7)::text;
-- the index finds the very pairs: by its boxes the candidates, by the operator what it is
CREATE TEMPORARY TABLE plot ON COMMIT DROP AS
  SELECT n AS id, pg_temp.box(round(random() * 3000), round(random() * 3000), 20 + round(random() * 300), 20 + round(random() * 300))::public.geometry AS shape
  FROM generate_series(1, 400) n;
CREATE INDEX plot_shape_idx ON plot USING gist (shape wmo_works.ground_ops);
SELECT n, (SELECT array_agg(id ORDER BY id) FROM plot WHERE shape OPERATOR(wmo_works.&&~) p.shape) AS met INTO TEMPORARY by_scan FROM (SELECT id AS n, shape FROM plot LIMIT 40) p;
SET LOCAL enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM plot WHERE shape OPERATOR(wmo_works.&&~) 'SRID=28992;MULTIPOLYGON(((0 0,9 0,9 9,0 0)))'::public.geometry;
SELECT 'found otherwise by the index', count(*) FROM by_scan JOIN plot p ON p.id = by_scan.n
WHERE met IS DISTINCT FROM (SELECT array_agg(id ORDER BY id) FROM plot WHERE shape OPERATOR(wmo_works.&&~) p.shape);
SELECT 'pairs, and pairs of which only the boxes meet', sum(cardinality(met)) > 100, sum((SELECT count(*) FROM plot q WHERE q.shape OPERATOR(public.&&) p.shape)) > sum(cardinality(met))
FROM by_scan JOIN plot p ON p.id = by_scan.n;
RESET enable_seqscan;

-- ---- claims
CREATE FUNCTION pg_temp.drift() RETURNS bigint LANGUAGE sql AS $$
  WITH held AS (SELECT e.contract_id, e.scope_id, e.service_id, e.area_id, e.ages, e.during, e.code::text, e.code_days, e.drawn, public.ST_AsBinary(e.territory) FROM wmo.exclusive_claim e),
       due AS (SELECT d.contract_id, d.scope_id, d.service_id, d.area_id, d.ages, d.during, d.code::text, d.code_days, d.drawn, public.ST_AsBinary(d.territory) FROM wmo_works.exclusive_claim_due d)
  SELECT count(*) FROM ((TABLE held EXCEPT ALL TABLE due) UNION ALL (TABLE due EXCEPT ALL TABLE held)) d
$$;
CREATE FUNCTION pg_temp.tried(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  said text := pg_temp.done(statement);
BEGIN
  RETURN said || CASE pg_temp.drift() WHEN 0 THEN '' ELSE ' -- and the claims have drifted' END;
END
$$;

INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Stad', 'municipality'), (2, 'Appel', 'provider'), (3, 'Peer', 'provider');
INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis)
SELECT id, code::wmo.area_code, name, kind, valid::daterange, shape::public.geometry, CASE WHEN shape IS NOT NULL THEN coalesce(basis, 'official') END
FROM (VALUES
  (1, 'GM0014', 'Stad', 'municipality', '(,2019-01-01)', pg_temp.box(0, 0, 4000, 4000), NULL),
  (2, 'GM0014', 'Stad', 'municipality', '[2019-01-01,2024-01-01)', pg_temp.box(0, 0, 6000, 4000), NULL),
  (3, 'GM0014', 'Stad', 'municipality', '[2024-01-01,)', pg_temp.box(0, 0, 6000, 4000), NULL),
  (4, 'GM0009', 'Dorp', 'municipality', '(,2019-01-01)', pg_temp.box(4000, 0, 2000, 4000), NULL),
  (5, 'WK001400', 'Centrum', 'district', '[2019-01-01,)', pg_temp.box(0, 0, 2000, 2000), NULL),
  (6, 'WK001409', 'Haven', 'district', '[2019-01-01,)', NULL, NULL),
  -- simplified, each for itself: 200 metres over the border of Stad
  (7, 'GM0100', 'Buren', 'municipality', '(,)', pg_temp.box(5800, 0, 3000, 4000), NULL),
  (8, 'GM0200', 'Nieuw', 'municipality', '[2024-01-01,)', pg_temp.box(0, 3800, 4000, 4000), NULL),
  (9, NULL, 'Noord', 'working_area', '(,)', pg_temp.box(0, 2000, 4000, 2000), 'derived'),
  (10, NULL, 'Zuid', 'working_area', '(,)', pg_temp.box(0, 0, 4000, 2040), 'derived'),
  (11, NULL, 'Midden', 'working_area', '(,)', pg_temp.box(0, 1940, 100, 120), 'schematic'),
  (12, NULL, 'Kust', 'working_area', '(,)', NULL, NULL),
  (13, NULL, 'Kring', 'region', '(,)', NULL, NULL),
  (14, 'GM0300', 'Ver', 'municipality', '(,)', NULL, NULL),
  (15, 'GM0400', 'Verder', 'municipality', '(,)', NULL, NULL),
  (16, NULL, 'Schets', 'working_area', '(,)', pg_temp.box(0, 1900, 100, 110), 'schematic')
) t (id, code, name, kind, valid, shape, basis);
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (13, 9), (13, 12), (13, 14);
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES
  (1, 'A', 1, 2, '[2020-01-01,2022-01-01)'), (2, 'B', 1, 3, '[2020-01-01,2022-01-01)'), (3, 'C', 1, 3, '[2022-01-01,2030-01-01)');
-- A and B on these areas, each pair undone; both ways round
CREATE FUNCTION pg_temp.pair(mine integer, other integer) RETURNS text LANGUAGE sql AS $$
  SELECT string_agg(DISTINCT pg_temp.verdict(format(
    $i$INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice) VALUES (1, 40, %s, '[18,)', 'exclusive');
       INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice) VALUES (2, 40, %s, '[0,65)', 'exclusive')$i$, least_id, greatest_id)), ' / ')
  FROM (VALUES (mine, other), (other, mine)) t (least_id, greatest_id)
$$;
SELECT mine, other, pg_temp.pair(mine, other) FROM (VALUES
  (2, 5),   -- a district without area_part, by its code
  (2, 6),   -- the same without a shape
  (5, 6),   -- two districts
  (1, 2),   -- two editions of one code
  (2, 3),   -- two editions with the same shape
  (4, 2),   -- what became of the neighbour
  (1, 4),   -- neighbours
  (2, 7),   -- neighbours by their codes, with shapes that share 200 metres
  (2, 8),   -- neighbours on the days of a later edition with the same shape
  (1, 8),   -- this edition never lay beside it: by its shape
  (1, 5),   -- an edition that ended before the district began: by its shape
  (1, 6),   -- and where there is none nobody can tell
  (9, 10),  -- 40 metres
  (9, 11),  -- a drawing over a boundary
  (2, 9),   -- a municipality and a working area
  (7, 9),
  (9, 12),  -- no shape
  (12, 13), -- a recorded part
  (10, 13), -- a part of it, by a sliver
  (11, 13), -- a part of it, by a drawing
  (11, 16), -- two drawings
  (13, 14), (14, 15), (12, 14)
) t (mine, other);
SELECT part, words FROM pg_temp.whole_error($$
  INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice) VALUES (1, 40, 9, '[18,)', 'exclusive'), (2, 40, 1, '[0,65)', 'exclusive')$$);
SELECT part, words FROM pg_temp.whole_error($$
  INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice) VALUES (1, 40, 16, '[18,)', 'exclusive'), (2, 40, 11, '[0,65)', 'exclusive')$$);
-- each of the three is refused by its own constraint, also without the trigger that says it in words
CREATE FUNCTION pg_temp.by_constraint(mine integer, other integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  said text;
BEGIN
  BEGIN
    ALTER TABLE wmo.exclusive_claim DISABLE TRIGGER "A_main_provider_is_alone";
    INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) VALUES (1, 40, mine, 'exclusive'), (2, 40, other, 'exclusive');
    SET CONSTRAINTS ALL IMMEDIATE;
    RAISE EXCEPTION USING ERRCODE = 'WMOOK', MESSAGE = 'accepted';
  EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS said = CONSTRAINT_NAME;
  END;
  RETURN said;
END
$$;
SELECT mine, other, pg_temp.by_constraint(mine, other) FROM (VALUES (12, 12), (12, 13), (2, 6), (9, 1), (1, 2), (2, 7), (9, 10), (9, 11), (11, 16), (9, 12)) t (mine, other);

-- ---- what changes ground, and by every way
CREATE FUNCTION pg_temp.later() RETURNS text LANGUAGE sql AS $$
  SELECT 'DELETE FROM wmo.contract_scope WHERE id IN (1, 2, 4); UPDATE wmo.area SET valid = ''[2024-01-01,)'' WHERE id = 6;
          UPDATE wmo.contract SET agreed_period = ''[2021-12-31,2030-01-01)'' WHERE id = 3'
$$;
SELECT tried, pg_temp.tried(statement) FROM (VALUES
  (1, 'A in Noord, B in Zuid, C in Stad of 2019 afterwards', $$INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, choice, follows_code) VALUES
      (1, 1, 40, 9, 'exclusive', false), (2, 2, 40, 10, 'exclusive', false), (3, 3, 40, 2, 'exclusive', true)$$),
  (2, 'the border of Zuid is corrected, to 60 metres', format('UPDATE wmo.area SET geom = %L WHERE id = 10', pg_temp.box(0, 0, 4000, 2060))),
  (3, 'Kust gets a shape, which nobody claims', format('UPDATE wmo.area SET geom = %L, geom_basis = %L WHERE id = 12', pg_temp.box(1000, 1000, 500, 500), 'official')),
  (4, 'B in Kust as well', $$INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, choice) VALUES (4, 2, 40, 12, 'exclusive')$$),
  (5, 'Kust moves into Noord', format('UPDATE wmo.area SET geom = %L WHERE id = 12', pg_temp.box(1000, 2500, 500, 500))),
  (6, 'Kust loses its shape: nobody can tell', $$UPDATE wmo.area SET geom = NULL, geom_basis = NULL WHERE id = 12$$),
  (7, 'and gets that one', format('UPDATE wmo.area SET geom = %L, geom_basis = %L WHERE id = 12', pg_temp.box(1000, 2500, 500, 500), 'official')),
  (8, 'Noord and Zuid swap their shapes', $$UPDATE wmo.area a SET geom = b.geom FROM wmo.area b WHERE (a.id, b.id) IN ((9, 10), (10, 9))$$),
  (9, 'A and B swap their areas', $$UPDATE wmo.contract_scope SET area_id = CASE area_id WHEN 9 THEN 10 ELSE 9 END WHERE id IN (1, 2)$$),
  (10, 'half of that', $$UPDATE wmo.contract_scope SET area_id = 10 WHERE id = 2$$),
  (11, 'half of a swap of shapes', format('UPDATE wmo.area SET geom = %L WHERE id = 9', pg_temp.box(0, 2000, 4000, 2000))),
  (12, 'B in Haven, which has no shape', $$INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, choice) VALUES (5, 2, 40, 6, 'exclusive')$$),
  (13, 'C a day earlier', $$UPDATE wmo.contract SET agreed_period = '[2021-12-31,2030-01-01)' WHERE id = 3$$),
  (14, 'without Noord, Zuid and Kust Haven is left, by its code', $$DELETE FROM wmo.contract_scope WHERE id IN (1, 2, 4); UPDATE wmo.contract SET agreed_period = '[2021-12-31,2030-01-01)' WHERE id = 3$$),
  (15, 'the same with Haven of 2024 on: Stad has that shape in 2024 as well', pg_temp.later()),
  (16, 'Stad of 2024 on has another shape', format('UPDATE wmo.area SET geom = %L WHERE id = 3', pg_temp.box(0, 0, 6000, 3900))),
  (17, 'now nobody can tell', pg_temp.later()),
  (18, 'Stad of 2024 on has the shape of 2019 again', format('UPDATE wmo.area SET geom = %L WHERE id = 3', pg_temp.box(0, 0, 6000, 4000))),
  (19, 'that edition is deleted', $$DELETE FROM wmo.area WHERE id = 3$$),
  (20, 'and comes back', format('INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis) VALUES (3, ''GM0014'', ''Stad'', ''municipality'', ''[2024-01-01,)'', %L, ''official'')', pg_temp.box(0, 0, 6000, 4000))),
  (21, 'Haven of 2019 on', $$UPDATE wmo.area SET valid = '[2019-01-01,)' WHERE id = 6$$),
  (22, 'Haven becomes a district of Ver', $$UPDATE wmo.area SET code = 'WK030009' WHERE id = 6$$),
  (23, 'C in Ver', $$INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, choice) VALUES (6, 3, 40, 14, 'exclusive')$$),
  (24, 'B a day less', $$UPDATE wmo.contract SET agreed_period = '[2020-01-01,2021-12-31)' WHERE id = 2$$),
  (25, 'C in Ver', $$INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, choice) VALUES (6, 3, 40, 14, 'exclusive')$$),
  (26, 'B a day more', $$UPDATE wmo.contract SET agreed_period = '[2020-01-01,2022-01-01)' WHERE id = 2$$),
  (27, 'Haven belongs to Verder', $$UPDATE wmo.area SET code = 'WK040009' WHERE id = 6$$),
  (28, 'B a day more', $$UPDATE wmo.contract SET agreed_period = '[2020-01-01,2022-01-01)' WHERE id = 2$$),
  (29, 'Midden, a drawing, for C; its boundary is B''s as well',
    $$INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, choice) VALUES (7, 3, 10, 11, 'exclusive'), (8, 2, 10, 9, 'exclusive'); UPDATE wmo.contract SET agreed_period = '[2020-01-01,2023-01-01)' WHERE id = 2$$),
  (30, 'and turns out to be a boundary', $$UPDATE wmo.area SET geom_basis = 'official' WHERE id = 11$$),
  (31, 'only a name changes', $$UPDATE wmo.area SET name = 'Oude haven' WHERE id = 6$$)
) t (step, tried, statement) ORDER BY step;
SELECT a.name, e.code, e.code_days, e.during, round(wmo_works.surface(e.territory) / 10000) AS hectares
FROM wmo.exclusive_claim e JOIN wmo.area a ON a.id = e.area_id ORDER BY e.contract_id, a.name COLLATE "C", e.during;

-- ---- what passed is reported
DELETE FROM wmo.contract;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES
  (1, 'A', 1, 2, '[2020-01-01,2022-01-01)'), (2, 'B', 1, 3, '[2020-07-01,2023-01-01)'), (3, 'C', 1, 3, '[2020-01-01,2022-01-01)'), (4, 'D', 1, 2, '[2020-01-01,2022-01-01)');
UPDATE wmo.area SET geom = pg_temp.box(0, 0, 4000, 2040)::public.geometry WHERE id = 10;
UPDATE wmo.area SET geom = pg_temp.box(0, 2000, 4000, 2000)::public.geometry WHERE id = 9;
UPDATE wmo.area SET geom = NULL, geom_basis = NULL WHERE id = 12;
SELECT pg_temp.tried($$INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice, ages) VALUES
  (1, 40, 13, 'exclusive', '[18,)'), (2, 40, 10, 'exclusive', '[0,65)'), (1, 10, 2, 'exclusive', '[18,)'), (2, 10, 7, 'exclusive', '[18,)'),
  (3, 70, 12, 'exclusive', '[18,)'), (4, 71, 9, 'exclusive', '[18,)')$$);
CREATE FUNCTION pg_temp.show(service text) RETURNS TABLE (line text) LANGUAGE sql AS $$
  SELECT format('%s %s, %s %s, %s-%s, %s t/m %s; contracts %s and %s, %s m2', o.kind, o.service, o.covers, o.area, o.min_age, o.max_age, o.first_day, o.last_day,
                o.contract_id, o.other_contract_id, round(o.square_metres))
  FROM wmo.coverage_overlaps(service, '[2018-01-01,2025-01-01)', as_of => '2021-06-01') o
  ORDER BY o.service COLLATE "C", o.kind, o.area COLLATE "C", o.area_id, o.first_day, o.min_age, o.covers
$$;
-- Noord, a part of Kring, and Zuid share 40 metres; Stad and Buren 200, but their codes keep them apart
SELECT line FROM pg_temp.show('kortdurend_verblijf');
SELECT line FROM pg_temp.show('hulp_bij_het_huishouden');
-- Kust has no shape: whether it lies in Noord nobody can tell
SELECT line FROM pg_temp.show('dagbegeleiding');
-- Midden is a drawing, Noord a boundary. On the ground of Midden Noord and Zuid share no more than elsewhere, though Zuid holds all of it but a sliver
SELECT pg_temp.tried($$INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice, ages) VALUES
  (1, 20, 11, 'exclusive', '[18,)'), (2, 20, 9, 'exclusive', '[18,)'), (3, 900, 9, 'exclusive', '[18,)'), (4, 900, 10, 'exclusive', '[18,)')$$);
SELECT line FROM pg_temp.show('individuele_begeleiding');
SELECT line FROM pg_temp.show('basisondersteuning');
ROLLBACK;
