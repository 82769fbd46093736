-- picture_words: what pictures and reports say, in Dutch and in English.
-- Relies on words (server).

CREATE FUNCTION wmo_works.picture_language(language text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  language := coalesce(language, nullif(current_setting('wmo_contracts.language', true), ''), 'en');
  IF language NOT IN ('nl', 'en') THEN
    RAISE EXCEPTION 'unknown language "%"', language
      USING ERRCODE = 'invalid_parameter_value', DETAIL = 'Texts are there in nl (Dutch) and en (English).',
        HINT = 'Give one of them, or null for the setting wmo_contracts.language.';
  END IF;
  RETURN language;
END
$$;
COMMENT ON FUNCTION wmo_works.picture_language(text) IS 'The language of a picture: as asked, else as set.';

CREATE FUNCTION wmo_works.map_words_said() RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE COST 500
BEGIN ATOMIC
  SELECT jsonb_object_agg(w.key, w.said)
  FROM (VALUES
    ('months', wmo_works.words(
       'January February March April May June July August September October November December')),
    ('months_short', wmo_works.words('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec')),
    ('not_named', wmo_works.words('not named')), ('sole_trader', wmo_works.words('sole trader, name left out')),
    ('providers', wmo_works.words('%s providers')), ('about_providers', wmo_works.words('about %s providers')),
    ('provider_not_named', wmo_works.words('provider not named')), ('in_part', wmo_works.words('(part)')),
    ('for_a_part', wmo_works.words('%s, for a part')), ('for_the_rest', wmo_works.words('for the rest: %s')),
    ('map_existing', wmo_works.words('existing clients only')), ('map_untold', wmo_works.words('cannot tell')),
    ('map_nobody', wmo_works.words('nobody')), ('map_unnamed', wmo_works.words('provider not named')),
    ('map_many', wmo_works.words('more than four providers')),
    ('map_several', wmo_works.words('several providers: a band for each')),
    ('mark_provisional', wmo_works.words('award can still be fought')),
    ('mark_contested', wmo_works.words('award contested')),
    ('mark_unknown', wmo_works.words('whether it serves cannot be told')),
    ('mark_option', wmo_works.words('only if the option is exercised')),
    ('mark_end_unknown', wmo_works.words('no end stated')),
    ('mark_inferred', wmo_works.words('our reading of the source')),
    ('border_present', wmo_works.words('border of that day')),
    ('border_other', wmo_works.words('former or later border')),
    ('drawn_note', wmo_works.words('Areas are drawn: no boundaries.')),
    ('no_shape_note', wmo_works.words('Without a shape, so not on the map: %s.')),
    ('everywhere_note', wmo_works.words('Everywhere: %s.')),
    ('unlabelled_note', wmo_works.words('Without room for their name: %s areas.')),
    ('map_title', wmo_works.words('Who serves where on %s')), ('map_asof', wmo_works.words('Legal state of %s.')),
    ('map_age', wmo_works.words('age %s')), ('map_nothing', wmo_works.words('Nothing to draw: no area with a shape.')),
    ('sources', wmo_works.words('Source: %s.')), ('and_more', wmo_works.words('and %s more'))) w (key, said);
END;
COMMENT ON FUNCTION wmo_works.map_words_said() IS 'What maps say, and what all pictures do.';

CREATE FUNCTION wmo_works.line_words_said() RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE COST 500
BEGIN ATOMIC
  SELECT jsonb_object_agg(w.key, w.said)
  FROM (VALUES
    ('timeline_title', wmo_works.words('Contracts')), ('timeline_below', wmo_works.words('As of %s')),
    ('timeline_many', wmo_works.words('%s contracts, each with its term and options.')),
    ('timeline_nothing', wmo_works.words('No contract to draw.')), ('until', wmo_works.words('up to and including')),
    ('not_known', wmo_works.words('not known')), ('bar_objection', wmo_works.words('award can be fought')),
    ('bar_objection_late', wmo_works.words('by the longest reading')),
    ('bar_open', wmo_works.words('option, still open')),
    ('bar_untold', wmo_works.words('option, whether exercised is not known')),
    ('bar_lapsed', wmo_works.words('option, lapsed')), ('bar_declined', wmo_works.words('option, declined')),
    ('bar_suspension', wmo_works.words('suspended')), ('bar_notice', wmo_works.words('announce by')),
    ('bar_transfer', wmo_works.words('taken over')), ('bar_unknown', wmo_works.words('day not known')),
    ('bar_open_end', wmo_works.words('no end agreed')), ('bar_ended_early', wmo_works.words('ended early')),
    ('bar_today', wmo_works.words('day asked about')), ('handover_title', wmo_works.words('What changes hands')),
    ('from_to', wmo_works.words('From %s to %s')), ('nobody_known', wmo_works.words('nobody known')),
    ('to_whom', wmo_works.words('to')), ('stays', wmo_works.words('Stays')),
    ('may_stay', wmo_works.words('Existing clients may stay with')),
    ('handover_unsure', wmo_works.words('not sure: rests on something that is not known')),
    ('handover_nothing', wmo_works.words('Nothing changes hands.'))) w (key, said);
END;
COMMENT ON FUNCTION wmo_works.line_words_said() IS 'What timelines and handovers say.';

CREATE FUNCTION wmo_works.award_words_said() RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE COST 500
BEGIN ATOMIC
  SELECT jsonb_object_agg(w.key, w.said)
  FROM (VALUES
    ('award_title', wmo_works.words('Award %s')), ('award_status_on', wmo_works.words('On %s: %s')),
    ('award_decided', wmo_works.words('Decision')), ('award_sent', wmo_works.words('Sent')),
    ('award_standstill', wmo_works.words('Standstill')), ('award_forfeiture', wmo_works.words('Forfeiture term')),
    ('award_minimum', wmo_works.words('Least standstill by law')),
    ('award_summary_proceedings', wmo_works.words('Summary proceedings')),
    ('award_main_proceedings', wmo_works.words('Main proceedings')), ('award_appeal', wmo_works.words('Appeal')),
    ('award_cassation', wmo_works.words('Cassation')), ('award_complaint', wmo_works.words('Complaint')),
    ('award_letter', wmo_works.words('Letter')), ('award_lane_sign', wmo_works.words('No known term')),
    ('award_sign_from', wmo_works.words('No known term runs from')),
    ('award_no_sign', wmo_works.words('No first day to sign yet')),
    ('award_signed', wmo_works.words('Contract signed')), ('award_stands', wmo_works.words('Status')),
    ('award_moved', wmo_works.words('not the last day')), ('award_undated', wmo_works.words('undated')),
    ('step_award', wmo_works.words('Award')), ('step_new_award', wmo_works.words('New award')),
    ('step_lodged', wmo_works.words('Lodged')), ('step_ruling', wmo_works.words('Ruling')),
    ('step_appeal', wmo_works.words('Appeal')), ('step_cassation', wmo_works.words('Cassation')),
    ('step_contract', wmo_works.words('Contract')), ('step_annulment', wmo_works.words('Annulment')),
    ('mark_safe', wmo_works.words('can be fought by every reading')),
    ('mark_late', wmo_works.words('by the longest reading')),
    ('mark_moved', wmo_works.words('day that cannot be the last')),
    ('mark_pending', wmo_works.words('proceedings pending')), ('mark_remedy', wmo_works.words('remedy open')),
    ('mark_remedy_late', wmo_works.words('the same, longest reading')),
    ('mark_sign', wmo_works.words('first day without a known term')),
    ('mark_uncontested', wmo_works.words('term over, not known to be final')),
    ('mark_final', wmo_works.words('final')), ('mark_withdrawn', wmo_works.words('withdrawn')),
    ('mark_annulled', wmo_works.words('annulled')), ('mark_not_applicable', wmo_works.words('no term'))) w (key, said);
END;
COMMENT ON FUNCTION wmo_works.award_words_said() IS 'What the picture of an award says.';

CREATE FUNCTION wmo_works.report_words_said() RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE COST 500
BEGIN ATOMIC
  SELECT jsonb_object_agg(w.key, w.said)
  FROM (VALUES
    ('report_title', wmo_works.words('Wmo contracts')),
    ('report_lead', wmo_works.words('As things stood on %s, by what was known that day.')),
    ('contents', wmo_works.words('Contents')), ('skip', wmo_works.words('Skip to the content')),
    ('chapter_lead', wmo_works.words('Who serves where on %s, and how sure that is.')),
    ('serves_caption', wmo_works.words('Who serves where')), ('terms_head', wmo_works.words('Terms and options')),
    ('ages', wmo_works.words('age %s')), ('role_member', wmo_works.words('Members')),
    ('role_subcontractor', wmo_works.words('Subcontractors')),
    ('report_foot', wmo_works.words(
       'This overview is no legal advice, and promises nothing about terms, proceedings or contracts that are '
       'not recorded. Where the law is disputed, both readings are shown.')),
    ('report_persons_out', wmo_works.words('Sole traders stand in it without their names.')),
    ('report_persons_in', wmo_works.words(
       'Sole traders stand in it with their names: do not publish it without their consent.'))) w (key, said);
END;
COMMENT ON FUNCTION wmo_works.report_words_said() IS 'What a report says.';

CREATE FUNCTION wmo_works.agenda_words_said() RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE COST 500
BEGIN ATOMIC
  SELECT jsonb_object_agg(w.key, w.said)
  FROM (VALUES
    ('head_where', wmo_works.words('Where')), ('head_who', wmo_works.words('Who')),
    ('head_sure', wmo_works.words('How sure')), ('head_contract', wmo_works.words('Contract')),
    ('head_term', wmo_works.words('Term')), ('head_options', wmo_works.words('Options and particulars')),
    ('fight_until', wmo_works.words('Can be fought up to and including %s')),
    ('fight_until_both', wmo_works.words('Can be fought up to and including %s, by the longest reading %s')),
    ('fights_head', wmo_works.words('What can still be fought')),
    ('fights_lead', wmo_works.words('A term that ran out is not a final award.')),
    ('fights_caption', wmo_works.words('Awards whose term runs, or that are contested')),
    ('fights_untold', wmo_works.words('Of %s awards it is not known whether they can still be fought.')),
    ('fights_none', wmo_works.words('On %s no term of a recorded award runs, and none is contested.')),
    ('head_award', wmo_works.words('Award')), ('head_supplier', wmo_works.words('Awarded to')),
    ('head_fight_until', wmo_works.words('To court by')), ('head_status', wmo_works.words('Status')),
    ('last_working_day', wmo_works.words('Last working day: %s')),
    ('longest_reading', wmo_works.words('By the longest reading: %s')),
    ('sign_from', wmo_works.words('No known term runs from %s')),
    ('decide_head', wmo_works.words('What is to be decided')),
    ('decide_lead', wmo_works.words(
       'The next six months, with the last working day. Days of a contract do not move for a weekend.')),
    ('decide_caption', wmo_works.words('To decide up to and including %s')),
    ('decide_none', wmo_works.words('Nothing is known that must be decided up to and including %s.')),
    ('decide_undated', wmo_works.words('Of %s decisions the day is not known: find it in the contract.')),
    ('head_by', wmo_works.words('Last working day')), ('head_decide', wmo_works.words('What')),
    ('head_state', wmo_works.words('State')), ('day_itself', wmo_works.words('The day itself: %s')),
    ('gaps_head', wmo_works.words('Who would be left out')),
    ('gaps_lead', wmo_works.words(
       'Nobody is said only where it is declared that no contract is missing; elsewhere it cannot be told.')),
    ('gaps_caption', wmo_works.words('Without a known provider in the year up to %s')),
    ('gaps_none', wmo_works.words(
       'In the year up to %s what is recorded finds a provider for every area and service that a contract names.')),
    ('gaps_no_service', wmo_works.words('No contract says which service: who is left out cannot be told.')),
    ('gaps_no_area', wmo_works.words('No contract says where, so who is left out cannot be told: %s.')),
    ('head_what', wmo_works.words('Service')), ('head_when', wmo_works.words('When')),
    ('head_left_out', wmo_works.words('What is missing')), ('at_least', wmo_works.words('at least %s')),
    ('sources_head', wmo_works.words('How each fact is known')),
    ('sources_lead', wmo_works.words('The words are those of the source; what is our reading says so.')),
    ('sources_caption', wmo_works.words('Sources')), ('head_source', wmo_works.words('Source')),
    ('head_wording', wmo_works.words('Wording')), ('head_of', wmo_works.words('For')),
    ('own_administration', wmo_works.words('own administration')), ('our_reading', wmo_works.words('Our reading')),
    ('n_contracts', wmo_works.words('%s contracts'))) w (key, said);
END;
COMMENT ON FUNCTION wmo_works.agenda_words_said() IS
  'What a report says of what is to be fought and decided, and who would be left out.';

CREATE FUNCTION wmo_works.code_words_said() RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE COST 500
BEGIN ATOMIC
  SELECT jsonb_object_agg(w.key, w.said)
  FROM (VALUES
    ('options_not_stated', wmo_works.words('Options not stated')),
    ('end_open', wmo_works.words('no end agreed')), ('end_unknown', wmo_works.words('no end stated')),
    ('status_unknown', wmo_works.words('cannot tell')), ('status_provisional', wmo_works.words('provisional')),
    ('status_contested', wmo_works.words('contested')),
    ('status_uncontested', wmo_works.words('term over, final award not known')),
    ('status_final', wmo_works.words('final')), ('status_withdrawn', wmo_works.words('withdrawn')),
    ('status_annulled', wmo_works.words('annulled')), ('status_not_applicable', wmo_works.words('no term applies')),
    ('state_later', wmo_works.words('later')), ('state_due', wmo_works.words('prepare now')),
    ('state_overdue', wmo_works.words('passed, outcome not recorded')), ('state_lapsed', wmo_works.words('lapsed')),
    ('state_awaited', wmo_works.words('awaits a ruling')), ('state_unknown', wmo_works.words('day not known')),
    ('gap_gap', wmo_works.words('nobody')), ('gap_gap_for_new_clients', wmo_works.words('nobody for new clients')),
    ('gap_gap_if_option_lapses', wmo_works.words('nobody if the option lapses')),
    ('gap_cannot_tell', wmo_works.words('cannot tell')), ('certainty_certain', wmo_works.words('certain')),
    ('certainty_uncontested', wmo_works.words('term over, not known to be final')),
    ('certainty_provisional', wmo_works.words('provisional')), ('certainty_contested', wmo_works.words('contested')),
    ('certainty_option', wmo_works.words('only if the option is exercised')),
    ('certainty_end_unknown', wmo_works.words('no end stated')),
    ('certainty_inferred', wmo_works.words('our reading of the source')),
    ('certainty_schematic', wmo_works.words('drawn')), ('certainty_unknown', wmo_works.words('cannot tell')),
    ('reason_client_stop', wmo_works.words('Client stop')),
    ('reason_existing_clients_only', wmo_works.words('Existing clients only')),
    ('reason_age_outside_band', wmo_works.words('Outside the ages')),
    ('reason_award_not_final', wmo_works.words('Award not final')),
    ('reason_award_status_unknown', wmo_works.words('Whether the award can still be fought is not known')),
    ('reason_not_started', wmo_works.words('Not started')), ('reason_suspended', wmo_works.words('Suspended')),
    ('reason_terminated', wmo_works.words('Terminated')), ('reason_ended', wmo_works.words('Ended')),
    ('reason_option_open', wmo_works.words('Option still open')),
    ('reason_option_declined', wmo_works.words('Option declined')),
    ('reason_option_not_known_exercised', wmo_works.words('Whether the option was exercised is not known')),
    ('reason_extended_late', wmo_works.words('Extended late')),
    ('reason_extended_by_agreement', wmo_works.words('Extended outside the options')),
    ('reason_extension_receipt_unknown', wmo_works.words('Extended, notice received on a day not recorded')),
    ('reason_signed_early', wmo_works.words('Signed early')),
    ('reason_award_contradicted', wmo_works.words('The record of the award contradicts it')),
    ('reason_known_since_unknown', wmo_works.words('Since when it is known cannot be told')),
    ('reason_first_day_unknown', wmo_works.words('When it begins is not stated')),
    ('reason_supplier_changed', wmo_works.words('Whether it went along to another supplier is not known')),
    ('reason_award_withdrawn', wmo_works.words('Award withdrawn')),
    ('reason_award_annulled', wmo_works.words('Award annulled')),
    ('reason_not_awarded', wmo_works.words('Not awarded yet')),
    ('reason_not_known_yet', wmo_works.words('Not known then')),
    ('reason_providers_not_named', wmo_works.words('Providers not named')),
    ('reason_areas_not_named', wmo_works.words('Areas not named')),
    ('reason_area_without_shape', wmo_works.words('Area without a shape')),
    ('reason_nationally_accessible', wmo_works.words('Accessible in any municipality')),
    ('reason_service_not_contracted', wmo_works.words('No contract known')),
    ('reason_outside_all_areas', wmo_works.words('Outside all areas')),
    ('reason_before_registry', wmo_works.words('Before the first recorded contract')),
    ('reason_registry_is_empty', wmo_works.words('No contract is recorded')),
    ('reason_question_incomplete', wmo_works.words('Question not complete')),
    ('reason_other_edition', wmo_works.words('Another edition of the area')),
    ('reason_end_unknown', wmo_works.words('No end stated')), ('reason_unknown', wmo_works.words('Cannot tell')))
    w (key, said);
END;
COMMENT ON FUNCTION wmo_works.code_words_said() IS 'How certainties, reasons, states and kinds are said.';

CREATE FUNCTION wmo_works.picture_words_in_dutch() RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 3000 SET search_path = pg_catalog, pg_temp SET wmo_contracts.language = 'nl'
AS $$
BEGIN
  RETURN wmo_works.map_words_said() || wmo_works.line_words_said() || wmo_works.award_words_said()
    || wmo_works.report_words_said() || wmo_works.agenda_words_said() || wmo_works.code_words_said();
END
$$;
COMMENT ON FUNCTION wmo_works.picture_words_in_dutch() IS 'wmo_works.picture_words in Dutch.';

CREATE FUNCTION wmo_works.picture_words_in_english() RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 3000 SET search_path = pg_catalog, pg_temp SET wmo_contracts.language = 'en'
AS $$
BEGIN
  RETURN wmo_works.map_words_said() || wmo_works.line_words_said() || wmo_works.award_words_said()
    || wmo_works.report_words_said() || wmo_works.agenda_words_said() || wmo_works.code_words_said();
END
$$;
COMMENT ON FUNCTION wmo_works.picture_words_in_english() IS 'wmo_works.picture_words in English.';

CREATE FUNCTION wmo_works.picture_words(language text) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE language WHEN 'nl' THEN wmo_works.picture_words_in_dutch()
                       WHEN 'en' THEN wmo_works.picture_words_in_english() END;
END;
COMMENT ON FUNCTION wmo_works.picture_words(text) IS 'Every text of pictures and reports in a language, by its key.';

CREATE FUNCTION wmo_works.day_text(day date, words jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT extract(day FROM day)::text || ' ' || split_part(words ->> 'months', ' ', extract(month FROM day)::integer)
         || ' ' || extract(year FROM day)::text
  WHERE isfinite(day);
END;
COMMENT ON FUNCTION wmo_works.day_text(date, jsonb) IS 'A day as people write it: 13 augustus 2018; null of none.';

CREATE FUNCTION wmo_works.short_day_text(day date, words jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT extract(day FROM day)::text || ' '
         || split_part(words ->> 'months_short', ' ', extract(month FROM day)::integer) || ' '
         || extract(year FROM day)::text
  WHERE isfinite(day);
END;
COMMENT ON FUNCTION wmo_works.short_day_text(date, jsonb) IS 'The same with a short month: 13 aug 2018.';

CREATE FUNCTION wmo_works.ages_text(ages int4range) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN upper_inf(ages) THEN lower(ages)::text || '+'
              WHEN upper(ages) - lower(ages) = 1 THEN lower(ages)::text
              ELSE lower(ages)::text || '-' || (upper(ages) - 1)::text END;
END;
COMMENT ON FUNCTION wmo_works.ages_text(int4range) IS 'Ages as people write them: 18-74, 75+.';

CREATE FUNCTION wmo_works.term_text(first_day date, last_day date, end_kind text, words jsonb) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT concat(coalesce(wmo_works.short_day_text(first_day, words), words ->> 'not_known'),
                CASE end_kind WHEN 'day'
                              THEN concat(' ', words ->> 'until', ' ', wmo_works.short_day_text(last_day, words))
                              ELSE ', ' || (words ->> ('end_' || end_kind)) END);
END;
COMMENT ON FUNCTION wmo_works.term_text(date, date, text, jsonb) IS 'From when until when: 1 jan 2020 t/m 31 dec 2021.';
