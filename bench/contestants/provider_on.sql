-- The map as a scalar subquery, and not as one more table of the join: so the scan can be parallel.
SELECT p.n,
       wmo.provider_on((SELECT map FROM bench.map), p.geom, 'hulp_bij_het_huishouden', '2024-06-01', 40) AS provider
FROM place p
