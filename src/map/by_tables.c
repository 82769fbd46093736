/*
 * by_tables.c - questions answered from the tables: SQL says what a question meets, the rows of that become a map, and
 * what that cost is charged.
 */
#include "map/by_tables.h"

#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "map/price.h"
#include "map/section.h"
#include "portability/instr_time.h"
#include "server/table_scan.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

/* ---- the arguments ---- */

/* Raises what SQL has to say of the days and the age. */
static void
refuse(FunctionCallInfo fcinfo, const QuestionPlan *plan)
{
	static TableQuery checks = {.query = "SELECT wmo_works.checked_day($1, 'on_date'), wmo_works.checked_age($2),"
										 " wmo_works.checked_day($3, 'as_of')"};
	Oid types[3] = {DATEOID, INT4OID, DATEOID};
	int arguments[3] = {plan->on_date, plan->age, plan->as_of};
	Datum values[3] = {0};
	char nulls[3] = {'n', 'n', 'n'};

	for (int i = 0; i < 3; i++)
		if (arguments[i] >= 0 && !PG_ARGISNULL(arguments[i]))
		{
			values[i] = PG_GETARG_DATUM(arguments[i]);
			nulls[i] = ' ';
		}
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	SPI_execute_plan(wmo_plan_of(&checks, fcinfo->flinfo->fn_oid, 3, types), values, nulls, true, 0);
	elog(ERROR, "a question is refused that SQL finds no fault with");
}

/* ---- what is met ---- */

static ArrayType *
array_of_row(MemoryContext context, int column)
{
	bool isnull;
	Datum value = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, column, &isnull);
	MemoryContext caller;
	ArrayType *array;

	if (isnull)
		return NULL;
	caller = MemoryContextSwitchTo(context);
	array = DatumGetArrayTypePCopy(value);
	MemoryContextSwitchTo(caller);
	return array;
}

static void
read_keys(FunctionCallInfo fcinfo, TableQuery *by, MemoryContext context, BriefKeys *keys, bool *remark)
{
	Datum values[7];
	char nulls[7];
	Oid *types;
	int count, level;
	bool isnull;

	Assert(PG_NARGS() <= lengthof(values));
	for (int i = 0; i < PG_NARGS(); i++)
	{
		nulls[i] = PG_ARGISNULL(i) ? 'n' : ' ';
		values[i] = PG_GETARG_DATUM(i);
	}
	level = wmo_views_begin();
	get_func_signature(fcinfo->flinfo->fn_oid, &types, &count);
	if (SPI_execute_plan(wmo_plan_of(by, fcinfo->flinfo->fn_oid, count, types), values, nulls, true, 0) !=
			SPI_OK_SELECT ||
		SPI_processed != 1)
		elog(ERROR, "a question to the tables must have one row of keys");
	keys->matches = array_of_row(context, 1);
	*remark = DatumGetBool(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 2, &isnull)) && !isnull;
	keys->services = array_of_row(context, 3);
	keys->providers = array_of_row(context, 4);
	wmo_views_end(level);
}

/* ---- the map ---- */

/* The arguments but for the place, which the matches stand for. */
static void
read_question(FunctionCallInfo fcinfo, const QuestionPlan *plan, CallSite *site, const WmoMap *map,
			  WmoQuestion *question)
{
	QuestionPlan others = *plan;
	PlaceHead place;

	others.place = NO_ARGUMENT;
	if (wmo_read_question(fcinfo, &others, site, map, question, &place) != QUESTION_OK)
		refuse(fcinfo, plan);
	wmo_brief_place(site->brief_context, &site->keys, map, question);
}

static const WmoMap *
make_map(FunctionCallInfo fcinfo, const QuestionPlan *plan, CallSite *site, WmoQuestion *question, bool with_nobody)
{
	const WmoMap *map = wmo_brief_map(site->brief_context, &site->keys, with_nobody);

	read_question(fcinfo, plan, site, map, question);
	return map;
}

static const WmoMap *
first_map(FunctionCallInfo fcinfo, const QuestionPlan *plan, int product, CallSite *site, TableQuery *by,
		  WmoQuestion *question, bool *remark)
{
	BriefKeys *keys = &site->keys;

	if (site->brief_context == NULL)
		site->brief_context = AllocSetContextCreate(site->context, "wmo_contracts question", ALLOCSET_DEFAULT_SIZES);
	MemoryContextReset(site->brief_context);
	memset(keys, 0, sizeof(*keys));
	keys->owner = get_namespace_oid(WMO_WORKS, false); /* of all that asks */
	keys->on_date = wmo_read_number(fcinfo, plan->on_date);
	keys->as_of = plan->as_of == NO_ARGUMENT ? GetSQLCurrentDate() : wmo_read_number(fcinfo, plan->as_of);
	keys->current_provider = wmo_read_any_number(fcinfo, plan->current_provider);
	if (product != NO_ARGUMENT && !PG_ARGISNULL(product))
		keys->product = PG_GETARG_TEXT_PP(product);
	read_keys(fcinfo, by, site->brief_context, keys, remark);
	return make_map(fcinfo, plan, site, question, false);
}

/* What the tables took, from a time on. */
static void
charge_since(instr_time start)
{
	instr_time end;

	INSTR_TIME_SET_CURRENT(end);
	INSTR_TIME_SUBTRACT(end, start);
	wmo_price_charge(INSTR_TIME_GET_MILLISEC(end));
}

const WmoMap *
wmo_tables_map(FunctionCallInfo fcinfo, const QuestionPlan *plan, int product, CallSite *site, TableQuery *by,
			   WmoQuestion *question, bool *remark)
{
	const WmoMap *map;
	instr_time start;

	INSTR_TIME_SET_CURRENT(start);
	map = first_map(fcinfo, plan, product, site, by, question, remark);
	charge_since(start);
	return map;
}

const WmoMap *
wmo_ask_tables(FunctionCallInfo fcinfo, const QuestionPlan *plan, CallSite *site, TableQuery *by, WmoQuestion *question,
			   bool *remark)
{
	const WmoMap *map;
	instr_time start;

	INSTR_TIME_SET_CURRENT(start);
	map = first_map(fcinfo, plan, NO_ARGUMENT, site, by, question, remark);
	wmo_map_ask(map, question, &site->asker);
	if (site->asker.meets_nothing)
	{
		map = make_map(fcinfo, plan, site, question, true);
		wmo_map_ask(map, question, &site->asker);
	}
	charge_since(start);
	return map;
}
