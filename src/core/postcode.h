/*
 * postcode.h - Dutch postcodes: the four digits of a quarter (PC4, 9711) or these and two letters (PC6, 9711 AA).
 *
 * The digits run from 1000; the letters SA, SD and SS are never given out (PostNL).
 *
 * A postcode is one positive int32, so that comparing integers puts every PC4 directly before its PC6s:
 *
 *     bits 10-23  the digits, 1000 to 9999
 *     bits  0-9   0: no letters, else 1 + the letters read in base 26
 */
#ifndef WMO_CORE_POSTCODE_H
#define WMO_CORE_POSTCODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int32_t WmoPostcode;

typedef enum WmoPostcodeError {
	WMO_POSTCODE_OK,
	WMO_POSTCODE_EMPTY,
	WMO_POSTCODE_LEADING_ZERO,
	WMO_POSTCODE_UNUSED_LETTERS, /* SA, SD or SS */
	WMO_POSTCODE_COUNTRY, /* a good postcode behind NL */
	WMO_POSTCODE_MALFORMED
} WmoPostcodeError;

/* The longest postcode, 9711 AA, and its terminating zero. */
#define WMO_POSTCODE_SIZE 8

/* A postcode and what stands above it are never more than this many. */
#define WMO_POSTCODE_LEVELS 2

/*
 * Reads 9711, 9711 AA or 9711AA. Small letters are read as capitals, white space around the postcode is skipped.
 * *postcode is set only when the result is WMO_POSTCODE_OK.
 */
WmoPostcodeError wmo_postcode_parse(const char *text, size_t length, WmoPostcode *postcode);

/* Writes the canonical, zero-terminated text of a valid postcode and returns its length. */
size_t wmo_postcode_print(WmoPostcode postcode, char out[WMO_POSTCODE_SIZE]);

/* Can this integer be a postcode? For values that come from outside. */
bool wmo_postcode_is_valid(int32_t value);

/* Has the postcode its letters? */
bool wmo_postcode_has_letters(WmoPostcode postcode);

/* The postcode without its letters. */
WmoPostcode wmo_postcode_pc4(WmoPostcode postcode);

/* The PC4 and, where it has letters, the postcode itself; returns how many these are. */
int wmo_postcode_lineage(WmoPostcode postcode, WmoPostcode out[WMO_POSTCODE_LEVELS]);

/* The last postcode in the order that a postcode contains: it contains exactly those from itself to this one. */
WmoPostcode wmo_postcode_last_descendant(WmoPostcode postcode);

/* Is the second postcode the first or one of its PC6s? */
bool wmo_postcode_contains(WmoPostcode container, WmoPostcode postcode);

#endif
