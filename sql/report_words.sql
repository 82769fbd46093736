-- What the columns mean: every one is explained, in the same words wherever it means the same.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relnamespace = 'wmo_bi'::regnamespace AND col_description(c.oid, a.attnum) IS NULL;
SELECT a.attname, count(*), count(DISTINCT col_description(c.oid, a.attnum)) AS meanings FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relnamespace = 'wmo_bi'::regnamespace GROUP BY a.attname HAVING count(DISTINCT col_description(c.oid, a.attnum)) > 1 ORDER BY a.attname COLLATE "C";
SELECT col_description('wmo_bi.client_stop'::regclass, a.attnum) FROM pg_attribute a WHERE a.attrelid = 'wmo_bi.client_stop'::regclass AND a.attname = 'last_day';
SELECT col_description('wmo_bi.contract_option'::regclass, a.attnum) FROM pg_attribute a WHERE a.attrelid = 'wmo_bi.contract_option'::regclass AND a.attname = 'last_day';
ROLLBACK;
