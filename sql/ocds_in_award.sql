-- Awards of OCDS releases, their days and terms.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry
CREATE FUNCTION pg_temp.release(awards jsonb, milestones jsonb DEFAULT '[]', day text DEFAULT '2020-06-01') RETURNS jsonb LANGUAGE sql RETURN
  jsonb_build_object('ocid', 'ocds-abc123-1', 'id', 'r-' || day, 'date', day || 'T12:00:00Z', 'buyer', '{"name": "Stad"}'::jsonb, 'awards', awards,
    'tender', jsonb_build_object('title', 'Begeleiding', 'milestones', milestones, 'lots', '[{"id": "1", "title": "Noord"}, {"id": "2", "title": "Zuid"}]'::jsonb));

-- one supplier is named; of several nobody can tell how they stand to each other. An award that failed, or ended on an unknown day, is no award
SELECT i.path, i.outcome, i.message FROM wmo.import_ocds(pg_temp.release('[
  {"id": "A1", "status": "pending", "date": "2020-05-01T00:00:00Z", "suppliers": [{"name": "Aanbieder A"}], "relatedLots": ["1"]},
  {"id": "A2", "status": "active", "suppliers": [{"name": "Aanbieder B"}, {"name": "Nieuw"}], "relatedLots": ["1", "2"]},
  {"id": 3, "status": "active", "relatedLots": ["9"]}, {"id": "A4", "status": "unsuccessful"}, {"id": "A5", "status": "cancelled", "suppliers": [{"name": "Aanbieder A"}]}, {"status": "active"}]')) i;
SELECT i.ocds_id, p.name, l.name AS lot, a.decided FROM wmo.ocds_identity i JOIN wmo.award a ON a.id = i.award_id LEFT JOIN wmo.party p ON p.id = a.supplier_id LEFT JOIN wmo.lot l ON l.id = a.lot_id ORDER BY i.id;

-- terms and days that stand as milestones: those of an award of the release, whose last day is the one that all can read
SELECT i.path, i.outcome, i.message FROM wmo.import_ocds(pg_temp.release('[{"id": "A1", "status": "pending", "suppliers": [{"name": "Aanbieder B"}]}, {"id": "A2", "status": "cancelled"}]', '[
  {"id": "notice_sent-A1", "code": "notice_sent", "dateMet": "2020-05-02T00:00:00Z"},
  {"id": "standstill-A1", "code": "standstill", "dueDate": "2020-05-22T23:59:59Z", "description": "sas_standstill:(?,2020-05-22|2020-05-25]"},
  {"id": "forfeiture-A1", "code": "forfeiture", "dueDate": "2020-05-23T23:59:59Z", "description": "forfeiture:(?,2020-05-22]"},
  {"id": "final_award-A1", "code": "final_award", "dateMet": "2020-05-26T00:00:00Z", "description": "so they say"},
  {"id": "standstill-A9", "code": "standstill", "dueDate": "2020-05-22T23:59:59Z", "description": "sas_standstill:(?,2020-05-22]"},
  {"id": "award_withdrawn-A2", "code": "award_withdrawn", "dateMet": "2020-06-02T00:00:00Z"},
  {"id": "delivery", "type": "delivery", "title": "Oplevering"}]', '2020-07-01')) i;
SELECT i.ocds_id, p.name, l.name AS lot, a.decided, a.sent, a.standstill, a.forfeiture, a.final_on, a.withdrawn_on FROM wmo.ocds_identity i JOIN wmo.award a ON a.id = i.award_id LEFT JOIN wmo.party p ON p.id = a.supplier_id
LEFT JOIN wmo.lot l ON l.id = a.lot_id ORDER BY i.id;
-- what came in stands as it stood when a later release does not say on which day it ended
SELECT i.path, i.outcome, i.message FROM wmo.import_ocds(pg_temp.release('[{"id": "A1", "status": "cancelled"}]', '[]', '2020-08-01')) i;
SELECT a.supplier_id, a.withdrawn_on FROM wmo.award a JOIN wmo.ocds_identity i ON i.award_id = a.id WHERE i.ocds_id = 'A1';
-- what was inferred there is inferred here
SELECT count(*) FROM wmo.import_ocds(pg_temp.release('[{"id": "A1", "description": "Lang verhaal"}, {"id": "A6", "description": "Afgeleid, niet gesteld: uit de krant"}, {"id": "A7", "description": "Afgeleid, niet gesteld: uit de krant"}]', '[]', '2020-09-01')) i
WHERE i.outcome = 'not_placed';
SELECT i.ocds_id, s.basis, s.reading FROM wmo.ocds_identity i JOIN wmo.award a ON a.id = i.award_id JOIN wmo.source s ON s.id = a.source_id ORDER BY i.id;
SELECT count(*) FROM wmo.source s WHERE s.reading = 'uit de krant';
-- a column that a later version adds is in nobody's way
ALTER TABLE wmo.award ADD COLUMN later text;
SELECT i.path, i.outcome, i.message FROM wmo.import_ocds(pg_temp.release('[{"id": "A8", "status": "pending", "date": "2020-05-03T00:00:00Z", "suppliers": [{"name": "Aanbieder A"}]}]', '[]', '2020-10-01')) i WHERE i.path ~ 'A8';
SELECT p.name, a.decided, a.later FROM wmo.ocds_identity i JOIN wmo.award a ON a.id = i.award_id JOIN wmo.party p ON p.id = a.supplier_id WHERE i.ocds_id = 'A8';
ROLLBACK;
