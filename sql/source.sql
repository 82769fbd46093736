-- Sources: a passage says what it states, and what was read into it says so.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

SELECT tried, pg_temp.verdict(format('INSERT INTO wmo.source (article, published, basis, reading) VALUES (%s)', cells)) FROM (VALUES
  ('a title will do', $$'Krant', NULL, 'stated', NULL$$),
  ('a day that is known', $$'Krant', '[2018-07-10,2018-07-10]', 'stated', NULL$$),
  ('a month', $$'Krant', '[2018-07-01,2018-08-01)', 'stated', NULL$$),
  ('published on no day', $$'Krant', 'empty', 'stated', NULL$$),
  ('published until the end of time', $$'Krant', '[2020-01-01,infinity)', 'stated', NULL$$),
  ('no title', $$NULL, NULL, 'stated', NULL$$),
  ('a blank title', $$' ', NULL, 'stated', NULL$$),
  ('inferred, and how', $$'Krant', NULL, 'inferred', 'the year is that of the paper'$$),
  ('inferred, nobody says how', $$'Krant', NULL, 'inferred', NULL$$),
  ('hearsay', $$'Krant', NULL, 'hearsay', 'overheard'$$)
) t (tried, cells);

-- what rests on a source keeps it: it cannot go while a fact names it
INSERT INTO wmo.source (id, article) VALUES (1, 'Krant'), (2, 'Gids');
INSERT INTO wmo.party (id, name, kind, source_id) VALUES (1, 'Leeuwarden', 'municipality', 1);
SELECT pg_temp.verdict('DELETE FROM wmo.source WHERE id = 1'), pg_temp.verdict('DELETE FROM wmo.source WHERE id = 2');
SELECT 'not tried', pg_temp.untried('wmo.source');
ROLLBACK;
