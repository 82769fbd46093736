-- What a release says, whatever stands in it.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

-- midnight and the last second are the day as it is written; any other moment is a day in the Netherlands
SELECT words, c.day, to_char(c.moment AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') AS utc FROM unnest(ARRAY['2024-07-08', '2024-07-08T00:00:00Z', '2024-07-08T23:59:59Z', '2024-07-08T23:59:59.999Z', '2024-07-07T22:00:00Z',
  '2024-07-08T00:00:00+02:00', '2024-12-31T23:00:00Z', '2024-12-31T22:59:58Z', '2024-07-08T09:30:00Z', '2024-07-08 09:30', '2024-07-08t09:30:00.123456789z', '2024-07-08T09:30:00-1400', '2024-02-29']) words
CROSS JOIN LATERAL wmo_works.ocds_clock(words) c;
-- what is no day
SELECT string_agg(words, ' ') FROM unnest(ARRAY['', '2023-02-29', '2024-13-01', '2024-00-10', '2024-01-00', '2024-04-31', '0000-01-01', '08-07-2024', '2024-7-8', '20240708', '2024-07-08T24:00:00Z', '2024-07-08T10:60:00Z',
  '2024-07-08T10:00:60Z', '2024-07-08T10:00:00+15:00', '2024-07-08T10:00:00+02:60', '2024-07-08T', 'infinity', 'now', 'gisteren', '12024-07-08', ' 2024-07-08', '2024-07-08T10:00:00ZZ']) words
CROSS JOIN LATERAL wmo_works.ocds_clock(words) c WHERE c.day IS NOT NULL OR c.moment IS NOT NULL;
SELECT words, wmo_works.ocds_days(words) FROM unnest(ARRAY['[2024-01-01,2025-01-01)', '[2024-01-01,)', '(,2025-01-01)', '(,)', '[2024-01-01,2024-01-01)', '[2025-01-01,2024-01-01)', '[2024-02-30,)', '[2024-01-01,2025-01-01]', 'empty', '']) words;
SELECT v, wmo_works.ocds_text(v), wmo_works.ocds_key(v), wmo_works.ocds_date(v), wmo_works.ocds_shown(v)
FROM unnest(ARRAY['"naam"', '"  "', '5', '1.50', 'null', 'true', '[1]', '{"a":1}', '"2024-07-08"']::jsonb[]) v;
SELECT length(wmo_works.ocds_text(to_jsonb(repeat('x', 1000)))), wmo_works.ocds_text(to_jsonb(repeat('x', 1001))), length(wmo_works.ocds_key(to_jsonb(repeat('x', 200)))), wmo_works.ocds_key(to_jsonb(repeat('x', 201))), length(wmo_works.ocds_shown(to_jsonb(repeat('x', 5000))));
SELECT type, wmo_works.ocds_fault(v, type) FROM (VALUES ('text', '5'::jsonb), ('id', '{}'), ('day', '"01-02-2024"'), ('count', '1.5'), ('count', '1e300'), ('count', '"7"'), ('array', '{}'), ('object', '[]'), ('reading', '"Lang verhaal"')) t (type, v);
SELECT count(*) FROM (VALUES ('text', '"a"'::jsonb), ('id', '5'), ('day', '"2024-01-01T00:00:00Z"'), ('count', '7'), ('array', '[]'), ('object', '{}'), ('text', 'null'), ('reading', '"Afgeleid, niet gesteld: zo gelezen"')) t (type, v) WHERE wmo_works.ocds_fault(v, type) IS NULL;

-- numbers of registers as people write them; a zero that seems lost is asked about and never put back
SELECT n.* FROM wmo_works.ocds_numbers('{"identifier": {"scheme": "NL-KVK", "id": "01.23.45.67"}, "additionalIdentifiers": [{"scheme": "KvK", "id": "KvK 12345678"}, {"scheme": "nl-kvk", "id": 12345678}, {"scheme": "NL-KVK", "id": "NL-KVK-12345678"},
  {"scheme": "x_agb", "id": "98 000 001"}, {"scheme": "AGB", "id": "1234567"}, {"scheme": "VESTIGING", "id": "000012345678"}, {"scheme": "OIN", "id": "123"}, {"scheme": "DUNS", "id": "123456789"}, {"id": "1"}, {"scheme": 5, "id": "1"}, {"scheme": "NL-KVK"},
  {"scheme": "NL-KVK", "id": [1]}, {}, 7]}') n;
SELECT n.* FROM wmo_works.ocds_numbers('{"identifier": 5, "additionalIdentifiers": {}}') n;

-- everything that is not read is told of: once where there is no place for it, each time where it is not what it should be
SELECT f.path, f.message FROM wmo_works.ocds_unread('o', '{"ocid": "o", "planning": {}, "tag": "tender", "buyer": null, "tender": {"id": [1], "value": {"amount": 1}, "lots": [{"id": "1", "value": 1}, 5]}, "parties": {},
  "awards": [{"id": "A1", "date": "gisteren", "value": 1}, {"status": 5, "value": 1}], "contracts": [{"id": "C1", "period": {"endDate": "01-01-2024", "durationInDays": 5}}, {"period": 5}, null]}') f;
SELECT count(*) FROM unnest(ARRAY['null', '5', '[]', '"x"']::jsonb[]) v CROSS JOIN LATERAL wmo_works.ocds_unread('o', v) f;
ROLLBACK;
