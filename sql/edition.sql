-- Editions: what was said on a day stays said, whatever becomes of the registry; only its note can be changed.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

SELECT pg_temp.area(1, 'Een');
SELECT pg_temp.contract(1, '[2020-01-01,2022-01-01)', 1);
SELECT wmo.publish_coverage('the letter of 1 June') AS letter \gset
CREATE FUNCTION pg_temp.said(edition integer) RETURNS SETOF text LANGUAGE sql AS $$
  SELECT p.provider || ', ' || p.number FROM wmo.coverage_edition e
  CROSS JOIN LATERAL wmo.providers_on(e.map, pg_temp.point(1)::public.geometry, 'hulp_bij_het_huishouden', '2020-06-01', 40, as_of => '2020-06-01') p WHERE e.edition = said.edition
$$;
SELECT pg_temp.said(:letter);
-- another supplier now; the letter still says who it was
UPDATE wmo.contract SET supplier_id = 3 WHERE id = 1;
SELECT pg_temp.said(:letter);
SELECT p.provider FROM pg_temp.ask(1, 'hulp_bij_het_huishouden', '2020-06-01') p;
SELECT wmo.publish_coverage() AS draft \gset
SELECT pg_temp.said(:draft);
SELECT e.note, e.published_by = CURRENT_USER AND e.published_at = now() FROM wmo.coverage_edition e WHERE e.edition IN (:letter, :draft) ORDER BY e.edition;

-- an edition stays as it is
SELECT change, replace(pg_temp.verdict(format('UPDATE wmo.coverage_edition SET %s WHERE edition = %s', change, :letter)), :'letter', 'N') FROM unnest(ARRAY[
  $$note = 'the letter of 2 June'$$, $$published_by = 'somebody else'$$, $$published_at = '2000-01-01'$$, $$rows_key = 0$$, $$edition = 999$$, $$map = wmo.compile_coverage()$$]) change;
-- the map says which edition it is; the last one stands by itself for other servers
SELECT d.value = :'draft' AS told FROM wmo.coverage_edition e, wmo.describe(e.map) d WHERE e.edition = :draft AND d.item = 'edition';
SELECT d.value FROM wmo.describe(wmo.compile_coverage()) d WHERE d.item = 'edition';
SELECT count(*), bool_and(c.edition = :draft AND c.digest = wmo.registry_digest()) AS latest, bool_and(c.map::text = (SELECT e.map::text FROM wmo.coverage_edition e WHERE e.edition = c.edition)) AS same
FROM wmo.current_coverage c;
-- an edition is recognised when the registry holds what it was made of, and as no other
SELECT wmo.recognise_edition() = :draft AS recognised;
UPDATE wmo.party SET name = 'Aanbieder AA' WHERE id = 2;
SELECT wmo.recognise_edition();
SELECT pg_temp.verdict(format('UPDATE wmo.coverage_edition SET (areas_key, rows_key) = (SELECT k.areas, k.rows FROM wmo_works.publishing_key() k) WHERE edition = %s', :draft)) LIKE '%is published and cannot be changed' AS refused;
SELECT part, replace(words, :'letter', 'N') FROM pg_temp.whole_error(format('UPDATE wmo.coverage_edition SET rows_key = 0 WHERE edition = %s', :letter));
ROLLBACK;
