/*
 * term.h - the last day of a legal term.
 *
 * The event day is not counted: day 1 is the day after it. A term of weeks ends on the event's weekday, a term of
 * months on the event's day of the month or, where that month is shorter, on its last day (HR 1 September 2017,
 * ECLI:NL:HR:2017:2225). What happens when the last day is a free day depends on the rule.
 */
#ifndef WMO_CORE_TERM_H
#define WMO_CORE_TERM_H

#include <stddef.h>

#include "core/calendar.h"

typedef enum WmoRule {
	WMO_RULE_NONE, /* contracts and tender documents: the last day stands */
	WMO_RULE_ATW, /* Algemene termijnenwet, arts. 1, 2, 4 and 5 */
	WMO_RULE_EU_1182_71 /* Regulation (EEC, Euratom) 1182/71, art. 3 */
} WmoRule;

typedef enum WmoTermStatus { WMO_TERM_OK, WMO_TERM_MIXED_SIGNS, WMO_TERM_OUT_OF_RANGE } WmoTermStatus;

/* What happened on the way to the last day, in this order; each comes with the day it is about. */
typedef enum WmoTermStep {
	WMO_STEP_EVENT,
	WMO_STEP_RAW_END,
	WMO_STEP_NO_LENGTH, /* a length of zero is no term: nothing is extended */
	WMO_STEP_NO_RULE,
	WMO_STEP_COUNTED_BACK, /* Atw art. 1 lid 2; 1182/71 art. 3(4), last sentence */
	WMO_STEP_COUNTED_BACK_SHORT, /* ... and fewer working days lie inside than a forward term would need */
	WMO_STEP_BEFORE_THE_LAW, /* the term ends before the rule came into force */
	WMO_STEP_TOO_LONG, /* Atw art. 4 sub a */
	WMO_STEP_FREE_DAY, /* Atw art. 1 lid 1; 1182/71 art. 3(4): one step for each day passed over */
	WMO_STEP_TOO_FEW_DAYS, /* Atw art. 2; 1182/71 art. 3(5) */
	WMO_STEP_RESULT
} WmoTermStep;

typedef void (*WmoTermTrace)(void *context, WmoTermStep step, WmoDay day);

/* "atw", "eu_1182_71", "none". Returns false for another name. */
bool wmo_rule_from_name(const char *name, size_t size, WmoRule *rule);

/*
 * The last day of the term of this length after the event, or before it for a negative length. trace may be NULL; it is
 * called with every step. On an error the steps so far have been traced and *last is not set.
 */
WmoTermStatus wmo_term_last_day(const WmoCalendar *calendar, WmoDay event, WmoLength length, WmoRule rule,
								WmoTermTrace trace, void *context, WmoDay *last);

/* Are all equated days from first to last known? */
typedef bool (*WmoDaysKnown)(void *context, WmoDay first, WmoDay last);

/*
 * Could an equated day that is not known move the last day of this term, or leave fewer than two working days in a term
 * that counts back? Then *doubtful is such a day: the last day itself, or one of those by which Atw art. 2 is met.
 */
bool wmo_term_may_move(const WmoCalendar *calendar, WmoDay event, WmoLength length, WmoRule rule, WmoDaysKnown known,
					   void *context, WmoDay *doubtful);

/* Free days as this rule counts them. */
WmoFreeDays wmo_rule_free_days(WmoRule rule);

#endif
