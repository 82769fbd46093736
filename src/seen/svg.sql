-- svg: how a picture is written: text that is safe and fits, numbers, colours, patterns.
-- Relies on award, contract and ledger (registry).
--
-- A picture is SVG 1.1 of shapes, text and presentation attributes alone: no style sheet, no script and no font of its
-- own, so that it looks the same in a page, in a drawing program and on paper. What a user wrote reaches it through
-- markup_text, which lets no mark-up pass. Widths of text are estimated, for nobody here has the reader's fonts: rather
-- too wide than too narrow.

CREATE FUNCTION wmo_works.markup_text(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT replace(replace(replace(replace(replace(
    regexp_replace(regexp_replace(value, E'[\\x01-\\x1F\\x7F]', ' ', 'g'),
                   -- marks that turn the direction of what comes after, and what is no character
                   E'[\\u202A-\\u202E\\u2066-\\u2069\\uFFFE\\uFFFF]', '', 'g'),
    '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;');
END;
COMMENT ON FUNCTION wmo_works.markup_text(text) IS
  'Text as it stands in XML and HTML, between tags or in an attribute: mark-up escaped, characters that XML does not '
  'allow as spaces, marks that turn the direction of other text left out.';

CREATE FUNCTION wmo_works.svg_number(value double precision) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT trim_scale(round(value::numeric, 1))::text;
END;
COMMENT ON FUNCTION wmo_works.svg_number(double precision) IS 'A coordinate or a length: one decimal, or none.';

-- ---- text that fits -------------------------------------------------------------------------------------------------

CREATE FUNCTION wmo_works.text_width(value text, size double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  -- In shares of the size, a little above those of Arial; what is written in no Latin letters counts as full squares.
  -- One expression: it is asked of each word, and so stands in who asks it.
  SELECT size * (0.56::float8 * length(value)::float8
                 - 0.28::float8 * (length(value) - length(translate(value, ' iIjlrtf.,:;''|!()[]-', '')))::float8
                 + 0.13::float8 * (length(value) - length(translate(value, 'ABCDEFGHKLNOPQRSTUVXYZ', '')))::float8
                 + 0.30::float8 * (length(value) - length(translate(value, 'mwMW@%&', '')))::float8
                 + 0.46::float8 * (CASE
                     WHEN octet_length(value) > length(value)
                     THEN length(value) - length(regexp_replace(value, E'[\\u2E80-\\uFFEF]', '', 'g'))
                     ELSE 0 END)::float8);
END;
COMMENT ON FUNCTION wmo_works.text_width(text, double precision) IS
  'About how wide a line of text is in a sans-serif letter of this size.';

CREATE FUNCTION wmo_works.text_cut(value text, size double precision, width double precision) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  kept integer;
BEGIN
  IF wmo_works.text_width(value, size) <= width THEN
    RETURN value;
  END IF;
  kept := least(length(value), greatest(1, (width / (0.3::float8 * size))::integer));
  WHILE kept > 1 AND wmo_works.text_width(left(value, kept), size) + size > width LOOP
    kept := kept - 1;
  END LOOP;
  RETURN rtrim(left(value, kept)) || '...';
END
$$;
COMMENT ON FUNCTION wmo_works.text_cut(text, double precision, double precision) IS
  'As much of a line of text as fits in this width; where some is left out three dots say so.';

CREATE FUNCTION wmo_works.text_lines(value text, size double precision, width double precision, most integer)
RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  words text[];
  lines text[] := '{}';
  line text;
  longer text;
BEGIN
  IF coalesce(btrim(value), '') = '' THEN
    RETURN '{}';
  ELSIF wmo_works.text_width(value, size) <= width THEN
    RETURN ARRAY[value];
  END IF;
  words := regexp_split_to_array(btrim(value), E'[[:space:]]+');
  FOR place IN 1 .. cardinality(words) LOOP
    longer := concat_ws(' ', line, words[place]);
    IF line IS NULL OR wmo_works.text_width(longer, size) <= width THEN
      line := longer;
    ELSIF cardinality(lines) + 1 = most THEN
      -- the rest does not fit
      RETURN lines || wmo_works.text_cut(concat_ws(' ', line, array_to_string(words[place:], ' ')), size, width);
    ELSE
      lines := lines || wmo_works.text_cut(line, size, width);
      line := words[place];
    END IF;
  END LOOP;
  RETURN lines || wmo_works.text_cut(line, size, width);
END
$$;
COMMENT ON FUNCTION wmo_works.text_lines(text, double precision, double precision, integer) IS
  'Text broken at its spaces into lines of this width, at most so many; where some is left out three dots say so.';

CREATE FUNCTION wmo_works.is_all_of(lines text[], value text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT array_to_string(lines, ' ') = regexp_replace(btrim(coalesce(value, '')), E'[[:space:]]+', ' ', 'g');
END;
COMMENT ON FUNCTION wmo_works.is_all_of(text[], text) IS 'Do these lines hold all of a text?';

CREATE FUNCTION wmo_works.svg_text(x double precision, y double precision, value text, attributes text DEFAULT '')
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT '<text x="' || wmo_works.svg_number(x) || '" y="' || wmo_works.svg_number(y) || '"'
         || CASE WHEN attributes = '' THEN '' ELSE ' ' || attributes END || '>'
         || wmo_works.markup_text(value) || '</text>';
END;
COMMENT ON FUNCTION wmo_works.svg_text(double precision, double precision, text, text) IS
  'A line of text at a place; attributes is mark-up already.';

CREATE FUNCTION wmo_works.svg_lines(x double precision, y double precision, lines text[], lead double precision,
                                    attributes text DEFAULT '')
RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  drawn text;
BEGIN
  FOR n IN 1 .. coalesce(cardinality(lines), 0) LOOP
    drawn := coalesce(drawn, '') || wmo_works.svg_text(x, y + lead * (n - 1), lines[n], attributes);
  END LOOP;
  RETURN drawn;
END
$$;
COMMENT ON FUNCTION wmo_works.svg_lines(double precision, double precision, text[], double precision, text) IS
  'Lines of text below one another; null without any.';

CREATE FUNCTION wmo_works.svg_frame(mark text, width double precision, height double precision, title text,
                                    description text, language text, body text)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ' || wmo_works.svg_number(width) || ' '
         || wmo_works.svg_number(height) || '" width="' || wmo_works.svg_number(width) || '" height="'
         || wmo_works.svg_number(height) || '" role="img" lang="' || wmo_works.markup_text(language)
         || '" aria-labelledby="' || mark || '-t ' || mark || '-d" '
         || 'font-family="Helvetica, Arial, ''Liberation Sans'', sans-serif" font-size="12" fill="#14202b"><title id="'
         || mark || '-t">' || wmo_works.markup_text(title)
         || '</title><desc id="' || mark || '-d">' || wmo_works.markup_text(description) || '</desc>' || body
         || '</svg>';
END;
COMMENT ON FUNCTION wmo_works.svg_frame(text, double precision, double precision, text, text, text, text) IS
  'A whole picture: its size, what a screen reader says of it, and its body. mark is its own in the page that it '
  'stands '
  'in: the names of its parts begin with it.';

CREATE FUNCTION wmo_works.picture_head(title text, below text, width double precision, OUT body text,
                                       OUT height double precision)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000
BEGIN ATOMIC
  SELECT coalesce(wmo_works.svg_lines(16, 24, t.lines, 21, 'font-size="17" font-weight="700"'), '')
         || coalesce(wmo_works.svg_lines(16, 24 + 21 * cardinality(t.lines) - 2, b.lines, 16,
                                         'font-size="13" fill="#3d4a56"'), ''),
         (4 + 21 * cardinality(t.lines) + 16 * cardinality(b.lines)
          + CASE WHEN cardinality(t.lines) > 0 THEN 14 ELSE 0 END)::float8
  FROM (SELECT wmo_works.text_lines(picture_head.title, 18, picture_head.width - 32::float8, 3) AS lines) t
  CROSS JOIN (SELECT wmo_works.text_lines(picture_head.below, 13, picture_head.width - 32::float8, 3) AS lines) b;
END;
COMMENT ON FUNCTION wmo_works.picture_head(text, text, double precision) IS
  'What stands above a picture: its title and a line below it, and how much room they take.';

-- ---- colours --------------------------------------------------------------------------------------------------------
-- Seven, each as far from the others as they can be for eyes that miss one of the three colours (Machado 2009),
-- and each of a lightness of its own, so that they differ on grey paper too. From the eighth provider on a texture goes
-- with it.

CREATE FUNCTION wmo_works.palette() RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT ARRAY['#5f8fb3', '#e2d784', '#94a662', '#e5b5b8', '#c9ecec', '#6ab9de', '#97796b'];
END;
COMMENT ON FUNCTION wmo_works.palette() IS 'The colours of providers.';

CREATE FUNCTION wmo_works.party_places() RETURNS TABLE (party_id integer, place integer)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 100
BEGIN ATOMIC
  SELECT p.id, (count(c.id) OVER (ORDER BY p.id ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW))::integer
  FROM wmo.party p
  LEFT JOIN (SELECT c.supplier_id AS id FROM wmo.contract c
             UNION SELECT ch.to_party_id FROM wmo.contract_change ch
             UNION SELECT a.supplier_id FROM wmo.award a) c ON c.id = p.id;
END;
COMMENT ON FUNCTION wmo_works.party_places() IS
  'Which colour and texture each party has: its place, from 0, among all who have a contract or an award, in the order '
  'in which they were recorded. So it is the same in every picture, whoever else is in it.';

CREATE FUNCTION wmo_works.texture(place integer, x double precision) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE place / 7 % 6
           WHEN 0 THEN ''
           ELSE '<path transform="translate(' || wmo_works.svg_number(x) || ' 0)" fill="none" stroke="#14202b" '
                || 'stroke-opacity=".6" stroke-linecap="round" stroke-width="'
                || CASE place / 7 % 6 WHEN 1 THEN '1.9" d="M2.5 5h.01M7.5 10h.01M2.5 15h.01' ELSE '1" d="' END
                || CASE place / 7 % 6 WHEN 1 THEN '' WHEN 2 THEN 'M3 5h4M5 3v4M3 15h4M5 13v4'
                     WHEN 3 THEN 'M3 3h4v4h-4zM3 13h4v4h-4z' WHEN 4 THEN 'M5 2l3 5h-6zM5 12l3 5h-6z'
                     ELSE 'M0 5q2.5 -3 5 0t5 0M0 15q2.5 -3 5 0t5 0' END
                || '"/>' END;
END;
COMMENT ON FUNCTION wmo_works.texture(integer, double precision) IS
  'What lies over the colour of a provider in a band of a pattern, ten wide: nothing for the first seven.';

CREATE TYPE wmo_works.fill AS (places integer[], kind text, mark text);
COMMENT ON TYPE wmo_works.fill IS
  'How ground or a bar is filled: by the providers at these places; kind: served, many (too many to tell by colours), '
  'unnamed, existing, untold or nobody; mark: provisional, contested, option, end_unknown, inferred, unknown or null.';

CREATE FUNCTION wmo_works.fill_key(fill wmo_works.fill) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT concat_ws('-', (fill).kind, nullif(array_to_string((fill).places, '-'), ''), (fill).mark);
END;
COMMENT ON FUNCTION wmo_works.fill_key(wmo_works.fill) IS 'The name of a fill within a picture.';

CREATE FUNCTION wmo_works.fill_paint(mark text, fill wmo_works.fill) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE
    WHEN (fill).mark IS NULL AND (fill).kind = 'nobody' THEN '#ffffff'
    WHEN (fill).mark IS NULL AND (fill).kind = 'many' THEN '#c3cad1'
    WHEN (fill).mark IS NULL AND (fill).kind = 'served' AND cardinality((fill).places) = 1 AND (fill).places[1] % 42 < 7
    THEN (wmo_works.palette())[1 + (fill).places[1] % 7]
    ELSE 'url(#' || mark || '-' || wmo_works.fill_key(fill) || ')' END;
END;
COMMENT ON FUNCTION wmo_works.fill_paint(text, wmo_works.fill) IS
  'A fill as the value of an attribute: a colour, or the pattern of that name.';

CREATE FUNCTION wmo_works.fill_pattern(mark text, fill wmo_works.fill) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  places CONSTANT integer[] := fill.places[1:4];
  wide CONSTANT integer := CASE WHEN fill.kind = 'served' THEN 20 * greatest(1, cardinality(fill.places)) ELSE 20 END;
  drawn text := '<pattern id="' || mark || '-' || wmo_works.fill_key(fill)
    || '" patternUnits="userSpaceOnUse" width="' || wide::text || '" height="20"><rect width="' || wide::text
    || '" height="20" fill="'
    || CASE fill.kind WHEN 'many' THEN '#c3cad1' WHEN 'unnamed' THEN '#e6e9ec' ELSE '#ffffff' END || '"/>';
  colour text;
BEGIN
  -- one provider fills all of it; of several each has a band, as wide as two of its textures
  FOR n IN 1 .. coalesce(cardinality(places), 0) LOOP
    colour := (wmo_works.palette())[1 + places[n] % 7];
    drawn := drawn || CASE
      WHEN fill.kind = 'existing'
      THEN '<path d="M' || (5 * (n - 1))::text || ' 0h2.5v20h-2.5z" fill="' || colour || '"/>'
      ELSE '<path d="M' || (20 * (n - 1))::text || ' 0h20v20h-20z" fill="' || colour || '"/>'
           || wmo_works.texture(places[n], 20 * (n - 1)) || wmo_works.texture(places[n], 20 * n - 10) END;
  END LOOP;
  drawn := drawn || CASE fill.kind
    WHEN 'unnamed' THEN '<path d="M5 5h.1M15 5h.1M10 10h.1M0 10h.1M20 10h.1M5 15h.1M15 15h.1M10 0h.1M10 20h.1M0 0'
                        'h.1M20 0h.1M0 20h.1M20 20h.1" stroke="#4a5661" stroke-width="2.2" stroke-linecap="round"/>'
    WHEN 'untold' THEN '<path d="M7 7.2a3 3 0 1 1 4.4 2.6q-1.4.9-1.4 2.4M10 14.6v.1" fill="none" '
                       'stroke="#5b6873" stroke-width="1.3" stroke-linecap="round"/>' ELSE '' END;
  FOR k IN 0 .. CASE WHEN fill.mark IS NULL THEN -1 ELSE wide / 20 - 1 END LOOP
    drawn := drawn || '<path transform="translate(' || (20 * k)::text || ' 0)" fill="none" ' || CASE fill.mark
      WHEN 'provisional' THEN 'stroke="#14202b" stroke-width="1.1" d="M-1 11L11 -1M-1 21L21 -1M9 21L21 9"/>'
      WHEN 'contested' THEN 'stroke="#14202b" stroke-width="1.1" d="M-1 11L11 -1M-1 21L21 -1M9 21L21 9M-1 9L11 21'
                            'M-1 -1L21 21M9 -1L21 11"/>'
      WHEN 'option' THEN 'stroke="#14202b" stroke-width="1.1" d="M0 5h20M0 15h20"/>'
      WHEN 'end_unknown' THEN 'stroke="#14202b" stroke-width="1.1" d="M5 0v20M15 0v20"/>'
      WHEN 'inferred' THEN 'stroke="#14202b" stroke-width="1.1" d="M2.5 5a2.5 2.5 0 1 1 5 0a2.5 2.5 0 1 1 -5 0'
                           'M12.5 15a2.5 2.5 0 1 1 5 0a2.5 2.5 0 1 1 -5 0"/>'
      ELSE 'stroke="#14202b" stroke-width="1.4" stroke-linecap="round" d="M7 7.2a3 3 0 1 1 4.4 2.6q-1.4.9-1.4 2.4'
           'M10 14.6v.1"/>' END;
  END LOOP;
  RETURN drawn || '</pattern>';
END
$$;
COMMENT ON FUNCTION wmo_works.fill_pattern(text, wmo_works.fill) IS
  'The pattern of a fill: bands in the colours of its providers, dots for those that are not named, question marks for '
  'what cannot be told, one hatching for a provisional award and a crossed one for a contested, level lines for an '
  'option, upright ones for an end that is not stated, rings for a reading.';
