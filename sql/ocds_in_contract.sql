-- Contracts of OCDS releases: what the standard says too little of is left for who knows it.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry
CREATE FUNCTION pg_temp.release(contracts jsonb, day text DEFAULT '2020-06-01') RETURNS jsonb LANGUAGE sql RETURN
  jsonb_build_object('ocid', 'ocds-abc123-1', 'id', 'r-' || day, 'date', day || 'T12:00:00Z', 'buyer', '{"name": "Stad"}'::jsonb, 'tender', '{"title": "Begeleiding"}'::jsonb,
    'awards', '[{"id": "A1", "suppliers": [{"name": "Aanbieder A"}]}, {"id": "A2"}]'::jsonb, 'contracts', contracts);
INSERT INTO wmo.contract (number, buyer_id, period) VALUES ('van ons', 1, '[2019-01-01,)');

SELECT i.path, i.outcome, i.message FROM wmo.import_ocds(pg_temp.release('[
  {"id": "days", "awardID": "A1", "status": "active", "period": {"startDate": "2020-01-01T00:00:00Z", "endDate": "2021-12-31T23:59:59Z", "maxExtentDate": "2023-12-31T23:59:59Z"}, "dateSigned": "2019-12-15T00:00:00Z"},
  {"id": "no end", "awardID": "A2", "period": {"startDate": "2020-01-01T00:00:00Z"}, "suppliers": [{"name": "Aanbieder B"}]},
  {"id": "no days", "awardID": "A1"}, {"id": "back", "awardID": "A1", "period": {"startDate": "2020-01-02T00:00:00Z", "endDate": "2019-12-31T00:00:00Z"}},
  {"id": "stopped", "awardID": "A1", "status": "terminated", "period": {"startDate": "2020-01-01T00:00:00Z", "endDate": "2021-12-31T23:59:59Z"}},
  {"id": "over", "awardID": "A1", "status": "terminated", "period": {"startDate": "2018-01-01T00:00:00Z", "endDate": "2019-12-31T23:59:59Z"}},
  {"id": "off", "awardID": "A1", "status": "cancelled"}, {"id": "loose"}, {"id": "lost", "awardID": "A9"}, {"awardID": "A1"}, {"id": "van ons", "awardID": "A1"},
  {"id": "elsewhere", "awardID": "A1", "buyer": {"name": "Regio Ergens"}}]')) i WHERE i.path LIKE 'contracts%';
SELECT c.number, p.name, c.period, wmo.end_kind(c.period), c.signed_on FROM wmo.contract c LEFT JOIN wmo.party p ON p.id = c.supplier_id ORDER BY c.id;

-- a later release: what was not known is filled; another end is told of, for nobody says whether by an option; a supplier stays
SELECT i.path, i.outcome, i.message FROM wmo.import_ocds(pg_temp.release('[
  {"id": "days", "awardID": "A1", "period": {"startDate": "2020-01-01T00:00:00Z", "endDate": "2022-12-31T23:59:59Z"}, "amendments": [{"id": "1", "date": "2021-06-01T00:00:00Z", "rationale": "verlengd"}]},
  {"id": "no end", "awardID": "A2", "period": {"startDate": "2020-01-01T00:00:00Z", "endDate": "2023-12-31T23:59:59Z"}}]', '2020-07-01')) i WHERE i.path LIKE 'contracts%';
SELECT c.number, p.name, c.period FROM wmo.contract c LEFT JOIN wmo.party p ON p.id = c.supplier_id WHERE c.number IN ('days', 'no end') ORDER BY c.id;
SELECT i.path, i.outcome FROM wmo.import_ocds(pg_temp.release('[{"id": "no end", "awardID": "A2", "period": {"startDate": "2020-01-01T00:00:00Z"}}]', '2020-07-02')) i WHERE i.path LIKE 'contracts%';

-- in our own words: the period as agreed, the changes, for whom and where
CREATE TEMPORARY TABLE ours (said jsonb);
INSERT INTO ours VALUES ('[{"id": "ours", "awardID": "A1", "period": {"startDate": "2020-01-01T00:00:00Z", "endDate": "2023-12-31T23:59:59Z", "maxExtentDate": "2024-12-31T23:59:59Z"},
  "milestones": [{"id": "agreed_period", "code": "agreed_period", "description": "[2020-01-01,2022-01-01)+P2Y+P1Y notice P6M"}],
  "items": [{"id": "s1", "relatedLot": "1", "additionalClassifications": [{"scheme": "x_wmo_service", "id": "begeleiding"}, {"scheme": "x_wmo_area", "id": "GM0014", "description": "Groningen"}, {"scheme": "x_wmo_area_days", "id": "[2019-01-01,)"},
    {"scheme": "x_wmo_ages", "id": "[18,75)"}, {"scheme": "x_wmo_clients", "id": "existing"}, {"scheme": "x_wmo_existing_on", "id": "2019-12-31"}, {"scheme": "x_wmo_choice", "id": "shared"}, {"scheme": "x_wmo_days", "id": "(,)"}]}],
  "amendments": [{"id": "c1", "description": "extension; option 1; received 2021-05-01", "rationale": "goed"}]}]');
SELECT i.path, i.outcome, i.message FROM ours, wmo.import_ocds(pg_temp.release(said, '2021-07-01')) i WHERE i.path LIKE 'contracts%';
SELECT c.period, c.agreed_period, s.ages, s.clients, s.existing_on, s.choice, a.code, a.name, a.kind, a.valid, a.geom IS NULL AS no_shape FROM wmo.contract c JOIN wmo.contract_scope s ON s.contract_id = c.id JOIN wmo.area a ON a.id = s.area_id WHERE c.number = 'ours';
SELECT i.path, i.outcome, i.message FROM ours, wmo.import_ocds(pg_temp.release(said, '2021-07-02')) i WHERE i.path LIKE 'contracts%';
-- each word of it that is not as it should be
SELECT what, i.path, i.message FROM ours CROSS JOIN (VALUES
  ('no ages', '{0,items,0,additionalClassifications,3,id}', '"all"'), ('ages upside down', '{0,items,0,additionalClassifications,3,id}', '"[75,18)"'), ('another service', '{0,items,0,additionalClassifications,0,id}', '"dansles"'),
  ('no days', '{0,items,0,additionalClassifications,7,id}', '"altijd"'), ('another edition', '{0,items,0,additionalClassifications,2,id}', '"[2018-01-01,)"'), ('other clients', '{0,items,0,additionalClassifications,4,id}', '"some"'),
  ('no existing_on', '{0,items,0,additionalClassifications,5,id}', '"eind 2019"'), ('a period that is none', '{0,milestones,0,description}', '"[2020-01-01,2019-01-01)"'),
  ('an option that is not there', '{0,amendments,0,description}', '"extension; option 7; received 2021-05-01"'), ('a day that is none', '{0,amendments,0,description}', '"extension; received 2021-02-30"'),
  ('a word more', '{0,amendments,0,description}', '"extension; received 2021-05-01; gratis"'), ('to nobody', '{0,amendments,0,description}', '"transfer; effective 2021-05-01; to party-99"'),
  ('in no area of the contract', '{0,amendments,0,description}', '"scope_removed; effective 2021-05-01; area GM0055"'), ('of no service', '{0,amendments,0,description}', '"scope_removed; effective 2021-05-01; service dansles"'),
  ('no kind', '{0,amendments,0,description}', '"option 1; extension"')) t (what, place, word)
CROSS JOIN LATERAL wmo.import_ocds(pg_temp.release(jsonb_set(jsonb_set(jsonb_set(jsonb_set(said, place::text[], word::jsonb), '{0,id}', to_jsonb('ours ' || what)), '{0,items,0,id}', '"n1"'), '{0,amendments,0,id}', '"n1"'), '2021-07-03'), dry_run => true) i
WHERE i.path LIKE 'contracts%' AND i.outcome = 'not_placed';
-- a day that stands for none is not known; a signing after the release is told
INSERT INTO wmo.party (id, name, kind) VALUES (9901, 'Stad Negen', 'municipality');
SELECT f.path, f.outcome, f.message FROM wmo.import_ocds('{"ocid": "ocds-x-9", "id": "r1", "date": "2024-01-01T00:00:00Z", "tag": ["contract"], "parties": [{"id": "b9", "name": "Stad Negen", "roles": ["buyer"]}, {"id": "s9", "name": "Zorg Negen", "roles": ["supplier"]}],
  "buyer": {"id": "b9", "name": "Stad Negen"}, "tender": {"id": "t9", "title": "T9"}, "awards": [{"id": "a9", "status": "active", "suppliers": [{"id": "s9", "name": "Zorg Negen"}]}],
  "contracts": [{"id": "N9-1", "awardID": "a9", "status": "active", "buyer": {"id": "b9", "name": "Stad Negen"}, "dateSigned": "2030-10-05T00:00:00Z", "period": {"startDate": "2024-01-01T00:00:00Z", "endDate": "2099-12-31T00:00:00Z"}},
    {"id": "N9-2", "awardID": "a9", "status": "active", "buyer": {"id": "b9", "name": "Stad Negen"}, "dateSigned": "2023-10-05T00:00:00Z", "period": {"startDate": "1900-01-01T00:00:00Z", "endDate": "2027-12-31T00:00:00Z"}}]}') f WHERE f.path LIKE 'contracts/%';
SELECT c.number, c.period, c.signed_on FROM wmo.contract c WHERE c.number LIKE 'N9-%' ORDER BY 1;
-- the midnight that begins a month may be the end of the day before: as it is written, or as midnight here stands in UTC, in winter and in summer
SELECT n, e AS written, coalesce(string_agg(f.path || ': ' || f.message, '; ') FILTER (WHERE f.path LIKE '%/endDate'), 'no note') AS noted
FROM unnest('{2026-01-01T00:00:00Z,2026-01-01T00:00:00+01:00,2025-12-31T23:00:00Z,2026-06-30T22:00:00Z,2026-07-01T02:00:00+04:00,2025-12-31T23:00:00,2025-12-31T22:00:00Z,2026-01-15T23:00:00Z,2025-12-31T23:59:59Z,2026-01-01}'::text[]) WITH ORDINALITY t (e, n)
CROSS JOIN LATERAL wmo.import_ocds(jsonb_build_object('ocid', 'ocds-x-m' || n, 'id', 'r1', 'date', '2024-01-01T00:00:00Z', 'tag', '["contract"]'::jsonb, 'parties', '[{"id": "b9", "name": "Stad Negen", "roles": ["buyer"]}, {"id": "s9", "name": "Zorg Negen", "roles": ["supplier"]}]'::jsonb,
  'buyer', '{"id": "b9", "name": "Stad Negen"}'::jsonb, 'tender', '{"id": "t9", "title": "T9"}'::jsonb, 'awards', '[{"id": "a9", "status": "active", "suppliers": [{"id": "s9", "name": "Zorg Negen"}]}]'::jsonb,
  'contracts', jsonb_build_array(jsonb_build_object('id', 'M9-' || n, 'awardID', 'a9', 'status', 'active', 'dateSigned', '2023-10-05T00:00:00Z', 'period', jsonb_build_object('startDate', '2023-12-31T23:00:00Z', 'endDate', e))))) f
GROUP BY n, e ORDER BY n;
SELECT c.number, c.period FROM wmo.contract c WHERE c.number LIKE 'M9-%' ORDER BY length(c.number), c.number;
ROLLBACK;
