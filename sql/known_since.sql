-- Since when what is recorded stood: by the day of signing or another recorded day, by its source, by the day on which it
-- was entered, never by the day on which it began; and what cannot be told is not always.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

SELECT pg_temp.area(1, 'Stad', 'official', 'GM9001');
INSERT INTO wmo.source (id, article, published) VALUES (3, 'Bericht van mei', '[2024-05-01,2024-06-01)'), (4, 'Zonder datum', NULL);
CREATE FUNCTION pg_temp.seen_on(VARIADIC days date[]) RETURNS TABLE (as_of date, number text, provider text, role text, found boolean, certainty text, reason text) LANGUAGE plpgsql AS $$
DECLARE
  day date;
BEGIN
  FOREACH day IN ARRAY days LOOP
    RETURN QUERY EXECUTE format('SELECT %1$L::date, p.number, p.provider, p.role, p.found, p.certainty, p.reason FROM wmo.providers_in_area(''GM9001'', ''dagbesteding'', ''2025-03-01'', 80, as_of => %1$L) p ORDER BY p.ord', day);
  END LOOP;
END
$$;

-- a bankruptcy, and a bridging contract signed on the day: before it nobody knew of either, and the first contract was signed on a day too
SELECT pg_temp.contract(1, '[2024-01-01,2028-01-01)', 1, service => 70, supplier => 2);
UPDATE wmo.contract SET signed_on = '2023-09-01' WHERE id = 1;
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, reason) VALUES (1, 'early_end', '2025-02-10', '2025-02-10', 'Faillissement');
SELECT pg_temp.contract(2, wmo.contract_period('2025-02-10', '6 months'), 1, service => 70, supplier => 3);
UPDATE wmo.contract SET signed_on = '2025-02-10' WHERE id = 2;
SELECT * FROM pg_temp.seen_on('2023-08-31', '2023-09-01', '2024-12-01', '2025-02-09', '2025-02-10');
SELECT c.number, c.certainty, c.valid, c.known FROM wmo.coverage c ORDER BY c.number, c.known;
-- a decision shows on a past day when it was known then
SELECT d.asked, c.number, c.kind, c.day, c.detail FROM unnest(ARRAY['2023-08-31', '2024-12-01', '2025-02-10']::date[]) d (asked), wmo.decision_calendar_on(d.asked) c ORDER BY d.asked, c.day;
-- nobody, surely, before the signing where no contract is missing
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (1, '[2024-01-01,2026-01-01)');
SELECT x.number, x.found, x.certainty, x.reason FROM pg_temp.seen_on('2023-08-31') x;
DELETE FROM wmo.registry_completeness;
DELETE FROM wmo.contract;

-- a recorded day instead of a signing; a source of some day in May; a source without a day, entered a month after it began;
-- no source, but a day of entering
SELECT pg_temp.contract(1, '[2025-01-01,2026-01-01)', 1, service => 70, supplier => 2, choice => 'shared'), pg_temp.contract(2, '[2025-01-01,2026-01-01)', 1, service => 70, supplier => 3, choice => 'shared'),
       pg_temp.contract(3, '[2025-01-01,2026-01-01)', 1, service => 70, supplier => 4, choice => 'shared'), pg_temp.contract(4, '[2025-01-01,2026-01-01)', 1, service => 70, supplier => 6, choice => 'shared');
UPDATE wmo.contract SET known_on = '2024-03-01' WHERE id = 1;
UPDATE wmo.contract SET source_id = 3 WHERE id = 2;
UPDATE wmo.contract SET source_id = 4, entered_on = '2025-02-01' WHERE id = 3;
UPDATE wmo.contract SET entered_on = '2024-09-01' WHERE id = 4;
UPDATE wmo.contract_scope SET entered_on = '2024-09-01' WHERE id = 4;
SELECT x.* FROM pg_temp.seen_on('2024-02-29', '2024-04-30', '2024-05-31', '2024-09-01', '2025-01-01', '2025-02-01') x;
SELECT c.number, c.certainty, c.known FROM wmo.coverage c ORDER BY c.number, c.known;
-- the calendar: what was not known is not in it, what cannot be told says so
SELECT d.asked, c.number, c.detail FROM unnest(ARRAY['2024-02-29', '2024-05-15', '2025-01-01', '2025-02-01']::date[]) d (asked), wmo.decision_calendar_on(d.asked) c ORDER BY d.asked, c.number;
DELETE FROM wmo.contract;

-- a part of a contract by its own day, a part that began later and was entered a month after that, a subcontract, a member,
-- all under one signature; that a member began before it was entered tells nothing
INSERT INTO wmo.consortium_member (consortium_id, member_id, known_on, entered_on) VALUES (5, 2, '2024-02-01', '2025-06-01'), (5, 3, NULL, '2025-06-01');
SELECT pg_temp.contract(1, '[2025-01-01,2026-01-01)', 1, service => 70, supplier => 5);
UPDATE wmo.contract SET signed_on = '2024-06-01' WHERE id = 1;
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, valid, entered_on) VALUES (2, 1, 10, 1, '[2025-04-01,)', '2025-05-01');
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, known_on) VALUES (3, 1, 40, 1, '2024-08-01');
INSERT INTO wmo.subcontract (id, contract_id, party_id, service_id, source_id) VALUES (1, 1, 4, 70, 3);
INSERT INTO wmo.subcontract (id, contract_id, party_id, service_id, known_on) VALUES (2, 1, 6, 70, '2024-12-01');
SELECT c.service, c.provider, c.role, c.certainty, c.known FROM wmo.coverage c WHERE c.role = 'main' OR c.service = 'dagbesteding' OR c.role = 'contracted' ORDER BY c.service COLLATE "C", c.role, c.provider COLLATE "C", c.known;
DELETE FROM wmo.contract; DELETE FROM wmo.consortium_member;

-- a change of the ledger of which only the day is known on which it holds: it counts since its source or its entering; before that
-- nothing is sure that hangs on it, whether it takes days away, adds them, or gives them to another
CREATE FUNCTION pg_temp.undated(kind text, effective date, until date DEFAULT NULL, party integer DEFAULT NULL) RETURNS TABLE (as_of date, valid daterange, provider text, certainty text, reason text) LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM wmo.contract_change;
  INSERT INTO wmo.contract_change (contract_id, kind, effective_on, until, to_party_id, entered_on) VALUES (1, undated.kind, effective, undated.until, party, '2024-10-01');
  RETURN QUERY SELECT d, s.valid, p.name, s.certainty::text, s.reason::text FROM unnest('{2024-09-30,2024-10-01}'::date[]) d JOIN wmo_works.provider_standing s ON s.known @> d AND s.contract_id = 1
    LEFT JOIN wmo.party p ON p.id = s.provider_id WHERE s.certainty IS NOT NULL ORDER BY d, s.valid;
END
$$;
SELECT pg_temp.contract(1, '[2024-01-01,2025-01-01)+P1Y', 1, service => 70, supplier => 2);
UPDATE wmo.contract SET signed_on = '2023-10-01';
SELECT 'early_end', x.* FROM pg_temp.undated('early_end', '2024-07-01') x;
SELECT 'extension', x.* FROM pg_temp.undated('extension', '2025-01-01') x;
SELECT 'transfer', x.* FROM pg_temp.undated('transfer', '2024-07-01', NULL, 3) x;
SELECT 'suspension', x.* FROM pg_temp.undated('suspension', '2024-07-01', '2024-08-01') x;
UPDATE wmo.contract_change SET source_id = 3;
SELECT 'its source', s.valid, s.known, s.certainty FROM wmo_works.provider_standing s WHERE s.contract_id = 1 AND s.valid @> '2024-07-15'::date ORDER BY s.known;
UPDATE wmo.source SET published = '[2024-03-01,2024-03-02)' WHERE id = 3;
SELECT 'its source', s.valid, s.known, s.certainty FROM wmo_works.provider_standing s WHERE s.contract_id = 1 AND s.valid @> '2024-07-15'::date ORDER BY s.known;
UPDATE wmo.source SET published = '[2024-05-01,2024-06-01)' WHERE id = 3;
SELECT 'early_end', x.* FROM pg_temp.undated('early_end', '2024-07-01') x;
SELECT d.asked, c.kind, c.day, c.detail FROM unnest(ARRAY['2024-09-30', '2024-10-01']::date[]) d (asked), wmo.decision_calendar_on(d.asked) c ORDER BY d.asked, c.day;
SELECT r.as_of, r.status, r.last_day FROM unnest('{2024-09-30,2024-10-01}'::date[]) a (as_of) CROSS JOIN LATERAL (SELECT a.as_of, x.* FROM wmo.contracts_run('2024-08-01', a.as_of) x) r ORDER BY r.as_of;
SELECT ch.known_from, ch.ordered_by, ch.judged_on FROM wmo.contract_change ch;
SELECT count(*) FROM wmo.check_standing();
DELETE FROM wmo.contract;

-- a stop for new clients: announced on a day, or nobody can tell since when
SELECT pg_temp.contract(1, '[2024-01-01,2026-01-01)', 1, service => 70, supplier => 2);
INSERT INTO wmo.client_stop (id, contract_id, during, known_on) VALUES (1, 1, '[2025-02-01,)', '2025-01-15');
SELECT x.* FROM pg_temp.seen_on('2025-01-14', '2025-01-15') x;
UPDATE wmo.client_stop SET known_on = NULL, entered_on = '2025-02-20';
SELECT x.* FROM pg_temp.seen_on('2025-01-14', '2025-02-19', '2025-02-20') x;
SELECT d.asked, g.kind, g.days, g.reason FROM unnest(ARRAY['2025-01-14', '2025-02-19', '2025-02-20']::date[]) d (asked), wmo.coverage_gaps('dagbesteding', '[2025-02-01,2025-03-01)', 'GM9001', d.asked) g;
DELETE FROM wmo.contract;

-- a stop that is lifted on another day than was announced is told as it was until that was known; of which it cannot be told, that is said
SELECT pg_temp.contract(1, '[2024-01-01,2026-01-01)', 1, service => 70, supplier => 2);
INSERT INTO wmo.client_stop (id, contract_id, during, known_on) VALUES (1, 1, '[2025-02-01,2025-06-01)', '2025-01-15');
INSERT INTO wmo.client_stop_lift (contract_id, stop_id, effective_on, known_on) VALUES (1, 1, '2025-03-01', '2025-02-20');
CREATE FUNCTION pg_temp.by_map(VARIADIC days date[]) RETURNS TABLE (as_of date, found boolean, reason text) LANGUAGE sql AS $$
  SELECT d, p.found, p.reason FROM (SELECT wmo.compile_coverage() AS map) m, unnest(days) d CROSS JOIN LATERAL wmo.providers_on(m.map, pg_temp.point(1), 'dagbesteding', '2025-03-01', 80, as_of => d) p ORDER BY d $$;
SELECT x.* FROM pg_temp.seen_on('2025-01-14', '2025-01-15', '2025-02-19', '2025-02-20') x;
SELECT x.* FROM pg_temp.by_map('2025-01-14', '2025-01-15', '2025-02-19', '2025-02-20') x;
SELECT 'before the lifting', p.found, p.reason FROM wmo.providers_in_area('GM9001', 'dagbesteding', '2025-02-28', 80, as_of => '2025-03-01') p;
SELECT d.asked, g.days, g.reason FROM unnest(ARRAY['2025-02-19', '2025-02-20']::date[]) d (asked), wmo.coverage_gaps('dagbesteding', '[2025-01-01,2025-07-01)', 'GM9001', d.asked) g ORDER BY d.asked, g.days;
SELECT d.asked, c.kind, c.day FROM unnest(ARRAY['2025-01-15', '2025-02-19', '2025-02-20']::date[]) d (asked), wmo.decision_calendar_on(d.asked) c WHERE c.kind LIKE 'client_stop%' ORDER BY d.asked, c.kind;
UPDATE wmo.client_stop_lift SET known_on = NULL, entered_on = '2025-04-01';
SELECT x.* FROM pg_temp.seen_on('2025-01-14', '2025-01-15', '2025-03-31', '2025-04-01') x;
SELECT x.* FROM pg_temp.by_map('2025-01-14', '2025-01-15', '2025-03-31', '2025-04-01') x;
SELECT e.* FROM pg_temp.whole_error($$INSERT INTO wmo.client_stop_lift (contract_id, stop_id, effective_on) VALUES (1, 1, '2025-05-01')$$) e WHERE part = 'message';
DELETE FROM wmo.contract;

-- an award says itself since when it stands; a call-off without a day does not
INSERT INTO wmo.award (id, decided, standstill) VALUES (1, '[2024-03-01,2024-03-02)', wmo.objection_period('standstill', '2024-03-01'));
INSERT INTO wmo.award (id, no_term_because) VALUES (2, 'a call-off');
SELECT pg_temp.contract(1, '[2025-01-01,2026-01-01)', 1, service => 70, supplier => 2, choice => 'shared', award => 1), pg_temp.contract(2, '[2025-01-01,2026-01-01)', 1, service => 70, supplier => 3, choice => 'shared', award => 2);
UPDATE wmo.contract SET signed_on = '2024-05-01';
SELECT x.* FROM pg_temp.seen_on('2024-02-29', '2024-03-01', '2024-05-01') x;

SELECT e.* FROM pg_temp.whole_error($$UPDATE wmo.contract SET known_on = 'infinity'$$) e WHERE part = 'message';
SELECT count(*) FROM wmo.check_standing();

-- ---- who came after whom, and whose clients count as whose -------------------------------------------------------------------
INSERT INTO wmo.party (id, name, kind) SELECT n, 'P' || n, CASE WHEN n < 46 THEN 'provider' ELSE 'consortium' END FROM generate_series(40, 48) n;
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on) VALUES (40, 41, 'takeover', '2019-07-01'), (41, 42, 'merger', '2021-01-01'), (42, 43, 'renaming', NULL), (47, 46, 'merger', '2020-01-01');
-- the day before, the day of, further back, on a day that is not known, the other way round, before it was known
SELECT tried, wmo_works.has_succeeded(party, other, on_date::date, as_of::date) FROM (VALUES
  (1, 'the day before', 41, 40, '2019-06-30', '2026-01-01'), (2, 'the day itself', 41, 40, '2019-07-01', '2026-01-01'), (3, 'further back, before the last step', 42, 40, '2020-12-31', '2026-01-01'),
  (4, 'further back', 42, 40, '2021-01-01', '2026-01-01'), (5, 'on a day that is not known', 43, 42, '2022-01-01', '2026-01-01'), (6, 'further back from there', 43, 40, '2022-01-01', '2026-01-01'),
  (7, 'the other way round', 40, 41, '2022-01-01', '2026-01-01'), (8, 'seen before it', 41, 40, '2019-07-01', '2019-06-30'), (9, 'itself', 41, 41, '2022-01-01', '2026-01-01')) t (n, tried, party, other, on_date, as_of) ORDER BY n;
-- nor by our reading of a source, unless another one states it
INSERT INTO wmo.source (id, article, basis, reading) VALUES (909, 'Krant', 'inferred', 'the year is that of the paper');
UPDATE wmo.party_succession SET source_id = 909 WHERE predecessor_id = 40;
SELECT wmo_works.has_succeeded(41, 40, d, '2026-01-01') AS one, wmo_works.has_succeeded(42, 40, d, '2026-01-01') AS both, wmo_works.has_succeeded(42, 41, d, '2026-01-01') AS other FROM unnest('{2019-06-30,2022-01-01}'::date[]) d ORDER BY d;
UPDATE wmo.party_succession SET source_id = NULL WHERE predecessor_id = 40;
-- through a membership and a succession nobody can tell, and nobody can deny; of fellow members they are not
INSERT INTO wmo.consortium_member (consortium_id, member_id, valid, known_on) VALUES (46, 40, '(,2023-01-01)', '2018-01-01'), (46, 44, '(,)', '2018-01-01'), (47, 45, '(,)', '2018-01-01');
SELECT tried, wmo_works.is_own_client(party, other, on_date::date, as_of::date) FROM (VALUES
  (1, 'of its consortium', 40, 46, '2022-01-01', '2026-01-01'), (2, 'of that of whom it came after', 41, 46, '2022-01-01', '2026-01-01'), (3, 'when that was no member any more', 41, 46, '2023-01-01', '2026-01-01'),
  (4, 'before it came after', 41, 46, '2019-06-30', '2026-01-01'), (5, 'before it was a member', 41, 46, '2022-01-01', '2017-12-31'), (6, 'of whom the consortium came after', 44, 47, '2022-01-01', '2026-01-01'),
  (7, 'of a fellow member', 44, 40, '2022-01-01', '2026-01-01'), (8, 'of who came after one of its members', 46, 41, '2022-01-01', '2026-01-01')) t (n, tried, party, other, on_date, as_of) ORDER BY n;
ROLLBACK;
