-- award_svg: the days of an award, as a lawyer draws them.
-- Relies on award_term and court_chain (agenda), on objection_period (law) and on timeline_svg (its axis).
--
-- Above, bars on a line of days; below, the same days in their order with what was said of each. All that is told here
-- of a day is told by the rooms that reckon it.

CREATE TYPE wmo_works.award_bar AS (lane integer, kind text, name text, days daterange);
COMMENT ON TYPE wmo_works.award_bar IS
  'A stretch of days in a lane of the picture of an award. kind: event, safe (by every reading), late (by the longest '
  'alone), moved (a day that cannot be the last), pending, remedy, remedy_late, sign, or a status of the award.';

CREATE FUNCTION wmo_works.award_term_bars(award_id integer, words jsonb) RETURNS SETOF wmo_works.award_bar
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 ROWS 10
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
BEGIN
  RETURN QUERY
  WITH term AS MATERIALIZED (
    SELECT t.lane, t.name, t.period,
           coalesce(wmo.first_day(t.period), lower(a.sent) + 1, lower(a.decided) + 1,
             wmo.last_day(t.period)) AS first_day
    FROM wmo.award a
    JOIN wmo.minimum_standstill m ON m.award_id = a.id
    CROSS JOIN LATERAL (VALUES
      (3, words ->> 'award_standstill', a.standstill), (4, words ->> 'award_forfeiture', a.forfeiture),
      (5, words ->> 'award_minimum', m.counted)) t (lane, name, period)
    WHERE a.id = award_term_bars.award_id AND t.period IS NOT NULL
  )
  SELECT t.lane, 'safe', t.name, daterange(least(t.first_day, wmo.last_day(t.period)), wmo.last_day(t.period), '[]')
    FROM term t
  UNION ALL
  SELECT t.lane, 'late', t.name, daterange(wmo.last_day(t.period) + 1, wmo.latest_last_day(t.period), '[]') FROM term t
  WHERE wmo.last_day(t.period) < wmo.latest_last_day(t.period)
  UNION ALL
  SELECT DISTINCT t.lane, 'moved', t.name, daterange(e.day, e.day, '[]')
  FROM term t CROSS JOIN LATERAL wmo.explain_objection_period(t.period) e
  WHERE e.applied LIKE 'Atw %' AND e.day IS NOT NULL;
END
$$;
COMMENT ON FUNCTION wmo_works.award_term_bars(integer, jsonb) IS
  'The terms in which an award can be fought, with each day that could not be their last.';

CREATE FUNCTION wmo_works.award_bars(award_id integer, as_of date, words jsonb) RETURNS SETOF wmo_works.award_bar
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 20
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT l.lane, 'event', l.name, l.days
  FROM wmo.award a
  CROSS JOIN LATERAL (VALUES (1, words ->> 'award_decided', a.decided), (2, words ->> 'award_sent', a.sent)) l (lane,
    name, days)
  WHERE a.id = award_bars.award_id AND l.days IS NOT NULL
  UNION ALL
  SELECT b.* FROM wmo_works.award_term_bars(award_bars.award_id, words) b
  UNION ALL
  SELECT p.lane, b.kind, words ->> ('award_' || p.kind), b.days * daterange(p.lodged, p.over)
  FROM (
    SELECT 10 + row_number() OVER (ORDER BY e.lodged, e.challenge_id)::integer AS lane, e.kind, e.lodged,
           e.lodged_latest, CASE WHEN e.ruled <= award_bars.as_of THEN e.ruled + 1 END AS over
    FROM wmo.challenge_effect e WHERE e.award_id = award_bars.award_id AND e.lodged <= award_bars.as_of
  ) p
  CROSS JOIN LATERAL (VALUES
    -- lodged on one of several days: until the last of them it may have been pending
    ('late', daterange(NULL, p.lodged_latest)),
    ('pending', CASE WHEN p.lodged_latest IS NOT NULL THEN daterange(p.lodged_latest, NULL) END)) b (kind, days)
  WHERE NOT isempty(b.days * daterange(p.lodged, p.over))
  UNION ALL
  SELECT 100 + dense_rank() OVER (ORDER BY r.ruled, r.challenge_id)::integer, t.kind,
    words ->> ('award_' || r.remedy), t.days
  FROM wmo.court_remedy r
  CROSS JOIN LATERAL (VALUES ('remedy', daterange(r.ruled + 1, r.last_day, '[]')),
                             ('remedy_late', CASE WHEN r.last_day < r.latest_day
                                                  THEN daterange(r.last_day + 1, r.latest_day, '[]') END)) t (kind,
                                                    days)
  WHERE r.award_id = award_bars.award_id AND r.ruled <= award_bars.as_of AND t.days IS NOT NULL
  UNION ALL
  SELECT 200, 'sign', words ->> 'award_lane_sign', daterange(t.sign_from, t.sign_from, '[]')
  FROM wmo.award_terms(award_bars.as_of) t WHERE t.award_id = award_bars.award_id AND t.sign_from IS NOT NULL
  UNION ALL
  SELECT 201, 'event', words ->> 'award_signed', daterange(t.signed_on, t.signed_on, '[]')
  FROM wmo.award_terms(award_bars.as_of) t WHERE t.award_id = award_bars.award_id AND t.signed_on IS NOT NULL
  UNION ALL
  -- how it stood on each day up to this one, by what is recorded
  SELECT 300, t.status, words ->> 'award_stands', t.known * daterange(NULL, award_bars.as_of, '[]')
  FROM wmo.award_timeline(award_bars.award_id) t
  WHERE coalesce(t.awarded, true) AND t.valid @> coalesce(lower(t.known), award_bars.as_of)
    AND t.known && daterange(NULL, award_bars.as_of, '[]') AND isfinite(lower(t.known));
END
$$;
COMMENT ON FUNCTION wmo_works.award_bars(integer, date, jsonb) IS
  'Everything that is drawn of an award, by what was brought against it up to a day.';

CREATE TYPE wmo_works.award_day AS (day date, latest_day date, head text, detail text);
COMMENT ON TYPE wmo_works.award_day IS
  'What is said of a day of an award (null: undated), or of the days up to and including another.';

CREATE FUNCTION wmo_works.award_story(award_id integer, as_of date, words jsonb) RETURNS SETOF wmo_works.award_day
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 20
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  -- what is said alike of several terms is said once
  SELECT s.day, s.latest_day, string_agg(DISTINCT s.term, ', ' ORDER BY s.term) || coalesce(': ' || s.head, ''),
    s.detail
  FROM (
    SELECT c.day, nullif(c.latest_day, c.day) AS latest_day, 1 AS place, c.step,
           coalesce(words ->> ('step_' || replace(c.what, ' ', '_')), c.what) AS term, NULL AS head, c.detail
    FROM wmo.court_chain(award_story.award_id, award_story.as_of) c
    UNION ALL
    SELECT lower(a.sent), nullif(upper(a.sent) - 1, lower(a.sent)), 2, 0, words ->> 'award_sent', NULL, NULL
    FROM wmo.award a WHERE a.id = award_story.award_id AND a.sent IS NOT NULL
    UNION ALL
    SELECT e.day, NULL, 3, e.step, b.name, CASE WHEN e.applied LIKE 'Atw %' THEN words ->> 'award_moved' END,
           e.explanation
    FROM wmo.award a
    JOIN wmo.minimum_standstill m ON m.award_id = a.id
    CROSS JOIN LATERAL (VALUES
      (words ->> 'award_standstill', a.standstill), (words ->> 'award_forfeiture', a.forfeiture),
      (words ->> 'award_minimum', m.counted)) b (name, period)
    CROSS JOIN LATERAL wmo.explain_objection_period(b.period) e
    WHERE a.id = award_story.award_id
      AND (e.applied IN ('regime', 'warning', 'earliest last day', 'latest last day') OR e.applied LIKE 'Atw %')
    UNION ALL
    SELECT t.sign_from, NULL, 4, 0, words ->> CASE WHEN t.sign_from IS NULL THEN 'award_no_sign'
      ELSE 'award_sign_from' END,
           NULL, t.sign_basis
    FROM wmo.award_terms(award_story.as_of) t WHERE t.award_id = award_story.award_id
  ) s
  GROUP BY s.day, s.latest_day, s.head, s.detail
  ORDER BY coalesce(s.day, s.latest_day), min(s.place), min(s.step), min(s.term);
END
$$;
COMMENT ON FUNCTION wmo_works.award_story(integer, date, jsonb) IS
  'The days of an award in their order, each with what is said of it by court_chain, explain_objection_period and '
  'award_term.';

CREATE FUNCTION wmo_works.award_bar_drawn(mark text, bar wmo_works.award_bar, axis wmo_works.axis, y double precision)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100 SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  x0 CONSTANT double precision := wmo_works.on_axis(coalesce(lower(bar.days), '-infinity'), axis);
  x1 CONSTANT double precision := wmo_works.on_axis(coalesce(upper(bar.days), 'infinity'), axis);
  middle CONSTANT text := wmo_works.svg_number((x0 + least(x1, x0 + axis.width)) / 2);
  whole CONSTANT text := '<rect x="' || wmo_works.svg_number(x0) || '" width="'
    || wmo_works.svg_number(greatest(x1 - x0, 2))
    || '" y="' || wmo_works.svg_number(y + 5) || '" height="14" fill="';
BEGIN
  RETURN CASE bar.kind
    WHEN 'event' THEN CASE WHEN upper(bar.days) - lower(bar.days) = 1
      THEN '<circle cx="' || middle || '" cy="' || wmo_works.svg_number(y + 12) || '" r="5" fill="#14202b"/>'
      -- the day is not known, but lies here
      ELSE whole || '#ffffff" stroke-dasharray="2 2"/>' END
    WHEN 'safe' THEN whole || '#5f8fb3"/>'
    WHEN 'late' THEN whole || '#c9ecec"/>'
    WHEN 'moved' THEN '<path fill="none" stroke-width="1.6" d="M' || middle || ' ' || wmo_works.svg_number(y + 7)
      || 'm-3 1l6 8m0 -8l-6 8"/>'
    WHEN 'pending' THEN whole || 'url(#' || mark || '-nobody-contested)"/>'
    WHEN 'remedy' THEN whole || '#97796b"/>'
    WHEN 'remedy_late' THEN whole || '#e5b5b8"/>'
    WHEN 'sign' THEN '<path fill="#14202b" d="M' || wmo_works.svg_number(x0) || ' ' || wmo_works.svg_number(y + 21)
      || 'v-18l11 4.5l-11 4.5"/>'
    WHEN 'provisional' THEN whole || 'url(#' || mark || '-nobody-provisional)"/>'
    WHEN 'contested' THEN whole || 'url(#' || mark || '-nobody-contested)"/>'
    WHEN 'unknown' THEN whole || 'url(#' || mark || '-untold)"/>'
    WHEN 'uncontested' THEN whole || '#dfe5ea"/>'
    WHEN 'final' THEN whole || '#14202b"/>'
    WHEN 'not_applicable' THEN whole || '#ffffff"/>'
    ELSE whole || '#ffffff"/><path fill="none" d="M' || wmo_works.svg_number(x0) || ' ' || wmo_works.svg_number(y + 12)
      || 'H' || wmo_works.svg_number(x1) || '"/>' END;
END
$$;
COMMENT ON FUNCTION wmo_works.award_bar_drawn(text, wmo_works.award_bar, wmo_works.axis, double precision) IS
  'One stretch, or the mark of a day.';

CREATE FUNCTION wmo_works.award_axis(bars wmo_works.award_bar[], as_of date, x double precision, width double precision)
RETURNS wmo_works.axis
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT ROW(d.first_day - 2 - (d.last_day - d.first_day) / 40, d.last_day + 3 + (d.last_day - d.first_day) / 20,
             award_axis.x, award_axis.width)::wmo_works.axis
  FROM (SELECT coalesce(least(min(lower(b.days)) FILTER (WHERE isfinite(lower(b.days))),
                              -- of what began on a day that is not known the end is seen, and what is before it
                              min(upper(b.days)) FILTER (WHERE isfinite(lower(b.days)) IS NOT TRUE
                                                           AND isfinite(upper(b.days))) - 30),
                        award_axis.as_of) AS first_day,
               greatest(coalesce(max(upper(b.days)) FILTER (WHERE isfinite(upper(b.days)) AND b.lane < 300),
                                 award_axis.as_of),
                        -- proceedings that are pending reach to the day that is asked about
                        max(award_axis.as_of) FILTER (WHERE b.kind = 'pending'
                          AND NOT isfinite(upper(b.days)))) AS last_day
        FROM unnest(award_axis.bars) b) d;
END;
COMMENT ON FUNCTION wmo_works.award_axis(wmo_works.award_bar[], date, double precision, double precision) IS
  'The axis on which the days of an award have room; how it stands goes on beyond it.';

CREATE FUNCTION wmo_works.free_days(axis wmo_works.axis, y double precision, height double precision) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF axis.last_day - axis.first_day > 130 THEN
    RETURN '';
  END IF;
  RETURN coalesce((
    SELECT '<path fill="#14202b" fill-opacity=".07" d="' || string_agg(
             'M' || wmo_works.svg_number(wmo_works.on_axis(d, axis)) || ' ' || wmo_works.svg_number(y) || 'H'
             || wmo_works.svg_number(wmo_works.on_axis(d + 1, axis)) || 'V' || wmo_works.svg_number(y + height) || 'H'
             || wmo_works.svg_number(wmo_works.on_axis(d, axis)) || 'z', '' ORDER BY d) || '"/>'
    FROM (SELECT axis.first_day + i AS d FROM generate_series(0, axis.last_day - axis.first_day - 1) i) days
    WHERE NOT wmo.is_working_day(d)), '');
END
$$;
COMMENT ON FUNCTION wmo_works.free_days(wmo_works.axis, double precision, double precision) IS
  'Saturdays, Sundays, public holidays and equated days as grey columns, where single days can be seen.';

CREATE FUNCTION wmo_works.award_lanes(mark text, bars wmo_works.award_bar[], axis wmo_works.axis, y double precision,
                                      OUT body text, OUT height double precision)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  beside CONSTANT boolean := axis.x > 100;
  step CONSTANT double precision := CASE WHEN beside THEN 26 ELSE 40 END;
BEGIN
  SELECT string_agg(
           wmo_works.svg_text(CASE WHEN beside THEN 16 ELSE axis.x END, award_lanes.y + step * (l.n - 1) + CASE
             WHEN beside THEN 16 ELSE 12 END,
                              wmo_works.text_cut(l.name, 12, CASE WHEN beside THEN axis.x - 26 ELSE axis.width END),
                              CASE WHEN beside THEN ''
                                ELSE 'paint-order="stroke" stroke="#ffffff" stroke-width="3"' END)
           || '<g stroke="#14202b" stroke-width=".9">' || l.drawn || '</g>', '' ORDER BY l.n),
         coalesce(max(l.n), 0) * step
  INTO body, height
  FROM (
    SELECT row_number() OVER (ORDER BY b.lane) AS n, min(b.name) AS name,
           string_agg(wmo_works.award_bar_drawn(mark, b.bar, axis, award_lanes.y + step * (b.rank - 1) + CASE
             WHEN beside THEN 0 ELSE 14 END),
                      '' ORDER BY b.kind = 'moved', lower(b.days), b.kind) AS drawn
    FROM (SELECT u AS bar, u.*, dense_rank() OVER (ORDER BY u.lane) AS rank FROM unnest(bars) u
          WHERE u.days && daterange(axis.first_day, axis.last_day + 1)) b
    GROUP BY b.lane
  ) l;
END
$$;
COMMENT ON FUNCTION wmo_works.award_lanes(text, wmo_works.award_bar[], wmo_works.axis, double precision) IS
  'The bars of an award, a lane below the other.';

CREATE FUNCTION wmo_works.award_story_drawn(story wmo_works.award_day[], width double precision, y double precision,
                                            words jsonb, OUT body text, OUT height double precision)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  told wmo_works.award_day;
  beside CONSTANT boolean := width >= 520;
  x CONSTANT double precision := CASE WHEN beside THEN 190 ELSE 16 END;
  lines text[];
  day_text text;
BEGIN
  body := '';
  height := 8;
  FOREACH told IN ARRAY story LOOP
    day_text := coalesce(wmo_works.short_day_text(told.day, words), words ->> 'award_undated')
      || coalesce(' - ' || wmo_works.short_day_text(told.latest_day, words), '');
    lines := wmo_works.text_lines(told.detail, 12, width - x - 16, 12);
    body := body
      || wmo_works.svg_text(16, y + height + 12, day_text, 'font-weight="600"')
      || wmo_works.svg_text(x, y + height + CASE WHEN beside THEN 12 ELSE 28 END, told.head, 'fill="#3d4a56"')
      || coalesce(wmo_works.svg_lines(x, y + height + CASE WHEN beside THEN 28 ELSE 44 END, lines, 15), '')
      || '<path stroke="#cfd6dc" d="M16 ' || wmo_works.svg_number(y + height - 5) || 'H'
        || wmo_works.svg_number(width - 16) || '"/>';
    height := height + 26 + CASE WHEN beside THEN 0 ELSE 16 END + 15 * cardinality(lines);
  END LOOP;
END
$$;
COMMENT ON FUNCTION wmo_works.award_story_drawn(wmo_works.award_day[], double precision, double precision, jsonb) IS
  'The days of an award in words, below one another.';

CREATE FUNCTION wmo_works.award_legend(mark text, bars wmo_works.award_bar[], words jsonb)
RETURNS wmo_works.legend_item[]
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN ARRAY(
    SELECT ROW(NULL, words ->> ('mark_' || k.kind),
               wmo_works.award_bar_drawn(mark,
                 ROW(1, k.kind, NULL, CASE WHEN k.kind IN ('event', 'sign', 'moved')
                   THEN daterange('2000-01-05', '2000-01-06')
                                           ELSE daterange('2000-01-01', '2000-01-21') END)::wmo_works.award_bar,
                 ROW('2000-01-01', date '2000-01-21', 0, 20)::wmo_works.axis, -3))::wmo_works.legend_item
    FROM (SELECT DISTINCT b.kind FROM unnest(bars) b) k
    WHERE words ? ('mark_' || k.kind)
    ORDER BY array_position(ARRAY['safe', 'late', 'moved', 'pending', 'remedy', 'remedy_late', 'sign', 'provisional',
      'contested',
                                  'uncontested', 'final', 'unknown', 'withdrawn', 'annulled', 'not_applicable'],
                                    k.kind));
END
$$;
COMMENT ON FUNCTION wmo_works.award_legend(text, wmo_works.award_bar[],
  jsonb) IS 'What the legend of an award explains.';

CREATE TYPE wmo_works.award_told AS (title text, below text, bars wmo_works.award_bar[], story wmo_works.award_day[]);
COMMENT ON TYPE wmo_works.award_told IS
  'What a picture of an award tells, however wide it is: its title and the line below, the bars, and the days in '
  'words.';

CREATE FUNCTION wmo_works.award_told(award_id integer, as_of date, with_natural_persons boolean, words jsonb)
RETURNS wmo_works.award_told
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
#variable_conflict use_variable
DECLARE
  told wmo_works.award_told;
BEGIN
  SELECT coalesce(t.title, format(words ->> 'award_title', a.id)) || coalesce(', ' || l.name, ''),
         concat_ws('. ', wmo_works.shown_party(a.supplier_id, with_natural_persons, words),
                   format(words ->> 'award_status_on', wmo_works.day_text(as_of, words),
                          coalesce(words ->> ('status_' || st.status), st.status)))
  INTO told.title, told.below
  FROM wmo.award a LEFT JOIN wmo.tender t ON t.id = a.tender_id LEFT JOIN wmo.lot l ON l.id = a.lot_id
  LEFT JOIN LATERAL wmo.award_status(a.id, as_of) st ON true
  WHERE a.id = award_id;
  told.bars := ARRAY(SELECT b FROM wmo_works.award_bars(award_id, as_of, words) b);
  told.story := ARRAY(SELECT s FROM wmo_works.award_story(award_id, as_of, words) s);
  RETURN told;
END
$$;
COMMENT ON FUNCTION wmo_works.award_told(integer, date, boolean, jsonb) IS
  'What is to be told of an award, by what was brought against it up to a day.';

CREATE FUNCTION wmo_works.award_picture(mark text, told wmo_works.award_told, as_of date, width double precision,
                                        language text)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
#variable_conflict use_variable
DECLARE
  words jsonb := wmo_works.picture_words(language);
  column_width CONSTANT double precision := CASE WHEN width >= 520 THEN 190 ELSE 16 END;
  axis wmo_works.axis := wmo_works.award_axis(told.bars, as_of, column_width, width - column_width - 16);
  head record; -- body, height
  lanes record; -- body, height
  legend record; -- body, height
  story record; -- body, height
  y double precision;
BEGIN
  SELECT h.* INTO head FROM wmo_works.picture_head(told.title, told.below, width) h;
  SELECT l.* INTO lanes FROM wmo_works.award_lanes(mark, told.bars, axis, head.height + 22) l;
  y := head.height + 22 + lanes.height + 8;
  SELECT l.* INTO legend FROM wmo_works.legend(wmo_works.award_legend(mark, told.bars, words), y, width) l;
  y := y + legend.height + 10;
  SELECT s.* INTO story FROM wmo_works.award_story_drawn(told.story, width, y, words) s;
  RETURN wmo_works.svg_frame(
    mark, width, y + story.height, concat_ws('. ', told.title, told.below),
    (SELECT string_agg(concat_ws(': ', coalesce(wmo_works.day_text(s.day, words), words ->> 'award_undated'), s.head),
      '; ' ORDER BY s.n)
     FROM unnest(told.story) WITH ORDINALITY AS s (day, latest_day, head, detail, n)),
    language,
    '<defs>' || wmo_works.fill_pattern(mark, ROW('{}', 'nobody', 'provisional')::wmo_works.fill)
    || wmo_works.fill_pattern(mark, ROW('{}', 'nobody', 'contested')::wmo_works.fill)
    || wmo_works.fill_pattern(mark, ROW('{}', 'untold', NULL)::wmo_works.fill) || '</defs>'
    || head.body || wmo_works.free_days(axis, head.height + 18, lanes.height + 4)
    || wmo_works.axis_grid(axis, head.height + 4, lanes.height + 18, as_of, words)
    || coalesce(lanes.body, '') || legend.body || story.body);
END
$$;
COMMENT ON FUNCTION wmo_works.award_picture(text, wmo_works.award_told, date, double precision, text) IS
  'An award with its title, days, legend and story.';

CREATE FUNCTION wmo_works.award_in_dutch(award_id integer, as_of date, width double precision,
  with_natural_persons boolean)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
SET wmo_contracts.language = 'nl'
AS $$
BEGIN
  RETURN wmo_works.award_picture(
    'award', wmo_works.award_told(award_id, as_of, with_natural_persons, wmo_works.picture_words('nl')), as_of, width,
    'nl');
END
$$;
COMMENT ON FUNCTION wmo_works.award_in_dutch(integer, date, double precision, boolean) IS
  'wmo_works.award_picture, with what others say of it in Dutch too.';

CREATE FUNCTION wmo_works.award_in_english(award_id integer, as_of date, width double precision,
  with_natural_persons boolean)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
SET wmo_contracts.language = 'en'
AS $$
BEGIN
  RETURN wmo_works.award_picture(
    'award', wmo_works.award_told(award_id, as_of, with_natural_persons, wmo_works.picture_words('en')), as_of, width,
    'en');
END
$$;
COMMENT ON FUNCTION wmo_works.award_in_english(integer, date, double precision, boolean) IS
  'wmo_works.award_picture, with what others say of it in English too.';

CREATE FUNCTION wmo.award_svg(award_id integer, as_of date DEFAULT CURRENT_DATE, language text DEFAULT NULL,
                              width integer DEFAULT 720, with_natural_persons boolean DEFAULT false)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
  day CONSTANT date := wmo_works.checked_near_day(as_of, 'as_of');
BEGIN
  IF num_nulls(award_id, day, width) > 0 OR NOT EXISTS (SELECT FROM wmo.award a WHERE a.id = award_svg.award_id) THEN
    RETURN NULL;
  END IF;
  PERFORM wmo_works.checked_width(width);
  RETURN CASE wmo_works.picture_language(language)
    WHEN 'nl' THEN wmo_works.award_in_dutch(award_id, day, width, coalesce(with_natural_persons, false))
    ELSE wmo_works.award_in_english(award_id, day, width, coalesce(with_natural_persons, false)) END;
END
$$;
COMMENT ON FUNCTION wmo.award_svg(integer, date, text, integer, boolean) IS
  'The days of an award as SVG: decision, sending, each term with its safe and its latest last day and every day that '
  'could not be its last, proceedings, remedies, the first day on which no known term runs any more, and how it stood '
  'day by day; below them the same in words, with the reasons. By what was brought against it up to and including '
  'as_of. Null when there is no such award.';
