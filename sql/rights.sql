-- Rights: a reader asks and changes nothing; an editor keeps the registry, and claims follow; the rest of the world sees nothing.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

SELECT pg_temp.area(1, 'Een');
SELECT pg_temp.contract(1, '[2020-01-01,2022-01-01)', 1);
CREATE ROLE wmo_test_reader;
CREATE ROLE wmo_test_editor;
CREATE ROLE "wmo test ""nobody""";
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
  RETURN regexp_replace(said, '^(permission denied) for .*$', '\1'); -- which table comes first is the planner's choice
END
$$;
SELECT role, tried, pg_temp.as_role(role, statement) FROM (VALUES
  (1, 'asks', $$SELECT * FROM wmo.providers_at('SRID=28992;POINT(101000 463000)', 'hulp_bij_het_huishouden', '2020-06-01', 40)$$),
  (2, 'asks why', $$SELECT * FROM wmo.explain_providers_at('SRID=28992;POINT(101000 463000)', 'hulp_bij_het_huishouden', '2020-06-01', 40)$$),
  (3, 'asks by AGB code', $$SELECT wmo.is_contracted('00000002', '01A01', 'GM0014', '2020-06-01')$$),
  (4, 'reads the registry', $$SELECT * FROM wmo.coverage$$),
  (5, 'computes a period', $$SELECT wmo.last_day('[2020-01-01,2022-01-01)'::wmo.contract_period)$$),
  (6, 'adds a party', $$INSERT INTO wmo.party (name, kind) VALUES ('Nieuw', 'provider')$$),
  (7, 'adds an exclusive scope', $$INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) VALUES (1, 40, 1, 'exclusive')$$),
  (8, 'ends a contract', $$INSERT INTO wmo.contract_change (contract_id, kind, effective_on) VALUES (1, 'early_end', '2021-01-01')$$),
  (9, 'deletes a contract', $$DELETE FROM wmo.contract$$),
  (10, 'moves a service', $$UPDATE wmo.service SET parent_id = 10 WHERE id = 40$$),
  (11, 'writes a claim', $$DELETE FROM wmo.exclusive_claim$$),
  (12, 'changes a shipped rule', $$DELETE FROM wmo.equated_day_shipped$$),
  (13, 'gives rights', $$SELECT wmo.wmo_grant('wmo_test_reader')$$),
  (14, 'empties a table', $$TRUNCATE wmo.contract CASCADE$$)
) t (step, tried, statement), unnest(ARRAY['wmo test "nobody"', 'wmo_test_reader', 'wmo_test_editor']) role ORDER BY role, step;
-- a role whose name must be quoted, and either one alone
SELECT pg_temp.verdict(statement) FROM (VALUES ($$SELECT wmo.wmo_grant('"wmo test ""nobody"""')$$), ($$SELECT wmo.wmo_grant(NULL, 'wmo_test_reader')$$), ($$SELECT wmo.wmo_grant('no_such_role')$$)) t (statement);
-- no function runs with more rights than its caller
SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'wmo'::regnamespace AND p.prosecdef;
ROLLBACK;
