-- The article on Westerkwartier: an expectation for every sentence that states a fact, on drawn areas.
\ir ../answers.psql
BEGIN;
SELECT no_plan();

-- "Hulp bij het Huishouden voor alle inwoners vanaf 18 jaar"
SELECT is(pg_temp.at('Marum', 'hulp_bij_het_huishouden', '2023-03-01', 18), 'MIEP, main, schematic', 'Hulp bij het Huishouden voor alle inwoners vanaf 18 jaar: 18');
SELECT is(pg_temp.at('Marum', 'hulp_bij_het_huishouden', '2023-03-01', 17), 'cannot tell: age_outside_band', 'vanaf 18 jaar: 17 is none');
SELECT is(pg_temp.at('Marum', 'hulp_bij_het_huishouden', '2023-03-01', 99), 'MIEP, main, schematic', 'alle inwoners vanaf 18 jaar: 99');

-- "voor de combinatie van meerdere vormen van ondersteuning voor ouderen vanaf 75 jaar ..."
SELECT is(pg_temp.at('Leek', service, '2023-03-01', 75), 'MIEP, main, schematic', 'ouderen vanaf 75 jaar: ' || service)
FROM unnest(ARRAY['individuele_begeleiding', 'dagbesteding', 'kortdurend_verblijf']) service;

-- "De gemeente Westerkwartier heeft met twee hoofdaanbieders een contract afgesloten."
SELECT results_eq(
  $$SELECT DISTINCT provider COLLATE "C" FROM wmo.coverage WHERE role = 'main' AND number LIKE 'WK-%' AND provider IS NOT NULL ORDER BY 1$$,
  $$VALUES ('De Nieuwe Zorg Thuis' COLLATE "C"), ('MIEP')$$,
  'heeft met twee hoofdaanbieders een contract afgesloten; zijn MIEP en De Nieuwe Zorg Thuis');
SELECT is((SELECT name FROM wmo.party_alias WHERE party_id = pg_temp.party('De Nieuwe Zorg Thuis')), 'DNZT', 'De Nieuwe Zorg Thuis (DNZT)');

-- "Dit contract gaat in op 1 maart 2023."
SELECT results_eq($$SELECT number, period::text FROM wmo.contract WHERE number IN ('WK-2023 DNZT', 'WK-2023 MIEP') ORDER BY 1$$,
  $$VALUES ('WK-2023 DNZT', '[2023-03-01,?)'), ('WK-2023 MIEP', '[2023-03-01,?)')$$, 'Dit contract gaat in op 1 maart 2023; no end is stated');
SELECT is((SELECT wmo.end_kind(period) FROM wmo.contract WHERE number = 'WK-2023 MIEP'), 'unknown', 'no end stated is not open-ended');
SELECT is(pg_temp.in_code('GM0025', 'hulp_bij_het_huishouden', '2033-03-01'), 'MIEP, main, inferred, other_edition', 'no end stated: still found ten years on, never certain');

-- "Vanaf 1 maart 2023 biedt DNZT ondersteuning in het gebied Grootegast. MIEP biedt ondersteuning in Leek en Marum. In het gebied
-- Zuidhorn is MIEP hoofdaanbieder."
SELECT is(pg_temp.at(area, 'hulp_bij_het_huishouden', '2023-03-01'), provider || ', main, schematic', sentence || ' (place)')
FROM (VALUES ('Grootegast', 'De Nieuwe Zorg Thuis', 'Vanaf 1 maart 2023 biedt DNZT ondersteuning in het gebied Grootegast'),
             ('Leek', 'MIEP', 'MIEP biedt ondersteuning in Leek en Marum'), ('Marum', 'MIEP', 'MIEP biedt ondersteuning in Leek en Marum'),
             ('Zuidhorn', 'MIEP', 'In het gebied Zuidhorn is MIEP hoofdaanbieder')) AS t (area, provider, sentence);
SELECT is(pg_temp.in_code(code, 'hulp_bij_het_huishouden', '2023-03-01'), provider || ', main, inferred, other_edition', 'the same by code ' || code || ': gebied = former municipality is our reading')
FROM (VALUES ('GM0015', 'De Nieuwe Zorg Thuis'), ('GM0022', 'MIEP'), ('GM0025', 'MIEP'), ('GM0056', 'MIEP')) AS t (code, provider);
SELECT results_eq(
  $$SELECT area, provider, covers, certainty FROM wmo.providers_in_area('GM1969', 'hulp_bij_het_huishouden', '2023-03-01', 40) ORDER BY area$$,
  $$VALUES ('Grootegast', 'De Nieuwe Zorg Thuis', 'part', 'inferred'), ('Leek', 'MIEP', 'part', 'inferred'), ('Marum', 'MIEP', 'part', 'inferred'),
           ('Middag', NULL, 'part', 'inferred'), ('Zuidhorn', 'MIEP', 'part', 'inferred')$$,
  'all of Westerkwartier by its code: each gebied with its own');
SELECT is(wmo.provider_at(pg_temp.inside('Marum'), 'hulp_bij_het_huishouden', '2023-03-01', 40), pg_temp.party('MIEP'), 'provider_at: MIEP');
SELECT is(wmo.answer_at(pg_temp.inside('Marum'), 'hulp_bij_het_huishouden', '2023-03-01', 40), 'one', 'answer_at: one');
SELECT is(pg_temp.at_lonlat(6.2625, 53.14417, 'hulp_bij_het_huishouden', '2023-03-01'), 'MIEP, main, schematic', 'Marum, as longitude and latitude');
SELECT is((SELECT array_agg(provider) FROM wmo.providers_at((SELECT ST_PointOnSurface(geom) FROM wmo.area WHERE name = 'Marum'), 'hulp_bij_het_huishouden', '2023-03-01', 40)),
  ARRAY['MIEP'], 'MIEP and nothing else');

-- "Door te werken met één hoofdaanbieder per gebied"
INSERT INTO wmo.contract (number, buyer_id, supplier_id, period)
VALUES ('WK-second', pg_temp.party('Westerkwartier'), pg_temp.party('De Nieuwe Zorg Thuis'), '[2024-01-01,2025-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice)
VALUES (pg_temp.contract('WK-second'), wmo.service_id('hulp_bij_het_huishouden'), pg_temp.area('Marum'), '[18,)', 'exclusive');
SELECT throws_like('SET CONSTRAINTS ALL IMMEDIATE', '%"WK-2023 MIEP (Westerkwartier)" and "WK-second (Westerkwartier)"%"Marum"%',
  'één hoofdaanbieder per gebied: a second one is refused, and both are named');
DELETE FROM wmo.contract WHERE number = 'WK-second';
SET CONSTRAINTS ALL DEFERRED;

-- "Als onderaannemer blijft DNZT actief in Zuidhorn voor de cliënten waar ze nu al zorg aan verlenen."
SELECT is(pg_temp.at('Zuidhorn', 'hulp_bij_het_huishouden', '2023-03-01', client_of => 'De Nieuwe Zorg Thuis'),
  'De Nieuwe Zorg Thuis, subcontractor, unknown; MIEP, main, schematic', 'onderaannemer voor de cliënten waar ze nu al zorg aan verlenen: since when is not told');
SELECT is(pg_temp.at('Zuidhorn', 'hulp_bij_het_huishouden', '2023-03-01', client_of => 'De Nieuwe Zorg Thuis', client_since => '2022-06-01'),
  'De Nieuwe Zorg Thuis, subcontractor, schematic; MIEP, main, schematic', 'the same, a client since June 2022');
SELECT is(pg_temp.in_code('GM0056', 'hulp_bij_het_huishouden', '2023-03-01'), 'MIEP, main, inferred, other_edition', 'nu al: nothing for a new client');
SELECT is(pg_temp.at('Zuidhorn', 'hulp_bij_het_huishouden', '2024-03-01', client_of => 'De Nieuwe Zorg Thuis', client_since => '2023-06-01'),
  'De Nieuwe Zorg Thuis, subcontractor, unknown, existing_clients_only; MIEP, main, schematic', 'nu al: the day is not stated, and that it is the start is a reading, which refuses nobody for sure');
SELECT is(pg_temp.at('Zuidhorn', 'hulp_bij_het_huishouden', '2023-03-01', client_of => 'MIEP'), 'MIEP, main, schematic', 'not for the client of another');
SELECT is(pg_temp.at('Leek', 'hulp_bij_het_huishouden', '2023-03-01', client_of => 'De Nieuwe Zorg Thuis', client_since => '2022-06-01'),
  'MIEP, main, schematic', 'in Zuidhorn: not in Leek');

-- "Tot 1 maart 2023 blijven de huidige aanbieders de ondersteuning bieden."
SELECT is(pg_temp.at('Marum', 'hulp_bij_het_huishouden', '2023-02-28'), '(not named), contracted, unknown, providers_not_named',
  'Tot 1 maart 2023 blijven de huidige aanbieders: somebody, not named, which is not nobody');
SELECT is(wmo.answer_at(pg_temp.inside('Marum'), 'hulp_bij_het_huishouden', '2023-02-28', 40), 'cannot_tell:providers_not_named', 'answer_at: since when they have a contract is not told');
SELECT is(wmo.provider_at(pg_temp.inside('Marum'), 'hulp_bij_het_huishouden', '2023-02-28', 40), NULL, 'provider_at: null');
SELECT is((SELECT wmo.last_day(period) FROM wmo.contract WHERE number = 'WK-before-2023'), '2023-02-28', 'Tot 1 maart: 28 February is the last day');
SELECT is((SELECT wmo.first_day(period) FROM wmo.contract WHERE number = 'WK-before-2023'), NULL, 'since when is not said');

-- "Voor de WMO-ondersteuning van 18 tot 75 jaar heeft de gemeente vanaf 1 juli 2022 met circa 80 aanbieders een contract gesloten."
SELECT results_eq($$SELECT supplier_id, supplier_count, approximate, period::text FROM wmo.contract WHERE number = 'WK-2022 18-75'$$,
  $$VALUES (NULL::integer, 80, true, '[2022-07-01,?)')$$, 'vanaf 1 juli 2022 met circa 80 aanbieders');
SELECT is(pg_temp.in_code('GM1969', service, '2022-07-01', age), '(not named), contracted, end_unknown, providers_not_named', format('van 18 tot 75 jaar: %s at %s', service, age))
FROM unnest(ARRAY['individuele_begeleiding', 'dagbesteding', 'kortdurend_verblijf']) service CROSS JOIN unnest(ARRAY[18, 40, 74]) age;
SELECT is(pg_temp.in_code('GM1969', 'dagbesteding', '2023-03-01', 17), 'cannot tell: age_outside_band', 'van 18 jaar: 17 is none');
SELECT is(pg_temp.at('Leek', 'dagbesteding', '2023-03-01', 74), '(not named), contracted, schematic, providers_not_named', 'tot 75 jaar: 74 is one of the eighty''s');
SELECT is(pg_temp.at('Leek', 'dagbesteding', '2023-03-01', 75), 'MIEP, main, schematic', 'vanaf 75 jaar: 75 is the main provider''s');
SELECT is(pg_temp.at('Leek', 'dagbesteding', '2023-03-01', NULL), 'MIEP, main, unknown, age_not_given; (not named), contracted, unknown, providers_not_named', 'without an age: either, and nothing is sure');
SELECT is(wmo.provider_at(pg_temp.inside('Leek'), 'dagbesteding', '2023-03-01', NULL), NULL, 'without an age: not one provider');
SELECT is_empty($$SELECT 1 FROM wmo.coverage WHERE number = 'WK-2022 18-75' AND NOT valid <@ '[2022-07-01,)'$$, 'vanaf 1 juli 2022: no day before');

-- what the article does not say
SELECT is(pg_temp.at('Middag', 'hulp_bij_het_huishouden', '2023-03-01'), '(not named), main, schematic, providers_not_named', 'Middag is in none of the four gebieden: which of the two is not said');
SELECT is((SELECT count(*) FROM wmo.contract WHERE number LIKE 'WK-%' AND (award_id IS NOT NULL OR signed_on IS NOT NULL)), 0::bigint, 'no award and no day of signing is invented');
SELECT is((SELECT count(*) FROM wmo.subcontract s JOIN wmo.contract c ON c.id = s.contract_id WHERE c.number LIKE 'WK-%' AND (s.existing_on IS NOT NULL OR s.service_id IS NOT NULL)), 0::bigint,
  'the day that "nu" refers to, and the services, are not invented');
SELECT is((SELECT count(*) FROM wmo.area WHERE name = 'Marum'), 1::bigint, 'one area is named Marum');

SELECT * FROM finish();
ROLLBACK;
