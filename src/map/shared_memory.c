/*
 * shared_memory.c - where shared maps stand: how that memory begins, and what makes it forget.
 *
 * A map goes with its database at once, and with its extension when the transaction that drops it has committed: until
 * then others may ask it.
 */
#include "map/shared.h"

#include "access/xact.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_class.h"
#include "catalog/pg_database.h"
#include "miscadmin.h"
#include "storage/ipc.h"
#include "storage/shmem.h"

SharedMaps *wmo_shared = NULL;
LWLock *wmo_shared_lock = NULL;

static object_access_hook_type next_access_hook = NULL;
static shmem_request_hook_type next_request_hook = NULL;
static shmem_startup_hook_type next_startup_hook = NULL;

/* The table of tokens, when this transaction drops it. */
static Oid dropped_table = InvalidOid;

/* ---- what is dropped ---- */

/* The extension is gone once the transaction that drops it has committed, or was prepared to. */
static void
forget_dropped(XactEvent event, void *arg)
{
	if (event == XACT_EVENT_PRE_COMMIT || event == XACT_EVENT_PRE_PREPARE || event == XACT_EVENT_PARALLEL_PRE_COMMIT)
		return;
	if (OidIsValid(dropped_table) && (event == XACT_EVENT_COMMIT || event == XACT_EVENT_PREPARE))
		wmo_shared_forget(MyDatabaseId);
	dropped_table = InvalidOid;
}

static bool
is_table_of_tokens(Oid table)
{
	const SharedRegistry *registry;
	bool is;

	LWLockAcquire(wmo_shared_lock, LW_SHARED);
	registry = wmo_shared_registry(MyDatabaseId);
	is = registry != NULL && (registry->asked.table == table || registry->wanted.table == table);
	LWLockRelease(wmo_shared_lock);
	return is;
}

static void
note_drop(ObjectAccessType access, Oid class, Oid object, int sub, void *arg)
{
	static bool callback_registered = false;

	if (next_access_hook != NULL)
		next_access_hook(access, class, object, sub, arg);
	if (access != OAT_DROP || sub != 0 || wmo_shared == NULL)
		return;
	if (class == DatabaseRelationId)
		wmo_shared_forget(object);
	else if (class == RelationRelationId && is_table_of_tokens(object))
	{
		if (!callback_registered)
			RegisterXactCallback(forget_dropped, NULL);
		callback_registered = true;
		dropped_table = object;
	}
}

/* ---- the memory ---- */

#define NAME "wmo_contracts"

static Size
memory_size(void)
{
	return add_size(offsetof(SharedMaps, holder), mul_size(MaxBackends, sizeof(SharedHolder)));
}

static void
request_memory(void)
{
	if (next_request_hook != NULL)
		next_request_hook();
	RequestAddinShmemSpace(memory_size());
	RequestNamedLWLockTranche(NAME, 1);
}

static void
begin_memory(void)
{
	bool found;

	if (next_startup_hook != NULL)
		next_startup_hook();
	LWLockAcquire(AddinShmemInitLock, LW_EXCLUSIVE);
	wmo_shared = ShmemInitStruct(NAME, memory_size(), &found);
	wmo_shared_lock = &GetNamedLWLockTranche(NAME)->lock;
	if (!found)
	{
		memset(wmo_shared, 0, memory_size());
		for (int i = 0; i < WMO_SHARED_REGISTRIES; i++)
		{
			wmo_shared->registry[i].grid = -1;
			ConditionVariableInit(&wmo_shared->registry[i].ended);
		}
	}
	LWLockRelease(AddinShmemInitLock);
}

void
wmo_shared_request(void)
{
	if (!process_shared_preload_libraries_in_progress)
		return;
	next_request_hook = shmem_request_hook;
	shmem_request_hook = request_memory;
	next_startup_hook = shmem_startup_hook;
	shmem_startup_hook = begin_memory;
	next_access_hook = object_access_hook;
	object_access_hook = note_drop;
}
