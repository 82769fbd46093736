-- Leeuwarden: questions that the article raises, with their answers.
\ir ../answer_style.sql

\echo
\echo ==================================================== Leeuwarden =====================================================
\echo "Zorgaanbieders basis- en aanvullende ondersteuning Wmo 2021 bekend", gemeente Leeuwarden, 6 March 2020
\echo It announces a gunning, and not whether that was final or until when it could be fought: so nothing here is certain.
\echo :shapes
\echo

\echo Who does household help on 1 January 2021? Two equals (one rank), and how clients are divided is not said.
SELECT p.rank, :brief FROM wmo.providers_at(pg_temp.inside('Leeuwarden'), 'hulp_bij_het_huishouden', '2021-01-01', 40) p;

\echo Is there one provider to send a client to?
SELECT wmo.answer_at(pg_temp.inside('Leeuwarden'), 'hulp_bij_het_huishouden', '2021-01-01', 40) AS answer_at,
       wmo.provider_at(pg_temp.inside('Leeuwarden'), 'hulp_bij_het_huishouden', '2021-01-01', 40) AS provider_at;

\echo Day care (dagbesteding)? One contract, with a consortium of three.
SELECT p.rank, :brief FROM wmo.providers_at(pg_temp.inside('Leeuwarden'), 'dagbesteding', '2021-01-01', 40) p;

\echo Who works for WINDKRACHT058? The article says "zo’n zestien onderaannemers".
SELECT c.number AS contract, coalesce(p.name, 'not named') AS subcontractor, s.party_count AS how_many, s.approximate
FROM wmo.subcontract s JOIN wmo.contract c ON c.id = s.contract_id LEFT JOIN wmo.party p ON p.id = s.party_id
WHERE c.number = 'LW-2021 WINDKRACHT058';

\echo Support at home (thuisondersteuning), and basic support (basisondersteuning)?
SELECT p.service, :brief FROM wmo.providers_at(pg_temp.inside('Leeuwarden'), 'thuisondersteuning', '2021-01-01', 40) p WHERE p.role = 'main'
UNION ALL
SELECT p.service, :brief FROM wmo.providers_at(pg_temp.inside('Leeuwarden'), 'basisondersteuning', '2021-01-01', 40) p WHERE p.role = 'main';

\echo The day before?
SELECT :show FROM wmo.providers_at(pg_temp.inside('Leeuwarden'), 'dagbesteding', '2020-12-31', 40) p;

\echo How do the awards stand today?
SELECT w.name AS supplier, st.status, st.since, st.basis
FROM wmo.award a JOIN wmo.party w ON w.id = a.supplier_id JOIN wmo.contract c ON c.award_id = a.id CROSS JOIN LATERAL wmo.award_status(a.id) st
WHERE c.number LIKE 'LW-%' ORDER BY a.id;

\echo Is M.i.e.p. Huishoudservice the MIEP of Westerkwartier? No source says so: they stay two parties.
SELECT p.name, p.kind, (SELECT count(*) FROM wmo.party_succession s WHERE p.id IN (s.predecessor_id, s.successor_id)) AS successions
FROM wmo.party p WHERE p.name IN ('MIEP', 'M.i.e.p. Huishoudservice') ORDER BY p.name;
