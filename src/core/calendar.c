/*
 * calendar.c - statutory holidays by rule, and the calendar as a string of bits.
 *
 * Relies on equated days that are ascending, without doubles. A bit says of a day what the rules say of it one by one;
 * days outside the bits are worked out.
 */
#include "core/calendar.h"

#include <stddef.h>
#include <string.h>

#define SUNDAY 0
#define SATURDAY 6

int64_t
wmo_holiday_easter(int64_t year)
{
	/* The ecclesiastical full moon by the golden number, corrected for the century; then the Sunday after it. */
	int64_t golden = year - (year >= 0 ? year : year - 18) / 19 * 19;
	int64_t century = (year >= 0 ? year : year - 99) / 100;
	int64_t in_century = year - century * 100;
	int64_t leap_centuries = (century >= 0 ? century : century - 3) / 4;
	int64_t century_mod_4 = century - leap_centuries * 4;
	int64_t moon_shift = (century + 8 >= 0 ? century + 8 : century + 8 - 24) / 25;
	int64_t moon_cycle = (century - moon_shift + 1 >= 0 ? century - moon_shift + 1 : century - moon_shift + 1 - 2) / 3;
	int64_t epact = (19 * golden + century - leap_centuries - moon_cycle + 15) % 30;
	int64_t to_sunday;
	int64_t late;
	int64_t from_march;

	if (epact < 0)
		epact += 30;
	to_sunday = (32 + 2 * century_mod_4 + 2 * (in_century / 4) - epact - in_century % 4) % 7;
	if (to_sunday < 0)
		to_sunday += 7;
	late = (golden + 11 * epact + 22 * to_sunday) / 451;
	from_march = epact + to_sunday - 7 * late + 114;
	return wmo_day_from_civil(year, (int32_t) (from_march / 31), (int32_t) (from_march % 31 + 1));
}

/*
 * The day on which the monarch's birthday is celebrated. Queen's day since 1949: 30 April, on a Sunday moved to Monday
 * 1 May, and since 1980 (KB 24-04-1980 nr 11) to Saturday 29 April. King's day since 2014 (KB 30-01-2013): 27 April, on
 * a Sunday moved to Saturday 26 April. From 1891 to 1948 it was 31 August; the Atw never saw those years.
 */
static WmoHolidayDay
birthday_of_the_monarch(int64_t year)
{
	WmoHolidayDay result;
	bool king = year >= 2014;

	result.holiday = king ? WMO_KINGS_DAY : WMO_QUEENS_DAY;
	result.day = wmo_day_from_civil(year, 4, king ? 27 : 30);
	if ((result.day + 4) % 7 == SUNDAY)
		result.day += year >= 1980 ? -1 : 1;
	return result;
}

int
wmo_holiday_list(int64_t year, WmoHolidayDay holidays[WMO_HOLIDAYS_MAX])
{
	int64_t easter = wmo_holiday_easter(year);
	int count = 0;

	holidays[count++] = (WmoHolidayDay) {wmo_day_from_civil(year, 1, 1), WMO_NEW_YEAR};
	holidays[count++] = (WmoHolidayDay) {easter - 2, WMO_GOOD_FRIDAY};
	holidays[count++] = (WmoHolidayDay) {easter + 1, WMO_EASTER_MONDAY};
	if (year >= 1949)
		holidays[count++] = birthday_of_the_monarch(year);
	if (year >= WMO_LIBERATION_DAY_SINCE)
		holidays[count++] = (WmoHolidayDay) {wmo_day_from_civil(year, 5, 5), WMO_LIBERATION_DAY};
	holidays[count++] = (WmoHolidayDay) {easter + 39, WMO_ASCENSION_DAY};
	holidays[count++] = (WmoHolidayDay) {easter + 50, WMO_WHIT_MONDAY};
	holidays[count++] = (WmoHolidayDay) {wmo_day_from_civil(year, 12, 25), WMO_CHRISTMAS_DAY};
	holidays[count++] = (WmoHolidayDay) {wmo_day_from_civil(year, 12, 26), WMO_BOXING_DAY};

	/* Ascension day can come before 5 May and before the monarch's birthday. */
	for (int i = 1; i < count; i++)
	{
		WmoHolidayDay moving = holidays[i];
		int j = i;

		for (; j > 0 && holidays[j - 1].day > moving.day; j--)
			holidays[j] = holidays[j - 1];
		holidays[j] = moving;
	}
	return count;
}

int
wmo_holiday_on(WmoDay day, WmoHoliday found[2])
{
	WmoHolidayDay holidays[WMO_HOLIDAYS_MAX];
	int count = wmo_holiday_list(wmo_civil_from_day(day).year, holidays);
	int on_day = 0;

	for (int i = 0; i < count && on_day < 2; i++)
	{
		if (holidays[i].day == day)
			found[on_day++] = holidays[i].holiday;
	}
	return on_day;
}

const char *
wmo_holiday_name(WmoHoliday holiday)
{
	static const char *const names[] = {
		[WMO_NEW_YEAR] = "Nieuwjaarsdag",		 [WMO_GOOD_FRIDAY] = "Goede Vrijdag",
		[WMO_EASTER_MONDAY] = "Tweede Paasdag",	 [WMO_QUEENS_DAY] = "Koninginnedag",
		[WMO_KINGS_DAY] = "Koningsdag",			 [WMO_LIBERATION_DAY] = "Vijfde mei",
		[WMO_ASCENSION_DAY] = "Hemelvaartsdag",	 [WMO_WHIT_MONDAY] = "Tweede Pinksterdag",
		[WMO_CHRISTMAS_DAY] = "Eerste Kerstdag", [WMO_BOXING_DAY] = "Tweede Kerstdag",
	};

	return names[holiday];
}

const char *
wmo_holiday_article(WmoHoliday holiday)
{
	return holiday == WMO_GOOD_FRIDAY ? "Atw art. 3 lid 2" : "Atw art. 3 lid 1";
}

static void
set_free(uint64_t *words, int64_t day)
{
	int64_t bit = day - WMO_BITS_FIRST;

	if (bit >= 0 && bit < WMO_BITS_DAYS)
		words[bit / 64] |= UINT64_C(1) << (bit % 64);
}

void
wmo_calendar_make(WmoCalendar *calendar, const WmoDay *equated, int32_t equated_count)
{
	uint64_t *eu = calendar->free[WMO_FREE_EU];
	int64_t first_saturday = WMO_BITS_FIRST;

	calendar->equated = equated;
	calendar->equated_count = equated_count;
	memset(eu, 0, sizeof(calendar->free[WMO_FREE_EU]));
	while (wmo_day_weekday((WmoDay) first_saturday) != SATURDAY)
		first_saturday++;
	for (int64_t day = first_saturday - 7; day < WMO_BITS_FIRST + WMO_BITS_DAYS; day += 7)
	{
		set_free(eu, day);
		set_free(eu, day + 1);
	}
	for (int64_t year = 1960; year < 2120; year++)
	{
		WmoHolidayDay holidays[WMO_HOLIDAYS_MAX];
		int count = wmo_holiday_list(year, holidays);

		for (int i = 0; i < count; i++)
			set_free(eu, holidays[i].day);
	}
	/* The unused bits of the last word read as free, so that no search stops there. */
	for (int bit = WMO_BITS_DAYS % 64; bit > 0 && bit < 64; bit++)
		eu[WMO_BITS_WORDS - 1] |= UINT64_C(1) << bit;
	memcpy(calendar->free[WMO_FREE_ATW], eu, sizeof(calendar->free[WMO_FREE_ATW]));
	for (int32_t i = 0; i < equated_count; i++)
		set_free(calendar->free[WMO_FREE_ATW], equated[i]);
}

bool
wmo_calendar_is_equated(const WmoCalendar *calendar, WmoDay day)
{
	int32_t low = 0;
	int32_t high = calendar->equated_count;

	while (low < high)
	{
		int32_t middle = low + (high - low) / 2;

		if (calendar->equated[middle] < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low < calendar->equated_count && calendar->equated[low] == day;
}

bool
wmo_calendar_is_free(const WmoCalendar *calendar, WmoFreeDays which, WmoDay day)
{
	int64_t bit = (int64_t) day - WMO_BITS_FIRST;
	WmoHoliday holidays[2];
	int32_t weekday;

	if (bit >= 0 && bit < WMO_BITS_DAYS)
		return (calendar->free[which][bit / 64] >> (bit % 64)) & 1;
	weekday = wmo_day_weekday(day);
	return weekday == SATURDAY || weekday == SUNDAY || wmo_holiday_on(day, holidays) > 0 ||
		(which == WMO_FREE_ATW && wmo_calendar_is_equated(calendar, day));
}

bool
wmo_calendar_working_day_from(const WmoCalendar *calendar, WmoFreeDays which, WmoDay day, WmoDay *result)
{
	int64_t candidate = day;
	int64_t bit = candidate - WMO_BITS_FIRST;

	if (bit >= 0 && bit < WMO_BITS_DAYS)
	{
		const uint64_t *words = calendar->free[which];
		int64_t word = bit / 64;
		uint64_t working = ~words[word] >> (bit % 64);

		if (working != 0)
		{
			*result = (WmoDay) (candidate + __builtin_ctzll(working));
			return true;
		}
		while (++word < WMO_BITS_WORDS)
		{
			if (~words[word] != 0)
			{
				*result = (WmoDay) (WMO_BITS_FIRST + word * 64 + __builtin_ctzll(~words[word]));
				return true;
			}
		}
		candidate = WMO_BITS_FIRST + WMO_BITS_DAYS;
	}
	for (; candidate <= WMO_DAY_MAX; candidate++)
	{
		if (!wmo_calendar_is_free(calendar, which, (WmoDay) candidate))
		{
			*result = (WmoDay) candidate;
			return true;
		}
	}
	return false;
}

bool
wmo_age_on(WmoDay birth, WmoDay on_day, int32_t *age)
{
	WmoCivil born = wmo_civil_from_day(birth);
	WmoCivil now = wmo_civil_from_day(on_day);

	if (on_day < birth)
		return false;
	*age = now.year - born.year - (now.month < born.month || (now.month == born.month && now.day < born.day));
	return true;
}
