/*
 * shared.c - maps that stand once in shared memory, for all sessions of their database.
 *
 * A piece is freed when its uses come to nothing. The server itself ends the use of a process that ends, and what
 * another piece uses is let go with that piece. After a crash the server makes all its shared memory anew.
 *
 * Sessions keep what they took until it is old, so that the next transaction need not map it again. A session that
 * waits for its client would keep it for ever: it gets the server's own signal to catch up with what others changed,
 * runs an empty transaction, and lets go at its end.
 */
#include "map/shared.h"

#include "map/settings.h"
#include "miscadmin.h"
#include "storage/latch.h"
#include "storage/procsignal.h"
#include "utils/memutils.h"
#include "utils/resowner.h"
#include "utils/syscache.h"
#include "utils/timestamp.h"
#include "utils/wait_event.h"

/* A full limit is looked at so often, while sessions let go of the map before. */
#define WAITS_FOR_ROOM 100
#define MS_OF_WAITING 20

/* What this process took. */
static struct
{
	int piece; /* -1: nothing */
	dsm_segment *segment;
} taken[] = {[SHARED_GRID] = {-1, NULL}, [SHARED_ROWS] = {-1, NULL}};

/* ---- entries ---- */

SharedRegistry *
wmo_shared_registry(Oid database)
{
	for (int i = 0; i < WMO_SHARED_REGISTRIES; i++)
		if (wmo_shared->registry[i].database == database)
			return &wmo_shared->registry[i];
	return NULL;
}

static bool
has_pieces(Oid database)
{
	for (int i = 0; i < WMO_SHARED_PIECES; i++)
		if (wmo_shared->piece[i].database == database)
			return true;
	return false;
}

static void
clear_registry(SharedRegistry *registry, Oid database)
{
	registry->database = database;
	memset(&registry->asked, 0, sizeof(RegistryState));
	memset(&registry->wanted, 0, sizeof(RegistryState));
	registry->spent = 0;
	registry->missed_at = 0;
}

SharedRegistry *
wmo_shared_own_registry(void)
{
	SharedRegistry *registry = wmo_shared_registry(MyDatabaseId);

	for (int i = 0; registry == NULL && i < WMO_SHARED_REGISTRIES; i++)
	{
		SharedRegistry *other = &wmo_shared->registry[i];

		if (!OidIsValid(other->database) || (other->order == 0 && !has_pieces(other->database)))
			clear_registry(registry = other, MyDatabaseId);
	}
	return registry;
}

double
wmo_shared_spend(const RegistryState *state, double milliseconds)
{
	SharedRegistry *registry;
	double spent = milliseconds;

	LWLockAcquire(wmo_shared_lock, LW_EXCLUSIVE);
	registry = wmo_shared_own_registry();
	if (registry != NULL)
	{
		if (!wmo_same_state(&registry->asked, state))
			registry->spent = 0;
		registry->asked = *state;
		spent = registry->spent += milliseconds;
	}
	LWLockRelease(wmo_shared_lock);
	return spent;
}

bool
wmo_shared_is_for(const RegistryState *state)
{
	return wmo_shared != NULL && IsUnderPostmaster && wmo_shared_map_limit() > 0 && state->own_areas == 0 &&
		state->own_places == 0 && state->own_rows == 0;
}

/* ---- uses; all under the exclusive lock ---- */

static void
end_use(int number)
{
	SharedPiece *piece = &wmo_shared->piece[number];

	Assert(OidIsValid(piece->database) && piece->uses > 0);
	if (--piece->uses > 0)
		return;
	dsm_unpin_segment(piece->handle);
	piece->database = InvalidOid;
	if (piece->grid >= 0)
		end_use(piece->grid);
}

static void
end_current(int number)
{
	wmo_shared->piece[number].current = false;
	end_use(number);
}

/* Of a state, its grid or its rows; -1: they do not stand here. */
static int
find_piece(SharedKind kind, const RegistryState *state)
{
	for (int i = 0; i < WMO_SHARED_PIECES; i++)
	{
		const SharedPiece *piece = &wmo_shared->piece[i];

		if (piece->database != MyDatabaseId || (piece->grid >= 0) != (kind == SHARED_ROWS))
			continue;
		if (kind == SHARED_ROWS ? wmo_same_state(&piece->state, state) : wmo_same_areas(&piece->state, state))
			return i;
	}
	return -1;
}

bool
wmo_shared_stands(const RegistryState *state)
{
	return find_piece(SHARED_ROWS, state) >= 0;
}

bool
wmo_shared_current(const RegistryState *state, RegistryState *current)
{
	bool found = false;

	if (wmo_shared == NULL || !IsUnderPostmaster)
		return false;
	LWLockAcquire(wmo_shared_lock, LW_SHARED);
	for (int i = 0; i < WMO_SHARED_PIECES && !found; i++)
	{
		const SharedPiece *piece = &wmo_shared->piece[i];

		found = piece->database == MyDatabaseId && piece->current && wmo_same_areas(&piece->state, state);
		if (found)
			*current = piece->state;
	}
	LWLockRelease(wmo_shared_lock);
	return found;
}

/* Every session of a database that took something is told to look whether that is old. Without the lock. */
static void
tell_holders(Oid database)
{
	for (int i = 0; i < MaxBackends; i++)
	{
		SharedHolder holder = wmo_shared->holder[i];

		if (holder.pid != 0 && holder.database == database)
			(void) SendProcSignal(holder.pid, PROCSIG_CATCHUP_INTERRUPT, wmo_backend_id(i));
	}
}

/* ---- taking ---- */

/* The process, or only its use of this piece, ends. */
static void
at_detach(dsm_segment *segment, Datum number)
{
	LWLockAcquire(wmo_shared_lock, LW_EXCLUSIVE);
	if (taken[SHARED_GRID].piece < 0 && taken[SHARED_ROWS].piece < 0)
		wmo_shared->holder[wmo_backend_index()].pid = 0;
	end_use(DatumGetInt32(number));
	LWLockRelease(wmo_shared_lock);
}

void
wmo_shared_let_go(SharedKind kind)
{
	dsm_segment *segment = taken[kind].segment;

	taken[kind].piece = -1;
	taken[kind].segment = NULL;
	if (segment != NULL)
		dsm_detach(segment);
}

bool
wmo_shared_is_old(SharedKind kind)
{
	return taken[kind].piece >= 0 && wmo_shared->piece[taken[kind].piece].old;
}

/* Maps a piece; NULL when there is no memory to map it into. Its use is counted already. */
static dsm_segment *
attach(int number, dsm_handle handle)
{
	MemoryContext caller = CurrentMemoryContext;
	dsm_segment *volatile segment = NULL;

	PG_TRY();
	{
		segment = dsm_attach(handle);
		if (segment != NULL)
		{
			on_dsm_detach(segment, at_detach, Int32GetDatum(number));
			dsm_pin_mapping(segment);
		}
	}
	PG_CATCH();
	{
		/* what was half done goes with the resource owner */
		MemoryContextSwitchTo(caller);
		FlushErrorState();
		segment = NULL;
	}
	PG_END_TRY();
	if (segment == NULL)
	{
		LWLockAcquire(wmo_shared_lock, LW_EXCLUSIVE);
		end_use(number);
		LWLockRelease(wmo_shared_lock);
	}
	return segment;
}

/* Counts the uses of what is not taken yet, and tells which pieces these are; false: there is no such map. */
static bool
begin_uses(SharedKind kind, const RegistryState *state, int numbers[2], SharedPiece pieces[2])
{
	int found;

	LWLockAcquire(wmo_shared_lock, LW_SHARED);
	found = find_piece(kind, state);
	LWLockRelease(wmo_shared_lock);
	if (found < 0)
		return false;
	LWLockAcquire(wmo_shared_lock, LW_EXCLUSIVE);
	found = find_piece(kind, state);
	numbers[SHARED_GRID] = found < 0 || kind == SHARED_GRID ? found : wmo_shared->piece[found].grid;
	numbers[SHARED_ROWS] = kind == SHARED_ROWS ? found : -1;
	for (int i = SHARED_GRID; i <= SHARED_ROWS; i++)
		if (numbers[i] >= 0)
		{
			pieces[i] = wmo_shared->piece[numbers[i]];
			if (taken[i].piece != numbers[i])
				wmo_shared->piece[numbers[i]].uses++;
		}
	if (found >= 0)
		wmo_shared->holder[wmo_backend_index()] = (SharedHolder) {MyProcPid, MyDatabaseId};
	LWLockRelease(wmo_shared_lock);
	return found >= 0;
}

/* Maps the pieces that are not taken yet, in place of those that were: all of them, or none. */
static bool
take_pieces(const int numbers[2], const SharedPiece pieces[2])
{
	dsm_segment *fresh[2] = {NULL, NULL};
	bool whole = true;

	for (int i = SHARED_GRID; i <= SHARED_ROWS; i++)
		if (numbers[i] >= 0 && taken[i].piece != numbers[i])
			whole &= (fresh[i] = attach(numbers[i], pieces[i].handle)) != NULL;
	for (int i = SHARED_GRID; i <= SHARED_ROWS; i++)
	{
		if (fresh[i] == NULL)
			continue;
		if (whole)
		{
			wmo_shared_let_go((SharedKind) i);
			taken[i].piece = numbers[i];
			taken[i].segment = fresh[i];
		}
		else
			dsm_detach(fresh[i]);
	}
	return whole;
}

static WmoSegment
segment_of(SharedKind kind, const SharedPiece *piece)
{
	return (WmoSegment) {dsm_segment_address(taken[kind].segment), piece->size};
}

bool
wmo_shared_take(SharedKind kind, const RegistryState *state, SharedMap *map)
{
	ResourceOwner caller = CurrentResourceOwner, owner;
	SharedPiece pieces[2];
	int numbers[2];
	bool found;

	if (!wmo_shared_is_for(state))
		return false;
	/* nothing from here on looks for interrupts: a use that is counted is a use that ends */
	owner = ResourceOwnerCreate(caller, "wmo_contracts shared map");
	CurrentResourceOwner = owner;
	found = begin_uses(kind, state, numbers, pieces) && take_pieces(numbers, pieces);
	CurrentResourceOwner = caller;
	ResourceOwnerRelease(owner, RESOURCE_RELEASE_BEFORE_LOCKS, false, false);
	ResourceOwnerRelease(owner, RESOURCE_RELEASE_LOCKS, false, false);
	ResourceOwnerRelease(owner, RESOURCE_RELEASE_AFTER_LOCKS, false, false);
	ResourceOwnerDelete(owner);
	if (found)
	{
		map->grid = segment_of(SHARED_GRID, &pieces[SHARED_GRID]);
		map->grid_of_edition = pieces[SHARED_GRID].of_edition;
	}
	if (found && kind == SHARED_ROWS)
	{
		map->rows = segment_of(SHARED_ROWS, &pieces[SHARED_ROWS]);
		map->tokens = (const uint64 *) (map->rows.bytes + map->rows.size);
		map->token_count = pieces[SHARED_ROWS].token_count;
		map->rows_of_edition = pieces[SHARED_ROWS].of_edition;
	}
	return found;
}

/* ---- putting ---- */

static Size
bytes_taken(void)
{
	Size bytes = 0;

	for (int i = 0; i < WMO_SHARED_PIECES; i++)
		if (OidIsValid(wmo_shared->piece[i].database))
			bytes += wmo_shared->piece[i].size;
	for (int i = 0; i < WMO_SHARED_REGISTRIES; i++)
		if (OidIsValid(wmo_shared->registry[i].database))
			bytes += wmo_shared->registry[i].reserved;
	return bytes;
}

static int
free_piece(void)
{
	for (int i = 0; i < WMO_SHARED_PIECES; i++)
		if (!OidIsValid(wmo_shared->piece[i].database))
			return i;
	return -1;
}

/* A current map that no process uses makes way: that of this database, else the one that was made first. */
static bool
drop_unused(void)
{
	int chosen = -1;

	for (int i = 0; i < WMO_SHARED_PIECES; i++)
	{
		const SharedPiece *piece = &wmo_shared->piece[i];

		if (!OidIsValid(piece->database) || !piece->current || piece->uses > 1)
			continue;
		if (piece->database == MyDatabaseId || chosen < 0 || piece->made_at < wmo_shared->piece[chosen].made_at)
			chosen = i;
		if (piece->database == MyDatabaseId)
			break;
	}
	if (chosen >= 0)
		end_current(chosen);
	return chosen >= 0;
}

/* No map of a database but these rows and this grid, if any, is the current one any more. */
static void
retire_others(Oid database, int rows, int grid)
{
	for (int i = 0; i < WMO_SHARED_PIECES; i++)
	{
		SharedPiece *piece = &wmo_shared->piece[i];

		if (piece->database != database || i == rows || i == grid)
			continue;
		piece->old = true;
		if (piece->current)
			end_current(i);
	}
}

void
wmo_shared_give_back(SharedRegistry *registry)
{
	registry->reserved = 0;
	if (registry->grid >= 0)
		end_use(registry->grid);
	registry->grid = -1;
}

/* Which grid the rows are for. */
static uint64
key_of_grid(const SharedMap *map)
{
	WmoMapHeader header;

	memcpy(&header, map->rows.bytes, sizeof(header));
	return header.grid_key;
}

/* Keeps the bytes of a map, or of its rows where its grid stands here; else what this database has makes way. */
static bool
reserve(const RegistryState *state, const SharedMap *map)
{
	SharedRegistry *registry;
	bool fits = false;

	LWLockAcquire(wmo_shared_lock, LW_EXCLUSIVE);
	registry = wmo_shared_own_registry();
	if (registry != NULL)
	{
		Size need = map->rows.size;

		registry->grid = find_piece(SHARED_GRID, state);
		if (registry->grid >= 0 && wmo_shared->piece[registry->grid].key != key_of_grid(map))
			registry->grid = -1;
		if (registry->grid >= 0)
			wmo_shared->piece[registry->grid].uses++;
		else
			need += map->grid.size;
		while (bytes_taken() + need > wmo_shared_map_limit() && drop_unused())
			;
		fits = bytes_taken() + need <= wmo_shared_map_limit();
		if (fits)
			registry->reserved = need;
		else
		{
			retire_others(MyDatabaseId, -1, registry->grid);
			wmo_shared_give_back(registry);
		}
	}
	LWLockRelease(wmo_shared_lock);
	if (!fits)
		tell_holders(MyDatabaseId);
	return fits;
}

static dsm_segment *
copy_of(const WmoSegment *bytes, const uint64 *tokens, uint32 token_count)
{
	dsm_segment *segment = dsm_create(bytes->size + token_count * sizeof(uint64), 0);
	char *copy = dsm_segment_address(segment);

	memcpy(copy, bytes->bytes, bytes->size);
	if (token_count > 0)
		memcpy(copy + bytes->size, tokens, token_count * sizeof(uint64));
	return segment;
}

/* Fills a free place with a grid, or with rows and the number of their grid. Under the lock; -1: none is free. */
static int
fill_piece(const RegistryState *state, const SharedMap *map, dsm_segment *segment, int grid)
{
	int number = free_piece();

	if (number < 0)
		return -1;
	dsm_pin_segment(segment);
	wmo_shared->piece[number] = (SharedPiece) {.database = MyDatabaseId,
											   .state = *state,
											   .grid = grid,
											   .handle = dsm_segment_handle(segment),
											   .size = grid < 0 ? map->grid.size : map->rows.size,
											   .token_count = grid < 0 ? 0 : map->token_count,
											   .key = key_of_grid(map),
											   .uses = 1,
											   .current = grid >= 0,
											   .of_edition = grid < 0 ? map->grid_of_edition : map->rows_of_edition,
											   .made_at = GetCurrentTimestamp()};
	return number;
}

bool
wmo_shared_put(const RegistryState *state, const SharedMap *map)
{
	SharedRegistry *registry;
	dsm_segment *segments[2] = {NULL, NULL};
	int grid, rows = -1;

	if (map->grid.size + map->rows.size > wmo_shared_map_limit())
		return false;
	for (int i = 0; !reserve(state, map); i++)
	{
		if (i == WAITS_FOR_ROOM)
			return false;
		(void) WaitLatch(MyLatch, WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, MS_OF_WAITING, PG_WAIT_EXTENSION);
		CHECK_FOR_INTERRUPTS();
	}
	/* what is kept is given back by who ordered it, if an error ends this */
	registry = wmo_shared_registry(MyDatabaseId);
	if (registry->grid < 0)
		segments[SHARED_GRID] = copy_of(&map->grid, NULL, 0);
	segments[SHARED_ROWS] = copy_of(&map->rows, map->tokens, map->token_count);

	LWLockAcquire(wmo_shared_lock, LW_EXCLUSIVE);
	if (registry->grid < 0)
		registry->grid = fill_piece(state, map, segments[SHARED_GRID], -1);
	grid = registry->grid;
	if (grid >= 0)
		rows = fill_piece(state, map, segments[SHARED_ROWS], grid);
	if (rows >= 0)
	{
		registry->grid = -1; /* the use that was kept is that of the rows now */
		retire_others(MyDatabaseId, rows, grid);
	}
	wmo_shared_give_back(registry);
	LWLockRelease(wmo_shared_lock);
	for (int i = SHARED_GRID; i <= SHARED_ROWS; i++)
		if (segments[i] != NULL)
			dsm_detach(segments[i]);
	tell_holders(MyDatabaseId);
	return rows >= 0;
}

/* ---- forgetting ---- */

void
wmo_shared_forget(Oid database)
{
	SharedRegistry *registry;

	LWLockAcquire(wmo_shared_lock, LW_EXCLUSIVE);
	retire_others(database, -1, -1);
	registry = wmo_shared_registry(database);
	if (registry != NULL)
		clear_registry(registry, registry->order == 0 ? InvalidOid : database);
	LWLockRelease(wmo_shared_lock);
	tell_holders(database);
}

void
wmo_shared_sweep(void)
{
	Oid databases[WMO_SHARED_REGISTRIES];

	LWLockAcquire(wmo_shared_lock, LW_SHARED);
	for (int i = 0; i < WMO_SHARED_REGISTRIES; i++)
		databases[i] = wmo_shared->registry[i].database;
	LWLockRelease(wmo_shared_lock);
	for (int i = 0; i < WMO_SHARED_REGISTRIES; i++)
		if (OidIsValid(databases[i]) && !SearchSysCacheExists1(DATABASEOID, ObjectIdGetDatum(databases[i])))
			wmo_shared_forget(databases[i]);
}
