/*
 * words.c - what is said to a reader, in the language of the setting wmo_contracts.language.
 *
 * The pairs stand in words/, one file a floor. Errors are not among them: those follow the server's own language.
 */
#include "server/words.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/tuplestore.h"

#define MOST_PARTS 9

typedef struct WordPair
{
	const char *english; /* names the pair */
	const char *dutch; /* in UTF-8 */
} WordPair;

#define WORDS(english, dutch) {english, dutch},
static WordPair pairs[] = {
#include "server/words/agenda.def"
#include "server/words/answer.def"
#include "server/words/code.def"
#include "server/words/connect.def"
#include "server/words/law.def"
#include "server/words/load.def"
#include "server/words/registry.def"
#include "server/words/review.def"
#include "server/words/seen.def"
#include "server/words/standing.def"
};
#undef WORDS

typedef enum Language { ENGLISH, DUTCH } Language;

static const struct config_enum_entry languages[] = {{"en", ENGLISH, false}, {"nl", DUTCH, false}, {NULL, 0, false}};

static int language = ENGLISH;
static bool in_order = false;

WMO_FUNCTION(wmo_sql_words);
WMO_FUNCTION(wmo_sql_clause);
WMO_FUNCTION(wmo_sql_known_words);
WMO_FUNCTION(wmo_sql_word_pairs);

void
wmo_language_setting(void)
{
	DefineCustomEnumVariable("wmo_contracts.language", "The language of explanations, warnings and calendars.",
							 "en: English; nl: Dutch, in the words of the law. Codes, names and errors stay.",
							 &language, ENGLISH, languages, PGC_USERSET, 0, NULL, NULL, NULL);
}

bool
wmo_speaks_dutch(void)
{
	return language == DUTCH;
}

static int
compare_pairs(const void *left, const void *right)
{
	return strcmp(((const WordPair *) left)->english, ((const WordPair *) right)->english);
}

static const WordPair *
find_pair(const char *english)
{
	WordPair wanted = {english, NULL};

	if (!in_order)
		qsort(pairs, lengthof(pairs), sizeof(WordPair), compare_pairs);
	in_order = true;
	return bsearch(&wanted, pairs, lengthof(pairs), sizeof(WordPair), compare_pairs);
}

static const WordPair *
pair_or_error(const char *english)
{
	const WordPair *pair = find_pair(english);

	if (unlikely(pair == NULL))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT), errmsg("there is no pair of words \"%s\"", english),
				 errdetail("What is said to a reader stands in pairs, in English and in Dutch."),
				 errhint("See wmo_works.word_pairs().")));
	return pair;
}

/* In the encoding of the database; not to be freed. */
static const char *
dutch_of(const WordPair *pair)
{
	return pg_any_to_server(pair->dutch, (int) strlen(pair->dutch), PG_UTF8);
}

static const char *
spoken(const WordPair *pair)
{
	return wmo_speaks_dutch() ? dutch_of(pair) : pair->english;
}

/* A part that is not given leaves its place empty. */
static char *
fill_in(const char *words, int count, const char *const *parts)
{
	StringInfoData filled;

	initStringInfo(&filled);
	for (const char *at = words; *at != '\0'; at++)
	{
		int place = at[0] == '%' ? at[1] - '1' : -1;

		if (place < 0 || place >= MOST_PARTS)
		{
			appendStringInfoChar(&filled, *at);
			continue;
		}
		at++;
		if (place < count && parts[place] != NULL)
			appendStringInfoString(&filled, parts[place]);
	}
	return filled.data;
}

char *
wmo_words_of(const char *english, ...)
{
	const char *parts[MOST_PARTS];
	int count = 0;
	va_list arguments;

	va_start(arguments, english);
	while (count < MOST_PARTS && (parts[count] = va_arg(arguments, const char *)) != NULL)
		count++;
	va_end(arguments);
	return fill_in(spoken(pair_or_error(english)), count, parts);
}

const char *
wmo_known_words(const char *english)
{
	const WordPair *pair = find_pair(english);

	return pair != NULL ? spoken(pair) : english;
}

char *
wmo_with_a_capital(const char *clause)
{
	char *sentence = pstrdup(clause);

	sentence[0] = pg_toupper((unsigned char) sentence[0]);
	return sentence;
}

/* The pair that the first argument names, with the parts in the second, if there is one. *unknown: a part is null. */
static char *
words_of_call(FunctionCallInfo fcinfo, bool *unknown)
{
	const WordPair *pair = pair_or_error(text_to_cstring(PG_GETARG_TEXT_PP(0)));
	const char *parts[MOST_PARTS];
	Datum *values;
	bool *nulls;
	int count = 0;

	*unknown = false;
	if (PG_NARGS() > 1)
		deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls, &count);
	if (unlikely(count > MOST_PARTS))
		ereport(ERROR,
				(errcode(ERRCODE_TOO_MANY_ARGUMENTS), errmsg("words have at most %d parts", MOST_PARTS),
				 errdetail("Got %d.", count)));
	for (int i = 0; i < count; i++)
	{
		parts[i] = nulls[i] ? NULL : TextDatumGetCString(values[i]);
		*unknown |= nulls[i];
	}
	return fill_in(spoken(pair), count, parts);
}

/* wmo_works.words(english text, VARIADIC parts text[]) -> text; a part that is null leaves its place empty. */
Datum
wmo_sql_words(PG_FUNCTION_ARGS)
{
	bool unknown;

	PG_RETURN_TEXT_P(cstring_to_text(words_of_call(fcinfo, &unknown)));
}

/* wmo_works.clause(english text, VARIADIC parts text[]) -> text; null when a part is. */
Datum
wmo_sql_clause(PG_FUNCTION_ARGS)
{
	bool unknown;
	char *words = words_of_call(fcinfo, &unknown);

	if (unknown)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(words));
}

/* wmo_works.known_words(english text) -> text; itself when there is no such pair. */
Datum
wmo_sql_known_words(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(wmo_known_words(text_to_cstring(PG_GETARG_TEXT_PP(0)))));
}

/* wmo_works.word_pairs() -> setof (english text, dutch text) */
Datum
wmo_sql_word_pairs(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < lengthof(pairs); i++)
	{
		Datum values[2] = {CStringGetTextDatum(pairs[i].english), CStringGetTextDatum(dutch_of(&pairs[i]))};
		bool nulls[2] = {false, false};

		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
