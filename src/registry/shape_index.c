/*
 * shape_index.c - the two GiST support functions of shape.sql that are not the server's or PostGIS's own, and the
 * operator of one of them.
 *
 * Both serve exclusion constraints, and both ask for a recheck: the operator is exact, the key is not.
 */
#include "server/pg_compat.h"

#include "access/gist.h"
#include "access/stratnum.h"
#include "catalog/pg_am.h"
#include "catalog/pg_opclass.h"
#include "commands/defrem.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/multirangetypes.h"

WMO_FUNCTION(wmo_sql_shares_ground_consistent);
WMO_FUNCTION(wmo_sql_days_apart_consistent);
WMO_FUNCTION(wmo_sql_days_apart);

/*
 * PostGIS's own consistent function: that of the default GiST operator class of type geometry, which is the second
 * argument of our caller, wherever PostGIS is installed. Kept in the caller's FmgrInfo, for as long as a scan lasts.
 */
static FmgrInfo *
consistent_of_postgis(FmgrInfo *caller)
{
	if (caller->fn_extra == NULL)
	{
		Oid *argument_types;
		int argument_count;
		Oid geometry, operator_class, consistent = InvalidOid;
		FmgrInfo *info;

		get_func_signature(caller->fn_oid, &argument_types, &argument_count);
		geometry = argument_types[1];
		operator_class = GetDefaultOpClass(geometry, GIST_AM_OID);
		if (OidIsValid(operator_class))
			consistent = get_opfamily_proc(get_opclass_family(operator_class), geometry, geometry,
										   GIST_CONSISTENT_PROC);
		if (!OidIsValid(consistent))
			ereport(ERROR, errcode(ERRCODE_UNDEFINED_OBJECT),
					errmsg("type %s has no default operator class for access method gist", format_type_be(geometry)),
					errdetail("It comes with the extension postgis."));
		info = MemoryContextAlloc(caller->fn_mcxt, sizeof(FmgrInfo));
		fmgr_info_cxt(consistent, info, caller->fn_mcxt);
		caller->fn_extra = info;
	}
	return caller->fn_extra;
}

/*
 * shares_ground_consistent(entry internal, shape geometry, strategy smallint, subtype oid, recheck internal): may the
 * rows below this entry share ground with the shape? Where PostGIS finds that their boxes meet.
 */
Datum
wmo_sql_shares_ground_consistent(PG_FUNCTION_ARGS)
{
	bool *recheck = (bool *) PG_GETARG_POINTER(4);
	bool result = DatumGetBool(FunctionCall5Coll(consistent_of_postgis(fcinfo->flinfo), PG_GET_COLLATION(),
												 PG_GETARG_DATUM(0), PG_GETARG_DATUM(1), PG_GETARG_DATUM(2),
												 PG_GETARG_DATUM(3), PG_GETARG_DATUM(4)));

	*recheck = true;
	PG_RETURN_BOOL(result);
}

/*
 * days_apart_consistent(entry internal, days datemultirange, strategy smallint, subtype oid, recheck internal): may the
 * rows below this entry have no day in common with these? A key says which days lie between, not which are taken.
 */
Datum
wmo_sql_days_apart_consistent(PG_FUNCTION_ARGS)
{
	bool *recheck = (bool *) PG_GETARG_POINTER(4);

	*recheck = true;
	PG_RETURN_BOOL(true);
}

/* days_apart(one datemultirange, other datemultirange) -> boolean: have they no day in common? The operator !&&. */
Datum
wmo_sql_days_apart(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!DatumGetBool(multirange_overlaps_multirange(fcinfo)));
}
