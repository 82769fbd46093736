/*
 * contract_period.c - the type contract_period: input and output, constructors, order and hash.
 */
#include "period/contract_period.h"

#include "catalog/pg_type_d.h"
#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/rangetypes.h"

WMO_FUNCTION(wmo_sql_contract_period_in);
WMO_FUNCTION(wmo_sql_contract_period_out);
WMO_FUNCTION(wmo_sql_contract_period_recv);
WMO_FUNCTION(wmo_sql_contract_period_send);
WMO_FUNCTION(wmo_sql_contract_period_make);
WMO_FUNCTION(wmo_sql_contract_period_until);
WMO_FUNCTION(wmo_sql_contract_period_open);
WMO_FUNCTION(wmo_sql_contract_period_unknown_end);
WMO_FUNCTION(wmo_sql_contract_period_unknown_start);
WMO_FUNCTION(wmo_sql_contract_period_eq);
WMO_FUNCTION(wmo_sql_contract_period_ne);
WMO_FUNCTION(wmo_sql_contract_period_lt);
WMO_FUNCTION(wmo_sql_contract_period_le);
WMO_FUNCTION(wmo_sql_contract_period_gt);
WMO_FUNCTION(wmo_sql_contract_period_ge);
WMO_FUNCTION(wmo_sql_contract_period_cmp);
WMO_FUNCTION(wmo_sql_contract_period_hash);
WMO_FUNCTION(wmo_sql_contract_period_hash_extended);

void
contract_period_read(const struct varlena *value, WmoPeriod *period)
{
	if (!wmo_period_unpack((const uint8_t *) VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value), period))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED), errmsg("stored contract_period is damaged or of another release"),
				 errdetail("%d bytes do not form a contract period.", (int) VARSIZE_ANY_EXHDR(value))));
}

Datum
contract_period_datum(const WmoPeriod *period)
{
	uint8_t bytes[WMO_PERIOD_PACKED_SIZE];
	size_t length = wmo_period_pack(period, bytes);
	struct varlena *value = palloc(VARHDRSZ + length);

	SET_VARSIZE(value, VARHDRSZ + length);
	memcpy(VARDATA(value), bytes, length);
	return PointerGetDatum(value);
}

/*
 * Written out here because a constructor by way of the type cache costs more than all the rest of an accessor. The
 * layout is that of rangetypes.h: header, range type, bounds that are not infinite, flags.
 */
Datum
contract_daterange(WmoDays days)
{
	struct
	{
		int32 header;
		Oid rangetypid;
		char rest[2 * sizeof(DateADT) + 1];
	} *range = palloc0(sizeof(*range));
	char *end = range->rest;
	char flags = 0;

	range->rangetypid = DATERANGEOID;
	if (days.first >= days.end)
		flags = RANGE_EMPTY;
	else
	{
		DateADT bounds[2] = {wmo_date_from_day(days.first), wmo_date_from_day(days.end)};

		flags |= days.first == WMO_DAY_MINUS_INFINITY ? RANGE_LB_INF : RANGE_LB_INC;
		if (days.first != WMO_DAY_MINUS_INFINITY)
		{
			memcpy(end, &bounds[0], sizeof(DateADT));
			end += sizeof(DateADT);
		}
		if (days.end == WMO_DAY_INFINITY)
			flags |= RANGE_UB_INF;
		else
		{
			memcpy(end, &bounds[1], sizeof(DateADT));
			end += sizeof(DateADT);
		}
	}
	*end++ = flags;
	SET_VARSIZE(range, end - (char *) range);
	return PointerGetDatum(range);
}

/* ---- input and output ---- */

Datum
wmo_sql_contract_period_in(PG_FUNCTION_ARGS)
{
	const char *string = PG_GETARG_CSTRING(0);
	WmoPeriod period;
	WmoPeriodError error;

	if (!wmo_period_parse(string, strlen(string), &period, &error))
		return contract_period_report(fcinfo->context, &error, &period, string);
	return contract_period_datum(&period);
}

Datum
wmo_sql_contract_period_out(PG_FUNCTION_ARGS)
{
	WmoPeriod period;
	char string[WMO_PERIOD_TEXT_SIZE];

	contract_period_read(PG_GETARG_VARLENA_PP(0), &period);
	wmo_period_print(&period, string);
	PG_RETURN_CSTRING(pstrdup(string));
}

Datum
wmo_sql_contract_period_recv(PG_FUNCTION_ARGS)
{
	StringInfo buffer = (StringInfo) PG_GETARG_POINTER(0);
	int length = buffer->len - buffer->cursor;
	const char *bytes = pq_getmsgbytes(buffer, length);
	WmoPeriod period;
	WmoPeriodError error;

	if (!wmo_period_from_wire((const uint8_t *) bytes, (size_t) length, &period, &error))
	{
		/* bytes that are no period at all have no text to quote */
		if (error.code == WMO_PERIOD_WIRE)
			return contract_period_report(fcinfo->context, &error, NULL, psprintf("%d", length));
		return contract_period_report(fcinfo->context, &error, &period, NULL);
	}
	return contract_period_datum(&period);
}

Datum
wmo_sql_contract_period_send(PG_FUNCTION_ARGS)
{
	WmoPeriod period;
	uint8_t bytes[WMO_PERIOD_WIRE_SIZE];
	StringInfoData buffer;
	size_t length;

	contract_period_read(PG_GETARG_VARLENA_PP(0), &period);
	length = wmo_period_to_wire(&period, bytes);
	pq_begintypsend(&buffer);
	pq_sendbytes(&buffer, (const char *) bytes, (int) length);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buffer));
}

/* ---- constructors ---- */

/* An interval as a duration; what names the argument in messages. Whole months and days only, not negative. */
static WmoLength
length_of_interval(const Interval *interval, const char *what)
{
	WmoLength length = {interval->month, interval->day};

	if (interval->time != 0 || interval->month < 0 || interval->day < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid %s of a contract period: \"%s\"", what,
						DatumGetCString(DirectFunctionCall1(interval_out, IntervalPGetDatum(interval)))),
				 errdetail("Expected whole years, months, weeks or days, no hours and nothing negative.")));
	if (length.months > WMO_PERIOD_LENGTH_MAX || length.days > WMO_PERIOD_LENGTH_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s too long for a contract period: \"%s\"", what,
						DatumGetCString(DirectFunctionCall1(interval_out, IntervalPGetDatum(interval)))),
				 errdetail("A duration has at most %d months and %d days.", WMO_PERIOD_LENGTH_MAX,
						   WMO_PERIOD_LENGTH_MAX)));
	return length;
}

/* The options (an interval[]) and the notice (may be null) from arguments index and index + 1. */
static void
take_options(FunctionCallInfo fcinfo, int index, WmoPeriod *period)
{
	ArrayType *array = PG_GETARG_ARRAYTYPE_P(index);
	Datum *elements;
	bool *nulls;
	int count;

	deconstruct_array(array, INTERVALOID, sizeof(Interval), false, TYPALIGN_DOUBLE, &elements, &nulls, &count);
	if (count > WMO_OPTIONS_MAX)
	{
		WmoPeriodError error;

		wmo_period_refuse(&error, WMO_PERIOD_TOO_MANY_OPTIONS);
		contract_period_report(NULL, &error, NULL, "");
	}
	for (int i = 0; i < count; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("extension option %d of a contract period is null", i + 1),
					 errdetail("Expected the length of each option.")));
		period->options[i].length = length_of_interval(DatumGetIntervalP(elements[i]), "extension option");
		period->options[i].state = WMO_OPTION_OPEN;
	}
	period->option_count = count;
	if (!PG_ARGISNULL(index + 1))
	{
		period->has_notice = true;
		period->notice = length_of_interval(PG_GETARG_INTERVAL_P(index + 1), "extension notice");
	}
}

WmoDay
contract_period_day(DateADT date, const char *what, const char *hint)
{
	if (DATE_NOT_FINITE(date))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("%s of a contract cannot be \"%s\"", what,
						DatumGetCString(DirectFunctionCall1(date_out, DateADTGetDatum(date)))),
				 errdetail("Expected a day."), errhint("%s", hint)));
	return wmo_date_to_day(date);
}

#define HINT_NO_START "For a first day that is not known use contract_period_unknown_start."
#define HINT_NO_END \
	"For a contract without an end use contract_period_open, for an end that is not known contract_period_unknown_end."

/* The last day as an exclusive end. */
static WmoDay
take_last_day(DateADT date)
{
	WmoDay day = contract_period_day(date, "last day", HINT_NO_END);

	/* beyond the calendar of contracts either way, but not beyond an int32 */
	return day < WMO_DAY_MAX ? day + 1 : day;
}

static Datum
finish(const WmoPeriod *period)
{
	WmoPeriodError error;

	if (!wmo_period_check(period, &error))
		return contract_period_report(NULL, &error, period, NULL);
	return contract_period_datum(period);
}

/* contract_period(start date, first_term interval, options interval[], extension_notice interval) */
Datum
wmo_sql_contract_period_make(PG_FUNCTION_ARGS)
{
	WmoPeriod period = {.start_known = true, .first_end_kind = WMO_END_DAY};
	WmoLength length;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	period.start = contract_period_day(PG_GETARG_DATEADT(0), "first day", HINT_NO_START);
	length = length_of_interval(PG_GETARG_INTERVAL_P(1), "first term");
	if (!wmo_day_add(period.start, length.months, length.days, &period.first_end))
		period.first_end = WMO_DAY_MAX;
	take_options(fcinfo, 2, &period);
	return finish(&period);
}

/* contract_period_until(start date, last_day date, options interval[], extension_notice interval) */
Datum
wmo_sql_contract_period_until(PG_FUNCTION_ARGS)
{
	WmoPeriod period = {.start_known = true, .first_end_kind = WMO_END_DAY};

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	period.start = contract_period_day(PG_GETARG_DATEADT(0), "first day", HINT_NO_START);
	period.first_end = take_last_day(PG_GETARG_DATEADT(1));
	take_options(fcinfo, 2, &period);
	return finish(&period);
}

/* contract_period_open(start date) */
Datum
wmo_sql_contract_period_open(PG_FUNCTION_ARGS)
{
	WmoPeriod period = {.start_known = true, .first_end_kind = WMO_END_OPEN};

	period.start = contract_period_day(PG_GETARG_DATEADT(0), "first day", HINT_NO_START);
	return finish(&period);
}

/* contract_period_unknown_end(start date, options interval[], extension_notice interval) */
Datum
wmo_sql_contract_period_unknown_end(PG_FUNCTION_ARGS)
{
	WmoPeriod period = {.start_known = true, .first_end_kind = WMO_END_UNKNOWN};

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	period.start = contract_period_day(PG_GETARG_DATEADT(0), "first day", HINT_NO_START);
	take_options(fcinfo, 1, &period);
	return finish(&period);
}

/* contract_period_unknown_start(last_day date, options interval[], extension_notice interval) */
Datum
wmo_sql_contract_period_unknown_start(PG_FUNCTION_ARGS)
{
	WmoPeriod period = {.start_known = false, .first_end_kind = WMO_END_DAY};

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	period.first_end = take_last_day(PG_GETARG_DATEADT(0));
	take_options(fcinfo, 1, &period);
	return finish(&period);
}

/* ---- order and hash ---- */

/* Equal periods are equal bytes. */
static bool
same_bytes(FunctionCallInfo fcinfo)
{
	struct varlena *one = PG_GETARG_VARLENA_PP(0);
	struct varlena *other = PG_GETARG_VARLENA_PP(1);
	size_t length = VARSIZE_ANY_EXHDR(one);

	return length == VARSIZE_ANY_EXHDR(other) && memcmp(VARDATA_ANY(one), VARDATA_ANY(other), length) == 0;
}

static int
compare(FunctionCallInfo fcinfo)
{
	WmoPeriod one;
	WmoPeriod other;

	if (same_bytes(fcinfo))
		return 0;
	contract_period_read(PG_GETARG_VARLENA_PP(0), &one);
	contract_period_read(PG_GETARG_VARLENA_PP(1), &other);
	return wmo_period_compare(&one, &other);
}

Datum
wmo_sql_contract_period_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(same_bytes(fcinfo));
}

Datum
wmo_sql_contract_period_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!same_bytes(fcinfo));
}

Datum
wmo_sql_contract_period_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) < 0);
}

Datum
wmo_sql_contract_period_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) <= 0);
}

Datum
wmo_sql_contract_period_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) > 0);
}

Datum
wmo_sql_contract_period_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) >= 0);
}

Datum
wmo_sql_contract_period_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare(fcinfo));
}

Datum
wmo_sql_contract_period_hash(PG_FUNCTION_ARGS)
{
	struct varlena *value = PG_GETARG_VARLENA_PP(0);

	return UInt32GetDatum(hash_bytes((unsigned char *) VARDATA_ANY(value), (int) VARSIZE_ANY_EXHDR(value)));
}

Datum
wmo_sql_contract_period_hash_extended(PG_FUNCTION_ARGS)
{
	struct varlena *value = PG_GETARG_VARLENA_PP(0);

	return UInt64GetDatum(hash_bytes_extended((unsigned char *) VARDATA_ANY(value), (int) VARSIZE_ANY_EXHDR(value),
											  (uint64) PG_GETARG_INT64(1)));
}
