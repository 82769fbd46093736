/*
 * compile_grid.c - compiles the areas that the caller's snapshot sees into the grid of a map.
 *
 * The grid numbers them by their keys, as the rows of the section WMO_SHAPE do.
 */
#include "map/compile.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "map/section.h"
#include "miscadmin.h"

static void *
host_alloc(void *context, size_t size)
{
	return MemoryContextAllocExtended((MemoryContext) context, size, MCXT_ALLOC_HUGE | MCXT_ALLOC_NO_OOM);
}

static void
host_release(void *context, void *memory)
{
	pfree(memory);
}

/* An interrupt leaves by longjmp; the memory context takes everything along. */
static bool
host_tick(void *context, double done)
{
	CHECK_FOR_INTERRUPTS();
	return false;
}

bool
wmo_compile_grid(MemoryContext context, Size max_size, WmoSegment *grid, GridFault *fault)
{
	WmoGridHost host = {host_alloc, host_release, host_tick, context};
	WmoGridBuild *build = wmo_grid_begin(&host);
	WmoGridError error = build == NULL ? WMO_GRID_NO_MEMORY : WMO_GRID_OK;
	ViewColumn columns[2] = {{"wkb", BYTEAOID}, {"area_id", INT4OID}};
	Portal portal;
	uint8_t *bytes = NULL;
	Size size = 0;
	int level;

	fault->area_id = 0;
	level = wmo_views_begin();
	portal = wmo_view_open(WMO_SHAPE_VIEW, columns, lengthof(columns), wmo_section_view[WMO_SHAPE].order, NULL);
	while (error == WMO_GRID_OK)
	{
		SPI_cursor_fetch(portal, true, WMO_FETCH_ROWS);
		if (SPI_processed == 0)
			break;
		for (uint64 i = 0; i < SPI_processed && error == WMO_GRID_OK; i++)
		{
			HeapTuple area = SPI_tuptable->vals[i];
			bool isnull;
			bytea *wkb = DatumGetByteaPP(SPI_getbinval(area, SPI_tuptable->tupdesc, 1, &isnull));

			error = wmo_grid_add(build, (const uint8_t *) VARDATA_ANY(wkb), VARSIZE_ANY_EXHDR(wkb));
			if (error >= WMO_GRID_WKB_SHORT)
				fault->area_id = DatumGetInt32(SPI_getbinval(area, SPI_tuptable->tupdesc, 2, &isnull));
		}
		SPI_freetuptable(SPI_tuptable);
		CHECK_FOR_INTERRUPTS();
	}
	SPI_cursor_close(portal);
	wmo_views_end(level);
	if (error == WMO_GRID_OK)
	{
		error = wmo_grid_finish(build, max_size, &bytes, &size);
		grid->bytes = bytes;
		grid->size = size;
	}
	else if (build != NULL)
		wmo_grid_drop(build);
	fault->error = error;
	return error == WMO_GRID_OK;
}
