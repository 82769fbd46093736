-- report_agenda: of a report, what can be fought, what is to be decided, who would be left out, and how it is known.
-- Relies on page, award_svg, decision_calendar (agenda) and gaps (review).

CREATE FUNCTION wmo_works.awards_bought(buyer_ids integer[]) RETURNS SETOF integer
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 10
BEGIN ATOMIC
  SELECT a.id FROM wmo.award a
  CROSS JOIN LATERAL (
    SELECT bool_or(b.buyer_id = ANY (awards_bought.buyer_ids)) AS theirs
    FROM (SELECT c.buyer_id FROM wmo.contract c WHERE c.award_id = a.id OR c.tender_id = a.tender_id
          UNION ALL
          SELECT t.buyer_id FROM wmo.tender_buyer t WHERE t.tender_id = a.tender_id) b
  ) bought
  -- whose it is need not be recorded yet while it is fought: it may be theirs
  WHERE awards_bought.buyer_ids IS NULL OR coalesce(bought.theirs, true);
END;
COMMENT ON FUNCTION wmo_works.awards_bought(integer[]) IS
  'The awards of these buyers, by their contracts or tenders, and those of which no buyer is recorded; null = of '
  'all.';

CREATE FUNCTION wmo_works.report_fights(buyer_ids integer[], on_date date, with_natural_persons boolean, language text,
                                        words jsonb)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
  awards CONSTANT integer[] := ARRAY(SELECT b FROM wmo_works.awards_bought(report_fights.buyer_ids) b);
  -- what the calendar still waits for: also of an award that was signed or is final meanwhile
  awaited wmo.decision_row[] := ARRAY(
    SELECT d FROM wmo.decision_calendar_on(report_fights.on_date) d
    WHERE d.award_id = ANY (awards) AND d.kind IN ('objection_end', 'ruling', 'remedy_end', 'annulment_end')
      AND (d.state IN ('awaited', 'unknown') OR coalesce(d.latest_day, d.day) >= report_fights.on_date));
  fought integer[] := ARRAY(
    SELECT b FROM unnest(awards) b
    CROSS JOIN LATERAL wmo.award_status(b, report_fights.on_date) st
    WHERE st.status IN ('provisional', 'contested') OR b IN (SELECT d.award_id FROM unnest(awaited) d)
       OR b IN (SELECT r.award_id FROM wmo.running_objection_periods(report_fights.on_date) r) ORDER BY b);
  untold CONSTANT bigint := (
    SELECT count(*) FROM unnest(awards) b CROSS JOIN LATERAL wmo.award_status(b, report_fights.on_date) st
    WHERE st.status = 'unknown' AND b <> ALL (fought));
BEGIN
  IF fought = '{}' THEN
    RETURN '<p>' || wmo_works.markup_text(
        CASE WHEN untold > 0 THEN format(words ->> 'fights_untold', untold)
             ELSE format(words ->> 'fights_none', wmo_works.day_text(on_date, words)) END) || '</p>';
  END IF;
  RETURN wmo_works.html_table(
    words ->> 'fights_caption',
    ARRAY[words ->> 'head_award', words ->> 'head_supplier', words ->> 'head_fight_until', words ->> 'head_status'],
    (SELECT string_agg(wmo_works.html_row(ARRAY[
              wmo_works.html_name(concat_ws(', ', coalesce(t.tender, format(words ->> 'award_title', t.award_id)),
                t.lot)),
              wmo_works.html_name(wmo_works.shown_party(t.supplier_id, with_natural_persons, words)),
              wmo_works.markup_text(coalesce(wmo_works.short_day_text(t.court_by, words), words ->> 'not_known'))
                || coalesce(wmo_works.html_small(concat_ws('. ',
                     CASE WHEN t.court_by_working_day < t.court_by
                          THEN format(words ->> 'last_working_day', wmo_works.short_day_text(t.court_by_working_day,
                            words)) END,
                     CASE WHEN t.court_by < t.latest_day
                          THEN format(words ->> 'longest_reading', wmo_works.short_day_text(t.latest_day, words)) END,
                     replace(words ->> 'sign_from', '%s', wmo_works.short_day_text(t.sign_from, words)))), ''),
              wmo_works.markup_text(words ->> ('status_' || st.status))
                || coalesce(wmo_works.html_small(concat_ws('. ', st.basis, (
                     SELECT string_agg(concat_ws(': ', upper(left(d.decision, 1)) || substr(d.decision, 2),
                                                 wmo_works.short_day_text(d.day, words)), '. ' ORDER BY d.day, d.uid)
                     FROM unnest(awaited) d WHERE d.award_id = t.award_id))), '')]),
              '' ORDER BY t.court_by, t.award_id)
     FROM wmo.award_terms(report_fights.on_date) t
     CROSS JOIN LATERAL wmo.award_status(t.award_id, report_fights.on_date) st
     WHERE t.award_id = ANY (fought)))
    || CASE WHEN untold > 0
            THEN '<p>' || wmo_works.markup_text(format(words ->> 'fights_untold', untold)) || '</p>' ELSE '' END
    -- the days of the first ones; of more the table tells
    || (SELECT string_agg(wmo_works.html_figure(
                 wmo_works.award_picture('aw' || a.n::text, a.told, report_fights.on_date, 720, language),
                 wmo_works.award_picture('an' || a.n::text, a.told, report_fights.on_date, 340, language)),
                 '' ORDER BY a.n)
        FROM (SELECT u.n, wmo_works.award_told(u.id, report_fights.on_date, with_natural_persons, words) AS told
              FROM unnest(fought[1:6]) WITH ORDINALITY AS u (id, n) OFFSET 0) a);
END
$$;
COMMENT ON FUNCTION wmo_works.report_fights(integer[], date, boolean, text, jsonb) IS
  'The awards of these buyers that can be fought on a day, or are, or of which the calendar awaits a day; and of how '
  'many it is not known.';

CREATE FUNCTION wmo_works.decisions_bought(buyer_ids integer[], on_date date) RETURNS SETOF wmo.decision_row
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT d.* FROM wmo.decision_calendar_on(decisions_bought.on_date) d
  WHERE decisions_bought.buyer_ids IS NULL
     OR EXISTS (SELECT FROM wmo.contract c WHERE c.id = d.contract_id AND c.buyer_id = ANY (decisions_bought.buyer_ids))
     OR d.award_id IN (SELECT b FROM wmo_works.awards_bought(decisions_bought.buyer_ids) b)
     OR (SELECT coalesce(bool_or(t.buyer_id = ANY (decisions_bought.buyer_ids)), d.award_id IS NULL)
         FROM wmo.tender_buyer t WHERE t.tender_id = d.tender_id) AND d.tender_id IS NOT NULL;
END
$$;
COMMENT ON FUNCTION wmo_works.decisions_bought(integer[], date) IS 'The decision calendar of these buyers.';

CREATE FUNCTION wmo_works.report_decisions(buyer_ids integer[], on_date date, with_natural_persons boolean, words jsonb)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
#variable_conflict use_column
DECLARE
  decisions wmo.decision_row[] := ARRAY(SELECT d FROM wmo_works.decisions_bought(report_decisions.buyer_ids,
    report_decisions.on_date) d);
  last_day CONSTANT date := (report_decisions.on_date + interval '6 months')::date;
  listed text;
  undated bigint;
BEGIN
  SELECT string_agg(wmo_works.html_row(ARRAY[
           wmo_works.markup_text(wmo_works.short_day_text(d.working_day, words))
             || coalesce(wmo_works.html_small(concat_ws('. ',
                  CASE WHEN d.day > d.working_day THEN format(words ->> 'day_itself', wmo_works.short_day_text(d.day,
                    words)) END,
                  CASE WHEN d.latest_day > d.day THEN format(words ->> 'longest_reading',
                    wmo_works.short_day_text(d.latest_day, words)) END,
                  d.warning)), ''),
           wmo_works.markup_text(upper(left(d.decision, 1)) || substr(d.decision, 2))
             || coalesce(wmo_works.html_small(d.detail), ''),
           coalesce(wmo_works.html_name(d.number), '')
             || coalesce(wmo_works.html_small(concat_ws('. ',
                  -- sole traders stay out of what is published
                  CASE WHEN NOT with_natural_persons AND wmo_works.names_sole_trader(d.supplier)
                       THEN words ->> 'sole_trader' ELSE d.supplier END, d.owner)), ''),
           wmo_works.markup_text(words ->> ('state_' || d.state))]), '' ORDER BY d.day, d.number, d.kind, d.uid)
  INTO listed
  FROM unnest(decisions) d
  WHERE d.day <= last_day AND (d.day >= report_decisions.on_date OR d.state = 'overdue');
  undated := (SELECT count(*) FROM unnest(decisions) d WHERE d.day IS NULL);
  RETURN coalesce(
      wmo_works.html_table(format(words ->> 'decide_caption', wmo_works.day_text(last_day, words)),
                           ARRAY[words ->> 'head_by', words ->> 'head_decide', words ->> 'head_contract',
                             words ->> 'head_state'],
                           listed),
      '<p>' || wmo_works.markup_text(format(words ->> 'decide_none', wmo_works.day_text(last_day, words))) || '</p>')
    || CASE WHEN undated > 0 THEN '<p>' || wmo_works.markup_text(format(words ->> 'decide_undated', undated))
      || '</p>' ELSE '' END;
END
$$;
COMMENT ON FUNCTION wmo_works.report_decisions(integer[], date, boolean, jsonb) IS
  'What these buyers must decide in six months, each with its working day; and of how much the day is not known.';

CREATE FUNCTION wmo_works.report_gaps(buyer_ids integer[], on_date date, words jsonb) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
#variable_conflict use_column
DECLARE
  during CONSTANT daterange := daterange(report_gaps.on_date, (report_gaps.on_date + interval '1 year')::date);
  gaps wmo.coverage_gap[] := '{}';
  bought record;
  area_ids integer[];
  placed boolean := false;
  unplaced text[] := '{}';
  listed text;
BEGIN
  FOR bought IN
    -- each contracted service once, by its widest
    SELECT sv.id, sv.code, sv.name FROM wmo.service sv
    WHERE sv.id IN (SELECT s.service_id FROM wmo.contract_scope s JOIN wmo.contract c ON c.id = s.contract_id
                    WHERE c.buyer_id = ANY (report_gaps.buyer_ids))
      AND NOT EXISTS (SELECT FROM wmo.contract_scope s JOIN wmo.contract c ON c.id = s.contract_id
                      JOIN wmo_works.service_with_parents(sv.id) p ON s.service_id = p
                      WHERE c.buyer_id = ANY (report_gaps.buyer_ids) AND p <> sv.id)
    ORDER BY sv.id
  LOOP
    area_ids := wmo_works.areas_drawn(bought.id, report_gaps.buyer_ids, report_gaps.on_date);
    IF area_ids = '{}' THEN
      unplaced := unplaced || bought.name;
    ELSE
      placed := true;
      gaps := gaps || ARRAY(SELECT g FROM wmo.coverage_gaps_in(bought.code, during, area_ids, report_gaps.on_date) g);
    END IF;
  END LOOP;
  SELECT string_agg(wmo_works.html_row(ARRAY[
           wmo_works.html_name(t.areas),
           wmo_works.markup_text(t.services) || coalesce(wmo_works.html_small(CASE WHEN t.ages <> '18+'
             THEN format(words ->> 'ages', t.ages) END), ''),
           wmo_works.markup_text(concat_ws(' ', wmo_works.short_day_text(lower(t.days), words), words ->> 'until',
             CASE WHEN upper(t.days) = upper(during) THEN format(words ->> 'at_least',
               wmo_works.short_day_text(upper(t.days) - 1, words))
                  ELSE wmo_works.short_day_text(upper(t.days) - 1, words) END)),
           wmo_works.markup_text(words ->> ('gap_' || t.kind))
             || coalesce(wmo_works.html_small(nullif(concat_ws('. ', words ->> ('reason_' || t.reason),
                  CASE WHEN t.certainty = 'inferred' THEN words ->> 'mark_inferred' END), '')), '')]),
           '' ORDER BY t.place, lower(t.days), t.areas, t.services, t.ages)
  INTO listed
  FROM (
    SELECT x.kind, x.reason, x.certainty, x.days, x.ages, x.areas, array_position(ARRAY['gap', 'gap_for_new_clients',
      'gap_if_option_lapses', 'cannot_tell'], x.kind) AS place,
           string_agg(x.service, ', ' ORDER BY x.service) AS services
    FROM (
      SELECT g.kind, g.reason, g.certainty, g.days, wmo_works.ages_text(g.ages) AS ages, sv.name AS service,
             string_agg(DISTINCT g.area || CASE WHEN g.covers = 'part' THEN ' ' || (words ->> 'in_part') ELSE '' END,
               ', '
                        ORDER BY g.area || CASE WHEN g.covers = 'part' THEN ' ' || (words ->> 'in_part')
                          ELSE '' END) AS areas
      FROM unnest(gaps) g JOIN wmo.service sv ON sv.code = g.service
      GROUP BY 1, 2, 3, 4, 5, 6
    ) x GROUP BY x.kind, x.reason, x.certainty, x.days, x.ages, x.areas
  ) t;
  IF NOT EXISTS (SELECT FROM wmo.contract c WHERE c.buyer_id = ANY (report_gaps.buyer_ids)) THEN
    RETURN '<p>' || wmo_works.markup_text(words ->> 'reason_registry_is_empty') || '.</p>';
  ELSIF NOT placed AND unplaced = '{}' THEN
    RETURN '<p>' || wmo_works.markup_text(words ->> 'gaps_no_service') || '</p>';
  END IF;
  RETURN concat(
    wmo_works.html_table(format(words ->> 'gaps_caption', wmo_works.day_text(upper(during) - 1, words)),
                         ARRAY[words ->> 'head_where', words ->> 'head_what', words ->> 'head_when',
                           words ->> 'head_left_out'], listed),
    -- of no area at all nothing is found
    CASE WHEN listed IS NULL AND placed
         THEN '<p>' || wmo_works.markup_text(format(words ->> 'gaps_none',
                                                    wmo_works.day_text(upper(during) - 1, words))) || '</p>' END,
    CASE WHEN unplaced <> '{}'
         THEN '<p>' || wmo_works.markup_text(format(words ->> 'gaps_no_area', array_to_string(unplaced, ', ')))
              || '</p>' END);
END
$$;
COMMENT ON FUNCTION wmo_works.report_gaps(integer[], date, jsonb) IS
  'Who would be left out in the year from a day on, by what these buyers contracted.';

CREATE FUNCTION wmo_works.sources_used(buyer_ids integer[])
RETURNS TABLE (source_id integer, number text)
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 100
BEGIN ATOMIC
  WITH bought AS MATERIALIZED (
    SELECT c.id, c.number, c.award_id FROM wmo.contract c WHERE c.buyer_id = ANY (sources_used.buyer_ids)
  ), fought AS MATERIALIZED (
    -- an award is in the report where no contract follows from it yet, too
    SELECT a.id, a.tender_id, a.lot_id, a.source_id, b.number
    FROM wmo_works.awards_bought(sources_used.buyer_ids) w JOIN wmo.award a ON a.id = w
    LEFT JOIN bought b ON b.award_id = a.id
  )
  SELECT s.source_id, b.number
  FROM wmo_works.contract_sources(ARRAY(SELECT k.id FROM bought k)) s JOIN bought b ON b.id = s.contract_id
  UNION SELECT a.source_id, a.number FROM fought a
  UNION SELECT ch.source_id, a.number FROM fought a JOIN wmo.award_challenge ch ON ch.award_id = a.id
  UNION SELECT l.source_id, a.number FROM fought a JOIN wmo.lot l ON l.id = a.lot_id WHERE l.source_id IS NOT NULL
  UNION SELECT t.source_id, a.number FROM fought a JOIN wmo.tender t ON t.id = a.tender_id
        WHERE t.source_id IS NOT NULL
  UNION SELECT t.source_id, NULL FROM wmo.tender_buyer tb JOIN wmo.tender t ON t.id = tb.tender_id
        WHERE tb.buyer_id = ANY (sources_used.buyer_ids) AND t.source_id IS NOT NULL
  -- what is of no contract: that an area is complete, and one's own lead times
  UNION SELECT r.source_id, NULL FROM wmo.registry_completeness r
        WHERE r.source_id IS NOT NULL AND EXISTS (SELECT FROM bought)
  UNION SELECT l.source_id, NULL FROM wmo.tender_lead_time l
        WHERE l.source_id IS NOT NULL AND EXISTS (SELECT FROM bought)
          AND coalesce(l.buyer_id = ANY (sources_used.buyer_ids), true);
END;
COMMENT ON FUNCTION wmo_works.sources_used(integer[]) IS
  'The sources that a report about these buyers rests on, with the number of the contract of which each tells '
  'something; null: something of no contract. A null source is their own administration.';

CREATE FUNCTION wmo_works.report_sources(buyer_ids integer[], words jsonb) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT coalesce(wmo_works.html_table(
      words ->> 'sources_caption', ARRAY[words ->> 'head_source', words ->> 'head_wording', words ->> 'head_of'],
      string_agg(wmo_works.html_row(ARRAY[
        wmo_works.html_name(coalesce(s.article, words ->> 'own_administration'))
          || coalesce(wmo_works.html_small(concat_ws(', ', s.publisher,
               CASE WHEN isfinite(lower(s.published)) AND upper(s.published) - lower(s.published) = 1
                    THEN wmo_works.short_day_text(lower(s.published), words)
                    WHEN isfinite(lower(s.published)) AND isfinite(upper(s.published))
                    THEN concat_ws(' - ', wmo_works.short_day_text(lower(s.published), words),
                                   wmo_works.short_day_text(upper(s.published) - 1, words)) END)), ''),
        coalesce('<q>' || wmo_works.html_name(s.wording) || '</q>', '')
          -- a reading is told where the source has no words, too
          || coalesce(wmo_works.html_small(
               CASE WHEN s.basis = 'inferred' THEN concat_ws(': ', words ->> 'our_reading', s.reading)
                    ELSE s.reading END), ''),
        wmo_works.html_name(u.numbers)]), '' ORDER BY s.article COLLATE "C", s.id)),
      '<p>' || wmo_works.markup_text(words ->> 'reason_registry_is_empty') || '.</p>')
    FROM (SELECT x.source_id,
                 CASE WHEN count(x.number) > 12 THEN format(words ->> 'n_contracts', count(x.number))
                      ELSE string_agg(x.number, ', ' ORDER BY x.number COLLATE "C") END AS numbers
          FROM wmo_works.sources_used(report_sources.buyer_ids) x GROUP BY x.source_id) u
    LEFT JOIN wmo.source s ON s.id = u.source_id);
END
$$;
COMMENT ON FUNCTION wmo_works.report_sources(integer[], jsonb) IS
  'How each fact about the contracts of these buyers is known: source, wording, and our reading where it is one.';
