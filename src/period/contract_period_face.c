/*
 * contract_period_face.c - what SQL asks of a contract_period: its terms and days, its operators, the life of its
 * options. The rules stand in core/period.c.
 */
#include "period/contract_period.h"

#include "access/htup_details.h"
#include "catalog/pg_type_d.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/rangetypes.h"
#include "utils/typcache.h"

WMO_FUNCTION(wmo_sql_contract_period_contains);
WMO_FUNCTION(wmo_sql_contract_period_contained_by);
WMO_FUNCTION(wmo_sql_contract_period_overlaps_range);
WMO_FUNCTION(wmo_sql_contract_period_range_overlaps);
WMO_FUNCTION(wmo_sql_contract_period_overlaps);
WMO_FUNCTION(wmo_sql_contract_period_first_term);
WMO_FUNCTION(wmo_sql_contract_period_current_term);
WMO_FUNCTION(wmo_sql_contract_period_maximum_term);
WMO_FUNCTION(wmo_sql_contract_period_certain_term);
WMO_FUNCTION(wmo_sql_contract_period_first_day);
WMO_FUNCTION(wmo_sql_contract_period_last_day);
WMO_FUNCTION(wmo_sql_contract_period_exclusive_end);
WMO_FUNCTION(wmo_sql_contract_period_end_kind);
WMO_FUNCTION(wmo_sql_contract_period_is_terminated);
WMO_FUNCTION(wmo_sql_contract_period_has_late_extension);
WMO_FUNCTION(wmo_sql_contract_period_has_agreed_extension);
WMO_FUNCTION(wmo_sql_contract_period_extension_notice);
WMO_FUNCTION(wmo_sql_contract_period_notice_by);
WMO_FUNCTION(wmo_sql_contract_period_status);
WMO_FUNCTION(wmo_sql_contract_period_exercise_option);
WMO_FUNCTION(wmo_sql_contract_period_decline_option);
WMO_FUNCTION(wmo_sql_contract_period_extend_by_agreement);
WMO_FUNCTION(wmo_sql_contract_period_terminate);
WMO_FUNCTION(wmo_sql_contract_period_revoke_termination);
WMO_FUNCTION(wmo_sql_contract_period_options);
WMO_FUNCTION(wmo_sql_contract_period_option_terms);

/* ---- operators ---- */

/* The flags and possible days of a stored value, without unpacking it. */
static int
read_head(const struct varlena *value, WmoDays *days)
{
	const uint8_t *bytes = (const uint8_t *) VARDATA_ANY(value);

	if (VARSIZE_ANY_EXHDR(value) < WMO_PERIOD_PACKED_MIN || (bytes[0] & WMO_PACKED_RESERVED) != 0)
	{
		WmoPeriod period;

		contract_period_read(value, &period);
	}
	memcpy(&days->first, bytes + WMO_PACKED_FIRST, sizeof(WmoDay));
	memcpy(&days->end, bytes + WMO_PACKED_END, sizeof(WmoDay));
	return bytes[0];
}

static Datum
verdict_datum(FunctionCallInfo fcinfo, WmoVerdict verdict)
{
	if (verdict == WMO_CANNOT_TELL)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(verdict == WMO_YES);
}

static Datum
contains(FunctionCallInfo fcinfo, const struct varlena *value, DateADT date)
{
	WmoDay day = wmo_date_to_day(date);
	WmoDays days;
	WmoPeriod period;

	if ((read_head(value, &days) & WMO_PACKED_UNCERTAIN) == 0)
		PG_RETURN_BOOL(day >= days.first && (day < days.end || days.end == WMO_DAY_INFINITY));
	contract_period_read(value, &period);
	return verdict_datum(fcinfo, wmo_period_contains(&period, day));
}

/* contract_period @> date: null when an unknown bound decides */
Datum
wmo_sql_contract_period_contains(PG_FUNCTION_ARGS)
{
	return contains(fcinfo, PG_GETARG_VARLENA_PP(0), PG_GETARG_DATEADT(1));
}

/* date <@ contract_period */
Datum
wmo_sql_contract_period_contained_by(PG_FUNCTION_ARGS)
{
	return contains(fcinfo, PG_GETARG_VARLENA_PP(1), PG_GETARG_DATEADT(0));
}

/* The days of a daterange. Only finite days count: "[infinity,)" has none. */
static WmoDays
days_of_range(FunctionCallInfo fcinfo, RangeType *range)
{
	RangeBound lower;
	RangeBound upper;
	bool empty;
	WmoDays days = {0, 0};

	range_deserialize(range_get_typcache(fcinfo, RangeTypeGetOid(range)), range, &lower, &upper, &empty);
	if (empty)
		return days;
	days.first = lower.infinite ? WMO_DAY_MINUS_INFINITY : wmo_date_to_day(DatumGetDateADT(lower.val));
	days.end = upper.infinite ? WMO_DAY_INFINITY : wmo_date_to_day(DatumGetDateADT(upper.val));
	return days;
}

static Datum
overlaps_range(FunctionCallInfo fcinfo, const struct varlena *value, RangeType *range)
{
	WmoPeriod period;

	contract_period_read(value, &period);
	return verdict_datum(fcinfo, wmo_period_overlaps(&period, days_of_range(fcinfo, range)));
}

/* contract_period && daterange */
Datum
wmo_sql_contract_period_overlaps_range(PG_FUNCTION_ARGS)
{
	return overlaps_range(fcinfo, PG_GETARG_VARLENA_PP(0), PG_GETARG_RANGE_P(1));
}

/* daterange && contract_period */
Datum
wmo_sql_contract_period_range_overlaps(PG_FUNCTION_ARGS)
{
	return overlaps_range(fcinfo, PG_GETARG_VARLENA_PP(1), PG_GETARG_RANGE_P(0));
}

/* contract_period && contract_period */
Datum
wmo_sql_contract_period_overlaps(PG_FUNCTION_ARGS)
{
	WmoPeriod one;
	WmoPeriod other;

	contract_period_read(PG_GETARG_VARLENA_PP(0), &one);
	contract_period_read(PG_GETARG_VARLENA_PP(1), &other);
	return verdict_datum(fcinfo, wmo_period_overlaps_period(&one, &other));
}

/* ---- terms and days ---- */

Datum
wmo_sql_contract_period_first_term(PG_FUNCTION_ARGS)
{
	WmoPeriod period;
	WmoDays days;

	contract_period_read(PG_GETARG_VARLENA_PP(0), &period);
	days.first = period.start_known ? period.start : WMO_DAY_MINUS_INFINITY;
	days.end = period.first_end_kind == WMO_END_DAY ? period.first_end : WMO_DAY_INFINITY;
	return contract_daterange(days);
}

Datum
wmo_sql_contract_period_current_term(PG_FUNCTION_ARGS)
{
	WmoDays days;

	read_head(PG_GETARG_VARLENA_PP(0), &days);
	return contract_daterange(days);
}

Datum
wmo_sql_contract_period_maximum_term(PG_FUNCTION_ARGS)
{
	WmoPeriod period;
	WmoDays days;
	WmoDay end;

	contract_period_read(PG_GETARG_VARLENA_PP(0), &period);
	days = wmo_period_possible(&period);
	if (wmo_period_maximum_end(&period, &end) == WMO_END_DAY)
		days.end = end;
	return contract_daterange(days);
}

Datum
wmo_sql_contract_period_certain_term(PG_FUNCTION_ARGS)
{
	WmoPeriod period;

	contract_period_read(PG_GETARG_VARLENA_PP(0), &period);
	return contract_daterange(wmo_period_certain(&period));
}

Datum
wmo_sql_contract_period_first_day(PG_FUNCTION_ARGS)
{
	WmoDays days;

	read_head(PG_GETARG_VARLENA_PP(0), &days);
	if (days.first == WMO_DAY_MINUS_INFINITY)
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(wmo_date_from_day(days.first));
}

Datum
wmo_sql_contract_period_last_day(PG_FUNCTION_ARGS)
{
	WmoDays days;

	read_head(PG_GETARG_VARLENA_PP(0), &days);
	if (days.end == WMO_DAY_INFINITY)
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(wmo_date_from_day(days.end - 1));
}

Datum
wmo_sql_contract_period_exclusive_end(PG_FUNCTION_ARGS)
{
	WmoDays days;

	read_head(PG_GETARG_VARLENA_PP(0), &days);
	if (days.end == WMO_DAY_INFINITY)
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(wmo_date_from_day(days.end));
}

Datum
wmo_sql_contract_period_end_kind(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {
		[WMO_END_DAY] = "day",
		[WMO_END_OPEN] = "open",
		[WMO_END_UNKNOWN] = "unknown",
	};
	WmoPeriod period;
	WmoDay end;

	contract_period_read(PG_GETARG_VARLENA_PP(0), &period);
	PG_RETURN_TEXT_P(cstring_to_text(names[wmo_period_current_end(&period, &end)]));
}

Datum
wmo_sql_contract_period_is_terminated(PG_FUNCTION_ARGS)
{
	WmoDays days;

	PG_RETURN_BOOL((read_head(PG_GETARG_VARLENA_PP(0), &days) & WMO_PACKED_TERMINATED) != 0);
}

static Datum
has_option_in_state(FunctionCallInfo fcinfo, WmoOptionState state, WmoOptionState other)
{
	WmoPeriod period;

	contract_period_read(PG_GETARG_VARLENA_PP(0), &period);
	for (int i = 0; i < period.option_count; i++)
	{
		if (period.options[i].state == state || period.options[i].state == other)
			PG_RETURN_BOOL(true);
	}
	PG_RETURN_BOOL(false);
}

Datum
wmo_sql_contract_period_has_late_extension(PG_FUNCTION_ARGS)
{
	return has_option_in_state(fcinfo, WMO_OPTION_EXERCISED_LATE, WMO_OPTION_AGREED_LATE);
}

Datum
wmo_sql_contract_period_has_agreed_extension(PG_FUNCTION_ARGS)
{
	return has_option_in_state(fcinfo, WMO_OPTION_AGREED, WMO_OPTION_AGREED_LATE);
}

Datum
wmo_sql_contract_period_extension_notice(PG_FUNCTION_ARGS)
{
	WmoPeriod period;

	contract_period_read(PG_GETARG_VARLENA_PP(0), &period);
	if (!period.has_notice)
		PG_RETURN_NULL();
	PG_RETURN_INTERVAL_P(wmo_interval_from_length(period.notice));
}

Datum
wmo_sql_contract_period_notice_by(PG_FUNCTION_ARGS)
{
	WmoPeriod period;
	int32_t next;
	WmoOptionTerm term;

	contract_period_read(PG_GETARG_VARLENA_PP(0), &period);
	next = wmo_period_next_option(&period);
	if (next < 0)
		PG_RETURN_NULL();
	term = wmo_period_option(&period, next);
	if (!term.has_notice_day)
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(wmo_date_from_day(term.notice_by));
}

Datum
wmo_sql_contract_period_status(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {
		[WMO_STATUS_NOT_STARTED] = "not_started", [WMO_STATUS_FIRST_TERM] = "first_term",
		[WMO_STATUS_EXTENDED] = "extended",		  [WMO_STATUS_ENDED] = "ended",
		[WMO_STATUS_TERMINATED] = "terminated",	  [WMO_STATUS_UNKNOWN] = "unknown",
	};
	WmoPeriod period;

	contract_period_read(PG_GETARG_VARLENA_PP(0), &period);
	PG_RETURN_TEXT_P(cstring_to_text(names[wmo_period_status(&period, wmo_date_to_day(PG_GETARG_DATEADT(1)))]));
}

/* ---- the life of the options ---- */

/* A changed period, or the error that says why not. */
static Datum
changed(bool accepted, const WmoPeriod *period, const WmoPeriodError *error)
{
	if (!accepted)
		return contract_period_report(NULL, error, period, NULL);
	return contract_period_datum(period);
}

/* exercise_option(period, received_on date, late boolean) */
Datum
wmo_sql_contract_period_exercise_option(PG_FUNCTION_ARGS)
{
	WmoPeriod period;
	WmoPeriodError error;
	bool has_received = !PG_ARGISNULL(1);
	WmoDay received = 0;
	bool accepted;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	contract_period_read(PG_GETARG_VARLENA_PP(0), &period);
	if (has_received)
		received = contract_period_day(PG_GETARG_DATEADT(1), "day of receipt", "Leave it null when it is not known.");
	accepted = wmo_period_exercise(&period, has_received, received, PG_GETARG_BOOL(2), &error);
	return changed(accepted, &period, &error);
}

/* decline_option(period) */
Datum
wmo_sql_contract_period_decline_option(PG_FUNCTION_ARGS)
{
	WmoPeriod period;
	WmoPeriodError error;
	bool accepted;

	contract_period_read(PG_GETARG_VARLENA_PP(0), &period);
	accepted = wmo_period_decline(&period, &error);
	return changed(accepted, &period, &error);
}

/* extend_by_agreement(period, last_day date, agreed_on date) */
Datum
wmo_sql_contract_period_extend_by_agreement(PG_FUNCTION_ARGS)
{
	WmoPeriod period;
	WmoPeriodError error;
	WmoDay last_day;
	bool has_agreed = !PG_ARGISNULL(2);
	WmoDay agreed = 0;
	bool accepted;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	contract_period_read(PG_GETARG_VARLENA_PP(0), &period);
	last_day = contract_period_day(PG_GETARG_DATEADT(1), "last day",
								   "For a contract that goes on without an end use contract_period_open.");
	if (has_agreed)
		agreed = contract_period_day(PG_GETARG_DATEADT(2), "day of agreement", "Leave it null when it is not known.");
	accepted = wmo_period_agree(&period, has_agreed, agreed, last_day, &error);
	return changed(accepted, &period, &error);
}

/* terminate(period, last_day date) */
Datum
wmo_sql_contract_period_terminate(PG_FUNCTION_ARGS)
{
	WmoPeriod period;
	WmoPeriodError error;
	WmoDay last_day;
	bool accepted;

	contract_period_read(PG_GETARG_VARLENA_PP(0), &period);
	last_day = contract_period_day(PG_GETARG_DATEADT(1), "last day", "A contract that goes on needs no early end.");
	accepted = wmo_period_terminate(&period, last_day, &error);
	return changed(accepted, &period, &error);
}

/* revoke_termination(period) */
Datum
wmo_sql_contract_period_revoke_termination(PG_FUNCTION_ARGS)
{
	WmoPeriod period;
	WmoPeriodError error;
	bool accepted;

	contract_period_read(PG_GETARG_VARLENA_PP(0), &period);
	accepted = wmo_period_revoke_termination(&period, &error);
	return changed(accepted, &period, &error);
}

typedef struct OptionScan
{
	WmoPeriod period;
	bool on_day;
	WmoDay day;
} OptionScan;

/* One option a call: option_no, term, notice_by, state, late, length, other_last_day. */
static Datum
next_option_row(FunctionCallInfo fcinfo, bool on_day)
{
	static const char *const names[] = {
		[WMO_OPTION_OPEN] = "open",
		[WMO_OPTION_EXERCISED] = "exercised",
		[WMO_OPTION_EXERCISED_LATE] = "exercised",
		[WMO_OPTION_DECLINED] = "declined",
		[WMO_OPTION_AGREED] = "agreed",
		[WMO_OPTION_LAPSED] = "lapsed",
		[WMO_OPTION_UNKNOWN] = "unknown",
	};
	FuncCallContext *context;
	OptionScan *scan;
	WmoOptionTerm term;
	Datum values[7];
	bool nulls[7] = {false};
	int index;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext caller;
		TupleDesc descriptor;

		context = SRF_FIRSTCALL_INIT();
		caller = MemoryContextSwitchTo(context->multi_call_memory_ctx);
		if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE)
			elog(ERROR, "return type must be a row type");
		context->tuple_desc = BlessTupleDesc(descriptor);
		scan = palloc(sizeof(OptionScan));
		contract_period_read(PG_GETARG_VARLENA_PP(0), &scan->period);
		scan->on_day = on_day;
		scan->day = on_day ? wmo_date_to_day(PG_GETARG_DATEADT(1)) : 0;
		context->user_fctx = scan;
		context->max_calls = scan->period.option_count;
		MemoryContextSwitchTo(caller);
	}
	context = SRF_PERCALL_SETUP();
	if (context->call_cntr >= context->max_calls)
		SRF_RETURN_DONE(context);
	scan = context->user_fctx;
	index = (int) context->call_cntr;
	term = scan->on_day ? wmo_period_option_on(&scan->period, index, scan->day) :
						  wmo_period_option(&scan->period, index);

	nulls[0] = term.option_no == 0;
	nulls[1] = !term.has_term;
	nulls[2] = !term.has_notice_day;
	nulls[6] = !term.has_other_last_day;
	values[0] = Int32GetDatum(term.option_no);
	values[1] = term.has_term ? contract_daterange(term.term) : (Datum) 0;
	values[2] = term.has_notice_day ? DateADTGetDatum(wmo_date_from_day(term.notice_by)) : (Datum) 0;
	values[3] = CStringGetTextDatum(names[term.state]);
	values[4] = BoolGetDatum(term.late);
	values[5] = IntervalPGetDatum(wmo_interval_from_length(scan->period.options[index].length));
	values[6] = DateADTGetDatum(nulls[6] ? 0 : wmo_date_from_day(term.other_last_day));
	SRF_RETURN_NEXT(context, HeapTupleGetDatum(heap_form_tuple(context->tuple_desc, values, nulls)));
}

/* options(period) */
Datum
wmo_sql_contract_period_options(PG_FUNCTION_ARGS)
{
	return next_option_row(fcinfo, false);
}

/* option_terms(period, on_date date) */
Datum
wmo_sql_contract_period_option_terms(PG_FUNCTION_ARGS)
{
	return next_option_row(fcinfo, true);
}
