-- Contracts as bars on a line of days.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

-- an axis of ten days over a hundred units: where a day begins; what lies beyond stands at the end
SELECT d, wmo_works.on_axis(d, ROW('2020-01-01', date '2020-01-11', 50, 100)::wmo_works.axis) FROM unnest('{2020-01-01,2020-01-06,2020-01-11,2021-01-01,-infinity}'::date[]) d;
-- years where there is room for them, months where there are few; weeks where there are days
SELECT a.last_day, array_agg(t.label ORDER BY t.day) FROM unnest('{2060-01-01,2026-01-01,2021-07-01,2020-02-15}'::date[]) d CROSS JOIN LATERAL (SELECT ROW('2020-01-01', d, 0, 500)::wmo_works.axis AS axis, d AS last_day) a
CROSS JOIN LATERAL wmo_works.axis_ticks(a.axis, wmo_works.picture_words('nl')) t GROUP BY a.last_day ORDER BY a.last_day DESC;

SELECT count(pg_temp.area(n, 'Vak ' || n)) FROM generate_series(1, 6) n;
INSERT INTO wmo.award (id, supplier_id, sent, standstill) VALUES (1, 2, '[2019-09-02,2019-09-03)', wmo.objection_period_until('standstill', '2019-09-23'));
SELECT count(pg_temp.contract(n, p::wmo.contract_period, n, 10 * n, supplier => s, award => a)) FROM (VALUES (1, '[2020-01-01,2022-01-01)+P1Y notice P3M', 2, 1), (2, '[2020-01-01,?)', 3, NULL), (3, '(?,2021-01-01)', NULL, NULL), (4, '[2020-01-01,)', 4, NULL)) t (n, p, s, a);
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, until) VALUES (2, 'suspension', '2020-05-01', '2020-06-01', '2020-09-01');
CREATE FUNCTION pg_temp.texts(picture text) RETURNS SETOF text LANGUAGE sql AS $$
  SELECT x::text FROM unnest(xpath('//s:title/text()|//s:desc/text()|//s:text/text()', picture::xml, ARRAY[ARRAY['s', 'http://www.w3.org/2000/svg']])) WITH ORDINALITY AS u (x, n) ORDER BY n $$;
SELECT pg_temp.texts(wmo.timeline_svg('2020-03-01', language => 'nl'));
SELECT pg_temp.texts(wmo.timeline_svg('2020-03-01', provider => 'Aanbieder A', language => 'en', width => 340));
-- the bar of the first term begins where the year 2020 does, and the option follows it at once
SELECT b[1]::numeric AS x, b[2]::numeric AS width FROM wmo.timeline_svg('2020-03-01', provider => 'Aanbieder A', from_date => '2019-01-01', to_date => '2023-01-01') p CROSS JOIN LATERAL regexp_matches(p, '<rect x="([0-9.]+)" width="([0-9.]+)" y="[0-9.]+" height="13"', 'g') b;
SELECT round((x + w * 365 / 1461)::numeric, 1) AS first_day, round((w * 731 / 1461)::numeric, 1) AS first_term, round((w * 365 / 1461)::numeric, 1) AS option FROM (SELECT 216::float8 AS x, 720 - 216 - 14.0 AS w) axis;
-- two hundred contracts are legible: a line each, in a picture as high as it takes; nothing is nothing
SELECT pg_temp.contract(1000 + n, '[2020-01-01,2022-01-01)', 5, 50, supplier => 2 + n % 3, choice => 'client_choice') IS NULL AS made FROM generate_series(1, 200) n GROUP BY 1;
SELECT (xpath('/s:svg/@height', p::xml, ARRAY[ARRAY['s', 'http://www.w3.org/2000/svg']]))[1]::text::numeric > 4000 AS high, count(*) FILTER (WHERE t ~ '^C1[0-9]{3}, ') AS lines, xml_is_well_formed_document(p), p = wmo.timeline_svg('2020-03-01', language => 'nl') AS same
FROM wmo.timeline_svg('2020-03-01', language => 'nl') p CROSS JOIN LATERAL pg_temp.texts(p) t GROUP BY p;
SELECT pg_temp.texts(wmo.timeline_svg('2020-03-01', provider => 'Combinatie', language => 'en'));
-- what rests on our reading, and what by its award may not run at all, is drawn so and told
SELECT count(pg_temp.area(n, 'Vak ' || n)) FROM generate_series(11, 13) n;
INSERT INTO wmo.award (id, supplier_id, decided, annulled_on) VALUES (2, 5, '[2019-09-02,2019-09-03)', '2020-02-01');
SELECT count(pg_temp.contract(n, '[2020-01-01,2022-01-01)', n, 70, supplier => 5, award => a)) FROM (VALUES (11, NULL), (12, 2), (13, NULL)) t (n, a);
UPDATE wmo.contract SET source_id = 2 WHERE id = 11;
UPDATE wmo.contract SET signed_on = '2019-12-01' WHERE id BETWEEN 11 AND 13;
SELECT t FROM unnest('{2020-01-15,2020-03-01}'::date[]) d CROSS JOIN LATERAL pg_temp.texts(wmo.timeline_svg(d, provider => 'Combinatie', language => 'en')) WITH ORDINALITY AS u (t, n) ORDER BY d, n;
SELECT m[1] FROM wmo.timeline_svg('2020-03-01', provider => 'Combinatie', language => 'en') p CROSS JOIN LATERAL regexp_matches(p, '<pattern id="([^"]*-(inferred|unknown))"', 'g') m ORDER BY 1;
DELETE FROM wmo.contract WHERE id BETWEEN 11 AND 13;
-- everything that is painted with a pattern finds it; names do no harm; sole traders have none
UPDATE wmo.party SET name = '<script>"&' WHERE id = 2;
UPDATE wmo.party SET natural_person = true, name = 'Jan' WHERE id = 3;
UPDATE wmo.contract SET number = E'<b>\x01' || repeat('nummer ', 40) WHERE id = 1;
SELECT xml_is_well_formed_document(p), position('Jan' IN p) AS sole_trader, p ~ '<script|<b>' AS marked_up, count(DISTINCT m[1]) > 0 AND bool_and(position('id="' || m[1] || '"' IN p) > 0) AS found
FROM wmo.timeline_svg('2020-03-01') p CROSS JOIN LATERAL regexp_matches(p, 'url\(#([^)]*)\)', 'g') m GROUP BY p;
SELECT wmo.timeline_svg(NULL) IS NULL;
SELECT pg_temp.verdict(statement) FROM unnest(ARRAY[$$SELECT wmo.timeline_svg('infinity')$$, $$SELECT wmo.timeline_svg('2020-01-01', buyer => 'Nergens')$$, $$SELECT wmo.timeline_svg('2020-01-01', provider => 'Nergens')$$,
  $$SELECT wmo.timeline_svg('2020-01-01', from_date => '2021-01-01', to_date => '2020-01-01')$$, $$SELECT wmo.timeline_svg('2020-01-01', service => 'hulp')$$]) statement;
ROLLBACK;
