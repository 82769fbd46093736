-- The article on Walcheren: an expectation for every sentence that states a fact.
\ir ../answers.psql
BEGIN;
SELECT no_plan();

-- "Met ingang van 28 maart sluiten de gemeenten Middelburg, Veere en Vlissingen gezamenlijk nieuwe contracten af met zorgaanbieders voor
-- begeleiding en dagbesteding."
SELECT results_eq($$SELECT p.name, c.period::text, c.supplier_id, c.supplier_count FROM wmo.contract c JOIN wmo.party p ON p.id = c.buyer_id WHERE c.number = 'WA-2016'$$,
  $$VALUES ('Middelburg, Veere en Vlissingen', '[2016-03-28,?)', NULL::integer, NULL::integer)$$, 'Met ingang van 28 maart, gezamenlijk; no provider, number or end is stated');
SELECT results_eq($$SELECT m.name FROM wmo.consortium_member cm JOIN wmo.party m ON m.id = cm.member_id WHERE cm.consortium_id = pg_temp.party('Middelburg, Veere en Vlissingen') ORDER BY 1$$,
  $$VALUES ('Middelburg'), ('Veere'), ('Vlissingen')$$, 'de gemeenten Middelburg, Veere en Vlissingen gezamenlijk');
SELECT is((SELECT s.basis FROM wmo.contract c JOIN wmo.source s ON s.id = c.source_id WHERE c.number = 'WA-2016'), 'inferred', '28 maart without a year: 2016 is our reading');
SELECT is(pg_temp.at(area, service, '2016-03-28'), '(not named), contracted, schematic, providers_not_named', format('nieuwe contracten voor %s in %s (place)', service, area))
FROM unnest(ARRAY['Middelburg', 'Veere', 'Vlissingen']) area CROSS JOIN unnest(ARRAY['begeleiding', 'dagbesteding']) service;
SELECT is(pg_temp.in_code(code, service, '2016-03-28'), '(not named), contracted, inferred, providers_not_named', format('%s in %s: never better than inferred', service, code))
FROM unnest(ARRAY['GM0687', 'GM0717', 'GM0718']) code CROSS JOIN unnest(ARRAY['begeleiding', 'individuele_begeleiding', 'dagbesteding']) service;
SELECT is(pg_temp.at('Veere', 'begeleiding', '2016-03-27'), 'cannot tell: not_started', 'Met ingang van 28 maart: not on the 27th');
SELECT is(wmo.answer_at(pg_temp.inside('Veere'), 'begeleiding', '2016-03-28', 40), 'unnamed', 'een breed scala aan aanbieders, none named: unnamed, not none');
SELECT is(wmo.provider_at(pg_temp.inside('Veere'), 'begeleiding', '2016-03-28', 40), NULL, 'provider_at: null');

-- "Walcherenaren die hulp nodig hebben, kunnen dit regelen via Porthos. Dit is het zorgloket van de drie gemeenten op Walcheren."
SELECT results_eq($$SELECT p.name, a.name FROM wmo.access_point ap JOIN wmo.party p ON p.id = ap.party_id JOIN wmo.area a ON a.id = ap.area_id WHERE p.name = 'Porthos'$$,
  $$VALUES ('Porthos', 'Walcheren')$$, 'kunnen dit regelen via Porthos');
SELECT results_eq($$SELECT part.name FROM wmo.area_part ap JOIN wmo.area part ON part.id = ap.part_id WHERE ap.whole_id = pg_temp.area('Walcheren') ORDER BY 1$$,
  $$VALUES ('Middelburg'), ('Veere'), ('Vlissingen')$$, 'het zorgloket van de drie gemeenten op Walcheren');

-- "Hij of zij heeft keuzevrijheid voor een specifieke zorgaanbieder." is said of begeleiding; of dagbesteding "een dialoog en samenwerking"
SELECT results_eq($$SELECT DISTINCT sv.code, s.choice FROM wmo.contract_scope s JOIN wmo.service sv ON sv.id = s.service_id WHERE s.contract_id = pg_temp.contract('WA-2016') ORDER BY 1$$,
  $$VALUES ('begeleiding', 'client_choice'), ('dagbesteding', 'unknown')$$, 'keuzevrijheid voor een specifieke zorgaanbieder: begeleiding only');

-- "Medio 2015 zijn de drie Walcherse gemeenten gestart met een gezamenlijk inkoopproces"
SELECT is((SELECT count(*) FROM wmo.tender t JOIN wmo.source s ON s.id = t.source_id WHERE t.title LIKE '%Walcheren' AND s.wording LIKE 'Medio 2015 %' AND t.published IS NULL), 1::bigint,
  'Medio 2015 gestart: kept as wording; the start of a process is not the day of a publication');

-- "In een bestuurlijke aanbesteding zijn afspraken gemaakt"; "de drie Walcherse gemeenten"
SELECT results_eq($$SELECT t.procedure, p.name FROM wmo.tender t JOIN wmo.tender_buyer b ON b.tender_id = t.id JOIN wmo.party p ON p.id = b.buyer_id WHERE t.title LIKE '%Walcheren' ORDER BY 2$$,
  $$VALUES ('administrative', 'Middelburg'), ('administrative', 'Veere'), ('administrative', 'Vlissingen')$$, 'bestuurlijke aanbesteding door de drie Walcherse gemeenten');
SELECT is(wmo.default_regime('administrative'), NULL, 'no statutory standstill goes with it');
SELECT is((SELECT count(*) FROM wmo.contract WHERE number = 'WA-2016' AND award_id IS NOT NULL), 0::bigint, 'no award is invented');

-- of household help the article says nothing
SELECT is(wmo.answer_at(pg_temp.inside('Veere'), 'hulp_bij_het_huishouden', '2016-04-01', 40), 'cannot_tell:service_not_contracted', 'household help: not told, which is not nobody');
SELECT bag_eq($$SELECT g.kind, g.reason, g.area FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '[2016-04-01,2016-05-01)', 'GM0717') g$$,
  $$VALUES ('cannot_tell', 'service_not_contracted', 'Veere')$$, 'and no gap');

SELECT * FROM finish();
ROLLBACK;
