-- The registry over bench.area: of each municipality the contract that the question asks for (household help for adults
-- in 2024), one that it followed, and one for youth; a scope for each contract in each area. Every twentieth
-- municipality has contracted nobody for 2024. CALL bench.grow(n) fills it up to n areas.
\set ON_ERROR_STOP 1
CREATE INDEX ON bench.area (n);
ANALYZE bench.area;

INSERT INTO wmo.party (id, name, kind)
  SELECT DISTINCT municipality, 'Municipality ' || municipality, 'municipality' FROM bench.area;
INSERT INTO wmo.party (id, name, kind) SELECT 1000000 + p, 'Provider ' || p, 'provider' FROM generate_series(0, 149) p;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period)
  SELECT 10 * id + turn, format('%s-%s', id, turn), id, 1000000 + (id * 7 + turn) % 150,
         (ARRAY['[2020-01-01,2030-01-01)', '[2015-01-01,2020-01-01)',
                '[2020-01-01,2026-01-01)'])[turn]::wmo.contract_period
  FROM wmo.party, generate_series(1, 3) turn WHERE kind = 'municipality' AND NOT (id % 20 = 0 AND turn = 1);

CREATE PROCEDURE bench.grow(up_to integer) LANGUAGE plpgsql AS $$
DECLARE
  have integer := (SELECT count(*) FROM wmo.area);
BEGIN
  INSERT INTO wmo.area (id, name, kind, geom, geom_basis)
    SELECT n, 'Area ' || n, 'neighbourhood', geom, 'official' FROM bench.area WHERE n > have AND n <= up_to ORDER BY n;
  INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice)
    SELECT c.id, CASE WHEN c.id % 10 = 3 THEN 20 ELSE 10 END, a.n,
           (ARRAY['[18,)', '[0,)', '[0,18)'])[c.id % 10]::int4range, 'shared'
    FROM bench.area a JOIN wmo.contract c ON c.buyer_id = a.municipality
    WHERE a.n > have AND a.n <= up_to ORDER BY a.n, c.id;
END
$$;

CREATE TABLE bench.map (map wmo.coverage_map);
CREATE VIEW bench.one_place AS SELECT n, geom FROM bench.place WHERE n = 1;
