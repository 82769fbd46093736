-- What is to be drawn of ground: who serves it, how its award stands, and what cannot be told.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

-- squares in a row, each with one thing to say; the service is hulp_bij_het_huishouden (10)
SELECT pg_temp.area(n, 'Vak ' || n, basis => CASE WHEN n = 9 THEN 'schematic' ELSE 'official' END) FROM generate_series(1, 19) n;
-- the drawing (9) lies within a boundary, so that it lies nowhere else
INSERT INTO wmo.area (id, name, kind, geom, geom_basis) VALUES (109, 'Om negen', 'other', pg_temp.square(9)::public.geometry, 'official');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (109, 9);
INSERT INTO wmo.award (id, supplier_id, decided, standstill, final_on, final_basis) VALUES
  (1, NULL, '[2020-05-01,2020-05-02)', wmo.objection_period_until('standstill', '2020-06-15'), NULL, NULL),
  (2, 2, '[2020-05-01,2020-05-02)', wmo.objection_period_until('standstill', '2020-06-15'), NULL, NULL),
  (3, 2, '[2020-05-01,2020-05-02)', wmo.objection_period_until('standstill', '2020-05-21'), '2020-05-25', 'recorded'),
  (4, 2, '(,2020-05-02)', NULL, NULL, NULL);
INSERT INTO wmo.award_challenge (award_id, kind, lodged) VALUES (2, 'summary_proceedings', '2020-05-20');
SELECT pg_temp.contract(1, '[2020-01-01,2022-01-01)', 1), pg_temp.contract(2, '[2020-01-01,2022-01-01)', 2, award => 1), pg_temp.contract(3, '[2020-01-01,2022-01-01)', 3, award => 2), pg_temp.contract(4, '[2020-01-01,2022-01-01)', 4, award => 3),
  pg_temp.contract(5, '[2020-01-01,2022-01-01)', 5, award => 4), pg_temp.contract(6, '[2020-01-01,2022-01-01)', 6, supplier => NULL), pg_temp.contract(7, '[2020-01-01,2022-01-01)', 7, clients => 'existing', supplier => 3),
  pg_temp.contract(8, '[2015-01-01,2016-01-01)', 8), pg_temp.contract(9, '[2020-01-01,2022-01-01)', 9, award => 1, supplier => 3), pg_temp.contract(10, '[2020-01-01,2022-01-01)', 10, ages => '[18,75)'), pg_temp.contract(11, '[2020-01-01,2022-01-01)', 10, ages => '[75,)', supplier => 3),
  pg_temp.contract(12, '[2018-01-01,2019-01-01)+P2Y notice P1M', 12), pg_temp.contract(13, '[2020-01-01,?)', 13), pg_temp.contract(14, '[2015-01-01,2016-01-01)', 14), pg_temp.contract(15, '[2020-01-01,2022-01-01)', 15, choice => 'shared'),
  pg_temp.contract(16, '[2020-01-01,2022-01-01)', 15, supplier => 3, choice => 'shared');
UPDATE wmo.contract SET supplier_count = 80, approximate = true WHERE id = 6;
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (14, '[2020-01-01,2021-01-01)');
CREATE FUNCTION pg_temp.drawn(VARIADIC areas integer[]) RETURNS TABLE (name text, kind text, provider integer, contract integer, ages int4range, certainty wmo.certainty, reason wmo.reason, mark text) LANGUAGE sql AS $$
  SELECT a.name, l.kind, l.provider_id, l.contract_id, l.ages, l.certainty, l.reason, l.mark
  FROM wmo_works.coverage_drawn(10, wmo_works.areas_asked(areas, '[2020-06-01,2020-06-02)'), '2020-06-01', '2020-06-01', '[18,)') d
  CROSS JOIN LATERAL unnest(d.lines) WITH ORDINALITY AS l (ground_no, kind, provider_id, contract_id, ages, service_ids, certainty, reason, mark, place, n) JOIN unnest(d.pieces) p ON p.ground_no = l.ground_no JOIN wmo.area a ON a.id = p.area_id
  ORDER BY a.id, l.n $$;
SELECT * FROM pg_temp.drawn(VARIADIC ARRAY(SELECT generate_series(1, 19)));
-- by what is drawn: fill, and what is written below the name. On drawn ground (9) the award shows as it stands
SELECT g.name, g.present, g.fill, g.remark
FROM wmo_works.coverage_drawn(10, wmo_works.areas_asked(ARRAY(SELECT generate_series(1, 19)), '[2020-06-01,2020-06-02)'), '2020-06-01', '2020-06-01', '[18,)') d
CROSS JOIN LATERAL wmo_works.ground_pictured(d.pieces, d.lines, '2020-06-01', false, wmo_works.picture_words('nl')) g ORDER BY g.area_id;
-- more than four are not told apart by colours; a sole trader has no name in what is published, unless released
INSERT INTO wmo.party (id, name, kind, natural_person) VALUES (21, 'Zorg door Jan', 'provider', true), (22, 'D', 'provider', false), (23, 'E', 'provider', false);
SELECT pg_temp.contract(20 + n::integer, '[2020-01-01,2022-01-01)', 16, supplier => s, choice => 'client_choice') FROM unnest('{2,3,4,22,23}'::int[]) WITH ORDINALITY AS u (s, n);
SELECT pg_temp.contract(31, '[2020-01-01,2022-01-01)', 17, supplier => 21);
SELECT g.name, (g.fill).kind, (g.fill).places, g.remark FROM unnest('{false,true}'::boolean[]) released CROSS JOIN LATERAL wmo_works.coverage_drawn(10, wmo_works.areas_asked('{16,17}', '[2020-06-01,2020-06-02)'), '2020-06-01', '2020-06-01', '[18,)') d
CROSS JOIN LATERAL wmo_works.ground_pictured(d.pieces, d.lines, '2020-06-01', released, wmo_works.picture_words('en')) g ORDER BY released, g.area_id;
-- what a map is about: the areas that contracts name, with the municipality of the day that they lie in, by buyer if asked
INSERT INTO wmo.area (id, code, name, kind, valid) VALUES (31, 'GM0014', 'Stad', 'municipality', '(,2019-01-01)'), (32, 'GM0014', 'Stad', 'municipality', '[2019-01-01,)'), (33, 'GM0009', 'Dorp', 'municipality', '(,2019-01-01)');
INSERT INTO wmo.area_part (whole_id, part_id) VALUES (31, 19), (32, 19), (32, 33);
SELECT pg_temp.contract(41, '[2018-01-01,2022-01-01)', 31, 70), pg_temp.contract(42, '[2018-01-01,2022-01-01)', 33, 70);
SELECT day, wmo_works.areas_drawn(70, NULL, day), wmo_works.areas_drawn(71, NULL, day), wmo_works.areas_drawn(70, '{2}', day) FROM unnest('{2018-06-01,2020-06-01}'::date[]) day;
SELECT t.area_id, t.days FROM unnest(wmo_works.ground_drawn(70, 'GM0014', '2018-06-01')) t;
SELECT t.area_id, t.days FROM unnest(wmo_works.ground_drawn(70, NULL, '2020-06-01')) t;
-- who serves one narrower service does not serve all of the wider one that is drawn: nobody known for the rest, surely nobody, another one
SELECT pg_temp.area(n, 'Vak ' || n) FROM generate_series(51, 54) n;
SELECT pg_temp.contract(50 + n, '[2020-01-01,2022-01-01)', 50 + n, 21) FROM generate_series(1, 4) n;
SELECT pg_temp.contract(60, '[2020-01-01,2022-01-01)', 53, 22, supplier => 3), pg_temp.contract(61, '[2020-01-01,2022-01-01)', 53, 23, supplier => 4), pg_temp.contract(62, '[2020-01-01,2022-01-01)', 54, 20, ages => '[18,75)', supplier => 2),
       pg_temp.contract(63, '[2020-01-01,2022-01-01)', 54, 20, ages => '[75,)', supplier => 2, clients => 'existing');
INSERT INTO wmo.registry_completeness (area_id, valid) VALUES (52, '[2020-01-01,2021-01-01)'), (54, '[2020-01-01,2021-01-01)');
SELECT service, g.name, g.remark, g.unsure
FROM unnest('{20,21}'::integer[]) service CROSS JOIN LATERAL wmo_works.coverage_drawn(service, wmo_works.areas_asked('{51,52,53,54}', '[2020-06-01,2020-06-02)'), '2020-06-01', '2020-06-01', '[18,)') d
CROSS JOIN LATERAL wmo_works.ground_pictured(d.pieces, d.lines, '2020-06-01', false, wmo_works.picture_words('en')) g ORDER BY service, g.area_id;
ROLLBACK;
