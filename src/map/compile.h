/*
 * compile.h - the two segments of a coverage map, made of the registry.
 */
#ifndef WMO_MAP_COMPILE_H
#define WMO_MAP_COMPILE_H

#include "map/coverage_map.h"

/* Bytes of a map, aligned to eight. */
typedef struct WmoSegment
{
	const uint8 *bytes;
	Size size;
} WmoSegment;

/*
 * Compiles the areas that the active snapshot sees, in context, into at most max_size bytes. An error of the grid is
 * returned; others are thrown, and leave nothing behind but what is in the context.
 */
extern WmoGridError wmo_compile_grid(MemoryContext context, Size max_size, WmoSegment *grid);

/* Compiles everything else, in context, for that grid. The words of the enums must be those of this library. */
extern void wmo_compile_rows(MemoryContext context, const WmoSegment *grid, WmoSegment *rows);

#endif
