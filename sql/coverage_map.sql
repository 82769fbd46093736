-- The map against SQL over the tables: random registries, random questions, the same rows in the same order.
-- needs public on the search_path: the areas are made with PostGIS.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
\getenv here PG_ABS_SRCDIR
\set oracle :here '/sql/include/oracle.sql'
\i :oracle
SET datestyle = iso;
CREATE SCHEMA map_test;

-- ---- an empty registry --------------------------------------------------------------------------------------------------
SELECT reason, service FROM wmo.providers_on(wmo.compile_coverage(), 'SRID=28992;POINT(1 1)', 'dagbesteding', '2020-01-01', as_of => '2020-01-01');
SELECT wmo.provider_on(wmo.compile_coverage(), 'SRID=28992;POINT(1 1)', 'dagbesteding', '2020-01-01', as_of => '2020-01-01') IS NULL;
SELECT mode, set_config('wmo_contracts.session_map', mode, false) = mode AS set, wmo.answer_at('SRID=28992;POINT(1 1)', 'dagbesteding', '2020-01-01', 40), wmo.answer_at('SRID=28992;POINT(1 1)', 'daklozenopvang', '2020-01-01', 40)
FROM unnest('{off,on}'::text[]) mode;
RESET wmo_contracts.session_map;

-- ---- random registries --------------------------------------------------------------------------------------------------
-- a number below another one, always the same for a key
CREATE FUNCTION map_test.pick(key integer, below integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT ((hashint4extended(key, 1) & 2147483647) % below)::integer $$;
CREATE FUNCTION map_test.one_of(VARIADIC choices text[]) RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT choices[1 + floor(random() * cardinality(choices))::integer] $$;
CREATE FUNCTION map_test.day() RETURNS date LANGUAGE sql VOLATILE AS $$ SELECT '2018-01-01'::date + floor(random() * 1600)::integer $$;
CREATE FUNCTION map_test.days() RETURNS daterange LANGUAGE sql VOLATILE AS $$
  SELECT CASE floor(random() * 5)::integer WHEN 0 THEN daterange(d, NULL) WHEN 1 THEN daterange(NULL, d) WHEN 2 THEN daterange(d, d + 1 + (random() * 700)::integer) ELSE '(,)' END
  FROM (SELECT map_test.day() AS d) x
$$;

-- A tiling of five by five whose shared borders wiggle, a municipality around some of it in two editions, an overlap, a
-- drawing, an area with a hole, one without a shape inside a municipality, one without any, and areas made of parts.
CREATE FUNCTION map_test.draw_areas() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  corner geometry[];
  n integer := 0;
BEGIN
  SELECT array_agg(ST_MakePoint(100000 + x * 200 + floor(random() * 80), 450000 + y * 200 + floor(random() * 80)) ORDER BY y, x) INTO corner
  FROM generate_series(0, 5) x, generate_series(0, 5) y;
  FOR y IN 0..4 LOOP
    FOR x IN 0..4 LOOP
      n := n + 1;
      INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis)
      SELECT n, CASE WHEN n <= 10 THEN ('WK0014' || lpad(n::text, 2, '0'))::wmo.area_code END, 'area ' || n, 'other', '(,)',
             ST_Multi(ST_SetSRID(ST_MakePolygon(ST_MakeLine(ARRAY[corner[y * 6 + x + 1], corner[y * 6 + x + 2], corner[y * 6 + x + 8], corner[y * 6 + x + 7], corner[y * 6 + x + 1]])), 28992)),
             map_test.one_of('official', 'official', 'derived', 'schematic');
    END LOOP;
  END LOOP;
  INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis)
  SELECT 31, 'GM0014'::wmo.area_code, 'town', 'municipality', '(,2019-07-01)'::daterange, ST_Multi(ST_Union(a.geom)), 'official' FROM wmo.area a WHERE a.id <= 10
  UNION ALL
  SELECT 32, 'GM0014', 'town', 'municipality', '[2019-07-01,)'::daterange, ST_Multi(ST_Union(a.geom)), 'official' FROM wmo.area a WHERE a.id <= 12
  UNION ALL
  SELECT 33, NULL, 'overlap', 'other', '(,)', ST_Multi(ST_Buffer(ST_SetSRID(ST_MakePoint(100500, 450500), 28992), 300)), 'derived'
  UNION ALL
  SELECT 34, NULL, 'ring', 'other', '(,)', ST_Multi(ST_Difference(ST_MakeEnvelope(100000, 450000, 101000, 451000, 28992), a.geom)), 'official' FROM wmo.area a WHERE a.id = 13;
  INSERT INTO wmo.area (id, code, name, kind, valid) VALUES
    (41, 'WK001499', 'somewhere in town', 'district', '(,2020-01-01)'), (42, NULL, 'anywhere', 'working_area', '(,)'),
    (51, NULL, 'made of four', 'working_area', '(,)'), (52, NULL, 'made of that and one more', 'region', '(,)'), (53, NULL, 'made of what has no shape', 'region', '(,)');
  INSERT INTO wmo.area_part (whole_id, part_id, source_id) VALUES (51, 1, NULL), (51, 2, 2), (51, 6, NULL), (51, 7, 2), (52, 51, NULL), (52, 20, NULL), (53, 41, NULL), (53, 25, NULL);
END $$;

CREATE FUNCTION map_test.draw_registry(seed double precision, contracts integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  n integer;
  k integer;
  d date;
BEGIN
  PERFORM setseed(seed);
  INSERT INTO wmo.source (id, article, basis, reading) VALUES (1, 'paper', 'stated', NULL), (2, 'paper', 'inferred', 'read between the lines');
  -- two share a name
  INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Stad', 'municipality'), (2, 'Zorg é', 'provider'), (3, 'zorg B', 'provider'), (4, 'Aan', 'provider'),
    (5, 'Zorg é', 'consortium'), (6, 'Zorg ë', 'provider'), (7, 'Voorganger', 'provider'), (8, 'Diens voorganger', 'provider');
  INSERT INTO wmo.consortium_member (consortium_id, member_id, valid) VALUES (5, 2, '(,)'), (5, 3, '[2019-06-01,2021-01-01)');
  INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on) VALUES (7, 4, 'merger', '2020-01-01'), (8, 7, 'takeover', '2020-06-01'), (6, 2, 'takeover', NULL);
  INSERT INTO wmo.party (id, name, kind) VALUES (10, 'Regio', 'consortium'), (11, 'Dorp', 'municipality');
  INSERT INTO wmo.consortium_member (consortium_id, member_id, valid) VALUES (10, 1, '[2018-06-01,2021-01-01)'), (10, 11, '(,)');
  INSERT INTO wmo.party_identifier (party_id, scheme, value, valid) VALUES (2, 'agb', '00000002', '(,)'), (3, 'agb', '75000003', '(,2019-07-01)'), (4, 'agb', '75000003', '[2019-07-01,)'),
    (5, 'agb', '75000005', '(,)'), (6, 'agb', '99999999', '[2019-01-01,)'), (7, 'kvk', '75000007', '(,)');
  INSERT INTO wmo.service_product (buyer_id, code, service_id, valid) VALUES (1, '01A01', 10, '(,)'), (11, '01A01', 20, '(,)'), (1, '02A03', 20, '(,2019-07-01)'), (1, '02A03', 21, '[2019-07-01,)'),
    (10, '02a03', 22, '(,)'), (11, '10A10', 21, '(,)'), (1, '07', 70, '(,)');
  PERFORM map_test.draw_areas();
  -- what is declared complete, in any edition, for some days and services, and by a reading
  FOR n IN 1..25 LOOP
    BEGIN
      INSERT INTO wmo.registry_completeness (area_id, service_id, valid, source_id)
      SELECT map_test.one_of('31', '32', '32', '33', '41', '42', '51', '52', '53', '1', '2', '7', '12', '20', '25')::integer, map_test.one_of(NULL, NULL, '20', '21', '70', '10')::integer,
             daterange(x.day, x.day + 200 + (random() * 1500)::integer), CASE WHEN random() < 0.1 THEN 2 END FROM (SELECT map_test.day() - 200 AS day) x;
    EXCEPTION WHEN exclusion_violation THEN NULL;
    END;
  END LOOP;
  FOR n IN 1..contracts LOOP
    d := map_test.day() - 200;
    INSERT INTO wmo.award (id, decided, standstill, final_on, final_basis, withdrawn_on, annulled_on, source_id)
    SELECT n, CASE WHEN r[1] < 0.7 THEN daterange(d - 60, d - 50) END, CASE WHEN r[2] < 0.6 THEN wmo.objection_period_until('standstill', d - 30, d - 27) END,
           CASE WHEN r[3] < 0.4 THEN d - 10 END, CASE WHEN r[3] < 0.4 THEN 'recorded' END, CASE WHEN r[4] < 0.15 THEN d + 200 END, CASE WHEN r[5] < 0.15 THEN d + 300 END, CASE WHEN r[6] < 0.1 THEN 2 END
    FROM (SELECT array_agg(random()) AS r FROM generate_series(1, 6)) x;
    INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, award_id, source_id, period)
    SELECT n, 'R' || n, map_test.one_of('1', '1', '10', '11')::integer, map_test.one_of('2', '3', '4', '5', '6', NULL)::integer, CASE WHEN random() < 0.5 THEN n END, CASE WHEN random() < 0.1 THEN 2 END,
      (CASE WHEN random() < 0.1 THEN '(?' ELSE '[' || d END || ',' || map_test.one_of(d + 400 || ')', d + 400 || ')+P1Y', d + 200 || ')+P1Y+P2Y notice P3M', ')', '?)'))::wmo.contract_period;
    FOR k IN 1..1 + floor(random() * 3)::integer LOOP
      BEGIN
        INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, ages, clients, existing_on, valid, choice, follows_code, source_id)
        SELECT n * 10 + k, n, map_test.one_of('10', '20', '20', '21', '22', '70', '150')::integer, x.area, map_test.one_of('[0,)', '[18,)', '[18,75)', '[75,)')::int4range,
          x.clients, CASE WHEN x.clients = 'existing' AND random() < 0.5 THEN map_test.day() END, map_test.days(),
          map_test.one_of('shared', 'client_choice', 'unknown'), random() < 0.3 AND x.area IS NOT NULL, CASE WHEN random() < 0.1 THEN 2 END
        FROM (SELECT map_test.one_of('all', 'all', 'all', 'existing') AS clients,
                     nullif(CASE WHEN random() < 0.5 THEN 1 + floor(random() * 25)::integer
                                 ELSE map_test.one_of('31', '31', '32', '33', '34', '41', '42', '51', '52', '53', '0')::integer END, 0) AS area) x;
      EXCEPTION WHEN exclusion_violation OR check_violation THEN NULL;
      END;
    END LOOP;
    IF random() < 0.4 THEN
      INSERT INTO wmo.subcontract (contract_id, party_id, service_id, area_id, valid, clients, source_id)
      SELECT n, map_test.one_of('2', '3', '7', NULL)::integer, map_test.one_of(NULL, NULL, '20', '21')::integer, map_test.one_of(NULL, NULL, '1', '7', '31', '51')::integer,
             map_test.days(), map_test.one_of('all', 'existing'), CASE WHEN random() < 0.1 THEN 2 END;
    END IF;
    IF random() < 0.4 THEN
      INSERT INTO wmo.client_stop (contract_id, during, service_id, area_id)
      SELECT n, map_test.days(), map_test.one_of(NULL, '20', '21', '22')::integer, map_test.one_of(NULL, NULL, '1', '31', '51')::integer;
    END IF;
    IF random() < 0.3 THEN
      BEGIN
        INSERT INTO wmo.contract_change (contract_id, kind, received_on, effective_on, until, to_party_id)
        SELECT n, x.kind, d - 30, d, CASE WHEN x.kind = 'suspension' THEN d + 100 END, CASE WHEN x.kind = 'transfer' THEN 3 END
        FROM (SELECT map_test.one_of('extension', 'early_end', 'transfer', 'suspension') AS kind, map_test.day() AS d) x;
      EXCEPTION WHEN OTHERS THEN NULL; -- what the ledger refuses is not there
      END;
    END IF;
  END LOOP;
  -- since when it stood: by a recorded day, by a source, by the day on which it was entered, or nobody can tell; drawn by the keys, so that the draws after it stay what they are
  INSERT INTO wmo.source (id, article, published) VALUES (3, 'dated paper', '[2018-05-01,2018-06-01)');
  UPDATE wmo.contract c SET signed_on = CASE WHEN x.r < 200 THEN x.day END, known_on = CASE WHEN x.r > 900 THEN x.day END, source_id = CASE WHEN x.r BETWEEN 200 AND 400 THEN 3 ELSE c.source_id END
  FROM (SELECT q.id, map_test.pick(q.id, 1000) AS r, '2017-09-01'::date + map_test.pick(q.id + 1, 900) AS day FROM wmo.contract q) x WHERE x.id = c.id;
  UPDATE wmo.contract_scope s SET known_on = CASE WHEN x.r > 900 THEN x.day END, source_id = CASE WHEN x.r < 100 THEN 3 ELSE s.source_id END
  FROM (SELECT q.id, map_test.pick(q.id, 1000) AS r, '2017-09-01'::date + map_test.pick(q.id + 1, 1200) AS day FROM wmo.contract_scope q) x WHERE x.id = s.id;
  UPDATE wmo.subcontract s SET known_on = CASE WHEN x.r > 700 THEN x.day END, entered_on = CASE WHEN x.r < 200 THEN x.day ELSE '2026-01-01' END
  FROM (SELECT q.id, map_test.pick(q.contract_id, 1000) AS r, '2017-09-01'::date + map_test.pick(q.contract_id + 1, 1200) AS day FROM wmo.subcontract q) x WHERE x.id = s.id;
  UPDATE wmo.client_stop s SET known_on = CASE WHEN x.r > 700 THEN x.day END, source_id = CASE WHEN x.r < 300 THEN 3 END
  FROM (SELECT q.id, map_test.pick(q.contract_id, 1000) AS r, '2017-09-01'::date + map_test.pick(q.contract_id + 1, 1200) AS day FROM wmo.client_stop q) x WHERE x.id = s.id;
  UPDATE wmo.consortium_member m SET known_on = '2019-03-01' WHERE m.member_id = 3;
  INSERT INTO wmo.client_stop_lift (contract_id, stop_id, effective_on, known_on, source_id)
  SELECT x.contract_id, x.id, least(lower(x.during) + x.r / 10, upper(x.during) - 1), CASE WHEN x.r < 500 THEN x.day END, CASE WHEN x.r > 700 THEN 3 END
  FROM (SELECT q.id, q.contract_id, q.during, map_test.pick(q.contract_id + 2, 1000) AS r, '2018-09-01'::date + map_test.pick(q.contract_id + 3, 1200) AS day FROM wmo.client_stop q WHERE NOT lower_inf(q.during)) x;
  -- boundaries and numbers by a reading, and frameworks with a last day on which they can be called upon
  UPDATE wmo.area SET source_id = 2 WHERE id IN (3, 8, 33);
  UPDATE wmo.party_identifier SET source_id = 2 WHERE value IN ('00000002', '75000003');
  INSERT INTO wmo.contract_ending (contract_id, kind, ceiling_on) SELECT q.id, 'ceiling', '2019-01-01'::date + map_test.pick(q.id, 900) FROM wmo.contract q WHERE q.id % 5 = 0;
END $$;

CREATE TABLE map_test.question AS
  SELECT NULL::integer AS n, NULL::geometry AS place, NULL::text AS service, NULL::date AS on_date, NULL::integer AS age, NULL::integer AS current_provider, NULL::date AS client_since, NULL::date AS as_of
  LIMIT 0;

-- Places: anywhere, on a vertex, on a border, a hair beside it, nowhere.
CREATE FUNCTION map_test.draw_questions(questions integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM map_test.question;
  FOR k IN 1 .. questions LOOP -- one by one: what a plan makes of many, draws in an order of its own
  INSERT INTO map_test.question
  SELECT q.n, CASE q.kind WHEN 0 THEN ST_SetSRID(ST_MakePoint(99900 + random() * 1300, 449900 + random() * 1300), 28992)
                        WHEN 1 THEN border.vertex
                        WHEN 2 THEN ST_LineInterpolatePoint(border.line, border.part)
                        WHEN 3 THEN ST_Translate(ST_LineInterpolatePoint(border.line, border.part), (random() - 0.5) * 1e-10, (random() - 0.5) * 1e-10)
                        WHEN 4 THEN CASE WHEN random() < 0.3 THEN ST_GeomFromText('POINT EMPTY', 28992) WHEN random() < 0.5 THEN NULL ELSE ST_SetSRID(ST_MakePoint(1, 1), 28992) END
                        ELSE ST_SetSRID(ST_MakePoint(100000 + random() * 500, 450000 + random() * 500), 28992) END,
         CASE WHEN random() < 0.97 THEN map_test.one_of('hulp_bij_het_huishouden', 'begeleiding', 'begeleiding', 'individuele_begeleiding', 'individuele_begeleiding', 'thuisondersteuning', 'dagbesteding', 'dagbegeleiding', 'beschermd_wonen', 'kortdurend_verblijf') END,
         CASE WHEN random() < 0.97 THEN map_test.day() - 150 END, CASE WHEN random() < 0.8 THEN floor(random() * 90)::integer END,
         map_test.one_of(NULL, NULL, '2', '3', '4', '5', '6', '7', '8', '99', '-2147483648')::integer, CASE WHEN random() < 0.5 THEN map_test.day() END,
         CASE WHEN random() < 0.97 THEN map_test.day() END
  FROM (SELECT k AS n, floor(random() * 12)::integer % 6 AS kind, 1 + floor(random() * 25)::integer AS area) q
  JOIN wmo.area a ON a.id = q.area
  CROSS JOIN LATERAL (SELECT ST_PointN(ST_Boundary(ST_GeometryN(a.geom, 1)), 1 + floor(random() * 4)::integer) AS vertex, ST_Boundary(ST_GeometryN(a.geom, 1)) AS line, random() AS part) border;
  END LOOP;
END $$;

-- Postcodes as areas, as points of a PC4, as points of PC6; one of which nothing is known.
CREATE FUNCTION map_test.draw_postcodes() RETURNS void LANGUAGE sql AS $$
  INSERT INTO wmo.postcode_place (postcode, geom, valid)
  SELECT '9711'::wmo.postcode, ST_Multi(ST_MakeEnvelope(100000, 450000, 100150 + random() * 400, 450150, 28992)), '(,2020-01-01)'::daterange
  UNION ALL
  SELECT '9711', ST_Multi(ST_MakeEnvelope(100000, 450000, 100100, 450100 + random() * 400, 28992)), '[2020-01-01,)'
  UNION ALL
  SELECT c.code, ST_Collect(ARRAY(SELECT ST_SetSRID(ST_MakePoint(100000 + random() * 900 + 0 * length(c.code::text), 450000 + random() * 900), 28992) FROM generate_series(1, c.points))), '(,)'
  FROM (VALUES ('9712'::wmo.postcode, 3), ('9713AB', 1), ('9713AC', 1), ('9714', 1)) AS c (code, points)
$$;

-- the answer to a question that no map of the session gives
CREATE FUNCTION map_test.without_map(face text, q map_test.question, subject text) RETURNS wmo.provider_row[] LANGUAGE plpgsql SET wmo_contracts.session_map = off AS $$
DECLARE
  rows wmo.provider_row[];
BEGIN
  EXECUTE format('SELECT ARRAY(SELECT p FROM %s(%s, %L, %L, %L, %L, %L, %L) p)', face, subject, q.service, q.on_date, q.age, q.current_provider, q.client_since, q.as_of) INTO rows;
  RETURN rows;
END $$;
-- Every way to ask the same: by the map as an argument, by the session's map, by a map of what the question meets, by SQL.
CREATE FUNCTION map_test.compare(seed double precision, contracts integer, questions integer,
                                 OUT asked integer, OUT enough boolean, OUT alike boolean) LANGUAGE plpgsql AS $$
DECLARE
  map wmo.coverage_map;
  q map_test.question;
  by_map wmo.provider_row[];
  by_tables wmo.provider_row[];
  found integer := 0;
  long integer := 0;
  single integer := 0;
  codes integer := 0;
  postcodes integer := 0;
  products integer := 0;
  closed integer := 0;
  denied integer := 0;
  contracted integer := 0;
  refused integer := 0;
  contracted_by_map boolean[];
  contracted_by_tables boolean[];
  contracted_by_rows boolean[];
  provider integer;
  agb text;
  product text;
  contracts_by_map text[];
  contracts_by_tables text[];
  contracts_by_rows text[];
  code wmo.area_code;
  postcode wmo.postcode;
BEGIN
  PERFORM map_test.draw_registry(seed, contracts);
  PERFORM map_test.draw_postcodes();
  PERFORM map_test.draw_questions(questions);
  PERFORM set_config('wmo_contracts.session_map', 'on', true);
  map := wmo.compile_coverage();
  asked := 0;
  alike := true;
  FOR q IN SELECT * FROM map_test.question ORDER BY n LOOP
    asked := asked + 1;
    by_map := ARRAY(SELECT p FROM wmo.providers_on(map, q.place, q.service, q.on_date, q.age, q.current_provider, q.client_since, q.as_of) p);
    by_tables := ARRAY(SELECT p FROM oracle.providers_at(q.place, q.service, q.on_date, q.age, q.current_provider, q.client_since, q.as_of) p);
    IF by_map IS DISTINCT FROM by_tables
       OR by_tables IS DISTINCT FROM ARRAY(SELECT p FROM wmo.providers_at(q.place, q.service, q.on_date, q.age, q.current_provider, q.client_since, q.as_of) p)
       OR by_tables IS DISTINCT FROM ARRAY(SELECT p FROM unnest(map_test.without_map('wmo.providers_at', q, quote_nullable(q.place) || '::geometry')) p) THEN
      alike := false;
      RAISE NOTICE 'question %: map %, tables %', q, by_map, by_tables;
    END IF;
    found := found + (by_map[1]).found::integer;
    closed := closed + ((by_map[1]).complete AND NOT (by_map[1]).found)::integer;
    long := long + (cardinality(by_map) > 2)::integer;
    -- was this provider contracted here: at the place, in an area, at a postcode
    agb := (ARRAY['00000002', '75000003', '75000003', '75000005', '99999999', '75000007'])[1 + map_test.pick(q.n, 6)];
    code := (ARRAY['GM0014', 'WK001401', 'WK001403', 'WK001408', 'WK001499', 'BU00140301', NULL])[1 + map_test.pick(q.n + 1, 7)]::wmo.area_code;
    postcode := (ARRAY['9711', '9711AA', '9712', '9713AB', '9714', '9999', NULL])[1 + map_test.pick(q.n + 2, 7)]::wmo.postcode;
    contracted_by_map := ARRAY[wmo.is_contracted_at(agb, q.service, q.place, q.on_date, q.age), wmo.is_contracted_in_area(agb, q.service, code, q.on_date, q.age), wmo.is_contracted_at_postcode(agb, q.service, postcode, q.on_date, q.age)];
    contracted_by_tables := ARRAY[oracle.is_contracted_at(agb, q.service, q.place, q.on_date, q.age), oracle.is_contracted_in_area(agb, q.service, code, q.on_date, q.age),
                                  oracle.is_contracted_at_postcode(agb, q.service, postcode, q.on_date, q.age)];
    contracted := contracted + coalesce(true = ANY (contracted_by_map), false)::integer;
    refused := refused + coalesce(false = ANY (contracted_by_map), false)::integer;
    denied := denied + (NOT coalesce(wmo.is_contracted(agb, map_test.one_of('01A01', '02A03', '10A10', '07'), code, q.on_date, q.age), true))::integer;
    PERFORM set_config('wmo_contracts.session_map', 'off', true);
    contracted_by_rows := ARRAY[wmo.is_contracted_at(agb, q.service, q.place, q.on_date, q.age), wmo.is_contracted_in_area(agb, q.service, code, q.on_date, q.age), wmo.is_contracted_at_postcode(agb, q.service, postcode, q.on_date, q.age)];
    PERFORM set_config('wmo_contracts.session_map', 'on', true);
    IF contracted_by_map IS DISTINCT FROM contracted_by_tables OR contracted_by_rows IS DISTINCT FROM contracted_by_tables THEN
      alike := false;
      RAISE NOTICE 'contracted % % % %: map %, rows %, tables %', agb, code, postcode, q, contracted_by_map, contracted_by_rows, contracted_by_tables;
    END IF;
    IF asked % 4 = 0 THEN
      -- wmo.provider_at asks as of today
      provider := wmo.provider_on(map, q.place, q.service, q.on_date, q.age, CURRENT_DATE);
      single := single + (provider IS NOT NULL)::integer;
      IF provider IS DISTINCT FROM oracle.provider_at(q.place, q.service, q.on_date, q.age)
         OR provider IS DISTINCT FROM wmo.provider_at(q.place, q.service, q.on_date, q.age)
         OR wmo.answer_at(q.place, q.service, q.on_date, q.age) IS DISTINCT FROM oracle.answer_at(q.place, q.service, q.on_date, q.age) THEN
        alike := false;
        RAISE NOTICE 'question %: % or %', q, provider, wmo.answer_at(q.place, q.service, q.on_date, q.age);
      END IF;
    ELSIF asked % 4 = 1 THEN
      code := map_test.one_of('GM0014', 'GM0014', 'WK001401', 'WK001403', 'WK001408', 'WK001499', 'BU00140301', 'WK001444', 'GM0015', NULL)::wmo.area_code;
      by_map := ARRAY(SELECT p FROM wmo.providers_in_area(code, q.service, q.on_date, q.age, q.current_provider, q.client_since, q.as_of) p);
      by_tables := ARRAY(SELECT p FROM oracle.providers_in_area(code, q.service, q.on_date, q.age, q.current_provider, q.client_since, q.as_of) p);
      codes := codes + (by_map[1]).found::integer;
      IF by_map IS DISTINCT FROM by_tables OR by_map IS DISTINCT FROM map_test.without_map('wmo.providers_in_area', q, quote_nullable(code) || '::wmo.area_code') THEN
        alike := false;
        RAISE NOTICE 'code %, %: map %, tables %', code, q, by_map, by_tables;
      END IF;
    ELSIF asked % 4 = 2 THEN
      postcode := map_test.one_of('9711', '9711AA', '9712', '9712AA', '9713', '9713AB', '9714', '9714AB', '9999', NULL)::wmo.postcode;
      by_map := ARRAY(SELECT p FROM wmo.providers_at_postcode(postcode, q.service, q.on_date, q.age, q.current_provider, q.client_since, q.as_of) p);
      by_tables := ARRAY(SELECT p FROM oracle.providers_at_postcode(postcode, q.service, q.on_date, q.age, q.current_provider, q.client_since, q.as_of) p);
      postcodes := postcodes + (by_map[1]).found::integer;
      IF by_map IS DISTINCT FROM by_tables OR by_map IS DISTINCT FROM map_test.without_map('wmo.providers_at_postcode', q, quote_nullable(postcode) || '::wmo.postcode') THEN
        alike := false;
        RAISE NOTICE 'postcode %, %: map %, tables %', postcode, q, by_map, by_tables;
      END IF;
    ELSE
      agb := map_test.one_of('00000002', '75000003', '75000005', '99999999', '75000007', '11111111', NULL);
      product := map_test.one_of('01A01', '02A03', '02a03', '10A10', '07', '0', '07x', NULL);
      code := map_test.one_of('GM0014', 'GM0014', 'WK001401', 'WK001403', 'WK001499', NULL)::wmo.area_code;
      contracts_by_map := ARRAY(SELECT c::text FROM wmo.contract_for(agb, product, code, q.on_date, q.age) c);
      contracts_by_tables := ARRAY(SELECT c::text FROM oracle.contract_for(agb, product, code, q.on_date, q.age) c);
      products := products + cardinality(contracts_by_map);
      PERFORM set_config('wmo_contracts.session_map', 'off', true);
      contracts_by_rows := ARRAY(SELECT c::text FROM wmo.contract_for(agb, product, code, q.on_date, q.age) c) || wmo.is_contracted(agb, product, code, q.on_date, q.age)::text;
      PERFORM set_config('wmo_contracts.session_map', 'on', true);
      IF contracts_by_map IS DISTINCT FROM contracts_by_tables
         OR contracts_by_rows IS DISTINCT FROM contracts_by_tables || oracle.is_contracted(agb, product, code, q.on_date, q.age)::text
         OR wmo.is_contracted(agb, product, code, q.on_date, q.age) IS DISTINCT FROM oracle.is_contracted(agb, product, code, q.on_date, q.age) THEN
        alike := false;
        RAISE NOTICE 'product % of %, %: map % %, tables % %', product, agb, q, contracts_by_map, wmo.is_contracted(agb, product, code, q.on_date, q.age),
          contracts_by_tables, oracle.is_contracted(agb, product, code, q.on_date, q.age);
      END IF;
    END IF;
  END LOOP;
  IF (SELECT d.value FROM wmo.describe_session_map() d LIMIT 1) <> 'the map' THEN
    RAISE NOTICE 'the session had no map';
  END IF;
  -- of a large registry every kind of question finds somebody, and sometimes surely nobody
  enough := contracts < 100 OR least(found, long, single, codes, postcodes, products, closed, denied, contracted, refused) > 0;
  IF NOT enough THEN
    RAISE NOTICE 'met: %', ARRAY[found, long, single, codes, postcodes, products, closed, denied, contracted, refused];
  END IF;
END $$;

SET client_min_messages = notice;
BEGIN; SELECT * FROM map_test.compare(0.1, 40, 160); ROLLBACK;
BEGIN; SELECT * FROM map_test.compare(0.24, 100, 400); ROLLBACK;
BEGIN; SELECT * FROM map_test.compare(0.3, 8, 80); ROLLBACK;
SET client_min_messages = warning;

-- ---- which areas cover a place: ST_Covers, also on borders and a hair beside them ---------------------------------------
-- One contract for each area, so that the numbers of the contracts tell the areas.
BEGIN;
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Stad', 'municipality'), (2, 'Zorg', 'provider');
SELECT setseed(0.5);
INSERT INTO wmo.source (id, article, basis, reading) VALUES (2, 'paper', 'inferred', 'read between the lines');
SELECT map_test.draw_areas();
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) SELECT a.id, a.id, 1, 2, '[2018-01-01,)' FROM wmo.area a;
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) SELECT a.id, 70, a.id, 'shared' FROM wmo.area a WHERE a.geom IS NOT NULL;
CREATE TABLE map_test.map AS SELECT wmo.compile_coverage() AS map;
WITH point AS (
  SELECT ST_SetSRID(ST_MakePoint(ST_X(p) + dx * 2.0 ^ -35, ST_Y(p) + dy * 2.0 ^ -33), 28992) AS place
  FROM wmo.area a CROSS JOIN LATERAL (SELECT (ST_DumpPoints(a.geom)).geom AS p
                                      UNION ALL SELECT ST_LineInterpolatePoint((ST_Dump(ST_Boundary(a.geom))).geom, i / 23.0) FROM generate_series(0, 23) i) x
  CROSS JOIN generate_series(-1, 1) dx CROSS JOIN generate_series(-1, 1) dy
), compared AS (
  SELECT ARRAY(SELECT p.contract_id FROM wmo.providers_on(m.map, point.place, 'dagbesteding', '2020-01-01', 50, as_of => '2020-01-01') p WHERE p.found ORDER BY 1) AS by_map,
         ARRAY(SELECT DISTINCT w.whole_id FROM wmo.area a CROSS JOIN LATERAL wmo.area_with_wholes(a.id) w JOIN wmo.contract_scope s ON s.area_id = w.whole_id
               WHERE ST_Covers(a.geom, point.place) ORDER BY 1) AS by_postgis
  FROM point CROSS JOIN map_test.map m
)
SELECT count(*) > 8000 AS many, count(*) FILTER (WHERE cardinality(by_map) > 3) > 1000 AS on_borders, bool_and(by_map = by_postgis) AS alike FROM compared;

-- ---- one value: text, bytes, tables -----------------------------------------------------------------------------------------
-- the side follows the shapes, some of which PostGIS made: by another GEOS they are a little different
SELECT d.item, CASE d.item WHEN 'side of a cell' THEN round(d.value::numeric, -1)::text ELSE d.value END AS value
FROM map_test.map m, wmo.describe(m.map) d WHERE d.item NOT LIKE 'bytes%' AND d.item NOT LIKE 'key%' AND d.item NOT LIKE 'made %';
-- of which registry it is
SELECT d.item, d.value = CASE d.item WHEN 'made on server' THEN (SELECT system_identifier::text FROM pg_control_system()) WHEN 'made in database' THEN current_database()::text
                                     ELSE to_char(CURRENT_DATE, 'YYYY-MM-DD') END AS told
FROM map_test.map m, wmo.describe(m.map) d WHERE d.item LIKE 'made %';
-- the same registry compiles to the same bytes; text is lossless; the binary form is the bytes of the text
SELECT m.map::text = wmo.compile_coverage()::text AS same, m.map::text::wmo.coverage_map::text = m.map::text AS lossless,
       '\x' || encode(wmo_works.coverage_map_send(m.map), 'hex') = m.map::text AS bytes
FROM map_test.map m;
SELECT attstorage FROM pg_attribute WHERE attrelid = 'map_test.map'::regclass AND attname = 'map';
-- editing a contract leaves the key of the areas alone
UPDATE wmo.contract SET number = 'other' WHERE id = 1;
SELECT d.item, bool_or(d.value = e.value) AS same FROM map_test.map m, wmo.describe(m.map) d JOIN wmo.describe(wmo.compile_coverage()) e USING (item) WHERE d.item LIKE 'key%' GROUP BY 1 ORDER BY 1;
-- two maps in one query, answers that are not read to the end, a null map
SELECT n, (SELECT p.number FROM wmo.providers_on(m.map, 'SRID=28992;POINT(100100 450100)', 'dagbesteding', '2020-01-01', 50, as_of => '2020-01-01') p ORDER BY p.contract_id LIMIT 1)
FROM (SELECT 1 AS n, map FROM map_test.map UNION ALL SELECT 2, wmo.compile_coverage() UNION ALL SELECT 3, map FROM map_test.map UNION ALL SELECT 4, NULL) m ORDER BY n;
SELECT n, EXISTS (SELECT FROM wmo.providers_on(m.map, ST_Translate('SRID=28992;POINT(100100 450100)', n * 150, 0), 'dagbesteding', '2020-01-01', 50, as_of => '2020-01-01') LIMIT 1)
FROM map_test.map m, generate_series(1, 3) n;
SELECT (wmo.providers_on(m.map, 'SRID=28992;POINT(100100 450100)', 'dagbesteding', '2020-01-01', 50, as_of => '2020-01-01')).number FROM map_test.map m LIMIT 1;
SELECT count(*) FROM map_test.map m, wmo.providers_on(NULL, 'SRID=28992;POINT(100100 450100)', 'dagbesteding', '2020-01-01');
SELECT proname, provolatile, proparallel FROM pg_proc WHERE pronamespace = 'wmo'::regnamespace AND proname IN ('provider_on', 'providers_on', 'answer_on', 'provider_by_map', 'providers_by_map', 'answer_by_map', 'describe') ORDER BY 1;
-- the answer in one word, and what asks as of the day of the map: the same as of today, for it was made today
WITH asked AS (
  SELECT m.map, ST_Translate('SRID=28992;POINT(100100 450100)', n * 150, 0) AS place, d.on_date, a.age FROM map_test.map m, generate_series(-2, 6) n,
         unnest('{2017-01-01,2020-01-01,2040-01-01,NULL}'::date[]) d (on_date), unnest('{50,NULL}'::integer[]) a (age)
)
SELECT count(*), count(DISTINCT wmo.answer_on(a.map, a.place, 'dagbesteding', a.on_date, a.age)) > 1 AS differ,
       bool_and(wmo.answer_on(a.map, a.place, 'dagbesteding', a.on_date, a.age) = oracle.answer_at(a.place, 'dagbesteding', a.on_date, a.age)) AS as_tables,
       bool_and(wmo.answer_by_map(a.map, a.place, 'dagbesteding', a.on_date, a.age) = wmo.answer_on(a.map, a.place, 'dagbesteding', a.on_date, a.age)) AS answer,
       bool_and(wmo.provider_by_map(a.map, a.place, 'dagbesteding', a.on_date, a.age) IS NOT DISTINCT FROM wmo.provider_on(a.map, a.place, 'dagbesteding', a.on_date, a.age)) AS provider,
       bool_and(ARRAY(SELECT p FROM wmo.providers_by_map(a.map, a.place, 'dagbesteding', a.on_date, a.age) p) = ARRAY(SELECT p FROM wmo.providers_on(a.map, a.place, 'dagbesteding', a.on_date, a.age) p)) AS rows
FROM asked a;
-- no map, no answer
SELECT wmo.answer_on(NULL, 'SRID=28992;POINT(1 1)', 'dagbesteding'), wmo.answer_by_map(NULL, 'SRID=28992;POINT(1 1)', 'dagbesteding', '2020-01-01'),
       wmo.provider_by_map(NULL, 'SRID=28992;POINT(1 1)', 'dagbesteding', '2020-01-01');

-- ---- what is not a whole map is refused --------------------------------------------------------------------------------------
DO $$
DECLARE
  whole text := (SELECT m.map::text FROM map_test.map m);
  hurt text;
  at integer;
  refused integer := 0;
BEGIN
  PERFORM setseed(0.7);
  FOR i IN 1..400 LOOP
    at := 3 + floor(random() * (length(whole) - 3))::integer;
    hurt := overlay(whole PLACING CASE WHEN substr(whole, at, 1) = '0' THEN '1' ELSE '0' END FROM at FOR 1);
    IF i % 4 = 0 THEN
      hurt := left(whole, 2 + at / 2 * 2);
    END IF;
    BEGIN
      PERFORM hurt::wmo.coverage_map;
    EXCEPTION WHEN invalid_text_representation THEN refused := refused + 1;
    END;
  END LOOP;
  RAISE WARNING '% of 400 refused', refused;
END $$;
\set VERBOSITY default
\set SHOW_CONTEXT never
SAVEPOINT error;
SELECT '\x00'::wmo.coverage_map; ROLLBACK TO error;
SELECT ''::wmo.coverage_map; ROLLBACK TO error;
SELECT '\x0g'::wmo.coverage_map; ROLLBACK TO error;
SELECT 'a map of the municipality of Groningen'::wmo.coverage_map; ROLLBACK TO error;

-- ---- questions that are none: the errors of wmo.providers_at --------------------------------------------------------------------
SELECT wmo.provider_on(map, 'SRID=28992;LINESTRING(1 1,2 2)', 'dagbesteding') FROM map_test.map; ROLLBACK TO error;
SELECT wmo.provider_on(map, 'POINT(1 1)', 'dagbesteding') FROM map_test.map; ROLLBACK TO error;
SELECT wmo.provider_on(map, 'SRID=4326;POINT(1 1)', 'dagbesteding') FROM map_test.map; ROLLBACK TO error;
SELECT wmo.provider_on(map, 'SRID=28992;POINT(NaN 1)', 'dagbesteding') FROM map_test.map; ROLLBACK TO error;
SELECT wmo.provider_on(map, 'SRID=28992;POINT(1 1)', 'dagbested') FROM map_test.map; ROLLBACK TO error;
SELECT wmo.provider_on(map, 'SRID=28992;POINT(1 1)', 'dagbesteding', 'infinity') FROM map_test.map; ROLLBACK TO error;
SELECT wmo.provider_on(map, 'SRID=28992;POINT(1 1)', 'dagbesteding', '2020-01-01', -1) FROM map_test.map; ROLLBACK TO error;
SELECT wmo.provider_on(map, 'SRID=28992;POINT(1 1)', 'dagbesteding', '2020-01-01', 131) FROM map_test.map; ROLLBACK TO error;
SELECT p.reason FROM wmo.providers_on(wmo.compile_coverage(), 'SRID=28992;POINT Z (1 1 1)', 'dagbesteding', '2020-01-01') p;

-- ---- an area that cannot be compiled is named -----------------------------------------------------------------------------------
-- The table refuses such a shape; one that came in while it did not is named.
ALTER TABLE wmo.area DROP CONSTRAINT area_shape_is_within_bounds;
UPDATE wmo.area SET geom = ST_Multi(ST_MakeEnvelope(0, 0, 1e308, 1, 28992)) WHERE id = 20;
SELECT wmo.compile_coverage(); ROLLBACK TO error;

-- ---- two whole maps of one size and of the same keys are not the same map -------------------------------------------------------
-- The key of the rows is four hashes side by side. Where a word of one of them means nothing (a name that nobody asks for) it
-- can take out what differs until then: a map with another code of a service, and the key of this one.
CREATE FUNCTION map_test.word(bytes bytea, at bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT bit_or(get_byte(bytes, at::integer + i)::bigint << (8 * i)) FROM generate_series(0, 7) i
$$;
CREATE FUNCTION map_test.hash_until(bytes bytea, place bigint) RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  header bigint := map_test.word(bytes, 72); -- the first section begins where the header ends
  lane integer := (place - header) / 8 % 4;
  state bigint := (ARRAY[-7046029254386353131, -4417276706812531889, 1609587929392839161, 2870177450012600261])[lane + 1];
BEGIN
  IF lane = 0 THEN
    state := state # (map_test.word(bytes, 32) - header); -- the grid begins where the rows end
  END IF;
  FOR n IN 0 .. (place - header) / 32 - 1 LOOP
    state := state # map_test.word(bytes, header + 32 * n + 8 * lane);
    state := mod((state::numeric + CASE WHEN state < 0 THEN 18446744073709551616 ELSE 0 END) * 15485907386658061715, 18446744073709551616) - 9223372036854775808;
    state := state # (-9223372036854775808);
    state := state # ((state >> (29 + lane)) & ((1::bigint << (35 - lane)) - 1));
  END LOOP;
  RETURN state;
END $$;
CREATE FUNCTION map_test.with_key_of(other bytea, one bytea) RETURNS wmo.coverage_map LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  header bigint := map_test.word(one, 72);
  changed bigint := (SELECT min(i) FROM generate_series(0, length(one) - 1) i WHERE get_byte(one, i) <> get_byte(other, i));
  place bigint := position('\x23232323232323232323232323232323'::bytea IN one) - 1;
  word bigint;
BEGIN
  place := header + (place - header + 31) / 32 * 32 + (changed - header) / 8 % 4 * 8;
  word := map_test.word(one, place) # map_test.hash_until(one, place) # map_test.hash_until(other, place);
  FOR i IN 0..7 LOOP
    other := set_byte(other, place::integer + i, ((word >> (8 * i)) & 255)::integer);
  END LOOP;
  RETURN ('\x' || encode(other, 'hex'))::wmo.coverage_map;
END $$;
INSERT INTO wmo.party (id, name, kind) VALUES (3, repeat('#', 100), 'provider');
UPDATE wmo.contract SET supplier_id = 3 WHERE id % 2 = 0;
CREATE TABLE map_test.twin AS
SELECT m.map AS one, map_test.with_key_of(overlay(m.bytes PLACING 'G' FROM position('dagbesteding'::bytea IN m.bytes) + 11), m.bytes) AS other
FROM (SELECT c.map, wmo_works.coverage_map_send(c.map) AS bytes FROM wmo.compile_coverage() c (map)) m;
SELECT bool_and(o.value = e.value) AS described_alike, t.one::text <> t.other::text AS differ
FROM map_test.twin t CROSS JOIN LATERAL wmo.describe(t.one) o JOIN LATERAL wmo.describe(t.other) e USING (item) GROUP BY t.one::text, t.other::text;
SAVEPOINT error;
\set VERBOSITY terse
SELECT n, EXISTS (SELECT FROM wmo.providers_on(map, 'SRID=28992;POINT(100100 450100)', 'dagbesteding', '2020-01-01', 50, as_of => '2020-01-01') p WHERE p.found)
FROM map_test.twin t, unnest(ARRAY[t.one, t.other]) WITH ORDINALITY m (map, n); ROLLBACK TO error;
SELECT n, EXISTS (SELECT FROM wmo.providers_on(map, 'SRID=28992;POINT(100100 450100)', 'dagbestedinG', '2020-01-01', 50, as_of => '2020-01-01') p WHERE p.found)
FROM map_test.twin t, unnest(ARRAY[t.other, t.one]) WITH ORDINALITY m (map, n); ROLLBACK TO error;
\set VERBOSITY default
ROLLBACK;
DROP SCHEMA map_test CASCADE;
RESET datestyle;
DROP SCHEMA oracle CASCADE;
