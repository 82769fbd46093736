/*
 * fuzz.h - what the fuzz targets share: a check that stops the fuzzer, in every build, and the time that one step may take.
 */
#ifndef WMO_FUZZ_H
#define WMO_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define FUZZ_CHECK(condition) \
	do \
	{ \
		if (!(condition)) \
		{ \
			fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition); \
			abort(); \
		} \
	} while (0)

/*
 * So many seconds of the processor may one question or one check of an input take, sanitizers and all: the inputs are
 * some kilobytes. A busy machine makes it no longer; what never ends is left to the fuzzer's own -timeout.
 */
#define FUZZ_SECONDS 1

#define FUZZ_WITHIN_TIME(statement) \
	do \
	{ \
		clock_t fuzz_begun = clock(); \
		statement; \
		FUZZ_CHECK(clock() - fuzz_begun < (clock_t) FUZZ_SECONDS * CLOCKS_PER_SEC); \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
