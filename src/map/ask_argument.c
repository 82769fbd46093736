/*
 * ask_argument.c - provider_on and providers_on: questions to a coverage_map, without a table.
 */
#include "map/question.h"

#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/date.h"

WMO_FUNCTION(wmo_sql_provider_on);
WMO_FUNCTION(wmo_sql_providers_on);

typedef struct MapAsking
{
	Asking asking;
	CoverageMapCache cache;
} MapAsking;

static MapAsking *
asking_of(FunctionCallInfo fcinfo)
{
	MapAsking *asking = (MapAsking *) wmo_asking(fcinfo, sizeof(MapAsking));

	asking->cache.context = asking->asking.context;
	return asking;
}

/* ---- the arguments ---- */

static const char *
type_name(uint32 type)
{
	static const char *const names[] = {
		"geometry", "point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon", "geometrycollection"
	};

	return type < lengthof(names) ? names[type] : names[0];
}

/* Reads a point. The errors are those of wmo_works.checked_place. */
static void
read_place(const WmoMap *map, Datum place, WmoQuestion *question)
{
	int32 srid;
	uint32 type;

	switch (wmo_read_place(place, map->header->srid, question, &srid, &type))
	{
		case PLACE_OK:
			break;
		case PLACE_NOT_A_POINT:
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("place must be a point, not a %s", type_name(type)),
							errdetail("A resident lives at one place."),
							errhint("Use ST_PointOnSurface for one point of a shape.")));
			break;
		case PLACE_WITHOUT_SRID:
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("place has no SRID"),
							errdetail("Without a reference system its coordinates mean nothing."),
							errhint("Use ST_SetSRID(place, %d) when it is in that of the map.", map->header->srid)));
			break;
		case PLACE_ELSEWHERE:
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("place has SRID %d, the map %d", srid, map->header->srid),
							errdetail("A map reads no table, so it cannot transform coordinates."),
							errhint("Use ST_Transform(place, %d).", map->header->srid)));
			break;
		case PLACE_NOT_FINITE:
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("place has a coordinate that is not a finite number"),
							errdetail("Both coordinates must be finite."),
							errhint("Store null where the place is not known.")));
			break;
	}
}

static void
unknown_service(const WmoMap *map, text *code)
{
	StringInfoData known;

	initStringInfo(&known);
	for (uint32 i = 0; i < map->count[WMO_SERVICE]; i++)
		appendStringInfo(&known, "%s%s", i == 0 ? "" : ", ", map->pool + wmo_map_row(map, WMO_SERVICE, i)[SERVICE_CODE]);
	ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT), errmsg("unknown service \"%s\"", text_to_cstring(code)),
					errdetail("The map knows the services that the registry knew when it was compiled."),
					errhint("Known services: %s.", known.data)));
}

static int32
read_service(Asking *asking, const WmoMap *map, Datum value)
{
	text *code = DatumGetTextPP(value);
	int32 service = wmo_read_service(asking, map, code);

	if (service < 0)
		unknown_service(map, code);
	return service;
}

static int32
read_day(FunctionCallInfo fcinfo, int argument, const char *name)
{
	int32 day;

	if (!wmo_read_day(fcinfo->args[argument], &day))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("%s must be a day, not \"%s\"", name, DATE_IS_NOBEGIN(day) ? "-infinity" : "infinity"),
						errdetail("Coverage is asked for one day at a time."), errhint("Give a calendar day.")));
	return day;
}

static int32
read_age(FunctionCallInfo fcinfo, int argument)
{
	int32 age;

	if (!wmo_read_age(fcinfo->args[argument], &age))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("impossible age %d", age),
						errdetail("An age is a number of whole years from 0 to 130."),
						errhint("Use wmo.age_on(birth, on_date) to compute the age on the day of care.")));
	return age;
}

/* What both functions are asked: map, place, service, on_date, age. */
static const WmoMap *
read_question(FunctionCallInfo fcinfo, MapAsking *asking, WmoQuestion *question)
{
	const WmoMap *map = coverage_map_get(&asking->cache, PG_GETARG_DATUM(0));

	question->has_place = false;
	if (!PG_ARGISNULL(1))
		read_place(map, PG_GETARG_DATUM(1), question);
	question->matches = NULL;
	question->service = PG_ARGISNULL(2) ? -1 : read_service(&asking->asking, map, PG_GETARG_DATUM(2));
	question->on_date = read_day(fcinfo, 3, "on_date");
	question->age = read_age(fcinfo, 4);
	question->current_provider = question->client_since = WMO_MAP_NULL;
	return map;
}

/* ---- one provider ---- */

/*
 * wmo.provider_on(map coverage_map, place geometry, service text, on_date date, age int, as_of date) -> int: the one
 * main or only provider, as wmo.provider_at finds it.
 */
Datum
wmo_sql_provider_on(PG_FUNCTION_ARGS)
{
	MapAsking *asking;
	const WmoMap *map;
	WmoQuestion question;
	int32 provider;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	asking = asking_of(fcinfo);
	map = read_question(fcinfo, asking, &question);
	question.as_of = read_day(fcinfo, 5, "as_of");
	wmo_map_ask(map, &question, &asking->asking.asker);
	provider = wmo_only_provider(&asking->asking.asker);
	if (provider < 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32(wmo_map_row(map, WMO_PARTY, (uint32) provider)[PARTY_ID]);
}

/* ---- every line ---- */

/*
 * wmo.providers_on(map coverage_map, place geometry, service text, on_date date, age int, current_provider int,
 * client_since date, as_of date) -> setof wmo.provider_row: the rows of wmo.providers_at, in its order.
 */
Datum
wmo_sql_providers_on(PG_FUNCTION_ARGS)
{
	MapAsking *asking = asking_of(fcinfo);

	if (!asking->asking.answering)
	{
		WmoQuestion question;
		const WmoMap *map;

		if (PG_ARGISNULL(0))
			wmo_begin_rows(fcinfo, &asking->asking, 0);
		else
		{
			map = read_question(fcinfo, asking, &question);
			wmo_read_client(fcinfo->args[5], fcinfo->args[6], &question);
			question.as_of = read_day(fcinfo, 7, "as_of");
			wmo_map_ask(map, &question, &asking->asking.asker);
			wmo_rows_of_map(fcinfo, &asking->asking, map, &question, false);
		}
	}
	return wmo_next_row(fcinfo, &asking->asking);
}
