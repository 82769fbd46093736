-- Real editions of municipalities, loaded one after another, and what became of whom. The files are simplified, each year anew: a
-- border shifts by up to 2 % of a municipality without anything having happened.
BEGIN;
SELECT to_regclass('staging.boundary') IS NULL AS no_boundaries \gset
\if :no_boundaries
SELECT plan(1);
SELECT skip('no real boundaries are loaded', 1);
SELECT * FROM finish();
ROLLBACK;
\q
\endif
SELECT no_plan();
TRUNCATE wmo.area CASCADE;

CREATE FUNCTION pg_temp.load(year integer) RETURNS TABLE (done text, areas bigint)
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TEMPORARY VIEW edition_%s AS SELECT code AS gm_code, name AS gm_naam, geom FROM staging.boundary WHERE kind = ''gemeente'' AND edition = %s', year, year);
  RETURN QUERY SELECT l.done, count(*) FROM wmo.load_areas(format('pg_temp.edition_%s', year)::regclass, make_date(year, 1, 1), tolerance => 0.02) l GROUP BY l.done;
END
$$;
-- out of order on purpose: the order in which files are loaded must not matter. Only layers of one making: others leave out water.
CREATE TEMPORARY TABLE loaded AS
  SELECT y.year, l.done, l.areas FROM unnest(ARRAY[2018, 2012, 2019, 2024, 2023]) WITH ORDINALITY AS y (year, turn)
  JOIN (SELECT DISTINCT b.edition FROM staging.boundary b WHERE b.kind = 'gemeente' AND b.source LIKE '%_simpl') have ON have.edition = y.year
  CROSS JOIN LATERAL pg_temp.load(y.year) l ORDER BY y.turn;
SELECT is((SELECT count(*) FROM loaded WHERE done IN ('refused', 'in conflict')), 0::bigint, 'every area of every edition is loaded');
SELECT is((SELECT count(*) FROM wmo.area a WHERE a.kind = 'municipality' AND a.valid @> make_date(n.year, 6, 1)), n.municipalities, n.year || ' has ' || n.municipalities || ' municipalities')
FROM (VALUES (2012, 415::bigint), (2018, 380), (2019, 355), (2023, 342), (2024, 342)) n (year, municipalities)
WHERE n.year IN (SELECT l.year FROM loaded l);
SELECT is(again.areas, 0::bigint, 'a second time nothing changes')
FROM (SELECT count(*) AS areas FROM wmo.load_areas('pg_temp.edition_2019', '2019-01-01', tolerance => 0.02) l WHERE l.done <> 'unchanged') again;

CREATE FUNCTION pg_temp.went(name text, from_date date, to_date date) RETURNS TABLE (to_name text, how text, hundredths numeric)
LANGUAGE sql AS $$
  SELECT s.to_name, s.how, round(s.share_of_from::numeric, 2) FROM wmo.succession(from_date, to_date) s WHERE s.from_name = name ORDER BY s.share_of_from DESC
$$;
SELECT results_eq($$SELECT to_name, how FROM pg_temp.went('Ten Boer', '2018-12-31', '2019-01-01')$$, $$VALUES ('Groningen', 'joins')$$, 'Ten Boer joined Groningen');
SELECT results_eq($$SELECT to_name, how FROM pg_temp.went('Haren', '2018-12-31', '2019-01-01')$$, $$VALUES ('Groningen', 'joins')$$, 'Haren joined Groningen');
SELECT results_eq($$SELECT to_name, how FROM pg_temp.went('Groningen', '2018-12-31', '2019-01-01')$$, $$VALUES ('Groningen', 'joins')$$, 'Groningen itself became part of a larger one of its own code');
SELECT results_eq($$SELECT * FROM pg_temp.went('Winsum', '2018-12-31', '2019-01-01')$$, $$VALUES ('Het Hogeland', 'part', 0.77), ('Westerkwartier', 'part', 0.23)$$,
  'Winsum was divided over Het Hogeland and Westerkwartier');
SELECT results_eq($$SELECT * FROM pg_temp.went('Littenseradiel', '2017-12-31', '2018-01-01')$$,
  $$VALUES ('Súdwest-Fryslân', 'part', 0.52), ('Leeuwarden', 'part', 0.33), ('Waadhoeke', 'part', 0.15)$$, 'Littenseradiel was divided in three');
SELECT results_eq($$SELECT from_name FROM wmo.succession('2018-12-31', '2019-01-01') WHERE to_name = 'Vijfheerenlanden' ORDER BY from_name$$,
  $$VALUES ('Leerdam'), ('Vianen'), ('Zederik')$$, 'Vijfheerenlanden was made of three');
-- each pair of loaded years, both ways: the borders of one year overlap and gape by less than a hundredth of an area
SELECT is((SELECT count(*)
           FROM (SELECT sum(s.share_of_from) AS total FROM wmo.succession(make_date(y.one, 6, 1), make_date(y.other, 6, 1), tolerance => 0.001) s
                 WHERE s.from_area_id IS NOT NULL GROUP BY s.from_area_id
                 UNION ALL
                 SELECT sum(s.share_of_to) FROM wmo.succession(make_date(y.one, 6, 1), make_date(y.other, 6, 1), tolerance => 0.001) s
                 WHERE s.to_area_id IS NOT NULL GROUP BY s.to_area_id) t
           WHERE t.total NOT BETWEEN 0.99 AND 1.01), 0::bigint, 'no ground is lost between ' || y.one || ' and ' || y.other)
FROM (SELECT DISTINCT a.year AS one, b.year AS other FROM loaded a JOIN loaded b ON b.year > a.year ORDER BY 1, 2) y;

SELECT * FROM finish();
ROLLBACK;
