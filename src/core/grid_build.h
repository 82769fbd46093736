/*
 * grid_build.h - what the rooms share that build a grid: shapes in, edges once each, cells, bytes out.
 */
#ifndef WMO_CORE_GRID_BUILD_H
#define WMO_CORE_GRID_BUILD_H

#include "core/grid_layout.h"

/* An array that grows by the host's alloc. */
typedef struct WmoGrowing
{
	void *items;
	size_t count;
	size_t room;
} WmoGrowing;

/* Lists of numbers, each kept once: a marked count, then the numbers; named by the place of the count. */
typedef struct WmoLists
{
	WmoGrowing words; /* uint32_t */
	uint32_t *slots; /* place + 1, or 0 */
	size_t slot_count; /* a power of two */
	size_t used;
} WmoLists;

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
	WmoGrowing vertices; /* WmoVertex; each ring closed, one after the other */
	WmoGrowing ring_of; /* uint32_t beside each vertex: its ring, WMO_RING_END where it ends */
	WmoGrowing rings; /* WmoGridRing; those of an area one after the other */
	uint32_t area_count;
	WmoVertex low, high;

	/* edge i runs from vertex i to vertex i + 1 */
	uint32_t *slots; /* edges by their two ends */
	uint32_t *twin; /* the next edge with the same ends + 1, or 0 */
	uint32_t *owners; /* the list of ring * 2 + runs against, or WMO_EDGE_NONE for a twin and for no edge */
	WmoLists owner_lists;
	WmoGrowing gathered; /* uint32_t */
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
	WmoGrowing tiles; /* uint32_t */
	WmoLists sets;
	WmoGrowing blocks; /* uint32_t */
	WmoGrowing active; /* uint32_t: the rings around the current centre, ascending */
	WmoGrowing local; /* uint32_t: the rings that run through the current cell, ascending */
	uint32_t *seen; /* the last cell + 1 through which a ring ran */
	uint32_t *place; /* its place in local then */
	uint32_t *area_place; /* the place of the first ring of its area */
	uint32_t most;
};

/* Memory by the host; grow makes room for more items. False when there is none. */
void *wmo_grid_alloc(WmoGridBuild *build, size_t count, size_t item);
bool wmo_grid_grow(WmoGridBuild *build, WmoGrowing *array, size_t more, size_t item);
void wmo_grid_release(WmoGridBuild *build, void *memory);

/* True when the host wants the build to stop; asks it only once in a while. */
bool wmo_grid_tick(WmoGridBuild *build, size_t step, double done);

/* Finds or adds a list. Returns false without memory. */
bool wmo_lists_intern(WmoGridBuild *build, WmoLists *lists, const uint32_t *values, uint32_t count, uint32_t *place);

/* The parts of a build, in this order. */
WmoGridError wmo_grid_join_edges(WmoGridBuild *build);
WmoGridError wmo_grid_lay_cells(WmoGridBuild *build);
WmoGridError wmo_grid_write(WmoGridBuild *build, size_t max_size, uint8_t **bytes, size_t *size);

static inline const uint32_t *
wmo_list(const WmoLists *lists, uint32_t place, uint32_t *count)
{
	const uint32_t *words = lists->words.items;

	*count = words[place] & ~WMO_SET_MARK;
	return words + place + 1;
}

#endif
