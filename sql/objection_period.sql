-- The type objection_period: text, binary, constructors, accessors, order, hash, and the index through the range.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
SET search_path = pg_catalog;
SET datestyle = 'ISO, DMY';
SET intervalstyle = 'postgres';

-- Every operator class is complete.
SELECT c.opcname, a.amname, pg_catalog.amvalidate(c.oid) FROM pg_opclass c JOIN pg_am a ON a.oid = c.opcmethod
WHERE c.opcintype = 'wmo.objection_period'::regtype ORDER BY 1;

-- Text: what goes in comes out, in one canonical form.
SELECT v AS input, v::wmo.objection_period AS output FROM unnest(ARRAY[
  'standstill:(2018-07-24+P20D,2018-08-13]', '  standstill:(2018-07-24+P20D,2018-08-13] ', 'standstill:(2018-07-24,2018-08-13]',
  'awb_objection:(2023-02-24+P6W,2023-04-11]', 'awb_objection:(2023-02-24+P5W7D,2023-04-11]', 'own_2:(2016-02-29+P3M,2016-05-30]',
  'own_2:(2016-02-29+P1Y2M3D,2017-05-30]', 'forfeiture:(2020-10-12+P20D,2020-11-01|2020-11-02]', 'sas_standstill:(?,2019-07-18|2019-07-19]',
  'sas_standstill:(?,2019-07-18]', 'forfeiture:(2020-10-12+P20D,2020-11-01|2020-11-01]', 'a:(0001-01-01,9999-12-31]'
]) AS v;
SELECT 'standstill:(2018-07-24+P20D,2018-08-13]'::wmo.objection_period::text, (NULL::wmo.objection_period) IS NULL AS null_stays;

-- Each fault by itself, with what was expected.
DO $$
DECLARE
  input text;
  message text;
  detail text;
  state text;
BEGIN
  FOREACH input IN ARRAY ARRAY['', 'standstill', ':(2018-07-24,2018-08-13]', 'Standstill:(2018-07-24,2018-08-13]',
    '2nd:(2018-07-24,2018-08-13]', 'stand still:(2018-07-24,2018-08-13]', 'é:(2018-07-24,2018-08-13]', repeat('a', 64) || ':(?,2018-08-13]',
    'standstill:[2018-07-24,2018-08-13]', 'standstill: (2018-07-24,2018-08-13]', 'standstill:(2018-07-24,2018-08-13)',
    'standstill:(2018-07-24;2018-08-13]', 'standstill:(2018-07-24,2018-08-13', 'standstill:(,2018-08-13]', 'standstill:(2018-7-24,2018-08-13]',
    'standstill:(2018-02-30,2018-08-13]', 'standstill:(0000-02-28,2018-08-13]', 'standstill:(2018-13-01,2018-08-13]',
    'standstill:(infinity,2018-08-13]', 'standstill:(2018-07-24+20D,2018-08-13]', 'standstill:(2018-07-24+P,2018-08-13]',
    'standstill:(2018-07-24+P0D,2018-08-13]', 'standstill:(2018-07-24+P-20D,2018-08-13]', 'standstill:(2018-07-24+P20D3M,2018-08-13]',
    'standstill:(2018-07-24+PT20H,2018-08-13]', 'standstill:(2018-07-24+P2147483648D,2018-08-13]',
    'standstill:(2018-07-24+P99999999999999999999D,2018-08-13]', 'standstill:(2018-07-24+P2147483647Y,2018-08-13]',
    'standstill:(2018-07-24+P2147483647W,2018-08-13]', 'standstill:(2018-07-24+P20,2018-08-13]', 'standstill:(2018-07-24,]',
    'standstill:(2018-07-24,2018-08-13|]', 'standstill:(2018-07-24,2018-08-13|2018-08-12]', 'standstill:(2018-07-24,2018-08-13]x',
    'standstill:(2018-07-24,2018-07-24]', 'standstill:(2018-07-24+P20D,2018-08-12]', 'standstill:(?+P20D,2018-08-13]',
    'standstill:(2018-07-24+P2147483647D,2018-08-13]', 'standstill:(2018-07-24+P2147483647M,2018-08-13]']
  LOOP
    BEGIN
      PERFORM input::wmo.objection_period;
      RAISE WARNING 'accepted: %', input;
    EXCEPTION WHEN others THEN
      GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, state = RETURNED_SQLSTATE;
      RAISE WARNING '% % / %', state, message, detail;
    END;
  END LOOP;
END $$;
SELECT 'standstill'::wmo.objection_period;

-- Constructors and accessors.
CREATE TEMPORARY TABLE sample (id int PRIMARY KEY, period wmo.objection_period);
INSERT INTO sample VALUES (1, wmo.objection_period('standstill', '2018-07-24')), (2, wmo.objection_period('forfeiture', '2020-10-12', '20 days')),
  (3, wmo.objection_period_until('sas_standstill', '2019-07-18', '2019-07-19')), (4, wmo.objection_period('awb_objection', '2023-02-24')),
  (5, wmo.objection_period('standstill', '2018-07-24', '30 days')), (6, wmo.objection_period('sas_standstill', '2018-07-23')),
  (7, wmo.objection_period('admission_standstill', '2023-04-28')), (8, wmo.objection_period_until('awb_appeal', '2023-04-13'));
SELECT id, period FROM sample ORDER BY id;
SELECT id, wmo.regime(period), wmo.event_day(period) AS event, wmo.term_length(period) AS length, wmo.first_day(period), wmo.last_day(period),
  wmo.latest_last_day(period) AS latest, wmo.earliest_final(period) AS final, period::daterange AS days
FROM sample ORDER BY id;

-- Containment from both sides, and by the longest reading.
SELECT day, wmo.contains(period, day) AS contains, day OPERATOR(public.<@) period AS contained, wmo.contained_by(day, period) AS twin,
  period OPERATOR(public.@>) day AS operator
FROM sample, unnest('{2020-10-12,2020-10-13,2020-11-01,2020-11-02,2020-11-03}'::date[]) AS day WHERE id = 2 ORDER BY day;

-- Order: by last day, latest last day, event, length, regime; equality takes every field.
SELECT v AS sorted FROM unnest(ARRAY['b:(2018-07-24+P20D,2018-08-13]', 'a:(2018-07-24+P20D,2018-08-13]', 'a:(2018-07-24,2018-08-13]', 'a:(?,2018-08-13]',
  'a:(2018-07-25,2018-08-13]', 'a:(2018-07-24,2018-08-13|2018-08-14]', 'a:(2018-07-24,2018-08-12|2018-08-14]', 'aa:(2018-07-24+P20D,2018-08-13]',
  'a:(2018-07-24+P19D,2018-08-13]', 'a:(2018-05-24+P1M,2018-08-13]']::wmo.objection_period[]) AS v ORDER BY v USING OPERATOR(public.<);
-- Pairs that differ in one field only, the lesser first.
SELECT lesser, greater, wmo_works.objection_period_cmp(lesser, greater) AS cmp, wmo_works.objection_period_cmp(greater, lesser) AS back,
  lesser OPERATOR(public.=) greater AS equal, wmo_works.objection_period_hash(lesser) = wmo_works.objection_period_hash(greater) AS same_hash
FROM (VALUES
  ('a:(2018-07-24,2018-08-12|2018-08-14]'::wmo.objection_period, 'a:(2018-07-24,2018-08-13|2018-08-14]'::wmo.objection_period),
  ('a:(2018-07-24,2018-08-13]', 'a:(2018-07-24,2018-08-13|2018-08-14]'),
  ('a:(?,2018-08-13]', 'a:(0001-01-01,2018-08-13]'),
  ('a:(2018-07-23,2018-08-13]', 'a:(2018-07-24,2018-08-13]'),
  ('a:(2018-05-24+P1M3D,2018-08-13]', 'a:(2018-05-24+P2M3D,2018-08-13]'),
  ('a:(2018-07-24+P19D,2018-08-13]', 'a:(2018-07-24+P20D,2018-08-13]'),
  ('a:(2018-07-24+P20D,2018-08-13]', 'b:(2018-07-24+P20D,2018-08-13]'),
  ('a:(2018-07-24+P20D,2018-08-13]', 'aa:(2018-07-24+P20D,2018-08-13]')) AS pair (lesser, greater);
SELECT a.id, b.id, wmo_works.objection_period_cmp(a.period, b.period) AS cmp
FROM sample a, sample b
WHERE (a.period OPERATOR(public.<) b.period) <> (wmo_works.objection_period_cmp(a.period, b.period) < 0)
  OR (a.period OPERATOR(public.<=) b.period) <> (wmo_works.objection_period_cmp(a.period, b.period) <= 0)
  OR (a.period OPERATOR(public.=) b.period) <> (a.id = b.id) OR (a.period OPERATOR(public.<>) b.period) <> (a.id <> b.id)
  OR (a.period OPERATOR(public.>) b.period) <> (wmo_works.objection_period_cmp(b.period, a.period) < 0)
  OR (a.period OPERATOR(public.>=) b.period) <> (wmo_works.objection_period_cmp(b.period, a.period) <= 0)
  OR (wmo_works.objection_period_hash(a.period) = wmo_works.objection_period_hash(b.period)) <> (a.id = b.id)
  OR (wmo_works.objection_period_hash_extended(a.period, 7) = wmo_works.objection_period_hash_extended(b.period, 7)) <> (a.id = b.id);

-- Binary: a round trip of random values, and text beside it.
CREATE TEMPORARY TABLE random_period AS
SELECT format('%s:(%s,%s%s]', (ARRAY['standstill', 'forfeiture', 'a', repeat('z', 63), 'own_x1'])[1 + i % 5],
    CASE WHEN i % 4 = 0 THEN '?' ELSE event::text || CASE WHEN i % 3 = 0 THEN '' ELSE format('+P%sM%sD', i % 7 + 1, i % 29 + 1) END END,
    event + 300 + i % 11, CASE WHEN i % 2 = 0 THEN '' ELSE '|' || (event + 320 + i % 13)::text END)::wmo.objection_period AS period
FROM (SELECT i, date '0001-01-01' + (i * 364979::bigint % 3650000)::int AS event FROM generate_series(1, 20000) AS i) AS random;
\copy random_period TO 'results/objection_period.copy' WITH (FORMAT binary)
CREATE TEMPORARY TABLE came_back (period wmo.objection_period);
\copy came_back FROM 'results/objection_period.copy' WITH (FORMAT binary)
SELECT count(*) AS rows, count(DISTINCT period::text) AS different_texts,
  count(*) FILTER (WHERE period::text::wmo.objection_period OPERATOR(public.<>) period) AS text_trip_fails FROM came_back;
SELECT count(*) AS lost FROM (SELECT period::text FROM random_period EXCEPT SELECT period::text FROM came_back) AS lost;

-- Sorting, grouping, hashing and merging give the same sets; a btree and a hash index answer the same.
SELECT count(*) AS groups FROM (SELECT period FROM random_period GROUP BY period) AS groups;
SET enable_hashagg = off;
SELECT count(*) AS groups FROM (SELECT period FROM random_period GROUP BY period) AS groups;
RESET enable_hashagg;
CREATE INDEX random_btree ON random_period USING btree (period wmo_works.objection_period_btree);
CREATE INDEX random_hash ON random_period USING hash (period wmo_works.objection_period_hash);
CREATE INDEX random_gist ON random_period USING gist (wmo.daterange(period));
ANALYZE random_period;
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT count(*) FROM random_period WHERE period OPERATOR(public.@>) date '2020-03-01';
EXPLAIN (COSTS OFF) SELECT count(*) FROM random_period WHERE wmo.contains(period, '2020-03-01');
EXPLAIN (COSTS OFF) SELECT count(*) FROM random_period WHERE date '2020-03-01' OPERATOR(public.<@) period;
SELECT count(*) FROM random_period WHERE period OPERATOR(public.@>) date '2020-03-01';
SELECT count(*) FROM random_period WHERE period OPERATOR(public.<) 'a:(?,2020-03-01]'::wmo.objection_period;
SET enable_seqscan = on;
SET enable_indexscan = off;
SET enable_bitmapscan = off;
SET enable_indexonlyscan = off;
SELECT count(*) FROM random_period WHERE period OPERATOR(public.@>) date '2020-03-01';
SELECT count(*) FROM random_period WHERE period OPERATOR(public.<) 'a:(?,2020-03-01]'::wmo.objection_period;
-- The range against the server's own, day by day.
SELECT count(*) AS compared, count(*) FILTER (WHERE wmo.contains(period, day) <>
    (daterange(wmo.first_day(period), wmo.latest_last_day(period), '[]') @> day)) AS different
FROM random_period, LATERAL unnest(ARRAY[wmo.first_day(period) - 1, wmo.first_day(period), wmo.latest_last_day(period), wmo.earliest_final(period)]) AS day
WHERE day IS NOT NULL;
RESET ALL;
SET client_min_messages = warning;
SET search_path = pg_catalog;
SET datestyle = 'ISO, DMY';
SET intervalstyle = 'postgres';

-- Binary input is hostile until every invariant has been checked: version, days, order, length, name.
CREATE TEMPORARY TABLE received (period wmo.objection_period);
-- Sends one field of these bytes through COPY in binary: signature, flags, one column, its length, end.
CREATE FUNCTION pg_temp.receive(field bytea) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  sent bytea := '\x5047434f50590aff0d0a00'::bytea || '\x0000000000000000'::bytea || '\x0001'::bytea || int4send(length(field)) || field
    || '\xffff'::bytea;
BEGIN
  EXECUTE format('COPY pg_temp.received FROM PROGRAM %L WITH (FORMAT binary)', (
    SELECT 'printf ''' || string_agg(format(E'\\%s%s%s', b >> 6, b >> 3 & 7, b & 7), '' ORDER BY i) || ''''
    FROM (SELECT i, get_byte(sent, i) AS b FROM generate_series(0, length(sent) - 1) AS i) AS bytes));
END $$;
SELECT pg_temp.receive(wmo_works.objection_period_send('forfeiture:(2020-10-12+P20D,2020-11-01|2020-11-02]'));
SELECT period FROM received;
DO $$
DECLARE
  good bytea := wmo_works.objection_period_send('forfeiture:(2020-10-12+P20D,2020-11-01|2020-11-02]');
  hostile bytea;
  state text;
  detail text;
BEGIN
  RAISE WARNING '% bytes: %', length(good), good;
  FOREACH hostile IN ARRAY ARRAY[
    '\x'::bytea, '\x01', substring(good FOR 20), substring(good FOR 21), -- nothing, cut off, no name
    set_byte(good, 0, 0), set_byte(good, 0, 2), -- another version
    set_byte(good, 1, 127), set_byte(good, 1, 129), -- event out of range
    set_byte(good, 5, 255), set_byte(good, 9, 255), set_byte(good, 9, 127), -- negative and overlong lengths
    set_byte(good, 13, 127), set_byte(good, 17, 128), set_byte(good, 20, 0), -- last days out of range or out of order
    overlay(good PLACING '\x80000000' FROM 2), -- event unknown, length not
    set_byte(good, 21, 65), set_byte(good, 22, 0), good || '\x00', good || decode(repeat('61', 64), 'hex') -- names
  ]
  LOOP
    BEGIN
      PERFORM pg_temp.receive(hostile);
      RAISE WARNING 'accepted: %', hostile;
    EXCEPTION
      WHEN undefined_function THEN
        RAISE;
      WHEN others THEN
        GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, detail = PG_EXCEPTION_DETAIL;
        RAISE WARNING '% % %', state, SQLERRM, detail;
    END;
  END LOOP;
END $$;

-- Timely by Awb 6:9: received in time, or posted in time and received within a week, which the Atw extends.
SELECT received, posted, wmo.is_timely('awb_objection:(2023-03-02+P42D,2023-04-13]', received::date, posted::date) AS timely
FROM (VALUES ('2023-04-13', NULL), ('2023-04-14', NULL), ('2023-04-20', '2023-04-13'), ('2023-04-21', '2023-04-13'), ('2023-04-14', '2023-04-14'),
  ('2023-03-01', NULL), ('2023-04-12', '2023-04-12'), (NULL, '2023-04-12')) AS v (received, posted);
SELECT received, wmo.is_timely('awb_appeal:(2023-03-30+P42D,2023-05-11]', received::date, '2023-05-11') AS ascension_in_the_week
FROM unnest('{2023-05-18,2023-05-19,2023-05-22,2023-05-23}'::date[]) AS received;
SELECT received, wmo.is_timely('awb_objection:(2023-03-02+P42D,2023-04-13|2023-04-17]', received) AS two_readings
FROM unnest('{2023-04-13,2023-04-14,2023-04-17,2023-04-18}'::date[]) AS received;
-- the way it came: only the post has the week, and only what was posted in time (Awb 6:9); the term ended on Thursday 13 April 2023
SELECT way, received, posted, wmo.is_timely('awb_objection:(2023-03-02+P42D,2023-04-13]', received::date, posted::date, way) AS timely
FROM (VALUES ('post', '2023-04-13', NULL), ('post', '2023-04-14', NULL), ('post', '2023-04-20', NULL), ('post', '2023-04-21', NULL),
  ('post', '2023-04-20', '2023-04-13'), ('post', '2023-04-20', '2023-04-14'), ('delivered', '2023-04-13', NULL), ('delivered', '2023-04-14', NULL),
  ('electronic', '2023-04-13', NULL), ('electronic', '2023-04-14', NULL), (NULL, '2023-04-14', NULL), (NULL, '2023-04-21', NULL),
  -- on the day on which the decision was made known; the day before, and years before (Awb 6:10)
  ('delivered', '2023-03-02', NULL), ('delivered', '2023-03-01', NULL), ('post', '2019-01-01', '2018-12-31')) v (way, received, posted);
-- of a published end the decision lies at least six weeks before it
SELECT received, wmo.is_timely('awb_objection:(?,2023-04-13]', received::date, NULL, 'delivered') FROM unnest('{2023-03-01,2023-03-02,2023-04-13,2023-04-14}'::text[]) received;
SELECT v.received, e.* FROM (VALUES ('2023-04-14', NULL), ('2023-04-18', NULL), ('2023-04-20', '2023-04-13'), ('2023-03-01', NULL)) v (received, posted)
CROSS JOIN LATERAL wmo.explain_timely('awb_objection:(2023-03-02+P42D,2023-04-13]', received::date, posted::date, 'post') e;
-- the week that ends on Ascension Day 2023: whether it is extended is a reading
SELECT * FROM wmo.explain_timely('awb_appeal:(2023-03-30+P42D,2023-05-11]', '2023-05-22', '2023-05-11', 'post');
SELECT * FROM wmo.explain_timely('awb_objection:(2023-03-02+P42D,2023-04-13|2023-04-17]', '2023-04-17', NULL, 'electronic');
SELECT wmo.is_timely('awb_objection:(2023-03-02+P42D,2023-04-13]', '2023-04-13', '2023-04-12', 'electronic');
SELECT wmo.is_timely('awb_objection:(2023-03-02+P42D,2023-04-13]', '2023-04-13', NULL, 'pigeon');
SELECT wmo.is_timely('awb_objection:(2023-03-02+P42D,2023-04-13]', '2023-04-13', '2023-04-14');
SELECT wmo.is_timely('standstill:(2018-07-24+P20D,2018-08-13]', '2018-08-13');
SELECT wmo.is_timely('own_unknown:(2018-07-24+P20D,2018-08-13]', '2018-08-13');
SELECT wmo.is_timely('awb_objection:(2023-03-02+P42D,2023-04-13]', 'infinity');

-- A decree that is added changes no stored period; what it would now be can be asked for.
BEGIN;
CREATE TEMPORARY TABLE stored ON COMMIT DROP AS
  SELECT wmo.objection_period(regime, event::date) AS period
  FROM (VALUES ('standstill', '2029-04-20'), ('standstill', '2029-04-21'), ('sas_standstill', '2029-04-21'), ('awb_objection', '2029-03-30')) AS v (regime, event)
  UNION ALL SELECT wmo.objection_period_until('standstill', '2029-05-11');
INSERT INTO wmo.equated_day_own (day, decree) VALUES ('2029-05-11', 'besluit ter proef');
SELECT period AS stored, wmo.recomputed(period) AS now, period OPERATOR(public.<>) wmo.recomputed(period) AS changed FROM stored ORDER BY period USING OPERATOR(public.<);
SELECT step, day, applied, explanation FROM stored, wmo.explain_objection_period(period) WHERE wmo.regime(period) = 'awb_objection';
ROLLBACK;
SELECT wmo.recomputed('own_gone:(2018-07-24+P20D,2018-08-13]') IS NULL AS regime_gone, wmo.recomputed('own_gone:(2018-07-24,2018-08-13]') AS no_length;

-- The explanation of a period: regime, both readings, warnings, practical days.
SELECT * FROM wmo.explain_objection_period(wmo.objection_period('standstill', '2023-04-28'));
SELECT * FROM wmo.explain_objection_period(wmo.objection_period('sas_standstill', '2018-07-23'));
SELECT * FROM wmo.explain_objection_period(wmo.objection_period_until('sas_standstill', '2019-07-18', '2019-07-19'));
SELECT length, explanation FROM unnest('{10 days,20 days,30 days,1 month}'::interval[]) AS length,
  wmo.explain_objection_period(wmo.objection_period('standstill', '2018-07-24', length)) WHERE applied = 'warning';
SELECT step, day, applied, explanation FROM wmo.explain_objection_period('own_gone:(2018-07-24+P20D,2018-08-13]');

-- Nulls, and input that has no answer.
SELECT wmo.objection_period(NULL, '2020-01-01') IS NULL AS a, wmo.objection_period('standstill', NULL) IS NULL AS b,
  wmo.objection_period_until('standstill', NULL) IS NULL AS c, wmo.objection_period_until(NULL, '2020-01-01') IS NULL AS d;
SELECT wmo.objection_period('forfeiture', '2020-10-12');
SELECT wmo.objection_period('standstill', '2020-10-12', '0 days');
SELECT wmo.objection_period('standstill', '2020-10-12', '-20 days');
SELECT wmo.objection_period('standstill', '2020-10-12', '20 hours');
SELECT wmo.objection_period('standstill', '2020-10-12', '1 month -2 days');
SELECT wmo.objection_period('standstill', 'infinity');
SELECT wmo.objection_period('standstill', '9999-12-25');
SELECT wmo.objection_period('forfeiture', '0001-12-31 BC', '20 days');
SELECT wmo.objection_period('bezwaar', '2020-10-12');
SELECT wmo.objection_period_until('bezwaar', '2020-10-12');
SELECT wmo.objection_period_until('wmo_decision', '2020-10-12');
SELECT wmo.objection_period_until('standstill', 'infinity');
SELECT wmo.objection_period_until('standstill', '2020-10-12', '2020-10-11');
