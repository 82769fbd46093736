/*
 * hierarchy.c - planner support of @> and <@ on the hierarchical codes area_code and postcode.
 *
 * The descendants of a code are one range of its order, and its ancestors are at most two. So "column <@ code" is a
 * range of a btree index and "column @> code" is a short list of equalities. Neither needs a recheck, so an index-only
 * scan does. Both hold for a code that the planner knows and for one known only at run time (a parameter, a join).
 */
#include "server/pg_compat.h"

#include "access/htup_details.h"
#include "access/stratnum.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_statistic.h"
#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/pathnodes.h"
#include "nodes/supportnodes.h"
#include "optimizer/optimizer.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"
#include "utils/syscache.h"
#include "utils/typcache.h"

#include "code/hierarchy.h"
#include "core/area_code.h"
#include "core/postcode.h"

/* For a code that is unknown while planning, and no statistics to say more. */
#define DEFAULT_DESCENDANTS_SEL 0.005

#define MAX_LEVELS Max(WMO_AREA_LEVELS, WMO_POSTCODE_LEVELS)

/* One hierarchical type, its values seen as int64. */
typedef struct CodeTree
{
	int64 (*from_datum)(Datum value);
	Datum (*to_datum)(int64 key);
	int64 (*last_descendant)(int64 key);
	double (*position)(int64 key);
	int (*lineage)(int64 key, int64 *out);
} CodeTree;

static int64
area_code_from_datum(Datum value)
{
	return DatumGetInt64(value);
}

static Datum
area_code_to_datum(int64 key)
{
	return Int64GetDatum(key);
}

static int64
area_code_last_descendant(int64 key)
{
	return wmo_area_code_last_descendant(key);
}

static double
area_code_position(int64 key)
{
	return wmo_area_code_position(key);
}

static int
area_code_lineage(int64 key, int64 *out)
{
	WmoAreaCode lineage[WMO_AREA_LEVELS];
	int count = wmo_area_code_lineage(key, lineage);

	for (int i = 0; i < count; i++)
		out[i] = lineage[i];
	return count;
}

static int64
postcode_from_datum(Datum value)
{
	return DatumGetInt32(value);
}

static Datum
postcode_to_datum(int64 key)
{
	return Int32GetDatum((int32) key);
}

static int64
postcode_last_descendant(int64 key)
{
	return wmo_postcode_last_descendant((WmoPostcode) key);
}

static double
postcode_position(int64 key)
{
	return (double) key;
}

static int
postcode_lineage(int64 key, int64 *out)
{
	WmoPostcode lineage[WMO_POSTCODE_LEVELS];
	int count = wmo_postcode_lineage((WmoPostcode) key, lineage);

	for (int i = 0; i < count; i++)
		out[i] = lineage[i];
	return count;
}

static const CodeTree area_code_tree = {area_code_from_datum, area_code_to_datum, area_code_last_descendant,
										area_code_position, area_code_lineage};
static const CodeTree postcode_tree = {postcode_from_datum, postcode_to_datum, postcode_last_descendant,
									   postcode_position, postcode_lineage};

/* A function whose meaning we know. */
typedef struct CodeFunction
{
	PGFunction address;
	const CodeTree *tree;
	int container; /* which argument contains the other: 0 or 1 */
} CodeFunction;

static const CodeFunction code_functions[] = {
	{wmo_sql_area_code_contains, &area_code_tree, 0},
	{wmo_sql_area_code_contained_by, &area_code_tree, 1},
	{wmo_sql_postcode_contains_postcode, &postcode_tree, 0},
	{wmo_sql_postcode_contained_by, &postcode_tree, 1},
};

/* The function behind an SQL function of ours, whatever its name and schema; NULL for any other. */
static const CodeFunction *
find_code_function(Oid funcid)
{
	FmgrInfo flinfo;

	fmgr_info(funcid, &flinfo);
	for (size_t i = 0; i < lengthof(code_functions); i++)
		if (flinfo.fn_addr == code_functions[i].address)
			return &code_functions[i];
	return NULL;
}

/* The function of one argument of the type, named so, in the schema of another function. */
static Oid
find_sibling(Oid funcid, const char *name, Oid type)
{
	oidvector *arguments = buildoidvector(&type, 1);

	return GetSysCacheOid3(PROCNAMEARGSNSP, Anum_pg_proc_oid, CStringGetDatum(name), PointerGetDatum(arguments),
						   ObjectIdGetDatum(get_func_namespace(funcid)));
}

static Const *
make_code(const CodeTree *tree, Oid type, int64 key)
{
	int16 typlen;
	bool typbyval;

	get_typlenbyval(type, &typlen, &typbyval);
	return makeConst(type, -1, InvalidOid, typlen, tree->to_datum(key), false, typbyval);
}

static Expr *
make_comparison(Oid operator_id, Node *left, Node *right)
{
	return make_opclause(operator_id, BOOLOID, false, (Expr *) left, (Expr *) copyObject(right), InvalidOid,
						 InvalidOid);
}

/* column <@ container: the range from the container to its last descendant, or one equality where that is all. */
static List *
descendants_condition(const CodeTree *tree, Oid funcid, Oid opfamily, Oid type, Node *column, Node *container)
{
	Oid from = get_opfamily_member(opfamily, type, type, BTGreaterEqualStrategyNumber);
	Oid to = get_opfamily_member(opfamily, type, type, BTLessEqualStrategyNumber);
	Oid equal = get_opfamily_member(opfamily, type, type, BTEqualStrategyNumber);
	Node *last;

	if (!OidIsValid(from) || !OidIsValid(to) || !OidIsValid(equal))
		return NIL;
	if (IsA(container, Const))
	{
		int64 key = tree->from_datum(((Const *) container)->constvalue);
		int64 last_key = tree->last_descendant(key);

		if (last_key == key)
			return list_make1(make_comparison(equal, column, container));
		last = (Node *) make_code(tree, type, last_key);
	}
	else
	{
		Oid function = find_sibling(funcid, "last_descendant", type);

		if (!OidIsValid(function))
			return NIL;
		last = (Node *) makeFuncExpr(function, type, list_make1(copyObject(container)), InvalidOid, InvalidOid,
									 COERCE_EXPLICIT_CALL);
	}
	return list_make2(make_comparison(from, column, container), make_comparison(to, column, last));
}

/* column @> code: the column is the code or one of its ancestors. */
static List *
ancestors_condition(const CodeTree *tree, Oid funcid, Oid opfamily, Oid type, Node *column, Node *code)
{
	Oid equal = get_opfamily_member(opfamily, type, type, BTEqualStrategyNumber);
	Oid array_type = get_array_type(type);
	Node *lineage;
	ScalarArrayOpExpr *condition;

	if (!OidIsValid(equal) || !OidIsValid(array_type))
		return NIL;
	if (IsA(code, Const))
	{
		int64 keys[MAX_LEVELS];
		Datum elements[MAX_LEVELS];
		int count = tree->lineage(tree->from_datum(((Const *) code)->constvalue), keys);
		int16 typlen;
		bool typbyval;
		char typalign;

		if (count == 1)
			return list_make1(make_comparison(equal, column, code));
		for (int i = 0; i < count; i++)
			elements[i] = tree->to_datum(keys[i]);
		get_typlenbyvalalign(type, &typlen, &typbyval, &typalign);
		lineage = (Node *) makeConst(array_type, -1, InvalidOid, -1,
									 PointerGetDatum(
										 construct_array(elements, count, type, typlen, typbyval, typalign)),
									 false, false);
	}
	else
	{
		Oid function = find_sibling(funcid, "lineage", type);

		if (!OidIsValid(function))
			return NIL;
		lineage = (Node *) makeFuncExpr(function, array_type, list_make1(copyObject(code)), InvalidOid, InvalidOid,
										COERCE_EXPLICIT_CALL);
	}
	condition = makeNode(ScalarArrayOpExpr);
	condition->opno = equal;
	condition->opfuncid = get_opcode(equal);
	condition->useOr = true;
	condition->inputcollid = InvalidOid;
	condition->args = list_make2(column, lineage);
	condition->location = -1;
	return list_make1(condition);
}

/* The conditions on an index column that say exactly what the call says; NIL when the index can't answer it. */
static List *
index_condition(SupportRequestIndexCondition *request)
{
	const CodeFunction *function = find_code_function(request->funcid);
	List *args;
	Node *column;
	Node *other;
	Oid type;

	if (function == NULL)
		return NIL;
	if (is_opclause(request->node))
		args = ((OpExpr *) request->node)->args;
	else if (is_funcclause(request->node))
		args = ((FuncExpr *) request->node)->args;
	else
		return NIL;
	if (list_length(args) != 2 || request->indexarg < 0 || request->indexarg > 1)
		return NIL;
	column = (Node *) list_nth(args, request->indexarg);
	other = (Node *) list_nth(args, 1 - request->indexarg);
	if (!is_pseudo_constant_for_index(request->root, other, request->index))
		return NIL;
	if (IsA(other, Const) && ((Const *) other)->constisnull)
		return NIL;
	type = exprType(column);
	request->lossy = false;
	if (request->indexarg != function->container)
		return descendants_condition(function->tree, request->funcid, request->opfamily, type, column, other);
	/* Only an index that takes a list of values, as btree does, answers the other direction. */
	if (!request->index->amsearcharray)
		return NIL;
	return ancestors_condition(function->tree, request->funcid, request->opfamily, type, column, other);
}

/* Which share of a histogram's rows lies before a key or at it? Straight between two bounds. */
static double
share_below(const CodeTree *tree, AttStatsSlot *histogram, int64 key)
{
	int low = 0;
	int high = histogram->nvalues - 1;
	double from;
	double to;

	if (key < tree->from_datum(histogram->values[0]))
		return 0;
	if (key >= tree->from_datum(histogram->values[high]))
		return 1;
	while (high - low > 1)
	{
		int middle = (low + high) / 2;

		if (tree->from_datum(histogram->values[middle]) <= key)
			low = middle;
		else
			high = middle;
	}
	from = tree->position(tree->from_datum(histogram->values[low]));
	to = tree->position(tree->from_datum(histogram->values[high]));
	return (low + (to > from ? (tree->position(key) - from) / (to - from) : 0)) / (histogram->nvalues - 1);
}

/* The share of rows whose column is equal to a code. */
static double
equal_sel(const CodeTree *tree, VariableStatData *variable, Oid type, int64 key, bool column_on_left)
{
	TypeCacheEntry *cache = lookup_type_cache(type, TYPECACHE_EQ_OPR);

	if (!OidIsValid(cache->eq_opr))
		return DEFAULT_EQ_SEL;
	return var_eq_const(variable, cache->eq_opr, InvalidOid, tree->to_datum(key), false, column_on_left, false);
}

/* The share of rows whose column is a code or stands below it. */
static double
descendants_sel(const CodeTree *tree, VariableStatData *variable, Oid funcid, Const *container, bool column_on_left)
{
	int64 key = tree->from_datum(container->constvalue);
	int64 last = tree->last_descendant(key);
	double common_matches;
	double common;
	double null_share;
	double below = 0;
	double selectivity;
	bool is_default;
	AttStatsSlot histogram;
	FmgrInfo flinfo;

	if (last == key)
		return equal_sel(tree, variable, container->consttype, key, column_on_left);
	if (!HeapTupleIsValid(variable->statsTuple) || !statistic_proc_security_check(variable, funcid))
		return DEFAULT_DESCENDANTS_SEL;
	null_share = ((Form_pg_statistic) GETSTRUCT(variable->statsTuple))->stanullfrac;
	fmgr_info(funcid, &flinfo);
	common_matches = mcv_selectivity(variable, &flinfo, InvalidOid, container->constvalue, column_on_left, &common);
	if (get_attstatsslot(&histogram, variable->statsTuple, STATISTIC_KIND_HISTOGRAM, InvalidOid, ATTSTATSSLOT_VALUES))
	{
		if (histogram.nvalues > 1)
			below = share_below(tree, &histogram, last) - share_below(tree, &histogram, key);
		free_attstatsslot(&histogram);
	}
	selectivity = common_matches + below * (1.0 - null_share - common);
	/* What lies among the rows has at least one code's share of them. */
	if (below > 0)
		selectivity = Max(selectivity, 1.0 / Max(get_variable_numdistinct(variable, &is_default), 1.0));
	return selectivity;
}

/* The share of rows whose column is a code or stands above it. */
static double
ancestors_sel(const CodeTree *tree, VariableStatData *variable, Const *code, bool column_on_left)
{
	int64 keys[MAX_LEVELS];
	int count = tree->lineage(tree->from_datum(code->constvalue), keys);
	double sum = 0;

	for (int i = 0; i < count; i++)
		sum += equal_sel(tree, variable, code->consttype, keys[i], column_on_left);
	return sum;
}

static double
restriction_sel(PlannerInfo *root, Oid funcid, List *args, int varRelid)
{
	const CodeFunction *function = find_code_function(funcid);
	VariableStatData variable;
	Node *other;
	bool column_on_left;
	double selectivity;

	if (function == NULL || !get_restriction_variable(root, args, varRelid, &variable, &other, &column_on_left))
		return DEFAULT_DESCENDANTS_SEL;
	if (!IsA(other, Const))
	{
		/* About every code has one row above it; of the rows below it nothing is known. */
		bool is_default;
		double distinct = get_variable_numdistinct(&variable, &is_default);

		selectivity = column_on_left == (function->container == 0) ? 1.0 / Max(distinct, 1.0) : DEFAULT_DESCENDANTS_SEL;
	}
	else if (((Const *) other)->constisnull)
		selectivity = 0;
	else if (column_on_left == (function->container == 0))
		selectivity = ancestors_sel(function->tree, &variable, (Const *) other, column_on_left);
	else
		selectivity = descendants_sel(function->tree, &variable, funcid, (Const *) other, column_on_left);
	ReleaseVariableStats(variable);
	CLAMP_PROBABILITY(selectivity);
	return selectivity;
}

/* In a join a code has about one container among the rows of the other side. */
static double
join_sel(PlannerInfo *root, Oid funcid, List *args, SpecialJoinInfo *sjinfo)
{
	const CodeFunction *function = find_code_function(funcid);
	VariableStatData variables[2];
	bool reversed;
	bool is_default;
	double distinct;

	if (function == NULL)
		return DEFAULT_DESCENDANTS_SEL;
	if (sjinfo->jointype == JOIN_SEMI || sjinfo->jointype == JOIN_ANTI)
		return 0.5;
	get_join_variables(root, args, sjinfo, &variables[0], &variables[1], &reversed);
	distinct = get_variable_numdistinct(&variables[function->container], &is_default);
	ReleaseVariableStats(variables[0]);
	ReleaseVariableStats(variables[1]);
	return 1.0 / Max(distinct, 1.0);
}

WMO_FUNCTION(wmo_sql_hierarchy_support);
WMO_FUNCTION(wmo_sql_hierarchy_sel);
WMO_FUNCTION(wmo_sql_hierarchy_joinsel);

/* wmo_works.hierarchy_support(internal): index conditions and estimates for the functions behind @> and <@. */
Datum
wmo_sql_hierarchy_support(PG_FUNCTION_ARGS)
{
	Node *request = (Node *) PG_GETARG_POINTER(0);

	if (IsA(request, SupportRequestIndexCondition))
		PG_RETURN_POINTER(index_condition((SupportRequestIndexCondition *) request));
	if (IsA(request, SupportRequestSelectivity))
	{
		SupportRequestSelectivity *estimate = (SupportRequestSelectivity *) request;

		estimate->selectivity = estimate->is_join ?
			join_sel(estimate->root, estimate->funcid, estimate->args, estimate->sjinfo) :
			restriction_sel(estimate->root, estimate->funcid, estimate->args, estimate->varRelid);
		PG_RETURN_POINTER(estimate);
	}
	PG_RETURN_POINTER(NULL);
}

/* wmo_works.hierarchy_sel: RESTRICT of @> and <@. */
Datum
wmo_sql_hierarchy_sel(PG_FUNCTION_ARGS)
{
	PlannerInfo *root = (PlannerInfo *) PG_GETARG_POINTER(0);
	Oid operator_id = PG_GETARG_OID(1);
	List *args = (List *) PG_GETARG_POINTER(2);
	int varRelid = PG_GETARG_INT32(3);

	PG_RETURN_FLOAT8(restriction_sel(root, get_opcode(operator_id), args, varRelid));
}

/* wmo_works.hierarchy_joinsel: JOIN of @> and <@. */
Datum
wmo_sql_hierarchy_joinsel(PG_FUNCTION_ARGS)
{
	PlannerInfo *root = (PlannerInfo *) PG_GETARG_POINTER(0);
	Oid operator_id = PG_GETARG_OID(1);
	List *args = (List *) PG_GETARG_POINTER(2);
	SpecialJoinInfo *sjinfo = (SpecialJoinInfo *) PG_GETARG_POINTER(4);

	PG_RETURN_FLOAT8(join_sel(root, get_opcode(operator_id), args, sjinfo));
}
