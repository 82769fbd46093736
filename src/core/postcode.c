/*
 * postcode.c - reading, writing and climbing postcodes.
 *
 * Relies on numbers that wmo_postcode_is_valid accepts, as all that are read here are: four digits from 1000, and no
 * letters or two that are given out.
 */
#include "core/postcode.h"

#include "core/ascii.h"

#define LETTERS_BITS 10
#define LETTERS_MASK ((1 << LETTERS_BITS) - 1)
#define LETTERS_MAX (26 * 26)
#define DIGITS 4
#define DIGITS_MIN 1000
#define DIGITS_MAX 9999

/* SA, SD and SS recall the occupation and are never given out. */
static bool
letters_are_unused(int32_t first, int32_t second)
{
	return first == 'S' - 'A' && (second == 'A' - 'A' || second == 'D' - 'A' || second == 'S' - 'A');
}

static WmoPostcodeError
parse_trimmed(const char *text, size_t length, WmoPostcode *postcode)
{
	int32_t value = 0;
	size_t i = 0;

	if (length < DIGITS)
		return WMO_POSTCODE_MALFORMED;
	for (; i < DIGITS; i++)
	{
		if (!wmo_ascii_is_digit(text[i]))
			return WMO_POSTCODE_MALFORMED;
		value = value * 10 + (text[i] - '0');
	}
	value <<= LETTERS_BITS;
	if (length > DIGITS)
	{
		int32_t first;
		int32_t second;

		if (text[i] == ' ')
			i++;
		if (length - i != 2 || !wmo_ascii_is_letter(text[i]) || !wmo_ascii_is_letter(text[i + 1]))
			return WMO_POSTCODE_MALFORMED;
		first = wmo_ascii_to_upper(text[i]) - 'A';
		second = wmo_ascii_to_upper(text[i + 1]) - 'A';
		if (letters_are_unused(first, second))
			return WMO_POSTCODE_UNUSED_LETTERS;
		value |= 1 + first * 26 + second;
	}
	if (text[0] == '0')
		return WMO_POSTCODE_LEADING_ZERO;
	*postcode = value;
	return WMO_POSTCODE_OK;
}

/* Skips the country that some files put in front: NL9711AA, NL-9711 AA. */
static bool
skip_country(const char **text, size_t *length)
{
	size_t i = 2;

	if (*length <= i || wmo_ascii_to_upper((*text)[0]) != 'N' || wmo_ascii_to_upper((*text)[1]) != 'L')
		return false;
	if ((*text)[i] == '-' || (*text)[i] == ' ')
		i++;
	*text += i;
	*length -= i;
	return true;
}

WmoPostcodeError
wmo_postcode_parse(const char *text, size_t length, WmoPostcode *postcode)
{
	WmoPostcodeError error;
	WmoPostcode ignored;

	wmo_ascii_trim(&text, &length);
	if (length == 0)
		return WMO_POSTCODE_EMPTY;
	error = parse_trimmed(text, length, postcode);
	if (error == WMO_POSTCODE_MALFORMED && skip_country(&text, &length) &&
		parse_trimmed(text, length, &ignored) == WMO_POSTCODE_OK)
		return WMO_POSTCODE_COUNTRY;
	return error;
}

size_t
wmo_postcode_print(WmoPostcode postcode, char out[WMO_POSTCODE_SIZE])
{
	int32_t digits = postcode >> LETTERS_BITS;
	size_t length = 0;

	for (int32_t unit = 1000; unit > 0; unit /= 10)
		out[length++] = (char) ('0' + digits / unit % 10);
	if (wmo_postcode_has_letters(postcode))
	{
		int32_t letters = (postcode & LETTERS_MASK) - 1;

		out[length++] = ' ';
		out[length++] = (char) ('A' + letters / 26);
		out[length++] = (char) ('A' + letters % 26);
	}
	out[length] = '\0';
	return length;
}

bool
wmo_postcode_is_valid(int32_t value)
{
	int32_t letters = value & LETTERS_MASK;

	if (value < (DIGITS_MIN << LETTERS_BITS) || (value >> LETTERS_BITS) > DIGITS_MAX)
		return false;
	return letters == 0 || (letters <= LETTERS_MAX && !letters_are_unused((letters - 1) / 26, (letters - 1) % 26));
}

bool
wmo_postcode_has_letters(WmoPostcode postcode)
{
	return (postcode & LETTERS_MASK) != 0;
}

WmoPostcode
wmo_postcode_pc4(WmoPostcode postcode)
{
	return postcode & ~LETTERS_MASK;
}

int
wmo_postcode_lineage(WmoPostcode postcode, WmoPostcode out[WMO_POSTCODE_LEVELS])
{
	out[0] = wmo_postcode_pc4(postcode);
	out[1] = postcode;
	return wmo_postcode_has_letters(postcode) ? 2 : 1;
}

WmoPostcode
wmo_postcode_last_descendant(WmoPostcode postcode)
{
	return wmo_postcode_has_letters(postcode) ? postcode : postcode | LETTERS_MAX;
}

bool
wmo_postcode_contains(WmoPostcode container, WmoPostcode postcode)
{
	return postcode >= container && postcode <= wmo_postcode_last_descendant(container);
}
