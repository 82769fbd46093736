/*
 * question.c - the arguments of a question, read for a map: the one reader of them.
 */
#include "map/question.h"

#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "parser/parse_func.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include <math.h>

WMO_FUNCTION(wmo_sql_transformed);

/* ---- the place ---- */

/*
 * PostGIS's stored form since version 3: three bytes of SRID, flags, perhaps a box, then type, count and coordinates.
 */
#define FLAG_BOX 0x04
#define FLAG_GEODETIC 0x08
#define FLAG_EXTENDED 0x10
#define FLAG_VERSION_2 0x40
#define TYPE_POINT 1
#define TYPE_MULTIPOINT 4

/* Reads what stands before the coordinates, which begin at the place that it returns. */
static Size
read_head(const struct varlena *shape, PlaceHead *place, uint32 *count)
{
	const unsigned char *bytes = (const unsigned char *) VARDATA_ANY(shape);
	Size size = VARSIZE_ANY_EXHDR(shape);
	Size at = 4;
	unsigned char flags;

	if (size < 12)
		elog(ERROR, "geometry is too short");
	flags = bytes[3];
	place->srid = ((int32) (((uint32) bytes[0] << 16 | (uint32) bytes[1] << 8 | bytes[2]) << 11)) >> 11;
	if ((flags & FLAG_VERSION_2) != 0 && (flags & FLAG_EXTENDED) != 0)
		at += 8;
	if ((flags & FLAG_BOX) != 0)
		at += (flags & FLAG_GEODETIC) != 0 ? 24 : 8 * (2 + (Size) (flags & 1) + (flags >> 1 & 1));
	if (size < at + 8)
		elog(ERROR, "geometry is too short");
	memcpy(&place->type, bytes + at, 4);
	memcpy(count, bytes + at + 4, 4);
	return at + 8;
}

bool
wmo_read_lone_point(Datum value, double *x, double *y)
{
	struct varlena *shape = PG_DETOAST_DATUM_PACKED(value);
	const unsigned char *bytes = (const unsigned char *) VARDATA_ANY(shape);
	PlaceHead place;
	uint32 count;
	Size at = read_head(shape, &place, &count);
	bool lone = place.type == TYPE_MULTIPOINT && count == 1;

	if (lone)
	{
		/* the point's own type and count come first */
		if (VARSIZE_ANY_EXHDR(shape) < at + 8 + 16)
			elog(ERROR, "geometry is too short");
		memcpy(x, bytes + at + 8, 8);
		memcpy(y, bytes + at + 16, 8);
	}
	if ((Pointer) shape != DatumGetPointer(value))
		pfree(shape);
	return lone;
}

static QuestionFault
read_point(Datum value, int32 srid_of_map, WmoQuestion *question, PlaceHead *place)
{
	struct varlena *shape = PG_DETOAST_DATUM_PACKED(value);
	const unsigned char *bytes = (const unsigned char *) VARDATA_ANY(shape);
	Size size = VARSIZE_ANY_EXHDR(shape);
	uint32 count;
	Size at = read_head(shape, place, &count);

	if (place->type != TYPE_POINT)
		return PLACE_NOT_A_POINT;
	if (count == 0)
		return QUESTION_OK;
	if (place->srid == 0)
		return PLACE_WITHOUT_SRID;
	if (size < at + 16)
		elog(ERROR, "geometry is too short");
	memcpy(&question->x, bytes + at, 8);
	memcpy(&question->y, bytes + at + 8, 8);
	if ((Pointer) shape != DatumGetPointer(value))
		pfree(shape);
	if (place->srid != srid_of_map)
		return PLACE_ELSEWHERE;
	if (!isfinite(question->x) || !isfinite(question->y))
		return PLACE_NOT_FINITE;
	question->has_place = true;
	return QUESTION_OK;
}

static char *
number_text(double number)
{
	return DatumGetCString(DirectFunctionCall1(float8out, Float8GetDatum(number)));
}

/* PostGIS refuses a place with an error without a code of its own; here it is told which place that was. */
static void
refuse_transform(const ErrorData *error, const char *what, int32 srid, int32 wanted)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s with SRID %d has no coordinates in SRID %d", what, srid, wanted),
			 errdetail_internal("%s", error->message),
			 errhint("Give its coordinates in the order and the units of SRID %d; in 4326 the longitude comes "
					 "first.",
					 srid)));
}

/* A function of PostGIS of this geometry and an integer, or of it alone: its type tells the schema of PostGIS. */
static Oid
function_of_postgis(FunctionCallInfo fcinfo, int argument, const char *name, int count)
{
	Oid *types;
	int type_count;
	HeapTuple type;
	char *schema;
	Oid arguments[2];

	get_func_signature(fcinfo->flinfo->fn_oid, &types, &type_count);
	arguments[0] = types[argument];
	arguments[1] = INT4OID;
	type = SearchSysCache1(TYPEOID, ObjectIdGetDatum(arguments[0]));
	if (!HeapTupleIsValid(type))
		elog(ERROR, "cache lookup failed for type %u", arguments[0]);
	schema = get_namespace_name(((Form_pg_type) GETSTRUCT(type))->typnamespace);
	ReleaseSysCache(type);
	return LookupFuncName(list_make2(makeString(schema), makeString(pstrdup(name))), count, arguments, false);
}

/* What cannot be transformed, in a few words: a point by its coordinates, another shape by its box. */
static const char *
place_words(FunctionCallInfo fcinfo, int argument, const WmoQuestion *question, const PlaceHead *place)
{
	Oid box, output;
	bool by_pointer;
	FmgrInfo info;
	LOCAL_FCINFO(call, 1);
	Datum value;

	if (place->type == TYPE_POINT)
		return psprintf("place POINT(%s %s)", number_text(question->x), number_text(question->y));
	box = function_of_postgis(fcinfo, argument, "box2d", 1);
	fmgr_info(box, &info);
	InitFunctionCallInfoData(*call, &info, 1, InvalidOid, NULL, NULL);
	call->args[0].value = PG_GETARG_DATUM(argument);
	call->args[0].isnull = false;
	value = FunctionCallInvoke(call);
	if (call->isnull)
		return "empty shape";
	getTypeOutputInfo(get_func_rettype(box), &output, &by_pointer);
	return psprintf("shape in %s", OidOutputFunctionCall(output, value));
}

/* The place in another reference system. The error replaces PostGIS's own: it ends the query as that would have. */
static Datum
transform(FunctionCallInfo fcinfo, int argument, CallSite *site, const WmoQuestion *question, const PlaceHead *place,
		  int32 wanted)
{
	MemoryContext caller = CurrentMemoryContext;
	Datum result = (Datum) 0;

	if (!OidIsValid(site->transform.fn_oid))
		fmgr_info_cxt(function_of_postgis(fcinfo, argument, "st_transform", 2), &site->transform, site->context);
	PG_TRY();
	{
		result = FunctionCall2(&site->transform, PG_GETARG_DATUM(argument), Int32GetDatum(wanted));
	}
	PG_CATCH();
	{
		ErrorData *error;

		MemoryContextSwitchTo(caller);
		error = CopyErrorData();
		if (error->sqlerrcode != ERRCODE_INTERNAL_ERROR)
			PG_RE_THROW();
		FlushErrorState();
		refuse_transform(error, place_words(fcinfo, argument, question, place), place->srid, wanted);
	}
	PG_END_TRY();
	return result;
}

static QuestionFault
read_place(FunctionCallInfo fcinfo, const QuestionPlan *plan, CallSite *site, const WmoMap *map, WmoQuestion *question,
		   PlaceHead *place)
{
	int32 srid = map->header->srid;
	QuestionFault fault;

	if (plan->place == NO_ARGUMENT || PG_ARGISNULL(plan->place))
		return QUESTION_OK;
	fault = read_point(PG_GETARG_DATUM(plan->place), srid, question, place);
	if (fault != PLACE_ELSEWHERE || !plan->transforms)
		return fault;
	if (!isfinite(question->x) || !isfinite(question->y))
		return PLACE_NOT_FINITE;
	return read_point(transform(fcinfo, plan->place, site, question, place, srid), srid, question, place);
}

/*
 * wmo_works.transformed(place geometry, srid int) -> geometry: any shape; the place itself where it is there already,
 * and when empty.
 */
Datum
wmo_sql_transformed(PG_FUNCTION_ARGS)
{
	int32 wanted = PG_GETARG_INT32(1);
	WmoQuestion question;
	PlaceHead place;
	QuestionFault fault;

	memset(&question, 0, sizeof(question));
	fault = read_point(PG_GETARG_DATUM(0), wanted, &question, &place);
	if (fault == QUESTION_OK)
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	if (fault != PLACE_ELSEWHERE && fault != PLACE_NOT_A_POINT)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("place must have finite coordinates in a reference system")));
	return transform(fcinfo, 0, wmo_call_site(fcinfo), &question, &place, wanted);
}

/* ---- the others ---- */

/* A service by its row; -1 for none. False for a code that is not known. */
static bool
read_service(FunctionCallInfo fcinfo, int argument, CallSite *site, const WmoMap *map, int32 *service)
{
	text *code;

	*service = -1;
	if (argument == NO_ARGUMENT || PG_ARGISNULL(argument))
		return true;
	code = PG_GETARG_TEXT_PP(argument);
	*service = wmo_map_service(map, VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code), &site->asker);
	return *service >= 0;
}

int32
wmo_read_number(FunctionCallInfo fcinfo, int argument)
{
	return argument == NO_ARGUMENT || PG_ARGISNULL(argument) ? WMO_MAP_NULL : PG_GETARG_INT32(argument);
}

/* False for an infinite day: -infinity is the number that stands for null. */
static bool
read_day(FunctionCallInfo fcinfo, int argument, int32 *day)
{
	*day = wmo_read_number(fcinfo, argument);
	return argument == NO_ARGUMENT || PG_ARGISNULL(argument) || !DATE_NOT_FINITE(*day);
}

int32
wmo_read_any_number(FunctionCallInfo fcinfo, int argument)
{
	if (argument == NO_ARGUMENT || PG_ARGISNULL(argument))
		return WMO_MAP_NULL;
	return Max(PG_GETARG_INT32(argument), WMO_MAP_NULL + 1);
}

QuestionFault
wmo_read_question(FunctionCallInfo fcinfo, const QuestionPlan *plan, CallSite *site, const WmoMap *map,
				  WmoQuestion *question, PlaceHead *place)
{
	QuestionFault fault;

	memset(question, 0, sizeof(*question));
	fault = read_place(fcinfo, plan, site, map, question, place);
	if (fault != QUESTION_OK)
		return fault;
	if (question->has_place)
		wmo_grid_fetch_ahead(&map->grid, question->x, question->y, WMO_GRID_DIRECTORY);
	if (!read_service(fcinfo, plan->service, site, map, &question->service))
		return SERVICE_UNKNOWN;
	if (!read_day(fcinfo, plan->on_date, &question->on_date))
		return ON_DATE_INFINITE;
	question->age = wmo_read_number(fcinfo, plan->age);
	if (plan->age != NO_ARGUMENT && !PG_ARGISNULL(plan->age) && (question->age < 0 || question->age > 130))
		return AGE_IMPOSSIBLE;
	question->current_provider = wmo_read_any_number(fcinfo, plan->current_provider);
	question->client_since = wmo_read_any_number(fcinfo, plan->client_since);
	/* whose client somebody became after the day of care, that one's it was not yet */
	if (question->client_since != WMO_MAP_NULL && question->client_since > question->on_date)
		question->current_provider = question->client_since = WMO_MAP_NULL;
	if (plan->as_of == DAY_OF_MAP)
		question->as_of = map->header->origin.made_on;
	else if (plan->as_of == NO_ARGUMENT)
		question->as_of = GetSQLCurrentDate();
	else if (!read_day(fcinfo, plan->as_of, &question->as_of))
		return AS_OF_INFINITE;
	if (question->has_place)
		wmo_grid_fetch_ahead(&map->grid, question->x, question->y, WMO_GRID_TILE);
	return QUESTION_OK;
}
