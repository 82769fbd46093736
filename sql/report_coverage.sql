-- Who serves whom, dossiers and decisions as plain rows, and on a map.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set entered :here '/sql/include/entered.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :entered
\i :registry

SELECT pg_temp.area(1, 'Een', code => 'GM0014'), pg_temp.area(2, 'Twee', 'schematic'), pg_temp.area(3, 'Drie', NULL);
SELECT pg_temp.contract(1, '[2020-01-01,2022-01-01)+P1Y notice P6M', 1, ages => '[18,75)');
SELECT pg_temp.contract(2, '[2020-01-01,)', 2, 20, 5, 'shared');
SELECT pg_temp.contract(3, '[2020-01-01,?)', 3, 20, NULL, 'shared');
INSERT INTO wmo.consortium_member (id, consortium_id, member_id, valid) VALUES (1, 5, 3, '(,2021-01-01)');
INSERT INTO wmo.subcontract (id, contract_id, party_id) VALUES (1, 1, 4);
-- one row a stretch; of the present, what is known; an open end, and one that is not stated
SELECT v.number, v.area, v.service, v.provider, v.role, v.min_age, v.max_age, v.certainty, v.first_day, v.last_day, v.end_kind, v.known_first_day, v.known_last_day
FROM wmo_bi.coverage_history v ORDER BY v.contract_id, v.role, v.first_day, v.known_first_day NULLS FIRST;
SELECT count(*) = count(DISTINCT h.id) AS keys, count(*) FILTER (WHERE h.known_first_day <= CURRENT_DATE OR h.known_first_day IS NULL) > 0 FROM wmo_bi.coverage_history h;
SELECT v.number, v.provider, v.role, v.certainty, v.first_day, v.last_day, v.end_kind FROM wmo_bi.coverage v ORDER BY v.contract_id, v.role, v.first_day;

-- the key outlives another end, another reading and a derivation from nothing; another begin is another stretch
CREATE TEMPORARY TABLE key AS SELECT v.id, v.number, v.provider, v.first_day FROM wmo_bi.coverage v;
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on) VALUES (2, 'early_end', '2021-06-01', '2022-01-01');
UPDATE wmo.source SET basis = 'inferred', reading = 'zo gelezen' WHERE id = 1;
UPDATE wmo.contract SET source_id = 1 WHERE id = 1;
UPDATE wmo.contract_scope SET choice = 'client_choice' WHERE id = 3;
SELECT k.number, k.provider, v.id IS NOT NULL AS same_key, v.certainty, v.last_day FROM key k LEFT JOIN wmo_bi.coverage v ON v.id = k.id ORDER BY k.number, k.provider, k.first_day;
UPDATE wmo.contract SET agreed_period = '[2020-02-01,?)' WHERE id = 3;
SELECT count(*) AS kept FROM key k JOIN wmo_bi.coverage v ON v.id = k.id WHERE k.number = 'C3';
-- whatever the session writes dates like
SET LOCAL datestyle = 'SQL, DMY';
SELECT count(*) = 0 AS same FROM key k LEFT JOIN wmo_bi.coverage v ON v.id = k.id WHERE k.number <> 'C3' AND v.id IS NULL;
SET LOCAL datestyle = 'ISO';

-- a key: the words 1, none, 2, 3, 10, 7305 (1 January 2020) and 0 (1 January 2000), each taken in by (state xor word) * K, xor its upper half, and twice
-- more (K is 2^64 by the golden ratio): reckoned apart from the library; no two of 200,000 stretches share one
SELECT wmo_works.stretch_id(1, NULL, 2, 3, 10, '[2020-01-01,)', '[2000-01-01,)'), wmo_works.stretch_id(1, NULL, 2, 3, 10, '[2020-01-01,)'), wmo_works.stretch_id(1, NULL, 2, 3, 10, '(,)', '(,2020-01-01)');
SELECT count(DISTINCT wmo_works.stretch_id(scope, nullif(sub, 0), 1000 + scope % 50, 1 + scope % 345, 10 * service, daterange(date '2015-01-01' + 181 * days, NULL)))
FROM generate_series(1, 2000) scope, generate_series(0, 1) sub, generate_series(1, 5) service, generate_series(0, 9) days;
-- changed when it came to stand so, or when a name in it did; a derivation that gives the same changes nothing
SELECT set_config('session_replication_role', 'replica', true);
DO $$
DECLARE
  registry_table text;
BEGIN
  FOREACH registry_table IN ARRAY '{source,party,consortium_member,area,service,contract,contract_scope,contract_change,subcontract}'::text[] LOOP
    EXECUTE format('UPDATE wmo.%I SET changed_at = %L', registry_table, '2019-01-01');
  END LOOP;
END
$$;
SELECT set_config('session_replication_role', 'origin', true);
ALTER TABLE wmo_works.kept_standing DISABLE TRIGGER USER;
UPDATE wmo_works.kept_standing SET derived_at = '2019-01-01';
ALTER TABLE wmo_works.kept_standing ENABLE TRIGGER USER, ENABLE REPLICA TRIGGER stay_here;
SELECT wmo.rebuild_standing();
CREATE FUNCTION pg_temp.changed(kept boolean, statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  said text;
BEGIN
  BEGIN
    IF NOT kept THEN
      PERFORM set_config('session_replication_role', 'replica', true);
      UPDATE wmo.source SET article = article;
      PERFORM set_config('session_replication_role', 'origin', true);
    END IF;
    EXECUTE statement;
    SELECT format('%s: %s', CASE WHEN wmo_works.standing_is_kept() THEN 'kept' ELSE 'derived' END,
                  coalesce(string_agg(DISTINCT v.number || ' ' || coalesce(v.provider, '?') || ' ' || v.role, ', '), 'none'))
    INTO said FROM wmo_bi.coverage v WHERE v.changed_at = wmo_works.change_time();
    RAISE EXCEPTION USING ERRCODE = 'ZZ999', MESSAGE = said;
  EXCEPTION WHEN SQLSTATE 'ZZ999' THEN
    RETURN said;
  END;
END
$$;
SELECT statement, pg_temp.changed(kept, statement) FROM unnest('{true,false}'::boolean[]) kept CROSS JOIN unnest(ARRAY['SELECT', $$UPDATE wmo.party SET name = 'Nieuw' WHERE id = 4$$, $$UPDATE wmo.contract SET owner = 'inkoop' WHERE id = 2$$,
  $$UPDATE wmo.contract_scope SET ages = '[20,)' WHERE id = 2$$, $$UPDATE wmo.contract_scope SET ages = ages WHERE id = 2$$, $$UPDATE wmo.area SET name = 'Ander' WHERE id = 3$$, $$INSERT INTO wmo.consortium_member (consortium_id, member_id) VALUES (5, 4)$$,
  $$UPDATE wmo.source SET basis = 'stated' WHERE id = 1$$]) statement ORDER BY kept DESC, 1;

-- the map: of a day of care, by the legal state of a day; a drawing makes it no surer than a drawing
SELECT m.area, m.service_code, m.provider, m.role, m.certainty, wmo_works.surface(m.geom) AS square_metres FROM wmo_bi.coverage_on('2021-03-01', 'begeleiding', '2021-03-01') m ORDER BY m.contract_id, m.role;
SELECT m.area, m.provider, m.role FROM wmo_bi.coverage_on('2021-03-01', 'individuele_begeleiding', '2021-03-01') m ORDER BY m.contract_id, m.role;
SELECT count(*) FROM wmo_bi.coverage_on('1990-01-01');
-- a sole trader is not named on a map
UPDATE wmo.party SET natural_person = true WHERE id = 2;
SELECT m.number, m.provider_id, m.provider, m.role FROM wmo_bi.coverage_on('2021-03-01', as_of => '2021-03-01') m WHERE m.contract_id = 1 ORDER BY m.role;
SELECT pg_temp.verdict('SELECT * FROM wmo_bi.coverage_on(service => ''hulp'')');
SELECT count(*) = (SELECT count(*) FROM wmo_bi.coverage_on()) AS the_map_of_today FROM wmo_bi.coverage_map;

-- a dossier: by itself, as member, as subcontractor, after a transfer, and of whom it succeeded, also in two steps
INSERT INTO wmo.party (id, name, kind) VALUES (7, 'Opvolger', 'provider'), (8, 'Opvolger van de opvolger', 'provider');
INSERT INTO wmo.party_succession (id, predecessor_id, successor_id, kind) VALUES (1, 3, 7, 'takeover'), (2, 7, 8, 'merger');
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, to_party_id) VALUES (70, 1, 'transfer', '2020-03-01', '2020-04-01', 7);
SELECT d.party, d.relation, d.predecessor, d.number, d.buyer, d.first_day, d.last_day, d.end_kind FROM wmo_bi.dossier d ORDER BY d.party_id, d.contract_id, d.relation, d.predecessor_id NULLS FIRST;
SELECT count(*) = count(DISTINCT d.id) AS keys FROM wmo_bi.dossier d;
-- who succeeds whom in a circle ends
INSERT INTO wmo.party_succession (id, predecessor_id, successor_id, kind) VALUES (3, 8, 3, 'renaming');
SELECT count(*) = count(DISTINCT d.id) AS keys FROM wmo_bi.dossier d;

-- decisions: the calendar of today, with a key
SELECT d.id = wmo_works.report_id(d.uid) AS by_uid, d.kind, d.number, d.state FROM wmo_bi.decision d ORDER BY d.number, d.kind;
SELECT count(*) = (SELECT count(*) FROM wmo.decision_calendar) AS all_of_it FROM wmo_bi.decision;
ROLLBACK;
