-- merge_areas: two rows of the registry that are one area become one.
-- Relies on area, shape and whatever refers to areas, which the catalog names.
--
-- Lists that name an area now by its name and now by its code leave two of it, and questions by the one do not find
-- what was loaded under the other.

CREATE FUNCTION wmo_works.why_areas_differ(gone wmo.area, kept wmo.area) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 20000
BEGIN ATOMIC
  SELECT CASE
    WHEN (gone).id = (kept).id THEN 'They are the same row already.'
    WHEN (gone).code OPERATOR(@extschema@.<>) (kept).code
      THEN format('Their codes are %s and %s: one code, one area.', (gone).code, (kept).code)
    WHEN NOT (gone).valid && (kept).valid
      THEN format('They share no day: one existed on %s, the other on %s. These are two editions.',
                  wmo_works.iso_days((gone).valid), wmo_works.iso_days((kept).valid))
    WHEN (gone).kind <> (kept).kind AND NOT 'other' IN ((gone).kind, (kept).kind)
      THEN format('One is of kind %s, the other of kind %s.', (gone).kind, (kept).kind)
    WHEN 'schematic' NOT IN ((gone).geom_basis, (kept).geom_basis)
         AND NOT wmo_works.same_ground((gone).geom, (kept).geom, 0.02::float8)
      THEN 'Their shapes differ by more than a fiftieth of their surface.'
    WHEN EXISTS (SELECT FROM wmo.area_with_wholes((gone).id) w WHERE w.whole_id = (kept).id)
      OR EXISTS (SELECT FROM wmo.area_with_wholes((kept).id) w WHERE w.whole_id = (gone).id)
      THEN 'One is recorded as a part of the other.'
    WHEN EXISTS (SELECT FROM wmo.area_part p WHERE p.whole_id = (gone).id)
     AND EXISTS (SELECT FROM wmo.area_part p WHERE p.whole_id = (kept).id)
     AND EXISTS (SELECT FROM wmo.area_part p WHERE p.whole_id IN ((gone).id, (kept).id)
                 GROUP BY p.part_id HAVING count(*) = 1)
      THEN 'They are made of different parts.'
  END;
END;
COMMENT ON FUNCTION wmo_works.why_areas_differ(wmo.area, wmo.area) IS
  'Why two rows cannot be one area; null when nothing recorded about them says so.';

CREATE FUNCTION wmo_works.move_area_references(gone_id integer, kept_id integer)
RETURNS TABLE (moved regclass, rows bigint, twins bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  reference record;
BEGIN
  FOR reference IN
    SELECT c.conrelid::regclass AS referring, quote_ident(a.attname) AS by_column
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND c.confrelid = 'wmo.area'::regclass
      -- claims are derived from the scopes that move
      AND c.conrelid <> 'wmo.exclusive_claim'::regclass
    ORDER BY c.conrelid, a.attnum
  LOOP
    -- a row that says the very same of the other area is said once
    EXECUTE format(
      'DELETE FROM %1$s gone USING %1$s kept
       WHERE gone.%2$s = $1 AND kept.%2$s = $2
         AND to_jsonb(gone) - $3 = to_jsonb(kept) - $3', reference.referring, reference.by_column)
      USING gone_id, kept_id, ARRAY['id', 'source_id', 'changed_at', trim('"' FROM reference.by_column)];
    GET DIAGNOSTICS twins = ROW_COUNT;
    EXECUTE format('UPDATE %s SET %2$s = $2 WHERE %2$s = $1', reference.referring, reference.by_column)
      USING gone_id, kept_id;
    GET DIAGNOSTICS rows = ROW_COUNT;
    moved := reference.referring;
    IF rows + twins > 0 THEN
      RETURN NEXT;
    END IF;
  END LOOP;
END
$$;
COMMENT ON FUNCTION wmo_works.move_area_references(integer, integer) IS
  'Lets everything that refers to one area refer to another; of two rows that say the same, one stays.';

CREATE FUNCTION wmo.merge_areas(gone_id integer, kept_id integer)
RETURNS TABLE (moved regclass, rows bigint, twins bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  gone wmo.area;
  kept wmo.area;
  difference text;
  failed_table text;
BEGIN
  LOCK TABLE wmo.area IN SHARE ROW EXCLUSIVE MODE;
  SELECT a.* INTO gone FROM wmo.area a WHERE a.id = merge_areas.gone_id;
  SELECT a.* INTO kept FROM wmo.area a WHERE a.id = merge_areas.kept_id;
  IF gone.id IS NULL OR kept.id IS NULL THEN
    RAISE EXCEPTION 'there is no area %', CASE WHEN gone.id IS NULL THEN gone_id ELSE kept_id END
      USING ERRCODE = 'undefined_object', DETAIL = 'Areas are known by the id column of wmo.area.',
        HINT = 'Give the area that goes first, and the one that stays second.';
  END IF;
  -- parts that a policy hides would neither move nor stay: they go with their whole
  IF row_security_active('wmo.area_part') THEN
    RAISE EXCEPTION 'areas cannot be made one by who sees a part of the registry only'
      USING ERRCODE = 'insufficient_privilege', DETAIL = 'A policy may hide rows of wmo.area_part.',
        HINT = 'Let the owner of the tables do it.';
  END IF;
  difference := wmo_works.why_areas_differ(gone, kept);
  IF difference IS NOT NULL THEN
    RAISE EXCEPTION 'areas % "%" and % "%" are not one', gone.id, gone.name, kept.id, kept.name
      USING ERRCODE = 'check_violation', DETAIL = difference,
        HINT = 'Correct what is wrong in wmo.area or wmo.area_part first, if something is.';
  END IF;
  BEGIN
    RETURN QUERY SELECT m.* FROM wmo_works.move_area_references(gone.id, kept.id) m;
    DELETE FROM wmo.area a WHERE a.id = gone.id;
    UPDATE wmo.area a
    SET code = coalesce(kept.code, gone.code),
        valid = CASE WHEN lower_inf(kept.valid) AND upper_inf(kept.valid) THEN gone.valid ELSE kept.valid END,
        geom = better.geom, geom_basis = better.geom_basis, source_id = coalesce(kept.source_id, gone.source_id)
    FROM (SELECT s.geom, s.geom_basis
          FROM (VALUES (kept.geom, kept.geom_basis, 1), (gone.geom, gone.geom_basis, 2)) s (geom, geom_basis, turn)
          ORDER BY s.geom_basis IS NULL, s.geom_basis = 'schematic', s.turn LIMIT 1) better
    WHERE a.id = kept.id
      AND (kept.code IS NULL AND gone.code IS NOT NULL OR better.geom_basis IS DISTINCT FROM kept.geom_basis
        OR lower_inf(kept.valid) AND upper_inf(kept.valid) AND gone.valid <> kept.valid
        OR kept.source_id IS NULL AND gone.source_id IS NOT NULL);
    PERFORM wmo_works.settle_areas(ARRAY[kept.id]);
  EXCEPTION WHEN exclusion_violation OR unique_violation THEN
    GET STACKED DIAGNOSTICS failed_table = TABLE_NAME;
    IF failed_table = 'exclusive_claim' THEN
      RAISE; -- it names both main providers
    END IF;
    RAISE EXCEPTION 'what is recorded of areas % "%" and % "%" contradicts itself', gone.id, gone.name, kept.id,
        kept.name
      USING ERRCODE = 'check_violation',
        DETAIL = format('Rows of wmo.%s say different things of the two, on the same days%s.', failed_table,
          CASE failed_table WHEN 'contract_scope' THEN
            (SELECT ': contract '
                    || string_agg(DISTINCT format('"%s" for %s', c.number, v.code), ', ')
             FROM wmo.contract_scope one
             JOIN wmo.contract_scope other
               ON (other.contract_id, other.service_id) = (one.contract_id, one.service_id)
             JOIN wmo.contract c ON c.id = one.contract_id JOIN wmo.service v ON v.id = one.service_id
             WHERE one.area_id = gone.id AND other.area_id = kept.id) END),
        HINT = 'Correct one of them first; rows that say the same of both areas are no contradiction.';
  END;
END
$$;
COMMENT ON FUNCTION wmo.merge_areas(integer, integer) IS
  'Makes two rows of wmo.area one: everything that refers to the first (scopes, changes, stops, parts, rules) refers '
  'to the second, which also gets the code, the days and the shape that only the first has; claims of main providers '
  'are derived anew; of two references that say the same one stays (twins). Refuses areas with different codes, days '
  'without overlap, different ground or parts, and references that would contradict each other. Says per table what '
  'it moved.';
