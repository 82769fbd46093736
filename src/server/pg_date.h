/*
 * pg_date.h - days and lengths between PostgreSQL's types and the core's: the one conversion.
 */
#ifndef WMO_SERVER_PG_DATE_H
#define WMO_SERVER_PG_DATE_H

#include "server/pg_compat.h"

#include "core/civil.h"
#include "utils/date.h"
#include "utils/timestamp.h"

StaticAssertDecl(WMO_DAY_INFINITY == DATEVAL_NOEND && WMO_DAY_MINUS_INFINITY == DATEVAL_NOBEGIN,
				 "what is infinite is so in both");

/* A date as a day; the infinite dates are the core's infinite days. */
static inline WmoDay
wmo_date_to_day(DateADT date)
{
	return DATE_NOT_FINITE(date) ? date : date + WMO_DAY_OF_PG_EPOCH;
}

/* A day as a date; the infinite days are the infinite dates. */
static inline DateADT
wmo_date_from_day(WmoDay day)
{
	return DATE_NOT_FINITE(day) ? day : day - WMO_DAY_OF_PG_EPOCH;
}

/* A length as an interval, palloc'd. */
static inline Interval *
wmo_interval_from_length(WmoLength length)
{
	Interval *interval = palloc0(sizeof(Interval));

	interval->month = length.months;
	interval->day = length.days;
	return interval;
}

#endif
