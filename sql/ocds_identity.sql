-- Under which identifiers rows stand in OCDS releases.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

INSERT INTO wmo.tender (id, title) VALUES (1, 'Een'), (2, 'Twee');
INSERT INTO wmo.lot (id, tender_id, name) VALUES (1, 1, 'Perceel 1');
INSERT INTO wmo.ocds_identity (id, ocid, ocds_id, tender_id, release_id, released) VALUES (1, 'ocds-abc123-1', '1', 1, 'r1', '2020-01-01 00:00Z');
INSERT INTO wmo.ocds_identity (id, ocid, ocds_id, lot_id) VALUES (2, 'ocds-abc123-1', '1', 1);
INSERT INTO wmo.ocds_identity (id, ocid, ocds_id, party_id) VALUES (3, 'ocds-abc123-1', '1', 1);
-- one identifier, three kinds of part
SELECT i.kind, i.row_id FROM wmo.ocds_identity i ORDER BY i.id;
SELECT what, pg_temp.verdict(statement) FROM (VALUES
  ('of no row', $$INSERT INTO wmo.ocds_identity (ocid, ocds_id) VALUES ('o', '1')$$),
  ('of two rows', $$INSERT INTO wmo.ocds_identity (ocid, ocds_id, lot_id, party_id) VALUES ('o', '1', 1, 1)$$),
  ('a blank ocid', $$INSERT INTO wmo.ocds_identity (ocid, ocds_id, lot_id) VALUES ('', '1', 1)$$),
  ('a book of an identifier', $$INSERT INTO wmo.ocds_identity (ocid, ocds_id, lot_id) VALUES ('o', repeat('x', 501), 1)$$),
  ('a tender that no release told of', $$INSERT INTO wmo.ocds_identity (ocid, ocds_id, tender_id) VALUES ('o', '1', 2)$$),
  ('a lot that is released', $$INSERT INTO wmo.ocds_identity (ocid, ocds_id, lot_id, release_id, released) VALUES ('o', '1', 1, 'r', now())$$),
  ('released for ever', $$INSERT INTO wmo.ocds_identity (ocid, ocds_id, tender_id, release_id, released) VALUES ('o', '1', 2, 'r', 'infinity')$$),
  ('one identifier for two rows', $$INSERT INTO wmo.ocds_identity (ocid, ocds_id, party_id) VALUES ('ocds-abc123-1', '1', 2)$$),
  ('a tender under two ocids', $$INSERT INTO wmo.ocds_identity (ocid, ocds_id, tender_id, release_id, released) VALUES ('o', '1', 1, 'r', now())$$),
  ('one party in two processes', $$INSERT INTO wmo.ocds_identity (ocid, ocds_id, party_id) VALUES ('o', '1', 1)$$)
) t (what, statement);
-- no answer rests on an identifier: to write one is no new state of the registry
SELECT array_agg(token ORDER BY token) AS tokens FROM wmo_works.registry_change \gset
INSERT INTO wmo.ocds_identity (ocid, ocds_id, party_id) VALUES ('ocds-abc123-9', '9', 2);
SELECT array_agg(token ORDER BY token) = :'tokens'::bigint[] AS same_state FROM wmo_works.registry_change;
-- what is gone has no identifier
DELETE FROM wmo.tender WHERE id = 1;
SELECT count(*) FROM wmo.ocds_identity;
SELECT pg_temp.untried('wmo.ocds_identity');
ROLLBACK;
