/*
 * compile.c - compiles what the registry holds in the caller's snapshot into the two segments of a map.
 */
#include "map/compile.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "storage/shmem.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/memutils.h"

#define FETCH_ROWS 500

/*
 * The rows of each section but the courses, in the order and with the columns of its plan: keys instead of row numbers;
 * words of the enums by their number. Bounds of days that are open are infinite.
 */
static const char *const section_query[WMO_SECTIONS] = {
	[WMO_SERVICE] =
	"SELECT s.id, s.code, s.parent_id, s.access = 'national' FROM wmo.service s ORDER BY s.id",
	[WMO_FAMILY] =
	"SELECT s.id, f.member_id, f.nearness"
	" FROM wmo.service s CROSS JOIN LATERAL wmo_works.service_family(s.id) f ORDER BY 1, 3, 2",
	[WMO_PARTY] =
	"SELECT p.id, p.name, dense_rank() OVER (ORDER BY p.name)::integer FROM wmo.party p ORDER BY p.id",
	[WMO_AREA] =
	"SELECT a.id, a.name, coalesce(lower(a.valid), '-infinity'), coalesce(upper(a.valid), 'infinity')"
	" FROM wmo.area a ORDER BY a.id",
	[WMO_SHAPE] =
	"SELECT a.id, a.id FROM wmo.area a WHERE a.geom IS NOT NULL ORDER BY a.id",
	[WMO_WHOLE] =
	"SELECT w.shape_id, w.whole_id, array_position(enum_range(NULL::wmo.certainty),"
	" CASE WHEN w.schematic THEN 'schematic'::wmo.certainty WHEN w.inferred THEN 'inferred' ELSE 'certain' END) FROM ("
	" SELECT a.id AS shape_id, a.id AS whole_id, a.geom_basis = 'schematic' AS schematic, false AS inferred"
	" FROM wmo.area a WHERE a.geom IS NOT NULL AND a.id NOT IN (SELECT p.part_id FROM wmo.area_part p)"
	" UNION ALL SELECT a.id, up.whole_id, a.geom_basis = 'schematic', up.inferred"
	" FROM wmo.area a CROSS JOIN LATERAL wmo.area_with_wholes(a.id) up"
	" WHERE a.geom IS NOT NULL AND a.id IN (SELECT p.part_id FROM wmo.area_part p)) w ORDER BY w.shape_id, w.whole_id",
	[WMO_EDITION] =
	"SELECT a.id, o.id FROM wmo.area a JOIN wmo.area o ON wmo_works.area_code_number(o.code) OPERATOR(pg_catalog.=)"
	" wmo_works.area_code_number(a.code) AND o.id <> a.id"
	" ORDER BY a.id, o.id",
	[WMO_SHAPELESS] =
	"SELECT a.id, a.id FROM wmo.area a"
	" WHERE a.geom IS NULL AND a.id IN (SELECT s.area_id FROM wmo.contract_scope s) ORDER BY a.id",
	[WMO_LEAF] =
	"SELECT row_number() OVER (ORDER BY a.id, leaf.id)::integer, a.id FROM wmo.area a"
	" CROSS JOIN LATERAL wmo_works.area_leaves(a.id) l JOIN wmo.area leaf ON leaf.id = l.leaf_id AND leaf.geom IS NULL"
	" WHERE a.geom IS NULL AND a.id IN (SELECT s.area_id FROM wmo.contract_scope s) ORDER BY 1",
	[WMO_MUST] =
	"SELECT leaf.number, wide.id FROM (SELECT row_number() OVER (ORDER BY a.id, leaf.id)::integer AS number, leaf.*"
	" FROM wmo.area a CROSS JOIN LATERAL wmo_works.area_leaves(a.id) l"
	" JOIN wmo.area leaf ON leaf.id = l.leaf_id AND leaf.geom IS NULL"
	" WHERE a.geom IS NULL AND a.id IN (SELECT s.area_id FROM wmo.contract_scope s)) leaf"
	" CROSS JOIN LATERAL (SELECT w.whole_id AS id FROM wmo.area_with_wholes(leaf.id) w UNION"
	" SELECT o.id FROM wmo.area o WHERE wmo.contains(o.code, leaf.code) AND o.valid && leaf.valid) wide"
	" JOIN wmo.area shape ON shape.id = wide.id AND shape.geom IS NOT NULL ORDER BY 1, 2",
	[WMO_CONTRACT] =
	"SELECT c.id, c.number, c.buyer_id FROM wmo.contract c ORDER BY c.id",
	[WMO_SCOPE] =
	"SELECT row_number() OVER (ORDER BY s.area_id, s.id)::integer, coalesce(s.area_id, 2147483647), s.id, s.contract_id,"
	" s.service_id, s.follows_code, 0 FROM wmo.contract_scope s ORDER BY 1",
	[WMO_STANDING] =
	"SELECT s.number, p.service_id, p.subcontract_id, p.area_id, p.area_id IS NOT DISTINCT FROM p.scope_area_id,"
	" p.provider_id, array_position(enum_range(p.role), p.role),"
	" lower(p.ages), coalesce(upper(p.ages), 2147483647), p.clients = 'existing',"
	" p.existing_on, coalesce(p.existing_on, wmo.first_day(p.period) - 1),"
	" array_position(enum_range(p.certainty), p.certainty), array_position(enum_range(p.reason), p.reason),"
	" coalesce(lower(p.valid), '-infinity'), coalesce(upper(p.valid), 'infinity'),"
	" coalesce(lower(p.known), '-infinity'), coalesce(upper(p.known), 'infinity'),"
	" wmo.first_day(p.period), wmo.last_day(p.period),"
	" array_position('{day,open,unknown}'::text[], wmo.end_kind(p.period))"
	" FROM (SELECT row_number() OVER (ORDER BY s.area_id, s.id)::integer AS number, s.id FROM wmo.contract_scope s) s"
	" CROSS JOIN LATERAL (SELECT ps.* FROM wmo_works.provider_standing ps WHERE ps.scope_id = s.id OFFSET 0) p"
	" WHERE NOT isempty(p.valid) AND NOT isempty(p.known) ORDER BY s.number",
	[WMO_STOP] =
	"SELECT cs.contract_id, cs.service_id, cs.area_id,"
	" coalesce(lower(cs.during), '-infinity'), coalesce(upper(cs.during), 'infinity')"
	" FROM wmo.client_stop cs ORDER BY cs.contract_id, cs.id",
	[WMO_OWN] =
	"WITH RECURSIVE line (party_id, other_id, day) AS ("
	" SELECT s.successor_id, s.predecessor_id, coalesce(s.effective_on, '-infinity') FROM wmo.party_succession s"
	" UNION SELECT line.party_id, s.predecessor_id, greatest(line.day, coalesce(s.effective_on, '-infinity'))"
	" FROM line JOIN wmo.party_succession s ON s.successor_id = line.other_id)"
	" SELECT line.party_id, line.other_id, min(line.day), 'infinity' FROM line GROUP BY 1, 2"
	" UNION ALL SELECT m.consortium_id, m.member_id,"
	" coalesce(lower(m.valid), '-infinity'), coalesce(upper(m.valid), 'infinity') FROM wmo.consortium_member m"
	" UNION ALL SELECT m.member_id, m.consortium_id,"
	" coalesce(lower(m.valid), '-infinity'), coalesce(upper(m.valid), 'infinity') FROM wmo.consortium_member m"
	" ORDER BY 1, 2, 3",
	[WMO_MEMBER] =
	"SELECT m.consortium_id, m.member_id, coalesce(lower(m.valid), '-infinity'), coalesce(upper(m.valid), 'infinity')"
	" FROM wmo.consortium_member m ORDER BY 1, 2, 3",
	[WMO_AGB] =
	"SELECT i.value::integer, i.party_id, coalesce(lower(i.valid), '-infinity'), coalesce(upper(i.valid), 'infinity')"
	" FROM wmo.party_identifier i WHERE i.scheme = 'agb' ORDER BY 1, 3",
	[WMO_PRODUCT] =
	"SELECT sp.code, sp.buyer_id, sp.service_id,"
	" coalesce(lower(sp.valid), '-infinity'), coalesce(upper(sp.valid), 'infinity')"
	" FROM wmo.service_product sp ORDER BY sp.code COLLATE \"C\", sp.buyer_id, sp.id",
};

static const char *const shape_query =
	"SELECT wmo_works.shape_wkb(a.geom), a.id FROM wmo.area a WHERE a.geom IS NOT NULL ORDER BY a.id";

static const char *const first_day_query =
	"SELECT min(coalesce(wmo.first_day(c.period), wmo.last_day(c.period))) FROM wmo.contract c";

typedef struct Compiling
{
	MemoryContext context;
	MemoryContext result_context;
	StringInfoData pool;
	int32 *rows[WMO_SECTIONS];
	uint32 count[WMO_SECTIONS];
	uint32 room[WMO_SECTIONS];
} Compiling;

/* ---- rows ---- */

/* The row whose first column is this key, or -1. */
static int32
row_by_key(const Compiling *compiling, int section, int32 key)
{
	Size width = strlen(wmo_section_plan[section].columns);
	int64 low = 0;
	int64 high = (int64) compiling->count[section] - 1;

	while (low <= high)
	{
		int64 middle = low + (high - low) / 2;
		int32 found = compiling->rows[section][middle * width];

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
pool_string(Compiling *compiling, const char *string)
{
	int at = compiling->pool.len;

	appendBinaryStringInfo(&compiling->pool, string, strlen(string) + 1);
	return at;
}

static int
section_of_kind(char kind)
{
	switch (kind)
	{
		case 'S':
		case 'v':
			return WMO_SERVICE;
		case 'P':
		case 'p':
			return WMO_PARTY;
		case 'A':
		case 'a':
			return WMO_AREA;
		case 'G':
			return WMO_SHAPE;
		default:
			return WMO_CONTRACT;
	}
}

static int32
pack_column(Compiling *compiling, char kind, Datum value, bool isnull)
{
	switch (kind)
	{
		case 'i':
			return isnull ? WMO_MAP_NULL : DatumGetInt32(value);
		case 'b':
			return !isnull && DatumGetBool(value);
		case 's':
			return isnull ? 0 : pool_string(compiling, TextDatumGetCString(value));
		case 'c':
		case 'w':
		case 'o':
		case 'e':
		case 'T':
			return isnull ? 0 : DatumGetInt32(value);
		default:
			return isnull ? -1 : row_by_key(compiling, section_of_kind(kind), DatumGetInt32(value));
	}
}

/* The queries mean what they say whatever the caller's search_path; JIT would cost more than it gives. */
static int
begin_queries(void)
{
	int level = NewGUCNestLevel();

	(void) set_config_option("search_path", "pg_catalog, pg_temp", PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true,
							 0, false);
	(void) set_config_option("jit", "off", PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	return level;
}

static void
end_queries(int level)
{
	SPI_finish();
	AtEOXact_GUC(true, level);
}

static Portal
open_query(const char *query)
{
	SPIPlanPtr plan = SPI_prepare(query, 0, NULL);
	Portal portal;

	if (plan == NULL)
		elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
	portal = SPI_cursor_open(NULL, plan, NULL, NULL, true);
	SPI_freeplan(plan);
	return portal;
}

/* Services refer to one another: their parents are looked up when all are there. */
static void
pack_section(Compiling *compiling, int section)
{
	const char *columns = wmo_section_plan[section].columns;
	int width = (int) strlen(columns);
	Portal portal = open_query(section_query[section]);

	for (;;)
	{
		SPI_cursor_fetch(portal, true, FETCH_ROWS);
		if (SPI_processed == 0)
			break;
		if (compiling->count[section] + SPI_processed > compiling->room[section])
		{
			uint64 room = (uint64) compiling->room[section] * 2 + FETCH_ROWS;
			Size size = mul_size(room, width * sizeof(int32));

			if (room > INT32_MAX)
				ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("the registry is too large for a coverage_map")));
			compiling->rows[section] = compiling->rows[section] == NULL
				? MemoryContextAllocHuge(compiling->context, size) : repalloc_huge(compiling->rows[section], size);
			compiling->room[section] = (uint32) room;
		}
		for (uint64 i = 0; i < SPI_processed; i++)
		{
			int32 *row = compiling->rows[section] + (Size) compiling->count[section] * width;

			for (int j = 0; j < width; j++)
			{
				bool isnull;
				Datum value = SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, j + 1, &isnull);

				row[j] = section == WMO_SERVICE && j == SERVICE_PARENT
					? (isnull ? WMO_MAP_NULL : DatumGetInt32(value)) : pack_column(compiling, columns[j], value, isnull);
			}
			compiling->count[section]++;
		}
		SPI_freetuptable(SPI_tuptable);
		CHECK_FOR_INTERRUPTS();
	}
	SPI_freetuptable(SPI_tuptable);
	SPI_cursor_close(portal);
	for (uint32 i = 0; section == WMO_SERVICE && i < compiling->count[section]; i++)
	{
		int32 *parent = compiling->rows[section] + (Size) i * width + SERVICE_PARENT;

		*parent = *parent == WMO_MAP_NULL ? -1 : row_by_key(compiling, WMO_SERVICE, *parent);
	}
}

/* Courses come from no table: they are what scopes share of their standing. */
static void
share_courses(Compiling *compiling)
{
	uint32 scopes = compiling->count[WMO_SCOPE];
	uint32 slot_count = pg_nextpower2_32(Max(2 * scopes, 16));
	uint32 *first = MemoryContextAllocHuge(compiling->context, ((Size) scopes + 1) * sizeof(uint32));
	uint32 *slots = MemoryContextAllocHuge(compiling->context, (Size) slot_count * sizeof(uint32));
	uint32 courses = wmo_course_share(compiling->rows[WMO_SCOPE], scopes, compiling->rows[WMO_STANDING],
									  compiling->count[WMO_STANDING], first, slots, slot_count);

	compiling->rows[WMO_COURSE] = MemoryContextAllocHuge(compiling->context, ((Size) courses + 1) * sizeof(int32));
	for (uint32 i = 0; i < courses; i++)
		compiling->rows[WMO_COURSE][i] = i;
	compiling->count[WMO_COURSE] = courses;
	compiling->count[WMO_STANDING] = first[courses];
}

/* ---- areas ---- */

static void *
host_alloc(void *context, size_t size)
{
	return MemoryContextAllocExtended((MemoryContext) context, size, MCXT_ALLOC_HUGE | MCXT_ALLOC_NO_OOM);
}

static void
host_release(void *context, void *memory)
{
	pfree(memory);
}

/* An interrupt leaves by longjmp; the memory context takes everything along. */
static bool
host_tick(void *context, double done)
{
	CHECK_FOR_INTERRUPTS();
	return false;
}

bool
wmo_compile_grid(MemoryContext context, Size max_size, WmoSegment *grid, GridFault *fault)
{
	WmoGridHost host = {host_alloc, host_release, host_tick, context};
	WmoGridBuild *build = wmo_grid_begin(&host);
	WmoGridError error = build == NULL ? WMO_GRID_NO_MEMORY : WMO_GRID_OK;
	Portal portal;
	uint8_t *bytes = NULL;
	Size size = 0;
	int level;

	fault->area_id = 0;
	level = begin_queries();
	portal = open_query(shape_query);
	while (error == WMO_GRID_OK)
	{
		SPI_cursor_fetch(portal, true, FETCH_ROWS);
		if (SPI_processed == 0)
			break;
		for (uint64 i = 0; i < SPI_processed && error == WMO_GRID_OK; i++)
		{
			bool isnull;
			Datum value = SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1, &isnull);
			bytea *wkb = DatumGetByteaPP(value);

			error = wmo_grid_add(build, (const uint8_t *) VARDATA_ANY(wkb), VARSIZE_ANY_EXHDR(wkb));
			if (error >= WMO_GRID_WKB_SHORT)
				fault->area_id = DatumGetInt32(SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 2, &isnull));
		}
		SPI_freetuptable(SPI_tuptable);
		CHECK_FOR_INTERRUPTS();
	}
	SPI_cursor_close(portal);
	end_queries(level);
	if (error == WMO_GRID_OK)
	{
		error = wmo_grid_finish(build, max_size, &bytes, &size);
		grid->bytes = bytes;
		grid->size = size;
	}
	else if (build != NULL)
		wmo_grid_drop(build);
	fault->error = error;
	return error == WMO_GRID_OK;
}

/* ---- together ---- */

/* The numbers that a map has for words must mean what they mean in SQL. */
static void
check_words(const char *type, const char *const *words, int count)
{
	char *query = psprintf("SELECT enum_range(NULL::wmo.%s)::text[]", type);
	bool isnull;
	Datum *labels;
	int label_count;

	if (SPI_execute(query, true, 1) != SPI_OK_SELECT || SPI_processed != 1)
		elog(ERROR, "SPI_execute failed");
	deconstruct_array(DatumGetArrayTypeP(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull)),
					  TEXTOID, -1, false, TYPALIGN_INT, &labels, NULL, &label_count);
	for (int i = 1; i <= Max(count, label_count); i++)
		if (i > count || i > label_count || strcmp(TextDatumGetCString(labels[i - 1]), words[i]) != 0)
			ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
							errmsg("wmo.%s has other words than this library", type),
							errhint("Update the extension: ALTER EXTENSION wmo_contracts UPDATE.")));
}

static int32
first_contract_day(void)
{
	bool isnull;
	Datum day;

	if (SPI_execute(first_day_query, true, 1) != SPI_OK_SELECT || SPI_processed != 1)
		elog(ERROR, "SPI_execute failed");
	day = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull);
	return isnull ? WMO_MAP_NULL : DatumGetInt32(day);
}

/* Where the rows of each owner begin; the rows stand in the order of their owners' keys. */
static void
write_starts(const Compiling *compiling, int section, uint32 *starts)
{
	const WmoSectionPlan *plan = &wmo_section_plan[section];
	Size width = strlen(plan->columns);
	Size owner_width = strlen(wmo_section_plan[plan->owner].columns);
	uint32 row = 0;

	for (uint32 owner = 0; owner < compiling->count[plan->owner]; owner++)
	{
		int32 key = compiling->rows[plan->owner][owner * owner_width];

		starts[owner] = row;
		while (row < compiling->count[section] && compiling->rows[section][row * width + plan->owner_key] == key)
			row++;
	}
	starts[compiling->count[plan->owner]] = row;
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
	for (int i = 0; i < WMO_SECTIONS; i++)
	{
		const WmoSectionPlan *plan = &wmo_section_plan[i];

		header.part[i].count = compiling->count[i];
		header.part[i].rows_at = at;
		at += TYPEALIGN64(8, (uint64) compiling->count[i] * strlen(plan->columns) * sizeof(int32));
		if (plan->owner >= 0)
		{
			header.part[i].starts_at = at;
			at += TYPEALIGN64(8, ((uint64) compiling->count[plan->owner] + 1) * sizeof(uint32));
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
		if (compiling->count[i] > 0)
			memcpy(bytes + header.part[i].rows_at, compiling->rows[i],
				   (Size) compiling->count[i] * strlen(wmo_section_plan[i].columns) * sizeof(int32));
		if (wmo_section_plan[i].owner >= 0)
			write_starts(compiling, i, (uint32 *) (bytes + header.part[i].starts_at));
	}
	memcpy(bytes + header.pool_at, compiling->pool.data, compiling->pool.len);
	header.rows_key = wmo_map_rows_key(bytes);
	memcpy(bytes, &header, sizeof(header));
}

void
wmo_compile_rows(MemoryContext context, const WmoSegment *grid, WmoSegment *rows)
{
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext work = AllocSetContextCreate(caller, "compile_coverage", ALLOCSET_DEFAULT_SIZES);
	Compiling *compiling = MemoryContextAllocZero(work, sizeof(Compiling));
	int32 first_day;
	int level;

	compiling->context = work;
	compiling->result_context = context;
	MemoryContextSwitchTo(work);
	initStringInfo(&compiling->pool);
	appendStringInfoChar(&compiling->pool, '\0');
	MemoryContextSwitchTo(caller);
	level = begin_queries();
	check_words("certainty", wmo_certainty_word, WMO_CERTAINTIES);
	check_words("reason", wmo_reason_word, WMO_REASONS);
	check_words("provider_role", wmo_role_word, WMO_ROLES);
	for (int i = 0; i < WMO_SECTIONS; i++)
		if (section_query[i] != NULL)
			pack_section(compiling, i);
	share_courses(compiling);
	first_day = first_contract_day();
	end_queries(level);
	write_rows(compiling, first_day, grid, rows);
	MemoryContextDelete(work);
}
