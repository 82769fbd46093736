/*
 * section.h - the views from which the sections of a map are read.
 */
#ifndef WMO_MAP_SECTION_H
#define WMO_MAP_SECTION_H

#include "map/words.h"

#include "utils/array.h"
#include "utils/portal.h"

/* A column that is read from a view, and the type that it must have there. */
typedef struct ViewColumn
{
	const char *name;
	Oid type;
} ViewColumn;

/*
 * The view of a section. Some rows have no key of one number. They are counted in the order of two columns, a pair, and
 * so are the rows of the sections that name them; the number of the pair, from 1, stands for it in all of these.
 */
typedef struct SectionView
{
	const char *name; /* in wmo_works; NULL: no view, the section is made of others */
	const char *order; /* of its rows: the first of these columns is their key, or their owner's */
	const char *pair[2];
	WmoMapSection counted; /* whose rows have these pairs: itself or another; without a pair it means nothing */
	uint32 number; /* the column of the section that holds the number of the pair */
} SectionView;

extern const SectionView wmo_section_view[WMO_SECTIONS];

/* The areas as the grid is made of them, and the first day of which anything is recorded (of the floor standing). */
#define WMO_SHAPE_VIEW "map_shape"
#define WMO_FIRST_DAY_VIEW "first_recorded"

/* The type of the views' columns of this kind. */
extern Oid wmo_column_type(WmoColumnKind kind, const WordNumbers *words);

/* Rows are fetched so many at a time. */
#define WMO_FETCH_ROWS 500

/* Before the first view is opened, and after the last is read; the second takes what the first returned. */
extern int wmo_views_begin(void);
extern void wmo_views_end(int level);

/* Error (object_not_in_prerequisite_state) when a view of wmo_works has no such column or one of another type. */
extern void wmo_check_view(const char *name, const ViewColumn *columns, int count);

/*
 * Opens a view of wmo_works and returns a cursor over these columns, in this order (a list of columns); of its rows
 * those of these contracts alone, or all where contracts is NULL. The view is checked.
 */
extern Portal wmo_view_open(const char *view, const ViewColumn *columns, int count, const char *order,
							ArrayType *contracts);

/* The first day of which anything is recorded; none: WMO_MAP_NULL. */
extern int32 wmo_first_contract_day(void);

#endif
