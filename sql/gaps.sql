-- Who is left out, on a small town whose answers can be counted by hand.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set entered :here '/sql/include/entered.sql'
\set town :here '/sql/include/town.sql'
\i :verdict
\i :entered
\i :town

CREATE FUNCTION pg_temp.show(gaps wmo.coverage_gap[]) RETURNS TABLE (line text) LANGUAGE sql AS $$
  SELECT format('%s (%s) %s, %s %s%s, %s, %s t/m %s; contracts %s, before %s, after %s', g.kind, coalesce(g.reason, '-'), g.service, g.covers, g.area,
                coalesce(' ' || g.area_code::text, ''), coalesce(g.min_age || '-' || coalesce(g.max_age::text, ''), '-'), g.first_day, g.last_day, g.contracts, g.before, g.after)
         || coalesce(' at ' || (SELECT string_agg(format('%s,%s', x, y), ' ' ORDER BY x, y) FROM generate_series(0, 6) x, generate_series(0, 4, 4) y
                                WHERE public.ST_Covers(g.geom, format('SRID=28992;POINT(%s %s)', x * 100 + 50, y * 50 + 50)::public.geometry)), '')
  FROM unnest(gaps) g
  ORDER BY g.service COLLATE "C", g.area COLLATE "C", g.area_id, g.first_day, g.min_age, g.kind, g.covers
$$;
-- a contract may be missing: that nobody is served cannot be told, until and where the registry is declared complete
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '[2018-06-01,2022-07-01)', 'GM0014', '2019-06-01') g));
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '[2019-05-01,2019-08-01)', 'GM0009', '2019-06-01') g));
INSERT INTO wmo.registry_completeness (area_id, service_id, valid) VALUES (1, wmo.service_id('hulp_bij_het_huishouden'), '[2021-06-01,2021-12-31]');
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '[2021-03-01,2022-07-01)', 'GM0014', '2019-06-01') g));
-- for another service it says nothing, nor in the next municipality
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps('basisondersteuning', '[2021-03-01,2022-07-01)', 'GM0014', '2019-06-01') g));
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '[2021-03-01,2022-07-01)', 'GM0009', '2019-06-01') g));
-- a drawing is no boundary: what lies in it by its shape alone lies nowhere for sure
INSERT INTO wmo.area (id, name, kind, geom, geom_basis) SELECT 41, 'Tekening', 'other', a.geom, 'schematic' FROM wmo.area a WHERE a.id = 4;
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps_in('hulp_bij_het_huishouden', '[2021-03-01,2022-07-01)', ARRAY[41], '2019-06-01') g));
DELETE FROM wmo.area WHERE id = 41;
DELETE FROM wmo.registry_completeness;
INSERT INTO wmo.registry_completeness (area_id, valid) SELECT a.id, '[2017-01-01,2024-12-31]' FROM wmo.area a WHERE a.id NOT IN (1, 4);
-- 400 by 400 metres until 2019, then 600 by 400: the code follows its editions
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '[2018-01-01,2022-07-01)', 'GM0014', '2019-06-01') g));
-- the same, when the option has lapsed: the last day of its notice was 30 September 2019
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '[2019-12-01,2020-06-01)', 'GM0014', '2019-10-01') g));
-- a dead code answers with its last edition; areas by key are pinned
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '[2018-06-01,2021-01-01)', 'GM0009', '2019-06-01') g));
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps_in('hulp_bij_het_huishouden', '[2019-06-01,2021-01-01)', ARRAY[4], '2019-06-01') g));
-- ages that are asked for
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '[2018-01-01,2018-02-01)', 'GM0014', '2019-06-01', '[0,)') g));
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '[2018-01-01,2018-02-01)', 'GM0014', '2019-06-01', '[70,80)') g));
-- without shapes: parts of a region, the hierarchy of codes, and what cannot be compared
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps_in('kortdurend_verblijf', '[2018-01-01,2021-01-01)', ARRAY[7], '2019-06-01') g));
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps('kortdurend_verblijf', '[2019-01-01,2021-01-01)', 'WK006000', '2019-06-01') g));
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps_in('sociale_activering', '[2018-01-01,2021-01-01)', ARRAY[4, 8], '2019-06-01') g));
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps('opvang_na_geweld', '[2017-01-01,2021-01-01)', 'GM0060', '2019-06-01') g));
-- a wider service is answered as one where its narrower ones agree
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps('dagbesteding', '[2019-01-01,2021-01-01)', 'GM0014', '2019-06-01') g));
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps('begeleiding', '[2018-01-01,2018-02-01)', 'GM0009', '2019-06-01') g));
-- everything that a contract names
SELECT count(*), count(DISTINCT g.area_id), min(g.first_day), max(g.last_day) FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '[2018-01-01,2022-07-01)') g;
-- no days, nothing said; an unknown service is an error; of a code that nobody has entered, and of half a question, nothing can be told
SELECT count(*) FROM wmo.coverage_gaps('hulp_bij_het_huishouden', 'empty', 'GM0014');
SELECT count(*) FROM wmo.coverage_gaps('hulp_bij_het_huishouden', 'empty', 'GM9999');
SELECT g.kind, g.reason, g.certainty, g.service, g.area_code, g.first_day, g.last_day, g.min_age, g.max_age FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '[2018-01-01,2019-01-01)', 'GM9999', ages => '[18,75)') g;
SELECT c, g.kind, g.reason, g.area_code FROM unnest('{WK001499,BU00149901}'::text[]) c, wmo.coverage_gaps('hulp_bij_het_huishouden', '[2018-01-01,2019-01-01)', c) g;
SELECT g.kind, g.reason, g.service, g.days FROM wmo.coverage_gaps(NULL, '[2018-01-01,2019-01-01)') g;
SELECT g.kind, g.reason, g.service, g.days FROM wmo.coverage_gaps('hulp_bij_het_huishouden', NULL, 'GM0014') g;
SELECT g.kind, g.reason FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '[2018-01-01,2019-01-01)', as_of => NULL) g;
SELECT count(*) FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '(,)', 'GM0014');
SELECT pg_temp.verdict($$SELECT FROM wmo.coverage_gaps('hulp', '[2018-01-01,2019-01-01)')$$);

-- what has ended is no reason to cut, and is the reason only where its area holds more than a hundredth of the gap: Ended lies
-- in the half that is served
DO $$
BEGIN
  EXECUTE format($i$INSERT INTO wmo.area (id, name, kind, geom, geom_basis) VALUES (21, 'Vak', 'other', %L, 'official'), (22, 'Bediend', 'other', %L, 'official'),
    (23, 'Afgelopen', 'other', %L, 'official'), (24, 'Ook afgelopen', 'other', %L, 'official')$i$,
    pg_temp.ha(0, 20, 10, 10), pg_temp.ha(0, 20, 5, 10), pg_temp.ha(1, 21, 3, 3), pg_temp.ha(7, 21, 3, 3));
END
$$;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (21, 'bediend', 1, 2, '[2019-01-01,2023-01-01)'), (22, 'afgelopen', 1, 3, '[2018-01-01,2019-01-01)');
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (21, '[2020-01-01,2020-12-31]');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice)
VALUES (21, wmo.service_id('arbeidsmatige_activering'), 22, 'exclusive'), (22, wmo.service_id('arbeidsmatige_activering'), 23, 'exclusive');
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps_in('arbeidsmatige_activering', '[2020-01-01,2021-01-01)', ARRAY[21], '2020-06-01') g));
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) VALUES (22, wmo.service_id('arbeidsmatige_activering'), 24, 'exclusive');
SELECT line FROM pg_temp.show(ARRAY(SELECT g FROM wmo.coverage_gaps_in('arbeidsmatige_activering', '[2020-01-01,2021-01-01)', ARRAY[21], '2020-06-01') g));
-- a part without a shape hides nothing of its whole: Erf may lie anywhere in Wijk, of which Kwart holds a quarter
DO $$
BEGIN
  EXECUTE format($i$INSERT INTO wmo.area (id, name, kind, geom, geom_basis) VALUES (25, 'Wijk', 'other', %L, 'official'), (26, 'Erf', 'other', NULL, NULL),
    (27, 'Kwart', 'other', %L, 'official')$i$,
    pg_temp.ha(0, 40, 10, 10), pg_temp.ha(0, 40, 5, 5));
END
$$;
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (25, 26);
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (25, '[2020-01-01,2020-12-31]');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (25, 'kwart', 1, 2, '[2019-01-01,2023-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) VALUES (25, wmo.service_id('arbeidsmatige_activering'), 27, 'shared');
SELECT g.kind, g.reason, g.covers, g.area, public.ST_Area(g.geom) FROM wmo.coverage_gaps_in('arbeidsmatige_activering', '[2020-01-01,2021-01-01)', ARRAY[25], '2020-06-01') g ORDER BY g.area;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (26, 'erf', 1, 2, '[2020-07-01,2023-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) VALUES (26, wmo.service_id('arbeidsmatige_activering'), 26, 'shared');
SELECT g.kind, g.reason, g.covers, g.area, g.days, public.ST_Area(g.geom) FROM wmo.coverage_gaps_in('arbeidsmatige_activering', '[2020-01-01,2021-01-01)', ARRAY[25], '2020-06-01') g ORDER BY g.area, g.days;
-- a district within a municipality that is named too is not asked about twice
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) VALUES (5, wmo.service_id('kortdurend_verblijf'), 6, 'shared');
SELECT DISTINCT g.area FROM wmo.coverage_gaps('kortdurend_verblijf', '[2018-01-01,2021-01-01)', as_of => '2019-06-01') g WHERE g.area_id IN (5, 6);
DELETE FROM wmo.contract_scope WHERE area_id = 6;


-- a stop of a contract of which nobody knows where it holds does not make a gap for new clients
INSERT INTO wmo.party (id, name, kind) VALUES (901, 'Stad zonder gebieden', 'municipality'), (902, 'Zorg Ergens', 'provider');
INSERT INTO wmo.area (id, name, code, kind, geom, geom_basis) VALUES (901, 'Verweg', 'GM9901', 'municipality', 'SRID=28992;MULTIPOLYGON(((500000 500000,501000 500000,501000 501000,500000 501000,500000 500000)))', 'official');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (901, 'ERGENS', 901, 902, '[2015-01-01,2030-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (901, wmo.service_id('beschermd_wonen'), NULL);
INSERT INTO wmo.client_stop (contract_id, during, known_on) VALUES (901, '[2020-01-01,2021-01-01)', '2019-12-01');
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (901, '[2010-01-01,2030-01-01)');
SELECT g.kind, g.reason, g.days FROM wmo.coverage_gaps('beschermd_wonen', '[2019-01-01,2022-01-01)', 'GM9901', '2025-01-01') g;
-- nor does one for existing clients only, with no area named or in one of which nobody knows where it lies; new clients are served by neither
DELETE FROM wmo.client_stop;
UPDATE wmo.contract_scope SET clients = 'existing', service_id = wmo.service_id('rolstoelen') WHERE contract_id = 901;
SELECT g.kind, g.reason, g.days FROM wmo.coverage_gaps('rolstoelen', '[2019-01-01,2022-01-01)', 'GM9901', '2025-01-01') g;
SELECT p.certainty, p.reason, p.complete, wmo.answer_at('SRID=28992;POINT(500500 500500)', 'rolstoelen', '2021-01-01', 40) FROM wmo.providers_in_area('GM9901', 'rolstoelen', '2021-01-01', 40) p;
INSERT INTO wmo.area (id, name, kind) VALUES (902, 'Ergens', 'working_area');
UPDATE wmo.contract_scope SET area_id = 902 WHERE contract_id = 901;
SELECT g.kind, g.reason, g.days FROM wmo.coverage_gaps('rolstoelen', '[2019-01-01,2022-01-01)', 'GM9901', '2025-01-01') g;
UPDATE wmo.contract_scope SET area_id = 901 WHERE contract_id = 901;
SELECT g.kind, g.reason, g.days FROM wmo.coverage_gaps('rolstoelen', '[2019-01-01,2022-01-01)', 'GM9901', '2025-01-01') g;
SELECT wmo.answer_at('SRID=28992;POINT(500500 500500)', 'rolstoelen', '2021-01-01', 40);
-- what is declared for a region is not declared for what is a part of it by our reading of a source
INSERT INTO wmo.source (id, article, basis, reading) VALUES (901, 'Krant', 'inferred', 'the map in it');
INSERT INTO wmo.area (id, name, kind) VALUES (911, 'Regio', 'region'), (912, 'Gelezen', 'district'), (913, 'Vermeld', 'district');
INSERT INTO wmo.area_part (whole_id, part_id, source_id) VALUES (911, 912, 901), (911, 913, NULL);
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (911, '[2015-01-01,2025-01-01)');
SELECT g.kind, g.reason, g.area FROM wmo.coverage_gaps_in('vervoerdiensten', '[2020-06-01,2020-06-01]', '{912,913}', '2020-06-01') g ORDER BY g.area;
-- where nothing at all is recorded, that is said
DELETE FROM wmo.contract; DELETE FROM wmo.registry_completeness;
SELECT g.kind, g.reason FROM wmo.coverage_gaps('rolstoelen', '[2019-01-01,2022-01-01)', 'GM9901', '2025-01-01') g;
-- a stop that is our reading of a source makes an inferred gap for new clients, though a stated one holds for a while
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, known_on) VALUES (901, 'ERGENS', 901, 902, '[2015-01-01,2030-01-01)', '2015-01-01');
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (901, '[2010-01-01,2030-01-01)');
INSERT INTO wmo.source (id, article, basis, reading) VALUES (909, 'Krant', 'inferred', 'the year is that of the paper');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (901, wmo.service_id('rolstoelen'), 901);
INSERT INTO wmo.client_stop (contract_id, during, known_on, source_id) VALUES (901, '[2020-01-01,2021-01-01)', '2019-12-01', 909), (901, '[2020-06-01,2020-09-01)', '2019-12-01', NULL);
SELECT g.kind, g.reason, g.certainty, g.days FROM wmo.coverage_gaps('rolstoelen', '[2019-01-01,2022-01-01)', 'GM9901', '2025-01-01') g ORDER BY g.days;
-- one that was lifted by our reading of a source serves by that reading alone, and a reading under an award of which only the term is over is no surer for that
DELETE FROM wmo.client_stop;
INSERT INTO wmo.client_stop (id, contract_id, during, known_on) VALUES (901, 901, '[2020-01-01,2021-01-01)', '2019-12-01');
INSERT INTO wmo.client_stop_lift (contract_id, stop_id, effective_on, known_on, source_id) VALUES (901, 901, '2020-06-01', '2020-05-01', 909);
SELECT d AS as_of, g.kind, g.reason, g.certainty, g.days FROM unnest('{2020-04-30,2020-05-01}'::date[]) d, wmo.coverage_gaps('rolstoelen', '[2019-01-01,2022-01-01)', 'GM9901', d) g ORDER BY 1, g.days;
UPDATE wmo.client_stop_lift SET source_id = NULL;
SELECT g.kind, g.reason, g.certainty, g.days FROM wmo.coverage_gaps('rolstoelen', '[2019-01-01,2022-01-01)', 'GM9901', '2025-01-01') g ORDER BY g.days;
DELETE FROM wmo.client_stop;
INSERT INTO wmo.award (id, supplier_id, decided, sent, standstill) VALUES (901, 902, '[2014-07-09,2014-07-09]', '[2014-07-10,2014-07-10]', wmo.objection_period('standstill', '2014-07-10'));
UPDATE wmo.contract SET award_id = 901 WHERE id = 901;
SELECT 'uncontested', count(*) FROM wmo.coverage_gaps('rolstoelen', '[2019-01-01,2022-01-01)', 'GM9901', '2025-01-01') g;
UPDATE wmo.contract_scope SET source_id = 909 WHERE contract_id = 901;
SELECT g.kind, g.reason, g.certainty, g.days FROM wmo.coverage_gaps('rolstoelen', '[2019-01-01,2022-01-01)', 'GM9901', '2025-01-01') g ORDER BY g.days;
SELECT 'the answer', a.certainty FROM wmo.providers_in_area('GM9901', 'rolstoelen', '2020-06-01', 40) a;
ROLLBACK;
