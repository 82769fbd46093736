-- How far apart words are written: the classic pairs of Levenshtein's measure, and what a message offers.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

SELECT one, other, wmo_works.letters_apart(one, other) AS apart, expected
FROM (VALUES ('kitten', 'sitting', 3), ('flaw', 'lawn', 2), ('gumbo', 'gambol', 2), ('', 'abc', 3), ('abc', '', 3), ('gelijk', 'gelijk', 0),
  -- letters, not bytes
  ('Fryslân', 'Fryslan', 1), ('ëë', '', 2)) v (one, other, expected);
-- of a long text the first hundred letters count, and a hundred times a hundred steps are not many
SELECT wmo_works.letters_apart(repeat('a', 1000000), repeat('b', 1000000)), wmo_works.letters_apart(repeat('é', 300), '');

SELECT wmo_works.nearest_words('begeleidng', '{begeleiding,dagbesteding,begeleiding,opvang}'), wmo_works.nearest_words('xyz', '{begeleiding}') IS NULL AS none;
ROLLBACK;
