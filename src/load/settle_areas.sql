-- settle_areas: an area of the registry holds for days on which its code meant one territory, and what refers to it for
-- others refers to the edition of those.
-- Relies on area, municipality (whose ground grew when) and on whatever refers to areas.
--
-- A list and a file of boundaries know an area by its code, each for days of its own. Groningen took in Haren and Ten
-- Boer on 2019-01-01: the boundary of 2022 says nothing of a contract of 2017, which holds on the ground of then.

CREATE FUNCTION wmo_works.join_next_editions(area_ids integer[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  -- of two editions the earlier answers for the days between; here the later one had its ground on them
  UPDATE wmo.area n SET valid = daterange(lower(era.days), upper(n.valid))
  FROM wmo.area a
  CROSS JOIN LATERAL (
    SELECT e.id, e.valid FROM wmo.area e
    WHERE e.code OPERATOR(@extschema@.=) a.code AND e.valid >> a.valid ORDER BY e.valid LIMIT 1
  ) next
  CROSS JOIN LATERAL (SELECT wmo_works.code_era(a.code, lower(next.valid)) AS days) era
  WHERE a.id = ANY (join_next_editions.area_ids) AND wmo.level(a.code) = 'municipality' AND n.id = next.id
    AND lower(era.days) >= upper(a.valid) AND lower(era.days) < lower(next.valid);
END
$$;
COMMENT ON FUNCTION wmo_works.join_next_editions(integer[]) IS
  'Lets the edition after each of these municipalities begin on the day on which its code came to mean its ground.';

CREATE FUNCTION wmo_works.edition_of_era(area_id integer, era daterange) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  found_id integer;
BEGIN
  SELECT e.id INTO found_id
  FROM wmo.area a JOIN wmo.area e ON e.code OPERATOR(@extschema@.=) a.code AND e.valid && edition_of_era.era
  WHERE a.id = edition_of_era.area_id ORDER BY e.valid LIMIT 1;
  IF found_id IS NULL THEN
    -- the next one, where it has the ground of these days
    UPDATE wmo.area n SET valid = daterange(lower(edition_of_era.era), upper(n.valid))
    FROM wmo.area a
    WHERE a.id = edition_of_era.area_id AND n.code OPERATOR(@extschema@.=) a.code AND a.kind = 'municipality'
      AND lower(n.valid) = upper(edition_of_era.era)
      AND wmo_works.code_era(n.code, lower(n.valid)) @> edition_of_era.era
    RETURNING n.id INTO found_id;
  END IF;
  IF found_id IS NULL THEN
    INSERT INTO wmo.area (code, name, kind, valid, source_id)
    SELECT a.code, a.name, a.kind, edition_of_era.era, a.source_id FROM wmo.area a WHERE a.id = edition_of_era.area_id
    RETURNING id INTO found_id;
    -- what lies in it, or around it, on those days too
    INSERT INTO wmo.area_part (whole_id, part_id, source_id)
    SELECT found_id, p.part_id, p.source_id
    FROM wmo.area_part p JOIN wmo.area part ON part.id = p.part_id
    WHERE p.whole_id = edition_of_era.area_id AND part.valid && edition_of_era.era AND part.kind <> 'municipality'
    UNION ALL
    SELECT p.whole_id, found_id, p.source_id
    FROM wmo.area_part p JOIN wmo.area whole ON whole.id = p.whole_id
    WHERE p.part_id = edition_of_era.area_id AND whole.valid && edition_of_era.era AND whole.kind <> 'municipality';
    PERFORM wmo_works.join_next_editions(ARRAY[found_id]);
  END IF;
  RETURN found_id;
END
$$;
COMMENT ON FUNCTION wmo_works.edition_of_era(integer, daterange) IS
  'The edition of an area on days on which its code meant another territory: the first that is recorded, else a new '
  'one, without a shape.';

CREATE FUNCTION wmo_works.make_of_merged(area_id integer, before_id integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  merged wmo.area := (SELECT a FROM wmo.area a WHERE a.id = make_of_merged.area_id);
  taken record;
  part_id integer;
BEGIN
  INSERT INTO wmo.area_part (whole_id, part_id) VALUES (area_id, before_id) ON CONFLICT DO NOTHING;
  FOR taken IN
    SELECT m.code, m.name, cardinality(m.successors) = 1 AS whole, lower(merged.valid) - 1 AS last_day
    FROM wmo.municipality m
    WHERE upper(m.valid) = lower(merged.valid) AND merged.code::text = ANY (m.successors::text[])
    ORDER BY m.code::text
  LOOP
    part_id := NULL;
    IF taken.whole THEN
      SELECT a.id INTO part_id FROM wmo.area a
      WHERE a.code OPERATOR(@extschema@.=) taken.code AND a.valid @> taken.last_day;
    END IF;
    IF part_id IS NULL THEN
      -- of what was divided among several nobody can tell which part came here
      INSERT INTO wmo.area (code, name, kind, valid)
      SELECT CASE WHEN taken.whole THEN taken.code END, taken.name || CASE WHEN taken.whole THEN '' ELSE ' (deel)' END,
             CASE WHEN taken.whole THEN 'municipality' ELSE 'other' END,
             CASE WHEN taken.whole THEN wmo_works.code_era(taken.code, taken.last_day) ELSE merged.valid END
      WHERE NOT taken.whole
         OR NOT EXISTS (SELECT FROM wmo.area a WHERE a.code OPERATOR(@extschema@.=) taken.code
                        AND a.valid && wmo_works.code_era(taken.code, taken.last_day))
      RETURNING id INTO part_id;
    END IF;
    INSERT INTO wmo.area_part (whole_id, part_id)
    SELECT area_id, part_id WHERE part_id IS NOT NULL ON CONFLICT DO NOTHING;
  END LOOP;
END
$$;
COMMENT ON FUNCTION wmo_works.make_of_merged(integer, integer) IS
  'Makes the edition of a municipality whose boundary is not known out of the edition before it and of the '
  'municipalities whose ground it got on its first day.';

CREATE FUNCTION wmo_works.settle_references(area_id integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  place wmo.area := (SELECT a FROM wmo.area a WHERE a.id = settle_references.area_id);
  pinned record;
BEGIN
  FOR pinned IN
    WITH scope AS MATERIALIZED (
      SELECT s.id, s.contract_id, coalesce(lower(s.valid), wmo.first_day(c.agreed_period), 'infinity') AS day
      FROM wmo.contract_scope s JOIN wmo.contract c ON c.id = s.contract_id
      WHERE s.area_id = place.id AND NOT s.follows_code
    ), era AS MATERIALIZED (
      -- by days, of which there are few, and not by scopes
      SELECT d.day, wmo_works.code_era(place.code, d.day) AS days FROM (SELECT DISTINCT s.day FROM scope s) d
    )
    SELECT era.days, array_agg(s.id) AS scope_ids, array_agg(DISTINCT s.contract_id) AS contract_ids
    FROM era JOIN scope s ON s.day = era.day
    WHERE NOT era.days && place.valid
    GROUP BY era.days
  LOOP
    DECLARE
      then_id integer := wmo_works.edition_of_era(place.id, pinned.days);
      moved integer[];
    BEGIN
      UPDATE wmo.contract_scope s SET area_id = then_id WHERE s.id = ANY (pinned.scope_ids);
      -- what else is said in this area of contracts that have no scope there any more
      moved := ARRAY(SELECT unnest(pinned.contract_ids)
                     EXCEPT SELECT o.contract_id FROM wmo.contract_scope o WHERE o.area_id = place.id);
      UPDATE wmo.subcontract s SET area_id = then_id WHERE s.area_id = place.id AND s.contract_id = ANY (moved);
      UPDATE wmo.client_stop s SET area_id = then_id WHERE s.area_id = place.id AND s.contract_id = ANY (moved);
      UPDATE wmo.contract_change s SET area_id = then_id WHERE s.area_id = place.id AND s.contract_id = ANY (moved);
    END;
  END LOOP;
END
$$;
COMMENT ON FUNCTION wmo_works.settle_references(integer) IS
  'Pins the scopes that stand in an area, but began when its code meant another territory, to the edition of then, '
  'with what else is said of their contracts there.';

CREATE FUNCTION wmo_works.settle_areas(area_ids integer[], shape_day date DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  place record;
  other daterange;
  grown record;
BEGIN
  FOR place IN
    SELECT a.id, a.valid,
           -- a shape that was there before a day is none of the territory since
           (array_agg(e.days ORDER BY wmo_works.edition_order(e.days, coalesce(
              shape_day, CASE WHEN a.geom IS NOT NULL THEN a.changed_at::date END, 'infinity')))) AS eras
    FROM wmo.area a
    JOIN wmo_works.municipality_era e ON e.code = wmo.municipality(a.code)::text AND e.days && a.valid
    WHERE a.id = ANY (area_ids)
    GROUP BY a.id
    ORDER BY a.id
  LOOP
    IF NOT place.eras[1] @> place.valid THEN
      UPDATE wmo.area a SET valid = place.valid * place.eras[1] WHERE a.id = place.id;
      FOREACH other IN ARRAY place.eras[2:] LOOP
        PERFORM wmo_works.edition_of_era(place.id, place.valid * other);
      END LOOP;
    END IF;
    PERFORM wmo_works.settle_references(place.id);
  END LOOP;
  -- a place on ground that is known lies in what grew out of it
  FOR grown IN
    SELECT n.id, b.id AS before_id
    FROM wmo.area b
    JOIN wmo.area n ON n.code OPERATOR(@extschema@.=) b.code AND lower(n.valid) = upper(b.valid) AND n.geom IS NULL
    JOIN wmo_works.municipality_era e ON e.code = n.code::text AND lower(e.days) = lower(n.valid)
    WHERE b.kind = 'municipality'
      AND b.code::text IN (SELECT a.code::text FROM wmo.area a WHERE a.id = ANY (area_ids))
      AND EXISTS (SELECT FROM wmo.area g
                  WHERE g.code OPERATOR(@extschema@.=) b.code AND g.geom IS NOT NULL AND g.valid &< b.valid)
      AND NOT EXISTS (SELECT FROM wmo.area_part p WHERE p.whole_id = n.id)
    ORDER BY lower(n.valid), n.id
  LOOP
    PERFORM wmo_works.make_of_merged(grown.id, grown.before_id);
  END LOOP;
END
$$;
COMMENT ON FUNCTION wmo_works.settle_areas(integer[], date) IS
  'Splits areas of the registry on the days on which their municipality got the ground of others. An area with a shape '
  'keeps it for the days around shape_day, without one for those around the day on which the area was last written; '
  'the other editions have none, but what grew out of a known one is made of it and of what joined it. Scopes go with '
  'the edition of their first day.';
