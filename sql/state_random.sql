-- A map that follows changes says what the tables say: contracts, scopes, ledger, subcontracts, stops and awards change at random, some at a
-- time, some taken back, some asked about before they are committed; after each of them the same questions go to the map that was made
-- before and to the tables, and now and then to a map that is made anew.
\getenv here PG_ABS_SRCDIR
\set throws :here '/sql/include/throws.sql'
\i :throws
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
\set oracle :here '/sql/include/oracle.sql'
\i :oracle
SET search_path = pg_catalog;
SET jit = off;
SET wmo_contracts.session_map = on;
\pset format unaligned
\pset tuples_only on
BEGIN;
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Stad', 'municipality'), (2, 'Een', 'provider'), (3, 'Twee', 'provider'), (4, 'Drie', 'provider'), (5, 'Samen', 'consortium');
INSERT INTO wmo.party_identifier (party_id, scheme, value) VALUES (2, 'agb', '90000002'), (3, 'agb', '90000003');
INSERT INTO wmo.consortium_member (consortium_id, member_id) VALUES (5, 2), (5, 4);
INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis)
  SELECT n, CASE WHEN n <= 4 THEN ('GM950' || least(n, 3))::wmo.area_code END, 'Gebied ' || n, CASE WHEN n <= 4 THEN 'municipality' ELSE 'working_area' END,
         CASE n WHEN 3 THEN '(,2021-01-01)' WHEN 4 THEN '[2021-04-01,)' ELSE '(,)' END::daterange,
         CASE WHEN n < 7 THEN public.ST_Multi(public.ST_MakeEnvelope(100000 + n * 1000 - 1000 * (n / 4), 500000, 102000 + n * 1000 - 1000 * (n / 4), 501000, 28992)) END, CASE WHEN n < 7 THEN 'official' END
  FROM generate_series(1, 8) n;
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (8, 1), (8, 2);
INSERT INTO wmo.registry_completeness (area_id, valid) SELECT n, '[2015-01-01,2035-01-01)' FROM generate_series(1, 4) n;
INSERT INTO wmo.service_product (buyer_id, code, service_id) VALUES (1, '01A01', 10), (1, '02A02', 20);
INSERT INTO wmo.award (id, supplier_id, sent, standstill) SELECT n, 2 + n % 3, daterange(day, day, '[]'), wmo.objection_period('sas_standstill', day)
  FROM generate_series(1, 6) n, LATERAL (SELECT '2018-06-01'::date + 90 * n AS day) d;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, award_id, period)
  SELECT n, 'F' || n, 1, 2 + n % 4, CASE WHEN n % 3 = 0 THEN 1 + n % 6 END, (ARRAY['[2019-01-01,2023-01-01)+P1Y notice P3M', '[2020-01-01,)', '[2018-01-01,2021-01-01)', '[2019-07-01,?)'])[1 + n % 4]::wmo.contract_period
  FROM generate_series(1, 40) n;
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) SELECT n, (ARRAY[10, 20, 21, 22, 70])[1 + n % 5], CASE WHEN n % 9 < 8 THEN 1 + n % 8 END, 'client_choice' FROM generate_series(1, 40) n;
COMMIT;

CREATE TEMPORARY TABLE finding (step integer, change text, question text, by_map text, by_tables text);
CREATE TEMPORARY TABLE tally (followed boolean, looked_at integer);
CREATE FUNCTION pg_temp.any_contract() RETURNS integer LANGUAGE sql VOLATILE AS $$ SELECT c.id FROM wmo.contract c ORDER BY random() LIMIT 1 $$;
CREATE FUNCTION pg_temp.some_day() RETURNS date LANGUAGE sql VOLATILE AS $$ SELECT '2018-01-01'::date + floor(random() * 2200)::integer $$;

-- One change at random; a constraint may refuse it.
CREATE FUNCTION pg_temp.change() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  what text := (ARRAY['contract', 'contract', 'number', 'supplier', 'signed', 'award', 'challenge', 'scope', 'scope', 'move', 'leave', 'ledger', 'ledger', 'stop', 'stop', 'lift', 'subcontract', 'drop', 'many', 'elsewhere'])[1 + floor(random() * 20)];
  one integer := pg_temp.any_contract();
  day date := pg_temp.some_day();
BEGIN
  CASE what
    WHEN 'contract' THEN
      WITH c AS (INSERT INTO wmo.contract (number, buyer_id, supplier_id, period) SELECT 'N' || clock_timestamp(), 1, 2 + floor(random() * 4), wmo.contract_period(day, '2 years') RETURNING id)
      INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, follows_code) SELECT id, (ARRAY[10, 20, 21, 70])[1 + floor(random() * 4)], 1 + floor(random() * 8), '[18,)', false FROM c;
    WHEN 'number' THEN UPDATE wmo.contract SET number = number || '*', owner = 'x' WHERE id = one;
    WHEN 'supplier' THEN UPDATE wmo.contract SET supplier_id = 2 + floor(random() * 4) WHERE id = one;
    WHEN 'signed' THEN UPDATE wmo.contract SET signed_on = CASE WHEN random() < 0.8 THEN day END WHERE id = (SELECT id FROM wmo.contract WHERE award_id IS NOT NULL ORDER BY random() LIMIT 1);
    WHEN 'award' THEN UPDATE wmo.award SET withdrawn_on = CASE WHEN random() < 0.5 THEN day END WHERE id = 1 + floor(random() * 6);
    WHEN 'challenge' THEN INSERT INTO wmo.award_challenge (award_id, kind, lodged) VALUES (1 + floor(random() * 6), 'summary_proceedings', day);
    WHEN 'scope' THEN INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, clients) VALUES (one, 22, CASE WHEN random() < 0.8 THEN 1 + floor(random() * 8) END, CASE WHEN random() < 0.3 THEN 'existing' ELSE 'all' END);
    WHEN 'move' THEN UPDATE wmo.contract_scope SET area_id = 1 + floor(random() * 4), follows_code = random() < 0.5 WHERE contract_id = one AND added_by_id IS NULL;
    WHEN 'leave' THEN DELETE FROM wmo.contract_scope WHERE contract_id = one AND random() < 0.7;
    WHEN 'ledger' THEN INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id)
      SELECT one, kind, day, day + 30, CASE kind WHEN 'transfer' THEN 3 END FROM (SELECT (ARRAY['early_end', 'transfer', 'suspension'])[1 + floor(random() * 3)] AS kind) k;
    WHEN 'stop' THEN INSERT INTO wmo.client_stop (contract_id, during) VALUES (one, daterange(day, day + 400));
    WHEN 'lift' THEN INSERT INTO wmo.client_stop_lift (contract_id, stop_id, effective_on, known_on) SELECT st.contract_id, st.id, day, CASE WHEN random() < 0.5 THEN day END FROM wmo.client_stop st ORDER BY random() LIMIT 1;
    WHEN 'subcontract' THEN INSERT INTO wmo.subcontract (contract_id, party_id) VALUES (one, 4);
    WHEN 'drop' THEN DELETE FROM wmo.contract WHERE id = one;
    WHEN 'many' THEN UPDATE wmo.contract SET owner = what WHERE random() < 0.2;
    WHEN 'elsewhere' THEN
      IF random() < 0.3 THEN UPDATE wmo.party SET name = name || '!' WHERE id = 4; END IF;
  END CASE;
  RETURN what;
EXCEPTION WHEN integrity_constraint_violation OR data_exception OR object_not_in_prerequisite_state THEN RETURN what || ', refused';
END
$$;

-- The same questions to the map and to the tables.
CREATE PROCEDURE pg_temp.ask(step integer, change text) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  code wmo.area_code := ('GM950' || 1 + floor(random() * 3))::wmo.area_code;
  service text := (ARRAY(SELECT s.code FROM wmo.service s WHERE s.id IN (10, 20, 21, 22, 70) ORDER BY s.id))[1 + floor(random() * 5)];
  spot public.geometry;
  at_day date;
  days date[] := (ARRAY['{2017-06-01,2021-03-01}', '{2019-09-01,2024-06-01}'])[1 + floor(random() * 2)];
BEGIN
  FOR n IN step % 2..5 BY 2 LOOP
    spot := public.ST_SetSRID(public.ST_Point(100500 + 1000 * n + floor(random() * 900), 500500), 28992);
    FOREACH at_day IN ARRAY days LOOP
      INSERT INTO finding SELECT step, change, format('at %s, %s, %s', n, service, at_day), m::text, t::text
      FROM (SELECT array_agg(p ORDER BY p.ord) AS m FROM wmo.providers_at(spot, service, at_day, 40, 2, '2019-05-01', '2024-01-01') p) x,
           (SELECT array_agg(p ORDER BY p.ord) AS t FROM oracle.providers_at(spot, service, at_day, 40, 2, '2019-05-01', '2024-01-01') p) y
      WHERE m::text IS DISTINCT FROM t::text;
    END LOOP;
  END LOOP;
  INSERT INTO finding SELECT step, change, format('in %s, %s', code, service), m::text, t::text
  FROM (SELECT array_agg(p ORDER BY p.ord) AS m FROM wmo.providers_in_area(code, service, '2022-06-01', 40) p) x,
       (SELECT array_agg(p ORDER BY p.ord) AS t FROM oracle.providers_in_area(code, service, '2022-06-01', 40, NULL, NULL, CURRENT_DATE) p) y
  WHERE m::text IS DISTINCT FROM t::text;
  INSERT INTO finding SELECT step, change, 'contract_for ' || code, m::text, t::text
  FROM (SELECT array_agg(p ORDER BY p::text) AS m FROM wmo.contract_for('90000002', '02A02', code, '2022-06-01', 40) p) x,
       (SELECT array_agg(p ORDER BY p::text) AS t FROM oracle.contract_for('90000002', '02A02', code, '2022-06-01', 40) p) y
  WHERE m::text IS DISTINCT FROM t::text;
  -- and without a map, from the rows that are met
  PERFORM set_config('wmo_contracts.session_map', 'off', false);
  INSERT INTO finding SELECT step, change, format('without a map at %s, %s', spot, service), m::text, t::text
  FROM (SELECT array_agg(p ORDER BY p.ord) AS m FROM wmo.providers_at(spot, service, days[1], 40, 2, '2019-05-01', '2024-01-01') p) x,
       (SELECT array_agg(p ORDER BY p.ord) AS t FROM oracle.providers_at(spot, service, days[1], 40, 2, '2019-05-01', '2024-01-01') p) y
  WHERE m::text IS DISTINCT FROM t::text;
  PERFORM set_config('wmo_contracts.session_map', 'on', false);
  INSERT INTO tally SELECT bool_or(d.item LIKE 'contracts looked at%'), max(d.value::integer) FILTER (WHERE d.item LIKE 'contracts looked at%') FROM wmo.describe_session_map() d;
END
$$;

CREATE PROCEDURE pg_temp.history(seed float, steps integer) LANGUAGE plpgsql AS $$
DECLARE
  changed text;
BEGIN
  PERFORM setseed(seed);
  FOR step IN 1..steps LOOP
    changed := pg_temp.change();
    IF step % 3 = 0 THEN CALL pg_temp.ask(step, changed || ', not committed'); END IF;
    IF step % 7 = 0 THEN ROLLBACK; changed := changed || ', taken back'; ELSE COMMIT; END IF;
    CALL pg_temp.ask(step, changed);
    IF step % 25 = 0 THEN
      INSERT INTO finding SELECT step, changed, 'a map made anew', m::text, t::text
      FROM wmo.compile_coverage() made CROSS JOIN (SELECT public.ST_SetSRID(public.ST_Point(101500, 500500), 28992) AS spot) at_spot
      CROSS JOIN LATERAL (SELECT array_agg(p ORDER BY p.ord) AS m FROM wmo.providers_on(made, spot, 'begeleiding', '2022-06-01', 40) p) x
      CROSS JOIN LATERAL (SELECT array_agg(p ORDER BY p.ord) AS t FROM oracle.providers_at(spot, 'begeleiding', '2022-06-01', 40, NULL, NULL, CURRENT_DATE) p) y
      WHERE m::text IS DISTINCT FROM t::text;
    END IF;
    COMMIT;
  END LOOP;
END
$$;
CALL pg_temp.history(0.3, pg_temp.throws(75));
CALL pg_temp.history(0.7, pg_temp.throws(75));
SELECT f.change, f.question, count(*), min(f.by_map), min(f.by_tables) FROM finding f GROUP BY f.change, f.question ORDER BY f.change, f.question LIMIT 5;
-- most of the answers were of a map that followed, over more than one contract at times
SELECT 'followed', count(*) FILTER (WHERE followed) > 0.6 * count(*), 'several', max(looked_at) > 3 FROM tally;
SELECT 'differences of standing', count(*) FROM wmo.check_standing();

DELETE FROM wmo.contract;
DELETE FROM wmo.award;
DELETE FROM wmo.service_product;
DELETE FROM wmo.registry_completeness;
DELETE FROM wmo.area_part;
DELETE FROM wmo.area;
DELETE FROM wmo.consortium_member;
DELETE FROM wmo.party_identifier;
DELETE FROM wmo.party;
DROP SCHEMA oracle CASCADE;
