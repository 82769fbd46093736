-- What the questions about a whole registry cost in the country of country.sql, in processor seconds: ours, and beside each
-- the SQL that one would write by hand over flat tables of the same facts. That knows of no knowledge as of a day, no
-- options, no client stops and no shapes: what it answers is less, and the ratio is what the rest costs.
\set ON_ERROR_STOP 1

-- ---- the flat tables --------------------------------------------------------------------------------------------------
CREATE TABLE bench.flat AS
  SELECT s.id AS scope_id, s.contract_id, c.supplier_id AS provider_id, leaf.service_id, place.area_id, s.ages,
         daterange(wmo.first_day(c.period), wmo.last_day(c.period) + 1) AS valid, s.choice
  FROM wmo.contract_scope s
    JOIN wmo.contract c ON c.id = s.contract_id
    CROSS JOIN LATERAL wmo_works.service_leaves(s.service_id) leaf (service_id)
    CROSS JOIN LATERAL (SELECT l.leaf_id AS area_id FROM wmo_works.area_leaves(s.area_id) l) place;
CREATE INDEX ON bench.flat (area_id, service_id);
CREATE INDEX ON bench.flat (service_id, area_id);
CREATE INDEX ON bench.flat (provider_id);
CREATE TABLE bench.flat_coverage AS TABLE wmo.coverage;
CREATE TABLE bench.flat_contract (LIKE wmo.contract INCLUDING ALL EXCLUDING IDENTITY);
INSERT INTO bench.flat_contract SELECT * FROM wmo.contract;
ALTER TABLE bench.flat_contract ADD FOREIGN KEY (buyer_id) REFERENCES wmo.party,
  ADD FOREIGN KEY (supplier_id) REFERENCES wmo.party, ADD FOREIGN KEY (award_id) REFERENCES wmo.award;
CREATE TABLE bench.flat_scope (LIKE wmo.contract_scope INCLUDING ALL EXCLUDING IDENTITY);
CREATE TABLE bench.flat_stop (contract_id integer, during daterange);
CREATE TABLE bench.flat_claim (contract_id integer, service_id integer, area_id integer, ages int4range, valid daterange,
  EXCLUDE USING gist (service_id WITH =, area_id WITH =, ages WITH &&, valid WITH &&, contract_id WITH <>)
  DEFERRABLE INITIALLY DEFERRED);

-- A list of :listed contracts, a row each, of one to four scopes; one of each municipality is exclusive.
CREATE TABLE bench.contract_list AS
  SELECT 'L' || n AS contractnummer, 'Gemeente ' || m AS opdrachtgever,
         format('Regiozorg %s-%s', (m - 1) / 8, n % 28) AS aanbieder,
         (ARRAY['individuele_begeleiding', 'dagbegeleiding,sociale_activering', 'hulp_bij_het_huishouden',
                'thuisondersteuning'])[1 + n % 4] AS dienst,
         'GM' || lpad(m::text, 4, '0')
           || CASE WHEN n % 4 <> 2 THEN ',GM' || lpad((1 + m % :municipalities)::text, 4, '0') ELSE '' END AS gemeenten,
         (ARRAY['01-01-2029', '01-07-2029', '01-01-2030'])[1 + n % 3] AS ingangsdatum, '31-12-2032' AS "einddatum t/m",
         '2x12' AS opties, '6 maanden' AS meldtermijn, CASE WHEN exclusive THEN 'exclusief' ELSE 'keuze' END AS keuze
  FROM (SELECT n, 1 + n * 7 % :municipalities AS m,
               n % 4 = 2 AND row_number() OVER (PARTITION BY n % 4 = 2, 1 + n * 7 % :municipalities ORDER BY n) = 1
                 AS exclusive
        FROM generate_series(1, :listed) n) r;
-- One rule for each municipality, for a service that everybody has.
CREATE TABLE bench.rule AS
  SELECT wmo.service_id('dagbegeleiding') AS service_id, m AS area_id, '[2024-07-01,2024-08-01)'::daterange AS during
  FROM bench.municipality;
-- Every PC4 and PC6 in random order, 290 neighbourhood codes a municipality of which no area bears one, and 1,450 clients a
-- municipality, of all ages, who live at some of the PC6; and what one would find once of where these lie.
CREATE TABLE bench.pc4 AS SELECT postcode, geom FROM wmo.postcode_place WHERE wmo.level(postcode) = 'pc4';
CREATE TABLE bench.pc6 AS
  SELECT postcode, ST_GeometryN(geom, 1) AS geom FROM wmo.postcode_place WHERE wmo.level(postcode) = 'pc6'
  ORDER BY md5(postcode::text);
CREATE TABLE bench.neighbourhood AS
  SELECT format('BU%s%s', right(code, 4), lpad(n::text, 4, '0'))::wmo.area_code AS code
  FROM bench.municipality, generate_series(0, 289) n ORDER BY md5(n || code);
CREATE TABLE bench.client AS
  SELECT n, p.geom AS place, p.postcode, (18 + n % 80)::integer AS age
  FROM (SELECT row_number() OVER () AS k, * FROM bench.pc6) p
    JOIN (SELECT n, 1 + n % (SELECT count(*) FROM bench.pc6) AS k FROM generate_series(1, 1450 * :municipalities) n) c USING (k)
  ORDER BY n;
CREATE TABLE bench.flat_postcode AS
  SELECT p.postcode, a.id AS area_id FROM bench.pc6 p JOIN wmo.area a ON ST_Covers(a.geom, p.geom) AND upper_inf(a.valid);
CREATE INDEX ON bench.flat_postcode (postcode);
ANALYZE;

-- ---- the clock ----------------------------------------------------------------------------------------------------------
-- Runs a statement up to and with the checks at commit, and takes it back: once to warm up, then until three runs or six
-- seconds are there, and keeps the median. What is asked is copied away, as a client reads it, every value as text;
-- EXPLAIN ANALYZE runs the rest.
CREATE PROCEDURE bench.clock_country(what text, by text, statement text, before text DEFAULT NULL) LANGUAGE plpgsql AS $$
DECLARE
  took float8[] := '{}';
  started float8;
BEGIN
  FOR run IN 0 .. 3 LOOP
    IF before IS NOT NULL THEN
      EXECUTE before;
      SET CONSTRAINTS ALL IMMEDIATE;
      SET CONSTRAINTS ALL DEFERRED;
    END IF;
    started := bench.processor_seconds();
    EXECUTE CASE WHEN statement LIKE 'SELECT%' THEN format('COPY (%s) TO ''/dev/null''', statement)
                 ELSE 'EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) ' || statement END;
    SET CONSTRAINTS ALL IMMEDIATE;
    took := took || bench.processor_seconds() - started;
    ROLLBACK;
    -- what has to be made first is no part of an answer, but where that alone takes a minute
    EXIT WHEN (SELECT sum(t) FROM unnest(took) t) > 6 AND (run > 0 OR before IS NULL OR took[1] > 60);
  END LOOP;
  INSERT INTO bench.country_took
    SELECT what, by, percentile_cont(0.5) WITHIN GROUP (ORDER BY t)
    FROM unnest(CASE WHEN cardinality(took) > 1 THEN took[2:] ELSE took END) t;
  COMMIT;
END
$$;

CREATE TABLE bench.question (ord serial, what text, ours text, by_hand text, before text);
INSERT INTO bench.question (what, ours, by_hand, before) VALUES
  ('list', $q$SELECT * FROM wmo.load_contract_list('bench.contract_list')$q$,
   $q$WITH row AS (
        SELECT nextval('wmo.contract_id_seq')::integer AS id, l.*, b.id AS buyer_id, p.id AS provider_id
        FROM bench.contract_list l JOIN wmo.party b ON b.name = l.opdrachtgever AND b.kind = 'municipality'
          JOIN wmo.party p ON p.name = l.aanbieder AND p.kind = 'provider'
      ), contract AS (
        INSERT INTO bench.flat_contract (id, number, buyer_id, supplier_id, period, agreed_period)
        SELECT id, contractnummer, buyer_id, provider_id, made.period, made.period
        FROM row, LATERAL (SELECT wmo.contract_period_until(to_date(ingangsdatum, 'DD-MM-YYYY'),
          to_date("einddatum t/m", 'DD-MM-YYYY'), '{12 months,12 months}', '6 months') AS period) made
      )
      INSERT INTO bench.flat_scope (id, contract_id, service_id, area_id, choice)
      SELECT nextval('wmo.contract_scope_id_seq'), row.id, s.id, a.id,
             CASE keuze WHEN 'exclusief' THEN 'exclusive' ELSE 'client_choice' END
      FROM row, LATERAL string_to_table(dienst, ',') d (code) JOIN wmo.service s ON s.code = d.code,
           LATERAL string_to_table(gemeenten, ',') g (code)
           JOIN wmo.area a ON a.code::text = g.code AND upper_inf(a.valid)$q$, NULL),
  ('owner', $q$UPDATE wmo.contract SET owner = 'beheer'$q$, $q$UPDATE bench.flat_contract SET owner = 'beheer'$q$, NULL),
  ('one', $q$WITH contract AS (
               INSERT INTO wmo.contract (number, buyer_id, supplier_id, period)
               VALUES ('new', 10, 1999, '[2031-01-01,2033-01-01)') RETURNING id)
             INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice)
             SELECT id, 10, 10, '[18,)', 'exclusive' FROM contract$q$,
   $q$WITH contract AS (
        INSERT INTO bench.flat_contract (id, number, buyer_id, supplier_id, period, agreed_period)
        VALUES (nextval('wmo.contract_id_seq'), 'new', 10, 1999, '[2031-01-01,2033-01-01)', '[2031-01-01,2033-01-01)')
        RETURNING id
      ), scope AS (
        INSERT INTO bench.flat_scope (id, contract_id, service_id, area_id, ages, choice)
        SELECT nextval('wmo.contract_scope_id_seq'), id, 10, 10, '[18,)', 'exclusive' FROM contract)
      INSERT INTO bench.flat_claim SELECT id, 10, 10, '[18,)', '[2031-01-01,2033-01-01)' FROM contract$q$, NULL),
  ('claims', $q$UPDATE wmo.contract_scope SET choice = choice WHERE choice = 'exclusive'$q$,
   $q$INSERT INTO bench.flat_claim
      SELECT contract_id, service_id, area_id, ages, valid FROM bench.flat WHERE choice = 'exclusive'$q$, NULL),
  ('stop', $q$INSERT INTO wmo.client_stop (contract_id, during)
              SELECT contract_id, '[2024-07-01,2024-08-01)' FROM bench.flat
              WHERE service_id = 71 AND provider_id = 2010 ORDER BY contract_id LIMIT 1$q$,
   $q$WITH stop AS (
        INSERT INTO bench.flat_stop SELECT contract_id, '[2024-07-01,2024-08-01)' FROM bench.flat
        WHERE service_id = 71 AND provider_id = 2010 ORDER BY contract_id LIMIT 1 RETURNING *)
      SELECT r.area_id, datemultirange(r.during) - range_agg(f.valid)
      FROM stop JOIN bench.flat mine ON mine.contract_id = stop.contract_id
        JOIN bench.rule r ON r.area_id = mine.area_id AND r.service_id = mine.service_id
        JOIN bench.flat f ON f.area_id = r.area_id AND f.service_id = r.service_id AND f.contract_id <> stop.contract_id
      GROUP BY r.area_id, r.during$q$,
   $q$INSERT INTO wmo.no_gap_rule (service_id, area_id, during) SELECT * FROM bench.rule$q$),
  ('postcodes',
   $q$SELECT count(wmo.answer_at_postcode(p.postcode, 'hulp_bij_het_huishouden', '2024-06-01', 40)) FROM bench.pc6 p$q$,
   $q$SELECT count(n) FROM (
        SELECT p.postcode, count(DISTINCT f.provider_id) AS n
        FROM bench.pc6 p JOIN bench.flat_postcode w USING (postcode)
          LEFT JOIN bench.flat f ON f.area_id = w.area_id AND f.service_id = 10 AND f.valid @> '2024-06-01'::date
            AND f.ages @> 40
        GROUP BY p.postcode) x$q$, 'SET LOCAL wmo_contracts.session_map = on'),
  ('neighbourhoods',
   $q$SELECT count(p.provider_id) FROM bench.neighbourhood n
      CROSS JOIN LATERAL wmo.providers_in_area(n.code, 'hulp_bij_het_huishouden', '2024-06-01', 40) p$q$,
   $q$SELECT count(f.provider_id) FROM bench.neighbourhood n
        JOIN bench.municipality m ON m.code = 'GM' || substr(n.code::text, 3, 4)
        JOIN bench.flat f ON f.area_id = m.m AND f.service_id = 10 AND f.valid @> '2024-06-01'::date AND f.ages @> 40$q$,
   'SET LOCAL wmo_contracts.session_map = on'),
  ('warehouse',
   $q$SELECT month, count(wmo.provider_at(c.place, 'hulp_bij_het_huishouden', month::date, c.age))
      FROM bench.client c CROSS JOIN generate_series('2019-01-01', '2023-12-01', '1 month'::interval) month
      GROUP BY month$q$,
   $q$SELECT month, count(f.provider_id)
      FROM bench.client c CROSS JOIN generate_series('2019-01-01', '2023-12-01', '1 month'::interval) month
        JOIN bench.flat_postcode w ON w.postcode = c.postcode
        LEFT JOIN bench.flat f ON f.area_id = w.area_id AND f.service_id = 10 AND f.valid @> month::date
          AND f.ages @> c.age
      GROUP BY month$q$, 'SET LOCAL wmo_contracts.session_map = on'),
  ('tables',
   $q$SELECT count(wmo.provider_at(c.place, 'hulp_bij_het_huishouden', '2024-06-01', c.age))
      FROM bench.client c WHERE c.n <= 100$q$,
   $q$SELECT count(f.provider_id)
      FROM bench.client c JOIN wmo.area a ON ST_Covers(a.geom, c.place) AND a.valid @> '2024-06-01'::date
        LEFT JOIN bench.flat f ON f.area_id = a.id AND f.service_id = 10 AND f.valid @> '2024-06-01'::date
          AND f.ages @> c.age
      WHERE c.n <= 100$q$, 'SET LOCAL wmo_contracts.session_map = off'),
  ('coverage', 'SELECT * FROM wmo.coverage', 'SELECT * FROM bench.flat_coverage', NULL),
  ('gaps_one',
   $q$SELECT * FROM wmo.coverage_gaps('dagbegeleiding', '[2020-01-01,2026-01-01)', 'GM0010', '2024-06-01')$q$,
   $q$SELECT '{[2020-01-01,2026-01-01)}'::datemultirange - range_agg(valid)
      FROM bench.flat WHERE service_id = 71 AND area_id = 10 AND ages @> 40$q$, NULL),
  ('gaps', $q$SELECT * FROM wmo.coverage_gaps('dagbegeleiding', '[2020-01-01,2026-01-01)', NULL, '2024-06-01')$q$,
   $q$SELECT area_id, '{[2020-01-01,2026-01-01)}'::datemultirange - range_agg(valid)
      FROM bench.flat WHERE service_id = 71 AND ages @> 40 GROUP BY area_id$q$, NULL),
  ('overlaps',
   $q$SELECT * FROM wmo.coverage_overlaps('hulp_bij_het_huishouden', '[2020-01-01,2026-01-01)', NULL, '2024-06-01')$q$,
   $q$SELECT a.area_id, a.contract_id, b.contract_id, a.valid * b.valid
      FROM bench.flat a JOIN bench.flat b USING (area_id, service_id)
      WHERE service_id = 10 AND 'exclusive' IN (a.choice, b.choice) AND b.contract_id > a.contract_id
        AND a.valid && b.valid AND a.ages && b.ages$q$, NULL),
  ('handovers', $q$SELECT * FROM wmo.handovers('2023-01-01', '2023-12-31', 'dagbegeleiding', '2024-06-01')$q$,
   $q$SELECT area_id, day, array_agg(DISTINCT provider_id) FILTER (WHERE valid @> day - 1),
             array_agg(DISTINCT provider_id) FILTER (WHERE valid @> day)
      FROM (SELECT DISTINCT area_id, day FROM bench.flat, unnest(ARRAY[lower(valid), upper(valid)]) day
            WHERE service_id = 71 AND day BETWEEN '2023-01-01' AND '2023-12-31') turn
        JOIN bench.flat USING (area_id)
      WHERE service_id = 71 GROUP BY area_id, day$q$, NULL),
  ('handovers_all', $q$SELECT * FROM wmo.handovers('2023-01-01', '2023-12-31', NULL, '2024-06-01')$q$,
   $q$SELECT service_id, area_id, day, array_agg(DISTINCT provider_id) FILTER (WHERE valid @> day - 1),
             array_agg(DISTINCT provider_id) FILTER (WHERE valid @> day)
      FROM (SELECT DISTINCT service_id, area_id, day FROM bench.flat, unnest(ARRAY[lower(valid), upper(valid)]) day
            WHERE day BETWEEN '2023-01-01' AND '2023-12-31') turn
        JOIN bench.flat USING (service_id, area_id)
      GROUP BY service_id, area_id, day$q$, NULL);
INSERT INTO bench.question (what, ours, by_hand)
  SELECT 'exit_' || party, format($q$SELECT * FROM wmo.exit_impact(%s, '2024-06-01', '2024-06-01')$q$, party_id),
         format($q$SELECT mine.contract_id, mine.service_id, mine.area_id, array_agg(DISTINCT other.provider_id)
                   FROM bench.flat mine LEFT JOIN bench.flat other ON other.area_id = mine.area_id
                     AND other.service_id = mine.service_id AND other.provider_id <> mine.provider_id
                     AND other.valid @> '2024-06-01'::date AND other.ages && mine.ages
                   WHERE mine.provider_id = %s AND mine.valid @> '2024-06-01'::date
                   GROUP BY mine.contract_id, mine.service_id, mine.area_id$q$, party_id)
  FROM (VALUES (1, 'small', 2010), (2, 'everywhere', 1999)) p (n, party, party_id) ORDER BY n;
INSERT INTO bench.question (what, ours, by_hand) VALUES
  ('calendar', $q$SELECT * FROM wmo.decision_calendar_on('2024-06-01')$q$,
   $q$SELECT c.number, b.name, s.name, wmo.notice_by(c.period), wmo.last_day(c.period)
      FROM bench.flat_contract c JOIN wmo.party b ON b.id = c.buyer_id LEFT JOIN wmo.party s ON s.id = c.supplier_id
      WHERE coalesce(wmo.last_day(c.period) >= '2024-06-01', true)$q$),
  ('succession', $q$SELECT * FROM wmo.succession('2018-06-01', '2019-06-01')$q$,
   $q$SELECT b.code, a.code, ST_Area(ST_Intersection(b.geom, a.geom)) / ST_Area(b.geom)
      FROM wmo.area b JOIN wmo.area a ON b.geom && a.geom AND a.kind = b.kind
        AND a.valid @> '2019-06-01'::date AND NOT a.valid @> '2018-06-01'::date
      WHERE b.kind = 'municipality' AND b.valid @> '2018-06-01'::date AND NOT b.valid @> '2019-06-01'::date$q$);

-- What PC4 meet is found once, and that is taken once; before, a place makes the map.
SET wmo_contracts.session_map = on;
SELECT wmo.answer_at((SELECT geom FROM bench.pc6 LIMIT 1), 'hulp_bij_het_huishouden', '2024-06-01') \g /dev/null
SELECT bench.processor_seconds() AS started \gset
SELECT count(wmo.answer_at_postcode(postcode, 'hulp_bij_het_huishouden', '2024-06-01', 40)) FROM bench.pc4 \g /dev/null
INSERT INTO bench.country_took SELECT 'pc4', 'ours', bench.processor_seconds() - :started;
-- A contract and one of its scopes change, and the next question takes the map that was made before along.
CREATE PROCEDURE bench.clock_followed() LANGUAGE plpgsql AS $$
DECLARE
  took float8[] := '{}';
  started float8;
BEGIN
  FOR run IN 0 .. 5 LOOP
    UPDATE wmo.contract SET owner = 'beheer ' || run WHERE id = 40 + run;
    UPDATE wmo.contract_scope SET ages = '[17,)' WHERE contract_id = 40 + run;
    COMMIT;
    started := bench.processor_seconds();
    PERFORM wmo.answer_at((SELECT geom FROM bench.pc6 LIMIT 1), 'hulp_bij_het_huishouden', '2024-06-01');
    took := took || bench.processor_seconds() - started;
  END LOOP;
  INSERT INTO bench.country_took
    SELECT 'followed', 'ours', percentile_cont(0.5) WITHIN GROUP (ORDER BY t) FROM unnest(took[2:]) t;
END
$$;
CALL bench.clock_followed();
RESET wmo_contracts.session_map;
CALL bench.clock_country('pc4', 'hand', $q$
  SELECT p.postcode, a.id, ST_Area(ST_Intersection(a.geom, p.geom)) / ST_Area(p.geom)
  FROM bench.pc4 p JOIN wmo.area a ON ST_Intersects(a.geom, p.geom)$q$);

-- Every question both ways, and of the whole, where nothing is written, once more with JIT as the server has it; then
-- every view.
CREATE PROCEDURE bench.clock_questions(whole boolean) LANGUAGE plpgsql AS $$
DECLARE
  q record;
BEGIN
  FOR q IN SELECT * FROM bench.question ORDER BY ord LOOP
    CALL bench.clock_country(q.what, 'ours', q.ours, q.before);
    CALL bench.clock_country(q.what, 'hand', q.by_hand);
    IF whole AND q.ours LIKE 'SELECT%' AND q.what <> 'list' THEN
      SET jit = on;
      CALL bench.clock_country(q.what, 'jit', q.ours);
      SET jit = off;
    END IF;
  END LOOP;
  IF whole THEN
    FOR q IN SELECT format('%I.%I', schemaname, viewname) AS name FROM pg_views
             WHERE schemaname IN ('wmo', 'wmo_bi') ORDER BY 1 LOOP
      CALL bench.clock_country('view ' || q.name, 'ours', 'SELECT * FROM ' || q.name);
      SET jit = on;
      CALL bench.clock_country('view ' || q.name, 'jit', 'SELECT * FROM ' || q.name);
      SET jit = off;
    END LOOP;
  END IF;
END
$$;
CALL bench.clock_questions(:whole);
