/*
 * term_words.c - days and lengths between SQL's words and the core's numbers.
 */
#include "term_words.h"

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

char *
wmo_day_in_words(WmoDay day)
{
	static const char *const weekdays[] = {
		"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
	static const char *const months[] = {"January", "February", "March",	 "April",	"May",		"June",
										 "July",	"August",	"September", "October", "November", "December"};
	WmoCivil civil = wmo_civil_from_day(day);
	bool before_christ = civil.year <= 0;

	return psprintf("%s %d %s %d%s", weekdays[wmo_day_weekday(day)], civil.day, months[civil.month - 1],
					before_christ ? 1 - civil.year : civil.year, before_christ ? " BC" : "");
}
