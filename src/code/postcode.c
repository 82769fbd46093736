/*
 * postcode.c - the type postcode: shell around core/postcode.h.
 *
 * The value is an int32 whose order is the order of the type, so the comparison, hash and min/max functions of
 * postcode.sql are the server's own for int4.
 */
#include "server/pg_compat.h"

#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "core/postcode.h"

#define PG_GETARG_POSTCODE(n) ((WmoPostcode) PG_GETARG_INT32(n))
#define PG_RETURN_POSTCODE(postcode) PG_RETURN_INT32(postcode)

WMO_FUNCTION(wmo_sql_postcode_in);
WMO_FUNCTION(wmo_sql_postcode_out);
WMO_FUNCTION(wmo_sql_postcode_recv);
WMO_FUNCTION(wmo_sql_postcode_send);
WMO_FUNCTION(wmo_sql_postcode_from_text);
WMO_FUNCTION(wmo_sql_postcode_try);
WMO_FUNCTION(wmo_sql_postcode_to_text);
WMO_FUNCTION(wmo_sql_postcode_compact);
WMO_FUNCTION(wmo_sql_postcode_level_name);
WMO_FUNCTION(wmo_sql_postcode_parent);
WMO_FUNCTION(wmo_sql_postcode_pc4_of);
WMO_FUNCTION(wmo_sql_postcode_lineage);
WMO_FUNCTION(wmo_sql_postcode_last_descendant);
WMO_FUNCTION(wmo_sql_postcode_contains_postcode);
WMO_FUNCTION(wmo_sql_postcode_contained_by);

static int
postcode_detail(WmoPostcodeError error)
{
	switch (error)
	{
		case WMO_POSTCODE_EMPTY:
			return errdetail("The text is empty.");
		case WMO_POSTCODE_LEADING_ZERO:
			return errdetail("The digits of a postcode run from 1000 to 9999.");
		case WMO_POSTCODE_UNUSED_LETTERS:
			return errdetail("The letters SA, SD and SS are never given out.");
		case WMO_POSTCODE_COUNTRY:
			return errdetail("A postcode is written without its country.");
		case WMO_POSTCODE_MALFORMED:
		case WMO_POSTCODE_OK:
			break;
	}
	return errdetail("A postcode is four digits, or four digits, at most one blank and two letters.");
}

static int
postcode_hint(WmoPostcodeError error)
{
	switch (error)
	{
		case WMO_POSTCODE_UNUSED_LETTERS:
			return errhint("Look for a typing error in the letters, or write the four digits alone.");
		case WMO_POSTCODE_COUNTRY:
			return errhint("Leave out NL.");
		default:
			return errhint("Write a postcode as 9711, 9711 AA or 9711AA.");
	}
}

Datum
wmo_sql_postcode_in(PG_FUNCTION_ARGS)
{
	char *string = PG_GETARG_CSTRING(0);
	WmoPostcode postcode;
	WmoPostcodeError error = wmo_postcode_parse(string, strlen(string), &postcode);

	if (error != WMO_POSTCODE_OK)
		wmo_return_error(fcinfo->context,
						 (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
						  errmsg("invalid input syntax for type postcode: \"%s\"", string), postcode_detail(error),
						  postcode_hint(error)));
	PG_RETURN_POSTCODE(postcode);
}

Datum
wmo_sql_postcode_out(PG_FUNCTION_ARGS)
{
	char *string = palloc(WMO_POSTCODE_SIZE);

	wmo_postcode_print(PG_GETARG_POSTCODE(0), string);
	PG_RETURN_CSTRING(string);
}

/* Four bytes in network order, laid out as core/postcode.h says; from outside they may hold anything. */
Datum
wmo_sql_postcode_recv(PG_FUNCTION_ARGS)
{
	int32 value = (int32) pq_getmsgint((StringInfo) PG_GETARG_POINTER(0), sizeof(int32));

	if (!wmo_postcode_is_valid(value))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary representation of type postcode: \"%d\"", value),
				 errdetail("The digits are 1000 to 9999, the letters 0 to 676 without SA, SD and SS."),
				 errhint("Send what postcode_send wrote, or send the postcode as text.")));
	PG_RETURN_POSTCODE(value);
}

Datum
wmo_sql_postcode_send(PG_FUNCTION_ARGS)
{
	StringInfoData buffer;

	pq_begintypsend(&buffer);
	pq_sendint32(&buffer, (uint32) PG_GETARG_POSTCODE(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buffer));
}

/* wmo.postcode(text) -> postcode: the cast; errors as for a literal. */
Datum
wmo_sql_postcode_from_text(PG_FUNCTION_ARGS)
{
	char *literal = text_to_cstring(PG_GETARG_TEXT_PP(0));

	return DirectFunctionCall1(wmo_sql_postcode_in, CStringGetDatum(literal));
}

/* wmo.try_postcode(text) -> postcode: null where the cast raises an error. */
Datum
wmo_sql_postcode_try(PG_FUNCTION_ARGS)
{
	text *argument = PG_GETARG_TEXT_PP(0);
	WmoPostcode postcode;

	if (wmo_postcode_parse(VARDATA_ANY(argument), VARSIZE_ANY_EXHDR(argument), &postcode) != WMO_POSTCODE_OK)
		PG_RETURN_NULL();
	PG_RETURN_POSTCODE(postcode);
}

/* postcode::text: the canonical form. */
Datum
wmo_sql_postcode_to_text(PG_FUNCTION_ARGS)
{
	char string[WMO_POSTCODE_SIZE];
	size_t length = wmo_postcode_print(PG_GETARG_POSTCODE(0), string);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(string, (int) length));
}

/* wmo.compact(postcode) -> text: without the blank, as iWmo and the address register (BAG) write it. */
Datum
wmo_sql_postcode_compact(PG_FUNCTION_ARGS)
{
	char string[WMO_POSTCODE_SIZE];
	size_t length = wmo_postcode_print(PG_GETARG_POSTCODE(0), string);

	if (length > 4)
	{
		string[4] = string[5];
		string[5] = string[6];
		length--;
	}
	PG_RETURN_TEXT_P(cstring_to_text_with_len(string, (int) length));
}

/* wmo.level(postcode) -> text: pc4 or pc6. */
Datum
wmo_sql_postcode_level_name(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(wmo_postcode_has_letters(PG_GETARG_POSTCODE(0)) ? "pc6" : "pc4"));
}

/* wmo.parent(postcode) -> postcode: the PC4 of a PC6; null for a PC4. */
Datum
wmo_sql_postcode_parent(PG_FUNCTION_ARGS)
{
	WmoPostcode postcode = PG_GETARG_POSTCODE(0);

	if (!wmo_postcode_has_letters(postcode))
		PG_RETURN_NULL();
	PG_RETURN_POSTCODE(wmo_postcode_pc4(postcode));
}

/* wmo.pc4(postcode) -> postcode: without its letters. */
Datum
wmo_sql_postcode_pc4_of(PG_FUNCTION_ARGS)
{
	PG_RETURN_POSTCODE(wmo_postcode_pc4(PG_GETARG_POSTCODE(0)));
}

/* wmo.lineage(postcode) -> postcode[]: the PC4 and, where it has letters, the postcode itself. */
Datum
wmo_sql_postcode_lineage(PG_FUNCTION_ARGS)
{
	WmoPostcode lineage[WMO_POSTCODE_LEVELS];
	Datum elements[WMO_POSTCODE_LEVELS];
	int count = wmo_postcode_lineage(PG_GETARG_POSTCODE(0), lineage);
	Oid type = get_element_type(get_func_rettype(fcinfo->flinfo->fn_oid));
	int16 typlen;
	bool typbyval;
	char typalign;

	get_typlenbyvalalign(type, &typlen, &typbyval, &typalign);
	for (int i = 0; i < count; i++)
		elements[i] = Int32GetDatum(lineage[i]);
	PG_RETURN_ARRAYTYPE_P(construct_array(elements, count, type, typlen, typbyval, typalign));
}

/* wmo.last_descendant(postcode) -> postcode: the end of the range of postcodes that a postcode contains. */
Datum
wmo_sql_postcode_last_descendant(PG_FUNCTION_ARGS)
{
	PG_RETURN_POSTCODE(wmo_postcode_last_descendant(PG_GETARG_POSTCODE(0)));
}

/* wmo.contains(container, postcode) -> boolean: is the second postcode the first or one of its PC6s? */
Datum
wmo_sql_postcode_contains_postcode(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(wmo_postcode_contains(PG_GETARG_POSTCODE(0), PG_GETARG_POSTCODE(1)));
}

/* wmo.contained_by(postcode, container) -> boolean: the same question from the other side. */
Datum
wmo_sql_postcode_contained_by(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(wmo_postcode_contains(PG_GETARG_POSTCODE(1), PG_GETARG_POSTCODE(0)));
}
