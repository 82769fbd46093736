/*
 * civil.h - the civil (proleptic Gregorian) calendar as whole days.
 *
 * A day is an int32 counted from 1970-01-01 (day 0, a Thursday). No time zones, no hours: contract days and legal
 * terms are whole days. The range is that of PostgreSQL's date type.
 */
#ifndef WMO_CORE_CIVIL_H
#define WMO_CORE_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

typedef int32_t WmoDay;

/* 4714-11-24 BC (Julian day 0) and 5874897-12-31: the first and last finite day of PostgreSQL's date. */
#define WMO_DAY_MIN (-2440588)
#define WMO_DAY_MAX 2145042905

/* Before and after every day: no bound on this side. */
#define WMO_DAY_MINUS_INFINITY INT32_MIN
#define WMO_DAY_INFINITY INT32_MAX

/* PostgreSQL counts its dates from 2000-01-01. */
#define WMO_DAY_OF_PG_EPOCH 10957

typedef struct WmoCivil
{
	int32_t year; /* astronomical: year 0 is 1 BC */
	int32_t month; /* 1 to 12 */
	int32_t day; /* 1 to 31 */
} WmoCivil;

/* Months are added first, then days; weeks are seven days. Both parts have one sign, or are zero. */
typedef struct WmoLength
{
	int32_t months;
	int32_t days;
} WmoLength;

/* The day number of a civil date. month 1-12, day 1-31; no range check on the result. */
int64_t wmo_day_from_civil(int64_t year, int32_t month, int32_t day);

/* The civil date of a day number within WMO_DAY_MIN..WMO_DAY_MAX. */
WmoCivil wmo_civil_from_day(WmoDay day);

/* The number of days in a month (1-12) of a year. */
int32_t wmo_civil_month_days(int64_t year, int32_t month);

/*
 * Adds months, then days, to a day. As PostgreSQL does for date + interval, a day of the month that the target month
 * lacks becomes its last day. Returns false when the result leaves WMO_DAY_MIN..WMO_DAY_MAX.
 */
bool wmo_day_add(WmoDay day, int32_t months, int32_t days, WmoDay *result);

/* 0 = Sunday ... 6 = Saturday. */
int32_t wmo_day_weekday(WmoDay day);

#endif
