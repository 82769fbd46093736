-- The end of what script/load-areas sends: the staged layer becomes an edition of wmo.area.
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
  SELECT * FROM wmo.load_areas(:'staged', :'valid_from', nullif(:'kind', ''), :'complete', :'tolerance', :'repair',
                               (SELECT min(s.id) FROM wmo.source s WHERE s.article = :'source'));
DELETE FROM wmo.source s
WHERE s.article = :'source' AND s.xmin = pg_current_xact_id()::xid AND NOT EXISTS (SELECT FROM wmo.area a WHERE a.source_id = s.id);

-- what is printed from here on may be cut off by whoever reads it
COMMIT;
SET search_path = pg_catalog, pg_temp;

\pset format unaligned
\pset tuples_only on
SELECT string_agg(format('%s %s', r.areas, r.done), ', ' ORDER BY r.areas DESC, r.done)
FROM (SELECT done, count(*) AS areas FROM load_report GROUP BY done) r;
SELECT format('  %s: %s%s%s%s', r.done, r.code::text || ' ', left(r.name, 100),
              CASE WHEN r.done IN ('changed', 'ended') THEN ' ' || coalesce(r.valid::text, '') END, coalesce(' (' || r.remark || ')', ''))
FROM load_report r
WHERE r.done IN ('refused', 'in conflict', 'ended', 'changed', 'corrected') OR r.remark ~ 'repaired|also names'
ORDER BY r.done NOT IN ('refused', 'in conflict'), r.done, r.code::text COLLATE "C", r.name COLLATE "C" LIMIT :shown;
SELECT format('  and %s more: --list shows them', count(*) - :shown)
FROM load_report r WHERE r.done IN ('refused', 'in conflict', 'ended', 'changed', 'corrected') OR r.remark ~ 'repaired|also names'
HAVING count(*) > :shown;
SELECT count(*) > 0 AS incomplete, (SELECT bool_and(r.done = 'refused') FROM load_report r) AS refused
FROM load_report r WHERE r.done IN ('refused', 'in conflict') \gset
\if :refused
  DO $$ BEGIN RAISE EXCEPTION 'every area was refused'; END $$;
\endif
\if :incomplete
  \warn 'some areas were not loaded: they are refused or in conflict above'
\endif
