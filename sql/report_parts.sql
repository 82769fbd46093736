-- Of a report: maps with who serves where, and how long contracts run.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set entered :here '/sql/include/entered.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :entered
\i :registry

SELECT count(pg_temp.area(n, 'Vak ' || n)) FROM generate_series(1, 4) n;
INSERT INTO wmo.award (id, supplier_id, decided, standstill) VALUES (1, 2, '[2020-05-01,2020-05-02)', wmo.objection_period_until('sas_standstill', '2020-06-15', '2020-06-16'));
SELECT count(pg_temp.contract(n, p::wmo.contract_period, a, s, supplier => b, award => w)) FROM (VALUES (1, '[2020-01-01,2022-01-01)+P1Y', 1, 10, 2, 1), (2, '[2020-01-01,2022-01-01)', 2, 10, 3, NULL), (3, '[2020-01-01,?)', 1, 40, 5, NULL), (4, '[2020-01-01,?)', 1, 80, 5, NULL)) t (n, p, a, s, b, w);
INSERT INTO wmo.consortium_member (consortium_id, member_id) VALUES (5, 2), (5, 4);
INSERT INTO wmo.subcontract (contract_id, party_id, clients) VALUES (2, 4, 'existing');
-- services of which the same is said share a map, by contract; others have their own
SELECT m.service_ids, m.names, cardinality(m.pieces) AS pieces, cardinality(m.lines) AS lines FROM wmo_works.report_maps('{1}', '2020-06-01') m;
UPDATE wmo.contract_scope SET contract_id = 3 WHERE contract_id = 4;
SELECT m.service_ids, m.names FROM wmo_works.report_maps('{1}', '2020-06-01') m;
SELECT r FROM wmo_works.report_maps('{1}', '2020-06-01') m CROSS JOIN LATERAL wmo_works.report_map_rows(m, '2020-06-01', false, wmo_works.picture_words('en')) t CROSS JOIN LATERAL regexp_split_to_table(t, '(?=<tr)') r;
SELECT r FROM (SELECT array_agg(t ORDER BY t.n) AS rows FROM wmo_works.timeline_rows('2020-06-01', '{1}', NULL, NULL) t) a CROSS JOIN LATERAL wmo_works.report_terms_rows(a.rows, ARRAY(SELECT p FROM wmo_works.timeline_pieces(a.rows, '2020-06-01') p), false, wmo_works.picture_words('nl')) t
CROSS JOIN LATERAL regexp_split_to_table(t, '(?=<tr)') r;
-- a term that is our reading says so
UPDATE wmo.contract SET source_id = 2 WHERE id = 2;
SELECT r FROM (SELECT array_agg(t ORDER BY t.n) AS rows FROM wmo_works.timeline_rows('2020-06-01', '{1}', NULL, NULL) t) a CROSS JOIN LATERAL wmo_works.report_terms_rows(a.rows, ARRAY(SELECT p FROM wmo_works.timeline_pieces(a.rows, '2020-06-01') p), false, wmo_works.picture_words('en')) t
CROSS JOIN LATERAL regexp_split_to_table(t, '(?=<tr)') r WHERE r ~ '>C[12]<';
UPDATE wmo.contract SET source_id = NULL WHERE id = 2;
-- what says no area has no place on a map, and stands in the table that goes with it; only the buyer's own
INSERT INTO wmo.party (id, name, kind) VALUES (7, 'Dorp', 'municipality');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (7, 'overal', 7, 2, '[2020-01-01,)'), (8, 'elders', 1, 3, '[2020-01-01,)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, clients) VALUES (7, 160, NULL, 'all'), (7, 70, 1, 'all'), (7, 70, NULL, 'existing'), (8, 160, NULL, 'all'), (8, 70, NULL, 'all');
SELECT m.names, cardinality(m.pieces) AS pieces, r FROM wmo_works.report_maps('{7}', '2020-06-01') m CROSS JOIN LATERAL wmo_works.report_map_rows(m, '2020-06-01', false, wmo_works.picture_words('nl')) t CROSS JOIN LATERAL regexp_split_to_table(t, '(?=<tr)') r;
ROLLBACK;
