-- report_contract: tenders, awards and contracts as plain rows.
-- Relies on report, on award_term (agenda) and on the contract periods.

CREATE VIEW wmo_bi.tender WITH (security_invoker = true) AS
  SELECT t.id, t.title, t.procedure, buyer.names AS buyers, wmo_works.first_day_of(t.published) AS published_from,
         wmo_works.last_day_of(t.published) AS published_until, t.lot_count, t.lots_approximate, t.tenderer_count,
         t.tenderers_approximate, t.selected_count, t.selected_approximate, t.bids_valid_until, t.bid_days_after_ruling,
         t.owner, wmo_works.source_text(t.source_id) AS source,
         greatest(t.changed_at, buyer.changed_at) AS changed_at
  FROM wmo.tender t
  LEFT JOIN (
    SELECT tb.tender_id, string_agg(b.name, ', ' ORDER BY b.name) AS names,
           max(greatest(tb.changed_at, b.changed_at)) AS changed_at
    FROM wmo.tender_buyer tb JOIN wmo.party b ON b.id = tb.buyer_id GROUP BY tb.tender_id
  ) buyer ON buyer.tender_id = t.id;
COMMENT ON VIEW wmo_bi.tender IS 'Procurements (aanbestedingen).';

CREATE VIEW wmo_bi.lot WITH (security_invoker = true) AS
  SELECT l.id, l.tender_id, t.title AS tender, l.name, greatest(l.changed_at, t.changed_at) AS changed_at
  FROM wmo.lot l JOIN wmo.tender t ON t.id = l.tender_id;
COMMENT ON VIEW wmo_bi.lot IS 'Lots (percelen) of tenders.';

CREATE VIEW wmo_bi.award WITH (security_invoker = true) AS
  SELECT a.id, a.tender_id, t.tender, a.lot_id, t.lot, a.supplier_id, t.supplier,
         wmo_works.first_day_of(a.decided) AS decided_from, wmo_works.last_day_of(a.decided) AS decided_until,
         wmo_works.first_day_of(a.sent) AS sent_from, wmo_works.last_day_of(a.sent) AS sent_until,
         t.standstill_regime, t.standstill_last_day, t.standstill_latest_day,
         t.forfeiture_last_day, t.forfeiture_latest_day, t.minimum_last_day, a.no_term_because,
         t.court_by, t.court_by_working_day, t.latest_day, t.sign_from, t.sign_basis, t.warning, t.rulings_awaited,
         a.final_on, a.final_basis, a.withdrawn_on, a.annulled_on, a.revived_on, t.signed_on, t.signed_early,
         wmo_works.source_text(a.source_id) AS source, st.changed_at
  FROM wmo.award a
  JOIN wmo.award_term t ON t.award_id = a.id
  JOIN wmo_works.award_stamp st ON st.award_id = a.id;
COMMENT ON VIEW wmo_bi.award IS
  'Awards (gunningen) with their terms and both practical days: court_by for who fights, sign_from for who signs. How '
  'an award stands on a day: award_stretch.';

CREATE VIEW wmo_bi.award_stretch WITH (security_invoker = true) AS
  SELECT wmo_works.report_id(concat_ws('|', 'award_stretch', a.id,
                                       coalesce(wmo_works.iso_day(lower(life.known)), '-'),
                                       wmo_works.iso_day(lower(life.valid)))) AS id,
         a.id AS award_id, life.status, life.awarded, life.basis, life.inferred,
         wmo_works.first_day_of(life.valid) AS care_from, wmo_works.last_day_of(life.valid) AS care_until,
         wmo_works.first_day_of(life.known) AS first_day,
         wmo_works.last_day_of(life.known) AS last_day, wmo_works.end_kind_of(life.known,
         'no_end_recorded') AS end_kind,
         st.changed_at
  FROM wmo.award a
  CROSS JOIN LATERAL wmo.award_timeline(a.id) life
  JOIN wmo_works.award_stamp st ON st.award_id = a.id;
COMMENT ON VIEW wmo_bi.award_stretch IS
  'The life of every award: one row a stretch of days with one status. It never reads the clock: filter on a day. '
  'Where a signed contract was ended by what came after it, two rows of the same days: for care before that day and '
  'from it on.';

CREATE VIEW wmo_bi.contract WITH (security_invoker = true) AS
  SELECT c.id, c.number, c.buyer_id, b.name AS buyer, c.supplier_id, s.name AS supplier, c.supplier_count,
         c.approximate AS supplier_count_approximate, taken.party_id AS taken_over_by_id, taken.name AS taken_over_by,
         taken.effective_on AS taken_over_on, taken.inferred AS taken_over_inferred,
         wmo.first_day(c.period) AS first_day, CASE WHEN NOT award.untold THEN run.last_day END AS last_day,
         CASE WHEN award.untold THEN 'unknown' ELSE run.end_kind END AS end_kind,
         wmo_works.is_inferred(c.source_id) OR wmo_works.stands_by_reading(c, 'infinity') OR EXISTS (
           SELECT FROM wmo.contract_change ch
           WHERE ch.contract_id = c.id AND (wmo_works.moves_end(ch.kind) OR ch.kind = 'scope_removed')
             AND wmo_works.is_inferred(ch.source_id)) AS end_inferred,
         wmo_works.last_day_of(wmo.first_term(c.period)) AS first_term_last_day,
         -- renewed as long as nobody gives notice, it has no latest day
         CASE WHEN NOT wmo_works.may_be_renewed(c.id, c.period)
              THEN wmo_works.last_day_of(wmo.maximum_term(c.period)) END AS maximum_last_day,
         opt.options, opt.options_exercised, opt.options_declined, opt.options_open,
         wmo.notice_by(c.period) AS notice_by,
         CASE WHEN NOT award.untold OR wmo.is_terminated(c.period) THEN wmo.is_terminated(c.period) END AS terminated,
         wmo.has_agreed_extension(c.period) AS extended_outside_options,
         wmo.has_late_extension(c.period) OR (CASE WHEN EXISTS (
           SELECT FROM wmo.contract_change ch
           WHERE ch.contract_id = c.id AND ch.kind = 'extension' AND ch.until IS NULL AND ch.received_on IS NULL
             AND ch.service_id IS NULL AND ch.area_id IS NULL) THEN NULL ELSE false END) AS extended_late,
         c.period::text AS period, c.agreed_period::text AS agreed_period, c.signed_on, c.award_id,
         origin.tender_id, c.variant, c.owner, wmo_works.source_text(c.source_id) AS source, st.changed_at
  FROM wmo.contract c
  JOIN wmo_works.contract_stamp st ON st.contract_id = c.id
  JOIN wmo.party b ON b.id = c.buyer_id
  LEFT JOIN wmo.party s ON s.id = c.supplier_id
  LEFT JOIN wmo.contract_tender origin ON origin.contract_id = c.id
  CROSS JOIN LATERAL (
    -- a part that was extended alone runs longer than the contract did
    SELECT CASE WHEN max(p.last_day) > wmo.last_day(c.period) THEN max(p.last_day) ELSE wmo.last_day(c.period) END
             AS last_day,
           CASE WHEN wmo.end_kind(c.period) = 'day' THEN coalesce(min(nullif(p.end_kind, 'day')), 'day')
                ELSE wmo.end_kind(c.period) END AS end_kind
    FROM (SELECT wmo.last_day(st.period) AS last_day, wmo.end_kind(st.period) AS end_kind
          FROM wmo.contract_scope s JOIN wmo_works.scope_state st ON st.scope_id = s.id AND upper_inf(st.known)
          WHERE s.contract_id = c.id
            AND EXISTS (SELECT FROM wmo.contract_change ch
                        WHERE ch.contract_id = c.id AND ch.kind IN ('extension', 'end_revoked')
                          AND num_nonnulls(ch.service_id, ch.area_id) > 0)) p
  ) run
  CROSS JOIN LATERAL (
    SELECT coalesce(wmo_works.untold_from(c, 'infinity') <= coalesce(run.last_day, 'infinity'), false) AS untold
    OFFSET 0
  ) award
  CROSS JOIN LATERAL (
    SELECT count(*)::integer AS options,
           (count(*) FILTER (WHERE o.state = 'exercised'))::integer AS options_exercised,
           (count(*) FILTER (WHERE o.state = 'declined'))::integer AS options_declined,
           (count(*) FILTER (WHERE o.state = 'open'))::integer AS options_open
    FROM wmo.options(c.period) o WHERE o.option_no IS NOT NULL -- null: an extension outside the options
  ) opt
  LEFT JOIN (
    SELECT DISTINCT ON (ch.contract_id) ch.contract_id, p.id AS party_id, p.name, ch.effective_on,
           wmo_works.is_inferred(ch.source_id) AS inferred
    FROM wmo.contract_change ch JOIN wmo.party p ON p.id = ch.to_party_id
    WHERE ch.kind = 'transfer' AND ch.service_id IS NULL AND ch.area_id IS NULL
    ORDER BY ch.contract_id, ch.effective_on DESC, ch.ordered_by DESC, ch.id DESC
  ) taken ON taken.contract_id = c.id;
COMMENT ON VIEW wmo_bi.contract IS
  'Contracts (overeenkomsten) with their period by the whole ledger. Of changes that held for some services or areas '
  'only last_day alone tells, of the part that runs longest; which part shows in coverage and contract_change. It '
  'never reads the clock: the last day is that without the options that are open, however long ago it was. changed_at '
  'tells of everything that the contract rests on, its scopes and '
  'subcontracts too.';

CREATE VIEW wmo_bi.contract_option WITH (security_invoker = true) AS
  SELECT wmo_works.report_id(concat_ws('|', 'contract_option', c.id, o.option_no)) AS id, c.id AS contract_id, c.number,
         o.option_no, wmo_works.first_day_of(o.term) AS first_day, wmo_works.last_day_of(o.term) AS last_day,
         o.notice_by, o.state,
         -- of a notice of which the receipt is not recorded it cannot be told that it was in time
         CASE WHEN o.state = 'exercised' AND (o.late OR NOT EXISTS (
                SELECT FROM wmo.contract_change ch
                WHERE ch.contract_id = c.id AND ch.kind = 'extension' AND ch.until IS NULL AND ch.received_on IS NULL
                  AND ch.service_id IS NULL AND ch.area_id IS NULL AND coalesce(ch.option_no = o.option_no, true)))
              THEN o.late END AS late, c.changed_at
  FROM wmo.contract c CROSS JOIN LATERAL wmo.options(c.period) o
  WHERE o.option_no IS NOT NULL;
COMMENT ON VIEW wmo_bi.contract_option IS 'The extension options (verlengingsopties) of contracts.';

CREATE VIEW wmo_bi.contract_change WITH (security_invoker = true) AS
  SELECT ch.id, ch.contract_id, c.number, ch.kind, ch.decided_on, ch.received_on, ch.known_from, ch.effective_on,
         ch.until - 1 AS last_day, ch.option_no, ch.to_party_id, p.name AS to_party, ch.service_id, sv.code AS service,
         ch.area_id, a.name AS area, a.code::text AS area_code, ch.reason,
         wmo_works.source_text(ch.source_id) AS source,
         greatest(ch.changed_at, c.changed_at, p.changed_at, sv.changed_at, a.changed_at) AS changed_at
  FROM wmo.contract_change ch
  JOIN wmo.contract c ON c.id = ch.contract_id
  LEFT JOIN wmo.party p ON p.id = ch.to_party_id
  LEFT JOIN wmo.service sv ON sv.id = ch.service_id
  LEFT JOIN wmo.area a ON a.id = ch.area_id;
COMMENT ON VIEW wmo_bi.contract_change IS 'The ledger: what was changed in contracts after they were agreed.';

CREATE VIEW wmo_bi.scope WITH (security_invoker = true) AS
  SELECT s.id, s.contract_id, c.number, s.service_id, sv.code AS service, sv.name AS service_name, s.area_id,
         a.name AS area, a.code::text AS area_code, s.follows_code, wmo_works.first_age_of(s.ages) AS min_age,
         wmo_works.last_age_of(s.ages) AS max_age, s.clients, s.existing_on, s.choice, s.lot_id, l.name AS lot,
         wmo_works.first_day_of(s.valid) AS first_day,
         coalesce(own.day - 1, wmo_works.last_day_of(s.valid)) AS last_day,
         CASE WHEN own.day IS NOT NULL THEN 'day' ELSE wmo_works.end_kind_of(s.valid, 'contract') END AS end_kind,
         wmo_works.source_text(s.source_id) AS source,
         greatest(s.changed_at, c.changed_at, sv.changed_at, a.changed_at, l.changed_at) AS changed_at
  FROM wmo.contract_scope s
  JOIN wmo.contract c ON c.id = s.contract_id
  JOIN wmo.service sv ON sv.id = s.service_id
  LEFT JOIN wmo.area a ON a.id = s.area_id
  LEFT JOIN wmo.lot l ON l.id = s.lot_id
  LEFT JOIN LATERAL (
    -- what the ledger made of this part alone
    SELECT least(upper(s.valid), min(sc.effective_on) FILTER (WHERE sc.kind = 'scope_removed'),
                 CASE WHEN bool_or(wmo_works.moves_end(sc.kind)) THEN max(wmo.exclusive_end(st.period)) END) AS day
    FROM wmo_works.scope_change sc
    JOIN wmo.contract_change ch ON ch.id = sc.change_id AND num_nonnulls(ch.service_id, ch.area_id) > 0
    JOIN wmo_works.scope_state st ON st.scope_id = s.id AND upper_inf(st.known)
    WHERE sc.scope_id = s.id
    HAVING bool_or(wmo_works.moves_end(sc.kind) OR sc.kind = 'scope_removed')
  ) own ON true;
COMMENT ON VIEW wmo_bi.scope IS
  'What each contract is for: services, areas, ages and clients, with the last day of a part that the ledger ended or '
  'extended alone. Who serves when: coverage.';

CREATE VIEW wmo_bi.subcontract WITH (security_invoker = true) AS
  SELECT s.id, s.contract_id, c.number, s.party_id, p.name AS party, s.party_count,
         s.approximate AS party_count_approximate, s.service_id, sv.code AS service, s.area_id, a.name AS area,
         a.code::text AS area_code, s.clients, s.existing_on, wmo_works.first_day_of(s.valid) AS first_day,
         wmo_works.last_day_of(s.valid) AS last_day, wmo_works.end_kind_of(s.valid, 'contract') AS end_kind,
         wmo_works.source_text(s.source_id) AS source,
         greatest(s.changed_at, c.changed_at, p.changed_at, sv.changed_at, a.changed_at) AS changed_at
  FROM wmo.subcontract s
  JOIN wmo.contract c ON c.id = s.contract_id
  LEFT JOIN wmo.party p ON p.id = s.party_id
  LEFT JOIN wmo.service sv ON sv.id = s.service_id
  LEFT JOIN wmo.area a ON a.id = s.area_id;
COMMENT ON VIEW wmo_bi.subcontract IS 'Subcontractors (onderaannemers), named or counted.';

CREATE VIEW wmo_bi.subcontract_term WITH (security_invoker = true) AS
  SELECT t.id, t.buyer_id, b.name AS buyer, t.contract_id, c.number, t.service_id, sv.code AS service, t.allowed,
         t.condition, wmo_works.first_day_of(t.valid) AS first_day, wmo_works.last_day_of(t.valid) AS last_day,
         wmo_works.end_kind_of(t.valid, 'contract') AS end_kind, wmo_works.source_text(t.source_id) AS source,
         greatest(t.changed_at, b.changed_at, c.changed_at, sv.changed_at) AS changed_at
  FROM wmo.subcontract_term t
  JOIN wmo.party b ON b.id = t.buyer_id
  LEFT JOIN wmo.contract c ON c.id = t.contract_id
  LEFT JOIN wmo.service sv ON sv.id = t.service_id;
COMMENT ON VIEW wmo_bi.subcontract_term IS
  'What is said of serving as a subcontractor without a contract of one''s own. Where no row stands it is not known, '
  'which is not no.';

CREATE VIEW wmo_bi.client_stop WITH (security_invoker = true) AS
  SELECT s.id, s.contract_id, c.number, s.service_id, sv.code AS service, s.area_id, a.name AS area,
         a.code::text AS area_code, wmo_works.first_day_of(s.during) AS first_day,
         wmo_works.last_day_of(s.during) AS last_day,
         wmo_works.end_kind_of(s.during, 'no_end_recorded') AS end_kind, l.effective_on AS lifted_from,
         CASE WHEN l.id IS NOT NULL THEN wmo_works.is_inferred(l.source_id) END AS lifted_inferred, s.by_whom,
         wmo_works.source_text(s.source_id) AS source,
         greatest(s.changed_at, l.changed_at, c.changed_at, sv.changed_at, a.changed_at) AS changed_at
  FROM wmo.client_stop s
  LEFT JOIN wmo.client_stop_lift l ON l.stop_id = s.id
  JOIN wmo.contract c ON c.id = s.contract_id
  LEFT JOIN wmo.service sv ON sv.id = s.service_id
  LEFT JOIN wmo.area a ON a.id = s.area_id;
COMMENT ON VIEW wmo_bi.client_stop IS
  'Days on which a contract takes no new clients (cliëntenstop); existing clients keep their provider.';
