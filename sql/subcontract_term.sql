-- May somebody without a contract serve under one: what is said, by whom, and unknown where nothing is said.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

INSERT INTO wmo.source (id, article, wording) VALUES (1, 'Krant', 'Zij kunnen mogelijk nog een samenwerking aangaan.'), (2, 'Overeenkomst A', 'Onderaanneming is uitgesloten.');
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Stad', 'municipality'), (2, 'Dorp', 'municipality'), (3, 'Zorg', 'provider');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (1, 'A', 1, 3, '[2021-01-01,)'), (2, 'B', 1, 3, '[2021-01-01,)'), (3, 'C', 2, 3, '[2021-01-01,)');
INSERT INTO wmo.subcontract_term (buyer_id, contract_id, service_id, allowed, condition, valid, source_id) VALUES
  (1, NULL, NULL, true, 'in samenwerking met een hoofdaanbieder', '[2021-01-01,)', 1), (1, 1, 20, false, NULL, '(,)', 2);
-- of the one contract the one service is excluded, its children with it; of another buyer nothing is said, and before 2021 nothing
SELECT c.number, v.service, v.day, t.allowed, t.condition, t.article FROM wmo.contract c
CROSS JOIN (VALUES ('begeleiding', '2022-01-01'), ('individuele_begeleiding', '2022-01-01'), ('dagbesteding', '2022-01-01'), (NULL, '2022-01-01'), ('dagbesteding', '2020-12-31')) v (service, day)
CROSS JOIN LATERAL wmo.may_subcontract(c.id, v.service, v.day::date) t ORDER BY c.number, v.day, v.service;
-- the narrower of two services comes first; of a wider one, and of all, nothing can be said while of a part something else is
INSERT INTO wmo.source (id, article, basis, reading) VALUES (3, 'Nota', 'inferred', 'the table of the note');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (4, 'D', 2, 3, '[2021-01-01,2023-01-01)+P1Y'), (5, 'E', 2, 3, '[2021-01-01,2023-01-01)'), (6, 'F', 2, 3, '(?,2023-01-01)');
INSERT INTO wmo.subcontract_term (buyer_id, contract_id, service_id, allowed, condition, source_id) VALUES
  (2, 4, 20, true, NULL, 2), (2, 4, 21, false, NULL, 3), (2, 5, NULL, true, NULL, 1), (2, 6, NULL, true, 'mits gemeld', 3);
SELECT c.number, v.service, t.allowed, t.article, t.basis FROM wmo.contract c
CROSS JOIN (VALUES ('begeleiding'), ('individuele_begeleiding'), ('thuisondersteuning'), ('dagbesteding'), (NULL)) v (service)
CROSS JOIN LATERAL wmo.may_subcontract(c.id, v.service, '2022-01-01') t WHERE c.id IN (1, 4, 5, 6) ORDER BY c.number, v.service;
-- what is said of one contract is not undone by what is said of all those of its buyer; nor by a service that it is not for
INSERT INTO wmo.subcontract_term (buyer_id, service_id, allowed) VALUES (2, 40, false);
SELECT c.number, t.allowed, t.basis FROM wmo.contract c CROSS JOIN LATERAL wmo.may_subcontract(c.id, NULL, '2022-01-01') t WHERE c.id IN (3, 5) ORDER BY 1;
UPDATE wmo.subcontract_term SET contract_id = 5 WHERE service_id = 40;
SELECT 'not known for what', t.allowed, t.basis FROM wmo.may_subcontract(5, NULL, '2022-01-01') t;
INSERT INTO wmo.contract_scope (contract_id, service_id) VALUES (5, 10);
SELECT 'for something else', t.allowed, t.basis FROM wmo.may_subcontract(5, NULL, '2022-01-01') t;
-- before a contract begins and after it has ended nothing is said of it; in an option it may run
SELECT c.number, v.day, t.allowed, t.basis FROM wmo.contract c
CROSS JOIN (VALUES ('2020-12-31'), ('2021-01-01'), ('2022-12-31'), ('2023-01-01'), ('2024-01-01')) v (day)
CROSS JOIN LATERAL wmo.may_subcontract(c.id, 'thuisondersteuning', v.day::date) t WHERE c.id IN (4, 5, 6) ORDER BY c.number, v.day;
-- who came after the buyer is heard, of one contract and of all; where the two say different things, neither
INSERT INTO wmo.party (id, name, kind) VALUES (4, 'Nieuwe stad', 'municipality'), (5, 'Zorg nieuw', 'provider'), (6, 'Zorg later', 'provider'), (7, 'Zorg stil', 'provider');
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on) VALUES (1, 4, 'merger', '2022-01-01');
INSERT INTO wmo.subcontract_term (buyer_id, contract_id, allowed, condition, source_id) VALUES (4, NULL, false, NULL, 2);
SELECT c.number, v.day, t.allowed, t.condition, t.article, t.basis FROM wmo.contract c CROSS JOIN (VALUES ('2021-12-31'), ('2022-01-01')) v (day) CROSS JOIN LATERAL wmo.may_subcontract(c.id, 'dagbesteding', v.day::date) t WHERE c.id IN (1, 2, 3) ORDER BY 1, 2;
INSERT INTO wmo.subcontract_term (buyer_id, contract_id, allowed, source_id) VALUES (4, 2, false, 2);
SELECT 'of the contract itself', t.allowed, t.article, t.basis FROM wmo.may_subcontract(2, NULL, '2022-06-01') t;
-- that what was said of a contract went along with it is a reading, unless it was said since
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) SELECT n, 'T' || n, 2, CASE n WHEN 12 THEN 7 ELSE 3 END, '[2021-01-01,)' FROM generate_series(11, 13) n;
INSERT INTO wmo.contract_scope (contract_id, service_id) SELECT n, 70 FROM generate_series(11, 13) n;
INSERT INTO wmo.source (id, article, published) VALUES (4, 'Voor de overgang', '[2021-01-01,2021-01-01]'), (5, 'Na de overgang', '[2022-06-01,2022-06-01]');
INSERT INTO wmo.subcontract_term (buyer_id, contract_id, allowed, source_id) VALUES (2, 11, true, 4), (2, 12, true, 4), (2, 13, true, 5);
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id) VALUES (11, 'transfer', '2021-11-01', '2022-01-01', 5), (13, 'transfer', '2021-11-01', '2022-01-01', 5);
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on) VALUES (7, 6, 'takeover', '2022-01-01');
SELECT c.number, v.day, t.allowed, t.basis FROM wmo.contract c CROSS JOIN (VALUES ('2021-12-31'), ('2022-01-01')) v (day) CROSS JOIN LATERAL wmo.may_subcontract(c.id, 'dagbesteding', v.day::date) t WHERE c.id IN (11, 12, 13) ORDER BY 1, 2;
SELECT count(*) FROM wmo.may_subcontract(99);
SELECT pg_temp.verdict($$SELECT wmo.may_subcontract(1, 'hulp')$$);
SELECT tried, pg_temp.verdict(statement) FROM (VALUES
  ('twice of one day', $$INSERT INTO wmo.subcontract_term (buyer_id, allowed) VALUES (1, false)$$),
  ('a blank condition', $$INSERT INTO wmo.subcontract_term (buyer_id, allowed, condition) VALUES (2, true, ' ')$$),
  ('no days', $$INSERT INTO wmo.subcontract_term (buyer_id, allowed, valid) VALUES (2, true, 'empty')$$),
  ('days until the end of time', $$INSERT INTO wmo.subcontract_term (buyer_id, allowed, valid) VALUES (2, true, '[2020-01-01,infinity)')$$),
  ('of nobody', $$INSERT INTO wmo.subcontract_term (allowed) VALUES (true)$$),
  ('neither', $$INSERT INTO wmo.subcontract_term (buyer_id) VALUES (2)$$)) v (tried, statement);
ROLLBACK;
