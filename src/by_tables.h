/*
 * by_tables.h - questions answered by SQL over the tables: the functions whose names end in _by_tables.
 */
#ifndef WMO_BY_TABLES_H
#define WMO_BY_TABLES_H

#include "coverage_rows.h"

#include "executor/spi.h"

/* A query with the arguments of the function that asks it, planned once a session. */
typedef struct TableQuery
{
	const char *query;
	Oid function; /* for whose arguments it is planned */
	SPIPlanPtr plan;
} TableQuery;

/* Its one value, copied to the caller's context where it is a text. */
extern Datum wmo_value_by_tables(FunctionCallInfo fcinfo, TableQuery *by, bool is_text);

/* Its rows, one composite value each, as the answer of a set-returning function. */
extern void wmo_rows_by_tables(FunctionCallInfo fcinfo, Asking *asking, TableQuery *by);

#endif
