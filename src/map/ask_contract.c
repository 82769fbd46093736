/*
 * ask_contract.c - wmo.contract_for, wmo.is_contracted and its kin, for checking assignments and invoices: by the
 * session's map, else by one of what they meet.
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

/* A plan each for the functions, whose results differ. */
#define MET_BY_PRODUCT \
	{ \
		.query = "SELECT wmo_works.matches_in_area($3, $4), false, wmo_works.services_of_product($2, $4)," \
				 " wmo_works.providers_of_agb($1, $4)" \
	}

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

/* agb, product, municipality, on_date, age. NULL: one but the age is null, so that there is nothing to ask. */
static const WmoMap *
map_for(FunctionCallInfo fcinfo, CallSite *site, TableQuery *met, WmoQuestion *question, int32 *agb)
{
	bool other_edition; /* says nothing of a contract */
	bool told = !PG_ARGISNULL(0) && !PG_ARGISNULL(1) && !PG_ARGISNULL(2) && !PG_ARGISNULL(3);
	const WmoMap *map = told ? wmo_session_map() : NULL;
	PlaceHead place;

	*agb = PG_ARGISNULL(0) ? -1 : read_agb(PG_GETARG_TEXT_PP(0));
	if (map == NULL || *agb < 0 || wmo_read_question(fcinfo, &plan, site, map, question, &place) != QUESTION_OK)
	{
		map = wmo_tables_map(fcinfo, &plan, 1, site, met, question, &other_edition);
		return told ? map : NULL;
	}
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
	static TableQuery met = MET_BY_PRODUCT;
	CallSite *site = wmo_call_site(fcinfo);

	if (!site->answering)
	{
		WmoQuestion question;
		int32 agb;
		const WmoMap *map = map_for(fcinfo, site, &met, &question, &agb);
		MemoryContext caller;

		site->asker.line_count = 0;
		if (map != NULL)
		{
			text *product = PG_GETARG_TEXT_PP(1);

			wmo_map_ask_contracts(map, &question, agb, VARDATA_ANY(product), VARSIZE_ANY_EXHDR(product), &site->asker);
		}
		caller = MemoryContextSwitchTo(wmo_begin_rows(fcinfo, site, site->asker.line_count));
		for (uint32 i = 0; i < site->row_count; i++)
		{
			CHECK_FOR_INTERRUPTS();
			site->rows[i] = contract_row(site, map, &site->asker.lines[i]);
		}
		MemoryContextSwitchTo(caller);
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
	static TableQuery met = MET_BY_PRODUCT;
	CallSite *site = wmo_call_site(fcinfo);
	WmoQuestion question;
	int32 agb;
	const WmoMap *map = map_for(fcinfo, site, &met, &question, &agb);
	WmoVerdict verdict;
	text *product;

	if (map == NULL)
		PG_RETURN_NULL();
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
is_contracted_here(FunctionCallInfo fcinfo, const QuestionPlan *question_plan, CodeKind kind, TableQuery *met)
{
	CallSite *site = wmo_call_site(fcinfo);
	const WmoMap *map = wmo_session_map();
	int32 agb = PG_ARGISNULL(0) ? -1 : read_agb(PG_GETARG_TEXT_PP(0));
	WmoQuestion question;
	PlaceHead place;
	bool by_reading = false;
	WmoVerdict verdict;

	if (map == NULL || agb < 0 || wmo_read_question(fcinfo, question_plan, site, map, &question, &place) != QUESTION_OK)
		map = wmo_tables_map(fcinfo, question_plan, NO_ARGUMENT, site, met, &question, &by_reading);
	else if (question_plan->place == NO_ARGUMENT)
	{
		const CodeMatches *matches = wmo_place_by_code(map, kind, PG_GETARG_DATUM(2), PG_ARGISNULL(2), &question);

		by_reading = matches != NULL && matches->reading;
	}
	/* points tell of a postcode by inference */
	verdict = wmo_map_ask_contracted(map, &question, agb,
									 kind == POSTCODE ? WMO_CERTAINTY_INFERRED : WMO_CERTAINTY_CERTAIN, &site->asker);
	if (verdict == WMO_CANNOT_TELL || (verdict == WMO_NO && by_reading))
		PG_RETURN_NULL();
	PG_RETURN_BOOL(verdict == WMO_YES);
}

/* wmo.is_contracted_at(agb text, service text, place geometry, on_date date, age int) -> boolean; null: cannot tell */
Datum
wmo_sql_is_contracted_at(PG_FUNCTION_ARGS)
{
	static TableQuery met = {.query = "SELECT wmo_works.matches_at_place($3, $2, $4), false,"
									  " ARRAY[wmo.service_id($2)], wmo_works.providers_of_agb($1, $4)"};

	return is_contracted_here(fcinfo, &place_plan, AREA_CODE, &met);
}

/*
 * wmo.is_contracted_in_area(agb text, service text, code area_code, on_date date, age int) -> boolean; null: cannot
 * tell
 */
Datum
wmo_sql_is_contracted_in_area(PG_FUNCTION_ARGS)
{
	static TableQuery met = {.query = "SELECT wmo_works.matches_in_area($3, $4), false, ARRAY[wmo.service_id($2)],"
									  " wmo_works.providers_of_agb($1, $4)"};

	return is_contracted_here(fcinfo, &code_plan, AREA_CODE, &met);
}

/*
 * wmo.is_contracted_at_postcode(agb text, service text, code postcode, on_date date, age int) -> boolean; null: cannot
 * tell
 */
Datum
wmo_sql_is_contracted_at_postcode(PG_FUNCTION_ARGS)
{
	static TableQuery met = {.query = "SELECT a.matches, a.reading, ARRAY[wmo.service_id($2)],"
									  " wmo_works.providers_of_agb($1, $4)"
									  " FROM wmo_works.areas_of_postcodes(ARRAY[$3], wmo.service_id($2), $4) a"};

	return is_contracted_here(fcinfo, &code_plan, POSTCODE, &met);
}
