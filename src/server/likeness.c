/*
 * likeness.c - how far apart two words are written.
 *
 * The server has the measure for its own hints (PostgreSQL's varlena.h); no extension is needed for it.
 */
#include "server/pg_compat.h"

#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/varlena.h"

/* Words are compared, not pages: the measure takes the product of the lengths. */
#define MAX_CHARACTERS 100

/*
 * letters_apart(one text, other text) -> integer: how many letters to put in, leave out or exchange (Levenshtein) to
 * get from one to the other. Of longer texts the first hundred characters count.
 */
WMO_FUNCTION(wmo_sql_letters_apart);
Datum
wmo_sql_letters_apart(PG_FUNCTION_ARGS)
{
	text *one = PG_GETARG_TEXT_PP(0);
	text *other = PG_GETARG_TEXT_PP(1);
	int one_length = pg_mbcharcliplen(VARDATA_ANY(one), VARSIZE_ANY_EXHDR(one), MAX_CHARACTERS);
	int other_length = pg_mbcharcliplen(VARDATA_ANY(other), VARSIZE_ANY_EXHDR(other), MAX_CHARACTERS);

	PG_RETURN_INT32(varstr_levenshtein(VARDATA_ANY(one), one_length, VARDATA_ANY(other), other_length, 1, 1, 1, true));
}
