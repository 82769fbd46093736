/*
 * change_time.c - when a transaction changes the registry.
 *
 * now() is when a transaction began. One that began before somebody read, and writes after that, would leave rows that
 * look older than what was read: a load of everything since then passes them by. This time is taken after the
 * transaction has its number, so that of two transactions the one that a snapshot cannot see yet is never the older.
 */
#include "server/pg_compat.h"

#include "access/xact.h"
#include "utils/timestamp.h"

WMO_FUNCTION(wmo_sql_change_time);

/* wmo_works.change_time() -> timestamptz: one time for all that a transaction changes. It gives it a number. */
Datum
wmo_sql_change_time(PG_FUNCTION_ARGS)
{
	static FullTransactionId stamped;
	static TimestampTz stamp;
	FullTransactionId own = GetTopFullTransactionId();

	if (!FullTransactionIdEquals(own, stamped))
	{
		stamp = GetCurrentTimestamp();
		stamped = own;
	}
	PG_RETURN_TIMESTAMPTZ(stamp);
}
