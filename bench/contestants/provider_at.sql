SELECT p.n, wmo.provider_at(p.geom, 'hulp_bij_het_huishouden', '2024-06-01', 40) AS provider FROM place p
