-- ocds_read: what a release says, whatever stands in it.
-- Relies on contract_list (how names and numbers are compared) and on the registry; writes nothing.
--
-- A release comes from elsewhere. Nothing in it is taken for what it should be: a value of another type, a day that is
-- none or an identifier as long as a book is left out, and told of. No cast here can fail.

CREATE TYPE wmo.ocds_finding AS (
  ocid    text,
  path    text,
  outcome text,
  message text
);
COMMENT ON TYPE wmo.ocds_finding IS 'What became of a part of a release.';
COMMENT ON COLUMN wmo.ocds_finding.ocid IS 'The open contracting ID of the release; null = it has none.';
COMMENT ON COLUMN wmo.ocds_finding.path IS 'Which part, as awards/A1/date: the identifier of the part in the middle.';
COMMENT ON COLUMN wmo.ocds_finding.outcome IS
  'added, changed, unchanged, noted (placed, with a doubt), not_placed (left out, nothing else suffers) or refused '
  '(the whole release is left out).';
COMMENT ON COLUMN wmo.ocds_finding.message IS 'Why, or what changed.';

CREATE FUNCTION wmo_works.ocds_clock(words text, OUT day date, OUT moment timestamptz)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  part CONSTANT text[] := regexp_match(words, '^([0-9]{4})-([0-9]{2})-([0-9]{2})'
                                              '(?:[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2}(?:[.][0-9]{1,6})?)[0-9]*)?'
                                              '(?:([Zz])|([+-])([0-9]{2}):?([0-9]{2}))?)?$');
  written date;
  clock interval;
  ahead interval;
BEGIN
  IF part IS NULL OR part[1] = '0000' OR part[2]::integer NOT BETWEEN 1 AND 12 OR part[3]::integer < 1
     OR part[4]::integer > 23 OR part[5]::integer > 59 OR part[6]::numeric >= 60
     OR part[9]::integer > 14 OR part[10]::integer > 59 THEN
    RETURN;
  END IF;
  written := make_date(part[1]::integer, part[2]::integer, 1) + (part[3]::integer - 1);
  IF extract(month FROM written::timestamp) <> part[2]::integer THEN
    RETURN;
  END IF;
  clock := make_interval(hours => coalesce(part[4], '0')::integer, mins => coalesce(part[5], '0')::integer,
                         secs => coalesce(part[6], '0')::double precision);
  ahead := make_interval(hours => coalesce(part[9], '0')::integer, mins => coalesce(part[10], '0')::integer)
           * CASE part[8] WHEN '-' THEN -1 ELSE 1 END;
  moment := (written::timestamp + clock - ahead) AT TIME ZONE 'UTC';
  -- midnight and the last second stand for the day as it is written; any other moment is a day in the Netherlands
  day := CASE WHEN coalesce(part[7], part[8]) IS NULL OR clock = '00:00:00' OR clock >= '23:59:59' THEN written
              ELSE (moment AT TIME ZONE 'Europe/Amsterdam')::date END;
END
$$;
COMMENT ON FUNCTION wmo_works.ocds_clock(text) IS
  'The day and the moment of a time as RFC 3339 writes it, or of a day alone (midnight UTC); null when it is neither.';

CREATE FUNCTION wmo_works.ocds_date(value jsonb) RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN jsonb_typeof(value) = 'string' THEN (wmo_works.ocds_clock(left(value #>> '{}'::text[], 50))).day END;
END;
COMMENT ON FUNCTION wmo_works.ocds_date(jsonb) IS 'The day that a value of a release names; null = none.';

CREATE FUNCTION wmo_works.ocds_begins_month(value jsonb) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  -- as it is written, or in the Netherlands: systems write midnight there as 23:00 or 22:00 of the day before, in UTC
  SELECT coalesce(jsonb_typeof(value) = 'string' AND extract(day FROM c.day) = 1::numeric
                  AND (value #>> '{}'::text[] ~ '^[0-9-]{10}[Tt ]00:00'
                       OR value #>> '{}'::text[] ~ '[Tt ]'
                          AND (c.moment AT TIME ZONE 'Europe/Amsterdam')::time = '00:00:00'), false)
  FROM wmo_works.ocds_clock(left(value #>> '{}'::text[], 50)) c;
END;
COMMENT ON FUNCTION wmo_works.ocds_begins_month(jsonb) IS
  'Is a value of a release the midnight that begins a month, so that as an end it may be the last day or the one after '
  'it?';

CREATE FUNCTION wmo_works.ocds_days(words text) RETURNS daterange
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN p.bound IS NOT NULL AND (p.bound[1] IS NULL OR s.day IS NOT NULL)
                AND (p.bound[2] IS NULL OR e.day IS NOT NULL) AND coalesce(s.day < e.day, true)
              THEN daterange(s.day, e.day) END
  FROM (SELECT regexp_match(left(words, 50), '^[[(]([0-9-]{10})?,([0-9-]{10})?[)]$') AS bound) p
  CROSS JOIN LATERAL wmo_works.ocds_clock(p.bound[1]) s
  CROSS JOIN LATERAL wmo_works.ocds_clock(p.bound[2]) e;
END;
COMMENT ON FUNCTION wmo_works.ocds_days(text) IS 'Days as iso_days writes them, read back; null when it is none.';

CREATE FUNCTION wmo_works.ocds_text(value jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN jsonb_typeof(value) = 'string' AND octet_length(value #>> '{}'::text[]) <= 1000
              THEN nullif(btrim(value #>> '{}'::text[]), '') END;
END;
COMMENT ON FUNCTION wmo_works.ocds_text(jsonb) IS
  'A text of a release that a column with an index can hold; null = none, blank, or more than 1,000 bytes.';

CREATE FUNCTION wmo_works.ocds_key(value jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN jsonb_typeof(value) IN ('string', 'number') AND octet_length(value #>> '{}'::text[]) <= 200
              THEN nullif(btrim(value #>> '{}'::text[]), '') END;
END;
COMMENT ON FUNCTION wmo_works.ocds_key(jsonb) IS
  'An identifier of a release, a text or a number; null = none, blank, or more than 200 bytes.';

CREATE FUNCTION wmo_works.ocds_each(value jsonb) RETURNS TABLE (n bigint, part jsonb)
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 10
BEGIN ATOMIC
  SELECT e.n, e.part
  FROM jsonb_array_elements(CASE WHEN jsonb_typeof(value) = 'array' THEN value ELSE '[]' END)
    WITH ORDINALITY e (part, n)
  WHERE jsonb_typeof(e.part) = 'object';
END;
COMMENT ON FUNCTION wmo_works.ocds_each(jsonb) IS
  'The objects of an array, each with its place; none of anything else.';

CREATE FUNCTION wmo_works.ocds_shown(value jsonb) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE jsonb_typeof(value)
    WHEN 'object' THEN wmo_works.words('an object') WHEN 'array' THEN wmo_works.words('an array') WHEN 'null'
      THEN 'null'
    ELSE '"' || left(value #>> '{}'::text[], 60)
         || CASE WHEN length(value #>> '{}'::text[]) > 60 THEN '..."' ELSE '"' END END;
END;
COMMENT ON FUNCTION wmo_works.ocds_shown(jsonb) IS 'A value as messages quote it.';

CREATE VIEW wmo_works.ocds_field WITH (security_invoker = true) AS
  SELECT f.object, f.field, f.type
  FROM (VALUES
    ('release', 'ocid', 'id'), ('release', 'id', 'id'), ('release', 'date', 'day'), ('release', 'tag', 'array'),
    ('release', 'initiationType', 'text'), ('release', 'language', 'text'), ('release', 'parties', 'array'),
    ('release', 'buyer', 'object'), ('release', 'tender', 'object'), ('release', 'awards', 'array'),
    ('release', 'contracts', 'array'),
    ('party', 'id', 'id'), ('party', 'name', 'text'), ('party', 'identifier', 'object'),
    ('party', 'additionalIdentifiers', 'array'), ('party', 'roles', 'array'), ('party', 'memberOf', 'array'),
    ('party', 'details', 'object'),
    ('tender', 'id', 'id'), ('tender', 'title', 'text'), ('tender', 'mainProcurementCategory', 'text'),
    ('tender', 'procurementMethod', 'text'), ('tender', 'procurementMethodDetails', 'text'),
    ('tender', 'numberOfTenderers', 'count'), ('tender', 'lots', 'array'), ('tender', 'documents', 'array'),
    ('tender', 'milestones', 'array'), ('tender', 'description', 'reading'),
    ('lot', 'id', 'id'), ('lot', 'title', 'text'),
    ('award', 'id', 'id'), ('award', 'status', 'text'), ('award', 'date', 'day'), ('award', 'suppliers', 'array'),
    ('award', 'relatedLots', 'array'), ('award', 'description', 'reading'),
    ('contract', 'id', 'id'), ('contract', 'awardID', 'id'), ('contract', 'status', 'text'),
    ('contract', 'period', 'object'), ('contract', 'dateSigned', 'day'), ('contract', 'buyer', 'object'),
    ('contract', 'suppliers', 'array'), ('contract', 'items', 'array'), ('contract', 'milestones', 'array'),
    ('contract', 'amendments', 'array'), ('contract', 'description', 'reading'),
    ('period', 'startDate', 'day'), ('period', 'endDate', 'day'), ('period', 'maxExtentDate', 'day')
  ) f (object, field, type);
COMMENT ON VIEW wmo_works.ocds_field IS 'The fields of a release that the registry has a place for.';
COMMENT ON COLUMN wmo_works.ocds_field.object IS 'Kind of object.';
COMMENT ON COLUMN wmo_works.ocds_field.field IS 'The field.';
COMMENT ON COLUMN wmo_works.ocds_field.type IS
  'What it holds: text, id, day, count, array, object, or reading: kept where it says that a fact was inferred.';

CREATE FUNCTION wmo_works.ocds_fault(value jsonb, type text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE
    WHEN jsonb_typeof(value) = 'null' THEN NULL
    WHEN CASE type WHEN 'text' THEN jsonb_typeof(value) = 'string' AND octet_length(value #>> '{}'::text[]) <= 1000
                   WHEN 'id' THEN wmo_works.ocds_key(value) IS NOT NULL
                   WHEN 'day' THEN wmo_works.ocds_date(value) IS NOT NULL
                   WHEN 'reading' THEN starts_with(wmo_works.ocds_text(value), 'Afgeleid, niet gesteld:')
                   WHEN 'count' THEN jsonb_typeof(value) = 'number' AND value #>> '{}'::text[] ~ '^[0-9]{1,9}$'
                   ELSE jsonb_typeof(value) = type END THEN NULL
    ELSE CASE type
      WHEN 'reading' THEN wmo_works.words('the registry has no place for it')
      WHEN 'text' THEN wmo_works.words('%1 is not a text of at most 1,000 bytes', wmo_works.ocds_shown(value))
      WHEN 'id' THEN wmo_works.words('%1 is not an identifier of at most 200 bytes', wmo_works.ocds_shown(value))
      WHEN 'day' THEN wmo_works.words('%1 is not a day as 2024-07-08T00:00:00Z', wmo_works.ocds_shown(value))
      WHEN 'count' THEN wmo_works.words('%1 is not a whole number', wmo_works.ocds_shown(value))
      WHEN 'array' THEN wmo_works.words('%1 is not an array', wmo_works.ocds_shown(value))
      ELSE wmo_works.words('%1 is not an object', wmo_works.ocds_shown(value)) END END;
END;
COMMENT ON FUNCTION wmo_works.ocds_fault(jsonb, text) IS 'Why a value is not of its type; null when it is, or is null.';

CREATE FUNCTION wmo_works.ocds_unplaced(ocid text, object text, list text, key text, value jsonb)
RETURNS SETOF wmo.ocds_finding
LANGUAGE sql STABLE PARALLEL SAFE ROWS 5
BEGIN ATOMIC
  -- what has no place is told once, not of every part
  SELECT ocid, concat_ws('/', list, CASE WHEN f.field IS NOT NULL THEN ocds_unplaced.key END,
                         CASE WHEN ocds_unplaced.object = 'period' THEN 'period' END, left(e.key, 60)), 'not_placed',
         CASE WHEN f.field IS NULL THEN wmo_works.words('the registry has no place for it')
              ELSE wmo_works.ocds_fault(e.value, f.type) END
  FROM jsonb_each(CASE WHEN jsonb_typeof(ocds_unplaced.value) = 'object' THEN ocds_unplaced.value ELSE '{}' END)
    WITH ORDINALITY e (key, value, n)
  LEFT JOIN wmo_works.ocds_field f ON f.object = ocds_unplaced.object AND f.field = e.key
  WHERE jsonb_typeof(e.value) <> 'null'
    AND (f.field IS NULL OR wmo_works.ocds_fault(e.value, f.type) IS NOT NULL)
  ORDER BY e.n;
END;
COMMENT ON FUNCTION wmo_works.ocds_unplaced(text, text, text, text, jsonb) IS
  'What stands in an object of a release and has no place in the registry, or is not what it should be.';

CREATE FUNCTION wmo_works.ocds_unread(ocid text, release jsonb) RETURNS SETOF wmo.ocds_finding
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 20
BEGIN ATOMIC
  SELECT f.* FROM wmo_works.ocds_unplaced(ocid, 'release', NULL, NULL, release) f
  UNION ALL
  SELECT f.* FROM wmo_works.ocds_unplaced(ocid, 'tender', 'tender', NULL, release -> 'tender') f
  UNION ALL
  SELECT f.*
  FROM (VALUES ('party', 'parties', release -> 'parties'), ('lot', 'tender/lots', release -> 'tender' -> 'lots'),
               ('award', 'awards', release -> 'awards'), ('contract', 'contracts', release -> 'contracts'))
    a (object, path, list)
  CROSS JOIN LATERAL wmo_works.ocds_each(a.list) e
  CROSS JOIN LATERAL wmo_works.ocds_unplaced(ocid, a.object, a.path,
    coalesce(wmo_works.ocds_key(e.part -> 'id'), e.n::text), e.part) f
  UNION ALL
  SELECT f.*
  FROM wmo_works.ocds_each(release -> 'contracts') e
  CROSS JOIN LATERAL wmo_works.ocds_unplaced(ocid, 'period', 'contracts',
    coalesce(wmo_works.ocds_key(e.part -> 'id'), e.n::text), e.part -> 'period') f
  UNION ALL
  SELECT ocid, a.path || '/' || e.n::text, 'not_placed',
         wmo_works.words('%1 is not an object', wmo_works.ocds_shown(e.part))
  FROM (VALUES ('parties', release -> 'parties'), ('tender/lots', release -> 'tender' -> 'lots'),
               ('awards', release -> 'awards'), ('contracts', release -> 'contracts')) a (path, list)
  CROSS JOIN LATERAL jsonb_array_elements(CASE WHEN jsonb_typeof(a.list) = 'array' THEN a.list ELSE '[]' END)
    WITH ORDINALITY e (part, n)
  WHERE jsonb_typeof(e.part) <> 'object';
END;
COMMENT ON FUNCTION wmo_works.ocds_unread(text, jsonb) IS
  'Everything in a release that is not read: what has no place in the registry, and what is of another type.';

CREATE FUNCTION wmo_works.ocds_numbers(party jsonb) RETURNS TABLE (scheme text, value text, fault text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
BEGIN ATOMIC
  SELECT CASE WHEN d.fault IS NULL THEN k.scheme END, CASE WHEN d.fault IS NULL THEN k.digits END, d.fault
  FROM (
    SELECT party -> 'identifier' AS id WHERE jsonb_typeof(party -> 'identifier') = 'object'
    UNION ALL SELECT e.part FROM wmo_works.ocds_each(party -> 'additionalIdentifiers') e
  ) i
  CROSS JOIN LATERAL (
    SELECT CASE regexp_replace(lower(i.id ->> 'scheme'), '^(nl|x)[-_]|[^a-z]', '', 'g')
             WHEN 'kvk' THEN 'kvk' WHEN 'agb' THEN 'agb' WHEN 'vestiging' THEN 'vestiging' WHEN 'oin' THEN 'oin' END
             AS scheme,
           -- as people write them: 12.34.56.78, KvK 12345678
           regexp_replace(wmo_works.ocds_key(i.id -> 'id'), '^[A-Za-z-]*:?|[[:space:].]', '', 'g') AS digits
  ) k
  CROSS JOIN LATERAL (
    SELECT CASE
      WHEN coalesce(jsonb_typeof(i.id -> 'id'), 'null') = 'null' THEN wmo_works.words('it has no number')
      WHEN k.digits IS NULL THEN wmo_works.ocds_fault(i.id -> 'id', 'id')
      WHEN k.scheme IS NULL
        THEN wmo_works.words('a number of %1; the registry keeps those of KvK, AGB, vestiging and OIN',
                             coalesce(wmo_works.ocds_shown(i.id -> 'scheme'), wmo_works.words('no scheme')))
      WHEN k.scheme IN ('kvk', 'agb') THEN wmo_works.number_fault(k.digits, k.digits)
      WHEN k.digits !~ CASE k.scheme WHEN 'vestiging' THEN '^[0-9]{12}$' ELSE '^[0-9]{20}$' END
        THEN wmo_works.words('"%1" is no %2', k.digits, k.scheme) END AS fault
  ) d
  WHERE i.id <> '{}';
END;
COMMENT ON FUNCTION wmo_works.ocds_numbers(jsonb) IS
  'The numbers of a party of a release, in the schemes of the registry; or why one cannot be kept.';
