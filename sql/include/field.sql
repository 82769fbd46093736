\set ECHO none
-- A field of ten by ten cells of a hundred metres with random areas and contracts, and the slow way to ask who serves a cell:
-- the function that weighs a question, which knows nothing of ranges and overlays.
CREATE FUNCTION pg_temp.rectangle(x float8, y float8, wide float8, high float8) RETURNS public.geometry LANGUAGE sql
RETURN public.ST_Multi(public.ST_MakeEnvelope(x * 100, y * 100, (x + wide) * 100, (y + high) * 100, 28992));
CREATE FUNCTION pg_temp.dice(n integer) RETURNS integer LANGUAGE sql VOLATILE
RETURN floor(random() * n)::integer;

-- ten by ten cells of a hundred metres
CREATE FUNCTION pg_temp.throw() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  first_day date;
  contract integer;
  area integer;
BEGIN
  DELETE FROM wmo.registry_completeness; DELETE FROM wmo.client_stop; DELETE FROM wmo.contract_change; DELETE FROM wmo.contract; DELETE FROM wmo.area_part; DELETE FROM wmo.area;
  DELETE FROM wmo.party;
  INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Veld', 'municipality'), (2, 'Appel', 'provider'), (3, 'Peer', 'provider');
  INSERT INTO wmo.area (id, name, kind, geom, geom_basis) VALUES (1, 'Veld', 'other', pg_temp.rectangle(0, 0, 10, 10), 'official');
  -- areas with a shape
  INSERT INTO wmo.area (id, name, kind, geom, geom_basis)
  SELECT i, 'Vak ' || i, 'other', pg_temp.rectangle(pg_temp.dice(8), pg_temp.dice(8), 2 + pg_temp.dice(4), 2 + pg_temp.dice(4)), 'official'
  FROM generate_series(2, 6) i;
  -- two editions of a code, on some days none
  INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis) VALUES
    (7, 'GM0007', 'Zeven', 'municipality', '(,2021-01-01)', pg_temp.rectangle(pg_temp.dice(5), 0, 4, 4), 'official'),
    (8, 'GM0007', 'Zeven', 'municipality', '[2021-04-01,2023-01-01)', pg_temp.rectangle(pg_temp.dice(5), 0, 4, 6), 'official');
  -- areas that only client stops name
  INSERT INTO wmo.area (id, name, kind, geom, geom_basis)
  SELECT i, 'Stop ' || i, 'other', pg_temp.rectangle(pg_temp.dice(6), pg_temp.dice(6), 2 + pg_temp.dice(4), 2 + pg_temp.dice(4)), 'official'
  FROM generate_series(12, 13) i;
  -- an area of parts, and one without a shape in an area that has one
  INSERT INTO wmo.area (id, name, kind) VALUES (9, 'Samen', 'working_area'), (10, 'Ergens', 'other'), (11, 'Nergens', 'other');
  INSERT INTO wmo.area_part (whole_id, part_id) VALUES (9, 2), (9, 3), (4, 10);
  -- what is declared complete: of the whole field, of some areas, of one edition and so of its code
  FOR i IN 1 .. 5 LOOP
    BEGIN
    INSERT INTO wmo.registry_completeness (area_id, service_id, valid)
    SELECT (ARRAY[1, 1, 2, 3, 7, 8, 9])[1 + pg_temp.dice(7)], (ARRAY[NULL, wmo.service_id('dagbesteding'), wmo.service_id('dagbegeleiding')])[1 + pg_temp.dice(3)],
           daterange(x.day, x.day + 100 + pg_temp.dice(1500)) FROM (SELECT '2017-06-01'::date + pg_temp.dice(1500) AS day) x;
    EXCEPTION WHEN exclusion_violation THEN NULL; -- thrown twice
    END;
  END LOOP;
  FOR i IN 1 .. 7 LOOP
    first_day := '2018-01-01'::date + pg_temp.dice(1500);
    INSERT INTO wmo.contract (number, buyer_id, supplier_id, period)
    VALUES (i, 1, (ARRAY[2, 3, NULL])[1 + pg_temp.dice(3)], CASE pg_temp.dice(8)
      WHEN 0 THEN format('[%s,?)', first_day) WHEN 1 THEN format('(?,%s)', first_day) WHEN 2 THEN format('[%s,)', first_day)
      WHEN 3 THEN format('[%s,%s)+P1Y notice P3M', first_day, first_day + 300) WHEN 4 THEN format('[%s,%s)+P1Y+P1Y', first_day, first_day + 500)
      ELSE format('[%s,%s)', first_day, first_day + 100 + pg_temp.dice(1500)) END::wmo.contract_period)
    RETURNING id INTO contract;
    FOR j IN 0 .. pg_temp.dice(3) LOOP
      area := CASE WHEN pg_temp.dice(40) > 0 THEN 1 + pg_temp.dice(CASE WHEN pg_temp.dice(10) > 0 THEN 9 ELSE 11 END) END;
      BEGIN
      INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, follows_code, ages, clients, choice, valid)
      VALUES (contract, wmo.service_id((ARRAY['dagbesteding', 'sociale_activering', 'dagbegeleiding'])[1 + pg_temp.dice(3)]), area,
              coalesce(area IN (7, 8), false) AND pg_temp.dice(2) = 0,
              (ARRAY['[0,)', '[18,75)', '[18,)', '[75,)', '[0,23)']::int4range[])[1 + pg_temp.dice(5)],
              CASE WHEN pg_temp.dice(5) = 0 THEN 'existing' ELSE 'all' END, 'shared',
              CASE WHEN pg_temp.dice(4) = 0 THEN daterange('2018-01-01'::date + pg_temp.dice(1000), '2021-01-01'::date + pg_temp.dice(1000)) ELSE '(,)' END);
      EXCEPTION WHEN exclusion_violation THEN NULL; -- thrown twice
      END;
    END LOOP;
    IF pg_temp.dice(2) = 0 THEN
      INSERT INTO wmo.client_stop (contract_id, during, area_id, service_id)
      VALUES (contract, daterange('2018-01-01'::date + pg_temp.dice(1000), '2021-01-01'::date + pg_temp.dice(1000)),
              (ARRAY[NULL, 2, 7, 12, 13])[1 + pg_temp.dice(5)], (ARRAY[NULL, wmo.service_id('dagbesteding'), wmo.service_id('dagbegeleiding')])[1 + pg_temp.dice(3)]);
    END IF;
    IF pg_temp.dice(4) = 0 AND (SELECT wmo.end_kind(c.period) <> 'unknown' AND wmo.first_day(c.period) IS NOT NULL FROM wmo.contract c WHERE c.id = contract) THEN
      INSERT INTO wmo.contract_change (contract_id, kind, effective_on, until)
      VALUES (contract, 'suspension', first_day + 30, first_day + 60 + pg_temp.dice(100));
    END IF;
  END LOOP;
END
$$;

-- Whether no contract is missing at a place: within the shape of a declared area, or of its parts, on its days; a code on the
-- days of each edition.
CREATE FUNCTION pg_temp.all_recorded(place public.geometry, service text, on_date date) RETURNS boolean LANGUAGE sql AS $$
  SELECT EXISTS (
    SELECT FROM wmo.registry_completeness d
    JOIN wmo.area held ON held.id = d.area_id OR (d.area_id IN (7, 8) AND held.id IN (7, 8)) OR (d.area_id = 9 AND held.id IN (2, 3))
    WHERE d.valid @> on_date AND held.valid @> on_date AND public.ST_Covers(held.geom, place)
      AND (d.service_id IS NULL OR d.service_id = wmo.service_id('dagbesteding') OR d.service_id = wmo.service_id(service)))
$$;
CREATE FUNCTION pg_temp.weighed(place public.geometry, service text, on_date date, age integer, as_of date, without integer DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
  SELECT CASE min(CASE
      WHEN c.age_fault IS NOT NULL OR c.standing_fault IS NOT NULL AND NOT c.open THEN 6
      -- only existing clients of a contract of which nobody can tell whether it holds here: whether there are any is open
      WHEN c.client_fault IS NOT NULL OR c.stopped THEN CASE WHEN c.place_fault IS NULL THEN 4 ELSE 5 END
      WHEN c.place_fault IS NOT NULL OR c.standing_fault IS NOT NULL OR c.certainty IN ('unknown', 'end_unknown') THEN 3
      WHEN c.certainty = 'option' OR (c.certainty = 'inferred' AND c.caution = 'option_open') THEN 2
      -- that somebody serves is our reading; that an area holds a place before it existed is one of place alone, and the ground asked about is given
      WHEN c.certainty = 'inferred' AND (c.inferred OR c.caution = 'supplier_changed' OR EXISTS (SELECT FROM wmo.contract_scope cs WHERE cs.id = c.scope_id AND cs.follows_code)) THEN 3
      WHEN c.certainty = 'inferred' AND wmo.end_kind(c.period) = 'unknown' THEN 3
      -- who has no name may be the one that falls
      WHEN weighed.without IS NOT NULL AND (c.provider_id IS NULL OR c.caution = 'award_not_final') THEN 3
      ELSE 1 END)
    WHEN 1 THEN 'served' WHEN 2 THEN 'gap_if_option_lapses' WHEN 3 THEN 'cannot_tell'
    ELSE CASE WHEN NOT pg_temp.all_recorded(place, service, on_date) THEN 'cannot_tell'
              WHEN bool_or(c.age_fault IS NULL AND c.place_fault IS NULL AND (c.standing_fault IS NULL OR c.open)) THEN 'gap_for_new_clients'
              WHEN without IS NULL AND bool_or(c.age_fault IS NULL AND (c.standing_fault IS NULL OR c.open)) THEN 'cannot_tell' ELSE 'gap' END END
  FROM (SELECT wmo.service_id(service) AS id) s
  CROSS JOIN LATERAL oracle.candidates(ARRAY(SELECT m FROM wmo_works.areas_at(place, s.id, on_date) m), s.id, on_date, age, NULL, NULL, as_of) c
  WHERE c.role IN ('main', 'contracted') AND (weighed.without IS NULL OR c.provider_id IS DISTINCT FROM weighed.without)
$$;
-- Who serves, or may, by supplier or, where none is named, by contract; a client stop leaves its provider in place.
CREATE FUNCTION pg_temp.who(place public.geometry, service text, on_date date, age integer, as_of date) RETURNS text[] LANGUAGE sql AS $$
  SELECT coalesce(array_agg(DISTINCT coalesce('p' || c.provider_id, 'c' || c.contract_id))
                    FILTER (WHERE num_nonnulls(c.age_fault, c.standing_fault, c.client_fault) = 0), '{}')
  FROM (SELECT wmo.service_id(service) AS id) s
  CROSS JOIN LATERAL oracle.candidates(ARRAY(SELECT m FROM wmo_works.areas_at(place, s.id, on_date) m), s.id, on_date, age, NULL, NULL, as_of) c
  WHERE c.role IN ('main', 'contracted')
$$;
-- Who keeps existing clients only, by the same names.
CREATE FUNCTION pg_temp.who_keeps(place public.geometry, service text, on_date date, age integer, as_of date) RETURNS text[] LANGUAGE sql AS $$
  SELECT coalesce(array_agg(DISTINCT coalesce('p' || c.provider_id, 'c' || c.contract_id))
                    FILTER (WHERE num_nonnulls(c.age_fault, c.standing_fault) = 0 AND c.client_fault IS NOT NULL), '{}')
  FROM (SELECT wmo.service_id(service) AS id) s
  CROSS JOIN LATERAL oracle.candidates(ARRAY(SELECT m FROM wmo_works.areas_at(place, s.id, on_date) m), s.id, on_date, age, NULL, NULL, as_of) c
  WHERE c.role IN ('main', 'contracted')
$$;
\set ECHO all
