-- ocds_in_award: the awards of releases, with the days and terms that stand as milestones of the tender.
-- Relies on ocds_in (parties, tender and lots) and on objection_period.

-- Unsafe, and so whatever asks it: a subtransaction does not begin beside parallel workers.
CREATE FUNCTION wmo_works.ocds_objection_period(words text) RETURNS wmo.objection_period
LANGUAGE plpgsql IMMUTABLE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN left(words, 200)::wmo.objection_period;
EXCEPTION WHEN data_exception THEN
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_objection_period(text) IS 'A period by its text; null when it is none.';

CREATE FUNCTION wmo_works.ocds_award_days(process wmo_works.ocds_process, award text) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL UNSAFE COST 1000
BEGIN ATOMIC
  SELECT coalesce(jsonb_object_agg(m.part ->> 'code', CASE
      WHEN m.part ->> 'code' IN ('standstill', 'forfeiture')
        -- the day that others read, and the whole of it that we wrote
        THEN CASE WHEN wmo.last_day(p.period) = wmo_works.ocds_date(m.part -> 'dueDate') THEN p.period::text END
      WHEN m.part ->> 'code' = 'final_award'
        THEN CASE WHEN m.part ->> 'description' IN ('recorded', 'announced')
                  THEN wmo_works.iso_day(wmo_works.ocds_date(m.part -> 'dateMet')) END
      WHEN m.part ->> 'code' ~ '_latest$'
        THEN wmo_works.iso_day(wmo_works.ocds_date(m.part -> 'dueDate'))
      ELSE wmo_works.iso_day(wmo_works.ocds_date(m.part -> 'dateMet')) END), '{}')
    || coalesce(jsonb_object_agg('final_basis', m.part ->> 'description')
                FILTER (WHERE m.part ->> 'code' = 'final_award'), '{}')
  FROM wmo_works.ocds_each((process).release -> 'tender' -> 'milestones') m
  CROSS JOIN LATERAL (SELECT wmo_works.ocds_objection_period(m.part ->> 'description') AS period) p
  WHERE m.part ->> 'code' IN ('notice_sent', 'standstill', 'standstill_latest', 'forfeiture', 'forfeiture_latest',
                              'final_award', 'award_withdrawn', 'award_annulled', 'award_revived')
    AND m.part ->> 'id' = m.part ->> 'code' || '-' || award;
END;
COMMENT ON FUNCTION wmo_works.ocds_award_days(wmo_works.ocds_process, text) IS
  'What the milestones of a tender say of an award, by their code; null for what cannot be read.';

CREATE FUNCTION wmo_works.ocds_awarded_to(process wmo_works.ocds_process, suppliers jsonb, path text)
RETURNS wmo_works.ocds_placed
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  reference record;
  placed wmo_works.ocds_placed := (NULL::integer, '{}'::wmo.ocds_finding[]);
  one wmo_works.ocds_placed;
  ids integer[] := '{}';
BEGIN
  FOR reference IN SELECT e.part FROM wmo_works.ocds_each(suppliers) e ORDER BY e.n LOOP
    one := wmo_works.ocds_place_party(process, reference.part, 'supplier', path);
    placed.findings := placed.findings || one.findings;
    ids := ids || one.row_id;
  END LOOP;
  IF cardinality(ids) = 1 THEN
    placed.row_id := ids[1];
  ELSIF cardinality(ids) > 1 THEN
    placed.findings := placed.findings || wmo_works.ocds_said(process, path, 'not_placed', wmo_works.words(
               '%1 suppliers: whether they won together (a consortium) or side by side is not said; none is named in '
               'the '
               'registry',
               cardinality(ids)::text));
  END IF;
  RETURN placed;
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_awarded_to(wmo_works.ocds_process, jsonb, text) IS
  'The one supplier of an award or contract; null where none is named, or several, of whom nobody can tell how they '
  'stand to each other.';

CREATE FUNCTION wmo_works.ocds_award_lot(process wmo_works.ocds_process, lots jsonb, path text)
RETURNS wmo_works.ocds_placed
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT ROW(CASE WHEN count(*) = 1 THEN min(l.id) END, CASE
    WHEN count(*) > 1 THEN wmo_works.ocds_said(process, path || '/relatedLots', 'not_placed',
      wmo_works.words('%1 lots: an award of the registry is of one, or of the whole tender', count(*)::text))
    WHEN count(*) = 1 AND min(l.id) IS NULL THEN wmo_works.ocds_said(process, path || '/relatedLots', 'not_placed',
      wmo_works.words('a lot that the tender has not'))
    ELSE '{}' END)::wmo_works.ocds_placed
  FROM jsonb_array_elements(CASE WHEN jsonb_typeof(lots) = 'array' THEN lots ELSE '[]' END) e
  CROSS JOIN LATERAL (SELECT wmo_works.ocds_row((process).ocid, 'lot', wmo_works.ocds_key(e)) AS id) l;
END;
COMMENT ON FUNCTION wmo_works.ocds_award_lot(wmo_works.ocds_process, jsonb, text) IS 'The one lot of an award.';

CREATE FUNCTION wmo_works.ocds_award_fault(award jsonb, key text, days jsonb) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE
    WHEN key IS NULL THEN wmo_works.words('it has no id')
    WHEN award ->> 'status' = 'unsuccessful' THEN wmo_works.words('unsuccessful: nothing was awarded')
    WHEN award ->> 'status' = 'cancelled' AND coalesce(days ->> 'award_withdrawn', days ->> 'award_annulled') IS NULL
      THEN wmo_works.words('cancelled, on a day and for a reason that are not said: withdrawn and annulled are two '
                           'things')
    END;
END;
COMMENT ON FUNCTION wmo_works.ocds_award_fault(jsonb, text, jsonb) IS 'Why an award cannot be placed; null = it can.';

CREATE FUNCTION wmo_works.ocds_write_award(process wmo_works.ocds_process, award_id integer, supplier_id integer,
                                           lot_id integer, decided date, days jsonb, description text,
                                           OUT placed_id integer, OUT changed boolean)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  said wmo.award;
BEGIN
  said.tender_id := process.tender_id;
  said.lot_id := lot_id;
  said.supplier_id := supplier_id;
  said.decided := CASE WHEN decided IS NOT NULL THEN daterange(decided, decided, '[]') END;
  said.sent := CASE WHEN days ->> 'notice_sent' IS NOT NULL
                    THEN daterange((days ->> 'notice_sent')::date, (days ->> 'notice_sent')::date, '[]') END;
  said.standstill := wmo_works.ocds_objection_period(days ->> 'standstill');
  said.forfeiture := wmo_works.ocds_objection_period(days ->> 'forfeiture');
  said.final_on := (days ->> 'final_award')::date;
  said.final_basis := CASE WHEN days ->> 'final_award' IS NOT NULL THEN days ->> 'final_basis' END;
  said.withdrawn_on := (days ->> 'award_withdrawn')::date;
  said.annulled_on := (days ->> 'award_annulled')::date;
  said.revived_on := (days ->> 'award_revived')::date;
  said.source_id := wmo_works.ocds_source(process, description);
  IF award_id IS NULL THEN
    INSERT INTO wmo.award (tender_id, lot_id, supplier_id, decided, sent, standstill, forfeiture, final_on, final_basis,
                           withdrawn_on, annulled_on, revived_on, source_id)
    SELECT said.tender_id, said.lot_id, said.supplier_id, said.decided, said.sent, said.standstill, said.forfeiture,
           said.final_on, said.final_basis, said.withdrawn_on, said.annulled_on, said.revived_on, said.source_id
    RETURNING id INTO placed_id;
    changed := true;
    RETURN;
  END IF;
  placed_id := award_id;
  UPDATE wmo.award a
  SET lot_id = coalesce(said.lot_id, a.lot_id), supplier_id = coalesce(said.supplier_id, a.supplier_id),
      decided = coalesce(said.decided, a.decided), sent = coalesce(said.sent, a.sent),
      standstill = coalesce(said.standstill, a.standstill), forfeiture = coalesce(said.forfeiture, a.forfeiture),
      final_on = coalesce(said.final_on, a.final_on), final_basis = coalesce(said.final_basis, a.final_basis),
      withdrawn_on = coalesce(said.withdrawn_on, a.withdrawn_on),
      annulled_on = coalesce(said.annulled_on, a.annulled_on), revived_on = coalesce(said.revived_on, a.revived_on)
  WHERE a.id = award_id
    AND (coalesce(said.lot_id, a.lot_id), coalesce(said.supplier_id, a.supplier_id), coalesce(said.decided, a.decided),
         coalesce(said.sent, a.sent), coalesce(said.standstill, a.standstill)::text,
         coalesce(said.forfeiture, a.forfeiture)::text, coalesce(said.final_on, a.final_on),
         coalesce(said.final_basis, a.final_basis), coalesce(said.withdrawn_on, a.withdrawn_on),
         coalesce(said.annulled_on, a.annulled_on), coalesce(said.revived_on, a.revived_on))
      IS DISTINCT FROM (a.lot_id, a.supplier_id, a.decided, a.sent, a.standstill::text, a.forfeiture::text, a.final_on,
                        a.final_basis, a.withdrawn_on, a.annulled_on, a.revived_on);
  changed := FOUND;
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_write_award(wmo_works.ocds_process, integer, integer, integer, date, jsonb, text) IS
  'Adds an award, or corrects what a release says differently; what it leaves out stays.';

CREATE FUNCTION wmo_works.ocds_challenge_words(description text) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  -- every word must be one that ocds_out writes, and every day one
  SELECT CASE WHEN bool_and(w.pair IS NOT NULL)
                   AND bool_and(coalesce(CASE
                     WHEN w.pair[1] IN ('lodged', 'expected', 'ruled', 'settled')
                     THEN wmo_works.ocds_date(to_jsonb(w.pair[2])) IS NOT NULL
                     WHEN w.pair[1] = 'between' THEN wmo_works.ocds_days(w.pair[2]) IS NOT NULL
                     ELSE true END, false))
              THEN jsonb_object_agg(w.pair[1], w.pair[2]) FILTER (WHERE w.pair[1] IS NOT NULL) END
  FROM (
    SELECT CASE WHEN p.n = 1 THEN ARRAY['kind', p.part]
                ELSE regexp_match(p.part, '^(lodged|between|by|against|expected|ruled|outcome|ordered|settled|suspends|'
                                          'inferred) (.+)$') END AS pair
    FROM string_to_table(left(description, 2000), '; ') WITH ORDINALITY p (part, n)
  ) w
  WHERE description IS NOT NULL;
END;
COMMENT ON FUNCTION wmo_works.ocds_challenge_words(text) IS
  'What the description of a milestone says of proceedings, in the words of ocds_proceedings; null = in other words.';

CREATE FUNCTION wmo_works.ocds_place_challenge(process wmo_works.ocds_process, award_id integer, words jsonb,
                                               against_id integer, OUT placed_id integer, OUT fault text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  days CONSTANT daterange := wmo_works.ocds_days(words ->> 'between');
  day CONSTANT date := wmo_works.ocds_date(words -> 'lodged');
BEGIN
  -- known by what it is and when it was lodged
  SELECT ch.id INTO placed_id FROM wmo.award_challenge ch
  WHERE ch.award_id = ocds_place_challenge.award_id AND ch.kind = words ->> 'kind'
    AND (ch.lodged, ch.lodged_between) IS NOT DISTINCT FROM (day, days)
  ORDER BY ch.id LIMIT 1;
  IF placed_id IS NULL THEN
    INSERT INTO wmo.award_challenge (award_id, kind, lodged, lodged_between, lodged_by, against_id, source_id)
    VALUES (award_id, words ->> 'kind', day, days, words ->> 'by', against_id,
            wmo_works.ocds_source(process, 'Afgeleid, niet gesteld: ' || (words ->> 'inferred')))
    RETURNING id INTO placed_id;
  END IF;
  UPDATE wmo.award_challenge ch
  SET (ruling_expected, ruled, outcome, ordered, order_settled_on, suspends) =
      (coalesce(wmo_works.ocds_date(words -> 'expected'), ch.ruling_expected),
       coalesce(wmo_works.ocds_date(words -> 'ruled'), ch.ruled), coalesce(words ->> 'outcome', ch.outcome),
       coalesce(words ->> 'ordered', ch.ordered),
       coalesce(wmo_works.ocds_date(words -> 'settled'), ch.order_settled_on),
       coalesce((words ->> 'suspends')::boolean, ch.suspends))
  WHERE ch.id = placed_id
    AND (wmo_works.ocds_date(words -> 'expected'), wmo_works.ocds_date(words -> 'ruled'), words ->> 'outcome',
         words ->> 'ordered', wmo_works.ocds_date(words -> 'settled'), (words ->> 'suspends')::boolean)
        IS DISTINCT FROM (ch.ruling_expected, ch.ruled, ch.outcome, ch.ordered, ch.order_settled_on, ch.suspends);
EXCEPTION WHEN integrity_constraint_violation OR data_exception THEN
  GET STACKED DIAGNOSTICS fault = MESSAGE_TEXT;
  fault := wmo_works.words('the registry refuses it: %1', fault);
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_place_challenge(wmo_works.ocds_process, integer, jsonb, integer) IS
  'Adds proceedings against an award, or what came of them; what a release leaves out stays. fault: why it cannot.';

CREATE FUNCTION wmo_works.ocds_place_proceedings(process wmo_works.ocds_process, award text, award_id integer)
RETURNS wmo.ocds_finding[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  one record;
  words jsonb;
  fault text;
  placed_id integer;
  ids jsonb := '{}';
  findings wmo.ocds_finding[] := '{}';
BEGIN
  FOR one IN
    SELECT m.part, right(m.part ->> 'id', -length('proceedings-' || award || '-')) AS n
    FROM wmo_works.ocds_each(process.release -> 'tender' -> 'milestones') m
    WHERE m.part ->> 'code' = 'proceedings' AND starts_with(m.part ->> 'id', 'proceedings-' || award || '-')
      AND right(m.part ->> 'id', -length('proceedings-' || award || '-')) ~ '^[0-9]{1,6}$'
    ORDER BY m.n
  LOOP
    words := wmo_works.ocds_challenge_words(one.part ->> 'description');
    IF words IS NULL OR words ? 'against' AND NOT ids ? (words ->> 'against') THEN
      fault := wmo_works.words('which proceedings they are, in words that are read, is not said');
    ELSE
      SELECT p.placed_id, p.fault INTO placed_id, fault
      FROM wmo_works.ocds_place_challenge(process, award_id, words, (ids ->> (words ->> 'against'))::integer) p;
      ids := ids || jsonb_build_object(one.n, placed_id);
    END IF;
    findings := findings || wmo_works.ocds_said(process, 'tender/milestones/' || (one.part ->> 'id'), 'not_placed',
                                                fault);
  END LOOP;
  RETURN findings;
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_place_proceedings(wmo_works.ocds_process, text, integer) IS
  'Adds the proceedings that the milestones of a tender tell of an award; what is lodged against a ruling comes after '
  'it.';

CREATE FUNCTION wmo_works.ocds_place_awards(process wmo_works.ocds_process) RETURNS wmo.ocds_finding[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  award record;
  days jsonb;
  fault text;
  supplier wmo_works.ocds_placed;
  lot wmo_works.ocds_placed;
  known_id integer;
  written record;
  findings wmo.ocds_finding[] := '{}';
BEGIN
  FOR award IN
    SELECT e.part, wmo_works.ocds_key(e.part -> 'id') AS key,
           'awards/' || coalesce(wmo_works.ocds_key(e.part -> 'id'), e.n::text) AS path
    FROM wmo_works.ocds_each(process.release -> 'awards') e ORDER BY e.n
  LOOP
    days := wmo_works.ocds_award_days(process, award.key);
    known_id := wmo_works.ocds_row(process.ocid, 'award', award.key);
    fault := wmo_works.ocds_award_fault(award.part, award.key, days);
    IF fault IS NOT NULL THEN
      findings := findings || wmo_works.ocds_said(process, award.path, 'not_placed', fault
        || CASE WHEN known_id IS NULL THEN ''
                ELSE wmo_works.words('; the award stands as it came in before: record it there') END);
      CONTINUE;
    END IF;
    supplier := wmo_works.ocds_awarded_to(process, award.part -> 'suppliers', award.path || '/suppliers');
    lot := wmo_works.ocds_award_lot(process, award.part -> 'relatedLots', award.path);
    written := wmo_works.ocds_write_award(process, known_id, supplier.row_id, lot.row_id,
                                          wmo_works.ocds_date(award.part -> 'date'), days,
                                          wmo_works.ocds_text(award.part -> 'description'));
    IF known_id IS NULL THEN
      INSERT INTO wmo.ocds_identity (ocid, ocds_id, award_id, source_id)
      VALUES (process.ocid, award.key, written.placed_id, process.source_id);
    END IF;
    findings := findings || wmo_works.ocds_place_proceedings(process, award.key, written.placed_id)
      || supplier.findings || lot.findings
      || wmo_works.ocds_said(process, award.path, CASE WHEN known_id IS NULL THEN 'added' WHEN written.changed
           THEN 'changed' ELSE 'unchanged' END, wmo_works.words('award'));
  END LOOP;
  RETURN findings || ARRAY(
    -- terms and days that fit no award, and those in words that are not read
    SELECT f FROM wmo_works.ocds_each(process.release -> 'tender' -> 'milestones') m
    CROSS JOIN LATERAL unnest(wmo_works.ocds_said(process, 'tender/milestones', 'not_placed',
      wmo_works.words('not one of the days or terms of an award that the registry knows'))) f
    WHERE NOT EXISTS (SELECT FROM wmo_works.ocds_each(process.release -> 'awards') a
                      WHERE wmo_works.ocds_award_days(process, wmo_works.ocds_key(a.part -> 'id'))
                              ->> (m.part ->> 'code') IS NOT NULL
                        AND m.part ->> 'id' = m.part ->> 'code' || '-' || wmo_works.ocds_key(a.part -> 'id'))
      AND NOT (m.part ->> 'code' = 'proceedings'
               AND EXISTS (SELECT FROM wmo_works.ocds_each(process.release -> 'awards') a
                           WHERE m.part ->> 'id' ~ '-[0-9]{1,6}$'
                             AND regexp_replace(m.part ->> 'id', '-[0-9]{1,6}$', '')
                                 = 'proceedings-' || wmo_works.ocds_key(a.part -> 'id'))));
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_place_awards(wmo_works.ocds_process) IS
  'Adds the awards of a release, or corrects them. An award that failed, or was cancelled on an unknown day, is left '
  'out.';
