-- decision_chain: what events make of the term in which an authority must decide, step by step.
-- Relies on term.
--
-- Awb art. 4:15 and 7:10 suspend or postpone the term, art. 4:17 counts from its end. The events come as arguments and
-- are stored nowhere: they are those of a citizen's case. Each term is reckoned by wmo.term_last_day. Where the law is
-- read in more ways, all readings are carried on and the first and the last of their days are shown.

CREATE TYPE wmo.term_event AS (kind text, day date, until date, length interval);
COMMENT ON TYPE wmo.term_event IS 'Something that happens to a term to decide in: wmo.decision_chain.';
COMMENT ON COLUMN wmo.term_event.kind IS
  'completion_asked, agreed_delay, applicant_delay, force_majeure, postponed, default_notice or decided.';
COMMENT ON COLUMN wmo.term_event.day IS
  'completion_asked: the day on which was asked to complete; agreed_delay, applicant_delay, force_majeure: its first '
  'day; postponed: the day on which that was made known; default_notice: the day of its receipt; decided: the day on '
  'which the decision was made known.';
COMMENT ON COLUMN wmo.term_event.until IS
  'completion_asked: the day on which it was completed, or the last day of the time given for that when nothing came; '
  'agreed_delay, applicant_delay, force_majeure: its last day. Null: not yet, or not known. Of the other kinds null.';
COMMENT ON COLUMN wmo.term_event.length IS 'postponed: for how long; null = six weeks. Of the other kinds null.';

CREATE FUNCTION wmo_works.term_event_rule(kind text, on_objection boolean, OUT article text, OUT confidence text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT r.article, r.confidence
  FROM (VALUES
    ('completion_asked', false, 'Awb art. 4:15 lid 1', 'high'),
    ('completion_asked', true, 'Awb art. 7:10 lid 2', 'high'),
    ('agreed_delay', false, 'Awb art. 4:15 lid 2 sub a', 'medium'),
    ('agreed_delay', true, 'Awb art. 7:10 lid 4', 'medium'),
    ('applicant_delay', false, 'Awb art. 4:15 lid 2 sub b', 'medium'),
    ('force_majeure', false, 'Awb art. 4:15 lid 2 sub c', 'medium'),
    ('force_majeure', true, 'Awb art. 7:14 and 4:15 lid 2 sub c', 'medium'),
    ('postponed', true, 'Awb art. 7:10 lid 3', 'high'),
    ('default_notice', false, 'Awb art. 4:17 lid 3', 'medium'),
    ('default_notice', true, 'Awb art. 4:17 lid 3', 'medium'),
    ('decided', false, 'Awb art. 3:41', 'high'),
    ('decided', true, 'Awb art. 3:41', 'high')
  ) r (kind, on_objection, article, confidence)
  WHERE r.kind = term_event_rule.kind AND r.on_objection = term_event_rule.on_objection;
END;
COMMENT ON FUNCTION wmo_works.term_event_rule(text, boolean) IS
  'The article by which an event weighs on a term to decide in, and how sure that rule and its wording are here; nulls '
  'where no article is known. Art. 7:14 declares of 4:15 lid 2 only sub c applicable to decisions on objections.';

CREATE FUNCTION wmo_works.checked_term_event(term_event wmo.term_event, regime text, on_objection boolean)
RETURNS wmo.term_event
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO' SET intervalstyle = postgres
AS $$
BEGIN
  IF (SELECT r.article FROM wmo_works.term_event_rule(term_event.kind, on_objection) r) IS NULL THEN
    RAISE EXCEPTION 'event "%" is none by which the term of regime "%" moves', term_event.kind, regime
      USING ERRCODE = 'invalid_parameter_value',
        DETAIL = CASE
          WHEN on_objection IS NULL
          THEN 'Awb art. 4:15 and 4:17 speak of decisions (beschikkingen); an investigation is none.'
          WHEN on_objection
          THEN 'For a decision on an objection: completion_asked, agreed_delay, force_majeure, postponed, '
               'default_notice and decided (Awb art. 7:10 and 7:14).'
          ELSE 'For a decision on an application: completion_asked, agreed_delay, applicant_delay, force_majeure, '
               'default_notice and decided (Awb art. 4:15). A notice by art. 4:14 lengthens no term of a statute.' END;
  END IF;
  IF term_event.day IS NULL OR NOT isfinite(term_event.day) OR NOT coalesce(isfinite(term_event.until), true) THEN
    RAISE EXCEPTION 'event "%" has no day: "%"', term_event.kind, term_event.day
      USING ERRCODE = 'invalid_parameter_value',
        DETAIL = 'Terms are reckoned between days of the calendar; only the end of a suspension may be unknown.',
        HINT = 'Leave an event of which the day is not known out, and say so beside the answer.';
  END IF;
  IF term_event.until < term_event.day THEN
    RAISE EXCEPTION 'event "%" ends on %, before it begins on %', term_event.kind, term_event.until, term_event.day
      USING ERRCODE = 'invalid_parameter_value', DETAIL = 'until is its last day.', HINT = 'Exchange the two days.';
  END IF;
  IF term_event.length IS NOT NULL AND (term_event.kind <> 'postponed' OR term_event.length <= interval '0'
                                        OR term_event.length > interval '42 days') THEN
    RAISE EXCEPTION 'length "%" of event "%" cannot be', term_event.length, term_event.kind
      USING ERRCODE = 'invalid_parameter_value',
        DETAIL = 'A decision on an objection is postponed by six weeks at most (Awb art. 7:10 lid 3).',
        HINT = 'More asks consent: give that as an agreed_delay.';
  END IF;
  RETURN term_event;
END
$$;
COMMENT ON FUNCTION wmo_works.checked_term_event(wmo.term_event, text, boolean) IS
  'The event itself, if it can weigh on a term of this regime; else an error that says what can.';

CREATE TYPE wmo_works.decision_state AS (
  rule text, event date, legs interval[], reading integer[], starts date[], lengths interval[], ends date[],
  suspended datemultirange[], postponed interval, held_since date, penalty date, penalty_latest date
);
COMMENT ON TYPE wmo_works.decision_state IS
  'A term to decide in, half way its events, by four readings: a postponed term is one sum (1, 2) or legs one after '
  'the other (3, 4), and the day of completion is not suspended (1, 3) or is (2, 4). legs: the lengths of all, each of '
  'the reading that stands at its place in reading. starts, lengths and ends: of the sum, or of the last leg, the days '
  'that were suspended in it left out. suspended: the days by the first and by the second reading of the completion. '
  'held_since: a suspension whose end is not known. penalty: the first day of it by the shortest and the longest '
  'reading.';

CREATE FUNCTION wmo_works.decision_leg(INOUT start date, length interval, rule text, suspended datemultirange,
                                       OUT last_day date)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  pause daterange;
  first date;
  begun CONSTANT date := start;
BEGIN
  last_day := wmo.term_last_day(start, length, rule);
  FOREACH pause IN ARRAY ARRAY(SELECT p FROM unnest(suspended) p ORDER BY p) LOOP
    first := greatest(lower(pause), begun + 1);
    -- What begins after the term does not revive it; in the days that the Atw adds, it runs on after the suspension.
    IF first < upper(pause) AND first <= last_day THEN
      start := start + greatest(upper(pause) - first, CASE WHEN first > start + length
                                                           THEN upper(pause) - (start + length)::date END);
      last_day := wmo.term_last_day(start, length, rule);
    END IF;
  END LOOP;
END
$$;
COMMENT ON FUNCTION wmo_works.decision_leg(date, interval, text, datemultirange) IS
  'The last day of a term after the days of it that are suspended, and from which day it would have run without them.';

CREATE FUNCTION wmo_works.decision_run(state wmo_works.decision_state) RETURNS wmo_works.decision_state
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  leg record;
  run record;
BEGIN
  FOR n IN 1..4 LOOP
    state.ends[n] := state.event;
    FOR leg IN
      SELECT l.length FROM unnest(state.legs, state.reading) WITH ORDINALITY l (length, reading, place)
      WHERE l.reading = n ORDER BY l.place
    LOOP
      run := wmo_works.decision_leg(state.ends[n], leg.length, state.rule, state.suspended[1 + (n + 1) % 2]);
      state.starts[n] := run.start;
      state.ends[n] := run.last_day;
      state.lengths[n] := leg.length;
    END LOOP;
  END LOOP;
  RETURN state;
END
$$;
COMMENT ON FUNCTION wmo_works.decision_run(wmo_works.decision_state) IS
  'The term by each reading, leg after leg: a suspension moves the leg in which it lies, and what comes after that.';

CREATE FUNCTION wmo_works.decision_suspended(state wmo_works.decision_state, term_event wmo.term_event)
RETURNS wmo_works.decision_state
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  -- asked on day 0: suspended from day 1 up to the day of completion, by another reading through it
  first CONSTANT date := greatest(state.event + 1,
    CASE WHEN term_event.kind = 'completion_asked' THEN term_event.day + 1 ELSE term_event.day END);
  last date;
BEGIN
  IF term_event.until IS NULL THEN
    IF first <= (SELECT max(e) FROM unnest(state.ends) e) THEN
      state.held_since := coalesce(state.held_since, first);
    END IF;
    RETURN state;
  END IF;
  FOR reading IN 1..2 LOOP
    last := CASE WHEN term_event.kind = 'completion_asked' AND reading = 1 THEN term_event.until - 1
                 ELSE term_event.until END;
    IF last >= first THEN
      state.suspended[reading] := state.suspended[reading] + datemultirange(daterange(first, last, '[]'));
    END IF;
  END LOOP;
  RETURN wmo_works.decision_run(state);
END
$$;
COMMENT ON FUNCTION wmo_works.decision_suspended(wmo_works.decision_state, wmo.term_event) IS
  'The term after a suspension: it ends later by the days that were not suspended already, and by none where the '
  'suspension begins after it had ended.';

CREATE FUNCTION wmo_works.decision_postponed(state wmo_works.decision_state, term_event wmo.term_event)
RETURNS wmo_works.decision_state
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp SET intervalstyle = postgres
AS $$
DECLARE
  more CONSTANT interval := coalesce(term_event.length, interval '42 days');
BEGIN
  state.postponed := state.postponed + more;
  IF state.postponed > interval '42 days' THEN
    RAISE EXCEPTION 'postponed by % in all', state.postponed
      USING ERRCODE = 'invalid_parameter_value',
        DETAIL = 'A decision on an objection is postponed by six weeks at most (Awb art. 7:10 lid 3).',
        HINT = 'More asks consent: give that as an agreed_delay.';
  END IF;
  FOR n IN 1..4 LOOP
    IF term_event.day > state.ends[n] THEN
      CONTINUE;
    END IF;
    IF n <= 2 THEN
      state.legs[n] := state.legs[n] + more;
    ELSE
      state.legs := state.legs || more;
      state.reading := state.reading || n;
    END IF;
  END LOOP;
  RETURN wmo_works.decision_run(state);
END
$$;
COMMENT ON FUNCTION wmo_works.decision_postponed(wmo_works.decision_state, wmo.term_event) IS
  'The term after a postponement (verdaging), as one sum and as two legs; none where it came after the end.';

CREATE FUNCTION wmo_works.decision_noticed(state wmo_works.decision_state, term_event wmo.term_event)
RETURNS wmo_works.decision_state
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF state.held_since IS NOT NULL OR state.penalty IS NOT NULL THEN
    RETURN state;
  END IF;
  IF term_event.day > (SELECT min(e) FROM unnest(state.ends) e) THEN
    state.penalty := term_event.day + 14;
    IF term_event.day > (SELECT max(e) FROM unnest(state.ends) e) THEN
      state.penalty_latest := wmo.term_last_day(term_event.day, '14 days') + 1;
    END IF;
  END IF;
  RETURN state;
END
$$;
COMMENT ON FUNCTION wmo_works.decision_noticed(wmo_works.decision_state, wmo.term_event) IS
  'The first day of the penalty after a notice of default that came after the term: the fourteenth day after its '
  'receipt, by the longest reading the day after two weeks that the Atw extends. No latest day where by some reading '
  'the term had not passed.';

CREATE FUNCTION wmo_works.decision_words(state wmo_works.decision_state, term_event wmo.term_event,
  before wmo_works.decision_state) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE
    WHEN state.held_since IS NOT NULL AND term_event.kind <> 'decided'
    THEN wmo_works.words('suspended from %1 on; that it ended is not recorded, so that no last day can be told',
                         wmo_works.iso_day(state.held_since))
    WHEN term_event.kind = 'postponed' AND state.ends = before.ends
    THEN wmo_works.words('the postponement came after the term had ended: it changes nothing')
    WHEN term_event.kind = 'postponed' AND day.over < term_event.day
    THEN wmo_works.words('by one reading the postponement came after the term had ended')
    WHEN term_event.kind = 'postponed' AND state.ends[1:2] <> state.ends[3:4]
    THEN wmo_works.words('postponed: as one term that is longer, or as a second term after the first, which the Atw '
                         'extends; which of the two it is, is not settled')
    WHEN term_event.kind = 'postponed' THEN wmo_works.words('postponed')
    WHEN term_event.kind = 'completion_asked' AND state.ends <> before.ends
    THEN wmo_works.words('suspended from the day after %1 up to %2; by another reading that day too is suspended',
                         wmo_works.iso_day(term_event.day), wmo_works.iso_day(term_event.until))
    WHEN term_event.kind IN ('completion_asked', 'agreed_delay', 'applicant_delay', 'force_majeure')
    THEN CASE WHEN state.ends <> before.ends
              THEN wmo_works.words('suspended from %1 up to and including %2', wmo_works.iso_day(term_event.day),
                                   wmo_works.iso_day(term_event.until))
              ELSE wmo_works.words('no day of the term was suspended that was not already') END
    WHEN term_event.kind = 'decided'
    THEN CASE WHEN state.held_since IS NOT NULL THEN wmo_works.words('decided while the term was suspended')
              WHEN term_event.day <= day.over THEN wmo_works.words('decided in time')
              WHEN term_event.day <= day.latest THEN wmo_works.words('decided in time by the longest reading only')
              ELSE wmo_works.words('decided after the term, by an authority that was still competent: it is a term of '
                                   'order') END
  END
  FROM (SELECT min(e) AS over, max(e) AS latest FROM unnest(before.ends) e) day;
END;
COMMENT ON FUNCTION wmo_works.decision_words(wmo_works.decision_state, wmo.term_event, wmo_works.decision_state) IS
  'What an event did to the term, in words.';

CREATE FUNCTION wmo_works.penalty_words(state wmo_works.decision_state, term_event wmo.term_event,
  before wmo_works.decision_state) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE
    WHEN before.penalty IS NOT NULL
    THEN wmo_works.words('a notice of default was received before: this one changes nothing')
    WHEN state.held_since IS NOT NULL
    THEN wmo_works.words('the term was suspended, and that this ended is not recorded: whether it had passed cannot be '
                         'told')
    WHEN state.penalty IS NULL
    THEN wmo_works.words('received before the term had passed: by case law that is no notice of default, and another '
                         'one is needed')
    ELSE concat_ws('. ',
      wmo_works.words('the day on which two weeks have passed after the receipt, the term having passed; by another '
                      'reading the day after them, and after a free day at their end'),
      CASE WHEN state.penalty_latest IS NULL
           THEN wmo_works.words('By the reading by which the term ran longer the notice came too early: then none is '
                                'due') END,
      wmo_works.words('None is due when the notice came unreasonably late or the application is plainly inadmissible '
                      'or unfounded (lid 6)'),
      CASE WHEN term_event.day >= '2026-01-01'
           THEN wmo_works.words('A change of art. 4:17 was announced for 1 January 2026: it was not read') END) END;
END;
COMMENT ON FUNCTION wmo_works.penalty_words(wmo_works.decision_state, wmo.term_event, wmo_works.decision_state) IS
  'What a notice of default did, in words.';

CREATE FUNCTION wmo_works.penalty_rows(state wmo_works.decision_state, before wmo_works.decision_state,
  term_event wmo.term_event)
RETURNS TABLE (term text, last_day_before date, latest_day_before date, last_day date, latest_day date,
               explanation text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
BEGIN ATOMIC
  SELECT 'penalty_first_day', before.penalty, before.penalty_latest, state.penalty, state.penalty_latest,
         wmo_works.penalty_words(state, term_event, before)
  WHERE term_event.kind = 'default_notice'
  UNION ALL
  SELECT 'penalty_last_day', before.penalty + 41, before.penalty_latest + 41, state.penalty + 41,
         state.penalty_latest + 41,
         wmo_works.words('forty-two days at most, which the Atw does not extend; fewer when it is decided before')
  WHERE term_event.kind = 'default_notice' AND before.penalty IS NULL AND state.penalty IS NOT NULL
  UNION ALL
  SELECT 'penalty_last_day', state.penalty + 41, state.penalty_latest + 41,
         CASE WHEN term_event.day > state.penalty THEN least(state.penalty + 41, term_event.day - 1) END,
         CASE WHEN term_event.day >= state.penalty
              THEN least(coalesce(state.penalty_latest, state.penalty) + 41, term_event.day) END,
         CASE WHEN term_event.day < state.penalty
              THEN wmo_works.words('decided before the first day of the penalty: none is due')
              ELSE concat_ws('. ',
                wmo_works.words('due for the days of default up to the decision; whether its own day counts is not '
                                'settled here'),
                CASE WHEN term_event.day <= coalesce(state.penalty_latest, 'infinity')
                     THEN wmo_works.words('By the longest reading the decision came before the first day: then none is '
                                          'due') END) END
  WHERE term_event.kind = 'decided' AND state.penalty IS NOT NULL;
END;
COMMENT ON FUNCTION wmo_works.penalty_rows(wmo_works.decision_state, wmo_works.decision_state, wmo.term_event) IS
  'The first and the last day of the penalty for default (Awb art. 4:17) after a notice of default, and its last day '
  'after the decision. Days only.';

CREATE FUNCTION wmo_works.decision_warning(state wmo_works.decision_state) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT string_agg(DISTINCT wmo.term_warning(r.start, r.length, state.rule), '; ')
  FROM unnest(state.starts, state.lengths) AS r (start, length);
END;
COMMENT ON FUNCTION wmo_works.decision_warning(wmo_works.decision_state) IS
  'What the calendar leaves open about the last days of a term; null = nothing.';

CREATE FUNCTION wmo.decision_chain(regime text, event date, events wmo.term_event[] DEFAULT '{}')
RETURNS TABLE (step integer, term text, kind text, day date, article text, last_day_before date, latest_day_before date,
               last_day date, latest_day date, confidence text, explanation text)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 ROWS 8 SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
  -- art. 4:15 and 4:17 do not speak of an investigation
  on_objection CONSTANT boolean := CASE WHEN regime <> 'wmo_investigation' THEN regime LIKE 'awb%' END;
  rule record;
  state wmo_works.decision_state;
  before wmo_works.decision_state;
  it wmo.term_event;
BEGIN
  IF regime IS NULL OR event IS NULL OR wmo.decision_last_day(regime, event) IS NULL THEN
    RETURN;
  END IF;
  SELECT r.length, r.rule, r.citation, r.warning INTO rule
  FROM wmo.term_rule r WHERE r.regime = decision_chain.regime AND r.valid @> decision_chain.event;
  state := wmo_works.decision_run(ROW(
    rule.rule, event, array_fill(rule.length, ARRAY[4]), '{1,2,3,4}', array_fill(event, ARRAY[4]),
    array_fill(rule.length, ARRAY[4]), array_fill(event, ARRAY[4]), array_fill('{}'::datemultirange, ARRAY[2]),
    interval '0', NULL, NULL, NULL));
  step := 1; term := 'decision'; kind := 'event'; day := event; article := rule.citation;
  SELECT min(e), max(e) INTO last_day, latest_day FROM unnest(state.ends) e;
  confidence := CASE WHEN regime LIKE 'own%' THEN 'as recorded' ELSE 'high' END;
  explanation := concat_ws('; ',
    wmo_works.words('the term runs from the day after %1', wmo_works.iso_day(event)),
    CASE WHEN regime = 'awb_objection_decision_committee'
         THEN wmo_works.words('twelve weeks only where that was made known, else six (ABRvS 17 August 2016, '
                              'ECLI:NL:RVS:2016:2233)') END,
    wmo_works.decision_warning(state));
  RETURN NEXT;
  FOR it IN
    SELECT e.kind, e.day, e.until, e.length FROM unnest(events) WITH ORDINALITY AS e (kind, day, until, length, n)
    ORDER BY e.day, e.kind = 'decided', e.n
  LOOP
    it := wmo_works.checked_term_event(it, regime, on_objection);
    before := state;
    SELECT r.article, r.confidence INTO article, confidence FROM wmo_works.term_event_rule(it.kind, on_objection) r;
    state := CASE it.kind WHEN 'postponed' THEN wmo_works.decision_postponed(state, it)
                          WHEN 'default_notice' THEN wmo_works.decision_noticed(state, it)
                          WHEN 'decided' THEN state ELSE wmo_works.decision_suspended(state, it) END;
    step := step + 1; kind := it.kind; day := it.day;
    IF kind <> 'default_notice' THEN
      term := 'decision';
      SELECT min(e), max(e) INTO last_day_before, latest_day_before
      FROM unnest(before.ends) e WHERE before.held_since IS NULL;
      SELECT min(e), max(e) INTO last_day, latest_day FROM unnest(state.ends) e WHERE state.held_since IS NULL;
      confidence := CASE WHEN kind = 'postponed' AND state.ends[1:2] <> state.ends[3:4] THEN 'disputed'
                         ELSE confidence END;
      explanation := concat_ws('; ', wmo_works.decision_words(state, it, before), wmo_works.decision_warning(state));
      RETURN NEXT;
    END IF;
    FOR term, last_day_before, latest_day_before, last_day, latest_day, explanation IN
      SELECT p.term, p.last_day_before, p.latest_day_before, p.last_day, p.latest_day, p.explanation
      FROM wmo_works.penalty_rows(state, before, it) p
    LOOP
      step := step + CASE WHEN kind = 'decided' OR term = 'penalty_last_day' THEN 1 ELSE 0 END;
      article := CASE WHEN term = 'penalty_first_day' THEN 'Awb art. 4:17 lid 3' ELSE 'Awb art. 4:17 lid 1' END;
      confidence := 'medium';
      RETURN NEXT;
    END LOOP;
    EXIT WHEN kind = 'decided';
  END LOOP;
END
$$;
COMMENT ON FUNCTION wmo.decision_chain(text, date, wmo.term_event[]) IS
  'Which day now, and why: the term in which an authority must decide (a regime of wmo.term_rule and its event, as in '
  'wmo.decision_last_day) through what happened to it, in the order of the days. One row a step, with its article, the '
  'last days before and after it and how sure the rule is: high, medium (known here from paraphrases only), disputed, '
  'or as recorded (a regime of your own). last_day is the end by the shortest reading, for who must decide; latest_day '
  'by the longest, for who may give notice of default. Rows with term penalty_first_day and penalty_last_day give the '
  'days of the penalty of Awb art. 4:17; no money. Null days: they cannot be told, or there is none; the explanation '
  'says which. Nothing of it is stored.';

CREATE FUNCTION wmo.decision_term(regime text, event date, events wmo.term_event[] DEFAULT '{}')
RETURNS TABLE (last_day date, latest_day date, penalty_first_day date, penalty_first_latest date, penalty_last_day date,
               penalty_last_latest date, confidence text, basis text)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1
BEGIN ATOMIC
  WITH chain AS MATERIALIZED (
    SELECT c.step, c.term, c.last_day, c.latest_day, c.confidence, c.explanation, c.article
    FROM wmo.decision_chain(decision_term.regime, decision_term.event, decision_term.events) c
  ), now AS (
    SELECT DISTINCT ON (c.term) c.term, c.last_day, c.latest_day FROM chain c ORDER BY c.term, c.step DESC
  )
  SELECT max(n.last_day) FILTER (WHERE n.term = 'decision'), max(n.latest_day) FILTER (WHERE n.term = 'decision'),
         max(n.last_day) FILTER (WHERE n.term = 'penalty_first_day'),
         max(n.latest_day) FILTER (WHERE n.term = 'penalty_first_day'),
         max(n.last_day) FILTER (WHERE n.term = 'penalty_last_day'),
         max(n.latest_day) FILTER (WHERE n.term = 'penalty_last_day'),
         (SELECT CASE WHEN bool_or(c.confidence = 'disputed') THEN 'disputed'
                      WHEN bool_or(c.confidence = 'medium') THEN 'medium'
                      WHEN bool_or(c.confidence = 'as recorded') THEN 'as recorded' ELSE 'high' END FROM chain c),
         (SELECT string_agg(format('%s: %s', c.article, c.explanation), '. ' ORDER BY c.step) FROM chain c)
  FROM now n HAVING count(*) > 0;
END;
COMMENT ON FUNCTION wmo.decision_term(text, date, wmo.term_event[]) IS
  'The end of wmo.decision_chain: the last days to decide and the days of the penalty as they now are, by the shortest '
  'and by the longest reading, the least confidence of all steps, and the steps in one line.';
