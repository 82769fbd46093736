/*
 * find.c - reading a grid: the areas that cover a point.
 *
 * Relies on bytes that the checker has proved (check.c): every place that is named lies in them, no look-up finds more
 * than grid->most areas, the rings of an area stand one after the other. The way from a point goes sideways at its own
 * height to the column of its cell's centre, then straight to the centre, of which the cell says inside what it lies.
 */
#include "core/grid/layout.h"

#include <math.h>

void
wmo_grid_open(WmoGrid *grid, const uint8_t *bytes)
{
	WmoGridHeader header;

	memcpy(&header, bytes, sizeof(header));
	grid->x0 = header.x0;
	grid->y0 = header.y0;
	grid->cell = header.cell;
	grid->inverse = 1.0 / header.cell;
	grid->scale = header.scale;
	grid->cols = header.cols;
	grid->rows = header.rows;
	grid->area_count = header.area_count;
	grid->most = header.most;
	grid->directory = (const uint32_t *) (const void *) (bytes + sizeof(header));
	grid->tiles = grid->directory + (uint64_t) header.cols * header.rows / WMO_TILE_CELLS;
	grid->sets = grid->tiles + header.tile_words;
	grid->blocks = grid->sets + header.set_words;
	grid->size = header.size;
	grid->tile_words = header.tile_words;
	grid->set_words = header.set_words;
	grid->block_words = header.block_words;
}

/* ---- one chain ---- */

/*
 * What a chain of border does between a point and the centre of its cell. astray: by how much PostGIS's winding number
 * is off, because a segment's side was rounded away; for rings that run along the chain, and against it.
 */
typedef struct Crossing
{
	bool odd;
	bool on_along, on_against;
	int astray_along, astray_against;
} Crossing;

/* The side of the segment on which PostGIS sees a point: its expression, its order of operations. */
static inline double
side_of(WmoVertex a, WmoVertex b, double x, double y)
{
	return (b.x - a.x) * (y - a.y) - (x - a.x) * (b.y - a.y);
}

static inline bool
between(double a, double b, double value)
{
	return a < b ? a <= value && value <= b : b <= value && value <= a;
}

/* On one side of the border by a hair, or on it: each direction as PostGIS computes it. Returns the exact side. */
static bool
cross_close(WmoVertex a, WmoVertex b, double x, double y, bool spans, Crossing *crossing)
{
	double along = side_of(a, b, x, y);
	double against = side_of(b, a, x, y);
	bool rises = a.y < b.y;
	int right = (rises ? wmo_grid_turn(a, b, x, y) : wmo_grid_turn(b, a, x, y)) > 0;

	if (between(a.x, b.x, x))
	{
		crossing->on_along |= along == 0.0;
		crossing->on_against |= against == 0.0;
	}
	if (spans)
	{
		/* what runs upwards counts one, what runs down minus one */
		crossing->astray_along += ((rises ? along > 0 : along < 0) - right) * (rises ? 1 : -1);
		crossing->astray_against += ((rises ? against < 0 : against > 0) - right) * (rises ? -1 : 1);
	}
	return right != 0;
}

/*
 * From the point sideways to the column of the centre: which borders are crossed, and is the point on one? Where the
 * side is clear of all rounding, from whichever end it is computed, both directions agree.
 */
static inline void
cross_sideways(WmoVertex a, WmoVertex b, double x, double y, double centre_x, Crossing *crossing)
{
	if (wmo_grid_spans(a.y, b.y, y))
	{
		double width = b.x - a.x, height = b.y - a.y;
		double side = width * (y - a.y) - (x - a.x) * height;
		double doubt = 1e-15 * fabs(height) * (fabs(x - a.x) + 3 * fabs(width)) + 1e-290;
		bool corner_right = wmo_grid_crosses_right(a, b, centre_x, y);

		bool right = fabs(side) > doubt ? (height > 0 ? side > 0 : side < 0) : cross_close(a, b, x, y, true, crossing);

		crossing->odd ^= right != corner_right;
	}
	else if ((a.y == y || b.y == y) && a.y <= y && b.y <= y)
		(void) cross_close(a, b, x, y, false, crossing);
}

/*
 * Is the corner below the centre, moved by next to nothing to the right and far less upwards, above the edge? The
 * edge spans the centre's column.
 */
static inline bool
is_above(WmoVertex a, WmoVertex b, double x, double y)
{
	WmoVertex west = a.x < b.x ? a : b;
	WmoVertex east = a.x < b.x ? b : a;
	int turn = wmo_grid_turn(west, east, x, y);

	return turn != 0 ? turn > 0 : !(east.y > west.y);
}

/* Then straight up or down to the centre, for an edge that crosses its column. */
static inline bool
cross_upwards(WmoVertex a, WmoVertex b, double y, double centre_x, double centre_y)
{
	if ((a.y > y && a.y > centre_y && b.y > y && b.y > centre_y) ||
		(a.y < y && a.y < centre_y && b.y < y && b.y < centre_y))
		return false;
	return is_above(a, b, centre_x, y) != is_above(a, b, centre_x, centre_y);
}

/* Where a vertex lies: below the point, left of the centre, level with the point. */
static inline unsigned
whereabouts(WmoVertex vertex, double x, double y)
{
	return (unsigned) (vertex.y <= y) | (unsigned) (vertex.x <= x) << 1 | (unsigned) (vertex.y == y) << 2;
}

static inline Crossing
cross_vertices(const uint32_t *words, uint32_t width, const WmoGridFrame *frame, uint32_t count, WmoVertex point,
			   WmoVertex centre)
{
	Crossing crossing = {false, false, false, 0, 0};
	WmoVertex last = wmo_grid_chain_vertex(words, width, frame, 0);
	unsigned before = whereabouts(last, centre.x, point.y);

	for (uint32_t i = 1; i < count; i++)
	{
		WmoVertex vertex = wmo_grid_chain_vertex(words, width, frame, i);
		unsigned here = whereabouts(vertex, centre.x, point.y);
		unsigned concern = (before ^ here) | ((before | here) & 4);

		/* most edges cross neither the height of the point nor the column of the centre */
		if ((concern & 2) != 0)
			crossing.odd ^= cross_upwards(last, vertex, point.y, centre.x, centre.y);
		if ((concern & 5) != 0)
			cross_sideways(last, vertex, point.x, point.y, centre.x, &crossing);
		before = here;
		last = vertex;
	}
	return crossing;
}

/* The width is the same for a whole chain: one loop for each. */
static Crossing
cross_chain(const uint32_t *words, uint32_t width, const WmoGridFrame *frame, uint32_t count, WmoVertex point,
			WmoVertex centre)
{
	switch (width)
	{
		case WMO_CHAIN_OFFSETS:
			return cross_vertices(words, WMO_CHAIN_OFFSETS, frame, count, point, centre);
		case WMO_CHAIN_NUMBERS:
			return cross_vertices(words, WMO_CHAIN_NUMBERS, frame, count, point, centre);
		default:
			return cross_vertices(words, WMO_CHAIN_DOUBLES, frame, count, point, centre);
	}
}

/* ---- one cell ---- */

static uint32_t
find_whole(const WmoGrid *grid, uint32_t entry, uint32_t *areas)
{
	uint32_t value = entry & WMO_ENTRY_VALUE;

	switch (entry & WMO_ENTRY_TAG)
	{
		case WMO_ENTRY_AREA:
			areas[0] = value;
			return 1;
		case WMO_ENTRY_SET:
		{
			uint32_t count = grid->sets[value] & ~WMO_SET_MARK;

			memcpy(areas, grid->sets + value + 1, count * sizeof(uint32_t));
			return count;
		}
		default:
			return 0;
	}
}

/* The rings of an area are folded into one answer; they stand one after the other. */
typedef struct Fold
{
	uint32_t area; /* WMO_ENTRY_VALUE before the first */
	uint32_t odd; /* is an odd number of its rings around the point? */
	uint32_t on;
	uint32_t found;
} Fold;

static inline uint32_t
fold_end(Fold *fold, uint32_t *areas)
{
	if (fold->area != WMO_ENTRY_VALUE && (fold->odd | fold->on) != 0)
		areas[fold->found++] = fold->area;
	return fold->found;
}

/* Where rounding led PostGIS astray: is the winding number that it counts another than zero? */
static uint32_t
apply_astray(WmoGridGroup group, const int32_t *astray, uint32_t odd)
{
	for (uint32_t i = 0; i < WMO_GROUP_RINGS; i++)
	{
		uint32_t bit = (uint32_t) 1 << i;

		if (astray[i] != 0)
		{
			int32_t winding = astray[i] + ((odd & bit) == 0 ? 0 : (group.leftward & bit) != 0 ? 1 : -1);

			odd = winding != 0 ? odd | bit : odd & ~bit;
		}
	}
	return odd;
}

/* One group of rings; returns what follows it. */
static const uint32_t *
find_group(const uint32_t *at, WmoGridGroup group, const WmoGridFrame *frame, WmoVertex point, WmoVertex centre,
		   Fold *fold, uint32_t *areas, WmoTick *tick)
{
	const uint32_t *members = at;
	uint32_t rings = group.rings & ~WMO_GROUP_MORE;
	uint32_t odd = group.inside;
	uint32_t on = 0;
	int32_t astray[WMO_GROUP_RINGS] = {0};
	bool any_astray = false;

	at += rings;
	for (uint32_t i = 0; i < group.chain_count; i++)
	{
		WmoGridChain chain;
		Crossing crossing;
		uint32_t width, count;

		memcpy(&chain, at++, sizeof(chain));
		width = chain.vertices & WMO_CHAIN_WIDTH;
		count = chain.vertices & WMO_CHAIN_VERTICES;
		wmo_tick_count(tick, count);
		crossing = cross_chain(at, width, frame, count, point, centre);
		at += (size_t) count * wmo_grid_vertex_words(width);
		odd ^= crossing.odd ? chain.along ^ chain.against : 0;
		on |= (crossing.on_along ? chain.along : 0u) | (crossing.on_against ? chain.against : 0u);
		if (crossing.astray_along == 0 && crossing.astray_against == 0)
			continue;
		any_astray = true;
		for (uint32_t j = 0; j < WMO_GROUP_RINGS; j++)
			astray[j] += ((chain.along >> j & 1) != 0 ? crossing.astray_along : 0) +
				((chain.against >> j & 1) != 0 ? crossing.astray_against : 0);
	}
	if (any_astray)
		odd = apply_astray(group, astray, odd);
	odd ^= group.beyond;
	for (uint32_t i = 0; i < rings; i++)
	{
		if (members[i] != fold->area)
		{
			fold_end(fold, areas);
			fold->area = members[i];
			fold->odd = fold->on = 0;
		}
		fold->odd ^= odd >> i & 1;
		fold->on |= on >> i & 1;
	}
	return at;
}

static uint32_t
find_block(const WmoGrid *grid, const uint32_t *at, WmoVertex point, WmoVertex centre, uint32_t *areas, WmoTick *tick)
{
	WmoGridFrame frame = wmo_grid_frame(grid->scale, centre);
	Fold fold = {WMO_ENTRY_VALUE, 0, 0, 0};
	WmoGridGroup group;

	fold.found = find_whole(grid, *at++, areas);
	do
	{
		wmo_tick_count(tick, WMO_GROUP_RINGS);
		memcpy(&group, at, sizeof(group));
		at = find_group(at + sizeof(group) / sizeof(uint32_t), group, &frame, point, centre, &fold, areas, tick);
	} while ((group.rings & WMO_GROUP_MORE) != 0);
	return fold_end(&fold, areas);
}

/* ---- from point to cell ---- */

typedef struct Cell
{
	uint32_t col, row;
} Cell;

/* False for a point beyond the grid, or without finite coordinates. */
static inline bool
find_cell(const WmoGrid *grid, double x, double y, Cell *cell)
{
	double across = (x - grid->x0) * grid->inverse;
	double up = (y - grid->y0) * grid->inverse;

	if (!(across >= 0 && across < grid->cols && up >= 0 && up < grid->rows))
		return false;
	cell->col = (uint32_t) across;
	cell->row = (uint32_t) up;
	return true;
}

static inline const uint32_t *
directory_entry(const WmoGrid *grid, Cell cell)
{
	return grid->directory + (size_t) (cell.row / WMO_TILE_SIDE) * (grid->cols / WMO_TILE_SIDE) +
		cell.col / WMO_TILE_SIDE;
}

static inline uint32_t
tile_entry(const uint32_t *tile, Cell cell)
{
	return tile[WMO_TILE_CODES +
				wmo_grid_tile_code(tile, cell.row % WMO_TILE_SIDE * WMO_TILE_SIDE + cell.col % WMO_TILE_SIDE)];
}

/* Of a tile or a block that begins here, as much as most of them take. */
static inline void
fetch(const uint32_t *from)
{
	__builtin_prefetch(from);
	__builtin_prefetch(from + 15);
}

void
wmo_grid_fetch_ahead(const WmoGrid *grid, double x, double y, WmoGridStep step)
{
	Cell cell;
	const uint32_t *at;
	uint32_t entry;

	if (!find_cell(grid, x, y, &cell))
		return;
	at = directory_entry(grid, cell);
	if (step == WMO_GRID_DIRECTORY)
	{
		__builtin_prefetch(at);
		return;
	}
	entry = *at;
	if ((entry & WMO_ENTRY_TAG) != WMO_ENTRY_MORE)
		return;
	at = grid->tiles + (entry & WMO_ENTRY_VALUE);
	if (step == WMO_GRID_TILE)
	{
		fetch(at);
		return;
	}
	entry = tile_entry(at, cell);
	if ((entry & WMO_ENTRY_TAG) == WMO_ENTRY_MORE)
		fetch(grid->blocks + (entry & WMO_ENTRY_VALUE));
}

uint32_t
wmo_grid_find(const WmoGrid *grid, double x, double y, uint32_t *areas, WmoTick *tick)
{
	Cell cell;
	uint32_t entry;

	if (!find_cell(grid, x, y, &cell))
		return 0;
	entry = *directory_entry(grid, cell);
	if ((entry & WMO_ENTRY_TAG) == WMO_ENTRY_MORE)
	{
		entry = tile_entry(grid->tiles + (entry & WMO_ENTRY_VALUE), cell);
		if ((entry & WMO_ENTRY_TAG) == WMO_ENTRY_MORE)
			return find_block(grid, grid->blocks + (entry & WMO_ENTRY_VALUE), (WmoVertex) {x, y},
							  (WmoVertex) {wmo_grid_centre(grid->x0, grid->cell, cell.col),
										   wmo_grid_centre(grid->y0, grid->cell, cell.row)},
							  areas, tick);
	}
	return find_whole(grid, entry, areas);
}
