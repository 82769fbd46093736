/*
 * by_tables.h - questions answered from the tables: what they meet is read into a map of a few rows.
 */
#ifndef WMO_MAP_BY_TABLES_H
#define WMO_MAP_BY_TABLES_H

#include "map/question.h"
#include "map/table_query.h"

/*
 * The map to ask, with the question to it. The query takes the arguments of the function and gives one row: what is met
 * (wmo_works.area_match[]; null: no place), a remark on it (another edition of a code answers; a postcode lies there by
 * a reading), the services asked for (integer[]), and of a question about contracts the parties with the AGB code
 * (integer[], else null). product: the argument with a product code, or NO_ARGUMENT. What is wrong with an argument is
 * an error, with its hint.
 */
extern const WmoMap *wmo_tables_map(FunctionCallInfo fcinfo, const QuestionPlan *plan, int product, CallSite *site,
									TableQuery *by, WmoQuestion *question, bool *remark);

/* Asks who serves; the answer is in site->asker. */
extern const WmoMap *wmo_ask_tables(FunctionCallInfo fcinfo, const QuestionPlan *plan, CallSite *site, TableQuery *by,
									WmoQuestion *question, bool *remark);

#endif
