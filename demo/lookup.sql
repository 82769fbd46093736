-- Rows by name, for the length of the session: a name that is not there is an error, not a null.

CREATE OR REPLACE FUNCTION pg_temp.party(name text) RETURNS integer
LANGUAGE plpgsql STABLE AS $$
DECLARE
  found_id integer;
BEGIN
  SELECT p.id INTO STRICT found_id FROM wmo.party p WHERE p.name = party.name;
  RETURN found_id;
EXCEPTION WHEN no_data_found OR too_many_rows THEN
  RAISE EXCEPTION 'not exactly one party is named "%"', name;
END
$$;

CREATE OR REPLACE FUNCTION pg_temp.area(name text, on_date date DEFAULT NULL) RETURNS integer
LANGUAGE plpgsql STABLE AS $$
DECLARE
  found_id integer;
BEGIN
  SELECT a.id INTO STRICT found_id FROM wmo.area a
  WHERE a.name = area.name AND (area.on_date IS NULL OR a.valid @> area.on_date);
  RETURN found_id;
EXCEPTION WHEN no_data_found OR too_many_rows THEN
  RAISE EXCEPTION 'not exactly one area is named "%"', name;
END
$$;

CREATE OR REPLACE FUNCTION pg_temp.contract(number text) RETURNS integer
LANGUAGE plpgsql STABLE AS $$
DECLARE
  found_id integer;
BEGIN
  SELECT c.id INTO STRICT found_id FROM wmo.contract c WHERE c.number = contract.number;
  RETURN found_id;
EXCEPTION WHEN no_data_found OR too_many_rows THEN
  RAISE EXCEPTION 'not exactly one contract has number "%"', number;
END
$$;
