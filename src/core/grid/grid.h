/*
 * grid.h - which areas cover a point: polygons compiled into flat, position-independent bytes.
 *
 * A uniform grid of cells lies over the areas, in tiles of 4 x 4; a tile all of whose cells say the same says it once.
 * A cell that no border crosses names the areas it lies in. Another cell holds the pieces of border that cross it and,
 * for each area with a border there, whether the cell's centre lies inside: a point is inside when it is so by an even
 * number of crossings on the way to the centre. Borders that areas share, vertex by vertex, are kept once.
 *
 * What "covers" means is what ST_Covers(area, point) of PostGIS answers, for every pair of doubles: inside, or on the
 * border of any ring. PostGIS decides on which side of a segment a point lies with one expression in doubles, taken
 * from the segment's first vertex in the direction of the ring, and calls the point on the border when that expression
 * is zero and the point lies in the segment's box. The grid evaluates that very expression in that very direction for
 * every segment that is near; for the others its sign is proved right by the margin around a cell. Where the
 * expression errs, exact arithmetic tells by how much the winding number that PostGIS counts is off, and the grid
 * counts the same. All that the grid adds (the corner and the centre of the way) is decided in exact arithmetic. Two
 * things differ, both below what a coordinate can say: PostGIS skips segments shorter than 1e-12 altogether, and asks
 * the rings of a polygon in turn, where the grid asks all of them: a point that rounding puts outside the outer ring
 * and on a hole that touches it there.
 */
#ifndef WMO_CORE_GRID_H
#define WMO_CORE_GRID_H

#include "core/tick.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum WmoGridError {
	WMO_GRID_OK = 0,
	WMO_GRID_NO_MEMORY,
	WMO_GRID_INTERRUPTED,
	WMO_GRID_TOO_LARGE, /* more areas, vertices or bytes than the format can hold */
	/* what is wrong with one shape: */
	WMO_GRID_WKB_SHORT, /* the bytes end before the shape does, or go on after it */
	WMO_GRID_WKB_TYPE, /* no two-dimensional polygon or multipolygon */
	WMO_GRID_WKB_RING, /* a ring of fewer than four points, or one that does not close */
	WMO_GRID_WKB_COORDINATE /* not finite, beyond 2^100, or nearer to zero than 2^-200 without being zero */
} WmoGridError;

/* An English sentence about an error, for a message. */
const char *wmo_grid_error_text(WmoGridError error);

/*
 * What the core asks of its host. alloc returns NULL when there is no memory. tick is called every few thousand steps
 * with the part of the work that is done, from 0 to 1; when it returns true the build stops and gives everything back.
 * tick may be NULL.
 */
typedef struct WmoGridHost
{
	void *(*alloc)(void *context, size_t size);
	void (*release)(void *context, void *memory);
	bool (*tick)(void *context, double done);
	void *context;
} WmoGridHost;

typedef struct WmoGridBuild WmoGridBuild;

/* Starts a build; NULL when there is no memory. The host must outlive it. */
WmoGridBuild *wmo_grid_begin(const WmoGridHost *host);

/* Adds the next area, number 0 and up, as WKB of either byte order. After an error the build can only be dropped. */
WmoGridError wmo_grid_add(WmoGridBuild *build, const uint8_t *wkb, size_t length);

/*
 * Compiles the areas; the bytes come from the host's alloc. The build is gone afterwards, also after an error. Time and
 * memory grow linearly with the vertices. max_size bounds the bytes.
 */
WmoGridError wmo_grid_finish(WmoGridBuild *build, size_t max_size, uint8_t **bytes, size_t *size);

/* Gives a build up and all its memory back. */
void wmo_grid_drop(WmoGridBuild *build);

/* A grid that is open for look-ups: plain pointers into bytes that must stay where they are. */
typedef struct WmoGrid
{
	double x0, y0; /* the lower left corner of the first cell */
	double cell; /* the side of a cell */
	double inverse; /* 1 / cell */
	double scale; /* by which whole numbers are divided to give coordinates */
	uint32_t cols, rows;
	uint32_t area_count;
	uint32_t most; /* no look-up finds more areas than this */
	const uint32_t *directory;
	const uint32_t *tiles;
	const uint32_t *sets;
	const uint32_t *blocks;
	uint64_t size, tile_words, set_words, block_words; /* for people */
} WmoGrid;

/*
 * The one checker: true when the bytes, which must be aligned to eight, are a whole grid of this version and byte
 * order in which every look-up stays within bounds. Reads each byte once; allocates nothing. There may be hundreds of
 * millions of them, so the host is asked meanwhile whether to go on.
 */
bool wmo_grid_check(const uint8_t *bytes, size_t size, WmoTick *tick);

/* Opens bytes that wmo_grid_check has accepted. */
void wmo_grid_open(WmoGrid *grid, const uint8_t *bytes);

/*
 * Has the processor fetch what a look-up of this point reads, step by step, while its caller does other work: each step
 * finds the next place by what the one before has fetched. Over 12,000 areas most of a look-up is waiting for these
 * three, and a question took 9 % less.
 */
typedef enum WmoGridStep { WMO_GRID_DIRECTORY, WMO_GRID_TILE, WMO_GRID_BLOCK } WmoGridStep;
void wmo_grid_fetch_ahead(const WmoGrid *grid, double x, double y, WmoGridStep step);

/*
 * The numbers of the areas that cover a point, in no particular order; areas must have room for grid->most. Returns
 * how many there are. A coordinate that is not finite is covered by nothing. A cell can hold a large part of all
 * borders, so the host is asked meanwhile whether to go on.
 */
uint32_t wmo_grid_find(const WmoGrid *grid, double x, double y, uint32_t *areas, WmoTick *tick);

#endif
