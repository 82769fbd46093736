/*
 * coverage_map.h - the bridge between a coverage_map Datum and the core's WmoMap.
 */
#ifndef WMO_MAP_COVERAGE_MAP_H
#define WMO_MAP_COVERAGE_MAP_H

#include "server/pg_compat.h"

#include "core/map/map.h"
#include "nodes/execnodes.h"

/* The stored value: the map itself begins at a multiple of eight bytes. */
typedef struct CoverageMap
{
	int32 vl_len_;
	uint32 zero;
	char bytes[FLEXIBLE_ARRAY_MEMBER];
} CoverageMap;

#define COVERAGE_MAP_OVERHEAD offsetof(CoverageMap, bytes)

/* What a function call keeps of the map that it was last given. */
typedef struct CoverageMapCache
{
	MemoryContext context; /* lives as long as the query */
	bool open;
	struct varatt_external pointer; /* of a map that was fetched from its TOAST table */
	bool fetched;
	struct varlena *copy;
	WmoMapHeader header; /* of the map that is open, when one is */
	WmoMap map;
} CoverageMapCache;

/*
 * Opens a map for questions. A map in a TOAST table is fetched and checked once for as long as the same one is given;
 * one in memory is used where it stands, and is valid until the next call.
 */
extern const WmoMap *wmo_coverage_map_open(CoverageMapCache *cache, Datum value);

/* For WmoTick: the core's long work ends when the user or the server wants it to. */
extern void wmo_check_for_interrupts(void *context);

/* Are these bytes, aligned to eight, a whole map? The core's checker. */
extern bool wmo_is_whole_map(const char *bytes, Size size);

/* Adds a line to a description: a set of (item text, value text) that InitMaterializedSRF has begun. */
extern void wmo_put_item(ReturnSetInfo *result, const char *item, const char *value);

#endif
