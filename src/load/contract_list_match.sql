-- contract_list_match: the second step; what the words of a list mean in this registry, and what is wrong with them.
-- Relies on contract_list (the cells), service_synonym and the registry; writes nothing.

CREATE TYPE wmo_works.contract_list_match AS (
  line  integer,
  name  text,
  word  text,
  id    integer,
  fault text,
  code  text
);
COMMENT ON TYPE wmo_works.contract_list_match IS 'A word of a list and what it stands for.';
COMMENT ON COLUMN wmo_works.contract_list_match.line IS 'Row of the sheet.';
COMMENT ON COLUMN wmo_works.contract_list_match.name IS 'Column of wmo.contract_list_column.';
COMMENT ON COLUMN wmo_works.contract_list_match.word IS 'The word: a name or a code.';
COMMENT ON COLUMN wmo_works.contract_list_match.id IS
  'Key of the party, service or area; null = new to the registry, or fault.';
COMMENT ON COLUMN wmo_works.contract_list_match.fault IS 'Why it cannot be told what it stands for.';
COMMENT ON COLUMN wmo_works.contract_list_match.code IS 'The CBS code of an area; null where it has none.';

CREATE FUNCTION wmo_works.names_within(word text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 2
BEGIN ATOMIC
  SELECT p FROM regexp_split_to_table(names_within.word,
                                      '[[:space:]]*[;|/&+,][[:space:]]*|[[:space:]]+en[[:space:]]+', 'i') p
  WHERE p <> names_within.word;
END;
COMMENT ON FUNCTION wmo_works.names_within(text) IS
  'The names in a cell, if it names several: parted by en, by a comma or another mark. No rows where it cannot.';

CREATE FUNCTION wmo_works.name_beside_remark(word text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 2
BEGIN ATOMIC
  SELECT btrim(p)
  FROM regexp_split_to_table(name_beside_remark.word, '[():!?*]|[[:space:]]-[[:space:]]|[[:space:]]+i[.]?o[.]?$') p
  WHERE btrim(p) NOT IN ('', name_beside_remark.word);
END;
COMMENT ON FUNCTION wmo_works.name_beside_remark(text) IS
  'What may be a name in a cell that says more: beside brackets, a colon or a dash. No rows where there is no such '
  'mark.';

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
  ), unnamed AS MATERIALIZED (
    SELECT d.name, d.word, wmo_works.unnamed_fault(d.name, d.word) AS fault
    FROM (SELECT DISTINCT a.name, a.word FROM asked a WHERE a.word IS NOT NULL) d
  ), by_name AS MATERIALIZED (
    SELECT w.word, w.buys, array_agg(DISTINCT k.id) AS ids
    FROM word w JOIN known_name k ON k.key = w.key
    WHERE k.kind IN (CASE WHEN w.buys THEN 'municipality' ELSE 'provider' END, 'consortium') GROUP BY w.word, w.buys
  ), several AS MATERIALIZED (
    -- one name or two: nobody can tell of "A en B" but who knows A
    SELECT DISTINCT w.word, w.buys
    FROM word w CROSS JOIN LATERAL wmo_works.names_within(w.word) n
    JOIN known_name k ON k.key = wmo_works.list_name(n)
      AND k.kind IN (CASE WHEN w.buys THEN 'municipality' ELSE 'provider' END, 'consortium')
  ), remarked AS MATERIALIZED (
    -- of the registry or of the list itself: Zorg A (niet getekend) may be Zorg A and may be another
    SELECT w.word, w.buys, min(n) AS name
    FROM word w CROSS JOIN LATERAL wmo_works.name_beside_remark(w.word) n
    WHERE wmo_works.list_name(n) IN (SELECT k.key FROM known_name k UNION ALL SELECT o.key FROM word o)
    GROUP BY w.word, w.buys
  ), by_number AS MATERIALIZED (
    SELECT a.agb, a.kvk, a.first_day, array_agg(DISTINCT i.party_id) AS ids
    FROM (SELECT DISTINCT n.agb, n.kvk, n.first_day FROM asked n WHERE coalesce(n.agb, n.kvk) IS NOT NULL) a
    CROSS JOIN LATERAL (VALUES ('agb', a.agb), ('kvk', a.kvk)) v (scheme, value)
    JOIN wmo.party_identifier i ON i.scheme = v.scheme AND i.value = v.value
    WHERE i.valid @> coalesce(nullif(a.first_day, '?')::date, 'infinity') GROUP BY a.agb, a.kvk, a.first_day
  ), meant AS (
    SELECT a.line, a.name, a.word, a.agb, a.kvk, coalesce(i.ids, '{}') AS by_number, coalesce(n.ids, '{}') AS by_name,
           u.fault AS unnamed,
           EXISTS (SELECT FROM several s WHERE s.word = a.word AND s.buys = (a.name = 'buyer')) AS names_several,
           (SELECT k.name FROM remarked k WHERE k.word = a.word AND k.buys = (a.name = 'buyer')) AS beside
    FROM asked a
    LEFT JOIN by_name n ON n.word = a.word AND n.buys = (a.name = 'buyer')
    LEFT JOIN unnamed u ON u.word = a.word AND u.name = a.name
    LEFT JOIN by_number i
      ON concat_ws(' ', i.agb, '/', i.kvk, i.first_day) = concat_ws(' ', a.agb, '/', a.kvk, a.first_day)
  )
  SELECT m.line, m.name, m.word,
         CASE WHEN cardinality(m.by_number) = 1
                   AND (m.word IS NULL OR m.by_name = '{}' OR m.by_number[1] = ANY (m.by_name)) THEN m.by_number[1]
              WHEN m.by_number = '{}' AND cardinality(m.by_name) = 1 THEN m.by_name[1] END,
         CASE WHEN cardinality(m.by_number) > 1
                THEN wmo_works.words('AGB code %1 and KvK number %2 belong to two different parties', m.agb, m.kvk)
              WHEN m.by_number <> '{}' AND m.word IS NOT NULL AND m.by_name <> '{}'
                   AND m.by_number[1] <> ALL (m.by_name)
                THEN wmo_works.words('the number belongs to "%1", which is not the "%2" of the registry',
                                     (SELECT p.name FROM wmo.party p WHERE p.id = m.by_number[1]), m.word)
              WHEN m.by_number = '{}' AND cardinality(m.by_name) > 1
                THEN wmo_works.words('"%1" is the name of %2 parties; give the AGB code or the KvK number', m.word,
                                     cardinality(m.by_name)::text)
              WHEN m.by_number = '{}' AND m.word IS NULL
                THEN wmo_works.words('the number %1 is not known; give the name of the provider as well',
                                     coalesce(m.agb, m.kvk))
              WHEN m.by_number = '{}' AND m.by_name = '{}' AND m.unnamed IS NOT NULL THEN m.unnamed
              WHEN m.by_number = '{}' AND m.by_name = '{}' AND m.names_several
                THEN wmo_works.words('"%1" seems to name several; give a contract one of them, or add the name to '
                                     'wmo.party: as a consortium if they work as one', m.word)
              WHEN m.by_number = '{}' AND m.by_name = '{}' AND m.beside IS NOT NULL
                THEN wmo_works.words('"%1" may be "%2" with a remark; write the name alone, or add the whole to '
                                     'wmo.party if it is another', m.word, m.beside) END, NULL::text
  FROM meant m;
END;
COMMENT ON FUNCTION wmo_works.list_parties(wmo_works.contract_list_row[]) IS
  'Which parties a list names: by AGB code or KvK number, else by name or alias, never by likeness. A name that is not '
  'known, and a part of it is, is asked about; so is what is no name.';

CREATE FUNCTION wmo_works.service_word_fault(word text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 1000
BEGIN ATOMIC
  SELECT CASE WHEN s.code IS NOT NULL
         THEN wmo_works.words('"%1" is not a known service; it looks like category 0%2 (%3) without its zero: write '
                              '0%4', word,
                              word, s.code, word)
         ELSE concat(
           wmo_works.words('"%1" is not a known service', word),
           wmo_works.clause('; near are: %1', wmo_works.nearest_words(word, ARRAY(
             SELECT k.code FROM wmo.service k UNION SELECT y.word FROM wmo.service_synonym y))),
           wmo_works.words('; codes and names stand in wmo.service, other words for them go into '
                           'wmo.service_synonym_own')) END
  FROM (VALUES (true)) one (here)
  LEFT JOIN wmo.service s ON s.iwmo_category = '0' || service_word_fault.word AND s.parent_id IS NULL AND s.shipped;
END;
COMMENT ON FUNCTION wmo_works.service_word_fault(text) IS
  'What is said of a word that is no service, with what is near.';

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
  ), known AS MATERIALIZED (
    SELECT wmo_works.list_key(n.word) AS key, s.id
    FROM wmo.service s CROSS JOIN LATERAL (VALUES (s.code), (s.name)) n (word)
    UNION
    SELECT wmo_works.list_key(y.word), y.service_id FROM wmo.service_synonym y
    UNION
    SELECT s.iwmo_category, s.id FROM wmo.service s WHERE s.iwmo_category IS NOT NULL AND s.parent_id IS NULL
  ), unnamed AS MATERIALIZED (
    SELECT d.name, d.word, wmo_works.unnamed_fault(d.name, d.word) AS fault
    FROM (SELECT DISTINCT a.name, a.word FROM asked a) d
  ), by_word AS MATERIALIZED (
    SELECT w.word, array_agg(DISTINCT k.id) AS ids
    FROM (SELECT DISTINCT a.word FROM asked a WHERE a.name = 'services') w
    JOIN known k ON k.key = wmo_works.list_key(w.word)
    GROUP BY w.word
  ), by_product AS MATERIALIZED (
    SELECT DISTINCT ON (a.word, a.buyer_id, a.day) a.word, a.buyer_id, a.day, sp.service_id
    FROM (SELECT DISTINCT asked.word, asked.buyer_id, asked.day FROM asked) a
    JOIN wmo.service_product sp ON sp.buyer_id = a.buyer_id AND sp.code = a.word
    ORDER BY a.word, a.buyer_id, a.day, sp.valid @> a.day DESC, upper(sp.valid) DESC
  )
  SELECT a.line, a.name, a.word, coalesce(w.ids[1], p.service_id),
         CASE WHEN a.name = 'services' AND u.fault IS NOT NULL THEN u.fault
              WHEN cardinality(w.ids) > 1
                THEN wmo_works.words('"%1" is the name of several services; use a code of wmo.service', a.word)
              WHEN w.ids IS NULL AND p.service_id IS NULL AND a.name = 'services'
                THEN wmo_works.service_word_fault(a.word)
              WHEN p.service_id IS NULL AND a.name = 'products' AND u.fault IS NOT NULL THEN u.fault
              WHEN p.service_id IS NULL AND a.name = 'products' AND a.word !~ '^[^[:space:]]{1,5}$'
                THEN wmo_works.words('"%1" is no product code: these have 1 to 5 characters', a.word)
              WHEN p.service_id IS NULL AND a.name = 'products' AND a.word ~ '^[1-9][A-Za-z][0-9]{2}$'
                THEN wmo_works.words('"%1" looks like product code 0%2 without its zero; write that or, if it is the '
                                     'code of '
                                     'this buyer, add it to wmo.service_product', a.word, a.word)
              WHEN p.service_id IS NULL AND a.name = 'products' AND a.services_named <> 1
                THEN wmo_works.words('product code "%1" of this buyer is not known; name the one service that it means '
                                     'in the '
                                     'column "dienst", or add it to wmo.service_product', a.word)
         END, NULL::text
  FROM asked a
  LEFT JOIN by_word w ON w.word = a.word AND a.name = 'services'
  LEFT JOIN unnamed u ON u.word = a.word AND u.name = a.name
  LEFT JOIN by_product p
    ON concat_ws(' ', p.buyer_id, '/', p.day, '/', p.word) = concat_ws(' ', a.buyer_id, '/', a.day, '/', a.word);
END;
COMMENT ON FUNCTION wmo_works.list_services(wmo_works.contract_list_row[], wmo_works.contract_list_match[]) IS
  'Which services a list names, by code, name, synonym, iWmo category, or the product codes of its buyer.';
