-- The municipalities that ship, against the national table from which those to 2019 were taken and the boundaries of CBS.
BEGIN;
\set national_table `cat "$WMO_GEO/gemeenten_tabel33.csv" 2>/dev/null`
SELECT to_regclass('staging.boundary') IS NULL OR :'national_table' = '' AS not_here \gset
\if :not_here
SELECT plan(1);
SELECT skip('no national table and boundaries', 1);
SELECT * FROM finish();
ROLLBACK;
\q
\endif
SELECT no_plan();

-- "code","name","successor","first day","last day" (exclusive); 0000 and 1999 are no municipalities
CREATE TEMPORARY TABLE national AS
  SELECT m.part[1] AS code, m.part[2] AS name, nullif(m.part[3], '') AS successor, to_date(nullif(m.part[4], ''), 'YYYYMMDD') AS first_day,
         to_date(nullif(m.part[5], ''), 'YYYYMMDD') AS gone
  FROM regexp_split_to_table(:'national_table', E'\r?\n') AS l (words)
  CROSS JOIN LATERAL regexp_match(l.words, '^"([0-9]{4})","([^"]*)","([0-9]*)","([0-9]*)","([0-9]*)"') AS m (part)
  WHERE m.part IS NOT NULL AND m.part[1] NOT IN ('0000', '1999');
SELECT cmp_ok((SELECT count(*) FROM national), '>', 1400::bigint, 'the table is read');

SELECT is_empty($$
  SELECT n.code, n.name, m.name FROM national n LEFT JOIN wmo.municipality_shipped m ON m.code::text = 'GM' || n.code
  WHERE coalesce(n.gone, 'infinity') > '2007-01-01'
    AND (m.code IS NULL OR wmo_works.municipality_key(n.name) <> wmo_works.municipality_key(m.name)
         -- Hengelo (O): there is no other any more
         AND wmo_works.municipality_key(regexp_replace(n.name, ' [(].*', '')) <> wmo_works.municipality_key(m.name))$$, 'every municipality of the table ships, by its name');
SELECT is_empty($$
  SELECT m.code, m.name FROM wmo.municipality_shipped m
  WHERE coalesce(lower(m.valid), '2007-01-01') < '2020-01-01' AND NOT EXISTS (SELECT FROM national n WHERE 'GM' || n.code = m.code::text)$$, 'and no other to 2019');
SELECT is_empty($$
  SELECT n.*, m.valid FROM national n JOIN wmo.municipality_shipped m ON m.code::text = 'GM' || n.code
  WHERE coalesce(n.gone, 'infinity') > '2007-01-01'
    AND (n.gone IS DISTINCT FROM CASE WHEN upper(m.valid) < '2020-01-01' THEN upper(m.valid) END
      OR CASE WHEN n.first_day >= '2007-01-01' THEN n.first_day END IS DISTINCT FROM lower(m.valid))$$, 'with its first and last day');
SELECT is_empty($$
  SELECT n.*, m.successors FROM national n JOIN wmo.municipality_shipped m ON m.code::text = 'GM' || n.code
  WHERE n.gone > '2007-01-01' AND 'GM' || n.successor <> ALL (m.successors::text[])$$, 'and its successor among the successors');

-- the boundaries of 2012 to 2024 have the same codes; one layer has names only
SELECT is((SELECT string_agg(b.code, ' ' ORDER BY b.code) FROM staging.boundary b
           WHERE b.kind = 'gemeente' AND b.edition = y.edition AND b.source = y.source AND b.code !~ '9999$'),
          (SELECT string_agg(m.code::text, ' ' ORDER BY m.code::text) FROM wmo.municipality m WHERE m.valid @> make_date(y.edition, 1, 2)), 'the codes of ' || y.source)
FROM (SELECT DISTINCT b.edition, b.source FROM staging.boundary b WHERE b.kind = 'gemeente' AND b.code IS NOT NULL AND b.source LIKE '%gemeente!_20%' ESCAPE '!') y;
SELECT is_empty($$
  SELECT b.source, b.code, b.name FROM staging.boundary b
  WHERE b.kind = 'gemeente' AND b.code IS NOT NULL AND b.source LIKE '%gemeente!_20%' ESCAPE '!' AND b.code !~ '9999$'
    AND wmo_works.municipality_codes(b.name, make_date(b.edition::integer, 1, 2)) <> ARRAY[b.code]$$, 'each name of a day is its code');
SELECT * FROM finish();
ROLLBACK;
