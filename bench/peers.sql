-- What the joins by hand need, made once the registry is complete: the scopes without anything of ours, and the areas
-- cut into pieces of at most 255 and at most 64 vertices.
\set ON_ERROR_STOP 1
CREATE TABLE bench.scope AS
  SELECT s.area_id, s.service_id, s.ages, wmo.current_term(c.period) AS term, c.supplier_id AS provider_id
  FROM wmo.contract_scope s JOIN wmo.contract c ON c.id = s.contract_id;
CREATE INDEX ON bench.scope (area_id, service_id);

CREATE TABLE bench.piece_255 AS SELECT id AS area_id, ST_Subdivide(geom, 255) AS geom FROM wmo.area;
CREATE INDEX ON bench.piece_255 USING gist (geom);
CREATE TABLE bench.piece_64 AS SELECT id AS area_id, ST_Subdivide(geom, 64) AS geom FROM wmo.area;
CREATE INDEX ON bench.piece_64 USING gist (geom);
VACUUM ANALYZE;
