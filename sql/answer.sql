-- Answers: every certainty and every reason, once, each from its own square; then the faces of the question.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set entered :here '/sql/include/entered.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :entered
\i :registry

-- ---- the period: the first day, the last day, and the days beside them ------------------------------------------------
SELECT pg_temp.area(1, 'Een');
SELECT pg_temp.contract(1, '[2020-01-01,2022-01-01)', 1);
SELECT d AS day, a.* FROM unnest(ARRAY['2019-12-31', '2020-01-01', '2021-12-31', '2022-01-01']::date[]) d, pg_temp.ask(1, 'hulp_bij_het_huishouden', d) a;
-- a day of care ahead of the day from which one looks
SELECT a.* FROM pg_temp.ask(1, 'hulp_bij_het_huishouden', '2021-01-01', as_of => '2015-01-01') a;

-- ---- ages: [18,75) is 18 up to and including 74 -----------------------------------------------------------------------
SELECT pg_temp.area(2, 'Twee');
SELECT pg_temp.contract(2, '[2020-01-01,2022-01-01)', 2, ages => '[18,75)'), pg_temp.contract(3, '[2020-01-01,2022-01-01)', 2, ages => '[75,)', supplier => 3);
SELECT age, a.* FROM unnest(ARRAY[17, 18, 74, 75, 130]) age, pg_temp.ask(2, 'hulp_bij_het_huishouden', '2020-06-01', age) a;
-- without an age, both may be it and neither is sure
SELECT a.* FROM pg_temp.ask(2, 'hulp_bij_het_huishouden', '2020-06-01', NULL) a;

-- ---- awards, by the legal state of a day ------------------------------------------------------------------------------
SELECT pg_temp.area(3, 'Drie');
INSERT INTO wmo.award (id, decided, sent, standstill) VALUES (1, '[2019-07-09,2019-07-09]', '[2019-07-10,2019-07-10]', wmo.objection_period('standstill', '2019-07-10'));
SELECT pg_temp.contract(4, '[2020-01-01,2022-01-01)', 3, award => 1);
SELECT as_of, a.* FROM unnest(ARRAY['2019-07-08', '2019-07-09', '2019-07-30', '2019-07-31']::date[]) as_of, pg_temp.ask(3, 'hulp_bij_het_huishouden', '2020-06-01', as_of => as_of) a;
INSERT INTO wmo.award_challenge (award_id, kind, lodged) VALUES (1, 'summary_proceedings', '2019-07-20');
SELECT as_of, a.* FROM unnest(ARRAY['2019-07-19', '2019-07-20', '2019-09-01']::date[]) as_of, pg_temp.ask(3, 'hulp_bij_het_huishouden', '2020-06-01', as_of => as_of) a;
UPDATE wmo.contract SET signed_on = '2019-09-01' WHERE id = 4;
SELECT as_of, a.* FROM unnest(ARRAY['2019-08-31', '2019-09-01']::date[]) as_of, pg_temp.ask(3, 'hulp_bij_het_huishouden', '2020-06-01', as_of => as_of) a;
UPDATE wmo.award SET withdrawn_on = '2019-10-01', annulled_on = '2019-11-01';
SELECT as_of, a.* FROM unnest(ARRAY['2019-09-30', '2019-10-01', '2019-10-31', '2019-11-01']::date[]) as_of, pg_temp.ask(3, 'hulp_bij_het_huishouden', '2020-06-01', as_of => as_of) a;
-- an award of which nothing is known, and one to which no term applied
SELECT pg_temp.area(4, 'Vier');
INSERT INTO wmo.award (id) VALUES (2);
SELECT pg_temp.contract(5, '[2020-01-01,2022-01-01)', 4, award => 2);
SELECT a.* FROM pg_temp.ask(4, 'hulp_bij_het_huishouden', '2020-06-01') a;
UPDATE wmo.award SET no_term_because = 'a call-off', decided = '[2019-07-09,2019-07-09]' WHERE id = 2;
SELECT a.* FROM pg_temp.ask(4, 'hulp_bij_het_huishouden', '2020-06-01') a;

-- ---- options: until the notice day they are open, after it nobody knows that they were exercised ----------------------
SELECT pg_temp.area(5, 'Vijf');
SELECT pg_temp.contract(6, '[2020-01-01,2022-01-01)+P1Y notice P3M', 5);
SELECT as_of, a.* FROM unnest(ARRAY['2021-09-30', '2021-10-01']::date[]) as_of, pg_temp.ask(5, 'hulp_bij_het_huishouden', '2022-06-01', as_of => as_of) a;
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, received_on) VALUES (1, 6, 'extension', '2021-08-20', '2021-09-01');
SELECT as_of, a.* FROM unnest(ARRAY['2021-08-31', '2021-09-01', '2021-10-01']::date[]) as_of, pg_temp.ask(5, 'hulp_bij_het_huishouden', '2022-12-31', as_of => as_of) a;
SELECT a.* FROM pg_temp.ask(5, 'hulp_bij_het_huishouden', '2023-01-01', as_of => '2021-10-01') a;
-- without a stated notice it is open until its own first day
SELECT pg_temp.area(6, 'Zes');
SELECT pg_temp.contract(7, '[2020-01-01,2022-01-01)+P1Y', 6);
SELECT as_of, a.* FROM unnest(ARRAY['2021-12-31', '2022-01-01']::date[]) as_of, pg_temp.ask(6, 'hulp_bij_het_huishouden', '2022-06-01', as_of => as_of) a;
SELECT a.* FROM pg_temp.ask(6, 'hulp_bij_het_huishouden', '2023-01-01', as_of => '2021-01-01') a;
-- declined
SELECT pg_temp.area(7, 'Zeven');
SELECT pg_temp.contract(8, '[2020-01-01,2022-01-01)+P1Y(declined)', 7);
SELECT d AS day, a.* FROM unnest(ARRAY['2021-12-31', '2022-01-01', '2022-12-31', '2023-01-01']::date[]) d, pg_temp.ask(7, 'hulp_bij_het_huishouden', d) a;

-- ---- ends and beginnings that are not known ---------------------------------------------------------------------------
SELECT pg_temp.area(8, 'Acht');
SELECT pg_temp.contract(9, '[2020-01-01,?)', 8), pg_temp.contract(10, '(?,2020-01-01)', 8, supplier => 3, choice => 'unknown'), pg_temp.contract(11, '[2020-01-01,)', 8, service => 40);
SELECT d AS day, a.* FROM unnest(ARRAY['2010-01-01', '2019-12-31', '2020-01-01', '2050-01-01']::date[]) d, pg_temp.ask(8, 'hulp_bij_het_huishouden', d) a;
SELECT a.* FROM pg_temp.ask(8, 'kortdurend_verblijf', '2050-01-01') a;

-- ---- the ledger: an early end, a suspension, a transfer, what was added and removed -----------------------------------
SELECT pg_temp.area(9, 'Negen');
SELECT pg_temp.contract(12, '[2020-01-01,2022-01-01)', 9);
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on) VALUES (2, 12, 'early_end', '2020-05-01', '2020-07-01');
SELECT as_of, d AS day, a.* FROM unnest(ARRAY['2020-04-30', '2020-05-01']::date[]) as_of, unnest(ARRAY['2020-06-30', '2020-07-01']::date[]) d,
  pg_temp.ask(9, 'hulp_bij_het_huishouden', d, as_of => as_of) a;
SELECT pg_temp.area(10, 'Tien');
SELECT pg_temp.contract(13, '[2020-01-01,2022-01-01)', 10);
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, until, to_party_id) VALUES
  (3, 13, 'suspension', '2020-05-01', '2020-07-01', '2020-08-01', NULL), (4, 13, 'transfer', '2020-09-01', '2020-10-01', NULL, 3);
SELECT d AS day, a.* FROM unnest(ARRAY['2020-06-30', '2020-07-01', '2020-07-31', '2020-08-01', '2020-09-30', '2020-10-01']::date[]) d, pg_temp.ask(10, 'hulp_bij_het_huishouden', d, as_of => '2020-12-31') a;
SELECT 'before the transfer was known', a.* FROM pg_temp.ask(10, 'hulp_bij_het_huishouden', '2020-10-01', as_of => '2020-08-31') a;
SELECT pg_temp.area(11, 'Elf');
SELECT pg_temp.contract(14, '[2020-01-01,2022-01-01)', 11);
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, service_id) VALUES
  (5, 14, 'scope_added', '2020-03-01', '2020-04-01', 40), (6, 14, 'scope_removed', '2020-09-01', '2020-10-01', 10);
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice, added_by_id) VALUES (14, 40, 11, 'exclusive', 5);
SELECT d AS day, a.* FROM unnest(ARRAY['2020-03-31', '2020-04-01']::date[]) d, pg_temp.ask(11, 'kortdurend_verblijf', d) a;
SELECT 'before it was known', a.* FROM pg_temp.ask(11, 'kortdurend_verblijf', '2020-04-01', as_of => '2020-02-29') a;
SELECT d AS day, a.* FROM unnest(ARRAY['2020-09-30', '2020-10-01']::date[]) d, pg_temp.ask(11, 'hulp_bij_het_huishouden', d) a;

-- ---- clients: a stop, and contracts for existing clients only ---------------------------------------------------------
SELECT pg_temp.area(12, 'Twaalf');
SELECT pg_temp.contract(15, '[2020-01-01,2022-01-01)', 12);
INSERT INTO wmo.client_stop (contract_id, during) VALUES (15, '[2020-06-01,2020-09-01)');
SELECT d AS day, a.* FROM unnest(ARRAY['2020-05-31', '2020-06-01', '2020-08-31', '2020-09-01']::date[]) d, pg_temp.ask(12, 'hulp_bij_het_huishouden', d) a;
SELECT 'its own client', a.* FROM pg_temp.ask(12, 'hulp_bij_het_huishouden', '2020-06-01', current_provider => 2) a;
SELECT 'another''s client', a.* FROM pg_temp.ask(12, 'hulp_bij_het_huishouden', '2020-06-01', current_provider => 3) a;
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on) VALUES (6, 2, 'takeover', '2020-07-01');
SELECT d AS day, 'the predecessor''s client', a.* FROM unnest(ARRAY['2020-06-30', '2020-07-01']::date[]) d, pg_temp.ask(12, 'hulp_bij_het_huishouden', d, current_provider => 6) a;
SELECT pg_temp.area(13, 'Dertien');
SELECT pg_temp.contract(16, '[2020-01-01,2022-01-01)', 13, clients => 'existing', existing_on => '2019-12-31');
SELECT client, a.* FROM (VALUES ('a new client', NULL::integer, NULL::date), ('its own, since when is not said', 2, NULL), ('its own since the day', 2, '2019-12-31'),
  ('its own since the day after', 2, '2020-01-01'), ('another''s', 3, '2015-01-01')) c (client, provider, since),
  pg_temp.ask(13, 'hulp_bij_het_huishouden', '2020-06-01', current_provider => c.provider, client_since => c.since) a;
-- the day is not stated: the day before the contract, and that is our reading
SELECT pg_temp.area(14, 'Veertien');
SELECT pg_temp.contract(17, '[2020-01-01,2022-01-01)', 14, clients => 'existing');
SELECT a.* FROM pg_temp.ask(14, 'hulp_bij_het_huishouden', '2020-06-01', current_provider => 2, client_since => '2019-12-31') a;

-- ---- who is not named, members and subcontractors ---------------------------------------------------------------------
SELECT pg_temp.area(15, 'Vijftien');
SELECT pg_temp.contract(18, '[2020-01-01,2022-01-01)', 15, supplier => NULL, choice => 'client_choice');
SELECT a.* FROM pg_temp.ask(15, 'hulp_bij_het_huishouden', '2020-06-01') a;
SELECT pg_temp.area(16, 'Zestien');
SELECT pg_temp.contract(19, '[2020-01-01,2022-01-01)', 16, supplier => 5);
INSERT INTO wmo.consortium_member (consortium_id, member_id, valid) VALUES (5, 2, '(,)'), (5, 3, '[2020-07-01,)');
INSERT INTO wmo.subcontract (contract_id, party_id, valid, clients, existing_on) VALUES (19, 4, '[2020-01-01,2020-08-01)', 'all', NULL), (19, NULL, '(,)', 'all', NULL), (19, 6, '(,)', 'existing', '2019-12-31');
SELECT d AS day, a.* FROM unnest(ARRAY['2020-06-30', '2020-07-01', '2020-07-31', '2020-08-01']::date[]) d, pg_temp.ask(16, 'hulp_bij_het_huishouden', d) a;
SELECT 'its subcontractor''s own client', a.* FROM pg_temp.ask(16, 'hulp_bij_het_huishouden', '2020-09-01', current_provider => 6, client_since => '2019-12-31') a;

-- ---- equals share a rank, the surer before the less sure --------------------------------------------------------------
SELECT pg_temp.area(17, 'Zeventien');
SELECT pg_temp.contract(20, '[2020-01-01,2022-01-01)', 17, choice => 'shared'), pg_temp.contract(21, '[2020-01-01,2022-01-01)', 17, choice => 'shared', supplier => 4),
       pg_temp.contract(22, '[2020-01-01,?)', 17, choice => 'shared', supplier => 3);
SELECT a.* FROM pg_temp.ask(17, 'hulp_bij_het_huishouden', '2020-06-01') a;

-- ---- what rests on a reading or on a drawing --------------------------------------------------------------------------
SELECT pg_temp.area(18, 'Achttien');
SELECT pg_temp.contract(23, '[2020-01-01,2022-01-01)', 18, source => 2);
SELECT a.* FROM pg_temp.ask(18, 'hulp_bij_het_huishouden', '2020-06-01') a;
SELECT pg_temp.area(19, 'Negentien', 'schematic');
-- within a boundary, so that it lies nowhere else
INSERT INTO wmo.area (id, name, kind, geom, geom_basis) VALUES (119, 'Om negentien', 'other', pg_temp.square(19)::public.geometry, 'official');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (119, 19);
SELECT pg_temp.contract(24, '[2020-01-01,2022-01-01)', 19);
SELECT a.* FROM pg_temp.ask(19, 'hulp_bij_het_huishouden', '2020-06-01') a;
SELECT pg_temp.area(20, 'Twintig'), pg_temp.area(21, 'Gebied', NULL);
INSERT INTO wmo.area_part (whole_id, part_id, source_id) VALUES (21, 20, 2);
SELECT pg_temp.contract(25, '[2020-01-01,2022-01-01)', 21);
SELECT a.* FROM pg_temp.ask(20, 'hulp_bij_het_huishouden', '2020-06-01') a;

-- ---- a service covers its children; a question about a wider one meets a part of it ------------------------------------
SELECT pg_temp.area(22, 'Tweeentwintig');
SELECT pg_temp.contract(26, '[2020-01-01,2022-01-01)', 22, service => 20), pg_temp.contract(27, '[2020-01-01,2022-01-01)', 22, service => 71);
SELECT a.* FROM pg_temp.ask(22, 'thuisondersteuning', '2020-06-01') a;
SELECT a.* FROM pg_temp.ask(22, 'dagbesteding', '2020-06-01') a;
SELECT p.provider, p.service, p.covers FROM wmo.providers_at('SRID=28992;POINT(122000 463000)', 'dagbesteding', '2020-06-01', 40, as_of => '2020-06-01') p;
SELECT p.provider, p.service, p.covers FROM wmo.providers_at('SRID=28992;POINT(122000 463000)', 'thuisondersteuning', '2020-06-01', 40, as_of => '2020-06-01') p;

-- ---- nobody, and why --------------------------------------------------------------------------------------------------
SELECT 'not contracted here', a.* FROM pg_temp.ask(1, 'basisondersteuning', '2020-06-01') a;
SELECT 'on the first day of the registry', a.* FROM pg_temp.ask(1, 'basisondersteuning', '2019-12-31') a;
SELECT 'before the registry', a.* FROM pg_temp.ask(1, 'basisondersteuning', '2019-12-30') a;
SELECT 'outside all areas', a.* FROM pg_temp.ask(40, 'basisondersteuning', '2020-06-01') a;
SELECT 'nationally accessible', a.* FROM pg_temp.ask(1, 'daklozenopvang', '2020-06-01') a;
-- the areas are not named: it may be anywhere
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (28, 'C28', 1, 2, '[2020-01-01,2022-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (28, 73, NULL);
SELECT 'areas not named', a.* FROM pg_temp.ask(1, 'arbeidsmatige_activering', '2020-06-01') a;
-- the shape is not known: it may be anywhere too
SELECT pg_temp.area(23, 'Vormloos', NULL);
SELECT pg_temp.contract(29, '[2020-01-01,2022-01-01)', 23, service => 72);
SELECT 'area without shape', a.* FROM pg_temp.ask(1, 'sociale_activering', '2020-06-01') a;

-- ---- of several reasons the nearest -----------------------------------------------------------------------------------
SELECT pg_temp.area(24, 'Vierentwintig');
SELECT pg_temp.contract(30, '[2020-01-01,2021-01-01)', 24, ages => '[18,65)'), pg_temp.contract(31, '[2021-01-01,2022-01-01)', 24, clients => 'existing', supplier => 3);
SELECT 'too old for one, and the other is for existing clients and has not started', a.* FROM pg_temp.ask(24, 'hulp_bij_het_huishouden', '2020-06-01', 70) a;
SELECT 'one ended, the other is for existing clients', a.* FROM pg_temp.ask(24, 'hulp_bij_het_huishouden', '2021-06-01') a;

-- ---- a reason that stands alone: what is nearer counts for nothing without what is farther ------------------------------
SELECT pg_temp.area(45, 'Vijfenveertig');
SELECT pg_temp.contract(41, '[2018-01-01,2019-01-01)', 45, clients => 'existing'), pg_temp.contract(42, '[2021-01-01,2022-01-01)', 45, service => 40, ages => '[18,65)'),
       pg_temp.contract(43, '[2018-01-01,2022-01-01)', 45, service => 21, ages => '[18,65)', clients => 'existing', existing_on => '2017-12-31');
SELECT 'for existing clients, and it ended years ago', a.* FROM pg_temp.ask(45, 'hulp_bij_het_huishouden', '2021-06-01') a;
SELECT 'of another age, and it does not run yet', a.* FROM pg_temp.ask(45, 'kortdurend_verblijf', '2020-06-01', 80) a;
SELECT 'of another age, and only for existing clients', a.* FROM pg_temp.ask(45, 'individuele_begeleiding', '2020-06-01', 80) a;
SELECT 'of another age alone', a.* FROM pg_temp.ask(45, 'individuele_begeleiding', '2020-06-01', 80, current_provider => 2, client_since => '2017-01-01') a;
SELECT 'for existing clients alone', a.* FROM pg_temp.ask(45, 'individuele_begeleiding', '2020-06-01', 40) a;
-- a scope that was taken out is not held up by an option of its contract
SELECT pg_temp.area(46, 'Zesenveertig');
SELECT pg_temp.contract(44, '[2018-01-01,2019-01-01)+P2Y', 46, valid => '(,2018-07-01)');
SELECT 'its days are over, whatever became of the option', a.* FROM pg_temp.ask(46, 'hulp_bij_het_huishouden', '2019-06-01') a;

-- ---- a point on a border belongs to both ------------------------------------------------------------------------------
SELECT a.* FROM pg_temp.ask(0, 'hulp_bij_het_huishouden', '2020-06-01', place => 'SRID=28992;POINT(101500 463000)') a;
SELECT 'half a metre inside', a.* FROM pg_temp.ask(0, 'hulp_bij_het_huishouden', '2020-06-01', place => 'SRID=28992;POINT(101499.5 463000)') a;

-- ---- editions: a scope is pinned to its own, or follows the code ------------------------------------------------------
SELECT pg_temp.area(30, 'Oud', code => 'GM1930', valid => '[2000-01-01,2021-01-01)'), pg_temp.area(31, 'Nieuw', code => 'GM1930', valid => '[2021-01-01,)');
SELECT pg_temp.contract(32, '[2020-01-01,2022-01-01)', 30), pg_temp.contract(33, '[2020-01-01,2022-01-01)', 30, service => 40);
UPDATE wmo.contract_scope SET follows_code = true WHERE contract_id = 33;
SELECT n AS square, d AS day, a.* FROM unnest(ARRAY[30, 31]) n, unnest(ARRAY['2020-12-31', '2021-01-01']::date[]) d, pg_temp.ask(n, 'hulp_bij_het_huishouden', d) a;
SELECT n AS square, d AS day, a.* FROM unnest(ARRAY[30, 31]) n, unnest(ARRAY['2020-12-31', '2021-01-01']::date[]) d, pg_temp.ask(n, 'kortdurend_verblijf', d) a;

-- ---- places: any reference system; clear errors -----------------------------------------------------------------------
SELECT pg_temp.area(55, 'Toren');
SELECT pg_temp.contract(34, '[2020-01-01,2022-01-01)', 55);
SELECT a.* FROM pg_temp.ask(0, 'hulp_bij_het_huishouden', '2020-06-01', place => 'SRID=4326;POINT(5.3872 52.1552)') a;
SELECT a.* FROM pg_temp.ask(0, 'hulp_bij_het_huishouden', '2020-06-01', place => 'SRID=3857;POINT(599700 6828900)') a;
SELECT asked, a.* FROM (VALUES ('an empty place', 'SRID=28992;POINT EMPTY')) p (asked, place), pg_temp.ask(0, 'hulp_bij_het_huishouden', '2020-06-01', place => p.place) a;
SELECT 'no place', found, reason FROM wmo.providers_at(NULL, 'hulp_bij_het_huishouden', '2020-06-01', 40);
SELECT 'no day', found, reason FROM wmo.providers_at('SRID=28992;POINT(155000 463000)', 'hulp_bij_het_huishouden', NULL, 40);
SELECT 'no service', found, reason FROM wmo.providers_at('SRID=28992;POINT(155000 463000)', NULL, '2020-06-01', 40);
SELECT 'no as_of', found, reason FROM wmo.providers_at('SRID=28992;POINT(155000 463000)', 'hulp_bij_het_huishouden', '2020-06-01', 40, as_of => NULL);
SELECT e.* FROM pg_temp.whole_error($$SELECT wmo.providers_at('POINT(155000 463000)', 'hulp_bij_het_huishouden', '2020-06-01', 40)$$) e;
SELECT e.* FROM pg_temp.whole_error($$SELECT wmo.providers_at('SRID=28992;POLYGON((0 0,1 0,1 1,0 0))', 'hulp_bij_het_huishouden', '2020-06-01', 40)$$) e;
SELECT e.* FROM pg_temp.whole_error($$SELECT wmo.providers_at('SRID=28992;POINT(155000 463000)', 'hulp bij het huishouden', '2020-06-01', 40)$$) e WHERE part <> 'hint';
SELECT tried, pg_temp.verdict(statement) FROM (VALUES
  ('the oldest age', $$SELECT wmo.providers_at('SRID=28992;POINT(155000 463000)', 'hulp_bij_het_huishouden', '2020-06-01', 130)$$),
  ('older', $$SELECT wmo.providers_at('SRID=28992;POINT(155000 463000)', 'hulp_bij_het_huishouden', '2020-06-01', 131)$$),
  ('not yet born', $$SELECT wmo.providers_at('SRID=28992;POINT(155000 463000)', 'hulp_bij_het_huishouden', '2020-06-01', -1)$$),
  ('no end of days', $$SELECT wmo.providers_at('SRID=28992;POINT(155000 463000)', 'hulp_bij_het_huishouden', 'infinity', 40)$$),
  ('no last day to look from', $$SELECT wmo.providers_at('SRID=28992;POINT(155000 463000)', 'hulp_bij_het_huishouden', '2020-06-01', 40, as_of => '-infinity')$$),
  ('a place beyond all places', $$SELECT wmo.providers_at('010100002040710000000000000000F07F0000000000000000', 'hulp_bij_het_huishouden', '2020-06-01', 40)$$),
  ('an impossible age where nobody is', $$SELECT wmo.providers_at('SRID=28992;POINT(1 1)', 'basisondersteuning', '2020-06-01', 400)$$)
) t (tried, statement);

-- ---- nobody, for sure: only where no contract is missing ----------------------------------------------------------------
CREATE FUNCTION pg_temp.nobody(n integer, service text, day date, age integer DEFAULT 40) RETURNS TABLE (answer text, certainty text, complete boolean) LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY EXECUTE format('SELECT wmo.answer_at(%L, %L, %L, %L), p.certainty, p.complete FROM wmo.providers_at(%1$L, %2$L, %3$L, %4$L, as_of => %3$L) p', pg_temp.point(n), service, day, age);
END
$$;
CREATE TABLE pg_temp.tried (n integer, square integer, of_what text, service text, day date, age integer);
INSERT INTO pg_temp.tried VALUES
  (1, 1, 'ended', 'hulp_bij_het_huishouden', '2022-06-01', 40), (2, 2, 'of other ages', 'hulp_bij_het_huishouden', '2020-06-01', 17), (3, 12, 'stopped', 'hulp_bij_het_huishouden', '2020-06-01', 40),
  (4, 13, 'existing clients', 'hulp_bij_het_huishouden', '2020-06-01', 40), (5, 1, 'not contracted', 'basisondersteuning', '2020-06-01', 40), (6, 1, 'before the registry', 'basisondersteuning', '2017-06-01', 40),
  (7, 41, 'no contract at all', 'basisondersteuning', '2020-06-01', 40), (8, 7, 'declined', 'hulp_bij_het_huishouden', '2022-01-01', 40), (9, 6, 'an option of which nobody knows', 'hulp_bij_het_huishouden', '2022-06-01', 40),
  (10, 1, 'nationally accessible', 'daklozenopvang', '2020-06-01', 40), (11, 1, 'areas not named', 'arbeidsmatige_activering', '2020-06-01', 40), (12, 1, 'area without shape', 'sociale_activering', '2020-06-01', 40),
  (13, 19, 'in a drawing', 'basisondersteuning', '2020-06-01', 40), (14, 40, 'outside all areas', 'basisondersteuning', '2020-06-01', 40), (15, 1, 'served', 'hulp_bij_het_huishouden', '2020-06-01', 40),
  (16, 15, 'not named', 'hulp_bij_het_huishouden', '2020-06-01', 40), (17, 20, 'in an area of parts, by a reading', 'basisondersteuning', '2020-06-01', 40);
SELECT pg_temp.area(41, 'Eenenveertig');
SELECT 'not declared', t.of_what, x.* FROM pg_temp.tried t, pg_temp.nobody(t.square, t.service, t.day, t.age) x ORDER BY t.n;
INSERT INTO wmo.registry_completeness (area_id, valid) SELECT a.id, '[2017-01-01,2022-12-31]' FROM wmo.area a WHERE a.id IN (1, 2, 6, 7, 12, 13, 15, 19, 21, 41);
SELECT 'declared', t.of_what, x.* FROM pg_temp.tried t, pg_temp.nobody(t.square, t.service, t.day, t.age) x ORDER BY t.n;
-- for the days and services that it names, narrower ones included
DELETE FROM wmo.registry_completeness;
INSERT INTO wmo.registry_completeness (area_id, service_id, valid) VALUES (1, 20, '[2020-01-01,2020-12-31]');
SELECT service, day, x.* FROM (VALUES (1, 'thuisondersteuning', '2019-12-31'::date), (2, 'thuisondersteuning', '2020-01-01'), (3, 'thuisondersteuning', '2020-12-31'), (4, 'thuisondersteuning', '2021-01-01'), (5, 'begeleiding', '2020-06-01'), (6, 'dagbesteding', '2020-06-01')) t (n, service, day),
  pg_temp.nobody(1, service, day) x ORDER BY n;
DELETE FROM wmo.registry_completeness;
INSERT INTO wmo.registry_completeness (area_id, service_id, valid) VALUES (1, 21, '[2020-01-01,2020-12-31]');
SELECT service, x.* FROM unnest('{begeleiding,individuele_begeleiding}'::text[]) WITH ORDINALITY t (service, n), pg_temp.nobody(1, service, '2020-06-01') x ORDER BY n;
-- by code: for all of what is asked, not for a part of it
SELECT pg_temp.area(42, 'Gemeente', code => 'GM1942'), pg_temp.area(43, 'Wijk', code => 'WK194200');
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (43, '[2020-01-01,2020-12-31]');
SELECT code, p.certainty, p.reason, p.complete FROM unnest('{GM1942,WK194200,BU19420001}'::text[]) WITH ORDINALITY t (code, n), wmo.providers_in_area(code::wmo.area_code, 'basisondersteuning', '2020-06-01', 40, as_of => '2020-06-01') p ORDER BY n;
UPDATE wmo.registry_completeness SET area_id = 42;
SELECT code, p.certainty, p.reason, p.complete FROM unnest('{GM1942,WK194200,BU19420001}'::text[]) WITH ORDINALITY t (code, n), wmo.providers_in_area(code::wmo.area_code, 'basisondersteuning', '2020-06-01', 40, as_of => '2020-06-01') p ORDER BY n;
-- one that may serve all the same is said before one that surely does not
SELECT pg_temp.area(44, 'Vierenveertig');
SELECT pg_temp.contract(39, '[2020-01-01,2021-01-01)+P1Y', 44), pg_temp.contract(40, '[2020-01-01,2021-01-01)', 44, supplier => 3, choice => 'unknown');
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (44, '[2020-01-01,2022-12-31]');
SELECT 'an option of which nobody knows, and one that ended', x.* FROM pg_temp.nobody(44, 'hulp_bij_het_huishouden', '2021-06-01') x;
DELETE FROM wmo.registry_completeness;

-- ---- in one number, in one word: for a new client ---------------------------------------------------------------------
CREATE FUNCTION pg_temp.word(n integer, day date, age integer DEFAULT 40) RETURNS TABLE (answer text, provider integer) LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY EXECUTE format('SELECT wmo.answer_at(%L, ''hulp_bij_het_huishouden'', %L, %L), wmo.provider_at(%1$L, ''hulp_bij_het_huishouden'', %2$L, %3$L)', pg_temp.point(n), day, age);
END
$$;
SELECT t.of_what, w.* FROM (VALUES (1, 'one', '2020-06-01'::date), (1, 'ended', '2022-06-01'), (2, 'by age', '2020-06-01'), (17, 'three', '2020-06-01'), (15, 'not named', '2020-06-01'),
  (13, 'existing clients', '2020-06-01'), (12, 'stopped', '2020-06-01'), (16, 'a consortium', '2020-06-01'), (40, 'nowhere', '2020-06-01')) t (square, of_what, day),
  pg_temp.word(t.square, t.day) w;
SELECT 'two by age, which is not given', w.* FROM pg_temp.word(2, '2020-06-01', NULL) w;
SELECT pg_temp.contract(35, '[2020-01-01,2022-01-01)', 1, supplier => NULL, choice => 'shared');
SELECT 'one, and others that are not named', w.* FROM pg_temp.word(1, '2020-06-01') w;

-- whoever may serve, or may not, is no answer: when the contract begins is not stated, whether the award stands cannot be told, or both of a provider that is not named
SELECT pg_temp.area(70, 'Ooit', 'official');
SELECT pg_temp.contract(70, '(?,2030-01-01)', 70, supplier => 2);
SELECT pg_temp.ask(70, 'hulp_bij_het_huishouden', '2020-06-01');
SELECT 'begins on a day that is not stated', w.* FROM pg_temp.word(70, '2020-06-01') w;
SELECT pg_temp.area(71, 'Wie weet', 'official');
INSERT INTO wmo.award (id, supplier_id) VALUES (71, 2);
SELECT pg_temp.contract(71, '[2020-01-01,2030-01-01)', 71, supplier => 2, award => 71);
SELECT 'by an award of which nothing is known', w.* FROM pg_temp.word(71, '2020-06-01') w;
SELECT pg_temp.area(72, 'Iemand', 'official');
SELECT pg_temp.contract(72, '(?,2030-01-01)', 72, supplier => NULL);
SELECT 'and by nobody who is named', w.* FROM pg_temp.word(72, '2020-06-01') w;
-- with somebody who surely serves there is one
SELECT pg_temp.contract(73, '[2020-01-01,2030-01-01)', 70, supplier => 2, choice => 'shared');
SELECT 'by another contract it serves', w.* FROM pg_temp.word(70, '2020-06-01') w;
SELECT x.rule, x.verdict, x.explanation FROM wmo.explain_providers_at(pg_temp.point(70), 'hulp_bij_het_huishouden', '2020-06-01', 40, as_of => '2020-06-01') x WHERE x.rule = 'period' ORDER BY x.step;
SELECT 'by a map', n, wmo.answer_on(m.map, pg_temp.point(n), 'hulp_bij_het_huishouden', '2020-06-01', 40), wmo.provider_on(m.map, pg_temp.point(n), 'hulp_bij_het_huishouden', '2020-06-01', 40)
FROM (SELECT wmo.compile_coverage() AS map) m, unnest('{70,71,72}'::integer[]) n ORDER BY n;

-- ---- by code: whole and part ------------------------------------------------------------------------------------------
SELECT pg_temp.area(32, 'Stad', NULL, 'GM1931'), pg_temp.area(33, 'Wijk Een', 'official', 'WK193101'), pg_temp.area(34, 'Wijk Twee', 'official', 'WK193102');
SELECT pg_temp.contract(36, '[2020-01-01,2022-01-01)', 33), pg_temp.contract(37, '[2020-01-01,2022-01-01)', 34, supplier => 3), pg_temp.contract(38, '[2020-01-01,2022-01-01)', 32, service => 40, supplier => 4);
SELECT p.found, p.provider, p.certainty, p.reason, p.area, p.covers FROM wmo.providers_in_area('GM1931', 'hulp_bij_het_huishouden', '2020-06-01', 40, as_of => '2020-06-01') p ORDER BY p.ord;
SELECT p.found, p.provider, p.certainty, p.reason, p.area, p.covers FROM wmo.providers_in_area('WK193101', 'hulp_bij_het_huishouden', '2020-06-01', 40, as_of => '2020-06-01') p ORDER BY p.ord;
SELECT p.found, p.provider, p.certainty, p.reason, p.area, p.covers FROM wmo.providers_in_area('WK193101', 'kortdurend_verblijf', '2020-06-01', 40, as_of => '2020-06-01') p ORDER BY p.ord;
SELECT p.found, p.reason FROM wmo.providers_in_area('GM9999', 'hulp_bij_het_huishouden', '2020-06-01', 40, as_of => '2020-06-01') p;
SELECT p.found, p.reason FROM wmo.providers_in_area(NULL, 'hulp_bij_het_huishouden', '2020-06-01', 40, as_of => '2020-06-01') p;

-- only what alone is in the way is said: not the least of all faults of a contract that ended years ago
CREATE FUNCTION pg_temp.far(service text, on_date date, age integer DEFAULT 40, current_provider integer DEFAULT NULL) RETURNS SETOF text LANGUAGE sql AS $$
  SELECT concat_ws(', ', CASE WHEN p.found THEN p.provider ELSE 'nobody' END, p.certainty, p.reason, p.number, p.covers) FROM wmo.providers_in_area('GM9921', service, on_date, age, current_provider, as_of => '2025-01-01') p $$;
INSERT INTO wmo.party (id, name, kind) VALUES (901, 'Verre stad', 'municipality'), (902, 'Zorg Oud', 'provider'), (903, 'Zorg Nieuw', 'provider');
INSERT INTO wmo.area (id, name, code, kind, geom, geom_basis, valid) VALUES
  (921, 'Verre stad', 'GM9921', 'municipality', 'SRID=28992;MULTIPOLYGON(((505000 500000,506000 500000,506000 501000,505000 501000,505000 500000)))', 'official', '(,)');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (901, 'EX', 901, 902, '[2015-01-01,2018-01-01)'), (902, 'BAND', 901, 903, '[2015-01-01,2018-01-01)'), (903, 'ANY', 901, 902, '[2015-01-01,2030-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, clients) VALUES (901, wmo.service_id('dagbesteding'), 921, '[0,)', 'existing'), (902, wmo.service_id('kortdurend_verblijf'), 921, '[75,)', 'all'),
  (901, wmo.service_id('arbeidsmatige_activering'), 921, '[75,)', 'existing'), (903, wmo.service_id('beschermd_wonen'), NULL, '[0,)', 'all');
INSERT INTO wmo.client_stop (contract_id, during, known_on) VALUES (903, '[2020-01-01,2021-01-01)', '2019-12-01');
SELECT 'existing clients, running and ended', d, pg_temp.far('dagbesteding', d) FROM unnest('{2014-06-01,2016-06-01,2024-06-01}'::date[]) d;
SELECT 'from 75 on, running and ended', d, pg_temp.far('kortdurend_verblijf', d) FROM unnest('{2014-06-01,2016-06-01,2024-06-01}'::date[]) d;
SELECT 'a stop of a contract without named areas', d, pg_temp.far('beschermd_wonen', d) FROM unnest('{2019-06-01,2020-06-01}'::date[]) d;
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (921, '[2010-01-01,2030-01-01)');
SELECT 'declared complete', s, wmo.answer_at('SRID=28992;POINT(505500 500500)', s, '2024-06-01', 40) FROM unnest('{dagbesteding,kortdurend_verblijf}'::text[]) s;
-- and by a map
SELECT 'by a map', s, d, p.reason FROM (SELECT wmo.compile_coverage() AS map) m, unnest('{dagbesteding,kortdurend_verblijf,beschermd_wonen}'::text[]) s, unnest('{2014-06-01,2016-06-01,2020-06-01,2024-06-01}'::date[]) d
CROSS JOIN LATERAL wmo.providers_on(m.map, 'SRID=28992;POINT(505500 500500)', s, d, 40, as_of => '2025-01-01') p ORDER BY 2, 3;
ROLLBACK;
