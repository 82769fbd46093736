/*
 * compile.c - wmo.compile_coverage: the map of this moment as a value.
 */
#include "map/held.h"
#include "map/rights.h"

#include "access/xlog.h"
#include "commands/dbcommands.h"
#include "miscadmin.h"
#include "utils/date.h"
#include "utils/memutils.h"

WMO_FUNCTION(wmo_sql_compile_coverage);
WMO_FUNCTION(wmo_sql_compile_edition);

/* The two segments as one value. */
static Datum
flat_value(const WmoSegment *rows, const WmoSegment *grid)
{
	Size size = rows->size + grid->size;
	CoverageMap *value;

	if (size > MaxAllocSize - COVERAGE_MAP_OVERHEAD)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("the registry is too large for a coverage_map"),
				 errdetail("The map would have %zu bytes; a value can have at most %zu.", size, (Size) MaxAllocSize)));
	value = palloc(size + COVERAGE_MAP_OVERHEAD);
	SET_VARSIZE(value, size + COVERAGE_MAP_OVERHEAD);
	value->zero = 0;
	memcpy(value->bytes, rows->bytes, rows->size);
	memcpy(value->bytes + rows->size, grid->bytes, grid->size);
	return PointerGetDatum(value);
}

static void
refuse_areas(const GridFault *fault)
{
	if (fault->error == WMO_GRID_NO_MEMORY)
		ereport(ERROR,
				(errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory"),
				 errdetail("Failed while compiling the areas.")));
	if (fault->area_id != 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_EXCEPTION), errmsg("cannot compile area %d", fault->area_id),
				 errdetail("%s", wmo_grid_error_text(fault->error)),
				 errhint("Load the shape of wmo.area %d again, in metres of RD New (EPSG:28992).", fault->area_id)));
	ereport(ERROR,
			(errcode(ERRCODE_DATA_EXCEPTION), errmsg("cannot compile the areas"),
			 errdetail("%s", wmo_grid_error_text(fault->error))));
}

/* For who may not hold a map, or only a smaller one. */
static Datum
compiled_value(void)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "compile_coverage", ALLOCSET_DEFAULT_SIZES);
	WmoSegment grid, rows;
	GridFault fault;
	Datum value;

	if (!wmo_compile_grid(context, MaxAllocSize, &grid, &fault))
		refuse_areas(&fault);
	wmo_compile_rows(context, &grid, &rows);
	value = flat_value(&rows, &grid);
	MemoryContextDelete(context);
	return value;
}

/* Says in a map where it is made, and today: what was held may be of another day, or an edition's. */
static void
sign(CoverageMap *map, int32 edition)
{
	WmoMapHeader header;

	memcpy(&header, map->bytes, sizeof(header));
	memset(&header.origin, 0, sizeof(header.origin));
	header.origin.server = GetSystemIdentifier();
	header.origin.made_on = GetSQLCurrentDate();
	header.origin.edition = edition;
	strlcpy(header.origin.database, get_database_name(MyDatabaseId), WMO_MAP_DATABASE_SIZE);
	memcpy(map->bytes, &header, sizeof(header));
	header.rows_key = wmo_map_rows_key((const uint8_t *) map->bytes);
	memcpy(map->bytes, &header, sizeof(header));
}

/*
 * The registry as the active snapshot sees it. What the session or an edition holds of the same areas is not compiled
 * again, and what stands over other rows is made one with them; where a session may hold a map, it keeps this one.
 */
static Datum
compiled(int32 edition)
{
	const RegistryState *state = wmo_session_map_mode() == MAP_OFF ? NULL : wmo_registry_state();
	CoverageMap *map;
	Datum value;

	if (state != NULL && wmo_may_read_registry() &&
		((wmo_held_is_of(state) && wmo_held.map.over == NULL) || wmo_held_take_shared(state) ||
		 (wmo_held_failure(state) == MAP_NOT_FAILED && wmo_held_make(state, wmo_session_map_limit()))))
		value = flat_value(&wmo_held.rows.bytes, &wmo_held.grid.bytes);
	else
		value = compiled_value();
	map = (CoverageMap *) DatumGetPointer(value);
	sign(map, edition);
	if (!wmo_is_whole_map(map->bytes, VARSIZE(map) - COVERAGE_MAP_OVERHEAD))
		elog(ERROR, "compiled coverage_map is not whole");
	return value;
}

/* wmo.compile_coverage() -> coverage_map: the registry as the caller's snapshot sees it. */
Datum
wmo_sql_compile_coverage(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(compiled(0));
}

/*
 * wmo_works.compile_edition(edition int) -> coverage_map: the same, which says that it is published by this number.
 * Errors: 22023 for a negative one.
 */
Datum
wmo_sql_compile_edition(PG_FUNCTION_ARGS)
{
	int32 edition = PG_GETARG_INT32(0);

	if (edition < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("edition %d cannot be published", edition),
				 errdetail("The number of an edition is not negative.")));
	PG_RETURN_DATUM(compiled(edition));
}
