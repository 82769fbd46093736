-- contract_period in the catalogs and the planner: operator classes, order, hash, GiST through current_term, estimates.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
SET datestyle = 'ISO, DMY';

SELECT amname, opcname, amvalidate(opclass.oid)
FROM pg_opclass AS opclass
  JOIN pg_am AS method ON method.oid = opcmethod
WHERE opcintype = 'wmo.contract_period'::regtype
ORDER BY amname;

-- Every operator has its commutator, its estimators and a function that can be called in its place.
SELECT oprname, oprleft::regtype, oprright::regtype, oprcode
FROM pg_operator
WHERE 'wmo.contract_period'::regtype IN (oprleft, oprright) AND (oprcom = 0 OR oprrest = 0 OR oprjoin = 0 OR oprnamespace <> 'public'::regnamespace);
-- Every function of the room is immutable and parallel safe, every object has its comment.
SELECT proc.oid::regprocedure
FROM pg_proc AS proc
WHERE pronamespace = 'wmo'::regnamespace AND prosrc LIKE 'wmo_sql_contract_period%'
  AND (provolatile <> 'i' OR proparallel <> 's' OR obj_description(proc.oid, 'pg_proc') IS NULL);
SELECT opr.oid::regoperator
FROM pg_operator AS opr
WHERE 'wmo.contract_period'::regtype IN (oprleft, oprright) AND obj_description(opr.oid, 'pg_operator') IS NULL;

-- The order: first day (unknown first), end of the current term (open and unknown last), then every other field.
CREATE TEMP TABLE sorted (n integer, period wmo.contract_period);
INSERT INTO sorted VALUES
  (1, '(?,2023-03-01)'), (2, '(?,)'), (3, '(?,?)'),
  (4, '[2019-01-01,2021-01-01)'),
  (5, '[2019-01-01,2021-01-01) notice P1M'), (6, '[2019-01-01,2021-01-01) notice P1M1D'),
  (7, '[2019-01-01,2021-01-01)+P1M'), (8, '[2019-01-01,2021-01-01)+P1M(declined)'),
  (9, '[2019-01-01,2021-01-01)+P1M1D'), (10, '[2019-01-01,2021-01-01)+P2M'), (11, '[2019-01-01,2021-01-01)+P1M+P1M'),
  (12, '[2019-01-01,2023-01-01) terminated after 2020-12-31'),
  (13, '[2019-01-01,2022-01-01)+P1Y(exercised)'), (14, '[2019-01-01,2022-01-01)+P1Y(exercised late)'), (15, '[2019-01-01,2023-01-01)'),
  (16, '[2019-01-01,)'), (17, '[2019-01-01,?)'), (18, '[2019-01-02,2019-01-03)');
SELECT n, period FROM (SELECT *, row_number() OVER (ORDER BY period) AS place FROM sorted) AS s WHERE place <> n;
-- All six operators and their twins say what the order says, and hashes agree with equality.
SELECT a.period, b.period
FROM sorted AS a, sorted AS b
WHERE (a.period OPERATOR(public.<) b.period, a.period OPERATOR(public.<=) b.period, a.period OPERATOR(public.=) b.period,
       a.period OPERATOR(public.>=) b.period, a.period OPERATOR(public.>) b.period, a.period OPERATOR(public.<>) b.period)
    IS DISTINCT FROM (a.n < b.n, a.n <= b.n, a.n = b.n, a.n >= b.n, a.n > b.n, a.n <> b.n)
  OR (wmo.contract_period_lt(a.period, b.period), wmo.contract_period_le(a.period, b.period), wmo.contract_period_eq(a.period, b.period),
      wmo.contract_period_ge(a.period, b.period), wmo.contract_period_gt(a.period, b.period), wmo.contract_period_ne(a.period, b.period))
    IS DISTINCT FROM (a.n < b.n, a.n <= b.n, a.n = b.n, a.n >= b.n, a.n > b.n, a.n <> b.n)
  OR sign(wmo_works.contract_period_cmp(a.period, b.period)) <> sign(a.n - b.n)
  OR (a.n = b.n) <> (wmo_works.contract_period_hash(a.period) = wmo_works.contract_period_hash(b.period))
  OR (a.n = b.n) <> (wmo_works.contract_period_hash_extended(a.period, 7) = wmo_works.contract_period_hash_extended(b.period, 7));
SELECT count(*) FROM sorted WHERE wmo_works.contract_period_hash(period) <> wmo_works.contract_period_hash_extended(period, 0)::bit(32)::integer;

-- Keys, distinct rows, merge and hash joins, hash partitions.
CREATE TEMP TABLE keyed (period wmo.contract_period PRIMARY KEY) PARTITION BY HASH (period);
CREATE TEMP TABLE keyed_0 PARTITION OF keyed FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TEMP TABLE keyed_1 PARTITION OF keyed FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO keyed SELECT period FROM sorted;
INSERT INTO keyed VALUES ('[2019-01-01,2022-12-31]') ON CONFLICT DO NOTHING;
SELECT count(*), count(DISTINCT period) FROM keyed;
SET enable_hashjoin = off;
SET enable_nestloop = off;
SELECT count(*) FROM sorted AS a JOIN sorted AS b ON a.period OPERATOR(public.=) b.period;
RESET enable_hashjoin;
SET enable_mergejoin = off;
SELECT count(*) FROM sorted AS a JOIN sorted AS b ON a.period OPERATOR(public.=) b.period;
RESET enable_mergejoin;
RESET enable_nestloop;

-- At most 48 bytes for a contract with two options, as stored.
CREATE TEMP TABLE stored AS
SELECT wmo.contract_period('2019-01-01', '4 years', '{2 years,2 years}', '6 months') AS plain,
       '[2019-01-01,2023-01-01)+P2Y(exercised)+P1Y6M10D notice P6M terminated after 2024-06-30'::wmo.contract_period AS full_up,
       '[2019-01-01,?)'::wmo.contract_period AS small;
SELECT pg_column_size(plain) <= 48, pg_column_size(full_up) <= 48, pg_column_size(small) FROM stored;

-- 20,000 contracts of a year over a century, the last ones partly without a known end.
CREATE TEMP TABLE contract AS
SELECT n, CASE WHEN n % 10 = 0 AND n > 19800 THEN wmo.contract_period_unknown_end(day)
          ELSE wmo.contract_period(day, '1 year', '{1 year}', '3 months') END AS period
FROM (SELECT n, date '1950-01-01' + n * 365 / 200 AS day FROM generate_series(1, 20000) AS n) AS s;
CREATE INDEX contract_current_term ON contract USING gist (wmo.current_term(period));
CREATE INDEX contract_period_key ON contract (period);
ANALYZE contract;
EXPLAIN (COSTS OFF) SELECT n FROM contract WHERE wmo.current_term(period) @> date '2020-06-01';
EXPLAIN (COSTS OFF) SELECT n FROM contract WHERE wmo.current_term(period) && daterange '[2020-06-01,2020-07-01)';
EXPLAIN (COSTS OFF) SELECT n FROM contract WHERE period::daterange @> date '2020-06-01';
SET search_path = public; -- so that the plan's operators are written one way
EXPLAIN (COSTS OFF) SELECT n FROM contract WHERE period OPERATOR(public.=) '[2020-01-01,2021-01-01)+P1Y notice P3M';
RESET search_path;
-- The recommended form: the index finds the candidates, @> drops those of which it cannot be told.
EXPLAIN (COSTS OFF)
SELECT n FROM contract WHERE wmo.current_term(period) @> date '2051-06-01' AND wmo.contains(period, '2051-06-01');
SELECT count(*) FROM contract WHERE wmo.current_term(period) @> date '2051-06-01';
SELECT count(*) FROM contract WHERE wmo.current_term(period) @> date '2051-06-01' AND wmo.contains(period, '2051-06-01');
CREATE TEMP TABLE by_index AS SELECT n FROM contract WHERE wmo.current_term(period) @> date '2020-06-01';
SET enable_indexscan = off;
SET enable_bitmapscan = off;
SELECT count(*), (SELECT count(*) FROM by_index) AS by_index,
       count(*) FILTER (WHERE NOT EXISTS (SELECT FROM by_index WHERE by_index.n = contract.n)) AS missed
FROM contract WHERE wmo.current_term(period) @> date '2020-06-01';
RESET enable_indexscan;
RESET enable_bitmapscan;

-- The planner's estimate is within a factor of two of the truth, in both forms.
CREATE FUNCTION pg_temp.estimate_is_good(query text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  plan json;
  truth bigint;
BEGIN
  EXECUTE 'EXPLAIN (FORMAT json) ' || query INTO plan;
  EXECUTE 'SELECT count(*) FROM (' || query || ') AS q' INTO truth;
  RETURN (plan -> 0 -> 'Plan' ->> 'Plan Rows')::numeric BETWEEN truth / 2.0 AND truth * 2.0;
END
$$;
SELECT condition, pg_temp.estimate_is_good('SELECT FROM contract WHERE ' || condition)
FROM (VALUES
  ($$wmo.current_term(period) @> date '2020-06-01'$$),
  ($$period OPERATOR(public.@>) date '2020-06-01'$$),
  ($$date '2020-06-01' OPERATOR(public.<@) period$$),
  ($$period OPERATOR(public.&&) daterange '[2000-06-01,2020-06-01)'$$),
  ($$daterange '[2000-06-01,2020-06-01)' OPERATOR(public.&&) period$$),
  ($$period OPERATOR(public.&&) wmo.contract_period '[2000-06-01,2020-06-01)'$$),
  ($$period OPERATOR(public.<) '[2000-01-01,)'$$)) AS v (condition);

-- No two contracts of one provider on the same day: an unknown end may run on, so it excludes too.
CREATE TEMP TABLE exclusive (
  provider integer,
  period wmo.contract_period,
  EXCLUDE USING gist (provider WITH =, wmo.current_term(period) WITH &&)
);
INSERT INTO exclusive VALUES (1, '[2019-01-01,2023-01-01)+P2Y'), (1, '[2023-01-01,?)'), (2, '[2019-01-01,)');
INSERT INTO exclusive VALUES (1, '[2018-01-01,2019-01-02)');
INSERT INTO exclusive VALUES (1, '[2030-01-01,2031-01-01)');
UPDATE exclusive SET period = wmo.exercise_option(period) WHERE provider = 1 AND wmo.first_day(period) = '2019-01-01';

-- Nothing needs wmo on the search_path.
SET search_path = pg_catalog;
SELECT wmo.contains(wmo.contract_period('2019-01-01', '4 years'), '2022-12-31'), wmo.contract_period('2019-01-01', '4 years')::daterange;
