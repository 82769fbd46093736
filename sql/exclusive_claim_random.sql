-- Seven hundred random statements of every kind against exclusive scopes. Whatever is accepted: the claims are those that are
-- due, and no two contracts are the main provider of the same ground, by a count that looks at neither claims nor ground_of.
-- And what was refused for a second main provider would have been one.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set throws :here '/sql/include/throws.sql'
\i :verdict
\i :throws

INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Gemeente', 'municipality'), (2, 'A', 'provider'), (3, 'B', 'provider');
-- areas 1 to 6 without code; 7 to 9 are editions of one code
INSERT INTO wmo.area (id, code, name, kind, valid)
SELECT n, CASE WHEN n > 6 THEN 'GM1970' END::wmo.area_code, 'Gebied ' || n, 'other',
       CASE n WHEN 7 THEN '(,2020-01-01)' WHEN 8 THEN '[2020-01-01,2021-01-01)' WHEN 9 THEN '[2021-01-01,)' ELSE '(,)' END::daterange FROM generate_series(1, 9) n;
-- 10 to 17 have shapes, and move; 13 to 17 have codes, 14 and 15 two editions of one of them
CREATE FUNCTION pg_temp.some(low integer, high integer) RETURNS integer LANGUAGE sql VOLATILE AS $$ SELECT low + floor(random() * (high - low + 1))::integer $$;
CREATE FUNCTION pg_temp.any_of(ids integer[]) RETURNS integer LANGUAGE sql VOLATILE AS $$ SELECT ids[pg_temp.some(1, cardinality(ids))] $$;
-- one box or two, on a grid of 40 metres: what two of them share is a sliver of 40 metres or ground of 80 and more
CREATE FUNCTION pg_temp.shape() RETURNS public.geometry LANGUAGE sql VOLATILE AS $$
  SELECT public.ST_Multi(public.ST_Union(public.ST_SetSRID(public.ST_MakeEnvelope(x, y, x + wide, y + high), 28992)))
  FROM (SELECT 40 * pg_temp.some(0, 25) AS x, 40 * pg_temp.some(0, 25) AS y, 40 * pg_temp.some(1, 16) AS wide, 40 * pg_temp.some(1, 16) AS high
        FROM generate_series(1, pg_temp.some(1, 2))) box
$$;
SELECT setseed(0.37)::text;
INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis)
SELECT n, CASE n WHEN 13 THEN 'GM1980' WHEN 14 THEN 'GM1981' WHEN 15 THEN 'GM1981' WHEN 16 THEN 'WK198001' WHEN 17 THEN 'BU19800102' END::wmo.area_code, 'Gebied ' || n, 'other',
       CASE n WHEN 14 THEN '(,2020-01-01)' WHEN 15 THEN '[2020-01-01,)' WHEN 16 THEN '[2020-07-01,)' ELSE '(,)' END::daterange, pg_temp.shape(), 'derived'
FROM generate_series(10, 17) n;
INSERT INTO wmo.service (id, code, name, parent_id) VALUES (1001, 'een', 'Een', NULL), (1002, 'twee', 'Twee', 1001), (1003, 'drie', 'Drie', 1002), (1004, 'vier', 'Vier', 1001);
INSERT INTO wmo.award (id) SELECT generate_series(1, 4);
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, award_id, period)
SELECT n, 'K' || n, 1, 2 + n % 2, CASE WHEN n <= 4 THEN n END,
       (ARRAY['[2019-01-01,2020-01-01)+P1Y+P1Y', '[2020-01-01,2021-01-01)+P1Y notice P3M', '[2019-07-01,?)', '[2021-01-01,)', '(?,2020-07-01)'])[1 + n % 5]::wmo.contract_period
FROM generate_series(1, 12) n;

CREATE FUNCTION pg_temp.statement() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  scope integer := pg_temp.any_of((SELECT array_agg(s.id ORDER BY s.id) FROM wmo.contract_scope s));
  change integer := pg_temp.any_of((SELECT array_agg(c.id ORDER BY c.id) FROM wmo.contract_change c));
  day date := '2019-01-01'::date + pg_temp.some(0, 1200);
  ages text := (ARRAY['[0,18)', '[18,)', '[18,75)', '[75,)', '[0,)'])[pg_temp.some(1, 5)];
  valid text := (ARRAY['(,)', '(,)', '(,)', format('[%s,)', day), format('(,%s)', day)])[pg_temp.some(1, 5)];
  area integer := pg_temp.any_of('{1,2,3,4,5,6,7,8,9,10,10,10,11,11,11,12,12,12,13,13,14,14,15,15,16,16,17,17}');
BEGIN
  CASE
    WHEN random() < 0.35 OR scope IS NULL THEN RETURN format('INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, valid, choice, clients, follows_code) VALUES (%s, %s, %s, %L, %L, %L, %L, %L)',
      pg_temp.some(1, 12), pg_temp.some(1001, 1004), area, ages, valid, (ARRAY['exclusive', 'exclusive', 'exclusive', 'shared'])[pg_temp.some(1, 4)],
      (ARRAY['all', 'all', 'all', 'existing'])[pg_temp.some(1, 4)], area IN (7, 8, 9, 14, 15) AND random() < 0.5);
    WHEN random() < 0.15 THEN RETURN format('UPDATE wmo.area SET geom = %1$L, geom_basis = CASE WHEN %1$L IS NOT NULL THEN ''derived'' END WHERE id = %2$s',
      CASE WHEN random() < 0.1 THEN NULL WHEN random() < 0.3 THEN (SELECT a.geom FROM wmo.area a WHERE a.id BETWEEN 10 AND 17 ORDER BY random() LIMIT 1) ELSE pg_temp.shape() END, pg_temp.some(10, 17));
    WHEN random() < 0.1 THEN RETURN format('DELETE FROM wmo.contract_scope WHERE id = %s', scope);
    WHEN random() < 0.1 THEN RETURN format('UPDATE wmo.contract_scope SET area_id = %s WHERE id = %s', area, scope);
    WHEN random() < 0.1 THEN RETURN format('UPDATE wmo.contract_scope SET ages = %L, choice = ''exclusive'' WHERE id = %s', ages, scope);
    WHEN random() < 0.1 THEN RETURN format('UPDATE wmo.contract_scope SET contract_id = %s WHERE id = %s', pg_temp.some(1, 12), scope);
    WHEN random() < 0.15 THEN RETURN format('INSERT INTO wmo.area_part (whole_id, part_id) VALUES (%s, %s)', area, pg_temp.some(1, 17));
    WHEN random() < 0.1 THEN RETURN format('DELETE FROM wmo.area_part WHERE whole_id = %s', area);
    WHEN random() < 0.1 THEN RETURN format('UPDATE wmo.area_part SET part_id = %s WHERE whole_id = %s', pg_temp.some(1, 17), area);
    WHEN random() < 0.15 THEN RETURN format('UPDATE wmo.service SET parent_id = %s WHERE id = %s', (ARRAY['NULL', '1001', '1002', '1004'])[pg_temp.some(1, 4)], pg_temp.some(1001, 1004));
    WHEN random() < 0.1 THEN RETURN format('UPDATE wmo.area SET valid = CASE id WHEN 7 THEN daterange(NULL, %1$L) WHEN 8 THEN daterange(%1$L, ''2021-06-01'') ELSE ''[2021-06-01,)'' END WHERE id IN (7, 8, 9)', least(day, '2021-05-31'));
    WHEN random() < 0.1 THEN RETURN format('UPDATE wmo.area SET valid = CASE id WHEN 14 THEN daterange(NULL, %1$L) ELSE daterange(%1$L, NULL) END WHERE id > 13', day);
    WHEN random() < 0.25 THEN RETURN format((ARRAY['SELECT wmo.correct_award(%2$s)', 'UPDATE wmo.award SET withdrawn_on = %1$L WHERE id = %2$s'])[pg_temp.some(1, 2)], day, pg_temp.some(1, 4));
    WHEN random() < 0.1 THEN RETURN format('UPDATE wmo.contract SET award_id = %s WHERE id = %s', (ARRAY['NULL', '1', '2'])[pg_temp.some(1, 3)], pg_temp.some(1, 12));
    WHEN change IS NOT NULL AND random() < 0.1 THEN RETURN format('DELETE FROM wmo.contract_change WHERE id = %s', change);
    WHEN change IS NOT NULL AND random() < 0.1 THEN RETURN format('UPDATE wmo.contract_change SET effective_on = %L WHERE id = %s', day, change);
    WHEN random() < 0.1 THEN RETURN format('UPDATE wmo.contract SET agreed_period = ''[%s,%s)'' WHERE id = %s', day, day + pg_temp.some(1, 600), pg_temp.some(1, 12));
    ELSE RETURN format('INSERT INTO wmo.contract_change (contract_id, kind, effective_on, until, to_party_id, service_id) SELECT contract_id, k, CASE k WHEN ''extension'' THEN (SELECT wmo.exclusive_end(c.period) FROM wmo.contract c WHERE c.id = contract_id) ELSE %L END, CASE k WHEN ''suspension'' THEN %L::date END, CASE k WHEN ''transfer'' THEN 2 END, CASE k WHEN ''scope_removed'' THEN service_id END FROM wmo.contract_scope, (VALUES (%L)) t (k) WHERE id = %s',
      day, day + pg_temp.some(1, 200), (ARRAY['extension', 'early_end', 'transfer', 'scope_removed', 'suspension'])[pg_temp.some(1, 5)], scope);
  END CASE;
END
$$;

-- what a transaction has not committed, nobody has counted: the plans must do without statistics
CREATE FUNCTION pg_temp.drift() RETURNS bigint LANGUAGE sql SET enable_nestloop = off AS $$
  WITH held AS (SELECT e.contract_id, e.scope_id, e.service_id, e.area_id, e.ages, e.during, e.code::text, e.code_days, public.ST_AsText(e.territory) FROM wmo.exclusive_claim e),
       due AS (SELECT d.contract_id, d.scope_id, d.service_id, d.area_id, d.ages, d.during, d.code::text, d.code_days, public.ST_AsText(d.territory) FROM wmo_works.exclusive_claim_due d)
  SELECT count(*) FROM ((TABLE held EXCEPT ALL TABLE due) UNION ALL (TABLE due EXCEPT ALL TABLE held)) d
$$;
-- by coverage alone, as it stands for good: the same service or a wider one, the same area, a part of it or the edition of the day;
-- and the same ground: by their digits where two codes meant it on one day, else by what is left of the overlay when it shrinks by 25 metres
CREATE FUNCTION pg_temp.doubly_served() RETURNS bigint LANGUAGE sql SET enable_nestloop = off AS $$
  WITH narrow AS MATERIALIZED (
    SELECT p AS service_id, s.id AS leaf FROM wmo.service s CROSS JOIN LATERAL wmo_works.service_with_parents(s.id) p
    WHERE NOT EXISTS (SELECT FROM wmo.service child WHERE child.parent_id = s.id)
  ), meaning AS MATERIALIZED (
    SELECT a.id, e.valid FROM wmo.area a JOIN wmo.area e ON e.code::text = a.code::text AND (e.id = a.id OR public.ST_AsText(e.geom) = public.ST_AsText(a.geom))
  ), same_ground AS MATERIALIZED (
    SELECT a.id, b.id AS other_id
    FROM (SELECT id, geom, substr(code::text, 3) AS digits FROM wmo.area) a CROSS JOIN (SELECT id, geom, substr(code::text, 3) AS digits FROM wmo.area) b
    WHERE a.id = b.id OR CASE WHEN EXISTS (SELECT FROM meaning m JOIN meaning n ON m.valid && n.valid WHERE m.id = a.id AND n.id = b.id)
                              THEN left(a.digits, length(b.digits)) = left(b.digits, length(a.digits))
                              ELSE public.ST_AsText(a.geom) = public.ST_AsText(b.geom) OR public.ST_Area(public.ST_Buffer(public.ST_Intersection(a.geom, b.geom), -25)) > 0 END
  ), stated AS MATERIALIZED (
    SELECT c.contract_id, c.scope_id, c.service_id, c.area_id, c.ages, c.valid FROM wmo.coverage c
    WHERE c.role = 'main' AND c.clients = 'all' AND c.certainty <> 'option' AND upper_inf(c.known)
  ), main AS MATERIALIZED (
    SELECT c.contract_id, narrow.leaf AS service, piece.id AS area, c.ages, c.valid * CASE WHEN sc.follows_code THEN edition.valid ELSE '(,)'::daterange END AS valid
    FROM stated c
    JOIN wmo.contract_scope sc ON sc.id = c.scope_id
    JOIN wmo.area pinned ON pinned.id = c.area_id
    JOIN wmo.area edition ON CASE WHEN sc.follows_code THEN edition.code::text = pinned.code::text ELSE edition.id = pinned.id END
    JOIN narrow ON narrow.service_id = c.service_id
    JOIN (SELECT a.id, w.whole_id FROM wmo.area a CROSS JOIN LATERAL wmo.area_with_wholes(a.id) w) piece ON piece.whole_id = edition.id
  )
  SELECT count(*) FROM main x JOIN same_ground g ON g.id = x.area JOIN main y ON y.area = g.other_id AND x.contract_id < y.contract_id AND x.service = y.service
  WHERE x.ages && y.ages AND x.valid && y.valid
$$;
-- what a refused statement would have brought, had it been accepted
CREATE FUNCTION pg_temp.would_serve_doubly(statement text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  counted bigint;
BEGIN
  BEGIN
    EXECUTE statement;
    counted := pg_temp.doubly_served();
    RAISE EXCEPTION USING ERRCODE = 'WMOOK';
  EXCEPTION WHEN SQLSTATE 'WMOOK' THEN
    RETURN counted;
  END;
END
$$;

CREATE TEMPORARY TABLE outcome (said text, drift bigint, doubly bigint, would bigint, statement text) ON COMMIT DROP;
DO $$
DECLARE
  statement text;
  said text;
BEGIN
  PERFORM setseed(0.41);
  FOR n IN 1..pg_temp.throws(700) LOOP
    statement := pg_temp.statement();
    said := pg_temp.done(statement);
    INSERT INTO outcome SELECT said, CASE WHEN n % 14 = 0 THEN pg_temp.drift() END, CASE WHEN n % 100 = 0 THEN pg_temp.doubly_served() END,
      CASE WHEN said LIKE '%main provider%' AND n % 5 = 0 THEN pg_temp.would_serve_doubly(statement) END, statement;
  END LOOP;
END
$$;
SELECT 'statements after which claims drifted', count(*) FROM outcome WHERE drift > 0;
SELECT 'statements after which somebody is doubly served', count(*) FROM outcome WHERE doubly > 0;
SELECT 'refused without need', count(*) FROM outcome WHERE would = 0;
SELECT 'at the end', pg_temp.drift(), pg_temp.doubly_served();
SELECT 'a fair share was accepted, and refused for a second main provider', count(*) FILTER (WHERE said = 'accepted') > pg_temp.throws(200), count(*) FILTER (WHERE said LIKE '%main provider%') > pg_temp.throws(20),
       count(*) FILTER (WHERE said LIKE '%overlap') > pg_temp.throws(5), count(would) > CASE WHEN pg_temp.throws(2) = 2 THEN 10 ELSE 2 END FROM outcome;
SELECT 'claims in the end', count(*) > 10 FROM wmo.exclusive_claim;
-- refused for what no statement here should meet
SELECT DISTINCT 'unforeseen', said FROM outcome
WHERE said <> 'accepted' AND said !~ '(main provider|duplicate key|conflicting key|cannot be a part|its own child|violates check|option|before its (first day|end)|contract is terminated|is of "[^"]*" already|no whole scope|has no scope for|is not what its ledger|not the day after its last one)' ORDER BY 2;
-- what is kept is what the definition gives, after all of that
SELECT 'standing kept otherwise', count(*) FROM wmo.check_standing();
ROLLBACK;
