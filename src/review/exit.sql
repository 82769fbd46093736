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
  certainty   text,
  ages        int4range,
  geom        geometry
);
COMMENT ON TYPE wmo.exit_effect IS 'What is left for the people of some ground and ages when a party no longer works.';
COMMENT ON COLUMN wmo.exit_effect.consequence IS
  'gap (nobody else takes new clients there), others_serve, cannot_tell (others only if an option is exercised, or if '
  'something turns out that is not known), consortium_remains, main_contractor_remains.';
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
COMMENT ON COLUMN wmo.exit_effect.last_day IS 'Last day of the contract as it now is; null = none known.';
COMMENT ON COLUMN wmo.exit_effect.certainty IS 'How sure it is that the party serves: a word of wmo.certainty.';
COMMENT ON COLUMN wmo.exit_effect.ages IS 'The ages, half open.';
COMMENT ON COLUMN wmo.exit_effect.geom IS 'The ground, in RD New; null = the area has no shape.';

CREATE FUNCTION wmo.exit_impact(party_id integer, on_date date DEFAULT CURRENT_DATE, as_of date DEFAULT CURRENT_DATE)
  RETURNS SETOF wmo.exit_effect
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 10
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
  PERFORM wmo_works.checked_day(on_date, 'on_date'), wmo_works.checked_day(as_of, 'as_of');
  IF party_id IS NOT NULL AND NOT EXISTS (SELECT FROM wmo.party p WHERE p.id = exit_impact.party_id) THEN
    RAISE EXCEPTION 'unknown party %', party_id
      USING ERRCODE = 'undefined_object', DETAIL = 'Parties are known by the id column of wmo.party.',
        HINT = 'Look it up by its name in wmo.party, or by its number in wmo.party_identifier.';
  END IF;
  RETURN QUERY
  WITH held AS MATERIALIZED (
    SELECT row_number() OVER () AS held_no, p.contract_id, p.scope_id, edition.id AS area_id, p.service_id, p.role,
           p.ages, p.certainty
    FROM wmo.contract_scope s
    CROSS JOIN LATERAL (SELECT x.* FROM wmo_works.provider_standing x WHERE x.scope_id = s.id OFFSET 0) p
    CROSS JOIN LATERAL wmo_works.scope_editions(p.area_id, s.follows_code AND p.area_id = s.area_id) edition
    WHERE s.contract_id IN (
        SELECT c.id FROM wmo.contract c
        WHERE c.supplier_id = exit_impact.party_id
          OR c.supplier_id IN (SELECT m.consortium_id FROM wmo.consortium_member m
          WHERE m.member_id = exit_impact.party_id)
        UNION
        SELECT ch.contract_id FROM wmo.contract_change ch
        WHERE ch.to_party_id = exit_impact.party_id
          OR ch.to_party_id IN (SELECT m.consortium_id FROM wmo.consortium_member m
          WHERE m.member_id = exit_impact.party_id)
        UNION
        SELECT sub.contract_id FROM wmo.subcontract sub WHERE sub.party_id = exit_impact.party_id)
      AND p.provider_id = exit_impact.party_id AND p.certainty IS NOT NULL AND p.valid @> exit_impact.on_date
        AND p.known @> exit_impact.as_of AND edition.valid @> exit_impact.on_date
  ), own AS MATERIALIZED (
    SELECT h.held_no, o.ground_no, o.area_id, o.part, o.geom, o.service_id, o.ages, o.provider_id, o.contract_id,
           o.weight
    FROM held h
    CROSS JOIN LATERAL wmo_works.offers_on_grounds(h.service_id,
      ARRAY[ROW(h.area_id, datemultirange(daterange(exit_impact.on_date, exit_impact.on_date,
        '[]')))::wmo_works.ground_days],
        exit_impact.as_of, h.ages) o
    WHERE h.role IN ('main', 'contracted') AND h.area_id IS NOT NULL
  ), slice AS (
    SELECT b.held_no, b.ground_no, b.service_id, cut.ages
    FROM (SELECT o.held_no, o.ground_no, o.service_id, array_agg(DISTINCT o.ages) AS bands FROM own o
      GROUP BY o.held_no, o.ground_no, o.service_id) b
    JOIN held h USING (held_no)
    CROSS JOIN LATERAL wmo_works.age_slices(b.bands, h.ages) cut (ages)
  ), left_over AS (
    SELECT s.held_no, s.ground_no, s.service_id, s.ages, min(o.weight) FILTER (WHERE rest.counts) AS weight,
           array_agg(DISTINCT o.provider_id) FILTER (WHERE rest.counts AND o.contract_id IS NOT NULL) AS others
    FROM slice s
    JOIN own o ON o.held_no = s.held_no AND o.ground_no = s.ground_no AND o.service_id = s.service_id
      AND o.ages @> s.ages
    CROSS JOIN LATERAL (SELECT o.provider_id IS DISTINCT FROM exit_impact.party_id AND o.weight < 40 AS counts) rest
    GROUP BY s.held_no, s.ground_no, s.service_id, s.ages
  ), line AS (
    SELECT CASE WHEN l.weight = 10 THEN 'others_serve'
           WHEN l.weight < 40 THEN 'cannot_tell' ELSE 'gap' END AS consequence,
           l.held_no, g.area_id, g.part, g.geom, age AS ages, coalesce(l.others, '{}') AS others, l.service_ids
    FROM (
      SELECT x.held_no, x.ground_no, x.weight, x.others, x.ages,
             array_agg(x.service_id ORDER BY x.service_id) AS service_ids
      FROM (SELECT l.held_no, l.ground_no, l.service_id, l.weight, l.others, range_agg(l.ages) AS ages FROM left_over l
        GROUP BY 1, 2, 3, 4, 5) x
      GROUP BY 1, 2, 3, 4, 5
    ) l
    CROSS JOIN LATERAL unnest(l.ages) age
    JOIN (SELECT DISTINCT ON (o.held_no, o.ground_no) o.held_no, o.ground_no, o.area_id, o.part, o.geom FROM own o
      ORDER BY o.held_no, o.ground_no) g
      ON g.held_no = l.held_no AND g.ground_no = l.ground_no
    UNION ALL
    SELECT 'cannot_tell', h.held_no, NULL, false, NULL, h.ages, '{}', NULL FROM held h
    WHERE h.role IN ('main', 'contracted') AND h.area_id IS NULL
    UNION ALL
    SELECT CASE h.role WHEN 'member' THEN 'consortium_remains' ELSE 'main_contractor_remains' END, h.held_no, h.area_id,
           false, a.geom, h.ages,
           ARRAY(SELECT DISTINCT p.provider_id FROM wmo_works.provider_standing p
                 WHERE p.scope_id = h.scope_id AND p.certainty IS NOT NULL AND p.valid @> exit_impact.on_date
                   AND p.known @> exit_impact.as_of
                   AND CASE h.role WHEN 'member' THEN p.role = 'member' ELSE p.role IN ('main', 'contracted') END
                   AND p.provider_id IS DISTINCT FROM exit_impact.party_id
                 ORDER BY 1), NULL
    FROM held h LEFT JOIN wmo.area a ON a.id = h.area_id
    WHERE h.role IN ('member', 'subcontractor')
  )
  SELECT l.consequence, h.role::text,
         CASE WHEN l.service_ids IS NULL
           OR cardinality(l.service_ids) = (SELECT count(*) FROM wmo_works.service_leaves(h.service_id)) THEN sv.code
              ELSE (SELECT string_agg(n.code, ', ' ORDER BY n.code) FROM wmo.service n
                WHERE n.id = ANY (l.service_ids)) END,
         l.area_id, a.name, a.code, CASE WHEN l.area_id IS NOT NULL THEN CASE WHEN l.part THEN 'part'
           ELSE 'whole' END END,
         lower(l.ages), upper(l.ages) - 1, l.others, wmo_works.party_names(l.others), h.contract_id, c.number,
           wmo.last_day(c.period), h.certainty::text, l.ages, l.geom
  FROM line l
  JOIN held h USING (held_no)
  JOIN wmo.contract c ON c.id = h.contract_id
  JOIN wmo.service sv ON sv.id = h.service_id
  LEFT JOIN wmo.area a ON a.id = l.area_id
  ORDER BY l.consequence, sv.code, a.name, a.id, l.ages, c.number;
END
$$;
COMMENT ON FUNCTION wmo.exit_impact(integer, date, date) IS
  'What a party''s fall would leave on a day: one row per contract, ground, service and ages that it serves as '
  'supplier, with who else takes new clients there, and one per scope that it serves as member of a consortium or as '
  'subcontractor.';
