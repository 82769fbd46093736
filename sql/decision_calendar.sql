-- The decision calendar: every coming decision over all contracts and awards, by lead time, overdue and lapsed marked.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set entered :here '/sql/include/entered.sql'
\i :verdict
\i :entered
SET intervalstyle = postgres;

INSERT INTO wmo.source (id, article, publisher) VALUES (1, 'Raamovereenkomst', 'Gemeente Groningen');
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Groningen', 'municipality'), (2, 'Zorg A', 'provider'), (3, 'Zorg B', 'provider');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, owner, source_id) VALUES
  (1, 'D-01', 1, 2, '[2019-01-01,2023-01-01)+P2Y+P2Y notice P6M', 'inkoop sociaal domein', 1),
  (2, 'D-02', 1, 2, '[2019-02-01,2023-02-01)+P1Y notice P6M', NULL, NULL),
  (3, 'D-03', 1, 2, '[2019-01-01,2023-01-01)+P2Y', NULL, NULL),
  (4, 'D-04', 1, 2, '[2019-01-01,2023-01-01)', NULL, NULL),
  (5, 'D-05', 1, 2, '[2019-01-01,2023-01-01)+P2Y notice P6M', NULL, NULL),
  (6, 'D-06', 1, 2, '[2019-01-01,)', NULL, NULL),
  (7, 'D-07', 1, 2, '[2019-01-01,?)+P2Y notice P6M', NULL, NULL),
  (8, 'D-08', 1, 2, '[2019-01-01,2023-01-01)+P2Y notice P6M', NULL, NULL),
  (9, 'D-09', 1, 2, '[2019-01-01,2023-01-01)+P2Y(declined) notice P6M', NULL, NULL),
  (10, 'D-10', 1, 2, '[2015-01-01,2017-01-01)+P2Y notice P6M', NULL, NULL),
  (11, 'D-11', 1, 2, '[2019-01-01,2023-01-01)+P2Y notice P6M', NULL, NULL),
  (12, 'D-12', 1, NULL, '[2019-01-01,2023-01-01)', NULL, NULL);

-- D-05 was extended on 2 May 2022; D-08 ends early; D-11 is extended for one of its two services; D-12 is taken over
INSERT INTO wmo.contract_scope (contract_id, service_id)
SELECT 11, s.id FROM wmo.service s WHERE s.code IN ('dagbesteding', 'begeleiding');
INSERT INTO wmo.contract_change (contract_id, kind, received_on, effective_on, to_party_id, service_id) VALUES
  (5, 'extension', '2022-05-02', NULL, NULL, NULL),
  (8, 'early_end', '2022-02-01', '2022-10-01', NULL, NULL),
  (11, 'extension', '2022-06-15', NULL, NULL, (SELECT s.id FROM wmo.service s WHERE s.code = 'dagbesteding')),
  (12, 'transfer', '2022-04-01', '2022-06-01', 3, NULL);

CREATE FUNCTION pg_temp.calendar(on_date date, lead interval DEFAULT NULL)
RETURNS TABLE (number text, kind text, state text, day date, working_day date, prepare_from date, days_left integer, decision text)
LANGUAGE sql AS $$
  SELECT d.number, d.kind, d.state, d.day, d.working_day, d.prepare_from, d.days_left, d.decision
  FROM wmo.decision_calendar_on(on_date, lead) d ORDER BY d.number, d.day, d.kind, d.decision COLLATE "C"
$$;

-- the notice day is the exclusive end, less the notice, less a day: 2023-01-01, 2022-07-01, 2022-06-30
SELECT * FROM pg_temp.calendar('2022-03-29');
-- the last working day by a day of 2030, of which no decree is known yet; and by one of 2028
SAVEPOINT known_years;
INSERT INTO wmo.contract (number, buyer_id, period) VALUES ('Y-30', 1, '[2026-01-01,2030-06-01)'), ('Y-28', 1, '[2026-01-01,2028-06-01)');
SELECT number, day, working_day, warning FROM wmo.decision_calendar_on('2027-01-01') WHERE number LIKE 'Y-%' ORDER BY 1;
ROLLBACK TO known_years;
SELECT * FROM pg_temp.calendar('2022-03-30') WHERE number IN ('D-01', 'D-02', 'D-05', 'D-12');
SELECT * FROM pg_temp.calendar('2022-06-30') WHERE number IN ('D-01', 'D-05', 'D-11');
-- the day after: lapsed, and now it ends without option
SELECT * FROM pg_temp.calendar('2022-07-01') WHERE number IN ('D-01', 'D-02');
-- Sunday 31 July 2022: the last working day was Friday the 29th
SELECT * FROM pg_temp.calendar('2022-07-31') WHERE number = 'D-02';
-- after its end a contract is history, unless nobody knows whether it was extended
SELECT * FROM pg_temp.calendar('2022-12-31') WHERE number < 'D-05';
SELECT * FROM pg_temp.calendar('2023-01-01');

-- that an option was announced is not recorded, which says not that it was not: before the end and after it that is to be recorded
SELECT d, c.kind, c.state, c.day, c.decision, c.detail FROM unnest('{2022-07-01,2023-01-01}'::date[]) d CROSS JOIN LATERAL wmo.decision_calendar_on(d) c WHERE c.number = 'D-01' ORDER BY 1, 2;

-- what hangs on it, and who minds it
SELECT d.decision, d.detail, d.buyer, d.supplier, d.owner, d.source, d.contract_id
FROM wmo.decision_calendar_on('2022-06-20') d WHERE d.number IN ('D-01', 'D-03', 'D-07', 'D-08', 'D-11', 'D-12') ORDER BY d.number, d.decision COLLATE "C";
SELECT d.detail FROM wmo.decision_calendar_on('2022-07-01') d WHERE d.number = 'D-01' ORDER BY d.day;
SELECT d.detail FROM wmo.decision_calendar_on('2023-01-01') d WHERE d.number = 'D-03';
-- by the ledger of that day: before the extension was received there was an option, and the supplier was not named
SELECT d.number, d.decision, d.day, d.supplier FROM wmo.decision_calendar_on('2022-05-01') d WHERE d.number IN ('D-05', 'D-12');

-- the lead time: an argument, the setting, else three months; an option is due once it has begun
SELECT lead, prepare_from, state FROM unnest('{6 months,90 days,0 days,100 years}'::interval[]) lead CROSS JOIN LATERAL pg_temp.calendar('2022-03-29', lead) WHERE number = 'D-01';
SET wmo.decision_lead = '6 months';
SELECT prepare_from, state FROM pg_temp.calendar('2022-03-29') WHERE number = 'D-01';
SET wmo.decision_lead = 'soon';
SELECT pg_temp.verdict('SELECT wmo.decision_calendar_on()');
RESET wmo.decision_lead;
SELECT prepare_from, state FROM pg_temp.calendar('2022-03-29') WHERE number = 'D-01';
SELECT * FROM pg_temp.whole_error($$SELECT * FROM wmo.decision_calendar_on('2022-01-01', '-1 day')$$);
SELECT pg_temp.verdict($$SELECT * FROM wmo.decision_calendar_on('infinity')$$);
SELECT pg_temp.verdict(s) FROM unnest(ARRAY[$$SELECT * FROM wmo.decision_calendar_on('4713-01-01 BC')$$, $$SELECT * FROM wmo.decision_calendar_on('5874897-12-31')$$, $$SELECT * FROM wmo.decision_calendar_on('2020-01-01', '8000 years')$$]) s;
SELECT 'no day, no rows', count(*) FROM wmo.decision_calendar_on(NULL);
SELECT 'view and function', count(*) FROM (TABLE wmo.decision_calendar EXCEPT SELECT * FROM wmo.decision_calendar_on()) t;

-- one decision, one uid; the same after the day moves, another for the next option
SELECT 'twice', uid FROM wmo.decision_calendar_on('2022-03-29') GROUP BY uid HAVING count(*) > 1;
CREATE TEMPORARY TABLE before AS SELECT number, kind, uid FROM wmo.decision_calendar_on('2022-03-29');
UPDATE wmo.contract SET agreed_period = '[2019-01-01,2023-07-01)+P2Y+P2Y notice P6M' WHERE id = 1;
SELECT d.day, d.uid = b.uid AS same FROM wmo.decision_calendar_on('2022-04-29') d JOIN before b USING (number, kind) WHERE number = 'D-01';
INSERT INTO wmo.contract_change (contract_id, kind, received_on) VALUES (1, 'extension', '2022-04-30');
SELECT d.day, d.decision, d.uid = b.uid AS same FROM wmo.decision_calendar_on('2022-05-01') d JOIN before b USING (number, kind) WHERE number = 'D-01';
DELETE FROM wmo.contract;

-- ---- a decision keeps its uid, and two never share one ---------------------------------------------------------------------
-- two buyers of one name; one contract in two areas of one name, of which one is extended
INSERT INTO wmo.party (id, name, kind) VALUES (4, 'Groningen', 'consortium');
INSERT INTO wmo.area (id, code, name, kind, valid) VALUES (1, NULL, 'Oost', 'other', '(,)'), (2, NULL, 'Oost', 'other', '(,)');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES
  (1, 'D-01', 1, 2, '[2019-01-01,2023-01-01)'), (2, 'D-01', 4, 2, '[2019-01-01,2023-01-01)'), (3, 'D-03', 1, 2, '[2019-01-01,2023-01-01)+P1Y notice P6M');
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id)
SELECT a.id, 3, s.id, a.id FROM wmo.area a CROSS JOIN wmo.service s WHERE s.code = 'dagbesteding';
INSERT INTO wmo.contract_change (contract_id, kind, received_on, area_id) VALUES (3, 'extension', '2022-05-02', 2);
CREATE TEMPORARY TABLE named AS SELECT * FROM wmo.decision_calendar_on('2022-06-01');
SELECT contract_id, kind, day, count(*) OVER (PARTITION BY uid) AS of_this_uid FROM named ORDER BY 1, 2, 3;
UPDATE wmo.party SET name = 'Stad', changed_at = '2100-01-01' WHERE id = 1;
UPDATE wmo.area SET name = 'Noord' WHERE id = 1;
UPDATE wmo.contract SET number = 'D-99' WHERE id = 1;
SELECT 'after renaming', count(*) AS same, count(*) FILTER (WHERE d.buyer <> n.buyer OR d.number <> n.number) AS renamed
FROM wmo.decision_calendar_on('2022-06-01') d JOIN named n USING (uid, kind, contract_id, day);
-- what is taken away does not make the facts older: the contract has changed
UPDATE wmo.contract SET changed_at = changed_at; -- all are stamped with this transaction
ALTER TABLE wmo.contract DISABLE TRIGGER touch;
UPDATE wmo.contract SET changed_at = '2020-01-01';
ALTER TABLE wmo.contract ENABLE TRIGGER touch;
SELECT id, changed_at > '2020-01-02' AS has_changed FROM wmo.contract ORDER BY id;
INSERT INTO wmo.client_stop (id, contract_id, during) VALUES (1, 2, '[2022-07-01,2022-08-01)'), (2, 3, '[2022-07-01,2022-08-01)');
DELETE FROM wmo.client_stop WHERE id = 1;
UPDATE wmo.client_stop SET contract_id = 1 WHERE id = 2;
SELECT id, changed_at > '2020-01-02' AS has_changed FROM wmo.contract ORDER BY id;
DELETE FROM wmo.contract;
DELETE FROM wmo.area;

-- ---- what begins or ends within a contract ---------------------------------------------------------------------------------
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES
  (1, 'P-1', 1, 2, '[2019-01-01,2024-01-01)'), (2, 'P-2', 1, 2, '[2019-01-01,2024-01-01)'), (3, 'P-3', 1, 2, '[2019-01-01,2024-01-01)'),
  (4, 'P-4', 1, 2, '[2019-01-01,2024-01-01)'), (5, 'P-5', 1, 2, '[2019-01-01,2024-01-01)');
INSERT INTO wmo.area (id, name, kind) VALUES (1, 'Oost', 'other');
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, valid)
SELECT v.id, v.contract_id, s.id, v.area_id, v.valid::daterange
FROM (VALUES (1, 1, 'dagbesteding', 1, '(,2023-01-01)'), (2, 1, 'begeleiding', 1, '(,2023-01-01)'), (3, 1, 'kortdurend_verblijf', 1, '(,2024-01-01)'),
             (4, 2, 'dagbesteding', 1, '(,)'), (5, 2, 'begeleiding', 1, '(,)')) v (id, contract_id, service, area_id, valid)
JOIN wmo.service s ON s.code = v.service;
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, until, service_id) VALUES
  (2, 'scope_removed', '2022-03-01', '2022-10-01', NULL, (SELECT id FROM wmo.service WHERE code = 'dagbesteding')),
  (3, 'suspension', '2022-03-01', '2022-05-01', '2022-09-01', NULL),
  (4, 'suspension', '2022-03-01', '2022-05-01', NULL, NULL);
INSERT INTO wmo.client_stop (contract_id, service_id, during) VALUES
  (5, NULL, '[2022-05-01,2022-06-01)'), (5, (SELECT id FROM wmo.service WHERE code = 'dagbesteding'), '[2022-07-01,)');
CREATE FUNCTION pg_temp.parts(on_date date) RETURNS TABLE (number text, kind text, state text, day date, decision text, detail text)
LANGUAGE sql AS $$
  SELECT d.number, d.kind, d.state, d.day, d.decision, d.detail
  FROM wmo.decision_calendar_on(on_date, '2 months') d WHERE d.kind <> 'contract_end' ORDER BY d.number, d.day, d.kind
$$;
-- the day before the changes were decided only the days of the scopes and the stops are seen
SELECT * FROM pg_temp.parts('2022-02-28');
SELECT * FROM pg_temp.parts('2022-04-15') WHERE number NOT IN ('P-1', 'P-5');
-- what has begun is no decision any more; its end is
SELECT * FROM pg_temp.parts('2022-05-15') WHERE number NOT IN ('P-1', 'P-2');
SELECT * FROM pg_temp.parts('2022-10-15');
-- what ends with the contract is said once; after it nothing is left
SELECT * FROM pg_temp.parts('2023-12-31');
SELECT * FROM pg_temp.parts('2024-01-01');
-- a suspension that ends on another day than was said: from the day on which that was known; one that is called off is none
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on) VALUES (3, 'suspension_ended', '2022-04-20', '2022-07-01'), (4, 'suspension_ended', '2022-04-20', '2022-05-01');
SELECT d.number, d.kind, d.day, a.day AS asked FROM unnest('{2022-04-19,2022-04-20}'::date[]) a (day) CROSS JOIN LATERAL wmo.decision_calendar_on(a.day, '2 months') d
WHERE d.number IN ('P-3', 'P-4') AND d.kind <> 'contract_end' ORDER BY a.day, 1, 3;
-- one that begins after that day is another one
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (66, 'P-6', 1, 2, '[2019-01-01,2024-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) SELECT 66, id, 1 FROM wmo.service WHERE code = 'dagbesteding';
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, until) VALUES (66, 'suspension', '2022-02-01', '2022-03-01', NULL), (66, 'suspension', '2022-02-15', '2022-07-01', '2022-08-01'), (66, 'suspension_ended', '2022-03-10', '2022-03-15', NULL);
SELECT d.kind, d.day FROM wmo.decision_calendar_on('2022-03-12', '2 months') d WHERE d.number = 'P-6' AND d.kind <> 'contract_end' ORDER BY 2, 1;
DELETE FROM wmo.contract WHERE id = 66;
-- of an end that nobody says since when it was known, nor of a lift, it cannot be told by then: not that it was so, nor that it was not
INSERT INTO wmo.contract_change (contract_id, kind, effective_on, entered_on) VALUES (3, 'suspension_ended', '2022-06-01', '2022-05-20');
INSERT INTO wmo.client_stop (id, contract_id, during, known_on) VALUES (50, 1, '[2022-05-01,2022-09-01)', '2022-04-01'), (51, 2, '[2022-05-01,2022-09-01)', NULL);
UPDATE wmo.client_stop SET entered_on = '2022-05-10' WHERE id = 51;
INSERT INTO wmo.client_stop_lift (contract_id, stop_id, effective_on, entered_on) VALUES (1, 50, '2022-07-01', '2022-05-20');
SELECT a.day AS asked, d.number, d.kind, d.day, d.detail FROM unnest('{2022-05-05,2022-05-19,2022-05-20}'::date[]) a (day) CROSS JOIN LATERAL wmo.decision_calendar_on(a.day, '2 months') d
WHERE d.number IN ('P-1', 'P-2', 'P-3') AND d.kind ~ 'stop|suspension|contract_end' ORDER BY 1, 2, 3, 4;
DELETE FROM wmo.client_stop WHERE id IN (50, 51);
-- a scope that a later change brought, and one that a later one took away, are not told of before
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, service_id) VALUES (900, 1, 'scope_added', '2022-08-01', '2022-09-01', (SELECT id FROM wmo.service WHERE code = 'vervoerdiensten'));
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, valid, added_by_id) VALUES (90, 1, (SELECT id FROM wmo.service WHERE code = 'vervoerdiensten'), 1, '(,2023-06-01)', 900);
SELECT a.day AS asked, d.kind, d.day, d.decision FROM unnest('{2022-07-31,2022-08-01}'::date[]) a (day) CROSS JOIN LATERAL wmo.decision_calendar_on(a.day) d WHERE d.number = 'P-1' AND d.kind = 'scope_end' ORDER BY 1, 3;
DELETE FROM wmo.contract_scope WHERE id = 90; DELETE FROM wmo.contract_change WHERE id = 900;
-- every scope taken out: the contract still ends
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, received_on, effective_on, service_id) VALUES
  (2, 'early_end', '2022-03-02', '2022-03-02', '2023-07-01', (SELECT id FROM wmo.service WHERE code = 'begeleiding')),
  (2, 'scope_removed', '2022-03-02', NULL, '2022-10-01', (SELECT id FROM wmo.service WHERE code = 'begeleiding'));
SELECT d.kind, d.day FROM wmo.decision_calendar_on('2022-11-01') d WHERE d.number = 'P-2';
DELETE FROM wmo.contract;
DELETE FROM wmo.area;

-- ---- awards: a standstill from 24 July 2018, a ruling, bids that bind until 1 October and 14 days after a ruling ------------
INSERT INTO wmo.tender (id, title, procedure, bids_valid_until, bid_days_after_ruling, owner) VALUES
  (1, 'Begeleiding', 'restricted', '2018-10-01', 14, 'aanbesteding'), (2, 'Opvang', 'restricted', '2018-10-01', NULL, NULL), (3, 'Vervoer', 'restricted', NULL, NULL, NULL);
INSERT INTO wmo.tender_buyer (tender_id, buyer_id) VALUES (1, 1), (2, 1);
INSERT INTO wmo.lot (id, tender_id, name) VALUES (1, 1, 'Oost');
INSERT INTO wmo.award (id, tender_id, lot_id, supplier_id, standstill, forfeiture) VALUES
  (1, 1, 1, 2, 'standstill:(2018-07-24+P20D,2018-08-13]', 'forfeiture:(2018-07-24+P19D,2018-08-12|2018-08-13]'), (2, 3, NULL, 3, NULL, NULL);

CREATE FUNCTION pg_temp.awards(on_date date)
RETURNS TABLE (asked date, kind text, state text, day date, working_day date, latest_day date, days_left integer, decision text, detail text)
LANGUAGE sql AS $$
  SELECT on_date, d.kind, d.state, d.day, d.working_day, d.latest_day, d.days_left, d.decision, d.detail
  FROM wmo.decision_calendar_on(on_date, '1 month') d WHERE d.tender_id IS DISTINCT FROM 2 ORDER BY d.kind, d.award_id
$$;
-- Sunday the 12th is safe by every reading, Monday the 13th by one of them; from the 14th nothing is recorded
SELECT * FROM pg_temp.awards('2018-07-23');
SELECT * FROM pg_temp.awards('2018-07-25');
SELECT asked, state, days_left FROM unnest('{2018-08-12,2018-08-13,2018-08-14}'::date[]) d CROSS JOIN LATERAL pg_temp.awards(d) WHERE kind = 'objection_end' AND day IS NOT NULL;
SELECT * FROM pg_temp.awards('2018-08-14') WHERE kind <> 'bid_expiry';
-- somebody went to court in time
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged, source_id) VALUES (1, 1, 'summary_proceedings', '2018-08-10', 1);
SELECT * FROM pg_temp.awards('2018-08-10') WHERE day IS NOT NULL OR kind <> 'objection_end';
SELECT * FROM pg_temp.awards('2018-08-14') WHERE day IS NOT NULL OR kind <> 'objection_end';
UPDATE wmo.award_challenge SET ruling_expected = '2018-09-21';
SELECT asked, state, day, days_left FROM unnest('{2018-08-20,2018-08-21,2018-09-21,2018-09-22}'::date[]) d CROSS JOIN LATERAL pg_temp.awards(d) WHERE kind = 'ruling';
-- dismissed on the 25th: the bids bind until 9 October
UPDATE wmo.award_challenge SET ruled = '2018-09-25', outcome = 'dismissed';
SELECT asked, kind, state, day, decision, detail FROM unnest('{2018-09-24,2018-09-25,2018-10-09,2018-10-10}'::date[]) d CROSS JOIN LATERAL pg_temp.awards(d) WHERE day IS NOT NULL OR kind <> 'objection_end';
SELECT d.kind, d.number, d.buyer, d.supplier, d.owner, d.source, d.contract_id, d.award_id, d.tender_id FROM wmo.decision_calendar_on('2018-09-24') d ORDER BY d.kind, d.award_id, d.tender_id;
-- an appeal does not hold it, and is awaited
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged) VALUES (2, 1, 'appeal', '2018-10-05');
SELECT kind, state, decision, detail FROM pg_temp.awards('2018-10-05') WHERE kind = 'ruling';
-- once signed nothing is left of the award but the appeal; bids no longer matter
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id, signed_on, owner) VALUES (1, 'D-01', 1, 2, '[2019-01-01,2023-01-01)', 1, '2018-10-08', 'inkoop sociaal domein');
SELECT d.kind, d.number, d.day, d.owner FROM wmo.decision_calendar_on('2018-10-08') d WHERE d.award_id = 1 OR d.tender_id = 1;
-- not signed as far as is known, but begun: no decision about the award is coming
UPDATE wmo.contract SET signed_on = NULL;
SELECT asked, kind FROM unnest('{2018-12-31,2019-01-01}'::date[]) d CROSS JOIN LATERAL pg_temp.awards(d) WHERE kind NOT IN ('contract_end', 'ruling') AND day IS NOT NULL;
-- withdrawn: neither award nor contract asks for anything
UPDATE wmo.award SET withdrawn_on = '2018-10-07';
SELECT asked, kind FROM unnest('{2018-10-06,2018-10-07}'::date[]) d CROSS JOIN LATERAL pg_temp.awards(d) ORDER BY asked, kind;
-- bids of which only the days after a ruling are stated: 14 days after 10 September 2018 is the 24th
INSERT INTO wmo.tender (id, title, bid_days_after_ruling) VALUES (4, 'Hulpmiddelen', 14);
INSERT INTO wmo.award (id, tender_id, sent, standstill) VALUES (4, 4, '[2018-07-24,2018-07-24]', wmo.objection_period('standstill', '2018-07-24'));
SELECT count(*) FROM wmo.decision_calendar_on('2018-08-01') d WHERE d.tender_id = 4 AND d.kind = 'bid_expiry';
INSERT INTO wmo.award_challenge (award_id, kind, lodged, ruled, outcome) VALUES (4, 'summary_proceedings', '2018-08-03', '2018-09-10', 'dismissed');
SELECT d0, d.state, d.day, d.detail FROM unnest('{2018-08-02,2018-08-03,2018-09-10}'::date[]) d0 CROSS JOIN LATERAL wmo.decision_calendar_on(d0, '1 month') d WHERE d.tender_id = 4 AND d.kind = 'bid_expiry';
DELETE FROM wmo.award WHERE id = 4;
DELETE FROM wmo.tender WHERE id = 4;
-- bids of a tender without any award yet
SELECT d.state, d.day, d.detail FROM unnest('{2018-08-31,2018-09-01,2018-10-02}'::date[]) d0 CROSS JOIN LATERAL wmo.decision_calendar_on(d0, '1 month') d WHERE d.tender_id = 2;

-- ---- the facts behind it have rules ---------------------------------------------------------------------------------------
SELECT tried, pg_temp.verdict(statement) FROM (VALUES
  ('a team', $$UPDATE wmo.contract SET owner = 'team inkoop'$$),
  ('an address of a person', $$UPDATE wmo.contract SET owner = 'j.jansen@example.nl'$$),
  ('a blank owner', $$UPDATE wmo.contract SET owner = ' '$$),
  ('the same for a tender', $$UPDATE wmo.tender SET owner = 'j.jansen@example.nl'$$),
  ('bids that bind for ever', $$UPDATE wmo.tender SET bids_valid_until = 'infinity'$$),
  ('no days after a ruling', $$UPDATE wmo.tender SET bid_days_after_ruling = 0$$),
  ('a ruling expected before it is lodged', $$UPDATE wmo.award_challenge SET ruling_expected = '2018-08-09' WHERE id = 1$$),
  ('a ruling expected on no finite day', $$UPDATE wmo.award_challenge SET ruling_expected = 'infinity' WHERE id = 1$$)
) t (tried, statement);

-- ---- against a model in plain date arithmetic: 400 contracts on 12 days ---------------------------------------------------
DELETE FROM wmo.contract;
DELETE FROM wmo.award;
DELETE FROM wmo.tender;
CREATE FUNCTION pg_temp.h(i integer, k integer, n integer) RETURNS integer LANGUAGE sql AS $$ SELECT (hashint4(i * 31 + k) & 2147483647) % n $$;
-- months of the first term and of each option, options in all and exercised, whether the next is declined, months of notice
CREATE TEMPORARY TABLE made AS
SELECT i, '2018-01-01'::date + pg_temp.h(i, 1, 900) AS start, 12 + pg_temp.h(i, 2, 48) AS term, 1 + pg_temp.h(i, 3, 24) AS length,
       pg_temp.h(i, 4, 4) AS options, least(pg_temp.h(i, 5, 3), pg_temp.h(i, 4, 4)) AS exercised, pg_temp.h(i, 6, 5) = 0 AS declined,
       nullif(pg_temp.h(i, 7, 4) * 3, 0) AS notice
FROM generate_series(1, 400) i;
INSERT INTO wmo.contract (number, buyer_id, period)
SELECT m.i::text, 1, CASE WHEN m.declined AND m.exercised < m.options THEN wmo.decline_option(e.period) ELSE e.period END
FROM made m
CROSS JOIN LATERAL (SELECT wmo.contract_period(m.start, make_interval(months => m.term), array_fill(make_interval(months => m.length), ARRAY[m.options]),
                                               make_interval(months => m.notice)) AS period) agreed
CROSS JOIN LATERAL (SELECT CASE m.exercised WHEN 0 THEN agreed.period WHEN 1 THEN wmo.exercise_option(agreed.period)
                                WHEN 2 THEN wmo.exercise_option(wmo.exercise_option(agreed.period)) END AS period) e;
CREATE TEMPORARY VIEW model AS
WITH ends AS (
  SELECT m.i, m.notice, m.exercised < m.options AND NOT m.declined AS open,
         ((m.start + make_interval(months => m.term))::date + make_interval(months => m.length * m.exercised))::date AS stop
  FROM made m
), days AS (
  SELECT e.*, e.stop - 1 AS last_day, (e.stop - make_interval(months => e.notice))::date - 1 AS notice_by, asked.d
  FROM ends e CROSS JOIN (SELECT '2019-01-15'::date + 150 * n AS d FROM generate_series(0, 11) n) asked
), rows AS (
  SELECT d, i, 'option_notice' AS kind, coalesce(notice_by, last_day) AS day, CASE WHEN notice IS NULL OR last_day < d THEN 'overdue' ELSE 'lapsed' END AS passed
  FROM days WHERE open
  UNION ALL
  SELECT d, i, 'contract_end', last_day, '' FROM days WHERE last_day >= d AND (NOT open OR d > notice_by)
)
SELECT d, i::text AS number, kind, day, CASE WHEN d > day THEN passed WHEN d >= (day - interval '3 months')::date THEN 'due' ELSE 'later' END AS state FROM rows;
CREATE TEMPORARY VIEW ours AS
SELECT a.d, c.number, c.kind, c.day, c.state FROM (SELECT DISTINCT d FROM model) a CROSS JOIN LATERAL wmo.decision_calendar_on(a.d) c;
SELECT 'rows of the model', count(*) > 3000, string_agg(DISTINCT state, ' ' ORDER BY state) FROM model;
SELECT 'only in the model', t.* FROM (TABLE model EXCEPT ALL TABLE ours) t LIMIT 5;
SELECT 'only in the calendar', t.* FROM (TABLE ours EXCEPT ALL TABLE model) t LIMIT 5;

-- ---- what rests on our reading of a source is said beside the day ----------------------------------------------------
INSERT INTO wmo.source (id, article, basis, reading) VALUES (90, 'Krant', 'inferred', 'dat de optie niet is gelicht');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, entered_on) VALUES (90, 'LEZING', 1, 2, wmo.contract_period_until('2022-01-01', '2024-12-31', '{1 year}', '3 months'), '2022-01-01');
SELECT d.kind, d.day, d.warning FROM wmo.decision_calendar_on('2024-07-01') d WHERE d.number = 'LEZING';
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, option_no, source_id) VALUES (90, 'option_declined', '2024-06-01', 1, 90);
SELECT d.kind, d.day, d.warning FROM wmo.decision_calendar_on('2024-07-01') d WHERE d.number = 'LEZING';
SELECT d.kind, d.day, d.warning FROM wmo.decision_calendar_on('2024-05-01') d WHERE d.number = 'LEZING';
-- of a contract of which a part was taken over: who has each part, and both where it is decided for all; a sole trader among them is not published
INSERT INTO wmo.party (id, name, kind, natural_person) VALUES (901, 'Stad Negen', 'municipality', false), (902, 'Zorg Oud', 'provider', false), (903, 'Jan Negen', 'provider', true);
INSERT INTO wmo.area (id, name, kind) VALUES (901, 'Noordkwartier', 'working_area'), (902, 'Zuidkwartier', 'working_area');
INSERT INTO wmo.source (id, article, published, basis, reading) VALUES (901, 'lezing', '[2019-01-01,2019-01-01]', 'inferred', 'gelezen');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, signed_on) VALUES (901, 'N9', 901, 902, '[2020-01-01,2028-01-01)+P1Y notice P3M', '2019-11-01');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (901, 10, 901), (901, 10, 902);
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id, area_id) VALUES (901, 'transfer', '2020-06-01', '2021-01-01', 903, 901);
SELECT d, k.kind, k.day, k.supplier FROM unnest('{2020-12-31,2021-01-01}'::date[]) d CROSS JOIN LATERAL wmo.decision_calendar_on(d) k WHERE k.contract_id = 901 ORDER BY 1, 3;
SELECT bool_or(position('Jan Negen' IN i) > 0) AS published FROM wmo.decision_icalendar('2021-01-01') i;
SELECT t LIKE '%N9%' AS drawn FROM wmo.timeline_svg('2022-01-01', NULL, 'Jan Negen', language => 'en') t;
SELECT t ~ 'No contract to draw' AS none_before FROM wmo.timeline_svg('2020-12-31', NULL, 'Jan Negen', language => 'en') t;
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, area_id) VALUES (901, 'early_end', '2026-06-01', '2027-03-01', 901);
SELECT k.kind, k.day, k.decision, k.supplier FROM wmo.decision_calendar_on('2026-12-01') k WHERE k.contract_id = 901 ORDER BY 2;
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, area_id) VALUES (901, 'scope_removed', '2026-07-01', '2026-08-01', 902);
SELECT k.kind, k.day, k.supplier FROM wmo.decision_calendar_on('2026-12-01') k WHERE k.contract_id = 901 ORDER BY 2;
-- a stop or a ceiling that is our reading is said to be, with its own source
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, signed_on) VALUES (902, 'N9-2', 901, 902, '[2020-01-01,2024-01-01)+P1Y', '2019-11-01');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (902, 10, 901);
INSERT INTO wmo.client_stop (id, contract_id, during, known_on, source_id) VALUES (901, 902, '[2021-06-01,2022-01-01)', '2021-01-01', 901), (902, 902, '[2022-06-01,2023-01-01)', '2021-01-01', NULL);
INSERT INTO wmo.client_stop_lift (contract_id, stop_id, effective_on, known_on, source_id) VALUES (902, 902, '2022-09-01', '2021-01-15', 901);
INSERT INTO wmo.contract_ending (contract_id, kind, ceiling_on, source_id) VALUES (902, 'ceiling', '2021-04-30', 901);
SELECT k.kind, k.day, k.warning, k.source FROM wmo.decision_calendar_on('2021-02-01') k WHERE k.contract_id = 902 ORDER BY 2, 1;
ROLLBACK;
