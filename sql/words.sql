-- The words of the reader: pairs that are whole, one setting, and codes that stay what they are.
SET client_min_messages = warning;
\pset format unaligned
\pset tuples_only on
\set VERBOSITY default

-- every pair says something in both languages, with the same parts in it, and stands there once
CREATE FUNCTION pg_temp.places(sentence text) RETURNS text LANGUAGE sql AS
  $$ SELECT string_agg(DISTINCT m[1], ' ' ORDER BY m[1]) FROM regexp_matches(sentence, '%([0-9])', 'g') m $$;
SELECT count(*) > 300 FROM wmo_works.word_pairs();
SELECT p.english FROM wmo_works.word_pairs() p WHERE btrim(p.english) = '' OR btrim(p.dutch) = '';
SELECT p.english, p.dutch FROM wmo_works.word_pairs() p
WHERE pg_temp.places(p.english) IS DISTINCT FROM pg_temp.places(p.dutch);
SELECT p.english FROM wmo_works.word_pairs() p GROUP BY 1 HAVING count(*) > 1;
-- two sentences are two in both languages: what is told apart by them is told apart alike (only codes may share a word)
SELECT p.dutch, array_agg(p.english ORDER BY p.english) FROM wmo_works.word_pairs() p GROUP BY 1 HAVING count(*) > 1;
-- what begins or ends as a part of a sentence does so in both
SELECT p.english, p.dutch FROM wmo_works.word_pairs() p
WHERE substring(p.english FROM '^[ ;:,(]*') <> substring(p.dutch FROM '^[ ;:,(]*')
   OR substring(p.english FROM '[ ;:,]*$') <> substring(p.dutch FROM '[ ;:,]*$');

-- one setting; the parts go where the language has them
SHOW wmo_contracts.language;
SELECT wmo_works.words('annulled on %1', '2024-01-02');
SET wmo_contracts.language = nl;
SELECT wmo_works.words('annulled on %1', '2024-01-02'), wmo_works.words('In time.');
SELECT wmo_works.words('goes to "%1" on %2', '100% Zorg %2', '2024-01-02');
-- letters of Dutch, a part that is not given, and one without which there is nothing to say
SELECT wmo_works.words('open to this client');
SELECT wmo_works.words('annulled on %1', NULL), wmo_works.clause('annulled on %1', NULL) IS NULL;
-- a text of the user's own, a code, and one of no pair
SELECT wmo_works.known_words('Awb art. 6:7 and 6:8 lid 1'), wmo_works.known_words('Our own rule'),
       wmo_works.code_words('summary_proceedings');
SELECT wmo_works.words('a sentence that is not there');
SELECT wmo_works.words('%1 and %2', VARIADIC array_fill('part'::text, ARRAY[10]));
SET wmo_contracts.language = fy;
RESET wmo_contracts.language;
-- a plan that was made for one language answers in the other
PREPARE again AS SELECT wmo_works.words('In time.');
EXECUTE again;
SET wmo_contracts.language = nl;
EXECUTE again;
RESET wmo_contracts.language;
DEALLOCATE again;

-- every code that a table can hold of those that are said in sentences, and of the enums, has its words
SELECT e.enumtypid::regtype, e.enumlabel FROM pg_enum e
WHERE e.enumtypid IN ('wmo.reason'::regtype, 'wmo.certainty'::regtype, 'wmo.provider_role'::regtype)
  AND replace(e.enumlabel, '_', ' ') NOT IN (SELECT p.english FROM wmo_works.word_pairs() p);
SELECT c.conname, m[1] FROM pg_constraint c
CROSS JOIN LATERAL regexp_matches(pg_get_constraintdef(c.oid), '''([a-z_]+)''', 'g') m
WHERE c.conname IN ('award_challenge_kind_is_known', 'award_challenge_outcome_is_known',
                    'award_challenge_ordered_is_known', 'area_geom_basis_is_known')
  AND replace(m[1], '_', ' ') NOT IN (SELECT p.english FROM wmo_works.word_pairs() p);
-- and so has every text of a regime that ships
SELECT t.said FROM wmo.term_rule_shipped s CROSS JOIN LATERAL (VALUES (s.citation), (s.warning)) t (said)
WHERE t.said ~ ' (and|in|after|the) ' AND t.said NOT IN (SELECT p.english FROM wmo_works.word_pairs() p);
-- nothing that is stored, indexed or checked is said in a language: who says things is not immutable
SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid
WHERE d.refclassid = 'pg_proc'::regclass AND p.provolatile = 'i'
  AND d.refobjid IN (SELECT w.oid FROM pg_proc w WHERE w.pronamespace = 'wmo_works'::regnamespace
                     AND w.proname IN ('words', 'clause', 'known_words', 'code_words'));
