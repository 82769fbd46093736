-- What a code or a postcode meets, told to a session's map: the very matches of the tables, and whether they answer at all.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set tiles :here '/sql/include/tiles.sql'
\i :verdict
\i :tiles

INSERT INTO wmo.area (id, code, name, kind, valid, geom, geom_basis) VALUES
  (1, 'GM0014', 'Groningen', 'municipality', '(,2019-01-01)', public.ST_Multi(pg_temp.box(0, 0, 1, 1)::public.geometry), 'official'),
  (2, 'GM0014', 'Groningen', 'municipality', '[2019-01-01,)', public.ST_Multi(pg_temp.box(0, 0, 2, 1)::public.geometry), 'official'),
  (3, 'GM0009', 'Ten Boer', 'municipality', '(,2019-01-01)', public.ST_Multi(pg_temp.box(1, 0, 2, 1)::public.geometry), 'official');
INSERT INTO wmo.postcode_place (postcode, valid, geom) VALUES ('9711', '(,)', public.ST_Multi(pg_temp.box(0, 0, 0.5, 1)::public.geometry));
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Stad', 'municipality');
INSERT INTO wmo.contract (id, number, buyer_id, period) VALUES (1, 'A', 1, '[2018-01-01,)');
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice) VALUES (1, wmo.service_id('begeleiding'), 2, 'shared');

-- the code of the day; Ten Boer on the last day that it had one, and on the day after; a code that is not in the registry
SELECT code, day, m.known, m.other_edition, m.area_id, m.pinned, m.follows, m.covers, m.certainty, m.without_shape FROM (VALUES
  (1, 'GM0014', '2020-06-01'), (2, 'GM0009', '2018-12-31'), (3, 'GM0009', '2019-01-01'), (4, 'GM0099', '2020-06-01'), (5, NULL, '2020-06-01')) t (n, code, day)
CROSS JOIN LATERAL wmo_works.matches_of_code(code::wmo.area_code, day::date) m ORDER BY n, m.area_id;
-- a postcode that is known, and one of which nobody knows where it lies
SELECT code, m.known, m.other_edition, m.area_id, m.pinned, m.follows, m.covers, m.certainty, m.without_shape FROM unnest('{9711,9712}'::wmo.postcode[]) code
CROSS JOIN LATERAL wmo_works.matches_of_postcodes(ARRAY[code], 'begeleiding', '2020-06-01') m ORDER BY code::text COLLATE "C", m.area_id;
-- several at once, each by its number; the days on which the same places are known of it, its PC4 and the PC6 in that
INSERT INTO wmo.postcode_place (postcode, valid, geom) VALUES ('9711AB', '[2019-03-01,2021-01-01)', public.ST_Multi(public.ST_SetSRID(public.ST_MakePoint(250, 250), 28992)));
SELECT m.n, m.known, m.area_id, m.pinned, m.follows, m.covers, m.certainty, m.valid_from, m.valid_to
FROM wmo_works.matches_of_postcodes('{9712,9711AA,9711AB}', NULL, '2020-06-01') m ORDER BY m.n, m.area_id, m.pinned;
SELECT wmo_works.postcode_days('9711AA', day) FROM unnest('{2019-02-28,2019-03-01,2020-12-31,2021-01-01}'::date[]) day;
ROLLBACK;
