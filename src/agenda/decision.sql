-- decision: what a decision of the calendar is, and the awards and contracts that it is about as they stand on a day.
-- Relies on award_term, on how scopes stand (standing) and on the ledger (registry).
--
-- A day that is not known stays null and is marked as such: a contract that is left out would look like one that needs
-- nothing. A decision is named by the keys of what it is about: names change, and two may be the same.

CREATE TYPE wmo.decision_row AS (
  uid          text,
  kind         text,
  state        text,
  day          date,
  working_day  date,
  latest_day   date,
  prepare_from date,
  days_left    integer,
  decision     text,
  detail       text,
  warning      text,
  number       text,
  buyer        text,
  supplier     text,
  owner        text,
  source       text,
  contract_id  integer,
  award_id     integer,
  tender_id    integer,
  revised_at   timestamptz
);
COMMENT ON TYPE wmo.decision_row IS 'One line of the decision calendar.';
COMMENT ON COLUMN wmo.decision_row.uid IS
  'Names the decision, the same at every run and under every name: from the keys of what it is about.';
COMMENT ON COLUMN wmo.decision_row.kind IS
  'option_notice, contract_end, termination_notice, renewal, tender_start, ceiling, scope_end, suspension_start, '
  'suspension_end, client_stop_start, client_stop_end, objection_end, ruling, remedy_end, annulment_end or bid_expiry.';
COMMENT ON COLUMN wmo.decision_row.state IS
  'later: the lead time has not begun; due: it has; overdue: the day has passed and what became of it is not '
  'recorded; lapsed: the day has passed, and with it the right; awaited: the day hangs on a ruling; unknown: the day '
  'is not known.';
COMMENT ON COLUMN wmo.decision_row.day IS
  'The last day for it: of what is about to end or to stop, the last day on which it still is; null = not known.';
COMMENT ON COLUMN wmo.decision_row.working_day IS
  'The last working day by then: days of a contract do not move for a weekend.';
COMMENT ON COLUMN wmo.decision_row.latest_day IS
  'For an objection period, where later than day: the last day on which a known term runs by its longest reading, or '
  'the day of the ruling.';
COMMENT ON COLUMN wmo.decision_row.prepare_from IS 'First day of the lead time.';
COMMENT ON COLUMN wmo.decision_row.days_left IS 'Days from the asked day to day; below 0 = passed.';
COMMENT ON COLUMN wmo.decision_row.decision IS 'What is to be decided or done.';
COMMENT ON COLUMN wmo.decision_row.detail IS 'What hangs on it.';
COMMENT ON COLUMN wmo.decision_row.warning IS
  'Which of its days is not sure, for want of a decree on equated days; null = none.';
COMMENT ON COLUMN wmo.decision_row.number IS
  'Contract number; of an award, the numbers of the contracts that follow from it; null = none recorded.';
COMMENT ON COLUMN wmo.decision_row.buyer IS 'Who bought.';
COMMENT ON COLUMN wmo.decision_row.supplier IS 'Who delivers, or won; null = not named.';
COMMENT ON COLUMN wmo.decision_row.owner IS 'Which team or role minds it.';
COMMENT ON COLUMN wmo.decision_row.source IS 'Where the fact comes from.';
COMMENT ON COLUMN wmo.decision_row.contract_id IS 'The contract; null for an award or tender.';
COMMENT ON COLUMN wmo.decision_row.award_id IS 'The award; null for a contract or tender.';
COMMENT ON COLUMN wmo.decision_row.tender_id IS 'The tender of an award or of bids; null = not known, or a contract.';
COMMENT ON COLUMN wmo.decision_row.revised_at IS 'When the facts behind it last changed.';

CREATE FUNCTION wmo_works.source_text(source_id integer) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT coalesce(
    (SELECT concat_ws(', ', s.article, s.publisher) FROM wmo.source s WHERE s.id = source_text.source_id),
    wmo_works.words('own administration'));
END;
COMMENT ON FUNCTION wmo_works.source_text(integer) IS
  'A source in one line: title and publisher. Null stands for the user''s own administration.';

CREATE FUNCTION wmo.contract_periods_on(on_date date)
RETURNS TABLE (contract_id integer, part text, period wmo.contract_period, part_id integer)
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 1000
BEGIN ATOMIC
  WITH partial AS MATERIALIZED (
    SELECT DISTINCT ch.contract_id FROM wmo.contract_change ch
    WHERE wmo_works.moves_end(ch.kind) AND (ch.service_id IS NOT NULL OR ch.area_id IS NOT NULL)
      AND wmo_works.change_known(ch.known_from, ch.source_id, ch.entered_on) <= contract_periods_on.on_date
  ), piece AS (
    -- by the text of the period: pg_upgrade restores this body before its type can be grouped
    SELECT st.contract_id, st.period::text::wmo.contract_period AS period,
           count(*) OVER (PARTITION BY st.contract_id) AS pieces, min(st.scope_id) AS part_id,
           string_agg(DISTINCT sv.name || coalesce(' in ' || a.name, ''), ', '
                      ORDER BY sv.name || coalesce(' in ' || a.name, '')) AS part
    FROM partial p
    JOIN wmo_works.scope_state st ON st.contract_id = p.contract_id AND st.known @> contract_periods_on.on_date
    JOIN wmo.contract_scope s ON s.id = st.scope_id
    JOIN wmo.service sv ON sv.id = s.service_id
    LEFT JOIN wmo.area a ON a.id = s.area_id
    WHERE coalesce(upper(s.valid) > contract_periods_on.on_date, true)
      AND NOT EXISTS (SELECT FROM wmo_works.scope_change sc
                      WHERE sc.scope_id = s.id AND sc.kind = 'scope_removed'
                        AND sc.effective_on <= contract_periods_on.on_date
                        AND sc.known_from <= contract_periods_on.on_date)
      -- brought by a change that was not known yet
      AND (s.added_by_id IS NULL
           OR EXISTS (SELECT FROM wmo_works.scope_change sc
                      WHERE sc.scope_id = s.id AND sc.kind = 'scope_added'
                        AND sc.known_from <= contract_periods_on.on_date))
    GROUP BY st.contract_id, st.period::text
  ), not_yet AS MATERIALIZED (
    SELECT n AS contract_id FROM wmo_works.contracts_not_yet(contract_periods_on.on_date) n
  )
  SELECT c.id, NULL::text, wmo_works.period_known(c, contract_periods_on.on_date), NULL::integer
  FROM wmo.contract c
  -- one whose scopes have all been removed is still a contract
  WHERE c.id NOT IN (SELECT i.contract_id FROM piece i)
    AND c.id NOT IN (SELECT n.contract_id FROM not_yet n)
  UNION ALL
  SELECT i.contract_id, CASE WHEN i.pieces > 1 THEN i.part END, i.period, CASE WHEN i.pieces > 1 THEN i.part_id END
  FROM piece i
  WHERE i.contract_id NOT IN (SELECT n.contract_id FROM not_yet n);
END;
COMMENT ON FUNCTION wmo.contract_periods_on(date) IS
  'The period of every contract as the ledger had made it by a day: one row a contract, or one a part (services and '
  'areas) where a change held for a part only; part_id names the part, by its first scope. Not of a contract of which '
  'it is recorded that it did not stand yet.';

CREATE FUNCTION wmo.decision_lead(lead interval DEFAULT NULL) RETURNS interval
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp SET intervalstyle = 'postgres'
AS $$
BEGIN
  lead := coalesce(lead, nullif(current_setting('wmo.decision_lead', true), '')::interval, interval '3 months');
  IF lead < interval '0' THEN
    RAISE EXCEPTION 'lead time "%" is negative', lead
      USING ERRCODE = 'invalid_parameter_value',
        DETAIL = 'A lead time is how long before a decision its preparation begins.',
        HINT = 'Give it as an interval, like 6 months or 90 days.';
  END IF;
  IF lead > interval '1000 years' THEN
    RAISE EXCEPTION 'lead time "%" is too long', lead
      USING ERRCODE = 'invalid_parameter_value',
        DETAIL = 'A lead time is how long before a decision its preparation begins.',
        HINT = 'Give at most 1000 years; three months are the rule.';
  END IF;
  RETURN lead;
END
$$;
COMMENT ON FUNCTION wmo.decision_lead(interval) IS
  'The lead time before a decision: the argument, else the setting wmo.decision_lead, else three months.';

-- ---- what is decided upon: awards and contracts as they stand on a day ----------------------------------------------

CREATE VIEW wmo_works.tender_buyers WITH (security_invoker = true) AS
  SELECT tb.tender_id, string_agg(b.name, ', ' ORDER BY b.name) AS buyers,
         max(greatest(b.changed_at, tb.changed_at)) AS changed_at
  FROM wmo.tender_buyer tb JOIN wmo.party b ON b.id = tb.buyer_id
  GROUP BY tb.tender_id;
COMMENT ON VIEW wmo_works.tender_buyers IS 'Who buys in a tender, in one line.';
COMMENT ON COLUMN wmo_works.tender_buyers.tender_id IS 'The tender.';
COMMENT ON COLUMN wmo_works.tender_buyers.buyers IS 'Names of its buyers, by name.';
COMMENT ON COLUMN wmo_works.tender_buyers.changed_at IS 'When one of them last changed.';

CREATE TYPE wmo_works.award_on_day AS (
  id          integer,
  tender_id   integer,
  title       text,
  status      text,
  told        boolean,
  not_sent_before date,
  begun       boolean,
  numbers     text,
  buyers      text,
  supplier    text,
  owners      text,
  source_id   integer,
  revised_at  timestamptz
);
COMMENT ON TYPE wmo_works.award_on_day IS
  'An award as it stands on a day. title says in a detail which it is; told: it can be told that it had been made; '
  'not_sent_before: where no day of its decision is recorded, the first day on which its notice can have been sent; '
  'begun: a contract that follows from it runs; numbers, buyers, owners: of those contracts, else of the tender.';

CREATE FUNCTION wmo_works.awards_on(on_date date) RETURNS SETOF wmo_works.award_on_day
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 100
BEGIN ATOMIC
  SELECT a.id, a.tender_id,
         coalesce(wmo_works.clause('; tender %1', tender.title), '')
         || coalesce(wmo_works.clause(', lot %1', lot.name), ''),
         wmo_works.status_of_state(life.state), wmo_works.awarded_by_state(life.state) IS NOT NULL,
         CASE WHEN a.decided IS NULL
              THEN coalesce(lower(a.sent), wmo.event_day(a.standstill), wmo.event_day(a.forfeiture)) END,
         coalesce(contract.begun, false), contract.numbers, coalesce(contract.buyers, procurer.buyers), supplier.name,
         coalesce(contract.owners, tender.owner), a.source_id,
         greatest(a.changed_at, tender.changed_at, procurer.changed_at, contract.changed_at, supplier.changed_at,
                  lot.changed_at)
  FROM wmo.award a
  -- not wmo.award_timeline: what its states rest on, in words, takes most of its time
  JOIN LATERAL wmo_works.award_stretches(a.id, true, NULL) life
    ON coalesce(life.day <= awards_on.on_date, true) AND coalesce(life.next_day > awards_on.on_date, true)
      AND life.valid @> awards_on.on_date
  LEFT JOIN LATERAL (
    SELECT string_agg(c.number, ', ' ORDER BY c.number) AS numbers,
           string_agg(DISTINCT c.owner, ', ' ORDER BY c.owner) AS owners,
           string_agg(DISTINCT b.name, ', ' ORDER BY b.name) AS buyers,
           bool_or(wmo.first_day(c.period) <= awards_on.on_date) AS begun,
           greatest(max(c.changed_at), max(b.changed_at)) AS changed_at
    FROM wmo.contract c JOIN wmo.party b ON b.id = c.buyer_id WHERE c.award_id = a.id
  ) contract ON true
  LEFT JOIN wmo.tender tender ON tender.id = a.tender_id
  LEFT JOIN wmo.lot lot ON lot.id = a.lot_id
  LEFT JOIN wmo.party supplier ON supplier.id = a.supplier_id
  LEFT JOIN wmo_works.tender_buyers procurer ON procurer.tender_id = a.tender_id
  WHERE wmo_works.awarded_by_state(life.state) IS DISTINCT FROM false;
END;
COMMENT ON FUNCTION wmo_works.awards_on(date) IS 'Every award that had been made, or may have been, by a day.';

CREATE TYPE wmo_works.contract_on_day AS (
  id         integer,
  part_id    integer,
  part       text,
  number     text,
  buyer      text,
  supplier   text,
  owner      text,
  source_id  integer,
  revised_at timestamptz,
  last_day   date,
  end_kind   text,
  terminated boolean,
  option_no  integer,
  notice_by  date,
  last_day_with_it date,
  option_state     text,
  caveat           text
);
COMMENT ON TYPE wmo_works.contract_on_day IS
  'A contract, or the part of it that has a period of its own, as it stands on a day, with the first option that is '
  'neither exercised nor declined; supplier is who has it by then, or all who have a part; caveat: '
  'what its details must say too.';

CREATE FUNCTION wmo_works.parts_held(contract_id integer, on_date date)
RETURNS TABLE (scope_id integer, party_id integer, period text)
LANGUAGE sql STABLE PARALLEL SAFE COST 200 ROWS 2
BEGIN ATOMIC
  SELECT s.id, coalesce(taken.to_party_id, c.supplier_id), st.period::text
  FROM wmo.contract c
  JOIN wmo.contract_scope s ON s.contract_id = c.id
  JOIN wmo_works.scope_state st ON st.scope_id = s.id AND st.known @> parts_held.on_date
  LEFT JOIN LATERAL (
    SELECT sc.to_party_id FROM wmo_works.scope_change sc
    WHERE sc.scope_id = s.id AND sc.kind = 'transfer' AND sc.effective_on <= parts_held.on_date
      AND sc.known_from <= parts_held.on_date
    ORDER BY sc.effective_on DESC, sc.ordered_by DESC, sc.change_id DESC LIMIT 1
  ) taken ON true
  WHERE c.id = parts_held.contract_id
    AND EXISTS (SELECT FROM wmo.contract_change ch
                WHERE ch.contract_id = c.id AND ch.kind = 'transfer' AND num_nonnulls(ch.service_id, ch.area_id) > 0
                  AND ch.effective_on <= parts_held.on_date
                  AND wmo_works.change_known(ch.known_from, ch.source_id, ch.entered_on) <= parts_held.on_date)
    AND NOT EXISTS (SELECT FROM wmo_works.scope_change sc
                    WHERE sc.scope_id = s.id AND sc.kind = 'scope_removed' AND sc.effective_on <= parts_held.on_date
                      AND sc.known_from <= parts_held.on_date);
END;
COMMENT ON FUNCTION wmo_works.parts_held(integer, date) IS
  'Who has each scope of a contract on a day, with its period, by the ledger of that day; no rows of a contract of '
  'which no part alone was taken over.';

CREATE FUNCTION wmo_works.names_sole_trader(names text) RETURNS boolean
LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT EXISTS (SELECT FROM wmo.party p
                 WHERE p.natural_person AND position(', ' || p.name || ', ' IN ', ' || names || ', ') > 0);
END;
COMMENT ON FUNCTION wmo_works.names_sole_trader(text) IS
  'Is a sole trader among the names in wmo.decision_row.supplier? These stay out of what is published.';

CREATE FUNCTION wmo_works.contracts_on(on_date date, awards wmo_works.award_on_day[])
RETURNS SETOF wmo_works.contract_on_day
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 1000
BEGIN ATOMIC
  SELECT c.id, p.part_id, p.part, c.number, b.name, coalesce(held.names, s.name), c.owner, c.source_id,
         greatest(c.changed_at, b.changed_at, s.changed_at,
                  (SELECT max(ch.changed_at) FROM wmo.contract_change ch WHERE ch.contract_id = c.id),
                  (SELECT max(cs.changed_at) FROM wmo.contract_scope cs WHERE cs.contract_id = c.id)),
         wmo.last_day(p.period), wmo.end_kind(p.period), wmo.is_terminated(p.period),
         next_option.option_no, next_option.notice_by, upper(next_option.term) - 1, asked.state,
         CASE WHEN contracts_on.on_date < k.known_from AND (award.stands AND award.told) IS NOT true
              THEN wmo_works.words('; whether it stood by then cannot be told')
              WHEN EXISTS (
                SELECT FROM wmo.contract_change ch
                WHERE ch.contract_id = c.id AND ch.known_from IS NULL
                  AND wmo_works.change_known(NULL, ch.source_id, ch.entered_on) > contracts_on.on_date)
              THEN wmo_works.words('; whether a change of it stood by then cannot be told') ELSE '' END
  FROM wmo.contract_periods_on(contracts_on.on_date) p
  JOIN wmo.contract c ON c.id = p.contract_id
  JOIN wmo_works.contract_known k ON k.contract_id = c.id
  JOIN wmo.party b ON b.id = c.buyer_id
  LEFT JOIN LATERAL (
    SELECT ch.to_party_id FROM wmo.contract_change ch
    WHERE ch.contract_id = c.id AND ch.kind = 'transfer' AND ch.service_id IS NULL AND ch.area_id IS NULL
      AND ch.effective_on <= contracts_on.on_date
      AND wmo_works.change_known(ch.known_from, ch.source_id, ch.entered_on) <= contracts_on.on_date
    ORDER BY ch.effective_on DESC, ch.ordered_by DESC, ch.id DESC LIMIT 1
  ) taken_over ON true
  LEFT JOIN wmo.party s ON s.id = coalesce(taken_over.to_party_id, c.supplier_id)
  LEFT JOIN LATERAL (
    SELECT string_agg(DISTINCT hp.name, ', ' ORDER BY hp.name) AS names
    FROM wmo_works.parts_held(c.id, contracts_on.on_date) h JOIN wmo.party hp ON hp.id = h.party_id
    WHERE p.part_id IS NULL OR h.period = p.period::text
  ) held ON true
  LEFT JOIN LATERAL (
    SELECT o.option_no, o.notice_by, o.term FROM wmo.options(p.period) o WHERE o.state = 'open'
    ORDER BY o.option_no LIMIT 1
  ) next_option ON true
  LEFT JOIN LATERAL (
    SELECT o.state FROM wmo.option_terms(p.period, contracts_on.on_date) o WHERE o.option_no = next_option.option_no
  ) asked ON true
  LEFT JOIN LATERAL (
    SELECT a.status NOT IN ('withdrawn', 'annulled') AS stands, a.told FROM unnest(contracts_on.awards) a
    WHERE a.id = c.award_id
  ) award ON true
  WHERE k.recorded <= contracts_on.on_date
     OR CASE WHEN c.award_id IS NOT NULL THEN award.stands
             ELSE coalesce(k.known_at_earliest <= contracts_on.on_date, true) END;
END;
COMMENT ON FUNCTION wmo_works.contracts_on(date, wmo_works.award_on_day[]) IS
  'Every contract by the ledger of a day, but for those of which it is recorded that they did not stand yet, and those '
  'not signed whose award was not made yet or did not last.';

CREATE TYPE wmo_works.decision AS (
  key          text[],
  kind         text,
  day          date,
  latest_day   date,
  when_passed  text,
  when_missing text,
  decision     text,
  detail       text,
  warning      text,
  number       text,
  buyer        text,
  supplier     text,
  owner        text,
  source_id    integer,
  contract_id  integer,
  award_id     integer,
  tender_id    integer,
  revised_at   timestamptz
);
COMMENT ON TYPE wmo_works.decision IS
  'A decision apart from its lead time: wmo.decision_row before its state is known. key becomes its uid; when_passed '
  'and when_missing are its state after the day, and without one; a warning says all that its days want.';
