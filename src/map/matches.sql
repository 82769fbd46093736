-- matches: which areas codes and postcodes meet, for a session's map that has not met them yet.
-- Relies on asked and postcode (answer). Words become numbers in the library (words.c).

CREATE FUNCTION wmo_works.matches_of_code(code wmo.area_code, on_date date)
RETURNS TABLE (known boolean, other_edition boolean, area_id integer, pinned boolean, follows boolean, covers text,
               certainty wmo.certainty, without_shape boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 5000 ROWS 5
BEGIN ATOMIC
  SELECT matches_of_code.code IS NOT NULL,
         wmo_works.is_other_edition(matches_of_code.code, matches_of_code.on_date),
         m.area_id, m.pinned, m.follows, m.covers, m.certainty, m.reason IS NOT NULL
  FROM (SELECT wmo_works.matches_in_area(matches_of_code.code, matches_of_code.on_date) AS matches OFFSET 0) asked
  LEFT JOIN LATERAL unnest(asked.matches) m ON true;
END;
COMMENT ON FUNCTION wmo_works.matches_of_code(wmo.area_code, date) IS
  'wmo_works.areas_of_code for the session''s map: one row at least; other_edition is true where the edition that '
  'answers does not exist on the day.';

CREATE FUNCTION wmo_works.postcode_days(code wmo.postcode, on_date date) RETURNS daterange
LANGUAGE sql STABLE PARALLEL SAFE COST 1000
BEGIN ATOMIC
  SELECT daterange(max(b.day) FILTER (WHERE b.day <= postcode_days.on_date),
                   min(b.day) FILTER (WHERE b.day > postcode_days.on_date))
  FROM wmo.postcode_place p CROSS JOIN LATERAL (VALUES (lower(p.valid)), (upper(p.valid))) b (day)
  WHERE p.postcode OPERATOR(@extschema@.<@) wmo.pc4(postcode_days.code);
END;
COMMENT ON FUNCTION wmo_works.postcode_days(wmo.postcode, date) IS
  'The days around this one on which the same places are known of a postcode, its PC4 and the PC6 in that.';

CREATE FUNCTION wmo_works.matches_of_postcodes(codes wmo.postcode[], service text, on_date date)
RETURNS TABLE (n integer, known boolean, other_edition boolean, area_id integer, pinned boolean, follows boolean,
               covers text, certainty wmo.certainty, without_shape boolean, valid_from date, valid_to date,
               reading boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 30000 ROWS 50
BEGIN ATOMIC
  SELECT a.n, a.matches IS NOT NULL, false, m.area_id, m.pinned, m.follows, m.covers, m.certainty,
         m.reason IS NOT NULL, lower(days.alike), upper(days.alike), a.reading
  FROM wmo_works.areas_of_postcodes(matches_of_postcodes.codes, wmo.service_id(matches_of_postcodes.service),
                                    matches_of_postcodes.on_date) a
  CROSS JOIN LATERAL (
    SELECT wmo_works.postcode_days(matches_of_postcodes.codes[a.n], matches_of_postcodes.on_date) AS alike OFFSET 0
  ) days
  LEFT JOIN LATERAL unnest(a.matches) m ON true;
END;
COMMENT ON FUNCTION wmo_works.matches_of_postcodes(wmo.postcode[], text, date) IS
  'wmo_works.areas_of_postcodes for the session''s map: one row at least for each postcode (n: its place among them); '
  'known is false where no place of it is, and from valid_from up to valid_to the same places are known (null: for '
  'ever). reading: wmo_works.postcode_ground.reading.';

CREATE FUNCTION wmo_works.areas_narrowed_to() RETURNS SETOF integer
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 100
BEGIN ATOMIC
  SELECT a.id
  FROM (SELECT cs.area_id FROM wmo.client_stop cs WHERE cs.area_id IS NOT NULL
        UNION
        SELECT sub.area_id FROM wmo.subcontract sub WHERE sub.area_id IS NOT NULL) n
  JOIN wmo.area named ON named.id = n.area_id
  JOIN wmo.area a ON a.id = named.id OR a.code OPERATOR(@extschema@.=) named.code
  GROUP BY a.id;
END;
COMMENT ON FUNCTION wmo_works.areas_narrowed_to() IS 'The areas of which wmo_works.is_narrowed_to is true.';

CREATE FUNCTION wmo_works.inferred_shapes() RETURNS SETOF integer
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 100
BEGIN ATOMIC
  SELECT a.id FROM wmo.source s JOIN wmo.area a ON a.source_id = s.id WHERE s.basis = 'inferred';
END;
COMMENT ON FUNCTION wmo_works.inferred_shapes() IS
  'The areas that rest on an inferred source, whose shapes are no boundaries.';

CREATE FUNCTION wmo_works.inferred_parts() RETURNS SETOF integer
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 100
BEGIN ATOMIC
  SELECT p.id FROM wmo.source s JOIN wmo.area_part p ON p.source_id = s.id WHERE s.basis = 'inferred';
END;
COMMENT ON FUNCTION wmo_works.inferred_parts() IS
  'The parts of areas that rest on an inferred source: what an area meets changes when a source does.';
