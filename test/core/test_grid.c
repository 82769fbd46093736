/*
 * test_grid.c - the grid against the algorithm of PostGIS, ring by ring and without any index.
 *
 *   gcc -std=c11 -O1 -g -ffp-contract=off -Isrc test/core/test_grid.c src/core/grid*.c -lm && ./a.out
 */
#include "core/grid_layout.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- TAP ---- */

static int test_number = 0;
static int failures = 0;

static void
ok(bool condition, const char *name)
{
	printf("%sok %d - %s\n", condition ? "" : "not ", ++test_number, name);
	failures += !condition;
}

/* ---- numbers that look random and are the same everywhere ---- */

static uint64_t seed = 1;

static uint64_t
next_random(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

static double
random_between(double low, double high)
{
	return low + (high - low) * ((double) (next_random() >> 11) / 9007199254740992.0);
}

/* ---- a host that counts, and can refuse ---- */

static long blocks_held = 0;
static long allocs_left = -1;
static long ticks_left = -1;

static void *
test_alloc(void *context, size_t size)
{
	void *memory;

	(void) context;
	if (allocs_left == 0)
		return NULL;
	allocs_left -= allocs_left > 0;
	memory = malloc(size);
	if (memory != NULL)
		blocks_held++;
	return memory;
}

static void
test_release(void *context, void *memory)
{
	(void) context;
	blocks_held--;
	free(memory);
}

static bool
test_tick(void *context, double done)
{
	(void) context;
	if (done < 0 || done > 1)
		abort();
	if (ticks_left == 0)
		return true;
	ticks_left -= ticks_left > 0;
	return false;
}

static const WmoGridHost host = {test_alloc, test_release, test_tick, NULL};

/* ---- shapes: an area is a list of polygons, each a list of rings, as WKB ---- */

#define AREAS_MAX 4000

typedef struct Shape
{
	uint8_t *wkb;
	size_t size;
} Shape;

static Shape shapes[AREAS_MAX];
static int shape_count = 0;

static void
put(Shape *shape, const void *bytes, size_t size)
{
	shape->wkb = realloc(shape->wkb, shape->size + size);
	memcpy(shape->wkb + shape->size, bytes, size);
	shape->size += size;
}

static void
put_word(Shape *shape, uint32_t word)
{
	put(shape, &word, 4);
}

/* The byte order of this machine and a type. */
static void
put_opening(Shape *shape, uint32_t type)
{
	const uint16_t one = 1;
	uint8_t order;

	memcpy(&order, &one, 1);
	put(shape, &order, 1);
	put_word(shape, type);
}

static Shape *
new_shape(void)
{
	Shape *shape = &shapes[shape_count++];

	memset(shape, 0, sizeof(*shape));
	return shape;
}

static void
forget_shapes(void)
{
	while (shape_count > 0)
		free(shapes[--shape_count].wkb);
}

static void
put_ring(Shape *shape, const WmoVertex *vertices, uint32_t count)
{
	put_word(shape, count + 1);
	put(shape, vertices, count * sizeof(WmoVertex));
	put(shape, vertices, sizeof(WmoVertex));
}

static void
add_polygon(const WmoVertex *vertices, uint32_t count)
{
	Shape *shape = new_shape();

	put_opening(shape, 3);
	put_word(shape, 1);
	put_ring(shape, vertices, count);
}

static void
add_box(double x1, double y1, double x2, double y2)
{
	WmoVertex box[4] = {{x1, y1}, {x2, y1}, {x2, y2}, {x1, y2}};

	add_polygon(box, 4);
}

/* ---- the oracle ---- */

typedef struct Asked
{
	double x, y;
	int ring; /* number within its polygon; -1 before the first */
	int state; /* of the polygon: 1 inside, 0 on the border, -1 outside */
	int left; /* rings left in this polygon */
	bool covered;
} Asked;

/* point_in_ring of PostGIS 3: 1 inside, 0 on the border, -1 outside. */
static int
in_ring(const WmoVertex *v, uint32_t count, double x, double y)
{
	int winding = 0;

	for (uint32_t i = 0; i + 1 < count; i++)
	{
		WmoVertex a = v[i], b = v[i + 1];
		double side = (b.x - a.x) * (y - a.y) - (x - a.x) * (b.y - a.y);

		if ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y) < 1e-12 * 1e-12)
			continue;
		if (side == 0.0 && x >= fmin(a.x, b.x) && x <= fmax(a.x, b.x) && y >= fmin(a.y, b.y) && y <= fmax(a.y, b.y))
			return 0;
		if (a.y <= y && y < b.y && side > 0)
			winding++;
		else if (b.y <= y && y < a.y && side < 0)
			winding--;
	}
	return winding == 0 ? -1 : 1;
}

static const uint8_t *
polygon_covers(const uint8_t *at, double x, double y, bool *covers)
{
	uint32_t rings;
	bool outside = false, border = false;

	memcpy(&rings, at + 5, 4);
	at += 9;
	for (uint32_t i = 0; i < rings; i++)
	{
		uint32_t count;
		WmoVertex *ring;
		int where;

		memcpy(&count, at, 4);
		ring = malloc(count * sizeof(WmoVertex));
		memcpy(ring, at + 4, count * sizeof(WmoVertex));
		at += 4 + count * sizeof(WmoVertex);
		if (!outside && !border)
		{
			where = in_ring(ring, count, x, y);
			if (where == 0)
				border = true;
			else if (where == (i == 0 ? -1 : 1))
				outside = true;
		}
		free(ring);
	}
	*covers = border || !outside;
	return at;
}

static bool
shape_covers(const Shape *shape, double x, double y)
{
	uint32_t type, parts;
	const uint8_t *at = shape->wkb;
	bool covers;

	memcpy(&type, at + 1, 4);
	if (type == 3)
	{
		polygon_covers(at, x, y, &covers);
		return covers;
	}
	memcpy(&parts, at + 5, 4);
	at += 9;
	for (uint32_t i = 0; i < parts; i++)
	{
		at = polygon_covers(at, x, y, &covers);
		if (covers)
			return true;
	}
	return false;
}

/* ---- building and comparing ---- */

static WmoGridError
build_grid(uint8_t **bytes, size_t *size)
{
	WmoGridBuild *build = wmo_grid_begin(&host);

	if (build == NULL)
		return WMO_GRID_NO_MEMORY;
	for (int i = 0; i < shape_count; i++)
	{
		WmoGridError error = wmo_grid_add(build, shapes[i].wkb, shapes[i].size);

		if (error != WMO_GRID_OK)
		{
			wmo_grid_drop(build);
			return error;
		}
	}
	return wmo_grid_finish(build, SIZE_MAX, bytes, size);
}

static long points_asked = 0;

static bool
agree(const WmoGrid *grid, uint32_t *areas, double x, double y)
{
	static bool found[AREAS_MAX];
	uint32_t count = wmo_grid_find(grid, x, y, areas);
	bool same = true;

	points_asked++;
	memset(found, 0, sizeof(found));
	for (uint32_t i = 0; i < count; i++)
	{
		same = same && !found[areas[i]];
		found[areas[i]] = true;
	}
	for (int i = 0; i < shape_count; i++)
		if (found[i] != shape_covers(&shapes[i], x, y))
		{
			printf("# (%.17g %.17g): area %d: grid %d\n", x, y, i, found[i]);
			same = false;
		}
	return same;
}

/* The point and its eight neighbours, one step of a double away. */
static bool
agree_around(const WmoGrid *grid, uint32_t *areas, double x, double y)
{
	double xs[3] = {nextafter(x, -INFINITY), x, nextafter(x, INFINITY)};
	double ys[3] = {nextafter(y, -INFINITY), y, nextafter(y, INFINITY)};
	bool same = true;

	for (int i = 0; i < 9; i++)
		same = agree(grid, areas, xs[i % 3], ys[i / 3]) && same;
	return same;
}

/* Asks about every vertex, points on every edge and around them, random points, and the lines of the cells. */
static void
compare(const char *name, int random_points)
{
	uint8_t *bytes = NULL;
	size_t size = 0;
	uint32_t *areas;
	WmoGrid grid;
	bool same = true, whole;
	double x1, y1, x2, y2;

	if (build_grid(&bytes, &size) != WMO_GRID_OK)
	{
		ok(false, name);
		return;
	}
	whole = wmo_grid_check(bytes, size);
	wmo_grid_open(&grid, bytes);
	areas = malloc((grid.most + 1) * sizeof(uint32_t));
	for (int i = 0; i < shape_count; i++)
	{
		/* every double in the shape that can be a vertex: rings stand one after the other */
		const uint8_t *at = shapes[i].wkb;
		uint32_t type, parts = 1;

		memcpy(&type, at + 1, 4);
		if (type == 6)
		{
			memcpy(&parts, at + 5, 4);
			at += 9;
		}
		while (parts-- > 0)
		{
			uint32_t rings;

			memcpy(&rings, at + 5, 4);
			at += 9;
			while (rings-- > 0)
			{
				uint32_t count;
				WmoVertex a, b;

				memcpy(&count, at, 4);
				at += 4;
				for (uint32_t j = 0; j + 1 < count; j++, at += 16)
				{
					double part = random_between(0, 1);

					memcpy(&a, at, 16);
					memcpy(&b, at + 16, 16);
					same = agree_around(&grid, areas, a.x, a.y) && same;
					same = agree_around(&grid, areas, (a.x + b.x) / 2, (a.y + b.y) / 2) && same;
					same = agree_around(&grid, areas, a.x + part * (b.x - a.x), a.y + part * (b.y - a.y)) && same;
				}
				at += 16;
			}
		}
	}
	x1 = grid.x0 - grid.cell, x2 = grid.x0 + (grid.cols + 1) * grid.cell;
	y1 = grid.y0 - grid.cell, y2 = grid.y0 + (grid.rows + 1) * grid.cell;
	for (int i = 0; i < random_points; i++)
	{
		double x = random_between(x1, x2), y = random_between(y1, y2);

		same = agree(&grid, areas, x, y) && same;
		same = agree_around(&grid, areas, grid.x0 + floor((x - grid.x0) / grid.cell) * grid.cell, y) && same;
		same = agree_around(&grid, areas, grid.x0 + (floor((x - grid.x0) / grid.cell) + 0.5) * grid.cell, y) && same;
		same = agree_around(&grid, areas, x, grid.y0 + (floor((y - grid.y0) / grid.cell) + 0.5) * grid.cell) && same;
	}
	same = same && wmo_grid_find(&grid, NAN, 0, areas) == 0 && wmo_grid_find(&grid, 0, INFINITY, areas) == 0 &&
		wmo_grid_find(&grid, -INFINITY, NAN, areas) == 0 && wmo_grid_find(&grid, 1.7e308, -1.7e308, areas) == 0;
	ok(same && whole, name);
	free(areas);
	test_release(NULL, bytes);
}

/* ---- made-up areas ---- */

/* A tiling of side * side areas whose shared borders wiggle; corners lie on a grid of the given step. */
static void
add_tiling(int side, int wiggles, double origin_x, double origin_y, double tile, double step)
{
	int points = side * wiggles + 1;
	WmoVertex *lattice = malloc((size_t) points * (size_t) points * sizeof(WmoVertex));

	for (int row = 0; row < points; row++)
		for (int col = 0; col < points; col++)
		{
			WmoVertex *v = &lattice[row * points + col];

			v->x = origin_x + col * tile / wiggles + random_between(-0.3, 0.3) * tile / wiggles;
			v->y = origin_y + row * tile / wiggles + random_between(-0.3, 0.3) * tile / wiggles;
			if (step > 0)
			{
				v->x = floor(v->x / step) * step;
				v->y = floor(v->y / step) * step;
			}
		}
	for (int i = 0; i < side * side; i++)
	{
		WmoVertex *ring = malloc(4 * (size_t) wiggles * sizeof(WmoVertex));
		int row = i / side * wiggles, col = i % side * wiggles;
		uint32_t count = 0;

		for (int j = 0; j < wiggles; j++)
			ring[count++] = lattice[row * points + col + j];
		for (int j = 0; j < wiggles; j++)
			ring[count++] = lattice[(row + j) * points + col + wiggles];
		for (int j = wiggles; j > 0; j--)
			ring[count++] = lattice[(row + wiggles) * points + col + j];
		for (int j = wiggles; j > 0; j--)
			ring[count++] = lattice[(row + j) * points + col];
		add_polygon(ring, count);
		free(ring);
	}
	free(lattice);
}

/* A star around a centre: simple, with slanting edges of every length. */
static void
add_star(double x, double y, double size, uint32_t corners)
{
	WmoVertex *ring = malloc(corners * sizeof(WmoVertex));

	for (uint32_t i = 0; i < corners; i++)
	{
		double angle = 6.283185307179586 * i / corners;
		double radius = size * random_between(0.2, 1);

		ring[i].x = x + radius * cos(angle);
		ring[i].y = y + radius * sin(angle);
	}
	add_polygon(ring, corners);
	free(ring);
}

/* Two parts that touch in a point; the first has a hole that touches its border, and a hole with an island in it. */
static void
add_with_holes(double x, double y)
{
	Shape *shape = new_shape();
	WmoVertex outer[4] = {{x, y}, {x + 12, y}, {x + 12, y + 9}, {x, y + 9}};
	WmoVertex touching[3] = {{x, y + 3}, {x + 2, y + 4}, {x + 2, y + 2}};
	WmoVertex hole[4] = {{x + 4, y + 1}, {x + 4, y + 8}, {x + 11, y + 8}, {x + 11, y + 1}};
	WmoVertex island[3] = {{x + 4, y + 4}, {x + 7, y + 3}, {x + 7, y + 6}};
	WmoVertex second[4] = {{x + 12, y + 9}, {x + 15, y + 9}, {x + 15, y + 12}, {x + 12, y + 12}};

	put_opening(shape, 6);
	put_word(shape, 3);
	put_opening(shape, 3);
	put_word(shape, 3);
	put_ring(shape, outer, 4);
	put_ring(shape, touching, 3);
	put_ring(shape, hole, 4);
	put_opening(shape, 3);
	put_word(shape, 1);
	put_ring(shape, island, 3);
	put_opening(shape, 3);
	put_word(shape, 1);
	put_ring(shape, second, 4);
	/* what fills the hole, the island's share excepted */
	shape = new_shape();
	put_opening(shape, 3);
	put_word(shape, 2);
	put_ring(shape, hole, 4);
	put_ring(shape, island, 3);
}

static void
test_tilings(void)
{
	ok(shape_count == 0, "nothing to begin with");
	compare("no areas at all", 10);

	add_box(0, 0, 1, 1);
	compare("one area", 200);
	forget_shapes();

	add_tiling(6, 5, 100000, 400000, 250, 0.01);
	compare("a tiling in centimetres, like the national ones", 2000);
	forget_shapes();

	add_tiling(5, 4, -3, -3, 1.25, 0);
	compare("a tiling around the origin with coordinates of every precision", 2000);
	forget_shapes();

	add_tiling(8, 2, 0, 0, 2, 1);
	compare("a tiling whose corners and cells meet on whole numbers", 2000);
	forget_shapes();

	add_tiling(5, 4, 1e15, -1e15, 40, 0);
	compare("coordinates so large that a cell is a few of their steps", 500);
	forget_shapes();

	add_tiling(4, 3, 1e-6, 1e-6, 1e-7, 0);
	compare("coordinates of millionths", 500);
	forget_shapes();
}

static void
test_overlaps(void)
{
	add_box(0, 0, 100, 100);
	for (int i = 0; i < 45; i++)
		add_box(i, i, 100, 100);
	for (int i = 0; i < 40; i++)
		add_star(random_between(10, 90), random_between(10, 90), random_between(1, 60), 3 + (uint32_t) (next_random() % 40));
	for (int i = 0; i < 40; i++)
		add_box(50 + i / 1000.0, 50, 50 + (i + 1) / 1000.0, 50.001);
	compare("nested, overlapping and tiny areas; more than 64 in one cell", 1500);
	forget_shapes();

	add_box(0, 0, 300000, 300000);
	add_box(100000, 100000, 100000.01, 100000.01);
	add_tiling(3, 6, 100000.5, 100000, 0.5, 0);
	compare("half the country beside a town of centimetres", 1500);
	forget_shapes();

	add_with_holes(0, 0);
	add_with_holes(0.1, 0.7);
	add_box(0, 0, 12, 9);
	compare("holes, islands, parts and holes that touch", 3000);
	forget_shapes();

	for (int i = 0; i < 60; i++)
	{
		WmoVertex sliver[3] = {
			{random_between(0, 1000), random_between(0, 1000)}, {random_between(0, 1000), random_between(0, 1000)}, {0, 0}
		};

		sliver[2].x = (sliver[0].x + sliver[1].x) / 2 + random_between(-1e-9, 1e-9);
		sliver[2].y = (sliver[0].y + sliver[1].y) / 2;
		add_polygon(sliver, 3);
	}
	compare("slivers through many cells", 1500);
	forget_shapes();
}

static void
test_turn(void)
{
	bool same = true, scaled = true;
	WmoVertex a = {0.5, 0.5}, b = {12, 12}, zero = {0, 0};
	WmoVertex huge = {1.7976931348623157e308, -1.7976931348623157e308}, tiny = {4.9406564584124654e-324, 0};

	/* small whole numbers: 64-bit arithmetic is the oracle */
	for (int i = 0; i < 200000; i++)
	{
		int64_t n[6];
		int64_t turn;
		WmoVertex from, to;
		double scale = ldexp(1, (int) (next_random() % 1800) - 900);
		int sign;

		for (int j = 0; j < 6; j++)
			n[j] = (int64_t) (next_random() % 2001) - 1000;
		turn = (n[2] - n[0]) * (n[5] - n[1]) - (n[3] - n[1]) * (n[4] - n[0]);
		sign = turn > 0 ? 1 : turn < 0 ? -1 : 0;
		from.x = (double) n[0] * scale, from.y = (double) n[1] * scale;
		to.x = (double) n[2] * scale, to.y = (double) n[3] * scale;
		same = same && wmo_turn_exact(from, to, (double) n[4] * scale, (double) n[5] * scale) == sign;
		scaled = scaled && wmo_turn(from, to, (double) n[4] * scale, (double) n[5] * scale) == sign;
	}
	ok(same, "the exact turn is that of whole numbers at every scale");
	ok(scaled, "and so is the filtered one");

	/* Kettner and others, 2008: a neighbourhood in which plain doubles err; on these steps the truth is y - x */
	same = true;
	for (int i = 0; i < 64; i++)
		for (int j = 0; j < 64; j++)
		{
			double x = 0.5 + i * 0x1p-53, y = 0.5 + j * 0x1p-53;
			int sign = (y > x) - (y < x);

			same = same && wmo_turn(a, b, x, y) == sign && wmo_turn(b, a, x, y) == -sign;
		}
	ok(same, "a neighbourhood in which plain doubles err");
	ok(wmo_turn(zero, huge, huge.x, huge.y) == 0 && wmo_turn(zero, huge, huge.x, 0) == 1 &&
	   wmo_turn(huge, zero, huge.x, 0) == -1 && wmo_turn(zero, tiny, 1, tiny.x) == 1 &&
	   wmo_turn(zero, tiny, huge.x, 0) == 0 && wmo_turn(tiny, zero, tiny.x, tiny.x) == -1,
	   "the largest and the smallest doubles");
}

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
	ok(wmo_grid_add(build, turned.wkb, turned.size) == WMO_GRID_OK && wmo_grid_add(build, box.wkb, box.size) == WMO_GRID_OK,
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
	ok(wmo_grid_add(build, shapes[0].wkb, shapes[0].size) == WMO_GRID_WKB_RING, "a ring that does not close is refused");
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
		refused = refused && !wmo_grid_check(less, cut);
		free(less);
	}
	memcpy(copy, bytes, size);
	memset(copy + size, 0, 8);
	refused = refused && !wmo_grid_check(copy, size + 8);
	ok(refused, "bytes cut short or followed by others are refused");

	for (size_t at = 0; at < size; at++)
		for (int bit = 0; bit < 8; bit++)
		{
			memcpy(copy, bytes, size);
			copy[at] ^= (uint8_t) (1 << bit);
			if (wmo_grid_check(copy, size))
			{
				WmoGrid grid;
				uint32_t *areas;

				accepted++;
				wmo_grid_open(&grid, copy);
				areas = malloc(((size_t) grid.most + 1) * sizeof(uint32_t));
				for (int i = 0; i < 20; i++)
				{
					uint32_t count = wmo_grid_find(&grid, random_between(-10, 50), random_between(-10, 50), areas);

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

int
main(void)
{
	test_turn();
	test_wkb();
	test_tilings();
	test_overlaps();
	test_giving_up();
	test_hostile_bytes();
	ok(blocks_held == 0, "nothing is left");
	printf("# %ld points compared\n", points_asked);
	printf("1..%d\n", test_number);
	return failures > 0;
}
