/*
 * period_properties.h - what holds for every contract period that any parser accepts. Aborts where it does not.
 */
#ifndef WMO_FUZZ_PERIOD_PROPERTIES_H
#define WMO_FUZZ_PERIOD_PROPERTIES_H

#include "core/period.h"

#include <stdlib.h>
#include <string.h>

#define HOLDS(condition) \
	do \
	{ \
		if (!(condition)) \
			abort(); \
	} while (0)

static inline int
is_within(WmoDays inner, WmoDays outer)
{
	return inner.first >= inner.end || (inner.first >= outer.first && inner.end <= outer.end);
}

/* The days on either side of every bound, and the ends of the calendar. */
static inline void
check_day(const WmoPeriod *period, WmoDay day)
{
	WmoVerdict contained = wmo_period_contains(period, day);
	WmoContractStatus status = wmo_period_status(period, day);
	WmoDays single = {day, day == WMO_DAY_INFINITY ? day : day + 1};

	if (day != WMO_DAY_INFINITY && day != WMO_DAY_MINUS_INFINITY)
		HOLDS(wmo_period_overlaps(period, single) == contained);
	if (contained == WMO_YES)
		HOLDS(status == WMO_STATUS_FIRST_TERM || status == WMO_STATUS_EXTENDED || status == WMO_STATUS_UNKNOWN);
	if (contained == WMO_CANNOT_TELL)
		HOLDS(status == WMO_STATUS_UNKNOWN);
	if (contained == WMO_NO)
		HOLDS(status != WMO_STATUS_FIRST_TERM && status != WMO_STATUS_EXTENDED);
	for (int32_t i = 0; i < period->option_count; i++)
	{
		WmoOptionTerm plain = wmo_period_option(period, i);
		WmoOptionTerm standing = wmo_period_option_on(period, i, day);

		HOLDS(plain.state == standing.state || plain.state == WMO_OPTION_OPEN);
		HOLDS(!plain.has_term || plain.term.first < plain.term.end);
		HOLDS(!plain.has_notice_day || plain.notice_by < plain.term.first);
	}
}

/* Text, wire and row there and back; terms inside each other; changes end in periods that pass every check. */
static inline void
check_period(const WmoPeriod *period)
{
	static char text[WMO_PERIOD_TEXT_SIZE];
	static char again[WMO_PERIOD_TEXT_SIZE];
	uint8_t wire[WMO_PERIOD_WIRE_SIZE];
	uint8_t packed[WMO_PERIOD_PACKED_SIZE];
	WmoPeriod copy;
	WmoPeriodError error;
	WmoDays possible = wmo_period_possible(period);
	WmoDays certain = wmo_period_certain(period);
	WmoDay maximum = WMO_DAY_INFINITY;
	size_t length;

	HOLDS(wmo_period_check(period, &error));
	length = wmo_period_print(period, text);
	HOLDS(length < sizeof(text) && strlen(text) == length);
	HOLDS(wmo_period_parse(text, length, &copy, &error) && wmo_period_compare(period, &copy) == 0);
	HOLDS(wmo_period_print(&copy, again) == length && strcmp(text, again) == 0);
	length = wmo_period_to_wire(period, wire);
	HOLDS(length <= sizeof(wire) && wmo_period_from_wire(wire, length, &copy, &error));
	HOLDS(wmo_period_compare(period, &copy) == 0);
	length = wmo_period_pack(period, packed);
	HOLDS(length <= sizeof(packed) && length >= WMO_PERIOD_PACKED_MIN && wmo_period_unpack(packed, length, &copy));
	HOLDS(wmo_period_compare(period, &copy) == 0 && wmo_period_compare(&copy, period) == 0);

	HOLDS(possible.first < possible.end && is_within(certain, possible));
	if (wmo_period_maximum_end(period, &maximum) == WMO_END_DAY)
		HOLDS(maximum >= possible.end);
	HOLDS((wmo_period_overlaps_period(period, period) == WMO_YES) == (certain.first < certain.end));

	for (int offset = -1; offset <= 1; offset++)
	{
		if (period->start_known)
			check_day(period, period->start + offset);
		if (possible.end != WMO_DAY_INFINITY)
			check_day(period, possible.end + offset);
		if (period->first_end_kind == WMO_END_DAY)
			check_day(period, period->first_end + offset);
		if (certain.first < certain.end && certain.end != WMO_DAY_INFINITY)
			check_day(period, certain.end + offset);
	}
	check_day(period, WMO_DAY_INFINITY);
	check_day(period, WMO_DAY_MINUS_INFINITY);

	copy = *period;
	if (wmo_period_exercise(&copy, true, possible.end == WMO_DAY_INFINITY ? 0 : possible.end, true, &error))
	{
		HOLDS(wmo_period_check(&copy, &error) && wmo_period_possible(&copy).end >= possible.end);
		HOLDS(wmo_period_compare(period, &copy) != 0);
	}
	copy = *period;
	if (possible.end < WMO_ISO_DAY_MAX && wmo_period_agree(&copy, true, possible.end, possible.end, &error))
		HOLDS(wmo_period_check(&copy, &error) && wmo_period_possible(&copy).end == possible.end + 1);
	copy = *period;
	if (wmo_period_decline(&copy, &error))
		HOLDS(wmo_period_check(&copy, &error) && wmo_period_possible(&copy).end == possible.end);
	copy = *period;
	if (wmo_period_terminate(&copy, period->start_known ? period->start : 0, &error))
		HOLDS(wmo_period_check(&copy, &error) && wmo_period_possible(&copy).end <= possible.end);
}

#endif
