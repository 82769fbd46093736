/*
 * build.h - what the rooms share that build a grid: shapes in, edges once each, cells, bytes out.
 */
#ifndef WMO_CORE_GRID_BUILD_H
#define WMO_CORE_GRID_BUILD_H

#include "core/grid/layout.h"
#include "core/grid/lists.h"
#include "core/grid/memory.h"

#define WMO_EDGE_NONE 0xFFFFFFFFu
#define WMO_RING_END 0x80000000u

typedef struct WmoGridRing
{
	uint32_t area;
	bool leftward; /* runs counterclockwise */
} WmoGridRing;

struct WmoGridBuild
{
	WmoGridHost host;
	WmoGridArray vertices; /* WmoVertex; each ring closed, one after the other */
	WmoGridArray ring_of; /* uint32_t beside each vertex: its ring, WMO_RING_END where it ends */
	WmoGridArray rings; /* WmoGridRing; those of an area one after the other */
	uint32_t area_count;
	WmoVertex low, high;

	/* edge i runs from vertex i to vertex i + 1 */
	uint32_t *slots; /* edges by their two ends */
	uint32_t *twin; /* the next edge with the same ends + 1, or 0 */
	uint32_t *owners; /* the list of ring * 2 + runs against, or WMO_EDGE_NONE for a twin and for no edge */
	WmoGridLists owner_lists;
	WmoGridArray gathered; /* uint32_t */
	size_t edge_count; /* each once */
	double length; /* of all edges once, |dx| + |dy| */

	double x0, y0, cell, inverse, margin;
	uint32_t cols, rows;

	uint32_t *cell_start; /* where the edges of each cell begin in cell_edges */
	uint32_t *cell_edges;
	uint32_t *event_start; /* and the edges crossed between the centre of the cell before and this one */
	uint32_t *event_edges;

	double scale;
	uint32_t *entries; /* of each cell */
	uint32_t *directory;
	WmoGridArray tiles; /* uint32_t */
	WmoGridLists sets;
	WmoGridArray blocks; /* uint32_t */
	WmoGridArray active; /* uint32_t: the rings around the current centre, ascending */
	WmoGridArray local; /* uint32_t: the rings that run through the current cell, ascending */
	uint32_t *seen; /* the last cell + 1 through which a ring ran */
	uint32_t *place; /* its place in local then */
	uint32_t *area_place; /* the place of the first ring of its area */
	uint32_t most;
};

/* The parts of a build, in this order. */
WmoGridError wmo_grid_join_edges(WmoGridBuild *build);
WmoGridError wmo_grid_lay_cells(WmoGridBuild *build);
WmoGridError wmo_grid_write(WmoGridBuild *build, size_t max_size, uint8_t **bytes, size_t *size);

#endif
