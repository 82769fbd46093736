-- asking: the questions that people ask.
-- Relies on asked and answer, and on the library (ask_live.c, ask_contract.c).
--
-- Each answers from the session's coverage map where it has one, and else from a map of the rows that it meets.

CREATE FUNCTION wmo.providers_at(place geometry, service text, on_date date DEFAULT CURRENT_DATE,
                                 age integer DEFAULT NULL, current_provider integer DEFAULT NULL,
                                 client_since date DEFAULT NULL, as_of date DEFAULT CURRENT_DATE)
RETURNS SETOF wmo.provider_row
LANGUAGE c STABLE PARALLEL SAFE COST 100 ROWS 2
AS 'MODULE_PATHNAME', 'wmo_sql_providers_at';
COMMENT ON FUNCTION wmo.providers_at(geometry, text, date, integer, integer, date, date) IS
  'Who serves a resident at this place (any SRID) with this service on this day (of care), at this age? as_of: the '
  'legal state on that day, by today''s registry. current_provider and client_since tell whose client it already is. '
  'Never empty: without a provider there is a row with found = false and the nearest reason.';

CREATE FUNCTION wmo.providers_in_area(code wmo.area_code, service text, on_date date DEFAULT CURRENT_DATE,
                                      age integer DEFAULT NULL, current_provider integer DEFAULT NULL,
                                      client_since date DEFAULT NULL, as_of date DEFAULT CURRENT_DATE)
RETURNS SETOF wmo.provider_row
LANGUAGE c STABLE PARALLEL SAFE COST 100 ROWS 2
AS 'MODULE_PATHNAME', 'wmo_sql_providers_in_area';
COMMENT ON FUNCTION wmo.providers_in_area(wmo.area_code, text, date, integer, integer, date, date) IS
  'The same question for a CBS area: every provider of the area on that day, covers telling whether of the whole or of '
  'a part. A code that does not exist on that day is answered by its last edition before it, else its first after it; '
  'the reason then says other_edition where it has nothing graver to say, and explain_providers_in_area which edition '
  'it was.';

CREATE FUNCTION wmo.provider_at(place geometry, service text, on_date date DEFAULT CURRENT_DATE,
                                age integer DEFAULT NULL)
RETURNS integer
LANGUAGE c STABLE PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME', 'wmo_sql_provider_at';
COMMENT ON FUNCTION wmo.provider_at(geometry, text, date, integer) IS
  'The one main or only provider that serves a new client there on that day; null when there is none, more than one, '
  'or others that are not named. wmo.providers_at says how sure it is.';

CREATE FUNCTION wmo.answer_at(place geometry, service text, on_date date DEFAULT CURRENT_DATE, age integer DEFAULT NULL)
RETURNS text
LANGUAGE c STABLE PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME', 'wmo_sql_answer_at';
COMMENT ON FUNCTION wmo.answer_at(geometry, text, date, integer) IS
  'The answer in one word, for a new client: one, several, unnamed (there are providers, their names are not known), '
  'and where the registry is declared complete (wmo.registry_completeness) existing_only or none:<reason>; elsewhere, '
  'and where something recorded leaves it open, cannot_tell:<reason>. wmo.providers_at says how sure it is.';

CREATE FUNCTION wmo.providers_at_postcode(code wmo.postcode, service text, on_date date DEFAULT CURRENT_DATE,
                                          age integer DEFAULT NULL, current_provider integer DEFAULT NULL,
                                          client_since date DEFAULT NULL, as_of date DEFAULT CURRENT_DATE)
RETURNS SETOF wmo.provider_row
LANGUAGE c STABLE PARALLEL SAFE COST 100 ROWS 2
AS 'MODULE_PATHNAME', 'wmo_sql_providers_at_postcode';
COMMENT ON FUNCTION wmo.providers_at_postcode(wmo.postcode, text, date, integer, integer, date, date) IS
  'The same question for a postcode (PC4 or PC6): every provider whose area meets it. covers: whole, part, or null '
  'where that cannot be told; a part means that the address decides. A PC6 without a place of its own is answered by '
  'its PC4, less surely. A postcode of which nothing is known leaves the question incomplete (question_incomplete), '
  'for it lies somewhere.';

CREATE FUNCTION wmo.answer_at_postcode(code wmo.postcode, service text, on_date date DEFAULT CURRENT_DATE,
                                       age integer DEFAULT NULL)
RETURNS text
LANGUAGE c STABLE PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME', 'wmo_sql_answer_at_postcode';
COMMENT ON FUNCTION wmo.answer_at_postcode(wmo.postcode, text, date, integer) IS
  'The answer in one word, for a new client: depends (the postcode has several answers, none in a part of it, or too '
  'few known points to tell: ask for the address), else as wmo.answer_at: one, several, unnamed, existing_only, '
  'none:<reason> or cannot_tell:<reason>.';

CREATE FUNCTION wmo.contract_for(agb text, product text, municipality wmo.area_code, on_date date,
                                 age integer DEFAULT NULL)
RETURNS TABLE (contract_id integer, number text, role text, certainty text, reason text)
LANGUAGE c STABLE PARALLEL SAFE COST 100 ROWS 1
AS 'MODULE_PATHNAME', 'wmo_sql_contract_for';
COMMENT ON FUNCTION wmo.contract_for(text, text, wmo.area_code, date, integer) IS
  'The contracts under which the provider with this AGB code could deliver this product (the buyer''s code) in this '
  'municipality on that day: for checking assignments and invoices. No rows: none is recorded.';

CREATE FUNCTION wmo.is_contracted(agb text, product text, municipality wmo.area_code, on_date date,
                                  age integer DEFAULT NULL)
RETURNS boolean
LANGUAGE c STABLE PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME', 'wmo_sql_is_contracted';
COMMENT ON FUNCTION wmo.is_contracted(text, text, wmo.area_code, date, integer) IS
  'Was this product of this provider contracted in this municipality, or a part of it, on that day? true: by a '
  'contract that is there for sure; so is one that rests on our reading of a source (inferred), that was or may have '
  'been signed while its award could be fought (signed_early, award_status_unknown), and that was extended by an '
  'option of which the receipt is not recorded (extension_receipt_unknown), for it stands as long as nobody undoes '
  'it. null: cannot tell, because the contract''s standing is not known, the day lies in an option that is still open '
  'or was exercised late, its end is not stated, its award is not final or contradicts it, its provider is no more by '
  'a merger or only a drawing meets the place (wmo.contract_for says which); or, where none is recorded, because the '
  'registry is not declared complete, the AGB or product code is not recorded, providers are not named, one of them '
  'may be the same by its name or a number, or that a code means this or is its own, or that its own contract ended, '
  'went to another or is not for this, is our reading of a source.';

CREATE FUNCTION wmo.is_contracted_at(agb text, service text, place geometry, on_date date, age integer DEFAULT NULL)
RETURNS boolean
LANGUAGE c STABLE PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME', 'wmo_sql_is_contracted_at';
COMMENT ON FUNCTION wmo.is_contracted_at(text, text, geometry, date, integer) IS
  'Was this service of the provider with this AGB code contracted for residents of this place (any SRID) on that day, '
  'whatever the buyer calls it? true: by a contract that is there for sure, and null where its standing leaves that '
  'open, both as wmo.is_contracted has it (wmo.providers_at says why); null also where none is recorded, because the '
  'registry is not declared complete, the AGB code is not recorded, providers are not named, or one of them may be the '
  'same by its name or a number.';

CREATE FUNCTION wmo.is_contracted_in_area(agb text, service text, code wmo.area_code, on_date date,
                                          age integer DEFAULT NULL)
RETURNS boolean
LANGUAGE c STABLE PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME', 'wmo_sql_is_contracted_in_area';
COMMENT ON FUNCTION wmo.is_contracted_in_area(text, text, wmo.area_code, date, integer) IS
  'The same question for a CBS area, all of it. null also where it was contracted for a part of the area only: ask for '
  'the address.';

CREATE FUNCTION wmo.is_contracted_at_postcode(agb text, service text, code wmo.postcode, on_date date,
                                              age integer DEFAULT NULL)
RETURNS boolean
LANGUAGE c STABLE PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME', 'wmo_sql_is_contracted_at_postcode';
COMMENT ON FUNCTION wmo.is_contracted_at_postcode(text, text, wmo.postcode, date, integer) IS
  'The same question for a postcode (PC4 or PC6), all of it. null also where no place of it is known, or where it was '
  'contracted for a part of it only: ask for the address.';
