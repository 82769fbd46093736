/*
 * test_grid_build.c - what a build reads and refuses, and that it leaves nothing when it gives up.
 *
 *   gcc -std=c11 -O1 -g -ffp-contract=off -Isrc test/core/test_grid_build.c $(find src/core -name "*.c") -lm && ./a.out
 */
#include "grid_shapes.h"

static void
test_wkb(void)
{
	WmoGridBuild *build;
	Shape box, turned;
	bool refused = true;
	WmoVertex open_ring[4] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
	double bad[4] = {NAN, INFINITY, 1e31, 1e-61};

	add_box(0, 0, 1, 2);
	box = shapes[0];
	for (size_t size = 0; size < box.size; size++)
	{
		uint8_t *cut = malloc(size + 1);

		memcpy(cut, box.wkb, size);
		build = wmo_grid_begin(&host);
		refused = refused && wmo_grid_add(build, cut, size) == WMO_GRID_WKB_SHORT;
		wmo_grid_drop(build);
		free(cut);
	}
	ok(refused, "well-known binary cut short is refused");

	turned.size = 0;
	turned.wkb = NULL;
	put(&turned, box.wkb, box.size);
	turned.wkb[0] ^= 1;
	for (size_t at = 1; at < turned.size; at += at < 13 ? 4 : 8)
		for (size_t i = 0, last = at < 13 ? 3 : 7; i <= last; i++)
			turned.wkb[at + i] = box.wkb[at + last - i];
	build = wmo_grid_begin(&host);
	ok(wmo_grid_add(build, turned.wkb, turned.size) == WMO_GRID_OK &&
		   wmo_grid_add(build, box.wkb, box.size) == WMO_GRID_OK,
	   "either byte order is read");
	ok(wmo_grid_add(build, box.wkb, box.size - 1) == WMO_GRID_WKB_SHORT, "and an error after that is told");
	wmo_grid_drop(build);

	put(&turned, "", 1);
	build = wmo_grid_begin(&host);
	ok(wmo_grid_add(build, turned.wkb, turned.size) == WMO_GRID_WKB_SHORT, "bytes after the shape are refused");
	wmo_grid_drop(build);
	free(turned.wkb);
	forget_shapes();

	put_opening(new_shape(), 1);
	build = wmo_grid_begin(&host);
	ok(wmo_grid_add(build, shapes[0].wkb, shapes[0].size) == WMO_GRID_WKB_TYPE, "a point is refused");
	wmo_grid_drop(build);
	forget_shapes();

	put_opening(new_shape(), 3);
	put_word(&shapes[0], 1);
	put_word(&shapes[0], 4);
	put(&shapes[0], open_ring, sizeof(open_ring));
	build = wmo_grid_begin(&host);
	ok(wmo_grid_add(build, shapes[0].wkb, shapes[0].size) == WMO_GRID_WKB_RING,
	   "a ring that does not close is refused");
	wmo_grid_drop(build);
	forget_shapes();

	refused = true;
	for (int i = 0; i < 4; i++)
	{
		add_box(0, 0, bad[i], 1);
		build = wmo_grid_begin(&host);
		refused = refused && wmo_grid_add(build, shapes[0].wkb, shapes[0].size) == WMO_GRID_WKB_COORDINATE;
		wmo_grid_drop(build);
		forget_shapes();
	}
	ok(refused, "coordinates beyond exact arithmetic are refused");
	ok(blocks_held == 0, "a dropped build leaves nothing");
}

static void
test_giving_up(void)
{
	uint8_t *bytes;
	size_t size;
	WmoGridError error;
	bool told = true;
	long tries = 0;

	add_tiling(12, 20, 0, 0, 10, 0);
	do
	{
		allocs_left = tries++;
		error = build_grid(&bytes, &size);
		told = told && (error == WMO_GRID_OK || (error == WMO_GRID_NO_MEMORY && blocks_held == 0));
	} while (error == WMO_GRID_NO_MEMORY && tries < 1000);
	allocs_left = -1;
	ok(told && error == WMO_GRID_OK && blocks_held == 1, "without memory at any step a build leaves nothing");
	test_release(NULL, bytes);

	told = true;
	tries = 0;
	do
	{
		ticks_left = tries++;
		error = build_grid(&bytes, &size);
		told = told && (error == WMO_GRID_OK || (error == WMO_GRID_INTERRUPTED && blocks_held == 0));
	} while (error == WMO_GRID_INTERRUPTED && tries < 1000);
	ticks_left = -1;
	ok(told && tries > 8 && error == WMO_GRID_OK && blocks_held == 1, "interrupted at any step a build leaves nothing");
	test_release(NULL, bytes);

	ok(wmo_grid_finish(wmo_grid_begin(&host), 10, &bytes, &size) == WMO_GRID_TOO_LARGE && blocks_held == 0,
	   "a build keeps to its limit");
	forget_shapes();
}

int
main(void)
{
	test_wkb();
	test_giving_up();
	ok(blocks_held == 0, "nothing is left");
	return finish();
}
