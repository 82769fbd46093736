-- words: what is said to a reader, in the language of the setting wmo_contracts.language.
-- Relies on the library (words.c), where every sentence stands in pairs: src/server/words/.
--
-- The English sentence names its pair. What is stored, compared or kept is a code and never one of these.

CREATE FUNCTION wmo_works.words(english text) RETURNS text
LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_words';
COMMENT ON FUNCTION wmo_works.words(text) IS
  'The sentence in the language of the reader: wmo_contracts.language. An error when there is no such pair.';

CREATE FUNCTION wmo_works.words(english text, VARIADIC parts text[]) RETURNS text
LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_words';
COMMENT ON FUNCTION wmo_works.words(text, text[]) IS
  'The same with its parts in the places of %1 to %9; one that is null leaves its place empty.';

CREATE FUNCTION wmo_works.clause(english text, VARIADIC parts text[]) RETURNS text
LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_clause';
COMMENT ON FUNCTION wmo_works.clause(text, text[]) IS 'The same; null when one of the parts is.';

CREATE FUNCTION wmo_works.known_words(english text) RETURNS text
LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_known_words';
COMMENT ON FUNCTION wmo_works.known_words(text) IS
  'A text that a user may have written: in the language of the reader where there is such a pair, else as it is.';

CREATE FUNCTION wmo_works.code_words(code text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT wmo_works.known_words(replace(code, '_', ' '));
END;
COMMENT ON FUNCTION wmo_works.code_words(text) IS 'A code as it is said in a sentence.';

CREATE FUNCTION wmo_works.word_pairs() RETURNS TABLE (english text, dutch text)
LANGUAGE c STABLE PARALLEL SAFE COST 100 ROWS 500
AS 'MODULE_PATHNAME', 'wmo_sql_word_pairs';
COMMENT ON FUNCTION wmo_works.word_pairs() IS 'Every pair, in no order.';
