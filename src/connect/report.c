/*
 * report.c - keys for rows that no table holds.
 */
#include "server/pg_compat.h"

#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

/* Bits of the digest that make a key: spreadsheets and JavaScript hold whole numbers of 53 exactly. */
#define KEY_BITS 52

WMO_FUNCTION(wmo_sql_report_id);

/* wmo_works.report_id(natural_key text) -> bigint: the first 52 bits of the SHA-256 of its UTF-8. */
Datum
wmo_sql_report_id(PG_FUNCTION_ARGS)
{
	text *key = PG_GETARG_TEXT_PP(0);
	int size = VARSIZE_ANY_EXHDR(key);
	char *utf8 = pg_server_to_any(VARDATA_ANY(key), size, PG_UTF8);
	bytea *digest;
	uint64 id = 0;

	if (utf8 != VARDATA_ANY(key))
	{
		size = (int) strlen(utf8);
		key = cstring_to_text_with_len(utf8, size);
	}
	digest = DatumGetByteaPP(DirectFunctionCall1(sha256_bytea, PointerGetDatum(key)));
	for (int i = 0; i < (int) sizeof(id); i++)
		id = id << 8 | (unsigned char) VARDATA_ANY(digest)[i];
	PG_RETURN_INT64((int64) (id >> (64 - KEY_BITS)));
}
