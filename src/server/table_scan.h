/*
 * table_scan.h - the tables of the extension, read without a query.
 */
#ifndef WMO_SERVER_TABLE_SCAN_H
#define WMO_SERVER_TABLE_SCAN_H

#include "server/pg_compat.h"

#include "executor/tuptable.h"
#include "storage/block.h"

/*
 * The schemas of the extension: WMO_FACE is what people call and read, WMO_WORKS what that rests on.
 */
#define WMO_FACE "wmo"
#define WMO_WORKS "wmo_works"

/* The table of this name in one of the two schemas. Error: undefined_table when somebody dropped it. */
extern Oid wmo_table(const char *schema, const char *name);

/* The same where it may not be there: InvalidOid. */
extern Oid wmo_table_if_any(const char *schema, const char *name);

/* Does this table stand in schema wmo? Nobody but its owner makes tables there. */
extern bool wmo_is_of_registry(Oid table);

/* The pages of a table and of what it keeps out of line: how much there is to read, without reading it. */
extern BlockNumber wmo_table_blocks(const char *schema, const char *name);

/*
 * Calls row(slot, arg) for each visible row of a table; with the rights of the library, whoever asks, as the calendar
 * and the tokens of the registry are nobody's secret.
 */
extern void wmo_scan_table(const char *schema, const char *table, void (*row)(TupleTableSlot *slot, void *arg),
						   void *arg);

#endif
