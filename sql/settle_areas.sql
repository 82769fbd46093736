-- An area holds for days on which its code meant one territory: Groningen took in Haren and Ten Boer on 2019-01-01, Amsterdam
-- Weesp on 2022-03-24. A boundary of 2022 says nothing of a contract of 2017, in whatever order list and file come.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set tiles :here '/sql/include/tiles.sql'
\i :verdict
\i :tiles
-- from west to east: old Groningen (0-2), Haren (2-3), Winsum (3-5, all of it Het Hogeland later), Amsterdam (5-6), Weesp (6-7)
SELECT pg_temp.staging('g2018', '{gemeentecode,gemeentenaam}');
INSERT INTO pg_temp.g2018 VALUES ('GM0014', 'Groningen', pg_temp.box(0, 0, 2, 1)), ('GM0017', 'Haren', pg_temp.box(2, 0, 3, 1)), ('GM0363', 'Amsterdam', pg_temp.box(5, 0, 6, 1));
SELECT pg_temp.staging('g2022', '{gemeentecode,gemeentenaam}');
INSERT INTO pg_temp.g2022 VALUES ('GM0014', 'Groningen', pg_temp.box(0, 0, 3, 1)), ('GM1966', 'Het Hogeland', pg_temp.box(3, 0, 5, 1)), ('GM0363', 'Amsterdam', pg_temp.box(5, 0, 6, 1));
CREATE TEMPORARY TABLE sheet (line integer, "Contractnummer" text, "Aanbieder" text, "Dienst" text DEFAULT 'begeleiding', "Gemeenten" text, "Begindatum" text, "Einddatum t/m" text DEFAULT '31-12-2026')
  ON COMMIT DROP;
INSERT INTO sheet VALUES (2, 'A', 'Zorg A', DEFAULT, 'Groningen', '01-01-2017'), (3, 'B', 'Zorg B', DEFAULT, 'GM0014', '01-01-2018'), (4, 'C', 'Zorg C', DEFAULT, 'Groningen', '01-01-2020');
CREATE FUNCTION pg_temp.list() RETURNS SETOF text LANGUAGE sql AS $$
  SELECT concat_ws(': ', f.line, f.outcome, f.message) FROM wmo.load_contract_list('pg_temp.sheet', buyer => 'Gemeente Ergens') f WHERE f.outcome <> 'added' ORDER BY f.line, f.message $$;
CREATE FUNCTION pg_temp.areas() RETURNS TABLE (code text, name text, valid daterange, shape boolean, contracts text, parts text) LANGUAGE sql AS $$
  SELECT a.code::text, a.name, a.valid, a.geom IS NOT NULL,
         (SELECT string_agg(c.number, ' ' ORDER BY c.number) FROM wmo.contract_scope s JOIN wmo.contract c ON c.id = s.contract_id WHERE s.area_id = a.id),
         (SELECT string_agg(p.name, ', ' ORDER BY p.name) FROM wmo.area_part ap JOIN wmo.area p ON p.id = ap.part_id WHERE ap.whole_id = a.id)
  FROM wmo.area a ORDER BY a.code::text, a.valid $$;
CREATE FUNCTION pg_temp.answers(codes boolean DEFAULT true) RETURNS TABLE (place text, on_date date, answer text) LANGUAGE sql AS $$
  SELECT p.place, d, string_agg(concat_ws(' ', r.number, CASE WHEN r.found THEN r.certainty ELSE 'not found: ' || r.reason END, nullif(r.covers, 'whole')), ', ' ORDER BY r.ord)
  FROM (VALUES ('1 old Groningen', 'POINT(500 500)'), ('2 Haren', 'POINT(2500 500)'), ('3 Amsterdam', 'POINT(5500 500)')) p (place, point)
  CROSS JOIN unnest('{2018-06-01,2020-06-01,2023-06-01}'::date[]) d
  CROSS JOIN LATERAL wmo.providers_at(('SRID=28992;' || p.point)::text, 'begeleiding', d, 40) r GROUP BY 1, 2
  UNION ALL
  SELECT c, d, string_agg(concat_ws(' ', r.number, CASE WHEN r.found THEN r.certainty ELSE 'not found: ' || r.reason END, nullif(r.covers, 'whole')), ', ' ORDER BY r.ord)
  FROM unnest('{GM0014,GM0017,GM0363}'::text[]) c CROSS JOIN unnest('{2018-06-01,2020-06-01,2023-06-01}'::date[]) d
  CROSS JOIN LATERAL wmo.providers_in_area(c, 'begeleiding', d, 40) r WHERE codes GROUP BY 1, 2 ORDER BY 1, 2 $$;

-- ---- the days on which a code meant one territory ---------------------------------------------------------------------------
SELECT e.code, e.days FROM wmo_works.municipality_era e WHERE e.code IN ('GM0014', 'GM0017', 'GM0344', 'GM0363', 'GM0241', 'GM1966', 'GM0080') ORDER BY 1, 2;
SELECT c, d, wmo_works.code_era(c::wmo.area_code, d) FROM unnest('{GM0014,WK001400,GM0017,GM9001}'::text[]) c CROSS JOIN unnest('{2017-01-01,2019-01-01,infinity}'::date[]) d ORDER BY 1, 2;
-- where ground lies later: Groesbeek got Millingen in 2015 and became Berg en Dal in 2016; Winsum was divided
SELECT c, v, h.* FROM (VALUES ('GM0014', '(,2019-01-01)'::daterange), ('GM0014', '(,)'), ('GM0265', '(,2015-01-01)'), ('GM0053', '(,2019-01-01)'), ('BU00170001', '(,2018-01-01)'), ('GM9001', '(,2018-01-01)')) q (c, v)
CROSS JOIN LATERAL wmo_works.code_holders(q.c::wmo.area_code, q.v) h ORDER BY 1, 2, 3;
SELECT * FROM wmo_works.codes_held('GM1945') ORDER BY 1;

-- ---- a list, then the boundaries of 2022 -------------------------------------------------------------------------------------
SAVEPOINT nothing;
SELECT * FROM pg_temp.list();
SELECT * FROM pg_temp.areas();
SELECT * FROM pg_temp.answers();
SELECT * FROM pg_temp.load('g2022', '2022-01-01');
SELECT * FROM pg_temp.load('g2022', '2022-01-01');
SELECT * FROM pg_temp.areas();
SELECT * FROM pg_temp.answers();
-- the list again changes nothing; the boundaries of 2018 tell what was not known
SELECT * FROM pg_temp.list() l WHERE l !~ 'noted';
SELECT * FROM pg_temp.load('g2018', '2018-01-01');
SELECT * FROM pg_temp.areas();
SELECT * FROM pg_temp.answers();
SELECT count(*) FROM wmo.check_standing();
ROLLBACK TO nothing;

-- ---- the boundaries first ------------------------------------------------------------------------------------------------------
SELECT * FROM pg_temp.load('g2022', '2022-01-01');
SELECT * FROM pg_temp.list();
SELECT * FROM pg_temp.areas();
SELECT * FROM pg_temp.answers();
ROLLBACK TO nothing;

-- ---- boundaries of before: what grew out of them is made of them; where Ten Boer lies nobody said ------------------------------
SELECT * FROM pg_temp.load('g2018', '2018-01-01');
SELECT * FROM pg_temp.list();
SELECT * FROM pg_temp.areas();
SELECT * FROM pg_temp.answers(false);
ROLLBACK TO nothing;

-- ---- a registry that joined them already: one area for all days, with the shape of 2022 and what is said of its contracts ------
INSERT INTO wmo.area (id, code, name, kind, valid) VALUES (1, 'GM0014', 'Groningen', 'municipality', '(,)'), (2, NULL, 'Oost', 'working_area', '(,)');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (1, 2);
UPDATE wmo.area SET geom = public.st_multi(pg_temp.box(0, 0, 3, 1)::public.geometry), geom_basis = 'official' WHERE id = 1;
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Gemeente Ergens', 'municipality'), (2, 'Zorg', 'provider');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, signed_on) VALUES (1, 'oud', 1, 2, '[2017-01-01,2027-01-01)', '2016-12-01'), (2, 'nieuw', 1, 2, '[2020-01-01,2027-01-01)', '2019-12-01');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) SELECT c, wmo.service_id('begeleiding'), 1 FROM unnest('{1,2}'::int[]) c;
INSERT INTO wmo.client_stop (id, contract_id, area_id, during) VALUES (1, 1, 1, '[2018-01-01,2018-02-01)'), (2, 2, 1, '[2021-01-01,2021-02-01)');
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, area_id, until) VALUES (1, 1, 'suspension', '2018-02-01', '2018-03-01', 1, '2018-04-01');
DELETE FROM sheet WHERE line <> 3;
SELECT * FROM pg_temp.list();
SELECT * FROM pg_temp.areas();
SELECT s.id, a.valid FROM wmo.client_stop s JOIN wmo.area a ON a.id = s.area_id ORDER BY 1;
SELECT a.valid FROM wmo.contract_change ch JOIN wmo.area a ON a.id = ch.area_id;
SELECT * FROM pg_temp.answers(false) WHERE on_date < '2021-01-01';
-- the stop and the suspension hold where the contract does
SELECT p.number, p.reason FROM wmo.providers_in_area('GM0014', 'begeleiding', '2018-01-15') p ORDER BY 1;
SELECT p.number, p.reason FROM wmo.providers_in_area('GM0014', 'begeleiding', '2018-03-15') p ORDER BY 1;
SELECT count(*) FROM wmo.check_standing();
ROLLBACK TO nothing;

-- ---- a municipality of later days: before it existed that its ground was meant is a reading; a file of another day is told ------
DELETE FROM sheet;
INSERT INTO sheet VALUES (2, 'H', 'Zorg A', DEFAULT, 'Het Hogeland', '01-01-2017');
SELECT * FROM pg_temp.load('g2022', '2022-01-01');
SELECT * FROM pg_temp.list();
SELECT d, p.number, p.found, p.certainty, p.reason FROM unnest('{2018-06-01,2020-06-01,2023-06-01}'::date[]) d CROSS JOIN LATERAL wmo.providers_at('SRID=28992;POINT(3500 500)'::text, 'begeleiding', d, 40) p ORDER BY d;
SELECT count(*) FROM wmo.load_areas('pg_temp.g2022', '2018-01-01');
ROLLBACK TO nothing;

-- ---- two rows that become one: the contracts of before stay those of before -----------------------------------------------------
INSERT INTO wmo.area (id, code, name, kind, valid) VALUES (1, NULL, 'Groningen', 'municipality', '(,)'), (2, 'GM0014', 'Groningen', 'municipality', '[2022-01-01,)');
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Gemeente Ergens', 'municipality'), (2, 'Zorg', 'provider');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, signed_on) VALUES (1, 'oud', 1, 2, '[2017-01-01,2027-01-01)', '2016-12-01');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id) VALUES (1, wmo.service_id('begeleiding'), 1);
SELECT * FROM wmo.merge_areas(1, 2);
SELECT * FROM pg_temp.areas();
ROLLBACK;
