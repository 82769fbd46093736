-- report_parts: of a report, the maps with who serves where, and how long contracts run.
-- Relies on page, on the pictures, and on what they rest on.

CREATE TYPE wmo_works.report_map AS (
  service_ids integer[],
  names       text,
  key         text,
  pieces      wmo_works.ground_piece[],
  lines       wmo_works.sheet_line[],
  wide        wmo_works.sheet_ground,
  narrow      wmo_works.sheet_ground
);
COMMENT ON TYPE wmo_works.report_map IS
  'Ground and what is said of it, for the services of which the same is said (key); and the ground on a wide sheet and '
  'on one for a phone.';

CREATE FUNCTION wmo_works.report_ground(pieces wmo_works.ground_piece[], on_date date, OUT wide wmo_works.sheet_ground,
                                        OUT narrow wmo_works.sheet_ground)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
BEGIN
  wide := wmo_works.ground_on_sheet(pieces, on_date, 720);
  -- what a wide page cannot show a phone cannot
  narrow := wmo_works.ground_on_sheet(
    ARRAY(SELECT ROW(p.ground_no, p.area_id, p.part, wmo_works.off_sheet(wide.shapes[p.n], wide.sheet))
                   ::wmo_works.ground_piece
          FROM unnest(pieces) WITH ORDINALITY AS p (ground_no, area_id, part, geom, n) ORDER BY p.n), on_date, 340);
END
$$;
COMMENT ON FUNCTION wmo_works.report_ground(wmo_works.ground_piece[], date) IS
  'Pieces of ground on the two sheets of a report.';

CREATE FUNCTION wmo_works.lines_without_area(service_id integer, buyer_ids integer[], on_date date)
RETURNS SETOF wmo_works.sheet_line
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 5
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT NULL::integer, CASE WHEN o.offered = 'existing_clients_perhaps' THEN 'existing' WHEN o.provider_id IS NULL
                             THEN 'unnamed' ELSE 'named' END,
         o.provider_id, o.contract_id, o.ages, array_agg(DISTINCT o.service_id), 'unknown'::wmo.certainty,
         NULL::wmo.reason, NULL, c.place
  FROM wmo_works.offers(lines_without_area.service_id, lines_without_area.on_date, '[18,)',
                        daterange(lines_without_area.on_date, lines_without_area.on_date, '[]'), '{}') o
  LEFT JOIN wmo_works.party_places() c ON c.party_id = o.provider_id
  WHERE o.area_id IS NULL AND o.offered IN ('areas_not_named', 'existing_clients_perhaps')
    AND o.contract_id IN (SELECT b.id FROM wmo.contract b WHERE b.buyer_id = ANY (lines_without_area.buyer_ids))
  GROUP BY o.provider_id, o.contract_id, o.ages, o.offered, c.place
  ORDER BY o.contract_id, o.ages, o.provider_id;
END
$$;
COMMENT ON FUNCTION wmo_works.lines_without_area(integer, integer[], date) IS
  'What contracts of these buyers offer of a service that do not say where: no map can show it.';

CREATE FUNCTION wmo_works.report_maps(buyer_ids integer[], on_date date) RETURNS SETOF wmo_works.report_map
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000 ROWS 5
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
  maps wmo_works.report_map[] := '{}';
  bought record;
  drawn record; -- pieces, lines
BEGIN
  FOR bought IN
    SELECT sv.id, sv.name, (SELECT count(*) FROM wmo_works.service_leaves(sv.id)) AS leaves FROM wmo.service sv
    WHERE sv.id IN (SELECT s.service_id FROM wmo.contract_scope s JOIN wmo.contract c ON c.id = s.contract_id
                    WHERE c.buyer_id = ANY (report_maps.buyer_ids))
    ORDER BY sv.name COLLATE "C", sv.id
  LOOP
    SELECT d.* INTO drawn
    FROM wmo_works.coverage_drawn(
      bought.id, wmo_works.areas_asked(wmo_works.areas_drawn(bought.id, report_maps.buyer_ids, report_maps.on_date),
                                       daterange(report_maps.on_date, report_maps.on_date, '[]')),
      report_maps.on_date, report_maps.on_date, '[18,)') d;
    drawn.lines := drawn.lines || ARRAY(
      SELECT l FROM wmo_works.lines_without_area(bought.id, report_maps.buyer_ids, report_maps.on_date) l);
    maps := maps || ROW(
      ARRAY[bought.id], bought.name,
      (SELECT coalesce(string_agg(concat_ws(',', p.area_id, p.part, l.kind, l.provider_id, l.contract_id, l.ages,
                                            l.certainty, l.reason, l.mark,
                                            CASE WHEN cardinality(l.service_ids) < bought.leaves
                                                 THEN l.service_ids::text END), ';'
                                  ORDER BY p.area_id, p.part, l.n), '')
       FROM (SELECT u.ground_no, u.area_id, u.part FROM unnest(drawn.pieces) u) p
       FULL JOIN unnest(drawn.lines) WITH ORDINALITY AS l (ground_no, kind, provider_id, contract_id, ages, service_ids,
                                                           certainty, reason, mark, place, n)
         ON l.ground_no = p.ground_no),
      drawn.pieces, drawn.lines, NULL, NULL)::wmo_works.report_map;
  END LOOP;
  RETURN QUERY
  WITH map AS MATERIALIZED (
    SELECT array_agg(m.service_ids[1] ORDER BY m.n) AS service_ids, string_agg(m.names, ', ' ORDER BY m.n) AS names,
           m.key, min(m.n) AS n
    FROM unnest(maps) WITH ORDINALITY AS m (service_ids, names, key, pieces, lines, wide, narrow, n)
    GROUP BY m.key
  ), ground AS MATERIALIZED (
    -- what several services have the same is laid on paper once
    SELECT g.pieces, l.wide, l.narrow
    FROM (SELECT DISTINCT (maps[m.n]).pieces FROM map m) g
    CROSS JOIN LATERAL wmo_works.report_ground(g.pieces, report_maps.on_date) l
  )
  SELECT m.service_ids, m.names, m.key, g.pieces, (maps[m.n]).lines, g.wide, g.narrow
  FROM map m JOIN ground g ON g.pieces = (maps[m.n]).pieces
  ORDER BY m.n;
END
$$;
COMMENT ON FUNCTION wmo_works.report_maps(integer[], date) IS
  'What is to be drawn for each service that these buyers contracted, those of which the same is said together.';

CREATE FUNCTION wmo_works.period_words(contract_id integer, words jsonb) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 1000
BEGIN ATOMIC
  SELECT wmo_works.term_text(wmo.first_day(c.period), wmo.last_day(c.period), wmo.end_kind(c.period), words)
  FROM wmo.contract c WHERE c.id = period_words.contract_id;
END;
COMMENT ON FUNCTION wmo_works.period_words(integer, jsonb) IS 'From when until when a contract runs.';

CREATE FUNCTION wmo_works.others_words(contract_id integer, on_date date, with_natural_persons boolean, words jsonb)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN (
    SELECT string_agg((words ->> ('role_' || r.role)) || ': ' || r.names, '; ' ORDER BY r.role)
    FROM (
      SELECT n.role, string_agg(n.name, ', ' ORDER BY n.name COLLATE "C") AS names
      FROM (SELECT DISTINCT v.role::text AS role,
                            concat_ws(' ', wmo_works.shown_party(v.provider_id, with_natural_persons, words),
                                      CASE WHEN v.clients = 'existing' THEN '(' || (words ->> 'map_existing')
                                        || ')' END) AS name
            FROM wmo.coverage v
            WHERE v.contract_id = others_words.contract_id AND v.role IN ('member', 'subcontractor')
              AND v.valid @> others_words.on_date AND v.known @> others_words.on_date) n
      GROUP BY n.role) r);
END
$$;
COMMENT ON FUNCTION wmo_works.others_words(integer, date, boolean, jsonb) IS
  'Who else delivers under a contract on a day: members of the consortium, subcontractors.';

CREATE FUNCTION wmo_works.sure_words(line wmo_works.sheet_line, words jsonb) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN concat(
    wmo_works.markup_text(CASE line.kind
      WHEN 'untold' THEN words ->> 'map_untold' WHEN 'nobody' THEN words ->> 'map_nobody'
      WHEN 'existing' THEN words ->> 'map_existing' ELSE words ->> ('certainty_' || line.certainty::text) END),
    wmo_works.html_small(concat_ws('. ',
      CASE WHEN line.kind = 'existing' AND line.mark = 'unknown' THEN words ->> 'mark_unknown' END,
      CASE WHEN line.reason IS NOT NULL AND line.reason NOT IN ('existing_clients_only', 'award_not_final')
           THEN words ->> ('reason_' || line.reason::text) END,
      (SELECT CASE WHEN line.mark = 'contested' THEN words ->> 'mark_contested'
                   WHEN f.court_by < f.term_end
                   THEN format(words ->> 'fight_until_both', wmo_works.short_day_text(f.court_by, words),
                               wmo_works.short_day_text(f.term_end, words))
                   ELSE format(words ->> 'fight_until', wmo_works.short_day_text(f.term_end, words)) END
       FROM wmo.contract c JOIN wmo_works.award_fact f ON f.award_id = c.award_id
       WHERE c.id = line.contract_id AND line.mark IN ('provisional', 'contested')))));
END
$$;
COMMENT ON FUNCTION wmo_works.sure_words(wmo_works.sheet_line, jsonb) IS
  'How sure it is that somebody serves, why it is no surer, and until when the award can be fought; mark-up.';

CREATE FUNCTION wmo_works.report_map_rows(map wmo_works.report_map, on_date date, with_natural_persons boolean,
                                          words jsonb)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
BEGIN
  RETURN (
    SELECT string_agg(wmo_works.html_row(ARRAY[
             wmo_works.html_name(r.areas)
               || coalesce(wmo_works.html_small(nullif(concat_ws('; ', r.services, CASE WHEN r.ages <> '18+'
                 THEN format(words ->> 'ages', r.ages) END), '')), ''),
             CASE WHEN (r.line).contract_id IS NULL THEN wmo_works.markup_text(words ->> 'nobody_known')
                  ELSE wmo_works.html_name(wmo_works.shown_party((r.line).provider_id, with_natural_persons, words))
                       || coalesce(wmo_works.html_small(wmo_works.others_words((r.line).contract_id,
                         report_map_rows.on_date, with_natural_persons, words)), '') END,
             wmo_works.sure_words(r.line, words),
             (SELECT wmo_works.html_name(c.number)
                     || coalesce(wmo_works.html_small(wmo_works.period_words(c.id, words)), '')
              FROM wmo.contract c WHERE c.id = (r.line).contract_id)]), '' ORDER BY r.n)
    FROM (
      SELECT min(l.n) AS n, (array_agg(l.line ORDER BY l.n))[1] AS line, l.services, l.ages,
             string_agg(DISTINCT l.area, ', ' ORDER BY l.area) AS areas
      FROM (
        SELECT s.n, ROW(s.ground_no, s.kind, s.provider_id, s.contract_id, s.ages, s.service_ids, s.certainty, s.reason,
                        s.mark, s.place)::wmo_works.sheet_line AS line, wmo_works.ages_text(s.ages) AS ages,
               CASE WHEN cardinality(s.service_ids) < (SELECT count(*)
                                                       FROM wmo_works.service_leaves((map).service_ids[1]))
                    THEN (SELECT string_agg(sv.name, ', ' ORDER BY sv.name) FROM wmo.service sv
                      WHERE sv.id = ANY (s.service_ids)) END AS services,
               coalesce(a.name || CASE WHEN p.part THEN ' ' || (words ->> 'in_part') ELSE '' END,
                        words ->> 'reason_areas_not_named') AS area
        FROM unnest((map).lines) WITH ORDINALITY AS s (ground_no, kind, provider_id, contract_id, ages, service_ids,
                                                       certainty, reason, mark, place, n)
        LEFT JOIN unnest((map).pieces) p ON p.ground_no = s.ground_no
        LEFT JOIN wmo.area a ON a.id = p.area_id
      ) l
      GROUP BY (l.line).kind, (l.line).provider_id, (l.line).contract_id, l.ages, l.services, (l.line).certainty,
               (l.line).reason, (l.line).mark
    ) r);
END
$$;
COMMENT ON FUNCTION wmo_works.report_map_rows(wmo_works.report_map, date, boolean, jsonb) IS
  'What a map shows, as rows of a table: where, who, how sure, by which contract.';

CREATE FUNCTION wmo_works.report_terms_rows(rows wmo_works.timeline_row[], pieces wmo_works.timeline_piece[],
                                            with_natural_persons boolean, words jsonb)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
BEGIN
  RETURN (
    SELECT string_agg(wmo_works.html_row(ARRAY[
             wmo_works.html_name(r.number) || coalesce(wmo_works.html_small(r.part), ''),
             wmo_works.html_name(wmo_works.shown_party(r.party_id, with_natural_persons, words)),
             wmo_works.markup_text(wmo_works.term_text(r.first_day, r.last_day, r.end_kind, words))
               || coalesce(wmo_works.html_small(wmo_works.doubts_text(r.doubts, words)), ''),
             (SELECT wmo_works.markup_text(string_agg(concat_ws(' ', words ->> ('bar_' || p.kind),
                       CASE WHEN p.kind IN ('notice', 'transfer') THEN wmo_works.short_day_text(lower(p.days), words)
                            ELSE concat_ws(' ', wmo_works.short_day_text(lower(p.days), words), words ->> 'until',
                                           coalesce(wmo_works.short_day_text(upper(p.days) - 1, words),
                                             words ->> 'not_known')) END),
                       '; ' ORDER BY lower(p.days), p.kind))
              FROM unnest(pieces) p
              WHERE p.n = r.n AND p.kind NOT IN ('term', 'exercised'))]), '' ORDER BY r.n)
    FROM unnest(rows) r);
END
$$;
COMMENT ON FUNCTION wmo_works.report_terms_rows(wmo_works.timeline_row[], wmo_works.timeline_piece[], boolean, jsonb) IS
  'What a timeline shows, as rows of a table.';
