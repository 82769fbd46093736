/*
 * period.c - the arithmetic of a contract period and the life of its options.
 *
 * The law says nothing of how the months of a contract add up; this is our arithmetic. Months are added to the
 * exclusive end that they extend, and end on the last day of a shorter month. Options of whole months that follow one
 * another are counted in one step from where the first of them begins, so that they do not drift: four of a month from
 * 31 January end on 28 February, 31 March, 30 April and 31 May. Days, and an end that was agreed, are a new place to
 * count from.
 *
 * Relies on a period that wmo_period_check accepts, and every change leads to one: days and the end of every option lie
 * in ISO's years; what extended the contract stands before what was declined, and that before what is open; an early
 * end lies before the end as it stood.
 */
#include "core/period.h"

#include <string.h>

static bool
is_agreed(WmoOptionState state)
{
	return state == WMO_OPTION_AGREED || state == WMO_OPTION_AGREED_LATE;
}

/* The order in which options stand: what extended the contract, what was declined, what is open. */
static int32_t
state_rank(WmoOptionState state)
{
	switch (state)
	{
		case WMO_OPTION_EXERCISED:
		case WMO_OPTION_EXERCISED_LATE:
		case WMO_OPTION_AGREED:
		case WMO_OPTION_AGREED_LATE:
			return 0;
		case WMO_OPTION_DECLINED:
			return 1;
		case WMO_OPTION_OPEN:
			return 2;
		case WMO_OPTION_LAPSED:
		case WMO_OPTION_UNKNOWN:
			break;
	}
	return -1;
}

/* How many options come first that extended the contract: exercised or agreed, in time or late. */
static int32_t
count_exercised(const WmoPeriod *period)
{
	int32_t count = 0;

	while (count < period->option_count && state_rank(period->options[count].state) == 0)
		count++;
	return count;
}

/* base plus the first count options; false when that leaves the calendar of contracts. */
static bool
end_after(const WmoPeriod *period, WmoDay base, int32_t count, WmoDay *end)
{
	int32_t months = 0;

	*end = base;
	for (int32_t i = 0; i < count; i++)
	{
		const WmoOption *option = &period->options[i];

		months += option->length.months;
		if (!wmo_day_add(base, months, option->length.days, end) || *end > WMO_ISO_DAY_MAX)
			return false;
		if (option->length.days != 0 || is_agreed(option->state))
		{
			base = *end;
			months = 0;
		}
	}
	return *end <= WMO_ISO_DAY_MAX;
}

/* The last day of the option with this index where months are added to last days; an agreed one is as it was agreed. */
static bool
last_day_by_last_days(const WmoPeriod *period, int32_t index, WmoDay *last)
{
	WmoDay base = period->first_end - 1;
	int32_t months = 0;

	for (int32_t i = 0; i <= index; i++)
	{
		const WmoOption *option = &period->options[i];

		months += option->length.months;
		if (is_agreed(option->state))
		{
			if (!end_after(period, period->first_end, i + 1, last))
				return false;
			(*last)--;
		}
		else if (!wmo_day_add(base, months, option->length.days, last))
			return false;
		if (option->length.days != 0 || is_agreed(option->state))
		{
			base = *last;
			months = 0;
		}
	}
	return true;
}

/* The last day on which a notice is in time for a term that ends (exclusively) on end. */
static bool
notice_day(const WmoPeriod *period, WmoDay end, WmoDay *day)
{
	return wmo_day_add(end, -period->notice.months, -period->notice.days - 1, day) && *day >= WMO_ISO_DAY_MIN;
}

static bool
length_in_range(WmoLength length)
{
	return length.months >= 0 && length.months <= WMO_PERIOD_LENGTH_MAX && length.days >= 0 &&
		length.days <= WMO_PERIOD_LENGTH_MAX;
}

bool
wmo_period_refuse(WmoPeriodError *error, WmoPeriodCode code)
{
	memset(error, 0, sizeof(*error));
	error->code = code;
	return false;
}

/* The number that people give the option with this index. */
static int32_t
option_number(const WmoPeriod *period, int32_t index)
{
	int32_t number = 1;

	for (int32_t i = 0; i < index; i++)
		number += !is_agreed(period->options[i].state);
	return number;
}

static bool
refuse_option(const WmoPeriod *period, WmoPeriodError *error, WmoPeriodCode code, int32_t index)
{
	wmo_period_refuse(error, code);
	error->option_no = option_number(period, index);
	return false;
}

static bool
check_options(const WmoPeriod *period, WmoPeriodError *error)
{
	int32_t rank = 0;

	if (period->option_count < 0 || period->option_count > WMO_OPTIONS_MAX)
		return wmo_period_refuse(error, WMO_PERIOD_TOO_MANY_OPTIONS);
	if (period->first_end_kind == WMO_END_OPEN && period->option_count > 0)
		return wmo_period_refuse(error, WMO_PERIOD_OPTION_OF_OPEN_END);
	for (int32_t i = 0; i < period->option_count; i++)
	{
		const WmoOption *option = &period->options[i];

		if (!length_in_range(option->length))
			return refuse_option(period, error, WMO_PERIOD_LENGTH_RANGE, i);
		if (option->length.months == 0 && option->length.days == 0)
			return refuse_option(period, error, WMO_PERIOD_OPTION_ZERO, i);
		if (state_rank(option->state) < rank)
			return refuse_option(period, error, WMO_PERIOD_OPTION_ORDER, i);
		rank = state_rank(option->state);
	}
	return true;
}

bool
wmo_period_check(const WmoPeriod *period, WmoPeriodError *error)
{
	bool end_known = period->first_end_kind == WMO_END_DAY;
	WmoDay day;

	if (period->start_known && !wmo_iso_holds_day(period->start))
		return wmo_period_refuse(error, WMO_PERIOD_DAY_RANGE);
	/* a term has a last day, so its exclusive end cannot be the first day there is */
	if (end_known && (!wmo_iso_holds_day(period->first_end) || period->first_end == WMO_ISO_DAY_MIN))
		return wmo_period_refuse(error, WMO_PERIOD_DAY_RANGE);
	if (period->start_known && end_known && period->first_end <= period->start)
		return wmo_period_refuse(error, WMO_PERIOD_EMPTY);
	/* without an end written down, there must at least be room for the first day */
	if (period->start_known && period->start == WMO_ISO_DAY_MAX)
		return wmo_period_refuse(error, WMO_PERIOD_DAY_RANGE);
	if (!check_options(period, error))
		return false;
	if (end_known && !end_after(period, period->first_end, period->option_count, &day))
		return wmo_period_refuse(error, WMO_PERIOD_DAY_RANGE);
	if (period->has_notice)
	{
		if (!length_in_range(period->notice))
			return wmo_period_refuse(error, WMO_PERIOD_LENGTH_RANGE);
		if (end_known && !notice_day(period, period->first_end, &day))
			return wmo_period_refuse(error, WMO_PERIOD_NOTICE_RANGE);
	}
	if (period->terminated)
	{
		if (!wmo_iso_holds_day(period->early_end) || period->early_end == WMO_ISO_DAY_MIN)
			return wmo_period_refuse(error, WMO_PERIOD_DAY_RANGE);
		if (period->start_known && period->early_end <= period->start)
			return wmo_period_refuse(error, WMO_PERIOD_TERMINATED_BEFORE_START);
		if (end_known &&
			(!end_after(period, period->first_end, count_exercised(period), &day) || period->early_end >= day))
			return wmo_period_refuse(error, WMO_PERIOD_TERMINATED_AFTER_END);
	}
	return true;
}

WmoEndKind
wmo_period_current_end(const WmoPeriod *period, WmoDay *end)
{
	if (period->terminated)
	{
		*end = period->early_end;
		return WMO_END_DAY;
	}
	if (period->first_end_kind == WMO_END_DAY)
		end_after(period, period->first_end, count_exercised(period), end);
	return period->first_end_kind;
}

WmoEndKind
wmo_period_maximum_end(const WmoPeriod *period, WmoDay *end)
{
	if (period->first_end_kind != WMO_END_DAY || wmo_period_next_option(period) < 0)
		return wmo_period_current_end(period, end);
	end_after(period, period->first_end, period->option_count, end);
	return WMO_END_DAY;
}

WmoDays
wmo_period_possible(const WmoPeriod *period)
{
	WmoDays days;

	days.first = period->start_known ? period->start : WMO_DAY_MINUS_INFINITY;
	if (wmo_period_current_end(period, &days.end) != WMO_END_DAY)
		days.end = WMO_DAY_INFINITY;
	return days;
}

WmoDays
wmo_period_certain(const WmoPeriod *period)
{
	WmoDays days = wmo_period_possible(period);
	WmoDays nothing = {0, 0};
	WmoDay end;
	WmoEndKind kind = wmo_period_current_end(period, &end);

	if (!period->start_known)
	{
		/* A term has at least one day: the last one before the earliest end that is known. */
		if (kind != WMO_END_DAY)
			return nothing;
		days.first = end;
		if (period->first_end_kind == WMO_END_DAY && period->first_end < days.first)
			days.first = period->first_end;
		days.first--;
	}
	else if (kind == WMO_END_UNKNOWN)
	{
		/* The first term has at least its first day, and the exercised options follow it. */
		if (!end_after(period, period->start + 1, count_exercised(period), &days.end))
			days.end = WMO_ISO_DAY_MAX;
	}
	return days;
}

static WmoVerdict
overlap_of(WmoDays certain, WmoDays possible, WmoDays days)
{
	if (days.first >= days.end || possible.first >= days.end || days.first >= possible.end)
		return WMO_NO;
	if (certain.first < certain.end && certain.first < days.end && days.first < certain.end)
		return WMO_YES;
	return WMO_CANNOT_TELL;
}

WmoVerdict
wmo_period_contains(const WmoPeriod *period, WmoDay day)
{
	WmoDays possible = wmo_period_possible(period);
	WmoDays certain = wmo_period_certain(period);

	/* an endless run of days reaches the day "infinity", as core's ranges have it */
	if (day < possible.first || (day >= possible.end && possible.end != WMO_DAY_INFINITY))
		return WMO_NO;
	if (certain.first < certain.end && day >= certain.first && (day < certain.end || certain.end == WMO_DAY_INFINITY))
		return WMO_YES;
	return WMO_CANNOT_TELL;
}

WmoVerdict
wmo_period_overlaps(const WmoPeriod *period, WmoDays days)
{
	return overlap_of(wmo_period_certain(period), wmo_period_possible(period), days);
}

WmoVerdict
wmo_period_overlaps_period(const WmoPeriod *one, const WmoPeriod *other)
{
	WmoDays certain = wmo_period_certain(other);
	WmoVerdict possibly = wmo_period_overlaps(one, wmo_period_possible(other));

	if (possibly == WMO_NO)
		return WMO_NO;
	return wmo_period_overlaps(one, certain) == WMO_YES ? WMO_YES : WMO_CANNOT_TELL;
}

int32_t
wmo_period_next_option(const WmoPeriod *period)
{
	int32_t next = count_exercised(period);

	if (period->terminated || next == period->option_count || period->options[next].state != WMO_OPTION_OPEN)
		return -1;
	return next;
}

WmoOptionTerm
wmo_period_option(const WmoPeriod *period, int32_t index)
{
	WmoOptionTerm term;
	WmoOptionState state = period->options[index].state;
	int32_t next = wmo_period_next_option(period);

	memset(&term, 0, sizeof(term));
	term.option_no = is_agreed(state) ? 0 : option_number(period, index);
	term.late = state == WMO_OPTION_EXERCISED_LATE || state == WMO_OPTION_AGREED_LATE;
	term.state = state;
	if (term.late)
		term.state = is_agreed(state) ? WMO_OPTION_AGREED : WMO_OPTION_EXERCISED;
	if (state == WMO_OPTION_OPEN && next < 0)
		term.state = WMO_OPTION_LAPSED;
	if (period->first_end_kind == WMO_END_DAY)
	{
		term.has_term = true;
		end_after(period, period->first_end, index, &term.term.first);
		end_after(period, period->first_end, index + 1, &term.term.end);
		term.has_other_last_day = last_day_by_last_days(period, index, &term.other_last_day) &&
			term.other_last_day != term.term.end - 1;
		term.has_notice_day = period->has_notice && !is_agreed(state) &&
			notice_day(period, term.term.first, &term.notice_by);
	}
	return term;
}

WmoOptionTerm
wmo_period_option_on(const WmoPeriod *period, int32_t index, WmoDay day)
{
	WmoOptionTerm term = wmo_period_option(period, index);

	if (term.state != WMO_OPTION_OPEN)
		return term;
	/* Of the open options the next one decides: it has the earliest notice day, and without it none of the others. */
	if (period->first_end_kind != WMO_END_DAY)
		term.state = WMO_OPTION_UNKNOWN;
	else
	{
		WmoOptionTerm next = wmo_period_option(period, wmo_period_next_option(period));

		if (next.has_notice_day && day > next.notice_by)
			term.state = WMO_OPTION_LAPSED;
		else if (!next.has_notice_day && day >= next.term.first)
			term.state = WMO_OPTION_UNKNOWN;
	}
	return term;
}

WmoContractStatus
wmo_period_status(const WmoPeriod *period, WmoDay day)
{
	WmoDays possible = wmo_period_possible(period);
	WmoDay maximum = possible.end;

	if (day < possible.first)
		return WMO_STATUS_NOT_STARTED;
	if (period->terminated && day >= period->early_end)
		return WMO_STATUS_TERMINATED;
	if (possible.end != WMO_DAY_INFINITY && day >= possible.end)
	{
		/* an open option may have been taken without our knowing */
		wmo_period_maximum_end(period, &maximum);
		return day < maximum ? WMO_STATUS_UNKNOWN : WMO_STATUS_ENDED;
	}
	if (wmo_period_contains(period, day) != WMO_YES)
		return WMO_STATUS_UNKNOWN;
	if (period->first_end_kind == WMO_END_DAY)
		return day < period->first_end ? WMO_STATUS_FIRST_TERM : WMO_STATUS_EXTENDED;
	if (count_exercised(period) == 0 || (period->start_known && day == period->start))
		return WMO_STATUS_FIRST_TERM;
	return WMO_STATUS_UNKNOWN;
}

bool
wmo_period_exercise(WmoPeriod *period, bool has_received, WmoDay received, bool allow_late, WmoPeriodError *error)
{
	int32_t next = wmo_period_next_option(period);
	bool judged = has_received && period->first_end_kind == WMO_END_DAY;
	bool late = allow_late;

	if (period->terminated)
		return wmo_period_refuse(error, WMO_PERIOD_IS_TERMINATED);
	if (next < 0)
	{
		if (period->option_count > 0 && period->options[period->option_count - 1].state == WMO_OPTION_OPEN)
			return refuse_option(period, error, WMO_PERIOD_OPTION_LAPSED, period->option_count - 1);
		return wmo_period_refuse(error, WMO_PERIOD_NO_OPTION_LEFT);
	}
	if (judged)
	{
		WmoOptionTerm term = wmo_period_option(period, next);
		WmoDay deadline = term.has_notice_day ? term.notice_by : term.term.first - 1;

		late = received > deadline;
		if (late && !allow_late)
		{
			refuse_option(period, error, WMO_PERIOD_RECEIVED_LATE, next);
			error->day = deadline;
			return false;
		}
	}
	period->options[next].state = late ? WMO_OPTION_EXERCISED_LATE : WMO_OPTION_EXERCISED;
	return wmo_period_check(period, error);
}

bool
wmo_period_decline(WmoPeriod *period, WmoPeriodError *error)
{
	if (period->terminated)
		return wmo_period_refuse(error, WMO_PERIOD_IS_TERMINATED);
	for (int32_t i = 0; i < period->option_count; i++)
	{
		if (period->options[i].state == WMO_OPTION_OPEN)
		{
			period->options[i].state = WMO_OPTION_DECLINED;
			return wmo_period_check(period, error);
		}
	}
	return wmo_period_refuse(error, WMO_PERIOD_NO_OPTION_LEFT);
}

bool
wmo_period_agree(WmoPeriod *period, bool has_agreed, WmoDay agreed, WmoDay last_day, WmoPeriodError *error)
{
	int32_t place = count_exercised(period);
	WmoDay end;

	if (period->terminated)
		return wmo_period_refuse(error, WMO_PERIOD_IS_TERMINATED);
	if (wmo_period_current_end(period, &end) != WMO_END_DAY)
		return wmo_period_refuse(error, WMO_PERIOD_NO_END_TO_EXTEND);
	if (last_day < end)
	{
		wmo_period_refuse(error, WMO_PERIOD_NOT_LONGER);
		error->day = last_day;
		return false;
	}
	if (period->option_count == WMO_OPTIONS_MAX)
		return wmo_period_refuse(error, WMO_PERIOD_TOO_MANY_OPTIONS);
	if (last_day >= WMO_ISO_DAY_MAX)
		return wmo_period_refuse(error, WMO_PERIOD_DAY_RANGE);
	memmove(&period->options[place + 1], &period->options[place],
			(size_t) (period->option_count - place) * sizeof(WmoOption));
	period->option_count++;
	period->options[place].state = has_agreed && agreed >= end ? WMO_OPTION_AGREED_LATE : WMO_OPTION_AGREED;
	period->options[place].length.months = 0;
	period->options[place].length.days = last_day + 1 - end;
	return wmo_period_check(period, error);
}

bool
wmo_period_terminate(WmoPeriod *period, WmoDay last_day, WmoPeriodError *error)
{
	bool again = period->terminated;
	WmoDay before = period->early_end;

	if (last_day < WMO_DAY_MIN || last_day >= WMO_DAY_MAX)
		return wmo_period_refuse(error, WMO_PERIOD_DAY_RANGE);
	period->terminated = true;
	period->early_end = last_day + 1;
	if (!wmo_period_check(period, error))
		return false;
	if (again && period->early_end >= before)
		return wmo_period_refuse(error, WMO_PERIOD_TERMINATED_AFTER_END);
	return true;
}

bool
wmo_period_revoke_termination(WmoPeriod *period, WmoPeriodError *error)
{
	if (!period->terminated)
		return wmo_period_refuse(error, WMO_PERIOD_IS_NOT_TERMINATED);
	period->terminated = false;
	period->early_end = 0;
	return wmo_period_check(period, error);
}

static int
compare_int(int64_t one, int64_t other)
{
	return (one > other) - (one < other);
}

#define COMPARE(one, other) \
	do \
	{ \
		int order_ = compare_int(one, other); \
		if (order_ != 0) \
			return order_; \
	} while (0)

int
wmo_period_compare(const WmoPeriod *one, const WmoPeriod *other)
{
	WmoDays days = wmo_period_possible(one);
	WmoDays others = wmo_period_possible(other);

	COMPARE(days.first, others.first);
	COMPARE(days.end, others.end);
	COMPARE((int) one->first_end_kind, (int) other->first_end_kind);
	if (one->first_end_kind == WMO_END_DAY)
		COMPARE(one->first_end, other->first_end);
	COMPARE(one->option_count, other->option_count);
	for (int32_t i = 0; i < one->option_count; i++)
	{
		COMPARE(one->options[i].length.months, other->options[i].length.months);
		COMPARE(one->options[i].length.days, other->options[i].length.days);
		COMPARE((int) one->options[i].state, (int) other->options[i].state);
	}
	COMPARE(one->has_notice, other->has_notice);
	if (one->has_notice)
	{
		COMPARE(one->notice.months, other->notice.months);
		COMPARE(one->notice.days, other->notice.days);
	}
	/* the early end itself is the current end, compared above */
	return compare_int(one->terminated, other->terminated);
}
