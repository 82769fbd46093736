/*
 * question.c - the arguments of a question, read for a map.
 */
#include "map/question.h"

#include "utils/date.h"

#include <math.h>

/*
 * PostGIS's stored form since version 3: three bytes of SRID, flags, perhaps a box, then type, count and coordinates.
 */
#define FLAG_BOX 0x04
#define FLAG_GEODETIC 0x08
#define FLAG_EXTENDED 0x10
#define FLAG_VERSION_2 0x40
#define TYPE_POINT 1

PlaceFault
wmo_read_place(Datum place, int32 srid_of_map, WmoQuestion *question, int32 *srid, uint32 *type)
{
	struct varlena *shape = PG_DETOAST_DATUM_PACKED(place);
	const unsigned char *bytes = (const unsigned char *) VARDATA_ANY(shape);
	Size size = VARSIZE_ANY_EXHDR(shape);
	Size at = 4;
	uint32 count;
	unsigned char flags;

	question->has_place = false;
	if (size < 12)
		elog(ERROR, "geometry is too short");
	flags = bytes[3];
	*srid = ((int32) (((uint32) bytes[0] << 16 | (uint32) bytes[1] << 8 | bytes[2]) << 11)) >> 11;
	if ((flags & FLAG_VERSION_2) != 0 && (flags & FLAG_EXTENDED) != 0)
		at += 8;
	if ((flags & FLAG_BOX) != 0)
		at += (flags & FLAG_GEODETIC) != 0 ? 24 : 8 * (2 + (Size) (flags & 1) + (flags >> 1 & 1));
	if (size < at + 8)
		elog(ERROR, "geometry is too short");
	memcpy(type, bytes + at, 4);
	memcpy(&count, bytes + at + 4, 4);
	if (*type != TYPE_POINT)
		return PLACE_NOT_A_POINT;
	if (count == 0)
		return PLACE_OK;
	if (*srid == 0)
		return PLACE_WITHOUT_SRID;
	if (size < at + 8 + 16)
		elog(ERROR, "geometry is too short");
	memcpy(&question->x, bytes + at + 8, 8);
	memcpy(&question->y, bytes + at + 16, 8);
	if ((Pointer) shape != DatumGetPointer(place))
		pfree(shape);
	if (*srid != srid_of_map)
		return PLACE_ELSEWHERE;
	if (!isfinite(question->x) || !isfinite(question->y))
		return PLACE_NOT_FINITE;
	question->has_place = true;
	return PLACE_OK;
}

bool
wmo_read_day(NullableDatum argument, int32 *day)
{
	*day = argument.isnull ? WMO_MAP_NULL : DatumGetDateADT(argument.value);
	return argument.isnull || !DATE_NOT_FINITE(*day);
}

bool
wmo_read_age(NullableDatum argument, int32 *age)
{
	*age = argument.isnull ? WMO_MAP_NULL : DatumGetInt32(argument.value);
	return argument.isnull || (*age >= 0 && *age <= 130);
}

static int32
other_than_null(NullableDatum argument)
{
	return argument.isnull ? WMO_MAP_NULL : Max(DatumGetInt32(argument.value), WMO_MAP_NULL + 1);
}

void
wmo_read_client(NullableDatum current_provider, NullableDatum client_since, WmoQuestion *question)
{
	question->current_provider = other_than_null(current_provider);
	question->client_since = other_than_null(client_since);
}

int32
wmo_read_service(Asking *asking, const WmoMap *map, text *code)
{
	Size length = VARSIZE_ANY_EXHDR(code);

	if (asking->service_code != NULL && asking->service_key == map->header->rows_key &&
		VARSIZE_ANY_EXHDR(asking->service_code) == length &&
		memcmp(VARDATA_ANY(asking->service_code), VARDATA_ANY(code), length) == 0)
		return asking->service;
	asking->service = wmo_map_service(map, VARDATA_ANY(code), length);
	if (asking->service_code != NULL)
		pfree(asking->service_code);
	asking->service_code = MemoryContextAlloc(asking->context, VARSIZE_ANY(code));
	memcpy(asking->service_code, code, VARSIZE_ANY(code));
	asking->service_key = map->header->rows_key;
	return asking->service;
}
