/*
 * table_query.h - a query to the tables that is planned once a session.
 */
#ifndef WMO_MAP_TABLE_QUERY_H
#define WMO_MAP_TABLE_QUERY_H

#include "server/pg_compat.h"

#include "executor/spi.h"

typedef struct TableQuery
{
	const char *query;
	Oid owner; /* for what it is planned: another, after DROP and CREATE EXTENSION, has a plan of its own */
	SPIPlanPtr plan;
} TableQuery;

/* Its plan, for arguments of these types. */
extern SPIPlanPtr wmo_plan_of(TableQuery *by, Oid owner, int count, Oid *types);

#endif
