-- How the answers are printed: at most 118 columns, '-' for what is empty. Included by every script in questions/.

\set ON_ERROR_STOP 1
\set QUIET 1
\pset pager off
\pset footer off
\pset null '-'
\pset format wrapped
\pset columns 118
\pset linestyle ascii
\pset border 1
\ir ../script/lib/session.sql
\ir lookup.sql

-- A place somewhere inside an area.
CREATE OR REPLACE FUNCTION pg_temp.inside(area text) RETURNS :"gis".geometry
LANGUAGE sql STABLE
RETURN (SELECT :"gis".ST_PointOnSurface(a.geom) FROM wmo.area a WHERE a.id = pg_temp.area(inside.area));

-- First and last day of a contract; ? where the article states none.
CREATE OR REPLACE FUNCTION pg_temp.days(p wmo.provider_row) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN p.number IS NOT NULL
    THEN coalesce(p.first_day::text, '?') || ' .. ' || CASE p.end_kind WHEN 'day' THEN p.last_day::text WHEN 'open' THEN 'no end' ELSE '?' END END
$$;

\set show 'p.found, p.provider, p.role, p.certainty, replace(p.reason, \'_\', \' \') AS reason, p.number AS contract, p.area, pg_temp.days(p) AS days'
\set brief 'p.found, p.provider, p.role, p.certainty, p.number AS contract, pg_temp.days(p) AS days'

-- What an answer by place is worth with the areas that are loaded now.
SELECT CASE WHEN count(*) FILTER (WHERE a.geom_basis = 'schematic') = 0
         THEN 'Areas: real boundaries. Stadsdelen are made of wijken by our own reading.'
       WHEN count(*) FILTER (WHERE a.geom_basis <> 'schematic') = 0
         THEN 'Areas: drawn, cells around town centres and no boundaries. So answers by place are at best "schematic".'
       ELSE 'Areas: some real, some drawn; answers in a drawn area are at best "schematic".' END AS shapes
FROM wmo.area a WHERE a.geom IS NOT NULL \gset
