-- The decision calendar as an iCalendar text (RFC 5545). test/t/006_icalendar.pl reads it with a parser that is not ours.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set entered :here '/sql/include/entered.sql'
\i :verdict
\i :entered
SET intervalstyle = 'postgres';

-- values of type TEXT: backslash, semicolon and comma; line ends; other control characters
SELECT wmo_works.icalendar_text(v) FROM unnest(ARRAY[
  'gewoon', E'a\\b', 'een; twee, drie', E'een\ntwee', E'een\r\ntwee\rdrie', E'tab\there\x07bell\x7f', '"quotes": as they are', '',
  'één' || chr(8232) || 'twee' || chr(8233) || 'drie' || chr(133) || 'vier']) v;
SELECT 'null', wmo_works.icalendar_text(NULL) IS NULL, wmo_works.icalendar_line('SUMMARY', NULL) IS NULL;

-- lines of 75 and 76 octets; the blank of a folded line counts
CREATE FUNCTION pg_temp.lines(folded text) RETURNS TABLE (octets integer, line text)
LANGUAGE sql AS $$
  SELECT octet_length(convert_to(l, 'UTF8')), l FROM regexp_split_to_table(regexp_replace(folded, E'\r\n$', ''), E'\r\n') l
$$;
SELECT n, l.octets, left(l.line, 12) FROM unnest(ARRAY[67, 68, 140, 141, 142]) n CROSS JOIN LATERAL pg_temp.lines(wmo_works.icalendar_line('SUMMARY', repeat('x', n))) l;
-- characters of two, three and four octets are not cut: é, €, and a clef
SELECT l.octets, char_length(l.line) FROM pg_temp.lines(wmo_works.icalendar_line('SUMMARY', repeat('é', 60))) l;
SELECT l.octets, char_length(l.line) FROM pg_temp.lines(wmo_works.icalendar_line('SUMMARY', repeat('€', 40))) l;
SELECT l.octets, char_length(l.line) FROM pg_temp.lines(wmo_works.icalendar_line('SUMMARY', repeat(chr(119070), 30))) l;
SELECT l.line FROM pg_temp.lines(wmo_works.icalendar_line('SUMMARY',
  'Geïntegreerde ondersteuning voor cliënten met beëindigde beschikkingen; coördinatie, financiën en vóór alles één regisseur per huishouden, ’s-Gravenhage')) l;

-- of any text: no line longer than 75 octets, no character cut, unfolding gives it back
SELECT count(*) AS tried,
       count(*) FILTER (WHERE (SELECT max(l.octets) FROM pg_temp.lines(f) l) > 75) AS too_long,
       count(*) FILTER (WHERE replace(f, E'\r\n ', '') <> 'DESCRIPTION:' || v || E'\r\n') AS not_the_same
FROM (SELECT v, wmo_works.icalendar_line('DESCRIPTION', v) AS f
      FROM generate_series(1, 2000) i
      CROSS JOIN LATERAL (SELECT string_agg((ARRAY['a', ' ', 'é', 'ë', '€', chr(119070), '\\', 'ij'])[1 + hashint4(i * 1000 + k) & 7], '') AS v
                          FROM generate_series(0, i % 300) k) t) t;

-- ---- one contract, one event, word for word -------------------------------------------------------------------------------
-- all was last changed in January 2019
CREATE FUNCTION pg_temp.changed_in_2019() RETURNS void LANGUAGE sql SET session_replication_role = replica AS $$
  UPDATE wmo.source SET changed_at = '2019-01-15 10:30:00+01';
  UPDATE wmo.party SET changed_at = '2019-01-15 10:30:00+01';
  UPDATE wmo.contract SET changed_at = '2019-01-15 10:30:00+01';
  UPDATE wmo.contract_scope SET changed_at = '2019-01-15 10:30:00+01';
$$;
INSERT INTO wmo.source (id, article, publisher) VALUES (1, 'Raamovereenkomst; deel 1, 2', 'Gemeente Súdwest-Fryslân');
INSERT INTO wmo.party (id, name, kind, natural_person)
SELECT p.* FROM (VALUES (1, 'Súdwest-Fryslân', 'municipality', false), (2, 'Zorg, Hulp & Co; Noord', 'provider', false), (3, 'J. Jansen', 'provider', true)) p;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, owner, source_id) VALUES
  (1, 'W-2019/007', 1, 2, '[2019-02-01,2023-02-01)+P1Y notice P6M', 'inkoop sociaal domein', 1);
SELECT pg_temp.changed_in_2019();
SELECT octets, line FROM pg_temp.lines(wmo.decision_icalendar('2022-05-01'));
-- the same text at every run; and on another day, while the state is the same
SELECT wmo.decision_icalendar('2022-05-01') = wmo.decision_icalendar('2022-05-01'), wmo.decision_icalendar('2022-05-01') = wmo.decision_icalendar('2022-07-31');
-- the day after it has lapsed, and the end comes instead: no alarm for what is over
SELECT line FROM pg_temp.lines(wmo.decision_icalendar('2022-08-01')) WHERE line ~ '^(BEGIN|UID|DTSTART|SUMMARY|TRIGGER)';

-- alarms: at the start of the lead time and on the last working day, nine in the morning
CREATE FUNCTION pg_temp.triggers(lead interval) RETURNS text
LANGUAGE sql AS $$ SELECT string_agg(line, ' ') FROM pg_temp.lines(wmo.decision_icalendar('2022-04-01', lead)) WHERE line LIKE 'TRIGGER%' $$;
SELECT l, pg_temp.triggers(l) FROM unnest('{6 months,3 days,2 days,1 day,0 days}'::interval[]) l;

-- a change of the facts: the same UID, a higher SEQUENCE
CREATE TEMPORARY TABLE first AS SELECT line FROM pg_temp.lines(wmo.decision_icalendar('2022-05-01'));
UPDATE wmo.contract SET agreed_period = '[2019-02-01,2023-03-01)+P1Y notice P6M';
SELECT 'the UID stays', count(*) FROM pg_temp.lines(wmo.decision_icalendar('2022-05-01')) JOIN first USING (line) WHERE line LIKE 'UID:%';
SELECT 'SEQUENCE grows', substr(n.line, 10)::bigint > substr(f.line, 10)::bigint
FROM pg_temp.lines(wmo.decision_icalendar('2022-05-01')) n, first f WHERE n.line LIKE 'SEQUENCE:%' AND f.line LIKE 'SEQUENCE:%';

-- by team; and what has no known day is counted, so that nobody takes the calendar for the whole
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, owner) VALUES
  (2, 'W-2', 1, 3, '[2019-01-01,2023-01-01)', 'opvang'), (3, 'W-3', 1, NULL, '[2019-01-01,?)', 'opvang'), (4, 'W-4', 1, NULL, '[2019-01-01,?)', NULL);
SELECT t.owner, l.line FROM (VALUES (NULL), ('opvang'), ('inkoop sociaal domein'), ('nobody')) t (owner)
CROSS JOIN LATERAL pg_temp.lines(wmo.decision_icalendar('2022-05-01', owner => t.owner)) l WHERE l.line ~ '^(SUMMARY|X-WR-CALDESC|BEGIN:VTIMEZONE)';
-- a sole trader is not named
SELECT 'named', wmo.decision_icalendar('2022-05-01') LIKE '%Jansen%';
-- a calendar without events still has a component
SELECT line FROM pg_temp.lines(wmo.decision_icalendar('2022-05-01', owner => 'nobody'));

-- a border that moves by a metre under an exclusive contract changes no contract and no service, and no event of theirs
INSERT INTO wmo.area (id, name, kind, geom, geom_basis) VALUES
  (1, 'Noord', 'working_area', 'SRID=28992;MULTIPOLYGON(((0 0,1000 0,1000 1000,0 1000,0 0)))', 'official');
INSERT INTO wmo.contract (id, number, buyer_id, period, owner) VALUES (5, 'W-5', 1, '[2019-02-01,2023-02-01)+P1Y notice P6M', 'noord');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) VALUES (5, 10, 1, 'exclusive');
SELECT pg_temp.changed_in_2019();
SELECT max(s.changed_at) AS services_changed FROM wmo.service s \gset
UPDATE wmo.area SET geom = 'SRID=28992;MULTIPOLYGON(((0 0,1001 0,1001 1000,0 1000,0 0)))' WHERE id = 1;
SELECT wmo_works.surface(e.territory), c.changed_at, (SELECT count(*) FROM wmo.service s WHERE s.changed_at > :'services_changed') AS services_changed
FROM wmo.exclusive_claim e JOIN wmo.contract c ON c.id = e.contract_id;
SELECT line FROM pg_temp.lines(wmo.decision_icalendar('2022-05-01', owner => 'noord')) WHERE line ~ '^SEQUENCE';
-- a change that is taken out of the ledger again is a change: SEQUENCE never falls
INSERT INTO wmo.contract_change (contract_id, kind, effective_on, area_id) VALUES (5, 'early_end', '2023-01-01', 1);
CREATE TEMPORARY TABLE changed AS SELECT line FROM pg_temp.lines(wmo.decision_icalendar('2022-05-01', owner => 'noord'));
DELETE FROM wmo.contract_change WHERE contract_id = 5;
SELECT 'SEQUENCE stays or grows', substr(n.line, 10)::bigint >= substr(c.line, 10)::bigint
FROM pg_temp.lines(wmo.decision_icalendar('2022-05-01', owner => 'noord')) n, changed c WHERE n.line LIKE 'SEQUENCE:%' AND c.line LIKE 'SEQUENCE:%';
-- a scope that changes, or goes, is a change of what is told of its contract
INSERT INTO wmo.contract (id, number, buyer_id, period, owner) VALUES (6, 'W-6', 1, '[2019-02-01,2023-02-01)+P1Y notice P6M', 'zuid');
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id) VALUES (60, 6, 40, 1), (61, 6, 70, 1);
SELECT pg_temp.changed_in_2019();
SELECT 'as it was', substr(line, 10)::bigint = 600859800 AS same FROM pg_temp.lines(wmo.decision_icalendar('2022-05-01', owner => 'zuid')) WHERE line LIKE 'SEQUENCE:%';
UPDATE wmo.contract_scope SET ages = '[18,65)' WHERE id = 60;
SELECT 'changed', substr(line, 10)::bigint > 600859800 AS grows FROM pg_temp.lines(wmo.decision_icalendar('2022-05-01', owner => 'zuid')) WHERE line LIKE 'SEQUENCE:%';
DELETE FROM wmo.contract_scope WHERE id = 60;
SELECT 'gone', substr(line, 10)::bigint > 600859800 AS grows FROM pg_temp.lines(wmo.decision_icalendar('2022-05-01', owner => 'zuid')) WHERE line LIKE 'SEQUENCE:%';
ROLLBACK;
