/*
 * objection_period.c - the type objection_period.
 */
#include "law/objection_period.h"

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/rangetypes.h"
#include "utils/typcache.h"

/* The first byte of the binary form. */
#define BINARY_VERSION 1

WMO_FUNCTION(wmo_sql_objection_period_in);
WMO_FUNCTION(wmo_sql_objection_period_out);
WMO_FUNCTION(wmo_sql_objection_period_recv);
WMO_FUNCTION(wmo_sql_objection_period_send);
WMO_FUNCTION(wmo_sql_objection_period_make);
WMO_FUNCTION(wmo_sql_objection_period_until);
WMO_FUNCTION(wmo_sql_objection_period_recomputed);
WMO_FUNCTION(wmo_sql_objection_period_regime);
WMO_FUNCTION(wmo_sql_objection_period_event_day);
WMO_FUNCTION(wmo_sql_objection_period_length);
WMO_FUNCTION(wmo_sql_objection_period_first_day);
WMO_FUNCTION(wmo_sql_objection_period_last_day);
WMO_FUNCTION(wmo_sql_objection_period_latest_last_day);
WMO_FUNCTION(wmo_sql_objection_period_earliest_final);
WMO_FUNCTION(wmo_sql_objection_period_daterange);
WMO_FUNCTION(wmo_sql_objection_period_cmp);
WMO_FUNCTION(wmo_sql_objection_period_eq);
WMO_FUNCTION(wmo_sql_objection_period_ne);
WMO_FUNCTION(wmo_sql_objection_period_lt);
WMO_FUNCTION(wmo_sql_objection_period_le);
WMO_FUNCTION(wmo_sql_objection_period_gt);
WMO_FUNCTION(wmo_sql_objection_period_ge);
WMO_FUNCTION(wmo_sql_objection_period_hash);
WMO_FUNCTION(wmo_sql_objection_period_hash_extended);

static ObjectionPeriod *
make_period(const WmoObjection *days, const char *regime, size_t regime_size)
{
	Size size = OBJECTION_HEADER_SIZE + regime_size;
	ObjectionPeriod *period = palloc(size);

	SET_VARSIZE(period, size);
	period->days = *days;
	memcpy(period->regime, regime, regime_size);
	return period;
}

/* Raises what wmo_objection_check found in a value that was computed, not typed. */
static void
check_computed(const WmoObjection *days)
{
	WmoObjectionFault fault = wmo_objection_check(days);

	if (unlikely(fault != WMO_OBJECTION_OK))
		ereport(ERROR,
				(errcode(fault == WMO_OBJECTION_DAY_OUT_OF_RANGE ? ERRCODE_DATETIME_VALUE_OUT_OF_RANGE :
																   ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("these days make no objection period"), errdetail("%s", wmo_objection_fault_text(fault))));
}

/* Text input; the literal is described in core/objection.h. Soft errors. */
Datum
wmo_sql_objection_period_in(PG_FUNCTION_ARGS)
{
	char *string = PG_GETARG_CSTRING(0);
	WmoObjection days;
	const char *regime;
	size_t regime_size;
	WmoObjectionFault fault = wmo_objection_parse(string, strlen(string), &days, &regime, &regime_size);

	if (fault != WMO_OBJECTION_OK)
		wmo_return_error(fcinfo->context,
						 (errcode(fault == WMO_OBJECTION_DAY_OUT_OF_RANGE ? ERRCODE_DATETIME_VALUE_OUT_OF_RANGE :
																			ERRCODE_INVALID_TEXT_REPRESENTATION),
						  errmsg("invalid input syntax for type wmo.objection_period: \"%s\"", string),
						  errdetail("%s", wmo_objection_fault_text(fault)),
						  errhint("An example: standstill:(2018-07-24+P20D,2018-08-13].")));
	PG_RETURN_POINTER(make_period(&days, regime, regime_size));
}

/* Text output, one canonical form for each value. */
Datum
wmo_sql_objection_period_out(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period = GETARG_OBJECTION_PERIOD(0);
	char *string = palloc(WMO_OBJECTION_TEXT);

	wmo_objection_print(&period->days, period->regime, OBJECTION_REGIME_SIZE(period), string);
	PG_RETURN_CSTRING(string);
}

/* Binary form: version 1, five int32 (event, months, days, last, latest; days from 1970-01-01), the regime's name. */
Datum
wmo_sql_objection_period_recv(PG_FUNCTION_ARGS)
{
	StringInfo buffer = (StringInfo) PG_GETARG_POINTER(0);
	int version = pq_getmsgbyte(buffer);
	WmoObjection days;
	WmoObjectionFault fault;
	const char *regime;
	int regime_size;

	if (version != BINARY_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("unknown version %d of the binary form of wmo.objection_period", version),
				 errdetail("Expected version %d.", BINARY_VERSION)));
	days.event = (WmoDay) pq_getmsgint(buffer, 4);
	days.length.months = (int32) pq_getmsgint(buffer, 4);
	days.length.days = (int32) pq_getmsgint(buffer, 4);
	days.last_day = (WmoDay) pq_getmsgint(buffer, 4);
	days.latest_last_day = (WmoDay) pq_getmsgint(buffer, 4);
	regime_size = buffer->len - buffer->cursor;
	regime = pq_getmsgbytes(buffer, regime_size);
	fault = wmo_regime_name_is_valid(regime, regime_size) ? wmo_objection_check(&days) : WMO_OBJECTION_BAD_REGIME;
	if (fault != WMO_OBJECTION_OK)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION), errmsg("invalid binary form of wmo.objection_period"),
				 errdetail("%s", wmo_objection_fault_text(fault))));
	PG_RETURN_POINTER(make_period(&days, regime, regime_size));
}

/* Binary output: see wmo_sql_objection_period_recv. */
Datum
wmo_sql_objection_period_send(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period = GETARG_OBJECTION_PERIOD(0);
	StringInfoData buffer;

	pq_begintypsend(&buffer);
	pq_sendbyte(&buffer, BINARY_VERSION);
	pq_sendint32(&buffer, (uint32) period->days.event);
	pq_sendint32(&buffer, (uint32) period->days.length.months);
	pq_sendint32(&buffer, (uint32) period->days.length.days);
	pq_sendint32(&buffer, (uint32) period->days.last_day);
	pq_sendint32(&buffer, (uint32) period->days.latest_last_day);
	pq_sendbytes(&buffer, period->regime, (int) OBJECTION_REGIME_SIZE(period));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buffer));
}

WmoObjection
wmo_objection_compute(const WmoTermRule *rule, WmoDay event, WmoLength length)
{
	WmoObjection days = {event, length, event, event};

	days.last_day = wmo_term_last_day_or_error(event, length, rule->rule);
	days.latest_last_day = rule->latest_rule == rule->rule ?
		days.last_day :
		wmo_term_last_day_or_error(event, length, rule->latest_rule);
	if (days.latest_last_day < days.last_day)
	{
		WmoDay safe = days.latest_last_day;

		days.latest_last_day = days.last_day;
		days.last_day = safe;
	}
	check_computed(&days);
	return days;
}

static void
refuse_decision(const WmoTermRule *rule)
{
	if (unlikely(rule->decision))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("regime \"%s\" is a term to decide in, not a remedy", rule->regime),
				 errhint("Use wmo.decision_last_day.")));
}

/* wmo.objection_period(regime text, event date, length interval) -> objection_period; null without regime or event. */
Datum
wmo_sql_objection_period_make(PG_FUNCTION_ARGS)
{
	text *regime;
	WmoDay event;
	const WmoTermRule *rule;
	WmoLength length;
	WmoObjection days;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	regime = PG_GETARG_TEXT_PP(0);
	event = wmo_day_from_date(PG_GETARG_DATEADT(1), "event day");
	rule = wmo_term_rule_on(VARDATA_ANY(regime), VARSIZE_ANY_EXHDR(regime), event, false);
	refuse_decision(rule);
	if (!PG_ARGISNULL(2))
		length = wmo_length_from_interval(PG_GETARG_INTERVAL_P(2));
	else if (rule->has_length)
		length = rule->length;
	else
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("regime \"%s\" has no length of its own", rule->regime),
				 errhint("Give the length that the documents set: wmo.objection_period('%s', event, '20 days').",
						 rule->regime)));
	if (length.months <= 0 && length.days <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the length of an objection period must be above zero")));
	days = wmo_objection_compute(rule, event, length);
	PG_RETURN_POINTER(make_period(&days, rule->regime, rule->regime_size));
}

/* wmo.objection_period_until(regime text, last_day date, latest_last_day date): a published end, the event unknown. */
Datum
wmo_sql_objection_period_until(PG_FUNCTION_ARGS)
{
	text *regime;
	const WmoTermRule *rule;
	WmoObjection days = {WMO_DAY_UNKNOWN, {0, 0}, 0, 0};

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	regime = PG_GETARG_TEXT_PP(0);
	rule = wmo_term_rule_named(VARDATA_ANY(regime), VARSIZE_ANY_EXHDR(regime));
	if (rule == NULL)
		wmo_unknown_regime(VARDATA_ANY(regime), VARSIZE_ANY_EXHDR(regime));
	refuse_decision(rule);
	days.last_day = wmo_day_from_date(PG_GETARG_DATEADT(1), "last day");
	days.latest_last_day = PG_ARGISNULL(2) ? days.last_day : wmo_day_from_date(PG_GETARG_DATEADT(2), "latest last day");
	check_computed(&days);
	PG_RETURN_POINTER(make_period(&days, rule->regime, rule->regime_size));
}

bool
wmo_objection_can_be_recomputed(const WmoObjection *days)
{
	return days->event != WMO_DAY_UNKNOWN && (days->length.months != 0 || days->length.days != 0);
}

/*
 * wmo.recomputed(period) -> objection_period: the same event, length and regime by today's calendar and rules. A period
 * without event or length comes back as it is; null when the regime is no longer there to compute with.
 */
Datum
wmo_sql_objection_period_recomputed(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period = GETARG_OBJECTION_PERIOD(0);
	const WmoTermRule *rule;
	WmoObjection days;

	if (!wmo_objection_can_be_recomputed(&period->days))
		PG_RETURN_POINTER(period);
	rule = wmo_term_rule_on(period->regime, OBJECTION_REGIME_SIZE(period), period->days.event, true);
	if (rule == NULL || rule->decision)
		PG_RETURN_NULL();
	days = wmo_objection_compute(rule, period->days.event, period->days.length);
	PG_RETURN_POINTER(make_period(&days, period->regime, OBJECTION_REGIME_SIZE(period)));
}

/* wmo.regime(period) -> text */
Datum
wmo_sql_objection_period_regime(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period = GETARG_OBJECTION_PERIOD(0);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(period->regime, (int) OBJECTION_REGIME_SIZE(period)));
}

/* wmo.event_day(period) -> date; null when not known. */
Datum
wmo_sql_objection_period_event_day(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period = GETARG_OBJECTION_PERIOD(0);

	if (period->days.event == WMO_DAY_UNKNOWN)
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(wmo_date_from_day(period->days.event));
}

/* wmo.term_length(period) -> interval; null when not known. */
Datum
wmo_sql_objection_period_length(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period = GETARG_OBJECTION_PERIOD(0);

	if (period->days.length.months == 0 && period->days.length.days == 0)
		PG_RETURN_NULL();
	PG_RETURN_INTERVAL_P(wmo_interval_from_length(period->days.length));
}

/* wmo.first_day(period) -> date: the day after the event; null when not known. */
Datum
wmo_sql_objection_period_first_day(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period = GETARG_OBJECTION_PERIOD(0);

	if (period->days.event == WMO_DAY_UNKNOWN)
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(wmo_date_from_day(period->days.event + 1));
}

/* wmo.last_day(period) -> date: the earliest last day. */
Datum
wmo_sql_objection_period_last_day(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATEADT(wmo_date_from_day(GETARG_OBJECTION_PERIOD(0)->days.last_day));
}

/* wmo.latest_last_day(period) -> date: the last day by the longest reading. */
Datum
wmo_sql_objection_period_latest_last_day(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATEADT(wmo_date_from_day(GETARG_OBJECTION_PERIOD(0)->days.latest_last_day));
}

/* wmo.earliest_final(period) -> date: the day after the latest last day. */
Datum
wmo_sql_objection_period_earliest_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATEADT(wmo_date_from_day(GETARG_OBJECTION_PERIOD(0)->days.latest_last_day + 1));
}

/* wmo.daterange(period) -> daterange: from the first day (unbounded when unknown) through the latest last day. */
Datum
wmo_sql_objection_period_daterange(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period = GETARG_OBJECTION_PERIOD(0);
	TypeCacheEntry *type = range_get_typcache(fcinfo, DATERANGEOID);
	RangeBound lower = {0};
	RangeBound upper = {0};

	lower.lower = true;
	lower.infinite = period->days.event == WMO_DAY_UNKNOWN;
	lower.inclusive = !lower.infinite;
	lower.val = DateADTGetDatum(lower.infinite ? 0 : wmo_date_from_day(period->days.event + 1));
	upper.val = DateADTGetDatum(wmo_date_from_day(period->days.latest_last_day + 1));
	PG_RETURN_RANGE_P(wmo_range_serialize(type, &lower, &upper, false));
}

/* Orders two periods by their days, then by the name of the regime; equal only in every field. */
static int
compare_periods(FunctionCallInfo fcinfo)
{
	ObjectionPeriod *left = GETARG_OBJECTION_PERIOD(0);
	ObjectionPeriod *right = GETARG_OBJECTION_PERIOD(1);
	Size left_size = OBJECTION_REGIME_SIZE(left);
	Size right_size = OBJECTION_REGIME_SIZE(right);
	int order = wmo_objection_compare(&left->days, &right->days);

	if (order == 0)
		order = memcmp(left->regime, right->regime, Min(left_size, right_size));
	if (order == 0)
		order = (left_size > right_size) - (left_size < right_size);
	return (order > 0) - (order < 0);
}

/* The btree order: -1, 0 or 1. */
Datum
wmo_sql_objection_period_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare_periods(fcinfo));
}

Datum
wmo_sql_objection_period_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_periods(fcinfo) == 0);
}

Datum
wmo_sql_objection_period_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_periods(fcinfo) != 0);
}

Datum
wmo_sql_objection_period_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_periods(fcinfo) < 0);
}

Datum
wmo_sql_objection_period_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_periods(fcinfo) <= 0);
}

Datum
wmo_sql_objection_period_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_periods(fcinfo) > 0);
}

Datum
wmo_sql_objection_period_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_periods(fcinfo) >= 0);
}

/* Every byte behind the header counts: five int32 without padding and the regime's name. */
Datum
wmo_sql_objection_period_hash(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period = GETARG_OBJECTION_PERIOD(0);

	return hash_any((unsigned char *) &period->days, (int) (VARSIZE(period) - VARHDRSZ));
}

/* The same with a seed. */
Datum
wmo_sql_objection_period_hash_extended(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period = GETARG_OBJECTION_PERIOD(0);

	return hash_any_extended((unsigned char *) &period->days, (int) (VARSIZE(period) - VARHDRSZ), PG_GETARG_INT64(1));
}
