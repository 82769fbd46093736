-- The map against ST_Covers, for points where rounding decides: vertices, points on edges, and a hair beside them.
--
-- Takes wmo.area as it stands, and an empty registry: every area with a shape gets a contract of its own, so that the areas in
-- an answer are the areas that the map finds.
CREATE SCHEMA IF NOT EXISTS wmo_oracle;

CREATE FUNCTION wmo_oracle.contract_each_area() RETURNS void LANGUAGE sql AS $$
  INSERT INTO wmo.party (id, name, kind) VALUES (990001, 'Buyer of every area', 'municipality'), (990002, 'Provider everywhere', 'provider');
  INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period)
    SELECT 990000 + a.id, 'AREA-' || a.id, 990001, 990002, '[2020-01-01,2030-01-01)' FROM wmo.area a WHERE a.geom IS NOT NULL;
  INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice)
    SELECT 990000 + a.id, 10, a.id, '[18,)', 'shared' FROM wmo.area a WHERE a.geom IS NOT NULL;
$$;

-- Every step-th vertex of a shape from the given one, the middle of the edge that follows and a point somewhere on it; each of
-- them itself, one step of a double to the left, right, up and down, and 1e-9, 1e-6 and 1e-3 beside it. (x * 1.6e-16 is between
-- 0.7 and 1.5 steps of a double.)
CREATE FUNCTION wmo_oracle.places_beside(shape geometry, step int, first int) RETURNS SETOF geometry LANGUAGE sql AS $$
  SELECT ST_SetSRID(ST_MakePoint(at.x + hair.x * at.x, at.y + hair.y * at.y), ST_SRID(shape))
  FROM (SELECT ST_X(v.geom) AS x, ST_Y(v.geom) AS y, v.path[1:2] AS ring,
               lead(ST_X(v.geom)) OVER ring AS next_x, lead(ST_Y(v.geom)) OVER ring AS next_y, row_number() OVER (ORDER BY v.path) AS n
        FROM ST_DumpPoints(shape) v WINDOW ring AS (PARTITION BY v.path[1:2] ORDER BY v.path)) edge
    CROSS JOIN LATERAL (VALUES (edge.x, edge.y), ((edge.x + edge.next_x) / 2, (edge.y + edge.next_y) / 2),
      (edge.x + (edge.n * 0.6180339887 % 1) * (edge.next_x - edge.x), edge.y + (edge.n * 0.6180339887 % 1) * (edge.next_y - edge.y))) at (x, y)
    CROSS JOIN LATERAL (VALUES (0, 0), (1.6e-16, 0), (-1.6e-16, 0), (0, 1.6e-16), (0, -1.6e-16), (1e-9 / at.x, -1e-9 / at.y),
      (-1e-6 / at.x, 1e-6 / at.y), (1e-3 / at.x, 1e-3 / at.y)) hair (x, y)
  WHERE edge.n % step = first AND edge.next_x IS NOT NULL
$$;

-- Both answers for each place: the areas of the map's providers, and those of ST_Covers.
CREATE FUNCTION wmo_oracle.compare_covers(map wmo.coverage_map, places geometry[])
  RETURNS TABLE (compared bigint, different bigint, in_several bigint, first_difference text) LANGUAGE sql AS $$
  SELECT count(*), count(*) FILTER (WHERE by_map IS DISTINCT FROM by_covers), count(*) FILTER (WHERE array_length(by_covers, 1) > 1),
         min(format('%s (%s): map %s, ST_Covers %s', ST_AsText(place, 17), encode(ST_AsBinary(place), 'hex'), by_map, by_covers))
           FILTER (WHERE by_map IS DISTINCT FROM by_covers)
  FROM (SELECT p.place,
               (SELECT array_agg(r.area_id ORDER BY r.area_id)
                FROM wmo.providers_on(map, p.place, 'hulp_bij_het_huishouden', '2024-06-01', 40, as_of => '2024-06-01') r WHERE r.found) AS by_map,
               (SELECT array_agg(a.id ORDER BY a.id) FROM wmo.area a WHERE ST_Covers(a.geom, p.place)) AS by_covers
        FROM unnest(places) AS p (place)) answer
$$;
