/*
 * fuzz_area_code.c - any text into the parser of area codes, any integer into the check of outside values.
 */
#include <ctype.h>
#include <string.h>

#include "core/area_code.h"
#include "fuzz.h"

/* What must hold for every code, held against the prefixes of its text. */
static void
check_code(WmoAreaCode code)
{
	char text[WMO_AREA_CODE_SIZE];
	char other[WMO_AREA_CODE_SIZE];
	size_t length = wmo_area_code_print(code, text);
	WmoAreaCode again;
	WmoAreaCode parent;
	WmoAreaCode lineage[WMO_AREA_LEVELS];
	WmoAreaCode last = wmo_area_code_last_descendant(code);
	int level = (int) wmo_area_code_level(code);
	int count = wmo_area_code_lineage(code, lineage);

	FUZZ_CHECK(wmo_area_code_is_valid(code));
	FUZZ_CHECK(length == strlen(text) && length == 6 + 2 * (size_t) level);
	FUZZ_CHECK(wmo_area_code_parse(text, length, &again) == WMO_AREA_CODE_OK && again == code);
	FUZZ_CHECK(count == level + 1 && lineage[count - 1] == code);
	FUZZ_CHECK(wmo_area_code_parent(code, &parent) == (level > 0));
	for (int i = 0; i < count; i++)
	{
		size_t shorter = wmo_area_code_print(lineage[i], other);

		FUZZ_CHECK((int) wmo_area_code_level(lineage[i]) == i);
		FUZZ_CHECK(shorter <= length && memcmp(text + 2, other + 2, shorter - 2) == 0);
		FUZZ_CHECK(wmo_area_code_contains(lineage[i], code));
		FUZZ_CHECK(wmo_area_code_contains(code, lineage[i]) == (i == level));
		if (i == level - 1)
			FUZZ_CHECK(lineage[i] == parent);
	}
	FUZZ_CHECK(wmo_area_code_is_valid(last) && last >= code && wmo_area_code_contains(code, last));
	FUZZ_CHECK(!wmo_area_code_is_valid(last + 1) || !wmo_area_code_contains(code, last + 1));
}

/* Two codes stand to each other as their texts without prefix do. */
static void
check_pair(WmoAreaCode a, WmoAreaCode b)
{
	char text_a[WMO_AREA_CODE_SIZE];
	char text_b[WMO_AREA_CODE_SIZE];
	size_t length_a = wmo_area_code_print(a, text_a);
	size_t length_b = wmo_area_code_print(b, text_b);
	int order = strcmp(text_a + 2, text_b + 2);

	FUZZ_CHECK((order < 0) == (a < b) && (order == 0) == (a == b));
	FUZZ_CHECK(a >= b || wmo_area_code_position(a) < wmo_area_code_position(b));
	FUZZ_CHECK(wmo_area_code_contains(a, b) ==
			   (length_a <= length_b && memcmp(text_a + 2, text_b + 2, length_a - 2) == 0));
}

/* A slow reader of the grammar, to hold against the parser. */
static int
is_code(const char *text, size_t length)
{
	size_t parts = 0;

	while (length > 0 && strchr(" \t\n\v\f\r", text[length - 1]) != NULL && text[length - 1] != '\0')
		length--;
	while (length > 0 && strchr(" \t\n\v\f\r", text[0]) != NULL && text[0] != '\0')
	{
		text++;
		length--;
	}
	if (length != 4)
	{
		const char *kinds = "GMWKBU";

		if (length != 6 && length != 8 && length != 10)
			return 0;
		parts = (length - 6) / 2;
		if (toupper((unsigned char) text[0]) != kinds[2 * parts] ||
			toupper((unsigned char) text[1]) != kinds[2 * parts + 1])
			return 0;
		text += 2;
		length -= 2;
	}
	for (size_t i = 0; i < length; i++)
		if (i < 4 ? !isdigit((unsigned char) text[i]) : !isalnum((unsigned char) text[i]))
			return 0;
	return 1;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	WmoAreaCode code = 0;
	int64_t values[2] = {0, 0};

	WmoAreaCodeError error = wmo_area_code_parse((const char *) data, size, &code);

	FUZZ_CHECK((error == WMO_AREA_CODE_OK) == is_code((const char *) data, size));
	if (error == WMO_AREA_CODE_OK)
		check_code(code);
	memcpy(values, data, size < sizeof(values) ? size : sizeof(values));
	for (int i = 0; i < 2; i++)
	{
		/* The layout has 36 bits: half the time look only there. */
		if (size % 2 == 0)
			values[i] &= (INT64_C(1) << 36) - 1;
		if (wmo_area_code_is_valid(values[i]))
			check_code(values[i]);
	}
	if (wmo_area_code_is_valid(values[0]) && wmo_area_code_is_valid(values[1]))
		check_pair(values[0], values[1]);
	return 0;
}
