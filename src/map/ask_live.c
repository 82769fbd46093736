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

#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "parser/parse_func.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include <math.h>

WMO_FUNCTION(wmo_sql_provider_at);
WMO_FUNCTION(wmo_sql_answer_at);
WMO_FUNCTION(wmo_sql_providers_at);
WMO_FUNCTION(wmo_sql_providers_in_area);
WMO_FUNCTION(wmo_sql_providers_at_postcode);

/* ---- by SQL ---- */

#define SEVEN_ARGUMENTS "($1, $2, $3, $4, $5, $6, $7)"

static TableQuery provider_at = {.query = "SELECT wmo_works.provider_at_by_tables($1, $2, $3, $4)"};
static TableQuery answer_at = {.query = "SELECT wmo_works.answer_at_by_tables($1, $2, $3, $4)"};
static TableQuery providers_at = {.query = "SELECT p FROM wmo_works.providers_at_by_tables" SEVEN_ARGUMENTS " p"};
static TableQuery providers_in_area = {.query = "SELECT p FROM wmo_works.providers_in_area_by_tables" SEVEN_ARGUMENTS " p"};
static TableQuery providers_at_postcode = {
	.query = "SELECT p FROM wmo_works.providers_at_postcode_by_tables" SEVEN_ARGUMENTS " p"
};

/* ---- the arguments; false: let SQL say what is wrong ---- */

/* service, on_date and age, and where there are more: current_provider, client_since and as_of. */
static bool
read_question(FunctionCallInfo fcinfo, Asking *asking, const WmoMap *map, WmoQuestion *question)
{
	memset(question, 0, sizeof(*question));
	if (!wmo_read_day(fcinfo->args[2], &question->on_date) || !wmo_read_age(fcinfo->args[3], &question->age))
		return false;
	if (PG_NARGS() == 4)
	{
		question->current_provider = question->client_since = WMO_MAP_NULL;
		question->as_of = GetSQLCurrentDate();
	}
	else
	{
		wmo_read_client(fcinfo->args[4], fcinfo->args[5], question);
		if (!wmo_read_day(fcinfo->args[6], &question->as_of))
			return false;
	}
	question->service = PG_ARGISNULL(1) ? -1 : wmo_read_service(asking, map, PG_GETARG_TEXT_PP(1));
	return PG_ARGISNULL(1) || question->service >= 0;
}

/* The place in the reference system of the map, by PostGIS. */
static Datum
transform(FunctionCallInfo fcinfo, Asking *asking, int32 srid, Datum place)
{
	if (!OidIsValid(asking->transform.fn_oid))
	{
		Oid *types;
		int count;
		HeapTuple type;
		char *schema;
		Oid arguments[2];
		Oid function;

		get_func_signature(fcinfo->flinfo->fn_oid, &types, &count);
		arguments[0] = types[0];
		arguments[1] = INT4OID;
		type = SearchSysCache1(TYPEOID, ObjectIdGetDatum(types[0]));
		if (!HeapTupleIsValid(type))
			elog(ERROR, "cache lookup failed for type %u", types[0]);
		schema = get_namespace_name(((Form_pg_type) GETSTRUCT(type))->typnamespace);
		ReleaseSysCache(type);
		function = LookupFuncName(list_make2(makeString(schema), makeString("st_transform")), 2, arguments, false);
		fmgr_info_cxt(function, &asking->transform, asking->context);
	}
	return FunctionCall2(&asking->transform, place, Int32GetDatum(srid));
}

static bool
read_place(FunctionCallInfo fcinfo, Asking *asking, const WmoMap *map, WmoQuestion *question)
{
	int32 map_srid = map->header->srid;
	int32 srid;
	uint32 type;
	PlaceFault fault;

	if (PG_ARGISNULL(0))
		return true;
	fault = wmo_read_place(PG_GETARG_DATUM(0), map_srid, question, &srid, &type);
	if (fault == PLACE_ELSEWHERE && isfinite(question->x) && isfinite(question->y))
		fault = wmo_read_place(transform(fcinfo, asking, map_srid, PG_GETARG_DATUM(0)), map_srid, question, &srid, &type);
	return fault == PLACE_OK;
}

/* ---- by place ---- */

/* Asks the session's map about a place; NULL: ask SQL. */
static const WmoMap *
ask_map(FunctionCallInfo fcinfo, Asking *asking, WmoQuestion *question)
{
	const WmoMap *map = wmo_session_map();

	if (map == NULL || !read_question(fcinfo, asking, map, question) || !read_place(fcinfo, asking, map, question))
		return NULL;
	wmo_map_ask(map, question, &asking->asker);
	return map;
}

/* wmo.provider_at(place geometry, service text, on_date date, age int) -> int */
Datum
wmo_sql_provider_at(PG_FUNCTION_ARGS)
{
	Asking *asking = wmo_asking(fcinfo, sizeof(Asking));
	WmoQuestion question;
	const WmoMap *map = ask_map(fcinfo, asking, &question);
	int32 provider;

	if (map == NULL)
		return wmo_value_by_tables(fcinfo, &provider_at);
	provider = wmo_only_provider(&asking->asker);
	if (provider < 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32(wmo_map_row(map, WMO_PARTY, (uint32) provider)[PARTY_ID]);
}

/* wmo.answer_at(place geometry, service text, on_date date, age int) -> text */
Datum
wmo_sql_answer_at(PG_FUNCTION_ARGS)
{
	static const char *const words[] = {
		[WMO_ANSWER_ONE] = "one", [WMO_ANSWER_SEVERAL] = "several", [WMO_ANSWER_UNNAMED] = "unnamed",
		[WMO_ANSWER_EXISTING_ONLY] = "existing_only"
	};
	Asking *asking = wmo_asking(fcinfo, sizeof(Asking));
	WmoQuestion question;
	WmoAnswerWord word;
	int32 reason;

	if (ask_map(fcinfo, asking, &question) == NULL)
		return wmo_value_by_tables(fcinfo, &answer_at);
	word = wmo_answer_word(&asking->asker, &reason);
	if (word == WMO_ANSWER_NONE)
		PG_RETURN_TEXT_P(cstring_to_text(psprintf("none:%s", wmo_reason_word[reason])));
	PG_RETURN_TEXT_P(cstring_to_text(words[word]));
}

/*
 * wmo.providers_at(place geometry, service text, on_date date, age int, current_provider int, client_since date,
 * as_of date) -> setof wmo.provider_row
 */
Datum
wmo_sql_providers_at(PG_FUNCTION_ARGS)
{
	Asking *asking = wmo_asking(fcinfo, sizeof(Asking));

	if (!asking->answering)
	{
		WmoQuestion question;
		const WmoMap *map = ask_map(fcinfo, asking, &question);

		if (map != NULL)
			wmo_rows_of_map(fcinfo, asking, map, &question, false);
		else
			wmo_rows_by_tables(fcinfo, asking, &providers_at);
	}
	return wmo_next_row(fcinfo, asking);
}

/* ---- by code ---- */

static bool
ask_map_by_code(FunctionCallInfo fcinfo, Asking *asking, bool is_postcode)
{
	const WmoMap *map = wmo_session_map();
	WmoQuestion question;
	const CodeMatches *found;

	if (map == NULL || !read_question(fcinfo, asking, map, &question))
		return false;
	if (PG_ARGISNULL(0))
		found = NULL;
	else if (is_postcode)
		found = wmo_matches_of_postcode(map, PG_GETARG_DATUM(0), question.service, question.on_date);
	else
		found = wmo_matches_of_code(map, PG_GETARG_DATUM(0), question.on_date);
	question.has_place = found != NULL && found->known;
	if (question.has_place)
	{
		question.matches = found->matches;
		question.match_count = found->count;
	}
	wmo_map_ask(map, &question, &asking->asker);
	wmo_rows_of_map(fcinfo, asking, map, &question, found != NULL && found->other_edition);
	return true;
}

/*
 * wmo.providers_in_area(code area_code, service text, on_date date, age int, current_provider int, client_since date,
 * as_of date) -> setof wmo.provider_row
 */
Datum
wmo_sql_providers_in_area(PG_FUNCTION_ARGS)
{
	Asking *asking = wmo_asking(fcinfo, sizeof(Asking));

	if (!asking->answering && !ask_map_by_code(fcinfo, asking, false))
		wmo_rows_by_tables(fcinfo, asking, &providers_in_area);
	return wmo_next_row(fcinfo, asking);
}

/*
 * wmo.providers_at_postcode(code postcode, service text, on_date date, age int, current_provider int,
 * client_since date, as_of date) -> setof wmo.provider_row
 */
Datum
wmo_sql_providers_at_postcode(PG_FUNCTION_ARGS)
{
	Asking *asking = wmo_asking(fcinfo, sizeof(Asking));

	if (!asking->answering && !ask_map_by_code(fcinfo, asking, true))
		wmo_rows_by_tables(fcinfo, asking, &providers_at_postcode);
	return wmo_next_row(fcinfo, asking);
}
