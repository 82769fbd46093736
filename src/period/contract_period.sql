-- contract_period: how long a contract runs. First term, extension options, extension notice, early end.
-- Relies on the library (contract_period.c, core/period.h).
--
-- The rules stand in src/core/period.c; this room gives them names.

CREATE TYPE wmo.contract_period;

CREATE FUNCTION wmo_works.contract_period_in(cstring) RETURNS wmo.contract_period
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_in';
COMMENT ON FUNCTION wmo_works.contract_period_in(cstring) IS 'Input function of contract_period.';

CREATE FUNCTION wmo_works.contract_period_out(wmo.contract_period) RETURNS cstring
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_out';
COMMENT ON FUNCTION wmo_works.contract_period_out(wmo.contract_period) IS
  'Output function of contract_period: the canonical text.';

CREATE FUNCTION wmo_works.contract_period_recv(internal) RETURNS wmo.contract_period
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_recv';
COMMENT ON FUNCTION wmo_works.contract_period_recv(internal) IS
  'Binary input of contract_period: every check of the text form.';

CREATE FUNCTION wmo_works.contract_period_send(wmo.contract_period) RETURNS bytea
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_send';
COMMENT ON FUNCTION wmo_works.contract_period_send(wmo.contract_period) IS
  'Binary output of contract_period: format version 1, big-endian, days since 2000-01-01.';

CREATE TYPE wmo.contract_period (
  INPUT = wmo_works.contract_period_in,
  OUTPUT = wmo_works.contract_period_out,
  RECEIVE = wmo_works.contract_period_recv,
  SEND = wmo_works.contract_period_send,
  INTERNALLENGTH = VARIABLE,
  ALIGNMENT = int4,
  STORAGE = main,
  CATEGORY = 'w',
  PREFERRED = true -- a bare literal is a contract period where another type of ours would fit too
);
COMMENT ON TYPE wmo.contract_period IS
$$How long a contract runs: a first term, extension options, the notice for them, an early end.
  period   = bounds { "+" duration [ "(" state ")" ] } [ "notice" duration ] [ "terminated" "after" day ]
  bounds   = "[" day "," end | "(" "?" "," end
  end      = day ")" | day "]" | ")" | "?" ")"
  state    = ( "exercised" | "agreed" ) [ "late" ] | "declined"
  duration = "P" [ n "Y" ] [ n "M" ] [ n "W" ] [ n "D" ]     at least one part
  day      = yyyy "-" mm "-" dd                              0001-01-01 to 9999-12-31
[2019-01-01,2023-01-01) first day, and the day after the last one; output always has this form
[2019-01-01,2022-12-31] the same with the last day itself ("t/m")
[2022-07-01,)           without an end
[2023-03-01,?)          the end is not known
(?,2023-03-01)          the first day is not known; also (?,) and (?,?)
[2019-01-01,2023-01-01)+P2Y(exercised)+P1Y6M notice P6M   two options, the first one exercised, six months notice
[2019-01-01,2023-01-01)+P1Y terminated after 2021-03-31   ended early: 2021-03-31 was the last day
An option without a state is open. Exercised options and agreed extensions (which are no options) come first, then
declined ones, then open ones. Months are added to the exclusive end that they extend, and end on the last day of a
shorter month; options of whole months in a row count in one step from where the first of them begins. That is our
arithmetic: where adding to the last day gives another one, wmo.options shows it.
An option is announced at the latest on the exclusive end that it extends, minus the notice, minus a day. White space
may stand between the parts; small and capital letters are alike.$$;

-- ---- constructors ---------------------------------------------------------------------------------------------------

CREATE FUNCTION wmo.contract_period(
  start date, first_term interval, options interval[] DEFAULT '{}', extension_notice interval DEFAULT NULL
) RETURNS wmo.contract_period
LANGUAGE c IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_make';
COMMENT ON FUNCTION wmo.contract_period(date, interval, interval[], interval) IS
  'A contract from its first day, for a first term, with extension options. Whole months and days only; null '
  'without a start, first term or options; extension_notice null: not stated.';

CREATE FUNCTION wmo.contract_period_until(
  start date, last_day date, options interval[] DEFAULT '{}', extension_notice interval DEFAULT NULL
) RETURNS wmo.contract_period
LANGUAGE c IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_until';
COMMENT ON FUNCTION wmo.contract_period_until(date, date, interval[], interval) IS
  'A contract up to and including its last day ("t/m"), with extension options.';

CREATE FUNCTION wmo.contract_period_open(start date) RETURNS wmo.contract_period
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_open';
COMMENT ON FUNCTION wmo.contract_period_open(date) IS
  'A contract without an end.';

CREATE FUNCTION wmo.contract_period_unknown_end(
  start date, options interval[] DEFAULT '{}', extension_notice interval DEFAULT NULL
) RETURNS wmo.contract_period
LANGUAGE c IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_unknown_end';
COMMENT ON FUNCTION wmo.contract_period_unknown_end(date, interval[], interval) IS
  'A contract with an end that is not known.';

CREATE FUNCTION wmo.contract_period_unknown_start(
  last_day date, options interval[] DEFAULT '{}', extension_notice interval DEFAULT NULL
) RETURNS wmo.contract_period
LANGUAGE c IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_unknown_start';
COMMENT ON FUNCTION wmo.contract_period_unknown_start(date, interval[], interval) IS
  'A contract with a first day that is not known, up to and including its last day.';

-- ---- terms and days -------------------------------------------------------------------------------------------------

CREATE FUNCTION wmo.first_term(wmo.contract_period) RETURNS daterange
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_first_term';
COMMENT ON FUNCTION wmo.first_term(wmo.contract_period) IS
  'The first term as agreed. A bound that is open or unknown is infinite: see end_kind and first_day.';

CREATE FUNCTION wmo.current_term(wmo.contract_period) RETURNS daterange
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_current_term';
COMMENT ON FUNCTION wmo.current_term(wmo.contract_period) IS
  'The days on which the contract may run now, exercised options and an early end counted. An open or unknown '
  'bound is infinite, so that no day is left out on which it runs; end_kind and first_day tell which, '
  'certain_term gives the days that are certain. Index this expression for @> and &&.';

CREATE FUNCTION wmo.maximum_term(wmo.contract_period) RETURNS daterange
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_maximum_term';
COMMENT ON FUNCTION wmo.maximum_term(wmo.contract_period) IS
  'The current term if every option that can still be exercised is exercised.';

CREATE FUNCTION wmo.certain_term(wmo.contract_period) RETURNS daterange
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_certain_term';
COMMENT ON FUNCTION wmo.certain_term(wmo.contract_period) IS
  'The days on which the contract runs for certain: the current term where both bounds are known. A term has at least '
  'a day, so a known first or last day is certain; empty when nothing is.';

CREATE FUNCTION wmo.first_day(wmo.contract_period) RETURNS date
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_first_day';
COMMENT ON FUNCTION wmo.first_day(wmo.contract_period) IS
  'The first day; null when it is not known.';

CREATE FUNCTION wmo.last_day(wmo.contract_period) RETURNS date
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_last_day';
COMMENT ON FUNCTION wmo.last_day(wmo.contract_period) IS
  'The last day (inclusive) of the current term; null when the end is open or unknown: see end_kind.';

CREATE FUNCTION wmo.exclusive_end(wmo.contract_period) RETURNS date
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_exclusive_end';
COMMENT ON FUNCTION wmo.exclusive_end(wmo.contract_period) IS
  'The day after the last day of the current term; null when the end is open or unknown.';

CREATE FUNCTION wmo.end_kind(wmo.contract_period) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_end_kind';
COMMENT ON FUNCTION wmo.end_kind(wmo.contract_period) IS
  'Which end the current term has: day, open or unknown.';

CREATE FUNCTION wmo.is_terminated(wmo.contract_period) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_is_terminated';
COMMENT ON FUNCTION wmo.is_terminated(wmo.contract_period) IS
  'True when the contract ended early.';

CREATE FUNCTION wmo.extension_notice(wmo.contract_period) RETURNS interval
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_extension_notice';
COMMENT ON FUNCTION wmo.extension_notice(wmo.contract_period) IS
  'How long before the end an option is announced; null when not stated.';

CREATE FUNCTION wmo.has_late_extension(wmo.contract_period) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_has_late_extension';
COMMENT ON FUNCTION wmo.has_late_extension(wmo.contract_period) IS
  'True when an option was exercised after its notice day (with late => true), or an extension outside the options '
  'agreed after the end. Explanations should warn then.';

CREATE FUNCTION wmo.has_agreed_extension(wmo.contract_period) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_has_agreed_extension';
COMMENT ON FUNCTION wmo.has_agreed_extension(wmo.contract_period) IS
  'True when the contract was extended by agreement outside its options. Explanations should warn then: it may be '
  'a substantial change.';

CREATE FUNCTION wmo.notice_by(wmo.contract_period) RETURNS date
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_notice_by';
COMMENT ON FUNCTION wmo.notice_by(wmo.contract_period) IS
  'The last day on which the next open option can be announced: the exclusive end of the current term minus the notice '
  'minus a day. Null without such an option, a stated notice time or a known end.';

CREATE FUNCTION wmo.contract_status(wmo.contract_period, on_date date) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_status';
COMMENT ON FUNCTION wmo.contract_status(wmo.contract_period, date) IS
  'Where the contract stands on a day by what is recorded: not_started, first_term, extended, ended, terminated or '
  'unknown. It is unknown where an unknown bound decides, and after the last day as long as an open option may have '
  'extended it: that it was exercised is not recorded, which says not that it was not.';

CREATE CAST (wmo.contract_period AS daterange) WITH FUNCTION wmo.current_term(wmo.contract_period);
COMMENT ON CAST (wmo.contract_period AS daterange) IS
  'The current term. Explicit only: a daterange cannot say that a bound is unknown.';

-- ---- operators ------------------------------------------------------------------------------------------------------

CREATE FUNCTION wmo.contains(wmo.contract_period, date) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_contains';
COMMENT ON FUNCTION wmo.contains(wmo.contract_period, date) IS
  'Does the contract run on this day (current term)? Null when an unknown bound decides.';

CREATE FUNCTION wmo.contained_by(date, wmo.contract_period) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_contained_by';
COMMENT ON FUNCTION wmo.contained_by(date, wmo.contract_period) IS
  'Does the contract run on this day? Null when an unknown bound decides.';

CREATE FUNCTION wmo.overlaps(wmo.contract_period, daterange) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_overlaps_range';
COMMENT ON FUNCTION wmo.overlaps(wmo.contract_period, daterange) IS
  'Does the contract run on any of these days (current term)? Null when an unknown bound decides.';

CREATE FUNCTION wmo.overlaps(daterange, wmo.contract_period) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_range_overlaps';
COMMENT ON FUNCTION wmo.overlaps(daterange, wmo.contract_period) IS
  'Does the contract run on any of these days? Null when an unknown bound decides.';

CREATE FUNCTION wmo.overlaps(wmo.contract_period, wmo.contract_period) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_overlaps';
COMMENT ON FUNCTION wmo.overlaps(wmo.contract_period, wmo.contract_period) IS
  'Do two contracts run on a common day (current terms)? Null when an unknown bound decides.';

-- matchingsel tries the operator on the sampled values, so the planner sees how many contracts run on a day.
-- These operators have no index of their own: an index on current_term(period) serves current_term(period) @> day.

CREATE OPERATOR @extschema@.@> (
  LEFTARG = wmo.contract_period, RIGHTARG = date, FUNCTION = wmo.contains,
  COMMUTATOR = OPERATOR(@extschema@.<@), RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR @extschema@.@> (wmo.contract_period, date) IS
  'Does it run on this day? Null: cannot tell. Function twin: wmo.contains.';

CREATE OPERATOR @extschema@.<@ (
  LEFTARG = date, RIGHTARG = wmo.contract_period, FUNCTION = wmo.contained_by,
  COMMUTATOR = OPERATOR(@extschema@.@>), RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR @extschema@.<@ (date, wmo.contract_period) IS
  'Is it a day of this contract? Null: cannot tell. Function twin: wmo.contained_by.';

CREATE OPERATOR @extschema@.&& (
  LEFTARG = wmo.contract_period, RIGHTARG = daterange, FUNCTION = wmo.overlaps,
  COMMUTATOR = OPERATOR(@extschema@.&&), RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR @extschema@.&& (wmo.contract_period, daterange) IS
  'Does it run on any of these days? Null: cannot tell. Function twin: wmo.overlaps.';

CREATE OPERATOR @extschema@.&& (
  LEFTARG = daterange, RIGHTARG = wmo.contract_period, FUNCTION = wmo.overlaps,
  COMMUTATOR = OPERATOR(@extschema@.&&), RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR @extschema@.&& (daterange, wmo.contract_period) IS
  'Do they hold a day of this contract? Null: cannot tell. Function twin: wmo.overlaps.';

CREATE OPERATOR @extschema@.&& (
  LEFTARG = wmo.contract_period, RIGHTARG = wmo.contract_period, FUNCTION = wmo.overlaps,
  COMMUTATOR = OPERATOR(@extschema@.&&), RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR @extschema@.&& (wmo.contract_period, wmo.contract_period) IS
  'Do they run on a common day? Null: cannot tell. Function twin: wmo.overlaps.';

-- ---- the life of the options ----------------------------------------------------------------------------------------

CREATE FUNCTION wmo.exercise_option(
  wmo.contract_period, received_on date DEFAULT NULL, late boolean DEFAULT false
) RETURNS wmo.contract_period
LANGUAGE c IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_exercise_option';
COMMENT ON FUNCTION wmo.exercise_option(wmo.contract_period, date, boolean) IS
  'The contract with its next option exercised. Refused when none is left, and when received_on lies after the notice '
  'day (without a stated notice time: after the last day) unless late is true: then the option is marked as late. '
  'Without received_on nothing is judged and late => true marks it on your word.';

CREATE FUNCTION wmo.decline_option(wmo.contract_period) RETURNS wmo.contract_period
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_decline_option';
COMMENT ON FUNCTION wmo.decline_option(wmo.contract_period) IS
  'The contract with its next option declined. Options after it can no longer be exercised.';

CREATE FUNCTION wmo.extend_by_agreement(wmo.contract_period, last_day date, agreed_on date DEFAULT NULL)
RETURNS wmo.contract_period
LANGUAGE c IMMUTABLE PARALLEL SAFE -- not STRICT: the day on which it was agreed may be unknown
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_extend_by_agreement';
COMMENT ON FUNCTION wmo.extend_by_agreement(wmo.contract_period, date, date) IS
  'The contract extended up to and including this last day by agreement, outside its options (which may be a '
  'substantial change). It stays marked as agreed, and as late where the contract had ended by agreed_on (null: not '
  'known, and nothing is judged). The options that are left follow the new end: decline those that no longer count.';

CREATE FUNCTION wmo.terminate(wmo.contract_period, last_day date) RETURNS wmo.contract_period
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_terminate';
COMMENT ON FUNCTION wmo.terminate(wmo.contract_period, date) IS
  'The contract ended early, with this last day; on a terminated contract only a still earlier one.';

CREATE FUNCTION wmo.revoke_termination(wmo.contract_period) RETURNS wmo.contract_period
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_revoke_termination';
COMMENT ON FUNCTION wmo.revoke_termination(wmo.contract_period) IS
  'The contract without its early end, as if it had never been ended early; its options are open again. Refused on one '
  'that was not.';

CREATE FUNCTION wmo.options(wmo.contract_period) RETURNS TABLE (
  option_no integer, term daterange, notice_by date, state text, late boolean, length interval,
  other_last_day date
)
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE ROWS 2
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_options';
COMMENT ON FUNCTION wmo.options(wmo.contract_period) IS
  'The options as the contract gives them, apart from any day. State: exercised, declined, open, or lapsed '
  'because an earlier one was declined or the contract was terminated. An agreed extension is a row without a '
  'number, in state agreed; late: exercised after its notice day, agreed after the end. Terms are as agreed, an early '
  'end does not shorten them; null where the end is not known. other_last_day: the last day for who adds months to the '
  'last day and not, as here, to the day after it, where that is another one; null = the same day.';

CREATE FUNCTION wmo.option_terms(
  wmo.contract_period, on_date date DEFAULT CURRENT_DATE
) RETURNS TABLE (
  option_no integer, term daterange, notice_by date, state text, late boolean, length interval,
  other_last_day date
)
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE ROWS 2
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_option_terms';
COMMENT ON FUNCTION wmo.option_terms(wmo.contract_period, date) IS
  'The options as they stand on a day. As options(), but an open option is lapsed when its notice day, or that '
  'of an earlier open one, has passed. It is unknown when the end before it is not known, and when no notice '
  'time is stated and the term that it (or an earlier open one) would extend has ended.';

-- ---- order and hash: equality takes every field ---------------------------------------------------------------------

CREATE FUNCTION wmo.contract_period_eq(wmo.contract_period, wmo.contract_period) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_eq';
COMMENT ON FUNCTION wmo.contract_period_eq(wmo.contract_period, wmo.contract_period) IS
  'Equal in every field. The operator =.';

CREATE FUNCTION wmo.contract_period_ne(wmo.contract_period, wmo.contract_period) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_ne';
COMMENT ON FUNCTION wmo.contract_period_ne(wmo.contract_period, wmo.contract_period) IS
  'Different in some field. The operator <>.';

CREATE FUNCTION wmo.contract_period_lt(wmo.contract_period, wmo.contract_period) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_lt';
COMMENT ON FUNCTION wmo.contract_period_lt(wmo.contract_period, wmo.contract_period) IS
  'Before in the order: by first day, end of the current term, then the rest. The operator <.';

CREATE FUNCTION wmo.contract_period_le(wmo.contract_period, wmo.contract_period) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_le';
COMMENT ON FUNCTION wmo.contract_period_le(wmo.contract_period, wmo.contract_period) IS
  'Before in the order, or equal. The operator <=.';

CREATE FUNCTION wmo.contract_period_gt(wmo.contract_period, wmo.contract_period) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_gt';
COMMENT ON FUNCTION wmo.contract_period_gt(wmo.contract_period, wmo.contract_period) IS
  'After in the order. The operator >.';

CREATE FUNCTION wmo.contract_period_ge(wmo.contract_period, wmo.contract_period) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_ge';
COMMENT ON FUNCTION wmo.contract_period_ge(wmo.contract_period, wmo.contract_period) IS
  'After in the order, or equal. The operator >=.';

CREATE FUNCTION wmo_works.contract_period_cmp(wmo.contract_period, wmo.contract_period) RETURNS integer
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_cmp';
COMMENT ON FUNCTION wmo_works.contract_period_cmp(wmo.contract_period, wmo.contract_period) IS
  'Compares for btree: -1, 0 or 1. An unknown first day sorts first, an open or unknown end last.';

CREATE FUNCTION wmo_works.contract_period_hash(wmo.contract_period) RETURNS integer
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_hash';
COMMENT ON FUNCTION wmo_works.contract_period_hash(wmo.contract_period) IS
  'Hash over every field.';

CREATE FUNCTION wmo_works.contract_period_hash_extended(wmo.contract_period, bigint) RETURNS bigint
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_contract_period_hash_extended';
COMMENT ON FUNCTION wmo_works.contract_period_hash_extended(wmo.contract_period, bigint) IS
  'Seeded hash over every field.';

CREATE OPERATOR @extschema@.< (
  LEFTARG = wmo.contract_period, RIGHTARG = wmo.contract_period, FUNCTION = wmo.contract_period_lt,
  COMMUTATOR = OPERATOR(@extschema@.>), NEGATOR = OPERATOR(@extschema@.>=),
  RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR @extschema@.< (wmo.contract_period, wmo.contract_period) IS
  'Before in the order: by first day, end of the current term, then the rest. Function twin: wmo.contract_period_lt.';

CREATE OPERATOR @extschema@.<= (
  LEFTARG = wmo.contract_period, RIGHTARG = wmo.contract_period, FUNCTION = wmo.contract_period_le,
  COMMUTATOR = OPERATOR(@extschema@.>=), NEGATOR = OPERATOR(@extschema@.>),
  RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR @extschema@.<= (wmo.contract_period, wmo.contract_period) IS
  'Before in the order, or equal. Function twin: wmo.contract_period_le.';

CREATE OPERATOR @extschema@.= (
  LEFTARG = wmo.contract_period, RIGHTARG = wmo.contract_period, FUNCTION = wmo.contract_period_eq,
  COMMUTATOR = OPERATOR(@extschema@.=), NEGATOR = OPERATOR(@extschema@.<>),
  RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR @extschema@.= (wmo.contract_period, wmo.contract_period) IS
  'Equal in every field. Function twin: wmo.contract_period_eq.';

CREATE OPERATOR @extschema@.<> (
  LEFTARG = wmo.contract_period, RIGHTARG = wmo.contract_period, FUNCTION = wmo.contract_period_ne,
  COMMUTATOR = OPERATOR(@extschema@.<>), NEGATOR = OPERATOR(@extschema@.=),
  RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR @extschema@.<> (wmo.contract_period, wmo.contract_period) IS
  'Different in some field. Function twin: wmo.contract_period_ne.';

CREATE OPERATOR @extschema@.>= (
  LEFTARG = wmo.contract_period, RIGHTARG = wmo.contract_period, FUNCTION = wmo.contract_period_ge,
  COMMUTATOR = OPERATOR(@extschema@.<=), NEGATOR = OPERATOR(@extschema@.<),
  RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR @extschema@.>= (wmo.contract_period, wmo.contract_period) IS
  'After in the order, or equal. Function twin: wmo.contract_period_ge.';

CREATE OPERATOR @extschema@.> (
  LEFTARG = wmo.contract_period, RIGHTARG = wmo.contract_period, FUNCTION = wmo.contract_period_gt,
  COMMUTATOR = OPERATOR(@extschema@.<), NEGATOR = OPERATOR(@extschema@.<=),
  RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR @extschema@.> (wmo.contract_period, wmo.contract_period) IS
  'After in the order. Function twin: wmo.contract_period_gt.';

CREATE OPERATOR CLASS wmo_works.contract_period_ops DEFAULT FOR TYPE wmo.contract_period USING btree AS
  OPERATOR 1 @extschema@.< (wmo.contract_period, wmo.contract_period),
  OPERATOR 2 @extschema@.<= (wmo.contract_period, wmo.contract_period),
  OPERATOR 3 @extschema@.= (wmo.contract_period, wmo.contract_period),
  OPERATOR 4 @extschema@.>= (wmo.contract_period, wmo.contract_period),
  OPERATOR 5 @extschema@.> (wmo.contract_period, wmo.contract_period),
  FUNCTION 1 wmo_works.contract_period_cmp(wmo.contract_period, wmo.contract_period),
  FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR CLASS wmo_works.contract_period_ops USING btree IS
  'Order of contract periods over every field.';
COMMENT ON OPERATOR FAMILY wmo_works.contract_period_ops USING btree IS 'Order of contract periods.';

CREATE OPERATOR CLASS wmo_works.contract_period_ops DEFAULT FOR TYPE wmo.contract_period USING hash AS
  OPERATOR 1 @extschema@.= (wmo.contract_period, wmo.contract_period),
  FUNCTION 1 wmo_works.contract_period_hash(wmo.contract_period),
  FUNCTION 2 wmo_works.contract_period_hash_extended(wmo.contract_period, bigint);
COMMENT ON OPERATOR CLASS wmo_works.contract_period_ops USING hash IS 'Hash of contract periods over every field.';
COMMENT ON OPERATOR FAMILY wmo_works.contract_period_ops USING hash IS 'Hash of contract periods.';
