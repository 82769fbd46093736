/*
 * words.h - what is said to a reader, in the language of the setting wmo_contracts.language.
 *
 * Every sentence stands in src/server/words/, as a pair: English and Dutch. The English one names it, here and in SQL.
 */
#ifndef WMO_SERVER_WORDS_H
#define WMO_SERVER_WORDS_H

#include "server/pg_compat.h"

/* Defines the setting. Called once, when the library is loaded. */
extern void wmo_language_setting(void);

/* Does the reader want Dutch? */
extern bool wmo_speaks_dutch(void);

/*
 * The sentence in the reader's language, palloc'd, with the strings that follow in the places of %1 to %9. An error
 * when there is no such pair.
 */
#define wmo_words(...) wmo_words_of(__VA_ARGS__, (const char *) NULL)
extern char *wmo_words_of(const char *english, ...);

/* A text that may be of the user's own making: in the reader's language where there is a pair, else as it is. */
extern const char *wmo_known_words(const char *english);

/* A clause as the beginning of a sentence: with a capital, palloc'd. Its first letter is one of ASCII. */
extern char *wmo_with_a_capital(const char *clause);

#endif
