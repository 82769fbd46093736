/*
 * snapshot_key.h - when may facts read from a table be kept for the next call?
 */
#ifndef WMO_SERVER_SNAPSHOT_KEY_H
#define WMO_SERVER_SNAPSHOT_KEY_H

#include "server/pg_compat.h"

/*
 * A number above zero that changes whenever the active snapshot might see other rows than at the last call: another
 * snapshot, an own write before it, the end of a transaction or a rollback to a savepoint. What was read from tables
 * under the active snapshot stays right while the number stays the same.
 */
extern uint64 wmo_snapshot_key(void);

#endif
