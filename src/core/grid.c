/*
 * grid.c - reading a grid: the checker, and the areas that cover a point.
 */
#include "core/grid_layout.h"

#include <math.h>
#include <string.h>

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

/* ---- the checker ---- */

static bool
check_header(const WmoGridHeader *header, size_t size)
{
	uint64_t cells = (uint64_t) header->cols * header->rows;

	if (header->magic != WMO_GRID_MAGIC || header->version != WMO_GRID_VERSION || header->size != size ||
		header->cols > WMO_SIDE_MAX || header->rows > WMO_SIDE_MAX || (header->cols == 0) != (header->rows == 0) ||
		cells > WMO_CELLS_MAX || header->area_count > WMO_ENTRY_VALUE || header->set_words % 2 != 0 ||
		header->set_words > WMO_ENTRY_VALUE || header->block_bytes % 8 != 0 ||
		header->block_bytes / 8 > WMO_ENTRY_VALUE)
		return false;
	if (!isfinite(header->x0) || !isfinite(header->y0) || !isfinite(header->cell) || !(header->cell > 0) ||
		!isfinite(1.0 / header->cell))
		return false;
	return size == sizeof(WmoGridHeader) + (cells + cells % 2) * 4 + header->set_words * 4 + header->block_bytes;
}

/* Sets one after the other: a marked count, that many areas; an odd word of padding is zero. */
static bool
check_sets(const uint32_t *sets, uint64_t words, uint32_t area_count)
{
	uint64_t at = 0;

	while (at < words)
	{
		uint64_t count = sets[at] & ~WMO_SET_MARK;

		if (sets[at] == 0)
			return at + 1 == words;
		if ((sets[at] & WMO_SET_MARK) == 0 || count == 0 || count > words - at - 1)
			return false;
		for (uint64_t i = 1; i <= count; i++)
			if (sets[at + i] >= area_count || (i > 1 && sets[at + i] <= sets[at + i - 1]))
				return false;
		at += count + 1;
	}
	return true;
}

/* How many areas an entry other than a block names, or false. */
static bool
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

static bool
take(const uint8_t **at, uint64_t *left, uint64_t size, const void **part)
{
	if (*left < size)
		return false;
	*part = *at;
	*at += size;
	*left -= size;
	return true;
}

static uint32_t
bits_up_to(uint32_t count)
{
	return count >= 32 ? 0xFFFFFFFFu : ((uint32_t) 1 << count) - 1;
}

static bool
check_chain(const uint8_t **at, uint64_t *left, uint32_t known_bits)
{
	const void *part;
	const WmoGridChain *chain;
	const double *numbers;

	if (!take(at, left, sizeof(WmoGridChain), &part))
		return false;
	chain = part;
	if (chain->zero != 0 || chain->vertex_count < 2 || ((chain->along | chain->against) & ~known_bits) != 0 ||
		!take(at, left, (uint64_t) chain->vertex_count * sizeof(WmoVertex), &part))
		return false;
	numbers = part;
	for (uint64_t i = 0; i < 2 * (uint64_t) chain->vertex_count; i++)
		if (!isfinite(numbers[i]))
			return false;
	return true;
}

static bool
check_block(const WmoGrid *grid, const uint8_t **at, uint64_t *left)
{
	const void *part;
	const uint32_t *opening;
	uint64_t found;

	if (!take(at, left, 8, &part))
		return false;
	opening = part;
	if (!check_entry(grid, opening[0], &found))
		return false;
	for (uint32_t i = 0; i < opening[1]; i++)
	{
		const WmoGridGroup *group;
		const uint32_t *areas;

		if (!take(at, left, sizeof(WmoGridGroup), &part))
			return false;
		group = part;
		if (group->zero != 0 || group->ring_count == 0 || group->ring_count > WMO_GROUP_RINGS ||
			((group->inside | group->beyond | group->leftward) & ~bits_up_to(group->ring_count)) != 0 ||
			!take(at, left, (group->ring_count + group->ring_count % 2) * 4, &part))
			return false;
		areas = part;
		for (uint32_t j = 0; j < group->ring_count; j++)
			if (areas[j] >= grid->area_count)
				return false;
		found += group->ring_count;
		for (uint32_t j = 0; j < group->chain_count; j++)
			if (!check_chain(at, left, bits_up_to(group->ring_count)))
				return false;
	}
	return found <= grid->most;
}

bool
wmo_grid_check(const uint8_t *bytes, size_t size)
{
	WmoGridHeader header;
	WmoGrid grid;
	const uint8_t *at;
	uint64_t left, cells, count;

	if (size < sizeof(WmoGridHeader) || (uintptr_t) bytes % 8 != 0)
		return false;
	memcpy(&header, bytes, sizeof(header));
	if (!check_header(&header, size))
		return false;
	wmo_grid_open(&grid, bytes);
	if (!check_sets(grid.sets, grid.set_words, grid.area_count))
		return false;
	at = grid.blocks;
	left = grid.block_bytes;
	cells = (uint64_t) grid.cols * grid.rows;
	if (cells % 2 != 0 && grid.directory[cells] != 0)
		return false;
	for (uint64_t i = 0; i < cells; i++)
	{
		uint32_t entry = grid.directory[i];

		if ((entry & WMO_ENTRY_TAG) == WMO_ENTRY_BLOCK)
		{
			/* blocks stand in the order of the directory, without gaps: so each offset is known beforehand */
			if ((uint64_t) (entry & WMO_ENTRY_VALUE) * 8 != grid.block_bytes - left || !check_block(&grid, &at, &left))
				return false;
		}
		else if (!check_entry(&grid, entry, &count) || count > grid.most)
			return false;
	}
	return left == 0;
}

void
wmo_grid_open(WmoGrid *grid, const uint8_t *bytes)
{
	WmoGridHeader header;
	uint64_t cells;

	memcpy(&header, bytes, sizeof(header));
	cells = (uint64_t) header.cols * header.rows;
	grid->x0 = header.x0;
	grid->y0 = header.y0;
	grid->cell = header.cell;
	grid->inverse = 1.0 / header.cell;
	grid->cols = header.cols;
	grid->rows = header.rows;
	grid->area_count = header.area_count;
	grid->most = header.most;
	grid->directory = (const uint32_t *) (const void *) (bytes + sizeof(header));
	grid->sets = grid->directory + cells + cells % 2;
	grid->blocks = (const uint8_t *) (grid->sets + header.set_words);
	grid->size = header.size;
	grid->set_words = header.set_words;
	grid->block_bytes = header.block_bytes;
}

/* ---- look-ups ---- */

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
	int right = (rises ? wmo_turn(a, b, x, y) : wmo_turn(b, a, x, y)) > 0;

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
	if (wmo_spans(a.y, b.y, y))
	{
		double width = b.x - a.x, height = b.y - a.y;
		double side = width * (y - a.y) - (x - a.x) * height;
		double doubt = 1e-15 * fabs(height) * (fabs(x - a.x) + 3 * fabs(width)) + 1e-290;
		bool corner_right = wmo_crosses_right(a, b, centre_x, y);

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
	int turn = wmo_turn(west, east, x, y);

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
cross_chain(const WmoVertex *vertex, uint32_t count, double x, double y, double centre_x, double centre_y)
{
	Crossing crossing = {false, false, false, 0, 0};
	unsigned before = whereabouts(vertex[0], centre_x, y);

	for (uint32_t i = 1; i < count; i++)
	{
		unsigned here = whereabouts(vertex[i], centre_x, y);
		unsigned concern = (before ^ here) | ((before | here) & 4);

		before = here;
		if (concern == 0) /* most edges cross neither the height of the point nor the column of the centre */
			continue;
		if ((concern & 2) != 0)
			crossing.odd ^= cross_upwards(vertex[i - 1], vertex[i], y, centre_x, centre_y);
		if ((concern & 5) != 0)
			cross_sideways(vertex[i - 1], vertex[i], x, y, centre_x, &crossing);
	}
	return crossing;
}

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
apply_astray(const WmoGridGroup *group, const int32_t *astray, uint32_t odd)
{
	for (uint32_t i = 0; i < group->ring_count; i++)
	{
		uint32_t bit = (uint32_t) 1 << i;

		if (astray[i] != 0)
		{
			int32_t winding = astray[i] + ((odd & bit) == 0 ? 0 : (group->leftward & bit) != 0 ? 1 : -1);

			odd = winding != 0 ? odd | bit : odd & ~bit;
		}
	}
	return odd;
}

/* One group of rings; returns what follows it. */
static const uint32_t *
find_group(const uint32_t *at, double x, double y, double centre_x, double centre_y, Fold *fold, uint32_t *areas)
{
	const WmoGridGroup *group = (const void *) at;
	const uint32_t *members = (const uint32_t *) (group + 1);
	uint32_t odd = group->inside;
	uint32_t on = 0;
	int32_t astray[WMO_GROUP_RINGS];
	bool any_astray = false;

	at = members + group->ring_count + group->ring_count % 2;
	for (uint32_t i = 0; i < group->chain_count; i++)
	{
		const WmoGridChain *chain = (const void *) at;
		const WmoVertex *vertex = (const void *) (chain + 1);
		Crossing crossing = cross_chain(vertex, chain->vertex_count, x, y, centre_x, centre_y);

		odd ^= crossing.odd ? chain->along ^ chain->against : 0;
		on |= (crossing.on_along ? chain->along : 0) | (crossing.on_against ? chain->against : 0);
		if (crossing.astray_along != 0 || crossing.astray_against != 0)
		{
			if (!any_astray)
				memset(astray, 0, sizeof(astray));
			any_astray = true;
			for (uint32_t j = 0; j < group->ring_count; j++)
				astray[j] += ((chain->along >> j & 1) != 0 ? crossing.astray_along : 0) +
					((chain->against >> j & 1) != 0 ? crossing.astray_against : 0);
		}
		at = (const uint32_t *) (const void *) (vertex + chain->vertex_count);
	}
	if (any_astray)
		odd = apply_astray(group, astray, odd);
	odd ^= group->beyond;
	for (uint32_t i = 0; i < group->ring_count; i++)
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

uint32_t
wmo_grid_find(const WmoGrid *grid, double x, double y, uint32_t *areas)
{
	double across = (x - grid->x0) * grid->inverse;
	double up = (y - grid->y0) * grid->inverse;
	uint32_t col, row, entry, groups;
	Fold fold = {WMO_ENTRY_VALUE, 0, 0, 0};
	double centre_x, centre_y;
	const uint32_t *at;

	if (!(across >= 0 && across < grid->cols && up >= 0 && up < grid->rows))
		return 0;
	col = (uint32_t) across;
	row = (uint32_t) up;
	entry = grid->directory[(size_t) row * grid->cols + col];
	if ((entry & WMO_ENTRY_TAG) != WMO_ENTRY_BLOCK)
		return find_whole(grid, entry, areas);

	centre_x = wmo_grid_centre(grid->x0, grid->cell, col);
	centre_y = wmo_grid_centre(grid->y0, grid->cell, row);
	at = (const uint32_t *) (const void *) (grid->blocks + (size_t) (entry & WMO_ENTRY_VALUE) * 8);
	fold.found = find_whole(grid, at[0], areas);
	groups = at[1];
	at += 2;
	while (groups-- > 0)
		at = find_group(at, x, y, centre_x, centre_y, &fold, areas);
	return fold_end(&fold, areas);
}
