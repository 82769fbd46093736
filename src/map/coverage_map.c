/*
 * coverage_map.c - the type coverage_map: text and binary form, opening, description.
 */
#include "map/coverage_map.h"

#include "access/detoast.h"
#include "core/iso.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "server/pg_date.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

WMO_FUNCTION(wmo_sql_coverage_map_in);
WMO_FUNCTION(wmo_sql_coverage_map_out);
WMO_FUNCTION(wmo_sql_coverage_map_recv);
WMO_FUNCTION(wmo_sql_coverage_map_send);
WMO_FUNCTION(wmo_sql_describe);

/* ---- checking ---- */

void
wmo_check_for_interrupts(void *context)
{
	CHECK_FOR_INTERRUPTS();
}

bool
wmo_is_whole_map(const char *bytes, Size size)
{
	WmoTick tick = {wmo_check_for_interrupts, NULL, 0};

	return wmo_map_check((const uint8_t *) bytes, size, &tick);
}

/* ---- input and output ---- */

static CoverageMap *
new_map(Size size)
{
	CoverageMap *map;

	if (size > MaxAllocSize - COVERAGE_MAP_OVERHEAD)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("coverage_map is too large"),
				 errdetail("A value can have at most %zu bytes.", (Size) MaxAllocSize)));
	map = palloc(size + COVERAGE_MAP_OVERHEAD);
	SET_VARSIZE(map, size + COVERAGE_MAP_OVERHEAD);
	map->zero = 0;
	return map;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* coverage_map_in(cstring) -> coverage_map: \x and the bytes in hexadecimal, as coverage_map_out writes them. */
Datum
wmo_sql_coverage_map_in(PG_FUNCTION_ARGS)
{
	const char *string = PG_GETARG_CSTRING(0);
	Size length = strlen(string);
	CoverageMap *map;

	if (length < 2 || string[0] != '\\' || string[1] != 'x' || length % 2 != 0)
		wmo_return_error(fcinfo->context,
						 (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
						  errmsg("invalid input syntax for type %s: \"%.20s%s\"", "coverage_map", string,
								 length > 20 ? "..." : ""),
						  errdetail("Expected \\x and an even number of hexadecimal digits."),
						  errhint("Make a map with wmo.compile_coverage().")));
	map = new_map(length / 2 - 1);
	for (Size i = 2; i < length; i += 2)
	{
		if (i % 65536 == 0)
			CHECK_FOR_INTERRUPTS();
		int high = hex_digit(string[i]);
		int low = hex_digit(string[i + 1]);

		if (high < 0 || low < 0)
		{
			const char *other = string + (high < 0 ? i : i + 1);

			wmo_return_error(fcinfo->context,
							 (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
							  errmsg("invalid input syntax for type %s: \"%.20s%s\"", "coverage_map", string,
									 length > 20 ? "..." : ""),
							  errdetail("\"%.*s\" is not a hexadecimal digit.", pg_mblen(other), other)));
		}
		map->bytes[i / 2 - 1] = (char) (high << 4 | low);
	}
	if (!wmo_is_whole_map(map->bytes, length / 2 - 1))
		wmo_return_error(fcinfo->context,
						 (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION), errmsg("invalid value for type coverage_map"),
						  errdetail("The bytes are not a whole map of version %u in this machine's byte order.",
									WMO_MAP_VERSION),
						  errhint("Make the map again with wmo.compile_coverage().")));
	PG_RETURN_POINTER(map);
}

/* coverage_map_out(coverage_map) -> cstring */
Datum
wmo_sql_coverage_map_out(PG_FUNCTION_ARGS)
{
	static const char digits[] = "0123456789abcdef";
	CoverageMap *map = (CoverageMap *) PG_DETOAST_DATUM(PG_GETARG_DATUM(0));
	Size size = VARSIZE(map) - COVERAGE_MAP_OVERHEAD;
	char *string;
	char *end;

	if (size > (MaxAllocSize - 3) / 2)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("coverage_map is too large to be written as text"),
				 errhint("Use the binary form.")));
	string = palloc(2 * size + 3);
	end = string;
	*end++ = '\\';
	*end++ = 'x';
	for (Size i = 0; i < size; i++)
	{
		unsigned char byte = (unsigned char) map->bytes[i];

		*end++ = digits[byte >> 4];
		*end++ = digits[byte & 15];
	}
	*end = '\0';
	PG_RETURN_CSTRING(string);
}

/* coverage_map_recv(internal) -> coverage_map: the bytes, checked in full. */
Datum
wmo_sql_coverage_map_recv(PG_FUNCTION_ARGS)
{
	StringInfo message = (StringInfo) PG_GETARG_POINTER(0);
	int size = message->len - message->cursor;
	CoverageMap *map = new_map(size);

	pq_copymsgbytes(message, map->bytes, size);
	if (!wmo_is_whole_map(map->bytes, size))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION), errmsg("invalid binary value for type coverage_map"),
				 errdetail("The bytes are not a whole map of version %u in this machine's byte order.",
						   WMO_MAP_VERSION),
				 errhint("Make the map again with wmo.compile_coverage().")));
	PG_RETURN_POINTER(map);
}

/* coverage_map_send(coverage_map) -> bytea */
Datum
wmo_sql_coverage_map_send(PG_FUNCTION_ARGS)
{
	CoverageMap *map = (CoverageMap *) PG_DETOAST_DATUM(PG_GETARG_DATUM(0));
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendbytes(&message, map->bytes, VARSIZE(map) - COVERAGE_MAP_OVERHEAD);
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}

/* ---- opening ---- */

/*
 * Opens the map that stands here. What was fetched from a table is checked, for pages can be damaged; what stands in
 * memory was checked when it was made, and is checked again unless it begins as the map before it did. That does not
 * say that the two are equal (anybody can make maps of equal keys), so nothing that was found in one is kept for the
 * other.
 */
static void
open_map(CoverageMapCache *cache, const CoverageMap *value, bool fetched)
{
	const uint8_t *bytes = (const uint8_t *) value->bytes;
	Size size = VARSIZE(value) - COVERAGE_MAP_OVERHEAD;

	if (cache->open && !fetched && size == cache->header.size &&
		memcmp(bytes, &cache->header, sizeof(WmoMapHeader)) == 0)
	{
		(void) wmo_map_open(&cache->map, bytes, bytes + cache->header.grid_at);
		return;
	}
	cache->open = false;
	if (!wmo_is_whole_map(value->bytes, size))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED), errmsg("coverage_map is damaged"),
				 errdetail("The stored bytes are not a whole map of version %u in this machine's byte order.",
						   WMO_MAP_VERSION),
				 errhint("Make the map again with wmo.compile_coverage().")));
	memcpy(&cache->header, bytes, sizeof(WmoMapHeader));
	cache->open = wmo_map_open(&cache->map, bytes, bytes + cache->header.grid_at);
}

static void
forget_copy(CoverageMapCache *cache)
{
	if (cache->copy != NULL)
		pfree(cache->copy);
	cache->copy = NULL;
	cache->fetched = false;
}

const WmoMap *
wmo_coverage_map_open(CoverageMapCache *cache, Datum datum)
{
	struct varlena *value = (struct varlena *) DatumGetPointer(datum);

	if (VARATT_IS_EXTERNAL_ONDISK(value))
	{
		struct varatt_external pointer;

		VARATT_EXTERNAL_GET_POINTER(pointer, value);
		if (cache->open && cache->fetched && memcmp(&pointer, &cache->pointer, sizeof(pointer)) == 0)
			return &cache->map;
		forget_copy(cache);
		{
			MemoryContext caller = MemoryContextSwitchTo(cache->context);

			cache->copy = detoast_attr(value);
			MemoryContextSwitchTo(caller);
		}
		open_map(cache, (const CoverageMap *) cache->copy, true);
		cache->pointer = pointer;
		cache->fetched = true;
	}
	else if (VARATT_IS_4B_U(value) && (uintptr_t) value % 8 == 0)
	{
		open_map(cache, (const CoverageMap *) value, false);
		if (cache->copy != NULL)
			forget_copy(cache);
		cache->fetched = false;
	}
	else
	{
		MemoryContext caller = MemoryContextSwitchTo(cache->context);
		struct varlena *copy = detoast_attr(value);

		MemoryContextSwitchTo(caller);
		open_map(cache, (const CoverageMap *) copy, false);
		forget_copy(cache);
		cache->copy = copy;
	}
	return &cache->map;
}

/* ---- description ---- */

void
wmo_put_item(ReturnSetInfo *result, const char *item, const char *value)
{
	Datum values[2] = {CStringGetTextDatum(item), CStringGetTextDatum(value)};
	bool nulls[2] = {false, false};

	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* Of which registry a map was made, and when. Its bytes may come from anywhere. */
static void
put_origin(ReturnSetInfo *result, const WmoMapOrigin *origin)
{
	char day[WMO_ISO_DAY_TEXT] = "not told";
	bool readable = pg_verify_mbstr(GetDatabaseEncoding(), origin->database, (int) strlen(origin->database), true);

	wmo_put_item(result, "made on server", psprintf(UINT64_FORMAT, origin->server));
	wmo_put_item(result, "made in database", readable ? origin->database : "?");
	if (origin->made_on != WMO_MAP_NULL)
		wmo_iso_print_day(wmo_date_to_day(origin->made_on), day);
	wmo_put_item(result, "made on day", day);
	wmo_put_item(result, "edition", origin->edition == 0 ? "not published" : psprintf("%d", origin->edition));
}

/* wmo.describe(map coverage_map) -> setof (item text, value text): what a map holds, for people. */
Datum
wmo_sql_describe(PG_FUNCTION_ARGS)
{
	static const struct
	{
		const char *item;
		WmoMapSection section;
	} counts[] = {{"areas", WMO_AREA},
				  {"areas with a shape", WMO_SHAPE},
				  {"services", WMO_SERVICE},
				  {"parties", WMO_PARTY},
				  {"contracts", WMO_CONTRACT},
				  {"scopes", WMO_SCOPE},
				  {"courses of scopes", WMO_COURSE},
				  {"rows of coverage", WMO_STANDING},
				  {"client stops", WMO_STOP},
				  {"days declared complete", WMO_COMPLETE}};
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	CoverageMapCache cache = {.context = CurrentMemoryContext};
	const WmoMap *map = wmo_coverage_map_open(&cache, PG_GETARG_DATUM(0));
	const WmoGrid *grid = &map->grid;

	InitMaterializedSRF(fcinfo, 0);
	wmo_put_item(result, "version", psprintf("%u", map->header->version));
	wmo_put_item(result, "bytes", psprintf(UINT64_FORMAT, map->header->size));
	wmo_put_item(result, "bytes of areas", psprintf(UINT64_FORMAT, map->header->grid_size));
	wmo_put_item(result, "bytes of rows", psprintf(UINT64_FORMAT, map->header->grid_at));
	wmo_put_item(result, "key of areas", psprintf("%016llx", (unsigned long long) map->header->grid_key));
	wmo_put_item(result, "key of rows", psprintf("%016llx", (unsigned long long) map->header->rows_key));
	put_origin(result, &map->header->origin);
	wmo_put_item(result, "reference system", psprintf("EPSG:%d", map->header->srid));
	for (int i = 0; i < lengthof(counts); i++)
		wmo_put_item(result, counts[i].item, psprintf("%u", map->count[counts[i].section]));
	wmo_put_item(result, "cells", psprintf("%u x %u", grid->cols, grid->rows));
	wmo_put_item(result, "side of a cell", psprintf("%g", grid->cell));
	return (Datum) 0;
}
