-- Where no boundary is known: beside a drawing, in an area without a shape, and what only a stop or a subcontract names.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry
CREATE FUNCTION pg_temp.word(square numeric, service text) RETURNS TABLE (answer text, complete boolean) LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY EXECUTE format('SELECT wmo.answer_at(%1$L, %2$L, ''2020-06-01'', 40), (SELECT bool_and(p.complete) FROM wmo.providers_at(%1$L, %2$L, ''2020-06-01'', 40) p)', pg_temp.point(square), service);
END
$$;

-- ---- beside a drawing: no sure nobody, and no nearest reason either -----------------------------------------------------
SELECT pg_temp.area(1, 'Een'), pg_temp.area(2, 'Getekend', 'schematic'), pg_temp.area(3, 'Drie');
SELECT pg_temp.contract(1, '[2018-01-01,2019-01-01)', 1), pg_temp.contract(2, '[2020-01-01,2022-01-01)', 2);
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (1, '[2017-01-01,2022-12-31]'), (2, '[2017-01-01,2022-12-31]'), (3, '[2017-01-01,2022-12-31]');
SELECT n, w.* FROM unnest('{1,2,3}'::integer[]) n, pg_temp.word(n, 'hulp_bij_het_huishouden') w;
SELECT x.rule, x.contract, x.verdict, x.explanation FROM wmo.explain_providers_at(pg_temp.point(1), 'hulp_bij_het_huishouden', '2020-06-01', 40, as_of => '2020-06-01') x WHERE x.rule IN ('area', 'place', 'registry', 'answer') ORDER BY x.step;
-- of another service it says nothing
SELECT n, w.* FROM unnest('{1,3}'::integer[]) n, pg_temp.word(n, 'dagbesteding') w;
-- gaps are as sure: by a contract of no name, for what is drawn says that it is elsewhere
SELECT g.kind, g.reason, g.area, g.contracts FROM wmo.coverage_gaps_in('hulp_bij_het_huishouden', '[2020-06-01,2020-06-01]', '{1,3}', '2020-06-01') g ORDER BY g.area;
SELECT g.kind, g.reason, g.area FROM wmo.coverage_gaps_in('dagbesteding', '[2020-06-01,2020-06-01]', '{1,3}', '2020-06-01') g ORDER BY g.area;
-- within a boundary it lies nowhere else
SAVEPOINT within;
INSERT INTO wmo.area (id, name, kind, geom, geom_basis) VALUES (102, 'Om twee', 'other', pg_temp.square(2)::public.geometry, 'official');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (102, 2);
SELECT n, w.* FROM unnest('{1,3}'::integer[]) n, pg_temp.word(n, 'hulp_bij_het_huishouden') w;
SELECT g.kind, g.reason, g.area FROM wmo.coverage_gaps_in('hulp_bij_het_huishouden', '[2020-06-01,2020-06-01]', '{1,3}', '2020-06-01') g ORDER BY g.area;
ROLLBACK TO within;
-- nor, within the boundary of one code, in another
SAVEPOINT codes;
UPDATE wmo.area SET code = 'GM0014', kind = 'municipality' WHERE id = 1;
UPDATE wmo.area SET code = 'GM0106', kind = 'municipality' WHERE id = 2;
SELECT n, w.* FROM unnest('{1,3}'::integer[]) n, pg_temp.word(n, 'hulp_bij_het_huishouden') w;
ROLLBACK TO codes;
-- nor is one that we read in a source which does not state it, by place, in a gap and by its code; it keeps nothing out either
SAVEPOINT inferred;
UPDATE wmo.area SET geom_basis = 'derived' WHERE id = 2;
SELECT 'stated', n, w.* FROM unnest('{1,2,3}'::integer[]) n, pg_temp.word(n, 'hulp_bij_het_huishouden') w;
UPDATE wmo.area SET source_id = 2 WHERE id = 2;
SELECT 'inferred', n, w.* FROM unnest('{1,2,3}'::integer[]) n, pg_temp.word(n, 'hulp_bij_het_huishouden') w;
SELECT x.rule, x.contract, x.verdict, x.explanation FROM wmo.explain_providers_at(pg_temp.point(1), 'hulp_bij_het_huishouden', '2020-06-01', 40, as_of => '2020-06-01') x WHERE x.rule IN ('area', 'place', 'registry', 'answer') ORDER BY x.step;
SELECT g.kind, g.reason, g.area, g.contracts FROM wmo.coverage_gaps_in('hulp_bij_het_huishouden', '[2020-06-01,2020-06-01]', '{1,3}', '2020-06-01') g ORDER BY g.area;
UPDATE wmo.area SET code = 'WK001401' WHERE id = 3;
SELECT p.found, p.certainty, p.reason, p.complete FROM wmo.providers_in_area('WK001401', 'hulp_bij_het_huishouden', '2020-06-01', 40, as_of => '2020-06-01') p;
-- within a boundary that is one it lies nowhere else
INSERT INTO wmo.area (id, name, kind, geom, geom_basis) VALUES (102, 'Om twee', 'other', pg_temp.square(2)::public.geometry, 'official');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (102, 2);
SELECT 'in a boundary', n, w.* FROM unnest('{1,3}'::integer[]) n, pg_temp.word(n, 'hulp_bij_het_huishouden') w;
UPDATE wmo.source SET basis = 'stated', reading = NULL WHERE id = 2;
DELETE FROM wmo.area_part WHERE whole_id = 102;
SELECT 'stated after all', n, w.* FROM unnest('{1,2,3}'::integer[]) n, pg_temp.word(n, 'hulp_bij_het_huishouden') w;
ROLLBACK TO inferred;
-- a place on the border of two areas lies in both: whoever serves in one of them is there, and nobody is the one
SAVEPOINT border;
UPDATE wmo.area SET geom_basis = 'official' WHERE id = 2;
SELECT pg_temp.contract(3, '[2020-01-01,2022-01-01)', 3, supplier => 3);
SELECT p.provider, p.role, p.certainty, p.reason, p.complete FROM wmo.providers_at('SRID=28992;POINT(102500 463000)', 'hulp_bij_het_huishouden', '2020-06-01', 40) p ORDER BY p.ord;
ROLLBACK TO border;
-- a code that is drawn and a contract beside it
SAVEPOINT code;
UPDATE wmo.area SET code = 'WK001401', geom_basis = 'schematic' WHERE id = 3;
SELECT p.found, p.certainty, p.reason, p.complete FROM wmo.providers_in_area('WK001401', 'hulp_bij_het_huishouden', '2020-06-01', 40, as_of => '2020-06-01') p;
ROLLBACK TO code;

-- ---- client stops: where nobody knows whether their area holds the place ---------------------------------------------------
SELECT pg_temp.area(11, 'Elf'), pg_temp.area(12, 'Ergens', NULL), pg_temp.area(13, 'Dertien', 'schematic');
SELECT pg_temp.contract(11, '[2020-01-01,2022-01-01)', 11, service => 20);
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (11, '[2017-01-01,2022-12-31]');
CREATE FUNCTION pg_temp.stopped_in(area integer) RETURNS TABLE (found boolean, certainty text, reason text, word text, explained text) LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM wmo.client_stop;
  INSERT INTO wmo.client_stop (contract_id, during, area_id, entered_on) VALUES (11, '[2020-03-01,2020-12-31]', area, '2020-02-01');
  RETURN QUERY EXECUTE format('SELECT p.found, p.certainty, p.reason, wmo.answer_at(%1$L, ''individuele_begeleiding'', ''2020-06-01'', 40), (SELECT x.verdict || '': '' || x.explanation
    FROM wmo.explain_providers_at(%1$L, ''individuele_begeleiding'', ''2020-06-01'', 40, as_of => ''2020-06-01'') x WHERE x.rule = ''client stop'') FROM wmo.providers_at(%1$L, ''individuele_begeleiding'', ''2020-06-01'', 40, as_of => ''2020-06-01'') p', pg_temp.point(11));
END
$$;
-- named by its key: everywhere, here, in an area without a shape, beside a drawing
SELECT 'everywhere', s.* FROM pg_temp.stopped_in(NULL) s;
SELECT 'here', s.* FROM pg_temp.stopped_in(11) s;
SELECT 'without a shape', s.* FROM pg_temp.stopped_in(12) s;
SELECT 'beside a drawing', s.* FROM pg_temp.stopped_in(13) s;
SELECT 'another boundary', s.* FROM pg_temp.stopped_in(1) s;
-- within the drawing of the stop nobody can tell either
UPDATE wmo.area SET geom = pg_temp.square(11)::public.geometry WHERE id = 13;
SELECT 'in a drawing', s.* FROM pg_temp.stopped_in(13) s;
-- a code of which a part is stopped: some of it may be served
UPDATE wmo.area SET code = 'GM0014', kind = 'municipality' WHERE id = 11;
UPDATE wmo.area SET code = 'WK001402', geom_basis = 'official', geom = 'SRID=28992;MULTIPOLYGON(((110500 462500,111000 462500,111000 463500,110500 463500,110500 462500)))' WHERE id = 13;
SELECT FROM pg_temp.stopped_in(13);
SELECT p.found, p.certainty, p.reason FROM wmo.providers_in_area('GM0014', 'individuele_begeleiding', '2020-06-01', 40, as_of => '2020-06-01') p;
SELECT p.found, p.certainty, p.reason FROM wmo.providers_in_area('WK001402', 'individuele_begeleiding', '2020-06-01', 40, as_of => '2020-06-01') p;
-- a gap for new clients may be there, and is not sure
SELECT FROM pg_temp.stopped_in(12);
SELECT g.kind, g.reason, g.area FROM wmo.coverage_gaps_in('individuele_begeleiding', '[2020-06-01,2020-06-01]', '{11}', '2020-06-01') g;
DELETE FROM wmo.client_stop;

-- ---- a subcontract in a smaller area ----------------------------------------------------------------------------------------
SELECT pg_temp.area(21, 'Eenentwintig');
INSERT INTO wmo.area (id, name, kind) VALUES (22, 'Deel zonder grens', 'other');
INSERT INTO wmo.area (id, name, kind, geom, geom_basis) VALUES (23, 'Westelijk deel', 'other', 'SRID=28992;MULTIPOLYGON(((120500 462500,121000 462500,121000 463500,120500 463500,120500 462500)))', 'official');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (21, 22), (21, 23);
SELECT pg_temp.contract(21, '[2020-01-01,2022-01-01)', 21, service => 30);
INSERT INTO wmo.subcontract (contract_id, party_id, area_id, entered_on) VALUES (21, 3, 22, '2019-12-01'), (21, 4, 23, '2019-12-01');
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (21, '[2017-01-01,2022-12-31]');
SELECT n, p.found, p.provider, p.role, p.certainty, p.reason, p.area, p.complete FROM unnest('{21.2,21.8}'::numeric[]) n, wmo.providers_at(format('SRID=28992;POINT(%s 463000)', 99500 + 1000 * n)::public.geometry, (SELECT s.code FROM wmo.service s WHERE s.id = 30), '2020-06-01', 40, as_of => '2020-06-01') p ORDER BY n, p.ord;
ROLLBACK;
