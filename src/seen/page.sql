-- page: a page of HTML that stands by itself: its head and style, tables, figures.
-- Relies on svg.
--
-- No script, and nothing from elsewhere. A picture is in it twice, for a wide page and for a phone; paper takes
-- the wide one. Every picture has a table that says the same.

CREATE FUNCTION wmo_works.page_style() RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT ':root{color-scheme:light}*{box-sizing:border-box}html{font:16px/1.5 Helvetica,Arial,"Liberation '
         'Sans",sans-serif;'
         'color:#14202b;background:#fff;-webkit-text-size-adjust:100%}body{margin:0 auto;max-width:800px;'
         'padding:0 20px 48px}'
         'h1{font-size:1.9rem;line-height:1.2;margin:36px 0 4px}h2{font-size:1.4rem;line-height:1.25;margin:56px 0 8px;'
         'padding-top:14px;border-top:3px solid #14202b}h3{font-size:1.1rem;line-height:1.3;margin:36px 0 6px}'
         'p{margin:8px 0}'
         'h1,h2,h3,p,td,th,li,caption,dd{overflow-wrap:anywhere}.lead{color:#3d4a56;font-size:1.05rem;margin:0 0 20px}'
         'nav ol{padding-left:1.4em;margin:8px 0}nav li{margin:4px 0}a{color:#0b4f8a;text-underline-offset:2px}'
         'a:focus-visible{outline:3px solid #0b4f8a;outline-offset:2px}.skip{position:absolute;left:-9999px}'
         '.skip:focus{left:20px;top:8px;background:#fff;padding:6px 10px;z-index:1}figure{margin:16px -4px 12px}'
         'figure svg{display:block;max-width:100%;height:auto}.narrow{display:none}'
         'table{border-collapse:collapse;width:100%;table-layout:fixed;margin:8px 0 20px;font-size:.9rem;'
         'line-height:1.4}'
         'caption{text-align:left;font-weight:600;padding:0 0 6px}th,td{text-align:left;vertical-align:top;'
         'padding:6px 12px '
         '6px 0;border-bottom:1px solid #cfd6dc}thead th{border-bottom:2px solid #14202b;font-weight:600}'
         'tbody th{font-weight:600}'
         'td:last-child,th:last-child{padding-right:0}small{font-size:.86rem;color:#3d4a56;display:block}'
         'footer{margin-top:56px;padding-top:14px;border-top:3px solid #14202b;font-size:.9rem;color:#3d4a56}'
         'th:first-child{width:27%}th:last-child{width:25%}'
         '@media (max-width:600px){body{padding:0 14px 40px}h1{font-size:1.5rem}h2{font-size:1.25rem}'
         '.wide{display:none}'
         '.narrow{display:block}table,caption,tbody,tr,th,td{display:block;width:auto!important}'
         'thead{position:absolute;left:-9999px}'
         'table{font-size:.95rem}tr{padding:8px 0;border-bottom:1px solid #cfd6dc}th,td{border:0;padding:2px 0}'
         'td:empty{display:none}td[data-l]::before{content:attr(data-l) ": ";color:#3d4a56}}'
         '@media print{@page{size:A4;margin:18mm 17mm 20mm;@bottom-right{content:counter(page) " / " counter(pages);'
         'font:9pt Helvetica,Arial,sans-serif}}html{font-size:10.5pt}body{max-width:none;padding:0}'
         '.skip{display:none}nav{columns:2}'
         '.wide{display:block}.narrow{display:none}h2,h3,caption,thead{break-after:avoid}'
         '.chapter{break-before:page}.chapter h2{margin-top:0}main>section:first-child{break-before:auto}'
         'figure,tr{break-inside:avoid}thead{display:table-header-group}'
         'a{color:inherit;text-decoration:none}}';
END;
COMMENT ON FUNCTION wmo_works.page_style() IS
  'How a page looks: on a screen, on a phone, and on paper, where each chapter begins a page and pages have numbers.';

CREATE FUNCTION wmo_works.page(title text, language text, body text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT '<!DOCTYPE html>' || chr(10) || '<html lang="' || wmo_works.markup_text(language)
    || '"><head><meta charset="utf-8">'
         || '<meta name="viewport" content="width=device-width, initial-scale=1"><title>'
           || wmo_works.markup_text(title)
         || '</title><link rel="icon" href="data:,"><style>' || wmo_works.page_style() || '</style></head><body>'
           || body
         || '</body></html>' || chr(10);
END;
COMMENT ON FUNCTION wmo_works.page(text, text, text) IS 'A whole page around its body.';

CREATE FUNCTION wmo_works.html_row(cells text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  -- the first cell names the row; html_table says of the others what they are, for a phone shows no heads of columns
  SELECT '<tr role="row">' || string_agg(
           CASE WHEN c.n = 1 THEN '<th role="rowheader" scope="row">' || coalesce(c.cell, '') || '</th>'
                WHEN coalesce(c.cell, '') = '' THEN '<td role="cell"></td>'
                ELSE '<td role="cell" data-l="' || c.n::text || '">' || c.cell || '</td>' END, '' ORDER BY c.n)
                  || '</tr>'
  FROM unnest(cells) WITH ORDINALITY AS c (cell, n);
END;
COMMENT ON FUNCTION wmo_works.html_row(text[]) IS 'A row of a table; its cells are mark-up already.';

CREATE FUNCTION wmo_works.html_table(caption text, heads text[], body text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT '<table role="table"><caption>' || wmo_works.markup_text(html_table.caption)
         || '</caption><thead role="rowgroup"><tr role="row">'
         || (SELECT string_agg('<th role="columnheader" scope="col">' || wmo_works.markup_text(h.head) || '</th>', ''
                               ORDER BY h.n)
             FROM unnest(html_table.heads) WITH ORDINALITY AS h (head, n))
         || '</tr></thead><tbody role="rowgroup">'
         || replace(replace(replace(html_table.body, ' data-l="2"', ' data-l="' || wmo_works.markup_text(heads[2])
           || '"'),
                            ' data-l="3"', ' data-l="' || wmo_works.markup_text(heads[3]) || '"'),
                    ' data-l="4"', ' data-l="' || coalesce(wmo_works.markup_text(heads[4]), '') || '"')
         || '</tbody></table>';
END;
COMMENT ON FUNCTION wmo_works.html_table(text, text[], text) IS
  'A table of at most four columns, which keeps its meaning where a phone shows it as a list; null without rows.';

CREATE FUNCTION wmo_works.html_name(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT '<bdi>' || wmo_works.markup_text(value) || '</bdi>';
END;
COMMENT ON FUNCTION wmo_works.html_name(text) IS
  'What a user wrote, which may run from right to left without turning what stands beside it.';

CREATE FUNCTION wmo_works.html_small(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN value <> '' THEN '<small>' || wmo_works.markup_text(value) || '</small>' END;
END;
COMMENT ON FUNCTION wmo_works.html_small(text) IS 'What stands in a cell below what matters most; null without any.';

CREATE FUNCTION wmo_works.html_figure(wide text, narrow text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT '<figure><div class="wide">' || html_figure.wide || '</div><div class="narrow">' || html_figure.narrow
         || '</div></figure>';
END;
COMMENT ON FUNCTION wmo_works.html_figure(text, text) IS 'A picture, for a wide page and for a phone.';
