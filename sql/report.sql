-- The registry as plain rows: what every view keeps to, and parties, services and places.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

-- what every reporting view keeps to: an integer id comes first, changed_at tells, and each column has a plain type
SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = 1
WHERE c.relnamespace = 'wmo_bi'::regnamespace AND NOT (a.attname = 'id' AND a.atttypid IN ('int4'::regtype, 'int8'::regtype));
SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'wmo_bi'::regnamespace AND c.relname NOT IN ('watermark', 'coverage_map')
  AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'changed_at' AND a.atttypid = 'timestamptz'::regtype);
SELECT format_type(a.atttypid, CASE WHEN a.attname = 'geom' THEN a.atttypmod END) ~ '^(public\.)?geometry' AS shape,
       regexp_replace(format_type(a.atttypid, a.atttypmod), '^public\.', '') AS type, count(*) > 0
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 WHERE c.relnamespace = 'wmo_bi'::regnamespace GROUP BY 1, 2 ORDER BY 1, 2;
-- a last day says what its absence means
SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'last_day' WHERE c.relnamespace = 'wmo_bi'::regnamespace
  AND NOT EXISTS (SELECT FROM pg_attribute k WHERE k.attrelid = c.oid AND k.attname = 'end_kind') ORDER BY c.relname COLLATE "C";

-- the key of a row that no table holds: sha256sum of the same words, its first 13 digits
SELECT wmo_works.report_id('abc') = x'ba7816bf8f01c'::bigint, wmo_works.report_id('abc') < 2::bigint ^ 53;
SELECT wmo_works.report_id(E'a\\b|é') = x'0f6f98c63c752'::bigint;
-- days without end, and infinite ones, which most clients cannot read
SELECT d, wmo_works.first_day_of(d), wmo_works.last_day_of(d), wmo_works.end_kind_of(d, 'no_end_recorded') FROM unnest(ARRAY['[2020-01-01,2021-01-01)', '(,2021-01-01)', '[2020-01-01,)',
  '[2020-01-01,infinity)', '(-infinity,2021-01-01)', '(,)', '[2020-01-01,2020-01-01]']::daterange[]) d;

-- what reports read of ranges as they lie in rows is what the server says of them; the begin of a day is that of the zone, also of one set meanwhile
CREATE TEMPORARY TABLE lain AS SELECT d FROM unnest('{empty,"(,)","[2020-01-01,)","(,2020-01-01)","[2020-01-01,2020-02-01)","[-infinity,2020-01-01)","(-infinity,2020-01-01)",
  "[2020-01-01,infinity)","[2020-01-01,infinity]"}'::daterange[]) d;
SELECT count(*), count(*) FILTER (WHERE wmo_works.holds_on(l.d, day) IS DISTINCT FROM l.d @> day OR wmo_works.holds_on(l.d * '(,)', day) IS DISTINCT FROM l.d @> day) AS wrong
FROM lain l, unnest('{-infinity,2019-12-31,2020-01-01,2020-01-31,2020-02-01,infinity}'::date[]) day;
SELECT a, wmo_works.first_age_of(a), wmo_works.last_age_of(a) FROM unnest('{empty,"(,)","[18,)","[,18)","[18,75)"}'::int4range[]) a;
SELECT set_config('timezone', zone, true), extract(epoch FROM wmo_works.begin_of(l.d)) FROM lain l, unnest('{UTC,Europe/Amsterdam,America/New_York}'::text[]) zone WHERE l.d = '[2020-01-01,)';
SELECT count(*) FROM lain l WHERE wmo_works.begin_of(l.d) IS NULL;
-- and the planner expects as many rows
CREATE TEMPORARY TABLE many AS SELECT daterange(date '2020-01-01' + n, date '2020-04-01' + n) AS d FROM generate_series(1, 1000) n;
ANALYZE many;
CREATE FUNCTION pg_temp.expected(condition text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  plan json;
BEGIN
  EXECUTE format('EXPLAIN (FORMAT json) SELECT FROM many WHERE %s', condition) INTO plan;
  RETURN plan -> 0 -> 'Plan' ->> 'Plan Rows';
END
$$;
SELECT pg_temp.expected('wmo_works.holds_on(d, ''2020-06-01'')') = pg_temp.expected('d @> date ''2020-06-01''') AS as_many, pg_temp.expected('d @> date ''2020-06-01''')::integer < 200 AS few;

-- a party with its numbers and names
INSERT INTO wmo.party_identifier (id, party_id, scheme, value, valid) VALUES (1, 2, 'agb', '00000002', '(,2020-01-01)'), (2, 2, 'agb', '00000012', '[2020-01-01,)'), (3, 2, 'kvk', '00123456', '(,)');
INSERT INTO wmo.party_alias (id, party_id, name) VALUES (1, 2, 'De Aanbieder');
INSERT INTO wmo.consortium_member (id, consortium_id, member_id, lead, valid) VALUES (1, 5, 3, true, '[2020-01-01,)');
INSERT INTO wmo.party_succession (id, predecessor_id, successor_id, kind, effective_on) VALUES (1, 6, 2, 'takeover', '2021-01-01');
SELECT p.id, p.name, p.kind, p.agb, p.kvk, p.oin, p.other_names, p.source FROM wmo_bi.party p WHERE p.id IN (1, 2) ORDER BY p.id;
SELECT i.id, i.party, i.scheme, i.value, i.first_day, i.last_day, i.end_kind FROM wmo_bi.party_identifier i ORDER BY i.id;
SELECT a.party, a.other_name, a.first_day, a.last_day, a.end_kind FROM wmo_bi.party_alias a;
SELECT m.consortium, m.member, m.lead, m.first_day, m.last_day, m.end_kind FROM wmo_bi.consortium_member m;
SELECT s.predecessor, s.successor, s.kind, s.effective_on FROM wmo_bi.party_succession s;
SELECT s.code, s.name, s.iwmo_category, s.provision, s.access, s.parent FROM wmo_bi.service s WHERE s.id = 21;
INSERT INTO wmo.service_product (id, buyer_id, code, service_id, valid) VALUES (1, 1, '02A03', 21, '[2020-01-01,2021-01-01)');
SELECT p.buyer, p.code, p.service, p.first_day, p.last_day, p.end_kind FROM wmo_bi.service_product p;

-- areas by edition; one without a shape has that of its parts, while they all have one
SELECT pg_temp.area(1, 'Een', code => 'GM0014', valid => '(,2020-01-01)'), pg_temp.area(2, 'Twee', 'schematic'), pg_temp.area(3, 'Drie', NULL), pg_temp.area(4, 'Vier', NULL);
INSERT INTO wmo.area_part (id, whole_id, part_id) VALUES (1, 3, 1), (2, 3, 2);
SELECT a.id, a.code, a.name, a.first_day, a.last_day, a.end_kind, a.geom_basis, round(wmo_works.surface(a.geom)) AS square_metres FROM wmo_bi.area a ORDER BY a.id;
SELECT p.whole, p.part, p.part_code FROM wmo_bi.area_part p ORDER BY p.id;

-- when what a row shows last changed: every change of what it shows, in a transaction of its own
CREATE FUNCTION pg_temp.changed(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  said text;
BEGIN
  -- as if all was written in 2019
  PERFORM set_config('session_replication_role', 'replica', true);
  UPDATE wmo.party SET changed_at = '2019-01-01'; UPDATE wmo.party_identifier SET changed_at = '2019-01-01'; UPDATE wmo.party_alias SET changed_at = '2019-01-01';
  UPDATE wmo.area SET changed_at = '2019-01-01'; UPDATE wmo.area_part SET changed_at = '2019-01-01'; UPDATE wmo.consortium_member SET changed_at = '2019-01-01';
  DELETE FROM wmo_works.lost_row;
  PERFORM set_config('session_replication_role', 'origin', true);
  EXECUTE statement;
  SELECT string_agg(format('%s %s', x.relation, x.id), ', ' ORDER BY x.relation, x.id) INTO said FROM (
    SELECT 'party' AS relation, p.id FROM wmo_bi.party p WHERE p.changed_at > '2020-01-01' UNION ALL SELECT 'area', a.id FROM wmo_bi.area a WHERE a.changed_at > '2020-01-01'
    UNION ALL SELECT 'consortium_member', m.id FROM wmo_bi.consortium_member m WHERE m.changed_at > '2020-01-01') x;
  RETURN said;
END
$$;
SELECT statement, pg_temp.changed(statement) FROM unnest(ARRAY['SELECT', $$UPDATE wmo.party SET name = 'Combi' WHERE id = 5$$, $$UPDATE wmo.party_identifier SET value = '00123457' WHERE id = 3$$,
  $$DELETE FROM wmo.party_identifier WHERE id = 3$$, $$UPDATE wmo.party_alias SET party_id = 3 WHERE id = 1$$, $$UPDATE wmo.area SET geom_basis = 'official' WHERE id = 2$$,
  $$DELETE FROM wmo.area_part WHERE id = 2$$]) statement;
ROLLBACK;
