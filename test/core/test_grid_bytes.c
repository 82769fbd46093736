/*
 * test_grid_bytes.c - the bytes of a grid: how wide vertices are kept, and what the checker refuses.
 *
 *   gcc -std=c11 -O1 -g -ffp-contract=off -Isrc test/core/test_grid_bytes.c $(find src/core -name "*.c") -lm && ./a.out
 */
#include "grid_shapes.h"

/* The size of a tiling whose coordinates are multiples of step, around (origin, origin). */
static size_t
size_of_tiling(double origin, double tile, double step)
{
	uint8_t *bytes;
	size_t size;

	seed = 7;
	add_tiling(6, 5, origin, origin, tile, step);
	if (build_grid(&bytes, &size) != WMO_GRID_OK || !wmo_grid_check(bytes, size, &(WmoTick) {0}))
		abort();
	test_release(NULL, bytes);
	forget_shapes();
	return size;
}

/* A vertex takes 16 bytes as two doubles, 8 as two whole numbers, 4 as two short ones; what is beside it is the same. */
static void
test_widths(void)
{
	size_t doubles = size_of_tiling(1000, 250, 0), offsets = size_of_tiling(1000, 250, 1);
	size_t numbers = size_of_tiling(1000, 1e6, 1);

	ok(offsets < numbers && numbers < doubles,
	   "whole numbers take fewer bytes than doubles, and fewer where they are near");
	ok(size_of_tiling(1e10, 250, 1) > numbers, "numbers of more than 32 bits stay doubles");
}

static void
test_hostile_bytes(void)
{
	uint8_t *bytes, *copy;
	size_t size;
	bool safe = true, refused = true;
	long accepted = 0;

	add_tiling(3, 3, 0, 0, 10, 0);
	add_with_holes(3, 4);
	add_box(-5, -5, 40, 40);
	add_box(-5, -5, 40, 40);
	if (build_grid(&bytes, &size) != WMO_GRID_OK)
		abort();
	copy = malloc(size + 8);
	for (size_t cut = 0; cut < size; cut++)
	{
		uint8_t *less = malloc(cut + 1);

		memcpy(less, bytes, cut);
		refused = refused && !wmo_grid_check(less, cut, &(WmoTick) {0});
		free(less);
	}
	memcpy(copy, bytes, size);
	memset(copy + size, 0, 8);
	refused = refused && !wmo_grid_check(copy, size + 8, &(WmoTick) {0});
	ok(refused, "bytes cut short or followed by others are refused");

	for (size_t at = 0; at < size; at++)
		for (int bit = 0; bit < 8; bit++)
		{
			memcpy(copy, bytes, size);
			copy[at] ^= (uint8_t) (1 << bit);
			if (wmo_grid_check(copy, size, &(WmoTick) {0}))
			{
				WmoGrid grid;
				uint32_t *areas;

				accepted++;
				wmo_grid_open(&grid, copy);
				areas = malloc(((size_t) grid.most + 1) * sizeof(uint32_t));
				for (int i = 0; i < 20; i++)
				{
					double x = random_between(-10, 50), y = random_between(-10, 50);
					uint32_t count = find_areas(&grid, x, y, areas);

					safe = safe && count <= grid.most;
					for (uint32_t j = 0; j < count; j++)
						safe = safe && areas[j] < grid.area_count;
				}
				free(areas);
			}
		}
	printf("# %ld changes of one bit still make a whole grid\n", accepted);
	ok(safe && accepted > 0, "what the checker accepts stays within its bounds");
	free(copy);
	test_release(NULL, bytes);
	forget_shapes();
}

/* What a look-up finds at most is counted, not believed: room is made for so many areas. */
static void
test_most(void)
{
	static const uint32_t wrong[] = {0, 1, 1000, 0xFFFFFFFFu};
	WmoGridHeader header;
	uint8_t *bytes;
	size_t size;
	bool refused = true;
	uint32_t most;

	add_tiling(3, 3, 0, 0, 10, 0);
	add_box(-5, -5, 40, 40);
	if (build_grid(&bytes, &size) != WMO_GRID_OK)
		abort();
	memcpy(&header, bytes, sizeof(header));
	most = header.most;
	for (int i = 0; i < 6; i++)
	{
		header.most = i < 4 ? wrong[i] : i == 4 ? most - 1 : most + 1;
		memcpy(bytes, &header, sizeof(header));
		refused = refused && !wmo_grid_check(bytes, size, &(WmoTick) {0});
	}
	header.most = most;
	memcpy(bytes, &header, sizeof(header));
	ok(refused && wmo_grid_check(bytes, size, &(WmoTick) {0}),
	   "a header says how many areas a look-up finds at most, or is refused");
	test_release(NULL, bytes);
	forget_shapes();
}

int
main(void)
{
	test_most();
	test_widths();
	test_hostile_bytes();
	ok(blocks_held == 0, "nothing is left");
	return finish();
}
