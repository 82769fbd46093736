-- The join that people write by hand. Its answers are what all others are held to.
SELECT p.n, s.provider_id AS provider
FROM place p
  JOIN wmo.area a ON ST_Covers(a.geom, p.geom)
  JOIN bench.scope s ON s.area_id = a.id AND s.service_id = 10 AND s.ages @> 40 AND s.term @> date '2024-06-01'
