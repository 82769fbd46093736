-- Real boundaries in the place of the drawn ones, after demo/load.sql.
--
-- Reads staging.boundary (code text, name text, edition int, geom geometry(MultiPolygon, 28992)), which script/demo --areas
-- fills: CBS codes with their prefix, edition the year of the boundaries where it is known. What the file does not hold keeps
-- its drawing, and is listed at the end.

\ir ../script/lib/session.sql
\ir lookup.sql

-- ---- municipalities: the official shape of an edition that existed on days of the area ---------------------------------------

INSERT INTO wmo.source (article, publisher, wording) VALUES
  ('Wijk- en buurtkaart', 'CBS and Kadaster', 'Boundaries of gemeenten, wijken and buurten by year, from the file that was given')
  RETURNING id AS real_shapes \gset

-- Several editions may fit; the one nearest to the day of the contracts is taken. A boundary without a year is used
-- only where the code has one edition here, so that it cannot be the wrong one.
WITH wanted AS (
  SELECT a.id, a.code, a.valid, b.geom, b.edition,
         row_number() OVER (PARTITION BY a.id ORDER BY b.edition IS NULL, abs(b.edition - needed.year), b.edition DESC) AS place
  FROM wmo.area a
  JOIN staging.boundary b ON b.code = a.code::text AND NOT :"gis".ST_IsEmpty(b.geom)
  CROSS JOIN LATERAL (
    SELECT coalesce(extract(year FROM upper(a.valid))::integer - 1, extract(year FROM min(wmo.first_day(c.period)))::integer,
                    extract(year FROM lower(a.valid))::integer) AS year
    FROM wmo.contract_scope s JOIN wmo.contract c ON c.id = s.contract_id
    WHERE s.area_id = a.id
  ) needed
  WHERE CASE WHEN b.edition IS NULL THEN NOT EXISTS (SELECT FROM wmo.area other WHERE other.code::text = a.code::text AND other.id <> a.id)
             ELSE a.valid @> make_date(b.edition, 1, 1) END
)
UPDATE wmo.area a SET geom = :"gis".ST_Multi(:"gis".ST_CollectionExtract(:"gis".ST_MakeValid(w.geom), 3)), geom_basis = 'official'
FROM wanted w WHERE w.id = a.id AND w.place = 1;

-- ---- Groningen's wijken ----------------------------------------------------------------------------------------------------
-- The article names stadsdelen, CBS has wijken. Which wijken of 2022 made up a stadsdeel of 2018 is our own reading, and
-- so are the answers that rest on it: the parts and the stadsdelen refer to an inferred source.

INSERT INTO wmo.source (article, publisher, wording, basis, reading) VALUES
  ('Wijk- en buurtkaart 2022', 'CBS and Kadaster', 'Wijken of Groningen (GM0014)', 'inferred',
   'No source lists the wijken of a stadsdeel of 2018. Read by us: Centrum, Oud-West, Oud-Noord and Oosterparkwijk as "Centrum, Oude Wijken"; Hoogkerk, Nieuw-West and Noordwest as West; Noordoost, Noorddijk, Meerdorpen and Meerstad as Oost; Oud-Zuid, Zuidoost, Helpman and Zuidwest as Zuid.')
  RETURNING id AS district_reading \gset

DROP TABLE IF EXISTS pg_temp.made_of;
CREATE TEMPORARY TABLE made_of (area text, code text, name text);
INSERT INTO made_of VALUES
  ('Centrum, Oude Wijken', 'WK001400', 'Centrum'), ('Centrum, Oude Wijken', 'WK001402', 'Oud-West'),
  ('Centrum, Oude Wijken', 'WK001403', 'Oud-Noord'), ('Centrum, Oude Wijken', 'WK001404', 'Oosterparkwijk'),
  ('West', 'WK001408', 'Hoogkerk e.o.'), ('West', 'WK001409', 'Nieuw-West'), ('West', 'WK001410', 'Noordwest'),
  ('Oost', 'WK001411', 'Noordoost'), ('Oost', 'WK001412', 'Noorddijk e.o.'), ('Oost', 'WK001413', 'Meerdorpen'),
  ('Oost', 'WK001414', 'Meerstad e.o.'),
  ('Zuid', 'WK001401', 'Oud-Zuid'), ('Zuid', 'WK001405', 'Zuidoost'), ('Zuid', 'WK001406', 'Helpman e.o.'),
  ('Zuid', 'WK001407', 'Zuidwest'),
  ('Ten Boer', 'WK001415', 'Ten Boer e.o.'), ('Ten Boer', 'WK001416', 'Ten Post e.o.'),
  ('Haren', 'WK001417', 'Haren-West e.o.'), ('Haren', 'WK001418', 'Haren-Oost e.o.'), ('Haren', 'WK001419', 'Glimmen-Onnen-Noordlaren'),
  ('Grootegast', 'WK196900', 'Wijk 00 Grootegast'), ('Grootegast', 'WK196901', 'Wijk 01 Lutjegast'),
  ('Grootegast', 'WK196902', 'Wijk 02 Opende'), ('Grootegast', 'WK196903', 'Wijk 03 Oldekerk'),
  ('Leek', 'WK196904', 'Wijk 04 Leek'), ('Leek', 'WK196905', 'Wijk 05 Zevenhuizen'), ('Leek', 'WK196906', 'Wijk 06 Tolbert'),
  ('Leek', 'WK196907', 'Wijk 07 Midwolde'), ('Leek', 'WK196908', 'Wijk 08 Lettelbert'), ('Leek', 'WK196909', 'Wijk 09 Oostwold'),
  ('Leek', 'WK196910', 'Wijk 10 Enumatil'), ('Marum', 'WK196911', 'Wijk 11 Marum'), ('Marum', 'WK196912', 'Wijk 12 De Wilp'),
  ('Middag', 'WK196913', 'Wijk 13'),
  ('Zuidhorn', 'WK196914', 'Wijk 14'), ('Zuidhorn', 'WK196915', 'Wijk 15'), ('Zuidhorn', 'WK196916', 'Wijk 16'),
  ('Zuidhorn', 'WK196917', 'Wijk 17');

-- Another year may use a code for another wijk: where the file is not of 2022, the name must agree too.
DROP TABLE IF EXISTS pg_temp.district;
CREATE TEMPORARY TABLE district AS
  SELECT DISTINCT ON (m.code) m.area, m.code, m.name, :"gis".ST_Multi(:"gis".ST_CollectionExtract(:"gis".ST_MakeValid(b.geom), 3)) AS geom, b.edition
  FROM made_of m
  JOIN staging.boundary b ON b.code = m.code AND (b.edition = 2022 OR b.name = m.name) AND NOT :"gis".ST_IsEmpty(b.geom)
  ORDER BY m.code, abs(b.edition - 2022), b.edition;
DELETE FROM pg_temp.district d   -- half a stadsdeel is worse than a drawn one
  WHERE EXISTS (SELECT FROM made_of m WHERE m.area = d.area AND m.code NOT IN (SELECT k.code FROM pg_temp.district k));

INSERT INTO wmo.area (code, name, kind, valid, geom, geom_basis, source_id)
SELECT d.code::wmo.area_code, d.name, 'district',
       CASE WHEN d.edition IS NULL THEN '[2022-01-01,)' ELSE daterange(make_date(d.edition, 1, 1), make_date(d.edition + 1, 1, 1)) END,
       d.geom, 'official', :real_shapes
FROM pg_temp.district d JOIN wmo.area a ON a.name = d.area AND a.kind = 'working_area';
INSERT INTO wmo.area_part (whole_id, part_id, source_id)
SELECT pg_temp.area(d.area), part.id, :district_reading
FROM pg_temp.district d
JOIN wmo.area whole ON whole.name = d.area AND whole.kind = 'working_area'
JOIN wmo.area part ON part.code::text = d.code;

UPDATE wmo.area a SET geom = made.geom, geom_basis = 'derived', source_id = :district_reading
FROM (SELECT d.area, :"gis".ST_Multi(:"gis".ST_Union(d.geom)) AS geom FROM pg_temp.district d GROUP BY d.area) made
WHERE a.name = made.area AND a.kind = 'working_area';

-- Former municipalities and Middag: from later wijken where the file has no boundary of their own days. Two editions that were
-- simplified each for itself overlap along a border: what lies in a neighbour's own boundary is left to it.
UPDATE wmo.area a
SET geom = :"gis".ST_Multi(:"gis".ST_CollectionExtract(:"gis".ST_Difference(made.geom, coalesce(
      (SELECT :"gis".ST_Union(beside.geom) FROM wmo.area_part p JOIN wmo.area_part q ON q.whole_id = p.whole_id
       JOIN wmo.area beside ON beside.id = q.part_id AND beside.id <> a.id AND beside.geom_basis = 'official' WHERE p.part_id = a.id),
      'SRID=28992;MULTIPOLYGON EMPTY'::text:::"gis".geometry), '-1'::float8), 3)),
    geom_basis = 'derived'
FROM (SELECT d.area, :"gis".ST_Union(d.geom) AS geom FROM pg_temp.district d GROUP BY d.area) made
WHERE a.name = made.area AND a.geom_basis = 'schematic' AND a.kind IN ('municipality', 'other');

-- ---- drawn areas beside real ones --------------------------------------------------------------------------------------------

-- Parts that are still drawn inside a real boundary are drawn anew, so that they fill it: the cells around their middles,
-- within what the real parts leave of it. They stay schematic.
DROP TABLE IF EXISTS pg_temp.room CASCADE;
CREATE TEMPORARY TABLE room AS
  SELECT w.id, w.valid,
         :"gis".ST_Difference(w.geom, coalesce(:"gis".ST_Union(part.geom) FILTER (WHERE part.geom_basis <> 'schematic'),
                                               'SRID=28992;POLYGON EMPTY'::text:::"gis".geometry), '-1'::float8) AS room,
         :"gis".ST_Collect(:"gis".ST_Centroid(part.geom)) FILTER (WHERE part.geom_basis = 'schematic') AS middles
  FROM wmo.area w JOIN wmo.area_part p ON p.whole_id = w.id JOIN wmo.area part ON part.id = p.part_id
  WHERE w.geom_basis = 'official'
  GROUP BY w.id HAVING bool_or(part.geom_basis = 'schematic');

CREATE OR REPLACE FUNCTION pg_temp.draw_anew(whole integer) RETURNS void
LANGUAGE sql
BEGIN ATOMIC
  UPDATE wmo.area part SET geom = :"gis".ST_Multi(:"gis".ST_CollectionExtract(:"gis".ST_Intersection(cell.geom, r.room, '-1'::float8), 3))
  FROM wmo.area_part p, pg_temp.room r,
       :"gis".ST_Dump(CASE WHEN :"gis".ST_NumGeometries(r.middles) > 1 THEN :"gis".ST_VoronoiPolygons(r.middles, 0::float8, r.room)
                           ELSE r.room END) cell
  WHERE r.id = whole AND p.whole_id = r.id AND p.part_id = part.id AND part.geom_basis = 'schematic'
    AND (:"gis".ST_NumGeometries(r.middles) = 1 OR :"gis".ST_Contains(cell.geom, :"gis".ST_Centroid(part.geom)))
    AND :"gis".ST_Area(:"gis".ST_Intersection(cell.geom, r.room, '-1'::float8)) > 0;
END;
-- one after the other: an edition may have the parts of another
SELECT pg_temp.draw_anew(o.id) FROM (SELECT r.id FROM pg_temp.room r ORDER BY r.valid) o;

-- A drawing never lies over a real boundary, unless it is a part of that area.
UPDATE wmo.area a SET geom = rest.geom
FROM (SELECT drawn.id, :"gis".ST_Multi(:"gis".ST_CollectionExtract(:"gis".ST_Difference(drawn.geom, :"gis".ST_Union(fixed.geom), '-1'::float8), 3)) AS geom
      FROM wmo.area drawn JOIN wmo.area fixed ON fixed.geom_basis <> 'schematic' AND :"gis".ST_Intersects(fixed.geom, drawn.geom)
      WHERE drawn.geom_basis = 'schematic' AND fixed.id NOT IN (SELECT w.whole_id FROM wmo.area_with_wholes(drawn.id) w)
        AND NOT EXISTS (SELECT FROM wmo.area_part p WHERE p.whole_id = drawn.id)
      GROUP BY drawn.id) rest
WHERE a.id = rest.id AND NOT :"gis".ST_IsEmpty(rest.geom);

-- ---- what is made of parts ---------------------------------------------------------------------------------------------------

UPDATE wmo.area a SET geom = made.geom, geom_basis = CASE WHEN made.drawn THEN 'schematic' ELSE 'derived' END
FROM (SELECT p.whole_id, :"gis".ST_Multi(:"gis".ST_Union(part.geom)) AS geom, bool_or(part.geom_basis = 'schematic') AS drawn
      FROM wmo.area_part p JOIN wmo.area part ON part.id = p.part_id
      GROUP BY p.whole_id) made
WHERE a.id = made.whole_id AND a.geom_basis = 'schematic';

-- ---- what is left ------------------------------------------------------------------------------------------------------------

SELECT count(*) > 0 AS any_drawn, string_agg(d.name, ', ' ORDER BY d.name) AS drawn
FROM (SELECT DISTINCT a.name || coalesce(' (' || a.code::text || ')', '') AS name FROM wmo.area a WHERE a.geom_basis = 'schematic') d \gset
\if :any_drawn
  \warn Still drawn, because the file does not hold them: :drawn
\endif
