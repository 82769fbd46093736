-- Groningen: four areas, provisionally awarded in July 2018, from 1 January 2019 for four years and an option of two.

-- ---- where it stands ----------------------------------------------------------------------------------------------------

\set gr_article 'Gemeente Groningen gunt onderdelen van de zorg (WMO-begeleiding)'

INSERT INTO wmo.source (article, publisher, wording, reading) VALUES
  ('Gemeentelijke indeling (codelijst gemeenten)', 'CBS',
   'Groningen (GM0014); per 1 januari 2019 met Ten Boer (GM0009) en Haren (GM0017) samengevoegd tot Groningen (GM0014)',
   'The code stays, the territory grows: two editions. Codes and days of the list, in our words. Shapes are not from this source: see geom_basis.') RETURNING id AS gr_cbs \gset

INSERT INTO wmo.source (article, published, wording, reading) VALUES (:'gr_article', '[2018-07-01,2018-08-01)',
  'De gunning is verdeeld over vier gebieden. De gunning voor twee stadsdelen ontvangt de combinatie Werkpro-Cosis te weten stadsdeel Centrum, Oude Wijken en stadsdeel West. [...] At Home First krijgt de gunning voor stadsdeel Oost en de gemeente Ten Boer. Stadsdeel Zuid is gegund aan de combinatie Lentis-Noorderbrug-Philadelphia.',
  'The article has no headline of its own in our copy: the title is ours. Three names are printed for two stadsdelen: "Centrum, Oude Wijken" is taken as one of the four areas, because only then there are four.')
  RETURNING id AS gr_areas \gset

INSERT INTO wmo.source (article, published, wording) VALUES (:'gr_article', '[2018-07-01,2018-08-01)',
  'Ze voeren dit uit onder de naam ‘Ben in de Buurt’.')
  RETURNING id AS gr_alias \gset

INSERT INTO wmo.source (article, published, wording, basis, reading) VALUES (:'gr_article', '[2018-07-01,2018-08-01)',
  'de combinatie Werkpro-Cosis [...] de combinatie Lentis-Noorderbrug-Philadelphia', 'inferred',
  'A combinatie with a hyphenated name: each part is read as the name of a member.')
  RETURNING id AS gr_members \gset

INSERT INTO wmo.source (article, published, wording, reading) VALUES (:'gr_article', '[2018-07-01,2018-08-01)',
  'Er is sprake van een voorlopige gunning. Als er de komende 20 dagen geen bezwaren worden ingediend, zijn de gunningen met ingang van 14 augustus definitief van kracht.',
  'The last day to fight it is 13 August 2018. A condition is announced, not a fact: no final award is recorded. The sending day is not stated; with 20 days and 14 August it lies between 22 and 24 July (22 and 23 July when a last day in the weekend shifts). "Bezwaren" is newspaper language: the award of a contract is fought in summary proceedings. The procedure is not named; Wmo support is a social service, for which it is disputed whether the standstill of the law applies: regime sas_standstill.')
  RETURNING id AS gr_award \gset

INSERT INTO wmo.source (article, published, wording) VALUES (:'gr_article', '[2018-07-01,2018-08-01)',
  'De gunning binnen de vier gebieden gaat in vanaf 1 januari 2019, en geldt voor een periode van 4 jaar, met een optie tot verlenging van 2 jaar.')
  RETURNING id AS gr_period \gset

INSERT INTO wmo.source (article, published, wording, reading) VALUES (:'gr_article', '[2018-07-01,2018-08-01)',
  'Het gaat om aanbesteding van werkzaamheden in het kader van WMO-begeleiding. [...] Individuele en groepsgerichte ondersteuning, kortdurende verblijf en sociale activering zijn onderdelen van de zorg die de gemeente de afgelopen maanden heeft aanbesteed.',
  'Individuele ondersteuning within WMO-begeleiding is the service individuele_begeleiding. No age is stated.')
  RETURNING id AS gr_services \gset

INSERT INTO wmo.source (article, published, wording) VALUES (:'gr_article', '[2018-07-01,2018-08-01)',
  'WIJ Groningen blijft voor inwoners de centrale ingang voor vragen over ondersteuning en zorg in de eigen omgeving. Het ondersteuningsaanbod van de partijen wordt via WIJ Groningen aangeboden.')
  RETURNING id AS gr_access \gset

-- ---- who ------------------------------------------------------------------------------------------------------------------

INSERT INTO wmo.party (name, kind, source_id) VALUES
  ('Groningen', 'municipality', :gr_award),
  ('Werkpro-Cosis', 'consortium', :gr_areas),
  ('Werkpro', 'provider', :gr_members),
  ('Cosis', 'provider', :gr_members),
  ('At Home First', 'provider', :gr_areas),
  ('Lentis-Noorderbrug-Philadelphia', 'consortium', :gr_areas),
  ('Lentis', 'provider', :gr_members),
  ('Noorderbrug', 'provider', :gr_members),
  ('Philadelphia', 'provider', :gr_members),
  ('WIJ Groningen', 'access_point', :gr_access);
INSERT INTO wmo.party_alias (party_id, name, source_id) VALUES
  (pg_temp.party('Werkpro-Cosis'), 'Ben in de Buurt', :gr_alias);
INSERT INTO wmo.consortium_member (consortium_id, member_id, source_id) VALUES
  (pg_temp.party('Werkpro-Cosis'), pg_temp.party('Werkpro'), :gr_members),
  (pg_temp.party('Werkpro-Cosis'), pg_temp.party('Cosis'), :gr_members),
  (pg_temp.party('Lentis-Noorderbrug-Philadelphia'), pg_temp.party('Lentis'), :gr_members),
  (pg_temp.party('Lentis-Noorderbrug-Philadelphia'), pg_temp.party('Noorderbrug'), :gr_members),
  (pg_temp.party('Lentis-Noorderbrug-Philadelphia'), pg_temp.party('Philadelphia'), :gr_members);

-- ---- where ----------------------------------------------------------------------------------------------------------------
-- Ten Boer ended as a municipality on the very day its contract began: the scope is pinned to its last edition.

INSERT INTO wmo.area (code, name, kind, valid, geom, geom_basis, source_id) VALUES
  (NULL, 'Centrum, Oude Wijken', 'working_area', '(,)', pg_temp.drawn('Centrum, Oude Wijken'), 'schematic', :gr_areas),
  (NULL, 'West', 'working_area', '(,)', pg_temp.drawn('West'), 'schematic', :gr_areas),
  (NULL, 'Oost', 'working_area', '(,)', pg_temp.drawn('Oost'), 'schematic', :gr_areas),
  (NULL, 'Zuid', 'working_area', '(,)', pg_temp.drawn('Zuid'), 'schematic', :gr_areas),
  ('GM0009', 'Ten Boer', 'municipality', '(,2019-01-01)', pg_temp.drawn('Ten Boer'), 'schematic', :gr_cbs),
  ('GM0017', 'Haren', 'municipality', '(,2019-01-01)', pg_temp.drawn('Haren'), 'schematic', :gr_cbs),
  ('GM0014', 'Groningen', 'municipality', '(,2019-01-01)',
   pg_temp.drawn('Centrum, Oude Wijken', 'West', 'Oost', 'Zuid'), 'schematic', :gr_cbs),
  ('GM0014', 'Groningen', 'municipality', '[2019-01-01,)',
   pg_temp.drawn('Centrum, Oude Wijken', 'West', 'Oost', 'Zuid', 'Ten Boer', 'Haren'), 'schematic', :gr_cbs);
INSERT INTO wmo.area_part (whole_id, part_id, source_id)
SELECT pg_temp.area('Groningen', edition.day), pg_temp.area(part), :gr_areas
FROM (VALUES (date '2018-12-31'), (date '2019-01-01')) AS edition (day)
CROSS JOIN unnest(ARRAY['Centrum, Oude Wijken', 'West', 'Oost', 'Zuid']) part;
INSERT INTO wmo.area_part (whole_id, part_id, source_id)
SELECT pg_temp.area('Groningen', '2019-01-01'), pg_temp.area(part), :gr_cbs FROM unnest(ARRAY['Ten Boer', 'Haren']) part;

INSERT INTO wmo.access_point (party_id, area_id, source_id) VALUES
  (pg_temp.party('WIJ Groningen'), pg_temp.area('Groningen', '2018-12-31'), :gr_access),
  (pg_temp.party('WIJ Groningen'), pg_temp.area('Groningen', '2019-01-01'), :gr_access);

-- ---- what -----------------------------------------------------------------------------------------------------------------

INSERT INTO wmo.tender (title, lot_count, source_id) VALUES ('WMO-begeleiding Groningen', 4, :gr_areas);
INSERT INTO wmo.tender_buyer (tender_id, buyer_id, source_id)
SELECT t.id, pg_temp.party('Groningen'), :gr_services FROM wmo.tender t WHERE t.title = 'WMO-begeleiding Groningen';
INSERT INTO wmo.lot (tender_id, name, source_id)
SELECT t.id, lot, :gr_areas FROM wmo.tender t CROSS JOIN unnest(ARRAY['Centrum, Oude Wijken', 'West', 'Oost en Ten Boer', 'Zuid']) lot
WHERE t.title = 'WMO-begeleiding Groningen';

INSERT INTO wmo.award (tender_id, lot_id, supplier_id, sent, standstill, source_id)
SELECT l.tender_id, l.id, pg_temp.party(won.supplier), '[2018-07-22,2018-07-25)', wmo.objection_period_until('sas_standstill', '2018-08-13'), :gr_award
FROM (VALUES ('Centrum, Oude Wijken', 'Werkpro-Cosis'), ('West', 'Werkpro-Cosis'), ('Oost en Ten Boer', 'At Home First'),
             ('Zuid', 'Lentis-Noorderbrug-Philadelphia')) AS won (lot, supplier)
JOIN wmo.lot l ON l.name = won.lot;

INSERT INTO wmo.contract (number, buyer_id, supplier_id, period, award_id, source_id)
SELECT c.number, pg_temp.party('Groningen'), a.supplier_id, '[2019-01-01,2023-01-01)+P2Y', a.id, :gr_period
FROM (VALUES ('GR-2019 Centrum', 'Centrum, Oude Wijken'), ('GR-2019 West', 'West'), ('GR-2019 Oost', 'Oost en Ten Boer'), ('GR-2019 Zuid', 'Zuid'))
  AS c (number, lot)
JOIN wmo.lot l ON l.name = c.lot
JOIN wmo.award a ON a.lot_id = l.id;

INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice, lot_id, source_id)
SELECT pg_temp.contract(place.contract), wmo.service_id(service), pg_temp.area(place.area), 'exclusive', a.lot_id, :gr_services
FROM (VALUES ('GR-2019 Centrum', 'Centrum, Oude Wijken'), ('GR-2019 West', 'West'), ('GR-2019 Oost', 'Oost'), ('GR-2019 Oost', 'Ten Boer'),
             ('GR-2019 Zuid', 'Zuid')) AS place (contract, area)
JOIN wmo.contract c ON c.number = place.contract
JOIN wmo.award a ON a.id = c.award_id
CROSS JOIN unnest(ARRAY['individuele_begeleiding', 'groepsgerichte_ondersteuning', 'kortdurend_verblijf', 'sociale_activering']) service;
