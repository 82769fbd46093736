-- ocds_out: a tender with its lots, awards and contracts as a release of the Open Contracting Data Standard 1.1.5.
-- Relies on ocds_identity (under which identifiers), report (when what hangs together last changed) and standing.
--
-- With the extensions lots, contract_buyer, contract_suppliers and memberOf. What the standard has no field for goes
-- where it holds free text or open codes: terms of an award as milestones of the tender, the period as agreed and the
-- options as milestones of the contract, services, places and ages as classifications, changes as the description of
-- amendments. A release of a past day tells what was known then. Texts in a release are Dutch, as its language says. A
-- day is written as the midnight that begins it in a start, and as the second before midnight in an end.

CREATE FUNCTION wmo_works.ocds_day(day date, closes boolean) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN day BETWEEN '0001-01-01'::date AND '9999-12-31'::date
              THEN wmo_works.iso_day(day) || CASE WHEN closes THEN 'T23:59:59Z' ELSE 'T00:00:00Z' END END;
END;
COMMENT ON FUNCTION wmo_works.ocds_day(date, boolean) IS
  'A day as RFC 3339 writes a time: the last second of it where it closes something. Null = not known, or beyond the '
  'years that it writes.';

CREATE FUNCTION wmo_works.ocds_time(moment timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
END;
COMMENT ON FUNCTION wmo_works.ocds_time(timestamptz) IS 'A moment as RFC 3339 writes it, in UTC.';

CREATE FUNCTION wmo_works.only_day(days daterange) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN isfinite(lower(days)) AND isfinite(upper(days)) AND upper(days) - lower(days) = 1
              THEN lower(days) END;
END;
COMMENT ON FUNCTION wmo_works.only_day(daterange) IS 'The day, where what is known of it leaves but one; else null.';

-- PL/pgSQL: it is asked for every part of a release, and keeps its plans.
CREATE FUNCTION wmo_works.ocds_known_id(ocid text, kind text, row_id integer, own_id text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100 SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  id text := (SELECT i.ocds_id FROM wmo.ocds_identity i
              WHERE i.kind = ocds_known_id.kind AND i.row_id = ocds_known_id.row_id AND i.ocid = ocds_known_id.ocid
              ORDER BY i.id LIMIT 1);
BEGIN
  -- an own key that came in as another row's would name two
  RETURN coalesce(id, CASE
    WHEN EXISTS (SELECT FROM wmo.ocds_identity i WHERE i.ocid = ocds_known_id.ocid
                 AND i.kind = ocds_known_id.kind AND i.ocds_id = ocds_known_id.own_id)
    THEN own_id || '-own-' || row_id::text ELSE own_id END);
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_known_id(text, text, integer, text) IS
  'The identifier of a row in the releases of a process: the one under which it came in, else its own.';

CREATE FUNCTION wmo_works.ocds_party_id(ocid text, party_id integer) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT wmo_works.ocds_known_id(ocid, 'party', party_id, 'party-' || party_id::text);
END;
COMMENT ON FUNCTION wmo_works.ocds_party_id(text, integer) IS 'The identifier of a party in the releases of a process.';

CREATE FUNCTION wmo_works.ocds_reference(ocid text, party_id integer, with_natural_persons boolean) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT jsonb_build_object('id', wmo_works.ocds_party_id(ocid, p.id), 'name', p.name)
  FROM wmo.party p
  WHERE p.id = ocds_reference.party_id AND (NOT p.natural_person OR ocds_reference.with_natural_persons);
END;
COMMENT ON FUNCTION wmo_works.ocds_reference(text, integer, boolean) IS
  'A party as other parts of a release name it; null for a sole trader who is not released.';

-- ---- what was known on the day --------------------------------------------------------------------------------------

CREATE FUNCTION wmo_works.ocds_statuses(tender_id integer, on_date date)
RETURNS TABLE (award_id integer, word text, since date, dated boolean)
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 10 SET jit = off
BEGIN ATOMIC
  -- a term that ran out is no final award: uncontested is still pending
  SELECT a.id, CASE WHEN t.status = 'final' THEN 'active' WHEN t.status IN ('withdrawn', 'annulled') THEN 'cancelled'
                    WHEN t.status IN ('provisional', 'contested', 'uncontested') THEN 'pending' END,
         lower(t.known), NOT (t.status = 'not_applicable' AND lower_inf(t.known))
  FROM wmo.award a
  CROSS JOIN LATERAL wmo.award_timeline(a.id) t
  WHERE a.tender_id = ocds_statuses.tender_id
    AND t.known @> ocds_statuses.on_date AND t.valid @> ocds_statuses.on_date
    -- not decided yet or, where nothing is known of that, nobody was told yet
    AND t.awarded IS DISTINCT FROM false
    AND NOT (a.decided IS NULL AND t.status = 'unknown' AND t.awarded IS NULL AND coalesce(
               coalesce(lower(a.sent), wmo.event_day(a.standstill), wmo.event_day(a.forfeiture))
                 > ocds_statuses.on_date, false));
END;
COMMENT ON FUNCTION wmo_works.ocds_statuses(integer, date) IS
  'How the awards of a tender that had been made, or may have been, stand on a day in the words of the standard (null '
  '= cannot be told), since when, and whether they say since when what follows from them was known (dated).';

CREATE FUNCTION wmo_works.ocds_known_contracts(tender_id integer, on_date date, statuses jsonb) RETURNS SETOF integer
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 10
BEGIN ATOMIC
  SELECT c.id
  FROM wmo.award a JOIN wmo.contract c ON c.award_id = a.id
  JOIN wmo_works.contract_known k ON k.contract_id = c.id
  WHERE a.tender_id = ocds_known_contracts.tender_id AND statuses ? a.id::text
    -- a contract that is not signed yet stands as its award does
    AND (k.known_from <= ocds_known_contracts.on_date
         OR (coalesce(c.known_on <= ocds_known_contracts.on_date, true)
             AND (statuses -> a.id::text ->> 2)::boolean));
END;
COMMENT ON FUNCTION wmo_works.ocds_known_contracts(integer, date, jsonb) IS
  'The contracts that follow from an award of the tender and were known on a day; statuses: of the awards that were, '
  'by their key.';

CREATE FUNCTION wmo_works.ocds_known_change(contract_change_id integer, on_date date) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 10
BEGIN ATOMIC
  SELECT coalesce((SELECT wmo_works.change_known(ch.known_from, ch.source_id, ch.entered_on)
                            <= ocds_known_change.on_date
                   FROM wmo.contract_change ch WHERE ch.id = ocds_known_change.contract_change_id), true);
END;
COMMENT ON FUNCTION wmo_works.ocds_known_change(integer, date) IS
  'Was a change of the ledger known on a day? Without a change: yes.';

-- ---- parties --------------------------------------------------------------------------------------------------------

CREATE FUNCTION wmo_works.ocds_roles(tender_id integer, on_date date, statuses jsonb)
RETURNS TABLE (party_id integer, roles text[])
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 20
BEGIN ATOMIC
  WITH award AS (
    SELECT a.id, a.supplier_id FROM wmo.award a WHERE a.tender_id = ocds_roles.tender_id AND statuses ? a.id::text
  ), contract AS (
    SELECT c.id, c.buyer_id, c.supplier_id FROM wmo.contract c
    WHERE c.id IN (SELECT k FROM wmo_works.ocds_known_contracts(ocds_roles.tender_id, on_date, statuses) k)
  ), named (party_id, role) AS (
    SELECT tb.buyer_id, 'buyer' FROM wmo.tender_buyer tb WHERE tb.tender_id = ocds_roles.tender_id
    UNION SELECT c.buyer_id, 'buyer' FROM contract c
    UNION SELECT a.supplier_id, 'supplier' FROM award a
    UNION SELECT c.supplier_id, 'supplier' FROM contract c
    UNION SELECT ch.to_party_id, 'supplier' FROM wmo.contract_change ch JOIN contract c ON c.id = ch.contract_id
          WHERE wmo_works.ocds_known_change(ch.id, on_date)
  ), whole (party_id, role) AS (
    SELECT n.party_id, n.role FROM named n WHERE n.party_id IS NOT NULL
    UNION
    SELECT m.member_id, n.role FROM named n JOIN wmo_works.member_known m ON m.consortium_id = n.party_id
    WHERE m.known_from <= ocds_roles.on_date
  )
  SELECT w.party_id, array_agg(w.role ORDER BY w.role) FROM whole w GROUP BY w.party_id;
END;
COMMENT ON FUNCTION wmo_works.ocds_roles(integer, date, jsonb) IS
  'Who was known on a day to have a part in a tender, and which: buyer, supplier, and the members of a consortium in '
  'its role.';

CREATE FUNCTION wmo_works.ocds_identifiers(party_id integer, on_date date) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT jsonb_agg(jsonb_build_object('scheme', s.scheme, 'id', i.value) ORDER BY s.place, i.value)
  FROM wmo.party_identifier i
  JOIN (VALUES ('kvk', 1, 'NL-KVK'), ('agb', 2, 'x_agb'), ('oin', 3, 'x_oin'), ('vestiging', 4, 'x_vestiging'))
    s (name, place, scheme) ON s.name = i.scheme
  WHERE i.party_id = ocds_identifiers.party_id AND i.valid @> ocds_identifiers.on_date;
END;
COMMENT ON FUNCTION wmo_works.ocds_identifiers(integer, date) IS
  'The numbers of a party that are valid on a day, that of the trade register first (org-id.guide: NL-KVK).';

CREATE FUNCTION wmo_works.ocds_parties(ocid text, tender_id integer, on_date date, statuses jsonb,
                                       with_natural_persons boolean)
RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT jsonb_agg(jsonb_build_object(
    'id', wmo_works.ocds_party_id(ocid, p.id), 'name', p.name, 'roles', to_jsonb(r.roles),
    'identifier', n.all_of_them -> 0, 'additionalIdentifiers', nullif(n.all_of_them - 0, '[]'),
    'memberOf', (SELECT jsonb_agg(wmo_works.ocds_reference(ocid, m.consortium_id, true) ORDER BY m.consortium_id)
                 FROM wmo_works.member_known m
                 JOIN wmo_works.ocds_roles(ocds_parties.tender_id, on_date, statuses) w ON w.party_id = m.consortium_id
                 WHERE m.member_id = p.id AND m.known_from <= ocds_parties.on_date
                   AND ocds_parties.on_date >= m.valid_from AND ocds_parties.on_date < m.valid_to),
    'details', jsonb_build_object('kind', p.kind, 'naturalPerson', nullif(p.natural_person, false))) ORDER BY p.id)
  FROM wmo_works.ocds_roles(ocds_parties.tender_id, on_date, statuses) r
  JOIN wmo.party p ON p.id = r.party_id
  CROSS JOIN LATERAL (SELECT wmo_works.ocds_identifiers(p.id, ocds_parties.on_date) AS all_of_them) n
  WHERE NOT p.natural_person OR ocds_parties.with_natural_persons;
END;
COMMENT ON FUNCTION wmo_works.ocds_parties(text, integer, date, jsonb, boolean) IS
  'parties of a release: their numbers as they are valid on the day, and of which consortium they are members then.';

-- ---- tender ---------------------------------------------------------------------------------------------------------

CREATE FUNCTION wmo_works.ocds_award_id(ocid text, award_id integer) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT wmo_works.ocds_known_id(ocid, 'award', award_id, 'award-' || award_id::text);
END;
COMMENT ON FUNCTION wmo_works.ocds_award_id(text, integer) IS
  'The identifier of an award in the releases of a process.';

CREATE FUNCTION wmo_works.ocds_lot_id(ocid text, lot_id integer) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT wmo_works.ocds_known_id(ocid, 'lot', lot_id, 'lot-' || lot_id::text);
END;
COMMENT ON FUNCTION wmo_works.ocds_lot_id(text, integer) IS 'The identifier of a lot in the releases of a process.';

CREATE FUNCTION wmo_works.ocds_reading(source_id integer) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT 'Afgeleid, niet gesteld: ' || s.reading FROM wmo.source s
  WHERE s.id = ocds_reading.source_id AND s.basis = 'inferred';
END;
COMMENT ON FUNCTION wmo_works.ocds_reading(integer) IS
  'What is said of a fact that its source does not state, but from which it was read; null = it is stated.';

CREATE FUNCTION wmo_works.ocds_inferred(source_id integer) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT 'inferred ' || replace(s.reading, '; ', ', ') FROM wmo.source s
  WHERE s.id = ocds_inferred.source_id AND s.basis = 'inferred';
END;
COMMENT ON FUNCTION wmo_works.ocds_inferred(integer) IS
  'The same as one word more of a description that is read word by word.';

CREATE FUNCTION wmo_works.ocds_award_milestones(ocid text, tender_id integer, on_date date, statuses jsonb)
RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT jsonb_agg(jsonb_build_object(
    'id', m.code || '-' || wmo_works.ocds_award_id(ocid, a.id), 'code', m.code, 'type', 'approval', 'title', m.title,
    'description', m.description, 'dueDate', wmo_works.ocds_day(m.due, true),
    'dateMet', wmo_works.ocds_day(m.met, false),
    'relatedLots', CASE WHEN a.lot_id IS NOT NULL
                        THEN jsonb_build_array(wmo_works.ocds_lot_id(ocid, a.lot_id)) END) ORDER BY a.id, m.place)
  FROM wmo.award a
  CROSS JOIN LATERAL (VALUES
    (1, 'notice_sent', 'Gunningsbeslissing verzonden', NULL::text, NULL::date, wmo_works.only_day(a.sent), NULL::date),
    (2, 'standstill', 'Opschortende termijn: laatste dag, kortste lezing', a.standstill::text,
     wmo.last_day(a.standstill), NULL, coalesce(wmo.event_day(a.standstill), lower(a.sent))),
    (3, 'standstill_latest', 'Opschortende termijn: laatste dag, langste lezing', NULL,
     nullif(wmo.latest_last_day(a.standstill), wmo.last_day(a.standstill)), NULL,
     coalesce(wmo.event_day(a.standstill), lower(a.sent))),
    (4, 'forfeiture', 'Vervaltermijn: laatste dag, kortste lezing', a.forfeiture::text,
     wmo.last_day(a.forfeiture), NULL, wmo.event_day(a.forfeiture)),
    (5, 'forfeiture_latest', 'Vervaltermijn: laatste dag, langste lezing', NULL,
     nullif(wmo.latest_last_day(a.forfeiture), wmo.last_day(a.forfeiture)), NULL, wmo.event_day(a.forfeiture)),
    (6, 'final_award', 'Definitieve gunning', a.final_basis, NULL, a.final_on, NULL),
    (7, 'award_withdrawn', 'Gunning ingetrokken', NULL, NULL, a.withdrawn_on, NULL),
    (8, 'award_annulled', 'Gunning vernietigd', NULL, NULL, a.annulled_on, NULL),
    (9, 'award_revived', 'Intrekking of vernietiging van de baan', NULL, NULL, a.revived_on, NULL)
  ) m (place, code, title, description, due, met, begun)
  WHERE a.tender_id = ocds_award_milestones.tender_id AND num_nonnulls(m.due, m.met) > 0
    AND statuses ? a.id::text AND coalesce(coalesce(m.met, m.begun) <= on_date, true);
END;
COMMENT ON FUNCTION wmo_works.ocds_award_milestones(text, integer, date, jsonb) IS
  'The terms and days of the awards of a tender as milestones. Where two readings of a term differ, both last days.';

CREATE FUNCTION wmo_works.ocds_proceedings(ocid text, tender_id integer, on_date date, statuses jsonb) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
  WITH numbered AS (
    SELECT ch.*, row_number() OVER (PARTITION BY ch.award_id ORDER BY ch.id) AS n
    FROM wmo.award_challenge ch JOIN wmo.award a ON a.id = ch.award_id WHERE a.tender_id = ocds_proceedings.tender_id
  )
  SELECT jsonb_agg(jsonb_build_object(
    'id', 'proceedings-' || wmo_works.ocds_award_id(ocid, ch.award_id) || '-' || ch.n::text, 'code', 'proceedings',
    'type', 'approval', 'title', 'Opgekomen tegen de gunning',
    'description', concat_ws('; ', ch.kind, 'lodged ' || wmo_works.iso_day(ch.lodged),
      'between ' || wmo_works.iso_days(ch.lodged_between), 'by ' || ch.lodged_by,
      'against ' || (SELECT o.n FROM numbered o WHERE o.id = ch.against_id)::text,
      'expected ' || wmo_works.iso_day(ch.ruling_expected), 'ruled ' || wmo_works.iso_day(told.ruled),
      'outcome ' || CASE WHEN told.ruled IS NOT NULL THEN ch.outcome END,
      'ordered ' || CASE WHEN told.ruled IS NOT NULL THEN ch.ordered END,
      'settled ' || wmo_works.iso_day(CASE WHEN ch.order_settled_on <= on_date THEN ch.order_settled_on END),
      'suspends ' || ch.suspends::text, wmo_works.ocds_inferred(ch.source_id)),
    'dueDate', wmo_works.ocds_day(ch.ruling_expected, true),
    'dateMet', wmo_works.ocds_day(told.ruled, false)) ORDER BY ch.award_id, ch.n)
  FROM numbered ch
  CROSS JOIN LATERAL (SELECT CASE WHEN ch.ruled <= on_date THEN ch.ruled END AS ruled) told
  WHERE statuses ? ch.award_id::text AND coalesce(ch.lodged, lower(ch.lodged_between)) <= on_date;
END;
COMMENT ON FUNCTION wmo_works.ocds_proceedings(text, integer, date, jsonb) IS
  'What was brought against the awards of a tender as milestones: the kind and the days in the description. Left out, '
  'an award that is contested would come in elsewhere as one that nobody contests.';

CREATE FUNCTION wmo_works.ocds_tender(ocid text, tender_id integer, on_date date, statuses jsonb) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT jsonb_build_object(
    'id', wmo_works.ocds_known_id(ocid, 'tender', t.id, 'tender-' || t.id::text), 'title', t.title,
    'mainProcurementCategory', 'services',
    -- the procedures of the light regime and of before it are none of the words that the standard has
    'procurementMethod', CASE t.procedure WHEN 'open' THEN 'open' WHEN 'restricted' THEN 'selective' END,
    'procurementMethodDetails', nullif(t.procedure, 'unknown'),
    'numberOfTenderers', CASE WHEN NOT t.tenderers_approximate THEN t.tenderer_count END,
    'lots', (SELECT jsonb_agg(jsonb_build_object('id', wmo_works.ocds_lot_id(ocid, l.id), 'title', l.name)
                              ORDER BY l.id) FROM wmo.lot l WHERE l.tender_id = t.id),
    'documents', CASE WHEN wmo_works.only_day(t.published) <= on_date
                      THEN jsonb_build_array(jsonb_build_object(
                        'id', 'tenderNotice', 'documentType', 'tenderNotice',
                        'datePublished', wmo_works.ocds_day(wmo_works.only_day(t.published), false))) END,
    'description', wmo_works.ocds_reading(t.source_id),
    'milestones', nullif(coalesce(wmo_works.ocds_award_milestones(ocid, t.id, on_date, statuses), '[]')
                         || coalesce(wmo_works.ocds_proceedings(ocid, t.id, on_date, statuses), '[]'), '[]'))
  FROM wmo.tender t WHERE t.id = ocds_tender.tender_id;
END;
COMMENT ON FUNCTION wmo_works.ocds_tender(text, integer, date, jsonb) IS 'tender of a release.';

-- ---- awards and contracts -------------------------------------------------------------------------------------------

CREATE FUNCTION wmo_works.ocds_awards(ocid text, tender_id integer, statuses jsonb, with_natural_persons boolean)
RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT jsonb_agg(jsonb_build_object(
    'id', wmo_works.ocds_award_id(ocid, a.id), 'description', wmo_works.ocds_reading(a.source_id),
    'status', statuses -> a.id::text ->> 0,
    'date', wmo_works.ocds_day(wmo_works.only_day(a.decided), false),
    'suppliers', nullif(jsonb_build_array(wmo_works.ocds_reference(ocid, a.supplier_id, with_natural_persons)),
                        '[null]'),
    'relatedLots', CASE WHEN a.lot_id IS NOT NULL
                        THEN jsonb_build_array(wmo_works.ocds_lot_id(ocid, a.lot_id)) END) ORDER BY a.id)
  FROM wmo.award a WHERE a.tender_id = ocds_awards.tender_id AND statuses ? a.id::text;
END;
COMMENT ON FUNCTION wmo_works.ocds_awards(text, integer, jsonb, boolean) IS
  'awards of a release; statuses: the word of each that was known, by its key.';

CREATE FUNCTION wmo_works.ocds_contract_milestones(period wmo.contract_period, agreed wmo.contract_period)
RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE COST 1000
BEGIN ATOMIC
  SELECT jsonb_build_array(jsonb_build_object(
      'id', 'agreed_period', 'code', 'agreed_period', 'type', 'delivery', 'title', 'Looptijd zoals overeengekomen',
      'description', agreed::text))
    || coalesce((
      SELECT jsonb_agg(jsonb_build_object(
        'id', 'option-' || o.option_no::text, 'code', 'extension_option', 'type', 'approval',
        'title', 'Verlengingsoptie ' || o.option_no::text, 'dueDate', wmo_works.ocds_day(o.notice_by, true),
        'status', CASE o.state WHEN 'exercised' THEN 'met' WHEN 'declined' THEN 'notMet' WHEN 'lapsed' THEN 'notMet'
                               ELSE 'scheduled' END) ORDER BY o.option_no)
      FROM wmo.options(ocds_contract_milestones.period) o WHERE o.option_no IS NOT NULL), '[]');
END;
COMMENT ON FUNCTION wmo_works.ocds_contract_milestones(wmo.contract_period, wmo.contract_period) IS
  'The period as agreed, in the notation of contract_period, and the extension options with their notice days, as '
  'milestones.';

CREATE FUNCTION wmo_works.ocds_amendments(ocid text, contract text, contract_id integer, on_date date,
                                          with_natural_persons boolean)
RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE COST 1000
BEGIN ATOMIC
  SELECT jsonb_agg(jsonb_build_object(
    'id', substr(wmo_works.ocds_known_id(ocid, 'amendment', ch.id, contract || '/change-' || ch.id::text),
                 length(contract) + 2),
    'date', wmo_works.ocds_day(ch.ordered_by, false), 'rationale', ch.reason,
    'description', concat_ws('; ', ch.kind, 'option ' || ch.option_no::text,
      'decided ' || wmo_works.iso_day(ch.decided_on), 'received ' || wmo_works.iso_day(ch.received_on),
      'effective ' || wmo_works.iso_day(ch.effective_on), 'until ' || wmo_works.iso_day(ch.until),
      CASE WHEN p.natural_person AND NOT with_natural_persons THEN 'to a party that is not published'
           ELSE 'to ' || wmo_works.ocds_party_id(ocid, p.id) END,
      'service ' || s.code, 'area ' || coalesce(a.code::text, a.name), wmo_works.ocds_inferred(ch.source_id)))
    ORDER BY ch.id)
  FROM wmo.contract_change ch
  LEFT JOIN wmo.party p ON p.id = ch.to_party_id
  LEFT JOIN wmo.service s ON s.id = ch.service_id
  LEFT JOIN wmo.area a ON a.id = ch.area_id
  WHERE ch.contract_id = ocds_amendments.contract_id AND wmo_works.ocds_known_change(ch.id, on_date);
END;
COMMENT ON FUNCTION wmo_works.ocds_amendments(text, text, integer, date, boolean) IS
  'The ledger of a contract, as it was known on a day, as amendments: the kind of change and its days in the '
  'description.';

CREATE FUNCTION wmo_works.ocds_items(ocid text, contract text, contract_id integer, on_date date) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE COST 1000
BEGIN ATOMIC
  SELECT jsonb_agg(jsonb_build_object(
    'id', substr(wmo_works.ocds_known_id(ocid, 'item', s.id, contract || '/scope-' || s.id::text),
                 length(contract) + 2),
    'description', v.name,
    'classification', CASE WHEN v.iwmo_category IS NOT NULL
                           THEN jsonb_build_object('scheme', 'x_iwmo', 'id', v.iwmo_category) END,
    'additionalClassifications', (
      SELECT jsonb_agg(jsonb_build_object('scheme', 'x_wmo_' || k.scheme, 'id', k.id, 'description', k.description)
                       ORDER BY k.place)
      FROM (VALUES
        (1, 'service', v.code, NULL),
        (2, 'area', coalesce(a.code::text, a.name), CASE WHEN a.code IS NOT NULL THEN a.name END),
        (3, 'area_days', CASE WHEN a.id IS NOT NULL THEN wmo_works.iso_days(a.valid) END, NULL),
        (4, 'follows_code', CASE WHEN s.follows_code THEN 'true' END, NULL),
        (5, 'ages', s.ages::text, NULL), (6, 'clients', s.clients, NULL),
        (7, 'existing_on', wmo_works.iso_day(s.existing_on), NULL), (8, 'choice', s.choice, NULL),
        (9, 'days', wmo_works.iso_days(s.valid), NULL),
        (10, 'added_by', (SELECT substr(wmo_works.ocds_known_id(ocid, 'amendment', s.added_by_id, contract || '/change-'
                                                                 || s.added_by_id::text), length(contract) + 2)), NULL),
        -- an area has no description of its own
        (11, 'inferred', CASE WHEN coalesce(wmo_works.ocds_reading(s.source_id),
                                            wmo_works.ocds_reading(a.source_id)) IS NOT NULL THEN 'true' END,
         coalesce(wmo_works.ocds_reading(s.source_id), wmo_works.ocds_reading(a.source_id))))
        k (place, scheme, id, description)
      WHERE k.id IS NOT NULL),
    'relatedLot', CASE WHEN s.lot_id IS NOT NULL THEN wmo_works.ocds_lot_id(ocid, s.lot_id) END) ORDER BY s.id)
  FROM wmo.contract_scope s
  JOIN wmo.service v ON v.id = s.service_id
  LEFT JOIN wmo.area a ON a.id = s.area_id
  WHERE s.contract_id = ocds_items.contract_id AND coalesce(s.known_on <= on_date, true)
    AND wmo_works.ocds_known_change(s.added_by_id, on_date);
END;
COMMENT ON FUNCTION wmo_works.ocds_items(text, text, integer, date) IS
  'What a contract is for, as items: the service, the area and its days, ages, clients and choice as classifications.';

CREATE FUNCTION wmo_works.ocds_contracts(ocid text, tender_id integer, on_date date, statuses jsonb,
                                         with_natural_persons boolean)
RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT jsonb_agg(jsonb_build_object(
    'id', n.id, 'description', wmo_works.ocds_reading(c.source_id),
    'awardID', wmo_works.ocds_award_id(ocid, c.award_id),
    'status', CASE WHEN c.void_from <= on_date AND c.signed_on <= c.void_from THEN 'terminated'
                   WHEN c.untold_from <= on_date AND known.status NOT IN ('ended', 'terminated') THEN NULL
                   WHEN known.by_reading AND known.status IN ('ended', 'terminated', 'extended') THEN NULL
                   ELSE CASE known.status
                     WHEN 'not_started' THEN 'pending' WHEN 'first_term' THEN 'active' WHEN 'extended' THEN 'active'
                     WHEN 'ended' THEN 'terminated' WHEN 'terminated' THEN 'terminated' END END,
    'period', jsonb_build_object(
      'startDate', wmo_works.ocds_day(wmo.first_day(known.period), false),
      'endDate', CASE WHEN NOT known.untold THEN wmo_works.ocds_day(wmo.last_day(known.period), true) END,
      'maxExtentDate', CASE WHEN NOT known.untold THEN
        wmo_works.ocds_day(wmo_works.last_day_of(wmo.maximum_term(known.period)), true) END),
    'dateSigned', wmo_works.ocds_day(CASE WHEN c.signed_on <= on_date THEN c.signed_on END, false),
    'buyer', wmo_works.ocds_reference(ocid, c.buyer_id, true),
    -- without the field it would be read as the supplier of the award
    'suppliers', CASE WHEN s.reference IS NOT NULL THEN jsonb_build_array(s.reference)
                      WHEN wmo_works.ocds_reference(ocid, c.awarded_to, with_natural_persons) IS NOT NULL THEN '[]' END,
    'items', wmo_works.ocds_items(ocid, n.id, c.id, on_date),
    -- suppliers are who has it by then; with whom it was agreed is what a ledger is read upon
    'milestones', wmo_works.ocds_contract_milestones(known.period, c.agreed_period) || CASE
      WHEN taken.to_party_id IS NULL THEN '[]'
      ELSE jsonb_build_array(jsonb_build_object(
        'id', 'agreed_supplier', 'code', 'agreed_supplier', 'type', 'delivery',
        'title', 'Aanbieder zoals overeengekomen',
        'description', wmo_works.ocds_reference(ocid, c.supplier_id, with_natural_persons) ->> 'id')) END,
    'amendments', wmo_works.ocds_amendments(ocid, n.id, c.id, on_date, with_natural_persons)) ORDER BY c.id)
  FROM (
    -- two buyers may use one number
    SELECT k.*, a.supplier_id AS awarded_to, wmo_works.untold_from(k, ocds_contracts.on_date) AS untold_from,
           wmo_works.period_known(k, ocds_contracts.on_date) AS known_period,
           CASE WHEN NOT coalesce(a.revived_on <= ocds_contracts.on_date, false) THEN a.annulled_on END AS void_from,
           CASE WHEN count(*) OVER (PARTITION BY k.number) = 1 THEN k.number
                     ELSE k.number || '-' || k.id::text END AS own_id
    FROM wmo.contract k JOIN wmo.award a ON a.id = k.award_id WHERE a.tender_id = ocds_contracts.tender_id
  ) c
  CROSS JOIN LATERAL (
    SELECT c.known_period AS period, wmo.contract_status(c.known_period, ocds_contracts.on_date) AS status,
           -- what became of its award says whether it runs, and until when; its period does not
           coalesce(c.untold_from <= coalesce(wmo.last_day(c.known_period), 'infinity'), false) OR moved.by_reading
             AS untold, moved.by_reading
    FROM (SELECT EXISTS (
            -- an end by our reading stands in words, in its amendment
            SELECT FROM wmo.contract_change ch
            WHERE ch.contract_id = c.id AND wmo_works.moves_end(ch.kind) AND wmo_works.is_inferred(ch.source_id)
              AND num_nonnulls(ch.service_id, ch.area_id) = 0
              AND wmo_works.ocds_known_change(ch.id, ocds_contracts.on_date)) AS by_reading) moved
    OFFSET 0
  ) known
  LEFT JOIN LATERAL (
    SELECT ch.to_party_id FROM wmo.contract_change ch
    WHERE ch.contract_id = c.id AND ch.kind = 'transfer' AND num_nonnulls(ch.service_id, ch.area_id) = 0
      AND ch.effective_on <= ocds_contracts.on_date AND NOT wmo_works.is_inferred(ch.source_id)
      AND wmo_works.ocds_known_change(ch.id, ocds_contracts.on_date)
    ORDER BY ch.effective_on DESC, ch.ordered_by DESC, ch.id DESC LIMIT 1
  ) taken ON true
  CROSS JOIN LATERAL (SELECT wmo_works.ocds_known_id(ocid, 'contract', c.id, c.own_id) AS id) n
  CROSS JOIN LATERAL (SELECT wmo_works.ocds_reference(ocid, coalesce(taken.to_party_id, c.supplier_id),
                                                         with_natural_persons) AS reference) s
  WHERE c.id IN (SELECT k FROM wmo_works.ocds_known_contracts(ocds_contracts.tender_id, on_date, statuses) k);
END;
COMMENT ON FUNCTION wmo_works.ocds_contracts(text, integer, date, jsonb, boolean) IS
  'contracts of a release, as they were known on the day and with their status then: those that follow from an award '
  'of the tender, with who has each by then as its suppliers. Where that was withdrawn, is void, replaced or to '
  'somebody else, or a ruling orders so, the status (terminated where it was signed and is void) and the last day are '
  'left out; so are an end and a last day by our reading of a source, which stand in the amendment.';

-- ---- the release ----------------------------------------------------------------------------------------------------

CREATE FUNCTION wmo_works.ocds_changed(tender_id integer, on_date date, statuses jsonb) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
  -- what loses a part is stamped itself (face/seal)
  WITH contract AS (
    SELECT c.* FROM wmo.contract c JOIN wmo.award a ON a.id = c.award_id WHERE a.tender_id = ocds_changed.tender_id
  )
  SELECT max(part.moment) FROM (
    SELECT t.changed_at AS moment FROM wmo.tender t WHERE t.id = ocds_changed.tender_id
    UNION ALL SELECT tb.changed_at FROM wmo.tender_buyer tb WHERE tb.tender_id = ocds_changed.tender_id
    UNION ALL SELECT l.changed_at FROM wmo.lot l WHERE l.tender_id = ocds_changed.tender_id
    UNION ALL SELECT greatest(p.changed_at, i.changed_at, m.changed_at)
      FROM wmo_works.ocds_roles(ocds_changed.tender_id, on_date, statuses) r
      JOIN wmo.party p ON p.id = r.party_id LEFT JOIN wmo.party_identifier i ON i.party_id = p.id
      LEFT JOIN wmo.consortium_member m ON m.consortium_id = p.id
    UNION ALL SELECT greatest(a.changed_at, ch.changed_at, s.changed_at)
      FROM wmo.award a LEFT JOIN wmo.award_challenge ch ON ch.award_id = a.id
      LEFT JOIN wmo.source s ON s.id = a.source_id
      WHERE a.tender_id = ocds_changed.tender_id
    UNION ALL SELECT greatest(c.changed_at, ch.changed_at, s.changed_at) FROM contract c
      LEFT JOIN wmo.contract_change ch ON ch.contract_id = c.id LEFT JOIN wmo.source s ON s.id = c.source_id
    UNION ALL SELECT greatest(s.changed_at, v.changed_at, a.changed_at, so.changed_at) FROM contract c
      JOIN wmo.contract_scope s ON s.contract_id = c.id JOIN wmo.service v ON v.id = s.service_id
      LEFT JOIN wmo.area a ON a.id = s.area_id LEFT JOIN wmo.source so ON so.id = s.source_id
    -- the day on which a status became what it is
    UNION ALL SELECT (e.value ->> 1)::date::timestamp AT TIME ZONE 'UTC' FROM jsonb_each(ocds_changed.statuses) e
    UNION ALL SELECT d.day::timestamp AT TIME ZONE 'UTC' FROM contract c
      CROSS JOIN LATERAL (VALUES (wmo.first_day(c.period)), (wmo.exclusive_end(c.period))) d (day)
      WHERE d.day <= ocds_changed.on_date
  ) part
  WHERE isfinite(part.moment);
END;
COMMENT ON FUNCTION wmo_works.ocds_changed(integer, date, jsonb) IS
  'Since when a release says what it says on that day: never too early, sometimes too late.';

CREATE FUNCTION wmo.ocds_release(tender_id integer, on_date date DEFAULT CURRENT_DATE,
                                 with_natural_persons boolean DEFAULT false, ocid_prefix text DEFAULT 'ocds-000000')
RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 100000 SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
  known record;
  process text;
  statuses CONSTANT jsonb := (
    SELECT coalesce(jsonb_object_agg(s.award_id, jsonb_build_array(s.word, s.since, s.dated)), '{}')
    FROM wmo_works.ocds_statuses(tender_id, on_date) s);
  content jsonb;
  release text;
BEGIN
  IF NOT EXISTS (SELECT FROM wmo.tender t WHERE t.id = tender_id) THEN
    RAISE EXCEPTION 'there is no tender %', tender_id
      USING ERRCODE = 'no_data_found', DETAIL = 'A release tells of one row of wmo.tender.',
        HINT = 'Its id stands in wmo_bi.tender; row security may hide it.';
  ELSIF ocid_prefix !~ '^ocds-[a-z0-9]{6}$' THEN
    RAISE EXCEPTION 'invalid ocid prefix "%"', left(ocid_prefix, 100)
      USING ERRCODE = 'invalid_parameter_value', DETAIL = 'Expected ocds- and six small letters or digits.',
        HINT = 'The Open Contracting Partnership gives each publisher a prefix of its own.';
  END IF;
  SELECT i.ocid, i.release_id, i.released INTO known FROM wmo.ocds_identity i
  WHERE i.kind = 'tender' AND i.row_id = ocds_release.tender_id;
  process := coalesce(known.ocid, ocid_prefix || '-' || tender_id);
  content := jsonb_strip_nulls(jsonb_build_object(
    'ocid', process, 'language', 'nl', 'initiationType', 'tender',
    'parties', wmo_works.ocds_parties(process, tender_id, on_date, statuses, with_natural_persons),
    'buyer', (SELECT wmo_works.ocds_reference(process, min(tb.buyer_id), true)
              FROM wmo.tender_buyer tb WHERE tb.tender_id = ocds_release.tender_id HAVING count(*) = 1),
    'tender', wmo_works.ocds_tender(process, tender_id, on_date, statuses),
    'awards', wmo_works.ocds_awards(process, tender_id, statuses, with_natural_persons),
    'contracts', wmo_works.ocds_contracts(process, tender_id, on_date, statuses, with_natural_persons)));
  content := content || jsonb_build_object('tag', to_jsonb(array_remove(
    ARRAY['tender', CASE WHEN content ? 'awards' THEN 'award' END, CASE WHEN content ? 'contracts' THEN 'contract' END],
    NULL)));
  -- the same content is the same release, whenever and wherever it is asked for
  release := process || '-' || left(encode(sha256(convert_to(content::text, 'UTF8')), 'hex'), 16);
  RETURN content || jsonb_build_object('id', release, 'date', wmo_works.ocds_time(
    CASE WHEN release = known.release_id THEN known.released
         ELSE wmo_works.ocds_changed(tender_id, on_date, statuses) END));
END
$$;
COMMENT ON FUNCTION wmo.ocds_release(integer, date, boolean, text) IS
  'A tender with its lots, awards and the contracts that follow from them as a release of the Open Contracting Data '
  'Standard 1.1.5, with the statuses of a day, and nothing that came or became known after it. Sole traders stay out '
  'unless with_natural_persons. ocid_prefix is that of the publisher; ocds-000000 is nobody''s, and not for '
  'publishing.';

CREATE FUNCTION wmo.ocds_release_package(uri text, publisher text, tender_ids integer[] DEFAULT NULL,
                                         on_date date DEFAULT CURRENT_DATE,
                                         with_natural_persons boolean DEFAULT false,
                                         ocid_prefix text DEFAULT 'ocds-000000')
RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF uri IS NULL OR uri !~ E'^[A-Za-z][A-Za-z0-9+.-]*:[^][:space:]<>"{}|\\\\^`[]+$' THEN
    RAISE EXCEPTION 'invalid uri "%"', left(uri, 100)
      USING ERRCODE = 'invalid_parameter_value', DETAIL = 'A package needs the address at which it is published.',
        HINT = 'Give an absolute URI, as https://data.example.org/ocds/package.json.';
  ELSIF coalesce(btrim(publisher), '') = '' THEN
    RAISE EXCEPTION 'a package needs a publisher'
      USING ERRCODE = 'invalid_parameter_value', DETAIL = 'Expected the name of who publishes it.',
        HINT = 'Give the name of the municipality.';
  END IF;
  RETURN jsonb_build_object(
    'uri', uri, 'version', '1.1', 'publishedDate', wmo_works.ocds_time(now()),
    'publisher', jsonb_build_object('name', publisher),
    'extensions', (
      SELECT jsonb_agg(format('https://raw.githubusercontent.com/open-contracting-extensions/ocds_%s_extension/'
                              '%s/extension.json', e.name, e.version) ORDER BY e.place)
      FROM (VALUES (1, 'lots', 'v1.1.5'), (2, 'contract_buyer', 'master'), (3, 'contract_suppliers', 'master'),
                   (4, 'memberOf', 'master')) e (place, name, version)),
    'releases', coalesce((
      SELECT jsonb_agg(wmo.ocds_release(t.id, on_date, with_natural_persons, ocid_prefix) ORDER BY t.id)
      FROM wmo.tender t WHERE tender_ids IS NULL OR t.id = ANY (tender_ids)), '[]'));
END
$$;
COMMENT ON FUNCTION wmo.ocds_release_package(text, text, integer[], date, boolean, text) IS
  'Releases of several tenders (null: all that the caller sees) in one package, as it is published at uri.';
