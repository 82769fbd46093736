-- handover_svg: what changes hands, from whom to whom.
-- Relies on handover (review) and on coverage_svg.

CREATE TYPE wmo_works.handover_group AS (
  n        integer,
  on_day   date,
  kind     text,
  places   text,
  leaving  integer[],
  coming   integer[],
  staying  integer[],
  may_stay integer[],
  certain  boolean
);
COMMENT ON TYPE wmo_works.handover_group IS
  'Handovers of one day that are the same but for where, for which services and for whom: places says these together.';

CREATE FUNCTION wmo_works.handover_groups(from_date date, to_date date, service text, as_of date, area_ids integer[],
                                          words jsonb)
RETURNS SETOF wmo_works.handover_group
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000 ROWS 20
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH one AS (
    SELECT h.on_day, h.kind, h.leaving, h.coming, h.staying, h.may_stay, h.certain,
           sv.name || CASE WHEN h.clients = 'existing' THEN ', ' || (handover_groups.words ->> 'map_existing')
                           ELSE '' END AS service,
           wmo_works.ages_text(h.ages) AS ages,
           string_agg(DISTINCT h.area || CASE WHEN h.covers = 'part' THEN ' '
             || (handover_groups.words ->> 'in_part') ELSE '' END, ', '
                      ORDER BY h.area || CASE WHEN h.covers = 'part' THEN ' '
                        || (handover_groups.words ->> 'in_part') ELSE '' END) AS areas
    FROM wmo.handovers(handover_groups.from_date, handover_groups.to_date, handover_groups.service,
                       handover_groups.as_of) h
    JOIN wmo.service sv ON sv.code = h.service
    WHERE handover_groups.area_ids IS NULL
       OR EXISTS (SELECT FROM unnest(handover_groups.area_ids) u CROSS JOIN LATERAL wmo.area_with_parts(u) p
                  WHERE p.part_id = h.area_id)
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
  ), place AS (
    SELECT o.on_day, o.kind, o.leaving, o.coming, o.staying, o.may_stay, o.certain, o.areas,
           string_agg(o.service || CASE WHEN o.ages IN ('0+', '18+') THEN '' ELSE ' (' || o.ages || ')' END, ', '
                      ORDER BY o.service, o.ages) AS services
    FROM one o GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
  )
  SELECT row_number() OVER (ORDER BY p.on_day, min(p.areas), p.kind, p.leaving, p.coming, p.staying, p.may_stay,
                                     p.certain)::integer,
         p.on_day, p.kind, string_agg(p.areas || ': ' || p.services, '; ' ORDER BY p.areas, p.services), p.leaving,
         p.coming, p.staying, p.may_stay, p.certain
  FROM place p GROUP BY p.on_day, p.kind, p.leaving, p.coming, p.staying, p.may_stay, p.certain
  ORDER BY 1;
END
$$;
COMMENT ON FUNCTION wmo_works.handover_groups(date, date, text, date, integer[], jsonb) IS
  'What changes hands, told together where it is the same. area_ids: only in these areas and their parts; null = all.';

CREATE FUNCTION wmo_works.party_chips(mark text, party_ids integer[], x double precision, y double precision,
                                      width double precision, with_natural_persons boolean, words jsonb,
                                      OUT body text, OUT height double precision)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  shown record;
  lines text[];
BEGIN
  body := '';
  height := 0;
  IF party_ids = '{}' THEN
    body := wmo_works.svg_text(x, y + 12, words ->> 'nobody_known', 'font-style="italic"');
    height := 18;
  END IF;
  FOR shown IN
    SELECT CASE WHEN u.n > 6 THEN format(words ->> 'and_more', cardinality(party_ids) - 6)
                ELSE wmo_works.shown_party(u.id, with_natural_persons, words) END AS name,
           CASE WHEN u.n > 6 THEN NULL
                ELSE wmo_works.fill_paint(mark, wmo_works.bar_fill(
                       ROW(1, 'term', NULL, u.place, NULL)::wmo_works.timeline_piece)) END AS paint
    FROM (SELECT i.id, c.place, row_number() OVER (ORDER BY p.name COLLATE "C", i.id) AS n
          FROM unnest(party_ids) i (id) LEFT JOIN wmo.party p ON p.id = i.id
          LEFT JOIN wmo_works.party_places() c ON c.party_id = i.id) u
    WHERE u.n <= 7 ORDER BY u.n
  LOOP
    lines := wmo_works.text_lines(shown.name, 12, width - 22, 3);
    body := body
      || coalesce('<rect x="' || wmo_works.svg_number(x) || '" y="' || wmo_works.svg_number(y + height + 2)
                  || '" width="13" height="13" stroke="#14202b" stroke-width=".8" fill="' || shown.paint || '"/>', '')
      || wmo_works.svg_lines(x + 20, y + height + 13, lines, 15);
    height := height + 15 * cardinality(lines) + 5;
  END LOOP;
END
$$;
COMMENT ON FUNCTION wmo_works.party_chips(text, integer[], double precision, double precision, double precision,
  boolean,
  jsonb) IS
  'Parties with their colours, below one another.';

CREATE FUNCTION wmo_works.handover_drawn(mark text, item wmo_works.handover_group, y double precision,
                                         width double precision, with_natural_persons boolean, words jsonb,
                                         OUT body text, OUT height double precision)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  gap CONSTANT double precision := CASE WHEN width >= 520 THEN 90 ELSE 44 END;
  side CONSTANT double precision := (width - 32 - gap) / 2;
  places CONSTANT text[] := wmo_works.text_lines(item.places, 13, width - 32, 6);
  top double precision := y + 4 + 15 * cardinality(places);
  leaving record; -- body, height
  coming record; -- body, height
  remarks text[];
BEGIN
  SELECT c.* INTO leaving
  FROM wmo_works.party_chips(mark, item.leaving, 16, top, side, with_natural_persons, words) c;
  SELECT c.* INTO coming
  FROM wmo_works.party_chips(mark, item.coming, 16 + side + gap, top, side, with_natural_persons, words) c;
  SELECT array_agg(l.line ORDER BY r.n, l.k) INTO remarks
  FROM (
    SELECT 1 AS n, (words ->> 'stays') || ': ' || string_agg(wmo_works.shown_party(p, with_natural_persons, words),
      ', ') AS text
    FROM unnest(item.staying) p HAVING count(*) > 0
    UNION ALL
    SELECT 2, (words ->> 'may_stay') || ': ' || string_agg(wmo_works.shown_party(p, with_natural_persons, words), ', ')
    FROM unnest(item.may_stay) p HAVING count(*) > 0
  ) r CROSS JOIN LATERAL unnest(wmo_works.text_lines(r.text, 12, width - 32, 4)) WITH ORDINALITY AS l (line, k);
  height := top - y + greatest(leaving.height, coming.height) + 6 + 15 * coalesce(cardinality(remarks), 0) + 8;
  body := wmo_works.svg_lines(16, y + 12, places, 15, 'font-weight="600"')
    || leaving.body || coming.body
    || '<path fill="none" stroke="#14202b" stroke-width="1.4"'
    || CASE WHEN item.certain THEN '' ELSE ' stroke-dasharray="4 3"' END || ' d="M'
    || wmo_works.svg_number(16 + side + 4) || ' ' || wmo_works.svg_number(top + 9) || 'H'
    || wmo_works.svg_number(16 + side + gap - 12) || '"/><path d="M' || wmo_works.svg_number(16 + side + gap - 8) || ' '
    || wmo_works.svg_number(top + 9) || 'l-8 -4.5v9z"/>'
    || coalesce(wmo_works.svg_lines(16, top + greatest(leaving.height, coming.height) + 16, remarks, 15,
      'fill="#3d4a56"'), '');
END
$$;
COMMENT ON FUNCTION wmo_works.handover_drawn(text, wmo_works.handover_group, double precision, double precision,
  boolean,
  jsonb) IS
  'One handover: where and what, who leaves on the left, who comes on the right.';

CREATE FUNCTION wmo_works.handover_picture(mark text, title text, below text, groups wmo_works.handover_group[],
                                           width double precision, with_natural_persons boolean, language text)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
  words jsonb := wmo_works.picture_words(language);
  item wmo_works.handover_group;
  head record; -- body, height
  drawn record; -- body, height
  day date;
  y double precision;
  body text := '';
BEGIN
  SELECT h.* INTO head FROM wmo_works.picture_head(title, below, width) h;
  y := head.height + 8;
  FOREACH item IN ARRAY groups LOOP
    IF item.on_day IS DISTINCT FROM day THEN
      day := item.on_day;
      body := body || '<rect x="8" y="' || wmo_works.svg_number(y) || '" width="' || wmo_works.svg_number(width - 16)
        || '" height="24" rx="4" fill="#eef1f4"/>'
        || wmo_works.svg_text(16, y + 16.5, wmo_works.day_text(day, words), 'font-size="13" font-weight="700"');
      y := y + 32;
    ELSE
      body := body || '<path stroke="#cfd6dc" d="M16 ' || wmo_works.svg_number(y - 6) || 'H'
        || wmo_works.svg_number(width - 16) || '"/>';
    END IF;
    SELECT d.* INTO drawn FROM wmo_works.handover_drawn(mark, item, y, width, with_natural_persons, words) d;
    body := body || drawn.body;
    y := y + drawn.height + 4;
  END LOOP;
  IF groups = '{}' THEN
    body := wmo_works.svg_text(16, y + 12, words ->> 'handover_nothing');
    y := y + 24;
  END IF;
  IF EXISTS (SELECT FROM unnest(groups) g WHERE NOT g.certain) THEN
    body := body || '<path fill="none" stroke="#14202b" stroke-width="1.4" stroke-dasharray="4 3" d="M16 '
      || wmo_works.svg_number(y + 6) || 'h30"/>' || wmo_works.svg_text(54, y + 10, words ->> 'handover_unsure',
        'fill="#3d4a56"');
    y := y + 26;
  END IF;
  RETURN wmo_works.svg_frame(
    mark, width, y, concat_ws('. ', title, below),
    coalesce((
      SELECT string_agg(concat(wmo_works.day_text(g.on_day, words), ', ', g.places, ': ',
               coalesce((SELECT string_agg(wmo_works.shown_party(p, with_natural_persons, words), ', ')
                 FROM unnest(g.leaving) p), words ->> 'nobody_known'),
               ' ', words ->> 'to_whom', ' ',
               coalesce((SELECT string_agg(wmo_works.shown_party(p, with_natural_persons, words), ', ')
                 FROM unnest(g.coming) p), words ->> 'nobody_known')),
               '; ' ORDER BY g.n) || '.' FROM unnest(groups) g), words ->> 'handover_nothing'),
    language,
    coalesce('<defs>' || (
      SELECT string_agg(wmo_works.fill_pattern(handover_picture.mark, f.fill), ''
                        ORDER BY wmo_works.fill_key(f.fill) COLLATE "C")
      FROM (SELECT DISTINCT wmo_works.bar_fill(ROW(1, 'term', NULL, c.place, NULL)::wmo_works.timeline_piece) AS fill
            FROM unnest(groups) g CROSS JOIN LATERAL unnest(g.leaving || g.coming) p
            LEFT JOIN wmo_works.party_places() c ON c.party_id = p) f
      WHERE wmo_works.fill_paint(handover_picture.mark, f.fill) LIKE 'url%') || '</defs>', '')
    || head.body || body);
END
$$;
COMMENT ON FUNCTION wmo_works.handover_picture(text, text, text, wmo_works.handover_group[], double precision, boolean,
  text) IS
  'Handovers by day, with a title.';

CREATE FUNCTION wmo.handover_svg(from_date date, to_date date, service text DEFAULT NULL,
  as_of date DEFAULT CURRENT_DATE,
                                 language text DEFAULT NULL, width integer DEFAULT 720,
                                 with_natural_persons boolean DEFAULT false)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  tongue CONSTANT text := wmo_works.picture_language(language);
  words CONSTANT jsonb := wmo_works.picture_words(tongue);
BEGIN
  IF num_nulls(from_date, to_date, as_of, width) > 0 THEN
    RETURN NULL;
  END IF;
  RETURN wmo_works.handover_picture(
    'hand', words ->> 'handover_title',
    concat_ws(', ', format(words ->> 'from_to', wmo_works.day_text(from_date, words),
      wmo_works.day_text(to_date, words)),
              (SELECT s.name FROM wmo.service s WHERE s.id = wmo.service_id(handover_svg.service))),
    ARRAY(SELECT g FROM wmo_works.handover_groups(from_date, to_date, service, as_of, NULL, words) g),
    wmo_works.checked_width(width), coalesce(with_natural_persons, false), tongue);
END
$$;
COMMENT ON FUNCTION wmo.handover_svg(date, date, text, date, text, integer, boolean) IS
  'What changes hands from one day up to and including another, as SVG: per day who leaves, who comes, who stays and '
  'with whom existing clients may stay; a broken arrow where it rests on an open option or on something that is not '
  'known. What is the same in several areas and services is drawn once. Sole traders have no name in it unless '
  'with_natural_persons.';
