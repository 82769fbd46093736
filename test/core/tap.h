/*
 * tap.h - results as TAP, and numbers that look random and are the same everywhere.
 */
#ifndef WMO_TEST_TAP_H
#define WMO_TEST_TAP_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

static int test_number = 0;
static int failures = 0;

static inline void
ok(bool condition, const char *name)
{
	printf("%sok %d - %s\n", condition ? "" : "not ", ++test_number, name);
	failures += !condition;
}

static uint64_t seed = 1;

static inline uint64_t
next_random(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

static inline double
random_between(double low, double high)
{
	return low + (high - low) * ((double) (next_random() >> 11) / 9007199254740992.0);
}

static inline int
finish(void)
{
	printf("1..%d\n", test_number);
	return failures > 0;
}

#endif
