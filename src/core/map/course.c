/*
 * course.c - scopes that stand alike share their rows of standing.
 *
 * The scopes of one contract mostly stand alike, and so do those of contracts that were put out to tender together.
 * What is shared is read from the processor's caches when the next place is asked.
 */
#include "core/map/map.h"

#include <string.h>

#define WIDTH (STANDING_INFERRED + 1)

_Static_assert((int) STANDING_COURSE == 0, "what is compared begins with the second column");

static bool
same_rows(const int32_t *a, const int32_t *b, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (memcmp(a + (size_t) i * WIDTH + 1, b + (size_t) i * WIDTH + 1, (WIDTH - 1) * sizeof(int32_t)) != 0)
			return false;
	return true;
}

static uint32_t
hash_rows(const int32_t *rows, uint32_t count)
{
	uint64_t hash = count;

	for (uint32_t i = 0; i < count; i++, rows += WIDTH)
		for (uint32_t j = 1; j < WIDTH; j++)
		{
			hash = (hash ^ (uint32_t) rows[j]) * 0x9E3779B97F4A7C15u;
			hash ^= hash >> 29;
		}
	return (uint32_t) (hash >> 32);
}

/* The rows of the scope with this number, which come next. */
static uint32_t
take_rows(int32_t *rows, uint32_t left, int32_t scope)
{
	uint32_t count = 0;

	for (; count < left && rows[STANDING_COURSE] == scope; count++, rows += WIDTH)
		if (rows[STANDING_OWN_AREA])
			rows[STANDING_AREA] = -1;
	return count;
}

uint32_t
wmo_course_share(int32_t *scopes, uint32_t scope_count, int32_t *standing, uint32_t standing_count, uint32_t *first,
				 uint32_t *slots, uint32_t slot_count, WmoTick *tick)
{
	uint32_t courses = 0, at = 0;

	memset(slots, 0, slot_count * sizeof(uint32_t));
	first[0] = 0;
	for (uint32_t i = 0; i < scope_count; i++)
	{
		int32_t *scope = scopes + (size_t) i * (SCOPE_COURSE + 1);
		int32_t *rows = standing + (size_t) at * WIDTH;
		uint32_t count = take_rows(rows, standing_count - at, scope[SCOPE_NUMBER]);
		uint32_t slot = hash_rows(rows, count) & (slot_count - 1);
		uint32_t course;

		wmo_tick_count(tick, 1 + (size_t) count * WIDTH);
		for (; slots[slot] != 0; slot = (slot + 1) & (slot_count - 1))
		{
			course = slots[slot] - 1;
			wmo_tick_count(tick, 1 + (size_t) count * WIDTH / 16);
			if (first[course + 1] - first[course] == count &&
				same_rows(standing + (size_t) first[course] * WIDTH, rows, count))
				break;
		}
		if (slots[slot] == 0)
		{
			course = courses++;
			slots[slot] = courses;
			first[courses] = first[course] + count;
			if (count > 0)
				memmove(standing + (size_t) first[course] * WIDTH, rows, (size_t) count * WIDTH * sizeof(int32_t));
			for (uint32_t j = first[course]; j < first[courses]; j++)
				standing[(size_t) j * WIDTH + STANDING_COURSE] = (int32_t) course;
		}
		scope[SCOPE_COURSE] = (int32_t) (slots[slot] - 1);
		at += count;
	}
	return courses;
}
