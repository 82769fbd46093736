/*
 * owner.h - for what follows from the registry, whoever writes to it.
 */
#ifndef WMO_SERVER_OWNER_H
#define WMO_SERVER_OWNER_H

#include "server/pg_compat.h"

/* Whose table this is. */
extern Oid wmo_owner_of(Oid table);

/* Who acted before wmo_act_as_owner. */
typedef struct WmoCaller
{
	Oid user;
	int security;
} WmoCaller;

/*
 * From here to wmo_act_as_caller the session acts as a role, the owner of the tables that it is about to write. An
 * error in between gives the caller back too: the end of a (sub)transaction does that. What runs in between must name
 * its objects by schema or pin its search_path, and take no SQL from the caller.
 */
extern WmoCaller wmo_act_as_owner(Oid owner);
extern void wmo_act_as_caller(WmoCaller caller);

#endif
