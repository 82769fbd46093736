/*
 * ask_live.c - the questions to the registry of this moment: by the session's map, else by one of what they meet.
 *
 * The map of the session says itself which areas a place meets; from the tables SQL says so (answer/asked.sql). What
 * is wrong with an argument is left to SQL to say.
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

/* ---- what the tables are asked first ---- */

/* A plan each for the functions, whose arguments differ. */
#define MET_AT_PLACE \
	{ \
		.query = \
			"SELECT wmo_works.matches_at_place($1, $2, $3), false, ARRAY[wmo.service_id($2)], NULL::pg_catalog.int4[]" \
	}
#define MET_AT_POSTCODE \
	{ \
		.query = \
			"SELECT wmo_works.postcode_matches($1, $2, $3), false, ARRAY[wmo.service_id($2)], NULL::pg_catalog.int4[]" \
	}

/* ---- the arguments ---- */

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

/* Asks about a place, and returns the map that answered. */
static const WmoMap *
ask(FunctionCallInfo fcinfo, const QuestionPlan *plan, TableQuery *met, CallSite *site, WmoQuestion *question)
{
	const WmoMap *map = wmo_session_map();
	PlaceHead place;
	bool other_edition;

	if (map == NULL || wmo_read_question(fcinfo, plan, site, map, question, &place) != QUESTION_OK)
		return wmo_ask_tables(fcinfo, plan, site, met, question, &other_edition);
	wmo_map_ask(map, question, &site->asker);
	return map;
}

/* wmo.provider_at(place geometry, service text, on_date date, age int) -> int */
Datum
wmo_sql_provider_at(PG_FUNCTION_ARGS)
{
	static TableQuery met = MET_AT_PLACE;
	CallSite *site = wmo_call_site(fcinfo);
	WmoQuestion question;
	const WmoMap *map = ask(fcinfo, &short_plan, &met, site, &question);
	int32 provider = wmo_answer_only_provider(&site->asker);

	if (provider < 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32(wmo_map_row(map, WMO_PARTY, (uint32) provider)[PARTY_ID]);
}

/* wmo.answer_at(place geometry, service text, on_date date, age int) -> text */
Datum
wmo_sql_answer_at(PG_FUNCTION_ARGS)
{
	static TableQuery met = MET_AT_PLACE;
	CallSite *site = wmo_call_site(fcinfo);
	WmoQuestion question;

	ask(fcinfo, &short_plan, &met, site, &question);
	PG_RETURN_TEXT_P(wmo_answer_text(site));
}

/*
 * wmo.providers_at(place geometry, service text, on_date date, age int, current_provider int, client_since date,
 * as_of date) -> setof wmo.provider_row
 */
Datum
wmo_sql_providers_at(PG_FUNCTION_ARGS)
{
	static TableQuery met = MET_AT_PLACE;
	CallSite *site = wmo_call_site(fcinfo);

	if (!site->answering)
	{
		WmoQuestion question;
		const WmoMap *map = ask(fcinfo, &full_plan, &met, site, &question);

		wmo_rows_of_map(fcinfo, site, map, &question, false);
	}
	return wmo_next_row(fcinfo, site);
}

/* ---- by code ---- */

/* Asks about a code, says whether another edition answers, and returns the map that answered. */
static const WmoMap *
ask_by_code(FunctionCallInfo fcinfo, const QuestionPlan *plan, TableQuery *met, CallSite *site, CodeKind kind,
			WmoQuestion *question, bool *other_edition)
{
	const WmoMap *map = wmo_session_map();
	const CodeMatches *found;
	PlaceHead place;

	if (map == NULL || wmo_read_question(fcinfo, plan, site, map, question, &place) != QUESTION_OK)
		return wmo_ask_tables(fcinfo, plan, site, met, question, other_edition);
	found = wmo_place_by_code(map, kind, PG_GETARG_DATUM(0), PG_ARGISNULL(0), question);
	*other_edition = found != NULL && found->other_edition;
	wmo_map_ask(map, question, &site->asker);
	return map;
}

static Datum
providers_by_code(FunctionCallInfo fcinfo, CodeKind kind, TableQuery *met)
{
	CallSite *site = wmo_call_site(fcinfo);

	if (!site->answering)
	{
		WmoQuestion question;
		bool other_edition;
		const WmoMap *map = ask_by_code(fcinfo, &code_plan, met, site, kind, &question, &other_edition);

		wmo_rows_of_map(fcinfo, site, map, &question, other_edition);
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
	static TableQuery met = {.query = "SELECT wmo_works.matches_in_area($1, $3), wmo_works.is_other_edition($1, $3),"
									  " ARRAY[wmo.service_id($2)], NULL::pg_catalog.int4[]"};

	return providers_by_code(fcinfo, AREA_CODE, &met);
}

/*
 * wmo.providers_at_postcode(code postcode, service text, on_date date, age int, current_provider int,
 * client_since date, as_of date) -> setof wmo.provider_row
 */
Datum
wmo_sql_providers_at_postcode(PG_FUNCTION_ARGS)
{
	static TableQuery met = MET_AT_POSTCODE;

	return providers_by_code(fcinfo, POSTCODE, &met);
}

/* wmo.answer_at_postcode(code postcode, service text, on_date date, age int) -> text */
Datum
wmo_sql_answer_at_postcode(PG_FUNCTION_ARGS)
{
	static TableQuery met = MET_AT_POSTCODE;
	CallSite *site = wmo_call_site(fcinfo);
	WmoQuestion question;
	bool other_edition;

	ask_by_code(fcinfo, &short_code_plan, &met, site, POSTCODE, &question, &other_edition);
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
