-- report_html: all of it on one page: for mail, paper and a site.
-- Relies on report_parts and report_agenda.

CREATE FUNCTION wmo_works.report_buyer(mark text, name text, buyer_ids integer[], on_date date,
                                       with_natural_persons boolean, language text, words jsonb)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
  rows wmo_works.timeline_row[] := ARRAY(SELECT r FROM wmo_works.timeline_rows(on_date, buyer_ids, NULL, NULL) r);
  pieces wmo_works.timeline_piece[] := ARRAY(SELECT p FROM wmo_works.timeline_pieces(rows, on_date) p);
  terms CONSTANT text := words ->> 'terms_head';
  day_line CONSTANT text := format(words ->> 'map_title', wmo_works.day_text(on_date, words));
  map wmo_works.report_map;
  n integer := 0;
  body text := '';
BEGIN
  FOR map IN SELECT m.* FROM wmo_works.report_maps(buyer_ids, on_date) m LOOP
    n := n + 1;
    body := body || '<h3>' || wmo_works.markup_text(map.names) || '</h3>'
      || wmo_works.html_figure(
           wmo_works.map_picture(mark || 'w' || n::text, map.names, day_line, map.pieces, map.lines, map.wide,
                                 on_date, on_date, 720, with_natural_persons, language, false),
           wmo_works.map_picture(mark || 'n' || n::text, map.names, day_line, map.pieces, map.lines, map.narrow,
                                 on_date, on_date, 340, with_natural_persons, language, false))
      || coalesce(wmo_works.html_table(
           concat_ws(', ', words ->> 'serves_caption', map.names),
           ARRAY[words ->> 'head_where', words ->> 'head_who', words ->> 'head_sure', words ->> 'head_contract'],
           wmo_works.report_map_rows(map, on_date, with_natural_persons, words)), '');
  END LOOP;
  IF rows <> '{}' THEN
    body := body || '<h3>' || wmo_works.markup_text(terms) || '</h3>'
      || wmo_works.html_figure(
           wmo_works.timeline_picture(mark || 'wt', name || ', ' || terms, NULL, rows, pieces, on_date, NULL, NULL, 720,
                                      with_natural_persons, language, false),
           wmo_works.timeline_picture(mark || 'nt', name || ', ' || terms, NULL, rows, pieces, on_date, NULL, NULL, 340,
                                      with_natural_persons, language, false))
      || wmo_works.html_table(
           concat_ws(', ', terms, name),
           ARRAY[words ->> 'head_contract', words ->> 'head_who', words ->> 'head_term', words ->> 'head_options'],
           wmo_works.report_terms_rows(rows, pieces, with_natural_persons, words));
  END IF;
  RETURN body;
END
$$;
COMMENT ON FUNCTION wmo_works.report_buyer(text, text, integer[], date, boolean, text, jsonb) IS
  'The chapter of a buyer: per service its map and who serves where, and the terms of its contracts.';

CREATE FUNCTION wmo_works.report_chapter(anchor text, head text, lead text, body text, apart boolean)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT '<section id="' || report_chapter.anchor || CASE WHEN report_chapter.apart THEN '" class="chapter"><h2>'
    ELSE '"><h2>' END || wmo_works.html_name(report_chapter.head) || '</h2>'
         || CASE WHEN report_chapter.lead <> '' THEN '<p class="lead">' || wmo_works.markup_text(report_chapter.lead)
           || '</p>' ELSE '' END
         || coalesce(report_chapter.body, '') || '</section>';
END;
COMMENT ON FUNCTION wmo_works.report_chapter(text, text, text, text, boolean) IS
  'A chapter of a report; apart: on paper it begins a page.';

CREATE FUNCTION wmo_works.report_page(on_date date, buyer text, with_natural_persons boolean,
  language text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000000
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
  words jsonb := wmo_works.picture_words(language);
  asked integer[] := wmo_works.buyers_named(buyer, on_date);
  buyers record;
  ids integer[] := '{}';
  toc text := '';
  body text := '';
  chapter record;
BEGIN
  FOR buyers IN
    SELECT b.id, b.name, b.id IN (SELECT c.buyer_id FROM wmo.contract c) AS contracts,
           row_number() OVER (ORDER BY b.name COLLATE "C", b.id) AS n
    FROM wmo.party b
    -- who has tendered and not contracted yet has no chapter, and has awards that can be fought
    WHERE (b.id IN (SELECT c.buyer_id FROM wmo.contract c) OR b.id IN (SELECT t.buyer_id FROM wmo.tender_buyer t))
      AND (asked IS NULL OR b.id = ANY (asked))
    ORDER BY b.name COLLATE "C", b.id
  LOOP
    ids := ids || buyers.id;
    CONTINUE WHEN NOT buyers.contracts;
    toc := toc || '<li><a href="#b' || buyers.n::text || '">' || wmo_works.html_name(buyers.name) || '</a></li>';
    body := body || wmo_works.report_chapter(
      'b' || buyers.n::text, buyers.name, format(words ->> 'chapter_lead', wmo_works.day_text(on_date, words)),
      wmo_works.report_buyer('b' || buyers.n::text, buyers.name, ARRAY[buyers.id], on_date, with_natural_persons,
        language, words),
      true);
  END LOOP;
  FOR chapter IN
    SELECT c.anchor, c.head, c.lead, c.body
    FROM (VALUES
      (1, 'fight', words ->> 'fights_head', words ->> 'fights_lead',
       wmo_works.report_fights(asked, on_date, with_natural_persons, language, words)),
      (2, 'decide', words ->> 'decide_head', words ->> 'decide_lead',
       wmo_works.report_decisions(asked, on_date, with_natural_persons, words)),
      (3, 'left-out', words ->> 'gaps_head', words ->> 'gaps_lead', wmo_works.report_gaps(ids, on_date, words)),
      (4, 'sources', words ->> 'sources_head', words ->> 'sources_lead', wmo_works.report_sources(ids, words)))
      c (place, anchor, head, lead, body)
    ORDER BY c.place
  LOOP
    toc := toc || '<li><a href="#' || chapter.anchor || '">' || wmo_works.markup_text(chapter.head) || '</a></li>';
    body := body || wmo_works.report_chapter(chapter.anchor, chapter.head, chapter.lead, chapter.body,
                                             chapter.anchor IN ('fight', 'sources'));
  END LOOP;
  RETURN wmo_works.page(
    concat_ws(', ', words ->> 'report_title', buyer, wmo_works.day_text(on_date, words)), language,
    '<a class="skip" href="#main">' || wmo_works.markup_text(words ->> 'skip') || '</a><header><h1>'
    || wmo_works.html_name(concat_ws(' ', words ->> 'report_title', buyer)) || '</h1><p class="lead">'
    || wmo_works.markup_text(format(words ->> 'report_lead', wmo_works.day_text(on_date, words)))
      || '</p></header><nav aria-label="'
    || wmo_works.markup_text(words ->> 'contents') || '"><ol>' || toc || '</ol></nav><main id="main">' || body
    || '</main><footer><p>' || wmo_works.markup_text(words ->> 'report_foot') || '</p><p>'
    || wmo_works.markup_text(CASE WHEN with_natural_persons THEN words ->> 'report_persons_in'
      ELSE words ->> 'report_persons_out' END)
    || '</p></footer>');
END
$$;
COMMENT ON FUNCTION wmo_works.report_page(date, text, boolean, text) IS 'The page of wmo.report_html.';

CREATE FUNCTION wmo_works.report_in_dutch(on_date date, buyer text, with_natural_persons boolean) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000000
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
SET wmo_contracts.language = 'nl'
AS $$
BEGIN
  RETURN wmo_works.report_page(on_date, buyer, with_natural_persons, 'nl');
END
$$;
COMMENT ON FUNCTION wmo_works.report_in_dutch(date, text, boolean) IS
  'wmo_works.report_page, with what others say of it in Dutch too.';

CREATE FUNCTION wmo_works.report_in_english(on_date date, buyer text, with_natural_persons boolean) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000000
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
SET wmo_contracts.language = 'en'
AS $$
BEGIN
  RETURN wmo_works.report_page(on_date, buyer, with_natural_persons, 'en');
END
$$;
COMMENT ON FUNCTION wmo_works.report_in_english(date, text, boolean) IS
  'wmo_works.report_page, with what others say of it in English too.';

CREATE FUNCTION wmo.report_html(on_date date DEFAULT CURRENT_DATE, buyer text DEFAULT NULL, language text DEFAULT NULL,
                                with_natural_persons boolean DEFAULT false)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000000
SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
BEGIN
  IF wmo_works.checked_near_day(on_date, 'on_date') IS NULL THEN
    RETURN NULL;
  END IF;
  RETURN CASE wmo_works.picture_language(language)
    WHEN 'nl' THEN wmo_works.report_in_dutch(on_date, buyer, coalesce(with_natural_persons, false))
    ELSE wmo_works.report_in_english(on_date, buyer, coalesce(with_natural_persons, false)) END;
END
$$;
COMMENT ON FUNCTION wmo.report_html(date, text, text, boolean) IS
  'One page of HTML that stands by itself, to mail, to print and to put on a site: per service a map and who serves '
  'where and how sure that is, the terms of contracts, what can be fought and until when, what must be decided in six '
  'months and by which working day, who would be left out, and how each fact is known. By the legal state of the day. '
  'buyer: a name; null = all. language: nl or en; null = the setting. Sole traders have no name in it unless '
  'with_natural_persons. No script, nothing from elsewhere, and the same registry and day give the same bytes.';
