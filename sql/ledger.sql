-- The ledger: contract.period is always what the changes make of what was agreed, whoever writes what.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set entered :here '/sql/include/entered.sql'
\i :verdict
\i :entered

INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Leeuwarden', 'municipality'), (2, 'Zorg A', 'provider'), (3, 'Zorg B', 'provider');
INSERT INTO wmo.area (id, name, kind) VALUES (1, 'Stad', 'working_area'), (2, 'Land', 'working_area'), (3, 'Wijk', 'district');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (1, 3);
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES
  (1, 'A', 1, 2, '[2019-01-01,2021-01-01)+P1Y+P2Y notice P3M'), (2, 'B', 1, 2, '[2019-01-01,?)'), (3, 'C', 1, 2, '[2019-01-01,2021-01-01)+P1Y');
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id) VALUES (1, 1, 10, 1), (2, 1, 10, 2), (3, 1, 20, 1), (4, 2, 10, 1);
INSERT INTO wmo.contract_change (id, contract_id, kind, effective_on) VALUES (50, 2, 'suspension', '2020-01-01');

-- what a row may be
SELECT tried, pg_temp.verdict(format('INSERT INTO wmo.contract_change (contract_id, %s) VALUES (1, %s)', names, cells)) FROM (VALUES
  ('an extension, received in time', $$kind, received_on$$, $$'extension', '2020-09-30'$$),
  ('a change without any day', $$kind$$, $$'extension'$$),
  ('an extension that names the next option', $$kind, received_on, option_no$$, $$'extension', '2020-09-30', 1$$),
  ('an extension that skips an option', $$kind, received_on, option_no$$, $$'extension', '2020-09-30', 2$$),
  ('option 0', $$kind, received_on, option_no$$, $$'extension', '2020-09-30', 0$$),
  ('an early end that takes an option', $$kind, effective_on, option_no$$, $$'early_end', '2020-02-01', 1$$),
  ('an early end without day', $$kind, decided_on$$, $$'early_end', '2020-02-01'$$),
  ('an early end', $$kind, effective_on$$, $$'early_end', '2020-02-01'$$),
  ('an early end on the first day of service', $$kind, effective_on$$, $$'early_end', '2019-01-02'$$),
  ('an early end before it began', $$kind, effective_on$$, $$'early_end', '2019-01-01'$$),
  ('an early end after its end', $$kind, effective_on$$, $$'early_end', '2022-02-01'$$),
  ('a transfer', $$kind, effective_on, to_party_id$$, $$'transfer', '2020-02-01', 3$$),
  ('a transfer to nobody', $$kind, effective_on$$, $$'transfer', '2020-02-01'$$),
  ('an extension to somebody', $$kind, received_on, to_party_id$$, $$'extension', '2020-02-01', 3$$),
  ('a suspension until a day', $$kind, effective_on, until$$, $$'suspension', '2020-02-01', '2020-02-02'$$),
  ('a suspension of no day', $$kind, effective_on, until$$, $$'suspension', '2020-02-01', '2020-02-01'$$),
  ('an early end until a day', $$kind, effective_on, until$$, $$'early_end', '2020-02-01', '2020-03-01'$$),
  ('an extension agreed until a day', $$kind, decided_on, until$$, $$'extension', '2020-02-01', '2022-07-01'$$),
  ('an extension agreed until a day before its end', $$kind, decided_on, until$$, $$'extension', '2020-02-01', '2020-07-01'$$),
  ('an extension agreed until a day, by an option', $$kind, decided_on, until, option_no$$, $$'extension', '2020-02-01', '2022-07-01', 1$$),
  ('an addition that brought nothing', $$kind, effective_on, service_id$$, $$'scope_added', '2020-02-01', 40$$),
  ('an addition of nothing', $$kind, effective_on$$, $$'scope_added', '2020-02-01'$$),
  ('a removal of nothing', $$kind, effective_on$$, $$'scope_removed', '2020-02-01'$$),
  ('a removal of a service it has', $$kind, effective_on, service_id$$, $$'scope_removed', '2020-02-01', 20$$),
  ('a removal of a service it has not', $$kind, effective_on, service_id$$, $$'scope_removed', '2020-02-01', 70$$),
  ('a removal of a part of a scope', $$kind, effective_on, area_id$$, $$'scope_removed', '2020-02-01', 3$$),
  ('a service and an area, but not together', $$kind, effective_on, service_id, area_id$$, $$'scope_removed', '2020-02-01', 20, 2$$),
  ('another kind', $$kind, effective_on$$, $$'miracle', '2020-02-01'$$),
  ('no finite day', $$kind, effective_on$$, $$'suspension', 'infinity'$$)
) t (tried, names, cells);

-- the fold: each step, and what is refused on the way
CREATE FUNCTION pg_temp.period_of(contract text) RETURNS text LANGUAGE sql AS $$ SELECT c.period::text FROM wmo.contract c WHERE c.number = contract $$;
SELECT tried, pg_temp.done(statement), pg_temp.period_of('A') FROM (VALUES
  (1, 'option 2 first', $$INSERT INTO wmo.contract_change (id, contract_id, kind, received_on, option_no) VALUES (1, 1, 'extension', '2020-09-01', 2)$$),
  (2, 'option 1, received nobody knows when, decided after its notice day', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, option_no) VALUES (1, 1, 'extension', '2020-12-01', 1)$$),
  (3, 'now received in time', $$UPDATE wmo.contract_change SET received_on = '2020-09-30' WHERE id = 1$$),
  (4, 'now received too late', $$UPDATE wmo.contract_change SET received_on = '2020-10-01' WHERE id = 1$$),
  (5, 'option 1 again', $$INSERT INTO wmo.contract_change (id, contract_id, kind, received_on, option_no) VALUES (2, 1, 'extension', '2021-09-01', 1)$$),
  (6, 'option 2, known before option 1', $$INSERT INTO wmo.contract_change (id, contract_id, kind, received_on, option_no) VALUES (2, 1, 'extension', '2020-08-01', 2)$$),
  (7, 'option 2', $$INSERT INTO wmo.contract_change (id, contract_id, kind, received_on, option_no) VALUES (2, 1, 'extension', '2021-09-01', 2)$$),
  (8, 'an option 3', $$INSERT INTO wmo.contract_change (id, contract_id, kind, received_on) VALUES (3, 1, 'extension', '2023-09-01')$$),
  (9, 'option 1 taken away from under option 2', $$DELETE FROM wmo.contract_change WHERE id = 1$$),
  (10, 'option 1 that becomes an early end', $$UPDATE wmo.contract_change SET kind = 'early_end', option_no = NULL, effective_on = '2020-06-01' WHERE id = 1$$),
  (11, 'an early end in option 2', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on) VALUES (4, 1, 'early_end', '2022-05-01', '2022-06-01')$$),
  (12, 'a later early end', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on) VALUES (5, 1, 'early_end', '2022-05-02', '2022-07-01')$$),
  (13, 'a row that moves to another contract', $$UPDATE wmo.contract_change SET contract_id = 3 WHERE id = 4$$),
  (14, 'the period by hand', $$UPDATE wmo.contract SET period = '[2019-01-01,)' WHERE id = 1$$),
  (15, 'both periods by hand', $$UPDATE wmo.contract SET agreed_period = '[2019-01-01,2021-01-01)+P1Y+P2Y', period = '[2019-01-01,)' WHERE id = 1$$),
  (16, 'agreed so that the ledger no longer fits', $$UPDATE wmo.contract SET agreed_period = '[2019-01-01,2021-01-01)+P1Y' WHERE id = 1$$),
  (17, 'agreed for a shorter first term', $$UPDATE wmo.contract SET agreed_period = '[2019-01-01,2020-01-01)+P1Y+P2Y notice P3M' WHERE id = 1$$),
  (18, 'without the early end', $$DELETE FROM wmo.contract_change WHERE id = 4$$),
  (19, 'without option 2', $$DELETE FROM wmo.contract_change WHERE id = 2$$),
  (20, 'two in one statement, given in the wrong order', $$INSERT INTO wmo.contract_change (id, contract_id, kind, received_on, option_no, effective_on) VALUES (7, 1, 'early_end', NULL, NULL, '2022-10-01'), (6, 1, 'extension', '2021-09-01', 2, NULL)$$),
  (21, 'an empty ledger', $$DELETE FROM wmo.contract_change WHERE contract_id = 1$$),
  (23, 'six months more by agreement, between the options', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, until) VALUES (8, 1, 'extension', '2020-06-01', '2021-07-01')$$),
  (24, 'option 1 after it', $$INSERT INTO wmo.contract_change (id, contract_id, kind, received_on, option_no) VALUES (9, 1, 'extension', '2021-03-01', 1)$$),
  (25, 'an empty ledger again', $$DELETE FROM wmo.contract_change WHERE contract_id = 1$$),
  (26, 'without ledger, a new period corrects what was agreed', $$UPDATE wmo.contract SET period = '[2019-01-01,2022-01-01)+P1Y' WHERE id = 1$$)
) t (step, tried, statement) ORDER BY step;
SELECT 'agreed', agreed_period FROM wmo.contract WHERE id = 1;

-- a change for some scopes leaves the contract, and must fold with the changes for all
SELECT tried, pg_temp.done(statement), pg_temp.period_of('A') FROM (VALUES
  (1, 'option 1 for Stad alone', $$INSERT INTO wmo.contract_change (id, contract_id, kind, received_on, option_no, area_id) VALUES (1, 1, 'extension', '2021-06-01', 1, 1)$$),
  (2, 'option 1 for all, which Stad has had', $$INSERT INTO wmo.contract_change (id, contract_id, kind, received_on, option_no) VALUES (2, 1, 'extension', '2021-07-01', 1)$$),
  (3, 'an addition without what it adds', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, service_id) VALUES (3, 1, 'scope_added', '2020-01-01', '2020-02-01', 40)$$),
  (4, 'with the scope that points at it', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, service_id) VALUES (3, 1, 'scope_added', '2020-01-01', '2020-02-01', 40);
     INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, added_by_id) VALUES (5, 1, 40, 1, 3)$$),
  (5, 'a scope that points at an extension', $$INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, added_by_id) VALUES (6, 1, 70, 1, 1)$$),
  (6, 'a scope that points at another contract''s change', $$INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, added_by_id) VALUES (6, 2, 70, 1, 3)$$),
  (7, 'the addition that a scope points at is deleted', $$DELETE FROM wmo.contract_change WHERE id = 3$$),
  (7, 'the scope goes and its addition stays', $$DELETE FROM wmo.contract_scope WHERE id = 5$$),
  (8, 'the addition becomes a removal', $$UPDATE wmo.contract_change SET kind = 'scope_removed' WHERE id = 3$$),
  (9, 'an option for a service and for all, and a scope for it', $$WITH ledger AS (INSERT INTO wmo.contract_change (contract_id, kind, received_on, option_no, service_id) VALUES (3, 'extension', '2020-07-01', 1, 10), (3, 'extension', '2020-07-01', 1, NULL))
     INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (3, 10, 1)$$)
) t (step, tried, statement) ORDER BY step;
DELETE FROM wmo.contract_change WHERE contract_id = 3;
DELETE FROM wmo.contract_scope WHERE contract_id = 3;
SELECT s.id, s.added_by_id, st.known, st.period FROM wmo_works.scope_state st JOIN wmo.contract_scope s ON s.id = st.scope_id
WHERE s.contract_id = 1 ORDER BY s.id, st.known;

-- emptied at one stroke
INSERT INTO wmo.contract_change (contract_id, kind, received_on) VALUES (3, 'extension', '2020-07-01');
SELECT pg_temp.period_of('C');
TRUNCATE wmo.contract_change CASCADE;
SELECT pg_temp.period_of('C');

-- unknown receipt: at the earliest on the day of the decision. The notice day is 2020-09-30; without a notice time the term's last day
CREATE FUNCTION pg_temp.judged(agreed wmo.contract_period, decided date, received date) RETURNS TABLE (period text, late boolean, warning text)
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (9, 'J', 1, 2, agreed);
  INSERT INTO wmo.contract_change (contract_id, kind, decided_on, received_on, effective_on) VALUES (9, 'extension', decided, received, CASE WHEN num_nonnulls(decided, received) = 0 THEN date '2021-01-01' END);
  RETURN QUERY SELECT c.period::text, wmo.has_late_extension(c.period), (SELECT string_agg(w.warning, '; ') FROM wmo.contract_change_warning w WHERE w.contract_id = 9) FROM wmo.contract c WHERE c.id = 9;
  DELETE FROM wmo.contract WHERE id = 9;
END
$$;
SELECT v.decided, v.received, j.* FROM (VALUES (1, '2020-09-30', NULL), (2, '2020-10-01', NULL), (3, '2021-03-01', NULL), (4, '2020-09-30', '2020-10-01'),
  (5, '2020-10-05', '2020-09-29'), (6, NULL, '2020-09-30'), (7, NULL, NULL)) v (n, decided, received)
CROSS JOIN LATERAL pg_temp.judged('[2019-01-01,2021-01-01)+P1Y notice P3M', v.decided::date, v.received::date) j ORDER BY n;
SELECT v.decided, j.* FROM (VALUES ('2020-12-31'), ('2021-01-01')) v (decided) CROSS JOIN LATERAL pg_temp.judged('[2019-01-01,2021-01-01)+P1Y', v.decided::date, NULL) j;

-- a declaration works when it reaches the other
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, received_on, effective_on) VALUES
  (1, 3, 'suspension', '2020-01-01', '2020-01-03', '2020-02-01'), (2, 3, 'suspension', '2020-01-01', NULL, '2020-02-01'),
  (3, 3, 'suspension', NULL, NULL, '2020-02-01');
SELECT id, known_from FROM wmo.contract_change ORDER BY id;

TRUNCATE wmo.contract_change CASCADE;

-- a part first, then all of it: each change holds for what it can still change, and is refused where that is nothing
CREATE FUNCTION pg_temp.ends(as_of date) RETURNS TABLE (whole date, in_stad date, in_land date, other_service date) LANGUAGE plpgsql AS $$ BEGIN
  RETURN QUERY SELECT wmo.last_day(wmo_works.contract_period_by_ledger(c.id, c.agreed_period, as_of)), s.d[1], s.d[2], s.d[3]
  FROM wmo.contract c, (SELECT array_agg(wmo.last_day(st.period) ORDER BY st.scope_id) AS d FROM wmo_works.scope_state st WHERE st.contract_id = 4 AND st.known @> as_of) s WHERE c.id = 4;
END $$;
CREATE FUNCTION pg_temp.ended() RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT e::text FROM pg_temp.ends('2030-01-01') e $$;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (4, 'D', 1, 2, '[2019-01-01,2021-01-01)+P1Y+P1Y notice P3M');
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id) VALUES (41, 4, 10, 1), (42, 4, 10, 2), (43, 4, 20, 1);
SELECT n, tried, pg_temp.done(statement), pg_temp.ended() FROM (VALUES
  (1, 'Land ends early', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, area_id) VALUES (1, 4, 'early_end', '2020-01-15', '2020-03-01', 2)$$),
  (2, 'then all of it, later', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on) VALUES (2, 4, 'early_end', '2020-02-15', '2020-06-01')$$),
  (3, 'then Land again, later than it ended', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, area_id) VALUES (3, 4, 'early_end', '2020-02-20', '2020-04-01', 2)$$),
  (4, 'then Stad, earlier', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, area_id) VALUES (4, 4, 'early_end', '2020-02-20', '2020-05-01', 1)$$),
  (5, 'then all of it, when nothing runs', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on) VALUES (5, 4, 'early_end', '2020-02-25', '2020-07-01')$$),
  (6, 'the end of all taken away from before', $$DELETE FROM wmo.contract_change WHERE id = 2$$),
  (7, 'the end of Stad is revoked', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, area_id) VALUES (6, 4, 'end_revoked', '2020-04-01', 1)$$),
  (8, 'and once more', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, area_id) VALUES (7, 4, 'end_revoked', '2020-04-02', 1)$$),
  (9, 'option 1 of all: not of Land, which ended', $$INSERT INTO wmo.contract_change (id, contract_id, kind, received_on) VALUES (8, 4, 'extension', '2020-09-01')$$),
  (10, 'option 2 declined for Stad', $$INSERT INTO wmo.contract_change (id, contract_id, kind, received_on, option_no, area_id) VALUES (9, 4, 'option_declined', '2021-02-01', 2, 1)$$),
  (11, 'option 2 for Stad all the same', $$INSERT INTO wmo.contract_change (id, contract_id, kind, received_on, option_no, area_id) VALUES (10, 4, 'extension', '2021-03-01', 2, 1)$$),
  (12, 'option 2 for all', $$INSERT INTO wmo.contract_change (id, contract_id, kind, received_on, option_no) VALUES (11, 4, 'extension', '2021-03-01', 2)$$),
  (13, 'option 2 of all declined afterwards', $$INSERT INTO wmo.contract_change (id, contract_id, kind, received_on) VALUES (12, 4, 'option_declined', '2021-04-01')$$)
) t (n, tried, statement) ORDER BY n;
-- and what was known on a day stays what it was
SELECT d, e.* FROM unnest('{2020-01-14,2020-01-15,2020-02-19,2020-02-20,2020-03-31,2020-04-01,2020-09-01,2021-02-01,2021-03-01}'::date[]) d CROSS JOIN LATERAL pg_temp.ends(d) e;
SELECT known, reason, certainty FROM wmo_works.scope_standing WHERE scope_id = 41 AND valid @> '2022-06-01'::date AND known && '[2020-09-01,2021-06-01)' ORDER BY known;
SELECT w.warning FROM wmo.contract_change_warning w WHERE w.change_id = 9;
-- the next option is not the same for all: then it is named
DELETE FROM wmo.contract_change;
SELECT n, tried, pg_temp.done(statement), pg_temp.ended() FROM (VALUES
  (1, 'option 1 for Stad', $$INSERT INTO wmo.contract_change (id, contract_id, kind, received_on, area_id) VALUES (1, 4, 'extension', '2020-09-01', 1)$$),
  (2, 'the next option of all', $$INSERT INTO wmo.contract_change (id, contract_id, kind, received_on) VALUES (2, 4, 'extension', '2020-09-02')$$),
  (3, 'the next option of all declined', $$INSERT INTO wmo.contract_change (id, contract_id, kind, received_on) VALUES (2, 4, 'option_declined', '2020-09-02')$$),
  (4, 'option 1 of all declined', $$INSERT INTO wmo.contract_change (id, contract_id, kind, received_on, option_no) VALUES (2, 4, 'option_declined', '2020-09-02', 1)$$),
  (5, 'option 2 of all: of Stad', $$INSERT INTO wmo.contract_change (id, contract_id, kind, received_on, option_no) VALUES (3, 4, 'extension', '2020-09-03', 2)$$)
) t (n, tried, statement) ORDER BY n;
SELECT part, words FROM pg_temp.whole_error($$WITH gone AS (DELETE FROM wmo.contract_change WHERE id IN (2, 3)) INSERT INTO wmo.contract_change (contract_id, kind, received_on) VALUES (4, 'extension', '2020-09-02')$$);
-- two early ends, of which one is taken back: which, is not for us to say. The one that was taken back never was, and the other ends it
DELETE FROM wmo.contract_change;
SELECT n, tried, pg_temp.done(statement), pg_temp.ended() FROM (VALUES
  (1, 'all of it ends early', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on) VALUES (1, 4, 'early_end', '2020-01-15', '2020-07-01')$$),
  (2, 'and earlier', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on) VALUES (2, 4, 'early_end', '2020-02-15', '2020-04-01')$$),
  (3, 'an end is revoked', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on) VALUES (3, 4, 'end_revoked', '2020-03-01')$$),
  (4, 'one that is none', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on) VALUES (3, 4, 'end_revoked', '2020-03-01', '2020-05-01')$$),
  (5, 'the later one', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on) VALUES (3, 4, 'end_revoked', '2020-03-01', '2020-07-01')$$),
  (6, 'the earlier one instead', $$UPDATE wmo.contract_change SET effective_on = '2020-04-01' WHERE id = 3$$),
  (7, 'and the one that is left', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on) VALUES (4, 4, 'end_revoked', '2020-03-02')$$)
) t (n, tried, statement) ORDER BY n;
SELECT part, words FROM pg_temp.whole_error($$WITH gone AS (DELETE FROM wmo.contract_change WHERE id = 4) UPDATE wmo.contract_change SET effective_on = NULL WHERE id = 3$$);
SELECT d, e.* FROM unnest('{2020-01-14,2020-01-15,2020-02-15,2020-03-01,2020-03-02}'::date[]) d CROSS JOIN LATERAL pg_temp.ends(d) e;
-- a suspension: as it was said to end, and as it was said later
DELETE FROM wmo.contract_change;
CREATE FUNCTION pg_temp.suspended(as_of date) RETURNS TABLE (scope integer, days datemultirange) LANGUAGE sql AS $$
  SELECT st.scope_id, range_agg(st.valid) FROM wmo_works.scope_standing st WHERE st.scope_id IN (41, 42) AND st.reason = 'suspended' AND st.known @> as_of GROUP BY 1 ORDER BY 1
$$;
SELECT n, tried, pg_temp.done(statement) FROM (VALUES
  (1, 'an end of none', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on) VALUES (1, 4, 'suspension_ended', '2019-05-01', '2019-06-01')$$),
  (2, 'suspended until further notice', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on) VALUES (1, 4, 'suspension', '2019-05-01', '2019-06-01')$$),
  (3, 'ended for Stad', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, area_id) VALUES (2, 4, 'suspension_ended', '2019-07-01', '2019-07-10', 1)$$),
  (4, 'ended', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on) VALUES (3, 4, 'suspension_ended', '2019-08-01', '2019-08-15')$$),
  (5, 'suspended again, for Land', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, until, area_id) VALUES (4, 4, 'suspension', '2019-09-01', '2019-10-01', '2019-11-01', 2)$$),
  (6, 'ended before it came', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, area_id) VALUES (5, 4, 'suspension_ended', '2019-09-15', '2019-09-20', 2)$$),
  (7, 'called off', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, area_id) VALUES (5, 4, 'suspension_ended', '2019-09-15', '2019-10-01', 2)$$),
  (8, 'ended where it was not suspended', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, service_id) VALUES (6, 4, 'suspension_ended', '2019-12-01', '2019-12-01', 40)$$),
  (9, 'the suspension taken away from under its end', $$DELETE FROM wmo.contract_change WHERE id = 1$$),
  -- the end of one that holds is none of another that was planned for later
  (10, 'suspended again', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on) VALUES (7, 4, 'suspension', '2019-12-01', '2020-01-01')$$),
  (11, 'and planned for the summer', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, until) VALUES (8, 4, 'suspension', '2019-12-02', '2020-07-01', '2020-08-01')$$),
  (12, 'ended in winter', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on) VALUES (9, 4, 'suspension_ended', '2020-01-20', '2020-02-01')$$)
) t (n, tried, statement) ORDER BY n;
SELECT d, s.* FROM unnest('{2019-04-30,2019-05-01,2019-07-01,2019-08-01,2019-09-01,2019-09-15,2020-01-20}'::date[]) d CROSS JOIN LATERAL pg_temp.suspended(d) s ORDER BY 1, 2;

-- an extension goes on where the contract ended, and one that was agreed after that says so
DELETE FROM wmo.contract_change;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (70, 'H', 1, 2, '[2020-01-01,2022-01-01)'), (71, 'I', 1, 2, '[2020-01-01,2022-01-01)+P1Y notice P3M'), (72, 'J', 1, 2, '[2020-01-01,?)');
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id) VALUES (701, 70, 10, 1), (702, 70, 10, 2);
SELECT n, tried, pg_temp.done(statement), pg_temp.period_of('H') FROM (VALUES
  (1, 'from a day after its end', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, until) VALUES (1, 70, 'extension', '2021-12-15', '2022-03-01', '2023-01-01')$$),
  (2, 'from a day before its end', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, until) VALUES (1, 70, 'extension', '2021-12-15', '2021-12-31', '2023-01-01')$$),
  (3, 'from the day after its last one', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, until) VALUES (1, 70, 'extension', '2021-12-15', '2022-01-01', '2023-01-01')$$),
  (4, 'and that was moved', $$UPDATE wmo.contract_change SET effective_on = '2022-02-01' WHERE id = 1$$),
  (5, 'its end was another one', $$UPDATE wmo.contract SET agreed_period = '[2020-01-01,2021-06-01)' WHERE id = 70$$),
  (6, 'agreed on its last day', $$UPDATE wmo.contract_change SET decided_on = '2021-12-31' WHERE id = 1$$),
  (7, 'agreed on the day after it', $$UPDATE wmo.contract_change SET decided_on = '2022-01-01' WHERE id = 1$$),
  (8, 'agreed before, received after it', $$UPDATE wmo.contract_change SET decided_on = '2021-12-01', received_on = '2022-02-01' WHERE id = 1$$),
  (9, 'nobody knows when it was agreed', $$UPDATE wmo.contract_change SET decided_on = NULL, received_on = NULL WHERE id = 1$$),
  (10, 'a part runs longer', $$WITH gone AS (DELETE FROM wmo.contract_change) INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, until, area_id) VALUES (2, 70, 'extension', '2021-12-01', '2022-07-01', 2)$$),
  (11, 'all of it, from the end of that part', $$INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, until) VALUES (3, 70, 'extension', '2022-06-01', '2022-07-01', '2023-01-01')$$),
  (12, 'all of it, from the end of no part', $$UPDATE wmo.contract_change SET effective_on = '2022-08-01' WHERE id = 3$$),
  (13, 'an option, from a later day', $$INSERT INTO wmo.contract_change (id, contract_id, kind, received_on, effective_on) VALUES (4, 71, 'extension', '2021-06-01', '2022-02-01')$$),
  (14, 'an option declined, from a later day', $$INSERT INTO wmo.contract_change (id, contract_id, kind, received_on, effective_on) VALUES (4, 71, 'option_declined', '2021-06-01', '2022-02-01')$$),
  (15, 'an option declined, from the day after the last one', $$INSERT INTO wmo.contract_change (id, contract_id, kind, received_on, effective_on) VALUES (4, 71, 'option_declined', '2021-06-01', '2022-01-01')$$)
) t (n, tried, statement) ORDER BY n;
SELECT part, words FROM pg_temp.whole_error($$UPDATE wmo.contract_change SET effective_on = '2022-08-01' WHERE id = 3$$);
SELECT w.change_id, w.warning FROM wmo.contract_change_warning w WHERE w.contract_id = 70 ORDER BY 1, 2;

SELECT 'not tried', u FROM pg_temp.untried('wmo.contract_change', 'wmo.contract_scope') u
WHERE u LIKE 'contract\_change%' OR u LIKE '%added%';
ROLLBACK;
