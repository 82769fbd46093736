-- What is other than it was on a day: answers by what was known then and now, and the rows that changed.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

SELECT pg_temp.area(1, 'Een');
SELECT pg_temp.contract(1, '[2020-01-01,2022-01-01)+P1Y', 1);
SELECT pg_temp.contract(2, '[2020-01-01,2024-01-01)', 1, 40, 3);
-- the option of the one is exercised, the other ends early
INSERT INTO wmo.contract_change (contract_id, kind, received_on, option_no) VALUES (1, 'extension', '2021-06-01', 1);
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on) VALUES (2, 'early_end', '2021-08-01', '2022-01-01');
SELECT c.change, c.number, c.certainty, c.valid, c.known_from FROM wmo.coverage_changes('2021-05-31', '2021-12-31') c ORDER BY c.number, c.known_from, c.change, c.valid;
-- between two days on which nothing became known, nothing is other; and what one day makes is told as of that day
SELECT count(*) FROM wmo.coverage_changes('2021-06-01', '2021-07-31');
SELECT DISTINCT c.number, c.known_from FROM wmo.coverage_changes('2021-07-31', '2021-08-01') c;
-- the very rows in which coverage as_of the two days differs, whatever the history: against EXCEPT
SELECT count(*) AS differences FROM (
  (SELECT area_id, service_id, provider_id, role, ages, clients, certainty, valid, contract_id FROM wmo.coverage WHERE known @> '2021-12-31'::date
   EXCEPT SELECT area_id, service_id, provider_id, role, ages, clients, certainty, valid, contract_id FROM wmo.coverage WHERE known @> '2021-05-31'::date)
  EXCEPT SELECT area_id, wmo.service_id(service), (SELECT p.id FROM wmo.party p WHERE p.name = c.provider AND p.kind <> 'municipality'), role, ages, clients, certainty, valid, contract_id
         FROM wmo.coverage_changes('2021-05-31', '2021-12-31') c WHERE c.change = 'now') d;
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.coverage_changes('2022-01-01', '2021-01-01')$$);
SELECT count(*) FROM wmo.coverage_changes(NULL);

-- rows: all of this transaction, each with the number of its contract; none since tomorrow
SELECT f.fact, f.number, count(*) FROM wmo.facts_changed(now()) f WHERE f.fact::text ~ '^wmo.(contract|contract_change|contract_scope|party)$' GROUP BY 1, 2 ORDER BY f.fact::text COLLATE "C", 2;
SELECT f.number, f.says ->> 'kind' AS kind, f.says ->> 'received_on' AS received_on FROM wmo.facts_changed(now()) f WHERE f.fact = 'wmo.contract_change'::regclass ORDER BY f.id;
SELECT count(*) FROM wmo.facts_changed(now() + interval '1 day');

-- what an edition answered, and what is answered now
SELECT wmo.publish_coverage('voor de verandering') AS edition \gset
SELECT count(*) FROM wmo.answers_changed(:edition, 'begeleiding', '2021-03-01', 40);
-- the early end of contract 2 was entered by mistake
DELETE FROM wmo.contract_change WHERE contract_id = 2;
SELECT c.change, c.area, c.found, c.provider, c.certainty, c.reason, c.number FROM wmo.service s CROSS JOIN LATERAL wmo.answers_changed(:edition, s.code, '2023-03-01', 40) c
WHERE s.id IN (SELECT x.service_id FROM wmo.contract_scope x) ORDER BY s.id, c.change;
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.answers_changed(-1, 'begeleiding')$$);
-- the days of the decision calendar
SELECT d.change, d.kind, d.number, d.day_before, d.day_now FROM wmo.decisions_changed('2021-05-31', '2021-06-01') d;
SELECT d.change, d.kind, d.number, d.day_before, d.day_now FROM wmo.decisions_changed('2021-06-01', '2023-06-01') d;
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.decisions_changed('2022-01-01', '2021-01-01')$$) WHERE part = 'message';
ROLLBACK;
