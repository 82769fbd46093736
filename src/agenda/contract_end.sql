-- contract_end: the decisions about how a contract ends: options, ends, terminations, renewals, and the next tender.
-- Relies on decision, and on what contracts say of their ending (registry).

CREATE FUNCTION wmo_works.option_notices(contracts wmo_works.contract_on_day[], today date)
RETURNS SETOF wmo_works.decision
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
BEGIN ATOMIC
  SELECT ARRAY['contract', c.id::text, c.part_id::text, 'option', c.option_no::text], 'option_notice',
         coalesce(c.notice_by, c.last_day), NULL::date,
         CASE WHEN c.notice_by IS NULL THEN 'overdue' ELSE 'lapsed' END, 'unknown',
         format(CASE WHEN c.last_day < option_notices.today THEN 'record whether option %s was exercised'
                     ELSE 'announce option %s' END, c.option_no) || coalesce(' for ' || c.part, ''),
         CASE WHEN c.last_day < option_notices.today
              THEN format('no notice time is stated and the term ended on %s: whether it runs on up to and including '
                          '%s is not known', day_text.last_day, day_text.last_day_with_it)
              WHEN c.option_state = 'lapsed'
              THEN format('not announced by %s: the contract ends on %s', day_text.notice_by, day_text.last_day)
              ELSE CASE WHEN c.notice_by IS NULL
                        THEN format('no notice time is stated: the other party must have it by %s, when the term ends',
                                    day_text.last_day)
                        ELSE format('the other party must have it by %s; without it the contract ends on %s',
                                    day_text.notice_by, day_text.last_day) END
                   || format('; with it, it runs up to and including %s', day_text.last_day_with_it) END
         || c.caveat,
         NULL::text, c.number, c.buyer, c.supplier, c.owner, c.source_id, c.id, NULL::integer, NULL::integer,
         c.revised_at
  FROM unnest(option_notices.contracts) c
  CROSS JOIN LATERAL (
    SELECT wmo_works.iso_day(c.last_day) AS last_day, wmo_works.iso_day(c.notice_by) AS notice_by,
           wmo_works.iso_day(c.last_day_with_it) AS last_day_with_it
  ) day_text
  WHERE c.option_no IS NOT NULL AND c.end_kind = 'day'
    AND (c.last_day >= option_notices.today OR c.notice_by IS NULL)
    AND NOT EXISTS (SELECT FROM wmo.contract_ending e WHERE e.contract_id = c.id AND e.kind = 'tacit_renewal');
END;
COMMENT ON FUNCTION wmo_works.option_notices(wmo_works.contract_on_day[], date) IS
  'Options to announce, and those of which it is to be recorded whether they were. Not those of a tacit renewal.';

CREATE FUNCTION wmo_works.contract_ends(contracts wmo_works.contract_on_day[], today date)
RETURNS SETOF wmo_works.decision
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
BEGIN ATOMIC
  SELECT ARRAY['contract', c.id::text, c.part_id::text, 'end'], 'contract_end', c.last_day, NULL::date, 'lapsed',
         'unknown',
         CASE WHEN c.end_kind = 'unknown' THEN 'find out when it ends' ELSE 'arrange what comes after it' END
         || coalesce(' for ' || c.part, ''),
         CASE WHEN c.end_kind = 'unknown' THEN 'no end is stated'
              WHEN c.terminated THEN format('ends early: the last day is %s', wmo_works.iso_day(c.last_day))
              WHEN c.option_no IS NOT NULL
              THEN format('the last day is %s: the option has lapsed', wmo_works.iso_day(c.last_day))
              ELSE format('the last day is %s, and no option is left', wmo_works.iso_day(c.last_day)) END
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
         CASE WHEN tacit_renewals.today > coalesce(due.day, c.last_day) THEN 'record whether it was renewed'
              ELSE 'give notice, or it is renewed' END || coalesce(' for ' || c.part, ''),
         concat_ws('; ',
           CASE WHEN due.day IS NULL THEN 'within what time notice must be given is not stated'
                ELSE format('the other party must have the notice by %s', wmo_works.iso_day(due.day)) END,
           CASE WHEN c.option_no IS NULL
                THEN format('it is renewed after %s, and its period has no option for that',
                            wmo_works.iso_day(c.last_day))
                ELSE format('without notice it runs up to and including %s',
                            wmo_works.iso_day(c.last_day_with_it)) END),
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
  SELECT ARRAY['ending', e.id::text], 'termination_notice', wmo.termination_notice_by(e.planned_end, e.notice),
         NULL::date, 'lapsed', 'unknown',
         CASE WHEN e.planned_end IS NULL THEN 'decide whether it goes on' ELSE 'give notice of termination' END,
         concat_ws('; ',
           CASE WHEN e.notice IS NULL THEN 'within what time notice must be given is not stated'
                WHEN e.planned_end IS NULL
                THEN format('no end is planned; a notice received on %s ends it on %s at the earliest',
                            wmo_works.iso_day(terminations.today), wmo_works.iso_day(earliest.day))
                ELSE format('the other party must have it by %s, for it to end on %s',
                            wmo_works.iso_day(wmo.termination_notice_by(e.planned_end, e.notice)),
                            wmo_works.iso_day(e.planned_end)) END,
           CASE WHEN e.ends_on IS NULL THEN 'on which days it can end is not stated'
                WHEN e.ends_on = 'month_end' AND extract(day FROM e.planned_end + 1) <> 1::numeric
                THEN format('it can end at the end of a month only, and %s is none',
                            wmo_works.iso_day(e.planned_end)) END,
           CASE WHEN e.by_whom IS NULL THEN 'who can give notice is not stated'
                WHEN e.by_whom = 'either' THEN 'notice by either party'
                ELSE 'notice by the ' || e.by_whom END),
         NULL::text, c.number, c.buyer, c.supplier, c.owner, coalesce(e.source_id, c.source_id), c.id, NULL::integer,
         NULL::integer, greatest(c.revised_at, e.changed_at)
  FROM (SELECT DISTINCT ON (o.id) o.*, max(coalesce(o.last_day, 'infinity')) OVER (PARTITION BY o.id) AS until
        FROM unnest(terminations.contracts) o ORDER BY o.id, o.part_id) c
  JOIN wmo.contract_ending e ON e.contract_id = c.id AND e.kind = 'termination'
  CROSS JOIN LATERAL (
    SELECT wmo.earliest_end(terminations.today, e.notice, coalesce(e.ends_on, 'any_day')) AS day OFFSET 0
  ) earliest
  WHERE c.until >= terminations.today AND NOT c.terminated
    AND coalesce(e.planned_end >= terminations.today AND e.planned_end < c.until, e.planned_end IS NULL);
END;
COMMENT ON FUNCTION wmo_works.terminations(wmo_works.contract_on_day[], date) IS
  'Notices of termination: by the planned end, or without a day where none is planned.';

CREATE FUNCTION wmo_works.tender_starts(contracts wmo_works.contract_on_day[], today date)
RETURNS SETOF wmo_works.decision
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
BEGIN ATOMIC
  SELECT ARRAY['contract', c.id::text, c.part_id::text, 'tender'], 'tender_start',
         (c.last_day + 1 - l.lead)::date, NULL::date, 'overdue', 'unknown',
         'start the new tender' || coalesce(' for ' || c.part, ''),
         concat_ws('; ', format('the last day is %s, and a tender by procedure %s starts %s before the next contract '
                                'by your own record: no promise', wmo_works.iso_day(c.last_day), l.procedure,
                                concat_ws(' and ',
                                  nullif(12::numeric * extract(year FROM l.lead) + extract(month FROM l.lead),
                                         0::numeric)::text || ' months',
                                  nullif(extract(day FROM l.lead), 0::numeric)::text || ' days')),
                   CASE WHEN c.option_no IS NOT NULL AND c.option_state <> 'lapsed'
                        THEN format('later, if option %s is exercised', c.option_no) END),
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
  WHERE c.end_kind = 'day' AND c.last_day >= tender_starts.today;
END;
COMMENT ON FUNCTION wmo_works.tender_starts(wmo_works.contract_on_day[], date) IS
  'The day on which a new tender has to start for the next contract to begin in time, where a lead time is recorded.';

CREATE FUNCTION wmo_works.ceilings(contracts wmo_works.contract_on_day[], today date)
RETURNS SETOF wmo_works.decision
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
BEGIN ATOMIC
  SELECT ARRAY['ending', e.id::text], 'ceiling', e.ceiling_on, NULL::date, 'lapsed', 'unknown',
         CASE WHEN e.ceiling_on IS NULL THEN 'follow how much of the ceiling is left'
              ELSE 'arrange what comes after the ceiling' END,
         concat_ws('; ', 'it can be called upon up to and including ' || wmo_works.iso_day(e.ceiling_on),
                   CASE WHEN e.ceiling_count IS NOT NULL
                        THEN format('it can be called upon for %s %s in all; how many there were is not kept here',
                                    e.ceiling_count, e.counted) END),
         NULL::text, c.number, c.buyer, c.supplier, c.owner, coalesce(e.source_id, c.source_id), c.id, NULL::integer,
         NULL::integer, greatest(c.revised_at, e.changed_at)
  FROM (SELECT DISTINCT ON (o.id) o.*, max(coalesce(o.last_day, 'infinity')) OVER (PARTITION BY o.id) AS until
        FROM unnest(ceilings.contracts) o ORDER BY o.id, o.part_id) c
  JOIN wmo.contract_ending e ON e.contract_id = c.id AND e.kind = 'ceiling'
  WHERE c.until >= ceilings.today AND coalesce(e.ceiling_on >= ceilings.today, true);
END;
COMMENT ON FUNCTION wmo_works.ceilings(wmo_works.contract_on_day[], date) IS
  'Frameworks with a ceiling that has not been passed: by its day, or without one where it is a count.';
