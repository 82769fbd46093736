-- What is derived or published is written by nobody but its owner, whatever trigger somebody hangs on a table of his own; and
-- a guard sees every row, whatever the writer may see.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

SELECT pg_temp.area(1, 'Een');
SELECT pg_temp.contract(1, '[2020-01-01,2022-01-01)', 1);
SELECT pg_temp.contract(2, '[2020-01-01,2022-01-01)', 1, 40, 3, 'shared');
SELECT pg_temp.contract(3, '[2020-01-01,2022-01-01)', 1, 40, 2, 'shared');
INSERT INTO wmo.no_gap_rule (id, service_id, area_id, during) VALUES (1, 40, 1, '[2020-01-01,2022-01-01)');
CREATE ROLE wmo_test_reader;
CREATE ROLE wmo_test_editor;
SELECT wmo.wmo_grant('wmo_test_reader', 'wmo_test_editor');
GRANT SELECT, INSERT ON refusal TO PUBLIC;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;

CREATE FUNCTION pg_temp.as_role(role text, statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  said text;
BEGIN
  EXECUTE format('SET LOCAL ROLE %I', role);
  said := pg_temp.verdict(statement);
  RESET ROLE;
  RETURN said;
END
$$;

-- with the rights of an editor
SELECT tried, pg_temp.as_role('wmo_test_editor', statement) FROM (VALUES
  (1, 'empties the claims', $$DELETE FROM wmo.exclusive_claim$$),
  (2, 'empties the claims by a trigger of its own', $$CREATE TEMPORARY TABLE mine (id integer);
      CREATE FUNCTION pg_temp.empty() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DELETE FROM wmo.exclusive_claim; RETURN NULL; END';
      CREATE TRIGGER empty AFTER INSERT ON mine FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.empty();
      INSERT INTO mine VALUES (1)$$),
  (3, 'makes a claim by a trigger of its own', $$CREATE TEMPORARY TABLE mine (id integer);
      CREATE FUNCTION pg_temp.claim() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN INSERT INTO wmo.exclusive_claim (contract_id, scope_id, service_id, area_id, ages, during, code_days, drawn)
               VALUES (1, 1, 70, 1, ''[0,)'', ''(,)'', ''{}'', false); RETURN NULL; END';
      CREATE TRIGGER claim AFTER INSERT ON mine FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.claim();
      INSERT INTO mine VALUES (1)$$),
  (4, 'empties the turns', $$DELETE FROM wmo_works.turn$$),
  (11, 'takes the switch of the no-gap rules away', $$DELETE FROM wmo_works.no_gap_switch$$),
  (5, 'takes a turn', $$SELECT wmo_works.take_turns('service', '{10}')$$),
  (6, 'derives by itself', $$SELECT wmo_works.derive_exclusive_claims('{1}')$$),
  (7, 'publishes', $$SELECT wmo.publish_coverage('by an editor')$$),
  (8, 'publishes by hand', $$INSERT INTO wmo.coverage_edition (areas_key, rows_key, map) SELECT 1, 1, wmo.compile_coverage()$$),
  (9, 'changes what was published', $$UPDATE wmo.coverage_edition SET note = 'another'$$),
  (10, 'deletes what was published', $$DELETE FROM wmo.coverage_edition$$)
) t (step, tried, statement) ORDER BY step;
SELECT 'a reader publishes', pg_temp.as_role('wmo_test_reader', $$SELECT wmo.publish_coverage('by a reader')$$);
SET LOCAL ROLE wmo_test_editor;
SELECT wmo.publish_coverage('letter') > 0;
RESET ROLE;
SELECT e.note, e.published_by, wmo.provider_on(e.map, pg_temp.point(1)::public.geometry, 'hulp_bij_het_huishouden', '2020-06-01', 40) FROM wmo.coverage_edition e;

-- not even when the triggers of the works are somebody's to hang: on his own table he acts as himself
GRANT EXECUTE ON FUNCTION wmo_works.as_owner(), wmo_works.note_change() TO wmo_test_editor;
SELECT tried, pg_temp.as_role('wmo_test_editor', statement) FROM (VALUES
  (1, 'derives by a trigger of its own', $$CREATE TEMPORARY TABLE mine (contract_id integer);
      CREATE TRIGGER mine AFTER INSERT ON mine REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.as_owner('derive_claims_on_change');
      INSERT INTO mine VALUES (1)$$),
  (2, 'notes by a trigger of its own', $$CREATE TEMPORARY TABLE mine (id integer);
      CREATE TRIGGER mine BEFORE INSERT ON mine FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.note_change('rows');
      INSERT INTO mine VALUES (1)$$),
  (3, 'something that is no trigger', $$CREATE TEMPORARY TABLE mine (id integer);
      CREATE TRIGGER mine BEFORE INSERT ON mine FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.as_owner('acts_as_owner');
      INSERT INTO mine VALUES (1)$$)
) t (step, tried, statement) ORDER BY step;

-- the owner is kept from mistakes; what a foreign key takes away with a contract it may
SELECT tried, pg_temp.verdict(statement) FROM (VALUES
  (1, 'the owner deletes claims', $$DELETE FROM wmo.exclusive_claim$$),
  (2, 'the owner deletes a contract', $$DELETE FROM wmo.contract WHERE id = 1$$)
) t (step, tried, statement) ORDER BY step;

-- an editor who sees no contract but the second
ALTER TABLE wmo.contract ENABLE ROW LEVEL SECURITY;
CREATE POLICY second ON wmo.contract TO wmo_test_editor USING (id = 2);
SELECT tried, pg_temp.as_role('wmo_test_editor', statement) FROM (VALUES
  (1, 'sees', $$DO 'BEGIN IF (SELECT count(*) FROM wmo.contract) = 1 THEN RAISE EXCEPTION ''one contract''; END IF; END'$$),
  (2, 'ends it: the third one still serves', $$INSERT INTO wmo.contract_change (contract_id, kind, effective_on) VALUES (2, 'early_end', '2021-01-01')$$),
  (3, 'claims what the first one claims', $$INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) VALUES (2, 10, 1, 'exclusive')$$)
) t (step, tried, statement) ORDER BY step;
ROLLBACK;
