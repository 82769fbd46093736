/*
 * period_text.c - the text form of a contract period.
 *
 *   period     = bounds { "+" duration [ "(" state ")" ] } [ "notice" duration ] [ "terminated" "after" day ]
 *   bounds     = "[" day "," end  |  "(" "?" "," end
 *   end        = day ")"  |  day "]"  |  ")"  |  "?" ")"
 *   state      = "exercised" [ "late" ]  |  "declined"  |  "agreed"
 *   duration   = "P" [ n "Y" ] [ n "M" ] [ n "W" ] [ n "D" ]      at least one part
 *   day        = yyyy "-" mm "-" dd
 *
 * As in PostgreSQL's ranges "[" includes the first day, ")" excludes the end and "]" includes it; ",)" is a contract
 * without an end and "?" a day that is not known. The day after "terminated after" is the last day of the contract.
 * White space may stand between the parts, and letters may be small or capital. Canonical output: the end with ")",
 * durations in years, months and days, no white space but before the words.
 */
#include "core/period.h"

#include <stdio.h>
#include <string.h>

typedef struct Reader
{
	const char *text;
	size_t length;
	size_t at;
	WmoPeriodError *error;
} Reader;

static bool
refuse_at(Reader *in, WmoPeriodCode code, const char *expected)
{
	wmo_period_refuse(in->error, code);
	in->error->offset = in->at;
	in->error->expected = expected;
	return false;
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char
upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
}

/* The character at an offset from here, NUL behind the end. */
static char
peek(const Reader *in, size_t offset)
{
	return in->at + offset < in->length ? in->text[in->at + offset] : '\0';
}

static void
skip_space(Reader *in)
{
	while (in->at < in->length && is_space(in->text[in->at]))
		in->at++;
}

static bool
take(Reader *in, char c)
{
	skip_space(in);
	if (in->at == in->length || in->text[in->at] != c)
		return false;
	in->at++;
	return true;
}

/* A whole word, in capitals here and in any case there. */
static bool
take_word(Reader *in, const char *word)
{
	size_t length = strlen(word);

	skip_space(in);
	for (size_t i = 0; i < length; i++)
	{
		if (upper(peek(in, i)) != word[i])
			return false;
	}
	if (upper(peek(in, length)) >= 'A' && upper(peek(in, length)) <= 'Z')
		return false;
	in->at += length;
	return true;
}

static bool
read_day(Reader *in, WmoDay *day)
{
	static const char form[] = "dddd-dd-dd";
	int32_t part[3] = {0, 0, 0};
	int index = 0;

	skip_space(in);
	for (size_t i = 0; form[i] != '\0'; i++)
	{
		char c = peek(in, i);

		if (form[i] == '-' ? c != '-' : !is_digit(c))
			return refuse_at(in, WMO_PERIOD_SYNTAX, "a day as yyyy-mm-dd");
		if (c == '-')
			index++;
		else
			part[index] = part[index] * 10 + (c - '0');
	}
	if (is_digit(peek(in, sizeof(form) - 1)))
		return refuse_at(in, WMO_PERIOD_SYNTAX, "a day as yyyy-mm-dd");
	if (part[0] < 1 || part[1] < 1 || part[1] > 12 || part[2] < 1 || part[2] > wmo_days_in_month(part[0], part[1]))
		return refuse_at(in, WMO_PERIOD_NO_SUCH_DAY, NULL);
	in->at += sizeof(form) - 1;
	*day = (WmoDay) wmo_day_from_civil(part[0], part[1], part[2]);
	return true;
}

static bool
read_duration(Reader *in, WmoDuration *length)
{
	static const char units[] = "YMWD";
	static const int32_t worth[] = {12, 1, 7, 1};
	int64_t sums[2] = {0, 0}; /* months, days */
	size_t unit = 0;

	skip_space(in);
	if (upper(peek(in, 0)) != 'P')
		return refuse_at(in, WMO_PERIOD_SYNTAX, "an ISO 8601 duration such as P2Y, P6M or P14D");
	in->at++;
	if (upper(peek(in, 0)) == 'T')
		return refuse_at(in, WMO_PERIOD_SYNTAX, "whole years, months, weeks or days, no hours,");
	if (!is_digit(peek(in, 0)))
		return refuse_at(in, WMO_PERIOD_SYNTAX, "a whole number");
	while (is_digit(peek(in, 0)))
	{
		int64_t number = 0;

		for (; is_digit(peek(in, 0)); in->at++)
		{
			number = number * 10 + (peek(in, 0) - '0');
			if (number > WMO_DURATION_MAX)
				return wmo_period_refuse(in->error, WMO_PERIOD_DURATION_RANGE);
		}
		while (units[unit] != '\0' && upper(peek(in, 0)) != units[unit])
			unit++;
		if (units[unit] == '\0')
			return refuse_at(in, WMO_PERIOD_SYNTAX, "Y, M, W or D, each once and in this order,");
		sums[unit / 2] += number * worth[unit];
		unit++;
		in->at++;
	}
	if (upper(peek(in, 0)) == 'T')
		return refuse_at(in, WMO_PERIOD_SYNTAX, "whole years, months, weeks or days, no hours,");
	if (sums[0] > WMO_DURATION_MAX || sums[1] > WMO_DURATION_MAX)
		return wmo_period_refuse(in->error, WMO_PERIOD_DURATION_RANGE);
	length->months = (int32_t) sums[0];
	length->days = (int32_t) sums[1];
	return true;
}

static bool
read_bounds(Reader *in, WmoPeriod *period)
{
	if (take(in, '['))
	{
		period->start_known = true;
		skip_space(in);
		if (!is_digit(peek(in, 0)))
			return refuse_at(in, WMO_PERIOD_SYNTAX, "the first day as yyyy-mm-dd, or \"(?\" for an unknown one,");
		if (!read_day(in, &period->start))
			return false;
	}
	else if (!take(in, '('))
		return refuse_at(in, WMO_PERIOD_SYNTAX, "\"[\" and the first day, or \"(?\" for an unknown one,");
	else if (!take(in, '?'))
		return refuse_at(in, WMO_PERIOD_SYNTAX, "\"?\" after \"(\", or \"[\" before the first day,");
	if (!take(in, ','))
		return refuse_at(in, WMO_PERIOD_SYNTAX, "\",\"");

	if (take(in, '?'))
		period->first_end_kind = WMO_END_UNKNOWN;
	else if (take(in, ')'))
	{
		period->first_end_kind = WMO_END_OPEN;
		return true;
	}
	else
	{
		period->first_end_kind = WMO_END_DAY;
		skip_space(in);
		if (!is_digit(peek(in, 0)))
			return refuse_at(in, WMO_PERIOD_SYNTAX,
							 "the end as yyyy-mm-dd, \"?\" for an unknown end or \")\" for no end");
		if (!read_day(in, &period->first_end))
			return false;
		if (take(in, ']'))
		{
			period->first_end++;
			return true;
		}
	}
	if (!take(in, ')'))
		return refuse_at(in, WMO_PERIOD_SYNTAX,
						 period->first_end_kind == WMO_END_DAY ? "\")\" or \"]\"" : "\")\"");
	return true;
}

static bool
read_option(Reader *in, WmoPeriod *period)
{
	WmoOption *option = &period->options[period->option_count];

	if (period->option_count == WMO_OPTIONS_MAX)
		return wmo_period_refuse(in->error, WMO_PERIOD_TOO_MANY_OPTIONS);
	option->state = WMO_OPTION_OPEN;
	if (!read_duration(in, &option->length))
		return false;
	period->option_count++;
	if (!take(in, '('))
		return true;
	if (take_word(in, "DECLINED"))
		option->state = WMO_OPTION_DECLINED;
	else if (take_word(in, "EXERCISED"))
		option->state = take_word(in, "LATE") ? WMO_OPTION_EXERCISED_LATE : WMO_OPTION_EXERCISED;
	else if (take_word(in, "AGREED"))
		option->state = WMO_OPTION_AGREED;
	else
		return refuse_at(in, WMO_PERIOD_SYNTAX, "\"exercised\", \"exercised late\", \"declined\" or \"agreed\"");
	return take(in, ')') || refuse_at(in, WMO_PERIOD_SYNTAX, "\")\"");
}

bool
wmo_period_parse(const char *text, size_t length, WmoPeriod *period, WmoPeriodError *error)
{
	Reader reader = {text, length, 0, error};
	Reader *in = &reader;

	memset(period, 0, sizeof(*period));
	if (!read_bounds(in, period))
		return false;
	while (take(in, '+'))
	{
		if (!read_option(in, period))
			return false;
	}
	if (take_word(in, "NOTICE"))
	{
		period->has_notice = true;
		if (!read_duration(in, &period->notice))
			return false;
	}
	if (take_word(in, "TERMINATED"))
	{
		period->terminated = true;
		if (!take_word(in, "AFTER"))
			return refuse_at(in, WMO_PERIOD_SYNTAX, "\"after\" and the last day");
		if (!read_day(in, &period->early_end))
			return false;
		period->early_end++;
	}
	skip_space(in);
	if (in->at < in->length)
		return refuse_at(in, WMO_PERIOD_SYNTAX,
						 "\"+\" and an option, \"notice\", \"terminated after\" or the end of the text");
	return wmo_period_check(period, error);
}

static size_t
print_day(char *out, WmoDay day)
{
	WmoCivil civil = wmo_civil_from_day(day);

	return (size_t) snprintf(out, 32, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

static size_t
print_duration(char *out, WmoDuration length)
{
	char *end = out;

	*end++ = 'P';
	if (length.months / 12 != 0)
		end += snprintf(end, 16, "%dY", length.months / 12);
	if (length.months % 12 != 0)
		end += snprintf(end, 16, "%dM", length.months % 12);
	if (length.days != 0 || length.months == 0)
		end += snprintf(end, 16, "%dD", length.days);
	return (size_t) (end - out);
}

static size_t
print_string(char *out, const char *string)
{
	size_t length = strlen(string);

	memcpy(out, string, length + 1);
	return length;
}

size_t
wmo_period_print(const WmoPeriod *period, char *out)
{
	char *end = out;

	if (period->start_known)
	{
		*end++ = '[';
		end += print_day(end, period->start);
	}
	else
		end += print_string(end, "(?");
	*end++ = ',';
	if (period->first_end_kind == WMO_END_DAY)
		end += print_day(end, period->first_end);
	else if (period->first_end_kind == WMO_END_UNKNOWN)
		*end++ = '?';
	*end++ = ')';
	for (int32_t i = 0; i < period->option_count; i++)
	{
		WmoOptionState state = period->options[i].state;

		*end++ = '+';
		end += print_duration(end, period->options[i].length);
		if (state == WMO_OPTION_EXERCISED)
			end += print_string(end, "(exercised)");
		else if (state == WMO_OPTION_EXERCISED_LATE)
			end += print_string(end, "(exercised late)");
		else if (state == WMO_OPTION_DECLINED)
			end += print_string(end, "(declined)");
		else if (state == WMO_OPTION_AGREED)
			end += print_string(end, "(agreed)");
	}
	if (period->has_notice)
	{
		end += print_string(end, " notice ");
		end += print_duration(end, period->notice);
	}
	if (period->terminated)
	{
		end += print_string(end, " terminated after ");
		end += print_day(end, period->early_end - 1);
	}
	*end = '\0';
	return (size_t) (end - out);
}
