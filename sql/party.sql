-- Parties: who may be what, and whose a number or name is on which days.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

INSERT INTO wmo.source (id, article, basis, reading) VALUES
  (1, 'Gemeenteblad', 'stated', NULL), (2, 'Gemeenteblad', 'inferred', 'two names, one logo');
INSERT INTO wmo.party (id, name, kind) VALUES
  (1, 'Achtkarspelen', 'municipality'), (2, 'Zorg A', 'provider'), (3, 'Zorg B', 'provider'), (4, 'Combinatie', 'consortium'),
  (5, 'Gebiedsteam', 'access_point'), (6, 'Zorg C', 'provider');
INSERT INTO wmo.party_identifier (party_id, scheme, value, valid) VALUES (2, 'agb', '01234567', '[2018-01-01,2020-01-01)');
INSERT INTO wmo.party_alias (party_id, name, valid) VALUES (2, 'A-zorg', '[2018-01-01,2020-01-01)');
INSERT INTO wmo.consortium_member (consortium_id, member_id, lead, valid) VALUES (4, 2, true, '[2018-01-01,2020-01-01)');
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on) VALUES (2, 3, 'takeover', '2019-07-01');

-- source
SELECT tried, pg_temp.verdict(statement) FROM (VALUES
  ('a title will do', $$INSERT INTO wmo.source (article) VALUES ('Besluit')$$),
  ('a blank title', $$INSERT INTO wmo.source (article) VALUES (' ')$$),
  ('undated, and dated by a range', $$INSERT INTO wmo.source (article, published) VALUES ('a', NULL), ('b', '[2018-01-01,2018-02-01)')$$),
  ('published on no day at all', $$INSERT INTO wmo.source (article, published) VALUES ('a', 'empty')$$),
  ('published until the end of time', $$INSERT INTO wmo.source (article, published) VALUES ('a', '[2020-01-01,infinity)')$$),
  ('a basis of its own', $$INSERT INTO wmo.source (article, basis) VALUES ('a', 'rumour')$$),
  ('inferred, and how it was read', $$INSERT INTO wmo.source (article, basis, reading) VALUES ('a', 'inferred', 'from the year above it')$$),
  ('inferred, without how', $$INSERT INTO wmo.source (article, basis) VALUES ('a', 'inferred')$$)
) t (tried, statement);

-- party
SELECT tried, pg_temp.verdict(statement) FROM (VALUES
  ('a sole trader', $$INSERT INTO wmo.party (name, kind, natural_person) VALUES ('J. de Vries', 'provider', true)$$),
  ('a municipality as natural person', $$INSERT INTO wmo.party (name, kind, natural_person) VALUES ('Leek', 'municipality', true)$$),
  ('a blank name', $$INSERT INTO wmo.party (name, kind) VALUES (' ', 'provider')$$),
  ('a key that a map has another use for', $$INSERT INTO wmo.party (id, name, kind) VALUES (-2147483648, 'X', 'provider')$$),
  ('a kind that is not known', $$INSERT INTO wmo.party (name, kind) VALUES ('X', 'insurer')$$),
  ('the same name, another kind', $$INSERT INTO wmo.party (name, kind) VALUES ('Zorg A', 'consortium')$$),
  ('the same name and kind', $$INSERT INTO wmo.party (name, kind) VALUES ('Zorg A', 'provider')$$),
  ('a new name that another has', $$UPDATE wmo.party SET name = 'Zorg B' WHERE id = 2$$),
  ('a source that is not there', $$INSERT INTO wmo.party (name, kind, source_id) VALUES ('X', 'provider', 99)$$),
  ('a member of a consortium is deleted', $$DELETE FROM wmo.party WHERE id = 2$$),
  ('a consortium that became a provider', $$UPDATE wmo.party SET kind = 'provider' WHERE id = 4$$),
  ('a party that nothing refers to is deleted', $$DELETE FROM wmo.party WHERE id = 6$$)
) t (tried, statement);

-- party_identifier: the number belongs to one party at a time
SELECT tried, pg_temp.verdict(format('INSERT INTO wmo.party_identifier (party_id, scheme, value, valid) VALUES (%s)', cells)) FROM (VALUES
  ('an AGB code keeps its zeros', $$3, 'agb', '00000001', '(,)'$$),
  ('an AGB code of seven digits', $$3, 'agb', '1234567', '(,)'$$),
  ('an AGB code with a letter', $$3, 'agb', '0123456A', '(,)'$$),
  ('an AGB code with a line end', $$3, 'agb', E'01234568\n', '(,)'$$),
  ('a kvk number', $$3, 'kvk', '01234567', '(,)'$$),
  ('a branch of twelve digits', $$3, 'vestiging', '000012345678', '(,)'$$),
  ('a branch of eight digits', $$3, 'vestiging', '00001234', '(,)'$$),
  ('an oin of twenty digits', $$1, 'oin', '00000001234567890000', '(,)'$$),
  ('an oin of nineteen', $$1, 'oin', '0000000123456789000', '(,)'$$),
  ('another scheme', $$3, 'btw', '01234567', '(,)'$$),
  ('the same number, overlapping by one day', $$3, 'agb', '01234567', '[2019-12-31,)'$$),
  ('the same number, from the day after', $$3, 'agb', '01234567', '[2020-01-01,)'$$),
  ('the same number twice for one party', $$2, 'agb', '01234567', '[2019-12-31,)'$$),
  ('valid on no day', $$3, 'agb', '76543210', 'empty'$$),
  ('valid until the end of time', $$3, 'agb', '76543210', '[2020-01-01,infinity)'$$),
  ('nobody''s number', $$99, 'agb', '76543210', '(,)'$$)
) t (tried, cells);

-- party_alias
SELECT tried, pg_temp.verdict(format('INSERT INTO wmo.party_alias (party_id, name, valid) VALUES (%s)', cells)) FROM (VALUES
  ('the same alias, overlapping', $$2, 'A-zorg', '[2019-12-31,)'$$),
  ('the same alias, afterwards', $$2, 'A-zorg', '[2020-01-01,)'$$),
  ('an alias that two parties used', $$3, 'A-zorg', '(,)'$$),
  ('a blank alias', $$3, '', '(,)'$$),
  ('used on no day', $$3, 'B-zorg', 'empty'$$),
  ('used until the end of time', $$3, 'B-zorg', '[2020-01-01,infinity)'$$)
) t (tried, cells);

-- consortium_member
SELECT 'known at the end of time', pg_temp.verdict($$INSERT INTO wmo.consortium_member (consortium_id, member_id, known_on) VALUES (4, 3, 'infinity')$$);
SELECT tried, pg_temp.verdict(format('INSERT INTO wmo.consortium_member (consortium_id, member_id, lead, valid) VALUES (%s)', cells)) FROM (VALUES
  ('a second member', $$4, 3, false, '(,)'$$),
  ('a member whose role is not known', $$4, 3, NULL, '(,)'$$),
  ('a second lead on the same days', $$4, 3, true, '[2019-12-31,)'$$),
  ('the next lead', $$4, 3, true, '[2020-01-01,)'$$),
  ('the same member twice', $$4, 2, NULL, '[2019-01-01,2019-02-01)'$$),
  ('the same member again later', $$4, 2, NULL, '[2020-01-01,)'$$),
  ('a member of a provider', $$3, 2, NULL, '(,)'$$),
  ('a consortium in itself', $$4, 4, NULL, '(,)'$$),
  ('a member on no day', $$4, 3, NULL, 'empty'$$),
  ('a member until the end of time', $$4, 3, NULL, '[2020-01-01,infinity)'$$)
) t (tried, cells);

-- party_succession
SELECT tried, pg_temp.verdict(format('INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on) VALUES (%s)', cells)) FROM (VALUES
  ('on a day that is not known', $$2, 6, 'merger', NULL$$),
  ('of itself', $$3, 3, 'renaming', NULL$$),
  ('of a kind that is not known', $$2, 6, 'friendship', NULL$$),
  ('on the last of days', $$2, 6, 'merger', 'infinity'$$),
  ('twice', $$2, 3, 'merger', '2020-01-01'$$)
) t (tried, cells);

-- a change is stamped
UPDATE wmo.party SET changed_at = '2001-01-01' WHERE id = 1;
SELECT 'changed_at is kept', changed_at = wmo_works.change_time() FROM wmo.party WHERE id = 1;

-- rules that nothing above has met
SELECT 'not tried', pg_temp.untried('wmo.source', 'wmo.party', 'wmo.party_identifier', 'wmo.party_alias', 'wmo.consortium_member', 'wmo.party_succession');
ROLLBACK;
