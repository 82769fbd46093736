/*
 * area_code.h - codes of municipalities (GM0014), districts (WK001400) and neighbourhoods (BU00140000).
 *
 * Statistics Netherlands (CBS, Wijk- en buurtkaart) numbers a municipality with four digits, its districts with two
 * characters more and their neighbourhoods with another two; those last parts hold letters where digits run out.
 *
 * A code is one non-negative int64, so that comparing integers puts every code directly before its descendants:
 *
 *     bits 22-35  municipality, 0 to 9999
 *     bits 11-21  0: no district, else 1 + the two characters read in base 36 (digits before letters)
 *     bits  0-10  0: no neighbourhood, else the same
 */
#ifndef WMO_CORE_AREA_CODE_H
#define WMO_CORE_AREA_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int64_t WmoAreaCode;

typedef enum WmoAreaLevel { WMO_AREA_MUNICIPALITY, WMO_AREA_DISTRICT, WMO_AREA_NEIGHBOURHOOD } WmoAreaLevel;

typedef enum WmoAreaCodeError {
	WMO_AREA_CODE_OK,
	WMO_AREA_CODE_EMPTY,
	WMO_AREA_CODE_SHORT_NUMBER, /* one to three digits: a municipality that lost its leading zeros */
	WMO_AREA_CODE_BARE_DISTRICT, /* six or eight characters that miss WK or BU */
	WMO_AREA_CODE_BARE_NEIGHBOURHOOD,
	WMO_AREA_CODE_UNKNOWN_KIND, /* does not begin with GM, WK or BU */
	WMO_AREA_CODE_BAD_MUNICIPALITY, /* GM that four digits do not follow */
	WMO_AREA_CODE_BAD_DISTRICT, /* WK that four digits and two digits or letters do not follow */
	WMO_AREA_CODE_BAD_NEIGHBOURHOOD /* BU that four digits and four digits or letters do not follow */
} WmoAreaCodeError;

/* The longest code, BU00140000, and its terminating zero. */
#define WMO_AREA_CODE_SIZE 11

/* A code and its ancestors are never more than this many. */
#define WMO_AREA_LEVELS 3

/*
 * Reads a code of any level, or the four digits of a municipality as iWmo writes them. Small letters are read as
 * capitals, white space around the code is skipped. *code is set only when the result is WMO_AREA_CODE_OK.
 */
WmoAreaCodeError wmo_area_code_parse(const char *text, size_t length, WmoAreaCode *code);

/* Writes the canonical, zero-terminated text of a valid code and returns its length. */
size_t wmo_area_code_print(WmoAreaCode code, char out[WMO_AREA_CODE_SIZE]);

/* Can this integer be a code? For values that come from outside. */
bool wmo_area_code_is_valid(int64_t value);

WmoAreaLevel wmo_area_code_level(WmoAreaCode code);

/* The code of the level directly above. Returns false for a municipality, which has none. */
bool wmo_area_code_parent(WmoAreaCode code, WmoAreaCode *parent);

/* The ancestor at a level, or the code itself. Returns false when the code stands above that level. */
bool wmo_area_code_ancestor(WmoAreaCode code, WmoAreaLevel level, WmoAreaCode *ancestor);

/* The municipality, the district and the neighbourhood of a code, itself included; returns how many these are. */
int wmo_area_code_lineage(WmoAreaCode code, WmoAreaCode out[WMO_AREA_LEVELS]);

/* The last code in the order that a code contains: its descendants are exactly the codes from itself to this one. */
WmoAreaCode wmo_area_code_last_descendant(WmoAreaCode code);

/*
 * A number that grows with the order and spaces the codes that are in use more evenly than the code itself: its unit is
 * the municipality, and most parts are two digits, few hold letters. For estimates only.
 */
double wmo_area_code_position(WmoAreaCode code);

/* Is the second code the first or one of its descendants? */
bool wmo_area_code_contains(WmoAreaCode container, WmoAreaCode code);

#endif
