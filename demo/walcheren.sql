-- Walcheren: three municipalities buy together, from 28 March of a year that the article does not print.

-- ---- where it stands ----------------------------------------------------------------------------------------------------

\set wa_article 'Walcherse gemeenten sluiten contracten zorg'

INSERT INTO wmo.source (article, publisher, wording, reading) VALUES
  ('Gemeentelijke indeling (codelijst gemeenten)', 'CBS', 'Middelburg (GM0687), Veere (GM0717), Vlissingen (GM0718)',
   'Codes and days of the list, in our words. Shapes are not from this source: see geom_basis.') RETURNING id AS wa_cbs \gset

INSERT INTO wmo.source (article, wording, basis, reading) VALUES (:'wa_article',
  'Met ingang van 28 maart sluiten de gemeenten Middelburg, Veere en Vlissingen gezamenlijk nieuwe contracten af met zorgaanbieders voor begeleiding en dagbesteding.',
  'inferred',
  'No year is printed. 2016 follows from "Medio 2015 zijn de drie Walcherse gemeenten gestart met een gezamenlijk inkoopproces". 28 March is read as the first day of the contracts; it may be the day of signing. The providers are not named or counted, an end is not stated.')
  RETURNING id AS wa_contract \gset

INSERT INTO wmo.source (article, wording) VALUES (:'wa_article',
  'Voor de begeleiding kiezen we voor maatwerk. Daarbij contracteren we een breed scala aan zorg en aanbieders, met als doel de meest passende zorg te leveren. De keuze van de klant is hierbij het belangrijkste aspect. Hij of zij heeft keuzevrijheid voor een specifieke zorgaanbieder.')
  RETURNING id AS wa_guidance \gset

INSERT INTO wmo.source (article, wording, reading) VALUES (:'wa_article',
  'Voor de dagbesteding is gekozen voor een dialoog en samenwerking met de zorgaanbieders.',
  'Free choice is stated for begeleiding only: here the choice stays unknown.')
  RETURNING id AS wa_daytime \gset

INSERT INTO wmo.source (article, wording) VALUES (:'wa_article',
  'Medio 2015 zijn de drie Walcherse gemeenten gestart met een gezamenlijk inkoopproces van de Wmo-begeleiding en -dagbesteding. [...] In een bestuurlijke aanbesteding zijn afspraken gemaakt over producten, prijzen en vernieuwing.')
  RETURNING id AS wa_tender \gset

INSERT INTO wmo.source (article, wording) VALUES (:'wa_article',
  'Walcherenaren die hulp nodig hebben, kunnen dit regelen via Porthos. Dit is het zorgloket van de drie gemeenten op Walcheren.')
  RETURNING id AS wa_access \gset

-- ---- who ------------------------------------------------------------------------------------------------------------------

INSERT INTO wmo.party (name, kind, source_id) VALUES
  ('Middelburg', 'municipality', :wa_contract),
  ('Veere', 'municipality', :wa_contract),
  ('Vlissingen', 'municipality', :wa_contract),
  ('Middelburg, Veere en Vlissingen', 'consortium', :wa_contract),
  ('Porthos', 'access_point', :wa_access);
INSERT INTO wmo.consortium_member (consortium_id, member_id, source_id)
SELECT pg_temp.party('Middelburg, Veere en Vlissingen'), pg_temp.party(member), :wa_contract
FROM unnest(ARRAY['Middelburg', 'Veere', 'Vlissingen']) member;

-- ---- where ----------------------------------------------------------------------------------------------------------------

INSERT INTO wmo.area (code, name, kind, geom, geom_basis, source_id) VALUES
  ('GM0687', 'Middelburg', 'municipality', pg_temp.drawn('Middelburg'), 'schematic', :wa_cbs),
  ('GM0717', 'Veere', 'municipality', pg_temp.drawn('Veere'), 'schematic', :wa_cbs),
  ('GM0718', 'Vlissingen', 'municipality', pg_temp.drawn('Vlissingen'), 'schematic', :wa_cbs),
  (NULL, 'Walcheren', 'region', pg_temp.drawn('Middelburg', 'Veere', 'Vlissingen'), 'schematic', :wa_access);
INSERT INTO wmo.area_part (whole_id, part_id, source_id)
SELECT pg_temp.area('Walcheren'), pg_temp.area(part), :wa_access
FROM unnest(ARRAY['Middelburg', 'Veere', 'Vlissingen']) part;

INSERT INTO wmo.access_point (party_id, area_id, source_id) VALUES
  (pg_temp.party('Porthos'), pg_temp.area('Walcheren'), :wa_access);

-- ---- what -----------------------------------------------------------------------------------------------------------------

INSERT INTO wmo.tender (title, procedure, source_id) VALUES
  ('Wmo-begeleiding en -dagbesteding Walcheren', 'administrative', :wa_tender);
INSERT INTO wmo.tender_buyer (tender_id, buyer_id, source_id)
SELECT t.id, pg_temp.party(buyer), :wa_tender
FROM wmo.tender t CROSS JOIN unnest(ARRAY['Middelburg', 'Veere', 'Vlissingen']) buyer
WHERE t.title = 'Wmo-begeleiding en -dagbesteding Walcheren';

INSERT INTO wmo.contract (number, buyer_id, period, source_id) VALUES
  ('WA-2016', pg_temp.party('Middelburg, Veere en Vlissingen'), '[2016-03-28,?)', :wa_contract);
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice, source_id)
SELECT pg_temp.contract('WA-2016'), wmo.service_id(bought.service), pg_temp.area(place), bought.choice, bought.source_id
FROM unnest(ARRAY['Middelburg', 'Veere', 'Vlissingen']) place
CROSS JOIN (VALUES ('begeleiding', 'client_choice', :wa_guidance), ('dagbesteding', 'unknown', :wa_daytime)) AS bought (service, choice, source_id);
