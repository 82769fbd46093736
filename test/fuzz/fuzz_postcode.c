/*
 * fuzz_postcode.c - any text into the parser of postcodes, any integer into the check of outside values.
 */
#include <ctype.h>
#include <string.h>

#include "core/postcode.h"
#include "fuzz.h"

/* What must hold for every postcode. */
static void
check_postcode(WmoPostcode postcode)
{
	char text[WMO_POSTCODE_SIZE];
	size_t length = wmo_postcode_print(postcode, text);
	WmoPostcode again;
	WmoPostcode lineage[WMO_POSTCODE_LEVELS];
	WmoPostcode last = wmo_postcode_last_descendant(postcode);
	int count = wmo_postcode_lineage(postcode, lineage);

	FUZZ_CHECK(wmo_postcode_is_valid(postcode));
	FUZZ_CHECK(length == strlen(text) && length == (wmo_postcode_has_letters(postcode) ? 7 : 4));
	FUZZ_CHECK(wmo_postcode_parse(text, length, &again) == WMO_POSTCODE_OK && again == postcode);
	FUZZ_CHECK(count == 1 + wmo_postcode_has_letters(postcode) && lineage[count - 1] == postcode);
	FUZZ_CHECK(lineage[0] == wmo_postcode_pc4(postcode) && wmo_postcode_contains(lineage[0], postcode));
	FUZZ_CHECK(wmo_postcode_contains(postcode, lineage[0]) == (count == 1));
	FUZZ_CHECK(wmo_postcode_is_valid(last) && last >= postcode && wmo_postcode_contains(postcode, last));
	FUZZ_CHECK(!wmo_postcode_is_valid(last + 1) || !wmo_postcode_contains(postcode, last + 1));
}

/* Two postcodes stand to each other as their texts do. */
static void
check_pair(WmoPostcode a, WmoPostcode b)
{
	char text_a[WMO_POSTCODE_SIZE];
	char text_b[WMO_POSTCODE_SIZE];
	size_t length_a = wmo_postcode_print(a, text_a);
	size_t length_b = wmo_postcode_print(b, text_b);
	int order = strcmp(text_a, text_b);

	FUZZ_CHECK((order < 0) == (a < b) && (order == 0) == (a == b));
	FUZZ_CHECK(wmo_postcode_contains(a, b) == (length_a <= length_b && memcmp(text_a, text_b, length_a) == 0));
}

/* A slow reader of the grammar, to hold against the parser. */
static int
is_postcode(const char *text, size_t length)
{
	char last_two[3] = "";

	while (length > 0 && strchr(" \t\n\v\f\r", text[length - 1]) != NULL && text[length - 1] != '\0')
		length--;
	while (length > 0 && strchr(" \t\n\v\f\r", text[0]) != NULL && text[0] != '\0')
	{
		text++;
		length--;
	}
	if (length != 4 && length != 6 && !(length == 7 && text[4] == ' '))
		return 0;
	for (size_t i = 0; i < 4; i++)
		if (!isdigit((unsigned char) text[i]))
			return 0;
	if (text[0] == '0')
		return 0;
	if (length == 4)
		return 1;
	for (size_t i = 0; i < 2; i++)
	{
		last_two[i] = (char) toupper((unsigned char) text[length - 2 + i]);
		if (last_two[i] < 'A' || last_two[i] > 'Z')
			return 0;
	}
	return strcmp(last_two, "SA") != 0 && strcmp(last_two, "SD") != 0 && strcmp(last_two, "SS") != 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	WmoPostcode postcode = 0;
	int32_t values[2] = {0, 0};
	WmoPostcodeError error = wmo_postcode_parse((const char *) data, size, &postcode);

	FUZZ_CHECK((error == WMO_POSTCODE_OK) == is_postcode((const char *) data, size));
	if (error == WMO_POSTCODE_OK)
		check_postcode(postcode);
	memcpy(values, data, size < sizeof(values) ? size : sizeof(values));
	for (int i = 0; i < 2; i++)
	{
		/* The layout has 24 bits: half the time look only there. */
		if (size % 2 == 0)
			values[i] &= (1 << 24) - 1;
		if (wmo_postcode_is_valid(values[i]))
			check_postcode(values[i]);
	}
	if (wmo_postcode_is_valid(values[0]) && wmo_postcode_is_valid(values[1]))
		check_pair(values[0], values[1]);
	return 0;
}
