/*
 * hierarchy.h - the operators of which hierarchy.c knows the meaning.
 */
#ifndef WMO_CODE_HIERARCHY_H
#define WMO_CODE_HIERARCHY_H

extern PGDLLEXPORT Datum wmo_sql_area_code_contains(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum wmo_sql_area_code_contained_by(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum wmo_sql_postcode_contains_postcode(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum wmo_sql_postcode_contained_by(PG_FUNCTION_ARGS);

#endif
