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
  'replaced (all who served leave, others come), succession (the same, by those who came after them: '
  'party_succession), changed (some leave, some come, some stay), left (some leave, some stay), joined (some come, '
  'all stay), ended (nobody known comes) or begun (nobody known was there).';
COMMENT ON COLUMN wmo.handover.service IS
  'The contracted service, or the narrower ones where not all of them change in the same way.';
COMMENT ON COLUMN wmo.handover.area_id IS 'The smallest recorded area.';
COMMENT ON COLUMN wmo.handover.area IS 'Its name.';
COMMENT ON COLUMN wmo.handover.area_code IS 'Its CBS code, where it has one.';
COMMENT ON COLUMN wmo.handover.covers IS 'whole: all of that area; part: the shape is only a piece of it.';
COMMENT ON COLUMN wmo.handover.min_age IS 'Youngest age in whole years.';
COMMENT ON COLUMN wmo.handover.max_age IS 'Oldest age, inclusive; null = no limit.';
COMMENT ON COLUMN wmo.handover.leaving IS
  'Suppliers that served the day before and no longer do; a null stands for those of a contract that names none.';
COMMENT ON COLUMN wmo.handover.coming IS 'Suppliers that serve now and did not the day before.';
COMMENT ON COLUMN wmo.handover.staying IS 'Suppliers that did and do.';
COMMENT ON COLUMN wmo.handover.may_stay IS
  'Parties with whom existing clients may stay: suppliers of scopes, and subcontractors, for existing clients only.';
COMMENT ON COLUMN wmo.handover.old_contracts IS 'The contracts of the day before.';
COMMENT ON COLUMN wmo.handover.new_contracts IS 'The contracts of the day itself.';
COMMENT ON COLUMN wmo.handover.certain IS 'False when it rests on an open option or on something that is not known.';
COMMENT ON COLUMN wmo.handover.words IS 'The same in a line of text.';
COMMENT ON COLUMN wmo.handover.ages IS 'The ages, half open.';
COMMENT ON COLUMN wmo.handover.geom IS 'The ground, in RD New; null = the area has no shape.';

CREATE FUNCTION wmo_works.party_names(party_ids integer[]) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT coalesce(string_agg(n.name, ', ' ORDER BY n.name), 'nobody known')
  FROM (SELECT coalesce(p.name, 'not named') AS name FROM unnest(party_names.party_ids) u (id)
    LEFT JOIN wmo.party p ON p.id = u.id) n;
END;
COMMENT ON FUNCTION wmo_works.party_names(integer[]) IS 'The names of parties, in one line.';

CREATE FUNCTION wmo_works.handovers_of(service_id integer, from_date date, to_date date, as_of date)
  RETURNS SETOF wmo.handover
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 10
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  during daterange := daterange(from_date - 1, to_date + 1);
  leaf_count integer := (SELECT count(*) FROM wmo_works.service_leaves(handovers_of.service_id));
  asked wmo_works.ground_days[] := ARRAY(
    -- where an offer begins or ends
    SELECT ROW(o.area_id, datemultirange(during))::wmo_works.ground_days
    FROM wmo_works.offers(handovers_of.service_id, handovers_of.as_of, '[0,)', during) o
    WHERE o.weight < 40 AND o.area_id IS NOT NULL AND (lower(o.days) > lower(during) OR upper(o.days) < upper(during))
    GROUP BY o.area_id);
BEGIN
  IF asked = '{}' THEN
    RETURN;
  END IF;
  RETURN QUERY
  WITH offer AS MATERIALIZED (
    -- a client stop is no handover: the provider keeps who it has
    SELECT o.*, coalesce('p' || o.provider_id, 'c' || o.contract_id) AS who,
           o.weight < 40 OR o.reason = 'client_stop' AS serves
    FROM wmo_works.offers_on_grounds(handovers_of.service_id, asked, handovers_of.as_of, '[0,)') o
    WHERE o.weight <= 40 AND o.contract_id IS NOT NULL
  ), slice AS (
    SELECT o.service_id, o.ground_no, cut.ages
    FROM (SELECT o.service_id, o.ground_no, array_agg(DISTINCT o.ages) AS bands FROM offer o
      GROUP BY o.service_id, o.ground_no) o
    CROSS JOIN LATERAL wmo_works.age_slices(o.bands, '[0,)') cut (ages)
  ), turn AS (
    SELECT DISTINCT o.service_id, o.ground_no, day
    FROM offer o CROSS JOIN LATERAL unnest(o.days) d CROSS JOIN LATERAL unnest(ARRAY[lower(d), upper(d)]) day
    WHERE day BETWEEN handovers_of.from_date AND handovers_of.to_date
  ), change AS (
    SELECT t.service_id, t.ground_no, t.day, s.ages,
           array_agg(DISTINCT o.who) FILTER (WHERE o.serves AND o.days @> (t.day - 1)) AS old_who,
           array_agg(DISTINCT o.who) FILTER (WHERE o.serves AND o.days @> t.day) AS new_who,
           array_agg(DISTINCT o.contract_id) FILTER (WHERE o.serves AND o.days @> (t.day - 1)) AS old_contracts,
           array_agg(DISTINCT o.contract_id) FILTER (WHERE o.serves AND o.days @> t.day) AS new_contracts,
           array_agg(DISTINCT o.provider_id)
             FILTER (WHERE NOT o.serves AND o.days @> t.day AND o.reason = 'existing_clients_only') AS existing,
           bool_and(o.weight IN (10, 40)) FILTER (WHERE o.days @> t.day OR o.days @> (t.day - 1)) AS certain
    FROM turn t
    JOIN slice s ON s.service_id = t.service_id AND s.ground_no = t.ground_no
    JOIN offer o ON o.service_id = t.service_id AND o.ground_no = t.ground_no AND o.ages @> s.ages
    GROUP BY t.service_id, t.ground_no, t.day, s.ages
  ), kept AS (
    SELECT c.ground_no, c.day, c.old_contracts, c.new_contracts, c.existing, c.certain, age AS ages, c.service_ids,
           ARRAY(SELECT w FROM unnest(c.old_who) w EXCEPT SELECT w FROM unnest(c.new_who) w ORDER BY 1) AS leaving,
           ARRAY(SELECT w FROM unnest(c.new_who) w EXCEPT SELECT w FROM unnest(c.old_who) w ORDER BY 1) AS coming,
           ARRAY(SELECT w FROM unnest(c.new_who) w INTERSECT SELECT w FROM unnest(c.old_who) w ORDER BY 1) AS staying
    FROM (
      SELECT x.ground_no, x.day, x.old_who, x.new_who, x.old_contracts, x.new_contracts, x.existing, x.certain, x.ages,
             array_agg(x.service_id ORDER BY x.service_id) AS service_ids
      FROM (
        SELECT c.service_id, c.ground_no, c.day, c.old_who, c.new_who, c.old_contracts, c.new_contracts, c.existing,
               c.certain, range_agg(c.ages) AS ages
        FROM change c WHERE c.old_who IS DISTINCT FROM c.new_who
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
      ) x
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
    ) c CROSS JOIN LATERAL unnest(c.ages) age
  ), ground AS (
    SELECT DISTINCT ON (o.ground_no) o.ground_no, o.area_id, o.part, o.geom FROM offer o ORDER BY o.ground_no
  ), line AS (
    SELECT k.*, g.area_id, g.part, g.geom, sv.id AS service_id, sv.code AS service,
           CASE WHEN cardinality(k.service_ids) < leaf_count THEN sv.id END AS narrower,
           ARRAY(SELECT CASE WHEN w LIKE 'p%' THEN substr(w, 2)::integer END FROM unnest(k.leaving) w) AS leaving_ids,
           ARRAY(SELECT CASE WHEN w LIKE 'p%' THEN substr(w, 2)::integer END FROM unnest(k.coming) w) AS coming_ids,
           ARRAY(SELECT CASE WHEN w LIKE 'p%' THEN substr(w, 2)::integer END FROM unnest(k.staying) w) AS staying_ids,
           ARRAY(
             SELECT e FROM unnest(k.existing) e
             UNION
             SELECT c.provider_id FROM wmo.coverage c
             WHERE c.contract_id = ANY (k.new_contracts) AND c.subcontract_id IS NOT NULL AND c.clients = 'existing'
               AND c.valid @> k.day AND c.known @> handovers_of.as_of AND c.ages && k.ages
               AND sv.id IN (SELECT l FROM wmo_works.service_leaves(c.service_id) l)
               AND (c.area_id IN (SELECT w.whole_id FROM wmo.area_with_wholes(g.area_id) w)
                    OR EXISTS (SELECT FROM offer o WHERE o.ground_no = k.ground_no AND o.contract_area_id = c.area_id))
             ORDER BY 1) AS may_stay
    FROM kept k
    JOIN ground g USING (ground_no)
    CROSS JOIN LATERAL (SELECT u.id FROM unnest(k.service_ids) WITH ORDINALITY AS u (id, n)
      WHERE cardinality(k.service_ids) < leaf_count OR u.n = 1) one
    JOIN wmo.service sv ON sv.id = one.id
  )
  SELECT l.day,
         CASE WHEN l.staying_ids <> '{}' AND l.leaving_ids = '{}' THEN 'joined'
           WHEN l.staying_ids <> '{}' AND l.coming_ids = '{}' THEN 'left'
              WHEN l.staying_ids <> '{}' THEN 'changed' WHEN l.coming_ids = '{}' THEN 'ended'
                WHEN l.leaving_ids = '{}' THEN 'begun'
              WHEN NOT EXISTS (SELECT FROM unnest(l.leaving_ids) gone (id)
                               WHERE NOT EXISTS (SELECT FROM unnest(l.coming_ids) came (id)
                                                 WHERE gone.id IN (SELECT p
                                                   FROM wmo_works.party_and_predecessors(came.id,
                                                   l.day) p))) THEN 'succession'
              ELSE 'replaced' END,
         CASE WHEN l.narrower IS NULL THEN (SELECT s.code FROM wmo.service s WHERE s.id = handovers_of.service_id)
           ELSE l.service END,
         a.id, a.name, a.code, CASE WHEN l.part THEN 'part' ELSE 'whole' END, lower(l.ages), upper(l.ages) - 1,
         l.leaving_ids, l.coming_ids, l.staying_ids, l.may_stay, coalesce(l.old_contracts, '{}'),
           coalesce(l.new_contracts, '{}'), l.certain,
         format('from %s to %s', wmo_works.party_names(l.leaving_ids), wmo_works.party_names(l.coming_ids))
           || CASE WHEN l.staying_ids <> '{}' THEN format('; %s stays', wmo_works.party_names(l.staying_ids))
             ELSE '' END
           || CASE WHEN l.may_stay <> '{}'
             THEN format('; existing clients may stay with %s', wmo_works.party_names(l.may_stay)) ELSE '' END,
         l.ages, l.geom
  FROM line l JOIN wmo.area a ON a.id = l.area_id
  ORDER BY l.day, a.name, a.id, l.ground_no, l.ages, l.service;
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
  PERFORM wmo_works.checked_day(from_date, 'from_date'), wmo_works.checked_day(to_date, 'to_date'),
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
                  JOIN wmo_works.service_with_parents(s.id) p ON cs.service_id = p WHERE p <> s.id) END
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

-- ---- what a provider's fall would leave -----------------------------------------------------------------------------
