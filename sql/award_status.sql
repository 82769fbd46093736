-- How an award stands: the day before, the day of and the day after whatever changes it. Twenty days from Tuesday
-- 10 July 2018 end on Monday 30 July (Aw 2012 art. 2.127; the day of sending does not count).
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

CREATE FUNCTION pg_temp.status(award integer, VARIADIC days date[]) RETURNS TABLE (day date, status text, since date, basis text, pending integer)
LANGUAGE sql AS $$ SELECT d, s.* FROM unnest(days) d CROSS JOIN LATERAL wmo.award_status(award, d) s ORDER BY d $$;
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Groningen', 'municipality');

-- sent on a known day; decided nobody says when
INSERT INTO wmo.award (id, sent, standstill) VALUES (1, '[2018-07-10,2018-07-10]', wmo.objection_period('standstill', '2018-07-10'));
SELECT * FROM pg_temp.status(1, '2018-07-09', '2018-07-10', '2018-07-30', '2018-07-31', '2030-01-01');

-- sent on one of some days, with an end that reads in two ways: open until the later one is over
INSERT INTO wmo.award (id, decided, sent, standstill) VALUES
  (2, '[2018-07-02,2018-07-19)', '[2018-07-02,2018-07-19)', wmo.objection_period_until('standstill', '2018-07-18', '2018-07-19'));
SELECT * FROM pg_temp.status(2, '2018-07-01', '2018-07-02', '2018-07-17', '2018-07-18', '2018-07-19', '2018-07-20');

-- the longer of standstill and forfeiture counts
INSERT INTO wmo.award (id, decided, sent, standstill, forfeiture) VALUES
  (3, '[2018-07-09,2018-07-09]', '[2018-07-10,2018-07-10]', wmo.objection_period('standstill', '2018-07-10'), wmo.objection_period_until('forfeiture', '2018-08-09'));
SELECT * FROM pg_temp.status(3, '2018-07-08', '2018-07-09', '2018-07-10', '2018-07-31', '2018-08-09', '2018-08-10');

-- proceedings: lodged, ruled
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged) VALUES (1, 1, 'summary_proceedings', '2018-07-20');
SELECT * FROM pg_temp.status(1, '2018-07-19', '2018-07-20', '2018-07-31', '2030-01-01');
UPDATE wmo.award_challenge SET ruled = '2018-08-10', outcome = 'dismissed' WHERE id = 1;
SELECT * FROM pg_temp.status(1, '2018-08-09', '2018-08-10', '2018-08-11');
-- ruled while the term still runs
UPDATE wmo.award_challenge SET ruled = '2018-07-25' WHERE id = 1;
SELECT * FROM pg_temp.status(1, '2018-07-24', '2018-07-25', '2018-07-30', '2018-07-31');
-- an appeal does not suspend, unless a court so decided, however long after the term
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged) VALUES (2, 1, 'appeal', '2018-08-20');
SELECT * FROM pg_temp.status(1, '2018-08-20');
UPDATE wmo.award_challenge SET suspends = true WHERE id = 2;
SELECT * FROM pg_temp.status(1, '2018-08-19', '2018-08-20');
DELETE FROM wmo.award_challenge;
-- lodged on the last day, and the day after it
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged) VALUES (1, 1, 'summary_proceedings', '2018-07-30');
SELECT * FROM pg_temp.status(1, '2018-07-29', '2018-07-30', '2018-07-31');
UPDATE wmo.award_challenge SET lodged = '2018-07-31';
SELECT * FROM pg_temp.status(1, '2018-07-30', '2018-07-31');
-- late, and yet a court suspended; in time, and yet it did not
UPDATE wmo.award_challenge SET suspends = true;
SELECT * FROM pg_temp.status(1, '2018-07-31');
UPDATE wmo.award_challenge SET lodged = '2018-07-20', suspends = false;
SELECT * FROM pg_temp.status(1, '2018-07-20');
-- letters and complaints never do
UPDATE wmo.award_challenge SET kind = 'letter', suspends = NULL;
SELECT * FROM pg_temp.status(1, '2018-07-20');
UPDATE wmo.award_challenge SET kind = 'complaint';
SELECT * FROM pg_temp.status(1, '2018-07-20');
-- by the second reading of the last day, still in time
INSERT INTO wmo.award_challenge (award_id, kind, lodged) VALUES (2, 'summary_proceedings', '2018-07-19');
SELECT * FROM pg_temp.status(2, '2018-07-18', '2018-07-19', '2018-07-20');
DELETE FROM wmo.award_challenge;

-- final: recorded or announced, or a signed contract, whichever comes first
UPDATE wmo.award SET final_on = '2018-08-02', final_basis = 'announced' WHERE id = 1;
SELECT * FROM pg_temp.status(1, '2018-08-01', '2018-08-02', '2018-08-03');
INSERT INTO wmo.contract (id, number, buyer_id, period, award_id, signed_on) VALUES (1, 'A', 1, '[2019-01-01,?)', 1, '2018-08-01'), (2, 'B', 1, '[2019-01-01,?)', 1, NULL);
SELECT * FROM pg_temp.status(1, '2018-07-31', '2018-08-01', '2018-08-02');
-- signed while proceedings are pending
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged) VALUES (1, 1, 'summary_proceedings', '2018-07-30');
SELECT * FROM pg_temp.status(1, '2018-07-31', '2018-08-01');

-- withdrawn and annulled end it, whatever came before
UPDATE wmo.award SET withdrawn_on = '2018-08-05' WHERE id = 1;
SELECT * FROM pg_temp.status(1, '2018-08-04', '2018-08-05', '2018-08-06');
UPDATE wmo.award_challenge SET ruled = '2018-08-10', outcome = 'upheld';
SELECT * FROM pg_temp.status(1, '2018-08-09', '2018-08-10', '2030-01-01');

-- no term; nothing known; only a decision; no such award
INSERT INTO wmo.award (id, decided, no_term_because) VALUES (4, '[2018-07-10,2018-07-10]', 'a 2B service'), (5, NULL, NULL), (6, '[2018-07-10,2018-07-10]', NULL);
INSERT INTO wmo.award (id, standstill) VALUES (7, wmo.objection_period_until('standstill', '2018-07-18'));
SELECT * FROM pg_temp.status(4, '2018-07-09', '2018-07-10');
SELECT * FROM pg_temp.status(5, '2018-07-09', '2030-01-01');
SELECT * FROM pg_temp.status(6, '2018-07-09', '2018-07-10', '2030-01-01');
SELECT * FROM pg_temp.status(7, '2018-07-17', '2018-07-18', '2018-07-19');
SELECT 'no such award', count(*) FROM wmo.award_status(99, '2018-07-10');
SELECT 'no day', count(*) FROM wmo.award_status(1, NULL);

-- ---- upheld proceedings give provisional relief -----------------------------------------------------------------------------
DELETE FROM wmo.contract; DELETE FROM wmo.award;
INSERT INTO wmo.award (id, decided, sent, standstill) VALUES (1, '[2018-07-10,2018-07-10]', '[2018-07-10,2018-07-10]', wmo.objection_period('standstill', '2018-07-10'));
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged, ruled, outcome) VALUES (1, 1, 'summary_proceedings', '2018-07-20', '2018-08-10', 'upheld');
-- nobody recorded what was ordered; then each order, of an award that was not signed
SELECT * FROM pg_temp.status(1, '2018-08-09', '2018-08-10');
UPDATE wmo.award_challenge SET ordered = 'not_to_sign' WHERE id = 1;
SELECT * FROM pg_temp.status(1, '2018-08-10');
UPDATE wmo.award_challenge SET ordered = 'to_tender_anew' WHERE id = 1;
SELECT * FROM pg_temp.status(1, '2018-08-10');
SELECT sign_from, sign_basis FROM wmo.award_term;
-- an appeal is pending: it is in the basis, and is one of the decisions; then the appellate court lets the award stand
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged) VALUES (2, 1, 'appeal', '2018-08-20');
SELECT * FROM pg_temp.status(1, '2018-09-01');
SELECT kind, state, decision FROM wmo.decision_calendar_on('2018-09-01') WHERE kind = 'ruling';
UPDATE wmo.award_challenge SET ruled = '2018-11-01', outcome = 'dismissed' WHERE id = 2;
SELECT * FROM pg_temp.status(1, '2018-10-31', '2018-11-01');
SELECT sign_from, sign_basis FROM wmo.award_term;
-- the buyer did as ordered
UPDATE wmo.award_challenge SET order_settled_on = '2018-09-10' WHERE id = 1;
UPDATE wmo.award SET withdrawn_on = '2018-09-10';
SELECT * FROM pg_temp.status(1, '2018-09-09', '2018-09-10');
SELECT wmo.correct_award(a.id) FROM wmo.award a WHERE a.withdrawn_on IS NOT NULL; DELETE FROM wmo.award_challenge;

-- years later an appeal is upheld against an award whose contract runs: it serves on, unless the court ordered its end
INSERT INTO wmo.contract (id, number, buyer_id, period, award_id, signed_on) VALUES (1, 'A', 1, '[2019-01-01,2025-01-01)', 1, '2018-08-20');
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged, ruled, outcome, ordered) VALUES
  (1, 1, 'summary_proceedings', '2018-07-20', '2018-08-10', 'dismissed', NULL), (2, 1, 'appeal', '2018-08-20', '2021-03-02', 'upheld', 'to_reassess');
SELECT * FROM pg_temp.status(1, '2021-03-01', '2021-03-02');
UPDATE wmo.award_challenge SET ordered = NULL WHERE id = 2;
SELECT known, valid, status, awarded, basis FROM wmo.award_timeline(1) WHERE upper_inf(known) ORDER BY valid;
UPDATE wmo.award_challenge SET ordered = 'to_end_contract' WHERE id = 2;
SELECT known, valid, status, awarded, basis FROM wmo.award_timeline(1) WHERE upper_inf(known) ORDER BY valid;
-- its end is recorded in the ledger, and the order as done: the days until then were served under a final award
UPDATE wmo.award_challenge SET order_settled_on = '2021-06-01' WHERE id = 2;
SELECT known, valid, status, awarded, basis FROM wmo.award_timeline(1) WHERE upper_inf(known) ORDER BY valid;
-- an order to tender anew that was settled: done, the award is gone; set aside, it stands. Not to sign left it as it was
DELETE FROM wmo.award_challenge;
UPDATE wmo.contract SET signed_on = NULL;
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged, ruled, outcome, ordered, order_settled_on) VALUES
  (1, 1, 'summary_proceedings', '2018-07-20', '2018-08-10', 'upheld', 'to_tender_anew', '2018-10-01');
SELECT * FROM pg_temp.status(1, '2018-09-30', '2018-10-01', '2030-01-01');
SELECT sign_from, sign_basis FROM wmo.award_term;
SELECT sign_from, sign_basis FROM wmo.award_terms('2018-09-30');
UPDATE wmo.award_challenge SET ordered = 'not_to_sign';
SELECT * FROM pg_temp.status(1, '2018-09-30', '2018-10-01');
SELECT sign_from, sign_basis FROM wmo.award_term;
UPDATE wmo.award_challenge SET ordered = NULL;
SELECT * FROM pg_temp.status(1, '2018-09-30', '2018-10-01');
-- assessed again, the bids bring a decision and a standstill of their own: neither the first award nor a signature can be told
UPDATE wmo.award_challenge SET ordered = 'to_reassess';
SELECT * FROM pg_temp.status(1, '2018-09-30', '2018-10-01', '2030-01-01');
SELECT sign_from, sign_basis FROM wmo.award_term;
UPDATE wmo.contract SET signed_on = '2018-10-08';
SELECT st.status, st.basis, t.signed_early FROM pg_temp.status(1, '2018-10-08') st CROSS JOIN wmo.award_term t;
UPDATE wmo.contract SET signed_on = '2018-08-20';
-- a withdrawal after the signature ends no contract by itself; nullity does, from its day of care on
DELETE FROM wmo.award_challenge;
UPDATE wmo.award SET withdrawn_on = '2020-01-01';
SELECT known, valid, status, awarded, basis FROM wmo.award_timeline(1) WHERE upper_inf(known) ORDER BY valid;
SELECT wmo.correct_award(a.id, annulled_on => '2020-01-01') FROM wmo.award a;
SELECT known, valid, status, awarded, basis FROM wmo.award_timeline(1) WHERE upper_inf(known) ORDER BY valid;
-- and what is taken back stays visible for the days on which it held
UPDATE wmo.award SET revived_on = '2020-05-01';
SELECT * FROM pg_temp.status(1, '2019-12-31', '2020-01-01', '2020-04-30', '2020-05-01');
-- signed while it was withdrawn: when the award stands again, what it rests on says so, and no term is known to run from before then
SELECT wmo.correct_award(a.id, withdrawn_on => '2020-01-01', revived_on => '2020-05-01') FROM wmo.award a;
UPDATE wmo.contract SET signed_on = NULL;
SELECT sign_from, sign_basis FROM wmo.award_term;
SELECT sign_from, sign_basis FROM wmo.award_terms('2020-04-30');
UPDATE wmo.contract SET signed_on = '2020-02-01';
SELECT * FROM pg_temp.status(1, '2020-02-01', '2020-05-01');
SELECT signed_early FROM wmo.award_term;
-- final by its own file while it could be fought and was: both are said, with the status and with the terms
SELECT wmo.correct_award(a.id) FROM wmo.award a;
UPDATE wmo.contract SET signed_on = NULL;
UPDATE wmo.award SET final_on = '2018-07-12', final_basis = 'recorded';
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged) VALUES (1, 1, 'summary_proceedings', '2018-07-11');
SELECT * FROM pg_temp.status(1, '2018-07-12');
SELECT sign_from, sign_basis FROM wmo.award_term;
UPDATE wmo.award SET final_on = NULL, final_basis = NULL; DELETE FROM wmo.award_challenge;
-- a contract signed before the award was decided is no final award yet, and then an early one
SELECT wmo.correct_award(a.id) FROM wmo.award a;
UPDATE wmo.contract SET signed_on = '2018-07-02';
SELECT * FROM pg_temp.status(1, '2018-07-01', '2018-07-02', '2018-07-10');
SELECT signed_early FROM wmo.award_term;
-- one challenge after another: the one that is pending is the one that is named, in every DateStyle
UPDATE wmo.contract SET signed_on = NULL;
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged, ruled, outcome) VALUES
  (1, 1, 'summary_proceedings', '2018-07-20', '2018-08-10', 'dismissed'), (2, 1, 'summary_proceedings', '2018-07-25', NULL, NULL);
SET datestyle = 'SQL, MDY';
SELECT st.status, st.basis, st.pending FROM wmo.award_status(1, '2018-08-21') st;
SET datestyle = 'ISO';

-- the sending says that the award had been decided by then, and not that it had not been before: signed in between to
-- which no term applies, nobody can tell whether that was too early
INSERT INTO wmo.award (id, decided, sent, no_term_because) VALUES (10, NULL, '[2018-07-10,2018-07-10]', 'a call-off'), (11, '[2018-07-02,2018-07-09]', '[2018-07-10,2018-07-10]', 'a call-off'),
  (12, '[2018-07-09,2018-07-09]', '[2018-07-10,2018-07-10]', 'a call-off');
INSERT INTO wmo.contract (number, buyer_id, period, award_id, signed_on) SELECT a.id, 1, '[2019-01-01,?)', a.id, '2018-07-05' FROM wmo.award a WHERE a.id >= 10;
SELECT t.award_id, t.signed_early, life.known, life.awarded, life.basis FROM wmo.award_term t CROSS JOIN LATERAL wmo.award_timeline(t.award_id) life WHERE t.award_id >= 10 ORDER BY 1, lower(life.known) NULLS FIRST;

-- Friday 3 June 2011 followed Ascension day, and whether a decree equated it is not known here: what was lodged on the Monday after
-- may have been in time, and what was signed on it too early; a week later neither is
INSERT INTO wmo.award (id, decided, sent, standstill) VALUES (20, '[2011-05-19,2011-05-19]', '[2011-05-19,2011-05-19]', wmo.objection_period('standstill', '2011-05-19'));
INSERT INTO wmo.award_challenge (award_id, kind, lodged, ruled, outcome) SELECT 20, 'summary_proceedings', d, '2011-07-01', 'dismissed' FROM unnest('{2011-06-03,2011-06-06,2011-06-10,2011-06-11}'::date[]) d;
SELECT e.lodged, e.holds, e.because FROM wmo.challenge_effect e WHERE e.award_id = 20 ORDER BY 1;
DELETE FROM wmo.award_challenge WHERE award_id = 20;
SELECT * FROM pg_temp.status(20, '2011-06-03', '2011-06-04', '2011-06-10', '2011-06-11');
INSERT INTO wmo.contract (number, buyer_id, period, award_id, signed_on) VALUES ('20', 1, '[2019-01-01,?)', 20, '2011-06-06');
SELECT t.signed_early, st.basis FROM wmo.award_term t CROSS JOIN LATERAL wmo.award_status(t.award_id, t.signed_on) st WHERE t.award_id = 20;

-- what rests on an inferred source says so: an award, the terms that a tender asks, and proceedings from their lodging on; what the
-- award itself says rests on no proceedings, but for an appeal that took away what spoke against it
INSERT INTO wmo.source (id, article, basis, reading) VALUES (9, 'Krant', 'inferred', 'between the lines');
INSERT INTO wmo.tender (id, title, procedure, above_threshold, source_id) VALUES (9, 'Gelezen', 'open', true, 9);
INSERT INTO wmo.award (id, tender_id, decided, sent, standstill, final_on, final_basis, withdrawn_on, source_id)
SELECT n, CASE n WHEN 31 THEN 9 END, '[2018-07-02,2018-07-02]', '[2018-07-02,2018-07-02]', wmo.objection_period('standstill', '2018-07-02'), CASE WHEN n IN (34, 35) THEN '2018-10-01'::date END,
  CASE WHEN n IN (34, 35) THEN 'recorded' END, CASE n WHEN 31 THEN '2018-12-01'::date END, CASE n WHEN 30 THEN 9 END FROM generate_series(30, 35) n;
INSERT INTO wmo.award_challenge (id, award_id, kind, against_id, lodged, ruled, outcome, ordered, source_id) VALUES (32, 32, 'summary_proceedings', NULL, '2018-07-10', '2018-09-03', 'dismissed', NULL, 9),
  (33, 33, 'letter', NULL, '2018-07-10', NULL, NULL, NULL, 9), (34, 34, 'summary_proceedings', NULL, '2018-07-10', '2018-09-03', 'dismissed', NULL, 9),
  (35, 35, 'summary_proceedings', NULL, '2018-07-10', '2018-10-10', 'upheld', 'to_end_contract', NULL), (36, 35, 'appeal', 35, '2018-10-20', '2019-01-15', 'dismissed', NULL, 9);
SELECT t.award_id, life.known, life.status, life.inferred, life.basis FROM wmo.award_term t CROSS JOIN LATERAL wmo.award_timeline(t.award_id) life
WHERE t.award_id BETWEEN 30 AND 35 ORDER BY 1, lower(life.known) NULLS FIRST;
SELECT t.award_id, t.sign_from, t.warning FROM wmo.award_term t WHERE t.award_id BETWEEN 30 AND 35 ORDER BY 1;
SELECT t.award_id, t.warning FROM wmo.award_terms('2018-07-09') t WHERE t.award_id = 32;

-- a decision that takes the place of another says not what became of that one: from its day on, or from ever where that is not
-- known, unless it was withdrawn or stands again
INSERT INTO wmo.award (id, decided, sent, standstill, withdrawn_on, revived_on) SELECT n, '[2018-07-02,2018-07-02]', '[2018-07-02,2018-07-02]', wmo.objection_period('standstill', '2018-07-02'),
  CASE WHEN n IN (42, 44) THEN '2018-10-01'::date END, CASE n WHEN 44 THEN '2019-03-01'::date END FROM generate_series(40, 44) n;
INSERT INTO wmo.award (id, replaces_id, decided, sent) VALUES (50, 40, '[2018-10-01,2018-10-10]', NULL), (51, 41, NULL, '[2018-10-05,2018-10-05]'), (52, 42, '[2018-10-01,2018-10-01]', NULL), (53, 43, NULL, NULL), (54, 44, '[2018-10-01,2018-10-01]', NULL);
INSERT INTO wmo.contract (number, buyer_id, period, award_id, signed_on) VALUES ('41', 1, '[2019-01-01,?)', 41, '2018-08-01');
SELECT a.id, life.known, life.valid, life.status, life.awarded, life.basis FROM wmo.award a CROSS JOIN LATERAL wmo.award_timeline(a.id) life WHERE a.id BETWEEN 40 AND 44 ORDER BY 1, lower(life.known) NULLS FIRST, life.valid;

-- every award has one status on every day
SELECT 'days without one status', count(*) FROM (
  SELECT a.id, d FROM wmo.award a CROSS JOIN generate_series('2018-06-25'::date, '2018-08-25'::date, '1 day') d
  WHERE (SELECT count(*) FROM wmo.award_timeline(a.id) t WHERE t.known @> d::date AND t.valid @> d::date) <> 1) x;
ROLLBACK;
