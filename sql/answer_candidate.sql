-- Candidates: each rule that speaks against a contract is named by itself, and what a question leaves open makes less sure.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set entered :here '/sql/include/entered.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :entered
\i :registry
\set oracle :here '/sql/include/oracle.sql'
\i :oracle

-- one square, one contract of 2020 and 2021 for ages 18 up to and including 74
SELECT pg_temp.area(1, 'Een');
SELECT pg_temp.contract(1, '[2020-01-01,2022-01-01)', 1, ages => '[18,75)');
CREATE FUNCTION pg_temp.weighed(service text DEFAULT 'hulp_bij_het_huishouden', on_date date DEFAULT '2020-06-01', age integer DEFAULT 40, current_provider integer DEFAULT NULL,
                                client_since date DEFAULT NULL)
RETURNS TABLE (role text, certainty text, caution text, stopped boolean, client_fault text, age_fault text, standing_fault text, place_fault text) LANGUAGE sql AS $$
  SELECT c.role, c.certainty, c.caution, c.stopped, c.client_fault, c.age_fault, c.standing_fault, c.place_fault
  FROM wmo_works.candidates(wmo_works.matches_at_place(pg_temp.point(1)::public.geometry, service, on_date), service, on_date, age,
                            current_provider, client_since, on_date) c
  ORDER BY c.role
$$;
SELECT 'all is well', w.* FROM pg_temp.weighed() w;
SELECT 'too young', w.* FROM pg_temp.weighed(age => 17) w;
SELECT 'of unknown age', w.* FROM pg_temp.weighed(age => NULL) w;
SELECT 'before its first day', w.* FROM pg_temp.weighed(on_date => '2019-12-31') w;
SELECT 'after its last', w.* FROM pg_temp.weighed(on_date => '2022-01-01') w;
SELECT 'too old, after its last', w.* FROM pg_temp.weighed(on_date => '2022-01-01', age => 75) w;
SELECT 'another service', count(*) FROM pg_temp.weighed('begeleiding') w;
-- a client stop holds for new clients only
INSERT INTO wmo.client_stop (contract_id, during) VALUES (1, '[2020-06-01,2020-07-01)');
SELECT 'stopped for a new client', w.* FROM pg_temp.weighed() w;
SELECT 'not for a client it has', w.* FROM pg_temp.weighed(current_provider => 2) w;
SELECT 'the day after', w.* FROM pg_temp.weighed(on_date => '2020-07-01') w;
DELETE FROM wmo.client_stop;
-- existing clients only: those it had on 31 December 2019
UPDATE wmo.contract_scope SET clients = 'existing', existing_on = '2019-12-31';
SELECT 'a new client', w.* FROM pg_temp.weighed() w;
SELECT 'a client of that day', w.* FROM pg_temp.weighed(current_provider => 2, client_since => '2019-12-31') w;
SELECT 'a client of the day after', w.* FROM pg_temp.weighed(current_provider => 2, client_since => '2020-01-01') w;
SELECT 'a client since nobody knows when', w.* FROM pg_temp.weighed(current_provider => 2) w;
-- its area is not named
UPDATE wmo.contract_scope SET clients = 'all', existing_on = NULL, area_id = NULL;
SELECT 'somewhere', w.* FROM pg_temp.weighed() w;

-- whose client: the same party, one that it took over, its consortium, a member of it; nobody can tell of one not named
INSERT INTO wmo.consortium_member (consortium_id, member_id, valid, known_on) VALUES (5, 3, '[2020-01-01,2021-01-01)', '2019-10-01');
INSERT INTO wmo.consortium_member (consortium_id, member_id, entered_on) VALUES (5, 4, '2020-02-01');
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on) VALUES (6, 2, 'takeover', '2020-03-01');
INSERT INTO wmo.party (id, name, kind) VALUES (7, 'Voorganger zonder dag', 'provider');
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind) VALUES (7, 2, 'merger');
SELECT tried, oracle.is_own_client(provider, current, day::date, as_of::date) FROM (VALUES
  ('itself', 2, 2, '2020-06-01', '2020-06-01'), ('another', 2, 3, '2020-06-01', '2020-06-01'), ('taken over', 2, 6, '2020-03-01', '2020-03-01'), ('not yet taken over', 2, 6, '2020-02-29', '2020-03-01'),
  ('the one that took it over', 6, 2, '2020-06-01', '2020-06-01'), ('a member of it', 5, 3, '2020-12-31', '2020-12-31'), ('no longer a member', 5, 3, '2021-01-01', '2021-01-01'), ('its consortium', 3, 5, '2020-06-01', '2020-06-01'),
  ('not named', NULL, 2, '2020-06-01', '2020-06-01'), ('nobody''s client', 2, NULL, '2020-06-01', '2020-06-01'),
  -- by what stood on another day: a takeover that had not taken effect nobody can tell, a membership was agreed on its day, or was entered on one
  ('before the takeover took effect', 2, 6, '2020-06-01', '2020-02-29'), ('before it was agreed', 5, 3, '2020-06-01', '2019-09-30'), ('since it was agreed', 5, 3, '2020-06-01', '2019-10-01'),
  ('before it was entered', 5, 4, '2020-06-01', '2020-01-31'), ('since it was entered', 5, 4, '2020-06-01', '2020-02-01'), ('a merger of which no day is known', 2, 7, '2020-06-01', '2020-06-01')) t (tried, provider, current, day, as_of);
ROLLBACK;
