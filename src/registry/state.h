/*
 * state.h - which state of the registry does the active snapshot see?
 */
#ifndef WMO_REGISTRY_STATE_H
#define WMO_REGISTRY_STATE_H

#include "server/pg_compat.h"

/*
 * The state of the registry under a snapshot. Two snapshots with equal states see the same areas (areas, own_areas) or
 * the same of everything (all fields); they may belong to different sessions and transactions as long as own_areas and
 * own_rows are 0. These count the changes of this very transaction and mean nothing outside it.
 */
typedef struct RegistryState
{
	Oid table; /* wmo_works.registry_change: another one after DROP and CREATE EXTENSION */
	uint32 own_areas;
	uint32 own_rows;
	uint64 areas;
	uint64 rows;
	uint64 triggers; /* which triggers of ours stand on the registry, and how they are switched */
	uint64 reading; /* another one whenever the state was read anew: what follows from a snapshot may be kept by it */
} RegistryState;

static inline bool
wmo_same_areas(const RegistryState *a, const RegistryState *b)
{
	return a->table == b->table && a->areas == b->areas && a->own_areas == b->own_areas;
}

static inline bool
wmo_same_state(const RegistryState *a, const RegistryState *b)
{
	return wmo_same_areas(a, b) && a->rows == b->rows && a->own_rows == b->own_rows;
}

/*
 * The state under the active snapshot; NULL when nobody can tell: while a statement of this transaction is changing the
 * registry, for a snapshot older than such a change, and while triggers that note changes are off. Good until the next
 * call.
 */
extern const RegistryState *wmo_registry_state(void);

#endif
