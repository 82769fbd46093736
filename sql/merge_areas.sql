-- Two rows that are one area become one, and what would contradict itself is refused.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set entered :here '/sql/include/entered.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :entered
\i :registry

-- a municipality by name (1) and by code (2), each with contracts; 3 and 4 contain the one and the other
INSERT INTO wmo.area (id, code, name, kind, valid) VALUES (1, NULL, 'Haren', 'municipality', '(,)'), (2, 'GM0017', 'Haren', 'municipality', '(,2019-01-01)'),
  (3, NULL, 'Regio', 'region', '(,)'), (4, NULL, 'Groningen-stad', 'region', '(,)'), (5, NULL, 'Dorp', 'working_area', '(,)');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (3, 1), (3, 2), (4, 1), (1, 5);
SELECT pg_temp.contract(1, '[2016-01-01,2018-01-01)', 1);
SELECT pg_temp.contract(2, '[2016-01-01,2018-01-01)', 2, 20);
SELECT pg_temp.contract(3, '[2016-01-01,2018-01-01)', 2, 40, 3);
-- a list that was loaded by name and by code says the same twice
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, choice, entered_on) VALUES (10, 3, 40, 1, 'exclusive', '2016-01-01');
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, area_id) VALUES (1, 1, 'suspension', '2016-05-01', '2016-06-01', 1);
INSERT INTO wmo.client_stop (id, contract_id, area_id, during) VALUES (1, 1, 1, '[2017-01-01,2017-02-01)');
INSERT INTO wmo.party (id, name, kind) VALUES (50, 'Loket', 'access_point');
INSERT INTO wmo.access_point (id, party_id, area_id) VALUES (1, 50, 1);
INSERT INTO wmo.no_gap_rule (id, service_id, area_id, during) VALUES (1, 10, 1, '[2016-01-01,2016-05-01)');
SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS wmo_works.parts_are_whole DEFERRED;

SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.merge_areas(1, 99)$$);
SELECT what, pg_temp.verdict(statement) FROM (VALUES
  ('with itself', $$SELECT wmo.merge_areas(1, 1)$$),
  ('another kind', $$SELECT wmo.merge_areas(3, 1)$$),
  ('a part and its whole', $$UPDATE wmo.area SET kind = 'other' WHERE id = 5; SELECT wmo.merge_areas(5, 1)$$),
  ('another code', $$UPDATE wmo.area SET code = 'GM0014' WHERE id = 1; SELECT wmo.merge_areas(1, 2)$$),
  ('other days', $$UPDATE wmo.area SET valid = '[2019-01-01,)' WHERE id = 1; SELECT wmo.merge_areas(1, 2)$$),
  ('other ground', $$UPDATE wmo.area SET geom = pg_temp.square(id)::text::public.geometry, geom_basis = 'official' WHERE id < 3; SELECT wmo.merge_areas(1, 2)$$),
  ('other parts', $$INSERT INTO wmo.area (id, name, kind) VALUES (6, 'Gehucht', 'working_area'); INSERT INTO wmo.area_part (whole_id, part_id) VALUES (2, 6); SELECT wmo.merge_areas(1, 2)$$),
  ('nothing', $$SELECT wmo.merge_areas(NULL, 2)$$)) v (what, statement);
SELECT part, words FROM pg_temp.whole_error($$UPDATE wmo.area SET code = 'GM0014' WHERE id = 1; SELECT wmo.merge_areas(1, 2)$$);
-- ages that overlap in one contract: two scopes that contradict each other
SELECT part, words FROM pg_temp.whole_error($$UPDATE wmo.contract_scope SET ages = '[18,75)' WHERE id = 10; SELECT wmo.merge_areas(1, 2)$$);
-- a second main provider of one area is none of the two rows' fault, and refused all the same
SELECT pg_temp.verdict($$UPDATE wmo.contract_scope SET service_id = 10 WHERE id = 2; SELECT wmo.merge_areas(1, 2)$$);

SELECT * FROM wmo.merge_areas(1, 2) ORDER BY 1::text;
SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS wmo_works.parts_are_whole DEFERRED;
SELECT a.id, a.code, a.name, a.valid FROM wmo.area a ORDER BY 1;
SELECT s.id, s.contract_id, s.area_id FROM wmo.contract_scope s ORDER BY 1;
SELECT p.whole_id, p.part_id FROM wmo.area_part p ORDER BY 1, 2;
SELECT e.contract_id, e.service_id, e.area_id FROM wmo.exclusive_claim e ORDER BY 1, 2, 3;
SELECT (SELECT area_id FROM wmo.contract_change), (SELECT area_id FROM wmo.client_stop), (SELECT area_id FROM wmo.access_point), (SELECT area_id FROM wmo.no_gap_rule);
-- the code finds what was loaded under the name
SELECT p.number FROM wmo.providers_in_area('GM0017', 'hulp_bij_het_huishouden', '2016-03-01', as_of => '2024-01-01') p;

-- what only the row that goes has is kept: code, days, shape
INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis) VALUES
  (20, 'GM0009', 'Ten Boer', 'municipality', '(,2019-01-01)', pg_temp.square(20)::text::public.geometry, 'official'), (21, NULL, 'Ten Boer', 'municipality', '(,)', pg_temp.square(30)::text::public.geometry, 'schematic');
SELECT * FROM wmo.merge_areas(20, 21);
SELECT a.id, a.code, a.valid, a.geom_basis, wmo_works.same_shape(a.geom, pg_temp.square(20)::text::public.geometry) AS its_shape FROM wmo.area a WHERE a.name = 'Ten Boer';

-- only who may write
CREATE ROLE regress_merge_reader;
SELECT wmo.wmo_grant('regress_merge_reader');
GRANT INSERT ON refusal TO regress_merge_reader;
SET ROLE regress_merge_reader;
SELECT pg_temp.verdict($$SELECT wmo.merge_areas(3, 4)$$);
RESET ROLE;
-- and who sees all of it: what a policy hides would go with its whole
CREATE ROLE regress_merge_editor;
SELECT wmo.wmo_grant('regress_merge_editor', 'regress_merge_editor');
GRANT INSERT ON refusal TO regress_merge_editor;
INSERT INTO wmo.area (id, name, kind) VALUES (30, 'Streek', 'region'), (31, 'Streek', 'region'), (32, 'Dorp', 'working_area');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (30, 32);
ALTER TABLE wmo.area_part ENABLE ROW LEVEL SECURITY;
SET ROLE regress_merge_editor;
SELECT pg_temp.verdict($$SELECT wmo.merge_areas(30, 31)$$);
RESET ROLE;
SELECT p.whole_id, p.part_id FROM wmo.area_part p WHERE p.part_id = 32;
ROLLBACK;
