-- rights: who may read and who may write.
-- Relies on every table and function that stands before it.
--
-- Functions and views run as their caller: a reader needs the tables that they read, and sees of them what row security
-- shows. A reporter therefore reads tables as well, but of those only the columns that stand in the reports.

CREATE FUNCTION wmo_works.grant_reports(reporter regrole) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  read record;
BEGIN
  EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA wmo_bi, wmo_ggm TO %s', reporter);
  EXECUTE format('GRANT SELECT ON wmo.coverage, wmo.decision_calendar, wmo.award_term, wmo.running_objection_period, '
                 'wmo.challenge_effect, wmo.minimum_standstill, wmo.court_remedy, wmo.contract_annulment, '
                 'wmo.contract_tender TO %s', reporter);
  EXECUTE format('GRANT SELECT ON wmo_works.award_fact, wmo_works.award_signing, wmo_works.upheld_ruling, '
                 'wmo_works.award_reading, '
                 'wmo_works.scope_change, wmo_works.scope_state, '
                 'wmo_works.scope_standing_due, wmo_works.scope_standing, wmo_works.provider_standing_due, '
                 'wmo_works.kept_standing, wmo_works.provider_standing, wmo_works.tender_buyers, '
                 'wmo_works.contract_known, wmo_works.scope_known, wmo_works.stop_known, wmo_works.stop_days, '
                 'wmo_works.area_with_rest, '
                 'wmo_works.part_turn, wmo_works.award_stamp, wmo_works.contract_stamp, wmo_works.coverage_stretch, '
                 'wmo_works.contract_with_reading, wmo_works.contract_award, wmo_works.scope_by_lot, '
                 'wmo_works.change_mark, wmo_works.lost_row, '
                 'wmo_works.law_change TO %s', reporter);
  -- No wording of sources, postcodes, claims or editions.
  FOR read IN
    SELECT t.name, t.columns FROM (VALUES
      ('source', 'id, article, publisher, published, basis, changed_at'),
      ('party', 'id, name, kind, natural_person, source_id, changed_at'),
      ('party_identifier', 'id, party_id, scheme, value, valid, changed_at'),
      ('party_alias', 'id, party_id, name, valid, changed_at'),
      ('consortium_member', 'id, consortium_id, member_id, lead, valid, known_on, entered_on, source_id, changed_at'),
      ('party_succession', 'id, predecessor_id, successor_id, kind, effective_on, source_id, changed_at'),
      ('service', 'id, code, name, iwmo_category, provision, access, parent_id, source_id, changed_at'),
      ('service_product', 'id, buyer_id, code, service_id, name, valid, changed_at'),
      ('area', 'id, code, name, kind, valid, geom, geom_basis, source_id, changed_at'),
      ('area_part', 'id, whole_id, part_id, source_id, changed_at'),
      ('tender', 'id, title, procedure, above_threshold, published, lot_count, lots_approximate, tenderer_count, '
                 'tenderers_approximate, selected_count, selected_approximate, bids_valid_until, '
                 'bid_days_after_ruling, owner, source_id, changed_at'),
      ('tender_buyer', 'tender_id, buyer_id, changed_at'),
      ('lot', 'id, tender_id, name, changed_at'),
      ('award', 'id, tender_id, lot_id, supplier_id, decided, sent, standstill, forfeiture, final_on, final_basis, '
                'withdrawn_on, annulled_on, revived_on, no_term_because, replaces_id, source_id, changed_at'),
      ('award_challenge', 'id, award_id, kind, against_id, lodged, lodged_between, ruling_expected, ruled, '
                          'outcome, ordered, order_settled_on, '
                          'suspends, source_id, changed_at'),
      ('contract', 'id, number, buyer_id, supplier_id, supplier_count, approximate, agreed_period, period, '
                   'options_stated, signed_on, known_on, entered_on, award_id, announced_on, tender_id, variant, '
                   'owner, source_id, changed_at'),
      ('contract_scope', 'id, contract_id, service_id, area_id, follows_code, ages, clients, existing_on, valid, '
                         'choice, lot_id, added_by_id, known_on, entered_on, source_id, changed_at'),
      ('contract_change', 'id, contract_id, kind, known_from, ordered_by, judged_on, decided_on, received_on, '
                          'effective_on, until, entered_on, option_no, to_party_id, service_id, area_id, reason, '
                          'source_id, changed_at'),
      ('contract_ending', 'id, contract_id, kind, by_whom, notice, ends_on, planned_end, ceiling_on, '
                          'ceiling_count, counted, source_id, changed_at'),
      ('tender_lead_time', 'buyer_id, procedure, lead, source_id, changed_at'),
      ('subcontract', 'id, contract_id, party_id, party_count, approximate, area_id, service_id, clients, '
                      'existing_on, valid, known_on, entered_on, source_id, changed_at'),
      ('subcontract_term', 'id, buyer_id, contract_id, service_id, allowed, condition, valid, source_id, changed_at'),
      ('client_stop', 'id, contract_id, service_id, area_id, during, by_whom, known_on, entered_on, source_id, '
                      'changed_at'),
      ('client_stop_lift', 'id, contract_id, stop_id, effective_on, known_on, entered_on, source_id, changed_at')
    ) t (name, columns)
  LOOP
    EXECUTE format('GRANT SELECT (%s) ON wmo.%I TO %s', read.columns, read.name, reporter);
  END LOOP;
END
$$;
COMMENT ON FUNCTION wmo_works.grant_reports(regrole) IS
  'Gives a role the reporting views, and of the tables the columns that these read: not one more.';

CREATE FUNCTION wmo.wmo_grant(reader regrole, editor regrole DEFAULT NULL, reporter regrole DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  called regprocedure;
  written regclass;
  role regrole;
BEGIN
  FOREACH role IN ARRAY array_remove(ARRAY[reader, editor], NULL) LOOP
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA wmo, wmo_works, wmo_bi, wmo_ggm TO %s', role);
  END LOOP;
  FOREACH role IN ARRAY array_remove(ARRAY[reader, editor, reporter], NULL) LOOP
    EXECUTE format('GRANT USAGE ON SCHEMA wmo, wmo_works TO %s', role);
    -- functions run as their caller, who therefore needs what they call; triggers are nobody's to hang on a table
    FOR called IN
      SELECT p.oid FROM pg_proc p
      WHERE p.pronamespace = 'wmo_works'::regnamespace AND p.prorettype NOT IN ('trigger'::regtype, 'internal'::regtype)
        AND NOT 'internal'::regtype = ANY (p.proargtypes)
      ORDER BY p.oid
    LOOP
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s', called, role);
    END LOOP;
  END LOOP;
  IF editor IS NOT NULL THEN
    EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA wmo TO %s', editor);
    -- what ships with the extension stays as it is, and what is derived is written by triggers, as its owner
    FOR written IN
      SELECT c.oid FROM pg_class c
      WHERE c.relnamespace = 'wmo'::regnamespace AND c.relkind = 'r' AND c.relname !~ '_shipped$'
        AND c.relname NOT IN ('exclusive_claim', 'coverage_edition', 'current_coverage')
      ORDER BY c.oid
    LOOP
      EXECUTE format('GRANT INSERT, UPDATE, DELETE ON %s TO %s', written, editor);
    END LOOP;
    EXECUTE format('GRANT EXECUTE ON FUNCTION wmo.publish_coverage(text), wmo.recognise_edition() TO %s', editor);
  END IF;
  IF reporter IS NOT NULL THEN
    PERFORM wmo_works.grant_reports(reporter);
  END IF;
END
$$;
REVOKE ALL ON FUNCTION wmo.wmo_grant(regrole, regrole, regrole) FROM PUBLIC;
COMMENT ON FUNCTION wmo.wmo_grant(regrole, regrole, regrole) IS
  'Gives a role the right to ask every question (reader), another to keep the registry (editor), and another to read '
  'the reporting views, all of wmo_bi and wmo_ggm and coverage, decision_calendar, award_term and '
  'running_objection_period (reporter), which may read of the tables only the columns that stand in these views. Any '
  'of them may be null. Ask it again after an upgrade that adds tables or functions.';

-- The works are called by the face, in whose bodies they are found already; nobody else needs them.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA wmo_works FROM PUBLIC;
