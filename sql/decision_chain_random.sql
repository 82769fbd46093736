-- Term events at random against a second reading of the Awb that counts one day after the other: suspension (art. 4:15, 7:10 lid 2 and 4),
-- postponement (7:10 lid 3), notice of default and the days of the penalty (4:17). It uses nothing of the extension: free days are written
-- out from Atw art. 3 and its decrees. Where the law is read in two ways (is the day of completion suspended; is a postponed term one
-- longer term or a second one) the model counts by each, and the first and the last of its days must be ours.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set throws :here '/sql/include/throws.sql'
\i :verdict
\i :throws

CREATE TEMPORARY TABLE free (day date PRIMARY KEY) ON COMMIT DROP;
INSERT INTO free SELECT unnest(('{2023-01-01,2023-04-07,2023-04-10,2023-04-27,2023-04-28,2023-05-05,2023-05-18,2023-05-19,2023-05-29,2023-12-25,2023-12-26,'
  || '2024-01-01,2024-03-29,2024-04-01,2024-04-27,2024-05-05,2024-05-09,2024-05-10,2024-05-20,2024-12-25,2024-12-26,2024-12-27,'
  || '2025-01-01,2025-04-18,2025-04-21,2025-04-26,2025-05-05,2025-05-29,2025-05-30,2025-06-09,2025-12-25,2025-12-26}')::date[]);
INSERT INTO free SELECT d::date FROM generate_series(timestamp '2023-01-01', '2026-03-31', '1 day') d WHERE extract(isodow FROM d) > 5 ON CONFLICT DO NOTHING;
CREATE TEMPORARY TABLE history (n integer PRIMARY KEY, regime text, event date, days integer, events wmo.term_event[]) ON COMMIT DROP;

-- The last day of the term by one reading, from the events of up to a day. Null: a suspension without an end holds it.
CREATE FUNCTION pg_temp.last_day(h history, completion_day boolean, legs boolean, by date) RETURNS date LANGUAGE plpgsql AS $$
DECLARE
  suspended datemultirange := (
    SELECT coalesce(range_agg(CASE e.kind WHEN 'completion_asked' THEN daterange(e.day + 1, CASE WHEN completion_day THEN e.until + 1 ELSE greatest(e.until, e.day + 1) END)
                                          ELSE daterange(e.day, e.until, '[]') END), '{}')
    FROM unnest(h.events) e WHERE e.kind IN ('completion_asked', 'agreed_delay', 'applicant_delay', 'force_majeure') AND e.until IS NOT NULL AND e.day <= by);
  since date := h.event;
  due integer := h.days;
  moved integer := 0; -- postponements that count by now
  more integer;
  d date;
BEGIN
  LOOP
    -- each day after the event counts that is not suspended; art. 1 Atw does not hold for a term of more than ninety days (art. 4)
    SELECT min(c.day) INTO d
    FROM (SELECT s.day, count(*) OVER (ORDER BY s.day) AS counted, f.day IS NOT NULL AS free
          FROM (SELECT since + k AS day FROM generate_series(1, due + 90) k) s LEFT JOIN free f ON f.day = s.day WHERE NOT suspended @> s.day) c
    WHERE c.counted >= due AND NOT (c.free AND due <= 90);
    SELECT extract(day FROM coalesce(e.length, '42 days')) INTO more
    FROM unnest(h.events) WITH ORDINALITY e (kind, day, until, length, place)
    WHERE e.kind = 'postponed' AND e.day <= least(by, d) ORDER BY e.day, e.place OFFSET moved LIMIT 1;
    EXIT WHEN NOT FOUND;
    moved := moved + 1;
    since := CASE WHEN legs THEN d ELSE since END;
    due := CASE WHEN legs THEN more ELSE due + more END;
  END LOOP;
  RETURN d;
END
$$;

CREATE TYPE pg_temp.reading AS (first_end date, last_end date, penalty date, penalty_latest date, penalty_last date, penalty_last_latest date);
CREATE FUNCTION pg_temp.model(h history) RETURNS pg_temp.reading LANGUAGE plpgsql AS $$
DECLARE
  r pg_temp.reading;
  e record;
  held boolean := false;
  until date := (SELECT min(x.day) FROM unnest(h.events) x WHERE x.kind = 'decided');
  d date;
BEGIN
  FOR e IN SELECT x.*, x.kind = 'decided' AS last FROM unnest(h.events) WITH ORDINALITY x (kind, day, until, length, place) ORDER BY x.day, x.kind = 'decided', x.place LOOP
    IF NOT held AND e.until IS NULL AND e.kind IN ('completion_asked', 'agreed_delay', 'applicant_delay', 'force_majeure') THEN
      SELECT max(pg_temp.last_day(h, c, l, e.day)) INTO d FROM unnest('{t,f}'::boolean[]) c, unnest('{t,f}'::boolean[]) l;
      held := e.day + CASE e.kind WHEN 'completion_asked' THEN 1 ELSE 0 END <= d;
    ELSIF e.kind = 'default_notice' AND NOT held AND r.penalty IS NULL THEN
      SELECT min(pg_temp.last_day(h, c, l, e.day)), max(pg_temp.last_day(h, c, l, e.day)) INTO r.first_end, r.last_end FROM unnest('{t,f}'::boolean[]) c, unnest('{t,f}'::boolean[]) l;
      IF e.day > r.first_end THEN
        -- the day on which two weeks have passed; or the day after them, and after a free day at their end
        r.penalty := e.day + 14;
        IF e.day > r.last_end THEN
          d := e.day + 14;
          WHILE EXISTS (SELECT FROM free f WHERE f.day = d) LOOP d := d + 1; END LOOP;
          r.penalty_latest := d + 1;
        END IF;
      END IF;
    END IF;
    EXIT WHEN e.last;
  END LOOP;
  SELECT min(pg_temp.last_day(h, c, l, coalesce(until, '9999-01-01'))), max(pg_temp.last_day(h, c, l, coalesce(until, '9999-01-01'))) INTO r.first_end, r.last_end
  FROM unnest('{t,f}'::boolean[]) c, unnest('{t,f}'::boolean[]) l;
  IF held THEN r.first_end := NULL; r.last_end := NULL; END IF;
  -- forty-two days at most, and none from the decision on; whether its own day counts is open
  r.penalty_last := r.penalty + 41;
  r.penalty_last_latest := r.penalty_latest + 41;
  IF until IS NOT NULL AND r.penalty IS NOT NULL THEN
    r.penalty_last := CASE WHEN until > r.penalty THEN least(r.penalty + 41, until - 1) END;
    r.penalty_last_latest := CASE WHEN until >= r.penalty THEN least(coalesce(r.penalty_latest, r.penalty) + 41, until) END;
  END IF;
  RETURN r;
END
$$;

-- Two to five events each, close enough to meet one another and the end of the term.
SELECT setseed(0.417);
INSERT INTO history
SELECT n, r.regime, r.event, r.days, (
  SELECT array_agg((k.kind, k.day, CASE WHEN k.kind IN ('completion_asked', 'agreed_delay', 'applicant_delay', 'force_majeure') AND random() < 0.95 THEN k.day + (random() * 20)::integer END,
                    CASE WHEN k.kind = 'postponed' AND random() < 0.7 THEN make_interval(days => 7 * (2 + random() * 1)::integer) END)::wmo.term_event ORDER BY k.place)
  FROM (
    SELECT i AS place, r.event + 1 + (random() * (r.days + 25))::integer AS day,
           CASE WHEN i = 5 THEN 'decided' WHEN i = 4 THEN 'default_notice'
                WHEN r.regime = 'wmo_decision' THEN (ARRAY['completion_asked', 'agreed_delay', 'applicant_delay', 'force_majeure', 'default_notice'])[1 + floor(random() * 5)]
                WHEN i = 1 THEN 'postponed' ELSE (ARRAY['completion_asked', 'agreed_delay', 'force_majeure', 'default_notice'])[1 + floor(random() * 4)] END AS kind
    FROM generate_series(1, 5) i WHERE n > 0 AND random() < 0.6) k)
FROM generate_series(1, pg_temp.throws(300)) n
CROSS JOIN LATERAL (SELECT date '2023-01-02' + (random() * 850 + 0 * n)::integer AS event, (ARRAY['wmo_decision', 'awb_objection_decision', 'awb_objection_decision_committee'])[1 + floor(random() * 3 + 0 * n)] AS regime) x
CROSS JOIN LATERAL (SELECT x.event, x.regime, CASE x.regime WHEN 'wmo_decision' THEN 14 WHEN 'awb_objection_decision' THEN 42 ELSE 84 END AS days) r;
CREATE TEMPORARY TABLE compared ON COMMIT DROP AS
SELECT h.*, ROW(t.last_day, t.latest_day, t.penalty_first_day, t.penalty_first_latest, t.penalty_last_day, t.penalty_last_latest)::text AS ours, m.model::text
FROM history h CROSS JOIN LATERAL (SELECT pg_temp.model(h) AS model OFFSET 0) m CROSS JOIN LATERAL wmo.decision_term(h.regime, h.event, h.events) t;
SELECT count(*) >= 150 AS enough, count(*) FILTER (WHERE ours <> model) AS other, count(*) FILTER (WHERE split_part(ours, ',', 1) <> '(' || split_part(ours, ',', 2)) > count(*) / 10 AS readings,
  count(*) FILTER (WHERE split_part(ours, ',', 3) <> '') > count(*) / 20 AS penalties, count(*) FILTER (WHERE ours ~ '^[(],') > count(*) / 150 AS held FROM compared;
-- what differs, if anything does
SELECT regime, event, events, ours, model FROM compared WHERE ours <> model ORDER BY cardinality(events), n LIMIT 5;
ROLLBACK;
