-- ocds_import: releases of the Open Contracting Data Standard into the registry.
-- Relies on ocds_in, ocds_in_award and ocds_in_contract (what becomes of the parts).

CREATE FUNCTION wmo_works.ocds_change_words(description text) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  -- every word must be one that ocds_out writes: what is half understood is not recorded
  SELECT CASE WHEN bool_and(w.pair IS NOT NULL)
              THEN jsonb_object_agg(w.pair[1], w.pair[2]) FILTER (WHERE w.pair[1] IS NOT NULL) END
  FROM (
    SELECT CASE WHEN p.n = 1
                THEN ARRAY['kind', (regexp_match(p.part, '^(extension|option_declined|early_end|end_revoked|transfer|'
                                                         'scope_added|scope_removed|suspension|suspension_ended)$'))[1]]
                ELSE regexp_match(p.part, '^(option|decided|received|effective|until|to|service|area|inferred) '
                                          '(.+)$') END
             AS pair
    FROM string_to_table(left(description, 2000), '; ') WITH ORDINALITY p (part, n)
  ) w
  WHERE description IS NOT NULL
  HAVING count(*) FILTER (WHERE w.pair[1] = 'kind' AND w.pair[2] IS NOT NULL) = 1;
END;
COMMENT ON FUNCTION wmo_works.ocds_change_words(text) IS
  'What the description of an amendment says of a change, in the words of ocds_amendments; null = in other words.';

CREATE FUNCTION wmo_works.ocds_place_amendment(process wmo_works.ocds_process, contract text, amendment jsonb, key text)
RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  words CONSTANT jsonb := wmo_works.ocds_change_words(amendment ->> 'description');
  of_contract CONSTANT integer := wmo_works.ocds_row(process.ocid, 'contract', contract);
  areas CONSTANT integer[] := ARRAY(
    SELECT DISTINCT a.id FROM wmo.contract_scope s JOIN wmo.area a ON a.id = s.area_id
    WHERE s.contract_id = of_contract AND coalesce(a.code::text, a.name) = words ->> 'area'
      AND (NOT words ? 'service'
        OR s.service_id = (SELECT v.id FROM wmo.service v WHERE v.code = words ->> 'service')));
  change integer;
  fault text;
BEGIN
  IF key IS NULL OR words IS NULL OR words ? 'area' AND cardinality(areas) <> 1
     OR words ? 'to' AND wmo_works.ocds_row(process.ocid, 'party', words ->> 'to') IS NULL
     OR words ? 'option' AND words ->> 'option' !~ '^[0-9]{1,3}$'
     OR EXISTS (SELECT FROM jsonb_each_text(words) w
                WHERE w.key IN ('decided', 'received', 'effective', 'until')
                  AND wmo_works.ocds_date(to_jsonb(w.value)) IS NULL)
  THEN
    RETURN wmo_works.words('amendment of %1, "%2": which change it is, in words that are read, is not said; record it '
                           'with '
                           'wmo.extend_contract and the like', coalesce(wmo_works.ocds_shown(amendment -> 'date'),
                                                                        wmo_works.words('no date')),
                           left(coalesce(amendment ->> 'description', amendment ->> 'rationale'), 200));
  ELSIF wmo_works.ocds_row(process.ocid, 'amendment', contract || '/' || key) IS NOT NULL THEN
    RETURN NULL;
  END IF;
  BEGIN
    INSERT INTO wmo.contract_change (contract_id, kind, option_no, decided_on, received_on, effective_on, until,
                                     to_party_id, service_id, area_id, reason, source_id)
    VALUES (of_contract, words ->> 'kind', (words ->> 'option')::integer, wmo_works.ocds_date(words -> 'decided'),
            wmo_works.ocds_date(words -> 'received'), wmo_works.ocds_date(words -> 'effective'),
            wmo_works.ocds_date(words -> 'until'), wmo_works.ocds_row(process.ocid, 'party', words ->> 'to'),
            wmo.service_id(words ->> 'service'), areas[1], wmo_works.ocds_text(amendment -> 'rationale'),
            wmo_works.ocds_source(process, 'Afgeleid, niet gesteld: ' || (words ->> 'inferred')))
    RETURNING id INTO change;
    INSERT INTO wmo.ocds_identity (ocid, ocds_id, change_id, source_id)
    VALUES (process.ocid, contract || '/' || key, change, process.source_id);
  EXCEPTION WHEN integrity_constraint_violation OR data_exception OR undefined_object THEN
    GET STACKED DIAGNOSTICS fault = MESSAGE_TEXT;
  END;
  RETURN wmo_works.clause('the registry refuses it: %1', fault);
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_place_amendment(wmo_works.ocds_process, text, jsonb, text) IS
  'Adds a change to the ledger, once, where an amendment says it in the words of ocds_out; returns why it cannot.';

CREATE FUNCTION wmo_works.ocds_place_life(process wmo_works.ocds_process, contract text, said jsonb, path text)
RETURNS wmo.ocds_finding[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  part record;
  findings wmo.ocds_finding[] := '{}';
BEGIN
  -- a change for an area needs the scope of that area; a scope that a change brought needs the change
  FOR part IN
    SELECT e.part, 2 * (wmo_works.ocds_item_words(e.part) ? 'added_by')::integer AS turn, e.n, 'items' AS list
    FROM wmo_works.ocds_each(said -> 'items') e
    UNION ALL
    SELECT e.part, 1, e.n, 'amendments' FROM wmo_works.ocds_each(said -> 'amendments') e
    ORDER BY turn, n
  LOOP
    findings := findings || wmo_works.ocds_said(process, path || '/' || part.list, 'not_placed', CASE part.list
      WHEN 'items' THEN wmo_works.ocds_place_item(process, contract, part.part, wmo_works.ocds_key(part.part -> 'id'))
      ELSE wmo_works.ocds_place_amendment(process, contract, part.part, wmo_works.ocds_key(part.part -> 'id')) END);
  END LOOP;
  RETURN findings;
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_place_life(wmo_works.ocds_process, text, jsonb, text) IS
  'Adds the scopes and changes of a contract of a release.';

CREATE FUNCTION wmo_works.ocds_place_contracts(process wmo_works.ocds_process) RETURNS wmo.ocds_finding[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  contract record;
  fault text;
  buyer wmo_works.ocds_placed;
  supplier wmo_works.ocds_placed;
  placed wmo_works.ocds_placed;
  findings wmo.ocds_finding[] := '{}';
BEGIN
  FOR contract IN
    SELECT e.part, wmo_works.ocds_key(e.part -> 'id') AS key,
           'contracts/' || coalesce(wmo_works.ocds_key(e.part -> 'id'), e.n::text) AS path
    FROM wmo_works.ocds_each(process.release -> 'contracts') e ORDER BY e.n
  LOOP
    fault := wmo_works.ocds_contract_fault(process, contract.part, contract.key);
    IF fault IS NOT NULL THEN
      findings := findings || wmo_works.ocds_said(process, contract.path, 'not_placed', fault);
      CONTINUE;
    END IF;
    buyer := wmo_works.ocds_contract_buyer(process, contract.part, contract.path);
    findings := findings || buyer.findings;
    IF buyer.row_id IS NULL THEN
      CONTINUE;
    END IF;
    supplier := (NULL::integer, '{}'::wmo.ocds_finding[]);
    IF wmo_works.ocds_agreed_suppliers(contract.part) IS NOT NULL THEN
      supplier := wmo_works.ocds_awarded_to(process, wmo_works.ocds_agreed_suppliers(contract.part),
                                            contract.path || '/suppliers');
    ELSE
      supplier.row_id := (SELECT a.supplier_id FROM wmo.award a WHERE a.id = wmo_works.ocds_row(process.ocid, 'award',
                            wmo_works.ocds_key(contract.part -> 'awardID')));
    END IF;
    placed := wmo_works.ocds_write_contract(process, contract.part, contract.key, buyer.row_id, supplier.row_id,
                                            contract.path);
    findings := findings || supplier.findings || placed.findings;
    IF placed.row_id IS NOT NULL THEN
      findings := findings || wmo_works.ocds_place_life(process, contract.key, contract.part, contract.path);
      findings := findings || ARRAY(
        SELECT f FROM wmo_works.ocds_contract_doubts(process, placed.row_id, contract.part, contract.path) f);
    END IF;
  END LOOP;
  RETURN findings;
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_place_contracts(wmo_works.ocds_process) IS
  'Adds the contracts of a release, or corrects them.';

CREATE FUNCTION wmo_works.ocds_status_doubts(process wmo_works.ocds_process) RETURNS wmo.ocds_finding[]
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT ARRAY(
    SELECT f
    FROM wmo_works.ocds_each((process).release -> 'awards') e
    JOIN wmo_works.ocds_statuses((process).tender_id, ((process).released AT TIME ZONE 'UTC')::date) s
      ON s.award_id = wmo_works.ocds_row((process).ocid, 'award', wmo_works.ocds_key(e.part -> 'id'))
    CROSS JOIN LATERAL unnest(wmo_works.ocds_said(process, 'awards/' || wmo_works.ocds_key(e.part -> 'id') || '/status',
      'noted', CASE WHEN e.part ->> 'status' IN ('pending', 'active', 'cancelled')
                 AND e.part ->> 'status' IS DISTINCT FROM s.word
        THEN wmo_works.words('%1, by the release; by what is recorded %2: since when it is so, and why, is not said',
                             e.part ->> 'status', coalesce(s.word, wmo_works.words('it cannot be told'))) END)) f
    ORDER BY e.n);
END;
COMMENT ON FUNCTION wmo_works.ocds_status_doubts(wmo_works.ocds_process) IS
  'Awards that stand otherwise by what was placed than a release says.';

CREATE FUNCTION wmo_works.ocds_conflicts(process wmo_works.ocds_process) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 SET jit = off
BEGIN ATOMIC
  SELECT min(f.message) FROM wmo_works.list_conflicts(ARRAY(
    SELECT ROW(0, c.number, c.buyer_id, c.id, c.supplier_id, c.period, NULL, NULL,
               NULL, true)::wmo_works.contract_list_contract
    FROM wmo.ocds_identity i JOIN wmo.contract c ON c.id = i.contract_id WHERE i.ocid = (process).ocid)) f;
END;
COMMENT ON FUNCTION wmo_works.ocds_conflicts(wmo_works.ocds_process) IS
  'A contract of a release that would be a second main provider; null = none.';

CREATE FUNCTION wmo_works.ocds_place(release jsonb, publisher text, dry_run boolean) RETURNS wmo.ocds_finding[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
  process wmo_works.ocds_process;
  placed wmo_works.ocds_placed;
  findings wmo.ocds_finding[];
  newest timestamptz;
  failure text;
  detail text;
BEGIN
  process.ocid := wmo_works.ocds_key(release -> 'ocid');
  process.release := release;
  IF jsonb_typeof(release -> 'date') = 'string' THEN
    process.released := (wmo_works.ocds_clock(left(release ->> 'date', 50))).moment;
  END IF;
  IF process.ocid IS NULL OR process.released IS NULL OR wmo_works.ocds_key(release -> 'id') IS NULL
     OR coalesce(jsonb_typeof(release -> 'tender'), 'object') <> 'object' THEN
    RETURN wmo_works.ocds_said(process, '', 'refused',
      wmo_works.words('a release has an ocid and an id of at most 200 bytes, a date as 2024-07-08T00:00:00Z and a '
                      'tender '
                      'that is an object'));
  END IF;
  SELECT i.tender_id, i.source_id, i.released INTO process.tender_id, process.source_id, newest
  FROM wmo.ocds_identity i WHERE i.ocid = process.ocid AND i.kind = 'tender';
  IF newest > process.released THEN
    RETURN wmo_works.ocds_said(process, '', 'refused',
      wmo_works.words('it is of %1, and a release of %2 came in before', wmo_works.ocds_time(process.released),
                      wmo_works.ocds_time(newest)));
  END IF;
  BEGIN
    IF process.source_id IS NULL THEN
      INSERT INTO wmo.source (article, publisher, published)
      VALUES ('OCDS ' || process.ocid, publisher, daterange((process.released AT TIME ZONE 'UTC')::date,
                                                           (process.released AT TIME ZONE 'UTC')::date, '[]'))
      RETURNING id INTO process.source_id;
    END IF;
    findings := ARRAY(SELECT f FROM wmo_works.ocds_unread(process.ocid, release) f)
      || wmo_works.ocds_place_parties(process);
    placed := wmo_works.ocds_place_tender(process);
    process.tender_id := placed.row_id;
    findings := findings || placed.findings || wmo_works.ocds_place_buyers(process)
      || wmo_works.ocds_place_lots(process) || wmo_works.ocds_place_awards(process)
      || wmo_works.ocds_place_contracts(process);
    -- a statement of its own, which sees what was placed
    findings := findings || wmo_works.ocds_status_doubts(process);
    failure := wmo_works.ocds_conflicts(process);
    IF failure IS NOT NULL OR dry_run THEN
      RAISE EXCEPTION USING ERRCODE = 'WMO00', MESSAGE = 'the release is only looked at';
    END IF;
  EXCEPTION
    WHEN SQLSTATE 'WMO00' THEN
      NULL;
    WHEN integrity_constraint_violation OR data_exception OR program_limit_exceeded OR undefined_object THEN
      GET STACKED DIAGNOSTICS failure = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
      failure := wmo_works.words('the registry refuses it: %1', concat_ws('; ', failure, nullif(detail, '')));
  END;
  RETURN CASE WHEN failure IS NULL THEN findings ELSE wmo_works.ocds_said(process, '', 'refused', failure) END;
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_place(jsonb, text, boolean) IS
  'Writes one release, all of it that has a place or nothing, and says what became of its parts.';

CREATE FUNCTION wmo.import_ocds(document jsonb, dry_run boolean DEFAULT false) RETURNS SETOF wmo.ocds_finding
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  releases CONSTANT jsonb := CASE WHEN jsonb_typeof(document) = 'object' THEN
    CASE WHEN document ? 'releases' THEN document -> 'releases'
         WHEN document ? 'ocid' THEN jsonb_build_array(document) END END;
  publisher CONSTANT text := CASE WHEN document ? 'releases'
                                  THEN wmo_works.ocds_text(document -> 'publisher' -> 'name') END;
  release jsonb;
BEGIN
  IF coalesce(jsonb_typeof(releases), 'null') <> 'array' THEN
    RAISE EXCEPTION 'this is no release and no release package'
      USING ERRCODE = 'invalid_parameter_value',
        DETAIL = format('Expected an object with an ocid, or one with releases in an array, not %s.',
                        CASE WHEN jsonb_typeof(document) = 'object' THEN 'another object'
                             ELSE wmo_works.ocds_shown(document) END),
        HINT = 'Of a record package, import the releases or the compiledRelease of each record.';
  END IF;
  -- one import after the other: two at once would each add what the other adds
  IF NOT dry_run THEN
    LOCK TABLE wmo.ocds_identity IN SHARE ROW EXCLUSIVE MODE;
  END IF;
  FOR release IN
    SELECT e.part FROM jsonb_array_elements(releases) WITH ORDINALITY e (part, n)
    ORDER BY (wmo_works.ocds_clock(left(e.part ->> 'date', 50))).moment, e.n
  LOOP
    RETURN QUERY
      SELECT f.ocid, f.path, f.outcome, f.message || CASE WHEN count(*) > 1 THEN wmo_works.words(' (%1 times)',
                                                                                                 count(*)::text)
                                                          ELSE '' END
      FROM unnest(wmo_works.ocds_place(release, publisher, dry_run)) WITH ORDINALITY f (ocid, path, outcome, message, n)
      GROUP BY f.ocid, f.path, f.outcome, f.message ORDER BY min(f.n);
  END LOOP;
END
$$;
COMMENT ON FUNCTION wmo.import_ocds(jsonb, boolean) IS
  'Brings releases of the Open Contracting Data Standard 1.1 (one, or a package; the oldest first) into the registry, '
  'and gives what became of each part and, of what has no place there, why. It adds and corrects and never removes; a '
  'release that came in before changes nothing. A release is taken whole or, when the registry refuses something of '
  'it, not at all. dry_run => true only says what would happen.';
