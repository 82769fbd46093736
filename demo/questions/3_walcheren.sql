-- Walcheren: questions that the article raises, with their answers.
\ir ../answer_style.sql

\echo
\echo ===================================================== Walcheren =====================================================
\echo "Walcherse gemeenten sluiten contracten zorg"
\echo No year is printed: 2016 is our reading, so every answer is at best inferred. No provider is named.
\echo :shapes
\echo

\echo Who gives guidance (begeleiding) to somebody of 40 in Veere, from 28 March 2016?
SELECT :show FROM wmo.providers_at(pg_temp.inside('Veere'), 'begeleiding', '2016-03-28', 40) p;

\echo And day care (dagbesteding) in Vlissingen?
SELECT :show FROM wmo.providers_at(pg_temp.inside('Vlissingen'), 'dagbesteding', '2016-03-28', 40) p;

\echo In one word? (unnamed is not none)
SELECT a.name AS area, wmo.answer_at(:"gis".ST_PointOnSurface(a.geom), 'begeleiding', '2016-03-28', 40) AS begeleiding,
       wmo.answer_at(:"gis".ST_PointOnSurface(a.geom), 'dagbesteding', '2016-03-28', 40) AS dagbesteding
FROM wmo.area a WHERE a.name IN ('Middelburg', 'Veere', 'Vlissingen') ORDER BY a.name;

\echo May the client choose? Stated for begeleiding, not for dagbesteding.
SELECT a.name AS area, sv.code AS service, s.choice, src.wording
FROM wmo.contract_scope s JOIN wmo.contract c ON c.id = s.contract_id JOIN wmo.area a ON a.id = s.area_id
JOIN wmo.service sv ON sv.id = s.service_id JOIN wmo.source src ON src.id = s.source_id
WHERE c.number = 'WA-2016' AND a.name = 'Veere' ORDER BY sv.id;

\echo Who buys, and how? No term to fight an award goes with this procedure.
SELECT t.procedure, string_agg(p.name, ', ' ORDER BY p.name) AS buyers, wmo.default_regime(t.procedure) AS remedy
FROM wmo.tender t JOIN wmo.tender_buyer b ON b.tender_id = t.id JOIN wmo.party p ON p.id = b.buyer_id
WHERE t.title LIKE '%Walcheren' GROUP BY t.id;

\echo Where do residents ask?
SELECT p.name AS access_point, a.name AS area FROM wmo.access_point ap JOIN wmo.party p ON p.id = ap.party_id JOIN wmo.area a ON a.id = ap.area_id
WHERE p.name = 'Porthos';

\echo The day before?
SELECT :show FROM wmo.providers_at(pg_temp.inside('Veere'), 'begeleiding', '2016-03-27', 40) p;
