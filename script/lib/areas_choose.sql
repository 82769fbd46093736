-- One boundary a code and year. Layers of different making do not share their borders, so for each kind and year they are
-- ranked as a whole (most areas first, then most vertices), and a lower one only adds the codes that a higher one lacks.
SET work_mem = '64MB';

INSERT INTO staging.boundary (code, name, kind, edition, source, geom)
WITH rank AS (
  SELECT file, layer, kind, edition,
         row_number() OVER (PARTITION BY kind, edition
                            ORDER BY count(DISTINCT code) DESC, sum(:"gis".ST_NPoints(geom)) DESC, file, layer) AS rank
  FROM staging.layer_row
  GROUP BY file, layer, kind, edition
),
best AS (
  SELECT r.*, k.rank, min(k.rank) OVER (PARTITION BY r.code, r.edition) AS best
  FROM staging.layer_row r
  JOIN rank k ON (k.file, k.layer, k.kind) = (r.file, r.layer, r.kind) AND k.edition IS NOT DISTINCT FROM r.edition
)
SELECT code, min(name), kind, edition, min(file) || ', layer ' || min(layer),
       -- Parts of one area that a file keeps in rows of their own are put together.
       CASE WHEN count(*) = 1 THEN (array_agg(geom))[1] ELSE :"gis".ST_Multi(:"gis".ST_CollectionExtract(:"gis".ST_Union(geom), 3)) END
FROM best
WHERE rank = best
GROUP BY code, kind, edition;

DROP TABLE staging.layer_row;
CREATE INDEX ON staging.boundary USING gist (geom);
ANALYZE staging.boundary;
