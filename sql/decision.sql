-- What decisions are about: the periods of contracts as the ledger had made them by a day.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Groningen', 'municipality'), (2, 'Zorg A', 'provider');
INSERT INTO wmo.contract (id, number, buyer_id, period) VALUES (1, 'A', 1, '[2020-01-01,2022-01-01)+P1Y'), (2, 'B', 1, '[2020-01-01,)');
INSERT INTO wmo.contract_change (contract_id, kind, received_on) VALUES (1, 'extension', '2021-06-01');
SELECT d, p.contract_id, p.part, p.period FROM unnest('{2021-05-31,2021-06-01}'::date[]) d CROSS JOIN LATERAL wmo.contract_periods_on(d) p ORDER BY 1, 2;
SET intervalstyle = postgres;
SELECT wmo.decision_lead('6 weeks') AS asked, wmo.decision_lead() AS unset;
ROLLBACK;
