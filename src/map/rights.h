/*
 * rights.h - may this user be told what a map holds?
 */
#ifndef WMO_MAP_RIGHTS_H
#define WMO_MAP_RIGHTS_H

#include "server/pg_compat.h"

/* May the current user read every table that the questions read, and does every user see the same rows of them? */
extern bool wmo_may_read_registry(void);

#endif
