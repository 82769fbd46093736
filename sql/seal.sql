-- What all tables of the registry have in common: they are dumped, say when a row last changed, and note every change.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

-- changed_at is the time of the last change, whatever a statement says
INSERT INTO wmo.party (id, name, kind, changed_at) VALUES (1, 'Leeuwarden', 'municipality', '2000-01-01'), (2, 'Groningen', 'municipality', '2000-01-01');
UPDATE wmo.party SET name = 'Ljouwert', changed_at = '1999-01-01' WHERE id = 1;
SELECT p.id, p.changed_at = wmo_works.change_time() AS told FROM wmo.party p ORDER BY 1;
-- the numbers at either end mean in a coverage map that there is none
SELECT kind, pg_temp.verdict(format('INSERT INTO wmo.party (id, name, kind) VALUES (%s, ''X'', ''provider'')', id)) FROM (VALUES
  ('the least', -2147483648::bigint), ('one more', -2147483647), ('two more', -2147483646), ('the greatest', 2147483647), ('one less', 2147483646)) t (kind, id);

-- tables whose rows a dump leaves out: what ships, and what is derived in another way
SELECT c.relname FROM pg_class c, pg_extension e WHERE e.extname = 'wmo_contracts' AND c.relnamespace = 'wmo'::regnamespace AND c.relkind = 'r' AND NOT c.oid = ANY (e.extconfig)
ORDER BY c.relname COLLATE "C";
-- tables with a changed_at that nothing keeps, and tables of which no change is noted
SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'changed_at'
WHERE c.relnamespace = 'wmo'::regnamespace AND c.relkind = 'r' AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'touch')
ORDER BY c.relname COLLATE "C";
SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'wmo'::regnamespace AND c.relkind = 'r'
  AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'note_change' AND t.tgenabled = 'A') ORDER BY c.relname COLLATE "C";
-- a trigger that is off notes nothing until it is put back
ALTER TABLE wmo.party DISABLE TRIGGER note_change;
SELECT t.tgenabled FROM pg_trigger t WHERE t.tgrelid = 'wmo.party'::regclass AND t.tgname = 'note_change';
SELECT wmo.note_every_change();
SELECT t.tgenabled FROM pg_trigger t WHERE t.tgrelid = 'wmo.party'::regclass AND t.tgname = 'note_change';
-- a word that a column does not know is refused with those that it does, in every column that has a list of them
SELECT part, words FROM pg_temp.whole_error($$INSERT INTO wmo.party (name, kind) VALUES ('X', 'gemeente')$$);
SELECT part, words FROM pg_temp.whole_error($$INSERT INTO wmo.contract_change (contract_id, kind, effective_on) VALUES (1, 'verlenging', '2020-01-01')$$) WHERE part = 'detail';
SELECT c.conrelid::regclass, c.conname FROM pg_constraint c WHERE c.connamespace = 'wmo'::regnamespace AND c.contype = 'c' AND cardinality(c.conkey) = 1
AND pg_get_constraintdef(c.oid) ~ '^CHECK ..[a-z_]+ = ANY' AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.conrelid AND t.tgfoid = 'wmo_works.refuse_word()'::regprocedure AND encode(t.tgargs, 'escape') LIKE '%' || c.conname || '%') ORDER BY 1, 2;
-- each range of days that people record begins and ends on days or not at all; an infinite bound is neither
SELECT c.conrelid FROM (SELECT a.attrelid::regclass AS conrelid, a.attname FROM pg_attribute a JOIN pg_class r ON r.oid = a.attrelid
  WHERE r.relnamespace = 'wmo'::regnamespace AND r.relkind = 'r' AND a.atttypid = 'daterange'::regtype AND r.relname <> 'exclusive_claim') c
WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.conrelid AND k.contype = 'c' AND pg_get_constraintdef(k.oid) LIKE format('%%isfinite(upper(%s))%%', c.attname))
ORDER BY 1;
ROLLBACK;
