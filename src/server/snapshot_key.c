/*
 * snapshot_key.c - the identity of the active snapshot.
 *
 * A pointer to a snapshot says nothing (the memory is reused), and state kept in fn_extra lives as long as a cached
 * expression: in PL/pgSQL for the whole transaction. So the contents are compared.
 */
#include "server/snapshot_key.h"

#include "access/xact.h"
#include "storage/shmem.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

static uint64 current_key = 0;
static bool seen_valid = false;
static bool callbacks_registered = false;

/* What decides which rows the last snapshot saw; the arrays are kept only where its snapXactCompletionCount is 0. */
static SnapshotData seen;
static TransactionId *seen_xids = NULL;
static Size seen_xids_room = 0;

static void
forget_at_end(XactEvent event, void *arg)
{
	seen_valid = false;
}

/* After a rollback to a savepoint an equal command id no longer means equal rows. */
static void
forget_at_subtransaction_end(SubXactEvent event, SubTransactionId subid, SubTransactionId parent, void *arg)
{
	if (event == SUBXACT_EVENT_ABORT_SUB)
		seen_valid = false;
}

/*
 * Within one transaction the server's count of completed transactions and the own command id decide what an MVCC
 * snapshot sees. A snapshot without that count (imported, or handed to a parallel worker) is compared in full.
 */
static bool
is_seen(Snapshot snapshot)
{
	if (snapshot->snapshot_type != SNAPSHOT_MVCC || snapshot->curcid != seen.curcid ||
		snapshot->snapXactCompletionCount != seen.snapXactCompletionCount || snapshot->xmin != seen.xmin ||
		snapshot->xmax != seen.xmax)
		return false;
	if (likely(seen.snapXactCompletionCount != 0))
		return true;
	return snapshot->xcnt == seen.xcnt && snapshot->subxcnt == seen.subxcnt &&
		snapshot->suboverflowed == seen.suboverflowed && snapshot->takenDuringRecovery == seen.takenDuringRecovery &&
		(seen.xcnt == 0 || memcmp(snapshot->xip, seen_xids, seen.xcnt * sizeof(TransactionId)) == 0) &&
		(seen.subxcnt <= 0 ||
		 memcmp(snapshot->subxip, seen_xids + seen.xcnt, seen.subxcnt * sizeof(TransactionId)) == 0);
}

static void
remember(Snapshot snapshot)
{
	seen = *snapshot;
	if (snapshot->snapXactCompletionCount == 0)
	{
		Size count = (Size) snapshot->xcnt + Max(snapshot->subxcnt, 0);

		if (count > seen_xids_room)
		{
			if (seen_xids != NULL)
				pfree(seen_xids);
			seen_xids = NULL;
			seen_xids_room = 0;
			seen_xids = MemoryContextAlloc(TopMemoryContext, mul_size(count, sizeof(TransactionId)));
			seen_xids_room = count;
		}
		if (snapshot->xcnt > 0)
			memcpy(seen_xids, snapshot->xip, snapshot->xcnt * sizeof(TransactionId));
		if (snapshot->subxcnt > 0)
			memcpy(seen_xids + snapshot->xcnt, snapshot->subxip, snapshot->subxcnt * sizeof(TransactionId));
	}
	seen_valid = snapshot->snapshot_type == SNAPSHOT_MVCC;
}

uint64
wmo_snapshot_key(void)
{
	Snapshot snapshot;

	if (unlikely(!ActiveSnapshotSet()))
		elog(ERROR, "wmo_contracts cannot read its tables without an active snapshot");
	snapshot = GetActiveSnapshot();
	if (likely(seen_valid) && is_seen(snapshot))
		return current_key;

	if (!callbacks_registered)
	{
		RegisterXactCallback(forget_at_end, NULL);
		RegisterSubXactCallback(forget_at_subtransaction_end, NULL);
		callbacks_registered = true;
	}
	seen_valid = false;
	remember(snapshot);
	return ++current_key;
}
