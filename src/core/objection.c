/*
 * objection.c - text form, invariants and order of objection periods.
 *
 * Every value, however it was made, passes wmo_objection_check: days of ISO's years, a length only beside an event day,
 * the last day after the event and not before its length, the latest last day not before the last day.
 */
#include "core/objection.h"

#include "core/ascii.h"

#include <stdio.h>
#include <string.h>

bool
wmo_regime_name_is_valid(const char *name, size_t size)
{
	if (size == 0 || size > WMO_REGIME_MAX || name[0] < 'a' || name[0] > 'z')
		return false;
	for (size_t i = 1; i < size; i++)
	{
		if (!((name[i] >= 'a' && name[i] <= 'z') || (name[i] >= '0' && name[i] <= '9') || name[i] == '_'))
			return false;
	}
	return true;
}

WmoObjectionFault
wmo_objection_check(const WmoObjection *period)
{
	bool has_length = period->length.months != 0 || period->length.days != 0;
	WmoDay raw;

	if (!wmo_iso_holds_day(period->last_day) || !wmo_iso_holds_day(period->latest_last_day) ||
		(period->event != WMO_DAY_UNKNOWN && !wmo_iso_holds_day(period->event)))
		return WMO_OBJECTION_DAY_OUT_OF_RANGE;
	if (period->length.months < 0 || period->length.days < 0)
		return WMO_OBJECTION_NEGATIVE_LENGTH;
	if (period->latest_last_day < period->last_day)
		return WMO_OBJECTION_LATEST_BEFORE_LAST;
	if (period->event == WMO_DAY_UNKNOWN)
		return has_length ? WMO_OBJECTION_LENGTH_WITHOUT_EVENT : WMO_OBJECTION_OK;
	if (period->last_day <= period->event)
		return WMO_OBJECTION_ENDS_BEFORE_EVENT;
	if (has_length &&
		(!wmo_day_add(period->event, period->length.months, period->length.days, &raw) || period->last_day < raw))
		return WMO_OBJECTION_ENDS_BEFORE_LENGTH;
	return WMO_OBJECTION_OK;
}

static bool
take(const char **cursor, const char *end, char expected)
{
	if (*cursor == end || **cursor != expected)
		return false;
	(*cursor)++;
	return true;
}

/* A length above zero, in capitals. */
static bool
parse_length(const char **cursor, const char *end, WmoLength *length)
{
	return wmo_iso_parse_length(cursor, end, INT32_MAX, false, length) == WMO_ISO_OK &&
		(length->months != 0 || length->days != 0);
}

WmoObjectionFault
wmo_objection_parse(const char *text, size_t size, WmoObjection *period, const char **regime, size_t *regime_size)
{
	const char *at;
	const char *end;

	wmo_ascii_trim(&text, &size);
	at = text;
	end = text + size;
	while (at < end && *at != ':')
		at++;
	*regime = text;
	*regime_size = (size_t) (at - text);
	if (!wmo_regime_name_is_valid(*regime, *regime_size))
		return WMO_OBJECTION_BAD_REGIME;
	if (!take(&at, end, ':') || !take(&at, end, '('))
		return WMO_OBJECTION_BAD_BRACKET;

	period->event = WMO_DAY_UNKNOWN;
	period->length = (WmoLength) {0, 0};
	if (!take(&at, end, '?') && wmo_iso_parse_day(&at, end, &period->event) != WMO_ISO_OK)
		return WMO_OBJECTION_BAD_EVENT;
	if (take(&at, end, '+') && !parse_length(&at, end, &period->length))
		return WMO_OBJECTION_BAD_LENGTH;
	if (!take(&at, end, ','))
		return WMO_OBJECTION_BAD_BRACKET;

	if (wmo_iso_parse_day(&at, end, &period->last_day) != WMO_ISO_OK)
		return WMO_OBJECTION_BAD_LAST_DAY;
	period->latest_last_day = period->last_day;
	if (take(&at, end, '|') && wmo_iso_parse_day(&at, end, &period->latest_last_day) != WMO_ISO_OK)
		return WMO_OBJECTION_BAD_LAST_DAY;
	if (!take(&at, end, ']'))
		return WMO_OBJECTION_BAD_BRACKET;
	if (at != end)
		return WMO_OBJECTION_TRAILING;
	return wmo_objection_check(period);
}

int
wmo_objection_print(const WmoObjection *period, const char *regime, size_t regime_size, char text[WMO_OBJECTION_TEXT])
{
	char event[WMO_ISO_DAY_TEXT] = "?";
	char length[WMO_ISO_LENGTH_TEXT] = "";
	char last_day[WMO_ISO_DAY_TEXT];
	char latest[WMO_ISO_DAY_TEXT];
	bool has_length = period->length.months != 0 || period->length.days != 0;
	bool disputed = period->latest_last_day != period->last_day;

	if (period->event != WMO_DAY_UNKNOWN)
		wmo_iso_print_day(period->event, event);
	if (has_length)
		wmo_iso_print_length(period->length, false, length);
	wmo_iso_print_day(period->last_day, last_day);
	wmo_iso_print_day(period->latest_last_day, latest);
	return snprintf(text, WMO_OBJECTION_TEXT, "%.*s:(%s%s%s,%s%s%s]", (int) regime_size, regime, event,
					has_length ? "+" : "", length, last_day, disputed ? "|" : "", disputed ? latest : "");
}

const char *
wmo_objection_fault_text(WmoObjectionFault fault)
{
	switch (fault)
	{
		case WMO_OBJECTION_OK:
			break;
		case WMO_OBJECTION_BAD_REGIME:
			return "It begins with the name of a regime in small letters, digits and underscores, at most 63 bytes, "
				   "and a colon.";
		case WMO_OBJECTION_BAD_BRACKET:
			return "After the regime's name and a colon it reads (event,last_day] or (event,last_day|latest_last_day].";
		case WMO_OBJECTION_BAD_EVENT:
			return "The event day is a date as yyyy-mm-dd, or ? where it is not known.";
		case WMO_OBJECTION_BAD_LENGTH:
			return "The length is an ISO 8601 duration above zero in years, months, weeks and days, such as P20D.";
		case WMO_OBJECTION_BAD_LAST_DAY:
			return "The last day and the latest last day are dates as yyyy-mm-dd.";
		case WMO_OBJECTION_TRAILING:
			return "Nothing can follow the closing bracket.";
		case WMO_OBJECTION_DAY_OUT_OF_RANGE:
			return "The days of an objection period lie in the years 1 to 9999.";
		case WMO_OBJECTION_NEGATIVE_LENGTH:
			return "The length of an objection period is above zero.";
		case WMO_OBJECTION_LENGTH_WITHOUT_EVENT:
			return "A length can stand only with a known event day.";
		case WMO_OBJECTION_ENDS_BEFORE_EVENT:
			return "The last day lies after the event day, which is not counted.";
		case WMO_OBJECTION_ENDS_BEFORE_LENGTH:
			return "The last day cannot lie before the event day plus the length: a term is extended, never shortened.";
		case WMO_OBJECTION_LATEST_BEFORE_LAST:
			return "The latest last day cannot lie before the last day.";
	}
	return "";
}

static int
compare(int64_t left, int64_t right)
{
	return (left > right) - (left < right);
}

int
wmo_objection_compare(const WmoObjection *left, const WmoObjection *right)
{
	int order = compare(left->last_day, right->last_day);

	if (order == 0)
		order = compare(left->latest_last_day, right->latest_last_day);
	if (order == 0)
		order = compare(left->event, right->event);
	if (order == 0)
		order = compare(left->length.months, right->length.months);
	if (order == 0)
		order = compare(left->length.days, right->length.days);
	return order;
}
