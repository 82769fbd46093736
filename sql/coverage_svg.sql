-- The map of who serves where.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

SELECT pg_temp.area(n, 'Vak ' || n, basis => CASE WHEN n = 5 THEN NULL WHEN n = 4 THEN 'schematic' ELSE 'official' END, valid => CASE WHEN n = 3 THEN '(,2019-01-01)'::daterange ELSE '(,)' END) FROM generate_series(1, 6) n;
INSERT INTO wmo.award (id, supplier_id, decided, standstill) VALUES (1, 3, '[2020-05-01,2020-05-02)', wmo.objection_period_until('standstill', '2020-06-15'));
SELECT pg_temp.contract(1, '[2020-01-01,2022-01-01)', 1), pg_temp.contract(2, '[2020-01-01,2022-01-01)', 2, supplier => 3, award => 1), pg_temp.contract(3, '[2020-01-01,2022-01-01)', 3, supplier => NULL, source => 2), pg_temp.contract(4, '[2020-01-01,2022-01-01)', 4, choice => 'shared'),
  pg_temp.contract(5, '[2020-01-01,2022-01-01)', 5), pg_temp.contract(6, '[2015-01-01,2016-01-01)', 6), pg_temp.contract(7, '[2020-01-01,2022-01-01)', 4, supplier => 3, choice => 'shared');
-- every text of a picture, in its order: title, description, what lies where, names, legend, notes, source
CREATE FUNCTION pg_temp.texts(picture text) RETURNS SETOF text LANGUAGE sql AS $$
  SELECT x::text FROM unnest(xpath('//s:title/text()|//s:desc/text()|//s:text/text()', picture::xml, ARRAY[ARRAY['s', 'http://www.w3.org/2000/svg']])) WITH ORDINALITY AS u (x, n) ORDER BY n $$;
CREATE FUNCTION pg_temp.count_of(picture text, path text) RETURNS integer LANGUAGE sql AS $$ SELECT cardinality(xpath(path, picture::xml, ARRAY[ARRAY['s', 'http://www.w3.org/2000/svg']])) $$;
CREATE TEMPORARY TABLE picture ON COMMIT DROP AS SELECT wmo.coverage_svg('hulp_bij_het_huishouden', '2020-06-01', NULL::text, as_of => '2020-06-01', language => 'nl') AS p;
SELECT pg_temp.texts(p) FROM picture;
SELECT pg_temp.texts(wmo.coverage_svg('hulp_bij_het_huishouden', '2020-06-01', NULL::text, 40, '2020-07-01', 'en', 340));
-- everything that is painted with a pattern finds it; no style sheet, no script, nothing from elsewhere
SELECT count(*) > 0 AS some, bool_and(position('id="' || m[1] || '"' IN p) > 0) AS found FROM picture CROSS JOIN LATERAL regexp_matches(p, 'url\(#([^)]*)\)', 'g') m;
SELECT pg_temp.count_of(p, '//s:script|//s:style|//s:image|//s:use|//s:a|//@href|//@style|//@onload') AS foreign_parts, p !~ 'https?://(?!www\.w3\.org/2000/svg")' AS at_home FROM picture;
-- hatched where the award can be fought until 15 June, and not after; dashed where the area is of another day
SELECT d, wmo.coverage_svg('hulp_bij_het_huishouden', '2020-06-01', NULL::text, as_of => d) ~ 'id="map-served-1-provisional"' FROM unnest('{2020-06-15,2020-06-16}'::date[]) d;
SELECT pg_temp.count_of(p, '//s:g[@stroke-dasharray]/s:path') AS former, pg_temp.count_of(p, '//s:g[@stroke][not(@stroke-dasharray)]/s:path[s:title]') AS present FROM picture;
-- a provider has one colour: with others or alone, on another day, in another language
SELECT count(DISTINCT c[1]), min(c[1]) = (wmo_works.palette())[2] FROM unnest('{nl,en}'::text[]) l CROSS JOIN unnest('{2020-06-01,2021-06-01}'::date[]) d CROSS JOIN LATERAL regexp_matches(wmo.coverage_svg('hulp_bij_het_huishouden', d, NULL::text, as_of => '2021-01-01', language => l), 'fill="(#[0-9a-f]{6})"/><text[^>]*>Aanbieder B<', 'g') c;
-- the same registry and day, the same bytes
SELECT p = wmo.coverage_svg('hulp_bij_het_huishouden', '2020-06-01', NULL::text, as_of => '2020-06-01', language => 'nl') AS same FROM picture;
-- names as nobody should have: harmless, legible, and the picture is XML still
UPDATE wmo.party SET name = '<script>alert(1)</script>"&''' WHERE id = 2;
UPDATE wmo.party SET name = E'bel\x07\u202Etxet' WHERE id = 3;
UPDATE wmo.area SET name = CASE id WHEN 1 THEN 'שכונה א' WHEN 2 THEN repeat('Lange naam ', 27) WHEN 4 THEN repeat('W', 300) ELSE name END;
SELECT xml_is_well_formed_document(p), pg_temp.count_of(p, '//s:script') AS scripts, p ~ 'שכונה א' AS hebrew, p ~ '&lt;script&gt;' AS told, p !~ E'[\x01-\x1F\u202E]' AS clean, max(length(t)) FILTER (WHERE t !~ ';') AS longest
FROM unnest('{340,720}'::int[]) w CROSS JOIN LATERAL wmo.coverage_svg('hulp_bij_het_huishouden', '2020-06-01', NULL::text, as_of => '2020-06-01', width => w) p CROSS JOIN LATERAL pg_temp.texts(p) t GROUP BY p, w ORDER BY w;
-- a sole trader has no name in it
UPDATE wmo.party SET natural_person = true, name = 'Jan' WHERE id = 2;
SELECT position('Jan' IN wmo.coverage_svg('hulp_bij_het_huishouden', '2020-06-01', NULL::text, as_of => '2020-06-01')) AS kept_out, position('Jan' IN wmo.coverage_svg('hulp_bij_het_huishouden', '2020-06-01', NULL::text, as_of => '2020-06-01', with_natural_persons => true)) > 0 AS released;
-- what is not sure is drawn so, is in the legend and is told: an option that is open, an end that nobody states, our reading, also of what is unsure besides
SELECT count(pg_temp.area(n, 'Vak ' || n)) FROM generate_series(11, 16) n;
INSERT INTO wmo.award (id, supplier_id, decided, standstill) VALUES (2, 2, '[2020-05-01,2020-05-02)', wmo.objection_period_until('standstill', '2020-06-15'));
SELECT count(pg_temp.contract(n, p::wmo.contract_period, n, 40, supplier => 4, source => s)) FROM (VALUES (11, '[2020-01-01,2021-01-01)+P1Y', NULL), (12, '[2020-01-01,?)', NULL), (13, '[2020-01-01,2022-01-01)', 2),
  (14, '[2020-01-01,2022-01-01)', NULL), (15, '[2020-01-01,2021-01-01)+P1Y', 2)) t (n, p, s);
SELECT pg_temp.contract(16, '[2020-01-01,2022-01-01)', 16, 40, award => 2, source => 2);
UPDATE wmo.contract SET signed_on = '2019-12-01' WHERE id BETWEEN 11 AND 15;
CREATE TEMPORARY TABLE unsure ON COMMIT DROP AS SELECT wmo.coverage_svg('kortdurend_verblijf', '2021-06-01', NULL::text, as_of => '2020-09-01', language => 'en') AS p;
SELECT pg_temp.texts(p) FROM unsure;
SELECT p.rank, a.name, p.certainty FROM generate_series(11, 16) n JOIN wmo.area a ON a.id = n CROSS JOIN LATERAL pg_temp.ask(n, 'kortdurend_verblijf', '2021-06-01', as_of => '2020-09-01') p ORDER BY n;
SELECT m[1] FROM unsure CROSS JOIN LATERAL regexp_matches(p, '<pattern id="(map-served[^"]*)"', 'g') m ORDER BY 1;
-- existing clients alone, on days of which nobody knows whether the contract runs: that is no sure service of these either
SELECT count(pg_temp.area(n, 'Vak ' || n)) FROM generate_series(17, 19) n;
SELECT count(pg_temp.contract(n, '[2020-01-01,2021-01-01)+P1Y notice P3M', n, 80, supplier => 4, clients => CASE WHEN n = 17 THEN 'existing' ELSE 'all' END)) FROM generate_series(17, 18) n;
SELECT pg_temp.contract(19, '[2020-01-01,2022-01-01)', 19, 80, supplier => 4, clients => 'existing');
INSERT INTO wmo.client_stop (contract_id, during, known_on) VALUES (18, '[2020-02-01,)', '2020-01-15');
SELECT t FROM pg_temp.texts(wmo.coverage_svg('vervoerdiensten', '2021-06-01', NULL::text, as_of => '2021-06-01', language => 'en')) WITH ORDINALITY AS u (t, n) WHERE n = 2;
-- nothing to draw is said; nothing asked is nothing; what is wrong is told
SELECT pg_temp.texts(wmo.coverage_svg('opvang', '2020-06-01', NULL::text, as_of => '2020-06-01', language => 'nl'));
SELECT wmo.coverage_svg(NULL, '2020-06-01') IS NULL, wmo.coverage_svg('opvang', NULL) IS NULL;
SELECT pg_temp.verdict(statement) FROM unnest(ARRAY[$$SELECT wmo.coverage_svg('hulp')$$, $$SELECT wmo.coverage_svg('opvang', 'infinity')$$, $$SELECT wmo.coverage_svg('opvang', '5874897-12-31')$$, $$SELECT wmo.coverage_svg('opvang', age => 200)$$, $$SELECT wmo.coverage_svg('opvang', language => 'fr')$$,
  $$SELECT wmo.coverage_svg('hulp_bij_het_huishouden', '2020-06-01', width => 100)$$]) statement;
-- what a map says is no surer than the answers: a stop that was lifted by a reading, nobody by a reading, and a line that is the edge of a drawing
DELETE FROM wmo.contract;
DELETE FROM wmo.registry_completeness;
INSERT INTO wmo.party (id, name, kind) VALUES (901, 'Stad Negen', 'municipality'), (902, 'Zorg Negen', 'provider');
INSERT INTO wmo.source (id, article, published, basis, reading) VALUES (901, 'lezing', '[2019-01-01,2019-01-01]', 'inferred', 'gelezen');
INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis) VALUES (901, 'GM9901', 'Negen', 'municipality', '(,)', public.ST_Multi(public.ST_MakeEnvelope(0, 0, 1000, 1000, 28992)), 'official'),
  (902, 'WK990101', 'Negen-west', 'district', '(,)', public.ST_Multi(public.ST_MakeEnvelope(0, 0, 500, 1000, 28992)), 'official');
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (901, '[2015-01-01,2030-01-01)');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, signed_on) VALUES (901, 'N9', 901, 902, '[2020-01-01,2024-01-01)', '2019-11-01');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) SELECT 901, s.id, 902 FROM wmo.service s WHERE s.code = 'individuele_begeleiding';
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, until, source_id) VALUES (901, 'suspension', '2020-06-01', '2020-09-01', '2020-12-01', 901);
INSERT INTO wmo.client_stop (id, contract_id, during, known_on) VALUES (901, 901, '[2021-01-01,2022-01-01)', '2020-06-01');
INSERT INTO wmo.client_stop_lift (contract_id, stop_id, effective_on, known_on, source_id) VALUES (901, 901, '2021-06-01', '2021-05-01', 901);
CREATE FUNCTION pg_temp.negen(on_date date) RETURNS text LANGUAGE sql AS $$
  SELECT concat_ws(' | ', (SELECT string_agg(t[1], '; ' ORDER BY t[1]) FROM regexp_matches(m, '<title>(Negen[^<]*)</title>', 'g') t), CASE WHEN m ~ 'no boundaries' THEN 'drawn' END)
  FROM wmo.coverage_svg('individuele_begeleiding', on_date, 'GM9901', 40, language => 'en') m $$;
SELECT d, pg_temp.negen(d) FROM unnest('{2020-06-01,2020-10-01,2021-07-01,2022-06-01}'::date[]) d ORDER BY 1;
SELECT (regexp_matches(wmo.report_html('2020-10-01', 'Stad Negen', 'en'), 'Suspended[.][^<]*')) AS left_out;
UPDATE wmo.area SET geom_basis = 'schematic' WHERE id = 902;
SELECT pg_temp.negen('2022-06-01');
ROLLBACK;
