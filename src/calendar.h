/*
 * calendar.h - the calendar as this statement sees it, for the rooms that compute with days.
 */
#ifndef WMO_CALENDAR_H
#define WMO_CALENDAR_H

#include "pg_date.h"

#include "core/term.h"
#include "executor/tuptable.h"

/* The statutory rules and the equated days that the active snapshot sees. Good until the next call of anything here. */
extern const WmoCalendar *wmo_current_calendar(void);

/* Are the decrees on equated days known for every day from first to last? */
extern bool wmo_decrees_are_known(WmoDay first, WmoDay last);

/* The decree that equates this day, palloc'd, or NULL. */
extern char *wmo_decree_of(WmoDay day);

/* A finite date as a day. what names the argument in the error. */
extern WmoDay wmo_day_from_date(DateADT date, const char *what);

/* The rule of this name, or an error that lists the rules. */
extern WmoRule wmo_rule_from_text(text *name);

/* Calls row with every row of wmo.<table> that the active snapshot sees. Needs no rights: these are facts of law. */
extern void wmo_scan_table(const char *table, void (*row)(TupleTableSlot *slot, void *arg), void *arg);

#endif
