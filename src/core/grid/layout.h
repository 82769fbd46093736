/*
 * layout.h - the bytes of a grid, shared by the rooms that write, check and read them.
 *
 *   header        WmoGridHeader, in the machine's byte order (the magic number tells another one)
 *   directory     an entry for each tile of 4 x 4 cells, row by row from below
 *   tiles         for each tile whose cells differ, in the order of the directory: sixteen codes of four bits in two
 *                 words, the lowest bits first, row by row from below; then the entries that the codes number
 *   sets          a marked count, then that many areas, ascending
 *   blocks        one for each cell that a border crosses, in the order of the cells, row by row from below
 *
 * In the header most is the largest number of areas that any cell names, its rings counted one by one: no look-up finds
 * more, and the words that name them bound it. All but the header is words of 4 bytes. What most look-ups need, the
 * directory and the tiles, is small on purpose: a look-up costs what it misses in the processor's caches, and hardly
 * anything else.
 *
 * An entry has a tag in its two highest bits: nothing, one area, a set (word number), or more (word number): in
 * the directory a tile, in a tile a block.
 *
 * A block: an entry without more (the areas in which the whole cell lies); then groups of at most 8 rings:
 * WmoGridGroup; the area of each ring, the rings of one area one after the other, also from group to group; the chains:
 * WmoGridChain, then its vertices, two numbers each: doubles; or whole numbers that give those very doubles when they
 * are divided by the scale of the grid; or, in half the bytes again, how far those whole numbers are from the centre of
 * the cell. Official boundaries are rounded to centimetres or so, and most of their vertices take four bytes.
 */
#ifndef WMO_CORE_GRID_LAYOUT_H
#define WMO_CORE_GRID_LAYOUT_H

#include "core/grid/grid.h"
#include "core/grid/turn.h"

#include <string.h>

#define WMO_GRID_MAGIC 0x574D4F47u
#define WMO_GRID_VERSION 2u

typedef struct WmoGridHeader
{
	uint32_t magic;
	uint32_t version;
	uint64_t size;
	uint32_t area_count;
	uint32_t most;
	uint32_t cols; /* of cells; a multiple of WMO_TILE_SIDE */
	uint32_t rows;
	double x0;
	double y0;
	double cell;
	double scale;
	uint64_t tile_words;
	uint64_t set_words;
	uint64_t block_words;
} WmoGridHeader;

#define WMO_ENTRY_TAG 0xC0000000u
#define WMO_ENTRY_VALUE 0x3FFFFFFFu
#define WMO_ENTRY_NOTHING 0u
#define WMO_ENTRY_AREA 0x40000000u
#define WMO_ENTRY_SET 0x80000000u
#define WMO_ENTRY_MORE 0xC0000000u

#define WMO_SET_MARK 0x80000000u

#define WMO_TILE_SIDE 4u
#define WMO_TILE_CELLS 16u
#define WMO_TILE_CODES 2u /* words */

#define WMO_CELLS_MAX ((uint64_t) 1 << 28)
#define WMO_SIDE_MAX ((uint32_t) 1 << 22)
#define WMO_SCALE_MAX 1e9

#define WMO_GROUP_RINGS 8u
#define WMO_GROUP_MORE 0x80u /* in rings: another group follows */

typedef struct WmoGridGroup
{
	uint32_t chain_count;
	uint8_t rings; /* how many */
	uint8_t inside; /* rings that wind around the centre */
	uint8_t beyond; /* rings at whose area to turn over: an odd number of its other rings wind around the whole cell */
	uint8_t leftward; /* rings that run counterclockwise */
} WmoGridGroup;

#define WMO_CHAIN_VERTICES 0x3FFFu
#define WMO_CHAIN_WIDTH 0xC000u /* in vertices: the words that a vertex takes */
#define WMO_CHAIN_DOUBLES 0x0000u
#define WMO_CHAIN_NUMBERS 0x8000u
#define WMO_CHAIN_OFFSETS 0x4000u

typedef struct WmoGridChain
{
	uint16_t vertices; /* how many */
	uint8_t along; /* rings that run as the chain does */
	uint8_t against; /* rings that run the other way */
} WmoGridChain;

_Static_assert(sizeof(WmoGridHeader) == 88 && sizeof(WmoGridGroup) == 8 && sizeof(WmoGridChain) == 4, "no padding");

/* The code of a cell in its tile; cells are numbered row by row. */
static inline uint32_t
wmo_grid_tile_code(const uint32_t *tile, uint32_t cell)
{
	return tile[cell / 8] >> cell % 8 * 4 & 15;
}

/* The centre of a column or row; computed alike when a grid is built and when it is read. */
static inline double
wmo_grid_centre(double origin, double cell, uint32_t number)
{
	return origin + ((double) number + 0.5) * cell;
}

/* What whole numbers in a cell mean: (base + offset) / scale is a coordinate. */
typedef struct WmoGridFrame
{
	double scale;
	int64_t base_x, base_y;
} WmoGridFrame;

static inline int64_t
wmo_grid_frame_base(double centre, double scale)
{
	double number = centre * scale;

	return number < 2147483648.0 && number > -2147483648.0 ? (int64_t) number : 0;
}

/* Computed alike when a grid is built and when it is read. */
static inline WmoGridFrame
wmo_grid_frame(double scale, WmoVertex centre)
{
	return (WmoGridFrame) {scale, wmo_grid_frame_base(centre.x, scale), wmo_grid_frame_base(centre.y, scale)};
}

/* How many words a vertex of a chain takes. */
static inline uint32_t
wmo_grid_vertex_words(uint32_t width)
{
	return width == WMO_CHAIN_OFFSETS ? 1 : width == WMO_CHAIN_NUMBERS ? 2 : 4;
}

/* One vertex of a chain. */
static inline WmoVertex
wmo_grid_chain_vertex(const uint32_t *words, uint32_t width, const WmoGridFrame *frame, uint32_t number)
{
	WmoVertex vertex;
	int32_t numbers[2];
	int16_t offsets[2];

	words += (size_t) number * wmo_grid_vertex_words(width);
	switch (width)
	{
		case WMO_CHAIN_OFFSETS:
			memcpy(offsets, words, sizeof(offsets));
			vertex.x = (double) (frame->base_x + offsets[0]) / frame->scale;
			vertex.y = (double) (frame->base_y + offsets[1]) / frame->scale;
			return vertex;
		case WMO_CHAIN_NUMBERS:
			memcpy(numbers, words, sizeof(numbers));
			vertex.x = numbers[0] / frame->scale;
			vertex.y = numbers[1] / frame->scale;
			return vertex;
		default:
			memcpy(&vertex, words, sizeof(vertex));
			return vertex;
	}
}

#endif
