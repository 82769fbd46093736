/*
 * session.c - the coverage map that a session keeps for its questions: when it is made, when it is right.
 *
 * It is right while the active snapshot sees the state of the registry that it was made of (state.h). It is
 * made when answers by SQL have cost as much as making it would (the ski rental rule: never more than twice the cost of
 * having known beforehand), so that a connection with a few questions pays nothing.
 */
#include "map/session.h"

#include "access/table.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "map/state.h"
#include "map/rights.h"
#include "server/table_scan.h"
#include "storage/bufmgr.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"

WMO_FUNCTION(wmo_sql_compile_coverage);
WMO_FUNCTION(wmo_sql_describe_session_map);

/* ---- settings ---- */

typedef enum SessionMapMode
{
	MAP_AUTO,
	MAP_ON,
	MAP_OFF
} SessionMapMode;

static const struct config_enum_entry modes[] = {
	{"auto", MAP_AUTO, false}, {"on", MAP_ON, false}, {"off", MAP_OFF, false}, {NULL, 0, false}
};

static int mode = MAP_AUTO;
static int memory_limit = 256 * 1024; /* kB */

void
wmo_session_map_settings(void)
{
	DefineCustomEnumVariable("wmo_contracts.session_map", "When questions are answered from a coverage map in memory.",
							 "auto: once that pays; on: from the first question; off: never. The answers are the same.",
							 &mode, MAP_AUTO, modes, PGC_USERSET, 0, NULL, NULL, NULL);
	DefineCustomIntVariable("wmo_contracts.session_map_memory", "How large the coverage map of a session may be.",
							"Of a registry with a larger map, questions are answered by SQL. Making a map takes some "
							"times its size for a moment.",
							&memory_limit, 256 * 1024, 0, MAX_KILOBYTES, PGC_USERSET, GUC_UNIT_KB, NULL, NULL, NULL);
	MarkGUCPrefixReserved("wmo_contracts");
}

static Size
limit_in_bytes(void)
{
	return Min((Size) memory_limit * 1024, MaxAllocHugeSize);
}

/* ---- what is held ---- */

static struct
{
	bool whole; /* both segments, and the map is open */
	bool has_grid;
	bool grid_of_edition;
	RegistryState state;
	RegistryState grid_state;
	MemoryContext grid_context; /* of an edition: of all its bytes */
	MemoryContext rows_context;
	WmoSegment grid;
	WmoSegment rows;
	WmoMap map;
	uint64 serial;
} held;

static void
drop_rows(void)
{
	if (held.rows_context != NULL)
		MemoryContextDelete(held.rows_context);
	held.rows_context = NULL;
	held.whole = false;
	held.serial++;
}

static void
drop_map(void)
{
	drop_rows();
	if (held.grid_context != NULL)
		MemoryContextDelete(held.grid_context);
	held.grid_context = NULL;
	held.has_grid = false;
}

/* A lowered limit holds for what is there too. */
static inline bool
is_held(const RegistryState *state)
{
	return held.whole && wmo_same_state(&held.state, state) && held.rows.size + held.grid.size <= limit_in_bytes();
}

/* What was made of changes that this transaction had not committed dies with it. */
static void
drop_private(XactEvent event, void *arg)
{
	if (event == XACT_EVENT_PRE_COMMIT || event == XACT_EVENT_PRE_PREPARE || event == XACT_EVENT_PARALLEL_PRE_COMMIT)
		return;
	if (held.has_grid && held.grid_state.own_areas != 0)
		drop_map();
	else if (held.whole && (held.state.own_areas != 0 || held.state.own_rows != 0))
		drop_rows();
}

Size
wmo_session_map_room(void)
{
	Size size = held.rows.size + held.grid.size;

	return limit_in_bytes() > size ? limit_in_bytes() - size : 0;
}

uint64
wmo_session_map_serial(void)
{
	return held.serial;
}

/* The pages of a table and of what it keeps out of line. */
static BlockNumber
blocks_of(const char *name)
{
	Relation table = table_open(wmo_table(WMO_FACE, name), AccessShareLock);
	BlockNumber blocks = RelationGetNumberOfBlocks(table);

	if (OidIsValid(table->rd_rel->reltoastrelid))
	{
		Relation toast = table_open(table->rd_rel->reltoastrelid, AccessShareLock);

		blocks += RelationGetNumberOfBlocks(toast);
		table_close(toast, AccessShareLock);
	}
	table_close(table, AccessShareLock);
	return blocks;
}

/* ---- editions: what was published is loaded ---- */

/* Which edition: that of the state, or one whose areas are those of the state. */
typedef enum EditionOf
{
	EDITION_OF_STATE,
	EDITION_OF_AREAS
} EditionOf;

static const char *const edition_condition[] = {
	[EDITION_OF_STATE] = "e.areas_key OPERATOR(pg_catalog.=) $1 AND e.rows_key OPERATOR(pg_catalog.=) $2",
	[EDITION_OF_AREAS] = "e.areas_key OPERATOR(pg_catalog.=) $1"
};

/* Reads something of the latest such edition; true when there is one. Call SPI_finish after reading it. */
static bool
find_edition(const char *expression, EditionOf of, const RegistryState *state)
{
	Oid types[2] = {INT8OID, INT8OID};
	Datum values[2] = {Int64GetDatum((int64) state->areas), Int64GetDatum((int64) state->rows)};
	const char *query = psprintf("SELECT %s FROM wmo.coverage_edition e WHERE %s ORDER BY e.edition DESC", expression,
								 edition_condition[of]);

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	if (SPI_execute_with_args(query, of == EDITION_OF_STATE ? 2 : 1, types, values, NULL, true, 1) != SPI_OK_SELECT)
		elog(ERROR, "SPI_execute failed");
	return SPI_processed == 1;
}

/* A transaction's own changes have no edition; a table without a page has none either. */
static bool
may_have_edition(const RegistryState *state)
{
	Oid table = get_relname_relid("coverage_edition", get_namespace_oid(WMO_FACE, false));

	return state->own_areas == 0 && state->own_rows == 0 && OidIsValid(table) && blocks_of("coverage_edition") > 0 &&
		pg_class_aclcheck(table, GetUserId(), ACL_SELECT) == ACLCHECK_OK;
}

/* The bytes of an edition; 0 when there is none. */
static Size
edition_size(EditionOf of, const RegistryState *state)
{
	Size size = 0;
	bool isnull;

	if (!may_have_edition(state))
		return 0;
	if (find_edition("pg_catalog.pg_column_size(e.map)", of, state))
		size = DatumGetInt32(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull));
	SPI_finish();
	return size;
}

/* Takes the grid of an edition, and its rows where they are those of the state. */
static bool
load_edition(EditionOf of, const RegistryState *state)
{
	MemoryContext context;
	const CoverageMap *value = NULL;
	WmoMapHeader header;

	if (!may_have_edition(state))
		return false;
	context = AllocSetContextCreate(CurrentMemoryContext, "wmo_contracts edition", ALLOCSET_SMALL_SIZES);
	if (find_edition("e.map", of, state))
	{
		bool isnull;
		Datum map = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull);
		MemoryContext caller = MemoryContextSwitchTo(context);

		value = (const CoverageMap *) PG_DETOAST_DATUM_COPY(map);
		MemoryContextSwitchTo(caller);
	}
	SPI_finish();
	if (value == NULL || VARSIZE(value) > limit_in_bytes() ||
		!wmo_map_check((const uint8_t *) value->bytes, VARSIZE(value) - COVERAGE_MAP_OVERHEAD))
	{
		MemoryContextDelete(context);
		return false;
	}
	drop_map();
	memcpy(&header, value->bytes, sizeof(header));
	held.rows = (WmoSegment) {(const uint8 *) value->bytes, header.grid_at};
	held.grid = (WmoSegment) {(const uint8 *) value->bytes + header.grid_at, header.grid_size};
	held.grid_context = context;
	held.grid_state = *state;
	held.has_grid = held.grid_of_edition = true;
	MemoryContextSetParent(context, TopMemoryContext);
	return true;
}

/* ---- making it ---- */

/* The attempt that failed last: not repeated for the same registry. */
static struct
{
	bool any;
	bool by_areas; /* whatever the rows */
	GridFault fault; /* then; no error: too many areas to begin with */
	int limit;
	RegistryState state;
} failed;

static bool
has_failed(const RegistryState *state)
{
	return failed.any && failed.limit == memory_limit &&
		(failed.by_areas ? wmo_same_areas(&failed.state, state) : wmo_same_state(&failed.state, state));
}

static bool
make_grid(const RegistryState *state)
{
	MemoryContext context;

	failed.fault = (GridFault) {WMO_GRID_OK, 0};
	/* the coordinates alone are about as large as the table */
	if ((Size) blocks_of("area") * BLCKSZ > limit_in_bytes())
		return false;
	drop_map();
	context = AllocSetContextCreate(CurrentMemoryContext, "wmo_contracts grid", ALLOCSET_DEFAULT_SIZES);
	if (!wmo_compile_grid(context, limit_in_bytes(), &held.grid, &failed.fault))
	{
		MemoryContextDelete(context);
		return false;
	}
	MemoryContextSetParent(context, TopMemoryContext);
	held.grid_context = context;
	held.grid_state = *state;
	held.has_grid = true;
	held.grid_of_edition = false;
	return true;
}

static bool
make_rows(const RegistryState *state)
{
	MemoryContext context;

	drop_rows();
	context = AllocSetContextCreate(CurrentMemoryContext, "wmo_contracts rows", ALLOCSET_DEFAULT_SIZES);
	wmo_compile_rows(context, &held.grid, &held.rows);
	if (held.rows.size + held.grid.size > limit_in_bytes())
	{
		MemoryContextDelete(context);
		return false;
	}
	MemoryContextSetParent(context, TopMemoryContext);
	held.rows_context = context;
	return true;
}

static bool
has_grid_of(const RegistryState *state)
{
	return held.has_grid && wmo_same_areas(&held.grid_state, state);
}

static bool
make_map(const RegistryState *seen)
{
	static bool callback_registered = false;
	RegistryState state = *seen;

	if (!callback_registered)
		RegisterXactCallback(drop_private, NULL);
	callback_registered = true;

	/* also when an error ends it */
	failed.any = true;
	failed.by_areas = false;
	failed.limit = memory_limit;
	failed.state = state;
	if (!load_edition(EDITION_OF_STATE, &state))
	{
		if (!has_grid_of(&state) && !load_edition(EDITION_OF_AREAS, &state) && !make_grid(&state))
		{
			failed.by_areas = true;
			return false;
		}
		if (!make_rows(&state))
			return false;
	}
	/* an edition may say of which areas it is, and be of others: then they are compiled here */
	if (!wmo_map_open(&held.map, held.rows.bytes, held.grid.bytes) &&
		!(make_grid(&state) && make_rows(&state) && wmo_map_open(&held.map, held.rows.bytes, held.grid.bytes)))
	{
		drop_map();
		return false;
	}
	failed.any = false;
	held.state = state;
	held.whole = true;
	held.serial++;
	return true;
}

/* ---- when it pays ---- */

/*
 * What making a map costs, in milliseconds: measured on 12,285 areas of 3.3 million vertices and 37,000 scopes, with
 * room to spare; and what the first question to the tables costs, before anything of it is planned. Only when the map
 * is made depends on them, never an answer.
 */
#define MS_OF_A_MAP 20.0
#define MS_A_BLOCK_OF_AREAS 0.3
#define MS_A_BLOCK_OF_SCOPES 8.0
#define MS_A_MEGABYTE_OF_EDITION 1.0
#define MS_OF_FIRST_QUESTION 30.0

static struct
{
	RegistryState state;
	double ms;
	double price; /* negative: not yet known */
	bool planned; /* a question to the tables, in whatever state */
} spent;

static double
price_of(const RegistryState *state)
{
	Size edition = edition_size(EDITION_OF_STATE, state);
	double rows = MS_OF_A_MAP + MS_A_BLOCK_OF_SCOPES * blocks_of("contract_scope");

	if (edition > 0)
		return MS_A_MEGABYTE_OF_EDITION * edition / (1024 * 1024);
	if (has_grid_of(state))
		return rows;
	edition = edition_size(EDITION_OF_AREAS, state);
	if (edition > 0)
		return rows + MS_A_MEGABYTE_OF_EDITION * edition / (1024 * 1024);
	return rows + MS_A_BLOCK_OF_AREAS * blocks_of("area");
}

static bool
it_pays(const RegistryState *state)
{
	if (!wmo_same_state(&spent.state, state))
	{
		spent.state = *state;
		spent.ms = 0;
		spent.price = -1;
	}
	if (mode == MAP_ON)
		return true;
	if (spent.price < 0 && (spent.ms >= MS_OF_A_MAP || blocks_of("coverage_edition") > 0))
		spent.price = price_of(&spent.state);
	return spent.price >= 0 && spent.ms + (spent.planned ? 0 : MS_OF_FIRST_QUESTION) >= spent.price;
}

void
wmo_session_map_charge(double milliseconds)
{
	spent.ms += milliseconds;
	spent.planned = true;
}

const WmoMap *
wmo_session_map(void)
{
	const RegistryState *state;

	if (mode == MAP_OFF || (state = wmo_registry_state()) == NULL)
		return NULL;
	if (likely(is_held(state)))
		return wmo_may_read_registry() ? &held.map : NULL;
	if (has_failed(state) || !it_pays(state) || !wmo_may_read_registry())
		return NULL;
	return make_map(&spent.state) ? &held.map : NULL;
}

/* ---- for people ---- */

static const char *
why_not_made(void)
{
	if (!failed.by_areas)
		return "the map could not be made within wmo_contracts.session_map_memory, or was interrupted";
	if (failed.fault.area_id != 0)
		return psprintf("area %d cannot be compiled: %s", failed.fault.area_id, wmo_grid_error_text(failed.fault.error));
	return "the areas could not be compiled within wmo_contracts.session_map_memory";
}

/* Why the next question is answered by SQL; NULL: it is answered by the map. */
static const char *
why_by_tables(void)
{
	const RegistryState *state;

	if (mode == MAP_OFF)
		return "wmo_contracts.session_map is off";
	if ((state = wmo_registry_state()) == NULL)
		return "the registry is changing, has changed since this snapshot was taken, or its triggers are not all on: "
			"see wmo.note_every_change()";
	if (!wmo_may_read_registry())
		return "a table of the registry has row security or child tables, or may not be read by this role";
	if (is_held(state))
		return NULL;
	if (has_failed(state))
		return why_not_made();
	return it_pays(state) ? NULL : "making a map does not pay yet";
}

/* wmo.describe_session_map() -> setof (item text, value text): how this session answers, and why. */
Datum
wmo_sql_describe_session_map(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	const char *why = why_by_tables();

	InitMaterializedSRF(fcinfo, 0);
	wmo_put_item(result, "the next question is answered by", why == NULL ? "the map" : "the tables");
	if (why != NULL)
		wmo_put_item(result, "because", why);
	wmo_put_item(result, "bytes of the map", !held.whole ? "none" : psprintf("%zu", held.rows.size + held.grid.size));
	if (held.whole)
		wmo_put_item(result, "made of", held.rows_context == NULL ? "an edition"
				 : held.grid_of_edition ? "the tables, and the areas of an edition" : "the tables");
	wmo_put_item(result, "milliseconds spent on the tables", psprintf("%.0f", spent.ms));
	if (why != NULL && spent.price >= 0)
		wmo_put_item(result, "milliseconds that a map would cost", psprintf("%.0f", spent.price));
	return (Datum) 0;
}

/* ---- the map as a value ---- */

static Datum
flat_value(const WmoSegment *rows, const WmoSegment *grid)
{
	Size size = rows->size + grid->size;
	CoverageMap *value;

	if (size > MaxAllocSize - COVERAGE_MAP_OVERHEAD)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("the registry is too large for a coverage_map"),
						errdetail("The map would have %zu bytes; a value can have at most %zu.", size, (Size) MaxAllocSize)));
	value = palloc(size + COVERAGE_MAP_OVERHEAD);
	SET_VARSIZE(value, size + COVERAGE_MAP_OVERHEAD);
	value->zero = 0;
	memcpy(value->bytes, rows->bytes, rows->size);
	memcpy(value->bytes + rows->size, grid->bytes, grid->size);
	return PointerGetDatum(value);
}

static void
refuse_areas(const GridFault *fault)
{
	if (fault->error == WMO_GRID_NO_MEMORY)
		ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory"),
						errdetail("Failed while compiling the areas.")));
	if (fault->area_id != 0)
		ereport(ERROR, (errcode(ERRCODE_DATA_EXCEPTION), errmsg("cannot compile area %d", fault->area_id),
						errdetail("%s", wmo_grid_error_text(fault->error)),
						errhint("Load the shape of wmo.area %d again, in metres of RD New (EPSG:28992).", fault->area_id)));
	ereport(ERROR, (errcode(ERRCODE_DATA_EXCEPTION), errmsg("cannot compile the areas"),
					errdetail("%s", wmo_grid_error_text(fault->error))));
}

static Datum
compiled_value(void)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "compile_coverage", ALLOCSET_DEFAULT_SIZES);
	WmoSegment grid, rows;
	GridFault fault;
	Datum value;

	if (!wmo_compile_grid(context, MaxAllocSize, &grid, &fault))
		refuse_areas(&fault);
	wmo_compile_rows(context, &grid, &rows);
	value = flat_value(&rows, &grid);
	MemoryContextDelete(context);
	return value;
}

/*
 * wmo.compile_coverage() -> coverage_map: the registry as the caller's snapshot sees it. What the session or an edition
 * holds of the same areas is not compiled again; where a session may hold a map, it keeps this one.
 */
Datum
wmo_sql_compile_coverage(PG_FUNCTION_ARGS)
{
	const RegistryState *state = mode == MAP_OFF ? NULL : wmo_registry_state();
	const CoverageMap *map;
	Datum value;

	if (state != NULL && wmo_may_read_registry() && (is_held(state) || (!has_failed(state) && make_map(state))))
		value = flat_value(&held.rows, &held.grid);
	else
		value = compiled_value();
	map = (const CoverageMap *) DatumGetPointer(value);
	if (!wmo_map_check((const uint8_t *) map->bytes, VARSIZE(map) - COVERAGE_MAP_OVERHEAD))
		elog(ERROR, "compiled coverage_map is not whole");
	PG_RETURN_DATUM(value);
}
