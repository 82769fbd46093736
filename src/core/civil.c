/*
 * civil.c - day numbers and civil dates, in the arithmetic of the 400-year cycle (146,097 days).
 *
 * Relies on nothing. Divisions round down, also for years before the year 0, and all sums are of 64 bits.
 */
#include "core/civil.h"

#define DAYS_PER_ERA 146097
/* 0000-03-01 lies this many days before 1970-01-01; years that begin in March put the leap day last. */
#define ERA_OFFSET 719468

int64_t
wmo_day_from_civil(int64_t year, int32_t month, int32_t day)
{
	int64_t y = year - (month <= 2);
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * DAYS_PER_ERA + day_of_era - ERA_OFFSET;
}

WmoCivil
wmo_civil_from_day(WmoDay day)
{
	int64_t z = (int64_t) day + ERA_OFFSET;
	int64_t era = (z >= 0 ? z : z - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
	int64_t day_of_era = z - era * DAYS_PER_ERA;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t month_from_march = (5 * day_of_year + 2) / 153;
	WmoCivil civil;

	civil.day = (int32_t) (day_of_year - (153 * month_from_march + 2) / 5 + 1);
	civil.month = (int32_t) (month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
	civil.year = (int32_t) (year_of_era + era * 400 + (civil.month <= 2));
	return civil;
}

int32_t
wmo_civil_month_days(int64_t year, int32_t month)
{
	static const int32_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
		return 29;
	return days[month - 1];
}

bool
wmo_day_add(WmoDay day, int32_t months, int32_t days, WmoDay *result)
{
	int64_t sum = day;

	if (months != 0)
	{
		WmoCivil civil = wmo_civil_from_day(day);
		int64_t month_index = (int64_t) civil.year * 12 + (civil.month - 1) + months;
		int64_t year = (month_index >= 0 ? month_index : month_index - 11) / 12;
		int32_t month = (int32_t) (month_index - year * 12) + 1;
		int32_t last = wmo_civil_month_days(year, month);

		sum = wmo_day_from_civil(year, month, civil.day < last ? civil.day : last);
		if (sum < WMO_DAY_MIN || sum > WMO_DAY_MAX)
			return false;
	}
	sum += days;
	if (sum < WMO_DAY_MIN || sum > WMO_DAY_MAX)
		return false;
	*result = (WmoDay) sum;
	return true;
}

int32_t
wmo_day_weekday(WmoDay day)
{
	int64_t weekday = ((int64_t) day + 4) % 7;

	return (int32_t) (weekday < 0 ? weekday + 7 : weekday);
}
