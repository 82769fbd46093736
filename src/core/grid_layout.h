/*
 * grid_layout.h - the bytes of a grid, shared by the room that writes them and the room that reads them.
 *
 *   header        WmoGridHeader, in the machine's byte order (the magic number tells another one)
 *   directory     one entry of 4 bytes a cell, row by row from below; padded to 8
 *   sets          words of 4 bytes: a marked count, then that many areas, ascending; padded to 8
 *   blocks        one for each cell that a border crosses, in the order of the directory
 *
 * An entry has a tag in its two highest bits: nothing, one area, a set (word number), or a block (in units of 8 bytes).
 *
 * A block: an entry without block (the areas in which the whole cell lies), the number of groups of at most 32 rings;
 * then each group: WmoGridGroup; the area of each ring, padded to an even number, the rings of one area one after the
 * other, also from group to group; the chains: WmoGridChain, then x and y of each vertex.
 */
#ifndef WMO_CORE_GRID_LAYOUT_H
#define WMO_CORE_GRID_LAYOUT_H

#include "core/grid.h"

#define WMO_GRID_MAGIC 0x574D4F47u
#define WMO_GRID_VERSION 1u

typedef struct WmoGridHeader
{
	uint32_t magic;
	uint32_t version;
	uint64_t size;
	uint32_t area_count;
	uint32_t most;
	uint32_t cols;
	uint32_t rows;
	double x0;
	double y0;
	double cell;
	uint64_t set_words; /* even */
	uint64_t block_bytes; /* a multiple of 8 */
} WmoGridHeader;

#define WMO_ENTRY_TAG 0xC0000000u
#define WMO_ENTRY_VALUE 0x3FFFFFFFu
#define WMO_ENTRY_NOTHING 0u
#define WMO_ENTRY_AREA 0x40000000u
#define WMO_ENTRY_SET 0x80000000u
#define WMO_ENTRY_BLOCK 0xC0000000u

#define WMO_SET_MARK 0x80000000u

#define WMO_GROUP_RINGS 32u
#define WMO_CELLS_MAX ((uint64_t) 1 << 28)
#define WMO_SIDE_MAX ((uint32_t) 1 << 22)

typedef struct WmoGridGroup
{
	uint32_t ring_count;
	uint32_t chain_count;
	uint32_t inside; /* rings that wind around the centre */
	uint32_t beyond; /* rings at whose area to turn over: an odd number of its other rings wind around the whole cell */
	uint32_t leftward; /* rings that run counterclockwise */
	uint32_t zero;
} WmoGridGroup;

typedef struct WmoGridChain
{
	uint32_t vertex_count;
	uint32_t along; /* rings that run as the chain does */
	uint32_t against; /* rings that run the other way */
	uint32_t zero;
} WmoGridChain;

typedef struct WmoVertex
{
	double x;
	double y;
} WmoVertex;

/* The centre of a column or row; computed alike when a grid is built and when it is read. */
static inline double
wmo_grid_centre(double origin, double cell, uint32_t number)
{
	return origin + ((double) number + 0.5) * cell;
}

/* The sign of the turn a, b, p, exact for all finite doubles: 1 when p lies left of a to b, -1 right, 0 on the line. */
int wmo_turn(WmoVertex a, WmoVertex b, double px, double py);

/* The same without the filter in doubles in front: for the tests, and for when the filter cannot tell. */
int wmo_turn_exact(WmoVertex a, WmoVertex b, double px, double py);

/* Does a to b cross the height just above y? A vertex at y itself counts as below. */
static inline bool
wmo_spans(double a, double b, double y)
{
	return (a <= y) != (b <= y);
}

/*
 * For an edge that spans y: does it cross that height to the right of (x, y)? A point of the grid's own is moved by
 * next to nothing to the right and by far less upwards, so that it lies on no border: an edge through it crosses left.
 */
static inline bool
wmo_crosses_right(WmoVertex a, WmoVertex b, double x, double y)
{
	if (a.x > x && b.x > x)
		return true;
	if (a.x < x && b.x < x)
		return false;
	return a.y < b.y ? wmo_turn(a, b, x, y) > 0 : wmo_turn(b, a, x, y) > 0;
}

/* Reads a two-dimensional polygon or multipolygon; ring is called for each ring, closed, with its number of points. */
typedef struct WmoRingReader
{
	WmoGridError (*ring)(void *context, const uint8_t *points, uint32_t count, bool swap);
	void *context;
} WmoRingReader;

WmoGridError wmo_wkb_read(const uint8_t *wkb, size_t length, const WmoRingReader *reader);

/* One coordinate of eight bytes. */
double wmo_wkb_double(const uint8_t *bytes, bool swap);

#endif
