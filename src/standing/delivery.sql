-- delivery: coverage, the one definition of who serves whom.
-- Relies on standing: whoever delivers stands no better than the scope it delivers in.

CREATE TYPE wmo.provider_role AS ENUM ('main', 'contracted', 'member', 'subcontractor');
COMMENT ON TYPE wmo.provider_role IS
  'main: the one provider of an exclusive scope (hoofdaanbieder); contracted: one of the suppliers; member of a '
  'consortium (combinant); subcontractor (onderaannemer).';

CREATE VIEW wmo_works.provider_standing_due WITH (security_invoker = true) AS
  SELECT s.contract_id, s.id AS scope_id, deliverer.subcontract_id, deliverer.area_id, deliverer.service_id,
         deliverer.provider_id, deliverer.role, s.ages,
         CASE WHEN 'existing' IN (s.clients, deliverer.clients) THEN 'existing' ELSE 'all' END AS clients,
         least(s.existing_on, deliverer.existing_on) AS existing_on,
         -- What rests on an inferred source is inferred, whatever the contract itself says.
         CASE WHEN st.certainty IS NOT NULL
              THEN greatest(st.certainty, CASE WHEN EXISTS (
                SELECT FROM wmo.source so
                WHERE so.id IN (c.source_id, s.source_id, deliverer.source_id, ar.source_id, aw.source_id)
                  AND so.basis = 'inferred') THEN 'inferred'::wmo.certainty END) END AS certainty,
         st.reason, st.valid * deliverer.valid AS valid, st.known, st.period, s.area_id AS scope_area_id
  FROM wmo.contract_scope s
  JOIN wmo.contract c ON c.id = s.contract_id
  CROSS JOIN LATERAL (
    SELECT ss.* FROM wmo_works.scope_standing_due ss WHERE ss.scope_id = s.id
    OFFSET 0 -- scope by scope: no plan, however little it knows of the tables, crosses scopes with one another
  ) st
  LEFT JOIN wmo.award aw ON aw.id = c.award_id
  CROSS JOIN LATERAL (
    SELECT NULL::integer AS subcontract_id, s.area_id, s.service_id, st.supplier_id AS provider_id,
           CASE s.choice WHEN 'exclusive' THEN 'main'::wmo.provider_role ELSE 'contracted' END AS role,
           'all' AS clients, NULL::date AS existing_on, '(,)'::daterange AS valid, NULL::integer AS source_id
    UNION ALL
    SELECT NULL, s.area_id, s.service_id, m.member_id, 'member', 'all', NULL, m.valid, m.source_id
    FROM wmo.consortium_member m
    WHERE m.consortium_id = st.supplier_id AND st.certainty IS NOT NULL
    UNION ALL
    SELECT sub.id, place.area_id, matter.service_id, sub.party_id, 'subcontractor', sub.clients, sub.existing_on,
           sub.valid, sub.source_id
    FROM wmo.subcontract sub
    CROSS JOIN LATERAL (
      SELECT CASE WHEN sub.service_id IS NULL
                    OR sub.service_id IN (SELECT p FROM wmo_works.service_with_parents(s.service_id) p)
                  THEN s.service_id
                  WHEN s.service_id IN (SELECT p FROM wmo_works.service_with_parents(sub.service_id) p)
                  THEN sub.service_id END AS service_id
    ) matter
    CROSS JOIN LATERAL (
      SELECT CASE WHEN sub.area_id IS NULL
                    OR sub.area_id IN (SELECT w.whole_id FROM wmo.area_with_wholes(s.area_id) w)
                  THEN s.area_id
                  WHEN s.area_id IN (SELECT w.whole_id FROM wmo.area_with_wholes(sub.area_id) w)
                  THEN sub.area_id END AS area_id
    ) place
    WHERE sub.contract_id = st.contract_id AND st.certainty IS NOT NULL
      AND matter.service_id IS NOT NULL AND (place.area_id IS NOT NULL OR s.area_id IS NULL)
  ) deliverer
  LEFT JOIN wmo.area ar ON ar.id = deliverer.area_id
  WHERE st.valid && deliverer.valid;
COMMENT ON VIEW wmo_works.provider_standing_due IS
  'The definition of wmo_works.provider_standing, worked out anew at every reading.';
COMMENT ON COLUMN wmo_works.provider_standing_due.contract_id IS 'The contract.';
COMMENT ON COLUMN wmo_works.provider_standing_due.scope_id IS 'The scope.';
COMMENT ON COLUMN wmo_works.provider_standing_due.subcontract_id IS 'The subcontract, for a subcontractor.';
COMMENT ON COLUMN wmo_works.provider_standing_due.area_id IS 'The area; null = not named.';
COMMENT ON COLUMN wmo_works.provider_standing_due.service_id IS 'The service.';
COMMENT ON COLUMN wmo_works.provider_standing_due.provider_id IS 'The provider; null = not named.';
COMMENT ON COLUMN wmo_works.provider_standing_due.role IS 'main, contracted, member or subcontractor.';
COMMENT ON COLUMN wmo_works.provider_standing_due.ages IS 'Ages in whole years, half open.';
COMMENT ON COLUMN wmo_works.provider_standing_due.clients IS 'all, or existing only.';
COMMENT ON COLUMN wmo_works.provider_standing_due.existing_on IS
  'The day on which an existing client had to be one; null = not stated.';
COMMENT ON COLUMN wmo_works.provider_standing_due.certainty IS 'How sure; null = does not serve.';
COMMENT ON COLUMN wmo_works.provider_standing_due.reason IS 'Why it does not serve, or why it is no surer.';
COMMENT ON COLUMN wmo_works.provider_standing_due.valid IS 'Days of care.';
COMMENT ON COLUMN wmo_works.provider_standing_due.known IS 'as_of days on which this held.';
COMMENT ON COLUMN wmo_works.provider_standing_due.period IS 'The period of the scope as known then.';
COMMENT ON COLUMN wmo_works.provider_standing_due.scope_area_id IS
  'The area of the scope itself; a subcontract may name a smaller one.';

CREATE VIEW wmo_works.provider_standing WITH (security_invoker = true) AS
  SELECT p.contract_id, p.scope_id, p.subcontract_id, p.area_id, p.service_id, p.provider_id, p.role, p.ages,
         p.clients, p.existing_on, p.certainty, p.reason, p.valid, p.known, p.period, p.scope_area_id
  FROM wmo_works.provider_standing_due p;
COMMENT ON VIEW wmo_works.provider_standing IS
  'scope_standing by provider: the supplier, the members of a consortium and the subcontractors, each with role, ages '
  'and clients. Rows that do not serve are here too, with their reason; coverage is the rows that do.';
COMMENT ON COLUMN wmo_works.provider_standing.contract_id IS 'The contract.';
COMMENT ON COLUMN wmo_works.provider_standing.scope_id IS 'The scope.';
COMMENT ON COLUMN wmo_works.provider_standing.subcontract_id IS 'The subcontract, for a subcontractor.';
COMMENT ON COLUMN wmo_works.provider_standing.area_id IS 'The area; null = not named.';
COMMENT ON COLUMN wmo_works.provider_standing.service_id IS 'The service.';
COMMENT ON COLUMN wmo_works.provider_standing.provider_id IS 'The provider; null = not named.';
COMMENT ON COLUMN wmo_works.provider_standing.role IS 'main, contracted, member or subcontractor.';
COMMENT ON COLUMN wmo_works.provider_standing.ages IS 'Ages in whole years, half open.';
COMMENT ON COLUMN wmo_works.provider_standing.clients IS 'all, or existing only.';
COMMENT ON COLUMN wmo_works.provider_standing.existing_on IS
  'The day on which an existing client had to be one; null = not stated.';
COMMENT ON COLUMN wmo_works.provider_standing.certainty IS 'How sure; null = does not serve.';
COMMENT ON COLUMN wmo_works.provider_standing.reason IS 'Why it does not serve, or why it is no surer.';
COMMENT ON COLUMN wmo_works.provider_standing.valid IS 'Days of care.';
COMMENT ON COLUMN wmo_works.provider_standing.known IS 'as_of days on which this held.';
COMMENT ON COLUMN wmo_works.provider_standing.period IS 'The period of the scope as known then.';
COMMENT ON COLUMN wmo_works.provider_standing.scope_area_id IS
  'The area of the scope itself; a subcontract may name a smaller one.';

CREATE VIEW wmo.coverage WITH (security_invoker = true) AS
  SELECT p.area_id, a.name AS area, a.code AS area_code, p.service_id, sv.code AS service, p.provider_id,
         pt.name AS provider, p.role, p.ages, p.clients, p.existing_on, p.certainty, p.valid, p.known,
         p.contract_id, c.number, p.scope_id, p.subcontract_id
  FROM wmo_works.provider_standing p
  JOIN wmo.contract c ON c.id = p.contract_id
  JOIN wmo.service sv ON sv.id = p.service_id
  LEFT JOIN wmo.area a ON a.id = p.area_id
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
COMMENT ON COLUMN wmo.coverage.valid IS 'Days of care, half open.';
COMMENT ON COLUMN wmo.coverage.known IS 'as_of days on which this certainty held, half open.';
COMMENT ON COLUMN wmo.coverage.contract_id IS 'The contract.';
COMMENT ON COLUMN wmo.coverage.number IS 'Its number.';
COMMENT ON COLUMN wmo.coverage.scope_id IS 'The scope.';
COMMENT ON COLUMN wmo.coverage.subcontract_id IS 'The subcontract, for a subcontractor.';
