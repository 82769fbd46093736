-- Every fact of the demo refers to its source, and what is our reading says so.
\ir ../answers.psql
BEGIN;
SELECT no_plan();

SELECT is((xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM wmo.%I WHERE source_id IS NULL', t), true, true, '')))[1]::text, '0',
  'every row of ' || t || ' has its source')
FROM unnest(ARRAY['party', 'party_alias', 'consortium_member', 'area', 'area_part', 'tender', 'tender_buyer', 'lot', 'award', 'contract',
                  'contract_scope', 'subcontract', 'access_point']) t;
SELECT is((SELECT count(*) FROM wmo.source WHERE wording IS NULL), 0::bigint, 'every source has its wording');
SELECT is((SELECT count(*) FROM wmo.source WHERE basis = 'inferred' AND reading IS NULL), 0::bigint, 'every inferred source says how it was read');
SELECT is((SELECT count(*) FROM wmo.source WHERE wording ~* 'wethouder'), 0::bigint, 'no person is named');
SELECT is((SELECT count(*) FROM wmo.party WHERE natural_person), 0::bigint, 'no party is a person');

-- no article says that it tells of every contract: nobody is never sure
SELECT is((SELECT count(*) FROM wmo.registry_completeness), 0::bigint, 'nothing is declared complete');
SELECT is_empty($$SELECT 1 FROM unnest(ARRAY['GM0014', 'GM0080', 'GM0687', 'GM1969', 'GM0344']) asked CROSS JOIN wmo.service s
                  CROSS JOIN unnest(ARRAY['2015-01-01', '2020-12-31', '2023-06-01']::date[]) day CROSS JOIN LATERAL wmo.providers_in_area(asked::wmo.area_code, s.code, day, 40) p
                  WHERE p.complete$$, 'so no answer is complete');

-- readings that must not pass for facts
SELECT results_eq(
  $$SELECT DISTINCT c.number, s.basis FROM wmo.contract_scope cs JOIN wmo.contract c ON c.id = cs.contract_id JOIN wmo.source s ON s.id = cs.source_id
    WHERE c.number IN ('WK-2023 MIEP', 'WK-2022 18-75', 'GR-2019 Oost', 'LW-2021 HFL') ORDER BY 1$$,
  $$VALUES ('GR-2019 Oost', 'stated'), ('LW-2021 HFL', 'stated'), ('WK-2022 18-75', 'stated'), ('WK-2023 MIEP', 'inferred')$$,
  'the gebieden of Westerkwartier are a reading; the other areas are stated');
SELECT is((SELECT count(*) FROM wmo.party WHERE name = 'De Nieuwe Zorg Thuis' OR name = 'DNZT'), 1::bigint, 'DNZT is one party under two names');

-- Areas of one municipality never lie over one another.
SELECT is_empty($$SELECT a.name, b.name FROM wmo.area a JOIN wmo.area b ON a.id < b.id
                  WHERE a.geom_basis = 'schematic' AND b.geom_basis = 'schematic' AND ST_Area(ST_Intersection(a.geom, b.geom)) > 1
                    AND NOT EXISTS (SELECT FROM wmo.area_part p WHERE (p.whole_id, p.part_id) IN ((a.id, b.id), (b.id, a.id)))
                    AND a.code::text IS DISTINCT FROM b.code::text$$, 'drawn areas do not overlap');
SELECT is((SELECT array_agg(DISTINCT geom_basis) FROM wmo.area), ARRAY['schematic'], 'every area is drawn and says so');
SELECT is((SELECT count(*) FROM wmo_works.exclusive_claim_due d WHERE NOT EXISTS
            (SELECT FROM wmo.exclusive_claim e WHERE (e.scope_id, e.service_id, e.area_id, e.ages, e.during) = (d.scope_id, d.service_id, d.area_id, d.ages, d.during))), 0::bigint,
  'every exclusive scope holds its claim');

SELECT * FROM finish();
ROLLBACK;
