/*
 * held.h - the map that a session holds: of which state it is, and how it is made.
 */
#ifndef WMO_MAP_HELD_H
#define WMO_MAP_HELD_H

#include "map/compile.h"
#include "map/settings.h"
#include "registry/state.h"

/*
 * What is held; only held.c changes it. The grid is that of grid_state, and stays when other rows are made for it. The
 * map is whole when the rows are there too, those of state: then it can be asked.
 */
typedef struct HeldMap
{
	bool whole;
	bool has_grid;
	bool grid_of_edition;
	RegistryState state;
	RegistryState grid_state;
	MemoryContext grid_context; /* of an edition: of all its bytes */
	MemoryContext rows_context; /* NULL: the rows are the edition's too */
	WmoSegment grid;
	WmoSegment rows;
	WmoMap map;
	uint64 serial; /* changes whenever the map does */
} HeldMap;

extern HeldMap wmo_held;

/* The bytes of the map that is whole. */
static inline Size
wmo_held_size(void)
{
	return wmo_held.rows.size + wmo_held.grid.size;
}

/* Is it the whole map of this state? A limit that was lowered holds for what is there too. */
static inline bool
wmo_held_is_of(const RegistryState *state)
{
	return wmo_held.whole && wmo_same_state(&wmo_held.state, state) && wmo_held_size() <= wmo_session_map_limit();
}

/* Is the grid that of this state? Then only rows are left to make. */
extern bool wmo_held_has_grid_of(const RegistryState *state);

/*
 * Makes the whole map of this state, of an edition or of the tables, with what is held of the same areas. False when
 * it does not fit. What was held before may be gone.
 */
extern bool wmo_held_make(const RegistryState *state);

/* Why the last attempt failed, or was interrupted. */
typedef enum MapFailure {
	MAP_NOT_FAILED,
	MAP_FAILED,
	MAP_FAILED_BY_AREAS /* whatever the rows */
} MapFailure;

/* Has making the map of this state failed, within the present limit? It is not tried again. */
extern MapFailure wmo_held_failure(const RegistryState *state);

/* After MAP_FAILED_BY_AREAS, what was wrong with them; WMO_GRID_OK: they are too many to begin with. */
extern const GridFault *wmo_held_grid_fault(void);

#endif
