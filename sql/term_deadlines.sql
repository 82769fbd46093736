-- Worked deadlines with literal last days: from case law, published tables and hand calculation along the calendar.
-- mode: atw, eu (Regulation 1182/71), none; back counts back. basis says who else found the day.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
SET search_path = pg_catalog;
SET datestyle = 'ISO, DMY';
SET intervalstyle = 'postgres';

CREATE TEMPORARY TABLE deadline_case (
  id text PRIMARY KEY, description text, event date, length interval, mode text, raw date, last date, basis text
);
INSERT INTO deadline_case VALUES
  ('DC01', 'Groningen seed: gunningsbeslissing sent Tue 24 July 2018',
    '2018-07-24', '20 days', 'atw', '2018-08-13', '2018-08-13', 'seed says final from 14 Aug 2018'),
  ('DC02', 'Groningen inversion: sent Mon 23 July 2018 gives the same final date',
    '2018-07-23', '20 days', 'atw', '2018-08-12', '2018-08-13', 'computed'),
  ('DC04', 'Utrecht seed, tot 19 juli read exclusively: sent Fri 28 June 2019',
    '2019-06-28', '20 days', 'atw', '2019-07-18', '2019-07-18', 'computed'),
  ('DC06', 'Rijkswaterstaat case (Hof Den Haag 20-04-2021): sent 12 Oct 2020',
    '2020-10-12', '20 days', 'atw', '2020-11-01', '2020-11-02', 'externally confirmed: bg.legal, holla.nl, vbk.nl'),
  ('DC07', 'Leeuwarden illustration: sent Thu 5 March 2020 (date is from the press, not the seed)',
    '2020-03-05', '20 days', 'atw', '2020-03-25', '2020-03-25', 'computed'),
  ('DC08', 'Tweede Paasdag',
    '2019-04-02', '20 days', 'atw', '2019-04-22', '2019-04-23', 'computed'),
  ('DC09', 'Goede Vrijdag -> over Easter weekend',
    '2023-02-24', '6 weeks', 'atw', '2023-04-07', '2023-04-11', 'computed'),
  ('DC11', 'Koningsdag on a Monday',
    '2020-04-07', '20 days', 'atw', '2020-04-27', '2020-04-28', 'computed'),
  ('DC13', 'Koningsdag Thu + gelijkgestelde Fri 28 April',
    '2017-03-16', '6 weeks', 'atw', '2017-04-27', '2017-05-01', 'computed'),
  ('DC14', '27 April is a Sunday (Koningsdag Sat 26th): Mon 28 April 2025 is an ordinary day',
    '2025-04-07', '20 days', 'atw', '2025-04-27', '2025-04-28', 'computed'),
  ('DC16', 'Koninginnedag Sunday rule: raw end Sun 30 April 2006; Mon 1 May is ordinary',
    '2006-03-19', '6 weeks', 'atw', '2006-04-30', '2006-05-01', 'computed; assumes 1 May 2006 not equated (medium)'),
  ('DC19', '5 May counts every year, not only lustrum years (Tue 5 May 2026)',
    '2026-03-24', '6 weeks', 'atw', '2026-05-05', '2026-05-06', 'computed'),
  ('DC21', 'Hemelvaart = 5 May (2016) + equated Friday',
    '2016-03-24', '6 weeks', 'atw', '2016-05-05', '2016-05-09', 'computed'),
  ('DC23', 'Hemelvaart Thu + equated Fri + weekend',
    '2023-04-06', '6 weeks', 'atw', '2023-05-18', '2023-05-22', 'computed'),
  ('DC24', 'Tweede Pinksterdag',
    '2022-04-25', '6 weeks', 'atw', '2022-06-06', '2022-06-07', 'computed'),
  ('DC26', 'Kerst Wed/Thu + equated Fri 27 Dec 2019 + weekend',
    '2019-12-05', '20 days', 'atw', '2019-12-25', '2019-12-30', 'computed'),
  ('DC28', 'Equated Mon 31 Dec 2018 + Nieuwjaar: crosses the year',
    '2018-12-11', '20 days', 'atw', '2018-12-31', '2019-01-02', 'computed'),
  ('DC30', 'Nieuwjaar on a Saturday',
    '2021-11-20', '6 weeks', 'atw', '2022-01-01', '2022-01-03', 'computed'),
  ('DC32', 'Plain: bekendmaking Thu -> Thu six weeks later',
    '2023-03-02', '6 weeks', 'atw', '2023-04-13', '2023-04-13', 'computed'),
  ('DC34', 'Across 29 Feb 2024',
    '2024-02-09', '20 days', 'atw', '2024-02-29', '2024-02-29', 'computed'),
  ('DC35', 'Same calendar days in a common year',
    '2023-02-09', '20 days', 'atw', '2023-03-01', '2023-03-01', 'computed'),
  ('DC36', 'decision on bezwaar after a term ending Thu 13 Apr 2023',
    '2023-04-13', '6 weeks', 'atw', '2023-05-25', '2023-05-25', 'computed'),
  ('DC39', 'melding Wed 1 March 2023',
    '2023-03-01', '6 weeks', 'atw', '2023-04-12', '2023-04-12', 'computed'),
  ('DC41', 'aanvraag Thu 13 April 2023 -> Koningsdag + equated Friday',
    '2023-04-13', '2 weeks', 'atw', '2023-04-27', '2023-05-01', 'computed'),
  ('DC43', 'post received at latest one week after term end Thu 13 Apr 2023',
    '2023-04-13', '1 weeks', 'atw', '2023-04-20', '2023-04-20', 'computed'),
  ('DC44', 'handed over Tue 24 Dec 2019',
    '2019-12-24', '3 days', 'atw', '2019-12-27', '2019-12-31', 'externally confirmed: nemassdeboer.nl table'),
  ('DC46', 'handed over Sun 22 Dec 2019',
    '2019-12-22', '3 days', 'atw', '2019-12-25', '2019-12-30', 'externally confirmed: nemassdeboer.nl table'),
  ('DC48', 'attachment Fri 21 Dec 2018',
    '2018-12-21', '3 days', 'atw', '2018-12-24', '2018-12-28', 'externally confirmed: agintimmermans.nl'),
  ('DC50', 'event Thu 14 April 2022: four free days',
    '2022-04-14', '4 days', 'atw', '2022-04-18', '2022-04-20', 'computed'),
  ('DC52', 'same event under the EU rule: art 3(5) applies from two days',
    '2023-04-06', '2 days', 'eu', '2023-04-08', '2023-04-12', 'computed'),
  ('DC53', 'bridge day: Hemelvaart Thu 18 May 2023, Fri 19 May is a working day under 1182/71',
    '2023-04-28', '20 days', 'eu', '2023-05-18', '2023-05-19', 'computed; national list assumption = medium'),
  ('DC55', '90 days: included',
    '2023-02-19', '90 days', 'atw', '2023-05-20', '2023-05-22', 'computed'),
  ('DC57', '12 weeks: included (Tweede Paasdag)',
    '2024-01-08', '12 weeks', 'atw', '2024-04-01', '2024-04-02', 'computed'),
  ('DC59', '29 Feb 2016 + 3 months = Sun 29 May 2016',
    '2016-02-29', '3 months', 'atw', '2016-05-29', '2016-05-30', 'externally confirmed: ECLI:NL:HR:2017:2225'),
  ('DC61', '4 months: excluded (stays on Hemelvaart)',
    '2023-01-18', '4 months', 'atw', '2023-05-18', '2023-05-18', 'computed'),
  ('DC63', 'at least 10 days before Thu 11 April 2024 = Tweede Paasdag, not shifted',
    '2024-04-11', '10 days', 'back', '2024-04-01', '2024-04-01', 'computed'),
  ('DC64', 'Walcheren start 28 March 2016 (Tweede Paasdag) does not move',
    '2016-03-28', '0 days', 'none', '2016-03-28', '2016-03-28', 'year inferred'),
  ('DC69', '20 days named only in tender documents, sent 12 Oct 2020',
    '2020-10-12', '20 days', 'none', '2020-11-01', '2020-11-01', 'disputed: Rb Den Haag RBDHA:2021:1251 yes; Hof reads it equal to the standstill');

-- No row: every case comes out as written, its raw end too.
SELECT id, description, c.last AS expected, found, raw AS expected_raw, found_raw
FROM deadline_case AS c, LATERAL (
  SELECT wmo.term_last_day(event, CASE mode WHEN 'back' THEN -length ELSE length END,
      CASE mode WHEN 'eu' THEN 'eu_1182_71' WHEN 'none' THEN 'none' ELSE 'atw' END) AS found,
    wmo.term_last_day(event, CASE mode WHEN 'back' THEN -length ELSE length END, 'none') AS found_raw
) AS computed
WHERE found IS DISTINCT FROM c.last OR found_raw IS DISTINCT FROM raw;
SELECT count(*) AS cases FROM deadline_case;

-- The trace ends on the same day, and between raw end and last day names every day it passed over.
SELECT id, t.result, t.free_days
FROM deadline_case AS c, LATERAL (
  SELECT max(day) FILTER (WHERE applied = 'result') AS result,
    count(DISTINCT day) FILTER (WHERE applied IN ('Atw art. 1 lid 1', 'Atw art. 3 lid 1', 'Atw art. 3 lid 2',
      'Atw art. 3 lid 3', '1182/71 art. 3(4)') AND explanation LIKE '%not a last day.') AS free_days
  FROM wmo.explain_term(event, CASE mode WHEN 'back' THEN -length ELSE length END,
    CASE mode WHEN 'eu' THEN 'eu_1182_71' WHEN 'none' THEN 'none' ELSE 'atw' END)
) AS t
WHERE t.result IS DISTINCT FROM c.last
  OR t.free_days + (SELECT count(*) FROM wmo.explain_term(event, length, CASE mode WHEN 'eu' THEN 'eu_1182_71' ELSE 'atw' END)
    WHERE applied IN ('Atw art. 2', '1182/71 art. 3(5)')) <> c.last - c.raw;

-- The same through the regimes: the stored period, its final day, and the terms in which an authority decides.
SELECT id, c.last AS expected, period
FROM deadline_case AS c,
  LATERAL wmo.objection_period(CASE WHEN length = '20 days' THEN 'standstill' ELSE 'awb_objection' END, event) AS period
WHERE mode = 'atw' AND length IN ('20 days', '42 days') AND event >= '2010-02-19'
  AND (wmo.last_day(period) <> c.last OR wmo.latest_last_day(period) <> c.last
    OR wmo.first_day(period) <> event + 1 OR wmo.earliest_final(period) <> c.last + 1);
SELECT wmo.decision_last_day('wmo_investigation', '2023-03-01') AS dc39, wmo.decision_last_day('wmo_decision', '2023-04-13') AS dc41,
  wmo.decision_last_day('awb_objection_decision', '2023-04-13') AS dc36;
-- The chain runs from the extended end: sent 24 February 2023, objection until 11 April, with a committee until 4 July.
SELECT period, wmo.decision_last_day_after('awb_objection_decision_committee', period) AS decide_by
FROM wmo.objection_period('awb_objection', '2023-02-24') AS period;
-- 14 August 2018 does not tell the day of sending: three days give it.
SELECT sent::date, wmo.earliest_final(wmo.objection_period('standstill', sent::date)) AS final
FROM generate_series(timestamp '2018-07-21', '2018-07-25', '1 day') AS sent;
-- The contractual term of the Rijkswaterstaat case keeps both readings; "tot 19 juli" is stored as published.
SELECT wmo.objection_period('forfeiture', '2020-10-12', '20 days') AS dc69, wmo.objection_period('standstill', '2020-10-12') AS dc06,
  wmo.objection_period_until('sas_standstill', '2019-07-18', '2019-07-19') AS utrecht;
