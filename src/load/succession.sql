-- succession: which area went into which between two days.
-- Relies on area, geometry and shape (registry): an area made of parts has their ground.

-- Areas of one kind share no ground, and every metre that leaves one arrives in another: the shares of an area add up
-- to 1, but for slivers of simplified borders. What is left over more than that is said in a row of its own.
CREATE FUNCTION wmo.succession(from_date date, to_date date, kind text DEFAULT 'municipality',
  tolerance double precision DEFAULT 0.02)
RETURNS TABLE (from_area_id integer, from_code wmo.area_code, from_name text, to_area_id integer,
               to_code wmo.area_code, to_name text, how text, share_of_from double precision,
               share_of_to double precision, surface double precision)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 50
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
#variable_conflict use_column
BEGIN
  IF from_date > to_date THEN
    RAISE EXCEPTION 'from_date % lies after to_date %', wmo_works.iso_day(from_date), wmo_works.iso_day(to_date)
      USING ERRCODE = 'invalid_parameter_value', DETAIL = 'A succession is told forward in time.',
        HINT = 'Exchange the two days.';
  END IF;
  IF NOT tolerance BETWEEN 0 AND 0.5 THEN
    RAISE EXCEPTION 'tolerance % is not a share from 0 to 0.5', tolerance
      USING ERRCODE = 'invalid_parameter_value',
        DETAIL = 'It is the share of an area below which shared ground is a sliver of its border.',
        HINT = 'Use 0.001 for exact boundaries and 0.02 for simplified ones.';
  END IF;
  RETURN QUERY
  WITH before AS MATERIALIZED (
    SELECT a.id, a.code, a.name, s.geom, wmo_works.surface(s.geom) AS surface,
           wmo_works.is_unbounded(wmo.area_shape_basis(a.id)) AS unbounded
    FROM wmo.area a CROSS JOIN LATERAL (SELECT wmo.area_shape(a.id) AS geom OFFSET 0) s
    WHERE a.kind = succession.kind AND a.valid @> succession.from_date AND NOT a.valid @> succession.to_date
  ), after AS MATERIALIZED (
    SELECT a.id, a.code, a.name, s.geom, wmo_works.surface(s.geom) AS surface,
           wmo_works.is_unbounded(wmo.area_shape_basis(a.id)) AS unbounded
    FROM wmo.area a CROSS JOIN LATERAL (SELECT wmo.area_shape(a.id) AS geom OFFSET 0) s
    WHERE a.kind = succession.kind AND a.valid @> succession.to_date AND NOT a.valid @> succession.from_date
  ), pair AS MATERIALIZED (
    SELECT b.id AS from_id, f.id AS to_id, wmo_works.shared_surface(b.geom, f.geom) AS shared,
           b.surface AS from_surface, f.surface AS to_surface, b.unbounded OR f.unbounded AS drawn
    FROM before b JOIN after f ON wmo_works.boxes_meet(b.geom, f.geom)
  ), moved AS MATERIALIZED (
    SELECT p.from_id, p.to_id, p.shared, p.drawn, p.shared / p.from_surface AS share_of_from,
           p.shared / p.to_surface AS share_of_to
    FROM pair p
    WHERE p.shared > succession.tolerance * least(p.from_surface, p.to_surface)
  ), rest AS (
    -- ground that went to, or came from, no area that began in between
    SELECT b.id AS from_id, NULL::integer AS to_id,
           b.surface - coalesce((SELECT sum(p.shared) FROM pair p WHERE p.from_id = b.id), 0) AS left_over, b.surface,
           b.unbounded
    FROM before b
    UNION ALL
    SELECT NULL, f.id, f.surface - coalesce((SELECT sum(p.shared) FROM pair p WHERE p.to_id = f.id), 0), f.surface,
           f.unbounded
    FROM after f
  ), line AS (
    SELECT m.from_id, m.to_id,
           CASE WHEN m.drawn THEN 'cannot tell'
                WHEN m.share_of_from >= 1 - succession.tolerance
                     AND m.share_of_to >= 1 - succession.tolerance THEN 'same'
                WHEN m.share_of_from >= 1 - succession.tolerance THEN 'joins'
                ELSE 'part' END AS how,
           m.share_of_from, m.share_of_to, m.shared
    FROM moved m
    UNION ALL
    SELECT r.from_id, r.to_id,
           -- it may have gone to, or come from, an area whose boundary is not known
           CASE WHEN r.unbounded THEN 'cannot tell'
                WHEN r.to_id IS NULL AND EXISTS (SELECT FROM after f WHERE f.unbounded) THEN 'cannot tell'
                WHEN r.from_id IS NULL AND EXISTS (SELECT FROM before b WHERE b.unbounded) THEN 'cannot tell'
                WHEN r.to_id IS NULL THEN 'elsewhere'
                ELSE 'from elsewhere' END,
           CASE WHEN r.to_id IS NULL THEN r.left_over / r.surface END,
           CASE WHEN r.from_id IS NULL THEN r.left_over / r.surface END, r.left_over
    FROM rest r
    WHERE r.surface IS NULL OR r.left_over > succession.tolerance * r.surface
  )
  SELECT b.id, b.code, b.name, f.id, f.code, f.name, l.how, l.share_of_from, l.share_of_to, l.shared
  FROM line l
  LEFT JOIN before b ON b.id = l.from_id
  LEFT JOIN after f ON f.id = l.to_id
  ORDER BY b.code, b.name, l.share_of_from DESC NULLS LAST, f.code, f.name;
END
$$;
COMMENT ON FUNCTION wmo.succession(date, date, text, double precision) IS
  'Which area of one kind went into which, between two days, by the shapes of its editions: a row for each pair that '
  'shares ground, with the share of the surface of both (0 to 1) and square metres. how: same (all of one is all of '
  'the other: a new code, name or edition), joins (all of it goes into a larger one), part (some of it does), '
  'elsewhere and from elsewhere (ground that no edition of the other day accounts for: sea, a border correction with '
  'an area that kept its edition, a file that is not loaded), cannot tell (no boundary, or ground that an area of the '
  'other day without one may hold; a drawing is none, and its shares are those of what is drawn). An area made of '
  'parts has the shape of its parts. tolerance: a shared share smaller than this is a sliver of simplified borders.';
