-- Who is left out and who is served twice, on a small town whose answers can be counted by hand.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

CREATE FUNCTION pg_temp.ha(x integer, y integer, wide integer, high integer) RETURNS text LANGUAGE sql AS $$
  SELECT format('SRID=28992;MULTIPOLYGON(((%1$s %2$s,%3$s %2$s,%3$s %4$s,%1$s %4$s,%1$s %2$s)))', x * 100, y * 100, (x + wide) * 100, (y + high) * 100)
$$;
DO $$
BEGIN
  EXECUTE format($i$INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis) VALUES
    (1, 'GM0014', 'Stad', 'municipality', '(,2019-01-01)', %L, 'official'),
    (2, 'GM0014', 'Stad', 'municipality', '[2019-01-01,)', %L, 'official'),
    (3, 'GM0009', 'Dorp', 'municipality', '(,2019-01-01)', %L, 'official'),
    (4, NULL, 'Oost', 'working_area', '(,)', %L, 'official'),
    (5, 'GM0060', 'Eiland', 'municipality', '(,)', NULL, NULL),
    (6, 'WK006000', 'Oosterend', 'district', '(,)', NULL, NULL),
    (7, NULL, 'Waddenkring', 'region', '(,)', NULL, NULL),
    (8, 'GM0088', 'Ander eiland', 'municipality', '(,)', NULL, NULL),
    (9, NULL, 'Buitengebied', 'working_area', '(,)', NULL, NULL)$i$,
    pg_temp.ha(0, 0, 4, 4), pg_temp.ha(0, 0, 6, 4), pg_temp.ha(4, 0, 2, 4), pg_temp.ha(2, 0, 2, 4));
END
$$;
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (7, 5), (7, 8);
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Stad', 'municipality'), (2, 'Appel', 'provider'), (3, 'Peer', 'provider');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES
  (1, 'stad', 1, 2, '[2018-01-01,2020-01-01)+P1Y notice P3M'),
  (2, 'oost', 1, 3, '[2019-01-01,2022-01-01)'),
  (3, 'dorp', 1, NULL, '[2018-01-01,2020-07-01)'),
  (4, 'eiland', 1, 2, '[2018-01-01,?)'),
  (5, 'kring', 1, 3, '[2019-01-01,2020-01-01)'),
  (6, 'nergens', 1, 3, '[2018-01-01,2020-01-01)'),
  (7, 'buiten', 1, 2, '[2018-01-01,2020-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, clients, choice) VALUES
  (1, wmo.service_id('hulp_bij_het_huishouden'), 1, '[18,75)', 'all', 'shared'),
  (2, wmo.service_id('hulp_bij_het_huishouden'), 4, '[18,)', 'all', 'exclusive'),
  (3, wmo.service_id('hulp_bij_het_huishouden'), 3, '[18,)', 'all', 'exclusive'),
  (2, wmo.service_id('hulp_bij_het_huishouden'), 3, '[18,)', 'existing', 'unknown'),
  (4, wmo.service_id('kortdurend_verblijf'), 5, '[18,)', 'all', 'exclusive'),
  (5, wmo.service_id('kortdurend_verblijf'), 7, '[75,)', 'all', 'exclusive'),
  (6, wmo.service_id('opvang_na_geweld'), NULL, '[18,)', 'all', 'unknown'),
  (7, wmo.service_id('sociale_activering'), 9, '[18,)', 'all', 'exclusive'),
  (7, wmo.service_id('dagbegeleiding'), 2, '[18,)', 'all', 'exclusive');
INSERT INTO wmo.client_stop (contract_id, during) VALUES (3, '[2019-06-01,2019-07-01)');

CREATE FUNCTION pg_temp.show(gaps wmo.coverage_gap[]) RETURNS TABLE (line text) LANGUAGE sql AS $$
  SELECT format('%s (%s) %s, %s %s%s, %s, %s t/m %s; contracts %s, before %s, after %s', g.kind, coalesce(g.reason, '-'), g.service, g.covers, g.area,
                coalesce(' ' || g.area_code::text, ''), coalesce(g.min_age || '-' || coalesce(g.max_age::text, ''), '-'), g.first_day, g.last_day, g.contracts, g.before, g.after)
         || coalesce(' at ' || (SELECT string_agg(format('%s,%s', x, y), ' ' ORDER BY x, y) FROM generate_series(0, 6) x, generate_series(0, 4, 4) y
                                WHERE public.ST_Covers(g.geom, format('SRID=28992;POINT(%s %s)', x * 100 + 50, y * 50 + 50)::public.geometry)), '')
  FROM unnest(gaps) g
  ORDER BY g.service COLLATE "C", g.area COLLATE "C", g.area_id, g.first_day, g.min_age, g.kind, g.covers
$$;
-- 400 by 400 metres until 2019, then 600 by 400: the code follows its editions
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '[2018-01-01,2022-07-01)', 'GM0014', '2019-06-01') g));
-- the same, when the option has lapsed: the last day of its notice was 30 September 2019
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '[2019-12-01,2020-06-01)', 'GM0014', '2019-10-01') g));
-- a dead code answers with its last edition; areas by key are pinned
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '[2018-06-01,2021-01-01)', 'GM0009', '2019-06-01') g));
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps_in('hulp_bij_het_huishouden', '[2019-06-01,2021-01-01)', ARRAY[4], '2019-06-01') g));
-- ages that are asked for
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '[2018-01-01,2018-02-01)', 'GM0014', '2019-06-01', '[0,)') g));
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '[2018-01-01,2018-02-01)', 'GM0014', '2019-06-01', '[70,80)') g));
-- without shapes: parts of a region, the hierarchy of codes, and what cannot be compared
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps_in('kortdurend_verblijf', '[2018-01-01,2021-01-01)', ARRAY[7], '2019-06-01') g));
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps('kortdurend_verblijf', '[2019-01-01,2021-01-01)', 'WK006000', '2019-06-01') g));
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps_in('sociale_activering', '[2018-01-01,2021-01-01)', ARRAY[4, 8], '2019-06-01') g));
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps('opvang_na_geweld', '[2017-01-01,2021-01-01)', 'GM0060', '2019-06-01') g));
-- a wider service is answered as one where its narrower ones agree
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps('dagbesteding', '[2019-01-01,2021-01-01)', 'GM0014', '2019-06-01') g));
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps('begeleiding', '[2018-01-01,2018-02-01)', 'GM0009', '2019-06-01') g));
-- everything that a contract names
SELECT count(*), count(DISTINCT g.area_id), min(g.first_day), max(g.last_day) FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '[2018-01-01,2022-07-01)') g;
-- nothing asked, nothing said; an unknown service is an error
SELECT count(*) FROM wmo.coverage_gaps('hulp_bij_het_huishouden', 'empty', 'GM0014');
SELECT count(*) FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '[2018-01-01,2019-01-01)', 'GM9999');
SELECT count(*) FROM wmo.coverage_gaps(NULL, '[2018-01-01,2019-01-01)');
SELECT count(*) FROM wmo.coverage_gaps('hulp_bij_het_huishouden', NULL);
SELECT count(*) FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '(,)', 'GM0014');
SELECT pg_temp.verdict($$SELECT FROM wmo.coverage_gaps('hulp', '[2018-01-01,2019-01-01)')$$);

-- slivers: a strip of 40 metres is not ground, one of 60 is
SELECT wide, wmo_works.is_sliver(shape), wmo_works.ground_of(shape) IS NULL
FROM (SELECT wide, format('SRID=28992;POLYGON((0 0,1000 0,1000 %s,0 %s,0 0))', wide, wide)::public.geometry FROM unnest(ARRAY[0.1, 40, 49, 51, 60]) wide) t (wide, shape);
-- long and thin with one wide end
SELECT wmo_works.is_sliver('SRID=28992;POLYGON((0 0,1000 0,1000 -30,1090 -30,1090 60,1000 60,1000 10,0 10,0 0))'), wmo_works.is_sliver('SRID=28992;POLYGON EMPTY');

-- no ground is lost, none told twice, and each piece lies where it says it does, but for slivers
SELECT setseed(0.3)::text;
WITH drawn AS MATERIALIZED (
  -- in one scan, so that no plan has a say in the order of the draws
  SELECT i, public.ST_Buffer(public.ST_SetSRID(public.ST_MakePoint(1000 * random(), 1000 * random()), 28992), 40 + 300 * random(), 'quad_segs=3') AS knife
  FROM generate_series(0, 199) i
), knife AS MATERIALIZED (
  SELECT 1 + i / 5 AS n, array_agg(knife ORDER BY i) AS knives FROM drawn GROUP BY 1 + i / 5
), square AS (
  SELECT 'SRID=28992;POLYGON((0 0,1000 0,1000 1000,0 1000,0 0))'::public.geometry AS shape
), cut AS MATERIALIZED (
  SELECT k.n, k.knives, f.geom, f.inside, row_number() OVER () AS piece FROM knife k CROSS JOIN square CROSS JOIN LATERAL wmo_works.faces(square.shape, k.knives) f
), sums AS (
  SELECT c.n, sum(public.ST_Area(c.geom)) AS total, public.ST_Area(public.ST_Union(c.geom)) AS together,
         bool_and(wmo_works.ground_of(public.ST_Difference(c.geom, c.knives[i])) IS NULL) FILTER (WHERE i = ANY (c.inside)) AS in_it,
         bool_and(wmo_works.ground_of(public.ST_Intersection(c.geom, c.knives[i])) IS NULL) FILTER (WHERE i <> ALL (c.inside)) AS out_of_it
  FROM (SELECT c.*, i FROM cut c CROSS JOIN generate_series(1, 5) i) c GROUP BY c.n
)
SELECT count(*) AS squares, (SELECT count(*) > 200 FROM cut) AS pieces, bool_and(abs(total / 5 - 1000000) < 0.01) AS all_ground, bool_and(abs(together - 1000000) < 0.01) AS once,
       bool_and(in_it) AS inside, bool_and(out_of_it) AS outside FROM sums;

-- what has ended is no reason to cut, and is the reason only where its area holds more than a hundredth of the gap: Ended lies
-- in the half that is served
DO $$
BEGIN
  EXECUTE format($i$INSERT INTO wmo.area (id, name, kind, geom, geom_basis) VALUES (21, 'Vak', 'other', %L, 'official'), (22, 'Bediend', 'other', %L, 'official'),
    (23, 'Afgelopen', 'other', %L, 'official'), (24, 'Ook afgelopen', 'other', %L, 'official')$i$,
    pg_temp.ha(0, 20, 10, 10), pg_temp.ha(0, 20, 5, 10), pg_temp.ha(1, 21, 3, 3), pg_temp.ha(7, 21, 3, 3));
END
$$;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (21, 'bediend', 1, 2, '[2019-01-01,2023-01-01)'), (22, 'afgelopen', 1, 3, '[2018-01-01,2019-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice)
VALUES (21, wmo.service_id('arbeidsmatige_activering'), 22, 'exclusive'), (22, wmo.service_id('arbeidsmatige_activering'), 23, 'exclusive');
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps_in('arbeidsmatige_activering', '[2020-01-01,2021-01-01)', ARRAY[21], '2020-06-01') g));
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) VALUES (22, wmo.service_id('arbeidsmatige_activering'), 24, 'exclusive');
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps_in('arbeidsmatige_activering', '[2020-01-01,2021-01-01)', ARRAY[21], '2020-06-01') g));
-- a part without a shape hides nothing of its whole: Erf may lie anywhere in Wijk, of which Kwart holds a quarter
DO $$
BEGIN
  EXECUTE format($i$INSERT INTO wmo.area (id, name, kind, geom, geom_basis) VALUES (25, 'Wijk', 'other', %L, 'official'), (26, 'Erf', 'other', NULL, NULL),
    (27, 'Kwart', 'other', %L, 'official')$i$,
    pg_temp.ha(0, 40, 10, 10), pg_temp.ha(0, 40, 5, 5));
END
$$;
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (25, 26);
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (25, 'kwart', 1, 2, '[2019-01-01,2023-01-01)'), (26, 'erf', 1, 2, '[2020-07-01,2023-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) VALUES (25, wmo.service_id('arbeidsmatige_activering'), 27, 'shared');
SELECT g.kind, g.reason, g.covers, g.area, public.ST_Area(g.geom) FROM wmo.coverage_gaps_in('arbeidsmatige_activering', '[2020-01-01,2021-01-01)', ARRAY[25], '2020-06-01') g ORDER BY g.area;
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) VALUES (26, wmo.service_id('arbeidsmatige_activering'), 26, 'shared');
SELECT g.kind, g.reason, g.covers, g.area, g.days, public.ST_Area(g.geom) FROM wmo.coverage_gaps_in('arbeidsmatige_activering', '[2020-01-01,2021-01-01)', ARRAY[25], '2020-06-01') g ORDER BY g.area, g.days;
-- a district within a municipality that is named too is not asked about twice
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) VALUES (5, wmo.service_id('kortdurend_verblijf'), 6, 'shared');
SELECT DISTINCT g.area FROM wmo.coverage_gaps('kortdurend_verblijf', '[2018-01-01,2021-01-01)', as_of => '2019-06-01') g WHERE g.area_id IN (5, 6);
DELETE FROM wmo.contract_scope WHERE area_id = 6;

-- who is served twice
CREATE FUNCTION pg_temp.show(twice wmo.coverage_overlap[]) RETURNS TABLE (line text) LANGUAGE sql AS $$
  SELECT format('%s %s, %s %s, %s-%s, %s t/m %s; contracts %s and %s, %s m2', o.kind, o.service, o.covers, o.area, o.min_age, o.max_age, o.first_day, o.last_day,
                o.contract_id, o.other_contract_id, round(o.square_metres))
  FROM unnest(twice) o
  ORDER BY o.service COLLATE "C", o.area COLLATE "C", o.area_id, o.first_day, o.min_age, o.kind, o.covers
$$;
SELECT line FROM pg_temp.show(ARRAY(SELECT o FROM wmo.coverage_overlaps('hulp_bij_het_huishouden', '[2018-01-01,2022-07-01)', 'GM0014', '2019-06-01') o));
SELECT line FROM pg_temp.show(ARRAY(SELECT o FROM wmo.coverage_overlaps_in('kortdurend_verblijf', '[2018-01-01,2022-07-01)', ARRAY[7], '2019-06-01') o));
-- a neighbour drawn 30 metres over the border
DO $$
BEGIN
  EXECUTE format($i$INSERT INTO wmo.area (id, name, kind, geom, geom_basis) VALUES (11, 'Noord', 'working_area', %L, 'derived'),
    (12, 'Zuid', 'working_area', 'SRID=28992;MULTIPOLYGON(((0 930,500 930,500 500,0 500,0 930)))', 'derived')$i$,
    pg_temp.ha(0, 9, 5, 5));
END
$$;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (11, 'noord', 1, 2, '[2019-01-01,2021-01-01)'), (12, 'zuid', 1, 3, '[2020-01-01,2022-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice)
SELECT id, wmo.service_id('individuele_begeleiding'), id, '[18,)', 'exclusive' FROM wmo.contract WHERE id > 10;
SELECT line FROM pg_temp.show(ARRAY(SELECT o FROM wmo.coverage_overlaps_in('begeleiding', '[2018-01-01,2022-07-01)', ARRAY[11, 12], '2020-06-01') o));
SELECT line FROM pg_temp.show(ARRAY(SELECT o FROM wmo.coverage_gaps_in('individuele_begeleiding', '[2020-01-01,2022-07-01)', ARRAY[11, 12], '2020-06-01') o));
ROLLBACK;
