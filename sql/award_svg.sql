-- The days of an award, as a lawyer draws them.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

INSERT INTO wmo.tender (id, title) VALUES (1, 'Hulp bij het huishouden');
INSERT INTO wmo.lot (id, tender_id, name) VALUES (1, 1, 'Noord');
-- twenty days from 5 December 2019: Christmas, an equated Friday and a weekend move the last day from 25 to 30 December (deadline-cases)
INSERT INTO wmo.award (id, tender_id, lot_id, supplier_id, decided, sent, standstill, forfeiture) VALUES
  (1, 1, 1, 2, '[2019-12-04,2019-12-05)', '[2019-12-05,2019-12-06)', wmo.objection_period('standstill', '2019-12-05'), wmo.objection_period('forfeiture', '2019-12-05', '20 days')), (2, NULL, NULL, NULL, '(,2020-03-07)', NULL, NULL, NULL);
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged, ruled, outcome) VALUES (1, 1, 'summary_proceedings', '2019-12-24', '2020-01-14', 'dismissed');
SELECT b.lane, b.kind, b.name, b.days FROM wmo_works.award_bars(1, '2020-02-05', wmo_works.picture_words('en')) b ORDER BY b.lane, b.days, b.kind;
-- what had not happened on a day is not told of it
SELECT b.kind, b.days FROM wmo_works.award_bars(1, '2019-12-20', wmo_works.picture_words('en')) b WHERE b.lane > 5 ORDER BY b.lane, b.days;
-- the days in their order, what is said alike of two terms once
SELECT s.day, s.latest_day, s.head FROM wmo_works.award_story(1, '2020-02-05', wmo_works.picture_words('en')) WITH ORDINALITY AS s (day, latest_day, head, detail, n) ORDER BY s.n;
SELECT s.day, s.head, s.detail IS NULL AS silent FROM wmo_works.award_story(2, '2020-05-01', wmo_works.picture_words('en')) s;
-- the axis holds what began on a day that is not known, asked long before or after it
SELECT d, axis.first_day, axis.last_day, wmo.award_svg(2, d) ~ 'stroke-dasharray="2 2"' AS drawn
FROM unnest('{2010-01-01,2023-03-01}'::date[]) d CROSS JOIN LATERAL wmo_works.award_axis(ARRAY(SELECT b FROM wmo_works.award_bars(2, d, wmo_works.picture_words('en')) b), d, 0, 100) axis;
-- Saturdays, Sundays, holidays and the equated day are grey: of December 2019 four weekends, both days of Christmas and the 27th
SELECT count(*) FROM regexp_matches(wmo_works.free_days(ROW('2019-12-01', date '2020-01-01', 0, 310)::wmo_works.axis, 0, 10), 'M', 'g');
CREATE FUNCTION pg_temp.texts(picture text) RETURNS SETOF text LANGUAGE sql AS $$
  SELECT x::text FROM unnest(xpath('//s:title/text()|//s:desc/text()', picture::xml, ARRAY[ARRAY['s', 'http://www.w3.org/2000/svg']])) WITH ORDINALITY AS u (x, n) ORDER BY n $$;
SELECT pg_temp.texts(wmo.award_svg(id, '2019-12-27', 'nl')) FROM wmo.award ORDER BY id;
SELECT xml_is_well_formed_document(p), p = wmo.award_svg(1, '2020-02-05', 'en', w) AS same, count(*) > 0 AND bool_and(position('id="' || m[1] || '"' IN p) > 0) AS found
FROM unnest('{340,720}'::int[]) w CROSS JOIN LATERAL wmo.award_svg(1, '2020-02-05', 'en', w) p CROSS JOIN LATERAL regexp_matches(p, 'url\(#([^)]*)\)', 'g') m GROUP BY p, w ORDER BY w;
UPDATE wmo.tender SET title = '<i>' || repeat('Aanbesteding ', 30);
UPDATE wmo.party SET natural_person = true, name = 'Jan' WHERE id = 2;
SELECT xml_is_well_formed_document(p), position('Jan' IN p) AS sole_trader, p ~ '<i>' AS marked_up FROM wmo.award_svg(1, '2020-02-05') p;
SELECT wmo.award_svg(99, '2020-02-05') IS NULL, wmo.award_svg(1, NULL) IS NULL;
SELECT pg_temp.verdict(statement) FROM unnest(ARRAY[$$SELECT wmo.award_svg(1, 'infinity')$$, $$SELECT wmo.award_svg(1, '2020-02-05', 'de')$$, $$SELECT wmo.award_svg(1, '2020-02-05', width => 10)$$]) statement;
ROLLBACK;
