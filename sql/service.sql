-- Services: the tree that ships, the user's own beside it, and what a buyer's product code means on a day.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

-- what ships
SELECT s.code, s.iwmo_category, s.provision, s.access, p.code FROM wmo.service s LEFT JOIN wmo.service p ON p.id = s.parent_id ORDER BY s.id;

INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Utrecht', 'municipality'), (2, 'Leeuwarden', 'municipality');
INSERT INTO wmo.service (id, code, name, parent_id) VALUES (1001, 'ambulant', 'Ambulante begeleiding', 21);
INSERT INTO wmo.service_product (buyer_id, code, service_id, valid) VALUES (1, '02A01', 20, '[2020-01-01,2021-01-01)');

SELECT tried, pg_temp.verdict(statement) FROM (VALUES
  ('a code and a name will do', $$INSERT INTO wmo.service (code, name) VALUES ('vervoer', 'Vervoer')$$),
  ('a code twice', $$INSERT INTO wmo.service (code, name) VALUES ('dagbesteding', 'Nog eens')$$),
  ('a code with capitals', $$INSERT INTO wmo.service (code, name) VALUES ('Vervoer', 'Vervoer')$$),
  ('a code with a hyphen', $$INSERT INTO wmo.service (code, name) VALUES ('was-en-strijk', 'Was')$$),
  ('a blank name', $$INSERT INTO wmo.service (code, name) VALUES ('was', ' ')$$),
  ('a key that a map has another use for', $$INSERT INTO wmo.service (id, code, name) VALUES (-2147483648, 'was', 'X')$$),
  ('category 18', $$INSERT INTO wmo.service (code, name, iwmo_category) VALUES ('was', 'Was', '18')$$),
  ('category 19', $$INSERT INTO wmo.service (code, name, iwmo_category) VALUES ('was', 'Was', '19')$$),
  ('category 00', $$INSERT INTO wmo.service (code, name, iwmo_category) VALUES ('was', 'Was', '00')$$),
  ('category 2', $$INSERT INTO wmo.service (code, name, iwmo_category) VALUES ('was', 'Was', '2')$$),
  ('another provision', $$INSERT INTO wmo.service (code, name, provision) VALUES ('was', 'Was', 'algemeen')$$),
  ('another access', $$INSERT INTO wmo.service (code, name, access) VALUES ('was', 'Was', 'regional')$$),
  ('its own parent', $$INSERT INTO wmo.service (id, code, name, parent_id) VALUES (1002, 'was', 'Was', 1002)$$),
  ('a parent under its child', $$UPDATE wmo.service SET parent_id = 1001 WHERE id = 21$$),
  ('a parent under its grandchild', $$UPDATE wmo.service SET parent_id = 1001 WHERE id = 20$$),
  ('two that are swapped', $$UPDATE wmo.service SET parent_id = CASE id WHEN 20 THEN 21 ELSE NULL END WHERE id IN (20, 21)$$),
  ('two that become each other''s parent', $$UPDATE wmo.service SET parent_id = CASE id WHEN 10 THEN 40 ELSE 10 END WHERE id IN (10, 40)$$),
  ('an own service that calls itself shipped', $$INSERT INTO wmo.service (code, name, shipped) VALUES ('was', 'Was', true)$$),
  ('an own service with a shipped number', $$INSERT INTO wmo.service (id, code, name) VALUES (500, 'was', 'Was')$$),
  ('an own service is deleted', $$DELETE FROM wmo.service WHERE id = 1001$$),
  ('a parent with children is deleted', $$DELETE FROM wmo.service WHERE id = 20$$)
) t (tried, statement);

SELECT tried, pg_temp.verdict(format('INSERT INTO wmo.service_product (buyer_id, code, service_id, valid) VALUES (%s)', cells)) FROM (VALUES
  ('the same code means something else next year', $$1, '02A01', 10, '[2021-01-01,)'$$),
  ('the same code on the same day', $$1, '02A01', 10, '[2020-12-31,)'$$),
  ('another buyer''s meaning', $$2, '02A01', 10, '(,)'$$),
  ('one character', $$1, 'X', 10, '(,)'$$),
  ('six characters', $$1, '02A012', 10, '(,)'$$),
  ('no character', $$1, '', 10, '(,)'$$),
  ('a space inside', $$1, '02 01', 10, '(,)'$$),
  ('meaning it on no day', $$1, '01A01', 10, 'empty'$$),
  ('meaning it until the end of time', $$1, '01A01', 10, '[2020-01-01,infinity)'$$)
) t (tried, cells);

-- up and down the tree
SELECT 'a contract on any of these covers ambulant', string_agg(s.code, ' ' ORDER BY s.id)
FROM wmo_works.service_with_parents(1001) p JOIN wmo.service s ON s.id = p;
SELECT 'the narrowest under begeleiding', string_agg(s.code, ' ' ORDER BY s.id)
FROM wmo_works.service_leaves(20) p JOIN wmo.service s ON s.id = p;
SELECT 'the narrowest under ambulant', string_agg(s.code, ' ' ORDER BY s.id)
FROM wmo_works.service_leaves(1001) p JOIN wmo.service s ON s.id = p;

-- by code
SELECT wmo.service_id('ambulant'), wmo.service_id(NULL) IS NULL;
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.service_id('Ambulant')$$);

SELECT 'not tried', pg_temp.untried('wmo.service', 'wmo.service_product');
ROLLBACK;
