/*
 * kept_standing.h - may what was derived from the registry be trusted?
 */
#ifndef WMO_STANDING_KEPT_STANDING_H
#define WMO_STANDING_KEPT_STANDING_H

#include "server/pg_compat.h"

/*
 * Notes that this transaction changes what standing rests on without deriving it: from now on, for whoever sees that
 * change, questions derive it themselves, until wmo.rebuild_standing. The caller holds a lock on the table that it
 * changes.
 */
extern void wmo_mark_standing(void);

/*
 * Was all of it derived, under the active snapshot, by triggers that are switched as they were? What whoever asks may
 * see of it is another matter.
 */
extern bool wmo_standing_is_derived(void);

#endif
