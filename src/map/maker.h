/*
 * maker.h - one process that makes the map of all sessions, while they go on.
 */
#ifndef WMO_MAP_MAKER_H
#define WMO_MAP_MAKER_H

#include "registry/state.h"

/*
 * Is the map of this state made for all sessions, or would it be if it were ordered? False where each session makes its
 * own: without shared memory, for a state that is not everybody's, where the map stands but cannot be taken, and for a
 * while after an order that brought none.
 */
extern bool wmo_maker_is_for(const RegistryState *state);

/* Orders the map, unless that is done already. Returns how many milliseconds it should take from now. */
extern double wmo_maker_order(const RegistryState *state, double price);

/* Waits until an order of this database is carried out, so many milliseconds at most. */
extern void wmo_maker_wait(double milliseconds);

#endif
