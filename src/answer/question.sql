-- question: what a question must be; clear errors, each with a hint.
-- Relies on geometry.

CREATE FUNCTION wmo_works.checked_age(age integer) RETURNS integer
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF age < 0 OR age > 130 THEN
    RAISE EXCEPTION 'impossible age %', age
      USING ERRCODE = 'invalid_parameter_value', DETAIL = 'An age is a number of whole years from 0 to 130.',
        HINT = 'Use wmo.age_on(birth, on_date) to compute the age on the day of care.';
  END IF;
  RETURN age;
END
$$;
COMMENT ON FUNCTION wmo_works.checked_age(integer) IS 'The age itself, or an error when nobody has it.';

CREATE FUNCTION wmo_works.checked_day(day date, argument text) RETURNS date
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT isfinite(day) THEN
    RAISE EXCEPTION '% must be a day, not "%"', argument, day
      USING ERRCODE = 'invalid_parameter_value', DETAIL = 'Coverage is asked for one day at a time.',
        HINT = 'Give a calendar day; leave the argument out for today.';
  END IF;
  RETURN day;
END
$$;
COMMENT ON FUNCTION wmo_works.checked_day(date, text) IS 'The day itself, or an error when it is infinite.';

CREATE FUNCTION wmo_works.checked_near_day(day date, argument text) RETURNS date
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM wmo_works.checked_day(day, argument);
  IF day NOT BETWEEN '0001-01-01' AND '290000-12-31' THEN
    RAISE EXCEPTION '% "%" is too far away', argument, wmo_works.iso_day(day)
      USING ERRCODE = 'invalid_parameter_value',
        DETAIL = 'What lies around a day is told of days from 0001-01-01 up to and including 290000-12-31.',
        HINT = 'Give a day between them.';
  END IF;
  RETURN day;
END
$$;
COMMENT ON FUNCTION wmo_works.checked_near_day(date, text) IS
  'The day itself, or an error when it is infinite, or so far away that there may be no days and moments around it.';

CREATE FUNCTION wmo_works.place_fault(place geometry) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE
    WHEN ST_GeometryType(place) <> 'ST_Point' THEN 'type'
    WHEN ST_IsEmpty(place) THEN NULL
    WHEN ST_SRID(place) = 0 THEN 'srid'
    WHEN NOT coalesce(abs(ST_X(place)) < 'Infinity' AND abs(ST_Y(place)) < 'Infinity', false) THEN 'coordinate'
  END;
END;
COMMENT ON FUNCTION wmo_works.place_fault(geometry) IS
  'What makes a place unusable: type, srid, coordinate; null when nothing does.';

CREATE FUNCTION wmo_works.checked_place(place geometry) RETURNS geometry
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  CASE wmo_works.place_fault(place)
    WHEN 'type' THEN
      RAISE EXCEPTION 'place must be a point, not a %', lower(wmo_works.place_type(place))
        USING ERRCODE = 'invalid_parameter_value', DETAIL = 'A resident lives at one place.',
          HINT = 'Use ST_PointOnSurface for one point of a shape, or wmo.providers_in_area for an area.';
    WHEN 'srid' THEN
      RAISE EXCEPTION 'place has no SRID'
        USING ERRCODE = 'invalid_parameter_value', DETAIL = 'Without a reference system its coordinates mean nothing.',
          HINT = 'Use ST_SetSRID(place, 28992) for RD New or ST_SetSRID(place, 4326) for longitude and latitude.';
    WHEN 'coordinate' THEN
      RAISE EXCEPTION 'place has a coordinate that is not a finite number'
        USING ERRCODE = 'invalid_parameter_value', DETAIL = 'Both coordinates must be finite.',
          HINT = 'Store null where the place is not known.';
    ELSE
      RETURN wmo_works.in_rd(place);
  END CASE;
END
$$;
COMMENT ON FUNCTION wmo_works.checked_place(geometry) IS
  'The place in RD New (EPSG:28992), from any reference system; null for an empty one; an error when it is no point, '
  'has no SRID or no finite coordinates.';

CREATE FUNCTION wmo_works.checked_agb(agb text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF agb !~ '^[0-9]{8}$' THEN
    RAISE EXCEPTION 'invalid AGB code "%"', agb
      USING ERRCODE = 'invalid_parameter_value', DETAIL = 'An AGB code has 8 digits.',
        HINT = 'Keep leading zeros: pass it as text.';
  END IF;
  RETURN agb;
END
$$;
COMMENT ON FUNCTION wmo_works.checked_agb(text) IS 'The AGB code itself, or an error when it has not 8 digits.';
