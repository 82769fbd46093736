/*
 * table_query.c - a query to the tables that is planned once a session.
 */
#include "map/table_query.h"

SPIPlanPtr
wmo_plan_of(TableQuery *by, Oid owner, int count, Oid *types)
{
	if (by->plan == NULL || by->owner != owner)
	{
		SPIPlanPtr plan = SPI_prepare_cursor(by->query, count, types, CURSOR_OPT_GENERIC_PLAN | CURSOR_OPT_PARALLEL_OK);

		if (plan == NULL || SPI_keepplan(plan) != 0)
			elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
		if (by->plan != NULL)
			SPI_freeplan(by->plan);
		by->plan = plan;
		by->owner = owner;
	}
	return by->plan;
}
