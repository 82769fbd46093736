/*
 * test_grid.c - the grid against the algorithm of PostGIS, ring by ring and without any index.
 *
 *   gcc -std=c11 -O1 -g -ffp-contract=off -Isrc test/core/test_grid.c $(find src/core -name "*.c") -lm && ./a.out
 */
#include "grid_shapes.h"

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

/* ---- comparing ---- */

static long points_asked = 0;

static bool
agree(const WmoGrid *grid, uint32_t *areas, double x, double y)
{
	static bool found[AREAS_MAX];
	uint32_t count = find_areas(grid, x, y, areas);
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
	whole = wmo_grid_check(bytes, size, &(WmoTick) {0});
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
	same = same && find_areas(&grid, NAN, 0, areas) == 0 && find_areas(&grid, 0, INFINITY, areas) == 0 &&
		find_areas(&grid, -INFINITY, NAN, areas) == 0 && find_areas(&grid, 1.7e308, -1.7e308, areas) == 0;
	ok(same && whole, name);
	free(areas);
	test_release(NULL, bytes);
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

/* Some areas in whole centimetres and some not: every width of vertices in one grid. */
static void
test_mixtures(void)
{
	add_tiling(3, 5, 100000, 400000, 250, 0.01);
	add_tiling(3, 5, 100400, 400000, 200, 0);
	add_box(99000, 399000, 180000, 480000);
	add_box(99000, 399000, 180000.0000001, 480000);
	add_star(100300, 400300, 300, 40);
	compare("centimetres, long edges and coordinates of every precision together", 1500);
	forget_shapes();
}

static void
test_overlaps(void)
{
	add_box(0, 0, 100, 100);
	for (int i = 0; i < 45; i++)
		add_box(i, i, 100, 100);
	for (int i = 0; i < 40; i++)
		add_star(random_between(10, 90), random_between(10, 90), random_between(1, 60),
				 3 + (uint32_t) (next_random() % 40));
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
		WmoVertex sliver[3] = {{random_between(0, 1000), random_between(0, 1000)},
							   {random_between(0, 1000), random_between(0, 1000)},
							   {0, 0}};

		sliver[2].x = (sliver[0].x + sliver[1].x) / 2 + random_between(-1e-9, 1e-9);
		sliver[2].y = (sliver[0].y + sliver[1].y) / 2;
		add_polygon(sliver, 3);
	}
	compare("slivers through many cells", 1500);
	forget_shapes();
}

/* More vertices in one cell than a chain holds. */
static void
test_crowds(void)
{
	uint8_t *bytes;
	size_t size;
	WmoGrid grid;
	uint32_t areas[8];
	bool same = true;

	add_box(0, 0, 1e6, 1e6);
	add_star(500000.3, 500000.4, 1, 40000);
	if (build_grid(&bytes, &size) != WMO_GRID_OK || !wmo_grid_check(bytes, size, &(WmoTick) {0}))
		abort();
	wmo_grid_open(&grid, bytes);
	for (int i = 0; i < 2000 && grid.most <= 8; i++)
		same = agree(&grid, areas, 500000.3 + random_between(-1, 1), 500000.4 + random_between(-1, 1)) && same;
	ok(same && grid.most <= 8, "forty thousand vertices in one cell");
	test_release(NULL, bytes);
	forget_shapes();
}

int
main(void)
{
	test_tilings();
	test_mixtures();
	test_overlaps();
	test_crowds();
	ok(blocks_held == 0, "nothing is left");
	printf("# %ld points compared\n", points_asked);
	return finish();
}
