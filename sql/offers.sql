-- Offers: which edition is asked about on which days, at which ages a band begins or ends, and what each scope offers.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set entered :here '/sql/include/entered.sql'
\set tiles :here '/sql/include/tiles.sql'
\i :verdict
\i :entered
\i :tiles

INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Stad', 'municipality'), (2, 'Appel', 'provider'), (3, 'Peer', 'provider');
INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis) VALUES
  (1, 'GM0014', 'Stad', 'municipality', '[2015-01-01,2019-01-01)', public.ST_Multi(pg_temp.box(0, 0, 1, 1)::public.geometry), 'official'),
  (2, 'GM0014', 'Stad', 'municipality', '[2019-01-01,)', public.ST_Multi(pg_temp.box(0, 0, 2, 1)::public.geometry), 'official'),
  (3, 'WK001400', 'Centrum', 'district', '(,)', NULL, NULL);
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES
  (1, 'A', 1, 2, '[2018-01-01,2020-01-01)+P1Y notice P3M'), (2, 'B', 1, 3, '[2019-01-01,?)'), (3, 'C', 1, NULL, '[2018-01-01,2022-01-01)');
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, follows_code, ages, clients, existing_on, choice) VALUES
  (1, 1, wmo.service_id('hulp_bij_het_huishouden'), 2, true, '[18,75)', 'all', NULL, 'shared'),
  (2, 2, wmo.service_id('hulp_bij_het_huishouden'), NULL, false, '[18,)', 'all', NULL, 'unknown'),
  (3, 3, wmo.service_id('hulp_bij_het_huishouden'), 1, false, '[18,)', 'existing', '2017-12-31', 'unknown');

-- a code is asked about in the edition of the day: the first also before its first day
SELECT g.area_id, g.days FROM wmo_works.ground_asked('GM0014', '[2014-01-01,2020-01-01)') g ORDER BY g.area_id;
SELECT count(*) FROM wmo_works.ground_asked('GM0099', '[2014-01-01,2020-01-01)');
-- without a code, every area that a contract names, with the other editions of its code
SELECT g.area_id, g.days FROM wmo_works.ground_asked(NULL, '[2014-01-01,2020-01-01)') g ORDER BY g.area_id;

-- each band holds for all ages of a slice or for none
SELECT string_agg(s::text, ' ' ORDER BY s) FROM wmo_works.age_slices(ARRAY['[18,75)', '[65,)', '[0,23)']::int4range[], '[18,)') s;
SELECT string_agg(s::text, ' ' ORDER BY s) FROM wmo_works.age_slices('{}', '[18,75)') s;

-- on each day by the edition that the scope means; an option that is open; an end that is not known; an area that is not named
SELECT o.scope_id, o.provider_id, o.area_id, o.ages, o.days, o.reason, o.certainty
FROM wmo_works.offers(wmo.service_id('hulp_bij_het_huishouden'), '2019-06-01', '[18,)', '[2018-01-01,2021-01-01)') o ORDER BY o.scope_id, o.days, o.area_id;
ROLLBACK;
