/*
 * fuzz_coverage.c - fuzz target: any bytes as a coverage map, and as two maps of the same keys.
 *
 *   script/fuzz 60 coverage
 *
 * The keys of a map are hashes of its bytes, which no fuzzer guesses, so they are put right first, and so is the size.
 * A map that the checker accepts must then answer every question within its bounds (the sanitizers watch), with lines
 * that name rows of the map and in the order that the ranks tell. It must ask its host soon enough whether to go on,
 * and may then be given up. Another map is made of it with other numbers and the same keys; the answers of neither may
 * depend on what its asker did before. test/fuzz/renew-seeds makes the maps to begin with.
 */
#include "core/map/map.h"
#include "fuzz.h"

#include <setjmp.h>
#include <string.h>

/* So often is a question asked to go on; then it is given up. */
#define TICKS_MAX 64

static jmp_buf given_up;
static int ticks;

static void
tick(void *context)
{
	(void) context;
	if (++ticks > TICKS_MAX)
		longjmp(given_up, 1);
}

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
	header.srid = WMO_MAP_SRID;
	if (header.grid_at < sizeof(header) || header.grid_at > size)
		return;
	header.grid_size = size - header.grid_at;
	header.grid_key = wmo_map_segment_key(bytes + header.grid_at, (size_t) header.grid_size);
	memcpy(bytes, &header, sizeof(header));
	header.rows_key = wmo_map_rows_key(bytes);
	memcpy(bytes, &header, sizeof(header));
}

static bool
is_map(const uint8_t *bytes, size_t size)
{
	WmoTick no_tick = {0};
	bool passed;

	FUZZ_WITHIN_TIME(passed = wmo_map_check(bytes, size, &no_tick));
	return passed;
}

static void
check_row(const WmoMap *map, WmoMapSection section, int32_t row)
{
	FUZZ_CHECK(row >= -1 && row < (int64_t) map->count[section]);
}

static uint64_t digest; /* of all that was answered */

static void
note(int64_t number)
{
	digest = (digest ^ (uint64_t) number) * 0x9E3779B97F4A7C15u;
	digest ^= digest >> 32;
}

static void
check_lines(const WmoMap *map, const WmoAsker *asker)
{
	int32_t reason;

	note(asker->line_count);
	for (uint32_t i = 0; i < asker->line_count; i++)
	{
		const WmoLine *line = &asker->lines[i];

		check_row(map, WMO_PARTY, line->provider);
		check_row(map, WMO_SERVICE, line->service);
		check_row(map, WMO_CONTRACT, line->contract);
		check_row(map, WMO_AREA, line->area);
		FUZZ_CHECK(line->role >= 0 && line->role <= WMO_ROLES && line->certainty >= 0 &&
				   line->certainty <= WMO_CERTAINTIES);
		FUZZ_CHECK(line->reason >= 0 && line->reason <= WMO_REASONS);
		note(line->provider);
		note(line->contract);
		note(line->area);
		note(line->certainty);
		note(line->reason);
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

	for (volatile size_t i = 0; i < 15; i++)
	{
		question->on_date = days[i % 5];
		question->as_of = days[(i + i / 5) % 5];
		question->age = ages[i / 5];
		question->current_provider = i % 2 == 0 ? WMO_MAP_NULL : 2;
		question->client_since = i % 3 == 0 ? WMO_MAP_NULL : 7000;
		asker->tick.steps = 0;
		ticks = 0;
		if (setjmp(given_up) == 0)
		{
			FUZZ_WITHIN_TIME(wmo_map_ask(map, question, asker));
			check_lines(map, asker);
		}
		else
			note(-1);
	}
}

static void
ask_contracts(const WmoMap *map, const WmoQuestion *question, int32_t agb, const char *product, WmoAsker *asker)
{
	asker->tick.steps = 0;
	ticks = 0;
	if (setjmp(given_up) != 0)
	{
		note(-1);
		return;
	}
	FUZZ_WITHIN_TIME(wmo_map_ask_contracts(map, question, agb, product, strlen(product), asker));
	for (uint32_t j = 0; j < asker->line_count; j++)
	{
		check_row(map, WMO_CONTRACT, asker->lines[j].contract);
		note(asker->lines[j].contract);
		note(asker->lines[j].certainty);
	}
	note(wmo_map_ask_product(map, question, agb, product, strlen(product), asker));
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
			ask_contracts(map, &question, agb, product, asker);
		}
	}
	asker->tick.steps = 0;
	ticks = 0;
	note(wmo_map_service(map, "begeleiding", 11, asker));
	note(wmo_map_find(map, WMO_AREA, 1));
}

static void
init_asker(WmoAsker *asker)
{
	memset(asker, 0, sizeof(*asker));
	asker->resize = resize;
	asker->tick.tick = tick;
}

static void
free_asker(WmoAsker *asker)
{
	for (int i = 0; i < WMO_ASKER_PIECES; i++)
		free(asker->memory[i]);
}

/* What the map answers, by an asker of its own, or by one that may have asked another map. */
static uint64_t
answers_of(const uint8_t *bytes, WmoAsker *used)
{
	WmoMapHeader header;
	WmoAsker own, *asker = used == NULL ? &own : used;
	WmoMap map;

	memcpy(&header, bytes, sizeof(header));
	FUZZ_CHECK(wmo_map_open(&map, bytes, bytes + header.grid_at));
	if (used == NULL)
		init_asker(&own);
	digest = 0;
	ask_everything(&map, asker);
	if (used == NULL)
		free_asker(&own);
	return digest;
}

/*
 * Gives a map the key of another one that differs from it before 32 free bytes, a multiple of 32 behind the header:
 * each of the four hashes that make the key takes in a word of them last.
 */
static void
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

		for (size_t at = sizeof(header) + 8 * lane; at < block_at; at += 32)
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

/* Another map with the header of this one, where there is room in the pool for what that takes. */
static bool
make_twin(const uint8_t *bytes, size_t size, uint8_t *twin)
{
	WmoMapHeader header;
	size_t block_at;
	uint64_t hash = wmo_map_segment_key(bytes, size);

	memcpy(&header, bytes, sizeof(header));
	block_at = sizeof(header) + (header.pool_at - sizeof(header) + 31) / 32 * 32;
	if (block_at + 32 >= header.grid_at)
		return false;
	memcpy(twin, bytes, size);
	for (int i = 0; i < 4; i++, hash = hash * 0x9E3779B97F4A7C15u + 1)
	{
		const WmoMapPart *part = &header.part[hash % WMO_SECTIONS];
		size_t numbers = part->count * wmo_section_plan[hash % WMO_SECTIONS].width;
		int32_t number = (int32_t) (hash >> 40) % 8 - 1;

		if (numbers > 0)
			memcpy(twin + part->rows_at + 4 * ((hash >> 16) % numbers), &number, 4);
	}
	forge_key(twin, bytes, block_at);
	return is_map(twin, size);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *bytes = malloc(size + 1), *twin = malloc(size + 1);
	WmoAsker asker;

	memcpy(bytes, data, size);
	put_keys_right(bytes, size);
	if (is_map(bytes, size))
	{
		uint64_t answers;

		init_asker(&asker);
		answers = answers_of(bytes, &asker);
		if (make_twin(bytes, size, twin))
		{
			uint64_t other_answers = answers_of(twin, NULL);

			FUZZ_CHECK(answers_of(twin, &asker) == other_answers);
			FUZZ_CHECK(answers_of(bytes, &asker) == answers);
		}
		free_asker(&asker);
	}
	free(twin);
	free(bytes);
	return 0;
}
