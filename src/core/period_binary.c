/*
 * period_binary.c - a contract period as bytes: on the wire, and in a row.
 *
 * The wire form (version 1, big-endian, day numbers from 2000-01-01 as PostgreSQL sends its dates):
 *
 *   1 version  1 flags  1 number of options
 *   4 first day      unless unknown          4 end of the first term  when it is a day
 *   2+2 notice       when stated             4 early end              when terminated
 *   then for each option: 1 state  2 months  2 days
 *
 * The stored form (the machine's own byte order, day numbers from 1970-01-01, unaligned):
 *
 *   0 flags   1 number of options   2 first possible day   6 end of the possible days   10 end of the first term
 *   14 [2+2 notice]  [4 early end]  then for each option: 1 state  2 months  2 days
 *
 * The possible days are derived, kept in front because the operators want nothing else. An absent end of the first
 * term is stored as zero.
 *
 * Bytes from the wire are trusted in nothing; bytes of a row only in what wmo_period_check saw when they were stored:
 * their length, flags and states are looked at again.
 */
#include "core/period.h"

#include <string.h>

#define WIRE_VERSION 1

static uint8_t
flags_of(const WmoPeriod *period)
{
	unsigned flags = (unsigned) period->first_end_kind << WMO_PACKED_END_SHIFT;

	if (!period->start_known)
		flags |= WMO_PACKED_START_UNKNOWN;
	if (period->has_notice)
		flags |= WMO_PACKED_NOTICE;
	if (period->terminated)
		flags |= WMO_PACKED_TERMINATED;
	return (uint8_t) flags;
}

static void
apply_flags(WmoPeriod *period, unsigned flags)
{
	period->start_known = (flags & WMO_PACKED_START_UNKNOWN) == 0;
	period->first_end_kind = (WmoEndKind) ((flags & WMO_PACKED_END_KIND) >> WMO_PACKED_END_SHIFT);
	period->has_notice = (flags & WMO_PACKED_NOTICE) != 0;
	period->terminated = (flags & WMO_PACKED_TERMINATED) != 0;
}

/* ---- the wire ---- */

static uint8_t *
put_u16(uint8_t *out, int32_t value)
{
	out[0] = (uint8_t) ((uint32_t) value >> 8);
	out[1] = (uint8_t) value;
	return out + 2;
}

static uint8_t *
put_day(uint8_t *out, WmoDay day)
{
	uint32_t value = (uint32_t) (day - WMO_DAY_OF_PG_EPOCH);

	for (int shift = 24; shift >= 0; shift -= 8)
		*out++ = (uint8_t) (value >> shift);
	return out;
}

static uint8_t *
put_duration(uint8_t *out, WmoLength length)
{
	return put_u16(put_u16(out, length.months), length.days);
}

size_t
wmo_period_to_wire(const WmoPeriod *period, uint8_t *out)
{
	uint8_t *end = out;

	*end++ = WIRE_VERSION;
	*end++ = flags_of(period);
	*end++ = (uint8_t) period->option_count;
	if (period->start_known)
		end = put_day(end, period->start);
	if (period->first_end_kind == WMO_END_DAY)
		end = put_day(end, period->first_end);
	if (period->has_notice)
		end = put_duration(end, period->notice);
	if (period->terminated)
		end = put_day(end, period->early_end);
	for (int32_t i = 0; i < period->option_count; i++)
	{
		*end++ = (uint8_t) period->options[i].state;
		end = put_duration(end, period->options[i].length);
	}
	return (size_t) (end - out);
}

static const uint8_t *
get_u16(const uint8_t *in, int32_t *value)
{
	*value = in[0] << 8 | in[1];
	return in + 2;
}

/* A day number out of range is clipped to one that wmo_period_check refuses. */
static const uint8_t *
get_day(const uint8_t *in, WmoDay *day)
{
	uint32_t bits = (uint32_t) in[0] << 24 | (uint32_t) in[1] << 16 | (uint32_t) in[2] << 8 | in[3];
	int64_t value = (bits <= INT32_MAX ? (int64_t) bits : (int64_t) bits - 4294967296) + WMO_DAY_OF_PG_EPOCH;

	*day = value > INT32_MAX ? INT32_MAX : (WmoDay) value;
	return in + 4;
}

static const uint8_t *
get_duration(const uint8_t *in, WmoLength *length)
{
	return get_u16(get_u16(in, &length->months), &length->days);
}

static bool
refuse_wire(WmoPeriodError *error, const char *expected)
{
	wmo_period_refuse(error, WMO_PERIOD_WIRE);
	error->expected = expected;
	return false;
}

bool
wmo_period_from_wire(const uint8_t *bytes, size_t length, WmoPeriod *period, WmoPeriodError *error)
{
	const uint8_t *in = bytes + 3;
	size_t size = 3;

	memset(period, 0, sizeof(*period));
	if (length < 3)
		return refuse_wire(error, "at least 3 bytes");
	if (bytes[0] != WIRE_VERSION)
		return refuse_wire(error, "format version 1");
	if ((bytes[1] & (WMO_PACKED_RESERVED | WMO_PACKED_UNCERTAIN)) != 0)
		return refuse_wire(error, "zero in the reserved bits");
	if ((bytes[1] & WMO_PACKED_END_KIND) >> WMO_PACKED_END_SHIFT > WMO_END_UNKNOWN)
		return refuse_wire(error, "an end of kind day (0), open (1) or unknown (2)");
	if (bytes[2] > WMO_OPTIONS_MAX)
		return wmo_period_refuse(error, WMO_PERIOD_TOO_MANY_OPTIONS);
	apply_flags(period, bytes[1]);
	period->option_count = bytes[2];

	size += 4u *
		((size_t) period->start_known + (period->first_end_kind == WMO_END_DAY) + (size_t) period->has_notice +
		 (size_t) period->terminated);
	size += 5u * bytes[2];
	if (length != size)
		return refuse_wire(error, "the length that the first three bytes announce");

	if (period->start_known)
		in = get_day(in, &period->start);
	if (period->first_end_kind == WMO_END_DAY)
		in = get_day(in, &period->first_end);
	if (period->has_notice)
		in = get_duration(in, &period->notice);
	if (period->terminated)
		in = get_day(in, &period->early_end);
	for (int32_t i = 0; i < period->option_count; i++)
	{
		if (*in > WMO_OPTION_AGREED_LATE)
			return refuse_wire(error,
							   "an option that is open (0), exercised (1), exercised late (2), declined (3), "
							   "agreed (4) or agreed late (5)");
		period->options[i].state = (WmoOptionState) *in++;
		in = get_duration(in, &period->options[i].length);
	}
	return wmo_period_check(period, error);
}

/* ---- the row ---- */

static uint8_t *
store(uint8_t *out, const void *value, size_t size)
{
	memcpy(out, value, size);
	return out + size;
}

static uint8_t *
store_duration(uint8_t *out, WmoLength length)
{
	uint16_t months = (uint16_t) length.months;
	uint16_t days = (uint16_t) length.days;

	return store(store(out, &months, 2), &days, 2);
}

size_t
wmo_period_pack(const WmoPeriod *period, uint8_t *out)
{
	WmoDays possible = wmo_period_possible(period);
	WmoDays certain = wmo_period_certain(period);
	WmoDay first_end = period->first_end_kind == WMO_END_DAY ? period->first_end : 0;
	uint8_t *end = out;

	*end = flags_of(period);
	if (possible.first != certain.first || possible.end != certain.end)
		*end |= WMO_PACKED_UNCERTAIN;
	end++;
	*end++ = (uint8_t) period->option_count;
	end = store(end, &possible.first, 4);
	end = store(end, &possible.end, 4);
	end = store(end, &first_end, 4);
	if (period->has_notice)
		end = store_duration(end, period->notice);
	if (period->terminated)
		end = store(end, &period->early_end, 4);
	for (int32_t i = 0; i < period->option_count; i++)
	{
		*end++ = (uint8_t) period->options[i].state;
		end = store_duration(end, period->options[i].length);
	}
	return (size_t) (end - out);
}

static const uint8_t *
load_duration(const uint8_t *in, WmoLength *length)
{
	uint16_t parts[2];

	memcpy(parts, in, 4);
	length->months = parts[0];
	length->days = parts[1];
	return in + 4;
}

bool
wmo_period_unpack(const uint8_t *bytes, size_t length, WmoPeriod *period)
{
	const uint8_t *in = bytes + WMO_PERIOD_PACKED_MIN;
	size_t size = WMO_PERIOD_PACKED_MIN;

	if (length < size || (bytes[0] & WMO_PACKED_RESERVED) != 0 ||
		(bytes[0] & WMO_PACKED_END_KIND) >> WMO_PACKED_END_SHIFT > WMO_END_UNKNOWN || bytes[1] > WMO_OPTIONS_MAX)
		return false;
	memset(period, 0, offsetof(WmoPeriod, options));
	apply_flags(period, bytes[0]);
	period->option_count = bytes[1];
	size += 4u * ((size_t) period->has_notice + (size_t) period->terminated) + 5u * bytes[1];
	if (length != size)
		return false;

	if (period->start_known)
		memcpy(&period->start, bytes + WMO_PACKED_FIRST, 4);
	memcpy(&period->first_end, bytes + 10, 4);
	if (period->has_notice)
		in = load_duration(in, &period->notice);
	if (period->terminated)
	{
		memcpy(&period->early_end, in, 4);
		in += 4;
	}
	for (int32_t i = 0; i < period->option_count; i++)
	{
		if (*in > WMO_OPTION_AGREED_LATE)
			return false;
		period->options[i].state = (WmoOptionState) *in++;
		in = load_duration(in, &period->options[i].length);
	}
	return true;
}
