/*
 * contract_period.h - the bridge between a contract_period Datum and the core's WmoPeriod.
 */
#ifndef WMO_PERIOD_CONTRACT_PERIOD_H
#define WMO_PERIOD_CONTRACT_PERIOD_H

#include "server/pg_date.h"

#include "core/period.h"

#include "nodes/nodes.h"

/* Unpacks a stored value; reports data corruption when the bytes cannot be one. */
extern void contract_period_read(const struct varlena *value, WmoPeriod *period);

/* A new Datum in the current memory context. */
extern Datum contract_period_datum(const WmoPeriod *period);

/*
 * Reports an error of the core, softly where context asks for that. value is the text that it is about, or NULL for
 * the canonical text of period.
 */
extern Datum contract_period_report(Node *context, const WmoPeriodError *error, const WmoPeriod *period,
									const char *value);

/* A finite date as a day; otherwise an error in which what names it ("last day") and hint says what to do. */
extern WmoDay contract_period_day(DateADT date, const char *what, const char *hint);

/* A daterange in the current memory context; a bound that the core calls infinite becomes none, no days empty. */
extern Datum contract_daterange(WmoDays days);

#endif
