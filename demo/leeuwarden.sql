-- Leeuwarden: one consortium, two equals for household help, and basic support, all from 1 January 2021.

-- ---- where it stands ----------------------------------------------------------------------------------------------------

\set lw_article 'Zorgaanbieders basis- en aanvullende ondersteuning Wmo 2021 bekend'

INSERT INTO wmo.source (article, publisher, wording, reading) VALUES
  ('Gemeentelijke indeling (codelijst gemeenten)', 'CBS', 'Leeuwarden (GM0080), grenzen sinds 1 januari 2018',
   'Codes and days of the list, in our words. Shapes are not from this source: see geom_basis.') RETURNING id AS lw_cbs \gset

INSERT INTO wmo.source (article, publisher, published, wording) VALUES (:'lw_article', 'gemeente Leeuwarden', '[2020-03-06,2020-03-07)',
  'De gemeente gaat hiervoor één contract aan met het samenwerkingsverband WINDKRACHT058, dat wordt gevormd door Aardema Zorg Groep, Innzorg en JijCentraal, die op hun beurt weer zo’n zestien onderaannemers aan zich gebonden hebben.')
  RETURNING id AS lw_windkracht \gset

INSERT INTO wmo.source (article, publisher, published, wording) VALUES (:'lw_article', 'gemeente Leeuwarden', '[2020-03-06,2020-03-07)',
  'Vanaf 1 januari 2021 gaat een samenwerkingsverband van zo’n twintig lokale partijen de ondersteuning verlenen voor de dagbesteding en thuisondersteuning binnen de Wmo.')
  RETURNING id AS lw_day_and_home \gset

INSERT INTO wmo.source (article, publisher, published, wording, reading) VALUES (:'lw_article', 'gemeente Leeuwarden', '[2020-03-06,2020-03-07)',
  'Thuiszorg Het Friese Land en M.i.e.p. Huishoudservice verlenen vanaf dat moment de ondersteuning voor hulp bij huishouden binnen de Wmo.',
  'Who of the two serves whom is not said: choice stays unknown. M.i.e.p. Huishoudservice may be the MIEP of Westerkwartier; no source says so, and the two stay apart.')
  RETURNING id AS lw_household \gset

INSERT INTO wmo.source (article, publisher, published, wording) VALUES (:'lw_article', 'gemeente Leeuwarden', '[2020-03-06,2020-03-07)',
  'De basisondersteuning werd eerder al gegund en wordt vanaf 1 januari 2021 uitgevoerd door het samenwerkingsverband van Stichting Amaryllis en Incluzio BV.')
  RETURNING id AS lw_basic \gset

INSERT INTO wmo.source (article, publisher, published, wording, reading) VALUES (:'lw_article', 'gemeente Leeuwarden', '[2020-03-06,2020-03-07)',
  'Met de gunning van de huishoudelijke hulp en de dagbesteding en thuisondersteuning hebben we nu een compleet aanbod van nieuwe Wmo-ondersteuning vanaf 1 januari 2021. [...] De combinatie Amaryllis-Incluzio had al eerder de gunning voor de basisondersteuning gekregen.',
  'Decided on or before the day of publication. The tenders carry the name of the Uitvoeringsplan Herijking Ondersteuning Wmo, adopted in July 2019. Whether the award was provisional or final, when it was sent and until when it could be fought is not said.')
  RETURNING id AS lw_award \gset

INSERT INTO wmo.source (article, publisher, published, wording) VALUES (:'lw_article', 'gemeente Leeuwarden', '[2020-03-06,2020-03-07)',
  'Voor niet gecontracteerde zorgaanbieders betekent de gunning niet automatisch dat zij per 2021 hun werkzaamheden niet meer kunnen verrichten. Zij kunnen mogelijk nog een samenwerking aangaan met een van de hoofdaanbieders om zo hun dienstverlening voort te kunnen zetten.')
  RETURNING id AS lw_uncontracted \gset

-- ---- who ------------------------------------------------------------------------------------------------------------------

INSERT INTO wmo.party (name, kind, source_id) VALUES
  ('Leeuwarden', 'municipality', :lw_windkracht),
  ('WINDKRACHT058', 'consortium', :lw_windkracht),
  ('Aardema Zorg Groep', 'provider', :lw_windkracht),
  ('Innzorg', 'provider', :lw_windkracht),
  ('JijCentraal', 'provider', :lw_windkracht),
  ('Thuiszorg Het Friese Land', 'provider', :lw_household),
  ('M.i.e.p. Huishoudservice', 'provider', :lw_household),
  ('Amaryllis-Incluzio', 'consortium', :lw_award),
  ('Stichting Amaryllis', 'provider', :lw_basic),
  ('Incluzio BV', 'provider', :lw_basic);
INSERT INTO wmo.consortium_member (consortium_id, member_id, source_id) VALUES
  (pg_temp.party('WINDKRACHT058'), pg_temp.party('Aardema Zorg Groep'), :lw_windkracht),
  (pg_temp.party('WINDKRACHT058'), pg_temp.party('Innzorg'), :lw_windkracht),
  (pg_temp.party('WINDKRACHT058'), pg_temp.party('JijCentraal'), :lw_windkracht),
  (pg_temp.party('Amaryllis-Incluzio'), pg_temp.party('Stichting Amaryllis'), :lw_basic),
  (pg_temp.party('Amaryllis-Incluzio'), pg_temp.party('Incluzio BV'), :lw_basic);

-- ---- where ----------------------------------------------------------------------------------------------------------------

INSERT INTO wmo.area (code, name, kind, valid, geom, geom_basis, source_id) VALUES
  ('GM0080', 'Leeuwarden', 'municipality', '[2018-01-01,)', pg_temp.drawn('Leeuwarden'), 'schematic', :lw_cbs);

-- ---- what -----------------------------------------------------------------------------------------------------------------

INSERT INTO wmo.tender (title, source_id) VALUES
  ('Herijking Ondersteuning Wmo: dagbesteding en thuisondersteuning', :lw_award),
  ('Herijking Ondersteuning Wmo: hulp bij huishouden', :lw_award),
  ('Herijking Ondersteuning Wmo: basisondersteuning', :lw_award);
INSERT INTO wmo.tender_buyer (tender_id, buyer_id, source_id)
SELECT t.id, pg_temp.party('Leeuwarden'), :lw_award FROM wmo.tender t WHERE t.source_id = :lw_award;

INSERT INTO wmo.award (tender_id, supplier_id, decided, source_id)
SELECT t.id, pg_temp.party(won.supplier), '(,2020-03-07)', :lw_award
FROM (VALUES ('dagbesteding en thuisondersteuning', 'WINDKRACHT058'), ('hulp bij huishouden', 'Thuiszorg Het Friese Land'),
             ('hulp bij huishouden', 'M.i.e.p. Huishoudservice'), ('basisondersteuning', 'Amaryllis-Incluzio')) AS won (matter, supplier)
JOIN wmo.tender t ON t.title = 'Herijking Ondersteuning Wmo: ' || won.matter;

INSERT INTO wmo.contract (number, buyer_id, supplier_id, period, award_id, source_id)
SELECT c.number, pg_temp.party('Leeuwarden'), a.supplier_id, '[2021-01-01,?)', a.id, c.source_id
FROM (VALUES ('LW-2021 WINDKRACHT058', 'WINDKRACHT058', :lw_windkracht), ('LW-2021 HFL', 'Thuiszorg Het Friese Land', :lw_household),
             ('LW-2021 M.i.e.p.', 'M.i.e.p. Huishoudservice', :lw_household), ('LW-2021 basis', 'Amaryllis-Incluzio', :lw_basic))
  AS c (number, supplier, source_id)
JOIN wmo.award a ON a.supplier_id = pg_temp.party(c.supplier);

INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice, source_id) VALUES
  (pg_temp.contract('LW-2021 WINDKRACHT058'), wmo.service_id('dagbesteding'), pg_temp.area('Leeuwarden'), 'exclusive', :lw_windkracht),
  (pg_temp.contract('LW-2021 WINDKRACHT058'), wmo.service_id('thuisondersteuning'), pg_temp.area('Leeuwarden'), 'exclusive', :lw_windkracht),
  (pg_temp.contract('LW-2021 HFL'), wmo.service_id('hulp_bij_het_huishouden'), pg_temp.area('Leeuwarden'), 'unknown', :lw_household),
  (pg_temp.contract('LW-2021 M.i.e.p.'), wmo.service_id('hulp_bij_het_huishouden'), pg_temp.area('Leeuwarden'), 'unknown', :lw_household),
  (pg_temp.contract('LW-2021 basis'), wmo.service_id('basisondersteuning'), pg_temp.area('Leeuwarden'), 'exclusive', :lw_basic);

INSERT INTO wmo.subcontract (contract_id, party_count, approximate, source_id) VALUES
  (pg_temp.contract('LW-2021 WINDKRACHT058'), 16, true, :lw_windkracht);

INSERT INTO wmo.subcontract_term (buyer_id, allowed, condition, source_id) VALUES
  (pg_temp.party('Leeuwarden'), true, 'mogelijk, in samenwerking met een van de hoofdaanbieders', :lw_uncontracted);
