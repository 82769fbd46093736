/*
 * make_map.h - coverage maps made by hand, and maps made to have the keys of others.
 */
#ifndef WMO_TEST_MAKE_MAP_H
#define WMO_TEST_MAKE_MAP_H

#include "core/map/map.h"
#include "grid_shapes.h"

typedef struct MadeMap
{
	int32_t *rows[WMO_SECTIONS];
	uint32_t count[WMO_SECTIONS];
	char pool[4096];
	uint32_t pool_size;
	uint8_t *bytes; /* when it is finished */
	size_t size;
} MadeMap;

/* Adds a row to a section: as many numbers as it has columns. Owners before what they own, which is in their order. */
static inline void
add_row(MadeMap *made, WmoMapSection section, const int32_t *numbers)
{
	size_t width = wmo_section_plan[section].width;
	uint32_t count = made->count[section]++;

	if ((count & (count - 1)) == 0)
		made->rows[section] = realloc(made->rows[section], (2 * (size_t) count + 1) * width * sizeof(int32_t));
	memcpy(made->rows[section] + count * width, numbers, width * sizeof(int32_t));
}

#define ADD_ROW(made, section, ...) add_row(made, section, (const int32_t[]) {__VA_ARGS__})

/* Puts a string into the pool and returns where it is; the empty one stands at 0. */
static inline int32_t
add_string(MadeMap *made, const char *string)
{
	uint32_t at = made->pool_size == 0 ? 1 : made->pool_size;

	strcpy(made->pool + at, string);
	made->pool_size = at + (uint32_t) strlen(string) + 1;
	return (int32_t) at;
}

static inline size_t
padded(size_t size)
{
	return (size + 7) / 8 * 8;
}

static inline void
write_starts(const MadeMap *made, int section, uint32_t *starts)
{
	const WmoSectionPlan *plan = &wmo_section_plan[section];
	size_t width = plan->width, owner_width = wmo_section_plan[plan->owner].width;
	uint32_t row = 0;

	for (uint32_t owner = 0; owner < made->count[plan->owner]; owner++)
	{
		int32_t key = made->rows[plan->owner][owner * owner_width];

		starts[owner] = row;
		while (row < made->count[section] && made->rows[section][row * width + plan->owner_key] == key)
			row++;
	}
	starts[made->count[plan->owner]] = row;
}

/* Lays the sections, the pool and the grid of the shapes (grid_shapes.h) one after the other. */
static inline void
finish_map(MadeMap *made)
{
	WmoMapHeader header;
	uint8_t *grid;
	size_t grid_size, at = sizeof(header);

	if (build_grid(&grid, &grid_size) != WMO_GRID_OK)
		abort();
	memset(&header, 0, sizeof(header));
	for (int i = 0; i < WMO_SECTIONS; i++)
	{
		header.part[i].count = made->count[i];
		header.part[i].rows_at = at;
		at += padded(made->count[i] * wmo_section_plan[i].width * 4);
		if (wmo_section_plan[i].owner == WMO_NO_OWNER)
			continue;
		header.part[i].starts_at = at;
		at += padded((made->count[wmo_section_plan[i].owner] + (size_t) 1) * 4);
	}
	header.magic = WMO_MAP_MAGIC;
	header.version = WMO_MAP_VERSION;
	header.srid = WMO_MAP_SRID;
	header.first_day = WMO_MAP_NULL;
	header.origin.made_on = WMO_MAP_NULL;
	header.pool_at = at;
	header.pool_size = padded(made->pool_size + (size_t) 1);
	header.grid_at = at + header.pool_size;
	header.grid_size = grid_size;
	header.grid_key = wmo_map_segment_key(grid, grid_size);
	header.size = header.grid_at + grid_size;
	made->size = header.size;
	made->bytes = calloc(1, made->size);
	for (int i = 0; i < WMO_SECTIONS; i++)
	{
		if (made->count[i] > 0)
			memcpy(made->bytes + header.part[i].rows_at, made->rows[i], made->count[i] * wmo_section_plan[i].width * 4);
		if (wmo_section_plan[i].owner != WMO_NO_OWNER)
			write_starts(made, i, (uint32_t *) (void *) (made->bytes + header.part[i].starts_at));
	}
	for (int i = 0; i < WMO_SECTIONS; i++)
		free(made->rows[i]);
	memcpy(made->bytes + header.pool_at, made->pool, made->pool_size);
	memcpy(made->bytes + header.grid_at, grid, grid_size);
	test_release(NULL, grid);
	memcpy(made->bytes, &header, sizeof(header));
	header.rows_key = wmo_map_rows_key(made->bytes);
	memcpy(made->bytes, &header, sizeof(header));
}

/*
 * Gives a map the key of another one of the same header that differs from it before block_at only: the 32 bytes there,
 * a multiple of 32 behind the header, are free. The key is four hashes side by side, and each of them takes in a word
 * of the block last; what differs until then is taken out by the word itself.
 */
static inline void
forge_key(uint8_t *bytes, const uint8_t *other, size_t block_at)
{
	static const uint64_t first[4] = {0x9E3779B97F4A7C15u, 0xC2B2AE3D27D4EB4Fu, 0x165667B19E3779F9u,
									  0x27D4EB2F165667C5u};
	WmoMapHeader header;

	memcpy(&header, bytes, sizeof(header));
	for (size_t lane = 0; lane < 4; lane++)
	{
		uint64_t start = first[lane] ^ (lane == 0 ? header.grid_at - sizeof(header) : 0);
		uint64_t states[2] = {start, start}, word;

		for (size_t at = sizeof(WmoMapHeader) + 8 * lane; at < block_at; at += 32)
			for (int i = 0; i < 2; i++)
			{
				memcpy(&word, (i == 0 ? bytes : other) + at, 8);
				states[i] = (states[i] ^ word) * 0xD6E8FEB86659FD93u;
				states[i] ^= states[i] >> (29 + lane);
			}
		memcpy(&word, other + block_at + 8 * lane, 8);
		word ^= states[0] ^ states[1];
		memcpy(bytes + block_at + 8 * lane, &word, 8);
	}
}

#endif
