-- All of it on one page.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

SELECT count(pg_temp.area(n, 'Vak ' || n)) FROM generate_series(1, 3) n;
INSERT INTO wmo.award (id, supplier_id, decided, standstill) VALUES (1, 2, '[2020-05-01,2020-05-02)', wmo.objection_period_until('sas_standstill', '2020-06-13', '2020-06-15'));
SELECT count(pg_temp.contract(n, p::wmo.contract_period, n, supplier => b, award => w)) FROM (VALUES (1, '[2020-01-01,2022-01-01)', 2, 1), (2, '[2019-01-01,2021-01-01)+P1Y notice P3M', 3, NULL), (3, '[2020-01-01,?)', NULL, NULL)) t (n, p, b, w);
INSERT INTO wmo.party (id, name, kind) VALUES (7, 'Dorp', 'municipality');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (7, 'dorp', 7, 4, '[2020-01-01,)');
CREATE TEMPORARY TABLE page ON COMMIT DROP AS SELECT l, b, wmo.report_html('2020-06-01', b, l) AS p FROM unnest('{nl,en}'::text[]) l CROSS JOIN unnest('{Stad,NULL}'::text[]) b;
-- its chapters, by language and buyer; each is in the contents, and every link leads to one
SELECT l, b, array_agg(h[1] ORDER BY n) FROM page CROSS JOIN LATERAL regexp_matches(p, '<h2><bdi>([^<]*)', 'g') WITH ORDINALITY AS m (h, n) GROUP BY l, b ORDER BY l, b;
SELECT bool_and(position('id="' || m[1] || '"' IN p) > 0) AS led, count(*) FROM page CROSS JOIN LATERAL regexp_matches(p, 'href="#([^"]*)"', 'g') m;
-- all of its parts are closed, no name is given twice, and every pattern is there
SELECT bool_and(xml_is_well_formed_document(regexp_replace(regexp_replace(p, '^<!DOCTYPE html>|<meta[^>]*>|<link[^>]*>', '', 'g'), '^\s+', ''))) FROM page;
SELECT count(*) FROM (SELECT l, b, m[1] FROM page CROSS JOIN LATERAL regexp_matches(p, ' id="([^"]*)"', 'g') m GROUP BY 1, 2, 3 HAVING count(*) > 1) twice;
SELECT bool_and(position('id="' || m[1] || '"' IN p) > 0) AS found FROM page CROSS JOIN LATERAL regexp_matches(p, 'url\(#([^)]*)\)', 'g') m;
-- no script, and nothing from elsewhere
SELECT bool_and(p !~* '<script|javascript:|\son[a-z]+=|<iframe|<object|<img|@import|src=') AS no_script, bool_and(p !~ 'https?://(?!www\.w3\.org/2000/svg")') AS at_home FROM page;
-- a picture for a wide page and one for a phone, and a table with each map and timeline
SELECT l, b, (SELECT count(*) FROM regexp_matches(p, '<svg', 'g')) AS pictures, (SELECT count(*) FROM regexp_matches(p, '<table', 'g')) AS tables FROM page ORDER BY l, b;
SELECT bool_and(wmo.report_html('2020-06-01', b, l) = p) AS same FROM page;
-- names as nobody should have, and sole traders
UPDATE wmo.party SET name = '<script>alert(1)</script>' WHERE id = 2;
UPDATE wmo.party SET natural_person = true, name = 'Jan' WHERE id = 3;
UPDATE wmo.party SET name = E'עזרה\u202E\x07' || repeat('lang', 70) WHERE id = 1;
SELECT released, p ~ '<script' AS marked_up, p ~ '&lt;script&gt;alert' AS told, position('Jan' IN p) > 0 AS sole_trader, p !~ E'[\x01-\x09\x0B-\x1F\u202E]' AS clean FROM unnest('{false,true}'::boolean[]) released CROSS JOIN LATERAL wmo.report_html('2020-06-01', NULL, 'nl', released) p;
-- an empty registry has a page too
DELETE FROM wmo.contract;
SELECT length(wmo.report_html('2020-06-01')) > 1000 AS page, wmo.report_html(NULL) IS NULL AS nothing;
SELECT pg_temp.verdict(statement) FROM unnest(ARRAY[$$SELECT wmo.report_html('infinity')$$, $$SELECT wmo.report_html('5874897-12-31')$$, $$SELECT wmo.report_html('2020-06-01', 'Nergens')$$, $$SELECT wmo.report_html('2020-06-01', language => 'de')$$]) statement;
-- an award is fought before there is a contract: it is told of its tender's buyer, and of everybody where no buyer is recorded
DELETE FROM wmo.contract;
DELETE FROM wmo.award;
INSERT INTO wmo.party (id, name, kind) VALUES (901, 'Stad Nieuw', 'municipality'), (902, 'Zorg Nieuw', 'provider');
INSERT INTO wmo.tender (id, title, procedure, above_threshold) VALUES (901, 'Inkoop Nieuw', 'open', true);
INSERT INTO wmo.tender_buyer (tender_id, buyer_id) VALUES (901, 901);
INSERT INTO wmo.award (id, tender_id, supplier_id, decided, sent, standstill) VALUES (901, 901, 902, '[2020-10-12,2020-10-12]', '[2020-10-12,2020-10-12]', wmo.objection_period('standstill', '2020-10-12'));
CREATE FUNCTION pg_temp.fought(on_date date, buyer text) RETURNS text LANGUAGE sql AS $$
  SELECT concat_ws(', ', CASE WHEN h ~ 'none is contested' THEN 'none fought' END, CASE WHEN h ~ 'Inkoop Nieuw' THEN 'listed' END)
  FROM wmo.report_html(on_date, buyer, 'en') h $$;
SELECT pg_temp.fought('2020-10-20', NULL), pg_temp.fought('2020-10-20', 'Stad Nieuw');
INSERT INTO wmo.award_challenge (award_id, kind, lodged) VALUES (901, 'summary_proceedings', '2020-10-20');
SELECT pg_temp.fought('2020-12-20', NULL), pg_temp.fought('2020-12-20', 'Stad Nieuw');
DELETE FROM wmo.tender_buyer;
SELECT pg_temp.fought('2020-12-20', NULL), pg_temp.fought('2020-12-20', 'Stad Nieuw');
ROLLBACK;
