-- Working days, holidays, equated days, the years whose decrees are known, and ages.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
SET search_path = pg_catalog;
SET datestyle = 'ISO, DMY';
SET intervalstyle = 'postgres';

-- Easter Monday of years whose Easter is on record: the earliest and latest possible days, leap years, centuries.
SELECT y AS year, (SELECT h.day FROM wmo.public_holidays(y) AS h WHERE h.name = 'Tweede Paasdag') - 1 AS easter,
  expected::date AS expected
FROM (VALUES (1965, '1965-04-18'), (1967, '1967-03-26'), (2000, '2000-04-23'), (2008, '2008-03-23'),
  (2011, '2011-04-24'), (2019, '2019-04-21'), (2023, '2023-04-09'), (2024, '2024-03-31'), (2025, '2025-04-20'),
  (2038, '2038-04-25'), (2100, '2100-03-28'), (2285, '2285-03-22')) AS v (y, expected)
WHERE (SELECT h.day FROM wmo.public_holidays(y) AS h WHERE h.name = 'Tweede Paasdag') - 1 IS DISTINCT FROM expected::date;

-- Each kind of year once: Monday 1 May, Saturday 29 April, King's day, King's day on Saturday, two holidays on one day.
SELECT * FROM wmo.public_holidays(1967);
SELECT day, name FROM wmo.public_holidays(1982) WHERE name IN ('Koninginnedag', 'Vijfde mei');
SELECT day, name FROM wmo.public_holidays(1983) WHERE name IN ('Koninginnedag', 'Vijfde mei');
SELECT day, name FROM wmo.public_holidays(2006) WHERE name = 'Koninginnedag';
SELECT * FROM wmo.public_holidays(2016);
SELECT * FROM wmo.public_holidays(2025);

-- Every year in which the monarch's birthday moved for a Sunday, 1965 to 2042.
SELECT h.day, h.name FROM generate_series(1965, 2042) AS y, LATERAL wmo.public_holidays(y) AS h
WHERE h.name IN ('Koninginnedag', 'Koningsdag') AND to_char(h.day, 'MM-DD') NOT IN ('04-30', '04-27');

-- Monday 28 April 2025 and 1 May 2006 are ordinary; bridge days that no decree equated are too.
SELECT d::date AS day, wmo.is_working_day(d::date) AS working
FROM unnest(ARRAY['2025-04-28', '2006-05-01', '2020-05-04', '2021-04-26', '2022-05-06', '2026-05-04', '2027-04-26',
  '2018-12-24', '2018-12-31', '2023-05-19', '2026-05-05', '2024-02-29', '2024-03-02', '2024-03-03']) AS d;

-- An equated day is a working day to everyone but the Atw.
SELECT wmo.is_working_day('2023-05-19'), wmo.is_working_day('2023-05-19', 'eu_1182_71');
-- "next" is after the day, also when the day is a working day itself.
SELECT wmo.next_working_day('2023-04-06') AS easter_weekend, wmo.next_working_day('2023-05-17') AS ascension,
  wmo.next_working_day('2023-05-17', 'eu_1182_71') AS ascension_eu, wmo.next_working_day('2024-02-28') AS leap_day,
  wmo.next_working_day('2018-12-28') AS year_end;

-- Within the years that are kept as bits and beyond them the same days are free.
SELECT count(*) AS days, count(*) FILTER (WHERE working <> (extract(isodow FROM d) < 6 AND NOT EXISTS (
    SELECT FROM wmo.public_holidays(extract(year FROM d)::int) AS h WHERE h.day = d))) AS different
FROM (SELECT d::date AS d, wmo.is_working_day(d::date) AS working
  FROM generate_series(timestamp '2117-01-01', timestamp '2122-12-31', interval '1 day') AS d) AS days;
SELECT count(*) AS days, count(*) FILTER (WHERE wmo.next_working_day(d::date) <>
    (SELECT min(n::date) FROM generate_series(d + interval '1 day', d + interval '12 days', interval '1 day') AS n
     WHERE wmo.is_working_day(n::date))) AS different
FROM generate_series(timestamp '2119-12-01', timestamp '2120-02-01', interval '1 day') AS d;

-- The years whose decrees are known.
SELECT decree, known FROM wmo.calendar_decree ORDER BY known;
SELECT r AS days, wmo.calendar_is_complete(r::daterange) AS complete
FROM unnest(ARRAY['[2014-01-01,2029-01-01)', '[2013-12-31,2014-02-01)', '[2028-12-31,2029-01-02)', '[2016-12-31,2017-01-01]',
  '[2010-05-14,2010-05-15)', 'empty', '[2020-01-01,)', '(,2020-01-01)', '[2020-01-01,infinity)']) AS r;

-- A decree is added: its days count at once, in this transaction, and no longer after a rollback, also to a savepoint.
BEGIN;
SELECT wmo.is_working_day('2029-05-11') AS before, wmo.calendar_is_complete('[2029-01-01,2030-01-01)') AS known;
SAVEPOINT a;
INSERT INTO wmo.equated_day_own (day, decree) VALUES ('2029-05-11', 'besluit ter proef');
INSERT INTO wmo.calendar_decree_own (decree, known) VALUES ('besluit ter proef', '[2029-01-01,2030-01-01)');
SELECT wmo.is_working_day('2029-05-11') AS inside, wmo.calendar_is_complete('[2029-01-01,2030-01-01)') AS known;
SELECT * FROM wmo.public_holidays(2029) WHERE name = 'Gelijkgestelde dag';
ROLLBACK TO a;
SELECT wmo.is_working_day('2029-05-11') AS after_savepoint;
INSERT INTO wmo.equated_day_own (day, decree) VALUES ('2029-05-11', 'besluit ter proef');
SELECT wmo.is_working_day('2029-05-11') AS inside_again;
DELETE FROM wmo.equated_day_own;
SELECT wmo.is_working_day('2029-05-11') AS deleted;
INSERT INTO wmo.equated_day_own (day, decree) VALUES ('2029-05-11', 'besluit ter proef');
ROLLBACK;
SELECT wmo.is_working_day('2029-05-11') AS after_rollback;
-- The same at repeatable read, where the snapshot and its command id outlive the savepoint.
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT wmo.is_working_day('2029-05-11') AS before;
SAVEPOINT a;
INSERT INTO wmo.equated_day_own (day, decree) VALUES ('2029-05-11', 'besluit ter proef');
SELECT wmo.is_working_day('2029-05-11') AS inside;
ROLLBACK TO a;
SELECT wmo.is_working_day('2029-05-11') AS after_savepoint;
ROLLBACK;
-- PL/pgSQL keeps its expressions for a whole transaction: they see every write before them.
DO $$
DECLARE
  seen text := '';
BEGIN
  FOR i IN 1..3 LOOP
    seen := seen || ' ' || wmo.is_working_day('2029-05-11')::text;
    INSERT INTO wmo.equated_day_own (day, decree) VALUES ('2029-05-11', 'besluit ter proef');
    seen := seen || ' ' || wmo.is_working_day('2029-05-11')::text;
    BEGIN
      DELETE FROM wmo.equated_day_own;
      seen := seen || ' ' || wmo.is_working_day('2029-05-11')::text;
      RAISE EXCEPTION 'undo';
    EXCEPTION WHEN raise_exception THEN
      seen := seen || ' ' || wmo.is_working_day('2029-05-11')::text;
    END;
    DELETE FROM wmo.equated_day_own;
  END LOOP;
  RAISE WARNING 'seen:%', seen;
END $$;
-- An open cursor keeps the calendar of its snapshot, beside statements that see the new one.
BEGIN;
DECLARE old CURSOR FOR SELECT wmo.is_working_day('2029-05-11') AS old FROM generate_series(1, 3);
FETCH old;
INSERT INTO wmo.equated_day_own (day, decree) VALUES ('2029-05-11', 'besluit ter proef');
FETCH old;
SELECT wmo.is_working_day('2029-05-11') AS new;
FETCH old;
ROLLBACK;
-- A day that also ships counts once.
BEGIN;
INSERT INTO wmo.equated_day_own (day, decree) VALUES ('2023-05-19', 'nogmaals');
SELECT count(*) FROM wmo.equated_day WHERE day = '2023-05-19';
SELECT count(*) FROM wmo.public_holidays(2023) WHERE day = '2023-05-19';
ROLLBACK;
-- A hundred equated days in a row are passed over too.
BEGIN;
INSERT INTO wmo.equated_day_own (day, decree) SELECT date '2030-01-01' + n, 'proef' FROM generate_series(0, 99) AS n;
SELECT wmo.next_working_day('2030-01-05') AS bits, wmo.next_working_day('2029-12-31') AS from_before;
INSERT INTO wmo.equated_day_own (day, decree) SELECT date '2130-01-01' + n, 'proef' FROM generate_series(0, 99) AS n;
SELECT wmo.next_working_day('2130-01-05') AS beyond_the_bits;
ROLLBACK;

-- Ages go up on the birthday itself; 29 February: on 1 March in a common year.
SELECT birth, on_date, wmo.age_on(birth::date, on_date::date) AS age
FROM (VALUES ('1948-03-01', '2023-02-28'), ('1948-03-01', '2023-03-01'), ('2005-03-01', '2023-03-01'),
  ('2004-02-29', '2023-02-28'), ('2004-02-29', '2023-03-01'), ('2004-02-29', '2024-02-28'), ('2004-02-29', '2024-02-29'),
  ('2023-03-01', '2023-03-01'), ('2023-03-02', '2023-03-01')) AS v (birth, on_date);
-- The same as the server's own age() over many days.
SELECT count(*) AS pairs, count(*) FILTER (WHERE wmo.age_on(b::date, d::date) <> extract(year FROM age(d, b))) AS different
FROM generate_series(timestamp '2003-12-20', timestamp '2004-03-10', interval '1 day') AS b,
  generate_series(timestamp '2004-03-11', timestamp '2025-03-10', interval '13 days') AS d;

-- Nulls, and input that has no answer.
SELECT wmo.is_working_day(NULL) IS NULL AS a, wmo.next_working_day(NULL) IS NULL AS b,
  wmo.calendar_is_complete(NULL) IS NULL AS c, wmo.age_on(NULL, '2020-01-01') IS NULL AS d,
  wmo.is_working_day('1964-12-31') IS NULL AS before_the_law, wmo.next_working_day('1964-12-31') IS NULL AS before_too;
SELECT wmo.is_working_day('infinity');
SELECT wmo.next_working_day('-infinity');
SELECT wmo.age_on('2000-01-01', 'infinity');
SELECT wmo.is_working_day('2020-01-01', 'atv');
SELECT wmo.is_working_day('2020-01-01', 'none');
SELECT wmo.public_holidays(1964);
SELECT wmo.public_holidays(2147483647);
SELECT wmo.next_working_day('5874897-12-31');
SELECT wmo.is_working_day('5874898-01-01');
SELECT count(*) FROM wmo.public_holidays(5874897);
INSERT INTO wmo.equated_day_own (day, decree) VALUES ('infinity', 'proef');
INSERT INTO wmo.calendar_decree_own (decree, known) VALUES ('proef', 'empty');
