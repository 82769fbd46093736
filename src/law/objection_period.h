/*
 * objection_period.h - the type objection_period, for its own rooms.
 */
#ifndef WMO_LAW_OBJECTION_PERIOD_H
#define WMO_LAW_OBJECTION_PERIOD_H

#include "law/term.h"

/*
 * On disk: a varlena of type storage "plain", so it is always aligned, never compressed and never out of line.
 *
 *   4 bytes  varlena header
 *  20 bytes  WmoObjection: event, months, days, last day, latest last day as int32 days from 1970-01-01
 *  1-63      the regime's name, without a zero byte
 */
typedef struct ObjectionPeriod
{
	int32 vl_len_;
	WmoObjection days;
	char regime[FLEXIBLE_ARRAY_MEMBER];
} ObjectionPeriod;

StaticAssertDecl(sizeof(WmoObjection) == 20, "WmoObjection must have no padding: it is stored as it is");

#define OBJECTION_HEADER_SIZE offsetof(ObjectionPeriod, regime)
#define OBJECTION_REGIME_SIZE(period) (VARSIZE(period) - OBJECTION_HEADER_SIZE)
#define GETARG_OBJECTION_PERIOD(n) ((ObjectionPeriod *) PG_DETOAST_DATUM(PG_GETARG_DATUM(n)))

/* The period by this rule: the earlier end of its two readings is the earliest last day. Errors are raised. */
extern WmoObjection wmo_objection_compute(const WmoTermRule *rule, WmoDay event, WmoLength length);

/* Are event day and length known? */
extern bool wmo_objection_can_be_recomputed(const WmoObjection *days);

/* What the decrees that are not known here leave open about its last days: wmo_calendar_doubt; rule may be NULL. */
extern char *wmo_objection_doubt(const WmoTermRule *rule, const WmoObjection *days);

/* The rule of a period: by its event, or where that is not known by its last day. NULL when none is in force then. */
extern const WmoTermRule *wmo_objection_rule(const ObjectionPeriod *period);

#endif
