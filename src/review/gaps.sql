-- gaps: who is left out, over area, service, ages and days.
-- Relies on offers; what an unknown shape or name leaves open, or a registry that is not declared complete, is
-- "cannot tell", never a gap.

CREATE TYPE wmo.gap_kind AS ENUM ('gap', 'gap_for_new_clients', 'gap_if_option_lapses', 'cannot_tell');
COMMENT ON TYPE wmo.gap_kind IS
  'gap: nobody is served. gap_for_new_clients: only who is a client already (existing clients, client stop). Both are '
  'said only where the registry is declared complete (wmo.registry_completeness), and not of what an area without a '
  'boundary may hold beside its recorded parts. gap_if_option_lapses: by what is '
  'recorded served only if an open option is exercised. cannot_tell: whether somebody serves is not known; reason says '
  'why none is known.';

CREATE TYPE wmo.coverage_gap AS (
  kind        text,
  reason      text,
  certainty   text,
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
  'certainty (end_unknown, inferred, unknown).';
COMMENT ON COLUMN wmo.coverage_gap.certainty IS
  'How sure it is that it is of this kind, a word of wmo.certainty: certain; inferred, where a contract does not serve '
  'by an inferred source, and on days on which the code asked for did not exist; option for an option that may lapse, '
  'or on which it hangs that existing clients are served; unknown where it cannot be told, as of a gap for new clients '
  'where that existing ones are served cannot.';
COMMENT ON COLUMN wmo.coverage_gap.service IS
  'The service asked for, or the narrower ones where not all of them are the same.';
COMMENT ON COLUMN wmo.coverage_gap.area_id IS
  'The smallest recorded area; null = no area of the registry has the code that was asked for, or none was asked for.';
COMMENT ON COLUMN wmo.coverage_gap.area IS 'Its name.';
COMMENT ON COLUMN wmo.coverage_gap.area_code IS 'Its CBS code, where it has one; without an area the code asked for.';
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

CREATE TYPE wmo_works.gap_box AS (
  box_no      integer,
  ground_no   integer,
  offered     wmo_works.offered,
  ages        int4range,
  days        daterange,
  service_ids integer[]
);
COMMENT ON TYPE wmo_works.gap_box IS
  'Ages and days of a piece of ground on which the best that is offered for these services does not serve.';

CREATE FUNCTION wmo_works.sure_to_keep(certainty wmo.certainty) RETURNS wmo.certainty
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT CASE WHEN certainty IN ('certain', 'uncontested', 'inferred') THEN 'certain'::wmo.certainty
              WHEN certainty = 'option' THEN 'option' ELSE 'unknown' END;
END;
COMMENT ON FUNCTION wmo_works.sure_to_keep(wmo.certainty) IS
  'How sure it is that existing clients are served by an offer of this certainty that is for them alone: certain (by '
  'our reading at the least, which is told beside it), option or unknown.';

CREATE FUNCTION wmo_works.gap_boxes(offers wmo_works.offer_on_ground[], ages int4range, leaf_count bigint)
RETURNS SETOF wmo_works.gap_box
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 100
BEGIN ATOMIC
  WITH offer AS MATERIALIZED (
    SELECT o.service_id, o.ground_no, o.ages, o.days, o.offered,
           CASE WHEN o.offered = 'existing_clients_only' THEN wmo_works.sure_to_keep(o.certainty) END AS kept
    FROM unnest(gap_boxes.offers) o WHERE NOT o.near
  ), slice AS MATERIALIZED ( -- not once for each offer
    SELECT o.service_id, o.ground_no, cut.ages
    FROM (SELECT x.service_id, x.ground_no, array_agg(DISTINCT x.ages) AS bands FROM offer x
          GROUP BY x.service_id, x.ground_no) o
    CROSS JOIN LATERAL wmo_works.age_slices(o.bands, gap_boxes.ages) cut (ages)
  ), layer AS (
    SELECT o.service_id, o.ground_no, sl.ages, o.offered, o.kept, range_agg(o.days) AS days
    FROM slice sl JOIN offer o ON o.service_id = sl.service_id AND o.ground_no = sl.ground_no AND o.ages @> sl.ages
    GROUP BY o.service_id, o.ground_no, sl.ages, o.offered, o.kept
  ), best AS (
    SELECT l.service_id, l.ground_no, l.ages, l.offered, l.kept,
           l.days - coalesce(range_agg(l.days) OVER (PARTITION BY l.service_id, l.ground_no, l.ages
                                                     ORDER BY l.offered, l.kept
                                                     ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), '{}') AS days
    FROM layer l
  ), wide AS (
    SELECT b.service_id, b.ground_no, b.offered, b.kept, d AS days, range_agg(b.ages) AS ages
    FROM best b CROSS JOIN LATERAL unnest(b.days) d
    WHERE b.offered > 'serves'
    GROUP BY b.service_id, b.ground_no, b.offered, b.kept, d
  ), box AS (
    SELECT w.ground_no, w.offered, age AS ages, w.days, array_agg(w.service_id ORDER BY w.service_id) AS service_ids
    FROM wide w CROSS JOIN LATERAL unnest(w.ages) age
    GROUP BY w.ground_no, w.offered, w.kept, age, w.days
  )
  SELECT row_number() OVER ()::integer, b.ground_no, b.offered, b.ages, b.days, u.service_ids
  FROM box b
  CROSS JOIN LATERAL (
    SELECT b.service_ids WHERE cardinality(b.service_ids) = gap_boxes.leaf_count
    UNION ALL
    SELECT ARRAY[one] FROM unnest(b.service_ids) one WHERE cardinality(b.service_ids) < gap_boxes.leaf_count
  ) u;
END;
COMMENT ON FUNCTION wmo_works.gap_boxes(wmo_works.offer_on_ground[], int4range, bigint) IS
  'Where the best of the offers on a piece of ground does not serve, by ages and days as large as they come, those on '
  'which it is less sure that existing clients are served apart; in one box for all smallest services where it is the '
  'same for all.';

CREATE FUNCTION wmo_works.gap_reasons(boxes wmo_works.gap_box[], offers wmo_works.offer_on_ground[],
                                      pieces wmo_works.ground_piece[])
RETURNS TABLE (box_no integer, reason wmo.reason, certainty wmo.certainty, inferred boolean, kept wmo.certainty,
               contracts integer[], before integer[], after integer[])
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 100
BEGIN ATOMIC
  WITH offer AS MATERIALIZED (
    SELECT o.* FROM unnest(gap_reasons.offers) o
  ), met AS MATERIALIZED (
    -- the nearest reason may be that of a contract whose area only shapes lay over the gap
    SELECT n.ground_no, n.contract_area_id
    FROM (SELECT DISTINCT o.ground_no, o.contract_area_id
          FROM unnest(gap_reasons.boxes) b JOIN offer o ON o.ground_no = b.ground_no
          WHERE o.near AND b.offered IN ('not_complete', 'nothing') AND o.service_id = ANY (b.service_ids)
            AND o.ages && b.ages AND o.days && b.days) n
    JOIN unnest(gap_reasons.pieces) p ON p.ground_no = n.ground_no
    WHERE wmo_works.shares_a_hundredth(p.geom, wmo.area_shape(n.contract_area_id))
  ), within AS (
    SELECT b.box_no, o.*,
           -- why nobody is known where a contract may be missing
           o.days && b.days AND (o.offered = b.offered OR (b.offered = 'not_complete' AND o.offered > b.offered
                                                           AND o.contract_id IS NOT NULL)) AS decides,
           o.offered < 'existing_clients_only' AND o.days @> (lower(b.days) - 1) AS serves_before,
           o.offered < 'existing_clients_only' AND o.days @> upper(b.days) AS serves_after
    FROM unnest(gap_reasons.boxes) b JOIN offer o ON o.ground_no = b.ground_no
    WHERE o.service_id = ANY (b.service_ids) AND o.ages && b.ages
      AND (NOT o.near OR (o.ground_no, o.contract_area_id) IN (SELECT m.ground_no, m.contract_area_id FROM met m))
  )
  SELECT w.box_no, min(w.reason) FILTER (WHERE w.decides), max(w.certainty) FILTER (WHERE w.decides),
         bool_or(w.certainty = 'inferred') FILTER (WHERE w.decides),
         min(wmo_works.sure_to_keep(w.certainty)) FILTER (WHERE w.decides),
         array_agg(DISTINCT w.contract_id)
           FILTER (WHERE w.decides AND w.offered < 'nothing' AND w.contract_id IS NOT NULL),
         array_agg(DISTINCT w.contract_id) FILTER (WHERE w.serves_before AND w.contract_id IS NOT NULL),
         array_agg(DISTINCT w.contract_id) FILTER (WHERE w.serves_after AND w.contract_id IS NOT NULL)
  FROM within w GROUP BY w.box_no;
END;
COMMENT ON FUNCTION wmo_works.gap_reasons(wmo_works.gap_box[], wmo_works.offer_on_ground[], wmo_works.ground_piece[]) IS
  'The nearest reason and the weakest certainty within each box, whether something there is inferred, how sure it is '
  'that the existing clients of one of them are served (kept, wmo_works.sure_to_keep), the contracts that make it '
  'what it is, and those that serve on the day before and the day after.';

CREATE FUNCTION wmo_works.gaps_on(service text, asked wmo_works.ground_days[], as_of date, ages int4range,
                                  read datemultirange DEFAULT '{}')
  RETURNS SETOF wmo.coverage_gap
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  asked_service integer := wmo.service_id(gaps_on.service);
  leaf_count bigint := (SELECT count(*) FROM wmo_works.service_leaves(asked_service));
  laid record; -- pieces, offers
  boxes wmo_works.gap_box[];
BEGIN
  IF asked_service IS NULL OR as_of IS NULL OR ages IS NULL OR isempty(ages) THEN
    RETURN;
  END IF;
  SELECT l.* INTO laid FROM wmo_works.offers_on_grounds(asked_service, asked, gaps_on.as_of, gaps_on.ages) l;
  boxes := ARRAY(
    SELECT ROW(row_number() OVER ()::integer, b.ground_no, b.offered, b.ages, cut.days,
               b.service_ids)::wmo_works.gap_box
    FROM wmo_works.gap_boxes(laid.offers, gaps_on.ages, leaf_count) b
    CROSS JOIN LATERAL (SELECT unnest(datemultirange(b.days) - gaps_on.read) AS days
                        UNION ALL SELECT unnest(datemultirange(b.days) * gaps_on.read)) cut);
  RETURN QUERY
  SELECT (CASE WHEN b.offered = 'if_option_exercised' THEN 'gap_if_option_lapses'
               WHEN b.offered < 'existing_clients_only' OR b.offered = 'existing_clients_perhaps'
                 OR p.part AND p.geom IS NULL -- there may be no such ground
               THEN 'cannot_tell'
               WHEN b.offered = 'existing_clients_only' THEN 'gap_for_new_clients'
               ELSE 'gap' END::wmo.gap_kind)::text,
         CASE WHEN b.offered = 'if_option_exercised' THEN 'option_open'
              WHEN b.offered IN ('end_unknown', 'start_or_award_unknown') THEN said.certainty::text
              ELSE said.reason::text END,
         greatest(CASE WHEN b.offered = 'if_option_exercised' THEN 'option'
                       WHEN b.offered < 'existing_clients_only' OR b.offered = 'existing_clients_perhaps'
                         OR p.part AND p.geom IS NULL THEN 'unknown'
                       WHEN said.inferred THEN 'inferred' ELSE 'certain' END::wmo.certainty,
                  CASE WHEN b.offered = 'existing_clients_only' THEN said.kept END,
                  CASE WHEN b.days <@ gaps_on.read THEN 'inferred'::wmo.certainty END)::text,
         CASE WHEN cardinality(b.service_ids) = leaf_count THEN gaps_on.service ELSE sv.code END,
         a.id, a.name, a.code, CASE WHEN p.part THEN 'part' ELSE 'whole' END,
         lower(b.ages), upper(b.ages) - 1, lower(b.days), upper(b.days) - 1,
         coalesce(said.contracts, '{}'), coalesce(said.before, '{}'), coalesce(said.after, '{}'),
         b.ages, b.days, p.geom
  FROM unnest(boxes) b
  JOIN unnest(laid.pieces) p ON p.ground_no = b.ground_no
  JOIN wmo.area a ON a.id = p.area_id
  LEFT JOIN wmo.service sv ON sv.id = b.service_ids[1]
  LEFT JOIN wmo_works.gap_reasons(boxes, laid.offers, laid.pieces) said ON said.box_no = b.box_no
  ORDER BY a.name, a.id, b.ground_no, b.days, b.ages, b.service_ids;
END
$$;
COMMENT ON FUNCTION wmo_works.gaps_on(text, wmo_works.ground_days[], date, int4range, datemultirange) IS
  'wmo.coverage_gaps over areas that are each asked about on days of their own. read: the days on which that these are '
  'the areas asked about is our reading.';

CREATE FUNCTION wmo_works.days_without_edition(code wmo.area_code, during daterange) RETURNS datemultirange
LANGUAGE sql STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT CASE WHEN days_without_edition.code IS NULL THEN '{}'
              ELSE datemultirange(days_without_edition.during) - coalesce(range_agg(a.valid), '{}') END
  FROM wmo.area a WHERE a.code OPERATOR(@extschema@.=) days_without_edition.code;
END;
COMMENT ON FUNCTION wmo_works.days_without_edition(wmo.area_code, daterange) IS
  'Those of these days on which no area of the registry has a code: on them its nearest edition answers, by our '
  'reading (other_edition). None for a null code.';

CREATE FUNCTION wmo.coverage_gaps(service text, during daterange, within wmo.area_code DEFAULT NULL,
                                  as_of date DEFAULT CURRENT_DATE, ages int4range DEFAULT '[18,)')
RETURNS SETOF wmo.coverage_gap
LANGUAGE sql STABLE PARALLEL SAFE COST 100000 ROWS 100
BEGIN ATOMIC
  SELECT g.*
  FROM wmo_works.gaps_on(
    coverage_gaps.service,
    ARRAY(SELECT t FROM wmo_works.ground_asked(coverage_gaps.within, coverage_gaps.during) t),
    wmo_works.checked_day(coverage_gaps.as_of, 'as_of'), coverage_gaps.ages,
    wmo_works.days_without_edition(coverage_gaps.within, coverage_gaps.during)) g
  UNION ALL
  SELECT 'cannot_tell', q.reason::text, 'unknown', coverage_gaps.service, NULL, NULL, coverage_gaps.within, NULL,
         lower(coverage_gaps.ages), upper(coverage_gaps.ages) - 1, lower(coverage_gaps.during),
         upper(coverage_gaps.during) - 1, '{}', '{}', '{}', coverage_gaps.ages, coverage_gaps.during, NULL
  FROM wmo_works.question_untold(coverage_gaps.service, coverage_gaps.within, coverage_gaps.during,
                                 coverage_gaps.as_of, coverage_gaps.ages) q (reason);
END;
COMMENT ON FUNCTION wmo.coverage_gaps(text, daterange, wmo.area_code, date, int4range) IS
  'Who is left out of a service: one row per piece of ground, ages and days, and kind (gap, gap_for_new_clients, '
  'gap_if_option_lapses, cannot_tell). Of several contracts the best for a new client counts; one that was extended '
  'too late serves, for nobody has said no (extended_late, in answers). within: a CBS code, on each day in the edition '
  'of that day, else in the nearest one, which is our reading (inferred); null = every area that a contract names. Of '
  'a code that no area of the registry has, or of a question of which something is null, one row says that it cannot '
  'be told (outside_all_areas, question_incomplete). Ages are adults unless asked otherwise.';

CREATE FUNCTION wmo.coverage_gaps_in(service text, during daterange, area_ids integer[],
                                     as_of date DEFAULT CURRENT_DATE, ages int4range DEFAULT '[18,)')
RETURNS SETOF wmo.coverage_gap
LANGUAGE sql STABLE PARALLEL SAFE COST 100000 ROWS 100
BEGIN ATOMIC
  SELECT g.*
  FROM wmo_works.gaps_on(
    coverage_gaps_in.service, wmo_works.areas_asked(coverage_gaps_in.area_ids, coverage_gaps_in.during),
    wmo_works.checked_day(coverage_gaps_in.as_of, 'as_of'), coverage_gaps_in.ages) g;
END;
COMMENT ON FUNCTION wmo.coverage_gaps_in(text, daterange, integer[], date, int4range) IS
  'The same for areas by key (working areas have no code), each pinned to that edition on all days.';
