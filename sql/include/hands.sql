\set ECHO none
-- A town and a village whose contracts change hands: a consortium, a merger, subcontractors, a client stop.
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Stad', 'municipality'), (2, 'Appel', 'provider'), (3, 'Peer', 'provider'), (4, 'Pruim', 'provider'),
  (5, 'Fruit', 'consortium'), (6, 'Peer Nieuw', 'provider'), (7, 'Kers', 'provider');
INSERT INTO wmo.consortium_member (consortium_id, member_id) VALUES (5, 4), (5, 7);
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on) VALUES (3, 6, 'merger', '2022-01-01');
INSERT INTO wmo.area (id, code, name, kind) VALUES (1, 'GM0014', 'Stad', 'municipality'), (2, 'GM0009', 'Dorp', 'municipality');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES
  (1, 'a', 1, 2, '[2018-01-01,2020-01-01)'),
  (2, 'b', 1, 3, '[2020-01-01,2022-01-01)'),
  (3, 'c', 1, 6, '[2022-01-01,2024-01-01)+P1Y'),
  (4, 'd', 1, 5, '[2018-01-01,2021-01-01)'),
  (5, 'e', 1, 2, '[2021-01-01,2023-01-01)'),
  (6, 'f', 1, NULL, '[2023-01-01,2024-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, clients, existing_on, choice) VALUES
  (1, wmo.service_id('hulp_bij_het_huishouden'), 1, '[18,)', 'all', NULL, 'exclusive'),
  (2, wmo.service_id('hulp_bij_het_huishouden'), 1, '[18,)', 'all', NULL, 'exclusive'),
  (3, wmo.service_id('hulp_bij_het_huishouden'), 1, '[18,)', 'all', NULL, 'exclusive'),
  -- in the village: a consortium, then one that takes over those up to 74, then one more
  (4, wmo.service_id('begeleiding'), 2, '[18,)', 'all', NULL, 'client_choice'),
  (5, wmo.service_id('individuele_begeleiding'), 2, '[18,75)', 'all', NULL, 'client_choice'),
  (5, wmo.service_id('hulp_bij_het_huishouden'), 1, '[18,75)', 'existing', '2019-12-31', 'unknown'),
  (6, wmo.service_id('individuele_begeleiding'), 2, '[18,)', 'all', NULL, 'client_choice');
INSERT INTO wmo.subcontract (contract_id, party_id, area_id, clients) VALUES (2, 2, 1, 'existing'), (3, 7, NULL, 'all');
INSERT INTO wmo.client_stop (contract_id, during) VALUES (2, '[2020-06-01,2020-07-01)');
\set ECHO all
