-- Decisions about how a contract ends: termination, tacit renewal, ceilings, and the day on which a new tender has to start.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set entered :here '/sql/include/entered.sql'
\i :verdict
\i :entered

INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Groningen', 'municipality'), (2, 'Leek', 'municipality'), (3, 'Zorg A', 'provider');
INSERT INTO wmo.tender (id, title, procedure) VALUES (1, 'Begeleiding', 'open'), (2, 'Toelating', 'open_house');
INSERT INTO wmo.award (id, tender_id, supplier_id) VALUES (1, 1, 3), (2, 2, 3);
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id) VALUES
  (1, 'E-1', 1, 3, '[2020-01-01,)', NULL), (2, 'E-2', 1, 3, '[2020-01-01,)', NULL), (3, 'E-3', 1, 3, '[2022-01-01,2024-01-01)+P1Y+P1Y', NULL),
  (4, 'E-4', 1, 3, '[2022-01-01,2026-01-01)', 1), (5, 'E-5', 2, 3, '[2022-01-01,2026-01-01)+P1Y notice P6M', 1), (6, 'E-6', 1, 3, '[2022-01-01,2026-01-01)', 2),
  (7, 'E-7', 1, 3, '[2022-01-01,2026-01-01)', NULL);
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, tender_id) VALUES (8, 'E-8', 1, 3, '[2022-01-01,2026-01-01)', 1);
INSERT INTO wmo.contract_ending (contract_id, kind, by_whom, notice, ends_on, planned_end) VALUES
  (1, 'termination', 'either', '6 months', 'month_end', NULL), (2, 'termination', 'buyer', '6 months', NULL, '2024-12-31'), (4, 'termination', 'supplier', '3 months', 'month_end', '2024-12-15');
INSERT INTO wmo.contract_ending (contract_id, kind, notice, renewed_by) VALUES (3, 'tacit_renewal', '3 months', '1 year');
INSERT INTO wmo.contract_ending (contract_id, kind, ceiling_on, ceiling_count, counted) VALUES (4, 'ceiling', '2025-06-30', NULL, NULL), (5, 'ceiling', NULL, 80, 'clients');
CREATE FUNCTION pg_temp.ends(on_date date) RETURNS TABLE (number text, kind text, state text, day date, decision text, detail text)
LANGUAGE sql AS $$
  SELECT d.number, d.kind, d.state, d.day, d.decision, d.detail FROM wmo.decision_calendar_on(on_date) d ORDER BY d.number, d.day, d.kind
$$;
-- E-1 has no planned end: a notice received on 15 March 2023 ends it with the month of 15 September; E-2: 30 June 2024 at the latest.
-- E-3 is renewed unless notice was received by 30 September 2023. E-4 may not end on 15 December.
SELECT * FROM pg_temp.ends('2023-03-15');
-- the calendar warns of that day, in words too, beside what the working days say of the notice; and of no end that fits
SELECT d.number, d.day, d.warning FROM wmo.decision_calendar_on('2023-03-15') d WHERE d.kind = 'termination_notice' AND d.warning IS NOT NULL ORDER BY 1;
UPDATE wmo.contract_ending SET notice = NULL WHERE contract_id = 4 AND kind = 'termination';
SELECT d.number, d.day, d.warning FROM wmo.decision_calendar_on('2023-03-15') d WHERE d.number = 'E-4' AND d.kind = 'termination_notice';
UPDATE wmo.contract_ending SET notice = '3 months', planned_end = '2024-11-30' WHERE contract_id = 4 AND kind = 'termination';
SELECT d.number, d.day, d.warning FROM wmo.decision_calendar_on('2023-03-15') d WHERE d.number = 'E-4' AND d.kind = 'termination_notice';
UPDATE wmo.contract_ending SET planned_end = '2024-12-15' WHERE contract_id = 4 AND kind = 'termination';
-- after that day nobody knows whether E-3 was renewed, until it is recorded; it never lapses
SELECT * FROM pg_temp.ends('2024-02-01') WHERE number = 'E-3';
SELECT d, s.state FROM unnest('{2023-12-31,2024-01-01}'::date[]) d CROSS JOIN LATERAL wmo.option_terms('[2022-01-01,2024-01-01)+P1Y+P1Y', d) s WHERE s.option_no = 1;
INSERT INTO wmo.contract_change (contract_id, kind, received_on) VALUES (3, 'extension', '2023-10-01');
SELECT * FROM pg_temp.ends('2024-02-01') WHERE number = 'E-3';
-- with the last option taken, what follows is not in the period
INSERT INTO wmo.contract_change (contract_id, kind, received_on) VALUES (3, 'extension', '2024-10-01');
SELECT * FROM pg_temp.ends('2025-02-01') WHERE number = 'E-3';
-- terminated: by the ledger, and no notice is asked any more
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on) VALUES (2, 'early_end', '2024-06-01', '2025-01-01');
SELECT * FROM pg_temp.ends('2024-06-15') WHERE number = 'E-2';

-- a new tender: nine months for an open one, a year by Leek's own record; none is recorded for an admission; nothing ships
SELECT count(*) AS shipped FROM wmo.tender_lead_time;
INSERT INTO wmo.source (id, article) VALUES (1, 'Evaluatie inkoop 2021');
INSERT INTO wmo.tender_lead_time (buyer_id, procedure, lead, source_id) VALUES (NULL, 'open', '9 months', 1), (2, 'open', '1 year', 1), (NULL, 'unknown', '180 days', NULL);
SELECT d.number, d.state, d.day, d.working_day, d.detail, d.source FROM wmo.decision_calendar_on('2025-04-02') d WHERE d.kind = 'tender_start' ORDER BY 1;
-- from a contract to its tender, with an award and without; E-7 has neither
SELECT number, tender_id, basis, award_id FROM wmo.contract_tender ORDER BY number;
SELECT pg_temp.verdict($$UPDATE wmo.contract SET tender_id = 1 WHERE number = 'E-4'$$);
ROLLBACK;
