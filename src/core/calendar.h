/*
 * calendar.h - the free days of Dutch law: Saturdays, Sundays, statutory holidays by rule and equated days as data.
 *
 * The statutory holidays stand in article 3 of the Algemene termijnenwet (Atw): New Year's day, Easter and Whit Monday,
 * both Christmas days, Ascension day, the day on which the King's birthday is celebrated and 5 May (lid 1), and Good
 * Friday (lid 2). Equated days (lid 3) come by decree, cannot be computed, and are given by the caller.
 */
#ifndef WMO_CORE_CALENDAR_H
#define WMO_CORE_CALENDAR_H

#include "core/civil.h"

typedef enum WmoHoliday {
	WMO_NEW_YEAR,
	WMO_GOOD_FRIDAY,
	WMO_EASTER_MONDAY,
	WMO_QUEENS_DAY,
	WMO_KINGS_DAY,
	WMO_LIBERATION_DAY,
	WMO_ASCENSION_DAY,
	WMO_WHIT_MONDAY,
	WMO_CHRISTMAS_DAY,
	WMO_BOXING_DAY
} WmoHoliday;

typedef struct WmoHolidayDay
{
	int64_t day;
	WmoHoliday holiday;
} WmoHolidayDay;

#define WMO_HOLIDAYS_MAX 9

/* Whose free days: the Atw counts equated days, Regulation 1182/71 only the public holidays. */
typedef enum WmoFreeDays { WMO_FREE_ATW, WMO_FREE_EU } WmoFreeDays;

/* The Atw and Regulation (EEC, Euratom) 1182/71 came into force on these days. */
#define WMO_ATW_IN_FORCE (-1736) /* 1965-04-01 */
#define WMO_EU_1182_71_IN_FORCE 545 /* 1971-07-01 */

/* 5 May is counted from this year: the amendment is of the early 1980s and this is the first year that is certain. */
#define WMO_LIBERATION_DAY_SINCE 1983

/* No holidays are given before this day: the Atw does not speak of them. */
#define WMO_HOLIDAYS_KNOWN_FROM (-1826) /* 1965-01-01 */

/* The days from 1960-01-01 up to 2120-01-01 are kept as bits; other days are worked out one by one. */
#define WMO_BITS_FIRST (-3653)
#define WMO_BITS_DAYS 58439
#define WMO_BITS_WORDS ((WMO_BITS_DAYS + 63) / 64)

typedef struct WmoCalendar
{
	const WmoDay *equated; /* ascending, without doubles */
	int32_t equated_count;
	uint64_t free[2][WMO_BITS_WORDS]; /* by WmoFreeDays; the unused last bits are set */
} WmoCalendar;

/* Easter Sunday of a year of the Gregorian calendar (proleptic before 1583). */
int64_t wmo_holiday_easter(int64_t year);

/* The statutory holidays of a year, ascending; two can fall on one day. Returns their number. */
int wmo_holiday_list(int64_t year, WmoHolidayDay holidays[WMO_HOLIDAYS_MAX]);

/* The statutory holidays that fall on a day, at most two. Returns their number. */
int wmo_holiday_on(WmoDay day, WmoHoliday holidays[2]);

/* The Dutch name of a holiday and the article that makes it one. */
const char *wmo_holiday_name(WmoHoliday holiday);
const char *wmo_holiday_article(WmoHoliday holiday);

/* Makes a calendar of the rules and these equated days, which must be ascending and outlive it. */
void wmo_calendar_make(WmoCalendar *calendar, const WmoDay *equated, int32_t equated_count);

/* Is this day equated with a holiday by decree? */
bool wmo_calendar_is_equated(const WmoCalendar *calendar, WmoDay day);

/* Is this day a Saturday, a Sunday, a statutory holiday or (under the Atw) an equated day? */
bool wmo_calendar_is_free(const WmoCalendar *calendar, WmoFreeDays which, WmoDay day);

/*
 * The first day, from this day itself on, that is not free; takes constant time within the years kept as bits.
 * Returns false when that day lies beyond WMO_DAY_MAX.
 */
bool wmo_calendar_working_day_from(const WmoCalendar *calendar, WmoFreeDays which, WmoDay day, WmoDay *result);

/*
 * Age in whole years. The age goes up on the birthday itself; who was born on 29 February has it on 1 March in a common
 * year (the choice of PostgreSQL's age(); no statute settles it). Returns false when on_day lies before birth.
 */
bool wmo_age_on(WmoDay birth, WmoDay on_day, int32_t *age);

#endif
