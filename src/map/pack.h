/*
 * pack.h - rows of the sections' views as rows of a map: keys become the numbers of rows.
 */
#ifndef WMO_MAP_PACK_H
#define WMO_MAP_PACK_H

#include "map/section.h"

#include "lib/stringinfo.h"

/* The rows of one section. */
typedef struct Packed
{
	int32 *rows;
	uint64 *pairs; /* of a section that is counted by pairs: that of each row */
	uint32 count;
	uint32 room;
} Packed;

typedef struct Packing
{
	MemoryContext context;
	MemoryContext result_context;
	WordNumbers words;
	StringInfoData pool;
	Packed packed[WMO_SECTIONS];
	ArrayType *contracts; /* of which alone views are read; NULL: all */
	bool keys_stay; /* until wmo_pack_resolve */
	bool missed; /* a key of which there is no row */
} Packing;

/* As many columns as the widest section has, and a pair. */
#define COLUMNS_AT_MOST (STANDING_INFERRED + 3)

/*
 * The columns that are read of the view of a section, those of its pair first: rows are sorted by them, and a sort
 * finds a column of a row that has nulls by walking over those before it (four fifths of compiling, when they came
 * last).
 */
typedef struct SectionColumns
{
	ViewColumn columns[COLUMNS_AT_MOST];
	int count;
	int of_pair;
} SectionColumns;

/* Begins without a row. What stands only while it lasts is in work. The words must be those of this library. */
extern Packing *wmo_packing_begin(MemoryContext work, MemoryContext result);

extern void wmo_pack_columns(const Packing *packing, WmoMapSection section, SectionColumns *chosen);

/*
 * Packs the rows in SPI_tuptable, which has the columns chosen and stands in the order of the section, behind those
 * that are there. *at: 0 with the first of them, and then as it was left. Sections that are named come first.
 */
extern void wmo_pack_fetched(Packing *packing, WmoMapSection section, const SectionColumns *chosen, uint32 *at);

/* Packs a section from its view. */
extern void wmo_pack_view(Packing *packing, WmoMapSection section);

/*
 * Makes numbers of the keys that stayed in a section, all that it names being there; rows that name one which is not
 * go, and those that are counted are counted anew.
 */
extern void wmo_pack_resolve(Packing *packing, WmoMapSection section);

/* The place of each party among the names, in the order of SQL; those without a name come last. */
extern void wmo_pack_party_order(Packing *packing);

/* Courses come from no view: they are what scopes share of their standing. */
extern void wmo_pack_courses(Packing *packing);

/*
 * Where the rows of each owner begin, and where those without one do; the rows stand in the order of their owners'
 * keys. starts has room for one more than the owners.
 */
extern void wmo_pack_starts(const Packing *packing, WmoMapSection section, uint32 *starts);

/* Of rows in the order of their first column the one where it is this key, or -1. */
extern int32 wmo_find_key(const int32 *rows, uint32 count, Size width, int32 key);

#endif
