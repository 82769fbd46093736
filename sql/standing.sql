-- Standing: the plane of days of care and as_of days of every scope is covered once, by what is known of period, ledger and award.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

-- ---- the line of days that a period cuts ------------------------------------------------------------------------------
SELECT p AS period, s.* FROM unnest(ARRAY[
  '[2020-01-01,2022-01-01)', '[2020-01-01,)', '[2020-01-01,?)', '(?,2022-01-01)', '(?,?)',
  '[2020-01-01,2022-01-01)+P1Y+P2Y notice P3M', '[2020-01-01,2022-01-01)+P1Y(exercised)+P1Y', '[2020-01-01,2022-01-01)+P1Y(declined)+P1Y(declined)',
  '[2020-01-01,2022-01-01)+P1Y(exercised) terminated after 2022-05-31']::text[]) WITH ORDINALITY AS u (p, n),
  wmo_works.period_slices(p::wmo.contract_period, ARRAY[1]) s ORDER BY n, s.valid;

-- ---- which changes hold for which scope -------------------------------------------------------------------------------
INSERT INTO wmo.area (id, name, kind) VALUES (1, 'Stad', 'working_area'), (2, 'Wijk', 'district'), (3, 'Land', 'working_area');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (1, 2);
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (1, 'A', 1, 2, '[2020-01-01,2022-01-01)+P1Y+P1Y');
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, valid) VALUES (1, 1, 10, 1, '(,)'), (2, 1, 10, 2, '(,)'), (3, 1, 10, 3, '[2020-03-01,2021-03-01)'), (4, 1, 21, 1, '(,)'), (5, 1, 10, NULL, '(,)');
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, service_id, area_id) VALUES
  (1, 1, 'extension', '2021-06-01', NULL, NULL, NULL), (2, 1, 'suspension', '2020-06-01', '2020-06-01', 10, NULL),
  (3, 1, 'suspension', '2020-07-01', '2020-07-01', NULL, 1), (4, 1, 'scope_removed', '2021-01-01', '2021-02-01', 20, 1);
SELECT c.scope_id, string_agg(c.change_id::text, ' ' ORDER BY c.change_id) FROM wmo_works.scope_change c GROUP BY c.scope_id ORDER BY c.scope_id;
SELECT st.scope_id, st.known, st.period FROM wmo_works.scope_state st WHERE st.scope_id IN (1, 3) ORDER BY st.scope_id, st.known;
-- what else than the period cuts the line, as known at the end
SELECT s.id, d.* FROM wmo.contract_scope s, wmo_works.scope_days(s.id, '2030-01-01') d ORDER BY s.id, d.valid;
-- and before anything was known
SELECT s.id, d.* FROM wmo.contract_scope s, wmo_works.scope_days(s.id, NULL) d ORDER BY s.id, d.valid;

-- ---- scopes of a contract that stand alike are derived once -----------------------------------------------------------
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, ages, valid, known_on) VALUES
  (6, 1, 21, 3, '[0,18)', '(,)', NULL), (7, 1, 21, 3, '[18,)', '(,)', NULL), (8, 1, 21, 2, '[0,)', '(,)', '2020-05-01');
SELECT a.scope_id, (SELECT array_agg(x ORDER BY x) FROM unnest(a.scope_ids) x) FROM wmo_works.scopes_alike(1, NULL, true) a ORDER BY a.scope_id;
SELECT a.scope_id, (SELECT array_agg(x ORDER BY x) FROM unnest(a.scope_ids) x) FROM wmo_works.scopes_alike(1, NULL, false) a ORDER BY a.scope_id;
-- each as if it were derived for itself alone
WITH alone AS (
  SELECT st.scope_id, st.contract_id, st.supplier_id, st.period, st.valid, st.known, st.certainty, st.reason, st.open, st.inferred, st.end_inferred FROM wmo.contract_scope s CROSS JOIN LATERAL wmo_works.scope_standing_under(s.id, '{}', true) st
), alike AS (
  SELECT d.scope_id, d.contract_id, d.supplier_id, d.period, d.valid, d.known, d.certainty, d.reason, d.open, d.inferred, d.end_inferred FROM wmo_works.scope_standing_due d
) (TABLE alone EXCEPT ALL TABLE alike) UNION ALL (TABLE alike EXCEPT ALL TABLE alone);
-- whatever of a scope bears on how it stands tells it from others
WITH RECURSIVE rests_on (class, id) AS (
  SELECT 'pg_proc'::regclass, p.oid FROM pg_proc p WHERE p.pronamespace = 'wmo_works'::regnamespace AND p.proname = 'scope_standing_under'
  UNION
  SELECT d.refclassid::regclass, d.refobjid FROM rests_on b LEFT JOIN pg_rewrite w ON b.class = 'pg_class'::regclass AND w.ev_class = b.id
  JOIN pg_depend d ON (d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid) OR (d.classid = b.class AND d.objid = b.id AND b.class = 'pg_proc'::regclass)
  WHERE d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass)
), read (name) AS (
  SELECT DISTINCT a.attname FROM rests_on b LEFT JOIN pg_rewrite w ON b.class = 'pg_class'::regclass AND w.ev_class = b.id
  JOIN pg_depend d ON (d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid) OR (d.classid = b.class AND d.objid = b.id AND b.class = 'pg_proc'::regclass)
  JOIN pg_attribute a ON d.refclassid = 'pg_class'::regclass AND a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
  WHERE d.refobjid = 'wmo.contract_scope'::regclass
), told (name) AS (
  SELECT a.attname FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.refobjid = 'wmo.contract_scope'::regclass
  JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
  WHERE p.pronamespace = 'wmo_works'::regnamespace AND p.proname = 'scopes_alike'
) SELECT (SELECT string_agg(r.name, ' ' ORDER BY r.name) FROM read r) AS read, (SELECT string_agg(r.name, ' ') FROM read r WHERE r.name NOT IN (TABLE told)) AS untold;

-- ---- the plane: an award, an option that lapses and is exercised after all, an early end, a transfer ------------------
DELETE FROM wmo.contract;
INSERT INTO wmo.award (id, decided, sent, standstill) VALUES (1, '[2019-07-09,2019-07-09]', '[2019-07-10,2019-07-10]', wmo.objection_period('standstill', '2019-07-10'));
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id) VALUES (2, 'B', 1, 2, '[2020-01-01,2022-01-01)+P1Y notice P3M', 1);
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id) VALUES (10, 2, 10, 1);
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, received_on, effective_on, to_party_id) VALUES
  (2, 'extension', NULL, '2021-10-15', NULL, NULL), (2, 'transfer', '2020-05-01', NULL, '2020-07-01', 3), (2, 'early_end', '2022-02-01', NULL, '2022-06-01', NULL);
SELECT st.valid, st.known, st.certainty, st.reason, st.supplier_id, st.period FROM wmo_works.scope_standing st WHERE st.scope_id = 10 ORDER BY st.known, st.valid;

-- ---- covered once: every pair of days has one rectangle, every rectangle a verdict ------------------------------------
SELECT 'empty rectangles', count(*) FROM wmo_works.scope_standing st WHERE isempty(st.valid) OR isempty(st.known);
SELECT 'rectangles without verdict', count(*) FROM wmo_works.scope_standing st WHERE st.certainty IS NULL AND st.reason IS NULL;
SELECT 'rectangles that meet', count(*) FROM wmo_works.scope_standing x JOIN wmo_works.scope_standing y ON x.scope_id = y.scope_id AND x.valid && y.valid AND x.known && y.known
WHERE (x.valid, x.known) < (y.valid, y.known);
SELECT 'days without a rectangle', count(*) FROM
  (SELECT v::date, k::date FROM unnest(ARRAY['1990-01-01', '2019-12-31', '2020-01-01', '2020-06-30', '2020-07-01', '2021-12-31', '2022-01-01', '2022-05-31', '2022-06-01', '2022-12-31', '2023-01-01', '2090-01-01']::date[]) v,
          unnest(ARRAY['1990-01-01', '2019-07-08', '2019-07-09', '2019-07-30', '2019-07-31', '2020-04-30', '2020-05-01', '2021-09-30', '2021-10-01', '2021-10-14', '2021-10-15', '2022-01-31', '2022-02-01', '2090-01-01']::date[]) k) d (v, k)
WHERE (SELECT count(*) FROM wmo_works.scope_standing st WHERE st.scope_id = 10 AND st.valid @> d.v AND st.known @> d.k) <> 1;

-- ---- what is added is not known before it was decided, and has not started before its day -----------------------------
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, entered_on) VALUES (3, 'C', 1, 2, '[2020-01-01,2022-01-01)', '2019-01-01');
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, service_id) VALUES (20, 3, 'scope_added', '2021-03-01', '2021-02-01', 40);
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, added_by_id, entered_on) VALUES (20, 3, 40, 1, 20, '2019-01-01');
SELECT v, k, st.certainty, st.reason FROM unnest('{2021-01-01,2021-06-01,2022-06-01}'::date[]) v, unnest('{2021-02-28,2021-03-01}'::date[]) k, wmo_works.scope_standing st
WHERE st.scope_id = 20 AND st.valid @> v AND st.known @> k ORDER BY v, k;
ROLLBACK;
