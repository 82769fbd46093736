-- What is in the registry: sources, contracts, awards, areas.
\ir ../answer_style.sql

\echo
\echo ============================================== What is in the registry ==============================================
\echo

\echo Five articles, the list of municipalities and one more source. Which facts do they state, and which are our own reading?
SELECT s.article, count(*) FILTER (WHERE s.basis = 'stated') AS stated, count(*) FILTER (WHERE s.basis = 'inferred') AS inferred
FROM wmo.source s GROUP BY s.article ORDER BY min(s.id);

\echo Which contracts do they tell of? (The numbers are ours: the articles print none.)
SELECT b.name AS buyer, c.number AS contract,
       coalesce(p.name, CASE WHEN c.supplier_count > 1 THEN concat_ws(' ', CASE WHEN c.approximate THEN 'about' END, c.supplier_count, 'not named')
                             ELSE 'not named' END) AS supplier,
       c.period, coalesce(st.status, 'none recorded') AS award
FROM wmo.contract c
JOIN wmo.party b ON b.id = c.buyer_id
LEFT JOIN wmo.party p ON p.id = c.supplier_id
LEFT JOIN LATERAL wmo.award_status(c.award_id) st ON true
ORDER BY c.id;

\echo :shapes
SELECT a.geom_basis AS basis, count(*) AS areas, string_agg(DISTINCT a.name, ', ' ORDER BY a.name) AS names
FROM wmo.area a WHERE a.kind <> 'district' GROUP BY 1 ORDER BY 1;
