-- The article on Utrecht: an expectation for every sentence that states a fact.
\ir ../answers.psql
BEGIN;
SELECT no_plan();

-- "Per 1 januari 2020 sluit gemeente Utrecht nieuwe contracten af met 53 partijen"
SELECT results_eq($$SELECT p.name, c.supplier_id, c.supplier_count, c.approximate, c.period::text FROM wmo.contract c JOIN wmo.party p ON p.id = c.buyer_id WHERE c.number = 'UT-2020'$$,
  $$VALUES ('Utrecht', NULL::integer, 53, false, '[2020-01-01,?)')$$, 'Per 1 januari 2020 met 53 partijen: counted, not named, no end stated');
SELECT is(pg_temp.at('Utrecht', 'individuele_begeleiding', '2019-12-31'), 'cannot tell: not_started', 'Per 1 januari 2020: not the day before');

-- "In de gemeente Utrecht gaat het om diverse vormen van zorg, zoals individuele begeleiding, arbeidsmatige activering en dagbegeleiding."
SELECT is(pg_temp.at('Utrecht', service, '2020-01-01'), '(not named), contracted, schematic, providers_not_named', 'In de gemeente Utrecht: ' || service || ' (place)')
FROM unnest(ARRAY['individuele_begeleiding', 'arbeidsmatige_activering', 'dagbegeleiding']) service;
SELECT is(pg_temp.in_code('GM0344', service, '2020-01-01'), '(not named), contracted, end_unknown, providers_not_named', 'In de gemeente Utrecht: ' || service || ' (code)')
FROM unnest(ARRAY['individuele_begeleiding', 'arbeidsmatige_activering', 'dagbegeleiding']) service;
SELECT is(pg_temp.at('Zeist', 'individuele_begeleiding', '2020-01-01'), 'cannot tell: service_not_contracted', 'In de gemeente Utrecht: not in Zeist');
SELECT is(wmo.answer_at(pg_temp.inside('Utrecht'), 'dagbegeleiding', '2020-01-01', 40), 'unnamed', 'answer_at: unnamed, not none');

-- "Voor de zestien gemeenten samen gaat het om opvang na geweld in afhankelijkheidsrelaties, daklozenopvang en beschermd
-- wonen/maatschappelijke opvang."
SELECT is((SELECT count(DISTINCT s.area_id) FROM wmo.contract_scope s WHERE s.contract_id = pg_temp.contract('UT-2020') AND s.service_id = wmo.service_id(service)), 16::bigint,
  'Voor de zestien gemeenten samen: ' || service)
FROM unnest(ARRAY['opvang_na_geweld', 'daklozenopvang', 'beschermd_wonen', 'opvang']) service;
SELECT is(pg_temp.in_code('GM0344', 'beschermd_wonen', '2020-01-01'), '(not named), contracted, end_unknown, providers_not_named', 'Utrecht itself is one of the sixteen: stated');
SELECT is(pg_temp.in_code(code, 'beschermd_wonen', '2020-01-01'), '(not named), contracted, inferred, providers_not_named', 'one of the fifteen, which a second source names: inferred, ' || code)
FROM unnest(ARRAY['GM0312', 'GM0310', 'GM0736', 'GM0321', 'GM0353', 'GM0331', 'GM0335', 'GM0589', 'GM1904', 'GM1581', 'GM1961', 'GM0352', 'GM0632', 'GM0355', 'GM0356']) code;
SELECT is((SELECT DISTINCT left(certainty, 9) || ' ' || reason FROM wmo.providers_at(pg_temp.inside('Zeist'), 'daklozenopvang', '2020-01-01', 40)), 'schematic providers_not_named', 'daklozenopvang in Zeist (place)');

-- opvang and beschermd wonen are accessible in the whole country
SELECT is(pg_temp.at(area, service, '2020-01-01'), 'cannot tell: nationally_accessible', format('%s in %s: nationally accessible', service, area))
FROM unnest(ARRAY['Haren', 'Leeuwarden', 'Veere']) area CROSS JOIN unnest(ARRAY['daklozenopvang', 'opvang_na_geweld', 'beschermd_wonen']) service;

-- "Het gaat om een voorlopige gunning, met een bezwaartermijn tot 19 juli."
SELECT results_eq($$SELECT wmo.last_day(a.standstill), wmo.latest_last_day(a.standstill), wmo.earliest_final(a.standstill), wmo.event_day(a.standstill), a.sent, a.final_on
                    FROM wmo.award a JOIN wmo.contract c ON c.award_id = a.id WHERE c.number = 'UT-2020'$$,
  $$VALUES (date '2019-07-18', date '2019-07-19', date '2019-07-20', NULL::date, NULL::daterange, NULL::date)$$, 'tot 19 juli: two readings, no sending day');
SELECT is(pg_temp.status('UT-2020', day), status, format('voorlopige gunning, tot 19 juli: %s on %s', status, day))
FROM (VALUES (date '2019-01-31', 'unknown'), ('2019-06-28', 'unknown'), ('2019-06-29', 'provisional'), ('2019-07-18', 'provisional'), ('2019-07-19', 'provisional'), ('2019-07-20', 'uncontested'),
             ('2026-01-01', 'uncontested')) AS t (day, status);
SELECT is(pg_temp.in_code('GM0344', 'beschermd_wonen', '2020-01-01', as_of => '2019-01-31'), 'cannot tell: not_awarded', 'before the calls were published there was no award');

-- "Begin februari 2019 publiceerde de gemeente zeven aparte uitvragen"; "In totaal hebben 90 aanbieders ingeschreven"; "de 53 partners"
SELECT results_eq($$SELECT lot_count, tenderer_count, selected_count, lots_approximate OR tenderers_approximate OR selected_approximate, published <@ '[2019-02-01,2019-03-01)'
                    FROM wmo.tender WHERE title = 'Aanvullende zorg Wmo Utrecht'$$,
  $$VALUES (7, 90, 53, false, true)$$, 'Begin februari 2019 zeven aparte uitvragen, 90 aanbieders, 53 partners');
SELECT results_eq($$SELECT p.name FROM wmo.tender_buyer b JOIN wmo.tender t ON t.id = b.tender_id JOIN wmo.party p ON p.id = b.buyer_id WHERE t.title = 'Aanvullende zorg Wmo Utrecht'$$,
  $$VALUES ('Utrecht')$$, 'de aanbesteding die is gehouden door de gemeente Utrecht');

SELECT * FROM finish();
ROLLBACK;
