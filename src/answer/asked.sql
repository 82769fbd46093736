-- asked: what a question names, by keys: the areas that it meets, who has an AGB code, what a product code means.
-- Relies on match and postcode.

CREATE FUNCTION wmo_works.matches_at_place(place geometry, service text, on_date date) RETURNS wmo_works.area_match[]
LANGUAGE sql STABLE PARALLEL SAFE COST 6000
BEGIN ATOMIC
  SELECT CASE WHEN here.point IS NOT NULL
    THEN ARRAY(SELECT m FROM wmo_works.areas_at(here.point, wmo.service_id(matches_at_place.service),
                                                matches_at_place.on_date) m) END
  FROM (SELECT wmo_works.checked_place(matches_at_place.place) AS point OFFSET 0) here;
END;
COMMENT ON FUNCTION wmo_works.matches_at_place(geometry, text, date) IS
  'The areas that a place meets, in any reference system (wmo_works.areas_at); null without a place.';

CREATE FUNCTION wmo_works.matches_in_area(code wmo.area_code, on_date date) RETURNS wmo_works.area_match[]
LANGUAGE sql STABLE PARALLEL SAFE COST 6000
BEGIN ATOMIC
  SELECT CASE WHEN matches_in_area.code IS NOT NULL
    THEN ARRAY(SELECT m FROM wmo_works.areas_of_code(matches_in_area.code, matches_in_area.on_date) m) END;
END;
COMMENT ON FUNCTION wmo_works.matches_in_area(wmo.area_code, date) IS
  'The areas that a code meets (wmo_works.areas_of_code); null without a code.';

CREATE FUNCTION wmo_works.is_other_edition(code wmo.area_code, on_date date) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT coalesce((SELECT NOT t.valid @> is_other_edition.on_date FROM wmo.area t
                   WHERE t.id = wmo.area_edition(is_other_edition.code, is_other_edition.on_date)), false);
END;
COMMENT ON FUNCTION wmo_works.is_other_edition(wmo.area_code, date) IS
  'Does an edition answer for a code that does not exist on the day? Nobody should take the answer of a code that is '
  'dead, or not born, for that of a living one.';

CREATE FUNCTION wmo_works.providers_of_agb(agb text, on_date date) RETURNS integer[]
LANGUAGE sql STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT ARRAY(SELECT i.party_id FROM wmo.party_identifier i
               WHERE i.scheme = 'agb' AND i.value = wmo_works.checked_agb(providers_of_agb.agb)
                 AND i.valid @> providers_of_agb.on_date);
END;
COMMENT ON FUNCTION wmo_works.providers_of_agb(text, date) IS 'Who has an AGB code on a day; an error when it is none.';

CREATE FUNCTION wmo_works.services_of_product(product text, on_date date) RETURNS integer[]
LANGUAGE sql STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT ARRAY(SELECT sp.service_id FROM wmo.service_product sp
               WHERE sp.code = services_of_product.product AND sp.valid @> services_of_product.on_date);
END;
COMMENT ON FUNCTION wmo_works.services_of_product(text, date) IS
  'What a product code means on a day, to all buyers together: a code means what its buyer says it means.';
