/*
 * objection_timely.c - was a letter in time (Awb 6:9), told or not by one and the same walk.
 *
 * Received by the last day is in time. After it only the post has a week more, for what was posted by then. What
 * decides and is not known gives no answer.
 */
#include "law/objection_period.h"

#include "core/verdict.h"
#include "server/words.h"
#include "utils/builtins.h"

WMO_FUNCTION(wmo_sql_objection_period_is_timely);
WMO_FUNCTION(wmo_sql_objection_period_explain_timely);

typedef struct Letter
{
	WmoDay received;
	WmoDay posted; /* or WMO_DAY_UNKNOWN */
	bool may_be_post;
	WmoDay not_before; /* the decision was made known on this day at the latest, or WMO_DAY_UNKNOWN */
	bool decision_known; /* ... and on this very day */
	char *calendar_doubt; /* what keeps the last day from being sure; NULL: nothing */
} Letter;

static void
tell(WmoExplanation *out, WmoDay day, const char *applied, char *sentence)
{
	if (out != NULL)
		wmo_explain(out, day, applied, sentence);
}

/* ABRvS 30 April 2014, 201306186/1/A3: a presumption, and for the first two working days after the term only. */
static void
warn_of_the_presumption(WmoExplanation *out, WmoDay last_day, WmoDay received)
{
	WmoDay first;
	WmoDay second;

	if (wmo_calendar_working_day_from(wmo_current_calendar(), WMO_FREE_ATW, last_day + 1, &first) &&
		wmo_calendar_working_day_from(wmo_current_calendar(), WMO_FREE_ATW, first + 1, &second) && received <= second)
		tell(out, received, "warning",
			 wmo_words(
				 "Case law presumes that a letter which came by post on the first or second working day after the "
				 "term was posted in time (ABRvS 30 April 2014, 201306186/1/A3). A presumption is no day of "
				 "posting."));
}

/* Equated days that are not known here move the last day by less than a week; the post has its own week after it. */
static bool
might_be_in_the_term(const Letter *letter, WmoDay last_day, WmoExplanation *out)
{
	if (letter->calendar_doubt == NULL || letter->received > last_day + (letter->may_be_post ? 14 : 7))
		return false;
	tell(out, last_day, "warning",
		 wmo_words("It came after %1, but %2.", wmo_day_in_words(last_day), letter->calendar_doubt));
	return true;
}

static WmoVerdict
judge_after_the_term(const Letter *letter, WmoDay last_day, WmoExplanation *out)
{
	WmoDay week = last_day + 7;
	WmoDay extended = wmo_term_last_day_or_error(last_day, (WmoLength) {0, 7}, WMO_RULE_ATW);

	if (!letter->may_be_post)
	{
		tell(out, last_day, "Awb art. 6:9 lid 1",
			 wmo_words("It was received after %1, and only the post has a week more.", wmo_day_in_words(last_day)));
		return WMO_NO;
	}
	if (letter->posted != WMO_DAY_UNKNOWN && letter->posted > last_day)
	{
		tell(out, letter->posted, "Awb art. 6:9 lid 2",
			 wmo_words("It was posted after %1.", wmo_day_in_words(last_day)));
		return WMO_NO;
	}
	if (letter->received > extended)
	{
		tell(out, extended, "Awb art. 6:9 lid 2",
			 wmo_words("It was received more than a week after %1.", wmo_day_in_words(last_day)));
		return WMO_NO;
	}
	if (letter->posted == WMO_DAY_UNKNOWN)
	{
		tell(out, WMO_DAY_UNKNOWN, "Awb art. 6:9 lid 2",
			 wmo_words("It was received within a week after %1: in time if it came by post and was posted by then, "
					   "which is not known.",
					   wmo_day_in_words(last_day)));
		warn_of_the_presumption(out, last_day, letter->received);
		return WMO_CANNOT_TELL;
	}
	if (letter->received > week)
	{
		tell(out, extended, "warning",
			 wmo_words(
				 "The week ends on %1, a free day. That the Atw extends it to %2, as a term set by statute, is our "
				 "reading: nothing that settles it was found.",
				 wmo_day_in_words(week), wmo_day_in_words(extended)));
		return WMO_CANNOT_TELL;
	}
	tell(out, letter->posted, "Awb art. 6:9 lid 2",
		 wmo_words("It was posted by %1 and received within a week after it.", wmo_day_in_words(last_day)));
	return WMO_YES;
}

static WmoVerdict
judge_by(const Letter *letter, WmoDay last_day, WmoExplanation *out)
{
	if (letter->not_before == WMO_DAY_UNKNOWN || letter->received < letter->not_before)
	{
		tell(
			out, letter->not_before, "Awb art. 6:10",
			wmo_words(
				letter->decision_known ?
					"It was received before the decision was made known: it is not inadmissible if the decision had been "
					"taken, or if who sent it could think so." :
					"The day of the decision is not known, and it may have been received before it: then it is not "
					"inadmissible if the decision had been taken, or if who sent it could think so."));
		return WMO_CANNOT_TELL;
	}
	if (letter->received <= last_day)
	{
		tell(out, letter->received, "Awb art. 6:9 lid 1",
			 wmo_words("It was received by %1.", wmo_day_in_words(last_day)));
		return WMO_YES;
	}
	if (might_be_in_the_term(letter, last_day, out))
		return WMO_CANNOT_TELL;
	return judge_after_the_term(letter, last_day, out);
}

/* Could a letter that came this way have come by post? An error for another word. */
static bool
may_be_post(FunctionCallInfo fcinfo, int argument)
{
	char *way;

	if (PG_ARGISNULL(argument))
		return true;
	way = text_to_cstring(PG_GETARG_TEXT_PP(argument));
	if (strcmp(way, "post") == 0)
		return true;
	if (strcmp(way, "delivered") != 0 && strcmp(way, "electronic") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("unknown way for a letter to come: \"%s\"", way),
				 errdetail("A letter comes by post, delivered or electronic."),
				 errhint("Leave it null when it is not known.")));
	return false;
}

/* Reads the arguments (period, received date, posted date, way text) after the checks that need no judging. */
static Letter
letter_of(FunctionCallInfo fcinfo, const ObjectionPeriod *period)
{
	const WmoTermRule *rule = wmo_term_rule_named(period->regime, OBJECTION_REGIME_SIZE(period));
	Letter letter = {.posted = WMO_DAY_UNKNOWN, .not_before = period->days.event};

	letter.received = wmo_day_from_date(PG_GETARG_DATEADT(1), "day of receipt");
	letter.calendar_doubt = wmo_objection_doubt(wmo_objection_rule(period), &period->days);
	if (rule == NULL)
		wmo_unknown_regime(period->regime, OBJECTION_REGIME_SIZE(period));
	if (!rule->posting_rule)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("whether a letter is in time is not settled by Awb 6:9 for regime \"%s\"", rule->regime),
				 errdetail("The remedy of this regime is going to court, not sending a letter."),
				 errhint("Compare the day of the summons with wmo.last_day.")));
	letter.may_be_post = may_be_post(fcinfo, 3);
	if (!PG_ARGISNULL(2))
		letter.posted = wmo_day_from_date(PG_GETARG_DATEADT(2), "day of posting");
	if (letter.posted != WMO_DAY_UNKNOWN && !letter.may_be_post)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("only a letter that comes by post has a day of posting"),
				 errdetail("It is given as posted on %s and as %s.", wmo_day_in_english(letter.posted),
						   text_to_cstring(PG_GETARG_TEXT_PP(3)))));
	if (letter.posted != WMO_DAY_UNKNOWN && letter.posted > letter.received)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("a letter cannot be received before it is posted"),
				 errdetail("It is given as received on %s and posted on %s.", wmo_day_in_english(letter.received),
						   wmo_day_in_english(letter.posted))));
	letter.decision_known = letter.not_before != WMO_DAY_UNKNOWN;
	/* A term is extended, never shortened: the event lies at least the regime's length before the last day. */
	if (!letter.decision_known && rule->has_length && rule->length.months == 0)
		letter.not_before = period->days.last_day - rule->length.days;
	return letter;
}

/*
 * wmo.is_timely(period, received date, posted date, way text) -> boolean; null when its two last days answer
 * differently, or when what decides is not known.
 */
Datum
wmo_sql_objection_period_is_timely(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period;
	Letter letter;
	WmoVerdict verdict;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	period = GETARG_OBJECTION_PERIOD(0);
	letter = letter_of(fcinfo, period);
	verdict = judge_by(&letter, period->days.last_day, NULL);
	if (verdict == WMO_CANNOT_TELL || verdict != judge_by(&letter, period->days.latest_last_day, NULL))
		PG_RETURN_NULL();
	PG_RETURN_BOOL(verdict == WMO_YES);
}

static char *
verdict_in_words(WmoVerdict verdict)
{
	return wmo_words(verdict == WMO_YES ? "In time." : verdict == WMO_NO ? "Not in time." : "It cannot be told.");
}

/* wmo.explain_timely(period, received date, posted date, way text) -> setof (step, day, applied, explanation) */
Datum
wmo_sql_objection_period_explain_timely(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period;
	Letter letter;
	WmoVerdict verdict;
	WmoVerdict latest;
	WmoExplanation explanation;

	wmo_explain_begin(&explanation, fcinfo);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	period = GETARG_OBJECTION_PERIOD(0);
	letter = letter_of(fcinfo, period);
	verdict = judge_by(&letter, period->days.last_day, &explanation);
	latest = verdict;
	if (period->days.latest_last_day != period->days.last_day)
		latest = judge_by(&letter, period->days.latest_last_day, &explanation);
	wmo_explain(&explanation, letter.received, "result",
				verdict_in_words(verdict == latest ? verdict : WMO_CANNOT_TELL));
	return (Datum) 0;
}
