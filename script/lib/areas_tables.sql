-- Where the boundaries of the user's own come in: every row of every layer first, then one boundary a code and year.
DROP SCHEMA IF EXISTS staging CASCADE;
CREATE SCHEMA staging;

CREATE TABLE staging.layer_row
(
  file    text NOT NULL,
  layer   text NOT NULL,
  kind    text NOT NULL,
  edition int,
  code    text NOT NULL,
  name    text,
  geom    :"gis".geometry(MultiPolygon, 28992) NOT NULL
);

CREATE TABLE staging.boundary
(
  code       text NOT NULL,
  name       text,
  kind       text NOT NULL CHECK (kind IN ('gemeente', 'wijk', 'buurt')),
  edition    int,
  valid_from date GENERATED ALWAYS AS (make_date(edition, 1, 1)) STORED,
  source     text NOT NULL,
  geom       :"gis".geometry(MultiPolygon, 28992) NOT NULL,
  UNIQUE NULLS NOT DISTINCT (code, edition)
);
COMMENT ON TABLE staging.boundary IS 'Boundaries from files: the best layer for each kind and year, in EPSG:28992';
COMMENT ON COLUMN staging.boundary.code IS 'CBS code with its prefix: GM0014, WK001400, BU00140000';
COMMENT ON COLUMN staging.boundary.name IS 'Name in the file, if it has one';
COMMENT ON COLUMN staging.boundary.kind IS 'gemeente, wijk or buurt, from the code';
COMMENT ON COLUMN staging.boundary.edition IS 'Year of the boundary, from a column or from the name of its layer or file; null: not said';
COMMENT ON COLUMN staging.boundary.valid_from IS 'The first day of that year';
COMMENT ON COLUMN staging.boundary.source IS 'File and layer';
COMMENT ON COLUMN staging.boundary.geom IS 'The area, valid, in EPSG:28992';
