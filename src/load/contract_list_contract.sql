-- contract_list_contract: the third step; the contracts that a list states, beside those of the registry, and what is
-- to be said of them.
-- Relies on contract_list_match (what its words mean) and on the registry; writes nothing.

CREATE FUNCTION wmo_works.iso_length(length interval) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT 'P' || (extract(year FROM length) * 12::numeric + extract(month FROM length))::integer::text || 'M'
    || extract(day FROM length)::integer::text || 'D';
END;
COMMENT ON FUNCTION wmo_works.iso_length(interval) IS 'A length of whole months and days as ISO 8601.';

CREATE FUNCTION wmo_works.listed_period_fault(starts text, ends text, options text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE
    WHEN CASE WHEN ends ~ '^[0-9]' AND starts ~ '^[0-9]' THEN ends::date < starts::date END
      THEN wmo_works.words('the last day, %1, lies before the first, %2', ends, starts)
    WHEN ends = 'open' AND options <> ''
      THEN wmo_works.words('there are options, but no end after which they would run; leave out the one or give the '
                           'other') END;
END;
COMMENT ON FUNCTION wmo_works.listed_period_fault(text, text, text) IS
  'Why days and options of a list make no period; null when they do.';

CREATE FUNCTION wmo_works.listed_period(base wmo.contract_period, first_day text, last_day text, options text,
                                        notice text)
RETURNS wmo.contract_period
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  starts text := coalesce(first_day, wmo_works.iso_day(wmo.first_day(base)), '?');
  ends text := coalesce(last_day,
    CASE wmo.end_kind(base) WHEN 'open' THEN 'open' WHEN 'day' THEN wmo_works.iso_day(wmo.last_day(base)) END, '?');
  extends text := coalesce(options,
    (SELECT string_agg('+' || wmo_works.iso_length(o.length), '' ORDER BY o.option_no)
     FROM wmo.options(base) o WHERE o.state = 'open'), '');
  announced text := coalesce(notice, wmo_works.iso_length(wmo.extension_notice(base)), '');
BEGIN
  IF wmo_works.listed_period_fault(starts, ends, options) IS NOT NULL THEN
    RETURN NULL;
  END IF;
  RETURN (CASE starts WHEN '?' THEN '(?' ELSE '[' || starts END || ','
    || CASE ends WHEN '?' THEN '?' WHEN 'open' THEN '' ELSE wmo_works.iso_day(ends::date + 1) END || ')'
    || CASE ends WHEN 'open' THEN '' ELSE extends END
    || CASE announced WHEN '' THEN '' ELSE ' notice ' || announced END)::wmo.contract_period;
END
$$;
COMMENT ON FUNCTION wmo_works.listed_period(wmo.contract_period, text, text, text, text) IS
  'A period as a list states it: current end and the options still open; what the list leaves out is taken from base. '
  'Null when it would end before it begins, or has options without an end.';

CREATE TYPE wmo_works.contract_list_contract AS (
  line        integer,
  number      text,
  buyer_id    integer,
  contract_id integer,
  supplier_id integer,
  period      wmo.contract_period,
  signed_on   date,
  tender_id   integer,
  fault       text,
  options_stated boolean
);
COMMENT ON TYPE wmo_works.contract_list_contract IS 'A contract as a list states it.';
COMMENT ON COLUMN wmo_works.contract_list_contract.line IS 'First row of the sheet that names it.';
COMMENT ON COLUMN wmo_works.contract_list_contract.number IS 'Its number.';
COMMENT ON COLUMN wmo_works.contract_list_contract.buyer_id IS
  'Who bought; null = a party that is new to the registry.';
COMMENT ON COLUMN wmo_works.contract_list_contract.contract_id IS 'The contract in the registry; null = new.';
COMMENT ON COLUMN wmo_works.contract_list_contract.supplier_id IS
  'Who delivers, as the contract was agreed; null = not named, or new to the registry.';
COMMENT ON COLUMN wmo_works.contract_list_contract.period IS 'Its period as it should be agreed.';
COMMENT ON COLUMN wmo_works.contract_list_contract.signed_on IS 'Day on which both had signed.';
COMMENT ON COLUMN wmo_works.contract_list_contract.tender_id IS
  'The tender that its rows name; null = none, one that is new to the registry, or told by its award.';
COMMENT ON COLUMN wmo_works.contract_list_contract.fault IS 'Why it cannot be loaded.';
COMMENT ON COLUMN wmo_works.contract_list_contract.options_stated IS
  'Does a row of it say which options there are, or that there are none?';

CREATE FUNCTION wmo_works.list_contracts(list wmo_works.contract_list_row[], matches wmo_works.contract_list_match[])
  RETURNS SETOF wmo_works.contract_list_contract
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1000 SET enable_nestloop = off
BEGIN ATOMIC
  WITH party AS MATERIALIZED (
    SELECT m.line, m.name, m.id FROM unnest(list_contracts.matches) m WHERE m.name IN ('buyer', 'supplier')
  ), said AS (
    SELECT min(r.line) AS line, min(b.id) AS buyer_id, r.number, min(su.id) AS supplier_id,
           min(r.first_day) AS first_day, min(r.last_day) AS last_day,
           min(r.options) AS options, min(r.notice) AS notice, min(r.signed_on) AS signed_on,
           min(r.tender) AS tender,
           array_remove(ARRAY[
             CASE WHEN min(coalesce(su.id::text, wmo_works.list_name(r.supplier)))
               <> max(coalesce(su.id::text, wmo_works.list_name(r.supplier))) THEN 'aanbieder' END,
             CASE WHEN min(r.first_day) <> max(r.first_day) THEN 'begindatum' END,
             CASE WHEN min(r.last_day) <> max(r.last_day) THEN 'einddatum' END,
             CASE WHEN min(r.options) <> max(r.options) THEN 'opties' END,
             CASE WHEN min(r.notice) <> max(r.notice) THEN 'meldtermijn' END,
             CASE WHEN min(r.signed_on) <> max(r.signed_on) THEN 'ondertekend' END,
             CASE WHEN min(wmo_works.list_name(r.tender)) <> max(wmo_works.list_name(r.tender))
                  THEN 'aanbesteding' END], NULL) AS quarrels
    FROM unnest(list_contracts.list) r
    LEFT JOIN party b ON b.line = r.line AND b.name = 'buyer'
    LEFT JOIN party su ON su.line = r.line AND su.name = 'supplier'
    GROUP BY coalesce(b.id::text, wmo_works.list_name(r.buyer)), r.number
  ), tender AS MATERIALIZED (
    SELECT tb.buyer_id, wmo_works.list_name(t.title) AS title, min(t.id) AS id
    FROM wmo.tender t JOIN wmo.tender_buyer tb ON tb.tender_id = t.id GROUP BY 1, 2
  ), known AS (
    SELECT s.*, t.id AS tender_id, own.title AS awarded_in, c.award_id, c.tender_id AS known_tender_id,
           c.id AS contract_id, c.supplier_id AS known_supplier_id, c.period, c.agreed_period,
           c.signed_on AS known_signed_on,
           CASE WHEN c.id IS NOT NULL THEN ARRAY(
             SELECT ch.to_party_id FROM wmo.contract_change ch
             WHERE ch.contract_id = c.id AND ch.kind = 'transfer') END AS took_over,
           wmo_works.listed_period(c.agreed_period, s.first_day, s.last_day, s.options, s.notice) AS by_agreed,
           CASE WHEN c.id IS NOT NULL THEN wmo_works.listed_period(c.agreed_period, NULL, NULL, NULL, NULL) END
             AS agreed_listed,
           c.period::text <> c.agreed_period::text AS changed
    FROM said s LEFT JOIN wmo.contract c ON (c.buyer_id, c.number) = (s.buyer_id, s.number)
    LEFT JOIN tender t ON t.buyer_id = s.buyer_id AND t.title = wmo_works.list_name(s.tender)
    LEFT JOIN wmo.award a ON a.id = c.award_id LEFT JOIN wmo.tender own ON own.id = a.tender_id
  ), judged AS (
    SELECT k.*, CASE WHEN k.contract_id IS NULL THEN false
                     WHEN k.by_agreed::text = k.agreed_listed::text THEN true
                     WHEN k.changed
                     THEN coalesce(wmo_works.listed_period(k.period, k.first_day, k.last_day, k.options, k.notice)::text
                                   = wmo_works.listed_period(k.period, NULL, NULL, NULL, NULL)::text, false)
                     ELSE false END AS agrees,
           k.changed OR k.agreed_period::text <> k.agreed_listed::text AS has_life
    FROM known k
  )
  SELECT j.line, j.number, j.buyer_id, j.contract_id,
         CASE WHEN j.supplier_id = ANY (j.took_over) THEN j.known_supplier_id
              ELSE coalesce(j.supplier_id, j.known_supplier_id) END,
         CASE WHEN j.agrees THEN j.agreed_period ELSE j.by_agreed END, coalesce(j.signed_on::date, j.known_signed_on),
         CASE WHEN j.award_id IS NULL THEN coalesce(j.tender_id, j.known_tender_id) END,
         CASE WHEN j.quarrels <> '{}'
                THEN wmo_works.words('the rows of this contract differ in %1',
                                     array_to_string(j.quarrels, wmo_works.words(' and ')))
              WHEN wmo_works.list_name(j.awarded_in) <> wmo_works.list_name(j.tender)
                THEN wmo_works.words('the award of this contract is of tender "%1", not "%2"; correct the list or '
                                     'wmo.contract', j.awarded_in, j.tender)
              WHEN j.agrees THEN NULL
              WHEN j.has_life
                THEN wmo_works.words('period "%1" is not what the registry has ("%2", agreed "%3"), and options or '
                                     'changes are '
                                     'recorded with it; add a row to wmo.contract_change, or correct '
                                     'contract.agreed_period',
                                     coalesce(j.by_agreed::text, wmo_works.words('it')), j.period::text,
                                     j.agreed_period::text)
              WHEN j.by_agreed IS NULL
                THEN wmo_works.listed_period_fault(
                       coalesce(j.first_day, wmo_works.iso_day(wmo.first_day(j.agreed_period))),
                       coalesce(j.last_day, CASE wmo.end_kind(j.agreed_period) WHEN 'open' THEN 'open'
                                                 ELSE wmo_works.iso_day(wmo.last_day(j.agreed_period)) END),
                       j.options) END,
         j.options IS NOT NULL
  FROM judged j;
END;
COMMENT ON FUNCTION wmo_works.list_contracts(wmo_works.contract_list_row[], wmo_works.contract_list_match[]) IS
  'The contracts of a list beside those of the registry. A period agrees when it is what was agreed or what the '
  'ledger has made of it; a recorded life is never overwritten by a list.';

CREATE FUNCTION wmo_works.list_scope_faults(list wmo_works.contract_list_row[],
                                            matches wmo_works.contract_list_match[],
                                            contracts wmo_works.contract_list_contract[])
RETURNS TABLE (line integer, name text, fault text)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 10 SET enable_nestloop = off
BEGIN ATOMIC
  WITH stated AS MATERIALIZED (
    SELECT DISTINCT r.line, wmo_works.list_name(r.buyer) || '/' || r.number AS contract, c.contract_id,
           s.id AS service_id, a.id AS area_id, coalesce(a.code, a.name || wmo_works.list_name(a.word), '') AS area,
           CASE WHEN r.ages IS NOT NULL THEN r.ages::int4range WHEN c.contract_id IS NULL THEN '[0,)' END AS ages,
           r.choice, r.lot
    FROM unnest(list_scope_faults.list) r
    JOIN unnest(list_scope_faults.matches) b ON b.line = r.line AND b.name = 'buyer'
    JOIN unnest(list_scope_faults.contracts) c ON c.number = r.number AND c.buyer_id IS NOT DISTINCT FROM b.id
    JOIN unnest(list_scope_faults.matches) s ON s.line = r.line AND s.id IS NOT NULL
      AND s.name = CASE WHEN r.services IS NOT NULL THEN 'services' ELSE 'products' END
    LEFT JOIN unnest(list_scope_faults.matches) a ON a.line = r.line AND a.name IN ('municipalities', 'areas')
  ), counted AS (
    SELECT t.*, count(*) OVER (PARTITION BY t.contract, t.service_id, t.area) AS rows_said FROM stated t
  ), known AS MATERIALIZED (
    SELECT k.contract_id, k.service_id, coalesce(k.area_id, 0) AS area_id, range_agg(k.ages) AS ages,
           array_agg(k.ages) AS each
    FROM wmo.contract_scope k
    WHERE k.contract_id IN (SELECT c.contract_id FROM unnest(list_scope_faults.contracts) c) AND k.clients = 'all'
    GROUP BY 1, 2, 3
  )
  SELECT other.line, 'ages',
         wmo_works.words('rows %1 and %2 say different things of %3 for ages that overlap: %4 and %5', one.line::text,
                         other.line::text,
                         (SELECT v.code FROM wmo.service v WHERE v.id = one.service_id), one.ages::text,
                         other.ages::text)
  FROM stated one
  JOIN stated other ON other.contract = one.contract AND other.service_id = one.service_id AND other.area = one.area
    AND other.line > one.line
  WHERE other.ages && one.ages AND other.ages <> one.ages
  UNION ALL
  SELECT other.line, d.name,
         wmo_works.words('rows %1 and %2 say different things of %3: %4 and %5', one.line::text, other.line::text,
                         (SELECT v.code FROM wmo.service v WHERE v.id = one.service_id),
                         wmo_works.code_words(d.said), wmo_works.code_words(d.other_said))
  FROM stated one
  JOIN stated other ON other.contract = one.contract AND other.service_id = one.service_id AND other.area = one.area
    AND other.line > one.line
  CROSS JOIN LATERAL (VALUES ('choice', one.choice, other.choice), ('lot', one.lot, other.lot))
    d (name, said, other_said)
  WHERE other.ages IS NOT DISTINCT FROM one.ages AND d.said <> d.other_said
  UNION ALL
  SELECT w.line, 'ages',
         wmo_works.words('ages %1 of %2 overlap those that the registry has for this contract there (%3); give one of '
                         'these, or correct wmo.contract_scope', w.ages::text, v.code,
                         array_to_string(k.each, wmo_works.words(' and ')))
  FROM counted w
  JOIN known k ON k.contract_id = w.contract_id AND k.service_id = w.service_id AND k.area_id = coalesce(w.area_id, 0)
  JOIN wmo.service v ON v.id = w.service_id
  WHERE k.ages && w.ages AND w.ages <> ALL (k.each) AND NOT (w.rows_said = 1 AND cardinality(k.each) = 1);
END;
COMMENT ON FUNCTION wmo_works.list_scope_faults(wmo_works.contract_list_row[], wmo_works.contract_list_match[],
  wmo_works.contract_list_contract[]) IS
  'Where a list says two things of one service and area of a contract: against itself, or against the registry.';

CREATE FUNCTION wmo_works.list_number_faults(list wmo_works.contract_list_row[],
                                             matches wmo_works.contract_list_match[])
RETURNS TABLE (line integer, name text, fault text)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 10 SET enable_nestloop = off
BEGIN ATOMIC
  SELECT min(r.line), n.scheme,
         wmo_works.words('%1 %2 stands with different names: %3', upper(n.scheme), n.value,
                         string_agg(DISTINCT r.supplier, ', '))
  FROM unnest(list_number_faults.list) r
  JOIN unnest(list_number_faults.matches) m ON m.line = r.line AND m.name = 'supplier'
  CROSS JOIN LATERAL (VALUES ('agb', r.agb), ('kvk', r.kvk)) n (scheme, value)
  -- of those to whom it would be added, in the registry or not
  WHERE n.value IS NOT NULL
    AND NOT EXISTS (SELECT FROM wmo.party_identifier i
                    WHERE i.scheme = n.scheme AND i.value = n.value AND i.party_id = m.id)
  GROUP BY n.scheme, n.value HAVING count(DISTINCT coalesce(m.id::text, wmo_works.list_name(r.supplier))) > 1
  UNION ALL
  SELECT r.line, n.scheme,
         wmo_works.words('%1 %2 is that of "%3" on the days %4, and not on the first day of this contract',
                         upper(n.scheme),
                         n.value, p.name, wmo_works.iso_days(i.valid))
  FROM unnest(list_number_faults.list) r
  JOIN unnest(list_number_faults.matches) m ON m.line = r.line AND m.name = 'supplier' AND m.fault IS NULL
  CROSS JOIN LATERAL (VALUES ('agb', r.agb), ('kvk', r.kvk)) n (scheme, value)
  JOIN wmo.party_identifier i ON i.scheme = n.scheme AND i.value = n.value AND i.party_id IS DISTINCT FROM m.id
  JOIN wmo.party p ON p.id = i.party_id
  WHERE NOT EXISTS (SELECT FROM wmo.party_identifier mine
                    WHERE mine.scheme = n.scheme AND mine.value = n.value AND mine.party_id = m.id)
  UNION ALL
  SELECT min(p.line), 'products',
         wmo_works.words('product code "%1" stands beside different services: %2', p.word,
                         string_agg(DISTINCT (SELECT v.code FROM wmo.service v WHERE v.id = s.id), ', '))
  FROM unnest(list_number_faults.matches) p
  JOIN unnest(list_number_faults.list) r ON r.line = p.line
  JOIN unnest(list_number_faults.matches) s ON s.line = p.line AND s.name = 'services' AND s.id IS NOT NULL
  WHERE p.name = 'products' AND p.id IS NULL AND p.fault IS NULL
  GROUP BY wmo_works.list_name(r.buyer), p.word HAVING count(DISTINCT s.id) > 1
  UNION ALL
  SELECT p.line, 'products',
         wmo_works.words('product code "%1" of this buyer means %2, and beside it stands %3; correct one of them, or '
                         'wmo.service_product', p.word, v.code, string_agg(DISTINCT named.code, ', '))
  FROM unnest(list_number_faults.matches) p
  JOIN unnest(list_number_faults.matches) s ON s.line = p.line AND s.name = 'services' AND s.id IS NOT NULL
  JOIN wmo.service v ON v.id = p.id
  JOIN wmo.service named ON named.id = s.id
  WHERE p.name = 'products' AND p.fault IS NULL
  GROUP BY p.line, p.word, p.id, v.code
  -- a narrower or a wider service is no other
  HAVING NOT bool_or(p.id IN (SELECT w FROM wmo_works.service_with_parents(s.id) w)
                     OR s.id IN (SELECT w FROM wmo_works.service_with_parents(p.id) w));
END;
COMMENT ON FUNCTION wmo_works.list_number_faults(wmo_works.contract_list_row[], wmo_works.contract_list_match[]) IS
  'Numbers and product codes of a list that would mean two things.';

CREATE FUNCTION wmo_works.list_faults(list wmo_works.contract_list_row[], matches wmo_works.contract_list_match[],
  contracts wmo_works.contract_list_contract[])
RETURNS TABLE (line integer, name text, fault text)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 10 SET enable_nestloop = off
BEGIN ATOMIC
  SELECT r.line, 'number', wmo_works.words('the row has no contract number') FROM unnest(list_faults.list) r
    WHERE r.number IS NULL
  UNION ALL
  SELECT r.line, 'buyer', wmo_works.words('the row does not say who bought') FROM unnest(list_faults.list) r
    WHERE r.buyer IS NULL
  UNION ALL
  SELECT m.line, m.name, m.fault FROM unnest(list_faults.matches) m WHERE m.fault IS NOT NULL
  UNION ALL
  SELECT c.line, NULL, c.fault FROM unnest(list_faults.contracts) c WHERE c.fault IS NOT NULL
  UNION ALL
  SELECT c.line, 'services', wmo_works.words('the contract is new and none of its rows names a service')
  FROM unnest(list_faults.contracts) c
  WHERE c.contract_id IS NULL
    AND NOT EXISTS (SELECT FROM unnest(list_faults.list) r
                    WHERE r.number = c.number AND coalesce(r.services, r.products) IS NOT NULL)
  UNION ALL
  SELECT n.line, n.name, n.fault FROM wmo_works.list_number_faults(list_faults.list, list_faults.matches) n
  UNION ALL
  SELECT m.line, m.name, wmo_works.words('"%1" is the provider of this contract itself; leave it out', m.word)
  FROM unnest(list_faults.matches) m
  JOIN unnest(list_faults.list) r ON r.line = m.line
  JOIN unnest(list_faults.matches) s ON s.line = m.line AND s.name = 'supplier'
  WHERE m.name = 'subcontractors' AND coalesce(m.id = s.id, wmo_works.list_name(m.word) = wmo_works.list_name(s.word))
  UNION ALL
  SELECT a.line, a.name, a.fault FROM wmo_works.list_area_strangers(list_faults.list, list_faults.matches) a
  UNION ALL
  SELECT s.line, s.name, s.fault
  FROM wmo_works.list_scope_faults(list_faults.list, list_faults.matches, list_faults.contracts) s;
END;
COMMENT ON FUNCTION wmo_works.list_faults(wmo_works.contract_list_row[], wmo_works.contract_list_match[],
  wmo_works.contract_list_contract[]) IS
  'Everything for which a list is refused once its cells are readable.';

CREATE FUNCTION wmo_works.lines_scoped(list wmo_works.contract_list_row[], matches wmo_works.contract_list_match[],
  contracts wmo_works.contract_list_contract[])
RETURNS TABLE (line integer, contract_id integer)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 10
BEGIN ATOMIC
  -- the contracts of the list first: every scope of a service beside every line that names it are millions
  SELECT named.line, named.contract_id
  FROM (
    SELECT c.contract_id, m.line, m.id
    FROM unnest(lines_scoped.contracts) c
    JOIN unnest(lines_scoped.list) r ON r.number = c.number
    JOIN unnest(lines_scoped.matches) m ON m.line = r.line AND m.name IN ('services', 'products')
    WHERE c.contract_id IS NOT NULL
    OFFSET 0
  ) named
  JOIN wmo.contract_scope k ON k.contract_id = named.contract_id AND k.service_id = named.id;
END;
COMMENT ON FUNCTION wmo_works.lines_scoped(wmo_works.contract_list_row[], wmo_works.contract_list_match[],
  wmo_works.contract_list_contract[]) IS
  'The lines of a list of which a service is in the scope of their contract already.';
CREATE FUNCTION wmo_works.list_spelling_notes(list wmo_works.contract_list_row[],
                                              matches wmo_works.contract_list_match[])
RETURNS TABLE (line integer, name text, note text)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 10 SET enable_nestloop = off
BEGIN ATOMIC
  WITH named AS MATERIALIZED (
    SELECT min(r.line) AS line, min(r.tender) AS tender, r.lot, t.id AS tender_id
    FROM unnest(list_spelling_notes.list) r
    JOIN unnest(list_spelling_notes.matches) b ON b.line = r.line AND b.name = 'buyer'
    LEFT JOIN (SELECT tb.buyer_id, wmo_works.list_name(o.title) AS title, min(o.id) AS id
               FROM wmo.tender o JOIN wmo.tender_buyer tb ON tb.tender_id = o.id GROUP BY 1, 2) t
      ON t.buyer_id = b.id AND t.title = wmo_works.list_name(r.tender)
    WHERE r.tender IS NOT NULL
    GROUP BY wmo_works.list_name(b.word), wmo_works.list_name(r.tender), r.lot, t.id
  )
  SELECT min(n.line), 'tender', wmo_works.words('tender "%1" is new and is added', min(n.tender))
  FROM named n WHERE n.tender_id IS NULL
  GROUP BY wmo_works.list_name(n.tender)
  UNION ALL
  SELECT n.line, 'lot', wmo_works.words('lot "%1" is new to tender "%2" and is added', n.lot, n.tender)
  FROM named n
  WHERE n.lot IS NOT NULL AND n.tender_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM wmo.lot l WHERE (l.tender_id, l.name) = (n.tender_id, n.lot))
  UNION ALL
  SELECT min(r.line), 'number',
         wmo_works.words('contracts "%1" and "%2" are two; write their numbers alike if they are one', min(r.number),
                         max(r.number))
  FROM unnest(list_spelling_notes.list) r
  GROUP BY wmo_works.list_name(r.buyer), wmo_works.list_key(r.number)
  HAVING min(r.number) <> max(r.number);
END;
COMMENT ON FUNCTION wmo_works.list_spelling_notes(wmo_works.contract_list_row[], wmo_works.contract_list_match[]) IS
  'What may be mistyped: tenders of a list that are new, and lots that are new to a tender of the registry, for such '
  'have no awards; numbers that differ in capitals and marks alone.';

CREATE FUNCTION wmo_works.list_notes(list wmo_works.contract_list_row[], matches wmo_works.contract_list_match[],
  contracts wmo_works.contract_list_contract[])
RETURNS TABLE (line integer, name text, note text)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 10 SET enable_nestloop = off
BEGIN ATOMIC
  SELECT min(m.line), min(m.name),
         CASE WHEN EXISTS (SELECT FROM wmo_works.names_within(min(m.word)))
              THEN wmo_works.words('"%1" is new and is added as one party; if these are several, make it a consortium '
                                   'in wmo.party, or give a contract one of them', min(m.word))
              WHEN m.name = 'buyer' THEN wmo_works.words('"%1" is new and is added as a municipality', min(m.word))
              ELSE wmo_works.words('"%1" is new and is added as a provider; make it a consortium in wmo.party if it is '
                                   'one', min(m.word)) END
  FROM unnest(list_notes.matches) m
  WHERE m.id IS NULL AND m.fault IS NULL AND m.name IN ('buyer', 'supplier', 'subcontractors')
  GROUP BY wmo_works.list_name(m.word), m.name = 'buyer'
  UNION ALL
  SELECT a.line, a.name, a.note FROM wmo_works.list_area_notes(list_notes.list, list_notes.matches) a
  UNION ALL
  SELECT t.line, t.name, t.note FROM wmo_works.list_spelling_notes(list_notes.list, list_notes.matches) t
  UNION ALL
  SELECT min(m.line), m.name, wmo_works.words('"%1" is taken as %2', min(m.word), s.code)
  FROM unnest(list_notes.matches) m JOIN wmo.service s ON s.id = m.id
  WHERE m.name = 'services'
    AND wmo_works.list_key(m.word) IN (SELECT wmo_works.list_key(y.word) FROM wmo.service_synonym y)
    AND wmo_works.list_key(m.word) NOT IN (wmo_works.list_key(s.code), wmo_works.list_key(s.name))
  GROUP BY m.name, wmo_works.list_key(m.word), s.code
  UNION ALL
  SELECT min(m.line), m.name, wmo_works.words('product code "%1" is recorded as meaning %2', m.word, min(r.services))
  FROM unnest(list_notes.matches) m JOIN unnest(list_notes.list) r ON r.line = m.line
  WHERE m.name = 'products' AND m.id IS NULL AND m.fault IS NULL
  GROUP BY m.name, m.word, wmo_works.list_name(r.buyer)
  UNION ALL
  SELECT r.line, 'supplier', wmo_works.words('"%1" is known as "%2" by its number', r.supplier, p.name)
  FROM unnest(list_notes.list) r
  JOIN unnest(list_notes.matches) m ON m.line = r.line AND m.name = 'supplier'
  JOIN wmo.party p ON p.id = m.id
  WHERE wmo_works.list_name(p.name) <> wmo_works.list_name(r.supplier)
    AND NOT EXISTS (SELECT FROM wmo.party_alias al
                    WHERE al.party_id = p.id AND wmo_works.list_name(al.name) = wmo_works.list_name(r.supplier))
  UNION ALL
  SELECT c.line, v.name, v.note
  FROM unnest(list_notes.contracts) c
  CROSS JOIN LATERAL (VALUES
    ('last_day', CASE WHEN wmo.end_kind(c.period) = 'unknown'
      THEN wmo_works.words('no end is given: kept as not known; write "onbepaald" for a contract without end') END),
    ('first_day', CASE WHEN wmo.first_day(c.period) IS NULL
      THEN wmo_works.words('no first day is given: kept as not known') END),
    ('supplier', CASE WHEN c.supplier_id IS NULL
                           AND NOT EXISTS (SELECT FROM unnest(list_notes.matches) m
                                           WHERE m.line = c.line AND m.name = 'supplier')
                      THEN wmo_works.words('no provider is given: kept as not named') END)) v (name, note)
  WHERE c.contract_id IS NULL AND v.note IS NOT NULL
  UNION ALL
  SELECT c.line, 'options',
         wmo_works.words('no options are given: kept as none recorded, and after its last day the contract counts as '
                         'ended; write "geen" if none were agreed, or which')
  FROM unnest(list_notes.contracts) c
  WHERE c.contract_id IS NULL AND wmo.end_kind(c.period) = 'day' AND NOT c.options_stated
  UNION ALL
  SELECT min(c.line), 'areas', wmo_works.words('no area is given: kept as not named')
  FROM unnest(list_notes.contracts) c JOIN unnest(list_notes.list) r ON r.number = c.number
  WHERE c.contract_id IS NULL AND coalesce(r.municipalities, r.areas) IS NULL
    AND coalesce(r.services, r.products) IS NOT NULL
  GROUP BY c.number, c.buyer_id
  UNION ALL
  SELECT min(r.line), 'ages',
         wmo_works.words('no ages are given: kept as all ages; write "alle" if that was agreed, or which')
  FROM unnest(list_notes.contracts) c JOIN unnest(list_notes.list) r ON r.number = c.number
  WHERE r.ages IS NULL AND coalesce(r.services, r.products) IS NOT NULL
    AND NOT EXISTS (SELECT FROM wmo_works.lines_scoped(list_notes.list, list_notes.matches, list_notes.contracts) k
                    WHERE k.contract_id = c.contract_id AND k.line = r.line)
  GROUP BY c.number, c.buyer_id;
END;
COMMENT ON FUNCTION wmo_works.list_notes(wmo_works.contract_list_row[], wmo_works.contract_list_match[],
  wmo_works.contract_list_contract[]) IS
  'What somebody should read before loading a list: what is new, what stays unknown, what was taken for what.';
