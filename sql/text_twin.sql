-- Functions that take a type of ours, for clients that send text.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

-- functions to call that take a code or a period, and have no twin: what several types share, by name
SELECT p.proname, string_agg(format_type(p.proargtypes[0], NULL), ', ' ORDER BY p.oid) FROM pg_proc p
WHERE p.pronamespace = 'wmo'::regnamespace AND p.prokind = 'f'
  AND p.proargtypes::oid[] && ARRAY['wmo.area_code'::regtype, 'wmo.postcode'::regtype, 'wmo.contract_period'::regtype, 'wmo.objection_period'::regtype]::oid[]
  AND NOT EXISTS (SELECT FROM pg_operator o WHERE o.oprcode = p.oid) AND NOT EXISTS (SELECT FROM pg_amproc m WHERE m.amproc = p.oid)
  AND NOT EXISTS (SELECT FROM pg_cast c WHERE c.castfunc = p.oid) AND NOT EXISTS (SELECT FROM pg_type y WHERE p.oid IN (y.typinput, y.typoutput, y.typreceive, y.typsend))
  AND NOT EXISTS (SELECT FROM pg_proc twin WHERE twin.pronamespace = p.pronamespace AND twin.proname = p.proname AND twin.prorettype = p.prorettype
    AND twin.proargtypes::text = (SELECT string_agg(CASE WHEN t.typnamespace = 'wmo'::regnamespace THEN 'text'::regtype::oid ELSE t.oid END::text, ' ' ORDER BY a.n)
                                  FROM unnest(p.proargtypes) WITH ORDINALITY a (oid, n) JOIN pg_type t ON t.oid = a.oid))
GROUP BY p.proname ORDER BY p.proname COLLATE "C";
-- a twin takes no text where the function takes a day, a number or days; and promises what the function does
SELECT count(*) > 30 AS twins, count(*) FILTER (WHERE t.provolatile <> f.provolatile OR t.proisstrict <> f.proisstrict OR t.proparallel <> 's' OR t.proretset <> f.proretset OR
    t.proargnames[t.pronargs + 1:] IS DISTINCT FROM f.proargnames[f.pronargs + 1:] OR t.proallargtypes[t.pronargs + 1:] IS DISTINCT FROM f.proallargtypes[f.pronargs + 1:]) AS otherwise
FROM pg_proc t JOIN pg_proc f ON f.proname = t.proname AND f.pronamespace = t.pronamespace AND f.oid <> t.oid
WHERE obj_description(t.oid, 'pg_proc') LIKE 'For clients that send text: %';
-- for who chooses by names (PostgREST): no two functions of one name whose arguments have the same names
SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'wmo'::regnamespace AND p.proname IN (SELECT t.proname FROM pg_proc t WHERE obj_description(t.oid, 'pg_proc') LIKE 'For clients%')
  AND NOT '' = ANY (p.proargnames[1:p.pronargs]) GROUP BY p.proname, p.proargnames[1:p.pronargs] HAVING count(*) > 1;

-- as clients send it: varchar, text, a literal; the answer is that of the type
SELECT pg_temp.area(1, 'Stad', code => 'GM0014'), pg_temp.contract(1, '[2020-01-01,2022-01-01)+P1Y notice P6M', 1, 20);
INSERT INTO wmo.postcode_place (id, postcode, geom) VALUES (1, '9711', pg_temp.square(1)::text);
INSERT INTO wmo.party_identifier (party_id, scheme, value) VALUES (2, 'agb', '00000002');
INSERT INTO wmo.service_product (buyer_id, code, service_id) VALUES (1, '02A03', 20);
PREPARE by_area(varchar, varchar) AS SELECT p.provider, p.role, p.certainty FROM wmo.providers_in_area($1, $2, '2020-06-01', 40) p;
EXECUTE by_area('GM0014', 'begeleiding');
EXECUTE by_area('0014', 'begeleiding');
PREPARE by_postcode(text) AS SELECT p.provider, p.covers FROM wmo.providers_at_postcode($1, 'begeleiding', '2020-06-01', 40) p;
EXECUTE by_postcode('9711 ');
PREPARE by_product(varchar, varchar, varchar) AS SELECT c.number, c.role FROM wmo.contract_for($1, $2, $3, '2020-06-01', 40) c;
EXECUTE by_product('00000002', '02A03', 'GM0014');
SELECT wmo.is_contracted('00000002', '02A03', 'GM0014'::varchar, '2020-06-01'), wmo.answer_at_postcode('9711'::text, 'begeleiding', '2020-06-01', 40);
SELECT wmo.notice_by('[2020-01-01,2022-01-01)+P1Y notice P6M'::varchar), wmo.end_kind('[2020-01-01,?)'), wmo.latest_last_day('standstill:(2018-07-24+P20D,2018-08-13]'::text);
SELECT wmo.exercise_option('[2020-01-01,2022-01-01)+P1Y'::text), wmo.first_term(NULL) IS NULL;
SELECT count(*) FROM wmo.coverage_gaps('begeleiding', '[2020-01-01,2021-01-01)', 'GM0014'::varchar, '2020-06-01');
-- calls that name their arguments, and calls without the argument, find one function
SELECT count(*) FROM wmo.providers_in_area(code => 'GM0014', service => 'begeleiding', on_date => '2020-06-01') p;
SELECT count(*) >= 0 FROM wmo.coverage_gaps('begeleiding', '[2020-01-01,2021-01-01)', as_of => '2020-06-01');
-- errors are those of the type
SELECT pg_temp.verdict(statement) FROM unnest(ARRAY[$$SELECT wmo.providers_in_area('XX1'::varchar, 'begeleiding')$$, $$SELECT wmo.pc4('97'::text)$$,
  $$SELECT wmo.notice_by('[2020-01-01'::text)$$]) statement;
ROLLBACK;
