-- What pictures say, in two languages.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

-- both languages have the same texts, none is empty, and each takes the same values
SELECT count(*) FILTER (WHERE nl.key IS NULL OR en.key IS NULL) AS missing, count(*) FILTER (WHERE btrim(nl.value) = '' OR btrim(en.value) = '') AS empty,
  array_agg(nl.key) FILTER (WHERE (SELECT count(*) FROM regexp_matches(nl.value, '%s', 'g')) <> (SELECT count(*) FROM regexp_matches(en.value, '%s', 'g'))) AS values
FROM jsonb_each_text(wmo_works.picture_words('nl')) nl FULL JOIN jsonb_each_text(wmo_works.picture_words('en')) en ON en.key = nl.key;
SELECT wmo_works.day_text('2018-08-13', w), wmo_works.short_day_text('2018-05-01', w), wmo_works.day_text('infinity', w) FROM unnest('{nl,en}'::text[]) l CROSS JOIN LATERAL wmo_works.picture_words(l) w;
SELECT wmo_works.ages_text(a) FROM unnest('{"[18,75)","[75,)","[0,)","[18,19)"}'::int4range[]) a;
SET LOCAL wmo_contracts.language = 'nl';
SELECT wmo_works.picture_language(NULL), wmo_works.picture_language('en');
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo_works.picture_language('fr')$$);
ROLLBACK;
