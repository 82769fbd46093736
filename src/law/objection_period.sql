-- objection_period: the days on which an award or a decision can be fought.
-- Relies on term, and on the library (objection_period.c, core/objection.h).

CREATE TYPE wmo.objection_period;

CREATE FUNCTION wmo_works.objection_period_in(cstring) RETURNS wmo.objection_period
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_in';
CREATE FUNCTION wmo_works.objection_period_out(wmo.objection_period) RETURNS cstring
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_out';
CREATE FUNCTION wmo_works.objection_period_recv(internal) RETURNS wmo.objection_period
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_recv';
CREATE FUNCTION wmo_works.objection_period_send(wmo.objection_period) RETURNS bytea
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_send';
COMMENT ON FUNCTION wmo_works.objection_period_in(cstring) IS 'Text input of objection_period.';
COMMENT ON FUNCTION wmo_works.objection_period_out(wmo.objection_period) IS 'Text output of objection_period.';
COMMENT ON FUNCTION wmo_works.objection_period_recv(internal) IS
  'Binary input of objection_period; checks what text input checks.';
COMMENT ON FUNCTION wmo_works.objection_period_send(wmo.objection_period) IS 'Binary output of objection_period.';

CREATE TYPE wmo.objection_period (
  INPUT = wmo_works.objection_period_in,
  OUTPUT = wmo_works.objection_period_out,
  RECEIVE = wmo_works.objection_period_recv,
  SEND = wmo_works.objection_period_send,
  INTERNALLENGTH = VARIABLE,
  ALIGNMENT = int4,
  STORAGE = plain,
  CATEGORY = 'w'
);
COMMENT ON TYPE wmo.objection_period IS
'The period in which an award or decision can be fought, as it was computed or published: no later decree changes it.
Literal: regime:(event+length,last_day] as in standstill:(2018-07-24+P20D,2018-08-13]. The event day is not counted.
Where the law is read in two ways, the first and the last of them: forfeiture:(2020-10-12+P20D,2020-11-01|2020-11-02].
The length may be left out; ? stands for an event day that is not known: sas_standstill:(?,2019-07-18|2019-07-19].';

CREATE FUNCTION wmo.objection_period(regime text, event date, length interval DEFAULT NULL)
RETURNS wmo.objection_period
LANGUAGE c STABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_make';
COMMENT ON FUNCTION wmo.objection_period(text, date, interval) IS
  'The period in which this remedy can be used after the event, by the regime''s length on that day or by the given '
  'length. Null without regime or event.';

CREATE FUNCTION wmo.objection_period_until(regime text, last_day date, latest_last_day date DEFAULT NULL)
RETURNS wmo.objection_period
LANGUAGE c STABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_until';
COMMENT ON FUNCTION wmo.objection_period_until(text, date, date) IS
  'A period whose end was published and whose event day is not known; the latest last day where the wording can be '
  'read in two ways (tot 19 juli).';

CREATE FUNCTION wmo.regime(period wmo.objection_period) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_regime';
COMMENT ON FUNCTION wmo.regime(wmo.objection_period) IS 'The name of its regime.';

CREATE FUNCTION wmo.event_day(period wmo.objection_period) RETURNS date
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_event_day';
COMMENT ON FUNCTION wmo.event_day(wmo.objection_period) IS
  'The day of the event, which is not counted; null when not known.';

CREATE FUNCTION wmo.term_length(period wmo.objection_period) RETURNS interval
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_length';
COMMENT ON FUNCTION wmo.term_length(wmo.objection_period) IS 'The length it was computed with; null when not known.';

CREATE FUNCTION wmo.first_day(period wmo.objection_period) RETURNS date
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_first_day';
COMMENT ON FUNCTION wmo.first_day(wmo.objection_period) IS 'The day after the event; null when not known.';

CREATE FUNCTION wmo.last_day(period wmo.objection_period) RETURNS date
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_last_day';
COMMENT ON FUNCTION wmo.last_day(wmo.objection_period) IS
  'The earliest last day: who fights is in time on it by every reading.';

CREATE FUNCTION wmo.latest_last_day(period wmo.objection_period) RETURNS date
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_latest_last_day';
COMMENT ON FUNCTION wmo.latest_last_day(wmo.objection_period) IS 'The last day by the longest reading.';

CREATE FUNCTION wmo.earliest_final(period wmo.objection_period) RETURNS date
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_earliest_final';
COMMENT ON FUNCTION wmo.earliest_final(wmo.objection_period) IS
  'The day after the latest last day: final at the earliest, if no proceedings are pending.';

CREATE FUNCTION wmo.daterange(period wmo.objection_period) RETURNS daterange
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_daterange';
COMMENT ON FUNCTION wmo.daterange(wmo.objection_period) IS
  'From the first day (unbounded when not known) through the latest last day, half-open: its upper bound is the '
  'earliest final day.';

CREATE CAST (wmo.objection_period AS daterange) WITH FUNCTION wmo.daterange(wmo.objection_period);
COMMENT ON CAST (wmo.objection_period AS daterange) IS 'From the first day through the latest last day, half-open.';

-- Written so that the planner inlines it: period @> day uses an index on wmo.daterange(period).
CREATE FUNCTION wmo.contains(period wmo.objection_period, day date) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT wmo.daterange(period) OPERATOR(pg_catalog.@>) day;
END;
COMMENT ON FUNCTION wmo.contains(wmo.objection_period, date) IS
  'Can it be fought on this day, by the longest reading? Uses a GiST index on wmo.daterange(period).';

CREATE FUNCTION wmo.contained_by(day date, period wmo.objection_period) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT wmo.daterange(period) OPERATOR(pg_catalog.@>) day;
END;
COMMENT ON FUNCTION wmo.contained_by(date, wmo.objection_period) IS
  'Can it be fought on this day, by the longest reading?';

CREATE OPERATOR @extschema@.@> (
  LEFTARG = wmo.objection_period, RIGHTARG = date, FUNCTION = wmo.contains, COMMUTATOR = OPERATOR(@extschema@.<@),
  RESTRICT = contsel, JOIN = contjoinsel
);
COMMENT ON OPERATOR @extschema@.@> (wmo.objection_period, date) IS
  'Can it be fought on this day, by the longest reading? Function twin: wmo.contains.';
CREATE OPERATOR @extschema@.<@ (
  LEFTARG = date, RIGHTARG = wmo.objection_period, FUNCTION = wmo.contained_by, COMMUTATOR = OPERATOR(@extschema@.@>),
  RESTRICT = contsel, JOIN = contjoinsel
);
COMMENT ON OPERATOR @extschema@.<@ (date, wmo.objection_period) IS
  'Can it be fought on this day, by the longest reading? Function twin: wmo.contained_by.';

CREATE FUNCTION wmo.is_timely(period wmo.objection_period, received date, posted date DEFAULT NULL,
  way text DEFAULT NULL) RETURNS boolean
LANGUAGE c STABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_is_timely';
COMMENT ON FUNCTION wmo.is_timely(wmo.objection_period, date, date, text) IS
  'Was a letter in time (Awb 6:9)? Received on the last day or before; or, by post, posted by then and received within '
  'a week after. way: post, delivered or electronic; null = not known. Only for regimes with that rule. Null where '
  'what decides is not known: without a day of receipt; within that week without a day of posting; before the decision '
  'was made known (Awb 6:10 may save it); and where the two last days of the period answer differently. '
  'wmo.explain_timely says which.';

CREATE FUNCTION wmo.explain_timely(
  period wmo.objection_period, received date, posted date DEFAULT NULL, way text DEFAULT NULL,
  OUT step integer, OUT day date, OUT applied text, OUT explanation text
) RETURNS SETOF record
LANGUAGE c STABLE PARALLEL SAFE COST 300 ROWS 3
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_explain_timely';
COMMENT ON FUNCTION wmo.explain_timely(wmo.objection_period, date, date, text) IS
  'How wmo.is_timely comes to its answer, with the presumption of case law about the day of posting as a warning.';

-- It is no overload of decision_last_day: a quoted date would then be ambiguous.
CREATE FUNCTION wmo.decision_last_day_after(regime text, period wmo.objection_period) RETURNS date
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT wmo.decision_last_day(regime, wmo.latest_last_day(period));
END;
COMMENT ON FUNCTION wmo.decision_last_day_after(text, wmo.objection_period) IS
  'The chain: the last day to decide, counted from the extended end of the objection period (Awb 7:10 lid 1).';

CREATE FUNCTION wmo.recomputed(period wmo.objection_period) RETURNS wmo.objection_period
LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_recomputed';
COMMENT ON FUNCTION wmo.recomputed(wmo.objection_period) IS
  'What the same event, length and regime give by the calendar and the rules of now. A period without event day or '
  'length comes back as it is; null when its regime is no longer known on that day.';

CREATE FUNCTION wmo.explain_objection_period(
  period wmo.objection_period, OUT step integer, OUT day date, OUT applied text, OUT explanation text
) RETURNS SETOF record
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 300 ROWS 12
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_explain';
COMMENT ON FUNCTION wmo.explain_objection_period(wmo.objection_period) IS
  'How the period comes to its two last days, step by step: regime with citation, each reading, warnings, the '
  'practical days; and whether today''s calendar would give another end.';

CREATE FUNCTION wmo.calendar_warning(period wmo.objection_period) RETURNS text
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 20
AS 'MODULE_PATHNAME', 'wmo_sql_objection_calendar_warning';
COMMENT ON FUNCTION wmo.calendar_warning(wmo.objection_period) IS
  'Why its last days are not sure: a decree on equated days that is not known here could move them, where the Atw '
  'extends the term by some reading. Null = nothing.';

CREATE FUNCTION wmo.objection_period_eq(wmo.objection_period, wmo.objection_period) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_eq';
COMMENT ON FUNCTION wmo.objection_period_eq(wmo.objection_period, wmo.objection_period) IS
  'Equal in every field. The operator =.';
CREATE OPERATOR @extschema@.= (
  LEFTARG = wmo.objection_period, RIGHTARG = wmo.objection_period, FUNCTION = wmo.objection_period_eq,
  COMMUTATOR = OPERATOR(@extschema@.=), NEGATOR = OPERATOR(@extschema@.<>),
  RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR @extschema@.= (wmo.objection_period, wmo.objection_period) IS
  'Equal in every field. Function twin: wmo.objection_period_eq.';

CREATE FUNCTION wmo.objection_period_ne(wmo.objection_period, wmo.objection_period) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_ne';
COMMENT ON FUNCTION wmo.objection_period_ne(wmo.objection_period, wmo.objection_period) IS
  'Different in some field. The operator <>.';
CREATE OPERATOR @extschema@.<> (
  LEFTARG = wmo.objection_period, RIGHTARG = wmo.objection_period, FUNCTION = wmo.objection_period_ne,
  COMMUTATOR = OPERATOR(@extschema@.<>), NEGATOR = OPERATOR(@extschema@.=),
  RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR @extschema@.<> (wmo.objection_period, wmo.objection_period) IS
  'Different in some field. Function twin: wmo.objection_period_ne.';

CREATE FUNCTION wmo.objection_period_lt(wmo.objection_period, wmo.objection_period) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_lt';
COMMENT ON FUNCTION wmo.objection_period_lt(wmo.objection_period, wmo.objection_period) IS
  'Before in the order: by last day, latest last day, event, length, regime. The operator <.';
CREATE OPERATOR @extschema@.< (
  LEFTARG = wmo.objection_period, RIGHTARG = wmo.objection_period, FUNCTION = wmo.objection_period_lt,
  COMMUTATOR = OPERATOR(@extschema@.>), NEGATOR = OPERATOR(@extschema@.>=),
  RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR @extschema@.< (wmo.objection_period, wmo.objection_period) IS
  'Before in the order: by last day, latest last day, event, length, regime. Function twin: wmo.objection_period_lt.';

CREATE FUNCTION wmo.objection_period_le(wmo.objection_period, wmo.objection_period) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_le';
COMMENT ON FUNCTION wmo.objection_period_le(wmo.objection_period, wmo.objection_period) IS
  'Before in the order, or equal. The operator <=.';
CREATE OPERATOR @extschema@.<= (
  LEFTARG = wmo.objection_period, RIGHTARG = wmo.objection_period, FUNCTION = wmo.objection_period_le,
  COMMUTATOR = OPERATOR(@extschema@.>=), NEGATOR = OPERATOR(@extschema@.>),
  RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR @extschema@.<= (wmo.objection_period, wmo.objection_period) IS
  'Before in the order, or equal. Function twin: wmo.objection_period_le.';

CREATE FUNCTION wmo.objection_period_gt(wmo.objection_period, wmo.objection_period) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_gt';
COMMENT ON FUNCTION wmo.objection_period_gt(wmo.objection_period, wmo.objection_period) IS
  'After in the order. The operator >.';
CREATE OPERATOR @extschema@.> (
  LEFTARG = wmo.objection_period, RIGHTARG = wmo.objection_period, FUNCTION = wmo.objection_period_gt,
  COMMUTATOR = OPERATOR(@extschema@.<), NEGATOR = OPERATOR(@extschema@.<=),
  RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR @extschema@.> (wmo.objection_period, wmo.objection_period) IS
  'After in the order. Function twin: wmo.objection_period_gt.';

CREATE FUNCTION wmo.objection_period_ge(wmo.objection_period, wmo.objection_period) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_ge';
COMMENT ON FUNCTION wmo.objection_period_ge(wmo.objection_period, wmo.objection_period) IS
  'After in the order, or equal. The operator >=.';
CREATE OPERATOR @extschema@.>= (
  LEFTARG = wmo.objection_period, RIGHTARG = wmo.objection_period, FUNCTION = wmo.objection_period_ge,
  COMMUTATOR = OPERATOR(@extschema@.<=), NEGATOR = OPERATOR(@extschema@.<),
  RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR @extschema@.>= (wmo.objection_period, wmo.objection_period) IS
  'After in the order, or equal. Function twin: wmo.objection_period_ge.';

CREATE FUNCTION wmo_works.objection_period_cmp(wmo.objection_period, wmo.objection_period) RETURNS integer
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_cmp';
COMMENT ON FUNCTION wmo_works.objection_period_cmp(wmo.objection_period, wmo.objection_period) IS
  'Order by last day, latest last day, event (unknown first), length, regime: -1, 0 or 1.';
CREATE FUNCTION wmo_works.objection_period_hash(wmo.objection_period) RETURNS integer
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_hash';
COMMENT ON FUNCTION wmo_works.objection_period_hash(wmo.objection_period) IS 'Hash of every field.';
CREATE FUNCTION wmo_works.objection_period_hash_extended(wmo.objection_period, bigint) RETURNS bigint
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'wmo_sql_objection_period_hash_extended';
COMMENT ON FUNCTION wmo_works.objection_period_hash_extended(wmo.objection_period, bigint) IS
  'Hash of every field with a seed.';

CREATE OPERATOR CLASS wmo_works.objection_period_btree DEFAULT FOR TYPE wmo.objection_period USING btree AS
  OPERATOR 1 @extschema@.<,
  OPERATOR 2 @extschema@.<=,
  OPERATOR 3 @extschema@.=,
  OPERATOR 4 @extschema@.>=,
  OPERATOR 5 @extschema@.>,
  FUNCTION 1 wmo_works.objection_period_cmp(wmo.objection_period, wmo.objection_period),
  FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR CLASS wmo_works.objection_period_btree USING btree IS 'Order and uniqueness of objection periods.';
COMMENT ON OPERATOR FAMILY wmo_works.objection_period_btree USING btree IS 'Order and uniqueness of objection periods.';
CREATE OPERATOR CLASS wmo_works.objection_period_hash DEFAULT FOR TYPE wmo.objection_period USING hash AS
  OPERATOR 1 @extschema@.=,
  FUNCTION 1 wmo_works.objection_period_hash(wmo.objection_period),
  FUNCTION 2 wmo_works.objection_period_hash_extended(wmo.objection_period, bigint);
COMMENT ON OPERATOR CLASS wmo_works.objection_period_hash USING hash IS
  'Hash joins and partitions of objection periods.';
COMMENT ON OPERATOR FAMILY wmo_works.objection_period_hash USING hash IS
  'Hash joins and partitions of objection periods.';
