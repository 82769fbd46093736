-- coverage: the one definition of who serves whom.
-- Relies on kept_standing.

CREATE VIEW wmo.coverage WITH (security_invoker = true) AS
  SELECT p.area_id, p.area, p.area_code, p.service_id, p.service, p.provider_id, pt.name AS provider, p.role, p.ages,
         p.clients, p.existing_on, p.certainty, p.reason, p.inferred, p.valid, p.known, p.contract_id, p.number,
         p.scope_id, p.subcontract_id
  FROM wmo_works.provider_standing p
  LEFT JOIN wmo.party pt ON pt.id = p.provider_id
  WHERE p.certainty IS NOT NULL;
COMMENT ON VIEW wmo.coverage IS
  'Who serves whom: one row per area, service, provider, role, ages, clients and certainty, with the days of care '
  '(valid) and the as_of days on which that certainty held (known). It never reads the clock. A provider of null is '
  'not named, which is not nobody.';
COMMENT ON COLUMN wmo.coverage.area_id IS 'The area; null = not named.';
COMMENT ON COLUMN wmo.coverage.area IS 'Its name.';
COMMENT ON COLUMN wmo.coverage.area_code IS 'Its CBS code, where it has one.';
COMMENT ON COLUMN wmo.coverage.service_id IS 'The service.';
COMMENT ON COLUMN wmo.coverage.service IS 'Its code.';
COMMENT ON COLUMN wmo.coverage.provider_id IS 'The provider; null = not named.';
COMMENT ON COLUMN wmo.coverage.provider IS 'Its name.';
COMMENT ON COLUMN wmo.coverage.role IS 'main, contracted, member or subcontractor.';
COMMENT ON COLUMN wmo.coverage.ages IS 'Ages in whole years, half open: [18,75) is 18 up to and including 74.';
COMMENT ON COLUMN wmo.coverage.clients IS 'all, or existing only.';
COMMENT ON COLUMN wmo.coverage.existing_on IS 'The day on which an existing client had to be one; null = not stated.';
COMMENT ON COLUMN wmo.coverage.certainty IS
  'How sure: the weakest of award, period and sources. A drawn area weakens it further when asked by place.';
COMMENT ON COLUMN wmo.coverage.reason IS
  'Why it is no surer, or what else is to be known of it (extended_late, signed_early, award_contradicted): a word of '
  'wmo.reason; null = nothing.';
COMMENT ON COLUMN wmo.coverage.inferred IS
  'True: it rests on an inferred source, also where it is less sure than that.';
COMMENT ON COLUMN wmo.coverage.valid IS 'Days of care, half open.';
COMMENT ON COLUMN wmo.coverage.known IS 'as_of days on which this certainty held, half open.';
COMMENT ON COLUMN wmo.coverage.contract_id IS 'The contract.';
COMMENT ON COLUMN wmo.coverage.number IS 'Its number.';
COMMENT ON COLUMN wmo.coverage.scope_id IS 'The scope.';
COMMENT ON COLUMN wmo.coverage.subcontract_id IS 'The subcontract, for a subcontractor.';

CREATE VIEW wmo_works.contract_with_reading WITH (security_invoker = true) AS
  SELECT ch.contract_id
  FROM wmo.contract_change ch LEFT JOIN wmo.source so ON so.id = ch.source_id
  -- that its scopes are parts of an area, or of a service, may be one, too
  WHERE so.basis = 'inferred' OR num_nonnulls(ch.area_id, ch.service_id) > 0;
COMMENT ON VIEW wmo_works.contract_with_reading IS
  'The contracts, some of them more than once, of which a change may be our reading of a source: of others '
  'wmo_works.changes_by_reading need not be asked.';
COMMENT ON COLUMN wmo_works.contract_with_reading.contract_id IS 'The contract.';

CREATE FUNCTION wmo_works.changes_by_reading(scope_id integer, contract_id integer, as_of date, on_day date)
RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  -- of hardly any contract: to begin a plan of all that bears on a scope takes longer than to see that
  IF NOT EXISTS (SELECT FROM wmo_works.contract_with_reading r
                 WHERE r.contract_id = changes_by_reading.contract_id) THEN
    RETURN false;
  END IF;
  RETURN EXISTS (
    SELECT FROM wmo_works.scope_change t
    WHERE t.scope_id = changes_by_reading.scope_id AND t.inferred AND t.known_from <= changes_by_reading.as_of
      AND t.effective_on = changes_by_reading.on_day);
END
$$;
COMMENT ON FUNCTION wmo_works.changes_by_reading(integer, integer, date, date) IS
  'Is there, by the legal state of a day, a change by our reading of a source that takes effect for a scope on on_day?';

CREATE FUNCTION wmo_works.ends_by_reading(scope_id integer, contract_id integer, as_of date,
                                          period wmo.contract_period, end_inferred boolean, end_day date)
RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT CASE WHEN end_day IS NULL THEN false
              WHEN end_day = wmo.exclusive_end(period) THEN end_inferred
              ELSE wmo_works.changes_by_reading(scope_id, contract_id, as_of, end_day) END;
END;
COMMENT ON FUNCTION wmo_works.ends_by_reading(integer, integer, date, wmo.contract_period, boolean, date) IS
  'Is it our reading of a source that a scope, by the legal state of a day, stands before end_day as it does no more '
  'from then on? By its period and what is kept of that (end_inferred), else by a change that takes effect then.';
