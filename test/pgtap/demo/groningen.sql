-- The article on Groningen: an expectation for every sentence that states a fact.
\ir ../answers.psql
BEGIN;
SELECT no_plan();

-- "date 2018-07"
SELECT is((SELECT array_agg(DISTINCT published::text) FROM wmo.source WHERE article LIKE 'Gemeente Groningen%'), ARRAY['[2018-07-01,2018-08-01)'], 'date 2018-07: some day of that month');

-- "De gunning is verdeeld over vier gebieden."
SELECT is((SELECT count(*) FROM wmo.lot l JOIN wmo.tender t ON t.id = l.tender_id WHERE t.title = 'WMO-begeleiding Groningen' AND t.lot_count = 4), 4::bigint, 'De gunning is verdeeld over vier gebieden');

-- "De gunning voor twee stadsdelen ontvangt de combinatie Werkpro-Cosis te weten stadsdeel Centrum, Oude Wijken en stadsdeel West."
-- "At Home First krijgt de gunning voor stadsdeel Oost en de gemeente Ten Boer." "Stadsdeel Zuid is gegund aan de combinatie
-- Lentis-Noorderbrug-Philadelphia." The members are read from the hyphenated names.
SELECT is(pg_temp.at(area, 'individuele_begeleiding', '2019-01-01'), answer, sentence || ': ' || area)
FROM (VALUES
  ('Centrum, Oude Wijken', 'Werkpro-Cosis, main, schematic; Cosis, member, schematic, award_not_final; Werkpro, member, schematic, award_not_final', 'de combinatie Werkpro-Cosis'),
  ('West', 'Werkpro-Cosis, main, schematic; Cosis, member, schematic, award_not_final; Werkpro, member, schematic, award_not_final', 'de combinatie Werkpro-Cosis'),
  ('Oost', 'At Home First, main, schematic', 'At Home First krijgt de gunning voor stadsdeel Oost en de gemeente Ten Boer'),
  ('Ten Boer', 'At Home First, main, schematic', 'At Home First krijgt de gunning voor stadsdeel Oost en de gemeente Ten Boer'),
  ('Zuid', 'Lentis-Noorderbrug-Philadelphia, main, schematic; Lentis, member, schematic, award_not_final; Noorderbrug, member, schematic, award_not_final; Philadelphia, member, schematic, award_not_final',
   'Stadsdeel Zuid is gegund aan de combinatie Lentis-Noorderbrug-Philadelphia')) AS t (area, answer, sentence);
SELECT results_eq(
  $$SELECT area, provider, certainty, covers FROM wmo.providers_in_area('GM0014', 'individuele_begeleiding', '2019-01-01', 40) WHERE role = 'main' ORDER BY area COLLATE "C"$$,
  $$VALUES ('Centrum, Oude Wijken', 'Werkpro-Cosis', 'uncontested', 'part'), ('Oost', 'At Home First', 'uncontested', 'part'),
           ('Ten Boer', 'At Home First', 'uncontested', 'part'), ('West', 'Werkpro-Cosis', 'uncontested', 'part'),
           ('Zuid', 'Lentis-Noorderbrug-Philadelphia', 'uncontested', 'part')$$, 'all of Groningen by its code, in its edition of 2019');
SELECT is((SELECT array_agg(DISTINCT certainty) FROM wmo.providers_in_area('GM0014', 'individuele_begeleiding', '2019-01-01', 40) WHERE role = 'member'), ARRAY['inferred'],
  'who the members of a combinatie are is our reading');

-- "Individuele en groepsgerichte ondersteuning, kortdurende verblijf en sociale activering"
SELECT results_eq($$SELECT service, provider FROM wmo.coverage WHERE area = 'Oost' AND role = 'main' GROUP BY 1, 2 ORDER BY 1$$,
  $$VALUES ('groepsgerichte_ondersteuning', 'At Home First'), ('individuele_begeleiding', 'At Home First'), ('kortdurend_verblijf', 'At Home First'), ('sociale_activering', 'At Home First')$$,
  'Individuele en groepsgerichte ondersteuning, kortdurende verblijf en sociale activering');

-- "Ze voeren dit uit onder de naam ‘Ben in de Buurt’."
SELECT is((SELECT p.name FROM wmo.party_alias a JOIN wmo.party p ON p.id = a.party_id WHERE a.name = 'Ben in de Buurt'), 'Werkpro-Cosis', 'onder de naam ‘Ben in de Buurt’');

-- "Er is sprake van een voorlopige gunning. Als er de komende 20 dagen geen bezwaren worden ingediend, zijn de gunningen met ingang van 14
-- augustus definitief van kracht."
SELECT is(pg_temp.status(number, '2018-07-30'), 'provisional', 'Er is sprake van een voorlopige gunning: ' || number) FROM wmo.contract WHERE number LIKE 'GR-%';
SELECT is(pg_temp.status('GR-2019 Oost', day), status, format('met ingang van 14 augustus: %s on %s', status, day))
FROM (VALUES (date '2018-07-21', 'unknown'), ('2018-07-24', 'provisional'), ('2018-08-13', 'provisional'), ('2018-08-14', 'uncontested'), ('2026-01-01', 'uncontested')) AS t (day, status);
SELECT is((SELECT count(*) FROM wmo.award a JOIN wmo.contract c ON c.award_id = a.id WHERE c.number LIKE 'GR-%' AND a.final_on IS NOT NULL), 0::bigint,
  'a condition that was announced is not a final award');
SELECT results_eq($$SELECT DISTINCT wmo.last_day(a.standstill), wmo.latest_last_day(a.standstill), wmo.earliest_final(a.standstill), wmo.event_day(a.standstill)
                    FROM wmo.award a JOIN wmo.contract c ON c.award_id = a.id WHERE c.number LIKE 'GR-%'$$,
  $$VALUES (date '2018-08-13', date '2018-08-13', date '2018-08-14', NULL::date)$$, 'last day 13 August, final at the earliest 14 augustus, sending day not stated');
SELECT is((SELECT DISTINCT a.sent::text FROM wmo.award a JOIN wmo.contract c ON c.award_id = a.id WHERE c.number LIKE 'GR-%'), '[2018-07-22,2018-07-25)', 'the sending day is only bounded');
-- independent: which sending days give 13 August, when a weekend shifts (Algemene termijnenwet)?
SELECT results_eq($$SELECT d::date FROM generate_series(date '2018-07-15', '2018-07-31', interval '1 day') d
                    WHERE d::date + 20 + CASE extract(isodow FROM d::date + 20) WHEN 6 THEN 2 WHEN 7 THEN 1 ELSE 0 END = '2018-08-13' ORDER BY 1$$,
  $$VALUES (date '2018-07-22'), ('2018-07-23'), ('2018-07-24')$$, '20 dagen and 14 augustus: three sending days fit, by plain arithmetic');

-- on 30 July 2018 Oost was provisionally At Home First's
SELECT is(pg_temp.in_code('GM0009', 'individuele_begeleiding', '2019-01-01', as_of => '2018-07-30'), 'At Home First, main, provisional, award_not_final', 'seen from 30 July 2018: provisional');
SELECT is(pg_temp.in_code('GM0009', 'individuele_begeleiding', '2019-01-01', as_of => '2018-08-13'), 'At Home First, main, provisional, award_not_final', 'seen from 13 August: provisional');
SELECT is(pg_temp.in_code('GM0009', 'individuele_begeleiding', '2019-01-01', as_of => '2018-08-14'), 'At Home First, main, uncontested, other_edition', 'seen from 14 August: uncontested, not final');
SELECT is(pg_temp.in_code('GM0009', 'individuele_begeleiding', '2019-01-01', as_of => '2018-07-01'), 'cannot tell: not_awarded', 'seen from 1 July: not awarded');
SELECT is(pg_temp.at('Oost', 'individuele_begeleiding', '2019-01-01', as_of => '2018-07-30'), 'At Home First, main, schematic, award_not_final', 'the same by place, on a drawn area');

-- "De gunning binnen de vier gebieden gaat in vanaf 1 januari 2019, en geldt voor een periode van 4 jaar, met een optie tot verlenging van 2 jaar."
SELECT is((SELECT array_agg(DISTINCT period::text) FROM wmo.contract WHERE number LIKE 'GR-%'), ARRAY['[2019-01-01,2023-01-01)+P2Y'], 'vanaf 1 januari 2019, 4 jaar, met een optie tot verlenging van 2 jaar');
SELECT is(pg_temp.at('West', 'individuele_begeleiding', '2018-12-31'), 'cannot tell: not_started', 'gaat in vanaf 1 januari 2019: not the day before');
SELECT is((SELECT count(*) FROM wmo.providers_at(pg_temp.inside('Zuid'), 'individuele_begeleiding', '2022-12-31', 40) WHERE found AND role = 'main'), 1::bigint, 'een periode van 4 jaar: 31 December 2022 is the last day');
SELECT is(pg_temp.at('Zuid', 'individuele_begeleiding', day), 'cannot tell: option_not_known_exercised', 'een optie: nobody tells that it was taken, ' || day)
FROM unnest(ARRAY['2023-01-01', '2024-12-31']::date[]) day;
SELECT is(pg_temp.in_code('GM0009', 'individuele_begeleiding', '2023-06-01', as_of => '2020-01-01'), 'At Home First, main, option, option_open', 'asked in 2020, the option is still open');
SELECT is(pg_temp.in_code('GM0009', 'individuele_begeleiding', '2023-06-01', as_of => '2023-01-01'), 'cannot tell: option_not_known_exercised', 'asked in 2023, it is not');
SELECT is(pg_temp.at('Zuid', 'individuele_begeleiding', '2025-01-01'), 'cannot tell: ended', 'optie van 2 jaar: ended on 1 January 2025');

-- Ten Boer ended as a municipality on the day the contract began; the contract keeps its former territory
SELECT is((SELECT valid::text FROM wmo.area WHERE name = 'Ten Boer'), '(,2019-01-01)', 'de gemeente Ten Boer ended on 1 January 2019');
SELECT is(pg_temp.at('Ten Boer', 'individuele_begeleiding', '2022-06-01'), 'At Home First, main, schematic', 'a place in Ten Boer, years later');
SELECT is(pg_temp.in_code('GM0009', 'individuele_begeleiding', '2022-06-01'), 'At Home First, main, uncontested, other_edition', 'its code, years later: answered by the last edition');
SELECT is(pg_temp.at_lonlat(6.69444, 53.27583, 'individuele_begeleiding', '2019-06-01'), 'At Home First, main, schematic', 'Ten Boer, as longitude and latitude');
SELECT is(pg_temp.at('Haren', 'individuele_begeleiding', '2019-06-01'), 'cannot tell: outside_all_areas', 'Haren is in none of the four areas');
SELECT is(pg_temp.in_code('GM0017', 'individuele_begeleiding', '2019-06-01'), 'cannot tell: outside_all_areas', 'Haren by its code');
SELECT is((SELECT count(*) FROM wmo.area WHERE code::text = 'GM0014'), 2::bigint, 'GM0014 means two territories');

-- "WIJ Groningen blijft voor inwoners de centrale ingang voor vragen over ondersteuning en zorg"
SELECT results_eq($$SELECT a.valid::text FROM wmo.access_point ap JOIN wmo.party p ON p.id = ap.party_id JOIN wmo.area a ON a.id = ap.area_id WHERE p.name = 'WIJ Groningen' ORDER BY 1$$,
  $$VALUES ('(,2019-01-01)'), ('[2019-01-01,)')$$, 'WIJ Groningen blijft voor inwoners de centrale ingang');

-- "Zij kunnen als onderaannemer van de geselecteerde aanbieders aan de slag": possible is not a fact
SELECT is((SELECT count(*) FROM wmo.subcontract s JOIN wmo.contract c ON c.id = s.contract_id WHERE c.number LIKE 'GR-%'), 0::bigint, 'kleine aanbieders kunnen als onderaannemer: nobody is recorded');

-- June 2023: whether the option was taken is not told, so it is no gap, and nothing ends for sure; nor after a declaration that no contract is missing
SELECT bag_eq($$SELECT DISTINCT g.kind, g.reason FROM wmo.coverage_gaps('individuele_begeleiding', '[2023-06-01,2023-07-01)', 'GM0014') g WHERE g.area <> 'Haren'$$,
  $$VALUES ('cannot_tell', 'option_not_known_exercised')$$, 'June 2023 is no gap');
SELECT is_empty($$SELECT 1 FROM wmo.handovers('2018-06-01', '2025-06-01') h WHERE h.kind IN ('begun', 'ended') AND h.certain AND 'GR-2019 Oost' IN
  (SELECT c.number FROM wmo.contract c WHERE c.id = ANY (h.old_contracts || h.new_contracts))$$, 'what comes after is not "nobody", nor what was before');
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (pg_temp.area('Groningen', '2018-12-31'), '[2018-01-01,2025-12-31]');
SELECT is(pg_temp.in_code('GM0014', 'individuele_begeleiding', '2018-12-31'), 'none: not_started', 'declared complete: then nobody is nobody');
SELECT is(pg_temp.in_code('GM0009', 'individuele_begeleiding', '2018-12-31'), 'cannot tell: not_started', 'but not in Ten Boer, which was no part of it');
SELECT is(pg_temp.in_code('GM0014', 'individuele_begeleiding', '2023-06-01'), 'cannot tell: option_not_known_exercised', 'an option of which nobody tells stays one');
SELECT is(pg_temp.at('West', 'individuele_begeleiding', '2018-12-31'), 'cannot tell: not_started', 'a drawing is no boundary');

SELECT * FROM finish();
ROLLBACK;
