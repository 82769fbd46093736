/*
 * edition_load.c - published maps, read instead of compiled.
 *
 * An edition bears the keys of the state that it was made of (state.h), so it may stand for the map of an equal state.
 * Changes that a transaction has not committed have no key that means anything elsewhere, hence no edition.
 */
#include "map/edition_load.h"

#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "server/table_scan.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#define EDITIONS "coverage_edition"

static const char *const condition[] =
	{[EDITION_OF_STATE] = "e.areas_key OPERATOR(pg_catalog.=) $1 AND e.rows_key OPERATOR(pg_catalog.=) $2",
	 [EDITION_OF_AREAS] = "e.areas_key OPERATOR(pg_catalog.=) $1"};

/* Reads something of the latest such edition; true when there is one. Call SPI_finish after reading it. */
static bool
find_edition(const char *expression, EditionOf of, const RegistryState *state)
{
	Oid types[2] = {INT8OID, INT8OID};
	Datum values[2] = {Int64GetDatum((int64) state->areas), Int64GetDatum((int64) state->rows)};
	const char *query = psprintf("SELECT %s FROM " WMO_FACE "." EDITIONS " e WHERE %s ORDER BY e.edition DESC",
								 expression, condition[of]);

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	if (SPI_execute_with_args(query, of == EDITION_OF_STATE ? 2 : 1, types, values, NULL, true, 1) != SPI_OK_SELECT)
		elog(ERROR, "SPI_execute failed");
	return SPI_processed == 1;
}

bool
wmo_edition_exists(void)
{
	return OidIsValid(get_relname_relid(EDITIONS, get_namespace_oid(WMO_FACE, false))) &&
		wmo_table_blocks(WMO_FACE, EDITIONS) > 0;
}

static bool
may_have_edition(const RegistryState *state)
{
	return state->own_areas == 0 && state->own_rows == 0 && wmo_edition_exists() &&
		pg_class_aclcheck(wmo_table(WMO_FACE, EDITIONS), GetUserId(), ACL_SELECT) == ACLCHECK_OK;
}

Size
wmo_edition_size(EditionOf of, const RegistryState *state)
{
	Size size = 0;
	bool isnull;

	if (!may_have_edition(state))
		return 0;
	if (find_edition("pg_catalog.pg_column_size(e.map)", of, state))
		size = DatumGetInt32(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull));
	SPI_finish();
	return size;
}

const CoverageMap *
wmo_edition_load(EditionOf of, const RegistryState *state, Size max_size, MemoryContext context)
{
	const CoverageMap *value = NULL;

	if (!may_have_edition(state))
		return NULL;
	if (find_edition("e.map", of, state))
	{
		bool isnull;
		Datum map = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull);
		MemoryContext caller = MemoryContextSwitchTo(context);

		value = (const CoverageMap *) PG_DETOAST_DATUM_COPY(map);
		MemoryContextSwitchTo(caller);
	}
	SPI_finish();
	if (value == NULL || VARSIZE(value) > max_size ||
		!wmo_is_whole_map(value->bytes, VARSIZE(value) - COVERAGE_MAP_OVERHEAD))
		return NULL;
	return value;
}
