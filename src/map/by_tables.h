/*
 * by_tables.h - questions answered by SQL over the tables: the functions whose names end in _by_tables.
 */
#ifndef WMO_MAP_BY_TABLES_H
#define WMO_MAP_BY_TABLES_H

#include "map/rows.h"

#include "executor/spi.h"

/* A query that is planned once a session. */
typedef struct TableQuery
{
	const char *query;
	Oid owner; /* for what it is planned: another, after DROP and CREATE EXTENSION, has a plan of its own */
	SPIPlanPtr plan;
} TableQuery;

/* Its plan, for arguments of these types. */
extern SPIPlanPtr wmo_plan_of(TableQuery *by, Oid owner, int count, Oid *types);

/* Its one value, asked with the arguments of the function. */
extern Datum wmo_value_by_tables(FunctionCallInfo fcinfo, TableQuery *by);

/* Its rows, one composite value each, as the answer of a set-returning function. */
extern void wmo_rows_by_tables(FunctionCallInfo fcinfo, CallSite *site, TableQuery *by);

#endif
