/*
 * price.h - when it pays to make a map.
 */
#ifndef WMO_MAP_PRICE_H
#define WMO_MAP_PRICE_H

#include "registry/state.h"

/*
 * Have the questions about this state to the tables cost as much as making its map would? Those of this session, or of
 * all sessions (for_all) when the map is one for all. The mode is not asked. From the first call about another state
 * on, what was spent is forgotten.
 */
extern bool wmo_price_is_paid(const RegistryState *state, bool for_all);

/* So many milliseconds went into an answer by the tables: what a map would have saved. */
extern void wmo_price_charge(double milliseconds);

/* What a map of this state would cost, in milliseconds, looked up when nobody has. */
extern double wmo_price_look_up(const RegistryState *state);

/* What the next question to the tables will cost, by the one before it. */
extern double wmo_price_of_question(void);

/* What was spent on the tables, and what a map would cost, in milliseconds; this negative while nobody looked. */
extern double wmo_price_spent(void);
extern double wmo_price_of_map(void);

#endif
