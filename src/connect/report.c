/*
 * report.c - what reports show of days and words, and keys for rows that no table holds.
 *
 * All of it is asked of every row of a report, and is here for its speed.
 */
#include "server/pg_compat.h"

#include "mb/pg_wchar.h"
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

/* ---- days ---- */

/* The first day, or the day after the last, of the days of an argument. False: they have none, empty or unbounded. */
static bool
bound_of_days(FunctionCallInfo fcinfo, int argument, bool upper_bound, DateADT *day)
{
	RangeType *days = PG_GETARG_RANGE_P(argument);
	RangeBound lower;
	RangeBound upper;
	const RangeBound *bound = upper_bound ? &upper : &lower;
	bool empty;

	range_deserialize(range_get_typcache(fcinfo, RangeTypeGetOid(days)), days, &lower, &upper, &empty);
	if (empty || bound->infinite)
		return false;
	*day = DatumGetDateADT(bound->val);
	return !DATE_NOT_FINITE(*day);
}

/* wmo_works.first_day_of(days daterange) -> date, or null */
Datum
wmo_sql_first_day_of(PG_FUNCTION_ARGS)
{
	DateADT day;

	if (!bound_of_days(fcinfo, 0, false, &day))
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(day);
}

/* wmo_works.last_day_of(days daterange) -> date, inclusive, or null */
Datum
wmo_sql_last_day_of(PG_FUNCTION_ARGS)
{
	DateADT day;

	if (!bound_of_days(fcinfo, 0, true, &day))
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(day - 1);
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
			word = bound_of_days(fcinfo, i, false, &day) ? (uint32) day : NO_VALUE;
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
