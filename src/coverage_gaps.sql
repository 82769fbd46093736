
-- ---- who is left out, who is served twice: over area, service, ages and days ----------------------------------------

CREATE TYPE wmo.gap_kind AS ENUM ('gap', 'gap_for_new_clients', 'gap_if_option_lapses', 'cannot_tell');
COMMENT ON TYPE wmo.gap_kind IS
  'gap: nobody is served. gap_for_new_clients: only who is a client already (existing clients, client stop). '
  'gap_if_option_lapses: served only if an open option is exercised. cannot_tell: whether somebody serves is not '
  'known; reason says what is missing.';

CREATE FUNCTION wmo.ground_asked(within wmo.area_code, during daterange) RETURNS SETOF wmo.ground_days
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 10 SET jit = off
BEGIN ATOMIC
  WITH named AS MATERIALIZED (
    SELECT a.id, a.code, a.valid, a.geom
    FROM wmo.area a
    WHERE CASE WHEN ground_asked.within IS NOT NULL THEN a.code OPERATOR(wmo.=) ground_asked.within
               ELSE a.id IN (SELECT s.area_id FROM wmo.contract_scope s)
                 OR EXISTS (SELECT FROM wmo.area n
                   WHERE n.code OPERATOR(wmo.=) a.code AND n.id IN (SELECT s.area_id FROM wmo.contract_scope s)) END
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
         AND wmo.parent(n.code) IS NOT NULL AND wide.code OPERATOR(wmo.@>) wmo.parent(n.code) AND wide.valid && n.valid)
    AND (l.lives OR NOT EXISTS (
       SELECT FROM named wide
       WHERE wide.id <> n.id AND wide.valid @> l.days
         AND wide.geom && n.geom AND wmo.ground_of(ST_Difference(n.geom, wide.geom)) IS NULL))
  GROUP BY l.id;
END;
COMMENT ON FUNCTION wmo.ground_asked(wmo.area_code, daterange) IS
  'The editions of a code on the days for which each answers; for a null code every area that a contract names, on '
  'all days but those on which another of them holds its ground.';

CREATE TYPE wmo.offer AS (
  service_id integer, scope_id integer, contract_id integer, provider_id integer, area_id integer,
    named_area_id integer, choice text,
  ages int4range, days daterange, weight integer, reason wmo.reason, certainty wmo.certainty
);
COMMENT ON TYPE wmo.offer IS
  'What a scope offers new clients of one smallest service on some days: weight 10 serves, 20 if an option is '
  'exercised, 31 to 36 cannot tell (end unknown, start or award unknown, areas not named, no shape, nationally '
  'accessible, before the registry), 40 existing clients only, 50 not at all. The lowest counts.';

CREATE FUNCTION wmo.offers(service_id integer, as_of date, ages int4range, during daterange) RETURNS SETOF wmo.offer
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 ROWS 1000
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH leaf AS MATERIALIZED (
    SELECT l AS service_id, p AS contracted_id
    FROM wmo.service_leaves(offers.service_id) l CROSS JOIN LATERAL wmo.service_with_parents(l) p
  ), standing AS MATERIALIZED (
    SELECT s.id AS scope_id, s.contract_id, s.service_id, s.area_id, s.follows_code, s.clients, s.choice,
           s.ages * offers.ages AS ages, st.valid * offers.during AS days, st.supplier_id, st.reason,
           -- asked for all that is recorded: who has not said no may still say yes
           CASE WHEN st.reason = 'option_not_known_exercised' AND NOT isfinite(offers.as_of)
                 AND EXISTS (SELECT FROM wmo.scope_days(s.id, offers.as_of) d
                   WHERE d.reason IS NULL AND d.valid @> st.valid)
                THEN 'option'::wmo.certainty ELSE st.certainty END AS certainty
    FROM wmo.contract_scope s
    CROSS JOIN LATERAL (SELECT x.* FROM wmo.scope_standing x WHERE x.scope_id = s.id OFFSET 0) st
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
  CROSS JOIN LATERAL wmo.scope_editions(st.area_id, st.follows_code) edition
  WHERE st.days && edition.valid;
END
$$;
COMMENT ON FUNCTION wmo.offers(integer, date, int4range, daterange) IS
  'What every scope of a service (of its narrower services, and of the wider ones that cover them) offers on those '
  'days, as seen on as_of; with an as_of of infinity by all that is recorded, where an option that is neither '
  'exercised nor declined still is one.';

CREATE TYPE wmo.offer_on_ground AS (
  ground_no integer, area_id integer, part boolean, geom geometry, service_id integer, contract_id integer,
    provider_id integer,
  contract_area_id integer, choice text, ages int4range, days datemultirange, weight integer, reason wmo.reason,
    certainty wmo.certainty,
  near boolean
);
COMMENT ON TYPE wmo.offer_on_ground IS
  'wmo.offer on one piece of ground, client stops taken out. near: the offer serves nobody on the days asked about, '
  'and '
  'only shapes can tell whether its area holds any of this piece.';

CREATE FUNCTION wmo.offers_on_grounds(service_id integer, asked wmo.ground_days[], as_of date, ages int4range)
RETURNS SETOF wmo.offer_on_ground
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
    SELECT o.* FROM wmo.offers(offers_on_grounds.service_id, offers_on_grounds.as_of, offers_on_grounds.ages, during) o
  ), stop AS MATERIALIZED (
    SELECT cs.contract_id, l AS service_id, edition.id AS area_id, cs.during * edition.valid AS during
    FROM wmo.service_leaves(offers_on_grounds.service_id) l
    JOIN wmo.client_stop cs ON cs.service_id IS NULL OR cs.service_id IN (SELECT p FROM wmo.service_with_parents(l) p)
    CROSS JOIN LATERAL (
      SELECT cs.area_id AS id, '(,)'::daterange AS valid
      UNION ALL
      -- a stop holds in the area it names and in the edition of the day
      SELECT e.id, e.valid FROM wmo.area named JOIN wmo.area e ON e.code OPERATOR(wmo.=) named.code AND e.id <> named.id
      WHERE named.id = cs.area_id
    ) edition
    WHERE cs.contract_id IN (SELECT o.contract_id FROM offer o) AND cs.during && during * edition.valid
  ), ground AS MATERIALIZED (
    -- what serves nobody on those days is no reason to cut
    SELECT g.*
    FROM wmo.grounds(
      asked,
      ARRAY(SELECT ROW(x.area_id, range_agg(x.days))::wmo.ground_days
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
    CROSS JOIN wmo.service_leaves(offers_on_grounds.service_id) l
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
COMMENT ON FUNCTION wmo.offers_on_grounds(integer, wmo.ground_days[], date, int4range) IS
  'The offers of every scope of a service laid over the areas asked about, each on its days. Days before the first '
  'recorded contract cannot be told; asked for all that is recorded (an as_of of infinity) they count as any other.';

CREATE FUNCTION wmo.age_slices(bands int4range[], ages int4range) RETURNS SETOF int4range
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
COMMENT ON FUNCTION wmo.age_slices(int4range[], int4range) IS
  'Ages cut at every bound of some bands: within a slice each band holds for all ages or for none.';

CREATE TYPE wmo.coverage_gap AS (
  kind        text,
  reason      text,
  service     text,
  area_id     integer,
  area        text,
  area_code   wmo.area_code,
  covers      text,
  min_age     integer,
  max_age     integer,
  first_day   date,
  last_day    date,
  contracts   integer[],
  before      integer[],
  after       integer[],
  ages        int4range,
  days        daterange,
  geom        geometry
);
COMMENT ON TYPE wmo.coverage_gap IS
  'People who are left out, or may be: a piece of ground, ages and days, as large as they come.';
COMMENT ON COLUMN wmo.coverage_gap.kind IS 'A word of wmo.gap_kind.';
COMMENT ON COLUMN wmo.coverage_gap.reason IS
  'The nearest reason (a word of wmo.reason) within it; where a contract serves but too little is known of it, its '
  'certainty (end_unknown, unknown).';
COMMENT ON COLUMN wmo.coverage_gap.service IS
  'The service asked for, or the narrower ones where not all of them are the same.';
COMMENT ON COLUMN wmo.coverage_gap.area_id IS 'The smallest recorded area.';
COMMENT ON COLUMN wmo.coverage_gap.area IS 'Its name.';
COMMENT ON COLUMN wmo.coverage_gap.area_code IS 'Its CBS code, where it has one.';
COMMENT ON COLUMN wmo.coverage_gap.covers IS 'whole: all of that area; part: the shape is only a piece of it.';
COMMENT ON COLUMN wmo.coverage_gap.min_age IS 'Youngest age in whole years.';
COMMENT ON COLUMN wmo.coverage_gap.max_age IS 'Oldest age, inclusive; null = no limit.';
COMMENT ON COLUMN wmo.coverage_gap.first_day IS 'First day; null = no limit.';
COMMENT ON COLUMN wmo.coverage_gap.last_day IS 'Last day, inclusive (t/m); null = no limit.';
COMMENT ON COLUMN wmo.coverage_gap.contracts IS
  'The contracts that make it this kind: with the option, for existing clients, of which too little is known; empty '
  'for a gap.';
COMMENT ON COLUMN wmo.coverage_gap.before IS
  'The contracts that serve (or may) there on the day before, as far as that was asked.';
COMMENT ON COLUMN wmo.coverage_gap.after IS
  'The contracts that serve (or may) there on the day after, as far as that was asked.';
COMMENT ON COLUMN wmo.coverage_gap.ages IS 'The ages, half open.';
COMMENT ON COLUMN wmo.coverage_gap.days IS 'The days, half open.';
COMMENT ON COLUMN wmo.coverage_gap.geom IS 'The ground, in RD New; null = the area has no shape.';

CREATE FUNCTION wmo.gaps_on(service text, asked wmo.ground_days[], as_of date, ages int4range)
  RETURNS SETOF wmo.coverage_gap
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  asked_service integer := wmo.service_id(gaps_on.service);
  leaf_count integer := (SELECT count(*) FROM wmo.service_leaves(asked_service));
BEGIN
  IF asked_service IS NULL OR as_of IS NULL OR ages IS NULL OR isempty(ages) THEN
    RETURN;
  END IF;
  RETURN QUERY
  WITH offer AS MATERIALIZED (
    SELECT row_number() OVER () AS offer_no, o.ground_no, o.service_id, o.contract_id, o.ages, o.days, o.weight,
           o.reason, o.certainty, o.area_id,
           o.part, o.geom, o.contract_area_id, o.near
    FROM wmo.offers_on_grounds(asked_service, gaps_on.asked, gaps_on.as_of, gaps_on.ages) o
  ), slice AS (
    SELECT o.service_id, o.ground_no, cut.ages
    FROM (SELECT o.service_id, o.ground_no, array_agg(DISTINCT o.ages) AS bands FROM offer o WHERE NOT o.near
      GROUP BY o.service_id, o.ground_no) o
    CROSS JOIN LATERAL wmo.age_slices(o.bands, gaps_on.ages) cut (ages)
  ), layer AS (
    SELECT o.service_id, o.ground_no, sl.ages, o.weight, range_agg(o.days) AS days
    FROM slice sl JOIN offer o ON o.service_id = sl.service_id AND o.ground_no = sl.ground_no AND o.ages @> sl.ages
    WHERE NOT o.near
    GROUP BY o.service_id, o.ground_no, sl.ages, o.weight
  ), best AS (
    SELECT l.service_id, l.ground_no, l.ages, l.weight,
           l.days - coalesce(range_agg(l.days) OVER (PARTITION BY l.service_id, l.ground_no, l.ages ORDER BY l.weight
                                                     ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), '{}') AS days
    FROM layer l
  ), box AS (
    SELECT b.service_id, b.ground_no, b.weight, age AS ages, b.days
    FROM (
      SELECT b.service_id, b.ground_no, b.weight, d AS days, range_agg(b.ages) AS ages
      FROM best b CROSS JOIN LATERAL unnest(b.days) d
      WHERE b.weight > 10
      GROUP BY b.service_id, b.ground_no, b.weight, d
    ) b CROSS JOIN LATERAL unnest(b.ages) age
  ), joined AS MATERIALIZED (
    SELECT row_number() OVER () AS box_no, b.ground_no, b.weight, b.ages, b.days, u.service_ids
    FROM (SELECT b.ground_no, b.weight, b.ages, b.days, array_agg(b.service_id ORDER BY b.service_id) AS service_ids
          FROM box b GROUP BY b.ground_no, b.weight, b.ages, b.days) b
    CROSS JOIN LATERAL (
      SELECT b.service_ids WHERE cardinality(b.service_ids) = leaf_count
      UNION ALL
      SELECT ARRAY[one] FROM unnest(b.service_ids) one WHERE cardinality(b.service_ids) < leaf_count
    ) u
  ), ground AS MATERIALIZED (
    SELECT DISTINCT ON (o.ground_no) o.ground_no, o.area_id, o.part, o.geom FROM offer o ORDER BY o.ground_no
  ), met AS MATERIALIZED (
    -- the nearest reason may be that of a contract whose area only shapes lay over the gap
    SELECT n.ground_no, n.contract_area_id
    FROM (SELECT DISTINCT o.ground_no, o.contract_area_id
          FROM joined j JOIN offer o ON o.ground_no = j.ground_no
          WHERE o.near AND j.weight = 50 AND o.service_id = ANY (j.service_ids) AND o.ages && j.ages
            AND o.days && j.days) n
    JOIN ground USING (ground_no)
    WHERE wmo.shares_a_hundredth(ground.geom, wmo.area_shape(n.contract_area_id))
  ), said AS (
    SELECT j.box_no,
           min(o.reason) FILTER (WHERE o.weight = j.weight AND o.days && j.days) AS reason,
           max(o.certainty) FILTER (WHERE o.weight = j.weight AND o.days && j.days) AS certainty,
           array_agg(DISTINCT o.contract_id)
             FILTER (WHERE o.weight = j.weight AND j.weight < 50 AND o.days && j.days AND o.contract_id IS NOT NULL)
             AS contracts,
           array_agg(DISTINCT o.contract_id)
             FILTER (WHERE o.weight < 40 AND o.days @> (lower(j.days) - 1) AND o.contract_id IS NOT NULL) AS before,
           array_agg(DISTINCT o.contract_id)
             FILTER (WHERE o.weight < 40 AND o.days @> upper(j.days) AND o.contract_id IS NOT NULL) AS after
    FROM joined j JOIN offer o ON o.ground_no = j.ground_no
    WHERE o.service_id = ANY (j.service_ids) AND o.ages && j.ages
      AND (NOT o.near OR (o.ground_no, o.contract_area_id) IN (SELECT m.ground_no, m.contract_area_id FROM met m))
    GROUP BY j.box_no
  )
  SELECT (CASE j.weight / 10 WHEN 2 THEN 'gap_if_option_lapses' WHEN 3 THEN 'cannot_tell'
         WHEN 4 THEN 'gap_for_new_clients' ELSE 'gap' END
            ::wmo.gap_kind)::text,
         CASE WHEN j.weight = 20 THEN 'option_open' WHEN j.weight IN (31, 32) THEN said.certainty::text
           ELSE said.reason::text END,
         CASE WHEN cardinality(j.service_ids) = leaf_count THEN gaps_on.service ELSE sv.code END,
         a.id, a.name, a.code, CASE WHEN ground.part THEN 'part' ELSE 'whole' END,
         lower(j.ages), upper(j.ages) - 1, lower(j.days), upper(j.days) - 1,
         coalesce(said.contracts, '{}'), coalesce(said.before, '{}'), coalesce(said.after, '{}'),
         j.ages, j.days, ground.geom
  FROM joined j
  JOIN ground USING (ground_no)
  JOIN wmo.area a ON a.id = ground.area_id
  LEFT JOIN wmo.service sv ON sv.id = j.service_ids[1]
  LEFT JOIN said USING (box_no)
  ORDER BY a.name, a.id, j.ground_no, j.days, j.ages, j.service_ids;
END
$$;
COMMENT ON FUNCTION wmo.gaps_on(text, wmo.ground_days[], date, int4range) IS
  'wmo.coverage_gaps over areas that are each asked about on days of their own.';

CREATE FUNCTION wmo.coverage_gaps(service text, during daterange, within wmo.area_code DEFAULT NULL,
  as_of date DEFAULT CURRENT_DATE,
                                  ages int4range DEFAULT '[18,)')
RETURNS SETOF wmo.coverage_gap
LANGUAGE sql STABLE PARALLEL SAFE COST 100000 ROWS 100
BEGIN ATOMIC
  SELECT g.* FROM wmo.gaps_on(coverage_gaps.service,
         ARRAY(SELECT t FROM wmo.ground_asked(coverage_gaps.within, coverage_gaps.during) t),
                              coverage_gaps.as_of, coverage_gaps.ages) g;
END;
COMMENT ON FUNCTION wmo.coverage_gaps(text, daterange, wmo.area_code, date, int4range) IS
  'Who is left out of a service: one row per piece of ground, ages and days, and kind (gap, gap_for_new_clients, '
  'gap_if_option_lapses, cannot_tell). Of several contracts the best for a new client counts. within: a CBS code, on '
  'each day in the edition of that day; null = every area that a contract names. Ages are adults unless asked '
  'otherwise.';

CREATE FUNCTION wmo.coverage_gaps_in(service text, during daterange, area_ids integer[],
  as_of date DEFAULT CURRENT_DATE,
                                     ages int4range DEFAULT '[18,)')
RETURNS SETOF wmo.coverage_gap
LANGUAGE sql STABLE PARALLEL SAFE COST 100000 ROWS 100
BEGIN ATOMIC
  SELECT g.* FROM wmo.gaps_on(coverage_gaps_in.service,
    ARRAY(SELECT ROW(t, datemultirange(coverage_gaps_in.during))::wmo.ground_days
      FROM unnest(coverage_gaps_in.area_ids) t
          WHERE t IS NOT NULL AND NOT isempty(coverage_gaps_in.during)),
    coverage_gaps_in.as_of, coverage_gaps_in.ages) g;
END;
COMMENT ON FUNCTION wmo.coverage_gaps_in(text, daterange, integer[], date, int4range) IS
  'The same for areas by key (working areas have no code), each pinned to that edition on all days.';
