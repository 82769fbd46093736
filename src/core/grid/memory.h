/*
 * memory.h - memory of the host, for the rooms that build a grid.
 */
#ifndef WMO_CORE_GRID_MEMORY_H
#define WMO_CORE_GRID_MEMORY_H

#include "core/grid/grid.h"

/* An array that grows by the host's alloc. */
typedef struct WmoGridArray
{
	void *items;
	size_t count;
	size_t room;
} WmoGridArray;

/* Room for count items; NULL without memory, and when their size overflows. No items get room for one. */
void *wmo_grid_alloc(const WmoGridHost *host, size_t count, size_t item);

/* Makes room for more items of this size. False, and nothing changed, without memory. */
bool wmo_grid_grow(const WmoGridHost *host, WmoGridArray *array, size_t more, size_t item);

/* Gives memory back; NULL is none. */
void wmo_grid_release(const WmoGridHost *host, void *memory);

/* True when the host wants the build to stop; asks it only once in a while. done: from 0 to 1. */
bool wmo_grid_tick(const WmoGridHost *host, size_t step, double done);

#endif
