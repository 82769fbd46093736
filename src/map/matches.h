/*
 * matches.h - the areas that a code or a postcode meets, kept beside the session's map.
 */
#ifndef WMO_MAP_MATCHES_H
#define WMO_MAP_MATCHES_H

#include "map/coverage_map.h"

/* What kind of code a function takes. */
typedef enum CodeKind { AREA_CODE, POSTCODE } CodeKind;

typedef struct CodeMatches
{
	bool known; /* false: the question names no area, or no place of the postcode is known */
	bool other_edition; /* the edition that answers does not exist on the day */
	bool reading; /* of a postcode: that it lies there is a reading, by which nothing is denied */
	uint32 count;
	WmoMatch *matches;
} CodeMatches;

/*
 * The areas that a code meets, as the place of a question of which service and on_date have been read: what
 * wmo_works.matches_of_code finds for the day, or wmo_works.matches_of_postcodes for the service too, or the point
 * that stands for a postcode. Without them the question has no place.
 *
 * map: the session's; code: an area_code or a postcode, by kind; is_null: none is given. Returns what was found, good
 * until the next call; NULL without a code.
 */
extern const CodeMatches *wmo_place_by_code(const WmoMap *map, CodeKind kind, Datum code, bool is_null,
											WmoQuestion *question);

#endif
