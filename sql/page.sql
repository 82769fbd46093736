-- A page of HTML that stands by itself.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

SELECT wmo_works.html_row(ARRAY['a', NULL, wmo_works.html_name('<b> & "c"'), '']);
SELECT wmo_works.html_table('Kop <1>', ARRAY['Een', 'Twee "2"', 'Drie'], wmo_works.html_row('{x,y,z}')), wmo_works.html_table('Kop', '{Een}', NULL) IS NULL AS nothing;
SELECT wmo_works.html_small('a < b'), wmo_works.html_small('') IS NULL, wmo_works.html_small(NULL) IS NULL;
SELECT p ~ '^<!DOCTYPE html>\n<html lang="nl">' AS html, p ~ '<title>A &amp; B</title>' AS titled, p !~* '<script|@import|url\(|src=|https?:' AS at_home, p ~ '@page' AS on_paper, p ~ 'counter\(page\)' AS numbered FROM wmo_works.page('A & B', 'nl', '<p>x</p>') p;
SELECT wmo_works.html_figure('<svg/>', '<svg/>');
ROLLBACK;
