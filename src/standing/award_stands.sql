-- award_stands: what awards make of the contracts that follow from them, as those feel it.
-- Relies on award_status, tender_award and the words of certainty.

CREATE TYPE wmo_works.award_stand AS (
  known     daterange,
  valid     daterange,
  certainty wmo.certainty,
  reason    wmo.reason,
  remark    wmo.reason,
  undated   boolean,
  signed    boolean,
  void_from date,
  open      boolean,
  inferred  boolean
);
COMMENT ON TYPE wmo_works.award_stand IS
  'What an award makes of its contracts for care on some days (valid) as seen on some (known): how sure it is that '
  'they serve, null where they do not; why not, or why no surer; what else there is to say of it (remark); whether no '
  'day is known since when it stands (undated); whether that holds for a contract that is signed, or for one that is '
  'not (signed); the day from which it is void (void_from); whether its contracts may serve although it does not '
  'say so (open); and whether that rests on an inferred source (inferred).';

CREATE FUNCTION wmo_works.agreed_by(signed_on date, agreed_period wmo.contract_period) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT coalesce(signed_on, wmo.first_day(agreed_period));
END;
COMMENT ON FUNCTION wmo_works.agreed_by(date, wmo.contract_period) IS
  'The day on which a contract was agreed, or had been: when it was signed, else its first day; null = not known.';

CREATE FUNCTION wmo_works.is_awarded_to(award_id integer, supplier_id integer, agreed_by date) RETURNS wmo.certainty
LANGUAGE sql STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
  WITH RECURSIVE one (party_id, way, shared, inferred) AS (
    SELECT a.supplier_id, NULL, false, false FROM wmo.award a WHERE a.id = is_awarded_to.award_id
    UNION
    -- along a succession in one direction, and once from a consortium to a member or back: who came after, and what
    -- another member signs, is not who was awarded
    SELECT t.party_id, coalesce(t.way, one.way), one.shared OR t.way IS NULL,
           one.inferred OR t.inferred OR t.held IS NULL
    FROM one
    CROSS JOIN LATERAL (
      SELECT CASE s.successor_id WHEN one.party_id THEN s.predecessor_id ELSE s.successor_id END AS party_id,
             CASE s.successor_id WHEN one.party_id THEN 'earlier' ELSE 'later' END AS way,
             wmo_works.is_inferred(s.source_id) AS inferred,
             -- a name changes nobody; who took over later was another when this was agreed
             s.kind = 'renaming' OR s.effective_on <= is_awarded_to.agreed_by AS held
      FROM wmo.party_succession s WHERE one.party_id IN (s.predecessor_id, s.successor_id)
      UNION ALL
      SELECT CASE m.member_id WHEN one.party_id THEN m.consortium_id ELSE m.member_id END, NULL,
             wmo_works.is_inferred(m.source_id), m.valid = '(,)' OR m.valid @> is_awarded_to.agreed_by
      FROM wmo.consortium_member m WHERE one.party_id IN (m.consortium_id, m.member_id)
    ) t
    WHERE t.held IS NOT false
      AND CASE WHEN t.way IS NULL THEN NOT one.shared ELSE coalesce(t.way = one.way, true) END
  )
  SELECT coalesce(CASE WHEN is_awarded_to.supplier_id IS NULL THEN 'certain'::wmo.certainty END,
                  (SELECT CASE WHEN coalesce(a.supplier_id = is_awarded_to.supplier_id, true) THEN 'certain' END
                   FROM wmo.award a WHERE a.id = is_awarded_to.award_id)::wmo.certainty,
                  (SELECT CASE WHEN bool_and(one.inferred) THEN 'inferred' ELSE 'certain' END
                   FROM one WHERE one.party_id = is_awarded_to.supplier_id HAVING count(*) > 0)::wmo.certainty);
END;
COMMENT ON FUNCTION wmo_works.is_awarded_to(integer, integer, date) IS
  'How sure it is that the supplier of a contract is whom its award names, one that had come after or before that '
  'party by the day on which the contract was agreed (agreed_by), or was its consortium or member on that day: '
  'certain, or inferred by the source of such a tie or where its day, or that of the contract, is not known; null = by '
  'what is recorded it is somebody else. An award, or a contract, without a named supplier contradicts nobody.';

CREATE FUNCTION wmo_works.award_stands(award_id integer, supplier_id integer, agreed_by date, signed_on date)
RETURNS SETOF wmo_works.award_stand
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 4
BEGIN ATOMIC
  SELECT part.known, t.valid,
         CASE WHEN t.status IN ('withdrawn', 'annulled') OR NOT t.awarded OR part.unsent THEN NULL
              WHEN winner.certainty IS NULL THEN 'unknown'::wmo.certainty
              WHEN t.status IN ('final', 'not_applicable') THEN 'certain'
              ELSE t.status::wmo.certainty END,
         CASE WHEN NOT t.awarded OR part.unsent THEN 'not_awarded'::wmo.reason
              WHEN t.status = 'withdrawn' THEN 'award_withdrawn'
              WHEN t.status = 'annulled' THEN 'award_annulled'
              WHEN winner.certainty IS NULL THEN 'award_contradicted'
              WHEN t.status IN ('provisional', 'contested') THEN 'award_not_final'
              WHEN t.status = 'unknown' THEN 'award_status_unknown' END,
         t.remark::wmo.reason,
         t.status = 'not_applicable' AND lower_inf(t.known),
         life.signed, a.annulled_on, part.unsent OR t.status = 'withdrawn',
         t.inferred OR coalesce(winner.certainty = 'inferred', false)
  FROM wmo.award a
  CROSS JOIN LATERAL (
    SELECT wmo_works.is_awarded_to(a.id, award_stands.supplier_id, award_stands.agreed_by) AS certainty
    OFFSET 0 -- found once, not at every mention
  ) winner
  CROSS JOIN LATERAL (
    SELECT false AS signed
    UNION ALL
    SELECT true WHERE award_stands.signed_on IS NOT NULL
                   OR EXISTS (SELECT FROM wmo.contract c WHERE c.award_id = a.id AND c.signed_on IS NOT NULL)
  ) life
  CROSS JOIN LATERAL wmo_works.award_life(a.id, life.signed, award_stands.signed_on) t
  CROSS JOIN LATERAL (
    -- before anybody was told, whether it was decided is not known to anybody else
    SELECT CASE WHEN t.status = 'unknown' AND t.awarded IS NULL AND a.decided IS NULL AND NOT life.signed
                THEN coalesce(lower(a.sent), wmo.event_day(a.standstill), wmo.event_day(a.forfeiture)) END AS day
    OFFSET 0
  ) sent
  CROSS JOIN LATERAL (
    SELECT t.known * daterange(sent.day, NULL) AS known, false AS unsent
    UNION ALL
    SELECT t.known * daterange(NULL, sent.day), true WHERE sent.day IS NOT NULL
  ) part
  WHERE a.id = award_stands.award_id AND NOT isempty(part.known);
END;
COMMENT ON FUNCTION wmo_works.award_stands(integer, integer, date, date) IS
  'The life of an award as its contracts with this supplier feel it that were agreed by a day '
  '(wmo_works.agreed_by); no rows without an award. signed_on: of a contract that does not name it, and was signed '
  'then.';

CREATE FUNCTION wmo_works.stands_of_scopes(award_id integer, tender_id integer, lot_id integer, supplier_id integer,
                                           agreed_by date, signed_on date)
RETURNS SETOF wmo_works.award_stand
LANGUAGE sql STABLE PARALLEL SAFE COST 2000 ROWS 4 -- not STRICT: so that it is inlined
BEGIN ATOMIC
  WITH among AS MATERIALIZED (
    SELECT a.award_id, a.own, a.own OR a.supplier_id IS NOT NULL AS named,
           a.own OR wmo_works.is_awarded_to(a.award_id, stands_of_scopes.supplier_id,
                                            stands_of_scopes.agreed_by) IS NOT NULL AS won
    FROM wmo_works.awards_of_scopes(stands_of_scopes.award_id, stands_of_scopes.tender_id, stands_of_scopes.lot_id) a
  ), winner AS (
    SELECT a.award_id, a.own FROM among a
    WHERE a.won AND (a.named OR NOT EXISTS (SELECT FROM among n WHERE n.won AND n.named))
  ), piece AS MATERIALIZED (
    SELECT w.award_id, w.own, s.known, s.valid, s.certainty, s.reason, s.remark, s.undated, s.signed, s.void_from,
           s.open, s.inferred
    FROM winner w
    CROSS JOIN LATERAL wmo_works.award_stands(w.award_id, stands_of_scopes.supplier_id, stands_of_scopes.agreed_by,
                                              CASE WHEN NOT w.own THEN stands_of_scopes.signed_on END) s
  ), era AS (
    SELECT b.signed, daterange(b.day, lead(b.day) OVER (PARTITION BY b.signed ORDER BY b.day NULLS FIRST)) AS known
    FROM (SELECT DISTINCT p.signed, lower(p.known) AS day FROM piece p WHERE NOT p.own) b
  ), cell AS (
    SELECT b.signed, b.known,
           daterange(b.day, lead(b.day) OVER (PARTITION BY b.signed, b.known ORDER BY b.day NULLS FIRST)) AS valid
    FROM (SELECT DISTINCT e.signed, e.known, lower(p.valid) AS day
          FROM era e JOIN piece p ON p.signed = e.signed AND p.known && e.known) b
  )
  SELECT p.known, p.valid, p.certainty, p.reason, p.remark, p.undated, p.signed, p.void_from, p.open, p.inferred
  FROM piece p WHERE p.own
  UNION ALL
  -- That it follows from this one is our reading: taken back, or not decided yet, it says no more than unknown. Of
  -- several that stand the least sure one counts.
  SELECT c.known, c.valid, coalesce(says.certainty, 'unknown'),
         CASE WHEN says.certainty IS NULL THEN 'award_contradicted'::wmo.reason ELSE says.reason END, says.remark, true,
         c.signed, NULL, false, says.inferred
  FROM cell c
  CROSS JOIN LATERAL (
    SELECT p.certainty, p.reason, p.remark, p.inferred
    FROM piece p
    WHERE p.signed = c.signed AND p.known @> c.known AND p.valid @> c.valid
    ORDER BY p.certainty DESC NULLS LAST, p.inferred DESC, p.reason IS NULL, p.remark IS NULL, p.award_id
    LIMIT 1
  ) says
  UNION ALL
  SELECT '(,)', '(,)', 'unknown', 'award_contradicted', NULL, true, NULL, NULL, false, false
  WHERE NOT EXISTS (SELECT FROM winner)
    AND (stands_of_scopes.award_id IS NOT NULL OR EXISTS (SELECT FROM among));
END;
COMMENT ON FUNCTION wmo_works.stands_of_scopes(integer, integer, integer, integer, date, date) IS
  'What awards make of the scopes of this lot of a contract: its own or, where that is of another lot or none is '
  'recorded with it, those of its tender. No rows: none is recorded. Unknown where those that are went to others, or '
  'were taken back.';

CREATE FUNCTION wmo_works.stands_by_lot(contract_id integer, award_id integer, tender_id integer, supplier_id integer,
                                        agreed_by date, signed_on date, with_awards boolean)
RETURNS TABLE (lot_id integer, stands wmo_works.award_stand[])
LANGUAGE sql STABLE PARALLEL SAFE COST 2000 ROWS 1 -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT lot.id,
         ARRAY(SELECT a FROM wmo_works.stands_of_scopes(stands_by_lot.award_id, stands_by_lot.tender_id, lot.id,
                                                        stands_by_lot.supplier_id, stands_by_lot.agreed_by,
                                                        stands_by_lot.signed_on) a
               WHERE stands_by_lot.with_awards)
  FROM (SELECT DISTINCT s.lot_id AS id FROM wmo.contract_scope s
        WHERE s.contract_id = stands_by_lot.contract_id) lot;
END;
COMMENT ON FUNCTION wmo_works.stands_by_lot(integer, integer, integer, integer, date, date, boolean) IS
  'wmo_works.stands_of_scopes for every lot of which a contract has scopes, null = not known among them.';
