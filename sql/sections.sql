-- Sections: what a coverage map is made of, a view a section; and that compiling takes nothing for what it is not.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set entered :here '/sql/include/entered.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :entered
\i :registry

-- A district in two editions and its municipality around the second of them; a drawing; a working area made of the
-- drawing and of a neighbourhood of that district which has no shape.
SELECT pg_temp.area(1, 'Wijk', code => 'WK001401', valid => '(,2020-01-01)'), pg_temp.area(2, 'Wijk', code => 'WK001401', valid => '[2020-01-01,)'),
       pg_temp.area(3, 'Stad', code => 'GM0014', valid => '[2020-01-01,)'), pg_temp.area(4, 'Tekening', 'schematic');
SELECT pg_temp.area(5, 'Buurt', NULL, 'BU00140101', '[2020-01-01,)'), pg_temp.area(6, 'Gebied', NULL);
INSERT INTO wmo.area_part (whole_id, part_id, source_id) VALUES (6, 4, NULL), (6, 5, 2);
SELECT pg_temp.contract(1, '[2020-01-01,2022-01-01)+P1Y notice P3M', 6, ages => '[18,75)', clients => 'existing'),
       pg_temp.contract(2, '[2020-01-01,)', 2, supplier => 5, choice => 'shared', valid => '(,2021-01-01)');
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, follows_code) VALUES (3, 2, 21, NULL, false), (4, 2, 20, 2, true);
INSERT INTO wmo.consortium_member (consortium_id, member_id, valid) VALUES (5, 3, '[2020-06-01,)');
INSERT INTO wmo.subcontract (id, contract_id, party_id, area_id, service_id) VALUES (1, 2, 4, 2, 10);
INSERT INTO wmo.client_stop (id, contract_id, during) VALUES (1, 2, '[2020-03-01,2020-05-01)');
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on) VALUES (6, 2, 'merger', '2020-07-01'), (4, 6, 'takeover', NULL);
INSERT INTO wmo.party_identifier (party_id, scheme, value, valid) VALUES (2, 'agb', '00000002', '(,)'), (3, 'kvk', '75000003', '(,)');
INSERT INTO wmo.service_product (id, buyer_id, code, service_id, valid) VALUES (1, 1, '01A01', 10, '(,2021-01-01)');

SELECT service_id, code, parent_id, national FROM wmo_works.map_service WHERE service_id IN (20, 21, 150) ORDER BY service_id;
SELECT * FROM wmo_works.map_family WHERE service_id IN (20, 21) ORDER BY service_id, nearness, member_id;
SELECT * FROM wmo_works.map_party ORDER BY party_id;
SELECT * FROM wmo_works.map_area ORDER BY area_id;
SELECT area_id, get_byte(wkb, 0) AS little_endian, get_byte(wkb, 1) AS multipolygon FROM wmo_works.map_shape ORDER BY area_id;
SELECT * FROM wmo_works.map_whole ORDER BY area_id, whole_id;
SELECT * FROM wmo_works.map_edition ORDER BY area_id, other_id;
SELECT * FROM wmo_works.map_shapeless ORDER BY area_id;
SELECT * FROM wmo_works.map_leaf ORDER BY area_id, leaf_id;
SELECT * FROM wmo_works.map_must ORDER BY shape_id, area_id;
SELECT * FROM wmo_works.map_contract ORDER BY contract_id;
SELECT * FROM wmo_works.map_scope ORDER BY scope_id;
SELECT scope_id, scope_area_id, service_id, subcontract_id, area_id, own_area, provider_id, role, age_from, age_to, existing_only, existing_on, had_to_exist_on
FROM wmo_works.map_standing WHERE valid_from <= '2020-08-01' AND '2020-08-01' < valid_to AND known_from <= '2020-08-01' AND '2020-08-01' < known_to ORDER BY scope_id, role, provider_id;
SELECT certainty, reason, valid_from, valid_to, known_from, known_to, first_day, last_day, end_kind FROM wmo_works.map_standing WHERE scope_id = 1 ORDER BY valid_from, known_from;
SELECT * FROM wmo_works.map_stop;
SELECT * FROM wmo_works.map_own ORDER BY party_id, other_id;
SELECT * FROM wmo_works.map_member;
SELECT * FROM wmo_works.map_agb;
SELECT * FROM wmo_works.map_product;

-- ---- a filter reaches the tables ----------------------------------------------------------------------------------------
-- Is the table read by an index that is given what to look for? How the rest is joined is the planner's choice.
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
SET LOCAL enable_hashjoin = off;
SET LOCAL enable_mergejoin = off;
SET LOCAL enable_material = off;
-- as if they were large: what autovacuum made of tables that are empty outside this transaction decides nothing
UPDATE pg_class SET relpages = 1, reltuples = 1000 WHERE relnamespace = 'wmo'::regnamespace AND relkind = 'r';
CREATE FUNCTION pg_temp.by_index(view text, filter text, of text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  plan jsonb;
BEGIN
  EXECUTE format('EXPLAIN (FORMAT JSON) SELECT * FROM wmo_works.%I v WHERE %s', view, filter) INTO plan;
  RETURN jsonb_path_exists(plan, 'strict $.** ? (@."Relation Name" == $of && exists (@."Index Cond"))', jsonb_build_object('of', of));
END
$$;
SELECT v.view, v.filter, v.of, pg_temp.by_index(v.view, v.filter, v.of) FROM (VALUES
  ('map_area', 'area_id = 2', 'area'), ('map_shape', 'area_id = ANY (''{1,2}'')', 'area'), ('map_whole', 'area_id = 2', 'area'), ('map_edition', 'area_id = 2', 'area'),
  ('map_shapeless', 'area_id = 6', 'area'), ('map_shapeless', 'area_id = 6', 'contract_scope'), ('map_leaf', 'area_id = 6', 'area'), ('map_must', 'area_id = 6', 'area'),
  ('map_contract', 'contract_id = ANY (''{1,2}'')', 'contract'), ('map_stop', 'contract_id = 2', 'client_stop'),
  ('map_scope', 'scope_id = ANY (''{1,2}'')', 'contract_scope'), ('map_scope', 'area_id = 2', 'contract_scope'), ('map_scope', 'contract_id = 2', 'contract_scope'),
  ('map_standing', 'scope_id = ANY (''{1,2}'')', 'kept_standing'), ('map_standing', 'scope_id = ANY (''{1,2}'')', 'contract_scope'),
  ('map_standing', 'scope_area_id = 2', 'kept_standing'), ('map_standing', 'scope_area_id = 2', 'contract_scope'),
  ('map_contract', 'number LIKE ''%1''', 'contract')) v (view, filter, of);

-- ---- compiling holds the views and the words to the library ---------------------------------------------------------------
SAVEPOINT sound;
ALTER VIEW wmo_works.map_party RENAME COLUMN name TO called;
SELECT * FROM pg_temp.whole_error('SELECT wmo.compile_coverage()');
ROLLBACK TO sound;
ALTER TYPE wmo.certainty RENAME VALUE 'option' TO 'possible';
SELECT * FROM pg_temp.whole_error('SELECT wmo.compile_coverage()');
ROLLBACK TO sound;
ALTER TYPE wmo.reason ADD VALUE 'somebody_said_so' BEFORE 'ended';
SELECT * FROM pg_temp.whole_error('SELECT wmo.compile_coverage()');
ROLLBACK TO sound;

-- what is noted by the names of contracts reaches a map by these sections alone, which are made of contracts; and by what is
-- declared, where one of them has no scope: then they are not taken over
WITH RECURSIVE reach (view, class, id) AS (
  SELECT v.relname, 'pg_class'::regclass, v.oid FROM pg_class v WHERE v.relnamespace = 'wmo_works'::regnamespace AND v.relkind = 'v' AND v.relname ~ '^map_|^first_recorded$'
  UNION
  SELECT r.view, d.refclassid::regclass, d.refobjid FROM reach r LEFT JOIN pg_rewrite w ON r.class = 'pg_class'::regclass AND w.ev_class = r.id
  JOIN pg_depend d ON (d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid) OR (d.classid = r.class AND d.objid = r.id AND r.class = 'pg_proc'::regclass)
  WHERE d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass))
SELECT r.view, string_agg(DISTINCT t.tgrelid::regclass::text, ', ' ORDER BY t.tgrelid::regclass::text) FROM reach r
JOIN pg_trigger t ON r.class = 'pg_class'::regclass AND t.tgrelid = r.id AND t.tgname = 'note_change' AND t.tgargs = 'contracts\000'::bytea GROUP BY r.view ORDER BY r.view;

-- who may not read a view is refused, by the tables as by the map: the same views say what a question meets
CREATE ROLE wmo_sections_reader;
SELECT wmo.wmo_grant('wmo_sections_reader');
SET LOCAL ROLE wmo_sections_reader;
SET LOCAL wmo_contracts.session_map = on;
SELECT wmo.answer_at('SRID=28992;POINT(102000 463000)', 'hulp_bij_het_huishouden', '2020-08-01', 40);
SELECT d.value FROM wmo.describe_session_map() d LIMIT 1;
RESET ROLE;
REVOKE SELECT ON wmo_works.map_scope FROM wmo_sections_reader;
SET LOCAL ROLE wmo_sections_reader;
SELECT d.value FROM wmo.describe_session_map() d LIMIT 2;
\set VERBOSITY terse
SELECT wmo.answer_at('SRID=28992;POINT(102000 463000)', 'hulp_bij_het_huishouden', '2020-08-01', 40);
\set VERBOSITY default
ROLLBACK;
