/*
 * words.h - the words of SQL as the numbers that a map has for them.
 */
#ifndef WMO_MAP_WORDS_H
#define WMO_MAP_WORDS_H

#include "map/coverage_map.h"

/* The words of an enum of the schema wmo, by the keys of its labels; one transaction's worth. */
typedef struct EnumNumbers
{
	Oid type;
	int count;
	Oid label[WMO_REASONS + 1]; /* by number, from 1; the reasons are the longest list */
} EnumNumbers;

/* The three enums of a map. */
typedef struct WordNumbers
{
	EnumNumbers certainty;
	EnumNumbers reason;
	EnumNumbers role;
} WordNumbers;

/*
 * Looks the three enums up. Error (object_not_in_prerequisite_state) when one has other words than this library, or in
 * another order: then the numbers of a map would not mean what they mean in SQL.
 */
extern void wmo_words_look_up(WordNumbers *words);

/* The number of a value of an enum that was looked up. */
extern int32 wmo_enum_number(const EnumNumbers *numbers, Datum value);

/* The number of one of the words 1 to count; an unknown one is an error. */
extern int32 wmo_word_number(const char *const *words, int count, text *word);

/* The words for how much an area covers of what was asked, by WmoCovers. */
extern const char *const wmo_covers_word[WMO_COVERS_PART + 1];

#endif
