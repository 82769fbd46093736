/*
 * iso.h - days and lengths as ISO 8601 writes them: 2023-04-07, P2Y, P6W, P1M5D.
 */
#ifndef WMO_CORE_ISO_H
#define WMO_CORE_ISO_H

#include "core/civil.h"

#include <stddef.h>

/* 0001-01-01 and 9999-12-31: the years that ISO 8601 writes in four digits. */
#define WMO_ISO_DAY_MIN (-719162)
#define WMO_ISO_DAY_MAX 2932896

/* Longest texts, with their zero byte, of any day and of any length. */
#define WMO_ISO_DAY_TEXT 16
#define WMO_ISO_LENGTH_TEXT 40

typedef enum WmoIsoFault {
	WMO_ISO_OK,
	WMO_ISO_NOT_A_DAY, /* no yyyy-mm-dd, or more digits behind it */
	WMO_ISO_NO_SUCH_DAY, /* not in the calendar, or of the year 0000 */
	WMO_ISO_NOT_A_LENGTH, /* no P to begin with */
	WMO_ISO_NOT_A_NUMBER, /* no digits behind the P */
	WMO_ISO_NOT_A_UNIT, /* Y, M, W and D come once each and in this order */
	WMO_ISO_HOURS, /* a T: parts of a day */
	WMO_ISO_TOO_LONG
} WmoIsoFault;

/* Does ISO 8601 write this day in four digits of the year? */
static inline bool
wmo_iso_holds_day(WmoDay day)
{
	return day >= WMO_ISO_DAY_MIN && day <= WMO_ISO_DAY_MAX;
}

/* Reads yyyy-mm-dd of the years 1 to 9999 and moves *cursor behind it; with a fault *cursor stays. */
WmoIsoFault wmo_iso_parse_day(const char **cursor, const char *end, WmoDay *day);

/* Writes a day, one outside ISO's years with the digits that its year needs. Returns the bytes before the zero byte. */
size_t wmo_iso_print_day(WmoDay day, char text[WMO_ISO_DAY_TEXT]);

/*
 * Reads a duration in whole years, months, weeks and days, at least one of them, and moves *cursor behind it, or to the
 * fault. most: the largest number of months, and of days, each number and their sums. any_case: small letters will do.
 */
WmoIsoFault wmo_iso_parse_length(const char **cursor, const char *end, int32_t most, bool any_case, WmoLength *length);

/*
 * Writes a length that is not negative and returns the bytes before the zero byte. with_years: P1Y2M; otherwise the
 * months stay together as a statute counts them, P14M.
 */
size_t wmo_iso_print_length(WmoLength length, bool with_years, char text[WMO_ISO_LENGTH_TEXT]);

#endif
