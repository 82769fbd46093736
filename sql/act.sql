-- One call for one act: it writes what the recipe of docs/cookbook.md writes, refuses what cannot be, and says what is to be noticed.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Gemeente Bovendal', 'municipality'), (2, 'Gemeente Benedendal', 'municipality'), (3, 'Hulp Thuis', 'provider'), (4, 'Zorg Klein', 'provider'),
  (5, 'Zorg Groot', 'provider'), (6, 'Zorg Groot', 'consortium');
INSERT INTO wmo.party_identifier (party_id, scheme, value) VALUES (5, 'agb', '00000005');
INSERT INTO wmo.area (id, code, name, kind) VALUES (1, NULL, 'Noord', 'working_area'), (2, 'GM0014', 'Groningen', 'municipality'), (3, NULL, 'Zuid', 'working_area');
INSERT INTO wmo.tender (id, title) VALUES (1, 'Hulp 2023');
INSERT INTO wmo.award (id, tender_id, decided, sent) VALUES (1, 1, '[2022-11-01,2022-11-02)', '[2022-11-01,2022-11-02)');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id) VALUES
  (1, 'HH-01', 1, 3, '[2023-01-01,2026-01-01)+P1Y+P1Y notice P6M', 1), (2, 'BG-01', 1, 4, '[2023-01-01,2027-01-01)', NULL), (3, 'BG-02', 1, 4, '[2023-01-01,2027-01-01)', NULL),
  (4, 'BG-01', 2, 4, '[2023-01-01,2027-01-01)', NULL), (5, 'OPT', 1, 4, '[2023-01-01,2026-01-01)+P1Y+P1Y', NULL), (6, 'NOBODY', 1, NULL, '[2023-01-01,2026-01-01)', NULL);
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (1, 10, 1), (1, 10, 2), (2, 20, 1), (3, 20, 1), (4, 20, 1), (5, 20, 1);
CREATE FUNCTION pg_temp.ledger(contract integer) RETURNS SETOF text LANGUAGE sql AS $$
  SELECT concat_ws(' ', ch.kind, 'decided', ch.decided_on, 'received', ch.received_on, 'effective', ch.effective_on, 'until', ch.until, 'option', ch.option_no, 'to', ch.to_party_id,
                   'service', ch.service_id, 'area', ch.area_id, ch.reason) FROM wmo.contract_change ch WHERE ch.contract_id = contract ORDER BY ch.id $$;

-- which contract: by number, and by buyer where two use it
SELECT wmo.contract_id('HH-01'), wmo.contract_id('BG-01', 'gemeente benedendal');
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.contract_id('BG-01')$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.contract_id('HH-1')$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.contract_id('HH-01', 'Gemeente Benedendal')$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.contract_id(NULL)$$);

-- signing, while the award is not out of reach, and once only
SELECT a.act, a.change_id IS NULL AS not_in_the_ledger, a.remark IS NOT NULL AS warned FROM wmo.sign_contract('HH-01', '2022-11-10') a;
SELECT a.act, a.remark FROM wmo.sign_contract('BG-02', '2022-12-01') a;
SELECT c.number, c.signed_on FROM wmo.contract c WHERE c.signed_on IS NOT NULL ORDER BY 1;
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.sign_contract('HH-01', '2022-11-11')$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.sign_contract('HH-01', NULL)$$);

-- recipe 6: the first option for Noord only, received before its notice day 2025-06-30
SELECT a.act, a.period, a.remark FROM wmo.extend_contract('HH-01', received_on => '2025-06-20', option_no => 1, area => 'Noord') a;
SELECT * FROM pg_temp.ledger(1);
-- late: refused, and recorded as late when asked; receipt unknown is said
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.extend_contract('HH-01', received_on => '2025-07-01', area => 'GM0014')$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.extend_contract('HH-01', decided_on => '2025-07-01', area => 'GM0014')$$) WHERE part = 'detail';
SELECT a.act, a.remark FROM wmo.extend_contract('HH-01', received_on => '2025-07-01', area => 'GM0014', late => true) a;
SELECT a.period, a.remark FROM wmo.extend_contract('OPT', decided_on => '2025-05-01', reason => 'Collegebesluit') a;
-- no option, but an agreement
SELECT a.act, a.period, a.remark FROM wmo.extend_contract('BG-01', received_on => '2026-06-01', last_day => '2027-06-30', buyer => 'Gemeente Benedendal') a;
-- agreed after the notice day of an option, or on its last day where none is asked: that it is open again is not recorded, nor when it is exercised then; agreed in time it is
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (61, 'LAPSED', 1, 4, '[2022-01-01,2025-01-01)+P1Y+P1Y notice P3M'), (62, 'IN TIME', 1, 4, '[2022-01-01,2025-01-01)+P1Y notice P3M'),
  (63, 'NO NOTICE', 1, 4, '[2022-01-01,2025-01-01)+P1Y'), (64, 'DECLINED', 1, 4, '[2022-01-01,2025-01-01)+P1Y(declined) notice P3M');
SELECT n, a.act, a.period, a.remark FROM unnest('{LAPSED,IN TIME,NO NOTICE,DECLINED}'::text[], '{2024-12-20,2024-09-30,2025-01-01,2024-12-20}'::date[]) t (n, d) CROSS JOIN LATERAL wmo.extend_contract(n, received_on => d, last_day => '2025-03-31') a ORDER BY n;
SELECT n, a.act, a.period, a.remark FROM unnest('{LAPSED,IN TIME}'::text[]) n CROSS JOIN LATERAL wmo.extend_contract(n, received_on => '2024-12-28') a ORDER BY n;
SELECT c.number, ch.until, w.warning FROM wmo.contract_change_warning w JOIN wmo.contract_change ch ON ch.id = w.change_id JOIN wmo.contract c ON c.id = w.contract_id WHERE c.id BETWEEN 61 AND 64 ORDER BY 1, 2, 3;
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.extend_contract('BG-02', received_on => '2026-06-01')$$) WHERE part = 'message';
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.extend_contract('HH-01', received_on => '2025-06-01', area => 'Zuid')$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.extend_contract('HH-01', received_on => '2025-06-01', service => 'hulp')$$) WHERE part = 'message';

-- declining
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (7, 'DEC', 1, 4, '[2023-01-01,2026-01-01)+P1Y+P1Y');
SELECT a.act, a.period, a.remark FROM wmo.decline_extension('DEC', decided_on => '2025-09-01') a;
SELECT * FROM pg_temp.ledger(7);
SELECT a.act, a.period, a.remark FROM wmo.decline_extension('OPT', decided_on => '2026-02-01', option_no => 2, area => 'Noord') a;
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.decline_extension('BG-02', decided_on => '2025-09-01')$$) WHERE part = 'message';
SELECT pg_temp.verdict($$SELECT wmo.decline_extension('HH-01')$$);
-- an early end that is revoked, a suspension that ends on another day than was said
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (8, 'REV', 1, 4, '[2023-01-01,2026-01-01)');
SELECT a.act, a.period FROM wmo.end_contract('REV', last_day => '2025-06-30', decided_on => '2025-03-15') a;
SELECT a.act, a.period, a.remark FROM wmo.revoke_end('REV', received_on => '2025-04-01', reason => 'Toch door') a;
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.revoke_end('REV', received_on => '2025-04-02')$$) WHERE part = 'message';
SELECT a.act, a.period FROM wmo.end_contract('REV', last_day => '2025-10-31', decided_on => '2025-04-03') a;
SELECT a.act, a.period FROM wmo.end_contract('REV', last_day => '2025-08-31', decided_on => '2025-04-04') a;
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.revoke_end('REV', received_on => '2025-04-05')$$);
SELECT a.act, a.period FROM wmo.revoke_end('REV', last_day => '2025-08-31', received_on => '2025-04-05') a;
SELECT a.act, a.period FROM wmo.revoke_end('REV', received_on => '2025-04-06') a;
SELECT a.act FROM wmo.suspend_contract('REV', first_day => '2025-05-01') a;
SELECT a.act, a.remark FROM wmo.resume_contract('REV', first_day => '2025-05-15', decided_on => '2025-05-10') a;
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.resume_contract('BG-02', '2025-05-15')$$);
SELECT * FROM pg_temp.ledger(8);

-- recipe 3: an early end; recipe 7: a takeover, with and without succession
SELECT a.act, a.period FROM wmo.end_contract('BG-01', last_day => '2025-06-30', decided_on => '2025-03-15', reason => 'Beëindigd met wederzijds goedvinden', buyer => 'Gemeente Bovendal') a;
SELECT * FROM pg_temp.ledger(2);
SELECT a.act, a.remark FROM wmo.transfer_contract('BG-02', '00000005', first_day => '2025-01-01', decided_on => '2024-11-01', succession => 'takeover', reason => 'Contractovername') a;
SELECT * FROM pg_temp.ledger(3);
SELECT s.predecessor_id, s.successor_id, s.kind, s.effective_on FROM wmo.party_succession s;
SELECT a.remark FROM wmo.transfer_contract('OPT', 'Hulp Thuis', first_day => '2025-01-01') a;
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.transfer_contract('BG-02', 'Zorg Groot', '2025-06-01')$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.transfer_contract('BG-02', 'Zorg Kein', '2025-06-01')$$) WHERE part <> 'detail';
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.transfer_contract('NOBODY', 'Hulp Thuis', '2025-06-01', succession => 'takeover')$$) WHERE part = 'message';
SELECT count(*) AS successions FROM wmo.party_succession;

-- suspension and client stop, each with its end
SELECT a.act, a.remark FROM wmo.suspend_contract('BG-02', first_day => '2025-03-01', last_day => '2025-03-31', service => 'begeleiding') a;
SELECT a.act, a.remark FROM wmo.stop_clients('BG-02', first_day => '2025-05-01', by_whom => 'supplier') a;
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.stop_clients('BG-02', first_day => '2025-06-01')$$);
SELECT pg_temp.verdict($$SELECT wmo.stop_clients('BG-02', '2025-06-01', by_whom => 'somebody', area => 'Noord')$$);
SELECT a.act FROM wmo.take_clients_again('BG-02', '2025-07-01', known_on => '2025-06-16') a;
SELECT s.during, s.by_whom, l.effective_on, l.known_on FROM wmo.client_stop s JOIN wmo.client_stop_lift l ON l.stop_id = s.id;
SELECT a.act FROM wmo.stop_clients('BG-02', first_day => '2025-08-01', last_day => '2025-08-31', known_on => '2025-07-20') a;
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.stop_clients('BG-02', first_day => '2025-06-30')$$) WHERE part = 'detail';
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.take_clients_again('BG-02', '2025-07-01')$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.stop_clients('BG-02', NULL)$$) WHERE part = 'message';
SELECT pg_temp.verdict($$SELECT wmo.stop_clients('BG-02', '2025-06-01', '2025-05-01')$$), pg_temp.verdict($$SELECT wmo.suspend_contract('BG-02', '2025-06-01', '2025-05-01')$$);

-- nulls never do anything in silence
SELECT tried, pg_temp.verdict(statement) FROM (VALUES
  ('an end without a day', $$SELECT wmo.end_contract('BG-02', NULL)$$), ('a transfer without a day', $$SELECT wmo.transfer_contract('BG-02', 'Hulp Thuis', NULL)$$),
  ('a transfer to nobody', $$SELECT wmo.transfer_contract('BG-02', NULL, '2025-01-01')$$), ('a suspension without a day', $$SELECT wmo.suspend_contract('BG-02', NULL)$$),
  ('an extension without a day', $$SELECT wmo.extend_contract('HH-01')$$), ('no stop to end', $$SELECT wmo.take_clients_again('BG-02', NULL)$$)) v (tried, statement);

SELECT part, words FROM pg_temp.whole_error($$SELECT wmo.end_contract('BG-02', NULL)$$);
SELECT tried, pg_temp.verdict(statement) FROM (VALUES
  ('to another from no day', $$SELECT wmo.transfer_contract('BG-02', 'Hulp Thuis', NULL)$$), ('suspended from no day', $$SELECT wmo.suspend_contract('BG-02', NULL)$$),
  ('serves again from no day', $$SELECT wmo.resume_contract('BG-02', NULL)$$), ('to whom has it', $$SELECT wmo.transfer_contract('HH-01', 'Hulp Thuis', '2025-01-01')$$),
  ('to whom has it, by a transfer', $$SELECT wmo.transfer_contract('BG-02', '00000005', '2025-06-01', succession => 'takeover')$$)) v (tried, statement);
-- one succession takes several contracts along
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (9, 'BG-03', 1, 4, '[2023-01-01,2027-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (9, 20, 1), (9, 10, 1);
SELECT a.act, a.remark FROM wmo.transfer_contract('BG-03', '00000005', first_day => '2025-01-01', decided_on => '2024-11-01', succession => 'takeover') a;
SELECT count(*) AS successions FROM wmo.party_succession;
-- several stops at once are lifted at once, and it is said which
SELECT a.act FROM wmo.stop_clients('BG-03', first_day => '2025-03-01', by_whom => 'buyer') a;
SELECT a.act FROM wmo.stop_clients('BG-03', first_day => '2025-04-01', by_whom => 'supplier', service => 'begeleiding', area => 'Noord') a;
SELECT a.act, a.remark FROM wmo.take_clients_again('BG-03', '2025-07-01') a;

-- only who may write
CREATE ROLE regress_act_reader;
SELECT wmo.wmo_grant('regress_act_reader');
GRANT INSERT ON refusal TO regress_act_reader;
SET ROLE regress_act_reader;
SELECT pg_temp.verdict($$SELECT wmo.end_contract('BG-02', '2026-01-31')$$), pg_temp.verdict($$SELECT wmo.sign_contract('OPT', '2022-12-31')$$);
RESET ROLE;
-- what falls outside all days of a contract is written, and said
SELECT a.act, a.remark FROM wmo.suspend_contract('NOBODY', '2026-01-01') a;
SELECT a.act, a.remark FROM wmo.suspend_contract('NOBODY', '2025-12-31', '2026-01-31') a;
SELECT a.act, a.remark FROM wmo.transfer_contract('NOBODY', 'Hulp Thuis', '2026-01-01') a;
SELECT a.act, a.remark FROM wmo.stop_clients('BG-01', '2022-01-01', '2022-12-31', buyer => 'Gemeente Benedendal') a;
SELECT a.act, a.remark FROM wmo.stop_clients('BG-01', '2023-01-01', '2023-12-31', service => 'individuele_begeleiding', buyer => 'Gemeente Benedendal') a;
SELECT a.act, a.remark FROM wmo.stop_clients('BG-01', '2024-01-01', service => 'kortdurend_verblijf', buyer => 'Gemeente Benedendal') a;
-- of a contract that names its tender alone, and of one with another lot than its award, the award that can be fought is told at signing too
INSERT INTO wmo.party (id, name, kind) VALUES (901, 'Stad Negen', 'municipality'), (902, 'Zorg Negen', 'provider');
INSERT INTO wmo.tender (id, title, procedure) VALUES (901, 'T9', 'sas');
INSERT INTO wmo.tender_buyer (tender_id, buyer_id) VALUES (901, 901);
INSERT INTO wmo.lot (id, tender_id, name) VALUES (901, 901, '1'), (902, 901, '2');
INSERT INTO wmo.award (id, tender_id, lot_id, supplier_id, decided, sent, final_on, final_basis) VALUES (901, 901, 901, 902, '[2020-10-12,2020-10-12]', '[2020-10-12,2020-10-12]', '2020-10-20', 'recorded'), (902, 901, 902, 902, '[2020-10-12,2020-10-12]', '[2020-10-12,2020-10-12]', NULL, NULL);
INSERT INTO wmo.award_challenge (award_id, kind, lodged) VALUES (902, 'summary_proceedings', '2020-10-20');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, tender_id, award_id) VALUES (901, 'N9-1', 901, 902, '[2021-01-01,2023-01-01)', 901, NULL), (902, 'N9-2', 901, 902, '[2021-01-01,2023-01-01)', NULL, 901), (903, 'N9-3', 901, 902, '[2021-01-01,2023-01-01)', 901, NULL);
INSERT INTO wmo.contract_scope (contract_id, service_id, lot_id) VALUES (901, 10, 902), (902, 10, 902), (903, 10, 901);
SELECT n, (wmo.sign_contract('N9-' || n, '2020-10-25', 'Stad Negen')).remark FROM generate_series(1, 3) n;
ROLLBACK;
