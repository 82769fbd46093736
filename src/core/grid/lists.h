/*
 * lists.h - lists of numbers, each kept once, for the rooms that build a grid.
 */
#ifndef WMO_CORE_GRID_LISTS_H
#define WMO_CORE_GRID_LISTS_H

#include "core/grid/layout.h"
#include "core/grid/memory.h"

/* A list is a marked count, then that many numbers; it is named by the place of its count. */
typedef struct WmoGridLists
{
	WmoGridArray words; /* uint32_t */
	uint32_t *slots; /* place + 1, or 0 */
	size_t slot_count; /* a power of two */
	size_t used;
} WmoGridLists;

/* Finds or adds a list, and tells its place. False without memory, or when the lists are too many to be named. */
bool wmo_grid_lists_intern(const WmoGridHost *host, WmoGridLists *lists, const uint32_t *values, uint32_t count,
						   uint32_t *place);

/* The numbers of the list at this place, and how many they are. */
static inline const uint32_t *
wmo_grid_lists_get(const WmoGridLists *lists, uint32_t place, uint32_t *count)
{
	const uint32_t *words = lists->words.items;

	*count = words[place] & ~WMO_SET_MARK;
	return words + place + 1;
}

/* Stirs a number into a hash. */
static inline uint64_t
wmo_grid_mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
	return hash ^ hash >> 29;
}

#endif
