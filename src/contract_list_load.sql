
-- ---- contract list: what its words mean in this registry, and loading it --------------------------------------------

CREATE TYPE wmo.contract_list_match AS (
  line  integer,
  name  text,
  word  text,
  id    integer,
  fault text
);
COMMENT ON TYPE wmo.contract_list_match IS 'A word of a list and what it stands for.';
COMMENT ON COLUMN wmo.contract_list_match.line IS 'Row of the sheet.';
COMMENT ON COLUMN wmo.contract_list_match.name IS 'Column of wmo.contract_list_column.';
COMMENT ON COLUMN wmo.contract_list_match.word IS 'The word: a name or a code.';
COMMENT ON COLUMN wmo.contract_list_match.id IS
  'Key of the party, service or area; null = new to the registry, or fault.';
COMMENT ON COLUMN wmo.contract_list_match.fault IS 'Why it cannot be told what it stands for.';

CREATE FUNCTION wmo.list_parties(list wmo.contract_list_row[]) RETURNS SETOF wmo.contract_list_match
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
    FROM unnest(list_parties.list) r CROSS JOIN LATERAL wmo.list_words(r.subcontractors, '|;') w (word)
  ), word AS MATERIALIZED (
    SELECT w.word, w.buys, wmo.list_name(w.word) AS key
    FROM (SELECT DISTINCT a.word, a.name = 'buyer' AS buys FROM asked a WHERE a.word IS NOT NULL) w
  ), known_name AS MATERIALIZED (
    SELECT wmo.list_name(p.name) AS key, p.id, p.kind FROM wmo.party p
    UNION
    SELECT wmo.list_name(a.name), p.id, p.kind FROM wmo.party_alias a JOIN wmo.party p ON p.id = a.party_id
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
COMMENT ON FUNCTION wmo.list_parties(wmo.contract_list_row[]) IS
  'Which parties a list names: by AGB code or KvK number, else by name or alias, never by likeness.';

CREATE FUNCTION wmo.list_services(list wmo.contract_list_row[], parties wmo.contract_list_match[])
  RETURNS SETOF wmo.contract_list_match
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1000
BEGIN ATOMIC
  WITH asked AS MATERIALIZED (
    SELECT r.line, col.name, w.word, b.id AS buyer_id, nullif(r.first_day, '?')::date AS day,
           count(*) FILTER (WHERE col.name = 'services') OVER (PARTITION BY r.line) AS services_named
    FROM unnest(list_services.list) r
    CROSS JOIN LATERAL (VALUES ('services', r.services), ('products', r.products)) col (name, cell)
    CROSS JOIN LATERAL wmo.list_words(col.cell, ',|;') w (word)
    LEFT JOIN unnest(list_services.parties) b ON b.line = r.line AND b.name = 'buyer'
  ), meaning AS MATERIALIZED (
    SELECT a.*,
           (SELECT ARRAY[sp.service_id] FROM wmo.service_product sp
            WHERE sp.buyer_id = a.buyer_id AND sp.code = a.word
            ORDER BY sp.valid @> a.day DESC, upper(sp.valid) DESC LIMIT 1) AS by_product,
           ARRAY(SELECT s.id FROM wmo.service s
                 WHERE a.name = 'services'
                   AND (wmo.list_key(a.word) IN (wmo.list_key(s.code), wmo.list_key(s.name))
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
                AND a.word !~ '^\S{1,5}$' THEN format('"%s" is no product code: these have 1 to 5 characters', a.word)
              WHEN m.by_product IS NULL AND a.name = 'products' AND a.services_named <> 1
                THEN format('product code "%s" of this buyer is not known; name the one service that it means in the '
                            'column "dienst", or add it to wmo.service_product', a.word)
         END
  FROM asked a JOIN meaning m ON (m.name, m.word) = (a.name, a.word) AND m.buyer_id IS NOT DISTINCT FROM a.buyer_id
    AND m.day IS NOT DISTINCT FROM a.day;
END;
COMMENT ON FUNCTION wmo.list_services(wmo.contract_list_row[], wmo.contract_list_match[]) IS
  'Which services a list names, by code, name, iWmo category, or the product codes of its buyer.';

CREATE FUNCTION wmo.list_area_code(word text) RETURNS wmo.area_code
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT upper((regexp_match(word, '(?:^|\()((?:GM)?[0-9]{4}|WK[0-9]{4}[0-9A-Z]{2}|BU[0-9]{4}[0-9A-Z]{4})\)?$',
         'i'))[1])::wmo.area_code;
END;
COMMENT ON FUNCTION wmo.list_area_code(text) IS
  'The CBS code in a word of a list: GM0014, 0014, or after a name in brackets; null = none.';

CREATE FUNCTION wmo.list_areas(list wmo.contract_list_row[]) RETURNS SETOF wmo.contract_list_match
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1000
BEGIN ATOMIC
  WITH asked AS MATERIALIZED (
    SELECT r.line, col.name, w.word, coalesce(nullif(r.first_day, '?')::date, 'infinity') AS day
    FROM unnest(list_areas.list) r
    CROSS JOIN LATERAL (VALUES ('municipalities', r.municipalities), ('areas', r.areas)) col (name, cell)
    CROSS JOIN LATERAL wmo.list_words(col.cell, ',|;') w (word)
  ), word AS MATERIALIZED (
    SELECT DISTINCT a.name, a.word, a.day, wmo.list_area_code(a.word) AS code FROM asked a
  ), candidate AS (
    SELECT w.name, w.word, w.day, ar.id, ar.valid FROM word w JOIN wmo.area ar ON ar.code OPERATOR(wmo.=) w.code
    UNION ALL
    SELECT w.name, w.word, w.day, ar.id, ar.valid FROM word w
    JOIN wmo.area ar ON wmo.list_name(ar.name) = wmo.list_name(w.word)
    WHERE w.code IS NULL AND (w.name = 'areas' OR ar.kind = 'municipality')
  ), best AS (
    -- as wmo.area_edition: the edition of the first day, else the last before it, else the first after it
    SELECT c.*, rank() OVER (PARTITION BY c.name, c.word, c.day
           ORDER BY c.valid @> c.day DESC, c.valid << daterange(c.day, NULL) DESC,
                               CASE WHEN c.valid << daterange(c.day, NULL) THEN upper(c.valid) END DESC, lower(c.valid))
                                 AS place
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
COMMENT ON FUNCTION wmo.list_areas(wmo.contract_list_row[]) IS
  'Which areas a list names, by code or name, in the edition of the contract''s first day.';

CREATE FUNCTION wmo.iso_length(length interval) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT format('P%sM%sD', (extract(year FROM length) * 12 + extract(month FROM length))::integer,
         extract(day FROM length)::integer);
END;
COMMENT ON FUNCTION wmo.iso_length(interval) IS 'A length of whole months and days as ISO 8601.';

CREATE FUNCTION wmo.listed_period(base wmo.contract_period, first_day text, last_day text, options text, notice text)
  RETURNS wmo.contract_period
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  starts text := coalesce(first_day, wmo.first_day(base)::text, '?');
  ends text := coalesce(last_day, CASE wmo.end_kind(base) WHEN 'open' THEN 'open'
    WHEN 'day' THEN wmo.last_day(base)::text END, '?');
  extends text := coalesce(options,
    (SELECT string_agg('+' || wmo.iso_length(o.length), '' ORDER BY o.option_no) FROM wmo.options(base) o
    WHERE o.state = 'open'), '');
  announced text := coalesce(notice, wmo.iso_length(wmo.extension_notice(base)), '');
BEGIN
  IF ends NOT IN ('?', 'open') AND starts <> '?' AND ends::date < starts::date OR ends = 'open' AND options <> '' THEN
    RETURN NULL;
  END IF;
  RETURN (CASE starts WHEN '?' THEN '(?' ELSE '[' || starts END || ','
    || CASE ends WHEN '?' THEN '?' WHEN 'open' THEN '' ELSE (ends::date + 1)::text END || ')'
    || CASE ends WHEN 'open' THEN '' ELSE extends END
    || CASE announced WHEN '' THEN '' ELSE ' notice ' || announced END)::wmo.contract_period;
END
$$;
COMMENT ON FUNCTION wmo.listed_period(wmo.contract_period, text, text, text, text) IS
  'A period as a list states it: current end and the options still open; what the list leaves out is taken from base. '
  'Null when it would end before it begins, or has options without an end.';

CREATE TYPE wmo.contract_list_contract AS (
  line        integer,
  number      text,
  buyer_id    integer,
  contract_id integer,
  supplier_id integer,
  period      wmo.contract_period,
  signed_on   date,
  fault       text
);
COMMENT ON TYPE wmo.contract_list_contract IS 'A contract as a list states it.';
COMMENT ON COLUMN wmo.contract_list_contract.line IS 'First row of the sheet that names it.';
COMMENT ON COLUMN wmo.contract_list_contract.number IS 'Its number.';
COMMENT ON COLUMN wmo.contract_list_contract.buyer_id IS 'Who bought; null = a party that is new to the registry.';
COMMENT ON COLUMN wmo.contract_list_contract.contract_id IS 'The contract in the registry; null = new.';
COMMENT ON COLUMN wmo.contract_list_contract.supplier_id IS
  'Who delivers, as the contract was agreed; null = not named, or new to the registry.';
COMMENT ON COLUMN wmo.contract_list_contract.period IS 'Its period as it should be agreed.';
COMMENT ON COLUMN wmo.contract_list_contract.signed_on IS 'Day on which both had signed.';
COMMENT ON COLUMN wmo.contract_list_contract.fault IS 'Why it cannot be loaded.';

CREATE FUNCTION wmo.list_contracts(list wmo.contract_list_row[], matches wmo.contract_list_match[])
  RETURNS SETOF wmo.contract_list_contract
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1000
BEGIN ATOMIC
  WITH party AS MATERIALIZED (
    SELECT m.line, m.name, m.id FROM unnest(list_contracts.matches) m WHERE m.name IN ('buyer', 'supplier')
  ), said AS (
    SELECT min(r.line) AS line, min(b.id) AS buyer_id, r.number, min(su.id) AS supplier_id,
           min(r.first_day) AS first_day, min(r.last_day) AS last_day,
           min(r.options) AS options, min(r.notice) AS notice, min(r.signed_on) AS signed_on,
           array_remove(ARRAY[
             CASE WHEN min(coalesce(su.id::text, wmo.list_name(r.supplier)))
               <> max(coalesce(su.id::text, wmo.list_name(r.supplier))) THEN 'aanbieder' END,
             CASE WHEN min(r.first_day) <> max(r.first_day) THEN 'begindatum' END,
             CASE WHEN min(r.last_day) <> max(r.last_day) THEN 'einddatum' END,
             CASE WHEN min(r.options) <> max(r.options) THEN 'opties' END,
             CASE WHEN min(r.notice) <> max(r.notice) THEN 'meldtermijn' END,
             CASE WHEN min(r.signed_on) <> max(r.signed_on) THEN 'ondertekend' END], NULL) AS quarrels
    FROM unnest(list_contracts.list) r
    LEFT JOIN party b ON b.line = r.line AND b.name = 'buyer'
    LEFT JOIN party su ON su.line = r.line AND su.name = 'supplier'
    GROUP BY coalesce(b.id::text, wmo.list_name(r.buyer)), r.number
  ), known AS (
    SELECT s.*, c.id AS contract_id, c.supplier_id AS known_supplier_id, c.period, c.agreed_period,
           c.signed_on AS known_signed_on,
           CASE WHEN c.id IS NOT NULL THEN ARRAY(SELECT ch.to_party_id FROM wmo.contract_change ch
             WHERE ch.contract_id = c.id AND ch.kind = 'transfer') END AS took_over,
           wmo.listed_period(c.period, s.first_day, s.last_day, s.options, s.notice) AS by_current,
           wmo.listed_period(c.agreed_period, s.first_day, s.last_day, s.options, s.notice) AS by_agreed,
           wmo.listed_period(c.period, NULL, NULL, NULL, NULL) AS current_listed,
           wmo.listed_period(c.agreed_period, NULL, NULL, NULL, NULL) AS agreed_listed
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
COMMENT ON FUNCTION wmo.list_contracts(wmo.contract_list_row[], wmo.contract_list_match[]) IS
  'The contracts of a list beside those of the registry. A period agrees when it is what was agreed or what the '
  'ledger has made of it; a recorded life is never overwritten by a list.';

CREATE FUNCTION wmo.list_faults(list wmo.contract_list_row[], matches wmo.contract_list_match[],
  contracts wmo.contract_list_contract[])
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
  GROUP BY n.scheme, n.value HAVING count(DISTINCT wmo.list_name(r.supplier)) > 1;
END;
COMMENT ON FUNCTION wmo.list_faults(wmo.contract_list_row[], wmo.contract_list_match[], wmo.contract_list_contract[]) IS
  'Everything for which a list is refused once its cells are readable.';

CREATE FUNCTION wmo.list_notes(list wmo.contract_list_row[], matches wmo.contract_list_match[],
  contracts wmo.contract_list_contract[])
RETURNS TABLE (line integer, name text, note text)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 10
BEGIN ATOMIC
  SELECT min(m.line), min(m.name),
         format('"%s" is new and is added as a %s%s', min(m.word), CASE WHEN m.name = 'buyer' THEN 'municipality'
           ELSE 'provider' END,
                CASE WHEN m.name = 'buyer' THEN '' ELSE '; make it a consortium in wmo.party if it is one' END)
  FROM unnest(list_notes.matches) m
  WHERE m.id IS NULL AND m.fault IS NULL AND m.name IN ('buyer', 'supplier', 'subcontractors')
  GROUP BY wmo.list_name(m.word), m.name = 'buyer'
  UNION ALL
  SELECT min(m.line), m.name, format('area "%s" is new and is added without a shape: questions by code find it, '
                                     'questions by place say area_without_shape', min(m.word))
  FROM unnest(list_notes.matches) m
  WHERE m.id IS NULL AND m.fault IS NULL AND m.name IN ('municipalities', 'areas')
  GROUP BY m.name, coalesce(wmo.list_area_code(m.word)::text, wmo.list_name(m.word))
  UNION ALL
  SELECT min(m.line), m.name, format('"%s" did not exist on %s: its edition of days %s is taken', m.word, r.first_day,
         a.valid)
  FROM unnest(list_notes.matches) m
  JOIN wmo.area a ON a.id = m.id
  JOIN unnest(list_notes.list) r ON r.line = m.line AND r.first_day <> '?'
  WHERE m.name IN ('municipalities', 'areas') AND NOT a.valid @> r.first_day::date
  GROUP BY m.name, m.word, r.first_day, a.valid
  UNION ALL
  SELECT min(m.line), m.name, format('product code "%s" is recorded as meaning %s', m.word, min(r.services))
  FROM unnest(list_notes.matches) m JOIN unnest(list_notes.list) r ON r.line = m.line
  WHERE m.name = 'products' AND m.id IS NULL AND m.fault IS NULL
  GROUP BY m.name, m.word, wmo.list_name(r.buyer)
  UNION ALL
  SELECT r.line, 'supplier', format('"%s" is known as "%s" by its number', r.supplier, p.name)
  FROM unnest(list_notes.list) r
  JOIN unnest(list_notes.matches) m ON m.line = r.line AND m.name = 'supplier'
  JOIN wmo.party p ON p.id = m.id
  WHERE wmo.list_name(p.name) <> wmo.list_name(r.supplier)
    AND NOT EXISTS (SELECT FROM wmo.party_alias al
      WHERE al.party_id = p.id AND wmo.list_name(al.name) = wmo.list_name(r.supplier))
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
COMMENT ON FUNCTION wmo.list_notes(wmo.contract_list_row[], wmo.contract_list_match[], wmo.contract_list_contract[]) IS
  'What somebody should read before loading a list: what is new, what stays unknown, what was taken for what.';

-- ---- writing --------------------------------------------------------------------------------------------------------

CREATE FUNCTION wmo.add_list_parties(list wmo.contract_list_row[], matches wmo.contract_list_match[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  INSERT INTO wmo.party (name, kind, natural_person)
  SELECT DISTINCT ON (wmo.list_name(m.word), m.name = 'buyer') m.word, CASE m.name
         WHEN 'buyer' THEN 'municipality' ELSE 'provider' END,
         m.name = 'supplier' AND coalesce(r.sole_trader::boolean, false)
  FROM unnest(matches) m JOIN unnest(list) r ON r.line = m.line
  WHERE m.name IN ('buyer', 'supplier', 'subcontractors') AND m.id IS NULL
  ORDER BY wmo.list_name(m.word), m.name = 'buyer', m.name = 'supplier' DESC,
    coalesce(r.sole_trader::boolean, false) DESC, m.line;

  INSERT INTO wmo.area (code, name, kind)
  SELECT DISTINCT ON (coalesce(wmo.list_area_code(m.word)::text, wmo.list_name(m.word)))
         wmo.list_area_code(m.word),
         coalesce(nullif(btrim(regexp_replace(m.word, '\(?((GM)?[0-9]{4}|(WK|BU)[0-9A-Z]{6,8})\)?$', '', 'i')), ''),
           wmo.list_area_code(m.word)::text),
         CASE left(wmo.list_area_code(m.word)::text, 2) WHEN 'GM' THEN 'municipality' WHEN 'WK' THEN 'district'
           WHEN 'BU' THEN 'neighbourhood'
              ELSE CASE m.name WHEN 'municipalities' THEN 'municipality' ELSE 'working_area' END END
  FROM unnest(matches) m
  WHERE m.name IN ('municipalities', 'areas') AND m.id IS NULL
  ORDER BY coalesce(wmo.list_area_code(m.word)::text, wmo.list_name(m.word)), length(m.word) DESC, m.line;
END
$$;
COMMENT ON FUNCTION wmo.add_list_parties(wmo.contract_list_row[], wmo.contract_list_match[]) IS
  'Adds the parties and areas of a list that are new to the registry.';

CREATE FUNCTION wmo.list_tender(tender text, buyer text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT coalesce(tender, format('Percelen van %s (naam van de aanbesteding niet bekend)', buyer));
END;
COMMENT ON FUNCTION wmo.list_tender(text, text) IS
  'The tender of a lot; where the list does not name it, one that says so.';

CREATE FUNCTION wmo.add_list_facts(list wmo.contract_list_row[], matches wmo.contract_list_match[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  INSERT INTO wmo.party_identifier (party_id, scheme, value)
  SELECT DISTINCT m.id, n.scheme, n.value
  FROM unnest(list) r
  JOIN unnest(matches) m ON m.line = r.line AND m.name = 'supplier'
  CROSS JOIN LATERAL (VALUES ('agb', r.agb), ('kvk', r.kvk)) n (scheme, value)
  WHERE n.value IS NOT NULL
    AND NOT EXISTS (SELECT FROM wmo.party_identifier i
      WHERE (i.party_id, i.scheme, i.value) = (m.id, n.scheme, n.value));

  INSERT INTO wmo.service_product (buyer_id, code, service_id)
  SELECT DISTINCT b.id, p.word, s.id
  FROM unnest(matches) p
  JOIN unnest(matches) b ON b.line = p.line AND b.name = 'buyer'
  JOIN unnest(matches) s ON s.line = p.line AND s.name = 'services'
  WHERE p.name = 'products' AND p.id IS NULL;

  WITH named AS (
    SELECT DISTINCT b.id AS buyer_id, wmo.list_tender(r.tender, b.word) AS title
    FROM unnest(list) r JOIN unnest(matches) b ON b.line = r.line AND b.name = 'buyer'
    WHERE coalesce(r.tender, r.lot) IS NOT NULL
  ), missing AS (
    SELECT n.* FROM named n
    WHERE NOT EXISTS (SELECT FROM wmo.tender t JOIN wmo.tender_buyer tb ON tb.tender_id = t.id
                      WHERE tb.buyer_id = n.buyer_id AND wmo.list_name(t.title) = wmo.list_name(n.title))
  ), made AS (
    INSERT INTO wmo.tender (title) SELECT DISTINCT m.title FROM missing m RETURNING id, title
  )
  INSERT INTO wmo.tender_buyer (tender_id, buyer_id) SELECT m.id, n.buyer_id FROM made m
    JOIN missing n ON n.title = m.title;

  INSERT INTO wmo.lot (tender_id, name)
  SELECT DISTINCT t.id, r.lot
  FROM unnest(list) r
  JOIN unnest(matches) b ON b.line = r.line AND b.name = 'buyer'
  JOIN wmo.tender_buyer tb ON tb.buyer_id = b.id
  JOIN wmo.tender t ON t.id = tb.tender_id AND wmo.list_name(t.title) = wmo.list_name(wmo.list_tender(r.tender, b.word))
  WHERE r.lot IS NOT NULL
  ON CONFLICT (tender_id, name) DO NOTHING;
END
$$;
COMMENT ON FUNCTION wmo.add_list_facts(wmo.contract_list_row[], wmo.contract_list_match[]) IS
  'Adds what a list says about parties, products and lots that the registry has not.';

CREATE FUNCTION wmo.write_list_contracts(list wmo.contract_list_row[], matches wmo.contract_list_match[],
  contracts wmo.contract_list_contract[])
RETURNS wmo.contract_list_match[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  changed wmo.contract_list_match[];
BEGIN
  INSERT INTO wmo.contract (number, buyer_id, supplier_id, period, agreed_period, signed_on)
  SELECT c.number, c.buyer_id, c.supplier_id, c.period, c.period, c.signed_on
  FROM unnest(contracts) c WHERE c.contract_id IS NULL;

  WITH wanted AS (
    SELECT c.contract_id, c.line, c.supplier_id, c.period, c.signed_on, concat_ws(', ',
             CASE WHEN c.supplier_id IS DISTINCT FROM k.supplier_id
               THEN format('aanbieder "%s" becomes "%s"', coalesce(old.name, 'niet genoemd'), new.name) END,
             CASE WHEN c.period::text <> k.agreed_period::text
               THEN format('period "%s" becomes "%s"', k.agreed_period, c.period) END,
             CASE WHEN c.signed_on IS DISTINCT FROM k.signed_on
               THEN format('ondertekend %s becomes %s', coalesce(k.signed_on::text, 'onbekend'), c.signed_on) END)
               AS difference
    FROM unnest(contracts) c
    JOIN wmo.contract k ON k.id = c.contract_id
    LEFT JOIN wmo.party old ON old.id = k.supplier_id
    LEFT JOIN wmo.party new ON new.id = c.supplier_id
  ), written AS (
    UPDATE wmo.contract k
    SET supplier_id = w.supplier_id, signed_on = w.signed_on,
        agreed_period = w.period
    FROM wanted w WHERE w.contract_id = k.id AND w.difference <> ''
    RETURNING k.id, w.line, w.difference
  )
  SELECT array_agg((w.line, 'change', w.difference, w.id, NULL)::wmo.contract_list_match) INTO changed FROM written w;
  RETURN coalesce(changed, '{}');
END
$$;
COMMENT ON FUNCTION wmo.write_list_contracts(wmo.contract_list_row[], wmo.contract_list_match[],
  wmo.contract_list_contract[]) IS
  'Adds and corrects the contracts of a list; returns what changed in which contract.';

CREATE FUNCTION wmo.list_scope(service_id integer, area_id integer) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT format('%s in %s', s.code,
         coalesce((SELECT a.name FROM wmo.area a WHERE a.id = list_scope.area_id), 'an area that is not named'))
  FROM wmo.service s WHERE s.id = list_scope.service_id;
END;
COMMENT ON FUNCTION wmo.list_scope(integer, integer) IS 'A service and area in words.';

CREATE FUNCTION wmo.write_list_scopes(list wmo.contract_list_row[], matches wmo.contract_list_match[],
  contracts wmo.contract_list_contract[])
RETURNS wmo.contract_list_match[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  added wmo.contract_list_match[];
  corrected wmo.contract_list_match[];
  hired wmo.contract_list_match[];
BEGIN
  WITH known_lot AS MATERIALIZED (
    SELECT tb.buyer_id, wmo.list_name(t.title) AS title, l.name, min(l.id) AS id
    FROM wmo.lot l JOIN wmo.tender t ON t.id = l.tender_id JOIN wmo.tender_buyer tb ON tb.tender_id = t.id
    GROUP BY 1, 2, 3
  ), wanted AS MATERIALIZED (
    SELECT DISTINCT ON (c.contract_id, s.id, a.id, r.ages) c.contract_id, s.id AS service_id, a.id AS area_id,
           r.ages::int4range AS ages, r.choice, lot.id AS lot_id, r.line
    FROM unnest(list) r
    JOIN unnest(matches) b ON b.line = r.line AND b.name = 'buyer'
    JOIN unnest(contracts) c ON c.number = r.number AND c.buyer_id = b.id
    JOIN unnest(matches) s ON s.line = r.line AND s.name = CASE WHEN r.services IS NOT NULL THEN 'services'
      ELSE 'products' END
    LEFT JOIN unnest(matches) a ON a.line = r.line AND a.name IN ('municipalities', 'areas')
    LEFT JOIN known_lot lot ON lot.name = r.lot AND lot.buyer_id = b.id
      AND lot.title = wmo.list_name(wmo.list_tender(r.tender, b.word))
    ORDER BY c.contract_id, s.id, a.id, r.ages, r.line
  ), counted AS (
    SELECT w.*, count(*) OVER (PARTITION BY w.contract_id, w.service_id, w.area_id) AS rows_said FROM wanted w
  ), known_scope AS MATERIALIZED (
    SELECT s.id, s.contract_id, s.service_id, s.area_id, s.ages,
           count(*) OVER (PARTITION BY s.contract_id, s.service_id) AS of_service,
             count(*) OVER (PARTITION BY s.contract_id, s.service_id, s.area_id) AS of_area
    FROM wmo.contract_scope s WHERE s.contract_id IN (SELECT c.contract_id FROM unnest(contracts) c)
  ), met AS MATERIALIZED (
    -- the one scope that a row speaks of: of the same ages, or the only one there and the only row about it
    SELECT w.*, k.id AS scope_id
    FROM counted w
    LEFT JOIN known_scope k ON k.contract_id = w.contract_id AND k.service_id = w.service_id
      AND (w.area_id IS NULL OR k.area_id = w.area_id)
      AND (w.ages IS NULL OR k.ages = w.ages
        OR (w.rows_said = 1 AND CASE WHEN w.area_id IS NULL THEN k.of_service ELSE k.of_area END = 1))
  ), corrections AS (
    UPDATE wmo.contract_scope s
    SET ages = coalesce(m.ages, s.ages), choice = coalesce(m.choice, s.choice), lot_id = coalesce(m.lot_id, s.lot_id)
    FROM met m
    WHERE s.id = m.scope_id
      AND (coalesce(m.ages, s.ages), coalesce(m.choice, s.choice), coalesce(m.lot_id, s.lot_id))
        IS DISTINCT FROM (s.ages, s.choice, s.lot_id)
    RETURNING s.contract_id, m.line, s.service_id, s.area_id
  ), additions AS (
    INSERT INTO wmo.contract_scope (contract_id, service_id, area_id, ages, choice, lot_id)
    SELECT m.contract_id, m.service_id, m.area_id, coalesce(m.ages, '[0,)'), coalesce(m.choice, 'unknown'), m.lot_id
    FROM met m WHERE m.scope_id IS NULL
    RETURNING contract_id, service_id, area_id
  )
  SELECT (SELECT array_agg((c.line, 'change', format('corrected %s', wmo.list_scope(c.service_id, c.area_id)),
         c.contract_id, NULL)::wmo.contract_list_match) FROM corrections c),
         (SELECT array_agg((0, 'change', format('added %s', wmo.list_scope(a.service_id, a.area_id)), a.contract_id,
           NULL)::wmo.contract_list_match) FROM additions a)
  INTO corrected, added;

  WITH wanted AS (
    -- a subcontractor stands in a row: it works for that row, or for the whole contract when it has but one
    SELECT DISTINCT c.contract_id, sub.id AS party_id, CASE WHEN n.rows > 1 THEN s.id END AS service_id,
           CASE WHEN n.rows > 1 THEN a.id END AS area_id
    FROM unnest(list) r
    JOIN unnest(matches) b ON b.line = r.line AND b.name = 'buyer'
    JOIN unnest(contracts) c ON c.number = r.number AND c.buyer_id = b.id
    JOIN (SELECT o.number, wmo.list_name(o.buyer) AS buyer, count(*) AS rows FROM unnest(list) o
      GROUP BY 1, 2) n ON n.number = r.number AND n.buyer = wmo.list_name(r.buyer)
    JOIN unnest(matches) sub ON sub.line = r.line AND sub.name = 'subcontractors'
    LEFT JOIN unnest(matches) s ON s.line = r.line AND s.name = CASE WHEN r.services IS NOT NULL THEN 'services'
      ELSE 'products' END
    LEFT JOIN unnest(matches) a ON a.line = r.line AND a.name IN ('municipalities', 'areas')
  ), additions AS (
    INSERT INTO wmo.subcontract (contract_id, party_id, service_id, area_id)
    SELECT w.contract_id, w.party_id, w.service_id, w.area_id FROM wanted w
    WHERE NOT EXISTS (SELECT FROM wmo.subcontract k WHERE k.contract_id = w.contract_id AND k.party_id = w.party_id
                      AND (k.service_id IS NULL OR k.service_id = w.service_id OR w.service_id IS NULL)
                      AND (k.area_id IS NULL OR k.area_id = w.area_id OR w.area_id IS NULL))
    RETURNING contract_id, party_id
  )
  SELECT array_agg((0, 'change',
         format('added subcontractor "%s"', (SELECT p.name FROM wmo.party p WHERE p.id = a.party_id)), a.contract_id,
         NULL)::wmo.contract_list_match)
  INTO hired FROM additions a;
  RETURN coalesce(corrected, '{}') || coalesce(added, '{}') || coalesce(hired, '{}');
END
$$;
COMMENT ON FUNCTION wmo.write_list_scopes(wmo.contract_list_row[], wmo.contract_list_match[],
  wmo.contract_list_contract[]) IS
  'Adds and corrects the scopes and subcontractors of a list, and removes none; returns what changed in which '
  'contract.';

CREATE FUNCTION wmo.list_conflicts(contracts wmo.contract_list_contract[]) RETURNS SETOF wmo.contract_list_finding
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1
BEGIN ATOMIC
  SELECT DISTINCT ON (c.line, c.number, other.number, s.code) c.line, c.number, NULL::text, 'refused',
         format('contract "%s" is already the main provider of "%s" %s on some of the same days', other.number, s.code,
                wmo.claims_meet(mine.id, theirs.id, conflict.by_what))
  FROM unnest(list_conflicts.contracts) c
  JOIN wmo.exclusive_claim mine ON mine.contract_id = c.contract_id
  CROSS JOIN LATERAL wmo.claim_conflicts(mine.id) conflict
  JOIN wmo.exclusive_claim theirs ON theirs.id = conflict.other_id
  JOIN wmo.contract other ON other.id = theirs.contract_id
  JOIN wmo.service s ON s.id = mine.service_id
  ORDER BY c.line, c.number, other.number, s.code, conflict.by_what, mine.area_id, theirs.area_id;
END;
COMMENT ON FUNCTION wmo.list_conflicts(wmo.contract_list_contract[]) IS
  'The contracts of a list that would be a second main provider.';

-- The planner does not know how long an array is: it must not take the rows of a list for a handful.
CREATE FUNCTION wmo.load_contract_list(list regclass, dry_run boolean DEFAULT false, buyer text DEFAULT NULL)
RETURNS SETOF wmo.contract_list_finding
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET jit = off SET enable_nestloop = off
AS $$
DECLARE
  headers jsonb := (SELECT jsonb_object_agg(h.name, h.header) FROM wmo.list_headers(list) h WHERE h.name IS NOT NULL);
  findings wmo.contract_list_finding[] := ARRAY(SELECT f FROM wmo.list_header_faults(list, buyer) f
    ORDER BY f.outcome DESC, f.cell);
  said wmo.contract_list_row[];
  matches wmo.contract_list_match[];
  contracts wmo.contract_list_contract[];
  known wmo.contract_list_contract[];
  changes wmo.contract_list_match[];
  failure text;
  detail text;
BEGIN
  IF EXISTS (SELECT FROM unnest(findings) f WHERE f.outcome = 'refused') THEN
    RETURN QUERY SELECT f.* FROM unnest(findings) f;
    RETURN;
  END IF;

  WITH cell AS MATERIALIZED (SELECT c.* FROM wmo.list_cells(list) c)
  SELECT ARRAY(SELECT jsonb_populate_record(NULL::wmo.contract_list_row,
                        jsonb_build_object('line', c.line, 'buyer', buyer) || jsonb_object_agg(c.name, c.said))
               FROM cell c GROUP BY c.line ORDER BY c.line),
         findings || ARRAY(SELECT (c.line, (SELECT n.said FROM cell n WHERE n.line = c.line AND n.name = 'number'),
           c.header, 'refused', c.fault)::wmo.contract_list_finding
                           FROM cell c WHERE c.fault IS NOT NULL ORDER BY c.line, c.header)
  INTO said, findings;

  -- what cannot be read says nothing, so the rest of the list is judged as well
  matches := ARRAY(SELECT m FROM wmo.list_parties(said) m);
  matches := matches || ARRAY(SELECT m FROM wmo.list_services(said, matches) m)
    || ARRAY(SELECT m FROM wmo.list_areas(said) m);
  known := ARRAY(SELECT c FROM wmo.list_contracts(said, matches) c);
  findings := findings || ARRAY(
    SELECT (f.line, (SELECT r.number FROM unnest(said) r WHERE r.line = f.line), coalesce(headers ->> f.name, f.name),
           'refused', f.fault)::wmo.contract_list_finding
    FROM wmo.list_faults(said, matches, known) f ORDER BY f.line, f.name);
  IF NOT EXISTS (SELECT FROM unnest(findings) f WHERE f.outcome = 'refused') THEN
    findings := findings || ARRAY(
      SELECT (n.line, (SELECT r.number FROM unnest(said) r WHERE r.line = n.line), coalesce(headers ->> n.name, n.name),
             'noted', n.note)::wmo.contract_list_finding
      FROM wmo.list_notes(said, matches, known) n ORDER BY n.line, n.name, n.note);
    BEGIN
      PERFORM wmo.add_list_parties(said, matches);
      matches := ARRAY(SELECT m FROM wmo.list_parties(said) m);
      matches := matches || ARRAY(SELECT m FROM wmo.list_services(said, matches) m)
        || ARRAY(SELECT m FROM wmo.list_areas(said) m);
      PERFORM wmo.add_list_facts(said, matches);
      matches := ARRAY(SELECT m FROM unnest(matches) m WHERE m.name <> 'services' AND m.name <> 'products')
        || ARRAY(SELECT m FROM wmo.list_services(said, matches) m);
      changes := wmo.write_list_contracts(said, matches, ARRAY(SELECT c FROM wmo.list_contracts(said, matches) c));
      contracts := ARRAY(SELECT c FROM wmo.list_contracts(said, matches) c);
      changes := changes || wmo.write_list_scopes(said, matches, contracts);
      findings := findings
        || ARRAY(SELECT f FROM wmo.list_conflicts(contracts) f)
        || ARRAY(SELECT (c.line, c.number, NULL, CASE WHEN k.contract_id IS NULL THEN 'added'
          WHEN ch.changes IS NULL THEN 'unchanged' ELSE 'changed' END, ch.changes)::wmo.contract_list_finding
                 FROM unnest(contracts) c
                 JOIN unnest(known) k ON k.line = c.line
                 LEFT JOIN (SELECT ch.id, string_agg(DISTINCT ch.word, ', ') AS changes FROM unnest(changes) ch
                   GROUP BY ch.id) ch ON ch.id = c.contract_id
                 ORDER BY c.line);
      IF dry_run OR EXISTS (SELECT FROM unnest(findings) f WHERE f.outcome = 'refused') THEN
        RAISE EXCEPTION USING ERRCODE = 'WMO00', MESSAGE = 'the list is only looked at';
      END IF;
    EXCEPTION
      WHEN SQLSTATE 'WMO00' THEN
        NULL;
      WHEN integrity_constraint_violation THEN
        GET STACKED DIAGNOSTICS failure = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
        findings := findings || (NULL, NULL, NULL, 'refused',
          concat_ws('; ', failure, nullif(detail, '')))::wmo.contract_list_finding;
    END;
  END IF;
  -- a list that is refused adds nothing
  RETURN QUERY SELECT f.* FROM unnest(findings) f
    WHERE f.outcome IN ('refused', 'noted') OR NOT EXISTS (SELECT FROM unnest(findings) r WHERE r.outcome = 'refused');
END
$$;
COMMENT ON FUNCTION wmo.load_contract_list(regclass, boolean, text) IS
  'Loads a flat list of contracts (columns of wmo.contract_list_column, all text; an integer column "line" gives the '
  'row of the sheet) into the registry: all of it or nothing. It adds and corrects and never removes; a list that was '
  'loaded changes nothing. dry_run => true only says what would happen. buyer: for a list without a column for it.';
