-- area_code: codes of municipalities, districts and neighbourhoods.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
CREATE SCHEMA area_code_test;
SET search_path = area_code_test, wmo, wmo_works, public;

-- What is read, and its canonical form. CBS pads its codes with blanks; iWmo writes a municipality's four digits.
SELECT literal, literal::area_code AS code
FROM (VALUES ('GM0014'), ('0014'), ('WK001400'), ('BU00140000'), ('gm0014'), ('GM0014    '), (E' \t0014\n'), ('wk0363aa'),
  ('BU0363AA0z'), ('0000'), ('9999'), ('BU9999ZZZZ')) AS literals(literal);

-- What is refused, and what the message says.
CREATE FUNCTION refusal(literal text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  state text;
  message text;
  detail text;
  hint text;
BEGIN
  RETURN 'accepted as ' || literal::wmo.area_code;
EXCEPTION WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT,
    detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
  RETURN concat_ws(E'\n', state || ' ' || message, detail, hint);
END $$;
\pset format unaligned
\pset tuples_only on
\pset recordsep '\n\n'
SELECT refusal(literal)
FROM (VALUES (''), ('   '), ('14'), ('001400'), ('0014AA'), ('00140000'), ('GM014'), ('GM00140'), ('GM 0014'),
  ('GM00A4'), ('WK0014'), ('WK00140'), ('WK0014-1'), ('WK00140000'), ('BU0014'), ('BU001400'),
  ('BU0014000'), ('BU001400000'), ('PV20'), ('NL00'), ('LD01'), ('G'), ('GM'), ('GM0014 GM0015'), ('-001'),
  ('00143'), ('Groningen')) AS literals(literal);
\pset format aligned
\pset tuples_only off
\pset recordsep '\n'
SELECT 'GM14'::area_code;
SELECT literal, try_area_code(literal) AS code FROM (VALUES ('0014'), ('Groningen'), (''), (NULL)) AS literals(literal);

-- Casts: explicit from text, on assignment to text, and through any string type.
SELECT area_code('0014'::text), 'WK001400'::char(12)::area_code, 'bu00140000'::varchar::area_code, '0014'::area_code::text;
CREATE TABLE cast_target (code area_code, label text);
INSERT INTO cast_target VALUES ('0014', '0014'::area_code);
SELECT * FROM cast_target;
INSERT INTO cast_target (code) VALUES ('0014'::text);
SELECT castfunc::regprocedure, castcontext, provolatile FROM pg_cast JOIN pg_proc ON pg_proc.oid = castfunc
WHERE 'area_code'::regtype IN (castsource, casttarget) ORDER BY castcontext;

-- The hierarchy.
SELECT code, level(code), parent(code), municipality(code), district(code), municipality_digits(code),
  last_descendant(code), lineage(code)
FROM unnest('{GM0014,WK001400,BU00140000,WK0363AA,BU0363AA0Z,GM9999}'::area_code[]) AS code;
SELECT 'GM0014'::area_code @> 'BU00140000' AS in_municipality, 'WK001400'::area_code @> 'BU00140000' AS in_district,
  'GM0014'::area_code @> 'GM0014' AS in_itself, 'BU00140000'::area_code <@ 'GM0014' AS from_below,
  'WK001401'::area_code @> 'BU00140000' AS in_other_district,
  'GM0015'::area_code @> 'BU00140000' AS in_other_municipality,
  'BU00140000'::area_code @> 'GM0014' AS upside_down, NULL::area_code @> 'GM0014' AS unknown;

-- Everything is reachable without wmo on the path.
SET search_path = pg_catalog;
SELECT wmo.contains('GM0014'::wmo.area_code, 'WK001400'), wmo.contained_by('GM0014'::wmo.area_code, 'WK001400'),
  wmo.area_code_eq('GM0014', '0014'), wmo.area_code_ne('GM0014', '0014'), wmo.area_code_lt('GM0014', 'WK001400'),
  wmo.area_code_le('GM0014', 'WK001400'), wmo.area_code_gt('GM0014', 'WK001400'), wmo.area_code_ge('GM0014', 'WK001400'),
  wmo_works.area_code_cmp('GM0014', 'WK001400'), wmo.area_code_text('0014');
SET search_path = area_code_test, wmo, wmo_works, public;

-- Order: every code directly before its descendants, digits before letters.
SELECT string_agg(code::text, ' ' ORDER BY code) AS ascending, min(code), max(code)
FROM unnest('{GM0015,BU0014AA00,WK001401,BU00140009,GM0014,WK0014AA,BU0014000A,WK001400,BU00140010,BU00140000}'
  ::area_code[]) AS code;

-- Binary form: eight bytes, municipality << 22 | district << 11 | neighbourhood, these two 0 or 1 + their base 36 number.
SELECT area_code_send('GM0014'), area_code_send('WK001400'), area_code_send('BU00140010'), area_code_send('BU9999ZZZZ');

-- Bytes from outside come in through a copy file, made here of one row of one column and kept on the client's side.
CREATE TABLE received (code area_code);
CREATE TABLE files AS
SELECT n, lo_from_bytea(0, '\x5047434f50590aff0d0a00'::bytea || int4send(0) || int4send(0) || int2send(1::int2)
  || int4send(length(field)) || field || int2send((-1)::int2)) AS file
FROM (VALUES (1, area_code_send('BU0363AA0Z')), (2, '\x0000000003800001'), (3, '\x0000000003800d11'),
  (4, '\x0000000003a88800'),
  (5, '\x00000009c4000000'), (6, '\x8000000003800000'), (7, '\x00000000038000'), (8, '\x000000000380000000'))
  AS fields(n, field);
SELECT file FROM files WHERE n = 1 \gset
\lo_export :file results/area_code.bin
\copy received from 'results/area_code.bin' with (format binary)
-- A neighbourhood without its district.
SELECT file FROM files WHERE n = 2 \gset
\lo_export :file results/area_code.bin
\copy received from 'results/area_code.bin' with (format binary)
-- Neighbourhood 1297.
SELECT file FROM files WHERE n = 3 \gset
\lo_export :file results/area_code.bin
\copy received from 'results/area_code.bin' with (format binary)
-- District 1297.
SELECT file FROM files WHERE n = 4 \gset
\lo_export :file results/area_code.bin
\copy received from 'results/area_code.bin' with (format binary)
-- Municipality 10000.
SELECT file FROM files WHERE n = 5 \gset
\lo_export :file results/area_code.bin
\copy received from 'results/area_code.bin' with (format binary)
-- Below zero.
SELECT file FROM files WHERE n = 6 \gset
\lo_export :file results/area_code.bin
\copy received from 'results/area_code.bin' with (format binary)
-- Too short.
SELECT file FROM files WHERE n = 7 \gset
\lo_export :file results/area_code.bin
\copy received from 'results/area_code.bin' with (format binary)
-- Too long.
SELECT file FROM files WHERE n = 8 \gset
\lo_export :file results/area_code.bin
\copy received from 'results/area_code.bin' with (format binary)
SELECT * FROM received;
SELECT count(lo_unlink(file)) AS unlinked FROM files;

-- Properties, against the logic of text prefixes: which strings are codes ...
WITH prefixes(prefix) AS (VALUES (''), ('GM'), ('gm'), ('WK'), ('wK'), ('BU'), ('bU'), ('PV'), ('G'), ('GMGM'),
    (' '), ('GM ')),
  bodies AS (
    SELECT left(translate(md5(i::text), 'abcdef', CASE WHEN i % 3 = 0 THEN 'AZz9-8' ELSE '012345' END), i % 11) AS body
    FROM generate_series(1, 4000) AS i)
SELECT count(*) AS strings, count(*) FILTER (WHERE expected) AS codes,
  count(*) FILTER (WHERE expected <> (code IS NOT NULL)) AS differ,
  count(*) FILTER (WHERE expected AND upper(trim(string)) NOT IN (code::text, substr(code::text, 3))) AS read_otherwise
FROM (SELECT prefix || body AS string FROM prefixes, bodies) AS strings,
  LATERAL (SELECT string ~* '^ *((GM)?[0-9]{4}|WK[0-9]{4}[0-9A-Z]{2}|BU[0-9]{4}[0-9A-Z]{4}) *$' AS expected,
    try_area_code(string) AS code) AS oracle;

-- ... and how two codes stand to each other.
CREATE TABLE codes AS
WITH municipalities(m) AS (VALUES ('0000'), ('0013'), ('0014'), ('0140'), ('9999')),
  parts(p) AS (VALUES ('00'), ('01'), ('10'), ('0A'), ('A0'), ('9Z'), ('Z9'), ('ZZ'))
SELECT ('GM' || m)::area_code AS code FROM municipalities
UNION ALL SELECT ('WK' || m || p)::area_code FROM municipalities, parts
UNION ALL SELECT ('BU' || m || parts.p || below.p)::area_code FROM municipalities, parts, parts AS below
UNION ALL SELECT ('BU' || translate(left(md5(i::text), 4), 'abcdef', '012345')
  || upper(translate(substr(md5(i::text), 5, 4), 'ef', 'yz')))::area_code
FROM generate_series(1, 200) AS i;
ANALYZE codes;
SELECT count(*) AS pairs,
  count(*) FILTER (WHERE a.code @> b.code) AS contained,
  count(*) FILTER (WHERE (a.code @> b.code) <> starts_with(b.bare, a.bare)) AS contains_differs,
  count(*) FILTER (WHERE (a.code <@ b.code) <> starts_with(a.bare, b.bare)) AS contained_by_differs,
  count(*) FILTER (WHERE (a.code @> b.code) <> (b.code BETWEEN a.code AND last_descendant(a.code))) AS range_differs,
  count(*) FILTER (WHERE (a.code @> b.code) <> (a.code = ANY (lineage(b.code)))) AS lineage_differs,
  count(*) FILTER (WHERE (a.code < b.code) <> (a.bare < b.bare)) AS order_differs,
  count(*) FILTER (WHERE (a.code = b.code) <> (a.bare = b.bare)) AS equality_differs,
  count(*) FILTER (WHERE (area_code_hash(a.code) = area_code_hash(b.code)) <> (a.bare = b.bare))
    AS hash_differs,
  count(*) FILTER (WHERE sign(area_code_cmp(a.code, b.code)) <> (a.bare > b.bare)::int - (a.bare < b.bare)::int)
    AS compare_differs
FROM (SELECT code, substr(code::text, 3) COLLATE "C" AS bare FROM codes) AS a,
  (SELECT code, substr(code::text, 3) COLLATE "C" AS bare FROM codes) AS b;
SELECT count(*) FILTER (WHERE code::text::area_code <> code) AS text_differs,
  count(*) FILTER (WHERE substr(parent(code)::text, 3) IS DISTINCT FROM
    CASE WHEN length(code::text) > 6 THEN left(substr(code::text, 3), -2) END) AS parent_differs,
  count(*) FILTER (WHERE level(code) <>
    CASE left(code::text, 2) WHEN 'GM' THEN 'municipality' WHEN 'WK' THEN 'district' ELSE 'neighbourhood' END)
    AS level_differs,
  count(*) FILTER (WHERE (area_code_hash_extended(code, 0) & 4294967295) <> (area_code_hash(code)::bigint & 4294967295))
    AS hashes_disagree
FROM codes;

-- The operator classes are complete and belong to the type by default.
SELECT amname, opcname, opcdefault, amvalidate(pg_opclass.oid), count(amprocnum) AS support_functions
FROM pg_opclass JOIN pg_am ON pg_am.oid = opcmethod JOIN pg_amproc ON amprocfamily = opcfamily
WHERE opcintype = 'area_code'::regtype GROUP BY 1, 2, 3, pg_opclass.oid ORDER BY amname;
SELECT typlen, typbyval, typalign, typstorage FROM pg_type WHERE oid = 'area_code'::regtype;

-- The planner answers <@ and @> from a btree index, with no filter and no visit to the table.
CREATE TABLE clients AS
SELECT ('BU' || lpad((i % 300)::text, 4, '0') || lpad((i % 7)::text, 2, '0')
  || lpad((i % 11)::text, 2, '0'))::area_code AS code
FROM generate_series(1, 20000) AS i;
INSERT INTO clients SELECT DISTINCT municipality(code) FROM clients;
CREATE INDEX clients_code ON clients (code);
VACUUM ANALYZE clients;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
EXPLAIN (COSTS off) SELECT code FROM clients WHERE code <@ 'GM0014';
EXPLAIN (COSTS off) SELECT code FROM clients WHERE 'WK001402' @> code;
EXPLAIN (COSTS off) SELECT code FROM clients WHERE code <@ 'BU00140204';
EXPLAIN (COSTS off) SELECT code FROM clients WHERE contained_by(code, 'GM0014');
EXPLAIN (COSTS off) SELECT code FROM clients WHERE contains('GM0014', code);
EXPLAIN (COSTS off) SELECT code FROM clients WHERE code @> 'BU00140204';
EXPLAIN (COSTS off) SELECT code FROM clients WHERE code @> 'GM0014';
EXPLAIN (COSTS off) SELECT code FROM clients WHERE code <@ NULL::area_code;
-- A domain over the type is no obstacle, and the first and last code are read off the index.
CREATE DOMAIN municipality_code AS area_code CHECK (wmo.level(VALUE) = 'municipality');
CREATE TABLE municipalities AS SELECT DISTINCT municipality(code)::municipality_code AS code FROM clients;
CREATE INDEX municipalities_code ON municipalities (code DESC);
VACUUM ANALYZE municipalities;
INSERT INTO municipalities VALUES ('WK001400');
EXPLAIN (COSTS off) SELECT code FROM municipalities WHERE code <@ 'GM0014';
EXPLAIN (COSTS off) SELECT code FROM municipalities WHERE code @> 'WK001400';
-- The plan without what it costs; from 18 a node that was switched off and is used for want of another says so.
CREATE FUNCTION plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
  line text;
BEGIN
  FOR line IN EXECUTE 'EXPLAIN (COSTS off) ' || query LOOP
    IF line !~ '^ *Disabled: true$' THEN
      RETURN NEXT line;
    END IF;
  END LOOP;
END $$;
CREATE FUNCTION plan_mentions(query text, node text) RETURNS boolean LANGUAGE sql AS $$
  SELECT bool_or(position(node IN line) > 0) FROM area_code_test.plan(query) line $$;
SELECT plan_mentions('SELECT min(code) FROM area_code_test.clients', 'Index Only Scan using clients_code') AS first,
  plan_mentions('SELECT max(code) FROM area_code_test.clients', 'Index Only Scan Backward using clients_code') AS last;

-- Also for a code that is known only at run time.
SET plan_cache_mode = force_generic_plan;
PREPARE below(area_code) AS SELECT count(*) FROM clients WHERE code <@ $1;
PREPARE above(area_code) AS SELECT count(*) FROM clients WHERE code @> $1;
EXPLAIN (COSTS off) EXECUTE below('GM0014');
EXPLAIN (COSTS off) EXECUTE above('BU00140204');
EXECUTE below('GM0014');
EXECUTE below(NULL);
EXECUTE above('BU00140204');
RESET plan_cache_mode;
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET enable_material = off;
SELECT plan($$SELECT count(*) FROM codes JOIN clients ON clients.code <@ codes.code$$);
SELECT plan($$SELECT count(*) FROM codes JOIN clients ON clients.code @> codes.code$$);
-- A volatile code is no bound of an index range, nor is a column of the same table.
CREATE FUNCTION any_code() RETURNS area_code LANGUAGE plpgsql VOLATILE AS
$$ BEGIN RETURN 'GM0014'::wmo.area_code; END $$;
EXPLAIN (COSTS off) SELECT code FROM clients WHERE code <@ any_code();
EXPLAIN (COSTS off) SELECT code FROM clients WHERE code <@ parent(code);
-- A hash index knows no order.
CREATE TABLE hashed AS SELECT * FROM clients;
CREATE INDEX hashed_code ON hashed USING hash (code);
SELECT plan($$SELECT code FROM hashed WHERE code @> 'BU00140204'$$);
SELECT plan($$SELECT code FROM hashed WHERE code = 'BU00140204'$$);
RESET enable_hashjoin;
RESET enable_mergejoin;
RESET enable_material;

-- The index finds what a look at every row finds.
CREATE FUNCTION counts(OUT below bigint, OUT above bigint) LANGUAGE sql AS $$
  SELECT sum((SELECT count(*) FROM area_code_test.clients WHERE clients.code OPERATOR(public.<@) codes.code)),
    sum((SELECT count(*) FROM area_code_test.clients WHERE clients.code OPERATOR(public.@>) codes.code))
  FROM area_code_test.codes $$;
SELECT * FROM counts() \gset with_index_
SET enable_indexscan = off;
SET enable_indexonlyscan = off;
RESET enable_seqscan;
SELECT below = :with_index_below AND below > 0 AS same_below, above = :with_index_above AND above > 0 AS same_above
FROM counts();
RESET enable_indexscan;
RESET enable_indexonlyscan;
RESET enable_bitmapscan;

-- Estimates: within a factor of three where a code has many rows, one where it has none or few.
CREATE FUNCTION estimate(condition text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  plan json;
BEGIN
  EXECUTE 'EXPLAIN (FORMAT json) SELECT * FROM area_code_test.clients WHERE ' || condition INTO plan;
  RETURN plan->0->'Plan'->>'Plan Rows';
END $$;
SELECT condition, estimate(condition) BETWEEN lowest AND highest AS is_near
FROM (VALUES ($$code <@ 'GM0014'$$, 67 / 3, 67 * 3), ($$wmo.contained_by(code, 'GM0014')$$, 67 / 3, 67 * 3),
  ($$code <@ 'WK001402'$$, 1, 10 * 3), ($$code <@ 'GM0990'$$, 1, 1), ($$code <@ 'BU00140204'$$, 1, 3),
  ($$code @> 'BU00140204'$$, 1, 6), ($$NOT code <@ 'GM0014'$$, 20100, 20300)) AS conditions(condition, lowest, highest);

-- Hash joins, hash partitions and list partitions take the type.
CREATE TABLE parted (code area_code) PARTITION BY HASH (code);
CREATE TABLE parted_0 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO parted SELECT code FROM codes;
SELECT (SELECT count(*) FROM parted) = (SELECT count(*) FROM codes) AS all_there,
  (SELECT count(*) FROM parted_0) > 100 AS in_one, (SELECT count(*) FROM parted_1) > 100 AS in_other;

-- The text of a code may stand in an exclusion constraint.
CREATE TABLE editions (code area_code, valid daterange, EXCLUDE USING gist ((code::text) WITH =, valid WITH &&));
INSERT INTO editions VALUES ('GM0014', '[2018-01-01,2019-01-01)'), ('GM0014', '[2019-01-01,)'),
  ('GM0009', '[2018-01-01,2019-01-01)');
INSERT INTO editions VALUES ('0014', '[2018-06-01,2018-07-01)');

-- Every function, operator, cast and operator class of the type says what it is.
SELECT classid::regclass, objid FROM pg_depend
WHERE refclassid = 'pg_extension'::regclass AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'wmo_contracts')
  AND pg_describe_object(classid, objid, 0) ~ 'area_code|hierarchy_'
  AND obj_description(objid, classid::regclass::name) IS NULL
  -- the server makes arrays and the row types of tables itself, and from 17 they count as members too
  AND NOT (classid = 'pg_type'::regclass AND objid IN (SELECT t.oid FROM pg_type t WHERE t.typelem <> 0
    OR t.typrelid IN (SELECT r.oid FROM pg_class r WHERE r.relkind <> 'c')));

DROP SCHEMA area_code_test CASCADE;
