-- Parties, tenders and lots of OCDS releases.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry
CREATE FUNCTION pg_temp.release(parts jsonb, day text DEFAULT '2020-06-01') RETURNS jsonb LANGUAGE sql RETURN
  jsonb_build_object('ocid', 'ocds-abc123-1', 'id', 'r-' || day, 'date', day || 'T12:00:00Z', 'tender', jsonb_build_object('title', 'Begeleiding')) || parts;

-- who is it: by number, else by name or alias, never by likeness; two of one name are not told apart
INSERT INTO wmo.party_identifier (party_id, scheme, value) VALUES (2, 'kvk', '11111111'), (3, 'kvk', '22222222');
INSERT INTO wmo.party_alias (party_id, name) VALUES (4, 'Zee'), (2, 'Dubbel'), (3, 'Dubbel');
SELECT i.path, i.outcome, i.message FROM wmo.import_ocds(pg_temp.release('{"parties": [
  {"id": "by-number", "name": "Heet nu anders", "roles": ["supplier"], "identifier": {"scheme": "NL-KVK", "id": "11111111"}},
  {"id": "by-name", "name": "aanbieder  b", "roles": ["supplier"]},
  {"id": "by-alias", "name": "ZEE", "roles": ["supplier"]},
  {"id": "alike", "name": "Aanbieder Aa", "roles": ["supplier"]},
  {"id": "two-names", "name": "Dubbel", "roles": ["supplier"]},
  {"id": "another-number", "name": "Aanbieder A", "roles": ["supplier"], "identifier": {"scheme": "NL-KVK", "id": "33333333"}},
  {"id": "crossed", "name": "Aanbieder B", "roles": ["supplier"], "identifier": {"scheme": "NL-KVK", "id": "11111111"}},
  {"id": "two-numbers", "name": "Wie", "roles": ["supplier"], "identifier": {"scheme": "NL-KVK", "id": "11111111"}, "additionalIdentifiers": [{"scheme": "NL-KVK", "id": "22222222"}]},
  {"id": "nameless", "roles": ["supplier"]},
  {"id": "legal", "roles": ["supplier"], "identifier": {"scheme": "NL-KVK", "id": "44444444", "legalName": "Statutair BV"}},
  {"id": "sole", "name": "Eenmanszaak", "roles": ["supplier"], "details": {"kind": "provider", "naturalPerson": true}},
  {"id": "known", "name": "Stad", "roles": ["buyer"]},
  {"id": "gemeente", "name": "Gemeente Nergenshuizen", "roles": ["buyer"]},
  {"id": "by-list", "name": "Assen", "roles": ["buyer"]},
  {"id": "region", "name": "Regio Ergens", "roles": ["buyer"]},
  {"id": "joint", "name": "Samen Sterk", "roles": ["supplier"]},
  {"id": "member", "name": "Lid", "roles": ["supplier"], "memberOf": [{"id": "joint"}, {"id": "elders"}, {"id": "by-name"}]},
  {"id": "court", "name": "Rechtbank", "roles": ["reviewBody"]}]}')) i;
SELECT i.ocds_id, p.name, p.kind, p.natural_person FROM wmo.ocds_identity i JOIN wmo.party p ON p.id = i.party_id ORDER BY i.id;
SELECT p.name, m.lead, m.valid FROM wmo.consortium_member m JOIN wmo.party p ON p.id = m.member_id;
SELECT p.name, n.scheme, n.value FROM wmo.party_identifier n JOIN wmo.party p ON p.id = n.party_id ORDER BY n.value;
-- the buyers of the tender: not the one that is not known
SELECT p.name FROM wmo.tender_buyer tb JOIN wmo.party p ON p.id = tb.buyer_id ORDER BY p.name COLLATE "C";

-- a later release corrects; an older one comes too late; what is left out stays
SELECT i.path, i.outcome, i.message FROM wmo.import_ocds(pg_temp.release('{"tender": {"title": "Begeleiding 2020", "procurementMethod": "open", "numberOfTenderers": 4, "documents": [{"id": "1", "documentType": "tenderNotice", "datePublished": "2020-05-01T00:00:00Z"}, {"id": "2"}],
  "lots": [{"id": "1", "title": "Noord"}, {"id": "2", "title": "Noord"}, {"title": "Zonder"}, {"id": "3"}]}}', '2020-07-01')) i;
SELECT i.path, i.outcome, i.message FROM wmo.import_ocds(pg_temp.release('{"tender": {"procurementMethodDetails": "Niet-openbaar", "lots": [{"id": "1", "title": "Zuid"}]}}', '2020-08-01')) i;
SELECT t.title, t.procedure, t.tenderer_count, t.published FROM wmo.tender t;
SELECT l.name FROM wmo.lot l ORDER BY l.id;
SELECT i.path, i.outcome, i.message FROM wmo.import_ocds(pg_temp.release('{"tender": {"title": "Oud"}}', '2020-06-15')) i;
SELECT t.title FROM wmo.tender t;
-- words that mean one procedure of the law, and words that may mean several
SELECT w, wmo_works.ocds_procedure(jsonb_build_object('procurementMethodDetails', w)) FROM unnest(ARRAY['sas', 'Openbare procedure', 'Niet-openbaar', 'Sociale en andere specifieke diensten', 'open_house', 'unknown', 'Onderhands', '']) w;
-- what it rests on
SELECT s.article, s.publisher, s.published, s.basis FROM wmo.source s WHERE s.id > 2;
ROLLBACK;
