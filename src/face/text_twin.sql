-- text_twin: functions that take a type of ours, for clients that send text.
-- Relies on every function of the face that stands before it.
--
-- JDBC's setString, ODBC and dbt send varchar or text, of which no function of a type of ours is found. So each has a
-- twin that takes text and passes it on through the input of the type, whose errors stay what they are. A literal finds
-- the twin too, for the server prefers text; the answer is the same. No twin has
--   dates, numbers and ranges     a literal would then reach them as text
--   a name that several types share (first_day, level, parent, ...): the text would have to be guessed
--   a coverage_map                which nobody sends as text
-- The argument has another name in the twin, for PostgREST chooses by names, and no default, or calls without it would
-- find two functions.

DO $$
DECLARE
  own oid[] := ARRAY['wmo.area_code'::regtype, 'wmo.postcode'::regtype, 'wmo.contract_period'::regtype,
                     'wmo.objection_period'::regtype];
  face record;
BEGIN
  FOR face IN
    SELECT p.oid, p.proname, p.proretset, p.provolatile, p.proisstrict, p.procost::integer, p.prorows, a.arguments,
           a.passed, coalesce(a.columns, pg_get_function_result(p.oid)) AS result,
           obj_description(p.oid, 'pg_proc') AS comment
    FROM pg_proc p
    CROSS JOIN LATERAL (
      SELECT string_agg(concat_ws(' ',
               -- the server cannot print a body for an argument without a name beside arguments with names
               coalesce(nullif(p.proargnames[i], ''), CASE WHEN p.proargnames IS NOT NULL THEN t.typname END)
               || CASE WHEN t.oid = ANY (own) THEN '_text' ELSE '' END,
               CASE WHEN t.oid = ANY (own) THEN 'text' ELSE format_type(t.oid, NULL) END,
               -- what stands before an argument without a default has none either
               CASE WHEN i > max_own THEN 'DEFAULT ' || pg_get_function_arg_default(p.oid, i) END), ', ' ORDER BY i)
               AS arguments,
             string_agg(format(CASE WHEN t.oid = ANY (own) THEN '$%s::%s' ELSE '$%s' END, i, format_type(t.oid, NULL)),
                        ', ' ORDER BY i) AS passed,
             (SELECT format('TABLE (%s)', string_agg(format('%I %s', c.name, format_type(c.type, NULL)), ', '
                                                     ORDER BY c.n))
              FROM unnest(p.proargnames, p.proallargtypes, p.proargmodes) WITH ORDINALITY AS c (name, type, mode, n)
              WHERE p.proretset AND c.mode IN ('o', 't') HAVING count(*) > 0) AS columns
      FROM unnest(p.proargtypes) WITH ORDINALITY AS n (oid, place)
      CROSS JOIN LATERAL (SELECT n.place::integer AS i) place
      JOIN pg_type t ON t.oid = n.oid
      CROSS JOIN LATERAL (SELECT max(o.place) AS max_own FROM unnest(p.proargtypes) WITH ORDINALITY AS o (oid, place)
                          WHERE o.oid = ANY (own)) last
    ) a
    WHERE p.pronamespace = 'wmo'::regnamespace AND p.prokind = 'f' AND p.proargtypes::oid[] && own
      AND NOT EXISTS (SELECT FROM pg_proc other WHERE other.pronamespace = p.pronamespace AND other.proname = p.proname
                      AND other.oid <> p.oid)
      -- what serves an operator, an index, a cast or a type itself is not for calling
      AND NOT EXISTS (SELECT FROM pg_operator o WHERE o.oprcode = p.oid)
      AND NOT EXISTS (SELECT FROM pg_amproc m WHERE m.amproc = p.oid)
      AND NOT EXISTS (SELECT FROM pg_cast c WHERE c.castfunc = p.oid)
      AND NOT EXISTS (SELECT FROM pg_type y WHERE p.oid IN (y.typinput, y.typoutput, y.typreceive, y.typsend))
    ORDER BY p.oid
  LOOP
    EXECUTE format('CREATE FUNCTION wmo.%I(%s) RETURNS %s LANGUAGE sql %s %s PARALLEL SAFE COST %s %s BEGIN ATOMIC %s; '
                   'END', face.proname, face.arguments, face.result,
      CASE face.provolatile WHEN 'i' THEN 'IMMUTABLE' ELSE 'STABLE' END,
      CASE WHEN face.proisstrict THEN 'STRICT' ELSE '' END, face.procost,
      CASE WHEN face.proretset THEN format('ROWS %s', face.prorows::integer) ELSE '' END,
      format(CASE WHEN face.proretset THEN 'SELECT f.* FROM wmo.%I(%s) f' ELSE 'SELECT wmo.%I(%s)' END, face.proname,
             face.passed));
    EXECUTE format('COMMENT ON FUNCTION wmo.%I(%s) IS %L', face.proname,
      (SELECT string_agg(CASE WHEN t = ANY (own) THEN 'text' ELSE format_type(t, NULL) END, ', ' ORDER BY n)
       FROM pg_proc p CROSS JOIN LATERAL unnest(p.proargtypes) WITH ORDINALITY AS u (t, n) WHERE p.oid = face.oid),
      'For clients that send text: ' || face.comment);
  END LOOP;
END
$$;
