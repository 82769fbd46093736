-- Contracts: what a contract, its scopes, subcontracts, client stops and access points may be, and what may stay unknown.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Walcheren', 'municipality'), (2, 'Zorg A', 'provider'), (3, 'Loket', 'access_point'), (4, 'Veere', 'municipality');
INSERT INTO wmo.area (id, name, kind) VALUES (1, 'Veere', 'municipality'), (2, 'Vlissingen', 'municipality');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (1, 'A', 1, 2, '[2020-01-01,2022-01-01)+P1Y notice P3M');
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, ages, valid) VALUES (1, 1, 10, 1, '[18,75)', '[2020-01-01,2021-01-01)');
INSERT INTO wmo.access_point (party_id, area_id, valid) VALUES (3, NULL, '[2020-01-01,2021-01-01)');

SELECT tried, pg_temp.verdict(format('INSERT INTO wmo.contract (%s) VALUES (%s)', names, cells)) FROM (VALUES
  ('a number, a buyer and a period', $$number, buyer_id, period$$, $$'B', 1, '[2020-01-01,2022-01-01)'$$),
  ('no end stated', $$number, buyer_id, period$$, $$'B', 1, '[2020-01-01,?)'$$),
  ('no first day stated', $$number, buyer_id, period$$, $$'B', 1, '(?,2023-03-01)'$$),
  ('open by agreement', $$number, buyer_id, period$$, $$'B', 1, '[2020-01-01,)'$$),
  ('nothing known of its days', $$number, buyer_id, period$$, $$'B', 1, '(?,?)'$$),
  ('no period at all', $$number, buyer_id$$, $$'B', 1$$),
  ('no buyer', $$number, period$$, $$'B', '[2020-01-01,?)'$$),
  ('about 80 who are not named', $$number, buyer_id, period, supplier_count, approximate$$, $$'B', 1, '[2020-01-01,?)', 80, true$$),
  ('about one who is named', $$number, buyer_id, period, supplier_id, approximate$$, $$'B', 1, '[2020-01-01,?)', 2, true$$),
  ('one who is named, and counted', $$number, buyer_id, period, supplier_id, supplier_count$$, $$'B', 1, '[2020-01-01,?)', 2, 1$$),
  ('one who is named, and two', $$number, buyer_id, period, supplier_id, supplier_count$$, $$'B', 1, '[2020-01-01,?)', 2, 2$$),
  ('nobody, counted', $$number, buyer_id, period, supplier_count$$, $$'B', 1, '[2020-01-01,?)', 0$$),
  ('a blank number', $$number, buyer_id, period$$, $$' ', 1, '[2020-01-01,?)'$$),
  ('a key that a map has another use for', $$id, number, buyer_id, period$$, $$2147483647, 'X', 1, '[2020-01-01,?)'$$),
  ('a number twice', $$number, buyer_id, period$$, $$'A', 1, '[2020-01-01,?)'$$),
  ('another buyer''s number', $$number, buyer_id, period$$, $$'A', 4, '[2020-01-01,?)'$$),
  ('signed at the end of time', $$number, buyer_id, period, signed_on$$, $$'B', 1, '[2020-01-01,?)', 'infinity'$$),
  ('of an award and of a tender', $$number, buyer_id, period, award_id, tender_id$$, $$'B', 1, '[2020-01-01,?)', 1, 1$$),
  ('announced at the end of time', $$number, buyer_id, period, announced_on$$, $$'B', 1, '[2020-01-01,?)', 'infinity'$$),
  ('known from ever', $$number, buyer_id, period, known_on$$, $$'B', 1, '[2020-01-01,?)', '-infinity'$$),
  ('taakgericht', $$number, buyer_id, period, variant$$, $$'B', 1, '[2020-01-01,?)', 'taakgericht'$$),
  ('another variant', $$number, buyer_id, period, variant$$, $$'B', 1, '[2020-01-01,?)', 'gratis'$$),
  ('a team that minds it', $$number, buyer_id, period, owner$$, $$'B', 1, '[2020-01-01,?)', 'inkoop sociaal domein'$$),
  ('somebody''s address', $$number, buyer_id, period, owner$$, $$'B', 1, '[2020-01-01,?)', 'jan@example.org'$$),
  ('the agreed period alone', $$number, buyer_id, agreed_period$$, $$'B', 1, '[2020-01-01,?)'$$),
  ('two periods that differ without a ledger', $$number, buyer_id, period, agreed_period$$, $$'B', 1, '[2020-01-01,2022-01-01)', '[2020-01-01,2021-01-01)'$$)
) t (tried, names, cells);

SELECT tried, pg_temp.verdict(format('INSERT INTO wmo.contract_scope (contract_id, service_id, %s) VALUES (1, 10, %s)', names, cells)) FROM (VALUES
  ('an area that is not named', $$area_id$$, $$NULL$$),
  ('the same service and area', $$area_id$$, $$1$$),
  ('the same, from the day after', $$area_id, valid$$, $$1, '[2021-01-01,)'$$),
  ('the same, from the last day', $$area_id, valid$$, $$1, '[2020-12-31,)'$$),
  ('the same, from 75', $$area_id, ages$$, $$1, '[75,)'$$),
  ('the same, from 74', $$area_id, ages$$, $$1, '[74,)'$$),
  ('the same, for existing clients', $$area_id, clients$$, $$1, 'existing'$$),
  ('existing on a day', $$area_id, clients, existing_on$$, $$1, 'existing', '2019-12-31'$$),
  ('all clients, existing on a day', $$area_id, clients, existing_on$$, $$2, 'all', '2019-12-31'$$),
  ('existing on no finite day', $$area_id, clients, existing_on$$, $$2, 'existing', '-infinity'$$),
  ('known from ever', $$area_id, known_on$$, $$2, '-infinity'$$),
  ('new clients', $$area_id, clients$$, $$2, 'new'$$),
  ('no ages', $$area_id, ages$$, $$2, 'empty'$$),
  ('ages before birth', $$area_id, ages$$, $$2, '[-1,18)'$$),
  ('ages without a youngest', $$area_id, ages$$, $$2, '(,18)'$$),
  ('ages without an oldest', $$area_id, ages$$, $$2, '[18,)'$$),
  ('on no day', $$area_id, valid$$, $$2, 'empty'$$),
  ('until the end of time', $$area_id, valid$$, $$2, '[2020-01-01,infinity)'$$),
  ('each choice in turn', $$area_id, choice$$, $$2, 'exclusive'), (1, 70, 2, 'shared'), (1, 20, 2, 'client_choice'), (1, 40, 2, 'unknown'$$),
  ('another choice', $$area_id, choice$$, $$2, 'lottery'$$),
  ('following the code of no area', $$area_id, follows_code$$, $$NULL, true$$),
  ('following the code of an area', $$area_id, follows_code$$, $$2, true$$)
) t (tried, names, cells);

SELECT tried, pg_temp.verdict(format('INSERT INTO wmo.subcontract (contract_id, %s) VALUES (1, %s)', names, cells)) FROM (VALUES
  ('somebody', $$party_id$$, $$NULL$$),
  ('about ten', $$party_count, approximate$$, $$10, true$$),
  ('about a number not stated', $$approximate$$, $$true$$),
  ('nobody, counted', $$party_count$$, $$0$$),
  ('one who is named, and two', $$party_id, party_count$$, $$2, 2$$),
  ('on no day', $$party_id, valid$$, $$2, 'empty'$$),
  ('until the end of time', $$party_id, valid$$, $$2, '[2020-01-01,infinity)'$$),
  ('new clients', $$party_id, clients$$, $$2, 'new'$$),
  ('existing on a day', $$party_id, clients, existing_on$$, $$2, 'existing', '2019-12-31'$$),
  ('all clients, existing on a day', $$party_id, existing_on$$, $$2, '2019-12-31'$$),
  ('existing on no finite day', $$party_id, clients, existing_on$$, $$2, 'existing', 'infinity'$$),
  ('entered at the end of time', $$party_id, entered_on$$, $$2, 'infinity'$$)
) t (tried, names, cells);

SELECT tried, pg_temp.verdict(format('INSERT INTO wmo.client_stop (contract_id, during, by_whom) VALUES (1, %s)', cells)) FROM (VALUES
  ('by somebody', $$'[2020-06-01,)', NULL$$), ('by the buyer', $$'[2020-06-01,)', 'buyer'$$),
  ('by the weather', $$'[2020-06-01,)', 'weather'$$), ('on no day', $$'empty', NULL$$),
  ('until the end of time', $$'[2020-01-01,infinity)', NULL$$)
) t (tried, cells);

SELECT 'a stop known from ever', pg_temp.verdict($$INSERT INTO wmo.client_stop (contract_id, during, known_on) VALUES (1, '[2020-06-01,)', '-infinity')$$);

-- a stop is lifted on a day of it, in whatever order the two come or change
INSERT INTO wmo.client_stop (id, contract_id, during) VALUES (50, 1, '[2022-01-01,2022-06-01)'), (51, 1, '[2022-09-01,)');
SELECT n, tried, pg_temp.done(statement) FROM (VALUES
  (1, 'lifted months after it ended', $$INSERT INTO wmo.client_stop_lift (contract_id, stop_id, effective_on) VALUES (1, 50, '2022-09-01')$$),
  (2, 'lifted on the day after its last one', $$INSERT INTO wmo.client_stop_lift (contract_id, stop_id, effective_on) VALUES (1, 50, '2022-06-01')$$),
  (3, 'lifted on its last day', $$INSERT INTO wmo.client_stop_lift (contract_id, stop_id, effective_on) VALUES (1, 50, '2022-05-31')$$),
  (4, 'one without end', $$INSERT INTO wmo.client_stop_lift (contract_id, stop_id, effective_on) VALUES (1, 51, '2032-05-31')$$),
  (5, 'lifted later', $$UPDATE wmo.client_stop_lift SET effective_on = '2022-07-01' WHERE stop_id = 50$$),
  (6, 'of the other stop instead', $$UPDATE wmo.client_stop_lift SET effective_on = '2032-06-01', stop_id = 50 WHERE stop_id = 51$$),
  (7, 'the stop was shorter', $$UPDATE wmo.client_stop SET during = '[2022-01-01,2022-05-01)' WHERE id = 50$$),
  (8, 'the stop was longer', $$UPDATE wmo.client_stop SET during = '[2022-01-01,2022-10-01)' WHERE id = 50$$),
  (9, 'and lifted later', $$UPDATE wmo.client_stop_lift SET effective_on = '2022-07-01' WHERE stop_id = 50$$),
  (10, 'both at once', $$WITH s AS (INSERT INTO wmo.client_stop (id, contract_id, during) VALUES (52, 1, '[2024-01-01,2024-02-01)')) INSERT INTO wmo.client_stop_lift (contract_id, stop_id, effective_on) VALUES (1, 52, '2024-03-01')$$)
) t (n, tried, statement) ORDER BY n;
SELECT part, words FROM pg_temp.whole_error($$UPDATE wmo.client_stop SET during = '[2022-01-01,2022-06-01)' WHERE id = 50$$);

SELECT tried, pg_temp.verdict(format('INSERT INTO wmo.access_point (party_id, area_id, service_id, valid) VALUES (%s)', cells)) FROM (VALUES
  ('for an area', $$3, 1, NULL, '(,)'$$), ('by a provider', $$2, 1, NULL, '(,)'$$), ('on no day', $$3, 1, NULL, 'empty'$$),
  ('until the end of time', $$3, 1, NULL, '[2020-01-01,infinity)'$$),
  ('for all, twice', $$3, NULL, NULL, '[2020-12-31,)'$$), ('for all, afterwards', $$3, NULL, NULL, '[2021-01-01,)'$$)
) t (tried, cells);

SELECT 'a contract goes with all that is its own', pg_temp.verdict('DELETE FROM wmo.contract');
SELECT 'not tried', u FROM pg_temp.untried('wmo.contract', 'wmo.contract_scope', 'wmo.subcontract', 'wmo.client_stop', 'wmo.access_point') u
WHERE u NOT LIKE '%added_by%'; -- see contract_change
ROLLBACK;
