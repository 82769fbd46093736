-- A slow second reading of the term law, to hold the fast one against. It shares no code, no tables and no calendar with
-- the extension: its own computus (Knuth), its own list of equated days, and a walk along a table of days.
CREATE SCHEMA wmo_oracle;

CREATE FUNCTION wmo_oracle.easter(y integer) RETURNS date LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  golden integer := y % 19 + 1;
  century integer := y / 100 + 1;
  dropped_leap_years integer := 3 * century / 4 - 12;
  moon integer := (8 * century + 5) / 25 - 5;
  sunday integer := 5 * y / 4 - dropped_leap_years - 10;
  epact integer := (11 * golden + 20 + moon - dropped_leap_years) % 30;
  full_moon integer;
BEGIN
  IF epact < 0 THEN
    epact := epact + 30;
  END IF;
  IF (epact = 25 AND golden > 11) OR epact = 24 THEN
    epact := epact + 1;
  END IF;
  full_moon := 44 - epact;
  IF full_moon < 21 THEN
    full_moon := full_moon + 30;
  END IF;
  RETURN make_date(y, 3, 1) - 1 + full_moon + 7 - (sunday + full_moon) % 7;
END $$;

-- Every day with what the law calls it. Free under the Atw: all of these; under Regulation 1182/71: all but "equated".
CREATE TABLE wmo_oracle.day (day date PRIMARY KEY, free_atw boolean NOT NULL, free_eu boolean NOT NULL);

INSERT INTO wmo_oracle.day
WITH year AS (
  SELECT y, wmo_oracle.easter(y) AS easter FROM generate_series(1960, 2125) AS y
), holiday AS (
  SELECT make_date(y, 1, 1) AS day FROM year
  UNION SELECT easter - 2 FROM year
  UNION SELECT easter + 1 FROM year
  UNION SELECT easter + 39 FROM year
  UNION SELECT easter + 50 FROM year
  UNION SELECT make_date(y, 12, 25) FROM year
  UNION SELECT make_date(y, 12, 26) FROM year
  UNION SELECT make_date(y, 5, 5) FROM year WHERE y > 1982
  UNION SELECT make_date(y, 5, 1) FROM year WHERE y < 1980 AND extract(isodow FROM make_date(y, 4, 30)) = 7
  UNION SELECT make_date(y, 4, 30) FROM year WHERE y < 2014 AND extract(isodow FROM make_date(y, 4, 30)) < 7
  UNION SELECT make_date(y, 4, 29) FROM year
    WHERE y BETWEEN 1980 AND 2013 AND extract(isodow FROM make_date(y, 4, 30)) = 7
  UNION SELECT make_date(y, 4, 27) FROM year WHERE y > 2013 AND extract(isodow FROM make_date(y, 4, 27)) < 7
  UNION SELECT make_date(y, 4, 26) FROM year WHERE y > 2013 AND extract(isodow FROM make_date(y, 4, 27)) = 7
), equated AS (
  SELECT unnest(ARRAY[
    '2010-05-14', '2014-05-30', '2015-01-02', '2015-05-04', '2015-05-15', '2016-05-06', '2017-04-28', '2017-05-26',
    '2018-05-11', '2018-12-24', '2018-12-31', '2019-05-31', '2019-12-27', '2020-05-22', '2021-05-14', '2022-05-27',
    '2023-04-28', '2023-05-19', '2024-05-10', '2024-12-27', '2025-05-30', '2026-01-02', '2026-05-15', '2027-05-07',
    '2028-04-28', '2028-05-26'
  ]::date[]) AS day
)
SELECT d::date,
  extract(isodow FROM d) > 5 OR d::date IN (SELECT day FROM holiday) OR d::date IN (SELECT day FROM equated),
  extract(isodow FROM d) > 5 OR d::date IN (SELECT day FROM holiday)
FROM generate_series(timestamp '1960-01-01', timestamp '2125-12-31', interval '1 day') AS d;
ANALYZE wmo_oracle.day;

-- The last day of a term of so many units ('days', 'weeks', 'months', 'years') after, or before, the event.
CREATE FUNCTION wmo_oracle.last_day(event date, amount integer, unit text, rule text) RETURNS date
LANGUAGE plpgsql STABLE AS $$
DECLARE
  last date := (event + (amount || ' ' || unit)::interval)::date;
  working integer;
  least_units integer;
BEGIN
  IF rule = 'none' OR amount <= 0 THEN
    RETURN last;
  END IF;
  IF rule = 'atw' AND last < date '1965-04-01' OR rule = 'eu_1182_71' AND last < date '1971-07-01' THEN
    RETURN last;
  END IF;
  -- Atw art. 4
  IF rule = 'atw' AND (unit = 'days' AND amount > 90 OR unit = 'weeks' AND amount > 12
      OR unit = 'months' AND amount > 3 OR unit = 'years') THEN
    RETURN last;
  END IF;
  -- Atw art. 1 lid 1; Regulation 1182/71 art. 3(4)
  WHILE (SELECT CASE rule WHEN 'atw' THEN free_atw ELSE free_eu END FROM wmo_oracle.day WHERE day = last) LOOP
    last := last + 1;
  END LOOP;
  -- Atw art. 2: three days or more; Regulation 1182/71 art. 3(5): two days or more
  least_units := CASE WHEN unit <> 'days' THEN 1 WHEN rule = 'atw' THEN 3 ELSE 2 END;
  IF amount >= least_units THEN
    LOOP
      SELECT count(*) INTO working FROM wmo_oracle.day
      WHERE day > greatest(event, last - 30) AND day <= last
        AND NOT CASE rule WHEN 'atw' THEN free_atw ELSE free_eu END;
      EXIT WHEN working >= 2;
      last := last + 1;
    END LOOP;
  END IF;
  RETURN last;
END $$;

-- The lengths that are compared: the short ones that art. 2 is about, the usual ones, and both sides of every limit.
CREATE TABLE wmo_oracle.term_length (amount integer NOT NULL, unit text NOT NULL, PRIMARY KEY (amount, unit));
INSERT INTO wmo_oracle.term_length
  SELECT unnest(ARRAY[
    -30, -20, -10, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 25, 28, 30,
    35, 40, 42, 45, 50, 60, 70, 84, 85, 89, 90, 91, 92, 100, 120]), 'days'
  UNION ALL SELECT unnest(ARRAY[-2, 1, 2, 3, 4, 6, 8, 10, 11, 12, 13, 18, 26]), 'weeks'
  UNION ALL SELECT unnest(ARRAY[-3, -1, 1, 2, 3, 4, 6]), 'months'
  UNION ALL SELECT unnest(ARRAY[-1, 1, 2]), 'years';

-- Holds the extension against the oracle for the event days of one year; returns what was compared and what differed.
CREATE FUNCTION wmo_oracle.compare_year(
  y integer, every_so_many_days integer, OUT compared bigint, OUT different bigint, OUT first_difference text
) LANGUAGE plpgsql STABLE AS $$
BEGIN
  SELECT count(*), count(*) FILTER (WHERE slow IS DISTINCT FROM fast),
    min(format('%s + %s %s, %s: extension %s, oracle %s', event, amount, unit, rule, fast, slow))
      FILTER (WHERE slow IS DISTINCT FROM fast)
  INTO compared, different, first_difference
  FROM (
    SELECT e::date AS event, l.amount, l.unit, r AS rule,
      wmo_oracle.last_day(e::date, l.amount, l.unit, r) AS slow,
      wmo.term_last_day(e::date, (l.amount || ' ' || l.unit)::interval, r) AS fast
    FROM generate_series(make_date(y, 1, 1)::timestamp, make_date(y, 12, 31)::timestamp,
        every_so_many_days * interval '1 day') AS e,
      wmo_oracle.term_length AS l, unnest(ARRAY['atw', 'eu_1182_71', 'none']) AS r
  ) AS both_readings;
END $$;
