/*
 * held.h - the map that a session holds: of which state it is, and how it is made.
 */
#ifndef WMO_MAP_HELD_H
#define WMO_MAP_HELD_H

#include "map/compile.h"
#include "map/settings.h"
#include "registry/state.h"

/* One of the two segments of what is held. */
typedef struct HeldPiece
{
	WmoSegment bytes;
	MemoryContext context; /* NULL: it stands in shared memory, or rows of an edition in the grid's */
	bool shared;
	bool of_edition;
} HeldPiece;

/*
 * What is held; only held.c changes it. The grid is that of grid_state, and stays when other rows are made for it. The
 * map is whole when the rows are there too, those of rows_state: then it can be asked. It is of state, which is that of
 * its rows or, where some contracts were changed since, has these over them.
 */
typedef struct HeldMap
{
	bool whole;
	bool has_grid;
	RegistryState state;
	RegistryState rows_state;
	RegistryState grid_state;
	HeldPiece grid;
	HeldPiece rows;
	const uint64 *tokens; /* of rows_state, in order; NULL: what changed since cannot be told */
	uint32 token_count;
	MemoryContext over_context; /* NULL: nothing is over the rows */
	WmoOver over;
	WmoMap map;
	uint64 serial; /* changes whenever the map does */
} HeldMap;

extern HeldMap wmo_held;

/* The bytes of the map that is whole. */
static inline Size
wmo_held_size(void)
{
	return wmo_held.rows.bytes.size + wmo_held.grid.bytes.size;
}

/* Those of them that are this session's alone. */
static inline Size
wmo_held_own_size(void)
{
	return (wmo_held.rows.shared ? 0 : wmo_held.rows.bytes.size) +
		(wmo_held.grid.shared ? 0 : wmo_held.grid.bytes.size);
}

/* Is it the whole map of this state? A limit that was lowered holds for what is there too. */
static inline bool
wmo_held_is_of(const RegistryState *state)
{
	return wmo_held.whole && wmo_same_state(&wmo_held.state, state) && wmo_held_own_size() <= wmo_session_map_limit();
}

/* Takes the map of this state that stands in shared memory for all sessions; false when there is none. */
extern bool wmo_held_take_shared(const RegistryState *state);

/*
 * Makes the map of this state of the one that is held, or that stands in shared memory, where no more than some
 * contracts were changed since: these are compiled over its rows. False: more was changed, or there is no such map.
 */
extern bool wmo_held_follow(const RegistryState *state);

/* Is the grid that of this state? Then only rows are left to make. */
extern bool wmo_held_has_grid_of(const RegistryState *state);

/* Lets go of rows in shared memory, whose place may be wanted for the next ones. */
extern void wmo_held_let_go(void);

/*
 * Makes the whole map of this state in this session's memory, of an edition or of the tables, with the grid of the same
 * areas that is held or stands in shared memory. False when what is its own would take more than limit bytes. What was
 * held before may be gone.
 */
extern bool wmo_held_make(const RegistryState *state, Size limit);

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
