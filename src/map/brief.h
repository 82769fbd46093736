/*
 * brief.h - a map of a few rows: what one question meets, as its asker's own SQL sees it.
 */
#ifndef WMO_MAP_BRIEF_H
#define WMO_MAP_BRIEF_H

#include "map/coverage_map.h"

#include "utils/array.h"

/* What a question meets, by keys. */
typedef struct BriefKeys
{
	Oid owner; /* of the plans: the schema of the views */
	ArrayType *matches; /* of wmo_works.area_match, the areas that it meets; NULL: it has no place */
	ArrayType *services; /* that are asked for; nulls count for nothing, NULL: none */
	ArrayType *providers; /* of a question about a provider's contracts: who has the AGB code; else NULL */
	text *product; /* the buyer's code, of a question about a product; else NULL */
	int32 on_date, as_of; /* WMO_MAP_NULL: not told */
	int32 current_provider; /* WMO_MAP_NULL: none */
} BriefKeys;

/*
 * Reads the rows that a question meets from the sections' views, with the rights of who asks and under the active
 * snapshot, into a map in context that lives as long. It has no grid: a question to it has matches. Without
 * with_nobody it lacks what only the reason of a nobody at all hangs on (wmo_answer_is_nobody): whether anything else
 * is recorded there, elsewhere, or earlier. SPI is not connected.
 */
extern const WmoMap *wmo_brief_map(MemoryContext context, const BriefKeys *keys, bool with_nobody);

/* Gives a question the areas that it meets, as rows of that map. */
extern void wmo_brief_place(MemoryContext context, const BriefKeys *keys, const WmoMap *map, WmoQuestion *question);

#endif
