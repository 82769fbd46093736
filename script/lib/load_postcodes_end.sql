-- The end of what script/load-areas --kind postcode sends: the staged layer becomes places of postcodes.
\o
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL client_min_messages = notice;

SELECT min(c.oid)::regclass AS staged, count(*) > 0 AS has_shapes
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'geom'
WHERE c.relnamespace = pg_my_temp_schema() AND c.relkind = 'r' \gset
\if :has_shapes
\else
  DO $$ BEGIN RAISE EXCEPTION 'this layer has no shapes' USING HINT = 'Choose another with --layer.'; END $$;
\endif

INSERT INTO wmo.source (article)
SELECT :'source' WHERE NOT EXISTS (SELECT FROM wmo.source s WHERE s.article = :'source');
CREATE TEMPORARY TABLE load_report AS
  SELECT * FROM wmo.load_postcodes(:'staged', nullif(:'valid_from', '')::date, (SELECT min(s.id) FROM wmo.source s WHERE s.article = :'source'));
DELETE FROM wmo.source s
WHERE s.article = :'source' AND s.xmin = pg_current_xact_id()::xid AND NOT EXISTS (SELECT FROM wmo.postcode_place p WHERE p.source_id = s.id);

-- what is printed from here on may be cut off by whoever reads it
COMMIT;
SET search_path = pg_catalog, pg_temp;

\pset format unaligned
\pset tuples_only on
SELECT string_agg(format('%s %s', r.postcodes, r.done), ', ' ORDER BY r.postcodes DESC, r.done)
FROM (SELECT done, count(*) AS postcodes FROM load_report GROUP BY done) r;
SELECT format('  %s: %s', r.done, concat_ws(' ', r.postcode::text, '(' || r.remark || ')'))
FROM load_report r WHERE r.done IN ('refused', 'changed', 'corrected') ORDER BY r.done DESC, r.postcode::text COLLATE "C" LIMIT :shown;
