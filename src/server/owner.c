/*
 * owner.c - derived rows are written, and guards look, with the rights of who owns the table, as the server's own
 * foreign keys do (ri_triggers.c): so they do not depend on what the writer may see, and nobody else needs a right to
 * write what is derived.
 *
 * These are the rights of the owner of the table on which the trigger stands, never those of the function's owner:
 * whoever hangs one of our triggers on a table of his own acts as himself.
 */
#include "server/owner.h"

#include "access/htup_details.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "miscadmin.h"
#include "parser/parse_func.h"
#include "server/table_scan.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

WMO_FUNCTION(wmo_sql_as_owner);
WMO_FUNCTION(wmo_sql_acts_as_owner);

Oid
wmo_owner_of(Oid table)
{
	HeapTuple tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(table));
	Oid owner;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for relation %u", table);
	owner = ((Form_pg_class) GETSTRUCT(tuple))->relowner;
	ReleaseSysCache(tuple);
	return owner;
}

WmoCaller
wmo_act_as_owner(Oid owner)
{
	WmoCaller caller;

	GetUserIdAndSecContext(&caller.user, &caller.security);
	SetUserIdAndSecContext(owner, caller.security | SECURITY_LOCAL_USERID_CHANGE | SECURITY_NOFORCE_RLS);
	return caller;
}

void
wmo_act_as_caller(WmoCaller caller)
{
	SetUserIdAndSecContext(caller.user, caller.security);
}

/* The trigger function of the works that the trigger's first argument names; further ones are for that function. */
static FmgrInfo *
find_work(const Trigger *trigger, MemoryContext context)
{
	FmgrInfo *work;
	Oid function;

	if (trigger->tgnargs < 1)
		elog(ERROR, "trigger \"%s\" must name a function of %s", trigger->tgname, WMO_WORKS);
	function = LookupFuncName(list_make2(makeString(WMO_WORKS), makeString(trigger->tgargs[0])), 0, NULL, false);
	if (get_func_rettype(function) != TRIGGEROID)
		elog(ERROR, "function %s.%s is no trigger function", WMO_WORKS, trigger->tgargs[0]);
	work = MemoryContextAlloc(context, sizeof(FmgrInfo));
	fmgr_info_cxt(function, work, context);
	return work;
}

/* wmo_works.as_owner('function') -> trigger: what that trigger function of the works does, as the table's owner. */
Datum
wmo_sql_as_owner(PG_FUNCTION_ARGS)
{
	LOCAL_FCINFO(call, 0);
	TriggerData *data = (TriggerData *) fcinfo->context;
	WmoCaller caller;
	Datum result;

	if (!CALLED_AS_TRIGGER(fcinfo))
		elog(ERROR, "%s.as_owner is called by triggers only", WMO_WORKS);
	if (fcinfo->flinfo->fn_extra == NULL)
		fcinfo->flinfo->fn_extra = find_work(data->tg_trigger, fcinfo->flinfo->fn_mcxt);
	InitFunctionCallInfoData(*call, fcinfo->flinfo->fn_extra, 0, InvalidOid, fcinfo->context, NULL);
	caller = wmo_act_as_owner(RelationGetForm(data->tg_relation)->relowner);
	result = FunctionCallInvoke(call);
	wmo_act_as_caller(caller);
	fcinfo->isnull = call->isnull;
	return result;
}

/*
 * wmo_works.acts_as_owner() -> boolean: does a trigger of ours or a foreign key act for whoever gave the statement?
 * It keeps an owner from mistakes. It is no guard against others, who have no right to write what is derived.
 */
Datum
wmo_sql_acts_as_owner(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(InLocalUserIdChange());
}
