-- What decisions are about: the periods of contracts as the ledger had made them by a day.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Groningen', 'municipality'), (2, 'Zorg A', 'provider');
INSERT INTO wmo.contract (id, number, buyer_id, period) VALUES (1, 'A', 1, '[2020-01-01,2022-01-01)+P1Y'), (2, 'B', 1, '[2020-01-01,)');
INSERT INTO wmo.contract_change (contract_id, kind, received_on) VALUES (1, 'extension', '2021-06-01');
SELECT d, p.contract_id, p.part, p.period FROM unnest('{2021-05-31,2021-06-01}'::date[]) d CROSS JOIN LATERAL wmo.contract_periods_on(d) p ORDER BY 1, 2;

-- Sent on 10 July 2018, and nobody says when it was decided: on the days before, no term ran; the contract may have been agreed, and
-- that this cannot be told is said. With the day of the decision it was not there.
INSERT INTO wmo.award (id, sent, standstill) VALUES (1, '[2018-07-10,2018-07-10]', wmo.objection_period('standstill', '2018-07-10'));
INSERT INTO wmo.contract (id, number, buyer_id, period, award_id) VALUES (3, 'C', 1, '[2019-01-01,2022-01-01)', 1);
SELECT d, k.kind, k.day, k.number, k.detail FROM unnest('{2018-07-09,2018-07-10}'::date[]) d CROSS JOIN LATERAL wmo.decision_calendar_on(d) k
WHERE 3 = k.contract_id OR 1 = k.award_id ORDER BY 1, 2;
UPDATE wmo.award SET decided = '[2018-07-10,2018-07-10]';
SELECT d, k.kind, k.day, k.number, k.detail FROM unnest('{2018-07-09,2018-07-10}'::date[]) d CROSS JOIN LATERAL wmo.decision_calendar_on(d) k
WHERE 3 = k.contract_id OR 1 = k.award_id ORDER BY 1, 2;
SET intervalstyle = postgres;
SELECT wmo.decision_lead('6 weeks') AS asked, wmo.decision_lead() AS unset;
ROLLBACK;
