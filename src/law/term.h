/*
 * term.h - terms and the regimes that set them, for the rooms that compute with them.
 */
#ifndef WMO_LAW_TERM_H
#define WMO_LAW_TERM_H

#include "core/objection.h"
#include "law/calendar.h"
#include "law/words.h"
#include "funcapi.h"

/* A row of wmo.term_rule without its texts. */
typedef struct WmoTermRule
{
	char regime[WMO_REGIME_MAX + 1];
	size_t regime_size;
	bool decision; /* a term in which an authority decides; otherwise a remedy */
	bool posting_rule; /* Awb 6:9 lid 2 */
	bool has_length;
	int64 valid_from; /* first day in force */
	int64 valid_until; /* first day no longer in force */
	WmoLength length;
	WmoRule rule; /* of the earliest last day */
	WmoRule latest_rule; /* of the latest last day */
} WmoTermRule;

/* The citation and the warning of a rule in the reader's language, palloc'd; a warning can be NULL. */
typedef struct WmoTermRuleTexts
{
	char *citation;
	char *warning;
} WmoTermRuleTexts;

/*
 * The rule of this regime that is in force on the day. Without one: NULL with no_error, else an error that says which
 * days the regime covers. Good until the next call.
 */
extern const WmoTermRule *wmo_term_rule_on(const char *regime, size_t size, WmoDay day, bool no_error);

/* Does any rule of that name exist, on whatever day? Good until the next call. */
extern const WmoTermRule *wmo_term_rule_named(const char *regime, size_t size);

/* Raises the error for a regime that does not exist; its hint lists those that do. */
extern _Noreturn void wmo_unknown_regime(const char *regime, size_t size);

extern WmoTermRuleTexts wmo_term_rule_texts(const WmoTermRule *rule);

/* wmo_term_last_day with the current calendar; errors are raised. */
extern WmoDay wmo_term_last_day_or_error(WmoDay event, WmoLength length, WmoRule rule);

/*
 * What the decrees that are not known here leave open about the last day of this term, as a clause without capital and
 * full stop, palloc'd; NULL when nothing. *doubtful, unless NULL, is then a day that such a decree could equate.
 */
extern char *wmo_calendar_doubt(WmoDay event, WmoLength length, WmoRule rule, WmoDay *doubtful);

/* The same of a last day that was published, and not reckoned here. */
extern char *wmo_calendar_doubt_on(WmoDay last);

/* The rows of an explanation, numbered as they come. */
typedef struct WmoExplanation
{
	ReturnSetInfo *result;
	int step;
} WmoExplanation;

extern void wmo_explain_begin(WmoExplanation *explanation, FunctionCallInfo fcinfo);

/* Adds a row; day may be WMO_DAY_UNKNOWN. */
extern void wmo_explain(WmoExplanation *explanation, WmoDay day, const char *applied, const char *sentence);

/* Adds the whole walk of one term under one rule, with its warnings. */
extern void wmo_explain_walk(WmoExplanation *explanation, WmoDay event, WmoLength length, WmoRule rule);

/* Adds the regime and its citation; returns its warning, palloc'd, or NULL. */
extern char *wmo_explain_regime(WmoExplanation *explanation, WmoDay day, const WmoTermRule *rule);

#endif
