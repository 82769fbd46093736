-- A made-up national registry, the same on every run: :municipalities of the 345 municipalities, :postcodes PC6 in each
-- of the twelve PC4 of every one. Whole: 20,010 contracts that each follow from an award, about 150,000 scopes, 414,000
-- postcodes.
--
-- Municipalities lie in rows of nineteen, ten kilometres apart, with wiggly borders that neighbours share vertex by
-- vertex; eight in a row of numbers buy together as a region. Every fortieth was made of two on 1 January 2019, and the
-- one after it grew that day without a change of code. Of the 58 contracts of each municipality two are those of the one
-- main provider of household help and short stay and of the one before it, one is of the provider that works everywhere,
-- one of a small provider that works nowhere else, and the other 54 are of providers of the region, for one or two
-- services in four or eight of its municipalities.
\set ON_ERROR_STOP 1
SET search_path = bench, public;

CREATE FUNCTION bench.processor_seconds() RETURNS float8 LANGUAGE sql VOLATILE AS $$
  SELECT split_part(pg_read_file(format('/proc/%s/schedstat', pg_backend_pid())), ' ', 1)::float8 / 1e9
$$;
COMMENT ON FUNCTION bench.processor_seconds() IS
  'What this session has taken of a processor: it does not waver with what else runs.';
CREATE TABLE bench.country_took (what text, by text, amount float8);
SELECT bench.processor_seconds() AS started \gset

CREATE FUNCTION bench.corner(u float8, v float8) RETURNS geometry LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  x float8 := 20000 + 10000 * u;
  y float8 := 320000 + 10000 * v;
BEGIN
  -- shears along waves: they never fold
  x := x + 900 * sin(y / 2700) + 130 * sin(y / 410 + 1);
  y := y + 800 * sin(x / 2300) + 110 * sin(x / 390);
  RETURN ST_SetSRID(ST_MakePoint(x, y), 28992);
END
$$;

-- From (u, v) to (u + wide, v + high), with a vertex every 400 metres.
CREATE FUNCTION bench.tile(u float8, v float8, wide float8, high float8) RETURNS geometry
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ST_Multi(ST_MakePolygon(ST_MakeLine(ARRAY(
    SELECT bench.corner(u + wide * x, v + high * y)
    FROM (SELECT side, t, CASE side WHEN 0 THEN t::float8 / steps WHEN 1 THEN 1 WHEN 2 THEN 1 - t::float8 / steps ELSE 0 END,
                 CASE side WHEN 0 THEN 0 WHEN 1 THEN t::float8 / steps WHEN 2 THEN 1 ELSE 1 - t::float8 / steps END
          FROM generate_series(0, 3) side,
               LATERAL (SELECT round(25 * CASE WHEN side % 2 = 0 THEN wide ELSE high END)::integer AS steps) long,
               LATERAL generate_series(0, steps - 1) t) corner (side, t, x, y)
    ORDER BY side, t) || bench.corner(u, v))))
$$;

CREATE TABLE bench.municipality AS
  SELECT m, (m - 1) % 19 AS u, (m - 1) / 19 AS v, (m - 1) / 8 AS region, 'GM' || lpad(m::text, 4, '0') AS code
  FROM generate_series(1, :municipalities) m;
ALTER TABLE bench.municipality ADD PRIMARY KEY (m);
ANALYZE bench.municipality;

-- ---- places ---------------------------------------------------------------------------------------------------------
INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis)
  SELECT m, code::wmo.area_code, 'Gemeente ' || m, 'municipality',
         CASE WHEN m % 40 IN (0, 1) AND m > 1 THEN daterange('2019-01-01', NULL) ELSE '(,)' END,
         bench.tile(u, v, 1, 1), 'official'
  FROM bench.municipality;
INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis)
  SELECT 1000 * (1 + half) + m, ('GM' || 1000 * (1 + half) + m)::wmo.area_code, format('Gemeente %s, deel %s', m, half + 1),
         'municipality', '(,2019-01-01)'::daterange, bench.tile(u + half * 0.48, v, CASE half WHEN 0 THEN 0.48 ELSE 0.52 END, 1),
         'official'
  FROM bench.municipality, generate_series(0, 1) half WHERE m % 40 = 0
  UNION ALL
  SELECT 3000 + m, code::wmo.area_code, 'Gemeente ' || m, 'municipality', '(,2019-01-01)', bench.tile(u, v, 0.96, 1),
         'official'
  FROM bench.municipality WHERE m % 40 = 1 AND m > 1;
INSERT INTO wmo.area (id, name, kind)
  SELECT DISTINCT 5000 + region, 'Regio ' || region, 'region' FROM bench.municipality;
INSERT INTO wmo.area_part (whole_id, part_id) SELECT 5000 + region, m FROM bench.municipality;

INSERT INTO wmo.postcode_place (postcode, geom)
  SELECT (1000 + (m - 1) * 12 + part)::text::wmo.postcode, bench.tile(u + part % 4 / 4.0, v + part / 4 / 3.0, 0.25, 1 / 3.0)
  FROM bench.municipality, generate_series(0, 11) part;
INSERT INTO wmo.postcode_place (postcode, geom)
  SELECT (1000 + (m - 1) * 12 + part || chr(65 + n / 20) || chr(65 + n % 20))::wmo.postcode,
         ST_Multi(bench.corner(u + (part % 4 + (n % 10 + 0.5) / 10) / 4.0, v + (part / 4 + (n / 10 + 0.5) / 10) / 3.0))
  FROM bench.municipality, generate_series(0, 11) part, generate_series(0, :postcodes - 1) n;

-- ---- parties --------------------------------------------------------------------------------------------------------
INSERT INTO wmo.party (id, name, kind)
  SELECT m, 'Gemeente ' || m, 'municipality' FROM bench.municipality
  UNION ALL SELECT 1000 + n, 'Hoofdaanbieder ' || n, 'provider' FROM generate_series(0, 49) n
  UNION ALL SELECT 1999, 'Overal Zorg', 'provider'
  UNION ALL SELECT 2000 + m, 'Kleine Zorg ' || m, 'provider' FROM bench.municipality
  UNION ALL
  SELECT DISTINCT 3000 + region * 28 + n, format('Regiozorg %s-%s', region, n), 'provider'
  FROM bench.municipality, generate_series(0, 27) n;

-- ---- tenders and awards, contracts and scopes -----------------------------------------------------------------------
INSERT INTO wmo.tender (id, title, procedure)
  SELECT DISTINCT 10 * region + round, format('Inkoop %s ronde %s', region, round), 'sas'
  FROM bench.municipality, generate_series(1, 6) round;
INSERT INTO wmo.tender_buyer (tender_id, buyer_id)
  SELECT 10 * region + round, m FROM bench.municipality, generate_series(1, 6) round;

CREATE TABLE bench.contract AS
  SELECT (m - 1) * 58 + k + 1 AS id, m, k, region,
         CASE WHEN k < 2 THEN 5 - k ELSE 1 + k % 6 END AS round,
         CASE k WHEN 0 THEN 1000 + m * 13 % 50 WHEN 1 THEN 1000 + (m * 13 + m % 3) % 50 WHEN 2 THEN 1999
                WHEN 3 THEN 2000 + m ELSE 3000 + region * 28 + (k * 5 + m) % 28 END AS supplier_id,
         CASE k WHEN 0 THEN '[2022-01-01,2026-01-01)+P1Y+P1Y notice P6M' WHEN 1 THEN '[2017-01-01,2022-01-01)'
                ELSE (ARRAY['[2019-01-01,2021-01-01)+P1Y+P1Y notice P6M', '[2021-01-01,2023-01-01)+P1Y+P1Y+P1Y notice P6M',
                            '[2023-01-01,2025-01-01)+P2Y notice P1Y', '[2024-01-01,2028-01-01)', '[2022-07-01,)',
                            '[2023-03-01,?)'])[1 + k % 6] END::wmo.contract_period AS period
  FROM bench.municipality, generate_series(0, 57) k;
ALTER TABLE bench.contract ADD PRIMARY KEY (id);
ANALYZE bench.contract;

INSERT INTO wmo.award (id, tender_id, supplier_id, decided, sent, standstill, final_on, final_basis, withdrawn_on)
  SELECT c.id, 10 * region + round, supplier_id, daterange(day, day, '[]'), daterange(day, day, '[]'),
         wmo.objection_period('sas_standstill', day), CASE WHEN c.id % 20 = 1 THEN day + 30 END,
         CASE WHEN c.id % 20 = 1 THEN 'recorded' END, CASE WHEN c.id % 101 = 100 THEN day + 40 END
  FROM bench.contract c, LATERAL (SELECT wmo.first_day(period) - 120 AS day) sent;
INSERT INTO wmo.award_challenge (award_id, kind, lodged, ruled, outcome)
  SELECT id, 'summary_proceedings', wmo.first_day(period) - 110, CASE WHEN id % 100 < 50 THEN wmo.first_day(period) - 70 END,
         CASE WHEN id % 100 < 50 THEN 'dismissed' END
  FROM bench.contract WHERE id % 50 = 7;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, signed_on, award_id, owner)
  SELECT id, format('%s-%s', m, k), m, supplier_id, period, CASE WHEN id % 5 > 0 THEN wmo.first_day(period) - 60 END, id,
         'inkoop'
  FROM bench.contract;

-- ---- what happened to them ------------------------------------------------------------------------------------------
INSERT INTO wmo.contract_change (contract_id, kind, received_on)
  SELECT id, 'extension', CASE k % 6 WHEN 0 THEN date '2020-06-01' ELSE '2022-06-01' END
  FROM bench.contract WHERE k > 1 AND k % 6 < 2 AND id % 5 < 3;
INSERT INTO wmo.contract_change (contract_id, kind, received_on, effective_on, to_party_id)
  SELECT id, 'transfer', '2023-05-01', '2023-07-01', 3000 + region * 28 + (k * 5 + m + 1) % 28
  FROM bench.contract WHERE k > 3 AND k % 6 IN (1, 4) AND id % 31 = 0;
INSERT INTO wmo.contract_change (contract_id, kind, received_on, effective_on)
  SELECT id, 'early_end', '2024-02-01', '2024-07-01' FROM bench.contract WHERE k > 3 AND k % 6 IN (3, 4, 5) AND id % 43 = 0;
INSERT INTO wmo.subcontract (contract_id, party_id, clients)
  SELECT id, 3000 + region * 28 + (k * 5 + m + 3) % 28, CASE WHEN id % 27 = 0 THEN 'existing' ELSE 'all' END
  FROM bench.contract WHERE k > 3 AND id % 9 = 0;
INSERT INTO wmo.client_stop (contract_id, during)
  SELECT id, '[2024-03-01,2024-06-01)' FROM bench.contract WHERE k > 3 AND id % 53 = 0;

-- ---- for what, and where: last, so that how it stands is derived once ---------------------------------------------------
ANALYZE;
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice)
  SELECT id, service_id, m, '[18,)'::int4range, 'exclusive' FROM bench.contract, unnest('{10,40}'::integer[]) service_id WHERE k < 2
  UNION ALL
  SELECT id, service_id, m, '[0,)', 'client_choice'
  FROM bench.contract, unnest('{20,21,22,23,70,71,72,73,900}'::integer[]) service_id WHERE k = 2
  UNION ALL
  SELECT id, service_id, m, '[18,)', 'client_choice' FROM bench.contract, unnest('{21,71}'::integer[]) service_id WHERE k = 3
  UNION ALL
  SELECT id, service_id, CASE WHEN k = 4 THEN 5000 + region ELSE place.m END,
         (ARRAY['[18,)', '[0,)', '[18,75)', '[65,)'])[1 + k % 4]::int4range,
         CASE WHEN k % 7 = 0 THEN 'shared' ELSE 'client_choice' END
  FROM bench.contract c,
       LATERAL (SELECT DISTINCT 1 + region * 8 + (c.m - 1 + near) % 8 AS m
                FROM generate_series(0, CASE WHEN k = 4 THEN 0 WHEN k % 2 = 0 THEN 3 ELSE 7 END) near) place,
       LATERAL (SELECT ('{20,21,22,23,70,71,72,73,150,160,161,162,900}'::integer[])[1 + (k + 5 * turn) % 13]
                FROM generate_series(0, 1 - k % 2) turn) service (service_id)
  WHERE k > 3 AND place.m <= :municipalities;
INSERT INTO wmo.registry_completeness (area_id, valid) SELECT m, '[2019-01-01,2026-01-01)' FROM bench.municipality;
SELECT setval(pg_get_serial_sequence('wmo.' || name, 'id'), 1000000)
FROM unnest('{area,party,tender,award,contract}'::text[]) name \g /dev/null
INSERT INTO bench.country_took SELECT 'load', 'ours', bench.processor_seconds() - :started;
RESET search_path;
VACUUM ANALYZE;
