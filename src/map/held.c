/*
 * held.c - the map that a session holds: of which state it is, and how it is made or taken.
 *
 * What is held was made of one state of the registry, under a snapshot that saw it, and stands in contexts below
 * TopMemoryContext, or in shared memory (shared.h); it changes in steps that leave it true when an error or an
 * interrupt ends them. A grid that is held is that of grid_state; a map that is whole is that of state. What was made
 * of changes that this transaction had not committed is forgotten with it.
 */
#include "map/held.h"

#include "access/xact.h"
#include "map/edition_load.h"
#include "map/shared.h"
#include "registry/followed.h"
#include "server/table_scan.h"
#include "standing/kept_standing.h"
#include "utils/memutils.h"

HeldMap wmo_held;

/* ---- forgetting ---- */

static void
drop_piece(HeldPiece *piece, SharedKind kind)
{
	if (piece->context != NULL)
		MemoryContextDelete(piece->context);
	if (piece->shared)
		wmo_shared_let_go(kind);
	*piece = (HeldPiece) {0};
}

/* The map is that of its rows again. */
static void
drop_over(void)
{
	MemoryContext context = wmo_held.over_context;

	if (context == NULL)
		return;
	wmo_held.map.over = NULL;
	wmo_held.state = wmo_held.rows_state;
	wmo_held.serial++;
	wmo_held.over_context = NULL;
	MemoryContextDelete(context);
}

static void
drop_rows(void)
{
	drop_over();
	wmo_held.whole = false;
	wmo_held.serial++;
	wmo_held.tokens = NULL; /* in the memory of the rows */
	drop_piece(&wmo_held.rows, SHARED_ROWS);
}

static void
drop_map(void)
{
	drop_rows();
	wmo_held.has_grid = false;
	drop_piece(&wmo_held.grid, SHARED_GRID);
}

/* What was made of changes that are not committed, and what is old. */
static void
drop_at_end(XactEvent event, void *arg)
{
	if (event == XACT_EVENT_PRE_COMMIT || event == XACT_EVENT_PRE_PREPARE || event == XACT_EVENT_PARALLEL_PRE_COMMIT)
		return;
	if (wmo_held.whole && (wmo_held.state.own_areas != 0 || wmo_held.state.own_rows != 0))
		drop_over();
	if ((wmo_held.has_grid && wmo_held.grid_state.own_areas != 0) || wmo_shared_is_old(SHARED_GRID))
		drop_map();
	else if ((wmo_held.whole && (wmo_held.state.own_areas != 0 || wmo_held.state.own_rows != 0)) ||
			 wmo_shared_is_old(SHARED_ROWS))
		drop_rows();
}

/* Before anything is held. */
static void
watch_transactions(void)
{
	static bool callback_registered = false;

	if (!callback_registered)
		RegisterXactCallback(drop_at_end, NULL);
	callback_registered = true;
}

/* ---- taking what others made ---- */

/* False when the rows are those of other areas than the grid. */
static bool
open_map(void)
{
	return wmo_map_open(&wmo_held.map, wmo_held.rows.bytes.bytes, wmo_held.grid.bytes.bytes);
}

/* Holds a grid that was taken; that it is the one that is held already, and stays where it is, makes no difference. */
static void
hold_shared_grid(const RegistryState *state, const SharedMap *found)
{
	if (!wmo_held.grid.shared)
		drop_map();
	wmo_held.grid = (HeldPiece) {.bytes = found->grid, .shared = true, .of_edition = found->grid_of_edition};
	wmo_held.grid_state = *state;
	wmo_held.has_grid = true;
}

static bool
take_shared_grid(const RegistryState *state)
{
	SharedMap found;

	if (!wmo_shared_take(SHARED_GRID, state, &found))
		return false;
	drop_rows();
	hold_shared_grid(state, &found);
	return true;
}

bool
wmo_held_take_shared(const RegistryState *seen)
{
	RegistryState state = *seen;
	SharedMap found;

	watch_transactions();
	if (wmo_shared_is_old(SHARED_ROWS))
		drop_rows();
	if (!wmo_shared_take(SHARED_ROWS, &state, &found))
		return false;
	/* rows that were shared are let go already */
	wmo_held.rows.shared = false;
	drop_rows();
	hold_shared_grid(&state, &found);
	wmo_held.rows = (HeldPiece) {.bytes = found.rows, .shared = true, .of_edition = found.rows_of_edition};
	if (!open_map())
		elog(ERROR, "rows and grid of a shared map are of other areas");
	wmo_held.tokens = found.token_count > 0 ? found.tokens : NULL;
	wmo_held.token_count = found.token_count;
	wmo_held.state = wmo_held.rows_state = state;
	wmo_held.whole = true;
	wmo_held.serial++;
	return true;
}

void
wmo_held_let_go(void)
{
	if (wmo_held.rows.shared)
		drop_rows();
}

/* ---- making ---- */

/* As many as stand between two that clear others away, and more than can be hoped for. */
#define TOKENS_AT_MOST 4096

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
take_edition(EditionOf of, const RegistryState *state, Size limit)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "wmo_contracts edition", ALLOCSET_SMALL_SIZES);
	const CoverageMap *value = wmo_edition_load(of, state, limit, context);
	WmoMapHeader header;

	if (value == NULL)
	{
		MemoryContextDelete(context);
		return false;
	}
	drop_map();
	memcpy(&header, value->bytes, sizeof(header));
	wmo_held.rows = (HeldPiece) {.bytes = {(const uint8 *) value->bytes, header.grid_at}, .of_edition = true};
	wmo_held.grid = (HeldPiece) {.bytes = {(const uint8 *) value->bytes + header.grid_at, header.grid_size},
								 .context = context,
								 .of_edition = true};
	wmo_held.grid_state = *state;
	wmo_held.has_grid = true;
	MemoryContextSetParent(context, TopMemoryContext);
	return true;
}

static bool
make_grid(const RegistryState *state, Size limit)
{
	MemoryContext context;
	WmoSegment bytes;

	last.fault = (GridFault) {WMO_GRID_OK, 0};
	/* the coordinates alone are about as large as the table */
	if ((Size) wmo_table_blocks(WMO_FACE, "area") * BLCKSZ > limit)
		return false;
	drop_map();
	context = AllocSetContextCreate(CurrentMemoryContext, "wmo_contracts grid", ALLOCSET_DEFAULT_SIZES);
	if (!wmo_compile_grid(context, limit, &bytes, &last.fault))
	{
		MemoryContextDelete(context);
		return false;
	}
	MemoryContextSetParent(context, TopMemoryContext);
	wmo_held.grid = (HeldPiece) {.bytes = bytes, .context = context};
	wmo_held.grid_state = *state;
	wmo_held.has_grid = true;
	return true;
}

static bool
make_rows(Size limit)
{
	MemoryContext context;
	WmoSegment bytes;

	drop_rows();
	context = AllocSetContextCreate(CurrentMemoryContext, "wmo_contracts rows", ALLOCSET_DEFAULT_SIZES);
	wmo_compile_rows(context, &wmo_held.grid.bytes, &bytes);
	if (bytes.size + wmo_held_own_size() > limit)
	{
		MemoryContextDelete(context);
		return false;
	}
	MemoryContextSetParent(context, TopMemoryContext);
	wmo_held.rows = (HeldPiece) {.bytes = bytes, .context = context};
	return true;
}

/*
 * Of which transactions the rows know, so that it can be told which came after. What this transaction has changed has
 * the same token later on, and so many tokens that they would be a burden are as good as none.
 */
static void
keep_tokens(const RegistryState *state)
{
	MemoryContext work = AllocSetContextCreate(CurrentMemoryContext, "wmo_contracts tokens", ALLOCSET_SMALL_SIZES);
	MemoryContext caller = MemoryContextSwitchTo(work);
	NamedTokens seen;
	uint64 *tokens;

	wmo_held.tokens = NULL;
	wmo_registry_tokens(&seen);
	MemoryContextSwitchTo(caller);
	if (state->own_areas == 0 && state->own_places == 0 && state->own_rows == 0 && seen.count > 0 &&
		seen.count <= TOKENS_AT_MOST && wmo_standing_is_derived())
	{
		tokens = MemoryContextAlloc(wmo_held.rows.context != NULL ? wmo_held.rows.context : wmo_held.grid.context,
									seen.count * sizeof(uint64));
		for (uint32 i = 0; i < seen.count; i++)
			tokens[i] = seen.list[i].token;
		wmo_held.tokens = tokens;
		wmo_held.token_count = seen.count;
	}
	MemoryContextDelete(work);
}

bool
wmo_held_has_grid_of(const RegistryState *state)
{
	return wmo_held.has_grid && wmo_same_areas(&wmo_held.grid_state, state);
}

bool
wmo_held_make(const RegistryState *seen, Size limit)
{
	RegistryState state = *seen; /* which is good until the next look only */

	watch_transactions();
	/* also when an error ends it */
	last.failure = MAP_FAILED;
	last.limit = limit;
	last.state = state;
	if (!take_edition(EDITION_OF_STATE, &state, limit))
	{
		if (!wmo_held_has_grid_of(&state) && !take_shared_grid(&state) &&
			!take_edition(EDITION_OF_AREAS, &state, limit) && !make_grid(&state, limit))
		{
			last.failure = MAP_FAILED_BY_AREAS;
			return false;
		}
		if (!make_rows(limit))
			return false;
	}
	/* an edition may say of which areas it is, and be of others: then they are compiled here */
	if (!open_map() && !(make_grid(&state, limit) && make_rows(limit) && open_map()))
	{
		drop_map();
		return false;
	}
	last.failure = MAP_NOT_FAILED;
	keep_tokens(&state);
	wmo_held.state = wmo_held.rows_state = state;
	wmo_held.whole = true;
	wmo_held.serial++;
	return true;
}

/* ---- following ---- */

/* Compiles what was changed since over the rows that are held. */
static bool
follow_from_held(const RegistryState *state)
{
	MemoryContext caller = CurrentMemoryContext, context;
	ArrayType *contracts;
	uint64 difference;
	WmoOver over;
	bool followed = false;

	if (!wmo_held.whole || wmo_held.tokens == NULL || !wmo_same_areas(&wmo_held.rows_state, state))
		return false;
	context = AllocSetContextCreate(caller, "wmo_contracts changed contracts", ALLOCSET_DEFAULT_SIZES);
	MemoryContextSwitchTo(context);
	contracts = wmo_changed_contracts(wmo_held.tokens, wmo_held.token_count, &difference);
	/* the triggers that note changes are a part of the state: they must be the same too */
	if (contracts != NULL && (wmo_held.rows_state.rows ^ difference) == state->rows)
	{
		WmoMap rows = wmo_held.map;

		rows.over = NULL;
		followed = wmo_compile_over(context, &rows, contracts, &over);
	}
	MemoryContextSwitchTo(caller);
	if (!followed)
	{
		MemoryContextDelete(context);
		return false;
	}
	drop_over();
	MemoryContextSetParent(context, TopMemoryContext);
	wmo_held.over_context = context;
	wmo_held.over = over;
	wmo_held.map.over = &wmo_held.over;
	wmo_held.state = *state;
	wmo_held.serial++;
	return true;
}

bool
wmo_held_follow(const RegistryState *seen)
{
	static RegistryState failed; /* it is not tried again */
	static uint64 failed_with;
	RegistryState state = *seen, current;
	bool followed;

	if ((failed_with == wmo_held.serial && wmo_same_state(&failed, &state)) || state.own_areas != 0 ||
		state.own_places != 0 || !wmo_standing_is_derived())
		return false;
	watch_transactions();
	followed = follow_from_held(&state);
	if (!followed && wmo_shared_current(&state, &current) &&
		!(wmo_held.whole && wmo_held.rows.shared && wmo_same_state(&wmo_held.rows_state, &current)))
		followed = wmo_held_take_shared(&current) && follow_from_held(&state);
	if (!followed)
	{
		failed = state;
		failed_with = wmo_held.serial;
	}
	return followed;
}
