/*
 * postcode_points.c - which postcodes have a place of their own, and the point of those that have only one.
 */
#include "map/postcode_points.h"

#include "executor/spi.h"
#include "map/question.h"
#include "miscadmin.h"
#include "server/table_scan.h"
#include "utils/date.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"

#define ROWS_AT_A_TIME 10000

/* measured on 400,000 points, with room to spare */
#define MS_OF_READING 5.0
#define MS_A_BLOCK 0.08

struct PostcodePoints
{
	HTAB *table;
	WmoPostcode *pc4s;
	uint32 pc4_count;
};

double
wmo_postcode_points_price(void)
{
	return MS_OF_READING + MS_A_BLOCK * wmo_table_blocks(WMO_FACE, "postcode_place");
}

/* ---- reading ---- */

/* Of a postcode, its place among the table's, without one if it is new. */
static PostcodePoint *
entry_of(HTAB *table, WmoPostcode code)
{
	bool found;
	PostcodePoint *entry = hash_search(table, &code, HASH_ENTER, &found);

	if (!found)
		entry->own = entry->lone = false;
	return entry;
}

static void
add_place(HTAB *table, HeapTuple row, TupleDesc columns)
{
	bool isnull; /* none of the columns can be */
	WmoPostcode code = DatumGetInt32(SPI_getbinval(row, columns, 1, &isnull));
	Datum shape = SPI_getbinval(row, columns, 2, &isnull);
	Datum from = SPI_getbinval(row, columns, 3, &isnull);
	Datum to = SPI_getbinval(row, columns, 4, &isnull);
	Datum inferred = SPI_getbinval(row, columns, 5, &isnull);
	PostcodePoint *entry;

	if (wmo_postcode_has_letters(code))
		(void) entry_of(table, wmo_postcode_pc4(code));
	entry = entry_of(table, code);
	entry->lone = !entry->own && !DatumGetBool(inferred) && wmo_read_lone_point(shape, &entry->x, &entry->y);
	entry->from = DatumGetDateADT(from);
	entry->to = DatumGetDateADT(to);
	entry->own = true;
}

/* False when they take too much. */
static bool
read_places(HTAB *table, MemoryContext context, Size room)
{
	SPIPlanPtr plan;
	Portal rows;
	bool fits = true;

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	plan = SPI_prepare("SELECT p.postcode, p.geom, COALESCE(pg_catalog.lower(p.valid), pg_catalog.date '-infinity'),"
					   " COALESCE(pg_catalog.upper(p.valid), pg_catalog.date 'infinity'),"
					   " wmo_works.is_inferred(p.source_id) FROM wmo.postcode_place p",
					   0, NULL);
	if (plan == NULL)
		elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
	rows = SPI_cursor_open(NULL, plan, NULL, NULL, true);
	do
	{
		SPI_cursor_fetch(rows, true, ROWS_AT_A_TIME);
		for (uint64 i = 0; i < SPI_processed; i++)
			add_place(table, SPI_tuptable->vals[i], SPI_tuptable->tupdesc);
		SPI_freetuptable(SPI_tuptable);
		fits = MemoryContextMemAllocated(context, true) <= room;
		CHECK_FOR_INTERRUPTS();
	} while (SPI_processed > 0 && fits);
	SPI_cursor_close(rows);
	SPI_finish();
	return fits;
}

static void
list_pc4s(PostcodePoints *points, MemoryContext context)
{
	HASH_SEQ_STATUS at;
	const PostcodePoint *entry;

	points->pc4s = MemoryContextAlloc(context,
									  (Size) Max(hash_get_num_entries(points->table), 1) * sizeof(WmoPostcode));
	hash_seq_init(&at, points->table);
	while ((entry = hash_seq_search(&at)) != NULL)
		if (!wmo_postcode_has_letters(entry->code))
			points->pc4s[points->pc4_count++] = entry->code;
	points->pc4s = repalloc(points->pc4s, Max(points->pc4_count, 1) * sizeof(WmoPostcode));
}

PostcodePoints *
wmo_postcode_points_read(MemoryContext context, Size room)
{
	MemoryContext own = AllocSetContextCreate(CurrentMemoryContext, "wmo_contracts postcodes", ALLOCSET_DEFAULT_SIZES);
	PostcodePoints *points = MemoryContextAllocZero(own, sizeof(PostcodePoints));
	HASHCTL control = {.keysize = sizeof(WmoPostcode), .entrysize = sizeof(PostcodePoint)};

	control.hcxt = own;
	points->table = hash_create("wmo_contracts postcodes", 1024, &control, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	if (!read_places(points->table, own, room))
	{
		MemoryContextDelete(own);
		return NULL;
	}
	list_pc4s(points, own);
	MemoryContextSetParent(own, context);
	return points;
}

/* ---- asking ---- */

const PostcodePoint *
wmo_postcode_point(const PostcodePoints *points, WmoPostcode code)
{
	const PostcodePoint *entry = hash_search(points->table, &code, HASH_FIND, NULL);

	return entry != NULL && entry->own ? entry : NULL;
}

const WmoPostcode *
wmo_placed_pc4s(const PostcodePoints *points, uint32 *count)
{
	*count = points->pc4_count;
	return points->pc4s;
}

WmoPostcode
wmo_pc6_without_place(const PostcodePoints *points, WmoPostcode pc4)
{
	for (WmoPostcode code = wmo_postcode_last_descendant(pc4); code > pc4; code--)
		if (wmo_postcode_is_valid(code) && wmo_postcode_point(points, code) == NULL)
			return code;
	return 0;
}
