-- After stage_sheet.sql: the layer becomes the temporary table :table, with its shapes in the column geom and all else as text.
-- :shape_kind says what the column :shape holds: text (WKT or hexadecimal WKB), twkb, point (longitude, and latitude in the
-- column :latitude), or none. :srid, when not empty, is what coordinates mean that do not say so themselves.
SELECT format('CREATE TEMPORARY TABLE %I AS SELECT %s FROM pg_temp.sheet', :'table',
              concat_ws(', ', CASE WHEN :'srid' = '' OR r.shape = '' THEN nullif(r.shape, '')
                                   ELSE format('(SELECT CASE %1$I.st_srid(g) WHEN 0 THEN %1$I.st_setsrid(g, %3$L::integer) ELSE g END '
                                               'FROM (SELECT %2$s AS g) s)', :'gis', r.shape, :'srid') END || ' AS geom',
                        (SELECT string_agg(quote_ident(n.name), ', ' ORDER BY n.place)
                         FROM string_to_table(:'names', E'\n') WITH ORDINALITY n (name, place)
                         WHERE n.name <> 'geom' AND (n.name <> :'shape' OR :'shape_kind' = 'point'))))
FROM (SELECT CASE :'shape_kind'
               WHEN 'text' THEN format('nullif(%I, ''''::text)::%I.geometry', :'shape', :'gis')
               WHEN 'twkb' THEN format('%I.st_geomfromtwkb(decode(nullif(%I, ''''::text), ''hex''::text))', :'gis', :'shape')
               WHEN 'point' THEN format('%1$I.st_setsrid(%1$I.st_makepoint(%2$I::float8, %3$I::float8), 4326::integer)',
                                        :'gis', :'shape', :'latitude')
               ELSE '' END AS shape) r \gexec
DROP TABLE pg_temp.sheet;
