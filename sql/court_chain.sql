-- The court chain: instances, who appealed and until when, partial outcomes, days that are not known, and the contract.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Groningen', 'municipality'), (2, 'Zorg A', 'provider'), (3, 'Zorg B', 'provider');
INSERT INTO wmo.tender (id, title, procedure, above_threshold) VALUES (1, 'Begeleiding', 'open', true), (2, 'Toelating', 'open_house', NULL), (3, 'Sociaal', 'sas', NULL);
INSERT INTO wmo.award (id, tender_id, supplier_id, decided, sent, standstill) VALUES
  (1, 1, 2, '[2018-07-24,2018-07-25)', '[2018-07-24,2018-07-25)', wmo.objection_period('standstill', '2018-07-24')),
  (2, 2, 2, '[2018-07-24,2018-07-25)', '[2018-07-24,2018-07-25)', wmo.objection_period('admission_standstill', '2018-07-24')),
  (3, 3, 2, '[2022-06-01,2022-06-02)', '[2022-06-01,2022-06-02)', wmo.objection_period('sas_standstill', '2022-06-01'));
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged_by, lodged, ruled, outcome) VALUES (1, 1, 'summary_proceedings', 'claimant', '2018-08-10', '2018-09-25', 'dismissed');

-- Four weeks from Tuesday 25 September 2018: Tuesday 23 October. An appeal is not told before it is lodged.
SELECT step, day, latest_day, what, state, confidence FROM wmo.court_chain(1, '2018-10-23');
SELECT d, state FROM unnest('{2018-09-24,2018-10-23,2018-10-24}'::date[]) d LEFT JOIN LATERAL wmo.court_chain(1, d) c ON c.what = 'appeal';
SELECT d.kind, d.state, d.day, d.latest_day, d.decision, d.detail, d.warning FROM wmo.decision_calendar_on('2018-10-01') d WHERE d.kind = 'remedy_end';
INSERT INTO wmo.award_challenge (id, award_id, kind, against_id, lodged_by, lodged, ruled, outcome, ordered) VALUES
  (2, 1, 'appeal', 1, 'claimant', '2018-10-05', '2019-03-26', 'partly_upheld', 'to_reassess');
-- lodged in the term; partly upheld on 26 March 2019, with eight weeks for cassation: 21 May
SELECT step, day, latest_day, what, challenge_id, state, detail FROM wmo.court_chain(1, '2019-05-21');
SELECT d.day, d.decision FROM wmo.decision_calendar_on('2019-04-01') d WHERE d.kind = 'remedy_end';
SELECT s.status, s.basis FROM wmo.award_status(1, '2019-04-01') s;
-- a new award decision ends the old one only where that is recorded
INSERT INTO wmo.award (id, tender_id, supplier_id, decided, sent, standstill, replaces_id) VALUES
  (4, 1, 3, '[2019-04-10,2019-04-11)', '[2019-04-10,2019-04-11)', wmo.objection_period('standstill', '2019-04-10'), 1);
SELECT what, state, detail FROM wmo.court_chain(1, '2019-05-01') WHERE what = 'new award';
UPDATE wmo.award SET withdrawn_on = '2019-04-10' WHERE id = 1;
SELECT what, state, detail FROM wmo.court_chain(1, '2019-05-01') WHERE what = 'new award';
SELECT what, detail FROM wmo.court_chain(4, '2019-05-01') WHERE what = 'award';
-- not before it was: what is told of a day is what was the case by then
SELECT what, state, detail FROM wmo.court_chain(1, '2019-04-09') WHERE what = 'new award';
UPDATE wmo.award SET withdrawn_on = '2019-04-20' WHERE id = 1;
SELECT d, what, detail FROM unnest('{2019-04-19,2019-04-20}'::date[]) d CROSS JOIN LATERAL wmo.court_chain(1, d) WHERE what = 'new award';
UPDATE wmo.award SET withdrawn_on = '2019-04-10' WHERE id = 1;
SELECT a, s.status FROM unnest('{1,4}'::integer[]) a CROSS JOIN LATERAL wmo.award_status(a, '2019-05-01') s;

-- terms by the Code of Civil Procedure: Good Friday 2019 and Easter, a month that is shorter, Koningsdag with an equated Friday
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged, ruled, outcome) VALUES
  (10, 3, 'summary_proceedings', '2019-03-01', '2019-03-22', 'upheld'), (11, 3, 'main_proceedings', '2022-07-01', '2023-11-30', 'dismissed'),
  (12, 3, 'main_proceedings', '2022-07-01', '2022-11-30', 'dismissed');
INSERT INTO wmo.award_challenge (id, award_id, kind, against_id, lodged, ruled, outcome) VALUES
  (13, 3, 'appeal', 12, '2022-12-20', '2023-01-27', 'dismissed'), (14, 3, 'appeal', NULL, '2023-12-20', '2024-03-01', 'dismissed'),
  (15, 3, 'appeal', 10, '2019-04-01', '2019-05-01', 'withdrawn');
SELECT challenge_id, remedy, regimes, ruled, last_day, latest_day, used_by_id, confidence FROM wmo.court_remedy WHERE award_id = 3 ORDER BY challenge_id;
SELECT warning FROM wmo.court_remedy WHERE challenge_id = 14;
DELETE FROM wmo.award_challenge WHERE award_id = 3;

-- the day of the summons is not known, or only about: it counts from the first day on which it can have been
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged_between) VALUES (20, 3, 'summary_proceedings', '[2022-06-15,2022-07-01)');
SELECT holds, because, lodged, lodged_latest FROM wmo.challenge_effect WHERE challenge_id = 20;
SELECT d, s.status, s.basis, s.pending FROM unnest('{2022-06-14,2022-06-15}'::date[]) d CROSS JOIN LATERAL wmo.award_status(3, d) s;
SELECT sign_from, sign_basis FROM wmo.award_term WHERE award_id = 3;
SELECT detail FROM wmo.decision_calendar_on('2022-06-20') WHERE kind = 'ruling' AND award_id = 3;
-- signed on a day on which it may have been pending: that cannot be told
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, signed_on, award_id) VALUES (3, 'C-3', 1, 2, '[2023-01-01,2027-01-01)', '2022-06-27', 3);
SELECT signed_on, signed_early FROM wmo.award_term WHERE award_id = 3;
UPDATE wmo.award_challenge SET lodged = '2022-06-16' WHERE id = 20;
SELECT signed_on, signed_early FROM wmo.award_term WHERE award_id = 3;
UPDATE wmo.award_challenge SET lodged = NULL, lodged_between = '[2022-06-01,)' WHERE id = 20;
SELECT because, lodged_latest FROM wmo.challenge_effect WHERE challenge_id = 20;
SELECT step, day, latest_day, what, state FROM wmo.court_chain(3, '2022-07-15');

SELECT what, state FROM wmo.court_chain(3, '2022-06-20') WHERE what = 'lodged';
-- an appeal lodged on one of some days, on the last of them too late; and one of which it is not recorded against which ruling it is
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged, ruled, outcome) VALUES (21, 3, 'summary_proceedings', '2022-06-10', '2022-08-01', 'dismissed');
INSERT INTO wmo.award_challenge (id, award_id, kind, against_id, lodged_between) VALUES (22, 3, 'appeal', 21, '[2022-08-20,2022-09-10)');
SELECT d, c.state, c.latest_day FROM unnest('{2022-08-19,2022-08-25,2022-09-09}'::date[]) d CROSS JOIN LATERAL wmo.court_chain(3, d) c WHERE c.what = 'appeal';
SELECT d, k.kind, k.day FROM unnest('{2022-08-19,2022-08-25,2022-08-29}'::date[]) d CROSS JOIN LATERAL wmo.decision_calendar_on(d) k WHERE k.kind = 'remedy_end' ORDER BY 1;
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged, ruled, outcome) VALUES (23, 3, 'main_proceedings', '2022-06-10', '2022-08-02', 'dismissed');
UPDATE wmo.award_challenge SET against_id = NULL, lodged_between = NULL, lodged = '2022-08-20' WHERE id = 22;
SELECT c.challenge_id, c.state, c.detail FROM wmo.court_chain(3, '2022-08-25') c WHERE c.what = 'appeal' ORDER BY 1;
SELECT k.day, k.warning FROM wmo.decision_calendar_on('2022-08-25') k WHERE k.kind = 'remedy_end' ORDER BY 1;
DELETE FROM wmo.award_challenge WHERE id IN (22, 23); DELETE FROM wmo.award_challenge WHERE id = 21;
-- sent on a known day, and nobody says when it was decided; the term to appeal ended in a year of which not all decrees are known
INSERT INTO wmo.award (id, sent, standstill) VALUES (5, '[2011-05-02,2011-05-02]', wmo.objection_period('standstill', '2011-05-02'));
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged, ruled, outcome) VALUES (24, 5, 'summary_proceedings', '2011-05-04', '2011-05-06', 'dismissed');
SELECT c.day, c.latest_day, c.what, c.state FROM wmo.court_chain(5, '2011-06-06') c;
SELECT c.state FROM wmo.court_chain(5, '2011-06-11') c WHERE c.what = 'appeal';

CREATE FUNCTION pg_temp.announced(day date) RETURNS TABLE (last_day date, latest_day date, warning text) LANGUAGE plpgsql AS $$
BEGIN
  UPDATE wmo.contract SET announced_on = day WHERE id = 3;
  RETURN QUERY SELECT n.last_day, n.latest_day, n.warning FROM wmo.contract_annulment n WHERE n.contract_id = 3;
END
$$;
-- the contract can be attacked: six months from Monday 27 June 2022, 27 December; announced on 12 July, thirty days: 11 August
SELECT law, last_day, latest_day, confidence, ground, warning FROM wmo.contract_annulment WHERE number = 'C-3';
UPDATE wmo.contract SET announced_on = '2022-07-12' WHERE id = 3;
SELECT last_day, latest_day, ground FROM wmo.contract_annulment WHERE number = 'C-3';
SELECT kind, day, latest_day, decision FROM wmo.decision_calendar_on('2022-08-01') WHERE kind = 'annulment_end';
-- seen before it was announced; and a contract that was signed later, when what had held the award may still have done
SELECT kind, day, latest_day, detail FROM wmo.decision_calendar_on('2022-07-11') WHERE kind = 'annulment_end';
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, signed_on, award_id) VALUES (4, 'C-4', 1, 2, '[2023-01-01,2027-01-01)', '2022-12-01', 3);
SELECT number, ground FROM wmo.contract_annulment WHERE number IN ('C-3', 'C-4') ORDER BY 1;
DELETE FROM wmo.contract WHERE id = 4;
SELECT count(*) FROM wmo.decision_calendar_on('2022-12-28') WHERE kind = 'annulment_end';
-- thirty days that end on Easter Monday 2023: by the Atw, if it holds, a day later
UPDATE wmo.contract SET signed_on = '2022-10-03', announced_on = '2023-03-11' WHERE id = 3;
SELECT last_day, latest_day FROM wmo.contract_annulment WHERE number = 'C-3';
-- announced when the six months had ended, on 3 April 2023, or shortly before: by the shortest reading thirty days open nothing beyond them
SELECT d, n.* FROM unnest('{2023-02-20,2023-03-20,2023-06-01}'::date[]) d CROSS JOIN LATERAL pg_temp.announced(d) n;
-- an admission is not reached by the article
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, signed_on, award_id) VALUES (2, 'C-2', 1, 2, '[2019-01-01,2023-01-01)', '2018-09-01', 2);
SELECT law, last_day, latest_day, confidence, ground FROM wmo.contract_annulment WHERE number = 'C-2';
SELECT what, state FROM wmo.court_chain(2, '2018-10-01');
SELECT count(*) AS difference FROM wmo.check_standing();

-- what is refused
SELECT tried, pg_temp.verdict(statement) FROM (VALUES
  ('no day at all', $$INSERT INTO wmo.award_challenge (award_id, kind) VALUES (1, 'appeal')$$),
  ('days without a first', $$INSERT INTO wmo.award_challenge (award_id, kind, lodged_between) VALUES (1, 'appeal', '(,2019-01-01)')$$),
  ('no days', $$INSERT INTO wmo.award_challenge (award_id, kind, lodged_between) VALUES (1, 'appeal', 'empty')$$),
  ('a day outside its days', $$INSERT INTO wmo.award_challenge (award_id, kind, lodged, lodged_between) VALUES (1, 'appeal', '2018-01-01', '[2019-01-01,)')$$),
  ('an appeal against the ruling on another award', $$INSERT INTO wmo.award_challenge (award_id, kind, against_id, lodged) VALUES (2, 'appeal', 1, '2019-01-01')$$),
  ('a letter against a ruling', $$INSERT INTO wmo.award_challenge (award_id, kind, against_id, lodged) VALUES (1, 'letter', 1, '2019-01-01')$$),
  ('lodged by nobody known', $$INSERT INTO wmo.award_challenge (award_id, kind, lodged_by, lodged) VALUES (1, 'letter', 'judge', '2019-01-01')$$),
  ('an order of a dismissal', $$INSERT INTO wmo.award_challenge (award_id, kind, lodged, ruled, outcome, ordered) VALUES (1, 'appeal', '2019-01-01', '2019-02-01', 'dismissed', 'not_to_sign')$$),
  ('ruled before it can be lodged', $$INSERT INTO wmo.award_challenge (award_id, kind, lodged_between, ruled, outcome) VALUES (1, 'appeal', '[2019-01-01,)', '2018-12-31', 'dismissed')$$),
  ('an award that replaces itself', $$UPDATE wmo.award SET replaces_id = 4 WHERE id = 4$$)) t (tried, statement);
SELECT count(*) FROM wmo.court_chain(NULL, '2019-01-01');
ROLLBACK;
