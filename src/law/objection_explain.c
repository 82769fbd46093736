/*
 * objection_explain.c - how an objection period comes to its two last days, for a reader who must defend them.
 */
#include "law/objection_period.h"

#include "server/words.h"
#include "utils/builtins.h"

WMO_FUNCTION(wmo_sql_objection_period_explain);
WMO_FUNCTION(wmo_sql_objection_calendar_warning);

const WmoTermRule *
wmo_objection_rule(const ObjectionPeriod *period)
{
	const WmoObjection *days = &period->days;

	return wmo_term_rule_on(period->regime, OBJECTION_REGIME_SIZE(period),
							days->event != WMO_DAY_UNKNOWN ? days->event : days->last_day, true);
}

char *
wmo_objection_doubt(const WmoTermRule *rule, const WmoObjection *days)
{
	if (rule == NULL || (rule->rule != WMO_RULE_ATW && rule->latest_rule != WMO_RULE_ATW))
		return NULL;
	if (wmo_objection_can_be_recomputed(days))
		return wmo_calendar_doubt(days->event, days->length, WMO_RULE_ATW, NULL);
	return wmo_calendar_doubt_on(days->latest_last_day);
}

/* wmo.calendar_warning(period) -> text; null when no decree that is not known can move its last days */
Datum
wmo_sql_objection_calendar_warning(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period = GETARG_OBJECTION_PERIOD(0);
	char *doubt = wmo_objection_doubt(wmo_objection_rule(period), &period->days);

	if (doubt == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(doubt));
}

static char *
rule_in_words(WmoRule rule)
{
	switch (rule)
	{
		case WMO_RULE_ATW:
			return pstrdup("Algemene termijnenwet");
		case WMO_RULE_EU_1182_71:
			return wmo_words("Regulation 1182/71");
		case WMO_RULE_NONE:
			break;
	}
	return wmo_words("no extension");
}

/* The statutory standstill rests on a directive: say so when the Regulation would end it on another day. */
static void
warn_of_the_regulation(WmoExplanation *explanation, const WmoTermRule *rule, const WmoObjection *days)
{
	WmoDay by_regulation;

	if (rule->rule != WMO_RULE_ATW || strcmp(rule->regime, "standstill") != 0)
		return;
	by_regulation = wmo_term_last_day_or_error(days->event, days->length, WMO_RULE_EU_1182_71);
	if (by_regulation != days->last_day)
		wmo_explain(explanation, by_regulation, "warning",
					wmo_words("Under Regulation 1182/71 art. 3, where equated days are working days, this term would "
							  "end on %1: an earlier day counts for who goes to court, a later one for who signs.",
							  wmo_day_in_words(by_regulation)));
}

/* A regime's own length is what the statute sets: shorter cannot be, and more comes from the documents. */
static void
warn_of_the_length(WmoExplanation *explanation, const WmoTermRule *rule, WmoLength length)
{
	int order = (length.months > rule->length.months) - (length.months < rule->length.months);

	if (order == 0)
		order = (length.days > rule->length.days) - (length.days < rule->length.days);
	if (!rule->has_length || order == 0)
		return;
	wmo_explain(explanation, WMO_DAY_UNKNOWN, "warning",
				wmo_words(order < 0 ? "The length is less than the regime's own." :
									  "The length is more than the regime's own: what the documents add is not a term "
									  "set by statute, and whether the Atw extends it is open."));
}

static void
explain_computed(WmoExplanation *explanation, const WmoTermRule *rule, const WmoObjection *days)
{
	char *warning = wmo_explain_regime(explanation, days->event, rule);
	WmoObjection now;

	if (rule->rule != rule->latest_rule)
		wmo_explain(explanation, days->event, "reading", wmo_words("First reading: %1.", rule_in_words(rule->rule)));
	wmo_explain_walk(explanation, days->event, days->length, rule->rule);
	if (rule->rule != rule->latest_rule)
	{
		wmo_explain(explanation, days->event, "reading",
					wmo_words("Second reading: %1.", rule_in_words(rule->latest_rule)));
		wmo_explain_walk(explanation, days->event, days->length, rule->latest_rule);
	}
	if (warning != NULL)
		wmo_explain(explanation, WMO_DAY_UNKNOWN, "warning", warning);
	warn_of_the_length(explanation, rule, days->length);
	warn_of_the_regulation(explanation, rule, days);

	now = wmo_objection_compute(rule, days->event, days->length);
	if (wmo_objection_compare(&now, days) != 0)
		wmo_explain(
			explanation, now.last_day, "warning",
			wmo_words("The stored period is another than today's calendar and rules give: it ends on %1, latest "
					  "on %2.",
					  wmo_day_in_words(days->last_day), wmo_day_in_words(days->latest_last_day)));
}

/* A period that cannot be computed again; rule may be NULL. */
static void
explain_as_given(WmoExplanation *explanation, const WmoTermRule *rule, const ObjectionPeriod *period)
{
	char *doubt = wmo_objection_doubt(rule, &period->days);
	char *warning = NULL;

	if (rule == NULL)
		wmo_explain(explanation, period->days.event, "regime",
					wmo_words("Regime %1 is not known here on these days.",
							  pnstrdup(period->regime, OBJECTION_REGIME_SIZE(period))));
	else
		warning = wmo_explain_regime(explanation, period->days.event, rule);
	wmo_explain(explanation, period->days.event, "as given",
				wmo_words(
					"The event day, the length or the rule is not known: the last days are as they were published or "
					"stored."));
	if (doubt != NULL)
		wmo_explain(explanation, period->days.latest_last_day, "warning", psprintf("%s.", wmo_with_a_capital(doubt)));
	if (warning != NULL)
		wmo_explain(explanation, WMO_DAY_UNKNOWN, "warning", warning);
}

/* wmo.explain_objection_period(period) -> setof (step, day, applied, explanation) */
Datum
wmo_sql_objection_period_explain(PG_FUNCTION_ARGS)
{
	ObjectionPeriod *period = GETARG_OBJECTION_PERIOD(0);
	const WmoObjection *days = &period->days;
	const WmoTermRule *rule;
	WmoTermRule copy;
	WmoExplanation explanation;

	wmo_explain_begin(&explanation, fcinfo);
	rule = wmo_objection_rule(period);
	if (rule != NULL)
		copy = *rule;
	if (rule != NULL && wmo_objection_can_be_recomputed(days))
		explain_computed(&explanation, &copy, days);
	else
		explain_as_given(&explanation, rule != NULL ? &copy : NULL, period);
	wmo_explain(&explanation, days->last_day, "earliest last day",
				wmo_words("By the shortest reading the period ends on %1.", wmo_day_in_words(days->last_day)));
	wmo_explain(&explanation, days->latest_last_day, "latest last day",
				wmo_words("By the longest reading the period ends on %1.", wmo_day_in_words(days->latest_last_day)));
	wmo_explain(&explanation, days->latest_last_day + 1, "earliest final",
				wmo_words("Final at the earliest on %1, if no proceedings are pending.",
						  wmo_day_in_words(days->latest_last_day + 1)));
	return (Datum) 0;
}
