/*
 * ask_contract.c - wmo.contract_for, wmo.is_contracted and its kin, for checking assignments and invoices: by the
 * session's map, else by SQL.
 */
#include "map/by_tables.h"
#include "map/matches.h"
#include "map/question.h"
#include "map/session.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"

WMO_FUNCTION(wmo_sql_contract_for);
WMO_FUNCTION(wmo_sql_is_contracted);
WMO_FUNCTION(wmo_sql_is_contracted_at);
WMO_FUNCTION(wmo_sql_is_contracted_in_area);
WMO_FUNCTION(wmo_sql_is_contracted_at_postcode);

static TableQuery contract_for = {.query = "SELECT c FROM wmo_works.contract_for_by_tables($1, $2, $3, $4, $5) c"};
static TableQuery is_contracted = {.query = "SELECT wmo_works.is_contracted_by_tables($1, $2, $3, $4, $5)"};
static TableQuery contracted_at = {.query = "SELECT wmo_works.is_contracted_at_by_tables($1, $2, $3, $4, $5)"};
static TableQuery contracted_in_area = {
	.query = "SELECT wmo_works.is_contracted_in_area_by_tables($1, $2, $3, $4, $5)"};
static TableQuery contracted_at_postcode = {
	.query = "SELECT wmo_works.is_contracted_at_postcode_by_tables($1, $2, $3, $4, $5)"};

/* The eight digits of an AGB code; -1 for anything else. */
static int32
read_agb(text *code)
{
	int32 number = 0;

	if (VARSIZE_ANY_EXHDR(code) != 8)
		return -1;
	for (int i = 0; i < 8; i++)
	{
		char digit = VARDATA_ANY(code)[i];

		if (digit < '0' || digit > '9')
			return -1;
		number = number * 10 + (digit - '0');
	}
	return number;
}

static const QuestionPlan plan = {.place = NO_ARGUMENT,
								  .service = NO_ARGUMENT,
								  .on_date = 3,
								  .age = 4,
								  .current_provider = NO_ARGUMENT,
								  .client_since = NO_ARGUMENT,
								  .as_of = NO_ARGUMENT};

/* agb, product, municipality, on_date, age, of which only the age can be null; NULL: ask SQL. */
static const WmoMap *
map_for(FunctionCallInfo fcinfo, CallSite *site, WmoQuestion *question, int32 *agb)
{
	const WmoMap *map = wmo_session_map();
	PlaceHead place;

	if (map == NULL || PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		return NULL;
	*agb = read_agb(PG_GETARG_TEXT_PP(0));
	if (*agb < 0 || wmo_read_question(fcinfo, &plan, site, map, question, &place) != QUESTION_OK)
		return NULL;
	wmo_place_by_code(map, AREA_CODE, PG_GETARG_DATUM(2), false, question);
	return map;
}

/* One row: contract_id, number, role, certainty, reason. */
static Datum
contract_row(const CallSite *site, const WmoMap *map, const WmoLine *line)
{
	const int32_t *contract = wmo_map_row(map, WMO_CONTRACT, (uint32_t) line->contract);
	Datum values[5];
	bool nulls[5] = {false};

	values[0] = Int32GetDatum(contract[CONTRACT_ID]);
	values[1] = CStringGetTextDatum(wmo_map_string(map, contract[CONTRACT_NUMBER]));
	values[2] = CStringGetTextDatum(wmo_role_word[line->role]);
	values[3] = CStringGetTextDatum(wmo_certainty_word[line->certainty]);
	nulls[4] = line->reason == 0;
	values[4] = nulls[4] ? (Datum) 0 : CStringGetTextDatum(wmo_reason_word[line->reason]);
	return HeapTupleGetDatum(heap_form_tuple(site->row, values, nulls));
}

/*
 * wmo.contract_for(agb text, product text, municipality area_code, on_date date, age int) -> setof (contract_id,
 * number, role, certainty, reason)
 */
Datum
wmo_sql_contract_for(PG_FUNCTION_ARGS)
{
	CallSite *site = wmo_call_site(fcinfo);

	if (!site->answering)
	{
		WmoQuestion question;
		int32 agb;
		const WmoMap *map = map_for(fcinfo, site, &question, &agb);

		if (map == NULL)
			wmo_rows_by_tables(fcinfo, site, &contract_for);
		else
		{
			text *product = PG_GETARG_TEXT_PP(1);
			MemoryContext caller;

			wmo_map_ask_contracts(map, &question, agb, VARDATA_ANY(product), VARSIZE_ANY_EXHDR(product), &site->asker);
			caller = MemoryContextSwitchTo(wmo_begin_rows(fcinfo, site, site->asker.line_count));
			for (uint32 i = 0; i < site->row_count; i++)
			{
				CHECK_FOR_INTERRUPTS();
				site->rows[i] = contract_row(site, map, &site->asker.lines[i]);
			}
			MemoryContextSwitchTo(caller);
		}
	}
	return wmo_next_row(fcinfo, site);
}

/*
 * wmo.is_contracted(agb text, product text, municipality area_code, on_date date, age int) -> boolean; null: cannot
 * tell
 */
Datum
wmo_sql_is_contracted(PG_FUNCTION_ARGS)
{
	CallSite *site = wmo_call_site(fcinfo);
	WmoQuestion question;
	int32 agb;
	const WmoMap *map = map_for(fcinfo, site, &question, &agb);
	WmoVerdict verdict;
	text *product;

	if (map == NULL)
		return wmo_value_by_tables(fcinfo, &is_contracted);
	product = PG_GETARG_TEXT_PP(1);
	verdict = wmo_map_ask_product(map, &question, agb, VARDATA_ANY(product), VARSIZE_ANY_EXHDR(product), &site->asker);
	if (verdict == WMO_CANNOT_TELL)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(verdict == WMO_YES);
}

/* ---- by service ---- */

static const QuestionPlan place_plan = {.place = 2,
										.service = 1,
										.on_date = 3,
										.age = 4,
										.current_provider = NO_ARGUMENT,
										.client_since = NO_ARGUMENT,
										.as_of = NO_ARGUMENT,
										.transforms = true};
static const QuestionPlan code_plan = {.place = NO_ARGUMENT,
									   .service = 1,
									   .on_date = 3,
									   .age = 4,
									   .current_provider = NO_ARGUMENT,
									   .client_since = NO_ARGUMENT,
									   .as_of = NO_ARGUMENT};

/* agb, service, place or code, on_date, age; kind: of a code, and of no matter with a place. */
static Datum
is_contracted_here(FunctionCallInfo fcinfo, const QuestionPlan *question_plan, CodeKind kind, TableQuery *by_tables)
{
	CallSite *site = wmo_call_site(fcinfo);
	const WmoMap *map = wmo_session_map();
	WmoQuestion question;
	PlaceHead place;
	const CodeMatches *matches = NULL;
	WmoVerdict verdict;
	int32 agb;

	if (map == NULL || PG_ARGISNULL(0))
		return wmo_value_by_tables(fcinfo, by_tables);
	agb = read_agb(PG_GETARG_TEXT_PP(0));
	if (agb < 0 || wmo_read_question(fcinfo, question_plan, site, map, &question, &place) != QUESTION_OK)
		return wmo_value_by_tables(fcinfo, by_tables);
	if (question_plan->place == NO_ARGUMENT)
		matches = wmo_place_by_code(map, kind, PG_GETARG_DATUM(2), PG_ARGISNULL(2), &question);
	/* points tell of a postcode by inference */
	verdict = wmo_map_ask_contracted(map, &question, agb,
									 kind == POSTCODE ? WMO_CERTAINTY_INFERRED : WMO_CERTAINTY_CERTAIN, &site->asker);
	if (verdict == WMO_CANNOT_TELL || (verdict == WMO_NO && matches != NULL && matches->reading))
		PG_RETURN_NULL();
	PG_RETURN_BOOL(verdict == WMO_YES);
}

/* wmo.is_contracted_at(agb text, service text, place geometry, on_date date, age int) -> boolean; null: cannot tell */
Datum
wmo_sql_is_contracted_at(PG_FUNCTION_ARGS)
{
	return is_contracted_here(fcinfo, &place_plan, AREA_CODE, &contracted_at);
}

/*
 * wmo.is_contracted_in_area(agb text, service text, code area_code, on_date date, age int) -> boolean; null: cannot
 * tell
 */
Datum
wmo_sql_is_contracted_in_area(PG_FUNCTION_ARGS)
{
	return is_contracted_here(fcinfo, &code_plan, AREA_CODE, &contracted_in_area);
}

/*
 * wmo.is_contracted_at_postcode(agb text, service text, code postcode, on_date date, age int) -> boolean; null: cannot
 * tell
 */
Datum
wmo_sql_is_contracted_at_postcode(PG_FUNCTION_ARGS)
{
	return is_contracted_here(fcinfo, &code_plan, POSTCODE, &contracted_at_postcode);
}
