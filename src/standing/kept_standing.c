/*
 * kept_standing.c - does wmo_works.kept_standing hold what this question would derive itself?
 *
 * It does when its rows were derived by this version of the library, every change since then went through the triggers
 * that keep it, and whoever asks may read every row that it was derived from. wmo_works.standing_mark says the first
 * and is written here, whatever the rights of the user, when a change goes past the triggers: in sessions that replay
 * what happened elsewhere (session_replication_role), where a dump is restored. The switches of the triggers themselves
 * belong to the state of the registry.
 */
#include "standing/kept_standing.h"

#include "access/heapam.h"
#include "access/parallel.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "commands/trigger.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "registry/state.h"
#include "server/snapshot_key.h"
#include "server/table_scan.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/rls.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"
#include "utils/varlena.h"

WMO_FUNCTION(wmo_sql_standing_is_kept);
WMO_FUNCTION(wmo_sql_sees_what_stands_behind);
WMO_FUNCTION(wmo_sql_standing_version);
WMO_FUNCTION(wmo_sql_mark_standing);

/* What wmo_works.provider_standing_due reads; the suite kept_standing holds it to that. */
static const char *const behind[] =
	{"area",	 "area_part",		"award",		   "award_challenge", "consortium_member",
	 "contract", "contract_change", "contract_ending", "contract_scope",  "party_succession",
	 "service",	 "source",			"subcontract",	   "tender"};

/* ---- whoever asks ---- */

static struct
{
	bool known;
	bool every_row;
	Oid user;
	int security; /* the owner may be bound by a policy where a trigger that acts as owner is not */
} sight;

static void
forget_sight_of_table(Datum arg, Oid relid)
{
	sight.known = false;
}

static void
forget_sight_of_role(Datum arg, int cache, uint32 hash)
{
	sight.known = false;
}

/* The columns that standing reads of a table stand with the trigger that derives from them. */
static bool
may_read_columns(Relation table, Oid user)
{
	for (int i = 0; table->trigdesc != NULL && i < table->trigdesc->numtriggers; i++)
	{
		const Trigger *trigger = &table->trigdesc->triggers[i];
		List *columns;
		ListCell *cell;

		if (strcmp(trigger->tgname, "keep_standing_on_update") != 0 || trigger->tgnargs != 3 ||
			!SplitIdentifierString(pstrdup(trigger->tgargs[2]), ',', &columns))
			continue;
		foreach (cell, columns)
		{
			AttrNumber column = get_attnum(RelationGetRelid(table), lfirst(cell));

			if (column == InvalidAttrNumber ||
				pg_attribute_aclcheck(RelationGetRelid(table), column, user, ACL_SELECT) != ACLCHECK_OK)
				return false;
		}
		return true;
	}
	return false;
}

/*
 * No right is missing, no policy bears on this user, and no child table, of whose changes nobody hears, adds rows.
 */
static bool
sees_every_row(Oid id, Oid user)
{
	Relation table;
	bool all;

	if (!OidIsValid(id))
		return false;
	table = table_open(id, AccessShareLock);
	all = !table->rd_rel->relhassubclass && check_enable_rls(id, InvalidOid, true) != RLS_ENABLED &&
		(pg_class_aclcheck(id, user, ACL_SELECT) == ACLCHECK_OK || may_read_columns(table, user));
	table_close(table, AccessShareLock);
	return all;
}

static bool
sees_what_stands_behind(void)
{
	static bool callbacks_registered = false;
	Oid schema;
	Oid user;
	int security;

	GetUserIdAndSecContext(&user, &security);
	if (likely(sight.known && sight.user == user && sight.security == security))
		return sight.every_row;
	if (!callbacks_registered)
	{
		CacheRegisterRelcacheCallback(forget_sight_of_table, (Datum) 0);
		CacheRegisterSyscacheCallback(AUTHOID, forget_sight_of_role, (Datum) 0);
		CacheRegisterSyscacheCallback(AUTHMEMROLEMEM, forget_sight_of_role, (Datum) 0);
		callbacks_registered = true;
	}
	sight.known = true; /* before the look-ups, which may take in news that makes it false again */
	sight.user = user;
	sight.security = security;
	sight.every_row = true;
	schema = get_namespace_oid(WMO_FACE, false);
	for (int i = 0; i < lengthof(behind) && sight.every_row; i++)
		sight.every_row = sees_every_row(get_relname_relid(behind[i], schema), user);
	return sight.every_row;
}

/* wmo_works.sees_what_stands_behind() -> boolean: may whoever asks read every row from which standing is derived? */
Datum
wmo_sql_sees_what_stands_behind(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(sees_what_stands_behind());
}

/* ---- what was derived ---- */

typedef struct Marks
{
	uint64 triggers; /* that stand on the registry */
	bool derived; /* once, by this version and under these triggers */
	bool passed_by; /* something was changed without deriving, or derived otherwise */
} Marks;

static void
look_at_mark(TupleTableSlot *slot, void *arg)
{
	Marks *marks = arg;
	bool no_version, no_triggers;
	Datum version = slot_getattr(slot, 1, &no_version);
	Datum triggers = slot_getattr(slot, 2, &no_triggers);

	if (!no_version && !no_triggers && (uint64) DatumGetInt64(triggers) == marks->triggers &&
		strcmp(TextDatumGetCString(version), WMO_VERSION) == 0)
		marks->derived = true;
	else
		marks->passed_by = true;
}

/*
 * Under the active snapshot. Nothing but the snapshot decides: the two halves of a view, of which one reads what is
 * kept and the other derives, are asked at different moments.
 */
bool
wmo_standing_is_derived(void)
{
	static uint64 snapshot = 0;
	static bool derived;
	uint64 asked = wmo_snapshot_key();

	if (unlikely(asked != snapshot))
	{
		Marks marks = {0};

		snapshot = 0;
		derived = wmo_registry_is_whole(&marks.triggers);
		if (derived)
		{
			wmo_scan_table(WMO_WORKS, "standing_mark", look_at_mark, &marks);
			derived = marks.derived && !marks.passed_by;
		}
		snapshot = asked;
	}
	return derived;
}

/*
 * wmo_works.standing_is_kept() -> boolean, for this user and under the active snapshot. A parallel worker does not know
 * whether a statement of its transaction is under way: there it is false once that transaction has written anything.
 */
Datum
wmo_sql_standing_is_kept(PG_FUNCTION_ARGS)
{
	if (IsParallelWorker() && FullTransactionIdIsValid(GetTopFullTransactionIdIfAny()))
		PG_RETURN_BOOL(false);
	PG_RETURN_BOOL(wmo_standing_is_derived() && sees_what_stands_behind());
}

/* wmo_works.standing_version(OUT version text, OUT triggers bigint): what a mark says that can be trusted. */
Datum
wmo_sql_standing_version(PG_FUNCTION_ARGS)
{
	bool nulls[2] = {false, false};
	Datum values[2];
	TupleDesc row;
	uint64 triggers;

	if (!wmo_registry_is_whole(&triggers))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("standing cannot be kept while changes of the registry are not noted"),
				 errdetail(
					 "The triggers that note them are switched otherwise than they were installed, or a statement "
					 "that changes the registry is under way."),
				 errhint("The function note_every_change switches them on.")));
	if (get_call_result_type(fcinfo, NULL, &row) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "standing_version must return a row");
	values[0] = CStringGetTextDatum(WMO_VERSION);
	values[1] = Int64GetDatum((int64) triggers);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(row), values, nulls)));
}

/* ---- changes that go past the triggers ---- */

static void
look_for_open_mark(TupleTableSlot *slot, void *arg)
{
	bool no_version;

	slot_getattr(slot, 1, &no_version);
	*(bool *) arg |= no_version;
}

/*
 * Has somebody said so already? Nobody takes it back while we hold a lock on the table that we change. Where the
 * snapshot is fixed, this transaction itself might not see it.
 */
static bool
is_marked(void)
{
	bool marked = false;

	if (IsolationUsesXactSnapshot())
		return false;
	PushActiveSnapshot(GetLatestSnapshot());
	wmo_scan_table(WMO_WORKS, "standing_mark", look_for_open_mark, &marked);
	PopActiveSnapshot();
	return marked;
}

void
wmo_mark_standing(void)
{
	static FullTransactionId marked_in;
	static SubTransactionId marked_by = InvalidSubTransactionId;
	FullTransactionId transaction = GetTopFullTransactionId();
	bool nulls[2] = {true, true};
	Datum values[2] = {0, 0};
	Relation table;

	/* once in a subtransaction is enough, and one that is rolled back has marked nothing */
	if (marked_by == GetCurrentSubTransactionId() && FullTransactionIdEquals(marked_in, transaction))
		return;
	if (!is_marked())
	{
		table = table_open(wmo_table(WMO_WORKS, "standing_mark"), RowExclusiveLock);
		simple_heap_insert(table, heap_form_tuple(RelationGetDescr(table), values, nulls));
		table_close(table, NoLock);
	}
	marked_in = transaction;
	marked_by = GetCurrentSubTransactionId();
}

/*
 * wmo_works.mark_standing() -> trigger, on every table behind: before each statement and, for logical replication,
 * which has no statements, before each row. It fires whatever the role of the session, and marks where the triggers
 * that derive do not fire.
 */
Datum
wmo_sql_mark_standing(PG_FUNCTION_ARGS)
{
	TriggerData *data = (TriggerData *) fcinfo->context;

	if (!CALLED_AS_TRIGGER(fcinfo))
		elog(ERROR, "%s.mark_standing is called by triggers only", WMO_WORKS);
	if (SessionReplicationRole == SESSION_REPLICATION_ROLE_REPLICA)
		wmo_mark_standing();
	if (TRIGGER_FIRED_FOR_ROW(data->tg_event))
		PG_RETURN_POINTER(TRIGGER_FIRED_BY_UPDATE(data->tg_event) ? data->tg_newtuple : data->tg_trigtuple);
	PG_RETURN_POINTER(NULL);
}
