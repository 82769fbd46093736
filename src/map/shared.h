/*
 * shared.h - maps that stand once in shared memory, for all sessions of their database.
 *
 * They can when the library is preloaded. A map is two pieces, its grid and its rows, each a segment of dynamic shared
 * memory that does not change any more; maps of the same areas have one grid. A piece is of a state of the registry
 * (state.h), so whoever sees that state may read it, whatever was changed since.
 */
#ifndef WMO_MAP_SHARED_H
#define WMO_MAP_SHARED_H

#include "map/compile.h"
#include "registry/state.h"

#include "datatype/timestamp.h"
#include "storage/condition_variable.h"
#include "storage/dsm.h"
#include "storage/lwlock.h"

typedef struct SharedPiece
{
	Oid database; /* InvalidOid: nothing stands here */
	RegistryState state; /* of a grid only the areas count */
	int grid; /* of rows: the piece that is their grid; of a grid: -1 */
	dsm_handle handle;
	Size size;
	uint32 token_count; /* of rows: those of their state stand after them */
	uint64 key; /* of a grid: its own; of rows: that of their grid */
	uint32 uses; /* by processes; of rows one more while they are current, of a grid one more for each rows of it */
	bool current; /* of rows: of the newest map of the database */
	bool old; /* whoever has it lets go when its transaction ends */
	bool of_edition;
	TimestampTz made_at;
} SharedPiece;

/* What the sessions of a database have in common besides. */
typedef struct SharedRegistry
{
	Oid database; /* InvalidOid: of none */
	RegistryState asked; /* of which state the tables were asked last */
	double spent; /* what that took of all sessions, in milliseconds */
	uint32 order; /* of the map that is to be made; 0: none is */
	int maker; /* the process that makes it; 0: it has not begun */
	RegistryState wanted; /* by who ordered it */
	TimestampTz ordered_at;
	double price; /* how many milliseconds it should take */
	Size reserved; /* so many bytes are kept for it */
	int grid; /* the piece that is kept for it; -1: none */
	RegistryState missed; /* an order that brought no map of this state */
	TimestampTz missed_at; /* 0: none did */
	ConditionVariable ended;
} SharedRegistry;

/* A process that has taken something. */
typedef struct SharedHolder
{
	int pid; /* 0: none */
	Oid database;
} SharedHolder;

#define WMO_SHARED_REGISTRIES 64
#define WMO_SHARED_PIECES 256

typedef struct SharedMaps
{
	uint32 last_order;
	SharedRegistry registry[WMO_SHARED_REGISTRIES];
	SharedPiece piece[WMO_SHARED_PIECES];
	SharedHolder holder[FLEXIBLE_ARRAY_MEMBER]; /* as many as there can be backends */
} SharedMaps;

/* NULL where the library is not preloaded. All is read and written under the lock. */
extern SharedMaps *wmo_shared;
extern LWLock *wmo_shared_lock;

/* Asks for that memory. Called once, when the library is loaded. */
extern void wmo_shared_request(void);

/* Is there memory for the maps of all sessions, and does this state mean something to others too? */
extern bool wmo_shared_is_for(const RegistryState *state);

/* Does the map of this state of this database stand there? Call it under the lock. */
extern bool wmo_shared_stands(const RegistryState *state);

/* The entry of a database, or NULL. Call it under the lock. */
extern SharedRegistry *wmo_shared_registry(Oid database);

/* The same of this database, made if need be; NULL when there is room for no more. Under the exclusive lock. */
extern SharedRegistry *wmo_shared_own_registry(void);

/* What all sessions spent on asking the tables about this state, so many milliseconds more included. */
extern double wmo_shared_spend(const RegistryState *state, double milliseconds);

/* ---- taking ---- */

typedef enum SharedKind { SHARED_GRID, SHARED_ROWS } SharedKind;

typedef struct SharedMap
{
	WmoSegment grid;
	WmoSegment rows;
	const uint64 *tokens; /* of their state, in order */
	uint32 token_count;
	bool grid_of_edition;
	bool rows_of_edition;
} SharedMap;

/*
 * Takes the grid of this state, or its rows and their grid, in place of what this process took before, and tells in map
 * where they stand until they are let go. False when there is none, or no memory to map it into; then what was taken
 * before stays.
 */
extern bool wmo_shared_take(SharedKind kind, const RegistryState *state, SharedMap *map);

/*
 * Of which state is the current map of this database, with the areas of this one? False: there is none.
 */
extern bool wmo_shared_current(const RegistryState *state, RegistryState *current);

/* Lets go of what was taken, if it was. Who is the last to let go of what is old frees it. */
extern void wmo_shared_let_go(SharedKind kind);

/* Is what was taken old? */
extern bool wmo_shared_is_old(SharedKind kind);

/* ---- putting ---- */

/*
 * Puts a map where all sessions of this database find it: from now on it is the current one. False when it does not fit
 * within the limit, though everything made room that nobody uses. Errors: out of memory.
 */
extern bool wmo_shared_put(const RegistryState *state, const SharedMap *map);

/* Gives back what was kept for a map that did not come. Call it under the exclusive lock. */
extern void wmo_shared_give_back(SharedRegistry *registry);

/* Forgets what stands of a database: what is used goes with its last use. */
extern void wmo_shared_forget(Oid database);

/* Forgets the maps of databases that are gone: on a standby nothing else tells. */
extern void wmo_shared_sweep(void);

#endif
