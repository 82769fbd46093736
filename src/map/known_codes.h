/*
 * known_codes.h - the CBS codes that areas of the registry have.
 */
#ifndef WMO_MAP_KNOWN_CODES_H
#define WMO_MAP_KNOWN_CODES_H

#include "core/area_code.h"
#include "server/pg_compat.h"

typedef struct KnownCodes
{
	WmoAreaCode *codes; /* in order */
	uint64 count;
} KnownCodes;

/* Reads them under the active snapshot, by the rights of whoever asks; they stand in context. */
extern KnownCodes *wmo_known_codes_read(MemoryContext context);

/*
 * Is neither this code nor one that it contains an area's? Then all that is known of it are the areas around it: *above
 * gets the nearest code that contains it and is known, 0 for none, and every such code below that meets the same.
 */
extern bool wmo_code_is_below(const KnownCodes *known, WmoAreaCode code, WmoAreaCode *above);

#endif
