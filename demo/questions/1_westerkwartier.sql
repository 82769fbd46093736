-- Westerkwartier: questions that the article raises, with their answers.
\ir ../answer_style.sql

\echo
\echo ================================================== Westerkwartier ===================================================
\echo "Twee hoofdaanbieders voor Hulp bij het Huishouden en ondersteuning voor ouderen in het Westerkwartier"
\echo The four gebieden are read as the former municipalities of those names: our reading, so never better than inferred.
\echo :shapes
\echo

\echo Who does the household help of somebody of 40 in Marum on the first day of the contract?
SELECT :show FROM wmo.providers_at(pg_temp.inside('Marum'), 'hulp_bij_het_huishouden', '2023-03-01', 40) p;

\echo And in Grootegast?
SELECT :show FROM wmo.providers_at(pg_temp.inside('Grootegast'), 'hulp_bij_het_huishouden', '2023-03-01', 40) p;

\echo And on the day before? Somebody does, but the article names nobody. Unknown is not nobody.
SELECT :show FROM wmo.providers_at(pg_temp.inside('Marum'), 'hulp_bij_het_huishouden', '2023-02-28', 40) p;

\echo In Zuidhorn, for a new client?
SELECT :show FROM wmo.providers_at(pg_temp.inside('Zuidhorn'), 'hulp_bij_het_huishouden', '2023-03-01', 40) p;

\echo In Zuidhorn, for somebody whom DNZT (De Nieuwe Zorg Thuis) served already? Since when counts is not stated.
SELECT :show FROM wmo.providers_at(pg_temp.inside('Zuidhorn'), 'hulp_bij_het_huishouden', '2023-03-01', 40,
                                   current_provider => pg_temp.party('De Nieuwe Zorg Thuis')) p;

\echo Day care (dagbesteding) in Leek at 74: about eighty providers, none of them named.
SELECT :show FROM wmo.providers_at(pg_temp.inside('Leek'), 'dagbesteding', '2023-03-01', 74) p;

\echo And one birthday later?
SELECT :show FROM wmo.providers_at(pg_temp.inside('Leek'), 'dagbesteding', '2023-03-01', 75) p;

\echo And when nobody tells the age?
SELECT :show FROM wmo.providers_at(pg_temp.inside('Leek'), 'dagbesteding', '2023-03-01') p;

\echo Ezinge, Feerwerd and Garnwerd (Middag) are in none of the four gebieden: one of the two serves them, but which?
SELECT :show FROM wmo.providers_at(pg_temp.inside('Middag'), 'hulp_bij_het_huishouden', '2023-03-01', 40) p;

\echo Household help in all of Westerkwartier, asked by its CBS code instead of a place?
SELECT :show FROM wmo.providers_in_area('GM1969', 'hulp_bij_het_huishouden', '2023-03-01', 40) p;

\echo Is it still so in ten years? No end is stated, which is not the same as no end.
SELECT :show FROM wmo.providers_at(pg_temp.inside('Marum'), 'hulp_bij_het_huishouden', '2033-03-01', 40) p;

\echo Why MIEP in Zuidhorn? Every rule that was looked at:
SELECT step, provider, rule, verdict, explanation
FROM wmo.explain_providers_at(pg_temp.inside('Zuidhorn'), 'hulp_bij_het_huishouden', '2023-03-01', 40);
