-- offers: who is offered what, over ground, ages and days.
-- Relies on how scopes stand (standing) and on ground, the pieces over which every contract area says the same.

CREATE FUNCTION wmo_works.ground_asked(within wmo.area_code, during daterange) RETURNS SETOF wmo_works.ground_days
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 10 SET jit = off
BEGIN ATOMIC
  WITH named AS MATERIALIZED (
    SELECT a.id, a.code, a.valid, a.geom
    FROM wmo.area a
    WHERE CASE WHEN ground_asked.within IS NOT NULL THEN a.code OPERATOR(@extschema@.=) ground_asked.within
               ELSE a.id IN (SELECT s.area_id FROM wmo.contract_scope s)
                 OR EXISTS (SELECT FROM wmo.area n
                            WHERE n.code OPERATOR(@extschema@.=) a.code
                              AND n.id IN (SELECT s.area_id FROM wmo.contract_scope s)) END
  ), edition AS (
    SELECT n.*, lag(n.id) OVER w IS NULL AS first, lead(lower(n.valid)) OVER w AS next_day
    FROM named n WHERE n.code IS NOT NULL
    WINDOW w AS (PARTITION BY n.code::text ORDER BY n.valid)
  ), answering AS (
    -- days between editions and after the last are those of the edition before, as in wmo.area_edition
    SELECT e.id, e.code, e.valid, e.geom,
           daterange(CASE WHEN NOT e.first THEN lower(e.valid) END, e.next_day) * ground_asked.during AS days
    FROM edition e
    UNION ALL
    SELECT n.id, n.code, n.valid, n.geom, ground_asked.during FROM named n WHERE n.code IS NULL
  ), living AS (
    SELECT a.id, d AS days, d <@ a.valid AS lives
    FROM answering a
    CROSS JOIN LATERAL unnest(datemultirange(a.days * a.valid) + (datemultirange(a.days) - datemultirange(a.valid)))
      AS run
    CROSS JOIN LATERAL unnest(ARRAY[run * a.valid, run * daterange(NULL, lower(a.valid)),
                                    run * daterange(upper(a.valid), NULL)]) d
    WHERE NOT isempty(d) AND (d <@ a.valid OR NOT d && a.valid)
  )
  SELECT l.id, range_agg(l.days)
  FROM living l JOIN named n ON n.id = l.id
  WHERE ground_asked.within IS NOT NULL
     OR NOT EXISTS (
       -- the same ground under a wider name
       SELECT FROM named wide
       WHERE wide.id <> n.id AND wide.valid @> l.days AND wide.valid && n.valid
         AND wmo.parent(n.code) IS NOT NULL AND wide.code OPERATOR(@extschema@.@>) wmo.parent(n.code))
    AND (l.lives OR NOT EXISTS (
       SELECT FROM named wide
       WHERE wide.id <> n.id AND wide.valid @> l.days
         AND wide.geom && n.geom AND wmo_works.ground_of(ST_Difference(n.geom, wide.geom)) IS NULL))
  GROUP BY l.id;
END;
COMMENT ON FUNCTION wmo_works.ground_asked(wmo.area_code, daterange) IS
  'The editions of a code on the days for which each answers; for a null code every area that a contract names, on '
  'all days but those on which another of them holds its ground.';

CREATE FUNCTION wmo_works.areas_asked(area_ids integer[], during daterange) RETURNS wmo_works.ground_days[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT ARRAY(SELECT ROW(t, datemultirange(areas_asked.during))::wmo_works.ground_days
               FROM unnest(areas_asked.area_ids) t WHERE t IS NOT NULL AND NOT isempty(areas_asked.during));
END;
COMMENT ON FUNCTION wmo_works.areas_asked(integer[], daterange) IS
  'These areas, by key, each asked about on all these days.';

CREATE FUNCTION wmo_works.question_untold(service text, within wmo.area_code, during daterange, as_of date,
                                          ages int4range)
RETURNS SETOF wmo.reason
LANGUAGE sql STABLE PARALLEL SAFE COST 100 ROWS 1
BEGIN ATOMIC
  SELECT why.reason
  FROM (SELECT CASE
          WHEN num_nulls(question_untold.service, question_untold.during, question_untold.as_of,
                         question_untold.ages) > 0 THEN 'question_incomplete'::wmo.reason
          WHEN NOT EXISTS (SELECT FROM wmo.area a WHERE a.code OPERATOR(@extschema@.=) question_untold.within)
          THEN 'outside_all_areas' END AS reason) why
  WHERE (why.reason = 'question_incomplete' OR question_untold.within IS NOT NULL)
    AND why.reason IS NOT NULL AND isempty(question_untold.during) IS NOT true
    AND isempty(question_untold.ages) IS NOT true;
END;
COMMENT ON FUNCTION wmo_works.question_untold(text, wmo.area_code, daterange, date, int4range) IS
  'Why nothing can be told of a question of the review, as wmo.providers_in_area has it: something of it is null, or '
  'no area of the registry has its code. No row where something can, or where no day or age is asked about.';

CREATE TYPE wmo_works.offered AS ENUM (
  'serves', 'if_option_exercised',
  'end_unknown', 'start_or_award_unknown', 'areas_not_named', 'area_without_shape', 'nationally_accessible',
  'left_open', 'before_registry', 'not_complete', 'beside_a_drawing',
  'existing_clients_only', 'existing_clients_perhaps', 'nothing');
COMMENT ON TYPE wmo_works.offered IS
  'What is offered to new clients, the best first: of several the first counts. From end_unknown to beside_a_drawing '
  'it cannot be told, for what the word names (left_open: a contract does not serve by what is recorded, but perhaps '
  'all the same; not_complete: a contract may be missing, for the registry is not declared complete; '
  'beside_a_drawing: the area of a contract may be larger than it is drawn); whatever comes before '
  'existing_clients_only takes new clients, or may. existing_clients_perhaps: existing clients only, of a contract of '
  'which nobody can tell whether it holds here.';

CREATE FUNCTION wmo_works.offered_with(offered wmo_works.offered, what text) RETURNS wmo_works.offered
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  -- each word by itself: a cast of their text would not be inlined
  SELECT CASE
    WHEN offered = 'nothing' THEN offered
    WHEN what = 'area_without_shape' AND offered < 'existing_clients_only' THEN 'area_without_shape'::wmo_works.offered
    WHEN what = 'area_without_shape' OR offered IN ('areas_not_named', 'area_without_shape')
    THEN 'existing_clients_perhaps'::wmo_works.offered
    ELSE 'existing_clients_only'::wmo_works.offered END;
END;
COMMENT ON FUNCTION wmo_works.offered_with(wmo_works.offered, text) IS
  'What is left of an offer in an area of which nobody can tell whether it holds the ground (area_without_shape), or '
  'under a client_stop.';

CREATE TYPE wmo_works.offer AS (
  service_id    integer,
  scope_id      integer,
  contract_id   integer,
  provider_id   integer,
  area_id       integer,
  named_area_id integer,
  choice        text,
  ages          int4range,
  days          daterange,
  offered       wmo_works.offered,
  reason        wmo.reason,
  certainty     wmo.certainty,
  kept          wmo_works.offered
);
COMMENT ON TYPE wmo_works.offer IS
  'What a scope offers new clients of one smallest service on some days. kept: how far one for existing clients only '
  'serves these, as it would be offered to all; null = it is for all, or is there no more.';

CREATE FUNCTION wmo_works.is_doubtful(reason wmo.reason) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT coalesce(reason IN ('extended_late', 'extension_receipt_unknown', 'award_contradicted', 'supplier_changed'),
                  false);
END;
COMMENT ON FUNCTION wmo_works.is_doubtful(wmo.reason) IS
  'May an offer that is certain by what is recorded not hold all the same: a term that rests on an extension which '
  'came too late, or may have, may have ended before; another award, or another name, may say otherwise?';

CREATE FUNCTION wmo_works.offered_to_all(area_id integer, certainty wmo.certainty, told wmo.certainty, as_of date)
RETURNS wmo_works.offered
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT CASE WHEN area_id IS NULL THEN 'areas_not_named'::wmo_works.offered
              WHEN certainty IS NULL THEN 'left_open'
              WHEN certainty IN ('provisional', 'contested', 'unknown') OR told = 'inferred' AND isfinite(as_of)
              THEN 'start_or_award_unknown'
              WHEN certainty = 'end_unknown' THEN 'end_unknown'
              WHEN certainty = 'option' THEN 'if_option_exercised'
              ELSE 'serves' END;
END;
COMMENT ON FUNCTION wmo_works.offered_to_all(integer, wmo.certainty, wmo.certainty, date) IS
  'What a scope that is not gone offers by how it stands (null: left open) and how sure that is (told), if it is for '
  'all.';

CREATE FUNCTION wmo_works.offers(service_id integer, as_of date, ages int4range, during daterange,
                                 area_ids integer[] DEFAULT NULL)
RETURNS SETOF wmo_works.offer
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 ROWS 1000
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  contracted_ids integer[] := ARRAY(
    SELECT DISTINCT p FROM wmo_works.service_leaves(offers.service_id) l
    CROSS JOIN LATERAL wmo_works.service_with_parents(l) p);
BEGIN
  RETURN QUERY
  WITH scope AS MATERIALIZED (
    SELECT s.* FROM wmo.contract_scope s WHERE area_ids IS NULL AND s.service_id = ANY (contracted_ids)
    UNION ALL
    SELECT s.* FROM wmo.contract_scope s WHERE s.service_id = ANY (contracted_ids) AND s.area_id = ANY (area_ids)
    UNION ALL
    SELECT s.* FROM wmo.contract_scope s
    WHERE area_ids IS NOT NULL AND s.service_id = ANY (contracted_ids) AND s.area_id IS NULL
  ), merger (supplier_id, valid, known, merged) AS MATERIALIZED ( -- of few suppliers, and not of every scope
    SELECT DISTINCT s.predecessor_id, d.* FROM wmo.party_succession s
    CROSS JOIN LATERAL wmo_works.days_by_merger(s.predecessor_id, NULL) d WHERE s.kind = 'merger'
  ), standing AS MATERIALIZED (
    SELECT s.id AS scope_id, s.contract_id, s.service_id, s.area_id, s.follows_code, s.clients, s.choice,
           s.ages * offers.ages AS ages, st.valid * coalesce(gone.valid, '(,)') * offers.during AS days, st.supplier_id,
           CASE WHEN gone.merged AND st.certainty <> 'unknown' THEN 'supplier_changed' ELSE st.reason END AS reason,
           st.open AND isfinite(offers.as_of) AS open,
           st.inferred OR coalesce(gone.merged, false) AND st.certainty IS NOT NULL AS inferred,
           -- asked for all that is recorded: who has not said no may still say yes
           CASE WHEN st.reason = 'option_not_known_exercised' AND NOT isfinite(offers.as_of)
                THEN 'option'::wmo.certainty ELSE st.certainty END AS certainty
    FROM scope s
    CROSS JOIN LATERAL (SELECT x.* FROM wmo_works.scope_standing x
                        -- of seventeen rows of a scope one or two are left
                        WHERE x.scope_id = s.id AND x.known @> offers.as_of AND x.valid && offers.during OFFSET 0) st
    LEFT JOIN merger gone ON gone.supplier_id = st.supplier_id
    WHERE (s.ages && offers.ages OR st.inferred) AND st.known * coalesce(gone.known, '(,)') @> offers.as_of
      AND st.valid * coalesce(gone.valid, '(,)') && offers.during
  ), banded AS (
    SELECT st.* FROM standing st WHERE NOT isempty(st.ages)
    UNION ALL
    -- that it is not for other ages is our reading, too
    SELECT st.scope_id, st.contract_id, st.service_id, st.area_id, st.follows_code, st.clients, st.choice, other,
           st.days, st.supplier_id, 'age_outside_band', false, true, NULL
    FROM standing st CROSS JOIN LATERAL unnest(int4multirange(offers.ages) - int4multirange(st.ages)) other
    WHERE st.inferred AND (st.certainty IS NOT NULL OR st.open)
  ), leaf AS MATERIALIZED (
    -- what covers the service asked for covers all of it, whatever it is made of
    SELECT l AS service_id, f.member_id AS contracted_id, coalesce(own.inferred, f.inferred) AS inferred
    FROM wmo_works.service_leaves(offers.service_id) l CROSS JOIN LATERAL wmo_works.service_family(l) f
    LEFT JOIN wmo_works.service_family(offers.service_id) own ON own.member_id = f.member_id AND own.nearness < 2
  )
  SELECT leaf.service_id, st.scope_id, st.contract_id, st.supplier_id, edition.id, st.area_id, st.choice, st.ages,
         st.days * edition.valid,
         CASE WHEN given.gone THEN 'nothing'
              WHEN given.existing AND st.area_id IS NULL THEN 'existing_clients_perhaps'
              WHEN given.existing THEN 'existing_clients_only' ELSE given.offered END::wmo_works.offered,
         CASE WHEN given.gone THEN st.reason
              WHEN st.area_id IS NULL THEN 'areas_not_named'
              WHEN given.existing THEN 'existing_clients_only' ELSE st.reason END,
         told.certainty,
         CASE WHEN given.existing AND NOT given.gone
              THEN CASE WHEN given.offered = 'serves' AND wmo_works.is_doubtful(st.reason)
                        THEN 'start_or_award_unknown' ELSE given.offered END END
  FROM banded st JOIN leaf ON leaf.contracted_id = st.service_id
  CROSS JOIN LATERAL wmo_works.scope_editions(st.area_id, st.follows_code) edition
  CROSS JOIN LATERAL (
    SELECT CASE WHEN st.certainty IS NULL AND st.open THEN 'unknown'
                WHEN (st.inferred OR edition.reading OR leaf.inferred AND st.certainty IS NOT NULL)
                     AND coalesce(st.certainty, 'certain') <= 'uncontested' THEN 'inferred'
                ELSE st.certainty END::wmo.certainty AS certainty
  ) told
  CROSS JOIN LATERAL (
    SELECT st.certainty IS NULL AND NOT st.open AS gone, st.clients = 'existing' AS existing,
           wmo_works.offered_to_all(st.area_id, st.certainty, told.certainty, offers.as_of) AS offered
  ) given
  WHERE st.days && edition.valid;
END
$$;
COMMENT ON FUNCTION wmo_works.offers(integer, date, int4range, daterange, integer[]) IS
  'What every scope of a service (of its narrower services, and of the wider ones that cover them) offers on those '
  'days, as seen on as_of; with an as_of of infinity by all that is recorded, where an option that is neither '
  'exercised nor declined still is one. area_ids: only the scopes that name one of these areas or none; null = all.';

CREATE FUNCTION wmo_works.may_serve(offered wmo_works.offered, certainty wmo.certainty) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT offered < 'nothing' OR coalesce(certainty = 'inferred', false);
END;
COMMENT ON FUNCTION wmo_works.may_serve(wmo_works.offered, wmo.certainty) IS
  'Does an offer serve anybody, or may it, for that it does not is our reading of a source? What does not is the '
  'reason of a gap, and nothing to whoever asks who serves.';

CREATE FUNCTION wmo_works.offered_anywhere(service_id integer, as_of date)
RETURNS TABLE (service_id_met integer, days daterange, offered wmo_works.offered, reason wmo.reason)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 3
BEGIN ATOMIC
  SELECT l.id, said.days, said.offered, said.reason
  FROM wmo_works.service_leaves(offered_anywhere.service_id) l (id)
  JOIN wmo.service sv ON sv.id = l.id
  CROSS JOIN wmo_works.first_recorded first
  CROSS JOIN LATERAL (VALUES
    (daterange(NULL, first.day), 'before_registry'::wmo_works.offered, 'before_registry'::wmo.reason,
     first.day IS NOT NULL AND isfinite(offered_anywhere.as_of)),
    ('(,)', 'nationally_accessible', 'nationally_accessible', sv.access = 'national'),
    ('(,)', 'not_complete', CASE WHEN EXISTS (SELECT FROM wmo.contract) THEN 'service_not_contracted'::wmo.reason
                                 ELSE 'registry_is_empty' END, isfinite(offered_anywhere.as_of)),
    ('(,)', 'nothing', 'service_not_contracted', true)) AS said (days, offered, reason, holds)
  WHERE said.holds;
END;
COMMENT ON FUNCTION wmo_works.offered_anywhere(integer, date) IS
  'What is to be said of a service without any contract. Where the registry is not declared complete, and on days '
  'before the first recorded contract, that cannot be told; asked for all that is recorded (an as_of of infinity) '
  'nothing is missing.';

CREATE FUNCTION wmo_works.is_bounded(area_id integer) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 500 -- its plan is kept: it is asked for pair after pair
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN (
    SELECT CASE WHEN a.geom IS NOT NULL THEN wmo_works.is_boundary(a.geom_basis, a.source_id)
                ELSE (SELECT bool_and(NOT l.inferred AND wmo_works.is_boundary(leaf.geom_basis, leaf.source_id))
                      FROM wmo_works.area_leaves(a.id) l JOIN wmo.area leaf ON leaf.id = l.leaf_id) END
    FROM wmo.area a WHERE a.id = is_bounded.area_id);
END
$$;
COMMENT ON FUNCTION wmo_works.is_bounded(integer) IS
  'Is wmo.area_shape of an area a boundary (wmo_works.is_boundary): its own, or that of parts that are surely its '
  'own?';

CREATE FUNCTION wmo_works.surely_within(area_id integer, wide_id integer) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 500 -- its plan is kept: it is asked for pair after pair
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN surely_within.wide_id = surely_within.area_id
      OR surely_within.wide_id IN (SELECT w.whole_id FROM wmo.area_with_wholes(surely_within.area_id) w
                                   WHERE NOT w.inferred)
      OR EXISTS (SELECT FROM wmo.area a JOIN wmo.area wide ON wide.id = surely_within.wide_id
                 WHERE a.id = surely_within.area_id AND wide.code OPERATOR(@extschema@.@>) a.code
                   AND wide.valid && a.valid)
      OR coalesce(wmo_works.is_bounded(surely_within.area_id) AND wmo_works.is_bounded(surely_within.wide_id), false);
END
$$;
COMMENT ON FUNCTION wmo_works.surely_within(integer, integer) IS
  'Does a piece of one area that is said to lie in another lie there by records, codes or boundaries, and not only by '
  'a drawing or by our reading of a source?';

CREATE FUNCTION wmo_works.complete_during(service_id integer, as_of date, during daterange)
RETURNS TABLE (service_id_met integer, area_id integer, days daterange)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 10
BEGIN ATOMIC
  SELECT l.id, d.area_id, d.valid * complete_during.during
  FROM wmo_works.complete_days d
  JOIN wmo_works.service_leaves(complete_during.service_id) l (id)
    ON d.service_id IS NULL OR d.service_id IN (SELECT p FROM wmo_works.service_with_parents(l.id) p)
  WHERE d.valid && complete_during.during AND isfinite(complete_during.as_of)
    AND NOT wmo_works.is_placed_by_reading(complete_during.service_id);
END;
COMMENT ON FUNCTION wmo_works.complete_during(integer, date, daterange) IS
  'The areas and days for which the registry is declared complete, by smallest service; none with an as_of of '
  'infinity, which asks what is recorded.';

CREATE FUNCTION wmo_works.stops_during(service_id integer, contract_ids integer[], as_of date, during daterange)
RETURNS TABLE (contract_id_met integer, service_id_met integer, area_id integer, days daterange, sure boolean,
               inferred boolean, lifted boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 10
BEGIN ATOMIC
  SELECT cs.contract_id, l.id, edition.id, cs.during * edition.valid,
         cs.known_from <= stops_during.as_of AND coalesce(cs.known_until > stops_during.as_of, true),
         cs.inferred OR EXISTS (SELECT FROM wmo_works.service_family(l.id) f
                                WHERE f.member_id = cs.service_id AND f.inferred),
         coalesce(cs.not_after <= stops_during.as_of, false)
  FROM wmo_works.service_leaves(stops_during.service_id) l (id)
  JOIN wmo_works.stop_days cs
    ON (cs.service_id IS NULL OR cs.service_id IN (SELECT p FROM wmo_works.service_with_parents(l.id) p))
       AND coalesce(cs.not_before <= stops_during.as_of, true)
       AND (coalesce(cs.not_after > stops_during.as_of, true) OR cs.lift_inferred)
  CROSS JOIN LATERAL (
    SELECT cs.area_id AS id, '(,)'::daterange AS valid
    UNION ALL
    -- a stop holds in the area it names and in the edition that answers for its code on the day
    SELECT e.id, e.valid FROM wmo_works.scope_editions(cs.area_id, true) e WHERE e.id <> cs.area_id
  ) edition
  WHERE cs.contract_id IN (SELECT c FROM unnest(stops_during.contract_ids) c)
    AND cs.during && stops_during.during * edition.valid;
END;
COMMENT ON FUNCTION wmo_works.stops_during(integer, integer[], date, daterange) IS
  'The days on which contracts take no new clients of a service, by smallest service and area (null: everywhere). '
  'sure: the stop was known on the as_of day, else that cannot be told; inferred: it, or where its service belongs, '
  'rests on an inferred source; '
  'lifted: it was, by our reading of a source.';

CREATE TYPE wmo_works.ground_piece AS (ground_no integer, area_id integer, part boolean, geom geometry);
COMMENT ON TYPE wmo_works.ground_piece IS
  'A piece of ground over which every contract area says the same; part: it is not all of area_id.';

CREATE TYPE wmo_works.offer_on_ground AS (
  ground_no        integer,
  service_id       integer,
  contract_id      integer,
  provider_id      integer,
  contract_area_id integer,
  choice           text,
  ages             int4range,
  days             datemultirange,
  offered          wmo_works.offered,
  reason           wmo.reason,
  certainty        wmo.certainty,
  near             boolean,
  kept             wmo_works.offered
);
COMMENT ON TYPE wmo_works.offer_on_ground IS
  'wmo_works.offer on one piece of ground, client stops taken out. near: the offer serves nobody on the days asked '
  'about, and only shapes can tell whether its area holds any of this piece.';

CREATE TYPE wmo_works.ground_cover AS (ground_no integer, area_id integer, days datemultirange, covered_by integer[]);
COMMENT ON TYPE wmo_works.ground_cover IS 'A piece of ground, the days for which it is asked about, and who covers it.';

CREATE FUNCTION wmo_works.offered_by_nobody(service_id integer, as_of date, ages int4range,
                                            grounds wmo_works.ground_cover[], during daterange)
RETURNS SETOF wmo_works.offer_on_ground
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 100
BEGIN ATOMIC
  WITH ground AS MATERIALIZED (
    SELECT g.* FROM unnest(offered_by_nobody.grounds) g
  ), declared AS MATERIALIZED (
    SELECT c.service_id_met, c.area_id, range_agg(c.days) AS days
    FROM wmo_works.complete_during(offered_by_nobody.service_id, offered_by_nobody.as_of,
                                   offered_by_nobody.during) c
    GROUP BY c.service_id_met, c.area_id
  ), pair AS MATERIALIZED (
    SELECT g.ground_no, g.area_id, u.wide_id FROM ground g CROSS JOIN LATERAL unnest(g.covered_by) u (wide_id)
    WHERE u.wide_id IN (SELECT d.area_id FROM declared d)
  ), sure AS MATERIALIZED (
    -- once for each pair of areas, however many pieces of ground and services have it
    SELECT p.area_id, p.wide_id FROM (SELECT DISTINCT p.area_id, p.wide_id FROM pair p OFFSET 0) p
    WHERE wmo_works.surely_within(p.area_id, p.wide_id)
  ), complete AS MATERIALIZED (
    SELECT p.ground_no, d.service_id_met, range_agg(d.days) AS days
    FROM pair p
    JOIN sure s ON s.area_id = p.area_id AND s.wide_id = p.wide_id
    JOIN declared d ON d.area_id = p.wide_id
    GROUP BY p.ground_no, d.service_id_met
  )
  SELECT g.ground_no, x.service_id_met, NULL::integer, NULL::integer, NULL::integer, NULL::text, offered_by_nobody.ages,
         d.days, x.offered, x.reason, NULL::wmo.certainty, false, NULL::wmo_works.offered
  FROM ground g
  CROSS JOIN wmo_works.offered_anywhere(offered_by_nobody.service_id, offered_by_nobody.as_of) x
  LEFT JOIN complete c ON c.ground_no = g.ground_no AND c.service_id_met = x.service_id_met
    AND x.offered IN ('before_registry', 'not_complete')
  CROSS JOIN LATERAL (SELECT datemultirange(x.days) * g.days - coalesce(c.days, '{}') AS days) d
  WHERE NOT isempty(d.days);
END;
COMMENT ON FUNCTION wmo_works.offered_by_nobody(integer, date, int4range, wmo_works.ground_cover[], daterange) IS
  'What is to be said of pieces of ground beside every contract: that nobody serves, and where the registry is not '
  'declared complete that this cannot be told.';

CREATE FUNCTION wmo_works.offers_beside_drawings(offers wmo_works.offer[], grounds wmo_works.ground_cover[])
RETURNS SETOF wmo_works.offer_on_ground
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 10
BEGIN ATOMIC
  -- few or none: not every offer with every piece of ground
  WITH beside AS MATERIALIZED (
    SELECT g.ground_no, g.days, b.area_id
    FROM unnest(offers_beside_drawings.grounds) g CROSS JOIN LATERAL unnest(g.covered_by) b (area_id)
  )
  -- by no contract: what is drawn says that it does not hold here
  SELECT g.ground_no, o.service_id, NULL::integer, o.provider_id, NULL::integer, NULL::text, o.ages,
         datemultirange(o.days) * g.days,
         CASE WHEN o.offered < 'existing_clients_only' THEN 'beside_a_drawing'
              WHEN o.offered < 'nothing' THEN 'existing_clients_perhaps' ELSE 'nothing' END::wmo_works.offered,
         CASE WHEN o.offered < 'nothing' THEN 'area_without_shape'::wmo.reason ELSE o.reason END,
         CASE WHEN o.offered = 'nothing' THEN o.certainty END, false, NULL::wmo_works.offered
  FROM beside g JOIN unnest(offers_beside_drawings.offers) o ON o.area_id = g.area_id
  WHERE wmo_works.may_serve(o.offered, o.certainty) AND datemultirange(o.days) && g.days;
END;
COMMENT ON FUNCTION wmo_works.offers_beside_drawings(wmo_works.offer[], wmo_works.ground_cover[]) IS
  'What may be offered on pieces of ground beside the drawings of contract areas: covered_by names the areas that may '
  'be larger than they are drawn. Only what is declared complete is kept open by them: a no-gap rule, which goes by '
  'all that is recorded, is not.';

CREATE FUNCTION wmo_works.days_asked(asked wmo_works.ground_days[]) RETURNS daterange
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT range_merge(range_agg(d)) FROM unnest(days_asked.asked) a CROSS JOIN LATERAL unnest(a.days) d;
END;
COMMENT ON FUNCTION wmo_works.days_asked(wmo_works.ground_days[]) IS
  'From the first to the last day on which any of these areas is asked about.';

CREATE FUNCTION wmo_works.offered_under_stops(offered wmo_works.offered, reason wmo.reason, certainty wmo.certainty,
                                              asked datemultirange, halt datemultirange, read datemultirange,
                                              untold datemultirange, lifted datemultirange)
RETURNS TABLE (days_left datemultirange, offered_then wmo_works.offered, reason_then wmo.reason,
               certainty_then wmo.certainty)
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 5 -- not STRICT: so that it is inlined
BEGIN ATOMIC
  -- most offers are under none
  SELECT asked, offered, reason, certainty WHERE num_nonnulls(halt, read, untold, lifted) = 0
  UNION ALL
  SELECT s.*
  FROM (VALUES
    (asked - coalesce(halt, '{}') - coalesce(read, '{}') - coalesce(untold, '{}') - coalesce(lifted, '{}'), offered,
     reason, certainty),
    (asked * (lifted - coalesce(halt, '{}') - coalesce(read, '{}') - coalesce(untold, '{}')),
     greatest(offered, 'start_or_award_unknown'), reason, greatest(certainty, 'inferred'::wmo.certainty)),
    (asked * (untold - coalesce(halt, '{}') - coalesce(read, '{}')), greatest(offered, 'start_or_award_unknown'),
     'known_since_unknown'::wmo.reason, 'unknown'::wmo.certainty),
    (asked * halt, wmo_works.offered_with(offered, 'client_stop'), 'client_stop', certainty),
    (asked * (read - coalesce(halt, '{}')), wmo_works.offered_with(offered, 'client_stop'), 'client_stop',
     greatest(certainty, 'inferred'::wmo.certainty))) s (days, offered, reason, certainty)
  WHERE num_nonnulls(halt, read, untold, lifted) > 0;
END;
COMMENT ON FUNCTION wmo_works.offered_under_stops(wmo_works.offered, wmo.reason, wmo.certainty, datemultirange,
  datemultirange, datemultirange, datemultirange, datemultirange) IS
  'What is offered on the days without a client stop, on those on which it cannot be told whether one holds (untold), '
  'or it was lifted by our reading of a source (lifted), and under one that is stated (halt) or is such a reading '
  '(read); null = none.';

CREATE FUNCTION wmo_works.offers_laid(service_id integer, asked wmo_works.ground_days[], as_of date, ages int4range,
                                      known_offers wmo_works.offer[], units wmo_works.ground_unit[],
                                      OUT pieces wmo_works.ground_piece[], OUT offers wmo_works.offer_on_ground[])
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  during daterange := wmo_works.days_asked(asked);
BEGIN
  WITH offer AS MATERIALIZED (
    SELECT o.* FROM unnest(known_offers) o
  ), stop AS MATERIALIZED (
    SELECT s.* FROM wmo_works.stops_during(
      offers_laid.service_id, ARRAY(SELECT DISTINCT o.contract_id FROM offer o), offers_laid.as_of, during) s (
      contract_id, service_id, area_id, days, sure, inferred, lifted)
  ), complete (service_id, area_id, days) AS MATERIALIZED (
    SELECT c.* FROM wmo_works.complete_during(offers_laid.service_id, offers_laid.as_of, during) c
  ), ground AS MATERIALIZED (
    -- what serves nobody on those days is no reason to cut
    SELECT g.* FROM wmo_works.grounds(
      units, EXISTS (SELECT FROM complete),
      ARRAY(SELECT ROW(x.area_id, range_agg(x.days))::wmo_works.ground_days
            FROM (SELECT o.area_id, o.days FROM offer o WHERE o.offered < 'nothing'
                  UNION ALL SELECT s.area_id, s.days FROM stop s
                  UNION ALL SELECT c.area_id, c.days FROM complete c) x
            WHERE x.area_id IS NOT NULL GROUP BY x.area_id),
      ARRAY(SELECT o.area_id FROM offer o UNION SELECT s.area_id FROM stop s UNION SELECT c.area_id FROM complete c)) g
  ), laid AS (
    SELECT g.ground_no, o.service_id, o.contract_id, o.provider_id, o.area_id, o.named_area_id, o.choice, o.ages,
           o.days, o.offered, o.reason, o.certainty, c.near, o.kept
    FROM ground g CROSS JOIN LATERAL (SELECT u AS area_id, false AS near FROM unnest(g.covered_by) u
                                      UNION ALL SELECT u, true FROM unnest(g.near_by) u) c
    JOIN offer o ON o.area_id = c.area_id
    UNION ALL
    SELECT g.ground_no, o.service_id, o.contract_id, o.provider_id, o.area_id, o.named_area_id, o.choice, o.ages,
           o.days, wmo_works.offered_with(o.offered, 'area_without_shape'),
           CASE WHEN o.offered < 'nothing' THEN 'area_without_shape' ELSE o.reason END, o.certainty, false,
           CASE WHEN o.kept < 'area_without_shape' THEN 'area_without_shape' ELSE o.kept END
    FROM ground g CROSS JOIN LATERAL unnest(g.maybe_by) c JOIN offer o ON o.area_id = c
    WHERE wmo_works.may_serve(o.offered, o.certainty)
    UNION ALL
    SELECT g.ground_no, o.service_id, o.contract_id, o.provider_id, NULL, NULL, o.choice, o.ages, o.days, o.offered,
           o.reason, o.certainty, false, o.kept
    FROM ground g CROSS JOIN offer o WHERE o.area_id IS NULL AND wmo_works.may_serve(o.offered, o.certainty)
  ), numbered AS MATERIALIZED (
    SELECT row_number() OVER () AS laid_no, l.* FROM laid l
  ), halt AS (
    SELECT l.laid_no, range_agg(s.days) FILTER (WHERE s.sure AND here.so AND NOT s.inferred AND NOT s.lifted) AS days,
           range_agg(s.days) FILTER (WHERE s.sure AND here.so AND s.inferred AND NOT s.lifted) AS read,
           range_agg(s.days) FILTER (WHERE NOT s.lifted AND (NOT s.sure OR here.so IS NOT true)) AS untold,
           range_agg(s.days) FILTER (WHERE s.lifted) AS lifted
    FROM numbered l JOIN stop s ON s.contract_id = l.contract_id AND s.service_id = l.service_id
    JOIN ground g ON g.ground_no = l.ground_no
    CROSS JOIN LATERAL (SELECT s.area_id IS NULL OR s.area_id IN (l.area_id, l.named_area_id)
                               OR s.area_id = ANY (g.covered_by) AS so) here
    WHERE l.offered < 'existing_clients_only' AND (here.so OR s.area_id = ANY (g.maybe_by))
    GROUP BY l.laid_no
  ), said AS (
    SELECT l.*, t.*
    FROM numbered l JOIN ground g ON g.ground_no = l.ground_no LEFT JOIN halt h ON h.laid_no = l.laid_no
    CROSS JOIN LATERAL wmo_works.offered_under_stops(
      l.offered, l.reason, l.certainty, datemultirange(l.days) * g.days, h.days, h.read, h.untold, h.lifted) t
  )
  SELECT ARRAY(SELECT ROW(g.ground_no, g.area_id, g.part, g.geom)::wmo_works.ground_piece FROM ground g),
         ARRAY(SELECT ROW(s.ground_no, s.service_id, s.contract_id, s.provider_id, s.area_id, s.choice, s.ages,
                          s.days_left, s.offered_then, s.reason_then, s.certainty_then, s.near, s.kept
                          )::wmo_works.offer_on_ground
               FROM said s WHERE NOT isempty(s.days_left)
               UNION ALL
               SELECT b FROM wmo_works.offers_beside_drawings(
                 known_offers, ARRAY(SELECT ROW(g.ground_no, g.area_id, g.days, g.beside_by)::wmo_works.ground_cover
                                     FROM ground g)) b
               UNION ALL
               SELECT n FROM wmo_works.offered_by_nobody(
                 offers_laid.service_id, offers_laid.as_of, offers_laid.ages,
                 ARRAY(SELECT ROW(g.ground_no, g.area_id, g.days, g.covered_by)::wmo_works.ground_cover FROM ground g),
                 during) n) INTO pieces, offers;
END
$$;
COMMENT ON FUNCTION wmo_works.offers_laid(integer, wmo_works.ground_days[], date, int4range, wmo_works.offer[],
  wmo_works.ground_unit[]) IS
  'These offers of a service laid over the areas asked about, which units are the smallest parts of, each on its '
  'days, with the pieces of ground that they lie on.';

CREATE FUNCTION wmo_works.offers_on_grounds(service_id integer, asked wmo_works.ground_days[], as_of date,
                                            ages int4range, with_reasons boolean DEFAULT true,
                                            OUT pieces wmo_works.ground_piece[], OUT offers wmo_works.offer_on_ground[])
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  units wmo_works.ground_unit[] := ARRAY(SELECT u FROM wmo_works.ground_units(asked) u);
  known_offers wmo_works.offer[] := ARRAY(
    SELECT o FROM wmo_works.offers(offers_on_grounds.service_id, offers_on_grounds.as_of, offers_on_grounds.ages,
                                   wmo_works.days_asked(asked), wmo_works.areas_near(units)) o
    WHERE with_reasons OR wmo_works.may_serve(o.offered, o.certainty));
BEGIN
  SELECT l.pieces, l.offers INTO pieces, offers
  FROM wmo_works.offers_laid(offers_on_grounds.service_id, asked, offers_on_grounds.as_of, offers_on_grounds.ages,
                             known_offers,
                             units) l;
END
$$;
COMMENT ON FUNCTION wmo_works.offers_on_grounds(integer, wmo_works.ground_days[], date, int4range, boolean)
  IS
  'The offers of every scope of a service that matters to the areas asked about laid over them, each on its days, with '
  'the pieces of ground that they lie on. with_reasons: those too that serve nobody (wmo_works.may_serve).';

CREATE FUNCTION wmo_works.areas_held(offers wmo_works.offer_on_ground[], pieces wmo_works.ground_piece[])
RETURNS TABLE (area_id integer, wide_id integer)
LANGUAGE sql STABLE PARALLEL SAFE COST 100000 ROWS 100
BEGIN ATOMIC
  -- once for each pair of areas, however many pieces of ground have it
  SELECT w.area_id, w.wide_id
  FROM (SELECT DISTINCT g.area_id, o.contract_area_id AS wide_id
        FROM unnest(areas_held.offers) o JOIN unnest(areas_held.pieces) g ON g.ground_no = o.ground_no
        WHERE o.offered < 'nothing' AND o.certainty = 'certain' AND o.contract_area_id IS NOT NULL
        OFFSET 0) w -- else each offer is asked before they are made distinct
  WHERE wmo_works.surely_within(w.area_id, w.wide_id);
END;
COMMENT ON FUNCTION wmo_works.areas_held(wmo_works.offer_on_ground[], wmo_works.ground_piece[]) IS
  'The contract areas (wide_id) that what is offered for certain lays over pieces of an area, and of which it is sure '
  'that those lie there: wmo_works.surely_within.';

CREATE FUNCTION wmo_works.services_named(service_ids integer[], leaf_count bigint, asked text)
RETURNS TABLE (service_id integer, code text)
LANGUAGE sql STABLE PARALLEL SAFE COST 100 ROWS 2
BEGIN ATOMIC
  SELECT s.id, CASE WHEN cardinality(services_named.service_ids) = services_named.leaf_count THEN services_named.asked
                    ELSE s.code END
  FROM unnest(services_named.service_ids) WITH ORDINALITY AS u (id, place) JOIN wmo.service s ON s.id = u.id
  WHERE cardinality(services_named.service_ids) < services_named.leaf_count OR u.place = 1;
END;
COMMENT ON FUNCTION wmo_works.services_named(integer[], bigint, text) IS
  'By which services a finding is told: the one that was asked for where it holds for all its smallest services, else '
  'each of those for which it does.';

CREATE FUNCTION wmo_works.age_slices(bands int4range[], ages int4range) RETURNS SETOF int4range
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 4
BEGIN ATOMIC
  SELECT int4range(b.age, coalesce(lead(b.age) OVER (ORDER BY b.age), upper(age_slices.ages)))
  FROM (
    SELECT coalesce(lower(age_slices.ages), 0) AS age
    UNION
    SELECT edge
    FROM unnest(age_slices.bands) band CROSS JOIN LATERAL unnest(ARRAY[lower(band), upper(band)]) edge
    WHERE edge > coalesce(lower(age_slices.ages), 0) AND coalesce(edge < upper(age_slices.ages), true)
  ) b;
END;
COMMENT ON FUNCTION wmo_works.age_slices(int4range[], int4range) IS
  'Ages cut at every bound of some bands: within a slice each band holds for all ages or for none.';
