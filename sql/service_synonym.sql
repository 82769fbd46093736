-- The words by which lists call services: what ships, the user's own, and what means nothing.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

SELECT s.code, string_agg(y.word, ', ' ORDER BY y.word COLLATE "C") FROM wmo.service_synonym y JOIN wmo.service s ON s.id = y.service_id GROUP BY s.id ORDER BY s.id;
-- no word is the name or code of another service, so that none means two
SELECT y.word, s.code FROM wmo.service_synonym y JOIN wmo.service s
  ON wmo_works.list_key(y.word) IN (wmo_works.list_key(s.code), wmo_works.list_key(s.name)) AND s.id <> y.service_id;

CREATE TEMPORARY TABLE sheet (line integer, "Contractnummer" text, "Aanbieder" text DEFAULT 'Zorg A', "Dienst" text, "Productcode" text, "Gebied" text DEFAULT 'Oost',
  "Begindatum" text DEFAULT '01-01-2020', "Einddatum" text DEFAULT '31-12-2030');
CREATE FUNCTION pg_temp.load() RETURNS SETOF text LANGUAGE sql
AS $$ SELECT concat_ws(': ', f.line, f.cell, f.outcome, f.message, f.lines) FROM wmo.load_contract_list('pg_temp.sheet', true, 'Gemeente Leek') WITH ORDINALITY f
      WHERE f.cell IS DISTINCT FROM 'Gebied' AND f.message !~ 'is added as' ORDER BY f.ordinality $$;
-- every category of iWmo (WMO020), by its number
INSERT INTO sheet (line, "Contractnummer", "Dienst") SELECT n + 1, 'C' || n, to_char(n, 'FM00') FROM generate_series(1, 18) n;
SELECT * FROM pg_temp.load();
TRUNCATE sheet;
INSERT INTO sheet (line, "Contractnummer", "Dienst") VALUES (2, 'A', 'HbH'), (3, 'B', 'h.b.h.'), (4, 'C', 'KDV'), (5, 'D', 'Begeleiding Individueel'), (6, 'E', 'HBH, kdv');
SELECT * FROM pg_temp.load();
-- what is none is said once with all its rows, and what is near
INSERT INTO sheet (line, "Contractnummer", "Dienst", "Productcode") VALUES (7, 'F', 'hulpmiddelen', NULL), (8, 'G', 'hulpmiddelen', NULL), (9, 'H', 'begeleidng', NULL), (10, 'I', '1', NULL),
  (11, 'J', 'dagbesteding', '7A11'), (12, 'K', 'dagbesteding', 'X1'), (13, 'L', 'begeleiding', 'X1');
SELECT * FROM pg_temp.load();
-- the user's own word, also where another ships
INSERT INTO wmo.service_synonym_own (word, service_id) VALUES ('Hulpmiddelen', wmo.service_id('overige_hulpmiddelen')), ('kdv', wmo.service_id('dagbesteding'));
DELETE FROM sheet WHERE line > 8;
SELECT * FROM pg_temp.load();
SELECT tried, pg_temp.verdict(statement) FROM (VALUES
  ('a word twice', $$INSERT INTO wmo.service_synonym_own (word, service_id) VALUES ('hulp-middelen', 20)$$),
  ('no letters', $$INSERT INTO wmo.service_synonym_own (word, service_id) VALUES (' - ', 20)$$),
  ('no such service', $$INSERT INTO wmo.service_synonym_own (word, service_id) VALUES ('iets', 999)$$)) v (tried, statement);
ROLLBACK;
