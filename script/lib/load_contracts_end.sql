-- The end of what script/load-contracts sends: the staged sheet becomes contracts.
\pset footer off
\pset null ''
CREATE TEMPORARY TABLE finding AS
  SELECT row_number() OVER () AS ord, f.*
  FROM wmo.load_contract_list('pg_temp.sheet'::regclass, :'dry_run'::boolean, nullif(:'buyer'::text, '')) f;
COMMIT;
SELECT count(*) > 0 AS any_shown FROM finding WHERE outcome NOT IN ('added', 'unchanged') OR :'all'::boolean \gset
\if :any_shown
SELECT outcome, CASE WHEN cardinality(lines) > 4 THEN format('%s and %s more', array_to_string(lines[:3], ', '), cardinality(lines) - 3)
       ELSE coalesce(array_to_string(lines, ', '), '') END AS row, number AS contract, cell AS "column", message FROM finding
WHERE outcome NOT IN ('added', 'unchanged') OR :'all'::boolean ORDER BY ord;
\endif
SELECT CASE WHEN count(*) FILTER (WHERE outcome = 'refused') > 0
            THEN format('refused for %s reasons: nothing was loaded', count(*) FILTER (WHERE outcome = 'refused'))
            ELSE format('%s%s added, %s changed, %s unchanged', CASE WHEN :'dry_run'::boolean THEN 'dry run, nothing was loaded: ' ELSE '' END,
                        count(*) FILTER (WHERE outcome = 'added'), count(*) FILTER (WHERE outcome = 'changed'),
                        count(*) FILTER (WHERE outcome = 'unchanged')) END AS summary
FROM finding \gset
\echo :summary
-- the list again, with what is wrong in each row; what is wrong with the whole of it stands in the first
SELECT string_agg(format('s.%I', a.attname), ', ' ORDER BY a.attnum) AS columns FROM pg_attribute a
WHERE a.attrelid = 'pg_temp.sheet'::regclass AND a.attnum > 1 AND NOT a.attisdropped
  AND regexp_replace(lower(a.attname), '[^[:alnum:]]+', '', 'g') <> 'watermisis' \gset
\o :faults
SELECT format('COPY (SELECT %s, (SELECT string_agg(concat_ws('': '', f.cell, f.message), '' | '' ORDER BY f.ord) FROM finding f
                 WHERE f.outcome = ''refused'' AND (s.line = ANY (f.lines) OR s.line = first.line AND (f.lines IS NULL OR f.lines = ''{1}'')))
                 AS "wat er mis is" FROM pg_temp.sheet s CROSS JOIN (SELECT min(line) AS line FROM pg_temp.sheet) first ORDER BY s.line)
               TO STDOUT (FORMAT csv, HEADER, DELIMITER %L)', :'columns', :'separator') \gexec
\o :status
\qecho :summary
