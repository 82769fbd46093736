-- likeness: which words are written nearly alike, for messages that offer what may have been meant.
-- Relies on the library alone (likeness.c). Nothing is ever taken for something else because it looks like it.

CREATE FUNCTION wmo_works.letters_apart(one text, other text) RETURNS integer
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'wmo_sql_letters_apart';
COMMENT ON FUNCTION wmo_works.letters_apart(text, text) IS
  'How many letters to put in, leave out or exchange to get from one text to the other (Levenshtein); of longer texts '
  'the first hundred characters count.';

CREATE FUNCTION wmo_works.nearest_words(word text, words text[]) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 1000
BEGIN ATOMIC
  SELECT string_agg(format('"%s"', n.word), ', ' ORDER BY n.apart, n.word)
  FROM (
    SELECT w.word, wmo_works.letters_apart(lower(nearest_words.word), lower(w.word)) AS apart
    FROM (SELECT DISTINCT u.word FROM unnest(nearest_words.words) u (word)) w
    WHERE wmo_works.letters_apart(lower(nearest_words.word), lower(w.word))
      <= greatest(2, length(nearest_words.word) / 3)
    ORDER BY 2, 1 LIMIT 3
  ) n;
END;
COMMENT ON FUNCTION wmo_works.nearest_words(text, text[]) IS
  'Up to three of the words that are written nearly like this one, the nearest first; null when none is.';
