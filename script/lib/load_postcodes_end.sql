-- The end of what script/load-areas --kind postcode sends: the staged layer becomes places of postcodes.
SET LOCAL client_min_messages = notice;

INSERT INTO wmo.source (article)
SELECT :'source'::text WHERE NOT EXISTS (SELECT FROM wmo.source s WHERE s.article = :'source'::text);
CREATE TEMPORARY TABLE load_report AS
  SELECT * FROM wmo.load_postcodes(format('pg_temp.%I', :'table')::regclass, nullif(:'valid_from', '')::date,
                                   (SELECT min(s.id) FROM wmo.source s WHERE s.article = :'source'::text));
DELETE FROM wmo.source s
WHERE s.article = :'source'::text AND s.xmin = pg_current_xact_id()::xid AND NOT EXISTS (SELECT FROM wmo.postcode_place p WHERE p.source_id = s.id);

-- what is printed from here on may be cut off by whoever reads it
COMMIT;

\pset format unaligned
\pset tuples_only on
SELECT string_agg(format('%s %s', r.postcodes, r.done), ', ' ORDER BY r.postcodes DESC, r.done)
FROM (SELECT done, count(*) AS postcodes FROM load_report GROUP BY done) r;
SELECT format('  %s: %s', r.done, concat_ws(' ', r.postcode::text, '(' || r.remark || ')'))
FROM load_report r WHERE r.done IN ('refused', 'changed', 'corrected') ORDER BY r.done DESC, r.postcode::text COLLATE "C" LIMIT :shown;
