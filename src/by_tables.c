/*
 * by_tables.c - a question answered by its meaning in SQL, and what that cost.
 */
#include "by_tables.h"

#include "portability/instr_time.h"
#include "session_map.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"

/* Leaves the rows in SPI_tuptable; call SPI_finish after reading them. */
static void
ask_tables(FunctionCallInfo fcinfo, TableQuery *by)
{
	Datum values[7];
	char nulls[7];
	instr_time start, end;

	Assert(PG_NARGS() <= lengthof(values));
	for (int i = 0; i < PG_NARGS(); i++)
	{
		nulls[i] = PG_ARGISNULL(i) ? 'n' : ' ';
		values[i] = PG_GETARG_DATUM(i);
	}
	INSTR_TIME_SET_CURRENT(start);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	if (by->plan == NULL || by->function != fcinfo->flinfo->fn_oid)
	{
		Oid *types;
		int count;
		SPIPlanPtr plan;

		get_func_signature(fcinfo->flinfo->fn_oid, &types, &count);
		plan = SPI_prepare_cursor(by->query, count, types, CURSOR_OPT_GENERIC_PLAN | CURSOR_OPT_PARALLEL_OK);
		if (plan == NULL || SPI_keepplan(plan) != 0)
			elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
		if (by->plan != NULL)
			SPI_freeplan(by->plan);
		by->plan = plan;
		by->function = fcinfo->flinfo->fn_oid;
	}
	if (SPI_execute_plan(by->plan, values, nulls, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "SPI_execute_plan failed");
	INSTR_TIME_SET_CURRENT(end);
	INSTR_TIME_SUBTRACT(end, start);
	wmo_session_map_charge(INSTR_TIME_GET_MILLISEC(end));
}

Datum
wmo_value_by_tables(FunctionCallInfo fcinfo, TableQuery *by, bool is_text)
{
	MemoryContext caller = CurrentMemoryContext;
	Datum value;

	ask_tables(fcinfo, by);
	value = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &fcinfo->isnull);
	if (is_text && !fcinfo->isnull)
	{
		MemoryContext spi = MemoryContextSwitchTo(caller);

		value = datumCopy(value, false, -1);
		MemoryContextSwitchTo(spi);
	}
	SPI_finish();
	return value;
}

void
wmo_rows_by_tables(FunctionCallInfo fcinfo, Asking *asking, TableQuery *by)
{
	MemoryContext spi;
	uint64 count;

	ask_tables(fcinfo, by);
	count = SPI_processed;
	if (count > PG_UINT32_MAX)
		elog(ERROR, "too many rows");
	spi = MemoryContextSwitchTo(wmo_begin_rows(fcinfo, asking, (uint32) count));
	for (uint64 i = 0; i < count; i++)
	{
		bool isnull;

		asking->rows[i] = datumCopy(SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1, &isnull), false, -1);
	}
	MemoryContextSwitchTo(spi);
	SPI_finish();
}
