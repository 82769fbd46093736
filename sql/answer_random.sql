-- A random registry against a slow model that was written from the meaning of the answers, day by day and row by row, and
-- shares no code with them: not the period type, not the views. Every scope has one standing on every pair of days.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\set registry :here '/sql/include/registry.sql'
\i :verdict
\i :registry

-- ---- the registry: what was drawn is kept in plain columns beside it --------------------------------------------------
CREATE TEMPORARY TABLE drawn (contract_id integer, start_day date, end_day date, end_kind text, options integer, declined integer, notice interval) ON COMMIT DROP;
SELECT pg_temp.area(1, 'Een'), pg_temp.area(2, 'Twee', 'schematic'), pg_temp.area(3, 'Drie'), pg_temp.area(4, 'Vier');
INSERT INTO wmo.area (id, name, kind) VALUES (5, 'Drie en Vier', 'working_area'), (6, 'Zonder grens', 'other');
INSERT INTO wmo.area_part (whole_id, part_id, source_id) VALUES (5, 3, NULL), (5, 4, 2), (1, 6, NULL);
INSERT INTO wmo.consortium_member (consortium_id, member_id, valid, known_on, entered_on) VALUES (5, 2, '(,)', NULL, '2018-08-01'), (5, 3, '[2019-06-01,2021-01-01)', '2019-03-01', '2026-01-01');
INSERT INTO wmo.source (id, article, published) VALUES (3, 'Krant met een datum', '[2018-05-01,2018-06-01)');
INSERT INTO wmo.party_succession (predecessor_id, successor_id, kind, effective_on) VALUES (6, 4, 'merger', '2020-01-01');

CREATE FUNCTION pg_temp.one_of(VARIADIC choices text[]) RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT choices[1 + floor(random() * cardinality(choices))::integer] $$;
CREATE FUNCTION pg_temp.some_day(first_day date DEFAULT '2018-01-01', days integer DEFAULT 1600) RETURNS date LANGUAGE sql VOLATILE AS $$ SELECT first_day + floor(random() * days)::integer $$;

DO $$
#variable_conflict use_column
DECLARE
  n integer;
  k integer;
  d drawn;
  award integer;
  day date;
  scope wmo.contract_scope;
BEGIN
  PERFORM setseed(0.1);
  FOR n IN 1..60 LOOP
    d := (n, pg_temp.some_day('2018-01-01', 700), NULL, pg_temp.one_of('day', 'day', 'day', 'open', 'unknown'), 0, NULL, NULL);
    IF d.end_kind = 'day' THEN
      d.end_day := (d.start_day + make_interval(months => pg_temp.one_of('6', '12', '24')::integer))::date;
      d.options := pg_temp.one_of('0', '1', '2', '3')::integer;
      d.declined := CASE WHEN random() < 0.2 THEN 1 + floor(random() * 3)::integer ELSE 0 END;
      d.notice := CASE WHEN random() < 0.6 THEN '3 months'::interval END;
      IF random() < 0.1 THEN
        d.start_day := NULL;
        d.options := 0;
      END IF;
    END IF;
    IF d.options = 0 THEN
      d.notice := NULL;
    END IF;
    INSERT INTO drawn SELECT d.*;
    award := NULL;
    IF random() < 0.6 THEN
      award := n;
      day := pg_temp.some_day('2017-06-01', 500);
      INSERT INTO wmo.award (id, decided, sent, standstill, forfeiture, final_on, final_basis, withdrawn_on, annulled_on, no_term_because, source_id)
      SELECT n, CASE WHEN r[1] < 0.7 THEN daterange(day, day + (1 + r[2] * 10)::integer) END, CASE WHEN r[3] < 0.5 THEN daterange(day + 10, day + 11) END,
        CASE WHEN r[4] < 0.5 AND r[7] > 0.1 THEN wmo.objection_period_until('standstill', day + 30, CASE WHEN r[2] < 0.5 THEN day + 33 END) END,
        CASE WHEN r[5] < 0.3 AND r[7] > 0.1 THEN wmo.objection_period_until('forfeiture', day + 40) END,
        CASE WHEN r[6] < 0.3 THEN day + 50 END, CASE WHEN r[6] < 0.3 THEN 'recorded' END,
        CASE WHEN r[8] < 0.1 THEN day + 400 END, CASE WHEN r[9] < 0.1 THEN day + 600 END, CASE WHEN r[7] <= 0.1 THEN 'a call-off' END, CASE WHEN r[10] < 0.03 THEN 2 END
      FROM (SELECT array_agg(random()) AS r FROM generate_series(1, 10)) x;
      FOR k IN 1..floor(random() * 3)::integer LOOP
        INSERT INTO wmo.award_challenge (award_id, kind, lodged, ruled, outcome, suspends)
        SELECT n, kind, lodged, ruled, CASE WHEN ruled IS NOT NULL THEN 'dismissed' END,
               CASE WHEN kind IN ('letter', 'complaint') THEN NULL ELSE pg_temp.one_of(NULL, NULL, 'true', 'false')::boolean END
        FROM (SELECT pg_temp.one_of('summary_proceedings', 'summary_proceedings', 'appeal', 'letter', 'complaint') AS kind, day + 15 + floor(random() * 30)::integer AS lodged,
                     CASE WHEN random() < 0.7 THEN day + 45 + floor(random() * 60)::integer END AS ruled) x;
      END LOOP;
    END IF;
    INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, award_id, signed_on, source_id, period)
    SELECT n, 'R' || n, 1, pg_temp.one_of('2', '3', '4', '5', NULL)::integer, award, CASE WHEN random() < 0.3 THEN pg_temp.some_day('2017-08-01', 500) END, CASE WHEN random() < 0.03 THEN 2 END,
      (CASE WHEN d.start_day IS NULL THEN '(?' ELSE '[' || d.start_day END || ',' || CASE d.end_kind WHEN 'day' THEN d.end_day::text WHEN 'unknown' THEN '?' ELSE '' END || ')'
       || coalesce((SELECT string_agg('+P1Y' || CASE WHEN i <= d.declined THEN '(declined)' ELSE '' END, '' ORDER BY i) FROM generate_series(1, d.options) i), '')
       || CASE WHEN d.notice IS NOT NULL THEN ' notice P3M' ELSE '' END)::wmo.contract_period;
    FOR k IN 1..1 + floor(random() * 2)::integer LOOP
      BEGIN
        INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, ages, clients, existing_on, valid, choice, source_id)
        SELECT n * 10 + k, n, pg_temp.one_of('10', '20', '21', '21', '22')::integer, pg_temp.one_of('1', '2', '3', '4', '5')::integer, pg_temp.one_of('[0,)', '[18,)', '[18,75)', '[75,)')::int4range,
          clients, CASE WHEN clients = 'existing' AND random() < 0.5 THEN '2018-06-30'::date END, pg_temp.one_of('(,)', '(,)', '(,)', '[2019-01-01,)', '(,2020-07-01)')::daterange,
          pg_temp.one_of('shared', 'client_choice', 'unknown'), CASE WHEN random() < 0.03 THEN 2 END
        FROM (SELECT pg_temp.one_of('all', 'all', 'all', 'existing') AS clients) x;
      EXCEPTION WHEN exclusion_violation THEN NULL;
      END;
    END LOOP;
    FOR k IN 1..floor(random() * 5)::integer LOOP
      SELECT s.* INTO scope FROM wmo.contract_scope s WHERE s.contract_id = n ORDER BY s.id OFFSET CASE WHEN random() < 0.5 THEN 0 ELSE (SELECT count(*) - 1 FROM wmo.contract_scope x WHERE x.contract_id = n) END LIMIT 1;
      BEGIN
        INSERT INTO wmo.contract_change (id, contract_id, kind, decided_on, received_on, effective_on, until, to_party_id, service_id, area_id)
        SELECT n * 10 + k, n, kind, CASE WHEN random() < 0.7 THEN day - 60 - sooner END, CASE WHEN random() < 0.5 THEN day - 50 - sooner END, CASE WHEN kind = 'extension' THEN (SELECT wmo.exclusive_end(x.period) FROM wmo.contract x WHERE x.id = n) ELSE day END, CASE WHEN kind = 'suspension' AND random() < 0.9 THEN day + 90 END,
          CASE WHEN kind = 'transfer' THEN pg_temp.one_of('2', '3', '4', '5')::integer END,
          CASE WHEN kind = 'scope_removed' OR partly < 0.3 THEN scope.service_id END, CASE WHEN kind = 'scope_removed' OR partly < 0.3 THEN scope.area_id END
        FROM (SELECT pg_temp.one_of('extension', 'extension', 'extension', 'early_end', 'transfer', 'suspension', 'scope_removed') AS kind, pg_temp.some_day('2018-06-01', 1200) AS day, random() AS partly) x
        CROSS JOIN LATERAL (SELECT CASE WHEN kind = 'transfer' THEN (n * 97 + k * 211) % 900 ELSE 0 END AS sooner) agreed; -- some are agreed before one that comes earlier
      EXCEPTION WHEN invalid_parameter_value OR check_violation OR object_not_in_prerequisite_state OR data_exception THEN NULL;
      END;
    END LOOP;
    IF random() < 0.3 THEN
      INSERT INTO wmo.subcontract (contract_id, party_id, area_id, valid, clients, existing_on, source_id)
      SELECT n, pg_temp.one_of('2', '3', '6', NULL)::integer, CASE WHEN random() < 0.6 THEN pg_temp.one_of('1', '3', '4', '5', '6')::integer END, pg_temp.one_of('(,)', '[2019-09-01,)', '(,2020-03-01)')::daterange, clients, CASE WHEN clients = 'existing' AND random() < 0.5 THEN '2018-12-31'::date END, CASE WHEN random() < 0.03 THEN 2 END
      FROM (SELECT pg_temp.one_of('all', 'existing') AS clients) x;
    END IF;
    IF random() < 0.3 THEN
      INSERT INTO wmo.client_stop (contract_id, during, area_id) SELECT n, daterange(day, CASE WHEN random() < 0.5 THEN day + 200 END), CASE WHEN random() < 0.5 THEN pg_temp.one_of('1', '1', '2', '3', '5', '6')::integer END FROM (SELECT pg_temp.some_day('2018-06-01', 1000) AS day) x;
    END IF;
  END LOOP;
  -- since when it stood: a recorded day, a dated source, the day on which it was entered, or none of these
  UPDATE wmo.contract c SET known_on = CASE WHEN x.r > 0.85 THEN pg_temp.some_day('2017-08-01', 1000) END, source_id = CASE WHEN x.r BETWEEN 0.2 AND 0.4 THEN 3 ELSE c.source_id END,
    entered_on = CASE WHEN x.r BETWEEN 0.4 AND 0.5 THEN pg_temp.some_day('2017-08-01', 1000) ELSE '2026-01-01' END
  FROM (SELECT q.id, random() AS r FROM wmo.contract q ORDER BY q.id) x WHERE x.id = c.id;
  UPDATE wmo.contract_scope s SET known_on = CASE WHEN x.r > 0.9 THEN pg_temp.some_day('2017-08-01', 1500) END, source_id = CASE WHEN x.r < 0.1 THEN 3 ELSE s.source_id END, entered_on = '2026-01-01'
  FROM (SELECT q.id, random() AS r FROM wmo.contract_scope q ORDER BY q.id) x WHERE x.id = s.id;
  UPDATE wmo.subcontract s SET known_on = CASE WHEN x.r > 0.7 THEN pg_temp.some_day('2018-01-01', 1500) END, entered_on = CASE WHEN x.r < 0.2 THEN pg_temp.some_day('2018-01-01', 1500) ELSE '2026-01-01' END
  FROM (SELECT q.id, random() AS r FROM wmo.subcontract q ORDER BY q.id) x WHERE x.id = s.id;
  UPDATE wmo.client_stop s SET known_on = CASE WHEN x.r > 0.7 THEN pg_temp.some_day('2018-01-01', 1500) END, source_id = CASE WHEN x.r < 0.3 THEN 3 WHEN x.r < 0.45 THEN 2 END, entered_on = '2026-01-01'
  FROM (SELECT q.id, random() AS r FROM wmo.client_stop q ORDER BY q.id) x WHERE x.id = s.id;
  -- a change of which neither the decision nor the receipt is known
  UPDATE wmo.contract_change ch SET entered_on = x.entered, source_id = CASE WHEN x.r > 0.8 THEN 3 WHEN x.r > 0.77 THEN 2 END
  FROM (SELECT q.id, random() AS r, pg_temp.some_day('2018-06-01', 1600) AS entered FROM wmo.contract_change q ORDER BY q.id) x WHERE x.id = ch.id;
  -- some are lifted on another day than was announced
  INSERT INTO wmo.client_stop_lift (contract_id, stop_id, effective_on, known_on, entered_on, source_id)
  SELECT x.contract_id, x.id, lower(x.during) + x.later, CASE WHEN x.r < 0.3 THEN pg_temp.some_day('2018-06-01', 1500) END, '2026-01-01', CASE WHEN x.r > 0.8 THEN 3 WHEN x.r < 0.15 THEN 2 END
  FROM (SELECT q.id, q.contract_id, q.during, (random() * 199)::integer AS later, random() AS r FROM wmo.client_stop q ORDER BY q.id) x WHERE x.r < 0.5 OR x.r > 0.8;
  -- two contracts under one award
  UPDATE wmo.contract c SET award_id = c.id - 1 WHERE c.award_id IS NULL AND c.id % 2 = 0 AND EXISTS (SELECT FROM wmo.award w WHERE w.id = c.id - 1);
  -- of most it is known that they were signed after their award was taken back
  UPDATE wmo.contract c SET signed_on = least(w.withdrawn_on, w.annulled_on) + 10 FROM wmo.award w WHERE w.id = c.award_id AND c.signed_on IS NULL AND c.id % 8 > 0 AND num_nonnulls(w.withdrawn_on, w.annulled_on) > 0;
  -- some name their tender alone, of which the award went to them, or to another
  INSERT INTO wmo.tender (id, title) SELECT c.id, 'T' || c.id FROM wmo.contract c WHERE c.award_id = c.id AND c.id % 3 = 2;
  UPDATE wmo.award w SET tender_id = w.id, supplier_id = CASE WHEN w.id % 4 = 0 THEN 6 WHEN w.id % 4 = 1 THEN (SELECT c.supplier_id FROM wmo.contract c WHERE c.id = w.id) END
  WHERE w.id IN (SELECT t.id FROM wmo.tender t) AND NOT EXISTS (SELECT FROM wmo.contract c WHERE c.award_id = w.id AND c.id <> w.id);
  UPDATE wmo.contract c SET tender_id = c.award_id, award_id = NULL FROM wmo.award w WHERE w.id = c.award_id AND w.tender_id IS NOT NULL;
  UPDATE wmo.party_succession SET source_id = 2;
  UPDATE wmo.award_challenge x SET source_id = 2 WHERE x.id % 15 = 0;
END
$$;

-- what is declared complete: a square, a drawing, a whole of two squares of which the second lies in it by a reading; and a declaration that is itself a reading
INSERT INTO wmo.registry_completeness (area_id, service_id, valid, source_id) VALUES (1, NULL, '[2017-01-01,2020-06-01)', NULL), (1, NULL, '[2022-01-01,2024-01-01)', NULL), (1, 21, '[2020-06-01,2022-01-01)', 1), (2, NULL, '[2017-01-01,2023-12-31]', NULL),
  (3, 20, '[2017-01-01,2019-07-01)', NULL), (5, NULL, '[2019-07-01,2024-01-01)', 1), (4, 10, '[2017-01-01,2019-01-01)', 2);

-- ---- the model --------------------------------------------------------------------------------------------------------
CREATE FUNCTION pg_temp.weaker(VARIADIC words text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT w FROM unnest(words) w WHERE w IS NOT NULL
  ORDER BY array_position(ARRAY['certain', 'uncontested', 'provisional', 'contested', 'option', 'end_unknown', 'inferred', 'schematic', 'unknown'], w) DESC LIMIT 1
$$;

-- the last day by the longest reading; beside what is recorded the law asks, or may ask, twenty days from the sending at least
CREATE FUNCTION pg_temp.longest(a wmo.award) RETURNS date LANGUAGE sql AS $$
  SELECT greatest(wmo.latest_last_day(a.standstill), wmo.latest_last_day(a.forfeiture),
                  CASE WHEN num_nonnulls(a.standstill, a.forfeiture) > 0 THEN wmo.term_last_day(upper(a.sent) - 1, '20 days') END)
$$;
CREATE FUNCTION pg_temp.holding(a wmo.award, on_day date) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  ch wmo.award_challenge;
BEGIN
  FOR ch IN SELECT * FROM wmo.award_challenge x WHERE x.award_id = a.id LOOP
    CONTINUE WHEN ch.suspends = false OR ch.kind IN ('letter', 'complaint');
    CONTINUE WHEN ch.suspends IS NULL AND (ch.kind = 'appeal' OR ch.lodged > pg_temp.longest(a));
    IF on_day >= ch.lodged AND (ch.ruled IS NULL OR on_day < ch.ruled) THEN RETURN true; END IF;
  END LOOP;
  RETURN false;
END
$$;
-- signed while it could be fought, or before the decision, it is early; where it may have been, nobody can tell: decided on one of several days, on the day of a
-- ruling, or within the twenty days that the law may ask from a sending of which nothing is recorded but that it follows the decision
CREATE FUNCTION pg_temp.signed_word(a wmo.award, signed date) RETURNS text LANGUAGE sql AS $$
  SELECT CASE WHEN signed < lower(a.decided) OR signed <= pg_temp.longest(a) OR pg_temp.holding(a, signed) THEN 'signed_early'
              WHEN signed >= a.final_on THEN 'certain' -- so its own file says
              WHEN signed < least(upper(a.decided) - 1, upper(a.sent) - 1, wmo.last_day(a.standstill), wmo.last_day(a.forfeiture)) OR pg_temp.holding(a, signed - 1)
                   OR a.no_term_because IS NULL AND signed <= wmo.term_last_day(greatest(lower(a.decided), upper(a.sent) - 1), '20 days') THEN 'doubted'
              ELSE 'certain' END
$$;
-- a contract that was signed stands for the care before its award was annulled or withdrawn; and is early while it could be fought
CREATE FUNCTION pg_temp.award_word(a wmo.award, as_of date, day date, is_signed boolean, own date DEFAULT NULL) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  term_end date := pg_temp.longest(a);
  signed date := CASE WHEN is_signed THEN coalesce(own, (SELECT min(c.signed_on) FROM wmo.contract c WHERE c.award_id = a.id)) END;
  -- sent on a day, it had been decided by then, and nobody says since when
  first_possible date := lower(a.decided);
  last_possible date;
BEGIN
  IF as_of >= a.annulled_on THEN
    IF signed <= a.annulled_on AND day < a.annulled_on THEN RETURN pg_temp.signed_word(a, signed); END IF;
    RETURN 'award_annulled';
  END IF;
  IF as_of >= a.withdrawn_on THEN
    IF signed > a.withdrawn_on OR signed IS NULL THEN RETURN 'award_withdrawn'; END IF;
    IF day >= a.withdrawn_on THEN RETURN 'unknown'; END IF;
    RETURN pg_temp.signed_word(a, signed);
  END IF;
  IF as_of < first_possible THEN RETURN CASE WHEN as_of >= a.final_on OR as_of >= signed THEN 'unknown' ELSE 'not_awarded' END; END IF;
  IF as_of >= signed THEN RETURN pg_temp.signed_word(a, signed); END IF;
  IF as_of >= a.final_on THEN RETURN CASE WHEN pg_temp.holding(a, a.final_on) THEN 'contradicted' ELSE 'certain' END; END IF; -- recorded as final while a ruling was awaited
  IF pg_temp.holding(a, as_of) THEN RETURN 'contested'; END IF;
  last_possible := least(upper(a.decided) - 1, upper(a.sent) - 1, wmo.last_day(a.standstill), wmo.last_day(a.forfeiture));
  IF a.no_term_because IS NOT NULL AND (last_possible IS NULL OR as_of >= last_possible) THEN RETURN 'certain'; END IF;
  IF as_of > term_end THEN RETURN 'uncontested'; END IF;
  IF term_end IS NOT NULL AND as_of >= last_possible THEN RETURN 'provisional'; END IF;
  IF a.decided IS NULL AND NOT is_signed AND as_of < lower(a.sent) THEN RETURN 'unsent'; END IF;
  RETURN 'unknown';
END
$$;

-- does it rest on proceedings of which a reading says what they were? Not that it was taken back, not decided yet, or final, unless it was signed too early
CREATE FUNCTION pg_temp.award_read(a wmo.award, as_of date, says text, is_signed boolean, own date DEFAULT NULL) RETURNS boolean LANGUAGE sql AS $$
  SELECT EXISTS (SELECT FROM wmo.award_challenge x WHERE x.award_id = a.id AND x.source_id = 2 AND x.kind NOT IN ('letter', 'complaint') AND as_of >= x.lodged
                 AND CASE WHEN says IN ('award_annulled', 'award_withdrawn', 'not_awarded') OR as_of >= least(a.withdrawn_on, a.annulled_on) AND says = 'unknown' OR as_of < lower(a.decided) THEN false
                          WHEN says = 'signed_early' THEN true
                          WHEN as_of >= a.final_on OR is_signed AND as_of >= coalesce(own, (SELECT min(c.signed_on) FROM wmo.contract c WHERE c.award_id = a.id)) THEN x.kind = 'appeal' AND as_of >= x.ruled
                          ELSE true END)
$$;
-- did something stand on an as_of day? By its recorded day that is sure; else it did once its source had been published and once it was entered; null is that nobody can tell
CREATE FUNCTION pg_temp.stood(as_of date, recorded date, source integer, entered date) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF recorded IS NOT NULL THEN RETURN as_of >= recorded; END IF;
  IF source = 3 AND as_of >= '2018-05-31' OR as_of >= entered THEN RETURN true; END IF;
  RETURN NULL;
END
$$;
-- verdict of one scope on one day of care, seen on another: a word of certainty or a reason; and who the supplier is
CREATE FUNCTION pg_temp.scope_word(s wmo.contract_scope, day date, as_of date, OUT certainty text, OUT reason text, OUT supplier integer, OUT open boolean, OUT read boolean) LANGUAGE plpgsql AS $$
DECLARE
  d drawn;
  c wmo.contract;
  ch wmo.contract_change;
  a wmo.award;
  exercised integer := 0;
  early date;
  last_end date;
  option_end date;
  late_from date;
  untold_from date;
  lapse date;
  award_says text;
  signed_early boolean := false;
  untied boolean := false;
  doubted boolean := false;
  contradicted boolean := false;
  hangs boolean := false;
  hangs_here boolean;
  moved wmo.contract_change;
  in_doubt boolean := false;
  other text;
  no text;
  maybe text;
  again boolean := true; -- every suspension of the day has no end
  begins date;
  agreed boolean;
BEGIN
  SELECT * INTO d FROM drawn x WHERE x.contract_id = s.contract_id;
  SELECT * INTO c FROM wmo.contract x WHERE x.id = s.contract_id;
  supplier := c.supplier_id;
  -- what was not there yet on the as_of day; an award stands before a contract is signed
  begins := coalesce(d.start_day, d.end_day - 1);
  open := false;
  read := false;
  IF c.award_id IS NULL AND as_of < coalesce(c.known_on, c.signed_on) OR as_of < c.known_on OR as_of < s.known_on THEN
    reason := 'not_known_yet';
    -- what is signed after it began may have run
    open := num_nonnulls(c.known_on, s.known_on) = 0 AND coalesce(as_of >= d.start_day, false);
    RETURN;
  END IF;
  agreed := pg_temp.stood(as_of, coalesce(c.known_on, c.signed_on), c.source_id, c.entered_on);
  -- what begins later in a contract than it does may have been agreed later, unless a day says otherwise
  IF s.known_on IS NULL AND (coalesce(c.known_on, c.signed_on) IS NULL OR lower(s.valid) > begins) THEN
    agreed := agreed AND pg_temp.stood(as_of, NULL, coalesce(s.source_id, c.source_id), s.entered_on);
  END IF;
  -- the ledger as known that day
  FOR ch IN SELECT * FROM wmo.contract_change x WHERE x.contract_id = c.id AND pg_temp.stood(as_of, coalesce(x.received_on, x.decided_on), x.source_id, x.entered_on) IS NOT false
              AND (x.service_id IS NULL OR x.service_id = s.service_id OR (x.service_id = 20 AND s.service_id IN (21, 22)))
              AND (x.area_id IS NULL OR x.area_id = s.area_id OR (x.area_id = 5 AND s.area_id IN (3, 4)))
            ORDER BY coalesce(x.received_on, x.decided_on, x.effective_on), x.id LOOP
    -- the days that are other with it than without it
    hangs_here := CASE WHEN ch.kind = 'extension'
      THEN coalesce(day >= least(d.end_day, (SELECT min(x.effective_on) FROM wmo.contract_change x WHERE x.contract_id = c.id AND x.kind = 'early_end'
                                             AND (x.service_id IS NULL OR x.service_id = s.service_id OR (x.service_id = 20 AND s.service_id IN (21, 22)))
                                             AND (x.area_id IS NULL OR x.area_id = s.area_id OR (x.area_id = 5 AND s.area_id IN (3, 4))))), false)
      ELSE day >= ch.effective_on AND coalesce(day < ch.until, true) END;
    -- of which it cannot be told whether it counted: what it would take away stays, what it would add is there, and neither is sure
    IF pg_temp.stood(as_of, coalesce(ch.received_on, ch.decided_on), ch.source_id, ch.entered_on) IS NULL THEN
      hangs := hangs OR hangs_here;
      CONTINUE WHEN ch.kind <> 'extension';
    END IF;
    read := read OR ch.source_id = 2 AND hangs_here;
    IF ch.kind = 'extension' THEN
      -- received after its notice day, it may be disputed from its first day on
      option_end := (d.end_day + make_interval(years => exercised))::date;
      IF coalesce(ch.received_on, ch.decided_on) >= (option_end - coalesce(d.notice, interval '0'))::date THEN late_from := least(late_from, option_end);
      ELSIF ch.received_on IS NULL THEN untold_from := least(untold_from, option_end); -- it was decided in time, or nobody knows when
      END IF;
      exercised := exercised + 1;
    ELSIF ch.kind = 'early_end' THEN early := ch.effective_on;
    ELSIF ch.kind = 'suspension' AND day >= ch.effective_on AND (ch.until IS NULL OR day < ch.until) THEN
      other := coalesce(other, 'suspended');
      again := again AND ch.until IS NULL;
    ELSIF ch.kind = 'scope_removed' AND day >= ch.effective_on THEN other := 'terminated';
    END IF;
  END LOOP;
  SELECT x.* INTO moved FROM wmo.contract_change x
  WHERE x.contract_id = c.id AND x.kind = 'transfer' AND pg_temp.stood(as_of, coalesce(x.received_on, x.decided_on), x.source_id, x.entered_on) AND x.effective_on <= day
    AND (x.service_id IS NULL OR x.service_id = s.service_id OR (x.service_id = 20 AND s.service_id IN (21, 22)))
    AND (x.area_id IS NULL OR x.area_id = s.area_id OR (x.area_id = 5 AND s.area_id IN (3, 4)))
  ORDER BY x.effective_on DESC, coalesce(x.received_on, x.decided_on, x.effective_on) DESC, x.id DESC LIMIT 1;
  IF FOUND THEN
    supplier := moved.to_party_id;
    -- agreed before it went to somebody else, and to come after that: whether it still does nobody knows
    in_doubt := EXISTS (SELECT FROM wmo.contract_change x
      WHERE x.contract_id = c.id AND x.kind = 'transfer' AND pg_temp.stood(as_of, coalesce(x.received_on, x.decided_on), x.source_id, x.entered_on) AND x.effective_on < moved.effective_on AND x.to_party_id <> moved.to_party_id
        AND (coalesce(x.received_on, x.decided_on, x.effective_on), x.id) > (coalesce(moved.received_on, moved.decided_on, moved.effective_on), moved.id)
        AND (x.service_id IS NULL OR x.service_id = s.service_id OR (x.service_id = 20 AND s.service_id IN (21, 22)))
        AND (x.area_id IS NULL OR x.area_id = s.area_id OR (x.area_id = 5 AND s.area_id IN (3, 4))));
    IF in_doubt THEN supplier := NULL; END IF;
  END IF;
  IF day < lower(s.valid) THEN other := 'not_started';
  ELSIF other IS DISTINCT FROM 'terminated' AND day >= upper(s.valid) THEN other := 'ended';
  END IF;
  -- the period
  last_end := (d.end_day + make_interval(years => exercised))::date;
  IF day < d.start_day THEN reason := 'not_started';
  ELSIF early IS NOT NULL THEN
    IF day >= early THEN reason := 'terminated'; ELSE certainty := CASE WHEN d.start_day IS NULL THEN 'unknown' ELSE 'certain' END; END IF;
  ELSIF d.end_kind <> 'day' THEN certainty := CASE d.end_kind WHEN 'open' THEN 'certain' ELSE 'end_unknown' END;
  ELSIF day < last_end THEN certainty := CASE WHEN d.start_day IS NULL THEN 'unknown' ELSE 'certain' END;
  ELSE
    reason := 'ended';
    FOR i IN exercised + 1 .. d.options LOOP
      option_end := (d.end_day + make_interval(years => i))::date;
      IF day < option_end THEN
        lapse := coalesce((last_end - d.notice)::date, last_end);
        IF d.declined > 0 THEN reason := 'option_declined'; -- the first one declined takes the others along
        ELSIF as_of < lapse THEN certainty := 'option'; reason := 'option_open';
        ELSE reason := 'option_not_known_exercised';
        END IF;
        EXIT;
      END IF;
    END LOOP;
  END IF;
  -- the award, then the period, then the rest
  IF c.award_id IS NOT NULL THEN
    SELECT * INTO a FROM wmo.award x WHERE x.id = c.award_id;
    award_says := pg_temp.award_word(a, as_of, day, coalesce(as_of >= c.signed_on, false)); -- that another contract under it was signed concludes none of this one
    read := read OR pg_temp.award_read(a, as_of, award_says, coalesce(as_of >= c.signed_on, false));
    signed_early := award_says = 'signed_early';
    doubted := award_says = 'doubted';
    contradicted := award_says = 'contradicted';
    IF signed_early OR doubted OR contradicted THEN award_says := 'certain'; END IF;
    -- what was signed may run on although its award was taken back; one that is void ends what was signed before
    IF award_says = 'not_awarded' OR award_says = 'award_annulled' AND c.signed_on <= a.annulled_on THEN no := award_says;
    ELSIF award_says IN ('award_annulled', 'award_withdrawn') THEN maybe := award_says;
    ELSIF award_says = 'unsent' THEN maybe := 'not_awarded'; -- whether it was decided before anybody was told is not known

    END IF;
  END IF;
  -- it is no surer than the award of the tender that it names; that this is its own is a reading, by which nobody can tell that it does not serve
  IF c.tender_id IS NOT NULL THEN
    SELECT * INTO a FROM wmo.award x WHERE x.tender_id = c.tender_id;
    IF a.supplier_id <> c.supplier_id AND NOT (a.supplier_id = 6 AND c.supplier_id = 4) THEN
      award_says := 'not to him';
    ELSE
      award_says := pg_temp.award_word(a, as_of, day, coalesce(as_of >= c.signed_on, false), c.signed_on);
      -- the merger by which it was to him is a reading
      read := read OR a.source_id = 2 IS TRUE OR coalesce(a.supplier_id = 6 AND c.supplier_id = 4, false) OR pg_temp.award_read(a, as_of, award_says, coalesce(as_of >= c.signed_on, false), c.signed_on);
      signed_early := award_says = 'signed_early';
      doubted := award_says = 'doubted';
      contradicted := award_says = 'contradicted';
      IF signed_early OR doubted OR contradicted THEN award_says := 'certain'; END IF;
    END IF;
    IF award_says IN ('not to him', 'award_annulled', 'award_withdrawn', 'not_awarded', 'unsent') THEN
      untied := true;
      award_says := 'unknown';
    END IF;
  END IF;
  -- whether an option was exercised nobody knows, nor whether a suspension without an end has ended
  IF certainty IS NULL THEN
    IF reason <> 'option_not_known_exercised' THEN no := coalesce(no, reason); END IF;
  END IF;
  IF other IS NOT NULL THEN
    IF other = 'suspended' AND again THEN maybe := coalesce(maybe, other); ELSE no := coalesce(no, other); END IF;
  END IF;
  IF certainty IS NULL AND reason = 'option_not_known_exercised' THEN maybe := coalesce(maybe, reason); END IF;
  IF no IS NOT NULL OR maybe IS NOT NULL THEN
    certainty := NULL; reason := coalesce(no, maybe); open := no IS NULL;
    RETURN;
  END IF;
  IF certainty = 'unknown' AND d.start_day IS NULL THEN reason := 'first_day_unknown'; END IF;
  -- an award says itself since when it stands; one without a term and a day does only once it is fought
  IF agreed IS NOT TRUE AND (c.award_id IS NULL
     OR award_says = 'certain' AND NOT signed_early AND NOT contradicted AND a.no_term_because IS NOT NULL AND num_nulls(a.decided, a.sent, a.standstill, a.forfeiture) = 4
        AND coalesce(as_of < a.final_on, true) AND coalesce(as_of < c.signed_on, true)
        AND NOT EXISTS (SELECT FROM wmo.award_challenge x WHERE x.award_id = a.id AND x.lodged <= as_of AND x.suspends IS DISTINCT FROM false AND x.kind IN ('summary_proceedings', 'appeal')
                        AND (x.kind <> 'appeal' OR x.suspends))) THEN
    certainty := 'unknown'; reason := 'known_since_unknown';
    RETURN;
  END IF;
  IF hangs THEN
    certainty := 'unknown'; reason := 'known_since_unknown';
    RETURN;
  END IF;
  IF in_doubt THEN
    certainty := 'unknown'; reason := 'supplier_changed';
    RETURN;
  END IF;
  certainty := pg_temp.weaker(certainty, award_says);
  -- whose it is comes before when it began
  reason := coalesce(CASE WHEN untied THEN 'award_contradicted' END, reason, CASE WHEN award_says IN ('provisional', 'contested') THEN 'award_not_final' WHEN award_says = 'unknown' THEN 'award_status_unknown' END,
                     -- what makes nothing less certain comes last
                     CASE WHEN contradicted THEN 'award_contradicted' WHEN day >= late_from THEN 'extended_late' WHEN day >= untold_from THEN 'extension_receipt_unknown' WHEN signed_early THEN 'signed_early' WHEN doubted THEN 'award_status_unknown' END);
END
$$;

CREATE FUNCTION pg_temp.own(provider integer, current integer, day date, as_of date) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF current IS NULL THEN RETURN false; END IF;
  IF provider IS NULL THEN RETURN NULL; END IF; -- who is not named may be its own
  IF provider = current THEN RETURN true; END IF;
  -- the merger of 2020: before that day nobody can tell who knew of it
  IF provider = 4 AND current = 6 AND day >= '2020-01-01' THEN RETURN CASE WHEN as_of >= '2020-01-01' THEN true END; END IF;
  -- and what still stands in the name of the one may be the other's
  IF provider = 6 AND current = 4 AND day >= '2020-01-01' THEN RETURN NULL; END IF;
  -- a member of which no day is recorded, entered in August 2018; and one that agreed in March 2019
  IF 5 IN (provider, current) AND 2 IN (provider, current) THEN RETURN CASE WHEN as_of >= '2018-08-01' THEN true END; END IF;
  IF 5 IN (provider, current) AND 3 IN (provider, current) AND as_of >= '2019-03-01' AND day >= '2019-06-01' THEN
    -- with whom its clients stayed when it left nobody says
    RETURN CASE WHEN day < '2021-01-01' THEN true END;
  END IF;
  -- nobody is a consortium by itself: who else was in it then nobody says
  IF provider = 5 AND (day < '2019-06-01' OR day >= '2021-01-01') THEN RETURN NULL; END IF;
  RETURN false;
END
$$;

CREATE TYPE pg_temp.line AS (found boolean, provider_id integer, role text, certainty text, reason text, contract_id integer, area_id integer, complete boolean, stays boolean);
-- how surely no contract is missing: null is not at all
CREATE FUNCTION pg_temp.all_recorded(square integer, service integer, day date) RETURNS text LANGUAGE sql AS $$
  SELECT CASE WHEN square = 2 THEN NULL -- a drawing
    -- a contract runs, or may, and none of its scopes has begun yet: nobody knows what it is for
    WHEN EXISTS (SELECT FROM wmo.contract c WHERE wmo.first_day(c.period) <= day
                   AND day < CASE WHEN wmo.is_terminated(c.period) THEN wmo.exclusive_end(c.period) ELSE coalesce(upper(wmo.maximum_term(c.period)), 'infinity') END
                   AND (SELECT min(coalesce(greatest(lower(s.valid), ch.effective_on), '-infinity')) FROM wmo.contract_scope s LEFT JOIN wmo.contract_change ch ON ch.id = s.added_by_id WHERE s.contract_id = c.id) > day) THEN NULL
    WHEN square = 1 AND (day >= '2017-01-01' AND day < '2020-06-01' OR day >= '2022-01-01' AND day < '2024-01-01') THEN 'certain' WHEN square = 1 AND day >= '2020-06-01' AND day < '2022-01-01' AND service = 21 THEN 'certain'
    WHEN square = 3 AND day >= '2017-01-01' AND day < '2019-07-01' AND service IN (20, 21, 22) THEN 'certain'
    WHEN day >= '2019-07-01' AND day < '2024-01-01' THEN CASE square WHEN 3 THEN 'certain' WHEN 4 THEN 'inferred' END END
$$;
CREATE FUNCTION pg_temp.model(square integer, service integer, day date, age integer, current integer, since date, as_of date) RETURNS SETOF pg_temp.line LANGUAGE plpgsql AS $$
DECLARE
  s wmo.contract_scope;
  w record;
  p record;
  near integer;
  client_no boolean;
  age_no boolean;
  standing_no text;
  beside boolean;
  untold boolean;
  fault text;
  faults integer;
  sure text;
  certainty text;
  said text;
  existing_day date;
  stopped boolean;
  perhaps_late boolean;
  perhaps_unnamed boolean := false;
  stop_untold wmo.reason;
  stop_unsure boolean;
  stop_sure wmo.certainty;
  inferred boolean;
  went_over boolean;
  handed_over boolean;
  own_here boolean;
  merged boolean;
  order_of text[] := ARRAY['client_stop', 'existing_clients_only', 'age_outside_band', 'award_not_final', 'award_status_unknown', 'not_started', 'suspended', 'terminated', 'ended', 'option_open', 'option_declined',
    'option_not_known_exercised', 'award_withdrawn', 'award_annulled', 'not_awarded', 'not_known_yet', 'providers_not_named', 'area_without_shape'];
BEGIN
  -- who became a client later was none on the day
  IF since > day THEN
    current := NULL;
    since := NULL;
  END IF;
  CREATE TEMPORARY TABLE IF NOT EXISTS fit (nearness integer, found boolean, provider_id integer, role text, certainty text, reason text, contract_id integer, area_id integer, scope_id integer) ON COMMIT DROP;
  CREATE TEMPORARY TABLE IF NOT EXISTS miss (open boolean, denied text, shown boolean, faults integer, nearness integer, fault text, contract_id integer, area_id integer, scope_id integer) ON COMMIT DROP;
  DELETE FROM fit; DELETE FROM miss;
  FOR s IN SELECT * FROM wmo.contract_scope x WHERE x.area_id = square OR (x.area_id = 5 AND square IN (3, 4)) OR x.area_id = 2 LOOP
    -- a drawing is no boundary: what lies beside it may lie in its area
    beside := s.area_id = 2 AND square <> 2;
    near := CASE WHEN s.service_id = service THEN 0 WHEN s.service_id = 20 AND service IN (21, 22) THEN 1 WHEN service = 20 AND s.service_id IN (21, 22) THEN 2 END;
    CONTINUE WHEN near IS NULL;
    SELECT * INTO w FROM pg_temp.scope_word(s, day, as_of);
    FOR p IN
      SELECT w.supplier AS id, 'contracted' AS role, 'all' AS clients, NULL::date AS existing_on, NULL::integer AS source, true AS always, true AS stood, s.area_id AS area, NULL::date AS told_on, false AS part_read
      UNION ALL SELECT m, 'member', 'all', NULL, NULL, false, CASE m WHEN 3 THEN as_of >= '2019-03-01' ELSE pg_temp.stood(as_of, NULL, NULL, '2018-08-01') END, s.area_id, NULL, false
        FROM unnest(ARRAY[2, 3]) m WHERE w.supplier = 5 AND (m = 2 OR (day >= '2019-06-01' AND day < '2021-01-01'))
      UNION ALL SELECT x.party_id, 'subcontractor', x.clients, x.existing_on, x.source_id, false, pg_temp.stood(as_of, x.known_on, x.source_id, x.entered_on), CASE WHEN x.area_id = 5 AND s.area_id IN (3, 4) THEN s.area_id ELSE coalesce(x.area_id, s.area_id) END, greatest(lower(x.valid), x.known_on), coalesce((x.area_id, s.area_id) IN ((5, 4), (4, 5)), false)
        FROM wmo.subcontract x WHERE x.contract_id = s.contract_id AND x.valid @> day
        AND (x.area_id IS NULL OR x.area_id = s.area_id OR (x.area_id, s.area_id) IN ((5, 3), (5, 4)) OR (s.area_id = 5 AND x.area_id IN (3, 4) AND x.area_id = square) OR (x.area_id, s.area_id) = (6, 1))
    LOOP
      CONTINUE WHEN w.certainty IS NULL AND NOT p.always;
      CONTINUE WHEN NOT p.stood;
      -- a contract of the subcontractor with who was the supplier before: whether it went along is not recorded
      went_over := p.role = 'subcontractor' AND EXISTS (SELECT FROM wmo.contract_change x
        WHERE x.contract_id = s.contract_id AND x.kind = 'transfer' AND x.effective_on <= day AND NOT coalesce(x.effective_on <= p.told_on, false) AND pg_temp.stood(as_of, coalesce(x.received_on, x.decided_on), x.source_id, x.entered_on)
          AND (x.service_id IS NULL OR x.service_id = s.service_id OR (x.service_id = 20 AND s.service_id IN (21, 22)))
          AND (x.area_id IS NULL OR x.area_id = s.area_id OR (x.area_id = 5 AND s.area_id IN (3, 4))));
      -- the contract has another supplier than it was concluded with: whose clients went along is not recorded
      handed_over := w.supplier IS DISTINCT FROM (SELECT x.supplier_id FROM wmo.contract x WHERE x.id = s.contract_id);
      own_here := CASE WHEN NOT (handed_over AND p.role = 'contracted' AND current IS NOT NULL) THEN pg_temp.own(p.id, current, day, as_of) END;
      -- since the merger of 2020 it is no more, and what it delivers is somebody else's by law: once that was so, or had been announced
      merged := p.id = 6 AND day >= '2020-01-01' AND as_of >= '2020-01-01';
      untold := beside OR p.area = 6; -- of which nobody knows where in the first square it is
      -- Who does not serve at all on a day is in nobody's way by whom it would serve; an age that nobody serves is no question of clients.
      client_no := false;
      perhaps_late := false;
      existing_day := NULL;
      IF 'existing' IN (s.clients, p.clients) THEN
        existing_day := CASE WHEN NOT (s.clients = 'existing' AND (s.existing_on IS NULL OR handed_over) OR p.clients = 'existing' AND p.existing_on IS NULL) THEN least(CASE WHEN NOT handed_over THEN s.existing_on END, p.existing_on) END;
        -- that it is the day before the contract, where none is stated, is a reading
        perhaps_late := existing_day IS NULL AND coalesce(since >= (SELECT x.start_day FROM drawn x WHERE x.contract_id = s.contract_id), false);
        client_no := coalesce(NOT own_here OR since > existing_day, false);
      END IF;
      age_no := age IS NOT NULL AND NOT s.ages @> age;
      standing_no := CASE WHEN w.certainty IS NULL THEN w.reason END;
      faults := client_no::integer + age_no::integer + (standing_no IS NOT NULL)::integer + untold::integer;
      inferred := w.read OR p.part_read OR coalesce(2 IN (s.source_id, p.source, (SELECT x.source_id FROM wmo.contract x WHERE x.id = s.contract_id), (SELECT a.source_id FROM wmo.contract x JOIN wmo.award a ON a.id = x.award_id WHERE x.id = s.contract_id)), false);
      fault := CASE WHEN NOT w.open THEN standing_no END;
      fault := CASE WHEN fault IS NOT NULL THEN fault WHEN age_no THEN 'age_outside_band' WHEN client_no THEN 'existing_clients_only' END;
      SELECT coalesce(bool_or(y.stood AND NOT y.lifted AND y.there), false), min(y.how_sure) FILTER (WHERE y.stood AND NOT y.lifted AND y.there),
        min(CASE WHEN y.stood AND NOT y.lifted THEN 'area_without_shape'::wmo.reason ELSE 'known_since_unknown' END) FILTER (WHERE y.stood IS NOT false AND y.lifted IS NOT true AND (y.stood IS NULL OR y.lifted IS NULL OR NOT y.there))
        INTO stopped, stop_sure, stop_untold
      FROM (SELECT z.*, CASE WHEN z.lifted_itself OR NOT z.other_supplier THEN z.lifted_itself END AS lifted
            FROM (SELECT pg_temp.stood(as_of, x.known_on, x.source_id, x.entered_on) AS stood,
              coalesce((SELECT CASE WHEN day < l.effective_on THEN false ELSE pg_temp.stood(as_of, l.known_on, l.source_id, l.entered_on) END FROM wmo.client_stop_lift l WHERE l.stop_id = x.id UNION ALL SELECT false WHERE NOT EXISTS (SELECT FROM wmo.client_stop_lift l WHERE l.stop_id = x.id)), NULL) AS lifted_itself,
              EXISTS (SELECT FROM wmo.contract_change t WHERE t.contract_id = x.contract_id AND t.kind = 'transfer' AND t.effective_on <= day AND x.during @> t.effective_on AND t.effective_on > coalesce(lower(x.during), '-infinity')
                AND coalesce(t.area_id = x.area_id, true) AND as_of >= coalesce(t.received_on, t.decided_on, '-infinity')) AS other_supplier,
              -- a drawing is no boundary, and of a part of the first square nobody knows where it is
              x.area_id IS NULL OR x.area_id IN (s.area_id, p.area) OR x.area_id NOT IN (2, 6) AS there,
              CASE WHEN x.area_id = 5 AND s.area_id <> 5 AND square = 4 OR x.source_id = 2 THEN 'inferred'::wmo.certainty ELSE 'certain' END AS how_sure
            FROM wmo.client_stop x WHERE x.contract_id = s.contract_id AND x.during @> day AND (x.area_id IS NULL OR x.area_id IN (s.area_id, square) OR (x.area_id = 6 AND square = 1) OR (x.area_id = 5 AND square IN (3, 4)))) z) y;
      -- that one was lifted may be a reading
      IF NOT stopped AND EXISTS (SELECT FROM wmo.client_stop x JOIN wmo.client_stop_lift l ON l.stop_id = x.id
          WHERE x.contract_id = s.contract_id AND x.during @> day AND day >= l.effective_on AND l.source_id = 2 AND pg_temp.stood(as_of, x.known_on, x.source_id, x.entered_on) IS NOT false AND pg_temp.stood(as_of, l.known_on, l.source_id, l.entered_on)
          AND (x.area_id IS NULL OR x.area_id IN (s.area_id, square) OR (x.area_id = 6 AND square = 1) OR (x.area_id = 5 AND square IN (3, 4)))) THEN stop_sure := 'inferred'; END IF;
      -- beside its drawing a stop does not hold, by what is drawn
      IF NOT stopped AND square <> 2 AND s.area_id <> 2 AND EXISTS (
        SELECT FROM wmo.client_stop x LEFT JOIN wmo.client_stop_lift l ON l.stop_id = x.id WHERE x.contract_id = s.contract_id AND x.during @> day AND x.area_id = 2
        AND pg_temp.stood(as_of, x.known_on, x.source_id, x.entered_on) IS NOT false AND (l.stop_id IS NULL OR day < l.effective_on OR pg_temp.stood(as_of, l.known_on, l.source_id, l.entered_on) IS NOT true OR l.source_id = 2)) THEN stop_sure := 'schematic'; END IF;
      IF stopped OR coalesce(own_here, false) THEN stop_untold := NULL; END IF;
      IF coalesce(own_here, false) THEN stop_sure := NULL; END IF;
      stop_unsure := stop_untold IS NOT NULL OR stopped AND own_here IS NULL;
      IF stopped AND own_here IS NULL AND p.id IS NOT NULL THEN stop_untold := 'client_stop'; END IF;
      stopped := stopped AND coalesce(NOT own_here, false);
      -- a stop is in the way of what may run as well
      fault := coalesce(fault, CASE WHEN stopped THEN 'client_stop' WHEN untold THEN 'area_without_shape' ELSE standing_no END);
      IF faults > 0 THEN
        INSERT INTO miss VALUES (NOT (client_no OR age_no OR stopped OR standing_no IS NOT NULL AND NOT w.open),
          pg_temp.weaker('certain', CASE WHEN inferred THEN 'inferred' END, CASE WHEN NOT (client_no OR age_no OR standing_no IS NOT NULL AND NOT w.open) THEN stop_sure::text END), (p.role = 'contracted' OR client_no) AND NOT beside, faults + stopped::integer, near, fault, s.contract_id, p.area, s.id);
        CONTINUE;
      END IF;
      -- who serves without a name is somebody else
      perhaps_unnamed := perhaps_unnamed OR p.id IS NULL AND NOT stopped;
      CONTINUE WHEN p.id IS NULL AND p.role = 'subcontractor';
      certainty := pg_temp.weaker(w.certainty, CASE WHEN p.stood IS NULL OR stop_unsure OR went_over THEN 'unknown' END, stop_sure::text,
        CASE WHEN inferred OR merged OR (p.id, current) = (4, 6) AND pg_temp.own(p.id, current, day, as_of) THEN 'inferred' END,
        CASE WHEN square = 2 THEN 'schematic' END, CASE WHEN square = 4 AND s.area_id = 5 THEN 'inferred' END,
        CASE WHEN age IS NULL AND (lower(s.ages) > 18 OR upper(s.ages) IS NOT NULL) THEN 'unknown' END,
        CASE WHEN 'existing' IN (s.clients, p.clients) AND (since IS NULL OR own_here IS NULL OR perhaps_late) THEN 'unknown' WHEN 'existing' IN (s.clients, p.clients) AND existing_day IS NULL THEN 'inferred' END);
      said := CASE WHEN age IS NULL AND (lower(s.ages) > 18 OR upper(s.ages) IS NOT NULL) THEN 'age_not_given' WHEN stop_untold IS NOT NULL THEN stop_untold::text WHEN perhaps_late THEN 'existing_clients_only' WHEN p.stood IS NULL THEN 'known_since_unknown' WHEN went_over OR merged AND w.certainty <> 'unknown' THEN 'supplier_changed' WHEN w.reason IS NULL AND w.certainty = 'uncontested' AND inferred THEN 'award_not_final' WHEN w.reason IS NULL AND age IS NULL AND lower(s.ages) > 0 THEN 'age_not_given' ELSE w.reason END;
      INSERT INTO fit VALUES (near, p.id IS NOT NULL AND NOT stopped, p.id, p.role, certainty, CASE WHEN stopped THEN 'client_stop' WHEN p.id IS NULL THEN 'providers_not_named' ELSE said END, s.contract_id, p.area, s.id);
    END LOOP;
  END LOOP;
  sure := CASE WHEN NOT EXISTS (SELECT FROM miss m WHERE m.open) AND NOT perhaps_unnamed THEN pg_temp.all_recorded(square, service, day) END;
  sure := CASE WHEN sure IS NOT NULL THEN pg_temp.weaker(sure, (SELECT 'inferred' FROM miss m WHERE NOT m.open AND m.denied = 'inferred' LIMIT 1)) END;
  IF EXISTS (SELECT FROM fit) THEN
    RETURN QUERY SELECT f.found, f.provider_id, f.role, f.certainty, f.reason, f.contract_id, f.area_id, sure IS NOT NULL, f.found AND coalesce(pg_temp.own(f.provider_id, current, day, as_of), false) FROM fit f
      WHERE f.nearness = (SELECT min(g.nearness) FROM fit g WHERE (g.contract_id, g.role, g.area_id) = (f.contract_id, f.role, f.area_id) AND g.provider_id IS NOT DISTINCT FROM f.provider_id);
  ELSIF EXISTS (SELECT FROM miss m WHERE m.shown) THEN
    RETURN QUERY SELECT false, NULL::integer, NULL::text, coalesce(sure, 'unknown'), m.fault, m.contract_id, m.area_id, sure IS NOT NULL, false FROM miss m WHERE m.shown
      ORDER BY NOT m.open, m.faults, m.nearness = 2, array_position(order_of, m.fault), m.contract_id, m.scope_id LIMIT 1;
  ELSE
    RETURN QUERY SELECT false, NULL::integer, NULL::text, coalesce(sure, 'unknown'), CASE WHEN sure IS NULL AND day < (SELECT min(coalesce(x.start_day, x.end_day - 1)) FROM drawn x) THEN 'before_registry' ELSE 'service_not_contracted' END, NULL::integer, NULL::integer, sure IS NOT NULL, false;
  END IF;
END
$$;

-- ---- five hundred questions -------------------------------------------------------------------------------------------
CREATE TEMPORARY TABLE question ON COMMIT DROP AS
  SELECT n, 1 + floor(random() * 4)::integer AS square, pg_temp.one_of('10', '20', '21', '21', '22')::integer AS service, pg_temp.some_day('2017-06-01', 2200) AS day,
         pg_temp.one_of('17', '18', '40', '74', '75', NULL)::integer AS age, pg_temp.one_of('2', '3', '4', '5', '6', NULL, NULL, NULL)::integer AS current,
         CASE WHEN random() < 0.5 THEN pg_temp.some_day('2017-06-01', 800) END AS since, pg_temp.some_day('2017-06-01', 2200) AS as_of
  FROM (SELECT setseed(0.05)) s, generate_series(1, 500) n;
CREATE FUNCTION pg_temp.asked(q question) RETURNS SETOF pg_temp.line LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY EXECUTE format('SELECT p.found, p.provider_id, p.role, p.certainty, p.reason, p.contract_id, p.area_id, p.complete, p.stays FROM wmo.providers_at(%L, %L, %L, %L, %L, %L, %L) p',
    pg_temp.point(q.square), (SELECT s.code FROM wmo.service s WHERE s.id = q.service), q.day, q.age, q.current, q.since, q.as_of);
END
$$;
CREATE TEMPORARY TABLE answered ON COMMIT DROP AS SELECT q.n, l.* FROM question q, pg_temp.asked(q) l;
CREATE TEMPORARY TABLE modelled ON COMMIT DROP AS SELECT q.n, l.* FROM question q, pg_temp.model(q.square, q.service, q.day, q.age, q.current, q.since, q.as_of) l;
SELECT 'answered, not modelled', q.*, x.* FROM (SELECT * FROM answered EXCEPT ALL SELECT * FROM modelled) x JOIN question q USING (n) ORDER BY q.n, x.contract_id LIMIT 8;
SELECT 'modelled, not answered', q.*, x.* FROM (SELECT * FROM modelled EXCEPT ALL SELECT * FROM answered) x JOIN question q USING (n) ORDER BY q.n, x.contract_id LIMIT 8;
SELECT 'questions that differ', count(DISTINCT n) FROM ((SELECT * FROM answered EXCEPT ALL SELECT * FROM modelled) UNION ALL (SELECT * FROM modelled EXCEPT ALL SELECT * FROM answered)) x;
-- who may stay comes first, the current provider itself before its consortium, members and successor
CREATE FUNCTION pg_temp.stays_in_order(q question) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  shown text;
BEGIN
  EXECUTE format('SELECT string_agg(CASE WHEN NOT p.stays THEN ''c'' WHEN p.provider_id = %6$L THEN ''a'' ELSE ''b'' END, '''' ORDER BY p.ord) FROM wmo.providers_at(%1$L, %2$L, %3$L, %4$L, %6$L, %5$L, %7$L) p',
    pg_temp.point(q.square), (SELECT s.code FROM wmo.service s WHERE s.id = q.service), q.day, q.age, q.since, q.current, q.as_of) INTO shown;
  RETURN shown;
END
$$;
SELECT 'not first', count(*) FROM question q WHERE pg_temp.stays_in_order(q) !~ '^a*b*c*$';
SELECT 'contracts by their tender', count(*) > 4 AS often, count(DISTINCT w.supplier_id) > 1 AS to_some, bool_or(w.supplier_id IS NULL) AS to_nobody FROM wmo.contract c JOIN wmo.award w ON w.tender_id = c.tender_id;
SELECT 'stays', count(*) FILTER (WHERE stays) > 10 AS often FROM modelled;
-- the draw says something: every certainty and most reasons occur
SELECT 'certainties', count(DISTINCT certainty) >= 8, 'reasons', count(DISTINCT reason) >= 12 FROM modelled;
SELECT 'nobody', certainty, complete, count(*) > 2 AS often FROM modelled WHERE NOT found AND provider_id IS NULL AND role IS NULL GROUP BY certainty, complete ORDER BY certainty;

-- ---- every scope, every pair of days ----------------------------------------------------------------------------------
CREATE TEMPORARY TABLE standing ON COMMIT DROP AS SELECT * FROM wmo_works.scope_standing;
CREATE INDEX ON standing (scope_id);
ANALYZE standing;
SELECT 'pairs of days without one standing', count(*) FROM question q CROSS JOIN wmo.contract_scope s
WHERE (SELECT count(*) FROM standing st WHERE st.scope_id = s.id AND st.valid @> q.day AND st.known @> q.as_of) <> 1;
SELECT 'standings that the model does not share', count(*) FROM question q CROSS JOIN wmo.contract_scope s
JOIN standing st ON st.scope_id = s.id AND st.valid @> q.day AND st.known @> q.as_of
CROSS JOIN LATERAL pg_temp.scope_word(s, q.day, q.as_of) w
WHERE q.n <= 200 AND (st.certainty::text, st.reason::text, st.supplier_id) IS DISTINCT FROM (w.certainty, coalesce(w.reason, CASE WHEN w.certainty = 'uncontested' AND st.inferred THEN 'award_not_final' END), w.supplier);
SELECT 'reasons in the standings', string_agg(DISTINCT reason::text, ' ') FROM standing;
-- coverage is the standings that serve, once for the supplier
SELECT 'coverage apart from standing', count(*) FROM (
  (SELECT c.scope_id, c.provider_id, c.valid, c.known FROM wmo.coverage c WHERE c.role IN ('main', 'contracted')
   EXCEPT ALL SELECT st.scope_id, st.supplier_id, st.valid, st.known FROM standing st WHERE st.certainty IS NOT NULL)
  UNION ALL
  (SELECT st.scope_id, st.supplier_id, st.valid, st.known FROM standing st WHERE st.certainty IS NOT NULL
   EXCEPT ALL SELECT c.scope_id, c.provider_id, c.valid, c.known FROM wmo.coverage c WHERE c.role IN ('main', 'contracted'))) x;
-- what is kept is what the definition gives, after all of that
SELECT 'standing kept otherwise', count(*) FROM wmo.check_standing();
ROLLBACK;
