-- certainty: how sure it is that somebody serves, and why not, or why no surer.
-- Relies on the schema.

CREATE TYPE wmo.certainty AS ENUM
  ('certain', 'uncontested', 'provisional', 'contested', 'option', 'end_unknown', 'inferred', 'schematic', 'unknown');
COMMENT ON TYPE wmo.certainty IS
  'How sure an answer is, from strongest to weakest; of several the weakest wins (greatest). uncontested: the term is '
  'over, a final award not recorded. option: the day lies in an option that is still open. end_unknown: no end is '
  'stated. inferred: rests on our reading of a source. schematic: rests on a drawn area. unknown: cannot be told.';

CREATE TYPE wmo.reason AS ENUM
  ('client_stop', 'existing_clients_only', 'age_outside_band', 'age_not_given', 'award_not_final',
   'award_status_unknown', 'not_started', 'suspended', 'terminated', 'ended', 'option_open', 'option_declined',
   'option_not_known_exercised', 'extended_late', 'extended_by_agreement', 'extension_receipt_unknown', 'signed_early',
   'award_contradicted', 'known_since_unknown', 'first_day_unknown', 'supplier_changed', 'award_withdrawn',
   'award_annulled', 'not_awarded',
   'not_known_yet', 'providers_not_named', 'areas_not_named', 'area_without_shape', 'nationally_accessible',
   'service_not_contracted', 'outside_all_areas', 'before_registry', 'registry_is_empty', 'question_incomplete',
   'other_edition');
COMMENT ON TYPE wmo.reason IS
  'Why there is no provider, or why a provider is less than certain; from nearest to farthest. age_not_given: the '
  'question names no age, and not all are served; certain still, where every adult is. award_status_unknown: '
  'whether the award can still be fought is not known, or whether it could when a contract under it was signed, which '
  'is certain all the same. extended_late: the day lies in an option that was exercised '
  'after its notice day, or in an extension that was agreed after the contract had ended; extended_by_agreement: in an '
  'extension that was no option, which may be a substantial change; '
  'extension_receipt_unknown: in an option of which it is not recorded when the other party received that it was '
  'exercised, so that it may have been late; signed_early: signed while the award could be fought, so that it may be '
  'voidable. award_contradicted: what is recorded of the award contradicts the contract, which has another supplier '
  'or was signed against an order, or itself (wmo.award_status); or, where the contract does not name the award, none '
  'of its tender and lot stands that is to its supplier. not_known_yet: on the as_of day it was not signed '
  'yet, or another recorded day had not come; known_since_unknown: no such day is recorded and whether it stood on the '
  'as_of day cannot be told. first_day_unknown: when the contract begins is not stated, and it may not have begun. '
  'supplier_changed: the contract went to another supplier, and that the subcontract went along is not recorded, or '
  'that a transfer that was agreed before that still holds; or '
  'the provider is no more by a merger, and another party has the contract by law. area_without_shape: the '
  'boundary of an area is not known, for it has no shape, or a drawing or our reading of a source that does not hold '
  'the place. '
  'registry_is_empty: no contract is recorded at all. question_incomplete: place, service or day is null, or no '
  'place of the postcode is known. other_edition: the code '
  'asked for did not exist on that day; its nearest edition answered.';

CREATE FUNCTION wmo_works.leaves_open(reason wmo.reason) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT reason = 'option_not_known_exercised';
END;
COMMENT ON FUNCTION wmo_works.leaves_open(wmo.reason) IS
  'Does a period that is over for this reason perhaps run all the same? Whether an option was exercised may be known '
  'to somebody else.';

CREATE FUNCTION wmo_works.reason_of_reading(reason wmo.reason, certainty wmo.certainty, inferred boolean)
RETURNS wmo.reason
LANGUAGE sql IMMUTABLE PARALLEL SAFE -- not STRICT: so that it is inlined
BEGIN ATOMIC
  SELECT coalesce(reason, CASE WHEN inferred AND certainty = 'uncontested' THEN 'award_not_final'::wmo.reason END);
END;
COMMENT ON FUNCTION wmo_works.reason_of_reading(wmo.reason, wmo.certainty, boolean) IS
  'Why a scope is no surer, where that it is inferred would hide that its award is only uncontested.';
