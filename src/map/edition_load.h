/*
 * edition_load.h - published maps, read instead of compiled.
 */
#ifndef WMO_MAP_EDITION_LOAD_H
#define WMO_MAP_EDITION_LOAD_H

#include "map/coverage_map.h"
#include "registry/state.h"

/* Which edition: that of the state, or one whose areas are those of the state. */
typedef enum EditionOf { EDITION_OF_STATE, EDITION_OF_AREAS } EditionOf;

/* Is any edition published? Without one nothing of a state's editions needs to be asked. */
extern bool wmo_edition_exists(void);

/* The bytes of the latest such edition that this user may read; 0 when there is none. */
extern Size wmo_edition_size(EditionOf of, const RegistryState *state);

/*
 * The map of that edition, checked and copied into context; NULL when there is none, or none of at most max_size bytes
 * that is a whole map of this version.
 */
extern const CoverageMap *wmo_edition_load(EditionOf of, const RegistryState *state, Size max_size,
										   MemoryContext context);

#endif
