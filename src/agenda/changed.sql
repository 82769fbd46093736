-- changed: what is other than it was on a day.
-- Relies on coverage (standing), on editions (map), on the decision calendar, and on the time that every row of the
-- registry keeps.

CREATE FUNCTION wmo_works.check_forward(since date, until date) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF since > until THEN
    RAISE EXCEPTION 'since % lies after until %', wmo_works.iso_day(since), wmo_works.iso_day(until)
      USING ERRCODE = 'invalid_parameter_value', DETAIL = 'Changes are told forward in time.',
        HINT = 'Exchange the two days.';
  END IF;
END
$$;
COMMENT ON FUNCTION wmo_works.check_forward(date, date) IS 'Refuses two days in the wrong order.';

CREATE FUNCTION wmo.coverage_changes(since date, until date DEFAULT CURRENT_DATE)
RETURNS TABLE (change text, area_id integer, area text, service text, provider text, role wmo.provider_role,
               ages int4range, clients text, certainty wmo.certainty, valid daterange, known_from date,
               contract_id integer, number text)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100 SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  PERFORM wmo_works.check_forward(since, until);
  RETURN QUERY
  SELECT CASE WHEN c.known @> coverage_changes.until THEN 'now' ELSE 'no more' END, c.area_id, c.area, c.service,
         c.provider, c.role, c.ages, c.clients, c.certainty, c.valid,
         CASE WHEN c.known @> coverage_changes.until THEN lower(c.known) ELSE upper(c.known) END, c.contract_id,
         c.number
  FROM wmo.coverage c
  WHERE (c.known @> coverage_changes.since) <> (c.known @> coverage_changes.until)
  ORDER BY c.number, c.service, c.area, c.provider, 11, 1 DESC;
END
$$;
COMMENT ON FUNCTION wmo.coverage_changes(date, date) IS
  'What of wmo.coverage is other as_of until than it was as_of since, by today''s registry: rows that hold now, and '
  'rows that hold no more, with the day from which that was known. What was corrected in the registry itself shows in '
  'wmo.facts_changed, and against what was said then in an edition (wmo.publish_coverage).';

CREATE FUNCTION wmo.facts_changed(since timestamptz)
RETURNS TABLE (fact regclass, id integer, changed_at timestamptz, number text, says jsonb)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100 SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  kept record;
BEGIN
  FOR kept IN
    SELECT c.oid::regclass AS name,
           (SELECT b.attname FROM pg_attribute b
            WHERE b.attrelid = c.oid AND NOT b.attisdropped AND (b.attname = 'contract_id'
              OR c.oid = 'wmo.contract'::regclass AND b.attname = 'id')) AS contract_column
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'changed_at' AND NOT a.attisdropped
    WHERE c.relnamespace = 'wmo'::regnamespace AND c.relkind = 'r' AND has_table_privilege(c.oid, 'SELECT')
    ORDER BY c.relname
  LOOP
    RETURN QUERY EXECUTE format(
      'SELECT %L::regclass, t.id, t.changed_at, %s, to_jsonb(t) - ''{id,changed_at,geom}''::text[]
       FROM %s t WHERE t.changed_at >= $1 ORDER BY t.changed_at, t.id', kept.name,
      CASE WHEN kept.contract_column IS NULL THEN 'NULL::text'
           ELSE format('(SELECT c.number FROM wmo.contract c WHERE c.id = t.%I)', kept.contract_column) END, kept.name)
      USING since;
  END LOOP;
END
$$;
COMMENT ON FUNCTION wmo.facts_changed(timestamptz) IS
  'The rows of the registry that were added or changed since a moment, table by table, with the number of their '
  'contract and what they say now. A row that was deleted is not there any more.';

CREATE FUNCTION wmo.decisions_changed(since date, until date DEFAULT CURRENT_DATE)
RETURNS TABLE (change text, kind text, number text, day_before date, day_now date, decision text, detail text,
               uid text)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100 SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  PERFORM wmo_works.check_forward(since, until);
  RETURN QUERY
  SELECT CASE WHEN b.uid IS NULL THEN 'new' WHEN n.uid IS NOT NULL THEN 'moved'
              WHEN coalesce(b.latest_day, b.day) < decisions_changed.until THEN 'passed' ELSE 'gone' END,
         coalesce(n.kind, b.kind), coalesce(n.number, b.number), b.day, n.day, coalesce(n.decision, b.decision),
         coalesce(n.detail, b.detail), coalesce(n.uid, b.uid)
  FROM wmo.decision_calendar_on(decisions_changed.since) b
  FULL JOIN wmo.decision_calendar_on(decisions_changed.until) n ON n.uid = b.uid
  WHERE b.uid IS NULL OR n.uid IS NULL OR (b.day, b.latest_day) IS DISTINCT FROM (n.day, n.latest_day)
  ORDER BY 3, 2, 8;
END
$$;
COMMENT ON FUNCTION wmo.decisions_changed(date, date) IS
  'What the decision calendar of until says other than that of since, each by what was known then: new, moved (on '
  'another day), passed (its day has gone by) and gone (decided, or hanging on nothing any more).';

CREATE FUNCTION wmo.answers_changed(edition integer, service text, on_date date DEFAULT CURRENT_DATE,
                                    age integer DEFAULT NULL, as_of date DEFAULT CURRENT_DATE)
RETURNS TABLE (change text, area_id integer, area text, found boolean, provider text, role text, certainty text,
               reason text, number text)
LANGUAGE plpgsql STABLE COST 1000000 ROWS 100 SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  said wmo.coverage_edition;
BEGIN
  SELECT e.* INTO said FROM wmo.coverage_edition e WHERE e.edition = answers_changed.edition;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no edition % of the coverage map', edition
      USING ERRCODE = 'undefined_object', DETAIL = 'Editions are known by the column edition of wmo.coverage_edition.',
        HINT = 'Publish one with wmo.publish_coverage; without one, wmo.coverage_changes compares two as_of days.';
  END IF;
  PERFORM wmo.service_id(service), wmo_works.checked_day(on_date, 'on_date'), wmo_works.checked_day(as_of, 'as_of');
  RETURN QUERY
  WITH place AS MATERIALIZED (
    SELECT a.id, a.name, wmo_works.point_within(wmo.area_shape(a.id)) AS point
    FROM wmo.area a
    WHERE a.id IN (SELECT s.area_id FROM wmo.contract_scope s)
       -- that a contract named when the edition was published, nothing needs to say any more
       OR (a.valid @> answers_changed.on_date
           AND NOT EXISTS (SELECT FROM wmo.area wide
                           WHERE wide.code OPERATOR(@extschema@.@>) a.code AND wide.id <> a.id
                             AND wide.valid @> answers_changed.on_date))
  ), then_said AS (
    SELECT p.id, p.name, r.found, r.provider, r.role, r.certainty, r.reason, r.number
    FROM place p CROSS JOIN LATERAL wmo.providers_by_map(
      said.map, p.point, answers_changed.service, answers_changed.on_date, answers_changed.age) r
    WHERE p.point IS NOT NULL
  ), now_said AS (
    SELECT p.id, p.name, r.found, r.provider, r.role, r.certainty, r.reason, r.number
    FROM place p CROSS JOIN LATERAL wmo.providers_at(
      p.point, answers_changed.service, answers_changed.on_date, answers_changed.age, NULL, NULL,
      answers_changed.as_of) r
    WHERE p.point IS NOT NULL
  )
  SELECT x.change, x.id, x.name, x.found, x.provider, x.role, x.certainty, x.reason, x.number
  FROM (
    SELECT 'now' AS change, n.* FROM (SELECT * FROM now_said EXCEPT SELECT * FROM then_said) n
    UNION ALL
    SELECT 'no more', t.* FROM (SELECT * FROM then_said EXCEPT SELECT * FROM now_said) t
  ) x
  ORDER BY x.name, x.id, x.change DESC, x.provider, x.number;
END
$$;
COMMENT ON FUNCTION wmo.answers_changed(integer, text, date, integer, date) IS
  'Which answers are other than in an edition (wmo.publish_coverage): for a point within every area whose shape is '
  'known and that a contract names, or that no wider code of the day holds, the lines of the answer that the edition '
  'gave on the day of its publication and '
  'that the registry does not give as_of (no more), and the other way round (now).';
