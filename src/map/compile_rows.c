/*
 * compile_rows.c - compiles all of the registry but its shapes, as the caller's snapshot sees it, into rows of a map:
 * the sections in their order, each from its view.
 */
#include "map/compile.h"

#include "map/pack.h"
#include "utils/memutils.h"

static void
write_rows(const Packing *packing, int32 first_day, const WmoSegment *grid, WmoSegment *rows)
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

		header.part[i].count = packing->packed[i].count;
		header.part[i].rows_at = at;
		at += TYPEALIGN64(8, (uint64) packing->packed[i].count * plan->width * sizeof(int32));
		if (plan->owner != WMO_NO_OWNER)
		{
			header.part[i].starts_at = at;
			at += TYPEALIGN64(8, ((uint64) packing->packed[plan->owner].count + 1) * sizeof(uint32));
		}
	}
	header.pool_at = at;
	header.pool_size = TYPEALIGN64(8, (uint64) packing->pool.len);
	header.grid_at = at + header.pool_size;
	header.grid_size = grid->size;
	header.size = header.grid_at + grid->size;
	header.grid_key = wmo_map_segment_key(grid->bytes, grid->size);
	rows->size = header.grid_at;
	rows->bytes = bytes = MemoryContextAllocHuge(packing->result_context, rows->size);
	memset(bytes, 0, rows->size);
	memcpy(bytes, &header, sizeof(header));
	for (int i = 0; i < WMO_SECTIONS; i++)
	{
		const WmoSectionPlan *plan = &wmo_section_plan[i];

		if (packing->packed[i].count > 0)
			memcpy(bytes + header.part[i].rows_at, packing->packed[i].rows,
				   (Size) packing->packed[i].count * plan->width * sizeof(int32));
		if (plan->owner != WMO_NO_OWNER)
			wmo_pack_starts(packing, (WmoMapSection) i, (uint32 *) (bytes + header.part[i].starts_at));
	}
	memcpy(bytes + header.pool_at, packing->pool.data, packing->pool.len);
	header.rows_key = wmo_map_rows_key(bytes);
	memcpy(bytes, &header, sizeof(header));
}

void
wmo_compile_rows(MemoryContext context, const WmoSegment *grid, WmoSegment *rows)
{
	MemoryContext work = AllocSetContextCreate(CurrentMemoryContext, "compile_coverage", ALLOCSET_DEFAULT_SIZES);
	Packing *packing = wmo_packing_begin(work, context);
	int32 first_day;
	int level = wmo_views_begin();

	for (int i = 0; i < WMO_SECTIONS; i++)
		if (wmo_section_view[i].name != NULL)
			wmo_pack_view(packing, (WmoMapSection) i);
	first_day = wmo_first_contract_day();
	wmo_views_end(level);
	wmo_pack_party_order(packing);
	wmo_pack_courses(packing);
	write_rows(packing, first_day, grid, rows);
	MemoryContextDelete(work);
}
