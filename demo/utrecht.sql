-- Utrecht: 53 partners from 1 January 2020, some services for the city, some for sixteen municipalities together.

-- ---- where it stands ----------------------------------------------------------------------------------------------------

\set ut_article 'Gemeente Utrecht selecteert toekomstige partners voor aanvullende zorg Wmo'

INSERT INTO wmo.source (article, publisher, wording, reading) VALUES
  ('Gemeentelijke indeling (codelijst gemeenten)', 'CBS', 'Utrecht (GM0344) en omliggende gemeenten; Vijfheerenlanden (GM1961) per 1 januari 2019',
   'Codes and days of the list, in our words. Shapes are not from this source: see geom_basis.') RETURNING id AS ut_cbs \gset

INSERT INTO wmo.source (article, wording) VALUES (:'ut_article',
  'Per 1 januari 2020 sluit gemeente Utrecht nieuwe contracten af met 53 partijen die aanvullende zorg en ondersteuning bieden aan inwoners van Utrecht en de vijftien regiogemeenten.')
  RETURNING id AS ut_contract \gset

INSERT INTO wmo.source (article, wording) VALUES (:'ut_article',
  'Begin februari 2019 publiceerde de gemeente zeven aparte uitvragen voor de aanvullende zorg Wmo. In totaal hebben 90 aanbieders ingeschreven op één of meerdere uitvragen.')
  RETURNING id AS ut_tender \gset

INSERT INTO wmo.source (article, wording, reading) VALUES (:'ut_article',
  'Het gaat om een voorlopige gunning, met een bezwaartermijn tot 19 juli.',
  'Of 2019: the only 19 July between the calls of February 2019 and the contracts of 1 January 2020. "Tot" may leave 19 July out or take it in: both last days are kept. The sending day is not stated, and none is computed: 20 days is a minimum. The decision lies between the calls and 29 June, twenty days before the latest last day. The procedure is not named; Wmo support is a social service: regime sas_standstill.')
  RETURNING id AS ut_award \gset

INSERT INTO wmo.source (article, wording, reading) VALUES (:'ut_article',
  'In de gemeente Utrecht gaat het om diverse vormen van zorg, zoals individuele begeleiding, arbeidsmatige activering en dagbegeleiding.',
  '"Zoals": the list is not complete. Which of the 53 deliver which form is not in the text.')
  RETURNING id AS ut_city \gset

INSERT INTO wmo.source (article, wording) VALUES (:'ut_article',
  'Voor de zestien gemeenten samen gaat het om opvang na geweld in afhankelijkheidsrelaties, daklozenopvang en beschermd wonen/maatschappelijke opvang.')
  RETURNING id AS ut_sixteen \gset

INSERT INTO wmo.source (article, publisher, published, url, wording, basis, reading) VALUES
  ('The sixteen municipalities of the U16', 'provincie Utrecht', '[2019-07-11,2019-07-12)', 'omgevingswet.provincie-utrecht.nl',
   'Bunnik, De Bilt, De Ronde Venen, Houten, IJsselstein, Lopik, Montfoort, Nieuwegein, Oudewater, Stichtse Vecht, Utrecht, Utrechtse Heuvelrug, Vijfheerenlanden, Wijk bij Duurstede, Woerden, Zeist',
   'inferred',
   'The names only, in our order; the title is ours. The article says "de vijftien regiogemeenten" and names none: they are read as the other fifteen of the U16 of those days. Whether all of Vijfheerenlanden is meant, or only the former Vianen, is open.')
  RETURNING id AS ut_names \gset

-- ---- who ------------------------------------------------------------------------------------------------------------------

INSERT INTO wmo.party (name, kind, source_id) VALUES ('Utrecht', 'municipality', :ut_contract);

-- ---- where ----------------------------------------------------------------------------------------------------------------

INSERT INTO wmo.area (code, name, kind, valid, geom, geom_basis, source_id)
SELECT a.code::wmo.area_code, a.name, 'municipality', a.valid::daterange, pg_temp.drawn(a.name), 'schematic', :ut_cbs
FROM (VALUES
  ('GM0344', 'Utrecht', '(,)'), ('GM0312', 'Bunnik', '(,)'), ('GM0310', 'De Bilt', '(,)'), ('GM0736', 'De Ronde Venen', '(,)'),
  ('GM0321', 'Houten', '(,)'), ('GM0353', 'IJsselstein', '(,)'), ('GM0331', 'Lopik', '(,)'), ('GM0335', 'Montfoort', '(,)'),
  ('GM0589', 'Oudewater', '(,)'), ('GM1904', 'Stichtse Vecht', '(,)'), ('GM1581', 'Utrechtse Heuvelrug', '(,)'),
  ('GM1961', 'Vijfheerenlanden', '[2019-01-01,)'), ('GM0352', 'Wijk bij Duurstede', '(,)'), ('GM0632', 'Woerden', '(,)'),
  ('GM0355', 'Zeist', '(,)'), ('GM0356', 'Nieuwegein', '(,)')) AS a (code, name, valid);

-- ---- what -----------------------------------------------------------------------------------------------------------------

INSERT INTO wmo.tender (title, published, lot_count, tenderer_count, selected_count, source_id) VALUES
  ('Aanvullende zorg Wmo Utrecht', '[2019-02-01,2019-02-15)', 7, 90, 53, :ut_tender);
INSERT INTO wmo.tender_buyer (tender_id, buyer_id, source_id)
SELECT t.id, pg_temp.party('Utrecht'), :ut_tender FROM wmo.tender t WHERE t.title = 'Aanvullende zorg Wmo Utrecht';

INSERT INTO wmo.award (tender_id, decided, standstill, source_id)
SELECT t.id, '[2019-02-01,2019-06-30)', wmo.objection_period_until('sas_standstill', '2019-07-18', '2019-07-19'), :ut_award
FROM wmo.tender t WHERE t.title = 'Aanvullende zorg Wmo Utrecht';

INSERT INTO wmo.contract (number, buyer_id, supplier_count, period, award_id, source_id)
SELECT 'UT-2020', pg_temp.party('Utrecht'), 53, '[2020-01-01,?)', a.id, :ut_contract FROM wmo.award a WHERE a.source_id = :ut_award;

INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, source_id)
SELECT pg_temp.contract('UT-2020'), wmo.service_id(service), pg_temp.area('Utrecht'), :ut_city
FROM unnest(ARRAY['individuele_begeleiding', 'arbeidsmatige_activering', 'dagbegeleiding']) service;
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, source_id)
SELECT pg_temp.contract('UT-2020'), wmo.service_id(service), a.id, CASE a.name WHEN 'Utrecht' THEN :ut_sixteen ELSE :ut_names END
FROM wmo.area a CROSS JOIN unnest(ARRAY['opvang_na_geweld', 'daklozenopvang', 'beschermd_wonen', 'opvang']) service
WHERE a.source_id = :ut_cbs;
