-- Text that is safe and fits, colours that differ for every eye and on grey paper.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

-- mark-up does not pass, nor do characters that XML does not allow; what turns the direction of other text is left out
SELECT wmo_works.markup_text(t) FROM unnest(ARRAY['<script>alert("1")</script>', 'Zorg & ''Co''', E'bel\x07tab\tend\nline', E'a\u202Eb\u2066c\u2069', 'עזרה', NULL, '']) t;
SELECT bool_and(xml_is_well_formed_document('<a b="' || wmo_works.markup_text(chr(n)) || '">' || wmo_works.markup_text('x' || chr(n)) || '</a>')) FROM generate_series(1, 3000) n;
SELECT wmo_works.svg_number(v) FROM unnest('{3,3.14159,-0.04,1234567.25,100}'::float8[]) v;
-- a name of 300 characters ends in dots, in no more lines and no wider than asked; what fits stays whole
SELECT wmo_works.text_cut('Thuiszorg', 12, 100), wmo_works.text_cut(repeat('Wiel', 75), 12, 100), wmo_works.text_lines('Stichting voor hulp aan huis in de regio', 12, 100, 2),
  wmo_works.text_lines('Stichting voor hulp aan huis in de regio', 12, 400, 2), wmo_works.text_lines('  ', 12, 100, 2);
SELECT cardinality(l) <= 3 AND (SELECT max(wmo_works.text_width(x, 12)) <= 200 FROM unnest(l) x) AS fits
FROM unnest(ARRAY[repeat('Wiel', 75), repeat('il ', 100), repeat('MWM ', 75), repeat('照护', 150)]) t CROSS JOIN LATERAL (SELECT wmo_works.text_lines(t, 12, 200, 3) AS l) lines;
-- widths in a letter of 100, beside those of Arial: 'Oost' 78 + 56 + 50 + 28 = 212, 'illi' 89, 'MWM' 261
SELECT t, round(wmo_works.text_width(t, 100)) FROM unnest('{Oost,illi,MWM}'::text[]) t;
-- lightness L* of CIE 1976: any two colours are four apart, and dark letters are legible on each (WCAG 2: 3 to 1 for large text; they have a rim of paper)
WITH colour AS (
  SELECT c, 0.2126 * s[1] + 0.7152 * s[2] + 0.0722 * s[3] AS y
  FROM unnest(wmo_works.palette()) c CROSS JOIN LATERAL (
    SELECT array_agg(CASE WHEN v <= 0.04045 THEN v / 12.92 ELSE ((v + 0.055) / 1.055) ^ 2.4 END ORDER BY i) AS s
    FROM generate_series(0, 2) i CROSS JOIN LATERAL (SELECT get_byte(decode(substr(c, 2), 'hex'), i) / 255.0 AS v) p) t)
SELECT count(*), min(a.y) > 0.2 AS light, (SELECT min(abs(116 * (p.y ^ (1 / 3.0) - q.y ^ (1 / 3.0)))) > 4 FROM colour p JOIN colour q ON p.c < q.c) AS apart FROM colour a;
-- a provider has its colour by its place among all who have a contract or an award
SELECT pg_temp.area(1, 'Vak'), pg_temp.area(2, 'Perk'), pg_temp.contract(1, '[2020-01-01,)', 1, supplier => 4), pg_temp.contract(2, '[2020-01-01,)', 2, supplier => 2);
SELECT p.party_id, p.place FROM wmo_works.party_places() p WHERE p.party_id BETWEEN 2 AND 5 ORDER BY p.party_id;
INSERT INTO wmo.award (supplier_id) VALUES (3);
SELECT p.party_id, p.place FROM wmo_works.party_places() p WHERE p.party_id BETWEEN 2 AND 5 ORDER BY p.party_id;
-- each fill by its own paint; a pattern is well-formed, and is there for every paint that names one
SELECT wmo_works.fill_paint('m', f), xml_is_well_formed_document(wmo_works.fill_pattern('m', f)) AS formed
FROM unnest(ARRAY[ROW('{0}', 'served', NULL), ROW('{7}', 'served', NULL), ROW('{0}', 'served', 'provisional'), ROW('{0,8}', 'served', 'contested'), ROW('{}', 'many', NULL), ROW('{}', 'many', 'unknown'),
  ROW('{}', 'unnamed', NULL), ROW('{1}', 'existing', NULL), ROW('{}', 'untold', NULL), ROW('{}', 'nobody', NULL), ROW('{13,20,27,34}', 'served', NULL), ROW('{41}', 'served', 'unknown')]::wmo_works.fill[]) f;
SELECT xml_is_well_formed_document(wmo_works.svg_frame('x', 10, 20.55, '<b>', '"&"', 'nl', wmo_works.svg_lines(1, 2, ARRAY['a<', '>b'], 3, 'font-size="1"')));
ROLLBACK;
