/*
 * session.h - the coverage map that a session keeps for its questions.
 */
#ifndef WMO_MAP_SESSION_H
#define WMO_MAP_SESSION_H

#include "map/coverage_map.h"

/*
 * The map of the registry as the active snapshot sees it, made when that pays; NULL: let the tables answer, and charge
 * the time that took (price.h). Good until the next call.
 */
extern const WmoMap *wmo_session_map(void);

/* So many bytes the limit of memory leaves beside the map. */
extern Size wmo_session_map_room(void);

/* Changes whenever the map does: what was kept about one map is not about another. */
extern uint64 wmo_session_map_serial(void);

#endif
