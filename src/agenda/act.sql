-- act: what a contract manager does, in one call each: by contract number, with the checks that the registry knows.
-- Relies on the ledger and its rules, on award_status, and on likeness for what a message offers.
--
-- Each act writes what the recipe of docs/cookbook.md writes, no more. What it finds questionable and not impossible it
-- writes and says (remark); what cannot be is refused by the ledger itself.

CREATE TYPE wmo.contract_act AS (
  contract_id integer,
  number      text,
  act         text,
  change_id   integer,
  period      wmo.contract_period,
  remark      text
);
COMMENT ON TYPE wmo.contract_act IS 'What was done with a contract, and how it runs now.';
COMMENT ON COLUMN wmo.contract_act.contract_id IS 'The contract.';
COMMENT ON COLUMN wmo.contract_act.number IS 'Its number.';
COMMENT ON COLUMN wmo.contract_act.act IS 'What was done, in words.';
COMMENT ON COLUMN wmo.contract_act.change_id IS 'The row of wmo.contract_change; null = the act is none of the ledger.';
COMMENT ON COLUMN wmo.contract_act.period IS 'The period as it now is.';
COMMENT ON COLUMN wmo.contract_act.remark IS 'What is to be noticed; null = nothing.';

CREATE FUNCTION wmo.contract_id(number text, buyer text DEFAULT NULL) RETURNS integer
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  ids integer[] := ARRAY(
    SELECT c.id FROM wmo.contract c
    WHERE c.number = contract_id.number
      AND (contract_id.buyer IS NULL
           OR c.buyer_id IN (SELECT b FROM wmo_works.with_predecessors(ARRAY(
                SELECT p.id FROM wmo.party p WHERE lower(p.name) = lower(contract_id.buyer)), CURRENT_DATE) b)));
BEGIN
  IF cardinality(ids) = 1 THEN
    RETURN ids[1];
  ELSIF cardinality(ids) > 1 THEN
    RAISE EXCEPTION 'several contracts have the number "%"', number
      USING ERRCODE = 'cardinality_violation', DETAIL = 'A number is unique per buyer.',
        HINT = format('Name the buyer: %s.', (SELECT string_agg(format('"%s"', b.name), ', ' ORDER BY b.name)
                                              FROM wmo.contract c JOIN wmo.party b ON b.id = c.buyer_id
                                              WHERE c.id = ANY (ids)));
  END IF;
  RAISE EXCEPTION 'there is no contract "%"%', number, coalesce(' of buyer "' || buyer || '"', '')
    USING ERRCODE = 'undefined_object', DETAIL = 'Contracts are known by the column number of wmo.contract.',
      HINT = coalesce('Near are: ' || wmo_works.nearest_words(number, ARRAY(SELECT c.number FROM wmo.contract c))
                      || '.', 'See wmo.contract.');
END
$$;
COMMENT ON FUNCTION wmo.contract_id(text, text) IS
  'The key of a contract by its number; buyer (a name, also of who came after it) where several buyers use the number. '
  'An error that says what is near when there is none.';

CREATE FUNCTION wmo_works.contract_area_id(contract_id integer, area text) RETURNS integer
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  ids integer[] := ARRAY(
    SELECT DISTINCT a.id FROM wmo.contract_scope s JOIN wmo.area a ON a.id = s.area_id
    WHERE s.contract_id = contract_area_id.contract_id
      AND (a.code::text = contract_area_id.area OR lower(a.name) = lower(contract_area_id.area)));
BEGIN
  IF area IS NULL OR cardinality(ids) = 1 THEN
    RETURN ids[1];
  END IF;
  RAISE EXCEPTION '%', format(CASE WHEN ids = '{}' THEN 'the contract has no area "%s"'
                                   ELSE 'the contract has several areas "%s"' END, area)
    USING ERRCODE = 'undefined_object',
      DETAIL = 'An area is named by its code or name, as the scopes of the contract do.',
      HINT = format('Its areas: %s.', coalesce(
        (SELECT string_agg(DISTINCT concat_ws(' ', a.name, a.code::text), ', ')
         FROM wmo.contract_scope s JOIN wmo.area a ON a.id = s.area_id
         WHERE s.contract_id = contract_area_id.contract_id), 'none is named'));
END
$$;
COMMENT ON FUNCTION wmo_works.contract_area_id(integer, text) IS
  'The area of a contract''s scopes by code or name; null for null.';

CREATE FUNCTION wmo_works.party_id(party text) RETURNS integer
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  ids integer[] := ARRAY(
    SELECT p.id FROM wmo.party p
    WHERE p.kind IN ('provider', 'consortium') AND lower(p.name) = lower(party_id.party)
    UNION SELECT a.party_id FROM wmo.party_alias a WHERE lower(a.name) = lower(party_id.party)
    UNION SELECT i.party_id FROM wmo.party_identifier i WHERE i.scheme = 'agb' AND i.value = party_id.party);
BEGIN
  IF cardinality(ids) = 1 THEN
    RETURN ids[1];
  END IF;
  RAISE EXCEPTION '%', format(CASE WHEN ids = '{}' THEN 'there is no provider "%s"'
                                   ELSE '"%s" is the name of several providers' END, party)
    USING ERRCODE = 'undefined_object', DETAIL = 'Providers are known by name, alias or AGB code.',
      HINT = coalesce('Near are: ' || wmo_works.nearest_words(party, ARRAY(SELECT p.name FROM wmo.party p)) || '.',
                      'Add it to wmo.party first.');
END
$$;
COMMENT ON FUNCTION wmo_works.party_id(text) IS 'The key of a provider by name, alias or AGB code; never by likeness.';

CREATE FUNCTION wmo_works.check_days(first_day date, last_day date) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF last_day < first_day THEN
    RAISE EXCEPTION 'the last day lies before the first'
      USING ERRCODE = 'invalid_parameter_value', DETAIL = 'Both days count: a single day is first and last.',
        HINT = 'Leave last_day out where no end is known.';
  END IF;
END
$$;
COMMENT ON FUNCTION wmo_works.check_days(date, date) IS 'Refuses a last day before the first.';

CREATE FUNCTION wmo_works.check_given(day date, question text, detail text) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF day IS NULL THEN
    RAISE EXCEPTION '%', question
      USING ERRCODE = 'null_value_not_allowed', DETAIL = detail,
        HINT = 'Where the day is not known yet, wait with recording it.';
  END IF;
END
$$;
COMMENT ON FUNCTION wmo_works.check_given(date, text, text) IS
  'Refuses an act of which the day is null, with a question.';

CREATE FUNCTION wmo_works.record_act(done text, change wmo.contract_change, remark text) RETURNS wmo.contract_act
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  written integer;
  act wmo.contract_act;
BEGIN
  IF (change).kind IS NOT NULL THEN
    INSERT INTO wmo.contract_change (contract_id, kind, decided_on, received_on, effective_on, until, option_no,
                                     to_party_id, service_id, area_id, reason, source_id)
    VALUES ((change).contract_id, (change).kind, (change).decided_on, (change).received_on, (change).effective_on,
            (change).until, (change).option_no, (change).to_party_id, (change).service_id, (change).area_id,
            (change).reason, (change).source_id)
    RETURNING id INTO written;
  END IF;
  SELECT c.id, c.number, done, written, c.period, nullif(concat_ws('; ', remark, outside.said), '') INTO act
  FROM wmo.contract c
  CROSS JOIN LATERAL (
    SELECT CASE WHEN (change).kind IN ('transfer', 'suspension')
                THEN wmo_works.outside_remark(c.id, (change).service_id, (change).area_id,
                                              daterange((change).effective_on, (change).until))
                WHEN (change).kind = 'extension'
                THEN nullif(concat_ws('; ', wmo_works.agreed_late_remark(written), wmo_works.lapsed_remark(written)),
                            '') END AS said
  ) outside
  WHERE c.id = (change).contract_id;
  RETURN act;
END
$$;
COMMENT ON FUNCTION wmo_works.record_act(text, wmo.contract_change, text) IS
  'Adds a change to the ledger, where it has a kind, and says how the contract runs now.';

CREATE FUNCTION wmo.sign_contract(number text, signed_on date, buyer text DEFAULT NULL) RETURNS wmo.contract_act
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  held wmo.contract;
  change wmo.contract_change;
  award text;
BEGIN
  IF sign_contract.signed_on IS NULL THEN
    RAISE EXCEPTION 'on which day was contract "%" signed?', number
      USING ERRCODE = 'null_value_not_allowed', DETAIL = 'It is the day on which both had signed.',
        HINT = 'Where the day is not known, leave contract.signed_on empty.';
  END IF;
  SELECT c.* INTO held FROM wmo.contract c WHERE c.id = wmo.contract_id(sign_contract.number, buyer) FOR NO KEY UPDATE;
  IF held.signed_on <> sign_contract.signed_on THEN
    RAISE EXCEPTION 'contract "%" was signed on %', held.number, wmo_works.iso_day(held.signed_on)
      USING ERRCODE = 'check_violation', DETAIL = 'A contract is signed once.',
        HINT = 'If that day is a mistake, correct signed_on in wmo.contract.';
  END IF;
  -- of the awards that it may follow from, the one furthest from being out of reach
  SELECT s.status INTO award
  FROM wmo_works.contract_award x
  JOIN wmo.award a ON a.id = x.award_id
  CROSS JOIN LATERAL wmo.award_status(x.award_id, sign_contract.signed_on) s
  CROSS JOIN LATERAL array_position(ARRAY['annulled', 'withdrawn', 'contested', 'unknown', 'provisional'], s.status)
    AS rank (place)
  WHERE x.contract_id = held.id
    AND (x.award_id = held.award_id OR coalesce(a.supplier_id = held.supplier_id, true)
         AND EXISTS (SELECT FROM wmo.contract_scope s WHERE s.contract_id = held.id
                     AND coalesce(s.lot_id = a.lot_id, true)))
  ORDER BY rank.place LIMIT 1;
  UPDATE wmo.contract c SET signed_on = sign_contract.signed_on
  WHERE c.id = held.id AND c.signed_on IS DISTINCT FROM sign_contract.signed_on;
  change.contract_id := held.id;
  RETURN wmo_works.record_act(
    wmo_works.words('signed on %1', wmo_works.iso_day(sign_contract.signed_on)), change,
    CASE WHEN award IN ('provisional', 'contested', 'withdrawn', 'annulled', 'unknown')
         THEN wmo_works.words('on that day the award is %1: see wmo.award_status and wmo.explain_objection_period',
                              wmo_works.code_words(award)) END);
END
$$;
COMMENT ON FUNCTION wmo.sign_contract(text, date, text) IS
  'Both have signed: fills in signed_on. The remark says how the award stood that day where it was not out of reach: '
  'that which it names, or those of its tender for the lots of its scopes.';

CREATE FUNCTION wmo.extend_contract(number text, received_on date DEFAULT NULL, decided_on date DEFAULT NULL,
  option_no integer DEFAULT NULL, last_day date DEFAULT NULL, service text DEFAULT NULL, area text DEFAULT NULL,
  late boolean DEFAULT false, reason text DEFAULT NULL, buyer text DEFAULT NULL, source_id integer DEFAULT NULL)
RETURNS wmo.contract_act
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
  held wmo.contract;
  change wmo.contract_change;
  notice date;
BEGIN
  SELECT c.* INTO held FROM wmo.contract c WHERE c.id = wmo.contract_id(number, buyer) FOR NO KEY UPDATE;
  notice := CASE WHEN last_day IS NULL THEN wmo.notice_by(held.period) END;
  IF coalesce(received_on, decided_on) > notice AND NOT late THEN
    RAISE EXCEPTION 'the extension of contract "%" came after its notice day %', held.number, wmo_works.iso_day(notice)
      USING ERRCODE = 'check_violation',
        DETAIL = format('It was %s on %s. Whether an option can still be exercised then is for the parties, or a '
                        'judge, to say.', CASE WHEN received_on IS NULL THEN 'decided' ELSE 'received' END,
                        wmo_works.iso_day(coalesce(received_on, decided_on))),
        HINT = 'Record it with late => true: answers that rest on it will say that it came late.';
  END IF;
  change.contract_id := held.id;
  change.kind := 'extension';
  change.received_on := received_on;
  change.decided_on := decided_on;
  change.option_no := option_no;
  change.until := last_day + 1;
  change.service_id := CASE WHEN service IS NOT NULL THEN wmo.service_id(service) END;
  change.area_id := wmo_works.contract_area_id(held.id, area);
  change.reason := reason;
  change.source_id := source_id;
  RETURN wmo_works.record_act(
    CASE WHEN last_day IS NULL THEN wmo_works.words('extended by an option')
         ELSE wmo_works.words('extended by agreement') END, change,
    nullif(concat_ws('; ',
      CASE WHEN coalesce(received_on, decided_on) > notice
           THEN wmo_works.words('it came after the notice day %1', wmo_works.iso_day(notice)) END,
      CASE WHEN received_on IS NULL
           THEN wmo_works.words('not known when the other party received it: whether that was in time cannot be told')
      END,
      CASE WHEN last_day IS NOT NULL
           THEN wmo_works.words('an extension that is no option may be a substantial change') END), ''));
END
$$;
COMMENT ON FUNCTION wmo.extend_contract(text, date, date, integer, date, text, text, boolean, text, text, integer) IS
  'Exercises the next option of a contract (or option_no), or with last_day extends it by agreement; for one service '
  'or area only where these are named (area: code or name). Refuses one that came after the notice day, unless late.';

CREATE FUNCTION wmo.decline_extension(number text, received_on date DEFAULT NULL, decided_on date DEFAULT NULL,
  option_no integer DEFAULT NULL, service text DEFAULT NULL, area text DEFAULT NULL, reason text DEFAULT NULL,
  buyer text DEFAULT NULL, source_id integer DEFAULT NULL)
RETURNS wmo.contract_act
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
  change wmo.contract_change;
BEGIN
  change.contract_id := wmo.contract_id(number, buyer);
  change.kind := 'option_declined';
  change.received_on := received_on;
  change.decided_on := decided_on;
  change.option_no := option_no;
  change.service_id := CASE WHEN service IS NOT NULL THEN wmo.service_id(service) END;
  change.area_id := wmo_works.contract_area_id(change.contract_id, area);
  change.reason := reason;
  change.source_id := source_id;
  RETURN wmo_works.record_act(
    wmo_works.words('the next option is declined'), change,
    CASE WHEN num_nonnulls(service, area) > 0
         THEN wmo_works.words('for a part only: that the contract lets its parts differ in this is not recorded') END);
END
$$;
COMMENT ON FUNCTION wmo.decline_extension(text, date, date, integer, text, text, text, text, integer) IS
  'Declines the next option of a contract (or option_no), from the day on which that was received or decided: on as_of '
  'days before, the option was open. For one service or area only where these are named: the rest keeps its option.';

CREATE FUNCTION wmo.end_contract(number text, last_day date, decided_on date DEFAULT NULL,
  received_on date DEFAULT NULL, service text DEFAULT NULL, area text DEFAULT NULL, reason text DEFAULT NULL,
  buyer text DEFAULT NULL, source_id integer DEFAULT NULL)
RETURNS wmo.contract_act
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
  change wmo.contract_change;
BEGIN
  PERFORM wmo_works.check_given(last_day, format('on which day does contract "%s" end?', number),
                                'An early end has a last day.');
  change.contract_id := wmo.contract_id(number, buyer);
  change.kind := 'early_end';
  change.decided_on := decided_on;
  change.received_on := received_on;
  change.effective_on := last_day + 1;
  change.service_id := CASE WHEN service IS NOT NULL THEN wmo.service_id(service) END;
  change.area_id := wmo_works.contract_area_id(change.contract_id, area);
  change.reason := reason;
  change.source_id := source_id;
  RETURN wmo_works.record_act(wmo_works.words('ends early: %1 is the last day', wmo_works.iso_day(last_day)), change,
                              NULL);
END
$$;
COMMENT ON FUNCTION wmo.end_contract(text, date, date, date, text, text, text, text, integer) IS
  'Ends a contract early, with this last day; for one service or area only where these are named.';

CREATE FUNCTION wmo.revoke_end(number text, received_on date DEFAULT NULL, decided_on date DEFAULT NULL,
  last_day date DEFAULT NULL, service text DEFAULT NULL, area text DEFAULT NULL, reason text DEFAULT NULL,
  buyer text DEFAULT NULL,
  source_id integer DEFAULT NULL)
RETURNS wmo.contract_act
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
  change wmo.contract_change;
BEGIN
  change.contract_id := wmo.contract_id(number, buyer);
  change.kind := 'end_revoked';
  change.effective_on := last_day + 1;
  change.received_on := received_on;
  change.decided_on := decided_on;
  change.service_id := CASE WHEN service IS NOT NULL THEN wmo.service_id(service) END;
  change.area_id := wmo_works.contract_area_id(change.contract_id, area);
  change.reason := reason;
  change.source_id := source_id;
  RETURN wmo_works.record_act(wmo_works.words('the early end is revoked'), change, NULL);
END
$$;
COMMENT ON FUNCTION wmo.revoke_end(text, date, date, date, text, text, text, text, integer) IS
  'Takes an early end back, from the day on which that was received or decided: on as_of days before, the contract was '
  'to end. Where more than one stands, last_day says which: what ended the contract before it does so again. '
  'For one service or area only where these are named.';

CREATE FUNCTION wmo.transfer_contract(number text, to_party text, first_day date, decided_on date DEFAULT NULL,
  succession text DEFAULT NULL, reason text DEFAULT NULL, buyer text DEFAULT NULL, source_id integer DEFAULT NULL)
RETURNS wmo.contract_act
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
  change wmo.contract_change;
  predecessor integer;
BEGIN
  PERFORM wmo_works.check_given(first_day, format('from which day has contract "%s" another party?', number),
                                'A transfer has a first day.');
  change.contract_id := wmo.contract_id(number, buyer);
  change.kind := 'transfer';
  change.to_party_id := wmo_works.party_id(to_party);
  change.decided_on := decided_on;
  change.effective_on := first_day;
  change.reason := reason;
  change.source_id := source_id;
  predecessor := coalesce(
    (SELECT ch.to_party_id FROM wmo.contract_change ch
     WHERE ch.contract_id = change.contract_id AND ch.kind = 'transfer' AND ch.effective_on <= first_day
     ORDER BY ch.effective_on DESC, ch.id DESC LIMIT 1),
    (SELECT c.supplier_id FROM wmo.contract c WHERE c.id = change.contract_id));
  IF predecessor = change.to_party_id THEN
    RAISE EXCEPTION 'contract "%" is of "%" already', number, to_party
      USING ERRCODE = 'check_violation', DETAIL = 'A transfer is to another party than has the contract on that day.',
        HINT = 'See supplier_id in wmo.contract and the transfers in wmo.contract_change.';
  END IF;
  IF succession IS NOT NULL THEN
    IF predecessor IS NULL THEN
      RAISE EXCEPTION 'nobody is named as the supplier of contract "%"', number
        USING ERRCODE = 'check_violation', DETAIL = 'A succession has a predecessor.',
          HINT = 'Name the supplier in wmo.contract, or leave succession out.';
    END IF;
    -- one succession for all the contracts that go over with it
    INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on, source_id)
    SELECT predecessor, change.to_party_id, succession, first_day, source_id
    WHERE NOT EXISTS (
      SELECT FROM wmo.party_succession s
      WHERE (s.predecessor_id, s.successor_id, s.kind, s.effective_on)
            = (predecessor, change.to_party_id, succession, first_day));
  END IF;
  RETURN wmo_works.record_act(
    wmo_works.words('goes to "%1" on %2', (SELECT p.name FROM wmo.party p WHERE p.id = change.to_party_id),
                    wmo_works.iso_day(first_day)), change,
    CASE WHEN succession IS NULL
         THEN wmo_works.words('no succession: clients of the one are not yet existing clients of the other') END);
END
$$;
COMMENT ON FUNCTION wmo.transfer_contract(text, text, date, date, text, text, text, integer) IS
  'Another party takes the contract over from first_day on (contractovername). succession: merger, takeover or '
  'renaming where it also comes after the party that had it, so that its clients stay existing clients.';

CREATE FUNCTION wmo.suspend_contract(number text, first_day date, last_day date DEFAULT NULL,
  decided_on date DEFAULT NULL, service text DEFAULT NULL, area text DEFAULT NULL, reason text DEFAULT NULL,
  buyer text DEFAULT NULL, source_id integer DEFAULT NULL)
RETURNS wmo.contract_act
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
  change wmo.contract_change;
BEGIN
  PERFORM wmo_works.check_given(first_day, format('from which day is contract "%s" suspended?', number),
                                'A suspension has a first day; last_day may be left open.');
  PERFORM wmo_works.check_days(first_day, last_day);
  change.contract_id := wmo.contract_id(number, buyer);
  change.kind := 'suspension';
  change.decided_on := decided_on;
  change.effective_on := first_day;
  change.until := last_day + 1;
  change.service_id := CASE WHEN service IS NOT NULL THEN wmo.service_id(service) END;
  change.area_id := wmo_works.contract_area_id(change.contract_id, area);
  change.reason := reason;
  change.source_id := source_id;
  RETURN wmo_works.record_act(
    coalesce(
      wmo_works.clause('suspended from %1 up to and including %2', wmo_works.iso_day(first_day),
                       wmo_works.iso_day(last_day)),
      wmo_works.words('suspended from %1', wmo_works.iso_day(first_day))), change,
    CASE WHEN last_day IS NULL THEN wmo_works.words('until an end is recorded') END);
END
$$;
COMMENT ON FUNCTION wmo.suspend_contract(text, date, date, date, text, text, text, text, integer) IS
  'Suspends a contract from first_day up to and including last_day (null: until an end is recorded); for one service '
  'or area only where these are named.';

CREATE FUNCTION wmo.resume_contract(number text, first_day date, decided_on date DEFAULT NULL,
  service text DEFAULT NULL, area text DEFAULT NULL, reason text DEFAULT NULL, buyer text DEFAULT NULL,
  source_id integer DEFAULT NULL)
RETURNS wmo.contract_act
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
  change wmo.contract_change;
BEGIN
  PERFORM wmo_works.check_given(first_day, format('from which day does contract "%s" serve again?', number),
                                'A suspension ends on the day before.');
  change.contract_id := wmo.contract_id(number, buyer);
  change.kind := 'suspension_ended';
  change.decided_on := decided_on;
  change.effective_on := first_day;
  change.service_id := CASE WHEN service IS NOT NULL THEN wmo.service_id(service) END;
  change.area_id := wmo_works.contract_area_id(change.contract_id, area);
  change.reason := reason;
  change.source_id := source_id;
  RETURN wmo_works.record_act(wmo_works.clause('serves again from %1', wmo_works.iso_day(first_day)), change, NULL);
END
$$;
COMMENT ON FUNCTION wmo.resume_contract(text, date, date, text, text, text, text, integer) IS
  'Ends the suspensions of a contract that would hold on first_day: from then on it serves again. What they were to be '
  'stays in the ledger. For one service or area only where these are named.';

CREATE FUNCTION wmo.stop_clients(number text, first_day date, last_day date DEFAULT NULL, by_whom text DEFAULT NULL,
  service text DEFAULT NULL, area text DEFAULT NULL, buyer text DEFAULT NULL, source_id integer DEFAULT NULL,
  known_on date DEFAULT NULL)
RETURNS wmo.contract_act
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
  change wmo.contract_change;
  days daterange;
  service_id integer := CASE WHEN service IS NOT NULL THEN wmo.service_id(service) END;
  area_id integer;
BEGIN
  IF first_day IS NULL THEN
    RAISE EXCEPTION 'from which day does contract "%" take no new clients?', number
      USING ERRCODE = 'null_value_not_allowed', DETAIL = 'A stop without a first day would have held for ever.',
        HINT = 'Give first_day; last_day may be left open.';
  END IF;
  PERFORM wmo_works.check_days(first_day, last_day);
  days := daterange(first_day, last_day, '[]');
  change.contract_id := wmo.contract_id(number, buyer);
  area_id := wmo_works.contract_area_id(change.contract_id, area);
  PERFORM FROM wmo.contract c WHERE c.id = change.contract_id FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM wmo.client_stop s
             LEFT JOIN wmo.client_stop_lift l ON l.stop_id = s.id
             WHERE s.contract_id = change.contract_id AND s.during * daterange(NULL, l.effective_on) && days
               AND s.service_id IS NOT DISTINCT FROM service_id AND s.area_id IS NOT DISTINCT FROM area_id) THEN
    RAISE EXCEPTION 'contract "%" has a client stop on some of these days already', number
      USING ERRCODE = 'check_violation',
        DETAIL = format('It holds on %s.', (
          SELECT string_agg(wmo_works.iso_days(held.kept), ', ' ORDER BY held.kept)
          FROM wmo.client_stop s LEFT JOIN wmo.client_stop_lift l ON l.stop_id = s.id
          CROSS JOIN LATERAL (SELECT s.during * daterange(NULL, l.effective_on) AS kept) held
          WHERE s.contract_id = change.contract_id AND held.kept && days)),
        HINT = 'End it with wmo.take_clients_again, or correct it in wmo.client_stop.';
  END IF;
  INSERT INTO wmo.client_stop (contract_id, service_id, area_id, during, by_whom, source_id, known_on)
  VALUES (change.contract_id, service_id, area_id, days, by_whom, source_id, known_on);
  RETURN wmo_works.record_act(
    coalesce(
      wmo_works.clause('takes no new clients from %1 up to and including %2', wmo_works.iso_day(first_day),
                       wmo_works.iso_day(last_day)),
      wmo_works.words('takes no new clients from %1', wmo_works.iso_day(first_day))), change,
    nullif(concat_ws('; ', CASE WHEN last_day IS NULL THEN wmo_works.words('until an end is recorded') END,
                     wmo_works.outside_remark(change.contract_id, service_id, area_id, days)), ''));
END
$$;
COMMENT ON FUNCTION wmo.stop_clients(text, date, date, text, text, text, text, integer, date) IS
  'A client stop (cliëntenstop) from first_day up to and including last_day (null: until an end is recorded), by '
  'buyer or supplier; for one service or area only where these are named. known_on: the day on which it was announced; '
  'without it the stop counts, on as_of days gone by, from the publication of its source or its entering here.';

CREATE FUNCTION wmo.take_clients_again(number text, first_day date, service text DEFAULT NULL, area text DEFAULT NULL,
                                       buyer text DEFAULT NULL, known_on date DEFAULT NULL,
                                       source_id integer DEFAULT NULL)
RETURNS wmo.contract_act
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
  change wmo.contract_change;
  stops integer[];
BEGIN
  change.contract_id := wmo.contract_id(number, buyer);
  PERFORM FROM wmo.contract c WHERE c.id = change.contract_id FOR NO KEY UPDATE;
  stops := ARRAY(
    SELECT s.id FROM wmo.client_stop s
    WHERE s.contract_id = change.contract_id AND s.during @> first_day AND lower(s.during) < first_day
      AND NOT EXISTS (SELECT FROM wmo.client_stop_lift l WHERE l.stop_id = s.id)
      AND (service IS NULL OR s.service_id = wmo.service_id(service))
      AND (area IS NULL OR s.area_id = wmo_works.contract_area_id(change.contract_id, area))
    ORDER BY lower(s.during), s.id);
  INSERT INTO wmo.client_stop_lift (contract_id, stop_id, effective_on, known_on, source_id)
  SELECT change.contract_id, u, first_day, known_on, source_id FROM unnest(stops) u;
  IF stops = '{}' THEN
    RAISE EXCEPTION 'contract "%" has no client stop that could end on %', number,
        coalesce(wmo_works.iso_day(first_day - 1), 'an unknown day')
      USING ERRCODE = 'check_violation', DETAIL = 'A stop ends on the day before new clients are taken again.',
        HINT = 'See wmo.client_stop.';
  END IF;
  RETURN wmo_works.record_act(
    wmo_works.words('takes new clients again from %1', wmo_works.iso_day(first_day)), change,
    CASE WHEN cardinality(stops) > 1
         THEN wmo_works.words('lifts %1 stops: %2', cardinality(stops)::text, (
           SELECT string_agg(concat_ws(', ', wmo_works.iso_days(s.during), wmo_works.code_words(s.by_whom), v.code,
                                       a.name), '; ' ORDER BY n)
           FROM unnest(stops) WITH ORDINALITY u (id, n) JOIN wmo.client_stop s USING (id)
           LEFT JOIN wmo.service v ON v.id = s.service_id LEFT JOIN wmo.area a ON a.id = s.area_id)) END);
END
$$;
COMMENT ON FUNCTION wmo.take_clients_again(text, date, text, text, text, date, integer) IS
  'Lifts the client stops that hold on first_day: from then on new clients are taken again. known_on: the day on which '
  'that was decided or announced; on as_of days before, the stop is told as it was.';
