-- matches: which areas a code or a postcode meets, for a session's map that has not met it yet.
-- Relies on match and postcode (answer). Words become numbers in the library (words.c).

CREATE FUNCTION wmo_works.matches_of_code(code wmo.area_code, on_date date)
RETURNS TABLE (known boolean, other_edition boolean, area_id integer, pinned boolean, follows boolean, covers text,
               certainty wmo.certainty, without_shape boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 5000 ROWS 5
BEGIN ATOMIC
  SELECT matches_of_code.code IS NOT NULL,
         coalesce((SELECT NOT t.valid @> matches_of_code.on_date FROM wmo.area t
                   WHERE t.id = wmo.area_edition(matches_of_code.code, matches_of_code.on_date)), false),
         m.area_id, m.pinned, m.follows, m.covers, m.certainty, m.reason IS NOT NULL
  FROM (SELECT CASE WHEN matches_of_code.code IS NOT NULL
                    THEN ARRAY(SELECT m FROM wmo_works.areas_of_code(matches_of_code.code, matches_of_code.on_date) m)
               END AS matches) asked
  LEFT JOIN LATERAL unnest(asked.matches) m ON true;
END;
COMMENT ON FUNCTION wmo_works.matches_of_code(wmo.area_code, date) IS
  'wmo_works.areas_of_code for the session''s map: one row at least; other_edition is true where the edition that '
  'answers does not exist on the day.';

CREATE FUNCTION wmo_works.matches_of_postcode(code wmo.postcode, service text, on_date date)
RETURNS TABLE (known boolean, other_edition boolean, area_id integer, pinned boolean, follows boolean, covers text,
               certainty wmo.certainty, without_shape boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 30000 ROWS 5
BEGIN ATOMIC
  SELECT asked.matches IS NOT NULL, false, m.area_id, m.pinned, m.follows, m.covers, m.certainty, m.reason IS NOT NULL
  FROM (SELECT wmo_works.postcode_matches(matches_of_postcode.code, matches_of_postcode.service,
                                          matches_of_postcode.on_date) AS matches
        OFFSET 0) asked -- found once, not for every row
  LEFT JOIN LATERAL unnest(asked.matches) m ON true;
END;
COMMENT ON FUNCTION wmo_works.matches_of_postcode(wmo.postcode, text, date) IS
  'wmo_works.postcode_matches for the session''s map: one row at least; known is false where no place of the '
  'postcode is.';
