-- Takes what one file left in staging_raw into staging.layer_row. A layer counts when it has polygons and a column whose values
-- are CBS codes; the columns are known by the names that CBS and PDOK give them. What is not a code of a municipality, wijk or
-- buurt is left out, and so is large water, which shares the codes of the land.
SET client_min_messages = warning;
SELECT set_config('wmo.file', :'file', false) AS file \gset

-- The CBS code that a value means, or null: with or without its prefix, or as a number that lost its zeros where the column
-- itself says what it is.
CREATE OR REPLACE FUNCTION pg_temp.cbs_code(value text, level text) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN (
  SELECT CASE
    WHEN v ~ '^(GM\d{4}|WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4})$' THEN v
    WHEN level = 'any' AND v ~ '^\d{4}$' THEN 'GM' || v
    WHEN level = 'any' AND v ~ '^\d{4}[0-9A-Z]{2}$' THEN 'WK' || v
    WHEN level = 'any' AND v ~ '^\d{4}[0-9A-Z]{4}$' THEN 'BU' || v
    WHEN level = 'GM' AND v ~ '^\d{1,4}$' THEN 'GM' || lpad(v, 4, '0')
    WHEN level = 'WK' AND v ~ '^\d{3,6}$' THEN 'WK' || lpad(v, 6, '0')
    WHEN level = 'BU' AND v ~ '^\d{5,8}$' THEN 'BU' || lpad(v, 8, '0')
  END
  FROM (SELECT upper(btrim(value)) AS v) t
);

DO $$
DECLARE
  layer record;
  candidate record;
  chosen record;
  fitting bigint;
  name_column text;
  year_column text;
  water_column text;
BEGIN
  FOR layer IN
    SELECT c.oid, c.relname,
           array(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0) AS columns
    FROM pg_class c
    JOIN pg_attribute g ON g.attrelid = c.oid AND g.attname = 'geom' AND g.atttypid = 'geometry'::regtype
    WHERE c.relnamespace = 'staging_raw'::regnamespace AND c.relkind = 'r'
    ORDER BY c.relname
  LOOP
    chosen := NULL;
    -- The finest code of a layer is its own; those of the areas around it come last.
    FOR candidate IN
      SELECT k.name, k.level
      FROM unnest('{buurtcode,bu_code,bucode,wijkcode,wk_code,wkcode,statcode,identificatie,code,gemeentecode,gm_code,gmcode,gem_code,gemcode}'::text[],
                  '{BU,BU,BU,WK,WK,WK,any,any,any,GM,GM,GM,GM,GM}'::text[]) WITH ORDINALITY AS k(name, level, n)
      WHERE k.name = ANY (layer.columns)
      ORDER BY k.n
    LOOP
      EXECUTE format('SELECT count(pg_temp.cbs_code(%I, %L)) FROM staging_raw.%I', candidate.name, candidate.level, layer.relname)
        INTO fitting;
      IF fitting > 0 THEN
        chosen := candidate;
        EXIT;
      END IF;
    END LOOP;
    CONTINUE WHEN chosen IS NULL;

    SELECT c INTO name_column
    FROM unnest(CASE
           WHEN chosen.name ~ '^bu' THEN '{buurtnaam,bu_naam,bunaam,statnaam,naam,name}'::text[]
           WHEN chosen.name ~ '^w' THEN '{wijknaam,wk_naam,wknaam,statnaam,naam,name}'::text[]
           WHEN chosen.name ~ '^g' THEN '{gemeentenaam,gm_naam,gmnaam,gem_naam,gemnaam,statnaam,naam,name}'::text[]
           ELSE '{statnaam,naam,name,gemeentenaam,officiele_naam}'::text[] END) WITH ORDINALITY AS n(c, i)
    WHERE c = ANY (layer.columns) ORDER BY i LIMIT 1;
    SELECT c INTO year_column FROM unnest('{jrstatcode,jaar,year,jaarcode,edition}'::text[]) WITH ORDINALITY AS n(c, i)
    WHERE c = ANY (layer.columns) ORDER BY i LIMIT 1;
    SELECT c INTO water_column FROM unnest('{water,h2o}'::text[]) WITH ORDINALITY AS n(c, i)
    WHERE c = ANY (layer.columns) ORDER BY i LIMIT 1;

    EXECUTE format(
      $q$
      INSERT INTO staging.layer_row (file, layer, kind, edition, code, name, geom)
      SELECT %1$L, %2$L, CASE left(r.code, 2) WHEN 'GM' THEN 'gemeente' WHEN 'WK' THEN 'wijk' ELSE 'buurt' END,
             coalesce(r.year, substring(%2$L from '(?<!\d)((?:19|20)\d\d)(?!\d)'), substring(%1$L from '(?<!\d)((?:19|20)\d\d)(?!\d)'))::int,
             r.code, r.name, r.shape
      FROM (SELECT pg_temp.cbs_code(%3$s, %4$L) AS code, %5$s AS name, substring(%6$s from '^(?:19|20)\d\d') AS year,
                   ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_Transform(geom, 28992)), 3)) AS shape
            FROM staging_raw.%7$I
            WHERE geom IS NOT NULL AND upper(coalesce(%8$s, 'NEE')) NOT IN ('JA', 'B')) r
      WHERE r.code IS NOT NULL AND NOT ST_IsEmpty(r.shape)
      $q$,
      current_setting('wmo.file'), layer.relname, quote_ident(chosen.name), chosen.level,
      coalesce(quote_ident(name_column), 'NULL::text'), coalesce(quote_ident(year_column), 'NULL::text'),
      layer.relname, coalesce(quote_ident(water_column), 'NULL::text'));
  END LOOP;
END
$$;
DROP SCHEMA staging_raw CASCADE;
