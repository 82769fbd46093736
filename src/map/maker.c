/*
 * maker.c - one process that makes the map of all sessions, while they go on.
 *
 * A session whose question makes the map worth its price orders it; a background worker of the server makes it. That
 * has no settings, temporary objects or changes of anybody, begins with a snapshot of its own, and acts as the owner of
 * the registry: what it makes depends on what is committed and on nothing else. A database has one order at a time.
 * When the worker ends without a map of the state that was wanted, be it cancelled, out of memory or overtaken by a
 * change, sessions make their own for a while.
 */
#include "map/maker.h"

#include "access/xact.h"
#include "commands/dbcommands.h"
#include "map/held.h"
#include "map/rights.h"
#include "map/shared.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "postmaster/bgworker.h"
#include "server/owner.h"
#include "server/table_scan.h"
#include "storage/ipc.h"
#include "storage/proc.h"
#include "tcop/tcopprot.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"
#include "utils/wait_event.h"

/* After an order that brought no map the next one waits so long. */
#define MS_AFTER_A_MISS 60000

/* A worker begins within this time, or never will; it is done within so many times the price, or is stuck. */
#define MS_TO_BEGIN 5000
#define MS_TO_MAKE 10000
#define PRICES_TO_MAKE 10

/* What a worker is told. */
typedef struct Order
{
	Oid database;
	uint32 number;
} Order;

PGDLLEXPORT void wmo_make_shared_map(Datum argument);

/* ---- of who orders ---- */

static double
ms_since(TimestampTz then)
{
	return (GetCurrentTimestamp() - then) / 1000.0;
}

/* Of an order; under the lock. Nobody will carry it out, or not soon. */
static bool
is_stuck(const SharedRegistry *registry)
{
	if (registry->maker == 0)
		return ms_since(registry->ordered_at) > MS_TO_BEGIN;
	return ms_since(registry->ordered_at) > MS_TO_MAKE + PRICES_TO_MAKE * registry->price;
}

/* The worker never began, long ago: it may be ordered again. */
static bool
is_lost(const SharedRegistry *registry)
{
	return registry->maker == 0 && ms_since(registry->ordered_at) > MS_AFTER_A_MISS;
}

bool
wmo_maker_is_for(const RegistryState *state)
{
	const SharedRegistry *registry;
	bool missed, ordered = false;

	if (!wmo_shared_is_for(state))
		return false;
	LWLockAcquire(wmo_shared_lock, LW_SHARED);
	registry = wmo_shared_registry(MyDatabaseId);
	missed = wmo_shared_stands(state); /* and could not be taken */
	if (registry != NULL)
	{
		missed |= registry->missed_at != 0 && wmo_same_state(&registry->missed, state) &&
			ms_since(registry->missed_at) < MS_AFTER_A_MISS;
		missed |= registry->order != 0 && is_stuck(registry) && !is_lost(registry);
		ordered = registry->order != 0 && wmo_same_state(&registry->wanted, state);
	}
	LWLockRelease(wmo_shared_lock);
	return !missed && (ordered || wmo_registry_is_latest(state));
}

/* Under the exclusive lock. */
static void
miss(SharedRegistry *registry)
{
	registry->missed = registry->wanted;
	registry->missed_at = GetCurrentTimestamp();
}

/* Under the exclusive lock. */
static void
end_order(SharedRegistry *registry)
{
	wmo_shared_give_back(registry);
	registry->order = 0;
	registry->maker = 0;
}

static bool
begin_worker(const Order *order)
{
	BackgroundWorker worker = {.bgw_flags = BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION,
							   .bgw_start_time = BgWorkerStart_ConsistentState,
							   .bgw_restart_time = BGW_NEVER_RESTART};

	snprintf(worker.bgw_name, BGW_MAXLEN, "wmo_contracts coverage map of database %u", order->database);
	strlcpy(worker.bgw_type, "wmo_contracts coverage map", BGW_MAXLEN);
	strlcpy(worker.bgw_library_name, "wmo_contracts", sizeof(worker.bgw_library_name));
	strlcpy(worker.bgw_function_name, "wmo_make_shared_map", BGW_MAXLEN);
	memcpy(worker.bgw_extra, order, sizeof(*order));
	return RegisterDynamicBackgroundWorker(&worker, NULL);
}

double
wmo_maker_order(const RegistryState *state, double price)
{
	SharedRegistry *registry;
	Order order = {MyDatabaseId, 0};
	double left = price;

	LWLockAcquire(wmo_shared_lock, LW_EXCLUSIVE);
	registry = wmo_shared_own_registry();
	if (registry != NULL && registry->order != 0 && !is_lost(registry))
		left = registry->price - ms_since(registry->ordered_at);
	else if (registry != NULL)
	{
		end_order(registry);
		if (++wmo_shared->last_order == 0)
			wmo_shared->last_order = 1;
		registry->order = order.number = wmo_shared->last_order;
		registry->wanted = *state;
		registry->ordered_at = GetCurrentTimestamp();
		registry->price = price;
	}
	LWLockRelease(wmo_shared_lock);
	if (order.number != 0 && !begin_worker(&order))
	{
		LWLockAcquire(wmo_shared_lock, LW_EXCLUSIVE);
		if (registry->order == order.number)
		{
			miss(registry);
			end_order(registry);
		}
		LWLockRelease(wmo_shared_lock);
	}
	return left;
}

void
wmo_maker_wait(double milliseconds)
{
	TimestampTz start = GetCurrentTimestamp();
	SharedRegistry *registry;

	LWLockAcquire(wmo_shared_lock, LW_SHARED);
	registry = wmo_shared_registry(MyDatabaseId);
	LWLockRelease(wmo_shared_lock);
	if (registry == NULL)
		return;
	ConditionVariablePrepareToSleep(&registry->ended);
	for (;;)
	{
		double left = milliseconds - ms_since(start);
		bool ended;

		LWLockAcquire(wmo_shared_lock, LW_SHARED);
		ended = registry->order == 0 || is_stuck(registry);
		LWLockRelease(wmo_shared_lock);
		if (ended || left < 1)
			break;
		(void) ConditionVariableTimedSleep(&registry->ended, (long) Min(left, 1000), PG_WAIT_EXTENSION);
	}
	ConditionVariableCancelSleep();
}

/* ---- the worker ---- */

static Order mine;
static bool made_what_was_wanted = false;

/* False when the order is somebody else's or nobody's any more. */
static bool
begin_order(void)
{
	SharedRegistry *registry;
	bool is_mine;

	LWLockAcquire(wmo_shared_lock, LW_EXCLUSIVE);
	registry = wmo_shared_registry(mine.database);
	is_mine = registry != NULL && registry->order == mine.number && registry->maker == 0;
	if (is_mine)
		registry->maker = MyProcPid;
	LWLockRelease(wmo_shared_lock);
	return is_mine;
}

static void
end_my_order(int code, Datum argument)
{
	SharedRegistry *registry;

	LWLockAcquire(wmo_shared_lock, LW_EXCLUSIVE);
	registry = wmo_shared_registry(mine.database);
	if (registry != NULL && registry->order == mine.number)
	{
		if (!made_what_was_wanted)
			miss(registry);
		end_order(registry);
	}
	LWLockRelease(wmo_shared_lock);
	if (registry != NULL)
		ConditionVariableBroadcast(&registry->ended);
}

/*
 * The settings that the database or the server may have for others are not those of a map. A table that somebody has
 * locked is not waited for: he may be waiting for this map.
 */
static void
settle(void)
{
	static const struct
	{
		const char *name;
		const char *value;
	} settings[] = {{"search_path", "pg_catalog, pg_temp"},
					{"datestyle", "ISO, YMD"},
					{"intervalstyle", "postgres"},
					{"timezone", "UTC"},
					{"row_security", "on"},
					{"transform_null_equals", "off"},
					{"standard_conforming_strings", "on"},
					{"array_nulls", "on"},
					{"default_transaction_isolation", "read committed"},
					{"default_transaction_deferrable", "off"},
					{"statement_timeout", "0"},
					{"lock_timeout", "1s"}};

	for (int i = 0; i < lengthof(settings); i++)
		SetConfigOption(settings[i].name, settings[i].value, PGC_SUSET, PGC_S_OVERRIDE);
}

/* Nobody waits for an error of a map that is made behind the scenes; sessions make their own, and may meet it again. */
static void
log_failure(void)
{
	const GridFault *fault = wmo_held_grid_fault();

	ereport(LOG,
			(errmsg("the coverage map of database \"%s\" is not made for all sessions",
					get_database_name(MyDatabaseId)),
			 fault->error != WMO_GRID_OK ?
				 errdetail("Area %d cannot be compiled: %s", fault->area_id, wmo_grid_error_text(fault->error)) :
				 errdetail("It does not fit in wmo_contracts.shared_map_memory, which is %zu kB.",
						   wmo_shared_map_limit() / 1024),
			 errhint("Leave room for two maps of each database: the one before stands until its sessions let go.")));
}

/* Makes the map that this process sees and puts it where all find it. */
static void
make_map(void)
{
	const RegistryState *seen = wmo_registry_state();
	SharedRegistry *registry;
	RegistryState state;
	SharedMap map;
	bool there = false;

	if (seen == NULL || !wmo_may_read_registry())
		return;
	state = *seen;
	wmo_shared_sweep();
	if (wmo_held_make(&state, wmo_shared_map_limit()))
	{
		map = (SharedMap) {.grid = wmo_held.grid.bytes,
						   .rows = wmo_held.rows.bytes,
						   .tokens = wmo_held.tokens,
						   .token_count = wmo_held.tokens == NULL ? 0 : wmo_held.token_count,
						   .grid_of_edition = wmo_held.grid.of_edition,
						   .rows_of_edition = wmo_held.rows.of_edition};
		there = wmo_shared_put(&state, &map);
	}
	if (!there)
	{
		log_failure();
		return;
	}
	LWLockAcquire(wmo_shared_lock, LW_SHARED);
	registry = wmo_shared_registry(MyDatabaseId);
	made_what_was_wanted = registry != NULL && wmo_same_state(&registry->wanted, &state);
	LWLockRelease(wmo_shared_lock);
}

/* What the worker does from beginning to end. */
void
wmo_make_shared_map(Datum argument)
{
	Oid table;

	memcpy(&mine, MyBgworkerEntry->bgw_extra, sizeof(mine));
	if (wmo_shared == NULL || !begin_order())
		proc_exit(0);
	before_shmem_exit(end_my_order, (Datum) 0);
	pqsignal(SIGTERM, die);
	BackgroundWorkerUnblockSignals();
	BackgroundWorkerInitializeConnectionByOid(mine.database, InvalidOid, 0);
	settle();
	StartTransactionCommand();
	PushActiveSnapshot(GetTransactionSnapshot());
	pgstat_report_activity(STATE_RUNNING, "making the coverage map of all sessions");
	table = wmo_table_if_any(WMO_WORKS, "registry_change");
	if (OidIsValid(table))
	{
		WmoCaller caller;

		SetUserIdAndSecContext(GetUserId(), SECURITY_RESTRICTED_OPERATION);
		caller = wmo_act_as_owner(wmo_owner_of(table));
		make_map();
		wmo_act_as_caller(caller);
	}
	PopActiveSnapshot();
	CommitTransactionCommand();
	proc_exit(0);
}
