/*
 * objection_period.c - the type objection_period.
 */
#include "term.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/rangetypes.h"
#include "utils/typcache.h"

/*
 * On disk: a varlena of type storage "plain", so it is always aligned, never compressed and never out of line.
 *
 *   4 bytes  varlena header
 *  20 bytes  WmoObjection: event, months, days, last day, latest last day as int32 days from 1970-01-01
 *  1-63      the regime's name, without a zero byte
 */
typedef struct ObjectionPeriod
{
	int32 vl_len_;
	WmoObjection days;
	char regime[FLEXIBLE_ARRAY_MEMBER];
} ObjectionPeriod;

StaticAssertDecl(sizeof(WmoObjection) == 20, "WmoObjection must have no padding: it is stored as it is");

#define HEADER_SIZE offsetof(ObjectionPeriod, regime)
#define REGIME_SIZE(period) (VARSIZE(period) - HEADER_SIZE)
#define GETARG_PERIOD(n) ((ObjectionPeriod *) PG_DETOAST_DATUM(PG_GETARG_DATUM(n)))

/* The first byte of the binary form. */
#define BINARY_VERSION 1

WMO_FUNCTION(objection_period_in);
WMO_FUNCTION(objection_period_out);
WMO_FUNCTION(objection_period_recv);
WMO_FUNCTION(objection_period_send);
WMO_FUNCTION(objection_period_make);
WMO_FUNCTION(objection_period_until);
WMO_FUNCTION(objection_period_recomputed);
WMO_FUNCTION(objection_period_regime);
WMO_FUNCTION(objection_period_event_day);
WMO_FUNCTION(objection_period_length);
WMO_FUNCTION(objection_period_first_day);
WMO_FUNCTION(objection_period_last_day);
WMO_FUNCTION(objection_period_latest_last_day);
WMO_FUNCTION(objection_period_earliest_final);
WMO_FUNCTION(objection_period_daterange);
WMO_FUNCTION(objection_period_is_timely);
WMO_FUNCTION(objection_period_explain);
WMO_FUNCTION(objection_period_cmp);
WMO_FUNCTION(objection_period_eq);
WMO_FUNCTION(objection_period_ne);
WMO_FUNCTION(objection_period_lt);
WMO_FUNCTION(objection_period_le);
WMO_FUNCTION(objection_period_gt);
WMO_FUNCTION(objection_period_ge);
WMO_FUNCTION(objection_period_hash);
WMO_FUNCTION(objection_period_hash_extended);

static ObjectionPeriod *
make_period(const WmoObjection *days, const char *regime, size_t regime_size)
{
	Size size = HEADER_SIZE + regime_size;
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

Datum
objection_period_in(PG_FUNCTION_ARGS)
{
	char *text = PG_GETARG_CSTRING(0);
	WmoObjection days;
	const char *regime;
	size_t regime_size;
	WmoObjectionFault fault = wmo_objection_parse(text, strlen(text), &days, &regime, &regime_size);

	if (fault != WMO_OBJECTION_OK)
		wmo_return_error(fcinfo->context,
						 (errcode(fault == WMO_OBJECTION_DAY_OUT_OF_RANGE ? ERRCODE_DATETIME_VALUE_OUT_OF_RANGE :
																			ERRCODE_INVALID_TEXT_REPRESENTATION),
						  errmsg("invalid input syntax for type wmo.objection_period: \"%s\"", text),
						  errdetail("%s", wmo_objection_fault_text(fault)),
						  errhint("An example: standstill:(2018-07-24+P20D,2018-08-13].")));
	PG_RETURN_POINTER(make_period(&days, regime, regime_size));
}

Datum
objection_period_out(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period = GETARG_PERIOD(0);
	char *text = palloc(WMO_OBJECTION_TEXT);

	wmo_objection_print(&period->days, period->regime, REGIME_SIZE(period), text);
	PG_RETURN_CSTRING(text);
}

/* Binary form: version 1, five int32 (event, months, days, last, latest; days from 1970-01-01), the regime's name. */
Datum
objection_period_recv(PG_FUNCTION_ARGS)
{
	StringInfo buffer = (StringInfo) PG_GETARG_POINTER(0);
	int version = pq_getmsgbyte(buffer);
	WmoObjection days;
	WmoObjectionFault fault;
	const char *regime;
	int regime_size;

	if (version != BINARY_VERSION)
		ereport(ERROR, (errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
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
		ereport(ERROR, (errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
						errmsg("invalid binary form of wmo.objection_period"),
						errdetail("%s", wmo_objection_fault_text(fault))));
	PG_RETURN_POINTER(make_period(&days, regime, regime_size));
}

Datum
objection_period_send(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period = GETARG_PERIOD(0);
	StringInfoData buffer;

	pq_begintypsend(&buffer);
	pq_sendbyte(&buffer, BINARY_VERSION);
	pq_sendint32(&buffer, (uint32) period->days.event);
	pq_sendint32(&buffer, (uint32) period->days.length.months);
	pq_sendint32(&buffer, (uint32) period->days.length.days);
	pq_sendint32(&buffer, (uint32) period->days.last_day);
	pq_sendint32(&buffer, (uint32) period->days.latest_last_day);
	pq_sendbytes(&buffer, period->regime, (int) REGIME_SIZE(period));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buffer));
}

/* The period by this rule: the earlier end of its two readings is the safe one. */
static WmoObjection
compute(const WmoTermRule *rule, WmoDay event, WmoLength length)
{
	WmoObjection days = {event, length, event, event};

	days.last_day = wmo_term_last_day_or_error(event, length, rule->rule);
	days.latest_last_day =
		rule->latest_rule == rule->rule ? days.last_day : wmo_term_last_day_or_error(event, length, rule->latest_rule);
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
objection_period_make(PG_FUNCTION_ARGS)
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
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("regime \"%s\" has no length of its own", rule->regime),
				 errhint("Give the length that the documents set: wmo.objection_period('%s', event, '20 days').",
						 rule->regime)));
	if (length.months <= 0 && length.days <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("the length of an objection period must be above zero")));
	days = compute(rule, event, length);
	PG_RETURN_POINTER(make_period(&days, rule->regime, rule->regime_size));
}

/* wmo.objection_period_until(regime text, last_day date, latest_last_day date): a published end, the event unknown. */
Datum
objection_period_until(PG_FUNCTION_ARGS)
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
	days.latest_last_day =
		PG_ARGISNULL(2) ? days.last_day : wmo_day_from_date(PG_GETARG_DATEADT(2), "latest last day");
	check_computed(&days);
	PG_RETURN_POINTER(make_period(&days, rule->regime, rule->regime_size));
}

static bool
can_be_recomputed(const WmoObjection *days)
{
	return days->event != WMO_DAY_UNKNOWN && (days->length.months != 0 || days->length.days != 0);
}

/*
 * wmo.recomputed(period) -> objection_period: the same event, length and regime by today's calendar and rules. A period
 * without event or length comes back as it is; null when the regime is no longer there to compute with.
 */
Datum
objection_period_recomputed(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period = GETARG_PERIOD(0);
	const WmoTermRule *rule;
	WmoObjection days;

	if (!can_be_recomputed(&period->days))
		PG_RETURN_POINTER(period);
	rule = wmo_term_rule_on(period->regime, REGIME_SIZE(period), period->days.event, true);
	if (rule == NULL || rule->decision)
		PG_RETURN_NULL();
	days = compute(rule, period->days.event, period->days.length);
	PG_RETURN_POINTER(make_period(&days, period->regime, REGIME_SIZE(period)));
}

Datum
objection_period_regime(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period = GETARG_PERIOD(0);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(period->regime, (int) REGIME_SIZE(period)));
}

Datum
objection_period_event_day(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period = GETARG_PERIOD(0);

	if (period->days.event == WMO_DAY_UNKNOWN)
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(wmo_date_from_day(period->days.event));
}

Datum
objection_period_length(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period = GETARG_PERIOD(0);
	Interval *length;

	if (period->days.length.months == 0 && period->days.length.days == 0)
		PG_RETURN_NULL();
	length = palloc0(sizeof(Interval));
	length->month = period->days.length.months;
	length->day = period->days.length.days;
	PG_RETURN_INTERVAL_P(length);
}

Datum
objection_period_first_day(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period = GETARG_PERIOD(0);

	if (period->days.event == WMO_DAY_UNKNOWN)
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(wmo_date_from_day(period->days.event + 1));
}

Datum
objection_period_last_day(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATEADT(wmo_date_from_day(GETARG_PERIOD(0)->days.last_day));
}

Datum
objection_period_latest_last_day(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATEADT(wmo_date_from_day(GETARG_PERIOD(0)->days.latest_last_day));
}

Datum
objection_period_earliest_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATEADT(wmo_date_from_day(GETARG_PERIOD(0)->days.latest_last_day + 1));
}

/* wmo.daterange(period) -> daterange: from the first day (unbounded when unknown) through the latest last day. */
Datum
objection_period_daterange(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period = GETARG_PERIOD(0);
	TypeCacheEntry *type = range_get_typcache(fcinfo, DATERANGEOID);
	RangeBound lower = {0};
	RangeBound upper = {0};

	lower.lower = true;
	lower.infinite = period->days.event == WMO_DAY_UNKNOWN;
	lower.inclusive = !lower.infinite;
	lower.val = DateADTGetDatum(lower.infinite ? 0 : wmo_date_from_day(period->days.event + 1));
	upper.val = DateADTGetDatum(wmo_date_from_day(period->days.latest_last_day + 1));
	PG_RETURN_RANGE_P(range_serialize(type, &lower, &upper, false));
}

/* Awb 6:9: received on the last day or before, or posted by then and received within a week after it. */
static bool
timely_by(WmoDay last_day, WmoDay received, WmoDay posted)
{
	if (received <= last_day)
		return true;
	if (posted > last_day)
		return false;
	/* The week of receipt is itself a term set by statute, so the Atw extends it too. */
	return received <= wmo_term_last_day_or_error(last_day, (WmoLength) {0, 7}, WMO_RULE_ATW);
}

/* wmo.is_timely(period, received date, posted date) -> boolean; null when its two last days answer differently. */
Datum
objection_period_is_timely(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period;
	const WmoTermRule *rule;
	WmoDay received;
	WmoDay posted;
	bool timely;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	period = GETARG_PERIOD(0);
	received = wmo_day_from_date(PG_GETARG_DATEADT(1), "day of receipt");
	rule = wmo_term_rule_named(period->regime, REGIME_SIZE(period));
	if (rule == NULL)
		wmo_unknown_regime(period->regime, REGIME_SIZE(period));
	if (!rule->posting_rule)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("whether a letter is in time is not settled by Awb 6:9 for regime \"%s\"", rule->regime),
				 errdetail("The remedy of this regime is going to court, not sending a letter."),
				 errhint("Compare the day of the summons with wmo.last_day.")));
	posted = PG_ARGISNULL(2) ? received : wmo_day_from_date(PG_GETARG_DATEADT(2), "day of posting");
	if (posted > received)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("a letter cannot be received before it is posted"),
				 errdetail("It is given as received on %s and posted on %s.", wmo_day_in_words(received),
						   wmo_day_in_words(posted))));
	timely = timely_by(period->days.last_day, received, posted);
	if (timely != timely_by(period->days.latest_last_day, received, posted))
		PG_RETURN_NULL();
	PG_RETURN_BOOL(timely);
}

static const char *
rule_in_words(WmoRule rule)
{
	switch (rule)
	{
		case WMO_RULE_ATW:
			return "Algemene termijnenwet";
		case WMO_RULE_EU_1182_71:
			return "Regulation 1182/71";
		case WMO_RULE_NONE:
			break;
	}
	return "no extension";
}

/* The statutory standstill rests on a directive: say so when the Regulation would end it on another day. */
static void
warn_of_the_regulation(WmoExplanation *explanation, const WmoTermRule *rule, const WmoObjection *days)
{
	WmoDay by_regulation;

	if (rule->rule != WMO_RULE_ATW || strcmp(rule->regime, "standstill") != 0)
		return;
	by_regulation = wmo_term_last_day_or_error(days->event, days->length, WMO_RULE_EU_1182_71);
	if (by_regulation != days->last_day)
		wmo_explain(explanation, by_regulation, "warning",
					psprintf("Under Regulation 1182/71 art. 3, where equated days are working days, this term would end on "
							 "%s: an earlier day is the safer one to go to court, a later one to sign.",
							 wmo_day_in_words(by_regulation)));
}

/* A regime's own length is what the statute sets: shorter cannot be, and more comes from the documents. */
static void
warn_of_the_length(WmoExplanation *explanation, const WmoTermRule *rule, WmoLength length)
{
	int order = (length.months > rule->length.months) - (length.months < rule->length.months);

	if (order == 0)
		order = (length.days > rule->length.days) - (length.days < rule->length.days);
	if (!rule->has_length || order == 0)
		return;
	wmo_explain(explanation, WMO_DAY_UNKNOWN, "warning",
				order < 0 ? "The length is less than the regime's own." :
							"The length is more than the regime's own: what the documents add is not a term set by "
							"statute, and whether the Atw extends it is open.");
}

static void
explain_computed(WmoExplanation *explanation, const WmoTermRule *rule, const WmoObjection *days)
{
	WmoTermRuleTexts texts = wmo_term_rule_texts(rule);
	WmoObjection now;

	wmo_explain(explanation, days->event, "regime",
				psprintf("Regime %s on %s: %s.", rule->regime, wmo_day_in_words(days->event), texts.citation));
	if (rule->rule != rule->latest_rule)
		wmo_explain(explanation, days->event, "reading", psprintf("First reading: %s.", rule_in_words(rule->rule)));
	wmo_explain_walk(explanation, days->event, days->length, rule->rule);
	if (rule->rule != rule->latest_rule)
	{
		wmo_explain(explanation, days->event, "reading",
					psprintf("Second reading: %s.", rule_in_words(rule->latest_rule)));
		wmo_explain_walk(explanation, days->event, days->length, rule->latest_rule);
	}
	if (texts.warning != NULL)
		wmo_explain(explanation, WMO_DAY_UNKNOWN, "warning", texts.warning);
	warn_of_the_length(explanation, rule, days->length);
	warn_of_the_regulation(explanation, rule, days);

	now = compute(rule, days->event, days->length);
	if (wmo_objection_compare(&now, days) != 0)
		wmo_explain(explanation, now.last_day, "warning",
					psprintf("The stored period is another than today's calendar and rules give: it ends on %s, latest on "
							 "%s.",
							 wmo_day_in_words(days->last_day), wmo_day_in_words(days->latest_last_day)));
}

/* A period that cannot be computed again; rule may be NULL. */
static void
explain_as_given(WmoExplanation *explanation, const WmoTermRule *rule, const ObjectionPeriod *period)
{
	WmoTermRuleTexts texts = {NULL, NULL};

	if (rule == NULL)
		wmo_explain(explanation, period->days.event, "regime",
					psprintf("Regime %s is not known here on these days.",
							 pnstrdup(period->regime, REGIME_SIZE(period))));
	else
	{
		texts = wmo_term_rule_texts(rule);
		wmo_explain(explanation, period->days.event, "regime", psprintf("Regime %s: %s.", rule->regime, texts.citation));
	}
	wmo_explain(explanation, period->days.event, "as given",
				"The event day, the length or the rule is not known: the last days are as they were published or stored.");
	if (texts.warning != NULL)
		wmo_explain(explanation, WMO_DAY_UNKNOWN, "warning", texts.warning);
}

/* wmo.explain_objection_period(period) -> setof (step, day, applied, explanation) */
Datum
objection_period_explain(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period = GETARG_PERIOD(0);
	const WmoObjection *days = &period->days;
	const WmoTermRule *rule;
	WmoTermRule copy;
	WmoExplanation explanation;

	wmo_explain_begin(&explanation, fcinfo);
	/* Of a published end the event is not known: its rule is looked for on the last day. */
	rule = wmo_term_rule_on(period->regime, REGIME_SIZE(period),
							days->event != WMO_DAY_UNKNOWN ? days->event : days->last_day, true);
	if (rule != NULL)
		copy = *rule;
	if (rule != NULL && can_be_recomputed(days))
		explain_computed(&explanation, &copy, days);
	else
		explain_as_given(&explanation, rule != NULL ? &copy : NULL, period);
	wmo_explain(&explanation, days->last_day, "safe last day",
				psprintf("The safe last day for who fights is %s.", wmo_day_in_words(days->last_day)));
	wmo_explain(&explanation, days->latest_last_day, "latest last day",
				psprintf("By the longest reading the period ends on %s.", wmo_day_in_words(days->latest_last_day)));
	wmo_explain(&explanation, days->latest_last_day + 1, "earliest final",
				psprintf("Final at the earliest on %s, if no proceedings are pending.",
						 wmo_day_in_words(days->latest_last_day + 1)));
	return (Datum) 0;
}

static int
compare_periods(FunctionCallInfo fcinfo)
{
	ObjectionPeriod *left = GETARG_PERIOD(0);
	ObjectionPeriod *right = GETARG_PERIOD(1);
	int order = wmo_objection_compare(&left->days, &right->days);

	if (order == 0)
		order = memcmp(left->regime, right->regime, Min(REGIME_SIZE(left), REGIME_SIZE(right)));
	if (order == 0)
		order = (REGIME_SIZE(left) > REGIME_SIZE(right)) - (REGIME_SIZE(left) < REGIME_SIZE(right));
	return (order > 0) - (order < 0);
}

Datum
objection_period_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare_periods(fcinfo));
}

Datum
objection_period_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_periods(fcinfo) == 0);
}

Datum
objection_period_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_periods(fcinfo) != 0);
}

Datum
objection_period_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_periods(fcinfo) < 0);
}

Datum
objection_period_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_periods(fcinfo) <= 0);
}

Datum
objection_period_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_periods(fcinfo) > 0);
}

Datum
objection_period_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_periods(fcinfo) >= 0);
}

/* Every byte behind the header counts: five int32 without padding and the regime's name. */
Datum
objection_period_hash(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period = GETARG_PERIOD(0);

	return hash_any((unsigned char *) &period->days, (int) (VARSIZE(period) - VARHDRSZ));
}

Datum
objection_period_hash_extended(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period = GETARG_PERIOD(0);

	return hash_any_extended((unsigned char *) &period->days, (int) (VARSIZE(period) - VARHDRSZ), PG_GETARG_INT64(1));
}
