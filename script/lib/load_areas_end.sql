-- The end of what script/load-areas sends: the staged layer becomes an edition of wmo.area.
SET LOCAL client_min_messages = notice;

INSERT INTO wmo.source (article)
SELECT :'source'::text WHERE NOT EXISTS (SELECT FROM wmo.source s WHERE s.article = :'source'::text);

CREATE TEMPORARY TABLE load_report AS
  SELECT * FROM wmo.load_areas(format('pg_temp.%I', :'table')::regclass, :'valid_from'::date, nullif(:'kind'::text, ''), :'complete'::boolean,
                               :'tolerance'::double precision, :'repair'::boolean,
                               (SELECT min(s.id) FROM wmo.source s WHERE s.article = :'source'::text));
DELETE FROM wmo.source s
WHERE s.article = :'source'::text AND s.xmin = pg_current_xact_id()::xid AND NOT EXISTS (SELECT FROM wmo.area a WHERE a.source_id = s.id);

-- what is printed from here on may be cut off by whoever reads it
COMMIT;

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
