/*
 * objection.h - an objection period as a value: the days on which an award or decision can be fought.
 *
 * Text:   standstill:(2018-07-24+P20D,2018-08-13]
 *         regime, the event day (not counted, hence the round bracket), the length where it is known, the last day.
 *         forfeiture:(2020-10-12+P20D,2020-11-01|2020-11-02]      two readings: the earliest and the latest last day
 *         sas_standstill:(?,2019-07-18|2019-07-19]                the event day is not known
 *
 * Its days lie in the years that ISO 8601 writes in four digits. The value is a computed result. Reading it asks no
 * calendar and no table.
 */
#ifndef WMO_CORE_OBJECTION_H
#define WMO_CORE_OBJECTION_H

#include "core/iso.h"
#include "core/term.h"

/* As long as PostgreSQL's names: [a-z][a-z0-9_]*, at most 63 bytes. */
#define WMO_REGIME_MAX 63

/* Stands for an event day that is not known; far outside the range of days. */
#define WMO_DAY_UNKNOWN INT32_MIN

typedef struct WmoObjection
{
	WmoDay event; /* or WMO_DAY_UNKNOWN */
	WmoLength length; /* 0 and 0: not known */
	WmoDay last_day; /* the earliest last day: who fights is in time on it by every reading */
	WmoDay latest_last_day; /* the last day by the longest reading */
} WmoObjection;

typedef enum WmoObjectionFault {
	WMO_OBJECTION_OK,
	WMO_OBJECTION_BAD_REGIME,
	WMO_OBJECTION_BAD_BRACKET,
	WMO_OBJECTION_BAD_EVENT,
	WMO_OBJECTION_BAD_LENGTH,
	WMO_OBJECTION_BAD_LAST_DAY,
	WMO_OBJECTION_TRAILING,
	WMO_OBJECTION_DAY_OUT_OF_RANGE,
	WMO_OBJECTION_NEGATIVE_LENGTH,
	WMO_OBJECTION_LENGTH_WITHOUT_EVENT,
	WMO_OBJECTION_ENDS_BEFORE_EVENT,
	WMO_OBJECTION_ENDS_BEFORE_LENGTH,
	WMO_OBJECTION_LATEST_BEFORE_LAST
} WmoObjectionFault;

/* Longest text: regime ":(" event "+" length "," day "|" day "]" and a zero byte. */
#define WMO_OBJECTION_TEXT (WMO_REGIME_MAX + 2 + 3 * WMO_ISO_DAY_TEXT + WMO_ISO_LENGTH_TEXT + 5)

/* Is this the name of a regime by its letters alone? */
bool wmo_regime_name_is_valid(const char *name, size_t size);

/* The invariants that every value keeps, however it was made. The regime's name is checked apart. */
WmoObjectionFault wmo_objection_check(const WmoObjection *period);

/*
 * Reads the text form. Blanks around the whole are allowed, none inside. *regime and *regime_size then point into text.
 * Checks every invariant.
 */
WmoObjectionFault wmo_objection_parse(const char *text, size_t size, WmoObjection *period, const char **regime,
									  size_t *regime_size);

/* Writes the text form; the regime's name is WMO_REGIME_MAX bytes at most. Returns the bytes before the zero byte. */
int wmo_objection_print(const WmoObjection *period, const char *regime, size_t regime_size,
						char text[WMO_OBJECTION_TEXT]);

/* A full sentence that says what was expected. */
const char *wmo_objection_fault_text(WmoObjectionFault fault);

/* Order by last day, latest last day, event (unknown first) and length: negative, zero or positive. */
int wmo_objection_compare(const WmoObjection *left, const WmoObjection *right);

#endif
