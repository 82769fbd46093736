-- What codes and postcodes meet is kept beside the map and outlives it: some thousand questions about a random registry, on days
-- around every bound, are answered as the tables answer them, after every kind of change; many enough that every place is read
-- and every PC4 looked up at once.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set throws :here '/sql/include/throws.sql'
\i :verdict
\i :throws
\set oracle :here '/sql/include/oracle.sql'
\i :oracle
CREATE FUNCTION pg_temp.some(low integer, high integer) RETURNS integer LANGUAGE sql VOLATILE AS $$ SELECT low + floor(random() * (high - low + 1))::integer $$;
CREATE FUNCTION pg_temp.any_of(ids integer[]) RETURNS integer LANGUAGE sql VOLATILE AS $$ SELECT ids[pg_temp.some(1, cardinality(ids))] $$;
CREATE FUNCTION pg_temp.shape() RETURNS public.geometry LANGUAGE sql VOLATILE AS $$
  SELECT public.ST_Multi(public.ST_Union(public.ST_SetSRID(public.ST_MakeEnvelope(x, y, x + wide, y + high), 28992)))
  FROM (SELECT 100 * pg_temp.some(0, 30) AS x, 100 * pg_temp.some(0, 30) AS y, 100 * pg_temp.some(4, 14) AS wide, 100 * pg_temp.some(4, 14) AS high
        FROM generate_series(1, pg_temp.some(1, 2))) box
$$;
-- points on a grid of fifty metres, so that many lie on a border
CREATE FUNCTION pg_temp.points(how_many integer) RETURNS public.geometry LANGUAGE sql VOLATILE AS $$
  SELECT public.ST_Multi(public.ST_Union(public.ST_SetSRID(public.ST_MakePoint(50 * pg_temp.some(0, 80), 50 * pg_temp.some(0, 80)), 28992))) FROM generate_series(1, how_many)
$$;
SELECT setseed(0.71)::text;

-- ---- the registry -----------------------------------------------------------------------------------------------------------
INSERT INTO wmo.source (id, article, basis, reading) VALUES (1, 'Krant', 'stated', 'as drawn there'), (2, 'Lezing', 'inferred', 'as we read it');
INSERT INTO wmo.service (id, code, name, parent_id) VALUES (1001, 'een', 'Een', NULL), (1002, 'twee', 'Twee', 1001), (1003, 'drie', 'Drie', NULL);
-- editions of five codes, some with days without one between them, codes within codes, areas without code, drawings, areas of parts, and some of which nobody knows where they lie
INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis)
SELECT n, CASE WHEN n <= 10 THEN 'GM198' || (n - 1) / 2 WHEN n <= 14 THEN 'WK198' || (n - 11) / 2 || '0' || n % 2 + 1 END::wmo.area_code, 'Gebied ' || n, 'other',
       CASE WHEN n > 10 THEN '(,)' WHEN n % 2 = 1 THEN format('(,%s-01-01)', 2018 + n / 3) ELSE format('[%s-%s-01,)', 2018 + (n - 1) / 3, CASE WHEN n % 4 = 0 THEN '04' ELSE '01' END) END::daterange,
       CASE WHEN n < 19 THEN pg_temp.shape() END, CASE WHEN n < 19 THEN CASE WHEN n % 5 = 0 THEN 'schematic' ELSE 'derived' END END
FROM generate_series(1, 24) n;
INSERT INTO wmo.area_part (id, whole_id, part_id, source_id) VALUES (1, 20, 15, NULL), (2, 20, 16, 2), (3, 20, 10, 1), (4, 21, 20, 2), (5, 21, 24, NULL), (6, 17, 18, 1), (7, 22, 23, NULL);
INSERT INTO wmo.postcode_place (postcode, valid, geom)
SELECT (1000 + n)::text::wmo.postcode, CASE n % 3 WHEN 0 THEN '(,)' WHEN 1 THEN '(,2019-05-01)' ELSE '[2019-08-01,2021-01-01)' END::daterange, pg_temp.shape() FROM generate_series(1, 16) n
UNION ALL SELECT (1000 + n)::text::wmo.postcode, '[2020-02-01,)', pg_temp.shape() FROM generate_series(1, 16) n WHERE n % 3 = 1
UNION ALL SELECT (1000 + n)::text::wmo.postcode, '(,)', pg_temp.points(1 + n % 2) FROM generate_series(17, 20) n
UNION ALL SELECT (1000 + n || 'AA')::wmo.postcode, '(,)', pg_temp.points(1) FROM generate_series(1, 30) n WHERE n % 2 = 0
UNION ALL SELECT (1000 + n || 'AB')::wmo.postcode, CASE WHEN n % 4 = 1 THEN '(,2020-03-01)' ELSE '[2019-09-01,)' END::daterange, pg_temp.points(1) FROM generate_series(1, 24) n
UNION ALL SELECT (1000 + n || 'AB')::wmo.postcode, '[2020-03-01,)', pg_temp.points(1) FROM generate_series(1, 24) n WHERE n % 8 = 1
UNION ALL SELECT (1000 + n || 'AC')::wmo.postcode, '(,)', pg_temp.points(3) FROM generate_series(1, 9) n
UNION ALL SELECT (1000 + n || 'AD')::wmo.postcode, '(,)', pg_temp.shape() FROM generate_series(5, 9) n;
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Gemeente', 'municipality'), (2, 'A', 'provider'), (3, 'B', 'provider'), (4, 'C', 'provider');
INSERT INTO wmo.party_identifier (party_id, scheme, value) SELECT n, 'agb', '0000000' || n FROM generate_series(2, 4) n;
-- what rests on a reading: boundaries, places and a number
UPDATE wmo.area SET source_id = 2 WHERE id % 6 = 1;
UPDATE wmo.postcode_place SET source_id = 2 WHERE id % 4 = 1;
UPDATE wmo.party_identifier SET source_id = 2 WHERE party_id = 3;
INSERT INTO wmo.service_product (buyer_id, code, service_id) VALUES (1, 'P1', 1001), (1, 'P3', 1003);
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, signed_on) SELECT n, 'K' || n, 1, 2 + n % 3, '[2018-01-01,2022-01-01)', '2017-06-01' FROM generate_series(1, 24) n;
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, follows_code, choice)
SELECT n, n, CASE WHEN n IN (19, 22, 23) THEN 1003 ELSE 1001 + n % 2 END, n, n % 4 = 1 AND n <= 14, 'shared' FROM generate_series(1, 24) n WHERE n % 7 <> 0;
INSERT INTO wmo.registry_completeness (area_id, service_id, valid) SELECT n, 1001, '[2018-06-01,2021-06-01)' FROM generate_series(1, 20, 3) n;
INSERT INTO wmo.client_stop (contract_id, area_id, during) VALUES (4, 7, '[2019-01-01,2020-01-01)'), (5, 12, '[2019-01-01,2021-01-01)');
INSERT INTO wmo.subcontract (contract_id, area_id, party_id) VALUES (20, 15, 4), (8, NULL, 3);

-- ---- the questions ----------------------------------------------------------------------------------------------------------
CREATE TEMPORARY TABLE day (n serial, day date) ON COMMIT DROP;
INSERT INTO day (day)
SELECT DISTINCT b + near FROM (SELECT unnest(ARRAY[lower(valid), upper(valid)]) b FROM wmo.area UNION SELECT unnest(ARRAY[lower(valid), upper(valid)]) FROM wmo.postcode_place) x, generate_series(-1, 0) near
WHERE b IS NOT NULL UNION VALUES ('2018-03-01'::date), ('2021-07-01'), (NULL) ORDER BY 1;
CREATE FUNCTION pg_temp.postcode() RETURNS wmo.postcode LANGUAGE sql VOLATILE AS $$
  SELECT (1000 + pg_temp.some(1, 31) || (ARRAY['', '', 'AA', 'AB', 'AC', 'AD', 'AZ'])[pg_temp.some(1, 7)])::wmo.postcode $$;
CREATE FUNCTION pg_temp.code() RETURNS wmo.area_code LANGUAGE sql VOLATILE AS $$
  SELECT (ARRAY['GM1980', 'GM1981', 'GM1982', 'GM1983', 'GM1984', 'GM1985', 'WK198001', 'WK198002', 'WK198101', 'WK198102', 'BU19800101', 'BU19830101', NULL])[pg_temp.some(1, 13)]::wmo.area_code $$;
-- Asks so many of each kind, by the map and by the tables, and tells where they differ.
CREATE FUNCTION pg_temp.compare(often integer) RETURNS text LANGUAGE plpgsql SET wmo_contracts.session_map = on AS $$
DECLARE
  days date[] := ARRAY(SELECT d.day FROM day d ORDER BY d.n);
  on_date date;
  postcode wmo.postcode;
  code wmo.area_code;
  service text;
  agb text;
  asked integer := 0;
  wrong text[] := '{}';
  one text;
  other text;
BEGIN
  FOR i IN 1..often LOOP
    on_date := days[pg_temp.some(1, cardinality(days))];
    postcode := pg_temp.postcode();
    code := pg_temp.code();
    service := (ARRAY['een', 'twee', 'drie', NULL])[pg_temp.some(1, 4)];
    agb := '0000000' || pg_temp.some(2, 5);
    FOR kind IN 1..6 LOOP
      CASE kind
        WHEN 1 THEN
          one := (SELECT string_agg(p::text, '; ' ORDER BY p.ord) FROM wmo.providers_at_postcode(postcode, service, on_date, 40) p);
          other := (SELECT string_agg(p::text, '; ' ORDER BY p.ord) FROM oracle.providers_at_postcode(postcode, service, on_date, 40, NULL, NULL, CURRENT_DATE) p);
        WHEN 2 THEN
          one := wmo.answer_at_postcode(postcode, service, on_date, 40);
          other := oracle.answer_at_postcode(postcode, service, on_date, 40);
        WHEN 3 THEN
          CONTINUE WHEN on_date IS NULL;
          one := wmo.is_contracted_at_postcode(agb, service, postcode, on_date, 40);
          other := oracle.is_contracted_at_postcode(agb, service, postcode, on_date, 40);
        WHEN 4 THEN
          one := (SELECT string_agg(p::text, '; ' ORDER BY p.ord) FROM wmo.providers_in_area(code, service, on_date, 40) p);
          other := (SELECT string_agg(p::text, '; ' ORDER BY p.ord) FROM oracle.providers_in_area(code, service, on_date, 40, NULL, NULL, CURRENT_DATE) p);
        WHEN 5 THEN
          CONTINUE WHEN on_date IS NULL;
          one := wmo.is_contracted_in_area(agb, service, code, on_date, 40);
          other := oracle.is_contracted_in_area(agb, service, code, on_date, 40);
        ELSE
          CONTINUE WHEN on_date IS NULL OR code IS NULL;
          one := wmo.is_contracted(agb, 'P1', code, on_date, 40);
          other := oracle.is_contracted(agb, 'P1', code, on_date, 40);
      END CASE;
      asked := asked + 1;
      IF one IS DISTINCT FROM other THEN
        wrong := wrong || format('%s: %s %s %s %s %s: %s, not %s', kind, postcode, code, service, on_date, agb, one, other);
      END IF;
    END LOOP;
  END LOOP;
  RETURN format('%s, by %s%s', CASE WHEN asked > often * 4 THEN 'asked' ELSE 'not asked' END, (SELECT m.value FROM wmo.describe_session_map() m LIMIT 1),
                coalesce(': ' || nullif(array_to_string(wrong[1:3], ' | '), ''), ''));
END
$$;
SELECT pg_temp.compare(pg_temp.dear_throws(250));

-- ---- after every kind of change -----------------------------------------------------------------------------------------------
CREATE FUNCTION pg_temp.changed(statement text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN EXECUTE statement; RETURN pg_temp.compare(pg_temp.dear_throws(40)); END $$;
SELECT what, pg_temp.changed(statement) FROM (VALUES
  (1, 'another name of a party', $q$UPDATE wmo.party SET name = 'Z' WHERE id = 3$q$),
  (2, 'another client stop', $q$INSERT INTO wmo.client_stop (contract_id, during) VALUES (6, '[2019-01-01,2021-01-01)')$q$),
  (3, 'scopes where there were none', $q$INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) SELECT n, 1001, n, 'shared' FROM generate_series(7, 21, 7) n$q$),
  (4, 'none in a shape', $q$DELETE FROM wmo.contract_scope WHERE area_id = 8$q$),
  (5, 'a service of places that nobody knows', $q$UPDATE wmo.contract_scope SET service_id = 1002 WHERE area_id = 19$q$),
  (6, 'our reading of a part', $q$UPDATE wmo.source SET basis = 'inferred' WHERE id = 1$q$),
  (7, 'another part', $q$INSERT INTO wmo.area_part (whole_id, part_id) VALUES (19, 3)$q$),
  (8, 'one part less', $q$DELETE FROM wmo.area_part WHERE id = 2$q$),
  (9, 'points elsewhere', $q$UPDATE wmo.postcode_place SET geom = pg_temp.points(1) WHERE postcode::text LIKE '%AA'$q$),
  (10, 'a second place of a postcode', $q$INSERT INTO wmo.postcode_place (postcode, geom) SELECT (1000 + n || 'AA')::wmo.postcode, pg_temp.shape() FROM generate_series(2, 6) n$q$),
  (11, 'places that begin later', $q$UPDATE wmo.postcode_place SET valid = '[2019-04-01,)' WHERE postcode::text LIKE '%AC'$q$),
  (12, 'a shape elsewhere', $q$UPDATE wmo.area SET geom = pg_temp.shape() WHERE id IN (2, 15)$q$),
  (13, 'an edition that ends sooner', $q$UPDATE wmo.area SET valid = '(,2019-02-01)' WHERE id = 9$q$),
  (14, 'districts that ended, of which nobody knows where they lay', $q$UPDATE wmo.area SET valid = '(,2019-06-01)', geom = NULL, geom_basis = NULL WHERE id IN (12, 13)$q$),
  (15, 'no places', $q$DELETE FROM wmo.postcode_place WHERE postcode::text LIKE '10_1%'$q$)) t (n, what, statement) ORDER BY n;
-- what was changed and taken back
SAVEPOINT before;
UPDATE wmo.postcode_place SET geom = pg_temp.points(1) WHERE public.ST_Dimension(geom) = 0;
DELETE FROM wmo.area_part;
SELECT pg_temp.compare(pg_temp.dear_throws(40));
ROLLBACK TO before;
SELECT pg_temp.compare(pg_temp.dear_throws(40));
ROLLBACK;
