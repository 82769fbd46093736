/*
 * test_coverage.c - the bytes of a coverage map: what the checker refuses, and scopes that share a course.
 *
 *   gcc -std=c11 -O1 -g -Isrc test/core/test_map.c $(find src/core -name "*.c") -lm && ./a.out
 *
 * Reads test/fuzz/seeds/coverage/registry, the map of a small registry, which test/fuzz/renew-seeds makes again.
 */
#include "core/map/map.h"
#include "tap.h"

#include <stdlib.h>
#include <string.h>

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
	whole = wmo_map_check(copy, size);
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

	ok(wmo_map_check(bytes, size), "the seed is a map of this version");
	memcpy(&header, bytes, sizeof(header));
	for (int i = 0; i < WMO_SECTIONS; i++)
		for (uint32_t j = 0; wmo_section_plan[i].columns[j] != '\0' && header.part[i].count > 0; j++)
		{
			char kind = wmo_section_plan[i].columns[j];

			if (kind == 'i')
				continue;
			checked++;
			refused = refused && !is_whole_with(bytes, size, i, j, INT32_MAX) && !is_whole_with(bytes, size, i, j, -2);
			none = none && is_whole_with(bytes, size, i, j, -1) == (kind == 'v' || kind == 'p' || kind == 'a');
		}
	ok(checked > 20 && refused, "numbers beyond their sections and words are refused");
	ok(none, "only a service, a party or an area that may be missing can be none");
	bytes[header.grid_at + header.grid_size / 2] ^= 1;
	ok(!wmo_map_check(bytes, size), "a bit that fell over is noticed by the key");
	free(bytes);
}

/* Four scopes: two with the same two rows in areas of their own, one with one of them, one without rows. */
static void
test_courses(void)
{
	enum { WIDTH = STANDING_END_KIND + 1, SCOPES = 4 };
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
	courses = wmo_course_share(scopes[0], SCOPES, standing[0], 5, first, slots, 16);
	ok(courses == 3 && scopes[0][SCOPE_COURSE] == 0 && scopes[1][SCOPE_COURSE] == 0 && scopes[2][SCOPE_COURSE] == 1 &&
	   scopes[3][SCOPE_COURSE] == 2, "scopes that stand alike share a course");
	ok(first[0] == 0 && first[1] == 2 && first[2] == 2 && first[3] == 3, "whose rows are kept once");
	ok(standing[0][STANDING_AREA] == -1 && standing[1][STANDING_AREA] == 99 && standing[2][STANDING_AREA] == -1 &&
	   standing[1][STANDING_COURSE] == 0 && standing[2][STANDING_COURSE] == 2,
	   "and name an area only where it is not the scope's own");
	ok(wmo_course_share(scopes[0], 0, NULL, 0, first, slots, 16) == 0 && first[0] == 0, "no scopes, no courses");
}

int
main(void)
{
	test_checker();
	test_courses();
	return finish();
}
