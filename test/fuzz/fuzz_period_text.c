/*
 * period_text.c - fuzz target: any bytes as the text of a contract period.
 *
 *   clang -g -O1 -std=gnu11 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -Isrc -Itest/fuzz \
 *     test/fuzz/period_text.c src/core/civil.c src/core/period*.c -o build/fuzz_period_text
 *   build/fuzz_period_text -dict=test/fuzz/period_text.dict test/fuzz/corpus/period_text
 */
#include "period_properties.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* an exact copy, so that a read past the end is seen */
	char *text = malloc(size > 0 ? size : 1);
	WmoPeriod period;
	WmoPeriodError error;

	memcpy(text, data, size);
	if (wmo_period_parse(text, size, &period, &error))
		check_period(&period);
	else
		HOLDS(error.code != WMO_PERIOD_OK && error.offset <= size);
	free(text);
	return 0;
}
