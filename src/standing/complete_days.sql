-- complete_days: on which days a declaration that no contract is missing holds.
-- Relies on completeness, contract and standing.

CREATE VIEW wmo_works.contract_without_scope WITH (security_invoker = true) AS
  SELECT c.id AS contract_id, days.valid
  FROM wmo.contract c
  CROSS JOIN LATERAL (
    -- what was added to a contract later tells nothing of what it was for until then
    SELECT min(greatest(lower(s.valid), added.effective_on)) AS day
    FROM wmo.contract_scope s LEFT JOIN wmo.contract_change added ON added.id = s.added_by_id
    WHERE s.contract_id = c.id
    OFFSET 0
  ) begun
  CROSS JOIN LATERAL (
    SELECT daterange(NULL, begun.day)
           * daterange(wmo.first_day(c.period),
                       CASE WHEN wmo.end_kind(c.period) = 'day' AND NOT wmo_works.may_be_renewed(c.id, c.period)
                            THEN greatest(wmo.exclusive_end(c.period),
                                          (SELECT max(upper(o.term)) FROM wmo.options(c.period) o
                                           WHERE NOT wmo.is_terminated(c.period))) END) AS valid
  ) days
  WHERE NOT isempty(days.valid) AND (begun.day IS NULL OR wmo.first_day(c.period) IS NOT NULL)
    AND NOT EXISTS (SELECT FROM wmo.contract_scope s
                    WHERE s.contract_id = c.id AND s.added_by_id IS NULL
                      AND (lower_inf(s.valid) OR lower(s.valid) <= wmo.first_day(c.period)));
COMMENT ON VIEW wmo_works.contract_without_scope IS
  'Contracts of which neither service nor area is recorded, or none before some day: for what they serve whom, nobody '
  'can tell.';
COMMENT ON COLUMN wmo_works.contract_without_scope.contract_id IS 'The contract.';
COMMENT ON COLUMN wmo_works.contract_without_scope.valid IS
  'The days on which it may run at most, with all its options, up to the first of a scope.';

CREATE VIEW wmo_works.complete_days WITH (security_invoker = true) AS
  SELECT d.area_id, d.service_id, held.valid
  FROM (
    SELECT a.id AS area_id, d.service_id, d.source_id, d.valid * a.valid AS valid
    FROM wmo.registry_completeness d
    JOIN wmo.area a ON a.id = d.area_id
    WHERE d.valid && a.valid
    UNION ALL
    SELECT a.id, d.service_id, d.source_id, d.valid * a.valid
    FROM wmo.registry_completeness d
    JOIN wmo.area named ON named.id = d.area_id
    JOIN wmo.area a ON a.code OPERATOR(@extschema@.=) named.code AND a.id <> named.id
    WHERE d.valid && a.valid
  ) d
  CROSS JOIN LATERAL unnest(
    datemultirange(d.valid)
    -- of all contracts, so that it is worked out once and not for every declaration
    - coalesce((SELECT range_agg(w.valid) FROM wmo_works.contract_without_scope w), '{}'::datemultirange)) held (valid)
  WHERE NOT wmo_works.is_inferred(d.source_id);
COMMENT ON VIEW wmo_works.complete_days IS
  'The declarations of wmo.registry_completeness that count, by edition of their area; not on days on which a contract '
  'may run of which it is not recorded for what: it contradicts them.';
COMMENT ON COLUMN wmo_works.complete_days.area_id IS 'The area, in the edition of these days.';
COMMENT ON COLUMN wmo_works.complete_days.service_id IS 'Of which service, narrower ones included; null = of all.';
COMMENT ON COLUMN wmo_works.complete_days.valid IS 'Days of care on which no contract is missing.';
