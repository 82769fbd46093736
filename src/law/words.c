/*
 * words.c - days, lengths and rules between SQL's words and the core's numbers.
 */
#include "law/words.h"

#include "server/words.h"
#include "utils/builtins.h"

WmoLength
wmo_length_from_interval(const Interval *interval)
{
	WmoLength length = {interval->month, interval->day};

	if (unlikely(interval->time != 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("a term cannot have hours or parts of a day"),
				 errdetail("Got \"%s\"; a term is counted in whole days, weeks, months or years.",
						   DatumGetCString(DirectFunctionCall1(interval_out, IntervalPGetDatum(interval)))),
				 errhint("Write '20 days', '6 weeks' or '3 months'. The Atw does not extend hours (art. 4 sub a).")));
	if (unlikely((length.months < 0 && length.days > 0) || (length.months > 0 && length.days < 0)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("a term cannot run both forward and back"),
				 errdetail("Got \"%s\"; all parts of a length have the same sign.",
						   DatumGetCString(DirectFunctionCall1(interval_out, IntervalPGetDatum(interval)))),
				 errhint("Count twice: the second term from the last day of the first.")));
	return length;
}

static char *
day_with(WmoDay day, const char *(*say)(const char *english))
{
	static const char *const weekdays[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
										   "Thursday", "Friday", "Saturday"};
	static const char *const months[] = {"January", "February", "March",	 "April",	"May",		"June",
										 "July",	"August",	"September", "October", "November", "December"};
	WmoCivil civil = wmo_civil_from_day(day);
	bool before_christ = civil.year <= 0;

	return psprintf("%s %d %s %d%s", say(weekdays[wmo_day_weekday(day)]), civil.day, say(months[civil.month - 1]),
					before_christ ? 1 - civil.year : civil.year, before_christ ? say(" BC") : "");
}

static const char *
say_in_english(const char *english)
{
	return english;
}

char *
wmo_day_in_words(WmoDay day)
{
	return day_with(day, wmo_known_words);
}

char *
wmo_day_in_english(WmoDay day)
{
	return day_with(day, say_in_english);
}

WmoDay
wmo_day_from_date(DateADT date, const char *what)
{
	WmoDay day = wmo_date_to_day(date);

	if (unlikely(DATE_NOT_FINITE(date)))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("%s cannot be \"%s\"", what, DATE_IS_NOBEGIN(date) ? "-infinity" : "infinity"),
				 errdetail("Terms, working days and ages are reckoned between days of the calendar."),
				 errhint("Use null where the day is not known.")));
	if (unlikely(day > WMO_DAY_MAX))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE), errmsg("%s out of range", what),
				 errdetail("The last day that can be reckoned with is 5874897-12-31.")));
	return day;
}

WmoRule
wmo_rule_from_text(text *name)
{
	WmoRule rule = WMO_RULE_NONE;

	if (unlikely(!wmo_rule_from_name(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), &rule)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("unknown term rule \"%s\"", text_to_cstring(name)),
				 errdetail("The rules are atw (Algemene termijnenwet), eu_1182_71 (Regulation 1182/71) and none.")));
	return rule;
}
