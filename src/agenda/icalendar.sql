-- icalendar: the decision calendar as a text that calendar programs read (RFC 5545).
-- Relies on decision_calendar.
--
-- Nothing in it comes from the clock but the day that is asked: the same facts give the same text.

CREATE FUNCTION wmo_works.icalendar_text(value text) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  value := replace(replace(replace(value, E'\\', E'\\\\'), ';', E'\\;'), ',', E'\\,');
  IF getdatabaseencoding() = 'UTF8' THEN
    -- line ends of Unicode, at which some readers cut lines
    value := translate(value, chr(133) || chr(8232) || chr(8233), E'\n\n\n');
  END IF;
  value := regexp_replace(value, E'\r\n|\r|\n', E'\\\\n', 'g');
  RETURN regexp_replace(value, E'[\\x01-\\x1F\\x7F]', ' ', 'g');
END
$$;
COMMENT ON FUNCTION wmo_works.icalendar_text(text) IS
  'A value of type TEXT (RFC 5545, 3.3.11): backslash, semicolon and comma escaped, line ends as n after a backslash, '
  'other control characters as spaces.';

CREATE FUNCTION wmo_works.icalendar_line(name text, value text) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  octets bytea := convert_to(name || ':' || value, 'UTF8');
  folded text := '';
  room integer := 75;
  cut integer;
BEGIN
  WHILE length(octets) > room LOOP
    cut := room;
    WHILE get_byte(octets, cut) & 192 = 128 LOOP -- inside a character
      cut := cut - 1;
    END LOOP;
    folded := folded || convert_from(substring(octets FROM 1 FOR cut), 'UTF8') || E'\r\n ';
    octets := substring(octets FROM cut + 1);
    room := 74;
  END LOOP;
  RETURN folded || convert_from(octets, 'UTF8') || E'\r\n';
END
$$;
COMMENT ON FUNCTION wmo_works.icalendar_line(text, text) IS
  'A content line (RFC 5545, 3.1): folded after 75 octets of UTF-8, never within a character, and ended by CRLF. Null '
  'without a value.';

CREATE FUNCTION wmo_works.icalendar_alarm(days_before integer, description text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT concat(
    wmo_works.icalendar_line('BEGIN', 'VALARM'),
    wmo_works.icalendar_line('ACTION', 'DISPLAY'),
    wmo_works.icalendar_line('DESCRIPTION', wmo_works.icalendar_text(icalendar_alarm.description)),
    -- A day begins at midnight; the alarm goes at nine.
    wmo_works.icalendar_line('TRIGGER', CASE icalendar_alarm.days_before
      WHEN 0 THEN 'PT9H' WHEN 1 THEN '-PT15H' ELSE format('-P%sDT15H', icalendar_alarm.days_before - 1) END),
    wmo_works.icalendar_line('END', 'VALARM'));
END;
COMMENT ON FUNCTION wmo_works.icalendar_alarm(integer, text) IS
  'An alarm at nine in the morning, so many days before an all-day event.';

CREATE FUNCTION wmo_works.icalendar_event(decision wmo.decision_row) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  -- Sole traders stay out of what is published.
  supplier CONSTANT text := CASE WHEN NOT wmo_works.names_sole_trader(decision.supplier) THEN decision.supplier END;
  summary CONSTANT text := concat(
    CASE decision.state WHEN 'overdue' THEN wmo_works.words('OVERDUE: ')
                        WHEN 'lapsed' THEN wmo_works.words('LAPSED: ') END,
    decision.number || ': ', decision.decision, ' (' || supplier || ')');
  description CONSTANT text := concat_ws(E'\n',
    decision.detail,
    CASE WHEN decision.working_day < decision.day
      THEN wmo_works.clause('Last working day: %1', wmo_works.iso_day(decision.working_day)) END,
    wmo_works.clause('Warning: %1', decision.warning), wmo_works.clause('Contract: %1', decision.number),
    wmo_works.clause('Buyer: %1', decision.buyer), wmo_works.clause('Supplier: %1', supplier),
    wmo_works.clause('Owner: %1', decision.owner), wmo_works.clause('Source: %1', decision.source));
  stamp CONSTANT text := to_char(decision.revised_at AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"');
BEGIN
  RETURN concat(
    wmo_works.icalendar_line('BEGIN', 'VEVENT'),
    wmo_works.icalendar_line('UID', decision.uid),
    wmo_works.icalendar_line('DTSTAMP', stamp),
    wmo_works.icalendar_line('LAST-MODIFIED', stamp),
    -- Seconds since 2000: they grow with every change of the facts.
    wmo_works.icalendar_line('SEQUENCE',
      greatest(0, floor(extract(epoch FROM decision.revised_at))::bigint - 946684800)::text),
    wmo_works.icalendar_line('DTSTART;VALUE=DATE', to_char(decision.day, 'YYYYMMDD')),
    wmo_works.icalendar_line('DTEND;VALUE=DATE', to_char(decision.day + 1, 'YYYYMMDD')),
    wmo_works.icalendar_line('SUMMARY', wmo_works.icalendar_text(summary)),
    wmo_works.icalendar_line('DESCRIPTION', wmo_works.icalendar_text(description)),
    wmo_works.icalendar_line('CATEGORIES', wmo_works.code_words(decision.kind)),
    wmo_works.icalendar_line('STATUS', 'CONFIRMED'),
    wmo_works.icalendar_line('TRANSP', 'TRANSPARENT'),
    CASE WHEN decision.state IN ('later', 'due') THEN concat(
      wmo_works.icalendar_alarm(decision.day - decision.prepare_from, summary),
      CASE WHEN decision.working_day > decision.prepare_from
        THEN wmo_works.icalendar_alarm(decision.day - decision.working_day, summary) END) END,
    wmo_works.icalendar_line('END', 'VEVENT'));
END
$$;
COMMENT ON FUNCTION wmo_works.icalendar_event(wmo.decision_row) IS
  'One decision as an all-day event, with an alarm at the start of the lead time and one on the last working day. No '
  'names of sole traders. A decision without a day has no event.';

CREATE FUNCTION wmo.decision_icalendar(on_date date DEFAULT CURRENT_DATE, lead interval DEFAULT NULL,
                                       owner text DEFAULT NULL)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  events text;
  undated bigint;
BEGIN
  SELECT string_agg(wmo_works.icalendar_event(d), '' ORDER BY d.day, d.uid COLLATE "C")
           FILTER (WHERE d.day IS NOT NULL),
         count(*) FILTER (WHERE d.day IS NULL)
  INTO events, undated
  FROM wmo.decision_calendar_on(decision_icalendar.on_date, decision_icalendar.lead) d
  WHERE decision_icalendar.owner IS NULL OR d.owner = decision_icalendar.owner;
  RETURN concat(
    wmo_works.icalendar_line('BEGIN', 'VCALENDAR'),
    wmo_works.icalendar_line('VERSION', '2.0'),
    wmo_works.icalendar_line('PRODID', wmo_works.words('-//wmo_contracts//Decision calendar//EN')),
    wmo_works.icalendar_line('CALSCALE', 'GREGORIAN'),
    wmo_works.icalendar_line('X-WR-CALNAME', wmo_works.words('Wmo contracts')),
    CASE WHEN undated > 0 THEN wmo_works.icalendar_line('X-WR-CALDESC', wmo_works.icalendar_text(
      wmo_works.words('Decisions without a known day, which are not in here: %1 (see wmo.decision_calendar)',
                      undated::text))) END,
    coalesce(events, concat(
      -- A calendar has at least one component.
      wmo_works.icalendar_line('BEGIN', 'VTIMEZONE'),
      wmo_works.icalendar_line('TZID', 'Etc/UTC'),
      wmo_works.icalendar_line('BEGIN', 'STANDARD'),
      wmo_works.icalendar_line('DTSTART', '19700101T000000'),
      wmo_works.icalendar_line('TZOFFSETFROM', '+0000'),
      wmo_works.icalendar_line('TZOFFSETTO', '+0000'),
      wmo_works.icalendar_line('END', 'STANDARD'),
      wmo_works.icalendar_line('END', 'VTIMEZONE'))),
    wmo_works.icalendar_line('END', 'VCALENDAR'));
END
$$;
COMMENT ON FUNCTION wmo.decision_icalendar(date, interval, text) IS
  'The decision calendar as one iCalendar text (RFC 5545) for Outlook, Google and Thunderbird: an all-day event a '
  'decision, the same UID at every run. owner: only the decisions of that team. Decisions without a known day are '
  'counted in its description.';
