/*
 * edges.c - the edges of all rings, each kept once, and the rings that each belongs to.
 *
 * Relies on rings that are closed and stand one after the other in the vertices (build.c): edge i runs from vertex i to
 * vertex i + 1, but at the end of a ring. Afterwards owners tells of every edge its list of rings, or that it is none,
 * or another one's twin.
 */
#include "core/grid/build.h"

#include <math.h>
#include <string.h>

static bool
same_point(WmoVertex a, WmoVertex b)
{
	return a.x == b.x && a.y == b.y;
}

static uint64_t
hash_point(WmoVertex point)
{
	uint64_t bits[2];

	memcpy(bits, &point, sizeof(bits));
	return wmo_grid_mix(wmo_grid_mix(0, bits[0]), bits[1]);
}

/* Links every edge to the first one with the same two ends. */
static WmoGridError
find_twins(WmoGridBuild *build, size_t slot_count)
{
	const WmoVertex *vertices = build->vertices.items;
	const uint32_t *ring_of = build->ring_of.items;

	for (uint32_t i = 0; i < build->vertices.count; i++)
	{
		size_t slot;

		if (wmo_grid_tick(&build->host, i, 0.25 * i / (double) build->vertices.count))
			return WMO_GRID_INTERRUPTED;
		build->owners[i] = WMO_EDGE_NONE;
		build->twin[i] = 0;
		if ((ring_of[i] & WMO_RING_END) != 0 || same_point(vertices[i], vertices[i + 1]))
			continue;
		/* a sum: the same in both directions */
		slot = wmo_grid_mix(1, hash_point(vertices[i]) + hash_point(vertices[i + 1])) & (slot_count - 1);
		for (; build->slots[slot] != 0; slot = (slot + 1) & (slot_count - 1))
		{
			uint32_t other = build->slots[slot] - 1;

			if ((same_point(vertices[i], vertices[other]) && same_point(vertices[i + 1], vertices[other + 1])) ||
				(same_point(vertices[i], vertices[other + 1]) && same_point(vertices[i + 1], vertices[other])))
			{
				build->twin[i] = build->twin[other];
				build->twin[other] = i + 1;
				break;
			}
		}
		if (build->slots[slot] == 0)
		{
			build->slots[slot] = i + 1;
			build->owners[i] = 0;
			build->edge_count++;
			build->length += fabs(vertices[i + 1].x - vertices[i].x) + fabs(vertices[i + 1].y - vertices[i].y);
		}
	}
	return WMO_GRID_OK;
}

/* Names the rings of each edge: its own, then those of its twins, latest first. */
static WmoGridError
name_owners(WmoGridBuild *build)
{
	const WmoVertex *vertices = build->vertices.items;
	const uint32_t *ring_of = build->ring_of.items;

	for (uint32_t i = 0; i < build->vertices.count; i++)
	{
		if (wmo_grid_tick(&build->host, i, 0.25 + 0.1 * i / (double) build->vertices.count))
			return WMO_GRID_INTERRUPTED;
		if (build->owners[i] == WMO_EDGE_NONE)
			continue;
		build->gathered.count = 0;
		for (uint32_t edge = i + 1; edge != 0; edge = build->twin[edge - 1])
		{
			uint32_t value = (ring_of[edge - 1] & ~WMO_RING_END) * 2 +
				(same_point(vertices[edge - 1], vertices[i]) ? 0u : 1u);

			if (!wmo_grid_grow(&build->host, &build->gathered, 1, sizeof(uint32_t)))
				return WMO_GRID_NO_MEMORY;
			((uint32_t *) build->gathered.items)[build->gathered.count++] = value;
		}
		if (!wmo_grid_lists_intern(&build->host, &build->owner_lists, build->gathered.items,
								   (uint32_t) build->gathered.count, &build->owners[i]))
			return WMO_GRID_NO_MEMORY;
	}
	return WMO_GRID_OK;
}

WmoGridError
wmo_grid_join_edges(WmoGridBuild *build)
{
	size_t slot_count = 64;
	WmoGridError error;

	while (slot_count < build->vertices.count * 2)
		slot_count *= 2;
	build->slots = wmo_grid_alloc(&build->host, slot_count, sizeof(uint32_t));
	build->twin = wmo_grid_alloc(&build->host, build->vertices.count, sizeof(uint32_t));
	build->owners = wmo_grid_alloc(&build->host, build->vertices.count, sizeof(uint32_t));
	if (build->slots == NULL || build->twin == NULL || build->owners == NULL)
		return WMO_GRID_NO_MEMORY;
	memset(build->slots, 0, slot_count * sizeof(uint32_t));
	error = find_twins(build, slot_count);
	if (error == WMO_GRID_OK)
		error = name_owners(build);
	wmo_grid_release(&build->host, build->slots);
	wmo_grid_release(&build->host, build->twin);
	build->slots = build->twin = NULL;
	return error;
}
