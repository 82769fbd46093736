/*
 * state.c - one random token for each transaction that changes the registry.
 *
 * wmo_works.registry_change holds the tokens; the exclusive or of those that a snapshot sees names the state that it
 * sees. A token is written in the same (sub)transaction as the change, so both are seen, or rolled back, together: by
 * every session, on a standby and on a logical subscriber. A counter could not do that: it goes back with a rollback
 * and then means something else, and writers would wait for one another.
 *
 * Inside the transaction that writes, one token stands for many changes; there they are counted, and a snapshot taken
 * before the last of them, or while one is under way, has no name.
 *
 * Tokens are written and read by this file alone, whatever the rights of the user: whoever could write them could make
 * others trust a stale answer.
 */
#include "registry/state.h"

#include "access/genam.h"
#include "access/heapam.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/xact.h"
#include "law/calendar.h"
#include "catalog/namespace.h"
#include "catalog/pg_trigger.h"
#include "commands/trigger.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "parser/parse_func.h"
#include "registry/followed.h"
#include "server/snapshot_key.h"
#include "server/table_scan.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

WMO_FUNCTION(wmo_sql_note_change);
WMO_FUNCTION(wmo_sql_publishing_key);
WMO_FUNCTION(wmo_sql_registry_is_as_seen);

/*
 * The grid is made of areas alone; what a code meets, of places too; of the rows, everything. A token of contracts says
 * that no more was changed than the contracts that are named under it (followed.c).
 */
typedef enum ChangeKind { CHANGE_AREAS, CHANGE_PLACES, CHANGE_ROWS, CHANGE_CONTRACTS, CHANGE_KINDS } ChangeKind;

static const char *const kind_word[CHANGE_KINDS] = {"areas", "places", "rows", "contracts"};

/*
 * One token in so many clears those of earlier transactions away; it then stands for all of them. Those of contracts
 * stand longer, for whoever wants to know what changed, and go with one that names none.
 */
#define SWEEP_ONE_IN 32
#define STOP_NAMING_ONE_IN (2 * SWEEP_ONE_IN)

/* A transaction that changes more contracts names none. */
#define NAMES_AT_MOST 500

/* A statement on a table of the registry: insert, update, delete or truncate. */
typedef struct Statement
{
	Oid table;
	TriggerEvent operation;
} Statement;

#define STATEMENTS_FOLLOWED 64

/* What this transaction did to the registry. */
static struct
{
	int token_level[CHANGE_KINDS]; /* the nesting level of the subtransaction that wrote a token; 0: none */
	uint64 token[CHANGE_KINDS];
	uint32 changes[CHANGE_KINDS];
	uint32 names; /* of contracts */
	int under_way; /* statements that began and did not end */
	Statement statement[STATEMENTS_FOLLOWED];
	bool torn; /* changes that cannot be followed: nothing can be told until the transaction ends */
	CommandId first_command; /* of the first change */
	CommandId last_command; /* of the last change */
	Bitmapset *between; /* commands between statements, under which it was asked what triggers derived */
} own;

/* The statements under way when a subtransaction began: an error in it ends those that began later. */
#define LEVELS_FOLLOWED 64
static int under_way_before[LEVELS_FOLLOWED];

static uint64 own_serial = 1; /* changes with every event of this transaction */
static RegistryState state;
static bool state_is_known;
static uint64 state_snapshot = 0;
static uint64 state_serial = 0;

/* ---- this transaction ---- */

static bool
has_written(void)
{
	for (int kind = 0; kind < CHANGE_KINDS; kind++)
		if (own.changes[kind] != 0)
			return true;
	return false;
}

static void
forget_at_end(XactEvent event, void *arg)
{
	if (event == XACT_EVENT_PRE_COMMIT || event == XACT_EVENT_PRE_PREPARE || event == XACT_EVENT_PARALLEL_PRE_COMMIT)
		return;
	memset(&own, 0, sizeof(own));
	own_serial++;
}

static void
follow_subtransaction(SubXactEvent event, SubTransactionId subid, SubTransactionId parent, void *arg)
{
	int level = GetCurrentTransactionNestLevel();

	if (event == SUBXACT_EVENT_START_SUB && level < LEVELS_FOLLOWED)
		under_way_before[level] = own.under_way;
	else if (event == SUBXACT_EVENT_COMMIT_SUB)
	{
		for (int kind = 0; kind < CHANGE_KINDS; kind++)
			own.token_level[kind] = Min(own.token_level[kind], level - 1);
	}
	else if (event == SUBXACT_EVENT_ABORT_SUB && has_written())
	{
		for (int kind = 0; kind < CHANGE_KINDS; kind++)
		{
			if (own.token_level[kind] >= level)
				own.token_level[kind] = 0;
			own.changes[kind]++;
		}
		if (level < LEVELS_FOLLOWED)
			own.under_way = Min(own.under_way, under_way_before[level]);
		else
			own.torn |= own.under_way > 0;
		own_serial++;
	}
}

static void
watch_transactions(void)
{
	static bool callbacks_registered = false;

	if (callbacks_registered)
		return;
	RegisterXactCallback(forget_at_end, NULL);
	RegisterSubXactCallback(follow_subtransaction, NULL);
	callbacks_registered = true;
}

/* ---- tokens ---- */

/* The kind that a word means; CHANGE_KINDS: none. */
static ChangeKind
kind_of_word(const char *word, size_t length)
{
	int kind = 0;

	while (kind < CHANGE_KINDS && (strlen(kind_word[kind]) != length || memcmp(kind_word[kind], word, length) != 0))
		kind++;
	return (ChangeKind) kind;
}

static ChangeKind
kind_of_token(TupleTableSlot *slot)
{
	bool isnull;
	text *word = DatumGetTextPP(slot_getattr(slot, 1, &isnull));

	return kind_of_word(VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word));
}

/*
 * Removes the tokens of this kind that others have committed and that nobody holds; with those of the rows those of
 * contracts, and their names. Waits for nobody.
 */
static void
sweep(Relation table, ChangeKind kind)
{
	NamedTokens swept = {0};
	Snapshot snapshot = RegisterSnapshot(GetLatestSnapshot());
	TupleTableSlot *slot = table_slot_create(table, NULL);
	TableScanDesc scan = wmo_beginscan(table, snapshot);

	while (table_scan_getnextslot(scan, ForwardScanDirection, slot))
	{
		ItemPointerData place = slot->tts_tid;
		ChangeKind found = kind_of_token(slot);
		TM_FailureData failure;
		bool isnull;

		CHECK_FOR_INTERRUPTS();
		if ((found == kind || (found == CHANGE_CONTRACTS && kind == CHANGE_ROWS)) &&
			table_tuple_lock(table, &place, snapshot, slot, GetCurrentCommandId(false), LockTupleExclusive,
							 LockWaitSkip, 0, &failure) == TM_Ok)
		{
			wmo_add_token(&swept, (uint64) DatumGetInt64(slot_getattr(slot, 2, &isnull)), found == CHANGE_CONTRACTS);
			simple_table_tuple_delete(table, &place, snapshot);
		}
	}
	table_endscan(scan);
	ExecDropSingleTupleTableSlot(slot);
	wmo_forget_names(&swept, snapshot);
	UnregisterSnapshot(snapshot);
}

static void
write_token(ChangeKind kind)
{
	Relation table = table_open(wmo_table(WMO_WORKS, "registry_change"), RowExclusiveLock);
	bool nulls[2] = {false, false};
	Datum values[2];
	uint64 token;

	if (!pg_strong_random(&token, sizeof(token)))
		ereport(ERROR, (errcode(ERRCODE_INTERNAL_ERROR), errmsg("could not generate a random token")));
	if (kind == CHANGE_CONTRACTS && token % STOP_NAMING_ONE_IN == 0)
	{
		own.token_level[kind] = GetCurrentTransactionNestLevel();
		kind = CHANGE_ROWS;
	}
	if (kind != CHANGE_CONTRACTS && token % SWEEP_ONE_IN == 0 && !IsolationUsesXactSnapshot())
		sweep(table, kind);
	values[0] = CStringGetTextDatum(kind_word[kind]);
	values[1] = Int64GetDatum((int64) token);
	simple_heap_insert(table, heap_form_tuple(RelationGetDescr(table), values, nulls));
	table_close(table, NoLock);
	own.token[kind] = token;
	own.token_level[kind] = GetCurrentTransactionNestLevel();
}

bool
wmo_may_name(uint32 more, uint64 *token)
{
	if (own.token_level[CHANGE_ROWS] == 0 && own.token_level[CHANGE_CONTRACTS] != 0 &&
		(own.names += more) <= NAMES_AT_MOST)
	{
		*token = own.token[CHANGE_CONTRACTS];
		return true;
	}
	wmo_name_none();
	return false;
}

void
wmo_name_none(void)
{
	if (own.token_level[CHANGE_ROWS] != 0)
		return;
	watch_transactions();
	if (!has_written())
		own.first_command = own.last_command = GetCurrentCommandId(true);
	write_token(CHANGE_ROWS);
	own.changes[CHANGE_ROWS]++;
	own_serial++;
}

static void
begin_statement(Statement statement)
{
	if (own.under_way < STATEMENTS_FOLLOWED)
		own.statement[own.under_way++] = statement;
	else
		own.torn = true;
}

/*
 * The latest of its kind ends. Where foreign keys cascade to one table by several ways, the server may say of one
 * statement that it began once and that it ended twice: the second time is no other statement's end.
 */
static void
end_statement(Statement statement)
{
	for (int i = own.under_way - 1; i >= 0; i--)
		if (own.statement[i].table == statement.table && own.statement[i].operation == statement.operation)
		{
			own.under_way--;
			memmove(&own.statement[i], &own.statement[i + 1], (own.under_way - i) * sizeof(Statement));
			return;
		}
}

static ChangeKind
kind_of(const TriggerData *data)
{
	const Trigger *trigger = data->tg_trigger;
	ChangeKind kind = CHANGE_KINDS;

	if (trigger->tgnargs == 1)
		kind = kind_of_word(trigger->tgargs[0], strlen(trigger->tgargs[0]));
	if (kind == CHANGE_KINDS)
		elog(ERROR, "trigger \"%s\" must say what it notes: areas, places, rows or contracts", trigger->tgname);
	/* where nobody says which */
	if (kind == CHANGE_CONTRACTS &&
		(TRIGGER_FIRED_FOR_ROW(data->tg_event) || TRIGGER_FIRED_BY_TRUNCATE(data->tg_event) ||
		 SessionReplicationRole == SESSION_REPLICATION_ROLE_REPLICA))
		return CHANGE_ROWS;
	return kind;
}

/*
 * wmo_works.note_change('areas' | 'places' | 'rows' | 'contracts') -> trigger. Before and after every statement that
 * writes to a table of the registry; before every row that logical replication brings, for which no statement trigger
 * fires.
 */
Datum
wmo_sql_note_change(PG_FUNCTION_ARGS)
{
	TriggerData *data = (TriggerData *) fcinfo->context;
	Statement statement;
	bool before;
	ChangeKind kind;

	if (!CALLED_AS_TRIGGER(fcinfo))
		elog(ERROR, "wmo_works.note_change is called by triggers only");
	if (!wmo_is_of_registry(RelationGetRelid(data->tg_relation)))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("table \"%s\" is no table of the registry", RelationGetRelationName(data->tg_relation)),
				 errdetail("Only a change of a table in schema %s is noted.", WMO_FACE),
				 errhint("Drop trigger \"%s\".", data->tg_trigger->tgname)));
	watch_transactions();
	kind = kind_of(data);
	if (!has_written())
		own.first_command = GetCurrentCommandId(true);
	before = TRIGGER_FIRED_BEFORE(data->tg_event);
	if (own.token_level[kind] == 0)
		write_token(kind);
	own.changes[kind]++;
	own_serial++;
	if (TRIGGER_FIRED_FOR_ROW(data->tg_event))
	{
		/* replication: no statement around it, so nobody says when the row is there */
		own.torn |= own.under_way == 0;
		PG_RETURN_POINTER(TRIGGER_FIRED_BY_UPDATE(data->tg_event) ? data->tg_newtuple : data->tg_trigtuple);
	}
	statement = (Statement) {RelationGetRelid(data->tg_relation), data->tg_event & TRIGGER_EVENT_OPMASK};
	if (before)
		begin_statement(statement);
	else
		end_statement(statement);
	own.last_command = GetCurrentCommandId(true);
	PG_RETURN_POINTER(NULL);
}

/* ---- the triggers themselves ---- */

/*
 * Rows that were written while the triggers were off left no token. So the triggers belong to the state: a hash of
 * their rows in the catalog, which are new rows once they were switched off and on again. A snapshot from before a
 * switch sees other rows of the registry than one from after it, so each must see the triggers of its own day.
 */
typedef struct Triggers
{
	bool on;
	uint64 hash;
	uint64 ours; /* of every trigger of ours, and how it is switched; the same wherever its row stands */
	TransactionId newest; /* that wrote one of them */
} Triggers;

static bool latest_triggers_known = false;
static Triggers latest_triggers;

static void
forget_triggers(Datum arg, Oid relid)
{
	latest_triggers_known = false;
}

static uint64
mix(uint64 hash, uint64 value)
{
	hash = (hash ^ value) * UINT64CONST(0xD6E8FEB86659FD93);
	return hash ^ hash >> 32;
}

/* As a snapshot sees them; NULL: as they are. */
static void
read_triggers(Snapshot snapshot, Triggers *found)
{
	Oid function = LookupFuncName(list_make2(makeString(WMO_WORKS), makeString("note_change")), 0, NULL, true);
	Oid works = get_namespace_oid(WMO_WORKS, true);
	Relation catalog = table_open(TriggerRelationId, AccessShareLock);
	SysScanDesc scan = systable_beginscan(catalog, InvalidOid, false, snapshot, 0, NULL);
	HeapTuple tuple;

	found->on = OidIsValid(function);
	found->hash = found->ours = 0;
	found->newest = FrozenTransactionId;
	while ((tuple = systable_getnext(scan)) != NULL)
	{
		Form_pg_trigger trigger = (Form_pg_trigger) GETSTRUCT(tuple);
		char expected = TRIGGER_FOR_ROW(trigger->tgtype) ? TRIGGER_FIRES_ON_REPLICA : TRIGGER_FIRES_ALWAYS;
		TransactionId writer = HeapTupleHeaderGetXmin(tuple->t_data);
		uint64 hash;

		/* what others hang on tables, theirs or ours, says nothing of the registry */
		if (trigger->tgisinternal || get_func_namespace(trigger->tgfoid) != works ||
			!wmo_is_of_registry(trigger->tgrelid))
			continue;
		if (TransactionIdFollows(writer, found->newest))
			found->newest = writer;
		found->ours ^= mix(mix(trigger->oid, HeapTupleHeaderGetRawXmin(tuple->t_data)), trigger->tgenabled);
		if (trigger->tgfoid != function)
			continue;
		found->on &= trigger->tgenabled == expected;
		hash = mix(trigger->oid, HeapTupleHeaderGetRawXmin(tuple->t_data));
		hash = mix(hash,
				   (uint64) ItemPointerGetBlockNumber(&tuple->t_self) << 16 |
					   ItemPointerGetOffsetNumber(&tuple->t_self));
		found->hash ^= hash;
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
}

static Triggers
triggers_seen(Snapshot snapshot)
{
	static bool callback_registered = false;
	Triggers seen;

	if (!callback_registered)
		CacheRegisterRelcacheCallback(forget_triggers, (Datum) 0);
	callback_registered = true;
	AcceptInvalidationMessages();
	if (!latest_triggers_known)
	{
		latest_triggers_known = true; /* before the look, during which news may come */
		read_triggers(NULL, &latest_triggers);
	}
	if (TransactionIdPrecedes(latest_triggers.newest, snapshot->xmin))
		return latest_triggers;
	read_triggers(snapshot, &seen);
	return seen;
}

/* ---- the state ---- */

static void
add_token(TupleTableSlot *slot, void *arg)
{
	RegistryState *sum = arg;
	bool isnull;
	ChangeKind kind = kind_of_token(slot);
	uint64 token = (uint64) DatumGetInt64(slot_getattr(slot, 2, &isnull));

	if (kind == CHANGE_AREAS)
		sum->areas ^= token;
	else
		sum->rows ^= token;
	if (kind == CHANGE_PLACES)
		sum->places ^= token;
}

static bool
read_state(void)
{
	Snapshot snapshot = GetActiveSnapshot();
	Triggers triggers;

	memset(&state, 0, sizeof(state));
	if (snapshot->snapshot_type != SNAPSHOT_MVCC || own.under_way != 0 || own.torn ||
		(has_written() && snapshot->curcid <= own.last_command))
		return false;
	triggers = triggers_seen(snapshot);
	if (!triggers.on)
		return false;
	state.table = wmo_table(WMO_WORKS, "registry_change");
	state.own_areas = own.changes[CHANGE_AREAS];
	state.own_places = own.changes[CHANGE_PLACES];
	state.own_rows = own.changes[CHANGE_ROWS] + own.changes[CHANGE_PLACES] + own.changes[CHANGE_CONTRACTS];
	state.areas = state.places = state.rows = triggers.hash;
	wmo_scan_table(WMO_WORKS, "registry_change", add_token, &state);
	return true;
}

const RegistryState *
wmo_registry_state(void)
{
	uint64 snapshot = wmo_snapshot_key();

	if (unlikely(snapshot != state_snapshot || own_serial != state_serial))
	{
		state_snapshot = 0;
		state_is_known = read_state();
		state_snapshot = snapshot;
		state_serial = own_serial;
	}
	return state_is_known ? &state : NULL;
}

/* The tokens that others have written. */
static void
add_token_of_others(TupleTableSlot *slot, void *arg)
{
	bool isnull;
	Datum writer = slot_getsysattr(slot, MinTransactionIdAttributeNumber, &isnull);

	if (!TransactionIdIsCurrentTransactionId(DatumGetTransactionId(writer)))
		add_token(slot, arg);
}

/* A parallel worker counts none of the changes of its transaction, but it sees their tokens. */
bool
wmo_registry_is_latest(const RegistryState *seen)
{
	RegistryState latest = {0};
	Triggers triggers;

	/* the one snapshot of this moment that can be taken while a plan runs in parallel */
	PushActiveSnapshot(GetCatalogSnapshot(seen->table));
	triggers = triggers_seen(GetActiveSnapshot());
	latest.areas = latest.rows = triggers.hash;
	wmo_scan_table(WMO_WORKS, "registry_change", add_token_of_others, &latest);
	PopActiveSnapshot();
	return triggers.on && seen->own_areas == 0 && seen->own_rows == 0 && seen->areas == latest.areas &&
		seen->rows == latest.rows;
}

/*
 * A cursor or a loop goes on under its snapshot while its transaction changes the registry. What was found between two
 * statements is remembered, so that the rest of its plan is told the same.
 */
static bool
sees_whole_statements(Snapshot snapshot)
{
	if (snapshot->snapshot_type != SNAPSHOT_MVCC)
		return false;
	if (!has_written() || snapshot->curcid <= own.first_command || bms_is_member((int) snapshot->curcid, own.between))
		return true;
	if (own.torn || own.under_way != 0 || snapshot->curcid <= own.last_command)
		return false;
	if (snapshot->curcid <= PG_INT32_MAX)
	{
		MemoryContext context = MemoryContextSwitchTo(TopTransactionContext);

		own.between = bms_add_member(own.between, (int) snapshot->curcid);
		MemoryContextSwitchTo(context);
	}
	return true;
}

bool
wmo_registry_is_whole(uint64 *triggers)
{
	Triggers seen;

	if (!sees_whole_statements(GetActiveSnapshot()))
		return false;
	seen = triggers_seen(GetActiveSnapshot());
	*triggers = seen.ours;
	return seen.on;
}

/*
 * wmo_works.publishing_key(OUT areas bigint, OUT rows bigint): the state that this statement sees, as an edition of the
 * map keeps it; nulls when nobody can tell. Changes that this transaction makes afterwards get tokens of their own, so
 * that the state that was published is never taken for the one after them.
 */
Datum
wmo_sql_publishing_key(PG_FUNCTION_ARGS)
{
	const RegistryState *seen = wmo_registry_state();
	bool nulls[2] = {seen == NULL, seen == NULL};
	Datum values[2] = {0, 0};
	TupleDesc row;

	if (get_call_result_type(fcinfo, NULL, &row) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "publishing_key must return a row");
	if (seen != NULL)
	{
		values[0] = Int64GetDatum((int64) seen->areas);
		values[1] = Int64GetDatum((int64) seen->rows);
	}
	memset(own.token_level, 0, sizeof(own.token_level));
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(row), values, nulls)));
}

/*
 * wmo_works.registry_is_as_seen() -> boolean: did nobody else change the registry since the snapshot of this
 * transaction was taken? At read committed nobody asks, for there the next statement sees it.
 */
Datum
wmo_sql_registry_is_as_seen(PG_FUNCTION_ARGS)
{
	RegistryState seen = {0};
	RegistryState latest = {0};

	wmo_scan_table(WMO_WORKS, "registry_change", add_token, &seen);
	PushActiveSnapshot(GetLatestSnapshot());
	wmo_scan_table(WMO_WORKS, "registry_change", add_token, &latest);
	PopActiveSnapshot();
	PG_RETURN_BOOL(seen.areas == latest.areas && seen.rows == latest.rows);
}
