-- By code never surer than by place: a random country of municipalities, some without a shape, some that merge into one that is made of
-- them, with working areas that lie across them, some drawn, some made of parts. Where a code is answered "nobody else" for certain, no
-- spot on its ground may have somebody else, no contract may be denied that serves there, and no gap may lie where somebody serves.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

CREATE FUNCTION pg_temp.box(x float, y float, w float, h float) RETURNS public.geometry LANGUAGE sql AS $$ SELECT public.ST_Multi(public.ST_MakeEnvelope(500000 + x * 1000, 500000 + y * 1000, 500000 + (x + w) * 1000, 500000 + (y + h) * 1000, 28992)) $$;
CREATE TEMPORARY TABLE finding (what text, example text) ON COMMIT DROP;
CREATE TEMPORARY TABLE tally (codes bigint, complete bigint, nobody bigint) ON COMMIT DROP;

CREATE FUNCTION pg_temp.country(seed float) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM setseed(seed);
  DELETE FROM wmo.contract; DELETE FROM wmo.registry_completeness; DELETE FROM wmo.area_part; DELETE FROM wmo.area;
  INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis)
  SELECT 100 + n, ('GM95' || lpad(n::text, 2, '0'))::wmo.area_code, 'Gemeente ' || n, 'municipality', CASE WHEN n % 3 = 0 THEN '(,2021-01-01)' ELSE '(,)' END::daterange, g, CASE WHEN g IS NOT NULL THEN 'official' END
  FROM (SELECT n, CASE WHEN random() < 0.9 THEN pg_temp.box(n % 3 * 2, n / 3 * 3, 2, 3) END AS g FROM generate_series(0, 5) n) x;
  INSERT INTO wmo.area (id, code, name, kind, valid) VALUES (110, 'GM9550', 'Samen', 'municipality', '[2021-01-01,)');
  INSERT INTO wmo.area_part (whole_id, part_id) VALUES (110, 100), (110, 103);
  INSERT INTO wmo.area (id, code, name, kind, geom, geom_basis)
  SELECT 200 + n, CASE WHEN random() < 0.3 THEN ('WK95' || lpad((n % 6)::text, 2, '0') || lpad(n::text, 2, '0'))::wmo.area_code END, 'Werkgebied ' || n, 'working_area', pg_temp.box(x, y, 0.5, h), b
  FROM (SELECT n, n % 3 * 2 + floor(random() * 3) / 2 AS x, n / 3 % 2 * 3 + floor(random() * 4) / 2 AS y, 0.5 + floor(random() * 2) / 2 AS h, CASE WHEN random() < 0.15 THEN 'schematic' ELSE 'official' END AS b FROM generate_series(0, 11) n) q;
  INSERT INTO wmo.area (id, name, kind) SELECT 300 + n, 'Uit delen ' || n, 'working_area' FROM generate_series(0, 3) n;
  INSERT INTO wmo.area_part (whole_id, part_id) SELECT DISTINCT 300 + (random() * 3)::integer, 200 + (random() * 11)::integer FROM generate_series(0, 8) n;
  INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) SELECT n, 'X' || n, 1, 2 + n % 2, '[2015-01-01,2030-01-01)' FROM generate_series(1, 5) n;
  INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, follows_code)
  SELECT n, wmo.service_id('kortdurend_verblijf'), a.id, a.code IS NOT NULL AND random() < 0.3 FROM generate_series(1, 5) n CROSS JOIN LATERAL (SELECT x.* FROM wmo.area x WHERE n > 0 ORDER BY random() LIMIT 1) a;
  INSERT INTO wmo.registry_completeness (area_id, valid) SELECT a.id, '[2010-01-01,2029-12-31]' FROM wmo.area a;

  CREATE TEMPORARY TABLE said ON COMMIT DROP AS
  SELECT q.code, q.day, wmo.area_shape(wmo.area_edition(q.code, q.day)) AS ground, bool_or(p.found) AS found, bool_and(p.complete) AS complete, array_agg(p.number) AS numbers
  FROM (SELECT DISTINCT a.code, d.day FROM wmo.area a CROSS JOIN unnest('{2020-06-01,2023-06-01}'::date[]) d (day) WHERE a.code IS NOT NULL) q
  CROSS JOIN LATERAL wmo.providers_in_area(q.code, 'kortdurend_verblijf', q.day, 40, as_of => '2025-01-01') p GROUP BY q.code, q.day;
  CREATE TEMPORARY TABLE spot ON COMMIT DROP AS
  SELECT s.spot, d.day, p.number, p.provider_id FROM (SELECT public.ST_SetSRID(public.ST_Point(500125 + x * 500, 500125 + y * 500), 28992) AS spot FROM generate_series(0, 11) x, generate_series(0, 11) y) s
  CROSS JOIN unnest('{2020-06-01,2023-06-01}'::date[]) d (day) CROSS JOIN LATERAL wmo.providers_at(s.spot, 'kortdurend_verblijf', d.day, 40, as_of => '2025-01-01') p WHERE p.found;
  INSERT INTO finding
  SELECT 'nobody else by code, somebody else by place', format('seed %s: %s on %s, %s', seed, s.code, s.day, p.number) FROM said s JOIN spot p ON p.day = s.day AND public.ST_Covers(s.ground, p.spot) WHERE s.complete AND p.number <> ALL (array_remove(s.numbers, NULL))
  UNION ALL
  SELECT 'denied by code, and serves by place', format('seed %s: %s on %s, %s', seed, s.code, s.day, i.value) FROM said s CROSS JOIN wmo.party_identifier i
  WHERE wmo.is_contracted_in_area(i.value, 'kortdurend_verblijf', s.code, s.day, 40) IS false AND EXISTS (SELECT FROM spot p WHERE p.day = s.day AND public.ST_Covers(s.ground, p.spot) AND p.provider_id = i.party_id)
  UNION ALL
  SELECT 'a gap, and serves by place', format('seed %s: %s, %s', seed, g.area, p.number) FROM wmo.coverage_gaps('kortdurend_verblijf', '[2020-06-01,2020-06-02)', NULL, '2025-01-01') g
  JOIN spot p ON p.day = '2020-06-01' AND public.ST_Covers(public.ST_Buffer(g.geom, -1), p.spot) WHERE g.kind = 'gap';
  INSERT INTO tally SELECT count(*), count(*) FILTER (WHERE s.complete), count(*) FILTER (WHERE s.complete AND NOT s.found) FROM said s;
  DROP TABLE said, spot;
END
$$;
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Stad', 'municipality'), (2, 'Een', 'provider'), (3, 'Twee', 'provider');
INSERT INTO wmo.party_identifier (party_id, scheme, value) VALUES (2, 'agb', '90000002'), (3, 'agb', '90000003');
DO $$ BEGIN FOR n IN 1..6 LOOP PERFORM pg_temp.country(n / 10.0); END LOOP; END $$;
SELECT what, count(*), min(example) FROM finding GROUP BY what ORDER BY what;
-- and the questions say something
SELECT 'codes asked', sum(codes) > 90, 'answered for certain', sum(complete) > 80, 'nobody', sum(nobody) > 15 FROM tally;
ROLLBACK;
