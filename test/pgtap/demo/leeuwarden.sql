-- The article on Leeuwarden: an expectation for every sentence that states a fact.
\ir ../answers.psql
BEGIN;
SELECT no_plan();

-- "Vanaf 1 januari 2021 gaat een samenwerkingsverband van zo’n twintig lokale partijen de ondersteuning verlenen voor de dagbesteding en
-- thuisondersteuning"; "De gemeente gaat hiervoor één contract aan met het samenwerkingsverband WINDKRACHT058"
SELECT results_eq($$SELECT number, period::text FROM wmo.contract WHERE supplier_id = pg_temp.party('WINDKRACHT058')$$,
  $$VALUES ('LW-2021 WINDKRACHT058', '[2021-01-01,?)')$$, 'gaat hiervoor één contract aan, vanaf 1 januari 2021; no end is stated');
SELECT results_eq($$SELECT DISTINCT service FROM wmo.coverage WHERE provider = 'WINDKRACHT058' ORDER BY 1$$,
  $$VALUES ('dagbesteding'), ('thuisondersteuning')$$, 'de dagbesteding en thuisondersteuning');
-- The article tells of a gunning, not whether it is final: nobody can tell how it stands, so certainty is unknown.
SELECT is(pg_temp.at('Leeuwarden', service, '2021-01-01'),
  'WINDKRACHT058, main, unknown, award_status_unknown; Aardema Zorg Groep, member, unknown, award_status_unknown; Innzorg, member, unknown, award_status_unknown; JijCentraal, member, unknown, award_status_unknown',
  'WINDKRACHT058, dat wordt gevormd door Aardema Zorg Groep, Innzorg en JijCentraal: ' || service)
FROM unnest(ARRAY['dagbesteding', 'thuisondersteuning']) service;
SELECT is(pg_temp.in_code('GM0080', 'dagbesteding', '2021-01-01'),
  'WINDKRACHT058, main, unknown, award_status_unknown; Aardema Zorg Groep, member, unknown, award_status_unknown; Innzorg, member, unknown, award_status_unknown; JijCentraal, member, unknown, award_status_unknown', 'the same by code');
SELECT results_eq($$SELECT m.name COLLATE "C" FROM wmo.consortium_member cm JOIN wmo.party m ON m.id = cm.member_id
                    WHERE cm.consortium_id = pg_temp.party('WINDKRACHT058') AND cm.lead IS NULL ORDER BY 1$$,
  $$VALUES ('Aardema Zorg Groep' COLLATE "C"), ('Innzorg'), ('JijCentraal')$$, 'three members, who leads is not said');
SELECT is(wmo.provider_at(pg_temp.inside('Leeuwarden'), 'dagbesteding', '2021-01-01', 40), NULL::integer, 'one contract, and nothing is told of its award since: provider_at names nobody');

-- "die op hun beurt weer zo’n zestien onderaannemers aan zich gebonden hebben"
SELECT results_eq($$SELECT party_id, party_count, approximate FROM wmo.subcontract WHERE contract_id = pg_temp.contract('LW-2021 WINDKRACHT058')$$,
  $$VALUES (NULL::integer, 16, true)$$, 'zo’n zestien onderaannemers: about sixteen, not named');
SELECT is((SELECT count(*) FROM wmo.consortium_member WHERE consortium_id = pg_temp.party('WINDKRACHT058'))
       + (SELECT sum(party_count) FROM wmo.subcontract WHERE contract_id = pg_temp.contract('LW-2021 WINDKRACHT058')), 19::bigint,
  'een samenwerkingsverband van zo’n twintig lokale partijen: three and about sixteen');

-- "Thuiszorg Het Friese Land en M.i.e.p. Huishoudservice verlenen vanaf dat moment de ondersteuning voor hulp bij huishouden"
SELECT results_eq($$SELECT rank, found, provider, role, certainty FROM wmo.providers_at(pg_temp.inside('Leeuwarden'), 'hulp_bij_het_huishouden', '2021-01-01', 40) ORDER BY provider COLLATE "C"$$,
  $$VALUES (1, true, 'M.i.e.p. Huishoudservice', 'contracted', 'unknown'), (1, true, 'Thuiszorg Het Friese Land', 'contracted', 'unknown')$$,
  'Thuiszorg Het Friese Land en M.i.e.p. Huishoudservice: two equals share a rank');
SELECT is((SELECT count(*) FROM wmo.providers_in_area('GM0080', 'hulp_bij_het_huishouden', '2021-01-01', 40) WHERE found AND rank = 1 AND covers = 'whole'), 2::bigint, 'the same by code');
SELECT is(wmo.answer_at(pg_temp.inside('Leeuwarden'), 'hulp_bij_het_huishouden', '2021-01-01', 40), 'cannot_tell:award_status_unknown', 'answer_at: nothing is told of the award since, so that neither is sure');
SELECT is(wmo.provider_at(pg_temp.inside('Leeuwarden'), 'hulp_bij_het_huishouden', '2021-01-01', 40), NULL, 'provider_at: not one');
SELECT is((SELECT array_agg(DISTINCT s.choice) FROM wmo.contract_scope s WHERE s.contract_id IN (pg_temp.contract('LW-2021 HFL'), pg_temp.contract('LW-2021 M.i.e.p.'))),
  ARRAY['unknown'], 'how clients are divided is not said');
SELECT is(pg_temp.at('Leeuwarden', service, '2020-12-31'), 'cannot tell: not_started', 'vanaf dat moment (1 januari 2021): not the day before, ' || service)
FROM unnest(ARRAY['hulp_bij_het_huishouden', 'dagbesteding', 'thuisondersteuning', 'basisondersteuning']) service;

-- "De basisondersteuning werd eerder al gegund en wordt vanaf 1 januari 2021 uitgevoerd door het samenwerkingsverband van Stichting
-- Amaryllis en Incluzio BV."; "De combinatie Amaryllis-Incluzio"
SELECT is(pg_temp.at('Leeuwarden', 'basisondersteuning', '2021-01-01'),
  'Amaryllis-Incluzio, main, unknown, award_status_unknown; Incluzio BV, member, unknown, award_status_unknown; Stichting Amaryllis, member, unknown, award_status_unknown',
  'basisondersteuning vanaf 1 januari 2021 door het samenwerkingsverband van Stichting Amaryllis en Incluzio BV');

-- "Publicatiedatum: 6 mrt 2020"; whether the gunning was final, and when it was sent, is not said
SELECT is((SELECT array_agg(DISTINCT published::text) FROM wmo.source WHERE publisher = 'gemeente Leeuwarden'), ARRAY['[2020-03-06,2020-03-07)'], 'Publicatiedatum: 6 mrt 2020');
SELECT is(pg_temp.status('LW-2021 WINDKRACHT058', day), 'unknown', 'provisional or final is not said: unknown on ' || day)
FROM unnest(ARRAY['2020-03-06', '2020-12-31', '2026-01-01']::date[]) day;
SELECT is((SELECT count(*) FROM wmo.award a JOIN wmo.contract c ON c.award_id = a.id
           WHERE c.number LIKE 'LW-%' AND num_nonnulls(a.sent, a.standstill, a.forfeiture, a.final_on, a.no_term_because) > 0), 0::bigint, 'no sending day, term or final award is invented');

-- "Zij kunnen mogelijk nog een samenwerking aangaan": possible is not a fact
SELECT is((SELECT count(*) FROM wmo.subcontract s WHERE s.party_id IS NOT NULL AND s.contract_id = pg_temp.contract('LW-2021 WINDKRACHT058')), 0::bigint,
  'Niet gecontracteerde partijen mogelijk onderaannemer: nobody is recorded');

-- MIEP of Westerkwartier and M.i.e.p. Huishoudservice stay two parties
SELECT isnt(pg_temp.party('MIEP'), pg_temp.party('M.i.e.p. Huishoudservice'), 'two parties');
SELECT is((SELECT count(*) FROM wmo.party_succession) + (SELECT count(*) FROM wmo.party_alias WHERE name ILIKE '%m%i%e%p%'), 0::bigint, 'no source joins them');
SELECT is((SELECT count(*) FROM wmo.coverage WHERE provider = 'MIEP' AND area = 'Leeuwarden'), 0::bigint, 'MIEP is not in Leeuwarden');

SELECT bag_eq($$SELECT DISTINCT s, g.kind, g.reason FROM unnest(ARRAY['dagbesteding', 'thuisondersteuning', 'hulp_bij_het_huishouden', 'basisondersteuning']) s
                CROSS JOIN LATERAL wmo.coverage_gaps(s, '[2020-12-31,2021-01-01)', 'GM0080') g$$,
  $$SELECT s, 'cannot_tell' AS kind, 'not_started' AS reason FROM unnest(ARRAY['dagbesteding', 'thuisondersteuning', 'hulp_bij_het_huishouden', 'basisondersteuning']) s$$,
  'the day before no gap: somebody served then, of whom the article says nothing');

SELECT * FROM finish();
ROLLBACK;
