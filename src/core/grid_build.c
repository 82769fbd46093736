/*
 * grid_build.c - a build from its first shape to its end: memory, shapes, and the edges, each kept once.
 */
#include "core/grid_build.h"

#include <math.h>
#include <string.h>

#define VERTICES_MAX 0x7FFFFFF0u
#define COORDINATE_MAX 0x1p100
#define COORDINATE_MIN 0x1p-200

/* ---- memory ---- */

void *
wmo_grid_alloc(WmoGridBuild *build, size_t count, size_t item)
{
	if (count > SIZE_MAX / item)
		return NULL;
	return build->host.alloc(build->host.context, count == 0 ? item : count * item);
}

void
wmo_grid_release(WmoGridBuild *build, void *memory)
{
	if (memory != NULL)
		build->host.release(build->host.context, memory);
}

bool
wmo_grid_grow(WmoGridBuild *build, WmoGrowing *array, size_t more, size_t item)
{
	size_t room = array->room == 0 ? 64 : array->room;
	void *items;

	if (more <= array->room - array->count)
		return true;
	if (more > SIZE_MAX / 4 - array->count)
		return false;
	while (room - array->count < more)
		room += room / 2;
	items = wmo_grid_alloc(build, room, item);
	if (items == NULL)
		return false;
	if (array->count > 0)
		memcpy(items, array->items, array->count * item);
	wmo_grid_release(build, array->items);
	array->items = items;
	array->room = room;
	return true;
}

bool
wmo_grid_tick(WmoGridBuild *build, size_t step, double done)
{
	return build->host.tick != NULL && step % 4096 == 0 && build->host.tick(build->host.context, done);
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
	void *parts[] = {
		build->vertices.items, build->ring_of.items, build->rings.items, build->slots, build->twin, build->owners,
		build->owner_lists.words.items, build->owner_lists.slots, build->gathered.items, build->cell_start,
		build->cell_edges, build->event_start, build->event_edges, build->entries, build->directory, build->tiles.items,
		build->sets.words.items, build->sets.slots, build->blocks.items, build->active.items, build->local.items,
		build->seen, build->place, build->area_place
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		wmo_grid_release(build, parts[i]);
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
		(wmo_wkb_double(points, swap) != wmo_wkb_double(points + 16 * (size_t) (count - 1), swap) ||
		 wmo_wkb_double(points + 8, swap) != wmo_wkb_double(points + 16 * (size_t) (count - 1) + 8, swap)))
		return WMO_GRID_WKB_RING;
	if (!wmo_grid_grow(build, &build->vertices, count, sizeof(WmoVertex)) ||
		!wmo_grid_grow(build, &build->ring_of, count, sizeof(uint32_t)) ||
		!wmo_grid_grow(build, &build->rings, 1, sizeof(WmoGridRing)))
		return WMO_GRID_NO_MEMORY;
	vertices = (WmoVertex *) build->vertices.items + build->vertices.count;
	ring_of = (uint32_t *) build->ring_of.items + build->ring_of.count;
	for (uint32_t i = 0; i < count; i++)
	{
		vertices[i].x = wmo_wkb_double(points + 16 * (size_t) i, swap);
		vertices[i].y = wmo_wkb_double(points + 16 * (size_t) i + 8, swap);
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
	WmoRingReader reader = {add_ring, build};
	WmoGridError error;

	if (build->area_count >= WMO_ENTRY_VALUE)
		return WMO_GRID_TOO_LARGE;
	error = wmo_wkb_read(wkb, length, &reader);
	build->area_count++;
	return error;
}

/* ---- lists, each once ---- */

static uint64_t
mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
	return hash ^ hash >> 29;
}

static uint64_t
hash_list(const uint32_t *values, uint32_t count)
{
	uint64_t hash = count;

	for (uint32_t i = 0; i < count; i++)
		hash = mix(hash, values[i]);
	return mix(hash, count);
}

static bool
make_slots(WmoGridBuild *build, WmoLists *lists)
{
	size_t count = lists->slot_count == 0 ? 1024 : lists->slot_count * 2;
	const uint32_t *words = lists->words.items;
	uint32_t *slots = wmo_grid_alloc(build, count, sizeof(uint32_t));

	if (slots == NULL)
		return false;
	memset(slots, 0, count * sizeof(uint32_t));
	for (size_t at = 0; at < lists->words.count; at += 1 + (words[at] & ~WMO_SET_MARK))
	{
		size_t slot = hash_list(words + at + 1, words[at] & ~WMO_SET_MARK) & (count - 1);

		while (slots[slot] != 0)
			slot = (slot + 1) & (count - 1);
		slots[slot] = (uint32_t) at + 1;
	}
	wmo_grid_release(build, lists->slots);
	lists->slots = slots;
	lists->slot_count = count;
	return true;
}

bool
wmo_lists_intern(WmoGridBuild *build, WmoLists *lists, const uint32_t *values, uint32_t count, uint32_t *place)
{
	uint32_t *words;
	size_t slot;

	if (lists->used * 2 >= lists->slot_count && !make_slots(build, lists))
		return false;
	slot = hash_list(values, count) & (lists->slot_count - 1);
	for (; lists->slots[slot] != 0; slot = (slot + 1) & (lists->slot_count - 1))
	{
		words = (uint32_t *) lists->words.items + lists->slots[slot] - 1;
		if ((words[0] & ~WMO_SET_MARK) == count && memcmp(words + 1, values, count * sizeof(uint32_t)) == 0)
		{
			*place = lists->slots[slot] - 1;
			return true;
		}
	}
	if (lists->words.count + count + 1 > WMO_ENTRY_VALUE - 1 ||
		!wmo_grid_grow(build, &lists->words, (size_t) count + 1, sizeof(uint32_t)))
		return false;
	words = (uint32_t *) lists->words.items + lists->words.count;
	words[0] = WMO_SET_MARK | count;
	memcpy(words + 1, values, count * sizeof(uint32_t));
	*place = (uint32_t) lists->words.count;
	lists->slots[slot] = *place + 1;
	lists->words.count += (size_t) count + 1;
	lists->used++;
	return true;
}

/* ---- edges, each once ---- */

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
	return mix(mix(0, bits[0]), bits[1]);
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

		if (wmo_grid_tick(build, i, 0.25 * i / (double) build->vertices.count))
			return WMO_GRID_INTERRUPTED;
		build->owners[i] = WMO_EDGE_NONE;
		build->twin[i] = 0;
		if ((ring_of[i] & WMO_RING_END) != 0 || same_point(vertices[i], vertices[i + 1]))
			continue;
		/* a sum: the same in both directions */
		slot = mix(1, hash_point(vertices[i]) + hash_point(vertices[i + 1])) & (slot_count - 1);
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
		if (wmo_grid_tick(build, i, 0.25 + 0.1 * i / (double) build->vertices.count))
			return WMO_GRID_INTERRUPTED;
		if (build->owners[i] == WMO_EDGE_NONE)
			continue;
		build->gathered.count = 0;
		for (uint32_t edge = i + 1; edge != 0; edge = build->twin[edge - 1])
		{
			uint32_t value = (ring_of[edge - 1] & ~WMO_RING_END) * 2 +
				(same_point(vertices[edge - 1], vertices[i]) ? 0u : 1u);

			if (!wmo_grid_grow(build, &build->gathered, 1, sizeof(uint32_t)))
				return WMO_GRID_NO_MEMORY;
			((uint32_t *) build->gathered.items)[build->gathered.count++] = value;
		}
		if (!wmo_lists_intern(build, &build->owner_lists, build->gathered.items, (uint32_t) build->gathered.count,
							  &build->owners[i]))
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
	build->slots = wmo_grid_alloc(build, slot_count, sizeof(uint32_t));
	build->twin = wmo_grid_alloc(build, build->vertices.count, sizeof(uint32_t));
	build->owners = wmo_grid_alloc(build, build->vertices.count, sizeof(uint32_t));
	if (build->slots == NULL || build->twin == NULL || build->owners == NULL)
		return WMO_GRID_NO_MEMORY;
	memset(build->slots, 0, slot_count * sizeof(uint32_t));
	error = find_twins(build, slot_count);
	if (error == WMO_GRID_OK)
		error = name_owners(build);
	wmo_grid_release(build, build->slots);
	wmo_grid_release(build, build->twin);
	build->slots = build->twin = NULL;
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
