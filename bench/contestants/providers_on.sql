SELECT p.n, r.provider_id AS provider
FROM place p,
  LATERAL wmo.providers_on((SELECT map FROM bench.map), p.geom, 'hulp_bij_het_huishouden', '2024-06-01', 40) r
WHERE r.found
