-- How a contract runs over its parts: until the last of them ends, as the ledger had it on a day.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Stad', 'municipality'), (2, 'Zorg A', 'provider');
INSERT INTO wmo.area (id, name, kind) VALUES (1, 'Noord', 'working_area'), (2, 'Zuid', 'working_area');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES
  (1, 'A', 1, 2, '[2019-01-01,2021-01-01)+P1Y'), (2, 'B', 1, 2, '[2019-01-01,?)'), (3, 'C', 1, 2, '[2019-01-01,2021-01-01)'), (4, 'D', 1, 2, '[2019-01-01,)');
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, valid) VALUES (1, 1, 10, 1, '(,)'), (2, 1, 10, 2, '(,)'), (3, 2, 10, 1, '(,)'), (4, 2, 10, 2, '(,2020-01-01)'), (5, 4, 10, 1, '(,)'), (6, 4, 10, 2, '(,)');
CREATE FUNCTION pg_temp.runs(contract text, on_date date, as_of date) RETURNS text LANGUAGE sql AS $$
  SELECT concat_ws(' | ', r.period, r.status, coalesce(r.last_day::text, r.end_kind), r.parts) FROM wmo.contracts_run(on_date, as_of) r WHERE r.number = contract $$;

-- all alike
SELECT r.number, r.period, r.status, r.last_day, r.end_kind, r.parts FROM wmo.contracts_run('2019-06-01', '2019-06-01') r WHERE r.number <> 'B' ORDER BY 1;
-- the days of a part are its own: one has ended, of the other no end is stated
SELECT d, pg_temp.runs('B', d, '2021-06-01') FROM unnest('{2018-06-01,2019-06-01,2020-06-01}'::date[]) d;
-- one part ends early, the other is extended: the contract runs until the last day of that
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, area_id) VALUES (1, 1, 'early_end', '2020-02-01', '2020-03-01', 2);
INSERT INTO wmo.contract_change (id, contract_id, kind, received_on, area_id) VALUES (2, 1, 'extension', '2020-10-01', 1);
SELECT d, pg_temp.runs('A', d, d) AS as_known_then, pg_temp.runs('A', d, '2030-01-01') AS as_known_later
FROM unnest('{2020-01-31,2020-02-15,2020-06-01,2020-10-01,2021-06-01,2022-01-01}'::date[]) d;
-- every part ends early by itself: the period of the contract does not know, its parts do
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, area_id) VALUES (3, 1, 'early_end', '2020-11-01', '2020-12-01', 1);
SELECT d, pg_temp.runs('A', d, '2030-01-01'), wmo.contract_status(c.period, d) FROM wmo.contract c, unnest('{2020-11-30,2020-12-01,2022-06-01}'::date[]) d WHERE c.id = 1;
-- what a provider's fall would leave says the last day of the part
SELECT e.area, e.last_day FROM wmo.exit_impact(2, '2020-01-15', '2020-02-15') e WHERE e.number = 'A' ORDER BY 1;
-- of a contract without an end a part is taken out, and one comes later
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, area_id) VALUES (4, 4, 'scope_removed', '2020-02-01', '2020-03-01', 2), (5, 4, 'scope_removed', '2020-05-01', '2020-07-01', 1);
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, service_id) VALUES (6, 4, 'scope_added', '2021-01-01', '2021-03-01', 20);
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, added_by_id) VALUES (7, 4, 20, 1, 6);
SELECT d, pg_temp.runs('D', d, d) AS as_known_then, pg_temp.runs('D', d, '2030-01-01') AS as_known_later FROM unnest('{2020-01-31,2020-04-01,2020-08-01,2021-02-01,2021-06-01}'::date[]) d;
-- an early end, and an extension, of which nobody says when they were decided: entered on 1 February 2020, they count since then; before
-- that nobody can tell how the contract ends, nor how it runs from the day on which that makes a difference
INSERT INTO wmo.contract_change (id, contract_id, kind, effective_on, entered_on) VALUES (7, 3, 'early_end', '2020-03-01', '2020-02-01');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (5, 'E', 1, 2, '[2019-01-01,2021-01-01)+P1Y');
INSERT INTO wmo.contract_change (id, contract_id, kind, effective_on, entered_on) VALUES (8, 5, 'extension', '2021-01-01', '2020-02-01');
SELECT r.number, a.as_of, a.d, r.status, r.last_day, r.end_kind
FROM (VALUES ('2019-06-01'::date, '2019-06-01'::date), ('2020-01-31', '2020-01-31'), ('2020-01-31', '2020-06-01'), ('2020-01-31', '2021-06-01'), ('2020-02-01', '2020-06-01')) a (as_of, d)
CROSS JOIN LATERAL wmo.contracts_run(a.d, a.as_of) r WHERE r.number IN ('C', 'E') ORDER BY 1, 2, 3;
-- an option of which it is not recorded whether it was exercised: after the end nobody knows whether the contract runs, nor until when, with
-- a notice time as without one; declined, or once no option is left, it has ended. Renewed tacitly it may run on
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (6, 'F', 1, 2, '[2019-01-01,2021-01-01)+P1Y notice P3M'), (7, 'G', 1, 2, '[2019-01-01,2021-01-01)+P1Y'), (8, 'H', 1, 2, '[2019-01-01,2021-01-01)+P1Y(declined)'),
  (9, 'I', 1, 2, '[2019-01-01,2021-01-01)+P1Y'), (10, 'J', 1, 2, '[2019-01-01,2021-01-01)+P1Y notice P3M');
INSERT INTO wmo.contract_ending (contract_id, kind, notice, renewed_by) VALUES (9, 'tacit_renewal', '3 months', '1 year');
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, valid) VALUES (8, 10, 10, 1, '(,)'), (9, 10, 10, 2, '(,2020-01-01)');
SELECT r.number, d, r.status, r.last_day, r.end_kind FROM unnest('{2020-12-31,2021-06-01,2022-01-01}'::date[]) d CROSS JOIN LATERAL wmo.contracts_run(d, '2022-06-01') r WHERE r.number IN ('F', 'G', 'H', 'I', 'J') ORDER BY 1, 2;
-- a suspended contract is suspended until the day on which that ends, where one is recorded; it is of the whole only where all parts are
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (11, 'K', 1, 2, '[2019-01-01,2021-01-01)'), (12, 'L', 1, 2, '[2019-01-01,2021-01-01)'), (13, 'M', 1, 2, '[2019-01-01,2021-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (11, 10, 1), (12, 10, 1), (13, 10, 1), (13, 10, 2);
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, until, area_id) VALUES (11, 'suspension', '2019-05-01', '2019-06-01', NULL, NULL), (12, 'suspension', '2019-05-01', '2019-06-01', '2019-08-01', NULL), (13, 'suspension', '2019-05-01', '2019-06-01', NULL, 1);
SELECT r.number, d, r.status, r.last_day, r.parts FROM unnest('{2019-05-31,2019-07-01,2020-06-01,2021-01-01}'::date[]) d CROSS JOIN LATERAL wmo.contracts_run(d, '2022-06-01') r WHERE r.number IN ('K', 'L', 'M') ORDER BY 1, 2;
-- an award that was withdrawn or is void: what became of a contract under it its period does not say, from that day on where it was signed before, and
-- else from ever; known since that day, and not where the contract was over by then or the award stands again
INSERT INTO wmo.award (id, decided, withdrawn_on, annulled_on, revived_on) VALUES (1, '[2018-07-02,2018-07-02]', NULL, '2019-09-01', NULL), (2, '[2018-07-02,2018-07-02]', '2019-09-01', NULL, NULL),
  (3, '[2018-07-02,2018-07-02]', '2019-09-01', NULL, '2020-01-01'), (4, '[2018-07-02,2018-07-02]', NULL, NULL, NULL);
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id, signed_on) SELECT 20 + n, 'W' || n, 1, 2, CASE WHEN n = 6 THEN '[2019-01-01,2019-06-01)' ELSE '[2019-01-01,2021-01-01)' END::wmo.contract_period,
  (ARRAY[1, 2, 2, 3, 4, 1])[n], CASE WHEN n <> 3 THEN '2018-09-01'::date END FROM generate_series(1, 6) n;
SELECT r.number, a.as_of, a.d, r.status, r.last_day, r.end_kind
FROM (VALUES ('2019-08-31'::date, '2019-10-01'::date), ('2019-10-01', '2018-12-01'), ('2019-10-01', '2019-08-01'), ('2019-10-01', '2019-10-01'), ('2021-06-01', '2021-06-01')) a (as_of, d)
CROSS JOIN LATERAL wmo.contracts_run(a.d, a.as_of) r WHERE r.number LIKE 'W%' ORDER BY 1, 2, 3;
SELECT b.number, b.last_day, b.end_kind, b.terminated FROM wmo_bi.contract b WHERE b.number LIKE 'W%' ORDER BY 1;

-- What it says may be less sure than it looks, and then says so: a decline, a stop or a contract by our reading of a source, an extension of which the receipt is not recorded;
-- by what was known then. Where every award of its tender to its supplier was withdrawn the report says no last day either.
INSERT INTO wmo.source (id, article, basis, reading) VALUES (91, 'Krant', 'inferred', 'the year is that of the paper');
INSERT INTO wmo.tender (id, title) VALUES (91, 'Ingetrokken');
INSERT INTO wmo.award (id, tender_id, supplier_id, withdrawn_on) SELECT 91, 91, c.supplier_id, '2019-03-01' FROM wmo.contract c WHERE c.number = 'B';
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, source_id, tender_id, entered_on)
SELECT 90 + n, 'L' || n, b.buyer_id, b.supplier_id, '[2019-01-01,2021-01-01)+P1Y+P1Y notice P3M', CASE WHEN n = 4 THEN 91 END, CASE WHEN n = 5 THEN 91 END, '2018-12-01' FROM wmo.contract b CROSS JOIN generate_series(1, 5) n WHERE b.number = 'B';
INSERT INTO wmo.contract_scope (contract_id, service_id, entered_on) SELECT 90 + n, 70, '2018-12-01' FROM generate_series(1, 5) n;
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, received_on, effective_on, option_no, source_id) VALUES
  (91, 'option_declined', '2020-05-01', '2020-05-02', NULL, 1, 91), (92, 'extension', '2020-05-01', NULL, NULL, 1, NULL), (93, 'extension', '2020-05-01', '2020-05-02', NULL, 1, 91);
SELECT d, r.number, r.status, r.last_day, r.warning FROM unnest('{2020-04-30,2020-06-01}'::date[]) d CROSS JOIN LATERAL wmo.contracts_run(d, d) r WHERE r.number LIKE 'L%' ORDER BY 1, 2;
SELECT b.number, b.last_day, b.end_kind FROM wmo_bi.contract b WHERE b.number = 'L5';
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id, source_id) SELECT 90 + n, 'transfer', '2020-05-01', '2020-08-01', c.buyer_id, CASE n WHEN 4 THEN 91 END FROM wmo.contract c CROSS JOIN generate_series(2, 4, 2) n WHERE c.number = 'B';
SELECT b.number, b.taken_over_on, b.taken_over_inferred FROM wmo_bi.contract b WHERE b.number LIKE 'L%' ORDER BY 1;
-- a part that went to another party leaves the rest with who was merged away; all of it, known by then, does not
INSERT INTO wmo.party (id, name, kind) VALUES (95, 'Opgegaan', 'provider'), (96, 'Samen', 'provider'), (97, 'Derde', 'provider');
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on) VALUES (95, 96, 'merger', '2020-03-01');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, signed_on) SELECT 95 + n, 'M' || n || ' opgegaan', b.buyer_id, 95, '[2019-01-01,2022-01-01)', '2018-12-01' FROM wmo.contract b CROSS JOIN generate_series(1, 2) n WHERE b.number = 'B';
INSERT INTO wmo.contract_scope (contract_id, service_id, entered_on) SELECT 95 + n, s, '2018-12-01' FROM generate_series(1, 2) n CROSS JOIN unnest('{70,80}'::integer[]) s;
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id, service_id) VALUES (96, 'transfer', '2020-05-01', '2020-06-01', 97, 70), (97, 'transfer', '2020-05-01', '2020-06-01', 97, NULL);
SELECT d, r.number, r.warning FROM unnest('{2020-04-30,2020-07-01}'::date[]) d CROSS JOIN LATERAL wmo.contracts_run(d, d) r WHERE r.number LIKE '%opgegaan' ORDER BY 1, 2;
-- a transfer of the whole contract that became known later silences the warning of a merger only since then
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, signed_on) SELECT 98, 'M3 opgegaan', b.buyer_id, 95, '[2019-01-01,2022-01-01)', '2018-12-01' FROM wmo.contract b WHERE b.number = 'B';
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id) VALUES (98, 'transfer', '2020-09-01', '2020-06-01', 97);
SELECT d, r.warning FROM unnest('{2020-07-01,2020-08-31,2020-09-01}'::date[]) d CROSS JOIN LATERAL wmo.contracts_run(d, d) r WHERE r.contract_id = 98 ORDER BY 1;
-- the last day of which nobody said whether there are options after it; once there are, it has ended early, or it has no end, that is no matter
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, options_stated) SELECT 100 + n, 'N' || n, b.buyer_id, 2, p::wmo.contract_period, n = 2
FROM wmo.contract b CROSS JOIN unnest('{"[2019-01-01,2021-01-01)","[2019-01-01,2021-01-01)","[2019-01-01,2021-01-01)+P1Y","[2019-01-01,)","[2019-01-01,?)","[2019-01-01,2021-01-01)"}'::text[]) WITH ORDINALITY p (p, n) WHERE b.number = 'B';
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on) VALUES (106, 'early_end', '2020-02-01', '2020-04-01');
SELECT d, r.number, r.status, r.last_day, r.end_kind, r.warning FROM unnest('{2020-06-01,2021-06-01}'::date[]) d CROSS JOIN LATERAL wmo.contracts_run(d, d) r WHERE r.number ~ '^N[0-9]' ORDER BY 1, 2;
SELECT c.number, c.kind, c.warning FROM wmo.decision_calendar_on('2020-06-01') c WHERE c.number IN ('N1', 'N2') ORDER BY 1, 2;
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (101, 100, 1), (102, 100, 1);
SELECT e.contract, e.rule, e.verdict, e.explanation FROM wmo_works.explain_answer('', ARRAY[(1, 'whole', true, true, 'certain', NULL)::wmo_works.area_match], (SELECT code FROM wmo.service WHERE id = 100), '2020-06-01', 40, NULL, NULL, '2020-06-01') e WHERE e.rule = 'period' ORDER BY 1, e.step;
SELECT t.number, t.doubts, wmo_works.doubts_text(t.doubts, wmo_works.picture_words('nl')) FROM wmo_works.timeline_rows('2020-06-01', NULL, NULL, NULL) t WHERE t.number IN ('N1', 'N2') ORDER BY 1;
-- by a day before its signing a contract is not there, neither here nor in its periods; where nobody says since when it stood, that is said
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, signed_on, known_on, entered_on) VALUES (60, 'Y1', 1, 2, '[2020-01-01,2028-01-01)+P1Y', '2019-11-01', NULL, '2019-11-05'), (61, 'Y2', 1, 2, '[2020-01-01,2028-01-01)', NULL, '2019-10-01', '2019-11-05'),
  (62, 'Y3', 1, 2, '[2020-01-01,2028-01-01)', NULL, NULL, '2019-11-05');
SELECT d AS as_of, r.number, r.status, r.last_day, r.warning, p.period FROM unnest('{2019-09-30,2019-10-01,2019-11-01,2019-11-05}'::date[]) d CROSS JOIN LATERAL wmo.contracts_run('2020-06-01', d) r
LEFT JOIN wmo.contract_periods_on(d) p ON p.contract_id = r.contract_id WHERE r.number LIKE 'Y%' ORDER BY 1, 2;
-- under an award it may have been agreed before it was signed, but not before that was decided
INSERT INTO wmo.award (id, decided) VALUES (60, '[2019-09-01,2019-09-01]');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id, signed_on) VALUES (63, 'Y4', 1, 2, '[2020-01-01,2028-01-01)', 60, '2019-11-01');
SELECT d AS as_of, r.number, r.status FROM unnest('{2019-08-31,2019-09-01,2019-11-01}'::date[]) d CROSS JOIN LATERAL wmo.contracts_run('2020-06-01', d) r WHERE r.number = 'Y4' ORDER BY 1;
-- of a suspension without an end nobody can tell until when it lasts, but where it was ended
SELECT r.number, r.warning FROM wmo.contracts_run('2019-07-01', '2030-01-01') r WHERE r.number IN ('K', 'L', 'M') ORDER BY 1;
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on) VALUES (11, 'suspension_ended', '2019-09-01', '2019-10-01');
SELECT r.number, r.status, r.warning FROM wmo.contracts_run('2019-12-01', '2030-01-01') r WHERE r.number = 'K';
-- scopes of another lot than the award of their contract: where that lot went to somebody else, nothing of the contract is sure, or not that part
INSERT INTO wmo.party (id, name, kind) VALUES (3, 'Zorg B', 'provider');
INSERT INTO wmo.tender (id, title, procedure, above_threshold) VALUES (70, 'T', 'open', true);
INSERT INTO wmo.lot (id, tender_id, name) VALUES (71, 70, 'L1'), (72, 70, 'L2');
INSERT INTO wmo.award (id, tender_id, lot_id, supplier_id, decided, sent, final_on, final_basis) VALUES (71, 70, 71, 2, '[2019-03-01,2019-03-01]', '[2019-03-01,2019-03-01]', '2019-04-01', 'recorded'), (72, 70, 72, 3, '[2019-03-01,2019-03-01]', '[2019-03-01,2019-03-01]', '2019-04-01', 'recorded');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id, tender_id, signed_on) VALUES (71, 'Z1', 1, 2, '[2020-01-01,2024-01-01)+P1Y', 71, NULL, '2019-06-01'), (72, 'Z2', 1, 2, '[2020-01-01,2024-01-01)+P1Y', 71, NULL, '2019-06-01'),
  (73, 'Z3', 1, 2, '[2020-01-01,2024-01-01)+P1Y', NULL, 70, '2019-06-01'), (74, 'Z4', 1, 2, '[2020-01-01,2024-01-01)+P1Y', 71, NULL, '2019-06-01');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, lot_id) VALUES (71, 10, 2, 72), (72, 10, 2, 72), (72, 10, 1, 71), (73, 10, 2, 72), (73, 10, 1, 71), (74, 10, 1, 71);
SELECT r.number, r.status, r.last_day, r.end_kind, r.warning FROM wmo.contracts_run('2021-01-01', '2021-01-01') r WHERE r.number LIKE 'Z%' ORDER BY 1;
SELECT b.number, b.last_day, b.end_kind FROM wmo_bi.contract b WHERE b.number LIKE 'Z%' ORDER BY 1;
ROLLBACK;
