-- Events of the calendar through a life of changes, each in a transaction of its own: one UID a decision, and what an event says changes
-- only with a later day of revision, of which SEQUENCE is made: also when something behind it is taken away.
\getenv here PG_ABS_SRCDIR
\set throws :here '/sql/include/throws.sql'
\pset format unaligned
\pset tuples_only on
\pset fieldsep ': '
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
SET search_path = pg_catalog;
SET datestyle = 'ISO';
SET jit = off;
\i :throws

INSERT INTO wmo.party (id, name, kind) VALUES (91, 'Stad', 'municipality'), (92, 'Dorp', 'municipality'), (93, 'Zorg A', 'provider'), (94, 'Zorg B', 'provider');
INSERT INTO wmo.source (id, article) VALUES (91, 'Bron');
INSERT INTO wmo.area (id, name, kind) VALUES (91, 'Oost', 'working_area'), (92, 'West', 'working_area');
INSERT INTO wmo.tender (id, title, procedure, above_threshold, bids_valid_until) VALUES (91, 'Begeleiding', 'open', true, '2024-06-01');
INSERT INTO wmo.tender_buyer (tender_id, buyer_id) VALUES (91, 91), (91, 92);
INSERT INTO wmo.award (id, tender_id, supplier_id, decided, sent, standstill) SELECT 90 + i, 91, 92 + i, '[2023-11-20,2023-11-21)', '[2023-11-20,2023-11-21)', wmo.objection_period('standstill', '2023-11-20') FROM generate_series(1, 2) i;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id, signed_on)
SELECT 90 + i, 'Q' || i, 91 + i % 2, 93 + i % 2, (ARRAY['[2022-01-01,2024-07-01)+P1Y+P1Y notice P3M', '[2022-01-01,)', '[2023-01-01,2024-03-01)+P1Y', '[2024-01-01,2026-01-01)'])[i]::wmo.contract_period,
       CASE WHEN i = 4 THEN 91 END, CASE WHEN i < 4 THEN date '2021-12-01' END FROM generate_series(1, 4) i;
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, valid)
SELECT 90 + 2 * i + a, 90 + i, wmo.service_id('begeleiding'), 91 + a, CASE WHEN a = 1 AND i = 2 THEN '(,2024-06-01)' ELSE '(,)' END::daterange FROM generate_series(1, 4) i, generate_series(0, 1) a;
INSERT INTO wmo.tender_lead_time (buyer_id, procedure, lead) VALUES (NULL, 'open', '9 months'), (NULL, 'unknown', '8 months'), (92, 'unknown', '10 months');

-- Statements of which one is drawn at a time; what the registry refuses changes nothing.
CREATE TEMPORARY TABLE step (n integer PRIMARY KEY, statement text);
INSERT INTO step SELECT row_number() OVER (), s FROM unnest(ARRAY[
  $$UPDATE wmo.party SET name = name || '+' WHERE id = 90 + %1$s$$, $$UPDATE wmo.contract SET number = number || '.' WHERE id = 90 + %1$s$$, $$UPDATE wmo.contract SET owner = 'team %2$s' WHERE id = 90 + %1$s$$,
  $$UPDATE wmo.source SET article = article || '!' WHERE id = 91$$, $$UPDATE wmo.contract SET source_id = CASE WHEN source_id IS NULL THEN 91 END WHERE id = 90 + %1$s$$, $$UPDATE wmo.tender SET title = title || '*' WHERE id = 91$$,
  $$UPDATE wmo.area SET name = name || '-' WHERE id = 91 + %1$s %% 2$$,
  $$INSERT INTO wmo.contract_change (contract_id, kind, received_on) VALUES (90 + %1$s, 'extension', date '2023-06-01' + %2$s)$$,
  $$INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, area_id) VALUES (90 + %1$s, 'early_end', date '2023-10-01' + %2$s, date '2024-04-01' + %2$s, CASE WHEN %2$s %% 2 = 0 THEN 91 END)$$,
  $$INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, until) VALUES (90 + %1$s, 'suspension', '2023-12-01', date '2024-02-01' + %2$s, date '2024-04-01' + %2$s)$$,
  $$INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id) VALUES (90 + %1$s, 'transfer', '2023-09-01', date '2023-11-01' + %2$s, 93 + %2$s %% 2)$$,
  $$DELETE FROM wmo.contract_change WHERE id = (SELECT min(id) FROM wmo.contract_change WHERE contract_id = 90 + %1$s)$$, $$DELETE FROM wmo.contract_change WHERE contract_id = 90 + %1$s AND kind = 'transfer'$$,
  $$DELETE FROM wmo.contract_change WHERE contract_id = 90 + %1$s AND kind = 'suspension'$$,
  $$UPDATE wmo.contract_change SET effective_on = effective_on + 1 WHERE contract_id = 90 + %1$s AND kind IN ('early_end', 'transfer')$$,
  $$INSERT INTO wmo.contract_ending (contract_id, kind, notice, planned_end) VALUES (90 + %1$s, 'termination', '%3$s months', date '2024-05-01' + %2$s)$$,
  $$INSERT INTO wmo.contract_ending (contract_id, kind, notice, renewed_by) VALUES (93, 'tacit_renewal', '%3$s months', '1 year')$$, $$INSERT INTO wmo.contract_ending (contract_id, kind, ceiling_on) VALUES (90 + %1$s, 'ceiling', date '2024-05-01' + %2$s)$$,
  $$DELETE FROM wmo.contract_ending WHERE contract_id = 90 + %1$s$$, $$UPDATE wmo.contract_ending SET notice = '%3$s months' WHERE contract_id = 90 + %1$s AND kind <> 'ceiling'$$,
  $$UPDATE wmo.tender_lead_time SET lead = '%3$s months'$$, $$DELETE FROM wmo.tender_lead_time WHERE buyer_id = 92$$, $$INSERT INTO wmo.tender_lead_time (buyer_id, procedure, lead) VALUES (92, 'unknown', '10 months')$$,
  $$INSERT INTO wmo.award_challenge (award_id, kind, lodged, ruling_expected) VALUES (91 + %2$s %% 2, 'summary_proceedings', date '2023-11-25' + %3$s, '2024-02-01')$$,
  $$UPDATE wmo.award_challenge SET ruled = date '2023-12-20' + %3$s, outcome = 'dismissed' WHERE ruled IS NULL$$, $$DELETE FROM wmo.award_challenge WHERE award_id = 91 + %2$s %% 2$$,
  $$UPDATE wmo.award SET sent = daterange('2023-11-20', date '2023-11-21' + %3$s) WHERE id = 91$$, $$UPDATE wmo.award SET withdrawn_on = CASE WHEN withdrawn_on IS NULL THEN date '2023-12-15' END WHERE id = 92$$,
  $$UPDATE wmo.tender SET bids_valid_until = date '2024-06-01' + %3$s WHERE id = 91$$, $$DELETE FROM wmo.tender_buyer WHERE buyer_id = 92$$, $$INSERT INTO wmo.tender_buyer (tender_id, buyer_id) VALUES (91, 92)$$,
  $$INSERT INTO wmo.client_stop (contract_id, during) VALUES (90 + %1$s, daterange(date '2024-01-10' + %2$s, date '2024-03-01' + %2$s))$$, $$DELETE FROM wmo.client_stop WHERE contract_id = 90 + %1$s$$,
  $$DELETE FROM wmo.contract_scope WHERE id = 90 + 2 * %1$s + %2$s %% 2$$, $$INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id) VALUES (91 + 2 * %1$s, 90 + %1$s, wmo.service_id('begeleiding'), 92)$$,
  $$UPDATE wmo.contract_scope SET valid = daterange(NULL, date '2024-05-01' + %2$s) WHERE id = 91 + 2 * %1$s$$]) s;
CREATE TEMPORARY TABLE said (round integer, uid text, revised_at timestamptz, sequence bigint, words text);
CREATE TEMPORARY TABLE done (round integer, statement text, refused boolean);
SELECT setseed(0.55);
CREATE PROCEDURE pg_temp.live(rounds integer) LANGUAGE plpgsql AS $$
DECLARE
  statement text;
BEGIN
  FOR r IN 0 .. rounds LOOP
    SELECT format(s.statement, 1 + floor(random() * 4)::integer, floor(random() * 60)::integer, 1 + floor(random() * 4)::integer) INTO statement FROM step s WHERE s.n = 1 + r * 7 % (SELECT count(*) FROM step);
    IF r > 0 THEN
      BEGIN
        EXECUTE statement;
        SET CONSTRAINTS ALL IMMEDIATE;
        INSERT INTO done VALUES (r, statement, false);
      EXCEPTION WHEN OTHERS THEN
        INSERT INTO done VALUES (r, statement, true);
      END;
      COMMIT;
    END IF;
    INSERT INTO said
    SELECT r, d.uid, d.revised_at, substring(wmo_works.icalendar_event(d) FROM E'SEQUENCE:([0-9]+)')::bigint, regexp_replace(wmo_works.icalendar_event(d), E'(DTSTAMP|LAST-MODIFIED|SEQUENCE):[^\\r]*', '', 'g')
    FROM wmo.decision_calendar_on('2024-01-05') d WHERE d.day IS NOT NULL;
    COMMIT;
  END LOOP;
END
$$;
CALL pg_temp.live(pg_temp.throws(114));
SELECT count(*) > 500 AS events, count(DISTINCT uid) > pg_temp.throws(20) AS decisions, (SELECT count(*) FILTER (WHERE NOT refused) > count(*) / 2 FROM done) AS lived FROM said;
SELECT count(*) - count(DISTINCT format('%s %s', round, uid)) AS names_twice FROM said;
-- an event that says something else was revised later, and none was revised earlier than before
CREATE TEMPORARY TABLE turn AS
SELECT s.*, lag(s.revised_at) OVER w AS revised_before, lag(s.words) OVER w AS words_before, lag(s.sequence) OVER w AS sequence_before, lag(s.round) OVER w AS round_before FROM said s WINDOW w AS (PARTITION BY s.uid ORDER BY s.round);
SELECT count(*) FILTER (WHERE words <> words_before) > 40 AS changes, count(*) FILTER (WHERE words <> words_before AND revised_at <= revised_before) AS unseen, count(*) FILTER (WHERE revised_at < revised_before) AS fallen,
  count(*) FILTER (WHERE sequence < sequence_before) AS sequences_fallen FROM turn;
SELECT t.round, d.statement, substring(t.uid FROM '^[a-z_]+') AS kind, t.revised_at < t.revised_before AS fallen FROM turn t JOIN done d ON d.round = t.round
WHERE t.words <> t.words_before AND t.revised_at <= t.revised_before OR t.revised_at < t.revised_before ORDER BY 2, 3, 1 LIMIT 12;

DELETE FROM wmo.contract WHERE id BETWEEN 91 AND 99;
DELETE FROM wmo.award WHERE id BETWEEN 91 AND 99;
DELETE FROM wmo.tender_lead_time;
DELETE FROM wmo.tender WHERE id = 91;
DELETE FROM wmo.area WHERE id IN (91, 92);
DELETE FROM wmo.party WHERE id BETWEEN 91 AND 99;
DELETE FROM wmo.source WHERE id = 91;
