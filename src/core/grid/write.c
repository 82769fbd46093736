/*
 * write.c - the cells, row by row, as bytes.
 *
 * Goes from centre to centre along each row with the rings around the centre at hand, ascending (active): an edge that
 * is crossed on the way turns its rings over. Relies on the edges of cells and between centres (cells.c). What it
 * writes is what the checker accepts (check.c), and most is the largest number of areas that the checker counts.
 */
#include "core/grid/build.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Puts a ring into the sorted list of those around the current centre, or takes it out. */
static bool
toggle(WmoGridBuild *build, uint32_t ring)
{
	uint32_t *rings;
	size_t low = 0, high = build->active.count;

	if (!wmo_grid_grow(&build->host, &build->active, 1, sizeof(uint32_t)))
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
		const uint32_t *owner = wmo_grid_lists_get(&build->owner_lists, build->owners[build->event_edges[i]], &count);

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
		if (!wmo_grid_lists_intern(&build->host, &build->sets, areas, (uint32_t) count, entry))
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
		owner = wmo_grid_lists_get(&build->owner_lists, place, &count);
		for (uint32_t j = 0; j < count; j++)
		{
			uint32_t ring = owner[j] / 2;

			if (build->seen[ring] == (uint32_t) cell + 1)
				continue;
			if (!wmo_grid_grow(&build->host, &build->local, 1, sizeof(uint32_t)))
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
	if (!wmo_grid_grow(&build->host, &build->gathered, build->active.count, sizeof(uint32_t)))
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

/* Room for more words at the end of the blocks; NULL without memory. */
static uint32_t *
more_words(WmoGridBuild *build, size_t count)
{
	uint32_t *words;

	if (!wmo_grid_grow(&build->host, &build->blocks, count, sizeof(uint32_t)))
		return NULL;
	words = (uint32_t *) build->blocks.items + build->blocks.count;
	build->blocks.count += count;
	return words;
}

/*
 * Which of a group of rings run along an edge and which against it. A ring that has an edge twice crosses it twice:
 * both bits, which cancel in the crossings and still tell that a point on it is on the border.
 */
static void
edge_bits(const WmoGridBuild *build, uint32_t edge, uint32_t first, uint32_t *along, uint32_t *against)
{
	uint32_t count;
	const uint32_t *owner = wmo_grid_lists_get(&build->owner_lists, build->owners[edge], &count);

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

/* The whole number that gives this very coordinate when it is divided by the scale, or false. */
static inline bool
to_number(double coordinate, double scale, int32_t *number)
{
	double product = coordinate * scale;

	if (!(fabs(product) < INT32_MAX))
		return false;
	*number = (int32_t) floor(product + 0.5);
	return *number / scale == coordinate;
}

static inline bool
is_offset(int64_t difference)
{
	return difference >= INT16_MIN && difference <= INT16_MAX;
}

/*
 * The power of ten at which most coordinates are whole numbers, by a sample. What it does not fit keeps its doubles, so
 * a poor choice costs bytes and nothing else.
 */
static double
choose_scale(const WmoGridBuild *build)
{
	const WmoVertex *vertices = build->vertices.items;
	size_t step = build->vertices.count / 4096 + 1;
	size_t most = 0;
	double best = 1;

	for (double scale = 1; scale <= WMO_SCALE_MAX; scale *= 10)
	{
		size_t fitting = 0;
		int32_t number;

		for (size_t i = 0; i < build->vertices.count; i += step)
			fitting += to_number(vertices[i].x, scale, &number) && to_number(vertices[i].y, scale, &number);
		if (fitting > most)
		{
			most = fitting;
			best = scale;
		}
	}
	return best;
}

/* Writes the vertices in the fewest words that give these very doubles; returns how wide each is. */
static uint32_t
write_vertices(const WmoVertex *vertex, uint32_t count, const WmoGridFrame *frame, uint32_t *words)
{
	bool near = true;

	for (uint32_t i = 0; i < count; i++)
	{
		int32_t numbers[2];

		if (!to_number(vertex[i].x, frame->scale, &numbers[0]) || !to_number(vertex[i].y, frame->scale, &numbers[1]))
		{
			memcpy(words, vertex, count * sizeof(WmoVertex));
			return WMO_CHAIN_DOUBLES;
		}
		near = near && is_offset(numbers[0] - frame->base_x) && is_offset(numbers[1] - frame->base_y);
		memcpy(words + 2 * (size_t) i, numbers, sizeof(numbers));
	}
	if (!near)
		return WMO_CHAIN_NUMBERS;
	for (uint32_t i = 0; i < count; i++)
	{
		int32_t numbers[2];
		int16_t offsets[2];

		memcpy(numbers, words + 2 * (size_t) i, sizeof(numbers));
		offsets[0] = (int16_t) (numbers[0] - frame->base_x);
		offsets[1] = (int16_t) (numbers[1] - frame->base_y);
		memcpy(words + i, offsets, sizeof(offsets));
	}
	return WMO_CHAIN_OFFSETS;
}

/* Writes a chain of edges that follow one another. */
static bool
write_chain(WmoGridBuild *build, const WmoGridFrame *frame, uint32_t edge, uint32_t edges, uint32_t along,
			uint32_t against)
{
	const WmoVertex *vertex = (const WmoVertex *) build->vertices.items + edge;
	uint32_t count = edges + 1;
	WmoGridChain chain = {0, (uint8_t) along, (uint8_t) against};
	size_t at = build->blocks.count;
	uint32_t *words = more_words(build, 1 + 4 * (size_t) count);
	uint32_t width;

	if (words == NULL)
		return false;
	width = write_vertices(vertex, count, frame, words + 1);
	chain.vertices = (uint16_t) (count | width);
	memcpy(words, &chain, sizeof(chain));
	build->blocks.count = at + 1 + (size_t) count * wmo_grid_vertex_words(width);
	return true;
}

/* Writes the chains of one group: edges that follow one another in a ring and have the same rings are one chain. */
static bool
write_chains(WmoGridBuild *build, size_t cell, uint32_t first, uint32_t *chain_count)
{
	const uint32_t *edges = build->cell_edges;
	uint32_t end = build->cell_start[cell + 1];
	WmoVertex centre = {wmo_grid_centre(build->x0, build->cell, (uint32_t) (cell % build->cols)),
						wmo_grid_centre(build->y0, build->cell, (uint32_t) (cell / build->cols))};
	WmoGridFrame frame = wmo_grid_frame(build->scale, centre);

	*chain_count = 0;
	for (uint32_t i = build->cell_start[cell], next; i < end; i = next)
	{
		uint32_t edge = edges[i];
		uint32_t along, against;

		next = i + 1;
		while (next < end && edges[next] == edge + (next - i) && build->owners[edges[next]] == build->owners[edge] &&
			   next - i + 1 < WMO_CHAIN_VERTICES)
			next++;
		edge_bits(build, edge, first, &along, &against);
		if ((along | against) == 0)
			continue;
		if (!write_chain(build, &frame, edge, next - i, along, against))
			return false;
		(*chain_count)++;
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
	WmoGridGroup group = {0, 0, 0, 0, 0};
	uint32_t *words;

	group.rings = (uint8_t) (count > WMO_GROUP_RINGS ? WMO_GROUP_RINGS | WMO_GROUP_MORE : count);
	count = count > WMO_GROUP_RINGS ? WMO_GROUP_RINGS : count;
	words = more_words(build, sizeof(group) / sizeof(uint32_t) + count);
	if (words == NULL)
		return false;
	for (uint32_t i = 0; i < count; i++)
	{
		words[sizeof(group) / sizeof(uint32_t) + i] = rings[local[i]].area;
		group.leftward |= (uint8_t) (rings[local[i]].leftward << i);
	}
	for (size_t i = 0; i < build->active.count; i++)
	{
		uint32_t place;

		if (build->seen[active[i]] == (uint32_t) cell + 1)
		{
			place = build->place[active[i]] - first;
			group.inside |= (uint8_t) (place < count ? 1u << place : 0u);
		}
		else if (is_local(build, rings[active[i]].area, &place) && place - first < count)
			group.beyond ^= (uint8_t) (1u << (place - first));
	}
	if (!write_chains(build, cell, first, &group.chain_count))
		return false;
	memcpy((uint32_t *) build->blocks.items + at, &group, sizeof(group));
	return true;
}

static bool
write_block(WmoGridBuild *build, size_t cell)
{
	uint32_t *opening;
	uint32_t entry;
	size_t at = build->blocks.count;

	if (at > WMO_ENTRY_VALUE || !gather_local(build, cell) || !gather_whole(build, cell) ||
		!entry_for(build, build->gathered.items, build->gathered.count, &entry))
		return false;
	opening = more_words(build, 1);
	if (opening == NULL)
		return false;
	*opening = entry;
	build->entries[cell] = WMO_ENTRY_MORE | (uint32_t) at;
	for (uint32_t first = 0; first < build->local.count; first += WMO_GROUP_RINGS)
		if (!write_group(build, cell, first))
			return false;
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
		if (wmo_grid_tick(&build->host, cell, 0.75 + 0.25 * (double) cell / (double) cells))
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
		build->entries[cell] = entry;
	}
	return WMO_GRID_OK;
}

/* Folds the entries of a tile's cells into one: what they all say, or a tile. */
static bool
write_tile(WmoGridBuild *build, uint32_t row, uint32_t col, uint32_t *entry)
{
	uint32_t codes[WMO_TILE_CODES] = {0};
	uint32_t entries[WMO_TILE_CELLS];
	uint32_t count = 0;
	uint32_t *words;

	for (uint32_t i = 0; i < WMO_TILE_CELLS; i++)
	{
		uint32_t cell = build->entries[(size_t) (row + i / WMO_TILE_SIDE) * build->cols + col + i % WMO_TILE_SIDE];
		uint32_t code = 0;

		while (code < count && entries[code] != cell)
			code++;
		if (code == count)
			entries[count++] = cell;
		codes[i / 8] |= code << i % 8 * 4;
	}
	*entry = entries[0];
	if (count == 1)
		return true;
	*entry = WMO_ENTRY_MORE | (uint32_t) build->tiles.count;
	if (!wmo_grid_grow(&build->host, &build->tiles, WMO_TILE_CODES + count, sizeof(uint32_t)))
		return false;
	words = (uint32_t *) build->tiles.items + build->tiles.count;
	memcpy(words, codes, sizeof(codes));
	memcpy(words + WMO_TILE_CODES, entries, count * sizeof(uint32_t));
	build->tiles.count += WMO_TILE_CODES + count;
	return true;
}

static bool
write_tiles(WmoGridBuild *build)
{
	uint32_t *entry = build->directory;

	for (uint32_t row = 0; row < build->rows; row += WMO_TILE_SIDE)
		for (uint32_t col = 0; col < build->cols; col += WMO_TILE_SIDE)
			if (!write_tile(build, row, col, entry++))
				return false;
	return true;
}

static void
append_words(uint8_t **at, const void *words, size_t count)
{
	if (count > 0)
		memcpy(*at, words, count * sizeof(uint32_t));
	*at += count * sizeof(uint32_t);
}

static WmoGridError
assemble(WmoGridBuild *build, size_t max_size, uint8_t **bytes, size_t *size)
{
	size_t tiles = (size_t) build->cols * build->rows / WMO_TILE_CELLS;
	WmoGridHeader header;
	uint8_t *at;

	*size = sizeof(header) +
		(tiles + build->tiles.count + build->sets.words.count + build->blocks.count) * sizeof(uint32_t);
	if (*size > max_size || build->blocks.count > WMO_ENTRY_VALUE)
		return WMO_GRID_TOO_LARGE;
	at = *bytes = wmo_grid_alloc(&build->host, *size, 1);
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
	header.scale = build->scale;
	header.tile_words = build->tiles.count;
	header.set_words = build->sets.words.count;
	header.block_words = build->blocks.count;
	memcpy(at, &header, sizeof(header));
	at += sizeof(header);
	append_words(&at, build->directory, tiles);
	append_words(&at, build->tiles.items, build->tiles.count);
	append_words(&at, build->sets.words.items, build->sets.words.count);
	append_words(&at, build->blocks.items, build->blocks.count);
	return WMO_GRID_OK;
}

WmoGridError
wmo_grid_write(WmoGridBuild *build, size_t max_size, uint8_t **bytes, size_t *size)
{
	size_t cells = (size_t) build->cols * build->rows;
	WmoGridError error;

	build->entries = wmo_grid_alloc(&build->host, cells, sizeof(uint32_t));
	build->directory = wmo_grid_alloc(&build->host, cells / WMO_TILE_CELLS, sizeof(uint32_t));
	build->seen = wmo_grid_alloc(&build->host, build->rings.count, sizeof(uint32_t));
	build->place = wmo_grid_alloc(&build->host, build->rings.count, sizeof(uint32_t));
	build->area_place = wmo_grid_alloc(&build->host, build->area_count, sizeof(uint32_t));
	if (build->entries == NULL || build->directory == NULL || build->seen == NULL || build->place == NULL ||
		build->area_place == NULL)
		return WMO_GRID_NO_MEMORY;
	memset(build->seen, 0, build->rings.count * sizeof(uint32_t));
	memset(build->area_place, 0, build->area_count * sizeof(uint32_t));
	build->scale = choose_scale(build);
	error = write_cells(build);
	if (error != WMO_GRID_OK)
		return error;
	return write_tiles(build) ? assemble(build, max_size, bytes, size) : WMO_GRID_NO_MEMORY;
}
