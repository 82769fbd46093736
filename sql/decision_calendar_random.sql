-- The decision calendar at random against a model of it: how contracts end (options, notices, terminations, tacit renewals, ceilings, the
-- next tender), by plain arithmetic on the days and months that a contract states; and its events through a life of changes: one UID a
-- decision, the same as long as the decision is the same, and a SEQUENCE that grows whenever what it says has changed.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set throws :here '/sql/include/throws.sql'
\i :verdict
\i :throws

-- A contract: first day (never after the 28th, so that months have no short end), months of the first term (null: without end), months of
-- each option, notice (months, or null), how many options were taken, each a week before it had to be announced, and an early end.
CREATE TEMPORARY TABLE plan (n integer PRIMARY KEY, first_day date, term integer, options integer[], notice integer, taken integer, early_on date, early_last date, tacit integer,
  planned_end date, termination integer, month_end boolean, ceiling_on date, procedure text) ON COMMIT DROP;
SELECT setseed(0.8);
INSERT INTO plan
SELECT n, d, CASE WHEN n % 7 > 0 THEN t END, o, CASE WHEN n % 3 > 0 THEN m END, least(k, cardinality(o)), NULL, NULL, CASE WHEN n % 9 = 4 THEN 2 END,
       CASE WHEN n % 4 = 0 THEN d + 30 * (6 + (random() * 60)::integer) END, 1 + (random() * 5)::integer, random() < 0.3, CASE WHEN n % 5 = 0 THEN d + 30 * (random() * 60)::integer END,
       (ARRAY['open', 'sas', 'unknown'])[1 + n % 3]
FROM generate_series(1, pg_temp.throws(120)) n
CROSS JOIN LATERAL (SELECT date '2018-01-01' + 28 * (random() * 40 + 0 * n)::integer AS d, 6 + (random() * 42 + 0 * n)::integer AS t, 1 + (random() * 5 + 0 * n)::integer AS m, (random() * 2 + 0 * n)::integer AS k,
                           (ARRAY['{}', '{12}', '{12,12}', '{6,18}', '{3}'])[1 + floor(random() * 5 + 0 * n)]::integer[] AS o) x;
UPDATE plan SET first_day = date_trunc('month', first_day)::date + (extract(day FROM first_day)::integer - 1) % 28, options = CASE WHEN term IS NULL THEN '{}' WHEN tacit IS NOT NULL AND options = '{}' THEN '{12}' ELSE options END;
UPDATE plan SET notice = NULL WHERE tacit IS NOT NULL;
UPDATE plan SET taken = CASE WHEN term IS NULL THEN 0 ELSE least(taken, cardinality(options)) END;
-- the end that holds when so many options are taken, exclusive
CREATE FUNCTION pg_temp.end_with(p plan, taken integer) RETURNS date LANGUAGE sql AS $$
  SELECT (p.first_day + make_interval(months => p.term + coalesce((SELECT sum(o)::integer FROM unnest(p.options[:taken]) o), 0)))::date
$$;
-- an early end is decided when all options that were taken are
UPDATE plan p SET early_on = x.e - 200, early_last = x.e - 40 FROM (SELECT q.n, pg_temp.end_with(q, q.taken) AS e FROM plan q) x WHERE x.n = p.n AND p.n % 6 = 1 AND p.term IS NOT NULL;
UPDATE plan SET early_on = NULL, early_last = NULL WHERE early_on < pg_temp.end_with(plan, greatest(taken - 1, 0)) - coalesce(30 * notice, 0);

INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Groningen', 'municipality'), (2, 'Leek', 'municipality'), (3, 'Zorg A', 'provider');
INSERT INTO wmo.tender (id, title, procedure) VALUES (1, 'Begeleiding', 'open'), (2, 'Sociaal', 'sas');
INSERT INTO wmo.tender_lead_time (buyer_id, procedure, lead) VALUES (NULL, 'open', '9 months'), (2, 'open', '12 months'), (NULL, 'unknown', '180 days');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, signed_on, tender_id)
SELECT p.n, 'P' || p.n, 1 + p.n % 2, 3, (format('[%s,%s)', p.first_day, pg_temp.end_with(p, 0)) || coalesce((SELECT string_agg(format('+P%sM', o), '' ORDER BY i) FROM unnest(p.options) WITH ORDINALITY u (o, i)), '')
  || CASE WHEN p.notice IS NOT NULL AND p.options <> '{}' THEN format(' notice P%sM', p.notice) ELSE '' END)::wmo.contract_period, p.first_day - 60, CASE p.procedure WHEN 'open' THEN 1 WHEN 'sas' THEN 2 END
FROM plan p;
INSERT INTO wmo.contract_change (contract_id, kind, received_on)
SELECT p.n, 'extension', pg_temp.end_with(p, i - 1) - 8 - CASE WHEN p.notice IS NULL THEN 0 ELSE 31 * p.notice END FROM plan p CROSS JOIN LATERAL generate_series(1, p.taken) i;
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on) SELECT p.n, 'early_end', p.early_on, p.early_last + 1 FROM plan p WHERE p.early_on IS NOT NULL;
INSERT INTO wmo.contract_ending (contract_id, kind, notice, renewed_by) SELECT p.n, 'tacit_renewal', make_interval(months => p.tacit), '1 year' FROM plan p WHERE p.tacit IS NOT NULL AND p.options <> '{}';
INSERT INTO wmo.contract_ending (contract_id, kind, notice, ends_on, planned_end) SELECT p.n, 'termination', make_interval(months => p.termination), CASE WHEN p.month_end THEN 'month_end' END, p.planned_end FROM plan p WHERE p.n % 2 = 0;
INSERT INTO wmo.contract_ending (contract_id, kind, ceiling_on) SELECT p.n, 'ceiling', p.ceiling_on FROM plan p WHERE p.ceiling_on IS NOT NULL;

-- What stands in the calendar of a day. A last day less some months: as many months before the first day after it, and one day earlier.
CREATE FUNCTION pg_temp.before(last_day date, months integer) RETURNS date LANGUAGE sql AS $$ SELECT (last_day + 1 - make_interval(months => months))::date - 1 $$;
CREATE FUNCTION pg_temp.model(today date) RETURNS TABLE (number text, kind text, day date, passed text) LANGUAGE sql AS $$
  WITH now AS (
    SELECT p.*, t.taken_by, coalesce(p.early_on <= model.today, false) AS ended, p.options <> '{}' AND p.tacit IS NOT NULL AS renews,
           CASE WHEN p.early_on <= model.today THEN p.early_last ELSE pg_temp.end_with(p, t.taken_by) - 1 END AS last_day
    FROM plan p
    CROSS JOIN LATERAL (SELECT count(*)::integer AS taken_by FROM generate_series(1, p.taken) i
                        WHERE pg_temp.end_with(p, i - 1) - 8 - CASE WHEN p.notice IS NULL THEN 0 ELSE 31 * p.notice END <= model.today) t
    WHERE p.first_day - 60 <= model.today
  ), opt AS (
    SELECT n.*, NOT n.ended AND n.taken_by < cardinality(n.options) AS left_over, CASE WHEN n.notice IS NOT NULL THEN pg_temp.before(n.last_day, n.notice) END AS notice_by FROM now n
  )
  SELECT 'P' || o.n, 'option_notice', coalesce(o.notice_by, o.last_day), CASE WHEN o.notice_by IS NULL OR o.last_day < model.today THEN 'overdue' ELSE 'lapsed' END
  FROM opt o WHERE o.left_over AND NOT o.renews
  UNION ALL
  SELECT 'P' || o.n, 'contract_end', o.last_day, 'lapsed' FROM opt o
  WHERE o.last_day >= model.today AND (NOT o.left_over OR o.notice_by < model.today) AND (NOT o.renews OR o.ended)
  UNION ALL
  SELECT 'P' || o.n, 'renewal', pg_temp.before(o.last_day, o.tacit), 'overdue' FROM opt o WHERE o.renews AND NOT o.ended
  UNION ALL
  -- that notice was not given is not known while nobody recorded it, also when the end that was planned has passed
  SELECT 'P' || o.n, 'termination_notice', pg_temp.before(o.planned_end, o.termination), 'overdue' FROM opt o
  WHERE o.n % 2 = 0 AND NOT o.ended AND coalesce(o.last_day >= model.today, true) AND coalesce(o.planned_end < o.last_day, true)
  UNION ALL
  SELECT 'P' || o.n, 'tender_start', (o.last_day + 1 - CASE WHEN o.procedure = 'unknown' THEN interval '180 days' WHEN o.n % 2 = 1 THEN interval '12 months' ELSE interval '9 months' END)::date, 'overdue'
  FROM opt o WHERE o.last_day >= model.today AND o.procedure <> 'sas'
  UNION ALL
  SELECT 'P' || o.n, 'ceiling', o.ceiling_on, 'lapsed' FROM opt o WHERE o.ceiling_on >= model.today AND coalesce(o.last_day >= model.today, true)
$$;
CREATE TEMPORARY TABLE compared ON COMMIT DROP AS
SELECT t AS today, coalesce(d.number, m.number) AS number, coalesce(d.kind, m.kind) AS kind, d.day, d.state, m.day AS model_day, m.state AS model_state, d.number IS NULL OR m.number IS NULL AS alone
FROM (SELECT date '2017-12-01' + 83 * i AS t FROM generate_series(0, 34) i) x
CROSS JOIN LATERAL (
  SELECT * FROM (SELECT c.number, c.kind, c.day, c.state FROM wmo.decision_calendar_on(x.t, '3 months') c) ours (number, kind, day, state)
  FULL JOIN (SELECT m.number AS m_number, m.kind AS m_kind, m.day AS m_day,
                    CASE WHEN m.day IS NULL THEN 'unknown' WHEN x.t > m.day THEN m.passed WHEN x.t >= (m.day - interval '3 months')::date THEN 'due' ELSE 'later' END AS m_state
             FROM pg_temp.model(x.t) m) model ON (model.m_number, model.m_kind) = (ours.number, ours.kind)) both_sides
CROSS JOIN LATERAL (SELECT both_sides.number, both_sides.kind, both_sides.day, both_sides.state) d
CROSS JOIN LATERAL (SELECT both_sides.m_number AS number, both_sides.m_kind AS kind, both_sides.m_day AS day, both_sides.m_state AS state) m;
SELECT kind, count(*) > 20 AS enough, count(*) FILTER (WHERE alone OR (day, state) IS DISTINCT FROM (model_day, model_state)) AS other FROM compared GROUP BY kind ORDER BY kind;
SELECT today, c.number, kind, day, state, model_day, model_state, k.agreed_period FROM compared c LEFT JOIN wmo.contract k ON k.number = c.number WHERE alone OR (day, state) IS DISTINCT FROM (model_day, model_state) ORDER BY kind, today, number LIMIT 5;
-- one name each, and another one for every other decision
SELECT count(*) = count(DISTINCT d.uid) AS one_name_each FROM unnest('{2019-06-01,2022-06-01}'::date[]) x CROSS JOIN LATERAL (SELECT format('%s %s', x, c.uid) AS uid FROM wmo.decision_calendar_on(x) c) d;
-- the first day on which a notice ends it: the first last day whose notice day has not passed, looked for day by day
SELECT count(*) > 100 AS enough, count(*) FILTER (WHERE wmo.earliest_end(r.day, make_interval(months => m), k) IS DISTINCT FROM found.day) AS other
FROM (SELECT date '2019-01-01' + (i * 37) % 1500 AS day, 1 + i % 6 AS m, (ARRAY['any_day', 'month_end'])[1 + i % 2] AS k FROM generate_series(1, 150) i) r
CROSS JOIN LATERAL (SELECT min(d.day) AS day FROM (SELECT r.day + j AS day FROM generate_series(0, 260) j) d
                    WHERE pg_temp.before(d.day, r.m) >= r.day AND (r.k = 'any_day' OR extract(day FROM d.day + 1) = 1)) found;
ROLLBACK;
