-- report_words: what the columns of the reporting views mean.
-- Relies on every view of wmo_bi that stands before it.
--
-- One word means one thing in all of them, so it is explained once. A column that is explained nowhere ends the script.

DO $$
DECLARE
  col record;
BEGIN
  FOR col IN
    WITH word (name, of_view, meaning) AS (VALUES
      ('id', NULL, 'Key: unique, and the same as long as the row means the same.'),
      ('id', 'watermark', 'Always 1.'),
      ('id', 'deleted', 'Key.'),
      ('changed_at', NULL, 'When anything that the row shows last changed; sometimes later than that, never earlier.'),
      ('changed_at', 'deleted', 'When it was deleted.'),
      ('seen_until', NULL, 'A load that reads now has seen every change up to this time; null = load in full.'),
      ('relation', 'deleted', 'The table of schema wmo; the view of the same name here, but contract_scope, which is '
                              'scope here.'),
      ('relation', 'dossier', 'supplier (as agreed), transfer (took over), member (of the consortium that did '
                              'either) or '
                              'subcontractor.'),
      ('row_id', NULL, 'Its id.'),
      ('parent_id', NULL, 'The wider service; null at the top.'),
      ('parent', NULL, 'Code of the wider service.'),
      ('name', NULL, 'Name as the source writes it.'),
      ('name', 'service', 'Dutch name.'), ('name', 'service_product', 'The buyer''s name for the product.'),
      ('name', 'lot', 'Its name or number.'),
      ('kind', 'party', 'municipality, provider, consortium or access_point.'),
      ('kind', 'area', 'municipality (gemeente), district (wijk), neighbourhood (buurt), working_area, region or '
                       'other.'),
      ('kind', 'party_succession', 'merger (fusie), takeover (overname) or renaming (naamswijziging).'),
      ('kind', 'contract_change', 'extension, option_declined, early_end, end_revoked, transfer, scope_added, '
                                  'scope_removed, suspension or suspension_ended.'),
      ('kind', 'decision', 'What sort of decision: wmo.decision_calendar.kind.'),
      ('natural_person', NULL, 'True for a sole trader: keep the name out of what you publish.'),
      ('agb', NULL, 'AGB codes (Vektis) that were ever its, by comma; days in party_identifier.'),
      ('kvk', NULL, 'Numbers in the trade register that were ever its, by comma.'),
      ('oin', NULL, 'Government numbers that were ever its, by comma.'),
      ('other_names', NULL, 'Trade names, abbreviations and other spellings, by comma.'),
      ('other_name', NULL, 'The other name.'),
      ('source', NULL, 'Where the fact comes from: title and publisher, or own administration.'),
      ('party_id', NULL, 'The party; null = not named.'), ('party', NULL, 'Its name.'),
      ('scheme', NULL, 'agb (Vektis), kvk (trade register), vestiging (branch) or oin (government).'),
      ('value', NULL, 'The number as text, leading zeros kept.'),
      ('first_day', NULL, 'First day; null = not known, or from ever.'),
      ('last_day', NULL, 'Last day, inclusive (t/m); null = see end_kind.'),
      ('last_day', 'contract_option', 'Last day of the term of the option; null = not known.'),
      ('last_day', 'contract_change', 'Last day of a suspension, or of an extension outside the options; null = none.'),
      ('end_kind', NULL, 'What a null in last_day means: open (no end was agreed), unknown (no end is stated, '
                         'or what became of the award leaves it open), contract (as '
                         'long as the contract runs) or no_end_recorded (none so far); day where it is not null, and '
                         'inferred where that is our reading of a source (of coverage; contract has end_inferred).'),
      ('consortium_id', NULL, 'The consortium (combinatie).'), ('consortium', NULL, 'Its name.'),
      ('member_id', NULL, 'The member (combinant).'), ('member', NULL, 'Its name.'),
      ('lead', NULL, 'True for the lead (penvoerder); null = not known.'),
      ('predecessor_id', NULL, 'The party that was before it.'), ('predecessor', NULL, 'Its name.'),
      ('predecessor_id', 'dossier', 'The predecessor of whom this is; null = the party itself.'),
      ('successor_id', NULL, 'The party that came after it.'), ('successor', NULL, 'Its name.'),
      ('effective_on', NULL, 'First day on which it holds; null = not known.'),
      ('code', NULL, 'The Dutch name as a slug; the word by which every function knows the service.'),
      ('code', 'area', 'CBS code (GM0014, WK001400, BU00140000); null for an area that CBS does not know.'),
      ('code', 'service_product', 'The code as iWmo messages carry it.'),
      ('iwmo_category', NULL, 'iWmo product category (WMO020), two digits; null where it has none.'),
      ('provision', NULL, 'general (algemene voorziening) or individual (maatwerkvoorziening).'),
      ('access', NULL, 'residents, or national: accessible in any municipality.'),
      ('buyer_id', NULL, 'Who bought (opdrachtgever).'), ('buyer', NULL, 'Its name.'),
      ('buyer', 'decision', 'Who bought.'), ('buyers', NULL, 'Who bought, by comma.'),
      ('service_id', NULL, 'The service; null = all of the contract.'), ('service', NULL, 'Its code.'),
      ('service_name', NULL, 'Its Dutch name.'),
      ('geom_basis', NULL, 'official, derived (made of parts) or schematic (a drawing, not a boundary); null = no '
                           'shape.'),
      ('geom', NULL, 'Shape in RD New (EPSG:28992); null = not known.'),
      ('whole_id', NULL, 'The area that is made up.'), ('whole', NULL, 'Its name.'),
      ('part_id', NULL, 'One of its parts.'), ('part', NULL, 'Its name.'), ('part_code', NULL, 'Its CBS code.'),
      ('title', NULL, 'What it was called, or what it was for.'),
      ('procedure', NULL, 'open, restricted, negotiated, sas, open_house, administrative, 2b_service or unknown.'),
      ('published_from', NULL, 'First day on which it may have been published; null = not known.'),
      ('published_until', NULL, 'Last day on which it may have been published; null = not known.'),
      ('lot_count', NULL, 'Number of lots; null = not stated.'),
      ('lots_approximate', NULL, 'True when the source says about.'),
      ('tenderer_count', NULL, 'Number of tenderers; null = not stated.'),
      ('tenderers_approximate', NULL, 'True when the source says about.'),
      ('selected_count', NULL, 'Number of parties selected; null = not stated.'),
      ('selected_approximate', NULL, 'True when the source says about.'),
      ('bids_valid_until', NULL, 'Last day on which the bids bind (gestanddoeningstermijn); null = not known.'),
      ('bid_days_after_ruling', NULL, 'How many days after a ruling they still bind; null = not stated.'),
      ('owner', NULL, 'Which team or role minds it.'),
      ('tender_id', NULL, 'The tender; null = not known.'), ('tender', NULL, 'Its title.'),
      ('lot_id', NULL, 'The lot (perceel); null = whole tender, or not known.'), ('lot', NULL, 'Its name.'),
      ('supplier_id', NULL, 'Who delivers by the contract as agreed, or won; null = not named, which is not nobody.'),
      ('supplier', NULL, 'Its name.'), ('supplier', 'decision', 'Who delivers, or won; null = not named.'),
      ('decided_from', NULL, 'First day on which it may have been decided; null = not known.'),
      ('decided_until', NULL, 'Last day on which it may have been decided; null = not known.'),
      ('sent_from', NULL, 'First day on which the notice may have been sent; null = not known.'),
      ('sent_until', NULL, 'Last day on which the notice may have been sent; null = not known.'),
      ('standstill_regime', NULL, 'Regime of the standstill; null = no standstill known.'),
      ('standstill_last_day', NULL, 'Last day of the standstill by its shortest reading.'),
      ('standstill_latest_day', NULL, 'Last day of the standstill by its longest reading.'),
      ('forfeiture_last_day', NULL, 'Last day of the contractual forfeiture term (vervaltermijn) by its '
                                   'shortest reading.'),
      ('forfeiture_latest_day', NULL, 'Last day of it by its longest reading.'),
      ('minimum_last_day', NULL, 'Last day of the least standstill by the law, from the last day on which the notice '
                                   'can have been sent; null = none, or it cannot be counted.'),
      ('no_term_because', NULL, 'Why no term ran; null = one ran or may have run.'),
      ('court_by', NULL, 'Last day to go to court by every known term; null = no term known.'),
      ('court_by_working_day', NULL, 'The last working day by then.'),
      ('latest_day', NULL, 'Last day on which it can be fought by the longest term and reading; null = no term known.'),
      ('latest_day', 'decision', 'Of an objection period: the last day on which a known term still runs, where '
                                 'later than day.'),
      ('sign_from', NULL, 'First day on which no known term runs any more; null: see sign_basis.'),
      ('sign_basis', NULL, 'What sign_from rests on, or why there is none.'),
      ('warning', NULL, 'Where the recorded standstill is shorter than the law asks, missing or contradictory: both '
                        'days; where a decree on equated days is not known that could move a day; null = nothing.'),
      ('warning', 'decision', 'Which of its days is not sure, and why; null = none.'),
      ('rulings_awaited', NULL, 'Number of pending proceedings that hold the award.'),
      ('final_on', NULL, 'First day on which the award was final, where that is known. A term that ran out does not '
                         'fill it.'),
      ('final_basis', NULL, 'recorded or announced.'),
      ('withdrawn_on', NULL, 'Day on which the buyer withdrew it.'),
      ('annulled_on', NULL, 'Day from which it is void.'),
      ('revived_on', NULL, 'Day from which its withdrawal or annulment no longer holds.'),
      ('care_from', NULL, 'First day of care for which this holds; null = from ever.'),
      ('care_until', NULL, 'Last day of care for which this holds; null = for ever.'),
      ('signed_on', NULL, 'Day on which both had signed; null = not known.'),
      ('signed_on', 'award', 'First day on which a contract that follows from it was signed; null = none known.'),
      ('signed_early', NULL, 'True: signed while the term ran or a ruling was awaited. Null: not signed, or cannot '
                             'be told.'),
      ('award_id', NULL, 'The award; null = none recorded.'),
      ('status', NULL, 'unknown, provisional, contested, uncontested (term over, final award not recorded), final, '
                       'withdrawn, '
                       'annulled or not_applicable.'),
      ('awarded', NULL, 'False before the decision; null = not known.'), ('basis', NULL, 'What the status rests on.'),
      ('inferred', NULL, 'True: it rests on an inferred source.'),
      ('number', NULL, 'Contract number, unique per buyer.'),
      ('number', 'decision', 'Contract number; of an award, those of the contracts that follow from it.'),
      ('supplier_count', NULL, 'How many suppliers an unnamed row stands for; null = not stated.'),
      ('supplier_count_approximate', NULL, 'True when the source says about that many.'),
      ('taken_over_by_id', NULL, 'Who last took over the whole contract (contractovername); null = nobody.'),
      ('taken_over_by', NULL, 'Its name.'), ('taken_over_on', NULL, 'First day of that; it may be to come.'),
      ('taken_over_inferred', NULL, 'True: that rests on an inferred source; null = nobody took it over.'),
      ('first_term_last_day', NULL, 'Last day of the first term as agreed; null: open or unknown.'),
      ('maximum_last_day', NULL, 'Last day if every option still open is exercised; null: open, unknown or renewed.'),
      ('options', NULL, 'Number of extension options.'), ('options_exercised', NULL, 'How many were exercised.'),
      ('options_declined', NULL, 'How many were declined.'),
      ('options_open', NULL, 'How many are neither; see notice_by.'),
      ('notice_by', NULL, 'Last day on which the next open option can be announced; null: none, or not stated.'),
      ('notice_by', 'contract_option', 'Last day on which it can be announced; null = not stated.'),
      ('terminated', NULL, 'True: ended early. Null: its award was withdrawn or is void, and what became of it is not '
       'recorded.'),
      ('end_inferred', NULL, 'True: its end, or the contract itself, rests on an inferred source.'),
      ('lifted_inferred', NULL, 'True: that rests on an inferred source; null = it was not lifted.'),
      ('lifted_from', NULL, 'First day on which new clients are taken again, where it was lifted; null = it was not.'),
      ('extended_outside_options', NULL, 'True: extended by agreement, which may be a substantial change.'),
      ('extended_late', NULL, 'True: an option was exercised after its notice day, or an extension agreed after '
                              'the end; null = cannot be told, for the receipt of a notice is not recorded.'),
      ('late', NULL, 'True: exercised after its notice day; null = not exercised, or cannot be told.'),
      ('period', NULL, 'The period with its options, in the notation of contract_period.'),
      ('agreed_period', NULL, 'The same as first agreed.'),
      ('variant', NULL, 'Uitvoeringsvariant: inspanningsgericht, outputgericht or taakgericht; null = not known.'),
      ('allowed', NULL, 'True: it is possible, on the condition; false: it is excluded.'),
      ('condition', NULL, 'What it depends on, in the words of the source; null = nothing said.'),
      ('contract_id', 'subcontract_term', 'The contract; null = all of the buyer.'),
      ('number', 'subcontract_term', 'Its number; null = all of the buyer.'),
      ('contract_id', NULL, 'The contract.'), ('contract_id', 'decision', 'The contract; null for an award or tender.'),
      ('option_no', NULL, 'Its number, from 1.'),
      ('option_no', 'contract_change', 'The option that is exercised or declined; null = the next open one, or none.'),
      ('state', 'contract_option', 'exercised, declined, open (neither is recorded, also where its day is long past), '
                                    'or lapsed because the contract was ended before it.'),
      ('state', 'decision', 'later, due (the lead time runs), overdue, lapsed, awaited (a ruling) or unknown.'),
      ('decided_on', NULL, 'Day of the decision; null = not known.'),
      ('received_on', NULL, 'Day on which the other party received it.'),
      ('known_from', NULL, 'First day on which the change is part of the legal state; null = not known.'),
      ('to_party_id', NULL, 'Who takes over, for a transfer.'), ('to_party', NULL, 'Its name.'),
      ('reason', NULL, 'Why it is no surer, or what else is to be known: a word of wmo.reason; null = nothing.'),
      ('reason', 'contract_change', 'Why, in the words of the file.'),
      ('area_id', NULL, 'The area; null = all of the contract.'), ('area', NULL, 'Its name.'),
      ('area_id', 'scope', 'The area; null = not named.'), ('area_id', 'coverage', 'The area; null = not named.'),
      ('area_id', 'coverage_history', 'The area; null = not named.'),
      ('area_id', 'coverage_map', 'The area; null = not named.'),
      ('area_code', NULL, 'Its CBS code; null = it has none.'),
      ('follows_code', NULL, 'True: holds in every edition of the code; false: in this one, whatever becomes of the '
                             'code.'),
      ('min_age', NULL, 'Youngest age in whole years.'), ('max_age', NULL, 'Oldest age, inclusive; null = no limit.'),
      ('clients', NULL, 'all, or existing: only those who were clients already.'),
      ('existing_on', NULL, 'The day on which an existing client had to be one; null = not stated.'),
      ('choice', NULL, 'exclusive (one main provider), shared, client_choice or unknown.'),
      ('party_count', NULL, 'How many an unnamed row stands for; null = not stated.'),
      ('party_count_approximate', NULL, 'True when the source says about that many.'),
      ('by_whom', NULL, 'buyer or supplier; null = not known.'), ('scope_id', NULL, 'The scope.'),
      ('provider_id', NULL, 'The provider; null = not named, which is not nobody.'), ('provider', NULL, 'Its name.'),
      ('role', NULL, 'main (one main provider), contracted, member or subcontractor.'),
      ('certainty', NULL, 'How sure, from certain to unknown: a word of wmo.certainty.'),
      ('known_first_day', NULL, 'First day on which this was the legal state; null = from ever.'),
      ('known_last_day', NULL, 'Last day on which this is the legal state, by what is recorded now; null = no end in '
                               'sight.'),
      ('subcontract_id', NULL, 'The subcontract, for a subcontractor.'),
      ('uid', NULL, 'Names the decision, the same at every run.'),
      ('day', NULL, 'The last day for it; null = not known.'),
      ('working_day', NULL, 'The last working day by then.'), ('prepare_from', NULL, 'First day of the lead time.'),
      ('days_left', NULL, 'Days from today to day; below 0 = passed.'),
      ('decision', NULL, 'What is to be decided or done.'), ('detail', NULL, 'What hangs on it.'))
    SELECT c.relname, a.attname,
           (SELECT w.meaning FROM word w WHERE w.name = a.attname AND coalesce(w.of_view = c.relname, true)
            ORDER BY w.of_view NULLS LAST LIMIT 1) AS meaning
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    WHERE c.relnamespace = 'wmo_bi'::regnamespace AND c.relkind = 'v'
    ORDER BY c.relname, a.attnum
  LOOP
    IF col.meaning IS NULL THEN
      RAISE EXCEPTION 'no word for column % of view wmo_bi.%', col.attname, col.relname;
    END IF;
    EXECUTE format('COMMENT ON COLUMN wmo_bi.%I.%I IS %L', col.relname, col.attname, col.meaning);
  END LOOP;
END
$$;
