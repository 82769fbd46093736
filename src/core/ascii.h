/*
 * ascii.h - what the parsers of codes need to know about characters, free of any locale.
 */
#ifndef WMO_CORE_ASCII_H
#define WMO_CORE_ASCII_H

#include <stdbool.h>
#include <stddef.h>

static inline bool
wmo_ascii_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline char
wmo_ascii_to_upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
}

static inline bool
wmo_ascii_is_letter(char c)
{
	char upper = wmo_ascii_to_upper(c);

	return upper >= 'A' && upper <= 'Z';
}

static inline bool
wmo_ascii_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Moves the bounds of a text inward over white space (statistical files pad their codes with blanks). */
static inline void
wmo_ascii_trim(const char **text, size_t *length)
{
	while (*length > 0 && wmo_ascii_is_space((*text)[*length - 1]))
		(*length)--;
	while (*length > 0 && wmo_ascii_is_space(**text))
	{
		(*text)++;
		(*length)--;
	}
}

#endif
