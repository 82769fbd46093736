/*
 * edition.c - the coverage map of this moment, stored with the rights of who owns the table: what other sessions take
 * for the registry must not be written by hand, nor depend on which rows the publisher may see.
 */
#include "server/pg_compat.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "server/owner.h"
#include "server/table_scan.h"
#include "utils/builtins.h"
#include "utils/rel.h"
#include "utils/syscache.h"

WMO_FUNCTION(wmo_sql_publish_coverage);

static Oid
owner_of(Oid table)
{
	HeapTuple tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(table));
	Oid owner;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for relation %u", table);
	owner = ((Form_pg_class) GETSTRUCT(tuple))->relowner;
	ReleaseSysCache(tuple);
	return owner;
}

/*
 * wmo.publish_coverage(note text) -> integer: the number of the edition. The key and the map are of one snapshot, that
 * of the statement here. The function pins its search_path.
 */
Datum
wmo_sql_publish_coverage(PG_FUNCTION_ARGS)
{
	Oid types[2] = {TEXTOID, TEXTOID};
	Datum values[2] = {PG_ARGISNULL(0) ? (Datum) 0 : PG_GETARG_DATUM(0),
					   CStringGetTextDatum(GetUserNameFromId(GetUserId(), false))};
	WmoCaller caller = wmo_act_as_owner(owner_of(wmo_table(WMO_FACE, "coverage_edition")));
	Datum edition;
	bool isnull;

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	if (SPI_execute_with_args("INSERT INTO wmo.coverage_edition (note, published_by, areas_key, rows_key, map) "
							  "SELECT $1, $2, k.areas, k.rows, wmo.compile_coverage() "
							  "FROM wmo_works.publishing_key() k RETURNING edition",
							  2, types, values, PG_ARGISNULL(0) ? "n " : NULL, false, 0) != SPI_OK_INSERT_RETURNING)
		elog(ERROR, "SPI_execute failed");
	edition = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull);
	SPI_finish();
	wmo_act_as_caller(caller);
	PG_RETURN_DATUM(edition);
}
