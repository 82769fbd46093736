\set ECHO none
-- A small town in hectares, in two editions of its code, with what is contracted in it and around it.
CREATE FUNCTION pg_temp.ha(x integer, y integer, wide integer, high integer) RETURNS text LANGUAGE sql AS $$
  SELECT format('SRID=28992;MULTIPOLYGON(((%1$s %2$s,%3$s %2$s,%3$s %4$s,%1$s %4$s,%1$s %2$s)))', x * 100, y * 100, (x + wide) * 100, (y + high) * 100)
$$;
DO $$
BEGIN
  EXECUTE format($i$INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis) VALUES
    (1, 'GM0014', 'Stad', 'municipality', '(,2019-01-01)', %L, 'official'),
    (2, 'GM0014', 'Stad', 'municipality', '[2019-01-01,)', %L, 'official'),
    (3, 'GM0009', 'Dorp', 'municipality', '(,2019-01-01)', %L, 'official'),
    (4, NULL, 'Oost', 'working_area', '(,)', %L, 'official'),
    (5, 'GM0060', 'Eiland', 'municipality', '(,)', NULL, NULL),
    (6, 'WK006000', 'Oosterend', 'district', '(,)', NULL, NULL),
    (7, NULL, 'Waddenkring', 'region', '(,)', NULL, NULL),
    (8, 'GM0088', 'Ander eiland', 'municipality', '(,)', NULL, NULL),
    (9, NULL, 'Buitengebied', 'working_area', '(,)', NULL, NULL)$i$,
    pg_temp.ha(0, 0, 4, 4), pg_temp.ha(0, 0, 6, 4), pg_temp.ha(4, 0, 2, 4), pg_temp.ha(2, 0, 2, 4));
END
$$;
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (7, 5), (7, 8);
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Stad', 'municipality'), (2, 'Appel', 'provider'), (3, 'Peer', 'provider');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES
  (1, 'stad', 1, 2, '[2018-01-01,2020-01-01)+P1Y notice P3M'),
  (2, 'oost', 1, 3, '[2019-01-01,2022-01-01)'),
  (3, 'dorp', 1, NULL, '[2018-01-01,2020-07-01)'),
  (4, 'eiland', 1, 2, '[2018-01-01,?)'),
  (5, 'kring', 1, 3, '[2019-01-01,2020-01-01)'),
  (6, 'nergens', 1, 3, '[2018-01-01,2020-01-01)'),
  (7, 'buiten', 1, 2, '[2018-01-01,2020-01-01)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, clients, choice) VALUES
  (1, wmo.service_id('hulp_bij_het_huishouden'), 1, '[18,75)', 'all', 'shared'),
  (2, wmo.service_id('hulp_bij_het_huishouden'), 4, '[18,)', 'all', 'exclusive'),
  (3, wmo.service_id('hulp_bij_het_huishouden'), 3, '[18,)', 'all', 'exclusive'),
  (2, wmo.service_id('hulp_bij_het_huishouden'), 3, '[18,)', 'existing', 'unknown'),
  (4, wmo.service_id('kortdurend_verblijf'), 5, '[18,)', 'all', 'exclusive'),
  (5, wmo.service_id('kortdurend_verblijf'), 7, '[75,)', 'all', 'exclusive'),
  (6, wmo.service_id('opvang_na_geweld'), NULL, '[18,)', 'all', 'unknown'),
  (7, wmo.service_id('sociale_activering'), 9, '[18,)', 'all', 'exclusive'),
  (7, wmo.service_id('dagbegeleiding'), 2, '[18,)', 'all', 'exclusive');
INSERT INTO wmo.client_stop (contract_id, during) VALUES (3, '[2019-06-01,2019-07-01)');
\set ECHO all
