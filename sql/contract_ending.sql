-- What a contract says of its ending: notice of termination, tacit renewal, ceilings; and lead times of tenders.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Groningen', 'municipality');
INSERT INTO wmo.contract (id, number, buyer_id, period) VALUES (1, 'Z-1', 1, '[2020-01-01,)'), (2, 'Z-2', 1, '[2022-01-01,2024-01-01)+P1Y'),
  (3, 'Z-3', 1, '[2022-01-01,2024-01-01)+P1Y notice P3M'), (4, 'Z-4', 1, '[2022-01-01,2024-01-01)');

INSERT INTO wmo.contract_ending (contract_id, kind) VALUES (3, 'termination');
INSERT INTO wmo.tender_lead_time (procedure, lead) VALUES ('restricted', '1 year');

-- The notice is counted back from the day after the last one, as the notice of an option is: 31 December less six months.
SELECT last_day, notice, wmo.termination_notice_by(last_day::date, notice::interval) AS by
FROM (VALUES ('2023-12-31', '6 months'), ('2024-03-30', '1 month'), ('2024-02-29', '1 month'), ('2024-12-31', '90 days')) v (last_day, notice);
-- The earliest end is the first day whose notice was not yet over: received on 30 June, six months, 31 December; a day later, 1 January.
SELECT received, notice, ends_on, wmo.earliest_end(received::date, notice::interval, ends_on) AS ends
FROM (VALUES ('2023-06-30', '6 months', 'any_day'), ('2023-07-01', '6 months', 'any_day'), ('2023-07-01', '6 months', 'month_end'),
  ('2024-01-30', '1 month', 'any_day'), ('2024-01-31', '1 month', 'month_end'), ('2023-01-31', '1 month', 'any_day'), ('2024-10-02', '90 days', 'any_day')) v (received, notice, ends_on);
SELECT count(*) AS days, count(*) FILTER (WHERE wmo.termination_notice_by(e, n) < d OR wmo.termination_notice_by(e - 1, n) >= d) AS not_the_first
FROM (SELECT d::date AS d, n, wmo.earliest_end(d::date, n) AS e FROM generate_series(timestamp '2023-01-01', '2025-03-01', '1 day') d, unnest('{1 month,6 months,90 days,1 year}'::interval[]) n) t;

SELECT tried, pg_temp.verdict(format('INSERT INTO wmo.contract_ending (contract_id, kind, %s) VALUES (%s)', names, cells)) FROM (VALUES
  ('six months'' notice', $$notice, by_whom, ends_on$$, $$1, 'termination', '6 months', 'either', 'month_end'$$),
  ('a notice that is not stated', $$by_whom$$, $$1, 'termination', 'buyer'$$),
  ('the same twice', $$by_whom$$, $$3, 'termination', NULL$$),
  ('by the weather', $$by_whom$$, $$1, 'termination', 'weather'$$),
  ('on Sundays', $$ends_on$$, $$4, 'termination', 'sunday'$$),
  ('a notice in hours', $$notice$$, $$4, 'termination', '36 hours'$$),
  ('a notice of nothing', $$notice$$, $$4, 'termination', '0 days'$$),
  ('planned for ever', $$planned_end$$, $$4, 'termination', 'infinity'$$),
  ('another kind', $$notice$$, $$4, 'divorce', '1 day'$$),
  ('renewed by a year, within three months', $$notice, renewed_by$$, $$2, 'tacit_renewal', '3 months', '1 year'$$),
  ('renewed, by how long is not said', $$notice$$, $$2, 'tacit_renewal', '3 months'$$),
  ('renewed until a planned end', $$renewed_by, planned_end$$, $$2, 'tacit_renewal', '1 year', '2025-01-01'$$),
  ('renewed, where the option would lapse', $$notice, renewed_by$$, $$3, 'tacit_renewal', '3 months', '1 year'$$),
  ('renewed, without a day for it', $$notice, renewed_by$$, $$4, 'tacit_renewal', '3 months', '1 year'$$),
  ('a ceiling of 80 clients', $$ceiling_count, counted$$, $$4, 'ceiling', 80, 'clients'$$),
  ('a ceiling on a day', $$ceiling_on$$, $$4, 'ceiling', '2023-06-30'$$),
  ('a ceiling of 80', $$ceiling_count$$, $$3, 'ceiling', 80$$),
  ('a ceiling of nothing', $$by_whom$$, $$3, 'ceiling', NULL$$),
  ('a ceiling with a notice', $$ceiling_on, notice$$, $$3, 'ceiling', '2023-06-30', '1 month'$$),
  ('no such contract', $$notice$$, $$99, 'termination', '1 month'$$)) t (tried, names, cells);
SELECT * FROM pg_temp.whole_error($$INSERT INTO wmo.contract_ending (contract_id, kind, renewed_by) VALUES (3, 'tacit_renewal', '1 year')$$);
SELECT tried, pg_temp.verdict(format('INSERT INTO wmo.tender_lead_time (procedure, lead, buyer_id) VALUES (%s)', cells)) FROM (VALUES
  ('nine months', $$'open', '9 months', NULL$$), ('of one buyer', $$'open', '12 months', 1$$), ('twice', $$'restricted', '1 month', NULL$$),
  ('by lottery', $$'lottery', '1 month', NULL$$), ('a day and an hour', $$'sas', '25 hours', NULL$$), ('no time', $$'sas', '0', NULL$$)) t (tried, cells);
-- After the last day of a ceiling nobody new is called off; who was a client before is; a count tells nothing.
INSERT INTO wmo.party (id, name, kind) VALUES (2, 'Vervoerder', 'provider');
INSERT INTO wmo.area (id, code, name, kind) VALUES (1, 'GM0014', 'Groningen', 'municipality');
UPDATE wmo.contract SET supplier_id = 2, entered_on = '2021-12-01' WHERE id IN (3, 4);
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice, entered_on) VALUES (3, wmo.service_id('vervoerdiensten'), 1, 'shared', '2021-12-01'), (4, wmo.service_id('kortdurend_verblijf'), 1, 'exclusive', '2021-12-01');
INSERT INTO wmo.contract_ending (contract_id, kind, ceiling_on) SELECT 4, 'ceiling', '2023-06-30' WHERE NOT EXISTS (SELECT FROM wmo.contract_ending e WHERE e.contract_id = 4 AND e.ceiling_on IS NOT NULL);
INSERT INTO wmo.contract_ending (contract_id, kind, ceiling_count, counted) VALUES (3, 'ceiling', 80, 'clients');
CREATE FUNCTION pg_temp.served(service text, on_date date, client_of integer DEFAULT NULL) RETURNS TABLE (found boolean, provider text, certainty text, reason text) LANGUAGE sql AS $$
  SELECT p.found, p.provider, p.certainty, p.reason FROM wmo.providers_in_area('GM0014'::wmo.area_code, service, on_date, 40, client_of, on_date, on_date) p ORDER BY p.ord $$;
SELECT d, s.* FROM unnest('{2023-06-30,2023-07-01}'::date[]) d, pg_temp.served('kortdurend_verblijf', d) s ORDER BY d;
SELECT 'a client of its own', s.* FROM pg_temp.served('kortdurend_verblijf', '2023-07-01', 2) s;
SELECT 'a count', s.* FROM pg_temp.served('vervoerdiensten', '2023-07-01') s;
SELECT 'not tried', pg_temp.untried('wmo.contract_ending', 'wmo.tender_lead_time');
ROLLBACK;
