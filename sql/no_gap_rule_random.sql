-- Which rules are looked at after a change: random areas and contracts, a rule on every area, and random changes; a rule
-- whose gaps a change made others must have been asked to look.
\getenv here PG_ABS_SRCDIR
\set throws :here '/sql/include/throws.sql'
\i :throws
\set field :here '/sql/include/field.sql'
SET client_min_messages = warning;
SET datestyle = 'ISO';
SET jit = off;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;

BEGIN;
SELECT setseed(0.31) IS NOT NULL AS seeded;
\set oracle :here '/sql/include/oracle.sql'
\i :oracle
\i :field
CREATE FUNCTION pg_temp.gaps() RETURNS TABLE (rule_id integer, gaps text) LANGUAGE sql AS $$
  SELECT r.id, (SELECT string_agg(g::text, E'\n' ORDER BY g::text) FROM wmo_works.gaps_of_rule(r.id) g) FROM wmo.no_gap_rule r
$$;
CREATE FUNCTION pg_temp.change(turn integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  contract integer := (SELECT c.id FROM wmo.contract c ORDER BY random() LIMIT 1);
  scope integer := (SELECT s.id FROM wmo.contract_scope s ORDER BY random() LIMIT 1);
  day date := '2018-01-01'::date + pg_temp.dice(1500);
BEGIN
  CASE turn % 8
    WHEN 0 THEN DELETE FROM wmo.contract_scope s WHERE s.id = scope;
    WHEN 1 THEN UPDATE wmo.contract_scope s SET area_id = 1 + pg_temp.dice(11), follows_code = false WHERE s.id = scope;
    WHEN 2 THEN
      INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice)
      VALUES (contract, wmo.service_id('arbeidsmatige_activering'), 1 + pg_temp.dice(13), 'shared');
    WHEN 3 THEN INSERT INTO wmo.client_stop (contract_id, during, area_id) VALUES (contract, daterange(day, day + 200), 1 + pg_temp.dice(13));
    WHEN 4 THEN UPDATE wmo.contract c SET agreed_period = format('[%s,%s)', day, day + 400)::wmo.contract_period WHERE c.id = contract;
    WHEN 5 THEN
      INSERT INTO wmo.contract_change (contract_id, kind, effective_on, area_id) VALUES (contract, 'scope_removed', day, 1 + pg_temp.dice(11));
    WHEN 6 THEN DELETE FROM wmo.client_stop;
    WHEN 7 THEN
      UPDATE wmo.contract c SET award_id = 1 WHERE c.id = contract;
      UPDATE wmo.award a SET withdrawn_on = day WHERE a.id = 1;
  END CASE;
EXCEPTION WHEN integrity_constraint_violation THEN NULL; -- it could not happen
END
$$;
INSERT INTO wmo.award (id) VALUES (1);
CREATE TEMP TABLE said (changed bigint, missed bigint, looked bigint, rules bigint);
DO $$
BEGIN
  FOR throw IN 1 .. pg_temp.throws(3) LOOP
    DELETE FROM wmo.no_gap_rule;
    PERFORM pg_temp.throw();
    INSERT INTO wmo.no_gap_rule (service_id, area_id, follows_code, ages, during)
    SELECT wmo.service_id('dagbesteding'), a.id, a.id = 7, '[18,)', '[2018-01-01,2023-01-01)' FROM wmo.area a;
    CREATE TEMP TABLE was AS SELECT * FROM pg_temp.gaps();
    FOR turn IN 0 .. 15 LOOP
      DELETE FROM wmo_works.turn t WHERE t.kind = 'no_gap_look';
      PERFORM pg_temp.change(turn);
      CREATE TEMP TABLE now_is AS SELECT * FROM pg_temp.gaps();
      INSERT INTO said
      SELECT count(*) FILTER (WHERE w.gaps IS DISTINCT FROM n.gaps),
             count(*) FILTER (WHERE w.gaps IS DISTINCT FROM n.gaps AND t.id IS NULL), count(t.id), count(*)
      FROM was w JOIN now_is n USING (rule_id) LEFT JOIN wmo_works.turn t ON t.kind = 'no_gap_look' AND t.id = n.rule_id;
      DROP TABLE was;
      ALTER TABLE now_is RENAME TO was;
    END LOOP;
    DROP TABLE was;
  END LOOP;
END
$$;
-- many changes matter, none is missed, and not every rule looks every time
SELECT sum(changed) > 50 AS much_changed, sum(missed) AS missed, sum(looked) < sum(rules) AS fewer_look FROM said;
ROLLBACK;
