/*
 * term.c - the last day of a term for SQL, and its explanation.
 */
#include "law/term.h"

#include "miscadmin.h"
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
				 errdetail("The term from %s ends beyond the range of dates.", wmo_day_in_words(event))));
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
	return psprintf("not all decrees on equated days of %d are known here: %s", wmo_civil_from_day(doubtful).year,
					back ? "fewer than two working days may lie in the term" : "the term may end later");
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
	char *in_days = psprintf(INT64_FORMAT " day%s", days, days == 1 ? "" : "s");
	char *in_months = psprintf(INT64_FORMAT " month%s", months, months == 1 ? "" : "s");

	if (months != 0)
		return days == 0 ? in_months : psprintf("%s and %s", in_months, in_days);
	if (days != 0 && days % 7 == 0)
		return psprintf("%s (" INT64_FORMAT " week%s)", in_days, days / 7, days == 7 ? "" : "s");
	return in_days;
}

static void
tell_raw_end(Walk *walk, WmoDay day)
{
	const char *by_month = "";

	if (walk->length.months != 0)
		by_month = ": months run to the same day of the month, or to the end of a shorter month "
				   "(HR 1 September 2017, ECLI:NL:HR:2017:2225)";
	wmo_explain(walk->explanation, day, "length",
				psprintf("%s %s on %s%s.", length_in_words(walk->length),
						 counts_back(walk->length) ? "back end" : "end", wmo_day_in_words(day), by_month));
}

/* Says why a day is free: every reason it has, and the article of the strongest. */
static void
tell_free_day(Walk *walk, WmoDay day)
{
	WmoHoliday holidays[2];
	int count = wmo_holiday_on(day, holidays);
	int weekday = wmo_day_weekday(day);
	const char *applied = "Atw art. 1 lid 1";
	const char *reason = weekday == 6 ? "a Saturday" : weekday == 0 ? "a Sunday" : "";
	char *decree;

	for (int i = 0; i < count; i++)
	{
		reason = psprintf("%s%s%s", reason, *reason != '\0' ? " and " : "", wmo_holiday_name(holidays[i]));
		applied = wmo_holiday_article(holidays[i]);
		walk->passed_holiday = true;
	}
	if (walk->rule == WMO_RULE_EU_1182_71)
		applied = "1182/71 art. 3(4)";
	else if (wmo_calendar_is_equated(walk->calendar, day))
	{
		decree = wmo_decree_of(day);
		if (*reason == '\0')
			applied = "Atw art. 3 lid 3";
		reason = psprintf("%s%sequated with a holiday (%s)", reason, *reason != '\0' ? " and " : "",
						  decree != NULL ? decree : "decree unknown");
		walk->passed_equated = true;
	}
	wmo_explain(walk->explanation, day, applied, psprintf("%s is %s: not a last day.", wmo_day_in_words(day), reason));
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
						psprintf("%s is the event; that day is not counted.", wmo_day_in_words(day)));
			break;
		case WMO_STEP_RAW_END:
			tell_raw_end(walk, day);
			break;
		case WMO_STEP_NO_LENGTH:
			wmo_explain(out, day, "no term", "A length of zero is no term, so nothing is extended.");
			break;
		case WMO_STEP_NO_RULE:
			wmo_explain(out, day, "no rule", "No statute extends this term: its last day stands, free day or not.");
			break;
		case WMO_STEP_COUNTED_BACK:
			wmo_explain(out, day, eu ? "1182/71 art. 3(4)" : "Atw art. 1 lid 2",
						"A term that is counted back is not moved.");
			break;
		case WMO_STEP_COUNTED_BACK_SHORT:
			wmo_explain(out, day, "warning",
						psprintf("Fewer than two working days lie in this term. Whether %s then asks for more days in "
								 "a term that is counted back is not settled.",
								 eu ? "Regulation 1182/71 art. 3(5)" : "Atw art. 2"));
			break;
		case WMO_STEP_BEFORE_THE_LAW:
			wmo_explain(out, day, eu ? "1182/71" : "Atw",
						eu ? "The term ends before Regulation 1182/71 came into force on 1 July 1971." :
							 "The term ends before the Algemene termijnenwet came into force on 1 April 1965.");
			break;
		case WMO_STEP_TOO_LONG:
			wmo_explain(out, day, "Atw art. 4 sub a",
						"The Atw does not extend terms of more than 90 days, twelve weeks or three months.");
			break;
		case WMO_STEP_FREE_DAY:
			tell_free_day(walk, day);
			break;
		case WMO_STEP_TOO_FEW_DAYS:
			wmo_explain(out, day, eu ? "1182/71 art. 3(5)" : "Atw art. 2",
						psprintf("Only one working day lies in the term up to %s; it is extended until there are two.",
								 wmo_day_in_words(day)));
			break;
		case WMO_STEP_RESULT:
			wmo_explain(out, day, "result", psprintf("The last day is %s.", wmo_day_in_words(day)));
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
		wmo_explain(walk->explanation, doubtful, "warning", psprintf("N%s.", doubt + 1));
	if (walk->rule == WMO_RULE_NONE &&
		wmo_term_last_day(walk->calendar, walk->event, walk->length, WMO_RULE_ATW, NULL, NULL, &by_the_atw) ==
			WMO_TERM_OK &&
		(by_the_atw != last || doubt != NULL))
		wmo_explain(walk->explanation, by_the_atw, "warning",
					psprintf("A term in a contract or in tender documents does not follow the Atw by itself. Whoever "
							 "applies the Atw ends it on %s%s%s.",
							 wmo_day_in_words(by_the_atw), doubt != NULL ? "; " : "", doubt != NULL ? doubt : ""));
	if (walk->rule == WMO_RULE_EU_1182_71 && (walk->passed_holiday || wmo_calendar_is_equated(walk->calendar, last)))
		wmo_explain(walk->explanation, last, "warning",
					"The public holidays under Regulation 1182/71 art. 2 are taken to be those of Atw art. 3 lid 1 and "
					"2; equated days count as working days.");
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

	wmo_explain(explanation, day, "regime", psprintf("Regime %s: %s.", rule->regime, texts.citation));
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
