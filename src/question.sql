
-- ---- what a question must be: clear errors, each with a hint --------------------------------------------------------

CREATE FUNCTION wmo.checked_age(age integer) RETURNS integer
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
COMMENT ON FUNCTION wmo.checked_age(integer) IS 'The age itself, or an error when nobody has it.';

CREATE FUNCTION wmo.checked_day(day date, argument text) RETURNS date
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
COMMENT ON FUNCTION wmo.checked_day(date, text) IS 'The day itself, or an error when it is infinite.';

CREATE FUNCTION wmo.place_fault(place geometry) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE
    WHEN ST_GeometryType(place) <> 'ST_Point' THEN 'type'
    WHEN ST_IsEmpty(place) THEN NULL
    WHEN ST_SRID(place) = 0 THEN 'srid'
    WHEN NOT coalesce(abs(ST_X(place)) < 'Infinity' AND abs(ST_Y(place)) < 'Infinity', false) THEN 'coordinate'
  END;
END;
COMMENT ON FUNCTION wmo.place_fault(geometry) IS
  'What makes a place unusable: type, srid, coordinate; null when nothing does.';

CREATE FUNCTION wmo.place_type(place geometry) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT GeometryType(place);
END;
COMMENT ON FUNCTION wmo.place_type(geometry) IS 'GeometryType, bound to the schema that PostGIS lives in.';

CREATE FUNCTION wmo.transformed(place geometry, srid integer) RETURNS geometry
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME', 'wmo_transformed';
COMMENT ON FUNCTION wmo.transformed(geometry, integer) IS
  'ST_Transform of a point, with an error that names its coordinates where they cannot be transformed.';

CREATE FUNCTION wmo.in_rd(place geometry) RETURNS geometry
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE
    WHEN ST_IsEmpty(place) THEN NULL
    WHEN ST_SRID(place) = 28992 THEN place
    ELSE wmo.transformed(place, 28992)
  END;
END;
COMMENT ON FUNCTION wmo.in_rd(geometry) IS 'A place in RD New (EPSG:28992, metres); null when empty.';

CREATE FUNCTION wmo.checked_place(place geometry) RETURNS geometry
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  CASE wmo.place_fault(place)
    WHEN 'type' THEN
      RAISE EXCEPTION 'place must be a point, not a %', lower(wmo.place_type(place))
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
      RETURN wmo.in_rd(place);
  END CASE;
END
$$;
COMMENT ON FUNCTION wmo.checked_place(geometry) IS
  'The place in RD New (EPSG:28992), from any reference system; null for an empty one; an error when it is no point, '
  'has no SRID or no finite coordinates.';
