/*
 * by_tables.c - a question answered by its meaning in SQL, and what that cost.
 */
#include "map/by_tables.h"

#include "map/price.h"
#include "miscadmin.h"
#include "portability/instr_time.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"

SPIPlanPtr
wmo_plan_of(TableQuery *by, Oid owner, int count, Oid *types)
{
	if (by->plan == NULL || by->owner != owner)
	{
		SPIPlanPtr plan = SPI_prepare_cursor(by->query, count, types, CURSOR_OPT_GENERIC_PLAN | CURSOR_OPT_PARALLEL_OK);

		if (plan == NULL || SPI_keepplan(plan) != 0)
			elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
		if (by->plan != NULL)
			SPI_freeplan(by->plan);
		by->plan = plan;
		by->owner = owner;
	}
	return by->plan;
}

/* Leaves the rows in SPI_tuptable; call SPI_finish after reading them. */
static void
ask_tables(FunctionCallInfo fcinfo, TableQuery *by)
{
	Datum values[7];
	char nulls[7];
	instr_time start, end;
	SPIPlanPtr plan;
	Oid *types;
	int count;

	Assert(PG_NARGS() <= lengthof(values));
	for (int i = 0; i < PG_NARGS(); i++)
	{
		nulls[i] = PG_ARGISNULL(i) ? 'n' : ' ';
		values[i] = PG_GETARG_DATUM(i);
	}
	INSTR_TIME_SET_CURRENT(start);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	get_func_signature(fcinfo->flinfo->fn_oid, &types, &count);
	plan = wmo_plan_of(by, fcinfo->flinfo->fn_oid, count, types);
	if (SPI_execute_plan(plan, values, nulls, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "SPI_execute_plan failed");
	INSTR_TIME_SET_CURRENT(end);
	INSTR_TIME_SUBTRACT(end, start);
	wmo_price_charge(INSTR_TIME_GET_MILLISEC(end));
}

Datum
wmo_value_by_tables(FunctionCallInfo fcinfo, TableQuery *by)
{
	Form_pg_attribute column;
	Datum value;

	ask_tables(fcinfo, by);
	column = TupleDescAttr(SPI_tuptable->tupdesc, 0);
	value = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &fcinfo->isnull);
	if (!fcinfo->isnull)
		value = SPI_datumTransfer(value, column->attbyval, column->attlen);
	SPI_finish();
	return value;
}

void
wmo_rows_by_tables(FunctionCallInfo fcinfo, CallSite *site, TableQuery *by)
{
	MemoryContext spi;
	uint64 count;

	ask_tables(fcinfo, by);
	count = SPI_processed;
	if (count > PG_UINT32_MAX)
		elog(ERROR, "too many rows");
	spi = MemoryContextSwitchTo(wmo_begin_rows(fcinfo, site, (uint32) count));
	for (uint64 i = 0; i < count; i++)
	{
		bool isnull;

		CHECK_FOR_INTERRUPTS();
		site->rows[i] = datumCopy(SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1, &isnull), false, -1);
	}
	MemoryContextSwitchTo(spi);
	SPI_finish();
}
