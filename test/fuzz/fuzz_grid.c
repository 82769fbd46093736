/*
 * fuzz_grid.c - fuzz target: any bytes as a grid, and any bytes as well-known binary.
 *
 *   script/fuzz 60 grid
 *
 * The first byte chooses. A grid that the checker accepts must keep every look-up within its bounds (the sanitizers
 * watch); areas that the parser accepts must compile to a grid that the checker accepts and that opens as it was made.
 */
#include "core/grid/layout.h"
#include "fuzz.h"

#include <math.h>
#include <string.h>

static void *
fuzz_alloc(void *context, size_t size)
{
	(void) context;
	return size > (size_t) 1 << 28 ? NULL : malloc(size);
}

static void
fuzz_release(void *context, void *memory)
{
	(void) context;
	free(memory);
}

static const WmoGridHost host = {fuzz_alloc, fuzz_release, NULL, NULL};

static void
look_up(const WmoGrid *grid, double x, double y)
{
	static WmoTick no_tick;
	uint32_t *areas = malloc(((size_t) grid->most + 1) * sizeof(uint32_t));
	uint32_t count;

	FUZZ_WITHIN_TIME(count = wmo_grid_find(grid, x, y, areas, &no_tick));
	FUZZ_CHECK(count <= grid->most);
	for (uint32_t i = 0; i < count; i++)
		FUZZ_CHECK(areas[i] < grid->area_count);
	free(areas);
}

static void
as_grid(const uint8_t *bytes, size_t size)
{
	WmoTick no_tick = {0};
	WmoGrid grid;
	bool passed;

	FUZZ_WITHIN_TIME(passed = wmo_grid_check(bytes, size, &no_tick));
	if (!passed)
		return;
	wmo_grid_open(&grid, bytes);
	FUZZ_CHECK(grid.most <= size / sizeof(uint32_t));
	for (uint32_t i = 0; i < 64; i++)
	{
		double x = grid.x0 + grid.cell * (double) (i % 8) * 0.37;
		double y = grid.y0 + grid.cell * (double) (i / 8) * 0.41;

		look_up(&grid, x, y);
		look_up(&grid, nextafter(x, -INFINITY), y);
	}
	look_up(&grid, NAN, INFINITY);
}

/* Two areas, so that borders meet. */
static void
as_wkb(const uint8_t *bytes, size_t size)
{
	WmoGridBuild *build = wmo_grid_begin(&host);
	size_t half = size / 2;
	uint8_t *made;
	size_t made_size;

	FUZZ_CHECK(build != NULL);
	if (wmo_grid_add(build, bytes, half) != WMO_GRID_OK ||
		wmo_grid_add(build, bytes + half, size - half) != WMO_GRID_OK)
	{
		wmo_grid_drop(build);
		return;
	}
	if (wmo_grid_finish(build, (size_t) 1 << 26, &made, &made_size) != WMO_GRID_OK)
		return;
	FUZZ_CHECK(wmo_grid_check(made, made_size, &(WmoTick) {0}));
	as_grid(made, made_size);
	free(made);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *bytes;

	if (size < 1)
		return 0;
	bytes = malloc(size);
	memcpy(bytes, data + 1, size - 1);
	if (data[0] % 2 == 0)
		as_grid(bytes, size - 1);
	else
		as_wkb(bytes, size - 1);
	free(bytes);
	return 0;
}
