/*
 * refusal.c - what the core refuses of a contract period, in words.
 */
#include "period/contract_period.h"

#include "core/iso.h"

#include "lib/stringinfo.h"

/*
 * The words of one error of the core. In message and detail a name in braces stands for what the error carries:
 * {value}, {option}, {day}, {position} and {expected}. A hint may be NULL.
 */
typedef struct Refusal
{
	int sqlstate;
	const char *message;
	const char *detail;
	const char *hint;
} Refusal;

static const Refusal refusals[] = {
	[WMO_PERIOD_SYNTAX] = {ERRCODE_INVALID_TEXT_REPRESENTATION,
						   "invalid input syntax for type contract_period: \"{value}\"",
						   "Expected {expected} at position {position}.",
						   "A contract period looks like \"[2019-01-01,2023-01-01)+P2Y notice P6M\"."},
	[WMO_PERIOD_NO_SUCH_DAY] = {ERRCODE_DATETIME_FIELD_OVERFLOW,
								"contract period names a day that does not exist: \"{value}\"",
								"The calendar has no such day as the one at position {position}.", NULL},
	[WMO_PERIOD_WIRE] = {ERRCODE_INVALID_BINARY_REPRESENTATION, "invalid binary contract_period of {value} bytes",
						 "Expected {expected}.", NULL},
	[WMO_PERIOD_DAY_RANGE] =
		{ERRCODE_DATETIME_VALUE_OUT_OF_RANGE, "contract period out of range: \"{value}\"",
		 "Every day and every option's end lies from 0001-01-01 to 9999-12-31.",
		 "For a contract without an end write \"[first-day,)\" or use contract_period_open, for an end that is not known "
		 "\"[first-day,?)\"."},
	[WMO_PERIOD_EMPTY] = {ERRCODE_INVALID_PARAMETER_VALUE, "contract period has no days: \"{value}\"",
						  "The end lies after the first day; with \")\" it is the day after the last one.", NULL},
	[WMO_PERIOD_LENGTH_RANGE] = {ERRCODE_INVALID_PARAMETER_VALUE,
								 "duration too long for a contract period: \"{value}\"",
								 "A duration has at most " CppAsString2(
									 WMO_PERIOD_LENGTH_MAX) " months and " CppAsString2(WMO_PERIOD_LENGTH_MAX) " days.",
								 NULL},
	[WMO_PERIOD_OPTION_ZERO] = {ERRCODE_INVALID_PARAMETER_VALUE, "extension option {option} has no length: \"{value}\"",
								"An option extends the contract by at least a day.", NULL},
	[WMO_PERIOD_TOO_MANY_OPTIONS] = {ERRCODE_PROGRAM_LIMIT_EXCEEDED, "too many extension options for a contract period",
									 "A contract period holds at most " CppAsString2(WMO_OPTIONS_MAX) " options.",
									 NULL},
	[WMO_PERIOD_OPTION_ORDER] =
		{ERRCODE_INVALID_PARAMETER_VALUE, "extension option {option} is out of order: \"{value}\"",
		 "Options are taken in order: exercised ones (and agreed extensions) come first, then declined ones, then open "
		 "ones.",
		 NULL},
	[WMO_PERIOD_OPTION_OF_OPEN_END] = {ERRCODE_INVALID_PARAMETER_VALUE,
									   "contract without an end cannot have extension options: \"{value}\"",
									   "An option extends a term that ends.",
									   "Write \"[first-day,?)\" if there is an end that is not known."},
	[WMO_PERIOD_NOTICE_RANGE] = {ERRCODE_DATETIME_VALUE_OUT_OF_RANGE, "notice day out of range: \"{value}\"",
								 "The notice day of the first option lies from 0001-01-01.", NULL},
	[WMO_PERIOD_TERMINATED_BEFORE_START] = {ERRCODE_INVALID_PARAMETER_VALUE,
											"contract cannot be terminated before its first day: \"{value}\"",
											"A terminated contract ran for at least a day.", NULL},
	[WMO_PERIOD_TERMINATED_AFTER_END] = {ERRCODE_INVALID_PARAMETER_VALUE,
										 "early end of a contract must lie before its end: \"{value}\"",
										 "The last day after an early end comes before the last day as it stood.",
										 "Use decline_option for a contract that just is not extended."},
	[WMO_PERIOD_NO_OPTION_LEFT] = {ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE, "no extension option is left: \"{value}\"",
								   "Every option is exercised or declined already, or there never was one.", NULL},
	[WMO_PERIOD_OPTION_LAPSED] = {ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
								  "extension option {option} can no longer be exercised: \"{value}\"",
								  "An earlier option was declined, so the term that it would extend never comes.",
								  NULL},
	[WMO_PERIOD_IS_TERMINATED] = {ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE, "contract is terminated: \"{value}\"",
								  "A contract that ended early cannot be extended any more.", NULL},
	[WMO_PERIOD_IS_NOT_TERMINATED] = {ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
									  "contract is not terminated: \"{value}\"", "There is no early end to take back.",
									  NULL},
	[WMO_PERIOD_NO_END_TO_EXTEND] = {ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
									 "contract has no known end to extend: \"{value}\"",
									 "An extension makes a known last day later.", NULL},
	[WMO_PERIOD_NOT_LONGER] = {ERRCODE_INVALID_PARAMETER_VALUE,
							   "agreed last day {day} does not make the contract longer: \"{value}\"",
							   "The new last day lies after the last day as it stands.",
							   "Use terminate for an earlier end."},
	[WMO_PERIOD_RECEIVED_LATE] =
		{ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE, "extension option {option} was exercised too late: \"{value}\"",
		 "The last day for it was {day}.",
		 "If the extension was accepted all the same, pass late => true: it stays marked as late."},
};

StaticAssertDecl(lengthof(refusals) == WMO_PERIOD_RECEIVED_LATE + 1, "every error of the core has its words");

/* A text with its names in braces filled in, palloc'd. What is filled in is not read again. */
static char *
filled_in(const char *words, const WmoPeriodError *error, const char *value)
{
	StringInfoData filled;

	initStringInfo(&filled);
	while (*words != '\0')
	{
		const char *rest = strchr(words, '}');

		if (*words != '{' || rest == NULL)
		{
			appendStringInfoChar(&filled, *words++);
			continue;
		}
		if (strncmp(words, "{value}", 7) == 0)
			appendStringInfoString(&filled, value);
		else if (strncmp(words, "{option}", 8) == 0)
			appendStringInfo(&filled, "%d", error->option_no);
		else if (strncmp(words, "{position}", 10) == 0)
			appendStringInfo(&filled, "%d", (int) error->offset + 1);
		else if (strncmp(words, "{expected}", 10) == 0)
			appendStringInfoString(&filled, error->expected);
		else if (strncmp(words, "{day}", 5) == 0)
		{
			char day[WMO_ISO_DAY_TEXT];

			wmo_iso_print_day(error->day, day);
			appendStringInfoString(&filled, day);
		}
		words = rest + 1;
	}
	return filled.data;
}

Datum
contract_period_report(Node *context, const WmoPeriodError *error, const WmoPeriod *period, const char *value)
{
	char printed[WMO_PERIOD_TEXT_SIZE];
	const Refusal *refusal;

	if (error->code == WMO_PERIOD_OK || (size_t) error->code >= lengthof(refusals))
		elog(ERROR, "unknown contract period error %d", (int) error->code);
	refusal = &refusals[error->code];
	if (value == NULL)
	{
		wmo_period_print(period, printed);
		value = printed;
	}
	wmo_return_error(context,
					 (errcode(refusal->sqlstate), errmsg_internal("%s", filled_in(refusal->message, error, value)),
					  errdetail_internal("%s", filled_in(refusal->detail, error, value)),
					  refusal->hint != NULL ? errhint("%s", refusal->hint) : 0));
}
