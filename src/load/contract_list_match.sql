-- contract_list_match: the second step; what the words of a list mean in this registry, and what is wrong with them.
-- Relies on contract_list (the cells) and on the registry; writes nothing.

CREATE TYPE wmo_works.contract_list_match AS (
  line  integer,
  name  text,
  word  text,
  id    integer,
  fault text
);
COMMENT ON TYPE wmo_works.contract_list_match IS 'A word of a list and what it stands for.';
COMMENT ON COLUMN wmo_works.contract_list_match.line IS 'Row of the sheet.';
COMMENT ON COLUMN wmo_works.contract_list_match.name IS 'Column of wmo.contract_list_column.';
COMMENT ON COLUMN wmo_works.contract_list_match.word IS 'The word: a name or a code.';
COMMENT ON COLUMN wmo_works.contract_list_match.id IS
  'Key of the party, service or area; null = new to the registry, or fault.';
COMMENT ON COLUMN wmo_works.contract_list_match.fault IS 'Why it cannot be told what it stands for.';

CREATE FUNCTION wmo_works.list_parties(list wmo_works.contract_list_row[]) RETURNS SETOF wmo_works.contract_list_match
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1000
BEGIN ATOMIC
  WITH asked AS MATERIALIZED (
    SELECT r.line, 'buyer' AS name, r.buyer AS word, NULL::text AS agb, NULL::text AS kvk, r.first_day
    FROM unnest(list_parties.list) r WHERE r.buyer IS NOT NULL
    UNION ALL
    SELECT r.line, 'supplier', r.supplier, r.agb, r.kvk, r.first_day FROM unnest(list_parties.list) r
    WHERE coalesce(r.supplier, r.agb, r.kvk) IS NOT NULL
    UNION ALL
    SELECT r.line, 'subcontractors', w.word, NULL, NULL, r.first_day
    FROM unnest(list_parties.list) r CROSS JOIN LATERAL wmo_works.list_words(r.subcontractors, '|;') w (word)
  ), word AS MATERIALIZED (
    SELECT w.word, w.buys, wmo_works.list_name(w.word) AS key
    FROM (SELECT DISTINCT a.word, a.name = 'buyer' AS buys FROM asked a WHERE a.word IS NOT NULL) w
  ), known_name AS MATERIALIZED (
    SELECT wmo_works.list_name(p.name) AS key, p.id, p.kind FROM wmo.party p
    UNION
    SELECT wmo_works.list_name(a.name), p.id, p.kind FROM wmo.party_alias a JOIN wmo.party p ON p.id = a.party_id
  ), by_name AS MATERIALIZED (
    SELECT w.word, w.buys, array_agg(DISTINCT k.id) AS ids
    FROM word w JOIN known_name k ON k.key = w.key
    WHERE k.kind IN (CASE WHEN w.buys THEN 'municipality' ELSE 'provider' END, 'consortium')
    GROUP BY w.word, w.buys
  ), by_number AS MATERIALIZED (
    SELECT a.agb, a.kvk, a.first_day, array_agg(DISTINCT i.party_id) AS ids
    FROM (SELECT DISTINCT n.agb, n.kvk, n.first_day FROM asked n WHERE coalesce(n.agb, n.kvk) IS NOT NULL) a
    CROSS JOIN LATERAL (VALUES ('agb', a.agb), ('kvk', a.kvk)) v (scheme, value)
    JOIN wmo.party_identifier i ON i.scheme = v.scheme AND i.value = v.value
    WHERE i.valid @> coalesce(nullif(a.first_day, '?')::date, 'infinity')
    GROUP BY a.agb, a.kvk, a.first_day
  ), meant AS (
    SELECT a.line, a.name, a.word, a.agb, a.kvk, coalesce(i.ids, '{}') AS by_number, coalesce(n.ids, '{}') AS by_name
    FROM asked a
    LEFT JOIN by_name n ON n.word = a.word AND n.buys = (a.name = 'buyer')
    LEFT JOIN by_number i ON concat_ws(' ', i.agb, '/', i.kvk, i.first_day)
      = concat_ws(' ', a.agb, '/', a.kvk, a.first_day)
  )
  SELECT m.line, m.name, m.word,
         CASE WHEN cardinality(m.by_number) = 1
           AND (m.word IS NULL OR m.by_name = '{}' OR m.by_number[1] = ANY (m.by_name)) THEN m.by_number[1]
              WHEN m.by_number = '{}' AND cardinality(m.by_name) = 1 THEN m.by_name[1] END,
         CASE WHEN cardinality(m.by_number) > 1
           THEN format('AGB code %s and KvK number %s belong to two different parties', m.agb, m.kvk)
              WHEN m.by_number <> '{}' AND m.word IS NOT NULL AND m.by_name <> '{}'
                AND m.by_number[1] <> ALL (m.by_name)
                THEN format('the number belongs to "%s", which is not the "%s" of the registry',
                  (SELECT p.name FROM wmo.party p WHERE p.id = m.by_number[1]), m.word)
              WHEN m.by_number = '{}' AND cardinality(m.by_name) > 1
                THEN format('"%s" is the name of %s parties; give the AGB code or the KvK number', m.word,
                  cardinality(m.by_name))
              WHEN m.by_number = '{}' AND m.word IS NULL
                THEN format('the number %s is not known; give the name of the provider as well', coalesce(m.agb, m.kvk))
                  END
  FROM meant m;
END;
COMMENT ON FUNCTION wmo_works.list_parties(wmo_works.contract_list_row[]) IS
  'Which parties a list names: by AGB code or KvK number, else by name or alias, never by likeness.';

CREATE FUNCTION wmo_works.list_services(list wmo_works.contract_list_row[], parties wmo_works.contract_list_match[])
  RETURNS SETOF wmo_works.contract_list_match
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1000
BEGIN ATOMIC
  WITH asked AS MATERIALIZED (
    SELECT r.line, col.name, w.word, b.id AS buyer_id, nullif(r.first_day, '?')::date AS day,
           count(*) FILTER (WHERE col.name = 'services') OVER (PARTITION BY r.line) AS services_named
    FROM unnest(list_services.list) r
    CROSS JOIN LATERAL (VALUES ('services', r.services), ('products', r.products)) col (name, cell)
    CROSS JOIN LATERAL wmo_works.list_words(col.cell, ',|;') w (word)
    LEFT JOIN unnest(list_services.parties) b ON b.line = r.line AND b.name = 'buyer'
  ), meaning AS MATERIALIZED (
    SELECT a.*,
           (SELECT ARRAY[sp.service_id] FROM wmo.service_product sp
            WHERE sp.buyer_id = a.buyer_id AND sp.code = a.word
            ORDER BY sp.valid @> a.day DESC, upper(sp.valid) DESC LIMIT 1) AS by_product,
           ARRAY(SELECT s.id FROM wmo.service s
                 WHERE a.name = 'services'
                   AND (wmo_works.list_key(a.word) IN (wmo_works.list_key(s.code), wmo_works.list_key(s.name))
                     OR (s.iwmo_category = a.word AND s.parent_id IS NULL))) AS by_service
    FROM (SELECT DISTINCT asked.name, asked.word, asked.buyer_id, asked.day FROM asked) a
  )
  SELECT a.line, a.name, a.word, coalesce(m.by_service[1], m.by_product[1]),
         CASE WHEN cardinality(m.by_service) > 1
           THEN format('"%s" is the name of several services; use a code of wmo.service', a.word)
              WHEN m.by_service = '{}' AND m.by_product IS NULL AND a.name = 'services'
                THEN format('"%s" is not a known service; known are: %s', a.word,
                  (SELECT string_agg(s.code, ', ' ORDER BY s.id) FROM wmo.service s))
              WHEN m.by_product IS NULL AND a.name = 'products'
                AND a.word !~ '^[^[:space:]]{1,5}$'
                THEN format('"%s" is no product code: these have 1 to 5 characters', a.word)
              WHEN m.by_product IS NULL AND a.name = 'products' AND a.services_named <> 1
                THEN format('product code "%s" of this buyer is not known; name the one service that it means in the '
                            'column "dienst", or add it to wmo.service_product', a.word)
         END
  FROM asked a JOIN meaning m ON (m.name, m.word) = (a.name, a.word) AND m.buyer_id IS NOT DISTINCT FROM a.buyer_id
    AND m.day IS NOT DISTINCT FROM a.day;
END;
COMMENT ON FUNCTION wmo_works.list_services(wmo_works.contract_list_row[], wmo_works.contract_list_match[]) IS
  'Which services a list names, by code, name, iWmo category, or the product codes of its buyer.';

CREATE FUNCTION wmo_works.list_area_code(word text) RETURNS wmo.area_code
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT upper((regexp_match(word, '(?:^|[(])((?:GM)?[0-9]{4}|WK[0-9]{4}[0-9A-Z]{2}|BU[0-9]{4}[0-9A-Z]{4})[)]?$',
         'i'))[1])::wmo.area_code;
END;
COMMENT ON FUNCTION wmo_works.list_area_code(text) IS
  'The CBS code in a word of a list: GM0014, 0014, or after a name in brackets; null = none.';

CREATE FUNCTION wmo_works.list_areas(list wmo_works.contract_list_row[]) RETURNS SETOF wmo_works.contract_list_match
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1000
BEGIN ATOMIC
  WITH asked AS MATERIALIZED (
    SELECT r.line, col.name, w.word, coalesce(nullif(r.first_day, '?')::date, 'infinity') AS day
    FROM unnest(list_areas.list) r
    CROSS JOIN LATERAL (VALUES ('municipalities', r.municipalities), ('areas', r.areas)) col (name, cell)
    CROSS JOIN LATERAL wmo_works.list_words(col.cell, ',|;') w (word)
  ), word AS MATERIALIZED (
    -- the code apart from DISTINCT: pg_upgrade restores this body before codes can be grouped
    SELECT w.name, w.word, w.day, wmo_works.list_area_code(w.word) AS code
    FROM (SELECT DISTINCT a.name, a.word, a.day FROM asked a) w
  ), candidate AS (
    SELECT w.name, w.word, w.day, ar.id, ar.valid FROM word w JOIN wmo.area ar ON ar.code OPERATOR(@extschema@.=) w.code
    UNION ALL
    SELECT w.name, w.word, w.day, ar.id, ar.valid FROM word w
    JOIN wmo.area ar ON wmo_works.list_name(ar.name) = wmo_works.list_name(w.word)
    WHERE w.code IS NULL AND (w.name = 'areas' OR ar.kind = 'municipality')
  ), best AS (
    SELECT c.*, rank() OVER (PARTITION BY c.name, c.word, c.day
                             ORDER BY wmo_works.edition_order(c.valid, c.day), lower(c.valid)) AS place
    FROM candidate c
  ), chosen AS (
    SELECT b.name, b.word, b.day, array_agg(b.id) AS ids FROM best b WHERE b.place = 1 GROUP BY b.name, b.word, b.day
  )
  SELECT a.line, a.name, a.word, CASE WHEN cardinality(c.ids) = 1 THEN c.ids[1] END,
         CASE WHEN cardinality(c.ids) > 1
              THEN format('"%s" is the name of several areas (%s); use the code', a.word,
                          (SELECT string_agg(coalesce(ar.code::text, ar.kind || ' without code'), ', ' ORDER BY ar.id)
                            FROM wmo.area ar WHERE ar.id = ANY (c.ids))) END
  FROM asked a LEFT JOIN chosen c ON (c.name, c.word, c.day) = (a.name, a.word, a.day);
END;
COMMENT ON FUNCTION wmo_works.list_areas(wmo_works.contract_list_row[]) IS
  'Which areas a list names, by code or name, in the edition of the contract''s first day.';

CREATE FUNCTION wmo_works.iso_length(length interval) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT format('P%sM%sD', (extract(year FROM length) * 12::numeric + extract(month FROM length))::integer,
         extract(day FROM length)::integer);
END;
COMMENT ON FUNCTION wmo_works.iso_length(interval) IS 'A length of whole months and days as ISO 8601.';

CREATE FUNCTION wmo_works.listed_period(base wmo.contract_period, first_day text, last_day text, options text,
  notice text)
  RETURNS wmo.contract_period
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  starts text := coalesce(first_day, wmo_works.iso_day(wmo.first_day(base)), '?');
  ends text := coalesce(last_day, CASE wmo.end_kind(base) WHEN 'open' THEN 'open'
    WHEN 'day' THEN wmo_works.iso_day(wmo.last_day(base)) END, '?');
  extends text := coalesce(options,
    (SELECT string_agg('+' || wmo_works.iso_length(o.length), '' ORDER BY o.option_no) FROM wmo.options(base) o
    WHERE o.state = 'open'), '');
  announced text := coalesce(notice, wmo_works.iso_length(wmo.extension_notice(base)), '');
BEGIN
  IF ends NOT IN ('?', 'open') AND starts <> '?' AND ends::date < starts::date OR ends = 'open' AND options <> '' THEN
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
  fault       text
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
COMMENT ON COLUMN wmo_works.contract_list_contract.fault IS 'Why it cannot be loaded.';

CREATE FUNCTION wmo_works.list_contracts(list wmo_works.contract_list_row[], matches wmo_works.contract_list_match[])
  RETURNS SETOF wmo_works.contract_list_contract
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1000
BEGIN ATOMIC
  WITH party AS MATERIALIZED (
    SELECT m.line, m.name, m.id FROM unnest(list_contracts.matches) m WHERE m.name IN ('buyer', 'supplier')
  ), said AS (
    SELECT min(r.line) AS line, min(b.id) AS buyer_id, r.number, min(su.id) AS supplier_id,
           min(r.first_day) AS first_day, min(r.last_day) AS last_day,
           min(r.options) AS options, min(r.notice) AS notice, min(r.signed_on) AS signed_on,
           array_remove(ARRAY[
             CASE WHEN min(coalesce(su.id::text, wmo_works.list_name(r.supplier)))
               <> max(coalesce(su.id::text, wmo_works.list_name(r.supplier))) THEN 'aanbieder' END,
             CASE WHEN min(r.first_day) <> max(r.first_day) THEN 'begindatum' END,
             CASE WHEN min(r.last_day) <> max(r.last_day) THEN 'einddatum' END,
             CASE WHEN min(r.options) <> max(r.options) THEN 'opties' END,
             CASE WHEN min(r.notice) <> max(r.notice) THEN 'meldtermijn' END,
             CASE WHEN min(r.signed_on) <> max(r.signed_on) THEN 'ondertekend' END], NULL) AS quarrels
    FROM unnest(list_contracts.list) r
    LEFT JOIN party b ON b.line = r.line AND b.name = 'buyer'
    LEFT JOIN party su ON su.line = r.line AND su.name = 'supplier'
    GROUP BY coalesce(b.id::text, wmo_works.list_name(r.buyer)), r.number
  ), known AS (
    SELECT s.*, c.id AS contract_id, c.supplier_id AS known_supplier_id, c.period, c.agreed_period,
           c.signed_on AS known_signed_on,
           CASE WHEN c.id IS NOT NULL THEN ARRAY(SELECT ch.to_party_id FROM wmo.contract_change ch
             WHERE ch.contract_id = c.id AND ch.kind = 'transfer') END AS took_over,
           wmo_works.listed_period(c.period, s.first_day, s.last_day, s.options, s.notice) AS by_current,
           wmo_works.listed_period(c.agreed_period, s.first_day, s.last_day, s.options, s.notice) AS by_agreed,
           wmo_works.listed_period(c.period, NULL, NULL, NULL, NULL) AS current_listed,
           wmo_works.listed_period(c.agreed_period, NULL, NULL, NULL, NULL) AS agreed_listed
    FROM said s LEFT JOIN wmo.contract c ON (c.buyer_id, c.number) = (s.buyer_id, s.number)
  ), judged AS (
    SELECT k.*, k.contract_id IS NOT NULL
           AND (k.by_current::text = k.current_listed::text OR k.by_agreed::text = k.agreed_listed::text) AS agrees,
           k.period::text <> k.agreed_period::text OR k.agreed_period::text <> k.agreed_listed::text AS has_life
    FROM known k
  )
  SELECT j.line, j.number, j.buyer_id, j.contract_id,
         CASE WHEN j.supplier_id = ANY (j.took_over) THEN j.known_supplier_id
           ELSE coalesce(j.supplier_id, j.known_supplier_id) END,
         CASE WHEN j.agrees THEN j.agreed_period ELSE j.by_agreed END, coalesce(j.signed_on::date, j.known_signed_on),
         CASE WHEN j.quarrels <> '{}' THEN format('the rows of this contract differ in %s',
           array_to_string(j.quarrels, ' and '))
              WHEN j.agrees THEN NULL
              WHEN j.has_life THEN format('period "%s" is not what the registry has ("%s", agreed "%s"), and options '
                  'or changes are recorded with it; add a row to wmo.contract_change, or correct '
                  'contract.agreed_period',
                                          coalesce(j.by_agreed::text, 'it'), j.period, j.agreed_period)
              WHEN j.by_agreed IS NULL THEN 'the contract would end before it begins, or have options without having '
                  'an end' END
  FROM judged j;
END;
COMMENT ON FUNCTION wmo_works.list_contracts(wmo_works.contract_list_row[], wmo_works.contract_list_match[]) IS
  'The contracts of a list beside those of the registry. A period agrees when it is what was agreed or what the '
  'ledger has made of it; a recorded life is never overwritten by a list.';

CREATE FUNCTION wmo_works.list_faults(list wmo_works.contract_list_row[], matches wmo_works.contract_list_match[],
  contracts wmo_works.contract_list_contract[])
RETURNS TABLE (line integer, name text, fault text)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 10
BEGIN ATOMIC
  SELECT r.line, 'number', 'the row has no contract number' FROM unnest(list_faults.list) r WHERE r.number IS NULL
  UNION ALL
  SELECT r.line, 'buyer', 'the row does not say who bought' FROM unnest(list_faults.list) r WHERE r.buyer IS NULL
  UNION ALL
  SELECT m.line, m.name, m.fault FROM unnest(list_faults.matches) m WHERE m.fault IS NOT NULL
  UNION ALL
  SELECT c.line, NULL, c.fault FROM unnest(list_faults.contracts) c WHERE c.fault IS NOT NULL
  UNION ALL
  SELECT c.line, 'services', 'the contract is new and none of its rows names a service'
  FROM unnest(list_faults.contracts) c
  WHERE c.contract_id IS NULL
    AND NOT EXISTS (SELECT FROM unnest(list_faults.list) r
      WHERE r.number = c.number AND coalesce(r.services, r.products) IS NOT NULL)
  UNION ALL
  SELECT min(r.line), n.scheme, format('%s %s stands with different names: %s', upper(n.scheme), n.value,
         string_agg(DISTINCT r.supplier, ', '))
  FROM unnest(list_faults.list) r
  JOIN unnest(list_faults.matches) m ON m.line = r.line AND m.name = 'supplier' AND m.id IS NULL
  CROSS JOIN LATERAL (VALUES ('agb', r.agb), ('kvk', r.kvk)) n (scheme, value)
  WHERE n.value IS NOT NULL
  GROUP BY n.scheme, n.value HAVING count(DISTINCT wmo_works.list_name(r.supplier)) > 1;
END;
COMMENT ON FUNCTION wmo_works.list_faults(wmo_works.contract_list_row[], wmo_works.contract_list_match[],
  wmo_works.contract_list_contract[]) IS
  'Everything for which a list is refused once its cells are readable.';

CREATE FUNCTION wmo_works.list_notes(list wmo_works.contract_list_row[], matches wmo_works.contract_list_match[],
  contracts wmo_works.contract_list_contract[])
RETURNS TABLE (line integer, name text, note text)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 10
BEGIN ATOMIC
  SELECT min(m.line), min(m.name),
         format('"%s" is new and is added as a %s%s', min(m.word), CASE WHEN m.name = 'buyer' THEN 'municipality'
           ELSE 'provider' END,
                CASE WHEN m.name = 'buyer' THEN '' ELSE '; make it a consortium in wmo.party if it is one' END)
  FROM unnest(list_notes.matches) m
  WHERE m.id IS NULL AND m.fault IS NULL AND m.name IN ('buyer', 'supplier', 'subcontractors')
  GROUP BY wmo_works.list_name(m.word), m.name = 'buyer'
  UNION ALL
  SELECT min(m.line), m.name, format('area "%s" is new and is added without a shape: questions by code find it, '
                                     'questions by place say area_without_shape', min(m.word))
  FROM unnest(list_notes.matches) m
  WHERE m.id IS NULL AND m.fault IS NULL AND m.name IN ('municipalities', 'areas')
  GROUP BY m.name, coalesce(wmo_works.list_area_code(m.word)::text, wmo_works.list_name(m.word))
  UNION ALL
  SELECT min(m.line), m.name, format('"%s" did not exist on %s: its edition of days %s is taken', m.word, r.first_day,
                                    wmo_works.iso_days(a.valid))
  FROM unnest(list_notes.matches) m
  JOIN wmo.area a ON a.id = m.id
  JOIN unnest(list_notes.list) r ON r.line = m.line AND r.first_day <> '?'
  WHERE m.name IN ('municipalities', 'areas') AND NOT a.valid @> r.first_day::date
  GROUP BY m.name, m.word, r.first_day, a.valid
  UNION ALL
  SELECT min(m.line), m.name, format('product code "%s" is recorded as meaning %s', m.word, min(r.services))
  FROM unnest(list_notes.matches) m JOIN unnest(list_notes.list) r ON r.line = m.line
  WHERE m.name = 'products' AND m.id IS NULL AND m.fault IS NULL
  GROUP BY m.name, m.word, wmo_works.list_name(r.buyer)
  UNION ALL
  SELECT r.line, 'supplier', format('"%s" is known as "%s" by its number', r.supplier, p.name)
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
      THEN 'no end is given: kept as not known; write "onbepaald" for a contract without end' END),
    ('first_day', CASE WHEN wmo.first_day(c.period) IS NULL THEN 'no first day is given: kept as not known' END),
    ('supplier', CASE WHEN c.supplier_id IS NULL
      AND NOT EXISTS (SELECT FROM unnest(list_notes.matches) m WHERE m.line = c.line AND m.name = 'supplier')
                      THEN 'no provider is given: kept as not named' END)) v (name, note)
  WHERE c.contract_id IS NULL AND v.note IS NOT NULL
  UNION ALL
  SELECT min(c.line), 'areas', 'no area is given: kept as not named'
  FROM unnest(list_notes.contracts) c JOIN unnest(list_notes.list) r ON r.number = c.number
  WHERE c.contract_id IS NULL AND coalesce(r.municipalities, r.areas) IS NULL
    AND coalesce(r.services, r.products) IS NOT NULL
  GROUP BY c.number, c.buyer_id;
END;
COMMENT ON FUNCTION wmo_works.list_notes(wmo_works.contract_list_row[], wmo_works.contract_list_match[],
  wmo_works.contract_list_contract[]) IS
  'What somebody should read before loading a list: what is new, what stays unknown, what was taken for what.';
