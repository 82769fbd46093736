-- The recipes of docs/cookbook.md, word for word, each followed by the questions that show what it did. A check of script/test
-- holds the two together: what stands between "-- recipe" and "-- effect" is what the document says.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE;
\pset format unaligned
\pset tuples_only on
\pset fieldsep ': '
SET datestyle = 'ISO';
SET jit = off;

INSERT INTO wmo.party (name, kind) VALUES ('Gemeente Bovendal', 'municipality'), ('Gemeente Benedendal', 'municipality'), ('Gemeenten Dal', 'consortium'),
  ('Hulp Thuis', 'provider'), ('Zorg Kort', 'provider'), ('Zorg Klein', 'provider'), ('Zorg Groot', 'provider'), ('Dagzorg', 'provider'),
  ('Combinatie Dal', 'consortium'), ('Lid Een', 'provider'), ('Lid Twee', 'provider');
INSERT INTO wmo.consortium_member (consortium_id, member_id, valid)
SELECT c.id, m.id, '[2023-01-01,)' FROM wmo.party c, wmo.party m WHERE c.name = 'Combinatie Dal' AND m.name LIKE 'Lid %';
INSERT INTO wmo.area (code, name, kind) VALUES ('GM9001', 'Bovendal', 'municipality'), ('GM9002', 'Benedendal', 'municipality'), (NULL, 'Noord', 'working_area'), (NULL, 'Zuid', 'working_area');
INSERT INTO wmo.area_part (whole_id, part_id) SELECT w.id, p.id FROM wmo.area w, wmo.area p
WHERE (w.name, p.name) IN (('Noord', 'Bovendal'), ('Zuid', 'Benedendal'));
INSERT INTO wmo.tender (title) VALUES ('Dagbesteding 2019');
INSERT INTO wmo.award (tender_id, decided, withdrawn_on) SELECT t.id, '[2022-10-01,2022-10-02)', '2022-11-01' FROM wmo.tender t WHERE t.title = 'Dagbesteding 2019';
INSERT INTO wmo.contract (number, buyer_id, supplier_id, period, award_id)
SELECT n.number, b.id, s.id, n.period::wmo.contract_period, CASE WHEN n.number = 'HH-01' THEN (SELECT a.id FROM wmo.award a JOIN wmo.tender t ON t.id = a.tender_id WHERE t.title = 'Dagbesteding 2019') END
FROM (VALUES ('HH-01', 'Hulp Thuis', '[2023-01-01,2026-01-01)+P1Y+P1Y notice P6M'), ('BG-01', 'Zorg Kort', '[2023-01-01,2027-01-01)'), ('BG-02', 'Zorg Klein', '[2023-01-01,2027-01-01)'),
             ('DB-01', 'Dagzorg', '[2023-01-01,2027-01-01)'), ('KV-01', 'Combinatie Dal', '[2023-01-01,)')) n (number, supplier, period)
JOIN wmo.party b ON b.name = 'Gemeenten Dal' JOIN wmo.party s ON s.name = n.supplier;
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice)
SELECT c.id, wmo.service_id(n.service), a.id, n.choice
FROM (VALUES ('HH-01', 'hulp_bij_het_huishouden', 'Noord', 'exclusive'), ('BG-01', 'begeleiding', 'Noord', 'client_choice'), ('BG-02', 'begeleiding', 'Noord', 'client_choice'),
             ('DB-01', 'dagbesteding', 'Noord', 'exclusive'), ('KV-01', 'kortdurend_verblijf', 'Bovendal', 'shared')) n (number, service, area, choice)
JOIN wmo.contract c ON c.number = n.number JOIN wmo.area a ON a.name = n.area;
-- all of it was entered when it began
UPDATE wmo.contract SET entered_on = '2023-01-01';
UPDATE wmo.contract_scope SET entered_on = '2023-01-01';
UPDATE wmo.consortium_member SET entered_on = '2023-01-01';

-- who serves there, in a word each
CREATE FUNCTION pg_temp.who(code text, service text, on_date date, as_of date DEFAULT '2026-12-31') RETURNS text LANGUAGE sql
AS $$ SELECT string_agg(concat_ws(' ', coalesce(p.provider, 'nobody'), p.role, p.certainty, p.reason), ', ' ORDER BY p.ord)
      FROM wmo.providers_in_area(code::wmo.area_code, service, on_date, 80, as_of => as_of) p $$;

-- recipe 1. Correct a typing error
UPDATE wmo.contract
SET agreed_period = wmo.contract_period_until('2023-01-01', '2026-12-31', '{1 year,1 year}', '6 months')
WHERE number = 'HH-01';
-- effect
SELECT period, agreed_period FROM wmo.contract WHERE number = 'HH-01';

-- recipe 2. Remove a wrong award
UPDATE wmo.contract SET award_id = NULL
WHERE number = 'HH-01';

DELETE FROM wmo.award a
WHERE a.tender_id = (SELECT t.id FROM wmo.tender t WHERE t.title = 'Dagbesteding 2019')
  AND NOT EXISTS (SELECT FROM wmo.contract c WHERE c.award_id = a.id);
-- effect
SELECT count(*) FROM wmo.award a JOIN wmo.tender t ON t.id = a.tender_id WHERE t.title = 'Dagbesteding 2019';
SELECT pg_temp.who('GM9001', 'hulp_bij_het_huishouden', '2024-01-01');

-- recipe 3. End a contract early
INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, reason)
SELECT c.id, 'early_end', '2025-03-15', '2025-07-01', 'Beëindigd met wederzijds goedvinden'
FROM wmo.contract c WHERE c.number = 'BG-01';
-- effect
SELECT period FROM wmo.contract WHERE number = 'BG-01';
SELECT d, pg_temp.who('GM9001', 'begeleiding', d, '2025-04-01') FROM (VALUES (date '2025-06-30'), ('2025-07-01')) t (d);
SELECT 'before anybody knew', pg_temp.who('GM9001', 'begeleiding', '2025-07-01', '2025-03-14');

-- recipe 4. Add a provider mid-term
INSERT INTO wmo.party (name, kind) VALUES ('Nieuwkomer Zorg', 'provider');

INSERT INTO wmo.party_identifier (party_id, scheme, value)
SELECT p.id, 'agb', '00000099' FROM wmo.party p WHERE p.name = 'Nieuwkomer Zorg';

INSERT INTO wmo.contract (number, buyer_id, supplier_id, period, signed_on)
SELECT 'BG-03', other.buyer_id, p.id, wmo.contract_period_until('2024-09-01', '2026-12-31'), '2024-08-20'
FROM wmo.contract other, wmo.party p
WHERE other.number = 'BG-02' AND p.name = 'Nieuwkomer Zorg';

INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice)
SELECT mine.id, s.service_id, s.area_id, s.ages, s.choice
FROM wmo.contract mine, wmo.contract other JOIN wmo.contract_scope s ON s.contract_id = other.id
WHERE mine.number = 'BG-03' AND other.number = 'BG-02';
-- effect
SELECT d, pg_temp.who('GM9001', 'begeleiding', d) FROM (VALUES (date '2024-08-31'), ('2024-09-01')) t (d);

-- recipe 5. Add an area to a contract
WITH change AS (
  INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, area_id, reason)
  SELECT c.id, 'scope_added', '2024-02-10', '2024-04-01', a.id, 'Addendum 2'
  FROM wmo.contract c, wmo.area a WHERE c.number = 'HH-01' AND a.name = 'Zuid'
  RETURNING id, contract_id, area_id
)
INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, added_by_id, choice)
SELECT change.contract_id, wmo.service_id('hulp_bij_het_huishouden'), change.area_id, change.id, 'exclusive'
FROM change;
-- effect
SELECT d, pg_temp.who('GM9002', 'hulp_bij_het_huishouden', d) FROM (VALUES (date '2024-03-31'), ('2024-04-01')) t (d);
SELECT 'before anybody knew', pg_temp.who('GM9002', 'hulp_bij_het_huishouden', '2024-04-01', '2024-02-09');

-- recipe 6. Extend in part
INSERT INTO wmo.contract_change (contract_id, kind, received_on, option_no, area_id)
SELECT c.id, 'extension', '2026-06-20', 1, a.id
FROM wmo.contract c, wmo.area a WHERE c.number = 'HH-01' AND a.name = 'Noord';
-- effect
SELECT d, pg_temp.who('GM9001', 'hulp_bij_het_huishouden', d, '2026-07-15'), pg_temp.who('GM9002', 'hulp_bij_het_huishouden', d, '2026-07-15')
FROM (VALUES (date '2026-12-31'), ('2027-01-01')) t (d);

-- recipe 7. A takeover
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on)
SELECT old.id, new.id, 'takeover', '2025-01-01'
FROM wmo.party old, wmo.party new WHERE old.name = 'Zorg Klein' AND new.name = 'Zorg Groot';

INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, to_party_id, reason)
SELECT c.id, 'transfer', '2024-11-01', '2025-01-01', p.id, 'Contractovername'
FROM wmo.contract c, wmo.party p WHERE c.number = 'BG-02' AND p.name = 'Zorg Groot';
-- effect
SELECT d, pg_temp.who('GM9001', 'begeleiding', d) FROM (VALUES (date '2024-12-31'), ('2025-01-01')) t (d);
SELECT EXISTS (SELECT FROM wmo_works.own_clients(new.id) k WHERE k.other_id = old.id AND d >= k.valid_from AND d < k.valid_to AND d >= k.known_from) FROM wmo.party old, wmo.party new, (VALUES (date '2024-12-31'), ('2025-01-01')) t (d)
WHERE old.name = 'Zorg Klein' AND new.name = 'Zorg Groot' ORDER BY d;

-- recipe 8. Bankruptcy, with a bridging contract
BEGIN;

INSERT INTO wmo.contract_change (contract_id, kind, decided_on, effective_on, reason)
SELECT c.id, 'early_end', '2025-02-10', '2025-02-10', 'Faillissement'
FROM wmo.contract c WHERE c.number = 'DB-01';

INSERT INTO wmo.contract (number, buyer_id, supplier_id, period, signed_on)
SELECT 'DB-01-brug', failed.buyer_id, p.id, wmo.contract_period('2025-02-10', '6 months'), '2025-02-10'
FROM wmo.contract failed, wmo.party p WHERE failed.number = 'DB-01' AND p.name = 'Zorg Groot';

INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice)
SELECT bridge.id, s.service_id, s.area_id, s.ages, s.choice
FROM wmo.contract bridge, wmo.contract failed JOIN wmo.contract_scope s ON s.contract_id = failed.id
WHERE bridge.number = 'DB-01-brug' AND failed.number = 'DB-01';

COMMIT;
-- effect
SELECT d, pg_temp.who('GM9001', 'dagbesteding', d) FROM (VALUES (date '2025-02-09'), ('2025-02-10'), ('2025-08-09'), ('2025-08-10')) t (d);
SELECT c.number, e.during FROM wmo.exclusive_claim e JOIN wmo.contract c ON c.id = e.contract_id WHERE c.number LIKE 'DB%' GROUP BY 1, 2 ORDER BY 1;

-- recipe 9. A member leaves a consortium
UPDATE wmo.consortium_member m
SET valid = m.valid * daterange(NULL, '2024-07-01')
FROM wmo.party consortium, wmo.party member
WHERE consortium.id = m.consortium_id AND member.id = m.member_id
  AND consortium.name = 'Combinatie Dal' AND member.name = 'Lid Twee';
-- effect
SELECT d, pg_temp.who('GM9001', 'kortdurend_verblijf', d) FROM (VALUES (date '2024-06-30'), ('2024-07-01')) t (d);

-- recipe 10. Two municipalities merge
BEGIN;

UPDATE wmo.area SET valid = valid * daterange(NULL, '2026-01-01')
WHERE code::text IN ('GM9001', 'GM9002') AND upper_inf(valid);

INSERT INTO wmo.area (code, name, kind, valid) VALUES ('GM9003', 'Nieuwdal', 'municipality', '[2026-01-01,)');

INSERT INTO wmo.area_part (whole_id, part_id)
SELECT new.id, old.id
FROM wmo.area new, wmo.area old
WHERE new.code::text = 'GM9003' AND old.code::text IN ('GM9001', 'GM9002') AND upper(old.valid) = '2026-01-01';

INSERT INTO wmo.party (name, kind) VALUES ('Gemeente Nieuwdal', 'municipality');

INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on)
SELECT old.id, new.id, 'merger', '2026-01-01'
FROM wmo.party old, wmo.party new
WHERE old.name IN ('Gemeente Bovendal', 'Gemeente Benedendal') AND new.name = 'Gemeente Nieuwdal';

COMMIT;
-- effect
SELECT d, pg_temp.who(c, 'kortdurend_verblijf', d) FROM (VALUES (1, 'GM9001', date '2025-12-31'), (2, 'GM9003', '2026-01-01')) t (n, c, d) ORDER BY n;
SELECT p.name FROM wmo.party p WHERE wmo_works.has_succeeded((SELECT id FROM wmo.party WHERE name = 'Gemeente Nieuwdal'), p.id, '2026-01-01', '2026-01-01') ORDER BY p.name;

-- recipe 11. Declare that no contract is missing
INSERT INTO wmo.source (article, publisher, published)
VALUES ('Contractenregister, nagelopen op 15 januari 2025', 'Gemeente Bovendal', '[2025-01-15,2025-01-15]');

INSERT INTO wmo.registry_completeness (area_id, service_id, valid, source_id)
SELECT wmo.area_edition('GM9001', '2024-12-31'), wmo.service_id(service), '[2023-01-01,2024-12-31]', s.id
FROM wmo.source s CROSS JOIN unnest(ARRAY['hulp_bij_het_huishouden', 'kortdurend_verblijf']) service
WHERE s.article = 'Contractenregister, nagelopen op 15 januari 2025';
-- effect
SELECT p.reason, p.certainty, p.complete FROM wmo.providers_in_area('GM9001', 'hulp_bij_het_huishouden', '2022-12-31', 80, as_of => '2026-12-31') p;
SELECT n, p.reason, p.certainty, p.complete FROM (VALUES (1, 'kortdurend_verblijf', date '2022-12-31'), (2, 'kortdurend_verblijf', '2023-01-01'), (3, 'begeleiding', '2022-12-31')) t (n, service, day),
  wmo.providers_in_area('GM9001', service, day, 80, as_of => '2026-12-31') p ORDER BY n, p.ord;
SELECT g.kind, g.days FROM wmo.coverage_gaps('hulp_bij_het_huishouden', '[2022-06-01,2025-06-01)', 'GM9001', '2026-12-31') g ORDER BY g.days;

-- recipe 12. A tender year: the lots
INSERT INTO wmo.tender (title, procedure, above_threshold, published, lot_count)
VALUES ('Vervoer 2025', 'open', true, '[2024-01-15,2024-01-15]', 2);

INSERT INTO wmo.tender_buyer (tender_id, buyer_id)
SELECT t.id, b.id FROM wmo.tender t, wmo.party b WHERE t.title = 'Vervoer 2025' AND b.name = 'Gemeenten Dal';

INSERT INTO wmo.lot (tender_id, name)
SELECT t.id, lot FROM wmo.tender t, unnest(ARRAY['Noord', 'Zuid']) lot WHERE t.title = 'Vervoer 2025';
-- effect
SELECT l.name FROM wmo.lot l JOIN wmo.tender t ON t.id = l.tender_id WHERE t.title = 'Vervoer 2025' ORDER BY l.name;

-- recipe 12. A tender year: the provisional award
INSERT INTO wmo.award (tender_id, lot_id, supplier_id, decided, sent, standstill)
SELECT l.tender_id, l.id, p.id, '[2024-05-21,2024-05-21]', '[2024-05-21,2024-05-21]',
       wmo.objection_period('standstill', '2024-05-21')
FROM wmo.lot l JOIN wmo.tender t ON t.id = l.tender_id
JOIN (VALUES ('Noord', 'Zorg Groot'), ('Zuid', 'Hulp Thuis')) won (lot, name) ON won.lot = l.name
JOIN wmo.party p ON p.name = won.name
WHERE t.title = 'Vervoer 2025';
-- effect
SELECT t.lot, t.supplier, t.court_by, t.sign_from, t.warning FROM wmo.award_terms('2024-05-21') t WHERE t.tender = 'Vervoer 2025' ORDER BY t.lot;
SELECT t.lot, d, s.status FROM wmo.award_term t CROSS JOIN unnest('{2024-05-20,2024-06-10,2024-06-11}'::date[]) d CROSS JOIN LATERAL wmo.award_status(t.award_id, d) s
WHERE t.tender = 'Vervoer 2025' ORDER BY t.lot, d;

-- recipe 12. A tender year: a challenge
INSERT INTO wmo.award_challenge (award_id, kind, lodged_by, lodged, ruling_expected)
SELECT t.award_id, 'summary_proceedings', 'claimant', '2024-06-06', '2024-07-12'
FROM wmo.award_term t WHERE t.tender = 'Vervoer 2025' AND t.lot = 'Zuid';

UPDATE wmo.award a SET final_on = '2024-06-11', final_basis = 'recorded'
FROM wmo.award_term t WHERE t.award_id = a.id AND t.tender = 'Vervoer 2025' AND t.lot = 'Noord';
-- effect
SELECT t.lot, s.status, s.since FROM wmo.award_term t CROSS JOIN LATERAL wmo.award_status(t.award_id, '2024-06-20') s WHERE t.tender = 'Vervoer 2025' ORDER BY t.lot;
SELECT d.kind, d.day FROM wmo.decision_calendar_on('2024-06-20') d JOIN wmo.tender t ON t.id = d.tender_id WHERE t.title = 'Vervoer 2025' ORDER BY d.kind, d.day;

-- recipe 12. A tender year: the ruling
UPDATE wmo.award_challenge ch SET ruled = '2024-07-12', outcome = 'upheld', ordered = 'to_reassess'
FROM wmo.award_term t WHERE t.award_id = ch.award_id AND t.tender = 'Vervoer 2025' AND t.lot = 'Zuid';
-- effect
SELECT s.status, s.basis FROM wmo.award_term t CROSS JOIN LATERAL wmo.award_status(t.award_id, '2024-07-15') s WHERE t.tender = 'Vervoer 2025' AND t.lot = 'Zuid';
SELECT c.day, c.what, c.state FROM wmo.award_term t CROSS JOIN LATERAL wmo.court_chain(t.award_id, '2024-07-15') c WHERE t.tender = 'Vervoer 2025' AND t.lot = 'Zuid' ORDER BY c.step;

-- recipe 12. A tender year: the new award, which becomes final
BEGIN;

INSERT INTO wmo.award (tender_id, lot_id, supplier_id, decided, sent, standstill, replaces_id)
SELECT old.tender_id, old.lot_id, p.id, '[2024-08-20,2024-08-20]', '[2024-08-20,2024-08-20]',
       wmo.objection_period('standstill', '2024-08-20'), old.id
FROM wmo.award old JOIN wmo.award_term t ON t.award_id = old.id JOIN wmo.party p ON p.name = 'Dagzorg'
WHERE t.tender = 'Vervoer 2025' AND t.lot = 'Zuid';

UPDATE wmo.award old SET withdrawn_on = '2024-08-20'
FROM wmo.award new JOIN wmo.tender t ON t.id = new.tender_id
WHERE new.replaces_id = old.id AND t.title = 'Vervoer 2025';

UPDATE wmo.award_challenge ch SET order_settled_on = '2024-08-20'
FROM wmo.award new WHERE new.replaces_id = ch.award_id AND ch.ordered = 'to_reassess';

COMMIT;

UPDATE wmo.award new SET final_on = '2024-09-10', final_basis = 'recorded'
FROM wmo.tender t WHERE t.id = new.tender_id AND new.replaces_id IS NOT NULL AND t.title = 'Vervoer 2025';
-- effect
SELECT t.supplier, d, s.status FROM wmo.award_term t CROSS JOIN unnest('{2024-08-19,2024-08-20,2024-09-09,2024-09-10}'::date[]) d CROSS JOIN LATERAL wmo.award_status(t.award_id, d) s
WHERE t.tender = 'Vervoer 2025' AND t.lot = 'Zuid' ORDER BY t.award_id, d;

-- recipe 12. A tender year: the contracts
INSERT INTO wmo.contract (number, buyer_id, supplier_id, period, award_id)
SELECT 'VV-' || t.lot, b.id, t.supplier_id, wmo.contract_period_until('2025-01-01', '2025-12-31', '{1 year}', '3 months'),
       t.award_id
FROM wmo.award_term t JOIN wmo.award a ON a.id = t.award_id JOIN wmo.party b ON b.name = 'Gemeenten Dal'
WHERE t.tender = 'Vervoer 2025' AND a.withdrawn_on IS NULL;

INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, choice, lot_id)
SELECT c.id, wmo.service_id('vervoerdiensten'), area.id, 'exclusive', origin.lot_id
FROM wmo.contract_tender origin JOIN wmo.contract c ON c.id = origin.contract_id
JOIN wmo.lot l ON l.id = origin.lot_id JOIN wmo.area area ON area.name = l.name
WHERE c.number LIKE 'VV-%';

SELECT act.number, act.act, act.remark FROM wmo.sign_contract('VV-Noord', '2024-06-20') act
UNION ALL
SELECT act.number, act.act, act.remark FROM wmo.sign_contract('VV-Zuid', '2024-09-17') act;
-- effect
SELECT n, pg_temp.who(c, 'vervoerdiensten', '2025-03-01') FROM (VALUES (1, 'GM9001'), (2, 'GM9002')) t (n, c) ORDER BY n;
SELECT n.number, n.ground, n.latest_day, n.confidence FROM wmo.contract_annulment n WHERE n.number LIKE 'VV-%' ORDER BY n.number;

-- recipe 12. A tender year: a client stop, and the option
SELECT act.number, act.act FROM wmo.stop_clients('VV-Zuid', first_day => '2025-07-01', by_whom => 'supplier', known_on => '2025-06-16') act;

SELECT act.number, act.period, act.remark FROM wmo.extend_contract('VV-Noord', received_on => '2025-09-10') act;
-- effect
SELECT p.provider, p.certainty, p.reason FROM wmo.providers_in_area('GM9002', 'vervoerdiensten', '2025-08-01', 80, as_of => '2025-08-01') p ORDER BY p.ord;
SELECT d.number, d.kind, d.state, d.day FROM wmo.decision_calendar_on('2025-10-01') d WHERE d.number LIKE 'VV-%' ORDER BY d.number, d.day, d.kind;

-- recipe 12. A tender year: bankruptcy
SELECT act.number, act.act, act.period FROM wmo.end_contract('VV-Zuid', last_day => '2025-11-02', decided_on => '2025-11-03') act;
-- effect
SELECT d, pg_temp.who('GM9002', 'vervoerdiensten', d) FROM unnest('{2025-11-02,2025-11-03}'::date[]) d ORDER BY d;
SELECT g.kind, g.days FROM wmo.coverage_gaps('vervoerdiensten', '[2025-06-01,2026-01-01)', 'GM9002', '2026-12-31') g ORDER BY g.days, g.kind;
SELECT d, pg_temp.who('GM9001', 'vervoerdiensten', d) FROM unnest('{2025-11-03,2025-12-31}'::date[]) d ORDER BY d;

-- nothing stays behind
SET session_replication_role = replica;
DO $$
DECLARE
  t regclass;
BEGIN
  FOR t IN SELECT c.oid FROM pg_class c WHERE c.relnamespace = 'wmo'::regnamespace AND c.relkind = 'r'
             AND c.relname IN ('party', 'party_identifier', 'party_succession', 'consortium_member', 'area', 'area_part', 'tender', 'tender_buyer', 'lot', 'award', 'award_challenge', 'client_stop', 'client_stop_lift', 'contract', 'contract_scope', 'contract_change', 'exclusive_claim', 'registry_completeness', 'source') LOOP
    EXECUTE format('DELETE FROM %s', t);
  END LOOP;
END
$$;
RESET session_replication_role;
