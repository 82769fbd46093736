/*
 * followed.c - which contracts were changed between two states of the registry.
 *
 * A transaction that changes contracts only names them in wmo_works.changed_contract, under its token. Who made
 * something of a state finds by these which contracts to look at again. Triggers name whatever a statement changed of a
 * contract itself (name_changed), and the derivation of standing names those that rest on what was changed (an award, a
 * sibling). Everything else is a change of whatever there is: a bulk of contracts, what a session replays, TRUNCATE.
 *
 * Names stand until their token is cleared away, which a token does that names nothing.
 */
#include "registry/followed.h"

#include "access/heapam.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "server/table_scan.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/tuplestore.h"

WMO_FUNCTION(wmo_sql_name_contracts);
WMO_FUNCTION(wmo_sql_name_changed);
WMO_FUNCTION(wmo_sql_name_none);

/* Who has to look at more contracts than these may as well look at all. */
#define FOLLOWED_AT_MOST 1000

/* ---- lists ---- */

void
wmo_add_token(NamedTokens *tokens, uint64 token, bool named)
{
	if (tokens->count == tokens->room)
	{
		tokens->room = 2 * tokens->room + 32;
		tokens->list = tokens->list == NULL ? palloc(tokens->room * sizeof(NamedToken)) :
											  repalloc(tokens->list, tokens->room * sizeof(NamedToken));
	}
	tokens->list[tokens->count++] = (NamedToken) {token, named};
}

static int
compare_tokens(const void *a, const void *b)
{
	uint64 first = ((const NamedToken *) a)->token, second = ((const NamedToken *) b)->token;

	return (first > second) - (first < second);
}

void
wmo_sort_tokens(NamedTokens *tokens)
{
	if (tokens->count > 1)
		qsort(tokens->list, tokens->count, sizeof(NamedToken), compare_tokens);
}

static bool
has_token(const NamedTokens *tokens, uint64 token)
{
	NamedToken key = {token, false};

	return tokens->count > 0 && bsearch(&key, tokens->list, tokens->count, sizeof(NamedToken), compare_tokens) != NULL;
}

static void
list_token(TupleTableSlot *slot, void *arg)
{
	bool isnull;
	text *kind = DatumGetTextPP(slot_getattr(slot, 1, &isnull));
	uint64 token = (uint64) DatumGetInt64(slot_getattr(slot, 2, &isnull));

	wmo_add_token(arg, token,
				  VARSIZE_ANY_EXHDR(kind) == strlen("contracts") &&
					  memcmp(VARDATA_ANY(kind), "contracts", strlen("contracts")) == 0);
}

void
wmo_registry_tokens(NamedTokens *tokens)
{
	*tokens = (NamedTokens) {0};
	wmo_scan_table(WMO_WORKS, "registry_change", list_token, tokens);
	wmo_sort_tokens(tokens);
}

/* Keys of contracts. */
typedef struct Contracts
{
	int32 *ids;
	uint32 count;
	uint32 room;
	const NamedTokens *under; /* only the names under these */
} Contracts;

static void
add_contract(Contracts *contracts, int32 id)
{
	if (contracts->count == contracts->room)
	{
		contracts->room = 2 * contracts->room + 32;
		contracts->ids = contracts->ids == NULL ? palloc(contracts->room * sizeof(int32)) :
												  repalloc_huge(contracts->ids, contracts->room * sizeof(int32));
	}
	contracts->ids[contracts->count++] = id;
}

static int
compare_ids(const void *a, const void *b)
{
	int32 first = *(const int32 *) a, second = *(const int32 *) b;

	return (first > second) - (first < second);
}

/* In order, each once. */
static void
sort_contracts(Contracts *contracts)
{
	uint32 kept = 0;

	if (contracts->count > 1)
		qsort(contracts->ids, contracts->count, sizeof(int32), compare_ids);
	for (uint32 i = 0; i < contracts->count; i++)
		if (kept == 0 || contracts->ids[kept - 1] != contracts->ids[i])
			contracts->ids[kept++] = contracts->ids[i];
	contracts->count = kept;
}

/* ---- naming ---- */

static void
name(Contracts *contracts)
{
	Relation table;
	uint64 token;

	sort_contracts(contracts);
	if (contracts->count == 0 || !wmo_may_name(contracts->count, &token))
		return;
	table = table_open(wmo_table(WMO_WORKS, "changed_contract"), RowExclusiveLock);
	for (uint32 i = 0; i < contracts->count; i++)
	{
		bool nulls[2] = {false, false};
		Datum values[2] = {Int64GetDatum((int64) token), Int32GetDatum(contracts->ids[i])};
		HeapTuple row = heap_form_tuple(RelationGetDescr(table), values, nulls);

		simple_heap_insert(table, row);
		heap_freetuple(row);
	}
	table_close(table, NoLock);
}

static void
add_contracts_of_rows(Contracts *contracts, Tuplestorestate *rows, TupleDesc row_type, AttrNumber column)
{
	TupleTableSlot *slot = MakeSingleTupleTableSlot(row_type, &TTSOpsMinimalTuple);

	tuplestore_select_read_pointer(rows, tuplestore_alloc_read_pointer(rows, EXEC_FLAG_REWIND));
	tuplestore_rescan(rows);
	while (tuplestore_gettupleslot(rows, true, false, slot))
	{
		bool isnull;
		Datum id = slot_getattr(slot, column, &isnull);

		CHECK_FOR_INTERRUPTS();
		if (!isnull)
			add_contract(contracts, DatumGetInt32(id));
		/* the same contract row after row */
		if (contracts->count > 1 && contracts->ids[contracts->count - 1] == contracts->ids[contracts->count - 2])
			contracts->count--;
	}
	ExecDropSingleTupleTableSlot(slot);
}

/*
 * wmo_works.name_changed(column name) -> trigger, after each statement on a table whose rows are a contract or belong
 * to one: names the contracts whose key this column had or has.
 */
Datum
wmo_sql_name_changed(PG_FUNCTION_ARGS)
{
	TriggerData *data = (TriggerData *) fcinfo->context;
	Contracts contracts = {0};
	AttrNumber column;

	if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_FOR_STATEMENT(data->tg_event) ||
		!TRIGGER_FIRED_AFTER(data->tg_event) || data->tg_trigger->tgnargs != 1)
		elog(ERROR, "%s.name_changed is called by triggers after statements, with a column", WMO_WORKS);
	column = get_attnum(RelationGetRelid(data->tg_relation), data->tg_trigger->tgargs[0]);
	if (column == InvalidAttrNumber ||
		TupleDescAttr(RelationGetDescr(data->tg_relation), column - 1)->atttypid != INT4OID)
		elog(ERROR, "trigger \"%s\" must name a column of keys of contracts", data->tg_trigger->tgname);
	if (data->tg_oldtable != NULL)
		add_contracts_of_rows(&contracts, data->tg_oldtable, RelationGetDescr(data->tg_relation), column);
	if (data->tg_newtable != NULL)
		add_contracts_of_rows(&contracts, data->tg_newtable, RelationGetDescr(data->tg_relation), column);
	name(&contracts);
	PG_RETURN_POINTER(NULL);
}

/* A token by anybody's call would have everybody make his map anew. */
static void
check_acts_as_owner(void)
{
	if (!InLocalUserIdChange())
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE), errmsg("changes are named by triggers only"),
				 errhint("Change the registry: its triggers say what was changed.")));
}

/* wmo_works.name_contracts(contract_ids integer[]) -> void: names them. */
Datum
wmo_sql_name_contracts(PG_FUNCTION_ARGS)
{
	ArrayType *ids = PG_GETARG_ARRAYTYPE_P(0);
	Contracts contracts = {0};
	Datum *values;
	bool *nulls;
	int count;

	check_acts_as_owner();
	deconstruct_array(ids, INT4OID, sizeof(int32), true, TYPALIGN_INT, &values, &nulls, &count);
	for (int i = 0; i < count; i++)
		if (!nulls[i])
			add_contract(&contracts, DatumGetInt32(values[i]));
	name(&contracts);
	PG_RETURN_VOID();
}

/* wmo_works.name_none() -> void: this transaction may change whatever there is. */
Datum
wmo_sql_name_none(PG_FUNCTION_ARGS)
{
	check_acts_as_owner();
	wmo_name_none();
	PG_RETURN_VOID();
}

void
wmo_forget_names(const NamedTokens *tokens, Snapshot snapshot)
{
	Relation table = table_open(wmo_table(WMO_WORKS, "changed_contract"), RowExclusiveLock);
	TupleTableSlot *slot = table_slot_create(table, NULL);
	TableScanDesc scan = wmo_beginscan(table, snapshot);
	NamedTokens sorted = *tokens;

	wmo_sort_tokens(&sorted);
	while (table_scan_getnextslot(scan, ForwardScanDirection, slot))
	{
		ItemPointerData place = slot->tts_tid;
		bool isnull;

		CHECK_FOR_INTERRUPTS();
		/* nobody else removes the names under a token that we have locked */
		if (has_token(&sorted, (uint64) DatumGetInt64(slot_getattr(slot, 1, &isnull))))
			simple_table_tuple_delete(table, &place, snapshot);
	}
	table_endscan(scan);
	ExecDropSingleTupleTableSlot(slot);
	table_close(table, NoLock);
}

/* ---- reading ---- */

static void
read_name(TupleTableSlot *slot, void *arg)
{
	Contracts *contracts = arg;
	bool isnull;

	if (has_token(contracts->under, (uint64) DatumGetInt64(slot_getattr(slot, 1, &isnull))))
		add_contract(contracts, DatumGetInt32(slot_getattr(slot, 2, &isnull)));
}

ArrayType *
wmo_changed_contracts(const uint64 *before, uint32 count, uint64 *difference)
{
	NamedTokens now, since = {0};
	Contracts contracts = {.under = &since};
	Datum *values;
	uint32 at = 0;

	wmo_registry_tokens(&now);
	*difference = 0;
	for (uint32 i = 0; i < now.count; i++)
	{
		/* one that is not there any more was cleared away, or this snapshot is older */
		if (at < count && before[at] < now.list[i].token)
			return NULL;
		if (at < count && before[at] == now.list[i].token)
		{
			at++;
			continue;
		}
		if (!now.list[i].named)
			return NULL;
		wmo_add_token(&since, now.list[i].token, true);
		*difference ^= now.list[i].token;
	}
	if (at < count)
		return NULL;
	wmo_scan_table(WMO_WORKS, "changed_contract", read_name, &contracts);
	sort_contracts(&contracts);
	if (contracts.count > FOLLOWED_AT_MOST)
		return NULL;
	values = palloc(Max(contracts.count, 1) * sizeof(Datum));
	for (uint32 i = 0; i < contracts.count; i++)
		values[i] = Int32GetDatum(contracts.ids[i]);
	return construct_array(values, (int) contracts.count, INT4OID, sizeof(int32), true, TYPALIGN_INT);
}
