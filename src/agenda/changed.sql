-- changed: what is other than it was on a day.
-- Relies on coverage (standing) and on the time that every row of the registry keeps.

CREATE FUNCTION wmo.coverage_changes(since date, until date DEFAULT CURRENT_DATE)
RETURNS TABLE (change text, area_id integer, area text, service text, provider text, role wmo.provider_role,
               ages int4range, clients text, certainty wmo.certainty, valid daterange, known_from date,
               contract_id integer, number text)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100 SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  IF since > until THEN
    RAISE EXCEPTION 'since % lies after until %', wmo_works.iso_day(since), wmo_works.iso_day(until)
      USING ERRCODE = 'invalid_parameter_value', DETAIL = 'Changes are told forward in time.',
        HINT = 'Exchange the two days.';
  END IF;
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
