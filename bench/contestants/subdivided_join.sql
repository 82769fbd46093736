-- The same over areas cut into pieces of at most PIECES vertices.
SELECT p.n, s.provider_id AS provider
FROM place p
  JOIN bench.piece_PIECES a ON ST_Covers(a.geom, p.geom)
  JOIN bench.scope s ON s.area_id = a.area_id AND s.service_id = 10 AND s.ages @> 40 AND s.term @> date '2024-06-01'
