-- calendar: working days, holidays, equated days and the years whose decrees are known.
-- Relies on the library alone (calendar.c, core/calendar.h).
--
-- A text never follows the session's DateStyle: days that go into one are written here.

CREATE FUNCTION wmo_works.iso_day(day date) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT to_jsonb(day) #>> '{}'::text[];
END;
COMMENT ON FUNCTION wmo_works.iso_day(date) IS 'A day as ISO 8601 writes it, whatever the DateStyle: 2024-07-08.';

CREATE FUNCTION wmo_works.iso_days(days daterange) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT CASE WHEN days IS NULL THEN NULL WHEN isempty(days) THEN 'empty'
              ELSE concat(CASE WHEN lower_inc(days) THEN '[' ELSE '(' END, wmo_works.iso_day(lower(days)), ',',
                          wmo_works.iso_day(upper(days)),
                          CASE WHEN upper_inc(days) THEN ']' ELSE ')' END) END;
END;
COMMENT ON FUNCTION wmo_works.iso_days(daterange) IS
  'Days as the server writes a daterange under the DateStyle ISO: [2019-01-01,2023-01-01), (,) or empty.';

CREATE TABLE wmo.equated_day_shipped (
  day date PRIMARY KEY CONSTRAINT day_is_finite CHECK (isfinite(day)),
  decree text NOT NULL CONSTRAINT decree_is_named CHECK (decree <> ''),
  published date
);
COMMENT ON TABLE wmo.equated_day_shipped IS
  'Days that a decree equated with a public holiday (Atw art. 3 lid 3), as this release knows them. Not yours to '
  'change: use wmo.equated_day_own.';
COMMENT ON COLUMN wmo.equated_day_shipped.day IS 'The equated day.';
COMMENT ON COLUMN wmo.equated_day_shipped.decree IS
  'The royal decree, by its day and its place in the Staatscourant where these are known.';
COMMENT ON COLUMN wmo.equated_day_shipped.published IS
  'The day on which the Staatscourant carried the decree; null when not known.';

CREATE TABLE wmo.equated_day_own (LIKE wmo.equated_day_shipped INCLUDING ALL);
COMMENT ON TABLE wmo.equated_day_own IS
  'Your own equated days: a decree that came after this release. A day that also ships counts once.';
COMMENT ON COLUMN wmo.equated_day_own.day IS 'The equated day.';
COMMENT ON COLUMN wmo.equated_day_own.decree IS 'The royal decree, by its day and its place in the Staatscourant.';
COMMENT ON COLUMN wmo.equated_day_own.published IS
  'The day on which the Staatscourant carried the decree; null when not known.';

CREATE VIEW wmo.equated_day WITH (security_invoker = true) AS
  SELECT s.day, s.decree, s.published FROM wmo.equated_day_shipped s
  UNION ALL
  SELECT o.day, o.decree, o.published FROM wmo.equated_day_own o
  WHERE NOT EXISTS (SELECT FROM wmo.equated_day_shipped s WHERE s.day = o.day);
COMMENT ON VIEW wmo.equated_day IS 'Every equated day that counts: shipped and own.';
COMMENT ON COLUMN wmo.equated_day.day IS 'The equated day.';
COMMENT ON COLUMN wmo.equated_day.decree IS 'The royal decree that equated it.';
COMMENT ON COLUMN wmo.equated_day.published IS
  'The day on which the Staatscourant carried the decree; null when not known.';

CREATE TABLE wmo.calendar_decree_shipped (
  decree text PRIMARY KEY CONSTRAINT decree_is_named CHECK (decree <> ''),
  known daterange NOT NULL CONSTRAINT known_has_days CHECK (NOT isempty(known))
    CONSTRAINT known_bounds_are_days CHECK (isfinite(lower(known)) AND isfinite(upper(known)))
);
COMMENT ON TABLE wmo.calendar_decree_shipped IS
  'The decrees that name all equated days of a period, as this release knows them. Outside these periods equated days '
  'may be missing.';
COMMENT ON COLUMN wmo.calendar_decree_shipped.decree IS 'The royal decree.';
COMMENT ON COLUMN wmo.calendar_decree_shipped.known IS 'The days for which it names every equated day: whole years.';

CREATE TABLE wmo.calendar_decree_own (LIKE wmo.calendar_decree_shipped INCLUDING ALL);
COMMENT ON TABLE wmo.calendar_decree_own IS
  'Your own decrees: enter one here when all its days stand in wmo.equated_day_own.';
COMMENT ON COLUMN wmo.calendar_decree_own.decree IS 'The royal decree.';
COMMENT ON COLUMN wmo.calendar_decree_own.known IS 'The days for which it names every equated day: whole years.';

CREATE VIEW wmo.calendar_decree WITH (security_invoker = true) AS
  SELECT s.decree, s.known FROM wmo.calendar_decree_shipped s
  UNION ALL
  SELECT o.decree, o.known FROM wmo.calendar_decree_own o;
COMMENT ON VIEW wmo.calendar_decree IS 'For which days the equated days are known completely, and from which decree.';
COMMENT ON COLUMN wmo.calendar_decree.decree IS 'The royal decree.';
COMMENT ON COLUMN wmo.calendar_decree.known IS 'The days for which it names every equated day.';

SELECT pg_catalog.pg_extension_config_dump('wmo.equated_day_own', '');
SELECT pg_catalog.pg_extension_config_dump('wmo.calendar_decree_own', '');

INSERT INTO wmo.equated_day_shipped (day, decree, published)
SELECT d.day::date, d.decree, NULL
FROM (VALUES
  ('besluit gelijkstelling 14 mei 2010', '{2010-05-14}'::text[]),
  ('besluit van 17 juni 2013, nr. 13.001210', '{2014-05-30,2015-01-02,2015-05-04,2015-05-15,2016-05-06}'),
  ('besluit van 24 oktober 2016, nr. 2016001827 (Stcrt. 2016, 58653)',
   '{2017-04-28,2017-05-26,2018-05-11,2018-12-24,2018-12-31,2019-05-31,2019-12-27}'),
  ('besluit van 20 september 2019', '{2020-05-22,2021-05-14,2022-05-27}'),
  ('Stcrt. 2022, 7812', '{2023-04-28,2023-05-19,2024-05-10,2024-12-27,2025-05-30}'),
  ('Stcrt. 2025, 24713', '{2026-01-02,2026-05-15,2027-05-07,2028-04-28,2028-05-26}')
) AS shipped (decree, days)
CROSS JOIN LATERAL (SELECT unnest(shipped.days) AS day, shipped.decree) AS d;

-- 2010 is not here: of that year one day is known, and not whether it was the only one.
INSERT INTO wmo.calendar_decree_shipped (decree, known) VALUES
  ('besluit van 17 juni 2013, nr. 13.001210', '[2014-01-01,2017-01-01)'),
  ('besluit van 24 oktober 2016, nr. 2016001827 (Stcrt. 2016, 58653)', '[2017-01-01,2020-01-01)'),
  ('besluit van 20 september 2019', '[2020-01-01,2023-01-01)'),
  ('Stcrt. 2022, 7812', '[2023-01-01,2026-01-01)'),
  ('Stcrt. 2025, 24713', '[2026-01-01,2029-01-01)');

CREATE FUNCTION wmo.is_working_day(day date, rule text DEFAULT 'atw') RETURNS boolean
LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_is_working_day';
COMMENT ON FUNCTION wmo.is_working_day(date, text) IS
  'Is this day no Saturday, Sunday, public holiday or (rule atw) equated day? Rule eu_1182_71 leaves the equated days '
  'out. Null before 1965.';

CREATE FUNCTION wmo.next_working_day(day date, rule text DEFAULT 'atw') RETURNS date
LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_next_working_day';
COMMENT ON FUNCTION wmo.next_working_day(date, text) IS 'The first working day after this day. Null before 1965.';

CREATE FUNCTION wmo.working_day_by(day date, rule text DEFAULT 'atw') RETURNS date
LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10
BEGIN ATOMIC
  -- no run of free days comes near to a fortnight
  SELECT max(d.candidate)
  FROM (SELECT working_day_by.day - back AS candidate FROM generate_series(0, 14) back) d
  WHERE wmo.is_working_day(d.candidate, working_day_by.rule);
END;
COMMENT ON FUNCTION wmo.working_day_by(date, text) IS
  'The last working day by then: the day itself, or the working day before it. For terms that end on a free day and '
  'are not moved, or count back. Null before 1965.';

CREATE FUNCTION wmo.public_holidays(year integer, OUT day date, OUT name text, OUT basis text) RETURNS SETOF record
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 100 ROWS 11
AS 'MODULE_PATHNAME', 'wmo_sql_public_holidays';
COMMENT ON FUNCTION wmo.public_holidays(integer) IS
  'The public holidays and equated days of a year in the order of the calendar, each with its article or decree. Two '
  'can fall on one day.';

CREATE FUNCTION wmo.calendar_is_complete(days daterange) RETURNS boolean
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 50
AS 'MODULE_PATHNAME', 'wmo_sql_calendar_is_complete';
COMMENT ON FUNCTION wmo.calendar_is_complete(daterange) IS
  'Are the decrees on equated days known for all these days? Unbounded: no; no days at all: yes.';

CREATE FUNCTION wmo_works.working_day_warning(day date) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT CASE WHEN NOT wmo.calendar_is_complete(daterange(w.day, w.day, '[]'))
              THEN wmo_works.words('not all decrees on equated days of %1 are known here: the last working day may be '
                                   'earlier', extract(year FROM w.day)::text) END
  FROM (SELECT wmo.working_day_by(working_day_warning.day) AS day OFFSET 0) w;
END;
COMMENT ON FUNCTION wmo_works.working_day_warning(date) IS
  'Why wmo.working_day_by of this day is not sure; null = nothing, or no working day is known.';

CREATE FUNCTION wmo.age_on(birth date, on_date date) RETURNS integer
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_age_on_date';
COMMENT ON FUNCTION wmo.age_on(date, date) IS
  'Age in whole years, one more on the birthday itself; born on 29 February: on 1 March in a common year. Null before '
  'birth.';
