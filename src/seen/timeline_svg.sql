-- timeline_svg: contracts as bars on a line of days.
-- Relies on timeline_rows, svg and coverage_svg (its legend).

CREATE TYPE wmo_works.axis AS (first_day date, last_day date, x double precision, width double precision);
COMMENT ON TYPE wmo_works.axis IS 'A line of days: from its first day, at x, over its width to its last.';

CREATE FUNCTION wmo_works.on_axis(day date, axis wmo_works.axis) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT (axis).x + (axis).width * (least(greatest(day, (axis).first_day), (axis).last_day) - (axis).first_day)::float8
                    / greatest((axis).last_day - (axis).first_day, 1)::float8;
END;
COMMENT ON FUNCTION wmo_works.on_axis(date, wmo_works.axis) IS
  'Where the beginning of a day is on an axis; what lies beyond it stands at its end.';

CREATE FUNCTION wmo_works.axis_ticks(axis wmo_works.axis, words jsonb) RETURNS TABLE (day date, label text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 20
BEGIN ATOMIC
  -- as many as there is room for: years by one, two, five or ten, else quarters, months or weeks
  SELECT d.day::date,
         CASE WHEN step.months >= 12 THEN extract(year FROM d.day)::text
              WHEN step.months = 0 THEN extract(day FROM d.day)::text || ' '
                   || split_part(words ->> 'months_short', ' ', extract(month FROM d.day)::integer)
              ELSE split_part(words ->> 'months_short', ' ', extract(month FROM d.day)::integer)
                   || CASE WHEN extract(month FROM d.day) = 1::numeric
                             OR extract(month FROM d.day) <= step.months::numeric
                           THEN ' ' || extract(year FROM d.day)::text ELSE '' END END
  FROM (
    SELECT s.months FROM unnest(ARRAY[0, 1, 3, 12, 24, 60, 120]) s (months)
    ORDER BY ((axis).last_day - (axis).first_day)::float8 
             / greatest(s.months::float8 * 30.4::float8, 7::float8) * 56::float8 > (axis).width, s.months LIMIT 1
  ) step
  CROSS JOIN LATERAL (
    SELECT g.day
    FROM generate_series(
      CASE WHEN step.months = 0 THEN date_trunc('week', (axis).first_day::timestamp)
           WHEN step.months < 12 THEN date_trunc('year', (axis).first_day::timestamp)
           ELSE make_timestamp(extract(year FROM (axis).first_day)::integer / (step.months / 12) * (step.months / 12),
                               1, 1, 0, 0, 0) END,
      (axis).last_day::timestamp,
      CASE WHEN step.months = 0 THEN interval '7 days' ELSE make_interval(months => step.months) END) g (day)
    WHERE g.day >= (axis).first_day::timestamp
  ) d;
END;
COMMENT ON FUNCTION wmo_works.axis_ticks(wmo_works.axis, jsonb) IS 'The days that an axis names.';

CREATE FUNCTION wmo_works.axis_grid(axis wmo_works.axis, y double precision, height double precision, today date,
                                    words jsonb)
RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 1000
BEGIN ATOMIC
  SELECT '<g stroke="#cfd6dc" stroke-width="1"><path d="'
         || coalesce(string_agg('M' || wmo_works.svg_number(t.x) || ' ' || wmo_works.svg_number(y) || 'v'
                                || wmo_works.svg_number(height), '' ORDER BY t.x), 'M0 0') || '"/></g>'
         || '<g font-size="11" fill="#3d4a56">'
         || coalesce(string_agg(wmo_works.svg_text(t.x + 3::float8, y + 10::float8, t.label), '' ORDER BY t.x)
                       FILTER (WHERE t.x + 3::float8 + wmo_works.text_width(t.label, 11)
                                       <= (axis).x + (axis).width), '')
         || '</g>'
         || coalesce((SELECT '<path stroke="#a4262c" stroke-width="1.5" stroke-dasharray="5 3" d="M'
           || wmo_works.svg_number(n.x)
                             || ' ' || wmo_works.svg_number(y + 14::float8) || 'v'
                             || wmo_works.svg_number(height - 14::float8) || '"/>'
                      FROM (SELECT wmo_works.on_axis(today, axis) AS x) n
                      WHERE today BETWEEN (axis).first_day AND (axis).last_day), '')
  FROM (SELECT wmo_works.on_axis(k.day, axis) AS x, k.label FROM wmo_works.axis_ticks(axis, words) k) t;
END;
COMMENT ON FUNCTION wmo_works.axis_grid(wmo_works.axis, double precision, double precision, date, jsonb) IS
  'The lines of an axis over a height, with its days above them, and a line for the day that is asked about.';

CREATE FUNCTION wmo_works.timeline_axis(rows wmo_works.timeline_row[], pieces wmo_works.timeline_piece[],
                                        on_date date, from_date date, to_date date, x double precision,
                                        width double precision)
RETURNS wmo_works.axis
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  first_day date;
  last_day date;
BEGIN
  SELECT least(min(lower(p.days)) FILTER (WHERE isfinite(lower(p.days))),
               min(upper(p.days) - 730) FILTER (WHERE NOT isfinite(lower(p.days)) AND isfinite(upper(p.days))),
               timeline_axis.on_date - 90),
         greatest(max(upper(p.days)) FILTER (WHERE isfinite(upper(p.days))),
                  max(lower(p.days) + 730) FILTER (WHERE NOT isfinite(upper(p.days)) AND isfinite(lower(p.days))),
                  timeline_axis.on_date + 365)
  INTO first_day, last_day FROM unnest(pieces) p;
  -- a bar of a century would leave no room for the others
  first_day := coalesce(from_date, greatest(first_day, on_date - 15 * 365));
  last_day := coalesce(to_date, least(last_day, on_date + 20 * 365));
  RETURN ROW(first_day, greatest(last_day, first_day + 1), x, width)::wmo_works.axis;
END
$$;
COMMENT ON FUNCTION wmo_works.timeline_axis(wmo_works.timeline_row[], wmo_works.timeline_piece[], date, date, date,
  double precision, double precision) IS
  'The axis on which all of it has room, unless asked otherwise.';

CREATE FUNCTION wmo_works.bar_fill(piece wmo_works.timeline_piece) RETURNS wmo_works.fill
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN (piece).place IS NULL THEN ROW('{}', 'unnamed', (piece).doubt)::wmo_works.fill
              ELSE ROW(ARRAY[(piece).place], 'served', (piece).doubt)::wmo_works.fill END;
END;
COMMENT ON FUNCTION wmo_works.bar_fill(wmo_works.timeline_piece) IS 'How the bar of a term is filled.';

CREATE FUNCTION wmo_works.timeline_bar(mark text, piece wmo_works.timeline_piece, axis wmo_works.axis,
                                       y double precision, height double precision)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100 SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  x0 CONSTANT double precision := wmo_works.on_axis(coalesce(lower(piece.days), '-infinity'), axis);
  x1 CONSTANT double precision := wmo_works.on_axis(coalesce(upper(piece.days), 'infinity'), axis);
  whole CONSTANT text := ' x="' || wmo_works.svg_number(x0) || '" width="'
    || wmo_works.svg_number(greatest(x1 - x0, 1.5)) || '" ';
  full_height CONSTANT text := 'y="' || wmo_works.svg_number(y) || '" height="' || wmo_works.svg_number(height) || '"';
BEGIN
  IF x1 <= axis.x OR x0 >= axis.x + axis.width THEN
    RETURN '';
  END IF;
  RETURN CASE piece.kind
    WHEN 'term' THEN '<rect' || whole || full_height || ' fill="'
      || wmo_works.fill_paint(mark, wmo_works.bar_fill(piece)) || '"/>'
    WHEN 'exercised' THEN '<rect' || whole || full_height || ' fill="'
      || wmo_works.fill_paint(mark, wmo_works.bar_fill(piece)) || '"/>'
    WHEN 'open' THEN '<rect' || whole || full_height || ' fill="#ffffff"/>'
    WHEN 'untold' THEN '<rect' || whole || full_height || ' fill="url(#' || mark || '-untold)"/>'
    WHEN 'lapsed' THEN '<rect' || whole || full_height || ' fill="none" stroke-dasharray="2 2"/>'
    WHEN 'declined' THEN '<rect' || whole || full_height
      || ' fill="none" stroke-dasharray="2 2"/><path fill="none" d="M'
      || wmo_works.svg_number(x0) || ' ' || wmo_works.svg_number(y + height / 2) || 'H' || wmo_works.svg_number(x1)
        || '"/>'
    WHEN 'suspension' THEN '<rect' || whole || full_height || ' fill="url(#' || mark || '-pause)"/>'
    WHEN 'objection' THEN '<rect' || whole || 'y="' || wmo_works.svg_number(y + height / 4) || '" height="'
      || wmo_works.svg_number(height / 2) || '" fill="#14202b"/>'
    WHEN 'objection_late' THEN '<rect' || whole || 'y="' || wmo_works.svg_number(y + height / 4) || '" height="'
      || wmo_works.svg_number(height / 2) || '" fill="#ffffff"/>'
    WHEN 'notice' THEN '<path fill="#14202b" stroke="none" d="M' || wmo_works.svg_number(x1) || ' '
      || wmo_works.svg_number(y) || 'l-4.5 -7h9z"/>'
    ELSE '<path fill="#ffffff" d="M' || wmo_works.svg_number(x0) || ' ' || wmo_works.svg_number(y - 2) || 'l5 '
      || wmo_works.svg_number(height / 2 + 2) || 'l-5 ' || wmo_works.svg_number(height / 2 + 2) || 'l-5 -'
      || wmo_works.svg_number(height / 2 + 2) || 'z"/>' END;
END
$$;
COMMENT ON FUNCTION wmo_works.timeline_bar(text, wmo_works.timeline_piece, wmo_works.axis, double precision,
  double precision) IS
  'One stretch of a timeline, or the mark of a day.';

CREATE FUNCTION wmo_works.timeline_ends(item wmo_works.timeline_row, axis wmo_works.axis, y double precision,
                                        height double precision)
RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
  -- no end was agreed: an arrow; none is stated, or the first day is not known: a question mark; ended early: a bar
  SELECT concat(
    CASE WHEN (item).end_kind = 'open'
         THEN '<path fill="none" stroke-width="1.5" d="M'
              || wmo_works.svg_number((axis).x + (axis).width - 7::float8) || ' '
              || wmo_works.svg_number(y + 1::float8) || 'l6 '
              || wmo_works.svg_number(height / 2::float8 - 1::float8) || 'l-6 '
              || wmo_works.svg_number(height / 2::float8 - 1::float8) || '"/>' END,
    CASE WHEN (item).end_kind = 'unknown'
         THEN wmo_works.svg_text((axis).x + (axis).width - 9::float8, y + height / 2::float8 + 4.5::float8, '?',
                                 'font-size="13" font-weight="700" stroke="#ffffff" stroke-width="3" '
                                 'paint-order="stroke" text-anchor="middle"') END,
    CASE WHEN (item).first_day IS NULL
         THEN wmo_works.svg_text((axis).x + 9::float8, y + height / 2::float8 + 4.5::float8, '?',
                                 'font-size="13" font-weight="700" stroke="#ffffff" stroke-width="3" '
                                 'paint-order="stroke" text-anchor="middle"') END,
    CASE WHEN (item).terminated AND (item).last_day + 1 BETWEEN (axis).first_day AND (axis).last_day
         THEN '<path fill="none" stroke-width="3" d="M' || wmo_works.svg_number(wmo_works.on_axis((item).last_day + 1,
           axis))
              || ' ' || wmo_works.svg_number(y - 2::float8) || 'v'
              || wmo_works.svg_number(height + 4::float8) || '"/>' END);
END;
COMMENT ON FUNCTION wmo_works.timeline_ends(wmo_works.timeline_row, wmo_works.axis, double precision,
  double precision) IS
  'How a bar ends, and begins, where that is no day.';

CREATE FUNCTION wmo_works.timeline_legend(mark text, rows wmo_works.timeline_row[], pieces wmo_works.timeline_piece[],
                                          with_natural_persons boolean, words jsonb)
RETURNS wmo_works.legend_item[]
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN ARRAY(
    SELECT ROW(i.paint, i.label, i.line)::wmo_works.legend_item
    FROM (
      SELECT 1 AS place, 1 AS n, k.name AS label, NULL::text AS line,
             wmo_works.fill_paint(timeline_legend.mark, ROW(ARRAY[k.place], 'served', NULL)::wmo_works.fill) AS paint
      FROM (SELECT DISTINCT r.place, wmo_works.shown_party(r.party_id, with_natural_persons, words) AS name
            FROM unnest(rows) r WHERE r.party_id IS NOT NULL) k
      -- more than these are told by their rows
      WHERE (SELECT count(DISTINCT r.party_id) FROM unnest(rows) r) <= 12
      UNION ALL
      SELECT 2, 1, words ->> 'map_unnamed', NULL, 'url(#' || timeline_legend.mark || '-unnamed)'
      WHERE EXISTS (SELECT FROM unnest(pieces) p WHERE p.kind IN ('term', 'exercised') AND p.place IS NULL)
      UNION ALL
      SELECT DISTINCT 3, array_position(ARRAY['objection', 'objection_late', 'open', 'untold', 'lapsed', 'declined',
                                              'suspension', 'notice', 'transfer'], p.kind),
                                                words ->> ('bar_' || p.kind),
             wmo_works.timeline_bar(timeline_legend.mark,
               ROW(1, p.kind, daterange('2000-01-01', CASE WHEN p.kind IN ('notice', 'transfer')
                                                           THEN date '2000-01-02' ELSE '2000-01-11' END),
                   NULL, NULL)::wmo_works.timeline_piece,
               ROW('2000-01-01', date '2000-01-11', CASE WHEN p.kind IN ('notice', 'transfer') THEN 8 ELSE 0 END, 20)
                 ::wmo_works.axis, CASE p.kind WHEN 'notice' THEN 13 ELSE 4 END, 10), NULL
      FROM unnest(pieces) p WHERE p.kind NOT IN ('term', 'exercised')
      UNION ALL
      SELECT DISTINCT 4, 0, words ->> ('mark_' || r.doubt), NULL,
             wmo_works.fill_paint(timeline_legend.mark, ROW('{}', 'nobody', r.doubt)::wmo_works.fill)
      FROM unnest(rows) r WHERE r.doubt IS NOT NULL
      UNION ALL
      SELECT 4, 1, words ->> 'bar_unknown', wmo_works.svg_text(10, 13, '?', 'font-size="13" font-weight="700" '
             'text-anchor="middle" stroke="none"'), NULL
      WHERE EXISTS (SELECT FROM unnest(rows) r WHERE r.first_day IS NULL OR r.end_kind = 'unknown')
      UNION ALL
      SELECT 5, 1, words ->> 'bar_open_end', '<path fill="none" stroke-width="1.5" d="M7 4l6 5l-6 5"/>', NULL
      WHERE EXISTS (SELECT FROM unnest(rows) r WHERE r.end_kind = 'open')
      UNION ALL
      SELECT 6, 1, words ->> 'bar_ended_early', '<path fill="none" stroke-width="3" d="M10 2v14"/>', NULL
      WHERE EXISTS (SELECT FROM unnest(rows) r WHERE r.terminated)
      UNION ALL
      SELECT 7, 1, words ->> 'bar_today',
        '<path stroke="#a4262c" stroke-width="1.5" stroke-dasharray="5 3" d="M10 1v16"/>',
             NULL
    ) i
    ORDER BY i.place, i.n, i.label COLLATE "C", i.paint);
END
$$;
COMMENT ON FUNCTION wmo_works.timeline_legend(text, wmo_works.timeline_row[], wmo_works.timeline_piece[], boolean,
  jsonb) IS
  'What the legend of a timeline explains: only what is in it.';

CREATE FUNCTION wmo_works.timeline_body(mark text, rows wmo_works.timeline_row[], pieces wmo_works.timeline_piece[],
                                        axis wmo_works.axis, y double precision, step double precision,
                                        with_natural_persons boolean, words jsonb)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
  -- beside the bars there is a column for names, else each stands above its bar
  beside CONSTANT boolean := axis.x > 100;
  dense CONSTANT boolean := step < 26;
BEGIN
  RETURN (
    SELECT string_agg(
      CASE WHEN r.n % 2 = 0
           THEN '<rect x="8" y="' || wmo_works.svg_number(line.y) || '" width="'
                || wmo_works.svg_number(axis.x + axis.width) || '" height="' || wmo_works.svg_number(step)
                || '" fill="#14202b" fill-opacity=".035"/>' ELSE '' END
      || CASE WHEN dense
              THEN wmo_works.svg_text(16, line.y + 14, wmo_works.text_cut(concat_ws(', ', line.name, line.party), 11,
                axis.x - 28),
                                      'font-size="11"')
              WHEN beside
              THEN wmo_works.svg_text(16, line.y + 15, wmo_works.text_cut(line.name, 13, axis.x - 28),
                'font-weight="600"')
                   || wmo_works.svg_text(16, line.y + 29, wmo_works.text_cut(line.party, 12, axis.x - 28),
                     'fill="#3d4a56"')
              ELSE wmo_works.svg_text(12, line.y + 14, wmo_works.text_cut(concat_ws(', ', line.name, line.party), 12,
                axis.width),
                                      'paint-order="stroke" stroke="#ffffff" stroke-width="3"')
              END
      || '<g stroke="#14202b" stroke-width=".9">' || coalesce(drawn.bars, '')
      || wmo_works.timeline_ends(r, axis, line.bar, line.high) || '</g>', '' ORDER BY r.n)
    FROM unnest(rows) r
    CROSS JOIN LATERAL (
      SELECT timeline_body.y + step * (r.n - 1) AS y,
             timeline_body.y + step * (r.n - 1) + CASE WHEN beside AND dense THEN 5 WHEN beside THEN 13
               ELSE 23 END AS bar,
             (CASE WHEN dense THEN 9 ELSE 13 END)::float8 AS high,
             r.number || coalesce(' (' || r.part || ')', '') AS name,
             wmo_works.shown_party(r.party_id, with_natural_persons, words) AS party
    ) line
    LEFT JOIN LATERAL (
      SELECT string_agg(wmo_works.timeline_bar(mark, p, axis, line.bar, line.high), ''
                        ORDER BY array_position(ARRAY['objection', 'objection_late', 'term', 'exercised', 'open',
                          'untold',
                                                      'lapsed', 'declined', 'suspension', 'notice', 'transfer'],
                                                        p.kind),
                                 lower(p.days), upper(p.days)) AS bars
      FROM unnest(pieces) p WHERE p.n = r.n
    ) drawn ON true);
END
$$;
COMMENT ON FUNCTION wmo_works.timeline_body(text, wmo_works.timeline_row[], wmo_works.timeline_piece[], wmo_works.axis,
  double precision, double precision, boolean, jsonb) IS
  'The rows of a timeline: who, and the bars.';

CREATE FUNCTION wmo_works.timeline_says(rows wmo_works.timeline_row[], with_natural_persons boolean, words jsonb)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN (
    SELECT CASE WHEN count(*) = 0 THEN words ->> 'timeline_nothing'
                WHEN count(*) > 40 THEN format(words ->> 'timeline_many', count(*))
                ELSE string_agg(concat(r.number, ' (' || r.part || ')', ', ',
                                       wmo_works.shown_party(r.party_id, with_natural_persons, words), ': ',
                                       wmo_works.term_text(r.first_day, r.last_day, r.end_kind, words),
                                       ' (' || wmo_works.doubts_text(r.doubts, words) || ')'), '; '
                                ORDER BY r.n) || '.' END
    FROM unnest(rows) r);
END
$$;
COMMENT ON FUNCTION wmo_works.timeline_says(wmo_works.timeline_row[], boolean, jsonb) IS
  'What a timeline shows, in words.';

CREATE FUNCTION wmo_works.timeline_picture(mark text, title text, below text, rows wmo_works.timeline_row[],
                                           pieces wmo_works.timeline_piece[], on_date date, from_date date,
                                           to_date date, width double precision, with_natural_persons boolean,
                                           language text, headed boolean DEFAULT true)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
  words jsonb := wmo_works.picture_words(language);
  column_width CONSTANT double precision := CASE WHEN width >= 520 THEN least(230, 0.3::float8 * width) ELSE 12 END;
  step CONSTANT double precision := CASE WHEN width < 520 THEN 44 WHEN cardinality(rows) > 40 THEN 20 ELSE 38 END;
  axis wmo_works.axis := wmo_works.timeline_axis(rows, pieces, on_date, from_date, to_date, column_width,
                                                 width - column_width - 14);
  head record; -- body, height
  legend record; -- body, height
  top double precision;
  y double precision;
BEGIN
  SELECT h.* INTO head FROM wmo_works.picture_head(CASE WHEN headed THEN title END, CASE WHEN headed THEN below END,
    width) h;
  top := head.height + 20;
  y := top + step * cardinality(rows) + 8;
  SELECT l.* INTO legend
  FROM wmo_works.legend(wmo_works.timeline_legend(mark, rows, pieces, with_natural_persons, words), y, width) l;
  RETURN wmo_works.svg_frame(
    mark, width, y + legend.height + 6, concat_ws('. ', title, below),
    wmo_works.timeline_says(rows, with_natural_persons, words), language,
    '<defs>' || coalesce((
      SELECT string_agg(wmo_works.fill_pattern(timeline_picture.mark, f.fill), ''
                        ORDER BY wmo_works.fill_key(f.fill) COLLATE "C")
      FROM (
        SELECT DISTINCT wmo_works.bar_fill(p) AS fill FROM unnest(pieces) p WHERE p.kind IN ('term', 'exercised')
        UNION SELECT ROW(ARRAY[r.place], 'served', NULL)::wmo_works.fill FROM unnest(rows) r
          WHERE r.party_id IS NOT NULL
        UNION SELECT ROW('{}', 'nobody', r.doubt)::wmo_works.fill FROM unnest(rows) r WHERE r.doubt IS NOT NULL
        UNION SELECT ROW('{}', 'unnamed', NULL)::wmo_works.fill UNION SELECT ROW('{}', 'untold', NULL)::wmo_works.fill
      ) f
      WHERE wmo_works.fill_paint(timeline_picture.mark, f.fill) LIKE 'url%'), '')
    || '<pattern id="' || mark
      || '-pause" patternUnits="userSpaceOnUse" width="5" height="5"><rect width="5" height="5" '
       'fill="#ffffff"/><path d="M2.5 0v5" stroke="#14202b" stroke-width="1.4"/></pattern></defs>'
    || head.body
    || wmo_works.axis_grid(axis, head.height + 4, step * cardinality(rows) + 18, on_date, words)
    || coalesce(wmo_works.timeline_body(mark, rows, pieces, axis, top, step, with_natural_persons, words), '')
    || legend.body);
END
$$;
COMMENT ON FUNCTION wmo_works.timeline_picture(text, text, text, wmo_works.timeline_row[], wmo_works.timeline_piece[],
  date, date, date, double precision, boolean, text, boolean) IS
  'A timeline with its title (headed), axis and legend.';

CREATE FUNCTION wmo.timeline_svg(on_date date DEFAULT CURRENT_DATE, buyer text DEFAULT NULL, provider text DEFAULT NULL,
                                 service text DEFAULT NULL, from_date date DEFAULT NULL, to_date date DEFAULT NULL,
                                 language text DEFAULT NULL, width integer DEFAULT 720,
                                 with_natural_persons boolean DEFAULT false)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_variable
DECLARE
  day CONSTANT date := wmo_works.checked_near_day(on_date, 'on_date');
  tongue CONSTANT text := wmo_works.picture_language(language);
  words CONSTANT jsonb := wmo_works.picture_words(tongue);
  provider_id CONSTANT integer := CASE WHEN provider IS NOT NULL THEN wmo_works.party_id(provider) END;
  service_id CONSTANT integer := wmo.service_id(service);
  rows wmo_works.timeline_row[];
BEGIN
  IF num_nulls(day, width) > 0 THEN
    RETURN NULL;
  ELSIF wmo_works.checked_near_day(from_date, 'from_date') > wmo_works.checked_near_day(to_date, 'to_date') THEN
    RAISE EXCEPTION 'from_date "%" is after to_date "%"', wmo_works.iso_day(from_date), wmo_works.iso_day(to_date)
      USING ERRCODE = 'invalid_parameter_value', DETAIL = 'They are the ends of the line of days.',
        HINT = 'Swap them.';
  END IF;
  rows := ARRAY(SELECT r FROM wmo_works.timeline_rows(day, wmo_works.buyers_named(buyer, day), provider_id,
                                                            service_id) r);
  RETURN wmo_works.timeline_picture(
    'line', coalesce((SELECT s.name FROM wmo.service s WHERE s.id = service_id), words ->> 'timeline_title'),
    concat_ws(', ', format(words ->> 'timeline_below', wmo_works.day_text(day, words)), buyer,
              wmo_works.shown_party(provider_id, coalesce(with_natural_persons, false), words - 'not_named')),
    rows, ARRAY(SELECT p FROM wmo_works.timeline_pieces(rows, day) p), day, from_date, to_date,
    wmo_works.checked_width(width), coalesce(with_natural_persons, false), tongue);
END
$$;
COMMENT ON FUNCTION wmo.timeline_svg(date, text, text, text, date, date, text, integer, boolean) IS
  'Contracts as bars on a line of days, by the ledger of a day, as SVG: the objection period of their award, first '
  'term, '
  'options (exercised, open, lapsed, declined, or not known), suspensions, transfers, the last day to announce an '
  'option, '
  'and that day itself. For a buyer, a provider (by name, alias or AGB code) or a service; null = all. from_date, '
  'to_date: the ends of the line; null = as much as there is. Sole traders have no name in it unless '
  'with_natural_persons.';
