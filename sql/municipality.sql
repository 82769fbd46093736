-- Which municipalities there were on which day, and which of them a name means.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

-- how many there were on 1 January, by the yearly numbers of CBS
SELECT y AS year, expected, (SELECT count(*) FROM wmo.municipality m WHERE m.valid @> make_date(y, 1, 1)) AS found
FROM (VALUES (2007, 443), (2008, 443), (2009, 441), (2010, 431), (2011, 418), (2012, 415), (2013, 408), (2014, 403), (2015, 393), (2016, 390), (2017, 388), (2018, 380),
  (2019, 355), (2020, 355), (2021, 352), (2022, 345), (2023, 342), (2024, 342), (2025, 342), (2026, 342)) v (y, expected)
WHERE expected <> (SELECT count(*) FROM wmo.municipality m WHERE m.valid @> make_date(y, 1, 1));

-- a successor exists on the day on which it succeeds, and a name is that of one municipality a day, but for Bergen
SELECT m.code, m.name FROM wmo.municipality m
WHERE (upper_inf(m.valid)) <> (m.successors = '{}')
   OR EXISTS (SELECT FROM unnest(m.successors) s WHERE NOT EXISTS (SELECT FROM wmo.municipality n WHERE n.code::text = s::text AND n.valid @> upper(m.valid)));
SELECT one.key, one.code, other.code FROM wmo_works.municipality_names() one JOIN wmo_works.municipality_names() other
  ON other.key = one.key AND other.code::text > one.code::text AND other.valid && one.valid;

-- redivisions by the press and the laws of their days (domain literature): what went into what, and when
SELECT m.name, m.code, upper(m.valid) - 1 AS last_day, m.successors FROM wmo.municipality m
WHERE m.name IN ('Haren', 'Ten Boer', 'Winsum', 'Littenseradiel', 'Boarnsterhim', 'Maasdonk', 'Meerlo-Wanssum', 'Haaren', 'Weesp', 'Molenwaard', 'Leek', 'Vianen', 'De Friese Meren',
  'Rozenburg', 'Brielle', 'Landerd', 'Beemster', 'Groesbeek') ORDER BY 3, 1;
SELECT m.name, m.code, lower(m.valid) AS first_day FROM wmo.municipality m
WHERE m.name IN ('Het Hogeland', 'Westerkwartier', 'Molenlanden', 'Molenwaard', 'Eemsdelta', 'De Fryske Marren', 'Voorne aan Zee', 'Groningen', 'Leeuwarden') ORDER BY 3 NULLS FIRST, 1;

-- a name on a day is a code; however it is written
SELECT name, on_date, wmo.municipality_code(name, on_date::date) FROM (VALUES
  ('Groningen', '2018-12-31'), ('Groningen', '2019-01-01'), ('gemeente  Groningen', '2024-01-01'), ('Haren', '2018-12-31'), ('TEN BOER', '2018-12-31'), ('Het Hogeland', '2019-01-01'),
  ('''s-Gravenhage', '2020-01-01'), ('s Gravenhage', '2020-01-01'), ('Den Haag', '2020-01-01'), ('Den Bosch', '2020-01-01'), ('Bergen (NH.)', '2020-01-01'), ('Bergen NH', '2020-01-01'),
  ('Bergen (L)', '2020-01-01'), ('Middelburg (Z.)', '2020-01-01'), ('Middelburg', '2020-01-01'), ('Súdwest-Fryslân', '2020-01-01'), ('Sudwest Fryslan', '2020-01-01'),
  ('De Friese Meren', '2015-06-30'), ('De Friese Meren', '2015-07-01'), ('De Fryske Marren', '2015-07-01'), ('Capelle a/d IJssel', '2020-01-01'), ('Nuenen', '2020-01-01'),
  ('Molenwaard', '2018-06-01'), ('Hengelo (O)', '2020-01-01')) v (name, on_date);
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.municipality_code('Bergen', '2020-01-01')$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.municipality_code('Groninge', '2020-01-01')$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.municipality_code('Haren', '2019-01-01')$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.municipality_code('De Fryske Marren', '2015-06-30')$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.municipality_code('Xyzzy', '2020-01-01')$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.municipality_code('', '2020-01-01')$$);
SELECT wmo.municipality_code(NULL, '2020-01-01') IS NULL, wmo.municipality_code('Haren', NULL) IS NULL;
SELECT wmo_works.near_municipalities('Apeldorn', '2020-01-01'), wmo_works.near_municipalities('Hare', '2020-01-01'), wmo_works.near_municipalities('Hare', '2018-01-01');

-- for which days they are known, and how surely; nothing after 2026, and Wijdemeren says why
SELECT days, confidence FROM wmo.municipal_division ORDER BY days;
SELECT m.remark FROM wmo.municipality m WHERE m.code::text = 'GM1696';

-- a redivision after this release is the user's own: a row takes the place of the shipped one
INSERT INTO wmo.municipality_own (code, name, valid, successors) VALUES ('GM1696', 'Wijdemeren', '(,2027-01-01)', '{GM0402}');
INSERT INTO wmo.municipal_division_own (days, source, confidence) VALUES ('[2027-01-01,2028-01-01)', 'CBS', 'high');
SELECT m.code, m.valid, m.successors FROM wmo.municipality m WHERE m.name = 'Wijdemeren';
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.municipality_code('Wijdemeren', '2027-01-01')$$) WHERE part <> 'detail';
SELECT what, pg_temp.verdict(statement) FROM (VALUES
  ('a code of a district', $$INSERT INTO wmo.municipality_own (code, name, valid) VALUES ('WK001400', 'Wijk', '(,)')$$),
  ('successors of one that goes on', $$INSERT INTO wmo.municipality_own (code, name, valid, successors) VALUES ('GM3000', 'Nieuw', '[2030-01-01,)', '{GM0014}')$$),
  ('no days', $$INSERT INTO wmo.municipality_own (code, name, valid) VALUES ('GM3000', 'Nieuw', 'empty')$$),
  ('days until the end of time', $$INSERT INTO wmo.municipality_own (code, name, valid) VALUES ('GM3000', 'Nieuw', '[2020-01-01,infinity)')$$),
  ('no name', $$INSERT INTO wmo.municipality_own (code, name, valid) VALUES ('GM3000', ' ', '(,)')$$),
  ('a confidence of its own', $$INSERT INTO wmo.municipal_division_own VALUES ('[2030-01-01,2031-01-01)', 'CBS', 'sure')$$)) v (what, statement);
ROLLBACK;
