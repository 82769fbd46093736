/*
 * known_codes.c - the CBS codes that areas of the registry have.
 */
#include "map/known_codes.h"

#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/memutils.h"

static int
compare_codes(const void *a, const void *b)
{
	WmoAreaCode first = *(const WmoAreaCode *) a, second = *(const WmoAreaCode *) b;

	return (first > second) - (first < second);
}

KnownCodes *
wmo_known_codes_read(MemoryContext context)
{
	KnownCodes *known;

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	if (SPI_execute("SELECT a.code FROM wmo.area a WHERE a.code IS NOT NULL", true, 0) != SPI_OK_SELECT)
		elog(ERROR, "SPI_execute failed");
	known = MemoryContextAlloc(context, sizeof(KnownCodes));
	known->codes = MemoryContextAlloc(context, Max(SPI_processed, 1) * sizeof(WmoAreaCode));
	known->count = SPI_processed;
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		bool isnull;

		known->codes[i] = DatumGetInt64(SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1, &isnull));
	}
	SPI_finish();
	qsort(known->codes, known->count, sizeof(WmoAreaCode), compare_codes);
	return known;
}

/* Is a code from this one up to the last one known? */
static bool
is_any_known(const KnownCodes *known, WmoAreaCode first, WmoAreaCode last)
{
	uint64 low = 0, high = known->count;

	while (low < high)
	{
		uint64 middle = low + (high - low) / 2;

		if (known->codes[middle] < first)
			low = middle + 1;
		else
			high = middle;
	}
	return low < known->count && known->codes[low] <= last;
}

bool
wmo_code_is_below(const KnownCodes *known, WmoAreaCode code, WmoAreaCode *above)
{
	if (is_any_known(known, code, wmo_area_code_last_descendant(code)))
		return false;
	while (wmo_area_code_parent(code, &code))
		if (is_any_known(known, code, code))
		{
			*above = code;
			return true;
		}
	*above = 0;
	return true;
}
