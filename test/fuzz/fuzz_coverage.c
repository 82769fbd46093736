/*
 * fuzz_coverage.c - fuzz target: any bytes as a coverage map.
 *
 *   script/fuzz 60 coverage
 *
 * The keys of a map are hashes of its bytes, which no fuzzer guesses, so they are put right first, and so is the size.
 * A map that the checker accepts must then answer every question within its bounds (the sanitizers watch), with lines
 * that name rows of the map and in the order that the ranks tell. test/fuzz/renew-seeds makes the maps to begin with.
 */
#include "core/map/map.h"
#include "fuzz.h"

#include <string.h>

static void *
resize(void *context, void *memory, size_t size)
{
	(void) context;
	memory = realloc(memory, size);
	FUZZ_CHECK(memory != NULL);
	return memory;
}

static void
put_keys_right(uint8_t *bytes, size_t size)
{
	WmoMapHeader header;

	if (size < sizeof(header))
		return;
	memcpy(&header, bytes, sizeof(header));
	header.size = size;
	if (header.grid_at < sizeof(header) || header.grid_at > size)
		return;
	header.grid_size = size - header.grid_at;
	header.grid_key = wmo_map_segment_key(bytes + header.grid_at, (size_t) header.grid_size);
	memcpy(bytes, &header, sizeof(header));
	header.rows_key = wmo_map_rows_key(bytes);
	memcpy(bytes, &header, sizeof(header));
}

static void
check_row(const WmoMap *map, WmoMapSection section, int32_t row)
{
	FUZZ_CHECK(row >= -1 && row < (int64_t) map->count[section]);
}

static void
check_lines(const WmoMap *map, const WmoAsker *asker)
{
	int32_t reason;

	for (uint32_t i = 0; i < asker->line_count; i++)
	{
		const WmoLine *line = &asker->lines[i];

		check_row(map, WMO_PARTY, line->provider);
		check_row(map, WMO_SERVICE, line->service);
		check_row(map, WMO_CONTRACT, line->contract);
		check_row(map, WMO_AREA, line->area);
		FUZZ_CHECK(line->role >= 0 && line->role <= WMO_ROLES && line->certainty >= 0 && line->certainty <= WMO_CERTAINTIES);
		FUZZ_CHECK(line->reason >= 0 && line->reason <= WMO_REASONS);
		FUZZ_CHECK(i == 0 || line->rank == asker->lines[i - 1].rank || line->rank == asker->lines[i - 1].rank + 1);
	}
	check_row(map, WMO_PARTY, wmo_answer_only_provider(asker));
	(void) wmo_answer_word(asker, &reason);
}

static void
ask(const WmoMap *map, WmoQuestion *question, WmoAsker *asker)
{
	static const int32_t days[] = {WMO_MAP_NULL, 6000, 7305, 8918, INT32_MAX - 1};
	static const int32_t ages[] = {WMO_MAP_NULL, 0, 40};

	for (size_t i = 0; i < 15; i++)
	{
		question->on_date = days[i % 5];
		question->as_of = days[(i + i / 5) % 5];
		question->age = ages[i / 5];
		question->current_provider = i % 2 == 0 ? WMO_MAP_NULL : 2;
		question->client_since = i % 3 == 0 ? WMO_MAP_NULL : 7000;
		wmo_map_ask(map, question, asker);
		check_lines(map, asker);
	}
}

static void
ask_everything(const WmoMap *map, WmoAsker *asker)
{
	WmoQuestion question;

	memset(&question, 0, sizeof(question));
	for (int32_t service = -1; service < (int32_t) map->count[WMO_SERVICE] && service < 16; service++)
	{
		question.service = service;
		question.has_place = true;
		for (int i = 0; i < 4; i++)
		{
			question.x = map->grid.x0 + map->grid.cell * (double) map->grid.cols * (0.15 + 0.24 * i);
			question.y = map->grid.y0 + map->grid.cell * (double) map->grid.rows * (0.85 - 0.21 * i);
			ask(map, &question, asker);
		}
	}
	if (map->count[WMO_AREA] > 0)
	{
		WmoSide part = wmo_match_side(WMO_COVERS_PART, 1, false), untold = wmo_match_side(WMO_COVERS_UNTOLD, 0, true);
		WmoMatch match = {map->count[WMO_AREA] - 1, part, untold};

		question.matches = &match;
		question.match_count = 1;
		question.service = map->count[WMO_SERVICE] > 0 ? 0 : -1;
		ask(map, &question, asker);
		for (uint32_t i = 0; i < map->count[WMO_PRODUCT] && i < 8; i++)
		{
			const char *product = map->pool + wmo_map_row(map, WMO_PRODUCT, i)[0];
			int32_t agb = map->count[WMO_AGB] > 0 ? wmo_map_row(map, WMO_AGB, i % map->count[WMO_AGB])[0] : 1;

			question.on_date = question.as_of = 8918;
			wmo_map_ask_contracts(map, &question, agb, product, strlen(product), asker);
			for (uint32_t j = 0; j < asker->line_count; j++)
				check_row(map, WMO_CONTRACT, asker->lines[j].contract);
			(void) wmo_map_can_deny_contract(map, &question, agb, product, strlen(product), asker);
		}
	}
	(void) wmo_map_service(map, "begeleiding", 11, 1);
	(void) wmo_map_area(map, 1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *bytes = malloc(size + 1);
	WmoMapHeader header;
	WmoAsker asker;
	WmoMap map;

	memcpy(bytes, data, size);
	put_keys_right(bytes, size);
	if (wmo_map_check(bytes, size))
	{
		memset(&asker, 0, sizeof(asker));
		asker.resize = resize;
		memcpy(&header, bytes, sizeof(header));
		wmo_map_open(&map, bytes, bytes + header.grid_at);
		if (map.grid.most < 1 << 20)
			ask_everything(&map, &asker);
		for (int i = 0; i < WMO_ASKER_PIECES; i++)
			free(asker.memory[i]);
	}
	free(bytes);
	return 0;
}
