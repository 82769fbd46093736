/*
 * report.c - what reports show of days, ages and words, and keys for rows that no table holds.
 *
 * All of it is asked of every row of a report, and is here for its speed.
 */
#include "server/pg_compat.h"

#include "catalog/pg_operator_d.h"
#include "mb/pg_wchar.h"
#include "nodes/supportnodes.h"
#include "optimizer/plancat.h"
#include "server/pg_date.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/rangetypes.h"

/* Bits of a digest that make a key: spreadsheets and JavaScript hold whole numbers of 53 exactly. */
#define KEY_BITS 52

WMO_FUNCTION(wmo_sql_report_id);
WMO_FUNCTION(wmo_sql_stretch_id);
WMO_FUNCTION(wmo_sql_first_day_of);
WMO_FUNCTION(wmo_sql_last_day_of);
WMO_FUNCTION(wmo_sql_begin_of);
WMO_FUNCTION(wmo_sql_holds_on);
WMO_FUNCTION(wmo_sql_holds_on_support);
WMO_FUNCTION(wmo_sql_first_age_of);
WMO_FUNCTION(wmo_sql_last_age_of);
WMO_FUNCTION(wmo_sql_word_of);

/* wmo_works.report_id(natural_key text) -> bigint: the first 52 bits of the SHA-256 of its UTF-8. */
Datum
wmo_sql_report_id(PG_FUNCTION_ARGS)
{
	text *key = PG_GETARG_TEXT_PP(0);
	int size = VARSIZE_ANY_EXHDR(key);
	char *utf8 = pg_server_to_any(VARDATA_ANY(key), size, PG_UTF8);
	bytea *digest;
	uint64 id = 0;

	if (utf8 != VARDATA_ANY(key))
	{
		size = (int) strlen(utf8);
		key = cstring_to_text_with_len(utf8, size);
	}
	digest = DatumGetByteaPP(DirectFunctionCall1(sha256_bytea, PointerGetDatum(key)));
	for (int i = 0; i < (int) sizeof(id); i++)
		id = id << 8 | (unsigned char) VARDATA_ANY(digest)[i];
	PG_RETURN_INT64((int64) (id >> (64 - KEY_BITS)));
}

/* ---- days and ages ---- */

/*
 * A range of whole numbers (days, ages) as it lies in the row, neither unpacked nor copied: after its type stand the
 * bounds that it has, each of 32 bits, the lower first, then a byte of flags.
 */
typedef struct RangeInPlace
{
	const char *bounds;
	char flags;
} RangeInPlace;

static inline RangeInPlace
range_in_place(Datum range)
{
	struct varlena *value = PG_DETOAST_DATUM_PACKED(range);

	return (RangeInPlace) {.bounds = VARDATA_ANY(value) + sizeof(Oid),
						   .flags = VARDATA_ANY(value)[VARSIZE_ANY_EXHDR(value) - 1]};
}

/* The lower bound, inclusive, or the upper one, exclusive. False: it has none, empty or unbounded. */
static inline bool
bound_of(RangeInPlace range, bool upper, int32 *bound)
{
	if (!(upper ? RANGE_HAS_UBOUND(range.flags) : RANGE_HAS_LBOUND(range.flags)))
		return false;
	memcpy(bound, range.bounds + (upper && RANGE_HAS_LBOUND(range.flags) ? sizeof(*bound) : 0), sizeof(*bound));
	return true;
}

static bool
bound_of_days(Datum days, bool upper, DateADT *day)
{
	return bound_of(range_in_place(days), upper, day) && !DATE_NOT_FINITE(*day);
}

/* wmo_works.first_day_of(days daterange) -> date, or null */
Datum
wmo_sql_first_day_of(PG_FUNCTION_ARGS)
{
	DateADT day;

	if (!bound_of_days(PG_GETARG_DATUM(0), false, &day))
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(day);
}

/* wmo_works.last_day_of(days daterange) -> date, inclusive, or null */
Datum
wmo_sql_last_day_of(PG_FUNCTION_ARGS)
{
	DateADT day;

	if (!bound_of_days(PG_GETARG_DATUM(0), true, &day))
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(day - 1);
}

/*
 * wmo_works.begin_of(days daterange) -> timestamptz, or null. Of rows in a row most begin on the same day: the last one
 * is kept for the query, as long as the time zone is the same.
 */
Datum
wmo_sql_begin_of(PG_FUNCTION_ARGS)
{
	struct
	{
		pg_tz *zone;
		DateADT day;
		TimestampTz begin;
	} *last = fcinfo->flinfo->fn_extra;
	DateADT day;

	if (!bound_of_days(PG_GETARG_DATUM(0), false, &day))
		PG_RETURN_NULL();
	if (last == NULL)
		last = fcinfo->flinfo->fn_extra = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(*last));
	if (last->zone != session_timezone || last->day != day)
	{
		last->begin = DatumGetTimestampTz(DirectFunctionCall1(date_timestamptz, DateADTGetDatum(day)));
		last->day = day;
		last->zone = session_timezone;
	}
	PG_RETURN_TIMESTAMPTZ(last->begin);
}

/*
 * wmo_works.holds_on(days daterange, day date) -> boolean: days @> day. The bounds of days are canonical, but for those
 * that are infinite dates.
 */
Datum
wmo_sql_holds_on(PG_FUNCTION_ARGS)
{
	RangeInPlace days = range_in_place(PG_GETARG_DATUM(0));
	DateADT day = PG_GETARG_DATEADT(1);
	DateADT bound;

	if (days.flags & RANGE_EMPTY)
		PG_RETURN_BOOL(false);
	if (bound_of(days, false, &bound) && (day < bound || (day == bound && !(days.flags & RANGE_LB_INC))))
		PG_RETURN_BOOL(false);
	if (bound_of(days, true, &bound) && (day > bound || (day == bound && !(days.flags & RANGE_UB_INC))))
		PG_RETURN_BOOL(false);
	PG_RETURN_BOOL(true);
}

/* wmo_works.holds_on_support(internal): holds_on is true of as many rows as @> is. */
Datum
wmo_sql_holds_on_support(PG_FUNCTION_ARGS)
{
	Node *request = (Node *) PG_GETARG_POINTER(0);

	if (IsA(request, SupportRequestSelectivity) && !((SupportRequestSelectivity *) request)->is_join)
	{
		SupportRequestSelectivity *estimate = (SupportRequestSelectivity *) request;

		estimate->selectivity = restriction_selectivity(estimate->root, OID_RANGE_CONTAINS_ELEM_OP, estimate->args,
														estimate->inputcollid, estimate->varRelid);
		PG_RETURN_POINTER(estimate);
	}
	PG_RETURN_POINTER(NULL);
}

/* wmo_works.first_age_of(ages int4range) -> integer, or null */
Datum
wmo_sql_first_age_of(PG_FUNCTION_ARGS)
{
	int32 age;

	if (!bound_of(range_in_place(PG_GETARG_DATUM(0)), false, &age))
		PG_RETURN_NULL();
	PG_RETURN_INT32(age);
}

/* wmo_works.last_age_of(ages int4range) -> integer, inclusive, or null */
Datum
wmo_sql_last_age_of(PG_FUNCTION_ARGS)
{
	int32 age;

	if (!bound_of(range_in_place(PG_GETARG_DATUM(0)), true, &age))
		PG_RETURN_NULL();
	PG_RETURN_INT32(age - 1);
}

/* ---- the key of a stretch ---- */

/* Words for what is no number; each number is one of 32 bits. */
#define NO_VALUE (UINT64CONST(1) << 32)
#define NOT_ASKED (UINT64CONST(2) << 32)

/*
 * Takes a word in. The factor is 2^64 divided by the golden ratio: it carries every bit of a word far up, and what is
 * up there comes down again. For one word no two states become the same.
 */
static uint64
mix(uint64 state, uint64 word)
{
	state = (state ^ word) * UINT64CONST(0x9E3779B97F4A7C15);
	return state ^ (state >> 32);
}

/*
 * wmo_works.stretch_id(scope_id, subcontract_id, provider_id, area_id, service_id int, valid, known daterange)
 *   -> bigint: 52 bits of all of it, the days by their first. Any may be null.
 */
Datum
wmo_sql_stretch_id(PG_FUNCTION_ARGS)
{
	uint64 state = 0;
	DateADT day;

	for (int i = 0; i < 5; i++)
		state = mix(state, PG_ARGISNULL(i) ? NO_VALUE : (uint32) PG_GETARG_INT32(i));
	for (int i = 5; i < 7; i++)
	{
		uint64 word = NOT_ASKED;

		if (!PG_ARGISNULL(i))
			word = bound_of_days(PG_GETARG_DATUM(i), false, &day) ? (uint32) day : NO_VALUE;
		state = mix(state, word);
	}
	state = mix(mix(state, 0), 0);
	PG_RETURN_INT64((int64) (state >> (64 - KEY_BITS)));
}

/* ---- words ---- */

/* wmo_works.word_of(value anyenum) -> text. Of rows in a row most have the same: the last one is kept for the query. */
Datum
wmo_sql_word_of(PG_FUNCTION_ARGS)
{
	struct
	{
		Oid value;
		text *word;
	} *last = fcinfo->flinfo->fn_extra;
	Oid value = PG_GETARG_OID(0);

	if (last == NULL)
		last = fcinfo->flinfo->fn_extra = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(*last));
	if (last->value != value)
	{
		MemoryContext caller = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
		text *word = cstring_to_text(DatumGetCString(DirectFunctionCall1(enum_out, ObjectIdGetDatum(value))));

		MemoryContextSwitchTo(caller);
		last->value = value;
		last->word = word;
	}
	PG_RETURN_TEXT_P(last->word);
}
