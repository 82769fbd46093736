-- How sure it is: of several things that an answer rests on the weakest counts, and a reason never makes anything surer.
\getenv here PG_ABS_SRCDIR
\set verdict :here '/sql/include/verdict.sql'
\i :verdict

-- a contract that is surely signed, of which the award is fought, in an area that is drawn: as weak as the drawing
SELECT greatest('certain'::wmo.certainty, 'contested', 'schematic'), greatest('inferred'::wmo.certainty, 'end_unknown'), greatest('uncontested'::wmo.certainty, NULL);
SELECT string_agg(c::text, ' ' ORDER BY c) FROM unnest(enum_range(NULL::wmo.certainty)) c;
-- an option that nobody is known to have exercised may have been; an option that was declined was not
SELECT r, wmo_works.leaves_open(r) FROM unnest('{option_not_known_exercised,option_declined,ended,terminated,suspended}'::wmo.reason[]) r;
-- what is read from a source hides that the award is only uncontested; what has a reason keeps it
SELECT c, i, r, wmo_works.reason_of_reading(r, c, i) FROM unnest('{certain,uncontested}'::wmo.certainty[]) c, unnest('{f,t}'::boolean[]) i, unnest('{extended_late,NULL}'::wmo.reason[]) r ORDER BY 1, 2, 3;
