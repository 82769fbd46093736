/*
 * check.c - the one checker of a grid's bytes.
 *
 * Trusts nothing. It reads every word once, from front to back, so that its time is bounded by the bytes, and what it
 * accepts is all that the look-up (find.c) relies on.
 */
#include "core/grid/layout.h"

#include <math.h>

static bool
check_header(const WmoGridHeader *header, size_t size)
{
	uint64_t cells = (uint64_t) header->cols * header->rows;

	if (header->magic != WMO_GRID_MAGIC || header->version != WMO_GRID_VERSION || header->size != size ||
		header->cols > WMO_SIDE_MAX || header->rows > WMO_SIDE_MAX || (header->cols == 0) != (header->rows == 0) ||
		header->cols % WMO_TILE_SIDE != 0 || header->rows % WMO_TILE_SIDE != 0 || cells > WMO_CELLS_MAX ||
		header->area_count > WMO_ENTRY_VALUE || header->tile_words > WMO_ENTRY_VALUE ||
		header->set_words > WMO_ENTRY_VALUE || header->block_words > WMO_ENTRY_VALUE)
		return false;
	if (!isfinite(header->x0) || !isfinite(header->y0) || !isfinite(header->cell) || !(header->cell > 0) ||
		!isfinite(1.0 / header->cell) || !(header->scale >= 1 && header->scale <= WMO_SCALE_MAX))
		return false;
	return size ==
		sizeof(WmoGridHeader) +
		(cells / WMO_TILE_CELLS + header->tile_words + header->set_words + header->block_words) * sizeof(uint32_t);
}

/* Sets one after the other: a marked count, that many areas. */
static bool
check_sets(const uint32_t *sets, uint64_t words, uint32_t area_count, WmoTick *tick)
{
	uint64_t at = 0;

	while (at < words)
	{
		uint64_t count = sets[at] & ~WMO_SET_MARK;

		if ((sets[at] & WMO_SET_MARK) == 0 || count == 0 || count > words - at - 1)
			return false;
		for (uint64_t i = 1; i <= count; i++)
			if (sets[at + i] >= area_count || (i > 1 && sets[at + i] <= sets[at + i - 1]))
				return false;
		at += count + 1;
		wmo_tick_count(tick, count);
	}
	return true;
}

/* A grid that is being checked, and the most areas that a look-up can find in what was checked of it. */
typedef struct Checking
{
	WmoGrid grid;
	uint64_t most;
	WmoTick *tick;
} Checking;

static inline void
note_found(Checking *checking, uint64_t count)
{
	if (count > checking->most)
		checking->most = count;
}

/* How many areas an entry without more names, or false. */
static inline bool
check_entry(const WmoGrid *grid, uint32_t entry, uint64_t *count)
{
	uint32_t value = entry & WMO_ENTRY_VALUE;

	switch (entry & WMO_ENTRY_TAG)
	{
		case WMO_ENTRY_NOTHING:
			*count = 0;
			return value == 0;
		case WMO_ENTRY_AREA:
			*count = 1;
			return value < grid->area_count;
		case WMO_ENTRY_SET:
			if (value >= grid->set_words || (grid->sets[value] & WMO_SET_MARK) == 0)
				return false;
			*count = grid->sets[value] & ~WMO_SET_MARK;
			return true;
		default:
			return false;
	}
}

/* The words that are still to be checked. */
typedef struct Cursor
{
	const uint32_t *at;
	uint64_t left;
} Cursor;

static inline const uint32_t *
take(Cursor *cursor, uint64_t words)
{
	const uint32_t *part = cursor->at;

	if (cursor->left < words)
		return NULL;
	cursor->at += words;
	cursor->left -= words;
	return part;
}

/* Tiles stand in the order of the directory, without gaps, so where each begins is known beforehand. */
static bool
check_tiles(Checking *checking)
{
	const WmoGrid *grid = &checking->grid;
	Cursor cursor = {grid->tiles, grid->tile_words};
	uint64_t tiles = (uint64_t) grid->cols * grid->rows / WMO_TILE_CELLS;
	uint64_t count;

	for (uint64_t i = 0; i < tiles; i++)
	{
		uint32_t entry = grid->directory[i];
		const uint32_t *tile, *entries;
		uint32_t last = 0;

		wmo_tick_count(checking->tick, 1);
		if ((entry & WMO_ENTRY_TAG) != WMO_ENTRY_MORE)
		{
			if (!check_entry(grid, entry, &count))
				return false;
			note_found(checking, count);
			continue;
		}
		if ((entry & WMO_ENTRY_VALUE) != grid->tile_words - cursor.left)
			return false;
		tile = take(&cursor, WMO_TILE_CODES);
		if (tile == NULL)
			return false;
		for (uint32_t j = 0; j < WMO_TILE_CELLS; j++)
			last = wmo_grid_tile_code(tile, j) > last ? wmo_grid_tile_code(tile, j) : last;
		entries = take(&cursor, last + 1);
		if (entries == NULL)
			return false;
		wmo_tick_count(checking->tick, WMO_TILE_CELLS);
		for (uint32_t j = 0; j <= last; j++)
		{
			if ((entries[j] & WMO_ENTRY_TAG) == WMO_ENTRY_MORE)
				continue;
			if (!check_entry(grid, entries[j], &count))
				return false;
			note_found(checking, count);
		}
	}
	return cursor.left == 0;
}

static bool
check_chain(Cursor *cursor, uint32_t known_bits, WmoTick *tick)
{
	const uint32_t *part = take(cursor, 1);
	WmoGridChain chain;
	uint32_t count, width;

	if (part == NULL)
		return false;
	memcpy(&chain, part, sizeof(chain));
	count = chain.vertices & WMO_CHAIN_VERTICES;
	width = chain.vertices & WMO_CHAIN_WIDTH;
	part = take(cursor, (uint64_t) count * wmo_grid_vertex_words(width));
	if (part == NULL || count < 2 || width == WMO_CHAIN_WIDTH || ((chain.along | chain.against) & ~known_bits) != 0)
		return false;
	wmo_tick_count(tick, count);
	if (width == WMO_CHAIN_DOUBLES)
		for (uint32_t i = 0; i < count; i++)
		{
			WmoVertex vertex = wmo_grid_chain_vertex(part, WMO_CHAIN_DOUBLES, NULL, i);

			if (!isfinite(vertex.x) || !isfinite(vertex.y))
				return false;
		}
	return true;
}

static bool
check_block(Checking *checking, Cursor *cursor)
{
	const WmoGrid *grid = &checking->grid;
	const uint32_t *part = take(cursor, 1);
	WmoGridGroup group;
	uint64_t found;

	if (part == NULL || !check_entry(grid, *part, &found))
		return false;
	do
	{
		uint32_t rings, bits;

		part = take(cursor, sizeof(group) / sizeof(uint32_t));
		if (part == NULL)
			return false;
		memcpy(&group, part, sizeof(group));
		rings = group.rings & ~WMO_GROUP_MORE;
		if (rings == 0 || rings > WMO_GROUP_RINGS)
			return false;
		bits = ((uint32_t) 1 << rings) - 1;
		part = take(cursor, rings);
		if (part == NULL || ((group.inside | group.beyond | group.leftward) & ~bits) != 0)
			return false;
		for (uint32_t i = 0; i < rings; i++)
			if (part[i] >= grid->area_count)
				return false;
		found += rings;
		wmo_tick_count(checking->tick, rings);
		for (uint32_t i = 0; i < group.chain_count; i++)
			if (!check_chain(cursor, bits, checking->tick))
				return false;
	} while ((group.rings & WMO_GROUP_MORE) != 0);
	note_found(checking, found);
	return true;
}

/* Each cell that a border crosses has the next block: no block is checked twice. */
static bool
check_blocks(Checking *checking)
{
	const WmoGrid *grid = &checking->grid;
	Cursor cursor = {grid->blocks, grid->block_words};
	uint32_t tile_cols = grid->cols / WMO_TILE_SIDE;

	for (uint32_t row = 0; row < grid->rows; row++)
	{
		const uint32_t *directory = grid->directory + (uint64_t) (row / WMO_TILE_SIDE) * tile_cols;

		for (uint32_t i = 0; i < tile_cols; i++)
		{
			const uint32_t *tile = grid->tiles + (directory[i] & WMO_ENTRY_VALUE);

			if ((directory[i] & WMO_ENTRY_TAG) != WMO_ENTRY_MORE)
				continue;
			for (uint32_t col = 0; col < WMO_TILE_SIDE; col++)
			{
				uint32_t entry =
					tile[WMO_TILE_CODES + wmo_grid_tile_code(tile, row % WMO_TILE_SIDE * WMO_TILE_SIDE + col)];

				if ((entry & WMO_ENTRY_TAG) == WMO_ENTRY_MORE &&
					((entry & WMO_ENTRY_VALUE) != grid->block_words - cursor.left || !check_block(checking, &cursor)))
					return false;
			}
		}
	}
	return cursor.left == 0;
}

bool
wmo_grid_check(const uint8_t *bytes, size_t size, WmoTick *tick)
{
	Checking checking;
	WmoGridHeader header;

	if (size < sizeof(WmoGridHeader) || (uintptr_t) bytes % 8 != 0)
		return false;
	memcpy(&header, bytes, sizeof(header));
	if (!check_header(&header, size))
		return false;
	wmo_grid_open(&checking.grid, bytes);
	checking.most = 0;
	checking.tick = tick;
	return check_sets(checking.grid.sets, checking.grid.set_words, checking.grid.area_count, tick) &&
		check_tiles(&checking) && check_blocks(&checking) && checking.most == header.most;
}
