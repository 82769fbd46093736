-- coverage_svg: the map of who serves where on a day.
-- Relies on coverage_drawn, sheet and picture_words.

CREATE TYPE wmo_works.legend_item AS (paint text, label text, line text);
COMMENT ON TYPE wmo_works.legend_item IS
  'What an entry of a legend shows: a fill (paint), or mark-up (line) in a box of 20 by 18.';

CREATE FUNCTION wmo_works.legend(items wmo_works.legend_item[], y double precision, width double precision,
                                 OUT body text, OUT height double precision)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  item wmo_works.legend_item;
  shown text;
  x double precision := 16;
  wide double precision;
BEGIN
  body := '';
  height := 0;
  FOREACH item IN ARRAY items LOOP
    shown := wmo_works.text_cut(item.label, 12, legend.width - 60);
    wide := 28 + wmo_works.text_width(shown, 12) + 16;
    IF x + wide > legend.width AND x > 16 THEN
      x := 16;
      height := height + 22;
    END IF;
    body := body
      || CASE WHEN item.line IS NULL
              THEN '<rect transform="translate(' || wmo_works.svg_number(x) || ' '
                   || wmo_works.svg_number(y + height + 1) || ')" width="20" height="16" stroke="#14202b" '
                   || 'stroke-width=".8" fill="' || item.paint || '"/>'
              ELSE '<g transform="translate(' || wmo_works.svg_number(x) || ' ' || wmo_works.svg_number(y + height)
                   || ')" stroke="#14202b" stroke-width=".9">' || item.line || '</g>' END
      || wmo_works.svg_text(x + 26, y + height + 13, shown);
    x := x + wide;
  END LOOP;
  height := height + CASE WHEN cardinality(items) > 0 THEN 24 ELSE 0 END;
END
$$;
COMMENT ON FUNCTION wmo_works.legend(wmo_works.legend_item[], double precision, double precision) IS
  'A legend from y on downwards, in as many lines as it needs.';

CREATE FUNCTION wmo_works.map_legend(mark text, grounds wmo_works.drawn_ground[], lines wmo_works.sheet_line[],
                                     with_natural_persons boolean, words jsonb)
RETURNS wmo_works.legend_item[]
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN ARRAY(
    SELECT ROW(i.paint, i.label, i.line)::wmo_works.legend_item
    FROM (
      SELECT 1 AS place, p.name AS label, NULL::text AS line,
             wmo_works.fill_paint(map_legend.mark, ROW(ARRAY[p.place], 'served', NULL)::wmo_works.fill) AS paint
      FROM (SELECT d.place, wmo_works.shown_party(d.id, with_natural_persons, words) AS name
            FROM (SELECT DISTINCT l.provider_id AS id, l.place FROM unnest(lines) l
                  WHERE l.place IS NOT NULL OFFSET 0) d
            OFFSET 0) p
      WHERE p.place IN (SELECT u FROM unnest(grounds) g CROSS JOIN unnest((g.fill).places) u)
      UNION ALL
      SELECT 2, words ->> 'map_several', NULL, '#ffffff'
      WHERE EXISTS (SELECT FROM unnest(grounds) g
                    WHERE (g.fill).kind = 'served' AND cardinality((g.fill).places) > 1)
      UNION ALL
      SELECT DISTINCT 3, words ->> ('map_' || (g.fill).kind), NULL,
             wmo_works.fill_paint(map_legend.mark, ROW('{}', (g.fill).kind, NULL)::wmo_works.fill)
      FROM unnest(grounds) g WHERE (g.fill).kind <> 'served'
      UNION ALL
      SELECT DISTINCT 4, words ->> ('mark_' || (g.fill).mark), NULL,
             wmo_works.fill_paint(map_legend.mark, ROW('{}', 'nobody', (g.fill).mark)::wmo_works.fill)
      FROM unnest(grounds) g WHERE (g.fill).mark IS NOT NULL
      UNION ALL
      SELECT DISTINCT CASE WHEN g.present THEN 5 ELSE 6 END,
             words ->> CASE WHEN g.present THEN 'border_present' ELSE 'border_other' END,
             '<path fill="none" d="M0 9h20" '
             || CASE WHEN g.present THEN 'stroke-width="1.6"/>' ELSE 'stroke-width="1" stroke-dasharray="4 3"/>' END,
             NULL
      FROM unnest(grounds) g
    ) i
    ORDER BY i.place, i.label COLLATE "C", i.paint);
END
$$;
COMMENT ON FUNCTION wmo_works.map_legend(text, wmo_works.drawn_ground[], wmo_works.sheet_line[], boolean, jsonb) IS
  'What the legend of a map explains: only what is on it.';

CREATE FUNCTION wmo_works.map_outlines(area_ids integer[], shapes geometry[], on_date date) RETURNS geometry[]
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN ARRAY(
    SELECT wmo_works.merged_on_sheet(array_agg(p.shape ORDER BY p.n))
    FROM unnest(map_outlines.area_ids, map_outlines.shapes) WITH ORDINALITY AS p (area_id, shape, n)
    CROSS JOIN LATERAL wmo.area_with_wholes(p.area_id) w
    JOIN wmo.area a ON a.id = w.whole_id AND a.kind = 'municipality' AND a.valid @> map_outlines.on_date
    WHERE p.shape IS NOT NULL
    GROUP BY a.id HAVING count(*) > 1
    ORDER BY a.id);
END
$$;
COMMENT ON FUNCTION wmo_works.map_outlines(integer[], geometry[], date) IS
  'The municipalities of a day that are drawn in several pieces, whole.';

CREATE TYPE wmo_works.sheet_ground AS (
  sheet    wmo_works.sheet,
  shapes   geometry[],
  hearts   circle[],
  outlines geometry[]
);
COMMENT ON TYPE wmo_works.sheet_ground IS
  'Pieces of ground as they lie on a sheet, whoever serves there: the shape of each and where its name goes (null of '
  'one without a shape), and the municipalities that are drawn in several pieces.';

CREATE FUNCTION wmo_works.ground_on_sheet(pieces wmo_works.ground_piece[], on_date date, width double precision)
RETURNS wmo_works.sheet_ground
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
  laid wmo_works.sheet_ground;
BEGIN
  laid.shapes := ARRAY(SELECT p.geom FROM unnest(pieces) WITH ORDINALITY AS p (ground_no, area_id, part, geom, n)
                       ORDER BY p.n);
  laid.sheet := wmo_works.sheet_of(laid.shapes, width, greatest(0.66::float8 * width, 340));
  IF laid.sheet IS NOT NULL THEN
    laid.shapes := ARRAY(SELECT s.geom FROM generate_subscripts(laid.shapes, 1) i
                         LEFT JOIN wmo_works.sheet_shapes(laid.shapes, laid.sheet) s ON s.n = i ORDER BY i);
    laid.hearts := ARRAY(SELECT wmo_works.sheet_heart(laid.shapes[i]) FROM generate_subscripts(laid.shapes, 1) i
                         ORDER BY i);
    laid.outlines := wmo_works.map_outlines(
      ARRAY(SELECT p.area_id FROM unnest(pieces) WITH ORDINALITY AS p (ground_no, area_id, part, geom, n) ORDER BY p.n),
      laid.shapes, on_date);
  END IF;
  RETURN laid;
END
$$;
COMMENT ON FUNCTION wmo_works.ground_on_sheet(wmo_works.ground_piece[], date, double precision) IS
  'Pieces of ground on a sheet of this width; with a sheet that is null where none has a shape.';

CREATE FUNCTION wmo_works.said_everywhere(grounds wmo_works.drawn_ground[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN count(*) > 3 AND count(DISTINCT (g.remark)) = 1 THEN min(g.remark) END
  FROM unnest(said_everywhere.grounds) g;
END;
COMMENT ON FUNCTION wmo_works.said_everywhere(wmo_works.drawn_ground[]) IS
  'What is the same of all ground, where there is much: it is said once, and not below every name.';

CREATE FUNCTION wmo_works.map_labels(labels wmo_works.sheet_label[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000
BEGIN ATOMIC
  SELECT '<g text-anchor="middle" paint-order="stroke" stroke="#ffffff" stroke-width="3" stroke-linejoin="round">'
         || string_agg(
              CASE WHEN l.bold = 0
                   THEN '<circle cx="' || wmo_works.svg_number(l.x) || '" cy="' || wmo_works.svg_number(l.y)
                        || '" r="9" fill="#ffffff" stroke="#14202b" stroke-width="1"/>'
                        || wmo_works.svg_text(l.x, l.y + 4::float8, l.lines[1], 'font-size="11"')
                   ELSE wmo_works.svg_lines(l.x, l.y + (11 - 7 * cardinality(l.lines))::float8, l.lines[1:l.bold], 14,
                                            'font-weight="600"')
                        || coalesce(wmo_works.svg_lines(l.x,
                                                        l.y + (11 + 14 * l.bold - 7 * cardinality(l.lines))::float8,
                                                        l.lines[l.bold + 1:], 14), '') END,
              '' ORDER BY l.n) || '</g>'
  FROM unnest(map_labels.labels) l;
END;
COMMENT ON FUNCTION wmo_works.map_labels(wmo_works.sheet_label[]) IS 'Placed names, with a rim of paper around them.';

CREATE FUNCTION wmo_works.cut_by_drawing(ground geometry, lines wmo_works.sheet_line[], on_date date) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 1000
BEGIN ATOMIC
  SELECT EXISTS (
    SELECT FROM unnest(cut_by_drawing.lines) l
    JOIN wmo.contract_scope s ON s.contract_id = l.contract_id
    CROSS JOIN LATERAL wmo_works.scope_editions(s.area_id, s.follows_code) e
    JOIN wmo.area a ON a.id = e.id
    WHERE e.valid @> cut_by_drawing.on_date AND wmo.area_shape_basis(a.id) = 'schematic'
      AND ST_Intersects(a.geom, cut_by_drawing.ground));
END;
COMMENT ON FUNCTION wmo_works.cut_by_drawing(geometry, wmo_works.sheet_line[], date) IS
  'Does a line across or around this ground come from the drawn area of a contract of the map, which is no boundary?';

CREATE FUNCTION wmo_works.map_notes(labels wmo_works.sheet_label[], grounds wmo_works.drawn_ground[],
                                    pieces wmo_works.ground_piece[], lines wmo_works.sheet_line[], on_date date,
                                    words jsonb)
RETURNS SETOF text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 ROWS 5 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN QUERY
  SELECT format(words ->> 'everywhere_note', wmo_works.said_everywhere(grounds))
  WHERE wmo_works.said_everywhere(grounds) IS NOT NULL;
  RETURN QUERY
  SELECT string_agg(concat_ws(': ', l.number::text || ' ' || l.name, l.remark), '; ' ORDER BY l.number)
  FROM unnest(labels) l WHERE l.number IS NOT NULL HAVING count(*) > 0;
  RETURN QUERY
  SELECT format(words ->> 'unlabelled_note', count(*))
  FROM unnest(pieces) p
  WHERE p.geom IS NOT NULL AND p.ground_no NOT IN (SELECT l.n FROM unnest(labels) l) HAVING count(*) > 0;
  RETURN QUERY
  SELECT format(words ->> 'no_shape_note', string_agg(g.name || ' (' || concat_ws(', ', g.remark, g.unsure) || ')', ', '
                                               ORDER BY g.name, g.ground_no))
  FROM unnest(pieces) p JOIN unnest(grounds) g ON g.ground_no = p.ground_no
  WHERE p.geom IS NULL HAVING count(*) > 0;
  RETURN QUERY
  SELECT words ->> 'drawn_note'
  WHERE EXISTS (SELECT FROM unnest(pieces) p
                WHERE p.geom IS NOT NULL
                  AND (wmo.area_shape_basis(p.area_id) = 'schematic'
                       OR p.part AND wmo_works.cut_by_drawing(p.geom, lines, on_date)));
END
$$;
COMMENT ON FUNCTION wmo_works.map_notes(wmo_works.sheet_label[], wmo_works.drawn_ground[], wmo_works.ground_piece[],
  wmo_works.sheet_line[], date, jsonb) IS
  'What stands below a map: whose numbers stand on it, what found no room, what has no shape, and that it is a '
  'drawing.';

CREATE FUNCTION wmo_works.map_body(mark text, laid wmo_works.sheet_ground, grounds wmo_works.drawn_ground[],
                                   OUT body text, OUT labels wmo_works.sheet_label[])
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
  everywhere CONSTANT text := wmo_works.said_everywhere(grounds);
BEGIN
  labels := ARRAY(
    SELECT l FROM wmo_works.labels_placed(ARRAY(
      SELECT ROW(g.ground_no, (center(laid.hearts[g.n]))[0], (center(laid.hearts[g.n]))[1], radius(laid.hearts[g.n]),
                 g.name, nullif(g.remark, everywhere), NULL, NULL, NULL)::wmo_works.sheet_label
      FROM unnest(grounds) WITH ORDINALITY AS g (ground_no, area_id, name, present, fill, remark, unsure, n)
      WHERE laid.hearts[g.n] IS NOT NULL), laid.sheet, cardinality(grounds) <= 60) l);
  -- borders of the day lie over others
  body := '<rect width="' || wmo_works.svg_number((laid.sheet).width) || '" height="'
    || wmo_works.svg_number((laid.sheet).height) || '" rx="6" fill="#eef1f4"/>'
    || coalesce((
      SELECT string_agg('<g stroke="#14202b" ' || d.stroke || ' stroke-linejoin="round">' || d.paths || '</g>', ''
                        ORDER BY d.present)
      FROM (
        SELECT g.present,
               CASE WHEN g.present THEN 'stroke-width=".9"'
                 ELSE 'stroke-width=".9" stroke-dasharray="4 3"' END AS stroke,
               string_agg('<path fill="' || wmo_works.fill_paint(map_body.mark, g.fill) || '" d="'
                          || wmo_works.svg_path(laid.shapes[g.n]) || '"><title>'
                          || wmo_works.markup_text(wmo_works.ground_text(grounds[g.n])) || '</title></path>', ''
                          ORDER BY g.n) AS paths
        FROM unnest(grounds) WITH ORDINALITY AS g (ground_no, area_id, name, present, fill, remark, unsure, n)
        WHERE laid.shapes[g.n] IS NOT NULL
        GROUP BY g.present
      ) d), '')
    || coalesce((
      SELECT '<path fill="none" stroke="#14202b" stroke-width="2" stroke-linejoin="round" d="'
             || string_agg(wmo_works.svg_path(o.shape), '' ORDER BY o.n) || '"/>'
      FROM unnest(laid.outlines) WITH ORDINALITY AS o (shape, n)), '')
    || coalesce(wmo_works.map_labels(labels), '') || wmo_works.sheet_marks(laid.sheet);
END
$$;
COMMENT ON FUNCTION wmo_works.map_body(text, wmo_works.sheet_ground, wmo_works.drawn_ground[]) IS
  'The ground itself on its sheet, with names, borders, scale and north.';

CREATE FUNCTION wmo_works.contract_sources(contract_ids integer[])
RETURNS TABLE (contract_id integer, source_id integer)
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 100
BEGIN ATOMIC
  WITH asked AS MATERIALIZED (
    SELECT c.id, c.award_id, c.supplier_id, c.source_id FROM wmo.contract c
    WHERE c.id IN (SELECT i FROM unnest(contract_sources.contract_ids) i)
  ), scope AS MATERIALIZED (
    SELECT s.contract_id, s.area_id, s.source_id FROM asked k JOIN wmo.contract_scope s ON s.contract_id = k.id
  )
  SELECT k.id, k.source_id FROM asked k
  UNION SELECT s.contract_id, s.source_id FROM scope s
  UNION SELECT s.contract_id, a.source_id FROM scope s JOIN wmo.area a ON a.id = s.area_id
        WHERE a.source_id IS NOT NULL
  UNION SELECT s.contract_id, p.source_id FROM scope s JOIN wmo.area_part p ON s.area_id IN (p.whole_id, p.part_id)
        WHERE p.source_id IS NOT NULL
  UNION SELECT k.id, a.source_id FROM asked k JOIN wmo.award a ON a.id = k.award_id
  UNION SELECT k.id, ch.source_id FROM asked k JOIN wmo.award_challenge ch ON ch.award_id = k.award_id
  UNION SELECT k.id, l.source_id FROM asked k JOIN wmo.award a ON a.id = k.award_id JOIN wmo.lot l ON l.id = a.lot_id
        WHERE l.source_id IS NOT NULL
  UNION SELECT k.id, t.source_id FROM asked k
        JOIN wmo.contract_tender o ON o.contract_id = k.id JOIN wmo.tender t ON t.id = o.tender_id
        WHERE t.source_id IS NOT NULL
  UNION SELECT k.id, ch.source_id FROM asked k JOIN wmo.contract_change ch ON ch.contract_id = k.id
  UNION SELECT k.id, e.source_id FROM asked k JOIN wmo.contract_ending e ON e.contract_id = k.id
  UNION SELECT k.id, u.source_id FROM asked k JOIN wmo.subcontract u ON u.contract_id = k.id
  UNION SELECT k.id, st.source_id FROM asked k JOIN wmo.client_stop st ON st.contract_id = k.id
  UNION SELECT k.id, l.source_id FROM asked k JOIN wmo.client_stop_lift l ON l.contract_id = k.id
  UNION SELECT k.id, m.source_id FROM asked k JOIN wmo.consortium_member m ON m.consortium_id = k.supplier_id
        WHERE m.source_id IS NOT NULL
  UNION SELECT k.id, s.source_id FROM asked k
        JOIN wmo.party_succession s ON k.supplier_id IN (s.successor_id, s.predecessor_id)
        WHERE s.source_id IS NOT NULL;
END;
COMMENT ON FUNCTION wmo_works.contract_sources(integer[]) IS
  'The sources on which what is said of contracts rests. A null source is the user''s own administration.';

CREATE FUNCTION wmo_works.map_sources(lines wmo_works.sheet_line[], words jsonb) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN (
    SELECT format(words ->> 'sources', concat_ws('; ', VARIADIC (array_agg(s.source ORDER BY s.source COLLATE "C"))[1:3]
             || CASE WHEN count(*) > 3 THEN ARRAY[format(words ->> 'and_more', count(*) - 3)] ELSE '{}' END))
    FROM (SELECT DISTINCT CASE WHEN r.source_id IS NULL THEN words ->> 'own_administration'
                               ELSE wmo_works.source_text(r.source_id)
                                 || CASE WHEN wmo_works.is_inferred(r.source_id)
                                         THEN ' (' || (words ->> 'certainty_inferred') || ')' ELSE '' END END AS source
          FROM (SELECT c.source_id FROM unnest(lines) l JOIN wmo.contract c ON c.id = l.contract_id
                UNION
                -- a reading is told wherever it stands
                SELECT i.source_id FROM wmo_works.contract_sources(ARRAY(
                  SELECT DISTINCT l.contract_id FROM unnest(lines) l WHERE l.certainty >= 'inferred')) i
                WHERE wmo_works.is_inferred(i.source_id)) r) s
    HAVING count(*) > 0);
END
$$;
COMMENT ON FUNCTION wmo_works.map_sources(wmo_works.sheet_line[], jsonb) IS
  'Where the contracts on a map come from, and by whose reading, in a line; null without any.';

CREATE FUNCTION wmo_works.map_picture(mark text, title text, below text, pieces wmo_works.ground_piece[],
                                      lines wmo_works.sheet_line[], laid wmo_works.sheet_ground, on_date date,
                                      as_of date, width double precision, with_natural_persons boolean, language text,
                                      headed boolean DEFAULT true)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
  words jsonb := wmo_works.picture_words(language);
  grounds wmo_works.drawn_ground[] := ARRAY(
    SELECT g FROM wmo_works.ground_pictured(pieces, lines, map_picture.on_date, with_natural_persons, words) g);
  head record; -- body, height
  ground record; -- body, labels
  legend record; -- body, height
  note text;
  noted text[];
  y double precision;
  foot text := '';
BEGIN
  IF laid.sheet IS NULL THEN
    laid.sheet := ROW(1, 0, 0, width, 40)::wmo_works.sheet;
    SELECT wmo_works.svg_text(16, 26, words ->> 'map_nothing') AS body,
      '{}'::wmo_works.sheet_label[] AS labels INTO ground;
  ELSE
    SELECT b.* INTO ground FROM wmo_works.map_body(mark, laid, grounds) b;
  END IF;
  SELECT h.* INTO head FROM wmo_works.picture_head(CASE WHEN headed THEN title END, CASE WHEN headed THEN below END,
    width) h;
  y := head.height + (laid.sheet).height + 8;
  SELECT l.* INTO legend
  FROM wmo_works.legend(wmo_works.map_legend(mark, grounds, lines, with_natural_persons, words), y, width) l;
  y := y + legend.height + 14;
  FOREACH note IN ARRAY ARRAY(SELECT n FROM wmo_works.map_notes(ground.labels, grounds, pieces, lines,
                                                                 map_picture.on_date, words) n)
    || concat_ws(' ', CASE WHEN as_of IS DISTINCT FROM on_date
                           THEN format(words ->> 'map_asof', wmo_works.day_text(as_of, words)) END,
                 wmo_works.map_sources(lines, words)) LOOP
    noted := wmo_works.text_lines(note, 11, width - 32, 12);
    foot := foot || coalesce(wmo_works.svg_lines(16, y, noted, 15), '');
    y := y + 15 * cardinality(noted);
  END LOOP;
  RETURN wmo_works.svg_frame(
    mark, width, y, concat_ws('. ', title, below),
    coalesce((SELECT string_agg(wmo_works.ground_text(g), '; ' ORDER BY g.name, g.ground_no) || '.'
              FROM unnest(grounds) g), words ->> 'map_nothing'),
    language,
    coalesce('<defs>' || (
      SELECT string_agg(wmo_works.fill_pattern(map_picture.mark, f.fill), ''
        ORDER BY wmo_works.fill_key(f.fill) COLLATE "C")
      FROM (
        SELECT DISTINCT u.fill
        FROM (
          SELECT g.fill FROM unnest(grounds) g
          UNION ALL SELECT ROW(ARRAY[p], 'served', NULL)::wmo_works.fill FROM unnest(grounds) g
            CROSS JOIN unnest((g.fill).places) p
          UNION ALL SELECT ROW('{}', (g.fill).kind, NULL)::wmo_works.fill FROM unnest(grounds) g
          UNION ALL SELECT ROW('{}', 'nobody', (g.fill).mark)::wmo_works.fill FROM unnest(grounds) g
        ) u
        WHERE wmo_works.fill_paint(map_picture.mark, u.fill) LIKE 'url%'
      ) f) || '</defs>', '')
    || head.body || '<g transform="translate(0 ' || wmo_works.svg_number(head.height) || ')">' || ground.body
      || '</g>' || legend.body
    || '<g font-size="11" fill="#3d4a56">' || foot || '</g>');
END
$$;
COMMENT ON FUNCTION wmo_works.map_picture(text, text, text, wmo_works.ground_piece[], wmo_works.sheet_line[],
  wmo_works.sheet_ground, date, date, double precision, boolean, text, boolean) IS
  'A map with its title (headed), legend, notes and sources.';

CREATE FUNCTION wmo_works.checked_width(width integer) RETURNS integer
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF width NOT BETWEEN 240 AND 4000 THEN
    RAISE EXCEPTION 'width % is no width of a picture', width
      USING ERRCODE = 'invalid_parameter_value', DETAIL = 'A picture is from 240 to 4000 units wide.',
        HINT = 'Leave it out for 720, which fits a page; 340 fits a phone.';
  END IF;
  RETURN width;
END
$$;
COMMENT ON FUNCTION wmo_works.checked_width(integer) IS 'The width itself, or an error when no picture is so wide.';

CREATE FUNCTION wmo.coverage_svg(service text, on_date date DEFAULT CURRENT_DATE, within wmo.area_code DEFAULT NULL,
                                 age integer DEFAULT NULL, as_of date DEFAULT CURRENT_DATE, language text DEFAULT NULL,
                                 width integer DEFAULT 720, with_natural_persons boolean DEFAULT false)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  asked_service wmo.service;
  day CONSTANT date := wmo_works.checked_near_day(on_date, 'on_date');
  known CONSTANT date := wmo_works.checked_day(as_of, 'as_of');
  tongue CONSTANT text := wmo_works.picture_language(language);
  words CONSTANT jsonb := wmo_works.picture_words(tongue);
  drawn record; -- pieces, lines
BEGIN
  SELECT s.* INTO asked_service FROM wmo.service s WHERE s.id = wmo.service_id(coverage_svg.service);
  IF num_nulls(asked_service.id, day, known, width) > 0 THEN
    RETURN NULL;
  END IF;
  SELECT d.* INTO drawn
  FROM wmo_works.coverage_drawn(
    asked_service.id, wmo_works.ground_drawn(asked_service.id, within, day), day, known,
    CASE WHEN age IS NULL THEN '[18,)'::int4range
         ELSE int4range(wmo_works.checked_age(age), age + 1) END) d;
  RETURN wmo_works.map_picture(
    'map', asked_service.name,
    concat_ws(', ', format(words ->> 'map_title', wmo_works.day_text(day, words)),
              (SELECT a.name FROM wmo.area a WHERE a.id = wmo.area_edition(within, day)),
              replace(words ->> 'map_age', '%s', age::text)),
    drawn.pieces, drawn.lines, wmo_works.ground_on_sheet(drawn.pieces, day, wmo_works.checked_width(width)), day, known,
    width, coalesce(with_natural_persons, false), tongue);
END
$$;
COMMENT ON FUNCTION wmo.coverage_svg(text, date, wmo.area_code, integer, date, text, integer, boolean) IS
  'A map as SVG of who serves where on a day of care, by the legal state of another (as_of): ground in the colour '
  'of its '
  'provider, which is the same in every picture; hatched where the award can still be fought, crossed where it is; '
  'lined where that hangs on an option (level) or no end is stated (upright), with rings where it is our reading of a '
  'source; '
  'dotted where no provider is named, with question marks where it cannot be told, empty where nobody serves. '
  'within: a '
  'CBS code, in the edition of the day; null = all that contracts name for the service. age: null = adults of any age. '
  'language: nl or en; null = the setting. A map is published: sole traders have no name in it unless '
  'with_natural_persons.';
