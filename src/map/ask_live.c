/*
 * ask_live.c - the questions to the registry of this moment: by the session's map, else by SQL.
 *
 * The meaning of every question is a SQL function whose name ends in _by_tables. The map gives the same answer; what it
 * cannot tell (an argument that is an error, a registry of which it has no map) is left to that function.
 */
#include "map/by_tables.h"
#include "map/matches.h"
#include "map/question.h"
#include "map/session.h"

#include "utils/builtins.h"

WMO_FUNCTION(wmo_sql_provider_at);
WMO_FUNCTION(wmo_sql_answer_at);
WMO_FUNCTION(wmo_sql_providers_at);
WMO_FUNCTION(wmo_sql_providers_in_area);
WMO_FUNCTION(wmo_sql_providers_at_postcode);
WMO_FUNCTION(wmo_sql_answer_at_postcode);

/* ---- by SQL ---- */

#define SEVEN_ARGUMENTS "($1, $2, $3, $4, $5, $6, $7)"

static TableQuery provider_at = {.query = "SELECT wmo_works.provider_at_by_tables($1, $2, $3, $4)"};
static TableQuery answer_at = {.query = "SELECT wmo_works.answer_at_by_tables($1, $2, $3, $4)"};
static TableQuery providers_at = {.query = "SELECT p FROM wmo_works.providers_at_by_tables" SEVEN_ARGUMENTS " p"};
static TableQuery providers_in_area = {.query = "SELECT p FROM wmo_works.providers_in_area_by_tables" SEVEN_ARGUMENTS
												" p"};
static TableQuery providers_at_postcode = {
	.query = "SELECT p FROM wmo_works.providers_at_postcode_by_tables" SEVEN_ARGUMENTS " p"};
static TableQuery answer_at_postcode = {.query = "SELECT wmo_works.answer_at_postcode_by_tables($1, $2, $3, $4)"};

/* ---- the arguments; what is wrong with them is left to SQL to say ---- */

static const QuestionPlan short_plan = {.place = 0,
										.service = 1,
										.on_date = 2,
										.age = 3,
										.current_provider = NO_ARGUMENT,
										.client_since = NO_ARGUMENT,
										.as_of = NO_ARGUMENT,
										.transforms = true};
static const QuestionPlan full_plan = {.place = 0,
									   .service = 1,
									   .on_date = 2,
									   .age = 3,
									   .current_provider = 4,
									   .client_since = 5,
									   .as_of = 6,
									   .transforms = true};
static const QuestionPlan code_plan =
	{.place = NO_ARGUMENT, .service = 1, .on_date = 2, .age = 3, .current_provider = 4, .client_since = 5, .as_of = 6};
static const QuestionPlan short_code_plan = {.place = NO_ARGUMENT,
											 .service = 1,
											 .on_date = 2,
											 .age = 3,
											 .current_provider = NO_ARGUMENT,
											 .client_since = NO_ARGUMENT,
											 .as_of = NO_ARGUMENT};

/* ---- by place ---- */

/* Asks the session's map about a place; NULL: ask SQL. */
static const WmoMap *
ask_map(FunctionCallInfo fcinfo, const QuestionPlan *plan, CallSite *site, WmoQuestion *question)
{
	const WmoMap *map = wmo_session_map();
	PlaceHead place;

	if (map == NULL || wmo_read_question(fcinfo, plan, site, map, question, &place) != QUESTION_OK)
		return NULL;
	wmo_map_ask(map, question, &site->asker);
	return map;
}

/* wmo.provider_at(place geometry, service text, on_date date, age int) -> int */
Datum
wmo_sql_provider_at(PG_FUNCTION_ARGS)
{
	CallSite *site = wmo_call_site(fcinfo);
	WmoQuestion question;
	const WmoMap *map = ask_map(fcinfo, &short_plan, site, &question);
	int32 provider;

	if (map == NULL)
		return wmo_value_by_tables(fcinfo, &provider_at);
	provider = wmo_answer_only_provider(&site->asker);
	if (provider < 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32(wmo_map_row(map, WMO_PARTY, (uint32) provider)[PARTY_ID]);
}

/* wmo.answer_at(place geometry, service text, on_date date, age int) -> text */
Datum
wmo_sql_answer_at(PG_FUNCTION_ARGS)
{
	CallSite *site = wmo_call_site(fcinfo);
	WmoQuestion question;

	if (ask_map(fcinfo, &short_plan, site, &question) == NULL)
		return wmo_value_by_tables(fcinfo, &answer_at);
	PG_RETURN_TEXT_P(wmo_answer_text(site));
}

/*
 * wmo.providers_at(place geometry, service text, on_date date, age int, current_provider int, client_since date,
 * as_of date) -> setof wmo.provider_row
 */
Datum
wmo_sql_providers_at(PG_FUNCTION_ARGS)
{
	CallSite *site = wmo_call_site(fcinfo);

	if (!site->answering)
	{
		WmoQuestion question;
		const WmoMap *map = ask_map(fcinfo, &full_plan, site, &question);

		if (map != NULL)
			wmo_rows_of_map(fcinfo, site, map, &question, false);
		else
			wmo_rows_by_tables(fcinfo, site, &providers_at);
	}
	return wmo_next_row(fcinfo, site);
}

/* ---- by code ---- */

/* Asks the session's map about a code, and says whether another edition answers; NULL: ask SQL. */
static const WmoMap *
ask_map_by_code(FunctionCallInfo fcinfo, const QuestionPlan *plan, CallSite *site, CodeKind kind, WmoQuestion *question,
				bool *other_edition)
{
	const WmoMap *map = wmo_session_map();
	const CodeMatches *found;
	PlaceHead place;

	if (map == NULL || wmo_read_question(fcinfo, plan, site, map, question, &place) != QUESTION_OK)
		return NULL;
	found = wmo_place_by_code(map, kind, PG_GETARG_DATUM(0), PG_ARGISNULL(0), question);
	*other_edition = found != NULL && found->other_edition;
	wmo_map_ask(map, question, &site->asker);
	return map;
}

static Datum
providers_by_code(FunctionCallInfo fcinfo, CodeKind kind, TableQuery *by_tables)
{
	CallSite *site = wmo_call_site(fcinfo);

	if (!site->answering)
	{
		WmoQuestion question;
		bool other_edition;
		const WmoMap *map = ask_map_by_code(fcinfo, &code_plan, site, kind, &question, &other_edition);

		if (map != NULL)
			wmo_rows_of_map(fcinfo, site, map, &question, other_edition);
		else
			wmo_rows_by_tables(fcinfo, site, by_tables);
	}
	return wmo_next_row(fcinfo, site);
}

/*
 * wmo.providers_in_area(code area_code, service text, on_date date, age int, current_provider int, client_since date,
 * as_of date) -> setof wmo.provider_row
 */
Datum
wmo_sql_providers_in_area(PG_FUNCTION_ARGS)
{
	return providers_by_code(fcinfo, AREA_CODE, &providers_in_area);
}

/*
 * wmo.providers_at_postcode(code postcode, service text, on_date date, age int, current_provider int,
 * client_since date, as_of date) -> setof wmo.provider_row
 */
Datum
wmo_sql_providers_at_postcode(PG_FUNCTION_ARGS)
{
	return providers_by_code(fcinfo, POSTCODE, &providers_at_postcode);
}

/* wmo.answer_at_postcode(code postcode, service text, on_date date, age int) -> text */
Datum
wmo_sql_answer_at_postcode(PG_FUNCTION_ARGS)
{
	CallSite *site = wmo_call_site(fcinfo);
	WmoQuestion question;
	bool other_edition;

	if (ask_map_by_code(fcinfo, &short_code_plan, site, POSTCODE, &question, &other_edition) == NULL)
		return wmo_value_by_tables(fcinfo, &answer_at_postcode);
	for (uint32 i = 0; i < site->asker.line_count; i++)
	{
		const WmoLine *line = &site->asker.lines[i];

		if ((line->covers != WMO_COVERS_WHOLE && (line->found || line->reason == WMO_REASON_PROVIDERS_NOT_NAMED)) ||
			(line->covers == WMO_COVERS_PART && site->asker.complete &&
			 line->reason == WMO_REASON_EXISTING_CLIENTS_ONLY))
			PG_RETURN_TEXT_P(cstring_to_text("depends"));
	}
	PG_RETURN_TEXT_P(wmo_answer_text(site));
}
