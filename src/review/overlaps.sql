-- overlaps: who is served twice, by a main provider and somebody else for the same people.
-- Relies on offers and shape.

CREATE TYPE wmo.coverage_overlap AS (
  kind              text,
  service           text,
  area_id           integer,
  area              text,
  area_code         wmo.area_code,
  covers            text,
  min_age           integer,
  max_age           integer,
  first_day         date,
  last_day          date,
  contract_id       integer,
  provider_id       integer,
  other_contract_id integer,
  other_provider_id integer,
  square_metres     double precision,
  ages              int4range,
  days              daterange,
  geom              geometry
);
COMMENT ON TYPE wmo.coverage_overlap IS
  'Two contracts of which at least one is exclusive, and the people for whom both hold.';
COMMENT ON COLUMN wmo.coverage_overlap.kind IS
  'two_main_providers; main_and_other (a main provider beside a shared or unsaid choice); '
  'overlap_if_option_exercised; cannot_tell (an end, start, award, area or shape is not known, that one of the two '
  'holds, or no longer does, is inferred, or one of two shapes is a drawing); sliver (two main providers whose shapes '
  'share a strip that is no common ground: narrower than wmo_works.sliver_width(), or between areas that lie side by '
  'side by their codes).';
COMMENT ON COLUMN wmo.coverage_overlap.service IS
  'The service asked for, or the narrower ones where not all of them are the same.';
COMMENT ON COLUMN wmo.coverage_overlap.area_id IS
  'The smallest recorded area; for a sliver that of the first contract.';
COMMENT ON COLUMN wmo.coverage_overlap.area IS 'Its name.';
COMMENT ON COLUMN wmo.coverage_overlap.area_code IS 'Its CBS code, where it has one.';
COMMENT ON COLUMN wmo.coverage_overlap.covers IS 'whole: all of that area; part: the shape is only a piece of it.';
COMMENT ON COLUMN wmo.coverage_overlap.min_age IS 'Youngest age in whole years.';
COMMENT ON COLUMN wmo.coverage_overlap.max_age IS 'Oldest age, inclusive; null = no limit.';
COMMENT ON COLUMN wmo.coverage_overlap.first_day IS 'First day; null = no limit.';
COMMENT ON COLUMN wmo.coverage_overlap.last_day IS 'Last day, inclusive (t/m); null = no limit.';
COMMENT ON COLUMN wmo.coverage_overlap.contract_id IS
  'One contract; null = no area of the registry has the code that was asked for, or something of the question is null.';
COMMENT ON COLUMN wmo.coverage_overlap.provider_id IS 'Its supplier; null = not named.';
COMMENT ON COLUMN wmo.coverage_overlap.other_contract_id IS 'The other contract.';
COMMENT ON COLUMN wmo.coverage_overlap.other_provider_id IS 'Its supplier; null = not named.';
COMMENT ON COLUMN wmo.coverage_overlap.square_metres IS 'Surface of the ground; null = the area has no shape.';
COMMENT ON COLUMN wmo.coverage_overlap.ages IS 'The ages, half open.';
COMMENT ON COLUMN wmo.coverage_overlap.days IS 'The days, half open.';
COMMENT ON COLUMN wmo.coverage_overlap.geom IS 'The ground, in RD New; null = the area has no shape.';

CREATE FUNCTION wmo_works.shapes_near(area_ids integer[]) RETURNS TABLE (area_id integer, other_id integer)
LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10000 ROWS 1000
BEGIN ATOMIC
  WITH node AS MATERIALIZED (SELECT p.root_id, p.part_id FROM wmo_works.parts_of_each(shapes_near.area_ids) p)
  SELECT DISTINCT n.root_id, m.root_id
  FROM node n JOIN wmo.area a ON a.id = n.part_id JOIN wmo.area b ON b.geom && a.geom JOIN node m ON m.part_id = b.id
  WHERE m.root_id <> n.root_id;
END;
COMMENT ON FUNCTION wmo_works.shapes_near(integer[]) IS
  'Pairs of these areas, in both orders, whose shapes or those of their recorded parts may meet.';

CREATE FUNCTION wmo_works.slivers_shared(area_id integer, other_id integer) RETURNS geometry
LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT ST_Multi(ST_CollectionExtract(ST_Union(x.common), 3))
  FROM (SELECT ST_CollectionExtract(ST_Intersection(a.geom, b.geom), 3) AS common,
               wmo_works.codes_apart(a.code, wmo_works.shape_days(a.id), b.code, wmo_works.shape_days(b.id)) AS apart
        FROM wmo.area_with_parts(slivers_shared.area_id) p
        JOIN wmo.area a ON a.id = p.part_id
        CROSS JOIN wmo.area_with_parts(slivers_shared.other_id) q
        JOIN wmo.area b ON b.id = q.part_id AND b.id <> a.id AND b.geom && a.geom
        OFFSET 0) x
  WHERE ST_Area(x.common) >= 1::float8 AND (x.apart OR wmo_works.ground_of(x.common) IS NULL);
END;
COMMENT ON FUNCTION wmo_works.slivers_shared(integer, integer) IS
  'What the shapes of two areas or of their recorded parts share (a square metre at least) though it is no common '
  'ground: no more than slivers, or their codes say that they lie side by side; else null.';

CREATE FUNCTION wmo_works.areas_share_ground(area_id integer, other_id integer) RETURNS boolean
LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20000
BEGIN ATOMIC
  WITH node AS MATERIALIZED (
    SELECT root.id AS root_id, a.id, a.code, wmo_works.shape_days(a.id) AS days, a.geom,
           a.geom IS NULL AND (NOT EXISTS (SELECT FROM wmo.area_part p WHERE p.whole_id = a.id)
                               OR EXISTS (SELECT FROM wmo_works.area_with_rest r WHERE r.area_id = a.id)) AS hidden
    FROM (VALUES (areas_share_ground.area_id), (areas_share_ground.other_id)) root (id)
    CROSS JOIN LATERAL wmo.area_with_parts(root.id) part
    JOIN wmo.area a ON a.id = part.part_id
  )
  SELECT CASE
    WHEN EXISTS (SELECT FROM node a JOIN node b ON b.root_id = areas_share_ground.other_id
                 WHERE a.root_id = areas_share_ground.area_id
                   AND CASE WHEN a.id = b.id THEN true
                            WHEN a.days && b.days THEN a.code OPERATOR(@extschema@.@>) b.code
                              OR b.code OPERATOR(@extschema@.@>) a.code
                            ELSE wmo_works.shares_ground(a.geom, b.geom) END) THEN true
    WHEN NOT EXISTS (SELECT FROM node WHERE node.hidden) THEN false END;
END;
COMMENT ON FUNCTION wmo_works.areas_share_ground(integer, integer) IS
  'Do two areas share more than slivers, by records, codes or shapes, those of their recorded parts included? Null '
  'where a part without a shape leaves it open.';

CREATE TYPE wmo_works.overlap_box AS (
  kind              text,
  contract_id       integer,
  provider_id       integer,
  other_contract_id integer,
  other_provider_id integer,
  ages              int4range,
  days              daterange,
  service_ids       integer[],
  area_id           integer,
  part              boolean,
  geom              geometry
);
COMMENT ON TYPE wmo_works.overlap_box IS
  'Two contracts, and the ground, ages, days and smallest services for which both hold.';

CREATE FUNCTION wmo_works.overlap_meetings(offers wmo_works.offer_on_ground[])
RETURNS TABLE (ground_no integer, service_id integer, contract_id integer, provider_id integer,
               other_contract_id integer, other_provider_id integer, ages int4range, days datemultirange, kind text)
LANGUAGE sql STABLE PARALLEL SAFE COST 100000 ROWS 100
BEGIN ATOMIC
  WITH offer AS MATERIALIZED (
    SELECT o.* FROM unnest(overlap_meetings.offers) o
  ), named AS MATERIALIZED (
    SELECT a.id, a.code, wmo_works.shape_days(a.id) AS days, part.ids AS part_ids, part.drawn
    FROM wmo.area a
    CROSS JOIN LATERAL (
      SELECT array_agg(x.id) AS ids, coalesce(bool_or(x.geom_basis = 'schematic'), false) AS drawn
      FROM wmo.area_with_parts(a.id) p JOIN wmo.area x ON x.id = p.part_id
    ) part
    WHERE a.id IN (SELECT o.contract_area_id FROM offer o)
  ), meeting AS MATERIALIZED (
    SELECT o.ground_no, o.service_id, o.contract_id, o.provider_id, p.contract_id AS other_contract_id,
           p.provider_id AS other_provider_id, o.ages * p.ages AS ages, o.days * p.days AS days, n.id AS area_id,
           m.id AS other_area_id,
           CASE WHEN greatest(o.offered, p.offered) > 'if_option_exercised' THEN 'cannot_tell'
                WHEN greatest(o.offered, p.offered) = 'if_option_exercised' THEN 'overlap_if_option_exercised'
                WHEN 'inferred' IN (o.certainty, p.certainty) THEN 'cannot_tell'
                -- where neither records nor codes tell, what a drawing shares with a boundary says nothing
                WHEN n.drawn <> m.drawn AND NOT n.part_ids && m.part_ids AND NOT n.days && m.days THEN 'cannot_tell'
                WHEN o.choice = p.choice THEN 'two_main_providers' ELSE 'main_and_other' END AS kind
    FROM offer o
    JOIN offer p ON p.ground_no = o.ground_no AND p.service_id = o.service_id AND p.contract_id > o.contract_id
    LEFT JOIN named n ON n.id = o.contract_area_id
    LEFT JOIN named m ON m.id = p.contract_area_id
    WHERE 'exclusive' IN (o.choice, p.choice) AND p.ages && o.ages AND p.days && o.days
      AND NOT wmo_works.codes_apart(n.code, n.days, m.code, m.days)
  ), strangers AS MATERIALIZED (
    -- they meet on the ground of a third, of which one holds all but a sliver: what they share is that sliver
    SELECT x.area_id, x.other_area_id
    FROM (SELECT DISTINCT mt.area_id, mt.other_area_id FROM meeting mt) x
    WHERE NOT wmo_works.areas_share_ground(x.area_id, x.other_area_id)
  )
  SELECT told.ground_no, told.service_id, told.contract_id, told.provider_id, told.other_contract_id,
         told.other_provider_id, told.ages, told.left_over, told.kind
  FROM (
    -- scopes of one contract that lie in one another meet the other contract once, by the gravest kind
    SELECT k.*, k.days - coalesce(range_agg(k.days) OVER (
             PARTITION BY k.ground_no, k.service_id, k.contract_id, k.other_contract_id, k.ages
             ORDER BY array_position(ARRAY['two_main_providers', 'main_and_other', 'overlap_if_option_exercised',
                                           'cannot_tell'], k.kind), k.provider_id, k.other_provider_id
             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), '{}') AS left_over
    FROM (
      SELECT mt.ground_no, mt.service_id, mt.contract_id, mt.provider_id, mt.other_contract_id, mt.other_provider_id,
             mt.ages, range_agg(mt.days) AS days, mt.kind
      FROM meeting mt
      WHERE NOT EXISTS (SELECT FROM strangers t WHERE t.area_id = mt.area_id AND t.other_area_id = mt.other_area_id)
      GROUP BY mt.ground_no, mt.service_id, mt.contract_id, mt.provider_id, mt.other_contract_id,
        mt.other_provider_id, mt.ages, mt.kind
    ) k
  ) told
  WHERE NOT isempty(told.left_over);
END;
COMMENT ON FUNCTION wmo_works.overlap_meetings(wmo_works.offer_on_ground[]) IS
  'Two of these offers, of which at least one is exclusive, on the same piece of ground, for the same service and '
  'ages.';

CREATE FUNCTION wmo_works.overlaps_on_ground(offers wmo_works.offer_on_ground[], pieces wmo_works.ground_piece[])
RETURNS SETOF wmo_works.overlap_box
LANGUAGE sql STABLE PARALLEL SAFE COST 100000 ROWS 100
BEGIN ATOMIC
  SELECT b.kind, b.contract_id, b.provider_id, b.other_contract_id, b.other_provider_id, b.ages, b.days, b.service_ids,
         p.area_id, p.part, p.geom
  FROM (
    SELECT m.ground_no, m.kind, m.contract_id, m.provider_id, m.other_contract_id, m.other_provider_id, m.ages,
           d AS days, array_agg(m.service_id ORDER BY m.service_id) AS service_ids
    FROM wmo_works.overlap_meetings(overlaps_on_ground.offers) m CROSS JOIN LATERAL unnest(m.days) d
    GROUP BY m.ground_no, m.kind, m.contract_id, m.provider_id, m.other_contract_id, m.other_provider_id, m.ages, d
  ) b
  JOIN unnest(overlaps_on_ground.pieces) p ON p.ground_no = b.ground_no;
END;
COMMENT ON FUNCTION wmo_works.overlaps_on_ground(wmo_works.offer_on_ground[], wmo_works.ground_piece[]) IS
  'Where two of these offers hold for the same people, of which at least one is exclusive.';

CREATE FUNCTION wmo_works.overlaps_on_slivers(offers wmo_works.offer_on_ground[]) RETURNS SETOF wmo_works.overlap_box
LANGUAGE sql STABLE PARALLEL SAFE COST 100000 ROWS 10
BEGIN ATOMIC
  WITH claim AS MATERIALIZED (
    SELECT o.contract_area_id, o.service_id, o.contract_id, o.provider_id, o.ages, range_agg(o.days) AS days
    FROM unnest(overlaps_on_slivers.offers) o
    WHERE o.choice = 'exclusive' AND o.offered = 'serves' AND o.contract_area_id IS NOT NULL
    GROUP BY o.contract_area_id, o.service_id, o.contract_id, o.provider_id, o.ages
  ), strip AS MATERIALIZED (
    SELECT c.contract_id, c.provider_id, x.contract_id AS other_contract_id, x.provider_id AS other_provider_id,
           c.ages * x.ages AS ages, d AS days, array_agg(c.service_id ORDER BY c.service_id) AS service_ids,
           c.contract_area_id AS area_id, x.contract_area_id AS other_area_id
    FROM wmo_works.shapes_near(ARRAY(SELECT DISTINCT claim.contract_area_id FROM claim)) near
    JOIN claim c ON c.contract_area_id = near.area_id
    JOIN claim x ON x.contract_area_id = near.other_id AND x.service_id = c.service_id
      AND x.contract_id > c.contract_id AND x.ages && c.ages
    CROSS JOIN LATERAL unnest(c.days * x.days) d
    GROUP BY c.contract_id, c.provider_id, x.contract_id, x.provider_id, c.ages * x.ages, d, c.contract_area_id,
      x.contract_area_id
  ), shared AS MATERIALIZED ( -- once for each pair of areas, however many contracts and days meet there
    SELECT d.area_id, d.other_id, wmo_works.slivers_shared(d.area_id, d.other_id) AS geom
    FROM (SELECT DISTINCT s.area_id, s.other_area_id AS other_id FROM strip s OFFSET 0) d
  )
  SELECT 'sliver', s.contract_id, s.provider_id, s.other_contract_id, s.other_provider_id, s.ages, s.days,
         s.service_ids, s.area_id, true, shared.geom
  FROM strip s
  JOIN shared ON shared.area_id = s.area_id AND shared.other_id = s.other_area_id
  WHERE shared.geom IS NOT NULL;
END;
COMMENT ON FUNCTION wmo_works.overlaps_on_slivers(wmo_works.offer_on_ground[]) IS
  'Where two main providers of the same people share a strip that is no common ground.';

CREATE FUNCTION wmo_works.overlaps_on(service text, asked wmo_works.ground_days[], as_of date, ages int4range)
RETURNS SETOF wmo.coverage_overlap
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  asked_service integer := wmo.service_id(overlaps_on.service);
  leaf_count bigint := (SELECT count(*) FROM wmo_works.service_leaves(asked_service));
  laid record; -- pieces, offers
  taken wmo_works.offer_on_ground[];
BEGIN
  IF asked_service IS NULL OR as_of IS NULL OR ages IS NULL OR isempty(ages) THEN
    RETURN;
  END IF;
  SELECT l.* INTO laid
  FROM wmo_works.offers_on_grounds(asked_service, asked, overlaps_on.as_of, overlaps_on.ages, false) l;
  -- that a contract holds no more because of a change may be a reading
  taken := ARRAY(SELECT o FROM unnest(laid.offers) o
                 WHERE o.contract_id IS NOT NULL
                   AND (o.offered < 'left_open'
                        OR o.certainty = 'inferred' AND o.reason IN ('terminated', 'suspended', 'client_stop')));
  RETURN QUERY
  SELECT b.kind, named.code, a.id, a.name, a.code, CASE WHEN b.part THEN 'part' ELSE 'whole' END,
         lower(b.ages), upper(b.ages) - 1, lower(b.days), upper(b.days) - 1,
         b.contract_id, b.provider_id, b.other_contract_id, b.other_provider_id, wmo_works.surface(b.geom), b.ages,
         b.days, b.geom
  FROM (SELECT x.* FROM wmo_works.overlaps_on_ground(taken, laid.pieces) x
        UNION ALL SELECT x.* FROM wmo_works.overlaps_on_slivers(taken) x) b
  CROSS JOIN LATERAL wmo_works.services_named(b.service_ids, leaf_count, overlaps_on.service) named
  JOIN wmo.area a ON a.id = b.area_id
  ORDER BY a.name, a.id, b.days, b.ages, b.contract_id, b.other_contract_id, named.code;
END
$$;
COMMENT ON FUNCTION wmo_works.overlaps_on(text, wmo_works.ground_days[], date, int4range) IS
  'wmo.coverage_overlaps over areas that are each asked about on days of their own.';

CREATE FUNCTION wmo.coverage_overlaps(service text, during daterange, within wmo.area_code DEFAULT NULL,
                                      as_of date DEFAULT CURRENT_DATE, ages int4range DEFAULT '[18,)')
RETURNS SETOF wmo.coverage_overlap
LANGUAGE sql STABLE PARALLEL SAFE COST 100000 ROWS 100
BEGIN ATOMIC
  SELECT o.*
  FROM wmo_works.overlaps_on(
    coverage_overlaps.service,
    ARRAY(SELECT t FROM wmo_works.ground_asked(coverage_overlaps.within, coverage_overlaps.during) t),
    wmo_works.checked_day(coverage_overlaps.as_of, 'as_of'), coverage_overlaps.ages) o
  UNION ALL
  SELECT 'cannot_tell', coverage_overlaps.service, NULL, NULL, coverage_overlaps.within, NULL,
         lower(coverage_overlaps.ages), upper(coverage_overlaps.ages) - 1, lower(coverage_overlaps.during),
         upper(coverage_overlaps.during) - 1, NULL, NULL, NULL, NULL, NULL, coverage_overlaps.ages,
         coverage_overlaps.during, NULL
  FROM wmo_works.question_untold(coverage_overlaps.service, coverage_overlaps.within, coverage_overlaps.during,
                                 coverage_overlaps.as_of, coverage_overlaps.ages) q;
END;
COMMENT ON FUNCTION wmo.coverage_overlaps(text, daterange, wmo.area_code, date, int4range) IS
  'Who is served twice: two contracts of which at least one says that it is the only one, and the people for whom '
  'both hold. Contracts that all share, or leave the choice to the client, are no overlap. Arguments as for '
  'wmo.coverage_gaps, and where that cannot tell for want of a code or of an argument, so does this: a row without '
  'contracts.';

CREATE FUNCTION wmo.coverage_overlaps_in(service text, during daterange, area_ids integer[],
                                         as_of date DEFAULT CURRENT_DATE, ages int4range DEFAULT '[18,)')
RETURNS SETOF wmo.coverage_overlap
LANGUAGE sql STABLE PARALLEL SAFE COST 100000 ROWS 100
BEGIN ATOMIC
  SELECT o.*
  FROM wmo_works.overlaps_on(
    coverage_overlaps_in.service, wmo_works.areas_asked(coverage_overlaps_in.area_ids, coverage_overlaps_in.during),
    wmo_works.checked_day(coverage_overlaps_in.as_of, 'as_of'), coverage_overlaps_in.ages) o;
END;
COMMENT ON FUNCTION wmo.coverage_overlaps_in(text, daterange, integer[], date, int4range) IS
  'The same for areas by key (working areas have no code), each pinned to that edition on all days.';
