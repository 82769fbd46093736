-- service_synonym: the words by which lists call services.
-- Relies on service, and on how headers and words of a list are compared (contract_list).

CREATE TABLE wmo.service_synonym_shipped (
  word       text PRIMARY KEY,
  service_id integer NOT NULL REFERENCES wmo.service,
  CONSTRAINT service_synonym_has_letters CHECK (wmo_works.list_key(word) <> '')
);
CREATE UNIQUE INDEX service_synonym_shipped_is_one_meaning ON wmo.service_synonym_shipped (wmo_works.list_key(word));
COMMENT ON TABLE wmo.service_synonym_shipped IS
  'Words by which Dutch lists call a service, as this release knows them. Not yours to change: use '
  'wmo.service_synonym_own.';
COMMENT ON COLUMN wmo.service_synonym_shipped.word IS 'The word; case, spaces and punctuation do not count.';
COMMENT ON COLUMN wmo.service_synonym_shipped.service_id IS 'The service that it means.';

CREATE TABLE wmo.service_synonym_own (LIKE wmo.service_synonym_shipped INCLUDING ALL);
ALTER TABLE wmo.service_synonym_own ADD FOREIGN KEY (service_id) REFERENCES wmo.service;
COMMENT ON TABLE wmo.service_synonym_own IS
  'Words of your own lists. A word that also ships means what it means here.';
COMMENT ON COLUMN wmo.service_synonym_own.word IS 'The word; case, spaces and punctuation do not count.';
COMMENT ON COLUMN wmo.service_synonym_own.service_id IS 'The service that it means.';
SELECT pg_catalog.pg_extension_config_dump('wmo.service_synonym_own', '');

CREATE VIEW wmo.service_synonym WITH (security_invoker = true) AS
  SELECT o.word, o.service_id FROM wmo.service_synonym_own o
  UNION ALL
  SELECT s.word, s.service_id FROM wmo.service_synonym_shipped s
  WHERE NOT EXISTS (SELECT FROM wmo.service_synonym_own o
                    WHERE wmo_works.list_key(o.word) = wmo_works.list_key(s.word));
COMMENT ON VIEW wmo.service_synonym IS 'The words by which lists call services, beside code and name: shipped and own.';
COMMENT ON COLUMN wmo.service_synonym.word IS 'The word; case, spaces and punctuation do not count.';
COMMENT ON COLUMN wmo.service_synonym.service_id IS 'The service that it means.';

-- Only words that mean one service; "hulpmiddelen", "begeleid wonen" and "dagopvang" may mean several.
INSERT INTO wmo.service_synonym_shipped (word, service_id)
SELECT w.word, s.id
FROM (VALUES
  ('hulp_bij_het_huishouden', 'HbH;HH;HH1;HH2;HO;huishoudelijke hulp;huishoudelijke ondersteuning;'
    'huishoudelijke verzorging;hulp in de huishouding;huishoudhulp;hulp bij huishouden;'
    'ondersteuning bij het huishouden;schoonmaakondersteuning'),
  ('individuele_begeleiding', 'BGI;IB;begeleiding individueel;individuele ondersteuning;ambulante begeleiding;'
    'individuele ambulante begeleiding'),
  ('groepsgerichte_ondersteuning', 'BGG;begeleiding groep;groepsbegeleiding;begeleiding in groepsverband'),
  ('persoonlijke_verzorging', 'PV'),
  ('kortdurend_verblijf', 'KDV;KVB;logeren;logeeropvang;respijtverblijf;kortdurend verblijf/logeren'),
  ('dagbesteding', 'DB;dagactiviteiten'),
  ('arbeidsmatige_activering', 'arbeidsmatige dagbesteding'),
  ('vervoerdiensten', 'collectief vervoer;regiotaxi;wmo-vervoer;wmo-taxi'),
  ('vervoervoorzieningen', 'vervoersvoorziening;vervoersvoorzieningen;vervoermiddelen;scootmobiel;scootmobielen'),
  ('rolstoelen', 'rolstoel;rolstoelvoorziening;rolstoelvoorzieningen'),
  ('woonvoorzieningen', 'woonvoorziening;woningaanpassing;woningaanpassingen;traplift;trapliften'),
  ('beschermd_wonen', 'BW'),
  ('opvang', 'MO'),
  ('opvang_na_geweld', 'vrouwenopvang')
) AS known (code, words)
JOIN wmo.service s ON s.code = known.code
CROSS JOIN LATERAL string_to_table(known.words, ';') AS w (word);
