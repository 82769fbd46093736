-- A tender as an OCDS release. Validated against the official schemas in script/clients.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

SELECT wmo_works.ocds_day('2024-07-08', false), wmo_works.ocds_day('2024-07-08', true), wmo_works.ocds_day('10000-01-01', true), wmo_works.ocds_day('infinity', true), wmo_works.ocds_day(NULL, true);
SET LOCAL datestyle = 'German';
SET LOCAL timezone = 'Asia/Tokyo';
SELECT wmo_works.ocds_time('2024-07-08 01:02:03.4+02');
SET LOCAL datestyle = 'ISO';
SET LOCAL timezone = 'Europe/Amsterdam';

UPDATE wmo.party SET natural_person = true WHERE id = 4;
INSERT INTO wmo.party_identifier (party_id, scheme, value, valid) VALUES (2, 'kvk', '01234567', '(,)'), (2, 'agb', '98000001', '(,2020-01-01)'), (2, 'agb', '98000002', '[2020-01-01,)'), (4, 'kvk', '99999999', '(,)');
INSERT INTO wmo.consortium_member (consortium_id, member_id, valid, known_on) VALUES (5, 3, '(,)', '2018-01-01'), (5, 6, '(,2019-01-01)', '2018-01-01');
INSERT INTO wmo.tender (id, title, procedure, published, tenderer_count) VALUES (1, 'Begeleiding 2019', 'open', '[2019-06-03,2019-06-04)', 7), (2, 'Leeg', 'unknown', NULL, NULL), (3, 'Ongeveer', 'sas', '[2019-06-03,2019-06-05)', 7);
UPDATE wmo.tender SET tenderers_approximate = true WHERE id = 3;
INSERT INTO wmo.tender_buyer (tender_id, buyer_id) VALUES (1, 1);
INSERT INTO wmo.lot (id, tender_id, name) VALUES (1, 1, 'Noord'), (2, 1, 'Zuid');
INSERT INTO wmo.award (id, tender_id, lot_id, supplier_id, decided, sent, standstill, final_on, final_basis, source_id) VALUES
  (1, 1, 1, 2, '[2019-12-04,2019-12-05)', '[2019-12-05,2019-12-06)', wmo.objection_period('standstill', '2019-12-05'), '2019-12-30', 'announced', NULL),
  (2, 1, 2, 4, '[2019-12-01,2019-12-31)', NULL, wmo.objection_period_until('sas_standstill', '2019-12-26', '2019-12-27'), NULL, NULL, 2),
  (3, 1, NULL, 5, NULL, NULL, NULL, NULL, NULL, NULL);
UPDATE wmo.award SET withdrawn_on = '2020-02-01' WHERE id = 3;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id, signed_on, source_id) VALUES
  (1, 'C1', 1, 2, '[2020-01-01,2022-01-01)+P2Y+P1Y notice P6M', 1, '2019-12-31', NULL), (2, 'C2', 1, 4, '[2020-01-01,)', 2, NULL, 2),
  (3, 'C3', 1, NULL, '[2020-01-01,?)', 2, NULL, NULL), (4, 'los', 1, 2, '[2020-01-01,2022-01-01)', NULL, NULL, NULL);
INSERT INTO wmo.contract_change (id, contract_id, kind, received_on, reason) VALUES (1, 1, 'extension', '2021-05-01', 'goed gegaan');
INSERT INTO wmo.contract_scope (id, contract_id, service_id, ages, choice, lot_id) VALUES (1, 1, 20, '[18,75)', 'shared', 1);

-- the whole of it, as it stands on a day
SELECT jsonb_pretty(wmo.ocds_release(1, '2022-06-01') - 'date' - 'id');
-- a tender of which nothing more is known, and one of which the counts and days are not exact
SELECT wmo.ocds_release(2, '2022-06-01') - 'date' - 'id', wmo.ocds_release(3, '2022-06-01') -> 'tender';

-- a term that ran out makes no award active: by the day
SELECT d::date AS day, (SELECT string_agg(coalesce(a ->> 'status', 'cannot be told'), ', ' ORDER BY a ->> 'id') FROM jsonb_array_elements(wmo.ocds_release(1, d::date) -> 'awards') a) AS awards,
  (SELECT string_agg(coalesce(c ->> 'status', 'cannot be told'), ', ' ORDER BY c ->> 'id') FROM jsonb_array_elements(wmo.ocds_release(1, d::date) -> 'contracts') c) AS contracts
FROM unnest(ARRAY['2019-12-10', '2020-01-10', '2020-03-01', '2024-06-01', '2026-01-01']::timestamp[]) d;

-- of a past day, nothing that came or was known later: not the notice, an award that was not decided, its terms before they ran, a signature, what it was extended by,
-- a contract of a later day, proceedings and their ruling, a part that was added, a member
INSERT INTO wmo.award_challenge (id, award_id, kind, lodged, ruling_expected, ruled, outcome, ordered, order_settled_on) VALUES (1, 1, 'summary_proceedings', '2019-12-20', '2020-01-15', '2020-01-20', 'upheld', 'not_to_sign', '2020-03-02');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id, known_on) VALUES (6, 'C6', 1, 2, '[2020-01-01,)', 1, '2021-02-01');
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, service_id) VALUES (6, 1, 'scope_added', '2020-05-01', '2020-06-01', 70);
INSERT INTO wmo.contract_scope (id, contract_id, service_id, added_by_id) VALUES (6, 1, 70, 6);
UPDATE wmo.consortium_member SET known_on = '2020-04-01' WHERE member_id = 3;
SELECT d::date AS day, concat_ws('; ', jsonb_path_query_array(r, '$.parties[*].name'), r #>> '{tender,documents,0,datePublished}', jsonb_path_query_array(r, '$.tender.milestones[*].id'),
                                 jsonb_path_query_array(r, '$.tender.milestones[*] ? (@.code == "proceedings").description')) AS tender
FROM unnest(ARRAY['2019-06-02', '2019-12-03', '2019-12-05', '2019-12-20', '2020-01-20', '2020-03-02', '2020-04-01']::timestamp[]) d CROSS JOIN LATERAL wmo.ocds_release(1, d::date) r;
SELECT d::date AS day, c ->> 'id' AS contract, c ->> 'dateSigned' AS signed, c #>> '{period,endDate}' AS until, jsonb_path_query_array(c, '$.milestones[*] ? (@.code == "extension_option").status') AS options,
       jsonb_path_query_array(c, '$.items[*].id') AS items, jsonb_path_query_array(c, '$.amendments[*].description') AS amendments
FROM unnest(ARRAY['2019-12-03', '2019-12-30', '2019-12-31', '2020-05-01', '2021-02-01', '2021-05-01']::timestamp[]) d CROSS JOIN LATERAL jsonb_array_elements(wmo.ocds_release(1, d::date) -> 'contracts') c ORDER BY 1, 2;
DELETE FROM wmo.contract_scope WHERE id = 6;
DELETE FROM wmo.contract_change WHERE id = 6;
DELETE FROM wmo.contract WHERE id = 6;
DELETE FROM wmo.award_challenge;
UPDATE wmo.consortium_member SET known_on = '2018-01-01';
-- without a day of its own, neither signed nor under an award with one, it was known when it was entered
UPDATE wmo.award SET no_term_because = '2B-dienst' WHERE id = 3;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id, entered_on) VALUES (6, 'C6', 1, 5, '[2019-01-01,)', 3, '2020-01-15');
SELECT d::date AS day, jsonb_path_exists(wmo.ocds_release(1, d::date), '$.contracts[*] ? (@.id == "C6")') AS there FROM unnest(ARRAY['2020-01-14', '2020-01-15']::timestamp[]) d;
DELETE FROM wmo.contract WHERE id = 6;
UPDATE wmo.award SET no_term_because = NULL WHERE id = 3;

-- a sole trader is nowhere in it, and there when released
SELECT wmo.ocds_release(1, '2022-06-01')::text ~ 'Aanbieder C|99999999|party-4"' AS left_in, wmo.ocds_release(1, '2022-06-01', with_natural_persons => true)::text ~ 'Aanbieder C' AS released;
INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, effective_on, to_party_id) VALUES (2, 1, 'transfer', '2021-06-01', '2021-07-01', 4);
SELECT wmo.ocds_release(1, '2022-06-01')::text ~ 'Aanbieder C|99999999|party-4"' AS left_in, wmo.ocds_release(1, '2022-06-01') #>> '{contracts,0,amendments,1,description}';
DELETE FROM wmo.contract_change WHERE id = 2;

-- a contract whose award was withdrawn, is void or replaced, or that a ruling orders to end, is not told as one that runs
INSERT INTO wmo.tender (id, title, procedure, above_threshold) VALUES (50, 'Na de gunning', 'open', true);
INSERT INTO wmo.tender_buyer (tender_id, buyer_id) VALUES (50, 1);
INSERT INTO wmo.award (id, tender_id, supplier_id, decided, sent, standstill) SELECT n, 50, 2, '[2019-07-09,2019-07-09]', '[2019-07-10,2019-07-10]', wmo.objection_period('standstill', '2019-07-10') FROM generate_series(51, 57) n;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, signed_on, award_id) SELECT n, 'N' || n, 1, 2, '[2020-01-01,2024-01-01)+P1Y notice P3M', CASE WHEN n <> 54 THEN date '2019-12-01' END, n FROM generate_series(51, 57) n;
UPDATE wmo.award SET annulled_on = '2021-01-01' WHERE id = 52;
UPDATE wmo.award SET withdrawn_on = '2021-01-01' WHERE id = 53;
UPDATE wmo.award SET annulled_on = '2021-01-01' WHERE id = 54;
INSERT INTO wmo.award_challenge (award_id, kind, lodged, ruled, outcome, ordered) VALUES (55, 'main_proceedings', '2019-10-20', '2021-08-20', 'upheld', 'to_end_contract');
INSERT INTO wmo.award (id, supplier_id, decided, sent, replaces_id) VALUES (58, 5, '[2021-01-09,2021-01-09]', '[2021-01-10,2021-01-10]', 56);
UPDATE wmo.award SET annulled_on = '2021-01-01', revived_on = '2021-06-01' WHERE id = 57;
SELECT d, c ->> 'id' AS contract, c ->> 'status' AS status, left(c #>> '{period,endDate}', 10) AS last_day, left(c #>> '{period,maxExtentDate}', 10) AS at_most
FROM unnest('{2020-12-01,2022-12-01,2026-01-01}'::date[]) d CROSS JOIN LATERAL jsonb_array_elements(wmo.ocds_release(50, d) -> 'contracts') c ORDER BY 1, 2;
DELETE FROM wmo.contract WHERE id BETWEEN 51 AND 57;
DELETE FROM wmo.award WHERE id BETWEEN 51 AND 58;
DELETE FROM wmo.tender_buyer WHERE tender_id = 50;
DELETE FROM wmo.tender WHERE id = 50;

-- the same content is the same release whoever asks, under any settings; other content is another
SELECT (wmo.ocds_release(1, '2022-06-01') ->> 'id') = (wmo.ocds_release(1, '2022-06-02') ->> 'id') AS same, (wmo.ocds_release(1, '2022-06-01') ->> 'id') = (wmo.ocds_release(1, '2020-01-01') ->> 'id') AS another_day;
CREATE TEMPORARY TABLE before AS SELECT wmo.ocds_release(1, '2022-06-01') AS release;
SET LOCAL datestyle = 'German';
SET LOCAL intervalstyle = 'sql_standard';
SET LOCAL timezone = 'Asia/Tokyo';
SELECT wmo.ocds_release(1, '2022-06-01') = b.release FROM before b;
SET LOCAL datestyle = 'ISO';
SET LOCAL timezone = 'Europe/Amsterdam';
UPDATE wmo.party SET name = 'Aanbieder Anders' WHERE id = 2;
SELECT wmo.ocds_release(1, '2022-06-01') ->> 'id' = b.release ->> 'id' AS same, (wmo.ocds_release(1, '2022-06-01') ->> 'date')::timestamptz >= (b.release ->> 'date')::timestamptz AS later FROM before b;
-- two buyers with one number: the identifiers differ, and the buyer of the release is neither
INSERT INTO wmo.party (id, name, kind) VALUES (7, 'Dorp', 'municipality');
INSERT INTO wmo.tender_buyer (tender_id, buyer_id) VALUES (1, 7);
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id) VALUES (5, 'C1', 7, 2, '[2020-01-01,)', 1);
SELECT c ->> 'id', c -> 'buyer' ->> 'name' FROM jsonb_array_elements(wmo.ocds_release(1, '2022-06-01') -> 'contracts') c;
SELECT wmo.ocds_release(1, '2022-06-01') ? 'buyer';

-- a package
SELECT p - 'publishedDate' - 'releases', jsonb_array_length(p -> 'releases') FROM wmo.ocds_release_package('https://data.example.org/ocds.json', 'Gemeente Stad', '{1,3}', '2022-06-01') p;
SELECT jsonb_array_length(wmo.ocds_release_package('https://data.example.org/ocds.json', 'Gemeente Stad') -> 'releases');
SELECT wmo.ocds_release(NULL) IS NULL AS of_nothing;
SELECT statement, e.part, e.words FROM unnest(ARRAY['SELECT wmo.ocds_release(99)', $$SELECT wmo.ocds_release(1, ocid_prefix => 'mijn')$$, $$SELECT wmo.ocds_release_package('data', 'Stad')$$,
  $$SELECT wmo.ocds_release_package('https://data.example.org/', ' ')$$]) statement CROSS JOIN LATERAL pg_temp.whole_error(statement) e;
-- who has a contract is its supplier, from the day of the takeover on; an end by our reading is no end
INSERT INTO wmo.party (id, name, kind) VALUES (901, 'Stad Negen', 'municipality'), (902, 'Zorg Oud', 'provider'), (903, 'Zorg Nieuw', 'provider');
INSERT INTO wmo.source (id, article, published, basis, reading) VALUES (901, 'lezing', '[2019-01-01,2019-01-01]', 'inferred', 'gelezen');
INSERT INTO wmo.tender (id, title, procedure, above_threshold) VALUES (901, 'T9', 'open', true);
INSERT INTO wmo.tender_buyer (tender_id, buyer_id) VALUES (901, 901);
INSERT INTO wmo.award (id, tender_id, supplier_id, decided, sent, final_on, final_basis) VALUES (901, 901, 902, '[2019-03-01,2019-03-01]', '[2019-03-01,2019-03-01]', '2019-04-01', 'recorded');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, award_id, signed_on) VALUES (901, 'N9', 901, 902, '[2020-01-01,2028-01-01)+P1Y notice P3M', 901, '2019-04-02');
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id) VALUES (901, 'transfer', '2020-06-01', '2021-01-01', 903);
SELECT d, c -> 'suppliers' -> 0 ->> 'name' AS supplier, c ->> 'status' AS status, c -> 'period' ->> 'endDate' AS last_day,
  (SELECT m ->> 'description' FROM jsonb_array_elements(c -> 'milestones') m WHERE m ->> 'code' = 'agreed_supplier') AS agreed
FROM unnest('{2020-12-31,2021-01-01}'::date[]) d CROSS JOIN LATERAL jsonb_array_elements(wmo.ocds_release(901, d) -> 'contracts') c;
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, source_id) VALUES (901, 'early_end', '2021-06-01', '2021-09-01', 901);
SELECT d, c ->> 'status' AS status, c -> 'period' AS period FROM unnest('{2021-05-31,2021-06-01,2022-01-01}'::date[]) d CROSS JOIN LATERAL jsonb_array_elements(wmo.ocds_release(901, d) -> 'contracts') c;
ROLLBACK;
