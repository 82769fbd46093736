-- The real country, in bench.area(n, municipality, geom) from the middle outwards: the neighbourhoods of 2016 and the
-- centres of four-digit postcodes, which bench/run has put into schema staging. A postcode has some 4,000 inhabitants,
-- so people are spread evenly over the postcodes and within 700 m (standard deviation) around their centres, in random
-- order.
\set ON_ERROR_STOP 1
CREATE UNLOGGED TABLE bench.area AS
  SELECT row_number() OVER (ORDER BY geom <-> ST_SetSRID(ST_MakePoint(155000, 463000), 28992), code)::int AS n,
         dense_rank() OVER (ORDER BY gm_code)::int AS municipality, ST_Multi(geom) AS geom
  FROM staging.buurt;

CREATE TABLE bench.centre AS
  SELECT row_number() OVER (ORDER BY pc4, lon, lat)::int AS n, ST_Transform(geom, 28992) AS geom
  FROM staging.postcode WHERE geom IS NOT NULL;
ALTER TABLE bench.centre ADD PRIMARY KEY (n);
ANALYZE bench.centre;

SELECT setseed(0.5) \g /dev/null
CREATE UNLOGGED TABLE bench.place AS
  SELECT drawn.n, ST_Translate(centre.geom, away * cos(angle), away * sin(angle)) AS geom
  FROM (SELECT n::int, 1 + floor(random() * (SELECT count(*) FROM bench.centre))::int AS of,
               700 * sqrt(-2 * ln(1 - random())) AS away, 2 * pi() * random() AS angle
        FROM generate_series(1, :places) n OFFSET 0) drawn
    JOIN bench.centre ON centre.n = drawn.of
  ORDER BY drawn.n;
