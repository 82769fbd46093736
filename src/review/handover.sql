-- handover: what changes hands, and who may stay.
-- Relies on offers and on coverage (standing).

CREATE TYPE wmo.handover AS (
  on_day       date,
  kind         text,
  service      text,
  area_id      integer,
  area         text,
  area_code    wmo.area_code,
  covers       text,
  min_age      integer,
  max_age      integer,
  clients      text,
  leaving      integer[],
  coming       integer[],
  staying      integer[],
  may_stay     integer[],
  old_contracts integer[],
  new_contracts integer[],
  certain      boolean,
  words        text,
  ages         int4range,
  geom         geometry
);
COMMENT ON TYPE wmo.handover IS
  'A day on which other providers serve the people of some ground and ages than the day before.';
COMMENT ON COLUMN wmo.handover.on_day IS 'First day of the new situation.';
COMMENT ON COLUMN wmo.handover.kind IS
  'of those who are recorded: replaced (all who served leave, others come), succession (the same, by those who came '
  'after them, if perhaps not by that day: party_succession), changed (some leave, some come, some stay), left (some '
  'leave, some stay), joined (some come, all stay), ended (nobody known comes) or begun (nobody known was there).';
COMMENT ON COLUMN wmo.handover.service IS
  'The contracted service, or the narrower ones where not all of them change in the same way.';
COMMENT ON COLUMN wmo.handover.area_id IS 'The smallest recorded area.';
COMMENT ON COLUMN wmo.handover.area IS 'Its name.';
COMMENT ON COLUMN wmo.handover.area_code IS 'Its CBS code, where it has one.';
COMMENT ON COLUMN wmo.handover.covers IS 'whole: all of that area; part: the shape is only a piece of it.';
COMMENT ON COLUMN wmo.handover.min_age IS 'Youngest age in whole years.';
COMMENT ON COLUMN wmo.handover.max_age IS 'Oldest age, inclusive; null = no limit.';
COMMENT ON COLUMN wmo.handover.clients IS
  'all, or existing: of contracts for existing clients only others keep these than the day before. Where others serve '
  'all, may_stay tells who begins to keep some.';
COMMENT ON COLUMN wmo.handover.leaving IS
  'Suppliers that served the day before and no longer do; a null stands for those of a contract that names none.';
COMMENT ON COLUMN wmo.handover.coming IS 'Suppliers that serve now and did not the day before.';
COMMENT ON COLUMN wmo.handover.staying IS 'Suppliers that did and do.';
COMMENT ON COLUMN wmo.handover.may_stay IS
  'Parties with whom existing clients may stay: suppliers of scopes, and subcontractors, for existing clients only; '
  'where the handover is of these clients, the subcontractors.';
COMMENT ON COLUMN wmo.handover.old_contracts IS 'The contracts of the day before.';
COMMENT ON COLUMN wmo.handover.new_contracts IS 'The contracts of the day itself.';
COMMENT ON COLUMN wmo.handover.certain IS
  'True only when every contract that it rests on is certain: not with an award that can be fought or of which it is '
  'not recorded that it is final, an open option, one that was exercised late or something that is not known, nor with '
  'somebody who comes and takes no clients that day. ended '
  'and begun are certain only where the registry is declared complete (wmo.registry_completeness): elsewhere somebody '
  'who is not recorded may come, or have been there. Not where those who come may be those who leave: one of them is '
  'not named, a succession is a reading or its day not known, or one is a consortium in which the other delivers, or '
  'may, for its members are not all recorded; nor where the same may be true of one who stays; nor where a drawing or '
  'a reading alone tells that a contract holds on this ground.';
COMMENT ON COLUMN wmo.handover.words IS 'The same in a line of text.';
COMMENT ON COLUMN wmo.handover.ages IS 'The ages, half open.';
COMMENT ON COLUMN wmo.handover.geom IS 'The ground, in RD New; null = the area has no shape.';

CREATE FUNCTION wmo_works.party_names(party_ids integer[]) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100 -- its plan is kept: it is asked for row after row
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN (
    SELECT coalesce(string_agg(n.name, ', ' ORDER BY n.name), wmo_works.words('nobody known'))
    -- one by one by its key: a join would read all parties each time
    FROM (SELECT coalesce((SELECT p.name FROM wmo.party p WHERE p.id = u.id), wmo_works.words('not named')) AS name
          FROM unnest(party_names.party_ids) u (id)) n);
END
$$;
COMMENT ON FUNCTION wmo_works.party_names(integer[]) IS 'The names of parties, in one line.';

CREATE TYPE wmo_works.handover_box AS (
  ground_no     integer,
  day           date,
  ages          int4range,
  service_ids   integer[],
  clients       text,
  leaving       integer[],
  coming        integer[],
  staying       integer[],
  existing      integer[],
  old_contracts integer[],
  new_contracts integer[],
  certain       boolean
);
COMMENT ON TYPE wmo_works.handover_box IS
  'A day on which others serve than the day before, on a piece of ground, for ages and smallest services. Who serves '
  'is told by suppliers; a null stands for the suppliers of a contract that names none.';

CREATE FUNCTION wmo_works.suppliers_of(servers text[]) RETURNS integer[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT ARRAY(SELECT CASE WHEN s LIKE 'p%' THEN substr(s, 2)::integer END FROM unnest(suppliers_of.servers) s
               ORDER BY s);
END;
COMMENT ON FUNCTION wmo_works.suppliers_of(text[]) IS
  'The parties among those who serve: p and the key of a supplier, or c and the key of a contract that names none.';

CREATE TYPE wmo_works.handover_turn AS (
  service_id     integer,
  ground_no      integer,
  day            date,
  ages           int4range,
  old_servers    text[],
  new_servers    text[],
  old_keepers    text[],
  new_keepers    text[],
  old_contracts  integer[],
  new_contracts  integer[],
  old_keeping    integer[],
  new_keeping    integer[],
  closed_servers text[],
  existing       integer[],
  sure           boolean,
  old_untold     boolean,
  new_untold     boolean
);
COMMENT ON TYPE wmo_works.handover_turn IS
  'Who serves all (servers) and who keeps existing clients only (keepers) on the day before and on a day on which that '
  'may change, under which contracts (contracts, keeping); of those who serve, who takes nobody (closed); whether all '
  'that it rests on is sure, and whether somebody may serve who is not recorded (untold).';

CREATE FUNCTION wmo_works.handover_turns(offers wmo_works.offer_on_ground[], from_date date, to_date date)
RETURNS SETOF wmo_works.handover_turn
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 ROWS 100
-- the planner takes an array for a handful of rows: it would look through all of them for each of them
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan SET enable_nestloop = off
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH offer AS MATERIALIZED (
    SELECT o.*, coalesce('p' || o.provider_id::text, 'c' || o.contract_id::text) AS server,
           -- a client stop is no handover: the provider keeps who it has
           o.offered < 'left_open' OR o.reason = 'client_stop' AS serves,
           coalesce(o.kept < 'left_open', false) AS keeps
    FROM unnest(handover_turns.offers) o WHERE o.contract_id IS NOT NULL
  ), untold AS MATERIALIZED (
    -- where somebody may serve who is not recorded
    SELECT o.service_id, o.ground_no, range_agg(o.days) AS days
    FROM unnest(handover_turns.offers) o WHERE o.contract_id IS NULL GROUP BY o.service_id, o.ground_no
  ), slice AS MATERIALIZED (
    SELECT o.service_id, o.ground_no, cut.ages
    FROM (SELECT x.service_id, x.ground_no, array_agg(DISTINCT x.ages) AS bands FROM offer x
          GROUP BY x.service_id, x.ground_no) o
    CROSS JOIN LATERAL wmo_works.age_slices(o.bands, '[0,)') cut (ages)
  ), turn AS (
    SELECT DISTINCT o.service_id, o.ground_no, day
    FROM offer o CROSS JOIN LATERAL unnest(o.days) d CROSS JOIN LATERAL unnest(ARRAY[lower(d), upper(d)]) day
    WHERE day BETWEEN handover_turns.from_date AND handover_turns.to_date
  )
  SELECT t.service_id, t.ground_no, t.day, s.ages,
         coalesce(array_agg(DISTINCT o.server) FILTER (WHERE o.serves AND o.days @> (t.day - 1)), '{}')
           AS old_servers,
         coalesce(array_agg(DISTINCT o.server) FILTER (WHERE o.serves AND o.days @> t.day), '{}') AS new_servers,
         coalesce(array_agg(DISTINCT o.server) FILTER (WHERE o.keeps AND o.days @> (t.day - 1)), '{}')
           AS old_keepers,
         coalesce(array_agg(DISTINCT o.server) FILTER (WHERE o.keeps AND o.days @> t.day), '{}') AS new_keepers,
         coalesce(array_agg(DISTINCT o.contract_id) FILTER (WHERE o.serves AND o.days @> (t.day - 1)), '{}')
           AS old_contracts,
         coalesce(array_agg(DISTINCT o.contract_id) FILTER (WHERE o.serves AND o.days @> t.day), '{}')
           AS new_contracts,
         coalesce(array_agg(DISTINCT o.contract_id) FILTER (WHERE o.keeps AND o.days @> (t.day - 1)), '{}')
           AS old_keeping,
         coalesce(array_agg(DISTINCT o.contract_id) FILTER (WHERE o.keeps AND o.days @> t.day), '{}') AS new_keeping,
         array_agg(DISTINCT o.server) FILTER (WHERE o.serves AND o.days @> t.day AND o.reason = 'client_stop')
           AS closed_servers,
         array_agg(DISTINCT o.provider_id)
           FILTER (WHERE NOT o.serves AND o.days @> t.day
                           AND o.offered IN ('existing_clients_only', 'existing_clients_perhaps')) AS existing,
         bool_and(o.offered IN ('serves', 'existing_clients_only') AND o.certainty = 'certain'
                  AND NOT wmo_works.is_doubtful(o.reason) AND coalesce(o.kept = 'serves', true))
           FILTER (WHERE CASE WHEN o.offered = 'nothing' THEN o.days @> t.day <> o.days @> (t.day - 1)
                              ELSE o.days @> t.day OR o.days @> (t.day - 1) END) AS sure,
         bool_or(coalesce(u.days @> (t.day - 1), false)) AS old_untold,
         bool_or(coalesce(u.days @> t.day, false)) AS new_untold
  FROM turn t
  LEFT JOIN untold u ON u.service_id = t.service_id AND u.ground_no = t.ground_no
  JOIN slice s ON s.service_id = t.service_id AND s.ground_no = t.ground_no
  JOIN offer o ON o.service_id = t.service_id AND o.ground_no = t.ground_no AND o.ages @> s.ages
  GROUP BY t.service_id, t.ground_no, t.day, s.ages;
END
$$;
COMMENT ON FUNCTION wmo_works.handover_turns(wmo_works.offer_on_ground[], date, date) IS
  'Who serves on the days on which one of these offers begins or ends, and on the days before, by smallest service, '
  'ground and ages.';

CREATE FUNCTION wmo_works.handover_boxes(offers wmo_works.offer_on_ground[], from_date date, to_date date)
RETURNS SETOF wmo_works.handover_box
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 ROWS 100
-- the planner takes an array for a handful of rows: it would look through all of them for each of them
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan SET enable_nestloop = off
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH met AS MATERIALIZED (
    SELECT t.* FROM wmo_works.handover_turns(handover_boxes.offers, handover_boxes.from_date, handover_boxes.to_date) t
  ), change AS (
    SELECT m.service_id, m.ground_no, m.day, m.ages, 'all' AS clients, m.old_servers, m.new_servers, m.old_contracts,
           m.new_contracts, coalesce(m.existing, '{}') AS existing, m.closed_servers, m.sure, m.old_untold, m.new_untold
    FROM met m WHERE m.old_servers <> m.new_servers
    UNION ALL
    -- who leaves existing clients, or comes for them alone; those who serve all serve these, too
    SELECT m.service_id, m.ground_no, m.day, m.ages, 'existing',
           ARRAY(SELECT unnest(m.old_keepers)
                 UNION (SELECT unnest(m.old_keepers || m.old_servers)
                        INTERSECT SELECT unnest(m.new_keepers || m.new_servers)) ORDER BY 1),
           ARRAY(SELECT DISTINCT u FROM unnest(m.new_keepers || m.new_servers) u ORDER BY 1),
           ARRAY(SELECT DISTINCT u FROM unnest(m.old_keeping || m.old_contracts) u ORDER BY 1),
           ARRAY(SELECT DISTINCT u FROM unnest(m.new_keeping || m.new_contracts) u ORDER BY 1), '{}',
           m.closed_servers, m.sure, m.old_untold, m.new_untold
    FROM met m
    WHERE NOT m.old_keepers <@ (m.new_keepers || m.new_servers)
       OR m.old_servers = m.new_servers AND NOT m.new_keepers <@ (m.old_keepers || m.old_servers)
  ), wide AS (
    SELECT c.service_id, c.ground_no, c.day, c.clients, c.old_servers, c.new_servers, c.old_contracts, c.new_contracts,
           c.existing,
           -- whoever comes and takes nobody replaces nobody; where nobody is known somebody may be who is not recorded
           coalesce(c.sure, false) AND coalesce(c.closed_servers <@ c.old_servers, true)
             AND NOT (c.old_untold AND c.old_servers = '{}') AND NOT (c.new_untold AND c.new_servers = '{}') AS certain,
           range_agg(c.ages) AS ages
    FROM change c
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
  ), together AS (
    SELECT w.ground_no, w.day, w.clients, w.old_servers, w.new_servers, w.old_contracts, w.new_contracts, w.existing,
           w.certain, w.ages, array_agg(w.service_id ORDER BY w.service_id) AS service_ids
    FROM wide w
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
  )
  SELECT t.ground_no, t.day, age, t.service_ids, t.clients,
         wmo_works.suppliers_of(ARRAY(SELECT unnest(t.old_servers) EXCEPT SELECT unnest(t.new_servers))),
         wmo_works.suppliers_of(ARRAY(SELECT unnest(t.new_servers) EXCEPT SELECT unnest(t.old_servers))),
         wmo_works.suppliers_of(ARRAY(SELECT unnest(t.new_servers) INTERSECT SELECT unnest(t.old_servers))),
         t.existing, t.old_contracts, t.new_contracts, t.certain
  FROM together t CROSS JOIN LATERAL unnest(t.ages) age;
END
$$;
COMMENT ON FUNCTION wmo_works.handover_boxes(wmo_works.offer_on_ground[], date, date) IS
  'Days on which others serve by these offers than the day before, by ages as large as they come; in one box for all '
  'smallest services where it is the same for all.';

CREATE TYPE wmo_works.keeper AS (
  contract_id integer,
  provider_id integer,
  service_id  integer,
  area_id     integer,
  ages        int4range,
  days        daterange
);
COMMENT ON TYPE wmo_works.keeper IS 'A subcontractor who may keep the existing clients of a contract.';

CREATE FUNCTION wmo_works.keepers(contract_ids integer[], as_of date) RETURNS SETOF wmo_works.keeper
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 ROWS 10
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  with_subcontracts integer[] := ARRAY(
    SELECT DISTINCT sub.contract_id FROM wmo.subcontract sub
    WHERE sub.contract_id IN (SELECT c FROM unnest(keepers.contract_ids) c));
BEGIN
  RETURN QUERY
  SELECT p.contract_id, p.provider_id, leaf.id, p.area_id, p.ages, p.valid
  FROM wmo.contract_scope s
  CROSS JOIN LATERAL (SELECT x.* FROM wmo_works.provider_standing x WHERE x.scope_id = s.id OFFSET 0) p
  CROSS JOIN LATERAL wmo_works.service_leaves(p.service_id) leaf (id)
  WHERE s.contract_id = ANY (with_subcontracts) AND p.subcontract_id IS NOT NULL AND p.certainty IS NOT NULL
    AND p.clients = 'existing' AND p.known @> keepers.as_of;
END
$$;
COMMENT ON FUNCTION wmo_works.keepers(integer[], date) IS
  'The subcontractors of these contracts for existing clients only, by smallest service.';

CREATE TYPE wmo_works.kept_box AS (
  box_no      bigint,
  ground_no   integer,
  area_id     integer,
  service_id  integer,
  provider_id integer,
  kept_in     integer
);
COMMENT ON TYPE wmo_works.kept_box IS
  'A handover (box_no, from 1) on a piece of ground of an area, and a subcontractor of a new contract who may keep '
  'existing clients of a service there, if the area kept_in is that of the ground.';

CREATE FUNCTION wmo_works.boxes_kept(boxes wmo_works.handover_box[], pieces wmo_works.ground_piece[],
                                     keepers wmo_works.keeper[])
RETURNS SETOF wmo_works.kept_box
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 ROWS 100
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan SET enable_nestloop = off
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT b.box_no, b.ground_no, p.area_id, k.service_id, k.provider_id, k.area_id
  FROM unnest(boxes) WITH ORDINALITY AS b (ground_no, day, ages, service_ids, clients, leaving, coming, staying,
                                           existing, old_contracts, new_contracts, certain, box_no)
  JOIN unnest(pieces) p ON p.ground_no = b.ground_no
  CROSS JOIN LATERAL unnest(b.new_contracts) c (id)
  JOIN unnest(keepers) k ON k.contract_id = c.id
  WHERE k.days @> b.day AND k.ages && b.ages AND k.service_id = ANY (b.service_ids);
END
$$;
COMMENT ON FUNCTION wmo_works.boxes_kept(wmo_works.handover_box[], wmo_works.ground_piece[], wmo_works.keeper[]) IS
  'The handovers at which a subcontractor of a new contract is there on the day, for the ages and a service.';

CREATE FUNCTION wmo_works.who_may_stay(boxes wmo_works.handover_box[], offers wmo_works.offer_on_ground[],
                                       pieces wmo_works.ground_piece[], as_of date)
RETURNS TABLE (box_no bigint, service_id integer, party_ids integer[])
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 100
BEGIN ATOMIC
  WITH named AS MATERIALIZED (
    SELECT DISTINCT o.ground_no, o.contract_area_id FROM unnest(who_may_stay.offers) o
  ), wide AS MATERIALIZED ( -- of each area once
    SELECT p.area_id, w.whole_id
    FROM (SELECT DISTINCT g.area_id FROM unnest(who_may_stay.pieces) g) p
    CROSS JOIN LATERAL wmo.area_with_wholes(p.area_id) w
  ), kept AS (
    SELECT k.box_no, k.service_id, k.provider_id
    FROM wmo_works.boxes_kept(
      who_may_stay.boxes, who_may_stay.pieces,
      ARRAY(SELECT k FROM wmo_works.keepers(
        ARRAY(SELECT DISTINCT c FROM unnest(who_may_stay.boxes) x CROSS JOIN LATERAL unnest(x.new_contracts) c),
        who_may_stay.as_of) k)) k
    WHERE (k.ground_no, k.kept_in) IN (SELECT n.ground_no, n.contract_area_id FROM named n)
       OR (k.area_id, k.kept_in) IN (SELECT w.area_id, w.whole_id FROM wide w)
    UNION
    SELECT b.box_no, s.id, e.id
    FROM unnest(who_may_stay.boxes) WITH ORDINALITY AS b (ground_no, day, ages, service_ids, clients, leaving, coming,
      staying, existing, old_contracts, new_contracts, certain, box_no)
    CROSS JOIN LATERAL unnest(b.service_ids) s (id) CROSS JOIN LATERAL unnest(b.existing) e (id)
  )
  SELECT k.box_no, k.service_id, array_agg(k.provider_id ORDER BY k.provider_id)
  FROM kept k GROUP BY k.box_no, k.service_id;
END;
COMMENT ON FUNCTION wmo_works.who_may_stay(wmo_works.handover_box[], wmo_works.offer_on_ground[],
  wmo_works.ground_piece[], date) IS
  'The parties with whom existing clients may stay after each of these handovers (box_no, from 1), by smallest '
  'service: suppliers, and subcontractors of the new contracts, for existing clients only.';

CREATE FUNCTION wmo_works.came_after(leaving integer[], coming integer[], tied integer[], on_date date, as_of date)
RETURNS TABLE (all_of_them boolean, settled boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1
BEGIN ATOMIC
  -- who has no name may be anybody, whoever comes or leaves as well
  SELECT coalesce(bool_and(g.sure OR g.perhaps), false), coalesce(bool_and(g.sure OR NOT g.untold), true)
  FROM (
    SELECT coalesce(bool_or(pair.so), false) AS sure, bool_or(pair.named AND pair.so IS NULL) AS perhaps,
           bool_or(pair.so IS NULL) AS untold
    FROM unnest(came_after.leaving) WITH ORDINALITY gone (id, place)
    CROSS JOIN LATERAL (
      SELECT num_nulls(gone.id, came.id) = 0 AS named,
             CASE WHEN num_nulls(gone.id, came.id) > 0 THEN NULL
                  WHEN came.id = ANY (came_after.tied)
                  THEN wmo_works.has_succeeded(came.id, gone.id, came_after.on_date, came_after.as_of)
                  ELSE false END AS so
      FROM unnest(came_after.coming) came (id)
    ) pair
    GROUP BY gone.place
  ) g;
END;
COMMENT ON FUNCTION wmo_works.came_after(integer[], integer[], integer[], date, date) IS
  'Did those who come succeed all of those who leave, perhaps; and is it settled for each of them whether they did? '
  'tied: who of them has ties at all (wmo_works.ties_of), so that the others are not asked for with each who leaves.';

CREATE FUNCTION wmo_works.who_delivers(party_id integer, on_date date, as_of date) RETURNS SETOF integer
LANGUAGE sql STABLE PARALLEL SAFE COST 100 ROWS 1
BEGIN ATOMIC
  WITH member AS (
    SELECT m.member_id, m.valid_from <= who_delivers.on_date AND who_delivers.on_date < m.valid_to AS there
    FROM wmo_works.member_known m
    WHERE m.consortium_id = who_delivers.party_id AND m.not_before <= who_delivers.as_of
      AND (m.inferred OR m.valid_from <= who_delivers.on_date AND who_delivers.on_date < m.valid_to)
  )
  SELECT m.member_id FROM member m
  UNION
  SELECT CASE WHEN p.kind <> 'consortium' THEN p.id END FROM wmo.party p
  WHERE p.id = who_delivers.party_id
    AND (p.kind <> 'consortium' OR (SELECT count(DISTINCT m.member_id) FROM member m WHERE m.there) < 2)
  UNION
  SELECT NULL WHERE who_delivers.party_id IS NULL;
END;
COMMENT ON FUNCTION wmo_works.who_delivers(integer, date, date) IS
  'Who delivers under the name of a party on a day, or may: itself, or the members of a consortium. A null is perhaps '
  'anybody: of a party without a name, and of a consortium of which fewer than two members are recorded.';

CREATE FUNCTION wmo_works.surely_apart(one integer, one_day date, other integer, other_day date, as_of date)
RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 500 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN num_nulls(one, other) = 0 AND CASE
    WHEN EXISTS (SELECT FROM wmo.party p WHERE p.id IN (one, other) AND p.kind = 'consortium')
    THEN NOT EXISTS (
      SELECT FROM wmo_works.who_delivers(one, one_day, as_of) a
      CROSS JOIN wmo_works.who_delivers(other, other_day, as_of) b
      WHERE num_nulls(a, b) > 0 OR a = b OR wmo_works.has_succeeded(b, a, other_day, as_of) IS NOT false
         OR wmo_works.has_succeeded(a, b, one_day, as_of) IS NOT false)
    -- hardly any party is tied to another
    WHEN NOT EXISTS (SELECT FROM wmo_works.ties_of(other)) THEN true
    ELSE wmo_works.has_succeeded(other, one, other_day, as_of) IS NOT NULL END;
END
$$;
COMMENT ON FUNCTION wmo_works.surely_apart(integer, date, integer, date, date) IS
  'Is it sure that nobody delivers under the name of one party on a day and under that of the other on another? Of two '
  'that are no consortium: is it settled whether the other came after the one.';

CREATE FUNCTION wmo_works.all_apart(box wmo_works.handover_box, as_of date) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 5000
BEGIN ATOMIC
  -- those who come and leave may have succeeded one another: wmo_works.came_after
  SELECT NOT EXISTS (
    SELECT FROM unnest(b.leaving) gone CROSS JOIN unnest(b.coming) came
    WHERE EXISTS (SELECT FROM wmo.party p WHERE p.id IN (gone, came) AND p.kind = 'consortium')
      AND NOT wmo_works.surely_apart(gone, b.day - 1, came, b.day, all_apart.as_of)
    UNION ALL
    SELECT FROM unnest(b.leaving) gone CROSS JOIN unnest(b.staying) stays
    WHERE NOT wmo_works.surely_apart(gone, b.day - 1, stays, b.day, all_apart.as_of)
    UNION ALL
    SELECT FROM unnest(b.coming) came CROSS JOIN unnest(b.staying) stays
    WHERE NOT wmo_works.surely_apart(stays, b.day - 1, came, b.day, all_apart.as_of))
  FROM (SELECT (all_apart.box).*) b;
END;
COMMENT ON FUNCTION wmo_works.all_apart(wmo_works.handover_box, date) IS
  'Is it sure that who leaves does not deliver on as one who comes or stays, or in it, and that who comes did not '
  'deliver before as one who stays?';

CREATE FUNCTION wmo_works.handover_kind(box wmo_works.handover_box, succession boolean) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE
    WHEN b.staying <> '{}' AND b.leaving = '{}' THEN 'joined'
    WHEN b.staying <> '{}' AND b.coming = '{}' THEN 'left'
    WHEN b.staying <> '{}' THEN 'changed'
    WHEN b.coming = '{}' THEN 'ended'
    WHEN b.leaving = '{}' THEN 'begun'
    WHEN handover_kind.succession THEN 'succession'
    ELSE 'replaced' END
  FROM (SELECT (handover_kind.box).*) b;
END;
COMMENT ON FUNCTION wmo_works.handover_kind(wmo_works.handover_box, boolean) IS
  'Which kind of handover it is; succession: did those who come succeed all who leave.';

CREATE FUNCTION wmo_works.handover_words(box wmo_works.handover_box, may_stay integer[]) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN concat(
    CASE WHEN box.clients = 'existing'
         THEN wmo_works.words('existing clients from %1 to %2', wmo_works.party_names(box.leaving),
                              wmo_works.party_names(box.coming))
         ELSE wmo_works.words('from %1 to %2', wmo_works.party_names(box.leaving), wmo_works.party_names(box.coming))
    END,
    CASE WHEN box.staying <> '{}' THEN wmo_works.words('; %1 stays', wmo_works.party_names(box.staying)) END,
    CASE WHEN may_stay <> '{}'
         THEN wmo_works.words('; existing clients may stay with %1', wmo_works.party_names(may_stay)) END);
END
$$;
COMMENT ON FUNCTION wmo_works.handover_words(wmo_works.handover_box, integer[]) IS 'A handover in a line of text.';

CREATE FUNCTION wmo_works.handovers_of(service_id integer, from_date date, to_date date, as_of date)
  RETURNS SETOF wmo.handover
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 10
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  during daterange := daterange(from_date - 1, to_date + 1);
  service text := (SELECT s.code FROM wmo.service s WHERE s.id = handovers_of.service_id);
  leaf_count bigint := (SELECT count(*) FROM wmo_works.service_leaves(handovers_of.service_id));
  known_offers wmo_works.offer[] := ARRAY(
    SELECT o FROM wmo_works.offers(handovers_of.service_id, handovers_of.as_of, '[0,)', during) o
    WHERE wmo_works.may_serve(o.offered, o.certainty));
  asked wmo_works.ground_days[] := ARRAY(
    -- where an offer begins or ends
    SELECT ROW(o.area_id, datemultirange(during))::wmo_works.ground_days
    FROM unnest(known_offers) o
    WHERE o.offered < 'nothing' AND o.area_id IS NOT NULL
      AND (lower(o.days) > lower(during) OR upper(o.days) < upper(during))
    GROUP BY o.area_id);
  units wmo_works.ground_unit[] := ARRAY(SELECT u FROM wmo_works.ground_units(asked) u);
  laid record; -- pieces, offers
  taken wmo_works.offer_on_ground[];
  boxes wmo_works.handover_box[];
  tied integer[];
BEGIN
  IF asked = '{}' THEN
    RETURN;
  END IF;
  SELECT l.* INTO laid
  FROM wmo_works.offers_laid(handovers_of.service_id, asked, handovers_of.as_of, '[0,)', known_offers, units) l;
  -- that a contract serves no more may be a reading, and that it is of this ground that, or a drawing
  taken := ARRAY(
    SELECT ROW(o.ground_no, o.service_id, o.contract_id, o.provider_id, o.contract_area_id, o.choice, o.ages, o.days,
               o.offered, o.reason,
               CASE WHEN o.certainty = 'certain' AND held.area_id IS NULL THEN 'schematic' ELSE o.certainty END,
               o.near, o.kept)::wmo_works.offer_on_ground
    FROM unnest(laid.offers) o
    LEFT JOIN unnest(laid.pieces) p ON p.ground_no = o.ground_no
    LEFT JOIN wmo_works.areas_held(laid.offers, laid.pieces) held
      ON held.area_id = p.area_id AND held.wide_id = o.contract_area_id
    WHERE wmo_works.may_serve(o.offered, o.certainty));
  boxes := ARRAY(SELECT b FROM wmo_works.handover_boxes(taken, from_date, to_date) b);
  tied := ARRAY(SELECT c.id FROM (SELECT DISTINCT u AS id FROM unnest(boxes) b CROSS JOIN LATERAL unnest(b.coming) u
                                  OFFSET 0) c
                WHERE EXISTS (SELECT FROM wmo_works.ties_of(c.id)));
  RETURN QUERY
  SELECT h.day, wmo_works.handover_kind(h.box, h.succession), h.code, a.id, a.name, a.code,
         CASE WHEN h.part THEN 'part' ELSE 'whole' END, lower(h.ages), upper(h.ages) - 1, (h.box).clients,
         (h.box).leaving, (h.box).coming, (h.box).staying, h.may_stay, (h.box).old_contracts, (h.box).new_contracts,
         (h.box).certain AND h.settled AND wmo_works.all_apart(h.box, handovers_of.as_of),
         wmo_works.handover_words(h.box, h.may_stay), h.ages, h.geom
  FROM (
    SELECT boxes[b.box_no] AS box, b.day, b.ages, b.ground_no, p.area_id, p.part, p.geom, named.code,
           coalesce(stay.party_ids, '{}') AS may_stay, came.all_of_them AS succession, came.settled
    FROM unnest(boxes) WITH ORDINALITY AS b (ground_no, day, ages, service_ids, clients, leaving, coming, staying,
                                             existing, old_contracts, new_contracts, certain, box_no)
    CROSS JOIN LATERAL wmo_works.came_after(b.leaving, b.coming, tied, b.day, handovers_of.as_of) came
    JOIN unnest(laid.pieces) p ON p.ground_no = b.ground_no
    CROSS JOIN LATERAL wmo_works.services_named(b.service_ids, leaf_count, service) named
    LEFT JOIN wmo_works.who_may_stay(boxes, taken, laid.pieces, handovers_of.as_of) stay
      ON stay.box_no = b.box_no AND stay.service_id = named.service_id
    OFFSET 0
  ) h
  JOIN wmo.area a ON a.id = h.area_id
  ORDER BY h.day, a.name, a.id, h.ground_no, h.ages, h.code, (h.box).clients;
END
$$;
COMMENT ON FUNCTION wmo_works.handovers_of(integer, date, date, date) IS
  'wmo.handovers for one service and its narrower ones.';

CREATE FUNCTION wmo.handovers(from_date date, to_date date, service text DEFAULT NULL, as_of date DEFAULT CURRENT_DATE)
RETURNS SETOF wmo.handover
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  one integer;
BEGIN
  IF from_date IS NULL OR to_date IS NULL OR as_of IS NULL THEN
    RETURN;
  END IF;
  PERFORM wmo_works.checked_near_day(from_date, 'from_date'), wmo_works.checked_near_day(to_date, 'to_date'),
    wmo_works.checked_day(as_of, 'as_of');
  IF from_date > to_date THEN
    RAISE EXCEPTION 'from_date "%" is after to_date "%"', wmo_works.iso_day(from_date), wmo_works.iso_day(to_date)
      USING ERRCODE = 'invalid_parameter_value', DETAIL = 'Both are days on which something may change hands.',
        HINT = 'Swap them.';
  END IF;
  -- each contracted service once, by its widest
  FOR one IN
    SELECT s.id FROM wmo.service s
    WHERE CASE WHEN handovers.service IS NOT NULL THEN s.id = wmo.service_id(handovers.service)
               ELSE EXISTS (SELECT FROM wmo.contract_scope cs WHERE cs.service_id = s.id)
                    AND NOT EXISTS (SELECT FROM wmo.contract_scope cs
                                    JOIN wmo_works.service_with_parents(s.id) p ON cs.service_id = p
                                    WHERE p <> s.id) END
    ORDER BY s.id
  LOOP
    RETURN QUERY SELECT h.* FROM wmo_works.handovers_of(one, from_date, to_date, as_of) h;
  END LOOP;
END
$$;
COMMENT ON FUNCTION wmo.handovers(date, date, text, date) IS
  'What changes hands from one day up to and including another: where, for which service and ages, who leaves, comes '
  'and stays, and with whom existing clients may stay. Only the suppliers of contracts count; a new contract of the '
  'same supplier is no handover, and a client stop neither.';
