-- contract_list_area: still the second step; which areas a list names.
-- Relies on contract_list_match (what a match is), area and municipality; writes nothing.
--
-- A municipality is known by its code, and its name on the contract's first day is that code: rows under the one and
-- under the other are one area, and so are boundaries that are loaded later. Other areas have the names that the
-- registry has for them.

CREATE FUNCTION wmo_works.list_area_code(word text) RETURNS wmo.area_code
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT upper((regexp_match(word, '(?:^|[(])((?:GM)?[0-9]{4}|WK[0-9]{4}[0-9A-Z]{2}|BU[0-9]{4}[0-9A-Z]{4})[)]?$',
         'i'))[1])::wmo.area_code;
END;
COMMENT ON FUNCTION wmo_works.list_area_code(text) IS
  'The CBS code in a word of a list: GM0014, 0014, or after a name in brackets; null = none.';

CREATE FUNCTION wmo_works.list_area_name(word text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT nullif(btrim(regexp_replace(
    word, '(^|[(])((GM)?[0-9]{4}|WK[0-9]{4}[0-9A-Z]{2}|BU[0-9]{4}[0-9A-Z]{4})[)]?$', '', 'i')), '');
END;
COMMENT ON FUNCTION wmo_works.list_area_name(text) IS
  'A word of a list without the CBS code in it; null = only a code.';

CREATE FUNCTION wmo_works.list_area_parts(cell text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 2
BEGIN ATOMIC
  -- the one municipality that has a comma in its name
  SELECT w.word
  FROM wmo_works.list_words(regexp_replace(cell, 'nuenen,[[:space:]]*gerwen en nederwetten',
                                           'Nuenen Gerwen en Nederwetten', 'gi'), ',|;') w (word);
END;
COMMENT ON FUNCTION wmo_works.list_area_parts(text) IS 'The areas in a cell that names several, each once.';

CREATE TYPE wmo_works.code_day AS (code text, day date);
COMMENT ON TYPE wmo_works.code_day IS 'A code and a day on which it is meant.';

CREATE FUNCTION wmo_works.code_eras(codes wmo_works.code_day[]) RETURNS TABLE (code text, day date, era daterange)
LANGUAGE sql STABLE PARALLEL SAFE COST 5000 ROWS 1000
BEGIN ATOMIC
  WITH era AS MATERIALIZED (
    SELECT e.code, e.days FROM wmo_works.municipality_era e
  ), asked AS MATERIALIZED (
    SELECT c.code, c.day, wmo.municipality(c.code::wmo.area_code)::text AS municipality FROM unnest(code_eras.codes) c
  )
  SELECT DISTINCT ON (a.code, a.day) a.code, a.day, coalesce(e.days, '(,)')
  FROM asked a LEFT JOIN era e ON e.code = a.municipality
  ORDER BY a.code, a.day, wmo_works.edition_order(e.days, a.day);
END;
COMMENT ON FUNCTION wmo_works.code_eras(wmo_works.code_day[]) IS
  'wmo_works.code_era of many codes and days at once.';

CREATE FUNCTION wmo_works.list_area_words(list wmo_works.contract_list_row[])
RETURNS TABLE (name text, word text, day date, code text, codes text[], era daterange)
LANGUAGE sql STABLE PARALLEL SAFE COST 5000 ROWS 1000
BEGIN ATOMIC
  WITH asked AS MATERIALIZED (
    SELECT DISTINCT col.name, w.word, coalesce(nullif(r.first_day, '?')::date, 'infinity') AS day
    FROM unnest(list_area_words.list) r
    CROSS JOIN LATERAL (VALUES ('municipalities', r.municipalities), ('areas', r.areas)) col (name, cell)
    CROSS JOIN LATERAL wmo_works.list_area_parts(col.cell) w (word)
  ), spelled AS MATERIALIZED (
    SELECT a.*, wmo_works.list_area_code(a.word)::text AS said,
           wmo_works.municipality_key(wmo_works.list_area_name(a.word)) AS key
    FROM asked a
  ), told AS (
    SELECT s.name, s.word, s.day, m.code::text AS code,
           rank() OVER (PARTITION BY s.name, s.word, s.day ORDER BY wmo_works.edition_order(m.valid, s.day)) AS place
    FROM spelled s JOIN wmo_works.municipality_names() m ON m.key = s.key
    WHERE s.name = 'municipalities'
  ), meant AS (
    SELECT t.name, t.word, t.day, array_agg(DISTINCT t.code) AS codes FROM told t WHERE t.place = 1 GROUP BY 1, 2, 3
  ), coded AS MATERIALIZED (
    SELECT s.name, s.word, s.day, coalesce(m.codes, '{}') AS codes,
           coalesce(s.said, CASE WHEN cardinality(m.codes) = 1 THEN m.codes[1] END) AS code
    FROM spelled s LEFT JOIN meant m ON (m.name, m.word, m.day) = (s.name, s.word, s.day)
  )
  SELECT c.name, c.word, c.day, c.code, c.codes, e.era
  FROM coded c
  LEFT JOIN wmo_works.code_eras(ARRAY(
    SELECT DISTINCT (k.code, k.day)::wmo_works.code_day FROM coded k WHERE k.code IS NOT NULL)) e
    ON (e.code, e.day) = (c.code, c.day);
END;
COMMENT ON FUNCTION wmo_works.list_area_words(wmo_works.contract_list_row[]) IS
  'The words by which a list names areas, each with the code in it or, of a municipality, the code that goes by its '
  'name on the first day of the contract; codes: all that go by its name; era: the days on which its municipality had '
  'the territory of that day.';

CREATE FUNCTION wmo_works.list_areas(list wmo_works.contract_list_row[]) RETURNS SETOF wmo_works.contract_list_match
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1000
BEGIN ATOMIC
  WITH asked AS MATERIALIZED (
    SELECT r.line, col.name, w.word, coalesce(nullif(r.first_day, '?')::date, 'infinity') AS day
    FROM unnest(list_areas.list) r
    CROSS JOIN LATERAL (VALUES ('municipalities', r.municipalities), ('areas', r.areas)) col (name, cell)
    CROSS JOIN LATERAL wmo_works.list_area_parts(col.cell) w (word)
  ), word AS MATERIALIZED (
    SELECT w.* FROM wmo_works.list_area_words(list_areas.list) w
  ), named AS MATERIALIZED (
    -- areas without a code that bear a name of a municipality: lists of before this was told apart have them
    SELECT ar.id, ar.valid, m.code::text AS code
    FROM wmo.area ar JOIN wmo_works.municipality_names() m ON m.key = wmo_works.municipality_key(ar.name)
    WHERE ar.kind = 'municipality' AND ar.code IS NULL
  ), candidate AS (
    -- of the territory that the code meant on that day, not of a larger one that it means later
    SELECT w.name, w.word, w.day, ar.id, ar.valid, 1 AS turn
    FROM word w JOIN wmo.area ar ON ar.code::text = w.code AND ar.valid && w.era
    UNION ALL
    SELECT w.name, w.word, w.day, n.id, n.valid, 2 FROM word w JOIN named n ON n.code = w.code
    UNION ALL
    SELECT w.name, w.word, w.day, ar.id, ar.valid, 3 FROM word w
    JOIN wmo.area ar ON wmo_works.list_name(ar.name) = wmo_works.list_name(w.word)
    WHERE w.code IS NULL AND w.codes = '{}' AND (w.name = 'areas' OR ar.kind = 'municipality')
  ), best AS (
    SELECT c.*, rank() OVER (PARTITION BY c.name, c.word, c.day
                             ORDER BY c.turn, wmo_works.edition_order(c.valid, c.day)) AS place
    FROM candidate c
  ), chosen AS (
    SELECT b.name, b.word, b.day, array_agg(DISTINCT b.id) AS ids FROM best b WHERE b.place = 1
    GROUP BY b.name, b.word, b.day
  ), judged AS MATERIALIZED (
    SELECT w.name, w.word, w.day, w.code, c.ids[1] AS id,
           CASE WHEN wmo_works.no_name(w.word) = 'doubt'
                     AND NOT EXISTS (SELECT FROM wmo.area ar
                                     WHERE wmo_works.list_name(ar.name) = wmo_works.list_name(w.word))
                  THEN wmo_works.unnamed_fault(w.name, w.word)
                WHEN w.codes <> '{}' AND w.code ~ '^GM' AND w.code <> ALL (w.codes)
                  THEN wmo_works.words('"%1" names two municipalities: the code of %2 is %3', w.word,
                                       wmo_works.list_area_name(w.word),
                                       array_to_string(w.codes, wmo_works.words(' or ')))
                WHEN w.code IS NULL AND w.name = 'municipalities' AND w.word ~ '^[0-9]{1,3}$'
                  THEN wmo_works.words('"%1" looks like the code GM%2%3 without its zeros; write all four digits',
                                       w.word,
                                       lpad(w.word, 4, '0'),
                                       (SELECT ' (' || m.name || ')' FROM wmo.municipality m
                                        WHERE m.code::text = 'GM' || lpad(w.word, 4, '0')))
                WHEN w.code IS NULL AND w.name = 'municipalities' AND (w.codes <> '{}' OR c.ids IS NULL)
                  THEN wmo_works.municipality_fault(w.word, w.day, w.codes)
                WHEN c.ids IS NULL AND w.code ~ '^GM'
                     AND NOT EXISTS (SELECT FROM wmo.municipality m WHERE m.code::text = w.code)
                  THEN wmo_works.words('%1 is not known as a code of a municipality; correct it, or add it to '
                                       'wmo.municipality_own', w.code)
                WHEN c.ids IS NULL AND w.code IS NULL AND wmo_works.unnamed_fault(w.name, w.word) IS NOT NULL
                  THEN wmo_works.unnamed_fault(w.name, w.word)
                WHEN cardinality(c.ids) > 1
                  THEN wmo_works.words('"%1" is the name of several areas (%2); use a code, or make them one with '
                                       'wmo.merge_areas', w.word,
                                       (SELECT string_agg(wmo_works.words('%1, days %2',
                                   coalesce(ar.code::text, wmo_works.words('%1 without code', ar.kind)),
                                   wmo_works.iso_days(ar.valid)), '; ' ORDER BY ar.id)
                               FROM wmo.area ar WHERE ar.id = ANY (c.ids))) END AS fault
    FROM word w LEFT JOIN chosen c ON (c.name, c.word, c.day) = (w.name, w.word, w.day)
  )
  SELECT a.line, j.name, j.word, CASE WHEN j.fault IS NULL THEN j.id END, j.fault, j.code
  FROM asked a JOIN judged j ON (j.name, j.word, j.day) = (a.name, a.word, a.day);
END;
COMMENT ON FUNCTION wmo_works.list_areas(wmo_works.contract_list_row[]) IS
  'Which areas a list names, by code or name, in the edition of the contract''s first day. A name of two areas that '
  'exist on that day is refused, and so is a municipality that is not known, and a word that names no area.';

CREATE FUNCTION wmo_works.lies_in(area_id integer, code text, whole_id integer, whole_code text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
  SELECT wmo.contains(lies_in.whole_code::wmo.area_code, lies_in.code::wmo.area_code) IS TRUE
    OR EXISTS (
      SELECT FROM wmo.area_with_wholes(lies_in.area_id) w JOIN wmo.area a ON a.id = w.whole_id
      WHERE NOT w.inferred
        AND (a.id = lies_in.whole_id OR wmo.contains(lies_in.whole_code::wmo.area_code, a.code)))
    OR EXISTS (
      SELECT FROM wmo.area a JOIN wmo.area w ON w.id = lies_in.whole_id
      WHERE a.id = lies_in.area_id AND wmo_works.is_boundary(a.geom_basis, a.source_id)
        AND wmo_works.is_boundary(w.geom_basis, w.source_id)
        AND wmo_works.ground_of(ST_Difference(a.geom, w.geom)) IS NULL);
END;
COMMENT ON FUNCTION wmo_works.lies_in(integer, text, integer, text) IS
  'Can it be told that an area, by its key and its code, lies in another: by the codes, because it is recorded as a '
  'part, or by their boundaries? What is inferred or drawn tells nothing.';

CREATE FUNCTION wmo_works.narrowed_areas(areas wmo_works.contract_list_match[])
RETURNS SETOF wmo_works.contract_list_match
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 1000 SET enable_nestloop = off
BEGIN ATOMIC
  WITH said AS MATERIALIZED (
    SELECT a.*, bool_or(a.name = 'areas') OVER w AND bool_or(a.name = 'municipalities') OVER w
                AND bool_and(a.fault IS NULL) OVER w AS both_told
    FROM unnest(narrowed_areas.areas) a WINDOW w AS (PARTITION BY a.line)
  ), pair AS MATERIALIZED (
    SELECT p.line, p.word, m.word AS whole, p.id, p.code, m.id AS whole_id, m.code AS whole_code
    FROM said p JOIN said m ON m.line = p.line AND m.name = 'municipalities'
    WHERE p.both_told AND p.name = 'areas'
  ), lies AS MATERIALIZED (
    SELECT d.*, wmo_works.lies_in(d.id, d.code, d.whole_id, d.whole_code) AS within
    FROM (SELECT DISTINCT p.id, p.code, p.whole_id, p.whole_code FROM pair p) d
  ), told AS MATERIALIZED (
    SELECT p.*, l.within
    FROM pair p JOIN lies l ON concat_ws(' ', l.id, '/', l.code, '/', l.whole_id, '/', l.whole_code)
                             = concat_ws(' ', p.id, '/', p.code, '/', p.whole_id, '/', p.whole_code)
  ), part AS (
    SELECT t.line, t.word, bool_or(t.within) AS within, string_agg(t.whole, ', ' ORDER BY t.whole) AS others
    FROM told t GROUP BY t.line, t.word
  ), whole AS (
    SELECT t.line, t.whole, bool_or(t.within) AS within, string_agg(t.word, ', ' ORDER BY t.word) AS others
    FROM told t GROUP BY t.line, t.whole
  )
  SELECT s.line, CASE WHEN s.name = 'municipalities' AND s.both_told AND w.within THEN 'narrowed' ELSE s.name END,
         s.word, s.id,
         CASE WHEN NOT p.within
                THEN wmo_works.words('"%1" cannot be told to lie in %2, which the same row names: leave out the one '
                                     'that is not meant, give each a row of its own where both are, or write the code '
                                     'of the area (WK or BU)', s.word, p.others)
              WHEN NOT w.within AND (SELECT bool_and(o.within) FROM part o WHERE o.line = s.line)
                THEN wmo_works.words('"%1" stands beside areas that do not lie in it (%2): give it a row of its own',
                                     s.word, w.others)
              ELSE s.fault END, s.code
  FROM said s
  LEFT JOIN part p ON s.name = 'areas' AND p.line = s.line AND p.word = s.word
  LEFT JOIN whole w ON s.name = 'municipalities' AND w.line = s.line AND w.whole = s.word;
END;
COMMENT ON FUNCTION wmo_works.narrowed_areas(wmo_works.contract_list_match[]) IS
  'The areas of a list, where a row that names municipalities and areas means the areas alone, if each lies in one of '
  'them and each of them holds one: its municipalities are then of the name "narrowed". Where that cannot be told, it '
  'is asked about.';

CREATE FUNCTION wmo_works.same_buyer(one_id integer, other_id integer) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
  SELECT one_id = other_id
    OR EXISTS (SELECT FROM wmo.consortium_member m
               WHERE (m.consortium_id, m.member_id) IN ((one_id, other_id), (other_id, one_id)))
    OR EXISTS (SELECT FROM wmo.party_succession s
               WHERE (s.predecessor_id, s.successor_id) IN ((one_id, other_id), (other_id, one_id)));
END;
COMMENT ON FUNCTION wmo_works.same_buyer(integer, integer) IS
  'Do two buyers go by the same names of areas: one, or the other buys with it or came after it?';

CREATE FUNCTION wmo_works.list_area_strangers(list wmo_works.contract_list_row[],
                                              matches wmo_works.contract_list_match[])
RETURNS TABLE (line integer, name text, fault text)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 10 SET enable_nestloop = off
BEGIN ATOMIC
  WITH named AS MATERIALIZED (
    -- by its name alone: not by a code, nor beside a municipality in which it lies
    SELECT m.line, m.word, m.id, b.id AS buyer_id, b.word AS buyer,
           coalesce(nullif(r.first_day, '?')::date, 'infinity') AS day
    FROM unnest(list_area_strangers.matches) m
    JOIN unnest(list_area_strangers.list) r ON r.line = m.line
    JOIN unnest(list_area_strangers.matches) b ON b.line = m.line AND b.name = 'buyer'
    WHERE m.name = 'areas' AND m.fault IS NULL AND m.code IS NULL AND b.fault IS NULL AND r.municipalities IS NULL
  ), asked AS MATERIALIZED (
    SELECT DISTINCT n.id, n.buyer_id, wmo_works.list_name(n.buyer) AS buyer, n.day FROM named n WHERE n.id IS NOT NULL
  ), used AS MATERIALIZED (
    SELECT DISTINCT s.area_id, c.buyer_id
    FROM wmo.contract_scope s JOIN wmo.contract c ON c.id = s.contract_id
    WHERE s.area_id IN (SELECT k.id FROM asked k)
  ), strange AS MATERIALIZED (
    SELECT k.id, k.buyer, k.day, a.code
    FROM asked k JOIN wmo.area a ON a.id = k.id
    WHERE NOT EXISTS (SELECT FROM used u WHERE u.area_id = k.id AND wmo_works.same_buyer(k.buyer_id, u.buyer_id))
      AND (k.id IN (SELECT u.area_id FROM used u) OR wmo.level(a.code) IN ('district', 'neighbourhood'))
  ), home AS MATERIALIZED (
    SELECT h.buyer, h.day, wmo_works.municipality_codes(h.buyer, h.day) AS codes
    FROM (SELECT DISTINCT s.buyer, s.day FROM strange s) h
  ), known AS MATERIALIZED (
    SELECT k.id, k.buyer, k.day,
           coalesce((SELECT string_agg(DISTINCT p.name, ', ') FROM used u JOIN wmo.party p ON p.id = u.buyer_id
                     WHERE u.area_id = k.id),
                    (SELECT min(t.name) FROM wmo.municipality t WHERE t.code::text = wmo.municipality(k.code)::text),
                    k.code::text) AS others
    FROM strange k JOIN home h ON h.buyer = k.buyer AND h.day = k.day
    WHERE NOT (cardinality(h.codes) = 1 AND wmo_works.lies_in(k.id, k.code::text, NULL, h.codes[1]))
  ), shared AS (
    SELECT wmo_works.list_name(n.word) AS key, string_agg(DISTINCT n.buyer, ', ' ORDER BY n.buyer) AS buyers
    FROM named n WHERE n.id IS NULL
    GROUP BY 1 HAVING count(DISTINCT coalesce(n.buyer_id::text, wmo_works.list_name(n.buyer))) > 1
  )
  SELECT n.line, 'areas',
         wmo_works.words('"%1" is in the registry an area of %2; write the code of the one that is meant, or a name of '
                         'its own, as in "%1 (%3)"', n.word, k.others, n.buyer)
  FROM named n JOIN known k ON k.id = n.id AND k.buyer = wmo_works.list_name(n.buyer) AND k.day = n.day
  UNION ALL
  SELECT n.line, 'areas',
         wmo_works.words('"%1" is an area of several buyers (%2); write the code of the one that is meant, or a name '
                         'of its own, as in "%1 (%3)"', n.word, s.buyers, n.buyer)
  FROM named n JOIN shared s ON s.key = wmo_works.list_name(n.word)
  WHERE n.id IS NULL;
END;
COMMENT ON FUNCTION wmo_works.list_area_strangers(wmo_works.contract_list_row[], wmo_works.contract_list_match[]) IS
  'The areas that a list names by a name alone by which others go: Centrum and Noord are nearly everywhere. Not those '
  'that contracts of the buyer name already, or that lie in the municipality that it is.';

CREATE FUNCTION wmo_works.list_areas_named(list wmo_works.contract_list_row[],
                                          matches wmo_works.contract_list_match[])
RETURNS TABLE (line integer, name text, word text, day date, code text, id integer, era daterange)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1000
BEGIN ATOMIC
  WITH named AS MATERIALIZED (
    SELECT m.line, m.name, m.word, nullif(r.first_day, '?')::date AS day, m.code, m.id
    FROM unnest(list_areas_named.matches) m JOIN unnest(list_areas_named.list) r ON r.line = m.line
    WHERE m.fault IS NULL AND m.name IN ('municipalities', 'areas')
  )
  SELECT n.*, e.era
  FROM named n
  LEFT JOIN wmo_works.code_eras(ARRAY(
    SELECT DISTINCT (k.code, coalesce(k.day, 'infinity'))::wmo_works.code_day FROM named k WHERE k.code IS NOT NULL)) e
    ON (e.code, e.day) = (n.code, coalesce(n.day, 'infinity'));
END;
COMMENT ON FUNCTION wmo_works.list_areas_named(wmo_works.contract_list_row[], wmo_works.contract_list_match[]) IS
  'The areas that a list names without fault, with their codes, the first day of the contract and the days on which '
  'the municipality had the territory of that day; id is null for what is new to the registry.';

CREATE FUNCTION wmo_works.list_area_notes(list wmo_works.contract_list_row[],
                                          matches wmo_works.contract_list_match[])
RETURNS TABLE (line integer, name text, note text)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 10 SET enable_nestloop = off
BEGIN ATOMIC
  SELECT min(w.line), min(w.name),
         coalesce(
           wmo_works.clause('area "%1" is new and is added as %2 %3 without a shape: questions by code find it, '
                            'questions '
                            'by place say area_without_shape', min(w.word), min(t.name), w.code),
           wmo_works.words('area "%1" is new and is added without a shape: questions by code find it, questions by '
                           'place '
                           'say area_without_shape', min(w.word)))
  FROM wmo_works.list_areas_named(list_area_notes.list, list_area_notes.matches) w
  LEFT JOIN wmo.municipality t ON t.code::text = w.code
  WHERE w.id IS NULL
  GROUP BY coalesce(w.code, w.name || wmo_works.list_name(w.word)), w.code
  UNION ALL
  SELECT min(p.line), p.name,
         wmo_works.words('"%1" is taken as a part of %2: the rows that name both are for that part alone', p.word,
                         n.wholes)
  FROM unnest(list_area_notes.matches) p
  JOIN (SELECT m.line, string_agg(m.word, ', ' ORDER BY m.word) AS wholes, array_agg(m.code) AS codes
        FROM unnest(list_area_notes.matches) m WHERE m.name = 'narrowed' GROUP BY m.line) n ON n.line = p.line
  WHERE p.name = 'areas' AND (p.code = ANY (n.codes)) IS NOT TRUE
  GROUP BY p.name, p.word, n.wholes
  UNION ALL
  SELECT min(w.line), min(w.name), wmo_works.words('area "%1" of the registry gets its code: %2', a.name, w.code)
  FROM wmo_works.list_areas_named(list_area_notes.list, list_area_notes.matches) w
  JOIN wmo.area a ON a.id = w.id AND a.code IS NULL AND a.kind = 'municipality'
  WHERE w.code IS NOT NULL
  GROUP BY a.name, w.code
  UNION ALL
  SELECT min(w.line), w.name,
         concat(
           wmo_works.words('"%1" did not exist on %2: its edition of days %3 is taken', w.word,
                           wmo_works.iso_day(w.day),
                           wmo_works.iso_days(coalesce(a.valid, t.valid))),
           wmo_works.clause('; its territory went to %1',
                            array_to_string(nullif(t.successors::text[], '{}'), ', ')))
  FROM wmo_works.list_areas_named(list_area_notes.list, list_area_notes.matches) w
  LEFT JOIN wmo.area a ON a.id = w.id
  LEFT JOIN wmo.municipality t ON t.code::text = w.code
  -- a later edition of a municipality has the ground of this day, where it got none of others in between
  WHERE NOT coalesce(a.valid, t.valid, '(,)') @> w.day AND NOT coalesce(t.valid @> w.day AND w.era @> w.day, false)
  -- by the text of the codes: pg_upgrade restores this body before their type can be grouped
  GROUP BY w.name, w.word, w.day, a.valid, t.valid, t.successors::text[]
  UNION ALL
  SELECT min(w.line), min(w.name),
         wmo_works.words('%1 got the ground of other municipalities on %2: what was contracted before holds on its '
                         'ground of then', t.name, wmo_works.iso_day(upper(w.era)))
  FROM wmo_works.list_areas_named(list_area_notes.list, list_area_notes.matches) w
  JOIN wmo.municipality t ON t.code::text = w.code AND t.valid @> upper(w.era)
  GROUP BY t.name, w.era
  UNION ALL
  SELECT min(w.line), min(w.name),
         concat(
           wmo_works.words('which municipalities there are on %1 is not known to this release: %2 is taken as it was',
                           wmo_works.iso_day(min(w.day)), t.name),
           '. ' || t.remark)
  FROM wmo_works.list_areas_named(list_area_notes.list, list_area_notes.matches) w
  JOIN wmo.municipality t ON t.code::text = w.code
  WHERE NOT EXISTS (SELECT FROM wmo.municipal_division d WHERE d.days @> w.day)
    AND w.day IS NOT NULL
  GROUP BY t.name, t.remark;
END;
COMMENT ON FUNCTION wmo_works.list_area_notes(wmo_works.contract_list_row[], wmo_works.contract_list_match[]) IS
  'What somebody should read about the areas of a list: new ones, those that get their code, those that were gone by '
  'the first day or may have gone since.';

CREATE FUNCTION wmo_works.list_matches(list wmo_works.contract_list_row[]) RETURNS wmo_works.contract_list_match[]
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp SET jit = off SET enable_nestloop = off
AS $$
DECLARE
  parties wmo_works.contract_list_match[] := ARRAY(SELECT m FROM wmo_works.list_parties(list) m);
BEGIN
  RETURN parties || ARRAY(SELECT m FROM wmo_works.list_services(list, parties) m)
    || ARRAY(SELECT m FROM wmo_works.narrowed_areas(ARRAY(SELECT a FROM wmo_works.list_areas(list) a)) m);
END
$$;
COMMENT ON FUNCTION wmo_works.list_matches(wmo_works.contract_list_row[]) IS
  'Which parties, services and areas a list names, as the registry now is.';
