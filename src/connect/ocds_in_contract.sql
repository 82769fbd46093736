-- ocds_in_contract: the contracts of releases, with their periods, scopes and changes.
-- Relies on ocds_in and ocds_in_award (whom and what they follow from).
--
-- The standard cannot tell an end that is not known from a contract without one, nor how many options there are, nor
-- for which ages and clients something is bought. Where a release says it in our own words (ocds_out), they are taken;
-- else the end is unknown, and options and scopes are left for who knows them.

CREATE FUNCTION wmo_works.ocds_contract_period(words text) RETURNS wmo.contract_period
LANGUAGE plpgsql IMMUTABLE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN left(words, 4000)::wmo.contract_period;
EXCEPTION WHEN data_exception THEN
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_contract_period(text) IS 'A period by its text; null when it is none.';

CREATE FUNCTION wmo_works.ocds_agreed_period(contract jsonb) RETURNS wmo.contract_period
LANGUAGE sql STABLE PARALLEL UNSAFE
BEGIN ATOMIC
  SELECT wmo_works.ocds_contract_period(m.part ->> 'description')
  FROM wmo_works.ocds_each(contract -> 'milestones') m
  WHERE m.part ->> 'code' = 'agreed_period' ORDER BY m.n LIMIT 1;
END;
COMMENT ON FUNCTION wmo_works.ocds_agreed_period(jsonb) IS
  'The period as agreed, where a contract of a release states it in the notation of contract_period.';

CREATE FUNCTION wmo_works.ocds_agreed_suppliers(contract jsonb) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL UNSAFE
BEGIN ATOMIC
  SELECT coalesce(
    (SELECT CASE WHEN jsonb_typeof(m.part -> 'description') = 'string'
                 THEN jsonb_build_array(jsonb_build_object('id', m.part -> 'description')) ELSE '[]' END
     FROM wmo_works.ocds_each(contract -> 'milestones') m
     WHERE m.part ->> 'code' = 'agreed_supplier' ORDER BY m.n LIMIT 1),
    contract -> 'suppliers');
END;
COMMENT ON FUNCTION wmo_works.ocds_agreed_suppliers(jsonb) IS
  'With whom a contract of a release was agreed: its suppliers, but where it says that they took it over since.';

CREATE FUNCTION wmo_works.ocds_contract_days(contract jsonb, OUT first_day date, OUT last_day date, OUT most date,
                                             OUT filled_in text)
LANGUAGE sql STABLE PARALLEL UNSAFE
BEGIN ATOMIC
  SELECT CASE WHEN wmo_works.stands_for_none(p.first_day) IS NOT true THEN p.first_day END,
         CASE WHEN wmo_works.stands_for_none(p.last_day) IS NOT true THEN p.last_day END, p.most,
         concat_ws(', ', CASE WHEN wmo_works.stands_for_none(p.first_day) THEN wmo_works.iso_day(p.first_day) END,
                   CASE WHEN wmo_works.stands_for_none(p.last_day) THEN wmo_works.iso_day(p.last_day) END)
  FROM (SELECT wmo_works.ocds_date(contract -> 'period' -> 'startDate') AS first_day,
               wmo_works.ocds_date(contract -> 'period' -> 'endDate') AS last_day,
               wmo_works.ocds_date(contract -> 'period' -> 'maxExtentDate') AS most) p;
END;
COMMENT ON FUNCTION wmo_works.ocds_contract_days(jsonb) IS
  'The days that a contract of a release states, without those that stand for none (filled_in).';

CREATE FUNCTION wmo_works.ocds_said_period(contract jsonb) RETURNS wmo.contract_period
LANGUAGE sql STABLE PARALLEL UNSAFE
BEGIN ATOMIC
  -- left out, that it may be extended would be a contract that surely ended
  SELECT wmo_works.ocds_contract_period(
    coalesce('[' || wmo_works.iso_day(p.first_day), '(?') || ','
    || coalesce(wmo_works.iso_day(p.last_day + 1), '?') || ')'
    || CASE WHEN p.first_day IS NOT NULL AND p.most > p.last_day AND p.most - p.last_day < 65536
            THEN '+P' || (p.most - p.last_day)::text || 'D' ELSE '' END)
  FROM wmo_works.ocds_contract_days(contract) p;
END;
COMMENT ON FUNCTION wmo_works.ocds_said_period(jsonb) IS
  'The first and last day that a contract of a release states, and as one option until when it may be extended; what '
  'it leaves out, or says by a last day of 2090 or later, is not known. Null when they make no period.';

CREATE FUNCTION wmo_works.ocds_contract_fault(process wmo_works.ocds_process, contract jsonb, key text) RETURNS text
LANGUAGE sql STABLE PARALLEL UNSAFE
BEGIN ATOMIC
  SELECT CASE
    WHEN key IS NULL THEN wmo_works.words('it has no id')
    WHEN wmo_works.ocds_row((process).ocid, 'award', wmo_works.ocds_key(contract -> 'awardID')) IS NULL
      THEN wmo_works.words('its award is not there')
    WHEN wmo_works.ocds_said_period(contract) IS NULL
      THEN wmo_works.words('%1 to %2 is no period', coalesce(p.first_day, '?'), coalesce(p.last_day, '?'))
    WHEN contract ->> 'status' = 'cancelled' THEN wmo_works.words('cancelled: it was never in force')
    WHEN contract ->> 'status' = 'terminated' AND wmo_works.ocds_agreed_period(contract) IS NULL
      AND (p.last_day IS NULL OR p.last_day::text > wmo_works.ocds_time((process).released))
      THEN wmo_works.words('terminated, on a day that is not said') END
  FROM (SELECT wmo_works.iso_day(d.first_day) AS first_day, wmo_works.iso_day(d.last_day) AS last_day
        FROM wmo_works.ocds_contract_days(contract) d) p;
END;
COMMENT ON FUNCTION wmo_works.ocds_contract_fault(wmo_works.ocds_process, jsonb, text) IS
  'Why a contract cannot be placed; null = it can.';

CREATE FUNCTION wmo_works.ocds_fills(recorded wmo.contract_period, said wmo.contract_period) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT recorded::text <> said::text
    AND (wmo.first_day(recorded) IS NULL OR wmo.first_day(recorded) = wmo.first_day(said))
    AND (wmo.end_kind(recorded) = 'unknown' OR wmo.last_day(recorded) = wmo.last_day(said))
    AND NOT EXISTS (SELECT FROM wmo.options(recorded));
END;
COMMENT ON FUNCTION wmo_works.ocds_fills(wmo.contract_period, wmo.contract_period) IS
  'Does a period say what a recorded one leaves unknown, and nothing else?';

CREATE FUNCTION wmo_works.ocds_contract_buyer(process wmo_works.ocds_process, contract jsonb, path text)
RETURNS wmo_works.ocds_placed
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  buyer CONSTANT integer[] := ARRAY(SELECT tb.buyer_id FROM wmo.tender_buyer tb WHERE tb.tender_id = process.tender_id);
BEGIN
  IF jsonb_typeof(contract -> 'buyer') = 'object' THEN
    RETURN wmo_works.ocds_place_party(process, contract -> 'buyer', 'buyer', path || '/buyer');
  ELSIF cardinality(buyer) = 1 THEN
    RETURN (buyer[1], '{}'::wmo.ocds_finding[]);
  END IF;
  RETURN (NULL::integer, wmo_works.ocds_said(process, path, 'not_placed', CASE cardinality(buyer)
    WHEN 0 THEN wmo_works.words('its buyer is not known')
    ELSE wmo_works.words('which of the buyers it is of is not said') END));
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_contract_buyer(wmo_works.ocds_process, jsonb, text) IS
  'Whose contract it is: its own buyer, else the only one of the tender.';

CREATE FUNCTION wmo_works.ocds_pending_reading() RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT 'in de publicatie nog niet van kracht (pending); dat het van kracht werd, is niet gesteld';
END;
COMMENT ON FUNCTION wmo_works.ocds_pending_reading() IS
  'Reading of the source of a contract that came in as pending, by which it is known again.';

CREATE FUNCTION wmo_works.ocds_only_pending(process wmo_works.ocds_process, contract jsonb) RETURNS boolean
LANGUAGE sql STABLE PARALLEL UNSAFE
BEGIN ATOMIC
  -- signed, and to begin later, is what the registry has too; and in our own releases nothing else is pending
  SELECT contract ->> 'status' = 'pending' AND wmo_works.ocds_agreed_period(contract) IS NULL
    AND NOT coalesce(wmo_works.ocds_date(contract -> 'dateSigned') <= told.day
                     AND wmo_works.ocds_date(contract -> 'period' -> 'startDate') > told.day, false)
  FROM (SELECT ((process).released AT TIME ZONE 'UTC')::date AS day) told;
END;
COMMENT ON FUNCTION wmo_works.ocds_only_pending(wmo_works.ocds_process, jsonb) IS
  'Does a release of others say that a contract is not in force yet (pending), while it was not signed to begin later?';

CREATE FUNCTION wmo_works.ocds_contract_source(process wmo_works.ocds_process, contract jsonb) RETURNS integer
LANGUAGE sql VOLATILE PARALLEL UNSAFE
BEGIN ATOMIC
  SELECT wmo_works.ocds_source(process, CASE
    WHEN wmo_works.ocds_only_pending(process, contract)
         AND NOT starts_with(coalesce(said.text, ''), 'Afgeleid, niet gesteld:')
    THEN 'Afgeleid, niet gesteld: ' || wmo_works.ocds_pending_reading() ELSE said.text END)
  FROM (SELECT wmo_works.ocds_text(contract -> 'description') AS text) said;
END;
COMMENT ON FUNCTION wmo_works.ocds_contract_source(wmo_works.ocds_process, jsonb) IS
  'Source of a contract of a release; that one came into force of which it says that it was pending is our reading.';

CREATE FUNCTION wmo_works.ocds_write_contract(process wmo_works.ocds_process, contract jsonb, key text,
                                              buyer_id integer, supplier_id integer, path text)
RETURNS wmo_works.ocds_placed
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  agreed CONSTANT wmo.contract_period := wmo_works.ocds_agreed_period(contract);
  said CONSTANT wmo.contract_period := wmo_works.ocds_said_period(contract);
  award CONSTANT integer := wmo_works.ocds_row(process.ocid, 'award', wmo_works.ocds_key(contract -> 'awardID'));
  signed CONSTANT date := wmo_works.ocds_date(contract -> 'dateSigned');
  known CONSTANT integer := wmo_works.ocds_row(process.ocid, 'contract', key);
  -- our own releases say which options were agreed; others how long a contract can be extended, if they say it
  with_options CONSTANT boolean := agreed IS NOT NULL
    OR wmo_works.ocds_date(contract -> 'period' -> 'maxExtentDate') IS NOT NULL;
  placed integer := known;
  -- what came in as pending is no reading any more once a release says that it is in force
  now_so CONSTANT boolean := contract ->> 'status' IN ('active', 'terminated') AND EXISTS (
    SELECT FROM wmo.contract c JOIN wmo.source s ON s.id = c.source_id
    WHERE c.id = known AND s.reading = wmo_works.ocds_pending_reading());
BEGIN
  IF known IS NULL THEN
    IF EXISTS (SELECT FROM wmo.contract c WHERE (c.buyer_id, c.number) = (ocds_write_contract.buyer_id, key)) THEN
      RETURN (NULL::integer, wmo_works.ocds_said(process, path, 'not_placed', wmo_works.words(
                 'the buyer has a contract "%1" that came in otherwise; if it is the same, add a row to '
                 'wmo.ocds_identity that '
                 'says so', key)));
    END IF;
    INSERT INTO wmo.contract (number, buyer_id, supplier_id, period, options_stated, award_id, signed_on, source_id)
    VALUES (key, buyer_id, supplier_id, coalesce(agreed, said), with_options, award, signed,
            wmo_works.ocds_contract_source(process, contract)) RETURNING id INTO placed;
    INSERT INTO wmo.ocds_identity (ocid, ocds_id, contract_id, source_id)
    VALUES (process.ocid, key, placed, process.source_id);
    RETURN (placed, wmo_works.ocds_said(process, path, 'added', wmo_works.words('contract "%1"', key)));
  END IF;
  -- a period is corrected where it is stated as agreed, or where it was not known and is now
  UPDATE wmo.contract c
  SET supplier_id = coalesce(ocds_write_contract.supplier_id, c.supplier_id), signed_on = coalesce(signed, c.signed_on),
      award_id = award, options_stated = c.options_stated OR with_options,
      source_id = CASE WHEN now_so THEN wmo_works.ocds_contract_source(process, contract) ELSE c.source_id END,
      agreed_period = CASE WHEN agreed IS NOT NULL THEN agreed
                           WHEN wmo_works.ocds_fills(c.agreed_period, said) THEN said
                           ELSE c.agreed_period END
  WHERE c.id = known
    AND ((coalesce(ocds_write_contract.supplier_id, c.supplier_id), coalesce(signed, c.signed_on), award)
           IS DISTINCT FROM (c.supplier_id, c.signed_on, c.award_id)
      OR now_so OR with_options AND NOT c.options_stated OR agreed::text <> c.agreed_period::text
      OR agreed IS NULL AND wmo_works.ocds_fills(c.agreed_period, said));
  RETURN (known, wmo_works.ocds_said(process, path, CASE WHEN FOUND THEN 'changed' ELSE 'unchanged' END,
                                     wmo_works.words('contract "%1"', key)));
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_write_contract(wmo_works.ocds_process, jsonb, text, integer, integer, text) IS
  'Adds a contract, or corrects what a release says differently; its number is the identifier.';

CREATE FUNCTION wmo_works.ocds_contract_doubts(process wmo_works.ocds_process, contract_id integer, contract jsonb,
                                               path text)
RETURNS SETOF wmo.ocds_finding
LANGUAGE sql STABLE PARALLEL UNSAFE
BEGIN ATOMIC
  SELECT f.*
  FROM wmo.contract c
  CROSS JOIN (SELECT ((process).released AT TIME ZONE 'UTC')::date AS day) told
  CROSS JOIN LATERAL (SELECT wmo_works.ocds_date(contract -> 'dateSigned') AS day) signed
  CROSS JOIN LATERAL wmo_works.ocds_contract_days(contract) p
  CROSS JOIN LATERAL (VALUES
    ('/period', 'noted', CASE WHEN p.filled_in <> '' AND wmo_works.ocds_agreed_period(contract) IS NULL THEN
       wmo_works.words('%1 looks like a day that a system fills in where none is known: it stands as not known',
                       p.filled_in) END),
    ('/dateSigned', 'noted', CASE WHEN signed.day > told.day OR wmo_works.stands_for_none(signed.day) THEN
       wmo_works.words('signed on %1, in a release of %2: the contract stands from that day on',
                       wmo_works.iso_day(signed.day), wmo_works.iso_day(told.day)) END),
    ('/status', 'noted', CASE WHEN wmo_works.ocds_only_pending(process, contract) THEN
       wmo_works.words('pending, by the release: that it came into force is not said, and is our reading where nothing '
                       'else says so') END),
    ('/period/endDate', 'noted', CASE
       WHEN p.last_day IS NOT NULL AND wmo_works.ocds_agreed_period(contract) IS NULL
         AND wmo_works.ocds_begins_month(contract -> 'period' -> 'endDate') THEN
       wmo_works.words('%1 begins a month at midnight: whether it is the last day or the one after it is not said; it '
                       'stands as the last day', wmo_works.iso_day(p.last_day)) END),
    ('/period/maxExtentDate', 'noted', CASE WHEN p.most < p.last_day THEN
       wmo_works.words('%1 is before the last day, and says nothing', wmo_works.iso_day(p.most)) END),
    ('/period', 'not_placed', CASE WHEN p.first_day <> wmo.first_day(c.period)
                       OR p.last_day <> coalesce(wmo.last_day(c.period), p.last_day + 1) THEN
       wmo_works.words('the release says %1 to %2, the registry "%3": whether by an option, by agreement or as a '
                       'correction is '
                       'not said', coalesce(wmo_works.iso_day(p.first_day), '?'),
                       coalesce(wmo_works.iso_day(p.last_day), '?'),
                       c.period::text) END),
    ('/period/maxExtentDate', 'not_placed', CASE
       WHEN p.most > coalesce(p.last_day, wmo.last_day(c.period), p.most - 1)
         AND wmo_works.last_day_of(wmo.maximum_term(c.period)) IS DISTINCT FROM p.most THEN
       wmo_works.words('it may be extended until %1: by how many options is not said', wmo_works.iso_day(p.most))
       WHEN p.most > p.last_day AND wmo_works.ocds_agreed_period(contract) IS NULL THEN
       wmo_works.words('it may be extended until %1: by how many options is not said, and it stands as one',
                       wmo_works.iso_day(p.most)) END),
    ('/milestones', 'not_placed', CASE WHEN EXISTS (
         SELECT FROM wmo_works.ocds_each(contract -> 'milestones') m
         WHERE coalesce(m.part ->> 'code', '') NOT IN ('agreed_period', 'agreed_supplier', 'extension_option')
            OR m.part ->> 'code' = 'agreed_period' AND wmo_works.ocds_agreed_period(contract) IS NULL)
       THEN wmo_works.words('the registry has no place for it') END)) d (part, outcome, message)
  CROSS JOIN LATERAL unnest(wmo_works.ocds_said(process, path || d.part, d.outcome, d.message)) f
  WHERE c.id = ocds_contract_doubts.contract_id;
END;
COMMENT ON FUNCTION wmo_works.ocds_contract_doubts(wmo_works.ocds_process, integer, jsonb, text) IS
  'What a release says of a contract and the registry, after all of it was placed, does not.';

-- ---- scopes ---------------------------------------------------------------------------------------------------------

CREATE FUNCTION wmo_works.ocds_item_words(item jsonb) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT coalesce(jsonb_object_agg(substr(k.part ->> 'scheme', 7), wmo_works.ocds_key(k.part -> 'id')), '{}')
    || coalesce(jsonb_object_agg(substr(k.part ->> 'scheme', 7) || '_said',
                                 wmo_works.ocds_text(k.part -> 'description'))
                FILTER (WHERE k.part ->> 'scheme' IN ('x_wmo_area', 'x_wmo_inferred')), '{}')
  FROM wmo_works.ocds_each(item -> 'additionalClassifications') k
  WHERE k.part ->> 'scheme' IN ('x_wmo_service', 'x_wmo_area', 'x_wmo_area_days', 'x_wmo_follows_code', 'x_wmo_ages',
                                'x_wmo_clients', 'x_wmo_existing_on', 'x_wmo_choice', 'x_wmo_days', 'x_wmo_added_by',
                                'x_wmo_inferred');
END;
COMMENT ON FUNCTION wmo_works.ocds_item_words(jsonb) IS 'What the classifications of an item say of a scope.';

CREATE FUNCTION wmo_works.ocds_item_fault(words jsonb) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE
    WHEN NOT coalesce(words ?& '{service,ages,clients,choice,days}', false)
      THEN wmo_works.words('for which service, area, ages and clients is not said in words that are read; add a row to '
                           'wmo.contract_scope')
    WHEN NOT EXISTS (SELECT FROM wmo.service s WHERE s.code = words ->> 'service')
      THEN wmo_works.words('"%1" is no service of wmo.service', words ->> 'service')
    WHEN coalesce(words ->> 'ages', '') !~ '^[[][0-9]{1,3},[0-9]{0,3}[)]$'
      OR coalesce(words ->> 'ages' ~ ',[0-9]', false)
        AND split_part(translate(words ->> 'ages', '[)', ''), ',', 1)::integer
            >= nullif(split_part(translate(words ->> 'ages', '[)', ''), ',', 2), '')::integer
      THEN wmo_works.words('"%1" are no ages', words ->> 'ages')
    WHEN wmo_works.ocds_days(words ->> 'days') IS NULL THEN wmo_works.words('"%1" are no days', words ->> 'days')
    WHEN words ? 'area' AND (wmo_works.ocds_days(words ->> 'area_days') IS NULL OR words ->> 'area' IS NULL)
      THEN wmo_works.words('on which days its area existed is not said')
    WHEN words ? 'follows_code' AND NOT words ? 'area' THEN wmo_works.words('it follows the code of no area')
    WHEN words ? 'existing_on' AND wmo_works.ocds_date(words -> 'existing_on') IS NULL
      THEN wmo_works.words('"%1" is no day', words ->> 'existing_on') END;
END;
COMMENT ON FUNCTION wmo_works.ocds_item_fault(jsonb) IS 'Why an item makes no scope; null = it does.';

CREATE FUNCTION wmo_works.ocds_item_area(process wmo_works.ocds_process, words jsonb, OUT area_id integer,
                                         OUT fault text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  days CONSTANT daterange := wmo_works.ocds_days(words ->> 'area_days');
  cbs CONSTANT text := wmo.try_area_code(words ->> 'area')::text;
  found_ids integer[];
BEGIN
  IF NOT words ? 'area' THEN
    RETURN;
  END IF;
  found_ids := ARRAY(SELECT a.id FROM wmo.area a
                     WHERE a.valid = days AND CASE WHEN cbs IS NULL THEN a.code IS NULL AND a.name = words ->> 'area'
                                                   ELSE a.code::text = cbs END);
  IF cardinality(found_ids) > 1 THEN
    fault := wmo_works.words('"%1" is the name of several areas', words ->> 'area');
  ELSIF cardinality(found_ids) = 1 THEN
    area_id := found_ids[1];
  ELSIF EXISTS (SELECT FROM wmo.area a WHERE a.code::text = cbs AND a.valid && days) THEN
    fault := wmo_works.words('area %1 is there in other editions than %2', cbs, wmo_works.iso_days(days));
  ELSE
    INSERT INTO wmo.area (code, name, kind, valid, source_id)
    VALUES (cbs::wmo.area_code,
            CASE WHEN cbs IS NULL THEN words ->> 'area' ELSE coalesce(words ->> 'area_said', cbs) END,
            CASE WHEN cbs IS NULL THEN 'other' ELSE wmo.level(cbs::wmo.area_code) END, days, process.source_id)
    RETURNING id INTO area_id;
  END IF;
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_item_area(wmo_works.ocds_process, jsonb) IS
  'The edition of an area that an item names; added, without a shape, where the registry has none of its days.';

CREATE FUNCTION wmo_works.ocds_place_item(process wmo_works.ocds_process, contract text, item jsonb, key text)
RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  words CONSTANT jsonb := wmo_works.ocds_item_words(item);
  fault text := wmo_works.ocds_item_fault(words);
  area record;
  scope integer;
BEGIN
  IF fault IS NULL AND key IS NULL THEN
    fault := wmo_works.words('it has no id');
  END IF;
  IF fault IS NOT NULL OR wmo_works.ocds_row(process.ocid, 'item', contract || '/' || key) IS NOT NULL THEN
    RETURN fault;
  END IF;
  BEGIN
    area := wmo_works.ocds_item_area(process, words);
    IF area.fault IS NOT NULL THEN
      RETURN area.fault;
    END IF;
    INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, follows_code, ages, clients, existing_on, valid,
                                    choice, lot_id, added_by_id, source_id)
    SELECT wmo_works.ocds_row(process.ocid, 'contract', contract), wmo.service_id(words ->> 'service'), area.area_id,
           words ? 'follows_code', int4range(r.bound[1]::integer, nullif(r.bound[2], '')::integer), words ->> 'clients',
           wmo_works.ocds_date(words -> 'existing_on'), wmo_works.ocds_days(words ->> 'days'), words ->> 'choice',
           wmo_works.ocds_row(process.ocid, 'lot', wmo_works.ocds_key(item -> 'relatedLot')),
           wmo_works.ocds_row(process.ocid, 'amendment', contract || '/' || (words ->> 'added_by')),
           wmo_works.ocds_source(process, words ->> 'inferred_said')
    FROM regexp_match(words ->> 'ages', '^[[]([0-9]+),([0-9]*)[)]$') r (bound)
    RETURNING id INTO scope;
    INSERT INTO wmo.ocds_identity (ocid, ocds_id, scope_id, source_id)
    VALUES (process.ocid, contract || '/' || key, scope, process.source_id);
  EXCEPTION WHEN integrity_constraint_violation OR data_exception THEN
    GET STACKED DIAGNOSTICS fault = MESSAGE_TEXT;
  END;
  RETURN wmo_works.clause('the registry refuses it: %1', fault);
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_place_item(wmo_works.ocds_process, text, jsonb, text) IS
  'Adds what an item says as a scope of its contract, once; returns why it cannot.';
