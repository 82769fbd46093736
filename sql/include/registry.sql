\set ECHO none
-- A town of squares of one kilometre in a row, each with one thing to say; services are chosen so that nothing that is
-- said of one square is heard in another. Square 55 holds the tower of Amersfoort, RD (155000, 463000).
CREATE FUNCTION pg_temp.square(n integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('SRID=28992;MULTIPOLYGON(((%s 462500,%s 462500,%s 463500,%s 463500,%s 462500)))', x, x + 1000, x + 1000, x, x)
  FROM (SELECT 99500 + 1000 * n AS x) corner
$$;
CREATE FUNCTION pg_temp.point(n numeric) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('SRID=28992;POINT(%s 463000)', 99500 + 1000 * n + 500)
$$;
CREATE FUNCTION pg_temp.area(n integer, name text, basis text DEFAULT 'official', code text DEFAULT NULL, valid daterange DEFAULT '(,)') RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis) VALUES (%L, %L, %L, ''other'', %L, %L, %L)',
    n, code, name, valid, CASE WHEN basis IS NOT NULL THEN pg_temp.square(n) END, basis);
END
$$;
-- The answer for the middle of a square, or for a place that is given; as_of is the day of care unless given.
CREATE FUNCTION pg_temp.ask(n numeric, service text, on_date date, age integer DEFAULT 40, current_provider integer DEFAULT NULL,
                            client_since date DEFAULT NULL, as_of date DEFAULT NULL, place text DEFAULT NULL)
RETURNS TABLE (rank integer, found boolean, provider text, role text, certainty text, reason text, number text)
LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY EXECUTE format('SELECT p.rank, p.found, p.provider, p.role, p.certainty, p.reason, p.number FROM wmo.providers_at(%L, %L, %L, %L, %L, %L, %L) p ORDER BY p.ord',
    coalesce(place, pg_temp.point(n)), service, on_date, age, current_provider, client_since, coalesce(as_of, on_date));
END
$$;
INSERT INTO wmo.source (id, article, basis, reading) VALUES (1, 'Krant', 'stated', NULL), (2, 'Krant', 'inferred', 'the year is that of the paper');
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Stad', 'municipality'), (2, 'Aanbieder A', 'provider'), (3, 'Aanbieder B', 'provider'), (4, 'Aanbieder C', 'provider'),
  (5, 'Combinatie', 'consortium'), (6, 'Voorganger', 'provider');
-- One contract with one scope: square, number, supplier, period, service, and what else a scope may say. Both were entered
-- on the first day of the contract, or long before where that is not known, so that they were known on every day that a suite asks about.
CREATE FUNCTION pg_temp.contract(id integer, period wmo.contract_period, square integer, service integer DEFAULT 10, supplier integer DEFAULT 2, choice text DEFAULT 'exclusive',
                                 ages int4range DEFAULT '[0,)', clients text DEFAULT 'all', existing_on date DEFAULT NULL, valid daterange DEFAULT '(,)',
                                 award integer DEFAULT NULL, source integer DEFAULT NULL) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id, entered_on)
  VALUES (id, 'C' || id, 1, supplier, period, award, coalesce(wmo.first_day(period), '2000-01-01'));
  INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, choice, ages, clients, existing_on, valid, source_id, entered_on)
  VALUES (id, id, service, square, choice, ages, clients, existing_on, valid, source, coalesce(wmo.first_day(period), '2000-01-01'));
$$;
\set ECHO all
