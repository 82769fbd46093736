-- The hierarchy of codes: @> and <@ answer what the digits say, by an index or without, and the planner knows how many rows.
-- A code of CBS begins with the four digits of its municipality, then two of its district, then two of its neighbourhood; a
-- postcode of six begins with the postcode of four. So "lies in" is "begins with", which is what text says of them here.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

CREATE TEMPORARY TABLE coded AS
SELECT (CASE n % 3 WHEN 0 THEN 'GM' || lpad((n / 100)::text, 4, '0')
                   WHEN 1 THEN 'WK' || lpad((n / 100)::text, 4, '0') || lpad((n % 100 / 10)::text, 2, '0')
                   ELSE 'BU' || lpad((n / 100)::text, 4, '0') || lpad((n % 100 / 10)::text, 2, '0') || lpad((n % 10)::text, 2, '0') END)::wmo.area_code AS code,
       ((1000 + n / 100)::text || CASE WHEN n % 4 > 0 THEN 'A' || chr(65 + n % 26) ELSE '' END)::wmo.postcode AS postcode
FROM generate_series(0, 9999) n;
CREATE INDEX coded_code_idx ON coded (code);
CREATE INDEX coded_postcode_idx ON coded (postcode);
ANALYZE coded;

-- by the index, and by reading every row
CREATE FUNCTION pg_temp.found(by_index boolean) RETURNS TABLE (asked text, below bigint, above bigint) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('enable_seqscan', (NOT by_index)::text, true), set_config('enable_indexscan', by_index::text, true),
          set_config('enable_bitmapscan', by_index::text, true), set_config('enable_indexonlyscan', by_index::text, true);
  FOREACH asked IN ARRAY '{GM0042,WK004203,BU00420305,GM0099,GM9999}'::text[] LOOP
    EXECUTE format('SELECT count(*) FROM coded WHERE code OPERATOR(public.<@) %1$L', asked) INTO below;
    EXECUTE format('SELECT count(*) FROM coded WHERE code OPERATOR(public.@>) %1$L', asked) INTO above;
    RETURN NEXT;
  END LOOP;
  FOREACH asked IN ARRAY '{1042,1042AB,9999}'::text[] LOOP
    EXECUTE format('SELECT count(*) FROM coded WHERE postcode OPERATOR(public.<@) %1$L', asked) INTO below;
    EXECUTE format('SELECT count(*) FROM coded WHERE postcode OPERATOR(public.@>) %1$L', asked) INTO above;
    RETURN NEXT;
  END LOOP;
END
$$;
SELECT 'by text', asked, (SELECT count(*) FROM coded c WHERE substr(c.code::text, 3) LIKE substr(asked, 3) || '%'),
       (SELECT count(*) FROM coded c WHERE substr(asked, 3) LIKE substr(c.code::text, 3) || '%')
FROM unnest('{GM0042,WK004203,BU00420305,GM0099,GM9999}'::text[]) asked;
SELECT 'by text', asked, (SELECT count(*) FROM coded c WHERE replace(c.postcode::text, ' ', '') LIKE asked || '%'),
       (SELECT count(*) FROM coded c WHERE asked LIKE replace(c.postcode::text, ' ', '') || '%')
FROM unnest('{1042,1042AB,9999}'::text[]) asked;
SELECT 'by every row', f.* FROM pg_temp.found(false) f;
SELECT 'by the index', f.* FROM pg_temp.found(true) f;

-- a municipality holds 100 of 10,000 rows: the planner expects about as many, not a fixed share
CREATE FUNCTION pg_temp.expected(condition text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
  plan json;
BEGIN
  EXECUTE 'EXPLAIN (FORMAT json) SELECT FROM coded WHERE ' || condition INTO plan;
  RETURN plan -> 0 -> 'Plan' ->> 'Plan Rows';
END
$$;
SELECT c, pg_temp.expected(c) BETWEEN 50 AND 200 FROM unnest(ARRAY[$$code OPERATOR(public.<@) 'GM0042'$$, $$postcode OPERATOR(public.<@) '1042'$$]) c;
SELECT c, pg_temp.expected(c) <= 20 FROM unnest(ARRAY[$$code OPERATOR(public.<@) 'GM9999'$$, $$postcode OPERATOR(public.<@) '9999'$$]) c;
ROLLBACK;
