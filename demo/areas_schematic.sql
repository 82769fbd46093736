-- Drawn areas: no boundaries, but cells around town centres, so that a place can be asked for without any download.
-- Every row drawn from them has geom_basis schematic, and every answer by place says so. demo/real_areas.sql puts real
-- boundaries in their place.
--
-- A cell holds what lies nearer to its own centre than to any other (Voronoi) and within its radius, so cells never
-- overlap. Coordinates are RD New (EPSG:28992, metres), rounded to 100 m. The four parts of the city of Groningen have
-- no centre of their own: Grote Markt, Hoogkerk, Lewenborg and Helpman stand for them. Middag is drawn around Ezinge;
-- De Ronde Venen around Mijdrecht, Stichtse Vecht around Maarssen, Utrechtse Heuvelrug around Doorn, Vijfheerenlanden
-- around Vianen.
--
-- PostGIS is named with its schema, and every argument has the type and none the default of PostGIS's own function: what
-- somebody else has put beside it there is never the better fit.

DROP TABLE IF EXISTS pg_temp.cell CASCADE;
CREATE TEMPORARY TABLE cell (name text PRIMARY KEY, centre :"gis".geometry(Point, 28992), radius integer, geom :"gis".geometry(MultiPolygon, 28992));

INSERT INTO cell (name, centre, radius)
SELECT t.name, :"gis".ST_SetSRID(:"gis".ST_MakePoint(t.x::float8, t.y::float8), 28992), t.radius
FROM (VALUES
  ('Grootegast', 214200, 581000, 6500), ('Leek', 221200, 575500, 6500), ('Marum', 213600, 573400, 6500),
  ('Zuidhorn', 222800, 584900, 6500), ('Middag', 225300, 592000, 4000),
  ('Centrum, Oude Wijken', 233800, 582000, 3000), ('West', 229400, 581000, 3000), ('Oost', 237300, 584200, 4000),
  ('Zuid', 234700, 579700, 3000), ('Ten Boer', 242200, 588500, 4500), ('Haren', 236700, 576800, 4500),
  ('Leeuwarden', 183200, 579500, 9000),
  ('Middelburg', 31900, 391600, 6000), ('Veere', 35700, 396900, 9000), ('Vlissingen', 28900, 385300, 5000),
  ('Utrecht', 136800, 455900, 7000), ('Bunnik', 142100, 453200, 6000), ('De Bilt', 140800, 458000, 7000),
  ('De Ronde Venen', 119100, 468900, 7000), ('Houten', 140000, 448900, 6000), ('IJsselstein', 131400, 448000, 5000),
  ('Lopik', 124900, 442800, 7000), ('Montfoort', 125200, 450900, 5000), ('Oudewater', 119400, 448600, 5000),
  ('Stichtse Vecht', 131300, 461300, 8000), ('Utrechtse Heuvelrug', 152200, 449500, 9000),
  ('Vijfheerenlanden', 134700, 444900, 9000), ('Wijk bij Duurstede', 151900, 442900, 6000),
  ('Woerden', 120500, 455300, 7000), ('Zeist', 144500, 455800, 7000), ('Nieuwegein', 134000, 449000, 4000)
) AS t (name, x, y, radius);

UPDATE cell SET geom = :"gis".ST_Multi(:"gis".ST_Intersection(nearest.geom, :"gis".ST_Buffer(cell.centre, cell.radius::float8, ''::text), '-1'::float8))
FROM (SELECT (:"gis".ST_Dump(:"gis".ST_VoronoiPolygons(:"gis".ST_Collect(c.centre), 0::float8,
                                                       :"gis".ST_Expand(:"gis".ST_Collect(c.centre), 50000::float8)))).geom
      FROM cell c) nearest
WHERE :"gis".ST_Contains(nearest.geom, cell.centre);

CREATE OR REPLACE FUNCTION pg_temp.drawn(VARIADIC names text[]) RETURNS :"gis".geometry
LANGUAGE sql STABLE
RETURN (SELECT :"gis".ST_Multi(:"gis".ST_Union(c.geom)) FROM pg_temp.cell c WHERE c.name = ANY (names));
