-- contract_period against the server's own dates: 100,000 random periods, and every small period in every possible world.
-- More, and others: PG_ABS_SRCDIR=. psql -v rows=2000000 -v seed=0.7 -f sql/contract_period_random.sql
\getenv here PG_ABS_SRCDIR
\set throws :here '/sql/include/throws.sql'
\i :throws
\if :{?rows}
\else
  SELECT pg_temp.throws(100000) AS rows \gset
\endif
\if :{?seed}
\else
  \set seed 0.2019
\endif
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
SET datestyle = 'ISO, DMY';
SET intervalstyle = 'iso_8601';
SELECT setseed(:seed);

-- The ingredients, drawn in SQL. exercised and declined count the options from the first one on.
CREATE TEMP TABLE ingredient AS
WITH drawn AS MATERIALIZED (
  SELECT n,
    CASE WHEN random() < 0.85 THEN 'day' ELSE 'unknown' END AS start_kind,
    (ARRAY['day', 'day', 'day', 'day', 'day', 'day', 'day', 'open', 'unknown', 'unknown'])[1 + (random() * 9.99)::integer % 10] AS kind,
    date '1990-01-01' + (random() * 14000)::integer AS start,
    1 + (random() * random() * 3000)::integer AS run,
    (random() * 4.49)::integer AS options,
    random() AS exercised, random() AS declined, random() AS early, random() AS early_place,
    CASE WHEN random() < 0.6 THEN make_interval(months => (random() * 9)::integer, days => (random() * random() * 60)::integer) END AS notice,
    (random() * 4000)::integer - 500 AS probe, (random() * random() * 800)::integer AS probe_length
  FROM generate_series(1, :rows) AS n
), counted AS (
  SELECT *, CASE WHEN kind = 'open' THEN 0 ELSE options END AS option_count FROM drawn
), lengths AS (
  SELECT counted.n,
    array_agg(make_interval(months => months, days => CASE WHEN months = 0 THEN 1 + days ELSE days END) ORDER BY option_no) AS lengths,
    array_agg((ARRAY['exercised', 'exercised', 'exercised', 'exercised late', 'agreed', 'agreed late'])[1 + floor(random() * 6)] ORDER BY option_no) AS marks
  FROM counted,
    LATERAL (SELECT option_no, CASE WHEN random() < 0.8 THEN (random() * 36)::integer ELSE 0 END AS months,
                    CASE WHEN random() < 0.3 THEN (random() * 40)::integer ELSE 0 END AS days
             FROM generate_series(1, option_count) AS option_no WHERE counted.n > 0) AS o
  GROUP BY counted.n
)
SELECT n, CASE WHEN start_kind = 'day' THEN start END AS start, kind, CASE WHEN kind = 'day' THEN start + run END AS first_end,
  option_count, floor(exercised * (option_count + 1))::integer AS exercised,
  CASE WHEN declined < 0.3 THEN floor(declined / 0.3 * (option_count + 1 - floor(exercised * (option_count + 1))))::integer ELSE 0 END AS declined,
  coalesce(lengths, '{}') AS lengths, coalesce(marks, '{}') AS marks, notice, start + probe AS probe,
  daterange(start + probe, start + probe + probe_length) AS probe_days,
  CASE WHEN early < 0.15 THEN start + floor(early_place * 1500)::integer END AS early_try
FROM counted LEFT JOIN lengths USING (n);

-- The canonical text, written by the server's own dates and ISO 8601 intervals.
CREATE FUNCTION pg_temp.literal(
  start date, kind text, first_end date, lengths interval[], marks text[], exercised integer, declined integer, notice interval, early date
) RETURNS text LANGUAGE sql STABLE AS $$
SELECT CASE WHEN start IS NULL THEN '(?' ELSE '[' || start END || ','
  || CASE kind WHEN 'day' THEN first_end::text WHEN 'open' THEN '' ELSE '?' END || ')'
  || coalesce((SELECT string_agg('+' || l || CASE WHEN i <= exercised THEN '(' || marks[i] || ')'
                                                  WHEN i <= exercised + declined THEN '(declined)' ELSE '' END, '' ORDER BY i)
               FROM unnest(lengths) WITH ORDINALITY AS u (l, i)), '')
  || CASE WHEN notice = '0' THEN ' notice P0D' ELSE coalesce(' notice ' || notice, '') END
  || coalesce(' terminated after ' || early, '')
$$;

-- Months are added to the end that they extend, those in a row in one step; days and an agreed end are a new place to count from.
CREATE FUNCTION pg_temp.chain(from_day date, lengths interval[], agreed boolean[]) RETURNS date LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  base date := from_day;
  months interval := '0';
  reached date := from_day;
BEGIN
  FOR i IN 1 .. cardinality(lengths) LOOP
    months := months + date_trunc('month', lengths[i]);
    reached := (base + months)::date + extract(day FROM lengths[i])::integer;
    IF extract(day FROM lengths[i]) <> 0 OR agreed[i] THEN base := reached; months := '0'; END IF;
  END LOOP;
  RETURN reached;
END
$$;
-- The oracle: what the server's dates, intervals and ranges make of them.
CREATE TEMP TABLE oracle AS
WITH ended AS (
  SELECT *,
    pg_temp.chain(first_end, lengths[:exercised], agreed) AS extended_end, pg_temp.chain(first_end, lengths, agreed) AS last_end
  FROM (SELECT *, ARRAY(SELECT i <= exercised AND m LIKE 'agreed%' FROM unnest(marks) WITH ORDINALITY u (m, i) ORDER BY i) AS agreed FROM ingredient) i
), terminated AS (
  SELECT *, CASE WHEN early_try + 1 < coalesce(extended_end, 'infinity') THEN early_try END AS early FROM ended
)
SELECT n, start, kind, first_end, exercised, declined, option_count, lengths, marks, agreed, notice, probe, probe_days, early,
  CASE WHEN early IS NOT NULL THEN early + 1 ELSE extended_end END AS current_end,
  CASE WHEN early IS NOT NULL THEN early + 1
       WHEN declined > 0 THEN extended_end ELSE last_end END AS maximum_end,
  CASE WHEN early IS NOT NULL THEN 'day' ELSE kind END AS end_kind,
  CASE WHEN early IS NULL AND declined = 0 AND exercised < option_count THEN (extended_end - notice)::date - 1 END AS notice_by,
  pg_temp.literal(start, kind, first_end, lengths, marks, exercised, declined, notice, early) AS literal
FROM terminated;
CREATE TEMP TABLE subject AS SELECT n, literal::wmo.contract_period AS period FROM oracle;
-- Every kind is there, often.
SELECT kind, start IS NULL AS start_unknown, early IS NOT NULL AS terminated, count(*) > :rows / 100 AS often
FROM oracle GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;

CREATE FUNCTION pg_temp.verdict(wrong bigint, examples text[]) RETURNS text LANGUAGE sql
AS $$SELECT CASE WHEN wrong = 0 THEN 'all agree' ELSE wrong || ' wrong: ' || array_to_string(examples[:3], '; ') END$$;

SELECT 'text' AS test, pg_temp.verdict(count(*), array_agg(literal)) FROM oracle JOIN subject USING (n)
WHERE period::text <> literal;
SELECT 'terms' AS test, pg_temp.verdict(count(*), array_agg(literal)) FROM oracle JOIN subject USING (n)
WHERE (wmo.first_term(period), wmo.current_term(period), wmo.maximum_term(period), wmo.first_day(period), wmo.last_day(period), wmo.end_kind(period),
       wmo.is_terminated(period), wmo.extension_notice(period), wmo.has_late_extension(period), wmo.has_agreed_extension(period))
  IS DISTINCT FROM
      (daterange(start, first_end), daterange(start, current_end), daterange(start, maximum_end), start, current_end - 1, end_kind,
       early IS NOT NULL, notice, marks[:exercised] && '{exercised late,agreed late}', marks[:exercised] && '{agreed,agreed late}');
-- A range of ours is the server's range byte for byte.
SELECT 'range bytes' AS test, pg_temp.verdict(count(*), array_agg(literal)) FROM oracle JOIN subject USING (n)
WHERE range_send(wmo.current_term(period)) <> range_send(daterange(start, current_end))
  OR hash_range(wmo.current_term(period)) <> hash_range(daterange(start, current_end))
  OR pg_column_size(wmo.current_term(period)) <> pg_column_size(daterange(start, current_end));
SELECT 'notice day' AS test, pg_temp.verdict(count(*), array_agg(literal)) FROM oracle JOIN subject USING (n)
WHERE wmo.notice_by(period) IS DISTINCT FROM notice_by;
-- Where both bounds are written down @> and && are those of the range; open ends too.
SELECT 'known bounds' AS test, pg_temp.verdict(count(*), array_agg(literal)) FROM oracle JOIN subject USING (n)
WHERE start IS NOT NULL AND end_kind <> 'unknown'
  AND ((wmo.contains(period, probe), wmo.contains(period, start), wmo.contains(period, current_end), wmo.overlaps(period, probe_days), wmo.certain_term(period))
    IS DISTINCT FROM
       (daterange(start, current_end) @> probe, true, daterange(start, current_end) @> current_end, daterange(start, current_end) && probe_days,
        daterange(start, current_end)));
-- Elsewhere: false outside the range, true only in the certain term, else null.
SELECT 'unknown bounds' AS test, pg_temp.verdict(count(*), array_agg(literal)) FROM oracle JOIN subject USING (n)
WHERE (start IS NULL OR end_kind = 'unknown')
  AND (wmo.contains(period, probe) IS DISTINCT FROM
         CASE WHEN NOT daterange(start, current_end) @> probe THEN false WHEN wmo.certain_term(period) @> probe THEN true END
    OR wmo.overlaps(period, probe_days) IS DISTINCT FROM
         CASE WHEN NOT daterange(start, current_end) && probe_days THEN false WHEN wmo.certain_term(period) && probe_days THEN true END);
SELECT 'constructors' AS test, pg_temp.verdict(count(*), array_agg(literal)) FROM oracle JOIN subject USING (n)
WHERE exercised = 0 AND declined = 0 AND early IS NULL
  AND period OPERATOR(public.<>)
      CASE WHEN start IS NULL AND kind = 'day' THEN wmo.contract_period_unknown_start(first_end - 1, lengths, notice)
           WHEN start IS NULL THEN period
           WHEN kind = 'day' AND n % 2 = 0 THEN wmo.contract_period_until(start, first_end - 1, lengths, notice)
           WHEN kind = 'day' THEN wmo.contract_period(start, make_interval(days => first_end - start), lengths, notice)
           WHEN kind = 'unknown' THEN wmo.contract_period_unknown_end(start, lengths, notice)
           WHEN notice IS NULL THEN wmo.contract_period_open(start)
           ELSE period END;
-- The options one by one, and how they stand on the probe day.
SELECT 'options' AS test, pg_temp.verdict(count(*), array_agg(literal))
FROM oracle JOIN subject USING (n),
  LATERAL (SELECT array_agg((o.option_no, o.term, o.notice_by, o.state, o.late, o.length, t.state)::text ORDER BY o.i) AS got
           FROM wmo.options(period) WITH ORDINALITY AS o (option_no, term, notice_by, state, late, length, other_last_day, i)
             JOIN wmo.option_terms(period, probe) WITH ORDINALITY AS t (option_no, term, notice_by, state, late, length, other_last_day, i) ON t.i = o.i) AS g,
  LATERAL (SELECT array_agg((CASE WHEN i > exercised OR marks[i] NOT LIKE 'agreed%'
                                  THEN i - (SELECT count(*) FROM unnest(marks[:least(i, exercised)]) AS m WHERE m LIKE 'agreed%') END,
                             CASE WHEN kind = 'day' THEN daterange(before, after) END,
                             CASE WHEN i > exercised OR marks[i] NOT LIKE 'agreed%' THEN (before - notice)::date - 1 END,
                             CASE WHEN i <= exercised THEN replace(marks[i], ' late', '') WHEN i <= exercised + declined THEN 'declined'
                                  WHEN declined > 0 OR early IS NOT NULL THEN 'lapsed' ELSE 'open' END,
                             i <= exercised AND marks[i] LIKE '%late', l,
                             CASE WHEN i <= exercised THEN replace(marks[i], ' late', '') WHEN i <= exercised + declined THEN 'declined'
                                  WHEN declined > 0 OR early IS NOT NULL THEN 'lapsed'
                                  WHEN kind = 'unknown' THEN 'unknown'
                                  WHEN probe > oracle.notice_by THEN 'lapsed'
                                  WHEN notice IS NULL AND probe >= current_end THEN 'unknown'
                                  ELSE 'open' END)::text ORDER BY i) AS expected
           FROM (SELECT i, l, pg_temp.chain(first_end, lengths[:i - 1], agreed) AS before, pg_temp.chain(first_end, lengths[:i], agreed) AS after
                 FROM unnest(lengths) WITH ORDINALITY AS u (l, i)) AS s) AS e
WHERE got IS DISTINCT FROM expected;
SELECT 'status' AS test, pg_temp.verdict(count(*), array_agg(literal || ' on ' || probe || ': ' || wmo.contract_status(period, probe)))
FROM oracle JOIN subject USING (n)
WHERE wmo.contract_status(period, probe) <>
  CASE WHEN probe < start THEN 'not_started'
       WHEN probe > early THEN 'terminated'
       WHEN probe >= current_end AND probe < maximum_end THEN 'unknown'
       WHEN probe >= current_end THEN 'ended'
       WHEN NOT wmo.certain_term(period) @> probe THEN 'unknown'
       WHEN probe = start OR probe < first_end OR exercised = 0 THEN 'first_term'
       WHEN kind = 'day' THEN 'extended'
       ELSE 'unknown' END;
-- A next option exercised or declined, and an early end, against the text with that one thing changed.
SELECT 'exercise' AS test, pg_temp.verdict(count(*), array_agg(literal)) FROM oracle JOIN subject USING (n)
WHERE early IS NULL AND declined = 0 AND exercised < option_count
  AND wmo.exercise_option(period, probe, late => true)::text <>
      pg_temp.literal(start, kind, first_end, lengths,
        marks[:exercised] || CASE WHEN kind = 'unknown' OR probe > coalesce(oracle.notice_by, current_end - 1) THEN 'exercised late'
                                  ELSE 'exercised' END,
        exercised + 1, declined, notice, early);
SELECT 'decline' AS test, pg_temp.verdict(count(*), array_agg(literal)) FROM oracle JOIN subject USING (n)
WHERE early IS NULL AND exercised + declined < option_count
  AND wmo.decline_option(period)::text <> pg_temp.literal(start, kind, first_end, lengths, marks, exercised, declined + 1, notice, early);
SELECT 'terminate' AS test, pg_temp.verdict(count(*), array_agg(literal)) FROM oracle JOIN subject USING (n)
WHERE early IS NULL AND probe >= coalesce(start, '-infinity') AND probe + 1 < coalesce(current_end, 'infinity')
  AND wmo.terminate(period, probe)::text <> pg_temp.literal(start, kind, first_end, lengths, marks, exercised, declined, notice, probe);
SELECT 'agree' AS test, pg_temp.verdict(count(*), array_agg(literal))
FROM oracle JOIN subject USING (n), unnest('{0,1,2}'::integer[]) told, LATERAL (SELECT CASE told WHEN 0 THEN wmo.extend_by_agreement(period, probe) ELSE wmo.extend_by_agreement(period, probe, current_end - 2 + told) END AS longer WHERE early IS NULL AND probe >= current_end) AS l
WHERE longer::text <> pg_temp.literal(start, kind, first_end,
        lengths[:exercised] || make_interval(days => probe + 1 - current_end) || lengths[exercised + 1:], marks[:exercised] || CASE told WHEN 2 THEN 'agreed late' ELSE 'agreed' END,
        exercised + 1, declined, notice, early)
  OR wmo.current_term(longer) <> daterange(start, probe + 1);
-- The order agrees with the ranges and is total; equality is that of the text.
SELECT 'order' AS test, pg_temp.verdict(count(*), array_agg(a.literal || ' | ' || b.literal))
FROM oracle AS a JOIN subject AS s USING (n) JOIN oracle AS b ON b.n = a.n % 1000 + 1 JOIN subject AS t ON t.n = b.n
WHERE (s.period OPERATOR(public.=) t.period) <> (a.literal = b.literal)
  OR wmo_works.contract_period_cmp(s.period, t.period) <> - wmo_works.contract_period_cmp(t.period, s.period)
  OR (daterange(a.start, a.current_end) < daterange(b.start, b.current_end) AND s.period OPERATOR(public.>=) t.period)
  OR (a.literal = b.literal) <> (wmo_works.contract_period_hash_extended(s.period, 1) = wmo_works.contract_period_hash_extended(t.period, 1));
-- Text and binary there and back.
CREATE TEMP TABLE returned (LIKE subject);
COPY subject TO PROGRAM 'cat > contract_period_random.copy' (FORMAT binary);
COPY returned FROM PROGRAM 'cat contract_period_random.copy && rm contract_period_random.copy' (FORMAT binary);
SELECT 'binary' AS test, pg_temp.verdict(count(*), array_agg(s.period::text)) FROM subject AS s FULL JOIN returned AS r USING (n)
WHERE (s.period OPERATOR(public.=) r.period) IS NOT TRUE OR (s.period::text::wmo.contract_period OPERATOR(public.=) r.period) IS NOT TRUE;

-- Possible worlds. Every period in a window of days, with a bound unknown; each world fills the bound in. Containment is true when it is so in
-- every world, false when in none, else null. Open options change nothing; exercised ones of a week follow the first term.
CREATE TEMP TABLE small AS
SELECT row_number() OVER () AS id, s AS start, e AS first_end, weeks, early,
  (CASE WHEN s IS NULL THEN '(?' ELSE '[' || s END || ',' || coalesce(e::text, '?') || ')' || repeat('+P1W(exercised)', weeks)
    || coalesce(' terminated after ' || early, ''))::wmo.contract_period AS period
FROM (SELECT date '2020-02-25' + i FROM generate_series(0, 8, 2) AS i UNION ALL SELECT NULL) AS a (s),
     (SELECT date '2020-02-25' + i FROM generate_series(1, 10, 3) AS i UNION ALL SELECT NULL) AS b (e),
     generate_series(0, 1) AS weeks,
     (SELECT date '2020-02-25' + i FROM generate_series(0, 14, 2) AS i UNION ALL SELECT NULL) AS c (early)
WHERE (s < e) IS NOT FALSE AND (early >= s) IS NOT FALSE AND (early + 1 < e + 7 * weeks) IS NOT FALSE AND (s IS NULL OR e IS NULL);
CREATE TEMP TABLE world AS
SELECT id, period, daterange(ws, least(we + 7 * weeks, early + 1)) AS days
FROM small,
  LATERAL (SELECT coalesce(start, date '2020-01-20' + i) FROM generate_series(0, CASE WHEN start IS NULL THEN 60 ELSE 0 END) AS i) AS x (ws),
  LATERAL (SELECT coalesce(first_end, date '2020-02-20' + i) FROM generate_series(0, CASE WHEN first_end IS NULL THEN 60 ELSE 0 END) AS i) AS y (we)
WHERE ws < we AND (early >= ws) IS NOT FALSE AND (early + 1 < we + 7 * weeks) IS NOT FALSE;
SELECT 'worlds: days' AS test, pg_temp.verdict(count(*), array_agg(period || ' @> ' || day))
FROM (SELECT id, period, day, bool_and(days @> day) AS always, bool_or(days @> day) AS sometimes
      FROM world, (SELECT date '2020-02-21' + i FROM generate_series(0, 30) AS i) AS d (day) GROUP BY id, period, day) AS w
WHERE wmo.contains(period, day) IS DISTINCT FROM CASE WHEN always THEN true WHEN NOT sometimes THEN false END
  OR (sometimes AND NOT wmo.current_term(period) @> day) OR always <> wmo.certain_term(period) @> day;
SELECT 'worlds: ranges' AS test, pg_temp.verdict(count(*), array_agg(period || ' && ' || part))
FROM (SELECT id, period, part, bool_and(days && part) AS always, bool_or(days && part) AS sometimes
      FROM world, (SELECT daterange(date '2020-02-21' + i, date '2020-02-21' + i + j) FROM generate_series(0, 28, 2) AS i, generate_series(1, 8, 3) AS j) AS d (part)
      GROUP BY id, period, part) AS w
WHERE wmo.overlaps(period, part) IS DISTINCT FROM CASE WHEN always THEN true WHEN NOT sometimes THEN false END;
