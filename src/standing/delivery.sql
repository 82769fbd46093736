-- delivery: who delivers in a scope, and how each of them stands.
-- Relies on standing: whoever delivers stands no better than the scope it delivers in.

CREATE TYPE wmo.provider_role AS ENUM ('main', 'contracted', 'member', 'subcontractor');
COMMENT ON TYPE wmo.provider_role IS
  'main: the one provider of an exclusive scope (hoofdaanbieder); contracted: one of the suppliers; member of a '
  'consortium (combinant); subcontractor (onderaannemer).';

CREATE FUNCTION wmo_works.existing_day(clients text, stated date, other_clients text, other_stated date) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT CASE WHEN (clients <> 'existing' OR stated IS NOT NULL)
                   AND (other_clients <> 'existing' OR other_stated IS NOT NULL)
              THEN least(stated, other_stated) END;
END;
COMMENT ON FUNCTION wmo_works.existing_day(text, date, text, date) IS
  'The day on which an existing client had to be one, by a scope and by who delivers in it; null where one of them '
  'asks for existing clients and does not state its day.';

CREATE FUNCTION wmo_works.subcontracts_in(of_scope_id integer, of_contract_id integer, of_service_id integer,
  of_area_id integer, on_days daterange, known daterange)
RETURNS TABLE (subcontract_id integer, area_id integer, service_id integer, service text, provider_id integer,
               clients text, existing_on date, valid daterange, source_id integer, known_on date, entered_on date,
               place_inferred boolean, supplier_changed boolean, too_early boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1 -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT sub.id, place.area_id, part.id, part.code, sub.party_id, sub.clients, sub.existing_on, days.valid,
         sub.source_id, sub.known_on, sub.entered_on,
         place.inferred
           OR sub.service_id IS NOT NULL AND sub.service_id <> of_service_id
              AND EXISTS (SELECT FROM wmo_works.service_family(of_service_id) f
                          WHERE f.member_id = sub.service_id AND f.inferred),
         EXISTS (SELECT FROM wmo_works.scope_change t
                 WHERE t.scope_id = of_scope_id AND t.kind = 'transfer'
                   AND t.known_from <= lower(subcontracts_in.known)
                   AND t.effective_on <= lower(on_days) AND coalesce(t.effective_on > last.told_on, true)),
         days.too_early
  FROM wmo.subcontract sub
  LEFT JOIN wmo.source so ON so.id = sub.source_id
  CROSS JOIN LATERAL (
    -- the last day of which it is known that it stood with whoever was the supplier then
    SELECT greatest(lower(sub.valid), sub.known_on, lower(so.published)) AS told_on
  ) last
  CROSS JOIN LATERAL (
    SELECT CASE WHEN sub.service_id IS NULL
                  OR sub.service_id IN (SELECT p FROM wmo_works.service_with_parents(of_service_id) p)
                THEN of_service_id
                WHEN of_service_id IN (SELECT p FROM wmo_works.service_with_parents(sub.service_id) p)
                THEN sub.service_id END AS service_id
  ) matter
  JOIN wmo.service part ON part.id = matter.service_id
  CROSS JOIN LATERAL (
    SELECT of_area_id AS area_id, false AS inferred WHERE sub.area_id IS NULL OR of_area_id IS NULL
    UNION ALL
    SELECT of_area_id, w.inferred FROM wmo.area_with_wholes(of_area_id) w WHERE w.whole_id = sub.area_id
    UNION ALL
    SELECT sub.area_id, w.inferred FROM wmo.area_with_wholes(sub.area_id) w
    WHERE w.whole_id = of_area_id AND sub.area_id <> of_area_id
  ) place
  CROSS JOIN LATERAL (
    SELECT sub.valid * daterange(sub.known_on, NULL) AS valid, false AS too_early WHERE lower_inf(sub.valid)
    UNION ALL
    SELECT sub.valid * daterange(NULL, sub.known_on), true
    WHERE lower_inf(sub.valid) AND sub.known_on IS NOT NULL
    UNION ALL
    SELECT sub.valid, false WHERE NOT lower_inf(sub.valid)
  ) days
  WHERE sub.contract_id = of_contract_id;
END;
COMMENT ON FUNCTION wmo_works.subcontracts_in(integer, integer, integer, integer, daterange, daterange) IS
  'The subcontracts for some of what a scope is for, as they stand with who is the supplier on these days of care, by '
  'what these as_of days know. place_inferred: that the area or the service of the one is a part of the other''s rests '
  'on an inferred source. too_early: no first day is recorded of it, and these are days before it was agreed. '
  'supplier_changed: the contract went to that supplier after the last day of which the subcontract, its agreement or '
  'its source tells, so that nobody can tell whether it went along.';

CREATE FUNCTION wmo_works.days_by_merger(provider_id integer, through_id integer DEFAULT NULL)
RETURNS TABLE (valid daterange, known daterange, merged boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 100 ROWS 1 -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT part.valid, part.known, part.merged
  FROM (
    SELECT min(s.valid_from) AS day, min(s.known_from) AS known_from
    FROM wmo_works.succession_known s
    WHERE s.predecessor_id IN (days_by_merger.provider_id, days_by_merger.through_id) AND s.kind = 'merger'
  ) merger
  CROSS JOIN LATERAL (
    SELECT daterange(NULL, merger.day) AS valid, '(,)'::daterange AS known, false AS merged
    WHERE coalesce(isfinite(merger.day), true)
    UNION ALL
    SELECT daterange(merger.day, NULL), daterange(NULL, merger.known_from), false WHERE isfinite(merger.day)
    UNION ALL
    SELECT daterange(merger.day, NULL), daterange(merger.known_from, NULL), true WHERE isfinite(merger.day)
    UNION ALL
    SELECT '(,)', '(,)', true WHERE NOT isfinite(merger.day)
  ) part;
END;
COMMENT ON FUNCTION wmo_works.days_by_merger(integer, integer) IS
  'All days, cut where a provider, or the consortium through which it serves (through_id), is no more by a merger '
  '(merged): from its day on another party has its contracts by law (BW 2:309), which need not have the member; where '
  'that day is not known, any day may lie after it. A takeover or a new name ends nobody.';

CREATE FUNCTION wmo_works.standing_of_providers(with_awards boolean, with_ledger boolean, with_others boolean)
RETURNS TABLE (contract_id integer, scope_id integer, certainty wmo.certainty, known daterange, valid daterange,
               service_id integer, service text, area_id integer, area text, area_code wmo.area_code,
               provider_id integer, subcontract_id integer, role wmo.provider_role, ages int4range, clients text,
               existing_on date, number text, buyer_id integer, period wmo.contract_period, reason wmo.reason,
               scope_certainty wmo.certainty, scope_area_id integer, open boolean, inferred boolean,
               end_inferred boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1000 -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT c.id, s.id,
         CASE WHEN st.certainty IS NOT NULL THEN greatest(
           st.certainty, told.certainty, read.certainty,
           CASE WHEN deliverer.supplier_changed OR deliverer.too_early THEN 'unknown'::wmo.certainty
                WHEN by_merger.merged THEN 'inferred' END) END,
         st.known * told.known * by_merger.known, st.valid * deliverer.valid * by_merger.valid,
         deliverer.service_id, deliverer.service, deliverer.area_id, ar.name, ar.code,
         deliverer.provider_id, deliverer.subcontract_id, deliverer.role, s.ages,
         CASE WHEN 'existing' IN (s.clients, deliverer.clients) THEN 'existing' ELSE 'all' END,
         -- whose clients existed then is that of whom the contract was with
         wmo_works.existing_day(s.clients, CASE WHEN st.supplier_id IS NOT DISTINCT FROM c.supplier_id
                                                THEN s.existing_on END, deliverer.clients, deliverer.existing_on),
         c.number, c.buyer_id, st.period,
         CASE WHEN told.certainty IS NOT NULL THEN 'known_since_unknown'
              WHEN deliverer.supplier_changed OR by_merger.merged AND st.certainty <> 'unknown' THEN 'supplier_changed'
              WHEN deliverer.too_early THEN 'first_day_unknown'
              ELSE wmo_works.reason_of_reading(st.reason, st.certainty, read.certainty IS NOT NULL) END,
         st.certainty, s.area_id, st.open, read.certainty IS NOT NULL, st.end_inferred
  FROM wmo.contract c
  CROSS JOIN LATERAL (
    SELECT l.* FROM wmo_works.stands_by_lot(c.id, c.award_id, c.tender_id, c.supplier_id,
                                            wmo_works.agreed_by(c.signed_on, c.agreed_period), c.signed_on,
                                            standing_of_providers.with_awards) l
    OFFSET 0) award -- found once a contract and lot
  CROSS JOIN LATERAL (
    SELECT a.scope_ids, ss.* FROM wmo_works.scopes_alike(c.id, award.lot_id, standing_of_providers.with_ledger) a
    CROSS JOIN LATERAL wmo_works.scope_standing_under(a.scope_id, award.stands, standing_of_providers.with_ledger) ss
    OFFSET 0) st -- once for all that stand alike, however little a plan knows of the tables
  CROSS JOIN LATERAL unnest(st.scope_ids) one (id) JOIN wmo.contract_scope s ON s.id = one.id
  JOIN wmo.service sv ON sv.id = s.service_id LEFT JOIN wmo.award aw ON aw.id = c.award_id
  CROSS JOIN LATERAL (
    SELECT NULL::integer AS subcontract_id, s.area_id, s.service_id, sv.code AS service, st.supplier_id AS provider_id,
           CASE s.choice WHEN 'exclusive' THEN 'main'::wmo.provider_role ELSE 'contracted' END AS role,
           'all' AS clients, NULL::date AS existing_on, '(,)'::daterange AS valid, NULL::integer AS source_id,
           NULL::date AS known_on, NULL::date AS entered_on, false AS place_inferred, false AS supplier_changed,
           false AS too_early
    UNION ALL
    SELECT NULL, s.area_id, s.service_id, sv.code, m.member_id, 'member', 'all', NULL, m.valid, m.source_id,
           m.known_on, m.entered_on, false, false, false
    FROM wmo.consortium_member m
    WHERE m.consortium_id = st.supplier_id AND st.certainty IS NOT NULL AND standing_of_providers.with_others
    UNION ALL
    SELECT sub.subcontract_id, sub.area_id, sub.service_id, sub.service, sub.provider_id, 'subcontractor', sub.clients,
           sub.existing_on, sub.valid, sub.source_id, sub.known_on, sub.entered_on, sub.place_inferred,
           sub.supplier_changed, sub.too_early
    FROM wmo_works.subcontracts_in(s.id, c.id, s.service_id, s.area_id, st.valid, st.known) sub
    WHERE st.certainty IS NOT NULL AND standing_of_providers.with_others
  ) deliverer
  LEFT JOIN wmo.area ar ON ar.id = deliverer.area_id
  CROSS JOIN LATERAL (
    SELECT CASE WHEN st.inferred OR deliverer.place_inferred OR EXISTS (SELECT FROM wmo.source so
      WHERE so.basis = 'inferred' AND wmo_works.could_be_read(so.published, st.reason, st.known)
        AND so.id IN (c.source_id, s.source_id, deliverer.source_id, ar.source_id, aw.source_id))
      THEN 'inferred'::wmo.certainty END OFFSET 0) read (certainty) -- found once, not at every mention
  CROSS JOIN LATERAL (
    -- the supplier has no days of its own: it stands as the scope does
    SELECT wmo_works.known_from(deliverer.known_on,
                                (SELECT so.published FROM wmo.source so WHERE so.id = deliverer.source_id),
                                deliverer.entered_on) AS day
  ) since
  CROSS JOIN LATERAL (
    SELECT daterange(since.day, NULL) AS known, NULL::wmo.certainty AS certainty
    UNION ALL
    SELECT daterange(deliverer.known_on, since.day), 'unknown' WHERE deliverer.known_on IS DISTINCT FROM since.day
  ) told
  CROSS JOIN LATERAL wmo_works.days_by_merger(
    CASE WHEN st.certainty IS NOT NULL THEN deliverer.provider_id END,
    CASE WHEN st.certainty IS NOT NULL AND deliverer.role = 'member' THEN st.supplier_id END) by_merger
  WHERE NOT isempty(st.valid * deliverer.valid * by_merger.valid)
    AND NOT isempty(st.known * told.known * by_merger.known);
END;
COMMENT ON FUNCTION wmo_works.standing_of_providers(boolean, boolean, boolean) IS
  'wmo_works.provider_standing_due. Where none of the contracts that are asked for follows from an award, has changes '
  'in its ledger, or has other deliverers than one supplier, it can do without: with false, a constant, what these '
  'would take is not even planned.';

CREATE VIEW wmo_works.provider_standing_due WITH (security_invoker = true) AS
  SELECT d.contract_id, d.scope_id, d.certainty, d.known, d.valid, d.service_id, d.service, d.area_id, d.area,
         d.area_code, d.provider_id, d.subcontract_id, d.role, d.ages, d.clients, d.existing_on, d.number, d.buyer_id,
         d.period, d.reason, d.scope_certainty, d.scope_area_id, d.open, d.inferred, d.end_inferred
  FROM wmo_works.standing_of_providers(true, true, true) d;
COMMENT ON VIEW wmo_works.provider_standing_due IS
  'The definition of wmo_works.provider_standing, worked out anew at every reading.';
COMMENT ON COLUMN wmo_works.provider_standing_due.contract_id IS 'The contract.';
COMMENT ON COLUMN wmo_works.provider_standing_due.scope_id IS 'The scope.';
COMMENT ON COLUMN wmo_works.provider_standing_due.number IS 'The number of the contract.';
COMMENT ON COLUMN wmo_works.provider_standing_due.buyer_id IS 'Who bought.';
COMMENT ON COLUMN wmo_works.provider_standing_due.subcontract_id IS 'The subcontract, for a subcontractor.';
COMMENT ON COLUMN wmo_works.provider_standing_due.area_id IS 'The area; null = not named.';
COMMENT ON COLUMN wmo_works.provider_standing_due.area IS 'Its name.';
COMMENT ON COLUMN wmo_works.provider_standing_due.area_code IS 'Its CBS code, where it has one.';
COMMENT ON COLUMN wmo_works.provider_standing_due.service_id IS 'The service.';
COMMENT ON COLUMN wmo_works.provider_standing_due.service IS 'Its code.';
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
COMMENT ON COLUMN wmo_works.provider_standing_due.scope_certainty IS
  'How sure it is that the scope serves, whoever delivers in it; null = it does not.';
COMMENT ON COLUMN wmo_works.provider_standing_due.open IS
  'True: by what is recorded it does not serve, but nothing surely keeps it from doing so.';
COMMENT ON COLUMN wmo_works.provider_standing_due.inferred IS
  'True: it rests on an inferred source, whether it serves or not.';
COMMENT ON COLUMN wmo_works.provider_standing_due.end_inferred IS
  'True: that its period ends when it does rests on a change of the ledger with an inferred source.';
