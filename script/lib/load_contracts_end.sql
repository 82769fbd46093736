-- The end of what script/load-contracts sends: the staged sheet becomes contracts.
\pset footer off
\pset null ''
CREATE TEMPORARY TABLE finding AS
  SELECT row_number() OVER () AS ord, f.*
  FROM wmo.load_contract_list('pg_temp.sheet'::regclass, :'dry_run'::boolean, nullif(:'buyer'::text, '')) f;
COMMIT;
SELECT count(*) > 0 AS any_shown FROM finding WHERE outcome NOT IN ('added', 'unchanged') OR :'all'::boolean \gset
\if :any_shown
SELECT outcome, line AS row, number AS contract, cell AS "column", message FROM finding
WHERE outcome NOT IN ('added', 'unchanged') OR :'all'::boolean ORDER BY ord;
\endif
SELECT CASE WHEN count(*) FILTER (WHERE outcome = 'refused') > 0
            THEN format('refused for %s reasons: nothing was loaded', count(*) FILTER (WHERE outcome = 'refused'))
            ELSE format('%s%s added, %s changed, %s unchanged', CASE WHEN :'dry_run'::boolean THEN 'dry run, nothing was loaded: ' ELSE '' END,
                        count(*) FILTER (WHERE outcome = 'added'), count(*) FILTER (WHERE outcome = 'changed'),
                        count(*) FILTER (WHERE outcome = 'unchanged')) END AS summary
FROM finding \gset
\echo :summary
\o :status
\qecho :summary
