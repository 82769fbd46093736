/*
 * iso.c - reading and writing the days and lengths of ISO 8601.
 *
 * Relies on nothing but the calendar (civil.c): no byte at end or behind it is read, and what is read is a day of ISO's
 * years, or a length whose months and days are from 0 to the most that the caller allows.
 */
#include "core/iso.h"

#include "core/ascii.h"

#include <stdio.h>

WmoIsoFault
wmo_iso_parse_day(const char **cursor, const char *end, WmoDay *day)
{
	static const char form[] = "dddd-dd-dd";
	const char *at = *cursor;
	int32_t part[3] = {0, 0, 0};
	int index = 0;

	for (size_t i = 0; form[i] != '\0'; i++, at++)
	{
		if (at == end || (form[i] == '-' ? *at != '-' : !wmo_ascii_is_digit(*at)))
			return WMO_ISO_NOT_A_DAY;
		if (*at == '-')
			index++;
		else
			part[index] = part[index] * 10 + (*at - '0');
	}
	if (at < end && wmo_ascii_is_digit(*at))
		return WMO_ISO_NOT_A_DAY;
	if (part[0] < 1 || part[1] < 1 || part[1] > 12 || part[2] < 1 || part[2] > wmo_civil_month_days(part[0], part[1]))
		return WMO_ISO_NO_SUCH_DAY;
	*day = (WmoDay) wmo_day_from_civil(part[0], part[1], part[2]);
	*cursor = at;
	return WMO_ISO_OK;
}

size_t
wmo_iso_print_day(WmoDay day, char text[WMO_ISO_DAY_TEXT])
{
	WmoCivil civil = wmo_civil_from_day(day);

	return (size_t) snprintf(text, WMO_ISO_DAY_TEXT, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

/* Is there this letter, a capital, here? */
static bool
is_letter_at(const char *at, const char *end, char letter, bool any_case)
{
	return at < end && (any_case ? wmo_ascii_to_upper(*at) : *at) == letter;
}

/* Reads the digits here; false when they are more than most. */
static bool
read_number(const char **cursor, const char *end, int32_t most, int64_t *number)
{
	*number = 0;
	for (; *cursor < end && wmo_ascii_is_digit(**cursor); (*cursor)++)
	{
		*number = *number * 10 + (**cursor - '0');
		if (*number > most)
			return false;
	}
	return true;
}

WmoIsoFault
wmo_iso_parse_length(const char **cursor, const char *end, int32_t most, bool any_case, WmoLength *length)
{
	static const char units[] = "YMWD";
	static const int32_t worth[] = {12, 1, 7, 1};
	int64_t sums[2] = {0, 0}; /* months, days */
	size_t unit = 0;
	const char **at = cursor;

	if (!is_letter_at(*at, end, 'P', any_case))
		return WMO_ISO_NOT_A_LENGTH;
	(*at)++;
	if (is_letter_at(*at, end, 'T', any_case))
		return WMO_ISO_HOURS;
	if (*at == end || !wmo_ascii_is_digit(**at))
		return WMO_ISO_NOT_A_NUMBER;
	while (*at < end && wmo_ascii_is_digit(**at))
	{
		int64_t number;

		if (!read_number(at, end, most, &number))
			return WMO_ISO_TOO_LONG;
		while (units[unit] != '\0' && !is_letter_at(*at, end, units[unit], any_case))
			unit++;
		if (units[unit] == '\0')
			return WMO_ISO_NOT_A_UNIT;
		sums[unit / 2] += number * worth[unit];
		unit++;
		(*at)++;
	}
	if (is_letter_at(*at, end, 'T', any_case))
		return WMO_ISO_HOURS;
	if (sums[0] > most || sums[1] > most)
		return WMO_ISO_TOO_LONG;
	length->months = (int32_t) sums[0];
	length->days = (int32_t) sums[1];
	return WMO_ISO_OK;
}

size_t
wmo_iso_print_length(WmoLength length, bool with_years, char text[WMO_ISO_LENGTH_TEXT])
{
	int32_t years = with_years ? length.months / 12 : 0;
	int32_t months = length.months - 12 * years;
	char *end = text;

	*end++ = 'P';
	if (years != 0)
		end += snprintf(end, 13, "%dY", years);
	if (months != 0)
		end += snprintf(end, 13, "%dM", months);
	if (length.days != 0 || length.months == 0)
		end += snprintf(end, 13, "%dD", length.days);
	return (size_t) (end - text);
}
