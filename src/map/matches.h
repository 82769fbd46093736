/*
 * matches.h - the areas that a code or a postcode meets, kept beside the session's map.
 */
#ifndef WMO_MAP_MATCHES_H
#define WMO_MAP_MATCHES_H

#include "map/coverage_map.h"

typedef struct CodeMatches
{
	bool known; /* false: the question names no area, or no place of the postcode is known */
	bool other_edition; /* the edition that answers does not exist on the day */
	uint32 count;
	WmoMatch *matches;
} CodeMatches;

/*
 * What wmo_works.matches_of_code finds for a code on a day (WMO_MAP_NULL: no day is told). map is the session's. Good
 * until the next call.
 */
extern const CodeMatches *wmo_matches_of_code(const WmoMap *map, Datum code, int32 on_date);

/* What wmo_works.matches_of_postcode finds; it also depends on the service, a row of the map, or -1. */
extern const CodeMatches *wmo_matches_of_postcode(const WmoMap *map, Datum code, int32 service, int32 on_date);

#endif
