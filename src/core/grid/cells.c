/*
 * cells.c - the size of the cells, and which edges concern which cell.
 *
 * Relies on edges that are kept once (edges.c). Afterwards the edges of a cell stand in the order of their numbers from
 * cell_start of it up to cell_start of the next one; no edge is missing that comes within a margin of the cell. The
 * same holds of the edges that are crossed between two centres.
 */
#include "core/grid/build.h"

#include <math.h>
#include <string.h>

/* How many cells up to and with this place, in whole tiles. */
static uint32_t
whole_tiles(double place)
{
	return ((uint32_t) place / WMO_TILE_SIDE + 1) * WMO_TILE_SIDE;
}

/*
 * About one cell for each edge, but so large that edges cross few cells on average: then cells, and pieces of edges in
 * cells, are at most a few for each edge. The margin (2^-16 of a cell) is far above the rounding of coordinates
 * (a cell is at least 2^-30 of the largest), so that whatever lies outside a cell and its margin is told apart from
 * any point in the cell by plain doubles too.
 */
static void
choose_cell(WmoGridBuild *build)
{
	double width = build->high.x - build->low.x;
	double height = build->high.y - build->low.y;
	double edges = (double) build->edge_count;
	double largest = fmax(fmax(fabs(build->low.x), fabs(build->high.x)), fmax(fabs(build->low.y), fabs(build->high.y)));
	double cell = sqrt(width) * sqrt(height) / sqrt(edges);

	cell = fmax(cell, build->length / (3 * edges));
	cell = fmax(cell, fmax(width, height) / (WMO_SIDE_MAX / 4));
	cell = fmax(cell, largest * 0x1p-30);
	build->cell = cell;
	build->inverse = 1.0 / cell;
	build->margin = cell * 0x1p-16;
	build->x0 = build->low.x - 2 * build->margin;
	build->y0 = build->low.y - 2 * build->margin;
	build->cols = whole_tiles((build->high.x + 2 * build->margin - build->x0) * build->inverse);
	build->rows = whole_tiles((build->high.y + 2 * build->margin - build->y0) * build->inverse);
}

static uint32_t
clamp(double place, uint32_t count)
{
	if (!(place > 0))
		return 0;
	return place >= count ? count - 1 : (uint32_t) place;
}

static uint32_t
col_of(const WmoGridBuild *build, double x)
{
	return clamp((x - build->x0) * build->inverse, build->cols);
}

static uint32_t
row_of(const WmoGridBuild *build, double y)
{
	return clamp((y - build->y0) * build->inverse, build->rows);
}

/* Counts an edge in the cells of a row, or writes it down there. */
static void
note_row(WmoGridBuild *build, uint32_t row, uint32_t first, uint32_t last, uint32_t edge, bool write)
{
	uint32_t *start = build->cell_start + (size_t) row * build->cols;

	for (uint32_t col = first; col <= last; col++)
	{
		if (write)
			build->cell_edges[start[col]] = edge;
		start[col]++;
	}
}

/* Every cell that the edge comes within a margin of. */
static void
note_edge(WmoGridBuild *build, uint32_t edge, bool write)
{
	const WmoVertex *vertices = build->vertices.items;
	WmoVertex a = vertices[edge];
	WmoVertex b = vertices[edge + 1];
	double low_x = fmin(a.x, b.x), high_x = fmax(a.x, b.x);
	double low_y = fmin(a.y, b.y), high_y = fmax(a.y, b.y);
	double margin = build->margin;
	uint32_t first_col = col_of(build, low_x - margin), last_col = col_of(build, high_x + margin);
	uint32_t first_row = row_of(build, low_y - margin), last_row = row_of(build, high_y + margin);

	if (first_col == last_col || first_row == last_row || high_y - low_y <= 4 * margin)
	{
		for (uint32_t row = first_row; row <= last_row; row++)
			note_row(build, row, first_col, last_col, edge, write);
		return;
	}
	for (uint32_t row = first_row; row <= last_row; row++)
	{
		double below = fmax(low_y, build->y0 + (double) row * build->cell - margin);
		double above = fmin(high_y, build->y0 + ((double) row + 1) * build->cell + margin);
		double at_below = a.x + (below - a.y) / (b.y - a.y) * (b.x - a.x);
		double at_above = a.x + (above - a.y) / (b.y - a.y) * (b.x - a.x);
		uint32_t first = col_of(build, fmin(at_below, at_above) - margin);
		uint32_t last = col_of(build, fmax(at_below, at_above) + margin);

		note_row(build, row, first < first_col ? first_col : first, last > last_col ? last_col : last, edge, write);
	}
}

/* The first column whose centre lies to the right of where an edge crosses the height of the centres; cols for none. */
static uint32_t
event_col(const WmoGridBuild *build, WmoVertex a, WmoVertex b, double y)
{
	uint32_t col = col_of(build, a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));

	while (col > 0 && !wmo_grid_crosses_right(a, b, wmo_grid_centre(build->x0, build->cell, col - 1), y))
		col--;
	while (col < build->cols && wmo_grid_crosses_right(a, b, wmo_grid_centre(build->x0, build->cell, col), y))
		col++;
	return col;
}

/* On the way from centre to centre along each row: which edges are crossed just before which one? */
static void
note_events(WmoGridBuild *build, uint32_t edge, bool write)
{
	const WmoVertex *vertices = build->vertices.items;
	WmoVertex a = vertices[edge];
	WmoVertex b = vertices[edge + 1];
	uint32_t first = row_of(build, fmin(a.y, b.y) - build->margin);
	uint32_t last = row_of(build, fmax(a.y, b.y) + build->margin);

	for (uint32_t row = first; row <= last; row++)
	{
		double y = wmo_grid_centre(build->y0, build->cell, row);
		uint32_t col;

		if (!wmo_grid_spans(a.y, b.y, y))
			continue;
		col = event_col(build, a, b, y);
		if (col < build->cols)
		{
			uint32_t *start = build->event_start + (size_t) row * build->cols + col;

			if (write)
				build->event_edges[*start] = edge;
			(*start)++;
		}
	}
}

/* Counts become starts. After the second pass each start has become the start of the next cell. */
static bool
counts_to_starts(uint32_t *counts, size_t cells, size_t *sum)
{
	uint64_t total = 0;

	for (size_t i = 0; i < cells; i++)
	{
		uint32_t count = counts[i];

		counts[i] = (uint32_t) total;
		total += count;
		if (total > 0xFFFFFFFFu)
			return false;
	}
	*sum = (size_t) total;
	return true;
}

static void
step_back(uint32_t *starts, size_t cells, size_t sum)
{
	memmove(starts + 1, starts, (cells - 1) * sizeof(uint32_t));
	starts[0] = 0;
	starts[cells] = (uint32_t) sum;
}

static WmoGridError
note_all(WmoGridBuild *build, bool events, bool write, double from)
{
	for (uint32_t i = 0; i < build->vertices.count; i++)
	{
		if (wmo_grid_tick(&build->host, i, from + 0.1 * i / (double) build->vertices.count))
			return WMO_GRID_INTERRUPTED;
		if (build->owners[i] == WMO_EDGE_NONE)
			continue;
		if (events)
			note_events(build, i, write);
		else
			note_edge(build, i, write);
	}
	return WMO_GRID_OK;
}

static WmoGridError
lay(WmoGridBuild *build, bool events, uint32_t **starts, uint32_t **edges, double from)
{
	size_t cells = (size_t) build->cols * build->rows;
	size_t sum;
	WmoGridError error;

	*starts = wmo_grid_alloc(&build->host, cells + 1, sizeof(uint32_t));
	if (*starts == NULL)
		return WMO_GRID_NO_MEMORY;
	memset(*starts, 0, (cells + 1) * sizeof(uint32_t));
	error = note_all(build, events, false, from);
	if (error != WMO_GRID_OK)
		return error;
	if (!counts_to_starts(*starts, cells, &sum))
		return WMO_GRID_TOO_LARGE;
	*edges = wmo_grid_alloc(&build->host, sum, sizeof(uint32_t));
	if (*edges == NULL)
		return WMO_GRID_NO_MEMORY;
	error = note_all(build, events, true, from + 0.1);
	if (error == WMO_GRID_OK)
		step_back(*starts, cells, sum);
	return error;
}

WmoGridError
wmo_grid_lay_cells(WmoGridBuild *build)
{
	WmoGridError error;

	if (build->edge_count == 0)
	{
		build->cell = 1;
		return WMO_GRID_OK;
	}
	choose_cell(build);
	if ((uint64_t) build->cols * build->rows > WMO_CELLS_MAX)
		return WMO_GRID_TOO_LARGE;
	error = lay(build, false, &build->cell_start, &build->cell_edges, 0.35);
	if (error == WMO_GRID_OK)
		error = lay(build, true, &build->event_start, &build->event_edges, 0.55);
	return error;
}
