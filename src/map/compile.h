/*
 * compile.h - the two segments of a coverage map, made of the registry.
 */
#ifndef WMO_MAP_COMPILE_H
#define WMO_MAP_COMPILE_H

#include "map/coverage_map.h"

#include "utils/array.h"

/* Bytes of a map, aligned to eight. */
typedef struct WmoSegment
{
	const uint8 *bytes;
	Size size;
} WmoSegment;

/* Why the areas cannot be compiled. */
typedef struct GridFault
{
	WmoGridError error;
	int32 area_id; /* of the area whose shape it is about; 0: of none */
} GridFault;

/*
 * Compiles the areas that the active snapshot sees, in context, into at most max_size bytes. An error of the grid is
 * told in fault, and false returned; others are thrown, and leave nothing behind but what is in the context.
 */
extern bool wmo_compile_grid(MemoryContext context, Size max_size, WmoSegment *grid, GridFault *fault);

/* Compiles everything else, in context, for that grid. The words of the enums must be those of this library. */
extern void wmo_compile_rows(MemoryContext context, const WmoSegment *grid, WmoSegment *rows);

/*
 * Compiles these contracts alone, in context, over a map that was compiled here and has all else as the active snapshot
 * sees it. False when that is not so: they name a row that is not there, or an area of which nobody knew where it lies,
 * or one of them has no scope, or had none, and changes what is declared.
 */
extern bool wmo_compile_over(MemoryContext context, const WmoMap *map, ArrayType *contracts, WmoOver *over);

#endif
