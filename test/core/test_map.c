/*
 * test_map.c - a coverage map: what the checker refuses, scopes that share a course, maps that deceive, and questions
 * that are given up.
 *
 *   gcc -std=c11 -O1 -g -Isrc test/core/test_map.c $(find src/core -name "*.c") -lm && ./a.out
 *
 * Reads test/fuzz/seeds/coverage/registry, the map of a small registry, which test/fuzz/renew-seeds makes again.
 */
#include "make_map.h"

#include <setjmp.h>

static uint8_t *
read_seed(size_t *size)
{
	FILE *file = fopen("test/fuzz/seeds/coverage/registry", "rb");
	uint8_t *bytes = malloc(1 << 16);

	*size = file == NULL ? 0 : fread(bytes, 1, 1 << 16, file);
	if (file != NULL)
		fclose(file);
	return bytes;
}

static void
put_key_right(uint8_t *bytes)
{
	WmoMapHeader header;

	memcpy(&header, bytes, sizeof(header));
	header.rows_key = wmo_map_rows_key(bytes);
	memcpy(bytes, &header, sizeof(header));
}

/* Is the map still whole with this value in this column of the first row? */
static bool
is_whole_with(const uint8_t *bytes, size_t size, WmoMapSection section, uint32_t column, int32_t value)
{
	uint8_t *copy = malloc(size);
	WmoMapHeader header;
	bool whole;

	memcpy(copy, bytes, size);
	memcpy(&header, bytes, sizeof(header));
	memcpy(copy + header.part[section].rows_at + 4 * (size_t) column, &value, 4);
	put_key_right(copy);
	whole = wmo_map_check(copy, size, &(WmoTick) {0});
	free(copy);
	return whole;
}

static void
test_checker(void)
{
	size_t size;
	uint8_t *bytes = read_seed(&size);
	WmoMapHeader header;
	bool refused = true, none = true;
	int checked = 0;

	ok(wmo_map_check(bytes, size, &(WmoTick) {0}), "the seed is a map of this version");
	memcpy(&header, bytes, sizeof(header));
	for (int i = 0; i < WMO_SECTIONS; i++)
		for (uint32_t j = 0; j < wmo_section_plan[i].width && header.part[i].count > 0; j++)
		{
			WmoColumnKind kind = wmo_section_plan[i].columns[j].kind;

			if (kind <= COLUMN_DAY)
				continue;
			checked++;
			refused = refused && !is_whole_with(bytes, size, i, j, INT32_MAX) && !is_whole_with(bytes, size, i, j, -2);
			none = none && is_whole_with(bytes, size, i, j, -1) == (kind >= COLUMN_SERVICE_OR_NONE);
		}
	ok(checked > 20 && refused, "numbers beyond their sections and words are refused");
	ok(none, "only a service, a party or an area that may be missing can be none");
	bytes[header.grid_at + header.grid_size / 2] ^= 1;
	ok(!wmo_map_check(bytes, size, &(WmoTick) {0}), "a bit that fell over is noticed by the key");
	free(bytes);
}

/* Four scopes: two with the same two rows in areas of their own, one with one of them, one without rows. */
static void
test_courses(void)
{
	enum { WIDTH = STANDING_INFERRED + 1, SCOPES = 4 };
	static const struct
	{
		int32_t scope, area, own_area, provider;
	} rows[] = {{1, 10, 1, 7}, {1, 99, 0, 8}, {2, 20, 1, 7}, {2, 99, 0, 8}, {4, 40, 1, 7}};
	int32_t scopes[SCOPES][SCOPE_COURSE + 1], standing[5][WIDTH];
	uint32_t first[SCOPES + 1], slots[16], courses;

	memset(scopes, 0, sizeof(scopes));
	memset(standing, 0, sizeof(standing));
	for (int i = 0; i < SCOPES; i++)
		scopes[i][SCOPE_NUMBER] = i + 1;
	for (int i = 0; i < 5; i++)
	{
		standing[i][STANDING_COURSE] = rows[i].scope;
		standing[i][STANDING_AREA] = rows[i].area;
		standing[i][STANDING_OWN_AREA] = rows[i].own_area;
		standing[i][STANDING_PROVIDER] = rows[i].provider;
	}
	courses = wmo_course_share(scopes[0], SCOPES, standing[0], 5, first, slots, 16, &(WmoTick) {0});
	ok(courses == 3 && scopes[0][SCOPE_COURSE] == 0 && scopes[1][SCOPE_COURSE] == 0 && scopes[2][SCOPE_COURSE] == 1 &&
		   scopes[3][SCOPE_COURSE] == 2,
	   "scopes that stand alike share a course");
	ok(first[0] == 0 && first[1] == 2 && first[2] == 2 && first[3] == 3, "whose rows are kept once");
	ok(standing[0][STANDING_AREA] == -1 && standing[1][STANDING_AREA] == 99 && standing[2][STANDING_AREA] == -1 &&
		   standing[1][STANDING_COURSE] == 0 && standing[2][STANDING_COURSE] == 2,
	   "and name an area only where it is not the scope's own");
	ok(wmo_course_share(scopes[0], 0, NULL, 0, first, slots, 16, &(WmoTick) {0}) == 0 && first[0] == 0,
	   "no scopes, no courses");
}

/* ---- maps made by hand, and one asker ---- */

static long ticks = 0;
static long ticks_before_giving_up = -1;
static jmp_buf given_up;

static void
count_tick(void *context)
{
	(void) context;
	ticks++;
	if (ticks_before_giving_up >= 0 && ticks > ticks_before_giving_up)
		longjmp(given_up, 1);
}

static void *
resize(void *context, void *memory, size_t size)
{
	(void) context;
	memory = realloc(memory, size);
	if (memory == NULL)
		abort();
	return memory;
}

static WmoAsker asker = {.resize = resize, .tick = {.tick = count_tick}};

static void
open_made(WmoMap *map, const uint8_t *bytes)
{
	WmoMapHeader header;

	memcpy(&header, bytes, sizeof(header));
	if (!wmo_map_open(map, bytes, bytes + header.grid_at))
		abort();
}

/*
 * A box from (0, 0) to (10, 10) in so many areas. In the first of them party 10 serves the first service and party 20
 * the other. Where the block is that can be forged is told in *block_at.
 */
static void
make_registry(MadeMap *made, int32_t areas, const char *first, const char *other, size_t *block_at)
{
	WmoMapHeader header;
	int32_t names[2], block;

	memset(made, 0, sizeof(*made));
	ADD_ROW(made, WMO_SERVICE, 1, add_string(made, first), -1, 0);
	ADD_ROW(made, WMO_SERVICE, 2, add_string(made, other), -1, 0);
	names[0] = add_string(made, "ten");
	names[1] = add_string(made, "twenty");
	block = add_string(made, "a long string whose bytes mean nothing, over more than sixty-four");
	ADD_ROW(made, WMO_PARTY, 10, names[0], 1);
	ADD_ROW(made, WMO_PARTY, 20, names[1], 2);
	for (int32_t i = 0; i < areas; i++)
		ADD_ROW(made, WMO_AREA, i + 1, block, INT32_MIN + 1, INT32_MAX);
	ADD_ROW(made, WMO_SHAPE, 1, 0);
	for (int32_t i = 0; i < areas; i++)
		ADD_ROW(made, WMO_WHOLE, 1, i, WMO_CERTAINTY_CERTAIN);
	ADD_ROW(made, WMO_CONTRACT, 1, block, -1, -1);
	for (int32_t i = 0; i < 2; i++)
	{
		ADD_ROW(made, WMO_COURSE, i);
		ADD_ROW(made, WMO_SCOPE, i + 1, 1, i + 1, 0, i, 0, i);
		ADD_ROW(made, WMO_STANDING, i, i, WMO_MAP_NULL, -1, 1, i, WMO_ROLE_MAIN, 18, INT32_MAX, 0, WMO_MAP_NULL,
				WMO_MAP_NULL, WMO_CERTAINTY_CERTAIN, 0, INT32_MIN + 1, INT32_MAX, INT32_MIN + 1, INT32_MAX, 0, 1,
				WMO_END_KIND_DAY, 0, 0);
	}
	add_box(0, 0, 10, 10);
	finish_map(made);
	forget_shapes();
	memcpy(&header, made->bytes, sizeof(header));
	*block_at = sizeof(header) + (header.pool_at + (size_t) block - sizeof(header) + 31) / 32 * 32;
}

/* The key of the one provider of this service at (5, 5), or -1. */
static int32_t
provider_of(const WmoMap *map, const char *service)
{
	WmoQuestion question;
	int32_t provider;

	memset(&question, 0, sizeof(question));
	question.has_place = true;
	question.x = question.y = 5;
	question.service = wmo_map_service(map, service, strlen(service), &asker);
	question.on_date = question.as_of = 100;
	question.age = 40;
	question.current_provider = question.client_since = WMO_MAP_NULL;
	wmo_map_ask(map, &question, &asker);
	provider = wmo_answer_only_provider(&asker);
	return provider < 0 ? -1 : wmo_map_row(map, WMO_PARTY, (uint32_t) provider)[PARTY_ID];
}

/* Two whole maps of one size whose keys are equal, and whose services are not. */
static void
test_equal_keys(void)
{
	MadeMap one, other;
	WmoMap one_map, other_map;
	size_t block_at;

	make_registry(&one, 300, "home help", "transport", &block_at);
	make_registry(&other, 300, "transport", "home help", &block_at);
	forge_key(other.bytes, one.bytes, block_at);
	memcpy(other.bytes, one.bytes, sizeof(WmoMapHeader));
	ok(one.size == other.size && memcmp(one.bytes, other.bytes, one.size) != 0 &&
		   wmo_map_check(one.bytes, one.size, &(WmoTick) {0}) && wmo_map_check(other.bytes, other.size, &(WmoTick) {0}),
	   "two whole maps of one size and of the same keys are not the same map");
	open_made(&one_map, one.bytes);
	open_made(&other_map, other.bytes);
	ok(provider_of(&one_map, "home help") == 10 && provider_of(&other_map, "home help") == 20 &&
		   provider_of(&one_map, "home help") == 10 && provider_of(&one_map, "transport") == 20 &&
		   provider_of(&other_map, "transport") == 10,
	   "one asker takes nothing of the one for the other");
	free(one.bytes);
	free(other.bytes);
}

/* Bytes that were made to deceive: subcontracts in a smaller area, and no area. */
static void
test_nowhere(void)
{
	MadeMap made;
	WmoMap map;
	WmoMapHeader header;
	size_t block_at;

	make_registry(&made, 1, "home help", "transport", &block_at);
	memcpy(&header, made.bytes, sizeof(header));
	for (uint32_t i = 0; i < header.part[WMO_STANDING].count; i++)
	{
		uint8_t *row = made.bytes + header.part[WMO_STANDING].rows_at +
			4 * (size_t) i * wmo_section_plan[WMO_STANDING].width;

		memcpy(row + 4 * STANDING_SUBCONTRACT_ID, &(int32_t) {5}, 4);
		memcpy(row + 4 * STANDING_AREA, &(int32_t) {-1}, 4);
		memcpy(row + 4 * STANDING_OWN_AREA, &(int32_t) {0}, 4);
	}
	put_key_right(made.bytes);
	open_made(&map, made.bytes);
	ok(wmo_map_check(made.bytes, made.size, &(WmoTick) {0}) && provider_of(&map, "home help") == -1,
	   "who delivers in no area serves nowhere");
	free(made.bytes);
}

/* A map with one code twice, after one in which that code is the other service. */
static void
test_code_twice(void)
{
	MadeMap once, twice;
	WmoMap once_map, twice_map;
	size_t block_at;

	make_registry(&once, 1, "home help", "transport", &block_at);
	make_registry(&twice, 1, "transport", "transport", &block_at);
	open_made(&once_map, once.bytes);
	open_made(&twice_map, twice.bytes);
	ok(wmo_map_check(twice.bytes, twice.size, &(WmoTick) {0}) && provider_of(&twice_map, "transport") == 10 &&
		   provider_of(&once_map, "transport") == 20 && provider_of(&twice_map, "transport") == 10,
	   "what a code means does not hang on what was asked before");
	free(once.bytes);
	free(twice.bytes);
}

static void
test_header(void)
{
	MadeMap made, wider;
	WmoMap map;
	WmoMapHeader header;
	uint8_t *grid;
	size_t size, block_at;

	make_registry(&made, 3, "home help", "transport", &block_at);
	add_tiling(2, 2, 0, 0, 10, 0);
	if (build_grid(&grid, &size) != WMO_GRID_OK)
		abort();
	ok(!wmo_map_open(&map, made.bytes, grid), "a grid of other areas does not belong to these rows");
	test_release(NULL, grid);
	forget_shapes();
	memcpy(&header, made.bytes, sizeof(header));
	header.srid = 4326;
	memcpy(made.bytes, &header, sizeof(header));
	put_key_right(made.bytes);
	ok(!wmo_map_check(made.bytes, made.size, &(WmoTick) {0}), "the reference system of a map is RD New");
	make_registry(&wider, 5000, "home help", "transport", &block_at);
	open_made(&map, wider.bytes);
	ok(provider_of(&map, "home help") == 10 && provider_of(&map, "other") == -1,
	   "a service that is unknown is served by none");
	free(made.bytes);
	free(wider.bytes);
}

/* How often one question about a place in so many areas asks whether to go on. */
static long
ticks_of_question(int32_t areas)
{
	MadeMap made;
	WmoMap map;
	size_t block_at;

	make_registry(&made, areas, "home help", "transport", &block_at);
	open_made(&map, made.bytes);
	ticks = 0;
	asker.tick.steps = 0;
	if (provider_of(&map, "home help") != 10)
		abort();
	free(made.bytes);
	return ticks;
}

static void
test_steps(void)
{
	long few = ticks_of_question(50000), many = ticks_of_question(200000);

	printf("# asked %ld times for 50,000 areas, %ld times for 200,000\n", few, many);
	ok(few > 10 && many <= 5 * few, "the steps of a question grow with what it meets, not with its square");
}

/* The checker, over rows and a grid, and the sharing of courses ask too whether to go on. */
static void
test_other_steps(void)
{
	enum { SCOPES = 20000 };
	MadeMap made;
	WmoMapHeader header;
	WmoTick tick = {.tick = count_tick};
	size_t block_at;
	int32_t *scopes = calloc(SCOPES, (SCOPE_COURSE + 1) * sizeof(int32_t));
	uint32_t *first = calloc(SCOPES + 1, sizeof(uint32_t)), *slots = calloc(1 << 15, sizeof(uint32_t));

	make_registry(&made, 50000, "home help", "transport", &block_at);
	memcpy(&header, made.bytes, sizeof(header));
	ticks = 0;
	ok(wmo_map_check(made.bytes, made.size, &tick) && ticks > 20, "the checker of a map asks whether to go on");
	ticks = 0;
	tick.steps = WMO_TICK_STEPS - 1; /* a box makes a small grid */
	ok(wmo_grid_check(made.bytes + header.grid_at, (size_t) header.grid_size, &tick) && ticks > 0,
	   "and that of a grid");
	ticks = 0;
	tick.steps = 0;
	ok(wmo_course_share(scopes, SCOPES, NULL, 0, first, slots, 1 << 15, &tick) == 1 && ticks >= SCOPES / WMO_TICK_STEPS,
	   "and whoever shares courses");
	free(made.bytes);
	free(scopes);
	free(first);
	free(slots);
}

/* Given up at any tick, a question leaves an asker that answers the next one. */
static void
test_giving_up(void)
{
	MadeMap small, large;
	WmoMap small_map, large_map;
	size_t block_at;
	volatile bool told = true;
	volatile long tries = 0;

	make_registry(&small, 2, "home help", "transport", &block_at);
	make_registry(&large, 40000, "home help", "transport", &block_at);
	open_made(&small_map, small.bytes);
	open_made(&large_map, large.bytes);
	for (;; tries++)
	{
		ticks = 0;
		ticks_before_giving_up = tries;
		if (setjmp(given_up) == 0)
		{
			told = told && provider_of(&large_map, "transport") == 20;
			break;
		}
		ticks_before_giving_up = -1;
		told = told && provider_of(&small_map, "home help") == 10;
	}
	ticks_before_giving_up = -1;
	ok(told && tries > 8, "a question that is given up at any step spoils no other");
	free(small.bytes);
	free(large.bytes);
}

int
main(void)
{
	test_checker();
	test_courses();
	test_equal_keys();
	test_code_twice();
	test_nowhere();
	test_header();
	test_steps();
	test_other_steps();
	test_giving_up();
	for (int i = 0; i < WMO_ASKER_PIECES; i++)
		free(asker.memory[i]);
	return finish();
}
