/*
 * table_scan.c - the tables of the extension, read without a query.
 */
#include "server/table_scan.h"

#include "access/table.h"
#include "access/tableam.h"
#include "catalog/namespace.h"
#include "miscadmin.h"
#include "storage/bufmgr.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

Oid
wmo_table_if_any(const char *schema, const char *name)
{
	Oid namespace = get_namespace_oid(schema, true);

	return OidIsValid(namespace) ? get_relname_relid(name, namespace) : InvalidOid;
}

Oid
wmo_table(const char *schema, const char *name)
{
	Oid table = wmo_table_if_any(schema, name);

	if (!OidIsValid(table))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE), errmsg("table \"%s.%s\" does not exist", schema, name),
				 errhint("It belongs to the extension wmo_contracts: restore it from there.")));
	return table;
}

bool
wmo_is_of_registry(Oid table)
{
	return get_rel_namespace(table) == get_namespace_oid(WMO_FACE, false);
}

BlockNumber
wmo_table_blocks(const char *schema, const char *name)
{
	Relation table = table_open(wmo_table(schema, name), AccessShareLock);
	BlockNumber blocks = RelationGetNumberOfBlocks(table);

	if (OidIsValid(table->rd_rel->reltoastrelid))
	{
		Relation toast = table_open(table->rd_rel->reltoastrelid, AccessShareLock);

		blocks += RelationGetNumberOfBlocks(toast);
		table_close(toast, AccessShareLock);
	}
	table_close(table, AccessShareLock);
	return blocks;
}

void
wmo_scan_table(const char *schema, const char *table, void (*row)(TupleTableSlot *slot, void *arg), void *arg)
{
	Relation relation = table_open(wmo_table(schema, table), AccessShareLock);
	TupleTableSlot *slot = table_slot_create(relation, NULL);
	TableScanDesc scan = wmo_beginscan(relation, GetActiveSnapshot());

	while (table_scan_getnextslot(scan, ForwardScanDirection, slot))
	{
		CHECK_FOR_INTERRUPTS();
		row(slot, arg);
	}
	table_endscan(scan);
	ExecDropSingleTupleTableSlot(slot);
	table_close(relation, AccessShareLock);
}
