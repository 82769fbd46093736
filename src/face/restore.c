/*
 * restore.c - the rows that a dump brings are taken as they are, and nothing else is.
 *
 * They were checked and derived when they were written. pg_restore -j loads the tables of an extension in any order,
 * each in a session of its own, so that no foreign key could hold while it is busy: pg_dump does not record their
 * order. So the statement of a dump that loads one of our tables goes without our triggers and without the foreign
 * keys among our tables. Everything else keeps its triggers and keys: that statement those that others hung on our
 * tables, the same transaction all its other statements.
 */
#include "server/pg_compat.h"

#include "catalog/namespace.h"
#include "catalog/pg_trigger.h"
#include "commands/trigger.h"
#include "miscadmin.h"
#include "server/table_scan.h"
#include "standing/kept_standing.h"
#include "tcop/tcopprot.h"
#include "utils/acl.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

WMO_FUNCTION(wmo_sql_trust_restore);

/* ---- is it a restore? ---- */

/* Does what was sent go on with these characters, double quotes left out? Then it is moved behind them. */
static bool
says(const char **sent, const char *words)
{
	const char *at = *sent;

	for (; *words != '\0'; words++, at++)
	{
		while (*at == '"')
			at++;
		if (*at != *words)
			return false;
	}
	while (*at == '"')
		at++;
	*sent = at;
	return true;
}

/* "a, b, c)": every column of the table in its order; generated ones, which pg_dump lists for INSERT only, may miss. */
static bool
lists_every_column(const char **sent, TupleDesc columns)
{
	const char *before = "";

	for (int i = 0; i < columns->natts; i++)
	{
		Form_pg_attribute column = TupleDescAttr(columns, i);
		const char *at = *sent;

		if (column->attisdropped)
			continue;
		if (says(&at, before) && says(&at, NameStr(column->attname)) && (*at == ',' || *at == ')'))
		{
			*sent = at;
			before = ", ";
		}
		else if (column->attgenerated == '\0')
			return false;
	}
	return says(sent, ")");
}

/*
 * Did the client send the words with which pg_dump loads this table? COPY, or INSERT where it was asked for that. The
 * settings of a dump outlive it in its session, so they alone would make every later statement one of a restore.
 */
static bool
is_statement_of_dump(Relation table)
{
	const char *sent = debug_query_string;
	bool copies;

	if (sent == NULL)
		return false;
	while (*sent == ' ' || *sent == '\t' || *sent == '\n' || *sent == '\r')
		sent++;
	copies = says(&sent, "COPY ");
	if (!copies && !says(&sent, "INSERT INTO "))
		return false;
	if (!says(&sent, get_namespace_name(RelationGetNamespace(table))) || !says(&sent, ".") ||
		!says(&sent, RelationGetRelationName(table)))
		return false;
	if (says(&sent, " ("))
	{
		if (!lists_every_column(&sent, RelationGetDescr(table)))
			return false;
	}
	else if (copies)
		return false;
	return copies ? says(&sent, " FROM stdin") : says(&sent, " VALUES");
}

/*
 * The two settings that only pg_dump and pg_restore make together, a statement in their words, and a role that could
 * do without triggers and keys anyway: who owns the table, or may set session_replication_role.
 */
static bool
is_restore(Relation table)
{
	Oid user = GetUserId();

	return strcmp(GetConfigOption("check_function_bodies", false, false), "off") == 0 &&
		strcmp(GetConfigOption("row_security", false, false), "off") == 0 &&
		(has_privs_of_role(user, RelationGetForm(table)->relowner) ||
		 pg_parameter_aclcheck("session_replication_role", user, ACL_SET) == ACLCHECK_OK) &&
		is_statement_of_dump(table);
}

/* ---- for this statement alone ---- */

static bool
is_ours(Oid schema)
{
	return schema == get_namespace_oid(WMO_FACE, false) || schema == get_namespace_oid(WMO_WORKS, false);
}

/* Triggers of ours, and foreign keys between our tables; not those that fire always, which note every change. */
static bool
is_spared(const Trigger *trigger)
{
	if (trigger->tgenabled != TRIGGER_FIRES_ON_ORIGIN)
		return false;
	if (trigger->tgisinternal)
		return OidIsValid(trigger->tgconstrrelid) && is_ours(get_rel_namespace(trigger->tgconstrrelid));
	return is_ours(get_func_namespace(trigger->tgfoid));
}

/*
 * The triggers of the statement that is running. The executor keeps a copy of a table's triggers for each statement
 * (InitResultRelInfo), looks there whether one is enabled before it fires or queues it, and hands over a pointer into
 * it. NULL when this is not so.
 */
static Trigger *
triggers_of_statement(TriggerData *data)
{
	TriggerDesc *known = data->tg_relation->trigdesc;
	Trigger *first;
	int own = 0;

	while (own < known->numtriggers && known->triggers[own].tgoid != data->tg_trigger->tgoid)
		own++;
	first = data->tg_trigger - own;
	if (own == known->numtriggers || first == known->triggers)
		return NULL;
	for (int i = 0; i < known->numtriggers; i++)
		if (first[i].tgoid != known->triggers[i].tgoid)
			return NULL;
	return first;
}

/* wmo_works.trust_restore() -> trigger. Before each INSERT or COPY, first of all triggers by its name. */
Datum
wmo_sql_trust_restore(PG_FUNCTION_ARGS)
{
	TriggerData *data = (TriggerData *) fcinfo->context;
	Trigger *trigger;

	if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_BEFORE(data->tg_event) ||
		!TRIGGER_FIRED_FOR_STATEMENT(data->tg_event) || !TRIGGER_FIRED_BY_INSERT(data->tg_event))
		elog(ERROR, "%s.trust_restore is called before INSERT for each statement only", WMO_WORKS);
	if (is_ours(RelationGetNamespace(data->tg_relation)) && is_restore(data->tg_relation) &&
		(trigger = triggers_of_statement(data)) != NULL)
	{
		wmo_mark_standing();
		for (int i = 0; i < data->tg_relation->trigdesc->numtriggers; i++)
			if (is_spared(&trigger[i]))
				trigger[i].tgenabled = TRIGGER_DISABLED;
	}
	PG_RETURN_POINTER(NULL);
}
