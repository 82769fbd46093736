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
                   WHERE n.code OPERATOR(@extschema@.=) a.code AND n.id IN (SELECT s.area_id
                     FROM wmo.contract_scope s)) END
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
      whole
    CROSS JOIN LATERAL unnest(ARRAY[whole * a.valid, whole * daterange(NULL, lower(a.valid)),
      whole * daterange(upper(a.valid), NULL)]) d
    WHERE NOT isempty(d) AND (d <@ a.valid OR NOT d && a.valid)
  )
  SELECT l.id, range_agg(l.days)
  FROM living l JOIN named n ON n.id = l.id
  WHERE ground_asked.within IS NOT NULL
     OR NOT EXISTS (
       -- the same ground under a wider name
       SELECT FROM named wide
       WHERE wide.id <> n.id AND wide.valid @> l.days
         AND wmo.parent(n.code) IS NOT NULL AND wide.code OPERATOR(@extschema@.@>) wmo.parent(n.code)
           AND wide.valid && n.valid)
    AND (l.lives OR NOT EXISTS (
       SELECT FROM named wide
       WHERE wide.id <> n.id AND wide.valid @> l.days
         AND wide.geom && n.geom AND wmo_works.ground_of(ST_Difference(n.geom, wide.geom)) IS NULL))
  GROUP BY l.id;
END;
COMMENT ON FUNCTION wmo_works.ground_asked(wmo.area_code, daterange) IS
  'The editions of a code on the days for which each answers; for a null code every area that a contract names, on '
  'all days but those on which another of them holds its ground.';

CREATE TYPE wmo_works.offer AS (
  service_id integer, scope_id integer, contract_id integer, provider_id integer, area_id integer,
    named_area_id integer, choice text,
  ages int4range, days daterange, weight integer, reason wmo.reason, certainty wmo.certainty
);
COMMENT ON TYPE wmo_works.offer IS
  'What a scope offers new clients of one smallest service on some days: weight 10 serves, 20 if an option is '
  'exercised, 31 to 36 cannot tell (end unknown, start or award unknown, areas not named, no shape, nationally '
  'accessible, before the registry), 40 existing clients only, 50 not at all. The lowest counts.';

CREATE FUNCTION wmo_works.offers(service_id integer, as_of date, ages int4range, during daterange)
RETURNS SETOF wmo_works.offer
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 ROWS 1000
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH leaf AS MATERIALIZED (
    SELECT l AS service_id, p AS contracted_id
    FROM wmo_works.service_leaves(offers.service_id) l CROSS JOIN LATERAL wmo_works.service_with_parents(l) p
  ), standing AS MATERIALIZED (
    SELECT s.id AS scope_id, s.contract_id, s.service_id, s.area_id, s.follows_code, s.clients, s.choice,
           s.ages * offers.ages AS ages, st.valid * offers.during AS days, st.supplier_id, st.reason,
           -- asked for all that is recorded: who has not said no may still say yes
           CASE WHEN st.reason = 'option_not_known_exercised' AND NOT isfinite(offers.as_of)
                 AND EXISTS (SELECT FROM wmo_works.scope_days(s.id, offers.as_of) d
                   WHERE d.reason IS NULL AND d.valid @> st.valid)
                THEN 'option'::wmo.certainty ELSE st.certainty END AS certainty
    FROM wmo.contract_scope s
    CROSS JOIN LATERAL (SELECT x.* FROM wmo_works.scope_standing x WHERE x.scope_id = s.id OFFSET 0) st
    WHERE s.service_id IN (SELECT leaf.contracted_id FROM leaf) AND s.ages && offers.ages
      AND st.known @> offers.as_of AND st.valid && offers.during
  )
  SELECT leaf.service_id, st.scope_id, st.contract_id, st.supplier_id, edition.id, st.area_id, st.choice, st.ages,
         st.days * edition.valid,
         CASE WHEN st.certainty IS NULL THEN 50 WHEN st.clients = 'existing' THEN 40
              WHEN st.area_id IS NULL THEN 33 WHEN st.certainty = 'unknown' THEN 32
                WHEN st.certainty = 'end_unknown' THEN 31
              WHEN st.certainty = 'option' THEN 20 ELSE 10 END,
         CASE WHEN st.certainty IS NULL THEN st.reason WHEN st.clients = 'existing' THEN 'existing_clients_only'
              WHEN st.area_id IS NULL THEN 'areas_not_named' ELSE st.reason END,
         st.certainty
  FROM standing st
  JOIN leaf ON leaf.contracted_id = st.service_id
  CROSS JOIN LATERAL wmo_works.scope_editions(st.area_id, st.follows_code) edition
  WHERE st.days && edition.valid;
END
$$;
COMMENT ON FUNCTION wmo_works.offers(integer, date, int4range, daterange) IS
  'What every scope of a service (of its narrower services, and of the wider ones that cover them) offers on those '
  'days, as seen on as_of; with an as_of of infinity by all that is recorded, where an option that is neither '
  'exercised nor declined still is one.';

CREATE TYPE wmo_works.offer_on_ground AS (
  ground_no integer, area_id integer, part boolean, geom geometry, service_id integer, contract_id integer,
    provider_id integer,
  contract_area_id integer, choice text, ages int4range, days datemultirange, weight integer, reason wmo.reason,
    certainty wmo.certainty,
  near boolean
);
COMMENT ON TYPE wmo_works.offer_on_ground IS
  'wmo_works.offer on one piece of ground, client stops taken out. near: the offer serves nobody on the days asked '
  'about, and '
  'only shapes can tell whether its area holds any of this piece.';

CREATE FUNCTION wmo_works.offers_on_grounds(service_id integer, asked wmo_works.ground_days[], as_of date,
  ages int4range)
RETURNS SETOF wmo_works.offer_on_ground
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 1000
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  during daterange := (SELECT range_merge(range_agg(d)) FROM unnest(asked) a CROSS JOIN LATERAL unnest(a.days) d);
  first_recorded date := (SELECT min(coalesce(wmo.first_day(c.period), wmo.last_day(c.period))) FROM wmo.contract c);
BEGIN
  RETURN QUERY
  WITH offer AS MATERIALIZED (
    SELECT o.* FROM wmo_works.offers(offers_on_grounds.service_id, offers_on_grounds.as_of, offers_on_grounds.ages,
      during) o
  ), stop AS MATERIALIZED (
    SELECT cs.contract_id, l AS service_id, edition.id AS area_id, cs.during * edition.valid AS during
    FROM wmo_works.service_leaves(offers_on_grounds.service_id) l
    JOIN wmo.client_stop cs ON cs.service_id IS NULL OR cs.service_id IN (SELECT p
      FROM wmo_works.service_with_parents(l) p)
    CROSS JOIN LATERAL (
      SELECT cs.area_id AS id, '(,)'::daterange AS valid
      UNION ALL
      -- a stop holds in the area it names and in the edition of the day
      SELECT e.id, e.valid FROM wmo.area named JOIN wmo.area e ON e.code OPERATOR(@extschema@.=) named.code
        AND e.id <> named.id
      WHERE named.id = cs.area_id
    ) edition
    WHERE cs.contract_id IN (SELECT o.contract_id FROM offer o) AND cs.during && during * edition.valid
  ), ground AS MATERIALIZED (
    -- what serves nobody on those days is no reason to cut
    SELECT g.*
    FROM wmo_works.grounds(
      asked,
      ARRAY(SELECT ROW(x.area_id, range_agg(x.days))::wmo_works.ground_days
            FROM (SELECT o.area_id, o.days FROM offer o WHERE o.weight < 50
                  UNION ALL SELECT s.area_id, s.during FROM stop s) x
            WHERE x.area_id IS NOT NULL GROUP BY x.area_id),
      ARRAY(SELECT o.area_id FROM offer o UNION SELECT s.area_id FROM stop s)) g
  ), laid AS (
    SELECT g.ground_no, o.service_id, o.contract_id, o.provider_id, o.area_id, o.named_area_id, o.choice, o.ages,
           o.days,
           o.weight, o.reason, o.certainty, c.near
    FROM ground g
    CROSS JOIN LATERAL (SELECT u AS area_id, false AS near FROM unnest(g.covered_by) u
                        UNION ALL SELECT u, true FROM unnest(g.near_by) u) c
    JOIN offer o ON o.area_id = c.area_id
    UNION ALL
    SELECT g.ground_no, o.service_id, o.contract_id, o.provider_id, o.area_id, o.named_area_id, o.choice, o.ages,
           o.days, CASE WHEN o.weight < 40 THEN 34 ELSE o.weight END,
           CASE WHEN o.weight < 40 THEN 'area_without_shape' ELSE o.reason END, o.certainty, false
    FROM ground g CROSS JOIN LATERAL unnest(g.maybe_by) c JOIN offer o ON o.area_id = c
    WHERE o.weight < 50
    UNION ALL
    SELECT g.ground_no, o.service_id, o.contract_id, o.provider_id, NULL, NULL, o.choice, o.ages, o.days, o.weight,
           o.reason, o.certainty, false
    FROM ground g CROSS JOIN offer o WHERE o.area_id IS NULL AND o.weight < 50
    UNION ALL
    SELECT g.ground_no, l, NULL, NULL, NULL, NULL, NULL, offers_on_grounds.ages, said.days, said.weight, said.reason,
           NULL, false
    FROM ground g
    CROSS JOIN wmo_works.service_leaves(offers_on_grounds.service_id) l
    JOIN wmo.service sv ON sv.id = l
    CROSS JOIN LATERAL (VALUES
      (daterange(NULL, first_recorded), 36, 'before_registry'::wmo.reason, first_recorded IS NOT NULL
        AND isfinite(offers_on_grounds.as_of)),
      ('(,)', 35, 'nationally_accessible', sv.access = 'national'),
      ('(,)', 50, 'service_not_contracted', true)) AS said (days, weight, reason, holds)
    WHERE said.holds
  ), stopped AS (
    SELECT l.*, g.area_id AS ground_area_id, g.part, g.geom, datemultirange(l.days) * g.days AS open_days,
           halt.days AS halt_days
    FROM laid l
    JOIN ground g USING (ground_no)
    CROSS JOIN LATERAL (
      SELECT coalesce(range_agg(s.during), '{}') AS days
      FROM stop s
      WHERE l.weight < 40 AND s.contract_id = l.contract_id AND s.service_id = l.service_id
        AND (s.area_id IS NULL OR s.area_id IN (l.area_id, l.named_area_id) OR s.area_id = ANY (g.covered_by))
    ) halt
  )
  SELECT s.ground_no, s.ground_area_id, s.part, s.geom, s.service_id, s.contract_id, s.provider_id, s.area_id, s.choice,
         s.ages,
         s.open_days - s.halt_days, s.weight, s.reason, s.certainty, s.near
  FROM stopped s WHERE NOT isempty(s.open_days - s.halt_days)
  UNION ALL
  SELECT s.ground_no, s.ground_area_id, s.part, s.geom, s.service_id, s.contract_id, s.provider_id, s.area_id, s.choice,
         s.ages,
         s.open_days * s.halt_days, 40, 'client_stop', s.certainty, s.near
  FROM stopped s WHERE s.open_days && s.halt_days;
END
$$;
COMMENT ON FUNCTION wmo_works.offers_on_grounds(integer, wmo_works.ground_days[], date, int4range) IS
  'The offers of every scope of a service laid over the areas asked about, each on its days. Days before the first '
  'recorded contract cannot be told; asked for all that is recorded (an as_of of infinity) they count as any other.';

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
