-- Westerkwartier: two main providers from 1 March 2023, about eighty from 1 July 2022.

-- ---- where it stands ----------------------------------------------------------------------------------------------------

\set wk_article 'Twee hoofdaanbieders voor Hulp bij het Huishouden en ondersteuning voor ouderen in het Westerkwartier'

INSERT INTO wmo.source (article, publisher, wording, reading) VALUES
  ('Gemeentelijke indeling (codelijst gemeenten)', 'CBS',
   'Westerkwartier (GM1969) per 1 januari 2019, uit Grootegast (GM0015), Leek (GM0022), Marum (GM0025), Zuidhorn (GM0056) en een deel van Winsum (GM0053)',
   'Codes and days of the list, in our words. Shapes are not from this source: see geom_basis.') RETURNING id AS wk_cbs \gset

INSERT INTO wmo.source (article, wording) VALUES (:'wk_article',
  'De gemeente Westerkwartier heeft met twee hoofdaanbieders een contract afgesloten. Dit contract gaat in op 1 maart 2023. De nieuwe aanbieders in de gemeente Westerkwartier zijn MIEP en De Nieuwe Zorg Thuis (DNZT).')
  RETURNING id AS wk_contract \gset

INSERT INTO wmo.source (article, wording, basis, reading) VALUES (:'wk_article',
  'Hulp bij het Huishouden voor alle inwoners vanaf 18 jaar [...] Vanaf 1 maart 2023 biedt  DNZT ondersteuning in het gebied Grootegast. MIEP biedt ondersteuning in  Leek en Marum. In het gebied Zuidhorn is MIEP hoofdaanbieder.',
  'inferred',
  'Each gebied is read as the territory of the former municipality of that name; the article does not say that they are the same.')
  RETURNING id AS wk_household \gset

INSERT INTO wmo.source (article, wording, basis, reading) VALUES (:'wk_article',
  'voor de combinatie van meerdere vormen van ondersteuning voor ouderen vanaf 75 jaar. Het betreft Wmo ondersteuning in de vorm van individuele begeleiding, dagbesteding en kortdurend verblijf.',
  'inferred',
  'Each gebied is read as the territory of the former municipality of that name. The three forms are recorded one by one; whether the contract also covers somebody who needs just one of them is not said.')
  RETURNING id AS wk_elderly \gset

INSERT INTO wmo.source (article, wording, basis, reading) VALUES (:'wk_article',
  'Als onderaannemer blijft DNZT actief in Zuidhorn voor de cliënten waar ze nu al zorg aan verlenen.',
  'inferred',
  'Main contractor is MIEP by implication (it is the main provider in Zuidhorn). The day that "nu" refers to, and the services, are not stated: existing_on and service are empty.')
  RETURNING id AS wk_subcontractor \gset

INSERT INTO wmo.source (article, wording, basis, reading) VALUES (:'wk_article',
  'Hulp bij het Huishouden voor alle inwoners vanaf 18 jaar [...] één hoofdaanbieder per gebied',
  'inferred',
  'Ezinge, Feerwerd and Garnwerd (Middag, formerly Winsum) lie in Westerkwartier but in none of the four gebieden that the article names. All residents are covered, so a main provider serves them too; which of the two is not said. The row stands for that one contract, it is not a third one.')
  RETURNING id AS wk_middag \gset

INSERT INTO wmo.source (article, wording, basis, reading) VALUES (:'wk_article',
  'Tot 1 maart 2023 blijven de huidige aanbieders de ondersteuning bieden.',
  'inferred',
  '"De ondersteuning" is read as the services and ages of the two new contracts. Who the providers are, and since when, is not said.')
  RETURNING id AS wk_before \gset

INSERT INTO wmo.source (article, wording, reading) VALUES (:'wk_article',
  'Voor de WMO-ondersteuning van 18 tot 75 jaar heeft de gemeente vanaf 1 juli 2022 met circa 80 aanbieders een contract gesloten. Het gaat dan om Wmo ondersteuning in de vorm van individuele begeleiding, dagbesteding en kortdurend verblijf.',
  '"Tot 75 jaar" ends where "vanaf 75 jaar" begins: 74 is the last age.')
  RETURNING id AS wk_eighty \gset

-- ---- who ------------------------------------------------------------------------------------------------------------------

INSERT INTO wmo.party (name, kind, source_id) VALUES
  ('Westerkwartier', 'municipality', :wk_contract),
  ('MIEP', 'provider', :wk_contract),
  ('De Nieuwe Zorg Thuis', 'provider', :wk_contract);
INSERT INTO wmo.party_alias (party_id, name, source_id) VALUES
  (pg_temp.party('De Nieuwe Zorg Thuis'), 'DNZT', :wk_contract);

-- ---- where ----------------------------------------------------------------------------------------------------------------

INSERT INTO wmo.area (code, name, kind, valid, geom, geom_basis, source_id) VALUES
  ('GM0015', 'Grootegast', 'municipality', '(,2019-01-01)', pg_temp.drawn('Grootegast'), 'schematic', :wk_cbs),
  ('GM0022', 'Leek', 'municipality', '(,2019-01-01)', pg_temp.drawn('Leek'), 'schematic', :wk_cbs),
  ('GM0025', 'Marum', 'municipality', '(,2019-01-01)', pg_temp.drawn('Marum'), 'schematic', :wk_cbs),
  ('GM0056', 'Zuidhorn', 'municipality', '(,2019-01-01)', pg_temp.drawn('Zuidhorn'), 'schematic', :wk_cbs),
  (NULL, 'Middag', 'other', '(,)', pg_temp.drawn('Middag'), 'schematic', :wk_cbs),
  ('GM1969', 'Westerkwartier', 'municipality', '[2019-01-01,)',
   pg_temp.drawn('Grootegast', 'Leek', 'Marum', 'Zuidhorn', 'Middag'), 'schematic', :wk_cbs);
INSERT INTO wmo.area_part (whole_id, part_id, source_id)
SELECT pg_temp.area('Westerkwartier'), pg_temp.area(part), :wk_cbs
FROM unnest(ARRAY['Grootegast', 'Leek', 'Marum', 'Zuidhorn', 'Middag']) part;

-- ---- what -----------------------------------------------------------------------------------------------------------------

INSERT INTO wmo.contract (number, buyer_id, supplier_id, supplier_count, approximate, period, source_id) VALUES
  ('WK-2023 MIEP', pg_temp.party('Westerkwartier'), pg_temp.party('MIEP'), NULL, false, '[2023-03-01,?)', :wk_contract),
  ('WK-2023 DNZT', pg_temp.party('Westerkwartier'), pg_temp.party('De Nieuwe Zorg Thuis'), NULL, false, '[2023-03-01,?)', :wk_contract),
  ('WK-2023 Middag', pg_temp.party('Westerkwartier'), NULL, 1, false, '[2023-03-01,?)', :wk_middag),
  ('WK-before-2023', pg_temp.party('Westerkwartier'), NULL, NULL, false, '(?,2023-03-01)', :wk_before),
  ('WK-2022 18-75', pg_temp.party('Westerkwartier'), NULL, 80, true, '[2022-07-01,?)', :wk_eighty);

INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice, source_id)
SELECT pg_temp.contract(place.contract), wmo.service_id(bought.service), pg_temp.area(place.area), bought.ages, 'exclusive', bought.source_id
FROM (VALUES ('WK-2023 DNZT', 'Grootegast'), ('WK-2023 MIEP', 'Leek'), ('WK-2023 MIEP', 'Marum'), ('WK-2023 MIEP', 'Zuidhorn'),
             ('WK-2023 Middag', 'Middag')) AS place (contract, area)
CROSS JOIN (VALUES ('hulp_bij_het_huishouden', '[18,)'::int4range, :wk_household), ('individuele_begeleiding', '[75,)', :wk_elderly),
                   ('dagbesteding', '[75,)', :wk_elderly), ('kortdurend_verblijf', '[75,)', :wk_elderly)) AS bought (service, ages, source_id);

INSERT INTO wmo.subcontract (contract_id, party_id, area_id, clients, source_id) VALUES
  (pg_temp.contract('WK-2023 MIEP'), pg_temp.party('De Nieuwe Zorg Thuis'), pg_temp.area('Zuidhorn'), 'existing', :wk_subcontractor);

INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, source_id)
SELECT pg_temp.contract('WK-before-2023'), wmo.service_id(bought.service), pg_temp.area('Westerkwartier'), bought.ages, :wk_before
FROM (VALUES ('hulp_bij_het_huishouden', '[18,)'::int4range), ('individuele_begeleiding', '[75,)'),
             ('dagbesteding', '[75,)'), ('kortdurend_verblijf', '[75,)')) AS bought (service, ages);

INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, source_id)
SELECT pg_temp.contract('WK-2022 18-75'), wmo.service_id(service), pg_temp.area('Westerkwartier'), '[18,75)', :wk_eighty
FROM unnest(ARRAY['individuele_begeleiding', 'dagbesteding', 'kortdurend_verblijf']) service;
