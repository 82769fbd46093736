-- timeline_rows: the life of contracts on a line of days, as it stands on one of them.
-- Relies on decision (agenda), on how scopes stand (standing), ledger, contract_period and coverage_drawn.

CREATE TYPE wmo_works.timeline_row AS (
  n           integer,
  contract_id integer,
  number      text,
  part        text,
  buyer       text,
  party_id    integer,
  place       integer,
  first_day   date,
  last_day    date,
  end_kind    text,
  terminated  boolean,
  doubts      text[],
  doubt       text
);
COMMENT ON TYPE wmo_works.timeline_row IS
  'A contract, or the part of it that has a period of its own, in a timeline: who has it on the day (null = not '
  'named) and the colour of that party, and the first and last day of its current term; doubts: why '
  'these are less sure than they look (wmo_works.contract_doubts), and how its bars are marked for that (doubt): '
  'unknown where it cannot be told whether it runs, else inferred.';

CREATE FUNCTION wmo_works.doubts_text(codes text[], words jsonb) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT string_agg(CASE c.code WHEN 'inferred' THEN words ->> 'mark_inferred'
                                WHEN 'award_status_unknown' THEN words ->> 'mark_unknown'
                                WHEN 'options_not_stated' THEN words ->> 'options_not_stated'
                                WHEN 'award_of_part_unknown' THEN words ->> 'reason_award_contradicted'
                                WHEN 'suspension_end_unknown' THEN words ->> 'reason_suspended'
                                ELSE words ->> ('reason_' || c.code) END, '; ' ORDER BY c.place)
  FROM unnest(codes) WITH ORDINALITY c (code, place);
END;
COMMENT ON FUNCTION wmo_works.doubts_text(text[], jsonb) IS
  'Why the days of a contract are less sure than they look, in words; null = they are not.';

CREATE TYPE wmo_works.timeline_piece AS (n integer, kind text, days daterange, place integer, doubt text);
COMMENT ON TYPE wmo_works.timeline_piece IS
  'A stretch of a row. kind: term (the first one), exercised, open, untold, lapsed, declined, suspension, '
  'objection (the '
  'award can be fought by every reading) or objection_late (by the longest alone); or a day: notice, transfer. place: '
  'the colour of who has it then; null = not named. doubt: that of its row, where it is a term.';

CREATE FUNCTION wmo_works.buyers_named(buyer text, on_date date) RETURNS integer[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  ids integer[];
BEGIN
  IF buyer IS NULL THEN
    RETURN NULL;
  END IF;
  ids := ARRAY(
    WITH named AS (
      SELECT w AS id FROM wmo_works.with_predecessors(ARRAY(
        SELECT p.id FROM wmo.party p
        WHERE lower(p.name) = lower(buyer)
          AND (p.kind = 'municipality' OR p.id IN (SELECT c.buyer_id FROM wmo.contract c))), on_date) w)
    SELECT n.id FROM named n
    UNION SELECT m.consortium_id FROM wmo.consortium_member m JOIN named n ON n.id = m.member_id
    ORDER BY 1);
  IF ids = '{}' THEN
    RAISE EXCEPTION 'there is no buyer "%"', buyer
      USING ERRCODE = 'undefined_object', DETAIL = 'Buyers are known by the name of their party.',
        HINT = coalesce('Near are: ' || wmo_works.nearest_words(buyer, ARRAY(
                          SELECT p.name FROM wmo.party p
                          WHERE p.kind = 'municipality' OR p.id IN (SELECT c.buyer_id FROM wmo.contract c))) || '.',
                        'Add it to wmo.party first.');
  END IF;
  RETURN ids;
END
$$;
COMMENT ON FUNCTION wmo_works.buyers_named(text, date) IS
  'Who buys under a name on a day: that party, those after whom it came, and those that they buy together with. Null '
  'for null, which is all.';

CREATE FUNCTION wmo_works.timeline_rows(on_date date, buyer_ids integer[], provider_id integer, service_id integer)
RETURNS SETOF wmo_works.timeline_row
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
#variable_conflict use_column
DECLARE
  awards wmo_works.award_on_day[] := ARRAY(SELECT a FROM wmo_works.awards_on(timeline_rows.on_date) a);
  parties CONSTANT integer[] := ARRAY(
    SELECT w FROM wmo_works.with_predecessors(ARRAY[timeline_rows.provider_id], timeline_rows.on_date) w);
  suppliers integer[] := ARRAY(SELECT p FROM unnest(parties) p
                               UNION SELECT m.consortium_id FROM wmo.consortium_member m
                               WHERE m.member_id = ANY (parties));
BEGIN
  RETURN QUERY
  SELECT row_number() OVER (ORDER BY b.name, wmo.first_day(p.period) NULLS FIRST, c.number, c.id, p.part_id)::integer,
         c.id, c.number, p.part, b.name, coalesce(taken_over.to_party_id, c.supplier_id), colour.place,
         wmo.first_day(p.period), wmo.last_day(p.period), wmo.end_kind(p.period), wmo.is_terminated(p.period),
         doubted.codes,
         CASE WHEN 'award_status_unknown' = ANY (doubted.codes) THEN 'unknown'
              WHEN 'inferred' = ANY (doubted.codes) THEN 'inferred' END
  FROM wmo.contract_periods_on(timeline_rows.on_date) p
  JOIN wmo_works.contracts_on(timeline_rows.on_date, awards) o
    ON o.id = p.contract_id AND o.part_id IS NOT DISTINCT FROM p.part_id
  JOIN wmo.contract c ON c.id = p.contract_id
  JOIN wmo.party b ON b.id = c.buyer_id
  LEFT JOIN LATERAL (
    SELECT ch.to_party_id FROM wmo.contract_change ch
    WHERE ch.contract_id = c.id AND ch.kind = 'transfer' AND ch.service_id IS NULL AND ch.area_id IS NULL
      AND ch.effective_on <= timeline_rows.on_date
      AND wmo_works.change_known(ch.known_from, ch.source_id, ch.entered_on) <= timeline_rows.on_date
    ORDER BY ch.effective_on DESC, ch.ordered_by DESC, ch.id DESC LIMIT 1
  ) taken_over ON true
  LEFT JOIN wmo_works.party_places() colour ON colour.party_id = coalesce(taken_over.to_party_id, c.supplier_id)
  LEFT JOIN wmo_works.contract_doubts(timeline_rows.on_date) doubted ON doubted.contract_id = c.id
  WHERE (timeline_rows.buyer_ids IS NULL OR c.buyer_id = ANY (timeline_rows.buyer_ids))
    AND (timeline_rows.provider_id IS NULL OR c.supplier_id = ANY (suppliers)
         OR taken_over.to_party_id = ANY (suppliers)
         OR EXISTS (SELECT FROM wmo_works.parts_held(c.id, timeline_rows.on_date) h WHERE h.party_id = ANY (suppliers)))
    AND (timeline_rows.service_id IS NULL
         OR EXISTS (SELECT FROM wmo.contract_scope s
                    JOIN wmo_works.service_family(timeline_rows.service_id) f ON f.member_id = s.service_id
                    WHERE s.contract_id = c.id));
END
$$;
COMMENT ON FUNCTION wmo_works.timeline_rows(date, integer[], integer, integer) IS
  'The contracts of some buyers, of a provider or for a service (null: all), by the ledger of a day.';

CREATE FUNCTION wmo_works.timeline_terms(rows wmo_works.timeline_row[], on_date date)
RETURNS TABLE (n integer, kind text, days daterange)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 ROWS 200
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH period AS MATERIALIZED (
    SELECT r.n, p.period FROM unnest(timeline_terms.rows) r
    JOIN wmo.contract_periods_on(timeline_terms.on_date) p
      ON p.contract_id = r.contract_id AND p.part IS NOT DISTINCT FROM r.part
  ), option AS MATERIALIZED (
    SELECT p.n, p.period, o.term, o.notice_by,
           CASE o.state WHEN 'agreed' THEN 'exercised' WHEN 'unknown' THEN 'untold' ELSE o.state END AS state
    FROM period p CROSS JOIN LATERAL wmo.option_terms(p.period, timeline_terms.on_date) o
  )
  SELECT p.n, 'term', wmo.first_term(p.period) * wmo.current_term(p.period) FROM period p
  UNION ALL
  SELECT o.n, o.state, CASE WHEN o.state = 'exercised' THEN o.term * wmo.current_term(o.period) ELSE o.term END
  FROM option o
  WHERE NOT (o.state = 'exercised' AND isempty(o.term * wmo.current_term(o.period)))
  UNION ALL
  SELECT o.n, 'notice', daterange(o.notice_by, o.notice_by, '[]') FROM option o
  WHERE o.notice_by IS NOT NULL AND o.state IN ('open', 'untold', 'lapsed');
END
$$;
COMMENT ON FUNCTION wmo_works.timeline_terms(wmo_works.timeline_row[], date) IS
  'The terms of contracts: the first, each option as it stands on the day, and until when it must be announced.';

CREATE FUNCTION wmo_works.timeline_pieces(rows wmo_works.timeline_row[], on_date date)
RETURNS SETOF wmo_works.timeline_piece
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 300
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH asked AS MATERIALIZED (
    SELECT r.n, r.contract_id, c.supplier_id, c.award_id, r.doubt
    FROM unnest(timeline_pieces.rows) r JOIN wmo.contract c ON c.id = r.contract_id
  ), hand AS MATERIALIZED (
    -- who has all of it, from when
    SELECT a.n, a.doubt, daterange(h.day, lead(h.day) OVER (PARTITION BY a.n ORDER BY h.day NULLS FIRST)) AS days,
           c.place, h.day
    FROM asked a CROSS JOIN LATERAL (
      SELECT NULL::date AS day, a.supplier_id AS party_id
      UNION ALL
      SELECT DISTINCT ON (ch.effective_on) ch.effective_on, ch.to_party_id FROM wmo.contract_change ch
      WHERE ch.contract_id = a.contract_id AND ch.kind = 'transfer' AND ch.service_id IS NULL AND ch.area_id IS NULL
        AND wmo_works.change_known(ch.known_from, ch.source_id, ch.entered_on) <= timeline_pieces.on_date) h
    LEFT JOIN wmo_works.party_places() c ON c.party_id = h.party_id
  )
  SELECT t.n, t.kind, t.days * h.days, h.place, CASE WHEN t.kind IN ('term', 'exercised') THEN h.doubt END
  FROM wmo_works.timeline_terms(timeline_pieces.rows, timeline_pieces.on_date) t
  JOIN hand h ON h.n = t.n AND h.days && t.days
  UNION ALL
  SELECT h.n, 'transfer', daterange(h.day, h.day, '[]'), h.place, NULL FROM hand h WHERE h.day IS NOT NULL
  UNION ALL
  SELECT a.n, 'suspension', d, NULL, NULL
  FROM asked a
  CROSS JOIN LATERAL (
    -- of any part of it, as it stands on the day
    SELECT range_agg(st.valid) AS days
    FROM wmo.contract_scope s
    CROSS JOIN LATERAL (SELECT x.* FROM wmo_works.scope_standing x WHERE x.scope_id = s.id OFFSET 0) st
    WHERE s.contract_id = a.contract_id AND st.reason = 'suspended' AND st.known @> timeline_pieces.on_date
  ) suspended
  CROSS JOIN LATERAL unnest(suspended.days) d
  UNION ALL
  SELECT a.n, late.kind, late.days, NULL, NULL
  FROM asked a
  JOIN wmo.award_terms(timeline_pieces.on_date) t ON t.award_id = a.award_id
  JOIN wmo.award w ON w.id = a.award_id
  CROSS JOIN LATERAL (
    SELECT coalesce(least(wmo.first_day(w.standstill), wmo.first_day(w.forfeiture)), lower(w.sent) + 1,
                    lower(w.decided) + 1, t.court_by) AS day
  ) first
  CROSS JOIN LATERAL (VALUES
    ('objection', CASE WHEN first.day <= t.court_by THEN daterange(first.day, t.court_by, '[]') END),
    ('objection_late', CASE WHEN t.court_by < t.latest_day THEN daterange(t.court_by + 1, t.latest_day, '[]') END)
  ) late (kind, days)
  WHERE NOT isempty(late.days);
END
$$;
COMMENT ON FUNCTION wmo_works.timeline_pieces(wmo_works.timeline_row[], date) IS
  'Everything that a timeline draws of these rows.';
