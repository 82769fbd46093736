/*
 * pack.c - rows of the sections' views as rows of a map.
 *
 * core/map/rows.h says what becomes of every column. A view names other rows by their keys, and is packed after the
 * section of those rows, which is in the order of the keys: so a key is looked up among rows that are packed already,
 * and becomes the number of its row. Or the keys stay, where only they tell which rows are needed, and are looked up
 * when these are there.
 */
#include "map/pack.h"

#include "access/htup_details.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "storage/shmem.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/varlena.h"

Packing *
wmo_packing_begin(MemoryContext work, MemoryContext result)
{
	Packing *packing = MemoryContextAllocZero(work, sizeof(Packing));
	MemoryContext caller = MemoryContextSwitchTo(work);

	packing->context = work;
	packing->result_context = result;
	initStringInfo(&packing->pool);
	appendStringInfoChar(&packing->pool, '\0');
	MemoryContextSwitchTo(caller);
	wmo_words_look_up(&packing->words);
	return packing;
}

/* ---- one value ---- */

int32
wmo_find_key(const int32 *rows, uint32 count, Size width, int32 key)
{
	int64 low = 0;
	int64 high = (int64) count - 1;

	while (low <= high)
	{
		int64 middle = low + (high - low) / 2;
		int32 found = rows[middle * width];

		if (found == key)
			return (int32) middle;
		if (found < key)
			low = middle + 1;
		else
			high = middle - 1;
	}
	return -1;
}

static int32
packed_key(const Packing *packing, WmoMapSection section, int32 key)
{
	const Packed *packed = &packing->packed[section];

	return wmo_find_key(packed->rows, packed->count, wmo_section_plan[section].width, key);
}

/* The row of a key that must have one; -1 is noted. */
static int32
row_by_key(Packing *packing, WmoMapSection section, int32 key)
{
	int32 row = packed_key(packing, section, key);

	if (row < 0)
		packing->missed = true;
	return row;
}

static int32
pool_string(Packing *packing, text *string)
{
	int at = packing->pool.len;

	appendBinaryStringInfo(&packing->pool, VARDATA_ANY(string), VARSIZE_ANY_EXHDR(string));
	appendStringInfoChar(&packing->pool, '\0');
	return at;
}

static int32
pack_value(Packing *packing, WmoColumnKind kind, Datum value)
{
	switch (kind)
	{
		case COLUMN_NUMBER:
		case COLUMN_NUMBER_OR_LAST:
		case COLUMN_DAY:
			return DatumGetInt32(value);
		case COLUMN_FLAG:
			return DatumGetBool(value);
		case COLUMN_STRING:
			return pool_string(packing, DatumGetTextPP(value));
		case COLUMN_CERTAINTY:
			return wmo_enum_number(&packing->words.certainty, value);
		case COLUMN_REASON:
			return wmo_enum_number(&packing->words.reason, value);
		case COLUMN_ROLE:
			return wmo_enum_number(&packing->words.role, value);
		case COLUMN_END_KIND:
			return wmo_word_number(wmo_end_kind_word, WMO_END_KINDS, DatumGetTextPP(value));
		default:
			return row_by_key(packing, wmo_column_section(kind), DatumGetInt32(value));
	}
}

/* What stands for a null. */
static int32
pack_null(WmoColumnKind kind)
{
	switch (kind)
	{
		case COLUMN_NUMBER:
		case COLUMN_DAY:
			return WMO_MAP_NULL;
		case COLUMN_NUMBER_OR_LAST:
			return PG_INT32_MAX;
		default:
			return wmo_column_section(kind) == WMO_SECTIONS ? 0 : -1;
	}
}

/* ---- one section ---- */

void
wmo_pack_columns(const Packing *packing, WmoMapSection section, SectionColumns *chosen)
{
	const WmoSectionPlan *plan = &wmo_section_plan[section];
	const char *const *pair = wmo_section_view[section].pair;

	Assert(plan->width + lengthof(wmo_section_view[section].pair) <= COLUMNS_AT_MOST);
	chosen->count = 0;
	for (int i = 0; i < lengthof(wmo_section_view[section].pair) && pair[i] != NULL; i++)
		chosen->columns[chosen->count++] = (ViewColumn) {pair[i], INT4OID};
	chosen->of_pair = chosen->count;
	for (uint32 i = 0; i < plan->width; i++)
		if (plan->columns[i].name != NULL)
			chosen->columns[chosen->count++] = (ViewColumn) {plan->columns[i].name,
															 wmo_column_type(plan->columns[i].kind, &packing->words)};
}

static void
make_room(Packing *packing, WmoMapSection section, uint64 more)
{
	Packed *packed = &packing->packed[section];
	uint64 room = (uint64) packed->room * 2 + more;
	Size size = mul_size(room, wmo_section_plan[section].width * sizeof(int32));

	if (packed->count + more <= packed->room)
		return;
	if (room > INT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("the registry is too large for a coverage_map")));
	packed->rows = packed->rows == NULL ? MemoryContextAllocHuge(packing->context, size) :
										  repalloc_huge(packed->rows, size);
	if (wmo_section_view[section].pair[0] != NULL && wmo_section_view[section].counted == section)
	{
		size = mul_size(room, sizeof(uint64));
		packed->pairs = packed->pairs == NULL ? MemoryContextAllocHuge(packing->context, size) :
												repalloc_huge(packed->pairs, size);
	}
	packed->room = (uint32) room;
}

/* A null area is no area's key. */
static uint64
pair_of(const Datum *values, const bool *nulls)
{
	uint32 first = nulls[0] ? PG_UINT32_MAX : (uint32) DatumGetInt32(values[0]);

	return (uint64) first << 32 | (uint32) DatumGetInt32(values[1]);
}

/*
 * The number of a pair. In the section that is counted it is the next one; elsewhere that of a row which is there, and
 * not before *at, the row of the last pair: both sections are in the order of their pairs.
 */
static int32
number_of_pair(Packing *packing, WmoMapSection section, uint64 pair, uint32 *at)
{
	WmoMapSection counted = wmo_section_view[section].counted;
	Packed *packed = &packing->packed[counted];

	if (counted == section)
	{
		packed->pairs[packed->count] = pair;
		return (int32) packed->count + 1;
	}
	while (*at < packed->count && packed->pairs[*at] != pair)
		(*at)++;
	if (*at == packed->count)
		elog(ERROR, "view %s has a row that belongs to no row of %s", wmo_section_view[section].name,
			 wmo_section_view[counted].name);
	return (int32) *at + 1;
}

/* Rows of a section that names its own rows keep the keys of these; they are looked up when all are there. */
static void
resolve_own_keys(Packing *packing, WmoMapSection section)
{
	const WmoSectionPlan *plan = &wmo_section_plan[section];
	Packed *packed = &packing->packed[section];

	for (uint32 column = 0; column < plan->width; column++)
		for (uint32 i = 0; wmo_column_section(plan->columns[column].kind) == section && i < packed->count; i++)
		{
			int32 *value = packed->rows + (Size) i * plan->width + column;

			*value = *value == WMO_MAP_NULL ? -1 : row_by_key(packing, section, *value);
		}
}

static void
pack_row(Packing *packing, WmoMapSection section, const Datum *values, const bool *nulls, int32 *row)
{
	const WmoSectionPlan *plan = &wmo_section_plan[section];

	for (uint32 i = 0; i < plan->width; i++)
	{
		WmoMapSection of = wmo_column_section(plan->columns[i].kind);
		bool stays = of == section || (packing->keys_stay && of != WMO_SECTIONS);
		WmoColumnKind kind = stays ? COLUMN_NUMBER : plan->columns[i].kind;

		row[i] = 0;
		if (plan->columns[i].name == NULL)
			continue;
		row[i] = *nulls ? pack_null(kind) : pack_value(packing, kind, *values);
		values++;
		nulls++;
	}
}

void
wmo_pack_fetched(Packing *packing, WmoMapSection section, const SectionColumns *chosen, uint32 *at)
{
	const SectionView *view = &wmo_section_view[section];
	Packed *packed = &packing->packed[section];
	Datum values[COLUMNS_AT_MOST];
	bool nulls[COLUMNS_AT_MOST];

	make_room(packing, section, SPI_processed);
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		int32 *row = packed->rows + (Size) packed->count * wmo_section_plan[section].width;

		heap_deform_tuple(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, values, nulls);
		pack_row(packing, section, values + chosen->of_pair, nulls + chosen->of_pair, row);
		if (view->pair[0] != NULL)
		{
			uint64 pair = pair_of(values, nulls);

			row[view->number] = number_of_pair(packing, section, pair, at);
		}
		packed->count++;
	}
}

void
wmo_pack_view(Packing *packing, WmoMapSection section)
{
	const SectionView *view = &wmo_section_view[section];
	SectionColumns chosen;
	uint32 at = 0;
	Portal portal;

	wmo_pack_columns(packing, section, &chosen);
	portal = wmo_view_open(view->name, chosen.columns, chosen.count, view->order, packing->contracts);
	for (;;)
	{
		SPI_cursor_fetch(portal, true, WMO_FETCH_ROWS);
		if (SPI_processed == 0)
			break;
		wmo_pack_fetched(packing, section, &chosen, &at);
		SPI_freetuptable(SPI_tuptable);
		CHECK_FOR_INTERRUPTS();
	}
	SPI_freetuptable(SPI_tuptable);
	SPI_cursor_close(portal);
	resolve_own_keys(packing, section);
}

/* Makes numbers of the keys in one row; false where one has no row. */
static bool
resolve_row(const Packing *packing, WmoMapSection section, int32 *row)
{
	const WmoSectionPlan *plan = &wmo_section_plan[section];

	for (uint32 i = 0; i < plan->width; i++)
	{
		WmoMapSection of = wmo_column_section(plan->columns[i].kind);
		bool is_null = row[i] == WMO_MAP_NULL;

		if (of == WMO_SECTIONS || plan->columns[i].name == NULL)
			continue;
		row[i] = is_null ? -1 : packed_key(packing, of, row[i]);
		if (row[i] < 0 && !is_null)
			return false;
	}
	return true;
}

void
wmo_pack_resolve(Packing *packing, WmoMapSection section)
{
	Size width = wmo_section_plan[section].width;
	Packed *packed = &packing->packed[section];
	uint32 kept = 0;

	for (uint32 i = 0; i < packed->count; i++)
	{
		int32 *row = packed->rows + i * width;

		if (!resolve_row(packing, section, row))
			continue;
		memmove(packed->rows + kept * width, row, width * sizeof(int32));
		if (packed->pairs != NULL)
		{
			packed->pairs[kept] = packed->pairs[i];
			packed->rows[kept * width + wmo_section_view[section].number] = (int32) kept + 1;
		}
		kept++;
	}
	packed->count = kept;
}

/* ---- what is given when the map is compiled ---- */

/* In the order of SQL: two parties of one name are equal. */
static int
compare_names(const void *a, const void *b, void *arg)
{
	const Packing *packing = arg;
	const char *names[2] = {packing->pool.data + (*(int32 *const *) a)[PARTY_NAME],
							packing->pool.data + (*(int32 *const *) b)[PARTY_NAME]};

	if (names[0][0] == '\0' || names[1][0] == '\0')
		return (names[0][0] == '\0') - (names[1][0] == '\0');
	return varstr_cmp(names[0], (int) strlen(names[0]), names[1], (int) strlen(names[1]), DEFAULT_COLLATION_OID);
}

void
wmo_pack_party_order(Packing *packing)
{
	const Packed *packed = &packing->packed[WMO_PARTY];
	int32 **by_name = MemoryContextAllocHuge(packing->context, ((Size) packed->count + 1) * sizeof(int32 *));

	for (uint32 i = 0; i < packed->count; i++)
		by_name[i] = packed->rows + (Size) i * wmo_section_plan[WMO_PARTY].width;
	qsort_interruptible(by_name, packed->count, sizeof(int32 *), compare_names, packing);
	for (uint32 i = 0; i < packed->count; i++)
		by_name[i][PARTY_ORDER] = i == 0 ?
			1 :
			by_name[i - 1][PARTY_ORDER] + (compare_names(&by_name[i - 1], &by_name[i], packing) != 0);
}

void
wmo_pack_courses(Packing *packing)
{
	const Packed *scopes = &packing->packed[WMO_SCOPE];
	Packed *standing = &packing->packed[WMO_STANDING];
	Packed *courses = &packing->packed[WMO_COURSE];
	uint32 slot_count = pg_nextpower2_32(Max(2 * scopes->count, 16));
	uint32 *first = MemoryContextAllocHuge(packing->context, ((Size) scopes->count + 1) * sizeof(uint32));
	uint32 *slots = MemoryContextAllocHuge(packing->context, (Size) slot_count * sizeof(uint32));
	WmoTick tick = {wmo_check_for_interrupts, NULL, 0};

	courses->count = wmo_course_share(scopes->rows, scopes->count, standing->rows, standing->count, first, slots,
									  slot_count, &tick);
	courses->rows = MemoryContextAllocHuge(packing->context, ((Size) courses->count + 1) * sizeof(int32));
	for (uint32 i = 0; i < courses->count; i++)
		courses->rows[i] = (int32) i;
	standing->count = first[courses->count];
}

/* ---- where the rows of owners begin ---- */

void
wmo_pack_starts(const Packing *packing, WmoMapSection section, uint32 *starts)
{
	const WmoSectionPlan *plan = &wmo_section_plan[section];
	const Packed *packed = &packing->packed[section];
	const Packed *owners = &packing->packed[plan->owner];
	Size owner_width = wmo_section_plan[plan->owner].width;
	uint32 row = 0;

	for (uint32 owner = 0; owner < owners->count; owner++)
	{
		int32 key = owners->rows[owner * owner_width];

		starts[owner] = row;
		while (row < packed->count && packed->rows[(Size) row * plan->width + plan->owner_key] == key)
			row++;
	}
	starts[owners->count] = row;
}
