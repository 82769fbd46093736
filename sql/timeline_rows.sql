-- The life of contracts on a line of days, as it stands on one of them.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

SELECT count(pg_temp.area(n, 'Vak ' || n)) FROM generate_series(1, 6) n;
INSERT INTO wmo.award (id, supplier_id, decided, sent, standstill, forfeiture) VALUES (1, 2, '[2019-09-02,2019-09-03)', '[2019-09-02,2019-09-03)', wmo.objection_period_until('standstill', '2019-09-23'), wmo.objection_period_until('forfeiture', '2019-09-21', '2019-09-24'));
SELECT count(pg_temp.contract(n, p::wmo.contract_period, n, 10 * n, supplier => s, award => a)) FROM (VALUES (1, '[2020-01-01,2022-01-01)+P1Y+P1Y notice P3M', 2, 1), (2, '[2020-01-01,?)', 3, NULL), (3, '(?,2021-01-01)', NULL, NULL), (4, '[2020-01-01,)', 2, NULL),
  (5, '[2020-01-01,2021-01-01)+P1Y(declined)', 3, NULL)) t (n, p, s, a);
INSERT INTO wmo.contract_change (contract_id, kind, received_on, decided_on, effective_on, until, to_party_id) VALUES (1, 'extension', '2021-06-01', '2021-05-15', NULL, NULL, NULL), (2, 'suspension', NULL, '2020-05-01', '2020-06-01', '2020-09-01', NULL),
  (4, 'transfer', NULL, '2020-12-01', '2021-03-01', NULL, 3), (5, 'early_end', NULL, '2020-05-01', '2020-10-01', NULL, NULL);
-- as of a day: before and after the extension was known
SELECT d, r.n, r.number, r.party_id, r.first_day, r.last_day, r.end_kind, r.terminated FROM unnest('{2020-03-01,2021-07-01}'::date[]) d CROSS JOIN LATERAL wmo_works.timeline_rows(d, NULL, NULL, NULL) r ORDER BY d, r.n;
SELECT r.number, p.kind, p.days, p.place FROM (SELECT array_agg(t ORDER BY t.n) AS rows FROM wmo_works.timeline_rows('2021-07-01', NULL, NULL, NULL) t) a CROSS JOIN LATERAL wmo_works.timeline_pieces(a.rows, '2021-07-01') p JOIN unnest(a.rows) r ON r.n = p.n
ORDER BY r.n, p.days, p.kind;
-- why its days are less sure than they look, in words too
INSERT INTO wmo.contract_change (contract_id, kind, decided_on) VALUES (1, 'extension', '2021-12-01');
UPDATE wmo.contract_change SET source_id = 2 WHERE contract_id IN (1, 5);
SELECT d, r.number, r.last_day, r.doubts FROM unnest('{2021-07-01,2021-12-01}'::date[]) d CROSS JOIN LATERAL wmo_works.timeline_rows(d, NULL, NULL, NULL) r WHERE r.doubts IS NOT NULL ORDER BY d, r.n;
SELECT l, wmo_works.timeline_says(ARRAY(SELECT r FROM wmo_works.timeline_rows('2021-12-01', NULL, 2, NULL) r), true, wmo_works.picture_words(l)) FROM unnest('{en,nl}'::text[]) l;
SELECT regexp_count(wmo.report_html('2021-12-01', 'Stad', 'en'), 'our reading of the source; Extended, notice received on a day not recorded') > 0 AS on_the_page;
DELETE FROM wmo.contract_change WHERE contract_id = 1 AND decided_on = '2021-12-01';
UPDATE wmo.contract_change SET source_id = NULL;
-- of a provider: what it has now, or had as agreed; of a service with its wider and narrower ones; of a buyer
SELECT string_agg(r.number, ' ' ORDER BY r.n) FROM wmo_works.timeline_rows('2021-07-01', NULL, 3, NULL) r;
SELECT string_agg(r.number, ' ' ORDER BY r.n) FROM wmo_works.timeline_rows('2021-07-01', NULL, NULL, wmo.service_id('individuele_begeleiding')) r;
INSERT INTO wmo.consortium_member (consortium_id, member_id) VALUES (5, 1), (5, 2);
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (9, 'samen', 5, 2, '[2020-01-01,)');
SELECT b, wmo_works.buyers_named(b, '2021-07-01') FROM unnest('{stad,Combinatie,NULL}'::text[]) b;
SELECT part, words FROM pg_temp.whole_error($$SELECT wmo_works.buyers_named('Stadt', '2021-07-01')$$);
-- who came after another has what that one bought, or delivers, from that day on
INSERT INTO wmo.party (id, name, kind) VALUES (8, 'Nieuwdal', 'municipality'), (9, 'Opvolger', 'provider');
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on) VALUES (1, 8, 'merger', '2021-01-01'), (3, 9, 'merger', '2021-01-01');
SELECT d, wmo_works.buyers_named('Nieuwdal', d), (SELECT string_agg(r.number, ' ' ORDER BY r.n) FROM wmo_works.timeline_rows(d, wmo_works.buyers_named('Nieuwdal', d), 9, NULL) r) FROM unnest('{2020-12-31,2021-07-01}'::date[]) d;
ROLLBACK;
