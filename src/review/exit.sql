-- exit: what a provider's fall would leave.
-- Relies on offers (who else is there), on ground and on coverage.

CREATE TYPE wmo.exit_effect AS (
  consequence text,
  role        text,
  service     text,
  area_id     integer,
  area        text,
  area_code   wmo.area_code,
  covers      text,
  min_age     integer,
  max_age     integer,
  others      integer[],
  other_names text,
  contract_id integer,
  number      text,
  last_day    date,
  end_kind    text,
  certainty   text,
  ages        int4range,
  geom        geometry
);
COMMENT ON TYPE wmo.exit_effect IS 'What is left for the people of some ground and ages when a party no longer works.';
COMMENT ON COLUMN wmo.exit_effect.consequence IS
  'gap (nobody else takes new clients there; only where the registry is declared complete, wmo.registry_completeness), '
  'others_serve (surely), cannot_tell (others only if an option is exercised or an extension that came too late holds, '
  'an award becomes final, a reading of a source or a drawing is right, or one that they do not serve is wrong, or '
  'something turns out that is not known or not recorded: as whether they are another organisation, and have a name), '
  'consortium_remains, main_contractor_remains.';
COMMENT ON COLUMN wmo.exit_effect.role IS 'The party''s role: main, contracted, member or subcontractor.';
COMMENT ON COLUMN wmo.exit_effect.service IS 'The service.';
COMMENT ON COLUMN wmo.exit_effect.area_id IS 'The area; null = not named.';
COMMENT ON COLUMN wmo.exit_effect.area IS 'Its name.';
COMMENT ON COLUMN wmo.exit_effect.area_code IS 'Its CBS code, where it has one.';
COMMENT ON COLUMN wmo.exit_effect.covers IS 'whole: all of that area; part: the shape is only a piece of it.';
COMMENT ON COLUMN wmo.exit_effect.min_age IS 'Youngest age in whole years.';
COMMENT ON COLUMN wmo.exit_effect.max_age IS 'Oldest age, inclusive; null = no limit.';
COMMENT ON COLUMN wmo.exit_effect.others IS
  'Who else serves: other suppliers, fellow members or the main contractor; a null stands for those of a contract '
  'that names none.';
COMMENT ON COLUMN wmo.exit_effect.other_names IS 'Their names.';
COMMENT ON COLUMN wmo.exit_effect.contract_id IS 'The contract that the party works under.';
COMMENT ON COLUMN wmo.exit_effect.number IS 'Its number.';
COMMENT ON COLUMN wmo.exit_effect.last_day IS
  'Last day on which the party serves under it for this area and service, open options left out, as the ledger had it '
  'by as_of; null = none known.';
COMMENT ON COLUMN wmo.exit_effect.end_kind IS
  'day, or inferred: that this is the last day is our reading of a source; null = none known.';
COMMENT ON COLUMN wmo.exit_effect.certainty IS
  'How sure it is that the party serves: a word of wmo.certainty. inferred at most under the name of a predecessor, '
  'whose contract it is taken to have; unknown where only our reading of a source says that it does not.';
COMMENT ON COLUMN wmo.exit_effect.ages IS 'The ages, half open.';
COMMENT ON COLUMN wmo.exit_effect.geom IS 'The ground, in RD New; null = the area has no shape.';

CREATE TYPE wmo_works.exit_task AS (
  task_no     integer,
  contract_id integer,
  scope_id    integer,
  area_id     integer,
  service_id  integer,
  role        wmo.provider_role,
  ages        int4range,
  certainty   wmo.certainty,
  last_day    date,
  end_kind    text
);
COMMENT ON TYPE wmo_works.exit_task IS
  'What a party does on a day: a scope in an area, in which role, and the last day on which it does, with how that is '
  'known.';

CREATE FUNCTION wmo_works.falls_with(party_id integer, on_date date, as_of date)
RETURNS TABLE (id integer, certainty wmo.certainty, as_member boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 2
BEGIN ATOMIC
  WITH tie AS MATERIALIZED (
    SELECT k.other_id, k.way,
           CASE WHEN bool_or(k.known_from <= falls_with.as_of) THEN 'inferred'::wmo.certainty ELSE 'unknown' END
             AS certainty
    FROM wmo_works.own_clients(falls_with.party_id) k
    WHERE falls_with.on_date >= k.valid_from AND falls_with.on_date < k.valid_to
      AND falls_with.as_of >= k.not_before AND k.other_id <> falls_with.party_id
    GROUP BY k.other_id, k.way
  ), name AS MATERIALIZED (
    SELECT falls_with.party_id AS id, 'certain'::wmo.certainty AS certainty
    UNION ALL
    SELECT t.other_id, min(t.certainty) FROM tie t WHERE t.way IN ('succession', 'namesake') GROUP BY t.other_id
  )
  SELECT n.id, n.certainty, false FROM name n
  UNION ALL
  -- what a consortium came after; of one itself its members serve
  SELECT DISTINCT t.other_id, 'unknown'::wmo.certainty, true FROM tie t
  WHERE t.way = 'consortium'
    AND NOT EXISTS (SELECT FROM wmo.consortium_member m JOIN name n ON n.id = m.member_id
                    WHERE m.consortium_id = t.other_id AND m.valid @> falls_with.on_date);
END;
COMMENT ON FUNCTION wmo_works.falls_with(integer, date, date) IS
  'The names under which a party has contracts on a day: its own, those of whom it came after (inferred, or unknown '
  'where the day of that is not known), of who may be the same (unknown), and what its consortia came after '
  '(as_member).';

CREATE FUNCTION wmo_works.went_into(other_id integer, party_id integer, on_date date, as_of date) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
  WITH RECURSIVE line (id) AS (
    SELECT went_into.other_id
    UNION
    SELECT s.successor_id FROM line JOIN wmo_works.succession_known s ON s.predecessor_id = line.id
    WHERE s.kind <> 'takeover' AND NOT s.inferred AND s.valid_from <= went_into.on_date
      AND s.known_from <= went_into.as_of
  )
  SELECT went_into.party_id IN (SELECT l.id FROM line l);
END;
COMMENT ON FUNCTION wmo_works.went_into(integer, integer, date, date) IS
  'Is the other one surely no organisation of its own any more, by a merger or under a new name, and this party what '
  'became of it? Who was taken over may go on.';

CREATE FUNCTION wmo_works.is_another(other_id integer, party_id integer, on_date date, as_of date) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 500
BEGIN ATOMIC
  SELECT CASE
    WHEN other_id = party_id OR came_after AND wmo_works.went_into(other_id, party_id, on_date, as_of) THEN false
    WHEN other_id IS NOT NULL AND NOT came_after
         AND NOT wmo_works.has_succeeded(other_id, party_id, on_date, as_of) THEN true END
  FROM (SELECT wmo_works.has_succeeded(party_id, other_id, on_date, as_of) AS came_after OFFSET 0) s;
END;
COMMENT ON FUNCTION wmo_works.is_another(integer, integer, date, date) IS
  'Is the other one an organisation of its own? Not the party itself, or one that went into it. Null: cannot tell, '
  'for it has no name, was taken over by the party, or came after it, or may have, or may be the same.';

CREATE FUNCTION wmo_works.outlasts(other_id integer, party_id integer, on_date date, as_of date) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN (
    SELECT CASE WHEN s.is_another AND EXISTS (SELECT FROM wmo.party p WHERE p.id = other_id AND p.kind = 'consortium')
                THEN nullif(EXISTS (SELECT FROM wmo_works.member_known m
                                    WHERE m.consortium_id = other_id AND NOT m.inferred AND m.known_from <= as_of
                                      AND m.valid_from <= on_date AND on_date < m.valid_to
                                      AND wmo_works.is_another(m.member_id, party_id, on_date, as_of)), false)
                ELSE s.is_another END
    FROM (SELECT wmo_works.is_another(other_id, party_id, on_date, as_of) AS is_another) s);
END
$$;
COMMENT ON FUNCTION wmo_works.outlasts(integer, integer, date, date) IS
  'Is another party still there when a party falls: wmo_works.is_another; and null for a consortium of whose members '
  'none is recorded who surely is one, and another.';

CREATE FUNCTION wmo_works.who_outlasts(other_ids integer[], party_id integer, on_date date, as_of date)
RETURNS TABLE (id integer, outlasts boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 100
BEGIN ATOMIC
  -- hardly any of them is tied to the party, by however many steps: only those, and consortia, are weighed
  WITH RECURSIVE circle (id) AS (
    SELECT who_outlasts.party_id
    UNION
    SELECT t.other_id FROM circle c CROSS JOIN LATERAL wmo_works.ties_of(c.id) t
  )
  SELECT o.id, CASE WHEN o.id NOT IN (SELECT c.id FROM circle c WHERE c.id IS NOT NULL) AND p.kind <> 'consortium'
                    THEN true
                    ELSE wmo_works.outlasts(o.id, who_outlasts.party_id, who_outlasts.on_date, who_outlasts.as_of) END
  FROM unnest(who_outlasts.other_ids) o (id) LEFT JOIN wmo.party p ON p.id = o.id;
END;
COMMENT ON FUNCTION wmo_works.who_outlasts(integer[], integer, date, date) IS 'wmo_works.outlasts of each of these.';

CREATE FUNCTION wmo_works.may_have_kept(scope_id integer, on_date date, as_of date) RETURNS SETOF integer
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 2
BEGIN ATOMIC
  WITH given AS MATERIALIZED (
    SELECT t.to_party_id, t.inferred, t.effective_on, t.ordered_by, t.change_id
    FROM wmo_works.scope_change t
    WHERE t.scope_id = may_have_kept.scope_id AND t.kind = 'transfer'
      AND t.effective_on <= may_have_kept.on_date AND t.known_from <= may_have_kept.as_of
  ), stated AS (
    SELECT g.* FROM given g WHERE NOT g.inferred
    ORDER BY g.effective_on DESC, g.ordered_by DESC, g.change_id DESC LIMIT 1
  )
  SELECT coalesce((SELECT st.to_party_id FROM stated st), c.supplier_id)
  FROM wmo.contract_scope s JOIN wmo.contract c ON c.id = s.contract_id
  WHERE s.id = may_have_kept.scope_id AND EXISTS (SELECT FROM given g WHERE g.inferred)
  UNION
  SELECT g.to_party_id FROM given g
  WHERE g.inferred AND NOT EXISTS (SELECT FROM stated st
                                   WHERE (st.effective_on, st.ordered_by, st.change_id)
                                         > (g.effective_on, g.ordered_by, g.change_id));
END;
COMMENT ON FUNCTION wmo_works.may_have_kept(integer, date, date) IS
  'Whose a scope that went to another by our reading of a source is, or may still be: who has it by what is stated, '
  'and whoever has it by a reading. No rows where it did not.';

CREATE FUNCTION wmo_works.exit_tasks(party_id integer, on_date date, as_of date) RETURNS SETOF wmo_works.exit_task
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 10
BEGIN ATOMIC
  WITH name AS MATERIALIZED (
    SELECT f.id, f.certainty, f.as_member
    FROM wmo_works.falls_with(exit_tasks.party_id, exit_tasks.on_date, exit_tasks.as_of) f
  ), supplier AS (
    -- itself, and the consortia that it is a member of
    SELECT n.id FROM name n
    UNION
    SELECT m.consortium_id FROM wmo.consortium_member m JOIN name n ON n.id = m.member_id
  ), contract AS (
    SELECT c.id AS contract_id FROM wmo.contract c WHERE c.supplier_id IN (SELECT s.id FROM supplier s)
    UNION
    SELECT ch.contract_id FROM wmo.contract_change ch WHERE ch.to_party_id IN (SELECT s.id FROM supplier s)
    UNION
    SELECT sub.contract_id FROM wmo.subcontract sub JOIN name n ON n.id = sub.party_id
  )
  SELECT row_number() OVER ()::integer, p.contract_id, p.scope_id, edition.id, p.service_id,
         CASE WHEN n.as_member THEN 'member'::wmo.provider_role ELSE p.role END, p.ages,
         greatest(coalesce(p.certainty, 'unknown'), n.certainty,
                  CASE WHEN held.kept THEN 'unknown'::wmo.certainty
                       -- a subcontract names an edition: that it grew with the scope is our reading
                       WHEN edition.reading OR edition.id <> p.area_id AND sub.area_id IS NOT NULL THEN 'inferred' END),
         until.last_day,
         CASE WHEN wmo_works.ends_by_reading(s.id, p.contract_id, exit_tasks.as_of, p.period, p.end_inferred,
                                             until.last_day + 1) THEN 'inferred'
              WHEN until.last_day IS NOT NULL THEN 'day' END
  FROM wmo.contract_scope s
  CROSS JOIN LATERAL (SELECT x.* FROM wmo_works.provider_standing x WHERE x.scope_id = s.id OFFSET 0) p
  JOIN name n ON p.role IN ('main', 'contracted') OR NOT n.as_member
  CROSS JOIN LATERAL (
    -- its own; or gone to another, by our reading of a source
    SELECT false AS kept WHERE n.id = p.provider_id
    UNION ALL
    SELECT true WHERE n.id IS DISTINCT FROM p.provider_id AND p.inferred AND p.role IN ('main', 'contracted')
                  AND n.id IN (SELECT k FROM wmo_works.may_have_kept(s.id, exit_tasks.on_date, exit_tasks.as_of) k)
  ) held
  CROSS JOIN LATERAL (
    -- until it is taken out, passes to another, or is no longer a member or subcontractor
    SELECT CASE WHEN NOT bool_or(upper_inf(x.valid)) THEN max(upper(x.valid)) - 1 END AS last_day
    FROM wmo_works.provider_standing x
    WHERE x.scope_id = s.id AND x.provider_id = p.provider_id AND x.role = p.role AND x.certainty IS NOT NULL
      AND x.subcontract_id IS NOT DISTINCT FROM p.subcontract_id AND x.known @> exit_tasks.as_of
  ) serves
  CROSS JOIN LATERAL (
    SELECT least(wmo.last_day(p.period), CASE WHEN NOT held.kept THEN serves.last_day END) AS last_day
  ) until
  LEFT JOIN wmo.subcontract sub ON sub.id = p.subcontract_id
  CROSS JOIN LATERAL wmo_works.scope_editions(p.area_id, s.follows_code AND p.area_id = s.area_id) edition
  WHERE s.contract_id IN (SELECT h.contract_id FROM contract h)
    -- that it does not may be a reading
    AND (p.certainty IS NOT NULL OR p.open OR p.inferred) AND p.valid @> exit_tasks.on_date
    AND p.known @> exit_tasks.as_of AND edition.valid @> exit_tasks.on_date;
END;
COMMENT ON FUNCTION wmo_works.exit_tasks(integer, date, date) IS
  'Every scope that a party serves on a day, or may (unknown: as where only our reading of a source says that it does '
  'not, or that the contract went to another), under its own name or that of whom it came after, as supplier, as '
  'member of a consortium or as subcontractor.';

CREATE TYPE wmo_works.exit_box AS (
  consequence text,
  task_no     integer,
  area_id     integer,
  part        boolean,
  geom        geometry,
  ages        int4range,
  others      integer[],
  service_ids integer[]
);
COMMENT ON TYPE wmo_works.exit_box IS
  'What is left of a task, for some ground and ages, when the party no longer does it; service_ids: the smallest '
  'services of which it is true, null = all of the task.';

CREATE FUNCTION wmo_works.offers_heard(offers wmo_works.offer_on_ground[], pieces wmo_works.ground_piece[],
                                       on_date date, as_of date)
RETURNS SETOF wmo_works.offer_on_ground
LANGUAGE sql STABLE PARALLEL SAFE COST 100000 ROWS 100
BEGIN ATOMIC
  WITH met AS MATERIALIZED (
    SELECT n.ground_no, n.contract_area_id
    FROM (SELECT DISTINCT o.ground_no, o.contract_area_id FROM unnest(offers_heard.offers) o
          WHERE o.near AND o.certainty = 'inferred') n
    JOIN unnest(offers_heard.pieces) p ON p.ground_no = n.ground_no
    WHERE wmo_works.shares_a_hundredth(p.geom, wmo.area_shape(n.contract_area_id))
  ), heard AS MATERIALIZED (
    SELECT o.* FROM unnest(offers_heard.offers) o
    WHERE NOT o.near OR (o.ground_no, o.contract_area_id) IN (SELECT m.ground_no, m.contract_area_id FROM met m)
  ), kept AS MATERIALIZED (
    SELECT DISTINCT c.id AS contract_id, k AS provider_id
    FROM (SELECT DISTINCT h.contract_id AS id FROM heard h WHERE h.certainty = 'inferred') c
    JOIN wmo.contract_scope s ON s.contract_id = c.id
    CROSS JOIN LATERAL wmo_works.may_have_kept(s.id, offers_heard.on_date, offers_heard.as_of) k
  )
  SELECT h.* FROM heard h
  UNION ALL
  SELECT h.ground_no, h.service_id, h.contract_id, k.provider_id, h.contract_area_id, h.choice, h.ages, h.days,
         h.offered, h.reason, h.certainty, h.near, h.kept
  FROM heard h JOIN kept k ON k.contract_id = h.contract_id
  WHERE h.certainty = 'inferred' AND k.provider_id IS DISTINCT FROM h.provider_id;
END;
COMMENT ON FUNCTION wmo_works.offers_heard(wmo_works.offer_on_ground[], wmo_works.ground_piece[], date, date) IS
  'These offers, without what serves nobody and does not meet the ground, and once more for each who may still have '
  'what went to another by our reading of a source (wmo_works.may_have_kept).';

CREATE FUNCTION wmo_works.exit_of_supplier(tasks wmo_works.exit_task[], party_id integer, on_date date, as_of date)
RETURNS SETOF wmo_works.exit_box
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  ages int4range := tasks[1].ages;
  laid record; -- pieces, offers
BEGIN
  SELECT l.* INTO laid
  FROM wmo_works.offers_on_grounds(
    tasks[1].service_id,
    wmo_works.areas_asked(ARRAY(SELECT DISTINCT t.area_id FROM unnest(tasks) t), daterange(on_date, on_date, '[]')),
    as_of, ages, false) l;
  RETURN QUERY
  WITH heard AS MATERIALIZED (
    SELECT h.* FROM wmo_works.offers_heard(laid.offers, laid.pieces, on_date, as_of) h
  ), party AS MATERIALIZED (
    SELECT p.id, p.outlasts
    FROM wmo_works.who_outlasts(ARRAY(SELECT DISTINCT o.provider_id FROM heard o), exit_of_supplier.party_id, on_date,
                                as_of) p
  ), offer AS MATERIALIZED (
    -- who does not serve by a reading may, and who does may not; nor surely on an extension that came too late
    SELECT o.*, p.outlasts IS NOT false AND (o.offered < 'existing_clients_only' OR o.certainty = 'inferred') AS counts,
           p.outlasts AND o.offered = 'serves' AND o.certainty = 'certain' AND held.area_id IS NOT NULL
             AND coalesce(o.reason NOT IN ('extended_late', 'award_contradicted', 'supplier_changed'), true) AS sure
    FROM heard o
    JOIN unnest(laid.pieces) g ON g.ground_no = o.ground_no
    LEFT JOIN party p ON p.id = o.provider_id
    LEFT JOIN wmo_works.areas_held(laid.offers, laid.pieces) held
      ON held.area_id = g.area_id AND held.wide_id = o.contract_area_id
  ), slice AS MATERIALIZED ( -- not once for each offer
    SELECT b.ground_no, b.service_id, cut.ages
    FROM (SELECT o.ground_no, o.service_id, array_agg(DISTINCT o.ages) AS bands FROM offer o
          GROUP BY o.ground_no, o.service_id) b
    CROSS JOIN LATERAL wmo_works.age_slices(b.bands, ages) cut (ages)
  ), left_over AS (
    SELECT s.ground_no, s.service_id, s.ages,
           CASE WHEN bool_or(o.sure) THEN 'others_serve' WHEN bool_or(o.counts) THEN 'cannot_tell' ELSE 'gap'
           END AS consequence,
           array_agg(DISTINCT o.provider_id) FILTER (WHERE o.counts AND o.contract_id IS NOT NULL) AS others
    FROM slice s
    JOIN offer o ON o.ground_no = s.ground_no AND o.service_id = s.service_id AND o.ages @> s.ages
    GROUP BY s.ground_no, s.service_id, s.ages
  ), wide AS (
    SELECT l.ground_no, l.service_id, l.consequence, l.others, range_agg(l.ages) AS ages
    FROM left_over l
    GROUP BY l.ground_no, l.service_id, l.consequence, l.others
  ), together AS (
    SELECT w.ground_no, w.consequence, w.others, w.ages, array_agg(w.service_id ORDER BY w.service_id) AS service_ids
    FROM wide w
    GROUP BY w.ground_no, w.consequence, w.others, w.ages
  )
  SELECT t.consequence, task.task_no, p.area_id, p.part, p.geom, age, coalesce(t.others, '{}'), t.service_ids
  FROM together t
  CROSS JOIN LATERAL unnest(t.ages) age
  JOIN unnest(laid.pieces) p ON p.ground_no = t.ground_no
  JOIN wmo_works.parts_of_each(ARRAY(SELECT task.area_id FROM unnest(tasks) task)) held ON held.part_id = p.area_id
  JOIN unnest(tasks) task ON task.area_id = held.root_id;
END
$$;
COMMENT ON FUNCTION wmo_works.exit_of_supplier(wmo_works.exit_task[], integer, date, date) IS
  'Who else takes new clients where a party is the supplier, by ground, ages and smallest services; for tasks of one '
  'service and the same ages.';

CREATE FUNCTION wmo_works.exit_of_helper(task wmo_works.exit_task, party_id integer, on_date date, as_of date)
RETURNS wmo_works.exit_box
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT ROW(
    CASE WHEN NOT coalesce(rest.remain, false) THEN 'cannot_tell' WHEN t.role = 'member' THEN 'consortium_remains'
         ELSE 'main_contractor_remains' END,
    t.task_no, t.area_id, false, (SELECT a.geom FROM wmo.area a WHERE a.id = t.area_id), t.ages,
    coalesce(rest.ids, '{}'), NULL)::wmo_works.exit_box
  FROM (SELECT (exit_of_helper.task).*) t
  CROSS JOIN LATERAL (
    -- a main contractor without a name is somebody else all the same: nobody is a subcontractor of himself
    SELECT array_agg(other.id ORDER BY other.id) AS ids,
           bool_or(other.sure AND (other.outlasts OR other.id IS NULL AND t.role = 'subcontractor')) AS remain
    FROM (
      SELECT p.provider_id AS id, bool_or(p.certainty < 'inferred' AND NOT p.inferred) AS sure,
             wmo_works.outlasts(p.provider_id, exit_of_helper.party_id, exit_of_helper.on_date,
                                exit_of_helper.as_of) AS outlasts
      FROM wmo_works.provider_standing p
      WHERE p.scope_id = t.scope_id AND p.certainty IS NOT NULL AND p.valid @> exit_of_helper.on_date
        AND p.known @> exit_of_helper.as_of
        AND CASE t.role WHEN 'member' THEN p.role = 'member' ELSE p.role IN ('main', 'contracted') END
      GROUP BY p.provider_id
    ) other
    WHERE other.outlasts IS NOT false
  ) rest;
END;
COMMENT ON FUNCTION wmo_works.exit_of_helper(wmo_works.exit_task, integer, date, date) IS
  'Who remains where a party is a member of a consortium or a subcontractor; that somebody does is said only of who is '
  'surely another.';

CREATE FUNCTION wmo.exit_impact(party_id integer, on_date date DEFAULT CURRENT_DATE, as_of date DEFAULT CURRENT_DATE)
  RETURNS SETOF wmo.exit_effect
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 10
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
  PERFORM wmo_works.checked_near_day(on_date, 'on_date'), wmo_works.checked_day(as_of, 'as_of');
  IF party_id IS NOT NULL AND NOT EXISTS (SELECT FROM wmo.party p WHERE p.id = exit_impact.party_id) THEN
    RAISE EXCEPTION 'unknown party %', party_id
      USING ERRCODE = 'undefined_object', DETAIL = 'Parties are known by the id column of wmo.party.',
        HINT = 'Look it up by its name in wmo.party, or by its number in wmo.party_identifier.';
  END IF;
  RETURN QUERY
  WITH task AS MATERIALIZED (
    SELECT t AS task, t.task_no, t.role, t.area_id, t.ages, t.role IN ('main', 'contracted') AS supplies
    FROM wmo_works.exit_tasks(exit_impact.party_id, exit_impact.on_date, exit_impact.as_of) t
  ), box AS MATERIALIZED (
    SELECT x.*
    FROM (SELECT array_agg(t.task) AS tasks FROM task t
          WHERE t.supplies AND t.area_id IS NOT NULL GROUP BY (t.task).service_id, t.ages) alike
    CROSS JOIN LATERAL wmo_works.exit_of_supplier(alike.tasks, exit_impact.party_id, exit_impact.on_date,
                                                  exit_impact.as_of) x
    UNION ALL
    SELECT 'cannot_tell', t.task_no, NULL, false, NULL, t.ages, '{}', NULL FROM task t
    WHERE t.supplies AND t.area_id IS NULL
    UNION ALL
    SELECT x.*
    FROM task t
    CROSS JOIN LATERAL wmo_works.exit_of_helper(t.task, exit_impact.party_id, exit_impact.on_date, exit_impact.as_of) x
    WHERE t.role IN ('member', 'subcontractor')
  ), known AS MATERIALIZED ( -- once, and not once a row
    SELECT d.others, wmo_works.party_names(d.others) AS names FROM (SELECT DISTINCT b.others FROM box b OFFSET 0) d
  ), width AS MATERIALIZED (
    SELECT d.id, (SELECT count(*) FROM wmo_works.service_leaves(d.id)) AS leaves
    FROM (SELECT DISTINCT (t.task).service_id AS id FROM task t OFFSET 0) d
  )
  SELECT b.consequence, (t.task).role::text,
         CASE WHEN b.service_ids IS NULL OR cardinality(b.service_ids) = width.leaves THEN sv.code
              ELSE (SELECT string_agg(n.code, ', ' ORDER BY n.code) FROM wmo.service n
                    WHERE n.id = ANY (b.service_ids)) END,
         b.area_id, a.name, a.code, CASE WHEN b.area_id IS NULL THEN NULL WHEN b.part THEN 'part' ELSE 'whole' END,
         lower(b.ages), upper(b.ages) - 1, b.others, known.names, c.id, c.number,
         (t.task).last_day, (t.task).end_kind, (t.task).certainty::text, b.ages, b.geom
  FROM box b
  JOIN task t ON t.task_no = b.task_no
  JOIN wmo.contract c ON c.id = (t.task).contract_id
  JOIN wmo.service sv ON sv.id = (t.task).service_id
  JOIN width ON width.id = sv.id
  JOIN known ON known.others = b.others
  LEFT JOIN wmo.area a ON a.id = b.area_id
  ORDER BY b.consequence, sv.code, a.name, a.id, b.ages, c.number;
END
$$;
COMMENT ON FUNCTION wmo.exit_impact(integer, date, date) IS
  'What a party''s fall would leave on a day: one row per contract, ground, service and ages that it serves as '
  'supplier, with who else takes new clients there, and one per scope that it serves as member of a consortium or as '
  'subcontractor; under its own name or that of a party that it came after (wmo.party_succession).';
