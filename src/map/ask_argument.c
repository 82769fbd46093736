/*
 * ask_argument.c - provider_on and its kin: questions to a coverage_map, without a table. Those by_map look at no clock
 * either: they ask as of the day on which the map was made.
 */
#include "map/question.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"

WMO_FUNCTION(wmo_sql_provider_on);
WMO_FUNCTION(wmo_sql_providers_on);
WMO_FUNCTION(wmo_sql_answer_on);
WMO_FUNCTION(wmo_sql_provider_by_map);
WMO_FUNCTION(wmo_sql_providers_by_map);
WMO_FUNCTION(wmo_sql_answer_by_map);

static const QuestionPlan short_plan = {.place = 1,
										.service = 2,
										.on_date = 3,
										.age = 4,
										.current_provider = NO_ARGUMENT,
										.client_since = NO_ARGUMENT,
										.as_of = 5};
static const QuestionPlan full_plan =
	{.place = 1, .service = 2, .on_date = 3, .age = 4, .current_provider = 5, .client_since = 6, .as_of = 7};
static const QuestionPlan short_plan_by_map = {.place = 1,
											   .service = 2,
											   .on_date = 3,
											   .age = 4,
											   .current_provider = NO_ARGUMENT,
											   .client_since = NO_ARGUMENT,
											   .as_of = DAY_OF_MAP};
static const QuestionPlan full_plan_by_map =
	{.place = 1, .service = 2, .on_date = 3, .age = 4, .current_provider = 5, .client_since = 6, .as_of = DAY_OF_MAP};

/* ---- what is wrong with an argument ---- */

static const char *
type_name(uint32 type)
{
	static const char *const names[] = {"geometry",	  "point",			 "linestring",	 "polygon",
										"multipoint", "multilinestring", "multipolygon", "geometrycollection"};

	return type < lengthof(names) ? names[type] : names[0];
}

/* The errors are those of wmo_works.checked_place. */
static void
refuse_place(QuestionFault fault, const WmoMap *map, const PlaceHead *place)
{
	int32 srid = map->header->srid;

	if (fault == PLACE_NOT_A_POINT)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("place must be a point, not a %s", type_name(place->type)),
				 errdetail("A resident lives at one place."),
				 errhint("Use ST_PointOnSurface for one point of a shape.")));
	if (fault == PLACE_WITHOUT_SRID)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("place has no SRID"),
				 errdetail("Without a reference system its coordinates mean nothing."),
				 errhint("Use ST_SetSRID(place, %d) when it is in that of the map.", srid)));
	if (fault == PLACE_ELSEWHERE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("place has SRID %d, the map %d", place->srid, srid),
				 errdetail("A map reads no table, so it cannot transform coordinates."),
				 errhint("Use ST_Transform(place, %d).", srid)));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("place has a coordinate that is not a finite number"),
			 errdetail("Both coordinates must be finite."), errhint("Store null where the place is not known.")));
}

static void
unknown_service(const WmoMap *map, text *code)
{
	StringInfoData known;

	initStringInfo(&known);
	for (uint32 i = 0; i < map->count[WMO_SERVICE]; i++)
	{
		CHECK_FOR_INTERRUPTS();
		appendStringInfo(&known, "%s%s", i == 0 ? "" : ", ",
						 map->pool + wmo_map_row(map, WMO_SERVICE, i)[SERVICE_CODE]);
	}
	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_OBJECT), errmsg("unknown service \"%s\"", text_to_cstring(code)),
			 errdetail("The map knows the services that the registry knew when it was compiled."),
			 errhint("Known services: %s.", known.data)));
}

static void
refuse_day(int32 day, const char *name)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s must be a day, not \"%s\"", name, DATE_IS_NOBEGIN(day) ? "-infinity" : "infinity"),
			 errdetail("Coverage is asked for one day at a time."), errhint("Give a calendar day.")));
}

/* Reads what is asked of the map in the first argument. */
static const WmoMap *
read_question(FunctionCallInfo fcinfo, const QuestionPlan *plan, CallSite *site, WmoQuestion *question)
{
	const WmoMap *map = wmo_coverage_map_open(&site->cache, PG_GETARG_DATUM(0));
	PlaceHead place;
	QuestionFault fault = wmo_read_question(fcinfo, plan, site, map, question, &place);

	switch (fault)
	{
		case QUESTION_OK:
			break;
		case PLACE_NOT_A_POINT:
		case PLACE_WITHOUT_SRID:
		case PLACE_ELSEWHERE:
		case PLACE_NOT_FINITE:
			refuse_place(fault, map, &place);
			break;
		case SERVICE_UNKNOWN:
			unknown_service(map, PG_GETARG_TEXT_PP(plan->service));
			break;
		case ON_DATE_INFINITE:
			refuse_day(question->on_date, "on_date");
			break;
		case AGE_IMPOSSIBLE:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("impossible age %d", question->age),
					 errdetail("An age is a number of whole years from 0 to 130."),
					 errhint("Use wmo.age_on(birth, on_date) to compute the age on the day of care.")));
			break;
		case AS_OF_INFINITE:
			refuse_day(question->as_of, "as_of");
			break;
	}
	return map;
}

/* Asks the map of the first argument; NULL without one. */
static const WmoMap *
ask(FunctionCallInfo fcinfo, const QuestionPlan *plan, CallSite *site, WmoQuestion *question)
{
	const WmoMap *map;

	if (PG_ARGISNULL(0))
		return NULL;
	map = read_question(fcinfo, plan, site, question);
	wmo_map_ask(map, question, &site->asker);
	return map;
}

/* ---- one provider ---- */

static Datum
provider(FunctionCallInfo fcinfo, const QuestionPlan *plan)
{
	WmoQuestion question;
	CallSite *site = wmo_call_site(fcinfo);
	const WmoMap *map = ask(fcinfo, plan, site, &question);
	int32 found = map == NULL ? -1 : wmo_answer_only_provider(&site->asker);

	if (found < 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32(wmo_map_row(map, WMO_PARTY, (uint32) found)[PARTY_ID]);
}

/*
 * wmo.provider_on(map coverage_map, place geometry, service text, on_date date, age int, as_of date) -> int: the one
 * main or only provider, as wmo.provider_at finds it.
 */
Datum
wmo_sql_provider_on(PG_FUNCTION_ARGS)
{
	return provider(fcinfo, &short_plan);
}

/* wmo.provider_by_map(map coverage_map, place geometry, service text, on_date date, age int) -> int */
Datum
wmo_sql_provider_by_map(PG_FUNCTION_ARGS)
{
	return provider(fcinfo, &short_plan_by_map);
}

/* ---- the answer in one word ---- */

static Datum
answer(FunctionCallInfo fcinfo, const QuestionPlan *plan)
{
	WmoQuestion question;
	CallSite *site = wmo_call_site(fcinfo);

	if (ask(fcinfo, plan, site, &question) == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(wmo_answer_text(site));
}

/*
 * wmo.answer_on(map coverage_map, place geometry, service text, on_date date, age int, as_of date) -> text: the word
 * of wmo.answer_at.
 */
Datum
wmo_sql_answer_on(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, &short_plan);
}

/* wmo.answer_by_map(map coverage_map, place geometry, service text, on_date date, age int) -> text */
Datum
wmo_sql_answer_by_map(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, &short_plan_by_map);
}

/* ---- every line ---- */

static Datum
providers(FunctionCallInfo fcinfo, const QuestionPlan *plan)
{
	CallSite *site = wmo_call_site(fcinfo);

	if (!site->answering)
	{
		WmoQuestion question;
		const WmoMap *map = ask(fcinfo, plan, site, &question);

		if (map == NULL)
			wmo_begin_rows(fcinfo, site, 0);
		else
			wmo_rows_of_map(fcinfo, site, map, &question, false);
	}
	return wmo_next_row(fcinfo, site);
}

/*
 * wmo.providers_on(map coverage_map, place geometry, service text, on_date date, age int, current_provider int,
 * client_since date, as_of date) -> setof wmo.provider_row: the rows of wmo.providers_at, in its order.
 */
Datum
wmo_sql_providers_on(PG_FUNCTION_ARGS)
{
	return providers(fcinfo, &full_plan);
}

/*
 * wmo.providers_by_map(map coverage_map, place geometry, service text, on_date date, age int, current_provider int,
 * client_since date) -> setof wmo.provider_row
 */
Datum
wmo_sql_providers_by_map(PG_FUNCTION_ARGS)
{
	return providers(fcinfo, &full_plan_by_map);
}
