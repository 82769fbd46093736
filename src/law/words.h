/*
 * words.h - days, lengths and rules between SQL's words and the core's numbers.
 */
#ifndef WMO_LAW_WORDS_H
#define WMO_LAW_WORDS_H

#include "server/pg_date.h"

#include "core/term.h"

/* A finite date as a day. what names the argument in the error. */
extern WmoDay wmo_day_from_date(DateADT date, const char *what);

/* The rule of this name, or an error that lists the rules. */
extern WmoRule wmo_rule_from_text(text *name);

/* An interval in whole months and days of one sign, or an error. */
extern WmoLength wmo_length_from_interval(const Interval *interval);

/* "Friday 7 April 2023" in the reader's language, palloc'd. */
extern char *wmo_day_in_words(WmoDay day);

/* The same for an error, which is in English whatever the reader's language. */
extern char *wmo_day_in_english(WmoDay day);

#endif
