-- The court chain at random against a second reading of the Code of Civil Procedure (art. 339 and 402) and of Aw 2012 art. 4.15, that looks
-- at one day after the other: rulings of every kind in all instances, some of which it is not recorded against what they were, appeals in
-- time, late or none, days of lodging that are only bounded. Free days by Atw art. 3 and its decrees, Easter by the rule of Meeus.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set throws :here '/sql/include/throws.sql'
\i :verdict
\i :throws

CREATE FUNCTION pg_temp.easter(y integer) RETURNS date LANGUAGE sql AS $$
  SELECT make_date(y, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1)
  FROM (SELECT y % 19 AS a, y / 100 AS b, y % 100 AS c) q
  CROSS JOIN LATERAL (SELECT (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30 AS h) r
  CROSS JOIN LATERAL (SELECT (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7 AS l) s
  CROSS JOIN LATERAL (SELECT (a + 11 * h + 22 * l) / 451 AS m) t
$$;
CREATE TEMPORARY TABLE free (day date PRIMARY KEY) ON COMMIT DROP;
INSERT INTO free SELECT d::date FROM generate_series(timestamp '2014-01-01', '2027-12-31', '1 day') d WHERE extract(isodow FROM d) > 5;
INSERT INTO free SELECT d FROM generate_series(2014, 2027) y CROSS JOIN LATERAL unnest(ARRAY[make_date(y, 1, 1), make_date(y, 5, 5), make_date(y, 12, 25), make_date(y, 12, 26),
    CASE WHEN extract(dow FROM make_date(y, 4, 27)) = 0 THEN make_date(y, 4, 26) ELSE make_date(y, 4, 27) END] || ARRAY(SELECT pg_temp.easter(y) + k FROM unnest('{-2,1,39,50}'::integer[]) k)) d ON CONFLICT DO NOTHING;
INSERT INTO free SELECT unnest(('{2014-05-30,2015-01-02,2015-05-04,2015-05-15,2016-05-06,2017-04-28,2017-05-26,2018-05-11,2018-12-24,2018-12-31,2019-05-31,2019-12-27,2020-05-22,2021-05-14,2022-05-27,'
  || '2023-04-28,2023-05-19,2024-05-10,2024-12-27,2025-05-30,2026-01-02,2026-05-15,2027-05-07}')::date[]) ON CONFLICT DO NOTHING;
-- the first day from here on that is not free
CREATE FUNCTION pg_temp.moved(d date) RETURNS date LANGUAGE sql AS $$ SELECT min(d + k) FROM generate_series(0, 12) k WHERE NOT EXISTS (SELECT FROM free f WHERE f.day = d + k) $$;
-- months on: the day of that number, or the last of a shorter month (HR 1 September 2017)
CREATE FUNCTION pg_temp.months_on(d date, months integer) RETURNS date LANGUAGE sql AS $$
  SELECT min(x) FROM (SELECT make_date(y, m, least(extract(day FROM d)::integer, extract(day FROM make_date(y + m / 12, m % 12 + 1, 1) - 1)::integer)) AS x
                      FROM (SELECT (extract(year FROM d)::integer * 12 + extract(month FROM d)::integer - 1 + months) / 12 AS y,
                                   (extract(month FROM d)::integer - 1 + months) % 12 + 1 AS m) q) r
$$;

INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Groningen', 'municipality'), (2, 'Zorg A', 'provider');
INSERT INTO wmo.tender (id, title, procedure, above_threshold) VALUES (1, 'Open', 'open', true), (2, 'Toelating', 'open_house', NULL), (3, 'Sociaal', 'sas', NULL), (4, 'Klein', 'open', NULL);
SELECT setseed(0.339);
CREATE TEMPORARY TABLE n_awards ON COMMIT DROP AS SELECT i FROM generate_series(1, pg_temp.throws(60)) i;
INSERT INTO wmo.award (id, tender_id, supplier_id, sent) SELECT i, 1 + i % 4, 2, daterange(x.d, x.d + 1) FROM n_awards CROSS JOIN LATERAL (SELECT date '2015-01-05' + (i * 41) % 3000 AS d) x;
-- proceedings in the first instance, then appeals against them or against what is not recorded, then cassation
CREATE FUNCTION pg_temp.bring(kind text, against text[], share float, often integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO wmo.award_challenge (award_id, kind, against_id, lodged, lodged_between, ruled, outcome)
  SELECT x.award_id, bring.kind, CASE WHEN x.dice < 0.6 THEN x.below END, CASE WHEN NOT x.about THEN x.d END, CASE WHEN x.about THEN daterange(x.d, x.d + 14) END, x.r, CASE WHEN x.r IS NOT NULL THEN x.o END
  FROM (
    SELECT b.*, random() AS dice, random() < 0.2 AS about, (ARRAY['dismissed', 'upheld', 'partly_upheld', 'withdrawn'])[1 + floor(random() * 4)] AS o,
           CASE WHEN random() < 0.85 THEN b.d + 10 + (random() * 200)::integer END AS r
    FROM (
      SELECT a.id AS award_id, NULL::integer AS below, lower(a.sent) + (random() * 40)::integer AS d FROM wmo.award a CROSS JOIN generate_series(1, often) k WHERE against IS NULL AND random() < share
      UNION ALL
      SELECT c.award_id, c.id, c.ruled + (random() * 110)::integer - 5 FROM wmo.award_challenge c WHERE c.kind = ANY (against) AND c.ruled IS NOT NULL AND random() < share
    ) b) x;
END
$$;
SELECT pg_temp.bring('summary_proceedings', NULL, 0.6, 2);
SELECT pg_temp.bring('main_proceedings', NULL, 0.3, 1);
SELECT pg_temp.bring('letter', NULL, 0.1, 1);
SELECT pg_temp.bring('appeal', '{summary_proceedings,main_proceedings,letter}', 0.7, 1);
SELECT pg_temp.bring('cassation', '{appeal}', 0.5, 1);
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id, signed_on, announced_on)
SELECT i, 'C' || i, 1, 2, '[2015-01-01,2030-01-01)', i, x.d, CASE WHEN i % 3 > 0 THEN x.d + (i * 7) % 60 END FROM n_awards JOIN wmo.award a ON a.id = i CROSS JOIN LATERAL (SELECT lower(a.sent) + 15 + (i * 13) % 90 AS d) x WHERE i % 4 < 3;

-- ---- the law, a second time --------------------------------------------------------------------------------------------------
CREATE TEMPORARY TABLE model ON COMMIT DROP AS
SELECT c.id, c.award_id, c.ruled, n.remedy, CASE n.remedy WHEN 'appeal' THEN f.appeal ELSE least(f.eight, CASE WHEN n.below IS NULL THEN f.eight END, CASE WHEN n.below = 'main_proceedings' THEN f.three END) END AS last_day, f.*, n.below,
  (SELECT x.id FROM wmo.award_challenge x WHERE x.award_id = c.award_id AND x.kind = n.remedy AND (x.against_id = c.id OR x.against_id IS NULL AND coalesce(x.lodged, lower(x.lodged_between)) >= c.ruled)
   ORDER BY x.against_id IS NULL, coalesce(x.lodged, lower(x.lodged_between)), x.id LIMIT 1) AS used_by
FROM wmo.award_challenge c
CROSS JOIN LATERAL (
  SELECT CASE WHEN c.kind IN ('summary_proceedings', 'main_proceedings') THEN 'appeal' WHEN c.kind = 'appeal' THEN 'cassation' END AS remedy,
    -- what an appeal was against, as far as it is recorded or there was but one thing to appeal
    CASE WHEN c.against_id IS NOT NULL THEN (SELECT b.kind FROM wmo.award_challenge b WHERE b.id = c.against_id AND b.kind IN ('summary_proceedings', 'main_proceedings'))
         WHEN (SELECT count(*) FROM wmo.award_challenge b WHERE b.award_id = c.award_id AND b.kind IN ('summary_proceedings', 'main_proceedings')) = 1
         THEN (SELECT b.kind FROM wmo.award_challenge b WHERE b.award_id = c.award_id AND b.kind IN ('summary_proceedings', 'main_proceedings')) END AS below) n
CROSS JOIN LATERAL (
  -- four weeks in summary proceedings, else three months; in cassation eight weeks or three months; all within art. 4 Atw
  SELECT pg_temp.moved(CASE c.kind WHEN 'summary_proceedings' THEN c.ruled + 28 ELSE pg_temp.months_on(c.ruled, 3) END) AS appeal, pg_temp.moved(c.ruled + 56) AS eight, pg_temp.moved(pg_temp.months_on(c.ruled, 3)) AS three) f
WHERE c.outcome IN ('dismissed', 'upheld', 'partly_upheld') AND n.remedy IS NOT NULL;
CREATE TEMPORARY TABLE expected ON COMMIT DROP AS
SELECT m.id, m.award_id, m.ruled, m.remedy, m.used_by,
  CASE WHEN m.remedy = 'appeal' THEN m.appeal WHEN m.below = 'main_proceedings' THEN m.three ELSE m.eight END AS last_day,
  CASE WHEN m.remedy = 'appeal' THEN m.appeal WHEN m.below = 'main_proceedings' THEN m.three WHEN m.below = 'summary_proceedings' THEN m.eight ELSE greatest(m.eight, m.three) END AS latest_day
FROM model m;
SELECT r.remedy, count(*) > 8 AS enough, count(*) FILTER (WHERE (r.challenge_id, r.last_day, r.latest_day, r.used_by_id) IS DISTINCT FROM (e.id, e.last_day, e.latest_day, e.used_by)) AS other
FROM wmo.court_remedy r FULL JOIN expected e ON e.id = r.challenge_id GROUP BY r.remedy ORDER BY r.remedy;
SELECT r.challenge_id, r.kind, r.remedy, r.ruled, r.last_day, e.last_day, r.latest_day, e.latest_day, r.used_by_id, e.used_by
FROM wmo.court_remedy r FULL JOIN expected e ON e.id = r.challenge_id WHERE (r.challenge_id, r.last_day, r.latest_day, r.used_by_id) IS DISTINCT FROM (e.id, e.last_day, e.latest_day, e.used_by) ORDER BY 1 LIMIT 5;

-- a concluded contract: thirty days from the day after it was announced, else six months from the day after it was concluded, which is more
-- than art. 4 Atw lets move; whether it moves the thirty was not found: not by the shortest reading, but by the longest, and so it is with what an announcement
-- after those months opens
SELECT count(*) > 15 AS enough, count(*) FILTER (WHERE (n.last_day, n.latest_day) IS DISTINCT FROM (CASE WHEN n.announced_on IS NOT NULL THEN least(e.thirty, e.six) END, greatest(e.moved, e.six))) AS other, count(*) FILTER (WHERE n.law = 'no') > 5 AS not_by_it
FROM wmo.contract_annulment n CROSS JOIN LATERAL (
  SELECT CASE WHEN n.law <> 'no' THEN n.announced_on + 30 END AS thirty, CASE WHEN n.law <> 'no' THEN pg_temp.moved(n.announced_on + 30) END AS moved, CASE WHEN n.law <> 'no' THEN pg_temp.months_on(n.signed_on, 6) END AS six) e;
SELECT n.number, n.law, n.signed_on, n.announced_on, n.last_day, n.latest_day FROM wmo.contract_annulment n CROSS JOIN LATERAL (
  SELECT CASE WHEN n.law <> 'no' THEN n.announced_on + 30 END AS thirty, CASE WHEN n.law <> 'no' THEN pg_temp.moved(n.announced_on + 30) END AS moved, CASE WHEN n.law <> 'no' THEN pg_temp.months_on(n.signed_on, 6) END AS six) e
WHERE (n.last_day, n.latest_day) IS DISTINCT FROM (CASE WHEN n.announced_on IS NOT NULL THEN least(e.thirty, e.six) END, greatest(e.moved, e.six)) ORDER BY 1 LIMIT 5;

-- as of a day: what was lodged and ruled by then, and whether the next instance is open then
CREATE TEMPORARY TABLE seen ON COMMIT DROP AS
SELECT a.id AS award_id, d.as_of FROM wmo.award a CROSS JOIN LATERAL (SELECT lower(a.sent) + k AS as_of FROM unnest('{25,60,130,260,420,700}'::integer[]) k) d;
CREATE TEMPORARY TABLE said ON COMMIT DROP AS SELECT s.*, c.what, c.challenge_id, c.state, c.day, c.latest_day FROM seen s CROSS JOIN LATERAL wmo.court_chain(s.award_id, s.as_of) c WHERE c.what IN ('lodged', 'ruling', 'appeal', 'cassation');
CREATE TEMPORARY TABLE told ON COMMIT DROP AS
SELECT s.*, 'lodged' AS what, c.id AS challenge_id, CASE WHEN c.ruled <= s.as_of THEN 'ruled' WHEN coalesce(c.lodged, upper(c.lodged_between) - 1) <= s.as_of THEN 'pending' ELSE 'perhaps pending' END AS state, coalesce(c.lodged, lower(c.lodged_between)) AS day, coalesce(c.lodged, upper(c.lodged_between) - 1) AS latest_day
FROM seen s JOIN wmo.award_challenge c ON c.award_id = s.award_id AND coalesce(c.lodged, lower(c.lodged_between)) <= s.as_of
UNION ALL
SELECT s.*, 'ruling', c.id, c.outcome, c.ruled, c.ruled FROM seen s JOIN wmo.award_challenge c ON c.award_id = s.award_id AND c.ruled <= s.as_of
UNION ALL
-- what was lodged on one of several days may not have been by then, or too late; and of several rulings nobody can tell which it is against
SELECT s.*, e.remedy, e.id, CASE WHEN u.id IS NOT NULL AND (coalesce(u.lodged, upper(u.lodged_between) - 1) > s.as_of OR u.against_id IS NULL AND EXISTS (
                                     SELECT FROM wmo.award_challenge o WHERE o.award_id = e.award_id AND o.id NOT IN (e.id, u.id) AND o.outcome <> 'withdrawn' AND o.ruled <= coalesce(u.lodged, lower(u.lodged_between))
                                       AND (e.remedy = 'appeal' AND o.kind IN ('summary_proceedings', 'main_proceedings') OR e.remedy = 'cassation' AND o.kind = 'appeal')
                                       AND o.id NOT IN (SELECT k.against_id FROM wmo.award_challenge k WHERE k.against_id IS NOT NULL))) THEN 'perhaps lodged'
                                 WHEN coalesce(u.lodged, lower(u.lodged_between)) > e.latest_day THEN 'lodged late'
                                 WHEN coalesce(u.lodged, upper(u.lodged_between) - 1) > e.last_day THEN 'lodged, perhaps late' WHEN u.id IS NOT NULL THEN 'lodged'
                                 WHEN s.as_of <= e.last_day THEN 'open' WHEN s.as_of <= e.latest_day THEN 'open by the longest reading' ELSE 'passed' END, e.last_day, e.latest_day
FROM seen s JOIN expected e ON e.award_id = s.award_id AND e.ruled <= s.as_of LEFT JOIN wmo.award_challenge u ON u.id = e.used_by AND coalesce(u.lodged, lower(u.lodged_between)) <= s.as_of;
SELECT coalesce(a.what, b.what) AS what, count(*) > 40 AS enough, count(*) FILTER (WHERE (a.state, a.day, a.latest_day) IS DISTINCT FROM (b.state, b.day, b.latest_day)) AS other
FROM said a FULL JOIN told b ON (b.award_id, b.as_of, b.what, b.challenge_id) = (a.award_id, a.as_of, a.what, a.challenge_id) GROUP BY 1 ORDER BY 1;
SELECT a.award_id, a.as_of, a.what, a.challenge_id, a.state, b.state, a.day, b.day, a.latest_day, b.latest_day
FROM said a FULL JOIN told b ON (b.award_id, b.as_of, b.what, b.challenge_id) = (a.award_id, a.as_of, a.what, a.challenge_id) WHERE (a.state, a.day, a.latest_day) IS DISTINCT FROM (b.state, b.day, b.latest_day) ORDER BY 1, 2, 3, 4 LIMIT 5;
ROLLBACK;
