-- contract_list: the first step of loading a list; what a flat Dutch table says, cell by cell.
-- Relies on contract_list_name, and on service and party (registry) for its words.
--
-- One row a contract and what it covers, as it comes out of a spreadsheet: all text. Here every cell becomes a word
-- that the registry understands, or a fault in plain words. contract_list_match.sql finds what the words mean,
-- contract_list_contract.sql holds the contracts against the registry, contract_list_write.sql writes them.

CREATE TYPE wmo.contract_list_finding AS (
  line    integer,
  number  text,
  cell    text,
  outcome text,
  message text,
  lines   integer[]
);
COMMENT ON TYPE wmo.contract_list_finding IS
  'What loading a contract list found: a contract added, changed or unchanged; a row refused; something noted.';
COMMENT ON COLUMN wmo.contract_list_finding.line IS
  'Row of the sheet, the header being row 1, or the first of several; null = the whole list.';
COMMENT ON COLUMN wmo.contract_list_finding.number IS 'Contract number of that row.';
COMMENT ON COLUMN wmo.contract_list_finding.cell IS 'Header of the column; null = the whole row.';
COMMENT ON COLUMN wmo.contract_list_finding.outcome IS 'refused, noted, added, changed or unchanged.';
COMMENT ON COLUMN wmo.contract_list_finding.message IS 'What is wrong and what to do, or what changed.';
COMMENT ON COLUMN wmo.contract_list_finding.lines IS 'Every row of which this is said: one thing is said once.';

CREATE TYPE wmo_works.contract_list_row AS (
  line           integer,
  number         text,
  buyer          text,
  supplier       text,
  agb            text,
  kvk            text,
  sole_trader    text,
  services       text,
  products       text,
  municipalities text,
  areas          text,
  first_day      text,
  last_day       text,
  options        text,
  notice         text,
  signed_on      text,
  tender         text,
  lot            text,
  ages           text,
  choice         text,
  subcontractors text
);
COMMENT ON TYPE wmo_works.contract_list_row IS
  'A row of a contract list; its fields are the columns of wmo.contract_list_column. Null: the list says nothing '
  'about it.';

CREATE VIEW wmo.contract_list_column WITH (security_invoker = true) AS
  SELECT c.name, c.headers, c.required, c.meaning
  FROM (VALUES
    ('number', '{contractnummer,contractnr,nummer,kenmerk,contract}'::text[], true,
      'Contract number, unique per buyer. Rows with the same number are one contract.'),
    ('buyer', '{opdrachtgever,inkopende gemeente,aanbestedende dienst,inkoper}', false,
      'Who bought: name of the municipality or of the joint buyers. Needed unless one buyer is named for the whole '
      'list.'),
    ('supplier', '{aanbieder,leverancier,zorgaanbieder,hoofdaannemer,contractant,opdrachtnemer,naam aanbieder}', true,
      'Who delivers; empty = not named.'),
    ('agb', '{agb,agb-code,agbcode}', false, 'AGB code of the provider, 8 digits.'),
    ('kvk', '{kvk,kvk-nummer,kvknr}', false, 'Number in the trade register, 8 digits.'),
    ('sole_trader', '{eenmanszaak,natuurlijk persoon,zzp}', false, 'ja: a sole trader, kept out of published output.'),
    ('services', '{dienst,diensten,voorziening,voorzieningen,zorgvorm,zorgvormen}', false,
      'Services by code or name of wmo.service, or iWmo category, with commas between. Needed unless there are '
      'product codes.'),
    ('products', '{productcode,productcodes,product,producten}', false,
      'Product codes of the buyer; beside one service they are recorded as meaning that service.'),
    ('municipalities', '{gemeente,gemeenten,gemeentecode,gemeentecodes}', false,
      'Municipalities by CBS code or name, with commas between.'),
    ('areas', '{gebied,gebieden,werkgebied,wijk,wijken,stadsdeel}', false,
      'Working areas, districts or regions by code or name.'),
    ('first_day', '{begindatum,ingangsdatum,startdatum,begin,start,looptijd van,datum ingang}', true,
      'First day, dd-mm-jjjj; onbekend = not known.'),
    ('last_day', '{einddatum,einddatum t/m,einddatum tot en met,eind t/m,t/m,tot en met,looptijd t/m,looptijd tot en '
                 'met,laatste dag}',
      true, 'Last day itself (t/m), dd-mm-jjjj; onbepaald = without end; onbekend or empty = not known.'),
    ('options', '{opties,optie,verlengingsopties,verlenging,verlengingen,optiejaren}', false,
      'Extension options: 2x12 (months), 1 x 2 jaar, 12+6; geen = none.'),
    ('notice', '{meldtermijn,aanzegtermijn,verlengen melden}', false,
      'How long before the end an extension is announced: 6 maanden, 26 weken, 90 dagen; geen = none agreed.'),
    ('signed_on', '{ondertekend,ondertekend op,getekend,getekend op,datum ondertekening}', false,
      'Day on which both had signed.'),
    ('tender', '{aanbesteding,inkoop,uitvraag,tender}', false, 'Name of the tender of the lot.'),
    ('lot', '{perceel,percelen,lot}', false, 'Name or number of the lot.'),
    ('ages', '{leeftijd,leeftijden,leeftijdsgroep,doelgroep leeftijd}', false,
      '18+, 18 tot 75 (75 excluded), 18 t/m 74, tot 18, alle.'),
    ('choice', '{keuze,toewijzing,exclusief}', false,
      'exclusief (one main provider), gedeeld (the buyer divides) or keuze (the client chooses).'),
    ('subcontractors', '{onderaannemer,onderaannemers}', false,
      'Names of subcontractors, with a bar or semicolon between.')
  ) c (name, headers, required, meaning);
COMMENT ON VIEW wmo.contract_list_column IS
  'The columns that a contract list may have, and the Dutch headers by which they are known; case, spaces and '
  'punctuation do not count.';
COMMENT ON COLUMN wmo.contract_list_column.name IS 'The field of wmo_works.contract_list_row.';
COMMENT ON COLUMN wmo.contract_list_column.headers IS 'The headers that name it.';
COMMENT ON COLUMN wmo.contract_list_column.required IS 'True: a list must have it.';
COMMENT ON COLUMN wmo.contract_list_column.meaning IS 'What its cells hold.';

CREATE FUNCTION wmo_works.list_key(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT regexp_replace(lower(words), '[^[:alnum:]]+', '', 'g');
END;
COMMENT ON FUNCTION wmo_works.list_key(text) IS 'Letters and digits only, in lower case: by this headers are compared.';

CREATE FUNCTION wmo_works.list_name(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT regexp_replace(lower(btrim(regexp_replace(words, '[[:space:]]+', ' ', 'g'))), '^gemeente ', '');
END;
COMMENT ON FUNCTION wmo_works.list_name(text) IS
  'A name as names are compared: case, spaces and a leading "gemeente" do not count.';

CREATE FUNCTION wmo_works.plain_spaces(cell text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  -- U+00A0 by its bytes: an escape of Unicode is refused under SQL_ASCII and without standard_conforming_strings
  SELECT replace(cell, convert_from(decode('c2a0', 'hex'), 'UTF8'), ' ');
END;
COMMENT ON FUNCTION wmo_works.plain_spaces(text) IS 'A text with spaces where it has no-break spaces.';

CREATE FUNCTION wmo_works.list_words(cell text, separators text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 2
BEGIN ATOMIC
  SELECT DISTINCT btrim(regexp_replace(t.word, '[[:space:]]+', ' ', 'g'))
  FROM unnest(string_to_array(translate(cell, separators, repeat(E'\n', length(separators))), E'\n')) t (word)
  WHERE t.word ~ '[^[:space:]]';
END;
COMMENT ON FUNCTION wmo_works.list_words(text, text) IS 'The parts of a cell that holds several values, each once.';

-- ---- cells: what is said, or what is wrong with it ------------------------------------------------------------------

CREATE TYPE wmo_works.contract_list_said AS (
  said  text,
  fault text
);
COMMENT ON TYPE wmo_works.contract_list_said IS
  'What a cell says, in the words of the registry, or what is wrong with it.';
COMMENT ON COLUMN wmo_works.contract_list_said.said IS 'What it says; null = nothing, or fault.';
COMMENT ON COLUMN wmo_works.contract_list_said.fault IS 'What is wrong with it, in plain words.';

CREATE FUNCTION wmo_works.list_day(cell text, OUT said text, OUT fault text)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  months CONSTANT text[] := '{januari,februari,maart,april,mei,juni,juli,augustus,september,oktober,november,december}';
  words text := regexp_replace(lower(btrim(cell)), '[ T]+0?0:00(:00)?([.]0+)?$', '');
  part text[]; -- day, month, year
  year integer;
  month integer;
BEGIN
  IF words IN ('?', 'onbekend', 'n.n.b.', 'nnb', 'niet bekend') THEN
    said := '?';
    RETURN;
  ELSIF words IN ('onbepaald', 'onbepaalde tijd', 'voor onbepaalde tijd', 'open', 'doorlopend', 'geen einddatum',
                  'geen einde') THEN
    said := 'open';
    RETURN;
  END IF;
  part := regexp_match(words, '^([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})$');
  IF part IS NULL THEN
    part := regexp_match(words, '^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})$');
    part := CASE WHEN part IS NOT NULL THEN ARRAY[part[3], part[2], part[1]] END;
  END IF;
  IF part IS NULL THEN
    part := regexp_match(words, '^([0-9]{1,2}) ([a-z]+) ([0-9]{4})$');
    part := CASE WHEN part IS NOT NULL THEN ARRAY[part[1], array_position(months, part[2])::text, part[3]] END;
  END IF;
  year := part[3];
  month := part[2];
  IF month BETWEEN 1 AND 12 AND year BETWEEN 1900 AND 9999
     AND part[1]::integer BETWEEN 1
         AND extract(day FROM make_date(year, month, 1) + interval '1 month' - interval '1 day') THEN
    said := wmo_works.iso_day(make_date(year, month, part[1]::integer));
    RETURN;
  END IF;
  fault := CASE
    WHEN words ~ '^[0-9]{5}$'
    THEN wmo_works.words('"%1" is not a day; it looks like the day number of a spreadsheet: give the column a date '
                         'format, as in 01-01-2024', cell)
    WHEN words ~ '^[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{2}$'
    THEN wmo_works.words('"%1" is not a day; write the year in four digits, as in 01-01-2024', cell)
    WHEN part IS NOT NULL THEN wmo_works.words('"%1" is not a day of the calendar between 1900 and 9999', cell)
    ELSE wmo_works.words('"%1" is not a day; write it as dd-mm-jjjj, as in 01-01-2024, or "onbekend"', cell) END;
END
$$;
COMMENT ON FUNCTION wmo_works.list_day(text) IS
  'A day of a list: said is ISO 8601, ? (onbekend) or open (onbepaald); else fault.';

CREATE FUNCTION wmo_works.list_length(words text, bare_unit text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  part text[] := regexp_match(lower(btrim(words)),
    '^([0-9]{1,3}) ?(kalender)?(jaar|jaren|jr|j|maanden|maand|mnd|mnden|m|weken|week|wk|w|dagen|dag|d)?[.]?$');
  unit text := coalesce(left(part[3], 1), bare_unit);
BEGIN
  IF part IS NOT NULL AND unit IS NOT NULL AND part[1]::integer > 0 THEN
    RETURN 'P' || part[1]::integer || CASE unit WHEN 'j' THEN 'Y' ELSE upper(unit) END;
  END IF;
  RETURN upper((regexp_match(btrim(words), '^(P(?:[0-9]{1,3}Y)?(?:[0-9]{1,3}M)?(?:[0-9]{1,3}[WD])?)$', 'i'))[1]);
END
$$;
COMMENT ON FUNCTION wmo_works.list_length(text, text) IS
  'A length in Dutch words (2 jaar, 6 mnd, 26 weken, 90 dagen, P1Y6M) as ISO 8601; a bare number takes bare_unit (j, '
  'm, w, d); null when it is none.';

CREATE FUNCTION wmo_works.list_unit(header text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE (regexp_match(wmo_works.list_key(list_unit.header), '(jaren|jaar|jr|maanden|mnd|weken|dagen)$'))[1]
           WHEN 'jaren' THEN 'j' WHEN 'jaar' THEN 'j' WHEN 'jr' THEN 'j' WHEN 'maanden' THEN 'm' WHEN 'mnd' THEN 'm'
           WHEN 'weken' THEN 'w' WHEN 'dagen' THEN 'd' END;
END;
COMMENT ON FUNCTION wmo_works.list_unit(text) IS
  'The unit that a header says for the bare numbers below it (meldtermijn (maanden), optiejaren), as '
  'wmo_works.list_length takes it; null = none.';

CREATE FUNCTION wmo_works.options_unit(parts text[], header text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  said text[]; -- the units that are written, or stand in the header
  numbers integer[] := ARRAY(SELECT p::integer FROM unnest(parts) p WHERE p ~ '^[0-9]{1,3}$');
  unit text;
BEGIN
  said := ARRAY(SELECT DISTINCT u.unit
                FROM (SELECT left((regexp_match(p, '^[0-9]{1,3} ?(?:kalender)?([jmwd])'))[1], 1) AS unit
                      FROM unnest(parts) p UNION ALL SELECT wmo_works.list_unit(header)) u
                WHERE u.unit IS NOT NULL);
  IF said = '{}' THEN
    -- no option runs for twelve years, and none for a month or some
    unit := CASE WHEN (SELECT max(n) >= 12 AND min(n) >= 6 FROM unnest(numbers) n) THEN 'm' END;
  ELSIF cardinality(said) = 1
        AND (wmo_works.list_unit(header) IS NOT NULL OR parts[cardinality(parts)] !~ '^[0-9]+$') THEN
    unit := said[1];
    -- 1 + 6 maanden: of the first nobody can tell
    IF unit = 'm' AND wmo_works.list_unit(header) IS NULL
       AND EXISTS (SELECT FROM unnest(numbers) n
                   WHERE n < 6 AND n::text <> substring(parts[cardinality(parts)] FROM '^[0-9]+')) THEN
      RETURN NULL;
    END IF;
  END IF;
  RETURN CASE WHEN unit = 'j' AND (SELECT max(n) >= 12 FROM unnest(numbers) n) THEN NULL ELSE unit END;
END
$$;
COMMENT ON FUNCTION wmo_works.options_unit(text[], text) IS
  'The unit of the bare numbers among the lengths of a cell: that of the header, or of the last length; months where '
  'they cannot be years. Null where both may be meant.';

CREATE FUNCTION wmo_works.list_options(cell text, header text DEFAULT NULL, OUT said text, OUT fault text)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  words CONSTANT text := lower(btrim(cell));
  part CONSTANT text[] := regexp_split_to_array(words, '[[:space:]]*([+]|,|;| en )[[:space:]]*');
  option CONSTANT text := '^(?:([0-9]{1,2}) ?(?:x|maal|keer|[*]) ?)?(.+)$';
  times integer[] := ARRAY(SELECT coalesce((regexp_match(btrim(p), option))[1], '1')::integer
                           FROM unnest(part) WITH ORDINALITY AS o (p, n) ORDER BY n);
  lengths text[] := ARRAY(SELECT coalesce((regexp_match(btrim(p), option))[2], '')
                          FROM unnest(part) WITH ORDINALITY AS o (p, n) ORDER BY n);
  bare CONSTANT boolean := EXISTS (SELECT FROM unnest(lengths) l WHERE l ~ '^[0-9]{1,3}$');
  unit CONSTANT text := wmo_works.options_unit(lengths, header);
BEGIN
  said := '';
  IF words IN ('geen', 'nee', '0') OR wmo_works.says_nothing(cell) THEN
    RETURN;
  END IF;
  said := (SELECT string_agg(repeat('+' || o.length, o.times), '' ORDER BY o.n)
           FROM (SELECT n, times[n] AS times, nullif(wmo_works.list_length(lengths[n], unit), 'P') AS length
                 FROM generate_subscripts(lengths, 1) n) o
           HAVING bool_and(o.length IS NOT NULL AND o.times > 0) AND sum(o.times) <= 20);
  -- a number alone says how long they are together, or how many; 1,5 is no list
  IF words ~ '[0-9],[0-9]' OR words ~ '^[0-9]+$' AND (words <> '1' OR unit IS DISTINCT FROM 'j') THEN
    said := NULL;
  END IF;
  fault := CASE
    WHEN said IS NULL AND bare AND unit IS NULL AND words !~ '[0-9],[0-9]|^[0-9]+$'
         AND NOT EXISTS (SELECT FROM unnest(lengths) l WHERE wmo_works.list_length(l, 'm') IS NULL)
      THEN wmo_works.words('"%1" does not say whether these are years or months; write 2x1 jaar, 2x12 maanden', cell)
    WHEN said IS NULL
      THEN wmo_works.words('"%1" does not say which options there are; write 2x12 (two of twelve months), 1 x 2 '
                           'jaar, '
                           '12+6, or geen', cell) END;
END
$$;
COMMENT ON FUNCTION wmo_works.list_options(text, text) IS
  'Extension options of a list, below this header: said as contract_period writes them (+P12M+P12M), empty for none; '
  'else fault.';

CREATE FUNCTION wmo_works.list_ages(cell text, OUT said text, OUT fault text)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  words text := btrim(regexp_replace(
    regexp_replace(lower(cell), '[[:<:]](jaar|jr|leeftijd)[[:>:]][.]?', '', 'g'), '[[:space:]]+', ' ', 'g'));
  part text[];
BEGIN
  part := CASE
    WHEN words IN ('alle', 'allen', 'alle leeftijden', 'iedereen') THEN ARRAY['0', NULL]
    ELSE coalesce(
      regexp_match(words, '^(?:vanaf |>= ?)?([0-9]{1,3}) ?(?:[+]|en ouder|of ouder|e[.]o[.])?()$'),
      regexp_match(words, '^(?:van )?([0-9]{1,3}) tot ([0-9]{1,3})$'),
      (SELECT ARRAY[m[1], (m[2]::integer + 1)::text]
       FROM regexp_match(words, '^(?:van )?([0-9]{1,3}) (?:t/m|tot en met) ([0-9]{1,3})$') m WHERE m IS NOT NULL),
      (SELECT ARRAY['0', m[1]] FROM regexp_match(words, '^(?:tot|< ?|onder) ?([0-9]{1,3})$') m WHERE m IS NOT NULL),
      (SELECT ARRAY['0', (m[1]::integer + 1)::text]
       FROM regexp_match(words, '^(?:t/m|tot en met) ([0-9]{1,3})$') m WHERE m IS NOT NULL))
  END;
  -- one age alone is neither from nor up to
  IF words ~ '^[0-9]+$' OR part IS NULL OR part[1]::integer >= coalesce(nullif(part[2], '')::integer, 131)
     OR nullif(part[2], '')::integer > 131 THEN
    fault := wmo_works.words('"%1" does not say which ages; write 18+, 18 tot 75 (75 excluded), 18 t/m 74 or alle',
                             cell);
    RETURN;
  END IF;
  said := int4range(part[1]::integer, nullif(part[2], '')::integer);
END
$$;
COMMENT ON FUNCTION wmo_works.list_ages(text) IS
  'Ages of a list as an int4range, half open: 18 tot 75 is [18,75); else fault.';

CREATE FUNCTION wmo_works.stands_for_none(day date) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT day < '1950-01-01' OR day = '1970-01-01' OR day >= '2090-01-01';
END;
COMMENT ON FUNCTION wmo_works.stands_for_none(date) IS
  'Is it a day that systems fill in where none is known (01-01-1900, 31-12-9999)? Nobody can tell whether it is meant.';

CREATE FUNCTION wmo_works.list_day_of(name text, cell text, OUT said text, OUT fault text)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  parsed wmo_works.contract_list_said;
BEGIN
  IF name = 'last_day' AND cell ~* '^tot [0-9]' THEN
    fault := wmo_works.words('"%1" leaves open whether that day itself still counts; write the last day itself, with '
                             'or without '
                             't/m before it', cell);
    RETURN;
  END IF;
  parsed := wmo_works.list_day(CASE name
    WHEN 'last_day' THEN regexp_replace(cell, '^(t/m|tot en met|t[.]?m[.]?) *(?=[0-9])', '', 'i')
    WHEN 'first_day'
      THEN regexp_replace(cell, '^(vanaf|per|met ingang van|m[.]?i[.]?v[.]?|ingaande( op)?) *(?=[0-9])', '', 'i')
    ELSE cell END);
  said := parsed.said;
  fault := CASE
    WHEN parsed.said ~ '^[0-9]' AND parsed.said >= '2090' AND name = 'last_day'
      THEN wmo_works.words('"%1" looks like the day that a system fills in for no end; write the last day itself, '
                           '"onbepaald" (no end was agreed) or "onbekend"', cell)
    WHEN CASE WHEN parsed.said ~ '^[0-9]' THEN wmo_works.stands_for_none(parsed.said::date) END
      THEN wmo_works.words('"%1" looks like the day that a system fills in where none is known; write the day itself '
                           'or "onbekend"', cell)
    WHEN name = 'last_day' AND wmo_works.list_length(cell) <> 'P'
      THEN wmo_works.words('"%1" is a length and no day; write the last day itself', cell)
    WHEN parsed.said = 'open' AND name <> 'last_day' OR parsed.said = '?' AND name = 'signed_on'
      THEN wmo_works.words('"%1" is not a day; write it as dd-mm-jjjj', cell)
    WHEN name = 'last_day' AND wmo_works.says_nothing(cell)
      THEN wmo_works.words('"%1" is no end; write the last day, "onbepaald" (no end was agreed) or "onbekend"', cell)
    ELSE parsed.fault END;
  said := CASE WHEN fault IS NULL THEN said END;
END
$$;
COMMENT ON FUNCTION wmo_works.list_day_of(text, text) IS
  'The day in a cell of a column: t/m before a last day and per or vanaf before a first day are words, not faults.';

CREATE FUNCTION wmo_works.number_fault(cell text, digits text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN digits ~ '^[0-9]{8}$' THEN NULL
    WHEN digits ~ '^[0-9]{5,7}$'
      THEN wmo_works.words('"%1" has %2 digits of 8: was it %3? A spreadsheet drops leading zeros; format the column '
                           'as text '
                           'and write all 8', cell, length(digits)::text, lpad(digits, 8, '0'))
    ELSE wmo_works.words('"%1" has not 8 digits; format the column as text, so that leading zeros stay', cell) END;
END;
COMMENT ON FUNCTION wmo_works.number_fault(text, text) IS
  'What is wrong with an AGB code or KvK number: a zero that seems lost is asked about, never put back.';

CREATE FUNCTION wmo_works.list_cell(name text, cell text, header text, OUT said text, OUT fault text)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  parsed wmo_works.contract_list_said;
BEGIN
  said := btrim(regexp_replace(wmo_works.plain_spaces(cell), '[[:space:]]+', ' ', 'g'));
  IF coalesce(said, '') = ''
     OR wmo_works.says_nothing(said) AND name NOT IN ('first_day', 'last_day', 'options', 'notice', 'sole_trader')
     OR lower(said) = 'geen' AND name IN ('lot', 'tender', 'subcontractors', 'areas', 'agb', 'kvk') THEN
    said := NULL;
    RETURN;
  END IF;
  CASE name
    WHEN 'first_day', 'last_day', 'signed_on' THEN
      parsed := wmo_works.list_day_of(name, said);
    WHEN 'options' THEN
      parsed := wmo_works.list_options(said, header);
    WHEN 'notice' THEN
      said := CASE WHEN lower(said) = 'geen' OR wmo_works.says_nothing(said) THEN ''
                   ELSE wmo_works.list_length(said, wmo_works.list_unit(header)) END;
      fault := CASE WHEN said IS NULL OR said = 'P'
        THEN wmo_works.words('"%1" is not a length of time; write 6 maanden, 26 weken, 90 dagen or geen', cell) END;
    WHEN 'ages' THEN
      parsed := wmo_works.list_ages(said);
    WHEN 'agb', 'kvk' THEN
      said := regexp_replace(said, '[ .-]', '', 'g');
      fault := wmo_works.number_fault(cell, said);
    WHEN 'sole_trader' THEN
      said := CASE WHEN lower(said) IN ('ja', 'j', 'true', 'waar', '1', 'x') THEN 'true'
                   WHEN lower(said) IN ('nee', 'n', 'false', 'onwaar', '0', '-') THEN 'false' END;
      fault := CASE WHEN said IS NULL AND NOT wmo_works.says_nothing(btrim(cell))
                    THEN wmo_works.words('"%1" is neither ja nor nee', cell) END;
    WHEN 'choice' THEN
      -- ja says what the header asks, and keuze is not asked as exclusief is
      said := CASE WHEN lower(said) IN ('exclusief', 'hoofdaanbieder', 'exclusive')
                        OR lower(said) = 'ja' AND wmo_works.list_key(header) = 'exclusief' THEN 'exclusive'
                   WHEN lower(said) IN ('gedeeld', 'verdeeld', 'shared') THEN 'shared'
                   WHEN lower(said) IN ('keuze', 'cliëntkeuze', 'clientkeuze', 'keuzevrijheid', 'client_choice')
                     THEN 'client_choice'
                   WHEN lower(said) IN ('onbekend', '?', 'unknown') THEN 'unknown' END;
      fault := CASE WHEN said IS NULL
        THEN wmo_works.words('"%1" is no kind of choice; write exclusief, gedeeld, %2 or onbekend', cell,
                             'cliëntkeuze') END;
    WHEN 'supplier' THEN
      said := CASE WHEN coalesce(wmo_works.no_name(said), '') NOT IN ('unknown', 'several') THEN said END;
    WHEN 'number' THEN
      said := CASE WHEN coalesce(wmo_works.no_name(said), '') NOT IN ('unknown', 'several', 'nobody', 'elsewhere')
                   THEN said END;
    WHEN 'lot', 'tender' THEN
      fault := wmo_works.unnamed_fault(name, said);
      said := CASE WHEN fault IS NULL AND coalesce(wmo_works.no_name(said), '') <> 'unknown' THEN said END;
    WHEN 'services', 'products', 'municipalities', 'areas', 'subcontractors' THEN
      said := wmo_works.plain_spaces(cell); -- the parts may stand on lines of their own
    ELSE
      NULL;
  END CASE;
  IF name IN ('first_day', 'last_day', 'signed_on', 'options', 'ages') THEN
    said := parsed.said;
    fault := parsed.fault;
  ELSIF fault IS NULL AND name NOT IN ('choice', 'notice', 'sole_trader', 'agb', 'kvk')
        AND cell ~ '[?]' AND cell ~ '[[:alnum:]]' THEN
    fault := wmo_works.words('"%1" has a question mark; write what is sure, and leave out what is not', cell);
  END IF;
END
$$;
COMMENT ON FUNCTION wmo_works.list_cell(text, text, text) IS
  'What a cell of a column says, in the words of the registry, or its fault; both null when it says nothing.';

-- ---- header and rows ------------------------------------------------------------------------------------------------

CREATE FUNCTION wmo_works.list_headers(list regclass) RETURNS TABLE (header text, name text, column_type regtype)
LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 20
BEGIN ATOMIC
  SELECT a.attname::text,
         (SELECT c.name FROM wmo.contract_list_column c
          WHERE wmo_works.list_key(a.attname::text) IN (SELECT wmo_works.list_key(h) FROM unnest(c.headers) h)
             OR c.name IN ('options', 'notice')
                AND regexp_replace(wmo_works.list_key(a.attname::text),
                                   '(in)?(jaren|jaar|jr|maanden|mnd|weken|dagen)$', '')
                  IN (SELECT wmo_works.list_key(h) FROM unnest(c.headers) h)),
         a.atttypid::regtype
  FROM pg_attribute a
  WHERE a.attrelid = list_headers.list AND a.attnum > 0 AND NOT a.attisdropped;
END;
COMMENT ON FUNCTION wmo_works.list_headers(regclass) IS
  'The columns of a table that holds a list, and which column of wmo.contract_list_column each is; null = none.';

CREATE FUNCTION wmo_works.list_header_faults(list regclass, buyer text) RETURNS SETOF wmo.contract_list_finding
LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
BEGIN ATOMIC
  WITH header AS MATERIALIZED (
    SELECT h.header, h.name FROM wmo_works.list_headers(list_header_faults.list) h WHERE h.header <> 'line'
  )
  SELECT 1, NULL::text, c.headers[1], 'refused',
         wmo_works.words('the list has no column "%1"; it is known as: %2', c.headers[1],
                         array_to_string(c.headers, ', ')),
         '{1}'::integer[]
  FROM wmo.contract_list_column c
  WHERE (c.required OR (c.name = 'buyer' AND list_header_faults.buyer IS NULL))
    AND c.name NOT IN (SELECT h.name FROM header h WHERE h.name IS NOT NULL)
  UNION ALL
  SELECT 1, NULL, alternative.said, 'refused',
         wmo_works.words('the list has no column "%1"', replace(alternative.said, ' ', wmo_works.words('" or "'))),
         '{1}'::integer[]
  FROM (VALUES ('{services,products}'::text[], 'dienst productcodes'), ('{municipalities,areas}', 'gemeenten gebied'))
    alternative (names, said)
  WHERE NOT EXISTS (SELECT FROM header h WHERE h.name = ANY (alternative.names))
  UNION ALL
  SELECT 1, NULL, min(h.header), 'refused',
         wmo_works.words('the columns "%1" mean the same; keep one',
                         string_agg(h.header, wmo_works.words('" and "') ORDER BY h.header)),
         '{1}'::integer[]
  FROM header h WHERE h.name IS NOT NULL GROUP BY h.name HAVING count(*) > 1
  UNION ALL
  SELECT 1, NULL, h.header,
         CASE WHEN wmo_works.list_key(h.header) IN ('einddatumtot', 'tot', 'eindtot') THEN 'refused' ELSE 'noted' END,
         CASE WHEN wmo_works.list_key(h.header) IN ('einddatumtot', 'tot', 'eindtot')
              THEN wmo_works.words('"%1" leaves open whether that day itself still counts; call the column "einddatum '
                                   't/m" and '
                                   'write the last day itself', h.header)
              ELSE wmo_works.words('the column "%1" is not known and not read', h.header) END, '{1}'::integer[]
  FROM header h
  -- the column of a list that came back with its faults
  WHERE h.name IS NULL AND wmo_works.list_key(h.header) <> 'watermisis';
END;
COMMENT ON FUNCTION wmo_works.list_header_faults(regclass, text) IS
  'What is wrong with the header of a list: required columns that are missing, two that mean the same, columns that '
  'are not known.';

CREATE FUNCTION wmo_works.list_cells(list regclass)
RETURNS TABLE (line integer, name text, header text, said text, fault text)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE ROWS 1000 SET search_path = pg_catalog, pg_temp SET enable_nestloop = off
AS $$
BEGIN
  -- most cells of a column say what others say: each is read once
  RETURN QUERY EXECUTE format(
    'WITH cell AS MATERIALIZED (
       SELECT r.line, h.name, h.header, r.cells ->> h.header AS cell
       FROM (SELECT (%s)::integer AS line, to_jsonb(t) AS cells FROM %s t) r CROSS JOIN wmo_works.list_headers(%L) h
       WHERE h.name IS NOT NULL
     ), read AS MATERIALIZED (
       SELECT d.header, d.cell, c.said, c.fault
       FROM (SELECT DISTINCT cell.name, cell.header, cell.cell FROM cell WHERE cell.cell IS NOT NULL) d
       CROSS JOIN LATERAL wmo_works.list_cell(d.name, d.cell, d.header) c
     )
     SELECT c.line, c.name, c.header, r.said, r.fault
     FROM cell c JOIN read r ON r.header = c.header AND r.cell = c.cell
     WHERE r.said IS NOT NULL OR r.fault IS NOT NULL',
    -- the row of the sheet, where the table has it; else counted
    CASE WHEN EXISTS (SELECT FROM wmo_works.list_headers(list) h
                      WHERE h.header = 'line' AND h.column_type = ANY ('{integer,bigint,smallint}'::regtype[]))
         THEN 't.line' ELSE 'row_number() OVER () + 1' END,
    list, list);
END
$$;
COMMENT ON FUNCTION wmo_works.list_cells(regclass) IS
  'Every cell of a list that says something, with what it says or its fault.';

CREATE FUNCTION wmo_works.read_list(list regclass, buyer text, OUT said wmo_works.contract_list_row[],
                                    OUT faults wmo.contract_list_finding[])
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  WITH every AS MATERIALIZED (SELECT c.* FROM wmo_works.list_cells(read_list.list) c),
  aside AS MATERIALIZED (
    -- what states no contract: a total, which has neither day nor service, and a remark in the first cell
    SELECT e.line,
           CASE WHEN bool_or(e.said ~* '^(sub|deel|eind)?tota(al|len)([[:space:]:]|$)')
                THEN wmo_works.words('the row is a total and is not read')
                ELSE wmo_works.words('the row says nothing but "%1" and is not read', left(min(e.said), 60)) END AS note
    FROM every e
    GROUP BY e.line
    HAVING bool_or(e.said ~* '^(sub|deel|eind)?tota(al|len)([[:space:]:]|$)')
           AND count(e.said) FILTER (WHERE e.name IN ('first_day', 'services', 'products')) = 0
        OR count(*) = 1 AND bool_and(e.name = 'number' AND e.fault IS NULL)
  ), cell AS MATERIALIZED (
    SELECT e.* FROM every e WHERE e.line NOT IN (SELECT a.line FROM aside a)
  )
  SELECT ARRAY(SELECT jsonb_populate_record(
                        NULL::wmo_works.contract_list_row,
                        jsonb_build_object('line', c.line, 'buyer', read_list.buyer)
                        || jsonb_object_agg(c.name, c.said))
               FROM cell c GROUP BY c.line ORDER BY c.line),
         ARRAY(SELECT (c.line, n.said, c.header, 'refused', c.fault, ARRAY[c.line])::wmo.contract_list_finding
               FROM cell c LEFT JOIN cell n ON n.line = c.line AND n.name = 'number'
               WHERE c.fault IS NOT NULL ORDER BY c.line, c.header)
         || ARRAY(SELECT (a.line, NULL, NULL, 'noted', a.note, ARRAY[a.line])::wmo.contract_list_finding
                  FROM aside a ORDER BY a.line);
END;
COMMENT ON FUNCTION wmo_works.read_list(regclass, text) IS
  'The rows of a list, and what is wrong with its cells: such a cell says nothing. Rows that state no contract are '
  'noted and left out.';
