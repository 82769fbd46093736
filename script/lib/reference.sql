-- docs/reference.md, from the catalog of a fresh install: the face of the extension by subject, each object with its
-- COMMENT, everything that returns rows with its columns. What stands in wmo_works is not for calling and not in here.
SET search_path = pg_catalog;
SET client_min_messages = warning;

-- ---- the subjects, in the order of the README's questions; each name of the face belongs to one ----------------------
CREATE TEMP TABLE subject (n numeric, title text, intro text, names text[]);
INSERT INTO subject VALUES
  (1, 'Who serves this resident, how sure is that, and why?',
   '`on_date` is the day of care, `as_of` the day whose legal state is asked. Equals share a `rank`; `ord` only keeps the order stable.',
   '{providers_at,providers_in_area,providers_at_postcode,provider_at,answer_at,answer_at_postcode,explain_providers_at,
     explain_providers_in_area,explain_providers_at_postcode,provider_row,provider_role,certainty,reason,coverage,postcode_shares,age_on}'),
  (2, 'Was this product contracted here that day?', NULL, '{contract_for,is_contracted,is_contracted_at,is_contracted_in_area,is_contracted_at_postcode}'),
  (3, 'The same for millions of rows, frozen on a day, or without a table',
   'How they fit together: [millions-of-rows.md](millions-of-rows.md).',
   '{coverage_map,compile_coverage,provider_on,providers_on,answer_on,provider_by_map,providers_by_map,answer_by_map,describe,describe_session_map,describe_shared_maps,
     publish_coverage,recognise_edition,coverage_edition,current_coverage}'),
  (4, 'How does this award stand, and until when can it be fought?', NULL,
   '{award_status,award_timeline,award_term,award_terms,running_objection_period,running_objection_periods,challenge_effect,
     court_chain,court_remedy,contract_annulment,contract_annulments,minimum_standstill,
     correct_award,objection_period,objection_period_until,regime,event_day,first_day,last_day,latest_last_day,earliest_final,term_length,
     daterange,is_timely,explain_timely,explain_objection_period,recomputed,objection_periods_to_review}'),
  (5, 'When does a term end, and by which law?', 'With examples: [terms.md](terms.md).',
   '{term_last_day,explain_term,decision_last_day,decision_last_day_after,explain_decision,decision_chain,decision_term,term_event,default_regime,term_rule,term_rule_own,
     term_rule_shipped,is_working_day,next_working_day,working_day_by,public_holidays,calendar_is_complete,term_warning,calendar_warning,equated_day,
     equated_day_own,equated_day_shipped,calendar_decree,calendar_decree_own,calendar_decree_shipped}'),
  (6, 'How long does this contract run?', NULL,
   '{contract_change_warning,contract_period,contract_period_until,contract_period_open,contract_period_unknown_end,contract_period_unknown_start,
     first_term,current_term,maximum_term,certain_term,exclusive_end,end_kind,options,option_terms,notice_by,extension_notice,
     exercise_option,decline_option,extend_by_agreement,terminate,revoke_termination,contract_status,contracts_run,contract_periods_on,is_terminated,
     has_agreed_extension,has_late_extension}'),
  (7, 'What must we decide, and when?', 'With examples: [decision-calendar.md](decision-calendar.md).',
   '{decision_calendar,decision_calendar_on,decision_row,decision_icalendar,decision_lead,termination_notice_by,earliest_end,sign_contract,extend_contract,
     decline_extension,end_contract,revoke_end,resume_contract,transfer_contract,suspend_contract,stop_clients,take_clients_again,contract_act,contract_id,coverage_changes,answers_changed,decisions_changed,facts_changed}'),
  (8, 'Who is left out, who is doubly served?', NULL,
   '{coverage_gaps,coverage_gaps_in,coverage_gap,gap_kind,coverage_overlaps,coverage_overlaps_in,coverage_overlap,no_gap_rule,
     exclusive_claim}'),
  (9, 'What changes hands, what would a fall leave, what became of an area?', NULL,
   '{handovers,handover,exit_impact,exit_effect,succession}'),
  (10, 'Loading what you have', 'With examples: [load-your-list.md](load-your-list.md).',
   '{load_contract_list,contract_list_finding,contract_list_column,load_areas,load_postcodes,merge_areas}'),
  (11, 'Codes', NULL,
   '{area_code,try_area_code,area_code_text,postcode,try_postcode,postcode_text,compact,pc4,level,parent,municipality,district,
     municipality_digits,lineage,last_descendant}'),
  (12, 'The registry: parties', NULL, '{party,party_identifier,party_alias,consortium_member,party_succession}'),
  (13, 'The registry: places', NULL,
   '{area,area_part,municipality,municipality_own,municipality_shipped,municipality_code,municipal_division,
     municipal_division_own,municipal_division_shipped,postcode_place,area_edition,area_shape,area_shape_basis,area_with_parts,area_with_wholes}'),
  (14, 'The registry: services', NULL, '{service,service_product,service_synonym,service_synonym_own,service_synonym_shipped,service_id}'),
  (15, 'The registry: evidence', NULL, '{source,tender,tender_buyer,lot,award,award_challenge}'),
  (16, 'The registry: contracts and their life', NULL,
   '{contract,contract_tender,contract_scope,subcontract,subcontract_term,may_subcontract,contract_ending,tender_lead_time,client_stop,client_stop_lift,access_point,contract_change,
     registry_completeness}'),
  (16.5, 'Reports, maps and warehouses',
   'Schema `wmo_bi`: one integer key a row, plain types, days inclusive.',
   '{wmo_bi.contract,wmo_bi.contract_option,wmo_bi.contract_change,wmo_bi.scope,wmo_bi.coverage,wmo_bi.coverage_history,
     wmo_bi.coverage_map,wmo_bi.coverage_on,wmo_bi.coverage_tile,wmo_bi.coverage_tile_json,wmo_bi.subcontract,wmo_bi.subcontract_term,wmo_bi.client_stop,wmo_bi.tender,wmo_bi.lot,wmo_bi.award,
     wmo_bi.award_stretch,wmo_bi.decision,wmo_bi.dossier,wmo_bi.party,wmo_bi.party_identifier,wmo_bi.party_alias,
     wmo_bi.consortium_member,wmo_bi.party_succession,wmo_bi.service,wmo_bi.service_product,wmo_bi.area,wmo_bi.area_part,
     wmo_bi.watermark,wmo_bi.deleted,forget_deleted}'),
  (16.55, 'Pictures and a page on paper',
   'SVG and HTML as text: save it, mail it, print it. Sole traders have no name in it unless they are released.',
   '{report_html,coverage_svg,timeline_svg,award_svg,handover_svg}'),
  (16.6, 'The same under Dutch names', 'Schema `wmo_ggm`: the names of the Gemeentelijk Gegevensmodel 2.5.1 where it has them.',
   '{wmo_ggm.aanbesteding,wmo_ggm.perceel,wmo_ggm.gunning,wmo_ggm.contract,wmo_ggm.optie,wmo_ggm.meldtermijn,wmo_ggm.leverancier,
     wmo_ggm.voorzieningsoort,wmo_ggm.voorziening,wmo_ggm.gebied}'),
  (16.7, 'Open Contracting, out and in', 'What a release holds and what it cannot: [connect.md](connect.md#open-contracting-out-and-in).',
   '{ocds_release,ocds_release_package,import_ocds,ocds_finding,ocds_identity}'),
  (16.9, 'On other servers', 'With set-up, sizes and failures: [more-than-one-machine.md](more-than-one-machine.md).',
   '{publish_registry,prepare_subscriber,check_subscriber,registry_digest}'),
  (17, 'Rights, upkeep and version', NULL, '{wmo_grant,note_every_change,rebuild_standing,check_standing,version}'),
  (18, 'Operators, their functions, and aggregates',
   'Operators and aggregates of our own types stand in the schema of the extension (`public`, unless you chose another). Where the '
   'search_path does not reach it, call the function beside the operator.',
   '{contains,contained_by,overlaps,max,min}');

-- ---- words -----------------------------------------------------------------------------------------------------------
CREATE FUNCTION pg_temp.literals(t text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN regexp_replace(regexp_replace(t, '(^|[\s(])''([^''`]+)''(?=[\s,.;:)]|$)', '\1`''\2''`', 'g'),
  '([a-z_]+:\([^ ]+\])', '`\1`', 'g');
-- One line of prose, and one cell of a table.
CREATE FUNCTION pg_temp.prose(t text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN coalesce(pg_temp.literals(regexp_replace(btrim(t), '\s*\n\s*', ' ', 'g')), '');
CREATE FUNCTION pg_temp.cell(t text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN replace(pg_temp.prose(t), '|', '\|');
-- A comment of several lines: those of a grammar and of its examples stand as code.
CREATE FUNCTION pg_temp.text_and_code(t text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN (
  SELECT string_agg(CASE WHEN is_code THEN E'```text\n' || lines || E'\n```' ELSE pg_temp.literals(lines) END, E'\n\n' ORDER BY run)
  FROM (SELECT run, is_code, string_agg(line, E'\n' ORDER BY n) AS lines
        FROM (SELECT n, line, is_code, n - row_number() OVER (PARTITION BY is_code ORDER BY n) AS island,
                     min(n) OVER (PARTITION BY is_code, n - rank) AS run
              FROM (SELECT n, rtrim(line) AS line, line ~ '^(\[|\(|  |[a-z]+ +=)' AS is_code,
                           row_number() OVER (PARTITION BY line ~ '^(\[|\(|  |[a-z]+ +=)' ORDER BY n) AS rank
                    FROM string_to_table(btrim(t, E'\n'), E'\n') WITH ORDINALITY AS l (line, n)) marked) islands
        GROUP BY run, is_code) runs);
-- Types as a user writes them: PostGIS and our operators stand where the user put them.
CREATE FUNCTION pg_temp.plain(t text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN replace(t, 'public.', '');
-- A signature in lines of at most 110 columns.
CREATE FUNCTION pg_temp.wrapped(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  done text := '';
  line text := '';
  part text;
BEGIN
  FOREACH part IN ARRAY regexp_split_to_array(t, '(?<=,) ') LOOP
    IF line <> '' AND length(line) + 1 + length(part) > 110 THEN
      done := done || line || E'\n';
      line := '    ' || part;
    ELSE
      line := concat_ws(' ', nullif(line, ''), part);
    END IF;
  END LOOP;
  RETURN done || line;
END $$;

-- ---- the face --------------------------------------------------------------------------------------------------------
CREATE TEMP VIEW member AS
  SELECT d.classid, d.objid
  FROM pg_depend d
  JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
  WHERE e.extname = 'wmo_contracts' AND d.deptype = 'e';

-- Schema wmo goes without saying; the views of wmo_bi bear the names of its tables.
CREATE FUNCTION pg_temp.face_name(schema oid, name name) RETURNS text LANGUAGE sql STABLE
RETURN CASE WHEN schema::regnamespace::text IN ('wmo_bi', 'wmo_ggm') THEN schema::regnamespace || '.' ELSE '' END || name;
CREATE TEMP VIEW face_function AS
  SELECT p.oid, pg_temp.face_name(p.pronamespace, p.proname) AS name, p.pronamespace::regnamespace AS schema, p.prokind, p.provolatile, p.proisstrict,
         -- a default is the value, its type stands before it
         regexp_replace(pg_temp.plain(pg_get_function_arguments(p.oid)), '(DEFAULT (?:NULL|''[^'']*''))::[^,]+', '\1', 'g')
           AS arguments, pg_temp.plain(pg_get_function_result(p.oid)) AS result,
         obj_description(p.oid, 'pg_proc') AS description, p.prorettype, p.proretset, p.proargnames, p.proallargtypes, p.proargmodes
  FROM member m
  JOIN pg_proc p ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid
  WHERE p.pronamespace <> 'wmo_works'::regnamespace
    -- a twin that takes text is told of where its function stands
    AND coalesce(obj_description(p.oid, 'pg_proc'), '') NOT LIKE 'For clients that send text: %';

-- Functions that are only there as another spelling of an operator or a comparison are listed beside it.
CREATE TEMP VIEW comparison AS
  SELECT oprcode::oid AS oid FROM pg_operator WHERE oprname IN ('=', '<>', '<', '<=', '>', '>=');

CREATE TEMP VIEW face_type AS
  SELECT t.oid, t.typname::text AS name, t.typrelid, t.typtype
  FROM member m
  JOIN pg_type t ON m.classid = 'pg_type'::regclass AND t.oid = m.objid AND t.typnamespace = 'wmo'::regnamespace
  LEFT JOIN pg_class c ON c.oid = t.typrelid
  WHERE t.typtype IN ('b', 'e', 'd') AND NOT (t.typelem <> 0 AND t.typcategory = 'A') OR c.relkind = 'c';

CREATE TEMP VIEW face_relation AS
  SELECT c.oid, pg_temp.face_name(c.relnamespace, c.relname) AS name, c.relkind
  FROM member m
  JOIN pg_class c ON m.classid = 'pg_class'::regclass AND m.objid = c.oid AND c.relkind IN ('r', 'p', 'v', 'm')
  WHERE c.relnamespace IN ('wmo'::regnamespace, 'wmo_bi'::regnamespace, 'wmo_ggm'::regnamespace);

-- What a name is, in the order in which it is told: functions, then the rows and types they give, then tables.
CREATE TEMP VIEW told AS
  SELECT f.name, 1 AS kind, f.oid FROM face_function f WHERE f.oid NOT IN (SELECT oid FROM comparison)
  UNION ALL SELECT t.name, CASE t.typtype WHEN 'c' THEN 2 ELSE 0 END, t.oid FROM face_type t
  UNION ALL SELECT r.name, 3, r.oid FROM face_relation r;

-- The columns of what returns rows, by the function's own list or by its row type.
CREATE TEMP VIEW returned_column AS
  SELECT f.oid, a.n, a.name, a.type::regtype::oid AS type, NULL::text AS description
  FROM face_function f
  CROSS JOIN LATERAL unnest(f.proargnames, f.proallargtypes, f.proargmodes::text[]) WITH ORDINALITY AS a (name, type, mode, n)
  WHERE a.mode IN ('t', 'o', 'b') AND (f.proretset OR cardinality(array_positions(f.proargmodes::text[], 'o')) > 1);

CREATE TEMP VIEW relation_column AS
  SELECT a.attrelid, a.attnum, a.attname, pg_temp.plain(format_type(a.atttypid, a.atttypmod)) AS type, a.attnotnull,
         col_description(a.attrelid, a.attnum) AS description
  FROM pg_attribute a WHERE a.attnum > 0 AND NOT a.attisdropped;

-- ---- the page --------------------------------------------------------------------------------------------------------
CREATE TEMP VIEW placed AS
  SELECT coalesce(s.n, 99) AS subject, coalesce(array_position(s.names, t.name), 999) AS place, t.name, t.kind, t.oid
  FROM told t LEFT JOIN subject s ON t.name = ANY (s.names);

CREATE TEMP VIEW entry AS
  SELECT p.subject, p.place, p.name, p.kind, string_agg(
    CASE p.kind
      WHEN 1 THEN (
        SELECT E'```sql\n' || pg_temp.wrapped(format('%s(%s)%s', CASE WHEN f.prokind = 'a' THEN f.name
               ELSE f.schema || '.' || replace(f.name, 'wmo_bi.', '') END, f.arguments, ' → ' || f.result))
               || E'\n```\n\n' || pg_temp.prose(f.description) || ' *'
               || CASE WHEN f.prokind = 'a' THEN 'Aggregate.' ELSE initcap(CASE f.provolatile WHEN 'i' THEN 'immutable'
                    WHEN 's' THEN 'stable' ELSE 'volatile' END) || CASE WHEN f.proisstrict THEN ', strict.' ELSE '.' END END || '*'
               || coalesce(E'\n\n| column | type |\n|---|---|\n' || (
                    SELECT string_agg(format('| `%s` | `%s` |', c.name, pg_temp.plain(format_type(c.type, NULL))), E'\n' ORDER BY c.n)
                    FROM returned_column c WHERE c.oid = f.oid), '')
               || coalesce(E'\n\nRows: [' || (SELECT format('%s](#%s)', t.name, t.name) FROM face_type t
                                             WHERE t.oid = f.prorettype AND t.typtype = 'c'), '')
        FROM face_function f WHERE f.oid = p.oid)
      WHEN 3 THEN (
        SELECT CASE r.relkind WHEN 'v' THEN '*View.* ' WHEN 'm' THEN '*Materialized view.* ' ELSE '*Table.* ' END
               || pg_temp.prose(obj_description(r.oid, 'pg_class')) || E'\n\n| column | type | |\n|---|---|---|\n'
               || (SELECT string_agg(format('| `%s` | `%s`%s | %s |', c.attname, c.type,
                     CASE WHEN c.attnotnull THEN ', not null' ELSE '' END, pg_temp.cell(c.description)), E'\n' ORDER BY c.attnum)
                   FROM relation_column c WHERE c.attrelid = r.oid)
        FROM face_relation r WHERE r.oid = p.oid)
      ELSE (
        SELECT CASE t.typtype WHEN 'c' THEN '*Rows.* ' WHEN 'e' THEN '*Words.* ' ELSE '*Type.* ' END
               || pg_temp.text_and_code(obj_description(t.oid, 'pg_type'))
               || coalesce(E'\n\nIn order: ' || (SELECT string_agg(format('`%s`', e.enumlabel), ', ' ORDER BY e.enumsortorder)
                                             FROM pg_enum e WHERE e.enumtypid = t.oid) || '.', '')
               || coalesce(E'\n\n| column | type | |\n|---|---|---|\n' || (
                    SELECT string_agg(format('| `%s` | `%s` | %s |', c.attname, c.type, pg_temp.cell(c.description)), E'\n'
                      ORDER BY c.attnum) FROM relation_column c WHERE c.attrelid = t.typrelid), '')
        FROM face_type t WHERE t.oid = p.oid)
    END, E'\n\n' ORDER BY p.kind, p.oid::regproc::text COLLATE "C", pg_get_function_identity_arguments(p.oid) COLLATE "C") AS text
  FROM placed p
  GROUP BY p.subject, p.place, p.name, p.kind;

CREATE TEMP VIEW heading AS
  SELECT s.n, s.title, regexp_replace(regexp_replace(lower(s.title), '[^a-z0-9 _-]', '', 'g'), ' ', '-', 'g') AS anchor, s.intro
  FROM subject s
  UNION ALL SELECT 19, 'Casts', 'casts', NULL
  UNION ALL SELECT 20, 'Operator classes', 'operator-classes', 'Found by their type; no statement needs to name one.'
  -- script/test refuses a reference in which something stands here
  UNION ALL SELECT 99, 'Without a subject', 'without-a-subject', NULL WHERE EXISTS (SELECT FROM placed WHERE subject = 99);

CREATE TEMP VIEW line AS
  SELECT 0 AS subject, 0 AS place, 0 AS kind, '' AS object, concat_ws(E'\n', '# Reference', '',
    'What people call and read, by subject, with the comment that each object has in the database. Written by `script/reference`: change',
    'the comment in `src/`, then run that again. What the extension rests on stands in schema `wmo_works` and is not for calling.',
    'Whatever takes a code or a period takes it as text too, but for names that several types share.', '')
    AS text
  UNION ALL
  SELECT 0, 1, h.n, '', format('%s. [%s](#%s)%s', row_number() OVER (ORDER BY h.n), h.title, h.anchor,
    coalesce(': ' || (SELECT string_agg(format('[%s](#%s)', n.name, replace(n.name, '.', '')), ', ' ORDER BY n.place)
                      FROM (SELECT DISTINCT p.place, p.name FROM placed p WHERE p.subject = h.n) n), ''))
  FROM heading h
  UNION ALL
  SELECT h.n, -1, 0, '', E'\n## ' || h.title || coalesce(E'\n\n' || h.intro, '') FROM heading h
  UNION ALL
  SELECT e.subject, e.place, CASE WHEN e.kind = 0 THEN 0 ELSE e.kind END, e.name,
    CASE WHEN e.kind = (SELECT min(o.kind) FROM entry o WHERE o.name = e.name AND o.subject = e.subject)
         THEN E'\n### ' || e.name || E'\n' ELSE '' END || E'\n' || e.text
  FROM entry e
  UNION ALL
  SELECT 18, 10000, 0, '', E'\n### Every operator\n\n| operator | result | function | |\n|---|---|---|---|'
  UNION ALL
  SELECT 18, 10001, 0, format_type(o.oprleft, NULL) || ' ' || o.oprname || format_type(o.oprright, NULL),
    format('| `%s` | `%s` | `%s` | %s |',
      replace(concat_ws(' ', pg_temp.plain(format_type(o.oprleft, NULL)), o.oprname, pg_temp.plain(format_type(o.oprright, NULL))), '|', '\|'),
      pg_temp.plain(format_type(o.oprresult, NULL)), o.oprcode, pg_temp.cell(obj_description(o.oid, 'pg_operator')))
  FROM member m
  JOIN pg_operator o ON m.classid = 'pg_operator'::regclass AND m.objid = o.oid
  WHERE o.oprnamespace <> 'wmo_works'::regnamespace
  UNION ALL
  SELECT 19, 0, 0, '', E'\n| from | to | | |\n|---|---|---|---|'
  UNION ALL
  SELECT 19, 1, 0, format_type(c.castsource, NULL) || ' ' || format_type(c.casttarget, NULL), format('| `%s` | `%s` | %s | %s |',
    pg_temp.plain(format_type(c.castsource, NULL)), pg_temp.plain(format_type(c.casttarget, NULL)),
    CASE c.castcontext WHEN 'i' THEN 'implicit' WHEN 'a' THEN 'in assignments' ELSE 'explicit' END,
    pg_temp.cell(obj_description(c.oid, 'pg_cast')))
  FROM member m
  JOIN pg_cast c ON m.classid = 'pg_cast'::regclass AND m.objid = c.oid
  UNION ALL
  SELECT 20, 0, 0, '', E'\n| method | type | |\n|---|---|---|'
  UNION ALL
  SELECT 20, 1, 0, o.opcname || a.amname, format('| %s | `%s` | %s |', a.amname, pg_temp.plain(format_type(o.opcintype, NULL)),
    pg_temp.cell(obj_description(o.oid, 'pg_opclass')))
  FROM member m
  JOIN pg_opclass o ON m.classid = 'pg_opclass'::regclass AND m.objid = o.oid AND o.opcdefault
  JOIN pg_am a ON a.oid = o.opcmethod;

SELECT l.text FROM line l ORDER BY l.subject, l.place, l.object COLLATE "C", l.kind;
