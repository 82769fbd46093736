/*
 * term.c - the last day of a term for SQL, and its explanation.
 */
#include "law/term.h"

#include "miscadmin.h"
#include "server/words.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

WMO_FUNCTION(wmo_sql_term_last_day);
WMO_FUNCTION(wmo_sql_term_warning);
WMO_FUNCTION(wmo_sql_explain_term);
WMO_FUNCTION(wmo_sql_decision_last_day);
WMO_FUNCTION(wmo_sql_explain_decision);

static void
check_status(WmoTermStatus status, WmoDay event)
{
	if (unlikely(status != WMO_TERM_OK))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE), errmsg("last day of the term out of range"),
				 errdetail("The term from %s ends beyond the range of dates.", wmo_day_in_english(event))));
}

WmoDay
wmo_term_last_day_or_error(WmoDay event, WmoLength length, WmoRule rule)
{
	WmoDay last = event;

	check_status(wmo_term_last_day(wmo_current_calendar(), event, length, rule, NULL, NULL, &last), event);
	return last;
}

/* wmo.term_last_day(event date, length interval, rule text) -> date */
Datum
wmo_sql_term_last_day(PG_FUNCTION_ARGS)
{
	WmoDay event = wmo_day_from_date(PG_GETARG_DATEADT(0), "event day");
	WmoLength length = wmo_length_from_interval(PG_GETARG_INTERVAL_P(1));
	WmoRule rule = wmo_rule_from_text(PG_GETARG_TEXT_PP(2));

	PG_RETURN_DATEADT(wmo_date_from_day(wmo_term_last_day_or_error(event, length, rule)));
}

static bool
decrees_are_known(void *context, WmoDay first, WmoDay last)
{
	return wmo_decrees_are_known(first, last);
}

static char *
doubt_in_words(WmoDay doubtful, bool back)
{
	char *year = psprintf("%d", wmo_civil_from_day(doubtful).year);

	return back ?
		wmo_words("not all decrees on equated days of %1 are known here: fewer than two working days may lie in "
				  "the term",
				  year) :
		wmo_words("not all decrees on equated days of %1 are known here: the term may end later", year);
}

char *
wmo_calendar_doubt(WmoDay event, WmoLength length, WmoRule rule, WmoDay *doubtful)
{
	bool back = length.months < 0 || length.days < 0;
	WmoDay day;

	if (!wmo_term_may_move(wmo_current_calendar(), event, length, rule, decrees_are_known, NULL, &day))
		return NULL;
	if (doubtful != NULL)
		*doubtful = day;
	return doubt_in_words(day, back);
}

char *
wmo_calendar_doubt_on(WmoDay last)
{
	return wmo_decrees_are_known(last, last) ? NULL : doubt_in_words(last, false);
}

/* wmo.term_warning(event date, length interval, rule text) -> text; null when no unknown decree can move the term */
Datum
wmo_sql_term_warning(PG_FUNCTION_ARGS)
{
	WmoDay event = wmo_day_from_date(PG_GETARG_DATEADT(0), "event day");
	WmoLength length = wmo_length_from_interval(PG_GETARG_INTERVAL_P(1));
	char *doubt = wmo_calendar_doubt(event, length, wmo_rule_from_text(PG_GETARG_TEXT_PP(2)), NULL);

	if (doubt == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(doubt));
}

void
wmo_explain_begin(WmoExplanation *explanation, FunctionCallInfo fcinfo)
{
	InitMaterializedSRF(fcinfo, 0);
	explanation->result = (ReturnSetInfo *) fcinfo->resultinfo;
	explanation->step = 0;
}

void
wmo_explain(WmoExplanation *explanation, WmoDay day, const char *applied, const char *sentence)
{
	Datum values[4];
	bool nulls[4] = {false, day == WMO_DAY_UNKNOWN, false, false};

	values[0] = Int32GetDatum(++explanation->step);
	values[1] = nulls[1] ? (Datum) 0 : DateADTGetDatum(wmo_date_from_day(day));
	values[2] = CStringGetTextDatum(applied);
	values[3] = CStringGetTextDatum(sentence);
	tuplestore_putvalues(explanation->result->setResult, explanation->result->setDesc, values, nulls);
}

/* A walk being told: what the later steps need to know of the earlier ones. */
typedef struct Walk
{
	WmoExplanation *explanation;
	const WmoCalendar *calendar;
	WmoDay event;
	WmoLength length;
	WmoRule rule;
	bool passed_holiday;
	bool passed_equated;
} Walk;

static bool
counts_back(WmoLength length)
{
	return length.months < 0 || length.days < 0;
}

/* "42 days (6 weeks)", "1 month and 5 days" */
static char *
length_in_words(WmoLength length)
{
	int64 months = llabs((long long) length.months);
	int64 days = llabs((long long) length.days);
	char *number_of_days = psprintf(INT64_FORMAT, days);
	char *number_of_months = psprintf(INT64_FORMAT, months);
	char *in_days = days == 1 ? wmo_words("1 day") : wmo_words("%1 days", number_of_days);
	char *in_months = months == 1 ? wmo_words("1 month") : wmo_words("%1 months", number_of_months);

	if (months != 0)
		return days == 0 ? in_months : wmo_words("%1 and %2", in_months, in_days);
	if (days == 7)
		return wmo_words("7 days (1 week)");
	if (days != 0 && days % 7 == 0)
		return wmo_words("%1 days (%2 weeks)", number_of_days, psprintf(INT64_FORMAT, days / 7));
	return in_days;
}

static void
tell_raw_end(Walk *walk, WmoDay day)
{
	char *length = length_in_words(walk->length);
	char *end = wmo_day_in_words(day);
	bool back = counts_back(walk->length);
	char *sentence;

	if (walk->length.months == 0)
		sentence = back ? wmo_words("%1 back end on %2.", length, end) : wmo_words("%1 end on %2.", length, end);
	else
		sentence = wmo_words(back ? "%1 back end on %2: months run to the same day of the month, or to the end of a "
									"shorter month (HR 1 September 2017, ECLI:NL:HR:2017:2225)." :
									"%1 end on %2: months run to the same day of the month, or to the end of a shorter "
									"month (HR 1 September 2017, ECLI:NL:HR:2017:2225).",
							 length, end);
	wmo_explain(walk->explanation, day, "length", sentence);
}

/* Says why a day is free: every reason it has, and the article of the strongest. */
static void
tell_free_day(Walk *walk, WmoDay day)
{
	WmoHoliday holidays[2];
	int count = wmo_holiday_on(day, holidays);
	int weekday = wmo_day_weekday(day);
	const char *applied = "Atw art. 1 lid 1";
	char *reason = weekday == 6 ? wmo_words("a Saturday") : weekday == 0 ? wmo_words("a Sunday") : NULL;
	char *decree;

	for (int i = 0; i < count; i++)
	{
		reason = reason == NULL ? pstrdup(wmo_holiday_name(holidays[i])) :
								  wmo_words("%1 and %2", reason, wmo_holiday_name(holidays[i]));
		applied = wmo_holiday_article(holidays[i]);
		walk->passed_holiday = true;
	}
	if (walk->rule == WMO_RULE_EU_1182_71)
		applied = "1182/71 art. 3(4)";
	else if (wmo_calendar_is_equated(walk->calendar, day))
	{
		decree = wmo_decree_of(day);
		if (reason == NULL)
			applied = "Atw art. 3 lid 3";
		decree = wmo_words("equated with a holiday (%1)", decree != NULL ? decree : wmo_words("decree unknown"));
		reason = reason == NULL ? decree : wmo_words("%1 and %2", reason, decree);
		walk->passed_equated = true;
	}
	wmo_explain(walk->explanation, day, applied, wmo_words("%1 is %2: not a last day.", wmo_day_in_words(day), reason));
}

static void
tell_step(void *context, WmoTermStep step, WmoDay day)
{
	Walk *walk = context;
	WmoExplanation *out = walk->explanation;
	bool eu = walk->rule == WMO_RULE_EU_1182_71;

	switch (step)
	{
		case WMO_STEP_EVENT:
			wmo_explain(out, day, "event",
						wmo_words("%1 is the event; that day is not counted.", wmo_day_in_words(day)));
			break;
		case WMO_STEP_RAW_END:
			tell_raw_end(walk, day);
			break;
		case WMO_STEP_NO_LENGTH:
			wmo_explain(out, day, "no term", wmo_words("A length of zero is no term, so nothing is extended."));
			break;
		case WMO_STEP_NO_RULE:
			wmo_explain(out, day, "no rule",
						wmo_words("No statute extends this term: its last day stands, free day or not."));
			break;
		case WMO_STEP_COUNTED_BACK:
			wmo_explain(out, day, eu ? "1182/71 art. 3(4)" : "Atw art. 1 lid 2",
						wmo_words("A term that is counted back is not moved."));
			break;
		case WMO_STEP_COUNTED_BACK_SHORT:
			wmo_explain(out, day, "warning",
						wmo_words("Fewer than two working days lie in this term. Whether %1 then asks for more days in "
								  "a term that is counted back is not settled.",
								  eu ? wmo_words("Regulation 1182/71 art. 3(5)") : "Atw art. 2"));
			break;
		case WMO_STEP_BEFORE_THE_LAW:
			wmo_explain(out, day, eu ? "1182/71" : "Atw",
						wmo_words(
							eu ? "The term ends before Regulation 1182/71 came into force on 1 July 1971." :
								 "The term ends before the Algemene termijnenwet came into force on 1 April 1965."));
			break;
		case WMO_STEP_TOO_LONG:
			wmo_explain(out, day, "Atw art. 4 sub a",
						wmo_words("The Atw does not extend terms of more than 90 days, twelve weeks or three months."));
			break;
		case WMO_STEP_FREE_DAY:
			tell_free_day(walk, day);
			break;
		case WMO_STEP_TOO_FEW_DAYS:
			wmo_explain(out, day, eu ? "1182/71 art. 3(5)" : "Atw art. 2",
						wmo_words("Only one working day lies in the term up to %1; it is extended until there are two.",
								  wmo_day_in_words(day)));
			break;
		case WMO_STEP_RESULT:
			wmo_explain(out, day, "result", wmo_words("The last day is %1.", wmo_day_in_words(day)));
			break;
	}
}

/* What a reader must know before relying on the result. */
static void
tell_warnings(Walk *walk, WmoDay last)
{
	WmoDay by_the_atw;
	WmoDay doubtful = last;
	char *doubt = NULL;

	if (walk->rule != WMO_RULE_EU_1182_71)
		doubt = wmo_calendar_doubt(walk->event, walk->length, WMO_RULE_ATW, &doubtful);
	if (walk->rule == WMO_RULE_ATW && doubt != NULL)
		wmo_explain(walk->explanation, doubtful, "warning", psprintf("%s.", wmo_with_a_capital(doubt)));
	if (walk->rule == WMO_RULE_NONE &&
		wmo_term_last_day(walk->calendar, walk->event, walk->length, WMO_RULE_ATW, NULL, NULL, &by_the_atw) ==
			WMO_TERM_OK &&
		(by_the_atw != last || doubt != NULL))
		wmo_explain(walk->explanation, by_the_atw, "warning",
					wmo_words("A term in a contract or in tender documents does not follow the Atw by itself. Whoever "
							  "applies the Atw ends it on %1%2.",
							  wmo_day_in_words(by_the_atw), doubt != NULL ? psprintf("; %s", doubt) : ""));
	if (walk->rule == WMO_RULE_EU_1182_71 && (walk->passed_holiday || wmo_calendar_is_equated(walk->calendar, last)))
		wmo_explain(walk->explanation, last, "warning",
					wmo_words("The public holidays under Regulation 1182/71 art. 2 are taken to be those of Atw art. 3 "
							  "lid 1 and 2; equated days count as working days."));
}

void
wmo_explain_walk(WmoExplanation *explanation, WmoDay event, WmoLength length, WmoRule rule)
{
	Walk walk = {explanation, wmo_current_calendar(), event, length, rule, false, false};
	WmoDay last = event;

	check_status(wmo_term_last_day(walk.calendar, event, length, rule, tell_step, &walk, &last), event);
	tell_warnings(&walk, last);
}

/* wmo.explain_term(event date, length interval, rule text) -> setof (step, day, applied, explanation) */
Datum
wmo_sql_explain_term(PG_FUNCTION_ARGS)
{
	WmoDay event = wmo_day_from_date(PG_GETARG_DATEADT(0), "event day");
	WmoLength length = wmo_length_from_interval(PG_GETARG_INTERVAL_P(1));
	WmoRule rule = wmo_rule_from_text(PG_GETARG_TEXT_PP(2));
	WmoExplanation explanation;

	wmo_explain_begin(&explanation, fcinfo);
	wmo_explain_walk(&explanation, event, length, rule);
	return (Datum) 0;
}

char *
wmo_explain_regime(WmoExplanation *explanation, WmoDay day, const WmoTermRule *rule)
{
	WmoTermRuleTexts texts = wmo_term_rule_texts(rule);

	wmo_explain(explanation, day, "regime", wmo_words("Regime %1: %2.", rule->regime, texts.citation));
	return texts.warning;
}

/* The rule of a term to decide in, in force on the day and with a length of its own. */
static const WmoTermRule *
decision_rule_on(text *regime, WmoDay event)
{
	const WmoTermRule *rule = wmo_term_rule_on(VARDATA_ANY(regime), VARSIZE_ANY_EXHDR(regime), event, false);

	if (!rule->decision)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("regime \"%s\" is a remedy, not a term to decide in", rule->regime),
				 errhint("Use wmo.objection_period for the period in which it can be used.")));
	if (!rule->has_length)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("regime \"%s\" has no length of its own", rule->regime),
				 errhint("Use wmo.term_last_day with the length of the case.")));
	return rule;
}

/* wmo.decision_last_day(regime text, event date) -> date: the last day on which an authority decides in time. */
Datum
wmo_sql_decision_last_day(PG_FUNCTION_ARGS)
{
	WmoDay event = wmo_day_from_date(PG_GETARG_DATEADT(1), "event day");
	const WmoTermRule *rule = decision_rule_on(PG_GETARG_TEXT_PP(0), event);

	PG_RETURN_DATEADT(wmo_date_from_day(wmo_term_last_day_or_error(event, rule->length, rule->rule)));
}

/* wmo.explain_decision(regime text, event date) -> setof (step, day, applied, explanation) */
Datum
wmo_sql_explain_decision(PG_FUNCTION_ARGS)
{
	WmoDay event = wmo_day_from_date(PG_GETARG_DATEADT(1), "event day");
	WmoTermRule rule = *decision_rule_on(PG_GETARG_TEXT_PP(0), event);
	WmoExplanation explanation;
	char *warning;

	wmo_explain_begin(&explanation, fcinfo);
	warning = wmo_explain_regime(&explanation, event, &rule);
	wmo_explain_walk(&explanation, event, rule.length, rule.rule);
	if (warning != NULL)
		wmo_explain(&explanation, WMO_DAY_UNKNOWN, "warning", warning);
	return (Datum) 0;
}
