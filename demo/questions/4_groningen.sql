-- Groningen: questions that the article raises, with their answers.
\ir ../answer_style.sql

\echo
\echo ===================================================== Groningen =====================================================
\echo A provisional award of July 2018, final "met ingang van 14 augustus" if nobody objects in "de komende 20 dagen".
\echo No article says that it became final, so no answer here is certain.
\echo :shapes
\echo

\echo It is 30 July 2018. Who will give individual guidance in stadsdeel Oost from 1 January 2019?
SELECT :show FROM wmo.providers_at(pg_temp.inside('Oost'), 'individuele_begeleiding', '2019-01-01', 40, as_of => '2018-07-30') p;

\echo The same, asked on 14 August 2018, when the term is over?
SELECT :show FROM wmo.providers_at(pg_temp.inside('Oost'), 'individuele_begeleiding', '2019-01-01', 40, as_of => '2018-08-14') p;

\echo By area code nothing is drawn, and the award shows: certainty on 30 July, on 14 August and today.
SELECT d.as_of, p.provider, p.area, p.covers, p.certainty, replace(p.reason, '_', ' ') AS reason
FROM (VALUES (date '2018-07-30'), ('2018-08-14'), (CURRENT_DATE)) AS d (as_of)
CROSS JOIN LATERAL wmo.providers_in_area('GM0009', 'individuele_begeleiding', '2019-01-01', 40, as_of => d.as_of) p ORDER BY d.as_of;

\echo How did the award of Oost stand, day by day?
SELECT d.day AS on_date, st.status, st.since, st.basis
FROM (VALUES (date '2018-07-20'), ('2018-07-23'), ('2018-07-30'), ('2018-08-13'), ('2018-08-14'), (CURRENT_DATE)) AS d (day)
CROSS JOIN (SELECT c.award_id FROM wmo.contract c WHERE c.number = 'GR-2019 Oost') c
CROSS JOIN LATERAL wmo.award_status(c.award_id, d.day) st ORDER BY d.day;

\echo Ten Boer ended as a municipality on the day its contract began. Who serves a place there in June 2019?
SELECT :show FROM wmo.providers_at(pg_temp.inside('Ten Boer'), 'kortdurend_verblijf', '2019-06-01', 40) p;

\echo And the four areas of the city, in June 2019?
SELECT :show FROM wmo.area a CROSS JOIN LATERAL wmo.providers_at(:"gis".ST_PointOnSurface(a.geom), 'sociale_activering', '2019-06-01', 40) p
WHERE a.kind = 'working_area' AND p.role = 'main' ORDER BY a.id;

\echo Who are "Ben in de Buurt"?
SELECT al.name AS alias, c.name AS consortium, string_agg(m.name, ', ' ORDER BY m.name) AS members, max(src.basis) AS members_are
FROM wmo.party_alias al JOIN wmo.party c ON c.id = al.party_id JOIN wmo.consortium_member cm ON cm.consortium_id = c.id
JOIN wmo.party m ON m.id = cm.member_id JOIN wmo.source src ON src.id = cm.source_id
WHERE al.name = 'Ben in de Buurt' GROUP BY al.name, c.name;

\echo Haren joined Groningen on the same day, but is in none of the four areas: nobody is known there.
SELECT :show FROM wmo.providers_at(pg_temp.inside('Haren'), 'individuele_begeleiding', '2019-06-01', 40) p;

\echo The last day of 2018? Nobody is known, which is not nobody: the article tells of no contract before.
SELECT :show FROM wmo.providers_at(pg_temp.inside('West'), 'individuele_begeleiding', '2018-12-31', 40) p;

\echo June 2023, after four years: was the option of two years taken? No source tells.
SELECT :show FROM wmo.providers_at(pg_temp.inside('Zuid'), 'individuele_begeleiding', '2023-06-01', 40) p;

\echo The same, asked in 2020, when the option was still open?
SELECT :show FROM wmo.providers_at(pg_temp.inside('Zuid'), 'individuele_begeleiding', '2023-06-01', 40, as_of => '2020-01-01') p;

\echo And after the option?
SELECT :show FROM wmo.providers_at(pg_temp.inside('Zuid'), 'individuele_begeleiding', '2025-01-01', 40) p;

\echo Where do residents ask?
SELECT DISTINCT p.name AS access_point, a.name AS area FROM wmo.access_point ap JOIN wmo.party p ON p.id = ap.party_id
JOIN wmo.area a ON a.id = ap.area_id WHERE p.name = 'WIJ Groningen';

\echo Why At Home First in Oost, seen from 30 July 2018? Every rule that was looked at:
SELECT step, provider, rule, verdict, explanation
FROM wmo.explain_providers_at(pg_temp.inside('Oost'), 'individuele_begeleiding', '2019-01-01', 40, as_of => '2018-07-30');
