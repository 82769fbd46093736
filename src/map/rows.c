/*
 * rows.c - answers as rows of wmo.provider_row, one value per call.
 */
#include "map/rows.h"

#include "access/htup_details.h"
#include "executor/executor.h"
#include "funcapi.h"
#include "map/words.h"
#include "miscadmin.h"
#include "storage/shmem.h"
#include "utils/builtins.h"

static void *
resize(void *context, void *memory, size_t size)
{
	if (size > MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("question to a coverage map meets too many rows"),
				 errdetail("Its working memory would take %zu bytes; it can have at most %zu.", size,
						   (Size) MaxAllocSize)));
	return memory == NULL ? MemoryContextAlloc((MemoryContext) context, size) : repalloc(memory, size);
}

CallSite *
wmo_call_site(FunctionCallInfo fcinfo)
{
	CallSite *site = fcinfo->flinfo->fn_extra;

	if (site == NULL)
	{
		site = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(CallSite));
		site->context = site->cache.context = fcinfo->flinfo->fn_mcxt;
		site->asker.tick.tick = wmo_check_for_interrupts;
		site->asker.resize = resize;
		site->asker.context = fcinfo->flinfo->fn_mcxt;
		fcinfo->flinfo->fn_extra = site;
	}
	return site;
}

/* ---- a line as a row ---- */

#define PROVIDER_ROW_COLUMNS 21

static void
set_text(Datum *values, bool *nulls, int at, const char *word)
{
	nulls[at] = word == NULL;
	if (word != NULL)
		values[at] = CStringGetTextDatum(word);
}

static void
set_int(Datum *values, bool *nulls, int at, int32 value)
{
	nulls[at] = value == WMO_MAP_NULL;
	values[at] = Int32GetDatum(value);
}

static int32
key_of(const WmoMap *map, WmoMapSection section, int32 row)
{
	return row < 0 ? WMO_MAP_NULL : wmo_map_row(map, section, (uint32) row)[0];
}

/* The second column of services, parties, areas and contracts is their name; who is not to be seen has none. */
static const char *
name_of(const WmoMap *map, WmoMapSection section, int32 row)
{
	const char *name = row < 0 ? NULL : wmo_map_string(map, wmo_map_row(map, section, (uint32) row)[1]);

	return name == NULL || *name == '\0' ? NULL : name;
}

static Datum
provider_row(const CallSite *site, const WmoMap *map, const WmoQuestion *question, uint32 number, bool other_edition)
{
	const WmoLine *line = &site->asker.lines[number];
	const int32 *standing = line->standing;
	Datum values[PROVIDER_ROW_COLUMNS];
	bool nulls[PROVIDER_ROW_COLUMNS] = {false};

	values[0] = Int32GetDatum((int32) number + 1);
	values[1] = Int32GetDatum(line->rank);
	values[2] = BoolGetDatum(line->found);
	set_int(values, nulls, 3, key_of(map, WMO_PARTY, line->provider));
	set_text(values, nulls, 4, name_of(map, WMO_PARTY, line->provider));
	set_text(values, nulls, 5, wmo_role_word[line->role]);
	set_text(values, nulls, 6, wmo_certainty_word[line->certainty]);
	set_text(values, nulls, 7,
			 wmo_reason_word[line->reason == 0 && other_edition ? WMO_REASON_OTHER_EDITION : line->reason]);
	set_text(values, nulls, 8, name_of(map, WMO_SERVICE, line->service >= 0 ? line->service : question->service));
	set_int(values, nulls, 9, key_of(map, WMO_CONTRACT, line->contract));
	set_text(values, nulls, 10, name_of(map, WMO_CONTRACT, line->contract));
	set_int(values, nulls, 11, key_of(map, WMO_AREA, line->area));
	set_text(values, nulls, 12, name_of(map, WMO_AREA, line->area));
	set_text(values, nulls, 13, wmo_covers_word[line->covers]);
	set_int(values, nulls, 14, standing == NULL ? WMO_MAP_NULL : standing[STANDING_FIRST_DAY]);
	set_int(values, nulls, 15, standing == NULL ? WMO_MAP_NULL : standing[STANDING_LAST_DAY]);
	set_text(values, nulls, 16, standing == NULL ? NULL : wmo_end_kind_word[standing[STANDING_END_KIND]]);
	set_int(values, nulls, 17, standing == NULL ? WMO_MAP_NULL : standing[STANDING_AGE_FROM]);
	set_int(values, nulls, 18,
			standing == NULL || standing[STANDING_AGE_TO] == INT32_MAX ? WMO_MAP_NULL : standing[STANDING_AGE_TO] - 1);
	values[19] = BoolGetDatum(site->asker.complete);
	values[20] = BoolGetDatum(line->stay != WMO_STAYS_NOT);
	return HeapTupleGetDatum(heap_form_tuple(site->row, values, nulls));
}

/* ---- in one word ---- */

text *
wmo_answer_text(const CallSite *site)
{
	static const char *const words[] = {[WMO_ANSWER_ONE] = "one",
										[WMO_ANSWER_SEVERAL] = "several",
										[WMO_ANSWER_UNNAMED] = "unnamed",
										[WMO_ANSWER_EXISTING_ONLY] = "existing_only"};
	int32 reason;
	WmoAnswerWord word = wmo_answer_word(&site->asker, &reason);

	if (word == WMO_ANSWER_NONE || word == WMO_ANSWER_CANNOT_TELL)
		return cstring_to_text(
			psprintf("%s:%s", word == WMO_ANSWER_NONE ? "none" : "cannot_tell", wmo_reason_word[reason]));
	return cstring_to_text(words[word]);
}

/* ---- the set ---- */

/* The reader stopped before the last row. */
static void
stop_answering(Datum site)
{
	((CallSite *) DatumGetPointer(site))->answering = false;
}

MemoryContext
wmo_begin_rows(FunctionCallInfo fcinfo, CallSite *site, uint32 row_count)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	if (result == NULL || !IsA(result, ReturnSetInfo) || (result->allowedModes & SFRM_ValuePerCall) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("set-valued function called in context that cannot accept a set")));
	if (site->row == NULL)
	{
		MemoryContext caller = MemoryContextSwitchTo(site->context);
		TupleDesc row;

		if (get_call_result_type(fcinfo, NULL, &row) != TYPEFUNC_COMPOSITE)
			elog(ERROR, "function %u must return rows", fcinfo->flinfo->fn_oid);
		site->row = BlessTupleDesc(CreateTupleDescCopy(row));
		site->rows_context = AllocSetContextCreate(site->context, "wmo_contracts answer", ALLOCSET_SMALL_SIZES);
		MemoryContextSwitchTo(caller);
	}
	MemoryContextReset(site->rows_context);
	site->rows = MemoryContextAlloc(site->rows_context, mul_size(Max(row_count, 1), sizeof(Datum)));
	site->row_count = row_count;
	site->next = 0;
	site->answering = true;
	RegisterExprContextCallback(result->econtext, stop_answering, PointerGetDatum(site));
	return site->rows_context;
}

void
wmo_rows_of_map(FunctionCallInfo fcinfo, CallSite *site, const WmoMap *map, const WmoQuestion *question,
				bool other_edition)
{
	MemoryContext caller = MemoryContextSwitchTo(wmo_begin_rows(fcinfo, site, site->asker.line_count));

	if (site->row->natts != PROVIDER_ROW_COLUMNS)
		elog(ERROR, "function %u must return wmo.provider_row", fcinfo->flinfo->fn_oid);
	for (uint32 i = 0; i < site->row_count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		site->rows[i] = provider_row(site, map, question, i, other_edition);
	}
	MemoryContextSwitchTo(caller);
}

Datum
wmo_next_row(FunctionCallInfo fcinfo, CallSite *site)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	if (site->next < site->row_count)
	{
		result->isDone = ExprMultipleResult;
		PG_RETURN_DATUM(site->rows[site->next++]);
	}
	UnregisterExprContextCallback(result->econtext, stop_answering, PointerGetDatum(site));
	site->answering = false;
	result->isDone = ExprEndResult;
	PG_RETURN_NULL();
}
