-- Evidence: tenders, lots, awards and challenges, with what is approximate, undated or not named.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Groningen', 'municipality'), (2, 'Zorg A', 'provider');
INSERT INTO wmo.tender (id, title) VALUES (1, 'Wijkgerichte ondersteuning');
INSERT INTO wmo.tender_buyer (tender_id, buyer_id) VALUES (1, 1);
INSERT INTO wmo.lot (id, tender_id, name) VALUES (1, 1, 'Oost');
INSERT INTO wmo.award (id) VALUES (1);

SELECT tried, pg_temp.verdict(statement) FROM (VALUES
  ('a title will do', $$INSERT INTO wmo.tender (title) VALUES ('Uitvraag')$$),
  ('a blank title', $$INSERT INTO wmo.tender (title) VALUES ('')$$),
  ('about 80 selected out of a number not stated', $$INSERT INTO wmo.tender (title, selected_count, selected_approximate) VALUES ('a', 80, true)$$),
  ('about a number not stated', $$INSERT INTO wmo.tender (title, selected_approximate) VALUES ('a', true)$$),
  ('about a number of lots not stated', $$INSERT INTO wmo.tender (title, lots_approximate) VALUES ('a', true)$$),
  ('about a number of tenderers not stated', $$INSERT INTO wmo.tender (title, tenderers_approximate) VALUES ('a', true)$$),
  ('no lots at all', $$INSERT INTO wmo.tender (title, lot_count) VALUES ('a', 0)$$),
  ('a procedure for each', $$INSERT INTO wmo.tender (title, procedure) SELECT p, p FROM unnest('{open,restricted,negotiated,sas,open_house,administrative,2b_service,unknown}'::text[]) p$$),
  ('a procedure that is not known', $$INSERT INTO wmo.tender (title, procedure) VALUES ('a', 'lottery')$$),
  ('bids that bind until a day, and after a ruling', $$INSERT INTO wmo.tender (title, bids_valid_until, bid_days_after_ruling, owner) VALUES ('a', '2018-10-01', 14, 'inkoop')$$),
  ('bids that bind for ever', $$INSERT INTO wmo.tender (title, bids_valid_until) VALUES ('a', 'infinity')$$),
  ('no days after a ruling', $$INSERT INTO wmo.tender (title, bid_days_after_ruling) VALUES ('a', 0)$$),
  ('an address of a person as owner', $$INSERT INTO wmo.tender (title, owner) VALUES ('a', 'j.jansen@example.nl')$$),
  ('published on no day', $$INSERT INTO wmo.tender (title, published) VALUES ('a', 'empty')$$),
  ('published until the end of time', $$INSERT INTO wmo.tender (title, published) VALUES ('a', '[2020-01-01,infinity)')$$),
  ('a buyer twice', $$INSERT INTO wmo.tender_buyer (tender_id, buyer_id) VALUES (1, 1)$$),
  ('a second buyer', $$INSERT INTO wmo.tender_buyer (tender_id, buyer_id) VALUES (1, 2)$$),
  ('a blank lot', $$INSERT INTO wmo.lot (tender_id, name) VALUES (1, ' ')$$),
  ('a lot twice', $$INSERT INTO wmo.lot (tender_id, name) VALUES (1, 'Oost')$$),
  ('another lot', $$INSERT INTO wmo.lot (tender_id, name) VALUES (1, 'West')$$),
  ('an award of a lot of another tender', $$INSERT INTO wmo.tender (id, title) VALUES (2, 'b'); INSERT INTO wmo.award (tender_id, lot_id) VALUES (2, 1)$$),
  ('an award of a lot of its own', $$INSERT INTO wmo.award (tender_id, lot_id) VALUES (1, 1)$$)
) t (tried, statement);

SELECT tried, pg_temp.verdict(format('INSERT INTO wmo.award (%s) VALUES (%s)', names, cells)) FROM (VALUES
  ('an award of which nothing is known', $$supplier_id$$, $$NULL$$),
  ('decided between two days, sent on one', $$decided, sent$$, $$'[2018-07-02,2018-07-19)', '[2018-07-10,2018-07-10]'$$),
  ('decided on no day', $$decided$$, $$'empty'$$),
  ('sent on no day', $$sent$$, $$'empty'$$),
  ('sent until the end of time', $$decided, sent$$, $$'[2024-01-10,2024-01-10]', '[2024-01-10,infinity)'$$),
  ('decided from before all time', $$decided$$, $$'[-infinity,2024-01-10)'$$),
  ('sent on a day from one on', $$sent$$, $$'[2018-07-10,)'$$),
  ('sent and decided on one day', $$decided, sent$$, $$'[2018-07-10,2018-07-10]', '[2018-07-10,2018-07-10]'$$),
  ('sent the day before it was decided', $$decided, sent$$, $$'[2018-07-10,2018-07-10]', '[2018-07-09,2018-07-09]'$$),
  ('perhaps sent before it was perhaps decided', $$decided, sent$$, $$'[2018-07-02,2018-07-10]', '[2018-07-01,2018-07-05]'$$),
  ('final and announced', $$final_on, final_basis$$, $$'2018-07-30', 'announced'$$),
  ('final, without basis', $$final_on$$, $$'2018-07-30'$$),
  ('a basis, but no day', $$final_basis$$, $$'recorded'$$),
  ('final by hearsay', $$final_on, final_basis$$, $$'2018-07-30', 'hearsay'$$),
  ('final on the day it was decided', $$decided, final_on, final_basis$$, $$'[2018-07-10,2018-07-10]', '2018-07-10', 'recorded'$$),
  ('final the day before', $$decided, final_on, final_basis$$, $$'[2018-07-10,2018-07-10]', '2018-07-09', 'recorded'$$),
  ('withdrawn at the end of time', $$withdrawn_on$$, $$'infinity'$$),
  ('annulled before all time', $$annulled_on$$, $$'-infinity'$$),
  ('final on no finite day', $$final_on, final_basis$$, $$'infinity', 'recorded'$$),
  ('a standstill and a forfeiture', $$standstill, forfeiture$$, $$wmo.objection_period('standstill', '2018-07-10'), wmo.objection_period_until('forfeiture', '2018-07-30')$$),
  ('the place of itself', $$id, replaces_id$$, $$77, 77$$),
  ('no term ran', $$no_term_because$$, $$'a 2B service'$$),
  ('no term ran, and yet a standstill', $$no_term_because, standstill$$, $$'a 2B service', wmo.objection_period('standstill', '2018-07-10')$$),
  ('no term ran, and yet a forfeiture', $$no_term_because, forfeiture$$, $$'a call-off', wmo.objection_period_until('forfeiture', '2018-07-30')$$)
) t (tried, names, cells);

SELECT tried, pg_temp.verdict(format('INSERT INTO wmo.award_challenge (award_id, %s) VALUES (1, %s)', names, cells)) FROM (VALUES
  ('pending', $$kind, lodged$$, $$'summary_proceedings', '2018-07-20'$$),
  ('lodged until the end of time', $$kind, lodged_between$$, $$'summary_proceedings', '[2018-07-20,infinity]'$$),
  ('lodged and dismissed on one day', $$kind, lodged, ruled, outcome$$, $$'summary_proceedings', '2018-07-20', '2018-07-20', 'dismissed'$$),
  ('ruled before it was lodged', $$kind, lodged, ruled, outcome$$, $$'summary_proceedings', '2018-07-20', '2018-07-19', 'dismissed'$$),
  ('a ruling expected', $$kind, lodged, ruling_expected$$, $$'summary_proceedings', '2018-07-20', '2018-08-20'$$),
  ('a ruling expected before it was lodged', $$kind, lodged, ruling_expected$$, $$'summary_proceedings', '2018-07-20', '2018-07-19'$$),
  ('ruled without outcome', $$kind, lodged, ruled$$, $$'appeal', '2018-07-20', '2018-08-20'$$),
  ('an outcome without ruling', $$kind, lodged, outcome$$, $$'appeal', '2018-07-20', 'upheld'$$),
  ('another outcome', $$kind, lodged, ruled, outcome$$, $$'appeal', '2018-07-20', '2018-08-20', 'settled'$$),
  ('another kind', $$kind, lodged$$, $$'tweet', '2018-07-20'$$),
  ('on no day', $$kind, lodged$$, $$'letter', NULL$$),
  ('on no finite day', $$kind, lodged$$, $$'letter', 'infinity'$$),
  ('by the judge', $$kind, lodged, lodged_by$$, $$'letter', '2018-07-20', 'judge'$$),
  ('a letter against a ruling', $$kind, lodged, against_id$$, $$'letter', '2018-07-20', 1$$),
  ('an appeal against what is not there', $$kind, lodged, against_id$$, $$'appeal', '2018-07-20', 99$$),
  ('an appeal that suspends', $$kind, lodged, suspends$$, $$'appeal', '2018-07-20', true$$),
  ('proceedings that do not suspend', $$kind, lodged, suspends$$, $$'summary_proceedings', '2018-07-20', false$$),
  ('a letter that suspends', $$kind, lodged, suspends$$, $$'letter', '2018-07-20', true$$),
  ('a complaint that suspends', $$kind, lodged, suspends$$, $$'complaint', '2018-07-20', true$$),
  ('a complaint that does not', $$kind, lodged, suspends$$, $$'complaint', '2018-07-20', false$$)
) t (tried, names, cells);

-- what a ruling orders, and how it ended
SELECT tried, pg_temp.verdict(format('INSERT INTO wmo.award_challenge (award_id, kind, lodged, %s) VALUES (1, ''summary_proceedings'', ''2018-07-20'', %s)', names, cells)) FROM (VALUES
  ('each order', $$ruled, outcome, ordered$$, $$'2018-08-20', 'upheld', unnest('{not_to_sign,to_reassess,to_award_to_another,to_tender_anew,to_end_contract}'::text[])$$),
  ('another order', $$ruled, outcome, ordered$$, $$'2018-08-20', 'upheld', 'to_pay'$$),
  ('an order while it is pending', $$ordered$$, $$'not_to_sign'$$),
  ('an order of a ruling that dismissed', $$ruled, outcome, ordered$$, $$'2018-08-20', 'dismissed', 'not_to_sign'$$),
  ('settled on the day of the ruling', $$ruled, outcome, ordered, order_settled_on$$, $$'2018-08-20', 'upheld', 'to_reassess', '2018-08-20'$$),
  ('settled before it', $$ruled, outcome, ordered, order_settled_on$$, $$'2018-08-20', 'upheld', 'to_reassess', '2018-08-19'$$),
  ('settled on no finite day', $$ruled, outcome, ordered, order_settled_on$$, $$'2018-08-20', 'upheld', 'to_reassess', 'infinity'$$),
  ('settled without a ruling', $$order_settled_on$$, $$'2018-08-20'$$)
) t (tried, names, cells);
-- a withdrawal or annulment that is taken back, after it
SELECT tried, pg_temp.verdict('INSERT INTO wmo.award (withdrawn_on, annulled_on, revived_on) VALUES ' || cells) FROM (VALUES
  ('after a withdrawal', $$('2018-08-01', NULL, '2018-08-02')$$), ('on the same day', $$('2018-08-01', NULL, '2018-08-01')$$),
  ('before the later of two', $$('2018-08-01', '2018-09-01', '2018-08-15')$$), ('of what never ended', $$(NULL, NULL, '2018-08-15')$$),
  ('on no finite day', $$('2018-08-01', NULL, 'infinity')$$)) t (tried, cells);

-- upheld proceedings are provisional relief: they annul nothing by themselves, however often their row is written
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged, ruled, outcome) VALUES (2, 1, 'summary_proceedings', '2018-07-21', '2018-08-02', 'upheld');
UPDATE wmo.award_challenge SET outcome = outcome, ruled = ruled WHERE id = 2;
SELECT 'after the ruling', annulled_on FROM wmo.award;

-- what was the case is not cleared: neither the end of an award nor its revival; what never was is corrected, in so many words
UPDATE wmo.award SET withdrawn_on = '2018-09-01', annulled_on = '2018-09-02', revived_on = '2018-10-01' WHERE id = 1;
SELECT tried, pg_temp.verdict(statement) FROM (VALUES
  ('a withdrawal forgotten', $$UPDATE wmo.award SET withdrawn_on = NULL$$), ('an annulment forgotten', $$UPDATE wmo.award SET annulled_on = NULL$$),
  ('a revival forgotten', $$UPDATE wmo.award SET revived_on = NULL$$), ('another day', $$UPDATE wmo.award SET revived_on = '2018-11-01'$$),
  ('the same', $$UPDATE wmo.award SET withdrawn_on = withdrawn_on, annulled_on = annulled_on$$), ('corrected', $$SELECT wmo.correct_award(1)$$),
  ('corrected, and then forgotten', $$WITH corrected AS MATERIALIZED (SELECT wmo.correct_award(1, '2018-09-01') AS done) UPDATE wmo.award SET withdrawn_on = NULL FROM corrected c WHERE c.done IS NOT NULL$$),
  ('no award', $$SELECT wmo.correct_award(99)$$)) t (tried, statement);
SELECT part, words FROM pg_temp.whole_error('UPDATE wmo.award SET annulled_on = NULL');
SELECT wmo.correct_award(1, withdrawn_on => '2018-08-30');
SELECT withdrawn_on, annulled_on, revived_on FROM wmo.award;

SELECT 'not tried', pg_temp.untried('wmo.tender', 'wmo.tender_buyer', 'wmo.lot', 'wmo.award', 'wmo.award_challenge');
ROLLBACK;
