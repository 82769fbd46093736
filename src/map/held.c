/*
 * held.c - the map that a session holds: of which state it is, and how it is made.
 *
 * What is held was made of one state of the registry, under a snapshot that saw it, and stands in contexts below
 * TopMemoryContext; it changes in steps that leave it true when an error or an interrupt ends them. A grid that is held
 * is that of grid_state; a map that is whole is that of state. What was made of changes that this transaction had not
 * committed is forgotten with it.
 */
#include "map/held.h"

#include "access/xact.h"
#include "map/edition_load.h"
#include "server/table_scan.h"
#include "utils/memutils.h"

HeldMap wmo_held;

/* ---- forgetting ---- */

static void
drop_rows(void)
{
	if (wmo_held.rows_context != NULL)
		MemoryContextDelete(wmo_held.rows_context);
	wmo_held.rows_context = NULL;
	wmo_held.whole = false;
	wmo_held.serial++;
}

static void
drop_map(void)
{
	drop_rows();
	if (wmo_held.grid_context != NULL)
		MemoryContextDelete(wmo_held.grid_context);
	wmo_held.grid_context = NULL;
	wmo_held.has_grid = false;
}

static void
drop_uncommitted(XactEvent event, void *arg)
{
	if (event == XACT_EVENT_PRE_COMMIT || event == XACT_EVENT_PRE_PREPARE || event == XACT_EVENT_PARALLEL_PRE_COMMIT)
		return;
	if (wmo_held.has_grid && wmo_held.grid_state.own_areas != 0)
		drop_map();
	else if (wmo_held.whole && (wmo_held.state.own_areas != 0 || wmo_held.state.own_rows != 0))
		drop_rows();
}

/* ---- making ---- */

/* The attempt that failed last. */
static struct
{
	MapFailure failure;
	GridFault fault;
	Size limit;
	RegistryState state;
} last;

MapFailure
wmo_held_failure(const RegistryState *state)
{
	if (last.failure == MAP_NOT_FAILED || last.limit != wmo_session_map_limit())
		return MAP_NOT_FAILED;
	if (last.failure == MAP_FAILED_BY_AREAS)
		return wmo_same_areas(&last.state, state) ? MAP_FAILED_BY_AREAS : MAP_NOT_FAILED;
	return wmo_same_state(&last.state, state) ? MAP_FAILED : MAP_NOT_FAILED;
}

const GridFault *
wmo_held_grid_fault(void)
{
	return &last.fault;
}

/* Takes the grid of an edition, and its rows where they are those of the state. */
static bool
take_edition(EditionOf of, const RegistryState *state)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "wmo_contracts edition", ALLOCSET_SMALL_SIZES);
	const CoverageMap *value = wmo_edition_load(of, state, wmo_session_map_limit(), context);
	WmoMapHeader header;

	if (value == NULL)
	{
		MemoryContextDelete(context);
		return false;
	}
	drop_map();
	memcpy(&header, value->bytes, sizeof(header));
	wmo_held.rows = (WmoSegment) {(const uint8 *) value->bytes, header.grid_at};
	wmo_held.grid = (WmoSegment) {(const uint8 *) value->bytes + header.grid_at, header.grid_size};
	wmo_held.grid_context = context;
	wmo_held.grid_state = *state;
	wmo_held.has_grid = wmo_held.grid_of_edition = true;
	MemoryContextSetParent(context, TopMemoryContext);
	return true;
}

static bool
make_grid(const RegistryState *state)
{
	MemoryContext context;

	last.fault = (GridFault) {WMO_GRID_OK, 0};
	/* the coordinates alone are about as large as the table */
	if ((Size) wmo_table_blocks(WMO_FACE, "area") * BLCKSZ > wmo_session_map_limit())
		return false;
	drop_map();
	context = AllocSetContextCreate(CurrentMemoryContext, "wmo_contracts grid", ALLOCSET_DEFAULT_SIZES);
	if (!wmo_compile_grid(context, wmo_session_map_limit(), &wmo_held.grid, &last.fault))
	{
		MemoryContextDelete(context);
		return false;
	}
	MemoryContextSetParent(context, TopMemoryContext);
	wmo_held.grid_context = context;
	wmo_held.grid_state = *state;
	wmo_held.has_grid = true;
	wmo_held.grid_of_edition = false;
	return true;
}

static bool
make_rows(void)
{
	MemoryContext context;

	drop_rows();
	context = AllocSetContextCreate(CurrentMemoryContext, "wmo_contracts rows", ALLOCSET_DEFAULT_SIZES);
	wmo_compile_rows(context, &wmo_held.grid, &wmo_held.rows);
	if (wmo_held_size() > wmo_session_map_limit())
	{
		MemoryContextDelete(context);
		return false;
	}
	MemoryContextSetParent(context, TopMemoryContext);
	wmo_held.rows_context = context;
	return true;
}

/* False when the rows are those of other areas than the grid. */
static bool
open_map(void)
{
	return wmo_map_open(&wmo_held.map, wmo_held.rows.bytes, wmo_held.grid.bytes);
}

bool
wmo_held_has_grid_of(const RegistryState *state)
{
	return wmo_held.has_grid && wmo_same_areas(&wmo_held.grid_state, state);
}

bool
wmo_held_make(const RegistryState *seen)
{
	static bool callback_registered = false;
	RegistryState state = *seen; /* which is good until the next look only */

	if (!callback_registered)
		RegisterXactCallback(drop_uncommitted, NULL);
	callback_registered = true;

	/* also when an error ends it */
	last.failure = MAP_FAILED;
	last.limit = wmo_session_map_limit();
	last.state = state;
	if (!take_edition(EDITION_OF_STATE, &state))
	{
		if (!wmo_held_has_grid_of(&state) && !take_edition(EDITION_OF_AREAS, &state) && !make_grid(&state))
		{
			last.failure = MAP_FAILED_BY_AREAS;
			return false;
		}
		if (!make_rows())
			return false;
	}
	/* an edition may say of which areas it is, and be of others: then they are compiled here */
	if (!open_map() && !(make_grid(&state) && make_rows() && open_map()))
	{
		drop_map();
		return false;
	}
	last.failure = MAP_NOT_FAILED;
	wmo_held.state = state;
	wmo_held.whole = true;
	wmo_held.serial++;
	return true;
}
