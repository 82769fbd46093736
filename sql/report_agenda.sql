-- Of a report: what can be fought, what is to be decided, who would be left out, and how it is known.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set entered :here '/sql/include/entered.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :entered
\i :registry

SELECT count(pg_temp.area(n, 'Vak ' || n)) FROM generate_series(1, 4) n;
INSERT INTO wmo.tender (id, title) VALUES (1, 'Huishouden');
INSERT INTO wmo.tender_buyer (tender_id, buyer_id) VALUES (1, 1);
INSERT INTO wmo.award (id, tender_id, supplier_id, decided, standstill) VALUES (1, NULL, 2, '[2020-05-01,2020-05-02)', wmo.objection_period_until('sas_standstill', '2020-06-13', '2020-06-15')), (2, 1, 3, '[2020-05-01,2020-05-02)', wmo.objection_period_until('standstill', '2020-05-21'));
SELECT count(pg_temp.contract(n, p::wmo.contract_period, a, supplier => b, award => w, source => s)) FROM (VALUES (1, '[2020-01-01,2022-01-01)', 1, 2, 1, 1), (2, '[2019-01-01,2021-01-01)+P1Y notice P3M', 2, 3, NULL, 2), (3, '[2020-01-01,?)', 3, 4, NULL, NULL), (4, '[2019-01-01,2020-10-01)', 4, 3, NULL, NULL)) t (n, p, a, b, w, s);
UPDATE wmo.contract SET source_id = id WHERE id < 3;
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (4, '[2020-01-01,2022-01-01)');
CREATE FUNCTION pg_temp.rows(html text) RETURNS SETOF text LANGUAGE sql AS $$ SELECT regexp_replace(r, '<(svg|figure|div).*', '') FROM regexp_split_to_table(html, '(?=<tr|<p)') r WHERE r ~ '<t[dh]|<p>' $$;
-- the last day is a Saturday: the working day before it, and the longest reading; another's award is not ours
SELECT pg_temp.rows(wmo_works.report_fights('{1}', '2020-06-01', false, 'en', wmo_works.picture_words('en')));
SELECT pg_temp.rows(wmo_works.report_fights('{1}', '2020-07-01', false, 'en', wmo_works.picture_words('en')));
SELECT wmo_works.awards_bought('{1}'), wmo_works.awards_bought('{5}');
SELECT pg_temp.rows(wmo_works.report_decisions('{1}', '2020-06-01', false, wmo_works.picture_words('en')));
SELECT pg_temp.rows(wmo_works.report_decisions('{5}', '2020-06-01', false, wmo_works.picture_words('en')));
-- nobody is said only where no contract is missing; what cannot be told is never left out
SELECT pg_temp.rows(wmo_works.report_gaps('{1}', '2020-06-01', wmo_works.picture_words('en')));
SELECT pg_temp.rows(wmo_works.report_gaps('{5}', '2020-06-01', wmo_works.picture_words('en')));
SELECT pg_temp.rows(wmo_works.report_sources('{1}', wmo_works.picture_words('en')));
-- what an answer rests on beside the contract and its award: the proceedings, the tender of an award without a contract, the area, a clause,
-- that nothing is missing there
INSERT INTO wmo.source (id, article) VALUES (11, 'Dagvaarding'), (12, 'Aanbestedingsdocument'), (13, 'Wijkindeling'), (14, 'Opzegbeding'), (15, 'Verklaring van volledigheid'), (16, 'Van een ander');
INSERT INTO wmo.award_challenge (award_id, kind, lodged, source_id) VALUES (1, 'summary_proceedings', '2020-05-20', 11);
UPDATE wmo.tender SET source_id = 12; UPDATE wmo.area SET source_id = 13 WHERE id = 1;
INSERT INTO wmo.contract_ending (contract_id, kind, notice, source_id) VALUES (1, 'termination', '3 months', 14);
UPDATE wmo.registry_completeness SET source_id = 15; UPDATE wmo.contract SET source_id = 16 WHERE buyer_id = 5;
SELECT DISTINCT u.source_id, u.number FROM wmo_works.sources_used('{1}') u WHERE u.source_id > 10 ORDER BY 1, 2;
-- what says no area or no service leaves nobody out, and serves nobody either: that cannot be told
INSERT INTO wmo.party (id, name, kind) VALUES (7, 'Dorp', 'municipality');
SELECT wmo_works.report_gaps('{7}', '2020-06-01', wmo_works.picture_words('en')), wmo_works.report_sources('{7}', wmo_works.picture_words('en'));
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (7, 'kaal', 7, 2, '[2020-01-01,)');
SELECT wmo_works.report_gaps('{7}', '2020-06-01', wmo_works.picture_words('en'));
INSERT INTO wmo.contract_scope (contract_id, service_id) VALUES (7, 160), (7, 70);
SELECT wmo_works.report_gaps('{7}', '2020-06-01', wmo_works.picture_words('nl'));
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (7, 70, 1);
SELECT pg_temp.rows(wmo_works.report_gaps('{7}', '2020-06-01', wmo_works.picture_words('nl')));
-- an award of which a term, an appeal or a ruling is still awaited is none that nobody can fight any more, signed or final; nor is one of which nothing is known
INSERT INTO wmo.tender (id, title, procedure, above_threshold) VALUES (20, 'Sent?', 'open', true);
INSERT INTO wmo.award (id, tender_id, supplier_id, decided) VALUES (20, 20, 2, '[2021-12-20,2021-12-21)');
INSERT INTO wmo.party (id, name, kind) VALUES (30, 'A-stad', 'municipality'), (31, 'B-stad', 'municipality'), (32, 'C-stad', 'municipality'), (33, 'D-stad', 'municipality');
INSERT INTO wmo.tender_buyer (tender_id, buyer_id) VALUES (20, 30);
INSERT INTO wmo.award (id, supplier_id, decided, sent, standstill) SELECT n, 2, '[2019-07-09,2019-07-10)', '[2019-07-10,2019-07-11)', wmo.objection_period('standstill', '2019-07-10') FROM generate_series(21, 23) n;
INSERT INTO wmo.award_challenge (award_id, kind, lodged, ruled, outcome) VALUES (22, 'summary_proceedings', '2019-07-20', '2019-09-01', 'dismissed');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id, signed_on) VALUES (21, 'vroeg', 31, 2, '[2020-01-01,2022-01-01)', 21, '2019-07-20'), (22, 'beroep', 32, 2, '[2020-01-01,2022-01-01)', 22, '2019-09-10'),
  (23, 'klaar', 33, 2, '[2020-01-01,2022-01-01)', 23, '2019-09-10');
SELECT b, pg_temp.rows(wmo_works.report_fights(ARRAY[b], d, false, 'en', wmo_works.picture_words('en'))) FROM (VALUES (30, date '2022-01-01'), (31, '2019-07-25'), (32, '2019-09-15'), (33, '2019-09-15')) v (b, d);
ROLLBACK;
