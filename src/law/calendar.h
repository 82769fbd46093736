/*
 * calendar.h - the calendar as this statement sees it, for the rooms that compute with days.
 */
#ifndef WMO_LAW_CALENDAR_H
#define WMO_LAW_CALENDAR_H

#include "server/pg_compat.h"

#include "core/term.h"

/* The statutory rules and the equated days that the active snapshot sees. Good until the next call of anything here. */
extern const WmoCalendar *wmo_current_calendar(void);

/* Are the decrees on equated days known for every day from first to last? */
extern bool wmo_decrees_are_known(WmoDay first, WmoDay last);

/* The decree that equates this day, palloc'd, or NULL. */
extern char *wmo_decree_of(WmoDay day);

#endif
