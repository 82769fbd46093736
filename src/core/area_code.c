/*
 * area_code.c - reading, writing and climbing the codes of areas.
 *
 * Relies on numbers that wmo_area_code_is_valid accepts, as all that are read here are: no part is above its largest,
 * and without a district there is no neighbourhood.
 */
#include "core/area_code.h"

#include "core/ascii.h"

#define PART_BITS 11
#define PART_MASK ((INT64_C(1) << PART_BITS) - 1)
#define PART_MAX (36 * 36)
#define MUNICIPALITY_SHIFT (2 * PART_BITS)
#define MUNICIPALITY_DIGITS 4
#define MUNICIPALITY_MAX 9999
#define PREFIX_LENGTH 2

static const char *const prefixes[WMO_AREA_LEVELS] = {"GM", "WK", "BU"};

/* Digits before letters, as in the text. The caller has checked that the character is one of these. */
static int64_t
base36_value(char c)
{
	return wmo_ascii_is_digit(c) ? c - '0' : wmo_ascii_to_upper(c) - 'A' + 10;
}

static char
base36_character(int64_t value)
{
	return (char) (value < 10 ? '0' + value : 'A' + (value - 10));
}

/* Reads the part of a code behind its prefix: four digits, then two digits or letters for each level below. */
static bool
parse_parts(const char *text, size_t length, WmoAreaLevel level, WmoAreaCode *code)
{
	int64_t value = 0;
	size_t i;

	if (length != MUNICIPALITY_DIGITS + 2 * (size_t) level)
		return false;
	for (i = 0; i < MUNICIPALITY_DIGITS; i++)
	{
		if (!wmo_ascii_is_digit(text[i]))
			return false;
		value = value * 10 + (text[i] - '0');
	}
	for (; i < length; i += 2)
	{
		if (!(wmo_ascii_is_digit(text[i]) || wmo_ascii_is_letter(text[i])) ||
			!(wmo_ascii_is_digit(text[i + 1]) || wmo_ascii_is_letter(text[i + 1])))
			return false;
		value = (value << PART_BITS) | (1 + base36_value(text[i]) * 36 + base36_value(text[i + 1]));
	}
	*code = value << (PART_BITS * (WMO_AREA_NEIGHBOURHOOD - level));
	return true;
}

/* Names the mistake in a text that has none of the prefixes and is no municipality of four digits. */
static WmoAreaCodeError
classify_without_prefix(const char *text, size_t length)
{
	WmoAreaCode ignored;
	size_t digits = 0;

	while (digits < length && wmo_ascii_is_digit(text[digits]))
		digits++;
	if (digits == length && length < MUNICIPALITY_DIGITS)
		return WMO_AREA_CODE_SHORT_NUMBER;
	if (parse_parts(text, length, WMO_AREA_DISTRICT, &ignored))
		return WMO_AREA_CODE_BARE_DISTRICT;
	if (parse_parts(text, length, WMO_AREA_NEIGHBOURHOOD, &ignored))
		return WMO_AREA_CODE_BARE_NEIGHBOURHOOD;
	return WMO_AREA_CODE_UNKNOWN_KIND;
}

WmoAreaCodeError
wmo_area_code_parse(const char *text, size_t length, WmoAreaCode *code)
{
	static const WmoAreaCodeError malformed[WMO_AREA_LEVELS] = {WMO_AREA_CODE_BAD_MUNICIPALITY,
																WMO_AREA_CODE_BAD_DISTRICT,
																WMO_AREA_CODE_BAD_NEIGHBOURHOOD};

	wmo_ascii_trim(&text, &length);
	if (length == 0)
		return WMO_AREA_CODE_EMPTY;
	if (parse_parts(text, length, WMO_AREA_MUNICIPALITY, code))
		return WMO_AREA_CODE_OK;
	for (int level = WMO_AREA_MUNICIPALITY; level <= WMO_AREA_NEIGHBOURHOOD; level++)
	{
		if (length < PREFIX_LENGTH || wmo_ascii_to_upper(text[0]) != prefixes[level][0] ||
			wmo_ascii_to_upper(text[1]) != prefixes[level][1])
			continue;
		if (!parse_parts(text + PREFIX_LENGTH, length - PREFIX_LENGTH, (WmoAreaLevel) level, code))
			return malformed[level];
		return WMO_AREA_CODE_OK;
	}
	return classify_without_prefix(text, length);
}

size_t
wmo_area_code_print(WmoAreaCode code, char out[WMO_AREA_CODE_SIZE])
{
	int level = (int) wmo_area_code_level(code);
	int64_t municipality = code >> MUNICIPALITY_SHIFT;
	size_t length = PREFIX_LENGTH;

	out[0] = prefixes[level][0];
	out[1] = prefixes[level][1];
	for (int64_t unit = 1000; unit > 0; unit /= 10)
		out[length++] = base36_character(municipality / unit % 10);
	for (int part = 1; part <= level; part++)
	{
		int64_t value = ((code >> (MUNICIPALITY_SHIFT - part * PART_BITS)) & PART_MASK) - 1;

		out[length++] = base36_character(value / 36);
		out[length++] = base36_character(value % 36);
	}
	out[length] = '\0';
	return length;
}

bool
wmo_area_code_is_valid(int64_t value)
{
	int64_t district = (value >> PART_BITS) & PART_MASK;
	int64_t neighbourhood = value & PART_MASK;

	return value >= 0 && (value >> MUNICIPALITY_SHIFT) <= MUNICIPALITY_MAX && district <= PART_MAX &&
		neighbourhood <= PART_MAX && (district != 0 || neighbourhood == 0);
}

WmoAreaLevel
wmo_area_code_level(WmoAreaCode code)
{
	if ((code & PART_MASK) != 0)
		return WMO_AREA_NEIGHBOURHOOD;
	return ((code >> PART_BITS) & PART_MASK) != 0 ? WMO_AREA_DISTRICT : WMO_AREA_MUNICIPALITY;
}

/* The bits that stand below a level. */
static int64_t
mask_below(WmoAreaLevel level)
{
	return (INT64_C(1) << (PART_BITS * (WMO_AREA_NEIGHBOURHOOD - level))) - 1;
}

bool
wmo_area_code_ancestor(WmoAreaCode code, WmoAreaLevel level, WmoAreaCode *ancestor)
{
	if (wmo_area_code_level(code) < level)
		return false;
	*ancestor = code & ~mask_below(level);
	return true;
}

bool
wmo_area_code_parent(WmoAreaCode code, WmoAreaCode *parent)
{
	WmoAreaLevel level = wmo_area_code_level(code);

	return level != WMO_AREA_MUNICIPALITY && wmo_area_code_ancestor(code, (WmoAreaLevel) (level - 1), parent);
}

int
wmo_area_code_lineage(WmoAreaCode code, WmoAreaCode out[WMO_AREA_LEVELS])
{
	int count = 0;

	while (count < WMO_AREA_LEVELS && wmo_area_code_ancestor(code, (WmoAreaLevel) count, &out[count]))
		count++;
	return count;
}

WmoAreaCode
wmo_area_code_last_descendant(WmoAreaCode code)
{
	WmoAreaLevel level = wmo_area_code_level(code);
	WmoAreaCode last = code;

	if (level <= WMO_AREA_MUNICIPALITY)
		last |= (WmoAreaCode) PART_MAX << PART_BITS;
	if (level <= WMO_AREA_DISTRICT)
		last |= PART_MAX;
	return last;
}

bool
wmo_area_code_contains(WmoAreaCode container, WmoAreaCode code)
{
	return code >= container && code <= wmo_area_code_last_descendant(container);
}

/* The place of a part among its siblings, from 0 to 1; the parts of two digits take by far the most room. */
static double
part_position(int64_t part)
{
	int64_t first = (part - 1) / 36;
	int64_t second = (part - 1) % 36;

	if (part == 0)
		return 0;
	if (first >= 10)
		return (101 + (double) part / (PART_MAX + 1)) / 102;
	if (second >= 10)
		return ((double) first * 10 + 10 + (double) (second - 9) / 27) / 102;
	return ((double) first * 10 + (double) second + 1) / 102;
}

double
wmo_area_code_position(WmoAreaCode code)
{
	int64_t district = (code >> PART_BITS) & PART_MASK;
	double start = part_position(district);
	double room = part_position(district + 1) - start;

	return (double) (code >> MUNICIPALITY_SHIFT) + start + room * part_position(code & PART_MASK);
}
