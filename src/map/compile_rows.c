/*
 * compile_rows.c - compiles all of the registry but its shapes, as the caller's snapshot sees it, into rows of a map.
 *
 * The sections are packed in their order, each from its view; core/map/rows.h says what becomes of every column. A view
 * names other rows by their keys, and stands after the section of those rows, which is in the order of the keys: so a
 * key is looked up among rows that are packed already, and becomes the number of its row.
 */
#include "map/compile.h"

#include "access/htup_details.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "map/section.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "storage/shmem.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/varlena.h"

/* The rows of one section. */
typedef struct Packed
{
	int32 *rows;
	uint64 *pairs; /* of a section that is counted by pairs: that of each row */
	uint32 count;
	uint32 room;
} Packed;

typedef struct Compiling
{
	MemoryContext context;
	MemoryContext result_context;
	WordNumbers words;
	StringInfoData pool;
	Packed packed[WMO_SECTIONS];
	ArrayType *contracts; /* NULL: all */
	bool missed; /* a key of which there is no row */
} Compiling;

/* ---- one value ---- */

/* Of rows in the order of their first column the one where it is this key, or -1. */
static int32
find_key(const int32 *rows, uint32 count, Size width, int32 key)
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
packed_key(const Compiling *compiling, WmoMapSection section, int32 key)
{
	const Packed *packed = &compiling->packed[section];

	return find_key(packed->rows, packed->count, wmo_section_plan[section].width, key);
}

/* The row of a key that must have one; -1 is noted. */
static int32
row_by_key(Compiling *compiling, WmoMapSection section, int32 key)
{
	int32 row = packed_key(compiling, section, key);

	if (row < 0)
		compiling->missed = true;
	return row;
}

static int32
pool_string(Compiling *compiling, text *string)
{
	int at = compiling->pool.len;

	appendBinaryStringInfo(&compiling->pool, VARDATA_ANY(string), VARSIZE_ANY_EXHDR(string));
	appendStringInfoChar(&compiling->pool, '\0');
	return at;
}

static int32
pack_value(Compiling *compiling, WmoColumnKind kind, Datum value)
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
			return pool_string(compiling, DatumGetTextPP(value));
		case COLUMN_CERTAINTY:
			return wmo_enum_number(&compiling->words.certainty, value);
		case COLUMN_REASON:
			return wmo_enum_number(&compiling->words.reason, value);
		case COLUMN_ROLE:
			return wmo_enum_number(&compiling->words.role, value);
		case COLUMN_END_KIND:
			return wmo_word_number(wmo_end_kind_word, WMO_END_KINDS, DatumGetTextPP(value));
		default:
			return row_by_key(compiling, wmo_column_section(kind), DatumGetInt32(value));
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

static void
choose_columns(const Compiling *compiling, WmoMapSection section, SectionColumns *chosen)
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
															 wmo_column_type(plan->columns[i].kind, &compiling->words)};
}

static void
make_room(Compiling *compiling, WmoMapSection section, uint64 more)
{
	Packed *packed = &compiling->packed[section];
	uint64 room = (uint64) packed->room * 2 + more;
	Size size = mul_size(room, wmo_section_plan[section].width * sizeof(int32));

	if (packed->count + more <= packed->room)
		return;
	if (room > INT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("the registry is too large for a coverage_map")));
	packed->rows = packed->rows == NULL ? MemoryContextAllocHuge(compiling->context, size) :
										  repalloc_huge(packed->rows, size);
	if (wmo_section_view[section].pair[0] != NULL && wmo_section_view[section].counted == section)
	{
		size = mul_size(room, sizeof(uint64));
		packed->pairs = packed->pairs == NULL ? MemoryContextAllocHuge(compiling->context, size) :
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
number_of_pair(Compiling *compiling, WmoMapSection section, uint64 pair, uint32 *at)
{
	WmoMapSection counted = wmo_section_view[section].counted;
	Packed *packed = &compiling->packed[counted];

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
resolve_own_keys(Compiling *compiling, WmoMapSection section)
{
	const WmoSectionPlan *plan = &wmo_section_plan[section];
	Packed *packed = &compiling->packed[section];

	for (uint32 column = 0; column < plan->width; column++)
		for (uint32 i = 0; wmo_column_section(plan->columns[column].kind) == section && i < packed->count; i++)
		{
			int32 *value = packed->rows + (Size) i * plan->width + column;

			*value = *value == WMO_MAP_NULL ? -1 : row_by_key(compiling, section, *value);
		}
}

static void
pack_row(Compiling *compiling, WmoMapSection section, const Datum *values, const bool *nulls, int32 *row)
{
	const WmoSectionPlan *plan = &wmo_section_plan[section];

	for (uint32 i = 0; i < plan->width; i++)
	{
		bool own_key = wmo_column_section(plan->columns[i].kind) == section;
		WmoColumnKind kind = own_key ? COLUMN_NUMBER : plan->columns[i].kind;

		row[i] = 0;
		if (plan->columns[i].name == NULL)
			continue;
		row[i] = *nulls ? pack_null(kind) : pack_value(compiling, kind, *values);
		values++;
		nulls++;
	}
}

static void
pack_section(Compiling *compiling, WmoMapSection section)
{
	const SectionView *view = &wmo_section_view[section];
	Packed *packed = &compiling->packed[section];
	SectionColumns chosen;
	Datum values[COLUMNS_AT_MOST];
	bool nulls[COLUMNS_AT_MOST];
	uint32 at = 0;
	Portal portal;

	choose_columns(compiling, section, &chosen);
	portal = wmo_view_open(view->name, chosen.columns, chosen.count, view->order, compiling->contracts);
	for (;;)
	{
		SPI_cursor_fetch(portal, true, WMO_FETCH_ROWS);
		if (SPI_processed == 0)
			break;
		make_room(compiling, section, SPI_processed);
		for (uint64 i = 0; i < SPI_processed; i++)
		{
			int32 *row = packed->rows + (Size) packed->count * wmo_section_plan[section].width;

			heap_deform_tuple(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, values, nulls);
			pack_row(compiling, section, values + chosen.of_pair, nulls + chosen.of_pair, row);
			if (view->pair[0] != NULL)
			{
				uint64 pair = pair_of(values, nulls);

				row[view->number] = number_of_pair(compiling, section, pair, &at);
			}
			packed->count++;
		}
		SPI_freetuptable(SPI_tuptable);
		CHECK_FOR_INTERRUPTS();
	}
	SPI_freetuptable(SPI_tuptable);
	SPI_cursor_close(portal);
	resolve_own_keys(compiling, section);
}

/* ---- what is given when the map is compiled ---- */

/* In the order of SQL: two parties of one name are equal. */
static int
compare_names(const void *a, const void *b, void *arg)
{
	const Compiling *compiling = arg;
	const char *names[2] = {compiling->pool.data + (*(int32 *const *) a)[PARTY_NAME],
							compiling->pool.data + (*(int32 *const *) b)[PARTY_NAME]};

	return varstr_cmp(names[0], (int) strlen(names[0]), names[1], (int) strlen(names[1]), DEFAULT_COLLATION_OID);
}

/* The place of each party among the names. */
static void
order_parties(Compiling *compiling)
{
	const Packed *packed = &compiling->packed[WMO_PARTY];
	int32 **by_name = MemoryContextAllocHuge(compiling->context, ((Size) packed->count + 1) * sizeof(int32 *));

	for (uint32 i = 0; i < packed->count; i++)
		by_name[i] = packed->rows + (Size) i * wmo_section_plan[WMO_PARTY].width;
	qsort_interruptible(by_name, packed->count, sizeof(int32 *), compare_names, compiling);
	for (uint32 i = 0; i < packed->count; i++)
		by_name[i][PARTY_ORDER] = i == 0 ?
			1 :
			by_name[i - 1][PARTY_ORDER] + (compare_names(&by_name[i - 1], &by_name[i], compiling) != 0);
}

/* Courses come from no view: they are what scopes share of their standing. */
static void
share_courses(Compiling *compiling)
{
	const Packed *scopes = &compiling->packed[WMO_SCOPE];
	Packed *standing = &compiling->packed[WMO_STANDING];
	Packed *courses = &compiling->packed[WMO_COURSE];
	uint32 slot_count = pg_nextpower2_32(Max(2 * scopes->count, 16));
	uint32 *first = MemoryContextAllocHuge(compiling->context, ((Size) scopes->count + 1) * sizeof(uint32));
	uint32 *slots = MemoryContextAllocHuge(compiling->context, (Size) slot_count * sizeof(uint32));
	WmoTick tick = {wmo_check_for_interrupts, NULL, 0};

	courses->count = wmo_course_share(scopes->rows, scopes->count, standing->rows, standing->count, first, slots,
									  slot_count, &tick);
	courses->rows = MemoryContextAllocHuge(compiling->context, ((Size) courses->count + 1) * sizeof(int32));
	for (uint32 i = 0; i < courses->count; i++)
		courses->rows[i] = (int32) i;
	standing->count = first[courses->count];
}

static int32
first_contract_day(void)
{
	ViewColumn column = {"day", DATEOID};
	Portal portal = wmo_view_open(WMO_FIRST_DAY_VIEW, &column, 1, column.name, NULL);
	bool isnull;
	Datum day;

	SPI_cursor_fetch(portal, true, 1);
	if (SPI_processed != 1)
		elog(ERROR, "view %s must have a row", WMO_FIRST_DAY_VIEW);
	day = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull);
	SPI_freetuptable(SPI_tuptable);
	SPI_cursor_close(portal);
	return isnull ? WMO_MAP_NULL : DatumGetInt32(day);
}

/* ---- together ---- */

/* Where the rows of each owner begin; the rows stand in the order of their owners' keys. */
static void
write_starts(const Compiling *compiling, WmoMapSection section, uint32 *starts)
{
	const WmoSectionPlan *plan = &wmo_section_plan[section];
	const Packed *packed = &compiling->packed[section];
	const Packed *owners = &compiling->packed[plan->owner];
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

static void
write_rows(const Compiling *compiling, int32 first_day, const WmoSegment *grid, WmoSegment *rows)
{
	WmoMapHeader header;
	uint64 at = sizeof(header);
	uint8 *bytes;

	memset(&header, 0, sizeof(header));
	header.magic = WMO_MAP_MAGIC;
	header.version = WMO_MAP_VERSION;
	header.srid = WMO_MAP_SRID;
	header.first_day = first_day;
	header.origin.made_on = WMO_MAP_NULL;
	for (int i = 0; i < WMO_SECTIONS; i++)
	{
		const WmoSectionPlan *plan = &wmo_section_plan[i];

		header.part[i].count = compiling->packed[i].count;
		header.part[i].rows_at = at;
		at += TYPEALIGN64(8, (uint64) compiling->packed[i].count * plan->width * sizeof(int32));
		if (plan->owner != WMO_NO_OWNER)
		{
			header.part[i].starts_at = at;
			at += TYPEALIGN64(8, ((uint64) compiling->packed[plan->owner].count + 1) * sizeof(uint32));
		}
	}
	header.pool_at = at;
	header.pool_size = TYPEALIGN64(8, (uint64) compiling->pool.len);
	header.grid_at = at + header.pool_size;
	header.grid_size = grid->size;
	header.size = header.grid_at + grid->size;
	header.grid_key = wmo_map_segment_key(grid->bytes, grid->size);
	rows->size = header.grid_at;
	rows->bytes = bytes = MemoryContextAllocHuge(compiling->result_context, rows->size);
	memset(bytes, 0, rows->size);
	memcpy(bytes, &header, sizeof(header));
	for (int i = 0; i < WMO_SECTIONS; i++)
	{
		const WmoSectionPlan *plan = &wmo_section_plan[i];

		if (compiling->packed[i].count > 0)
			memcpy(bytes + header.part[i].rows_at, compiling->packed[i].rows,
				   (Size) compiling->packed[i].count * plan->width * sizeof(int32));
		if (plan->owner != WMO_NO_OWNER)
			write_starts(compiling, (WmoMapSection) i, (uint32 *) (bytes + header.part[i].starts_at));
	}
	memcpy(bytes + header.pool_at, compiling->pool.data, compiling->pool.len);
	header.rows_key = wmo_map_rows_key(bytes);
	memcpy(bytes, &header, sizeof(header));
}

static Compiling *
begin_compiling(MemoryContext work, MemoryContext result)
{
	Compiling *compiling = MemoryContextAllocZero(work, sizeof(Compiling));
	MemoryContext caller = MemoryContextSwitchTo(work);

	compiling->context = work;
	compiling->result_context = result;
	initStringInfo(&compiling->pool);
	appendStringInfoChar(&compiling->pool, '\0');
	MemoryContextSwitchTo(caller);
	wmo_words_look_up(&compiling->words);
	return compiling;
}

void
wmo_compile_rows(MemoryContext context, const WmoSegment *grid, WmoSegment *rows)
{
	MemoryContext work = AllocSetContextCreate(CurrentMemoryContext, "compile_coverage", ALLOCSET_DEFAULT_SIZES);
	Compiling *compiling = begin_compiling(work, context);
	int32 first_day;
	int level = wmo_views_begin();

	for (int i = 0; i < WMO_SECTIONS; i++)
		if (wmo_section_view[i].name != NULL)
			pack_section(compiling, (WmoMapSection) i);
	first_day = first_contract_day();
	wmo_views_end(level);
	order_parties(compiling);
	share_courses(compiling);
	write_rows(compiling, first_day, grid, rows);
	MemoryContextDelete(work);
}

/* ---- some contracts over a map ---- */

/* The sections that are made of contracts; whatever else they name stands in the map. */
static const WmoMapSection of_contracts[] = {WMO_CONTRACT, WMO_SCOPE, WMO_STANDING, WMO_STOP};

static bool
is_of_contracts(WmoMapSection section)
{
	for (int i = 0; i < lengthof(of_contracts); i++)
		if (of_contracts[i] == section)
			return true;
	return section == WMO_COURSE;
}

static void
take_map(Compiling *compiling, const WmoMap *map)
{
	for (int i = 0; i < WMO_SECTIONS; i++)
		if (!is_of_contracts((WmoMapSection) i))
			compiling->packed[i] = (Packed) {.rows = (int32 *) map->rows[i], .count = map->count[i]};
}

/* Numbers begin after those of the map. */
static void
add_to_column(Compiling *compiling, WmoMapSection section, int column, uint64 more)
{
	const Packed *packed = &compiling->packed[section];

	for (uint32 i = 0; i < packed->count; i++)
		packed->rows[(Size) i * wmo_section_plan[section].width + column] += (int32) more;
}

static const void *
kept_rows(const Compiling *compiling, WmoMapSection section)
{
	Size size = (Size) compiling->packed[section].count * wmo_section_plan[section].width * sizeof(int32);
	void *rows = MemoryContextAllocHuge(compiling->result_context, size + sizeof(int32));

	if (size > 0)
		memcpy(rows, compiling->packed[section].rows, size);
	return rows;
}

/* Where the rows of each owner begin, where those without one do, and the end. */
static const uint32 *
kept_starts(const Compiling *compiling, WmoMapSection section)
{
	uint32 owners = compiling->packed[wmo_section_plan[section].owner].count;
	uint32 *starts = MemoryContextAllocHuge(compiling->result_context, ((Size) owners + 2) * sizeof(uint32));

	write_starts(compiling, section, starts);
	starts[owners + 1] = compiling->packed[section].count;
	return starts;
}

static void
mark_gone(const WmoMap *map, ArrayType *contracts, MemoryContext context, WmoOver *over)
{
	uint8 *gone = MemoryContextAllocZero(context, map->count[WMO_CONTRACT] / 8 + 1);
	const int32 *ids = (const int32 *) ARR_DATA_PTR(contracts);
	int count = ARR_NDIM(contracts) == 0 ? 0 : ARR_DIMS(contracts)[0];

	over->gone_count = 0;
	over->looked_at = (uint32) count;
	for (int i = 0; i < count; i++)
	{
		int32 row = find_key(map->rows[WMO_CONTRACT], map->count[WMO_CONTRACT], map->width[WMO_CONTRACT], ids[i]);

		/* each key stands there once */
		if (row < 0)
			continue;
		gone[row / 8] |= (uint8) (1 << row % 8);
		over->gone_count++;
	}
	over->gone = gone;
}

/* Marks the contracts, by their rows, for which some scope of these stands. */
static void
mark_scoped(const int32 *scopes, uint32 count, uint8 *scoped)
{
	for (uint32 i = 0; i < count; i++)
	{
		uint32 contract = (uint32) scopes[(Size) i * wmo_section_plan[WMO_SCOPE].width + SCOPE_CONTRACT];

		scoped[contract / 8] |= (uint8) (1 << contract % 8);
	}
}

/*
 * Is there no scope of a contract that is gone from the map, or of one that came over it? On its days no declaration of
 * the map holds, or none did (wmo_works.complete_days).
 */
static bool
meets_contract_without_scope(const Compiling *compiling, const WmoMap *map, const WmoOver *over)
{
	const Packed *contracts = &compiling->packed[WMO_CONTRACT];
	const Packed *scopes = &compiling->packed[WMO_SCOPE];
	uint8 *scoped = MemoryContextAllocZero(compiling->context, Max(map->count[WMO_CONTRACT], contracts->count) / 8 + 1);
	bool found = false;

	mark_scoped(scopes->rows, scopes->count, scoped);
	for (uint32 i = 0; i < contracts->count && !found; i++)
		found = (scoped[i / 8] >> i % 8 & 1) == 0;
	if (over->gone_count == 0 || found)
		return found;
	memset(scoped, 0, map->count[WMO_CONTRACT] / 8 + 1);
	mark_scoped(map->rows[WMO_SCOPE], map->count[WMO_SCOPE], scoped);
	for (uint32 i = 0; i < map->count[WMO_CONTRACT] && !found; i++)
		found = (over->gone[i / 8] >> i % 8 & 1) != 0 && (scoped[i / 8] >> i % 8 & 1) == 0;
	return found;
}

bool
wmo_compile_over(MemoryContext context, const WmoMap *map, ArrayType *contracts, WmoOver *over)
{
	MemoryContext work = AllocSetContextCreate(CurrentMemoryContext, "compile_coverage", ALLOCSET_DEFAULT_SIZES);
	Compiling *compiling = begin_compiling(work, context);
	int level = wmo_views_begin();
	bool whole;

	take_map(compiling, map);
	compiling->contracts = contracts;
	for (int i = 0; i < lengthof(of_contracts); i++)
		pack_section(compiling, of_contracts[i]);
	over->first_day = first_contract_day();
	wmo_views_end(level);
	mark_gone(map, contracts, context, over);
	whole = !compiling->missed && (uint64) compiling->pool.len + map->header->pool_size <= PG_INT32_MAX &&
		!meets_contract_without_scope(compiling, map, over);
	if (whole)
	{
		share_courses(compiling);
		over->scope_starts = kept_starts(compiling, WMO_SCOPE);
		over->standing_starts = kept_starts(compiling, WMO_STANDING);
		over->stop_starts = kept_starts(compiling, WMO_STOP);
		add_to_column(compiling, WMO_CONTRACT, CONTRACT_NUMBER, map->header->pool_size);
		add_to_column(compiling, WMO_SCOPE, SCOPE_CONTRACT, map->count[WMO_CONTRACT]);
		add_to_column(compiling, WMO_SCOPE, SCOPE_COURSE, map->count[WMO_COURSE]);
		over->contracts = kept_rows(compiling, WMO_CONTRACT);
		over->scopes = kept_rows(compiling, WMO_SCOPE);
		over->standing = kept_rows(compiling, WMO_STANDING);
		over->stops = kept_rows(compiling, WMO_STOP);
		over->pool = memcpy(MemoryContextAlloc(context, compiling->pool.len), compiling->pool.data,
							compiling->pool.len);
		over->contract_count = compiling->packed[WMO_CONTRACT].count;
	}
	MemoryContextDelete(work);
	return whole;
}
