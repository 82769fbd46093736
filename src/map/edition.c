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

WMO_FUNCTION(wmo_sql_publish_coverage);
WMO_FUNCTION(wmo_sql_recognise_edition);

/* The number that a command gives, run as the owner of the editions; NULL where it gives no row. */
static Datum
number_by_owner(FunctionCallInfo fcinfo, const char *command, int count, Oid *types, Datum *values, const char *nulls)
{
	WmoCaller caller = wmo_act_as_owner(wmo_owner_of(wmo_table(WMO_FACE, "coverage_edition")));
	Datum edition = (Datum) 0;

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	if (SPI_execute_with_args(command, count, types, values, nulls, false, 0) < 0)
		elog(ERROR, "SPI_execute failed");
	fcinfo->isnull = SPI_processed == 0;
	if (!fcinfo->isnull)
		edition = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &fcinfo->isnull);
	SPI_finish();
	wmo_act_as_caller(caller);
	return edition;
}

/* One statement, so that keys, digest and map are of one snapshot. */
static const char *const publish =
	"WITH number AS MATERIALIZED ("
	"SELECT nextval('wmo.coverage_edition_edition_seq')::integer AS edition"
	"), published AS ("
	"INSERT INTO wmo.coverage_edition (edition, note, published_by, areas_key, rows_key, digest, map) "
	"SELECT n.edition, $1, $2, k.areas, k.rows, wmo.registry_digest(), wmo_works.compile_edition(n.edition) "
	"FROM number n CROSS JOIN wmo_works.publishing_key() k RETURNING edition, published_at, digest, map"
	"), latest AS ("
	"INSERT INTO wmo.current_coverage AS c (edition, published_at, digest, map) "
	"SELECT p.edition, p.published_at, p.digest, p.map FROM published p ON CONFLICT (id) DO UPDATE SET "
	"edition = EXCLUDED.edition, published_at = EXCLUDED.published_at, digest = EXCLUDED.digest, map = EXCLUDED.map "
	"WHERE c.edition < EXCLUDED.edition"
	") SELECT p.edition FROM published p";

static const char *const recognise =
	"UPDATE wmo.coverage_edition e SET areas_key = k.areas, rows_key = k.rows FROM wmo_works.publishing_key() k "
	"WHERE e.edition = (SELECT max(x.edition) FROM wmo.coverage_edition x WHERE x.digest = wmo.registry_digest()) "
	"RETURNING e.edition";

/* wmo.publish_coverage(note text) -> integer: the number of the edition. The function pins its search_path. */
Datum
wmo_sql_publish_coverage(PG_FUNCTION_ARGS)
{
	Oid types[2] = {TEXTOID, TEXTOID};
	Datum values[2] = {PG_ARGISNULL(0) ? (Datum) 0 : PG_GETARG_DATUM(0),
					   CStringGetTextDatum(GetUserNameFromId(GetUserId(), false))};

	return number_by_owner(fcinfo, publish, 2, types, values, PG_ARGISNULL(0) ? "n " : NULL);
}

/*
 * wmo.recognise_edition() -> integer: the number of the latest edition of what the registry holds, which from now on
 * names its state as this database does; NULL: there is none. The function pins its search_path.
 */
Datum
wmo_sql_recognise_edition(PG_FUNCTION_ARGS)
{
	return number_by_owner(fcinfo, recognise, 0, NULL, NULL, NULL);
}
