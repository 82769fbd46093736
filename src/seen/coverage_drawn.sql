-- coverage_drawn: what is to be drawn of a service on a day: pieces of ground, and who serves each.
-- Relies on offers and gaps (review), award_status (standing) and svg.
--
-- Asked by place, all ground that is a drawing weakens the answer to schematic; on a drawing that would hide how an
-- award stands. So the legal state is that of the award and of the offer, and that the ground is drawn is said once.

CREATE TYPE wmo_works.sheet_line AS (
  ground_no   integer,
  kind        text,
  provider_id integer,
  contract_id integer,
  ages        int4range,
  service_ids integer[],
  certainty   wmo.certainty,
  reason      wmo.reason,
  mark        text,
  place       integer
);
COMMENT ON TYPE wmo_works.sheet_line IS
  'What is said of a piece of ground for some ages and smallest services. kind: named, unnamed (a contract that names '
  'none), existing (no new clients), untold (whether anybody serves cannot be told) or nobody. mark: why it is not '
  'sure, as wmo_works.offer_mark has it. place: the colour of the provider.';

CREATE FUNCTION wmo_works.areas_drawn(service_id integer, buyer_ids integer[], on_date date) RETURNS integer[]
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN ARRAY(
    WITH named AS (
      SELECT DISTINCT e.id
      FROM wmo.contract_scope s
      JOIN wmo.contract c ON c.id = s.contract_id
      CROSS JOIN LATERAL wmo_works.scope_editions(s.area_id, s.follows_code) e
      WHERE s.area_id IS NOT NULL AND (areas_drawn.buyer_ids IS NULL OR c.buyer_id = ANY (areas_drawn.buyer_ids))
        AND (areas_drawn.service_id IS NULL
             OR s.service_id IN (SELECT f.member_id FROM wmo_works.service_family(areas_drawn.service_id) f))
    ), wide AS (
      -- with the municipality that they now lie in, and the edition of the day
      SELECT a.id, a.code, a.valid @> areas_drawn.on_date AS lives
      FROM wmo.area a
      WHERE a.id IN (SELECT n.id FROM named n)
         OR (a.kind = 'municipality' AND a.valid @> areas_drawn.on_date
             AND (a.id IN (SELECT w.whole_id FROM named n CROSS JOIN LATERAL wmo.area_with_wholes(n.id) w)
                  OR a.code::text IN (SELECT o.code::text FROM named n JOIN wmo.area o ON o.id = n.id)))
    )
    SELECT w.id FROM wide w
    WHERE w.lives OR NOT EXISTS (SELECT FROM wide v WHERE v.lives AND v.code::text = w.code::text)
    ORDER BY w.id);
END
$$;
COMMENT ON FUNCTION wmo_works.areas_drawn(integer, integer[], date) IS
  'The areas that contracts name for a service (with wider and narrower ones; null = any), with the municipalities of '
  'that day that they lie in. buyer_ids: only contracts of theirs; null = all.';

CREATE FUNCTION wmo_works.ground_drawn(service_id integer, within wmo.area_code, on_date date)
RETURNS wmo_works.ground_days[]
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN CASE
    WHEN within IS NULL
    THEN wmo_works.areas_asked(wmo_works.areas_drawn(service_id, NULL, on_date), daterange(on_date, on_date, '[]'))
    ELSE ARRAY(SELECT t FROM wmo_works.ground_asked(within, daterange(on_date, on_date, '[]')) t) END;
END
$$;
COMMENT ON FUNCTION wmo_works.ground_drawn(integer, wmo.area_code, date) IS
  'What a map is about: a CBS code in the edition of the day, or (null) all that contracts name for the service.';

CREATE FUNCTION wmo_works.offer_mark(offered wmo_works.offered, certainty wmo.certainty, award_status text)
RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN certainty = 'unknown' THEN 'unknown'
              WHEN award_status IN ('provisional', 'contested') THEN award_status
              WHEN certainty IN ('option', 'end_unknown', 'inferred') THEN certainty::text
              WHEN offered = 'start_or_award_unknown' THEN 'unknown' END;
END;
COMMENT ON FUNCTION wmo_works.offer_mark(wmo_works.offered, wmo.certainty, text) IS
  'The mark of an offer that is not sure: unknown where it cannot be told whether it serves, provisional or contested '
  'where its award is, option where that must be exercised first, end_unknown where no end is stated, inferred where '
  'it rests on our reading of a source.';

CREATE FUNCTION wmo_works.scopes_by_reading(contract_ids integer[], on_date date, as_of date, ages int4range)
RETURNS TABLE (contract_id integer, service_id integer, area_id integer)
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 10
BEGIN ATOMIC
  SELECT DISTINCT s.contract_id, l.id, e.id
  FROM wmo.contract_scope s
  CROSS JOIN LATERAL (SELECT x.* FROM wmo_works.scope_standing x WHERE x.scope_id = s.id OFFSET 0) st
  CROSS JOIN LATERAL wmo_works.scope_editions(s.area_id, s.follows_code) e
  CROSS JOIN LATERAL wmo_works.service_leaves(s.service_id) l (id)
  WHERE s.contract_id IN (SELECT c FROM unnest(scopes_by_reading.contract_ids) c) AND s.ages && scopes_by_reading.ages
    AND st.known @> scopes_by_reading.as_of AND st.valid @> scopes_by_reading.on_date
    AND e.valid @> scopes_by_reading.on_date
    AND (st.inferred OR e.reading
         -- new clients are taken again by a reading alone
         OR EXISTS (SELECT FROM wmo_works.stop_days d
                    WHERE d.contract_id = s.contract_id AND d.lift_inferred AND d.during @> scopes_by_reading.on_date
                      AND coalesce(d.known_from <= scopes_by_reading.as_of, true)
                      AND (d.service_id IS NULL
                           OR d.service_id IN (SELECT p FROM wmo_works.service_with_parents(l.id) p))
                      AND (d.area_id IS NULL
                           OR d.area_id IN (SELECT w.whole_id FROM wmo.area_with_wholes(s.area_id) w))));
END;
COMMENT ON FUNCTION wmo_works.scopes_by_reading(integer[], date, date, int4range) IS
  'The smallest services and areas of contracts that stand by our reading of a source, whatever else is not sure of '
  'them.';

CREATE FUNCTION wmo_works.coverage_drawn(service_id integer, asked wmo_works.ground_days[], on_date date, as_of date,
                                         ages int4range, OUT pieces wmo_works.ground_piece[],
                                         OUT lines wmo_works.sheet_line[])
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  leaf_count bigint := (SELECT count(*) FROM wmo_works.service_leaves(coverage_drawn.service_id));
  laid record; -- pieces, offers
  boxes wmo_works.gap_box[];
BEGIN
  SELECT l.* INTO laid
  FROM wmo_works.offers_on_grounds(coverage_drawn.service_id, coverage_drawn.asked, coverage_drawn.as_of,
                                   coverage_drawn.ages) l;
  boxes := ARRAY(SELECT b FROM wmo_works.gap_boxes(laid.offers, coverage_drawn.ages, leaf_count) b);
  pieces := laid.pieces;
  WITH award AS MATERIALIZED (
    SELECT c.id AS contract_id, t.status
    FROM wmo.contract c
    JOIN LATERAL wmo.award_timeline(c.award_id) t ON t.known @> coverage_drawn.as_of
      AND t.valid @> coverage_drawn.on_date
    WHERE c.award_id IS NOT NULL AND c.id IN (SELECT o.contract_id FROM unnest(laid.offers) o)
  ), reading AS MATERIALIZED (
    SELECT r.* FROM wmo_works.scopes_by_reading(
      ARRAY(SELECT DISTINCT o.contract_id FROM unnest(laid.offers) o WHERE o.contract_id IS NOT NULL),
      coverage_drawn.on_date, coverage_drawn.as_of, coverage_drawn.ages) r
  ), offer AS MATERIALIZED (
    SELECT o.ground_no, o.offered, o.provider_id, o.contract_id, o.ages, o.service_id, o.reason,
           -- without a certainty it does not serve by what is recorded, and perhaps all the same
           CASE WHEN r.contract_id IS NOT NULL THEN greatest(coalesce(o.certainty, 'unknown'), 'inferred')
                ELSE coalesce(o.certainty, 'unknown') END AS certainty
    FROM unnest(laid.offers) o
    LEFT JOIN reading r
      ON r.contract_id = o.contract_id AND r.service_id = o.service_id AND r.area_id = o.contract_area_id
    WHERE NOT o.near AND o.contract_id IS NOT NULL AND NOT isempty(o.ages)
      AND o.offered IN ('serves', 'if_option_exercised', 'end_unknown', 'start_or_award_unknown',
                        'existing_clients_only')
  )
  SELECT ARRAY(
    SELECT ROW(l.ground_no, l.kind, l.provider_id, l.contract_id, l.ages, l.service_ids, l.certainty, l.reason,
               l.mark, c.place)::wmo_works.sheet_line
    FROM (
      SELECT o.ground_no,
             CASE WHEN o.offered = 'existing_clients_only' THEN 'existing' WHEN o.provider_id IS NULL THEN 'unnamed'
                  ELSE 'named' END AS kind,
             o.provider_id, o.contract_id, o.ages, array_agg(DISTINCT o.service_id) AS service_ids, o.certainty,
               o.reason,
             wmo_works.offer_mark(o.offered, o.certainty, min(a.status)) AS mark
      FROM offer o LEFT JOIN award a ON a.contract_id = o.contract_id
      GROUP BY o.ground_no, o.provider_id, o.contract_id, o.ages, o.offered, o.certainty, o.reason
      UNION ALL
      SELECT b.ground_no, CASE WHEN b.offered = 'nothing' THEN 'nobody' ELSE 'untold' END, NULL, NULL, b.ages,
             b.service_ids, NULL, said.reason, CASE WHEN b.offered = 'nothing' AND said.inferred THEN 'inferred' END
      FROM unnest(boxes) b
      LEFT JOIN wmo_works.gap_reasons(boxes, laid.offers, laid.pieces) said ON said.box_no = b.box_no
      WHERE b.offered NOT IN ('if_option_exercised', 'end_unknown', 'start_or_award_unknown', 'existing_clients_only')
    ) l
    LEFT JOIN wmo_works.party_places() c ON c.party_id = l.provider_id
    ORDER BY l.ground_no, array_position(ARRAY['named', 'unnamed', 'existing', 'untold', 'nobody'], l.kind), l.ages,
             l.provider_id, l.contract_id, l.service_ids)
  INTO lines;
END
$$;
COMMENT ON FUNCTION wmo_works.coverage_drawn(integer, wmo_works.ground_days[], date, date, int4range) IS
  'The ground asked about in pieces, and what is to be said of each on a day of care by the legal state of another.';

-- ---- from lines to ground -------------------------------------------------------------------------------------------

CREATE TYPE wmo_works.drawn_ground AS (
  ground_no integer,
  area_id   integer,
  name      text,
  present   boolean,
  fill      wmo_works.fill,
  remark    text,
  unsure    text
);
COMMENT ON TYPE wmo_works.drawn_ground IS
  'A piece of ground as it is drawn: its name, whether it is an area of the day or one of another, its fill and '
  'what is '
  'written below its name; unsure: why that is not sure, null where it is.';

CREATE FUNCTION wmo_works.shown_party(party_id integer, with_natural_persons boolean, words jsonb) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 50
BEGIN ATOMIC
  SELECT CASE WHEN shown_party.party_id IS NULL THEN words ->> 'not_named'
              ELSE (SELECT CASE WHEN p.natural_person AND NOT with_natural_persons THEN words ->> 'sole_trader'
                                ELSE p.name END
                    FROM wmo.party p WHERE p.id = shown_party.party_id) END;
END;
COMMENT ON FUNCTION wmo_works.shown_party(integer, boolean, jsonb) IS
  'The name of a party in what is published: sole traders without theirs, unless they are released.';

CREATE FUNCTION wmo_works.fill_of(lines wmo_works.sheet_line[]) RETURNS wmo_works.fill
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  best text;
  places integer[];
BEGIN
  -- who serves is drawn before that others are left out: the label and the table say that too
  best := (SELECT l.kind FROM unnest(lines) l
           ORDER BY array_position(ARRAY['named', 'unnamed', 'existing', 'untold', 'nobody'], l.kind) LIMIT 1);
  places := ARRAY(SELECT DISTINCT l.place FROM unnest(lines) l WHERE l.kind = best AND l.place IS NOT NULL ORDER BY 1);
  RETURN ROW(CASE WHEN cardinality(places) <= 4 THEN places ELSE '{}' END,
             CASE WHEN best = 'named' AND cardinality(places) > 4 THEN 'many' WHEN best = 'named' THEN 'served'
                  ELSE coalesce(best, 'nobody') END,
             (SELECT l.mark FROM unnest(lines) l WHERE l.kind = best AND l.mark IS NOT NULL
              ORDER BY array_position(ARRAY['contested', 'unknown', 'inferred', 'end_unknown', 'option', 'provisional'],
                                      l.mark) LIMIT 1))::wmo_works.fill;
END
$$;
COMMENT ON FUNCTION wmo_works.fill_of(wmo_works.sheet_line[]) IS
  'How ground is filled of which these lines are said: by who serves, else by the best of what is said; with the '
  'weightiest mark among them.';

CREATE FUNCTION wmo_works.rest_of(fill wmo_works.fill, lines wmo_works.sheet_line[]) RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  kinds CONSTANT text[] := ARRAY['named', 'unnamed', 'existing', 'untold', 'nobody'];
  best CONSTANT text := CASE WHEN (fill).kind IN ('served', 'many') THEN 'named' ELSE (fill).kind END;
  rest text[] := ARRAY(
    SELECT DISTINCT l.kind
    FROM unnest(lines) l CROSS JOIN LATERAL unnest(l.service_ids) s
    WHERE array_position(kinds, l.kind) > array_position(kinds, best)
      -- of ages and services of which nothing better is said
      AND NOT isempty(int4multirange(l.ages) - coalesce((
        SELECT range_agg(b.ages) FROM unnest(lines) b
        WHERE s = ANY (b.service_ids) AND array_position(kinds, b.kind) < array_position(kinds, l.kind)), '{}'))
    ORDER BY 1);
BEGIN
  IF rest = '{}' AND EXISTS (
       SELECT FROM unnest(lines) l CROSS JOIN LATERAL unnest(l.service_ids) s
       WHERE EXISTS (SELECT FROM unnest(lines) p
                     WHERE p.kind = best
                       AND NOT EXISTS (SELECT FROM unnest(lines) o
                                       WHERE o.kind = best AND o.provider_id IS NOT DISTINCT FROM p.provider_id
                                         AND s = ANY (o.service_ids)))) THEN
    rest := ARRAY[best];
  END IF;
  RETURN rest;
END
$$;
COMMENT ON FUNCTION wmo_works.rest_of(wmo_works.fill, wmo_works.sheet_line[]) IS
  'What is said of the services and ages of ground for which what it is filled by is not said, in the words of '
  'sheet_line.kind; that by which it is filled where others do one narrower service and others another; empty where it '
  'is said of all.';

CREATE FUNCTION wmo_works.remark_of(fill wmo_works.fill, lines wmo_works.sheet_line[], with_natural_persons boolean,
                                    words jsonb)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  providers bigint := (SELECT count(DISTINCT l.provider_id) FROM unnest(lines) l WHERE l.kind = 'named');
  remark text;
BEGIN
  IF fill.kind = 'served' AND providers = 1 THEN
    remark := wmo_works.shown_party((SELECT min(l.provider_id) FROM unnest(lines) l WHERE l.kind = 'named'),
                                    with_natural_persons, words);
  ELSIF fill.kind IN ('served', 'many') THEN
    remark := format(words ->> 'providers', providers);
  ELSIF fill.kind = 'unnamed' THEN
    remark := coalesce(
      (SELECT format(words ->> CASE WHEN bool_or(c.approximate) THEN 'about_providers' ELSE 'providers' END,
                     sum(c.supplier_count)) || ', ' || (words ->> 'not_named')
       FROM wmo.contract c
       WHERE c.id IN (SELECT l.contract_id FROM unnest(lines) l WHERE l.kind = 'unnamed')
       HAVING bool_and(c.supplier_count > 1)),
      words ->> 'provider_not_named');
  ELSE
    remark := words ->> ('map_' || fill.kind);
  END IF;
  RETURN CASE WHEN wmo_works.rest_of(fill, lines) = '{}' THEN remark
              ELSE replace(words ->> 'for_a_part', '%s', remark) END;
END
$$;
COMMENT ON FUNCTION wmo_works.remark_of(wmo_works.fill, wmo_works.sheet_line[], boolean, jsonb) IS
  'What is written below the name of ground of which these lines are said, and which is filled by them.';

CREATE FUNCTION wmo_works.unsure_of(fill wmo_works.fill, lines wmo_works.sheet_line[], words jsonb) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN (
    SELECT string_agg(w.word, ', ' ORDER BY w.word COLLATE "C")
    FROM (SELECT replace(words ->> 'for_the_rest', '%s', words ->> ('map_' || r)) AS word
          FROM unnest(wmo_works.rest_of(fill, lines)) r WHERE r <> 'named' AND r <> (fill).kind
          UNION
          SELECT u.word
          FROM unnest(lines) l
          CROSS JOIN LATERAL (VALUES
            (words ->> ('mark_' || l.mark)),
            -- what the mark does not say
            (CASE WHEN l.certainty::text IN ('uncontested', 'option', 'end_unknown', 'inferred')
                       AND l.certainty::text IS DISTINCT FROM l.mark
                  THEN words ->> ('certainty_' || l.certainty::text) END)) u (word)
          WHERE u.word IS NOT NULL
            AND l.kind = CASE WHEN (fill).kind IN ('served', 'many') THEN 'named' ELSE (fill).kind END) w);
END
$$;
COMMENT ON FUNCTION wmo_works.unsure_of(wmo_works.fill, wmo_works.sheet_line[], jsonb) IS
  'Why what is written of ground is not sure, by the lines by which it is filled, and what is said of the services and '
  'ages for which these are not; null where it is sure and of all.';

CREATE FUNCTION wmo_works.ground_text(ground wmo_works.drawn_ground) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT concat_ws(': ', (ground).name, (ground).remark) || coalesce(' (' || (ground).unsure || ')', '');
END;
COMMENT ON FUNCTION wmo_works.ground_text(wmo_works.drawn_ground) IS
  'Ground in words, for who hears a picture or points at it: who serves there, and why that is not sure.';

CREATE FUNCTION wmo_works.ground_pictured(pieces wmo_works.ground_piece[], lines wmo_works.sheet_line[], on_date date,
                                          with_natural_persons boolean, words jsonb)
RETURNS SETOF wmo_works.drawn_ground
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
BEGIN
  RETURN QUERY
  SELECT p.ground_no, p.area_id, a.name || CASE WHEN p.part THEN ' ' || (words ->> 'in_part') ELSE '' END,
         a.valid @> ground_pictured.on_date, f.fill, wmo_works.remark_of(f.fill, f.said, with_natural_persons, words),
         wmo_works.unsure_of(f.fill, f.said, words)
  FROM unnest(pieces) WITH ORDINALITY AS p (ground_no, area_id, part, geom, n)
  JOIN wmo.area a ON a.id = p.area_id
  LEFT JOIN (SELECT l.ground_no, array_agg(l) AS said FROM unnest(lines) l GROUP BY l.ground_no) s
    ON s.ground_no = p.ground_no
  CROSS JOIN LATERAL (SELECT coalesce(s.said, '{}') AS said, wmo_works.fill_of(coalesce(s.said, '{}')) AS fill
                      OFFSET 0) f
  ORDER BY p.n;
END
$$;
COMMENT ON FUNCTION wmo_works.ground_pictured(wmo_works.ground_piece[], wmo_works.sheet_line[], date, boolean, jsonb) IS
  'Each piece of ground as it is drawn, in their order.';
