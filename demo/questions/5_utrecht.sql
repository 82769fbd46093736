-- Utrecht: questions that the article raises, with their answers.
\ir ../answer_style.sql

\echo
\echo ====================================================== Utrecht ======================================================
\echo "Gemeente Utrecht selecteert toekomstige partners voor aanvullende zorg Wmo": 53 partners, not one name in the text.
\echo The fifteen other municipalities are not named either: a second source names them, and what rests on it is inferred.
\echo :shapes
\echo

\echo Individual guidance in the city of Utrecht on 1 January 2020?
SELECT :show FROM wmo.providers_at(pg_temp.inside('Utrecht'), 'individuele_begeleiding', '2020-01-01', 40) p;

\echo And in Zeist? Under this contract that service is for the city alone, and no other contract is recorded.
SELECT :show FROM wmo.providers_at(pg_temp.inside('Zeist'), 'individuele_begeleiding', '2020-01-01', 40) p;

\echo Protected living (beschermd wonen) in Zeist, one of the sixteen?
SELECT :show FROM wmo.providers_at(pg_temp.inside('Zeist'), 'beschermd_wonen', '2020-01-01', 40) p;

\echo The same by CBS code, where nothing is drawn: Utrecht is stated, Zeist inferred.
SELECT :show FROM unnest(ARRAY['GM0344', 'GM0355']::wmo.area_code[]) code
CROSS JOIN LATERAL wmo.providers_in_area(code, 'beschermd_wonen', '2020-01-01', 40) p;

\echo Shelter for the homeless (daklozenopvang) in Haren, far outside the sixteen? It is accessible in the whole country.
SELECT :show FROM wmo.providers_at(pg_temp.inside('Haren'), 'daklozenopvang', '2020-01-01', 40) p;

\echo Until when can the award be fought? "tot 19 juli" has two readings, and both last days are kept.
SELECT wmo.last_day(a.standstill) AS earliest_last_day, wmo.latest_last_day(a.standstill) AS latest_last_day,
       wmo.earliest_final(a.standstill) AS final_from_at_the_earliest, a.sent AS sent, a.standstill
FROM wmo.award a JOIN wmo.contract c ON c.award_id = a.id WHERE c.number = 'UT-2020';

\echo How did it stand, day by day?
SELECT d.day AS on_date, st.status, st.since, st.basis
FROM (VALUES (date '2019-01-31'), ('2019-06-28'), ('2019-06-29'), ('2019-07-18'), ('2019-07-19'), ('2019-07-20'), (CURRENT_DATE)) AS d (day)
CROSS JOIN (SELECT c.award_id FROM wmo.contract c WHERE c.number = 'UT-2020') c
CROSS JOIN LATERAL wmo.award_status(c.award_id, d.day) st ORDER BY d.day;

\echo The tender in numbers?
SELECT t.title, t.published, t.lot_count AS calls, t.tenderer_count AS tenderers, t.selected_count AS selected
FROM wmo.tender t WHERE t.title = 'Aanvullende zorg Wmo Utrecht';

\echo The day before?
SELECT :show FROM wmo.providers_at(pg_temp.inside('Utrecht'), 'dagbegeleiding', '2019-12-31', 40) p;
