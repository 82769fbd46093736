-- The least standstill of the law beside what is recorded. Art. 2.127 lid 2 and 3 Aw 2012: at least twenty days, from the
-- day after the notice was sent; fifteen under art. 4 Wira, until 31 March 2013. Sent Tuesday 24 July 2018: day 20 is
-- Monday 13 August, final from 14 August as the municipality of Groningen announced.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

INSERT INTO wmo.tender (id, title, procedure, above_threshold)
SELECT 10 * p + v, concat_ws(' ', name, CASE above WHEN true THEN 'above' WHEN false THEN 'below' END), name, above
FROM unnest('{open,restricted,negotiated,sas,open_house,administrative,2b_service,unknown}'::text[]) WITH ORDINALITY AS procedure (name, p)
CROSS JOIN (VALUES (1, true), (2, NULL), (3, false)) threshold (v, above);

-- does it hold? by procedure and value alone
INSERT INTO wmo.award (id, tender_id, sent) SELECT t.id, t.id, '[2018-07-24,2018-07-24]' FROM wmo.tender t;
SELECT t.title, m.law, wmo.last_day(m.period), m.unmet FROM wmo.minimum_standstill m JOIN wmo.tender t ON t.id = m.award_id ORDER BY t.id;
-- by the regime that is recorded, where the procedure does not say
INSERT INTO wmo.award (id, tender_id, standstill) SELECT 100 + n, 82, wmo.objection_period(regime, '2018-07-24')
FROM unnest('{standstill,sas_standstill,admission_standstill}'::text[]) WITH ORDINALITY r (regime, n);
INSERT INTO wmo.award (id) VALUES (104);
SELECT wmo.regime(a.standstill), m.law, wmo.last_day(m.period), m.unmet, m.warning FROM wmo.minimum_standstill m JOIN wmo.award a ON a.id = m.award_id WHERE a.id > 100 ORDER BY a.id;
DELETE FROM wmo.award;

CREATE TEMPORARY VIEW said AS
SELECT a.id, t.sign_from, st.status AS after_the_recorded_term, m.unmet, t.sign_basis
FROM wmo.award a JOIN wmo.award_term t ON t.award_id = a.id JOIN wmo.minimum_standstill m ON m.award_id = a.id
CROSS JOIN LATERAL wmo.award_status(a.id, coalesce(greatest(wmo.latest_last_day(a.standstill), wmo.latest_last_day(a.forfeiture)), '2018-08-01') + 1) st;

-- an open procedure with nothing but a forfeiture term of ten days, which end on Friday 3 August 2018; a call-off under a
-- framework agreement (lid 4) and a 2B service ask no standstill; under an open house there is none by law
INSERT INTO wmo.award (id, tender_id, sent, forfeiture, no_term_because) VALUES
  (1, 11, '[2018-07-24,2018-07-24]', wmo.objection_period('forfeiture', '2018-07-24', '10 days'), NULL),
  (2, 12, '[2018-07-24,2018-07-24]', wmo.objection_period('forfeiture', '2018-07-24', '10 days'), NULL),
  (3, 41, '[2018-07-24,2018-07-24]', wmo.objection_period('forfeiture', '2018-07-24', '10 days'), NULL),
  (4, 51, '[2018-07-24,2018-07-24]', wmo.objection_period('forfeiture', '2018-07-24', '10 days'), NULL),
  (5, 71, '[2015-07-24,2015-07-24]', wmo.objection_period('forfeiture', '2015-07-24', '10 days'), NULL),
  (6, 11, '[2018-07-24,2018-07-24]', NULL, 'a call-off under a framework agreement (art. 2.127 lid 4)'),
  (7, 13, '[2018-07-24,2018-07-24]', wmo.objection_period('forfeiture', '2018-07-24', '10 days'), NULL),
  (8, NULL, '[2018-07-24,2018-07-24]', wmo.objection_period('forfeiture', '2018-07-24', '10 days'), NULL),
  -- the sending is not known: nobody can say when the standstill ends
  (9, 11, NULL, wmo.objection_period_until('forfeiture', '2018-08-03'), NULL),
  -- sent within some days: the last of them is the one to count from
  (10, 11, '[2018-07-23,2018-07-25]', wmo.objection_period_until('forfeiture', '2018-08-03'), NULL),
  -- social services before July 2016 were 2B services
  (11, 42, '[2015-07-24,2015-07-24]', wmo.objection_period('forfeiture', '2015-07-24', '10 days'), NULL),
  -- the procedure is not known, and nothing is recorded but the sending: no day to sign from, but the least that there may be to wait;
  -- before the Wira there was none
  (12, 82, '[2018-07-24,2018-07-24]', NULL, NULL), (13, NULL, '[2009-07-24,2009-07-24]', NULL, NULL);
SELECT * FROM said ORDER BY id;
DELETE FROM wmo.award;

-- fifteen days: the law until 31 March 2013, too few from 1 April on; and in 2025, and counted from a decision five days
-- before the sending
INSERT INTO wmo.award (id, tender_id, decided, sent, standstill) VALUES
  (1, 11, NULL, '[2013-03-29,2013-03-29]', wmo.objection_period('standstill', '2013-03-29')),
  (2, 11, NULL, '[2013-04-02,2013-04-02]', wmo.objection_period('standstill', '2013-04-02', '15 days')),
  (3, 11, NULL, '[2025-06-03,2025-06-03]', wmo.objection_period('standstill', '2025-06-03', '15 days')),
  (4, 42, NULL, '[2025-06-03,2025-06-03]', wmo.objection_period('sas_standstill', '2025-06-03', '15 days')),
  (5, 11, '[2025-06-03,2025-06-03]', '[2025-06-10,2025-06-10]', wmo.objection_period('standstill', '2025-06-03')),
  (6, 11, '[2025-06-03,2025-06-03]', '[2025-06-10,2025-06-10]', wmo.objection_period('standstill', '2025-06-03', '30 days')),
  (7, 51, NULL, '[2025-06-03,2025-06-03]', wmo.objection_period('standstill', '2025-06-03')),
  -- a published end that fits a sending on the first of the known days and not on the last; one that fits none
  (8, 11, NULL, '[2018-07-01,2018-07-31]', wmo.objection_period_until('standstill', '2018-08-13')),
  (9, 11, NULL, '[2018-07-25,2018-07-31]', wmo.objection_period_until('standstill', '2018-08-13'));
SELECT * FROM said ORDER BY id;
-- the least term runs beside the recorded one, and is listed as running
SELECT r.award_id, r.term, r.last_day, r.days_left, r.status FROM wmo.running_objection_periods('2025-06-20') r ORDER BY r.award_id, r.term;
-- proceedings within the least standstill, after the recorded one, still hold the award
INSERT INTO wmo.award_challenge (award_id, kind, lodged) VALUES (3, 'summary_proceedings', '2025-06-23'), (4, 'summary_proceedings', '2025-06-24');
SELECT e.award_id, e.holds, e.because FROM wmo.challenge_effect e ORDER BY 1;
DELETE FROM wmo.award_challenge;

-- the sending lies between two days: who fights goes by the first of them, who signs by the last, and what may have been in
-- time counts as in time; of a day that has no last one no end can be told. Without a tender it is not known whether the law asks
-- one: a recorded term that is shorter is not taken to meet it
DELETE FROM wmo.award;
INSERT INTO wmo.award (id, tender_id, decided, sent, standstill, forfeiture) VALUES
  (1, 11, NULL, '[2018-07-01,2018-07-31]', wmo.objection_period_until('standstill', '2018-08-13'), NULL),
  (2, 11, NULL, '[2018-07-01,2018-07-31]', NULL, NULL),
  (3, 11, NULL, '[2018-07-01,)', wmo.objection_period_until('standstill', '2018-08-13'), NULL),
  (4, 11, NULL, '[2018-07-01,)', wmo.objection_period_until('standstill', '2018-07-10'), NULL),
  (5, 11, '[2018-07-23,2018-07-30]', '(,2018-07-31]', NULL, NULL), (6, 11, NULL, '(,2018-07-31]', NULL, NULL),
  (7, 11, NULL, '(,2018-07-31]', wmo.objection_period_until('standstill', '2018-08-13'), NULL),
  (8, NULL, NULL, '[2018-07-01,2018-07-31]', NULL, wmo.objection_period_until('forfeiture', '2018-08-03')),
  (9, 61, NULL, '[2018-07-24,2018-07-24]', wmo.objection_period('forfeiture', '2018-07-24', '10 days'), NULL),
  (10, 11, NULL, '[2018-07-22,2018-07-24]', NULL, NULL);
SELECT t.award_id, t.minimum_last_day, t.court_by, t.latest_day, t.sign_from, m.unmet, m.counted, t.warning
FROM wmo.award_term t JOIN wmo.minimum_standstill m ON m.award_id = t.award_id ORDER BY t.award_id;
INSERT INTO wmo.award_challenge (award_id, kind, lodged) VALUES (1, 'summary_proceedings', '2018-08-20'), (1, 'summary_proceedings', '2018-08-21'),
  (2, 'summary_proceedings', '2018-07-23'), (2, 'summary_proceedings', '2018-08-20'), (2, 'summary_proceedings', '2018-08-21'), (4, 'summary_proceedings', '2019-01-01');
SELECT e.award_id, e.lodged, e.holds, e.because FROM wmo.challenge_effect e ORDER BY 1, 2;
SELECT r.award_id, r.term, r.last_day, r.latest_day FROM wmo.running_objection_periods('2018-08-10') r ORDER BY 1, 2;
DELETE FROM wmo.award_challenge;

-- signed after the recorded end and within what the law asks: early where it is sure that the law asks it, else not told
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Groningen', 'municipality');
DELETE FROM wmo.award WHERE id > 1;
INSERT INTO wmo.award (id, tender_id, decided, sent, standstill) VALUES
  (3, 11, NULL, '[2025-06-03,2025-06-03]', wmo.objection_period('standstill', '2025-06-03', '15 days')),
  (4, 42, NULL, '[2025-06-03,2025-06-03]', wmo.objection_period('sas_standstill', '2025-06-03', '15 days')),
  (5, 11, '[2025-06-03,2025-06-03]', '[2025-06-10,2025-06-10]', wmo.objection_period('standstill', '2025-06-03')),
  (6, 11, '[2025-06-03,2025-06-03]', '[2025-06-10,2025-06-10]', wmo.objection_period('standstill', '2025-06-03', '30 days'));
INSERT INTO wmo.contract (number, buyer_id, period, award_id, signed_on) VALUES ('1', 1, '[2026-01-01,?)', 1, '2018-08-14');
INSERT INTO wmo.contract (number, buyer_id, period, award_id, signed_on) SELECT a.id, 1, '[2026-01-01,?)', a.id, '2025-06-20' FROM wmo.award a WHERE a.id IN (3, 4, 6);
INSERT INTO wmo.contract (number, buyer_id, period, award_id, signed_on) VALUES ('5', 1, '[2026-01-01,?)', 5, '2025-07-01');
SELECT t.award_id, t.signed_on, t.signed_early, st.status, st.basis FROM wmo.award_term t CROSS JOIN LATERAL wmo.award_status(t.award_id, t.signed_on) st WHERE t.signed_on IS NOT NULL ORDER BY 1;

-- only what names an exception silences the warning: not that the law was not kept, not a word that looks like one, and a 2B
-- service no more since July 2016
SELECT w, d, wmo_works.names_an_exception(w, d) FROM unnest('{a call-off under a framework agreement (art. 2.127 lid 4),Aw 2012 art. 2.127(4),afroep,nadere overeenkomst,a 2B service,art. 2.127 niet in acht genomen,nadere motivering volgt,geen afroep,vergeten}'::text[]) WITH ORDINALITY AS t (w, n),
  unnest('{2016-06-30,2020-10-12}'::date[]) d ORDER BY n, d;
SELECT wmo_works.names_an_exception('2B-dienst, II B', NULL), wmo_works.names_an_exception('2b', NULL);
-- social services: where the term is that of the documents the Atw does not extend it (Rb Den Haag, RBDHA:2021:1251: a Sunday),
-- so that who fights has that day, recorded or not, and who signs the Monday
INSERT INTO wmo.award (id, tender_id, sent, standstill) VALUES
  (21, 42, '[2020-10-12,2020-10-12]', NULL), (22, 42, '[2020-10-12,2020-10-12]', wmo.objection_period('sas_standstill', '2020-10-12')), (23, 42, '[2020-10-11,2020-10-12]', NULL), (24, 12, '[2020-10-12,2020-10-12]', NULL);
SELECT t.award_id, t.court_by, t.latest_day, t.sign_from, m.unmet, m.period, t.warning FROM wmo.award_term t JOIN wmo.minimum_standstill m ON m.award_id = t.award_id WHERE t.award_id > 20 ORDER BY 1;
SELECT r.award_id, r.term, r.regime, r.last_day, r.latest_day FROM wmo.running_objection_periods('2020-10-20') r ORDER BY 1;
ROLLBACK;
