-- postcode: four digits (PC4), with two letters (PC6) or without.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
CREATE SCHEMA postcode_test;
SET search_path = postcode_test, wmo, wmo_works, public;

-- What is read, and its canonical form.
SELECT literal, literal::postcode AS postcode
FROM (VALUES ('9711'), ('9711 AA'), ('9711AA'), ('9711aa'), (' 9711 aa  '), ('1000'), ('9999 ZZ'), ('1000AA'),
  ('1234 SB'), ('1234 AS'))
  AS literals(literal);

-- What is refused, and what the message says.
CREATE FUNCTION refusal(literal text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  state text;
  message text;
  detail text;
  hint text;
BEGIN
  RETURN 'accepted as ' || literal::wmo.postcode;
EXCEPTION WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT,
    detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
  RETURN concat_ws(E'\n', state || ' ' || message, detail, hint);
END $$;
\pset format unaligned
\pset tuples_only on
\pset recordsep '\n\n'
SELECT refusal(literal)
FROM (VALUES (''), ('  '), ('0711'), ('0711 AA'), ('9711 SA'), ('9711SD'), ('9711 ss'), ('971'), ('97110'),
  ('9711 A'), ('9711  AA'), ('9711-AA'), ('9711 A1'), ('9711 AAA'), ('NL-9711 AA'), ('nl 9711'), ('NL9711AA'),
  ('NL-9711 SA'), ('NL'),
  ('AA 9711'), ('Groningen'), ('9711 AA 12')) AS literals(literal);
\pset format aligned
\pset tuples_only off
\pset recordsep '\n'
SELECT '0711'::postcode;
SELECT literal, try_postcode(literal) AS postcode FROM (VALUES ('9711aa'), ('Groningen'), (''), (NULL)) AS literals(literal);

-- Casts: explicit from text, on assignment to text, and through any string type.
SELECT postcode('9711aa'::text), '9711AA'::char(8)::postcode, '9711'::varchar::postcode, '9711AA'::postcode::text;
CREATE TABLE cast_target (postcode postcode, label text);
INSERT INTO cast_target VALUES ('9711aa', '9711aa'::postcode);
SELECT * FROM cast_target;
INSERT INTO cast_target (postcode) VALUES ('9711'::text);
SELECT castfunc::regprocedure, castcontext, provolatile FROM pg_cast JOIN pg_proc ON pg_proc.oid = castfunc
WHERE 'postcode'::regtype IN (castsource, casttarget) ORDER BY castcontext;

-- The hierarchy.
SELECT code, level(code), parent(code), pc4(code), compact(code), last_descendant(code), lineage(code)
FROM unnest('{9711,"9711 AA",9999ZZ}'::postcode[]) AS code;
SELECT '9711'::postcode @> '9711 AA' AS in_pc4, '9711 AA'::postcode @> '9711 AA' AS in_itself,
  '9711 AA'::postcode <@ '9711' AS from_below,
  '9712'::postcode @> '9711 AA' AS in_other_pc4, '9711 AA'::postcode @> '9711' AS upside_down,
  NULL::postcode @> '9711' AS unknown;

-- Everything is reachable without wmo on the path.
SET search_path = pg_catalog;
SELECT wmo.contains('9711'::wmo.postcode, '9711AA'), wmo.contained_by('9711'::wmo.postcode, '9711AA'),
  wmo.postcode_eq('9711', '9711'), wmo.postcode_ne('9711', '9711'), wmo.postcode_lt('9711', '9711AA'),
  wmo.postcode_le('9711', '9711AA'),
  wmo.postcode_gt('9711', '9711AA'), wmo.postcode_ge('9711', '9711AA'), wmo_works.postcode_cmp('9711', '9711AA'),
  wmo.postcode_text('9711AA');
SET search_path = postcode_test, wmo, wmo_works, public;

-- Order: every PC4 directly before its PC6s.
SELECT string_agg(code::text, ', ' ORDER BY code) AS ascending, min(code), max(code)
FROM unnest('{9712,9711ZZ,9711,1000AA,9711AB,9711AA,1000,9999}'::postcode[]) AS code;

-- Binary form: four bytes, digits << 10 | letters, these 0 or 1 + their base 26 number.
SELECT postcode_send('9711'), postcode_send('9711 AA'), postcode_send('9999 ZZ'), postcode_send('1000');

-- Bytes from outside come in through a copy file, made here of one row of one column and kept on the client's side.
CREATE TABLE received (postcode postcode);
CREATE TABLE files AS
SELECT n, lo_from_bytea(0, '\x5047434f50590aff0d0a00'::bytea || int4send(0) || int4send(0) || int2send(1::int2)
  || int4send(length(field)) || field || int2send((-1)::int2)) AS file
FROM (VALUES (1, postcode_send('9711 AA')), (2, int4send(999 << 10)), (3, int4send(10000 << 10)),
  (4, int4send(9711 << 10 | 677)),
  (5, int4send(9711 << 10 | (1 + 18 * 26 + 3))), (6, int4send(-1)), (7, '\x97bc'), (8, '\x0097bc0000'))
  AS fields(n, field);
SELECT file FROM files WHERE n = 1 \gset
\lo_export :file results/postcode.bin
\copy received from 'results/postcode.bin' with (format binary)
-- Digits 999.
SELECT file FROM files WHERE n = 2 \gset
\lo_export :file results/postcode.bin
\copy received from 'results/postcode.bin' with (format binary)
-- Digits 10000.
SELECT file FROM files WHERE n = 3 \gset
\lo_export :file results/postcode.bin
\copy received from 'results/postcode.bin' with (format binary)
-- Letters after ZZ.
SELECT file FROM files WHERE n = 4 \gset
\lo_export :file results/postcode.bin
\copy received from 'results/postcode.bin' with (format binary)
-- The letters SD.
SELECT file FROM files WHERE n = 5 \gset
\lo_export :file results/postcode.bin
\copy received from 'results/postcode.bin' with (format binary)
-- Below zero.
SELECT file FROM files WHERE n = 6 \gset
\lo_export :file results/postcode.bin
\copy received from 'results/postcode.bin' with (format binary)
-- Too short.
SELECT file FROM files WHERE n = 7 \gset
\lo_export :file results/postcode.bin
\copy received from 'results/postcode.bin' with (format binary)
-- Too long.
SELECT file FROM files WHERE n = 8 \gset
\lo_export :file results/postcode.bin
\copy received from 'results/postcode.bin' with (format binary)
SELECT * FROM received;
SELECT count(lo_unlink(file)) AS unlinked FROM files;

-- Properties, against the logic of texts: which strings are postcodes ...
CREATE TABLE strings AS
SELECT digits || gap || letters AS string
FROM (VALUES ('9711'), ('0711'), ('1000'), ('971'), ('97110'), (' 9711'), ('97a1')) AS a(digits),
  (VALUES (''), (' '), ('  '), ('-')) AS b(gap),
  (SELECT '' UNION ALL SELECT 'A' UNION ALL SELECT '12' UNION ALL SELECT 'AAA'
   UNION ALL SELECT chr(65 + i / 26) || chr(97 + i % 26) FROM generate_series(0, 675) AS i) AS c(letters);
SELECT count(*) AS strings, count(*) FILTER (WHERE expected) AS postcodes,
  count(*) FILTER (WHERE expected <> (try_postcode(string) IS NOT NULL)) AS differ,
  count(*) FILTER (WHERE expected AND replace(upper(string), ' ', '') <> compact(try_postcode(string))) AS read_otherwise
FROM strings, LATERAL (SELECT string ~* '^ *[1-9][0-9]{3}( ?[A-Z]{2})? *$' AND string !~* 's[ads] *$' AS expected)
  AS oracle;

-- ... and how two postcodes stand to each other.
CREATE TABLE codes AS
SELECT (digits || letters)::postcode AS code
FROM (VALUES ('1000'), ('9710'), ('9711'), ('9712'), ('9999')) AS a(digits),
  (SELECT '' UNION ALL SELECT chr(65 + i / 26) || chr(65 + i % 26) FROM generate_series(0, 675, 9) AS i) AS b(letters)
WHERE letters !~ 'S[ADS]';
ANALYZE codes;
SELECT count(*) AS pairs,
  count(*) FILTER (WHERE a.code @> b.code) AS contained,
  count(*) FILTER (WHERE (a.code @> b.code) <> starts_with(b.bare, a.bare)) AS contains_differs,
  count(*) FILTER (WHERE (a.code <@ b.code) <> starts_with(a.bare, b.bare)) AS contained_by_differs,
  count(*) FILTER (WHERE (a.code @> b.code) <> (b.code BETWEEN a.code AND last_descendant(a.code))) AS range_differs,
  count(*) FILTER (WHERE (a.code @> b.code) <> (a.code = ANY (lineage(b.code)))) AS lineage_differs,
  count(*) FILTER (WHERE (a.code < b.code) <> (a.bare < b.bare)) AS order_differs,
  count(*) FILTER (WHERE (a.code = b.code) <> (a.bare = b.bare)) AS equality_differs,
  count(*) FILTER (WHERE (postcode_hash(a.code) = postcode_hash(b.code)) <> (a.bare = b.bare))
    AS hash_differs,
  count(*) FILTER (WHERE sign(postcode_cmp(a.code, b.code)) <> (a.bare > b.bare)::int - (a.bare < b.bare)::int)
    AS compare_differs
FROM (SELECT code, code::text COLLATE "C" AS bare FROM codes) AS a,
  (SELECT code, code::text COLLATE "C" AS bare FROM codes) AS b;
SELECT count(*) FILTER (WHERE code::text::postcode <> code OR compact(code)::postcode <> code) AS text_differs,
  count(*) FILTER (WHERE parent(code)::text IS DISTINCT FROM CASE WHEN length(code::text) > 4 THEN left(code::text, 4)
    END) AS parent_differs,
  count(*) FILTER (WHERE (postcode_hash_extended(code, 0) & 4294967295) <> (postcode_hash(code)::bigint & 4294967295))
    AS hashes_disagree
FROM codes;

-- The operator classes are complete and belong to the type by default.
SELECT amname, opcname, opcdefault, amvalidate(pg_opclass.oid), count(amprocnum) AS support_functions
FROM pg_opclass JOIN pg_am ON pg_am.oid = opcmethod JOIN pg_amproc ON amprocfamily = opcfamily
WHERE opcintype = 'postcode'::regtype GROUP BY 1, 2, 3, pg_opclass.oid ORDER BY amname;
SELECT typlen, typbyval, typalign, typstorage FROM pg_type WHERE oid = 'postcode'::regtype;

-- The planner answers <@ and @> from a btree index, with no filter and no visit to the table.
CREATE TABLE addresses AS
SELECT ((1000 + i % 300)::text || chr(65 + i % 18) || chr(65 + i % 26))::postcode AS code
FROM generate_series(1, 20000) AS i;
INSERT INTO addresses SELECT DISTINCT pc4(code) FROM addresses;
CREATE INDEX addresses_code ON addresses (code);
VACUUM ANALYZE addresses;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
EXPLAIN (COSTS off) SELECT code FROM addresses WHERE code <@ '1014';
EXPLAIN (COSTS off) SELECT code FROM addresses WHERE contained_by(code, '1014');
EXPLAIN (COSTS off) SELECT code FROM addresses WHERE code <@ '1014 OO';
EXPLAIN (COSTS off) SELECT code FROM addresses WHERE code @> '1014 OO';
SET plan_cache_mode = force_generic_plan;
PREPARE below(postcode) AS SELECT count(*) FROM addresses WHERE code <@ $1;
PREPARE above(postcode) AS SELECT count(*) FROM addresses WHERE code @> $1;
EXPLAIN (COSTS off) EXECUTE below('1014');
EXPLAIN (COSTS off) EXECUTE above('1014 OO');
-- 20000 over 300 PC4s: 67 addresses, and the PC4 itself.
EXECUTE below('1014');
RESET plan_cache_mode;

-- The index finds what texts say.
CREATE TABLE asked AS
SELECT DISTINCT pc4(code) AS code FROM addresses
UNION ALL (SELECT DISTINCT code FROM addresses ORDER BY code LIMIT 70);
SELECT sum((SELECT count(*) FROM addresses WHERE addresses.code <@ asked.code)) AS below,
  sum((SELECT count(*) FROM addresses WHERE addresses.code @> asked.code)) AS above
FROM asked \gset with_index_
SELECT count(*) FILTER (WHERE starts_with(a.bare, b.bare)) = :with_index_below AS same_below,
  count(*) FILTER (WHERE starts_with(b.bare, a.bare)) = :with_index_above AS same_above
FROM (SELECT code::text AS bare FROM addresses) AS a, (SELECT code::text AS bare FROM asked) AS b;
RESET enable_seqscan;
RESET enable_bitmapscan;

-- Every function, operator, cast and operator class of the type says what it is.
SELECT classid::regclass, objid FROM pg_depend
WHERE refclassid = 'pg_extension'::regclass AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'wmo_contracts')
  AND pg_describe_object(classid, objid, 0) ~ 'postcode' AND obj_description(objid, classid::regclass::name) IS NULL
  -- the server makes arrays and the row types of tables itself, and from 17 they count as members too
  AND NOT (classid = 'pg_type'::regclass AND objid IN (SELECT t.oid FROM pg_type t WHERE t.typelem <> 0
    OR t.typrelid IN (SELECT r.oid FROM pg_class r WHERE r.relkind <> 'c')));

DROP SCHEMA postcode_test CASCADE;
