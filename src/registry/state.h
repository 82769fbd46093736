/*
 * state.h - which state of the registry does the active snapshot see?
 */
#ifndef WMO_REGISTRY_STATE_H
#define WMO_REGISTRY_STATE_H

#include "server/pg_compat.h"

/*
 * The state of the registry under a snapshot. Two snapshots with equal states see the same areas (areas, own_areas),
 * the same parts of areas and places of postcodes (places, own_places) or the same of everything (all fields; places
 * are counted in the rows too); they may belong to different sessions and transactions as long as what is own is 0:
 * that counts the changes of this very transaction and means nothing outside it.
 */
typedef struct RegistryState
{
	Oid table; /* wmo_works.registry_change: another one after DROP and CREATE EXTENSION */
	uint32 own_areas;
	uint32 own_places;
	uint32 own_rows;
	uint64 areas;
	uint64 places;
	uint64 rows;
} RegistryState;

static inline bool
wmo_same_areas(const RegistryState *a, const RegistryState *b)
{
	return a->table == b->table && a->areas == b->areas && a->own_areas == b->own_areas;
}

static inline bool
wmo_same_places(const RegistryState *a, const RegistryState *b)
{
	return wmo_same_areas(a, b) && a->places == b->places && a->own_places == b->own_places;
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

/*
 * Is this what everybody sees at this moment: has nobody else changed the registry since, and is nothing in it that
 * this transaction has written?
 */
extern bool wmo_registry_is_latest(const RegistryState *seen);

/*
 * Does the active snapshot see every statement of this transaction as a whole or not at all, under triggers that note
 * changes? Then what triggers derive can be read under it, and *triggers tells which triggers of ours it sees on the
 * registry, and how they are switched. The answer is the same for a snapshot as long as it lives, whatever this
 * transaction changes meanwhile.
 */
extern bool wmo_registry_is_whole(uint64 *triggers);

#endif
