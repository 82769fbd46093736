/*
 * period_text.c - the text form of a contract period.
 *
 *   period     = bounds { "+" duration [ "(" state ")" ] } [ "notice" duration ] [ "terminated" "after" day ]
 *   bounds     = "[" day "," end  |  "(" "?" "," end
 *   end        = day ")"  |  day "]"  |  ")"  |  "?" ")"
 *   state      = "exercised" [ "late" ]  |  "declined"  |  "agreed" [ "late" ]
 *   duration   = "P" [ n "Y" ] [ n "M" ] [ n "W" ] [ n "D" ]      at least one part
 *   day        = yyyy "-" mm "-" dd
 *
 * As in PostgreSQL's ranges "[" includes the first day, ")" excludes the end and "]" includes it; ",)" is a contract
 * without an end and "?" a day that is not known. The day after "terminated after" is the last day of the contract.
 * White space may stand between the parts, and letters may be small or capital. Canonical output: the end with ")",
 * durations in years, months and days, no white space but before the words.
 *
 * Relies on days and durations as iso.c reads them. What is read has passed wmo_period_check, and what passes it is
 * read again from its own text.
 */
#include "core/ascii.h"
#include "core/period.h"

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

/* The character at an offset from here, NUL behind the end. */
static char
peek(const Reader *in, size_t offset)
{
	return in->at + offset < in->length ? in->text[in->at + offset] : '\0';
}

static void
skip_space(Reader *in)
{
	while (in->at < in->length && wmo_ascii_is_space(in->text[in->at]))
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
		if (wmo_ascii_to_upper(peek(in, i)) != word[i])
			return false;
	}
	if (wmo_ascii_is_letter(peek(in, length)))
		return false;
	in->at += length;
	return true;
}

static bool
read_day(Reader *in, WmoDay *day)
{
	const char *at;

	skip_space(in);
	at = in->text + in->at;
	switch (wmo_iso_parse_day(&at, in->text + in->length, day))
	{
		case WMO_ISO_OK:
			in->at = (size_t) (at - in->text);
			return true;
		case WMO_ISO_NO_SUCH_DAY:
			return refuse_at(in, WMO_PERIOD_NO_SUCH_DAY, NULL);
		default:
			return refuse_at(in, WMO_PERIOD_SYNTAX, "a day as yyyy-mm-dd");
	}
}

static bool
read_length(Reader *in, WmoLength *length)
{
	static const char *const expected[] = {
		[WMO_ISO_NOT_A_LENGTH] = "an ISO 8601 duration such as P2Y, P6M or P14D",
		[WMO_ISO_NOT_A_NUMBER] = "a whole number",
		[WMO_ISO_NOT_A_UNIT] = "Y, M, W or D, each once and in this order,",
		[WMO_ISO_HOURS] = "whole years, months, weeks or days, no hours,",
	};
	const char *at;
	WmoIsoFault fault;

	skip_space(in);
	at = in->text + in->at;
	fault = wmo_iso_parse_length(&at, in->text + in->length, WMO_PERIOD_LENGTH_MAX, true, length);
	in->at = (size_t) (at - in->text);
	if (fault == WMO_ISO_TOO_LONG)
		return wmo_period_refuse(in->error, WMO_PERIOD_LENGTH_RANGE);
	return fault == WMO_ISO_OK || refuse_at(in, WMO_PERIOD_SYNTAX, expected[fault]);
}

static bool
read_bounds(Reader *in, WmoPeriod *period)
{
	if (take(in, '['))
	{
		period->start_known = true;
		skip_space(in);
		if (!wmo_ascii_is_digit(peek(in, 0)))
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
		if (!wmo_ascii_is_digit(peek(in, 0)))
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
		return refuse_at(in, WMO_PERIOD_SYNTAX, period->first_end_kind == WMO_END_DAY ? "\")\" or \"]\"" : "\")\"");
	return true;
}

static bool
read_option(Reader *in, WmoPeriod *period)
{
	WmoOption *option = &period->options[period->option_count];

	if (period->option_count == WMO_OPTIONS_MAX)
		return wmo_period_refuse(in->error, WMO_PERIOD_TOO_MANY_OPTIONS);
	option->state = WMO_OPTION_OPEN;
	if (!read_length(in, &option->length))
		return false;
	period->option_count++;
	if (!take(in, '('))
		return true;
	if (take_word(in, "DECLINED"))
		option->state = WMO_OPTION_DECLINED;
	else if (take_word(in, "EXERCISED"))
		option->state = take_word(in, "LATE") ? WMO_OPTION_EXERCISED_LATE : WMO_OPTION_EXERCISED;
	else if (take_word(in, "AGREED"))
		option->state = take_word(in, "LATE") ? WMO_OPTION_AGREED_LATE : WMO_OPTION_AGREED;
	else
		return refuse_at(in, WMO_PERIOD_SYNTAX,
						 "\"exercised\", \"exercised late\", \"declined\", \"agreed\" or \"agreed late\"");
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
		if (!read_length(in, &period->notice))
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
		end += wmo_iso_print_day(period->start, end);
	}
	else
		end += print_string(end, "(?");
	*end++ = ',';
	if (period->first_end_kind == WMO_END_DAY)
		end += wmo_iso_print_day(period->first_end, end);
	else if (period->first_end_kind == WMO_END_UNKNOWN)
		*end++ = '?';
	*end++ = ')';
	for (int32_t i = 0; i < period->option_count; i++)
	{
		WmoOptionState state = period->options[i].state;

		*end++ = '+';
		end += wmo_iso_print_length(period->options[i].length, true, end);
		if (state == WMO_OPTION_EXERCISED)
			end += print_string(end, "(exercised)");
		else if (state == WMO_OPTION_EXERCISED_LATE)
			end += print_string(end, "(exercised late)");
		else if (state == WMO_OPTION_DECLINED)
			end += print_string(end, "(declined)");
		else if (state == WMO_OPTION_AGREED)
			end += print_string(end, "(agreed)");
		else if (state == WMO_OPTION_AGREED_LATE)
			end += print_string(end, "(agreed late)");
	}
	if (period->has_notice)
	{
		end += print_string(end, " notice ");
		end += wmo_iso_print_length(period->notice, true, end);
	}
	if (period->terminated)
	{
		end += print_string(end, " terminated after ");
		end += wmo_iso_print_day(period->early_end - 1, end);
	}
	*end = '\0';
	return (size_t) (end - out);
}
