-- ocds_in: the parties, tenders and lots of releases, written into the registry.
-- Relies on ocds_read (what a release says) and ocds_identity (what came in before).
--
-- Each part is found by the identifier under which it came in, or it is new. A later release adds and corrects; what it
-- leaves out stays. Where the standard says less than the registry has to know, the part is left out and told of.

CREATE TYPE wmo_works.ocds_process AS (
  ocid      text,
  release   jsonb,
  released  timestamptz,
  source_id integer,
  tender_id integer
);
COMMENT ON TYPE wmo_works.ocds_process IS 'A release on its way in.';
COMMENT ON COLUMN wmo_works.ocds_process.ocid IS 'Its open contracting ID.';
COMMENT ON COLUMN wmo_works.ocds_process.release IS 'The release.';
COMMENT ON COLUMN wmo_works.ocds_process.released IS 'Its date.';
COMMENT ON COLUMN wmo_works.ocds_process.source_id IS 'Source of what it states.';
COMMENT ON COLUMN wmo_works.ocds_process.tender_id IS 'The tender that it tells of; null = not placed yet.';

CREATE TYPE wmo_works.ocds_placed AS (
  row_id   integer,
  findings wmo.ocds_finding[]
);
COMMENT ON TYPE wmo_works.ocds_placed IS
  'The row that a part of a release became, null = none, and what is to be said.';

CREATE FUNCTION wmo_works.ocds_row(ocid text, kind text, ocds_id text) RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT i.row_id FROM wmo.ocds_identity i
  WHERE i.ocid = ocds_row.ocid AND i.kind = ocds_row.kind AND i.ocds_id = ocds_row.ocds_id;
END;
COMMENT ON FUNCTION wmo_works.ocds_row(text, text, text) IS 'The row that came in under an identifier; null = none.';

CREATE FUNCTION wmo_works.ocds_said(process wmo_works.ocds_process, path text, outcome text, message text)
RETURNS wmo.ocds_finding[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN message IS NULL THEN '{}'
              ELSE ARRAY[ROW(process.ocid, path, outcome, message)::wmo.ocds_finding] END;
END;
COMMENT ON FUNCTION wmo_works.ocds_said(wmo_works.ocds_process, text, text, text) IS
  'One finding of a release, or none where there is no message.';

CREATE FUNCTION wmo_works.ocds_source(process wmo_works.ocds_process, description text) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  said CONSTANT text := nullif(btrim(substr(description, 24)), '');
  own_id integer;
BEGIN
  -- what was inferred there is inferred here
  IF description IS NULL OR NOT starts_with(description, 'Afgeleid, niet gesteld:') OR said IS NULL THEN
    RETURN process.source_id;
  END IF;
  SELECT s.id INTO own_id
  FROM wmo.source s JOIN wmo.source o ON (o.article, o.published) = (s.article, s.published)
  WHERE o.id = process.source_id AND s.basis = 'inferred' AND s.reading = said
  ORDER BY s.id LIMIT 1;
  IF own_id IS NULL THEN
    INSERT INTO wmo.source (article, publisher, published, basis, reading)
    SELECT o.article, o.publisher, o.published, 'inferred', said FROM wmo.source o
    WHERE o.id = process.source_id RETURNING id INTO own_id;
  END IF;
  RETURN own_id;
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_source(wmo_works.ocds_process, text) IS
  'Source of a part of a release: that of the release, or one of its own where the description says that it was '
  'inferred.';

-- ---- parties --------------------------------------------------------------------------------------------------------

CREATE FUNCTION wmo_works.ocds_find_party(party jsonb, name text, kinds text[], on_date date, OUT party_id integer,
                                          OUT fault text)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  by_number CONSTANT integer[] := ARRAY(
    SELECT DISTINCT i.party_id FROM wmo_works.ocds_numbers(party) n
    JOIN wmo.party_identifier i ON i.scheme = n.scheme AND i.value = n.value AND i.valid @> on_date);
  by_name CONSTANT integer[] := ARRAY(
    SELECT p.id FROM wmo.party p
    WHERE p.kind = ANY (kinds) AND (wmo_works.list_name(p.name) = wmo_works.list_name(ocds_find_party.name)
      OR EXISTS (SELECT FROM wmo.party_alias a
                 WHERE a.party_id = p.id AND wmo_works.list_name(a.name) = wmo_works.list_name(ocds_find_party.name))));
BEGIN
  IF cardinality(by_number) > 1 THEN
    fault := wmo_works.words('its numbers belong to several parties of the registry');
  ELSIF cardinality(by_number) = 1 AND (by_name = '{}' OR by_number[1] = ANY (by_name)) THEN
    party_id := by_number[1];
  ELSIF cardinality(by_number) = 1 THEN
    fault := wmo_works.words('its number belongs to "%1", which is not the "%2" of the registry',
                             (SELECT p.name FROM wmo.party p WHERE p.id = by_number[1]), name);
  ELSIF cardinality(by_name) > 1 THEN
    fault := wmo_works.words('"%1" is the name of %2 parties of the registry', name,
                             cardinality(by_name)::text);
  ELSIF cardinality(by_name) = 1 AND EXISTS (
      SELECT FROM wmo_works.ocds_numbers(party) n
      JOIN wmo.party_identifier i ON i.party_id = by_name[1] AND i.scheme = n.scheme AND i.valid @> on_date) THEN
    fault := wmo_works.words('"%1" of the registry has another number of that kind: are they one organisation?', name);
  ELSE
    party_id := by_name[1];
  END IF;
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_find_party(jsonb, text, text[], date) IS
  'Which party of the registry a party of a release is: by its numbers, else by its name or alias, never by likeness. '
  'Null without a fault: it is new.';

CREATE FUNCTION wmo_works.ocds_new_kind(process wmo_works.ocds_process, party jsonb, name text, role text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 1000
BEGIN ATOMIC
  SELECT CASE
    WHEN party -> 'details' ->> 'kind' IN ('municipality', 'provider', 'consortium')
      AND (role = 'supplier' OR party -> 'details' ->> 'kind' <> 'provider') THEN party -> 'details' ->> 'kind'
    WHEN role = 'supplier' AND EXISTS (
        SELECT FROM wmo_works.ocds_each((process).release -> 'parties') e
        CROSS JOIN LATERAL wmo_works.ocds_each(e.part -> 'memberOf') m
        WHERE wmo_works.ocds_key(m.part -> 'id') = wmo_works.ocds_key(party -> 'id')) THEN 'consortium'
    WHEN role = 'supplier' THEN 'provider'
    WHEN lower(name) LIKE 'gemeente %'
      OR cardinality(wmo_works.municipality_codes(name, (process).released::date)) > 0 THEN 'municipality' END;
END;
COMMENT ON FUNCTION wmo_works.ocds_new_kind(wmo_works.ocds_process, jsonb, text, text) IS
  'Kind of a party that is new; null = a buyer that is no municipality.';

CREATE FUNCTION wmo_works.ocds_place_party(process wmo_works.ocds_process, reference jsonb, role text, path text)
RETURNS wmo_works.ocds_placed
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  key CONSTANT text := wmo_works.ocds_key(reference -> 'id');
  -- the entry in parties says more than who refers to it
  party CONSTANT jsonb := coalesce(
    (SELECT e.part FROM wmo_works.ocds_each(process.release -> 'parties') e
     WHERE wmo_works.ocds_key(e.part -> 'id') = key ORDER BY e.n LIMIT 1), reference);
  name CONSTANT text := coalesce(wmo_works.ocds_text(party -> 'name'), wmo_works.ocds_text(reference -> 'name'),
                                 wmo_works.ocds_text(party -> 'identifier' -> 'legalName'));
  on_date CONSTANT date := (process.released AT TIME ZONE 'UTC')::date;
  kind text;
  found_id integer := wmo_works.ocds_row(process.ocid, 'party', key);
  fault text;
  findings wmo.ocds_finding[] := '{}';
BEGIN
  IF found_id IS NULL THEN
    IF name IS NULL THEN
      RETURN (NULL::integer, wmo_works.ocds_said(process, path, 'not_placed',
                                                        wmo_works.words('a party without a name')));
    END IF;
    SELECT f.party_id, f.fault INTO found_id, fault
    FROM wmo_works.ocds_find_party(party, name, CASE role WHEN 'buyer' THEN '{municipality,consortium}'::text[]
      ELSE ARRAY['provider', 'consortium', nullif(party -> 'details' ->> 'kind', 'access_point')] END, on_date) f;
    IF found_id IS NULL AND fault IS NULL THEN
      kind := wmo_works.ocds_new_kind(process, party, name, role);
      IF kind IS NULL THEN
        fault := wmo_works.words('buyer "%1" is no municipality that is known; add it to wmo.party, as a municipality '
                                 'or as a consortium of them, and import again', name);
      ELSE
        INSERT INTO wmo.party (name, kind, natural_person, source_id)
        VALUES (name, kind, kind = 'provider'
                AND coalesce(party -> 'details' -> 'naturalPerson' = 'true', false), process.source_id)
        RETURNING id INTO found_id;
        findings := wmo_works.ocds_said(process, path, 'added',
                                          format('%s "%s"', wmo_works.code_words(kind), name));
      END IF;
    END IF;
    IF fault IS NOT NULL THEN
      RETURN (NULL::integer, wmo_works.ocds_said(process, path, 'not_placed', fault));
    END IF;
    IF key IS NOT NULL THEN
      INSERT INTO wmo.ocds_identity (ocid, ocds_id, party_id, source_id)
      VALUES (process.ocid, key, found_id, process.source_id);
    END IF;
  END IF;
  INSERT INTO wmo.party_identifier (party_id, scheme, value, source_id)
  SELECT DISTINCT ON (n.scheme) found_id, n.scheme, n.value, process.source_id
  FROM wmo_works.ocds_numbers(party) n
  WHERE n.fault IS NULL
    AND NOT EXISTS (SELECT FROM wmo.party_identifier i WHERE i.party_id = found_id AND i.scheme = n.scheme)
    AND NOT EXISTS (SELECT FROM wmo.party_identifier i WHERE i.scheme = n.scheme AND i.value = n.value)
  ORDER BY n.scheme, n.value;
  RETURN (found_id, findings || ARRAY(
    SELECT f FROM wmo_works.ocds_numbers(CASE WHEN party = reference THEN party END) n
    CROSS JOIN LATERAL unnest(wmo_works.ocds_said(process, path || '/identifier', 'not_placed', coalesce(n.fault,
      CASE WHEN NOT EXISTS (SELECT FROM wmo.party_identifier i WHERE (i.party_id, i.scheme, i.value)
                                                                     = (found_id, n.scheme, n.value))
           THEN wmo_works.words('%1 %2: the registry knows the party by another number, or the number as another''s',
                                n.scheme, n.value) END))) f));
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_place_party(wmo_works.ocds_process, jsonb, text, text) IS
  'The party that a release refers to, added when it is new, with the numbers that the registry had not.';

CREATE FUNCTION wmo_works.ocds_place_parties(process wmo_works.ocds_process) RETURNS wmo.ocds_finding[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  entry record;
  placed wmo_works.ocds_placed;
  findings wmo.ocds_finding[] := '{}';
BEGIN
  FOR entry IN
    SELECT e.part, coalesce(wmo_works.ocds_key(e.part -> 'id'), e.n::text) AS key,
           CASE WHEN e.part -> 'roles' ? 'buyer' THEN 'buyer' ELSE 'supplier' END AS role
    FROM wmo_works.ocds_each(process.release -> 'parties') e
    WHERE jsonb_typeof(e.part -> 'roles') = 'array' AND e.part -> 'roles' ?| '{buyer,supplier}'
    ORDER BY e.n
  LOOP
    placed := wmo_works.ocds_place_party(process, entry.part, entry.role, 'parties/' || entry.key);
    findings := findings || placed.findings;
  END LOOP;
  FOR entry IN
    SELECT e.n, m.part, coalesce(wmo_works.ocds_key(e.part -> 'id'), e.n::text) AS key,
           wmo_works.ocds_row(process.ocid, 'party', wmo_works.ocds_key(e.part -> 'id')) AS member_id,
           c.id AS consortium_id
    FROM wmo_works.ocds_each(process.release -> 'parties') e
    CROSS JOIN LATERAL wmo_works.ocds_each(e.part -> 'memberOf') m
    LEFT JOIN wmo.party c ON c.kind = 'consortium'
      AND c.id = wmo_works.ocds_row(process.ocid, 'party', wmo_works.ocds_key(m.part -> 'id'))
    ORDER BY e.n, m.n
  LOOP
    IF entry.member_id IS NULL OR entry.consortium_id IS NULL THEN
      findings := findings || wmo_works.ocds_said(process, format('parties/%s/memberOf', entry.key), 'not_placed',
        wmo_works.words('of an organisation that is no consortium of the registry'));
    ELSIF NOT EXISTS (SELECT FROM wmo.consortium_member m
                      WHERE (m.consortium_id, m.member_id) = (entry.consortium_id, entry.member_id)) THEN
      INSERT INTO wmo.consortium_member (consortium_id, member_id, source_id)
      VALUES (entry.consortium_id, entry.member_id, process.source_id);
    END IF;
  END LOOP;
  RETURN findings || ARRAY(
    SELECT f FROM wmo_works.ocds_each(process.release -> 'parties') e
    CROSS JOIN LATERAL unnest(wmo_works.ocds_said(process, 'parties', 'not_placed',
      wmo_works.words('neither a buyer nor a supplier'))) f
    WHERE NOT coalesce(jsonb_typeof(e.part -> 'roles') = 'array' AND e.part -> 'roles' ?| '{buyer,supplier}', false)
      AND wmo_works.ocds_row(process.ocid, 'party', wmo_works.ocds_key(e.part -> 'id')) IS NULL
      AND process.release -> 'buyer' -> 'id' IS DISTINCT FROM e.part -> 'id');
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_place_parties(wmo_works.ocds_process) IS
  'Places the buyers and suppliers among the parties of a release, and their consortia.';

-- ---- tender and lots ------------------------------------------------------------------------------------------------

CREATE FUNCTION wmo_works.ocds_procedure(tender jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  -- only a word that means one procedure of the law: procurementMethod "open" is said of the light regime too
  SELECT CASE
    WHEN d.word IN ('open', 'restricted', 'negotiated', 'sas', 'open_house', 'administrative', '2b_service') THEN d.word
    WHEN d.word IN ('openbaar', 'openbare procedure', 'open procedure') THEN 'open'
    WHEN d.word IN ('niet-openbaar', 'niet-openbare procedure', 'restricted procedure') THEN 'restricted'
    WHEN d.word IN ('sociale en andere specifieke diensten', 'procedure voor sociale en andere specifieke diensten')
      THEN 'sas'
  END
  FROM (SELECT lower(wmo_works.ocds_text(tender -> 'procurementMethodDetails')) AS word) d;
END;
COMMENT ON FUNCTION wmo_works.ocds_procedure(jsonb) IS
  'The procedure that the details of a tender name; null = none, or in words that may mean several.';

CREATE FUNCTION wmo_works.ocds_place_tender(process wmo_works.ocds_process) RETURNS wmo_works.ocds_placed
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  said CONSTANT jsonb := coalesce(process.release -> 'tender', '{}');
  new_title CONSTANT text := wmo_works.ocds_text(said -> 'title');
  new_procedure CONSTANT text := wmo_works.ocds_procedure(said);
  tenderers CONSTANT integer := CASE WHEN said -> 'numberOfTenderers' #>> '{}' ~ '^[1-9][0-9]{0,8}$'
                                     THEN (said -> 'numberOfTenderers')::integer END;
  announced CONSTANT date := (SELECT min(wmo_works.ocds_date(d.part -> 'datePublished'))
                              FROM wmo_works.ocds_each(said -> 'documents') d
                              WHERE d.part -> 'documentType' = '"tenderNotice"');
  new_published CONSTANT daterange := CASE WHEN announced IS NOT NULL THEN daterange(announced, announced, '[]') END;
  new_release_id CONSTANT text := wmo_works.ocds_key(process.release -> 'id');
  findings wmo.ocds_finding[] := '{}';
  placed_id integer := process.tender_id;
BEGIN
  IF placed_id IS NULL THEN
    INSERT INTO wmo.tender (title, procedure, published, tenderer_count, source_id)
    VALUES (coalesce(new_title, process.ocid), coalesce(new_procedure, 'unknown'), new_published, tenderers,
            wmo_works.ocds_source(process, wmo_works.ocds_text(said -> 'description')))
    RETURNING id INTO placed_id;
    INSERT INTO wmo.ocds_identity (ocid, ocds_id, tender_id, release_id, released, source_id)
    VALUES (process.ocid, coalesce(wmo_works.ocds_key(said -> 'id'), process.ocid), placed_id, new_release_id,
            process.released, process.source_id);
    findings := wmo_works.ocds_said(process, 'tender', 'added',
                                    wmo_works.words('tender "%1"', coalesce(new_title, process.ocid)))
      || wmo_works.ocds_said(process, 'tender/title', 'noted', CASE WHEN new_title IS NULL
           THEN wmo_works.words('it has no title: the ocid stands in its place') END);
  ELSE
    UPDATE wmo.tender t
    SET title = coalesce(new_title, t.title), procedure = coalesce(new_procedure, t.procedure),
        published = coalesce(new_published, t.published), tenderer_count = coalesce(tenderers, t.tenderer_count)
    WHERE t.id = placed_id
      AND (coalesce(new_title, t.title), coalesce(new_procedure, t.procedure),
           coalesce(new_published, t.published), coalesce(tenderers, t.tenderer_count))
        IS DISTINCT FROM (t.title, t.procedure, t.published, t.tenderer_count);
    findings := wmo_works.ocds_said(process, 'tender', CASE WHEN FOUND THEN 'changed' ELSE 'unchanged' END,
                                    wmo_works.words('tender "%1"', coalesce(new_title, process.ocid)));
    UPDATE wmo.ocds_identity i SET release_id = new_release_id, released = process.released
    WHERE i.tender_id = placed_id AND (i.release_id, i.released) <> (new_release_id, process.released);
  END IF;
  RETURN (placed_id, findings
    || wmo_works.ocds_said(process, 'tender/procurementMethod', 'noted', CASE WHEN new_procedure IS NULL
         AND wmo_works.ocds_text(said -> 'procurementMethod') IS NOT NULL
         THEN wmo_works.words('"%1" does not say which procedure of the law it was: the procedure is not changed',
                              left(said ->> 'procurementMethod', 60)) END)
    || ARRAY(SELECT f FROM wmo_works.ocds_each(said -> 'documents') d
             CROSS JOIN LATERAL unnest(wmo_works.ocds_said(process, 'tender/documents', 'not_placed',
               wmo_works.words('the registry has no place for it'))) f
             WHERE d.part -> 'documentType' IS DISTINCT FROM '"tenderNotice"'));
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_place_tender(wmo_works.ocds_process) IS
  'Adds the tender of a release, or corrects it where the release says something else.';

CREATE FUNCTION wmo_works.ocds_place_buyers(process wmo_works.ocds_process) RETURNS wmo.ocds_finding[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  buyer record;
  placed wmo_works.ocds_placed;
  findings wmo.ocds_finding[] := '{}';
BEGIN
  FOR buyer IN
    SELECT process.release -> 'buyer' AS part, 'buyer' AS path
    WHERE jsonb_typeof(process.release -> 'buyer') = 'object'
    UNION ALL
    SELECT e.part, 'parties/' || coalesce(wmo_works.ocds_key(e.part -> 'id'), e.n::text)
    FROM wmo_works.ocds_each(process.release -> 'parties') e
    WHERE jsonb_typeof(e.part -> 'roles') = 'array' AND e.part -> 'roles' ? 'buyer'
      -- a consortium buys as one
      AND NOT EXISTS (SELECT FROM wmo_works.ocds_each(e.part -> 'memberOf'))
  LOOP
    placed := wmo_works.ocds_place_party(process, buyer.part, 'buyer', buyer.path);
    findings := findings || placed.findings;
    IF placed.row_id IS NOT NULL THEN
      INSERT INTO wmo.tender_buyer (tender_id, buyer_id, source_id)
      VALUES (process.tender_id, placed.row_id, process.source_id)
      ON CONFLICT ON CONSTRAINT tender_buyer_is_recorded_once DO NOTHING;
    END IF;
  END LOOP;
  RETURN findings;
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_place_buyers(wmo_works.ocds_process) IS 'For whom the tender of a release was held.';

CREATE FUNCTION wmo_works.ocds_place_lots(process wmo_works.ocds_process) RETURNS wmo.ocds_finding[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  lot record;
  placed_id integer;
  findings wmo.ocds_finding[] := '{}';
BEGIN
  FOR lot IN
    SELECT e.n, wmo_works.ocds_key(e.part -> 'id') AS key, wmo_works.ocds_text(e.part -> 'title') AS title
    FROM wmo_works.ocds_each(process.release -> 'tender' -> 'lots') e ORDER BY e.n
  LOOP
    placed_id := wmo_works.ocds_row(process.ocid, 'lot', lot.key);
    IF lot.key IS NULL THEN
      findings := findings || wmo_works.ocds_said(process, 'tender/lots/' || lot.n, 'not_placed',
                                                  wmo_works.words('it has no id'));
      CONTINUE;
    END IF;
    -- lots of one title are told apart by their id
    IF EXISTS (SELECT FROM wmo.lot l WHERE l.tender_id = process.tender_id AND l.name = lot.title
               AND l.id IS DISTINCT FROM placed_id) THEN
      lot.title := format('%s (%s)', lot.title, lot.key);
    END IF;
    IF placed_id IS NULL THEN
      INSERT INTO wmo.lot (tender_id, name, source_id)
      VALUES (process.tender_id, coalesce(lot.title, lot.key), process.source_id) RETURNING id INTO placed_id;
      INSERT INTO wmo.ocds_identity (ocid, ocds_id, lot_id, source_id)
      VALUES (process.ocid, lot.key, placed_id, process.source_id);
      findings := findings || wmo_works.ocds_said(process, 'tender/lots/' || lot.key, 'added',
                                                  wmo_works.words('lot "%1"', coalesce(lot.title, lot.key)));
    ELSE
      UPDATE wmo.lot l SET name = lot.title WHERE l.id = placed_id AND l.name <> lot.title;
      findings := findings || wmo_works.ocds_said(process, 'tender/lots/' || lot.key, 'changed',
                                                  CASE WHEN FOUND THEN wmo_works.words('lot "%1"', lot.title) END);
    END IF;
  END LOOP;
  RETURN findings;
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_place_lots(wmo_works.ocds_process) IS 'Adds the lots of a release, or renames them.';
