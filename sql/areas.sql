-- Loading boundaries: the columns of every edition of CBS and PDOK, and what becomes of the editions that are there.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set tiles :here '/sql/include/tiles.sql'
\i :verdict
\i :tiles

-- ---- an edition: land and water of one code, islands, ground abroad, a bow tie ---------------------------------------------
SELECT pg_temp.staging('g2018', '{GM_CODE,GM_NAAM,H2O}');
INSERT INTO pg_temp.g2018 VALUES
  ('GM0001', 'Een', 'NEE', pg_temp.box(0, 0, 1, 1)), ('GM0001', 'Een', 'JA', pg_temp.box(0, 1, 1, 2)),
  ('GM0002', 'Twee', 'NEE', pg_temp.box(1, 0, 2, 1)),
  ('GM0011', 'Drie (Z.)', 'NEE', pg_temp.box(2, 0, 3, 1)), ('GM0011', 'Drie (Z.)', 'NEE', pg_temp.box(5, 5, 6, 6)),
  ('GM0004', 'Vier', 'NEE', pg_temp.box(0, 2, 3, 3)),
  ('GM0012', 'Vijf', 'NEE', 'SRID=28992;POLYGON((4000 0,5000 1000,5000 0,4000 1000,4000 0))'),
  ('GM0744', 'Baarle', 'B', pg_temp.box(8, 8, 9, 9)), ('GM0998', 'Buitenland', 'NEE', pg_temp.box(7, 7, 8, 8));
SELECT s.code, s.name, s.area_kind, s.rows, s.fault, s.repaired, wmo_works.surface(s.shape) AS square_metres FROM wmo_works.staged_areas('pg_temp.g2018') s ORDER BY s.code;
-- a strict reader refuses the bow tie, a lenient one repairs it: twice the same otherwise
SELECT * FROM pg_temp.load('g2018', '2018-01-01', repair => false);
SELECT * FROM pg_temp.load('g2018', '2018-01-01');
SELECT * FROM pg_temp.load('g2018', '2018-01-01');
SELECT code, wmo_works.surface(geom), geom_basis, kind FROM wmo.area WHERE code IS NOT NULL ORDER BY code;

-- ---- the next: One takes Two in, Three is renamed, Four moves its border, Five is not in the file and keeps its ground ------
SELECT pg_temp.staging('g2019', '{gemeentecode,gemeentenaam}');
INSERT INTO pg_temp.g2019 VALUES
  ('1', 'Een', pg_temp.box(0, 0, 2, 1)), ('1', 'Een', pg_temp.box(0, 1, 1, 2)),
  ('11', 'Nieuw-Drie', pg_temp.box(2, 0, 3, 1)), ('11', 'Nieuw-Drie', pg_temp.box(5, 5, 6, 6)),
  ('4', 'Vier', pg_temp.box(0, 2, 3, 3.01)),
  ('6', 'Zes', pg_temp.box(10, 10, 11, 11));
SELECT * FROM pg_temp.load('g2019', '2019-01-01', tolerance => 0.02);
SELECT * FROM pg_temp.load('g2019', '2019-01-01', tolerance => 0.02);
-- exactly: the border of Four has moved after all, and the edition of that very day is the one that it belongs to
SELECT * FROM pg_temp.load('g2019', '2019-01-01') WHERE done <> 'unchanged';
-- another spelling is no other name, and another format no other border: a file that went through degrees comes back a hair
-- beside itself (9 millimetres; 11 is a difference)
SELECT pg_temp.staging('g2019_again', '{gemeentecode,gemeentenaam}');
INSERT INTO pg_temp.g2019_again VALUES ('4', E'VIER \n (Z.)', pg_temp.box(0, 2, 3.000009, 3.01)), ('6', 'Zes', pg_temp.box(10, 10, 11.000011, 11));
SELECT * FROM pg_temp.load('g2019_again', '2019-01-01');
DELETE FROM pg_temp.g2019_again WHERE gemeentecode = '4';
UPDATE pg_temp.g2019_again SET geom = pg_temp.box(10, 10, 11, 11);
SELECT * FROM pg_temp.load('g2019_again', '2019-01-01');
-- the same ground from another first vertex, the other way round, with a vertex more
UPDATE pg_temp.g2019_again SET geom = 'SRID=28992;POLYGON((11000 11000,11000 10000,10500 10000,10000 10000,10000 11000,11000 11000))';
SELECT * FROM pg_temp.load('g2019_again', '2019-01-01');
-- the file is all there is: Five is no more
SELECT * FROM pg_temp.load('g2019', '2019-01-01', complete => true) WHERE done <> 'unchanged';

-- another code on the ground of an area that begins on the same day: one of the two files is wrong, and a person must say which
SELECT pg_temp.staging('g2019_wrong', '{gemeentecode,gemeentenaam}');
INSERT INTO pg_temp.g2019_wrong VALUES ('66', 'Zessenzestig', pg_temp.box(10, 10, 11, 11));
SELECT * FROM pg_temp.load('g2019_wrong', '2019-01-01');
DELETE FROM wmo.area WHERE code::text = 'GM0066';

-- ---- an older edition comes last: what is the same begins earlier, what others took over ends on that day -----------------
SELECT pg_temp.staging('g2017', '{statcode,statnaam}');
INSERT INTO pg_temp.g2017 VALUES
  ('GM0001', 'Een', pg_temp.box(0, 0, 1, 2)), ('GM0002', 'Twee', pg_temp.box(1, 0, 2, 1)), ('GM0004', 'Vier', pg_temp.box(0, 2, 3, 3)),
  ('GM0013', 'Zeven', pg_temp.box(10, 10, 10.6, 11)), ('GM0008', 'Acht', pg_temp.box(10.6, 10, 11, 11));
SELECT * FROM pg_temp.load('g2017', '2017-01-01');
SELECT code, name, valid FROM wmo.area WHERE code IS NOT NULL ORDER BY code, valid;

-- ---- names only: the registry knows their codes ---------------------------------------------------------------------------
SELECT pg_temp.staging('names', '{naam}');
INSERT INTO pg_temp.names VALUES ('Drie (Z.)', pg_temp.box(2, 0, 3, 1)), ('VIER', pg_temp.box(0, 2, 3, 3.01)), ('Nergens', pg_temp.box(20, 20, 21, 21));
SELECT part, words FROM pg_temp.whole_error($$SELECT * FROM wmo.load_areas('pg_temp.names', '2020-01-01')$$);
SELECT * FROM pg_temp.load('names', '2020-01-01', 'municipality');
SELECT * FROM pg_temp.load('names', '2020-01-01', 'municipality');

-- ---- areas that were recorded before their boundaries came -------------------------------------------------------------------
INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis) VALUES
  (901, 'WK001600', 'Het centrum', 'district', '(,)', NULL, NULL),
  (902, 'WK001601', 'Oost', 'district', '[2010-01-01,)', 'SRID=28992;MULTIPOLYGON(((0 0,9 0,9 9,0 0)))', 'schematic');
SELECT pg_temp.staging('w2022', '{wijkcode,wijknaam}');
INSERT INTO pg_temp.w2022 VALUES ('WK001600', 'Centrum', pg_temp.box(30, 30, 31, 31)), ('WK001601', 'Oost', pg_temp.box(31, 30, 32, 31));
SELECT * FROM pg_temp.load('w2022', '2022-01-01');
SELECT id, name, valid, geom_basis, wmo_works.surface(geom) FROM wmo.area WHERE id IN (901, 902) ORDER BY id;

-- ---- from degrees, and what cannot be loaded ------------------------------------------------------------------------------
SELECT pg_temp.staging('degrees', '{code}');
INSERT INTO pg_temp.degrees VALUES ('BU00140000', 'SRID=4326;POLYGON((5.38 52.15,5.39 52.15,5.39 52.16,5.38 52.16,5.38 52.15))'), ('BU00140001', 'SRID=4326;POINT(5.38 52.15)'), ('BU00140002', NULL);
SELECT * FROM pg_temp.load('degrees', '2022-01-01');
SELECT round(wmo_works.surface(geom)) BETWEEN 750000 AND 770000 AS about_761_by_684_metres FROM wmo.area WHERE code::text = 'BU00140000';
INSERT INTO pg_temp.degrees VALUES ('BU00140003', 'POLYGON((0 0,1 0,1 1,0 0))');
SELECT part, words FROM pg_temp.whole_error($$SELECT * FROM wmo.load_areas('pg_temp.degrees', '2022-01-01')$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT * FROM wmo.load_areas('pg_temp.w2022', NULL)$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT * FROM wmo.load_areas('pg_temp.w2022', 'infinity')$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT * FROM wmo.load_areas('pg_temp.w2022', '2022-01-01', 'wijk')$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT * FROM wmo.load_areas('pg_temp.w2022', '2022-01-01', 'municipality')$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT * FROM wmo.load_areas('pg_temp.w2022', '2022-01-01', tolerance => 2)$$);
-- ---- what is no area is said, not lost -------------------------------------------------------------------------------------
SELECT pg_temp.staging('odd', '{statcode,statnaam}');
SELECT part, words FROM pg_temp.whole_error($$SELECT * FROM wmo.load_areas('pg_temp.odd', '2022-01-01')$$);
INSERT INTO pg_temp.odd VALUES
  ('GM0901', 'Goed', pg_temp.box(40, 40, 41, 41)), ('GM0901', 'Ook goed', pg_temp.box(41, 40, 42, 41)),
  ('', 'Zonder code', pg_temp.box(42, 40, 43, 41)), (NULL, NULL, pg_temp.box(43, 40, 44, 41)), ('XX99', 'Rare code', pg_temp.box(44, 40, 45, 41)),
  ('GM0902', 'Graden als meters', 'SRID=28992;POLYGON((5.38 52.15,5.39 52.15,5.39 52.16,5.38 52.15))'),
  ('GM0903', 'Omgewisselde assen', 'SRID=4326;POLYGON((52.15 5.38,52.16 5.38,52.16 5.39,52.15 5.38))'),
  ('GM0904', 'Oneindig', 'SRID=28992;POLYGON((0 0,1e300 0,1e300 1e300,0 0))'),
  ('GM0998', 'Buitenland', pg_temp.box(45, 40, 46, 41));
SELECT * FROM pg_temp.load('odd', '2022-01-01');
SELECT code, name FROM wmo.area WHERE code::text ~ '^GM09';

-- a table of the user's own is left alone, and nothing of the loader stays in the session
CREATE TEMPORARY TABLE area_load AS SELECT 'mine' AS whose;
SELECT count(*) AS tables FROM pg_class c WHERE c.relpersistence = 't' AND c.relkind = 'r' \gset
SELECT count(*) > 0 AS loaded FROM pg_temp.load('odd', '2022-01-01');
SELECT whose FROM pg_temp.area_load;
SELECT count(*) = :tables AS no_more_tables FROM pg_class c WHERE c.relpersistence = 't' AND c.relkind = 'r';
ROLLBACK;
