-- Backwards: was this provider's product contracted here that day? Yes, no, or nobody can tell.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry
\set oracle :here '/sql/include/oracle.sql'
\i :oracle

SELECT pg_temp.area(1, 'Gemeente', 'official', 'GM1940'), pg_temp.area(2, 'Buur', 'official', 'GM1941'), pg_temp.area(3, 'Wijk', NULL, 'WK194001'), pg_temp.area(4, 'Zonder namen', 'official', 'GM1942');
INSERT INTO wmo.party_identifier (party_id, scheme, value, valid) VALUES (2, 'agb', '00000002', '(,)'), (3, 'agb', '00000003', '(,)'), (4, 'agb', '00000004', '[2020-01-01,2021-01-01)'), (5, 'agb', '00000005', '(,)');
INSERT INTO wmo.service_product (buyer_id, code, service_id, valid) VALUES (1, '01A01', 10, '(,)'), (1, '02A01', 21, '[2020-01-01,2021-01-01)'), (1, '02A01', 40, '[2021-01-01,)'), (1, '07A01', 70, '(,)');
SELECT pg_temp.contract(1, '[2020-01-01,2022-01-01)', 1, ages => '[18,75)'), pg_temp.contract(2, '[2020-01-01,2022-01-01)', 1, service => 20, supplier => 5),
       pg_temp.contract(3, '[2020-01-01,?)', 3, service => 40, supplier => 3), pg_temp.contract(4, '[2020-01-01,2022-01-01)', 4, supplier => NULL, choice => 'client_choice'),
       pg_temp.contract(5, '(?,2022-01-01)', 2, service => 70);
INSERT INTO wmo.consortium_member (consortium_id, member_id) VALUES (5, 3);
INSERT INTO wmo.subcontract (contract_id, party_id) VALUES (1, 4);
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on) VALUES (1, 'early_end', '2021-01-15', '2021-07-01');

CREATE FUNCTION pg_temp.check(agb text, product text, code text, day date, age integer DEFAULT NULL) RETURNS TABLE (contracted boolean, number text, role text, certainty text, reason text)
LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY EXECUTE format('SELECT c, f.number, f.role, f.certainty, f.reason FROM wmo.is_contracted(%1$L, %2$L, %3$L, %4$L, %5$L) c
    LEFT JOIN wmo.contract_for(%1$L, %2$L, %3$L, %4$L, %5$L) f ON true ORDER BY f.contract_id, f.role', agb, product, code, day, age);
END
$$;
CREATE TABLE pg_temp.asked AS SELECT * FROM (VALUES
  (1, 'its own contract', '00000002', '01A01', 'GM1940', '2020-06-01'::date, 40),
  (2, 'on the day before it', '00000002', '01A01', 'GM1940', '2019-12-31', 40),
  (3, 'on its last day', '00000002', '01A01', 'GM1940', '2021-06-30', 40),
  (4, 'on the day after its early end', '00000002', '01A01', 'GM1940', '2021-07-01', 40),
  (5, 'too old for it', '00000002', '01A01', 'GM1940', '2020-06-01', 75),
  (6, 'of an age that is not given', '00000002', '01A01', 'GM1940', '2020-06-01', NULL),
  (7, 'in the next municipality', '00000002', '01A01', 'GM1941', '2020-06-01', 40),
  (8, 'in a district of it', '00000002', '01A01', 'WK194001', '2020-06-01', 40),
  (9, 'a subcontractor', '00000004', '01A01', 'GM1940', '2020-06-01', 40),
  (10, 'a subcontractor, by a number it no longer has', '00000004', '01A01', 'GM1940', '2021-01-01', 40),
  (11, 'a member of a consortium', '00000003', '02A01', 'GM1940', '2020-12-31', 40),
  (12, 'the consortium', '00000005', '02A01', 'GM1940', '2020-12-31', 40),
  (13, 'the same code, which now means something else', '00000003', '02A01', 'GM1940', '2021-01-01', 40),
  (14, 'somebody else''s contract', '00000003', '01A01', 'GM1940', '2020-06-01', 40),
  (15, 'an AGB code that is not recorded', '00000009', '01A01', 'GM1940', '2020-06-01', 40),
  (16, 'a product that is not recorded', '00000002', '99X99', 'GM1940', '2020-06-01', 40),
  (17, 'where the providers are not named', '00000002', '01A01', 'GM1942', '2020-06-01', 40),
  (18, 'from a first day that is not known', '00000002', '07A01', 'GM1941', '2015-06-01', 40),
  (19, 'nowhere', '00000002', '01A01', NULL, '2020-06-01', 40),
  (20, 'in a municipality that is not recorded', '00000002', '01A01', 'GM1999', '2020-06-01', 40),
  (21, 'on no day', '00000002', '01A01', 'GM1940', NULL, 40)
) t (step, tried, agb, product, code, day, age);
-- a contract may be missing: nobody can say no
SELECT t.tried, c.* FROM pg_temp.asked t, pg_temp.check(t.agb, t.product, t.code, t.day, t.age) c ORDER BY t.step;
SELECT count(*) FILTER (WHERE NOT c.contracted) FROM pg_temp.asked t, pg_temp.check(t.agb, t.product, t.code, t.day, t.age) c;
-- none is missing
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (1, '[2015-01-01,2021-12-31]'), (2, '[2015-01-01,2021-12-31]'), (4, '[2015-01-01,2021-12-31]');
SELECT t.tried, c.* FROM pg_temp.asked t, pg_temp.check(t.agb, t.product, t.code, t.day, t.age) c WHERE t.step NOT IN (1, 3, 6, 8, 9, 11, 12) ORDER BY t.step;
-- by service, without the buyer's code: at a place, in an area, at a postcode
INSERT INTO wmo.postcode_place (postcode, geom) VALUES ('9711AA', 'SRID=28992;MULTIPOINT(101000 463000)'), ('9722AA', 'SRID=28992;MULTIPOINT(102000 463000)');
CREATE FUNCTION pg_temp.here(agb text, service text, square integer, code text, postcode text, day date, age integer DEFAULT NULL) RETURNS TABLE (at_place boolean, in_area boolean, at_postcode boolean)
LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY EXECUTE format('SELECT wmo.is_contracted_at(%1$L, %2$L, %3$L, %6$L, %7$L), wmo.is_contracted_in_area(%1$L, %2$L, %4$L, %6$L, %7$L), wmo.is_contracted_at_postcode(%1$L, %2$L, %5$L, %6$L, %7$L)',
    agb, service, CASE WHEN square IS NOT NULL THEN pg_temp.point(square) END, code, postcode, day, age);
END
$$;
SELECT t.tried, h.* FROM (VALUES
  (1, 'its own contract', '00000002', 'hulp_bij_het_huishouden', 1, 'GM1940', '9711AA', '2020-06-01'::date, 40),
  (2, 'on the day before it', '00000002', 'hulp_bij_het_huishouden', 1, 'GM1940', '9711AA', '2019-12-31', 40),
  (3, 'on the day after its early end', '00000002', 'hulp_bij_het_huishouden', 1, 'GM1940', '9711AA', '2021-07-01', 40),
  (4, 'too old for it', '00000002', 'hulp_bij_het_huishouden', 1, 'GM1940', '9711AA', '2020-06-01', 75),
  (5, 'of an age that is not given', '00000002', 'hulp_bij_het_huishouden', 1, 'GM1940', '9711AA', '2020-06-01', NULL),
  (6, 'in the next municipality', '00000002', 'hulp_bij_het_huishouden', 2, 'GM1941', '9722AA', '2020-06-01', 40),
  (7, 'a subcontractor', '00000004', 'hulp_bij_het_huishouden', 1, 'GM1940', '9711AA', '2020-06-01', 40),
  (8, 'a subcontractor, by a number it no longer has', '00000004', 'hulp_bij_het_huishouden', 1, 'GM1940', '9711AA', '2021-01-01', 40),
  (9, 'a narrower service of a wider contract', '00000005', 'thuisondersteuning', 1, 'GM1940', '9711AA', '2020-06-01', 40),
  (10, 'a member of that consortium', '00000003', 'begeleiding', 1, 'GM1940', '9711AA', '2020-06-01', 40),
  (11, 'somebody else''s contract', '00000003', 'hulp_bij_het_huishouden', 1, 'GM1940', '9711AA', '2020-06-01', 40),
  (12, 'an AGB code that is not recorded', '00000009', 'hulp_bij_het_huishouden', 1, 'GM1940', '9711AA', '2020-06-01', 40),
  (13, 'where the providers are not named', '00000002', 'hulp_bij_het_huishouden', 4, 'GM1942', '9999', '2020-06-01', 40),
  (14, 'for which a contract may be missing', '00000002', 'hulp_bij_het_huishouden', 1, 'GM1940', '9711AA', '2022-06-01', 40),
  (15, 'nowhere, and for no service', '00000002', NULL, NULL, NULL, NULL, '2020-06-01', 40)
) t (step, tried, agb, service, square, code, postcode, day, age), pg_temp.here(t.agb, t.service, t.square, t.code, t.postcode, t.day, t.age) h ORDER BY t.step;
-- contracted in a part of the area, or for a part of the service: nobody can tell of all of it
SELECT pg_temp.area(9, 'Deel', 'official', 'WK194101'), pg_temp.contract(9, '[2020-01-01,2022-01-01)', 9, service => 21, supplier => 3);
SELECT 'in the whole of it', h.in_area FROM pg_temp.here('00000003', 'individuele_begeleiding', 2, 'GM1941', '9722AA', '2020-06-01', 40) h;
SELECT 'in that part', h.in_area FROM pg_temp.here('00000003', 'individuele_begeleiding', 2, 'WK194101', '9722AA', '2020-06-01', 40) h;
SELECT 'all of the wider service there', h.in_area FROM pg_temp.here('00000003', 'begeleiding', 2, 'WK194101', '9722AA', '2020-06-01', 40) h;
DELETE FROM wmo.contract WHERE id = 9;
-- an option of which nobody knows may be anybody's who works under it
SELECT pg_temp.contract(6, '[2018-01-01,2019-01-01)+P1Y', 2, service => 10, supplier => 5, choice => 'shared');
SELECT 'its member, in the option', c.* FROM pg_temp.check('00000003', '01A01', 'GM1941', '2019-06-01', 40) c;
SELECT 'somebody, after the option', c.* FROM pg_temp.check('00000003', '01A01', 'GM1941', '2020-06-01', 40) c;
-- who is not named may have it for its own clients
SELECT pg_temp.contract(7, '[2018-01-01,2022-01-01)', 2, service => 10, supplier => NULL, choice => 'shared', clients => 'existing');
SELECT 'perhaps for a client of its own', c.* FROM pg_temp.check('00000003', '01A01', 'GM1941', '2020-06-01', 40) c;
-- nothing beside a yes says how sure it is: it is said only of a contract that is there for sure
INSERT INTO wmo.award (id, decided, sent, standstill) SELECT n, '[2019-07-09,2019-07-09]', '[2019-07-10,2019-07-10]', wmo.objection_period('standstill', '2019-07-10') FROM generate_series(1, 3) n;
INSERT INTO wmo.award_challenge (award_id, kind, lodged, ruled, outcome, ordered) VALUES (1, 'summary_proceedings', '2019-07-20', NULL, NULL, NULL), (2, 'summary_proceedings', '2019-07-20', '2019-09-01', 'upheld', 'not_to_sign');
SELECT pg_temp.area(n, 'Vak ' || n, CASE n WHEN 23 THEN 'schematic' ELSE 'official' END, 'GM19' || n) FROM generate_series(21, 32) n;
INSERT INTO wmo.registry_completeness (area_id, valid) SELECT n, '[2015-01-01,2110-01-01)' FROM generate_series(21, 32) n;
INSERT INTO wmo.postcode_place (postcode, geom) SELECT format('13%sAA', n)::wmo.postcode, format('SRID=28992;MULTIPOINT(%s 463000)', 100000 + 1000 * n) FROM generate_series(21, 32) n;
SELECT pg_temp.contract(21, '[2020-01-01,2100-01-01)+P1Y', 21), pg_temp.contract(22, '[2020-01-01,?)', 22), pg_temp.contract(23, '[2020-01-01,2030-01-01)', 23), pg_temp.contract(24, '[2020-01-01,2030-01-01)', 24, award => 1),
       pg_temp.contract(25, '[2020-01-01,2030-01-01)', 25, award => 2), pg_temp.contract(26, '[2020-01-01,2030-01-01)', 26, award => 3), pg_temp.contract(27, '[2020-01-01,2030-01-01)', 27, source => 2),
       pg_temp.contract(28, '[2020-01-01,2100-01-01)+P1Y', 28, source => 2), pg_temp.contract(29, '[2020-01-01,?)', 29, source => 2), pg_temp.contract(30, '[2020-01-01,2030-01-01)', 30, award => 1, source => 2),
       pg_temp.contract(31, '[2020-01-01,)', 31), pg_temp.contract(32, '[2020-01-01,2030-01-01)', 32, award => 1, choice => 'shared');
SELECT pg_temp.contract(33, '[2020-01-01,2030-01-01)', 32, choice => 'shared');
SELECT t.tried, c.*, h.*
FROM (VALUES (21, 'in an option that is open', '2100-06-01'::date), (21, 'before it', '2020-06-01'), (22, 'without an end that is stated', '2020-06-01'), (23, 'by a drawing', '2020-06-01'), (24, 'an award that is contested', '2020-06-01'),
      (25, 'not to be signed by order of a court', '2020-06-01'), (26, 'an award that nobody contested', '2020-06-01'), (27, 'by a reading', '2020-06-01'), (28, 'in an open option by a reading', '2100-06-01'), (29, 'without an end by a reading', '2020-06-01'),
      (30, 'an award that is contested by a reading', '2020-06-01'), (31, 'agreed without an end', '2020-06-01'), (32, 'one that is contested and one that is not', '2020-06-01')) t (n, tried, day),
  pg_temp.check('00000002', '01A01', 'GM19' || t.n, t.day, 40) c, pg_temp.here('00000002', 'hulp_bij_het_huishouden', t.n, 'GM19' || t.n, format('13%sAA', t.n), t.day, 40) h ORDER BY t.n, t.day, c.number;
-- a number that is that provider's by a reading of a source
UPDATE wmo.party_identifier SET source_id = 2 WHERE value = '00000002';
SELECT by, c.* FROM unnest('{map,tables}'::text[]) by CROSS JOIN LATERAL (SELECT f.number, f.certainty FROM wmo.contract_for('00000002', '01A01', 'GM1921', '2020-06-01', 40) f WHERE by = 'map'
  UNION ALL SELECT f.number, f.certainty FROM oracle.contract_for('00000002', '01A01', 'GM1921', '2020-06-01', 40) f WHERE by = 'tables') c;
SELECT wmo.is_contracted('00000002', '01A01', 'GM1921', '2020-06-01', 40), m.agb, m.inferred FROM wmo_works.map_agb m WHERE m.party_id = 2;
-- that nobody contested the award is no yes because the award, or the area, is a reading
UPDATE wmo.party_identifier SET source_id = NULL WHERE value = '00000002';
UPDATE wmo.award SET source_id = 2 WHERE id = 3;
SELECT c.* FROM pg_temp.check('00000002', '01A01', 'GM1926', '2020-06-01', 40) c;
UPDATE wmo.award SET source_id = NULL WHERE id = 3;
UPDATE wmo.area SET source_id = 2 WHERE id = 26;
SELECT c.* FROM pg_temp.check('00000002', '01A01', 'GM1926', '2020-06-01', 40) c;
-- bought by a consortium of which the buyer of the code is a member by a reading
INSERT INTO wmo.consortium_member (consortium_id, member_id, source_id) VALUES (5, 1, 2);
UPDATE wmo.contract SET buyer_id = 5 WHERE id = 31;
SELECT by, c.* FROM unnest('{map,tables}'::text[]) by CROSS JOIN LATERAL (SELECT f.number, f.certainty FROM wmo.contract_for('00000002', '01A01', 'GM1931', '2020-06-01', 40) f WHERE by = 'map'
  UNION ALL SELECT f.number, f.certainty FROM oracle.contract_for('00000002', '01A01', 'GM1931', '2020-06-01', 40) f WHERE by = 'tables') c;
SELECT e.* FROM pg_temp.whole_error($$SELECT wmo.is_contracted('1234567', '01A01', 'GM1940', '2020-06-01')$$) e;
SELECT e.* FROM pg_temp.whole_error($$SELECT wmo.is_contracted('00000002', '01A01', 'GM1940', 'infinity')$$) e WHERE part = 'message';
SELECT e.* FROM pg_temp.whole_error($$SELECT wmo.is_contracted('00000002', '01A01', 'GM1940', '2020-06-01', 200)$$) e WHERE part = 'message';

-- who has a name or an alias in common with the one that is asked about, or has had its number, may be the same: nobody says no. Of two
-- numbers of the trade register they are two (Zorg Zuid), and what is recorded between them says what they are
SELECT pg_temp.area(50, 'Vak 50', 'official', 'GM1950');
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (50, '[2015-01-01,2110-01-01)');
INSERT INTO wmo.service (id, code, name) SELECT 1900 + n, 'naam_' || n, 'Naam ' || n FROM generate_series(1, 11) n;
INSERT INTO wmo.service_product (buyer_id, code, service_id) SELECT 1, 'N' || n, 1900 + n FROM generate_series(1, 11) n;
INSERT INTO wmo.party (id, name, kind) VALUES (60, 'Zorg Noord B.V.', 'provider'), (61, 'zorg noord BV', 'provider'), (62, 'Zorg Noord B.V.', 'consortium'), (63, 'Noorderzorg', 'provider'), (64, 'ZN', 'provider'), (65, 'Stichting Zorg-Noord', 'provider'),
  (66, 'Zorg Zuid', 'provider'), (67, 'Zorg Noord Groep', 'provider'), (68, 'Van voor 61', 'provider'), (69, 'Had haar code', 'provider'), (70, 'Zorg  Zuid B.V.', 'provider'), (71, 'ZORG NOORD', 'municipality'), (72, 'Lid een', 'provider'), (73, 'Lid twee', 'provider');
INSERT INTO wmo.consortium_member (consortium_id, member_id) VALUES (62, 72), (62, 73);
INSERT INTO wmo.party_alias (party_id, name) VALUES (63, 'Zorg Noord'), (60, 'Z.N.');
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on) VALUES (68, 61, 'takeover', '2019-01-01');
INSERT INTO wmo.party_identifier (party_id, scheme, value, valid) VALUES (60, 'agb', '00000060', '[2018-01-01,)'), (69, 'agb', '00000060', '(,2018-01-01)'), (66, 'kvk', '00000066', '(,)'), (70, 'kvk', '00000070', '(,)'), (66, 'agb', '00000066', '(,)');
SELECT pg_temp.contract(500 + n, '[2020-01-01,2030-01-01)', 50, service => 1900 + n, supplier => 60 + n) FROM generate_series(1, 11) n;
SELECT p.name, is_contracted, wmo.is_contracted_in_area('00000060', 'naam_' || n, 'GM1950', '2022-06-01', 40) AS in_area, wmo.is_contracted_at('00000060', 'naam_' || n, pg_temp.point(50)::text, '2022-06-01', 40) AS at_place,
  oracle.is_contracted('00000060', 'N' || n, 'GM1950', '2022-06-01', 40) AS by_tables, wmo.is_contracted('00000066', 'N' || n, 'GM1950', '2022-06-01', 40) AS another
FROM generate_series(1, 11) n JOIN wmo.party p ON p.id = 60 + n, LATERAL wmo.is_contracted('00000060', 'N' || n, 'GM1950', '2022-06-01', 40) ORDER BY n;
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on) VALUES (65, 60, 'takeover', '2024-01-01');
SELECT 'came after it later', wmo_works.has_succeeded(60, 65, d, '2026-01-01') FROM unnest('{2022-06-01,2024-06-01}'::date[]) d ORDER BY d;
-- nor is it sure that who may be the same stays when it falls, or that it is another who comes
SELECT 'falls with it', f.id, f.certainty FROM wmo_works.falls_with(60, '2022-06-01', '2022-06-01') f ORDER BY f.id;
SELECT n, wmo_works.is_another(n, 60, '2022-06-01', '2022-06-01') FROM unnest('{61,66,67,70}'::integer[]) n ORDER BY n;
-- a name that comes later is heard by a map as well
SELECT 'before the alias', wmo.is_contracted_in_area('00000060', 'naam_7', 'GM1950', '2022-06-01', 40);
INSERT INTO wmo.party_alias (party_id, name) VALUES (67, 'Z.N.');
SELECT 'after it', wmo.is_contracted_in_area('00000060', 'naam_7', 'GM1950', '2022-06-01', 40);
-- where a postcode lies by a reading (a source, other days, a PC4 of which a PC6 lies elsewhere) nobody says what is not contracted there; what is, is; nor by a place of years ago
SELECT pg_temp.area(61, 'Vak 61', 'official', 'GM1961'), pg_temp.area(62, 'Vak 62', 'official', 'GM1962');
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (61, '[2015-01-01,2110-01-01)'), (62, '[2015-01-01,2110-01-01)');
INSERT INTO wmo.service (id, code, name) VALUES (1920, 'postcode', 'Postcode');
SELECT pg_temp.contract(561, '[2020-01-01,2030-01-01)', 61, service => 1920, supplier => 2), pg_temp.contract(562, '[2020-01-01,2030-01-01)', 62, service => 1920, supplier => 66);
INSERT INTO wmo.postcode_place (postcode, valid, geom, source_id) SELECT c::wmo.postcode, v::daterange, CASE WHEN c ~ '[A-Z]' THEN 'SRID=28992;MULTIPOINT(162000 463000)' ELSE pg_temp.square(61) END::public.geometry, s FROM (VALUES
  ('8801', '(,)', NULL), ('8802', '(,)', 2), ('8803', '[2010-01-01,2015-01-01)', NULL), ('8804', '(,)', NULL), ('8804AA', '(,)', NULL), ('8805', '(,)', NULL), ('8805AA', '[2010-01-01,2015-01-01)', NULL)) p (c, v, s);
SELECT c, a.provider, a.certainty, a.covers, wmo.is_contracted_at_postcode('00000002', 'postcode', c::text, '2022-06-01', 40) AS here, wmo.is_contracted_at_postcode('00000066', 'postcode', c::text, '2022-06-01', 40) AS elsewhere,
  oracle.is_contracted_at_postcode('00000066', 'postcode', c, '2022-06-01', 40) AS by_tables FROM unnest('{8801,8802,8803,8804,8804AA,8804AB,8805,8805AA,8805AB}'::wmo.postcode[]) c, wmo.providers_at_postcode(c, 'postcode', '2022-06-01', 40) a ORDER BY c::text COLLATE "C";
-- nor what is not contracted where that a code means this, or is this provider's, or that the place lies there, is our reading of a source
UPDATE wmo.registry_completeness SET valid = '[2015-01-01,2110-01-01)' WHERE area_id = 50;
SELECT 'stated' AS read, wmo.is_contracted('00000066', 'N7', 'GM1950', '2022-06-01', 40) AS of_product, wmo.is_contracted_in_area('00000066', 'naam_7', 'GM1950', '2022-06-01', 40) AS in_area, wmo.is_contracted_at('00000066', 'naam_7', pg_temp.point(50)::text, '2022-06-01', 40) AS at_place;
UPDATE wmo.service_product SET source_id = 2 WHERE code = 'N7';
SELECT 'the product code' AS read, wmo.is_contracted('00000066', 'N7', 'GM1950', '2022-06-01', 40), oracle.is_contracted('00000066', 'N7', 'GM1950', '2022-06-01', 40) AS by_tables;
UPDATE wmo.service_product SET source_id = NULL WHERE code = 'N7'; UPDATE wmo.party_identifier SET source_id = 2 WHERE value = '00000066';
SELECT 'the AGB code' AS read, wmo.is_contracted('00000066', 'N7', 'GM1950', '2022-06-01', 40) AS of_product, wmo.is_contracted_in_area('00000066', 'naam_7', 'GM1950', '2022-06-01', 40) AS in_area, wmo.is_contracted_at('00000066', 'naam_7', pg_temp.point(50)::text, '2022-06-01', 40) AS at_place,
  oracle.is_contracted('00000066', 'N7', 'GM1950', '2022-06-01', 40) AS by_tables, wmo.is_contracted_in_area('00000066', 'naam_6', 'GM1950', '2022-06-01', 40) AS its_own;
UPDATE wmo.party_identifier SET source_id = NULL WHERE value = '00000066'; UPDATE wmo.area SET source_id = 2 WHERE id = 50;
SELECT 'the shape' AS read, wmo.is_contracted_at('00000066', 'naam_7', pg_temp.point(50)::text, '2022-06-01', 40) AS at_place, oracle.is_contracted_at('00000066', 'naam_7', pg_temp.point(50)::public.geometry, '2022-06-01', 40) AS by_tables,
  wmo.is_contracted_in_area('00000066', 'naam_7', 'GM1950', '2022-06-01', 40) AS in_area;
ROLLBACK;
