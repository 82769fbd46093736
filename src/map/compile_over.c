/*
 * compile_over.c - compiles some contracts over a map that has all else as the caller's snapshot sees it.
 */
#include "map/compile.h"

#include "map/pack.h"
#include "utils/date.h"
#include "utils/memutils.h"

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
take_map(Packing *packing, const WmoMap *map)
{
	for (int i = 0; i < WMO_SECTIONS; i++)
		if (!is_of_contracts((WmoMapSection) i))
			packing->packed[i] = (Packed) {.rows = (int32 *) map->rows[i], .count = map->count[i]};
}

/* Numbers begin after those of the map. */
static void
add_to_column(Packing *packing, WmoMapSection section, int column, uint64 more)
{
	const Packed *packed = &packing->packed[section];

	for (uint32 i = 0; i < packed->count; i++)
		packed->rows[(Size) i * wmo_section_plan[section].width + column] += (int32) more;
}

static const void *
kept_rows(const Packing *packing, WmoMapSection section)
{
	Size size = (Size) packing->packed[section].count * wmo_section_plan[section].width * sizeof(int32);
	void *rows = MemoryContextAllocHuge(packing->result_context, size + sizeof(int32));

	if (size > 0)
		memcpy(rows, packing->packed[section].rows, size);
	return rows;
}

/* Where the rows of each owner begin, where those without one do, and the end. */
static const uint32 *
kept_starts(const Packing *packing, WmoMapSection section)
{
	uint32 owners = packing->packed[wmo_section_plan[section].owner].count;
	uint32 *starts = MemoryContextAllocHuge(packing->result_context, ((Size) owners + 2) * sizeof(uint32));

	wmo_pack_starts(packing, section, starts);
	starts[owners + 1] = packing->packed[section].count;
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
		int32 row = wmo_find_key(map->rows[WMO_CONTRACT], map->count[WMO_CONTRACT], map->width[WMO_CONTRACT], ids[i]);

		/* each key stands there once */
		if (row < 0)
			continue;
		gone[row / 8] |= (uint8) (1 << row % 8);
		over->gone_count++;
	}
	over->gone = gone;
}

/* A scope that has not started yet on a day after some other: its contract ran before it, or may have. */
static bool
begins_late(const int32 *standing, uint32 count)
{
	for (uint32 i = 0; i < count; i++, standing += wmo_section_plan[WMO_STANDING].width)
		if (standing[STANDING_REASON] == WMO_REASON_NOT_STARTED && standing[STANDING_FROM] != DATEVAL_NOBEGIN)
			return true;
	return false;
}

/* Marks the contracts, by their rows, for which some scope of these stands from the beginning. */
static void
mark_scoped(const int32 *scopes, uint32 count, const int32 *standing, const uint32 *starts, uint8 *scoped)
{
	for (uint32 i = 0; i < count; i++, scopes += wmo_section_plan[WMO_SCOPE].width)
	{
		uint32 contract = (uint32) scopes[SCOPE_CONTRACT];
		uint32 first = starts[scopes[SCOPE_COURSE]];

		if (!begins_late(standing + (Size) first * wmo_section_plan[WMO_STANDING].width,
						 starts[scopes[SCOPE_COURSE] + 1] - first))
			scoped[contract / 8] |= (uint8) (1 << contract % 8);
	}
}

/*
 * Is there no scope, or none from its beginning on, of a contract that is gone from the map, or of one that came over
 * it? On its days no declaration of the map holds, or none did (wmo_works.complete_days). Relies on packed courses.
 */
static bool
meets_contract_without_scope(const Packing *packing, const WmoMap *map, const WmoOver *over)
{
	const Packed *contracts = &packing->packed[WMO_CONTRACT];
	const Packed *scopes = &packing->packed[WMO_SCOPE];
	uint8 *scoped = MemoryContextAllocZero(packing->context, Max(map->count[WMO_CONTRACT], contracts->count) / 8 + 1);
	bool found = false;

	mark_scoped(scopes->rows, scopes->count, packing->packed[WMO_STANDING].rows, over->standing_starts, scoped);
	for (uint32 i = 0; i < contracts->count && !found; i++)
		found = (scoped[i / 8] >> i % 8 & 1) == 0;
	if (over->gone_count == 0 || found)
		return found;
	memset(scoped, 0, map->count[WMO_CONTRACT] / 8 + 1);
	mark_scoped(map->rows[WMO_SCOPE], map->count[WMO_SCOPE], map->rows[WMO_STANDING], map->starts[WMO_STANDING],
				scoped);
	for (uint32 i = 0; i < map->count[WMO_CONTRACT] && !found; i++)
		found = (over->gone[i / 8] >> i % 8 & 1) != 0 && (scoped[i / 8] >> i % 8 & 1) == 0;
	return found;
}

bool
wmo_compile_over(MemoryContext context, const WmoMap *map, ArrayType *contracts, WmoOver *over)
{
	MemoryContext work = AllocSetContextCreate(CurrentMemoryContext, "compile_coverage", ALLOCSET_DEFAULT_SIZES);
	Packing *packing = wmo_packing_begin(work, context);
	int level = wmo_views_begin();
	bool whole;

	take_map(packing, map);
	packing->contracts = contracts;
	for (int i = 0; i < lengthof(of_contracts); i++)
		wmo_pack_view(packing, of_contracts[i]);
	over->first_day = wmo_first_contract_day();
	wmo_views_end(level);
	mark_gone(map, contracts, context, over);
	whole = !packing->missed && (uint64) packing->pool.len + map->header->pool_size <= PG_INT32_MAX;
	if (whole)
	{
		wmo_pack_courses(packing);
		over->standing_starts = kept_starts(packing, WMO_STANDING);
		whole = !meets_contract_without_scope(packing, map, over);
	}
	if (whole)
	{
		over->scope_starts = kept_starts(packing, WMO_SCOPE);
		over->stop_starts = kept_starts(packing, WMO_STOP);
		add_to_column(packing, WMO_CONTRACT, CONTRACT_NUMBER, map->header->pool_size);
		add_to_column(packing, WMO_SCOPE, SCOPE_CONTRACT, map->count[WMO_CONTRACT]);
		add_to_column(packing, WMO_SCOPE, SCOPE_COURSE, map->count[WMO_COURSE]);
		over->contracts = kept_rows(packing, WMO_CONTRACT);
		over->scopes = kept_rows(packing, WMO_SCOPE);
		over->standing = kept_rows(packing, WMO_STANDING);
		over->stops = kept_rows(packing, WMO_STOP);
		over->pool = memcpy(MemoryContextAlloc(context, packing->pool.len), packing->pool.data, packing->pool.len);
		over->contract_count = packing->packed[WMO_CONTRACT].count;
	}
	MemoryContextDelete(work);
	return whole;
}
