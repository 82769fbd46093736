/*
 * coverage_ask.c - provider_on and providers_on: questions to a coverage_map, without a table.
 */
#include "coverage_map.h"

#include "executor/executor.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include <math.h>

WMO_FUNCTION(wmo_provider_on);
WMO_FUNCTION(wmo_providers_on);

/* What one call site keeps from row to row. */
typedef struct Asking
{
	CoverageMapCache cache;
	WmoAsker asker;
	int32 service; /* the row of the service asked for last */
	text *service_code;
	uint64 service_key; /* in the map with this key */
	TupleDesc row; /* of wmo.provider_row */
	bool answering; /* between the first and the last row of an answer */
	uint32 next;
} Asking;

static void *
resize(void *context, void *memory, size_t size)
{
	return memory == NULL ? MemoryContextAlloc((MemoryContext) context, size) : repalloc(memory, size);
}

static Asking *
asking_of(FunctionCallInfo fcinfo)
{
	Asking *asking = fcinfo->flinfo->fn_extra;

	if (asking == NULL)
	{
		asking = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(Asking));
		asking->cache.context = fcinfo->flinfo->fn_mcxt;
		asking->asker.resize = resize;
		asking->asker.context = fcinfo->flinfo->fn_mcxt;
		fcinfo->flinfo->fn_extra = asking;
	}
	return asking;
}

/* ---- the arguments ---- */

/* PostGIS's stored form since version 3: three bytes of SRID, flags, perhaps a box, then type, count and coordinates. */
#define FLAG_BOX 0x04
#define FLAG_GEODETIC 0x08
#define FLAG_EXTENDED 0x10
#define FLAG_VERSION_2 0x40
#define TYPE_POINT 1

static const char *
type_name(uint32 type)
{
	static const char *const names[] = {
		"geometry", "point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon", "geometrycollection"
	};

	return type < lengthof(names) ? names[type] : names[0];
}

/* Reads a point; false for an empty one. The errors are those of wmo.checked_place. */
static bool
read_place(const WmoMap *map, Datum value, WmoQuestion *question)
{
	struct varlena *shape = PG_DETOAST_DATUM_PACKED(value);
	const unsigned char *bytes = (const unsigned char *) VARDATA_ANY(shape);
	Size size = VARSIZE_ANY_EXHDR(shape);
	Size at = 4;
	uint32 type, count;
	int32 srid;
	unsigned char flags;

	if (size < 12)
		elog(ERROR, "geometry is too short");
	flags = bytes[3];
	srid = ((int32) (((uint32) bytes[0] << 16 | (uint32) bytes[1] << 8 | bytes[2]) << 11)) >> 11;
	if ((flags & FLAG_VERSION_2) != 0 && (flags & FLAG_EXTENDED) != 0)
		at += 8;
	if ((flags & FLAG_BOX) != 0)
		at += (flags & FLAG_GEODETIC) != 0 ? 24 : 8 * (2 + (Size) (flags & 1) + (flags >> 1 & 1));
	if (size < at + 8)
		elog(ERROR, "geometry is too short");
	memcpy(&type, bytes + at, 4);
	memcpy(&count, bytes + at + 4, 4);
	if (type != TYPE_POINT)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("place must be a point, not a %s", type_name(type)),
						errdetail("A resident lives at one place."),
						errhint("Use ST_PointOnSurface for one point of a shape.")));
	if (count == 0)
		return false;
	if (srid == 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("place has no SRID"),
						errdetail("Without a reference system its coordinates mean nothing."),
						errhint("Use ST_SetSRID(place, %d) when it is in that of the map.", map->header->srid)));
	if (srid != map->header->srid)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("place has SRID %d, the map %d", srid, map->header->srid),
						errdetail("A map reads no table, so it cannot transform coordinates."),
						errhint("Use ST_Transform(place, %d).", map->header->srid)));
	if (size < at + 8 + 16)
		elog(ERROR, "geometry is too short");
	memcpy(&question->x, bytes + at + 8, 8);
	memcpy(&question->y, bytes + at + 16, 8);
	if (!isfinite(question->x) || !isfinite(question->y))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("place has a coordinate that is not a finite number"),
						errdetail("Both coordinates must be finite."), errhint("Store null where the place is not known.")));
	if ((Pointer) shape != DatumGetPointer(value))
		pfree(shape);
	return true;
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
	Size length = VARSIZE_ANY_EXHDR(code);

	if (asking->service_code != NULL && asking->service_key == map->header->rows_key &&
		VARSIZE_ANY_EXHDR(asking->service_code) == length &&
		memcmp(VARDATA_ANY(asking->service_code), VARDATA_ANY(code), length) == 0)
		return asking->service;
	asking->service = wmo_map_service(map, VARDATA_ANY(code), length);
	if (asking->service < 0)
		unknown_service(map, code);
	if (asking->service_code != NULL)
		pfree(asking->service_code);
	asking->service_code = MemoryContextAlloc(asking->cache.context, VARSIZE_ANY(code));
	memcpy(asking->service_code, code, VARSIZE_ANY(code));
	asking->service_key = map->header->rows_key;
	return asking->service;
}

static int32
read_day(FunctionCallInfo fcinfo, int argument, const char *name)
{
	DateADT day;

	if (PG_ARGISNULL(argument))
		return WMO_MAP_NULL;
	day = PG_GETARG_DATEADT(argument);
	if (DATE_NOT_FINITE(day))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("%s must be a day, not \"%s\"", name, DATE_IS_NOBEGIN(day) ? "-infinity" : "infinity"),
						errdetail("Coverage is asked for one day at a time."), errhint("Give a calendar day.")));
	return day;
}

static int32
read_age(FunctionCallInfo fcinfo, int argument)
{
	int32 age;

	if (PG_ARGISNULL(argument))
		return WMO_MAP_NULL;
	age = PG_GETARG_INT32(argument);
	if (age < 0 || age > 130)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("impossible age %d", age),
						errdetail("An age is a number of whole years from 0 to 130."),
						errhint("Use wmo.age_on(birth, on_date) to compute the age on the day of care.")));
	return age;
}

/* What both functions are asked: map, place, service, on_date, age. */
static const WmoMap *
read_question(FunctionCallInfo fcinfo, Asking *asking, WmoQuestion *question)
{
	const WmoMap *map = coverage_map_get(&asking->cache, PG_GETARG_DATUM(0));

	question->has_place = !PG_ARGISNULL(1) && read_place(map, PG_GETARG_DATUM(1), question);
	question->matches = NULL;
	question->service = PG_ARGISNULL(2) ? -1 : read_service(asking, map, PG_GETARG_DATUM(2));
	question->on_date = read_day(fcinfo, 3, "on_date");
	question->age = read_age(fcinfo, 4);
	question->current_provider = question->client_since = WMO_MAP_NULL;
	return map;
}

/* ---- one provider ---- */

/*
 * wmo.provider_on(map coverage_map, place geometry, service text, on_date date, age int, as_of date) -> int: the one main
 * or only provider, as wmo.provider_at finds it.
 */
Datum
wmo_provider_on(PG_FUNCTION_ARGS)
{
	Asking *asking;
	const WmoMap *map;
	WmoQuestion question;
	int32 provider;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	asking = asking_of(fcinfo);
	map = read_question(fcinfo, asking, &question);
	question.as_of = read_day(fcinfo, 5, "as_of");
	wmo_map_ask(map, &question, &asking->asker);
	provider = wmo_only_provider(&asking->asker);
	if (provider < 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32(wmo_map_row(map, WMO_PARTY, (uint32) provider)[PARTY_ID]);
}

/* ---- every line ---- */

static void
set_text(Datum *values, bool *nulls, int at, const char *word)
{
	nulls[at] = word == NULL;
	if (word != NULL)
		values[at] = CStringGetTextDatum(word);
}

static void
set_int(Datum *values, bool *nulls, int at, int32 value)
{
	nulls[at] = value == WMO_MAP_NULL;
	values[at] = Int32GetDatum(value);
}

static int32
key_of(const WmoMap *map, WmoMapSection section, int32 row)
{
	return row < 0 ? WMO_MAP_NULL : wmo_map_row(map, section, (uint32) row)[0];
}

/* The second column of services, parties, areas and contracts is what people call them. */
static const char *
name_of(const WmoMap *map, WmoMapSection section, int32 row)
{
	return row < 0 ? NULL : map->pool + wmo_map_row(map, section, (uint32) row)[1];
}

static Datum
provider_row(const Asking *asking, const WmoMap *map, const WmoQuestion *question, uint32 number)
{
	const WmoLine *line = &asking->asker.lines[number];
	const int32 *standing = line->standing;
	Datum values[19];
	bool nulls[19] = {false};

	values[0] = Int32GetDatum((int32) number + 1);
	values[1] = Int32GetDatum(line->rank);
	values[2] = BoolGetDatum(line->found);
	set_int(values, nulls, 3, key_of(map, WMO_PARTY, line->provider));
	set_text(values, nulls, 4, name_of(map, WMO_PARTY, line->provider));
	set_text(values, nulls, 5, wmo_role_word[line->role]);
	set_text(values, nulls, 6, wmo_certainty_word[line->certainty]);
	set_text(values, nulls, 7, wmo_reason_word[line->reason]);
	set_text(values, nulls, 8, name_of(map, WMO_SERVICE, line->service >= 0 ? line->service : question->service));
	set_int(values, nulls, 9, key_of(map, WMO_CONTRACT, line->contract));
	set_text(values, nulls, 10, name_of(map, WMO_CONTRACT, line->contract));
	set_int(values, nulls, 11, key_of(map, WMO_AREA, line->area));
	set_text(values, nulls, 12, name_of(map, WMO_AREA, line->area));
	set_text(values, nulls, 13, line->covers == WMO_COVERS_WHOLE ? "whole" : line->covers == WMO_COVERS_PART ? "part" : NULL);
	set_int(values, nulls, 14, standing == NULL ? WMO_MAP_NULL : standing[STANDING_FIRST_DAY]);
	set_int(values, nulls, 15, standing == NULL ? WMO_MAP_NULL : standing[STANDING_LAST_DAY]);
	set_text(values, nulls, 16, standing == NULL ? NULL : wmo_end_kind_word[standing[STANDING_END_KIND]]);
	set_int(values, nulls, 17, standing == NULL ? WMO_MAP_NULL : standing[STANDING_AGE_FROM]);
	set_int(values, nulls, 18, standing == NULL || standing[STANDING_AGE_TO] == INT32_MAX ? WMO_MAP_NULL
			: standing[STANDING_AGE_TO] - 1);
	return HeapTupleGetDatum(heap_form_tuple(asking->row, values, nulls));
}

/* The reader stopped before the last row. */
static void
stop_answering(Datum asking)
{
	((Asking *) DatumGetPointer(asking))->answering = false;
}

static void
begin_answer(FunctionCallInfo fcinfo, Asking *asking)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	if (result == NULL || !IsA(result, ReturnSetInfo) || (result->allowedModes & SFRM_ValuePerCall) == 0)
		ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
						errmsg("set-valued function called in context that cannot accept a set")));
	if (asking->row == NULL)
	{
		MemoryContext caller = MemoryContextSwitchTo(asking->cache.context);
		TupleDesc row;

		if (get_call_result_type(fcinfo, NULL, &row) != TYPEFUNC_COMPOSITE || row->natts != 19)
			elog(ERROR, "providers_on must return wmo.provider_row");
		asking->row = BlessTupleDesc(CreateTupleDescCopy(row));
		MemoryContextSwitchTo(caller);
	}
	RegisterExprContextCallback(result->econtext, stop_answering, PointerGetDatum(asking));
	asking->answering = true;
	asking->next = 0;
}

/*
 * wmo.providers_on(map coverage_map, place geometry, service text, on_date date, age int, current_provider int,
 * client_since date, as_of date) -> setof wmo.provider_row: the rows of wmo.providers_at, in its order.
 */
Datum
wmo_providers_on(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Asking *asking = asking_of(fcinfo);
	WmoQuestion question;
	const WmoMap *map;

	if (PG_ARGISNULL(0))
	{
		result->isDone = ExprEndResult;
		PG_RETURN_NULL();
	}
	map = read_question(fcinfo, asking, &question);
	if (!asking->answering)
	{
		if (!PG_ARGISNULL(5))
			question.current_provider = PG_GETARG_INT32(5);
		if (!PG_ARGISNULL(6)) /* minus infinity is not null */
			question.client_since = Max(PG_GETARG_DATEADT(6), PG_INT32_MIN + 1);
		question.as_of = read_day(fcinfo, 7, "as_of");
		begin_answer(fcinfo, asking);
		wmo_map_ask(map, &question, &asking->asker);
	}
	if (asking->next < asking->asker.line_count)
	{
		result->isDone = ExprMultipleResult;
		PG_RETURN_DATUM(provider_row(asking, map, &question, asking->next++));
	}
	UnregisterExprContextCallback(result->econtext, stop_answering, PointerGetDatum(asking));
	asking->answering = false;
	result->isDone = ExprEndResult;
	PG_RETURN_NULL();
}
