/*
 * area_code.c - the type area_code: shell around core/area_code.h.
 *
 * The value is an int64 whose order is the order of the type, so the comparison, hash and min/max functions of
 * area_code.sql are the server's own for int8.
 */
#include "server/pg_compat.h"

#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "core/area_code.h"

#define PG_GETARG_AREA_CODE(n) ((WmoAreaCode) PG_GETARG_INT64(n))
#define PG_RETURN_AREA_CODE(code) PG_RETURN_INT64(code)

WMO_FUNCTION(wmo_sql_area_code_in);
WMO_FUNCTION(wmo_sql_area_code_out);
WMO_FUNCTION(wmo_sql_area_code_recv);
WMO_FUNCTION(wmo_sql_area_code_send);
WMO_FUNCTION(wmo_sql_area_code_from_text);
WMO_FUNCTION(wmo_sql_area_code_try);
WMO_FUNCTION(wmo_sql_area_code_to_text);
WMO_FUNCTION(wmo_sql_area_code_level_name);
WMO_FUNCTION(wmo_sql_area_code_parent);
WMO_FUNCTION(wmo_sql_area_code_municipality);
WMO_FUNCTION(wmo_sql_area_code_district);
WMO_FUNCTION(wmo_sql_area_code_municipality_digits);
WMO_FUNCTION(wmo_sql_area_code_lineage);
WMO_FUNCTION(wmo_sql_area_code_last_descendant);
WMO_FUNCTION(wmo_sql_area_code_contains);
WMO_FUNCTION(wmo_sql_area_code_contained_by);

static int
area_code_detail(WmoAreaCodeError error)
{
	switch (error)
	{
		case WMO_AREA_CODE_EMPTY:
			return errdetail("The text is empty.");
		case WMO_AREA_CODE_SHORT_NUMBER:
			return errdetail("The number of a municipality has four digits.");
		case WMO_AREA_CODE_BARE_DISTRICT:
			return errdetail("Only the four digits of a municipality may stand without their letters.");
		case WMO_AREA_CODE_BARE_NEIGHBOURHOOD:
			return errdetail("Only the four digits of a municipality may stand without their letters.");
		case WMO_AREA_CODE_BAD_MUNICIPALITY:
			return errdetail("Exactly four digits follow GM.");
		case WMO_AREA_CODE_BAD_DISTRICT:
			return errdetail("Exactly four digits and two digits or letters follow WK.");
		case WMO_AREA_CODE_BAD_NEIGHBOURHOOD:
			return errdetail("Exactly four digits and four digits or letters follow BU.");
		case WMO_AREA_CODE_UNKNOWN_KIND:
		case WMO_AREA_CODE_OK:
			break;
	}
	return errdetail("The text begins with none of GM, WK and BU, nor is it the four digits of a municipality.");
}

static int
area_code_hint(WmoAreaCodeError error)
{
	switch (error)
	{
		case WMO_AREA_CODE_SHORT_NUMBER:
			return errhint("Write the leading zeros, as in GM0014 or 0014.");
		case WMO_AREA_CODE_BARE_DISTRICT:
			return errhint("Write WK before the code of a district, as in WK001400.");
		case WMO_AREA_CODE_BARE_NEIGHBOURHOOD:
			return errhint("Write BU before the code of a neighbourhood, as in BU00140000.");
		default:
			return errhint(
				"Write a municipality as GM0014 or 0014, a district as WK001400, a neighbourhood as BU00140000.");
	}
}

Datum
wmo_sql_area_code_in(PG_FUNCTION_ARGS)
{
	char *string = PG_GETARG_CSTRING(0);
	WmoAreaCode code;
	WmoAreaCodeError error = wmo_area_code_parse(string, strlen(string), &code);

	if (error != WMO_AREA_CODE_OK)
		wmo_return_error(fcinfo->context,
						 (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
						  errmsg("invalid input syntax for type area_code: \"%s\"", string), area_code_detail(error),
						  area_code_hint(error)));
	PG_RETURN_AREA_CODE(code);
}

Datum
wmo_sql_area_code_out(PG_FUNCTION_ARGS)
{
	char *string = palloc(WMO_AREA_CODE_SIZE);

	wmo_area_code_print(PG_GETARG_AREA_CODE(0), string);
	PG_RETURN_CSTRING(string);
}

/* Eight bytes in network order, laid out as core/area_code.h says; from outside they may hold anything. */
Datum
wmo_sql_area_code_recv(PG_FUNCTION_ARGS)
{
	int64 value = pq_getmsgint64((StringInfo) PG_GETARG_POINTER(0));

	if (!wmo_area_code_is_valid(value))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary representation of type area_code: \"%lld\"", (long long) value),
				 errdetail("A municipality is 0 to 9999, a district or neighbourhood 0 to 1296, and no neighbourhood "
						   "stands without its district."),
				 errhint("Send what area_code_send wrote, or send the code as text.")));
	PG_RETURN_AREA_CODE(value);
}

Datum
wmo_sql_area_code_send(PG_FUNCTION_ARGS)
{
	StringInfoData buffer;

	pq_begintypsend(&buffer);
	pq_sendint64(&buffer, PG_GETARG_AREA_CODE(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buffer));
}

/* wmo.area_code(text) -> area_code: the cast; errors as for a literal. */
Datum
wmo_sql_area_code_from_text(PG_FUNCTION_ARGS)
{
	char *literal = text_to_cstring(PG_GETARG_TEXT_PP(0));

	return DirectFunctionCall1(wmo_sql_area_code_in, CStringGetDatum(literal));
}

/* wmo.try_area_code(text) -> area_code: null where the cast raises an error. */
Datum
wmo_sql_area_code_try(PG_FUNCTION_ARGS)
{
	text *argument = PG_GETARG_TEXT_PP(0);
	WmoAreaCode code;

	if (wmo_area_code_parse(VARDATA_ANY(argument), VARSIZE_ANY_EXHDR(argument), &code) != WMO_AREA_CODE_OK)
		PG_RETURN_NULL();
	PG_RETURN_AREA_CODE(code);
}

/* area_code::text: the canonical form. */
Datum
wmo_sql_area_code_to_text(PG_FUNCTION_ARGS)
{
	char string[WMO_AREA_CODE_SIZE];
	size_t length = wmo_area_code_print(PG_GETARG_AREA_CODE(0), string);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(string, (int) length));
}

/* wmo.level(area_code) -> text: municipality, district or neighbourhood, as Statistics Netherlands says in English. */
Datum
wmo_sql_area_code_level_name(PG_FUNCTION_ARGS)
{
	static const char *const names[WMO_AREA_LEVELS] = {"municipality", "district", "neighbourhood"};

	PG_RETURN_TEXT_P(cstring_to_text(names[wmo_area_code_level(PG_GETARG_AREA_CODE(0))]));
}

/* wmo.parent(area_code) -> area_code: the level directly above; null for a municipality. */
Datum
wmo_sql_area_code_parent(PG_FUNCTION_ARGS)
{
	WmoAreaCode parent;

	if (!wmo_area_code_parent(PG_GETARG_AREA_CODE(0), &parent))
		PG_RETURN_NULL();
	PG_RETURN_AREA_CODE(parent);
}

/* wmo.municipality(area_code) -> area_code: the municipality of any code. */
Datum
wmo_sql_area_code_municipality(PG_FUNCTION_ARGS)
{
	WmoAreaCode code = PG_GETARG_AREA_CODE(0);

	(void) wmo_area_code_ancestor(code, WMO_AREA_MUNICIPALITY, &code);
	PG_RETURN_AREA_CODE(code);
}

/* wmo.district(area_code) -> area_code: the district of a district or neighbourhood; null for a municipality. */
Datum
wmo_sql_area_code_district(PG_FUNCTION_ARGS)
{
	WmoAreaCode code;

	if (!wmo_area_code_ancestor(PG_GETARG_AREA_CODE(0), WMO_AREA_DISTRICT, &code))
		PG_RETURN_NULL();
	PG_RETURN_AREA_CODE(code);
}

/* wmo.municipality_digits(area_code) -> text: the municipality's four digits without GM, as iWmo writes them. */
Datum
wmo_sql_area_code_municipality_digits(PG_FUNCTION_ARGS)
{
	char string[WMO_AREA_CODE_SIZE];

	wmo_area_code_print(PG_GETARG_AREA_CODE(0), string);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(string + 2, 4));
}

/* wmo.lineage(area_code) -> area_code[]: municipality, district, neighbourhood, down to the code itself. */
Datum
wmo_sql_area_code_lineage(PG_FUNCTION_ARGS)
{
	WmoAreaCode lineage[WMO_AREA_LEVELS];
	Datum elements[WMO_AREA_LEVELS];
	int count = wmo_area_code_lineage(PG_GETARG_AREA_CODE(0), lineage);
	Oid type = get_element_type(get_func_rettype(fcinfo->flinfo->fn_oid));
	int16 typlen;
	bool typbyval;
	char typalign;

	get_typlenbyvalalign(type, &typlen, &typbyval, &typalign);
	for (int i = 0; i < count; i++)
		elements[i] = Int64GetDatum(lineage[i]);
	PG_RETURN_ARRAYTYPE_P(construct_array(elements, count, type, typlen, typbyval, typalign));
}

/* wmo.last_descendant(area_code) -> area_code: the end of the range of codes that a code contains. */
Datum
wmo_sql_area_code_last_descendant(PG_FUNCTION_ARGS)
{
	PG_RETURN_AREA_CODE(wmo_area_code_last_descendant(PG_GETARG_AREA_CODE(0)));
}

/* wmo.contains(container, code) -> boolean: is the second code the first or one of its descendants? */
Datum
wmo_sql_area_code_contains(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(wmo_area_code_contains(PG_GETARG_AREA_CODE(0), PG_GETARG_AREA_CODE(1)));
}

/* wmo.contained_by(code, container) -> boolean: the same question from the other side. */
Datum
wmo_sql_area_code_contained_by(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(wmo_area_code_contains(PG_GETARG_AREA_CODE(1), PG_GETARG_AREA_CODE(0)));
}
