/*
 * grid_shapes.h - what the tests of the grid share: a host that counts, and areas as well-known binary.
 */
#ifndef WMO_TEST_GRID_SHAPES_H
#define WMO_TEST_GRID_SHAPES_H

#include "core/grid/layout.h"
#include "tap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- a host that counts, and can refuse ---- */

static long blocks_held = 0;
static long allocs_left = -1;
static long ticks_left = -1;

static inline void *
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

static inline void
test_release(void *context, void *memory)
{
	(void) context;
	blocks_held--;
	free(memory);
}

static inline bool
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

static inline void
put(Shape *shape, const void *bytes, size_t size)
{
	shape->wkb = realloc(shape->wkb, shape->size + size);
	memcpy(shape->wkb + shape->size, bytes, size);
	shape->size += size;
}

static inline void
put_word(Shape *shape, uint32_t word)
{
	put(shape, &word, 4);
}

/* The byte order of this machine and a type. */
static inline void
put_opening(Shape *shape, uint32_t type)
{
	const uint16_t one = 1;
	uint8_t order;

	memcpy(&order, &one, 1);
	put(shape, &order, 1);
	put_word(shape, type);
}

static inline Shape *
new_shape(void)
{
	Shape *shape = &shapes[shape_count++];

	memset(shape, 0, sizeof(*shape));
	return shape;
}

static inline void
forget_shapes(void)
{
	while (shape_count > 0)
		free(shapes[--shape_count].wkb);
}

static inline void
put_ring(Shape *shape, const WmoVertex *vertices, uint32_t count)
{
	put_word(shape, count + 1);
	put(shape, vertices, count * sizeof(WmoVertex));
	put(shape, vertices, sizeof(WmoVertex));
}

static inline void
add_polygon(const WmoVertex *vertices, uint32_t count)
{
	Shape *shape = new_shape();

	put_opening(shape, 3);
	put_word(shape, 1);
	put_ring(shape, vertices, count);
}

static inline void
add_box(double x1, double y1, double x2, double y2)
{
	WmoVertex box[4] = {{x1, y1}, {x2, y1}, {x2, y2}, {x1, y2}};

	add_polygon(box, 4);
}

/* ---- building ---- */

static inline WmoGridError
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

/* A look-up that nobody gives up. */
static inline uint32_t
find_areas(const WmoGrid *grid, double x, double y, uint32_t *areas)
{
	static WmoTick no_tick;

	return wmo_grid_find(grid, x, y, areas, &no_tick);
}

/* ---- made-up areas ---- */

/*
 * A tiling of side * side areas whose shared borders wiggle; corners lie on a grid of the given step (a whole part of 1),
 * as decimals are rounded.
 */
static inline void
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
				v->x = floor(v->x / step) / floor(1 / step + 0.5);
				v->y = floor(v->y / step) / floor(1 / step + 0.5);
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
static inline void
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
static inline void
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

#endif
