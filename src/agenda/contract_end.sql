-- contract_end: the decisions about how a contract ends: options, ends, terminations, renewals, and the next tender.
-- Relies on decision, and on what contracts say of their ending (registry).

CREATE FUNCTION wmo_works.option_notices(contracts wmo_works.contract_on_day[], today date)
RETURNS SETOF wmo_works.decision
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
BEGIN ATOMIC
  SELECT ARRAY['contract', c.id::text, c.part_id::text, 'option', c.option_no::text], 'option_notice',
         coalesce(c.notice_by, c.last_day), NULL::date,
         CASE WHEN c.notice_by IS NULL OR c.last_day < option_notices.today THEN 'overdue' ELSE 'lapsed' END, 'unknown',
         CASE WHEN c.last_day < option_notices.today OR c.option_state = 'lapsed'
              THEN wmo_works.words('record whether option %1 was exercised', c.option_no::text)
              ELSE wmo_works.words('announce option %1', c.option_no::text) END
         || coalesce(wmo_works.clause(' for %1', c.part), ''),
         CASE WHEN c.last_day < option_notices.today AND c.notice_by IS NOT NULL
              THEN wmo_works.words('that it was announced by %1 is not recorded, and the term ended on %2: whether it '
                                   'runs on up to and including %3 is not known', day_text.notice_by,
                                   day_text.last_day, day_text.last_day_with_it)
              WHEN c.last_day < option_notices.today
              THEN wmo_works.words('no notice time is stated and the term ended on %1: whether it runs on up to and '
                                   'including %2 is not known', day_text.last_day, day_text.last_day_with_it)
              WHEN c.option_state = 'lapsed'
              THEN wmo_works.words('that it was announced by %1 is not recorded: without it the contract ends on %2',
                                   day_text.notice_by, day_text.last_day)
              ELSE CASE WHEN c.notice_by IS NULL
                        THEN wmo_works.words('no notice time is stated: the other party must have it by %1, when the '
                                             'term ends', day_text.last_day)
                        ELSE wmo_works.words('the other party must have it by %1; without it the contract ends on %2',
                                             day_text.notice_by, day_text.last_day) END
                   || wmo_works.words('; with it, it runs up to and including %1', day_text.last_day_with_it) END
         || c.caveat,
         NULL::text, c.number, c.buyer, c.supplier, c.owner, c.source_id, c.id, NULL::integer, NULL::integer,
         c.revised_at
  FROM unnest(option_notices.contracts) c
  CROSS JOIN LATERAL (
    SELECT wmo_works.iso_day(c.last_day) AS last_day, wmo_works.iso_day(c.notice_by) AS notice_by,
           wmo_works.iso_day(c.last_day_with_it) AS last_day_with_it
  ) day_text
  WHERE c.option_no IS NOT NULL AND c.end_kind = 'day'
    AND NOT EXISTS (SELECT FROM wmo.contract_ending e WHERE e.contract_id = c.id AND e.kind = 'tacit_renewal');
END;
COMMENT ON FUNCTION wmo_works.option_notices(wmo_works.contract_on_day[], date) IS
  'Options to announce, and those of which it is to be recorded whether they were: that it is not recorded says not '
  'that they were not. Not those of a tacit renewal.';

CREATE FUNCTION wmo_works.contract_ends(contracts wmo_works.contract_on_day[], today date)
RETURNS SETOF wmo_works.decision
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
BEGIN ATOMIC
  SELECT ARRAY['contract', c.id::text, c.part_id::text, 'end'], 'contract_end', c.last_day, NULL::date, 'lapsed',
         'unknown',
         CASE WHEN c.end_kind = 'unknown' THEN wmo_works.words('find out when it ends')
              ELSE wmo_works.words('arrange what comes after it') END
         || coalesce(wmo_works.clause(' for %1', c.part), ''),
         CASE WHEN c.end_kind = 'unknown' THEN wmo_works.words('no end is stated')
              WHEN c.terminated
              THEN wmo_works.words('ends early: the last day is %1', wmo_works.iso_day(c.last_day))
              WHEN c.option_no IS NOT NULL
              THEN wmo_works.words('the last day is %1, unless the option was announced in time, which is not recorded',
                                   wmo_works.iso_day(c.last_day))
              ELSE wmo_works.words('the last day is %1, and no option is left', wmo_works.iso_day(c.last_day)) END
         || c.caveat,
         NULL::text, c.number, c.buyer, c.supplier, c.owner, c.source_id, c.id, NULL::integer, NULL::integer,
         c.revised_at
  FROM unnest(contract_ends.contracts) c
  WHERE c.end_kind = 'unknown'
     OR (c.end_kind = 'day' AND c.last_day >= contract_ends.today
         AND (c.option_no IS NULL OR c.option_state = 'lapsed')
         AND (c.terminated OR NOT EXISTS (SELECT FROM wmo.contract_ending e
                                          WHERE e.contract_id = c.id AND e.kind = 'tacit_renewal')));
END;
COMMENT ON FUNCTION wmo_works.contract_ends(wmo_works.contract_on_day[], date) IS
  'Contracts that end without an option that could still be exercised, and those whose end is not known.';

CREATE FUNCTION wmo_works.tacit_renewals(contracts wmo_works.contract_on_day[], today date)
RETURNS SETOF wmo_works.decision
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
BEGIN ATOMIC
  SELECT ARRAY['contract', c.id::text, c.part_id::text, 'renewal', c.option_no::text], 'renewal',
         coalesce(due.day, c.last_day), NULL::date, 'overdue', 'unknown',
         CASE WHEN tacit_renewals.today > coalesce(due.day, c.last_day)
              THEN wmo_works.words('record whether it was renewed')
              ELSE wmo_works.words('give notice, or it is renewed') END
         || coalesce(wmo_works.clause(' for %1', c.part), ''),
         concat_ws('; ',
           CASE WHEN due.day IS NULL THEN wmo_works.words('within what time notice must be given is not stated')
                ELSE wmo_works.words('the other party must have the notice by %1', wmo_works.iso_day(due.day)) END,
           CASE WHEN c.option_no IS NULL
                THEN wmo_works.words('it is renewed after %1, and its period has no option for that',
                                     wmo_works.iso_day(c.last_day))
                ELSE wmo_works.words('without notice it runs up to and including %1',
                                     wmo_works.iso_day(c.last_day_with_it)) END) || c.caveat,
         NULL::text, c.number, c.buyer, c.supplier, c.owner, coalesce(e.source_id, c.source_id), c.id, NULL::integer,
         NULL::integer, greatest(c.revised_at, e.changed_at)
  FROM unnest(tacit_renewals.contracts) c
  JOIN wmo.contract_ending e ON e.contract_id = c.id AND e.kind = 'tacit_renewal'
  CROSS JOIN LATERAL (SELECT wmo.termination_notice_by(c.last_day, e.notice) AS day OFFSET 0) due
  WHERE c.end_kind = 'day' AND NOT c.terminated;
END;
COMMENT ON FUNCTION wmo_works.tacit_renewals(wmo_works.contract_on_day[], date) IS
  'Contracts that are renewed unless notice is given, and those of which it is to be recorded whether they were.';

CREATE FUNCTION wmo_works.terminations(contracts wmo_works.contract_on_day[], today date)
RETURNS SETOF wmo_works.decision
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
BEGIN ATOMIC
  SELECT ARRAY['ending', e.id::text], 'termination_notice', coalesce(due.day, e.planned_end), NULL::date, 'overdue',
         'unknown',
         CASE WHEN e.planned_end IS NULL THEN wmo_works.words('decide whether it goes on')
              WHEN terminations.today > coalesce(due.day, e.planned_end)
              THEN wmo_works.words('record whether notice of termination was given')
              ELSE wmo_works.words('give notice of termination') END,
         concat_ws('; ',
           CASE WHEN e.notice IS NULL THEN wmo_works.words('within what time notice must be given is not stated')
                WHEN e.planned_end IS NULL
                THEN wmo_works.words('no end is planned; a notice received on %1 ends it on %2 at the earliest',
                                     wmo_works.iso_day(terminations.today), wmo_works.iso_day(earliest.day))
                WHEN terminations.today > due.day
                THEN wmo_works.words('that the other party had it by %1 is not recorded: whether it ends, or ended, on '
                                     '%2 is not known', wmo_works.iso_day(due.day), wmo_works.iso_day(e.planned_end))
                ELSE wmo_works.words('the other party must have it by %1, for it to end on %2',
                                     wmo_works.iso_day(due.day), wmo_works.iso_day(e.planned_end)) END,
           CASE WHEN e.ends_on IS NULL THEN wmo_works.words('on which days it can end is not stated')
                WHEN e.ends_on = 'month_end' AND extract(day FROM e.planned_end + 1) <> 1::numeric
                THEN wmo_works.words('it can end at the end of a month only, and %1 is none',
                                     wmo_works.iso_day(e.planned_end)) END,
           CASE e.by_whom WHEN 'either' THEN wmo_works.words('notice by either party')
                          WHEN 'buyer' THEN wmo_works.words('notice by the buyer')
                          WHEN 'supplier' THEN wmo_works.words('notice by the supplier')
                          ELSE wmo_works.words('who can give notice is not stated') END) || c.caveat,
         CASE WHEN e.ends_on = 'month_end' AND extract(day FROM e.planned_end + 1) <> 1::numeric
              THEN concat_ws('; ', coalesce(
                     wmo_works.clause('the planned end is not the end of a month: a notice received by %1 ends it on '
                                      '%2',
                                      wmo_works.iso_day(due.day),
                                      wmo_works.iso_day(wmo.earliest_end(due.day, e.notice, e.ends_on))),
                     wmo_works.words('the planned end is not the end of a month')),
                   wmo_works.working_day_warning(due.day)) END,
         c.number, c.buyer, c.supplier, c.owner, coalesce(e.source_id, c.source_id), c.id, NULL::integer,
         NULL::integer, greatest(c.revised_at, e.changed_at)
  FROM (SELECT DISTINCT ON (o.id) o.*, max(coalesce(o.last_day, 'infinity')) OVER (PARTITION BY o.id) AS until
        FROM unnest(terminations.contracts) o ORDER BY o.id, o.part_id) c
  JOIN wmo.contract_ending e ON e.contract_id = c.id AND e.kind = 'termination'
  CROSS JOIN LATERAL (SELECT wmo.termination_notice_by(e.planned_end, e.notice) AS day OFFSET 0) due
  CROSS JOIN LATERAL (
    SELECT wmo.earliest_end(terminations.today, e.notice, coalesce(e.ends_on, 'any_day')) AS day OFFSET 0
  ) earliest
  WHERE c.until >= terminations.today AND NOT c.terminated
    AND coalesce(e.planned_end < c.until, true);
END;
COMMENT ON FUNCTION wmo_works.terminations(wmo_works.contract_on_day[], date) IS
  'Notices of termination: by the planned end, or without a day where none is planned; and those of which it is to be '
  'recorded whether they were given, while the contract would run on without.';

CREATE FUNCTION wmo_works.tender_starts(contracts wmo_works.contract_on_day[], today date)
RETURNS SETOF wmo_works.decision
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
BEGIN ATOMIC
  SELECT ARRAY['contract', c.id::text, c.part_id::text, 'tender'], 'tender_start',
         (c.last_day + 1 - l.lead)::date, NULL::date, 'overdue', 'unknown',
         wmo_works.words('start the new tender') || coalesce(wmo_works.clause(' for %1', c.part), ''),
         concat_ws('; ',
           wmo_works.words('the last day is %1, and a tender by procedure %2 starts %3 before the next contract by '
                           'your own record: no promise', wmo_works.iso_day(c.last_day), l.procedure,
             coalesce(
               wmo_works.clause('%1 months and %2 days', lead.months, lead.days),
               wmo_works.clause('%1 months', lead.months), wmo_works.clause('%1 days', lead.days))),
           CASE WHEN c.option_no IS NOT NULL AND c.option_state <> 'lapsed'
                THEN wmo_works.words('later, if option %1 is exercised', c.option_no::text) END) || c.caveat,
         NULL::text, c.number, c.buyer, c.supplier, c.owner, l.source_id, c.id, NULL::integer, NULL::integer,
         greatest(c.revised_at, l.changed_at)
  FROM unnest(tender_starts.contracts) c
  JOIN wmo.contract k ON k.id = c.id
  LEFT JOIN wmo.contract_tender origin ON origin.contract_id = c.id
  LEFT JOIN wmo.tender t ON t.id = origin.tender_id
  CROSS JOIN LATERAL (
    SELECT l.lead, l.procedure, l.source_id, l.changed_at FROM wmo.tender_lead_time l
    WHERE l.procedure = coalesce(t.procedure, 'unknown') AND coalesce(l.buyer_id = k.buyer_id, true)
    ORDER BY l.buyer_id IS NULL LIMIT 1
  ) l
  CROSS JOIN LATERAL (
    SELECT nullif(12::numeric * extract(year FROM l.lead) + extract(month FROM l.lead), 0::numeric)::text AS months,
           nullif(extract(day FROM l.lead), 0::numeric)::text AS days
  ) lead
  WHERE c.end_kind = 'day' AND c.last_day >= tender_starts.today;
END;
COMMENT ON FUNCTION wmo_works.tender_starts(wmo_works.contract_on_day[], date) IS
  'The day on which a new tender has to start for the next contract to begin in time, where a lead time is recorded.';

CREATE FUNCTION wmo_works.ceilings(contracts wmo_works.contract_on_day[], today date)
RETURNS SETOF wmo_works.decision
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
BEGIN ATOMIC
  SELECT ARRAY['ending', e.id::text], 'ceiling', e.ceiling_on, NULL::date, 'lapsed', 'unknown',
         CASE WHEN e.ceiling_on IS NULL THEN wmo_works.words('follow how much of the ceiling is left')
              ELSE wmo_works.words('arrange what comes after the ceiling') END,
         concat_ws('; ',
           wmo_works.clause('it can be called upon up to and including %1', wmo_works.iso_day(e.ceiling_on)),
           CASE WHEN e.ceiling_count IS NOT NULL
                THEN wmo_works.words('it can be called upon for %1 %2 in all; how many there were is not kept here',
                                     e.ceiling_count::text, e.counted) END) || c.caveat,
         NULL::text, c.number, c.buyer, c.supplier, c.owner, coalesce(e.source_id, c.source_id), c.id, NULL::integer,
         NULL::integer, greatest(c.revised_at, e.changed_at)
  FROM (SELECT DISTINCT ON (o.id) o.*, max(coalesce(o.last_day, 'infinity')) OVER (PARTITION BY o.id) AS until
        FROM unnest(ceilings.contracts) o ORDER BY o.id, o.part_id) c
  JOIN wmo.contract_ending e ON e.contract_id = c.id AND e.kind = 'ceiling'
  WHERE c.until >= ceilings.today AND coalesce(e.ceiling_on >= ceilings.today, true);
END;
COMMENT ON FUNCTION wmo_works.ceilings(wmo_works.contract_on_day[], date) IS
  'Frameworks with a ceiling that has not been passed: by its day, or without one where it is a count.';
