-- seal: what all tables of the registry have in common.
-- Relies on every table that stands before it.
--
-- Every table of the registry holds the user's rows: it is dumped with them, keeps the time of its last change, and
-- explains its key, source and changed_at columns in the same words.

CREATE FUNCTION wmo_works.touch_changed_at() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  NEW.changed_at := wmo_works.change_time();
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION wmo_works.touch_changed_at() IS
  'Row trigger of every registry table: stamps the row with the time of its last change, whatever a statement says.';

DO $$
DECLARE
  registry_table text;
BEGIN
  -- whatever keeps the time of its last change is a table of the registry: there is no list to forget one in
  FOR registry_table IN
    SELECT c.relname FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = 'changed_at'
    WHERE c.relnamespace = 'wmo'::regnamespace AND c.relkind = 'r' ORDER BY c.oid
  LOOP
    EXECUTE format('CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON wmo.%I FOR EACH ROW EXECUTE FUNCTION '
                   'wmo_works.touch_changed_at()',
      registry_table);
    EXECUTE format('COMMENT ON TRIGGER touch ON wmo.%I IS %L', registry_table, 'Keeps changed_at.');
    EXECUTE format('COMMENT ON COLUMN wmo.%I.id IS %L', registry_table, 'Key.');
    -- the numbers at either end mean in a coverage map that there is none
    IF registry_table IN ('area', 'party', 'contract', 'service') THEN
      EXECUTE format('ALTER TABLE wmo.%I ADD CONSTRAINT %I CHECK (id > -2147483647 AND id < 2147483647)',
                     registry_table, registry_table || '_id_is_within_bounds');
    END IF;
    EXECUTE format('COMMENT ON COLUMN wmo.%I.changed_at IS %L', registry_table,
      CASE WHEN registry_table IN ('contract', 'award', 'tender', 'party')
           THEN 'When this row last changed, or something that belonged to it was taken away.'
           ELSE 'When this row last changed.' END);
    EXECUTE format('CREATE TRIGGER aa_trust_restore BEFORE INSERT ON wmo.%I FOR EACH STATEMENT EXECUTE FUNCTION '
                   'wmo_works.trust_restore()', registry_table);
    EXECUTE format('COMMENT ON TRIGGER aa_trust_restore ON wmo.%I IS %L', registry_table,
      'Takes the rows of a dump as they are.');
    IF registry_table <> 'source' THEN
      EXECUTE format('COMMENT ON COLUMN wmo.%I.source_id IS %L', registry_table,
        'The passage that states this; null = the user''s own administration.');
    END IF;
    PERFORM pg_catalog.pg_extension_config_dump(format('wmo.%I', registry_table)::regclass,
      CASE registry_table WHEN 'service' THEN 'WHERE id >= 1000' ELSE '' END);
    PERFORM pg_catalog.pg_extension_config_dump(format('wmo.%I', registry_table || '_id_seq')::regclass, '');
  END LOOP;
END
$$;

-- ---- words: what a column may say is told where it is refused -------------------------------------------------------
-- A constraint cannot say which words it allows. A trigger can, and is only called for a word that is none.

CREATE FUNCTION wmo_works.refuse_word() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  word text;
  words CONSTANT text[] := TG_ARGV[2];
BEGIN
  EXECUTE format('SELECT ($1).%I', TG_ARGV[0]) USING NEW INTO word;
  RAISE EXCEPTION 'new row for relation "%" violates check constraint "%"', TG_TABLE_NAME, TG_ARGV[1]
    USING ERRCODE = 'check_violation', SCHEMA = 'wmo', TABLE = TG_TABLE_NAME, COLUMN = TG_ARGV[0],
      CONSTRAINT = TG_ARGV[1],
      DETAIL = format('"%s" is no word for %s: it is one of %s.', left(word, 100), TG_ARGV[0],
                      array_to_string(words, ', ')),
      HINT = 'Leave it null where it is not known and may be; see the comment of the column.';
END
$$;
COMMENT ON FUNCTION wmo_works.refuse_word() IS
  'Row trigger that is called for a word that its column does not know. Arguments: the column, its constraint, and the '
  'words as an array.';

DO $$
DECLARE
  listed record;
BEGIN
  FOR listed IN
    SELECT c.relname, a.attname, k.conname, 'words_of_'::text || a.attname::text AS trigger_name,
           ARRAY(SELECT m[1] FROM regexp_matches(d.words, '''([^'']+)''::text', 'g') m) AS words
    FROM pg_catalog.pg_constraint k
    JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
    CROSS JOIN LATERAL (SELECT pg_catalog.pg_get_constraintdef(k.oid) AS words) d
    WHERE c.relnamespace = 'wmo'::regnamespace AND k.contype = 'c' AND cardinality(k.conkey) = 1
      AND a.atttypid = 'text'::regtype AND d.words ~ '^CHECK [(][(]"?[a-z_]+"? = ANY [(]ARRAY[[][^]]*[]][)][)][)]$'
    ORDER BY c.relname, a.attname
  LOOP
    EXECUTE format('CREATE TRIGGER %1$I BEFORE INSERT OR UPDATE OF %2$I ON wmo.%3$I FOR EACH ROW '
                   'WHEN (NEW.%2$I <> ALL (%4$L::text[])) EXECUTE FUNCTION wmo_works.refuse_word(%2$L, %5$L, %4$L)',
                   listed.trigger_name, listed.attname, listed.relname, listed.words, listed.conname);
    EXECUTE format('COMMENT ON TRIGGER %I ON wmo.%I IS %L', listed.trigger_name, listed.relname,
                   'Says which words there are, where one is refused.');
  END LOOP;
END
$$;

-- What is taken away leaves no time of its own: what it belonged to has changed. So nothing that is told of a contract,
-- award, tender or party can look older than what was told before.
CREATE FUNCTION wmo_works.touch_whole() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  whole CONSTANT text := CASE WHEN TG_TABLE_NAME = 'award_challenge' THEN 'award'
                              WHEN TG_TABLE_NAME = 'tender_buyer' THEN 'tender'
                              WHEN TG_TABLE_NAME IN ('party_identifier', 'party_alias', 'consortium_member',
                                                     'tender_lead_time')
                              THEN 'party'
                              ELSE 'contract' END;
  key CONSTANT text := CASE TG_TABLE_NAME WHEN 'consortium_member' THEN 'consortium' WHEN 'tender_lead_time'
                                          THEN 'buyer' ELSE whole END || '_id';
  ids integer[];
BEGIN
  EXECUTE format(CASE TG_OP
    WHEN 'DELETE' THEN 'SELECT array_agg(w.id) FROM wmo.%1$I w WHERE w.id IN (SELECT o.%2$I FROM old_row o)'
    ELSE 'SELECT array_agg(w.id) FROM wmo.%1$I w WHERE w.id IN (SELECT o.%2$I FROM old_row o WHERE NOT EXISTS '
         '(SELECT FROM new_row n WHERE n.id = o.id AND n.%2$I = o.%2$I))' END, whole, key) INTO ids;
  IF ids IS NOT NULL THEN
    EXECUTE format('UPDATE wmo.%I w SET changed_at = $2 WHERE w.id = ANY ($1) AND w.changed_at < $2', whole)
    USING ids, wmo_works.change_time();
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo_works.touch_whole() IS
  'Statement trigger of what belongs to a contract, award, tender or party: when it is deleted or moves to another, '
  'the one that it leaves has changed.';

DO $$
DECLARE
  part text;
BEGIN
  FOREACH part IN ARRAY '{award_challenge,tender_buyer,contract_scope,contract_change,contract_ending,subcontract,'
    'client_stop,client_stop_lift,party_identifier,party_alias,consortium_member,tender_lead_time}'::text[]
  LOOP
    EXECUTE format('CREATE TRIGGER touch_whole_left AFTER DELETE ON wmo.%I REFERENCING OLD TABLE AS old_row FOR EACH '
                   'STATEMENT EXECUTE FUNCTION wmo_works.as_owner(''touch_whole'')', part);
    EXECUTE format('CREATE TRIGGER touch_whole_moved AFTER UPDATE ON wmo.%I REFERENCING OLD TABLE AS old_row NEW TABLE '
                   'AS new_row FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.as_owner(''touch_whole'')', part);
    EXECUTE format('COMMENT ON TRIGGER touch_whole_left ON wmo.%I IS %L', part, 'What it belonged to has changed.');
    EXECUTE format('COMMENT ON TRIGGER touch_whole_moved ON wmo.%I IS %L', part, 'What it belonged to has changed.');
  END LOOP;
END
$$;

CREATE TRIGGER aa_trust_restore BEFORE INSERT ON wmo.exclusive_claim
  FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.trust_restore();
COMMENT ON TRIGGER aa_trust_restore ON wmo.exclusive_claim IS 'Takes the rows of a dump as they are.';
SELECT pg_catalog.pg_extension_config_dump('wmo.exclusive_claim', '');
SELECT pg_catalog.pg_extension_config_dump('wmo.exclusive_claim_id_seq', '');

CREATE TRIGGER aa_trust_restore BEFORE INSERT ON wmo.coverage_edition
  FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.trust_restore();
COMMENT ON TRIGGER aa_trust_restore ON wmo.coverage_edition IS 'Takes the rows of a dump as they are.';
SELECT pg_catalog.pg_extension_config_dump('wmo.coverage_edition', '');
SELECT pg_catalog.pg_extension_config_dump('wmo.coverage_edition_edition_seq', '');
SELECT pg_catalog.pg_extension_config_dump('wmo.current_coverage', '');

-- Contracts are told with the names of their services and areas. A border that moves changes nothing of that.
CREATE FUNCTION wmo_works.touch_contracts_named() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  key CONSTANT text := TG_TABLE_NAME || '_id';
  ids integer[];
BEGIN
  SELECT array_agg(n.id) INTO ids FROM new_row n JOIN old_row o ON o.id = n.id AND o.name <> n.name;
  IF ids IS NOT NULL THEN
    EXECUTE format(
      'UPDATE wmo.contract c SET changed_at = $2 '
      'FROM (SELECT s.contract_id FROM wmo.contract_scope s WHERE s.%1$I = ANY ($1) '
      'UNION SELECT ch.contract_id FROM wmo.contract_change ch WHERE ch.%1$I = ANY ($1) '
      'UNION SELECT cs.contract_id FROM wmo.client_stop cs WHERE cs.%1$I = ANY ($1)) named '
      'WHERE c.id = named.contract_id AND c.changed_at < $2', key)
    USING ids, wmo_works.change_time();
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION wmo_works.touch_contracts_named() IS
  'Statement trigger of services and areas: where one gets another name, the contracts that name it have changed.';
CREATE TRIGGER touch_contracts_named AFTER UPDATE ON wmo.area REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row
  FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.as_owner('touch_contracts_named');
COMMENT ON TRIGGER touch_contracts_named ON wmo.area IS 'Contracts are told with its name.';
CREATE TRIGGER touch_contracts_named AFTER UPDATE ON wmo.service REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row
  FOR EACH STATEMENT EXECUTE FUNCTION wmo_works.as_owner('touch_contracts_named');
COMMENT ON TRIGGER touch_contracts_named ON wmo.service IS 'Contracts are told with its name.';

-- ---- which contracts changed is named -------------------------------------------------------------------------------
-- What an award makes of its contracts, the derivation of their standing names; a map has nothing else of it.
DO $$
DECLARE
  named record;
BEGIN
  FOR named IN
    SELECT t.name, t.key, event
    FROM (VALUES ('contract', 'id'), ('contract_scope', 'contract_id'), ('contract_change', 'contract_id'),
                 ('contract_ending', 'contract_id'), ('subcontract', 'contract_id'), ('client_stop', 'contract_id'),
                 ('client_stop_lift', 'contract_id')) t (name, key),
         unnest('{insert,update,delete}'::text[]) event
  LOOP
    EXECUTE format('CREATE TRIGGER name_changed_on_%s AFTER %1$s ON wmo.%I REFERENCING %s FOR EACH STATEMENT '
                   'EXECUTE FUNCTION wmo_works.name_changed(%L)', named.event, named.name,
      CASE named.event WHEN 'insert' THEN 'NEW TABLE AS new_row' WHEN 'delete' THEN 'OLD TABLE AS old_row'
                       ELSE 'OLD TABLE AS old_row NEW TABLE AS new_row' END, named.key);
    EXECUTE format('COMMENT ON TRIGGER name_changed_on_%s ON wmo.%I IS %L', named.event, named.name,
      'Names the contracts that change.');
  END LOOP;
END
$$;

-- ---- every change is noted ------------------------------------------------------------------------------------------
-- For every table that an answer may rest on, the user's own calendar included; not for the identifiers under which
-- rows came in. Whatever the session's role, a restore's too; logical replication fires no statement triggers, so there
-- every row says it.

DO $$
DECLARE
  noted record;
BEGIN
  FOR noted IN
    SELECT c.relname,
           CASE WHEN c.relname = 'area' THEN 'areas'
                WHEN c.relname IN ('area_part', 'postcode_place', 'municipality_own', 'municipality_shipped')
                THEN 'places'
                -- of these it is named which; of those of an award by the derivation of their standing
                WHEN c.relname IN ('award', 'award_challenge')
                     OR EXISTS (SELECT FROM pg_catalog.pg_trigger t
                                WHERE t.tgrelid = c.oid AND t.tgname = 'name_changed_on_insert')
                THEN 'contracts' ELSE 'rows' END AS kind
    FROM pg_catalog.pg_class c
    WHERE c.relnamespace = 'wmo'::regnamespace AND c.relkind = 'r'
      AND c.relname NOT IN ('registry_change', 'coverage_edition', 'current_coverage', 'exclusive_claim', 'no_gap_rule',
                            'ocds_identity')
    ORDER BY c.relname
  LOOP
    EXECUTE format('CREATE TRIGGER note_change BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON wmo.%I FOR EACH '
                   'STATEMENT EXECUTE FUNCTION wmo_works.note_change(%L)',
                   noted.relname, noted.kind);
    EXECUTE format('CREATE TRIGGER note_change_made AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON wmo.%I FOR EACH '
                   'STATEMENT EXECUTE FUNCTION wmo_works.note_change(%L)',
                   noted.relname, noted.kind);
    EXECUTE format('CREATE TRIGGER note_change_replicated BEFORE INSERT OR UPDATE OR DELETE ON wmo.%I FOR EACH ROW '
                   'EXECUTE FUNCTION wmo_works.note_change(%L)',
                   noted.relname, noted.kind);
    EXECUTE format('COMMENT ON TRIGGER note_change ON wmo.%I IS %L', noted.relname,
      'Notes that the registry is changing.');
    EXECUTE format('COMMENT ON TRIGGER note_change_made ON wmo.%I IS %L', noted.relname,
      'Notes that this change is made.');
    EXECUTE format('COMMENT ON TRIGGER note_change_replicated ON wmo.%I IS %L', noted.relname,
      'Notes a change that logical replication brings.');
  END LOOP;
END
$$;

CREATE FUNCTION wmo.note_every_change() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  noted regclass;
BEGIN
  FOR noted IN
    SELECT DISTINCT t.tgrelid::regclass FROM pg_catalog.pg_trigger t
    JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
    WHERE t.tgfoid = 'wmo_works.note_change()'::regprocedure AND c.relnamespace = 'wmo'::regnamespace ORDER BY 1
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER note_change, ENABLE ALWAYS TRIGGER note_change_made, '
                   'ENABLE REPLICA TRIGGER note_change_replicated', noted);
  END LOOP;
  FOR noted IN
    SELECT t.tgrelid::regclass FROM pg_catalog.pg_trigger t
    WHERE t.tgfoid = 'wmo_works.mark_standing()'::regprocedure AND t.tgname = 'mark_standing' ORDER BY 1
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER mark_standing, '
                   'ENABLE REPLICA TRIGGER mark_standing_replicated', noted);
  END LOOP;
END
$$;
REVOKE ALL ON FUNCTION wmo.note_every_change() FROM PUBLIC;
COMMENT ON FUNCTION wmo.note_every_change() IS
  'Switches the triggers on that note changes of the registry, as they were installed. For the owner of the tables, '
  'after ALTER TABLE ... ENABLE TRIGGER ALL (pg_restore --disable-triggers does that), which leaves them switched '
  'otherwise; until then questions are answered by the tables. wmo.rebuild_standing goes after it.';
SELECT wmo.note_every_change();

-- Nothing stands yet, and that is kept.
INSERT INTO wmo_works.standing_mark (version, triggers)
SELECT v.version, v.triggers FROM wmo_works.standing_version() v;
