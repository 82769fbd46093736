-- Explanations: every rule that was looked at, with its verdict; the answer at the end is the answer of the question.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set entered :here '/sql/include/entered.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :entered
\i :registry

SELECT pg_temp.area(1, 'Een', code => 'GM1950'), pg_temp.area(2, 'Twee', 'schematic'), pg_temp.area(3, 'Vormloos', NULL);
INSERT INTO wmo.award (id, decided, sent, standstill) VALUES (1, '[2019-07-09,2019-07-09]', '[2019-07-10,2019-07-10]', wmo.objection_period('standstill', '2019-07-10'));
SELECT pg_temp.contract(1, '[2020-01-01,2022-01-01)+P1Y notice P3M', 1, ages => '[18,75)', award => 1),
       pg_temp.contract(2, '[2020-01-01,2022-01-01)', 1, supplier => 3, clients => 'existing', existing_on => '2019-12-31', choice => 'shared'),
       pg_temp.contract(3, '[2020-01-01,?)', 2, supplier => NULL, choice => 'client_choice'),
       pg_temp.contract(4, '[2020-01-01,2022-01-01)', 3, service => 40);
UPDATE wmo.contract SET supplier_count = 80, approximate = true WHERE id = 3;
INSERT INTO wmo.client_stop (contract_id, during) VALUES (1, '[2021-06-01,)');

CREATE FUNCTION pg_temp.explain(n integer, service text, day date, age integer DEFAULT 40, current_provider integer DEFAULT NULL, client_since date DEFAULT NULL, as_of date DEFAULT NULL)
RETURNS TABLE (step integer, contract text, provider text, rule text, verdict text, explanation text) LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY EXECUTE format('SELECT * FROM wmo.explain_providers_at(%L, %L, %L, %L, %L, %L, %L) ORDER BY step', pg_temp.point(n), service, day, age, current_provider, client_since, coalesce(as_of, day));
END
$$;
SELECT * FROM pg_temp.explain(1, 'hulp_bij_het_huishouden', '2020-06-01');
SELECT * FROM pg_temp.explain(1, 'hulp_bij_het_huishouden', '2022-06-01', 80, as_of => '2021-10-01');
SELECT * FROM pg_temp.explain(1, 'hulp_bij_het_huishouden', '2021-06-01', 80, 3, '2015-01-01');
SELECT * FROM pg_temp.explain(2, 'hulp_bij_het_huishouden', '2020-06-01', NULL);
SELECT * FROM pg_temp.explain(1, 'kortdurend_verblijf', '2020-06-01');
SELECT * FROM pg_temp.explain(9, 'dagbesteding', '2020-06-01');
SELECT e.rule, e.verdict, e.explanation FROM wmo.explain_providers_in_area('GM1950', 'dagbesteding', '2020-06-01', 40, as_of => '2020-06-01') e ORDER BY step;
SELECT e.rule, e.verdict, e.explanation FROM wmo.explain_providers_at(NULL, 'dagbesteding', '2020-06-01', 40, as_of => '2020-06-01') e ORDER BY step;

-- an age that is not given: never without a word, and never outside a band and served at once
INSERT INTO wmo.party (id, name, kind) VALUES (901, 'Stad van de leeftijden', 'municipality'), (902, 'Voor volwassenen', 'provider'), (903, 'Voor ouderen', 'provider'), (904, 'Voor ieder', 'provider');
INSERT INTO wmo.area (id, name, code, kind, geom, geom_basis) VALUES (901, 'Leeftijdsstad', 'GM9901', 'municipality', 'SRID=28992;MULTIPOLYGON(((500000 500000,501000 500000,501000 501000,500000 501000,500000 500000)))', 'official');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (901, 'V', 901, 902, '[2015-01-01,2030-01-01)'), (902, 'O', 901, 903, '[2015-01-01,2030-01-01)'), (903, 'I', 901, 904, '[2015-01-01,2030-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages) VALUES (901, wmo.service_id('dagbesteding'), 901, '[18,)'), (902, wmo.service_id('kortdurend_verblijf'), 901, '[75,)'), (903, wmo.service_id('begeleiding'), 901, '[0,)');
SELECT s, a, p.certainty, p.reason, wmo.answer_at('SRID=28992;POINT(500500 500500)', s, '2020-01-01', a), wmo.provider_at('SRID=28992;POINT(500500 500500)', s, '2020-01-01', a)
FROM unnest('{dagbesteding,kortdurend_verblijf,begeleiding}'::text[]) s CROSS JOIN unnest('{NULL,80}'::integer[]) a CROSS JOIN LATERAL wmo.providers_in_area('GM9901', s, '2020-01-01', a) p ORDER BY 1, 2;
SELECT s, e.rule, e.verdict, e.explanation FROM unnest('{dagbesteding,kortdurend_verblijf,begeleiding}'::text[]) s CROSS JOIN LATERAL wmo.explain_providers_in_area('GM9901', s, '2020-01-01') e
WHERE e.rule IN ('age', 'certainty') ORDER BY s, e.step;
ROLLBACK;
