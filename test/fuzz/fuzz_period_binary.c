/*
 * period_binary.c - fuzz target: any bytes as the wire form and as the stored form of a contract period.
 *
 *   clang -g -O1 -std=gnu11 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -Isrc -Itest/fuzz \
 *     test/fuzz/period_binary.c src/core/civil.c src/core/period*.c -o build/fuzz_period_binary
 *   build/fuzz_period_binary -max_len=600
 */
#include "period_properties.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *bytes = malloc(size > 0 ? size : 1);
	uint8_t wire[WMO_PERIOD_WIRE_SIZE];
	WmoPeriod period;
	WmoPeriodError error;

	memcpy(bytes, data, size);
	if (wmo_period_from_wire(bytes, size, &period, &error))
	{
		check_period(&period);
		/* one period, one wire form */
		HOLDS(wmo_period_to_wire(&period, wire) == size && memcmp(wire, bytes, size) == 0);
	}
	else
		HOLDS(error.code != WMO_PERIOD_OK);
	(void) wmo_period_unpack(bytes, size, &period);
	free(bytes);
	return 0;
}
