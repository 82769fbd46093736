-- gaps: who is left out, over area, service, ages and days.
-- Relies on offers; what only an unknown shape or name leaves open is "cannot tell", never a gap.

CREATE TYPE wmo.gap_kind AS ENUM ('gap', 'gap_for_new_clients', 'gap_if_option_lapses', 'cannot_tell');
COMMENT ON TYPE wmo.gap_kind IS
  'gap: nobody is served. gap_for_new_clients: only who is a client already (existing clients, client stop). '
  'gap_if_option_lapses: served only if an open option is exercised. cannot_tell: whether somebody serves is not '
  'known; reason says what is missing.';

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

CREATE FUNCTION wmo_works.gaps_on(service text, asked wmo_works.ground_days[], as_of date, ages int4range)
  RETURNS SETOF wmo.coverage_gap
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  asked_service integer := wmo.service_id(gaps_on.service);
  leaf_count integer := (SELECT count(*) FROM wmo_works.service_leaves(asked_service));
BEGIN
  IF asked_service IS NULL OR as_of IS NULL OR ages IS NULL OR isempty(ages) THEN
    RETURN;
  END IF;
  RETURN QUERY
  WITH offer AS MATERIALIZED (
    SELECT row_number() OVER () AS offer_no, o.ground_no, o.service_id, o.contract_id, o.ages, o.days, o.weight,
           o.reason, o.certainty, o.area_id,
           o.part, o.geom, o.contract_area_id, o.near
    FROM wmo_works.offers_on_grounds(asked_service, gaps_on.asked, gaps_on.as_of, gaps_on.ages) o
  ), slice AS (
    SELECT o.service_id, o.ground_no, cut.ages
    FROM (SELECT o.service_id, o.ground_no, array_agg(DISTINCT o.ages) AS bands FROM offer o WHERE NOT o.near
      GROUP BY o.service_id, o.ground_no) o
    CROSS JOIN LATERAL wmo_works.age_slices(o.bands, gaps_on.ages) cut (ages)
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
    WHERE wmo_works.shares_a_hundredth(ground.geom, wmo.area_shape(n.contract_area_id))
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
COMMENT ON FUNCTION wmo_works.gaps_on(text, wmo_works.ground_days[], date, int4range) IS
  'wmo.coverage_gaps over areas that are each asked about on days of their own.';

CREATE FUNCTION wmo.coverage_gaps(service text, during daterange, within wmo.area_code DEFAULT NULL,
  as_of date DEFAULT CURRENT_DATE,
                                  ages int4range DEFAULT '[18,)')
RETURNS SETOF wmo.coverage_gap
LANGUAGE sql STABLE PARALLEL SAFE COST 100000 ROWS 100
BEGIN ATOMIC
  SELECT g.* FROM wmo_works.gaps_on(coverage_gaps.service,
         ARRAY(SELECT t FROM wmo_works.ground_asked(coverage_gaps.within, coverage_gaps.during) t),
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
  SELECT g.* FROM wmo_works.gaps_on(coverage_gaps_in.service,
    ARRAY(SELECT ROW(t, datemultirange(coverage_gaps_in.during))::wmo_works.ground_days
      FROM unnest(coverage_gaps_in.area_ids) t
          WHERE t IS NOT NULL AND NOT isempty(coverage_gaps_in.during)),
    coverage_gaps_in.as_of, coverage_gaps_in.ages) g;
END;
COMMENT ON FUNCTION wmo.coverage_gaps_in(text, daterange, integer[], date, int4range) IS
  'The same for areas by key (working areas have no code), each pinned to that edition on all days.';
