/*
 * core_grid.c - the grid of src/core alone, without a database around it: core_grid AREAS PLACES CHECKED
 */
#include "places.h"

#include "core/grid/grid.h"

static void *
host_alloc(void *context, size_t size)
{
	(void) context;
	return malloc(size);
}

static void
host_release(void *context, void *memory)
{
	(void) context;
	free(memory);
}

static const WmoGridHost host = {host_alloc, host_release, NULL, NULL};

static WmoTick no_tick;
static WmoGrid grid;
static uint32_t *found;

static void
check(WmoGridError error)
{
	if (error != WMO_GRID_OK)
		die("grid", wmo_grid_error_text(error));
}

static void
build(const Field *areas, size_t count)
{
	WmoGridBuild *grid_build = wmo_grid_begin(&host);
	uint8_t *bytes;
	size_t size;

	if (grid_build == NULL)
		check(WMO_GRID_NO_MEMORY);
	for (size_t i = 0; i < count; i++)
		check(wmo_grid_add(grid_build, areas[i].bytes, areas[i].size));
	check(wmo_grid_finish(grid_build, SIZE_MAX, &bytes, &size));
	if (!wmo_grid_check(bytes, size, &(WmoTick) {0}))
		die("grid", "the checker refuses what was built");
	wmo_grid_open(&grid, bytes);
	found = allocate(grid.most * sizeof(uint32_t));
}

static uint64_t
look_up(double x, double y, uint64_t *hits)
{
	uint32_t count = wmo_grid_find(&grid, x, y, found, &no_tick);
	uint64_t sum = 0;

	for (uint32_t i = 0; i < count; i++)
		sum += (uint64_t) found[i] + 1;
	*hits += count;
	return sum;
}

int
main(int argc, char **argv)
{
	return look_up_places(argc, argv);
}
