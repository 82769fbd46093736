/*
 * wkb.h - polygons as well-known binary: the only form in which shapes reach the grid.
 */
#ifndef WMO_CORE_GRID_WKB_H
#define WMO_CORE_GRID_WKB_H

#include "core/grid/grid.h"

/* ring is called for each ring, closed, with its number of points; an error of its ends the reading. */
typedef struct WmoWkbReader
{
	WmoGridError (*ring)(void *context, const uint8_t *points, uint32_t count, bool swap);
	void *context;
} WmoWkbReader;

/* Reads a two-dimensional polygon or multipolygon of exactly this length. */
WmoGridError wmo_wkb_read(const uint8_t *wkb, size_t length, const WmoWkbReader *reader);

/* One coordinate of eight bytes; swap: in the other byte order than the machine's. */
double wmo_wkb_read_double(const uint8_t *bytes, bool swap);

#endif
