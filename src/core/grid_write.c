/*
 * grid_write.c - the cells, row by row, as bytes.
 */
#include "core/grid_build.h"

#include <stdlib.h>
#include <string.h>

/* Puts a ring into the sorted list of those around the current centre, or takes it out. */
static bool
toggle(WmoGridBuild *build, uint32_t ring)
{
	uint32_t *rings;
	size_t low = 0, high = build->active.count;

	if (!wmo_grid_grow(build, &build->active, 1, sizeof(uint32_t)))
		return false;
	rings = build->active.items;
	while (low < high)
	{
		size_t middle = low + (high - low) / 2;

		if (rings[middle] < ring)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < build->active.count && rings[low] == ring)
	{
		build->active.count--;
		memmove(rings + low, rings + low + 1, (build->active.count - low) * sizeof(uint32_t));
	}
	else
	{
		memmove(rings + low + 1, rings + low, (build->active.count - low) * sizeof(uint32_t));
		rings[low] = ring;
		build->active.count++;
	}
	return true;
}

static bool
apply_events(WmoGridBuild *build, size_t cell)
{
	for (uint32_t i = build->event_start[cell]; i < build->event_start[cell + 1]; i++)
	{
		uint32_t count;
		const uint32_t *owner = wmo_list(&build->owner_lists, build->owners[build->event_edges[i]], &count);

		for (uint32_t j = 0; j < count; j++)
			if (!toggle(build, owner[j] / 2))
				return false;
	}
	return true;
}

/* The directory's word for a list of areas. */
static bool
entry_for(WmoGridBuild *build, const uint32_t *areas, size_t count, uint32_t *entry)
{
	if (count == 0)
		*entry = WMO_ENTRY_NOTHING;
	else if (count == 1)
		*entry = WMO_ENTRY_AREA | areas[0];
	else
	{
		if (!wmo_lists_intern(build, &build->sets, areas, (uint32_t) count, entry))
			return false;
		*entry |= WMO_ENTRY_SET;
	}
	return true;
}

static int
compare_words(const void *a, const void *b)
{
	uint32_t first = *(const uint32_t *) a;
	uint32_t second = *(const uint32_t *) b;

	return (first > second) - (first < second);
}

/* The rings that run through the cell, ascending, so that those of an area stand together. */
static bool
gather_local(WmoGridBuild *build, size_t cell)
{
	const WmoGridRing *rings = build->rings.items;
	uint32_t last = WMO_EDGE_NONE;
	uint32_t *local;

	build->local.count = 0;
	for (uint32_t i = build->cell_start[cell]; i < build->cell_start[cell + 1]; i++)
	{
		uint32_t place = build->owners[build->cell_edges[i]];
		uint32_t count;
		const uint32_t *owner;

		if (place == last)
			continue;
		last = place;
		owner = wmo_list(&build->owner_lists, place, &count);
		for (uint32_t j = 0; j < count; j++)
		{
			uint32_t ring = owner[j] / 2;

			if (build->seen[ring] == (uint32_t) cell + 1)
				continue;
			if (!wmo_grid_grow(build, &build->local, 1, sizeof(uint32_t)))
				return false;
			build->seen[ring] = (uint32_t) cell + 1;
			((uint32_t *) build->local.items)[build->local.count++] = ring;
		}
	}
	local = build->local.items;
	qsort(local, build->local.count, sizeof(uint32_t), compare_words);
	for (size_t i = build->local.count; i-- > 0;)
	{
		build->place[local[i]] = (uint32_t) i;
		build->area_place[rings[local[i]].area] = (uint32_t) i;
	}
	return true;
}

/* Does a ring of this area run through the cell, and where does the first one stand? */
static bool
is_local(const WmoGridBuild *build, uint32_t area, uint32_t *place)
{
	const WmoGridRing *rings = build->rings.items;

	*place = build->area_place[area];
	return *place < build->local.count && rings[((const uint32_t *) build->local.items)[*place]].area == area;
}

/* The areas that hold the centre and have no border in the cell: they hold the whole cell. */
static bool
gather_whole(WmoGridBuild *build, size_t cell)
{
	const WmoGridRing *rings = build->rings.items;
	const uint32_t *active = build->active.items;
	uint32_t *areas;
	uint32_t place;
	size_t count = 0;

	build->gathered.count = 0;
	if (!wmo_grid_grow(build, &build->gathered, build->active.count, sizeof(uint32_t)))
		return false;
	areas = build->gathered.items;
	for (size_t i = 0; i < build->active.count; i++)
	{
		uint32_t area = rings[active[i]].area;

		if (build->seen[active[i]] == (uint32_t) cell + 1 || is_local(build, area, &place))
			continue;
		if (count > 0 && areas[count - 1] == area)
			count--; /* in a hole */
		else
			areas[count++] = area;
	}
	build->gathered.count = count;
	return true;
}

/* Room for more bytes at the end of the blocks; NULL without memory. */
static void *
more_bytes(WmoGridBuild *build, size_t size)
{
	uint8_t *bytes;

	if (!wmo_grid_grow(build, &build->blocks, size, 1))
		return NULL;
	bytes = (uint8_t *) build->blocks.items + build->blocks.count;
	memset(bytes, 0, size);
	build->blocks.count += size;
	return bytes;
}

/*
 * Which of a group of rings run along an edge and which against it. A ring that has an edge twice crosses it twice: both
 * bits, which cancel in the crossings and still tell that a point on it is on the border.
 */
static void
edge_bits(const WmoGridBuild *build, uint32_t edge, uint32_t first, uint32_t *along, uint32_t *against)
{
	uint32_t count;
	const uint32_t *owner = wmo_list(&build->owner_lists, build->owners[edge], &count);

	*along = *against = 0;
	for (uint32_t i = 0; i < count; i++)
	{
		uint32_t place = build->place[owner[i] / 2] - first;
		uint32_t bit;

		if (place >= WMO_GROUP_RINGS)
			continue;
		bit = (uint32_t) 1 << place;
		if (((*along | *against) & bit) == 0)
			*(owner[i] % 2 == 0 ? along : against) |= bit;
		else if ((*along & *against & bit) != 0)
			*(owner[i] % 2 == 0 ? against : along) &= ~bit;
		else
		{
			*along |= bit;
			*against |= bit;
		}
	}
}

/* Writes the chains of one group: edges that follow one another in a ring and have the same rings are one chain. */
static bool
write_chains(WmoGridBuild *build, size_t cell, uint32_t first, uint32_t *chain_count)
{
	const WmoVertex *vertices = build->vertices.items;
	size_t chain_at = 0;
	uint32_t previous = WMO_EDGE_NONE;

	*chain_count = 0;
	for (uint32_t i = build->cell_start[cell]; i < build->cell_start[cell + 1]; i++)
	{
		uint32_t edge = build->cell_edges[i];
		uint32_t along, against;
		WmoVertex *vertex;

		if (previous != WMO_EDGE_NONE && edge == previous + 1 && build->owners[edge] == build->owners[previous])
		{
			vertex = more_bytes(build, sizeof(WmoVertex));
			if (vertex == NULL)
				return false;
			*vertex = vertices[edge + 1];
			((WmoGridChain *) (void *) ((uint8_t *) build->blocks.items + chain_at))->vertex_count++;
			previous = edge;
			continue;
		}
		previous = WMO_EDGE_NONE;
		edge_bits(build, edge, first, &along, &against);
		if ((along | against) != 0)
		{
			WmoGridChain *chain;

			chain_at = build->blocks.count;
			chain = more_bytes(build, sizeof(WmoGridChain) + 2 * sizeof(WmoVertex));
			if (chain == NULL)
				return false;
			chain->vertex_count = 2;
			chain->along = along;
			chain->against = against;
			vertex = (WmoVertex *) (void *) (chain + 1);
			vertex[0] = vertices[edge];
			vertex[1] = vertices[edge + 1];
			(*chain_count)++;
			previous = edge;
		}
	}
	return true;
}

static bool
write_group(WmoGridBuild *build, size_t cell, uint32_t first)
{
	const WmoGridRing *rings = build->rings.items;
	const uint32_t *local = (const uint32_t *) build->local.items + first;
	const uint32_t *active = build->active.items;
	uint32_t count = (uint32_t) build->local.count - first;
	size_t at = build->blocks.count;
	uint32_t chain_count;
	WmoGridGroup *group;

	count = count > WMO_GROUP_RINGS ? WMO_GROUP_RINGS : count;
	group = more_bytes(build, sizeof(WmoGridGroup) + (count + count % 2) * sizeof(uint32_t));
	if (group == NULL)
		return false;
	group->ring_count = count;
	for (uint32_t i = 0; i < count; i++)
	{
		((uint32_t *) (group + 1))[i] = rings[local[i]].area;
		group->leftward |= rings[local[i]].leftward ? (uint32_t) 1 << i : 0;
	}
	for (size_t i = 0; i < build->active.count; i++)
	{
		uint32_t place;

		if (build->seen[active[i]] == (uint32_t) cell + 1)
		{
			place = build->place[active[i]] - first;
			group->inside |= place < count ? (uint32_t) 1 << place : 0;
		}
		else if (is_local(build, rings[active[i]].area, &place) && place - first < count)
			group->beyond ^= (uint32_t) 1 << (place - first);
	}
	if (!write_chains(build, cell, first, &chain_count))
		return false;
	((WmoGridGroup *) (void *) ((uint8_t *) build->blocks.items + at))->chain_count = chain_count;
	return true;
}

static bool
write_block(WmoGridBuild *build, size_t cell)
{
	uint32_t *opening;
	uint32_t groups = 0;
	uint32_t entry;
	size_t at = build->blocks.count;

	if (at / 8 > WMO_ENTRY_VALUE || !gather_local(build, cell) || !gather_whole(build, cell) ||
		!entry_for(build, build->gathered.items, build->gathered.count, &entry) || more_bytes(build, 8) == NULL)
		return false;
	build->directory[cell] = WMO_ENTRY_BLOCK | (uint32_t) (at / 8);
	for (uint32_t first = 0; first < build->local.count; first += WMO_GROUP_RINGS, groups++)
		if (!write_group(build, cell, first))
			return false;
	opening = (uint32_t *) (void *) ((uint8_t *) build->blocks.items + at);
	opening[0] = entry;
	opening[1] = groups;
	if (build->gathered.count + build->local.count > build->most)
		build->most = (uint32_t) (build->gathered.count + build->local.count);
	return true;
}

static WmoGridError
write_cells(WmoGridBuild *build)
{
	size_t cells = (size_t) build->cols * build->rows;
	uint32_t entry = WMO_ENTRY_NOTHING;
	bool changed = false;

	for (size_t cell = 0; cell < cells; cell++)
	{
		if (wmo_grid_tick(build, cell, 0.75 + 0.25 * (double) cell / (double) cells))
			return WMO_GRID_INTERRUPTED;
		if (cell % build->cols == 0 && build->active.count > 0)
		{
			build->active.count = 0; /* what is left lies to the right of the last centre */
			changed = true;
		}
		if (build->event_start[cell] != build->event_start[cell + 1])
		{
			if (!apply_events(build, cell))
				return WMO_GRID_NO_MEMORY;
			changed = true;
		}
		if (build->cell_start[cell] != build->cell_start[cell + 1])
		{
			if (!write_block(build, cell))
				return WMO_GRID_NO_MEMORY;
			continue;
		}
		if (changed)
		{
			build->local.count = 0;
			if (!gather_whole(build, cell) || !entry_for(build, build->gathered.items, build->gathered.count, &entry))
				return WMO_GRID_NO_MEMORY;
			if (build->gathered.count > build->most)
				build->most = (uint32_t) build->gathered.count;
			changed = false;
		}
		build->directory[cell] = entry;
	}
	return WMO_GRID_OK;
}

static WmoGridError
assemble(WmoGridBuild *build, size_t max_size, uint8_t **bytes, size_t *size)
{
	size_t cells = (size_t) build->cols * build->rows;
	size_t directory_size = (cells + cells % 2) * sizeof(uint32_t);
	size_t set_words = build->sets.words.count + build->sets.words.count % 2;
	WmoGridHeader header;
	uint8_t *at;

	*size = sizeof(header) + directory_size + set_words * sizeof(uint32_t) + build->blocks.count;
	if (*size > max_size || build->blocks.count / 8 > WMO_ENTRY_VALUE)
		return WMO_GRID_TOO_LARGE;
	at = *bytes = wmo_grid_alloc(build, *size, 1);
	if (at == NULL)
		return WMO_GRID_NO_MEMORY;
	memset(&header, 0, sizeof(header));
	header.magic = WMO_GRID_MAGIC;
	header.version = WMO_GRID_VERSION;
	header.size = *size;
	header.area_count = build->area_count;
	header.most = build->most;
	header.cols = build->cols;
	header.rows = build->rows;
	header.x0 = build->x0;
	header.y0 = build->y0;
	header.cell = build->cell;
	header.set_words = set_words;
	header.block_bytes = build->blocks.count;
	memset(at, 0, *size - build->blocks.count);
	memcpy(at, &header, sizeof(header));
	at += sizeof(header);
	if (cells > 0)
		memcpy(at, build->directory, cells * sizeof(uint32_t));
	at += directory_size;
	if (build->sets.words.count > 0)
		memcpy(at, build->sets.words.items, build->sets.words.count * sizeof(uint32_t));
	at += set_words * sizeof(uint32_t);
	if (build->blocks.count > 0)
		memcpy(at, build->blocks.items, build->blocks.count);
	return WMO_GRID_OK;
}

WmoGridError
wmo_grid_write(WmoGridBuild *build, size_t max_size, uint8_t **bytes, size_t *size)
{
	size_t cells = (size_t) build->cols * build->rows;
	WmoGridError error;

	build->directory = wmo_grid_alloc(build, cells, sizeof(uint32_t));
	build->seen = wmo_grid_alloc(build, build->rings.count, sizeof(uint32_t));
	build->place = wmo_grid_alloc(build, build->rings.count, sizeof(uint32_t));
	build->area_place = wmo_grid_alloc(build, build->area_count, sizeof(uint32_t));
	if (build->directory == NULL || build->seen == NULL || build->place == NULL || build->area_place == NULL)
		return WMO_GRID_NO_MEMORY;
	memset(build->seen, 0, build->rings.count * sizeof(uint32_t));
	memset(build->area_place, 0, build->area_count * sizeof(uint32_t));
	error = write_cells(build);
	return error == WMO_GRID_OK ? assemble(build, max_size, bytes, size) : error;
}
