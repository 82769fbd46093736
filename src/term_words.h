/*
 * term_words.h - days and lengths between SQL's words and the core's numbers.
 */
#ifndef WMO_TERM_WORDS_H
#define WMO_TERM_WORDS_H

#include "calendar.h"
#include "core/term.h"
#include "utils/timestamp.h"

/* An interval in whole months and days of one sign, or an error. */
extern WmoLength wmo_length_from_interval(const Interval *interval);

/* "Friday 7 April 2023", palloc'd. */
extern char *wmo_day_in_words(WmoDay day);

#endif
