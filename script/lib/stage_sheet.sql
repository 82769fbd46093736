-- A sheet becomes the temporary table sheet, all of it text, with the number of each row in the column line. The rows are
-- psql's own input, which it does not read commands from; :names has the names of the columns, one a line.
BEGIN;
SELECT format('CREATE TEMPORARY TABLE sheet (line integer, %s)', string_agg(format('%I text', n.name), ', ' ORDER BY n.place))
FROM string_to_table(:'names', E'\n') WITH ORDINALITY n (name, place) \gexec
\copy pg_temp.sheet FROM pstdin
