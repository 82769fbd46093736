-- What a question must be: each error says what was expected and what to do; what is empty or null is no error.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

-- ages of the living
SELECT age, pg_temp.verdict(format('SELECT wmo_works.checked_age(%L)', age)) FROM unnest(ARRAY[NULL, -1, 0, 130, 131]) age;
SELECT part, words FROM pg_temp.whole_error('SELECT wmo_works.checked_age(-1)');
-- one day
SELECT day, pg_temp.verdict(format('SELECT wmo_works.checked_day(%L, ''on_date'')', day)) FROM unnest('{NULL,-infinity,2020-02-29,infinity}'::date[]) day;
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo_works.checked_day('infinity', 'as_of')$$);

-- one place
SELECT tried, wmo_works.place_fault(place), pg_temp.verdict(format('SELECT wmo_works.checked_place(%L)', place)) FROM (VALUES
  (1, 'SRID=28992;POINT(233000 582000)'::public.geometry), (2, 'SRID=28992;POINT EMPTY'), (3, 'SRID=28992;LINESTRING(0 0,1 1)'), (4, 'SRID=28992;MULTIPOINT(0 0)'),
  (5, 'POINT(0 0)'), (6, public.ST_SetSRID(public.ST_MakePoint('NaN', 0), 28992)), (7, public.ST_SetSRID(public.ST_MakePoint(0, 'Infinity'), 28992))) t (tried, place) ORDER BY tried;
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo_works.checked_place('SRID=28992;LINESTRING(0 0,1 1)')$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo_works.checked_place('POINT(0 0)')$$);
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo_works.checked_place(public.ST_SetSRID(public.ST_MakePoint('NaN', 0), 28992))$$);
-- from any reference system: the tower of Amersfoort, the origin of RD (Kadaster)
SELECT public.ST_Distance(wmo_works.checked_place('SRID=4326;POINT(5.38720621 52.15517440)'), 'SRID=28992;POINT(155000 463000)') < 1;
SELECT wmo_works.checked_place('SRID=28992;POINT EMPTY') IS NULL;
ROLLBACK;
