/*
 * build.c - a build from its first shape to its end, and what is said of its errors.
 *
 * What it keeps of shapes: rings that are closed, of four vertices or more, one after the other, with coordinates of
 * which products of two are exact sums of limbs (turn.c) and which have no second zero. Whatever ends a build, every
 * piece of memory goes back to the host.
 */
#include "core/grid/build.h"
#include "core/grid/wkb.h"

#include <math.h>
#include <string.h>

#define VERTICES_MAX 0x7FFFFFF0u
#define COORDINATE_MAX 0x1p100
#define COORDINATE_MIN 0x1p-200

const char *
wmo_grid_error_text(WmoGridError error)
{
	switch (error)
	{
		case WMO_GRID_OK:
			return "There is no error.";
		case WMO_GRID_NO_MEMORY:
			return "There is not enough memory.";
		case WMO_GRID_INTERRUPTED:
			return "The build was interrupted.";
		case WMO_GRID_TOO_LARGE:
			return "The areas have more vertices, or make more bytes, than a grid may hold.";
		case WMO_GRID_WKB_SHORT:
			return "The well-known binary ends before the shape does, or goes on after it.";
		case WMO_GRID_WKB_TYPE:
			return "The shape is not a two-dimensional polygon or multipolygon.";
		case WMO_GRID_WKB_RING:
			return "A ring has fewer than four points or does not close.";
		case WMO_GRID_WKB_COORDINATE:
			return "A coordinate is not finite, or too large or too near to zero for exact arithmetic.";
	}
	return "The error is unknown.";
}

WmoGridBuild *
wmo_grid_begin(const WmoGridHost *host)
{
	WmoGridBuild *build = host->alloc(host->context, sizeof(WmoGridBuild));

	if (build == NULL)
		return NULL;
	memset(build, 0, sizeof(*build));
	build->host = *host;
	build->low.x = build->low.y = INFINITY;
	build->high.x = build->high.y = -INFINITY;
	return build;
}

void
wmo_grid_drop(WmoGridBuild *build)
{
	void *parts[] = {build->vertices.items,
					 build->ring_of.items,
					 build->rings.items,
					 build->slots,
					 build->twin,
					 build->owners,
					 build->owner_lists.words.items,
					 build->owner_lists.slots,
					 build->gathered.items,
					 build->cell_start,
					 build->cell_edges,
					 build->event_start,
					 build->event_edges,
					 build->entries,
					 build->directory,
					 build->tiles.items,
					 build->sets.words.items,
					 build->sets.slots,
					 build->blocks.items,
					 build->active.items,
					 build->local.items,
					 build->seen,
					 build->place,
					 build->area_place};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		wmo_grid_release(&build->host, parts[i]);
	build->host.release(build->host.context, build);
}

/* ---- shapes ---- */

static bool
is_usable(double value)
{
	return value == 0 || (fabs(value) <= COORDINATE_MAX && fabs(value) >= COORDINATE_MIN);
}

static WmoGridError
add_ring(void *context, const uint8_t *points, uint32_t count, bool swap)
{
	WmoGridBuild *build = context;
	WmoVertex *vertices;
	uint32_t *ring_of;
	WmoGridRing *ring;
	double turned = 0;

	if (count > VERTICES_MAX - build->vertices.count)
		return WMO_GRID_TOO_LARGE;
	if (memcmp(points, points + 16 * (size_t) (count - 1), 16) != 0 &&
		(wmo_wkb_read_double(points, swap) != wmo_wkb_read_double(points + 16 * (size_t) (count - 1), swap) ||
		 wmo_wkb_read_double(points + 8, swap) != wmo_wkb_read_double(points + 16 * (size_t) (count - 1) + 8, swap)))
		return WMO_GRID_WKB_RING;
	if (!wmo_grid_grow(&build->host, &build->vertices, count, sizeof(WmoVertex)) ||
		!wmo_grid_grow(&build->host, &build->ring_of, count, sizeof(uint32_t)) ||
		!wmo_grid_grow(&build->host, &build->rings, 1, sizeof(WmoGridRing)))
		return WMO_GRID_NO_MEMORY;
	vertices = (WmoVertex *) build->vertices.items + build->vertices.count;
	ring_of = (uint32_t *) build->ring_of.items + build->ring_of.count;
	for (uint32_t i = 0; i < count; i++)
	{
		vertices[i].x = wmo_wkb_read_double(points + 16 * (size_t) i, swap);
		vertices[i].y = wmo_wkb_read_double(points + 16 * (size_t) i + 8, swap);
		if (!is_usable(vertices[i].x) || !is_usable(vertices[i].y))
			return WMO_GRID_WKB_COORDINATE;
		build->low.x = fmin(build->low.x, vertices[i].x);
		build->low.y = fmin(build->low.y, vertices[i].y);
		build->high.x = fmax(build->high.x, vertices[i].x);
		build->high.y = fmax(build->high.y, vertices[i].y);
		ring_of[i] = (uint32_t) build->rings.count;
		if (i > 1)
			turned += (vertices[i - 1].x - vertices[0].x) * (vertices[i].y - vertices[0].y) -
				(vertices[i].x - vertices[0].x) * (vertices[i - 1].y - vertices[0].y);
	}
	ring = (WmoGridRing *) build->rings.items + build->rings.count++;
	ring->area = build->area_count;
	ring->leftward = turned > 0;
	ring_of[count - 1] |= WMO_RING_END;
	build->vertices.count += count;
	build->ring_of.count += count;
	return WMO_GRID_OK;
}

WmoGridError
wmo_grid_add(WmoGridBuild *build, const uint8_t *wkb, size_t length)
{
	WmoWkbReader reader = {add_ring, build};
	WmoGridError error;

	if (build->area_count >= WMO_ENTRY_VALUE)
		return WMO_GRID_TOO_LARGE;
	error = wmo_wkb_read(wkb, length, &reader);
	build->area_count++;
	return error;
}

WmoGridError
wmo_grid_finish(WmoGridBuild *build, size_t max_size, uint8_t **bytes, size_t *size)
{
	WmoGridError error = wmo_grid_join_edges(build);

	if (error == WMO_GRID_OK)
		error = wmo_grid_lay_cells(build);
	if (error == WMO_GRID_OK)
		error = wmo_grid_write(build, max_size, bytes, size);
	wmo_grid_drop(build);
	return error;
}
