-- Who is served twice: two contracts that claim the same people on the same ground, on a small town.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set entered :here '/sql/include/entered.sql'
\set town :here '/sql/include/town.sql'
\i :verdict
\i :entered
\i :town

CREATE FUNCTION pg_temp.show(twice wmo.coverage_overlap[]) RETURNS TABLE (line text) LANGUAGE sql AS $$
  SELECT format('%s %s, %s %s, %s-%s, %s t/m %s; contracts %s and %s, %s m2', o.kind, o.service, o.covers, o.area, o.min_age, o.max_age, o.first_day, o.last_day,
                o.contract_id, o.other_contract_id, round(o.square_metres))
  FROM unnest(twice) o
  ORDER BY o.service COLLATE "C", o.area COLLATE "C", o.area_id, o.first_day, o.min_age, o.kind, o.covers
$$;
SELECT line FROM pg_temp.show(ARRAY(SELECT o FROM wmo.coverage_overlaps('hulp_bij_het_huishouden', '[2018-01-01,2022-07-01)', 'GM0014', '2019-06-01') o));
SELECT line FROM pg_temp.show(ARRAY(SELECT o FROM wmo.coverage_overlaps_in('kortdurend_verblijf', '[2018-01-01,2022-07-01)', ARRAY[7], '2019-06-01') o));
-- of a code that nobody has entered, and of half a question, nothing can be told
SELECT o.kind, o.service, o.area_code, o.first_day, o.last_day, o.contract_id FROM wmo.coverage_overlaps('hulp_bij_het_huishouden', '[2018-01-01,2022-07-01)', 'GM9999', '2019-06-01') o;
SELECT o.kind, o.area_code, o.first_day FROM wmo.coverage_overlaps('hulp_bij_het_huishouden', NULL, 'GM0014', '2019-06-01') o;
SELECT count(*) FROM wmo.coverage_overlaps('hulp_bij_het_huishouden', 'empty', 'GM9999', '2019-06-01');
-- a neighbour drawn 30 metres over the border
DO $$
BEGIN
  EXECUTE format($i$INSERT INTO wmo.area (id, name, kind, geom, geom_basis) VALUES (11, 'Noord', 'working_area', %L, 'derived'),
    (12, 'Zuid', 'working_area', 'SRID=28992;MULTIPOLYGON(((0 930,500 930,500 500,0 500,0 930)))', 'derived')$i$,
    pg_temp.ha(0, 9, 5, 5));
END
$$;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (11, 'noord', 1, 2, '[2019-01-01,2021-01-01)'), (12, 'zuid', 1, 3, '[2020-01-01,2022-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice)
SELECT id, wmo.service_id('individuele_begeleiding'), id, '[18,)', 'exclusive' FROM wmo.contract WHERE id > 10;
SELECT line FROM pg_temp.show(ARRAY(SELECT o FROM wmo.coverage_overlaps_in('begeleiding', '[2018-01-01,2022-07-01)', ARRAY[11, 12], '2020-06-01') o));
-- and leaves no gap
SELECT g.kind, g.reason, g.area, g.first_day, g.last_day FROM wmo.coverage_gaps_in('individuele_begeleiding', '[2020-01-01,2022-07-01)', ARRAY[11, 12], '2020-06-01') g ORDER BY g.area;

-- scopes of which one lies in the other meet a main provider once: by the gravest kind
INSERT INTO wmo.party (id, name, kind) VALUES (901, 'Stad van twee', 'municipality'), (902, 'Zorg Hoofd', 'provider'), (903, 'Zorg Naast', 'provider');
INSERT INTO wmo.area (id, name, code, kind) VALUES (901, 'Verweg', 'GM9901', 'municipality');
SET LOCAL session_replication_role = replica; -- a second main provider would be refused
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, agreed_period) VALUES (902, 'HOOFD', 901, 902, '[2015-01-01,2030-01-01)', '[2015-01-01,2030-01-01)'), (903, 'NAAST', 901, 903, '[2015-01-01,2030-01-01)', '[2015-01-01,2030-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) VALUES (902, wmo.service_id('begeleiding'), 901, 'exclusive'), (903, wmo.service_id('begeleiding'), 901, 'shared'), (903, wmo.service_id('individuele_begeleiding'), 901, 'exclusive');
SET LOCAL session_replication_role = DEFAULT;
SELECT o.kind, o.service, o.contract_id, o.other_contract_id, o.days FROM wmo.coverage_overlaps('begeleiding', '[2019-01-01,2022-01-01)', 'GM9901', '2025-01-01') o ORDER BY 2;

-- that one of the two holds no more, or takes nobody, by our reading of a source, leaves it open
INSERT INTO wmo.source (id, article, basis, reading) VALUES (901, 'Krant', 'stated', NULL), (902, 'Krant', 'inferred', 'the year is that of the paper');
DELETE FROM wmo.contract_scope WHERE contract_id = 903 AND choice = 'exclusive';
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, source_id) VALUES (903, 'early_end', '2019-06-01', '2020-01-01', 901);
SELECT o.kind, o.days FROM wmo.coverage_overlaps('begeleiding', '[2019-01-01,2022-01-01)', 'GM9901', '2025-01-01') o WHERE (o.contract_id, o.other_contract_id) = (902, 903) ORDER BY 2;
UPDATE wmo.contract_change SET source_id = 902 WHERE contract_id = 903;
SELECT o.kind, o.days FROM wmo.coverage_overlaps('begeleiding', '[2019-01-01,2022-01-01)', 'GM9901', '2025-01-01') o WHERE (o.contract_id, o.other_contract_id) = (902, 903) ORDER BY 2;
DELETE FROM wmo.contract_change WHERE contract_id = 903;
INSERT INTO wmo.client_stop (contract_id, during, known_on, source_id) VALUES (903, '[2020-01-01,2021-01-01)', '2019-12-01', 902);
SELECT o.kind, o.days FROM wmo.coverage_overlaps('begeleiding', '[2019-01-01,2022-01-01)', 'GM9901', '2025-01-01') o WHERE (o.contract_id, o.other_contract_id) = (902, 903) ORDER BY 2;
ROLLBACK;
