/*
 * term.c - the last day of a legal term, traced or not by one and the same walk.
 *
 * Relies on a calendar that holds the free days (calendar.c). The last day is never before the end by the length alone,
 * and never a free day where the rule moves it.
 */
#include "core/term.h"

#include <string.h>

bool
wmo_rule_from_name(const char *name, size_t size, WmoRule *rule)
{
	static const struct
	{
		const char *name;
		size_t size;
		WmoRule rule;
	} rules[] = {{"atw", 3, WMO_RULE_ATW}, {"eu_1182_71", 10, WMO_RULE_EU_1182_71}, {"none", 4, WMO_RULE_NONE}};

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
	{
		if (size == rules[i].size && memcmp(name, rules[i].name, size) == 0)
		{
			*rule = rules[i].rule;
			return true;
		}
	}
	return false;
}

WmoFreeDays
wmo_rule_free_days(WmoRule rule)
{
	return rule == WMO_RULE_EU_1182_71 ? WMO_FREE_EU : WMO_FREE_ATW;
}

static void
tell(WmoTermTrace trace, void *context, WmoTermStep step, WmoDay day)
{
	if (trace != NULL)
		trace(context, step, day);
}

/*
 * Atw art. 4 sub a: not more than 90 days, twelve weeks (which 90 days include) or three months. A length in months and
 * days is measured against the three months after the same event.
 */
static bool
within_the_atw(WmoDay event, WmoLength length, WmoDay raw)
{
	WmoDay limit;

	if (length.months == 0)
		return length.days <= 90;
	if (length.days == 0)
		return length.months <= 3;
	return !wmo_day_add(event, 3, 0, &limit) || raw <= limit;
}

/* Do two working days lie in the days from first to last? */
static bool
holds_two_working_days(const WmoCalendar *calendar, WmoFreeDays which, WmoDay first, WmoDay last)
{
	int found = 0;

	for (int64_t day = last; day >= first; day--)
	{
		if (!wmo_calendar_is_free(calendar, which, (WmoDay) day) && ++found == 2)
			return true;
	}
	return false;
}

/* Atw art. 2 asks for two ordinary days in a term of three days or more, 1182/71 art. 3(5) in one of two or more. */
static bool
needs_two_working_days(WmoRule rule, WmoLength length)
{
	if (rule == WMO_RULE_ATW)
		return length.months != 0 || length.days >= 3 || length.days <= -3;
	return length.months != 0 || length.days >= 2 || length.days <= -2;
}

/* Moves *day to the first working day from it on, with a step for each free day on the way. */
static bool
pass_free_days(const WmoCalendar *calendar, WmoFreeDays which, WmoDay *day, WmoTermTrace trace, void *context)
{
	WmoDay working;

	if (!wmo_calendar_working_day_from(calendar, which, *day, &working))
		return false;
	for (WmoDay passed = *day; trace != NULL && passed < working; passed++)
		trace(context, WMO_STEP_FREE_DAY, passed);
	*day = working;
	return true;
}

/* What keeps this rule from extending a term with this end by length; WMO_STEP_RESULT when nothing does. */
static WmoTermStep
why_it_stands(WmoDay event, WmoLength length, WmoRule rule, WmoDay raw)
{
	if (length.months == 0 && length.days == 0)
		return WMO_STEP_NO_LENGTH;
	if (rule == WMO_RULE_NONE)
		return WMO_STEP_NO_RULE;
	if (raw < (rule == WMO_RULE_ATW ? WMO_ATW_IN_FORCE : WMO_EU_1182_71_IN_FORCE))
		return WMO_STEP_BEFORE_THE_LAW;
	if (length.months < 0 || length.days < 0)
		return WMO_STEP_COUNTED_BACK;
	if (rule == WMO_RULE_ATW && !within_the_atw(event, length, raw))
		return WMO_STEP_TOO_LONG;
	return WMO_STEP_RESULT;
}

WmoTermStatus
wmo_term_last_day(const WmoCalendar *calendar, WmoDay event, WmoLength length, WmoRule rule, WmoTermTrace trace,
				  void *context, WmoDay *last)
{
	WmoFreeDays which = wmo_rule_free_days(rule);
	WmoTermStep stands;
	WmoDay day;

	if ((length.months < 0 || length.days < 0) && (length.months > 0 || length.days > 0))
		return WMO_TERM_MIXED_SIGNS;
	tell(trace, context, WMO_STEP_EVENT, event);
	if (!wmo_day_add(event, length.months, length.days, &day))
		return WMO_TERM_OUT_OF_RANGE;
	tell(trace, context, WMO_STEP_RAW_END, day);

	stands = why_it_stands(event, length, rule, day);
	if (stands != WMO_STEP_RESULT)
		tell(trace, context, stands, day);
	if (stands == WMO_STEP_COUNTED_BACK && trace != NULL && needs_two_working_days(rule, length) &&
		!holds_two_working_days(calendar, which, day, event - 1))
		trace(context, WMO_STEP_COUNTED_BACK_SHORT, day);
	if (stands == WMO_STEP_RESULT)
	{
		if (!pass_free_days(calendar, which, &day, trace, context))
			return WMO_TERM_OUT_OF_RANGE;
		if (needs_two_working_days(rule, length) && !holds_two_working_days(calendar, which, event + 1, day))
		{
			/* The last day is itself a working day: the next one is the second. */
			tell(trace, context, WMO_STEP_TOO_FEW_DAYS, day);
			if (day == WMO_DAY_MAX)
				return WMO_TERM_OUT_OF_RANGE;
			day++;
			if (!pass_free_days(calendar, which, &day, trace, context))
				return WMO_TERM_OUT_OF_RANGE;
		}
	}
	tell(trace, context, WMO_STEP_RESULT, day);
	*last = day;
	return WMO_TERM_OK;
}

bool
wmo_term_may_move(const WmoCalendar *calendar, WmoDay event, WmoLength length, WmoRule rule, WmoDaysKnown known,
				  void *context, WmoDay *doubtful)
{
	WmoTermStep stands;
	WmoDay last;
	WmoDay raw;
	int sure = 0;
	bool doubt = false;

	if (rule != WMO_RULE_ATW || !wmo_day_add(event, length.months, length.days, &raw) ||
		wmo_term_last_day(calendar, event, length, rule, NULL, NULL, &last) != WMO_TERM_OK)
		return false;
	stands = why_it_stands(event, length, rule, raw);
	if (stands != WMO_STEP_RESULT && stands != WMO_STEP_COUNTED_BACK)
		return false;
	if (stands == WMO_STEP_COUNTED_BACK)
		last = event - 1;
	else if (!known(context, last, last))
	{
		*doubtful = last;
		return true;
	}
	/* Atw art. 2: two working days must lie in the term, and one that a decree may have equated is not sure. */
	if (!needs_two_working_days(rule, length))
		return false;
	for (int64_t day = last; day >= (stands == WMO_STEP_COUNTED_BACK ? raw : event + 1) && sure < 2; day--)
	{
		if (wmo_calendar_is_free(calendar, WMO_FREE_ATW, (WmoDay) day))
			continue;
		if (known(context, (WmoDay) day, (WmoDay) day))
			sure++;
		else if (!doubt)
		{
			*doubtful = (WmoDay) day;
			doubt = true;
		}
	}
	return doubt && sure < 2;
}
