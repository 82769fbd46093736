-- answer: who serves this resident, and what spoke for and against each.
-- Relies on which areas a question meets (match, postcode), and on the library (map/ask_met.c).
--
-- A question is weighed in one place, core/map: here by a map of the rows that it meets, which are read with the rights
-- and under the snapshot of who asks.

CREATE TYPE wmo.provider_row AS (
  ord         integer,
  rank        integer,
  found       boolean,
  provider_id integer,
  provider    text,
  role        text,
  certainty   text,
  reason      text,
  service     text,
  contract_id integer,
  number      text,
  area_id     integer,
  area        text,
  covers      text,
  first_day   date,
  last_day    date,
  end_kind    text,
  min_age     integer,
  max_age     integer,
  complete    boolean,
  stays       boolean
);
COMMENT ON TYPE wmo.provider_row IS
  'One line of an answer. Equals share a rank; ord only keeps the order stable. found = false: nobody for this '
  'question, or nobody who may be named; reason says why.';
COMMENT ON COLUMN wmo.provider_row.ord IS 'Place in the answer, from 1.';
COMMENT ON COLUMN wmo.provider_row.rank IS
  'Equals share a rank: with whom a client may stay before others, suppliers before members before subcontractors, '
  'surer before less sure.';
COMMENT ON COLUMN wmo.provider_row.found IS 'True: this provider serves. False: see reason.';
COMMENT ON COLUMN wmo.provider_row.provider_id IS 'The provider; null = nobody, or not named.';
COMMENT ON COLUMN wmo.provider_row.provider IS 'Its name.';
COMMENT ON COLUMN wmo.provider_row.role IS 'main, contracted, member or subcontractor.';
COMMENT ON COLUMN wmo.provider_row.certainty IS
  'How sure: a word of wmo.certainty. Of a row that says nobody, unknown unless the answer is complete.';
COMMENT ON COLUMN wmo.provider_row.reason IS 'Why not, or why no surer: a word of wmo.reason.';
COMMENT ON COLUMN wmo.provider_row.service IS
  'Code of the contracted service, which may be a parent of the one asked for.';
COMMENT ON COLUMN wmo.provider_row.contract_id IS 'The contract.';
COMMENT ON COLUMN wmo.provider_row.number IS 'Its number.';
COMMENT ON COLUMN wmo.provider_row.area_id IS
  'The area of the contract that answered, in the edition that it is pinned to.';
COMMENT ON COLUMN wmo.provider_row.area IS 'Its name.';
COMMENT ON COLUMN wmo.provider_row.covers IS
  'whole or part: whether that area and service cover all that was asked, or a part of it.';
COMMENT ON COLUMN wmo.provider_row.first_day IS 'First day of the contract; null = not known.';
COMMENT ON COLUMN wmo.provider_row.last_day IS 'Last day, inclusive (t/m), of the current term; null = see end_kind.';
COMMENT ON COLUMN wmo.provider_row.end_kind IS
  'day, inferred (a day, by our reading of a source: an end, an extension), open (no end was agreed) or unknown (no '
  'end is stated).';
COMMENT ON COLUMN wmo.provider_row.min_age IS 'Youngest age in whole years.';
COMMENT ON COLUMN wmo.provider_row.max_age IS 'Oldest age, inclusive; null = no limit.';
COMMENT ON COLUMN wmo.provider_row.complete IS
  'True: nobody serves but the rows that are found, for no contract is missing (wmo.registry_completeness) and none '
  'that is recorded leaves it open. False: somebody else may, so that "nobody" is only "nobody known".';
COMMENT ON COLUMN wmo.provider_row.stays IS
  'True: the client is its own already (current_provider, or who is one with it) and may stay, as surely as certainty '
  'says. Such a row comes first.';

CREATE FUNCTION wmo_works.answer(matches wmo_works.area_match[], service text, on_date date, age integer,
                                 current_provider integer, client_since date, as_of date)
RETURNS SETOF wmo.provider_row
LANGUAGE c STABLE PARALLEL SAFE COST 20000 ROWS 2
AS 'MODULE_PATHNAME', 'wmo_sql_answer';
COMMENT ON FUNCTION wmo_works.answer(wmo_works.area_match[], text, date, integer, integer, date, date) IS
  'The answer to a question whose areas are known: the providers that serve, those with a client stop, contracts whose '
  'providers are not named; or one row with found = false and the nearest reason.';

CREATE FUNCTION wmo_works.candidates(matches wmo_works.area_match[], service text, on_date date, age integer,
                                     current_provider integer, client_since date, as_of date)
RETURNS TABLE (contract_id integer, scope_id integer, subcontract_id integer, area_id integer, covers text,
               contracted_id integer, provider_id integer, role wmo.provider_role, age_from integer, age_to integer,
               age_missed boolean, certainty wmo.certainty, caution wmo.reason, stopped boolean,
               stop_untold wmo.reason, client_fault wmo.reason, age_fault wmo.reason, standing_fault wmo.reason,
               place_fault wmo.reason, beside boolean, open boolean, faults integer, noes integer)
LANGUAGE c STABLE PARALLEL SAFE COST 10000 ROWS 5
AS 'MODULE_PATHNAME', 'wmo_sql_candidates';
COMMENT ON FUNCTION wmo_works.candidates(wmo_works.area_match[], text, date, integer, integer, date, date) IS
  'Every provider of every scope that the areas and the service meet, with the verdict of each rule: client stop, '
  'existing clients, age, standing, place. Who serves has no faults; who has faults but no noes (sure ones, and a '
  'client stop) may serve all the same.';

CREATE FUNCTION wmo_works.is_declared_complete(matches wmo_works.area_match[], service text, on_date date)
RETURNS boolean
LANGUAGE c STABLE PARALLEL SAFE COST 10000
AS 'MODULE_PATHNAME', 'wmo_sql_is_declared_complete';
COMMENT ON FUNCTION wmo_works.is_declared_complete(wmo_works.area_match[], text, date) IS
  'Is the registry declared complete for all of a place, a service and a day?';
