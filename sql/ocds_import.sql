-- Releases in: out, in and out again; TenderNed's shape; whatever people send.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry
INSERT INTO wmo.party (id, name, kind, natural_person) VALUES (7, 'Jansen', 'provider', true), (8, 'Assen', 'municipality', false);
INSERT INTO wmo.party_identifier (party_id, scheme, value) VALUES (2, 'kvk', '01234567'), (2, 'agb', '98000002'), (3, 'vestiging', '000012345678');
INSERT INTO wmo.consortium_member (consortium_id, member_id, known_on) VALUES (5, 3, '2018-01-01'), (5, 4, '2018-01-01');
INSERT INTO wmo.area (id, code, name, kind, valid) VALUES (1, 'GM0014', 'Groningen', 'municipality', '(,2019-01-01)'), (2, 'GM0014', 'Groningen', 'municipality', '[2019-01-01,)'), (3, NULL, 'Oost', 'other', '(,)');
INSERT INTO wmo.tender (id, title, procedure, published, tenderer_count) VALUES (1, 'Begeleiding 2019', 'sas', '[2019-06-03,2019-06-04)', 7);
INSERT INTO wmo.tender_buyer (tender_id, buyer_id) VALUES (1, 1), (1, 8);
INSERT INTO wmo.lot (id, tender_id, name) VALUES (1, 1, 'Noord'), (2, 1, 'Zuid');
INSERT INTO wmo.award (id, tender_id, lot_id, supplier_id, decided, sent, standstill, forfeiture, final_on, final_basis, source_id) VALUES
  (1, 1, 1, 2, '[2019-12-04,2019-12-05)', '[2019-12-05,2019-12-06)', wmo.objection_period('sas_standstill', '2019-12-05'), wmo.objection_period('forfeiture', '2019-12-05', '20 days'), '2020-01-03', 'announced', NULL),
  (2, 1, 2, 7, '[2019-12-04,2019-12-05)', NULL, NULL, NULL, NULL, NULL, 2), (3, 1, NULL, 5, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
UPDATE wmo.award SET withdrawn_on = '2020-02-01', revived_on = '2020-03-01' WHERE id = 3;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id, signed_on, source_id) VALUES
  (1, 'C1', 1, 2, '[2020-01-01,2022-01-01)+P2Y+P1Y notice P6M', 1, '2019-12-31', NULL), (2, 'C1', 8, 7, '[2020-01-01,)', 2, NULL, 2), (3, 'C3', 1, 5, '(?,2024-01-01)', 3, NULL, NULL),
  (4, 'C4', 1, NULL, '[2020-01-01,?)', 3, NULL, NULL);
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, ages, choice, lot_id, clients, existing_on, valid, follows_code, source_id) VALUES
  (1, 1, 20, 2, '[18,75)', 'exclusive', 1, 'all', NULL, '(,)', true, NULL), (2, 1, 10, 1, '[0,)', 'shared', 1, 'existing', '2019-12-31', '[2020-01-01,2021-01-01)', false, 2),
  (3, 2, 20, 3, '[75,)', 'client_choice', 2, 'all', NULL, '(,)', false, NULL), (4, 3, 70, NULL, '[0,)', 'unknown', NULL, 'all', NULL, '(,)', false, NULL);
INSERT INTO wmo.contract_change (id, contract_id, kind, option_no, decided_on, received_on, reason) VALUES (1, 1, 'extension', 1, '2021-04-01', '2021-05-01', 'goed gegaan');
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, service_id, area_id) VALUES (2, 1, 'scope_removed', '2021-06-01', '2021-07-01', 10, 1), (3, 3, 'scope_added', '2021-06-01', '2021-07-01', 40, NULL);
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, to_party_id) VALUES (4, 3, 'transfer', '2021-08-01', '2021-09-01', 6);
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, until) VALUES (5, 3, 'suspension', '2021-08-01', '2021-10-01', '2021-11-01'), (6, 3, 'suspension_ended', '2021-10-10', '2021-10-15', NULL);
INSERT INTO wmo.contract_change (id, contract_id, kind, option_no, received_on) VALUES (7, 1, 'option_declined', 2, '2022-01-10');
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on) VALUES (8, 2, 'early_end', '2022-02-01', '2022-12-01'), (9, 2, 'end_revoked', '2022-03-01', NULL);
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, choice, added_by_id) VALUES (5, 3, 40, NULL, 'shared', 3);
UPDATE wmo.contract_change SET source_id = 2 WHERE id = 1;
UPDATE wmo.tender SET source_id = 2;
INSERT INTO wmo.award_challenge (id, award_id, kind, against_id, lodged, lodged_between, lodged_by, ruling_expected, ruled, outcome, ordered, order_settled_on, suspends, source_id) VALUES
  (1, 2, 'summary_proceedings', NULL, '2019-12-10', NULL, 'claimant', '2020-01-21', '2020-01-20', 'partly_upheld', 'to_reassess', '2020-05-01', NULL, NULL), (2, 2, 'appeal', 1, NULL, '[2020-01-25,2020-02-10)', 'buyer', NULL, NULL, NULL, NULL, NULL, true, 2),
  (3, 3, 'letter', NULL, '2019-12-10', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), (4, 3, 'summary_proceedings', NULL, '2020-01-10', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
-- how the awards stand, and what rests on a reading, before and after
CREATE VIEW pg_temp.stands AS SELECT dense_rank() OVER (ORDER BY a.id) AS award, t.known, t.valid, t.status, t.inferred FROM wmo.award a CROSS JOIN LATERAL wmo.award_timeline(a.id) t;
CREATE TEMPORARY TABLE stood AS SELECT * FROM pg_temp.stands;
CREATE TEMPORARY TABLE went_out AS
SELECT wmo.ocds_release(1, '2022-06-01', with_natural_persons => true) AS release, wmo.ocds_release_package('https://data.example.org/p.json', 'Stad', NULL, '2022-06-01', true) AS package;

-- out, in, out: the same release from a registry that was empty; and in once more changes nothing
CREATE FUNCTION pg_temp.empty_registry() RETURNS void LANGUAGE sql AS $$
  DELETE FROM wmo.contract; DELETE FROM wmo.consortium_member; DELETE FROM wmo.award; DELETE FROM wmo.tender; DELETE FROM wmo.area; DELETE FROM wmo.party; DELETE FROM wmo.source;
$$;
SELECT pg_temp.empty_registry();
SELECT count(*) FROM wmo.ocds_identity;
SELECT i.path, i.outcome, i.message FROM went_out o, wmo.import_ocds(o.package) i;
-- since when they were members is not in it: by the day on which it comes in
SELECT wmo.ocds_release(i.tender_id, '2022-06-01', with_natural_persons => true) = o.release AS same FROM went_out o, wmo.ocds_identity i WHERE i.kind = 'tender';
UPDATE wmo.consortium_member SET entered_on = '2022-06-01';
SELECT wmo.ocds_release(i.tender_id, '2022-06-01', with_natural_persons => true) = o.release AS same FROM went_out o, wmo.ocds_identity i WHERE i.kind = 'tender';
SELECT i.path, i.outcome, i.message FROM went_out o, wmo.import_ocds(o.package) i WHERE i.outcome <> 'unchanged';
SELECT a.kind, b.kind AS against, a.lodged, a.lodged_between, a.lodged_by, a.ruling_expected, a.ruled, a.outcome, a.ordered, a.order_settled_on, a.suspends, so.basis FROM wmo.award_challenge a LEFT JOIN wmo.award_challenge b ON b.id = a.against_id
LEFT JOIN wmo.source so ON so.id = a.source_id ORDER BY a.id;
SELECT CASE WHEN s.known IS NULL THEN 'after' ELSE 'before' END AS only, coalesce(s.award, n.award) AS award, coalesce(s.known, n.known) AS known, coalesce(s.valid, n.valid) AS valid, coalesce(s.status, n.status) AS status, coalesce(s.inferred, n.inferred) AS inferred
FROM stood s FULL JOIN pg_temp.stands n USING (award, known, valid, status, inferred) WHERE s.award IS NULL OR n.award IS NULL ORDER BY 2, 3, 1;
SELECT ch.kind, so.basis FROM wmo.contract_change ch JOIN wmo.source so ON so.id = ch.source_id WHERE so.basis = 'inferred';
-- what came of them since, and words that are not read
SELECT i.path, i.outcome, i.message FROM went_out o, wmo.import_ocds(jsonb_set(jsonb_set(replace(o.release::text, 'summary_proceedings; lodged 2020-01-10', 'summary_proceedings; lodged 2020-01-10; ruled 2020-04-01; outcome dismissed')::jsonb,
  '{id}', '"later"'), '{date}', '"2030-01-01T00:00:00Z"')) i WHERE i.outcome <> 'unchanged';
SELECT a.kind, a.lodged, a.ruled, a.outcome FROM wmo.award_challenge a WHERE a.ruled IS NOT NULL ORDER BY a.id;
SELECT w.said, i.path, i.message FROM went_out o, unnest(ARRAY['summary_proceedings; lodged 2020-02-30', 'summary_proceedings; lodged 2020-01-10; gratis', 'praten; lodged 2020-01-10', 'appeal; against 7; lodged 2020-01-10']) w (said),
  wmo.import_ocds(jsonb_set(replace(o.release::text, 'summary_proceedings; lodged 2020-01-10', w.said)::jsonb, '{date}', '"2030-02-01T00:00:00Z"'), dry_run => true) i WHERE i.outcome = 'not_placed' ORDER BY 1;
-- and the registry is what it was, as far as a release can tell
SELECT c.number, b.name AS buyer, s.name AS supplier, c.period, c.agreed_period FROM wmo.contract c JOIN wmo.party b ON b.id = c.buyer_id LEFT JOIN wmo.party s ON s.id = c.supplier_id ORDER BY c.id;
SELECT s.ages, s.clients, s.existing_on, s.valid, s.choice, s.follows_code, a.name, a.valid AS area_days, so.basis, ch.kind AS added_by FROM wmo.contract_scope s LEFT JOIN wmo.area a ON a.id = s.area_id
LEFT JOIN wmo.source so ON so.id = s.source_id LEFT JOIN wmo.contract_change ch ON ch.id = s.added_by_id ORDER BY s.id;
SELECT ch.kind, ch.option_no, ch.decided_on, ch.received_on, ch.effective_on, ch.until, p.name, ch.reason FROM wmo.contract_change ch LEFT JOIN wmo.party p ON p.id = ch.to_party_id ORDER BY ch.id;
SELECT p.name, p.natural_person FROM wmo.party p WHERE p.natural_person;
-- only looked at
SELECT pg_temp.empty_registry();
SELECT count(*) > 10 AS said FROM went_out o, wmo.import_ocds(o.package, dry_run => true) i;
SELECT (SELECT count(*) FROM wmo.party), (SELECT count(*) FROM wmo.tender), (SELECT count(*) FROM wmo.source), (SELECT count(*) FROM wmo.ocds_identity);

-- a second main provider: the release is refused, and said against whom
SELECT count(*) FROM went_out o, wmo.import_ocds(o.release) i WHERE i.outcome = 'refused';
SELECT i.ocid, i.outcome, i.message FROM went_out o, wmo.import_ocds(replace(replace(o.release::text, 'ocds-000000-1', 'ocds-000000-2'), 'C1-1', 'D1')::jsonb #- '{contracts,1}' #- '{contracts,1}' #- '{contracts,1}') i WHERE i.outcome = 'refused';
SELECT count(*) FROM wmo.tender;

-- TenderNed's shape: buyers by name, several lots, suppliers with and without a number, amendments, money and CPV
SELECT i.path, i.outcome, i.message FROM wmo.import_ocds('{"uri": "https://data.example.org/tn.json", "version": "1.1", "publishedDate": "2019-03-02T00:00:00Z", "publisher": {"name": "TenderNed"}, "releases": [
  {"ocid": "ocds-abc123-9", "id": "9-2", "date": "2019-04-02T10:00:00+02:00", "tag": ["awardUpdate"], "initiationType": "tender", "buyer": {"name": "Gemeente Leeuwarden"}, "tender": {"id": "9", "title": "Wmo 2019 (rectificatie)"}},
  {"ocid": "ocds-abc123-9", "id": "9-1", "date": "2019-03-01T23:30:00Z", "tag": ["award"], "initiationType": "tender",
   "parties": [{"id": "B", "name": "Gemeente Leeuwarden", "roles": ["buyer"], "address": {"locality": "Leeuwarden"}}, {"id": "S1", "name": "Zorg Noord B.V.", "roles": ["supplier"], "identifier": {"scheme": "NL-KVK", "id": "76543210"}},
     {"id": "S2", "name": "Thuis & Co", "roles": ["supplier"]}, {"id": "T", "name": "Verliezer", "roles": ["tenderer"]}], "buyer": {"id": "B", "name": "Gemeente Leeuwarden"},
   "tender": {"id": "9", "title": "Wmo 2019", "value": {"amount": 1e30, "currency": "EUR"}, "procurementMethod": "open", "procurementMethodDetails": "Openbaar", "items": [{"id": "1", "classification": {"scheme": "CPV", "id": "85000000-9"}}],
     "lots": [{"id": "1", "title": "Perceel"}, {"id": "2", "title": "Perceel"}]},
   "awards": [{"id": "A1", "status": "active", "date": "2019-02-28T23:00:00Z", "suppliers": [{"id": "S1", "name": "Zorg Noord B.V."}], "relatedLots": ["1"]}, {"id": "A2", "status": "active", "suppliers": [{"id": "S1"}, {"id": "S2"}], "relatedLots": ["2"]}],
   "contracts": [{"id": "C-9", "awardID": "A1", "status": "active", "period": {"startDate": "2019-04-01T00:00:00Z", "endDate": "2021-03-31T23:59:59Z"}, "value": {"amount": 5}, "items": [{"id": "1", "classification": {"scheme": "CPV", "id": "85312000"}}],
     "amendments": [{"id": "M1", "date": "2020-01-01T00:00:00Z", "rationale": "Indexatie"}]}]}]}') i;
SELECT t.title FROM wmo.tender t WHERE t.title LIKE 'Wmo%';

-- a contract that is pending is not in force yet, and that it came into force is our reading until a release says so; an end at the midnight that begins a month
CREATE FUNCTION pg_temp.one_contract(id text, released text, more jsonb) RETURNS jsonb LANGUAGE sql AS $$
  SELECT jsonb_build_object('ocid', 'ocds-pending-1', 'id', released, 'date', released, 'tag', '["contract"]'::jsonb, 'initiationType', 'tender', 'buyer', '{"id": "b1", "name": "Gemeente Pending"}'::jsonb,
    'parties', '[{"id": "b1", "name": "Gemeente Pending", "roles": ["buyer"], "details": {"kind": "municipality"}}, {"id": "s1", "name": "Zorg Pending", "roles": ["supplier"]}]'::jsonb, 'tender', '{"id": "t1", "title": "T pending"}'::jsonb,
    'awards', '[{"id": "a1", "status": "active", "date": "2022-10-01T00:00:00Z", "suppliers": [{"id": "s1", "name": "Zorg Pending"}]}]'::jsonb,
    'contracts', jsonb_build_array('{"awardID": "a1", "items": [{"id": "1", "additionalClassifications": [{"scheme": "x_wmo_service", "id": "hulp_bij_het_huishouden"}, {"scheme": "x_wmo_area", "id": "GM9871", "description": "Pending"},
      {"scheme": "x_wmo_area_days", "id": "(,)"}, {"scheme": "x_wmo_ages", "id": "[0,)"}, {"scheme": "x_wmo_clients", "id": "all"}, {"scheme": "x_wmo_choice", "id": "unknown"}, {"scheme": "x_wmo_days", "id": "(,)"}]}]}'::jsonb
      || jsonb_build_object('id', id) || more)) $$;
SELECT n, i.path, i.outcome, i.message FROM (VALUES
  (1, pg_temp.one_contract('P-2', '2022-12-25T00:00:00Z', '{"status": "pending", "dateSigned": "2022-12-20T00:00:00Z", "period": {"startDate": "2023-01-01T00:00:00Z", "endDate": "2023-12-31T00:00:00Z", "maxExtentDate": "2023-06-30T00:00:00Z"}}')),
  (2, pg_temp.one_contract('P-1', '2023-01-01T00:00:00Z', '{"status": "pending", "dateSigned": "2022-12-20T00:00:00Z", "period": {"startDate": "2023-01-01T00:00:00Z", "endDate": "2023-12-31T00:00:00Z"}}')),
  (3, pg_temp.one_contract('P-3', '2023-01-02T00:00:00Z', '{"status": "active", "dateSigned": "2022-12-20T00:00:00Z", "period": {"startDate": "2023-01-01T00:00:00+01:00", "endDate": "2024-01-01T00:00:00+01:00"}}'))
) t (n, release) CROSS JOIN LATERAL wmo.import_ocds(release) i WHERE i.path ~ '^contracts/[^/]*(/(status|period.*))?$' ORDER BY n, i.path;
SELECT c.number, c.period, p.certainty FROM wmo.providers_in_area('GM9871', 'hulp_bij_het_huishouden', '2023-06-01', 40, as_of => '2023-06-01') p JOIN wmo.contract c ON c.number = p.number ORDER BY 1;
SELECT i.path, i.outcome, i.message FROM wmo.import_ocds(pg_temp.one_contract('P-1', '2023-02-01T00:00:00Z', '{"status": "active", "period": {"startDate": "2023-01-01T00:00:00Z", "endDate": "2023-12-31T00:00:00Z"}}')) i WHERE i.path ~ '^contracts/[^/]*(/(status|period.*))?$' ORDER BY 1;
SELECT c.number, p.certainty FROM wmo.providers_in_area('GM9871', 'hulp_bij_het_huishouden', '2023-06-01', 40, as_of => '2023-06-01') p JOIN wmo.contract c ON c.number = p.number ORDER BY 1;

-- in our own releases what has not begun is pending, and nothing else
SELECT i.path, i.outcome, i.message FROM wmo.import_ocds(pg_temp.one_contract('P-4', '2023-03-01T00:00:00Z', '{"status": "pending", "period": {"startDate": "2023-06-01T00:00:00Z", "endDate": "2024-05-31T23:59:59Z"}, "milestones": [{"id": "agreed_period", "code": "agreed_period", "description": "[2023-06-01,2024-06-01)"}]}')) i WHERE i.path ~ '^contracts/[^/]*(/(status|period.*))?$' ORDER BY 1;
SELECT so.basis FROM wmo.contract c JOIN wmo.source so ON so.id = c.source_id WHERE c.number = 'P-4';

-- whatever people send: one error, or a line in the list
CREATE FUNCTION pg_temp.said(document text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
  state text;
BEGIN
  RETURN QUERY SELECT concat_ws(' / ', i.path, i.outcome, i.message) FROM wmo.import_ocds(document::jsonb, dry_run => true) i;
EXCEPTION WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE;
  RETURN NEXT state || ' ' || SQLERRM;
END
$$;
SELECT document, pg_temp.said(document) FROM unnest(ARRAY['null', '5', '"x"', '[]', '{}', '{"releases": 5}', '{"releases": {}}', '{"records": []}', '{"releases": []}', '{"releases": [5, null, []]}', '{"ocid": "o"}',
  '{"ocid": "o", "id": "r", "date": "2020-13-01T00:00:00Z"}', '{"ocid": {"a": 1}, "id": "r", "date": "2020-01-01"}', '{"ocid": "o", "id": "r", "date": "2020-01-01", "tender": [1]}', '{"ocid": "o", "id": "r\u0000", "date": "2020-01-01"}']) document;
SELECT pg_temp.said('{"ocid": "o", "id": "r", "date": "2020-01-01T00:00:00Z", "tender": {"title": 5, "numberOfTenderers": 1e300, "lots": {"a": 1}, "documents": [5, {"documentType": "tenderNotice", "datePublished": "gisteren"}],
    "milestones": [null, [], {"code": {"x": 1}, "id": [1], "description": {}}, {"code": "standstill", "id": "standstill-A", "description": "x", "dueDate": 5}]},
  "parties": [5, {"roles": "buyer"}, {"roles": ["supplier"], "name": {"x": 1}}, {"roles": ["supplier"], "id": "z", "name": "Zet", "identifier": [1], "additionalIdentifiers": [{"scheme": 5, "id": {"x": 1}}, {"scheme": "NL-KVK", "id": null}, 7], "memberOf": [{"id": "q"}, 5]},
    {"roles": [5, null, "supplier"], "id": "y", "name": "Ypsilon", "details": 5, "identifier": {"scheme": "NL-KVK", "id": 1e5000}}], "buyer": [],
  "awards": [5, {"id": null}, {"id": "A", "status": {"x": 1}, "date": "2020-02-30T00:00:00Z", "suppliers": [5, {"id": []}, {"name": "   "}], "relatedLots": "x"}, {"id": "B", "relatedLots": [5, {"x": 1}], "suppliers": {"x": 1}}],
  "contracts": [{"id": "C", "awardID": "A", "period": [1], "items": [5, {"id": 5, "additionalClassifications": [5, {"scheme": "x_wmo_service", "id": "begeleiding"}]}], "amendments": [5, {"description": [1], "date": 5}]}, {"id": "D", "awardID": {"x": 1}}]}');
SELECT left(pg_temp.said(format('{"ocid": "o", "id": "r", "date": "2020-01-01", "tender": {"title": "%s", "lots": [{"id": "%s"}, {"id": "1", "title": "%s"}]}, "parties": [{"roles": ["supplier"], "name": "%s"}]}', t, left(t, 300), t, t)), 120) FROM (SELECT repeat('t', 9000) AS t) x;
SELECT pg_temp.said('{"ocid": "o", "id": "r", "date": "2020-01-01", "tender": ' || repeat('{"a":', 2000) || '1' || repeat('}', 2000) || '}');
SELECT e.part, e.words FROM pg_temp.whole_error($$SELECT wmo.import_ocds('{"records": []}')$$) e;
ROLLBACK;
